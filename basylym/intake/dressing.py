"""What was raised, lowered, slanted or a formula in a received line, in the field that was made of it: 10⁵ is no 105."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from basylym.intake.markdown import escape
from basylym.intake.nodes import BLANK, QUOTES
from basylym.intake.understood import Understood

SIGNS = {"Superscript": "^", "Subscript": "~", "Emph": "*"}
"""Looks that mean something in a title or an abstract, and their signs in Markdown."""
SCRIPTS = {"Superscript": dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True)),
           "Subscript": dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))}
"""Letters that are raised by themselves, for fields without markup."""
FORMULA = "Math"
MOST_DEPTH = 40
PIECES = re.compile(r"(\n+|(?<=[.:;!?])\s)")
Letters = list[tuple[str, tuple[str, ...], int]]
"""Each letter, what it is set in, and the number of the formula that it belongs to."""


def dress(understood: Understood, part: str, text: str) -> str:
    """A field as Markdown, with the looks of the blocks that it was taken from."""
    letters = _letters(understood, part)
    if not any(looks for _, looks, _ in letters):
        return escape(text)
    plain = "".join(sign for sign, _, _ in letters)
    made, at = [], 0
    for piece in PIECES.split(text):
        bare = "".join(piece.split())
        found = plain.find(bare, at) if bare else -1
        found = plain.find(bare) if bare and found < 0 else found
        stop = ""
        if found < 0 and bare[-1:] in (":", "."):  # what joins a title and its subtitle
            piece, stop, bare = piece[:-1], piece[-1], bare[:-1]
            found = plain.find(bare) if bare else -1
        if found < 0:
            made.append(escape(piece + stop))
            continue
        at = found + len(bare)
        made.append(_write(piece, letters[found:at]) + stop)
    return "".join(made)


def raise_letters(understood: Understood, part: str, words: Sequence[str]) -> list[str]:
    """Words of a field without markup, their raised and lowered letters as letters of that kind where there are such."""
    letters = _letters(understood, part)
    if not any(look in SCRIPTS for _, looks, _ in letters for look in looks):
        return list(words)
    plain, made, at = "".join(sign for sign, _, _ in letters), [], 0
    for word in words:
        found = plain.find(bare := "".join(word.split()), at)
        if found < 0:
            made.append(word)
            continue
        mine, at = iter(letters[found:found + len(bare)]), found + len(bare)
        made.append("".join(sign if sign.isspace() else _raised(*next(mine)[:2]) for sign in word))
    return made


def _raised(sign: str, looks: tuple[str, ...]) -> str:
    return next((SCRIPTS[look][sign] for look in looks if look in SCRIPTS and sign in SCRIPTS[look]), sign)


def _letters(understood: Understood, part: str) -> Letters:
    """The letters of the blocks that a field was taken from; slanting that is most of them means nothing."""
    numbers = {number for each in understood.decisions if each.part == part for number in each.blocks}
    made: Letters = []
    for block in understood.document.blocks:
        if block.number in numbers:
            made += _flatten(block.node, (), 0, len(made))
    slanted = sum("Emph" in looks for _, looks, _ in made)
    return [(sign, tuple(look for look in looks if look != "Emph"), at) for sign, looks, at in made] if slanted * 2 > len(made) else made


def _flatten(node: Any, looks: tuple[str, ...], depth: int, at: int) -> Iterator[tuple[str, tuple[str, ...], int]]:
    if depth > MOST_DEPTH:
        return
    if isinstance(node, (list, tuple)):
        for place, each in enumerate(node):
            yield from _flatten(each, looks, depth + 1, at * 1000 + place)
        return
    if not isinstance(node, Mapping) or "t" not in node:
        return
    kind, content = node["t"], node.get("c")
    if kind in ("Str", "Code", "RawInline"):
        for sign in content if kind == "Str" else content[1]:
            if not sign.isspace():
                yield sign, looks, 0
    elif kind == FORMULA:
        for sign in f"${content[1]}$":
            if not sign.isspace():
                yield sign, (FORMULA,), at + 1
    elif kind == "Quoted":
        marks = QUOTES[content[0]["t"]]
        yield marks[0], looks, 0
        yield from _flatten(content[1], looks, depth + 1, at)
        yield marks[1], looks, 0
    elif kind in BLANK or kind in ("Note", "Image"):
        return
    elif content is not None:
        yield from _flatten(content, (*looks, kind) if kind in SIGNS and kind not in looks else looks, depth + 1, at)


def _write(text: str, letters: Letters) -> str:
    """A text with the looks of its letters; blanks have the look of both their neighbours."""
    made: list[str] = []
    open_now: tuple[str, ...] = ()
    waiting, run, at = "", "", 0
    formula = 0

    def flush() -> None:
        nonlocal run
        made.append(run if FORMULA in open_now else escape(run))
        run = ""

    for sign in text:
        if sign.isspace():
            waiting += sign
            continue
        _, looks, number = letters[at]
        at += 1
        if looks != open_now or FORMULA in looks and number != formula:
            flush()
            made.append(_close(open_now))
            made += (waiting, "".join(SIGNS.get(look, "") for look in looks))
            waiting = ""
            open_now, formula = looks, number
        run += ("" if open_now[-1:] in (("Superscript",), ("Subscript",)) else waiting) + sign  # a blank would end what is raised
        waiting = ""
    flush()
    return "".join([*made, _close(open_now), waiting])


def _close(looks: tuple[str, ...]) -> str:
    return "".join(SIGNS.get(look, "") for look in reversed(looks))

