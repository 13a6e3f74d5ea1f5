"""When two texts are the same text: the one measure that every test and check uses."""

from __future__ import annotations

import re
import unicodedata

# with the apostrophes of Uzbek (oʻ) and Ukrainian (пʼять), which keyboards lack and people type as '
SIGNS = {mark: '"' for mark in "«»“”„‟‹›‘’‚‛'ʻʼ"} | {mark: "-" for mark in "‐‑‒–—―−"} | {"…": "..."}
SIGN = re.compile(f"[{''.join(SIGNS)}]")
BROKEN = re.compile(r"[\u2010\u2011][ \t]*[\r\n\f]+\s*")


def fold(text: str) -> str:
    """A text without what typesetting adds: composed letters, no soft hyphens, words joined that a line's end broke,
    one kind of space, quote, dash and dots."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    # layouts break words with a hyphen that nobody types: U+2010, or the non-breaking U+2011 that our fonts have
    text = BROKEN.sub("", text)
    return " ".join(SIGN.sub(lambda sign: SIGNS[sign[0]], text).split())


def letters(text: str) -> str:
    """The same without its spaces: what is left where nobody knows how the lines of a file run."""
    return fold(text).replace(" ", "")


def compare(first: str, second: str) -> bool:
    """Whether two texts say the same, however they are set."""
    return fold(first) == fold(second)
