"""How the paragraphs of a DOCX look: styles, direct formatting and the numbers that Word sets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from basylym.intake.document import Look

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALIGN = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "both", "distribute": "both"}
OFF = {"0", "false", "off", "none"}
HEADING = re.compile(r"(?:heading|заголовок|тақырып|überschrift|titre)\s?([1-9])", re.I)
"""Styles of headings by their names."""
DEEPEST = 30
"""So many styles are followed one to the other; a circle of them has no end."""
LOWER = "абвгдежзиклмнопрстуфхцчшщэюя"
"""Word's letters of a Russian list: without ё, й, ъ, ы, ь."""
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
         (5, "v"), (4, "iv"), (1, "i"))
LEVELS = 9


def value(properties: etree._Element | None, name: str) -> str | None:
    """The value of a property."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(W + "val")


class Styles:
    """The styles of a document, and what they hand on."""

    def __init__(self, root: etree._Element | None):
        self._styles = {} if root is None else {style.get(W + "styleId"): style for style in root.iterfind(W + "style")}
        self.default = next((key for key, style in self._styles.items()
                             if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on")), None)
        self._usual = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._found: dict[tuple, object] = {}

    def name(self, key: str | None) -> str:
        """The name of a style, as its program shows it."""
        style = self._styles.get(key)
        return (value(style, "name") or key or "")[:200] if style is not None else (key or "")[:200]

    def chain(self, key: str | None) -> list[etree._Element]:
        """A style and those it is based on."""
        if ("chain", key) not in self._found:
            styles, wanted = [], key
            while wanted in self._styles and len(styles) < DEEPEST:
                styles.append(self._styles[wanted])
                wanted = value(styles[-1], "basedOn")
            self._found["chain", key] = styles
        return self._found["chain", key]

    def paragraph(self, key: str | None, name: str) -> etree._Element | None:
        """A property of paragraphs as a style gives it."""
        for style in self.chain(key):
            if (found := style.find(f"{W}pPr/{W}{name}")) is not None:
                return found
        return None

    def run(self, key: str | None, name: str) -> str | None:
        """A property of letters as a style gives it: its value, «1» where it has none."""
        if (key, name) not in self._found:
            elements = [style.find(f"{W}rPr/{W}{name}") for style in self.chain(key)]
            if self._usual is not None:
                elements.append(self._usual.find(W + name))
            found = next((each for each in elements if each is not None), None)
            self._found[key, name] = None if found is None else found.get(W + "val", "1")
        return self._found[key, name]

    def level(self, key: str | None) -> int | None:
        """The level of a heading's style."""
        found = self.paragraph(key, "outlineLvl")
        if found is not None and found.get(W + "val", "").isdigit():
            return int(found.get(W + "val")) + 1 if int(found.get(W + "val")) < LEVELS else None
        for style in self.chain(key):
            if match := HEADING.fullmatch(value(style, "name") or ""):
                return int(match[1])
        return None


@dataclass
class Numbering:
    """The numbers that Word sets before paragraphs, counted as it counts them."""

    root: etree._Element | None
    _levels: dict[str, dict[int, etree._Element]] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self):
        if self.root is None:
            return
        for kind in self.root.iterfind(W + "abstractNum"):
            self._levels[kind.get(W + "abstractNumId")] = {
                int(level.get(W + "ilvl")): level for level in kind.iterfind(W + "lvl") if level.get(W + "ilvl", "").isdigit()}
        for number in self.root.iterfind(W + "num"):
            key = number.get(W + "numId")
            self._kinds[key] = value(number, "abstractNumId") or ""
            for change in number.iterfind(W + "lvlOverride"):
                start = value(change, "startOverride") or ""
                if start.isdigit() and change.get(W + "ilvl", "").isdigit():
                    self._starts[key, int(change.get(W + "ilvl"))] = int(start[:6])

    def count(self, key: str, depth: int) -> tuple[str, int | None]:
        """The mark of the next paragraph of a list at a depth, and its number where it is one."""
        kind = self._kinds.get(key, "")
        levels = self._levels.get(kind, {})
        if depth not in levels:
            return "", None
        counters = self._counters.setdefault(kind, [None] * (LEVELS + 1))
        if (key, depth) in self._starts and (key, depth) not in self._begun:
            counters[depth] = self._starts[key, depth]
        elif counters[depth] is None:
            counters[depth] = self._first(levels, depth)
        else:
            counters[depth] += 1
        self._begun.add((key, depth))
        counters[depth + 1:] = [None] * (len(counters) - depth - 1)
        if value(levels[depth], "numFmt") == "bullet":
            return _bullet(value(levels[depth], "lvlText") or ""), None
        shown = re.sub(r"%([1-9])", lambda found: _shown(levels, counters, int(found[1]) - 1), value(levels[depth], "lvlText") or "")
        return shown[:40], counters[depth]

    def _first(self, levels: dict[int, etree._Element], depth: int) -> int:
        start = value(levels[depth], "start") or ""
        return int(start[:6]) if start.isdigit() else 1


def _shown(levels: dict[int, etree._Element], counters: list[int | None], depth: int) -> str:
    number = counters[depth]
    if number is None:
        number = 1
    kind = value(levels.get(depth), "numFmt") or "decimal"
    if kind in ("lowerLetter", "upperLetter", "russianLower", "russianUpper"):
        alphabet = "abcdefghijklmnopqrstuvwxyz" if "Letter" in kind else LOWER
        letters = alphabet[(number - 1) % len(alphabet)] * min(9, (number - 1) // len(alphabet) + 1)
        return letters.upper() if "pper" in kind else letters
    if kind in ("lowerRoman", "upperRoman"):
        return roman(number) if kind == "lowerRoman" else roman(number).upper()
    return "" if kind == "none" else f"{number:02}" if kind == "decimalZero" else str(number)


def roman(number: int) -> str:
    """A number in small Roman numerals."""
    if not 0 < number < 4000:
        return str(number)
    letters = ""
    for worth, sign in ROMAN:
        letters += sign * (number // worth)
        number %= worth
    return letters


def _bullet(mark: str) -> str:
    """A mark as it is seen: Symbol's and Wingdings' letters stand in the private area."""
    return "•" if not mark or any("\ue000" <= each <= "\uf8ff" for each in mark) else "–" if mark == "-" else mark[:3]


@dataclass(frozen=True, slots=True)
class Letters:
    """How a run of letters is set."""

    text: str
    bold: bool
    italic: bool
    caps: bool
    size: float | None


def letters_of(run: etree._Element, text: str, styles: Styles, style: str | None) -> Letters:
    """How a run is set in a paragraph of a style."""
    own = run.find(W + "rPr")
    character = value(own, "rStyle")

    def found(name: str) -> str | None:
        element = None if own is None else own.find(W + name)
        if element is not None:
            return element.get(W + "val", "1")
        if character and (told := next((each for each in (part.find(f"{W}rPr/{W}{name}") for part in styles.chain(character))
                                        if each is not None), None)) is not None:
            return told.get(W + "val", "1")
        return styles.run(style, name)

    def on(name: str) -> bool:
        return (told := found(name)) is not None and told not in OFF

    size = found("sz") or ""
    return Letters(text, on("b"), on("i"), on("caps"), int(size) / 2 if size.isdigit() and len(size) < 5 else None)


def look_of(parts: list[Letters], **told: object) -> Look:
    """The look of a paragraph from its letters."""
    weights = [(part, sum(map(str.isalpha, part.text)) or (0.01 if part.text.strip() else 0)) for part in parts]
    whole = sum(weight for _, weight in weights)
    if not whole:
        return Look(**told)
    sizes: Counter = Counter()
    for part, weight in weights:
        sizes[part.size] += weight

    def share(measured: Iterator[float]) -> float:
        return round(min(1.0, sum(measured) / whole), 3)

    return Look(bold=share(weight for part, weight in weights if part.bold),
                italic=share(weight for part, weight in weights if part.italic),
                caps=share(weight if part.caps else sum(map(str.isupper, part.text)) for part, weight in weights),
                size=sizes.most_common(1)[0][0], **told)
