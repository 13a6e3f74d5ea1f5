"""For people at a terminal: file by file, the words underlined where they stand, and how to mend them.

The first line of a finding is that of compilers, `path:line:column: severity ID message`; in English editors and CI systems know it,
and for them there are other formats too.
"""

from __future__ import annotations

from basylym.messages import say
from basylym.model import Finding
from basylym.report import Report, Told, count, name_severity, shorten, summary, unsaid
from basylym.report.excerpt import keep_start, show_plainly
from basylym.typography.counting import count_columns

PAINT = {"error": "\033[31m", "warning": "\033[33m", "note": "\033[36m", "head": "\033[1m", "quiet": "\033[2m"}
RESET = "\033[0m"


def write(told: Told) -> str:
    """All findings, a blank line after each; empty where there are none."""
    files: dict[str, list[Finding]] = {}
    for finding in told.findings:
        files.setdefault(finding.place.path, []).append(finding)
    text = "".join(f"{_tell_file(told, path, findings)}\n" for path, findings in files.items())
    safe = sum(bool(finding.fix and finding.fix.safe) for finding in told.findings)
    return f"{text}{say('`basylym check --fix` mends: {number}', told.tongue, number=safe)}\n" if safe else text


def _tell_file(told: Told, path: str, findings: list[Finding]) -> str:
    shown = show_plainly(shorten(told.root / path, told.here))
    lines = [f"{_paint(told, 'head', shown)}  {_paint(told, 'quiet', summary(count(findings), told.tongue))}", ""]
    for finding in findings:
        lines += [*_tell(told, shown, finding), ""]
    return "\n".join(lines)


def _tell(told: Told, path: str, finding: Finding) -> list[str]:
    """A finding in three to six lines."""
    severity = _paint(told, finding.severity, name_severity(finding.severity, told.tongue))
    lines = [f"{path}:{finding.place.line}:{finding.place.column}: {severity} {finding.id} {show_plainly(finding.message)}"]
    whole = told.excerpt(finding)
    if whole:
        excerpt = whole.cut(max(told.width - 9, 20))
        carets = " " * count_columns(excerpt.before) + _paint(told, finding.severity, "^" * max(count_columns(excerpt.words), 1))
        for number, text in ((f"{excerpt.number:>6}", excerpt.before + excerpt.words + excerpt.after), (" " * 6, carets)):
            lines.append(f"{_paint(told, 'quiet', number + ' │')} {text}".rstrip())
    found, expected = unsaid(finding, whole)
    for words in (found and say("found: {found}", told.tongue, found=found),
                  expected and say("expected: {expected}", told.tongue, expected=expected)):
        if words:
            lines.append(f"    {keep_start(show_plainly(words), told.width - 4)}")
    if finding.mend:
        lines.append(f"    → {show_plainly(finding.mend)}")
    return lines


def _paint(told: Told, what: str, words: str) -> str:
    return f"{PAINT[what]}{words}{RESET}" if told.colour else words


REPORT = Report("terminal", write)
