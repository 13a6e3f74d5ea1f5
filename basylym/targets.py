"""The repositories, indexes and archives that packages are made for, and what each can't do without: named here so that nothing of
package/ is loaded to read journal.yaml, to print --help or to check an article; a test compares the ids."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Needs:
    """What a target can't do without."""

    title: str
    """Its name for people."""
    needs: tuple[str, ...] = ()
    """The keys of journal.yaml it can't do without, deposit.crossref.email; with a bar between those one of which is enough."""
    asks: tuple[str, ...] = ()
    """The keys of an article it can't do without, doi."""
    notices: tuple[str, ...] = ()
    """The keys of journal.yaml it can't do without for a notice about another article, besides."""


_OJS = ("deposit.ojs.section", "deposit.ojs.author_group", "deposit.ojs.genre", "email")
_REGISTERED = ("doi", "dates.published|issue.date")
NEEDS = {
    "bagit": Needs("BagIt"),
    "citations": Needs("RIS, BibTeX, CSL-JSON"),
    "crossref": Needs("Crossref", (
        "deposit.crossref.depositor", "deposit.crossref.email", "deposit.crossref.registrant|publisher.name", "issn|issn_online",
        "articles_url|url"), _REGISTERED, ("deposit.crossref.crossmark_policy",)),
    "datacite": Needs("DataCite", ("publisher.name", "articles_url|url"), _REGISTERED),
    "doaj": Needs("DOAJ", ("issn|issn_online", "articles_url|url"), ("dates.published|issue.date",)),
    "dspace": Needs("DSpace"),
    "elibrary": Needs("eLIBRARY", ("deposit.elibrary.title_id",), ("dates.published|date",)),
    "mets": Needs("METS"),
    "mods": Needs("MODS"),
    "oai-dc": Needs("OAI-DC"),
    **{f"ojs-{version}": Needs(f"OJS {version}", _OJS, ("dates.published|date",)) for version in ("3.3", "3.4", "3.5")},
    "ro-crate": Needs("RO-Crate"),
    "zenodo": Needs("Zenodo, InvenioRDM", asks=("dates.published|issue.date",)),
}
"""The ids in package/, in their order."""
TARGETS = tuple(NEEDS)
