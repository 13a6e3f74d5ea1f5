"""Bytes to text: UTF-8, whatever its line ends, with or without a byte-order mark."""

from __future__ import annotations

from pathlib import Path

from basylym.model import Place, Problem

LIMIT = 20_000_000
"""The largest file read, in bytes; the longest novel has three million letters."""


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, lines ending in one newline; None and a problem where it is none."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            return None, [Problem("file_too_large", Place(shown), found=f"{size}", expected=f"{LIMIT}")]
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem("file_unreadable", Place(shown), found=error.strerror or str(error))]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Problem("not_utf8", Place(shown, data.count(b"\n", 0, error.start) + 1),
                              found=data[error.start:error.start + 4].hex(" "))]
    if "\0" in text:
        return None, [Problem("not_utf8", Place(shown, text.count("\n", 0, text.index("\0")) + 1), found="00")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []
