"""For CI systems: JUnit's XML, a suite an article, a case a check that found something, one passing case where none did.

An error is a failure. A warning or note is `skipped`, the one outcome that GitLab and Jenkins show with its words though it
fails nothing; GitLab leaves the words of a passing case out, and the attribute `message` of every case. A case is called by
its check alone, so that branches can be compared, and all findings of one check are one case, since GitLab keeps only the
first of cases with the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from basylym.check import checks
from basylym.messages import say
from basylym.model import Finding
from basylym.report import Report, Told, count, summary

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML can't hold (XML 1.0, 2.2)."""


def write(told: Told) -> str:
    """The document."""
    from xml.etree import ElementTree

    root = ElementTree.Element("testsuites", name="Basylym")
    suites = [(article.name, told.own(article), article.failure) for article in told.articles]
    if told.shared:
        suites.append((say("Journal and issues", told.tongue), told.shared, ""))
    for name, findings, failure in suites:
        suite = ElementTree.SubElement(root, "testsuite", name=_clean(name))
        cases = list(_cases(findings, told.tongue))
        if failure:
            cases.append((say("could not be checked", told.tongue), "", "error", failure, failure))
        for title, file, outcome, message, text in cases or [(say("no findings", told.tongue), "", "", "", "")]:
            case = ElementTree.SubElement(suite, "testcase", classname=_clean(name), name=_clean(title))
            if file:
                case.set("file", _clean(file))
            if outcome:
                ElementTree.SubElement(case, outcome, message=_clean(message)).text = _clean(text)
        outcomes = [outcome for _, _, outcome, _, _ in cases]
        for attribute, number in (("tests", len(suite)), ("failures", outcomes.count("failure")),
                                  ("errors", outcomes.count("error")), ("skipped", outcomes.count("skipped"))):
            suite.set(attribute, str(number))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _cases(findings: Iterable[Finding], tongue: str) -> Iterable[tuple[str, str, str, str, str]]:
    """Title, file, outcome, message and text of every check that found something."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.id, []).append(finding)
    for id, group in sorted(found.items()):
        counts = count(group)
        name = f"{id} {checks()[id].name}" if id in checks() else id
        text = "\n\n".join(f"{each.place}: {each.severity} {each.message}\n→ {each.mend}" for each in group)
        yield name, group[0].place.path, "failure" if counts["error"] else "skipped", summary(counts, tongue), text


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


REPORT = Report("junit", write)
