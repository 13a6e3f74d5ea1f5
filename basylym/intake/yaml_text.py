"""Data as YAML, in the form that the journal's own articles are written in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

IN_ONE_LINE = ("affiliations", "roles")
"""Lists of an author's that stand in one line."""
WIDTH = 130
"""A mapping of short values that fits in so many letters stands in one line."""
PLAIN = re.compile(r"(?:[^\W_]|[«(])(?:[^:#\n\t\r]|:(?=\S)|(?<=\S)#)*")
IN_LINE = re.compile(r"[^\W_][^:#\n\t\r\"'{}\[\],&*!|>%@`\\]*")
WORDS = re.compile(r"(?:~|null|true|false|yes|no|on|off|y|n)$", re.I)
NUMBERS = re.compile(r"[\d._:eE+-]+$")
SHORT = {"family", "given", "patronymic", "literal", "suffix", "date-parts", "raw", "non-dropping-particle", "dropping-particle",
         "circa"}
"""The keys of names and dates."""
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def scalar(value: object, in_line: bool = False) -> str:
    """One value; what YAML would take for something else stands in quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = UNSEEN.sub("", str(value))
    pattern = IN_LINE if in_line else PLAIN
    if isinstance(value, int) or (pattern.fullmatch(text) and text == text.strip() and not WORDS.match(text)
                                  and not text.endswith(":") and not NUMBERS.match(text) and "\xa0" not in (text[0], text[-1])):
        return text
    return json.dumps(text, ensure_ascii=False)


def write_yaml(data: Mapping[str, Any]) -> str:
    """A mapping as YAML, its values in blocks; what holds a line's end stands as it is after a bar."""
    return "".join(f"{line}\n" for line in _mapping(data, 0))


def _mapping(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for key, value in data.items():
        if isinstance(value, dict) and not _flows(value, indent + len(str(key)) + 2):
            yield f"{pad}{key}:"
            yield from _mapping(value, indent + 2)
        elif isinstance(value, dict):
            yield f"{pad}{key}: {_flow(value)}"
        elif isinstance(value, (list, tuple)):
            if key in IN_ONE_LINE and all(isinstance(each, str) for each in value):
                yield f"{pad}{key}: {_flow(value)}"
            else:
                yield f"{pad}{key}:"
                yield from _sequence(value, indent + 2)
        else:
            yield from _value(f"{pad}{key}: ", value, indent)


def _value(head: str, value: object, indent: int) -> Iterator[str]:
    text = str(value)
    lines = text.split("\n")
    if len(lines) > 1 and not UNSEEN.search(text) and all(line == line.strip() for line in lines) and lines[0] and lines[-1]:
        yield f"{head}|"
        yield from (" " * (indent + 2) + line if line else "" for line in lines)
    else:
        yield f"{head}{scalar(value)}"


def _sequence(values: Sequence[Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for value in values:
        if isinstance(value, dict):
            if _flows(value, indent + 2):
                yield f"{pad}- {_flow(value)}"
                continue
            lines = list(_mapping(value, indent + 2))
            yield f"{pad}- {lines[0][indent + 2:]}" if lines else f"{pad}- {{}}"
            yield from lines[1:]
        elif isinstance(value, (list, tuple)):
            yield f"{pad}- {_flow(value)}"
        else:
            yield f"{pad}- {scalar(value)}"


def _flows(value: Mapping[str, Any], taken: int) -> bool:
    """Whether a mapping may stand in one line: names and dates."""
    return bool(value) and set(value) <= SHORT and taken + len(_flow(value)) <= WIDTH and "\n" not in _flow(value)


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return scalar(value, in_line=True)
