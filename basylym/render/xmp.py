"""What the PDF says of itself to machines: its XMP packet, in all languages of the journal.

The standards it claims (PDF/A-3a, PDF/UA-1), Dublin Core, the rights, and PRISM for the issue it stands in. PDF/A wants every
property that XMP itself does not know declared by an extension schema in the packet (ISO 19005-3:2012, 6.6.2.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from basylym.identifiers import doi_address
from basylym.model import Edition
from basylym.render.view import View

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/", "xmpRights": "http://ns.adobe.com/xap/1.0/rights/", "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/", "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#", "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#"}
"""The namespaces of the packet by their usual prefixes."""
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DECLARED = {
    "pdfuaid": ("PDF/UA identification", "internal", {"part": ("Integer", "Part of ISO 14289 that the file keeps")}),
    "prism": ("PRISM basic metadata", "external", {
        "doi": ("Text", "Digital Object Identifier of the article"),
        "url": ("Text", "Address of the article"),
        "publicationName": ("Text", "Title of the journal"),
        "issn": ("Text", "ISSN of the printed journal"),
        "eIssn": ("Text", "ISSN of the journal on line"),
        "volume": ("Text", "Volume of the journal"),
        "number": ("Text", "Number of the issue"),
        "section": ("Text", "Section of the issue"),
        "startingPage": ("Text", "First page"),
        "endingPage": ("Text", "Last page"),
        "publicationDate": ("Text", "Day of publication")}),
}
"""Properties that XMP does not know: their schema, whether programs or people write them, each one's type and meaning."""


class Packet:
    """An RDF tree that grows property by property; what is empty is left out."""

    def __init__(self) -> None:
        for prefix, space in SPACES.items():
            ElementTree.register_namespace(prefix, space)
        self.root = ElementTree.Element(_name("rdf:RDF"))
        self.about = ElementTree.SubElement(self.root, _name("rdf:Description"), {_name("rdf:about"): ""})
        self.used: dict[str, list[str]] = {}

    def put(self, name: str, value: object) -> None:
        """A single value."""
        if value not in (None, ""):
            self._begin(name).text = str(value)

    def list(self, name: str, kind: str, values: Iterable[str]) -> None:
        """Several values: a Seq in order, or a Bag."""
        if found := list(dict.fromkeys(filter(None, values))):
            items = ElementTree.SubElement(self._begin(name), _name(f"rdf:{kind}"))
            for value in found:
                ElementTree.SubElement(items, _name("rdf:li")).text = value

    def translate(self, name: str, texts: Mapping[str, str], default: str) -> None:
        """One text in several languages, that of `default` first and also for those who ask for no language."""
        found = {tag: text for tag in (default, *texts) if (text := texts.get(tag))}
        if found:
            items = ElementTree.SubElement(self._begin(name), _name("rdf:Alt"))
            for tag, text in {"x-default": next(iter(found.values())), **found}.items():
                ElementTree.SubElement(items, _name("rdf:li"), {XML_LANG: tag}).text = text

    def _begin(self, name: str) -> ElementTree.Element:
        prefix, _, local = name.partition(":")
        self.used.setdefault(prefix, []).append(local)
        return ElementTree.SubElement(self.about, _name(name))

    def declare(self) -> None:
        """The extension schemas of the properties used."""
        about, resource = {_name("rdf:about"): ""}, {_name("rdf:parseType"): "Resource"}
        top = ElementTree.SubElement(self.root, _name("rdf:Description"), about)
        bag = ElementTree.SubElement(ElementTree.SubElement(top, _name("pdfaExtension:schemas")), _name("rdf:Bag"))
        for prefix, (title, category, properties) in DECLARED.items():
            if prefix not in self.used:
                continue
            schema = ElementTree.SubElement(bag, _name("rdf:li"), resource)
            for key, value in (("schema", title), ("namespaceURI", SPACES[prefix]), ("prefix", prefix)):
                ElementTree.SubElement(schema, _name(f"pdfaSchema:{key}")).text = value
            rows = ElementTree.SubElement(ElementTree.SubElement(schema, _name("pdfaSchema:property")), _name("rdf:Seq"))
            for local in self.used[prefix]:
                kind, meaning = properties[local]
                row = ElementTree.SubElement(rows, _name("rdf:li"), resource)
                for key, value in (("name", local), ("valueType", kind), ("category", category), ("description", meaning)):
                    ElementTree.SubElement(row, _name(f"pdfaProperty:{key}")).text = value

    def written(self) -> bytes:
        """The tree as XML."""
        ElementTree.indent(self.root, "")
        return ElementTree.tostring(self.root, encoding="utf-8")


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def write_packet(edition: Edition, view: View, pages: tuple[int, int], producer: str, *, anonymous: bool = False) -> bytes:
    """The packet of an edition. An anonymous one names no author, holder of rights or identifier."""
    packet, front, journal, tags = Packet(), edition.front, edition.journal, edition.languages
    for name, value in (("pdfaid:part", 3), ("pdfaid:conformance", "A"), ("pdfuaid:part", 1), ("pdf:Producer", producer),
                        ("xmp:CreatorTool", "Basylym")):
        packet.put(name, value)
    date = edition.date.isoformat() if edition.date else ""
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        packet.put(name, date)
    packet.put("pdf:Keywords", ", ".join(view.keywords()))
    packet.put("dc:format", "application/pdf")
    titles = {tag: view.plain_title(tag) for tag in tags if edition.text("title", tag) or tag == view.tag}
    packet.translate("dc:title", titles, view.tag)
    packet.translate("dc:description", {tag: view.plain("abstract", tag) for tag in tags}, view.tag)
    packet.list("dc:subject", "Bag", (word for tag in tags for word in view.keywords(tag)))
    packet.list("dc:language", "Bag", (tag for tag in tags if tag == view.tag or edition.text("abstract", tag)))
    packet.list("dc:publisher", "Bag", [view.translate(journal.publisher.name)])
    packet.list("dc:date", "Seq", [date])
    if not anonymous:
        packet.list("dc:creator", "Seq", view.author_names())
        packet.put("dc:identifier", f"doi:{front.doi}" if front.doi else "")
        mark, address = view.license() if edition.license else ("", "")
        rights = {tag: ". ".join(filter(None, [f"© {view.translate(front.copyright, tag)}" if front.copyright else "", mark]))
                  for tag in tags}
        packet.translate("dc:rights", rights, view.tag)
        packet.put("xmpRights:Marked", "True" if any(rights.values()) else "")
        packet.put("xmpRights:WebStatement", address)
        packet.put("prism:doi", front.doi)
        packet.put("prism:url", doi_address(front.doi))
    issue, section = edition.issue, edition.section
    for name, value in (
            ("publicationName", view.translate(journal.name)), ("issn", journal.issn), ("eIssn", journal.issn_online),
            ("volume", issue.volume if issue else ""), ("number", issue.number if issue else ""),
            ("section", view.translate(section.title) if section else ""), ("startingPage", pages[0]), ("endingPage", pages[1]),
            ("publicationDate", date)):
        packet.put(f"prism:{name}", value)
    packet.declare()
    return packet.written()
