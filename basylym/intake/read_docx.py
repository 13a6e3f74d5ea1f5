"""A DOCX as a document: pandoc reads the words, the tables and the formulas, we read how each paragraph looks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from basylym.intake.document import Block, Citing, Document, LeftOut, Look, Node
from basylym.intake.docx_beside import drop_cycles, keep_pictures, take_hidden, take_made, texts_of, words_of_art, words_of_drawings
from basylym.intake.docx_changes import read_comments
from basylym.intake.docx_looks import Numbering, Styles, W
from basylym.intake.docx_text import DocxText, Paragraph, usual_looks
from basylym.intake.nodes import LEAVES, clean, count_letters, kind_of, paragraphs_in, take_marks, text_of, walk
from basylym.intake.packages import Package, damaged, pack, part_at
from basylym.intake.pictures import tell_pictures
from basylym.intake.read_pandoc import ask_pandoc, flat
from basylym.intake.unread import find_unread
from basylym.messages import Phrase

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
KEPT = ("hyperlink", "image", "footnotes", "endnotes", "styles", "numbering", "comments")
"""Relations that pandoc may see; all others are none of its business."""
CONTENT = (b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="'
           b'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>')
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
FIRST = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.'
         'openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
LONGEST_HEADING = 400
"""A paragraph with more letters is no heading, whatever its style."""


def read_docx(package: Package) -> Document:
    """A Word file as a document. Raises Unreadable with a sentence."""
    name, main = package.name, _main_part(package)
    root = package.read_text(main)
    if root is None or root.tag != f"{W}document":
        raise damaged(name)
    folder = posixpath.dirname(main)
    relations = _relations(package, main)
    parts = {relation.rpartition("/")[2]: part_at(folder, target)
             for relation, target, outside in relations.values() if not outside}
    trees = {part: package.read_xml(parts[part]) for part in ("styles", "numbering", "footnotes", "endnotes", "comments") if part in parts}
    text = DocxText(Styles(trees.get("styles")), Numbering(trees.get("numbering")), read_comments(trees.get("comments")),
                    _properties(package))
    text.warnings += _dangers(package, relations)
    texts = {"document": root, **{part: trees[part] for part in ("footnotes", "endnotes") if trees.get(part) is not None}}
    wanted = [pair for each in texts.values() for pair in texts_of(each)]
    text.notes = drop_cycles(texts)
    left = [*words_of_drawings(package, relations, folder)]
    keep_pictures(root, relations, IMAGE, package.sizes, folder)
    for each in texts.values():
        left += [*take_hidden(each, text.styles), *take_made(each), *(LeftOut(words, "drawing") for words in words_of_art(each))]
        take_marks(each.iter(f"{W}t", f"{W}delText"))
        text.make_ready(each)
    usual_looks(text.paragraphs, text.paged)
    if text.paragraphs:  # comments that hang on no word
        text.paragraphs[max(text.paragraphs)].changes += text.comments.values()
    pictures, sent = _pictures(package, folder, relations)
    sent |= {"[Content_Types].xml": CONTENT, "_rels/.rels": FIRST.encode()}
    for part, tree in texts.items():
        sent[f"word/{part}.xml"] = etree.tostring(tree, encoding="utf-8")
        own = relations if part == "document" else _relations(package, parts[part])
        sent[f"word/_rels/{part}.xml.rels"] = _write_relations(own)
        if part != "document":
            more, stubs = _pictures(package, folder, own)
            pictures |= more
            sent |= stubs
    for part in ("styles", "numbering"):
        if trees.get(part) is not None:
            sent[f"word/{part}.xml"] = etree.tostring(trees[part], encoding="utf-8")
    read = ask_pandoc(pack(sent), "docx", name, ("--track-changes=accept",))
    try:
        blocks = tuple(number_blocks(flat(read["blocks"]), text.paragraphs, text.citing, text.warnings))
    except RecursionError as error:
        raise damaged(name) from error
    held = {picture: data for picture, data in pictures.items() if data}
    left += _running_heads(package, relations, folder)
    changed = " ".join(each.text for paragraph in text.paragraphs.values() for each in paragraph.changes if each.kind == "deleted")
    return Document(name, "docx", blocks, held, tuple(left), tuple(dict.fromkeys((*text.warnings, *tell_pictures(blocks, held)))),
                    unread=tuple(find_unread(wanted, blocks, left, changed)))


def number_blocks(nodes: Iterator[Node], paragraphs: Mapping[int, Paragraph], citing: Mapping[int, tuple], lost: list[Phrase]
                  ) -> Iterator[Block]:
    """Pandoc's blocks with what is known of the paragraphs that each was made of; words that pandoc did not read are told in `lost`."""
    unseen = dict(paragraphs)
    number = before = 0
    for marked in nodes:
        told = [paragraphs[each] for each in dict.fromkeys(paragraphs_in(marked)) if unseen.pop(each, None)]
        shown: dict[int, str] = {}

        def cite(field: int, inlines: list, shown: dict = shown, before: int = before) -> Node:
            shown[field] = text_of(inlines)
            one = {"citationId": f"field-{before + len(shown)}", "citationPrefix": [], "citationSuffix": [],
                   "citationMode": {"t": "NormalCitation"}, "citationNoteNum": 0, "citationHash": 0}
            return {"t": "Cite", "c": [[one], inlines]}

        node = clean(_started(marked, paragraphs), cite)
        if count_letters(node) < sum(sum(map(str.isalnum, each.text)) for each in told):
            lost += _lost(told[:1])
        text = text_of(node)
        if not text.strip() and not any(each["t"] in ("Image", "Note", "HorizontalRule") for each in walk(node)):
            continue
        number += 1
        before += len(shown)
        look = told[0].look if told else Look()
        if look.level and node["t"] == "Para" and len(text) <= LONGEST_HEADING:
            node = {"t": "Header", "c": [look.level, ["", [], []], node["c"]]}
        yield Block(number, kind_of(node), node, text, look,
                    tuple(Citing(words, citing[field]) for field, words in shown.items()),
                    tuple(change for each in told for change in each.changes))
    lost += _lost(each for each in unseen.values() if any(map(str.isalnum, each.text)))


def _lost(paragraphs: Iterable[Paragraph]) -> Iterator[Phrase]:
    for each in paragraphs:
        yield Phrase("some words of this paragraph could not be read: “{words}”", words=each.text.strip()[:200])


def _started(node: Any, paragraphs: Mapping[int, Paragraph]) -> Any:
    """Numbered lists with the number that the program set before their first item: one goes on after a paragraph between."""
    if isinstance(node, list):
        return [_started(each, paragraphs) for each in node]
    if not isinstance(node, dict) or node.get("t") in LEAVES:
        return node
    node = {key: _started(value, paragraphs) for key, value in node.items()}
    if node.get("t") == "OrderedList" and node["c"][1]:
        first = next(iter(paragraphs_in(node["c"][1][0])), 0)
        if first in paragraphs and paragraphs[first].count is not None:
            node["c"][0][0] = paragraphs[first].count
    return node


# --- what is beside the text ------------------------------------------------------------------------------------------------
def _main_part(package: Package) -> str:
    """The part with the text; an older program calls it something else than document.xml."""
    root = package.read_xml("_rels/.rels")
    for each in root.iter(RELATION) if root is not None else ():
        if each.get("Type", "").endswith("/officeDocument"):
            part = part_at(each.get("Target", ""))
            if part in package.sizes:
                return part
    return "word/document.xml"


def _relations(package: Package, part: str) -> dict[str, tuple[str, str, bool]]:
    """What a part points to: id -> kind, target, whether that is outside the file."""
    folder, _, file = part.rpartition("/")
    root = package.read_xml(f"{folder}/_rels/{file}.rels")
    return {} if root is None else {each.get("Id", ""): (each.get("Type", ""), each.get("Target", ""), each.get("TargetMode") == "External")
                                    for each in root.iter(RELATION)}


def _write_relations(relations: Mapping[str, tuple[str, str, bool]]) -> bytes:
    """The relations that pandoc may see: nothing outside the file except links."""
    root = etree.Element(RELATION.removesuffix("Relationship") + "Relationships", nsmap={None: RELATION[1:].partition("}")[0]})
    for key, (kind, target, outside) in relations.items():
        short = kind.rpartition("/")[2]
        if short in KEPT and (not outside or short == "hyperlink"):
            if not outside and short != "image":
                target = posixpath.basename(target)
            each = etree.SubElement(root, RELATION, Id=key, Type=kind, Target=target.removeprefix("/word/"))
            if outside:
                each.set("TargetMode", "External")
    return etree.tostring(root, encoding="utf-8")


def _pictures(package: Package, folder: str, relations: Mapping) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The pictures by the names that pandoc's blocks will have for them, and empty ones for pandoc, which need not carry them."""
    held, sent = {}, {}
    for kind, target, outside in relations.values():
        if kind.endswith("/image") and not outside:
            place = target.removeprefix("/word/") if target.startswith("/word/") else target
            part = part_at(folder, target)
            if (data := package.read_picture(part)) is not None:
                held[place] = data
            sent[f"word/{place}"] = b"-"
    return held, sent


def _properties(package: Package) -> dict[str, str]:
    root = package.read_xml("docProps/custom.xml")
    return {} if root is None else {each.get("name", ""): "".join(each.itertext()) for each in root}


def _dangers(package: Package, relations: Mapping[str, tuple[str, str, bool]]) -> Iterator[Phrase]:
    """What of the file was not followed and not run."""
    if any(part.lower().endswith("vbaproject.bin") for part in package.sizes):
        yield Phrase("the file has macros; they were not run and are left out")
    settings = [each for part in package.sizes if part.endswith("settings.xml.rels") and len(part) < 60
                for each in _relations(package, part.replace("_rels/", "").removesuffix(".rels")).values()]
    for kind, target, outside in [*relations.values(), *settings]:
        short = kind.rpartition("/")[2]
        if outside and short == "image":
            yield Phrase("the picture {address} is not in the file and was not fetched", address=target[:200])
        elif outside and short == "attachedTemplate":
            yield Phrase("the file names a template outside itself, {address}, which was not fetched", address=target[:200])
        elif outside and short != "hyperlink":
            yield Phrase("the file names something outside itself, {address}, which was not fetched", address=target[:200])


def _running_heads(package: Package, relations: Mapping[str, tuple[str, str, bool]], folder: str) -> Iterator[LeftOut]:
    """The words at the head and foot of the pages, which are no part of the text."""
    seen = set()
    for kind, target, outside in relations.values():
        if kind.rpartition("/")[2] in ("header", "footer") and not outside:
            root = package.read_xml(part_at(folder, target))
            for paragraph in root.iter(f"{W}p") if root is not None else ():
                said = "".join(each.text or " " for each in paragraph.iter(f"{W}t", f"{W}tab")).strip()
                for text in (said, *words_of_art(paragraph)):
                    if any(map(str.isalpha, text)) and text not in seen:
                        seen.add(text)
                        yield LeftOut(text, "running_head", kind.rpartition("/")[2])
