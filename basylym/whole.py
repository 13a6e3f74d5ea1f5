"""Files written whole or not at all: what stands under a name is never half of something, whether the disk is full or the process is
killed."""

from __future__ import annotations

import os
import re
import stat
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from io import FileIO
from pathlib import Path
from threading import Lock

LEFT_OVER = 3600
"""After so many seconds a file that was not put in its place is one that a killed build left; a younger one may be another machine's."""


def open_file(path: Path) -> FileIO:
    """A file to be read. Raises OSError where none is: who reads a pipe waits for it."""
    file = FileIO(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)))
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError(f"{path} is no file")


class Staged:
    """New bytes of a file: on the disk already, not yet in their place."""

    def __init__(self, path: Path, data: bytes, rights: int | None = None):
        """`rights` None means those that the user gives new files (umask). Raises OSError where there is no room, or no right to
        write there."""
        self._path, self._data, self._rights = path, data, _usual() if rights is None else rights
        self._name: Path | None = None
        try:
            self._handle = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, 0o600)  # nameless: a kill leaves nothing of it
        except (AttributeError, OSError):  # another system than Linux, or a file system without such files
            self._handle = self._open_hidden()
        self._fill()

    def _open_hidden(self) -> int:
        import tempfile

        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=_prefix(self._path))
        self._name = Path(name)
        return handle

    def _fill(self) -> None:
        try:
            with open(self._handle, "wb", closefd=False) as file:  # noqa: PTH123 (it has no name)
                file.write(self._data)
            os.chmod(self._handle if self._name is None else self._name, self._rights)  # noqa: PTH101
        except BaseException:
            self.drop()
            raise

    def put(self) -> None:
        """Puts the file in its place, where it takes that of the one before. Raises OSError."""
        try:
            if self._name is None:
                self._give_name()
            self._name.replace(self._path)
            self._name = None
        finally:
            self.drop()

    def _give_name(self) -> None:
        name = self._path.parent / f"{_prefix(self._path)}{os.urandom(4).hex()}"
        try:
            # only with a folder named does Python follow the link to the file itself
            os.link(f"/proc/self/fd/{self._handle}", name, src_dir_fd=self._handle)
            self._name = name
        except OSError:  # no /proc here: it is written once more
            os.close(self._handle)
            self._handle = -1
            self._handle = self._open_hidden()
            self._fill()

    def drop(self) -> None:
        """Leaves nothing of it, where it was not put in its place."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._name:
            self._name.unlink(missing_ok=True)
            self._name = None


ASKING = Lock()


def _usual() -> int:
    """The rights of a new file. The system tells its mask only where another is set."""
    with ASKING:
        os.umask(mask := os.umask(0o077))
    return 0o666 & ~mask


def write_whole(path: Path, data: bytes, rights: int | None = None) -> None:
    """Writes a file whole or not at all. Raises OSError."""
    Staged(path, data, rights).put()


def sweep(paths: Iterable[Path]) -> None:
    """Takes away what builds that were killed left beside these files."""
    names = {path.parent: tuple(f".{each.name[:80]}." for each in paths if each.parent == path.parent) for path in paths}
    for folder, beginnings in names.items():
        with suppress(OSError):
            for path in folder.iterdir():
                if path.name.startswith(beginnings) and path.is_file() and _is_left(path):
                    path.unlink(missing_ok=True)


def _is_left(path: Path) -> bool:
    """Whether nobody is at it any more: its process, of this machine, is no more; or it has lain there for long."""
    found = re.search(rf"\.{_machine()}-(\d+)\.[^.]+$", path.name)
    if found and os.name == "posix":
        try:
            os.kill(int(found[1]), 0)  # asks only
        except ProcessLookupError:
            return True
        except OSError:  # another user's
            pass
    return time.time() - path.stat().st_mtime > LEFT_OVER


def _prefix(path: Path) -> str:
    """How the name begins that a file has before it is in its place: it tells which process of which machine is at it."""
    return f".{path.name[:80]}.{_machine()}-{os.getpid()}."


@cache
def _machine() -> str:
    return f"{zlib.crc32(os.uname().nodename.encode() if hasattr(os, 'uname') else b''):08x}"
