"""Figures and short tables that the rest of a page or column is too low for wait for the head of the next; the text after them goes
before, so that no page stays half empty.

WeasyPrint has no floats of pages. So where it would begin a new page or column for a figure, the figure is put off instead, and where
the text goes on, perhaps in the middle of a paragraph, what waits is set first. What is to wait is a part of where a layout goes on,
so layouts can be tried and thrown away, as those of columns are.

A thing across the page stands between two runs of text: there the blocks of the next run are laid out as the end of the one before,
and the page is done anew.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from basylym.render.foot_notes import Lists, Notes
from basylym.render.pieces import HEADINGS

LEAST = 64.0
"""The gap that is worth filling, in CSS pixels: four to five lines."""
PASSED = {"h2": 1 / 6, "h3": 1 / 8, "h4": 1 / 8, "h5": 1 / 8, "h6": 1 / 8}
"""The headings that the text before a figure ends at, and the share of a page that may not stay empty for the sake of each."""
ABOVE = 0.4
"""How much of what a turned table leaves empty stands above it."""
TRIES = 6
"""How often a page is done anew at most, each time with more that waits for the next."""


class Waiting(dict):
    """Where a text goes on, with the figures that are to stand before that. As a dictionary it is the place of the first of them,
    so that whoever looks up the next page's kind finds theirs."""

    def __init__(self, at: int, figures: list[Any], index: int, inside: Any):
        super().__init__({at: None})
        self.at, self.index, self.inside = at, index, inside
        self.figures = [each.copy() for each in figures]
        for each in self.figures:
            each.must_wait = False

    def __deepcopy__(self, _: Any) -> dict[int, None]:
        return {self.at: None}

    def _key(self) -> tuple[Any, ...]:
        return [each.element for each in self.figures], [getattr(each, "resumes", None) for each in self.figures], self.index, self.inside

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Waiting) and self._key() == other._key()

    __hash__ = None


@dataclass
class _Entry:
    """A block that a layout is given: which it is of all the blocks of its text, and where inside it begins."""

    box: Any
    index: int
    inside: Any = None
    waits: bool = False
    """Whether it is a figure from before the place where the text goes on."""
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    """What a run was joined of: for each part its index, which of its blocks is the first, and how many there are."""


class _Frame:
    """The blocks of one layout, and how a place among them is told as a place in the whole text."""

    def __init__(self, box: Any, skip_stack: Any):
        self.whole, self.put_off = box, []
        entries = [_Entry(child, index) for index, child in enumerate(box.children)]
        self.changed = isinstance(skip_stack, Waiting)
        if self.changed:
            entries = entries[skip_stack.index:]
            if entries and skip_stack.inside is not None:
                entries[0].inside = skip_stack.inside
            figures = [_Entry(each, skip_stack.at, getattr(each, "resumes", None), True) for each in skip_stack.figures]
            if skip_stack.inside is not None or not _goes_on(box.children, skip_stack.index):
                entries[:0] = figures
            elif _is(entries[0].box, "run"):
                run, at = entries[0].box, skip_stack.index
                entries[:1] = [_Entry(run.copy_with_children(run.children[:1]), at, parts=[(at, 0, 1)]), *figures,
                               *([_Entry(run, at, {1: None})] if run.children[1:] else [])]
            else:
                entries[1:1] = figures
            skip_stack = {0: None}
        elif skip_stack:
            (skipped, inside), = skip_stack.items()
            self.changed, entries = True, entries[skipped:]
            entries[0].inside, skip_stack = inside, {0: None}
        self._fill(entries, skip_stack)

    def _fill(self, entries: list[_Entry], skip_stack: Any) -> None:
        self.entries, self.put_off = entries, []
        self.skip_stack = skip_stack and {0: entries[0].inside}
        self.box = self.whole.copy_with_children([_begin_inside(entry) for entry in entries]) if self.changed else self.whole

    def rearrange(self, entries: list[_Entry]) -> _Frame:
        """The same text with its blocks in another order."""
        made = copy.copy(self)
        made.changed = True
        made._fill(entries, self.skip_stack)
        return made

    def resume(self, found: Any, figures: Sequence[Any] = ()) -> Any:
        """Where the text goes on after a layout that ended at `found`, with what was put off in it and what its columns put off."""
        if found is None and not self.put_off:
            return None
        (index, inside), = found.items() if found is not None else [(len(self.entries), None)]
        waiting = [box for at, box in self.put_off if at < index] + list(figures)
        rest = self.entries[index:]
        if rest and rest[0].parts and inside is not None:
            return self._resume_joined(rest, inside)
        for entry in rest:
            if entry.waits:
                waiting.append(_begin_inside(entry) if entry is not rest[0] or inside is None else _begin_at(entry.box, inside))
        going_on = next((entry for entry in rest if not entry.waits), None)
        if going_on is None:
            place, within = len(self.whole.children), None
        else:
            place = going_on.index
            within = inside if going_on is rest[0] and inside is not None else going_on.inside
        if not waiting:
            return found if not self.changed else None if going_on is None else {place: within}
        return Waiting(_place_of(waiting[0], self.whole), waiting, place, within)

    def _resume_joined(self, rest: list[_Entry], inside: Any) -> Any:
        """The same for a place inside a run that was joined of several."""
        waiting_inside = inside if isinstance(inside, Waiting) else None
        (index, within), = [(inside.index, inside.inside)] if waiting_inside is not None else inside.items()
        offset = 0
        for number, (which, first, length) in enumerate(rest[0].parts):  # noqa: B007 - the part it is in
            if index < offset + length or number == len(rest[0].parts) - 1:
                break
            offset += length
        if number == 0 and len(rest[0].parts) > 1 and length == len(self.whole.children[which].children):
            return {which: inside}  # it ends before what was joined to it: all after it comes as it was
        source, place = self.whole.children[which], first + index - offset
        waiting = [entry.box for entry in rest if entry.waits and entry.index < which]
        if not source.element.get("class", "").startswith("run"):  # the heading of a figure: both go on
            return Waiting(_place_of(waiting[0], self.whole), waiting, which, None) if waiting else {which: None}
        sub = {place: within}
        if waiting_inside is not None:
            sub = Waiting(_place_of(waiting_inside.figures[0], source), waiting_inside.figures, place, within)
        elif place >= len(source.children):
            which, sub = which + 1, None
        elif place == 0 and within is None:
            sub = None
        return Waiting(_place_of(waiting[0], self.whole), waiting, which, sub) if waiting else {which: sub}


def _begin_inside(entry: _Entry) -> Any:
    return entry.box if entry.inside is None else _begin_at(entry.box, entry.inside)


def _begin_at(box: Any, inside: Any) -> Any:
    box = box.copy()
    box.resumes = inside
    return box


def _without_space_above(box: Any) -> Any:
    """A block at the head of a page that a turned table let begin: as at the head of any other page."""
    from weasyprint.css.properties import ZERO_PIXELS

    box, style = box.copy(), box.style.copy()
    style["margin_top"] = ZERO_PIXELS
    box.style = style
    if _is(box, "across"):
        box.children = [_without_space_above(box.children[0]), *box.children[1:]]
    return box


def _number(box: Any) -> str | None:
    return box.element.get("data-block") if box.element is not None and box.element_tag == box.element.tag else None


def _place_of(figure: Any, box: Any) -> int:
    """Which of a box's children a figure is a copy of."""
    return next((index for index, child in enumerate(box.children) if child.element is figure.element), 0)


def _classes(box: Any) -> list[str]:
    return (box.element.get("class") or "").split() if box.element is not None else []


def _is(box: Any, name: str) -> bool:
    return box.element is not None and name in _classes(box)


def is_movable(box: Any) -> bool:
    """Whether a block is a figure or a table in one piece."""
    return _number(box) is not None and (box.element.tag == "figure" or bool({"turned", "whole"} & {*_classes(box)}))


def _goes_on(children: list[Any], index: int) -> bool:
    """Whether a block, or the first of a run, goes on with the sentence of the formula before it: with a small letter."""
    if not 0 < index < len(children) or not {"equation", "formula"} & {*_classes(children[index - 1])}:
        return False
    block = children[index].children[0] if _is(children[index], "run") else children[index]
    return next((sign for sign in "".join(block.element.itertext()) if sign.isalnum()), "").islower()


def _stops(box: Any, gap: float, context: Any) -> bool:
    """Whether a block is a heading that figures of the text before it are not to pass, where otherwise such a gap is left."""
    return box.element_tag in HEADINGS and gap < context.current_footnote_area.page.height * PASSED[box.element_tag]


class _Floats:
    """Ourselves round WeasyPrint's functions."""

    def __init__(self, block: Any):
        self.frames: list[_Frame] = []
        self.lay_out_blocks, self.lay_out_columns = block.block_container_layout, block.columns_layout
        self.lay_out_one, self.break_earlier = block._in_flow_layout, block.find_earlier_page_break

    def blocks(self, context: Any, box: Any, *given: Any, **named: Any) -> Any:
        """A text, a run of it in one column, or a column of one."""
        if named or not (_is(box, "run") or _is(box, "body")) or not (box.is_column or box.element_tag == box.element.tag):
            return self.lay_out_blocks(context, box, *given, **named)
        bottom_space, skip_stack, page_is_empty, absolute, fixed, margins, *rest = given
        frame, notes, lists = _Frame(box, skip_stack), Notes(context), Lists(absolute, fixed, *([margins] if margins else []))
        begun = box.position_x, box.position_y

        def attempt(frame: _Frame) -> Any:
            frame.box.position_x, frame.box.position_y = begun
            if frame.changed and page_is_empty and context.forced_break:
                frame.box.children[:1] = map(_without_space_above, frame.box.children[:1])
            self.frames.append(frame)
            try:
                return self.lay_out_blocks(
                    context, frame.box, bottom_space, frame.skip_stack, page_is_empty, absolute, fixed, margins, *rest)
            finally:
                self.frames.pop()

        result = attempt(frame)
        if _is(box, "body"):
            for _ in range(TRIES):
                if not (joined := _join_runs(context, frame, result, bottom_space)):
                    break
                notes.recall()
                lists.recall()
                frame, result = joined, attempt(joined)
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
        if _is(box, "body") and all(_is(child, "turned-page") for child in result[0].children):
            empty = max(0, context.page_bottom - bottom_space - _bottom(result[0]))
            for child in result[0].children:
                child.translate(dy=empty * ABOVE)
        return result[0], resume, self._next_page(resume, result[2]), *result[3:]

    @staticmethod
    def _next_page(resume: Any, next_page: Any) -> Any:
        if isinstance(resume, Waiting) and _is(resume.figures[0], "turned-page"):
            return {"break": "page", "page": resume.figures[0].page_values()[0]}
        return next_page

    def run_in_columns(self, context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any) -> Any:
        """A run in several columns."""
        if not _is(box, "run"):
            return self.lay_out_columns(context, box, bottom_space, skip_stack, *rest)
        frame = _Frame(box, skip_stack)
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
        if frame is None or _is(box, "body"):
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
        notes, copies = Notes(context), [list(each) for each in (new_children, absolute, fixed, margins)]
        result = self.lay_out_one(context, box, index, child, copies[0], page_is_empty, copies[1], copies[2], copies[3], bottom_space,
                                  position_y, skip_stack, *rest)
        printed = result[6]
        if not result[0] and len(printed) > len(new_children) and printed[-1].index == index:
            absolute[:], fixed[:] = copies[1], copies[2]
            return result
        notes.recall()
        frame.put_off.append((index, child))
        return False, False, None, position_y, margins, next_page, new_children, max_lines

    def earlier(self, context: Any, children: list[Any], absolute: list[Any], fixed: list[Any]) -> Any:
        """A page's end before what was laid out last, told as a place in the whole text."""
        result = self.break_earlier(context, children, absolute, fixed)
        frame = getattr(children[0], "whence", None) if children else None
        return (result[0], frame.resume(result[1])) if result and frame is not None else result


def _join_runs(context: Any, frame: _Frame, result: Any, bottom_space: float) -> _Frame | None:
    """The page anew, with more of the text before the figure across it that did not fit; none where nothing may go before."""
    new_box, found, entries = result[0], result[1], frame.entries
    if new_box is None or not found or not new_box.children:
        return None
    (at, inside), = found.items()
    gap = context.page_bottom - bottom_space - _bottom(new_box)
    if inside is not None or at == 0 or gap < LEAST:
        return None
    heads, waiting = [], []
    for place, entry in enumerate(entries[at:], at):  # noqa: B007 - the first that is no figure across
        if not _is(entry.box, "across") or entry.inside is not None:
            break
        *above, figure = entry.box.children
        if not is_movable(figure) or waiting and any(_stops(each, gap, context) for each in above):
            return None
        if above:
            heads.append((entry.index, above))
        waiting.append(_Entry(entry.box.copy_with_children([figure]) if above else entry.box, entry.index, None, True))
    else:
        return None
    run = entries[place]
    if not waiting or not _is(run.box, "run") or isinstance(run.inside, Waiting):
        return None
    (first, within), = (run.inside or {0: None}).items()
    taken = list(takewhile(lambda block: not _stops(block, gap, context), run.box.children[first:]))
    while taken and (taken[-1].element_tag in HEADINGS or is_movable(taken[-1])):
        taken.pop()
    if not taken:
        return None
    before = entries[at - 1] if _is(entries[at - 1].box, "run") and not entries[at - 1].waits else None
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
    joined = _Entry(base.box.copy_with_children(children), base.index, before.inside if before else None, parts=parts)
    left = [_Entry(run.box, run.index, {first + len(taken): None})] if first + len(taken) < len(run.box.children) else []
    start = at if before is None else at - 1
    return frame.rearrange([*entries[:start], joined, *waiting, *left, *entries[place + 1:]])


def _bottom(box: Any) -> float:
    """Where the last of what stands in a text ends."""
    if not box.children:
        return box.position_y
    last = box.children[-1]
    while getattr(last, "children", None) and _is(last, "run") and not getattr(last, "is_column", False):
        columns = [each for each in last.children if getattr(each, "is_column", False)]
        if columns:
            return max(each.children[-1].position_y + each.children[-1].margin_height() for each in columns if each.children)
        last = last.children[-1]
    return last.position_y + last.margin_height()


def install() -> None:
    """Puts ourselves round WeasyPrint's blocks and columns; doing so twice changes nothing."""
    from weasyprint.layout import block

    if getattr(block, "floats_by_basylym", None) is None:
        floats = block.floats_by_basylym = _Floats(block)
        block.block_container_layout, block.columns_layout = floats.blocks, floats.run_in_columns
        block._in_flow_layout, block.find_earlier_page_break = floats.one, floats.earlier

