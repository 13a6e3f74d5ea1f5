"""How long one article takes, next to the naive pipeline and to whichever peers are installed: `python bench/performance.py`.

Every command is a new process, and all are run in turn, round after round, so that a machine which is slow for a while is slow for
each; what is printed is the median of the ratios within a round. The naive pipeline is three runs of pandoc (HTML, EPUB, JATS) and
pandoc's HTML through WeasyPrint's own command, one after the other, with this journal's styles.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "source" / "2026-1" / "assembly"
STYLES = [ROOT / "styles" / name for name in ("print.css", "print-classic.css")]
CSL = ROOT / "styles" / "csl" / "gost-7.1-2003.csl"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as pip does when it installs them
BASYLYM = [sys.executable, "-m", "basylym"]
WARM = """
import json, sys, time
from pathlib import Path
from basylym import pipeline
from basylym.project import Project
project = Project(Path.cwd())
target = next(each for each in project.targets if each.slug == "assembly")
task = pipeline.Task(project.root, False, target, ("html", "pdf", "epub", "jats"), letters="recalled",
                     beside=sys.argv[1] == "alone")
article, others = target.manuscript.read_text("utf-8"), json.load(sys.stdin)
for other in others:
    target.manuscript.write_text(other, "utf-8")
    begun = time.perf_counter()
    assert not pipeline.work(task).failure
    print(time.perf_counter() - begun)
target.manuscript.write_text(article, "utf-8")
"""
"""A worker builds one article after another; `alone`: the other core is free for parts."""
WORD = re.compile(r"(?<![\w@:/.#\[({<=-])[^\W\d_]{5,}(?![\w@:/\])}>=-])")
"""A word of the text that is nothing else, as a key or an address would be."""


class Desk:
    """A copy of the sample journal with its one article, and folders for the peers."""

    def __init__(self, folder: Path, pandoc: str):
        self.journal, self.peers, self.pandoc, self.words = folder / "journal", folder / "peers", pandoc, 0
        shutil.copytree(ROOT / "source", self.journal / "source")
        shutil.copytree(ARTICLE, self.peers)
        self.article = self.journal / "source" / "2026-1" / "assembly" / "article.md"
        self.text, self.caches = self.article.read_text("utf-8"), folder / "caches"
        self.issue = self.article.parents[1] / "issue.yaml"
        self.placed = self.issue.read_text("utf-8")
        self.head, self.body = self.text[:(end := self.text.index("\n---", 3) + 5)], self.text[end:]

    def run(self, *words: str, folder: Path | None = None, **environment: str) -> None:
        """Runs one command to its end."""
        done = subprocess.run(words, cwd=folder or self.journal, env=ENVIRONMENT | environment, capture_output=True, text=True)
        if done.returncode > (words[:3] == tuple(BASYLYM)):  # 1: the sample is a draft with findings
            raise SystemExit(f"{' '.join(words)}: {done.stderr[-500:]}")

    def naive(self) -> None:
        """pandoc three times, then pandoc and WeasyPrint."""
        given = ["article.md", "--citeproc", "--csl", str(CSL), "--bibliography", "references.yaml", "-s", "--metadata", "title=T"]
        for name in ("a.html", "a.epub"):
            self.run(self.pandoc, *given, "--mathml", "-o", name, folder=self.peers)
        self.run(self.pandoc, *given, "-t", "jats", "-o", "a.xml", folder=self.peers)
        self.run(self.pandoc, *given, "--mathml", *(word for style in STYLES for word in ("-c", str(style))), "-o", "p.html",
                 folder=self.peers)
        self.run(sys.executable, "-m", "weasyprint", "p.html", "a.pdf", folder=self.peers)

    def forget(self) -> None:
        """Leaves nothing of an earlier build."""
        for name in (".basylym", "output"):
            shutil.rmtree(self.journal / name, ignore_errors=True)

    def forget_all(self) -> None:
        """Leaves nothing that this machine made once, either."""
        self.forget()
        shutil.rmtree(self.caches, ignore_errors=True)

    def with_another_word(self) -> str:
        """The article with one word in its middle that is another each time: that of the article itself which stands further on."""
        self.words += 1
        words = [*WORD.finditer(self.body)]
        here = words[len(words) // 2]
        other = next(each[0] for each in words[len(words) // 2 + self.words:] if each[0].lower() != here[0].lower())
        return self.head + self.body[:here.start()] + other + self.body[here.end():]

    def change_a_word(self, fixed: bool = True) -> None:
        """Another word in the article's middle; its pages are `fixed`, as in the sample, or counted."""
        self.article.write_text(self.with_another_word(), "utf-8")
        self.issue.write_text(self.placed if fixed else re.sub(r"(?m)^ *last_page:.*\n", "", self.placed), "utf-8")

    def with_other_lines(self, number: int) -> str:
        """The article with all words of its text moved on by some places, so that no line is what it was."""
        words = [each[0] for each in WORD.finditer(self.body)]
        moved = iter(words[number:] + words[:number])
        return self.head + WORD.sub(lambda each: next(moved), self.body)

    def build(self, *words: str) -> None:
        """`basylym build` of the article."""
        self.run(*BASYLYM, "build", "assembly", *words)

    def check(self) -> None:
        """`basylym check` of the article."""
        self.run(*BASYLYM, "check", "assembly")

    def warm(self, how: str = "", new: bool = False) -> float:
        """The seconds that a warm worker takes for an article with a word changed, or with `new` lines; start-up left out."""
        texts = [self.with_other_lines(place) for place in (7, 17, 27, 37)] if new else [self.with_another_word() for _ in range(4)]
        done = subprocess.run([sys.executable, "-c", WARM, how], cwd=self.journal, env=ENVIRONMENT, capture_output=True, text=True,
                              check=True, input=json.dumps(texts))
        return median(map(float, done.stdout.split()[1:]))


def peers(desk: Desk) -> dict[str, Callable[[], None]]:
    """The peers that are installed, the outputs of each in its name."""
    given = ["article.md", "--citeproc", "--bibliography", "references.yaml", "-s", "--metadata", "title=T"]
    found: dict[str, Callable[[], None]] = {}
    for engine in ("typst", "xelatex", "lualatex"):
        if shutil.which(engine):
            found[f"pandoc and {engine} (PDF)"] = lambda engine=engine: desk.run(
                desk.pandoc, *given, f"--pdf-engine={engine}", "-V", "mainfont=DejaVu Serif", "-o", "t.pdf", folder=desk.peers)
    if shutil.which("quarto"):
        found["Quarto (HTML)"] = lambda: desk.run("quarto", "render", "article.md", "--to", "html", folder=desk.peers)
    if shutil.which("myst"):
        found["MyST (JATS)"] = lambda: desk.run("myst", "build", "article.md", "--jats", folder=desk.peers)
    if shutil.which("manubot"):
        found["Manubot (HTML)"] = lambda: desk.run("manubot", "process", "--content-directory=.", "--output-directory=m", folder=desk.peers)
    return {name: work for name, work in found.items() if _works(work)}


def _works(peer: Callable[[], None]) -> bool:
    """Whether a peer that is installed can do what it is asked: a font or a template may be missing."""
    try:
        peer()
    except (SystemExit, OSError):
        return False
    return True


def peak(work: Callable[[], object]) -> float:
    """The most memory that the processes begun by some work take together, in MiB: each page they share is counted once."""
    most, done = 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.015):
            most = max(most, sum(map(_proportional, _children(os.getpid()))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return most / 1024


def _children(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        found = [int(word) for task in tasks for word in (task / "children").read_text().split()]
    except OSError:
        return []
    return found + [far for near in found for far in _children(near)]


def _proportional(process: int) -> int:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def measure(work: Callable[[], object]) -> float:
    """The seconds that some work takes; what it says itself, if it says any."""
    begun = time.perf_counter()
    said = work()
    return said if isinstance(said, float) else time.perf_counter() - begun


def rounds(desk: Desk, number: int) -> tuple[list[str], dict[str, list[float]]]:
    """The names of what is measured, and the seconds of each, round by round."""
    before: dict[str, Callable[[], None]] = {
        "first build on a machine": desk.forget_all, "cold build": desk.forget, "one word changed, everything": desk.change_a_word,
        "one word changed, HTML alone": desk.change_a_word,
        "one word changed, HTML alone, pages counted": lambda: desk.change_a_word(fixed=False), "check": desk.forget}
    works: dict[str, Callable[[], object]] = {
        "naive pipeline": desk.naive,
        "first build on a machine": lambda: desk.run(*BASYLYM, "build", "assembly", XDG_CACHE_HOME=str(desk.caches)),
        "cold build": desk.build, "nothing changed": desk.build,
        "one word changed, everything": desk.build, "one word changed, HTML alone": lambda: desk.build("--format", "html"),
        "one word changed, HTML alone, pages counted": lambda: desk.build("--format", "html"),
        "check": desk.check, "check, nothing changed": desk.check, "--help": lambda: desk.run(*BASYLYM, "--help"),
        "warm worker": desk.warm, "warm worker, the other core free": lambda: desk.warm("alone"),
        "warm worker, every line new": lambda: desk.warm(new=True),
        "warm worker, every line new, the other core free": lambda: desk.warm("alone", new=True), **peers(desk)}
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(number + 1):  # the first is not counted: it warms what the system keeps of files
        for name, work in works.items():
            before.get(name, lambda: None)()
            taken = measure(work)
            if turn:
                seconds[name].append(taken)
        desk.article.write_text(desk.text, "utf-8")
        desk.issue.write_text(desk.placed, "utf-8")
    return list(works), seconds


GOALS = {"cold build": ("naive pipeline", 0.6), "nothing changed": ("cold build", 0.15), "warm worker": ("naive pipeline", 0.3),
         "one word changed, everything": ("cold build", 0.9), "one word changed, HTML alone": ("cold build", 0.4),
         "one word changed, HTML alone, pages counted": ("cold build", None), "check": ("cold build", 0.35)}
"""What each is measured by, and the ratio that it shall not exceed."""


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rounds", type=int, default=5)
    number = options.parse_args().rounds
    import pypandoc

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), pypandoc.get_pandoc_path())
        names, seconds = rounds(desk, number)
        desk.forget()
        memory = peak(desk.build) / peak(desk.naive) if Path("/proc/self/smaps_rollup").exists() else None
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores{load}, Python {platform.python_version()}, "
          f"{number} rounds\n")
    print("| what | seconds (median) | least | ratio | to | at most |\n|---|--:|--:|--:|---|--:|")
    for name in names:
        to, goal = GOALS.get(name, ("naive pipeline", None))
        ratio = median(mine / its for mine, its in zip(seconds[name], seconds[to], strict=True))
        print(f"| {name} | {median(seconds[name]):.2f} | {min(seconds[name]):.2f} | {ratio:.2f} | {to} | {goal or ''} |")
    if memory:
        print(f"| peak memory of a cold build | | | {memory:.2f} | naive pipeline | 1.5 |")


if __name__ == "__main__":
    main()
