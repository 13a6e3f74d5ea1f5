"""Liang's patterns out of the Kazakh rules of the syllable, for engines that know patterns alone: TeX, Hunspell, WeasyPrint.

The rules look at few letters, so the patterns are not learnt from words but written rule by rule; they say what the rules say of
every word whose head is one that Kazakh or Russian words have. A digit stands between two letters: the highest wins, an odd one is a
break (F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from basylym.typography.hyphenation import CONSONANTS, SIGNS, VOWELS, break_points

LONG_HEADS = ["взъ", *(f"{first}{second}{third}" for first in "в" for second in "сз" for third in CONSONANTS),
              *(f"{first}ь{third}" for first in CONSONANTS for third in CONSONANTS)]
"""How words begin that have three letters or more before the consonant that a vowel follows: встр, вздр, льст, взъе."""

ABOUT = """Hyphenation patterns for Kazakh in Cyrillic letters, generated from the rules of the syllable.
Written by `basylym hyphenation {name}`; change the rules, not this file."""


def write_patterns(name: str, form: str, abbreviations: Iterable[str] = ()) -> str:
    """The pattern file of our rules of this name, in the form `hunspell` or `tex`. Abbreviations that read as words stay whole."""
    patterns = [*PATTERNS[name](), *_whole(abbreviations)]
    about = [f"% {line}" for line in ABOUT.format(name=name).split("\n")]
    if form == "tex":
        letters = " ".join(f"\\lccode`{letter}=`{letter}" for letter in VOWELS + CONSONANTS + SIGNS + "у")
        lines = [*about, "% \\lefthyphenmin=2 \\righthyphenmin=2; needs an engine that reads UTF-8: XeTeX, LuaTeX.",
                 "\\begingroup", letters, "\\patterns{", *patterns, "}", "\\endgroup"]
    else:
        lines = ["UTF-8", *about, "LEFTHYPHENMIN 2", "RIGHTHYPHENMIN 2", "COMPOUNDLEFTHYPHENMIN 2", "COMPOUNDRIGHTHYPHENMIN 2",
                 *_united(patterns)]
    return "\n".join(lines) + "\n"


def kazakh_patterns() -> Iterator[str]:
    """The rules one after the other, each for all letters that it is about. C is a consonant, V a vowel."""
    for vowel in VOWELS + "у":  # one consonant goes with the vowel, its sign with it: 3CV, 3CьV
        for consonant in CONSONANTS:
            if vowel != "у":
                yield f"3{consonant}{vowel}"
            yield f"3{consonant}ь{vowel}"
        yield f"ъ3{vowel}"
    for consonant in CONSONANTS:  # after a consonant у is a vowel, and the second of two is then a consonant
        yield f"3{consonant}2у"
        yield f"{consonant}уу2"
    yield from ("ь2у", "ьуу2", "ъуу2", ".уу2")
    for vowel in VOWELS:
        yield f"1у1{vowel}"  # before it where у is a consonant, after it where it is a vowel
        yield f"{vowel}1у2у"
        for other in VOWELS:
            yield f"{vowel}1{other}"
            yield f"{vowel}у2{other}"
    letters = CONSONANTS + SIGNS
    for first in CONSONANTS:  # no vowel stands before: nothing is left behind
        for second in letters:
            yield f".{first}{second}4"
    for head in LONG_HEADS:
        yield f".{head}4"


def read_pattern(pattern: str) -> tuple[str, list[int]]:
    """The letters of a pattern, and the digits before, between and after them; 0 where there is none."""
    letters = re.sub(r"\d", "", pattern)
    return letters, [int(digit or 0) for digit in re.findall(r"(\d?)(?:\D|$)", pattern)][:len(letters) + 1]


def _united(patterns: Iterable[str]) -> Iterator[str]:
    """The same patterns for Hunspell's library, which at each letter looks at the longest pattern or beginning of one that ends
    there and at no shorter one: so each is given the digits of all that end with it."""
    digits = dict(read_pattern(pattern) for pattern in patterns)
    for letters in dict.fromkeys(known[:end] for known in digits for end in range(1, len(known) + 1)):
        united = [0] * (len(letters) + 1)
        for start in range(len(letters)):
            for place, digit in enumerate(digits.get(letters[start:], ()), start):
                united[place] = max(united[place], digit)
        if any(united):
            yield "".join(f"{digit or ''}{letter}" for digit, letter in zip(united, [*letters, ""], strict=True))


PATTERNS = {"kk": kazakh_patterns}
"""The patterns of our own rules, by the names that the rules have."""


def _whole(abbreviations: Iterable[str]) -> Iterator[str]:
    """Abbreviations as whole words without a break: patterns know no capitals."""
    for word in sorted(word.lower() for word in abbreviations if word.isalpha()):
        if break_points(word):
            yield "." + "8".join(word) + "."
