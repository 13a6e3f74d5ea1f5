"""How wide a table wants to be, and how it is set so that it fits: by rule, so that a check and the layout say the same.

Lengths are in points; letters are counted, and a letter of the tables' face is taken for 0.53 of its size, as PT Sans has it
on average. Words of letters may be hyphenated, numbers may not.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml import etree

COLUMN, PAGE, TURNED = 232.0, 468.0, 700.0
"""What is to be had: a column of the modern layout, an upright page, a page on its side."""
FULL, SMALL = (4.8, 10.0), (4.0, 6.0)
"""A letter, and a column's padding: at 9 pt, and at 7.5 pt."""
PIECE = 8
"""The longest piece of a word that hyphenation may leave, in letters."""
COMFORT = 14
"""How many letters of a longer text want to stand on one line."""
SHEET, LARGEST = 490.0, 10.0
"""A sheet of A4 or letter paper within a browser's margins, and the size of a web page's tables on it."""
READER, GAP = 0.62, 0.8
"""A letter of whatever face the reader has, bold ones too, and a column's padding there: in ems."""
Fit = Literal["column", "across", "small", "turned", "turned small", "too wide"]


def fit_table(table: etree._Element) -> Fit:
    """How a table is set: within a column, across the page, in small letters, on a page on its side; or that nothing helps."""
    words, pieces, lines = _columns(table)
    comfortable = _width([max(word, min(line, COMFORT)) for word, line in zip(words, lines, strict=True)], FULL)
    if comfortable <= COLUMN:
        return "column"
    ways: list[tuple[Fit, float, float]] = [
        ("across", _width(words, FULL), PAGE), ("small", _width(words, SMALL), PAGE), ("small", _width(pieces, SMALL), PAGE),
        ("turned", _width(words, FULL), TURNED), ("turned small", _width(pieces, SMALL), TURNED)]
    return next((fit for fit, width, room in ways if width <= room), "too wide")


def fit_sheet(table: etree._Element) -> float | None:
    """The size in points that a web page's table is printed in so that all its columns are on the sheet, no word broken; None where
    it fits as it is."""
    words, _, _ = _columns(table)
    ems = sum(count * READER + GAP for count in words)
    return math.floor(10 * SHEET / ems) / 10 or 0.1 if ems * LARGEST > SHEET else None


def _width(letters: list[int], size: tuple[float, float]) -> float:
    return sum(count * size[0] + size[1] for count in letters)


def _columns(table: etree._Element) -> tuple[list[int], list[int], list[int]]:
    """For each column the longest word, the longest piece of one, and the longest cell, in letters; a cell that spans columns
    is shared among them."""
    words: dict[int, int] = {}
    pieces: dict[int, int] = {}
    lines: dict[int, int] = {}
    taken: set[tuple[int, int]] = set()
    for row_number, row in enumerate(table.iter("tr")):
        column = 0
        for cell in row:
            while (row_number, column) in taken:
                column += 1
            across, down = (max(1, int(cell.get(name, 1))) for name in ("colspan", "rowspan"))
            text = " ".join("".join(cell.xpath('.//text()[not(ancestor::*[local-name()="annotation"])]')).split())
            longest = [len(word) for word in text.split(" ")]
            broken = [min(len(word), PIECE) if re.fullmatch(r"\W*[^\W\d]+\W*", word) else len(word) for word in text.split(" ")]
            for each in range(column, column + across):
                taken.update((row_number + below, each) for below in range(down))
                for known, value in ((words, max(longest)), (pieces, max(broken)), (lines, len(text))):
                    known[each] = max(known.get(each, 0), -(-value // across))
            column += across
    order = sorted(words)
    return [words[each] for each in order], [pieces[each] for each in order], [lines[each] for each in order]
