"""`python -m basylym` is `basylym`: one command, which is all that its process does."""

import gc

from basylym.cli import main


def run() -> int:
    """Runs the command and returns its exit code."""
    gc.set_threshold(400_000, 20, 100)  # what is loaded stays to the end: looking for what is left over would find nothing
    try:
        return main()
    finally:
        gc.freeze()  # nor does anything need a last look


if __name__ == "__main__":
    raise SystemExit(run())
