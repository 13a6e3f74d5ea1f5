"""Figures and short tables that the rest of a page was too low for: the text after them goes first, so that no page stays half empty.

WeasyPrint has no floats of pages. So a layout is looked at, the figures that left a gap are put later among their section's
blocks, and the text is laid out again, a few times at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from basylym.render.pieces import HEADINGS

LEAST = 64.0
"""The gap that is worth a new layout, in CSS pixels: four to five lines."""


@dataclass
class _Block:
    """A block of the text as it was laid out, its parts on several pages or in several columns taken together."""

    number: int
    tag: str
    movable: bool
    page: int
    top: float
    height: float


@dataclass
class _Page:
    """Where the text of a page begins and ends, and how far down it could have gone."""

    top: float
    bottom: float
    limit: float


def find_gaps(document: Any) -> list[tuple[int, float]]:
    """The figures that begin a page after one with a gap: number of the block, height of the gap."""
    return _find(*_read(document))


def _find(blocks: Mapping[int, _Block], pages: Mapping[int, _Page]) -> list[tuple[int, float]]:
    found = []
    for block in blocks.values():
        before = pages.get(block.page - 1)
        if block.movable and before and block.top - pages[block.page].top < LEAST and before.limit - before.bottom > LEAST:
            found.append((block.number, before.limit - before.bottom))
    return found


def choose_delays(document: Any, known: Mapping[int, int]) -> dict[int, int]:
    """After how many of the blocks that follow it each figure is to stand: `known`, and what this layout asks for beyond it."""
    blocks, pages = _read(document)
    order = list(blocks.values())  # as printed, with the figures moved so far
    where = {block.number: position for position, block in enumerate(order)}
    delays = dict(known)
    for number, gap in _find(blocks, pages):
        passed, filled = 0, 0.0
        for block in order[where[number] + 1:]:
            if filled >= gap or block.tag in HEADINGS or block.movable:  # a figure stays in its section
                break
            passed, filled = passed + 1, filled + block.height
        if passed:
            delays[number] = delays.get(number, 0) + passed
    return delays


def _read(document: Any) -> tuple[dict[int, _Block], dict[int, _Page]]:
    blocks: dict[int, _Block] = {}
    pages: dict[int, _Page] = {}
    for number, page in enumerate(document.pages):
        box = page._page_box
        limit = box.content_box_y() + box.height
        for child in box.children:
            if type(child).__name__ == "FootnoteAreaBox" and child.children:
                limit = min(limit, child.position_y)
        for part, columns in _parts(box, 1):
            key = int(part.element.get("data-block"))
            top, height = part.border_box_y(), part.border_height()
            block = blocks.get(key)
            if block is None:
                movable = part.element.tag == "figure" or {"turned", "whole"} & {*part.element.get("class", "").split()}
                block = blocks[key] = _Block(key, part.element.tag, bool(movable), number, top, 0.0)
            block.height += (part.margin_height() if part.is_in_normal_flow() else height) / columns
            known = pages.setdefault(number, _Page(top, top, limit))
            known.top, known.bottom = min(known.top, top), max(known.bottom, top + height)
    return blocks, pages


def _parts(box: Any, columns: int) -> Iterator[tuple[Any, int]]:
    """Every box of a block on a page, and how many columns stand side by side there."""
    side_by_side = sum(bool(getattr(child, "is_column", False)) for child in getattr(box, "children", ())) or columns
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element.get("data-block") and child.element_tag == child.element.tag:
            yield child, side_by_side
        elif not hasattr(child, "text"):
            yield from _parts(child, side_by_side)
