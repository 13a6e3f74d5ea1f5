"""Lines of a page made paragraphs again.

A page's text has a line for a line and nothing that says where a paragraph ends. It ended where the next line's first word would
have fitted; blank lines part paragraphs only where not every line has one after it.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

from basylym.intake.broken_words import HYPHENS, goes_on, is_broken
from basylym.intake.captions import read_caption
from basylym.intake.labels import find_label, find_section, is_references
from basylym.intake.page_heads import ENDS, TextLine
from basylym.intake.title_blocks import find_breaks, find_entries

BEGINS = re.compile(r"[«“„\"(\[]*(?:[^\W\d_]|\d)")
BULLET = re.compile(r"(?:[–—•▪●·*-]\s|\(?\d{1,3}[.)]\s|[a-zа-яә]\)\s)")
WIDTHS = {letter: wide for wide, letters in {
    2.5: " .,", 2.8: "іijlt:;/", 3.3: "frI()[]-‐!І'’", 3.9: "sзг", 4.4: "аәеcсaezт?”“„", 4.7: "вьэя", 5.3: "инңйпцх", 5.0: "бдкқлоөруұүһч",
    6.4: "мф", 6.8: "жы", 7.4: "ю", 7.7: "шщmw", 10: "—МШЩЖЮФЫMW%@"}.items() for letter in letters}
"""Of the letters of a serif face, in tenths of its size."""
HEADING = 9
"""The fewest letters of a line in capitals that make it a heading, and no abbreviation."""
SHORT = re.compile(r"(?:^|[\s(\[,–-])(?:с|стр|б|бб|бет|pp?|т|вып|vol|no|№|рис|табл|fig|figs|eq|см|г|гг|им|ст|ch|sec)\.?$", re.I)
"""A word cut short that something must follow: «[2, с.»."""
CELL = 30
"""Letters of a cell in a table, at most, on the average."""
HEAD = 12
"""Lines of a table's head at most."""
INDENT = 0.05
"""What a paragraph's first line is shorter by, of a full line's width, where nobody can see it."""


def width(text: str) -> float:
    """How wide a text is set, about, in letters of middling width."""
    return sum(WIDTHS.get(letter, 6.9 if letter.isupper() else 5) for letter in text) / 5


def join_lines(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Paragraphs, each as the lines it is made of."""
    full = _full_widths(lines)
    double = _double_spaced(lines)
    breaks = find_breaks(lines) | find_entries(lines) | find_rows(lines)
    paragraphs: list[list[TextLine]] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or (breaks[at] if at in breaks else _parted(before, line, full[at - 1], double[at], paragraphs[-1])):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return paragraphs


def find_rows(lines: Sequence[TextLine]) -> dict[int, bool]:
    """For lines of tables whether one begins there: at least two one below the other have as many wide gaps."""
    found: dict[int, bool] = {}
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and lines[end].gaps and (lines[end].page == lines[end - 1].page or lines[end].gaps == lines[end - 1].gaps):
            end += 1
        start = at + (not lines[at].gaps)
        if end - start > 1 and any(one.gaps == other.gaps for one, other in zip(lines[start:end], lines[start + 1:end], strict=False)) and (
                sum(line.gaps + 1 for line in lines[start:end]) * CELL > sum(len(line.text) for line in lines[start:end])):
            if start > at and abs((lines[at].left or 0) - (lines[start].left or 0)) < 2 and lines[at].gap < 1.6 and len(
                    lines[at].text) < CELL * (lines[start].gaps + 1):
                start = at  # a head whose cells stand close together
            start = _with_head(lines, start, end)
            found |= {place: place == start for place in range(start, end)} | {end: True}
        at = end
    return found


def _with_head(lines: Sequence[TextLine], start: int, end: int) -> int:
    """Where a table begins whose first rows of numbers begin at `start`: its head is bold and stands below its caption."""
    first = start
    while first and start - first < HEAD and lines[first - 1].bold > 0.9 and lines[first - 1].page == lines[start].page and not (
            read_caption(lines[first - 1].text)):
        first -= 1
    bare = first < start and lines[end - 1].bold < 0.9 and first and lines[first - 1].bold < 0.9
    return first if bare and any(read_caption(line.text) for line in lines[max(0, first - 3):first]) else start


def is_table(paragraph: Sequence[TextLine]) -> bool:
    """Whether a paragraph is the rows of a table."""
    return len(paragraph) > 1 and all(line.gaps or line.bold > 0.9 for line in paragraph[1:]) and paragraph[-1].gaps > 0


def _full_widths(lines: Sequence[TextLine]) -> list[float]:
    """How wide a full line is in each line's neighbourhood: an abstract is set narrower and smaller than the text."""
    widths = [line.right - line.left if line.left is not None and line.right is not None else width(line.text) for line in lines]
    found = []
    for start in range(0, len(widths), 8):
        near = sorted(widths[max(0, start - 20):start + 28])
        found += [near[int(len(near) * 0.96)]] * min(8, len(widths) - start)
    return found


def _double_spaced(lines: Sequence[TextLine]) -> list[bool]:
    """Whether a blank line stands before nearly every line in each line's neighbourhood."""
    found = []
    for start in range(0, len(lines), 4):
        near = lines[max(0, start - 5):start + 9]
        found += [sum(line.blank for line in near) > 0.66 * len(near) and len(near) > 5] * min(4, len(lines) - start)
    return found


def _filled(line: TextLine, following: TextLine, full: float) -> float:
    """How full a line would be with the next one's first word."""
    if line.left is not None and line.right is not None:
        wide, letter = line.right - line.left, (line.right - line.left) / max(1, len(line.text))
        return (wide + (len(following.text.split(" ", 1)[0]) + 1) * letter) / full
    return (width(line.text) + width(following.text.split(" ", 1)[0]) + 0.5) / full


def _parted(before: TextLine, line: TextLine, full: float, double: bool, paragraph: list[TextLine]) -> bool:
    """Whether a new paragraph begins with `line`."""
    if _stands_alone(line.text) or (len(paragraph) == 1 and _stands_alone(before.text)):
        return True
    label = None if line.text[:1].islower() or before.text[-1:] in ",(-–" else find_label(line.text)
    if label and (label.firm or label.part in ("udc", "irsti", "doi")):
        return True
    if abs(before.size - line.size) > 0.6 or (line.size and len(paragraph) == 1 and (before.bold > 0.9) != (line.bold > 0.9)):
        return True
    if _changes_case(before.text, line.text):
        return True
    if re.match("\ue000[\\d*a-h]{1,3}\ue001 ?[«“\"]?[^\\W\\d_]", line.marked):
        return True  # an organisation behind its mark
    if before.text[-1:] in HYPHENS and line.text[:1].islower():
        return False
    if goes_on(before.text, line.text) or is_broken(before.text, line.text):
        return False
    if _ends_at_caption(before, line):
        return True
    if SHORT.search(before.text) and (line.text[:1].isdigit() or line.text[:1].islower()):
        return False
    ended, small = bool(ENDS.search(before.text)), line.text[:1].islower()
    if line.blank and not double and not (small and not ended):
        return True
    if line.gap > 1.6 and line.page == before.page and not (small and not ended):
        return True
    if before.loose and ended and not small:
        return True
    if line.left is not None and before.left is not None and ended and not small and 6 < line.left - before.left < 60:
        return True  # its first line is indented
    filled = _filled(before, line, full) + (INDENT if paragraph[0] is before and before.left is None else 0)
    fits = filled < (1.004 if ended else 0.8)
    if BULLET.match(line.text) and ended and (fits or BULLET.match(paragraph[0].text)):
        return True
    if small or not BEGINS.match(line.text) or before.text[-1:] in ",–—(«":
        return False
    if fits and not ended and paragraph[0] is before and before.text.isupper() and line.text.isupper():
        return False  # a title in capitals over two lines
    return fits


def _ends_at_caption(before: TextLine, line: TextLine) -> bool:
    """Whether the caption of a table or figure begins after the end of a sentence: «Таблица 1 – Показатели»."""
    return bool(ENDS.search(before.text) and len(line.text) < 120 and read_caption(line.text))


def _changes_case(before: str, text: str) -> bool:
    """Whether one of two lines is a heading in capitals and the other is not."""
    return all(sum(map(str.isalpha, each)) > HEADING for each in (before, text)) and before.isupper() != text.isupper() and not (
        text[:1].islower() or before[-1:] in ",–—-(«")


def _stands_alone(text: str) -> bool:
    """Whether a line is a paragraph by its words: the heading of a known part, or a label with nothing after it."""
    if text[:1].islower():
        return False  # within a sentence
    label = find_label(text)
    return bool(find_section(text) or is_references(text) or (label and not label.rest and label.part not in ("udc", "irsti", "doi")
                                                               and len(text.split()) < 7))


def usual_size(lines: Sequence[TextLine]) -> float | None:
    """The size of most letters."""
    sizes = [line.size for line in lines if line.size for _ in range(1 + len(line.text) // 20)]
    return round(statistics.median(sizes), 1) if sizes else None

