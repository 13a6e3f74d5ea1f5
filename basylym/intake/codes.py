"""Codes, addresses and days in a line: УДК 81'27, МРНТИ 16.21.07, a DOI, ORCIDs, e-mail addresses, «Поступила 12.03.2025»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from functools import cache

from basylym.identifiers import bare_orcid, is_doi, is_irsti, is_udc
from basylym.intake.labels import FIRST, skeleton, words_of
from basylym.intake.spans import DOWN, UP
from basylym.intake.understood import Sureness
from basylym.languages import language

CODES = ("udc", "irsti", "doi", "edn")
DATES = ("received", "revised", "accepted", "published")
LONGEST = 600
"""Letters of a line that may hold codes: a paragraph that only names one has more."""
DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>«»]+")
ORCID = re.compile(r"(?:(?:https?://)?(?:www\.)?orcid\.org/\s?)?(\d{4}[-‐‑–—]\d{4}[-‐‑–—]\d{4}[-‐‑–—]\d{3}[\dXxХх])(?!\d)")
ORCID_WORD = re.compile(r"[(\[]?\s*(?:ORCID|ОRCID|Orcid)(?:\s*(?:ID|iD|id))?\s*[:–—-]?\s*", re.I)
EMAIL = re.compile(r"(?<![\w.+-])[A-Za-zА-Яа-яЁё0-9._%+-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
TELEPHONE = re.compile(r"(?:\+\s?\d|(?<!\w)(?:тел|моб|факс|ұялы|tel|phone|mob|fax)[^\W\d_]{0,6}[.:\s]{1,3}\d)[\d\s()–-]{6,22}\d", re.I)
JEL = re.compile(r"(?:[^\W\d_]{3,12} )?JEL(?: [^\W\d_]{3,14}){0,2}\s?[:.–—-]?\s?(?:[A-Z]\d{0,2}[,;.\s]{0,3}){1,12}$")
"""What an article in economics is about, as its journals' codes have it."""
BEFORE = re.compile(r"\s*(\d[\d.:/'’()+-]{1,40})\s+")
IRSTI = re.compile(r"(?<![\d.])\d{2}\.\d{2}(?:\.\d{2,3})?(?![\d.]*\d)")


@dataclass(frozen=True, slots=True)
class Code:
    """A code or a day, found."""

    part: str
    """Its key in article.md."""
    value: str
    """What it is."""
    sure: Sureness
    """How sure: certain where its form is right."""
    taken: str
    """The words it was taken from."""


@cache
def _label_pattern(parts: tuple[str, ...]) -> tuple[re.Pattern, dict[str, str]]:
    words = {word: part for part in parts for word, _ in words_of(part)}
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest)) + r")(?!\w)"), words


def find_codes(text: str) -> list[Code]:
    """The codes of a line, each behind its label; a DOI also without."""
    if len(text) > LONGEST:
        return []
    found, text = [], _turned(text)
    for part, value, taken in _labelled(text, CODES):
        value = value.strip(" :;,.–—-№/|\t")
        if part == "irsti":
            numbers = IRSTI.findall(value)
            found += [Code(part, number, "certain" if is_irsti(number) else "likely", taken) for number in numbers]
        elif part == "udc":
            for number in re.split(r"\s*;\s*|,\s+", value):
                if number and number[0] in "0123456789(=\"«[":
                    found.append(Code(part, number, "certain" if is_udc(number) else "likely", taken))
        elif part == "edn" and re.fullmatch(r"[A-Z]{6}", value):
            found.append(Code(part, value, "certain", taken))
    for match in DOI.finditer(text):
        value = match[0].rstrip(".,;)]")
        found.append(Code("doi", value, "certain" if is_doi(value) else "likely", match[0]))
    return found


def _turned(text: str) -> str:
    """«14.35.07 ҒТАМР», a code before its label, with the label before it."""
    begin = BEFORE.match(text)
    match = _label_pattern(("udc", "irsti"))[0].match(skeleton(text), begin.end()) if begin else None
    return f"{match[0]} {begin[1]}" if begin and match and not re.search(r"\d", text[match.end():]) else text


def is_code_line(text: str) -> bool:
    """Whether a line is nothing but codes, whatever stands in them."""
    if len(text) > LONGEST:
        return False
    if JEL.match(text):
        return True
    pattern, words = _label_pattern(CODES)
    text = _turned(text)
    match = pattern.match(skeleton(text.lstrip()))
    if not match:
        return bool(re.match(r"(?:https?://)?(?:dx\.)?doi\.org/10\.|10\.\d{4,9}/", text.strip()))
    rest = text.lstrip()[match.end():].strip(" :№–—-.")
    return not rest or rest[0] in "0123456789(=\"«[xх_" or words[match[1]] in ("doi", "edn") or "doi" in rest[:20].lower()


def _labelled(text: str, parts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Each label of a line, and the words up to the next."""
    pattern, words = _label_pattern(parts)
    matches = list(pattern.finditer(skeleton(text)))
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        yield words[match[1]], text[match.end():end], text[match.start():end].strip()


def find_dates(text: str) -> list[Code]:
    """The days of a line that says when the article came in and was accepted."""
    if len(text) > LONGEST:
        return []
    found, pieces = [], list(_labelled(text, DATES))
    for at, (part, value, taken) in enumerate(pieces):
        days = list(read_days(value))
        if not days and len(pieces) == 1 and at == 0:
            days = list(read_days(text))
        if len(days) >= 1:
            found.append(Code(part, days[0].isoformat(), "certain", taken))
    return found


@cache
def _months() -> dict[str, int]:
    found = {}
    for tag in FIRST:
        for number, month in enumerate(language(tag).months, 1):
            found[skeleton(month)] = number
            found.setdefault(skeleton(month)[:3] if tag == "en" else skeleton(month)[:-1], number)
    return found


NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?!\d)|(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
WORDY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d_]{3,12})\.?,?\s+(\d{4})(?!\d)")
AMERICAN = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
KAZAKH = re.compile(r"(?<!\d)(\d{4})\s*(?:жылғы|жылдың|жылы|ж\.)\s+(\d{1,2})\s+([^\W\d_]{3,12})")


def read_days(text: str) -> Iterator[Day]:
    """The days that a text names, in their order."""
    found: list[tuple[int, int, int, int]] = []
    for match in NUMERIC.finditer(text):
        day, month, year, *iso = match.groups()
        whole = int(year) + (2000 if len(year) == 2 else 0) if year else 0
        found.append((match.start(), whole, int(month), int(day)) if year else (match.start(), *map(int, iso)))
    for pattern, order in ((WORDY, (3, 2, 1)), (AMERICAN, (3, 1, 2)), (KAZAKH, (1, 3, 2))):
        for match in pattern.finditer(text):
            month = _month(match[order[1]])
            if month:
                found.append((match.start(), int(match[order[0]]), month, int(match[order[2]])))
    for _, year, month, day in sorted(set(found)):
        try:
            yield Day(year, month, day)
        except ValueError:
            continue


def _month(word: str) -> int | None:
    bones, months = skeleton(word), _months()
    if bones in months:
        return months[bones]
    if found := next((number for name, number in months.items() if len(name) > 3 and bones.startswith(name)), None):
        return found
    begun = {number for name, number in months.items() if name.startswith(bones)}  # Sept
    return begun.pop() if len(bones) > 2 and len(begun) == 1 else None


def find_emails(text: str) -> list[str]:
    """The e-mail addresses of a text; a raised mark before one is none of it."""
    text = re.sub(f"{UP}[^{DOWN}]{{0,12}}{DOWN}", " ", text)
    return [re.sub(r"\s", "", match[0]).rstrip(".") for match in EMAIL.finditer(text)]


def find_orcids(text: str) -> list[str]:
    """The ORCIDs of a text."""
    return [bare_orcid(match[1].replace("Х", "X").replace("х", "X")) for match in ORCID.finditer(text)]


def without_addresses(text: str) -> str:
    """A text without e-mail addresses, ORCIDs and the words before them."""
    text = ORCID_WORD.sub(" ", ORCID.sub(" ", text))
    text = EMAIL.sub("\ue002", text)
    pattern, _ = _label_pattern(("email",))
    bones = skeleton(text)
    for match in reversed(list(pattern.finditer(bones))):
        end = match.end()
        while end < len(text) and text[end] in " :–—-.":
            end += 1
        if end < len(text) and text[end] == "\ue002" or end == len(text):
            text = text[:match.start()] + text[end:]
    text = re.sub(r"[(\[]\s*[,;]*\s*[)\]]", " ", text.replace("\ue002", " "))
    return text.replace(")", " ") if ")" in text and "(" not in text else text
