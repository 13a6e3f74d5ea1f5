"""What every check is for, out of its documentation: one check, the list of all, and the page of all."""

from __future__ import annotations

import re

from basylym.check import Check, checks
from basylym.messages import say
from basylym.report import FAMILIES, name_severity


def list_checks(tongue: str) -> str:
    """A line a check: id, severity, what is wrong."""
    severities = {each.id: name_severity(each.severity, tongue) for each in checks().values()}
    width = max(map(len, severities.values()))
    return "".join(f"{id}  {severities[id]:{width}}  {say(each.summary, tongue)}\n" for id, each in checks().items())


def explain_check(each: Check, tongue: str) -> str:
    """All that is known of one check, for the terminal."""
    parts = [f"{each.id}  {each.name}", say(each.summary, tongue), _severities(each, tongue)]
    if why := each.part("Why"):
        parts.append(f"{say('Why it matters', tongue)}: {say(why, tongue)}")
    for title, name in ((say("Wrong", tongue), "Bad"), (say("Right", tongue), "Good")):
        if code := each.part(name):
            parts.append(f"{title}:\n\n" + "\n".join(f"    {line}".rstrip() for line in code.split("\n")))
    if source := each.part("Source"):
        parts.append(f"{say('Source', tongue)}: {say(source, tongue)}")
    return "\n\n".join(parts) + "\n"


def write_handbook(tongue: str) -> str:
    """All checks as one Markdown page, by family, with a table of contents at its head."""
    by_family: dict[str, list[Check]] = {}
    for each in checks().values():
        by_family.setdefault(each.family, []).append(each)
    families = sorted(by_family, key=lambda family: (list(FAMILIES).index(family) if family in FAMILIES else len(FAMILIES), family))
    lines = [f"# {say('Checks', tongue)}", "",
             say("What Basylym looks for in every article, why it matters, and what is right instead. The page is written by "
                 "`basylym explain`; the examples are run by the tests.", tongue), "",
             f"| {say('Check', tongue)} | {say('What is wrong', tongue)} | {say('Published', tongue)} | {say('Draft', tongue)} |",
             "|---|---|---|---|"]
    for family in families:
        lines.append(f"| **{family}** | **{name_family(family, tongue)}** | | |")
        lines += [f"| [{each.id}](#{each.id.lower()}) | {_in_table(say(each.summary, tongue))} "
                  f"| {name_severity(each.severity, tongue)} | {name_severity(each.draft, tongue)} |" for each in by_family[family]]
    for family in families:
        lines += ["", f"## {family}: {name_family(family, tongue)}"]
        for each in by_family[family]:
            lines += ["", f"### {each.id}", "", say(each.summary, tongue), "", _severities(each, tongue)]
            if why := each.part("Why"):
                lines += ["", f"**{say('Why it matters', tongue)}:** {say(why, tongue)}"]
            for title, name in ((say("Wrong", tongue), "Bad"), (say("Right", tongue), "Good")):
                if code := each.part(name):
                    fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`+", code)), 3)
                    lines += ["", f"{title}:", "", f"{fence}yaml", code, fence]
            if source := each.part("Source"):
                lines += ["", f"{say('Source', tongue)}: {say(source, tongue)}"]
    return "\n".join(lines) + "\n"


def name_family(family: str, tongue: str) -> str:
    """What a family of checks looks at."""
    return say(FAMILIES.get(family, family), tongue)


def _severities(each: Check, tongue: str) -> str:
    return say("In a published article: {severity}. In a draft: {draft}.", tongue,
               severity=name_severity(each.severity, tongue), draft=name_severity(each.draft, tongue))


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")
