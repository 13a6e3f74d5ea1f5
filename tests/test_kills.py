"""Whatever stops a build – a kill, a full disk, a folder that may not be written – no file is half written, no earlier result lost, and
the next build completes."""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT

from basylym import whole
from basylym.errors import OutputError
from basylym.project import Project
from basylym.whole import Staged, sweep, write_whole

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
BUILD = ["build", "--jobs", "1", "--format", "html", "--format", "jats"]
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


def files(folder: Path) -> dict[str, bytes]:
    """What lies below a folder, hidden files too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(journal, words: str) -> None:
    """Other words at the article's end."""
    path = journal.article / "article.md"
    path.write_text(path.read_text("utf-8") + f"\n\n{words}\n", "utf-8")


# --- kills ----------------------------------------------------------------------------------------------------------
@linux
def test_builds_killed_at_any_moment_leave_whole_files_and_the_next_one_completes():
    """A handful; `python bench/kills.py` kills a hundred."""
    words = ["--times", "4", "--format", "jats", "--jobs", "1"]
    done = subprocess.run([sys.executable, str(ROOT / "bench/kills.py"), *words], env=ENVIRONMENT,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.match(r"4 builds killed .*; files not whole or lost: 0; the next build completes\n", done.stdout)


@linux
def test_workers_go_with_the_process_that_began_them(tmp_path):
    """Else they would wait for ever, with all their memory."""
    code = ("import sys, time; from pathlib import Path; from mortal import stay; from basylym.project import Target\n"
            "from basylym.tasks import Task; from basylym.workers import Processes, work_side_by_side\n"
            "tasks = [Task(Path(sys.argv[1]), False, Target(Path(name) / 'article.md', None, Path())) for name in 'ab']\n"
            "with Processes(2, 'basylym.workers') as pool: list(work_side_by_side(pool, stay, tasks))")
    begun = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)],
                             env={**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests")))})
    end = time.monotonic() + 60
    while len(workers := [int(path.name) for path in tmp_path.iterdir()]) < 2:
        assert time.monotonic() < end and begun.poll() is None
        time.sleep(0.02)
    begun.kill()
    begun.wait()
    while any(runs(each) for each in workers):
        assert time.monotonic() < end, "they are still there"
        time.sleep(0.02)


def runs(process: int) -> bool:
    """Whether a process is at work; one that has ended may wait to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# --- the disk is full -----------------------------------------------------------------------------------------------
@linux
def test_a_full_disk_is_said_and_leaves_every_earlier_file(journal, capsys):
    assert journal.run(*BUILD) == 0
    before = files(journal.folder / "output")
    change(journal, "Жаңа сөйлем.")
    room = len(before["2026-1/specimen/specimen.xml"]) + 2000  # enough for the one, not for the other
    assert room < len(before["2026-1/specimen/specimen.html"])
    capsys.readouterr()
    with no_file_larger_than(room):
        assert journal.run(*BUILD) == 3
    told = capsys.readouterr().err
    assert re.fullmatch(r"basylym: 2026-1/specimen: \S+/specimen\.html could not be written: File too large\n", told)
    assert files(journal.folder / "output") == before
    assert journal.run(*BUILD) == 0
    now = files(journal.folder / "output")
    assert now.keys() == before.keys() and not any(now[name] == before[name] for name in now)


@contextmanager
def no_file_larger_than(size: int):
    """As on a disk that has no more room than this."""
    import resource

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.mark.parametrize("fails", [0, 1, 2])
def test_files_of_an_article_are_replaced_together_or_not_at_all(tmp_path, monkeypatch, fails):
    (tmp_path / "journal.yaml").write_text("", "utf-8")
    project, written = Project(tmp_path), Staged._fill
    places = [project.output / "a" / name for name in ("a.pdf", "a.epub", "a.html")]
    project.write_all([(path, b"old") for path in places])

    def fill(self):
        if self._path == places[fails]:
            raise OSError(28, "No space left on device")
        written(self)

    monkeypatch.setattr(Staged, "_fill", fill)
    with pytest.raises(OutputError, match="No space left on device"):
        project.write_all([(path, b"new") for path in places])
    assert files(project.output) == {f"a/{path.name}": b"old" for path in places}


# --- a folder that may not be written -------------------------------------------------------------------------------
@contextmanager
def read_only(folder: Path):
    """A folder that nobody may write, the administrator neither."""
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    if not shutil.which("mount") or subprocess.run(["mount", "--bind", folder, folder], capture_output=True).returncode:
        pytest.skip("the administrator may write everywhere, and can't mount here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@linux
def test_a_folder_of_outputs_that_may_not_be_written_is_said_and_stays_as_it_is(journal, capsys):
    assert journal.run(*BUILD) == 0
    folder = journal.folder / "output/2026-1/specimen"
    before = files(journal.folder / "output")
    change(journal, "Жаңа сөйлем.")
    capsys.readouterr()
    with read_only(folder):
        assert journal.run(*BUILD) == 3
    assert re.fullmatch(r"basylym: 2026-1/specimen: \S+/specimen\.\w+ can't be written: its folder is read-only\n", capsys.readouterr().err)
    assert files(journal.folder / "output") == before
    shutil.rmtree(journal.folder / "output")
    (journal.folder / "output").mkdir()
    with read_only(journal.folder / "output"):
        assert journal.run(*BUILD) == 3
    assert re.fullmatch(r"basylym: 2026-1/specimen: \S+ could not be written: (Permission denied|Read-only file system)\n",
                        capsys.readouterr().err)


# --- a font that is not there ---------------------------------------------------------------------------------------
def test_a_font_that_is_not_installed_is_a_finding_and_the_article_is_built(journal, capsys):
    journal.overlay({"journal": {"fonts": ["No Such Family"]}})
    assert journal.run("build", "--format", "html") == 1
    told = capsys.readouterr()
    assert "No Such Family" in told.out and "fontpkg" in told.out and told.err == ""
    assert journal.output(".html").is_file()


# --- how a file is written ------------------------------------------------------------------------------------------
WAYS = {"nameless": lambda patch: None,
        "no nameless files": lambda patch: patch.delattr(os, "O_TMPFILE", raising=False),
        "no /proc": lambda patch: patch.setattr(os, "link", refuse)}
"""How files are written on different systems."""


def refuse(*_, **__):
    raise FileNotFoundError(2, "No such file or directory")


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    """One of the ways."""
    WAYS[request.param](monkeypatch)
    return request.param


def test_a_file_takes_the_place_of_the_earlier_one_with_its_own_rights(tmp_path, way):
    path = tmp_path / "a.html"
    for data, rights in ((b"old", 0o600), (b"new" * 100_000, 0o644)):
        write_whole(path, data, rights)
        assert path.read_bytes() == data and path.stat().st_mode & 0o777 == rights
    assert [each.name for each in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_rights_that_the_user_gives(tmp_path, way, mask, rights):
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "a.html", b"new")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (tmp_path / "a.html").stat().st_mode & 0o777 == rights


def test_a_file_that_is_dropped_leaves_nothing(tmp_path, way):
    open_before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0  # noqa: PTH208
    Staged(tmp_path / "a.html", b"new", 0o644).drop()
    assert list(tmp_path.iterdir()) == []
    assert not open_before or len(os.listdir("/proc/self/fd")) == open_before  # noqa: PTH208


def test_a_place_that_can_t_be_taken_leaves_nothing_beside_it(tmp_path, way):
    (tmp_path / "a.html").mkdir()
    with pytest.raises(OSError):
        write_whole(tmp_path / "a.html", b"new", 0o644)
    assert [each.name for each in tmp_path.iterdir()] == ["a.html"]


def test_what_a_killed_build_left_goes_with_the_next_one_and_what_another_is_at_stays(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    here = whole._machine()
    left, at_it = f".a.html.{here}-{gone.pid}.1a2b3c4d", f".a.html.{here}-{os.getpid()}.1a2b3c4d"
    elsewhere, old = f".a.html.0000beef-{gone.pid}.1a2b3c4d", ".a.html.0000beef-1.1a2b3c4d"
    for name in (left, at_it, elsewhere, old, "a.html", ".a.html", ".b.html.x"):
        (tmp_path / name).touch()
    os.utime(tmp_path / old, (0, 0))
    sweep([tmp_path / "a.html"])
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([at_it, elsewhere, "a.html", ".a.html", ".b.html.x"])


def test_the_name_that_a_file_waits_under_tells_who_is_at_it(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    staged = Staged(tmp_path / "a.html", b"new", 0o644)
    name = next(tmp_path.iterdir()).name
    sweep([tmp_path / "a.html"])
    assert re.fullmatch(rf"\.a\.html\.[0-9a-f]{{8}}-{os.getpid()}\.\w+", name) and (tmp_path / name).exists()
    staged.put()
    assert [each.name for each in tmp_path.iterdir()] == ["a.html"]


def test_an_interruption_while_a_file_is_put_in_its_place_leaves_nothing_beside_it(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.html", b"new", 0o644)
    assert list(tmp_path.iterdir()) == []
