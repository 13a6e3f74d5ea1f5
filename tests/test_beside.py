"""Work done in a copy of the process: it comes to the same, also where the copy does not come to its end."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from conftest import ROOT

from basylym.beside import Beside

forks = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process safely")


def begin(monkeypatch, work, able=True):
    """As in a process with one thread and two cores, whatever runs these tests."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return Beside(one(work), able)


def one(work):
    """Work of a single step."""
    def steps(told):
        yield work()

    return steps


@forks
def test_it_is_done_in_another_process(monkeypatch):
    assert begin(monkeypatch, os.getpid).result() != os.getpid()
    assert begin(monkeypatch, os.getpid, able=False).result() == os.getpid()


def test_it_is_done_here_where_other_threads_are(monkeypatch):
    work = begin(monkeypatch, os.getpid, able=False)
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert work.result() == Beside(one(os.getpid)).result() == os.getpid()


@forks
def test_more_comes_back_than_a_pipe_holds(monkeypatch):
    assert begin(monkeypatch, lambda: b"0" * 5_000_000).result() == b"0" * 5_000_000


@forks
def test_a_copy_that_dies_is_made_up_for(monkeypatch):
    here = os.getpid()

    def die():
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    assert begin(monkeypatch, die).result() == "done"


@forks
def test_what_is_raised_is_raised_where_it_is_asked_for(monkeypatch, capfd):
    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        begin(monkeypatch, fail).result()
    assert capfd.readouterr() == ("", "")


@forks
def test_no_copy_is_left(monkeypatch):
    with begin(monkeypatch, os.getpid) as beside:
        copy = beside.result()
    with pytest.raises(ChildProcessError):
        os.waitpid(copy, os.WNOHANG)


@forks
def test_a_copy_that_is_of_no_use_any_more_is_ended(monkeypatch):
    begun = time.monotonic()
    with begin(monkeypatch, lambda: time.sleep(60)):
        pass
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("able", [pytest.param(True, marks=forks), False])
def test_a_step_may_wait_for_what_it_is_told(monkeypatch, able):
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def steps(told):
        yield "first"
        yield told() + told()
        yield "last"

    with Beside(steps, able) as beside:
        assert beside.able == able and beside.result() == "first"
        beside.tell("b" * 100_000)
        beside.tell("c")
        assert beside.result() == "b" * 100_000 + "c"
        assert beside.result() == "last"


@forks
def test_a_copy_that_dies_in_a_later_step_is_made_up_for(monkeypatch):
    here, done = os.getpid(), []

    def steps(told):
        done.append(1)
        yield "first"
        word = told()
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        yield word

    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with Beside(steps) as beside:
        assert beside.result() == "first" and not done
        beside.tell("told")
        assert beside.result() == "told" and done
        assert not beside.able


@forks
def test_a_copy_ends_when_nobody_asks_it_any_more(monkeypatch):
    def steps(told):
        yield os.getpid()
        yield told()

    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    beside = Beside(steps)
    copy = beside.result()
    beside._words.close()  # as when this process is killed
    assert os.waitpid(copy, 0)[1] == signal.SIGKILL


def test_one_article_alone_comes_to_the_same_bytes(journal):
    """On two cores and on one."""
    made = []
    for words in (["--force"], ["--force", "--jobs", "1"]):
        done = subprocess.run([sys.executable, "-m", "basylym", "build", *words], cwd=journal.folder, capture_output=True, text=True,
                              env={**os.environ, "PYTHONPATH": str(ROOT)})
        assert done.returncode == 0, done.stderr
        made.append((done.stdout, {path.name: path.read_bytes() for path in journal.output(".pdf").parent.iterdir()}))
    assert made[0] == made[1] and len(made[0][1]) == 4
