"""A cited work in JATS, field by field: what programs match and count, beside the entry as printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from basylym.read.entry_names import OTHERS, read_people
from basylym.render.jats_lines import HREF, TITLE, XML_LANG, append_text
from basylym.render.metadata import MARKUP, Reference

KINDS = {"article-journal": "journal", "article-magazine": "journal", "review": "journal", "review-book": "journal",
         "article-newspaper": "newspaper", "book": "book", "chapter": "book", "entry": "book", "entry-dictionary": "book",
         "entry-encyclopedia": "book", "paper-conference": "confproc", "thesis": "thesis", "report": "report", "patent": "patent",
         "standard": "standard", "dataset": "data", "software": "software", "article": "preprint", "webpage": "webpage",
         "post": "webpage", "post-weblog": "webpage", **dict.fromkeys(("bill", "legislation", "regulation", "treaty", "legal_case"), "gov")}
"""CSL's types of works, and @publication-type's words for them."""
PARTS = {"book": "chapter-title", "data": "data-title"}
"""What the title of a work is called that stands in another, where it is not article-title."""
LOOKS = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "sub": "sub", "sup": "sup", "sc": "sc"}
"""CSL's markup in a title, and the same in JATS."""
PEOPLE = ("author", "editor", "translator", "compiler")
LATIN = "-Latn"


def publication_type(reference: Reference) -> str:
    """What kind of work it is; `other` where that is not known."""
    return KINDS.get(reference.kind, "other")


def write_fields(reference: Reference, data: Mapping[str, Any]) -> etree._Element | None:
    """A cited work as element-citation; None where nothing is known of it but the printed entry."""
    kind, spoken = publication_type(reference), reference.language
    found = etree.Element("element-citation", {"publication-type": kind} | ({XML_LANG: spoken} if spoken else {}))
    for role in PEOPLE:
        _people(found, role, data, spoken)
    container = reference.container or _plain(data, "event-title") or _plain(data, "event")
    within = bool(container) or kind in ("journal", "newspaper", "preprint")
    _titled(found, PARTS.get(kind, "article-title") if within else "data-title" if kind == "data" else "source",
            reference.title, "trans-title" if within or kind == "data" else "trans-source", data, "title", spoken)
    if container:
        _titled(found, "source", container, "trans-source", data, "container-title", spoken)
    _add(found, "series", _plain(data, "collection-title"))
    if _plain(data, "edition"):
        _add(found, "edition", _plain(data, "edition"))
    _add(found, "comment", _plain(data, "genre"), **{"content-type": "genre"})
    if version := _plain(data, "version"):
        _add(found, "version", version, designator=version)
    _add(found, "publisher-loc", _plain(data, "publisher-place") or _plain(data, "event-place"))
    _add(found, "publisher-name", reference.publisher)
    _dates(found, reference, data)
    _add(found, "volume", reference.volume)
    _add(found, "issue", reference.issue)
    _pages(found, reference, data)
    _add(found, {"patent": "patent", "standard": "std"}.get(kind, "comment"), _plain(data, "number"))
    _add(found, "isbn", reference.isbn)
    _add(found, "issn", reference.issn)
    _add(found, "pub-id", reference.doi, **{"pub-id-type": "doi"})
    _add(found, "pub-id", _plain(data, "PMID"), **{"pub-id-type": "pmid"})
    if reference.url and not reference.doi:
        _add(found, "ext-link", reference.url, **{"ext-link-type": "uri", HREF: reference.url, TITLE: reference.title or reference.text})
    return found if reference.title or found.find("person-group") is not None else None


def _add(target: etree._Element, name: str, text: str, **attributes: str) -> None:
    if text:
        etree.SubElement(target, name, attributes).text = text


def _plain(data: Mapping[str, Any], name: str) -> str:
    """A field on one line, without CSL's markup."""
    value = data.get(name)
    return " ".join(MARKUP.sub("", str(value)).split()) if isinstance(value, (str, int)) else ""


def _titled(target: etree._Element, name: str, title: str, other: str, data: Mapping[str, Any], field: str, spoken: str) -> None:
    """A title; in Latin letters where the author romanised it; in English."""
    if title:
        _mark(etree.SubElement(target, name), data[field] if _plain(data, field) == title else title)
    for ending, tag in (("latin", f"{spoken.split('-')[0]}{LATIN}"), ("en", "en")):
        text = _plain(data, f"{field}-{ending}")
        if text and text != title and spoken:
            _mark(etree.SubElement(target, other, {XML_LANG: tag}), data[f"{field}-{ending}"])


def _mark(element: etree._Element, text: Any) -> None:
    """A title as an element has it, CSL's markup as JATS's; the end of what was never begun is left out."""
    inside = [element]
    for part in re.split(f"({MARKUP.pattern})", " ".join(str(text).split())):
        if not MARKUP.fullmatch(part):
            append_text(inside[-1], part)
        elif (look := LOOKS.get(re.sub(r"\W.*", "", part.strip("</")))) is None:
            continue
        elif part[1] != "/":
            inside.append(etree.SubElement(inside[-1], look))
        elif inside[-1].tag == look and len(inside) > 1:
            inside.pop()


# --- people -------------------------------------------------------------------------------------------------------------
def _people(target: etree._Element, role: str, data: Mapping[str, Any], spoken: str) -> None:
    """Authors, editors or translators; a person's own Latin spelling beside the name."""
    people, latin = _read(data.get(role)), _read(data.get(f"{role}-latin"))
    if not people:
        return
    group = etree.SubElement(target, "person-group", {"person-group-type": role})
    same = len(people) == len(latin)
    for number, person in enumerate(people):
        if _is_others(person):
            etree.SubElement(group, "etal")
            continue
        name = _name(person)
        if name is None:
            continue
        if same and (own := _name(latin[number])) is not None and own.tag == name.tag == "name":
            both = etree.SubElement(group, "name-alternatives")
            name.set(XML_LANG, spoken)
            own.set(XML_LANG, f"{spoken.split('-')[0]}{LATIN}")
            both.extend([name, own])
        else:
            group.append(name)
    if not len(group):
        target.remove(group)


def _read(given: Any) -> list[dict]:
    return [person for each in (given if isinstance(given, list) else [given] if given else []) for person in read_people(each)]


def _is_others(person: Mapping[str, Any]) -> bool:
    words = str(person.get("literal") or ("" if person.get("given") else person.get("family")) or "")
    return bool(OTHERS.fullmatch(f" {words}"))


def _name(person: Mapping[str, Any]) -> etree._Element | None:
    """A person, or a body that is named as a whole."""
    parts = {name: " ".join(str(person[name]).split()) for name in person if isinstance(person[name], (str, int))}
    if parts.get("literal") or not parts.get("family"):
        words = parts.get("literal") or parts.get("given") or ""
        whole = etree.Element("collab")
        whole.text = words
        return whole if words else None
    name = etree.Element("name")
    _add(name, "surname", " ".join(filter(None, (parts.get("non-dropping-particle"), parts["family"]))))
    _add(name, "given-names", parts.get("given", ""))
    _add(name, "suffix", parts.get("suffix", ""))
    return name


# --- dates and pages ----------------------------------------------------------------------------------------------------
def _dates(target: etree._Element, reference: Reference, data: Mapping[str, Any]) -> None:
    """When it came out, as far as that is known in numbers, and when it was looked at."""
    if reference.date:
        iso = "-".join(f"{part:02}" for part in reference.date)
        for name, part in reversed(list(zip(("year", "month", "day"), reference.date, strict=False))):
            _add(target, name, str(part), **({"iso-8601-date": iso if len(reference.date) < 2 else str(part)} if name == "year" else {}))
    else:
        issued = data.get("issued")
        _add(target, "string-date", _plain(issued, "literal") or _plain(issued, "raw") if isinstance(issued, Mapping) else "")
    accessed = data.get("accessed")
    parts = accessed.get("date-parts") if isinstance(accessed, Mapping) else None
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] and all(isinstance(each, int) for each in parts[0]):
        day = "-".join(f"{part:02}" for part in parts[0][:3])
        _add(target, "date-in-citation", day, **{"content-type": "access-date", "iso-8601-date": day})


def _pages(target: etree._Element, reference: Reference, data: Mapping[str, Any]) -> None:
    """First and last page; an article's own number; how many pages a whole work has."""
    given, pages = _plain(data, "page"), reference.pages
    if pages and re.fullmatch(r"[eE]\d+", given):
        _add(target, "elocation-id", given)
    elif len(pages) == 2 and all(each.isdigit() for each in pages) and int(pages[0]) <= int(pages[1]):
        _add(target, "fpage", pages[0])
        _add(target, "lpage", pages[1])
    elif len(pages) == 1 and given.isdigit():
        _add(target, "fpage", given)
    else:
        _add(target, "page-range", given)
    _add(target, "size", _plain(data, "number-of-pages"), units="pages")
