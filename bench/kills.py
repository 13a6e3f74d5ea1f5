"""Builds that are killed at random moments: `python bench/kills.py`.

A journal of short articles is built from one state of its sources, then from another, again and again; each build is killed, with all
its processes and without warning, at a random moment. After each, every file found must be whole: the bytes are those that one state
or the other gives, and nothing else lies there. The last build is left to end, and must give the bytes of its state.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


class Desk:
    """A journal with two short articles, which can be in one of two states."""

    def __init__(self, folder: Path, formats: list[str], jobs: int):
        self.folder, self.output = folder, folder / "output"
        self._command = [sys.executable, "-m", "basylym", "build", "--jobs", str(jobs), "--manifest",
                         *(word for name in formats for word in ("--format", name))]
        shutil.copytree(ROOT / "source", folder / "source", ignore=shutil.ignore_patterns("2026-*"))
        settings = folder / "source" / "journal.yaml"
        settings.write_text(re.sub(r"(?m)^second_list:.*\n", "", settings.read_text("utf-8")), "utf-8")  # the articles have none
        for name in ("one", "two"):
            shutil.copytree(ROOT / "tests" / "article", folder / "source" / "2026-1" / name)
        (folder / "source" / "2026-1" / "issue.yaml").write_text(
            "volume: '1'\nnumber: '1'\ndate: 2026-03-30\narticles:\n"
            "  - {folder: one, first_page: 5}\n  - {folder: two, first_page: 25}\n", "utf-8")
        self._texts = {path: path.read_text("utf-8") for path in folder.glob("source/*/*/article.md")}

    def change(self, state: int) -> None:
        """Puts the sources into a state."""
        for path, text in self._texts.items():
            path.write_text(f"{text}\n\nМәтін {state}.\n", "utf-8")

    def begin(self) -> subprocess.Popen:
        """Begins a build, in a group of processes of its own."""
        return subprocess.Popen(self._command, cwd=self.folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                text=True, start_new_session=True)

    def build(self) -> dict[str, str]:
        """Builds to the end; the files and their checksums."""
        build = self.begin()
        told = build.communicate()[1]
        if told or not self.files():
            raise SystemExit(f"the build ended with {build.returncode}: {told}")
        return self.files()

    def files(self) -> dict[str, str]:
        """What lies in the folder of outputs, hidden files too."""
        return {path.relative_to(self.output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(self.output.rglob("*")) if path.is_file()}

    def places(self) -> list[tuple[str, int]]:
        """Which files on the disk the outputs are now."""
        return [(entry.path, entry.inode()) for folder in ("one", "two") for entry in os.scandir(self.output / "2026-1" / folder)]


def kill(desk: Desk, seconds: float, writing: bool) -> bool:
    """Begins a build and kills it with all its processes after so many seconds, or so long after it begins writing; whether it was
    still at it."""
    before, build = desk.places(), desk.begin()
    while writing and build.poll() is None and desk.places() == before:
        time.sleep(0.0005)
    end = time.monotonic() + seconds
    while build.poll() is None and time.monotonic() < end:
        time.sleep(0.001)
    at_it = build.poll() is None
    with suppress(ProcessLookupError):
        os.killpg(build.pid, signal.SIGKILL)
    build.communicate()
    return at_it


def _place(name: str) -> str:
    """The name of the file that takes its place."""
    folder, _, last = name.rpartition("/")
    return f"{folder}/{last[1:].rsplit('.', 2)[0]}".lstrip("/") if last.startswith(".") else name


def main() -> int:
    """Prints what was found; the exit code is 1 where a file was not whole or the last build gave something else. A file that waits
    under a hidden name for its place must be whole, too, and gone after the next build."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--times", type=int, default=100)
    options.add_argument("--format", action="append", dest="formats", help="only this format (default: all)")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--seed", type=int, default=None)
    asked = options.parse_args()
    seed = random.randrange(10**6) if asked.seed is None else asked.seed
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), asked.formats or [], asked.jobs)
        right: list[dict[str, str]] = []
        for state in (0, 1):
            desk.change(state)
            begun = time.monotonic()
            right.append(desk.build())
            length = time.monotonic() - begun
        turn, killed, mixed, hidden, broken = -1, 0, 0, 0, []
        while killed < asked.times:  # one that ended before its moment came is none
            turn += 1
            desk.change(turn % 2)
            writing = turn % 4 > 1  # half of them in the moments when there is most to break
            killed += kill(desk, chance.uniform(0, 0.03) if writing else chance.uniform(0.02, 1) * length, writing)
            found = desk.files()
            broken += [f"{turn}: {name}" for name, digest in found.items() if digest not in (each.get(_place(name)) for each in right)]
            hidden += sum(_place(name) != name for name in found)
            broken += [f"{turn}: {name} is gone" for name in right[0].keys() - found.keys()]
            mixed += found not in right
        state = 1 - turn % 2
        desk.change(state)
        completes = desk.build() == right[state]
    print(f"{killed} builds killed (seed {seed}), {mixed} of them between the first file and the last; "
          f"whole files not yet in their place: {hidden}; files not whole or lost: {len(broken)}; "
          f"the next build {'completes' if completes else 'DOES NOT COMPLETE'}")
    print("\n".join(broken), end="\n" * bool(broken))
    return int(bool(broken) or not completes)


if __name__ == "__main__":
    raise SystemExit(main())
