"""For eLIBRARY (the Russian Index of Science Citation): the XML of an issue, as it is described in other systems' documentation.

The schema itself, journal3.xsd, has no licence and is not here: nobody has judged these files but eLIBRARY.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from basylym.fields import Name
from basylym.package import Deposit, Item, Parcel
from basylym.package.xml import write_xml
from basylym.render.metadata import Metadata, Person, Reference

CODES = {"kk": "KKZ", "ru": "RUS", "en": "ENG", "de": "DEU", "fr": "FRE", "es": "ESP", "it": "ITA", "pl": "POL", "zh": "CHN", "ja": "JPN",
         "ar": "ARA", "tr": "TUR", "tt": "TAT", "uk": "UKR", "be": "BEL", "az": "AZE", "uz": "UZB", "mn": "MON", "ka": "GEO", "bg": "BGR",
         "cs": "CES", "he": "HEB", "hu": "HUN", "la": "LAT", "lt": "LIT", "fi": "FIN", "et": "EST", "sv": "SWE", "ba": "BAK"}
"""eLIBRARY's words for languages: not quite those of ISO 639-2."""
UNKNOWN = "ANY"
"""Its word for a language that it has none for."""
KINDS = {"research-article": "RAR", "review-article": "REV", "case-report": "RAR", "brief-report": "SCO", "editorial": "EDI",
         "book-review": "BRV", "letter": "COR"}
"""Its words for kinds of articles; what it has no word for is miscellaneous."""
MOST = 3
"""In how many languages it takes an author's name, and a title."""


def code(tag: str) -> str:
    """A language in eLIBRARY's words."""
    return CODES.get(tag.split("-")[0], UNKNOWN)


def coded(texts: Mapping[str, Any], most: int | None = None) -> list[tuple[str, Any]]:
    """A text under the word of each language that it has one for, the first ones where it takes no more."""
    found = {word: text for tag, text in reversed(texts.items()) if text and (word := code(tag)) != UNKNOWN}
    return list(reversed(found.items()))[:most]


def elements(reference: Reference) -> dict[str, str]:
    """The parts of a reference under eLIBRARY's names."""
    found = {"Authors": ", ".join(reference.people), "Name": reference.title, "Title": reference.container,
             "YearPubl": str(reference.date[0]) if reference.date else "", "Volume": reference.volume, "Issue": reference.issue,
             "Pages": "-".join(reference.pages), "DOI": reference.doi, "ISBN": reference.isbn, "URL": reference.url}
    return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Told:
    """What is said of an author in one language."""

    name: Name
    """The name."""
    texts: Mapping[str, str]
    """Where the author works, and the degree and post, under eLIBRARY's names."""


def people(person: Person) -> dict[str, Told]:
    """An author in each language of the name."""
    found = {}
    for tag, name in person.names.items():
        texts = {"town": _joined(each.cities.get(tag) for each in person.organisations),
                 "country": _joined(each.countries.get(tag) for each in person.organisations),
                 "otherInfo": _joined((person.degrees.get(tag), person.positions.get(tag))),
                 "orgName": _joined(each.names.get(tag) for each in person.organisations)}
        found[tag] = Told(name, {key: text for key, text in texts.items() if text})
    return found


def _joined(texts: Iterable[str | None]) -> str:
    """Each text once, by semicolons, as eLIBRARY keeps several."""
    return "; ".join(dict.fromkeys(text for text in texts if text))


def make(parcel: Parcel) -> dict[str, bytes]:
    """The XML, and beside it the PDF that each article in it names."""
    issue, articles = parcel.issue, parcel.articles
    year = (issue.date if issue and issue.date else articles[0].date).year
    files = {f"{item.article.slug}.pdf": item.read(".pdf") for item in parcel.items if ".pdf" in item.files}
    written = write_xml(
        parcel, "elibrary.xml", code=code, coded=coded, elements=elements, people=people, kinds=KINDS, most=MOST, year=year,
        first=articles[0], files=files, sections=_sections(parcel.items),
        pages=f"{min(each.pages[0] for each in articles)}-{max(each.pages[1] for each in articles)}" if parcel.whole else "")
    return {f"{parcel.name}.xml": written} | files


def _sections(items: tuple[Item, ...]) -> list[tuple[Metadata, list[Item]]]:
    """The articles, a new part wherever the section changes; the first article of a part says what it is."""
    parts: list[tuple[Metadata, list[Item]]] = []
    for item in items:
        if not parts or parts[-1][0].section != item.article.section:
            parts.append((item.article, []))
        parts[-1][1].append(item)
    return parts


DEPOSIT = Deposit("elibrary", make, "elibrary.xml")
