"""Words that stand twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym.typography import Slip
from basylym.typography.slips.usage import Usage

TWICE = re.compile(r"(?<![\w\u00ad-])([^\W\d_]{1,40}+)([ \u00a0\n]{1,3})(?=([^\W\d_]{1,40}+)(?![\w\u00ad-]))")


NAME_ENDINGS = ("ов", "ев", "ёв", "ин", "ова", "ева", "ина", "ұлы", "қызы")
"""Of surnames: two people may stand side by side who share one."""


def find_doubled(text: str, usage: Usage) -> Iterator[Slip]:
    """A word typed twice: «және және». Only words that no sentence can have twice are surely a slip, since «Асан мен мен» and
    "log in in June" are right; those that a language is known to say twice are left alone."""
    for match in TWICE.finditer(text):
        word, _, again = match.groups()
        if len(word) != len(again):
            continue
        small = word.lower()
        if small != again.lower() or small in usage.repeated or word.isupper() and len(word) > 1:
            continue
        if word[0].isupper() and again[0].isupper() and (word.isascii() or len(word) < 4 or small.endswith(NAME_ENDINGS)):
            continue  # Duran Duran
        if small not in usage.small_words and small not in usage.never_twice and small not in usage.seldom_twice and (
                len(word) < 3 or any(small.endswith(ending) for ending in usage.repeated_endings) and again.islower()):
            continue
        if len(word) == 1 and not again.islower():
            continue
        end = match.end() + len(again)
        yield Slip(match.start(), end, text[match.start():end], word, small in usage.never_twice and again.islower())
