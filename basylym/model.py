"""What an article is once it is read, whatever it is printed as; an Edition is the one argument of checks and renderers.

All is frozen: nothing that has been read is changed later. Translations are keyed by BCP 47 language tags (RFC 5646): `kk`,
`ru`, `en`, `kk-Latn`. What editors fill in (Journal, Issue, FrontMatter) stands in fields.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from basylym.fields import FrontMatter, Issue, Journal, Placement, Section
from basylym.findings import Finding as Finding
from basylym.findings import Mend as Mend
from basylym.findings import Problem as Problem
from basylym.output import Output
from basylym.places import Place as Place
from basylym.places import Places as Places
from basylym.places import field_name as field_name
from basylym.places import line_starts as line_starts

Kind = Literal["published", "proof", "anonymous"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in the text that cites."""

    id: str
    """Its anchor in every output, cite-3."""
    items: tuple[Mapping[str, str], ...]
    """What it cites: key, prefix, label (CSL's), locator, suffix."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the printed list of references."""

    key: str
    """The citation key."""
    language: str
    """The language it is printed in."""
    html: str
    """The entry as printed, without its number."""
    text: str
    """The same without markup."""
    cited_by: tuple[str, ...] = ()
    """The anchors of the places that cite it."""
    withheld: bool = False
    """Whether words stand in its place, because it would tell reviewers who the authors are."""


@dataclass(frozen=True, slots=True)
class Text:
    """A front matter text with its markup."""

    html: str = ""
    """Paragraphs."""
    inline: str = ""
    """The same as one line."""
    text: str = ""
    """Without markup."""
    spoken: str = ""
    """The same with formulas in words, on one line."""


@dataclass(frozen=True, slots=True)
class Body:
    """What pandoc made of the manuscript."""

    html: str = ""
    """The text: well-formed HTML, sections nested, headings from h2 down."""
    texts: Mapping[tuple[str, str], Text] = field(default_factory=dict)
    """Front matter texts with markup: (field, language) -> text."""
    citations: tuple[Citation, ...] = ()
    """Every citation, in order."""
    entries: tuple[Entry, ...] = ()
    """The printed list of references, in order."""
    raw: tuple[Mapping[str, str], ...] = ()
    """Raw HTML and TeX that was left out: format and text."""
    numbered: tuple[Mapping[str, str], ...] = ()
    """Figures, tables, equations and listings in order: id, kind, number, caption."""
    unresolved: tuple[str, ...] = ()
    """Cross-references that lead nowhere."""
    images: tuple[Mapping[str, Any], ...] = ()
    """Pictures in order: src, alt, and whether that says more than the caption (set)."""
    skipped: tuple[str, ...] = ()
    """Headings that stood more than one level below the one before."""
    doubled: tuple[str, ...] = ()
    """Labels that are given a second time."""
    formulas: tuple[str, ...] = ()
    """Formulas that can't be read, as TeX."""
    without_note: tuple[str, ...] = ()
    """Note marks without a note, `[^one]`."""


MENTION = re.compile(r"@\{([^{}\s]+)\}|(?:@\{?|\(#)((?:\w|[-:.#$%&+?<>~/]+(?=\w))+)")
"""A key that is cited, referred to or linked to, as pandoc reads it."""


@lru_cache(maxsize=4)
def _mentions(text: str) -> dict[str, list[int]]:
    """Where each key is mentioned in a text."""
    found: dict[str, list[int]] = {}
    for match in MENTION.finditer(text):
        found.setdefault(match[match.lastindex], []).append(match.start(match.lastindex))
    return found


@lru_cache(maxsize=64)
def _offsets(text: str, words: str) -> list[int]:
    """Where some words stand in a text."""
    return [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]


@dataclass(frozen=True, slots=True)
class Article:
    """One manuscript, read."""

    slug: str
    """The name of its folder, and of its outputs."""
    folder: Path
    """Where it and its figures lie."""
    path: str
    """The manuscript, relative to the journal's folder."""
    front: FrontMatter
    """Its front matter, without what could not be read."""
    places: Places
    """Where each field of the front matter stands."""
    source: str
    """The Markdown text without the front matter."""
    first_line: int
    """The line of the file that `source` begins on."""
    parts: tuple[tuple[int, str, int], ...] = ()
    """Where `source` is made of several files: the line of `source` each begins on, counted from 0, its path, its first line."""
    references: tuple[Mapping[str, Any], ...] = ()
    """The reference data as CSL-JSON, in the order of the files."""
    reference_places: Mapping[str, Place] = field(default_factory=dict)
    """Citation key -> where the entry stands."""
    body: Body = Body()
    """What pandoc made of it."""
    problems: tuple[Problem, ...] = ()
    """What reading stumbled over."""
    readable: bool = True
    """Whether there is anything to publish; False where the file is no text or its front matter no YAML."""
    reference_fields: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Citation key and field of an entry -> where the field stands, as far as its file tells."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path -> the text of each of the manuscript's files as it stands there, lines ending in one newline."""
    reference_parents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Citation key -> the entries that a BibTeX entry takes data from: crossref, xdata and the like."""

    def find_reference(self, key: str, name: str = "") -> Place:
        """The place of a field of an entry; the entry's own where the field has none."""
        entry = self.reference_places.get(key, self.places.find("bibliography"))
        return self.reference_fields.get((key, name), entry)

    def find(self, text: str, nth: int = 1) -> Place:
        """The place of the nth time that words stand in the text; the text's first line where they don't."""
        at = self.source.find(text) if nth == 1 else next(iter(_offsets(self.source, text)[nth - 1:nth]), -1)
        return self.place_at(at, len(text.split("\n")[0])) if at >= 0 else Place(self.path, self.first_line)

    def find_key(self, key: str, nth: int = 1) -> Place:
        """The place of the nth time that a key is cited or referred to (`@key`, `@{key}`), or linked to (`#key`)."""
        found = _mentions(self.source).get(key)
        return self.place_at(found[min(nth, len(found)) - 1], len(key)) if found else Place(self.path, self.first_line)

    def find_picture(self, source: str, nth: int = 1) -> Place:
        """The place of the nth time that a picture is named; pandoc writes blanks in its name in another way."""
        names = [name for name in (source, unquote(source)) if self.source.count(name) >= nth]
        return self.find(names[0], nth) if names else self.find(unquote(source))

    def find_heading(self, words: str) -> Place:
        """The place of a heading, by its words without their markup."""
        wanted, at = re.sub(r"\W", "", words), 0
        for line in self.source.split("\n"):
            if line.startswith("#") and re.sub(r"\W", "", line).startswith(wanted):
                return self.place_at(at, len(line))
            at += len(line) + 1
        return self.find(words)

    def place_at(self, at: int, length: int = 1) -> Place:
        """The place of so many letters at an offset of the text."""
        line = bisect_right(starts := line_starts(self.source), at) - 1
        column = at - starts[line] + 1
        begins, path, first = next((part for part in reversed(self.parts) if part[0] <= line), (0, self.path, self.first_line))
        return Place(path, first + line - begins, column, length=length)


@dataclass(frozen=True, slots=True)
class Retraction:
    """One notice of a list of retractions: a row of it, as far as it is used."""

    doi: str
    """The DOI of the work, in small letters; empty where it has none."""
    title: str
    """The title of the work."""
    year: int | None
    """The year the work came out."""
    date: str
    """The day of the notice, 2024-05-31, or what stands there."""
    notice: str
    """The DOI of the notice."""
    nature: str
    """What was done: Retraction, Expression of concern, Correction, Reinstatement."""
    reason: str
    """Why, in the list's own words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A repository, index or archive that the article is to be sent to, and what that can't do without."""

    id: str
    """Its word on the command line."""
    title: str
    """Its name for people."""
    needs: tuple[str, ...] = ()
    """Keys of journal.yaml, deposit.crossref.email; with a bar between those one of which is enough."""
    asks: tuple[str, ...] = ()
    """Keys of the article, likewise."""
    notices: tuple[str, ...] = ()
    """Keys of journal.yaml for a notice about another article that has a DOI, likewise."""

    def missing(self, edition: Edition) -> list[tuple[Place, str]]:
        """What is not there: where it is to be written, and the key."""
        found = []
        needs = self.needs + (self.notices if any(each.doi for each in edition.front.corrects) else ())
        for keys, holders, places in ((needs, [edition.journal], edition.journal_places),
                                      (self.asks, [edition, edition.front], edition.article.places)):
            for key in keys:
                if not any(_value(holder, each) for holder in holders for each in key.split("|")):
                    found.append((places.find(*key.split("|")[0].split(".")), key.replace("|", " / ")))
        return found


def _value(holder: Any, key: str) -> Any:
    """What a key of several parts leads to; nothing where there is no such thing, or no web address where there must be one."""
    for name in key.split("."):
        holder = getattr(holder, name, None)
    return holder if not key.endswith("url") or str(holder).startswith(("https://", "http://")) else None


@dataclass(frozen=True, slots=True)
class Edition:
    """An article in its journal and issue: the one argument of every check and renderer; it replaces clock and disk."""

    article: Article
    """The manuscript."""
    journal: Journal
    """The journal it appears in."""
    issue: Issue | None
    """The issue; None for a lone manuscript."""
    issue_slug: str | None = None
    """The name of the issue's folder."""
    problems: tuple[Problem, ...] = ()
    """What reading stumbled over, in the article, the issue and the journal."""
    journal_places: Places = Places("journal.yaml")
    """Where each field of journal.yaml stands."""
    issue_places: Places = Places("issue.yaml")
    """Where each field of issue.yaml stands."""

    languages_folder: Path | None = None
    """The journal's own folder of languages."""
    translations_needed: tuple[str, ...] = ()
    """What the journal's second list prints in English besides the romanised words: title-en, container-en."""
    retracted: tuple[Retraction, ...] = ()
    """The notices of the journal's list of retractions that may concern the article's references."""
    kind: Kind = "published"
    """For whom it is made: readers, the authors (a proof), or reviewers (an anonymous copy)."""
    outputs: tuple[Output, ...] = ()
    """Its finished files, where they are to be checked."""
    packages: tuple[Output, ...] = ()
    """Its packages for repositories and indexes, likewise."""
    deposits: tuple[Wanted, ...] = ()
    """Where it is to be sent."""
    length: int = 0
    """How many pages it fills, once it is laid out."""

    def unread(self, field: str) -> bool:
        """Whether what stands in a field could not be read, so that it is wrong rather than missing."""
        return any(problem.kind in ("wrong_value", "missing_key") and problem.place.path == self.article.path
                   and problem.place.field.startswith(field) for problem in self.problems)

    @property
    def front(self) -> FrontMatter:
        """The article's front matter."""
        return self.article.front

    def text(self, name: str, tag: str) -> str:
        """A front matter text without its markup, on one line; nothing where there is none."""
        return " ".join(self.article.body.texts.get((name, tag), Text(text=getattr(self.front, name).get(tag, ""))).text.split())

    def spoken(self, name: str, tag: str) -> str:
        """The same with its formulas in words, x² + a/b, as metadata have it."""
        return text.spoken if (text := self.article.body.texts.get((name, tag))) else self.text(name, tag)

    @property
    def language(self) -> str:
        """The article's language."""
        return self.front.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The article's language, then the journal's others in its order."""
        return tuple(dict.fromkeys((self.language, *self.journal.languages)))

    @property
    def draft(self) -> bool:
        """Whether something may still be missing."""
        return self.front.status == "draft"

    @property
    def placement(self) -> Placement | None:
        """The article's line in issue.yaml."""
        return next((line for line in self.issue.articles if line.folder == self.article.slug), None) if self.issue else None

    def place_of(self, line: Placement, field: str) -> Place:
        """Where a field of an article's line in issue.yaml stands."""
        return self.issue_places.find("articles", self.issue.articles.index(line), field)

    @property
    def first_page(self) -> int:
        """From issue.yaml, else from the front matter's pages, else 1 (never computed from other articles)."""
        if self.placement and self.placement.first_page:
            return self.placement.first_page
        given = re.match(r"\s*(\d{1,9})(?!\d)", self.front.pages or "")
        return int(given[1]) or 1 if given else 1

    @property
    def fixed_pages(self) -> tuple[int, int] | None:
        """First and last page, where both are given: in issue.yaml, else in the front matter, whose last one counts only where it begins
        as issue.yaml has it; else they are counted when the article is laid out."""
        first, last = self.front.page_range or (0, None)
        if self.placement and self.placement.last_page:
            first, last = self.placement.first_page or first, self.placement.last_page
        return (first, last) if first and last and self.first_page == first <= last else None

    @property
    def section(self) -> Section | None:
        """The issue's section it stands in."""
        name = (self.placement.section if self.placement else None) or self.front.section
        return next((each for each in self.issue.sections if each.id == name), None) if self.issue and name else None

    @property
    def date(self) -> Day | None:
        """The day of publication: the article's own, else the issue's."""
        return self.front.dates.published or (self.issue.date if self.issue else None)

    @property
    def license(self) -> str | None:
        """The licence: the article's own, else the journal's."""
        return self.front.license or self.journal.license

    @property
    def typography(self) -> bool:
        """Whether texts are set as their languages ask, or printed as typed: the article's own word, else the journal's."""
        return self.journal.typography if self.front.typography is None else self.front.typography
