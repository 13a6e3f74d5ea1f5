"""hunspell's dictionaries: where they lie, and the words they know."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell",
           "/opt/homebrew/share/hunspell", "/Library/Spelling", "~/Library/Spelling", "~/.local/share/hunspell")
"""Where systems keep hunspell's dictionaries; those of the environment variable DICPATH come first, as in hunspell itself."""
LONGEST_LIST = 20_000_000
"""The largest dictionary read, in bytes."""

Lookup = Callable[[str], bool]


def find_dictionary(tag: str, folder: Path | None) -> Path | None:
    """The .dic file of a language: of `folder`, a journal's own `languages/`, or of the system where that holds no dictionary at all;
    None where there is none."""
    base = tag.split("-")[0]
    places = [Path(place).expanduser() for place in (*os.environ.get("DICPATH", "").split(os.pathsep), *FOLDERS) if place]
    if folder and any(folder.glob("*.dic")):
        places = [folder]
    for place in places:
        if place.is_dir():
            found = [place / f"{base}.dic", *sorted(place.glob(f"{base}[_-]*.dic"))]
            if path := next((path for path in found if path.is_file()), None):
                return path
    return None


@lru_cache(maxsize=8)
def load_dictionary(path: Path) -> Lookup | None:
    """Whether a dictionary knows a word. One without its .aff file is a plain list of words; with it, spylls reads the two, and where
    that is missing or can't, there is none."""
    if path.stat().st_size > LONGEST_LIST:
        return None
    if not path.with_suffix(".aff").is_file():
        words = frozenset(line.partition("/")[0].strip().lower() for line in path.read_text("utf-8", "replace").splitlines())
        return lambda word: word.lower() in words
    try:
        from spylls.hunspell import Dictionary

        # slow, and most words of a text come again
        return lru_cache(maxsize=65536)(Dictionary.from_files(str(path.with_suffix(""))).lookup)
    except Exception:  # spylls raises whatever a broken dictionary makes it stumble over
        return None
