"""OUT: were the finished files made of the manuscript as it now is?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from basylym.check import Found, check, checks
from basylym.check.outputs import at
from basylym.model import Edition

COMPARED = ("OUT-004", "OUT-005", "OUT-006", "OUT-007", "OUT-008", "OUT-009", "OUT-010", "OUT-011", "OUT-012", "OUT-013", "OUT-014",
            "OUT-015", "OUT-016", "OUT-017", "OUT-018", "OUT-021", "OUT-022", "OUT-023", "OUT-024")
"""The checks that compare a file with the manuscript."""


@check("OUT-020", "{files}: older than {newer}, and different", "build the article again: `basylym build`")
def outputs_older(edition: Edition) -> Iterator[Found]:
    """The manuscript, journal.yaml or issue.yaml was changed after a file was built, and the file does not say what they now say.

    Why: readers would get what the authors and editors have mended since. What differs is not told one by one. The times of files
    alone prove nothing, since copying changes them: a file that is older and says the same is left in peace.

    Bad::

        outputs: {older: [html], html: {"Мысал кітап": "Кітап"}}

    Good::

        outputs: {older: [html, epub, pdf]}

    Source: Basylym's own rule.
    """
    older = [output for output in edition.outputs if output.older_than]
    if not older:
        return
    as_new = replace(edition, outputs=tuple(replace(output, older_than="") for output in edition.outputs))
    allowed = {each.check.upper() for each in edition.front.allow}
    different: set[object] = set()
    for id in COMPARED:
        if id not in allowed and checks()[id].severity_in(edition):
            different |= {found.values["file"] for found in checks()[id].find(as_new)}
    if files := [output for output in older if output.path in different]:
        names = ", ".join(output.path for output in files)
        yield Found(at(edition), names, values={"files": names, "newer": files[0].older_than})
