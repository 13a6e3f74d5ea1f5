"""The lines of a PDF's pages with the sizes and places of their letters; run in a process of its own, whose memory and time are bounded."""

from __future__ import annotations

import ctypes
import json
import re
import statistics
from pathlib import Path
from typing import Any

MOST_PAGES = 1_500
MOST_LETTERS = 6_000_000
"""Letters that are read; a thesis of 500 pages has 1,500,000."""
SECONDS, MEMORY = 40, 3_000_000_000
"""What of the processor and of memory the process may use."""
HYPHEN = 2
"""What pdfium has for a hyphen at a line's end."""


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
    if len(document) > MOST_PAGES:
        return {"error": "pages", "count": len(document)}
    lines, pictures, letters = [], 0, 0
    for number in range(len(document)):
        page = document[number]
        pictures += sum(1 for _, _ in zip(page.get_objects(filter=[3], max_depth=2), range(1000), strict=False))
        text = page.get_textpage()
        count = text.count_chars()
        letters += count
        if letters > MOST_LETTERS:
            return {"error": "letters"}
        lines += [{"page": number + 1, **line} for line in _page_lines(text, count)]
        text.close()
        page.close()
    return {"lines": lines, "pictures": pictures, "pages": len(document)}


def _page_lines(text: Any, count: int) -> list[dict[str, Any]]:
    import pypdfium2.raw as raw

    lines: list[list[tuple[str, float, float, float, float, float, int]]] = [[]]
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    name, flags, fonts, font_of = ctypes.create_string_buffer(200), ctypes.c_int(), 0, None
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        letter = "-" if code == HYPHEN else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xF900 else ""
        if letter in "\r\n":
            if lines[-1]:
                lines.append([])
            continue
        if not letter or letter < " ":
            continue
        size = raw.FPDFText_GetFontSize(text, at)
        if font_of != size or letter == " " or not lines[-1]:  # a font is asked for once a word
            raw.FPDFText_GetFontInfo(text, at, name, 200, ctypes.byref(flags))
            title = name.value.decode("latin-1", "replace").lower()
            fonts = (1 if "bold" in title or "black" in title else 0) | (2 if "ital" in title or "obl" in title or flags.value & 64 else 0)
            font_of = size
        raw.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        lines[-1].append((letter, size, left.value, right.value, bottom.value, top.value, fonts))
    return [line for letters in lines if (line := _line(letters))]


def _line(letters: list[tuple[str, float, float, float, float, float, int]]) -> dict[str, Any] | None:
    """One line: its words, raised letters between \\ue000 and \\ue001."""
    inked = [each for each in letters if not each[0].isspace()]
    if not inked:
        return None
    size = statistics.median(each[1] for each in inked)
    usual = [each for each in inked if each[1] > 0.85 * size]
    base = statistics.median(each[4] for each in usual)
    words, raised = [], False
    for letter, own, _, _, bottom, _, _ in letters:
        up = own < 0.85 * size and bottom > base + 0.12 * size and (letter.isalnum() or letter in "*,†‡") or (
            raised and letter in ", " and own < 0.85 * size)
        if up != raised:
            words.append("\ue000" if up else "\ue001")
            raised = up
        words.append(letter)
    if raised:
        words.append("\ue001")
    height = max(each[5] for each in usual) - min(each[4] for each in usual)
    return {"text": " ".join("".join(words).split()), "size": round(size, 1), "left": round(min(each[2] for each in inked), 1),
            "right": round(max(each[3] for each in inked), 1), "bottom": round(base, 1), "height": round(height, 1),
            "bold": round(sum(each[6] & 1 for each in inked) / len(inked), 2),
            "italic": round(sum(each[6] // 2 for each in inked) / len(inked), 2)}
