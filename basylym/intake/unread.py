"""The words of a received file against those of the blocks that were made of it: what a reader lost is found, whoever lost it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from basylym.intake.document import Block, LeftOut, Unread
from basylym.intake.nodes import walk
from basylym.intake.tidying import words_of

LONGEST = 60
"""A word with more letters is not looked through."""
WORD = re.compile(r"[^\W\d_]+|\d+")


def count(text: str) -> Counter[str]:
    """The words of a text, letters apart from digits; a sign between two letters parts them."""
    return Counter(WORD.findall(text.replace("\u00ad", "").lower()))


def _forgive(missing: Counter[str], spare: Counter[str]) -> None:
    """Takes back words that were only cut or joined: where hidden letters were taken out of a line, «ab» is «a» and «b»."""
    for word in [word for word in missing if len(word) <= LONGEST]:
        while missing[word] > 0:
            at = next((at for at in range(1, len(word)) if spare[word[:at]] > 0 and spare[word[at:]] > 0), 0)
            if not at:
                break
            missing[word] -= 1
            spare.subtract((word[:at], word[at:]))
    for word in [word for word, times in spare.items() if times > 0 and len(word) <= LONGEST] if missing else ():
        while spare[word] > 0:
            at = next((at for at in range(1, len(word)) if missing[word[:at]] > 0 and missing[word[at:]] > 0), 0)
            if not at:
                break
            spare[word] -= 1
            missing.subtract((word[:at], word[at:]))
    for word in [word for word, times in missing.items() if times <= 0]:
        del missing[word]


def find_unread(wanted: Sequence[tuple[str, str]], blocks: Iterable[Block], left: Iterable[LeftOut], more: str = "") -> Iterator[Unread]:
    """The words that no block has. `wanted` are the file's own texts with the places they stand in, counted before anything was made
    of them; `left` is what was taken out on purpose, `more` what else is told."""
    said = [more, *(each.text for each in left)]
    for block in blocks:
        said.append(words_of(block.node))
        said += (" ".join(each["c"][2]) for each in walk(block.node) if each["t"] in ("Image", "Link"))
    there, asked = count(" ".join(said)), count(" ".join(text for text, _ in wanted))
    missing, spare = asked - there, there - asked
    _forgive(missing, spare)
    if not missing:
        return
    for text, place in sorted(wanted, key=lambda each: not count(each[0]) <= missing):  # first what is gone as a whole
        if gone := count(text) & missing:
            missing -= gone
            lost = (word for word in dict.fromkeys(WORD.findall(text.lower())) if word in gone)
            yield Unread(" ".join(lost), " ".join(text.split()), place)
