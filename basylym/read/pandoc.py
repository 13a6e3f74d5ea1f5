"""How long pandoc may take: for whatever starts it."""

from __future__ import annotations


def limit_processor_time(process: int, seconds: int) -> bool:
    """Ends a process that has used the processor for too long; False where the system has no such limit."""
    try:
        import resource

        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds + 1))
    except (ImportError, AttributeError, OSError, ValueError):
        return False
    return True
