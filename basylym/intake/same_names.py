"""Whether two names, in whatever language and letters, may be one person's."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from basylym.intake.labels import skeleton
from basylym.intake.names import Person
from basylym.languages import language
from basylym.typography.romanisation import may_be_romanised
from basylym.typography.transliteration import slug


@cache
def _plain() -> dict[int, str]:
    return str.maketrans({own: typed for own, typed in language("kk").slips.plain.items()})


def alike(first: Person, second: Person) -> bool:
    """Whether two names may be one person's."""
    latin = [each.family[:1] < "\u0250" for each in (first, second)]
    if latin[0] != latin[1]:
        ours, theirs = (second, first) if latin[0] else (first, second)
        return may_be_romanised(f"{ours.family} {ours.given}", f"{theirs.family} {theirs.given}") or _close(
            slug(ours.family, "kk"), slug(theirs.family, "en"))
    names = [_as_typed(each.family) for each in (first, second)]
    return _close(*names) and (not first.given or not second.given or _as_typed(first.given[0]) == _as_typed(second.given[0]))


def either_way(person: Person) -> list[Person]:
    """A name of two words, and the same the other way round: «Toktar Zarina»."""
    if person.patronymic or not person.given or "." in person.given or " " in person.given:
        return [person]
    return [person, replace(person, family=person.given, given=person.family)]


def _as_typed(name: str) -> str:
    """A name's skeleton without the letters that a Russian keyboard lacks."""
    return skeleton(name.lower().translate(_plain()))


def _close(first: str, second: str) -> bool:
    return first == second or _one_place(first, second) or (
        min(len(first), len(second)) > 4 and first[:4] == second[:4] and abs(len(first) - len(second)) < 3)


def _one_place(first: str, second: str) -> bool:
    """Whether two long names differ in one place only, «Бейісбекова» and «Беисбекова», by two letters at most."""
    short, long = sorted((first, second), key=len)
    if len(short) < 7 or short[0] != long[0]:
        return False
    begin = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    end = next((at for at in range(len(short)) if short[-1 - at] != long[-1 - at]), len(short))
    return begin + end >= len(long) - 2
