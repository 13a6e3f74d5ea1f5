"""A PDF's structure tree read back, with the text that stands in each element: what a screen reader has to go on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf


def elements(node) -> Iterator[pikepdf.Object]:
    """Every element of a PDF's structure tree, in order."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node and "/Obj" not in node:
            yield from elements(node.K)


def kids(element) -> list:
    """What stands right in an element."""
    inside = element.get("/K", [])
    return list(inside) if isinstance(inside, pikepdf.Array) else [inside]


def attribute(element, name: str):
    """An attribute of an element, whoever owns it; None where it has none."""
    given = element.get("/A", [])
    for each in given if isinstance(given, pikepdf.Array) else [given]:
        if name in each:
            return each[name]
    return None


class Text:
    """The text of a PDF by the marks that its pages give it."""

    def __init__(self, pdf: pikepdf.Pdf):
        self.pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self.marked: list[dict[int, str]] = []
        self.artifacts: list[tuple[int, dict[str, str], str]] = []
        self.unmarked = ""
        for number, page in enumerate(pdf.pages):
            self.marked.append(self._read(number, page))

    def _read(self, number: int, page) -> dict[int, str]:
        maps = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
        found: dict[int, str] = {}
        open_marks: list = []
        letters: dict[bytes, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "Tf":
                letters = maps[str(operands[0])]
            elif operator in ("BDC", "BMC"):
                about = operands[1] if operator == "BDC" else {}
                mark = int(about["/MCID"]) if "/MCID" in about else None
                open_marks.append(mark)
                if mark is not None:
                    found[mark] = ""
                elif operands[0] == "/Artifact":
                    self.artifacts.append((number, {key: str(value) for key, value in about.items()}, ""))
            elif operator == "EMC":
                open_marks.pop()
            elif operator in ("Tj", "TJ"):
                operand = operands[0]
                parts = operand if isinstance(operand, pikepdf.Array) else [operand]
                codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                words = "".join(letters.get(codes[at:at + 2], "") for at in range(0, len(codes), 2))
                if not open_marks:
                    self.unmarked += words
                elif open_marks[-1] is None:
                    page_number, about, before = self.artifacts[-1]
                    self.artifacts[-1] = (page_number, about, before + words)
                else:
                    found[open_marks[-1]] += words
        return found

    def of(self, element) -> str:
        """The text in an element, in the tree's order; what it really says where that is told."""
        words = ""
        if "/ActualText" in element:
            return str(element.ActualText)
        for kid in kids(element):
            if isinstance(kid, int):
                words += self.marked[self.pages[element.Pg.objgen]][kid]
            elif kid.get("/Type") == "/MCR":
                words += self.marked[self.pages[kid.Pg.objgen]][int(kid.MCID)]
            elif "/S" in kid:
                words += self.of(kid)
        return words

    def owned(self, element) -> list[tuple[int, int]]:
        """Page and number of every mark in an element."""
        found = []
        for kid in kids(element):
            if isinstance(kid, int):
                found.append((self.pages[element.Pg.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                found.append((self.pages[kid.Pg.objgen], int(kid.MCID)))
            elif "/S" in kid:
                found += self.owned(kid)
        return found


def _letters(font) -> dict[bytes, str]:
    """What each code of a font means, from its ToUnicode map."""
    written = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", written, re.S):
        for code, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(letters).decode("utf-16-be")
    return found
