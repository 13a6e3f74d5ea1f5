"""`python -m basylym` is `basylym`: one command, which is all that its process does."""

import atexit
import gc
import os
import sys

from basylym import at_once


def run() -> int:
    """Runs the command and returns its exit code, or ends the process with it."""
    try:
        return _run()
    except KeyboardInterrupt:  # the command is not loaded yet, or has told it; pandoc ends when nobody writes to it any more
        os._exit(130)


def _run() -> int:
    at_once.begin(sys.argv[1:])  # it gets ready while the command is loaded
    import threading

    from basylym.later import loaded_later

    with loaded_later("inspect", "ipaddress"):  # of use to few classes, and to few addresses
        from basylym.cli import main
    gc.set_threshold(400_000, 20, 100)  # what is loaded stays to the end: looking for what is left over would find nothing
    try:
        code = main()
    finally:
        gc.freeze()  # nor does anything need a last look
    if threading.active_count() == 1:
        _leave(code)
    return code


def _leave(code: int) -> None:
    """Ends the process at once, where all that was said has been taken: Python would take apart what it has loaded, piece by piece."""
    try:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError, AttributeError):  # nobody listens any more: Python says what there is to say
        return
    os._exit(code)


if __name__ == "__main__":
    raise SystemExit(run())
