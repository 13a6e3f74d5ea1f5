"""XML from templates: well formed, and the same bytes each time."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from basylym.package import Parcel

ILLEGAL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold (XML 1.0, 2.2)."""


def write_xml(parcel: Parcel, template: str, **values: Any) -> bytes:
    """A template filled in and set out anew, an element a line; elements that hold nothing stay as they are."""
    return set_out(read_filled(parcel, template, **values))


def read_filled(parcel: Parcel, template: str, **values: Any) -> etree._Element:
    """A template filled in, as a tree: for what is better put in afterwards, a file of many megabytes."""
    text = ILLEGAL.sub("", parcel.fill(template, **values))
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(text.encode(), parser)


def set_out(tree: etree._Element) -> bytes:
    """A tree as a file: UTF-8, with a declaration, indented."""
    etree.indent(tree, "  ")
    return etree.tostring(tree.getroottree(), encoding="UTF-8", xml_declaration=True, pretty_print=True)
