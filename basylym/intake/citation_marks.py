"""What stands between the brackets of a citation: [1], [1, 8], [2, 68–69], [3; 5], [4, с. 15], (Иванов, 2010: 15), and what it means.

`[1, 8]` is the eighth page of the first source in one article and two sources in another. Which it is, the whole article tells: a
number beyond the list, or a falling one, can only be a page; where pages are named, or where the works would else be cited nowhere,
bare numbers are sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from basylym.intake.entry_words import DASH, alike, words
from basylym.languages import known_languages, language

BRACKETS = re.compile(r"\[(?P<body>[^\[\]]{1,200})\]")
ROUND = re.compile(r"\((?P<body>[^()]{4,300})\)")
LAST = 999
"""The highest number of a source."""
LONGEST_PLACE = 60
"""Of a place in a work, in letters."""
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
    return f"(?:§|{words('pages')}|{words('places')}|{'|'.join(map(alike, stems))})"


@cache
def _named_place() -> re.Pattern[str]:
    section = r"\d{1,4}(?:\.\d{1,3}){1,3}"
    return re.compile(rf"{_places()}\s?\.?\s?(?:{section}|{VALUE})(?:\s?-?[а-яәіa-z]{{1,5}}\.?)?|"
                      rf"(?:{VALUE})\s?-?\s?{_places()}(?!\w)\.?", re.I)


def is_place(text: str) -> bool:
    """Whether a text names a place in a work, or several: с. 15; 10 б., 12 б.; т. 2, с. 40."""
    if len(text) > LONGEST_PLACE:
        return False
    return bool(_named_place().fullmatch(text)) or "," in text and all(_named_place().fullmatch(part.strip()) for part in text.split(","))


@cache
def before_citation() -> re.Pattern[str]:
    """What stands before a citation: see, cf."""
    return re.compile(rf"\s*(?P<before>{words('see')}\.?[:,]?)\s+", re.I)


@cache
def ibid() -> re.Pattern[str]:
    """What means the work that was cited before: там же, сонда, ibid."""
    return re.compile(rf"\s*{words('ibid')}(?!\w)", re.I)


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"(?:,?\s{words('and')}|\s?&)\s(?=№?\s?\d{{1,3}}(?!\d))", re.I)


def read_numbers(body: str, several: bool, last: int, apart: bool = False) -> list[Cited] | None:
    """The works that numbers between brackets name; None where they name none. `several`: bare numbers after a comma are sources;
    `apart`: what stands after a semicolon are pages."""
    found: list[Cited] = []
    numbers, sign, place = (part.strip() for part in body.partition(";"))
    if sign and (apart and PAGES.fullmatch(place) or is_place(place) and not (last and _is_source(place, last))):
        works = _read_part(numbers, True, last)
        if works and not works[-1].place:
            return [*works[:-1], replace(works[-1], place=place)]
    joined = _joined().sub(", ", body)  # [1 и 2]
    if joined != body and last and all(int(each) <= last for each in re.findall(r"\d+", joined)) and (
            sources := read_numbers(joined, True, last)):
        return sources
    for part in re.split(r"\s*;\s*", body.strip()):
        read = _read_part(part, several, last)
        if not read:
            return None
        found += read
    return found


def _is_source(text: str, last: int) -> bool:
    """Whether what may be a place is a source with its place: «2, 110-б.» in a list of six, where only one number has a word."""
    head = re.match(r"№?\s?(\d{1,3}),\s?(?=\D*\d)", text)
    return bool(head) and int(head[1]) <= last


def _read_part(part: str, several: bool, last: int) -> list[Cited] | None:
    before = ""
    if said := before_citation().match(part):
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
    if is_place(place):
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
    tails = [tail for tail in tails if not is_place(tail)]
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
            if rest and is_place(rest):
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
