"""What a language's file says of how it is typed, and the questions asked of words by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

LONGEST = 60
"""Letters of a word that are looked at; no word of prose is longer."""


@dataclass(frozen=True, eq=False)
class Usage:
    """How a language is typed."""

    quotes: tuple[str, ...] = ()
    """Outer and inner quotation marks."""
    alphabet: frozenset[str] = frozenset()
    """Its letters, small."""
    small_words: frozenset[str] = frozenset()
    """Short words that any of its texts is full of."""
    abbreviations: frozenset[str] = frozenset()
    """Abbreviations and shortened words that end in a full stop, without it."""
    dash: str = "–"
    """The dash of its sentences."""
    suffixes: frozenset[str] = frozenset()
    """Endings of which the form of a noun is made, one after another."""
    after_numbers: frozenset[str] = frozenset()
    """Endings that a hyphen joins to a number."""
    numbered: tuple[str, ...] = ()
    """Nouns that a hyphen joins to a number."""
    pairs: tuple[str, ...] = ()
    """Fixed pairs of words that a hyphen joins, `қарым-қатынас`; the second word may have endings."""
    joined: tuple[str, ...] = ()
    """Words, or how they begin, that make pairs among themselves."""
    first_parts: frozenset[str] = frozenset()
    """Words that stand only before a hyphen: `общественно`, `вице`."""
    solid_parts: frozenset[str] = frozenset()
    """Beginnings that are written in one with their word: `этно`."""
    after_roman: tuple[str, ...] = ()
    """How words begin that stand after a Roman numeral."""
    look_alikes: Mapping[str, str] = field(default_factory=dict)
    """Letters of old fonts and other alphabets -> those they stand for."""
    plain: Mapping[str, str] = field(default_factory=dict)
    """Letters of its own -> those that people type for them who lack its keyboard."""
    units: tuple[str, ...] = ()
    """Units and other words that a space parts from their number."""
    repeated: frozenset[str] = frozenset()
    """Words that may stand twice in a row."""
    repeated_endings: tuple[str, ...] = ()
    """Endings of words that may."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Usage:
        """From a language's file: its table `slips`, and what it says anyway."""
        table = data.get("slips", {})

        def words(name: str) -> tuple[str, ...]:
            return tuple(word for word in table.get(name, ()) if word)

        return cls(tuple(data["quotes"]), frozenset(data.get("alphabet", "")), frozenset(data.get("function_words", ())),
                   frozenset(words("abbreviations")), (words("dash") or ("–",))[0], frozenset(words("suffixes")),
                   frozenset(words("after_numbers")), words("numbered"), words("pairs"), words("joined"),
                   frozenset(words("first_parts")), frozenset(words("solid_parts")), words("after_roman"),
                   _letters(words("look_alikes")), _letters(words("plain")), words("units"), frozenset(words("repeated")),
                   words("repeated_endings"))

    @cached_property
    def seconds(self) -> Mapping[str, tuple[str, ...]]:
        """The first word of each fixed pair -> its second words."""
        found: dict[str, tuple[str, ...]] = {}
        for pair in self.pairs:
            first, _, second = pair.partition("-")
            if second:
                found[first] = (*found.get(first, ()), second)
        return found

    def is_form(self, word: str, stem: str) -> bool:
        """Whether a word is a stem with endings of the language, or the stem itself."""
        return word.startswith(stem) and self.is_ending(word[len(stem):])

    def ends_in_suffix(self, word: str) -> bool:
        """Whether a word ends in an ending of two letters or more."""
        return any(word[-size:] in self.suffixes for size in range(2, min(7, len(word) - 2) + 1))

    def is_ending(self, letters: str) -> bool:
        """Whether letters are made of endings."""
        if len(letters) > 14:
            return False
        reached = [True] + [False] * len(letters)
        for start in range(len(letters)):
            if reached[start]:
                for end in range(start + 1, min(len(letters), start + 7) + 1):
                    reached[end] = reached[end] or letters[start:end] in self.suffixes
        return reached[-1]

    def stem(self, word: str) -> str:
        """A word without its endings; four letters always remain."""
        word = word[:LONGEST]
        cut = True
        while cut:
            cut = False
            for size in range(min(7, len(word) - 4), 0, -1):
                if word[-size:] in self.suffixes:
                    word, cut = word[:-size], True
                    break
        return word


def _letters(pairs: tuple[str, ...]) -> Mapping[str, str]:
    """`әа` -> {"ә": "а"}, with the capitals."""
    small = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    return small | {wrong.upper(): right.upper() for wrong, right in small.items() if len(wrong.upper()) == 1}
