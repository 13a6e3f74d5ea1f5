"""Which entry of the second list is the same work as one of the first, and which entry a field of a citation program cites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from basylym.identifiers import bare_doi
from basylym.intake.entry_words import YEAR
from basylym.intake.reference_lists import Typed
from basylym.typography.letters import CYRILLIC
from basylym.typography.romanisation import fold_name, may_be_romanised
from basylym.typography.transliteration import transliterate

Entry = Mapping[str, Any]
ENOUGH = 0.5
"""How alike two strings must be to be the same work."""


def fold(text: str) -> str:
    """Letters and digits alone, small, in Latin letters."""
    return _fold(text[:400])


@lru_cache(maxsize=8192)
def _fold(text: str) -> str:
    if CYRILLIC.search(text):
        text = transliterate(text, "ascii", "kk")
    return re.sub(r"[\W_]", "", fold_name(text))


def year_of(entry: Entry) -> str:
    """The year of an entry, with its dates in whichever form."""
    issued = entry.get("issued")
    if isinstance(issued, dict):
        parts = issued.get("date-parts") or [[]]
        words = issued.get("raw") or issued.get("literal") or ""
        issued = (parts[0] or [""])[0] if parts and isinstance(parts[0], (list, tuple)) else words
    found = re.search(YEAR, str(issued or ""))
    return found[0] if found else ""


def first_name(entry: Entry) -> str:
    """The family name that an entry begins with."""
    people = entry.get("author") or entry.get("editor") or ()
    person = people[0] if isinstance(people, (list, tuple)) and people else {}
    return str(person.get("family") or person.get("literal") or "") if isinstance(person, dict) else ""


def pair_lists(first: Sequence[tuple[Typed, Entry]], second: Sequence[tuple[Typed, Entry]]) -> dict[int, tuple[int, bool]]:
    """For places in the first list the place of the same work in the second, and whether that is sure; each is taken once.

    The same number, or the same place in lists without numbers, comes first; where what stands there is another work, the rest
    is looked through for one that is more alike.
    """
    by_number = {typed.number: place for place, (typed, _) in enumerate(second) if typed.number}
    likes: dict[tuple[int, int], float] = {}

    def alike(one: int, other: int) -> float:
        if (one, other) not in likes:
            likes[one, other] = _alike(*first[one], *second[other])
        return likes[one, other]

    found: dict[int, tuple[int, bool]] = {}
    free = set(range(len(second)))
    for place, (typed, _) in enumerate(first):
        other = by_number.get(typed.number) if typed.number else place if place < len(second) else None
        if other in free and alike(place, other) >= ENOUGH:
            found[place] = (other, True)
            free.discard(other)
    if len(first) * max(1, len(free)) <= 60_000:
        for place in (each for each in range(len(first)) if each not in found):
            best = max(sorted(free), key=lambda other: alike(place, other), default=None)
            if best is not None and alike(place, best) >= ENOUGH:
                found[place] = (best, True)
                free.discard(best)
    if len(first) == len(second):  # what is left stands under its number, unless it is plainly another's
        for place, (typed, _) in enumerate(first):
            other = by_number.get(typed.number, place)
            if place not in found and other in free and alike(place, other) > 0.15:
                found[place] = (other, False)
                free.discard(other)
    return found


def _alike(typed: Typed, entry: Entry, other_typed: Typed, other: Entry) -> float:
    """How alike two strings are: names, years, numbers, and letters where both are in one alphabet."""
    if entry.get("DOI") and other.get("DOI"):
        return 1.0 if bare_doi(str(entry["DOI"])).lower() == bare_doi(str(other["DOI"])).lower() else 0.0
    if fold(typed.text) == fold(other_typed.text):
        return 1.0
    name, latin = first_name(entry), first_name(other)
    same_name = None
    if name and latin:
        same_name = may_be_romanised(name, latin) if CYRILLIC.search(name) and not CYRILLIC.search(latin) else fold(name) == fold(latin)
    years = year_of(entry), year_of(other)
    numbers, others = (set(re.findall(r"\d+", each.text)) for each in (typed, other_typed))
    numbers, others = numbers - {typed.number, *years}, others - {other_typed.number, *years}
    shared = len(numbers & others) / max(1, min(len(numbers), len(others))) if numbers and others else 0.0
    title = _share(str(entry.get("title", "")), str(other.get("title", "")))
    score = 0.35 * (same_name is True) + 0.2 * bool(years[0] and years[0] == years[1]) + 0.25 * shared + 0.4 * title
    return max(0.0, score - 0.3 * (same_name is False) - 0.15 * bool(all(years) and years[0] != years[1]))


def _share(one: str, other: str) -> float:
    """What part of the pairs of letters of two titles is common."""
    first, second = ({text[at:at + 3] for at in range(len(text) - 2)} for text in (fold(one), fold(other)))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def find_entry(item: Entry, entries: Sequence[Entry]) -> str:
    """The id of the entry that a field's work is; empty where there is none."""
    doi = bare_doi(str(item.get("DOI") or "")).lower()
    if doi:
        for entry in entries:
            if bare_doi(str(entry.get("DOI") or "")).lower() == doi:
                return str(entry["id"])
    title, year = fold(str(item.get("title") or "")), year_of(item)
    if not title:
        return ""
    for entry in entries:
        if fold(str(entry.get("title") or "")) == title and (not year or year_of(entry) in ("", year)):
            return str(entry["id"])
    for entry in entries:
        near = _share(str(item.get("title") or ""), str(entry.get("title") or ""))
        if near > 0.8 and year == year_of(entry) or near > 0.3 and year and year == year_of(entry) and fold(first_name(item)) == fold(
                first_name(entry)) != "" and title[:12] in fold(str(entry.get("note") or "")):
            return str(entry["id"])
    return ""


def _is_body(entry: Entry, name: str) -> bool:
    """Whether a name is that of a body, whose first word names it as well as its last."""
    return any(isinstance(each, dict) and each.get("literal") == name for each in entry.get("author") or ())


def name_entry(entry: Entry, taken: set[str], number: str = "") -> str:
    """A key for an entry: its first name and year, else the first word of its title; a letter after it where that is taken."""
    latin = entry.get("author-latin") or ()
    person = latin[0] if latin and isinstance(latin[0], dict) else {}
    name = str(person.get("family") or "") or first_name(entry)
    words = re.findall(r"[^\W\d_]{2,}", name) or re.findall(r"[^\W\d_]{3,}", str(entry.get("title") or ""))
    last = bool(name) and len(words) > 1 and len(words[0]) < 4 and not _is_body(entry, name)
    base = fold(words[-1 if last else 0])[:24] if words else ""
    base = re.sub(r"[^a-z0-9]", "", base)
    year = year_of(entry)
    key = "-".join(filter(None, (base, year))) if base else f"source-{number or len(taken) + 1}"
    named, letters = key, iter("bcdefghijklmnopqrstuvwxyz")
    while named in taken:
        letter = next(letters, "")
        named = f"{key}{letter}" if letter and key[-1].isdigit() else f"{key}-{letter or len(taken) + 1}"
    taken.add(named)
    return named
