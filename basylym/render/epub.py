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
from basylym.render.press import Press
from basylym.render.soft_hyphens import insert_soft_hyphens

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARSER = etree.XMLParser(resolve_entities=False, remove_blank_text=False, huge_tree=True)
TYPES = {"doc-noteref": "noteref", "doc-endnotes": "endnotes", "doc-biblioref": "biblioref", "doc-bibliography": "bibliography",
         "doc-backlink": "backlink"}
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

    pictures = list(_pictures(text, press))

    book = epub.EpubBook()
    book.set_identifier(_identifier(edition))
    book.title, book.language, book.direction = view.plain_title(), edition.language, view.language().direction
    book.add_metadata("DC", "language", edition.language)
    _describe(book, press)

    document = epub.EpubItem("text", "article.xhtml", "application/xhtml+xml", insert_soft_hyphens(_serialise(text), view).encode())
    document.properties = ["mathml"] if text.find(".//{http://www.w3.org/1998/Math/MathML}math") is not None else []
    nav = epub.EpubItem("nav", "nav.xhtml", "application/xhtml+xml",
                        press.fill("nav.xhtml", headings=_nest(headings), labels=labels).encode())
    nav.properties = ["nav"]
    for item in (document, nav, epub.EpubItem("style", "article.css", "text/css", press.styles("epub.css").encode()),
                 *pictures, epub.EpubNcx()):
        book.add_item(item)
    book.toc = [epub.Link("article.xhtml#title", view.plain_title(), "title"),
                *(epub.Link(f"article.xhtml#{key}", title, key) for _, key, title in headings)]
    book.spine = [document]

    buffer = io.BytesIO()
    writer = epub.EpubWriter(buffer, book, {"mtime": _modified(edition), "raise_exceptions": True, "compresslevel": 0})
    writer.process()
    writer.write()
    return _same_bytes(buffer)


def _identifier(edition: Edition) -> str:
    """The DOI where there is one, else a name that is the same each time."""
    if edition.front.doi:
        return f"https://doi.org/{edition.front.doi}"
    parts = [edition.journal.issn_online or edition.journal.issn or "article", edition.issue_slug, edition.article.slug]
    return "urn:basylym:" + ":".join(part for part in parts if part)


def _modified(edition: Edition) -> datetime:
    """The day of publication, or SOURCE_DATE_EPOCH, or the beginning of ZIP's time: never the clock."""
    if os.environ.get("SOURCE_DATE_EPOCH", "").isdigit():
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    return datetime(edition.date.year, edition.date.month, edition.date.day) if edition.date else datetime(*EPOCH)


def _describe(book, press: Press) -> None:
    """Metadata in every language (EPUB 3.3, 5.5) and what readers need to know of its accessibility (EPUB Accessibility 1.1)."""
    edition, view = press.edition, press.view
    book.add_metadata("DC", "title", view.plain_title(), {"id": "title", XML_LANG: edition.language})
    for tag in edition.languages[1:]:
        if (("title", tag) in edition.article.body.texts) or ("working_title", tag) in edition.article.body.texts:
            book.add_metadata("OPF", "title", view.plain_title(tag),
                              {"refines": "#title", "property": "alternate-script", XML_LANG: tag})
    for number, author in enumerate(edition.front.authors, 1):
        if (name := view.name(author)) is None:
            continue
        book.add_metadata("DC", "creator", name.full, {"id": f"author-{number}", XML_LANG: edition.language})
        book.add_metadata("OPF", "role", "aut", {"refines": f"#author-{number}", "property": "role", "scheme": "marc:relators"})
        book.add_metadata("OPF", "file-as", name.inverted, {"refines": f"#author-{number}", "property": "file-as"})
        for tag, other in author.name.items():
            if other is not name:
                book.add_metadata("OPF", "name", other.full,
                                  {"refines": f"#author-{number}", "property": "alternate-script", XML_LANG: tag})
    for tag in edition.languages:
        if abstract := view.plain("abstract", tag):
            book.add_metadata("DC", "description", abstract, {XML_LANG: tag})
        for keyword in view.keywords(tag):
            book.add_metadata("DC", "subject", keyword, {XML_LANG: tag})
    if publisher := view.translate(edition.journal.publisher.name):
        book.add_metadata("DC", "publisher", publisher)
    if edition.date:
        book.add_metadata("DC", "date", edition.date.isoformat())
    if edition.license:
        book.add_metadata("DC", "rights", " ".join(part for part in view.license() if part))
    if journal := view.translate(edition.journal.name):
        book.add_metadata("OPF", "journal", journal, {"property": "belongs-to-collection", "id": "journal"})
        book.add_metadata("OPF", "type", "series", {"refines": "#journal", "property": "collection-type"})
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "ARIA", "pageBreakMarkers", "pageNavigation"]
    if edition.article.body.html.find("<math") >= 0:
        features.append("MathML")
    sees = "<img" in edition.article.body.html or "<svg" in edition.article.body.html
    for key, values in (("accessMode", ["textual", "visual"] if sees else ["textual"]), ("accessModeSufficient", ["textual"]),
                        ("accessibilityFeature", features), ("accessibilityHazard", ["none"])):
        for value in values:
            book.add_metadata("OPF", key, value, {"property": f"schema:{key}"})
    for tag in edition.languages:
        book.add_metadata("OPF", "summary", view.label("accessibility", tag),
                          {"property": "schema:accessibilitySummary", XML_LANG: tag})
    book.add_metadata("OPF", "source", press.edition.article.slug + ".pdf", {"property": "pageBreakSource"})


def _name_parts(text: etree._Element) -> None:
    """What citations, notes and lists are (EPUB 3.3, 6.1.2; EPUB 3 Structural Semantics Vocabulary 1.1): reading systems show a note
    beside a `noteref`, and look for the note itself by its type alone."""
    for part in text.iter():
        if kind := TYPES.get(part.get("role") or ""):
            part.set(f"{{{markup.EPUB}}}type", kind)
    for note in text.xpath('//*[@role="doc-endnotes"]/*/*[@id]'):
        note.set(f"{{{markup.EPUB}}}type", "endnote")


def _headings(text: etree._Element) -> list[tuple[int, str, str]]:
    """Level, id and words of every heading of the contents."""
    found = []
    for heading in text.iter(*(f"{{{markup.XHTML}}}h{level}" for level in (2, 3, 4, 5, 6))):
        if "untitled" in (heading.get("class") or ""):
            continue
        words = "".join(heading.xpath('.//text()[not(ancestor::*[@class="missing"])]')) or markup.inner_text(heading)
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


def _pictures(text: etree._Element, press: Press):
    """The article's pictures, copied under names of our own."""
    from ebooklib import epub

    names: dict[str, str] = {}
    for image in text.iter(f"{{{markup.XHTML}}}img"):
        source = image.get("src", "")
        picture = press.body.pictures[source]
        if source not in names:
            names[source] = f"figure-{len(names) + 1}.{picture.media_type.split('/')[1].split('+')[0]}"
            yield epub.EpubItem(f"figure-{len(names)}", names[source], picture.media_type, picture.data)
        image.set("src", names[source])


def _serialise(text: etree._Element) -> str:
    return etree.tostring(text.getroottree(), encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>").decode()


def _same_bytes(archive: io.BytesIO) -> bytes:
    """The archive with every file at the same moment, so that the same article gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            copy.writestr(info, source.read(name), compresslevel=9)
    return target.getvalue()


FORMAT = Format("epub", "EPUB 3.3", ".epub", "application/epub+zip", render, "epub.xhtml")
