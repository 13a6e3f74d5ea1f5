"""DEP: can the article be sent where it is to go? Looked at where packages are made, and where journal.yaml names the targets."""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.model import Edition


@check("DEP-001", "{target} can't do without {found}, which journal.yaml lacks", "write {found} into journal.yaml", severity="warning",
       firm=True)
def journal_lacks_key(edition: Edition) -> Iterator[Found]:
    """A repository or index asks for something that journal.yaml does not say.

    Why: the package would be refused, so it is not made; nothing is put in its place.

    Bad::

        journal: {deposit: {to: [crossref], crossref: {depositor: Үлгі баспасы}}}

    Good::

        journal: {deposit: {to: [crossref], crossref: {depositor: Үлгі баспасы, email: editor@journal.example}}}

    Source: Crossref 5.4.0, doi_batch/head/depositor; the other targets' own schemas.
    """
    for target in edition.deposits:
        for place, key in target.missing(edition):
            if place.path == edition.journal_places.path:
                yield Found(place, key, values={"target": target.title})


@check("DEP-002", "{target} can't do without {found}, which the article lacks",
       "write {found} into the front matter, or leave this target out of deposit.to", severity="warning", firm=True)
def article_lacks_key(edition: Edition) -> Iterator[Found]:
    """A repository or index asks for something that the article does not have.

    Why: the package would be refused, so it is not made; a DOI is never made up.

    Bad::

        doi: null
        journal: {codes: [], deposit: {to: [crossref], crossref: {depositor: Үлгі баспасы, email: editor@journal.example}}}

    Good::

        journal: {deposit: {to: [crossref], crossref: {depositor: Үлгі баспасы, email: editor@journal.example}}}

    Source: Crossref 5.4.0, journal_article/doi_data; DataCite 4.6, identifier.
    """
    for target in edition.deposits:
        for place, key in target.missing(edition):
            if place.path != edition.journal_places.path:
                yield Found(place, key, values={"target": target.title})
