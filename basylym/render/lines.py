"""Breaks text into lines, in the place of WeasyPrint, which asks Pango anew for each line and each hyphen tried.

A line ends at the last place allowed whose letters have room, the space after them hanging over the edge unseen (CSS Text 3, 4.1.3);
then letters of the next word may follow with a hyphen, as WeasyPrint would choose them. Two things are done otherwise:

- a text that fits but for the space at its end is not broken: so it went where a link or other markup follows at a line's end;
- no line ends in «6-» or «ҚР-», the ending of the number or abbreviation on the next: Unicode's rules allow a break after every
  hyphen. Such words go to the next line whole.

And a blank between two pieces of markup, which was kept where a line ends so that the line stopped short of the edge by it, is not.

What is unusual (letters spaced out, text from right to left, kept ends of lines, soft hyphens) is left to WeasyPrint. Relies on
functions inside it; the lock file pins it, and a test fails when their shapes change.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from math import inf
from typing import Any

from basylym.render import measured_text
from basylym.render.kept_lines import Line
from basylym.render.measured_text import UNITS, Measured
from basylym.typography.hyphenation import is_abbreviation

TORN = re.compile(r"(?:^|(?<=[\s«„“(\[\u00a0]))(?:\d+[-–]|([^\W\d_]+)-)$")
"""What a line must not end in, where the word goes on: a number, a single letter or an abbreviation with its hyphen."""
LONGEST = 40
"""So many letters of a line's last word are looked at."""
MOST = 1000
"""So many lines of a text are kept."""
NEAR = 4 * UNITS
"""By how much a line may be too wide to be measured exactly."""
BLANK = " \u200b"
"""What WeasyPrint makes of a text that is a blank alone, to stretch it; it no longer ends in a blank then."""


def install() -> None:
    """Puts our lines before WeasyPrint's; doing so twice changes nothing."""
    from weasyprint.layout import inline, preferred

    if getattr(inline.split_first_line, "by_basylym", False):
        return
    measured_text.learn()
    split, remove = inline.split_first_line, inline.remove_last_whitespace

    def split_first_line(text: str, style: Any, context: Any, max_width: Any, spacing: float, is_line_start: bool = True,
                         minimum: bool = False) -> Any:
        return (first_line(text, style, context, max_width, spacing, is_line_start, minimum)
                or split(text, style, context, max_width, spacing, is_line_start, minimum))

    def remove_last_blank(context: Any, line: Any) -> None:
        last = line
        while getattr(last, "children", None):
            last = last.children[-1]
        if getattr(last, "text", None) == BLANK:
            last.text = " "
        remove(context, line)

    split_first_line.by_basylym = True
    inline.split_first_line = preferred.split_first_line = split_first_line
    inline.remove_last_whitespace = remove_last_blank


class Setting:
    """What of a style says where its lines end."""

    def __init__(self, style: Any):
        import pyphen

        self.space = style["white_space"]
        self.usual = (style["letter_spacing"] in ("normal", 0) and style["direction"] == "ltr" and style["font_size"] > 0
                      and style["word_break"] != "break-all" and self.space != "pre-line")
        self.anywhere = style["overflow_wrap"]
        self.language = style["lang"] and style["hyphens"] == "auto" and pyphen.language_fallback(style["lang"])
        self.zone, self.hyphen = style["hyphenate_limit_zone"], style["hyphenate_character"]
        self.least, self.left, self.right = style["hyphenate_limit_chars"]
        self.decorated = style["text_decoration_line"] != "none"
        self.face = measured_text.face(style) if self.usual else None

    def parts(self, word: str, context: Any) -> list[tuple[str, str]]:
        """Where a word may be broken, the longest first part first."""
        import pyphen

        key = self.language, self.left, self.right, self.least
        if key not in context.dictionaries:
            context.dictionaries[key] = pyphen.Pyphen(lang=self.language, left=self.left, right=self.right)
        return [*context.dictionaries[key].iterate(word)]


def first_line(text: str, style: Any, context: Any, max_width: float | None, spacing: float, is_line_start: bool,
               minimum: bool) -> tuple | None:
    """The first line of a text, as WeasyPrint's `split_first_line` gives it; None where that is to do it."""
    kept = style.__dict__
    if "setting_by_basylym" not in kept:
        kept["setting_by_basylym"] = Setting(style)
    setting = kept["setting_by_basylym"]
    if not setting.usual or not text or context is None:
        return None
    measured, start = setting.face.find(text)
    if measured.odd:
        return None
    whole = len(text) == len(measured.text) - start
    anywhere = is_line_start and (setting.anywhere == "anywhere" or setting.anywhere == "break-word" and not minimum)
    key = setting, start, whole, max_width, anywhere
    if key not in measured.lines:  # a page is laid out several times where its notes or columns need room
        line = _Line(measured, start, setting, style, max_width)
        if max_width in (None, inf) or setting.space in ("nowrap", "pre") or text == " ":
            found = line.end(len(measured.text)) if whole else None
        else:
            found = line.find(context, whole, anywhere)
        if len(measured.lines) == MOST:
            measured.lines.clear()
        measured.lines[key] = found
    if found := measured.lines[key]:
        return Line(found[0], style, max_width, spacing, setting.decorated), *found[1:]
    return None


class _Line:
    """A line of a text that begins at a place of it and has so much room."""

    def __init__(self, measured: Measured, start: int, setting: Setting, style: Any, max_width: float | None):
        self.measured, self.start, self.setting, self.style, self.max_width = measured, start, setting, style, max_width

    def end(self, end: int, hyphen: str = "", bare: bool = False) -> tuple:
        """The line that ends before a letter: its text, length and size, and what of the text, if any, follows."""
        measured, start, full = self.measured, self.start, len(self.measured.text)
        text = measured.text[start:end]
        resume = None if end == full else len(text.encode())
        if resume is not None or bare:
            text = text.rstrip(" ") if not hyphen else text
        elif start == 0:
            text = measured.shown
        width, height, baseline = measured.size(start, start + len(text) if resume is not None or bare else full, hyphen)
        return text + hyphen, len(text.encode()), resume, width / UNITS, height / UNITS, baseline / UNITS

    def find(self, context: Any, whole: bool, anywhere: bool) -> tuple | None:
        measured, start = self.measured, self.start
        breaks, room = measured.breaks, self.max_width * UNITS
        base, full = measured.places[start] - measured.lead(start)[0], len(measured.text)
        if self.setting.space != "normal":
            return self.end(full) if whole and measured.places[-1] - base <= room else None
        first = bisect_right(breaks, start)
        last = bisect_right(measured.ends, base + room, first) - 1
        if last == len(breaks) - 1:
            return self.end(full) if whole else None
        if last < first:
            return self._overflow(context, breaks[first], whole, anywhere)
        cut, after = breaks[last], breaks[last + 1]
        if after == full and not whole:
            return None
        if self.setting.language:
            zone = _pixels(self.setting.zone, self.style, self.max_width)
            if self.max_width - (measured.ends[last] - base) / UNITS > zone:
                for end in self._hyphens(context, cut, after):
                    if self._fits(end, room):
                        return self.end(end, self.setting.hyphen)
        if (word := _torn_word(measured.text, start, cut)) is not None:
            fitting = bisect_right(breaks, word, first) - 1
            if fitting >= first:
                cut = breaks[fitting]
        return self.end(cut)

    def _hyphens(self, context: Any, start: int, after: int) -> list[int]:
        """The places within the next word where it may be broken, the last first."""
        measured, setting, full = self.measured, self.setting, len(self.measured.text)
        end = after - 1 if start + 1 < after < full else full
        place = start
        while found := measured.word(place, end):
            begin, place = found
            if place - begin >= setting.least:
                word = measured.text[begin:place]
                return [begin + len(part) for part, rest in setting.parts(word, context) if part + rest == word]
        return []

    def _fits(self, end: int, room: float) -> bool:
        """Whether letters and a hyphen do; those that are much too many aren't looked at."""
        measured, start = self.measured, self.start
        return (measured.places[end] - measured.places[start] < room + NEAR
                and measured.size(start, end, self.setting.hyphen)[0] <= room)

    def _overflow(self, context: Any, end: int, whole: bool, anywhere: bool) -> tuple | None:
        """Where not even the first word has room."""
        measured, start, room = self.measured, self.start, self.max_width * UNITS
        if end == len(measured.text) and not whole and not anywhere:
            return None
        if self.setting.language and end > start + 1:
            found = self._hyphens(context, start, end)
            for place in found:
                if self._fits(place, room):
                    return self.end(place, self.setting.hyphen)
            if found and not anywhere:
                return self.end(found[-1], self.setting.hyphen)
        if anywhere:
            return self.end(measured.letters(start, room)) if room >= 0 else None
        return self.end(end, bare=True)


def _pixels(length: Any, style: Any, whole: float) -> float:
    from weasyprint.layout.percent import percentage

    return percentage(length, style, whole)


def _torn_word(text: str, start: int, cut: int) -> int | None:
    """Where the word begins that goes on after a place though it must not be broken there."""
    if text[cut - 1] not in "-–" or not text[cut:cut + 1].isalnum():
        return None
    begin = max(cut - LONGEST, start)
    found = TORN.search(text[begin:cut])
    if not found or found[1] and len(found[1]) > 1 and not is_abbreviation(found[1]):
        return None
    return begin + found.start()
