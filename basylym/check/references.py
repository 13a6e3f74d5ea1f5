"""REF: is each reference whole, and listed once?"""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.reading import problems
from basylym.model import Edition


@check("REF-001", "the key “{found}” is taken by {expected}", "give one of the two another key, or take it out")
def duplicate_entry(edition: Edition) -> Iterator[Found]:
    """Two references have the same key.

    Why: only the first is used, and citations of the second lead to the wrong source.

    Bad::

        references:
          - {id: example, type: book, title: Бірінші, issued: 2001}
          - {id: example, type: book, title: Екінші, issued: 2002}

    Good::

        references:
          - {id: example, type: book, title: Бірінші, issued: 2001}

    Source: CSL 1.0.2 and CSL-JSON, `id`.
    """
    yield from problems(edition, "duplicate_entry")


@check("REF-002", "this reference has no key", "add “id:” and a word to cite it by")
def entry_without_key(edition: Edition) -> Iterator[Found]:
    """A reference has no key.

    Why: it can't be cited, so it can't be printed.

    Bad::

        references:
          - {id: example, type: book, title: Бірінші, issued: 2001}
          - {type: book, title: Екінші}

    Good::

        references:
          - {id: example, type: book, title: Бірінші, issued: 2001}

    Source: CSL-JSON, `id`.
    """
    yield from problems(edition, "entry_without_key")


@check("REF-003", "the title of the reference “{found}” is missing", "add “title:”", draft="warning")
def entry_title_missing(edition: Edition) -> Iterator[Found]:
    """A reference has no title.

    Why: nobody can find the source; words that say so are printed in its place.

    Bad::

        references:
          - {id: example, type: book, author: [{family: Абай}], issued: 2001}

    Good::

        references:
          - {id: example, type: book, title: Кітап, issued: 2001}

    Source: GOST 7.1-2003, 5.2 (the title proper is a compulsory element).
    """
    for reference in edition.article.references:
        if not reference.get("title"):
            yield Found(edition.article.reference_places.get(reference["id"], edition.article.places.find("bibliography")),
                        reference["id"])


@check("REF-004", "the entry “{found}” can't be read", "see whether every brace and quote is closed and every field ends in a comma")
def entry_broken(edition: Edition) -> Iterator[Found]:
    """A BibTeX entry is damaged; the others are used.

    Why: what the entry says can't be printed.

    Bad::

        bib: |
          @book{broken, title = {Кітап, year = 2001
          @book{second, title = {Екінші}, year = 2002}
        text: |
          Мәтін [@example; @second].

    Good::

        bib: |
          @book{second, title = {Екінші}, year = 2002}
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
          @book{first, title = {Бірінші}, year = 2001}
          @inbook{second, title = {Екінші}, crossref = {first}}
        text: |
          Мәтін [@example; @first; @second].

    Source: BibLaTeX manual, 2.4.1.
    """
    yield from problems(edition, "entry_circular")
