"""For programs: one object of a stable shape. A new version number means that something was renamed or taken out.

    version      1
    journal      its name, or ""
    summary      how many: error, warning, note, allowed
    articles     a list, one an article: name; failure (why it could not be checked, or ""); findings
    shared       the findings in files outside every article's folder: journal.yaml, issue.yaml

A finding: id (FM-009), name (the check's, doi_malformed), severity (error, warning, note), path (relative to the journal's
folder), line and column (from 1, in characters), length (0 where something is missing), field (authors[2].orcid, or ""),
message, found, expected, mend (in the language asked for), allowed: the reason that the article gives, or "", and fix: the
mend as a change of the source (path, line, column, length in characters, the text to write there, and safe, whether --fix
writes it), or null.
"""

from __future__ import annotations

import json

from basylym.check import checks
from basylym.model import Finding, Mend
from basylym.report import SEVERITIES, Checked, Report, Told


def write(told: Told) -> str:
    """The object, ending in a newline (RFC 8259)."""
    counts = told.counts
    data = {
        "version": 1,
        "journal": told.journal,
        "summary": {name: counts[name] for name in (*SEVERITIES, "allowed")},
        "articles": [_article(told, article) for article in told.articles],
        "shared": [_finding(finding) for finding in told.shared],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _article(told: Told, article: Checked) -> dict:
    findings = [_finding(finding) for finding in (*told.own(article), *article.allowed)]
    findings.sort(key=lambda finding: (finding["path"], finding["line"], finding["column"], finding["id"]))
    return {"name": article.name, "failure": article.failure, "findings": findings}


def _finding(finding: Finding) -> dict:
    place, known = finding.place, checks().get(finding.id)
    return {"id": finding.id, "name": known.name if known else "", "severity": finding.severity, "path": place.path,
            "line": place.line, "column": place.column, "length": place.length, "field": place.field,
            "message": finding.message, "found": finding.found, "expected": finding.expected, "mend": finding.mend,
            "allowed": finding.allowed, "fix": _fix(finding.fix)}


def _fix(mend: Mend | None) -> dict | None:
    if not mend:
        return None
    place = mend.place
    return {"path": place.path, "line": place.line, "column": place.column, "length": place.length, "text": mend.new, "safe": mend.safe}


REPORT = Report("json", write)
