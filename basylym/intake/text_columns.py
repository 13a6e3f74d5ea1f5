"""Two columns that a program pulling text out of a PDF set side by side, line beside line, put one below the other again."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from itertools import islice

from basylym.intake.broken_words import HYPHENS

GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
FEWEST, ALONE = 6, 4
"""Lines with both columns that make a page one of columns, and that make a block of it."""
LETTERS = 12
"""The fewest letters of a column's line that tell of a column, and of no cell of a table."""
NEAR, WANDERS = 8, 12
"""Lines below columns whose words may be mixed, and how far the gap between them wanders then."""
LONGEST = 400
"""Letters of the longest line that is looked at."""
GAPS = 12
"""Wide gaps of a line that are looked at."""
MOST = 400
"""Lines of a page that are looked at."""


def untangle(lines: Sequence[str]) -> list[str] | None:
    """The lines of a page, columns one below the other; None where they are mixed so that nobody can tell them apart."""
    page = [line.rstrip() for line in lines]
    if len(page) > MOST or max(map(len, page), default=0) > LONGEST:
        return list(lines)
    gutter = _find_gutter(page)
    if gutter is None:
        return list(lines)
    sides = [_split(line, gutter) for line in page]
    both = [bool(each) and all(each) for each in sides]  # type: ignore[arg-type]
    for at in range(1, len(page) - 1):
        if sides[at] is None and (both[at - 1] and any(both[at + 1:at + 3]) or any(both[max(0, at - NEAR):at]) and any(
                abs(gap.end() - gutter) < WANDERS and _are_words(page[at], gap) for gap in GAP.finditer(page[at]))):
            return None
    found: list[str] = []
    at = 0
    while at < len(page):
        end = at
        while end < len(page) and sides[end] is not None:
            end += 1
        if sum(both[at:end]) < ALONE:
            found += lines[at:end + 1]
        else:
            block = [each for each in sides[at:end] if each is not None]
            found += [left for left, _ in block] + [right for _, right in block] + list(lines[end:end + 1])
        at = end + 1
    return found


def _find_gutter(page: Sequence[str]) -> int | None:
    """The place between two columns of text, if a page has such: most lines have a gap there, with words before and behind."""
    counts: dict[int, int] = {}
    broken = sum(any(line[gap.start() - 1] in HYPHENS for gap in GAP.finditer(line)) for line in page) > 1
    for line in page:
        for gap in islice(GAP.finditer(line), GAPS):
            if _are_words(line, gap, 1 if broken else LETTERS):
                for place in range(gap.start(), gap.end()):
                    counts[place] = counts.get(place, 0) + 1
    if not counts:
        return None
    most = max(counts.values())
    place = statistics.median_low([each for each, count in counts.items() if count == most])
    halves = [line for line in page if (sides := _split(line, place)) and all(sides)]
    lefts = [len(line[:place].strip()) for line in halves]
    if most < FEWEST or 2 * most < sum(_split(line, place) is None for line in page) or statistics.median(lefts) < 0.65 * max(lefts):
        return None
    gaps = [len(GAP.findall(line[:place].strip())) for line in halves]
    return place if sum(gaps) < len(halves) / 2 else None  # else it is a table


def _are_words(line: str, gap: re.Match[str], behind: int = LETTERS) -> bool:
    """Whether enough words stand before and behind a gap."""
    return sum(map(str.isalpha, line[:gap.start()])) >= LETTERS and sum(map(str.isalpha, line[gap.end():])) >= behind


def _split(line: str, gutter: int) -> tuple[str, str] | None:
    """What stands left and right of the gutter; None where words stand in it."""
    if len(line) <= gutter:
        return line, ""
    if not line[:gutter + 1].strip():
        return "", line
    if line[gutter] != " " or "  " not in line[max(0, gutter - 1):gutter + 2]:
        return None
    return line[:gutter].rstrip(), line[gutter:].lstrip()
