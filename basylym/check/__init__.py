"""2. Edition to findings: one function is one check, found by itself.

A check is a generator under @check. Its docstring is its documentation: a sentence, `Why:`, an example under `Bad::` that
gives just this finding, one under `Good::` that gives none, and the `Source:` of the rule. The tests run the examples.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from basylym.model import Edition, Finding, Place

Severity = Literal["error", "warning", "note"]
RETIRED: tuple[str, ...] = ()
"""Ids of checks that are gone; they never come back for another."""

STOPS = ("TYP-001",)
"""Checks whose findings leave nothing fit to build."""

_checks: dict[str, Check] = {}


@dataclass(frozen=True)
class Found:
    """What a check yields: a place, and what the message has blanks for."""

    place: Place
    """Where."""
    found: str = ""
    """What stands there."""
    expected: str = ""
    """What should."""
    values: dict[str, object] = field(default_factory=dict)
    """Further words for the blanks of message and mend."""


@dataclass(frozen=True)
class Check:
    """One rule."""

    id: str
    """Family and number, FM-001; it never changes."""
    name: str
    """The function's name: what is wrong."""
    message: str
    """One sentence with blanks."""
    mend: str
    """What to do, with blanks."""
    severity: Severity
    """In a published article."""
    draft: Severity
    """In a draft."""
    find: Callable[[Edition], Iterator[Found]]
    """Yields what it found."""

    @property
    def doc(self) -> str:
        """Its documentation."""
        return inspect.cleandoc(self.find.__doc__ or "")

    def part(self, name: str) -> str:
        """One part of the documentation: Why, Source, or an example (Bad, Good) without its indent."""
        if match := re.search(rf"^{name}::\n\n((?:    .*\n?|\n)+)", self.doc, re.M):
            return inspect.cleandoc("\n" + match[1])
        match = re.search(rf"^{name}: ((?:.+\n?)+)", self.doc, re.M)
        return " ".join(match[1].split()) if match else ""


def check(id: str, message: str, mend: str, severity: Severity = "error", draft: Severity | None = None):
    """Makes a generator function a check. Raises ValueError for an id in use or retired, or a missing docstring."""

    def register(find: Callable[[Edition], Iterator[Found]]) -> Callable[[Edition], Iterator[Found]]:
        if id in _checks or id in RETIRED:
            raise ValueError(f"{id} is taken")
        if not find.__doc__:
            raise ValueError(f"{id} has no docstring")
        _checks[id] = Check(id, find.__name__, message, mend, severity, draft or severity, find)
        return find

    return register


@lru_cache(maxsize=1)
def checks() -> dict[str, Check]:
    """Every check by id, in the order of the ids."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_checks.items()))


def run_checks(edition: Edition) -> list[Finding]:
    """All findings on an edition, in the order of the files; of one that can't be read, only what was wrong with reading it."""
    findings = []
    for each in checks().values():
        if not (edition.article.readable or each.id.startswith("SRC-")):
            continue
        for found in each.find(edition):
            blanks = {"found": found.found, "expected": found.expected, **found.values}
            findings.append(Finding(each.id, each.draft if edition.draft else each.severity, found.place,
                                    each.message.format(**blanks), found.found, found.expected, each.mend.format(**blanks)))
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.place.path, finding.place.line,
                                                                finding.place.column, finding.id, finding.place.field))
