"""Quotation marks by language and depth, and apostrophes; sign for sign, as all of spacing.py."""

from __future__ import annotations

import re

DOUBLE = "\"«»“”„‟"
SINGLE = "'‘’‚"
OPENING, CLOSING = "([{</=–—-", ".,;:!?)]}>…–—-/"
LEFT, RIGHT, NEITHER = 1, -1, 0
APOSTROPHES = "'’‘ʼʻ"


def set_marks(text: str, marks: tuple[str, ...], apostrophe: str = "", turned: str = "", turned_after: str = "",
              elisions: tuple[str, ...] = ()) -> str:
    """The text with a language's apostrophes and its quotation marks, outer and inner by turns; marks without a partner stay as typed,
    but for the first of an English paragraph, whose quotation goes on in the next.

    Where a language has single marks, English, those that are typed so stay single and count as a level.
    """
    plain = set_apostrophes(text, apostrophe, turned, turned_after, elisions)
    wanted = DOUBLE + (SINGLE if marks and marks[2] == "‘" else "")
    if not marks or not any(mark in plain for mark in wanted):
        return plain
    done = _set_pairs(plain, marks, wanted, elisions)
    again = _set_pairs(set_apostrophes(done, apostrophe, turned, turned_after, elisions), marks, wanted, elisions)
    return done if again == done else plain  # marks that would be read in another way once they are set are better left as typed


def _set_pairs(text: str, marks: tuple[str, ...], wanted: str, elisions: tuple[str, ...]) -> str:
    places = [found.start() for found in re.finditer(f"[{re.escape(wanted)}]", text)]
    pairs, lonely = _pair(text, places, elisions, False)
    if any(text[at] == '"' for at in lonely):  # one is left over: 19" may be a length
        pairs, lonely = _pair(text, places, elisions, True)
    signs = list(text)
    if 0 in lonely and text[0] in "\"“" and marks[2] == "‘" and text[1:2].isalnum():
        signs[0] = marks[0]  # a quotation of several paragraphs, opened anew in each
    above: list[tuple[int, bool]] = []
    for start, end in sorted(pairs):
        while above and above[-1][0] < start:
            above.pop()
        inner = not above[-1][1] if above else text[start] in SINGLE
        above.append((end, inner))
        signs[start], signs[end] = marks[2:4] if inner else marks[:2]
    return "".join(signs)


def _pair(text: str, places: list[int], elisions: tuple[str, ...], lengths: bool) -> tuple[list[tuple[int, int]], set[int]]:
    """The marks that belong together, and those left over. `lengths` says that a straight mark after a digit is no mark."""
    roles: dict[int, int] = {}
    open_marks: list[int] = []
    pairs: list[tuple[int, int]] = []
    lonely: set[int] = set()
    for at in places:
        mark = text[at]
        single = mark in SINGLE
        if mark == '"' and text[at - 1:at].isdigit() and (lengths or re.search(r"['′]\d{1,2}\Z", text[max(at - 4, 0):at])):
            lonely.add(at)
            continue
        same_open = bool(open_marks) and (text[open_marks[-1]] in SINGLE) == single
        role = _role(text, at, roles, same_open, elisions)
        if role == RIGHT and not same_open and not single:
            # a single mark left open was an apostrophe
            while open_marks and text[open_marks[-1]] in SINGLE:
                lonely.add(open_marks.pop())
            same_open = bool(open_marks)
        roles[at] = role
        if role == LEFT:
            open_marks.append(at)
        elif role == RIGHT and same_open:
            pairs.append((open_marks.pop(), at))
        else:
            lonely.add(at)
    return pairs, lonely | set(open_marks)


def _role(text: str, at: int, roles: dict[int, int], is_open: bool, elisions: tuple[str, ...]) -> int:
    """Whether a mark opens or closes, by itself or by what stands round it."""
    mark = text[at]
    if mark in "«„":
        return LEFT
    if mark == "»":
        return RIGHT
    before, after = text[at - 1:at], text[at + 1:at + 2]
    starts = not before or before.isspace() or before in OPENING or roles.get(at - 1) == LEFT
    ends = not after or after.isspace() or after in CLOSING or after in DOUBLE
    if mark in SINGLE:
        if after.isalnum() and (before.isalnum() or _is_elision(text, at, elisions)):
            return NEITHER
        return LEFT if starts and after.isalnum() else RIGHT if is_open and not starts and not after.isalnum() else NEITHER
    if starts and (not after or after.isspace()):
        return RIGHT if before and not before.isspace() and is_open and roles.get(at - 1) != LEFT else NEITHER
    if starts and not (before and before in "–—-/" and after in CLOSING):
        return LEFT
    if ends:
        return RIGHT
    if is_open:
        return RIGHT
    return LEFT if before in ",.:;!?…" else NEITHER


def _is_elision(text: str, at: int, elisions: tuple[str, ...]) -> bool:
    """’tis, ’90s."""
    word = re.match(r"\w{1,8}", text[at + 1:at + 9])
    return bool(word) and bool(elisions) and (word[0].casefold() in elisions or bool(re.fullmatch(r"\d0s", word[0])))


def set_apostrophes(text: str, apostrophe: str, turned: str, turned_after: str, elisions: tuple[str, ...]) -> str:
    """The text with a language's apostrophes: don’t, пʼять, oʻzbek; feet and minutes, 5', stay."""
    if not any(sign in text for sign in APOSTROPHES):  # most texts
        return text
    if turned and turned_after:
        text = re.sub(rf"(?<=[{re.escape(turned_after + turned_after.upper())}])[{APOSTROPHES}]", turned, text)
    if apostrophe:
        typed = "'’" if not turned else APOSTROPHES
        text = re.sub(rf"(?<=[^\W_])[{typed}](?=[^\W\d_])", lambda found: _keep(found, turned, turned_after, apostrophe), text)
        if apostrophe == "’":  # which closes quotations too
            text = re.sub(r"(?<=[^\W\d_])'(?!\w)", apostrophe, text)  # the students' books
        if elisions:
            text = re.sub(r"(?<!\w)'(?=\w)", lambda found: apostrophe if _is_elision(text, found.start(), elisions) else "'", text)
    return text


def _keep(found: re.Match, turned: str, turned_after: str, apostrophe: str) -> str:
    before = found.string[found.start() - 1]
    return turned if turned and before.lower() in turned_after else apostrophe
