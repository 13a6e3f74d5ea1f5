"""What is done while something else is waited for: pandoc made ready early, checks that begin while it works."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT, Journal

from basylym import head_start
from basylym.check import Early, checks, run_all, run_early
from basylym.limits import Limits
from basylym.model import Edition
from basylym.project import Project

MORE = "import sys; from basylym import head_start; from basylym.cli import main; "


def begun(words: str, folder) -> subprocess.CompletedProcess:
    """What a new process says; PYPANDOC_PANDOC, which this one may have set, left out."""
    environment = {name: value for name, value in os.environ.items() if name != "PYPANDOC_PANDOC"} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", MORE + words], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def test_it_gets_the_memory_that_an_article_may_take():
    assert Limits().megabytes == head_start.MEGABYTES


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs another core")
def test_the_pandoc_that_waits_is_the_one_that_reads(journal: Journal):
    watched = ("started = []; real = head_start.subprocess.Popen; "
               "head_start.subprocess.Popen = lambda *words, **how: started.append(real(*words, **how)) or started[-1]; ")
    one = begun(watched + "code = main(['check', 'specimen']); print(len(started), started[0].returncode, "
                "head_start.WAITING)", journal.folder)
    assert one.stdout.splitlines()[-1] == "1 -9 []", one.stderr
    alone = begun("main(['check', 'specimen'])", journal.folder).stdout
    os.environ["PYPANDOC_PANDOC"], known = head_start.find_pandoc(), os.environ.get("PYPANDOC_PANDOC")
    try:
        late = subprocess.run([sys.executable, "-m", "basylym", "check", "specimen"], cwd=journal.folder, capture_output=True, text=True,
                              env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=300).stdout
    finally:
        os.environ.pop("PYPANDOC_PANDOC") if known is None else os.environ.update(PYPANDOC_PANDOC=known)
    assert late == alone != ""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs another core")
def test_one_that_waits_for_nothing_is_ended(journal: Journal):
    ended = begun("head_start.start_early(); waiting = head_start.WAITING[0]; code = main(['check', 'nothing-is-called-so']); "
                  "print(code, waiting.returncode, head_start.WAITING)", journal.folder)
    assert ended.stdout.splitlines()[-1] == "2 -9 []", ended.stderr


def test_one_with_other_limits_is_not_taken(monkeypatch):
    monkeypatch.delenv("PYPANDOC_PANDOC", raising=False)
    monkeypatch.setattr(head_start.os, "cpu_count", lambda: 2)
    head_start.give_up()
    head_start.start_early()
    [waiting] = head_start.WAITING
    other = head_start.start([head_start.find_pandoc(), "--version"])
    assert other.ask(b"")[1].startswith(b"pandoc") and waiting.returncode == -9 and not head_start.WAITING
    other.close()


# --- checks ---------------------------------------------------------------------------------------------------------
def read(journal: Journal) -> tuple[Edition, Early]:
    project, early = Project(journal.folder), []
    edition = project.edition(project.targets[0], lambda known: early.append(run_early(known)))
    return edition, early[0]


def test_what_is_found_early_is_what_is_found_late(journal: Journal):
    journal.overlay({"text": "Бұл мaқала – ХХІ ғасырда  жазылды, бұрын – соңды [@example].\n\nСөз сөз сөз «Ашық."})
    edition, early = read(journal)
    assert early.holds(edition.article) and len(early.found) > 50
    assert {"TYP-002", "TYP-007"} <= {id for id, found in early.found.items() if found}
    for id, found in early.found.items():
        assert list(checks()[id].find(edition)) == found, id
    assert run_all(edition, early=early) == run_all(edition) != []


def test_checks_of_what_pandoc_tells_wait_for_it(journal: Journal):
    early = read(journal)[1]
    assert not {"CIT-001", "FIG-001", "FM-042", "SRC-013", "REF-009"} & set(early.found)


def test_what_was_found_early_counts_for_nothing_where_references_came_later(journal: Journal):
    journal.overlay({"bib": "@book{extra, title = {Кітап – тар}, date = 2001, language = {kk}}\n"})
    edition, early = read(journal)
    assert any(each["id"] == "extra" for each in edition.article.references)
    assert not early.holds(edition.article) and run_all(edition, early=early) == run_all(edition)
