"""For DOAJ, the directory of open access journals: XML for its upload form, JSON for its API."""

from __future__ import annotations

from typing import Any

from basylym.package import Deposit, Item, Parcel
from basylym.package.json import filled, write_json
from basylym.package.xml import write_xml
from basylym.render.metadata import Metadata

FORMATS = {".pdf": "PDF", ".html": "HTML", ".epub": "ePUB", ".xml": "XML"}
"""The outputs in its words."""


def make(parcel: Parcel) -> dict[str, bytes]:
    """The articles in both forms: in JSON one is an object, those of an issue are a list."""
    records = [_record(parcel, item) for item in parcel.items]
    return {f"{parcel.name}.xml": write_xml(parcel, "doaj.xml", places=_places),
            f"{parcel.name}.json": write_json(records if parcel.whole else records[0])}


def _places(article: Metadata) -> dict[str, str]:
    """Where its authors work, each place once: name -> number."""
    names = (article.best(place.names) for author in article.authors for place in author.organisations)
    return {name: str(number) for number, name in enumerate(dict.fromkeys(names), 1)}


def _record(parcel: Parcel, item: Item) -> dict[str, Any]:
    """An article as the API takes it. It has a place for one language; keywords of all languages fit in."""
    article = item.article
    identifiers = {"doi": article.doi, "pissn": article.issn_print, "eissn": article.issn_online}
    journal = {"title": article.best(article.journal), "publisher": article.best(article.publisher.names), "volume": article.volume,
               "number": article.issue, "start_page": str(article.pages[0]), "end_page": str(article.pages[1]),
               "language": [article.language.split("-")[0].upper()]}
    return {"bibjson": filled({
        "title": article.title,
        "abstract": article.best(article.abstracts),
        "author": [filled({"name": author.name().full, "orcid_id": author.orcid,
                            "affiliation": "; ".join(article.best(place.names) for place in author.organisations)})
                   for author in article.authors],
        "identifier": [{"type": kind, "id": value} for kind, value in identifiers.items() if value],
        "journal": filled(journal),
        "year": str(article.date.year) if article.date else "",
        "month": str(article.date.month) if article.date else "",
        "keywords": list(dict.fromkeys(word for words in article.keywords.values() for word in words)),
        "link": [{"type": "fulltext", "url": article.address + ending, "content_type": kind}
                 for ending, kind in FORMATS.items() if ending in item.files],
    })}


DEPOSIT = Deposit("doaj", make, "doaj.xml")
