"""Mends three faults of WeasyPrint's line breaking.

A text that fits but for the space at its end was broken after its first word: so it went where a link or other markup follows at a
line's end. The space hangs over the edge unseen (CSS Text 3, 4.1.3), so such a text fits.

And a line might end in «6-» or «ҚР-», the ending of the number or abbreviation on the next: Unicode's rules allow a break after every
hyphen. Such words go to the next line whole.

And a blank between two pieces of markup was kept where a line ends, so that the line stopped short of the edge by it.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when their shapes change.
"""

from __future__ import annotations

import re
from math import inf
from typing import Any

from basylym.typography.hyphenation import is_abbreviation

TORN = re.compile(r"(?:^|(?<=[\s«„“(\[\u00a0]))(?:\d+[-–]|([^\W\d_]+)-)$")
"""What a line must not end in, where the word goes on: a number, a single letter or an abbreviation with its hyphen."""
LONGEST = 40
BLANK = " \u200b"
"""What WeasyPrint makes of a text that is a blank alone, to stretch it; it no longer ends in a blank then."""
MOST = 4000
"""So many bytes of letters fit no line."""


def install() -> None:
    """Puts our line splitter before WeasyPrint's; doing so twice changes nothing."""
    from weasyprint.layout import inline

    split = inline.split_first_line
    if getattr(split, "by_basylym", False):
        return

    def split_with_care(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        if max_width in (None, inf) or style["white_space"] != "normal":
            return split(text, style, context, max_width, *rest, **named)
        found = split(text, style, context, max_width, *rest, **named)
        if found[2] and text.endswith(" ") and _may_fit(text, found, style, max_width):
            bare = text.rstrip(" ")
            if " " in bare and split(bare, style, context, max_width, *rest, **named)[2] is None:
                return split(text, style, context, None, *rest, **named)
        if torn := _torn_word(text, found[2]):
            start, hyphen = torn
            whole = text[:hyphen + 1] + "\u2060" + text[hyphen + 1:]  # a word joiner: unseen, and no line ends there
            unbroken = style.copy()
            unbroken["hyphens"] = "manual"
            again = split(whole, unbroken, context, max_width, *rest, **named)
            if again[2] is not None and again[2] <= len(text[:start].encode()):  # before that sign the two texts are the same
                return again
        return found

    remove = inline.remove_last_whitespace

    def remove_last_blank(context: Any, line: Any) -> None:
        last = line
        while getattr(last, "children", None):
            last = last.children[-1]
        if getattr(last, "text", None) == BLANK:
            last.text = " "
        remove(context, line)

    split_with_care.by_basylym = True
    inline.split_first_line, inline.remove_last_whitespace = split_with_care, remove_last_blank


def _may_fit(text: str, found: Any, style: Any, max_width: float) -> bool:
    """Whether what goes on to the next line might have room on this one, a letter being at least an eighth as wide as it is high."""
    rest = text.encode()[found[2]:][:MOST].decode(errors="ignore")
    return sum(map(str.isalnum, rest)) * style["font_size"] / 8 <= max_width - found[3] + style["font_size"]


def _torn_word(text: str, resume: int | None) -> tuple[int, int] | None:
    """Where the word begins that goes on after `resume` bytes though it must not be broken there, and where its hyphen stands."""
    if not resume:
        return None
    line = text.encode()[:resume].decode()
    if line[-1] not in "-–" or not text[len(line):len(line) + 1].isalnum():
        return None
    begin = max(len(line) - LONGEST, 0)
    found = TORN.search(line[begin:])
    if not found or found[1] and len(found[1]) > 1 and not is_abbreviation(found[1]):
        return None
    return begin + found.start(), len(line) - 1
