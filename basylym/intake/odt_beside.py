"""What of an ODT stands beside the words that its pages show: hidden words, lists that LibreOffice makes, shapes, charts."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from basylym.intake.document import LeftOut
from basylym.intake.odt_looks import DRAW, HREF, OFFICE, PARAGRAPHS, TEXT, OdtStyles
from basylym.intake.packages import Package
from basylym.messages import Phrase
from basylym.read.html import drop

MADE = tuple(f"{TEXT}{name}" for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index",
                                          "user-index"))
"""Lists that the program gathers from the text itself; the one of works is a list of references."""
SHAPES = tuple(f"{DRAW}{name}" for name in ("custom-shape", "rect", "ellipse", "circle", "line", "connector", "polygon", "path"))
"""Shapes that may have words."""
UNSAID = (f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}forms", f"{TEXT}index-title-template", f"{DRAW}object")
SOURCES = tuple(f"{name}-source" for name in (*MADE, f"{TEXT}bibliography"))
DISPLAY = f"{TEXT}display"


def texts_of(body: etree._Element) -> Iterator[tuple[str, str]]:
    """The words of a text as they stand there, paragraph by paragraph, before anything is made of them."""
    for paragraph in body.iter(*PARAGRAPHS):
        if next(paragraph.iterancestors(*UNSAID, *SOURCES), None) is None and (text := "".join(_said(paragraph))).strip():
            yield text, "p"


def _said(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in (f"{TEXT}tab", f"{TEXT}s", f"{TEXT}line-break", f"{TEXT}note", f"{DRAW}frame"):
            yield " "
        if child.tag not in (*PARAGRAPHS, *UNSAID, f"{TEXT}note-citation"):
            yield from _said(child)
        yield child.tail or ""


def _words(element: etree._Element) -> str:
    return " ".join("".join(_said(element)).split())


def take_hidden(body: etree._Element, styles: OdtStyles) -> Iterator[LeftOut]:
    """Takes the words out that are shown on no page (ODF 1.3-3, 19.876 and 20.423)."""
    for each in list(body.iter(f"{TEXT}section", f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph", f"{TEXT}span", *PARAGRAPHS)):
        if each.getparent() is None or not _is_hidden(each, styles):
            continue
        inside = [text for paragraph in each.iter(*PARAGRAPHS) if (text := _words(paragraph))] or [_words(each)]
        yield from (LeftOut(text, "hidden") for text in inside if text)
        if each.tag == f"{TEXT}hidden-paragraph":
            continue
        drop(each)


def _is_hidden(element: etree._Element, styles: OdtStyles) -> bool:
    if element.tag == f"{TEXT}section":
        return element.get(DISPLAY) == "none" or element.get(f"{TEXT}is-hidden") == "true"
    if element.tag == f"{TEXT}hidden-text":
        return element.get(f"{TEXT}is-hidden") == "true"
    if element.tag == f"{TEXT}hidden-paragraph":
        return False
    if element.tag in PARAGRAPHS and any(each.get(f"{TEXT}is-hidden") == "true" for each in element.iter(f"{TEXT}hidden-paragraph")):
        return True
    family = "text" if element.tag == f"{TEXT}span" else "paragraph"
    return styles.find(family, element.get(f"{TEXT}style-name"), "text", DISPLAY) == "none"


def take_made(body: etree._Element) -> Iterator[LeftOut]:
    """Takes out what the program gathers from the text: the table of contents, an index."""
    for each in list(body.iter(*MADE)):
        for paragraph in each.iter(*PARAGRAPHS):
            if next(paragraph.iterancestors(*SOURCES), None) is None and (text := _words(paragraph)):
                yield LeftOut(text, "made_list")
        drop(each)


def lift_shapes(body: etree._Element) -> None:
    """The words of shapes after the paragraph that the shape hangs on."""
    for shape in reversed(list(body.iter(*SHAPES))):
        inside = list(shape.iterchildren(*PARAGRAPHS))
        host = next(shape.iterancestors(*PARAGRAPHS), None)
        if host is None:
            for each in inside:
                shape.addprevious(each)
        for each in reversed(inside) if host is not None else ():
            each.tail = None
            host.addnext(each)
        drop(shape)


def take_charts(body: etree._Element, package: Package) -> Iterator[Phrase | LeftOut]:
    """Charts and other objects that are no formulas: their picture stays, where there is one that a page can show."""
    for each in list(body.iter(f"{DRAW}object", f"{DRAW}object-ole")):
        part = each.get(HREF, "").removeprefix("./").strip("/")
        root = package.read_xml(f"{part}/content.xml") if part and each.tag == f"{DRAW}object" else None
        kind = next((child.tag.rpartition("}")[2] for child in root.iterfind(f"{OFFICE}body/*")), "") if root is not None else ""
        if root is not None and not kind:
            continue  # a formula: its content is MathML
        if root is not None and (words := " ".join(dict.fromkeys(filter(None, map(_words, root.iter(*PARAGRAPHS)))))):
            yield LeftOut(words[:4000], "drawing")
        yield Phrase("an embedded object ({kind}) is kept as the picture that is shown of it", kind=(kind or "OLE")[:60])
        drop(each)
