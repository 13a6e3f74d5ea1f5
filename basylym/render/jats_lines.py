"""A line of the article's text in JATS: links, formulas, pictures in the line, and words in other languages."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from urllib.parse import quote

from lxml import etree

from basylym.render.markup import inner_text
from basylym.typography.formula_widths import MATHML

XLINK = "http://www.w3.org/1999/xlink"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF, TITLE = f"{{{XLINK}}}href", f"{{{XLINK}}}title"
WORDS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "sub": "sub", "sup": "sup", "u": "underline", "del": "strike",
         "s": "strike", "code": "monospace"}
"""HTML's elements of a line of text, and the same in JATS."""


class LineWriter:
    """Writes lines of HTML as JATS."""

    def __init__(self, pictures: Mapping[str, tuple[str, str]]):
        self.pictures = pictures  # what an image says -> the file's name in packages, its media type

    def write(self, target: etree._Element, source: etree._Element, tag: str, plain: str = "") -> None:
        """The content of an HTML element at the end of another; `plain` says what may not stand there: no link
        of any kind in a link, no address in a verse."""
        append_text(target, source.text)
        for child in source:
            if isinstance(child.tag, str):
                self.write_element(target, child, tag, plain)
            append_text(target, child.tail)

    def write_element(self, target: etree._Element, source: etree._Element, tag: str, plain: str = "") -> None:
        """One element of a line of HTML."""
        spoken = source.get("lang") or tag
        classes = (source.get("class") or "").split()
        if source.tag == f"{MATHML}math":
            if plain == "link":
                append_text(target, source.get("alttext"))
            else:
                apart = target.tag == "p" and source.get("display") == "block"
                etree.SubElement(target, "disp-formula" if apart else "inline-formula").append(write_formula(source))
        elif source.tag == "a":
            self._link(target, source, spoken, plain)
        elif source.tag == "img":
            self._picture(target, source, plain)
        elif source.tag == "br":
            if target.tag in ("title", "td", "th"):
                etree.SubElement(target, "break")
            else:
                append_text(target, " ")  # JATS breaks no line of a paragraph
        elif source.tag == "span" and "smallcaps" in classes:
            self.write(etree.SubElement(target, "sc"), source, spoken, plain)
        elif source.tag in WORDS:
            inner = etree.SubElement(target, WORDS[source.tag])
            if spoken != tag:
                inner = etree.SubElement(inner, "named-content", {"content-type": "language", XML_LANG: spoken})
            self.write(inner, source, spoken, plain)
            _drop_if_empty(inner)
        elif spoken != tag:
            inner = etree.SubElement(target, "named-content", {"content-type": "language", XML_LANG: spoken})
            self.write(inner, source, spoken, plain)
            _drop_if_empty(inner)
        elif source.get("id") and source.tag == "span" and "citation" not in classes and not plain:
            inner = etree.SubElement(target, "named-content", {"content-type": "place", "id": source.get("id")})
            self.write(inner, source, spoken, plain)
            _drop_if_empty(inner)
        else:
            self.write(target, source, spoken, plain)

    def _link(self, target: etree._Element, source: etree._Element, tag: str, plain: str) -> None:
        """A reference within the article, or a link on the web; an address that is its own words says so."""
        address = (source.get("href") or "").strip()
        words = inner_text(source)
        if plain == "link" or not address or not words.strip() or plain and not address.startswith("#"):
            self.write(target, source, tag, plain)
        elif address.startswith("#"):
            self.write(etree.SubElement(target, "xref", rid=address[1:]), source, tag, "link")
        elif address.lower().startswith("mailto:"):
            mail = etree.SubElement(target, "email")
            mail.text = words
            if words.strip() != address[7:]:
                mail.set(HREF, address)
        else:
            link = etree.SubElement(target, "ext-link", {"ext-link-type": "uri", HREF: address})
            if re.match(r"\s*(https?|s?ftp)://", words) or words == address:
                link.set(TITLE, words.strip())  # for those who hear the link alone (JATS4R)
            self.write(link, source, tag, "link")

    def _picture(self, target: etree._Element, source: etree._Element, plain: str) -> None:
        name, media_type = self.pictures.get(source.get("src", ""), ("", ""))
        if plain or not name:
            append_text(target, source.get("alt"))
            return
        kind, _, subtype = media_type.partition("/")
        picture = etree.SubElement(target, "inline-graphic", {HREF: quote(name), "mimetype": kind, "mime-subtype": subtype})
        if alt := (source.get("alt") or "").strip():
            etree.SubElement(picture, "alt-text").text = alt


def write_formula(math: etree._Element) -> etree._Element:
    """A formula as TeX and as MathML: each program takes what it can."""
    both = etree.Element("alternatives")
    tree = copy.deepcopy(math)
    tree.tail = None
    tex = " ".join("".join(tree.xpath('.//*[local-name()="annotation"]/text()')).split()) or tree.get("alttext", "")
    for each in tree.xpath('.//*[local-name()="annotation"]'):
        each.getparent().remove(each)
    for each in tree.xpath('.//*[local-name()="semantics"]'):
        if len(each) == 1:  # what is left of it says nothing more than what it holds
            each[0].tail = each.tail
            each.getparent().replace(each, each[0])
    if tex:
        etree.SubElement(both, "tex-math").text = tex
    both.append(tree)
    return both


def append_text(target: etree._Element, text: str | None) -> None:
    """Text at the end of an element."""
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _drop_if_empty(element: etree._Element) -> None:
    if not len(element) and not element.text and element.getparent() is not None:
        element.getparent().remove(element)
