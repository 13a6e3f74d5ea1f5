"""Quotation marks: each has its other, and they are those of the language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from basylym.typography import Seldom, Slip
from basylym.typography.slips.usage import Usage

MARK = re.compile('[«»“”„"]')
CLOSES = {"»": "«", "”": "“„", "“": "„“"}
OPENS = frozenset("«„“")
ALONE_BEFORE, ALONE_AFTER = ("", " ", "("), ("", " ", ",", ";", ")")
TYPED = Seldom(re.compile(r"(?<![\w,])(,,)(?=[^\W\d_])([^\n,<>'«»“”„\"]{1,200}+)(''|\"|“|”)(?!\w)"
                          r"|(?<![\w'])('')(?=[^\W\d_])([^\n'«»“”„\"]{1,200}+)('')(?![\w'])"
                          r"|(?<![\w<])(<<)(?=[^\W\d_])([^\n<>«»“”„\"]{1,200}+)(>>)(?![\w>])"), re.compile(",,|''|<<"))
"""Quotation marks made of commas, apostrophes and brackets."""
LOOKED_AT = 200
"""Characters of a quotation that are looked at."""
DEEPEST = 50
"""Quotations within quotations that are followed."""


@dataclass(frozen=True)
class _Quotation:
    """One quotation, its place, and how many others it stands in."""

    start: int
    end: int
    depth: int
    holds: bool
    """Whether there are other marks within."""


def find_unbalanced(text: str, usage: Usage) -> Iterator[Slip]:
    """Quotation marks that have no other. What was opened in one paragraph may be closed in a later one: see `values`, which
    tells whether a mark opens."""
    closed, lonely = _read(text)
    if not lonely:
        return
    starts = sorted(each.start for each in closed if text[each.start] == "«")
    ends = {each.start: each.end for each in closed}
    typed = {match.end() - 1 for match in TYPED.finditer(text)}  # closes commas: ,,word“
    for at in sorted(set(lonely) - typed):
        mark = text[at]
        if mark == "«" and (following := bisect_right(starts, at)) < len(starts) and _is_shared(text, at, starts[following], ends):
            continue
        if text[at - 1:at] in ALONE_BEFORE and text[at + 1:at + 2] in ALONE_AFTER:
            continue  # the mark itself is spoken of
        opens = mark in OPENS or mark == '"' and text[at + 1:at + 2].isalnum()
        yield Slip(at, at + 1, _with_word(text, at), values={"opens": opens})


def find_foreign_quotes(text: str, usage: Usage) -> Iterator[Slip]:
    """Quotation marks of another language. Straight ones are as good as any: they are set by the language's custom."""
    if len(usage.quotes) < 2:
        return
    own = usage.quotes[:2]
    for match in TYPED.finditer(text):
        first, last = match[1] or match[4] or match[7], match[3] or match[6] or match[9]
        quoted = match[2] or match[5] or match[8]
        if not _is_own(quoted, usage):
            continue
        opened, closes = match.start() + len(first), match.end() - len(last)
        after, before = _word_round(text, opened - 1)[1], _word_round(text, closes)[0]
        if before <= after:  # one word is quoted
            yield Slip(match.start(), match.end(), match[0], own[0] + quoted + own[1])
            continue
        yield Slip(match.start(), after, text[match.start():after], own[0] + text[opened:after])
        yield Slip(before, match.end(), text[before:match.end()], text[before:closes] + own[1])
    for each in _read(text)[0]:
        marks = text[each.start], text[each.end]
        if each.depth or marks == own or '"' in marks or not _is_own(text[each.start + 1:min(each.end, each.start + LOOKED_AT)], usage):
            continue
        at, right = (each.start, own[0]) if marks[0] != own[0] else (each.end, own[1])
        before, after = _word_round(text, at)
        yield Slip(before, after, text[before:after], text[before:at] + right + text[at + 1:after], not each.holds)


def ends_quotation(text: str) -> bool:
    """Whether a text begins and ends as one quotation, the last paragraph of one whose every paragraph begins with a mark."""
    return any(each.start == 0 and not text[each.end + 1:].strip(" .,;:!?…[]\ufffc") for each in _read(text)[0])


def _is_shared(text: str, outer: int, inner: int, ends: dict[int, int]) -> bool:
    """Whether two quotations end in one mark, as Russian has it: «Фирма «Ромашка»."""
    between = text[outer + 1:inner]
    return 0 < len(between) <= LOOKED_AT // 4 and between[:1].isalnum() and len(between.split()) < 4 and not re.search(
        "[.!?:,»]", between) and "\n" not in text[inner:ends[inner]]


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
    return _deepen(closed), lonely + open_marks


def _deepen(closed: list[_Quotation]) -> list[_Quotation]:
    """The quotations, each with how many are round it; a mark that has no other is round nothing."""
    ends: list[int] = []
    found = []
    for each in sorted(closed, key=lambda each: each.start):
        while ends and ends[-1] < each.start:
            ends.pop()
        found.append(replace(each, depth=len(ends)))
        ends.append(each.end)
    return sorted(found, key=lambda each: each.end)


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
