"""How fast many articles are built, and how much memory that takes: `python bench/many.py`.

Copies of the tests' and the sample's articles, of varied length, each with a sentence of its own, are built by one worker and by
several, in turn; what is printed is articles a minute, processor time an article, and the memory of every worker as it goes on.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
KINDS = [ROOT / "tests" / "article", *sorted((ROOT / "tests" / "published" / "source" / "2026-1").glob("*/")),
         ROOT / "source" / "2026-1" / "assembly", ROOT / "source" / "2026-1" / "single-source"]
"""The articles that are copied: short ones and long ones."""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
TICK = os.sysconf("SC_CLK_TCK")


def lay_out(folder: Path, number: int, bad: int) -> None:
    """A journal of so many articles in issues of fifty, one of which can't be built for each of the `bad`."""
    shutil.copytree(ROOT / "source", folder / "source", ignore=shutil.ignore_patterns("2026-*"))
    for count in range(number):
        issue = folder / "source" / f"2026-{count // 50 + 1}"
        if not issue.exists():
            issue.mkdir()
            (issue / "issue.yaml").write_text(f"volume: '1'\nnumber: '{count // 50 + 1}'\ndate: 2026-03-30\n", "utf-8")
        article = issue / f"article-{count:04}"
        shutil.copytree(KINDS[count % len(KINDS)], article)
        text = (article / "article.md").read_text("utf-8")
        (article / "article.md").write_text("---\ntitle: [\n---\n" if count < bad else f"{text}\n\nOne more sentence, {count}.\n", "utf-8")


def descendants(process: int) -> list[int]:
    """The processes that a process began, and those that these began."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        found = [int(word) for task in tasks for word in (task / "children").read_text().split()]
    except OSError:
        return []
    return found + [far for near in found for far in descendants(near)]


def look(process: int) -> tuple[float, float, bytes]:
    """The seconds of the processor that a process took with its ended children, its memory in MiB, and what it is: a worker, pandoc
    or another."""
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return 0, 0, b""
    resident = int(words[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    kind = b"worker" if b"forkserver" in command and resident > 100 else b"pandoc" if b"/pandoc\0" in command else b""
    return sum(map(int, words[11:15])) / TICK, resident, kind


class Run:
    """One build, watched."""

    def __init__(self, folder: Path, workers: int):
        self.memory: dict[int, list[tuple[float, float]]] = {}
        shutil.rmtree(folder / "output", ignore_errors=True)
        shutil.rmtree(folder / ".basylym", ignore_errors=True)
        begun = time.monotonic()
        command = [sys.executable, "-m", "basylym", "build", "--force", "--jobs", str(workers)]
        build = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds: dict[int, float] = {}
        alone, readers = workers == 1, set[int]()
        while build.poll() is None:
            now = set()
            for process in [build.pid, *descendants(build.pid)]:
                taken, resident, kind = look(process)
                seconds[process] = max(taken, seconds.get(process, 0))
                if kind == b"pandoc":
                    now.add(process)
                if kind == b"worker" or (alone and process == build.pid):
                    self.memory.setdefault(process, []).append((time.monotonic() - begun, resident))
            readers = now or readers
            time.sleep(0.25)
        self.seconds = time.monotonic() - begun
        # a child that has ended is among its parent's too: what counts is who has not been counted by another
        # before, and a pandoc that waits until its worker ends
        self.processor = sum(seconds[process] for process in {build.pid, *self.memory, *readers})
        self.built = len(list((folder / "output").glob("*/*/*.pdf")))


def grown(samples: list[tuple[float, float]]) -> tuple[float, float]:
    """The most memory in the second quarter of the time, and in the last."""
    end = samples[-1][0]
    return tuple(max((size for at, size in samples if low * end <= at <= high * end), default=0) for low, high in ((.25, .5), (.75, 1)))


def main() -> None:
    """Prints the figures."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--articles", type=int, default=200)
    options.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--bad", type=int, default=1, help="how many of the articles can't be built")
    asked = options.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
          f"Python {platform.python_version()}, {asked.articles} articles\n")
    print("| workers | built | seconds | articles a minute | processor an article | peak of a worker: 2nd quarter → last |")
    print("|--:|--:|--:|--:|--:|---|")
    runs: dict[int, list[Run]] = {1: [], asked.workers: []}
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder), asked.articles, asked.bad)
        for _ in range(asked.rounds):
            for workers, done in runs.items():
                run = Run(Path(folder), workers)
                done.append(run)
                peaks = ", ".join("{:.0f} → {:.0f} MiB".format(*grown(samples))  # not of what a worker begins for a moment
                                  for samples in run.memory.values() if len(samples) > 8)
                print(f"| {workers} | {run.built} | {run.seconds:.0f} | {run.built / run.seconds * 60:.1f} | "
                      f"{run.processor / max(run.built, 1):.2f} s | {peaks} |", flush=True)
    one, many = (runs[workers] for workers in (1, asked.workers))
    ratio = median(mine.built / mine.seconds / (its.built / its.seconds) for mine, its in zip(many, one, strict=True))
    dearer = median(mine.processor / its.processor for mine, its in zip(many, one, strict=True))
    print(f"\n{asked.workers} workers: {ratio:.2f} times the throughput of one; processor time {dearer:.2f} times")


if __name__ == "__main__":
    main()
