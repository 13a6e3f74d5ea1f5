"""Who works when there are many articles, and what becomes of one whose worker stops."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import Protocol

from basylym.errors import EngineError
from basylym.messages import Phrase, say
from basylym.tasks import Result, Task

Work = Callable[[Task], Result]
ADDRESS = 60
"""So many bytes the name of the folder for temporary files may have: a socket's address has 108 at most, and its own name goes in too."""


class Workers(Protocol):
    """Takes tasks and does several at once: the processes of this machine, or a cluster."""

    width: int
    """How many tasks it takes at once."""
    lost: tuple[type[BaseException], ...]
    """What a task fails with whose worker stopped, though it may be another's fault."""

    def submit(self, work: Work, task: Task) -> Future[Result]:
        """Begins a task."""


class Processes:
    """A pool of processes that stay warm; a new one when one of them was stopped, for that ends a pool."""

    lost = (BrokenExecutor,)

    def __init__(self, width: int, load: str):
        """`load` is the module that workers have in their memory from the beginning."""
        self.width, self._load = width, load
        self._pool = self._begin()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _begin(self) -> Executor:
        return ProcessPoolExecutor(self.width, _fresh_processes(self._load), initializer=_heed_the_main_process)

    def submit(self, work: Work, task: Task) -> Future[Result]:
        """Begins a task."""
        try:
            return self._pool.submit(work, task)
        except BrokenExecutor:
            self._pool.shutdown()
            self._pool = self._begin()
            return self._pool.submit(work, task)


def _fresh_processes(load: str) -> multiprocessing.context.BaseContext:
    """How workers begin: from a process that has done nothing yet. A copy of one with threads, as a program that uses Basylym
    may be, can wait for ever on a lock that no thread of its own holds."""
    if "forkserver" not in multiprocessing.get_all_start_methods() or len(os.fsencode(tempfile.gettempdir())) > ADDRESS:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([load])
    return context


def _heed_the_main_process() -> None:
    """Ctrl-C goes to the main process alone: it asks for no more, and a worker ends the article it is at. Where the main process is
    killed, its workers go too, which would else wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if main := multiprocessing.parent_process():
        threading.Thread(target=lambda: (main.join(), os.kill(os.getpid(), signal.SIGKILL)), daemon=True).start()


def work_side_by_side(workers: Workers, work: Work, tasks: list[Task],
                      keep: Callable[[Task, Result], None] = lambda task, result: None) -> Iterator[Result]:
    """The results of tasks, each kept and told as soon as it is there.

    When a worker is stopped from outside, as the system does when memory runs out, it isn't known which of the articles that were
    worked on is to blame: each is done once more, with nothing beside it, and fails alone if that stops its worker again.
    """
    waiting, lost, again = deque(tasks), deque[Task](), set[Task]()
    running: dict[Future[Result], Task] = {}
    done: SimpleQueue[Future[Result]] = SimpleQueue()
    alone: Task | None = None

    def begin(task: Task) -> Task:
        future = workers.submit(work, task)
        running[future] = task
        future.add_done_callback(done.put)
        return task

    try:
        while waiting or running or lost:
            if lost and not running:
                alone = begin(lost.popleft())
            while waiting and not lost and not alone and len(running) < workers.width:
                begin(waiting.popleft())
            future = done.get()
            task = running.pop(future)
            alone = None if task is alone else alone
            if future.cancelled():
                raise EngineError(Phrase("the scheduler can't be reached any more; what is done stays done: run the command again"))
            error = future.exception()
            result = None if error else future.result()
            del future  # a cluster keeps what is still held here, and does it again when the worker that has it goes
            if isinstance(error, workers.lost) and task not in again:
                again.add(task)
                lost.append(task)
                continue
            result = result or _told(task, error, task in again)
            keep(task, result)
            yield result
    finally:  # when it is interrupted, what can't be taken back is finished and kept
        for future, task in running.items():
            if not future.cancel():
                with suppress(Exception, CancelledError):
                    keep(task, future.result())


def _told(task: Task, error: BaseException, again: bool) -> Result:
    """What became of a task whose worker could not end it."""
    if again:
        words = say("its worker was stopped from outside, and once more when it worked on nothing else; it may need more memory "
                    "than there is", task.tongue)
    else:
        words = say("the worker stopped: {error}", task.tongue, error=str(error) or type(error).__name__)
    return Result(task.target, failure=words, exit_code=3)
