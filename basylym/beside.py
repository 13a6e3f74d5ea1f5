"""Work done meanwhile on another core, in a copy of this process that has all in its memory already: one article alone then keeps
two cores busy. Where the system can't copy a process safely, the work is done when its result is asked for."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

Done = TypeVar("Done")


class Beside(Generic[Done]):
    """A piece of work that is begun at once and needed later. It must change nothing but what it returns."""

    def __init__(self, work: Callable[[], Done], able: bool = True):
        """`able` is whether another core may be used; it is not where a program's other threads might hold what the copy waits for."""
        self._work, self._process, self._pipe = work, 0, -1
        if able and sys.platform == "linux" and threading.active_count() == 1 and (os.cpu_count() or 1) > 1:
            self._begin()

    def _begin(self) -> None:
        import pickle

        self._pipe, end = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            self._process = os.fork()
        except OSError:  # no room for another: the work is done here
            os.close(self._pipe)
            os.close(end)
            return
        if self._process:
            os.close(end)
            return
        try:
            os.close(self._pipe)
            data = pickle.dumps(self._work())
            with os.fdopen(end, "wb") as pipe:
                pipe.write(data + b"whole")
        finally:  # without what the process itself does at its end; what went wrong comes up when the work is done again
            os.kill(os.getpid(), signal.SIGKILL)

    def result(self) -> Done:
        """What came of it; the work is done here where the copy did not come to its end."""
        data = b""
        if self._process:
            try:
                with os.fdopen(self._pipe, "rb") as pipe:
                    data = pipe.read()
            finally:
                process, self._process = self._process, 0
                with suppress(ChildProcessError):
                    os.waitpid(process, 0)
        if not data.endswith(b"whole"):
            return self._work()
        import pickle

        return pickle.loads(data[:-5])
