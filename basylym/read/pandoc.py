"""How long pandoc may take: for whatever starts it."""

from __future__ import annotations

import os
from math import ceil
from pathlib import Path

START = 0.3
"""What starting takes, which counts as the first manuscript's."""


def limit_processor_time(process: int, seconds: int) -> bool:
    """Ends a process that uses the processor for so much longer; False where the system has no such limit."""
    try:
        import resource

        until = ceil(max(_used(process) - START, 0)) + seconds
        most = resource.prlimit(process, resource.RLIMIT_CPU)[1]
        if most != resource.RLIM_INFINITY:
            until = min(until, most)
        resource.prlimit(process, resource.RLIMIT_CPU, (until, most))
    except (ImportError, AttributeError, OSError, ValueError):
        return False
    return True


def _used(process: int) -> float:
    """The seconds of the processor's time that a process has used so far."""
    words = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
