"""pandoc, started before there is anything for it to read: it gets ready on another core while Python still loads what reads an article.
It then reads one manuscript after another.

At most one waits. It ends by itself when this process does, for then nobody writes to it any more.
"""

from __future__ import annotations

import atexit
import os
import re
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from basylym.at_once import BEGUN, MEGABYTES, Process, early_words, what_to_read
from basylym.at_once import SCRIPT as SCRIPT
from basylym.at_once import find_pandoc as find_pandoc
from basylym.at_once import words_for as words_for

WAITING: list[Pandoc] = []
ENDING: list[Pandoc] = []
"""Those that were told to end, and may take their time."""
MANUSCRIPTS = 200
"""So many one process reads."""
RESIDENT = 256
"""One that has taken more memory than this, in megabytes, reads no further manuscript."""
FULL = 251
"""What GHC ends a program with whose heap is full."""


class Pandoc:
    """A process that is asked in one piece, its length before it, and answers in the same way; what it says without a length are
    its last words."""

    def __init__(self, words: Sequence[str], early: bool = False, process: Process | None = None, **how: Any):
        """With a `process`, it is one that was begun before."""
        self.words, self.asked = list(words), 0
        how["env"] = {**(how.get("env") or os.environ), "BASYLYM_READS": what_to_read() if early else "now"}
        self._process = process or subprocess.Popen(self.words, **how | dict(
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
        self.pid = self._process.pid

    def ask(self, question: bytes) -> tuple[bytes | None, bytes]:
        """The answer and nothing, or nothing and what it said at its end. It takes as long as it takes: whoever asks may `kill` it."""
        self.asked += 1
        pipe, answers = self._process.stdin, self._process.stdout
        with suppress(OSError):  # it has ended: it is asked why
            pipe.write(b"%d\n" % len(question) + question)
            pipe.flush()
        said = answers.readline()
        if head := re.fullmatch(rb"answer (\d+)\r?\n", said):
            answer = answers.read(int(head[1]))
            if len(answer) == int(head[1]):
                return answer, b""
            said = b""
        with suppress(OSError):
            pipe.close()
        said += answers.read()
        self._process.wait()
        return None, said

    @property
    def returncode(self) -> int | None:
        """What it ended with; None while it works or waits."""
        return self._process.poll()

    def end(self) -> int:
        """Tells it that nothing more comes; what it then ends with is FULL where it has taken more memory than it may."""
        with suppress(OSError):
            self._process.stdin.close()
        self._process.stdout.read()
        return self._process.wait()

    def kill(self) -> None:
        """Ends it, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """Ends it and waits for its end."""
        self.kill()
        with suppress(OSError), self._process:
            pass

    def leave(self) -> None:
        """Forgets it in a copy of this process: it answers to the other one."""
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()
        self._process.returncode = 0

    def may_stay(self, megabytes: int = MEGABYTES) -> bool:
        """Whether it may read another manuscript, and is sure not to have taken more memory than so much."""
        if self.asked >= MANUSCRIPTS or self.returncode is not None:
            return False
        try:
            most = re.search(rb"VmHWM:\s*(\d+) kB", Path(f"/proc/{self.pid}/status").read_bytes())
            return int(most[1]) < min(RESIDENT, megabytes) * 1024
        except (OSError, TypeError):  # a system that doesn't tell
            return False


def start_early() -> None:
    """Starts a pandoc, where there is another core for it and none waits."""
    if not WAITING and (words := early_words()):
        with suppress(OSError):
            WAITING.append(Pandoc(words, early=True))


def start(words: Sequence[str], **how: Any) -> Pandoc:
    """The process that waits, where it was started with the same words; else a new one."""
    with suppress(IndexError):  # another thread may be faster
        waiting = WAITING.pop()
        if waiting.words == list(words) and waiting.returncode is None:
            return waiting
        waiting.close()
    return Pandoc(words, **how)


def keep(pandoc: Pandoc) -> None:
    """Lets one that has answered wait for the next manuscript; it is ended where another waits already."""
    if WAITING:
        pandoc.close()
    else:
        WAITING.append(pandoc)


def dismiss() -> None:
    """Ends what waits, which takes some time on another core."""
    while ENDING:
        ENDING.pop().close()
    while WAITING:
        ENDING.append(WAITING.pop())
        ENDING[-1].kill()


def give_up() -> None:
    """Ends what waits for nothing, and waits for its end."""
    dismiss()
    dismiss()


def _leave() -> None:
    for those in (WAITING, ENDING):
        while those:
            those.pop().leave()


WAITING += [Pandoc(each.args, process=each) for each in BEGUN]
BEGUN.clear()
atexit.register(give_up)
if hasattr(os, "register_at_fork"):  # a copy of this process must not hold what pandoc reads from: it would wait for its end, too
    os.register_at_fork(after_in_child=_leave)
