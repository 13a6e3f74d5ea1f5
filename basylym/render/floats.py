"""Figures and short tables that the rest of a page or column is too low for wait for the head of the next; the text after them goes
before, so that no page stays half empty.

WeasyPrint has no floats of pages. So where it would begin a new page or column for a figure, the figure is put off instead, and where
the text goes on, perhaps in the middle of a paragraph, what waits is set first (float_places.py).

A thing across the page stands between two runs of text: there the blocks of the next run are laid out as the end of the one before,
and the page is done anew.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from basylym.render.column_heads import columns_of, foot_of
from basylym.render.float_places import Entry, Frame, Waiting, classes_of, is_called, without_space_above
from basylym.render.foot_notes import Before
from basylym.render.pieces import HEADINGS

LEAST = 64.0
"""The gap that is worth filling, in CSS pixels: four to five lines."""
PASSED = {"h2": 1 / 6, "h3": 1 / 8, "h4": 1 / 8, "h5": 1 / 8, "h6": 1 / 8}
"""The headings that the text before a figure ends at, and the share of a page that may not stay empty for the sake of each."""
ABOVE = 0.4
"""How much of what a turned table leaves empty stands above it."""
TRIES = 6
"""How often a page is done anew at most, each time with more that waits for the next."""


def is_movable(box: Any) -> bool:
    """Whether a block is a figure or a table in one piece."""
    element = box.element
    return (element is not None and box.element_tag == element.tag and "data-block" in element.attrib
            and (element.tag == "figure" or not {"turned", "whole"}.isdisjoint(classes_of(box))))


def _stops(box: Any, gap: float, context: Any) -> bool:
    """Whether a block is a heading that figures of the text before it are not to pass, where otherwise such a gap is left."""
    return box.element_tag in HEADINGS and gap < context.current_footnote_area.page.height * PASSED[box.element_tag]


class _Floats:
    """Ourselves round WeasyPrint's functions."""

    def __init__(self, block: Any):
        self.frames: list[Frame] = []
        self.lay_out_blocks, self.lay_out_columns = block.block_container_layout, block.columns_layout
        self.lay_out_one, self.break_earlier = block._in_flow_layout, block.find_earlier_page_break

    def blocks(self, context: Any, box: Any, *given: Any, **named: Any) -> Any:
        """A text, a run of it in one column, or a column of one."""
        if named or not (is_called(box, "run") or is_called(box, "body")) or not (box.is_column or box.element_tag == box.element.tag):
            return self.lay_out_blocks(context, box, *given, **named)
        bottom_space, skip_stack, page_is_empty, absolute, fixed, margins, *rest = given
        frame, before = Frame(box, skip_stack), Before(context, absolute, fixed, *([margins] if margins else []))
        begun = box.position_x, box.position_y

        def attempt(frame: Frame) -> Any:
            frame.box.position_x, frame.box.position_y = begun
            if frame.changed and page_is_empty and context.forced_break:
                frame.box.children[:1] = map(without_space_above, frame.box.children[:1])
            self.frames.append(frame)
            try:
                return self.lay_out_blocks(
                    context, frame.box, bottom_space, frame.skip_stack, page_is_empty, absolute, fixed, margins, *rest)
            finally:
                self.frames.pop()

        result = attempt(frame)
        if is_called(box, "body"):
            for _ in range(TRIES):
                if not (joined := _join_runs(context, frame, result, bottom_space)):
                    break
                before.recall()
                tried, at = attempt(joined), next(index for index, entry in enumerate(joined.entries) if entry.parts)
                if tried[0] is None or tried[1] == {at: None}:  # nothing of it finds room here
                    before.recall()
                    result = attempt(frame)
                    break
                frame, result = joined, tried
        if result[0] is None:
            return result
        resume = frame.resume(result[1])
        if isinstance(resume, Waiting) and not result[0].children:  # nothing but what waits: all of it goes on to the next page
            return None, None, {"break": "any", "page": None}, [], False, result[5]
        if frame.changed or frame.put_off:
            for child in result[0].children:
                child.whence = frame
        if box.is_column and isinstance(resume, Waiting):
            result[0].resume = resume
        if is_called(box, "body") and all(is_called(child, "turned-page") for child in result[0].children):
            empty = max(0, context.page_bottom - bottom_space - _bottom(result[0]))
            for child in result[0].children:
                child.translate(dy=empty * ABOVE)
        return result[0], resume, self._next_page(resume, result[2]), *result[3:]

    @staticmethod
    def _next_page(resume: Any, next_page: Any) -> Any:
        if isinstance(resume, Waiting) and is_called(resume.figures[0], "turned-page"):
            return {"break": "page", "page": resume.figures[0].page_values()[0]}
        return next_page

    def run_in_columns(self, context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any) -> Any:
        """A run in several columns."""
        if not is_called(box, "run"):
            return self.lay_out_columns(context, box, bottom_space, skip_stack, *rest)
        frame = Frame(box, skip_stack)
        result = self.lay_out_columns(context, frame.box, bottom_space, frame.skip_stack, *rest)
        if result[0] is None:
            return result
        skipped, = frame.skip_stack or (0,)
        inner = getattr(result[0].children[-1], "resume", None) if result[0].children else None
        if inner is not None:
            resume = frame.resume({skipped + inner.index: inner.inside}, inner.figures)
        else:
            resume = frame.resume(result[1])
        return result[0], resume, *result[2:]

    def one(self, context: Any, box: Any, index: int, child: Any, new_children: list[Any], page_is_empty: bool, absolute: list[Any],
            fixed: list[Any], margins: list[Any], bottom_space: float, position_y: float, skip_stack: Any, *rest: Any) -> Any:
        """A block of a text: a figure that does not fit is put off."""
        if skip_stack is None:
            skip_stack = getattr(child, "resumes", None)
        frame = self.frames[-1] if self.frames and self.frames[-1].box is box else None
        if frame is None or is_called(box, "body"):
            return self.lay_out_one(context, box, index, child, new_children, page_is_empty, absolute, fixed, margins, bottom_space,
                                    position_y, skip_stack, *rest)
        *_, next_page, max_lines = rest
        room = context.page_bottom - bottom_space - position_y
        if frame.put_off and _stops(child, room, context):
            return not new_children, bool(new_children), {index: None}, position_y, margins, next_page, new_children, max_lines
        following = box.children[index + 1] if index + 1 < len(box.children) else None
        may_wait = (is_movable(child) and following is not None and not _stops(following, room, context)
                    and not (page_is_empty and not new_children) and skip_stack is None)
        if may_wait and (getattr(child, "must_wait", False) or any(each.element.tag == child.element.tag for _, each in frame.put_off)):
            frame.put_off.append((index, child))
            return False, False, None, position_y, margins, next_page, new_children, max_lines
        if not may_wait or room < LEAST:
            return self.lay_out_one(context, box, index, child, new_children, page_is_empty, absolute, fixed, margins, bottom_space,
                                    position_y, skip_stack, *rest)
        before, stood = Before(context, new_children, absolute, fixed), len(new_children)
        result = self.lay_out_one(context, box, index, child, new_children, page_is_empty, absolute, fixed, [*margins], bottom_space,
                                  position_y, skip_stack, *rest)
        printed = result[6]
        if not result[0] and len(printed) > stood and printed[-1].index == index:
            return result
        before.recall()
        frame.put_off.append((index, child))
        return False, False, None, position_y, margins, next_page, new_children, max_lines

    def earlier(self, context: Any, children: list[Any], absolute: list[Any], fixed: list[Any]) -> Any:
        """A page's end before what was laid out last, told as a place in the whole text."""
        result = self.break_earlier(context, children, absolute, fixed)
        frame = getattr(children[0], "whence", None) if children else None
        return (result[0], frame.resume(result[1])) if result and frame is not None else result


def _join_runs(context: Any, frame: Frame, result: Any, bottom_space: float) -> Frame | None:
    """The page anew, with more of the text before the figure across it that did not fit; none where nothing may go before."""
    new_box, found, entries = result[0], result[1], frame.entries
    if new_box is None or not found or not new_box.children:
        return None
    (at, inside), = found.items()
    gap = context.page_bottom - bottom_space - _bottom(new_box)
    if inside is not None or at == 0 or gap < LEAST or is_called(entries[at - 1].box, "turned-page"):
        return None
    heads, waiting = [], []
    for place, entry in enumerate(entries[at:], at):  # noqa: B007 - the first that is no figure across
        if not is_called(entry.box, "across") or entry.inside is not None:
            break
        *above, figure = entry.box.children
        if not is_movable(figure) or waiting and any(_stops(each, gap, context) for each in above):
            return None
        if above:
            heads.append((entry.index, above))
        waiting.append(Entry(entry.box.copy_with_children([figure]) if above else entry.box, entry.index, None, True))
    else:
        return None
    run = entries[place]
    if not waiting or not is_called(run.box, "run") or isinstance(run.inside, Waiting):
        return None
    (first, within), = (run.inside or {0: None}).items()
    taken = list(takewhile(lambda block: not _stops(block, gap, context), run.box.children[first:]))
    if len(taken) == len(run.box.children) - first and place + 1 < len(entries) and is_called(entries[place + 1].box, "formula"):
        taken.pop()  # no figure comes between a formula and what leads up to it
    while taken and (taken[-1].element_tag in HEADINGS or is_movable(taken[-1])):
        taken.pop()
    if not taken:
        return None
    before = entries[at - 1] if is_called(entries[at - 1].box, "run") and not entries[at - 1].waits else None
    children, parts = [], []
    if before is not None:
        children, parts = list(before.box.children), list(before.parts) or [(before.index, 0, len(before.box.children))]
    for index, above in heads:
        children += above
        parts.append((index, 0, len(above)))
    for block in taken:
        children.append(block := block.copy())
        block.must_wait = is_movable(block)
        if within is not None:
            block.resumes, within = within, None
    parts.append((run.index, first, len(taken)))
    base = before or run
    joined = Entry(base.box.copy_with_children(children), base.index, before.inside if before else None, parts=parts)
    left = [Entry(run.box, run.index, {first + len(taken): None})] if first + len(taken) < len(run.box.children) else []
    start = at if before is None else at - 1
    return frame.rearrange([*entries[:start], joined, *waiting, *left, *entries[place + 1:]])


def _bottom(box: Any) -> float:
    """Where the last of what stands in a text ends."""
    if not box.children:
        return box.position_y
    last = box.children[-1]
    while getattr(last, "children", None) and is_called(last, "run") and not getattr(last, "is_column", False):
        if columns := columns_of(last):
            return foot_of(columns)
        last = last.children[-1]
    return last.position_y + last.margin_height()


def install() -> None:
    """Puts ourselves round WeasyPrint's blocks and columns; doing so twice changes nothing."""
    from weasyprint.layout import block

    if getattr(block, "floats_by_basylym", None) is None:
        floats = block.floats_by_basylym = _Floats(block)
        block.block_container_layout, block.columns_layout = floats.blocks, floats.run_in_columns
        block._in_flow_layout, block.find_earlier_page_break = floats.one, floats.earlier

