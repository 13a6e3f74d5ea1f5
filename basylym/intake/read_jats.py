"""JATS as a document: its own elements say what is front matter and what a reference, pandoc reads the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from basylym.intake.document import Document, LeftOut
from basylym.intake.jats_citing import Keys, join_citations
from basylym.intake.jats_front import FrontReading
from basylym.intake.jats_references import read_references
from basylym.intake.jats_text import NOTES, formula, make_ready, set_right
from basylym.intake.jats_words import UNSEEN, bare_formulas, local, words
from basylym.intake.nodes import take_marks
from basylym.intake.read_pandoc import SECONDS_OF_TEXT, ask_pandoc, build_document
from basylym.intake.unread import find_unread

OTHERS = {"translation": "translation"}
"""Why an article within the article is left out, by its kind; others are another text."""
SILENT = ("math", "tex-math", "label", "alternatives", "object-id")
"""Elements whose words are kept in another form, or set anew."""


def read_jats(root: etree._Element, name: str) -> Document:
    """A JATS article as a document with its front matter and its references understood: they are read from the elements themselves.

    Each element of the metadata and each reference is a block of its own, so that the report shows what was made of it. Whether every
    word was read is proved by the file's own words, counted before anything is made of them.
    """
    take_marks(root.iter(etree.Element))
    wanted = list(_texts(root))
    bare_formulas(root, formula)
    reading = FrontReading(root)
    front = reading.read()
    left = list(_others(root))
    for each in [*(each for each in reading.places if each.getparent() is not None and next(each.iterancestors("back"), None) is not None),
                 *root.iterchildren("sub-article", "response")]:
        each.getparent().remove(each)
    listed = read_references(root, str(front.data["language"]))
    left += [LeftOut(words(each), "needless") for each in root.iterfind("back/fn-group/title")
             if words(each) and NOTES.fullmatch(words(each))]
    told, marks = make_ready(root)
    left += marks
    read = _text(root, name)
    nodes = join_citations(set_right(read["blocks"]), Keys(listed.keys))
    text = build_document({**read, "blocks": nodes}, name, "jats", empty=True)
    before = len(reading.blocks)
    body = tuple(replace(block, number=before + block.number) for block in text.blocks)
    before += len(body)
    listed_blocks = tuple(replace(block, number=before + block.number) for block in listed.blocks)
    references = replace(listed.references, used=frozenset(block.number for block in listed_blocks), decisions=tuple(
        replace(each, blocks=tuple(before + number for number in each.blocks)) for each in listed.references.decisions))
    blocks = (*reading.blocks, *body, *listed_blocks)
    return replace(text, blocks=blocks, left_out=tuple(left), warnings=(*text.warnings, *dict.fromkeys(told)), front=front,
                   references=references, unread=tuple(find_unread(wanted, blocks, left)))


def _text(root: etree._Element, name: str) -> Any:
    """What pandoc reads in the text of the file; the front matter is read already."""
    whole = etree.Element("article", nsmap=root.nsmap)
    etree.SubElement(etree.SubElement(whole, "front"), "article-meta")
    for name_of_part in ("body", "back", "floats-group"):
        for part in root.findall(name_of_part):
            if name_of_part == "floats-group":
                part.tag = "sec"
                whole.find("body").append(part) if whole.find("body") is not None else whole.append(part)
            else:
                whole.append(part)
    if whole.find("body") is None:
        whole.insert(1, etree.Element("body"))
    return ask_pandoc(etree.tostring(whole, encoding="unicode").encode(), "jats", name, seconds=SECONDS_OF_TEXT)


def _others(root: etree._Element) -> Iterator[LeftOut]:
    """The articles within the article: a translation, letters of reviewers."""
    for each in root.iterchildren("sub-article", "response"):
        for part in each.iter("p", "title", "article-title", "td", "th", "mixed-citation"):
            if words(part) and part.getparent().tag not in ("p", "td"):
                yield LeftOut(words(part), OTHERS.get(each.get("article-type", ""), "other_text"), each.get("id", ""))


def _texts(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The file's own words, element by element, before anything is made of them."""
    for part in root.iterchildren("front", "body", "back", "floats-group"):
        for each in part.iter(etree.Element):
            if local(each) in (*SILENT, *UNSEEN) or any(local(up) in ("math", "alternatives", *UNSEEN) for up in each.iterancestors()):
                continue
            if text := " ".join(filter(None, map(str.strip, (each.text or "", *(child.tail or "" for child in each))))):
                yield text, local(each)
