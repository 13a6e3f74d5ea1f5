"""Findings for people: file, line, what is wrong, how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from basylym.model import Finding

COLOURS = {"error": "\033[31m", "warning": "\033[33m", "note": "\033[36m"}
RESET, DIM = "\033[0m", "\033[2m"


def terminal(findings: Iterable[Finding], colour: bool) -> str:
    """Two lines a finding: the place with what is wrong, and how to mend it."""
    lines = []
    for finding in findings:
        paint, dim, reset = (COLOURS[finding.severity], DIM, RESET) if colour else ("", "", "")
        lines.append(f"{finding.place}: {paint}{finding.severity}{reset} {finding.id} {finding.message}")
        lines.append(f"    {dim}{finding.mend}{reset}")
    return "\n".join(lines)


def summary(findings: Iterable[Finding]) -> str:
    """«2 errors, 11 warnings», or "no findings"."""
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{counts[name]} {name}{'s' * (counts[name] != 1)}" for name in ("error", "warning", "note") if counts[name]]
    return ", ".join(parts) or "no findings"


def shorten(path: Path, here: Path) -> str:
    """A path as seen from the working folder."""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
