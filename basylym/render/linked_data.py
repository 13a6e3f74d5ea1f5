"""The article as linked data: JSON-LD in the vocabulary of schema.org, with its texts in all languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from basylym.identifiers import doi_address
from basylym.render.metadata import Metadata, Organisation, Person, Reference

KINDS = {"article-journal": "ScholarlyArticle", "article-magazine": "Article", "article-newspaper": "NewsArticle", "book": "Book",
         "chapter": "Chapter", "dataset": "Dataset", "legislation": "Legislation", "paper-conference": "ScholarlyArticle",
         "report": "Report", "review": "Review", "software": "SoftwareSourceCode", "thesis": "Thesis", "webpage": "WebPage"}
"""CSL's types of cited works in schema.org's words."""
PERIODICAL = ("article-journal", "article-magazine", "article-newspaper", "review", "review-book")
"""Those that stand in a periodical."""
HEADLINE = 110
"""The longest headline that search engines take, in letters."""
FREE = "https://creativecommons.org/"
"""How the addresses of the licences begin under which everybody may read."""


def write_linked_data(article: Metadata) -> Markup:
    """The JSON-LD of an article, safe to stand inside a script element: no letter of it can end that or begin a tag."""
    text = json.dumps(describe_article(article), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
                  .replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def describe_article(article: Metadata) -> dict[str, Any]:
    """An article as a node of linked data, the others nested in it."""
    mark, license_address = article.license
    publisher = _organisation(article, article.publisher)
    pdf = {"@type": "MediaObject", "contentUrl": f"{article.address}.pdf", "encodingFormat": "application/pdf"}
    epub = {"@type": "MediaObject", "contentUrl": f"{article.address}.epub", "encodingFormat": "application/epub+zip"}
    jats = {"@type": "MediaObject", "contentUrl": f"{article.address}.xml", "encodingFormat": "application/xml"}
    return _filled({
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": article.doi_address or article.page,
        "url": article.page,
        "mainEntityOfPage": article.page,
        "name": article.title,
        "headline": _headline(article),
        "alternateName": _spoken(article.others(article.titles)),
        "inLanguage": article.language,
        "identifier": article.doi and {"@type": "PropertyValue", "propertyID": "DOI", "value": article.doi, "url": article.doi_address},
        "sameAs": article.doi_address,
        "author": [_person(article, each) for each in article.authors],
        "abstract": _spoken(article.abstracts),
        "keywords": [each for tag, words in article.keywords.items() for word in words for each in _spoken({tag: word})],
        "articleSection": _spoken(article.sections),
        "datePublished": article.date.isoformat() if article.date else "",
        **_history(article),
        "pageStart": str(article.pages[0]),
        "pageEnd": str(article.pages[1]),
        "pagination": article.page_range,
        "isPartOf": _place(article, publisher),
        "publisher": publisher,
        "license": license_address or mark,
        "isAccessibleForFree": license_address.startswith(FREE),
        "copyrightHolder": [{"@type": "Organization", "name": text} for text in [article.best(article.copyright)] if text],
        "copyrightYear": article.date.year if article.date and article.copyright else "",
        "funding": [_filled({"@type": "Grant", "identifier": award, "funder": _filled({
            "@type": "Organization", "name": article.best(names), "alternateName": _spoken(article.others(names))})})
            for names, award in article.funding],
        "encoding": [pdf, epub, jats] if article.address else [],
        "citation": [_reference(each) for each in article.references],
    })


NOTICES = {"correction": "CorrectionComment"}
"""The types of notices that schema.org has a word for."""


def _history(article: Metadata) -> dict[str, Any]:
    """What happened to it after it was published, and what a notice is about."""
    latest = article.versions[-1] if article.versions else None
    notices = {kind: [_filled({"@type": NOTICES.get(each.kind, "CreativeWork"), "@id": doi_address(each.doi), "url": doi_address(each.doi),
                               "text": _spoken(each.texts), "datePublished": each.date.isoformat() if each.date else ""})
                      for each in article.notices if (each.kind == "correction") == (kind == "correction")]
               for kind in ("correction", "subjectOf")}
    about = [_filled({"@type": "ScholarlyArticle", "@id": doi_address(each.doi), "url": doi_address(each.doi),
                      "name": _spoken(each.titles)}) for each in article.corrects]
    return {**notices, "about": about, "creativeWorkStatus": "Retracted" if article.retracted else "",
            "version": latest.number if latest else "", "dateModified": latest.date.isoformat() if latest and latest.date else ""}


def _filled(node: Mapping[str, Any]) -> dict[str, Any]:
    """A node without what is empty; nothing where only its type is left."""
    found = {key: value for key, value in node.items() if value not in ("", None, [], {}, False)}
    return found if set(found) - {"@type"} else {}


def _spoken(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Texts, each with its language."""
    return [{"@language": tag, "@value": text} for tag, text in texts.items()]


def _headline(article: Metadata) -> str:
    """The title where it is short enough, else the running title, else the title's beginning."""
    for text in (article.title, article.short_title):
        if text and len(text) <= HEADLINE:
            return text
    return f"{article.title[:HEADLINE - 2].rsplit(' ', 1)[0]} …"


def _person(article: Metadata, person: Person) -> dict[str, Any]:
    name = person.name()
    others = {tag: each.full for tag, each in list(person.names.items())[1:] if each.full != name.full}
    return _filled({
        "@type": "Person", "@id": person.orcid, "name": name.full, "givenName": name.given, "additionalName": name.patronymic,
        "familyName": name.family, "alternateName": _spoken(others), "sameAs": person.orcid, "identifier": person.orcid,
        "affiliation": [_organisation(article, each) for each in person.organisations]})


def _organisation(article: Metadata, given: Organisation) -> dict[str, Any]:
    return _filled({
        "@type": "Organization", "@id": given.ror, "name": article.best(given.names),
        "alternateName": _spoken(article.others(given.names)), "sameAs": given.ror, "identifier": given.ror,
        "address": _filled({"@type": "PostalAddress", "addressLocality": article.best(given.cities),
                            "addressCountry": article.best(given.countries)})}) if given.names else {}


def _place(article: Metadata, publisher: Mapping[str, Any]) -> dict[str, Any]:
    """The issue in its volume in its journal, as much as there is of them."""
    place = _filled({
        "@type": "Periodical", "name": article.best(article.journal), "alternateName": _spoken(article.others(article.journal)),
        "issn": list(article.issns), "url": article.journal_url, "publisher": publisher})
    if article.volume:
        place = _filled({"@type": "PublicationVolume", "volumeNumber": article.volume, "isPartOf": place})
    if article.issue:
        place = _filled({"@type": "PublicationIssue", "issueNumber": article.issue,
                         "datePublished": article.date.isoformat() if article.date else "", "isPartOf": place})
    return place


def _reference(reference: Reference) -> dict[str, Any]:
    container = "Periodical" if reference.kind in PERIODICAL else "Book"
    first, last = (*reference.pages, "", "")[:2]
    date = "-".join(f"{part:02}" for part in reference.date)
    return _filled({
        "@type": KINDS.get(reference.kind, "CreativeWork"), "@id": doi_address(reference.doi),
        "name": reference.title or reference.text, "author": [{"@type": "Person", "name": name} for name in reference.people],
        "datePublished": date, "pageStart": first, "pageEnd": last, "identifier": reference.doi, "url": reference.url,
        "isPartOf": _filled({"@type": container, "name": reference.container, "issn": reference.issn}),
        "publisher": _filled({"@type": "Organization", "name": reference.publisher}), "isbn": reference.isbn})
