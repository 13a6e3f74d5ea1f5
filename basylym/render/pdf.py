"""PDF/A-3a and PDF/UA-1 in one file (ISO 19005-3:2012 level A; ISO 14289-1:2014).

WeasyPrint writes one variant at a time. A second XMP packet would be ignored by readers, so the PDF/UA identification, and
the extension schema that PDF/A wants for it, go into the metadata that WeasyPrint makes.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from basylym.render import Format
from basylym.render.layout import VARIANT
from basylym.render.press import Press

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
UA = "http://www.aiim.org/pdfua/ns/id/"


def render(press: Press) -> bytes:
    """The article's pages as a PDF."""
    document = press.layout.document
    _end_streams_with_a_line()
    generate = type(document.metadata).generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *rest: _claim_ua(generate(document.metadata, *rest))
    return document.write_pdf(pdf_variant=VARIANT, pdf_tags=True,
                              finisher=lambda _, pdf: _finish(pdf, press))


def _claim_ua(packet: bytes) -> bytes:
    """Adds the claim to be PDF/UA-1, and the description of the property that carries it (ISO 19005-3, 6.6.2.3)."""
    for prefix, namespace in (("pdfaExtension", EXTENSION), ("pdfaSchema", SCHEMA), ("pdfaProperty", PROPERTY), ("pdfuaid", UA)):
        ElementTree.register_namespace(prefix, namespace)
    root = ElementTree.fromstring(packet)
    about, resource = {f"{{{RDF}}}about": ""}, {f"{{{RDF}}}parseType": "Resource"}
    ElementTree.SubElement(root, f"{{{RDF}}}Description", {**about, f"{{{UA}}}part": "1"})

    def inside(parent: ElementTree.Element, *path: str, **attributes: str) -> ElementTree.Element:
        for name in path:
            parent = ElementTree.SubElement(parent, name)
        return parent

    bag = inside(ElementTree.SubElement(root, f"{{{RDF}}}Description", about), f"{{{EXTENSION}}}schemas", f"{{{RDF}}}Bag")
    schema = ElementTree.SubElement(bag, f"{{{RDF}}}li", resource)
    for name, text in (("schema", "PDF/UA identification schema"), ("namespaceURI", UA), ("prefix", "pdfuaid")):
        inside(schema, f"{{{SCHEMA}}}{name}").text = text
    declared = ElementTree.SubElement(inside(schema, f"{{{SCHEMA}}}property", f"{{{RDF}}}Seq"), f"{{{RDF}}}li", resource)
    for name, text in (("name", "part"), ("valueType", "Integer"), ("category", "internal"), ("description", "PDF/UA part")):
        inside(declared, f"{{{PROPERTY}}}{name}").text = text
    return ElementTree.tostring(root, encoding="utf-8")


def _end_streams_with_a_line() -> None:
    """After a stream whose last byte is a carriage return, pydyf's line feed would be read as one line end with it, and the
    stream's length be found wrong (ISO 19005-3, 6.1.7.1): there a whole line end is written. Doing so twice changes nothing."""
    import pydyf

    write = pydyf.Stream.data.fget
    if getattr(write, "by_basylym", False):
        return

    def data(self: Any) -> bytes:
        written = write(self)
        return written.removesuffix(b"\nendstream") + b"\r\nendstream" if written.endswith(b"\r\nendstream") else written

    data.by_basylym = True
    pydyf.Stream.data = property(data)


def _finish(pdf: Any, press: Press) -> None:
    """What WeasyPrint leaves to be said: folios as page labels, links in words, and three details of PDF/A."""
    import pydyf

    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([
        0, pydyf.Dictionary({"S": "/D", "St": press.edition.first_page})])})  # ISO 32000-1, 12.4.2
    words = _link_words(press)
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


def _link_words(press: Press) -> dict[str, str]:
    """What a link within the article leads to, by its target: what a screen reader says of it (ISO 14289-1, 7.18.5)."""
    body, view = press.edition.article.body, press.view
    return {**{each["id"]: f"{each['number']}. {each['caption']}" for each in body.numbered},
            **{each.id: view.label("back") for each in body.citations},
            **{f"ref-{entry.key}": entry.text for entry in body.entries}}


FORMAT = Format("pdf", "PDF/A-3a and PDF/UA-1", ".pdf", "application/pdf", render, "pdf.html")
