"""Which entries of a list may be one work: each gives its signs once, and only entries that share one are compared.

A list may hold thousands of entries that are all alike, so each is compared with the nearest few of its block, and the letters
that slow comparisons go over are counted: where they are used up, the rest of the list counts as different. What is found
depends on the list alone, never on the machine.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from basylym.check.entries import Entry, names, word, year
from basylym.check.languages import script
from basylym.read.retractions import fold_doi, fold_title
from basylym.typography.romanisation import fold_name, may_be_romanised

SAME = 0.8
"""How alike two words are, of which one is misspelt (difflib's ratio)."""
SLIPS = 2
"""So many words of a title may be misspelt."""
SHORTEST = 12
"""A title of fewer letters is too like others to be told from them."""
SHORTEST_ROMANISED = 6
"""The same where its other is in another script, so that all of it has to agree."""
LONGEST_TITLE, LONGEST_WORD, LONGEST_NAME = 300, 40, 200
"""Letters that are looked at for a slip or another script; in longer words there is none."""
NEAREST = 16
"""So many entries before it that share a sign is an entry compared with."""
MOST_LETTERS = 200_000
"""So many pairs of letters may slow comparisons go over in one list."""
NUMBERS = ("volume", "issue", "page", "number", "edition", "collection-number", "archive_location", "URL")
"""What tells two works with one title apart."""
SKELETON = str.maketrans("лмрбнңŋ", "lmrbnnn")
"""Letters that every romanisation writes in one way."""


@dataclass(frozen=True, eq=False)
class Signs:
    """What an entry is compared by."""

    entry: Entry
    """The entry."""
    year: int | None
    """The year it came out."""
    doi: str
    """Its DOI, folded."""
    dois: frozenset[str]
    """The same, and one that stands in its address."""
    title: str
    """The letters of its title."""
    words: tuple[str, ...]
    """The words of its title, folded."""
    script: str
    """The script of its title."""
    person: tuple[str, str] | None
    """Its first author: family and given name."""
    numbers: tuple[str, ...]
    """The values of NUMBERS, of pages the first."""


class Effort:
    """How much may still be spent on slow comparisons."""

    def __init__(self) -> None:
        self.left = MOST_LETTERS

    def allows(self, one: str, other: str) -> bool:
        """Whether two texts may be compared letter by letter; it is counted."""
        self.left -= len(one) * len(other)
        return self.left >= 0


def read_signs(entry: Entry) -> Signs:
    """The signs of an entry."""
    title, doi = word(entry, "title"), fold_doi(entry.get("DOI"))
    numbers = tuple(re.match(r"\w*", word(entry, field))[0] if field == "page" else word(entry, field) for field in NUMBERS)
    words, first = re.findall(r"\w+", fold_name(title[:LONGEST_TITLE])), next(iter(names(entry)), None)
    return Signs(entry, year(entry), doi, frozenset({doi, fold_doi(entry.get("URL"))} - {""}), fold_title(title), tuple(words),
                 script(title[:LONGEST_TITLE]), first, numbers)


def find_twins(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Entries that are the same work as an earlier one, and that one: by DOI, or by title and year, where nothing speaks against it."""
    effort, blocks = Effort(), Blocks()
    for signs in map(read_signs, entries):
        shared: list[Hashable] = [("doi", doi) for doi in sorted(signs.dois)]
        if signs.title:
            shared += [(signs.year, signs.title, signs.numbers, signs.person), (signs.year, signs.title)]
        for other in blocks.near(shared):
            if signs.dois & other.dois or signs.title == other.title and signs.year == other.year and _may_be_one(signs, other, effort):
                yield signs.entry, other.entry
                break
        else:
            blocks.add(signs, shared)


def find_likely_twins(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Entries that may be the same work as an earlier one, and that one: their titles are almost the same, or the same in Cyrillic
    and in Latin letters."""
    effort, blocks = Effort(), Blocks()
    for signs in map(read_signs, entries):
        size = len("".join(signs.words))
        if not (signs.year and signs.person and size >= SHORTEST_ROMANISED):
            continue
        spelled, sounds = list(_spelled(signs)) if size >= SHORTEST else [], list(_sounds(signs))
        wanted = {"CYRILLIC": "LATIN", "LATIN": "CYRILLIC"}.get(signs.script)
        for other in blocks.near([*spelled, *((wanted, sign) for sign in sounds)]):
            if signs.title != other.title and not signs.dois & other.dois and _may_be_one(signs, other, effort) \
                    and _same_title(signs, other, effort):
                yield signs.entry, other.entry
                break
        blocks.add(signs, [*spelled, *((signs.script, sign) for sign in sounds)])


class Blocks:
    """Entries by the signs they share, of each the last few."""

    def __init__(self) -> None:
        self._blocks: dict[Hashable, deque[Signs]] = {}

    def near(self, shared: Iterable[Hashable]) -> Iterator[Signs]:
        """The entries that share some sign, each once."""
        yield from dict.fromkeys(other for sign in shared for other in self._blocks.get(sign, ()))

    def add(self, signs: Signs, shared: Iterable[Hashable]) -> None:
        """Files an entry under its signs."""
        for sign in shared:
            self._blocks.setdefault(sign, deque(maxlen=NEAREST)).append(signs)


def _spelled(signs: Signs) -> Iterator[Hashable]:
    """Signs of which two titles share one, if they differ by two misspelt words at most: a misspelt word keeps its first letter, and
    of three parts of the title one is whole."""
    heads = tuple(each[0] if _may_slip(each) else each for each in signs.words)
    yield from ((signs.year, heads, at, part) for at in range(SLIPS + 1) if (part := signs.words[at::SLIPS + 1]))


def _sounds(signs: Signs) -> Iterator[Hashable]:
    """Signs of which two titles share one, if one is the other romanised: the letters that are romanised in one way only, in every
    other word."""
    for at in (0, 1):
        if part := signs.words[at::2]:
            letters = re.sub(r"[^lmrbn\d ]", "", " ".join(part).translate(SKELETON))
            yield signs.year, len(signs.words), at, re.sub(r"([lmrbn])\1+", r"\1", letters)


def _may_slip(each: str) -> bool:
    """Whether a word may be a misspelt one: a number is not, nor a very short word."""
    return 3 < len(each) <= LONGEST_WORD and not re.search(r"\d", each)


def _may_be_one(one: Signs, other: Signs, effort: Effort) -> bool:
    """Whether nothing speaks against two entries of the same year being one work: another DOI, number, page or first author."""
    if one.doi and other.doi and one.doi != other.doi or any(a and b and a != b for a, b in zip(one.numbers, other.numbers, strict=True)):
        return False
    return not (one.person and other.person) or same_person(one.person, other.person, effort)


def same_person(one: tuple[str, str], other: tuple[str, str], effort: Effort | None = None) -> bool:
    """Whether two names, family and given, may be one person's: in the same letters or in Cyrillic and Latin ones."""
    (first, family, initials), (second, family_of_other, initials_of_other) = _read_person(one), _read_person(other)
    if {first, second} == {"CYRILLIC", "LATIN"}:
        cyrillic, latin = (" ".join(each)[:LONGEST_NAME] for each in ((one, other) if first == "CYRILLIC" else (other, one)))
        return (effort is None or effort.allows(cyrillic, latin)) and may_be_romanised(cyrillic, latin)
    return family == family_of_other and all(a == b for a, b in zip(initials, initials_of_other, strict=False))


@lru_cache(maxsize=16384)
def _read_person(name: tuple[str, str]) -> tuple[str, str, tuple[str, ...]]:
    """The script of a family name, the name folded, and the initials of the given name."""
    return (script(name[0][:LONGEST_NAME]), fold_name(name[0]),
            tuple(part[0] for part in re.findall(r"[^\W\d_]+", fold_name(name[1][:LONGEST_NAME]))))


def _same_title(one: Signs, other: Signs, effort: Effort) -> bool:
    """Whether two titles differ by misspelt words only, or by the script; a number that differs makes two titles of them."""
    if len(one.words) != len(other.words):
        return False
    if {one.script, other.script} == {"CYRILLIC", "LATIN"}:
        cyrillic, latin = (one.words, other.words) if one.script == "CYRILLIC" else (other.words, one.words)
        return all(pair[0] == pair[1] if any(map(str.isdigit, "".join(pair))) else effort.allows(*pair) and may_be_romanised(*pair)
                   for pair in zip(cyrillic, latin, strict=True))
    unlike = [pair for pair in zip(one.words, other.words, strict=True) if pair[0] != pair[1]]
    return len(unlike) <= min(SLIPS, len(one.words) - 1) and all(
        all(map(_may_slip, pair)) and pair[0][0] == pair[1][0] and effort.allows(*pair) and SequenceMatcher(None, *pair).ratio() >= SAME
        for pair in unlike)
