"""Regular expressions that a machine compiles once are those that Python would compile, and Python's compiler is left as it was."""

import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

from basylym.cli import main
from basylym.typography import expressions
from basylym.typography.made_once import find_made, keep_made

CODE = "import re\nONE = re.compile(r'(?P<word>[а-яё\\U00010400]{2,})|\\d+(?<=1)(?:x*+|b)', re.I)\nTWO = re.compile(b'[a-z]+$', re.M)\n"


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine that has compiled nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    yield
    expressions.end()


def load(code=CODE):
    """What a module makes as it is loaded."""
    re.purge()
    made = {}
    exec(compile(code, "module.py", "exec"), made)
    return made


def test_this_python_has_what_we_rely_on(machine):
    """Its compiler is one function that hands its work to one other: if that changes, nothing is kept and nobody would notice."""
    expressions.begin()
    load()
    assert {key[0] for key in expressions._new} == {load()["ONE"].pattern, b"[a-z]+$"}


def test_what_was_kept_is_what_python_compiles(machine):
    usual = load()
    for _ in range(2):
        expressions.begin()
        found, known = load(), len(expressions._known)
        expressions.end()
    assert known == 2
    for name in ("ONE", "TWO"):
        assert found[name] == usual[name] and found[name] is not usual[name]  # of equal expressions the code is the same
        assert (found[name].groups, dict(found[name].groupindex)) == (usual[name].groups, dict(usual[name].groupindex))
    assert found["ONE"].match("Жол")["word"] == "Жол" and found["ONE"].match("21xx")[0] == "21xx"
    with pytest.raises(re.error):
        load("import re\nre.compile('(')")


def test_python_compiles_as_ever_afterwards(machine):
    before = re._compiler.compile, re._compiler._sre
    expressions.begin()
    assert re._compiler.compile is not before[0]
    expressions.end()
    assert (re._compiler.compile, re._compiler._sre) == before


def test_what_is_made_of_an_article_s_words_is_not_kept(machine):
    expressions.begin()
    load("import re\ndef find(word):\n    return re.compile(word)\nfind('сөз')\ndef holds():\n    return re.compile('a+b')\nholds()\n"
         "class Reader:\n    MARK = re.compile('c+')\nALL = [re.compile(each) for each in ('d+', 'e+')]\n")
    load("import re\nNAMED = 'f+'\ndef find(word):\n    return re.fullmatch(word, ''), re.fullmatch(NAMED, '')\nfind('g' + 'өз')\n")
    assert {key[0] for key in expressions._new} == {"a+b", "c+", "d+", "e+", "f+"}


@pytest.mark.parametrize("record", [b"", b"x", b"\xe9\x00", b"i\x01\x00\x00\x00"])
def test_a_broken_record_is_none(machine, record):
    keep_made(expressions.KIND, expressions.MADE_OF, record)
    expressions.begin()
    assert load()["ONE"] and not expressions._known
    expressions.end()
    assert len(expressions._read(find_made(expressions.KIND, expressions.MADE_OF))) == 2


def test_they_do_not_grow_for_ever(machine, monkeypatch):
    monkeypatch.setattr(expressions, "MOST", 3)
    for word in "fgh":
        expressions.begin()
        load(f"import re\nre.compile('{word}+')\nre.compile('{word}*')\n")
        expressions.end()
    assert {key[0] for key in expressions._read(find_made(expressions.KIND, expressions.MADE_OF))} == {"h+", "h*"}


def test_findings_are_the_same_with_and_without(journal, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "caches"), "LC_ALL": "C.UTF-8"}
    told = [subprocess.run([sys.executable, "-m", "basylym", "check"], cwd=journal.folder, env=environment, capture_output=True).stdout
            for _ in range(2)]
    assert told[0] and told[0] == told[1] and any((tmp_path / "caches/basylym/expressions").iterdir())


def test_a_command_gives_the_compiler_back(machine, journal, monkeypatch):
    monkeypatch.chdir(journal.folder)
    before = re._compiler.compile
    main(["check"])
    assert re._compiler.compile is before
