"""PDF/A-3a and PDF/UA-1 in one file (ISO 19005-3:2012 level A; ISO 14289-1:2014).

WeasyPrint writes one variant at a time, and its own tags and metadata lack what an article has. So the tags (pdf_tags.py), the
XMP packet (xmp.py) and the files inside (pdf_source.py) are ours, and the pages its.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from basylym.render import Format
from basylym.render.layout import VARIANT
from basylym.render.pdf_source import attach
from basylym.render.pdf_tags import prepare
from basylym.render.press import Press
from basylym.render.proof_marks import mark_pages, mark_retracted
from basylym.render.word_breaks import write_word_breaks
from basylym.render.xmp import write_packet

WORDS = 120
"""The most letters of what a link leads to that a screen reader is given."""


def render(press: Press) -> bytes:
    """The article's pages as a PDF."""
    return write(press, anonymous=press.edition.kind == "anonymous")


def write(press: Press, *, anonymous: bool = False) -> bytes:
    """The pages as a PDF; an anonymous one carries no JATS, and nothing in its metadata says whose it is."""
    document, edition = press.layout.document, press.edition
    prepare(document)
    write_word_breaks(document)

    def packet(variant: str, version: int, conformance: str) -> bytes:
        from weasyprint import __version__

        return write_packet(edition, press.view, press.pages, f"WeasyPrint {__version__}", anonymous=anonymous)

    def finish(_: Any, pdf: Any) -> None:
        _finish(pdf, press)
        if anonymous:
            pdf.info.pop("Author", None)
        else:
            attach(pdf, edition, f"{edition.article.slug}.xml", press.jats)

    document.metadata.generate_rdf_metadata = packet
    return document.write_pdf(pdf_variant=VARIANT, pdf_tags=True, finisher=finish)


def _finish(pdf: Any, press: Press) -> None:
    """What WeasyPrint leaves to be said: folios as page labels, links in words, and three details of PDF/A."""
    import pydyf

    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([
        0, pydyf.Dictionary({"S": "/D", "St": press.edition.first_page})])})  # ISO 32000-1, 12.4.2
    if press.edition.kind == "proof":
        mark_pages(pdf, press)
    elif press.edition.front.retraction:
        mark_retracted(pdf, press)
    words = link_words(press)
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("Subtype") == "/Link":
            target = getattr(each.get("Contents"), "string", None)
            if target in words:
                each["Contents"] = pydyf.String(words[target])
        extra = getattr(each, "extra", None)
        if isinstance(extra, dict):
            if extra.get("Subtype") == "/Image" and "Interpolate" in extra:
                extra["Interpolate"] = "false"  # PDF/A-3, 6.2.8
            if extra.get("Type") == "/Metadata":
                each.compress = False  # readers of archives look for the packet with a plain search


def link_words(press: Press) -> dict[str, str]:
    """What a link within the article leads to, by its target: what a screen reader says of it (ISO 14289-1, 7.18.5)."""
    body, view, tree = press.edition.article.body, press.view, press.body
    back = view.label("back")
    words = {each.get("id"): _text(_head(each)) for each in tree.tree.iter() if each.get("id")}
    words |= {each["id"]: f"{each['number']}. {each['caption']}" for each in body.numbered}
    words |= {key: _text(note) for key, note in tree.notes} | {f"call-{key}": back for key, _ in tree.notes}
    words |= {each.id: back for each in body.citations}
    words |= {f"ref-{entry.key}": entry.text for entry in body.entries}
    words |= {note.id: note.finding.message for note in press.notes}
    return {target: _shorten(said) for target, said in words.items() if said.strip()}


def _head(element: etree._Element) -> etree._Element:
    """What names an element: a section's heading, a caption; else the element itself."""
    return next((each for each in element if re.fullmatch("h[1-6]|(fig)?caption", str(each.tag))), element)


def _text(element: etree._Element) -> str:
    return "".join(element.xpath('.//text()[not(ancestor::*[local-name()="annotation"])]'))


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WORDS else text[:WORDS].rpartition(" ")[0] + " …"


FORMAT = Format("pdf", "PDF/A-3a and PDF/UA-1", ".pdf", "application/pdf", render, "pdf.html", paged=True)
