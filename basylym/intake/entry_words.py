"""The words of reference lists as patterns: those of all languages at once, since one list has entries in three of them.

A letter that looks the same in both alphabets counts in either: «C. 15» has a Latin C as often as not.
"""

from __future__ import annotations

import re
from functools import cache

from basylym.languages import known_languages, language
from basylym.typography.letters import BACK, PAIRS

UP = "A-ZА-ЯӘҒҚҢӨҰҮҺІЁ"
"""Capitals, for a class of letters."""
DASH = "[-‐‑‒–—−]"
PARTICLES = "van|von|der|den|de|la|le|du|da|di|del|ter|ten|al|el|ibn|bin|фон|ван|де|ди|ла"
"""Small words before a family name, as a pattern's alternatives."""
RANGE = rf"\d{{1,6}}(?:\s?{DASH}\s?\d{{1,6}})?(?:\s?[,;]\s?\d{{1,6}}\s?{DASH}\s?\d{{1,6}})*"
"""Pages: 15, 15–32, 15-17, 20-22."""
YEAR = r"(?<!\d)(?:1[4-9]\d\d|20\d\d)(?!\d)"


@cache
def words(name: str) -> str:
    """The words of `[entries_typed]` under a name, of all languages, as one pattern that stands for itself, the longest first."""
    found = {word for tag in known_languages() for word in language(tag).entries_typed.get(name, ())}
    return "(?:" + "|".join(map(alike, sorted(found, key=lambda word: (-len(word), word)))) + ")"


@cache
def months() -> dict[str, int]:
    """Months in all languages, small and by their first letters where they are shortened -> their numbers."""
    found: dict[str, int] = {}
    for tag in known_languages():
        spoken = language(tag)
        for names in (spoken.months, spoken.months_short):
            found.update({name.rstrip(".").lower(): number for number, name in enumerate(names, 1)})
        if tag == "en":
            found.update({name[:3].lower(): number for number, name in enumerate(spoken.months, 1)})
    return found


@cache
def month() -> str:
    """A month as a pattern."""
    return "(?:" + "|".join(map(re.escape, sorted(months(), key=lambda name: (-len(name), name)))) + ")"


@cache
def alike(word: str) -> str:
    """A word as a pattern: letters of either alphabet, any blanks, full stops with or without a blank, an asterisk any ending."""
    made = []
    for letter in word:
        if letter == "*":
            made.append(r"\w{0,20}")
        elif letter == " ":
            made.append(r"\s{1,3}" if not made or made[-1] != r"\.\s{0,2}" else "")
        elif letter == ".":
            made.append(r"\.\s{0,2}")
        else:
            both = {letter, letter.upper()}
            both |= {pair for each in both for pair in (PAIRS.get(each), BACK.get(each)) if pair}
            made.append("[" + "".join(sorted(map(re.escape, both))) + "]" if len(both) > 1 else re.escape(letter))
    return "".join(made)


@cache
def word_pattern(name: str) -> re.Pattern[str]:
    """Whether one of the words stands anywhere, as a word of its own."""
    return re.compile(rf"(?<!\w){words(name)}(?!\w)")
