"""SRC: do the severities that a journal sets and the findings that an article allows speak of findings there are?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from basylym.check import Found, check, checks, covers
from basylym.check.reading import problems
from basylym.messages import Phrase
from basylym.model import Edition, Finding


@check("SRC-020", "nothing is found any more that this allows: {found}{hint}",
       "correct “where:”, or take the allowance out", severity="warning", last=True)
def allowance_unused(edition: Edition, findings: list[Finding]) -> Iterator[Found]:
    """The article allows a finding that the checks don't find.

    Why: the mistake was mended, or the line of the allowance names the wrong place; left standing it would hide the next one.

    Bad::

        allow: [{check: FM-035, because: The authors insist on the short title.}]

    Good::

        allow: [{check: FM-009, because: "An example: a DOI of the old kind."}]
        doi: 5555/example

    Source: Basylym's own rule.
    """
    for number, allowance in enumerate(edition.front.allow):
        if _looked_for(allowance.check, edition) and not covers(allowance, findings):
            where = f"{allowance.check.upper()} {allowance.where or ''}".strip()
            others = dict.fromkeys(finding.place.field for finding in findings if finding.id == allowance.check.upper())
            hint = Phrase("; it is found at {places}", places=", ".join(list(others)[:5])) if any(others) else ""
            yield Found(edition.article.places.find("allow", number, "check"), where, values={"hint": hint})


@check("SRC-021", "“{found}” can’t be changed or allowed: {why}", "see `basylym check --list`, or take the line out")
def unknown_check(edition: Edition) -> Iterator[Found]:
    """journal.yaml sets the severity of a check, or the article allows a finding of one, that does not exist or must stay as it is.

    Why: nothing follows from the line; what is found stands. A few checks can't be changed, because without a file that can be
    read, or with a letter that no font has, nothing can be published.

    Bad::

        journal: {checks: {FM-999: "off", SRC-001: "off"}}

    Good::

        journal: {checks: {FM-035: "off", FM-037: warning}}

    Source: Basylym's own rule.
    """
    unknown, firm = Phrase("there is no such check"), Phrase("nothing can be published until what it finds is mended")
    for problem in problems(edition, "unknown_check"):
        yield replace(problem, values={"why": unknown})
    lines = [(id, edition.journal_places.find("checks", id)) for id in edition.journal.checks]
    lines += [(each.check, edition.article.places.find("allow", number, "check")) for number, each in enumerate(edition.front.allow)]
    for id, place in lines:
        if not _known(id):
            yield Found(place, id, values={"why": firm if id.upper() in checks() else unknown})


@check("SRC-022", "{found} is found more than once; this allowance does not say which one is meant", "add “where:” with one of: {expected}",
       last=True)
def allowance_vague(edition: Edition, findings: list[Finding]) -> Iterator[Found]:
    """The article allows a finding of a check that finds several.

    Why: an allowance is for one finding, with its reason; the next one may be a mistake.

    Bad::

        allow:
          - {check: FM-040, because: The titles are whole sentences.}
          - {check: FM-040, where: title.kk, because: The title is a whole sentence.}
          - {check: FM-040, where: title.ru, because: The title is a whole sentence.}
        title: {kk: Үлгі мақаланың тақырыбы., ru: Название образцовой статьи., en: The title of a specimen article}

    Good::

        allow: [{check: FM-040, where: title.kk, because: The title is a whole sentence.}]
        title: {kk: Үлгі мақаланың тақырыбы., ru: Название образцовой статьи, en: The title of a specimen article}

    Source: Basylym's own rule.
    """
    for number, allowance in enumerate(edition.front.allow):
        if len(covered := covers(allowance, findings)) > 1:
            wheres = dict.fromkeys(finding.place.field or finding.found for finding in covered)
            yield Found(edition.article.places.find("allow", number, "check"), allowance.check.upper(), ", ".join(wheres))


def _looked_for(id: str, edition: Edition) -> bool:
    """Whether what a check finds would have been found: finished files are looked at only where that is asked for, and compared only
    where all are there and no older than the manuscript."""
    compared = edition.outputs and not any(output.older_than or output.state != "read" for output in edition.outputs)
    return _known(id) and (checks()[id.upper()].family != "OUT" or bool(compared))


def _known(id: str) -> bool:
    return id.upper() in checks() and not checks()[id.upper()].firm
