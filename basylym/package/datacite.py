"""For DataCite, which registers DOIs: its schema 4.6, in XML and as JSON for its API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from basylym.package import MEDIA_TYPES, Deposit, Item, Parcel
from basylym.package.json import filled, write_json
from basylym.package.xml import write_xml
from basylym.render.metadata import Metadata

SCHEMA = "http://datacite.org/schema/kernel-4"


def dated(article: Metadata) -> list[tuple[str, str]]:
    """The days it tells of, each with its kind: Submitted, Accepted, Issued, Updated, Withdrawn."""
    updated = [each.date for each in article.versions[1:]]
    withdrawn = [each.date for each in article.notices if each.kind == "retraction"]
    days = [("Submitted", article.received), ("Accepted", article.accepted), ("Issued", article.date),
            *(("Updated", day) for day in updated), *(("Withdrawn", day) for day in withdrawn)]
    return [(kind, day.isoformat()) for kind, day in days if day]


def related(article: Metadata) -> list[tuple[str, str, str]]:
    """The works it is bound to: relation, kind of the identifier, identifier. There is no word for a correction or a retraction, so
    a notice refers to the article it is about, and that is referred to by the notice."""
    found = [("IsPublishedIn", "ISSN", issn) for issn in article.issns]
    found += [("References", "DOI", each.doi) for each in (*article.corrects, *article.references) if each.doi]
    found += [("IsReferencedBy", "DOI", each.doi) for each in article.notices if each.doi]
    return list(dict.fromkeys(found))


def classified(article: Metadata) -> list[tuple[str, str, str]]:
    """Its subjects: the word or code, its language, its system."""
    found = [(word, tag, "") for tag, words in article.keywords.items() for word in words]
    return found + [(code, "", "UDC") for code in article.udc] + [(code, "", "IRSTI") for code in article.irsti]


def make(parcel: Parcel) -> dict[str, bytes]:
    """Both forms, a file an article: it takes no lists."""
    files = {}
    for item in parcel.items:
        only = replace(parcel, items=(item,))
        files[f"{item.article.slug}.xml"] = write_xml(only, "datacite.xml", article=item.article, item=item, dated=dated,
                                                      related=related, classified=classified, formats=MEDIA_TYPES)
        files[f"{item.article.slug}.json"] = write_json(_document(item))
    return files


def _document(item: Item) -> dict[str, Any]:
    """An article as the API takes it; without an `event` its DOI stays a draft until somebody publishes it."""
    article = item.article
    mark, address = article.license
    publisher = article.publisher
    return {"data": {"type": "dois", "attributes": filled({
        "doi": article.doi,
        "url": article.page,
        "schemaVersion": SCHEMA,
        "types": {"resourceTypeGeneral": "JournalArticle", "resourceType": article.kind},
        "creators": [filled({
            "name": author.name().inverted, "nameType": "Personal", "lang": next(iter(author.names)), "familyName": author.name().family,
            "givenName": author.name().forenames,
            "nameIdentifiers": [{"nameIdentifier": author.orcid, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}]
            if author.orcid else [],
            "affiliation": [filled({
                "name": article.best(place.names), "affiliationIdentifier": place.ror,
                **({"affiliationIdentifierScheme": "ROR", "schemeUri": "https://ror.org"} if place.ror else {})})
                for place in author.organisations]}) for author in article.authors],
        "titles": [{"title": text, "lang": tag} for tag, text in article.titles.items()],
        "publisher": {"name": article.best(publisher.names), "lang": article.taken(publisher.names)},
        "publicationYear": str(article.date.year) if article.date else "",
        "subjects": [filled({"subject": text, "subjectScheme": system, "lang": tag}) for text, tag, system in classified(article)],
        "dates": [{"date": day, "dateType": kind} for kind, day in dated(article)],
        "language": article.language,
        "relatedIdentifiers": [{"relatedIdentifier": value, "relatedIdentifierType": kind, "relationType": relation}
                               for relation, kind, value in related(article)],
        "relatedItems": [_journal(article)],
        "formats": [kind for ending, kind in MEDIA_TYPES.items() if ending in item.files],
        "version": article.versions[-1].number if article.versions else "",
        "rightsList": [filled({"rights": mark, "rightsUri": address, **({
            "rightsIdentifier": article.license_id, "rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
            if address else {})})] if mark else [],
        "descriptions": [{"description": text, "descriptionType": "Abstract", "lang": tag} for tag, text in article.abstracts.items()],
        "fundingReferences": [filled({"funderName": article.best(names), "awardNumber": award}) for names, award in article.funding],
    })}}


def _journal(article: Metadata) -> dict[str, Any]:
    """Where it is published, with volume, issue and pages."""
    return filled({
        "relatedItemType": "Journal", "relationType": "IsPublishedIn",
        "relatedItemIdentifier": {"relatedItemIdentifier": article.issns[0], "relatedItemIdentifierType": "ISSN"} if article.issns else {},
        "titles": [{"title": text} for text in article.journal.values()],
        "publicationYear": str(article.date.year) if article.date else "", "volume": article.volume, "issue": article.issue,
        "firstPage": str(article.pages[0]), "lastPage": str(article.pages[1])})


DEPOSIT = Deposit("datacite", make, "datacite.xml")
