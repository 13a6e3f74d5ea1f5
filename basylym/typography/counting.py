"""Words, numbers and abbreviations of a text, made equal across languages so that they can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

SPACES = "\u00a0\u202f\u2009"
LOOKALIKE = str.maketrans("ХІСМ", "XICM")
"""Cyrillic capitals that stand in for Roman numerals."""
CITATION = re.compile(r"\[-?@[^\]]*\]|(?<![\w.@])@\{?[\w:.-]+|\[\d+(?:\s*[,;–-]\s*(?:(?:с|б|p|pp|бб)\.\s*)?\d+)*\]")
"""A citation in Markdown, or a number in square brackets as typed by hand."""
ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
LATIN_ABBREVIATION = re.compile(r"(?<![^\W\d_])[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?![a-z])")


def count_words(text: str) -> int:
    """How many words a text has: what stands between spaces and holds a letter or a digit. A lone dash is no word."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def count_letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(letter.isalnum() for letter in text)


def read_numbers(text: str, decimal: str) -> dict[Decimal, str]:
    """The numbers in a text -> how each first stands there.

    Decimal comma and point, digit groups, ordinals and suffixes («60 – тан», "60th"), percent signs and dates in figures are
    made equal; `decimal` is the language's decimal mark. Digits that belong to a word (H2O, А4) are no numbers, nor are those of
    an address, an identifier or a citation.
    """
    text = re.sub(r"https?://\S+|\b10\.\d{4,9}/\S+|\S+@\S+", " ", CITATION.sub(" ", unicodedata.normalize("NFC", text)))
    text = re.sub(rf"(?<=\d)[ {SPACES}](?=\d{{3}}(?!\d))(?<!\d{{4}} )", "", text)
    found: dict[Decimal, str] = {}

    def add(number: str, shown: str) -> None:
        found.setdefault(Decimal(number).normalize(), shown)

    def take_date(match: re.Match) -> str:
        for part in (match[1], match[3]):  # the month may be a word in the other language
            add(part, match[0])
        return " "

    text = re.sub(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)", take_date, text)
    group = "," if decimal == "." else "."
    for match in re.finditer(rf"(?<![^\W_])\d+(?:[{re.escape('.,')}]\d+)*", text):
        shown = match[0]
        bare = shown
        if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", bare) and not bare.startswith("0"):
            bare = bare.replace(group, "")
        parts = re.split(r"[.,]", bare)
        if len(parts) <= 2:
            add(".".join(parts), shown)
        else:  # a version, a section: its figures one by one
            for part in parts:
                add(part, shown)
    return found


def read_worded_numbers(text: str, numerals: Mapping[str, int]) -> set[Decimal]:
    """The numbers a text may write in words or in Roman numerals; `numerals` are beginnings of words. More rather than fewer."""
    found = {Decimal(value).normalize() for word in re.findall(r"[^\W\d_]+", text.lower())
             for stem, value in numerals.items() if word.startswith(stem)}
    for word in re.findall(r"[^\W\d_]+", text):
        if value := read_roman(word):
            found.add(Decimal(value).normalize())
    return found


def read_roman(word: str) -> int:
    """The value of a Roman numeral, typed in Latin or Cyrillic capitals; 0 where it is none."""
    word = word.translate(LOOKALIKE)
    if not word or not ROMAN.fullmatch(word):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[letter] for letter in word]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def read_latin_abbreviations(text: str) -> dict[str, str]:
    """The Latin abbreviations of a text (PDF, EPUB, PhD), in small letters -> how each first stands there; Roman numerals are none."""
    found: dict[str, str] = {}
    for match in LATIN_ABBREVIATION.finditer(text):
        if not read_roman(match[0]):
            found.setdefault(match[0].lower(), match[0])
    return found


def find_unexplained(text: str, known: Iterable[str]) -> list[str]:
    """The abbreviations in capitals that a text uses without saying what they stand for, in brackets before or after them.

    A suffix after a hyphen (ҚХА-ның) belongs to the word; `known` need no explanation.
    """
    known, found = set(known), []
    explained = set(re.findall(r"[(\[«“]\s*([^\W\d_]{2,})\s*[)\],;:–—-]", text))
    for word, words in re.findall(r"(?<![^\W\d_])([^\W\d_]{2,40})\s?\(([^()]{1,200})\)", text):
        if " " in words:  # НИР (научно-исследовательская работа)
            explained.add(word)
    for match in re.finditer(r"(?<![\w.@/-])[^\W\d_]{2,}(?![\w@/])", text):
        word = match[0]
        capitals = sum(letter.isupper() for letter in word)
        if capitals < 2 or capitals < len(word) - 1 or word in known or word in explained or word in found or read_roman(word):
            continue
        found.append(word)
    return found
