"""OUT: what the packages say that repositories and indexes take, against the manuscript; and whether they hold the files as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.outputs import DIFFERS, Difference, at, last_page, tell_difference, titles
from basylym.model import Edition, Place
from basylym.output import Output, Said
from basylym.typography.compare import letters

PACK = "make the packages again: `basylym package`"
"""How a difference is mended."""


@check("OUT-030", DIFFERS, PACK)
def package_differs(edition: Edition) -> Iterator[Found]:
    """A package says something else of the article than its manuscript: another title, author, DOI, page, day or ISSN.

    Why: whoever takes the package in shows this to all the world, and a registered DOI keeps it. Packages that were made before the
    manuscript was last changed are the common cause. Looked for by `basylym check --outputs` in the packages that are there.

    Bad::

        packages: {citations: {"Үлгі мақаланың тақырыбы": "Басқа тақырып"}}

    Good::

        packages: {citations: {}}

    Source: Basylym's own rule.
    """
    for package in edition.packages:
        for each in dict.fromkeys(_differences(edition, package)):
            yield tell_difference(each, package, [edition.article.path])


@check("OUT-031", "{file} holds a {found} that is not the one that was built", PACK)
def package_holds_other_file(edition: Edition) -> Iterator[Found]:
    """A package carries a PDF, EPUB, page or JATS file that differs from the one beside it.

    Why: the article was built anew after the package was made, so the archive would keep what readers no longer get. Looked for by
    `basylym check --outputs` in the packages that are there.

    Bad::

        packages: {dspace: {}}
        outputs: {html: {"</html>": "</html> "}}

    Good::

        packages: {dspace: {}}

    Source: Basylym's own rule.
    """
    for package in edition.packages:
        for each in package.said:
            if each.field == "other_file":
                yield Found(at(edition), values={"file": package.path, "found": each.where})


def _differences(edition: Edition, package: Output) -> Iterator[Difference]:
    """What a package says otherwise."""
    people = [author for author in edition.front.authors if author.name]
    forms = [{letters(form) for name in author.name.values() for form in (name.full, name.inverted)} for author in people]
    named = ", ".join(next(iter(author.name.values())).full for author in people)
    first, last = edition.first_page, last_page(edition)
    headings = {tag: words for tag, (_, words) in titles(edition).items()}
    for each in package.said:
        value, place = each.values[0], at(edition)
        if each.field == "title":
            tag = each.tag if each.tag in headings else edition.language
            right = {letters(headings[each.tag])} if each.tag in headings else set(map(letters, headings.values()))
            if letters(value) not in right:
                yield _difference(headings.get(tag, ""), at(edition, "title", tag), each)
        elif each.field == "authors":
            values = list(map(letters, each.values))
            if len(values) != len(forms) or any(value not in form for value, form in zip(values, forms, strict=True)):
                yield Difference(named, at(edition, "authors"), each.where, ", ".join(each.values))
        elif each.field == "some_authors":
            known = set().union(*forms)
            for value in each.values:
                if letters(value) not in known:
                    yield Difference(named, at(edition, "authors"), each.where, value)
        else:
            expected, place, right = _code(edition, each, first, last)
            if not right:
                yield _difference(expected, place, each)


def _difference(expected: str, place: Place, said: Said) -> Difference:
    return Difference(expected, place, said.where_and_tag, said.values[0])


def _code(edition: Edition, said: Said, first: int | None, last: int | None) -> tuple[str, Place, bool]:
    """What a number, a day or a code must be, where that stands, and whether it is so."""
    value, journal = said.values[0], edition.journal
    if said.field == "doi":
        doi = edition.front.doi or ""
        bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", value, flags=re.I)
        return doi, at(edition, "doi"), bare.lower() == doi.lower()
    if said.field == "date":
        day = edition.date
        digits = re.sub(r"\D", "", value.partition("T")[0])
        return (day.isoformat() if day else "", at(edition, "dates", "published"),
                bool(day and len(digits) >= 4 and day.strftime("%Y%m%d").startswith(digits)))
    if said.field == "issn":
        known = [each for each in (journal.issn, journal.issn_online) if each]
        return ", ".join(known), edition.journal_places.find("issn"), value.removeprefix("urn:ISSN:") in known
    number = {"first_page": first, "last_page": last}.get(said.field)
    return str(number or ""), at(edition, "pages"), number is None or value == str(number)
