"""Where a text goes on, page after page, when figures wait: the blocks of one layout and their order.

What is to wait is a part of where a layout goes on, so layouts can be tried and thrown away, as those of columns are.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


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
class Entry:
    """A block that a layout is given: which it is of all the blocks of its text, and where inside it begins."""

    box: Any
    index: int
    inside: Any = None
    waits: bool = False
    """Whether it is a figure from before the place where the text goes on."""
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    """What a run was joined of: for each part its index, which of its blocks is the first, and how many there are."""


class Frame:
    """The blocks of one layout, and how a place among them is told as a place in the whole text."""

    def __init__(self, box: Any, skip_stack: Any):
        self.whole = box
        entries = [Entry(child, index) for index, child in enumerate(box.children)]
        self.changed = isinstance(skip_stack, Waiting)
        if self.changed:
            entries = entries[skip_stack.index:]
            if entries and skip_stack.inside is not None:
                entries[0].inside = skip_stack.inside
            figures = [Entry(each, skip_stack.at, getattr(each, "resumes", None), True) for each in skip_stack.figures]
            if skip_stack.inside is not None or not _goes_on(box.children, skip_stack.index):
                entries[:0] = figures
            elif is_called(entries[0].box, "run"):
                run, at = entries[0].box, skip_stack.index
                entries[:1] = [Entry(run.copy_with_children(run.children[:1]), at, parts=[(at, 0, 1)]), *figures,
                               *([Entry(run, at, {1: None})] if run.children[1:] else [])]
            else:
                entries[1:1] = figures
            skip_stack = {0: None}
        elif skip_stack:
            (skipped, inside), = skip_stack.items()
            self.changed, entries = True, entries[skipped:]
            entries[0].inside, skip_stack = inside, {0: None}
        self._fill(entries, skip_stack)

    def _fill(self, entries: list[Entry], skip_stack: Any) -> None:
        self.entries, self.put_off = entries, []
        self.skip_stack = skip_stack and {0: entries[0].inside}
        self.box = self.whole.copy_with_children(_part_pages([*map(_begin_inside, entries)])) if self.changed else self.whole

    def rearrange(self, entries: list[Entry]) -> Frame:
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

    def _resume_joined(self, rest: list[Entry], inside: Any) -> Any:
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
        if not is_called(source, "run"):  # the heading of a figure: both go on
            return Waiting(_place_of(waiting[0], self.whole), waiting, which, None) if waiting else {which: None}
        sub = {place: within}
        if waiting_inside is not None:
            sub = Waiting(_place_of(waiting_inside.figures[0], source), waiting_inside.figures, place, within)
        elif place >= len(source.children):
            which, sub = which + 1, None
        elif place == 0 and within is None:
            sub = None
        return Waiting(_place_of(waiting[0], self.whole), waiting, which, sub) if waiting else {which: sub}


def _begin_inside(entry: Entry) -> Any:
    return entry.box if entry.inside is None else _begin_at(entry.box, entry.inside)


def _begin_at(box: Any, inside: Any) -> Any:
    box = box.copy()
    box.resumes = inside
    return box


def _part_pages(children: list[Any]) -> list[Any]:
    """Blocks in an order of ours: what comes after a turned table, and that alone, begins a page."""
    for at, (before, after) in enumerate(zip(children, children[1:], strict=False), 1):
        wanted = "page" if is_called(before, "turned-page") and not is_called(after, "turned-page") else "auto"
        if {wanted, after.style["break_before"]} == {"page", "auto"}:
            children[at], style = after.copy(), after.style.copy()
            style["break_before"], children[at].style = wanted, style
    return children


def without_space_above(box: Any) -> Any:
    """A block at the head of a page that a turned table let begin: as at the head of any other page."""
    from weasyprint.css.properties import ZERO_PIXELS

    box, style = box.copy(), box.style.copy()
    style["margin_top"] = ZERO_PIXELS
    box.style = style
    if is_called(box, "across"):
        box.children = [without_space_above(box.children[0]), *box.children[1:]]
    return box


def _place_of(figure: Any, box: Any) -> int:
    """Which of a box's children a figure is a copy of."""
    return next((index for index, child in enumerate(box.children) if child.element is figure.element), 0)


def classes_of(box: Any) -> list[str]:
    """The classes that a block has in the markup."""
    return (box.element.get("class") or "").split() if box.element is not None else []


def is_called(box: Any, name: str) -> bool:
    """Whether a block has a class."""
    return name in classes_of(box)


def _goes_on(children: list[Any], index: int) -> bool:
    """Whether a block, or the first of a run, goes on with the sentence of the formula before it: with a small letter."""
    if not 0 < index < len(children) or not {"equation", "formula"} & {*classes_of(children[index - 1])}:
        return False
    block = children[index].children[0] if is_called(children[index], "run") else children[index]
    return next((sign for sign in "".join(block.element.itertext()) if sign.isalnum()), "").islower()
