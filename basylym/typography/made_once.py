"""What a machine makes once and finds again: bytes in the user's own cache folder, under the name of all that they came of.

All of it may be deleted at any time; what is broken, or can't be written, is made anew each time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from basylym.typography.fonts import user_caches
from basylym.whole import open_file, write_whole

MOST = 1000
"""How many of a kind are kept; when there are more, the older half goes."""


def made_once(kind: str, made_of: object, make: Callable[[], bytes], run: bool = False) -> bytes:
    """What `make` gives, or gave before out of the same: `made_of` is all that it depends on, in a form that prints the same each time.
    With `run` it is what a program runs by."""
    if (found := find_made(kind, made_of, run)) is not None:
        return found
    made = make()
    keep_made(kind, made_of, made)
    return made


def find_made(kind: str, made_of: object, run: bool = False) -> bytes | None:
    """What was made before, if it is there and whole; what a program runs by, only where nobody else may write."""
    if place := _place(kind, made_of):
        with suppress(OSError):
            if run and not _is_private(place.parent):
                return None
            with open_file(place) as file:
                seal, made = file.read(32), file.readall()
            if _seal(place, made) == seal:
                return made
    return None


def keep_made(kind: str, made_of: object, made: bytes) -> None:
    """Keeps what was made, where that can be."""
    if place := _place(kind, made_of):
        with suppress(OSError):
            _keep(place, _seal(place, made) + made)


def _seal(place: Path, made: bytes) -> bytes:
    """What a record is known by to be whole, and the one that belongs in its place."""
    seal = hashlib.sha256(place.name.encode())
    seal.update(made)
    return seal.digest()


def _is_private(folder: Path) -> bool:
    found = folder.stat()
    return not hasattr(os, "getuid") or found.st_uid == os.getuid() and not found.st_mode & 0o022


def _place(kind: str, made_of: object) -> Path | None:
    try:
        return user_caches() / kind / hashlib.sha256(repr(made_of).encode()).hexdigest()
    except RuntimeError:  # a user without a home
        return None


def _keep(place: Path, record: bytes) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(place, record)
    with os.scandir(place.parent) as entries:
        found = sorted((entry.stat().st_mtime, entry.path) for entry in entries)
    for _, path in found[:len(found) // 2] if len(found) > MOST else ():
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108
