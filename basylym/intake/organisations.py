"""Whether words name an organisation: by a word for one, «университеті», or as an acronym that stands as such, «КазНУ им. аль-Фараби»."""

from __future__ import annotations

import re
from functools import cache

from basylym.intake.labels import PARTS, exact_words, has_word, skeleton, words_of
from basylym.typography.roman import read_roman

LONGEST = 900
"""Letters of a line that may name an organisation by its words."""
LONGEST_SHORT = 400
"""Letters of a line that may name one by an acronym."""
MIXED = re.compile(r"[^\W\d_]*[a-zа-яёәғқңөұүһі](?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{2}[^\W\d_]*|[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])")
"""КазНУ, KazNPU, СПбГУ: capitals at the end or two in a row after a small letter; McDonald is a name."""
INITIAL = re.compile(r"[^\W\d_]{1,2}\.(?:-?[^\W\d_]{1,2}\.)*")
CASED = re.compile(r"[(«“\"„]*(?:[^\W\d_]{1,4}[-’'])?[^\W\d_][^\W\d_’'ʼ-]*(?:[-’'][^\W\d_’'ʼ]+)*[)»”\".]*")
NAME_AND_INITIALS = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)?,?\s+[^\W\d_]\.(?:[\s-]?[^\W\d_]\.)?|"
                               r"[^\W\d_]\.(?:[\s-]?[^\W\d_]\.)?\s*[^\W\d_]{2,}(?:-[^\W\d_]+)?")
UNIT = re.compile(r"№?\s?\d{1,4}")


def is_organisation(text: str) -> bool:
    """Whether a line names an organisation."""
    return len(text) < LONGEST and (has_word(text, "organisations") or names_acronym(text))


def is_mixed(word: str) -> bool:
    """Whether a word can be nothing but an acronym: «ҚазҰПУ»."""
    return bool(MIXED.fullmatch(word)) and word[:1].isupper() and skeleton(word) not in _others()


def is_acronym(word: str) -> bool:
    """Whether a word is one of capitals, and neither a country, a degree, a code's label nor a Roman number."""
    word = word.strip("«»“”\"„().")
    if not 1 < len(word) < 13 or not word.isalpha() or skeleton(word) in _others() or is_short_degree(word):
        return False
    return bool(MIXED.fullmatch(word)) and word[0].isupper() or (word.isupper() and not read_roman(word))


def is_short_degree(word: str) -> bool:
    """Whether a word is a degree of capitals, MD or PhD."""
    return skeleton(word.strip(".,")) in exact_words("degrees")


@cache
def _others() -> frozenset[str]:
    """Words of capitals that are no organisations."""
    names = ("countries", "degrees", "positions", "before_city", "in_names", "named_after", "and", *PARTS)
    return frozenset(word.strip("*.") for name in names for word, _ in words_of(name)) | {"orcid", "issn", "isbn", "jel", "id"}


def names_acronym(text: str) -> bool:
    """Whether a line, or a piece of it between commas, is an acronym with nothing beside it but names: «НАН РК», "ETH Zürich"."""
    if len(text) > LONGEST_SHORT or "@" in text and len(text.split()) < 2:
        return False
    pieces = [piece for piece in re.split(r"\s*[,;]\s*|\s+[–—-]\s+", text.strip(" .,;")) if piece]
    if not text.isupper():
        return all(not piece[0].islower() or has_word(piece, "degrees") or has_word(piece, "positions") or has_word(
            piece, "before_city") or piece.lower().startswith(_articles()) or "@" in piece for piece in pieces) and any(
            map(_is_short_name, pieces))
    words = pieces[0].split() if pieces else []  # in a line of capitals every word looks like one
    return len(words) == 1 and len(pieces[0]) < 7 and is_acronym(pieces[0]) or (
        len(words) == 2 and skeleton(words[1]) in exact_words("countries") and len(words[0]) < 6 and is_acronym(words[0]))


@cache
def _articles() -> tuple[str, ...]:
    return tuple(f"{word} " for word in exact_words("articles"))


def _is_short_name(piece: str) -> bool:
    """Whether a piece is an acronym and names round it."""
    words = piece.split()
    if len(words) > 12 or NAME_AND_INITIALS.fullmatch(piece):
        return False
    joining = exact_words("in_names") | exact_words("named_after")
    named = all(skeleton(word) in joining or INITIAL.fullmatch(word) and word[0].isupper() or UNIT.fullmatch(word) or (
        CASED.fullmatch(word) and any(letter.isupper() for letter in word)) for word in words)
    return named and any(map(is_acronym, words))
