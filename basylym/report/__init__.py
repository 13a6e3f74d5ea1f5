"""Findings for people and for machines: each module here that declares a REPORT is a format.

A format is read from a Told: what was found, in which article, and the lines of the files that it was found in.
"""

from __future__ import annotations

import importlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from basylym.later import modules_of
from basylym.messages import Phrase, say
from basylym.model import Finding
from basylym.report.excerpt import Excerpt, take_excerpt

SEVERITIES = {"error": Phrase("errors: {number}"), "warning": Phrase("warnings: {number}"), "note": Phrase("notes: {number}")}
"""The severities, heaviest first, and how many there are in words that need no plural."""

FAMILIES = {"SRC": Phrase("Reading the files"), "FM": Phrase("Front matter"), "CIT": Phrase("Citations"),
            "REF": Phrase("References"), "TYP": Phrase("Typography"), "FIG": Phrase("Figures and tables"),
            "OUT": Phrase("Outputs"), "DEP": Phrase("Deposits")}
"""The families of checks in the order that an article is worked through, and what each looks at."""


@dataclass(frozen=True)
class Checked:
    """One article that was checked."""

    name: str
    """How it is called on the command line, 2026-1/assembly."""
    folder: str
    """Its folder, relative to the journal's; empty for a lone manuscript."""
    findings: tuple[Finding, ...] = ()
    """What was found."""
    allowed: tuple[Finding, ...] = ()
    """What the article allows, each with the reason it gives."""
    failure: str = ""
    """Why it could not be checked or built; empty when it was."""


@dataclass(frozen=True)
class Told:
    """What a report tells; it replaces the disk for all formats but for the lines of the files themselves."""

    articles: tuple[Checked, ...]
    """The articles, in the order they were asked for."""
    root: Path
    """The folder that the paths of all places are relative to."""
    journal: str = ""
    """The journal's name; empty where it has none."""
    journal_language: str = ""
    """The language of that name."""
    here: Path = Path()
    """The folder that the reader of the terminal stands in; all other formats keep to `root`."""
    tongue: str = "en"
    """The language of the interface."""
    colour: bool = False
    """Whether the terminal shows colours."""
    width: int = 100
    """How many columns the terminal has."""
    version: str = ""
    """Basylym's own."""
    files: Callable[[str, str], str] = field(default=lambda folder, name: "")
    """The text of a template or style: of ("styles", "report.css")."""

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding once: the articles' own in their order, then those in the files that articles share."""
        return (*(finding for article in self.articles for finding in self.own(article)), *self.shared)

    @cached_property
    def shared(self) -> tuple[Finding, ...]:
        """The findings in journal.yaml, issue.yaml and other files outside every article's folder, each once.

        They come up in every article, milder in one that is a draft: the heaviest counts.
        """
        order = list(SEVERITIES)
        found: dict[tuple, Finding] = {}
        for finding in (each for article in self.articles for each in article.findings if not self._lies_in(each, self.articles)):
            key = (finding.id, finding.place, finding.message)
            if key not in found or order.index(finding.severity) < order.index(found[key].severity):
                found[key] = finding
        return tuple(sorted(found.values(), key=_by_place))

    @cached_property
    def allowed(self) -> tuple[Finding, ...]:
        """Every finding that an article allows, once."""
        return tuple(dict.fromkeys(finding for article in self.articles for finding in article.allowed))

    def own(self, article: Checked) -> tuple[Finding, ...]:
        """The findings in an article's own folder."""
        return tuple(finding for finding in dict.fromkeys(article.findings) if self._lies_in(finding, self.articles))

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each severity, how many are `allowed`, and how many articles `failed`."""
        return count(self.findings) + Counter(allowed=len(self.allowed), failed=sum(bool(each.failure) for each in self.articles))

    def excerpt(self, finding: Finding) -> Excerpt | None:
        """The words that a finding is about, in their line; None where something is missing or the file is no text."""
        place = finding.place
        if place.path not in self._lines:
            self._lines[place.path] = _read_lines(self.root / place.path)
        return take_excerpt(self._lines[place.path], place)

    @cached_property
    def _lines(self) -> dict[str, tuple[str, ...]]:
        """The lines of the files read so far: each is read once."""
        return {}

    @staticmethod
    def _lies_in(finding: Finding, articles: Iterable[Checked]) -> bool:
        return any(not article.folder or finding.place.path.startswith(f"{article.folder}/") for article in articles)


def _by_place(finding: Finding) -> tuple:
    return finding.place.path, finding.place.line, finding.place.column, finding.id, finding.place.field


def _read_lines(path: Path) -> tuple[str, ...]:
    """A file's lines, counted as reading counts them; none where it is not UTF-8."""
    try:
        return tuple(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    except (OSError, UnicodeDecodeError):
        return ()


def count(findings: Iterable[Finding]) -> Counter[str]:
    """How many findings there are of each severity."""
    return Counter(finding.severity for finding in findings)


def summary(counts: Mapping[str, int], tongue: str = "en") -> str:
    """«errors: 2, warnings: 11», or that there are none."""
    parts = [say(words, tongue, number=counts[name]) for name, words in SEVERITIES.items() if counts.get(name)]
    if counts.get("allowed"):
        parts.append(say("allowed: {number}", tongue, number=counts["allowed"]))
    if counts.get("failed"):
        parts.append(say("failed: {number}", tongue, number=counts["failed"]))
    return ", ".join(parts) or say("no findings", tongue)


def name_severity(severity: str, tongue: str) -> str:
    """A severity in a language of the interface."""
    return {"error": say("error", tongue), "warning": say("warning", tongue), "note": say("note", tongue)}[severity]


def unsaid(finding: Finding, excerpt: Excerpt | None = None) -> tuple[str, str]:
    """What stands there and what should, each empty where the message, the mend or the words shown say it already."""
    shown = [finding.message, *([excerpt.words] if excerpt else [])]
    return ("" if any(finding.found in words for words in shown) else finding.found,
            "" if any(finding.expected in words for words in (finding.message, finding.mend)) else finding.expected)


def begin_sentence(text: str) -> str:
    """A text with its first letter large: what follows «Why:» in a check's documentation begins with a small one."""
    return text[:1].upper() + text[1:]


def shorten(path: Path, here: Path) -> str:
    """A path as seen from the working folder."""
    try:
        return Path(os.path.relpath(path, here)).as_posix()
    except ValueError:  # another drive
        return str(path)


@dataclass(frozen=True)
class Report:
    """One format of reports."""

    id: str
    """Its word on the command line, and the name of its module."""
    write: Callable[[Told], str]
    """Makes the text."""


def write(name: str, told: Told) -> str:
    """A report in the format of an id; the others are not loaded."""
    return importlib.import_module(f"{__name__}.{name}").REPORT.write(told)


@lru_cache(maxsize=1)
def reports() -> dict[str, Report]:
    """Every format by id, in the order of the ids. What a format alone needs it loads when it writes."""
    found = {}
    for name in modules_of(__file__):
        declared = getattr(importlib.import_module(f"{__name__}.{name}"), "REPORT", None)
        if declared:
            found[declared.id] = declared
    return found
