"""How text is set: hyphenation, when two texts are equal, and what is mistyped in one.

What looks for slips is a function of a text and its language that yields Slips; it knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Slip:
    """Something mistyped in a text."""

    start: int
    """Where it begins, in characters of the text."""
    end: int
    """Where it ends."""
    found: str
    """What stands there, as it is told."""
    expected: str = ""
    """What should stand in its place, whole; empty where there is nothing to propose."""
    safe: bool = True
    """Whether that may be written unasked."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Further words for the blanks of the check's message and mend."""
