"""Spaces that are missing or too many, dots typed for an ellipsis, and full stops after headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from basylym.typography import Slip
from basylym.typography.slips.usage import Usage

SPACES = "[ \u00a0\u202f]"
BEFORE_MARK = re.compile(rf"(?<=[\w»”\")%…\ufffc]){SPACES}{{1,9}}(?:([,;:!?.])(?![\w,;:!?.)(/\\=|*-])|,(?=[^\W\d_]))")
AFTER_MARK = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,40}+)([,;:!?])([^\W\d_]{2})")
AFTER_STOP = re.compile(r"(?<![\w.])([^\W\d_A-Za-z]{4,40}+)\.([^\W\d_A-Za-z]{2})")
DOUBLE = re.compile(r"(?<=[^\s\ufffc])[ \u00a0\u202f]{2,}(?=[^\s\ufffc])")
INSIDE = re.compile(rf"([(«])({SPACES}{{1,9}})(?=[^\s.…)»])|(?<=[^\s.…:;(«])({SPACES}{{1,9}})([)»])")
SENTENCE_END = frozenset(".?!:")
YEARS = re.compile(rf"(?<![\w,.–—-])(1\d{{3}}|20\d\d){SPACES}?([–—]){SPACES}?(1\d{{3}}|20\d\d)(?![\w–—-]|[,.]\d)")
LISTED = re.compile(r" // |\. [–—] ")
"""How a typed entry of a reference list is known, which has spaces of its own round its marks."""
DOTS = re.compile(r"(?<!\.)\.{3}(?!\.)")
LAST_WORD = re.compile(r"([^\s.]{1,40}+)\.\Z")
NUMBER = r"(?<![\w.,/])((?:\d{1,3}[–-])?\d{1,9}(?:[.,]\d{1,9})?)"


def find_spaces(text: str, usage: Usage) -> Iterator[Slip]:
    """Spaces before a comma or inside brackets, several in a row, none after a comma; and round the dash between two years."""
    listed = None
    for match in BEFORE_MARK.finditer(text):
        mark = match[1] or ","
        if mark in ".:;" and listed is None:
            listed = bool(LISTED.search(text))
        if mark in ".:;" and listed or mark == ":" and text[match.start() - 1].isdecimal():
            continue
        start = _word_start(text, match.start())
        yield Slip(start, match.end(), text[start:match.end()], text[start:match.start()] + (match[1] or ", "))
    for match in AFTER_MARK.finditer(text):
        if match[0].isascii() and match[2] in ":?!" or match[2] == ":" and match[1].isupper():
            continue
        yield Slip(match.start(), match.end(), match[0], f"{match[1]}{match[2]} {match[3]}", not match[0].isascii())
    for match in AFTER_STOP.finditer(text):
        if match[1][1:].islower() and match[2].istitle():
            yield Slip(match.start(), match.end(), match[0], f"{match[1]}. {match[2]}")
    for match in DOUBLE.finditer(text):
        # two spaces after a sentence are a habit of typists in Latin letters; they are never printed
        if text[match.start() - 1] in SENTENCE_END and text[match.end()].isascii():
            continue
        start = _word_start(text, match.start())
        space = next((space for space in match[0] if space != " "), " ")
        yield Slip(start, match.end(), text[start:match.end()], text[start:match.start()] + space)
    for match in INSIDE.finditer(text):
        yield Slip(match.start(), match.end(), match[0], match[1] or match[4])
    for match in YEARS.finditer(text):
        if match[1] < match[3] and match[0] != f"{match[1]}{match[2]}{match[3]}":
            yield Slip(match.start(), match.end(), match[0], f"{match[1]}–{match[3]}")


def find_joined_units(text: str, usage: Usage) -> Iterator[Slip]:
    """Units run together with their number: 5кг."""
    if usage.units:
        for match in _units(usage.units).finditer(text):
            yield Slip(match.start(), match.end(), match[0], f"{match[1]} {match[2]}")


@lru_cache(maxsize=32)
def _units(units: tuple[str, ...]) -> re.Pattern:
    """A number with a unit right after it."""
    return re.compile(rf"{NUMBER}({'|'.join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))})(?![\w^])")


def find_dots(text: str, usage: Usage) -> Iterator[Slip]:
    """Three dots for an ellipsis."""
    for match in DOTS.finditer(text):
        start = _word_start(text, match.start())
        yield Slip(start, match.end(), text[start:match.end()], text[start:match.start()] + "…")


def find_heading_stop(text: str, usage: Usage) -> Iterator[Slip]:
    """A full stop at the end of a heading, unless it belongs to an abbreviation."""
    text = text.rstrip()
    match = LAST_WORD.search(text[-60:])
    if not match or len(match[1]) < 3 or match[1].lower() in usage.abbreviations or match[1].isupper() and len(match[1]) < 5:
        return
    start = len(text) - len(match[0])
    if text[start - 1:start] == "." and start:
        return
    yield Slip(start, len(text), match[0], match[1])


def _word_start(text: str, at: int) -> int:
    """Where the word that ends at a place begins, which is told along with what stands after it."""
    start = at
    while start > 0 and at - start < 3 and not text[start - 1].isalnum() and not text[start - 1].isspace() and text[start - 1] != "\ufffc":
        start -= 1
    while start > 0 and at - start < 30 and text[start - 1].isalnum():
        start -= 1
    return start
