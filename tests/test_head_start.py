"""What is done while something else is waited for: pandoc made ready early, checks that begin while it works."""

import inspect
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, Journal

from basylym import at_once, head_start, pipeline
from basylym.check import Early, checks, run_all, run_early
from basylym.limits import Limits
from basylym.model import Edition
from basylym.options import parser
from basylym.project import Project
from basylym.read import manuscript

MORE = "import sys; from basylym import head_start; from basylym.cli import main; "


def begun(words: str, folder) -> subprocess.CompletedProcess:
    """What a new process says; PYPANDOC_PANDOC, which this one may have set, left out."""
    environment = {name: value for name, value in os.environ.items() if name != "PYPANDOC_PANDOC"} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", MORE + words], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


@pytest.fixture
def noted(monkeypatch) -> list[list[str]]:
    """What is begun at once, and is not begun in truth."""
    begun = []
    monkeypatch.setattr(at_once, "early_words", lambda: ["pandoc"])
    monkeypatch.setattr(at_once, "Process", lambda words, environment: begun.append(words) or None)
    monkeypatch.setattr(at_once, "BEGUN", [])
    return begun


@pytest.mark.parametrize("words", ["check", "build", "build x --format pdf --format html --lang kk", "check --strict 2026-1",
                                   "package --fresh --force"])
def test_a_command_that_will_read_begins_pandoc_at_once(words, noted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parser().parse_args(words.split())  # it is no wrong usage
    at_once.begin(words.split())
    assert len(noted) == 1


@pytest.mark.parametrize("words", ["", "--help", "check --help", "check --list", "build --nonsense", "build --format", "build --format doc",
                                   "build --lang", "check --force", "explain FM-001", "schema article", "import check", "-- check",
                                   "check --fix --outputs"])
def test_no_other_begins_it(words, noted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    at_once.begin(words.split())
    assert not noted


OWN = '<style xmlns="http://purl.org/net/xbiblio/csl"><bibliography>{}<layout/></bibliography></style>'


@pytest.mark.parametrize("settings, ready", [
    ("csl: gost-7.1-2003\n", "early"), ("name: {kk: Журнал}\ncsl:  gost-7.1-2003-alphabetical  # by name\n", "sorted"),
    ("csl: 'gost-r-7.0.5-2008-author-date'", "sorted"), ("csl: sorting", "sorted"), ("csl: own", "early"), ("csl: lost", "early"),
    ("csl: ../../styles/csl/sorting", "sorted"), ("csl:", "early"), ("csl: a\0b", "early"), ("csl: \xff", "early"), ("", "early")])
def test_it_gets_ready_to_sort_where_the_journal_s_style_does(settings, ready, tmp_path, monkeypatch):
    (tmp_path / "source" / "1" / "a").mkdir(parents=True)
    (tmp_path / "styles" / "csl").mkdir(parents=True)
    for name, order in (("sorting", "<sort><key variable='title'/></sort>"), ("own", "")):
        (tmp_path / "styles" / "csl" / f"{name}.csl").write_text(OWN.format(order), "utf-8")
    (tmp_path / "source" / "journal.yaml").write_text(settings, "latin-1" if "\xff" in settings else "utf-8")
    for folder in (tmp_path, tmp_path / "source", tmp_path / "source" / "1" / "a"):
        monkeypatch.chdir(folder)
        assert at_once.what_to_read() == ready


def test_it_waits_for_no_pipe_that_is_called_as_a_journal(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "journal.yaml")
    monkeypatch.chdir(tmp_path)
    assert at_once.what_to_read() == "early"


def test_what_it_gets_ready_for_changes_no_answer(journal: Journal, monkeypatch):
    """An alphabetical list is sorted by a pandoc that got ready for none, and the other way round."""
    def book(id: str, family: str) -> dict:
        return {"id": id, "type": "book", "language": "kk", "title": "Мысал кітап", "author": [{"family": family, "given": "Автор"}],
                "issued": 2001, "publisher": "Үлгі", "publisher-place": "Алматы", "number-of-pages": 235}

    monkeypatch.setattr(head_start.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(manuscript, "_convert", inspect.unwrap(manuscript._convert))
    for csl, first in (("gost-7.1-2003", "Үлгі"), ("gost-7.1-2003-alphabetical", "Ақын")):
        journal.overlay({"journal": {"csl": csl}, "text": "Мәтін [@one; @two].", "references": [book("one", "Үлгі"), book("two", "Ақын")]})
        bodies = []
        for what in ("early", "sorted", ""):
            head_start.give_up()
            monkeypatch.delenv("PYPANDOC_PANDOC", raising=False)  # reading sets it
            monkeypatch.setattr(head_start, "what_to_read", lambda what=what: what)
            if what:
                head_start.start_early()
            begun = [*head_start.WAITING]
            bodies.append(journal.edition().article.body)
            assert [each.asked for each in begun] == [1] * bool(what)
        assert bodies[0] == bodies[1] == bodies[2] and bodies[0].entries[0].text.startswith(first)
    head_start.give_up()


def test_nor_does_one_where_nothing_has_changed(noted, tmp_path, monkeypatch):
    (tmp_path / ".basylym").mkdir()
    (tmp_path / "source").mkdir()
    (source := tmp_path / "source" / "article.md").write_text("Word.", "utf-8")
    (record := tmp_path / ".basylym" / "a.z").write_bytes(b"")
    monkeypatch.chdir(tmp_path / "source")
    at_once.begin(["build"])
    assert not noted
    os.utime(record, (1, 1))
    at_once.begin(["build"])
    assert len(noted) == 1
    source.unlink()
    at_once.begin(["build"])
    assert len(noted) == 1


def test_no_record_lies_elsewhere():
    from basylym.cache import PLACE

    assert at_once.RECORDS == PLACE


@pytest.mark.skipif((os.cpu_count() or 1) < 2 or sys.platform != "linux", reason="needs another core, and /proc")
@pytest.mark.parametrize("stopped", [False, True])
def test_what_was_begun_at_once_ends_with_the_command(journal: Journal, stopped):
    """The command's own end, and one from outside."""
    environment = {name: value for name, value in os.environ.items() if name != "PYPANDOC_PANDOC"} | {"PYTHONPATH": str(ROOT)}
    code = (f"import os, sys, time; from basylym import at_once; at_once.begin(['check']); print(at_once.BEGUN[0].pid, flush=True)\n"
            f"if {stopped}: time.sleep(60)\n"
            "from basylym.__main__ import run; sys.argv = ['basylym', 'check', 'nothing-is-called-so']; sys.exit(run())")
    with subprocess.Popen([sys.executable, "-c", code], cwd=journal.folder, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as command:
        pandoc = Path("/proc", command.stdout.readline().decode().strip())
        if stopped:
            assert pandoc.exists()
            command.send_signal(signal.SIGKILL)
        command.communicate(timeout=60)
        until = time.monotonic() + 30
        while stopped and pandoc.exists() and "Z" not in (pandoc / "stat").read_text().split()[2] and time.monotonic() < until:
            time.sleep(0.05)
        assert stopped or command.returncode == 2
        assert not pandoc.exists() or stopped and "Z" in (pandoc / "stat").read_text().split()[2]


def test_a_process_of_ours_is_as_others_are():
    one = at_once.Process(["/bin/cat"], dict(os.environ))
    one.stdin.write(b"word")
    one.stdin.flush()
    assert one.poll() is None and one.stdout.read(4) == b"word"
    one.kill()
    assert one.wait() == -9 == one.poll() == one.returncode
    one.kill()
    with one:
        pass
    assert one.stdin.closed and one.stdout.closed
    with pytest.raises(OSError):
        at_once.Process(["/nothing/is/called/so"], {})


def test_it_gets_the_memory_that_an_article_may_take():
    assert Limits().megabytes == at_once.MEGABYTES


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
    edition = project.edition(project.targets[0], lambda known, answered: early.append(run_early(known)))
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


def test_no_further_check_begins_early_once_pandoc_has_answered(journal: Journal):
    edition = journal.overlay({"text": "Бұл мaқала – ХХІ ғасырда  жазылды."}).edition()
    answers = iter([False] * 7)
    early = run_early(edition, lambda: next(answers, True))
    assert [*early.found] == [id for id in run_early(edition).found if id in [*checks()][:7]]
    assert run_all(edition, early=early) == run_all(edition) != []


def test_what_was_found_early_counts_for_nothing_where_references_came_later(journal: Journal):
    journal.overlay({"bib": "@book{extra, title = {Кітап – тар}, date = 2001, language = {kk}}\n"})
    edition, early = read(journal)
    assert any(each["id"] == "extra" for each in edition.article.references)
    assert not early.holds(edition.article) and run_all(edition, early=early) == run_all(edition)


def test_checks_begin_early_where_a_core_is_free(journal: Journal, monkeypatch):
    journal.overlay({"text": "Бұл мaқала  жазылды [@example]."})
    begun = []
    monkeypatch.setattr("basylym.check.run_early", lambda edition, enough: begun.append(edition) or run_early(edition))
    task = pipeline.Task(journal.folder, False, Project(journal.folder).targets[0])
    alone, crowded = pipeline.work(task), pipeline.work_on(task)
    assert len(begun) == 1 and alone == crowded and alone.findings
