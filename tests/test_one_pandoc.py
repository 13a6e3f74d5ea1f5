"""One pandoc for one manuscript after another: what it makes of each is what it makes of it alone, and each has its limits for itself."""

import inspect
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import PUBLISHED, ROOT, Journal

from basylym import head_start
from basylym.cli import main
from basylym.errors import EngineError
from basylym.head_start import SCRIPT, Pandoc, find_pandoc, words_for
from basylym.languages import known_languages
from basylym.limits import Limits
from basylym.project import Project
from basylym.read import manuscript, pandoc

WORDS = [find_pandoc(), f"--from={SCRIPT}", f"--to={SCRIPT}", *words_for(600)]
BROKEN = [{"id": "a", "type": "book", "title": "А", "issued": {"date-parts": "x"}}]
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
convert = inspect.unwrap(manuscript._convert)
"""What asks pandoc each time, tests or none."""


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch):
    """Each test begins and ends without one."""
    monkeypatch.delenv("PYPANDOC_PANDOC", raising=False)
    head_start.give_up()
    yield
    head_start.give_up()


def jobs_of(folder: Path, monkeypatch) -> dict[str, dict]:
    """What pandoc would be asked for each article of a journal."""
    found: dict[str, dict] = {}

    def note(job: dict, *_: object) -> dict:
        found[target.slug] = job
        raise EngineError("")

    project = Project(folder)
    with monkeypatch.context() as patch:
        patch.setattr(manuscript, "_convert", note)
        for target in project.targets:
            with suppress(EngineError):
                project.edition(target)
    return found


def ask(asked: Pandoc, job: dict) -> dict | None:
    """Its answer."""
    answer, said = asked.ask(json.dumps(job).encode())
    assert bool(answer) != bool(said)
    return answer and json.loads(answer)


@pytest.fixture
def jobs(journal: Journal, tmp_path, monkeypatch) -> list[dict]:
    """Manuscripts of all kinds: in three languages, with references of every format, hard ones and long ones."""
    found = list(jobs_of(PUBLISHED, monkeypatch).values()) + list(jobs_of(ROOT, monkeypatch).values())
    shutil.copytree(ROOT / "tests" / "torture", journal.article, dirs_exist_ok=True)
    found += jobs_of(journal.folder, monkeypatch).values()
    (journal.article / "more.bib").write_text("@string{p = {Баспа}}\n@book{one, title = {Кітап}, publisher = p, date = 2001,\n"
                                              "langid = {kazakh}}\n@book{two, title = {Book, author = {\n", "utf-8")
    (journal.article / "more.ris").write_text("TY  - BOOK\nID  - three\nTI  - Книга\nPY  - 2002\nLA  - ru\nER  - \n", "utf-8")
    (journal.article / "references.yaml").unlink()
    text = "\n\n<b>[@one; @three, 5-б.]</b> [@two] \\foo @none [^x] ☐ $\\frac{$ [a](javascript:b) [](#no)\n\n- [ ] x\n\n# T {#text}\n"
    journal.overlay({"text": text, "abstract": {"kk": "Бір *екі*.\n\nҮш.", "en": "1. One <b>x</b> ^[n]", "ru": "Слово"}})
    found += jobs_of(journal.folder, monkeypatch).values()
    base = found[-1]
    found.append({**base, "references": BROKEN})
    found.append({**base, "text": ("Сөз *екі* [@one] және @fig:a.\n\n![Сурет](a.png){#fig:a}\n\n" * 400)})
    found.append({**base, "text": "", "fields": {}, "references": [], "bibtex": [], "ris": []})
    return found


def test_each_is_read_as_it_is_alone_in_whatever_order(jobs):
    assert len(jobs) > 12 and sum(bool(job["bibtex"]) for job in jobs) > 1 and sum(len(job["runs"]) > 2 for job in jobs) > 3
    alone = []
    for job in jobs:
        single = Pandoc(WORDS)
        alone.append(ask(single, job))
        single.close()
    assert all(alone) and alone[-2]["doubled"]
    for early, order in ((False, range(len(jobs))), (True, [*reversed(range(len(jobs)))]), (True, [*range(0, len(jobs), 2)] * 2)):
        one = Pandoc(WORDS, early)
        for number in order:
            assert ask(one, jobs[number]) == alone[number], jobs[number]["text"][:200]
        one.close()


def test_one_that_fails_ends_pandoc_and_the_next_is_read(jobs, monkeypatch):
    begun = []
    monkeypatch.setattr(head_start, "Pandoc", lambda *words, **how: begun.append(Pandoc(*words, **how)) or begun[-1])
    good, bad = jobs[0], {**jobs[0], "runs": [{"language": "kk", "csl": "/no/such.csl"}]}
    first = convert(good, Limits(), None)
    assert convert(good, Limits(), None) == first and len(begun) == 1
    with pytest.raises(EngineError, match="could not read the manuscript: .*") as caught:
        convert(bad, Limits(), None)
    assert "no/such.csl" in str(caught.value) and not head_start.WAITING
    assert convert(good, Limits(), None) == first and len(begun) == 2


def test_a_manuscript_given_to_pandoc_alone_is_read_too(jobs):
    """Without whoever asks one after another: pandoc's own way of being asked."""
    done = subprocess.run(WORDS, input=json.dumps(jobs[0]).encode(), capture_output=True, timeout=60)
    assert json.loads(done.stdout)["body"] == convert(jobs[0], Limits(), None)["body"], done.stderr


# --- one that ends ----------------------------------------------------------------------------------------------------
def test_one_that_ended_while_it_waited_is_made_up_for(jobs):
    first = convert(jobs[0], Limits(), None)
    [waiting] = head_start.WAITING
    waiting.kill()
    waiting._process.wait()
    assert convert(jobs[0], Limits(), None) == first and waiting not in head_start.WAITING


@linux
def test_each_manuscript_has_the_whole_time(monkeypatch):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as sleeper:
        assert pandoc.limit_processor_time(sleeper.pid, 8)
        assert resource.prlimit(sleeper.pid, resource.RLIMIT_CPU)[0] == 8
        monkeypatch.setattr(pandoc, "_used", lambda process: 7.5)
        assert pandoc.limit_processor_time(sleeper.pid, 8)
        assert resource.prlimit(sleeper.pid, resource.RLIMIT_CPU)[0] == 16
        sleeper.kill()


def test_what_takes_too_long_is_stopped_and_the_next_is_read(jobs):
    first = convert(jobs[0], Limits(), None)
    hard = {**jobs[0], "text": "[" * 400 + "a" + "](b)" * 3}
    with pytest.raises(manuscript.TooHard, match="seconds"):
        convert(hard, Limits(seconds=1), None)
    assert not head_start.WAITING and convert(jobs[0], Limits(), None) == first


def test_what_takes_too_much_is_told_and_the_next_is_read(jobs, monkeypatch):
    """GHC lets it come to its end where that is near: it counts as too much all the same."""
    with monkeypatch.context() as patch:
        patch.setattr(head_start, "words_for", lambda megabytes: words_for(megabytes // 5))
        with pytest.raises(manuscript.TooHard, match="megabytes"):
            convert({**jobs[0], "text": "*a* [b](c) " * 4000}, Limits(megabytes=100, seconds=60), None)
    assert not head_start.WAITING and convert(jobs[0], Limits(), None)["body"]


@pytest.mark.parametrize(("does", "raised", "words"), [
    ("read line; echo oh no >&2; exit 5", EngineError, "oh no"), ("read line; echo oh no", EngineError, "oh no"),
    ("exec sleep 60", manuscript.TooHard, "seconds"), ("kill -9 $$", EngineError, "stopped from outside"),
    ("read line; echo answer 100; echo short", EngineError, "pandoc"), ("exit 251", manuscript.TooHard, "megabytes"),
    ("read line; printf 'answer 2\\nno'", EngineError, "pandoc")])
@linux
def test_whatever_stands_in_for_pandoc_ends_one_article_alone(jobs, tmp_path, monkeypatch, does, raised, words):
    program = tmp_path / "pandoc"
    program.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(head_start, "start", lambda words, **how: Pandoc([str(program)], **how))
    if "sleep" in does:
        monkeypatch.setattr(manuscript, "limit_processor_time", lambda *_: False)
    with pytest.raises(raised, match=words):
        convert(jobs[0], Limits(seconds=2), None)


@linux
def test_one_that_is_held_up_is_not_waited_for_for_ever(jobs, tmp_path, monkeypatch):
    """It is no fault of the manuscript's, so nothing is found in it."""
    program = tmp_path / "pandoc"
    program.write_text("#!/bin/sh\nkill -STOP $$\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(head_start, "start", lambda words, **how: Pandoc([str(program)], **how))
    monkeypatch.setattr(manuscript, "PATIENCE", 1)
    with pytest.raises(EngineError, match="did not answer for 1 s"):
        convert(jobs[0], Limits(seconds=1), None)


# --- how long one is used ---------------------------------------------------------------------------------------------
def test_one_that_has_grown_or_read_many_goes(jobs, monkeypatch):
    convert(jobs[0], Limits(), None)
    [first] = head_start.WAITING
    monkeypatch.setattr(head_start, "MANUSCRIPTS", 3)
    convert(jobs[0], Limits(), None)
    assert first in head_start.WAITING
    convert(jobs[0], Limits(), None)
    assert not head_start.WAITING and first.returncode not in (0, None)
    monkeypatch.setattr(head_start, "RESIDENT", 1)
    convert(jobs[0], Limits(), None)
    assert not head_start.WAITING or sys.platform != "linux"
    monkeypatch.undo()
    convert(jobs[0], Limits(megabytes=100), None)  # it may have taken more: it is asked
    assert not head_start.WAITING or sys.platform != "linux"


def test_it_takes_no_more_the_more_it_reads(jobs):
    one, sizes = Pandoc(WORDS), []
    small = [job for job in jobs if len(job["text"]) < 8000]
    for _ in range(20):
        for job in small:
            ask(one, job)
        if sys.platform == "linux":
            sizes.append(int(Path(f"/proc/{one.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20)
    one.close()
    assert not sizes or sizes[-1] < min(sizes[9], 250) + 25, sizes[9:]


def test_mends_are_tried_with_one(journal: Journal, monkeypatch, capsys):
    journal.overlay({"text": "Бұл мaқала  1991-2001 жж - «жақсы\".\n"})
    begun = []
    monkeypatch.setattr(manuscript, "_convert", convert)
    monkeypatch.setattr(head_start, "Pandoc", lambda *words, **how: begun.append(Pandoc(*words, **how)) or begun[-1])
    monkeypatch.chdir(journal.folder)
    main(["check", "specimen", "--fix"])
    assert [each.asked > 1 for each in begun] == [True] and begun[0].returncode == -9


@linux
def test_it_goes_with_whoever_began_it_though_a_copy_stays(journal: Journal):
    """A copy of the process that drives pandoc, as is made to use another core, holds nothing of pandoc's."""
    code = ("import os, sys, time; from pathlib import Path; from basylym import head_start; from basylym.project import Project\n"
            "project = Project(Path(sys.argv[1])); project.edition(project.targets[0]); waiting = head_start.WAITING[0].pid\n"
            "copy = os.fork()\n"
            "if not copy:\n    assert not head_start.WAITING; time.sleep(60)\n"
            "print(waiting, copy, flush=True); time.sleep(60)")
    environment = {name: value for name, value in os.environ.items() if name != "PYPANDOC_PANDOC"} | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code, str(journal.folder)], stdout=subprocess.PIPE, env=environment) as begun:
        waiting, copy = map(int, begun.stdout.readline().split())
        assert Path(f"/proc/{waiting}/cmdline").read_bytes()
        begun.kill()
        end = time.monotonic() + 20
        while Path(f"/proc/{waiting}").exists() and Path(f"/proc/{waiting}/cmdline").read_bytes():
            assert time.monotonic() < end, "it waits for ever"
            time.sleep(0.02)
        assert Path(f"/proc/{copy}/cmdline").read_bytes()
        os.kill(copy, signal.SIGKILL)


# --- what it spares itself --------------------------------------------------------------------------------------------
def test_texts_read_together_are_as_read_one_by_one(jobs):
    """Paragraphs of words are read in one piece; whatever else there is sends each to pandoc by itself."""
    texts = ["Сөз", "Two *words*, and 10:30.", "A. list", "1. list", "Бір\n\nЕкі **үш**.\n\nТөрт", "* a\n* b", "Word\n---", "a_b_c *x",
             "see http://x.y", "me@x.org", "ftp://x.y", "Term\n\n:   words", "  four", "\tcode", "Line  \nbreak", "Сөз \n", "[a]: b", "|a",
             "x~2~", "(a) b", "Note:x", "fig:map", "«Сөз» – \"x\" 'y' 5 % a/b", "# head", "i. roman",
             "Сөз\n* a", "Сөз\n5. a", "П. 5", "a\n\nB) c"]
    base = {**jobs[0], "text": "", "references": [], "bibtex": [], "ris": []}
    one = Pandoc(WORDS)
    alone = {text: ask(one, {**base, "fields": {"a": text}})["fields"]["a"] for text in texts}
    for first in texts:
        for second in ("Word", "Бір екі.\n\nҮш.", first):
            fields = ask(one, {**base, "fields": {"a": "Сөз", "b": first, "c": second}})["fields"]
            assert fields["b"] == alone[first] and fields["c"] == (alone.get(second) or fields["c"]), first
    one.close()


@pytest.mark.parametrize("text", ["www.x.y", "x http://a.b/c_d.", "HTTP://A.B", "doi:10.1/2", "a@b.c", "x-y@b.c", "ж@b.c", "[@a;@b]",
                                  "(urn:isbn:1)", "**Notes:** x", "a:b", "fig:map @fig:map ig:map g:map tbl:x eq:x sec:x lst:x tab:x a_:b",
                                  "[x](http://a.b) <http://c.d>", "![a](b.c){width=50%}", "x:-y", "javascript:x", "-@a [-@a] [a@b]",
                                  "10:30", "mailto:x@y.z"])
def test_an_address_is_found_wherever_pandoc_finds_one(text):
    """The text is read without looking for addresses only where there can be none."""
    code = ("local d = pandoc.path.directory(arg[1]); local f = dofile(d .. '/fields.lua'); "
            "local text = arg[2]; local F = 'markdown-smart+autolink_bare_uris'; "
            "assert(f.read(text, F) == pandoc.read(text, F), text); print('same')")
    script = f"arg = {{{json.dumps(str(SCRIPT))}, {json.dumps(text, ensure_ascii=False)}}}\n{code}\nos.exit(0)"
    done = subprocess.run([find_pandoc(), "lua", "-"], input=script.encode(), capture_output=True, timeout=60)
    assert done.stdout.strip() == b"same", done.stderr.decode()


def test_entries_are_printed_in_their_own_language_only_where_their_numbers_stand_apart(jobs):
    job = next(job for job in jobs if job["apart"] and len({entry.get("language") for entry in job["references"]}) > 1
               and len(job["runs"]) > 1)
    one = Pandoc(WORDS)
    all_of_it, own = ask(one, {**job, "apart": False}), ask(one, job)
    one.close()
    assert all_of_it | {"entries": 0} == own | {"entries": 0}
    known, fewer = known_languages(None), 0
    for entry in job["references"]:
        key, runs = entry["id"], own["entries"].get(entry["id"])
        if not runs:
            continue
        tag = manuscript._run_of(manuscript.language_of_run(entry.get("language") or job["language"], str(entry.get("title")), known), runs)
        assert runs[tag] == all_of_it["entries"][key][tag]
        fewer += len(runs) < len(all_of_it["entries"][key])
    assert fewer
