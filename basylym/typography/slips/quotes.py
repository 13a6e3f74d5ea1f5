"""Quotation marks: each has its other, and they are those of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from basylym.typography import Slip
from basylym.typography.slips.usage import Usage

MARK = re.compile('[«»“”„"]')
CLOSES = {"»": "«", "”": "“„", "“": "„“"}
OPENS = frozenset("«„“")
ALONE_BEFORE, ALONE_AFTER = ("", " ", "("), ("", " ", ",", ";", ")")
LOOKED_AT = 200
"""Characters of a quotation that are looked at."""
DEEPEST = 50
"""Quotations within quotations that are followed."""


@dataclass(frozen=True)
class _Quotation:
    start: int
    end: int
    depth: int
    holds: bool
    """Whether there are other marks within."""


def find_unbalanced(text: str, usage: Usage) -> Iterator[Slip]:
    """Quotation marks that have no other. What was opened in one paragraph may be closed in a later one: see `values`, which
    tells whether a mark opens."""
    for at in sorted(_read(text)[1]):
        mark = text[at]
        if text[at - 1:at] in ALONE_BEFORE and text[at + 1:at + 2] in ALONE_AFTER:
            continue  # the mark itself is spoken of
        opens = mark in OPENS or mark == '"' and text[at + 1:at + 2].isalnum()
        yield Slip(at, at + 1, _with_word(text, at), values={"opens": opens})


def find_foreign_quotes(text: str, usage: Usage) -> Iterator[Slip]:
    """Quotation marks of another language. Straight ones are as good as any: they are set by the language's custom."""
    if len(usage.quotes) < 2:
        return
    own = usage.quotes[:2]
    for each in _read(text)[0]:
        marks = text[each.start], text[each.end]
        if each.depth or marks == own or '"' in marks or not _is_own(text[each.start + 1:min(each.end, each.start + LOOKED_AT)], usage):
            continue
        at, right = (each.start, own[0]) if marks[0] != own[0] else (each.end, own[1])
        before, after = _word_round(text, at)
        yield Slip(before, after, text[before:after], text[before:at] + right + text[at + 1:after], not each.holds)


def _is_own(text: str, usage: Usage) -> bool:
    """Whether a quotation is in the letters of the language; one in another's may keep its marks."""
    letters = [letter for letter in text.lower() if letter.isalpha()]
    return 2 * sum(letter in usage.alphabet for letter in letters) > len(letters)


def _read(text: str) -> tuple[list[_Quotation], list[int]]:
    """The quotations of a text, and the marks that have no other."""
    closed: list[_Quotation] = []
    open_marks: list[int] = []
    holds: list[bool] = []
    lonely: list[int] = []
    for match in MARK.finditer(text):
        at, mark = match.start(), match[0]
        top = text[open_marks[-1]] if open_marks else ""
        if mark == '"':
            before, after = text[at - 1:at] if at else "", text[at + 1:at + 2]
            if '"' in (text[each] for each in open_marks[-3:]):
                while text[open_marks[-1]] != '"':
                    lonely.append(open_marks.pop())
                    holds.pop()
                closing = True
            elif before.isdecimal() and not after.isalnum():
                continue  # inches, seconds
            else:
                closing = False
        else:
            closing = mark == "»" or mark == "”" or mark == "“" and bool(top) and (top == "„" or _ends_word(text, at))
        if not closing:
            if holds:
                holds[-1] = True
            if len(open_marks) < DEEPEST:
                open_marks.append(at)
                holds.append(False)
        elif not open_marks:
            lonely.append(at)
        elif mark != '"' and top not in CLOSES[mark] and len(open_marks) > 1 and text[open_marks[-2]] in CLOSES[mark]:
            lonely.append(open_marks.pop())
            holds.pop()
            closed.append(_Quotation(open_marks.pop(), at, len(open_marks), holds.pop()))
        else:
            closed.append(_Quotation(open_marks.pop(), at, len(open_marks), holds.pop()))
    return closed, lonely + open_marks


def _ends_word(text: str, at: int) -> bool:
    """Whether a mark stands where one that closes would: “Word“."""
    return not text[at - 1].isspace() and text[at - 1] not in "([«„“" and not text[at + 1:at + 2].isalnum()


def _word_round(text: str, at: int) -> tuple[int, int]:
    """The word that a mark touches, with the mark."""
    start, end = at, at + 1
    while start > 0 and at - start < 30 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and end - at < 30 and text[end].isalnum():
        end += 1
    return start, end


def _with_word(text: str, at: int) -> str:
    start, end = _word_round(text, at)
    return text[start:end]
