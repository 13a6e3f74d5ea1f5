"""pandoc, begun by a command that is going to read before the command itself is loaded: little is asked of Python here, for what usually
begins a process takes as long to load as pandoc to begin. `basylym/head_start.py` takes it over.
"""

from __future__ import annotations

# pathlib is not loaded yet, either
# ruff: noqa: PTH100, PTH109, PTH112, PTH113, PTH118, PTH119, PTH120, PTH123
import os
import sys
from _thread import allocate_lock

PACKAGE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(PACKAGE, "read", "manuscript.lua")
MEGABYTES = 600
"""The memory it may take where a journal says nothing, named here so that no limits are loaded; a test compares them."""
SURE = {"build": {"--force": (), "--manifest": (), "--format": ("html", "pdf", "epub", "jats"), "--lang": ("en", "ru", "kk")},
        "check": {"--strict": (), "--lang": ("en", "ru", "kk")},
        "package": {"--force": (), "--fresh": (), "--lang": ("en", "ru", "kk")}}
"""The commands that read articles, and those of their options, with their values, that leave no doubt that they will."""
RECORDS, MANY, LARGEST = ".basylym", 300, 1_000_000
"""The folder of what was kept of the last time, how many files are looked at to see whether one is newer, and how many bytes of one."""
BEGUN: list[Process] = []
"""At most one, until it is taken over."""


class Process:
    """A program that runs beside this one, with what there is of `subprocess.Popen`'s; what it writes comes by one pipe."""

    def __init__(self, words: list[str], environment: dict[str, str]):
        theirs, ours = os.pipe()
        answers, said = os.pipe()
        try:
            self.pid = os.posix_spawn(words[0], words, environment, file_actions=[
                (os.POSIX_SPAWN_DUP2, theirs, 0), (os.POSIX_SPAWN_DUP2, said, 1), (os.POSIX_SPAWN_DUP2, said, 2)])
        except OSError:
            os.close(ours)
            os.close(answers)
            raise
        finally:
            os.close(theirs)
            os.close(said)
        self.args, self.returncode = words, None
        self.stdin, self.stdout = open(ours, "wb"), open(answers, "rb")  # noqa: SIM115
        self._asking = allocate_lock()

    def poll(self) -> int | None:
        """What it ended with; None while it runs, or while another thread waits for its end."""
        return self._ask(os.WNOHANG) if self._asking.acquire(blocking=False) else self.returncode

    def wait(self) -> int | None:
        """What it ended with, as soon as it has."""
        self._asking.acquire()
        return self._ask(0)

    def _ask(self, how: int) -> int | None:
        """Asks the system, by whose leave alone: its number may be another's afterwards."""
        try:
            if self.returncode is None:
                ended, status = os.waitpid(self.pid, how)
                if ended:
                    self.returncode = os.waitstatus_to_exitcode(status)
        except ChildProcessError:  # somebody else has heard of its end
            self.returncode = 0
        finally:
            self._asking.release()
        return self.returncode

    def kill(self) -> None:
        """Ends it, whatever it does."""
        if self.poll() is None:
            os.kill(self.pid, 9)

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        try:
            self.stdin.close()
        finally:
            self.wait()


def find_pandoc() -> str:
    """The pandoc that the lock file names, and no other that the machine may have; nothing where the package carries none."""
    for finder in sys.meta_path:  # as importlib.util.find_spec does, which takes as long to load as all else here
        if found := getattr(finder, "find_spec", lambda *_: None)("pypandoc", None):
            bundled = os.path.join(os.path.dirname(found.origin or ""), "files", "pandoc")
            return bundled if found.origin and os.path.isfile(bundled) else ""
    return ""


def words_for(megabytes: int) -> list[str]:
    """What pandoc is told besides its two formats, which are our script: how much memory it may take. What it reckons by leaves out
    a part of what the system counts, so it is told a tenth less. It allocates in steps that the processor's own memory holds, and looks
    through all that it holds, which takes 20 ms however little that is, only after more than getting ready leaves behind."""
    return ["--quiet", "+RTS", f"-M{megabytes * 9 // 10}m", "-A8m", "-H1m", "-O64m", "-RTS"]


def early_words() -> list[str]:
    """How pandoc is begun before it is known what it is to read; nothing where that is of no use."""
    if (os.cpu_count() or 1) < 2 or os.environ.get("PYPANDOC_PANDOC") or not (pandoc := find_pandoc()):
        return []
    return [pandoc, f"--from={SCRIPT}", f"--to={SCRIPT}", *words_for(MEGABYTES)]


def what_to_read() -> str:
    """What a pandoc that is begun before it has a question gets ready for. Where the journal here lists works by their words, as far as
    a glance tells, it is `sorted`: the tables for that take as long as all else."""
    try:
        folder, below = os.getcwd(), ""
        while folder != below:
            for name in ("source", ""):
                if settings := _read(os.path.join(folder, name, "journal.yaml")):
                    return "sorted" if _sorts(settings, folder) else "early"
            folder, below = os.path.dirname(folder), folder
    except (OSError, ValueError):  # it finds out when it is asked
        pass
    return "early"


def _sorts(settings: bytes, folder: str) -> bool:
    """Whether the style that a journal names has an order of its own."""
    style = next((line[4:].split() for line in settings.splitlines() if line.startswith(b"csl:")), [])
    name = style[0].strip(b"'\"").decode() + ".csl" if style else ""
    roots = (folder, os.path.dirname(folder), os.path.join(PACKAGE, "defaults"), os.path.dirname(PACKAGE))
    return bool(name) and any(b"<sort" in _read(os.path.join(root, "styles", "csl", os.path.basename(name))) for root in roots)


def _read(path: str) -> bytes:
    """The beginning of a file; nothing where none is."""
    if not os.path.isfile(path):
        return b""
    with open(path, "rb") as file:
        return file.read(LARGEST)


def begin(arguments: list[str]) -> None:
    """Begins it where a command line is sure to ask for articles to be read, and they seem to have changed; else the command itself
    finds out first."""
    if hasattr(os, "posix_spawn") and not BEGUN and _is_sure(arguments) and _is_news() and (words := early_words()):
        try:
            BEGUN.append(Process(words, {**os.environ, "BASYLYM_READS": what_to_read()}))
        except OSError:  # the command does without
            return


def _is_sure(arguments: list[str]) -> bool:
    known, rest = SURE.get(arguments[0]) if arguments else None, iter(arguments[1:])
    return known is not None and all(
        word[:1] != "-" or word in known and (not known[word] or next(rest, "") in known[word]) for word in rest)


def _is_news() -> bool:
    """Whether anything here is newer than what was kept of it, as far as a glance tells."""
    try:
        folder, below = os.getcwd(), ""
        while not os.path.isdir(os.path.join(folder, RECORDS)):
            folder, below = os.path.dirname(folder), folder
            if folder == below:
                return True
        with os.scandir(os.path.join(folder, RECORDS)) as records:
            kept = max((each.stat().st_mtime_ns for each in records), default=0)
        folders, left = [folder], MANY
        while folders:
            with os.scandir(folders.pop()) as entries:
                for each in entries:
                    left -= 1
                    if each.is_dir(follow_symlinks=False):
                        folders += [each.path] if each.name[:1] != "." and each.name != "output" else []
                    elif left < 0 or each.stat().st_mtime_ns > kept:
                        return True
    except OSError:
        return True
    return False
