"""The article's text as a tree of well-formed HTML: ids on every block, notes taken out, page breaks put in."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

from lxml import etree
from markupsafe import Markup

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "pre", "td", "th", "caption",
          "figcaption", "figure", "div"}
"""Elements that a page may begin inside of."""
SCHEMES = re.compile(r"(https?:|mailto:|doi:|#|[^:/?#]*$|[^:/?#]*[/?#])", re.I)
"""Addresses a reader may be sent to; whatever else a manuscript links to (javascript:, file:, data:) loses its link."""


@dataclass
class Body:
    """The text of an article, apart from its notes."""

    tree: etree._Element
    """A <div> with the text, sections nested."""
    notes: list[tuple[str, etree._Element]] = field(default_factory=list)
    """Notes in order: id of the note, its content as a <div>."""

    def html(self) -> str:
        """The text for an HTML parser."""
        return _inner(self.tree, "html")

    def xhtml(self) -> str:
        """The text for an XML parser."""
        return _inner(self.tree, "xml")

    def note_texts(self, method: str) -> list[tuple[str, Markup]]:
        """The notes in order: id and text; `method` is html or xml."""
        return [(key, Markup(_inner(note, method))) for key, note in self.notes]

    def with_notes_at_the_foot(self) -> Markup:
        """The text for print: each note where its number stands, for the layout to float to the foot of the page."""
        tree = copy.deepcopy(self.tree)
        notes = dict(self.notes)
        for link in tree.xpath('//a[@role="doc-noteref"]'):
            note = notes.get(link.get("href", "")[1:])
            if note is None:
                continue
            span = etree.Element("span", {"class": "footnote", "id": link.get("href")[1:]})
            for block in note:
                if len(span) or span.text:
                    span.append(etree.Element("br"))
                _append(span, block)
            span.tail = link.tail
            link.getparent().replace(link, span)
        return Markup(_inner(tree, "html"))


def read_body(html: str) -> Body:
    """A tree out of pandoc's HTML, every block with an id, every link one that may be followed."""
    tree = etree.fromstring(f"<div>{html.replace('&nbsp;', chr(0xA0))}</div>",
                            etree.XMLParser(resolve_entities=False, huge_tree=True))
    body = Body(tree)
    for section in tree.xpath('//section[@role="doc-endnotes"]'):
        for item in section.xpath("ol/li"):
            for back in item.xpath('.//a[@role="doc-backlink"]'):
                _drop(back)
            item.tag = "div"
            body.notes.append((item.attrib.pop("id"), item))
        _drop(section)
    used = {each.get("id") for each in tree.iter() if each.get("id")}
    number = 0
    for each in tree.iter():
        if isinstance(each.tag, str) and each.tag in BLOCKS and not each.get("id") and each is not tree:
            number += 1
            while f"b{number}" in used:
                number += 1
            each.set("id", f"b{number}")
        if each.tag == "a" and not SCHEMES.match((each.get("href") or "").strip()):
            each.attrib.pop("href", None)
    return body


def mark_pages(document: etree._Element, starts: list, write_label) -> None:
    """Puts an EPUB page break where each printed page begins, mid-paragraph too (EPUB 3.3, 7.4.4; DPUB-ARIA doc-pagebreak).

    `starts` is the layout's page map; a page whose block is not in this document is passed over. `write_label` turns a
    folio into words.
    """
    blocks = {each.get("id"): each for each in document.iter() if each.get("id")}
    for start in starts:
        block = blocks.get(start.block)
        if block is None or blocks.get(f"page-{start.label}") is not None:
            continue
        span = etree.Element(f"{{{XHTML}}}span", {f"{{{EPUB}}}type": "pagebreak", "role": "doc-pagebreak",
                                                  "id": f"page-{start.label}", "aria-label": write_label(start.label)})
        _insert(block, span, start.offset)
        blocks[span.get("id")] = span


def _insert(block: etree._Element, mark: etree._Element, offset: int) -> None:
    """Puts `mark` after `offset` letters of the block, white space not counted."""
    if offset <= 0:
        mark.tail, block.text = block.text, None
        block.insert(0, mark)
        return
    for owner, where, text in _texts(block):
        letters = 0
        for position, letter in enumerate(text):
            if letters == offset and not letter.isspace():
                _split(owner, where, position, mark)
                return
            letters += not letter.isspace()
        offset -= letters
    mark.tail = None
    block.append(mark)


def _texts(element: etree._Element):
    """Every text in document order: (element, "text" or "tail", the text)."""
    if element.text:
        yield element, "text", element.text
    for child in list(element):
        yield from _texts(child)
        if child.tail:
            yield child, "tail", child.tail


def _split(owner: etree._Element, where: str, position: int, mark: etree._Element) -> None:
    text = getattr(owner, where)
    setattr(owner, where, text[:position])
    mark.tail = text[position:]
    if where == "text":
        owner.insert(0, mark)
    else:
        owner.getparent().insert(owner.getparent().index(owner) + 1, mark)


def _append(target: etree._Element, source: etree._Element) -> None:
    """The content of one element at the end of another."""
    if source.text:
        if len(target):
            target[-1].tail = (target[-1].tail or "") + source.text
        else:
            target.text = (target.text or "") + source.text
    for child in list(source):
        target.append(copy.deepcopy(child))


def _drop(element: etree._Element) -> None:
    """Takes an element out, its tail stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _inner(element: etree._Element, method: str) -> str:
    parts = [etree.tostring(child, encoding="unicode", method=method) for child in element]
    return (element.text or "") + "".join(parts)


def inner_text(element: etree._Element) -> str:
    """The text of an element, white space as it is."""
    return "".join(element.itertext())
