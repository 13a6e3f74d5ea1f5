"""Letters that are not what they look like: Roman numerals in Cyrillic, letters of old fonts, letters in parts, Kazakh without its own."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from basylym.typography import Seldom, Slip
from basylym.typography.roman import CANONICAL, LATIN, LETTERS
from basylym.typography.slips.usage import Usage

ROMAN = LATIN | str.maketrans("УҮY", "VVV")
"""Cyrillic letters typed for those of Roman numerals; У, Ү and the Latin Y for V."""
NUMERAL = re.compile(rf"[{LETTERS}YУҮ](?<!\w.)[{LETTERS}YУҮ]{{0,14}}+(?!\w)")
SURE = re.compile("[XVI]{2,}")
"""Numerals that are no word or abbreviation in Cyrillic either."""
NEXT_WORD = re.compile(r"[ \u00a0\u202f]([^\W\d_]{1,20}\.?)")
NAME_BEFORE = re.compile(r"(?<!\w)[^\W\d_][^\W\d_]{2,40}[ \u00a0]\Z")
LETTER_IN_PARTS = Seldom(re.compile("[^\\W\\d_][\u0300-\u036f]{1,9}"), re.compile("[\u0300-\u036f]"))
WORD = re.compile(r"(?<![^\W_])[^\W\d_]++(?![^\W_])")
VOWELS = frozenset("аәеёиоөуұүыіэюя")
BACK = {"ҥ": "ң", "Ҥ": "Ң"}
"""What the letter stands for that old fonts have for ү, and other alphabets for ң, where no vowel can stand."""


def find_roman(text: str, usage: Usage) -> Iterator[Slip]:
    """Roman numerals with Cyrillic letters among theirs: ХVІ, ХХІ, ХІІ; not words, abbreviations and initials."""
    for match in NUMERAL.finditer(text):
        found = match[0]
        expected = found.translate(ROMAN)
        if found.isascii() or not CANONICAL.fullmatch(expected) or set(expected).isdisjoint("XVI"):
            continue
        following = NEXT_WORD.match(text, match.end())
        if following and usage.follows_roman(following[1]) or SURE.fullmatch(expected) or _is_of_ruler(text, match, usage):
            yield Slip(match.start(), match.end(), found, expected)


def _is_of_ruler(text: str, match: re.Match, usage: Usage) -> bool:
    """Whether a single І, a letter that the language lacks, stands after a name: «Пётр І». Before a full stop it may be an initial."""
    if match[0] != "І" or "і" in usage.alphabet or "а" not in usage.alphabet or text[match.end():match.end() + 1] == ".":
        return False
    name = NAME_BEFORE.search(text[max(0, match.start() - 43):match.start()])
    return bool(name and name[0].istitle())


def find_look_alikes(text: str, usage: Usage) -> Iterator[Slip]:
    """Letters of old fonts and other alphabets for the language's own: ӛ, ə for ө, ә. A language that has the letter itself
    may be quoted, so the mend is safe only where the right one is not commoner in the text."""
    if not any(letter in text for letter in usage.look_alikes):
        return
    often = Counter(text)
    for match in WORD.finditer(text):
        word = match[0]
        wrong = [at for at, letter in enumerate(word) if letter in usage.look_alikes]
        if not wrong or len(word) < 2 or not (set(word.lower()) - set(usage.look_alikes)) & usage.alphabet:
            continue
        expected, safe = list(word), True
        for at in wrong:
            letter = word[at]
            right = usage.look_alikes[letter]
            before = word[at - 1].lower() if at else ""
            if letter in BACK and before in VOWELS:
                right, safe = BACK[letter], False
            safe = safe and (letter in "əƏ" or often[letter] >= often[right])
            expected[at] = right
        yield Slip(match.start(), match.end(), word, "".join(expected), safe)


def find_decomposed(text: str, usage: Usage) -> Iterator[Slip]:
    """Letters typed as a letter and a mark over it that are one letter: й as и and a breve."""
    for match in LETTER_IN_PARTS.finditer(text):
        whole = unicodedata.normalize("NFC", match[0])
        if len(whole) < len(match[0]):
            yield Slip(match.start(), match.end(), match[0], whole)


def find_letterless(text: str, usage: Usage) -> Iterator[Slip]:
    """A text without the letters that its language alone has, full of its small words as they are typed without them: казак,
    жане. One slip a text, at the first such word."""
    if not usage.plain or not usage.plain.keys().isdisjoint(text):
        return
    stripped = usage.stripped
    words = list(WORD.finditer(text))
    told = [match for match in words if stripped.get(match[0].lower(), match[0].lower()) != match[0].lower() and len(match[0]) > 2]
    if len({match[0].lower() for match in told}) > 1 and len(told) * 12 >= len(words):
        first = told[0]
        yield Slip(first.start(), first.end(), first[0], stripped[first[0].lower()], safe=False)
