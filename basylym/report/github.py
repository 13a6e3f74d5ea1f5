"""For GitHub Actions: workflow commands, which the runner shows beside the lines of a pull request.

Paths are relative to the journal's folder: it is to be the root of the repository. The end column is the one after the last,
as in SARIF. A command is one line; what it can't hold is written as %0A and the like, the way the runner reads it back.
"""

from __future__ import annotations

from basylym.model import Finding
from basylym.report import Report, Told

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
"""What GitHub calls the severities."""


def write(told: Told) -> str:
    """A line a finding."""
    failed = [f"::error title={_property(article.name)}::{_data(article.failure)}" for article in told.articles if article.failure]
    return "".join(f"{line}\n" for line in (*failed, *map(_tell, told.findings)))


def _tell(finding: Finding) -> str:
    place = finding.place
    properties = {"file": place.path, "line": place.line, "col": place.column}
    if place.length:
        properties["endColumn"] = place.column + place.length
    properties["title"] = finding.id
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {written}::{_data(chr(10).join(filter(None, (finding.message, finding.mend))))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORT = Report("github", write)
