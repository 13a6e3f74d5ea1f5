"""Pandoc's HTML as a tree."""

from __future__ import annotations

from lxml import etree


def read_html(html: str) -> etree._Element:
    """A <div> round a text, well-formed as pandoc writes it; the one entity of HTML that it uses is none of XML's."""
    return etree.fromstring(f"<div>{html.replace('&nbsp;', chr(0xA0))}</div>", etree.XMLParser(resolve_entities=False, huge_tree=True))
