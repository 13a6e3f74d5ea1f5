"""Dashes typed for hyphens, «60 – тан», «қарым – қатынас», and hyphens typed for dashes.

A dash between two words is mostly a dash: «ұлт – қазақ халқы». It is a hyphen's place only where the language's file knows the
pair, or the article writes it with a hyphen elsewhere; and only a fixed pair is mended unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym.typography import Slip
from basylym.typography.slips.usage import LONGEST, Usage

GAP = re.compile(r"(?<![-‐‑–—−])[ \u00a0\u202f]{0,3}(?:-{1,3}|[‐‑–—−])(?![-‐‑–—−])[ \u00a0\u202f]{0,3}")
BEFORE = re.compile(r"[^\W_]+\Z")
AFTER = re.compile(r"[^\W_]+")
PAIR = re.compile(r"(?<![\w-])([^\W\d_]+)[-‐‑]([^\W\d_]+)(?![\w-])")
ENDS_BEFORE = frozenset("»”“\"’)],.;:!?…%°\ufffc")
STARTS_AFTER = frozenset("«“„\"‘([\ufffc")


def hyphenated_pairs(text: str) -> Iterator[tuple[str, str]]:
    """The words that a text joins by a hyphen, small."""
    for match in PAIR.finditer(text):
        yield match[1].lower(), match[2].lower()


def find_dashes(text: str, usage: Usage, known: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Slip]:
    """Dashes, and hyphens with spaces round them, where a hyphen alone should stand; `known` are the pairs of words that the
    article writes with a hyphen elsewhere."""
    legend = None
    for gap in GAP.finditer(text):
        if gap[0] in ("-", "‐", "‑"):
            continue
        left, right = _words(text, gap)
        if not left or not right:
            continue
        start, end = gap.start() - len(left), gap.end() + len(right)
        if text[start - 1:start] in ("-", "‐", "‑", "_") and start:
            continue
        if left.isdecimal() and right.isalpha():
            kind = _after_number(right, usage)
            if kind == "noun" and legend is None:
                legend = _is_legend(text, usage)
            if kind == "ending" or kind == "noun" and not legend:
                yield Slip(start, end, text[start:end], f"{left}-{right}")
        elif left.isalpha() and right.isalpha():
            joined = _join(left, right, gap[0], usage, known)
            if joined:
                yield Slip(start, end, text[start:end], joined[0], joined[1])


def find_hyphens(text: str, usage: Usage, dash: str = "", known: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Slip]:
    """Hyphens, one or more, where a dash should stand; `dash` is the one that the article uses, else the language's own, `known`
    are the pairs of words that it writes with a hyphen elsewhere."""
    dash = dash or usage.dash
    if text.startswith(("- ", "-\u00a0")):
        return  # a list in the cell of a table
    for gap in GAP.finditer(text):
        mark = gap[0].strip(" \u00a0\u202f")
        if mark.strip("-") or gap.start() == 0 or gap.end() == len(text):
            continue
        left, right = _words(text, gap)
        start, end = gap.start() - len(left), gap.end() + len(right)
        before, after = text[gap.start() - 1], text[gap.end()]
        if left.isdecimal() and right.isdecimal():
            if mark == "--" and gap[0] == mark:
                yield Slip(start, end, text[start:end], f"{left}–{right}")
            continue
        if gap[0] in ("-", "--", "---") and not (mark == "---" or mark == "--" and dash == "—" and left.isalpha() and right.isalpha()):
            continue
        spaced = gap[0][0] != "-", gap[0][-1] != "-"
        if spaced[0] != spaced[1] or not (len(left) > 1 or before in ENDS_BEFORE) or not (len(right) > 1 or after in STARTS_AFTER):
            continue
        if not (len(left) > 1 and not left.isdecimal() or before in ENDS_BEFORE) or _is_compound(left, right, gap[0], usage, known):
            continue
        if before == after == "\ufffc":
            continue
        new = f"{gap[0][:gap[0].index('-')]}{dash}{gap[0][gap[0].rindex('-') + 1:]}" if spaced[0] else "—"
        yield Slip(start, end, text[start:end], f"{left}{new}{right}", not right.isdecimal())


def _words(text: str, gap: re.Match) -> tuple[str, str]:
    """The words right before and after a gap; empty where there are none."""
    left = BEFORE.search(text[max(0, gap.start() - LONGEST):gap.start()])
    right = AFTER.match(text, gap.end(), gap.end() + LONGEST)
    return left[0] if left else "", right[0] if right else ""


def _after_number(word: str, usage: Usage) -> str:
    """What stands after a number: an ending of it, a noun that is joined to it, or neither."""
    if word in usage.after_numbers:
        return "ending"
    return "noun" if any(usage.is_form(word, noun) for noun in usage.numbered) else ""


def _is_legend(text: str, usage: Usage) -> bool:
    """Whether a text explains the numbers of a picture: «1 – үстел, 2 – орындық»."""
    explained = re.findall(r"(?<!\w)\d{1,3} ?[–—-] ?([^\W\d_]{1,60})", text)
    return any(not _after_number(word, usage) for word in explained)


def _is_compound(left: str, right: str, gap: str, usage: Usage, known: frozenset[tuple[str, str]]) -> bool:
    if left.isdecimal():
        return bool(_after_number(right, usage))
    return bool(left.isalpha() and right.isalpha() and _join(left, right, gap, usage, known))


def _join(left: str, right: str, gap: str, usage: Usage, known: frozenset[tuple[str, str]]) -> tuple[str, bool] | None:
    """Two words as they should be joined, and whether that is certain; None where they are two words."""
    first, second = left.lower(), right.lower()
    hyphened = f"{left}-{right}"
    if any(usage.is_form(second, stem) for stem in usage.seconds.get(first, ())):
        return hyphened, True
    if not right.islower():
        return None
    if first in usage.first_parts:
        if not first.endswith("о"):
            return hyphened, True
        if usage.ends_in_suffix(second):
            return hyphened, any(second.startswith(word) for word in usage.joined)
    if first in usage.solid_parts:
        return left + right, False
    # the first word of a pair has no endings, so that stems of Russian adjectives are none
    if first in usage.joined and first != second and any(usage.is_form(second, stem) for stem in usage.joined):
        return hyphened, " " not in gap and "\u00a0" not in gap
    if (first, second) in known:
        return hyphened, False
    return None

