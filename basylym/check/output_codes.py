"""OUT: what the finished files say of where an article stands: its DOI, dates, pages, licence and issue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.outputs import (
    BUILD,
    DIFFERS,
    NOTHING,
    Difference,
    at,
    carries_metadata,
    compare_outputs,
    compare_plain,
    counted_last_page,
    last_page,
    license_words,
    said_of,
    seen,
)
from basylym.languages import language
from basylym.messages import Phrase
from basylym.model import Edition, Place
from basylym.output import Output
from basylym.typography.compare import letters


@check("OUT-008", DIFFERS, BUILD)
def doi_differs(edition: Edition) -> Iterator[Found]:
    """A finished file has another DOI, or none.

    Why: the DOI leads from every citation to the article; another one leads to another article.

    Bad::

        outputs: {pdf: {"<prism:doi>10.5555/specimen<": "<prism:doi>10.5555/another<"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    doi, place = edition.front.doi or "", at(edition, "doi")

    def same(value: str) -> bool:
        return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*|urn:doi:)", "", value.strip(), flags=re.I).lower() == doi.lower()

    def compare(output: Output) -> Iterator[Difference]:
        yield from compare_plain(output, "doi", doi or NOTHING, place, same, bool(doi) and carries_metadata(edition, output))
        if doi and "doi" in edition.journal.codes and letters(doi) not in seen(output):
            yield Difference(doi, place)

    yield from compare_outputs(edition, compare)


@check("OUT-009", DIFFERS, BUILD)
def dates_differ(edition: Edition) -> Iterator[Found]:
    """A finished file has another day of publication, or does not print one of the article's dates.

    Why: who was first is told by these days, and indexes take the year of an article from its file.

    Bad::

        outputs: {epub: {"<dc:date>2026-03-30": "<dc:date>2025-03-30"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    day, place = edition.date, at(edition, "dates", "published")

    def same(value: str) -> bool:
        digits = "".join(re.findall(r"\d+", value.partition("T")[0]))
        return len(digits) >= 4 and day is not None and day.strftime("%Y%m%d").startswith(digits)

    def compare(output: Output) -> Iterator[Difference]:
        if day:
            yield from compare_plain(output, "date", day.isoformat(), place, same, carries_metadata(edition, output))
        for name in edition.journal.dates:
            printed = day if name == "published" else getattr(edition.front.dates, name)
            words = language(edition.language, edition.languages_folder).write_date(printed) if printed else ""
            if output.kind == "xml":  # there days are numbers
                field = "date" if name == "published" else name
                if printed and not any(each.values == (printed.isoformat(),) for each in said_of(output, field)):
                    yield Difference(printed.isoformat(), at(edition, "dates", name), Phrase("metadata"))
                continue
            if letters(words) not in seen(output):
                yield Difference(words, at(edition, "dates", name))

    yield from compare_outputs(edition, compare)


@check("OUT-010", DIFFERS, BUILD)
def pages_differ(edition: Edition) -> Iterator[Found]:
    """A finished file gives the article other pages than the PDF has, or than are fixed.

    Why: whoever cites the article from the page or the EPUB sends others to these pages of the PDF.

    Bad::

        outputs: {html: {"citation_firstpage\\" content=\\"5\\"": "citation_firstpage\\" content=\\"7\\""}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    first, last, place = edition.first_page, last_page(edition), _place_of_pages(edition)
    filled = counted_last_page(edition) or last

    def compare(output: Output) -> Iterator[Difference]:
        for name, number in (("first_page", first), ("last_page", last)):
            if number is not None:
                needed = output.kind == "pdf" or (output.kind == "html" and not edition.draft)
                # the numbers on the pages themselves: OUT-033 tells where others are fixed
                right = {str(number), str(filled)} if name == "last_page" and output.kind in ("pdf", "epub") else {str(number)}
                yield from compare_plain(output, name, str(number), place, right.__contains__, needed)
        printed = f"{first}-{last}" if last and last > first else str(first)
        if last and edition.journal.name and printed not in seen(output):
            yield Difference(printed, place)

    yield from compare_outputs(edition, compare)


def _place_of_pages(edition: Edition) -> Place:
    """Where the first page is given: in issue.yaml, else in the front matter."""
    if edition.issue and edition.placement and edition.placement.first_page:
        return edition.place_of(edition.placement, "first_page")
    return at(edition, "pages")


@check("OUT-011", DIFFERS, BUILD)
def license_differs(edition: Edition) -> Iterator[Found]:
    """A finished file names another licence, or none.

    Why: the licence tells readers and programs what they may do with the article; two licences tell them nothing.

    Bad::

        outputs: {epub: {"licenses/by/4.0/</dc:rights>": "licenses/by-nd/4.0/</dc:rights>"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    mark, address = license_words(edition.license or "")
    place = at(edition, "license") if edition.front.license else edition.journal_places.find("license")

    def same(value: str) -> bool:
        marks = re.findall(r"CC BY(?:-[A-Z]{2})* \d\.\d|CC0 \d\.\d", value)
        addresses = re.findall(r"creativecommons\.org/[a-z]+/[a-z-]+/\d\.\d", value)
        told = [*marks, *addresses]
        if not told and value.startswith("©"):  # it says who holds the rights
            return True
        return mark in value or address in value if not told else all(each in (mark, address) for each in told)

    def compare(output: Output) -> Iterator[Difference]:
        if not edition.license:
            return
        yield from compare_plain(output, "license", mark, place, same, output.kind != "html")
        if letters(mark) not in seen(output):
            yield Difference(mark, place)

    yield from compare_outputs(edition, compare)


@check("OUT-012", DIFFERS, BUILD)
def issue_differs(edition: Edition) -> Iterator[Found]:
    """A finished file names another journal, volume, number or ISSN.

    Why: an index files the article under the issue that its file names.

    Bad::

        outputs: {html: {"citation_volume\\" content=\\"1\\"": "citation_volume\\" content=\\"2\\""}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    journal, issue = edition.journal, edition.issue
    names = {letters(name) for name in journal.name.values()}
    right = {"volume": issue.volume if issue else None, "number": issue.number if issue else None, "issn": journal.issn,
             "issn_online": journal.issn_online}

    def compare(output: Output) -> Iterator[Difference]:
        yield from compare_plain(output, "journal", ", ".join(journal.name.values()), edition.journal_places.find("name"),
                                 lambda said: letters(said) in names, False)
        for name, value in right.items():
            place = edition.journal_places.find(name) if "issn" in name else edition.issue_places.find(name)
            yield from compare_plain(output, name, value or "", place, lambda said, value=value: said == value, False)

    yield from compare_outputs(edition, compare)
