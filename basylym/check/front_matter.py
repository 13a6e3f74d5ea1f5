"""FM: is the front matter whole, in every language of the journal?"""

from __future__ import annotations

from collections.abc import Iterator

from basylym import identifiers
from basylym.check import Found, check
from basylym.languages import known_languages, language
from basylym.model import Edition


def _language(tag: str) -> dict[str, str]:
    return {"language": language(tag).name if tag.split("-")[0] in known_languages() else tag}


def _untranslated(edition: Edition, field: str) -> Iterator[Found]:
    for tag in edition.languages if field in edition.journal.required else ():
        if not getattr(edition.front, field).get(tag) and not edition.unread(field):
            yield Found(edition.article.places.find(field, tag), expected=tag, values=_language(tag))


@check("FM-001", "the title in {language} is missing", "add it under title: {expected}:", draft="warning")
def title_missing(edition: Edition) -> Iterator[Found]:
    """The title is not given in one of the journal's languages.

    Why: indexers and readers of that language find the article by it; the title page prints all of them.

    Bad::

        title: {kk: Тақырып, ru: Название}

    Good::

        title: {kk: Тақырып, ru: Название, en: Title}

    Source: GOST 7.5-98; the requirements of Kazakhstan's journals (title in Kazakh, Russian and English).
    """
    yield from _untranslated(edition, "title")


@check("FM-002", "the authors are missing", "list them under authors:", draft="warning")
def authors_missing(edition: Edition) -> Iterator[Found]:
    """The article names no author.

    Why: an article that nobody answers for can't be published, cited or deposited.

    Bad::

        authors: []

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Author"}
            affiliations: one

    Source: GOST 7.5-98.
    """
    if "authors" in edition.journal.required and not edition.front.authors:
        yield Found(edition.article.places.find("authors"))


@check("FM-003", "the authors' affiliations are missing", "list the organisations under affiliations:", draft="warning")
def affiliations_missing(edition: Edition) -> Iterator[Found]:
    """No organisation is given.

    Why: journals print where authors work, and indexers count by it.

    Bad::

        affiliations: []
        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Author"}

    Good::

        affiliations:
          - {id: one, name: {kk: Ұйым, ru: Организация, en: Organisation}, city: {kk: Алматы}, country: {kk: Қазақстан}}

    Source: GOST 7.5-98.
    """
    if "affiliations" in edition.journal.required and not edition.front.affiliations:
        yield Found(edition.article.places.find("affiliations"))


@check("FM-004", "the abstract in {language} is missing", "add it under abstract: {expected}:", draft="warning")
def abstract_missing(edition: Edition) -> Iterator[Found]:
    """The abstract is not given in one of the journal's languages.

    Why: it is what readers of that language, and most databases, see of the article.

    Bad::

        abstract: {kk: Аңдатпа мәтіні., en: The abstract.}

    Good::

        abstract: {kk: Аңдатпа мәтіні., ru: Текст аннотации., en: The abstract.}

    Source: the requirements of Kazakhstan's journals (abstract in three languages).
    """
    yield from _untranslated(edition, "abstract")


@check("FM-005", "the keywords in {language} are missing", "add them under keywords: {expected}:", draft="warning")
def keywords_missing(edition: Edition) -> Iterator[Found]:
    """The keywords are not given in one of the journal's languages.

    Why: searches in that language miss the article.

    Bad::

        keywords: {kk: [үлгі], ru: [образец]}

    Good::

        keywords: {kk: [үлгі], ru: [образец], en: [specimen]}

    Source: the requirements of Kazakhstan's journals (keywords in three languages).
    """
    yield from _untranslated(edition, "keywords")


@check("FM-006", "the {label} is missing", "add it under {expected}:", draft="warning")
def code_missing(edition: Edition) -> Iterator[Found]:
    """One of the codes that the journal prints at the head of every article is not given.

    Why: UDC and IRSTI file the article in libraries and in the national databases, the DOI is its address.

    Bad::

        udc: null

    Good::

        udc: "821.512"

    Source: GOST 7.5-98; `codes` in journal.yaml.
    """
    for name in edition.journal.codes:
        if not getattr(edition.front, name) and not edition.unread(name):
            yield Found(edition.article.places.find(name), expected=name, values={"label": language("en").label(name)})


@check("FM-007", "the date “{label}” is missing", "add it under dates: {expected}:", draft="warning")
def date_missing(edition: Edition) -> Iterator[Found]:
    """One of the dates that the journal prints with every article is not given.

    Why: readers and indexers judge by them how the article was reviewed.

    Bad::

        dates: {received: 2026-01-12}

    Good::

        dates: {received: 2026-01-12, accepted: 2026-02-20}

    Source: `dates` in journal.yaml.
    """
    for name in edition.journal.dates:
        if name != "published" and not getattr(edition.front.dates, name) and not edition.unread(f"dates.{name}"):
            yield Found(edition.article.places.find("dates", name), expected=name, values={"label": language("en").label(name)})


@check("FM-008", "{found} is not an ORCID iD", "compare it with the author's page at orcid.org: its last digit is computed from the others")
def orcid_malformed(edition: Edition) -> Iterator[Found]:
    """An author's ORCID has the wrong form or check digit.

    Why: a mistyped one leads to nobody, or to somebody else.

    Bad::

        authors:
          - {name: {kk: "Үлгі, Автор"}, affiliations: one, orcid: 0000-0002-1825-0098}

    Good::

        authors:
          - {name: {kk: "Үлгі, Автор"}, affiliations: one, orcid: 0000-0002-1825-0097}

    Source: ISO 7064, MOD 11-2; ORCID, structure of the identifier.
    """
    for number, author in enumerate(edition.front.authors):
        if author.orcid and not identifiers.is_orcid(author.orcid):
            yield Found(edition.article.places.find("authors", number, "orcid"), author.orcid, "0000-0000-0000-0000")


@check("FM-009", "{found} is not a DOI", "a DOI looks like {expected}")
def doi_malformed(edition: Edition) -> Iterator[Found]:
    """The article's DOI does not have a DOI's form.

    Why: it resolves nowhere.

    Bad::

        doi: 5555/example

    Good::

        doi: 10.5555/example

    Source: DOI Handbook, 2.2.
    """
    if edition.front.doi and not identifiers.is_doi(edition.front.doi):
        yield Found(edition.article.places.find("doi"), edition.front.doi, f"{edition.journal.doi_prefix or '10.5555'}/example")


@check("FM-010", "no organisation has the id “{found}”", "use one of: {expected}")
def unknown_affiliation(edition: Edition) -> Iterator[Found]:
    """An author names an organisation that is not listed.

    Why: it would be printed without a word for where the author works.

    Bad::

        authors:
          - {name: {kk: "Үлгі, Автор"}, affiliations: [one, two]}

    Good::

        authors:
          - {name: {kk: "Үлгі, Автор"}, affiliations: one}

    Source: Basylym's own front matter, docs/front-matter.md.
    """
    known = [each.id for each in edition.front.affiliations]
    for number, author in enumerate(edition.front.authors):
        for name in author.affiliations:
            if name not in known:
                yield Found(edition.article.places.find("authors", number, "affiliations"), name, ", ".join(known) or "none is listed")


@check("FM-011", "{found} is not an ISSN", "compare it with the ISSN Portal: its last digit is computed from the others")
def issn_malformed(edition: Edition) -> Iterator[Found]:
    """The journal's ISSN has the wrong form or check digit.

    Why: deposits are refused by it.

    Bad::

        journal: {issn: 1234-5678}

    Good::

        journal: {issn: 1234-5679}

    Source: ISO 3297:2022, annex A.
    """
    for name in ("issn", "issn_online"):
        value = getattr(edition.journal, name)
        if value and not identifiers.is_issn(value):
            yield Found(edition.journal_places.find(name), value)
