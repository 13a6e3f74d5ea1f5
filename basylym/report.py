"""Findings for people: file, line, what is wrong, how to mend it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from basylym.model import Finding

COLOURS = {"error": "\033[31m", "warning": "\033[33m", "note": "\033[36m"}
RESET, DIM = "\033[0m", "\033[2m"


def terminal(findings: Iterable[Finding], colour: bool, show: Callable[[str], str] = str) -> str:
    """Two lines a finding: the place with what is wrong, and how to mend it; `show` makes a path fit for where one stands."""
    lines = []
    for finding in findings:
        paint, dim, reset = (COLOURS[finding.severity], DIM, RESET) if colour else ("", "", "")
        lines.append(f"{show(finding.place.path)}:{finding.place.line}:{finding.place.column}: {paint}{finding.severity}{reset} {finding.id} {finding.message}")
        lines.append(f"    {dim}{finding.mend}{reset}")
    return "\n".join(lines)


def summary(findings: Iterable[Finding]) -> str:
    """«2 errors, 11 warnings», or "no findings"."""
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{counts[name]} {name}{'s' * (counts[name] != 1)}" for name in ("error", "warning", "note") if counts[name]]
    return ", ".join(parts) or "no findings"


def shorten(path: Path, here: Path) -> str:
    """A path as seen from the working folder."""
    try:
        return Path(os.path.relpath(path, here)).as_posix()
    except ValueError:  # another drive
        return str(path)
