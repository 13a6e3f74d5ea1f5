"""Where Kazakh words may be broken, by the rules of the syllable.

Rules (orthographic guides: tarbie.kz/20404; the guide to the orthography of 2019, dereksiz.org 500848, p. 46): a break stands
between syllables; one letter is neither left nor
carried; of three consonants two stay; й and у between vowels begin the next syllable; ъ and ь stay with their consonant.
"""

from __future__ import annotations

import re
from pathlib import Path

VOWELS = frozenset("аәеёэоөұүыіиюя")
SIGNS = frozenset("ъь")


def _is_vowel(word: str, position: int) -> bool:
    """у is a glide after a vowel and at a word's head before a vowel; else a vowel, as in оқу, бу-ын."""
    letter = word[position]
    if letter in VOWELS:
        return True
    if letter != "у":
        return False
    if position == 0:
        return not (len(word) > 1 and word[1] in VOWELS)
    before = word[position - 1]
    return before not in VOWELS and not (before == "у" and _is_vowel(word, position - 1))


def break_points(word: str, left: int = 2, right: int = 2) -> list[int]:
    """The positions in a Kazakh word after which it may be broken, at least `left` letters in and `right` from its end.

    >>> [("мектеп"[:at], "мектеп"[at:]) for at in break_points("мектеп")]
    [('мек', 'теп')]
    """
    lower = word.lower()
    if len(lower) != len(word) or _is_abbreviation(word):
        return []
    vowels = [position for position in range(len(lower)) if _is_vowel(lower, position)]
    points = []
    for first, second in zip(vowels, vowels[1:], strict=False):
        consonants, position = [], first + 1
        while position < second:  # each consonant with the signs after it
            end = position + 1
            while end < second and lower[end] in SIGNS:
                end += 1
            consonants.append((position, end))
            position = end
        if not consonants or lower[consonants[-1][1] - 1] == "ъ":
            points.append(second)
        elif len(consonants) <= 2:
            points.append(consonants[-1][0])
        else:
            points.append(consonants[2][0])
    return [point for point in points if left <= point <= len(word) - right]


def _is_abbreviation(word: str) -> bool:
    """ҚР, БҰҰ, ҚазҰУ: more than one capital, and not a word all in capitals that is too long to be one."""
    capitals = sum(letter.isupper() for letter in word)
    return capitals > 1 and not (capitals == len(word) and len(word) > 6)


class KazakhRules:
    """Answers as one of pyphen's dictionaries does, by rule."""

    def positions(self, word: str) -> list:
        """Break points of what the layout takes for a word: letters between other signs, compounds at their hyphen."""
        from pyphen import DataInt

        return [DataInt(piece.start() + point) for piece in re.finditer(r"[^\W\d_]+", word)
                for point in break_points(piece[0])]


RULES = {"kk": KazakhRules}
"""Our own rules by the name that a language's file gives them: `hyphenation = "rules:kk"`."""


def register(hyphenations: dict[str, str]) -> None:
    """Makes the layout engine hyphenate by our own rules the languages whose file names such rules (tag -> hyphenation)."""
    import pyphen

    for tag, name in hyphenations.items():
        if name.startswith("rules:"):
            dictionary = Path("basylym") / name.removeprefix("rules:")
            pyphen.LANGUAGES[tag], pyphen.LANGUAGES_LOWERCASE[tag] = dictionary, tag
            pyphen.hdcache[dictionary] = RULES[name.removeprefix("rules:")]()
