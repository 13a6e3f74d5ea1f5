"""DEP: can the article be sent where it is to go? Looked at where packages are made, and where journal.yaml names the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from basylym.check import Found, check
from basylym.fields import Journal
from basylym.identifiers import is_issn
from basylym.model import Edition, Place, Wanted
from basylym.targets import NEEDS


def wanted(journal: Journal, names: Sequence[str] = ()) -> tuple[Wanted, ...]:
    """What the targets need that are named, else that the journal names, else all."""
    return tuple(Wanted(name, each.title, each.needs, each.asks, each.notices) for name in names or journal.deposit.to or NEEDS
                 if (each := NEEDS.get(name)))


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
    for (place, key), targets in _missing(edition).items():
        if place.path == edition.journal_places.path:
            yield Found(place, key, values={"target": ", ".join(targets)})


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
    for (place, key), targets in _missing(edition).items():
        if place.path != edition.journal_places.path:
            yield Found(place, key, values={"target": ", ".join(targets)})


def _missing(edition: Edition) -> dict[tuple[Place, str], list[str]]:
    """What is not there, each once: where it is to be written and the key -> the targets that can't do without it."""
    found: dict[tuple[Place, str], list[str]] = {}
    for target in edition.deposits:
        for each in target.missing(edition):
            found.setdefault(each, []).append(target.title)
    return found


@check("DEP-003", "the journal has no ISSN: its JATS is not valid, and packages do not say by it which journal they are of",
       "write issn: or issn_online: into journal.yaml, as the ISSN centre assigned it", severity="warning", firm=True)
def journal_lacks_issn(edition: Edition) -> Iterator[Found]:
    """Packages are made of the articles of a journal that has no ISSN.

    Why: JATS Publishing must have one, so an archive that judges the file refuses it; OJS, DSpace, METS and BagIt take the package, and
    the article is then not found by its journal.

    Bad::

        journal: {issn: null, issn_online: null, deposit: {to: [citations]}}

    Good::

        journal: {issn: null, issn_online: 2345-6787, deposit: {to: [citations]}}

    Source: JATS Publishing 1.3, journal-meta (issn is required); ISO 3297.
    """
    if edition.deposits and not any(each and is_issn(each) for each in (edition.journal.issn, edition.journal.issn_online)):
        yield Found(edition.journal_places.find("issn"))
