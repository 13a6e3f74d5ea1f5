"""One entry of a reference list as CSL-JSON (schema 1.0.2): names as objects, dates as parts, `language` as a BCP 47 tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from basylym.languages import tags_by_name
from basylym.read.entry_names import read_people

LATIN_NAMES = ("author-latin", "editor-latin")
OWN = ("title-latin", "title-en", "container-title-latin", "container-title-en", "publisher-latin", "publisher-place-latin", *LATIN_NAMES)
"""Keys of ours, for the second list: what CSL has no variable for."""
OWN_LINE = re.compile(rf"(?:^|[\s;])({'|'.join(sorted(OWN, key=len, reverse=True))})\s*:\s")
NAMES = {*LATIN_NAMES, "author", "editor", "translator", "collection-editor", "composer", "container-author", "director",
         "editorial-director", "illustrator", "interviewer", "original-author", "recipient", "reviewed-author"}
DATES = {"issued", "accessed", "event-date", "original-date", "submitted", "available-date"}

DAY = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
SPAN = re.compile(r"(\d{4})\s*[-–—/]{1,2}\s*(\d{4})")
SLASHED = re.compile(r"(\d{4})/(\d\d?)?(?:/(\d\d?)?)?(?:/.*)?")
"""As RIS writes a day: year/month/day/other, any of the last three empty."""
DAY_FIRST = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})(?=\D|$)")
YEAR_AND_WORD = re.compile(r"(\d{4})\s*-?\s*(?:гг?\.?|год[ау]?|ж\.?|жыл\w{0,3}|y\.?|year)(?:\s*\.)?", re.I)
"""A year with the word for it, as people type it: 1987 ж., 2011 г."""


def clean_entry(entry: Mapping[str, Any]) -> dict:
    """An entry as CSL-JSON wants it: names as objects, dates as parts, the language as a tag."""
    clean: dict[str, Any] = {"type": "document"}
    for key, value in take_keys(entry).items():
        if value is None:
            continue
        if key in NAMES:
            clean[key] = [person for each in (value if isinstance(value, list) else [value]) for person in read_people(each)]
        elif key in DATES:
            clean[key] = read_date(value)
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
        people = re.split(r"\s*;\s*|\s+and\s+", value) if match[1] in LATIN_NAMES else ()
        taken[match[1]] = [person for name in people for person in read_people(name)] or value
    kept = {**taken, **entry, "note": note[:found[0].start()].strip(" ;\n")}
    return {key: value for key, value in kept.items() if value not in ("", None)}


def language_tag(value: str) -> str:
    """kk out of «қазақша», kazakh, kaz, kk_KZ, kk-KZ; an unknown word stays as it is."""
    word, names = value.strip().replace("_", "-"), tags_by_name()
    return names.get(word.lower(), names.get(word.lower().split("-")[0], word))


def read_date(value: Any) -> dict:
    """CSL's date out of a mapping or of words: 2001, 2001-05, 2001-05-17, 2001/2003, 17.05.2001, 2001/05/17/, 2001 ж.

    What was typed stays beside the numbers as `raw` where it differs from them; other words are kept as they are, as `literal`.
    """
    if isinstance(value, dict):
        return _date_of_parts(value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        parts = [part for each in value[:2] for part in read_date(each).get("date-parts", [])[:1]]
        return {"date-parts": parts} if parts else {"literal": ""}
    text = str(value).strip()
    if parts := _numbers(text):
        plain = "/".join(plain_date(part) for part in parts)
        return {"date-parts": parts} if plain == text else {"date-parts": parts, "raw": text}
    return {"literal": text}


def _date_of_parts(value: dict) -> dict:
    if "date-parts" in value:
        given = value["date-parts"] if isinstance(value["date-parts"], list) else []
        parts = [[int(number) for number in (part if isinstance(part, list) else [part]) if re.fullmatch(r"\d{1,9}", str(number))]
                 for part in given]
        if any(parts):
            return {**value, "date-parts": [part for part in parts if part]}
        words = [str(number) for part in given for number in (part if isinstance(part, list) else [part]) if number is not None]
        return read_date(str(value.get("raw") or value.get("literal") or " ".join(words)))
    if "year" in value:
        if not re.fullmatch(r"\s*\d{1,9}\s*", str(value["year"])):
            return read_date(str(value["year"]))
        return {"date-parts": [[int(value[part]) for part in ("year", "month", "day") if re.fullmatch(r"\s*\d{1,9}\s*",
                                                                                                    str(value.get(part, "")))]]}
    return read_date(str(value["raw"])) if value.get("raw") and not value.get("literal") else value


def _numbers(text: str) -> list[list[int]]:
    """The year, month and day that a text gives, two of them for a span; none where it may mean something else."""
    parts = [DAY.fullmatch(part) for part in text.split("/")]
    if all(parts) and len(parts) <= 2:
        return [[int(number) for number in part.groups() if number] for part in parts]
    if match := SPAN.fullmatch(text):
        return [[int(match[1])], [int(match[2])]]
    if match := SLASHED.fullmatch(text):
        return [[int(number) for number in match.groups() if number]]
    if match := DAY_FIRST.match(text):
        rest = text[match.end():].strip()
        return [[int(match[3]), int(match[2]), int(match[1])]] if not rest or re.fullmatch(r"(?:г|ж)\.?", rest) else []
    match = YEAR_AND_WORD.fullmatch(text)
    return [[int(match[1])]] if match else []


def plain_date(parts: list[int]) -> str:
    """A date as ISO 8601 writes it, as far as it goes: 2001, 2001-05, 2001-05-17."""
    return "-".join(f"{number:0{4 if not place else 2}}" for place, number in enumerate(parts))


def for_pandoc(references: list[dict]) -> list[dict]:
    """The entries as pandoc reads them, without keys of ours."""
    def plain(key: str, value: Any) -> Any:
        both = key in DATES and isinstance(value, dict) and value.get("date-parts")
        return {name: part for name, part in value.items() if name not in ("raw", "literal")} if both else value

    return [{key: plain(key, value) for key, value in entry.items() if key not in OWN} for entry in references]
