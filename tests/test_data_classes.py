"""Methods of data classes that a machine compiles once are those that Python would compile, and Python is left as it was."""

import dataclasses
import marshal
import os
import subprocess
import sys

import pytest
from conftest import ROOT

from basylym.cli import main
from basylym.typography import data_classes
from basylym.typography.made_once import find_made, keep_made


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine that has compiled nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    yield
    data_classes.end()


def make() -> type:
    """A class with all that Python writes for one."""
    @dataclasses.dataclass(frozen=True, order=True)
    class Word:
        """A word."""

        text: str
        weight: float = 0.5
        marks: list = dataclasses.field(default_factory=list)

    return Word


def test_what_was_kept_is_what_python_compiles(machine):
    usual = make()
    for _ in range(2):
        data_classes.begin()
        found, known, new = make(), len(data_classes._known), len(data_classes._new)
        data_classes.end()
    assert known > 5 and not new
    for name in ("__init__", "__repr__", "__eq__", "__lt__", "__hash__", "__setattr__", "__delattr__"):
        assert getattr(found, name).__code__ == getattr(usual, name).__code__, name
    assert found("a") == found("a") < found("b") and repr(found("a")).endswith("Word(text='a', weight=0.5, marks=[])")
    assert found.__init__.__annotations__ == usual.__init__.__annotations__
    with pytest.raises(dataclasses.FrozenInstanceError):
        found("a").text = "b"


def test_python_makes_them_as_ever_afterwards(machine):
    data_classes.begin()
    assert dataclasses.exec is data_classes._run
    data_classes.end()
    assert "exec" not in vars(dataclasses) and make()("a").weight == 0.5


@pytest.mark.parametrize("record", [b"", b"no", marshal.dumps([1]), marshal.dumps({"a": 1}), marshal.dumps({1: None}), None])
def test_a_broken_record_is_passed_over(machine, record):
    if record is None:  # whole, but with something else in it
        data_classes.begin()
        make()
        record = marshal.dumps(dict.fromkeys(data_classes._new, marshal.dumps("no code")))
        data_classes.end()
    keep_made(data_classes.KIND, data_classes.MADE_OF, record)
    data_classes.begin()
    assert make()("a").weight == 0.5


def test_no_more_are_kept_than_may_be(machine, monkeypatch):
    kept = []
    for most, make_some in ((1000, make), (1, lambda: dataclasses.make_dataclass("Other", ["one", "two"]))):
        monkeypatch.setattr(data_classes, "MOST", most)
        data_classes.begin()
        make_some()
        data_classes.end()
        kept.append(set(marshal.loads(find_made(data_classes.KIND, data_classes.MADE_OF))))
    assert kept[0] and kept[1] and not kept[0] & kept[1]


def test_a_command_keeps_what_the_next_one_takes(machine, journal, monkeypatch):
    """And the next takes it, in a new process."""
    monkeypatch.chdir(journal.folder)
    code = ("import sys; from basylym.typography import data_classes as d; from basylym.cli import main; end, counts = d.end, []\n"
            "d.end = lambda: (counts.append((len(d._known), len(d._new))), end())\n"
            "main(['check', 'specimen', *sys.argv[1:]]); print(*counts[0])")
    said = [subprocess.run([sys.executable, "-c", code, *more], capture_output=True, text=True, timeout=300,
                           env={**os.environ, "PYTHONPATH": str(ROOT)}).stdout.splitlines()[-1].split()
            for more in ([], ["--strict"])]
    (known, new), (again, none) = (map(int, numbers) for numbers in said)
    assert known == none == 0 and new == again > 100
    assert main(["schema", "article"]) == 0 and "exec" not in vars(dataclasses)
