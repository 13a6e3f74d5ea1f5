"""SRC: entries of the reference files that could not be used as they were typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.reading import problems
from basylym.messages import Phrase
from basylym.model import Edition


@check("SRC-023", "“{found}” is no field of a reference, so that nothing reads it{hint}{others}", "correct its name, or take it out",
       severity="warning")
def entry_field_unknown(edition: Edition) -> Iterator[Found]:
    """A reference has a field that CSL, BibLaTeX or RIS does not know.

    Why: what stands under it is printed nowhere; most often it is a slip of the hand, or the field's name in another language. In
    BibTeX, where programs add fields of their own, only names that are almost a known one are told. A name is told once a file.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, editon: 2, issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, edition: 2, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы, keywords: үлгі}

    Source: CSL 1.0.2, standard variables; BibLaTeX manual, 2.2.
    """
    yield from _one_a_file(edition, "entry_field_unknown")


@check("SRC-024", "“{found}” is no type of a reference{hint}{others}", "name its type, so that it is printed as what it is",
       severity="warning")
def entry_type_unknown(edition: Edition) -> Iterator[Found]:
    """A reference is of a type that CSL, BibLaTeX or RIS does not know.

    Why: it is printed as any document, without what its true type has: the journal of an article, the place of a book.

    Bad::

        references:
          - {id: example, type: кітап, language: kk, title: Мысал кітап, issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Source: CSL 1.0.2, item types; BibLaTeX manual, 2.1.
    """
    yield from _one_a_file(edition, "entry_type_unknown")


def _one_a_file(edition: Edition, kind: str) -> Iterator[Found]:
    """The problems of a kind, each word once a file: a program makes the same mistake in every entry."""
    many = Counter((problem.place.path, problem.found) for problem in edition.problems if problem.kind == kind)
    for found in problems(edition, kind):
        if number := many.pop((found.place.path, found.found), 0):
            others = Phrase("; so it stands in {number} places of this file", number=number) if number > 1 else ""
            yield Found(found.place, found.found, found.expected, {**found.values, "others": others})


@check("SRC-025", "the key “{found}” has a blank in it", "write it as one word, here and where it is cited")
def key_with_blank(edition: Edition) -> Iterator[Found]:
    """The key of a reference is more than one word.

    Why: a citation ends at the blank, so that the entry can't be cited; it is left out.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: үлгі 2002, type: book, language: kk, title: Екінші кітап, issued: 2002, publisher: Үлгі, publisher-place: Алматы}
        text: |
          Мәтін [@example; @үлгі 2002].

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: үлгі-2002, type: book, language: kk, title: Екінші кітап, issued: 2002, publisher: Үлгі, publisher-place: Алматы}
        text: |
          Мәтін [@example; @үлгі-2002].

    Source: pandoc's manual, Citation syntax.
    """
    yield from problems(edition, "key_with_blank")


@check("SRC-026", "“{found}” in “{key}” stands without braces, and no @string before it says what it means",
       "put what is meant into braces, or the @string above this entry")
def string_unknown(edition: Edition) -> Iterator[Found]:
    """A value in BibTeX is the name of a @string that there is not, or that comes only further down.

    Why: the name itself is printed, not the journal or publisher that it should stand for.

    Bad::

        bib: |
          @article{second, author = {Үлгі, А.}, title = {Мысал}, journal = zhurnal, year = 2001, pages = {5--9}, langid = {kazakh}}
        text: |
          Мәтін [@example; @second].

    Good::

        bib: |
          @string{zhurnal = {Үлгі жаршысы}}
          @article{second, author = {Үлгі, А.}, title = {Мысал}, journal = zhurnal, year = 2001, pages = {5--9}, langid = {kazakh}}
        text: |
          Мәтін [@example; @second].

    Source: BibTeX's own syntax.
    """
    for problem in edition.problems:
        if problem.kind == "string_unknown":
            yield Found(problem.place, problem.found, values={"key": problem.expected})
