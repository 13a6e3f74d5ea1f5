"""The workers of a Dask cluster, on any number of machines that share the journal's folder: they do the same tasks as the processes of
this one (docs/scale.md)."""

from __future__ import annotations

import ctypes
import hashlib
import logging
import math
import os
import platform
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from basylym import __version__
from basylym.errors import BasylymError, EngineError, OutputError, UsageError
from basylym.messages import Phrase
from basylym.project import DEFAULTS, PACKAGE
from basylym.tasks import Result, Task

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = "10s"
"""How long a scheduler may take to answer, and its first worker to come."""
ENGINES = ("EbookLib", "Jinja2", "bagit", "fontpkg", "fontpkg-ibm-plex-mono", "fontpkg-noto-serif", "fontpkg-pt-sans",
           "fontpkg-pt-serif", "lxml", "pydantic", "pypandoc_binary", "pyphen", "PyYAML", "rocrate", "weasyprint", "ziamath",
           "fonttools", "pillow", "pydyf", "tinycss2", "tinyhtml5", "cssselect2")
"""The packages that decide on the bytes of outputs."""
LIBRARIES = {"Pango": ("libpango-1.0.so.0", "pango_version_string"), "HarfBuzz": ("libharfbuzz.so.0", "hb_version_string")}
"""The libraries of the system that do, and what tells their version."""
ONE_AT_A_TIME = threading.Lock()
"""The layout engine's libraries work for one article at a time, whatever number of threads a worker was given."""


@cache
def versions() -> dict[str, str]:
    """What decides, here, on the bytes of outputs: the same on each machine, or they would not be the same."""
    digest = hashlib.sha256()
    for folder in (PACKAGE, *(DEFAULTS / name for name in ("templates", "styles", "presets"))):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and "defaults" not in path.relative_to(folder).parts:
                digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    found = {"Python": platform.python_version(), "Basylym": f"{__version__} ({digest.hexdigest()[:8]})"}
    for name in ENGINES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "-"
    for name, (library, ask) in LIBRARIES.items():
        found[name] = "-"
        with suppress(OSError, AttributeError):
            tell = getattr(ctypes.CDLL(library), ask)
            tell.restype = ctypes.c_char_p
            found[name] = tell().decode()
    return {**found, "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "-")}


def compare(here: dict[str, str]) -> tuple[str, str, str] | None:
    """The first thing that a worker has in another version than the machine that asks: its name, what is there, what is here."""
    there = versions()
    return next(((name, there.get(name, "-"), wanted) for name, wanted in here.items() if there.get(name) != wanted), None)


def look(here: dict[str, str], folder: str, marker: str) -> tuple[str, str, str] | None | bool:
    """What a worker is asked first: whether it has the same versions, and whether it sees what has just been written into the folder."""
    return compare(here) or Path(marker).is_file() and Path(folder).is_dir()


def work_there(work: Callable[[Task], Result], task: Task, here: dict[str, str]) -> Result:
    """Does a task on a worker; one that came later may have other versions, and is not let near it."""
    if different := compare(here):
        raise BasylymError(_differ(platform.node(), *different))
    with ONE_AT_A_TIME:
        return work(task)


def _differ(worker: str, name: str, there: str, here: str) -> Phrase:
    return Phrase("the worker {worker} has {name} {there}, and here it is {here}: its outputs might differ", worker=worker, name=name,
                  there=there, here=here)


class Cluster:
    """The workers of a cluster. It is given all tasks at once, and gives each to a worker that is free."""

    width = math.inf

    def __init__(self, client: Client):
        from distributed.scheduler import KilledWorker

        self.lost = (KilledWorker,)
        self._pool, self._here = client.get_executor(pure=False), versions()

    def submit(self, work: Callable[[Task], Result], task: Task) -> Future[Result]:
        """Begins a task."""
        return self._pool.submit(work_there, work, task, self._here)


@contextmanager
def connect(address: str, root: Path, output: Path) -> Iterator[Cluster]:
    """The workers behind a scheduler, once they were asked whether they can do what is wanted. Raises UsageError or EngineError."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(Phrase("--scheduler needs Dask, which is not installed: pip install 'basylym[dask]'")) from None
    if not re.fullmatch(r"(tcp|tls)://[^/\s]+:[0-9]+", address):
        raise UsageError(Phrase("{address} is no address of a scheduler, which looks like tcp://host:8786", address=address))
    with _quiet():
        try:
            client = Client(address, timeout=PATIENCE, set_as_default=False)
        except Exception as error:  # whatever an address that is none, or a program that is no scheduler, leads Dask to
            raise UsageError(Phrase("no Dask scheduler answers at {address}: {why}", address=address, why=_last_words(error))) from None
        try:
            _ask(client, address, root, output)
            yield Cluster(client)
        finally:
            client.close()


def _ask(client: Client, address: str, root: Path, output: Path) -> None:
    """Asks each worker that is there. Raises UsageError or EngineError."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except Exception:
        raise UsageError(Phrase("the scheduler at {address} has no workers", address=address)) from None
    try:
        output.mkdir(parents=True, exist_ok=True)
        marker = NamedTemporaryFile(dir=output, prefix=".shared.")  # noqa: SIM115 (it is closed below)
    except OSError as error:
        raise OutputError(Phrase("{path} could not be written: {why}", path=output, why=error.strerror or error)) from error
    with marker:
        try:
            said: dict[str, Any] = client.run(look, versions(), str(root), marker.name, on_error="return")
        except Exception as error:
            raise EngineError(Phrase("the workers can't be asked: {why}", why=_last_words(error))) from None
    for worker, answer in sorted(said.items()):
        if isinstance(answer, BaseException):
            raise EngineError(Phrase("the worker {worker} can't work with Basylym: {why}", worker=worker, why=_last_words(answer)))
        if isinstance(answer, tuple):
            raise UsageError(_differ(worker, *answer))
        if not answer:
            raise UsageError(Phrase("the worker {worker} does not see {folder}: a cluster needs the journal in a folder that all its "
                                    "machines share, under the same path", worker=worker, folder=root))


def _last_words(error: BaseException) -> str:
    """What an error says, in its first line."""
    return (str(error) or type(error).__name__).splitlines()[0]


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask tells nothing of its own meanwhile: what matters is told in our words."""
    talking = [each for name, each in logging.root.manager.loggerDict.items()
               if name.startswith("distributed") and isinstance(each, logging.Logger) and not each.disabled]
    for each in talking:
        each.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for each in talking:
            each.disabled = False
