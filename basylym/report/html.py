"""For authors: one page that an editor can send, whole in its file, readable without scripts and on paper.

At its head stands a picture of the issue, articles by families of checks; every cell leads to the findings below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from basylym.check import checks
from basylym.messages import say
from basylym.model import Finding
from basylym.report import FAMILIES, SEVERITIES, Report, Told, begin_sentence, count, name_severity, summary, unsaid
from basylym.report.excerpt import Excerpt, show_plainly
from basylym.report.handbook import name_family

LINE = 400
"""How many letters of a line are shown: an abstract is often one line of thousands."""


@dataclass(frozen=True)
class Shown:
    """A finding as the template sees it."""

    anchor: str
    """Its id on the page."""
    finding: Finding
    """The finding."""
    family: str
    """FM, REF …"""
    excerpt: Excerpt | None
    """The words in their lines."""
    found: str
    """What stands there, where nothing else says it."""
    expected: str
    """What should, where nothing else says it."""
    summary: str
    """What the check looks for."""
    why: str
    """Why it matters."""
    source: str
    """The rule's source."""


@dataclass(frozen=True)
class Tally:
    """How many findings of one severity a cell of the picture holds."""

    severity: str
    """error, warning or note."""
    number: int
    """How many."""
    share: float
    """The length of its bar: 1 for the largest number of the picture."""


@dataclass(frozen=True)
class Row:
    """An article in the picture and below it; or the files that all share."""

    anchor: str
    """Its id on the page."""
    title: str
    """How it is called."""
    findings: tuple[Shown, ...]
    """What was found in it."""
    allowed: tuple[Shown, ...]
    """What it allows."""
    failure: str
    """Why it could not be checked."""
    cells: dict[str, tuple[str, tuple[Tally, ...]]]
    """Family -> the anchor of its first finding, and the tallies."""
    summary: str
    """How many findings there are, in words."""


def write(told: Told) -> str:
    """The page."""
    import jinja2

    found = {each.family for each in checks().values()}
    families = [family for family in FAMILIES if family in found] + sorted(found - set(FAMILIES))
    groups = [(article.name, told.own(article), article.allowed, article.failure) for article in told.articles]
    if told.shared:
        groups.append((say("Journal and issues", told.tongue), told.shared, (), ""))
    most = max((number for _, findings, _, _ in groups for family in families
                for number in count(each for each in findings if each.id.startswith(f"{family}-")).values()), default=1)
    rows = [_row(told, number, *group, families, most) for number, group in enumerate(groups, 1)]
    room = jinja2.Environment(loader=jinja2.FunctionLoader(lambda name: told.files("templates", name)), autoescape=True,
                              undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    room.globals["say"] = lambda text, **blanks: say(text, told.tongue, **blanks)
    room.filters |= {"plain": show_plainly, "begin": begin_sentence}
    return room.get_template("report.html").render(
        told=told, rows=rows, counts=told.counts, style=told.files("styles", "report.css").strip(), severities=list(SEVERITIES),
        families={family: name_family(family, told.tongue) for family in families},
        names={severity: name_severity(severity, told.tongue) for severity in SEVERITIES},
        amount=lambda severity, number: say(SEVERITIES[severity], told.tongue, number=number))


def _row(told: Told, number: int, title: str, findings: Iterable[Finding], allowed: Iterable[Finding], failure: str,
         families: list[str], most: int) -> Row:
    shown = tuple(_show(told, f"finding-{number}-{place}", finding) for place, finding in enumerate(findings, 1))
    cells = {}
    for family in families:
        here = [each for each in shown if each.family == family]
        counts = count(each.finding for each in here)
        cells[family] = (here[0].anchor if here else "", tuple(
            Tally(severity, counts[severity], round(counts[severity] / most, 3)) for severity in SEVERITIES if counts[severity]))
    kept = tuple(_show(told, f"allowed-{number}-{place}", finding) for place, finding in enumerate(allowed, 1))
    return Row(f"article-{number}", title, shown, kept, failure, cells,
               summary(count(each.finding for each in shown), told.tongue))


def _show(told: Told, anchor: str, finding: Finding) -> Shown:
    each, excerpt = checks().get(finding.id), told.excerpt(finding)
    parts = (each.summary, each.part("Why"), each.part("Source")) if each else ("", "", "")
    return Shown(anchor, finding, finding.id.partition("-")[0], excerpt and excerpt.cut(LINE), *unsaid(finding, excerpt),
                 *(say(part, told.tongue) for part in parts))


REPORT = Report("html", write)
