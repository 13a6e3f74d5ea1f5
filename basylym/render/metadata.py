"""What an article is, for machines: plain data without markup, from which tags, linked data and citation formats are written.

Nothing is made up: what the article and its journal do not say, or say in a form that no machine takes, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from basylym.fields import Affiliation, Contributor, Name
from basylym.identifiers import bare_doi, doi_address, is_doi, is_issn, is_orcid, is_ror, is_url
from basylym.model import Edition, Entry

if TYPE_CHECKING:
    from basylym.render.view import View

MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span|em|strong)(?:\s[^<>]*)?>")
"""The markup that CSL allows in a title."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation."""

    names: Mapping[str, str]
    """Its name in each language."""
    cities: Mapping[str, str]
    """Its city in each language."""
    countries: Mapping[str, str]
    """Its country in each language."""
    ror: str = ""
    """Its address in the Research Organization Registry."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author."""

    names: Mapping[str, Name]
    """The name in each language, that of the article first."""
    orcid: str = ""
    """The address of the ORCID record."""
    organisations: tuple[Organisation, ...] = ()
    """Where the author works."""
    email: str = ""
    """The author's e-mail address."""
    corresponding: bool = False
    """Whether readers are told to write to this author."""
    degrees: Mapping[str, str] = field(default_factory=dict)
    """The academic degree in each language."""
    positions: Mapping[str, str] = field(default_factory=dict)
    """The post held in each language."""
    roles: tuple[str, ...] = ()
    """What the author did, in CRediT's terms as typed."""

    def name(self, tag: str = "") -> Name:
        """The name in a language, else in the article's."""
        return self.names.get(tag) or next(iter(self.names.values()))


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited work; a field that is not known is empty."""

    kind: str
    """CSL's type."""
    title: str
    """Its title."""
    text: str
    """The entry as printed."""
    language: str = ""
    """The language of the entry."""
    people: tuple[str, ...] = ()
    """Its authors, else its editors: given name, family name."""
    container: str = ""
    """The journal or book it stands in."""
    publisher: str = ""
    """Its publisher."""
    date: tuple[int, ...] = ()
    """Year, month, day, as far as known."""
    volume: str = ""
    """The volume."""
    issue: str = ""
    """The number of the issue."""
    pages: tuple[str, ...] = ()
    """First and last page."""
    doi: str = ""
    """Its bare DOI."""
    issn: str = ""
    """The ISSN of its journal."""
    isbn: str = ""
    """Its ISBN."""
    url: str = ""
    """Its address."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice about the article."""

    kind: str
    """correction, retraction or expression-of-concern."""
    date: Day | None
    """The day it was published."""
    doi: str
    """Its own bare DOI."""
    texts: Mapping[str, str]
    """What it says."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The article that a notice is about."""

    doi: str
    """Its bare DOI."""
    titles: Mapping[str, str]
    """Its title."""


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of the article."""

    number: str
    """Its number."""
    date: Day | None
    """The day it was published."""
    changes: Mapping[str, str]
    """What was changed."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A published article. Texts are keyed by language, the article's own first."""

    language: str
    """The article's language."""
    kind: str
    """What kind of article it is, in JATS's words."""
    slug: str
    """The name of its outputs."""
    titles: Mapping[str, str]
    """Its title; there is one."""
    short_title: str
    """The running title in the language of the title."""
    authors: tuple[Person, ...]
    """Its authors, in order; there is one."""
    abstracts: Mapping[str, str]
    """Its abstract."""
    keywords: Mapping[str, tuple[str, ...]]
    """Its keywords."""
    sections: Mapping[str, str]
    """The title of the issue's section that it stands in."""
    journal: Mapping[str, str]
    """The journal's name."""
    abbreviation: Mapping[str, str]
    """The journal's name shortened."""
    issns: tuple[str, ...]
    """The journal's ISSNs: print, on line."""
    journal_url: str
    """The journal's address."""
    publisher: Organisation
    """The journal's publisher."""
    volume: str
    """The volume."""
    issue: str
    """The number of the issue."""
    date: Day | None
    """The day of publication."""
    received: Day | None
    """The day the manuscript came in."""
    revised: Day | None
    """The day its last revision came in."""
    accepted: Day | None
    """The day it was accepted."""
    pages: tuple[int, int]
    """First and last page as printed."""
    doi: str
    """The bare DOI."""
    license: tuple[str, str]
    """The licence's mark and address."""
    copyright: Mapping[str, str]
    """Who holds the rights."""
    funding: tuple[tuple[Mapping[str, str], str], ...]
    """Who paid: funder, number of the grant."""
    address: str
    """Where its outputs stand on the web, without their endings; empty where that is not known."""
    references: tuple[Reference, ...]
    """The works it cites, in the order of the list."""
    section: str = ""
    """The id of that section in issue.yaml."""
    udc: tuple[str, ...] = ()
    """Its numbers in the Universal Decimal Classification."""
    irsti: tuple[str, ...] = ()
    """Its numbers in the interstate rubricator."""
    edn: str = ""
    """Its code in eLIBRARY."""
    issn_print: str = ""
    """The ISSN of the journal on paper."""
    issn_online: str = ""
    """The ISSN of the journal on line."""
    notices: tuple[Notice, ...] = ()
    """The notices about it, as they are listed."""
    corrects: tuple[Corrected, ...] = ()
    """On a notice, whose `kind` says which: the articles that it is about."""
    paragraphs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The paragraphs of the abstract, where it has several."""
    versions: tuple[Version, ...] = ()
    """Its versions, the first one first; empty where there was never another."""

    def parts(self, tag: str) -> tuple[str, ...]:
        """The paragraphs of the abstract in a language."""
        return self.paragraphs.get(tag) or (self.abstracts[tag],)

    def best(self, texts: Mapping[str, str], tag: str = "") -> str:
        """A text in a language, else in the article's, else in the first that there is."""
        return texts.get(tag) or texts.get(self.language) or next(iter(texts.values()), "")

    def taken(self, texts: Mapping[str, Any]) -> str:
        """The language of the text that `best` takes."""
        return self.language if self.language in texts else next(iter(texts), "")

    def others(self, texts: Mapping[str, Any]) -> dict[str, Any]:
        """A text in the languages that `best` did not take."""
        taken = self.taken(texts)
        return {tag: text for tag, text in texts.items() if tag != taken}

    @property
    def title(self) -> str:
        """The title in the article's language."""
        return self.best(self.titles)

    @property
    def latest(self) -> Day:
        """The latest day that it tells of; 1970 where it tells of none."""
        return max((day for day in (self.date, self.received, self.revised, self.accepted,
                                    *(each.date for each in (*self.versions, *self.notices))) if day), default=Day(1970, 1, 1))

    @property
    def retracted(self) -> bool:
        """Whether a notice retracts it; its titles then say so."""
        return any(each.kind == "retraction" for each in self.notices)

    @property
    def license_id(self) -> str:
        """The licence as SPDX calls it, CC-BY-4.0."""
        return self.license[0].replace(" ", "-")

    @property
    def page(self) -> str:
        """The page's own address."""
        return f"{self.address}.html" if self.address else ""

    @property
    def doi_address(self) -> str:
        """The DOI as an address."""
        return doi_address(self.doi)

    @property
    def page_range(self) -> str:
        """«5–10», or the one page."""
        first, last = self.pages
        return f"{first}–{last}" if first != last else str(first)


def read_metadata(view: View, pages: tuple[int, int], forced: bool = False) -> Metadata | None:
    """The metadata of an edition; None for one that must not be indexed (a draft unless it is `forced`, a proof, a copy for
    reviewers) or that has no title or author."""
    edition, article = view.edition, describe(view, pages)
    refused = (edition.draft and not forced) or edition.kind != "published" or not article.titles or not article.authors
    return None if refused else article


def describe(view: View, pages: tuple[int, int]) -> Metadata:
    """The metadata of any edition as far as they are there, for a file that no index takes in."""
    edition, front, journal = view.edition, view.front, view.edition.journal
    titles = {tag: view.mark(tag) + text for tag in view.tags if (text := edition.spoken("title", tag))}
    organisations = {each.id: _organisation(each, view.tags) for each in front.affiliations}
    authors = tuple(_person(each, organisations, view.tags) for each in front.authors if view.name(each))
    issue, section = edition.issue, edition.section
    return Metadata(
        language=view.tag, kind=front.type, slug=edition.article.slug, titles=titles,
        short_title=edition.spoken("running_title", view.tag if view.tag in titles else next(iter(titles), view.tag)), authors=authors,
        abstracts={tag: text for tag in view.tags if (text := edition.spoken("abstract", tag))},
        paragraphs={tag: parts for tag in view.tags if len(parts := _paragraphs(edition, tag)) > 1},
        keywords={tag: tuple(words) for tag in view.tags if (words := view.keywords(tag))},
        sections=_in_order(section.title if section else {}, view.tags), journal=_in_order(journal.name, view.tags),
        abbreviation=_in_order(journal.abbreviation, view.tags),
        issns=tuple(each for each in (journal.issn, journal.issn_online) if each and is_issn(each)),
        journal_url=journal.url if journal.url and is_url(journal.url) else "", publisher=_organisation(journal.publisher, view.tags),
        volume=(issue.volume if issue else None) or "", issue=(issue.number if issue else None) or "", date=edition.date,
        received=front.dates.received, revised=front.dates.revised, accepted=front.dates.accepted, pages=pages,
        doi=front.doi if front.doi and is_doi(front.doi) else "", license=view.license() if edition.license else ("", ""),
        copyright=_in_order(front.copyright, view.tags),
        funding=tuple((_in_order(each.funder, view.tags), each.award or "") for each in front.funding),
        address=_address(edition), references=_references(edition),
        section=section.id if section else "", udc=tuple(front.udc), irsti=tuple(front.irsti), edn=front.edn or "",
        issn_print=journal.issn if journal.issn and is_issn(journal.issn) else "",
        issn_online=journal.issn_online if journal.issn_online and is_issn(journal.issn_online) else "",
        notices=tuple(Notice(each.type, each.date, _doi(each.doi), _in_order(each.text, view.tags)) for each in front.notices),
        corrects=tuple(Corrected(_doi(each.doi), _in_order(each.title, view.tags)) for each in front.corrects),
        versions=tuple(Version(each.number, each.date, _in_order(each.what, view.tags)) for each in front.versions))


def _paragraphs(edition: Edition, tag: str) -> tuple[str, ...]:
    """The abstract's paragraphs without markup."""
    text = edition.article.body.texts.get(("abstract", tag))
    return tuple(words for part in text.text.split("\n\n") if (words := " ".join(part.split()))) if text else ()


def _doi(given: str | None) -> str:
    return given if given and is_doi(given) else ""


def _in_order(texts: Mapping[str, Any], tags: Iterable[str]) -> dict[str, Any]:
    """Texts, those in the article's languages first and in their order; none that is empty."""
    return {tag: texts[tag] for tag in dict.fromkeys((*tags, *texts)) if texts.get(tag)}


def _organisation(given: Any, tags: Iterable[str]) -> Organisation:
    ror = given.ror if isinstance(given, Affiliation) and given.ror and is_ror(given.ror) else ""
    return Organisation(_in_order(given.name, tags), _in_order(given.city, tags), _in_order(given.country, tags),
                        f"https://ror.org/{ror}" if ror else "")


def _person(author: Contributor, organisations: Mapping[str, Organisation], tags: Iterable[str]) -> Person:
    orcid = author.orcid if author.orcid and is_orcid(author.orcid) else ""
    homes = tuple(organisations[each] for each in author.affiliations if each in organisations and organisations[each].names)
    return Person(_in_order(author.name, tags), f"https://orcid.org/{orcid}" if orcid else "", homes, author.email or "",
                  author.corresponding, _in_order(author.degree, tags), _in_order(author.position, tags), tuple(author.roles))


def _address(edition: Edition) -> str:
    """Where the outputs stand on the web: under the journal's address as they lie in output/."""
    base, slug = edition.journal.articles_url or edition.journal.url, edition.article.slug
    if not base or not is_url(base) or not edition.issue_slug:
        return ""
    return "/".join((base.split("#")[0].rstrip("/"), *(quote(part, safe="") for part in (edition.issue_slug, slug, slug))))


# --- references -----------------------------------------------------------------------------------------------------
def _references(edition: Edition) -> tuple[Reference, ...]:
    data = {each["id"]: each for each in edition.article.references}
    return tuple(_reference(data.get(entry.key, {}), entry) for entry in edition.article.body.entries)


def _reference(data: Mapping[str, Any], entry: Entry) -> Reference:
    doi, url = str(bare_doi(data.get("DOI")) or ""), str(data.get("URL") or "")
    return Reference(
        kind=str(data.get("type", "")), title=_plain(data.get("title")), text=_plain(entry.text), language=entry.language,
        people=tuple(filter(None, map(_called, data.get("author") or data.get("editor") or ()))),
        container=_plain(data.get("container-title")), publisher=_plain(data.get("publisher")), date=_date(data.get("issued")),
        volume=_plain(data.get("volume")), issue=_plain(data.get("issue")),
        pages=tuple(part for part in re.split(r"\s*[-–—]+\s*", _plain(data.get("page")), maxsplit=1) if part),
        doi=doi if is_doi(doi) else "", issn=issn if is_issn(issn := _plain(data.get("ISSN"))) else "", isbn=_plain(data.get("ISBN")),
        url=url if is_url(url) else "")


def _plain(value: Any) -> str:
    """A text on one line, without CSL's markup."""
    return " ".join(MARKUP.sub("", str(value)).split()) if isinstance(value, (str, int)) else ""


def _called(person: Any) -> str:
    if not isinstance(person, Mapping):
        return _plain(person)
    parts = (person.get(name) for name in ("given", "non-dropping-particle", "family", "suffix"))
    return _plain(person.get("literal")) or " ".join(filter(None, map(_plain, parts)))


def _date(issued: Any) -> tuple[int, ...]:
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    found = tuple(part for part in first if isinstance(part, int))[:3]
    return found if found and 1000 <= found[0] <= 9999 else ()
