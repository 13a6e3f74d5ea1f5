"""pandoc, started before there is anything for it to read: it gets ready on another core while Python still loads what reads an article.

At most one waits. It ends by itself when this process does, for then nobody writes to it any more.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).parent / "read" / "manuscript.lua"
MEGABYTES = 600
"""The memory it may take where a journal says nothing, named here so that no limits are loaded; a test compares them."""
WAITING: list[subprocess.Popen] = []


def find_pandoc() -> str:
    """The pandoc that the lock file names, and no other that the machine may have; nothing where the package carries none."""
    package = find_spec("pypandoc")
    bundled = Path(package.origin).parent / "files" / "pandoc" if package and package.origin else None
    return str(bundled) if bundled and bundled.is_file() else ""


def words_for(megabytes: int) -> list[str]:
    """What pandoc is told besides its two formats, which are our script: how much memory it may take. What it reckons by leaves out
    a part of what the system counts, so it is told a tenth less."""
    return ["--quiet", "+RTS", f"-M{megabytes * 9 // 10}m", "-A64m", "-O128m", "-RTS"]


def start_early(megabytes: int = MEGABYTES) -> None:
    """Starts a pandoc, where there is another core for it."""
    if (os.cpu_count() or 1) < 2 or WAITING or os.environ.get("PYPANDOC_PANDOC") or not (pandoc := find_pandoc()):
        return
    with suppress(OSError):
        WAITING.append(subprocess.Popen(
            [pandoc, f"--from={SCRIPT}", f"--to={SCRIPT}", *words_for(megabytes)], env={**os.environ, "BASYLYM_EARLY": "yes"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE))


def start(words: Sequence[str], **how: Any) -> subprocess.Popen:
    """The process that waits, where it was started with the same words; else a new one."""
    if WAITING and WAITING[0].args == list(words) and WAITING[0].poll() is None:
        return WAITING.pop()
    return subprocess.Popen(words, **how)


def give_up() -> None:
    """Ends what waits for nothing."""
    while WAITING:
        with WAITING.pop() as process:
            process.kill()
