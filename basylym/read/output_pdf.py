"""A finished PDF, read back: its XMP packet, its document information, its page labels, and its tags with the text in them.

The text is taken by the tags, as a screen reader hears it: whole paragraphs over pages and columns, without running heads.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from basylym.output import Output, Said

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PACKET = {"dc:title": "title", "dc:creator": "authors", "dc:description": "abstract", "dc:subject": "keywords", "prism:doi": "doi",
          "dc:identifier": "doi", "prism:url": "doi", "dc:date": "date", "prism:publicationDate": "date",
          "prism:startingPage": "first_page", "prism:endingPage": "last_page", "dc:rights": "license",
          "xmpRights:WebStatement": "license", "prism:publicationName": "journal", "prism:volume": "volume", "prism:number": "number",
          "prism:issn": "issn", "prism:eIssn": "issn_online", "dc:language": "language"}
"""Properties of the packet, and what each of them says."""
INFORMATION = {"/Title": "title", "/Author": "authors", "/Subject": "abstract", "/Keywords": "keywords", "/CreationDate": "date"}
"""Keys of the document information, likewise."""
SPACES = {"http://purl.org/dc/elements/1.1/": "dc", "http://prismstandard.org/namespaces/basic/2.0/": "prism",
          "http://ns.adobe.com/xap/1.0/rights/": "xmpRights"}


def read_pdf(data: bytes, path: str) -> Output:
    """What a PDF says. Raises ValueError where it is none of ours: without a packet or tags."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/Metadata" not in pdf.Root or "/StructTreeRoot" not in pdf.Root:
            raise ValueError("it has no XMP packet or no tags")
        said = list(_read_packet(pdf.Root.Metadata.read_bytes()))
        if tag := str(pdf.Root.get("/Lang", "")):
            said.append(Said("language", "/Lang", "", (tag,)))
        for key, field in INFORMATION.items():
            if value := str(pdf.docinfo.get(key, "")).strip():
                said.append(Said(field, f"Info {key}", "", (value.removeprefix("D:"),)))
        count = len(pdf.pages)
        labels = pdf.Root.get("/PageLabels", {}).get("/Nums", [])
        if len(labels) == 2 and "/St" in labels[1]:
            first = int(labels[1]["/St"])
            said += [Said("first_page", "PageLabels", "", (str(first),)), Said("last_page", "PageLabels", "", (str(first + count - 1),))]
        tags = _Tags(pdf)
        text = tags.read(pdf.Root.StructTreeRoot)
        return Output(path, "pdf", tuple(said), text, tuple(tags.formulas), tuple(tags.figures), tags.tables, tags.notes, count)


def _read_packet(packet: bytes) -> Iterator[Said]:
    root = etree.fromstring(packet[packet.index(b"<rdf:RDF"):packet.index(b"</rdf:RDF>") + 10],
                            etree.XMLParser(resolve_entities=False, no_network=True))
    for each in root.iterfind("{*}Description/*"):
        name = etree.QName(each)
        where = f"{SPACES.get(name.namespace, '')}:{name.localname}"
        if where not in PACKET:
            continue
        items = each.findall("*/{*}li")
        if any(item.get(XML_LANG) for item in items):
            for item in items:
                tag = item.get(XML_LANG, "")
                yield Said(PACKET[where], where, "" if tag == "x-default" else tag, (item.text or "",))
        else:
            yield Said(PACKET[where], where, "", tuple(item.text or "" for item in items) or (each.text or "",))


class _Tags:
    """The structure tree with the text that the pages mark as its own."""

    def __init__(self, pdf: Any):
        self.formulas: list[str] = []
        self.figures: list[str] = []
        self.tables = self.notes = 0
        self.marked = {page.objgen: _read_page(page) for page in pdf.pages}

    def read(self, element: Any) -> str:
        """The text in an element, in the tree's order; what stands in the tree is counted on the way."""
        import pikepdf

        kind = str(element.get("/S", ""))
        if kind == "/Formula":
            self.formulas.append(str(element.get("/Alt", "")))
            return " "
        if kind == "/Figure":
            self.figures.append(str(element.get("/Alt", "")))
        self.tables += kind == "/Table"
        self.notes += kind == "/Note"
        if "/ActualText" in element:
            return str(element.ActualText)
        inside, words = element.get("/K", []), []
        for kid in inside if isinstance(inside, pikepdf.Array) else [inside]:
            if isinstance(kid, int):
                words.append(self.marked[element.Pg.objgen].get(kid, ""))
            elif kid.get("/Type") == "/MCR":
                words.append(self.marked[kid.Pg.objgen].get(int(kid.MCID), ""))
            elif "/S" in kid:
                words.append(self.read(kid))
        return "".join(words) if kind in ("/Span", "/Link", "/Lbl") else f"{''.join(words)}\n"


def _read_page(page: Any) -> dict[int, str]:
    """The text of each mark on a page."""
    import pikepdf

    fonts = {name: _read_font(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, list[str]] = {}
    marks: list[int | None] = []
    letters: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "Tf":
            letters = fonts.get(str(operands[0]), {})
        elif operator in ("BDC", "BMC"):
            about = operands[1] if operator == "BDC" else {}
            marks.append(int(about["/MCID"]) if "/MCID" in about else None)
        elif operator == "EMC":
            marks.pop()
        elif operator in ("Tj", "TJ") and marks and marks[-1] is not None:
            shown = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
            codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
            found.setdefault(marks[-1], []).extend(letters.get(codes[at:at + 2], "") for at in range(0, len(codes), 2))
    return {mark: "".join(words) for mark, words in found.items()}


def _read_font(font: Any) -> dict[bytes, str]:
    """What each code of a font means (ISO 32000-1, 9.10.3)."""
    if "/ToUnicode" not in font:
        return {}
    written = font.ToUnicode.read_bytes().decode("latin-1")
    return {bytes.fromhex(code): bytes.fromhex(letters).decode("utf-16-be")
            for block in written.split("beginbfchar")[1:]
            for code, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block.partition("endbfchar")[0])}
