"""Words that no dictionary knows: hunspell's dictionaries, where they are installed, read by spylls, where that is.

Dictionaries lack many a term, and the Kazakh one a quarter of the word forms of a scholarly text, so what is found is a hint and
never more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from basylym.typography import Slip
from basylym.typography.dictionaries import Lookup

WORD = re.compile(r"(?<![\w\u00ad.@/])[^\W\d_]{3,60}+(?:[-‐‑][^\W\d_]{1,60}+){0,4}(?![\w\u00ad@/])")
SENTENCE_END = re.compile(r"[^\W\d_][^\W\d_»”)][.!?…»”)]{1,2}[ \u00a0\n]\Z")
"""A full stop after a word, not after an initial."""


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
