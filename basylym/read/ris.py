"""RIS files split at their entries: each begins with TY, ends with ER, and is cited by what stands under ID; pandoc reads the pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from basylym.messages import Phrase
from basylym.model import Place, Problem
from basylym.read.entry import OWN, language_tag, plain_date, read_date, take_keys
from basylym.read.entry_fields import EXTENT, SPELLINGS

if TYPE_CHECKING:
    from basylym.read.bibliography import Bibliography

LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {1,2}- ?")
ENDS = Phrase("the entry ends in a line “ER  - ” and each of its lines begins with a tag, as in “TI  - ”")
"""What to look for in a damaged entry."""
DATED = {"PY": "issued", "Y1": "issued", "YR": "issued", "DA": "issued", "Y2": "accessed"}

WHOLE = ("BOOK", "EBOOK", "EDBOOK", "THES", "RPRT", "PAMP", "STAND", "GOVDOC")
"""Types whose lone number of pages is all they have."""


def split_ris(text: str, path: str, found: Bibliography) -> None:
    """Puts the entries of a file into a bibliography."""
    entry: list[str] = []
    first = 1

    def close(ended: bool) -> None:
        if entry:
            _take_entry(found, entry, Place(path, first), ended)
        entry.clear()

    for number, line in enumerate(text.split("\n"), 1):
        begins = re.match(r"TY {1,2}-", line)
        if begins:
            close(False)
            first = number
        if entry or begins:
            entry.append(line)
        if re.match(r"ER {1,2}-", line):
            close(True)
    close(False)


def _take_entry(found: Bibliography, lines: list[str], place: Place, ended: bool) -> None:
    tags = [(match[1], line[match.end():].strip()) if (match := LINE.match(line)) else ("", line.strip()) for line in lines]
    key = next((value for tag, value in tags if tag == "ID"), "")
    if not key:
        found.problems.append(Problem("entry_without_key", place))
    elif re.search(r"\s", key):
        found.problems.append(Problem("key_with_blank", place, found=key))
    elif not ended:
        found.problems.append(Problem("entry_broken", place, found=key, expected=ENDS))
    elif found.take(key, place, "\n".join(lines)):
        for number, (tag, value) in enumerate(tags):
            where = Place(place.path, place.line + number, 1, f"{key}.{SPELLINGS.get(tag.lower(), tag)}")
            if tag:
                found.fields.setdefault((key, where.field[len(key) + 1:]), where)
                found.judge_field(tag, "ris", where)
            if tag == "TY":
                found.judge_type(key, value, "ris", where)
        for tag, name in DATED.items():  # the day under DA only where it lies in the year given elsewhere
            for value in (value.strip() for other, value in tags if other == tag and value.strip("/ ")):
                _note_date(found.dates.setdefault(key, {}), name, read_date(value))
        notes = "\n".join(value for tag, value in tags if tag in ("N1", ""))
        found.own[key] = {name: value for name, value in take_keys({"note": notes}).items() if name in OWN}
        _amend(found, key, {tag: value for tag, value in reversed(tags) if tag and value})
        # what RIS calls an electronic source is a page of the web; of dates pandoc knows only those in ISO's form; they are read here
        kept = [re.sub(r"^CY(?= {1,2}-)", "PP", line) for line, (tag, _) in zip(lines, tags, strict=True) if tag not in DATED]
        issued = found.dates.get(key, {}).get("issued", {})
        year = [f"PY  - {plain_date(issued['date-parts'][0])}"] if issued.get("date-parts") else []
        found.ris.append({"key": key, "text": "\n".join([re.sub(r"\bELEC\b", "WEB", kept[0]), *year, *kept[1:]]) + "\n"})


def _amend(found: Bibliography, key: str, values: dict[str, str]) -> None:
    """Keeps what pandoc takes for something else, or drops: the language, the extent of a whole work, the kind of a thesis."""
    found.titles[key] = values.get("TI") or values.get("T1") or ""
    if said := values.get("LA"):
        found.languages[key] = language_tag(re.split(r"[,;/]", said)[0])
    amended, kind = found.amended.setdefault(key, {}), values.get("TY", "")
    if kind in WHOLE and "EP" not in values and (match := EXTENT.fullmatch(values.get("SP", ""))):
        amended |= {"number-of-pages": match[1], "page": False}
    if kind in ("THES", "RPRT") and "M3" in values:
        amended["genre"] = values["M3"]


def _note_date(dates: dict, field: str, date: dict) -> None:
    """Keeps the date that tells most: a later one only where the first is words, or the same year without the day."""
    parts, known = date.get("date-parts"), dates.get(field, {}).get("date-parts")
    if field not in dates or (parts and not known) or (parts and len(parts[0]) > len(known[0]) and parts[0][0] == known[0][0]):
        dates[field] = date
