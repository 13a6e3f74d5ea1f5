"""How the paragraphs of an ODT look: its styles, and the numbers that LibreOffice sets before the items of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from basylym.intake.docx_looks import LOWER, Letters, roman

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
STYLE, TEXT, FO = f"{{{NAMES}style:1.0}}", f"{{{NAMES}text:1.0}}", f"{{{NAMES}xsl-fo-compatible:1.0}}"
OFFICE, DRAW, TABLE = f"{{{NAMES}office:1.0}}", f"{{{NAMES}drawing:1.0}}", f"{{{NAMES}table:1.0}}"
HREF = "{http://www.w3.org/1999/xlink}href"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
ALIGN = {"start": "left", "left": "left", "end": "right", "right": "right", "center": "center", "justify": "both"}
DEEPEST = 30
"""So many styles are followed one to the other; a circle of them has no end."""
BOLD = {"bold", "600", "700", "800", "900"}
LEVELS = 10


class OdtStyles:
    """The styles of a document, named and automatic, and what they hand on."""

    def __init__(self, *roots: etree._Element | None):
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._usual: dict[str, etree._Element] = {}
        self._lists: dict[str, dict[int, etree._Element]] = {}
        self._found: dict[tuple, str | None] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style", f"{STYLE}default-style", f"{TEXT}list-style", f"{TEXT}outline-style") \
                    if root is not None else ():
                family, name = style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")
                if style.tag == f"{STYLE}style":
                    self._styles[family, name] = style
                elif style.tag == f"{STYLE}default-style":
                    self._usual[family] = style
                else:
                    key = "" if style.tag == f"{TEXT}outline-style" else name
                    self._lists[key] = {int(level): each for each in style if (level := each.get(f"{TEXT}level", "")).isdigit()}

    def chain(self, family: str, name: str | None) -> list[etree._Element]:
        """A style, those it is based on, and the default of its family."""
        styles: list[etree._Element] = []
        while (family, name) in self._styles and len(styles) < DEEPEST:
            styles.append(self._styles[family, name])
            name = styles[-1].get(f"{STYLE}parent-style-name")
        return styles + ([self._usual[family]] if family in self._usual else [])

    def find(self, family: str, name: str | None, properties: str, wanted: str) -> str | None:
        """A property as a style gives it."""
        key = (family, name, properties, wanted)
        if key not in self._found:
            elements = (each for style in self.chain(family, name) for each in style.iterchildren(f"{STYLE}{properties}-properties"))
            self._found[key] = next((value for each in elements if (value := each.get(wanted)) is not None), None)
        return self._found[key]

    def shown(self, name: str | None) -> str:
        """The name of a paragraph's style, as its program shows it; an automatic one is called by what it is based on."""
        for style in self.chain("paragraph", name):
            known = style.get(f"{STYLE}name", "")
            if known and not re.fullmatch(r"P[0-9]{1,6}", known):
                return (style.get(f"{STYLE}display-name") or known.replace("_20_", " "))[:200]
        return (name or "")[:200]

    def level(self, name: str | None) -> int | None:
        """The level that a style gives a paragraph in the outline."""
        told = next((value for style in self.chain("paragraph", name) if (value := style.get(f"{STYLE}default-outline-level"))), "")
        return int(told) if told.isdigit() and 0 < int(told[:3]) <= LEVELS else None

    def align(self, name: str | None) -> str:
        """How a paragraph of a style is set."""
        return ALIGN.get(self.find("paragraph", name, "paragraph", f"{FO}text-align") or "", "")

    def letters(self, text: str, paragraph: str | None, spans: tuple[str, ...]) -> Letters:
        """How letters in spans, the innermost first, are set."""
        def found(wanted: str) -> str:
            places = [*(("text", span) for span in spans), ("paragraph", paragraph)]
            return next((value for family, name in places if (value := self.find(family, name, "text", wanted)) is not None), "")

        size = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)pt", found(f"{FO}font-size"))
        return Letters(text, found(f"{FO}font-weight") in BOLD, found(f"{FO}font-style") in ("italic", "oblique"),
                       found(f"{FO}text-transform") == "uppercase", float(size[1]) if size else None)

    def list_level(self, name: str, depth: int) -> etree._Element | None:
        """A level of a style of lists; "" is the style of the headings."""
        return self._lists.get(name, {}).get(depth)


@dataclass
class OdtNumbering:
    """The numbers of items, counted as LibreOffice counts them."""

    styles: OdtStyles
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def restart(self, style: str, depth: int) -> None:
        """A list begins anew."""
        counters = self._counters.setdefault(style, {})
        for each in [level for level in counters if level >= depth]:
            del counters[each]

    def count(self, style: str, depth: int, start: str | None = None) -> tuple[str, int | None]:
        """The mark of the next item, and its number where it is one."""
        level = self.styles.list_level(style, depth)
        if level is None:
            return "", None
        if level.tag == f"{TEXT}list-level-style-bullet":
            return (level.get(f"{TEXT}bullet-char") or "•")[:3], None
        counters = self._counters.setdefault(style, {})
        first = level.get(f"{TEXT}start-value", "1")
        number = counters.get(depth, (int(first[:6]) if first.isdigit() else 1) - 1) + 1
        if start and start.isdigit():
            number = int(start[:6])
        self.restart(style, depth)
        counters[depth] = number
        kind = level.get(f"{STYLE}num-format", "")
        if not kind:
            return "", None
        above = level.get(f"{TEXT}display-levels", "1")
        depths = range(max(1, depth - int(above[:2]) + 1) if above.isdigit() else depth, depth + 1)
        shown = ".".join(_shown(counters.get(each, 1), self.styles.list_level(style, each)) for each in depths)
        return f"{level.get(f'{STYLE}num-prefix', '')}{shown}{level.get(f'{STYLE}num-suffix', '')}"[:40], number


def _shown(number: int, level: etree._Element | None) -> str:
    kind = "1" if level is None else level.get(f"{STYLE}num-format", "1")
    if kind in ("i", "I"):
        return roman(number) if kind == "i" else roman(number).upper()
    if kind in ("a", "A") or kind.lower().startswith("а"):
        alphabet = LOWER if kind.lower().startswith("а") else "abcdefghijklmnopqrstuvwxyz"
        letter = alphabet[(number - 1) % len(alphabet)]
        return letter if kind[0].islower() else letter.upper()
    return str(number)
