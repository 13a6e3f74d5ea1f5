"""For code hosts and editors: SARIF 2.1.0 (OASIS Standard, 27 March 2020), one run.

Paths are relative to SRCROOT, the journal's folder, which is not named: the same findings give the same bytes anywhere.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from basylym.check import Check, checks
from basylym.messages import say
from basylym.model import Finding, Mend
from basylym.report import Report, Told, begin_sentence
from basylym.report.handbook import explain_check

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(told: Told) -> str:
    """The log, ending in a newline."""
    findings = (*told.findings, *told.allowed)
    rules = [each for id, each in checks().items() if id in {finding.id for finding in findings}]
    driver = {"name": "Basylym", "language": told.tongue, "rules": [_rule(each, told.tongue) for each in rules]}
    if told.version:
        driver["semanticVersion"] = told.version
    numbers = {each.id: number for number, each in enumerate(rules)}
    failures = [{"level": "error", "message": {"text": f"{article.name}: {article.failure}"}}
                for article in told.articles if article.failure]
    run = {
        "tool": {"driver": driver},
        "language": told.tongue,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": say("The folder of the journal.", told.tongue)}}},
        "invocations": [{"executionSuccessful": not failures, "toolExecutionNotifications": failures}],
        "results": [_result(finding, numbers) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(each: Check, tongue: str) -> dict:
    summary, why, text = say(each.summary, tongue), say(each.part("Why"), tongue), explain_check(each, tongue)
    return {"id": each.id, "name": "".join(word.capitalize() for word in each.name.split("_")),
            "shortDescription": {"text": summary}, "fullDescription": {"text": f"{summary} {begin_sentence(why)}".strip()},
            "help": {"text": text, "markdown": text}, "defaultConfiguration": {"level": each.severity}}


def _result(finding: Finding, numbers: dict[str, int]) -> dict:
    place = finding.place
    region = {"startLine": place.line, "startColumn": place.column}
    if place.length:
        region["endColumn"] = place.column + place.length
    result = {
        "ruleId": finding.id,
        "level": finding.severity,
        "message": {"text": f"{finding.message}\n→ {finding.mend}" if finding.mend else finding.message},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": quote(place.path), "uriBaseId": "SRCROOT"}, "region": region}}],
    }
    if finding.fix:
        result["fixes"] = [_fix(finding.fix, finding.mend)]
    if finding.id in numbers:
        result["ruleIndex"] = numbers[finding.id]
    if finding.allowed:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.allowed}]
    return result


def _fix(mend: Mend, words: str) -> dict:
    """A proposal to change the source (3.55); an editor shows it and asks before it is written."""
    place = mend.place
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length}
    change = {"artifactLocation": {"uri": quote(place.path), "uriBaseId": "SRCROOT"},
              "replacements": [{"deletedRegion": region, "insertedContent": {"text": mend.new}}]}
    return {"description": {"text": words}, "artifactChanges": [change]}


REPORT = Report("sarif", write)
