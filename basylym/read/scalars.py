"""The text of one value of a YAML file, each letter knowing where it stands.

What the YAML parser hands out is the value; a correction has to be written where the letters stand, in whatever style an editor
typed them: plain, quoted, or as a block.
"""

from __future__ import annotations

import re
from array import array

import yaml

PROPERTIES = re.compile(r"(?:[&!][^\s]*\s+)+")
ESCAPE = re.compile(r"\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|\r?\n[ \t]*|.)", re.S)
HEADER = re.compile(r"[|>][^\n]*\n")


def read_scalar(text: str, first: int, last: int) -> tuple[str, array]:
    """The value that stands between two offsets of a file, and where each of its letters stands: the complement of its place (~)
    for a letter that is written in another way, as an escape.

    A single line break is a newline, whether YAML keeps it or makes a blank of it.
    """
    if properties := PROPERTIES.match(text, first, last):
        first = properties.end()
    sign = text[first:first + 1]
    if sign in ("|", ">"):
        return _read_block(text, first, last, sign)
    if sign in ("'", '"'):
        return _read_flow(text, first + 1, last - 1, sign)
    return _read_flow(text, first, last, "")


def _read_block(text: str, first: int, last: int, sign: str) -> tuple[str, array]:
    header = HEADER.match(text, first, last)
    if not header:
        return "", array("q")
    lines, at = [], header.end()
    while at < last:
        end = text.find("\n", at, last)
        end = last if end < 0 else end
        lines.append((at, end))
        at = end + 1
    filled = [(start, end) for start, end in lines if text[start:end].strip(" ")]
    if not filled:
        return "", array("q")
    indent = min(len(text[start:end]) - len(text[start:end].lstrip(" ")) for start, end in filled)
    words, places = [], array("q")
    for start, end in lines:
        start = min(start + indent, end)
        words.append(text[start:end])
        places.extend(range(start, end))
        words.append("\n")
        places.append(~end)
    value = "".join(words)
    return _fold(value, places) if sign == ">" else (value, places)


def _read_flow(text: str, first: int, last: int, sign: str) -> tuple[str, array]:
    """A value that is plain or in quotes; the indents of its further lines are no part of it."""
    words, places, at = [], array("q"), first
    special = re.compile({"": r"[ \t]*\n[ \t]*", "'": r"''|[ \t]*\n[ \t]*", '"': r"\\|[ \t]*\n[ \t]*"}[sign].replace(
        r"[ \t]*\n[ \t]*", r"(?:(?<![ \t])[ \t]++)?\n[ \t]*+"))
    while found := special.search(text, at, last):
        words.append(text[at:found.start()])
        places.extend(range(at, found.start()))
        at, letters = found.end(), "\n"
        if found[0] == "''":
            letters = "'"
        elif found[0] == "\\":
            escape = ESCAPE.match(text, found.start(), last)
            at = escape.end() if escape else last
            letters = _unescape(escape[0]) if escape else ""
        words.append(letters)
        places.extend([~found.start()] * len(letters))
    words.append(text[at:last])
    places.extend(range(at, last))
    return _fold("".join(words), places)


def _unescape(escape: str) -> str:
    if "\n" in escape:
        return ""
    try:
        value = yaml.safe_load(f'"{escape}"')
    except yaml.YAMLError:
        return escape
    return value if isinstance(value, str) else escape


def _fold(value: str, places: array) -> tuple[str, array]:
    """Of several line breaks YAML takes one away where it folds lines."""
    words, kept, at = [], array("q"), 0
    for found in re.finditer(r"\n(\n+)", value):
        words.append(value[at:found.end() - 1])
        kept.extend(places[at:found.end() - 1])
        at = found.end()
    words.append(value[at:])
    kept.extend(places[at:])
    return "".join(words), kept
