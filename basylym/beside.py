"""Work done meanwhile on another core, in a copy of this process that has all in its memory already: one article alone then keeps
two cores busy. Where the system can't copy a process safely, the work is done when its result is asked for."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

Told = Callable[[], Any]


class Beside:
    """A piece of work that is begun at once and needed later, perhaps in several steps. It must change nothing but what it gives."""

    def __init__(self, work: Callable[[Told], Iterator[Any]], able: bool = True):
        """`work` gives the result of each step in turn, and may ask for what it is told, waiting for it. `able` is whether another core
        may be used; it is not where a program's other threads might hold what the copy waits for."""
        self._work, self._process, self._answers, self._words = work, 0, None, None
        self._told: list[Any] = []
        self._given = 0
        self._here: Iterator[Any] | None = None
        if able and sys.platform == "linux" and threading.active_count() == 1 and (os.cpu_count() or 1) > 1:
            self._begin()

    def _begin(self) -> None:
        import pickle  # what doesn't go to another process needs none

        answers, end = os.pipe()
        listen, words = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            self._process = os.fork()
        except OSError:  # no room for another: the work is done here
            for each in (answers, end, listen, words):
                os.close(each)
            return
        if self._process:
            os.close(end)
            os.close(listen)
            self._answers, self._words = os.fdopen(answers, "rb"), os.fdopen(words, "wb", 0)
            return
        try:
            os.close(answers)
            os.close(words)
            with os.fdopen(end, "wb") as pipe, os.fdopen(listen, "rb") as heard:
                for result in self._work(lambda: pickle.load(heard)):
                    pipe.write(pickle.dumps(result))
                    pipe.flush()
        finally:  # without what the process itself does at its end; what went wrong comes up when the work is done again
            os.kill(os.getpid(), signal.SIGKILL)

    @property
    def able(self) -> bool:
        """Whether another process is at work."""
        return bool(self._process)

    def tell(self, value: Any) -> None:
        """Tells the work what it asks for."""
        self._told.append(value)
        if self._process:
            import pickle

            with suppress(OSError):  # it has ended: its work is done here
                self._words.write(pickle.dumps(value))

    def result(self) -> Any:
        """What came of the next step; where the copy did not come so far, all is done here from the beginning."""
        if self._process:
            import pickle

            try:
                found = pickle.load(self._answers)
                self._given += 1
                return found
            except (EOFError, pickle.UnpicklingError):  # it has ended in the middle
                self.close()
            except BaseException:
                self.close()
                raise
        if self._here is None:
            told = iter(self._told)
            self._here = self._work(lambda: next(told))
            for _ in range(self._given):
                next(self._here)
        return next(self._here)

    def close(self) -> None:
        """Ends the copy, whatever it does."""
        if self._process:
            process, self._process = self._process, 0
            self._answers.close()
            with suppress(OSError):
                self._words.close()
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(process, 0)

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
