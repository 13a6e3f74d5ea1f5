"""Where columns begin and end.

A heading, figure or table that begins a column has space above it that WeasyPrint leaves there. It is taken away by whole lines, so that
the text below still stands level with its neighbour; a quotation gives its half line to what is below it. Right below a formula across
the page a figure keeps its space. Then the columns end where the longest of them does.

A heading across columns whose text goes on to the next page goes there too.

This is done as columns are made, before links and anchors are gathered from where the boxes stand.
"""

from __future__ import annotations

from typing import Any

from basylym.render.pieces import HEADINGS

SET_APART = {"blockquote", "dl", "div"}
"""What has half a line above and below it."""


def install() -> None:
    """Puts ourselves behind WeasyPrint's columns; doing so twice changes nothing."""
    from weasyprint.layout import block
    from weasyprint.layout.block import collapse_margin

    lay_out = block.columns_layout
    if getattr(lay_out, "by_basylym", False):
        return

    def lay_out_columns(context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool,
                        absolute: list[Any], fixed: list[Any], margins: list[Any], *rest: Any) -> Any:
        above = collapse_margin(margins) if margins and not page_is_empty else None
        result = lay_out(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute, fixed, margins, *rest)
        made = result[0]
        if made is None:
            return result
        if not page_is_empty and result[1] and len(made.children) == 1 and made.children[0].element_tag in HEADINGS:
            return None, (0, None), {"break": "any", "page": None}, [], False
        columns = columns_of(made)
        before = foot_of(columns)
        for column in columns:
            _raise(column, above)
        if len(columns) == len(made.children):
            _shorten(made, before - foot_of(columns))
        return result

    lay_out_columns.by_basylym = True
    block.columns_layout = lay_out_columns


def columns_of(box: Any) -> list[Any]:
    """The columns of a box that something stands in."""
    return [each for each in box.children if getattr(each, "is_column", False) and each.children]


def foot_of(columns: list[Any]) -> float:
    """Where the longest of the columns ends."""
    return max((each.children[-1].position_y + each.children[-1].margin_height() for each in columns), default=0)


def _raise(column: Any, above: float | None) -> None:
    """Takes space away above what begins a column; `above` is what is kept free above the columns, nothing being said of a page's head."""
    first, line = column.children[0], getattr(column.style["line_height"], "value", 0)
    if not line:
        return
    if first.element_tag in SET_APART:
        if 0 < first.margin_top < line - 0.01:
            first.translate(dy=-first.margin_top)
        return
    if first.element_tag not in HEADINGS | {"figure", "table"}:
        return
    if first.element_tag not in HEADINGS and above is not None and above < line - 0.01:
        return
    space = line * int((first.margin_top + 0.01) // line)
    for child in column.children if space else ():
        child.translate(dy=-space)


def _shorten(box: Any, less: float) -> None:
    """Lets columns end higher."""
    if less > 0:
        box.height -= less
        for column in box.children:
            column.height -= less
