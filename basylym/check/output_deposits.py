"""OUT: what the packages say that repositories and indexes take, against the manuscript; and whether they hold the files as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.outputs import DIFFERS, Difference, abstracts, at, last_page, tell_difference, titles
from basylym.languages import language
from basylym.model import Edition, Place
from basylym.output import Output, Said
from basylym.typography.compare import letters

PACK = "make the packages again: `basylym package`"
"""How a difference is mended."""


@check("OUT-030", DIFFERS, PACK)
def package_differs(edition: Edition) -> Iterator[Found]:
    """A package says something else of the article than its manuscript: another title, author, abstract, keyword, DOI, page,
    day, volume, number or ISSN.

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


@check("OUT-032", "{file} is not there", PACK)
def package_lacks_file(edition: Edition) -> Iterator[Found]:
    """A file is missing from a package: one of its forms, or one that it names as its own.

    Why: the place that it is sent to refuses it, or keeps an article without its PDF. Looked for by `basylym check --outputs` in the
    packages that are there.

    Bad::

        packages: {elibrary: {}}
        lost: deposit/elibrary/specimen.pdf
        journal: {deposit: {elibrary: {title_id: "12345"}}}

    Good::

        packages: {elibrary: {}}
        journal: {deposit: {elibrary: {title_id: "12345"}}}

    Source: Basylym's own rule.
    """
    for package in edition.packages:
        for each in package.said:
            if each.field == "lost_file":
                name = package.path if package.path.endswith(each.where) else f"{package.path} ({each.where})"
                yield Found(at(edition), each.where, values={"file": name})


def _differences(edition: Edition, package: Output) -> Iterator[Difference]:
    """What a package says otherwise."""
    people = [author for author in edition.front.authors if author.name]
    forms = [{_joined(form) for name in author.name.values() for form in (name.full, name.inverted)} for author in people]
    named = ", ".join(next(iter(author.name.values())).full for author in people)
    first, last = edition.first_page, last_page(edition)
    texts = {"title": {tag: words for tag, (_, words) in titles(edition).items()}, "abstract": abstracts(edition)}
    spoken = _spoken(edition)
    for each in package.said:
        value, place = each.values[0], at(edition)
        if each.field in texts:
            expected = texts[each.field]
            tag = spoken.get(each.tag)
            right = {letters(expected[tag])} if tag in expected else set(map(letters, expected.values()))
            if letters(value) not in right:
                tag = tag if tag in expected else _unsaid(edition, package, each, expected)
                yield _difference(expected.get(tag, ""), at(edition, each.field, tag), each)
        elif each.field == "keywords":
            tag = spoken.get(each.tag)
            if lacking := _other_words(each.values, edition.front.keywords, tag):
                yield Difference(", ".join(lacking), at(edition, "keywords", tag or edition.language), each.where_and_tag,
                                 ", ".join(each.values))
        elif each.field == "authors":
            values = list(map(_joined, each.values))
            if len(values) != len(forms) or any(value not in form for value, form in zip(values, forms, strict=True)):
                yield Difference(named, at(edition, "authors"), each.where, ", ".join(each.values))
        elif each.field == "some_authors":
            known = set().union(*forms)
            for value in each.values:
                if _joined(value) not in known:
                    yield Difference(named, at(edition, "authors"), each.where, value)
        elif each.field not in ("other_file", "lost_file"):
            expected, place, right = _code(edition, each, first, last)
            if not right:
                yield _difference(expected, place, each)


def _joined(name: str) -> str:
    """A name without the marks between its parts, which some formats can't keep."""
    return letters(name).replace(",", "")


def _spoken(edition: Edition) -> dict[str, str]:
    """What languages are called in packages -> their tags: the tags themselves, and the three letters of ISO 639-2."""
    found = {tag: tag for tag in edition.languages}
    for tag in edition.languages:
        found.setdefault(language(tag, edition.languages_folder).iso_639_2, tag)
    return {code: tag for code, tag in found.items() if code}


def _unsaid(edition: Edition, package: Output, said: Said, expected: dict[str, str]) -> str:
    """The language of a text that a package says otherwise, and not in which language: the first whose text it lacks there."""
    there = {letters(each.values[0]) for each in package.said if each.field == said.field and each.where == said.where}
    alone = sum(each.field == said.field for each in package.said) == 1
    return edition.language if alone else next((tag for tag, words in expected.items() if letters(words) not in there), edition.language)


def _other_words(values: tuple[str, ...], keywords: dict[str, list[str]], tag: str | None) -> list[str]:
    """The keywords that should stand where others do: those of a language, or where none is told, of one or all."""
    there = {letters(value) for value in values}
    chosen = [keywords[tag]] if tag in keywords else [*keywords.values(), [word for words in keywords.values() for word in words]]
    joined = letters(values[0]).replace(";", ",") if len(values) == 1 else None
    if not keywords or any(there == set(map(letters, words)) or joined == ",".join(map(letters, words)).replace(";", ",")
                           for words in chosen):
        return []
    return [word for word in chosen[0] if letters(word) not in there] or chosen[0]


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
    if said.field in ("volume", "number"):
        known = (getattr(edition.issue, said.field) if edition.issue else None) or ""
        return known, edition.issue_places.find(said.field), letters(value) == letters(known)
    number = {"first_page": first, "last_page": last}.get(said.field)
    return str(number or ""), at(edition, "pages"), number is None or value == str(number)
