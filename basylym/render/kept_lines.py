"""Spares WeasyPrint what it would do again for the same style, and for a line until it is drawn.

A line gets Pango's layout when it is drawn, and not before: lines are laid out several times where a page's notes need room, and
one that is spaced out got another. And the font of a style and the height of its letters are looked up for each piece of text. The
pages are the same, made in less time.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when their shapes change.
"""

from __future__ import annotations

from typing import Any

from basylym.render import measured_text


def install() -> None:
    """Puts ourselves round WeasyPrint's functions; doing so twice changes nothing."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    if not getattr(inline.create_layout, "by_basylym", False):
        inline.create_layout = _spaced(inline.create_layout)
        inline.strut = _once_a_style("strut", inline.strut)
        line_break.get_font_description = _once_a_style("font", line_break.get_font_description)


class Line:
    """The text of a line and its space, until it is drawn: what WeasyPrint's `Layout` is to it."""

    first_line_direction = 0

    def __init__(self, text: str, style: Any, max_width: float | None, spacing: float, decorated: bool):
        self.text, self.max_width, self.justification_spacing = text, max_width, spacing
        self.style = self._face = self._layout = None
        if decorated:
            self._decorate(style)

    def _decorate(self, style: Any) -> None:
        from weasyprint.text.line_break import Layout

        made = Layout(style)
        for name in ("ascent", "underline_position", "strikethrough_position", "underline_thickness", "strikethrough_thickness"):
            setattr(self, name, getattr(made, name))

    def reactivate(self, style: Any) -> None:
        """Makes the text ready to be drawn at once."""
        self._face, self.style = measured_text.face(style), style

    @property
    def layout(self) -> Any:
        """The text as Pango sets it, from when it is first asked for; the layout is that of all lines with these letters."""
        if self._layout is None and self._face is not None:
            self._layout = self._face.fresh()
            self.set_text(self.text)
        return self._layout

    @property
    def known_by(self) -> tuple[Any, Any, tuple[str, int | None]] | None:
        """What a line that is drawn is kept by: the record, the texts of its face, and what stands in it; None where nothing is kept."""
        face = self._face
        return face and face.letters and (face.letters, face.texts, (self.text, measured_text.parts(self._spacing)))

    @property
    def _spacing(self) -> float:
        return self.style["word_spacing"] + self.justification_spacing

    def set_text(self, text: str) -> None:
        """Sets another text."""
        self.text = text
        self._face.set(text, self._spacing)

    def get_first_line(self) -> tuple:
        """Pango's first line, and where the second begins."""
        from weasyprint.text.line_break import Layout

        return Layout.get_first_line(self)

    def deactivate(self) -> None:
        """Lets go of Pango's layout."""
        self._layout = self.style = self._face = None


def _spaced(create: Any) -> Any:
    def create_layout(text: str, style: Any, context: Any, max_width: Any, justification_spacing: float) -> Any:
        if max_width is None and style["text_decoration_line"] == "none" and style["letter_spacing"] in ("normal", 0) \
                and not measured_text.ODD.search(text):
            return Line(text, style, max_width, justification_spacing, False)
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
