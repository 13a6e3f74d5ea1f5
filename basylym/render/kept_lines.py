"""Spares WeasyPrint what it would do again for the same line.

A page is laid out several times where its notes need room, and each line is then broken as before; a line that is spaced out gets a
layout of its own, which is thrown away and made anew when the page is drawn; and the font of a style and the height of its letters are
looked up for each piece of text. The pages are the same, made in less time.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when their shapes change.
"""

from __future__ import annotations

from copy import copy
from typing import Any

LONGEST, MOST = 5000, 2000
"""Of how long a text it is kept where its line ends, and of how many."""


def install() -> None:
    """Puts ourselves round WeasyPrint's lines, and round what else stands there already; doing so twice changes nothing."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    if not getattr(inline.create_layout, "by_basylym", False):
        inline.split_first_line = _split_once(inline.split_first_line)
        inline.create_layout = _spaced(inline.create_layout)
        inline.strut = _once_a_style("strut", inline.strut)
        line_break.get_font_description = _once_a_style("font", line_break.get_font_description)


def _split_once(split: Any) -> Any:
    def split_once(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        if context is None or len(text) > LONGEST:
            return split(text, style, context, max_width, *rest, **named)
        lines = context.__dict__.setdefault("lines_by_basylym", {})
        key = text, id(style), max_width, rest, tuple(named.items())
        if key not in lines:
            if len(lines) >= MOST:
                lines.clear()
            lines[key] = style, split(text, style, context, max_width, *rest, **named)  # the style too, so that its id is no other's
        layout, *measures = lines[key][1]
        return copy(layout), *measures  # the text and its measures alone: WeasyPrint has let go of Pango's layout

    split_once.by_basylym = True
    return split_once


def _spaced(create: Any) -> Any:
    from weasyprint.text.line_break import Layout

    class Spaced(Layout):
        """The text of a line and its space, until it is drawn."""

        def __init__(self, text: str, justification_spacing: float):
            self.text, self.max_width, self.justification_spacing = text, None, justification_spacing
            self.first_line_direction = 0
            self.ascent = self.underline_position = self.strikethrough_position = None
            self.layout = self.language = self.style = None

    def create_layout(text: str, style: Any, context: Any, max_width: Any, justification_spacing: float) -> Any:
        if max_width is None and not style["word_spacing"] and style["text_decoration_line"] == "none" and "\n" not in text:
            return Spaced(text, justification_spacing)
        return create(text, style, context, max_width, justification_spacing)

    create_layout.by_basylym = True
    return create_layout


def _once_a_style(name: str, find: Any) -> Any:
    name = f"{name}_by_basylym"

    def find_once(style: Any) -> Any:
        kept = style.__dict__  # a style is never changed once text is set in it, but copied
        if name not in kept:
            kept[name] = find(style)
        return kept[name]

    return find_once
