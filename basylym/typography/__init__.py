"""How text is set: hyphenation, when two texts are equal, and what is mistyped in one.

What looks for slips is a function of a text and its language that yields Slips; it knows nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


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


class Seldom(NamedTuple):
    """What few texts have. Python looks for a sign or two many times faster than for an expression that may begin at any word, so that
    most texts are done at a glance."""

    pattern: re.Pattern
    """What is looked for."""
    sign: re.Pattern
    """What a text must have for the pattern to be in it; it begins with letters that are rare."""

    def finditer(self, text: str) -> Iterator[re.Match]:
        """All places of the pattern."""
        return self.pattern.finditer(text) if self.sign.search(text) else iter(())
