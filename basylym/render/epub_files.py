"""An EPUB's text in files: one for a short article, one a section for a long one, so that a reading system opens it at once."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from basylym.render import markup
from basylym.typography.formula_words import speak_formulas

LONG = 60_000
"""How many bytes of text one file may hold before the article is parted."""
XHTML = f"{{{markup.XHTML}}}"
TYPE = f"{{{markup.EPUB}}}type"


@dataclass(frozen=True)
class TextFile:
    """One file of the text."""

    name: str
    """Its name in the EPUB."""
    tree: etree._Element
    """The document."""


def part_text(text: etree._Element) -> list[TextFile]:
    """The document as files in reading order, every link to another file led there.

    The front matter is a file, then each section of the first level, then each list of notes and references and what stands between
    them. Text before the first section is a file too.
    """
    if len("".join(text.itertext()).encode()) <= LONG:
        return [TextFile("article.xhtml", text)]
    groups = [group for group in _groups(text) if _holds_something(group[1])]
    files = [TextFile("article.xhtml" if number == 1 else f"part-{number}.xhtml", _document(text, kind, blocks))
             for number, (kind, blocks) in enumerate(groups, 1)]
    _name_files(files)
    _lead_links(files)
    return files


def places(files: list[TextFile]) -> dict[str, str]:
    """The address of every id: the file and the id."""
    return {each.get("id"): f"{file.name}#{each.get('id')}" for file in files for each in file.tree.iter() if each.get("id")}


def _groups(text: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    """What goes into each file: front, body or back, and the blocks."""
    article = text.find(f".//{XHTML}article")
    kind, blocks = "front", []
    for child in article:
        if child.get("id") == "text":
            yield kind, blocks
            blocks = []
            for block in child:
                if block.tag == f"{XHTML}section" and _holds_something(blocks):
                    yield "body", blocks
                    blocks = []
                blocks.append(block)
            yield "body", blocks
            kind, blocks = "back", []
        elif kind == "back" and child.get("role") in ("doc-endnotes", "doc-bibliography"):
            yield kind, blocks
            yield kind, [child]
            blocks = []
        else:
            blocks.append(child)
    yield kind, blocks
    for block in article.itersiblings():
        yield "after", [block]


def _holds_something(blocks: list[etree._Element]) -> bool:
    """Whether there is more than the mark of a page's beginning."""
    return any(block.get("role") != "doc-pagebreak" or (block.tail or "").strip() for block in blocks)


def _document(text: etree._Element, kind: str, blocks: list[etree._Element]) -> etree._Element:
    """The blocks in a document like the whole one's."""
    root = etree.Element(text.tag, text.attrib, nsmap=text.nsmap)
    root.append(copy.deepcopy(text.find(f"{XHTML}head")))
    body = etree.SubElement(root, f"{XHTML}body", {TYPE: "backmatter" if kind in ("back", "after") else "bodymatter"})
    holder = body if kind == "after" else etree.SubElement(body, f"{XHTML}article")
    if kind == "body":
        holder = etree.SubElement(holder, f"{XHTML}div", {"class": "body"})
        if blocks[0].getprevious() is None:  # the landmark of the text
            holder.set("id", "text")
            holder.text = blocks[0].getparent().text
    holder.extend(copy.deepcopy(block) for block in blocks)
    return root


def _name_files(files: list[TextFile]) -> None:
    """Every file but the first is titled with its heading too."""
    for file in files[1:]:
        title = file.tree.find(f"{XHTML}head/{XHTML}title")
        heading = next(file.tree.iter(*(f"{XHTML}h{level}" for level in range(1, 7))), None)
        if heading is not None:
            title.text = f"{' '.join(markup.inner_text(speak_formulas(heading)).split())} – {title.text}"


def _lead_links(files: list[TextFile]) -> None:
    addresses = places(files)
    for file in files:
        for link in file.tree.iter(f"{XHTML}a"):
            target = link.get("href") or ""
            address = addresses.get(target[1:]) if target.startswith("#") else None
            if address and not address.startswith(f"{file.name}#"):
                link.set("href", address)
