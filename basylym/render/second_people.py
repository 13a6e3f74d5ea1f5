"""The people of the second list: authors, editors and translators, romanised and in a pattern's form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from basylym.fields import Name
from basylym.model import FrontMatter
from basylym.read.entry_names import OTHERS, read_people
from basylym.read.patterns import Names
from basylym.typography.letters import CYRILLIC

SCHWA = str.maketrans("əƏ", "әӘ")
"""A Latin letter and the Kazakh one that it is typed for."""


def write_people(given: Any, own: bool, way: Names, front: FrontMatter, romanise: Callable[[str], str],
                 mark: Callable[[str, object], Markup]) -> Markup:
    """People as a pattern writes them; `own` where they stand in their own Latin spelling.

    `romanise` writes Cyrillic in Latin letters, `mark` makes HTML of text and says whether it is romanised.
    """
    people = [person for each in (given if isinstance(given, list) else [given] if given else []) for person in read_people(each)]
    cut = bool(people) and _is_others(people[-1])
    people = people[:-1] if cut else people
    written = [_write(person, own, way, front, romanise, mark) for person in people]
    shown = written
    if way.most is not None and len(written) > way.most:
        cut, shown = True, written[:way.shown]
    if len(shown) > 1 and not cut and way.last is not None:
        return Markup(escape(way.between)).join(shown[:-1]) + way.last + shown[-1]
    return Markup(escape(way.between)).join(shown) + (way.others if cut and shown else "")


def _is_others(person: Mapping[str, Any]) -> bool:
    """Whether a name is the «and others» of BibTeX, or those words in any of the languages."""
    words = str(person.get("literal") or ("" if person.get("given") else person.get("family")) or "")
    return bool(OTHERS.fullmatch(f" {words}"))


def _write(person: Mapping[str, Any], own: bool, way: Names, front: FrontMatter, romanise: Callable[[str], str],
           mark: Callable[[str, object], Markup]) -> Markup:
    """One name."""
    if "literal" in person or not person.get("family"):
        words = str(person.get("literal") or person.get("given") or "").strip(" ,;:/")
        return mark(words, CYRILLIC.search(words))
    family = " ".join(str(person[part]).strip() for part in ("non-dropping-particle", "family") if person.get(part)).strip(" ,;:/")
    given = str(person.get("given") or "")
    if CYRILLIC.search(family):
        given = given.translate(SCHWA)
    initials = _initials(given)
    if not own and CYRILLIC.search(family) and (name := _own_author(front, family, initials)):
        theirs = _initials(name.initials)
        family, initials = name.family, [*theirs, *initials[len(theirs):]]
    cyrillic = CYRILLIC.search(family)
    short = [romanise(each) for each in initials]
    if way.initials == "bare":
        short = [each.replace(".", "") for each in short]
    joined = (" " if way.initials == "apart" else "").join(short)
    form = way.form if joined else "{family}"
    suffix = f", {person['suffix']}" if person.get("suffix") else ""
    return mark(form.format(family=romanise(family), initials=joined) + suffix, cyrillic) if cyrillic else \
        escape((str if own else curl)(form.format(family=family, initials=joined) + suffix))


def curl(text: str) -> str:
    """Words in Latin letters with the apostrophes and quotation marks of print."""
    return re.sub(r"(?<=\w)'", "’", re.sub(r'(?<!\w)"([^"]+)"(?!\w)', r"“\1”", text))


def _initials(given: str) -> list[str]:
    """«Н.», «Ә.» of «Нұр Әліұлы»; a double name keeps its hyphen, S.-H., and an initial of two letters both, Дж."""
    parts = re.sub(r"\.\s*[-‐‑]\s*", ".-", re.sub(r"\.(?![-‐‑\s])", ". ", given.strip(" ,;:/"))).split()
    return ["-".join(_initial(bit) for bit in re.split("[-‐‑]", part) if bit.strip(".")) for part in parts if part.strip(".-‐‑")]


def _initial(word: str) -> str:
    """A word's initial: what has its full stop already stays."""
    return word if len(word) == 3 and word.endswith(".") and word[1].islower() else word[:1] + "."


def _own_author(front: FrontMatter, family: str, initials: list[str]) -> Name | None:
    """The English name in the front matter of the author whose family name and first initial these are."""
    for author in front.authors:
        for tag, name in author.name.items():
            if tag != "en" and "en" in author.name and name.family.casefold() == family.casefold():
                own = name.initials.split()
                if not own or not initials or own[0] == initials[0]:
                    return author.name["en"]
    return None
