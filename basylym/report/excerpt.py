"""The line of a file that a finding is about, and how wide its letters are on a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from basylym.model import Place
from basylym.typography.counting import count_columns

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""Controls of terminals and of writing direction: a manuscript from a stranger must not steer what is printed around it."""


@dataclass(frozen=True)
class Excerpt:
    """A line in three pieces, with its neighbours."""

    number: int
    """The line's number."""
    before: str
    """What stands before the words."""
    words: str
    """The words that a finding is about."""
    after: str
    """What stands after them."""
    above: str | None = None
    """The line above; None at the file's head, or where it is blank."""
    below: str | None = None
    """The line below; None at the file's end, or where it is blank."""

    def cut(self, width: int) -> Excerpt:
        """The same in so many columns, … standing where something was cut off; neighbours are cut at their end."""
        words = keep_start(self.words, width - 2)
        room = width - count_columns(words)
        before = _keep_end(self.before, room - _count_to(room // 2, self.after))
        after = keep_start(self.after, room - count_columns(before))
        above, below = (line if line is None else keep_start(line, width) for line in (self.above, self.below))
        return replace(self, before=before, words=words, after=after, above=above, below=below)


def take_excerpt(lines: Sequence[str], place: Place) -> Excerpt | None:
    """The words at a place; None where it covers none, or the file has no such line."""
    if not place.length or not 0 < place.line <= len(lines):
        return None
    line, start = show_plainly(lines[place.line - 1]), place.column - 1
    end = start + place.length
    above, below = (show_plainly(near[0]) if near and near[0].strip() else None
                    for near in (lines[max(place.line - 2, 0):place.line - 1], lines[place.line:place.line + 1]))
    return Excerpt(place.line, line[:start], line[start:end], line[end:], above, below)


@lru_cache(maxsize=8)  # findings beside one another show the same lines
def show_plainly(text: str) -> str:
    """A text on one line without controls, as many characters long: a blank for a tab or a line's end, � for any other."""
    return HIDDEN.sub(lambda found: " " if found[0] in "\t\n\r" else "\ufffd", text)


def keep_start(text: str, room: int) -> str:
    """As much of a text as there is room for, from its beginning."""
    if _count_to(room + 1, text) <= room:
        return text
    place = kept = 0
    while (kept := kept + count_columns(text[place:place + (step := _step(room - kept))])) < room:
        place += step
    return text[:place] + "…" * (room > 0)


def _keep_end(text: str, room: int) -> str:
    """As much of a text as there is room for, up to its end; never beginning with a mark that belongs to a letter cut off."""
    if _count_to(room + 1, text) <= room:
        return text
    start, kept = len(text), 0
    while (kept := kept + count_columns(text[start - (step := _step(room - kept)):start])) < room:
        start -= step
    while start < len(text) and not count_columns(text[start]):
        start += 1
    return "…" * (room > 0) + text[start:]


def _step(room: int) -> int:
    """How many letters surely leave a column free: none takes more than two."""
    return max((room - 1) // 2, 1)


def _count_to(most: int, text: str) -> int:
    """How many columns a text takes, or `most` where it takes more: a paragraph is a line, too, and most of it is never shown."""
    count = start = 0
    while start < len(text) and count < most:
        piece = text[start:start + most - count]  # two columns a letter at most, and most have one
        count, start = count + count_columns(piece), start + len(piece)
    return min(count, most)
