"""A head that names its authors once in each language, line by line, and their organisations too: made one head for each language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from basylym.intake.affiliations import Place
from basylym.intake.entry_language import KAZAKH
from basylym.intake.heads import Head
from basylym.intake.names import Person
from basylym.intake.same_names import alike

CYRILLIC = re.compile("[\u0400-\u04ff]")


def split_head(head: Head, article: str) -> list[Head]:
    """The heads that a head is made of; it alone where it names its authors once."""
    lines = [list(group) for _, group in groupby(head.authors, key=lambda person: person.block)]
    count = len(lines)
    if not 1 < count < 4 or len({len(line) for line in lines}) > 1 or any(
            not alike(first, other) for line in lines[1:] for first, other in zip(lines[0], line, strict=True)):
        return [head]
    tags = _tags(lines, article)
    if len(set(tags)) < count:
        return [head]
    turns = _turns(head.places, count)
    heads = [Head(tag=tag, authors=line, places=[place for place, turn in zip(head.places, turns, strict=True) if turn == at])
             for at, (tag, line) in enumerate(zip(tags, lines, strict=True))]
    for each in heads:
        if len(each.places) == 1 and not each.places[0].marks:
            each.held = dict.fromkeys(range(len(each.authors)), each.places[0])
    heads[-1].emails, heads[-1].orcids = head.emails, head.orcids
    return heads


def _tags(lines: Sequence[Sequence[Person]], article: str) -> list[str]:
    """The language of each line of authors: by its letters; one that has none of its own is in what is left."""
    found = []
    for line in lines:
        names = " ".join(f"{person.family} {person.given} {person.patronymic}" for person in line)
        found.append("en" if not CYRILLIC.search(names) else "kk" if KAZAKH.search(names) else "")
    for at, tag in enumerate(found):
        if not tag:
            found[at] = next((each for each in dict.fromkeys((article, "ru", "kk")) if each not in found and each != "en"), "")
    return found


def _turns(places: Sequence[Place], count: int) -> list[int]:
    """Of each organisation the line of authors it belongs to: its mark's first, second or third time; without marks, its turn."""
    turns, seen = [], dict[tuple[str, ...], int]()
    for place in places:
        turns.append(seen.get(place.marks, 0))
        seen[place.marks] = turns[-1] + 1
    if all(times == count for times in seen.values()):
        return turns
    each = len(places) // count
    return [min(at // each, count - 1) if each else 0 for at in range(len(places))]
