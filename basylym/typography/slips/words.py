"""Words that stand twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym.typography import Slip
from basylym.typography.slips.usage import Usage

TWICE = re.compile(r"(?<![\w\u00ad-])([^\W\d_]{1,40}+)([ \u00a0\n]{1,3})(?=([^\W\d_]{1,40}+)(?![\w\u00ad-]))")


def find_doubled(text: str, usage: Usage) -> Iterator[Slip]:
    """A word typed twice: «және және». Small words are surely a slip; others may be said twice on purpose, and those that a
    language is known to say twice are left alone."""
    for match in TWICE.finditer(text):
        word, again = match[1], match[3]
        small = word.lower()
        if small != again.lower() or small in usage.repeated or word[0].isupper() and again[0].isupper():
            continue
        surely = small in usage.small_words
        if not surely and (len(word) < 3 or any(small.endswith(ending) for ending in usage.repeated_endings)):
            continue
        if len(word) == 1 and not (word + again).islower():
            continue
        end = match.end() + len(again)
        yield Slip(match.start(), end, text[match.start():end], word, surely)
