"""What editors fill in: journal.yaml, issue.yaml and the front matter of an article.

What they hold is looked at as parts/ tells; the sentence under each field is its documentation and its description in the published
JSON Schema.
Translations are keyed by BCP 47 language tags (RFC 5646): `kk`, `ru`, `en`, `kk-Latn`.
"""

from __future__ import annotations

import re
from datetime import date as Day
from typing import Annotated, Any, Literal

from basylym import identifiers
from basylym.deposits import Deposits
from basylym.history import Corrected, Notice, Version
from basylym.limits import Limits
from basylym.parts import Before, Part, Within
from basylym.rules import Doi, Language, Rules, Strings, Translations

Orcid = Annotated[str, Before(identifiers.bare_orcid)]
Ror = Annotated[str, Before(identifiers.bare_ror)]


def _part_codes(value: Any) -> Any:
    """Several codes in one line, parted by semicolons."""
    return [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else value


Codes = Annotated[list[str], Before(_part_codes)]


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
        parts = [part for value in (self.given, self.patronymic) if value for part in re.sub(r"\.(?!-)", ". ", value).split()]
        return " ".join("-".join(_initial(bit) for bit in part.split("-") if bit.strip(".")) for part in parts if part.strip(".-"))

    @property
    def forenames(self) -> str:
        """Given name, patronymic."""
        return " ".join(part for part in (self.given, self.patronymic) if part)

    @property
    def full(self) -> str:
        """Given name, patronymic, family name."""
        return " ".join(part for part in (self.forenames, self.family) if part)

    @property
    def inverted(self) -> str:
        """Family name, comma, the rest: the form that sorts."""
        return f"{self.family}, {self.forenames}" if self.forenames else self.family


def _initial(word: str) -> str:
    """«Н.» of «Нұр»; «Дж.» and “Zh.”, which are initials already, stay."""
    return word if word.endswith(".") and len(word) < 4 else word[:1] + "."


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

    name: dict[Language, Annotated[Name, Before(_split_name)]]
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


class Allowance(Part):
    """A finding that is right as it is."""

    check: str
    """The check that found it, FM-037."""
    where: str | None = None
    """The field it was found in (abstract.en), or the words found; needed where the check finds more than one."""
    because: Annotated[str, Within(min_length=1)]
    """Why it is right: the next editor will ask."""


class FrontMatter(Part):
    """The YAML block at the head of article.md."""

    status: Literal["draft", "published"] = "draft"
    """`draft` while something may still be missing (it is then visibly so); `published` makes what is missing an error."""
    language: Language = "kk"
    """The language the article is written in."""
    type: Literal["research-article", "review-article", "case-report", "brief-report", "editorial", "book-review",
                  "letter", "correction", "retraction", "expression-of-concern"] = "research-article"
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
    udc: Codes = []
    """Numbers of the Universal Decimal Classification (ӘОЖ, УДК)."""
    irsti: Codes = []
    """Numbers of the interstate rubricator of scientific information (ХҒТАР, МРНТИ)."""
    doi: Doi | None = None
    """The article's DOI, 10.5555/example."""
    edn: str | None = None
    """The article's code in eLIBRARY, six letters."""
    section: str | None = None
    """The id of the issue's section it stands in; issue.yaml's own word counts first."""
    pages: str | None = None
    """First and last page, 5–14, where they are fixed and issue.yaml does not give them: all files say these. Else the last one is
    counted when the article is laid out."""
    dates: Dates = Dates()
    """Received, revised, accepted, published."""
    versions: list[Version] = []
    """The versions of the article, the first one first, where it has been changed since it was published."""
    notices: list[Notice] = []
    """The notices published about it: corrections, a retraction, an expression of concern."""
    corrects: list[Corrected] = []
    """On a notice (`type: correction`, `retraction` or `expression-of-concern`): the article that it is about."""
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
    typography: bool | None = None
    """Whether spaces, dashes and quotation marks are set as the languages ask; without it the journal's word counts."""
    copyright: Translations = {}
    """Who holds the rights, in each language."""
    bibliography: Strings = []
    """The files with the references, beside the article: .yaml, .json (CSL), .bib; all that lie there when left out."""
    csl: str | None = None
    """The style of the references, where it is not the journal's."""
    allow: list[Allowance] = []
    """Findings that are right as they are, each with its reason; one that is not found any more is itself a finding."""

    @property
    def retraction(self) -> Notice | None:
        """The notice by which the article was retracted."""
        return next((each for each in self.notices if each.type == "retraction"), None)

    @property
    def page_range(self) -> tuple[int, int | None] | None:
        """First and last page of 5–14; 5 says nothing of the last; None where it is no range."""
        match = re.fullmatch(r"\s*(\d{1,5})(?:\s*[-–—]\s*(\d{1,5}))?\s*", self.pages or "")
        first, last = (int(match[1]), int(match[2]) if match[2] else None) if match else (0, None)
        return (first, last) if first and (last is None or first <= last) else None


Severity = Literal["error", "warning", "note"]
def _in_its_case(value: Any) -> Any:
    """fm-037: OFF is meant as FM-037: off."""
    if not isinstance(value, dict):
        return value
    return {str(key).upper(): each.lower() if isinstance(each, str) else each for key, each in value.items()}


CheckId = Annotated[str, Within(pattern=r"^[A-Z]{2,3}-\d{3}$")]


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
    articles_url: str | None = None
    """The address that output/ stands under on the web, where that is not `url`: pages, tags and links name each article's by it."""
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
    """Families from further fontpkg-* packages, looked in, in this order, for letters that PT Serif, PT Sans and Noto Serif lack."""
    typography: bool = True
    """Whether spaces, dashes and quotation marks are set as the languages ask; `off` prints them as typed."""
    spelling: bool = False
    """Whether words that no installed dictionary of hunspell knows are noted; `on` asks for it."""
    known_words: Strings = []
    """Words that are right though no dictionary knows them, for `spelling: on`."""
    layout: str = "classic"
    """The house layout: the name of a style sheet styles/print-<layout>.css."""
    csl: str = "gost-7.1-2003"
    """The style of the references: the name of a file in styles/csl."""
    locator_labels: bool = False
    """Whether citations name the kind of place, [1, с. 15], or the page alone, [1, 15]."""
    second_list: str | None = None
    """The pattern of the second, romanised list of references: the name of a file in styles/second-list; without it there is none."""
    transliteration: dict[Language, str] = {}
    """The scheme of transliteration for each language of the second list, where it is not the pattern's: `kk: kazakh-latin-2021`."""
    retractions: str | None = None
    """A list of retracted works beside journal.yaml, in the CSV form of the Retraction Watch database, that references are looked up in."""
    other_languages: Literal["before", "after-references"] = "before"
    """Where the front matter in the other languages is printed: before the text, or after the references."""
    imprint: list[Literal["founder", "publisher", "registration", "email", "url"]] = []
    """What of the journal's imprint is printed at the end of every article, in order; nothing when left out."""
    deposit: Deposits = Deposits()
    """Where its articles are sent, and what each place must know of the journal."""
    preset: str | None = None
    """The name of a file in presets/ with a journal's rules, to start from; what stands in journal.yaml counts first."""
    rules: Rules = Rules()
    """What the journal asks of every article."""
    limits: Limits = Limits()
    """How much of the machine an article may take."""
    checks: Annotated[dict[CheckId, Literal[Severity, "off"]], Before(_in_its_case)] = {}
    """Another severity for a check, or `off`: `FM-037: error`. In a draft a check that is milder there stays so."""

    def for_notices(self) -> Journal:
        """The journal as it asks a notice about another article: no abstract, no keywords, no parts of a study, no way through the
        office; its sources are those of the article."""
        return self.model_copy(update={
            "required": [name for name in self.required if name not in ("abstract", "keywords")], "dates": ["published"],
            "rules": self.rules.model_copy(update={name: Rules.model_fields[name].default for name in (
                "text_words", "references", "recent_references", "foreign_references", "own_references", "sections", "statements")})})


class Preset(Part):
    """A file in presets/: the rules that a journal publishes, for journals that follow them."""

    title: Translations = {}
    """Whose rules they are, in each language."""
    source: str = ""
    """Where they were read."""
    read: Day | None = None
    """The day they were read."""
    says: str = ""
    """What the source asks, in a sentence."""
    languages: list[Language] | None = None
    """As in journal.yaml."""
    codes: list[Literal["udc", "irsti", "doi", "edn"]] | None = None
    """As in journal.yaml."""
    dates: list[Literal["received", "revised", "accepted", "published"]] | None = None
    """As in journal.yaml."""
    other_languages: Literal["before", "after-references"] | None = None
    """As in journal.yaml."""
    second_list: str | None = None
    """As in journal.yaml."""
    transliteration: dict[Language, str] | None = None
    """As in journal.yaml."""
    rules: Rules = Rules()
    """As in journal.yaml; what is left out keeps the default."""


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
    first_page: Annotated[int, Within(ge=1)] | None = None
    """The number of its first page."""
    last_page: Annotated[int, Within(ge=1)] | None = None
    """The number of its last page, where it is fixed: all files say it, and a web page alone is made without a layout. Else it is counted
    when the article is laid out."""


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
