"""Bytes to text. UTF-8 always; other encodings only where there is no doubt which."""

from __future__ import annotations

import re
from pathlib import Path

from basylym.model import Place, Problem

LIMIT = 5_000_000
"""The largest file read, in bytes: the longest novel has three million letters."""
MARKS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""Byte-order marks (Unicode 16, 23.8)."""
KAZAKH_WORDS = re.compile(r"(?<!\w)(мен|және|бұл|үшін|бір|туралы|деп|осы|қазақ\w*)(?!\w)")
"""What any page of Kazakh prose is full of."""
SMALL_WORDS = re.compile(r"(?<!\w)(и|в|на|не|с|по|для|что|из|мен|және|бұл|де|да|үшін)(?!\w)")
"""What any page of Russian or Kazakh prose is full of."""

CERTAIN = {"windows-1251": "cp1251", "KZ-1048": "kz1048"}
"""Encodings that are read where their letters make words, and Python's names for them."""
CYRILLIC = (("KZ-1048", "kz1048"), ("windows-1251", "cp1251"), ("KOI8-R", "koi8-r"), ("CP866", "cp866"), ("ISO 8859-5", "iso8859-5"),
            ("MacCyrillic", "mac-cyrillic"))
"""Encodings of Cyrillic that can be told apart by the words they make."""
CONTROLS = dict.fromkeys([*range(9), 14, 15, *range(16, 32), 0xFFFE, 0xFFFF]) | {11: " ", 12: " "}
"""Characters that XML can't hold, for str.translate."""


def read_text(path: Path, shown: str, data: bytes | None = None, most: int = LIMIT) -> tuple[str | None, list[Problem]]:
    """The text of a file, lines ending in one newline; None and a problem where it is none. `data` count in place of what it holds,
    `most` is the largest that is read, in bytes."""
    try:
        size = path.stat().st_size
        if size > most:
            return None, [Problem("file_too_large", Place(shown), found=f"{size}", expected=f"{most}")]
        data = path.read_bytes() if data is None else data
    except OSError as error:
        return None, [Problem("file_unreadable", Place(shown), found=error.strerror or str(error))]
    text, problems = decode(data, shown)
    return (unify_lines(text) if text is not None else None), problems


def unify_lines(text: str) -> str:
    """The text with one newline at every line's end, whatever stands there."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """The letters of a file: UTF-8; UTF-16 and UTF-32 by their marks; windows-1251 and KZ-1048 where their letters make words."""
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
        start = min(error.start, data.find(b"\0") % (len(data) + 1))
    guess = _guess(data)
    if guess in CERTAIN:
        return data.decode(CERTAIN[guess]), [Problem("other_encoding", Place(shown), found=guess)]
    return None, [Problem("not_utf8", Place(shown, data.count(b"\n", 0, start) + 1), found=data[start:start + 4].hex(" "),
                          expected=guess)]


def name_encoding(data: bytes) -> str | None:
    """Python's name of the encoding that a file without a mark, or with UTF-8's, is read in; None where it is no text."""
    try:
        data.decode("utf-8")
        return None if b"\0" in data else "utf-8"
    except UnicodeDecodeError:
        return CERTAIN.get(_guess(data))


def _guess(data: bytes) -> str:
    """The name of the encoding that makes words of the bytes; empty where none does."""
    sample = data[:200_000]
    high = sum(byte > 127 for byte in sample)
    if b"\0" in sample:
        little, big = sample[1::2], sample[::2]  # an encoding of two bytes a letter: one of the two says little
        for name, half, codec in (("UTF-16LE", little, "utf-16-le"), ("UTF-16BE", big, "utf-16-be")):
            if sum(half.count(byte) for byte in (0, 4)) > 0.9 * len(half) and not any(
                    letter < " " and letter not in "\t\r\n" for letter in sample[:len(sample) // 2 * 2].decode(codec, "replace")):
                return name
        return ""
    for name, codec in CYRILLIC:
        text = sample.decode(codec, "replace")
        if "\ufffd" not in text and _is_prose(text, high, name == "KZ-1048"):
            return name
    for name, codec in CYRILLIC[:2]:
        if _is_cyrillic(sample.decode(codec, "replace"), name == "KZ-1048"):
            return name
    if 2 * len(re.findall(rb"[\xb0-\xd7][\xa1-\xfe]", sample)) > 0.6 * high:  # the commoner half of GB 2312
        return "GBK"
    if len(re.findall("[äöüßéèêëàâçîïôûùñáíóúæøåÄÖÜÉ]".encode("cp1252"), sample)) > 0.8 * high:
        return "windows-1252"
    return ""


def _is_prose(text: str, high: int, kazakh: bool) -> bool:
    """Whether the letters beyond ASCII make Russian or Kazakh words: small letters but for the first, none from another
    alphabet, and small words among them or at least vowels as often as Russian has them."""
    letters = "".join(re.findall(r"[^\x00-\x7f\W\d_]", text))
    small = [letter for letter in letters if letter in ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя" + "әғқңөұүһі" * kazakh)]
    capital = [letter for letter in letters if letter in ("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ" + "ӘҒҚҢӨҰҮҺІ" * kazakh)]
    if len(small) <= 0.8 * high or len(small) + len(capital) < len(letters):
        return False
    if kazakh:
        return bool(re.search("[әғқңөұүһі]", text) and KAZAKH_WORDS.search(text))
    ours = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    whole = sum(bool(re.fullmatch(r"[А-ЯЁ]?[а-яё]*|[А-ЯЁ]+", word)) for word in ours)
    if whole > 0.95 * len(ours) and len(SMALL_WORDS.findall(text)) >= max(1, high // 120):
        return True
    vowels = sum(letter in "аеёиоуыэюя" for letter in small) / len(small)
    return len(small) >= 20 and whole == len(ours) and 0.33 < vowels < 0.55


def _is_cyrillic(text: str, kazakh: bool) -> bool:
    """Whether a short text, such as one reference, is in an encoding of Windows: every word with a letter beyond ASCII is wholly of
    Russian or Kazakh letters, capitals only at its beginning or throughout, with vowels as often as names have them. Read
    in another Cyrillic encoding, capitals would stand amid small letters."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    own = "әғқңөұүһі" * kazakh
    letters = "".join(words)
    small = sum(letter.islower() for letter in letters)
    others = set(re.findall("[\u0400\u0402-\u040f\u0452-\u045f\ufffd]", text)) - set(own + own.upper())
    if others or small < 10 or small < 0.5 * len(letters):
        return False
    if kazakh and not re.search("[қңәҚҢӘ]", text):  # the letters that windows-1251 has for no language that is written with its others
        return False
    pattern = re.compile(f"[а-яё{own}]+|[А-ЯЁ{own.upper()}][а-яё{own}]*|[А-ЯЁ{own.upper()}]+")
    vowels = sum(letter in "аеёиоуыэюяәөүұі" for letter in letters.lower()) / len(letters)
    return max(map(len, words)) > 4 and 0.25 < vowels < 0.6 and all(map(pattern.fullmatch, words))
