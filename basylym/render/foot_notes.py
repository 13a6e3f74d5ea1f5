"""Keeps every note on the page that calls it.

WeasyPrint would rather put a note on the next page than break a paragraph one line earlier, and in columns it may give the text room
that the notes need. So where a note was put off, the text is laid out again with less and less room. Only a note that the page cannot
hold at all goes on to the next.
"""

from __future__ import annotations

from typing import Any

LINES = 60
"""How many lines a paragraph may give up, at most."""
FEWER = (1, 2, 3, 5, 8, 13, 21, 34)
"""How many lines columns give up, one after another; each takes a layout of them."""
LONG = 2000
"""How many letters a note has that may fill a page: it is left as WeasyPrint sets it."""
LINE = 16.0
"""The height of a line where none is there to be measured, in CSS pixels."""


def install() -> None:
    """Puts ourselves round WeasyPrint's lines and columns; doing so twice changes nothing."""
    from weasyprint.layout import block, column

    if not getattr(block._linebox_layout, "by_basylym_with_notes", False):
        block._linebox_layout = _lines_with_notes(block._linebox_layout)
        block.columns_layout, column._report_footnotes = _columns_with_notes(block.columns_layout, column._report_footnotes)


def _lines_with_notes(lay_out: Any) -> Any:
    def lay_out_lines(context: Any, box: Any, index: int, child: Any, lines: list[Any], page_is_empty: bool, absolute: list[Any],
                      fixed: list[Any], margins: Any, bottom_space: float, *rest: Any) -> Any:
        def attempt(less: float) -> Any:
            return lay_out(context, box, index, child, lines, page_is_empty, absolute, fixed, margins, bottom_space + less, *rest)

        before = Before(context, lines, absolute, fixed)
        result = attempt(0)
        if context.in_column or not before.put_off():
            return result
        height = lines[-1].height if lines else LINE
        # the first of what is returned says whether nothing stands here
        return _make_room(result, attempt, before, [step * height for step in range(1, LINES)],
                          lambda again: again[0] and page_is_empty)

    lay_out_lines.by_basylym_with_notes = True
    return lay_out_lines


def _columns_with_notes(lay_out: Any, report: Any) -> Any:
    spared = 0.0

    def report_notes(context: Any, height: float) -> None:
        area = context.current_footnote_area
        bare = area.margin_height() - area.height + 0.01 if context.current_page_footnotes else 0  # the space above no notes
        report(context, max(height + spared, bare))

    def lay_out_columns(context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool,
                        absolute: list[Any], fixed: list[Any], *rest: Any) -> Any:
        def attempt(less: float) -> Any:
            return lay_out(context, box, bottom_space + less, skip_stack, containing_block, page_is_empty, absolute, fixed, *rest)

        before = Before(context, absolute, fixed)
        result = attempt(0)
        if spared or not before.put_off():
            return result

        def spare(less: float) -> Any:
            nonlocal spared
            spared = less
            try:
                return attempt(less)
            finally:
                spared = 0.0

        height = getattr(box.style["line_height"], "value", 0) or LINE
        return _make_room(result, spare, before, [step * height for step in FEWER],
                          lambda again: again[0] is None and page_is_empty)

    return lay_out_columns, report_notes


def _make_room(result: Any, attempt: Any, before: Before, rooms: list[float], leaves_nothing: Any) -> Any:
    """The first layout, with so much less room, that puts no note off; where there is none, or nothing would be left on the page,
    the one there was."""
    after = before.now()
    for less in rooms:
        before.recall()
        again = attempt(less)
        if leaves_nothing(again):
            break
        if not before.put_off():
            return again
    after.recall()
    return result


class Before:
    """What an attempt changes, as it is before: where notes stand (which are still to come, which stand on the page, which go on to
    the next), and the lists that a layout adds to."""

    def __init__(self, context: Any, *lists: list[Any]):
        self.lists = [(each, each.copy()) for each in lists]
        self.context, self.bottom, self.height = context, context.page_bottom, context.current_footnote_area.height
        self.coming, self.here, self.later = map(list, (context.footnotes, context.current_page_footnotes, context.reported_footnotes))

    def put_off(self) -> bool:
        """Whether notes have been sent to the next page since, none of which is too long to do anything about."""
        put_off = self.context.reported_footnotes[len(self.later):]
        return bool(put_off) and all(sum(len(each.text) for each in note.descendants() if hasattr(each, "text")) < LONG for note in put_off)

    def now(self) -> Before:
        """The same as it is by now."""
        return Before(self.context, *(each for each, _ in self.lists))

    def recall(self) -> None:
        """Puts all notes back where they stood, and makes the lists what they were."""
        for each, kept in self.lists:
            each[:] = kept
        self.context.footnotes[:] = self.coming
        self.context.current_page_footnotes[:] = self.here
        self.context.reported_footnotes[:] = self.later
        self.context._update_footnote_area()
        # where no note stands WeasyPrint takes the space above notes for taken, and would give it back with the next
        self.context.page_bottom, self.context.current_footnote_area.height = self.bottom, self.height
