"""What is asked for one article, and what became of it: both travel between processes, and between machines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from basylym.model import Finding, Kind
from basylym.project import Target

if TYPE_CHECKING:
    from basylym.mend import Mended
    from basylym.package import Item


@dataclass(frozen=True)
class Result:
    """What became of one article."""

    target: Target
    """The article."""
    findings: tuple[Finding, ...] = ()
    """What the checks found."""
    allowed: tuple[Finding, ...] = ()
    """What they found and the article allows, each with the reason it gives."""
    written: tuple[Path, ...] = ()
    """Its outputs, new or as they were."""
    failure: str = ""
    """Why it could not be built; empty when it was."""
    exit_code: int = 0
    """The exit code that the failure asks for."""
    said: tuple[str, ...] = ()
    """What the layout engine said of the style sheets and templates, in its own English: a declaration it doesn't know, say."""
    mended: tuple[Mended, ...] = ()
    """Its sources with their safe mends, not yet written; the findings are those of the sources as they were, or as they then are."""
    refused: str = ""
    """Why no packages were made of it."""
    item: Item | None = None
    """What it is in the packages of its issue."""

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True)
class Task:
    """One article to check, and to build in some formats; it carries paths and words alone, so any process can do it."""

    root: Path
    """The journal's folder."""
    lone: bool
    """Whether it is a manuscript without a journal."""
    target: Target
    """The article."""
    formats: tuple[str, ...] = ()
    """The ids of the formats to build; none means to check only."""
    tongue: str = "en"
    """The language that findings and failures are told in."""
    edition: Kind = "published"
    """For whom the outputs are made."""
    notes_tongue: str | None = None
    """The language of a proof's notes, where it is not the article's."""
    mend: Literal["", "diff", "fix"] = ""
    """Whether its safe mends are wanted, to be shown (diff: it is told what is found now), or to be written (fix: what is left)."""
    front_matter: bool = False
    """Whether the front matter may be mended too; else what is wrong there is only proposed."""
    outputs: bool = False
    """Whether its finished files are read back and checked too."""
    whole_issue: bool = False
    """Whether all articles of its issue are asked for, so that the packages of the issue are looked at too."""
    package: bool = False
    """Whether packages are made."""
    deposits: tuple[str, ...] = ()
    """The ids of their targets; none means those of the journal."""
    force: bool = False
    """Whether packages are made of what must not be sent, too, marked as such."""
    letters: Literal["", "recalled", "anew"] = ""
    """Whether what is found out of its texts is kept for its next build, and recalled from the last one."""
    beside: bool = False
    """Whether it is the only one, and the other core is free for parts of it."""
    crowded: bool = False
    """Whether all cores have tasks of their own."""
