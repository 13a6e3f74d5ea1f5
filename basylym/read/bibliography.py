"""Reference files beside a manuscript: CSL in YAML or JSON, BibTeX, BibLaTeX and RIS.

CSL data is read here; BibTeX and RIS (bibtex.py, ris.py) go to pandoc as text, in the article's one process, entry by entry where
one is bad. Whatever the format, one damaged entry is named, and the others are used.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from basylym.messages import Phrase
from basylym.model import Place, Places, Problem
from basylym.read.bibtex import BRACES, break_circles, split_bibtex, tell_languages
from basylym.read.entry import clean_entry
from basylym.read.entry_fields import SPELLINGS, wrong_field, wrong_type
from basylym.read.ris import ENDS, split_ris
from basylym.read.text import LIMIT, read_text
from basylym.read.yaml import read_yaml

SUFFIXES = (".yaml", ".yml", ".json", ".bib", ".bibtex", ".biblatex", ".ris")
LARGEST = 100_000
"""The longest entry read, in characters: an abstract has two thousand, and pandoc needs seconds for a million."""
DEEPEST = 100
"""So many brackets inside one another are none any more; pandoc needs minutes for thousands."""
FIELD = re.compile(r"(?:^[ \t,{]*|[,{]\s*)\"(\w[\w-]*)\"\s*:", re.M)
"""Where a field of an entry in JSON begins."""
MEANT_FOR_REFERENCES = re.compile(r"(?i)(?:references?|refs?|bibliography|biblio|literature|sources)$")
"""Names of files that hold nothing else, even where the article doesn't name them."""
SHAPE = Phrase("each field holds what it should: words, a list of names, a date")


@dataclass
class Bibliography:
    """What the reference files hold, before pandoc has seen it."""

    references: list[dict] = field(default_factory=list)
    """CSL-JSON entries."""
    bibtex: list[dict] = field(default_factory=list)
    """BibTeX entries: key (empty for @string and @preamble), text."""
    ris: list[dict] = field(default_factory=list)
    """RIS entries: key, text."""
    places: dict[str, Place] = field(default_factory=dict)
    """Citation key -> where the entry stands."""
    fields: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Citation key and field, in CSL's word -> where the field stands."""
    problems: list[Problem] = field(default_factory=list)
    """What could not be read."""
    own: dict[str, dict] = field(default_factory=dict)
    """Citation key -> the keys of ours in the notes of a RIS entry (N1), which pandoc does not hand on."""
    files: dict[str, str] = field(default_factory=dict)
    """Path -> the text of each file that was read."""
    dates: dict[str, dict[str, dict]] = field(default_factory=dict)
    """Citation key -> the dates of a BibTeX or RIS entry that pandoc can't read, as CSL-JSON."""
    parents: dict[str, frozenset[str]] = field(default_factory=dict)
    """Citation key -> the entries that a BibTeX entry takes data from."""
    crossrefs: dict[str, str] = field(default_factory=dict)
    """Citation key -> the book that a BibTeX entry says it is part of."""
    strings: set[str] = field(default_factory=set)
    """The names of the @strings so far, small."""
    languages: dict[str, str] = field(default_factory=dict)
    """Citation key -> the language of a BibTeX or RIS entry, as a tag where we know it."""
    amended: dict[str, dict] = field(default_factory=dict)
    """Citation key -> fields of a RIS entry that pandoc takes for something else or drops; False where there is no such field."""
    titles: dict[str, str] = field(default_factory=dict)
    """Citation key -> the title of a BibTeX or RIS entry as it stands in the file."""

    def take(self, key: str, place: Place, text: str) -> bool:
        """Whether an entry with this text can be used under its key; its place is kept, or a problem."""
        if re.search(r"\s", key):
            self.problems.append(Problem("key_with_blank", place, found=key))
        elif key in self.places:
            self.problems.append(Problem("duplicate_entry", place, found=key, expected=str(self.places[key])))
        elif (size := len(text)) > LARGEST:
            self.problems.append(Problem("entry_broken", place, found=key, expected=Phrase(
                "it has no more than {most} characters: there are {size}", most=LARGEST, size=size)))
        elif (depth := _depth(text)) > DEEPEST:
            self.problems.append(Problem("entry_broken", place, found=key, expected=Phrase(
                "each bracket is closed: {depth} stand inside one another", depth=depth)))
        else:
            self.places[key] = place
            return True
        return False

    def judge_field(self, name: str, file: str, place: Place) -> None:
        """Notes a field that nothing reads."""
        wrong, near = wrong_field(name, file)
        if wrong:
            self.problems.append(Problem("entry_field_unknown", place, found=name, expected=near))

    def judge_type(self, key: str, name: str, file: str, place: Place) -> None:
        """Notes a type that no style knows."""
        wrong, near = wrong_type(name, file)
        if wrong:
            place = Place(place.path, place.line, place.column, f"{key}.type")
            self.problems.append(Problem("entry_type_unknown", place, found=name, expected=near))


def _depth(text: str) -> int:
    """How many brackets or tags of a text stand inside one another."""
    depth = deepest = 0
    for mark in re.finditer(r"[{\[]|<[A-Za-z]|[}\]]|</", text):
        depth = depth - 1 if mark[0] in ("}", "]", "</") else depth + 1
        deepest = max(deepest, depth)
    return deepest


def find_bibliographies(folder: Path) -> list[str]:
    """The reference files that lie beside a manuscript, by name."""
    return sorted(path.name for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()
                  and path.stem.lower() not in ("article", "issue", "journal"))


def read_bibliographies(names: list[str], folder: Path, root: Path, named_at: Place, lying: bool = False,
                        inside: Iterable[tuple[str, str, int]] = (), replaced: Mapping[str, bytes] | None = None,
                        most: int = LIMIT) -> Bibliography:
    """Reads the files `names` of a folder; one that is missing, or lies elsewhere, is a problem at `named_at`.

    Where they are only `lying` there, data that hold no list of references are something else's. `inside` are blocks of
    front matter (text, file, first line), which may hold `references` as well. `replaced` is what counts in place of what files
    hold; `most` is the largest file read, in bytes.
    """
    found = Bibliography()
    for block, shown, line in inside:
        if re.search(r"^references:", block, re.M):
            _read_yaml(block, shown, found, line, optional=True)
    for name in names:
        try:
            path = (folder / name).resolve()
            there = path.is_relative_to(folder.resolve()) and path.is_file()
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a link to itself
            there = False
        if not there:
            found.problems.append(Problem("file_not_found", named_at, found=name))
            continue
        shown = path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else name
        text, problems = read_text(path, shown, (replaced or {}).get(shown), most)
        found.problems += problems
        if text is None:
            continue
        found.files[shown] = text
        optional = lying and not MEANT_FOR_REFERENCES.search(path.stem)
        suffix, before = path.suffix.lower(), len(found.problems) + len(found.places)
        if suffix == ".json":
            _read_json(text, shown, found, optional)
        elif suffix in (".yaml", ".yml"):
            _read_yaml(text, shown, found, 1, optional)
        else:
            (split_ris if suffix == ".ris" else split_bibtex)(text, shown, found)
            if len(found.problems) + len(found.places) == before and "@" not in text:
                found.problems.append(_no_list(Place(shown)))
    break_circles(found)
    tell_languages(found)
    return found


def what_is_damaged(path: str) -> str:
    """What to look for in an entry of such a file that pandoc can't read."""
    return SHAPE if path.endswith((".yaml", ".yml", ".json")) else ENDS if path.endswith(".ris") else BRACES


def _no_list(place: Place) -> Problem:
    return Problem("wrong_value", place, found=Phrase("this file"), expected=Phrase("a list of references"))


def _read_json(text: str, path: str, found: Bibliography, optional: bool) -> None:
    try:
        data = _load_json(text)
    except RecursionError:
        found.problems.append(Problem("nested_too_deep", Place(path), expected="20"))
        return
    except ValueError as error:
        trouble = Problem("broken_yaml", Place(path, getattr(error, "lineno", 1)), found=str(error))
        found.problems += _save_json(text, path, found) or [trouble] if text.strip() or not optional else []
        return
    data = data.get("references", data.get("items")) if isinstance(data, dict) else data
    if not isinstance(data, list):
        found.problems += [] if optional else [_no_list(Place(path))]
        return
    line, last = 1, 0
    for entry, (at, end) in zip(data, _item_offsets(text), strict=False):
        line, last = line + text.count("\n", last, at), at
        _take_json(entry, text[at:end], Place(path, line), found)


def _load_json(text: str) -> Any:
    """The data of a JSON text; a number that is none, NaN or 1e999, and a half of a letter are taken as words, which pandoc can read."""
    data = json.loads(text, parse_constant=str, parse_float=lambda typed: float(typed) if math.isfinite(float(typed)) else typed)
    if re.search(r"\\u[dD][89a-fA-F]", text):
        data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    return data


def _take_json(entry: Any, text: str, place: Place, found: Bibliography) -> None:
    """Puts one entry of a JSON file, as data and as text, into the bibliography."""
    key = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    if not key:
        found.problems.append(Problem("entry_without_key", place))
    elif found.take(key, place, text):
        line, last = place.line, 0
        for match in FIELD.finditer(text):
            at = match.start(1)
            line, last = line + text.count("\n", last, at), at
            name = SPELLINGS.get(match[1].lower(), match[1])
            column = at - text.rfind("\n", 0, at) if line > place.line else place.column
            found.fields.setdefault((key, name), Place(place.path, line, column, f"{key}.{name}"))
        _judge(entry, key, found)
        found.references.append(clean_entry({**entry, "id": key}))


def _judge(entry: dict, key: str, found: Bibliography) -> None:
    """Notes the fields and the type of a CSL entry that are none."""
    for name in entry:
        place = found.fields.get((key, SPELLINGS.get(name.lower(), name)), found.fields.get((key, name), found.places[key]))
        found.judge_field(name, "csl", Place(place.path, place.line, place.column, f"{key}.{name}"))
    if entry.get("type") is not None:
        found.judge_type(key, str(entry["type"]), "csl", found.fields.get((key, "type"), found.places[key]))


def _item_offsets(text: str) -> Iterator[tuple[int, int]]:
    """Where each reference of a JSON text begins and ends."""
    decoder, at = json.JSONDecoder(), re.search(r"\[" if text.lstrip()[:1] == "[" else r'"(?:references|items)"\s*:\s*\[', text).end()
    while (at := re.compile(r"[\s,]*").match(text, at).end()) < len(text) and text[at] != "]":
        end = decoder.raw_decode(text, at)[1]
        yield at, end
        at = end


def _save_json(text: str, path: str, found: Bibliography) -> list[Problem]:
    """Puts the sound entries of a broken JSON file into the bibliography; a problem for each of the others, as far as it has a key."""
    problems, line, last = [], 1, 0
    for at, end in _objects(text):
        line, last = line + text.count("\n", last, at), at
        piece = text[at:end]
        try:
            entry = _load_json(piece)
        except (ValueError, RecursionError) as error:
            if not (key := re.search(r'"id"\s*:\s*"?([^"\s,}]+)', piece)):
                return []
            why = Phrase("line {line}: {why}", line=line + getattr(error, "lineno", 1) - 1, why=getattr(error, "msg", str(error)))
            problems.append(Problem("entry_broken", Place(path, line), found=key[1], expected=why))
            continue
        _take_json(entry, piece, Place(path, line), found)
    return problems


def _objects(text: str) -> Iterator[tuple[int, int]]:
    """Where the entries of a JSON text seem to begin and end: an entry ends with its bracket, or before a line that begins one like
    the first; a text of one line ends with the line, closed or not."""
    first = re.search(r"\[\s*(?=\{)", text)
    if not first:
        return
    begins, depth, quoted = first.end(), 0, False
    indent = text[text.rfind("\n", 0, begins) + 1:begins]
    new_line = f"\n{indent}{{" if not indent.strip() else None
    for mark in re.compile(r'\\.|["{}\n]').finditer(text, begins):
        sign, at = mark[0], mark.start()
        if sign == "\n":
            quoted = False
            if new_line and depth and text.startswith(new_line, at):
                yield begins, at
                depth = 0
        elif sign == '"':
            quoted = not quoted
        elif not quoted and sign == "{":
            begins, depth = (at if not depth else begins), depth + 1
        elif not quoted and sign == "}" and depth:
            depth -= 1
            if not depth:
                yield begins, at + 1
    if depth:
        yield begins, len(text)


def _read_yaml(text: str, path: str, found: Bibliography, first_line: int, optional: bool) -> None:
    data, places, problems = read_yaml(text, path, first_line)
    if any(problem.kind == "broken_yaml" for problem in problems) and data is None:
        found.problems += _save_yaml(text, path, found, first_line) or problems
        return
    found.problems += problems
    prefix: tuple = ()
    if isinstance(data, dict) and "references" in data:
        data, prefix = data["references"], ("references",)
    if not isinstance(data, list):
        found.problems += [] if optional or problems else [_no_list(places.find(*prefix))]
        return
    _take_yaml(data, places, prefix, found)


def _take_yaml(data: list, places: Places, prefix: tuple, found: Bibliography) -> None:
    """Puts the entries of a YAML list, which stands under `prefix`, into the bibliography."""
    for number, entry in enumerate(data):
        place = places.find(*prefix, number)
        key = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(key, str) or not key:
            found.problems.append(Problem("entry_without_key", place))
        elif found.take(key, place, str(entry)):
            found.fields |= {(key, name): places.find(*prefix, number, name) for name in entry}
            _judge(entry, key, found)
            found.references.append(clean_entry(entry))


def _save_yaml(text: str, path: str, found: Bibliography, first_line: int) -> list[Problem]:
    """Puts the sound entries of a broken YAML file into the bibliography; a problem for each of the others, as far as it has a key."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if re.match(r"[ \t]*-[ \t]", line)), None)
    if first is None:
        return []
    indent = re.match(r"[ \t]*-[ \t]", lines[first])[0]
    starts = [number for number, line in enumerate(lines) if line.startswith(indent)]
    problems = []
    for begins, ends in zip(starts, [*starts[1:], len(lines)], strict=True):
        piece = "\n".join(lines[begins:ends])
        data, places, mistakes = read_yaml(piece, path, first_line + begins)
        if isinstance(data, list):
            found.problems += mistakes
            _take_yaml(data, places, (), found)
        elif key := re.search(r"""(?m)(?:^[ \t]*-?|[{,])[ \t]*["']?id["']?[ \t]*:[ \t]*["']?([^"'\s,}#]+)""", piece):
            trouble = mistakes[0] if mistakes else Problem("broken_yaml", Place(path, first_line + begins))
            why = Phrase("line {line}: {why}", line=trouble.place.line, why=trouble.found or trouble.expected)
            problems.append(Problem("entry_broken", Place(path, first_line + begins), found=key[1], expected=why))
        else:
            return []
    return problems
