"""What a finished file says, once it is read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the metadata of a finished file say."""

    field: str
    """What it is about: title, authors, first_page."""
    where: str
    """Where it stands: dc:title, citation_doi."""
    tag: str
    """Its language, where that is told."""
    values: tuple[str, ...]
    """What it says: one value, or several in order."""

    @property
    def where_and_tag(self) -> str:
        """Where it stands, and in which language, in one."""
        return f"{self.where} {self.tag}".strip()


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file, read back."""

    path: str
    """Relative to the journal's folder."""
    kind: str
    """pdf, epub, html or xml (JATS); of a package, its target."""
    said: tuple[Said, ...] = ()
    """Its metadata."""
    text: str = ""
    """What a reader reads, without formulas and running heads."""
    formulas: tuple[str, ...] = ()
    """Its formulas as TeX."""
    figures: tuple[str, ...] = ()
    """Its pictures: the words for those who don't see them."""
    tables: int = 0
    """How many tables it has."""
    notes: int = 0
    """How many notes."""
    pages: int = 0
    """How many pages, in print."""
    entries: int | None = None
    """How many entries its list of references has, where that is told."""
    second: tuple[str, ...] | None = None
    """The entries of its second list of references, where they are told one by one."""
    older_than: str = ""
    """A source that was written after it, relative to the journal's folder; empty where none was."""
    state: Literal["read", "missing", "unread"] = "read"
    """Whether it could be read."""
    why: object = ""
    """Why not."""
    complaints: tuple[tuple[str, str], ...] = ()
    """What tools of the field found: their name, their words."""
