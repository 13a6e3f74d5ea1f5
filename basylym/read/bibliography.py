"""Reference files beside a manuscript: CSL in YAML or JSON, BibTeX, BibLaTeX and RIS.

CSL data is read here; BibTeX and RIS go to pandoc as text, in the article's one process, entry by entry where one is bad.
Whatever is read, an entry is CSL-JSON (schema 1.0.2) with a `language` that is a BCP 47 tag.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from basylym.languages import tags_by_name
from basylym.messages import Phrase
from basylym.model import Place, Problem
from basylym.read.text import read_text
from basylym.read.yaml import read_yaml

SUFFIXES = (".yaml", ".yml", ".json", ".bib", ".bibtex", ".biblatex", ".ris")
LATIN_NAMES = ("author-latin", "editor-latin")
OWN = ("title-latin", "title-en", "container-title-latin", "container-title-en", "publisher-latin", "publisher-place-latin", *LATIN_NAMES)
"""Keys of ours, for the second list: what CSL has no variable for."""
OWN_LINE = re.compile(rf"(?:^|[\s;])({'|'.join(sorted(OWN, key=len, reverse=True))})\s*:\s")
NAMES = {*LATIN_NAMES, "author", "editor", "translator", "collection-editor", "composer", "container-author", "director",
         "editorial-director", "illustrator", "interviewer", "original-author", "recipient", "reviewed-author"}
DATES = {"issued", "accessed", "event-date", "original-date", "submitted", "available-date"}
RIS_LINE = re.compile(r"[A-Z][A-Z0-9] {1,2}-")
FIELD = re.compile(r"^[ \t,{]*\"?(\w[\w-]*)\"?\s*[=:]|[,{]\s*\"?(\w[\w-]*)\"?\s*[=:](?!//)|^([A-Z][A-Z0-9]) {1,2}-", re.M)
"""Where a field of an entry in BibTeX, JSON or RIS begins."""
SPELLINGS = {
    "year": "issued", "date": "issued", "py": "issued", "y1": "issued", "da": "issued", "journal": "container-title",
    "journaltitle": "container-title", "booktitle": "container-title", "jo": "container-title", "jf": "container-title",
    "t2": "container-title", "pages": "page", "sp": "page", "doi": "DOI", "do": "DOI", "url": "URL", "ur": "URL", "isbn": "ISBN",
    "sn": "ISBN", "issn": "ISSN", "au": "author", "a1": "author", "ed": "editor", "pb": "publisher", "address": "publisher-place",
    "location": "publisher-place", "cy": "publisher-place", "langid": "language", "la": "language", "urldate": "accessed",
    "pagetotal": "number-of-pages", "ti": "title", "t1": "title"}
"""How BibTeX, BibLaTeX and RIS spell the fields of CSL."""
PARENT = re.compile(r"\b(crossref|xdata|xref|related)\s*=\s*[{\"]\s*([^}\"]+)", re.I)


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


def find_bibliographies(folder: Path) -> list[str]:
    """The reference files that lie beside a manuscript, by name."""
    return sorted(path.name for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()
                  and path.stem.lower() not in ("article", "issue", "journal"))


def read_bibliographies(names: list[str], folder: Path, root: Path, named_at: Place, lying: bool = False,
                        inside: Iterable[tuple[str, str, int]] = (), replaced: Mapping[str, bytes] | None = None) -> Bibliography:
    """Reads the files `names` of a folder; one that is missing, or lies elsewhere, is a problem at `named_at`.

    Where they are only `lying` there, data that hold no list of references are something else's. `inside` are blocks of
    front matter (text, file, first line), which may hold `references` as well. `replaced` is what counts in place of what files
    hold.
    """
    found = Bibliography()
    for block, shown, line in inside:
        if re.search(r"^references:", block, re.M):
            _read_yaml(block, shown, found, line, lying=True)
    for name in names:
        try:
            path = (folder / name).resolve()
            there = path.is_relative_to(folder.resolve()) and path.is_file()
        except (OSError, ValueError):
            there = False
        if not there:
            found.problems.append(Problem("file_not_found", named_at, found=name))
            continue
        shown = path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else name
        text, problems = read_text(path, shown, (replaced or {}).get(shown))
        found.problems += problems
        if text is None:
            continue
        found.files[shown] = text
        suffix = path.suffix.lower()
        if suffix == ".json":
            _read_json(text, shown, found, lying)
        elif suffix in (".yaml", ".yml"):
            _read_yaml(text, shown, found, 1, lying)
        elif suffix == ".ris":
            _read_ris(text, shown, found)
        else:
            _read_bibtex(text, shown, found)
    _break_circles(found)
    return found


def _read_bibtex(text: str, path: str, found: Bibliography) -> None:
    """Splits BibTeX at its entries, each ending where its braces close, so that a bad one can be told from the good."""
    position, line, counted = 0, 1, 0
    while (start := text.find("@", position)) >= 0:
        head = re.compile(r"@\s*(\w+)\s*([{(])").match(text, start)
        if not head:
            position = start + 1
            continue
        line, counted = line + text.count("\n", counted, start), start
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
            elif letter == "@" and text[end - 1] == "\n" and re.match(r"@\s*\w+\s*\{\s*[^\s,{}=]+\s*,", text[end:end + 200]):
                break  # the entry before was never closed
            end += 1
        closed = end < len(text) and text[end] == closing
        piece, position = text[start:end + closed], max(end, start + 1)
        kind = head[1].lower()
        if kind == "comment":
            continue
        if kind in ("string", "preamble"):
            found.bibtex.append({"key": "", "text": piece})
            continue
        key = re.compile(r"\s*([^\s,{}=\"]+)\s*([,}\n]|$)").match(text, head.end())
        place = Place(path, line)
        if not key:
            found.problems.append(Problem("entry_without_key", place))
        elif key[2] == "\n":
            found.problems.append(Problem("entry_broken", place, found=key[1], expected=","))
        elif not closed:
            found.problems.append(Problem("entry_broken", place, found=key[1], expected="}"))
        elif _add_place(found, key[1], place):
            _add_fields(found, key[1], place, piece[key.end() - start:], piece[:key.end() - start].count("\n"))
            found.bibtex.append({"key": key[1], "text": piece})


def _break_circles(found: Bibliography) -> None:
    """Takes out entries that inherit from themselves by way of others: pandoc would never return."""
    parents = {entry["key"]: {name.strip() for _, names in PARENT.findall(entry["text"]) for name in names.split(",")}
               for entry in found.bibtex if entry["key"]}

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


def _add_place(found: Bibliography, key: str, place: Place) -> bool:
    if key in found.places:
        found.problems.append(Problem("duplicate_entry", place, found=key, expected=str(found.places[key])))
        return False
    found.places[key] = place
    return True


def _add_fields(found: Bibliography, key: str, place: Place, text: str, skipped: int = 0) -> None:
    """Where the fields of an entry stand, by the look of its text, which begins so many lines below its place."""
    line, last = place.line + skipped, 0
    for match in FIELD.finditer(text):
        word, at = match[match.lastindex], match.start(match.lastindex)
        line, last = line + text.count("\n", last, at), at
        name = SPELLINGS.get(word.lower(), word)
        column = at - text.rfind("\n", 0, at) if line > place.line else place.column
        found.fields.setdefault((key, name), Place(place.path, line, column, f"{key}.{name}"))


def _read_ris(text: str, path: str, found: Bibliography) -> None:
    """Splits RIS at its entries: each begins with TY, ends with ER, and is cited by what stands under ID."""
    entry: list[str] = []
    first = 1

    def close(ended: bool) -> None:
        if not entry:
            return
        key = next((words.partition("-")[2].strip() for words in entry if re.match(r"ID {1,2}-", words)), "")
        if not key:
            found.problems.append(Problem("entry_without_key", Place(path, first)))
        elif not ended or not all(RIS_LINE.match(words) for words in (entry[0], entry[-1])):
            found.problems.append(Problem("entry_broken", Place(path, first), found=key, expected="ER"))
        elif _add_place(found, key, Place(path, first)):
            _add_fields(found, key, Place(path, first), "\n".join(entry))
            notes = "\n".join(words.partition("-")[2].strip() if RIS_LINE.match(words) else words for words in entry
                              if words.startswith("N1") or not RIS_LINE.match(words))
            found.own[key] = {name: value for name, value in take_keys({"note": notes}).items() if name in OWN}
            found.ris.append({"key": key, "text": "\n".join(re.sub(r"^CY(?= {1,2}-)", "PP", words) for words in entry) + "\n"})
        entry.clear()

    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"TY {1,2}-", line):
            close(False)
            first = number
        if entry or re.match(r"TY {1,2}-", line):
            entry.append(line)
        if re.match(r"ER {1,2}-", line):
            close(True)
    close(False)


def _read_json(text: str, path: str, found: Bibliography, lying: bool) -> None:
    try:
        data = json.loads(text)
    except ValueError as error:
        found.problems.append(Problem("broken_yaml", Place(path, getattr(error, "lineno", 1)), found=str(error)))
        return
    except RecursionError:
        found.problems.append(Problem("nested_too_deep", Place(path), expected="20"))
        return
    data = data.get("references", data.get("items")) if isinstance(data, dict) else data
    if lying and not isinstance(data, list):
        return
    if not isinstance(data, list):
        found.problems.append(Problem("wrong_value", Place(path), found=Phrase("this file"), expected=Phrase("a list of references")))
        return
    line, last = 1, 0
    for entry, (at, end) in zip(data, _item_offsets(text), strict=False):
        key = str(entry.get("id", "")) if isinstance(entry, dict) else ""
        line, last = line + text.count("\n", last, at), at
        place = Place(path, line)
        if not key:
            found.problems.append(Problem("entry_without_key", place))
        elif _add_place(found, key, place):
            _add_fields(found, key, place, text[at:end])
            found.references.append(clean_entry({**entry, "id": key}))


def _item_offsets(text: str) -> Iterator[tuple[int, int]]:
    """Where each reference of a JSON text begins and ends."""
    decoder, at = json.JSONDecoder(), re.search(r"\[" if text.lstrip()[:1] == "[" else r'"(?:references|items)"\s*:\s*\[', text).end()
    while (at := re.compile(r"[\s,]*").match(text, at).end()) < len(text) and text[at] != "]":
        end = decoder.raw_decode(text, at)[1]
        yield at, end
        at = end


def _read_yaml(text: str, path: str, found: Bibliography, first_line: int, lying: bool) -> None:
    data, places, problems = read_yaml(text, path, first_line)
    found.problems += problems
    prefix: tuple = ()
    if isinstance(data, dict) and "references" in data:
        data, prefix = data["references"], ("references",)
    if data is None or lying and not isinstance(data, list):
        return
    if not isinstance(data, list):
        found.problems.append(Problem("wrong_value", places.find(*prefix), expected=Phrase("a list of references")))
        return
    for number, entry in enumerate(data):
        place = places.find(*prefix, number)
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            found.problems.append(Problem("entry_without_key", place))
        elif _add_place(found, entry["id"], place):
            found.fields |= {(entry["id"], name): places.find(*prefix, number, name) for name in entry}
            found.references.append(clean_entry(entry))


def clean_entry(entry: Mapping[str, Any]) -> dict:
    """An entry as CSL-JSON wants it: names as objects, dates as parts, the language as a tag."""
    clean: dict[str, Any] = {"type": "document"}
    for key, value in take_keys(entry).items():
        if value is None:
            continue
        if key in NAMES:
            clean[key] = [_name(each) for each in (value if isinstance(value, list) else [value])]
        elif key in DATES:
            clean[key] = _date(value)
        elif key == "language":
            clean[key] = language_tag(str(value))
        else:
            clean[key] = value
    return clean


def take_keys(entry: Mapping[str, Any]) -> dict:
    """An entry whose `note` gave up the keys of ours that stand there as lines, `title-en: …`, as BibTeX, RIS and Zotero have them.

    They come last in the note; pandoc makes one line of all. A key that the entry has elsewhere keeps that value.
    """
    note = entry.get("note")
    if not isinstance(note, str) or not (found := list(OWN_LINE.finditer(note))):
        return dict(entry)
    taken: dict[str, Any] = {}
    for match, end in zip(found, [*(each.start() for each in found[1:]), len(note)], strict=True):
        value = note[match.end():end].strip(" ;\n").split("\n")[0].strip()
        taken[match[1]] = [_name(name) for name in re.split(r"\s*;\s*|\s+and\s+", value)] if match[1] in LATIN_NAMES else value
    kept = {**taken, **entry, "note": note[:found[0].start()].strip(" ;\n")}
    return {key: value for key, value in kept.items() if value not in ("", None)}


def language_tag(value: str) -> str:
    """kk out of «қазақша», kazakh, kaz, kk_KZ, kk-KZ; an unknown word stays as it is."""
    word, names = value.strip().replace("_", "-"), tags_by_name()
    return names.get(word.lower(), names.get(word.lower().split("-")[0], word))


def _name(value: Any) -> dict:
    if isinstance(value, dict):
        return {key: part for key, part in value.items() if part is not None}
    family, comma, given = str(value).partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": str(value).strip()}


def _date(value: Any) -> dict:
    """CSL's date out of a mapping, or of 2001, 2001-05, 2001-05-17, 2001/2003; other words are kept as they are."""
    if isinstance(value, dict):
        if "date-parts" in value:
            given = value["date-parts"] if isinstance(value["date-parts"], list) else []
            parts = [[int(number) for number in (part if isinstance(part, list) else [part]) if str(number).isdigit()] for part in given]
            return {**value, "date-parts": [part for part in parts if part]} if any(parts) else {"literal": str(value.get("raw", ""))}
        if "year" in value:
            return {"date-parts": [[int(value[part]) for part in ("year", "month", "day") if str(value.get(part, "")).isdigit()]]}
        return value
    if isinstance(value, list) and value and isinstance(value[0], dict):
        parts = [part for each in value[:2] for part in _date(each).get("date-parts", [])[:1]]
        return {"date-parts": parts} if parts else {"literal": ""}
    text = str(value).strip()
    parts = [re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", part) for part in text.split("/")]
    if all(parts) and len(parts) <= 2:
        return {"date-parts": [[int(number) for number in part.groups() if number] for part in parts]}
    return {"literal": text}


def as_json(references: list[dict]) -> str:
    """The entries as the text pandoc reads."""
    return json.dumps([{key: value for key, value in entry.items() if key not in OWN} for entry in references], ensure_ascii=False)
