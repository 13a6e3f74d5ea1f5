"""The lines of a PDF's pages with the sizes and places of their letters; run in a process of its own, whose memory and time are bounded."""

from __future__ import annotations

import ctypes
import json
import re
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_PAGES = 1_500
MOST_LETTERS = 6_000_000
"""Letters that are read; a thesis of 500 pages has 1,500,000."""
LETTERS_A_PAGE = 20
"""A page with fewer letters, and a picture, is one of pictures."""
SECONDS, MEMORY = 40, 3_000_000_000
"""What of the processor and of memory the process may use."""
HYPHEN = 2
"""What pdfium has for a hyphen at a line's end."""
APART, FAR, NEAR = 0.9, 12, 4
"""How far parts of a line may stand from each other, in its size: anywhere among the last few, and one right after the other."""
CELL = 1.3
"""A gap between the cells of a table is wider, in the size of their letters, than one between words."""


def write_lines(source: str, target: str) -> None:
    """Reads the PDF `source` and writes its lines to `target` as JSON: {"lines": […], "pictures": n} or {"error": "…"}."""
    _bound()
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(source) as document:
            found = _read(document)
    except pypdfium2.PdfiumError as error:
        found = {"error": "locked" if re.search("password|security", str(error), re.I) else "damaged"}
    Path(target).write_text(json.dumps(found), "utf-8")


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read(document: Any) -> dict[str, Any]:
    import pypdfium2.raw as raw

    if len(document) > MOST_PAGES:
        return {"error": "pages", "count": len(document)}
    lines, pictures, letters, unmapped, empty = [], 0, 0, 0, []
    for number in range(len(document)):
        page = document[number]
        shown = sum(1 for _, _ in zip(page.get_objects(filter=[3], max_depth=2), range(1000), strict=False))
        pictures += shown
        text = page.get_textpage()
        count = text.count_chars()
        letters += count
        if letters > MOST_LETTERS:
            return {"error": "letters"}
        found = _page_lines(text, count)
        lines += [{"page": number + 1, **line} for line in found]
        unmapped += sum(raw.FPDFText_HasUnicodeMapError(text, at) == 1 for at in range(count))
        if (shown or next(page.get_objects(max_depth=1), None)) and sum(len(line["text"]) for line in found) < LETTERS_A_PAGE:
            empty.append(number + 1)
        text.close()
        page.close()
    return {"lines": lines, "pictures": pictures, "pages": len(document), "empty": empty, "unmapped": unmapped / max(1, letters)}


def _page_lines(text: Any, count: int) -> list[dict[str, Any]]:
    import pypdfium2.raw as raw

    parts: list[list[Letter]] = [[]]
    left, right, bottom, top, across, base = (ctypes.c_double() for _ in range(6))
    name, flags, fonts, font_of, broken = ctypes.create_string_buffer(200), ctypes.c_int(), 0, None, False
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        letter = "-" if code == HYPHEN else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xF900 else ""
        if letter in "\r\n":
            if parts[-1]:
                parts.append([])
            continue
        if not letter or letter < " ":
            continue
        size = raw.FPDFText_GetFontSize(text, at)
        if font_of != size or letter == " " or not parts[-1]:  # a font is asked for once a word
            raw.FPDFText_GetFontInfo(text, at, name, 200, ctypes.byref(flags))
            title = name.value.decode("latin-1", "replace").lower()
            fonts = (1 if "bold" in title or "black" in title else 0) | (2 if "ital" in title or "obl" in title or flags.value & 64 else 0)
            font_of = size
        raw.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text, at, across, base)
        if broken and abs(base.value - parts[-1][-1].base) > size / 2:
            parts.append([])  # no end of a line is told behind a hyphen
        broken = code == HYPHEN
        parts[-1].append(Letter(letter, size, left.value, right.value, base.value, fonts))
    return [line for letters in _rows(parts) if (line := _line(letters))]


def _rows(parts: list[list[Letter]]) -> list[list[Letter]]:
    """The lines: parts of one that are told apart, as at a raised mark or between the cells of a table, put together again."""
    rows: list[_Row] = []
    for letters in parts:
        inked = [each for each in letters if not each.text.isspace()]
        if not inked:
            continue
        part = _Row(letters, max(each.size for each in inked), min(each.left for each in inked), max(each.right for each in inked),
                    statistics.median(each.base for each in inked))
        for place in range(len(rows) - 1, max(-1, len(rows) - 1 - NEAR), -1):
            if part.joins(rows[place], APART if place < len(rows) - 1 else FAR):
                rows[place] = rows[place].with_part(part)
                break
        else:
            rows.append(part)
    return [row.letters for row in rows]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter where it stands."""

    text: str
    """It."""
    size: float
    """Its size."""
    left: float
    """Where its ink begins."""
    right: float
    """Where it ends."""
    base: float
    """The height that it stands at."""
    fonts: int
    """1 where it is bold, 2 italic, 3 both."""


@dataclass(frozen=True, slots=True)
class _Row:
    letters: list[Letter]
    size: float
    left: float
    right: float
    base: float

    def joins(self, other: _Row, apart: float) -> bool:
        """Whether this is a part of the same line as another."""
        size = max(self.size, other.size)
        between = max(self.left - other.right, other.left - self.right)
        return abs(self.base - other.base) < 0.45 * size and -0.35 * size < between < apart * size

    def with_part(self, part: _Row) -> _Row:
        """The two as one, in the order of their places."""
        first, second = (self, part) if self.left <= part.left else (part, self)
        main = max(self, part, key=lambda row: (row.size, len(row.letters)))
        blank = Letter(" ", main.size, first.right, second.left, main.base, 0)
        between = [blank] if second.left - first.right > 0.18 * main.size else []
        return _Row([*first.letters, *between, *second.letters], main.size, first.left, second.right, main.base)


def _line(letters: list[Letter]) -> dict[str, Any] | None:
    """One line: its words, raised letters between \\ue000 and \\ue001; and the places where wide gaps part the cells of a table."""
    inked = [each for each in letters if not each.text.isspace()]
    if not inked:
        return None
    size = statistics.median(each.size for each in inked)
    usual = [each for each in inked if each.size > 0.85 * size]
    base = statistics.median(each.base for each in usual)
    words, raised = [], False
    for each in letters:
        up = each.size < 0.85 * size and each.base > base + 0.12 * size and (each.text.isalnum() or each.text in "*,†‡") or (
            raised and each.text in ", " and each.size < 0.85 * size)
        if up != raised:
            words.append("\ue000" if up else "\ue001")
            raised = up
        words.append(each.text)
    if raised:
        words.append("\ue001")
    gaps = sum(after.left - before.right > CELL * size for before, after in zip(inked, inked[1:], strict=False))
    marked = re.sub("([ \ue000]+)\ue001", lambda blanks: "\ue001 " if "\ue000" not in blanks[1] else " ", "".join(words))
    return {"text": " ".join(marked.split()), "size": round(size, 1), "left": round(min(each.left for each in inked), 1),
            "right": round(max(each.right for each in inked), 1), "bottom": round(base, 1), "gaps": gaps,
            "bold": round(sum(each.fonts & 1 for each in inked) / len(inked), 2),
            "italic": round(sum(each.fonts // 2 for each in inked) / len(inked), 2)}
