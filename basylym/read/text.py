"""Bytes to text. UTF-8 always; other encodings only where there is no doubt which."""

from __future__ import annotations

import re
from pathlib import Path

from basylym.model import Place, Problem

LIMIT = 5_000_000
"""The largest file read, in bytes: the longest novel has three million letters."""
MARKS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""Byte-order marks (Unicode 16, 23.8)."""
SMALL_WORDS = re.compile(r"(?<!\w)(и|в|на|не|с|по|для|что|из|мен|және|бұл|де|да|үшін)(?!\w)")
"""What any page of Russian or Kazakh prose is full of."""


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, lines ending in one newline; None and a problem where it is none."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            return None, [Problem("file_too_large", Place(shown), found=f"{size}", expected=f"{LIMIT}")]
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem("file_unreadable", Place(shown), found=error.strerror or str(error))]
    text, problems = decode(data, shown)
    return (text.replace("\r\n", "\n").replace("\r", "\n") if text is not None else None), problems


def decode(data: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """The letters of a file: UTF-8; UTF-16 and UTF-32 by their marks; windows-1251 where its letters make Russian words."""
    for mark, name in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), [Problem("other_encoding", Place(shown), found=name.upper())]
            except UnicodeDecodeError:
                return None, [Problem("not_utf8", Place(shown), found=data[:4].hex(" "), expected=name.upper())]
    try:
        text = data.decode("utf-8-sig")
        if "\0" not in text:
            return text, []
        start = data.index(b"\0")
    except UnicodeDecodeError as error:
        start = error.start
    guess = _guess(data)
    if guess == "windows-1251":
        return data.decode("cp1251"), [Problem("other_encoding", Place(shown), found=guess)]
    return None, [Problem("not_utf8", Place(shown, data.count(b"\n", 0, start) + 1), found=data[start:start + 4].hex(" "),
                          expected=guess)]


def _guess(data: bytes) -> str:
    """The name of the encoding that makes words of the bytes; empty where none does.

    windows-1251 alone is certain enough to read by: in any other encoding its letters make no small words in small letters.
    """
    sample = data[:200_000]
    high = sum(byte > 127 for byte in sample)
    if not high or b"\0" in sample:
        zeros = sample.count(b"\0")
        return ("UTF-16LE" if sample[1::2].count(0) > sample[::2].count(0) else "UTF-16BE") if zeros > len(sample) // 8 else ""
    for name, codec in (("windows-1251", "cp1251"), ("KOI8-R", "koi8-r"), ("CP866", "cp866")):
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError:
            continue
        letters = re.findall(r"[^\W\d_]", text)
        small = len(re.findall(r"[а-яё]", text))
        if letters and small > 0.8 * high and len(SMALL_WORDS.findall(text)) >= max(1, high // 120):
            return name
    try:
        text = sample[:len(sample) - len(sample) % 2 or None].decode("gb18030", errors="strict")
        if len(re.findall(r"[\u4e00-\u9fff]", text)) > 0.3 * high / 2:
            return "GBK"
    except UnicodeDecodeError:
        pass
    return ""
