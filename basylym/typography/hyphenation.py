"""Where Kazakh words may be broken, by the rules of the syllable, and the dictionary that the layout breaks lines by.

Rules (orthographic guides: tarbie.kz/20404; the guide to the orthography of 2019, dereksiz.org 500848, p. 46), with what we read
into them where they are silent, stand in docs/hyphenation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from basylym.typography.roman import NUMERAL

VOWELS = "аәеёэоөұүыіиюя"
"""Letters that are vowels wherever they stand; у is one by its place."""
CONSONANTS = "бвгғджзйкқлмнңпрстфхһцчшщ"
"""Letters that are consonants wherever they stand."""
SIGNS = "ъь"
"""They belong to the consonant before them."""
LETTERS = frozenset(VOWELS + CONSONANTS + SIGNS + "у")
"""A word with any other (KOICAнын, a stress mark) stays whole."""

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
"""What the rules take for a word: letters between other signs, so each part of a compound is one."""
SHORTEST_WORD, LEAST_BEFORE, LEAST_AFTER = 6, 2, 3
"""Which breaks the outputs make use of: hyphenate-limit-chars in print.css says the same."""

NO_PATTERNS = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN")
"""How lines of a dictionary begin that are no patterns."""
DIGITS = "0123456789"
MOST = 8192
"""So many words' break points are kept."""


def _is_vowel(word: str, position: int) -> bool:
    """у is a consonant after a vowel (тау, да-уыс) and before one at a word's head (уа-қыт); else a vowel, as in оқу, бу-ын."""
    letter = word[position]
    if letter != "у":
        return letter in VOWELS
    if position == 0:
        return len(word) == 1 or word[1] not in VOWELS
    before = word[position - 1]
    if before == "у":  # of two, one is the consonant: са-уу, жуу-шы
        return position > 1 and word[position - 2] in VOWELS
    return before not in VOWELS


def break_points(word: str, left: int = 2, right: int = 2, abbreviations: Iterable[str] = frozenset()) -> list[int]:
    """The positions in a Kazakh word after which it may be broken, at least `left` letters in and `right` from its end.

    >>> [("мектеп"[:at], "мектеп"[at:]) for at in break_points("мектеп")]
    [('мек', 'теп')]
    """
    lower = word.lower()
    if not LETTERS.issuperset(lower) or lower[1:] != word[1:] and is_abbreviation(word, abbreviations):
        return []
    if "у" in lower:
        vowels = [position for position in range(len(lower)) if _is_vowel(lower, position)]
    else:  # most words: no letter is now a vowel and now a consonant
        vowels = [position for position, letter in enumerate(lower) if letter in VOWELS]
    points = [_syllable_start(lower, vowel) for vowel in vowels[1:]]
    return [point for point in points if left <= point <= len(word) - right]


def _syllable_start(word: str, vowel: int) -> int:
    """Where the syllable of a vowel begins: the one consonant before it goes with it, a sign with its consonant; after a vowel
    and after ъ it begins by itself."""
    start, before = vowel, word[vowel - 1]
    if before == "ъ" or (_is_vowel(word, start - 1) if before == "у" else before in VOWELS):
        return start
    while start > 1 and word[start - 1] in SIGNS:
        start -= 1
    return start - 1


def is_abbreviation(word: str, known: Iterable[str] = frozenset()) -> bool:
    """ҚазҰУ, БҰҰ, ЮНЕСКО, ХХІ: a word of small and several large letters, or of large ones alone where it is short, a number, or
    `known`; longer ones are words like any other, ҚА-ЗАҚС-ТАН."""
    capitals = sum(letter.isupper() for letter in word)
    if capitals < 2:
        return False
    return capitals < len(word) or len(word) <= 4 or word in known or bool(NUMERAL.fullmatch(word))


RULES = {"kk": break_points}
"""Our own rules by the name that a language's file gives them: `hyphenation = "rules:kk"`."""


def pattern_file(name: str) -> Path:
    """The patterns that are generated from the rules of this name, in the form of Hunspell."""
    return Path(__file__).parent / "patterns" / f"hyph_{name}.dic"


def uses_rules(hyphenation: str) -> bool:
    """Whether a language is broken by rules of our own; no browser and no reading system has a dictionary of it."""
    return hyphenation.startswith("rules:")


@cache
def _read_patterns(path: Path) -> Any:
    text = path.read_text("utf-8", errors="replace")
    if not text.startswith("UTF-8\n") or "/" in text or "^^" in text:  # with changes of letters, or in another encoding
        from pyphen import HyphDict

        return HyphDict(path)
    return _Patterns(text)


class _Patterns:
    """Hunspell's patterns, each read when a word first needs it: pyphen reads thousands that no word of an article does."""

    def __init__(self, text: str):
        lines = [line for each in text.split("\n")[1:] if not (line := each.strip()).startswith(NO_PATTERNS)]
        letters = "\n".join(lines)
        for digit in DIGITS:  # ten times, and yet much quicker than letter by letter
            letters = letters.replace(digit, "")
        self._patterns = dict(zip(letters.split("\n"), lines, strict=True))
        self._longest = max(map(len, self._patterns))
        self._known: dict[str, list] = {}

    def positions(self, word: str) -> list:
        """Where a word may be broken (F. M. Liang): between two letters the highest digit wins, an odd one is a break."""
        from pyphen import DataInt

        word = word.lower()
        if word not in self._known:
            if len(self._known) == MOST:  # a worker reads new words for months
                self._known.clear()
            dotted, highest = f".{word}.", [0] * (len(word) + 3)
            for start in range(len(dotted) - 1):
                for end in range(start + 1, min(start + self._longest, len(dotted)) + 1):
                    if pattern := self._patterns.get(dotted[start:end]):
                        for place, digit in _digits(pattern):
                            highest[start + place] = max(highest[start + place], digit)
            self._known[word] = [DataInt(place - 1) for place, digit in enumerate(highest) if digit % 2]
        return self._known[word]


@lru_cache(maxsize=16384)
def _digits(pattern: str) -> list[tuple[int, int]]:
    """The digits of a pattern, each with the number of letters before it."""
    found, letters = [], 0
    for sign in pattern:
        if "0" <= sign <= "9":
            found.append((letters, int(sign)))
        else:
            letters += 1
    return found


class Dictionary:
    """Answers as one of pyphen's dictionaries does, and leaves abbreviations and numerals whole.

    To one made from rules of ours each part of a compound is a word of its own (`apart`).
    """

    def __init__(self, path: Path, abbreviations: frozenset[str] = frozenset(), apart: bool = False):
        self._path, self._abbreviations, self._apart = path, abbreviations, apart

    def positions(self, word: str) -> list:
        """Break points of what the layout takes for a word."""
        from pyphen import DataInt

        patterns, pieces = _read_patterns(self._path), [*WORD.finditer(word)]
        if self._apart:
            return [DataInt(piece.start() + point) for piece in pieces
                    if LETTERS.issuperset(piece[0].lower()) and not is_abbreviation(piece[0], self._abbreviations)
                    for point in patterns.positions(piece[0]) if 2 <= point <= len(piece[0]) - 2]
        kept = {place for piece in pieces if is_abbreviation(piece[0], self._abbreviations) for place in range(*piece.span())}
        return [point for point in patterns.positions(word) if point not in kept]


def register(hyphenations: Mapping[str, tuple[str, frozenset[str]]]) -> None:
    """Gives the layout engine the dictionary that each language's file names: tag -> its name, and the abbreviations known."""
    import pyphen

    known: dict[Path, frozenset[str]] = {}  # several languages may share a dictionary
    for tag, (name, abbreviations) in hyphenations.items():
        path = pattern_file(name.removeprefix("rules:")) if uses_rules(name) else pyphen.LANGUAGES.get(name)
        if path is None:  # none: not even by a dictionary that pyphen has
            pyphen.LANGUAGES_LOWERCASE.pop(tag.lower(), None)
            continue
        pyphen.LANGUAGES[tag], pyphen.LANGUAGES_LOWERCASE[tag.lower()] = path, tag
        known[path] = known.get(path, frozenset()) | abbreviations
        pyphen.hdcache[path] = Dictionary(path, known[path], apart=uses_rules(name))


@lru_cache(maxsize=MOST)
def _points(word: str, name: str, abbreviations: frozenset[str]) -> list[int]:
    return RULES[name](word, LEAST_BEFORE, LEAST_AFTER, abbreviations)


def soft_hyphens(text: str, hyphenation: str, abbreviations: frozenset[str] = frozenset()) -> Iterator[int]:
    """The places in a text where a language's rules put soft hyphens, where the outputs make use of the break."""
    name = hyphenation.removeprefix("rules:")
    for word in WORD.finditer(text):
        if word.end() - word.start() >= SHORTEST_WORD:
            yield from (word.start() + point for point in _points(word[0], name, abbreviations))
