"""Writes the documents of the corpus, each with its truth beside it: python -m tests.intake.make FOLDER [SET]."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from . import docx, odt
from .marked import Made, corpus


def write(made: Made) -> bytes:
    """The document as a file, the same bytes every time."""
    return (odt if made.about["kind"] == "odt" else docx).write(made)


def main(words: list[str]) -> int:
    if not words:
        print(__doc__)
        return 2
    folder = Path(words[0])
    folder.mkdir(parents=True, exist_ok=True)
    for made in corpus(words[1] if len(words) > 1 else None):
        (folder / f"{made.name}.{made.about['kind']}").write_bytes(write(made))
        (folder / f"{made.name}.yaml").write_text(yaml.safe_dump(made.truth(), allow_unicode=True, sort_keys=False, width=160), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
