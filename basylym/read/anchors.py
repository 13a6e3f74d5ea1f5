"""Which headings an article links to: by the identifiers that pandoc makes of their words, or by the words themselves."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from basylym.read.inlines import HOLE, as_label

TARGET = re.compile(r"[(\"'<\s=]#([^\s()\"'<>{}#]+)")
BRACKETS = re.compile(r"\[([^\[\]^@]{1,500})\]")


@dataclass(frozen=True, slots=True)
class Links:
    """What an article's texts link to within it."""

    targets: tuple[str, ...]
    """Identifiers that addresses name, `(#id)`, sorted."""
    stems: frozenset[str]
    """The same, and without the number by which pandoc tells one of several."""
    words: frozenset[str]
    """Words in brackets, in small letters: pandoc takes those of a heading for a link to it."""

    def lead_to(self, heading: str, raw: str) -> bool:
        """Whether one leads to a heading without an identifier of its own, given its words without and with their markup."""
        before, hole, _ = heading.partition(HOLE)
        if hole:  # what is no prose may be part of the identifier
            name = identify(before, "")
            number = bisect_left(self.targets, name)
            known = number < len(self.targets) and self.targets[number].startswith(name)
        else:
            known = identify(before) in self.stems
        return known or as_label(raw) in self.words or as_label(heading) in self.words


def find_links(texts: Iterable[str]) -> Links:
    """What is linked to in these texts."""
    targets, words = set(), set()
    for text in texts:
        targets |= {unicodedata.normalize("NFC", unquote(target)) for target in TARGET.findall(text)}
        words |= {as_label(found) for found in BRACKETS.findall(text)}
    return Links(tuple(sorted(targets)), frozenset(targets | {re.sub(r"-\d+$", "", target) for target in targets}), frozenset(words))


def identify(heading: str, empty: str = "section") -> str:
    """The identifier that pandoc makes of a heading's words, and what it makes of none."""
    letters = "".join(sign for sign in unicodedata.normalize("NFC", heading).lower()
                      if sign.isalnum() or sign in "_-." or sign.isspace())
    while letters and not letters[0].isalpha():
        letters = letters[1:]
    return "-".join(letters.split()) or empty
