"""An ODT as a document: pandoc reads the words, the tables and the formulas, we read how each paragraph looks."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from basylym.intake.document import Document, LeftOut
from basylym.intake.docx_text import usual_looks
from basylym.intake.nodes import take_marks, walk
from basylym.intake.odt_beside import lift_shapes, take_charts, take_hidden, take_made, texts_of
from basylym.intake.odt_fields import give_words_beside, take_words_beside, write_out
from basylym.intake.odt_looks import DRAW, HREF, NAMES, OFFICE, PARAGRAPHS, STYLE, TEXT, OdtStyles
from basylym.intake.odt_text import OdtText
from basylym.intake.packages import Package, damaged, locked, pack, part_at
from basylym.intake.pictures import tell_pictures
from basylym.intake.read_docx import number_blocks
from basylym.intake.read_pandoc import ask_pandoc, flat
from basylym.intake.unread import find_unread
from basylym.messages import Phrase
from basylym.read.html import drop, line_of

META = f"{{{NAMES}meta:1.0}}"
HEADS = tuple(f"{STYLE}{name}{kind}" for name in ("header", "footer") for kind in ("", "-left", "-first"))
NO_STYLES = f'<o:document-styles xmlns:o="{NAMES}office:1.0"/>'.encode()
"""For pandoc, which asks for the part; a file need not have one."""


def read_odt(package: Package) -> Document:
    """A LibreOffice text as a document. Raises Unreadable with a sentence."""
    name = package.name
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise locked(name)
    root, styles = package.read_text("content.xml"), package.read_xml("styles.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise damaged(name)
    take_marks(body.iter(etree.Element))
    text = OdtText(OdtStyles(styles, root), _properties(package))
    write_out(body, name)
    wanted = list(texts_of(body))
    left = [*take_hidden(body, text.styles), *take_made(body)]
    text.warnings += _dangers(package, body)
    for each in take_charts(body, package):
        (left if isinstance(each, LeftOut) else text.warnings).append(each)
    lift_shapes(body)
    text.make_ready(body)
    beside = take_words_beside(body)
    usual_looks(text.paragraphs, paged=text.paged)
    sent = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": etree.tostring(root, encoding="utf-8")}
    sent["styles.xml"] = etree.tostring(styles, encoding="utf-8") if styles is not None else NO_STYLES
    for each in body.iter(f"{DRAW}object"):
        part = part_at(each.get(HREF, ""), "content.xml")
        if part not in sent and (formula := package.read_xml(part)) is not None:
            sent[part] = etree.tostring(formula, encoding="utf-8")
    read = ask_pandoc(pack(sent), "odt", name)
    try:
        give_words_beside(read["blocks"], beside)
        blocks = tuple(number_blocks(flat(read["blocks"]), text.paragraphs, text.citing, text.warnings))
    except RecursionError as error:
        raise damaged(name) from error
    pictures = {}
    for each in walk([block.node for block in blocks]):
        if each["t"] == "Image" and each["c"][2][0] not in pictures:
            part = part_at(each["c"][2][0])
            if data := package.read_picture(part):
                pictures[each["c"][2][0]] = data
    left += _running_heads(styles)
    return Document(name, "odt", blocks, pictures, tuple(left), tuple(dict.fromkeys((*text.warnings, *tell_pictures(blocks, pictures)))),
                    unread=tuple(find_unread(wanted, blocks, left)))


def _properties(package: Package) -> dict[str, str]:
    root = package.read_xml("meta.xml")
    return {} if root is None else {each.get(f"{META}name", ""): each.text or "" for each in root.iter(f"{META}user-defined")}


def _dangers(package: Package, body: etree._Element) -> Iterator[Phrase]:
    """What of the file was not followed and not run; addresses of pictures outside it go."""
    if any(part.startswith(("Basic/", "Scripts/")) for part in package.sizes):
        yield Phrase("the file has macros; they were not run and are left out")
    for each in list(body.iter(f"{DRAW}image", f"{DRAW}object", f"{DRAW}object-ole", f"{DRAW}plugin", f"{DRAW}applet")):
        address = each.get(HREF, "")
        if ":" in address.split("/")[0] or address.startswith(("//", "../")):
            drop(each)
            yield Phrase("the picture {address} is not in the file and was not fetched", address=address[:200])
    for each in list(body.iter(f"{TEXT}section-source", f"{OFFICE}dde-source")):
        yield Phrase("the file names something outside itself, {address}, which was not fetched", address=each.get(HREF, "")[:200])
        drop(each)


def _running_heads(styles: etree._Element | None) -> Iterator[LeftOut]:
    """The words at the head and foot of the pages, which are no part of the text."""
    seen = set()
    for head in styles.iter(*HEADS) if styles is not None else ():
        for paragraph in head.iter(*PARAGRAPHS):
            text = line_of(paragraph)
            if any(map(str.isalpha, text)) and text not in seen:
                seen.add(text)
                yield LeftOut(text, "running_head", "header" if "header" in head.tag else "footer")
