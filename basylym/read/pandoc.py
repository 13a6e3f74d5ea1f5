"""The pandoc that is used, and how long it may take: for whatever starts it."""

from __future__ import annotations

from pathlib import Path


def find_pandoc() -> str:
    """The pandoc that the lock file names, and no other that the machine may have; nothing where the package carries none."""
    import pypandoc

    bundled = Path(pypandoc.__file__).parent / "files" / "pandoc"
    return str(bundled) if bundled.is_file() else ""


def limit_processor_time(process: int, seconds: int) -> bool:
    """Ends a process that has used the processor for too long; False where the system has no such limit."""
    try:
        import resource

        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds + 1))
    except (ImportError, AttributeError, OSError, ValueError):
        return False
    return True
