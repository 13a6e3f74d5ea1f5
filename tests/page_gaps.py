"""Measures what figures and short tables leave empty before them, on a page or in a column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LEAST = 64.0
"""The gap that counts, in CSS pixels: four to five lines."""


@dataclass
class _Block:
    """A block of the text as it was laid out, its parts on several pages or in several columns taken together."""

    number: int
    tag: str
    movable: bool
    turned: bool
    column: int
    """Which of all columns it begins in."""
    last: int
    """Which it ends in."""
    begins: bool
    """Whether nothing of the text stands above it there."""
    height: float = 0.0
    """What it takes of a page's height, its notes included: of two columns side by side, half."""


@dataclass
class _Column:
    """Where the text of a column ends, or of what stands across a page, and which other columns stand beside it."""

    page: int
    top: float
    bottom: float
    beside: int
    """How many columns stand side by side."""
    run: Any


@dataclass
class _Gap:
    """What a figure left empty before it: as high as it is in one column, and as the share of all columns side by side."""

    block: _Block
    height: float
    share: float


@dataclass
class _Pages:
    """A layout, as far as it matters here: its blocks as printed, its columns, and where each page's text begins and may end."""

    blocks: dict[int, _Block]
    columns: list[_Column]
    tops: dict[int, float]
    limits: dict[int, float]
    height: float
    """How high the text of the first page may stand."""
    turned: set[int]
    """Which pages lie on their side: nothing but their table stands there."""


def find_gaps(document: Any) -> list[tuple[int, float]]:
    """The figures that begin a page or a column after one with a gap: number of the block, share of the page's height."""
    return [(gap.block.number, gap.share) for gap in _find(_read(document))]


def _find(pages: _Pages) -> list[_Gap]:
    found = []
    for block in pages.blocks.values():
        if block.movable and block.begins and (gap := _gap_before(block, pages)) and gap.height > LEAST:
            found.append(gap)
    return found


def _gap_before(block: _Block, pages: _Pages) -> _Gap | None:
    here = pages.columns[block.column]
    before = pages.columns[block.column - 1] if block.column else None
    if before and here.beside > 1 and before.run is here.run:
        lowest = max(column.bottom for column in pages.columns if column.run is here.run)
        return _Gap(block, lowest - before.bottom, (lowest - before.bottom) / here.beside)
    if before is None or before.page != here.page - 1 or here.top - pages.tops[here.page] >= LEAST or before.page in pages.turned:
        return None
    limit = pages.limits[before.page]
    if before.run.element is here.run.element:  # a run that goes on: its last column alone was too low
        return _Gap(block, limit - before.bottom, (limit - before.bottom) / here.beside)
    bottom = max(column.bottom for column in pages.columns if column.page == before.page)
    return _Gap(block, limit - bottom, limit - bottom)


def _read(document: Any) -> _Pages:
    pages = _Pages({}, [], {}, {}, document.pages[0]._page_box.height, set())
    notes: dict[Any, _Block] = {}
    for number, page in enumerate(document.pages):
        box = page._page_box
        limit, foot = box.content_box_y() + box.height, []
        for child in box.children:
            if type(child).__name__ == "FootnoteAreaBox" and child.children:
                limit, foot = min(limit, child.position_y), child.children
        pages.limits[number] = limit
        for part, run, beside in _parts(box, box, 1):
            top, height = part.border_box_y(), part.border_height()
            last = pages.columns[-1] if pages.columns else None
            begins = last is None or last.page != number or last.run is not run or beside > 1 and top < last.bottom - 1
            if begins:
                pages.columns.append(last := _Column(number, top, top, beside, run))
            last.bottom = max(last.bottom, top + height)
            pages.tops[number] = min(pages.tops.get(number, top), top)
            key, at = int(part.element.get("data-block")), len(pages.columns) - 1
            if (block := pages.blocks.get(key)) is None:
                classes = {*part.element.get("class", "").split()}
                movable = part.element.tag == "figure" or bool({"turned", "whole"} & classes)
                block = pages.blocks[key] = _Block(key, part.element.tag, movable, "turned" in classes, at, at, begins)
                notes |= {each: block for each in part.element.iter("span") if each.get("class") == "footnote"}
            block.last = at
            if block.turned:
                pages.turned.add(number)
            block.height += (part.margin_height() if part.is_in_normal_flow() else height) / beside
        for note in foot:
            if note.element in notes:
                notes[note.element].height += note.margin_height()
    return pages


def _parts(box: Any, run: Any, beside: int) -> Iterator[tuple[Any, Any, int]]:
    """Every box of a block on a page, the box that holds its columns or its page's text, and how many columns stand side by side."""
    columns = sum(bool(getattr(child, "is_column", False)) for child in getattr(box, "children", ()))
    if columns:
        run, beside = box, columns
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element.get("data-block") and child.element_tag == child.element.tag:
            yield child, run, beside
        elif not hasattr(child, "text"):
            yield from _parts(child, run, beside)
