"""Pandoc's HTML as a tree, and trees changed so that no word is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def read_html(html: str) -> etree._Element:
    """A <div> round a text, well-formed as pandoc writes it; the one entity of HTML that it uses is none of XML's."""
    from lxml import etree  # few checks need it, and in few articles

    return etree.fromstring(f"<div>{html.replace('&nbsp;', chr(0xA0))}</div>", etree.XMLParser(resolve_entities=False, huge_tree=True))


def line_of(element: etree._Element | None) -> str:
    """The words of an element in one line; none of none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def drop(element: etree._Element) -> None:
    """Takes an element out of its tree; the words after it stay."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
