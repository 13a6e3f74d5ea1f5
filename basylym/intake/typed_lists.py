"""Lists whose marks were typed by hand, a paragraph an item: «– …;», «1) …», «а) …»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from basylym.intake.document import Block, Node
from basylym.intake.tidying import SPACES, inlines_of, strip

BULLET = re.compile(r"([–—−•●▪■◦·○➢✓✔‣*o\uf0b7\uf02d\uf0d8\uf0a7-])[ \t\xa0]+(?=\S)")
COUNTED = re.compile(r"\(?(\d{1,2}|[a-zа-яәғқңөұүіһ])([.)])[ \t\xa0]*(?=[^\W\d]|[«“\"(])")
LETTERS = {"latin": "abcdefghijklmnopqrstuvwxyz", "kk": "аәбвгғдеж", "ru": "абвгдежзиклмн"}
MARKS = {".": "Period", ")": "OneParen"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A list found among paragraphs."""

    blocks: tuple[Block, ...]
    """Its items."""
    node: Node
    """The list."""
    marks: tuple[str, ...]
    """The marks that were typed, which the list now sets."""
    sure: bool
    """Whether a colon before it, or semicolons in it, say so too."""


def find_list(blocks: Sequence[Block], start: int, before: str) -> Typed | None:
    """The list that begins at a place among blocks; `before` is the text above it. Two items are the least, and a dash may begin a
    line of talk: such a list needs a colon above it or semicolons at its items' ends."""
    first = blocks[start]
    if first.kind != "paragraph":
        return None
    text = first.text.lstrip()
    if match := BULLET.match(text):
        return _bullets(blocks, start, match[1], before)
    match = COUNTED.match(text)
    return _counted(blocks, start, before) if match and match[1] in ("1", "a", "а") else None


def _bullets(blocks: Sequence[Block], start: int, mark: str, before: str) -> Typed | None:
    items, marks = [], []
    for block in blocks[start:]:
        match = BULLET.match(block.text.lstrip())
        if block.kind != "paragraph" or not match or match[1] != mark:
            break
        items.append(block)
        marks.append(match[1])
    told = before.rstrip().endswith(":") or any(each.text.rstrip().endswith(";") for each in items[:-1])
    if len(items) < 2 or (mark in "–—−-" and not told):
        return None
    content = [[{"t": "Plain", "c": _without(each, 1)}] for each in items]
    return Typed(tuple(items), {"t": "BulletList", "c": content}, tuple(marks), told)


def _counted(blocks: Sequence[Block], start: int, before: str) -> Typed | None:
    items, marks, sort, row = [], [], "", ""
    for block in blocks[start:]:
        match = COUNTED.match(block.text.lstrip())
        if block.kind != "paragraph" or not match or (sort and match[2] != sort) or len(items) > 25:
            break
        rows = ["", *LETTERS.values()] if not items else [row]
        fitting = [each for each in rows if match[1] == (str(len(items) + 1) if not each else each[len(items):len(items) + 1])]
        if not fitting:
            if len(items) != 1 or row not in LETTERS.values():  # «а) ә)» and «а) б)» begin alike
                break
            fitting = [each for each in LETTERS.values() if each[:1] == row[:1] and each[1:2] == match[1]]
            if not fitting:
                break
        row, sort = fitting[0], match[2]
        items.append(block)
        marks.append(match[0].strip())
    told = before.rstrip().endswith(":") or any(each.text.rstrip().endswith(";") for each in items[:-1])
    if len(items) < 2 or (not told and (sort == "." and any(len(each.text) > 600 for each in items))):
        return None
    if row and row != LETTERS["latin"]:
        return None  # Markdown has no lists by Cyrillic letters: they stay as typed
    style = {"t": "LowerAlpha" if row else "Decimal"}
    content = [[{"t": "Plain", "c": _without(each, len(mark))}] for each, mark in zip(items, marks, strict=True)]
    return Typed(tuple(items), {"t": "OrderedList", "c": [[1, style, {"t": MARKS[sort]}], content]}, tuple(marks), told)


def _without(block: Block, letters: int) -> list[Node]:
    """The words of an item without its mark of so many letters."""
    left, made = strip(inlines_of(block.node)), []
    for place, each in enumerate(left):
        if letters <= 0:
            return strip([*made, *left[place:]])
        if each["t"] == "Str":
            taken = min(letters, len(each["c"]))
            letters -= taken
            if each["c"][taken:].strip("\t\xa0 "):
                made.append({"t": "Str", "c": each["c"][taken:].lstrip("\t\xa0 ")})
        elif each["t"] in ("Strong", "Emph", "Span", "Underline"):
            inner = each["c"][1] if each["t"] == "Span" else each["c"]
            text = next((part["c"] for part in inner if part["t"] == "Str"), "")
            if not inner or inner[0]["t"] != "Str":
                made.append(each)
                continue
            taken = min(letters, len(text))
            letters -= taken
            rest = [{"t": "Str", "c": text[taken:]}, *inner[1:]] if text[taken:] else inner[1:]
            made.append({**each, "c": [each["c"][0], rest] if each["t"] == "Span" else rest})
        elif each["t"] not in SPACES:
            return list(left)
    return strip(made)
