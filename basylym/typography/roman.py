"""Roman numerals, typed in Latin letters or in the Cyrillic ones that pass for them."""

from __future__ import annotations

import re

LETTERS = "IVXLCDMІХСМ"
"""Letters of Roman numerals, the Cyrillic ones that pass for them among them."""
LATIN = str.maketrans("ХІСМ", "XICM")
"""Cyrillic capitals that stand in for Roman numerals."""
NUMERAL = re.compile(f"[{LETTERS}]+")
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
CANONICAL = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
"""A numeral in Latin letters as it should be written; nothing at all matches too."""


def read_roman(word: str) -> int:
    """The value of a Roman numeral, typed in Latin or Cyrillic capitals; 0 where it is none."""
    if not word or word[0] not in LETTERS or not CANONICAL.fullmatch(word := word.translate(LATIN)):
        return 0
    values = [VALUES[letter] for letter in word]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
