"""For Zenodo and other repositories by InvenioRDM: the record and the offer to a community, as their API takes them.

InvenioRDM's own record is written and not the form that Zenodo's older deposit API takes: it alone has titles and abstracts in
several languages, and every other InvenioRDM takes it too.
"""

from __future__ import annotations

from typing import Any

from basylym.package import MEDIA_TYPES, Deposit, Item, Parcel
from basylym.package.json import filled, write_json
from basylym.render.metadata import Metadata, Person

TERMINOLOGY = {"alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra", "geo": "kat",
               "ger": "deu", "gre": "ell", "ice": "isl", "mac": "mkd", "mao": "mri", "may": "msa", "per": "fas", "rum": "ron", "slo": "slk",
               "tib": "bod", "wel": "cym"}
"""The languages that libraries (ISO 639-2/B) and InvenioRDM (ISO 639-3) call differently."""


def make(parcel: Parcel) -> dict[str, bytes]:
    """A record for each article; the offers to the communities that journal.yaml names."""
    files = {f"{item.article.slug}.json": _record(parcel, item) for item in parcel.items}
    for number, name in enumerate(parcel.journal.deposit.zenodo.communities, 1):
        files[f"community-{number}.json"] = {"receiver": {"community": name}, "type": "community-submission"}
    return {name: write_json(data) for name, data in files.items()}


def _record(parcel: Parcel, item: Item) -> dict[str, Any]:
    article = item.article
    first, last = article.pages
    pdf = f"{article.slug}.pdf" if ".pdf" in item.files else ""
    return filled({
        "access": {"record": "public", "files": "public"},
        "files": filled({"enabled": True, "default_preview": pdf}),
        "pids": {"doi": {"identifier": article.doi, "provider": "external"}} if article.doi else {},
        "metadata": _metadata(parcel, item),
        "custom_fields": {"journal:journal": filled({
            "title": article.best(article.journal), "issn": article.issn_online or article.issn_print,
            "volume": article.volume, "issue": article.issue, "pages": f"{first}-{last}" if first != last else str(first)})},
    })


def _metadata(parcel: Parcel, item: Item) -> dict[str, Any]:
    article = item.article
    spoken = {tag: {"lang": {"id": code}} if (code := _code(parcel, tag)) else {} for tag in (*article.titles, *article.abstracts)}
    mark, address = article.license
    own = _code(parcel, article.language)
    return filled({
        "resource_type": {"id": "publication-article"},
        "title": article.title,
        "additional_titles": [{"title": text, "type": {"id": "translated-title"}, **spoken[tag]}
                              for tag, text in article.others(article.titles).items()],
        "creators": [_person(article, author) for author in article.authors],
        "publication_date": article.date.isoformat() if article.date else "",
        "publisher": article.best(article.publisher.names),
        "description": _description(article, article.taken(article.abstracts)),
        "additional_descriptions": [{"description": _description(article, tag), "type": {"id": "abstract"}, **spoken[tag]}
                                    for tag in article.others(article.abstracts)],
        "languages": [{"id": own}] if own else [],
        "subjects": [{"subject": word} for word in dict.fromkeys(word for words in article.keywords.values() for word in words)],
        "rights": [{"id": article.license_id.lower()}] if address else [{"title": {"en": mark}}] if mark else [],
        "dates": [{"date": day.isoformat(), "type": {"id": kind}}
                  for kind, day in (("submitted", article.received), ("accepted", article.accepted)) if day],
        "version": article.versions[-1].number if article.versions else "",
        "identifiers": [{"identifier": article.page, "scheme": "url"}] if article.page else [],
        "related_identifiers": [{"identifier": value, "scheme": "doi", "relation_type": {"id": relation}}
                                for relation, value in _related(article)],
        "funding": [{"funder": {"name": article.best(names)}, **_award(award)} for names, award in article.funding],
        "references": [filled({"reference": each.text, **({"identifier": each.doi, "scheme": "doi"} if each.doi else {})})
                       for each in article.references if each.text],
        "formats": [kind for ending, kind in MEDIA_TYPES.items() if ending in item.files],
    })


def _person(article: Metadata, author: Person) -> dict[str, Any]:
    """A name without a given one is given as a whole: InvenioRDM asks a person for both."""
    name = author.name()
    called = {"type": "personal", "family_name": name.family, "given_name": name.forenames} if name.forenames else {
        "type": "organizational", "name": name.family}
    orcid = author.orcid.rpartition("/")[2]
    return filled({
        "person_or_org": filled({**called, "identifiers": [{"scheme": "orcid", "identifier": orcid}] if orcid else []}),
        "affiliations": [{"name": article.best(place.names)} for place in author.organisations]})


def _related(article: Metadata) -> list[tuple[str, str]]:
    """The relations to works with a DOI: a notice refers to the article it is about, and that is referred to by the notice."""
    found = [("references", each.doi) for each in article.corrects if each.doi]
    return list(dict.fromkeys(found + [("isreferencedby", each.doi) for each in article.notices if each.doi]))


def _award(number: str) -> dict[str, Any]:
    """A grant; one that no register lists must have a title, and its number is all that is known of it."""
    return {"award": {"number": number, "title": {"en": number}}} if number else {}


def _code(parcel: Parcel, tag: str) -> str:
    code = parcel.code(tag)
    return TERMINOLOGY.get(code, code)


def _description(article: Metadata, tag: str) -> str:
    """The abstract in a language, as HTML; nothing where there is none."""
    parts = article.parts(tag) if tag in article.abstracts else ()
    return _escape(parts[0]) if len(parts) == 1 else "".join(f"<p>{_escape(part)}</p>" for part in parts)


def _escape(text: str) -> str:
    """A text where HTML is expected."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


DEPOSIT = Deposit("zenodo", make)
