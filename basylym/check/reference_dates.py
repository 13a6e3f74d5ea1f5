"""REF: are the years, days and pages of each reference possible?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Day

from basylym.check import Found, check
from basylym.check.entries import DASHES, YEAR, date_of_article, date_parts, printed, word, words_of_date
from basylym.model import Edition
from basylym.read.entry import plain_date
from basylym.read.entry_fields import as_written

OLDEST = 1450
"""Before that year nothing was printed; manuscripts and inscriptions may be older."""
FIRST_PERIODICAL = 1605
"""Before that year nothing came out in numbers, neither newspapers nor journals."""
PERIODICAL = ("article-journal", "article-magazine", "article-newspaper", "periodical", "review")
ANCIENT = ("manuscript", "classic", "collection", "map", "graphic", "figure", "legal_case", "treaty")
UNPRINTED = (*ANCIENT, "document")
NO_YEAR = re.compile(r"(?<![\w.])(?:\d{3}[оОoOзЗlI]|[12]\d?[оОoOlI]\d{1,2}|[lI]\d{3}|\d{5,}|[3-9]\d{3})(?!\w)")
"""Letters typed for digits, and too many digits."""
TOO_SHORT = re.compile(r"\s*\d{1,3}(?:-\d{1,2}){0,2}\s*")
"""A year that lacks a digit."""
WORDY = re.compile(r"\d.*[^\W\d_]|[^\W\d_].*\d")
"""Letters beside figures."""
PAGES = re.compile(rf"(?<![\w.])([A-Za-z]?)(\d{{1,18}})\s*[{DASHES}]+\s*\1(\d{{1,18}})(?![\w.])")
WEB = ("webpage", "post", "post-weblog", "document", "")
"""Types that are a page of the web where they have an address; BibTeX's misc is of no type."""


@check("REF-015", "“{found}” is no possible date", "compare it with the source", draft="warning")
def date_impossible(edition: Edition) -> Iterator[Found]:
    """The year of a reference has a letter in it or the wrong number of digits, or there is no such month or day.

    Why: the source can't be found by it, and a month that is none is not printed. A year before printing is right for a manuscript only,
    one before 1605 for no newspaper or journal; for an old work in a new edition give the year of the edition.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 20О1, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: "[2001 ж. көктемі]", publisher: Үлгі,
             publisher-place: Алматы}

    Source: Basylym's own rule.
    """
    for entry in printed(edition):
        for field in ("issued", "accessed"):
            dates, words = date_parts(entry, field), words_of_date(entry, field)
            kind = entry.get("type")
            low = 1 if kind in UNPRINTED else FIRST_PERIODICAL if kind in PERIODICAL else OLDEST
            no_year = NO_YEAR.search(words) or TOO_SHORT.fullmatch(words) and (kind not in ANCIENT or not re.search("[1-9]", words))
            wrong = [plain_date(parts) for parts in dates if not low <= parts[0] < 2200 or not _is_day(parts)]
            for found in wrong or ([words] if not dates and no_year else []):
                yield Found(edition.article.find_reference(entry["id"], field), words if wrong and words else found)


def _is_day(parts: list[int]) -> bool:
    year, month, day = (*parts, 1, 1)[:3]
    if 21 <= month <= 24 and len(parts) == 2:  # the seasons of ISO 8601-2
        return True
    try:
        Day(max(year, 1), month, day)
    except ValueError:
        return False
    return True


@check("REF-050", "the date “{found}” has words in it", "write it in numbers alone: {expected}", severity="warning", draft="note")
def date_in_words(edition: Edition) -> Iterator[Found]:
    """The year of a reference is typed with the word for it, 1987 ж., or its day in words.

    Why: the style adds the words of the entry's own language, and a date in words can't be compared or sorted. A year that is plain is
    taken from among its words; any other date is printed as it was typed. What is put in square brackets is left as it is.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001 ж., publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: "[2001 ж. шамасы]", publisher: Үлгі,
             publisher-place: Алматы}

    Source: CSL-JSON, dates; Basylym's own rule.
    """
    for entry in printed(edition):
        for field in ("issued", "accessed"):
            words, dates = words_of_date(entry, field), date_parts(entry, field)
            if not WORDY.search(words) or words.startswith("[") or (not dates and NO_YEAR.search(words)):
                continue
            years = YEAR.findall(words)
            expected = "/".join(map(plain_date, dates)) or (years[0] if len(years) == 1 else "2001-05-17")
            yield Found(edition.article.find_reference(entry["id"], field), words, expected)


@check("REF-016", "the date {found} lies after the article's own, {expected}", "correct one of the two", severity="warning")
def date_in_future(edition: Edition) -> Iterator[Found]:
    """A source came out, or was looked at, after the article itself.

    Why: one of the two dates is wrong. The article's date is that of its publication, else of its acceptance or arrival; without any of
    them nothing is compared. A source's year is compared with the year.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2027, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2026, publisher: Үлгі, publisher-place: Алматы}

    Source: Basylym's own rule.
    """
    own = date_of_article(edition)
    for entry in printed(edition) if own else ():
        for parts in date_parts(entry):
            if own.year < parts[0] < 2200:
                yield Found(edition.article.find_reference(entry["id"], "issued"), str(parts[0]), str(own.year))
        for parts in date_parts(entry, "accessed"):
            if parts > [own.year, own.month, own.day][:len(parts)]:
                yield Found(edition.article.find_reference(entry["id"], "accessed"), plain_date(parts), own.isoformat())


@check("REF-017", "“{found}”: the last page comes before the first", "compare it with the source", draft="warning")
def pages_out_of_order(edition: Edition) -> Iterator[Found]:
    """The pages of a reference run backwards.

    Why: one of the two numbers is wrong. An end that is cut short, 176–81, is understood, where that makes fewer pages than the
    numbers changed, as in 100–90.

    Bad::

        references:
          - {id: example, type: article-magazine, language: kk, title: Мысал мақала, container-title: Үлгі, issued: 2001, page: 81–76}

    Good::

        references:
          - {id: example, type: article-magazine, language: kk, title: Мысал мақала, container-title: Үлгі, issued: 2001, page: 176–81}
        text: |
          Мәтін [@example].

    Source: Basylym's own rule.
    """
    for entry in printed(edition):
        for match in PAGES.finditer(word(entry, "page")):
            first, last = match[2], match[3]
            whole = int(first[:len(first) - len(last)] + last) if len(last) < len(first) else 0
            short = int(first) < whole and whole - int(first) < int(first) - int(last)
            if int(last) < int(first) and not short:
                yield Found(edition.article.find_reference(entry["id"], "page"), match[0])


@check("REF-018", "“{found}” is a page of the web without the day it was looked at", "add “{name}” and the day, 2026-01-31",
       severity="warning")
def access_date_missing(edition: Edition) -> Iterator[Found]:
    """A page of the web is cited without a date of access.

    Why: pages change; the date says which state was cited. A manuscript without a journal is not asked.

    Bad::

        references:
          - {id: example, type: webpage, language: kk, title: Мысал бет, URL: "https://journal.example/page"}

    Good::

        references:
          - {id: example, type: webpage, language: kk, title: Мысал бет, URL: "https://journal.example/page", accessed: 2026-01-05}

    Source: GOST R 7.0.5-2008, 10 (electronic resources: the date they were addressed).
    """
    for entry in printed(edition) if edition.issue else ():
        if entry.get("type", "") in WEB and entry.get("URL") and not entry.get("DOI") and not entry.get("accessed"):
            place = edition.article.find_reference(entry["id"])
            yield Found(place, entry["id"], values={"name": as_written("accessed", place.path)})
