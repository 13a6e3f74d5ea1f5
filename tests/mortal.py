"""Work that stops its workers. It is done in other processes, which load this module and not the tests."""

import os
import signal
import time

from basylym.tasks import Result, Task


def die(task: Task) -> Result:
    """One article kills whoever works on it, as the system does when memory runs out."""
    if task.target.slug == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return Result(task.target)


def die_once(task: Task) -> Result:
    """The first time it kills its worker; the next time it goes well."""
    seen = task.root / f"{task.target.slug}.seen"
    if task.target.slug == "kills" and not seen.exists():
        seen.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Result(task.target)


def raise_one(task: Task) -> Result:
    """One article is too much."""
    if task.target.slug == "b":
        raise MemoryError("no more")
    return Result(task.target)


def tell_who(task: Task) -> Result:
    """Which process it was."""
    time.sleep(0.02)
    return Result(task.target, refused=str(os.getpid()))


def stay(task: Task) -> Result:
    """Leaves a file with the number of its process, and does not end."""
    (task.root / str(os.getpid())).touch()
    time.sleep(600)
    return Result(task.target)
