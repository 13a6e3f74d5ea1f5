"""A heading, figure or table that begins a column: the space above it, which WeasyPrint leaves there, is taken away.

It is taken by whole lines, so that the text below still stands level with its neighbour. This is done as columns are made,
before links and anchors are gathered from where the boxes stand.
"""

from __future__ import annotations

from typing import Any

from basylym.render.pieces import HEADINGS


def install() -> None:
    """Puts ourselves behind WeasyPrint's columns; doing so twice changes nothing."""
    from weasyprint.layout import block

    lay_out = block.columns_layout
    if getattr(lay_out, "by_basylym", False):
        return

    def lay_out_columns(*given: Any, **named: Any) -> Any:
        result = lay_out(*given, **named)
        for column in getattr(result[0], "children", ()):
            if getattr(column, "is_column", False):
                _raise(column)
        return result

    lay_out_columns.by_basylym = True
    block.columns_layout = lay_out_columns


def _raise(column: Any) -> None:
    first = column.children[0] if column.children else None
    line = getattr(column.style["line_height"], "value", 0)
    if first is None or first.element_tag not in HEADINGS | {"figure", "table"} or not line:
        return
    space = line * int((first.margin_top + 0.01) // line)
    for child in column.children if space else ():
        child.translate(dy=-space)
