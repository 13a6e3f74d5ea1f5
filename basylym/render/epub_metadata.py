"""What an EPUB says of itself: the article in every language, its place in the journal, and what readers need to know of its
accessibility (EPUB 3.3, 5.5; EPUB Accessibility 1.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from basylym.identifiers import doi_address
from basylym.model import Edition
from basylym.render.press import Press

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Content:
    """What the article holds that its metadata tell of."""

    pictures: bool
    """Whether there are pictures."""
    described: bool
    """Whether each picture has words of its own in its place."""
    moving: bool
    """Whether a picture may move."""
    formulas: bool
    """Whether there are formulas."""


def identify(edition: Edition) -> str:
    """The DOI where there is one, else a name that is the same each time."""
    if edition.front.doi:
        return doi_address(edition.front.doi)
    parts = [edition.journal.issn_online or edition.journal.issn or "article", edition.issue_slug, edition.article.slug]
    return "urn:basylym:" + ":".join(part for part in parts if part)


def describe(book: Any, press: Press, content: Content) -> None:
    """Writes it all into EbookLib's book."""
    _describe_article(book, press)
    _describe_people(book, press)
    _describe_journal(book, press)
    _describe_access(book, press, content)


def _meta(book: Any, name: str, value: str, refines: str = "", language: str = "", **more: str) -> None:
    refined = {"refines": f"#{refines}"} if refines else {}
    tongue = {XML_LANG: language} if language else {}
    book.add_metadata("OPF", name, value, {**refined, "property": name, **more, **tongue})


def _describe_article(book: Any, press: Press) -> None:
    edition, view = press.edition, press.view
    if edition.front.doi:
        _meta(book, "identifier-type", "06", "id", scheme="onix:codelist5")  # a DOI
    book.add_metadata("DC", "title", view.plain_title(), {"id": "title", XML_LANG: edition.language})
    _meta(book, "title-type", "main", "title")
    for tag in edition.languages[1:]:
        if (("title", tag) in edition.article.body.texts) or ("working_title", tag) in edition.article.body.texts:
            _meta(book, "alternate-script", view.plain_title(tag), "title", tag)
    for tag in edition.languages:
        if abstract := view.plain("abstract", tag):
            book.add_metadata("DC", "description", abstract, {XML_LANG: tag})
        for keyword in view.keywords(tag):
            book.add_metadata("DC", "subject", keyword, {XML_LANG: tag})
    if edition.date:
        book.add_metadata("DC", "date", edition.date.isoformat())
    for name, day in (("dateSubmitted", edition.front.dates.received), ("dateAccepted", edition.front.dates.accepted)):
        if day:
            _meta(book, f"dcterms:{name}", day.isoformat())
    if edition.license:
        mark, address = view.license()
        book.add_metadata("DC", "rights", " ".join(part for part in (mark, address) if part))
        if address:
            _meta(book, "dcterms:license", address)
    if holder := view.translate(edition.front.copyright):
        _meta(book, "dcterms:rightsHolder", holder)


def _describe_people(book: Any, press: Press) -> None:
    edition, view = press.edition, press.view
    for number, author in enumerate(edition.front.authors, 1):
        if (name := view.name(author)) is None:
            continue
        key = f"author-{number}"
        book.add_metadata("DC", "creator", name.full, {"id": key, XML_LANG: edition.language})
        _meta(book, "role", "aut", key, scheme="marc:relators")
        _meta(book, "file-as", name.inverted, key)
        _meta(book, "display-seq", str(number), key)
        for tag, other in author.name.items():
            if other is not name:
                _meta(book, "alternate-script", other.full, key, tag)
        if author.orcid:
            _meta(book, "dcterms:identifier", f"https://orcid.org/{author.orcid}", key)
    publisher = edition.journal.publisher.name
    if words := view.translate(publisher):
        book.add_metadata("DC", "publisher", words, {"id": "publisher"})
        for tag in edition.languages:
            if publisher.get(tag, words) != words:
                _meta(book, "alternate-script", publisher[tag], "publisher", tag)


def _describe_journal(book: Any, press: Press) -> None:
    edition, view = press.edition, press.view
    names = edition.journal.name
    if not (words := view.translate(names)):
        return
    book.add_metadata("OPF", "belongs-to-collection", words, {"property": "belongs-to-collection", "id": "journal"})
    _meta(book, "collection-type", "series", "journal")
    for tag in edition.languages:
        if names.get(tag, words) != words:
            _meta(book, "alternate-script", names[tag], "journal", tag)
    issue = edition.issue
    numbers = [number for number in (issue.volume, issue.number) if number] if issue else []
    if numbers and all(re.fullmatch(r"[0-9]+", number) for number in numbers):  # all that the property may be
        _meta(book, "group-position", ".".join(numbers), "journal")
    for issn in dict.fromkeys(filter(None, (edition.journal.issn, edition.journal.issn_online))):
        _meta(book, "dcterms:identifier", f"urn:issn:{issn}", "journal")


def _describe_access(book: Any, press: Press, content: Content) -> None:
    edition, view = press.edition, press.view
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "ARIA", "pageBreakMarkers", "pageNavigation",
                "displayTransformability", "unlocked"]
    if content.pictures and content.described:
        features.append("alternativeText")
    if content.formulas:
        features += ["MathML", "describedMath"]
    modes = ["textual", "visual"] if content.pictures else ["textual"]
    sufficient = "textual" if content.described else "textual,visual"
    for key, values in (("accessMode", modes), ("accessModeSufficient", [sufficient]), ("accessibilityFeature", features),
                        ("accessibilityHazard", ["unknown" if content.moving else "none"])):
        for value in values:
            _meta(book, f"schema:{key}", value)
    parts = ["accessibility", *(["accessibility_formulas"] if content.formulas else [])]
    if content.pictures:
        parts.append("accessibility_figures" if content.described else "accessibility_undescribed")
    for tag in edition.languages:
        _meta(book, "schema:accessibilitySummary", " ".join(view.label(part, tag) for part in parts), language=tag)
    pdf = edition.article.slug + ".pdf"
    _meta(book, "pageBreakSource", pdf)
    book.add_metadata("DC", "source", pdf, {"id": "pages"})  # the older way to say the same
    _meta(book, "source-of", "pagination", "pages")
