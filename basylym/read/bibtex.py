"""BibTeX and BibLaTeX files split at their entries, so that a bad one can be told from the good; pandoc reads the pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from basylym.messages import Phrase
from basylym.model import Place, Problem
from basylym.read.entry import read_date
from basylym.read.entry_fields import SPELLINGS

if TYPE_CHECKING:
    from basylym.read.bibliography import Bibliography

HEAD = re.compile(r"@\s*(\w+)\s*([{(])")
NEXT = re.compile(r"@\s*\w+\s*\{\s*[^\s,{}=]+\s*,")
KEY = re.compile(r"\s*([^\s,{}=\"]+)\s*([,}\n]|$)")
BLANK_KEY = re.compile(r"[ \t]*([^\s,{}=\"#%]+(?:[ \t]+[^\s,{}=\"#%]+)+)[ \t]*[,}\n]")
NAME = re.compile(r"\s*([^\s=,{}\"#%()]{1,60})\s*=\s*")
PARENT = re.compile(r"\b(crossref|xdata|xref|related)\s*=\s*[{\"]\s*([^}\"]+)", re.I)
READ_BY_PANDOC = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?[~?%]?(?:/(?:-?\d{4}(?:-\d\d(?:-\d\d)?)?[~?%]?)?)?|[\dXxu]{4}")
"""Dates of BibLaTeX (2.3.8) that pandoc knows."""
DATE_FIELDS = {"year": "issued", "date": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
BRACES = Phrase("every brace and quote is closed and every field ends in a comma")
"""What to look for in a damaged entry."""


def split_bibtex(text: str, path: str, found: Bibliography) -> None:
    """Puts the entries of a file into a bibliography, each ending where its braces close."""
    position, line, counted = 0, 1, 0
    while (start := text.find("@", position)) >= 0:
        head = HEAD.match(text, start)
        if not head:
            position = start + 1
            continue
        line, counted = line + text.count("\n", counted, start), start
        end, closed = _end_of_entry(text, head)
        piece, position = text[start:end + closed], max(end, start + 1)
        kind = head[1].lower()
        if kind == "comment":
            continue
        if kind in ("string", "preamble"):
            found.bibtex.append({"key": "", "text": piece})
            continue
        key, place = KEY.match(text, head.end()), Place(path, line)
        if blank := BLANK_KEY.match(text, head.end()):
            found.problems.append(Problem("key_with_blank", place, found=blank[1]))
        elif not key:
            found.problems.append(Problem("entry_without_key", place))
        elif key[2] == "\n" or not closed:
            found.problems.append(Problem("entry_broken", place, found=key[1], expected=BRACES))
        elif found.take(key[1], place, piece):
            _note_fields(found, key[1], place, piece[key.end() - start:], piece[:key.end() - start].count("\n"))
            found.judge_type(key[1], head[1], "bibtex", place)
            found.bibtex.append({"key": key[1], "text": piece})


def _end_of_entry(text: str, head: re.Match) -> tuple[int, bool]:
    """Where an entry ends, and whether it is closed there."""
    depth, end, closing = 0, head.end() - 1, "}" if head[2] == "{" else ")"
    while end < len(text):
        letter = text[end]
        if letter == "\\":
            end += 1
        elif letter == "{" or (letter == "(" and end == head.end() - 1):
            depth += 1
        elif letter == "}" or (letter == closing == ")" and depth == 1):
            depth -= 1
            if not depth:
                break
        elif letter == "@" and text[end - 1] == "\n" and NEXT.match(text[end:end + 200]):
            break  # the entry before was never closed
        end += 1
    return end, end < len(text) and text[end] == closing


def _note_fields(found: Bibliography, key: str, place: Place, text: str, skipped: int) -> None:
    """Notes where the fields of an entry stand, whose text begins so many lines below its place, and what is odd in them."""
    line, last = place.line + skipped, 0
    for word, at, value in _fields(text):
        line, last = line + text.count("\n", last, at), at
        name = SPELLINGS.get(word.lower(), word)
        column = at - text.rfind("\n", 0, at) if line > place.line else place.column
        where = Place(place.path, line, column, f"{key}.{name}")
        found.fields.setdefault((key, name), where)
        found.judge_field(word, "bibtex", where)
        field = DATE_FIELDS.get(word.lower())
        if field and value and not READ_BY_PANDOC.fullmatch(value) and re.search(r"\d|[^\W\d_]\W*\s", value + " "):
            found.dates.setdefault(key, {}).setdefault(field, read_date(value))


def _fields(text: str) -> Iterator[tuple[str, int, str]]:
    """The name of each field, where it stands, and its value; `text` begins after the key."""
    depth, quoted, name, at, begins = 0, False, "", 0, 0
    first = NAME.match(text)
    if first:
        name, at, begins = first[1], first.start(1), first.end()
    for mark in re.finditer(r"\\.|[{}\",]", text, re.S):
        sign = mark[0]
        if sign == '"' and not depth:
            quoted = not quoted
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        if depth < 0 or (sign == "," and not depth and not quoted):
            if name:
                yield name, at, _value(text[begins:mark.start()])
            following = NAME.match(text, mark.end()) if sign == "," else None
            name, at, begins = (following[1], following.start(1), following.end()) if following else ("", 0, 0)
            if depth < 0:
                return
    if name:
        yield name, at, _value(text[begins:])


def _value(text: str) -> str:
    """What a field says, without its braces or quotes; nothing where it names a @string."""
    text = text.strip().rstrip(")").strip()
    if text[:1] not in ("{", '"') and not text.isdigit():
        return ""
    return " ".join(text.replace("{", "").replace("}", "").strip('" ').split())


def break_circles(found: Bibliography) -> None:
    """Takes out entries that inherit from themselves by way of others: pandoc would never return."""
    parents = {entry["key"]: frozenset(name.strip() for _, names in PARENT.findall(entry["text"]) for name in names.split(","))
               for entry in found.bibtex if entry["key"]}
    found.parents = {key: names for key, names in parents.items() if names}

    def reaches_itself(key: str) -> bool:
        seen, waiting = set(), list(parents.get(key, ()))
        while waiting:
            name = waiting.pop()
            if name == key:
                return True
            if name not in seen:
                seen.add(name)
                waiting.extend(parents.get(name, ()))
        return False

    circular = {key for key in parents if parents[key] and reaches_itself(key)}
    for key in sorted(circular):
        found.problems.append(Problem("entry_circular", found.places[key], found=key, expected=", ".join(sorted(parents[key] & circular))))
    found.bibtex = [entry for entry in found.bibtex if entry["key"] not in circular]
