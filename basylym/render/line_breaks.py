"""Mends one fault of WeasyPrint's line breaking: a text that fits but for the space at its end was broken after its first word.

It happens where a link or other markup follows at a line's end. The space hangs over the edge unseen (CSS Text 3, 4.1.3), so
such a text fits. Relies on a function inside WeasyPrint; the lock file pins it, and a test fails when its shape changes.
"""

from __future__ import annotations

from math import inf
from typing import Any


def install() -> None:
    """Puts our line splitter before WeasyPrint's; doing so twice changes nothing."""
    from weasyprint.layout import inline

    split = inline.split_first_line
    if getattr(split, "by_basylym", False):
        return

    def split_with_hanging_space(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        if max_width not in (None, inf) and text.endswith(" ") and style["white_space"] == "normal":
            bare = text.rstrip(" ")
            if " " in bare and split(bare, style, context, max_width, *rest, **named)[2] is None:
                max_width = None
        return split(text, style, context, max_width, *rest, **named)

    split_with_hanging_space.by_basylym = True
    inline.split_first_line = split_with_hanging_space
