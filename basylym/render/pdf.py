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
    generate = type(document.metadata).generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *rest: _claim_ua(generate(document.metadata, *rest))
    return document.write_pdf(pdf_variant=VARIANT, pdf_tags=True, finisher=_finish)


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


def _finish(document: Any, pdf: Any) -> None:
    for each in pdf.objects:
        extra = getattr(each, "extra", None)
        if isinstance(extra, dict):
            if extra.get("Subtype") == "/Image" and "Interpolate" in extra:
                extra["Interpolate"] = "false"  # PDF/A-3, 6.2.8
            if extra.get("Type") == "/Metadata":
                each.compress = False  # readers of archives look for the packet with a plain search


FORMAT = Format("pdf", "PDF/A-3a and PDF/UA-1", ".pdf", "application/pdf", render, "pdf.html")
