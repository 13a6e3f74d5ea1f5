"""What a received file was understood to be: the manuscript in parts, each with the blocks it was taken from and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from basylym.intake.document import Document, LeftOut, Node

Sureness = Literal["certain", "likely", "unknown"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that was understood."""

    blocks: tuple[int, ...]
    """The numbers of the blocks it was taken from."""
    part: str
    """What they were taken for: a key of the front matter (`title.kk`, `authors.0.name.ru`, `abstract.en`, `keywords.ru`, `udc`), or
    `heading`, `paragraph`, `list`, `table`, `figure`, `equation`, `note`, `caption`, `citation`, `reference`, `references`,
    `left_out`, `no_place`, `unknown`."""
    value: str
    """What was made of it, as an editor reads it."""
    sure: Sureness
    """How sure it is."""
    why: object = ""
    """By what, as a Phrase: the word «Аңдатпа», a style, a place."""
    taken: str = ""
    """The words of the blocks that it was made of, as they stand there."""


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter, as it goes into article.md; a key that was not found is not there."""

    data: Mapping[str, Any]
    """In the order and form of article.md: language, title, authors, affiliations, abstract, keywords …"""
    decisions: tuple[Decision, ...] = ()
    """How it was found."""
    used: frozenset[int] = frozenset()
    """The blocks it took whole."""


@dataclass(frozen=True, slots=True)
class References:
    """Both lists of references, matched and parsed."""

    entries: tuple[Mapping[str, Any], ...]
    """CSL-JSON in the order of the first list; `id`, `note` with the words as typed, `language`, and what of the Latin list belongs to
    it (`title-en`, `author` with Latin names …, as docs/references.md has them)."""
    decisions: tuple[Decision, ...] = ()
    """How each was parsed; one that was not stands whole in `note`."""
    used: frozenset[int] = frozenset()
    """The blocks they took whole, headings of the lists too."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """The number in the list -> the entry's id."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The whole."""

    document: Document
    """What was read."""
    front: Front
    """The front matter."""
    references: References
    """The references."""
    body: tuple[Node, ...]
    """The text as pandoc's blocks: headings, paragraphs, lists, tables, figures with captions; citations as Cite."""
    decisions: tuple[Decision, ...]
    """All that was decided, in the order of the blocks."""
    left_out: tuple[LeftOut, ...] = ()
    """What of the document stands nowhere in the manuscript, and why."""
