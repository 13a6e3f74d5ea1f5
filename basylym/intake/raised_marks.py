"""Raised marks that a program pulling text out of a PDF sets on lines of their own, or glues to names, put where they stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from basylym.intake.page_heads import TextLine
from basylym.intake.spans import DOWN, UP, lower_raised

MARK = re.compile(r"\d{1,2}|[a-h]|\*{1,3}")
BEHIND = re.compile(r"[^\W\d_]\.?(?:\d{1,2}(?:,\s?\d{1,2})*\*?|[a-h],[a-h*]|\*)(?=\s?,|\s|$)")
LONGEST = 600
"""Letters of a line of names or organisations at most."""
SECOND = re.compile(r"[;,] 2 ?[«“\"]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]")
MOST = 60
"""Lines below organisations that the mark of the first may be set behind."""
FRONT, AHEAD, BACK = 60, 14, 12
"""Lines of the first page, lines from a mark to the last of its fellows, and lines from a name with a mark to that mark."""


def put_marks(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with the marks of organisations before these, and with letters behind names raised where such marks follow."""
    found = _bring_back(lines)
    marks: dict[int, str] = {}
    at = 0
    while at < len(found):
        near = _fellows(found, at)
        for place, mark in near:
            marks[place] = mark
        at = near[-1][0] + 1 if near else at + 1
    made: list[TextLine] = []
    held: list[TextLine] = []
    for at, line in enumerate(found):
        if at in marks:
            held.append(line)
            continue
        if held:
            last = held.pop(0)
            mark, line = last.text, replace(line, blank=line.blank or last.blank)
            first = re.match(r"[^,]*[^\W\d_]\.?(?= ,)", line.text)
            if first and mark != "a":  # the mark of the first name, set above its line
                line = _with(line, first.end(), mark)
            else:
                line = replace(line, text=f"{mark}{line.text}", marked=f"{UP}{mark}{DOWN}{line.marked or line.text}")
        made.append(line)
    count = 0
    for place, line in enumerate(made):
        made[place], count = _raise_within(line, count)
    letters = {mark for mark in marks.values() if mark.isalpha()}
    return [_raise(line, letters) if len(letters) > 1 and place < FRONT and len(line.text) < LONGEST else line
            for place, line in enumerate(made)]


def _fellows(lines: Sequence[TextLine], at: int) -> list[tuple[int, str]]:
    """The lines of marks from `at`: 1, 2 … or a, b …, each with words below it, the first named behind a name shortly before."""
    found: list[tuple[int, str]] = []
    expected = lines[at].text
    if expected not in ("1", "a", "*") or at + 1 >= len(lines):
        return []
    for place in range(at, min(at + AHEAD, len(lines) - 1)):
        if place > at and lines[place].text == lines[at].text:
            break
        line, following = lines[place], lines[place + 1]
        words = re.match(r"[«“\"(]?[^\W\d_]", following.text) and following.text[1:2] not in (" ", "=")
        if line.text == expected and MARK.fullmatch(expected) and following.page == line.page and (
                words or following.text == _next(expected) != expected):
            found.append((place, expected))
            expected = _next(expected)
    named = any(re.search(rf"\w\.?{re.escape(lines[at].text)}(?![^\W_])|[^\W\d_] ?,(?: |$)", line.text) and _has_marks(line.text)
                for line in (*lines[max(0, at - BACK):at], lines[at + 1]))
    return found if named and (len(found) > 1 or lines[at].text != "a") else []


def _next(mark: str) -> str:
    return str(int(mark) + 1) if mark.isdecimal() else chr(ord(mark) + 1) if mark.isalpha() else mark


def _bring_back(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with a lone 1 brought back before organisations that begin without it and go on with “; 2Institute”."""
    found = list(lines)
    for at in range(len(found) - 2, 0, -1):
        line = found[at]
        if not SECOND.search(line.text) or not re.match(r"[«“\"]?[^\W\d_]", line.text) or found[at - 1].text == "1" or not any(
                _has_marks(each.text) for each in found[max(0, at - BACK):at]):
            continue
        below = [place for place in range(at + 1, min(at + MOST, len(found) - 1)) if found[place].text == "1"
                 and found[place].page == found[place + 1].page == line.page]
        if below and not _fellows(found, below[-1]):
            found[at:below[-1] + 1] = [found[below[-1]], *found[at:below[-1]]]
    return found


def _raise_within(line: TextLine, count: int) -> tuple[TextLine, int]:
    """A line of organisations with 1 and 2 … in their order before them, or one that goes on with `count` of them, with these raised;
    and how many there are so far."""
    if len(line.marked) > LONGEST:
        return line, 0
    bare = lower_raised(line.marked)
    begins = bool(re.match(r"1 ?[«“\"]?[^\W\d_]", bare) and SECOND.search(bare))
    if not begins and not count or re.search(r"[.!?:]\s+[^\W\d_]\w{3}.*[.!?]$", bare):
        return line, 0
    made, at, last = "", 0, 0 if begins else count
    for mark in re.finditer(r"(?:^|(?<=[;,] ))(\d)( ?)(?=[«“\"]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])", bare):
        if int(mark[1]) != last + 1:
            return line, 0
        made, at, last = f"{made}{bare[at:mark.start()]}{UP}{mark[1]}{DOWN}{mark[2]}", mark.end(), last + 1
    return (replace(line, marked=made + bare[at:]), last) if last > count or begins else (line, 0)


def _has_marks(text: str) -> bool:
    """Whether marks stand behind words: «Әлиев1*, Б. Сапаров2», “Lee a,*”."""
    return text[-1:] not in ".!?" and bool(BEHIND.search(text[:LONGEST]))


def _with(line: TextLine, end: int, mark: str) -> TextLine:
    return replace(line, text=f"{line.text[:end]}{mark}{line.text[end:]}",
                   marked=f"{line.text[:end]}{UP}{mark}{DOWN}{line.text[end:]}" if UP not in line.marked else line.marked)


def _raise(line: TextLine, letters: set[str]) -> TextLine:
    """A line of names with the letters behind them raised: “Lee Anna, Berga,c” where organisations are marked a, b and c."""
    kind = f"[{''.join(sorted(letters))}]"
    names = re.split(rf"(?<={kind}|\*)\s?,\s(?=\S)|\s(?:and|&)\s", line.text)
    parts = [re.fullmatch(rf"(.*[^\W\d_]{{2}})({kind}(?:,(?:{kind}|\*))*\*?)", name.strip(" ,")) for name in names]
    if not all(parts) or len(parts) < 2 or not all(part and part[1][:1].isupper() for part in parts):
        return line
    if {letter for part in parts if part for letter in part[2] if letter.isalpha()} != letters:
        return line
    marked = line.text
    for part in reversed([each for each in parts if each]):
        head, _, tail = marked.rpartition(part[0])
        marked = f"{head}{part[1]}{UP}{part[2]}{DOWN}{tail}"
    return replace(line, marked=marked)
