"""Writes the letters of a line into the PDF as WeasyPrint does, in less time: what is written of a letter of a certain width is put
together once a font, and the letters of a line are read from Pango's memory all at once.

Lines with anything unusual (shortened, letters that are raised or moved, pictures for letters, letters that no font has) are left
to WeasyPrint. The bytes are the same.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when they change.
"""

from __future__ import annotations

from typing import Any

STANDS_FOR = {
    "weasyprint.draw.text:draw_first_line": "df38b8753e86",
}
"""What is replaced, and the digest of how it is written in the version that the lock file pins."""


def install() -> None:
    """Puts ourselves in the place of WeasyPrint's writing; doing so twice changes nothing."""
    from weasyprint.draw import text

    if not getattr(text.draw_first_line, "by_basylym", False):
        text.draw_first_line = _draw(text.draw_first_line)


def _draw(usual: Any) -> Any:
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    sized, unusual = pango.pango_version() >= 14802, pango.PANGO_GLYPH_EMPTY
    size, null, buffer = ffi.sizeof("PangoGlyphInfo"), ffi.NULL, ffi.buffer
    step = size // 4

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> list[Any]:
        style, layout = textbox.style, textbox.pango_layout
        if text_overflow == "ellipsis" or block_ellipsis != "none" or not textbox.text.strip() or style["font_size"] < 1e-6:
            return usual(stream, textbox, text_overflow, block_ellipsis, matrix)
        known = getattr(layout, "known_by", None)
        if known and (line := known[0].recall(stream, *known[1:])):
            write(stream, line, matrix)
            return []
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        first_line, _ = layout.get_first_line()
        texts: list[tuple[Any, float, list[str]]] = []
        met: dict[str, int] = {}
        before, run = None, first_line.runs[0]
        while run != null:
            item, run = run.data, run.next
            glyphs, here = item.glyphs, item.item.analysis.font
            if here != before:
                before = here
                font, font_size = stream.add_font(here)
                if font.bitmap or font.png or font.svg or font.colr:
                    return usual(stream, textbox, text_overflow, block_ellipsis, matrix)
                met.setdefault(font.hash, len(font.to_unicode))
                font_size = font_size if sized else style["font_size"]
                kept = font.__dict__.setdefault("letters_by_basylym", {}).setdefault(font_size, {})
                text: list[str] = []
                texts.append((font, font_size, text))
            letters = buffer(glyphs.glyphs, glyphs.num_glyphs * size)[:]
            written = kept.get(letters)
            if written is None:
                numbers, pieces = memoryview(letters).cast("i").tolist(), []
                for number, place in enumerate(zip(numbers[::step], numbers[1::step], numbers[2::step], numbers[3::step], strict=True)):
                    if place not in kept:
                        if place[0] >= unusual or place[3]:
                            return usual(stream, textbox, text_overflow, block_ellipsis, matrix)
                        kept[place] = learn(stream, layout.text, item, number, font, font_size, *place)
                    pieces.append(kept[place])
                written = kept[letters] = f"<{''.join(pieces)}>".removesuffix("<>") if pieces else ""
            text.append(written)
        line = [(font, font_size, "".join(text)) for font, font_size, text in texts]
        if known:
            known[0].draw(*known[1:], line, met)
        write(stream, line, matrix)
        return []

    def write(stream: Any, line: list[tuple[Any, float, str]], matrix: Any) -> None:
        stream.set_text_matrix(*matrix.values)
        whole = ""
        for font, font_size, text in line:
            if whole:
                stream.show_text(whole)
            stream.set_font_size(font.hash, font_size)
            whole = text
        stream.show_text(whole)

    def learn(stream: Any, text: str, item: Any, number: int, font: Any, font_size: float, letter: int, width: int,
              x_offset: int, _: int) -> str:
        """What is written of a letter, by WeasyPrint's own reckoning, and what it is in Unicode, by the first place it stands at."""
        if letter not in font.to_unicode:
            begin, clusters, length = item.item.offset, item.glyphs.log_clusters, item.item.length
            if item.item.analysis.level % 2:
                end = length if number == 0 else clusters[number - 1]
            else:
                end = length if number == item.glyphs.num_glyphs - 1 else clusters[number + 1]
            font.to_unicode[letter] = text.encode()[begin + clusters[number]:begin + end].decode()
        if letter not in font.widths:
            pango.pango_font_get_glyph_extents(item.item.analysis.font, letter, stream.ink_rect, stream.logical_rect)
            font.widths[letter] = round(stream.logical_rect.width * 1000 * FROM_UNITS / font_size)
        offset = x_offset / font_size
        kerning = font.widths[letter] + offset - width * 1000 * FROM_UNITS / font_size
        return (f">{-offset}<" if offset else "") + f"{letter:04x}" + (f">{int(kerning)}<" if kerning else "")

    draw_first_line.by_basylym = True
    return draw_first_line
