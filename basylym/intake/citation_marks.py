"""What stands between the brackets of a citation: [1], [1, 8], [2, 68–69], [3; 5], [4, с. 15], (Иванов, 2010: 15), and what it means.

`[1, 8]` is the eighth page of the first source in one article and two sources in another. Which it is, the whole article tells: a
number beyond the list, or a falling one, can only be a page; where pages are named, or where the works would else be cited nowhere,
bare numbers are sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from basylym.intake.entry_match import first_name, fold, year_of
from basylym.intake.entry_words import DASH, UP, YEAR, alike, words
from basylym.languages import known_languages, language
from basylym.typography.letters import CYRILLIC
from basylym.typography.romanisation import may_be_romanised

BRACKETS = re.compile(r"\[(?P<body>[^\[\]]{1,200})\]")
ROUND = re.compile(r"\((?P<body>[^()]{4,300})\)")
LAST = 999
"""The highest number of a source."""
RARE = 10
"""A list of so many works for each citation with a bare number is so short that pages would not all be within it."""
VALUE = (rf"\d{{1,5}}(?:\s?{DASH}\s?\d{{1,5}})?(?:\s?,\s?\d{{1,5}}(?:\s?{DASH}\s?\d{{1,5}})?)*"
         rf"|[IVXLCivxlc]{{1,7}}(?:\s?{DASH}\s?[IVXLCivxlc]{{1,7}})?")

PAGES = re.compile(rf"\d{{1,5}}(?:\s?{DASH}\s?\d{{1,5}})?")


@dataclass(frozen=True, slots=True)
class Cited:
    """One work cited: its number, or who and when; the place in it and the words before it as typed."""

    number: str = ""
    place: str = ""
    before: str = ""
    family: str = ""
    year: str = ""


@cache
def _places() -> str:
    """The words for places in a work, and those of reference lists for pages, as one pattern."""
    forms = {form for tag in known_languages() for each in language(tag).locators for form in each["forms"]}
    stems = sorted({form.rstrip(".") for form in forms if form != "§"}, key=lambda form: (-len(form), form))
    return f"(?:§|{words('pages')}|{'|'.join(map(alike, stems))})"


@cache
def _named_place() -> re.Pattern[str]:
    section = r"\d{1,4}(?:\.\d{1,3}){1,3}"
    return re.compile(rf"{_places()}\s?\.?\s?(?:{section}|{VALUE})(?:\s?-?[а-яәіa-z]{{1,5}}\.?)?|"
                      rf"(?:{VALUE})\s?-?\s?{_places()}(?!\w)\.?", re.I)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<before>{words('see')}\.?[:,]?)\s+", re.I)


def read_numbers(body: str, several: bool, last: int, apart: bool = False) -> list[Cited] | None:
    """The works that numbers between brackets name; None where they name none. `several`: bare numbers after a comma are sources;
    `apart`: what stands after a semicolon are pages."""
    found: list[Cited] = []
    numbers, sign, place = (part.strip() for part in body.partition(";"))
    if sign and (apart and PAGES.fullmatch(place) or _named_place().fullmatch(place)):
        works = _read_part(numbers, True, last)
        return [*works[:-1], replace(works[-1], place=place)] if works and not works[-1].place else None
    for part in re.split(r"\s*;\s*", body.strip()):
        read = _read_part(part, several, last)
        if not read:
            return None
        found += read
    return found


def _read_part(part: str, several: bool, last: int) -> list[Cited] | None:
    before = ""
    if said := _before().match(part):
        before, part = said["before"], part[said.end():]
    head = re.match(rf"\s*№?\s?(?P<first>\d{{1,3}})(?:\s?{DASH}\s?(?P<to>\d{{1,3}}))?(?!\d)\s*(?P<rest>.*)$", part)
    if not head or not 0 < int(head["first"]) <= LAST:
        return None
    numbers = _range(head["first"], head["to"])
    rest = head["rest"].strip().removeprefix(".").strip()
    if not numbers:
        return None
    if not rest:
        return [Cited(number, before=before if not at else "") for at, number in enumerate(numbers)]
    sign = re.match(r"[,:]\s*", rest)
    place = rest[sign.end():] if sign else rest
    if _named_place().fullmatch(place) and sign or _named_place().fullmatch(place) and not sign:
        return [*(Cited(number) for number in numbers[:-1]), Cited(numbers[-1], place, before)]
    if not sign or not (tokens := bare_numbers(place)):
        found = re.fullmatch(rf"(?P<bare>{VALUE}),\s(?P<next>\d.*)", place) if sign and several else None
        more = _read_part(found["next"], several, last) if found else None
        first = _read_part(f"{head['first']}, {found['bare']}", several, last) if found and more else None
        return [*first, *more] if first and more else None
    if sign[0].strip() == "," and (several or _is_run(numbers[0], tokens, last)) and all(
            int(each) <= last for token in tokens for each in re.findall(r"\d+", token)):
        more = [number for token in tokens for number in _range(*re.fullmatch(rf"(\d+)(?:\s?{DASH}\s?(\d+))?", token).groups())]
        if more and "0" not in more:
            return [Cited(number, before=before if not at else "") for at, number in enumerate([*numbers, *more])]
    return [*(Cited(number) for number in numbers[:-1]), Cited(numbers[-1], place, before)]


def bare_numbers(text: str) -> list[str]:
    """Numbers and ranges between commas, nothing beside them; empty for anything else."""
    tokens = re.split(r"\s?,\s?", text.strip())
    return tokens if all(re.fullmatch(rf"\d{{1,5}}(?:\s?{DASH}\s?\d{{1,5}})?", token) for token in tokens) else []


def _is_run(first: str, tokens: Sequence[str], last: int) -> bool:
    """Three and more rising numbers, none beyond the list, are sources wherever they stand."""
    numbers = [int(each) for token in tokens for each in re.findall(r"\d+", token)]
    return len(tokens) > 1 and bool(last) and numbers[-1] <= last and all(
        one < other for one, other in zip([int(first), *numbers], numbers, strict=False))


def _range(first: str, to: str | None) -> list[str]:
    """1–3 as 1, 2, 3; empty where it falls or is longer than a list."""
    if not to:
        return [str(int(first))]
    return [str(number) for number in range(int(first), int(to) + 1)] if int(first) < int(to) <= int(first) + 60 else []


def are_pages_apart(bodies: Iterable[str], last: int) -> bool:
    """Whether an article sets pages apart by a semicolon, [2; 40]: numbers after it go beyond the list, and none of it is a source.
    What names its kind, [2; ст. 179], is a place in any case, and tells nothing of bare numbers."""
    tails = [body.partition(";")[2].strip() for body in bodies if ";" in body]
    tails = [tail for tail in tails if tail]
    tails = [tail for tail in tails if not _named_place().fullmatch(tail)]
    beyond = [tail for tail in tails if PAGES.fullmatch(tail) and max(map(int, re.findall(r"\d+", tail)), default=0) > last]
    return bool(last) and len(beyond) * 2 > len(tails) and all(map(PAGES.fullmatch, tails))


def are_several(bodies: Iterable[str], last: int) -> tuple[bool, bool]:
    """Whether bare numbers after a comma are sources in an article with these brackets, and whether that is sure."""
    pages = sources = 0
    pairs: list[tuple[int, list[int]]] = []
    cited: set[int] = set()
    for body in bodies:
        for part in body.split(";"):
            found = re.match(rf"\s*(\d{{1,3}})(?:\s?{DASH}\s?(\d{{1,3}}))?\s*(?:,\s*(.*))?$", part.strip())
            if not found:
                continue
            first, rest = int(found[1]), found[3] or ""
            cited |= {int(each) for each in _range(found[1], found[2])}
            if rest and _named_place().fullmatch(rest):
                sources += 1
            elif tokens := bare_numbers(rest) if rest else []:
                numbers = [int(each) for token in tokens for each in re.findall(r"\d+", token)]
                if max(numbers) > last or min(numbers) == 0 or any(
                        one >= other for one, other in zip([first, *numbers], numbers, strict=False)):
                    pages += 2
                elif len(tokens) > 1:
                    sources += 2
                else:
                    pairs.append((first, numbers))
    if not last:
        return False, pages > 0
    if pages != sources:
        return sources > pages, abs(pages - sources) > 1 and not (pages and sources)
    reached = {number for _, numbers in pairs for number in numbers}
    close = sum(numbers[0] - first == 1 for first, numbers in pairs)
    within = len(pairs) > 1 and last <= RARE * len(pairs)  # pages would go beyond a short list now and then
    several = bool(pairs) and (within or len(reached - cited) * 2 > len(reached) or close * 2 > len(pairs))
    return several, not pairs


@cache
def _authors_and_year() -> re.Pattern[str]:
    name = rf"[{UP}][\w’'ʼ-]{{1,40}}"
    others = rf"(?:\s?,?\s(?:{words('others')}|{words('and')}\sбасқ\w{{0,6}}|with\sothers)\.?)"
    return re.compile(rf"(?P<before>(?:[а-яәғқңөұүһіёa-z.]{{2,12}}\s){{0,2}}[:,]?\s?)?(?:[{UP}]\.\s?){{0,3}}"
                      rf"(?P<family>{name}(?:\s{name}){{0,5}})"
                      rf"(?:,?\s(?:[{UP}]\.\s?){{1,3}})?(?:(?:,\s|\s?(?:&"
                      rf"|{words('and')})\s)(?:[{UP}]\.\s?){{0,3}}{name}(?:\s(?:[{UP}]\.\s?){{1,3}})?){{0,4}}{others}?"
                      rf",?\s(?P<year>{YEAR})(?:\s?(?:ж|г)\.)?(?P<letter>[a-zа-е](?!\w))?(?:\s?[.,:]\s?(?P<place>.{{1,60}}))?")


def read_names(body: str) -> list[Cited] | None:
    """The works that names and years between brackets mean; None where it is no such citation."""
    found: list[Cited] = []
    for part in re.split(r"\s*;\s*", body.strip()):
        match = _authors_and_year().fullmatch(part.strip())
        if match and match["before"] and not _before().match(match["before"].strip() + " "):
            return None
        if match:
            place = (match["place"] or "").strip()
            if place and not (re.fullmatch(VALUE, place) or _named_place().fullmatch(place)):
                return None
            found.append(Cited("", place, (match["before"] or "").strip(), match["family"], match["year"] + (match["letter"] or "")))
        elif found and (again := re.fullmatch(rf"(?P<year>{YEAR})(?P<letter>[a-zа-е])?", part.strip())):
            found.append(Cited("", "", "", found[-1].family, again["year"] + (again["letter"] or "")))
        else:
            return None
    return found


def read_name_alone(body: str) -> Cited | None:
    """(Harper 201), (Жұбан): a name, and a page without its word."""
    name = rf"[{UP}][\w’'ʼ-]{{1,40}}"
    match = re.fullmatch(rf"(?P<family>{name}(?:\s{name})?)(?:,?\s(?P<place>\d{{1,4}}(?:{DASH}\d{{1,4}})?))?", body.strip())
    return Cited("", match["place"] or "", "", match["family"]) if match and not re.fullmatch(YEAR, match["place"] or "") else None


def find_named(cited: Cited, entries: Sequence[Mapping[str, Any]]) -> str:
    """The key of the entry that a name and a year mean; empty where there is none, or more than one."""
    year, letter = cited.year[:4], cited.year[4:]
    near = [entry for entry in entries if (not year or year_of(entry) == year) and _is_by(cited.family, entry)]
    if letter and len(near) > 1:
        marked = [entry for entry in near if re.search(rf"{year}\s?{letter}(?!\w)", str(entry.get("note", "")))]
        order = ord(letter) - ord("a" if letter.isascii() else "а")
        near = marked[:1] or near[order:order + 1]
    return str(near[0]["id"]) if len(near) == 1 else ""


def _is_by(family: str, entry: Mapping[str, Any]) -> bool:
    latin = entry.get("author-latin") or ()
    names = [first_name(entry), *(str(each.get("family", "")) for each in latin[:1]), str(entry.get("title", ""))[:80]]
    for name in filter(None, names[:-1]):
        if fold(name) == fold(family) or fold(name) == fold(family.split()[0]):
            return True
        if CYRILLIC.search(name) and not CYRILLIC.search(family) and may_be_romanised(name, family):
            return True
    return not names[0] and len(family) > 5 and fold(names[-1]).startswith(fold(family))
