"""What the checks read out of an entry of the references, whatever shape its data came in (CSL-JSON, schema 1.0.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as Day
from html import unescape
from typing import Any

from basylym.check import Found
from basylym.check.languages import script
from basylym.languages import known_languages
from basylym.languages.identify import identify_language
from basylym.messages import Phrase
from basylym.model import Edition
from basylym.read.entry import language_tag

Entry = Mapping[str, Any]
SHOWN = 10
"""So many like findings in one file are told one by one; more become one."""
NAMES = ("author", "editor", "translator", "container-author", "collection-editor", "recipient", "interviewer")
DASHES = "-‐‑‒–—−"
YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
"""A year among other words."""


def printed(edition: Edition) -> list[Entry]:
    """The entries of the printed list, in its order: those that nobody cites are not looked at."""
    known = {reference["id"]: reference for reference in edition.article.references}
    return [known[entry.key] for entry in edition.article.body.entries if entry.key in known]


def word(entry: Entry, field: str) -> str:
    """The text of a field without markup; empty where it has none."""
    value = entry.get(field)
    text = value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
    return unescape(re.sub(r"</?(?:i|b|em|strong|sub|sup|sc|span)\b[^<>]*>", "", text)).strip()


def names(entry: Entry, field: str = "author") -> list[tuple[str, str]]:
    """The people of a field: family and given name; of one that is a whole, the whole and nothing."""
    value = entry.get(field)
    found = []
    for each in value if isinstance(value, list) else ():
        if isinstance(each, Mapping):
            family = each.get("family") or each.get("literal") or ""
            parts = [str(part) for part in (each.get("non-dropping-particle"), family) if part]
            found.append((" ".join(parts), str(each.get("given") or "")))
    return [name for name in found if name[0]]


def date_parts(entry: Entry, field: str = "issued") -> list[list[int]]:
    """A date as numbers: year, month, day; two of them for a span; none for a date in words."""
    value = entry.get(field)
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    try:
        return [[int(number) for number in part] for part in parts or () if part]
    except (TypeError, ValueError):
        return []


def words_of_date(entry: Entry, field: str = "issued") -> str:
    """A date in words, where it is no date in numbers."""
    value = entry.get(field)
    return str(value.get("literal") or value.get("raw") or "") if isinstance(value, Mapping) else str(value or "")


def year(entry: Entry) -> int | None:
    """The year a work came out, the first of several, also out of words such as «[2001]»."""
    if parts := date_parts(entry):
        return parts[0][0]
    found = YEAR.search(words_of_date(entry))
    return int(found[0]) if found else None


def date_of_article(edition: Edition) -> Day | None:
    """The day by which the article was written: published, else accepted, else received."""
    return edition.date or edition.front.dates.accepted or edition.front.dates.received


def language_of(entry: Entry) -> str:
    """The language an entry says it is in, as a tag without region; empty where it says none."""
    value = entry.get("language")
    return language_tag(value).split("-")[0].lower() if isinstance(value, str) else ""


def language_of_title(edition: Edition, entry: Entry) -> str | None:
    """The language that a title tells by itself, None where it does not."""
    return identify_language(word(entry, "title"), known_languages(edition.languages_folder), edition.languages_folder)


def in_latin(text: str) -> bool:
    """Whether most letters of a text are Latin."""
    return script(text) in ("LATIN", "")


def fold_many(found: Iterable[Found], shown: int = SHOWN) -> Iterator[Found]:
    """Findings of one kind, each on a key; where more than so many in one file say the same, one that names the first and counts
    the others."""
    alike: dict[tuple[str, str], list[Found]] = {}
    for each in found:
        alike.setdefault((each.place.path, str(each.values)), []).append(each)
    for group in alike.values():
        if len(group) <= shown:
            yield from group
        else:
            keys = ", ".join(each.found for each in group[:3])
            yield Found(group[0].place, Phrase("{keys} and {number} more", keys=keys, number=len(group) - 3), group[0].expected,
                        group[0].values)


def together(parts: Iterable[str]) -> str:
    """Words of ours in one list."""
    first, *rest = parts
    return Phrase("{first}, {rest}", first=first, rest=together(rest)) if rest else first
