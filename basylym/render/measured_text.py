"""How wide the letters of a text are and where its lines may end: asked of Pango once a text, and not once a line.

A text is set as one long line. What it says of the text holds for any part of it, a hair excepted: a letter may be moved towards the
one that follows it, which counts for nothing where a line ends between them. So the word that a line ends in is measured by itself.

Relies on structures inside WeasyPrint and Pango; the lock file pins the one, and a test fails when their shapes change.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Any

from basylym.render.kept_letters import Letters, Said, Texts

UNITS = 1024
"""Pango counts in so many parts of a pixel."""
LONGEST, ROOM = 5000, 1000
"""So many letters are measured at once, and what follows when no more than so many are left for a line."""
MOST, ITSELF = 200_000, 50
"""Of so many letters a style, at most, the widths are kept, a text by itself counting as so many."""
TAIL = 24
"""A text is looked for in those that end as it does, in so many letters."""
SAME = 4
"""How many texts with one such tail are kept."""
WORD = 60
"""As long as this are words, with what stands before them."""
ODD = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffc]|[ \u00a0\u2000-\u200a\u202f\u205f\u3000]{2}")
"""Signs that do something to a line besides standing in it, and blanks one after another; WeasyPrint sees to them."""
BLANKS = " \u00a0"
"""What is stretched between words, and what pieces Pango sets apart where it is."""
BLANK, ALPHA = re.compile(f"[{BLANKS}]"), re.compile(r"[^\W\d_]")
BREAK, LETTER, CURSOR, WORD_END, WORD_BOUNDARY = 1, 4, 16, 64, 16
"""Bits of Pango's properties of a letter, the last one of the second byte."""
GLYPHS = "void pango_glyph_item_get_logical_widths (PangoGlyphItem *item, const char *text, int *widths);" \
         "PangoAttrList *pango_attr_list_copy (PangoAttrList *list);"
"""Two of Pango's functions that WeasyPrint has no use for."""
PROPERTIES = ("font_size", "font_family", "font_style", "font_stretch", "font_weight", "font_kerning", "font_variant_ligatures",
              "font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
              "font_feature_settings", "font_variation_settings", "font_language_override", "lang", "word_spacing")
"""What a letter's place depends on."""


def learn() -> None:
    """Makes the functions of Pango known that WeasyPrint doesn't call; doing so twice changes nothing."""
    from weasyprint.text.ffi import ffi

    ffi.cdef(GLYPHS)


def parts(spacing: float) -> int | None:
    """By how many of Pango's units a blank is wider; None where it stays what it is, and isn't set apart."""
    return int(spacing * UNITS) if spacing else None


def face(style: Any) -> Face:
    """The letters of a style, shared by all styles that set them alike."""
    kept = style.__dict__  # a style is never changed once text is set in it, but copied
    if "face_by_basylym" not in kept:
        faces = style.font_config.__dict__.setdefault("faces_by_basylym", {})
        key = tuple([str(style[name]) for name in PROPERTIES])
        if key not in faces:
            faces[key] = Face(style, key)
        kept["face_by_basylym"] = faces[key]
    return kept["face_by_basylym"]


class Face:
    """Letters of one kind and size, and the texts that were measured in them."""

    def __init__(self, style: Any, key: tuple[str, ...]):
        from weasyprint.text.ffi import ffi, pango
        from weasyprint.text.line_break import Layout

        self._ffi, self._pango = ffi, pango
        made = Layout(style)
        self.layout, self.language = made.layout, made.language
        self.spacing = style["word_spacing"]
        self._features = pango.pango_layout_get_attributes(self.layout)
        if self._features != ffi.NULL:  # a list of our own: the layout's is let go when it gets another
            self._features = self._list(pango.pango_attr_list_copy(self._features))
        self._plain = True
        self._ends: dict[str, list[Measured]] = {}
        self._parts: list[tuple[int, Measured]] = []
        self._letters = 0
        self._words: dict[str, Measured] = {}
        self.box = ffi.new("PangoRectangle *")
        self.letters = kept_for(style)
        self.texts = self.letters.face(key) if self.letters else Texts()
        self._fonts: list[Any] = []

    def _list(self, made: Any) -> Any:
        return self._ffi.gc(made, self._pango.pango_attr_list_unref)

    def set(self, text: str, spacing: float) -> bytes:
        """Sets a text, each blank wider by `spacing`, and gives its bytes; Pango adds half of that at the ends of a text."""
        ffi, pango = self._ffi, self._pango
        letters = text.encode()
        pango.pango_layout_set_text(self.layout, letters, len(letters))
        if spacing:
            attributes = self._list(pango.pango_attr_list_new() if self._features == ffi.NULL
                                    else pango.pango_attr_list_copy(self._features))
            wider, new, insert = parts(spacing), pango.pango_attr_letter_spacing_new, pango.pango_attr_list_insert
            for blank in re.finditer(b" |\xc2\xa0", letters):
                start, end = blank.span()
                attribute = new(wider * 2 if start == 0 or start == len(letters) - 1 else wider)
                attribute.start_index, attribute.end_index = start, end
                insert(attributes, attribute)
            pango.pango_layout_set_attributes(self.layout, attributes)
            self._plain = False
        elif not self._plain:
            pango.pango_layout_set_attributes(self.layout, self._features)
            self._plain = True
        return letters

    def fresh(self) -> Any:
        """The layout, as it was made."""
        pango, layout = self._pango, self.layout
        pango.pango_layout_set_width(layout, -1)
        pango.pango_layout_set_ellipsize(layout, pango.PANGO_ELLIPSIZE_NONE)
        pango.pango_layout_set_single_paragraph_mode(layout, False)
        return layout

    def number(self, font: Any) -> int:
        """The number of a font among those that texts of this face begin with."""
        if font not in self._fonts:
            self._fonts.append(font)
        return self._fonts.index(font)

    def ask(self, text: str, shown: str) -> Said | None:
        """What Pango says of a text as one line, or said in an earlier build; None where some of it runs from right to left."""
        texts = self.texts
        said = texts.measured_now.get(text) or texts.measured.get(text)
        if said is None or len(said.widths) != array("i").itemsize * len(shown):
            for example in texts.examples[len(self._fonts):]:  # fonts that were met in an earlier build keep their numbers
                self._fonts.append(_first_font(self, self.set(self.shown(example), self.spacing)))
            said = _read(self, self.set(shown, self.spacing), len(shown))
            if len(self._fonts) > len(texts.examples):
                texts.examples.append(text)
            if said and self.letters:
                self.letters.measure(texts, text, said, new=True)
        elif text not in texts.measured_now:
            self.letters.measure(texts, text, said)
        return said

    def shown(self, text: str) -> str:
        """What is set of a text: a blank that stands alone has something after it, as WeasyPrint does."""
        return " \u200b" if text == " " and self.spacing else text

    def find(self, text: str) -> tuple[Measured, int]:
        """A text that was measured and ends as this one does, and where in it this one begins. Of a very long one a part is measured."""
        if len(text) > LONGEST:
            return self._part(text)
        known = self._ends.setdefault(text[-TAIL:], [])
        for each in known:
            if each.text.endswith(text):
                return each, len(each.text) - len(text)
        if len(known) == SAME:
            del known[0]
        known.append(self._measure(text))
        return known[-1], 0

    def _part(self, text: str) -> tuple[Measured, int]:
        for length, each in self._parts:
            start = length - len(text)
            if 0 <= start <= len(each.text) - ROOM and text.startswith(each.text[start:]):
                return each, start
        self._parts = [(len(text), self._measure(text[:text.rfind(" ", ROOM, LONGEST) + 1 or LONGEST])), *self._parts[:SAME]]
        return self._parts[0][1], 0

    def _measure(self, text: str) -> Measured:
        self._letters += len(text) + ITSELF
        if self._letters > MOST:
            self._letters, self._ends = 0, {}
        return Measured(self, text)

    def word(self, text: str) -> Measured:
        """A few letters by themselves."""
        if text not in self._words:
            if len(self._words) > MOST // TAIL:
                self._words.clear()
            self._words[text] = Measured(self, text)
        return self._words[text]


def kept_for(style: Any) -> Letters | None:
    """The record of the article that a style is for; none where letters may be of a font that the style sheet loads, or run from right to
    left."""
    config = style.font_config
    return config.__dict__.get("letters_by_basylym") if config._folder is None and style["direction"] == "ltr" else None


def _first_font(face: Face, letters: bytes) -> Any:
    run = face._pango.pango_layout_get_line_readonly(face.layout, 0).runs
    return face._ffi.NULL if run == face._ffi.NULL else run.data.item.analysis.font


def _read(face: Face, letters: bytes, length: int) -> Said | None:
    """What Pango says of the text that is set; None where some of it runs from right to left."""
    ffi, pango, nothing = face._ffi, face._pango, face._ffi.NULL
    line = pango.pango_layout_get_line_readonly(face.layout, 0)
    data, room, buffer = ffi.from_buffer(letters), ffi.new("int[]", length), ffi.buffer
    measure, size = pango.pango_glyph_item_get_logical_widths, ffi.sizeof("int")
    widths: list[bytes] = []
    run, several, count = line.runs, False, 0
    font = nothing if run == nothing else run.data.item.analysis.font
    while run != nothing:
        piece = run.data
        item = piece.item
        analysis = item.analysis
        if analysis.level % 2:
            return None
        measure(piece, data, room)
        several |= analysis.font != font
        widths.append(buffer(room, size * item.num_chars)[:])
        count += item.num_chars
        run = run.next
    if count != length:
        return None
    pango.pango_layout_line_get_extents(line, nothing, face.box)
    bits = buffer(pango.pango_layout_get_log_attrs_readonly(face.layout, nothing), 4 * length + 4)[:]
    return Said(face.box.height, pango.pango_layout_get_baseline(face.layout), face.number(font), several, b"".join(widths), bits)


class Measured:
    """A text that was set as one line."""

    def __init__(self, face: Face, text: str):
        self.text, self._face, self.several = text, face, False
        self.odd = text not in face.texts.measured and bool(ODD.search(text))
        """Whether it is for WeasyPrint to break into lines: some of it runs from right to left. And whether it has several fonts;
        what such a text is like where it is broken isn't told from the whole."""
        self.lines: dict[tuple, tuple | None] = {}
        """What was found of it, line by line, for whoever asks again."""
        self.shown = face.shown(text)
        said = None if self.odd else face.ask(text, self.shown)
        if said is None:
            self.odd = True
            return
        self.height, self.baseline, self.font, self.several, widths, bits = said
        self.places = [0, *accumulate(array("i", widths))]
        """Where each letter begins, and the last ends, in Pango's units."""
        self._bits = bits[::4], bits[1::4]

    @cached_property
    def breaks(self) -> list[int]:
        """Before which letters a line may begin; the last is the end."""
        return [place for place, bit in enumerate(self._bits[0]) if bit & BREAK and place]

    @cached_property
    def ends(self) -> list[int]:
        """How far the letters before each such place reach, but for a space."""
        return [self.places[place - self.shown[place - 1].isspace()] for place in self.breaks]

    def word(self, start: int, end: int) -> tuple[int, int] | None:
        """The first word between two places, as Pango would see it if nothing else stood there."""
        begun = start
        for place, bit, more in zip(range(start, end), *(bits[start:end] for bits in self._bits), strict=True):
            if bit & WORD_END and place > start:
                return begun, place
            if more & WORD_BOUNDARY:
                begun = place
        return (begun, end) if end > begun and (self._bits[0][end] & WORD_END or self.text[end - 1].isalnum()) else None

    def letters(self, start: int, room: float) -> int:
        """Before which letter a line breaks that breaks anywhere: it has one letter at least."""
        text, places, bits = self.text, self.places, self._bits[0]
        ends = [place for place in range(start + 1, len(places)) if bits[place] & LETTER or place == len(text)]
        widths = [places[place - text[place - 1].isspace()] - places[start] for place in ends]
        last = bisect_right(widths, max(room, widths[0])) - 1
        while last and widths[last] > widths[0] and self.size(start, ends[last] - text[ends[last] - 1].isspace())[0] > room:
            last -= 1
        while last and widths[last] == widths[last - 1] and not text[ends[last] - 1].isspace():  # what takes no room
            last -= 1
        return ends[last]

    def lead(self, start: int) -> tuple[int, int]:
        """How much wider the beginning of a line is than in the text, and up to where: signs and numbers before the first word may stand
        closer to its letters than they do where they follow those of another script."""
        text = self.text
        if start and not text[start].isalpha() and (letter := ALPHA.search(text, start, start + WORD)):
            found = BLANK.search(text, letter.end(), letter.end() + WORD)
            end = found.start() if found else min(len(text), letter.end() + WORD)
            return self._face.word(text[start:end + 1]).places[end - start] - self.places[end] + self.places[start], end
        return 0, start

    def size(self, start: int, end: int, hyphen: str = "") -> tuple[int, int, int]:
        """How wide and high a line of the letters between two places is, with what is added to it, and where its base line is."""
        text, places = self.text, self.places
        if not hyphen and end == len(text) and (start == 0 or not self.several):
            return places[-1] - places[start] + self.lead(start)[0], self.height, self.baseline
        more, begun = self.lead(start)
        if self.several or begun > end:
            return self._face.word(text[start:end] + hyphen).whole()
        if not hyphen and self._face.spacing and text[end] in BLANKS:
            return places[end] - places[start] + more, self.height, self.baseline
        begin = end - 1
        while begin > start and (text[begin - 1] == "f" or not self._bits[0][begin] & CURSOR):  # with the letter before it, it may be one
            begin -= 1
        last = self._face.word(text[begin:end] + hyphen)
        if last.several or last.font != self.font:
            return self._face.word(text[start:end] + hyphen).whole()
        return places[begin] - places[start] + more + last.places[-1], self.height, self.baseline

    def whole(self) -> tuple[int, int, int]:
        """The size of all of it."""
        return self.places[-1], self.height, self.baseline
