"""Tags for the head of the page: what Google Scholar, catalogues, social networks and link-following programs read there.

Highwire Press tags as Google Scholar's inclusion guidelines ask for them; Dublin Core as DCMI writes it in HTML (DC-HTML); the Open
Graph protocol; typed links after FAIR Signposting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from basylym.render.metadata import Metadata, Reference

TERRITORIES = {"de": "DE", "en": "US", "fr": "FR", "kk": "KZ", "ky": "KG", "ru": "RU", "tg": "TJ", "tr": "TR", "uk": "UA", "uz": "UZ"}
"""Where a language is likeliest spoken (CLDR, likely subtags): Open Graph wants a country with it."""
CONTAINERS = {"article-journal": "journal_title", "article-magazine": "journal_title", "article-newspaper": "journal_title",
              "review": "journal_title", "review-book": "journal_title", "paper-conference": "conference_title"}
"""What Highwire calls what a work stands in, by CSL's types."""
SEMICOLON = re.compile(r" ?;")
"""What would end the value of a reference."""


class Tag(NamedTuple):
    """A meta element."""

    name: str
    """Its name, or property where it has a colon."""
    content: str
    """What it says."""
    language: str = ""
    """The language of that."""


class Link(NamedTuple):
    """A link element."""

    rel: str
    """What its target is to the page."""
    href: str
    """The address of that."""
    type: str = ""
    """Its media type."""
    hreflang: str = ""
    """Its language."""


def write_tags(article: Metadata) -> list[Tag]:
    """Every meta element of an article; none that is empty."""
    return [tag for write in (_highwire, _dublin_core, _open_graph) for tag in write(article) if tag.content]


def _highwire(article: Metadata) -> Iterator[Tag]:
    day = article.date.strftime("%Y/%m/%d") if article.date else ""
    yield Tag("citation_title", article.title)
    for author in article.authors:  # what follows an author is that author's
        yield Tag("citation_author", author.name().full)
        for home in author.organisations:
            parts = (article.best(each) for each in (home.names, home.cities, home.countries))
            yield Tag("citation_author_institution", ", ".join(filter(None, parts)))
        yield Tag("citation_author_orcid", author.orcid)
    yield Tag("citation_publication_date", day)
    yield Tag("citation_journal_title", article.best(article.journal))
    yield Tag("citation_journal_abbrev", article.best(article.abbreviation))
    yield Tag("citation_publisher", article.best(article.publisher.names))
    for issn in article.issns:
        yield Tag("citation_issn", issn)
    yield Tag("citation_volume", article.volume)
    yield Tag("citation_issue", article.issue)
    yield Tag("citation_firstpage", str(article.pages[0]))
    yield Tag("citation_lastpage", str(article.pages[1]))
    yield Tag("citation_doi", article.doi)
    yield Tag("citation_language", article.language)
    if article.address:
        yield Tag("citation_abstract_html_url", article.page)
        yield Tag("citation_fulltext_html_url", article.page)
        yield Tag("citation_pdf_url", f"{article.address}.pdf")
        yield Tag("citation_xml_url", f"{article.address}.xml")
    for tag, text in article.abstracts.items():
        yield Tag("citation_abstract", text, tag)
    for tag, words in article.keywords.items():
        yield Tag("citation_keywords", "; ".join(words), tag)
    for reference in article.references:
        yield Tag("citation_reference", _cite(reference))


def _cite(reference: Reference) -> str:
    """A cited work as key=value; key=value; the entry as printed where too little is known of it."""
    if not reference.title:
        return reference.text
    first, last = (*reference.pages, "", "")[:2]
    pairs = [("title", reference.title), *(("author", name) for name in reference.people),
             (CONTAINERS.get(reference.kind, "inbook_title"), reference.container),
             ("publisher", reference.publisher), ("publication_date", "/".join(f"{part:02}" for part in reference.date)),
             ("volume", reference.volume), ("issue", reference.issue), ("firstpage", first), ("lastpage", last),
             ("issn", reference.issn), ("isbn", reference.isbn), ("doi", reference.doi)]
    return "; ".join(f"citation_{key}={SEMICOLON.sub(',', value)}" for key, value in pairs if value)


def _dublin_core(article: Metadata) -> Iterator[Tag]:
    yield Tag("DC.Title", article.title, article.taken(article.titles))
    for tag, text in article.others(article.titles).items():
        yield Tag("DC.Title.Alternative", text, tag)
        yield Tag("DCTERMS.alternative", text, tag)
    for author in article.authors:
        yield Tag("DC.Creator.PersonalName", author.name().inverted, article.language)  # once: each more would be one more author
    for tag, words in article.keywords.items():
        for word in words:
            yield Tag("DC.Subject", word, tag)
    for tag, text in article.abstracts.items():
        yield Tag("DC.Description", text, tag)
    yield Tag("DC.Publisher", article.best(article.publisher.names))
    for tag, text in article.journal.items():
        yield Tag("DC.Source", text, tag)
    for tag, text in article.copyright.items():
        yield Tag("DC.Rights", f"© {text}", tag)
    day = article.date.isoformat() if article.date else ""
    yield Tag("DC.Date", day)
    yield Tag("DC.Type", "Text")
    yield Tag("DC.Format", "text/html")
    yield Tag("DC.Identifier", article.doi_address or article.page)
    yield Tag("DC.Language", article.language)
    yield Tag("DCTERMS.issued", day)
    yield Tag("DCTERMS.dateSubmitted", article.received.isoformat() if article.received else "")
    yield Tag("DCTERMS.dateAccepted", article.accepted.isoformat() if article.accepted else "")
    yield Tag("DCTERMS.license", article.license[1])
    for issn in article.issns:
        yield Tag("DCTERMS.isPartOf", f"urn:ISSN:{issn}")


def _open_graph(article: Metadata) -> Iterator[Tag]:
    yield Tag("og:type", "article")
    yield Tag("og:title", article.title)
    yield Tag("og:description", _shorten(article.best(article.abstracts), 300))
    yield Tag("og:url", article.page)
    yield Tag("og:site_name", article.best(article.journal))
    yield Tag("og:locale", _locale(article.language))
    for tag in article.others(article.titles):
        yield Tag("og:locale:alternate", _locale(tag))
    yield Tag("article:published_time", article.date.isoformat() if article.date else "")
    yield Tag("article:section", article.best(article.sections))
    for word in article.keywords.get(article.language, ()):
        yield Tag("article:tag", word)


def _locale(tag: str) -> str:
    """kk_KZ of kk, en_GB of en-GB; a script has no place in it."""
    parts = tag.split("-")
    territory = parts[-1] if len(parts) > 1 and len(parts[-1]) == 2 else TERRITORIES.get(parts[0], "")
    return f"{parts[0]}_{territory}" if territory else parts[0]


def _shorten(text: str, length: int) -> str:
    """The beginning of a text, whole words with dots after them."""
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0].rstrip(' ,;:–—-')} …"


def write_links(article: Metadata) -> list[Link]:
    """Every link element of an article: the page's own address, its languages, and Signposting's links."""
    links = [Link("schema.DC", "http://purl.org/dc/elements/1.1/"), Link("schema.DCTERMS", "http://purl.org/dc/terms/")]
    if article.page:
        links.append(Link("canonical", article.page))
        links += [Link("alternate", article.page, hreflang=tag) for tag in ("x-default", article.taken(article.titles))]
        links += [Link("alternate", f"{article.page}#title-{tag}", hreflang=tag) for tag in article.others(article.titles)]
    if article.doi:
        links.append(Link("cite-as", article.doi_address))
        links.append(Link("describedby", article.doi_address, "application/vnd.citationstyles.csl+json"))
    links += [Link("author", author.orcid) for author in article.authors if author.orcid]
    links += [Link("license", article.license[1])] if article.license[1] else []
    if article.address:
        links.append(Link("item", f"{article.address}.pdf", "application/pdf"))
        links.append(Link("item", f"{article.address}.epub", "application/epub+zip"))
        links.append(Link("item", f"{article.address}.xml", "application/xml"))
    return [*links, Link("type", "https://schema.org/ScholarlyArticle")]
