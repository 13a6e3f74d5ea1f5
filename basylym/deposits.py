"""What journal.yaml says of the repositories, indexes and archives that its articles are sent to.

What they hold is looked at as parts/ tells; the sentence under each field is its documentation and its description in the published
JSON Schema.
"""

from __future__ import annotations

from typing import Literal

from basylym.parts import Part
from basylym.rules import Doi, Strings, Translations
from basylym.targets import TARGETS as TARGETS


class Crossref(Part):
    """How Crossref knows the journal."""

    depositor: str | None = None
    """The name of the member or service that sends the file."""
    email: str | None = None
    """The address that Crossref answers to."""
    registrant: str | None = None
    """The organisation that the DOIs belong to; without it the publisher's name."""
    crossmark_policy: Doi | None = None
    """The DOI of the page that tells how the journal corrects and retracts; without it no correction or retraction can be reported."""


class Ojs(Part):
    """What the journal's own OJS calls things: an import finds them by these words."""

    sections: dict[str, str] = {}
    """The abbreviation of the section in OJS for each section of issue.yaml, `society: SOC`."""
    section: str | None = None
    """The abbreviation of the section in OJS for articles without one, ART."""
    author_group: Translations = {}
    """The name of the authors' user group, in each language as OJS has it."""
    genre: str | None = None
    """The name of the article component that files are, in the language of the journal, Article Text."""
    uploader: str | None = None
    """The user name that files are imported under."""


class Elibrary(Part):
    """How eLIBRARY knows the journal."""

    title_id: str | None = None
    """The number of the journal."""


class Zenodo(Part):
    """Where articles go in Zenodo, or another repository by InvenioRDM."""

    communities: Strings = []
    """The communities that articles are offered to."""


class Dspace(Part):
    """Where articles go in DSpace."""

    collection: str | None = None
    """The handle of the collection, 123456789/1."""


class Deposits(Part):
    """Where articles are sent, and what each place must know of the journal."""

    to: list[Literal[TARGETS]] = []
    """The targets that packages are made for where none is named; all when left out."""
    crossref: Crossref = Crossref()
    """For Crossref."""
    ojs: Ojs = Ojs()
    """For OJS."""
    elibrary: Elibrary = Elibrary()
    """For eLIBRARY."""
    zenodo: Zenodo = Zenodo()
    """For Zenodo."""
    dspace: Dspace = Dspace()
    """For DSpace."""
