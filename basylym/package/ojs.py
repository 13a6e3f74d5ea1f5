"""For the journal's own OJS: the native XML of its import plugin, which differs from version to version."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import count
from typing import Any

from basylym.package import Deposit, Item, Parcel
from basylym.package.xml import read_filled, set_out
from basylym.render.metadata import Metadata, Person

REGIONS = {"en": "US", "kk": "KZ", "ky": "KG", "uk": "UA", "be": "BY", "az": "AZ", "uz": "UZ", "tg": "TJ", "zh": "CN", "ja": "JP",
           "ko": "KR", "ar": "SA", "fa": "IR", "cs": "CZ", "da": "DK", "sv": "SE", "el": "GR", "ka": "GE", "hy": "AM", "mn": "MN"}
"""The region in the locales of OJS 3.3, where it is not the language's own letters: kk_KZ, but ru_RU."""
LABELS = {".pdf": "PDF", ".epub": "EPUB", ".html": "HTML", ".xml": "XML"}
"""What readers click, for each file; others are no galleys."""
PARTS = 8
"""How many numbers an article's files may take."""


@dataclass(frozen=True)
class Version:
    """What a version of OJS calls a language, and which texts it keeps as HTML."""

    number: str
    """3.3, 3.4, 3.5."""

    @property
    def old(self) -> bool:
        """Whether locales have regions, and titles are plain text."""
        return self.number == "3.3"

    def locale(self, tag: str) -> str:
        """A language as OJS calls it; empty for one that it has no locale for."""
        tongue, *rest = tag.split("-")
        if any(len(part) == 4 for part in rest) or self.old and len(tongue) != 2:
            return ""
        return f"{tongue}_{rest[0] if rest else REGIONS.get(tongue, tongue.upper())}" if self.old else tongue

    def local(self, texts: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """A text with the locale of each language that has one."""
        return list({locale: text for tag, text in reversed(texts.items()) if text and (locale := self.locale(tag))}.items())[::-1]

    def title(self, text: str) -> str:
        """A title as it is kept: from 3.4 on as HTML."""
        return text if self.old else hypertext(text)


def hypertext(text: str) -> str:
    """A plain text as HTML."""
    return escape(text, quote=False)


def write_paragraphs(parts: Sequence[str]) -> str:
    """Paragraphs as HTML: one alone is no element."""
    return hypertext(parts[0]) if len(parts) == 1 else "".join(f"<p>{hypertext(part)}</p>" for part in parts)


def _abstracts(article: Metadata) -> dict[str, str]:
    """The abstract in each language, which OJS keeps as HTML."""
    return {tag: write_paragraphs(article.parts(tag)) for tag in article.abstracts}


@dataclass(frozen=True)
class Author:
    """An author, with the number that the file calls him or her by."""

    id: int
    """The number."""
    person: Person
    """Who it is."""
    email: str
    """Where letters go: OJS takes no author without an address, so the journal's own stands for one that is not known."""

    @property
    def affiliations(self) -> dict[str, str]:
        """All organisations in one line, in each language."""
        tags = dict.fromkeys(tag for each in self.person.organisations for tag in each.names)
        return {tag: "; ".join(each.names[tag] for each in self.person.organisations if tag in each.names) for tag in tags}

    @property
    def lives(self) -> dict[str, str]:
        """Degree and post, in each language."""
        person = self.person
        return {tag: hypertext(", ".join(filter(None, (person.degrees.get(tag), person.positions.get(tag)))))
                for tag in dict.fromkeys((*person.degrees, *person.positions))}


@dataclass(frozen=True)
class Galley:
    """A file that readers open."""

    id: int
    """The number that the file calls it by."""
    label: str
    """What they click."""
    name: str
    """Its name."""
    size: int
    """Its length in bytes."""
    content: str
    """What it holds, in base64."""


@dataclass(frozen=True)
class Submission:
    """An article in OJS's own terms."""

    number: int
    """Its number in the file."""
    article: Metadata
    """What it is."""
    section: str
    """The abbreviation of its section."""
    authors: list[Author]
    """Its authors."""
    galleys: list[Galley]
    """Its files."""

    @property
    def contact(self) -> int:
        """The number of the author that letters go to."""
        return next((each.id for each in self.authors if each.person.corresponding), self.authors[0].id)

    @property
    def agencies(self) -> dict[str, list[str]]:
        """Who paid, in each language."""
        tags = dict.fromkeys(tag for funder, _ in self.article.funding for tag in funder)
        return {tag: [f"{funder[tag]}, {award}" if award else funder[tag] for funder, award in self.article.funding if tag in funder]
                for tag in tags}


def make(version: Version, parcel: Parcel) -> dict[str, bytes]:
    """An issue with its articles, or an article for an issue that is there already."""
    numbers, words = count(1), parcel.journal.deposit.ojs
    submissions = [_submit(number, item, parcel, numbers) for number, item in enumerate(parcel.items, 1)
                   if version.local(item.article.titles) and version.locale(item.article.language)]
    tongues = [*parcel.journal.languages, *words.author_group]
    group = next((words.author_group[tag] for tag in tongues if words.author_group.get(tag)), "")
    if not submissions or not group:
        return {}
    used = {each.section for each in submissions}
    sections = {abbreviation: each.title for each in (parcel.issue.sections if parcel.issue else ())
                if (abbreviation := words.sections.get(each.id)) in used}
    tree = read_filled(
        parcel, "ojs.xml", ojs=version, submissions=submissions, group=group, genre=words.genre, uploader=words.uploader or "",
        sections=sections, own=version.locale(parcel.journal.languages[0]), abstracts=_abstracts, first=submissions[0].article)
    galleys = [galley for each in submissions for galley in each.galleys]
    for place, galley in zip(tree.iter("{http://pkp.sfu.ca}embed"), galleys, strict=True):
        place.text = galley.content
    return {f"{parcel.name}.xml": set_out(tree)}


def _submit(number: int, item: Item, parcel: Parcel, numbers: Any) -> Submission:
    words, article = parcel.journal.deposit.ojs, item.article
    address = parcel.journal.email or ""
    authors = [Author(next(numbers), person, person.email or address) for person in article.authors]
    galleys = []
    for place, ending in enumerate(each for each in LABELS if each in item.files):
        data = item.read(ending)
        galleys.append(Galley(number * PARTS + place, LABELS[ending], f"{article.slug}{ending}", len(data),
                              base64.b64encode(data).decode()))
    return Submission(number, article, words.sections.get(article.section) or words.section, authors, galleys)


DEPOSIT = tuple(Deposit(f"ojs-{number}", partial(make, Version(number)), "ojs.xml") for number in ("3.3", "3.4", "3.5"))
