"""Other people's manuscripts, in the manner of pandoc's manual, JOSS, Manubot, Quarto and student reports: each folder of
tests/foreign/ is built in every format, and gives the findings its author would expect.

To add one, make a folder tests/foreign/<kind>-<what>/ with the manuscript as it would come (text of your own, as short as
shows the point) and beside it expected.txt:

    $ basylym build paper.md             what the author types in that folder; several files are one manuscript
    = 1                                  the exit code, where it is not 0
    > Words of the manuscript.           a passage that every output must hold; at least one
    paper.md:12 CIT-001                  the findings, one a line, in the order they are told

Files are named as seen from the manuscript's folder. Write the findings before you look at what the program says: where the
two differ, find out which is right.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from judges import read_text

from basylym.cli import main
from basylym.render import formats
from basylym.typography.compare import letters

FOREIGN = ROOT / "tests" / "foreign"
CASES = sorted(path.name for path in FOREIGN.iterdir() if path.is_dir())
FINDING = re.compile(r"(\S.*?):(\d+):\d+: (?:error|warning|note) ([A-Z]{2,3}-\d{3}) ")


def read_expected(case: str) -> tuple[list[str], int, list[str], list[str]]:
    """What stands in expected.txt: the words of the command line, the exit code, passages, findings."""
    lines = (FOREIGN / case / "expected.txt").read_text("utf-8").splitlines()
    program, command, *words = shlex.split(lines[0].removeprefix("$ "))
    assert (program, command) == ("basylym", "build")
    code = next((int(line[2:]) for line in lines if line.startswith("= ")), 0)
    passages = [line[2:] for line in lines if line.startswith("> ")]
    return words, code, passages, [line for line in lines[1:] if not line.startswith(("= ", "> "))]


def test_there_are_enough_of_every_kind():
    assert len(CASES) >= 40
    for kind in ("pandoc", "joss", "manubot", "quarto", "ru", "kk"):
        assert sum(case.startswith(kind + "-") for case in CASES) >= 4, kind


@pytest.mark.parametrize("case", CASES)
def test_builds_in_every_format_with_the_findings_its_author_expects(case, tmp_path, capsys, monkeypatch):
    words, code, passages, findings = read_expected(case)
    folder = tmp_path / case
    shutil.copytree(FOREIGN / case, folder)
    monkeypatch.chdir(folder)
    assert main(["build", *words]) == code
    told = capsys.readouterr()
    assert told.err == "" and "Traceback" not in told.out

    manuscript = Path(next(word for word in words if not word.endswith((".yaml", ".yml"))))
    home = (folder / manuscript).parent
    found = [match.groups() for line in told.out.splitlines() if (match := FINDING.match(line))]
    seen = [f"{Path(os.path.relpath(folder / path, home) if (folder / path).exists() else path).as_posix()}:{line} {id}"
            for path, line, id in found]
    assert seen == findings

    assert passages, "expected.txt quotes no passage of the manuscript"
    for each in formats().values():
        text = letters(read_text(home / "output" / manuscript.stem / f"{manuscript.stem}{each.suffix}"))
        for passage in passages:
            assert letters(passage) in text, f"{passage!r} is not in {each.id}"
