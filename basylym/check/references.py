"""REF: is each reference whole, and listed once?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from basylym.check import Found, check
from basylym.check.entries import Entry, names, printed, word, year
from basylym.check.languages import script
from basylym.check.reading import problems
from basylym.model import Edition
from basylym.read.retractions import fold_doi, fold_title
from basylym.typography.romanisation import fold_name, may_be_romanised

SAME = 0.8
"""How alike two words are, of which one is misspelt (difflib's ratio)."""
SLIPS = 2
"""So many words of a title may be misspelt."""


@check("REF-001", "the key “{found}” is taken by {expected}", "give one of the two another key, or take it out")
def duplicate_entry(edition: Edition) -> Iterator[Found]:
    """Two references have the same key.

    Why: only the first is used, and citations of the second lead to the wrong source.

    Bad::

        references:
          - {id: example, type: book, title: Бірінші, issued: 2001, language: kk, publisher: Үлгі, publisher-place: Алматы}
          - {id: example, type: book, title: Екінші, issued: 2002, language: kk, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, title: Бірінші, issued: 2001, language: kk, publisher: Үлгі, publisher-place: Алматы}

    Source: CSL 1.0.2 and CSL-JSON, `id`.
    """
    yield from problems(edition, "duplicate_entry")


@check("REF-002", "this reference has no key", "add “id:” and a word to cite it by")
def entry_without_key(edition: Edition) -> Iterator[Found]:
    """A reference has no key.

    Why: it can't be cited, so it can't be printed.

    Bad::

        references:
          - {id: example, type: book, title: Бірінші, issued: 2001, language: kk, publisher: Үлгі, publisher-place: Алматы}
          - {type: book, title: Екінші}

    Good::

        references:
          - {id: example, type: book, title: Бірінші, issued: 2001, language: kk, publisher: Үлгі, publisher-place: Алматы}

    Source: CSL-JSON, `id`.
    """
    yield from problems(edition, "entry_without_key")


@check("REF-003", "the title of the reference “{found}” is missing", "add “title:”", draft="warning")
def entry_title_missing(edition: Edition) -> Iterator[Found]:
    """A reference has no title.

    Why: nobody can find the source; words that say so are printed in its place.

    Bad::

        references:
          - {id: example, type: book, author: [{family: Абай}], issued: 2001, language: kk, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, title: Кітап, issued: 2001, language: kk, publisher: Үлгі, publisher-place: Алматы}

    Source: GOST 7.1-2003, 5.2 (the title proper is a compulsory element).
    """
    for reference in edition.article.references:
        if not reference.get("title"):
            yield Found(edition.article.find_reference(reference["id"]), reference["id"])


@check("REF-004", "the entry “{found}” can't be read", "see whether every brace and quote is closed and every field ends in a comma")
def entry_broken(edition: Edition) -> Iterator[Found]:
    """A BibTeX entry is damaged; the others are used.

    Why: what the entry says can't be printed.

    Bad::

        bib: |
          @book{broken, title = {Кітап, year = 2001
          @book{second, title = {Екінші}, year = 2002, publisher = {Үлгі}, address = {Алматы}, langid = {kazakh}}
        text: |
          Мәтін [@example; @second].

    Good::

        bib: |
          @book{second, title = {Екінші}, year = 2002, publisher = {Үлгі}, address = {Алматы}, langid = {kazakh}}
        text: |
          Мәтін [@example; @second].

    Source: BibTeX's own syntax.
    """
    yield from problems(edition, "entry_broken")


@check("REF-005", "“{found}” takes its data from itself by way of {expected}", "take out one of the crossref fields")
def entry_circular(edition: Edition) -> Iterator[Found]:
    """BibTeX entries inherit from one another in a circle.

    Why: the circle has no end; none of them can be read.

    Bad::

        bib: |
          @book{first, title = {Бірінші}, crossref = {second}}
          @book{second, title = {Екінші}, crossref = {first}}

    Good::

        bib: |
          @book{first, title = {Бірінші}, year = 2001, publisher = {Үлгі}, address = {Алматы}, langid = {kazakh}}
          @inbook{second, title = {Екінші}, crossref = {first}, author = {Үлгі, Автор}, pages = {5--9}, langid = {kazakh}}
        text: |
          Мәтін [@example; @first; @second].

    Source: BibLaTeX manual, 2.4.1.
    """
    yield from problems(edition, "entry_circular")


@check("REF-007", "“{found}” is the same work as “{expected}”", "keep one of the two, and cite it in both places", draft="warning")
def work_listed_twice(edition: Edition) -> Iterator[Found]:
    """The printed list holds one work under two keys: the same DOI, or the same title, year and numbers.

    Why: it gets two numbers, and the counts of sources are wrong.

    Bad::

        references:
          - {id: example, type: article-journal, language: kk, author: [{family: Үлгі}], title: Мысал мақала, container-title: Үлгі,
             issued: 2001, page: 5–9, DOI: 10.5555/One}
          - {id: again, type: article-journal, language: kk, author: [{family: Үлгі}], title: Мысал, container-title: Үлгі,
             issued: 2001, page: 5–9, DOI: https://doi.org/10.5555/one}
        text: |
          Мәтін [@example; @again].

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, volume: 1, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: again, type: book, language: kk, title: Мысал кітап, volume: 2, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
        text: |
          Мәтін [@example; @again].

    Source: DOI Handbook, 2.4 (capitals make no difference); Basylym's own rule.
    """
    for one, other in _pairs(printed(edition)):
        if _same_doi(one, other) or fold_title(word(one, "title")) == fold_title(word(other, "title")) != "" and _may_be_one(one, other):
            yield Found(edition.article.find_reference(other["id"]), other["id"], one["id"])


@check("REF-008", "“{found}” may be the same work as “{expected}”", "compare the two; where both are right, allow it with a reason",
       severity="warning", draft="note")
def work_perhaps_twice(edition: Edition) -> Iterator[Found]:
    """Two works of the same year and first author have almost the same title, or the same title in Cyrillic and in Latin letters.

    Why: most often it is one work, once misspelt or once romanised, that gets two numbers.

    Bad::

        references:
          - {id: example, type: book, language: ru, author: ["Примеров, И. И."], title: История образцовых изданий, issued: 2001,
             publisher: Пример, publisher-place: Алматы}
          - {id: again, type: book, language: ru, author: ["Примеров, И."], title: История образцовых изданиий, issued: 2001,
             publisher: Пример, publisher-place: Алматы}
        text: |
          Мәтін [@example; @again].

    Good::

        references:
          - {id: example, type: book, language: ru, author: ["Примеров, И. И."], title: История образцовых изданий, issued: 2001,
             publisher: Пример, publisher-place: Алматы}
          - {id: again, type: book, language: ru, author: ["Примеров, И. И."], title: История образцовых журналов, issued: 2001,
             publisher: Пример, publisher-place: Алматы}
        text: |
          Мәтін [@example; @again].

    Source: Basylym's own rule.
    """
    for one, other in _pairs(printed(edition)):
        first, second = word(one, "title"), word(other, "title")
        if fold_title(first) != fold_title(second) and not _same_doi(one, other) and year(one) and _may_be_one(one, other) \
                and names(one) and names(other) and _same_title(first, second):
            yield Found(edition.article.find_reference(other["id"], "title"), other["id"], one["id"])


def _pairs(entries: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The pairs that may be one work: of the same year, or with the same DOI; each second one once."""
    groups: dict[object, list[Entry]] = {}
    told = set()
    for entry in entries:
        for sign in (("year", year(entry)), ("doi", fold_doi(entry.get("DOI")))):
            for other in groups.get(sign, ()) if sign[1] or sign[0] == "year" else ():
                if (other["id"], entry["id"]) not in told:
                    told.add((other["id"], entry["id"]))
                    yield other, entry
            groups.setdefault(sign, []).append(entry)


def _same_doi(one: Entry, other: Entry) -> bool:
    dois = [{fold_doi(each.get("DOI")), fold_doi(each.get("URL"))} - {""} for each in (one, other)]
    return bool(dois[0] & dois[1])


def _may_be_one(one: Entry, other: Entry) -> bool:
    """Whether nothing speaks against two entries of the same year being one work: another DOI, number, page or first author."""
    dois = fold_doi(one.get("DOI")), fold_doi(other.get("DOI"))
    if all(dois) and dois[0] != dois[1]:
        return False
    for field in ("volume", "issue", "page", "number", "edition", "collection-number", "archive_location", "URL"):
        values = [re.split(r"\W", word(each, field))[0] if field == "page" else word(each, field) for each in (one, other)]
        if all(values) and values[0] != values[1]:
            return False
    first, second = names(one)[:1], names(other)[:1]
    return not (first and second) or same_person(*first, *second)


def same_person(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two names, family and given, may be one person's: in the same letters or in Cyrillic and Latin ones."""
    scripts = [script(name[0]) for name in (one, other)]
    if set(scripts) == {"CYRILLIC", "LATIN"}:
        cyrillic, latin = (one, other) if scripts[0] == "CYRILLIC" else (other, one)
        return may_be_romanised(" ".join(cyrillic), " ".join(latin))
    initials = [[part[0] for part in re.findall(r"[^\W\d_]+", fold_name(name[1]))] for name in (one, other)]
    return fold_name(one[0]) == fold_name(other[0]) and all(a == b for a, b in zip(*initials, strict=False))


def _same_title(first: str, second: str) -> bool:
    """Whether two titles differ by misspelt words only, or by the script; a number that differs makes two titles of them."""
    ones, others = (re.findall(r"\w+", title.casefold()) for title in (first, second))
    if len(ones) != len(others) or len("".join(ones)) < 12:
        return False
    if {script(first), script(second)} == {"CYRILLIC", "LATIN"}:
        cyrillic, latin = (ones, others) if script(first) == "CYRILLIC" else (others, ones)
        return all(may_be_romanised(*pair) if not any(map(str.isdigit, pair)) else pair[0] == pair[1]
                   for pair in zip(cyrillic, latin, strict=True))
    unlike = [pair for pair in zip(ones, others, strict=True) if pair[0] != pair[1]]
    return len(unlike) <= min(SLIPS, len(ones) - 1) and all(
        min(map(len, pair)) > 3 and pair[0][:1] == pair[1][:1] and SequenceMatcher(None, *pair).ratio() >= SAME
        and not re.search(r"\d", "".join(pair)) for pair in unlike)
