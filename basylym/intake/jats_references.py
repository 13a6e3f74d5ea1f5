"""The references of a JATS file: each from its own elements; what has none is read from its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from basylym.intake.codes import read_days
from basylym.intake.document import Block, Look
from basylym.intake.entry_match import name_entry, pair_lists
from basylym.intake.entry_text import read_entry
from basylym.intake.jats_words import HREF, LANG, local, read_date, tag_of, words, written_date
from basylym.intake.reference_lists import Typed
from basylym.intake.references import KEPT, with_latin
from basylym.intake.tidying import strings
from basylym.intake.understood import Decision, References
from basylym.languages import known_languages, language
from basylym.languages.identify import guess_language
from basylym.messages import Phrase
from basylym.typography.letters import CYRILLIC

CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
KINDS = {"journal": "article-journal", "newspaper": "article-newspaper", "magazine": "article-magazine", "book": "book",
         "confproc": "paper-conference", "conference": "paper-conference", "conf-proc": "paper-conference", "thesis": "thesis",
         "report": "report", "patent": "patent", "standard": "standard", "data": "dataset", "software": "software", "preprint": "article",
         "webpage": "webpage", "web": "webpage", "website": "webpage", "gov": "legislation", "legal": "legislation",
         "working-paper": "report", "database": "dataset", "letter": "personal_communication"}
"""@publication-type's words, and CSL's types of works."""
TITLES = ("chapter-title", "data-title", "article-title")
ROLES = {"author": "author", "editor": "editor", "translator": "translator", "compiler": "compiler", "allauthors": "author",
         "guest-editor": "editor", "assignee": "author", "inventor": "author", "transed": "translator"}
LATIN = "-Latn"
PLAIN = {"volume": "volume", "issue": "issue", "edition": "edition", "publisher-name": "publisher", "publisher-loc": "publisher-place",
         "isbn": "ISBN", "issn": "ISSN", "series": "collection-title", "conf-name": "event-title", "conf-loc": "event-place",
         "version": "version", "patent": "number", "std": "number"}
"""Elements with one value, and CSL's variables."""
IDS = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}
NUMBER = re.compile(r"(?=.*\d)[\w./() -]{1,40}")
"""A comment that is a document's number."""


@dataclass
class Listed:
    """The references of a file as they are found."""

    references: References
    blocks: list[Block]
    """The blocks that stand for the lists."""
    keys: dict[str, str] = field(default_factory=dict)
    """The ids of the list's elements -> the entries' keys, in the list's order."""


def read_references(root: etree._Element, own: str) -> Listed:
    """All references of a file; their blocks are counted from 1. The lists are taken out of it."""
    blocks: list[Block] = []
    entries, decisions, numbers, keys, taken = [], [], {}, {}, set()
    works: list[list[_Work]] = []
    for whole in list(root.iter("ref-list")):
        refs = [each for each in whole.iterchildren("ref") if words(each)]
        if refs:
            works.append([])
            labels = language(own if own in known_languages() else "en").labels
            heading = words(whole.find("title")) or labels["references"]
            decisions.append(Decision((_put(blocks, heading),), "references", heading, "certain", Phrase(
                "a list of references, {count} entries", count=len(refs)), heading))
        for ref in refs:
            number = re.sub(r"[^\w-]", "", words(ref.find("label"))) or str(sum(map(len, works)) + 1)
            at = _put(blocks, words(ref))
            parts = [each for each in ref.iter(*CITATIONS)] or [ref]
            works[-1] += [_Work(ref.get("id", f" {at}"), at, "" if place else number, *_read(group, own))
                          for place, group in enumerate(_works(parts))]
        for each in whole.iterchildren("p", "title"):
            if each.tag == "p" and words(each):
                at = _put(blocks, words(each))
                decisions.append(Decision((at,), "unknown", words(each), "unknown", Phrase("words in a list of references"), words(each)))
    for work in _join_lists(works):
        entry = work.entry | {"note": work.note}
        entry["id"] = name_entry(entry, taken, work.number)
        entries.append(_ordered(entry))
        decisions.append(Decision(tuple(work.at), "reference", _shown(entry), work.sure, work.why, work.note))
        for key in work.keys:
            keys.setdefault(key, entry["id"])
        if work.number.isdigit():
            numbers.setdefault(work.number, entry["id"])
    for whole in list(root.iter("ref-list")):
        if (parent := whole.getparent()) is not None:
            parent.remove(whole)
    used = frozenset(each.number for each in blocks)
    return Listed(References(tuple(entries), tuple(decisions), used, numbers), blocks, keys)


class _Work:
    """One work as a list has it."""

    def __init__(self, key: str, at: int, number: str, entry: dict[str, Any], note: str, sure: Any, why: Phrase) -> None:
        self.keys, self.at, self.number, self.entry, self.note, self.sure, self.why = [key], [at], number, entry, note, sure, why

    def pair(self) -> tuple[Typed, dict[str, Any]]:
        return Typed(self.note, self.at), self.entry


def _join_lists(lists: list[list[_Work]]) -> list[_Work]:
    """The works of all lists; of a second list in Latin letters each is the same work as one of the first, where it tells so."""
    if len(lists) < 2 or not any(CYRILLIC.search(each.note) for each in lists[0]) or any(CYRILLIC.search(each.note) for each in lists[-1]):
        return [work for one in lists for work in one]
    first, second = [work for one in lists[:-1] for work in one], lists[-1]
    pairs = pair_lists([each.pair() for each in first], [each.pair() for each in second])
    for place, (other, matched) in pairs.items():
        one, same = first[place], second[other]
        one.entry = with_latin(one.entry, _of_latin(same.note) | same.entry)
        one.keys, one.at, one.note = one.keys + same.keys, one.at + same.at, f"{one.note}\n{same.note}"
        one.sure = one.sure if matched or one.sure == "unknown" else "likely"
    there = {other for other, _ in pairs.values()}
    return [*first, *(each for place, each in enumerate(second) if place not in there)]


def _of_latin(text: str) -> dict[str, Any]:
    """What an entry of a list in Latin letters says of a work."""
    read = read_entry(text, latin=True)
    return {key: _plain(value) for key, value in read.fields.items() if key != "spoken"}


def _put(blocks: list[Block], text: str) -> int:
    """Makes a block of a line; its number."""
    blocks.append(Block(len(blocks) + 1, "paragraph", {"t": "Para", "c": strings(text)}, text, Look(style="ref")))
    return len(blocks)


def _works(parts: list[etree._Element]) -> Iterator[list[etree._Element]]:
    """The citations of one reference, those of one work together: a journal of chemistry puts several works under one number."""
    data = [each for each in parts if _is_tagged(each)]
    alike = len({each.tag for each in parts}) == 1 and len(parts) > 1 and not any(each.get("specific-use") for each in parts)
    if alike and len(data) == len(parts) and not any(each.getparent().tag == "citation-alternatives" for each in parts):
        yield from ([each] for each in parts)
    else:
        yield parts


def _is_tagged(element: etree._Element) -> bool:
    return any(element.find(f".//{name}") is not None for name in ("source", "article-title", "chapter-title", "data-title", "person-group",
                                                                   "surname", "collab", "part-title"))


def _read(parts: list[etree._Element], own: str) -> tuple[dict[str, Any], str, Any, Phrase]:
    """A work from its citations: the elements' data, the words as printed."""
    printed = [each for each in parts if each.tag != "element-citation"] or parts
    printed.sort(key=lambda each: bool(each.get("specific-use")))
    note = "\n".join(dict.fromkeys(words(each) for each in printed))
    tagged = [each for each in parts if _is_tagged(each)]
    best = min(tagged, key=lambda each: each.tag != "element-citation", default=None)
    entry = _fields(best, own) if best is not None else {}
    latin = (words(each) for each in printed[1:] if not CYRILLIC.search(words(each)))
    other = next(latin, "") if CYRILLIC.search(words(printed[0])) else ""
    if entry.get("title") or entry.get("author"):
        entry = with_latin(entry, _of_latin(other)) if other and best.tag != "element-citation" else entry
        return entry, note, "certain", Phrase("read from the elements of the file")
    read = read_entry(words(printed[0]))
    known = read.fields if read.sure != "unknown" else {key: read.fields[key] for key in ("type", "language") if key in read.fields}
    entry = {key: _plain(value) for key, value in known.items() if key != "spoken"} | entry
    entry = with_latin(entry, _of_latin(other)) if other else entry
    return entry, note, read.sure, Phrase("it could not be taken apart and stands whole") if read.sure == "unknown" else Phrase(
        "the file does not say its parts: they were read from its words")


def _plain(value: Any) -> Any:
    """A value as references.yaml has it; a date in one line."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if not parts:
        return value
    return parts[0][0] if len(parts) == 1 and len(parts[0]) == 1 else "/".join(written_date(part) for part in parts)


def _fields(data: etree._Element, own: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for role, people, latin in _people(data):
        if people and role not in entry:
            entry[role] = people
            if latin:
                entry[f"{role}-latin"] = latin
    title, container = _titles(data)
    entry |= {name: text for name, element in (("title", title), ("container-title", container)) for text in [_title(element)] if text}
    _translations(data, title, container, entry)
    for each in data.iter():
        name, text = local(each), words(each)
        if name in PLAIN and text:
            entry.setdefault(PLAIN[name], text)
        elif name == "pub-id" and each.get("pub-id-type") in IDS:
            entry.setdefault(IDS[each.get("pub-id-type")], re.sub(r"^https?://(?:dx\.)?doi\.org/", "", text))
        elif name in ("ext-link", "uri"):
            address = each.get(HREF) or text
            if found := re.match(r"(?:https?://(?:dx\.)?doi\.org/|doi:)(10\.\S+)", address):
                entry.setdefault("DOI", found[1])
            elif re.match(r"(?:https?|ftp)://", address):
                entry.setdefault("URL", address)
        elif name == "comment" and each.get("content-type") == "genre":
            entry.setdefault("genre", text)
        elif name == "comment" and data.tag == "element-citation" and NUMBER.fullmatch(text):
            entry.setdefault("number", text)
        elif name == "date-in-citation" and each.get("content-type", "access-date") == "access-date":
            days = read_date(each) or next((list(day) for day in _days(text)), [])
            entry |= {"accessed": written_date(days)} if days else {}
        elif name == "size" and each.get("units", "pages").startswith("page") and (found := re.match(r"\d+", text)):
            entry.setdefault("number-of-pages", found[0])
    _dates(data, entry)
    _pages(data, entry)
    kind = (data.get("publication-type") or data.get("citation-type") or "").lower()
    entry["type"] = _type(kind, data, entry)
    entry["language"] = _language(data, entry, own)
    return entry


def _type(kind: str, data: etree._Element, entry: dict[str, Any]) -> str:
    """What a work is: what the file says; where it says nothing that CSL knows, what its parts tell."""
    if kind == "book" and entry.get("container-title"):
        return "chapter"
    if kind in KINDS:
        return KINDS[kind]
    if data.find("chapter-title") is not None:
        return "chapter"
    if data.find("article-title") is not None and data.find("source") is not None:
        return "paper-conference" if data.find("conf-name") is not None else "article-journal"
    return "book" if "publisher" in entry else "webpage" if "URL" in entry else "document"


def _language(data: etree._Element, entry: dict[str, Any], own: str) -> str:
    said = data.get(LANG) or next((each.get(LANG) for each in data.iterchildren("article-title", "source") if each.get(LANG)), None)
    if said:
        return tag_of(said)
    return guess_language(str(entry.get("title") or "")) or own


def _titles(data: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """The element of a work's title, and of what it stands in."""
    inner = next((found for name in TITLES if (found := data.find(name)) is not None and words(found)), None)
    source = data.find("source")
    return (inner, source) if inner is not None else (source if source is not None else data.find("part-title"), None)


def _title(element: etree._Element | None) -> str:
    """A title in CSL's own markup."""
    if element is None:
        return ""
    looks = {"italic": "i", "bold": "b", "sub": "sub", "sup": "sup"}

    def pieces(each: etree._Element) -> Iterator[str]:
        yield each.text or ""
        for child in each:
            look = looks.get(child.tag) if len(element) > 1 or (element.text or "").strip() or (child.tail or "").strip() else None
            yield from (f"<{look}>" if look else "", *pieces(child), f"</{look}>" if look else "", child.tail or "")

    return " ".join("".join(pieces(element)).split()).rstrip(".,").strip()


def _translations(data: etree._Element, title: etree._Element | None, container: etree._Element | None, entry: dict[str, Any]) -> None:
    """Titles in English, and in Latin letters where the author romanised them."""
    within = container is not None or title is not None and title.tag in TITLES
    names = {"trans-title": "title", "trans-source": "container-title" if within else "title"}
    for each in data.iterchildren(*names):
        said = each.get(LANG, "en")
        ending = "latin" if said.endswith(LATIN) else "en" if said.startswith("en") else ""
        if ending and words(each):
            entry.setdefault(f"{names[each.tag]}-{ending}", _title(each))


def _people(data: etree._Element) -> Iterator[tuple[str, list[dict[str, str]], list[dict[str, str]]]]:
    """People by their roles, with their names in Latin letters where the file has both."""
    groups = [(ROLES.get(each.get("person-group-type", "author"), ""), list(each)) for each in data.iterchildren("person-group")]
    loose = [each for each in data if each.tag in ("name", "string-name", "collab", "name-alternatives", "etal")]
    for role, members in [*groups, ("author", loose)]:
        people, latin = [], []
        for each in members:
            both = list(each) if each.tag == "name-alternatives" else [each]
            read = [(one.get(LANG, ""), _person(one)) for one in both if one.tag in ("name", "string-name", "collab", "etal")]
            if read and read[0][1]:
                people.append(read[0][1])
                latin.append(next((person for tag, person in read[1:] if tag.endswith(LATIN)), {}))
        if role and people:
            yield role, people, latin if all(latin) else []


def _person(element: etree._Element) -> dict[str, str]:
    if element.tag == "etal":
        return {"literal": "others"}
    family, given = words(element.find("surname")), words(element.find("given-names"))
    if element.tag == "collab" or not family:
        return {"literal": words(element)} if words(element) else {}
    return {"family": family.rstrip(","), **({"given": given.rstrip(",")} if given else {}),
            **({"suffix": suffix} if (suffix := words(element.find("suffix"))) else {})}


def _days(text: str) -> Iterator[tuple[int, ...]]:
    for day in read_days(text):
        yield (day.year, day.month, day.day)


def _dates(data: etree._Element, entry: dict[str, Any]) -> None:
    where = next((each for each in (data, data.find("date")) if each is not None and each.find("year") is not None), None)
    parts = read_date(where) if where is not None else []
    if parts:
        entry["issued"] = parts[0] if len(parts) == 1 else written_date(parts)
    elif where is not None or data.find("string-date") is not None:
        said = words(where.find("year")) if where is not None else words(data.find("string-date"))
        if found := re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", said):
            entry["issued"] = int(found[0])


def _pages(data: etree._Element, entry: dict[str, Any]) -> None:
    first, last, span, own = (words(data.find(name)) for name in ("fpage", "lpage", "page-range", "elocation-id"))
    page = f"{first}–{last}" if first and last and first != last else span or first or own
    if page:
        entry["page"] = page.replace("-", "–") if re.fullmatch(r"\d+-\d+", page) else page


def _ordered(entry: dict[str, Any]) -> dict[str, Any]:
    given = {key: value for key, value in entry.items() if value not in (None, "", [])}
    last = {"note": given.pop("note")} if given.get("note") else {}
    return {key: given[key] for key in KEPT if key in given} | {key: value for key, value in given.items() if key not in KEPT} | last


def _shown(entry: dict[str, Any]) -> str:
    people = ", ".join(str(each.get("family") or each.get("literal") or "") for each in entry.get("author") or ())
    parts = (people, entry.get("title", ""), entry.get("container-title", ""), entry.get("issued", ""), entry.get("page", ""))
    return f"{entry['id']}: " + " | ".join(str(part) for part in parts if part)
