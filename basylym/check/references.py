"""REF: is each reference whole, and listed once?"""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.entries import printed
from basylym.check.reading import problems
from basylym.check.twins import find_likely_twins, find_twins
from basylym.model import Edition
from basylym.read.entry_fields import as_written


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


@check("REF-002", "this reference has no key", "give it a word to cite it by: {example}")
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
    for found in problems(edition, "entry_without_key"):
        written = as_written("id", found.place.path)
        example = written.replace("key", "ivanov2019") if "key" in written else f"{written} ivanov2019"
        yield Found(found.place, values={"example": example})


@check("REF-003", "the title of the reference “{found}” is missing", "add “{name}”", draft="warning")
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
            place = edition.article.find_reference(reference["id"])
            yield Found(place, reference["id"], values={"name": as_written("title", place.path)})


@check("REF-004", "the entry “{found}” can't be read", "see whether {expected}")
def entry_broken(edition: Edition) -> Iterator[Found]:
    """An entry is damaged; the others are used.

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

    Source: the syntax of BibTeX, RIS, YAML 1.2.2 and JSON.
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

    Why: it gets two numbers, and the counts of sources are wrong. Each entry is told once, with the first one it repeats.

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
    for entry, earlier in find_twins(printed(edition)):
        yield Found(edition.article.find_reference(entry["id"]), entry["id"], earlier["id"])


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
    for entry, earlier in find_likely_twins(printed(edition)):
        yield Found(edition.article.find_reference(entry["id"], "title"), entry["id"], earlier["id"])
