"""What journal.yaml and issue.yaml say: the names they use, and whether what they name is there."""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.reading import problems
from basylym.languages import known_languages
from basylym.model import Edition


@check("FM-012", "the journal's name is missing", "add it under name: in journal.yaml")
def journal_name_missing(edition: Edition) -> Iterator[Found]:
    """journal.yaml does not say what the journal is called.

    Why: the head of every article stays empty, and readers can't cite it.

    Bad::

        journal: {name: {}}

    Good::

        journal: {name: {kk: Үлгі журнал, ru: Журнал-образец, en: Specimen Journal}}

    Source: GOST 7.5-98.
    """
    if edition.issue is not None and not edition.journal.name:
        yield Found(edition.journal_places.find("name"))


@check("FM-013", "there is no language “{found}”", "use one of: {expected}; or add a file for it under languages/")
def language_unknown(edition: Edition) -> Iterator[Found]:
    """The article or the journal names a language that Basylym has no file for.

    Why: its labels come out in English. Kazakh is `kk`; `kz` is the country.

    Bad::

        journal: {languages: [kz, ru, en], required: [authors]}

    Good::

        journal: {languages: [kk, ru, en]}

    Source: BCP 47 (RFC 5646).
    """
    known = known_languages(edition.languages_folder)
    for tag, place in [(edition.language, edition.article.places.find("language")),
                       *((tag, edition.journal_places.find("languages", number))
                         for number, tag in enumerate(edition.journal.languages) if tag != edition.language)]:
        if tag not in known and tag.split("-")[0] not in known:
            yield Found(place, tag, ", ".join(known))


@check("FM-014", "the article is not listed in issue.yaml", "add its folder under articles:, with its first page", severity="warning")
def article_not_listed(edition: Edition) -> Iterator[Found]:
    """The article lies in an issue's folder, and the issue does not name it.

    Why: it is printed from page 1, and stands in no contents.

    Bad::

        issue: {articles: []}

    Good::

        issue: {articles: [{folder: specimen, first_page: 5}]}

    Source: Basylym's own rule.
    """
    if edition.issue is not None and edition.placement is None:
        yield Found(edition.issue_places.find("articles"))


@check("SRC-018", "“{found}” is not there", "use one of: {expected}")
def unknown_choice(edition: Edition) -> Iterator[Found]:
    """journal.yaml or issue.yaml names a reference style, a layout, a font or a section that does not exist.

    Why: the default is used instead, and a whole issue may be printed in a style that is not the journal's.

    Bad::

        journal: {csl: gost-2003}

    Good::

        journal: {csl: gost-r-7.0.5-2008}

    Source: Basylym's own rule.
    """
    yield from problems(edition, "unknown_choice")


@check("SRC-019", "the issue names “{found}”, but there is no such article", "correct the folder's name, or take the line out")
def article_not_found(edition: Edition) -> Iterator[Found]:
    """issue.yaml names a folder that is not beside it, or has no article.md.

    Why: an article that the issue promises would be missing from it without a word.

    Bad::

        issue: {articles: [{folder: specimen, first_page: 5}, {folder: lost}]}

    Good::

        issue: {articles: [{folder: specimen, first_page: 5}]}

    Source: Basylym's own rule.
    """
    yield from problems(edition, "article_not_found")
