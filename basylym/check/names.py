"""FM: do the authors' names in Latin letters belong to those in Cyrillic?"""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.languages import script, script_of
from basylym.messages import LanguageName
from basylym.model import Edition
from basylym.typography.romanisation import may_be_romanised

COMPARED = 50
"""Where more authors than this have names that don't fit, they are not compared with one another: five hundred would take a minute."""


def _spellings(edition: Edition, number: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """An author's names in Cyrillic and in Latin letters: (language, whole name)."""
    names = [(tag, name.full) for tag, name in edition.front.authors[number].name.items()]
    return ([each for each in names if script(each[1]) == "CYRILLIC"],
            [each for each in names if script(each[1]) == "LATIN" and script_of(edition, each[0]) == "LATIN"])


def _fits(edition: Edition, one: int, other: int) -> bool:
    """Whether some Latin spelling of one author may be some Cyrillic one of another."""
    cyrillic, _ = _spellings(edition, other)
    _, latin = _spellings(edition, one)
    return any(may_be_romanised(theirs, ours) for _, theirs in cyrillic for _, ours in latin)


def _misnamed(edition: Edition) -> list[int]:
    """The authors whose Latin names are no spelling of their Cyrillic ones."""
    return [number for number in range(len(edition.front.authors))
            if all(_spellings(edition, number)) and not _fits(edition, number, number)]


def _others(misnamed: list[int]) -> list[int]:
    """Those whose names may have changed places with one another's."""
    return misnamed if len(misnamed) <= COMPARED else []


@check("FM-071", "the family name and the given name of author {number} have changed places in {language}", "put each under its own key",
       draft="warning")
def name_parts_swapped(edition: Edition) -> Iterator[Found]:
    """In Latin letters an author's given name stands where the family name belongs.

    Why: every index files the author under it.

    Bad::

        authors:
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Yerlan, Mysalov"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Good::

        authors:
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: Basylym's own rule.
    """
    for number, author in enumerate(edition.front.authors):
        cyrillic = [name for name in author.name.values() if script(name.full) == "CYRILLIC" and name.given]
        for tag, name in author.name.items():
            if script_of(edition, tag) != "LATIN" or script(name.full) != "LATIN" or not name.given or not cyrillic:
                continue
            right = any(may_be_romanised(other.family, name.family) for other in cyrillic)
            crossed = any(may_be_romanised(other.given or "", name.family) and may_be_romanised(other.family, name.given)
                          for other in cyrillic)
            if crossed and not right:
                yield Found(edition.article.places.find("authors", number, "name", tag), name.inverted,
                            values={"number": number + 1, "language": LanguageName(tag)})


@check("FM-030", "the Latin name of author {number} is that of author {other}", "put each author's names together", draft="warning")
def names_out_of_order(edition: Edition) -> Iterator[Found]:
    """The authors' names stand in another order in one language than in the others.

    Why: an article would be counted to its authors wrongly.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Mysalov, Yerlan"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Ulgi, Avtor"}
            affiliations: one

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one

    Source: Basylym's own rule.
    """
    for number in (misnamed := _misnamed(edition)):
        other = next((each for each in _others(misnamed) if each != number and _fits(edition, number, each)), None)
        if other is not None:
            tag, name = _spellings(edition, number)[1][0]
            yield Found(edition.article.places.find("authors", number, "name", tag), name,
                        values={"number": number + 1, "other": other + 1})


@check("FM-031", "“{found}” is hardly a spelling of “{expected}”", "compare the two; where the author signs so, allow it with a reason",
       severity="warning", draft="note")
def romanisation_implausible(edition: Edition) -> Iterator[Found]:
    """An author's name in Latin letters is no plausible romanisation of the Cyrillic one.

    Why: a slip makes another person of the author in every database. Every scheme in use is accepted, and letters that people
    choose themselves.

    Bad::

        authors:
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Primerova, Anna"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Good::

        authors:
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: the tables of transliteration in use for Kazakh and Russian (BGN/PCGN, ALA-LC, ISO 9, the Kazakh alphabet of 2021).
    """
    for number in (misnamed := _misnamed(edition)):
        if any(each != number and _fits(edition, number, each) for each in _others(misnamed)):
            continue
        tag, name = _spellings(edition, number)[1][0]
        yield Found(edition.article.places.find("authors", number, "name", tag), name, _spellings(edition, number)[0][0][1])
