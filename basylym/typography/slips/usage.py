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
    ordinals: frozenset[str] = frozenset()
    """Endings of ordinal numbers, which Roman numerals go without."""
    numbered: tuple[str, ...] = ()
    """Nouns that a hyphen joins to a number."""
    surely_numbered: frozenset[str] = frozenset()
    """Those of them that nothing is equated to a number by: `бап`."""
    words_too: frozenset[str] = frozenset()
    """Endings after numbers and first parts that are words themselves, so that a real dash may stand before or after them: `мен`, `их`."""
    pairs: tuple[str, ...] = ()
    """Fixed pairs of words that a hyphen joins, `қарым-қатынас`; the second word may have endings."""
    sure_pairs: tuple[str, ...] = ()
    """Those with a half that is no word of its own, so that no dash can stand in them."""
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
    apart: tuple[tuple[str, str], ...] = ()
    """Beginnings of words that are a letter apart and both right: `таны`, `таңы`."""
    units: tuple[str, ...] = ()
    """Units and other words that a space parts from their number; those that texts are set by as well."""
    years: tuple[str, ...] = ()
    """What stands after years, `гг.`, and their abbreviations only after a number that is one."""
    before_number: tuple[str, ...] = ()
    """Abbreviations before a number: `с.`, `рис.`"""
    before_name: tuple[str, ...] = ()
    """Abbreviations before a name: `г.`, `проф.`"""
    repeated: frozenset[str] = frozenset()
    """Words that may stand twice in a row."""
    never_twice: frozenset[str] = frozenset()
    """Words that stand twice in a row in no sentence: `және`."""
    seldom_twice: frozenset[str] = frozenset()
    """Words of a letter or two that are no abbreviations, but may stand twice."""
    repeated_endings: tuple[str, ...] = ()
    """Endings of words that may."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Usage:
        """From a language's file: its table `slips`, and what it says anyway."""
        table, spacing = data.get("slips", {}), data.get("spacing", {})

        def words(name: str) -> tuple[str, ...]:
            return tuple(word for word in table.get(name, ()) if word)

        def abbreviations(name: str) -> tuple[str, ...]:
            return tuple(word for word in spacing.get(name, ()) if len(word) > 1 and word.endswith("."))

        units = (*words("units"), *(unit for unit in spacing.get("units", ()) if unit.strip("*")))
        return cls(
            tuple(data["quotes"]), frozenset(data.get("alphabet", "")), frozenset(data.get("function_words", ())),
            dash=(words("dash") or ("–",))[0], years=abbreviations("after_number"), before_number=abbreviations("before_number"),
            before_name=abbreviations("before_name"), look_alikes=_letters(words("look_alikes")), plain=_letters(words("plain")),
            apart=tuple((first, second) for first, _, second in (pair.partition("-") for pair in words("apart")) if second),
            units=tuple(dict.fromkeys(units)), pairs=(*words("pairs"), *words("sure_pairs")),
            **{name: words(name) for name in ("numbered", "sure_pairs", "joined", "after_roman", "repeated_endings")},
            **{name: frozenset(words(name)) for name in (
                "abbreviations", "suffixes", "after_numbers", "ordinals", "surely_numbered", "words_too", "first_parts", "solid_parts",
                "repeated", "never_twice", "seldom_twice")})

    @cached_property
    def typed_plain(self) -> Mapping[int, str]:
        """The same as `plain`, for str.translate."""
        return str.maketrans(dict(self.plain))

    @cached_property
    def stripped(self) -> Mapping[str, str]:
        """Its small words as they are typed without its own letters -> how they should be."""
        return {word.translate(self.typed_plain): word for word in self.small_words}

    @cached_property
    def seconds(self) -> Mapping[str, tuple[str, ...]]:
        """The first word of each fixed pair -> its second words."""
        return _by_first(self.pairs)

    @cached_property
    def sure_seconds(self) -> Mapping[str, tuple[str, ...]]:
        """Likewise of the pairs in which no dash can stand."""
        return _by_first(self.sure_pairs)

    def follows_roman(self, word: str) -> bool:
        """Whether a word is one that stands after a Roman numeral; one with a full stop is an abbreviation, whole."""
        return any(word == each if each.endswith(".") else word.lower().startswith(each) for each in self.after_roman)

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


def _by_first(pairs: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        first, _, second = pair.partition("-")
        if second:
            found[first] = (*found.get(first, ()), second)
    return found
