"""Many articles at once, on this machine and on a cluster: each is built once and right, whatever becomes of a worker."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT
from mortal import die, die_once, raise_one, tell_who

from basylym import pipeline, scheduler
from basylym.cli import main
from basylym.project import Project, Target
from basylym.tasks import Result, Task
from basylym.workers import Processes, work_side_by_side

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])}


def tasks(folder: Path, *names: str) -> list[Task]:
    """Tasks for articles that are not there: what is done for them is the tests' own."""
    return [Task(folder, False, Target(folder / name / "article.md", "2026-1", folder), tongue="en") for name in names]


def add_articles(journal, *names: str) -> None:
    """Copies of the specimen under other names."""
    for name in names:
        shutil.copytree(journal.article, journal.article.parent / name)


def told(results) -> dict[str, str]:
    """Each article that came back, and what went wrong with it."""
    results = list(results)
    assert len({each.target for each in results}) == len(results)
    return {each.target.slug: each.failure for each in results}


def wait_for(what, seconds: float = 120):
    """Waits until something is there, and gives it."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return found


class Threads:
    """Workers in this process."""

    width = 2
    lost = (LookupError,)

    def __init__(self):
        self._pool = ThreadPoolExecutor(self.width)

    def submit(self, work, task) -> Future:
        return self._pool.submit(work, task)


# --- a worker that stops --------------------------------------------------------------------------------------------
def test_an_article_that_kills_its_workers_fails_alone_and_is_named(tmp_path):
    names = ["a", "b", "kills", "c", "d", "e"]
    with Processes(2, "basylym.workers") as pool:
        results = told(work_side_by_side(pool, die, tasks(tmp_path, *names)))
    assert sorted(results) == sorted(names)
    assert [name for name, failure in results.items() if failure] == ["kills"]
    assert "stopped from outside, and once more" in results["kills"]


def test_a_worker_that_was_stopped_once_is_made_up_for(tmp_path):
    with Processes(2, "basylym.workers") as pool:
        assert told(work_side_by_side(pool, die_once, tasks(tmp_path, "a", "kills", "b"))) == {"a": "", "kills": "", "b": ""}


def test_workers_stay_for_many_articles(tmp_path):
    with Processes(2, "basylym.workers") as pool:
        results = list(work_side_by_side(pool, tell_who, tasks(tmp_path, *map(str, range(30)))))
    assert 1 <= len({each.refused for each in results}) <= 2 and len(results) == 30


def test_what_a_worker_raises_takes_no_other_article_along(tmp_path):
    results = {each.target.slug: each for each in work_side_by_side(Threads(), raise_one, tasks(tmp_path, "a", "b", "c"))}
    assert [results[name].failure for name in "abc"] == ["", "the worker stopped: no more", ""]
    assert results["b"].exit_code == 3


def test_what_is_lost_is_done_again_with_nothing_beside_it(tmp_path):
    """Not even what was begun before it was lost."""
    now, most, tried = set(), Counter(), Counter()

    def lose(task):
        slug = task.target.slug
        now.add(slug)
        time.sleep(0.01)
        tried[slug] += 1
        most[slug] = max(most[slug] * (tried[slug] == 1), len(now))
        now.discard(slug)
        if slug in "bd" and tried[slug] == 1:
            raise LookupError
        return Result(task.target)

    assert set(told(work_side_by_side(Threads(), lose, tasks(tmp_path, *"abcdef"))).values()) == {""}
    assert tried == {"a": 1, "b": 2, "c": 1, "d": 2, "e": 1, "f": 1}
    assert most["b"] == most["d"] == 1


def test_what_was_begun_when_it_is_interrupted_is_finished_and_kept(tmp_path):
    kept, begun = [], threading.Event()

    def slow(task):
        if task.target.slug == "b":
            begun.set()
            time.sleep(0.3)
        return Result(task.target)

    results = work_side_by_side(Threads(), slow, tasks(tmp_path, "a", "b", "c", "d"), lambda task, result: kept.append(task.target.slug))
    assert next(results).target.slug == "a" and begun.wait(60)
    results.close()
    assert "b" in kept and len(kept) < 4


def test_results_come_in_the_order_asked_for_whoever_is_first(journal, monkeypatch):
    add_articles(journal, "another", "third")
    project = Project(journal.folder)

    def work(task):
        time.sleep(0.1 if task.target == project.targets[0] else 0)
        return Result(task.target)

    monkeypatch.setattr(pipeline, "work_on", work)
    monkeypatch.setattr("basylym.workers.Processes", lambda *_: FakePool())
    assert [each.target for each in pipeline.run(project, project.targets, workers=2)] == project.targets


class FakePool(Threads):
    """Threads where processes are wanted."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._pool.shutdown()


# --- Ctrl-C ---------------------------------------------------------------------------------------------------------
def test_after_an_interruption_a_build_goes_on_where_it_stopped(journal):
    add_articles(journal, *(f"copy-{number}" for number in range(4)))
    command = [sys.executable, "-m", "basylym", "build", "--format", "jats", "--jobs", "2"]
    begun = subprocess.Popen(command, cwd=journal.folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                             start_new_session=True)
    output = journal.folder / "output"
    wait_for(lambda: list(output.rglob("*.xml")))
    os.killpg(begun.pid, signal.SIGINT)  # as a terminal does
    assert begun.communicate(timeout=60)[1].endswith("interrupted; every file written is whole\n") and begun.returncode == 130
    done = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    assert 1 <= len(done) < 5 and all(path.suffix == ".xml" for path in done)
    again = subprocess.run(command, cwd=journal.folder, env=ENVIRONMENT, capture_output=True, text=True)
    assert again.returncode == 0 and "5 of 5 articles built" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in done} == done  # a file that is made again is touched


# --- checksums ------------------------------------------------------------------------------------------------------
def test_the_checksums_are_those_of_all_outputs_sorted_and_with_names_from_the_folder(journal, monkeypatch, capsys):
    add_articles(journal, "another")
    monkeypatch.chdir(journal.folder)
    words = ["build", "--format", "html", "--format", "jats", "--jobs", "1", "--manifest"]
    assert main(words) == 0
    output, path = journal.folder / "output", journal.folder / "output/SHA256SUMS"
    assert "output/SHA256SUMS" in capsys.readouterr().out.splitlines()
    names = [re.fullmatch(r"[0-9a-f]{64}  (.+)", line)[1] for line in path.read_text("utf-8").splitlines()]
    assert names == sorted(each.relative_to(output).as_posix() for each in output.rglob("*.*ml")) and len(names) == 4
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", path.name], cwd=output, check=True)
    before = path.read_bytes()
    path.unlink()
    assert main(words) == 0 and path.read_bytes() == before


def test_without_being_asked_for_there_are_none(journal):
    assert journal.run("build", "--format", "html") == 0
    assert not (journal.folder / "output/SHA256SUMS").exists()


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not here")
def test_names_of_any_kind_are_read_back(tmp_path):
    (tmp_path / "journal.yaml").write_text("", "utf-8")
    project = Project(tmp_path)
    names = ["a b", "a\\b", "c\nd", "e\rf", "мақала", " "]
    for name in names:
        project.write(project.output / name, name.encode())
    path = project.write_manifest(project.output / name for name in names)
    done = subprocess.run(["sha256sum", "--check", "--strict", path.name], cwd=project.output, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.count("OK") == len(names), done.stderr


# --- beyond one machine ---------------------------------------------------------------------------------------------
def test_without_dask_it_is_said_what_to_install(journal, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert journal.run("build", "--scheduler", "tcp://127.0.0.1:1") == 2
    assert capsys.readouterr().err == "basylym: --scheduler needs Dask, which is not installed: pip install 'basylym[dask]'\n"


def test_every_package_that_basylym_works_with_must_be_the_same_everywhere():
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {re.match(r"[\w.-]+", each)[0] for each in data["dependencies"]} <= set(scheduler.ENGINES)
    here = scheduler.versions()
    assert here["weasyprint"] == "70.0" and re.fullmatch(r"[\d.]+ \(\w{8}\)", here["Basylym"]) and "-" not in (here["lxml"], here["Pango"])


def test_a_worker_with_other_versions_is_not_let_near_an_article(tmp_path):
    here = {**scheduler.versions(), "weasyprint": "1.0"}
    assert scheduler.look(here, str(tmp_path), str(tmp_path)) == ("weasyprint", "70.0", "1.0")
    with pytest.raises(scheduler.BasylymError, match=r"has weasyprint 70\.0, and here it is 1\.0"):
        scheduler.work_there(tell_who, tasks(tmp_path, "a")[0], here)
    assert scheduler.work_there(tell_who, tasks(tmp_path, "a")[0], scheduler.versions()).target.slug == "a"


WORKER = """
import os, sys, time
from pathlib import Path
from basylym import pipeline
from distributed.cli.dask_worker import main

folder, address = sys.argv[1:]
work = pipeline.work

def watch(task):
    slug = task.target.slug
    with open(folder + "/log", "a") as log:
        print("begins", slug, os.getpid(), file=log, flush=True)
    held = Path(folder, slug + ".held")
    if held.exists():
        held.rename(held.with_suffix(".begun"))
        time.sleep(600)
    result = work(task)
    with open(folder + "/log", "a") as log:
        print("ends", slug, os.getpid(), file=log, flush=True)
    return result

pipeline.work = watch
main([address, "--no-nanny", "--nthreads", "2", "--no-dashboard", "--local-directory", folder])
"""
"""A worker that writes down what it begins and ends, and stays for ever at an article that is to be held."""


class Cluster:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder: Path):
        self.folder, self.processes = folder, []
        self.log = folder / "log"
        place = folder / "scheduler.json"
        self.scheduler = self.start("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                                    "--scheduler-file", str(place))
        self.address = json.loads(wait_for(lambda: place.exists() and place.read_text("utf-8")))["address"]

    def start(self, *words: str) -> subprocess.Popen:
        self.processes.append(subprocess.Popen([sys.executable, *words], env=ENVIRONMENT, cwd=self.folder,
                                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return self.processes[-1]

    def add_worker(self) -> None:
        self.start("-c", WORKER, str(self.folder), self.address)

    def hold(self, slug: str) -> None:
        (self.folder / f"{slug}.held").touch()

    def who_holds(self, slug: str) -> int:
        """The process that is at an article that is held."""
        wait_for((self.folder / f"{slug}.begun").exists)
        return int(next(line.split()[2] for line in self.log.read_text().splitlines() if line.startswith(f"begins {slug} ")))

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A cluster without workers, yet."""
    if not os.environ.get("CI"):
        pytest.importorskip("distributed")
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.end()


def test_no_scheduler_no_worker_or_no_address_is_said(cluster, journal, monkeypatch, capsys):
    monkeypatch.setattr(scheduler, "PATIENCE", "2s")
    for address, words in (("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9: "), (
            cluster.address, f"the scheduler at {cluster.address} has no workers"), (
            "127.0.0.1", "127.0.0.1 is no address of a scheduler, which looks like tcp://host:8786")):
        assert journal.run("build", "--scheduler", address) == 2
        told = capsys.readouterr()
        assert told.err.startswith(f"basylym: {words}") and told.err.count("\n") == 1 and told.out == ""
    assert not list((journal.folder / "output").rglob("*.*"))


@pytest.fixture(scope="module")
def staffed(cluster):
    """The cluster with two workers."""
    from distributed import Client

    cluster.add_worker()
    cluster.add_worker()
    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)
    return cluster


def test_one_of_two_workers_is_killed_and_every_article_is_built_once_and_right(staffed, journal):
    names = [f"copy-{number}" for number in range(4)]
    add_articles(journal, *names)
    command = [sys.executable, "-m", "basylym", "build", "--format", "html", "--format", "jats", "--force", "--manifest"]
    assert subprocess.run([*command, "--jobs", "1"], cwd=journal.folder, env=ENVIRONMENT).returncode == 0
    here = (journal.folder / "output/SHA256SUMS").read_bytes()
    shutil.rmtree(journal.folder / "output")
    shutil.rmtree(journal.folder / ".basylym")

    staffed.hold("copy-1")
    begun = subprocess.Popen([*command, "--scheduler", staffed.address], cwd=journal.folder, env=ENVIRONMENT, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
    killed = staffed.who_holds("copy-1")
    # a result that was not fetched yet goes with its worker, and its article is built again; of each that was, two records are kept:
    # what was built, and what was found
    wait_for(lambda: len(list((journal.folder / ".basylym").glob("*.z"))) == 2 * staffed.log.read_text().count("ends"))
    time.sleep(0.5)  # the scheduler is told
    os.kill(killed, signal.SIGKILL)
    out, err = begun.communicate(timeout=120)
    assert (begun.returncode, err) == (0, "") and "5 of 5 articles built" in out
    assert (journal.folder / "output/SHA256SUMS").read_bytes() == here  # the same bytes as on this machine alone
    assert not [path for path in (journal.folder / "output").rglob(".*")]
    log = [line.split() for line in staffed.log.read_text().splitlines()]
    assert Counter(slug for what, slug, _ in log if what == "ends") == Counter([*names, "specimen"])
    assert Counter(slug for what, slug, process in log if what == "begins" and int(process) != killed) >= Counter(["copy-1"])
    for process in {process for _, _, process in log}:  # one at a time, though each worker has two threads
        at = [what for what, _, each in log if each == process]
        assert at == [("begins", "ends")[number % 2] for number in range(len(at))]


def test_what_makes_a_worker_of_no_use_is_said(staffed, journal, monkeypatch, capsys):
    versions = scheduler.versions()
    with monkeypatch.context() as patch:
        patch.setattr(scheduler, "versions", lambda: {**versions, "pydantic": "1.0"})
        assert journal.run("build", "--scheduler", staffed.address) == 2
    assert re.fullmatch(r"basylym: the worker tcp://\S+ has pydantic [\d.]+, and here it is 1\.0: its outputs might differ\n",
                        capsys.readouterr().err)
    with monkeypatch.context() as patch:
        patch.setattr(scheduler, "look", None)  # as where Basylym isn't installed, there is no such thing to call
        assert journal.run("build", "--scheduler", staffed.address) == 3
    assert re.match(r"basylym: the worker tcp://\S+ can't work with Basylym: ", capsys.readouterr().err)
    with monkeypatch.context() as patch:
        patch.setattr(scheduler, "NamedTemporaryFile", NotShared)
        assert journal.run("build", "--scheduler", staffed.address) == 2
    assert re.fullmatch(r"basylym: the worker tcp://\S+ does not see \S+: a cluster needs the journal in a folder that all its machines "
                        r"share, under the same path\n", capsys.readouterr().err)


class NotShared:
    """A file that this machine alone sees."""

    name = "/not/there"

    def __init__(self, **_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def test_a_scheduler_that_goes_away_is_said_once(staffed, journal):
    """The last one that needs it."""
    add_articles(journal, "held", "third")
    staffed.hold("held")
    staffed.hold("specimen")
    begun = subprocess.Popen([sys.executable, "-m", "basylym", "build", "--format", "jats", "--scheduler", staffed.address],
                             cwd=journal.folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: list(staffed.folder.glob("held.begun")) or list(staffed.folder.glob("specimen.begun")))
    staffed.scheduler.kill()
    out, err = begun.communicate(timeout=120)
    assert begun.returncode == 3
    assert err == "basylym: the scheduler can't be reached any more; what is done stays done: run the command again\n"
