"""How wide a formula wants to be, and where it may be broken: by rule, so that a check and the layout say the same.

Lengths are in ems of the text round it; a letter or digit is taken for half of one, as STIX Two Math has it on average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

MATHML = "{http://www.w3.org/1998/Math/MathML}"
LINE = 38.0
"""What a line of an upright page has beside a formula's number."""
LONGEST = 55.0
"""The longest line that is still shrunk to fit; its letters are then 7 points high."""
LETTER, OPERATOR, GAP = 0.5, 1.2, 0.3
"""A letter or digit; a sign between two things, with the space about it; what stands round a fraction or a root."""
SMALL = 0.7
"""What an index takes of the size of its base."""
BREAKS = frozenset("=<>≤≥≈≡∼→⇒⇔∈+−±×⋅·-")
"""The signs that a line may begin with."""


def formula_width(element: etree._Element) -> float:
    """The width of a formula, or of a part of it, in ems."""
    from lxml import etree

    widths: dict[etree._Element, float] = {}
    for part in reversed(list(element.iter(etree.Element))):  # parts before what they make up, and no depth that could be too great
        name = part.tag.removeprefix(MATHML)
        kids = [widths.pop(kid) for kid in part.iterchildren(etree.Element)]
        if name in ("annotation", "annotation-xml", "mphantom"):
            width = 0.0
        elif name == "mspace":
            width = _ems(part.get("width"))
        elif name in ("mi", "mn", "mtext", "ms", "mo"):
            width = _token(name, "".join(part.itertext()).strip())
        elif name in ("msub", "msup"):
            width = kids[0] + SMALL * sum(kids[1:]) if kids else 0.0
        elif name in ("msubsup", "mmultiscripts"):
            width = kids[0] + SMALL * max(kids[1:], default=0) if kids else 0.0
        elif name in ("munder", "mover", "munderover"):
            width = max([*kids[:1], *(SMALL * kid for kid in kids[1:])], default=0)
        elif name == "mfrac":
            width = max(kids, default=0) + GAP
        elif name == "mtable":  # its rows keep their columns in line
            width = max(kids, default=0)
        elif name in ("msqrt", "mroot"):
            width = sum(kids) + 2 * GAP
        else:
            width = sum(kids)
        widths[part] = width
    return widths[element]


def _token(name: str, text: str) -> float:
    if name != "mo":
        return LETTER * len(text)
    return OPERATOR + LETTER * (len(text) - 1) if text in BREAKS or len(text) > 1 else LETTER * len(text)


def _ems(length: str | None) -> float:
    try:
        return max(0.0, float((length or "0").removesuffix("em")))
    except ValueError:
        return 0.0


def is_too_wide(math: etree._Element) -> bool:
    """Whether a displayed formula would be shrunk to letters that nobody reads."""
    return math.get("display") == "block" and formula_width(math) > LONGEST


def break_formula(math: etree._Element) -> None:
    """Sets a formula that is too wide on several lines, each beginning with a sign; one without a sign outside of its brackets
    and fractions stays as it is."""
    row = math
    while len(row) == 1 and row[0].tag in (f"{MATHML}mrow", f"{MATHML}mstyle"):
        row = row[0]
    lines: list[list[etree._Element]] = [[]]
    taken, begun = 0.0, 0  # the line's width, and where the last piece that may be moved to the next line begins
    for part in row:
        width = formula_width(part)
        if part.tag == f"{MATHML}mo" and (part.text or "").strip() in BREAKS and lines[-1]:
            begun = len(lines[-1])
            part.set("form", "infix")  # also where it begins a line: it keeps its space
        lines[-1].append(part)
        taken += width
        if taken > LINE and begun:
            lines.append(lines[-1][begun:])
            del lines[-2][begun:]
            taken, begun = sum(formula_width(each) for each in lines[-1]), 0
    if len(lines) < 2:
        return
    from lxml import etree

    table = etree.Element(f"{MATHML}mtable", {"columnalign": "left", "displaystyle": "true"})
    for line in lines:
        cell = etree.SubElement(etree.SubElement(table, f"{MATHML}mtr"), f"{MATHML}mtd", {"columnalign": "left"})
        cell.extend(line)
    row[:] = [table]
