"""For harvesters: a record of each article in unqualified Dublin Core, as OAI-PMH carries it."""

from __future__ import annotations

from basylym.identifiers import doi_address
from basylym.package import Deposit, Parcel
from basylym.package.mods import media_types
from basylym.package.xml import write_xml
from basylym.render.metadata import Metadata

KINDS = {"review-article": "review", "book-review": "bookReview",
         "editorial": "contributionToPeriodical", "letter": "contributionToPeriodical"}
"""The type in the DRIVER and OpenAIRE vocabulary, for each kind of article that is not `article`."""


def make(parcel: Parcel) -> dict[str, bytes]:
    """One file for each article."""
    return {f"{item.article.slug}.xml": write_xml(parcel, "oai_dc.xml", article=item.article, formats=media_types(item),
                                                  type=KINDS.get(item.article.kind, "article"), related=_related(item.article),
                                                  creators=_creators(item.article))
            for item in parcel.items}


def _creators(article: Metadata) -> list[tuple[str, str]]:
    """The authors' names with their languages: all in the article's own, then all in the next; a name that is spelt alike only once."""
    tags = dict.fromkeys(tag for person in article.authors for tag in person.names)
    found: dict[str, str] = {}
    for tag in tags:
        for person in article.authors:
            if tag in person.names:
                found.setdefault(person.names[tag].inverted, tag)
    return [(tag, name) for name, tag in found.items()]


def _related(article: Metadata) -> list[str]:
    """The addresses of the articles that it is a notice about, and of the notices about it."""
    return [doi_address(each.doi) for each in (*article.corrects, *article.notices) if each.doi]


DEPOSIT = Deposit("oai-dc", make, "oai_dc.xml")
