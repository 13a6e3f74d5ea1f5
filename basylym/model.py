"""What a journal, an issue and an article are, whatever they are printed as.

The classes that an editor fills in (Journal, Issue, FrontMatter and their parts) are validated by pydantic; the sentence
under each field is its documentation and its description in the published JSON Schema. All are frozen: nothing that has
been read is changed later. Translations are keyed by BCP 47 language tags (RFC 5646): `kk`, `ru`, `en`, `kk-Latn`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from basylym import identifiers

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Translations = dict[Language, str]
Doi = Annotated[str, BeforeValidator(identifiers.bare_doi)]
Orcid = Annotated[str, BeforeValidator(identifiers.bare_orcid)]
Ror = Annotated[str, BeforeValidator(identifiers.bare_ror)]
Strings = Annotated[list[str], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class Part(BaseModel):
    """What every part of a journal's or an article's data shares."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, populate_by_name=True)


def _split_name(value: Any) -> Any:
    """«Family, Given Patronymic» or one word, as people type names in a hurry."""
    if not isinstance(value, str):
        return value
    family, _, given = value.partition(",")
    return {"family": family.strip(), "given": given.strip() or None}


class Name(Part):
    """A person's name in one language and script."""

    family: str
    """The family name."""
    given: str | None = None
    """The given name, whole or as initials, as the journal prints it."""
    patronymic: str | None = None
    """The father's name, where the person uses one."""

    @property
    def initials(self) -> str:
        """«Н. Ә.», from the given name and the patronymic; the space between them is for typography to fix."""
        parts = [part for value in (self.given, self.patronymic) if value for part in value.replace(".", ". ").split()]
        return " ".join("-".join(bit[:1] + "." for bit in part.rstrip(".").split("-") if bit) for part in parts)

    @property
    def full(self) -> str:
        """Given name, patronymic, family name."""
        return " ".join(part for part in (self.given, self.patronymic, self.family) if part)

    @property
    def inverted(self) -> str:
        """Family name, comma, the rest: the form that sorts."""
        rest = " ".join(part for part in (self.given, self.patronymic) if part)
        return f"{self.family}, {rest}" if rest else self.family


class Affiliation(Part):
    """An organisation that authors belong to."""

    id: str
    """The word by which authors name this organisation in `affiliations`."""
    name: Translations = {}
    """The organisation's name in each language."""
    city: Translations = {}
    """The city in each language."""
    country: Translations = {}
    """The country in each language."""
    ror: Ror | None = None
    """The organisation's identifier in the Research Organization Registry, for example https://ror.org/0abcdef12."""


class Contributor(Part):
    """An author."""

    name: dict[Language, Annotated[Name, BeforeValidator(_split_name)]]
    """The name in each language; `Family, Given` in one line, or family, given and patronymic apart."""
    degree: Translations = {}
    """The academic degree or title in each language."""
    position: Translations = {}
    """The post held in each language."""
    affiliations: Strings = []
    """The ids of this author's organisations, in the order they are printed."""
    orcid: Orcid | None = None
    """The author's ORCID iD: sixteen digits in fours, 0000-0002-1825-0097."""
    email: str | None = None
    """The author's e-mail address."""
    corresponding: bool = False
    """Whether readers are told to write to this author."""
    roles: Strings = []
    """What this author did, in CRediT's terms (ANSI/NISO Z39.104-2022)."""


class Dates(Part):
    """The article's way through the editorial office."""

    received: Day | None = None
    """The day the manuscript came in."""
    revised: Day | None = None
    """The day its last revision came in."""
    accepted: Day | None = None
    """The day it was accepted."""
    published: Day | None = None
    """The day it was published; without it the issue's date counts."""


class Funding(Part):
    """Money that the work was done with."""

    funder: Translations = {}
    """Who gave it, in each language."""
    award: str | None = None
    """The grant's number."""


class FrontMatter(Part):
    """The YAML block at the head of article.md."""

    status: Literal["draft", "published"] = "draft"
    """`draft` while something may still be missing (it is then visibly so); `published` makes what is missing an error."""
    language: Language = "kk"
    """The language the article is written in."""
    type: Literal["research-article", "review-article", "case-report", "brief-report", "editorial", "book-review",
                  "letter", "correction", "retraction"] = "research-article"
    """What kind of article it is, in JATS's words (JATS 1.3, @article-type)."""
    title: Translations = {}
    """The title in each language, without a full stop at its end."""
    working_title: Translations = {}
    """The editors' title for an article whose authors gave none yet; printed where `title` is missing, and marked."""
    running_title: Translations = {}
    """A short title for the head of the pages, in each language."""
    authors: list[Contributor] = []
    """The authors, in the order they are printed."""
    affiliations: list[Affiliation] = []
    """The authors' organisations, in the order they are numbered."""
    abstract: Translations = {}
    """The abstract in each language."""
    keywords: dict[Language, Strings] = {}
    """The keywords in each language, in the same order."""
    udc: Strings = []
    """Numbers of the Universal Decimal Classification (ӘОЖ, УДК)."""
    irsti: Strings = []
    """Numbers of the interstate rubricator of scientific information (ХҒТАР, МРНТИ)."""
    doi: Doi | None = None
    """The article's DOI, 10.5555/example."""
    edn: str | None = None
    """The article's code in eLIBRARY, six letters."""
    section: str | None = None
    """The id of the issue's section it stands in; issue.yaml's own word counts first."""
    pages: str | None = None
    """First and last page, 5–14, where they are fixed already; the first page in issue.yaml counts first."""
    dates: Dates = Dates()
    """Received, revised, accepted, published."""
    funding: list[Funding] = []
    """Who paid for the work."""
    acknowledgements: Translations = {}
    """Thanks, in each language."""
    conflict_of_interest: Translations = {}
    """What the authors declare of their interests, in each language."""
    contributions: Translations = {}
    """Who did what, in words, in each language."""
    license: str | None = None
    """The licence, as an SPDX id (CC-BY-4.0); without it the journal's counts."""
    copyright: Translations = {}
    """Who holds the rights, in each language."""
    bibliography: Strings = []
    """The files with the references, beside the article: .yaml, .json (CSL), .bib; all that lie there when left out."""
    csl: str | None = None
    """The style of the references, where it is not the journal's."""


class Organisation(Part):
    """The journal's publisher."""

    name: Translations = {}
    """Its name in each language."""
    city: Translations = {}
    """Its city in each language."""
    country: Translations = {}
    """Its country in each language."""


class Journal(Part):
    """journal.yaml: what all articles of a journal share."""

    name: Translations = {}
    """The journal's name in each language."""
    abbreviation: Translations = {}
    """Its abbreviated name in each language (ISO 4)."""
    issn: str | None = None
    """The ISSN of the printed journal."""
    issn_online: str | None = None
    """The ISSN of the journal on line."""
    founder: Translations = {}
    """Its founder in each language."""
    publisher: Organisation = Organisation()
    """Its publisher."""
    registration: Translations = {}
    """The words of its registration certificate in each language."""
    doi_prefix: str | None = None
    """The prefix of its DOIs, 10.5555."""
    license: str | None = None
    """The licence of its articles, as an SPDX id: CC-BY-4.0."""
    url: str | None = None
    """Its address on the web."""
    email: str | None = None
    """The editors' address."""
    languages: list[Language] = ["kk", "ru", "en"]
    """The languages every article's front matter must be given in, the journal's own first."""
    required: list[Literal["title", "authors", "affiliations", "abstract", "keywords"]] = [
        "title", "authors", "affiliations", "abstract", "keywords"]
    """What every article must have; where it is missing, words say so in print."""
    codes: list[Literal["udc", "irsti", "doi", "edn"]] = ["udc", "irsti", "doi"]
    """The codes printed at the head of every article, in order; one that an article lacks is missing."""
    dates: list[Literal["received", "revised", "accepted", "published"]] = ["received", "accepted"]
    """The dates printed with every article; one that an article lacks is missing."""
    fonts: list[str] = []
    """Families from further fontpkg-* packages, looked in, in this order, for letters that PT Serif and PT Sans lack."""
    layout: str = "classic"
    """The house layout: the name of a style sheet styles/print-<layout>.css."""
    csl: str = "gost-7.1-2003"
    """The style of the references: the name of a file in styles/csl."""
    other_languages: Literal["before", "after-references"] = "before"
    """Where the front matter in the other languages is printed: before the text, or after the references."""


class Section(Part):
    """A section of an issue."""

    id: str
    """The word by which articles name it."""
    title: Translations = {}
    """Its heading in each language."""


class Placement(Part):
    """An article's place in an issue."""

    folder: str
    """The article's folder beside issue.yaml."""
    section: str | None = None
    """The id of its section."""
    first_page: Annotated[int, Field(ge=1)] | None = None
    """The number of its first page."""


class Issue(Part):
    """issue.yaml: an issue of the journal."""

    volume: str | None = None
    """The volume."""
    number: str | None = None
    """The number."""
    date: Day | None = None
    """The day of publication."""
    title: Translations = {}
    """The title of a special issue, in each language."""
    sections: list[Section] = []
    """Its sections, in order."""
    articles: list[Placement] = []
    """Its articles, in order."""


# --- what reading makes of the files -------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Place:
    """Where in the sources something stands."""

    path: str
    """The file, relative to the journal's folder."""
    line: int = 1
    """Counted from 1."""
    column: int = 1
    """Counted from 1, in characters."""
    field: str = ""
    """The field's path in the file, `authors[2].orcid`."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake found, told so that an editor can mend it."""

    id: str
    """The check that found it, REF-003."""
    severity: Literal["error", "warning", "note"]
    """`error` fails a build, `warning` does not, `note` informs."""
    place: Place
    """Where it was found."""
    message: str
    """What is wrong, in one sentence."""
    found: str = ""
    """What stands there."""
    expected: str = ""
    """What should."""
    mend: str = ""
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something reading stumbled over; the check of that name in check/reading.py makes a finding of it."""

    kind: str
    """The name of the check, `unknown_key`."""
    place: Place
    """Where."""
    found: str = ""
    """What stands there."""
    expected: str = ""
    """What should."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where each field of a YAML file stands."""

    path: str
    """The file, relative to the journal's folder."""
    lines: Mapping[tuple, tuple[int, int]] = field(default_factory=dict)
    """The path of a field -> its line and column."""

    def find(self, *keys: str | int) -> Place:
        """The place of a field, or of the nearest thing round it that stands in the file."""
        known = keys
        while known and known not in self.lines:
            known = known[:-1]
        line, column = self.lines.get(known, (1, 1))
        name = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")
        return Place(self.path, line, column, name)


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


@dataclass(frozen=True, slots=True)
class Text:
    """A front matter text with its markup."""

    html: str = ""
    """Paragraphs."""
    inline: str = ""
    """The same as one line."""
    text: str = ""
    """Without markup."""


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
    """Pictures in order: src, alt."""
    described: frozenset[str] = frozenset()
    """The pictures whose alternative text says more than their caption."""
    skipped: tuple[str, ...] = ()
    """Headings that stood more than one level below the one before."""


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


    def find(self, text: str, nth: int = 1) -> Place:
        """The place of the nth time that words stand in the text; the text's first line where they don't."""
        at = -1
        for _ in range(nth):
            at = self.source.find(text, at + 1)
            if at < 0:
                return Place(self.path, self.first_line)
        line, column = self.source.count("\n", 0, at), at - self.source.rfind("\n", 0, at)
        begins, path, first = next((part for part in reversed(self.parts) if part[0] <= line), (0, self.path, self.first_line))
        return Place(path, first + line - begins, column)


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

    @property
    def front(self) -> FrontMatter:
        """The article's front matter."""
        return self.article.front

    @property
    def language(self) -> str:
        """The article's language."""
        return self.front.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The article's language, then the journal's others in its order."""
        return (self.language, *(tag for tag in self.journal.languages if tag != self.language))

    @property
    def draft(self) -> bool:
        """Whether something may still be missing."""
        return self.front.status == "draft"

    @property
    def placement(self) -> Placement | None:
        """The article's line in issue.yaml."""
        return next((line for line in self.issue.articles if line.folder == self.article.slug), None) if self.issue else None

    @property
    def first_page(self) -> int:
        """From issue.yaml, else from the front matter's pages, else 1 (never computed from other articles)."""
        if self.placement and self.placement.first_page:
            return self.placement.first_page
        digits = (self.front.pages or "").replace("-", "–").split("–")[0].strip()
        return int(digits) if digits.isdigit() and int(digits) else 1

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
