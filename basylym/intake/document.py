"""A received file, read: blocks in their order, each as pandoc has it and with how it looks on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from basylym.intake.understood import Front, References

Node = Mapping[str, Any]
"""A block or inline of pandoc's JSON AST: {"t": "Para", "c": […]}."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks, as far as its file tells."""

    style: str = ""
    """The name of its style: Heading 1, Заголовок 1, Normal."""
    level: int | None = None
    """The outline level, where the file itself makes it a heading; 1 is the highest."""
    align: Literal["", "left", "center", "right", "both"] = ""
    """How it is set."""
    bold: float = 0.0
    """What part of its letters is bold, 0 to 1."""
    italic: float = 0.0
    """What part is italic."""
    caps: float = 0.0
    """What part of its letters is capital, typed so or set so."""
    size: float | None = None
    """The size of most of its letters, in points."""
    usual: float | None = None
    """The size of most letters of the document."""
    numbering: str = ""
    """The number or mark that the program sets before it: «1.», «•»; it is no part of the text."""
    page: int | None = None
    """The page it begins on, where that is known."""


@dataclass(frozen=True, slots=True)
class Citing:
    """A field of Zotero, Mendeley or EndNote: what it shows, and the works it cites, with the data it carries."""

    shown: str
    """The words it shows, [2, 68–69]."""
    items: tuple[Mapping[str, Any], ...]
    """The works as CSL-JSON, with `locator`, `label`, `prefix`, `suffix` beside where the field gives them."""


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change or a comment, shown and asked about; never silently taken."""

    kind: Literal["inserted", "deleted", "moved", "comment"]
    """What it is."""
    text: str
    """The words inserted or deleted, or of the comment."""
    author: str = ""
    """Whose it is."""
    date: str = ""
    """When it was made, as the file says."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a received file."""

    number: int
    """Its place, from 1: the report names it by that."""
    kind: Literal["paragraph", "list", "table", "figure", "equation", "code", "quote", "rule", "other"]
    """What it is before it is understood; a heading is a paragraph that looks like one."""
    node: Node
    """The same as pandoc has it. Inserted words stand in it, deleted ones don't."""
    text: str
    """Its words, without marks of notes; of a picture none, of a formula its TeX between dollars."""
    look: Look = Look()
    """How it looks."""
    citing: tuple[Citing, ...] = ()
    """Its fields of citation programs, in order; in `node` each is a Cite whose citationId is `field-<number>`,
    the number counting from 1 through the fields of the whole document: field-3 is the third of all blocks' `citing` together."""
    changes: tuple[Change, ...] = ()
    """What was changed in it or said about it."""
    line: int | None = None
    """The line of a text file that it begins on."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a reader took away, and why: a running head, a page number, a hyphen at a line's end."""

    text: str
    """What."""
    why: str
    """Why: the name of a reason in intake/report.py, `running_head`."""
    where: str = ""
    """Where it stood: a page, a line."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of the file that no block has, as its own count of them tells."""

    words: str
    """The words."""
    text: str
    """The words round them, as the file has them."""
    where: str = ""
    """The element or part they stand in."""


@dataclass(frozen=True, slots=True)
class Document:
    """A received file."""

    name: str
    """The file's name."""
    kind: Literal["docx", "odt", "rtf", "html", "latex", "jats", "text", "pdf"]
    """What it is."""
    blocks: tuple[Block, ...]
    """Its blocks in order; notes stand inside them, as pandoc has it."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Its pictures by the names that the blocks have for them."""
    left_out: tuple[LeftOut, ...] = ()
    """What was taken away."""
    warnings: tuple[object, ...] = ()
    """What could not be read, as Phrases: a macro, an embedded object, an external picture."""
    front: Front | None = None
    """The front matter, where the file itself says what it is, element by element."""
    references: References | None = None
    """The references, where the file itself says their parts."""
    unread: tuple[Unread, ...] = ()
    """Words that were lost when the file was read."""
