"""What is told of an article: what reading stumbled over, what a check found, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from basylym.places import Place


@dataclass(frozen=True, slots=True)
class Mend:
    """Letters of a source to write in place of others; nothing round them changes."""

    place: Place
    """Where the letters stand, all on one line of the file."""
    old: str
    """What stands there."""
    new: str
    """What should."""
    safe: bool = True
    """Whether it may be written unasked; else it is a proposal."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake found, told so that an editor can mend it."""

    id: str
    """The check that found it, REF-003."""
    severity: Literal["error", "warning", "note"]
    """`error` fails a build, `warning` does not, `note` informs."""
    place: Place
    """Where it was found."""
    message: str
    """What is wrong, in one sentence."""
    found: str = ""
    """What stands there."""
    expected: str = ""
    """What should."""
    mend: str = ""
    """What to do about it."""
    allowed: str = ""
    """Why it is right as it is, where the article says so."""
    fix: Mend | None = None
    """The mend as a change of the source, where it can be written in place."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something reading stumbled over; the check of that name in check/reading.py makes a finding of it."""

    kind: str
    """The name of the check, `unknown_key`."""
    place: Place
    """Where."""
    found: str = ""
    """What stands there."""
    expected: str = ""
    """What should."""
