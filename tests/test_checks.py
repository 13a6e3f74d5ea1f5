"""Every check is documented, and its examples are true."""

import re

import pytest

from basylym.check import RETIRED, checks

FAMILIES = {"SRC", "FM", "CIT", "REF", "TYP", "FIG", "OUT", "DEP"}


def test_the_specimen_is_clean(journal):
    assert journal.findings() == []


@pytest.mark.parametrize("id", checks())
def test_is_documented(id):
    each = checks()[id]
    assert re.fullmatch(r"[A-Z]{2,3}-\d{3}", id) and id.split("-")[0] in FAMILIES and id not in RETIRED
    for part in ("Why", "Source", "Bad", "Good"):
        assert each.part(part), f"{id} has no {part}"
    assert each.message[0].islower() or not each.message[0].isalpha()
    assert not each.message.endswith(".") and each.mend and not each.mend.endswith(".")


@pytest.mark.parametrize("id", checks())
def test_bad_example_gives_this_finding_alone(id, journal, monkeypatch):
    example = checks()[id].part("Bad")
    if example.startswith("unreadable:"):
        break_reading(monkeypatch, example.split()[1])
        assert id in journal.ids()
        return
    findings = journal.overlay(example).findings()
    assert {finding.id for finding in findings} == {id}
    for finding in findings:
        assert finding.place.line > 0 and not re.search(r"\{\w*\}", finding.message + finding.mend)


@pytest.mark.parametrize("id", checks())
def test_good_example_gives_none(id, journal):
    assert journal.overlay(checks()[id].part("Good")).findings() == []


def break_reading(monkeypatch, name):
    from pathlib import Path

    read = Path.read_bytes

    def refuse(path):
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
