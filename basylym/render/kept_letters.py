"""What Pango said of an article's texts, kept for its next build: how wide their letters are, and what is written of the lines that were
drawn. An article in which a word has changed is laid out and drawn without asking again for all that has not.

What is kept are answers alone, each under all that was asked; which question comes next is found out anew each time. So the pages are
the same, byte for byte. What a build did not need goes: a record has the size of one article.
"""

from __future__ import annotations

import json
import os
import re
import sys
from itertools import chain
from typing import Any, NamedTuple, Protocol

LARGEST = 1_000_000
"""Of so many letters what was measured is kept, and of so many what was drawn."""
WRITTEN = re.compile("[-+.0-9a-f<>]*")
"""What letters and the moves between them are written in."""
GLYPHS = re.compile("<([0-9a-f]*)>")
HIGHEST = 2**31
"""What numbers of Pango's are less than."""
INTEGER = 4
"""So many bytes has a width."""
PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Place(Protocol):
    """Where a record is kept."""

    def find(self, made_of: Any) -> bytes | None:
        """What was kept of the same, if it is there and whole."""

    def keep(self, made_of: Any, data: bytes) -> None:
        """Keeps it, where that can be."""


class Said(NamedTuple):
    """What Pango said of a text that is set as one line."""

    height: int
    baseline: int
    font: int
    """The number of its first font among those of its face."""
    several: bool
    """Whether it has more of them."""
    widths: bytes
    bits: bytes
    """Four bytes of properties for each letter, and for the end."""


class Piece(NamedTuple):
    """Letters of one font in a line, as they are written."""

    font: str
    size: float
    written: str
    before: int
    """How many different letters of the font the PDF had met before the line, and up to its end."""
    after: int


class Letter(NamedTuple):
    """A letter of a font, as the PDF describes it: by the line that it first comes in."""

    glyph: int
    width: int
    text: str


class Texts:
    """What was said of the texts of one face: before, and in this build."""

    def __init__(self) -> None:
        self.measured: dict[str, Said] = {}
        self.lines: dict[tuple[str, int | None], list[Piece]] = {}
        self.measured_now: dict[str, Said] = {}
        self.lines_now: dict[tuple[str, int | None], list[Piece]] = {}
        self.examples: list[str] = []
        """For each font of the face a text that begins with it."""


def _glyphs(written: str) -> set[str]:
    """The letters of what is written, each as the one whose code is the number of its glyph."""
    try:
        return set(bytes.fromhex("".join(GLYPHS.findall(written))).decode("utf-16-be"))
    except ValueError:  # numbers that no letter has as its code
        return {""}


class Letters:
    """The record of one article."""

    def __init__(self, place: Place | None):
        self._place, self._faces = place, dict[tuple[str, ...], Texts]()
        self._made_of = [os.environ.get("FONTCONFIG_FILE"), sys.byteorder]  # which fonts there are, for one
        self._letters: dict[str, list[Letter]] = {}
        """The letters of each font, in the order that the PDF met them."""
        self._fonts: dict[str, Any] = {}
        self._room, self._new, self._drawn = 2 * LARGEST, False, False
        if place and (data := place.find(self._made_of)) is not None:
            try:
                self._read(data)
            except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):  # no record of ours
                self._faces, self._letters = {}, {}

    def face(self, key: tuple[str, ...]) -> Texts:
        """What is kept of a face."""
        return self._faces.setdefault(key, Texts())

    def measure(self, texts: Texts, text: str, said: Said, new: bool = False) -> None:
        """Takes down what was said of a text, now or before."""
        self._room -= len(text)
        if self._room > 0:
            texts.measured_now[text] = said
            self._new |= new

    def draw(self, texts: Texts, key: tuple[str, int | None], line: list[tuple[Any, float, str]], before: dict[str, int],
             new: bool = True) -> None:
        """Takes down what is written of a line, now or before; `before` is how many letters of each font had been met."""
        self._room -= len(key[0])
        if self._room > 0 and key not in texts.lines_now:
            texts.lines_now[key] = [Piece(font.hash, size, written, before[font.hash], len(font.to_unicode))
                                    for font, size, written in line]
            self._fonts |= {font.hash: font for font, _, _ in line}
            self._new |= new

    def recall(self, stream: Any, texts: Texts, key: tuple[str, int | None]) -> list[tuple[Any, float, str]]:
        """A line as it was written, with the fonts of this PDF. It is empty where it isn't known, or has letters that the PDF has not met
        yet and that the line was not the first to have."""
        self._drawn = True
        if (line := texts.lines.get(key)) is None:
            return []
        fonts = {font.hash: font for font in stream._fonts.values()}
        before = {name: len(font.to_unicode) for name, font in fonts.items()}
        if not all(piece.font in fonts and self._may_write(piece, fonts[piece.font]) for piece in line):
            return []
        for piece in line:
            font = fonts[piece.font]
            for letter in self._letters[piece.font][piece.before:piece.after] if piece.after > font.reach_by_basylym else ():
                if letter.glyph not in font.to_unicode:
                    font.to_unicode[letter.glyph], font.widths[letter.glyph] = letter.text, letter.width
        found = [(fonts[piece.font], piece.size, piece.written) for piece in line]
        self.draw(texts, key, found, before, new=False)
        return found

    def _may_write(self, piece: Piece, font: Any) -> bool:
        """Whether Pango would have the same written: all letters are met and as wide as they were, or are described as the line does."""
        letters, reach = self._letters.get(piece.font, ()), font.__dict__.get("reach_by_basylym", 0)
        while reach < len(letters) and font.widths.get(letters[reach].glyph) == letters[reach].width \
                and letters[reach].glyph in font.to_unicode:
            reach += 1
        font.reach_by_basylym = reach
        if reach >= piece.after:
            return True
        if any(each.glyph >= font.glyph_count or font.widths.get(each.glyph, each.width) != each.width
               for each in letters[piece.before:piece.after]):
            return False
        if reach >= piece.before:
            return True
        met = {chr(each.glyph) for each in letters if each.glyph in font.to_unicode and font.widths[each.glyph] == each.width}
        return _glyphs(piece.written) <= met | {chr(each.glyph) for each in letters[piece.before:piece.after]}

    def keep(self) -> None:
        """Keeps what this build asked for, if any of that is new; what was drawn before, where no PDF is made."""
        # a letter without a width is one that could not be drawn
        if self._place and self._new and all(font.to_unicode.keys() <= font.widths.keys() for font in self._fonts.values()):
            self._place.keep(self._made_of, self._write())

    def _write(self) -> bytes:
        faces, widths, bits = [], [], []
        for key, texts in self._faces.items():
            measured, lines = texts.measured_now, texts.lines_now if self._drawn else texts.lines
            if not measured and not lines:
                continue
            fonts: dict[int, str] = {}
            for text, said in measured.items():
                if said.font not in fonts or len(text) < len(fonts[said.font]):
                    fonts[said.font] = text
            number = {font: place for place, font in enumerate(fonts)}
            faces.append([key, [*fonts.values()], [*measured],
                          [[said.height, said.baseline, number[said.font], int(said.several), len(said.widths) // INTEGER]
                           for said in measured.values()], [[*line, *drawn] for line, drawn in lines.items()]])
            widths += [said.widths for said in measured.values()]
            bits += [said.bits for said in measured.values()]
        letters = self._letters if not self._drawn else {
            name: [(glyph, font.widths[glyph], text) for glyph, text in font.to_unicode.items()] for name, font in self._fonts.items()}
        head = PLAIN([faces, letters]).encode()
        return b"".join((len(head).to_bytes(INTEGER, "big"), head, *widths, *bits))

    def _read(self, data: bytes) -> None:
        end = INTEGER + int.from_bytes(data[:INTEGER], "big")
        faces, fonts = json.loads(data[INTEGER:end])
        self._letters = {name: [Letter(*each) for each in letters] for name, letters in fonts.items()}
        for each in chain.from_iterable(self._letters.values()):
            each.text.encode()
            if not (0 <= each.glyph < HIGHEST and abs(each.width) < HIGHEST):
                raise ValueError("no letter")
        letters = sum(numbers[-1] for face in faces for numbers in face[3])
        width, bit, pieces = end, end + INTEGER * letters, list[Piece]()
        for key, examples, measured, numbers, lines in faces:
            texts = self._faces[tuple(key)] = Texts()
            texts.examples = examples
            for text, (height, baseline, font, several, length) in zip(measured, numbers, strict=True):
                if not (0 <= length - len(text) <= 1 and 0 <= font < len(examples) and max(abs(height), abs(baseline)) < HIGHEST):
                    raise ValueError("no text")
                texts.measured[text] = Said(height, baseline, font, bool(several), data[width:(width := width + INTEGER * length)],
                                            data[bit:(bit := bit + INTEGER * (length + 1))])
            texts.lines = {(text, spacing): [Piece(*each) for each in drawn] for text, spacing, *drawn in lines}
            pieces += chain.from_iterable(texts.lines.values())
        if bit != len(data) or not all(0 < each.size < HIGHEST for each in pieces):
            raise ValueError("no record")
        if not WRITTEN.fullmatch("".join([each.written for each in pieces])):  # it goes into the PDF as it is
            raise ValueError("no line")
