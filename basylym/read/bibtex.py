"""BibTeX and BibLaTeX files split at their entries, so that a bad one can be told from the good; pandoc reads the pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from basylym.languages import known_languages
from basylym.messages import Phrase
from basylym.model import Place, Problem
from basylym.read.entry import language_tag, read_date
from basylym.read.entry_fields import EXTENT, SPELLINGS

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
LANGUAGE_FIELDS = ("langid", "hyphenation", "language")
"""Where programs put an entry's language, the first that counts first."""
AS_TYPED = "kazakh"
"""What pandoc is told of the languages that we know: titles that it holds to be English lose their capitals."""
WHOLE = frozenset("""book mvbook manual phdthesis mastersthesis thesis report techreport collection mvcollection proceedings
    mvproceedings reference mvreference booklet""".split())
"""Types whose lone number of pages is all they have."""
ADDRESS = re.compile(r"[\s{]*(?:\\url\s*\{\s*)?(https?://[^\s{}]+)[\s}]*")
GENERATIONS = 10
"""How far back an entry's language is looked for among those that it inherits from."""
MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
"""The words without braces that BibTeX itself knows."""
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
            found.strings |= {name.lower() for name, *_ in _fields(text[head.end():end + closed])} if kind == "string" else set()
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
            found.judge_type(key[1], head[1], "bibtex", place)
            begun, rest = piece[:key.end() - start], piece[key.end() - start:]
            fields = list(_fields(rest))
            _note_fields(found, key[1], place, rest, begun.count("\n"), fields)
            found.bibtex.append({"key": key[1], "text": begun + _for_pandoc(kind, rest, fields)})


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


def _note_fields(found: Bibliography, key: str, place: Place, text: str, skipped: int, fields: list[tuple]) -> None:
    """Notes where the fields of an entry stand, whose text begins so many lines below its place, and what is odd in them."""
    line, last, languages = place.line + skipped, 0, {}
    for word, at, raw, _ in fields:
        line, last = line + text.count("\n", last, at), at
        name, value = SPELLINGS.get(word.lower(), word), _value(raw)
        column = at - text.rfind("\n", 0, at) if line > place.line else place.column
        where = Place(place.path, line, column, f"{key}.{name}")
        found.fields.setdefault((key, name), where)
        found.judge_field(word, "bibtex", where)
        for unknown in _names_in(raw):
            if unknown.lower() not in found.strings | MONTHS:
                found.problems.append(Problem("string_unknown", where, found=unknown, expected=key))
        field = DATE_FIELDS.get(word.lower())
        if field and value and not READ_BY_PANDOC.fullmatch(value) and re.search(r"\d|[^\W\d_]\W*\s", value + " "):
            found.dates.setdefault(key, {}).setdefault(field, read_date(value))
        if word.lower() in LANGUAGE_FIELDS and (value or raw):
            languages[word.lower()] = value or " ".join(raw.split())
        elif word.lower() == "crossref":
            found.crossrefs[key] = value
        elif word.lower() == "title":
            found.titles[key] = value
    if said := next((languages[name] for name in LANGUAGE_FIELDS if name in languages), ""):
        found.languages[key] = language_tag(re.split(r"\s+and\s+|[,;/]", said)[0])


def _for_pandoc(kind: str, text: str, fields: list[tuple]) -> str:
    """The text of an entry with what pandoc would take for something else put under another name."""
    names, added, kept, last = {name.lower() for name, *_ in fields}, [], [], 0
    for name, at, raw, end in fields:
        word = name.lower()
        extent = word == "pages" and kind in WHOLE and not names & {"booktitle", "journal", "journaltitle", "pagetotal"}
        if extent and (match := EXTENT.fullmatch(_value(raw))):
            added.append(f"pagetotal = {{{match[1]}}},")
        elif word == "howpublished" and (match := ADDRESS.fullmatch(raw.strip().strip('"'))):
            added += [f"url = {{{match[1]}}},"] if "url" not in names else []
        elif word not in LANGUAGE_FIELDS:
            continue
        kept.append(text[last:at])
        last = end + (text[end:end + 1] == ",")
    return " ".join(["", *added]) + "".join([*kept, text[last:]])


def _fields(text: str) -> Iterator[tuple[str, int, str, int]]:
    """The name of each field, where it stands, its value as it is typed, and where that ends; `text` begins after the key."""
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
                yield name, at, text[begins:mark.start()], mark.start()
            following = NAME.match(text, mark.end()) if sign == "," else None
            name, at, begins = (following[1], following.start(1), following.end()) if following else ("", 0, 0)
            if depth < 0:
                return
    if name:
        closing = len(text.rstrip().removesuffix(")"))
        yield name, at, text[begins:closing], closing


def _names_in(raw: str) -> list[str]:
    """The @strings that a value names: its words outside braces and quotes."""
    depth, quoted, names = 0, False, []
    for mark in re.finditer(r"\\.|[{}\"]|[^\s{}\"#\\]+", raw, re.S):
        sign = mark[0]
        if sign == '"' and not depth:
            quoted = not quoted
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        elif not depth and not quoted and sign[0] != "\\" and not sign[0].isdigit():
            names.append(sign)
    return names if not any("=" in name for name in names) else []  # a comma is missing


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


def tell_languages(found: Bibliography) -> None:
    """Gives every entry for pandoc a language; one without takes that of an entry it inherits from."""
    known = known_languages()
    for entry in found.bibtex:
        if not (key := entry["key"]):
            continue
        heir, seen = key, set()
        while heir not in found.languages and heir not in seen and len(seen) < GENERATIONS:
            seen.add(heir)
            heir = next((name for name in sorted(found.parents.get(heir, ())) if name in found.places), heir)
        if heir in found.languages:
            found.languages[key] = found.languages[heir]
        head = KEY.match(entry["text"], HEAD.match(entry["text"]).end())
        word = found.languages.get(key, AS_TYPED)
        word = AS_TYPED if word in known or not re.fullmatch(r"[A-Za-z-]+", word) else word.lower()
        if head[2] == ",":
            entry["text"] = f"{entry['text'][:head.end()]} langid = {{{word}}},{entry['text'][head.end():]}"
