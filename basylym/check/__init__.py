"""2. Edition to findings: one function is one check, found by itself.

A check is a generator under @check. Its docstring is its documentation: a sentence, `Why:`, an example under `Bad::` that
gives just this finding, one under `Good::` that gives none, and the `Source:` of the rule. The tests run the examples.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from basylym.fields import Allowance, Severity
from basylym.languages import has_file, language
from basylym.later import modules_of
from basylym.messages import Label, render, say
from basylym.model import Article, Edition, Finding, Mend, Place

RETIRED: tuple[str, ...] = ()
"""Ids of checks that are gone; they never come back for another."""

STOPS = ("TYP-001",)
"""Checks whose findings leave nothing fit to build."""

LONGEST = 200
"""How many characters of what an author typed a finding repeats."""

MILDER: tuple[Severity, ...] = ("note", "warning", "error")
"""The severities, mildest first."""

_checks: dict[str, Check] = {}


@dataclass(frozen=True)
class Found:
    """What a check yields: a place, and what the message has blanks for. Words of ours among them are Phrases."""

    place: Place
    """Where."""
    found: str = ""
    """What stands there."""
    expected: str = ""
    """What should."""
    values: dict[str, object] = field(default_factory=dict)
    """Further words for the blanks of message and mend."""
    fix: Mend | None = None
    """The mend as a change of the source."""


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
    find: Callable[..., Iterator[Found]]
    """Yields what it found in an edition; with `last`, in an edition and the findings of all other checks."""
    firm: bool = False
    """Whether journals and articles must leave it as it is: nothing can be published until it is mended."""
    last: bool = False
    """Whether it looks at the findings of the others."""

    @property
    def family(self) -> str:
        """FM, REF …: the letters before the number."""
        return self.id.partition("-")[0]

    @property
    def doc(self) -> str:
        """Its documentation."""
        from inspect import cleandoc  # no article needs it

        return cleandoc(self.find.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first sentence of its documentation: what is wrong."""
        return " ".join(self.doc.partition("\n\n")[0].split())

    def part(self, name: str) -> str:
        """One part of the documentation: Why, Source, or an example (Bad, Good) without its indent."""
        if match := re.search(rf"^{name}::\n\n((?:    .*\n?|\n)+)", self.doc, re.M):
            from inspect import cleandoc

            return cleandoc("\n" + match[1])
        match = re.search(rf"^{name}: ((?:.+\n?)+)", self.doc, re.M)
        return " ".join(match[1].split()) if match else ""

    def severity_in(self, edition: Edition) -> Severity | None:
        """How heavy a finding is in an edition: milder in a draft where the check says so, and as the journal wants it; None
        where the journal has switched the check off."""
        usual = self.draft if edition.draft else self.severity
        wanted = None if self.firm else edition.journal.checks.get(self.id)
        if wanted is None:
            return usual
        if wanted == "off":
            return None
        return min(wanted, self.draft, key=MILDER.index) if edition.draft and self.draft != self.severity else wanted


def check(id: str, message: str, mend: str, severity: Severity = "error", draft: Severity | None = None, *, firm: bool = False,
          last: bool = False):
    """Makes a generator function a check. Raises ValueError for an id in use or retired, or a missing docstring."""

    def register(find: Callable[..., Iterator[Found]]) -> Callable[..., Iterator[Found]]:
        if id in _checks or id in RETIRED:
            raise ValueError(f"{id} is taken")
        if not find.__doc__:
            raise ValueError(f"{id} has no docstring")
        _checks[id] = Check(id, find.__name__, message, mend, severity, draft or severity, find, firm, last)
        return find

    return register


@lru_cache(maxsize=1)
def checks() -> dict[str, Check]:
    """Every check by id, in the order of the ids."""
    for name in modules_of(__file__):
        importlib.import_module(f"{__name__}.{name}")
    return dict(sorted(_checks.items()))


def run_checks(edition: Edition, tongue: str = "en") -> list[Finding]:
    """All findings on an edition, in the order of the files, told in a language of the interface; of one that can't be read,
    only what was wrong with reading it. Those that the article allows are left out."""
    return [finding for finding in run_all(edition, tongue) if not finding.allowed]


class NotYet(BaseException):
    """A check asks for what is not known yet; no check may take it for an error of its own."""


class _Unknown:
    """Stands for what is not known yet: nothing can be asked of it."""

    def _refuse(self, *_: object) -> Any:
        raise NotYet

    __getattr__ = __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __eq__ = __hash__ = _refuse


@dataclass(frozen=True)
class Early:
    """What was found while pandoc still worked."""

    article: Article
    """The article as it was known then."""
    found: Mapping[str, list[Found]]
    """The ids of the checks that needed nothing else, and what they found."""

    def holds(self, article: Article) -> bool:
        """Whether the article came out as it was known."""
        return replace(article, body=self.article.body, problems=self.article.problems) == self.article


def run_early(edition: Edition, enough: Callable[[], bool] = lambda: False) -> Early:
    """What those checks find that ask for nothing that pandoc tells, nor for anything that is known after it; no further check is begun
    where it is `enough`."""
    unknown: Any = _Unknown()
    article = replace(edition.article, body=unknown, problems=unknown)
    edition = replace(edition, article=article, problems=unknown, retracted=unknown, translations_needed=unknown, outputs=unknown,
                      packages=unknown, deposits=unknown, length=unknown)
    found = {}
    for each in checks().values():
        if enough():
            break
        if not each.last and each.severity_in(edition):
            with suppress(NotYet):
                found[each.id] = list(each.find(edition))
    return Early(article, found)


def run_all(edition: Edition, tongue: str = "en", among: Collection[str] | None = None, early: Early | None = None) -> list[Finding]:
    """The same with those that the article allows, each with the reason that was given; all checks', or those `among` some. What
    was found `early` is not looked for again."""
    known = early.found if early and early.holds(edition.article) else {}
    able = [(each, severity) for each in checks().values() if edition.article.readable or each.family == "SRC"
            if (among is None or each.id in among) and (severity := each.severity_in(edition))]
    folder = edition.languages_folder
    findings = [_tell(each, severity, found, tongue, folder) for each, severity in able if not each.last
                for found in (known[each.id] if each.id in known else each.find(edition))]
    for allowance in edition.front.allow:
        if len(covered := covers(allowance, findings)) == 1:
            findings[findings.index(covered[0])] = replace(covered[0], allowed=allowance.because)
    findings += [_tell(each, severity, found, tongue, folder) for each, severity in able if each.last
                 for found in each.find(edition, findings)]
    return in_order(findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order of the files, each once."""
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.place.path, finding.place.line,
                                                                finding.place.column, finding.id, finding.place.field))


def _tell(each: Check, severity: Severity, found: Found, tongue: str, folder: Path | None) -> Finding:
    """A finding in words."""

    def call(name: str, tongue: str) -> str:
        if isinstance(name, Label):
            return language(tongue).label(name)
        return language(name, folder).called(tongue) if has_file(name, folder) else name

    blanks = {"found": found.found, "expected": found.expected, **found.values}
    said = {name: _cut(render(value, tongue, call)) for name, value in blanks.items()}
    return Finding(each.id, severity, found.place, say(each.message, tongue).format(**said), str(said["found"]),
                   str(said["expected"]), say(each.mend, tongue).format(**said), fix=found.fix)


def _cut(value: object) -> object:
    """A blank's words, no longer than anybody reads."""
    return f"{value[:LONGEST].rstrip()} …" if isinstance(value, str) and len(value) > LONGEST + 2 else value


def covers(allowance: Allowance, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that an allowance speaks of; it covers one alone."""
    id, where = allowance.check.upper(), (allowance.where or "").strip()
    if id not in checks() or checks()[id].firm:
        return []
    return [finding for finding in dict.fromkeys(findings) if finding.id == id and where in ("", finding.place.field, finding.found)]


def harden(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with every warning made an error."""
    return [replace(finding, severity="error") if finding.severity == "warning" else finding for finding in findings]
