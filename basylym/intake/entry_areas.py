"""An entry cut into areas: title, statement of responsibility, imprint, details, whatever signs stand between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from basylym.intake.entry_parts import CHICAGO, ISSUE_ALONE, VANCOUVER, VOLUME_ISSUE
from basylym.intake.entry_words import DASH, RANGE, UP, YEAR, month, word_pattern, words
from basylym.languages import known_languages, language

CUT = re.compile(rf"\.?\s–\s(?=\S)"
                 rf"|(?<![.\s(«][{UP}])(?<![.\s(«][^\W\d_]{{2}}(?=\.\s[^\W\d_]\.))[.?!»\]”\"](?<=[.?!\]”\"»])\s(?=[{UP}\d(«“\"\[№])|\s¦\s")
SHORT = re.compile(r"(?:^|[\s(.«,-])(?P<word>[^\W\d_]{1,12}|№)$")
"""A word before a full stop."""


@dataclass(frozen=True, slots=True)
class Area:
    """A piece of an entry and where it stands."""

    text: str
    start: int
    end: int
    dashed: bool
    """Whether a dash stands before it."""


def cut(text: str) -> list[Area]:
    """The pieces between full stops and dashes; a dash between years and a full stop after an initial or abbreviation cut nothing."""
    areas, start, dashed = [], 0, False
    for sign in CUT.finditer(text):
        before, after = text[start:sign.start()], text[sign.end():]
        dash = "–" in sign[0]
        if "«" in before and text.count("«", 0, sign.start()) > text.count("»", 0, sign.start()) and sign[0][0] not in "»”":
            continue
        if dash:
            if re.search(r"\d$", before) and re.match(r"\d", after) and not re.match(rf"{YEAR}", after):
                continue
        elif _cuts_nothing(sign[0], before, after):
            continue
        keep = sign.start() if dash or "¦" in sign[0] else sign.start() + (0 if sign[0][0] == "." else 1)
        if text[start:keep].strip(" .–"):
            areas.append(Area(text[start:keep].strip(), start, keep, dashed))
        start, dashed = sign.end(), dash
    if text[start:].strip(" .–"):
        areas.append(Area(text[start:].strip(" "), start, len(text), dashed))
    return areas


@cache
def _abbreviations() -> frozenset[str]:
    """Words that a full stop after them does not end, small."""
    typed = {part for tag in known_languages() for name in ("editor", "translator", "edition", "volume", "issue", "publisher", "conference",
             "genre", "thesis") for word in language(tag).entries_typed.get(name, ()) for part in re.findall(r"[^\W\d_]+(?=\.)", word)}
    return frozenset(typed | {word for tag in known_languages() for word in (*language(tag).slips.abbreviations,
                                                                           *language(tag).entries_typed.get("shortened", ()))})


def _cuts_nothing(sign: str, before: str, after: str) -> bool:
    """A full stop after a shortened word, a quotation mark inside a title."""
    if sign[0] == "." and "¦" not in sign:
        return _is_shortened(before) and not _always_ends(before, after)
    return sign[0] in "»”\"" and not _starts_area(after)


@cache
def _journal_words() -> re.Pattern[str]:
    """Shortened words in the name of a journal, with a capital; a full stop after one, and what stands before it."""
    known = sorted({word.capitalize() for tag in known_languages() for word in language(tag).entries_typed.get("journal_words", ())})
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(known)})")


def begins_journal(text: str) -> bool:
    """Whether a piece before a full stop is the beginning of a journal's shortened name: «Int. J. Water Resour»."""
    return bool(re.match(rf"{_journal_words().pattern}(?:\.\s|$)", text)) and not re.search(r"(?:^|\s)[^\W\d_A-ZА-Я]{4,}", text)


def _is_shortened(before: str) -> bool:
    found = SHORT.search(before)
    if found and found["word"].isupper() and re.fullmatch(words("state"), found["word"].lower()):
        return False  # «Конституция РК. Астана»
    if found and _journal_words().fullmatch(found["word"]):
        return True
    return bool(found) and (len(found["word"]) < 3 or found["word"].lower() in _abbreviations())


def _always_ends(before: str, after: str) -> bool:
    """An area that ends in its own short word: «235 с.», «2-бас.»."""
    if re.search(r"(?:^|\s)[^\W\d_]+$", before) and before[-1].islower() and imprint().match(after) and not _named_after().search(before):
        return True
    return bool(re.search(rf"(?:\d\s?-?\s?(?:{words('pages')}|{words('edition')}|{words('volume')}))$", before)) or bool(
        re.match(r"\d{4}", after) and re.search(r"[^\W\d_]{3,}$", before))


@cache
def _named_after() -> re.Pattern[str]:
    """«Абай ат.» before the rest of a name."""
    typed = {word for tag in known_languages() for word in language(tag).front.get("named_after", ()) if word[-1] == "."}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(word[:-1] for word in typed))})$")


def _starts_area(text: str) -> bool:
    return bool(starts_details().match(text) or imprint().match(text))


@cache
def starts_details() -> re.Pattern[str]:
    """What an area of details begins with: a year, a volume, an issue, pages, an edition."""
    number = r"[\dIVXLC]{1,7}"
    marks = "|".join(words(name) for name in ("pages", "volume", "issue", "part", "article"))
    return re.compile(rf"[\[(]?{YEAR}(?![-–]?\w)(?!\s(?:[^\W\d_]{{5,}}))|(?:{marks})(?:\s?\.\s?|\s|(?=\d)){number}(?!\w"
                      rf"|\s?:\s[^\W\d_])|№\s?\d|(?:Version|Версия)\s\d[\d.]{{0,6}}|\d{{1,5}}\s?-?\s?{words('pages')}(?!\w)|"
                      rf"{RANGE}\s?-?\s?{words('pages')}(?!\w)|\d{{1,2}}\s?-?\s?(?:[еяй]|ое|ші|шы|st|nd|rd"
                      rf"|th)?\.?\s?-?{words('edition')}(?!\w)|"
                      rf"{words('edition')}\.?\s\d|\d{{1,2}}\s?{month()}\w{{0,3}}(?!\w)|\d{{1,3}}\s?-?\s?{words('volume')}(?!\w)"
                      rf"|\([^()]{{3,120}}[;,]\s?\w{{0,6}}\.?\s?\d{{1,5}}\)$",
                      re.I)


PLACE = rf"(?:(?:[НСNS]\.[\s-]?)?[{UP}][\w’'-]{{0,24}}(?:[\s-]{{1,2}}[{UP}(][\w’'-]{{0,20}}\)?){{0,3}}\.?)"
PLACES = rf"{PLACE}(?:\s?[;,–-]\s?{PLACE}){{0,3}}"


@cache
def imprint() -> re.Pattern[str]:
    """«Алматы: Қазақ университеті, 2002», «М., 1990», «Springer, 2008», as an area has it from its beginning."""
    return re.compile(rf"(?P<place>{PLACES})\s?:\s?(?P<publisher>[^:]{{2,160}}?),?\s(?P<year>{YEAR})(?!\s?[–-]\s?\d)|"
                      rf"(?P<alone>{PLACES})[,;]\s(?P<yearalone>{YEAR})(?![\d–-])(?=\s?[.–,;(]|$)|"
                      rf"(?P<only>[{UP}«“\"][^:¦]{{2,100}}?),\s(?P<yearonly>{YEAR})(?![\d–-])(?=\s?[.–;(]|$)")


@cache
def place_and_publisher() -> re.Pattern[str]:
    """The same without a year."""
    return re.compile(rf"(?P<place>{PLACES})\s?:\s?(?P<publisher>[^:]{{2,160}})$")


@cache
def after_name() -> re.Pattern[str]:
    """Where the name of a journal or book ends and its details begin: «Журнал, 2019», «Journal, 12(3), 45–50», «Вестник №3»."""
    marks = "|".join(words(name) for name in ("pages", "volume", "issue"))
    return re.compile(rf"{_unnamed(CHICAGO)}|{_unnamed(ISSUE_ALONE)}|"
                      rf"[,.;]?\s[\[(]?{YEAR}(?![-–]?\w)(?!\s[^\W\d_]{{5,}})|[,.;]\s?(?:{marks})(?:\s?\.\s?|\s|(?=\d))[\dIVXLC]"
                      rf"|[,.;]?\s?№\s?\d|\s{_unnamed(VOLUME_ISSUE)}|"
                      rf",\s\d{{1,4}}(?=,\s|:|\.|$)|,\s(?!{YEAR})\d{{1,4}}{DASH}\d{{1,4}}(?=\.\s|\.?$)|,?\s(?:{marks})\.\s?\d|[,\s]\s?\d{{1,4}}:\s?\d{{1,5}}{DASH}\d|\s\(\d{{1,2}}(?:st"
                      rf"|nd|rd|th)\s{words('edition')}|\s\((?:{words('pages')})\.?\s?\d|\s?\(\d{{4}}\)", re.I)


def _unnamed(pattern: re.Pattern[str]) -> str:
    """A pattern without the names of its groups, for use within another."""
    return re.sub(r"\?P<\w+>", "?:", pattern.pattern)


def names_host(text: str) -> bool:
    """Whether details are those of something in a journal or book: an issue, a volume with pages, a range of pages."""
    marks = words("issue")
    return bool(re.search(rf"№\s?\d|(?<!\w){marks}(?:\s?\.\s?|\s|(?=\d))\d", text, re.I) or VOLUME_ISSUE.search(text)
                or CHICAGO.search(text) or ISSUE_ALONE.search(text)
                or (found := VANCOUVER.search(text)) and (found["volume"] or found["page"])
                or re.search(rf"(?<![\w.]){words('pages')}\s?\.?\s?\d{{1,6}}\s?{DASH}\s?\d", text, re.I)
                or re.search(rf"\d\s?{DASH}\s?\d{{1,6}}\s?-?\s?{words('pages')}(?!\w)", text)
                or re.search(rf",\s?\d{{1,4}},\s\d{{1,6}}{DASH}\d{{1,6}}", text) or re.search(rf"\d{{1,4}}:\s?\d{{1,5}}{DASH}\d", text))


def is_details(text: str) -> bool:
    """Whether an area is an imprint or details, and no part of a title."""
    if starts_details().match(text):
        return True
    found = imprint().match(text)
    if found and not found["place"] and names_host(text[found.end():]):
        return False  # «Журнал, 2019, № 3»
    if found and found["only"]:  # «Springer, 2008», but not a title that names a year
        return len(found["only"].split()) < 8 and not re.search(r"[.;]", found["only"]) and found.end() > len(text) - 30
    if found or not place_and_publisher().match(text) or len(text.split(":")[0].split()) > 2 or len(text.split()) > 8:
        return bool(found)
    return bool(re.match(r"[^\W\d_]{1,3}\.?\s?:", text) or word_pattern("publisher").search(text.lower()))
