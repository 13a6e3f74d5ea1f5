"""Words that no dictionary knows: hunspell's dictionaries, where they are installed, read by spylls, where that is.

Dictionaries lack many a term, and the Kazakh one a quarter of the word forms of a scholarly text, so what is found is a hint and
never more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from pathlib import Path

from basylym.typography import Slip

FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell",
           "/opt/homebrew/share/hunspell", "/Library/Spelling", "~/Library/Spelling", "~/.local/share/hunspell")
"""Where systems keep hunspell's dictionaries; those of the environment variable DICPATH come first, as in hunspell itself."""
WORD = re.compile(r"(?<![\w\u00ad.@/])[^\W\d_]{3,60}+(?:[-‐‑][^\W\d_]{1,60}+){0,4}(?![\w\u00ad@/])")
SENTENCE_END = re.compile(r"[^\W\d_][^\W\d_»”)][.!?…»”)]{1,2}[ \u00a0\n]\Z")
"""A full stop after a word, not after an initial."""
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


def find_unknown_words(text: str, lookups: Collection[Lookup], known: Collection[str] = ()) -> Iterator[Slip]:
    """Words that no dictionary knows; names, abbreviations and words of `known`, small, are left alone."""
    for match in WORD.finditer(text):
        word = match[0]
        begins = not match.start() or bool(SENTENCE_END.search(text[max(0, match.start() - 6):match.start()]))
        if not word.islower() and not (begins and word[1:].islower()):
            continue  # a name, an abbreviation
        whole = re.sub("[‐‑]", "-", word.lower())
        if whole in known or _is_known(whole, lookups):
            continue
        if "-" in whole and all(part in known or len(part) < 3 or _is_known(part, lookups) for part in whole.split("-")):
            continue
        if begins and any(lookup(word) for lookup in lookups):
            continue  # a name that begins the sentence
        yield Slip(match.start(), match.end(), word, safe=False)


def _is_known(word: str, lookups: Collection[Lookup]) -> bool:
    return any(lookup(word) for lookup in lookups)
