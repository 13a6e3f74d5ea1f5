"""EPUB 3.3, written by EbookLib from our own markup.

EbookLib's EpubHtml and EpubNav print markup anew and damage it, so every document goes in as plain bytes, the navigation
too. The page list is the printed one: a reader who is told a page of the PDF finds it here.
"""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, datetime

from lxml import etree

from basylym.model import Edition
from basylym.render import Format, markup
from basylym.render.cover import plan_cover
from basylym.render.epub_files import part_text, places
from basylym.render.epub_fonts import embed_fonts
from basylym.render.epub_metadata import XML_LANG, Content, describe, identify
from basylym.render.press import Press
from basylym.render.soft_hyphens import insert_soft_hyphens
from basylym.typography.formula_widths import MATHML
from basylym.typography.formula_words import speak_formulas

PARSER = etree.XMLParser(resolve_entities=False, remove_blank_text=False, huge_tree=True)
XHTML = f"{{{markup.XHTML}}}"
MATH = f"{MATHML}math"
PAGE = "application/xhtml+xml"
TYPES = {"doc-noteref": "noteref", "doc-endnotes": "endnotes", "doc-biblioref": "biblioref", "doc-bibliography": "bibliography",
         "doc-backlink": "backlink", "doc-abstract": "abstract"}
"""Roles (DPUB-ARIA 1.1) and the types of EPUB that say the same."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the earliest a ZIP can hold."""


def render(press: Press) -> bytes:
    """The article as an EPUB."""
    from ebooklib import epub

    edition, view, starts = press.edition, press.view, press.layout.starts
    text = etree.fromstring(press.fill("epub.xhtml", body=press.body, pages=press.pages).encode(), PARSER)
    labels = [start.label for start in starts]
    markup.mark_pages(text, list(starts), lambda label: view.label("page", None, label))
    headings = _headings(text)
    _name_parts(text)
    _name_sections(text, press)
    _speak_heads(text)
    pictures, cover = list(_pictures(text, press)), plan_cover(press)
    files = part_text(text)
    addresses = places(files)
    rules, fonts = embed_fonts([file.tree for file in files])

    book = epub.EpubBook()
    book.set_identifier(identify(edition))
    book.title, book.language, book.direction = view.plain_title(), edition.language, view.language().direction
    book.add_metadata("DC", "language", edition.language)
    describe(book, press, _content(text, press))

    nav = press.fill("nav.xhtml", headings=_nest(headings), labels=labels, at=addresses,
                     figures=_captions(text, "figure", "figcaption"), tables=_captions(text, "table", "caption"))
    shown = _document("cover", "cover.xhtml", press.fill("cover.xhtml", words=cover.words))
    documents = []
    for number, file in enumerate(files, 1):
        page = insert_soft_hyphens(_serialise(file.tree), view, cells=True)
        documents.append(_document("text" if number == 1 else f"text-{number}", file.name, page,
                                   "mathml" if file.tree.find(f".//{MATH}") is not None else ""))
    # the house fonts come first, so that whatever the style sheet says holds
    style = "\n".join([rules, press.styles("epub.css")])
    for item in (shown, *documents, _document("nav", "nav.xhtml", nav, "nav"),
                 epub.EpubItem("style", "article.css", "text/css", style.encode()),
                 epub.EpubItem("cover-drawing", "cover.svg", "image/svg+xml", cover.svg()), _cover_image(cover.png()),
                 *(epub.EpubItem(name.removesuffix(".woff2"), name, "font/woff2", data) for name, data in fonts.items()),
                 *pictures, epub.EpubNcx()):
        book.add_item(item)
    book.toc = [epub.Link(addresses["title"], view.plain_title(), "title"),
                *(epub.Link(addresses[key], title, key) for _, key, title in headings)]
    book.spine = [shown, *documents]

    buffer = io.BytesIO()
    writer = epub.EpubWriter(buffer, book, {"mtime": _modified(edition), "raise_exceptions": True, "compresslevel": 0})
    writer.process()
    writer.write()
    return _same_bytes(buffer, edition)


def _document(key: str, name: str, page: str, properties: str = ""):
    from ebooklib import epub

    item = epub.EpubItem(key, name, PAGE, page.encode())
    item.properties = properties.split()
    return item


def _cover_image(data: bytes):
    from ebooklib import epub

    item = epub.EpubItem("cover-image", "cover.png", "image/png", data)
    item.properties = ["cover-image"]
    return item


def _modified(edition: Edition) -> datetime:
    """The day of publication, or SOURCE_DATE_EPOCH, or the beginning of ZIP's time: never the clock."""
    if os.environ.get("SOURCE_DATE_EPOCH", "").isdigit():
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    return datetime(edition.date.year, edition.date.month, edition.date.day) if edition.date else datetime(*EPOCH)


def _content(text: etree._Element, press: Press) -> Content:
    kinds = {picture.media_type for picture in press.body.pictures.values()}
    described = all(image["set"] for image in press.edition.article.body.images)
    return Content(pictures=text.find(f".//{XHTML}img") is not None, described=described,
                   moving=bool(kinds & {"image/gif", "image/webp"}), formulas=text.find(f".//{MATH}") is not None)


def _name_parts(text: etree._Element) -> None:
    """What citations, notes and lists are (EPUB 3.3, 6.1.2; EPUB 3 Structural Semantics Vocabulary 1.1): reading systems show a note
    beside a `noteref`, and look for the note itself by its type alone."""
    for part in text.iter():
        if kind := TYPES.get(part.get("role") or ""):
            part.set(f"{{{markup.EPUB}}}type", kind)
    for note in text.xpath('//*[@role="doc-endnotes"]/*/*[local-name()="li"]'):
        note.set(f"{{{markup.EPUB}}}type", "endnote")
    for entry in text.xpath('//*[@role="doc-bibliography"]/*/*[local-name()="li"]'):
        entry.set(f"{{{markup.EPUB}}}type", "biblioentry")


def _name_sections(text: etree._Element, press: Press) -> None:
    """Introduction, conclusion, appendices and thanks by their roles (DPUB-ARIA 1.1)."""
    known = press.view.language().sections
    for section in text.iter(f"{XHTML}section"):
        heading = next((child for child in section if child.tag in {f"{XHTML}h{level}" for level in range(2, 7)}), None)
        if section.get("role") or heading is None:
            continue
        words = " ".join(markup.inner_text(heading).split()).casefold().lstrip("0123456789. ")
        if "appendix" in (section.get("class") or "").split():
            section.set("role", "doc-appendix")
        elif heading.get("id") == "acknowledgements":
            section.set("role", "doc-acknowledgments")
        elif heading.tag == f"{XHTML}h2":
            role = next((name for name in ("introduction", "conclusion") if words in known.get(name, ())), None)
            if role:
                section.set("role", f"doc-{role}")


def _speak_heads(text: etree._Element) -> None:
    """A head of a table that is a formula alone gets words: those who look for empty heads, and some who read aloud, see none."""
    for head in text.iter(f"{XHTML}th"):
        math = head.findall(f".//{MATH}")
        bare = "".join(head.xpath('.//text()[not(ancestor::*[local-name()="math"])]'))
        if math and not bare.strip():
            words = etree.Element(f"{XHTML}span", {"class": "unseen"})
            words.text = ", ".join(filter(None, (each.get("alttext") for each in math)))
            words.tail, head.text = head.text, None
            head.insert(0, words)
            for each in math:
                each.set("aria-hidden", "true")


def _headings(text: etree._Element) -> list[tuple[int, str, str]]:
    """Level, id and words of every heading of the contents."""
    found = []
    for heading in text.iter(*(f"{XHTML}h{level}" for level in (2, 3, 4, 5, 6))):
        if "untitled" in (heading.get("class") or ""):
            continue
        spoken = speak_formulas(heading)
        words = "".join(spoken.xpath('.//text()[not(ancestor::*[@class="missing"])]')) or markup.inner_text(spoken)
        found.append((int(heading.tag[-1]), heading.get("id"), " ".join(words.split())))
    return found


def _nest(headings: list[tuple[int, str, str]]) -> list[tuple[str, str, list]]:
    """Headings as a tree: id, words, the headings below."""
    top: list = []
    levels = [(1, top)]
    for level, key, words in headings:
        while levels[-1][0] >= level:
            levels.pop()
        entry: tuple[str, str, list] = (key, words, [])
        levels[-1][1].append(entry)
        levels.append((level, entry[2]))
    return top


def _captions(text: etree._Element, kind: str, caption: str) -> list[tuple[str, str]]:
    """Id and caption of every figure, or of every table, that has one: whole ones, not parts, and no listings."""
    found = []
    for each in text.iter(f"{XHTML}{kind}"):
        words = next((child for child in each if child.tag == f"{XHTML}{caption}"), None)
        key = each.get("id") or (words.get("id") if words is not None else None)
        if words is None or key is None or {"listing", "part"} & set((each.get("class") or "").split()):
            continue
        said = "".join(speak_formulas(words).xpath('.//text()[not(ancestor::*[@role="doc-noteref"])]'))
        found.append((key, " ".join(said.split())))
    return found


def _pictures(text: etree._Element, press: Press):
    """The article's pictures, copied under names of our own."""
    from ebooklib import epub

    names: dict[str, str] = {}
    for image in text.iter(f"{XHTML}img"):
        source = image.get("src", "")
        picture = press.body.pictures[source]
        if source not in names:
            names[source] = f"figure-{len(names) + 1}.{picture.media_type.split('/')[1].split('+')[0]}"
            yield epub.EpubItem(f"figure-{len(names)}", names[source], picture.media_type, picture.data)
        image.set("src", names[source])


def _serialise(text: etree._Element) -> str:
    return etree.tostring(text.getroottree(), encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>").decode()


def _finish_package(package: bytes, edition: Edition) -> bytes:
    """The package document with its language, and with what is refined before what refines it: EbookLib writes neither."""
    root = etree.fromstring(package, PARSER)
    root.set(XML_LANG, edition.language)
    written = root.find("{*}metadata")
    metadata = etree.Element(written.tag, nsmap={None: etree.QName(written).namespace, "dc": written.nsmap["dc"]})
    metadata.extend(sorted(written, key=lambda each: (each.tag.endswith("}meta"), bool(each.get("refines")))))
    root.replace(written, metadata)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _same_bytes(archive: io.BytesIO, edition: Edition) -> bytes:
    """The archive with every file at the same moment, so that the same article gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            data = source.read(name)
            copy.writestr(info, _finish_package(data, edition) if name.endswith("content.opf") else data, compresslevel=9)
    return target.getvalue()


FORMAT = Format("epub", "EPUB 3.3", ".epub", "application/epub+zip", render, "epub.xhtml", paged=True)
