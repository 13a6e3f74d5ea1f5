"""The authors and organisations of a JATS file: names in every language they are given in, whose organisation is which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from basylym.check.people import CREDIT
from basylym.intake.affiliations import read_place
from basylym.intake.codes import find_emails
from basylym.intake.jats_words import local, spoken, tongue, words
from basylym.intake.labels import has_word
from basylym.intake.names import read_name

ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
ROR = re.compile(r"ror\.org/0[a-z0-9]{8}")
POSTCODE = re.compile(r"(?<![\w-])\d{5,6}(?![\w-])\s?")
TOWN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}[ ,]?")
"""The name of a town and nothing else."""
PARTICLE = re.compile(r"(\S.*?)\s+((?:(?:da|das|de|do|dos|di|del|della|der|den|la|le|van|von|zu|ter|ten)\s?)+)")
"""Given names with what belongs before the family name."""
LANGUAGES = re.compile(r"(?<=.)[-_.]?(?:kaz|kk|kz|rus|ru|eng|en)$", re.I)
"""What an id says of its element's language."""
WHOLE = ("original", "normalized")
"""What SciELO calls an organisation that is told as a whole, beside its parts."""
NO_NAME = ("label", "sup", "city", "country", "email", "institution-id", "phone", "fax", "postal-code", "xref")
"""Elements of an organisation that are no part of its name."""


@dataclass
class Person:
    """An author as article.md has it, with the elements that each part of it was taken from."""

    element: etree._Element
    data: dict[str, Any] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    """The organisations' ids."""
    notes: list[str] = field(default_factory=list)
    """The ids of notes that the author is marked with."""


@dataclass
class Organisation:
    """An organisation as article.md has it."""

    elements: list[etree._Element] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    sure: bool = True
    """Whether its parts are elements of the file."""


def read_organisations(meta: etree._Element, own: str) -> dict[str, Organisation]:
    """The organisations by their ids; one in several languages stands in an element round them all."""
    found: dict[str, Organisation] = {}
    round_them: dict[etree._Element, Organisation] = {}
    same = _one_in_languages(meta)
    others = _of_others(meta)
    for number, each in enumerate((each for each in meta.iter("aff") if each.get("id") not in others), 1):
        parent = each.getparent()
        both = parent if parent is not None and parent.tag == "aff-alternatives" else None
        both = both if both is not None else same.get(each)
        one = Organisation() if both is None else round_them.setdefault(both, Organisation())
        one.elements.append(each)
        keys = list(dict.fromkeys(key for key in (both.get("id") if both is not None else None, each.get("id")) if key))
        for key in keys or [f" {number}"]:  # no id has a blank in it
            found.setdefault(key, one)
        _read_organisation(one, each, own)
    return found


def _one_in_languages(meta: etree._Element) -> dict[etree._Element, etree._Element]:
    """Elements that are one organisation in several languages, with the first of them: their ids, or whoever is of one, say so."""
    loose = [each for each in meta.iter("aff") if each.get("id") and tongue(each, "") and each.getparent().tag != "aff-alternatives"]
    owners: dict[str, set[etree._Element]] = {}
    for contrib in meta.iter("contrib"):
        for key in (key for mark in contrib.iterfind("xref") if mark.get("ref-type") == "aff" for key in mark.get("rid", "").split()):
            owners.setdefault(key, set()).add(contrib)
    found: dict[etree._Element, etree._Element] = {}
    heads: dict[str, tuple[etree._Element, set[str]]] = {}
    for each in loose:
        key = LANGUAGES.sub("", each.get("id"))
        first, tags = heads.setdefault(key, (each, set()))
        if tongue(each, "") in tags or each is not first and not owners.get(each.get("id"), set()) <= owners.get(first.get("id"), set()):
            continue
        tags.add(tongue(each, ""))
        if each is not first:
            found[each] = found[first] = first
    return found


def _of_others(meta: etree._Element) -> set[str]:
    """The ids of organisations that only an editor or a reviewer is of."""
    marked: dict[str, set[bool]] = {}
    for contrib in meta.iter("contrib"):
        for key in (key for mark in contrib.iterfind("xref") for key in mark.get("rid", "").split()):
            marked.setdefault(key, set()).add(contrib.get("contrib-type", "author") == "author")
    return {key for key, kinds in marked.items() if kinds == {False}}


def _read_organisation(one: Organisation, aff: etree._Element, own: str) -> None:
    institutions = [each for each in aff.iter("institution") if words(each)]
    parts = [each for each in institutions if each.get("content-type") not in WHOLE] or institutions[:1]
    cities = [each for each in aff.iter("city", "named-content") if each.tag == "city" or each.get("content-type") == "city"]
    countries = list(aff.iter("country"))
    lines = [each for each in aff.iter("addr-line") if TOWN.fullmatch(words(each))]
    if not cities and institutions and len(lines) == 1:
        cities = lines  # a line of an address that is nothing but a town
    loose = words(aff, *NO_NAME, "institution", "institution-wrap", "named-content", "addr-line").strip(" ,;.")
    spoken_by = parts[0] if parts and tongue(parts[0], "") else aff
    if parts:
        tags = [tongue(part, "") for part in parts]
        if len(set(tags)) > 1 and all(tags):  # one element with the name in each language
            for part, tag in zip(parts, tags, strict=True):
                one.data.setdefault("name", {}).setdefault(tag, words(part).strip(" ,;"))
            parts = []
    name = ", ".join(dict.fromkeys(words(part).strip(" ,;") for part in parts))
    place = {"city": words(cities[0]).strip(" ,") if cities else "", "country": words(countries[0]).strip(" ,") if countries else ""}
    if not name and not institutions or loose and not (place["city"] or place["country"]):
        read = read_place(POSTCODE.sub("", words(aff, "label", "sup", "institution-id", "email", "xref")))
        one.sure = False
        name = name or (", ".join(filter(None, (read.name,))) if not any(place.values()) else loose or read.name)
        place = {"city": place["city"] or read.city, "country": place["country"] or read.country}
    tag = spoken(spoken_by, name or place["country"], own)
    for kind, text in (("name", name), *place.items()):
        if text:
            one.data.setdefault(kind, {}).setdefault(tag, text)
    for each in aff.iter("institution-id"):
        if found := ROR.search(words(each)):
            one.data["ror"] = f"https://{found[0]}"


def read_people(meta: etree._Element, own: str, organisations: Mapping[str, Organisation]) -> list[Person]:
    """The authors in their order."""
    people: list[Person] = []
    within: dict[etree._Element, list[str]] = {}  # the author, or the group, that an organisation stands in
    for key, one in organisations.items():
        for holder in {next(each.iterancestors("contrib", "contrib-group"), None) for each in one.elements}:
            if holder is not None:
                within.setdefault(holder, []).append(key)
    for group in meta.iterfind("contrib-group"):
        near = within.get(group, [])
        for contrib in group.iterfind("contrib"):
            if contrib.get("contrib-type", "author") == "author":
                person = _read_person(contrib, own)
                person.keys += [key for key in within.get(contrib, []) if key not in person.keys]
                people.append(person)
        shared = {id(organisations[key]): key for key in near}
        if len(shared) == 1 and not any(person.keys for person in people):  # the only one of its group is everybody's
            for person in people:
                person.keys = list(shared.values())
    if len({id(one) for one in organisations.values()}) == 1 and people and not any(person.keys for person in people):
        for person in people:
            person.keys = list(organisations)[:1]
    return people


def _read_person(contrib: etree._Element, own: str) -> Person:
    person = Person(contrib)
    names = {tag: data for each in contrib.iter("name", "string-name", "collab")
             if next(each.iterancestors("collab", "bio"), None) is None for tag, data in _names(each, own)}
    if names:
        person.data["name"] = names
    for each in contrib.iterfind("degrees"):
        person.data.setdefault("degree", {}).setdefault(spoken(each, words(each), own), words(each))
    for each in contrib.iterfind("role"):
        if role := _credit(each):
            person.data.setdefault("roles", []).append(role)
        elif words(each) and each.get("vocab") is None and "credit" not in each.get("content-type", ""):
            person.data.setdefault("position", {}).setdefault(spoken(each, words(each), own), words(each))
    for each in contrib.iterfind("bio"):
        _read_life(person, each, own)
    for each in contrib.iterfind("contrib-id"):
        if each.get("contrib-id-type", "orcid") == "orcid" and (found := ORCID.search(words(each))):
            person.data["orcid"] = found[0]
    if emails := [found for each in contrib.iter("email") for found in find_emails(words(each))]:
        person.data["email"] = emails[0]
    marks = [(each.get("ref-type"), key) for each in contrib.iterfind("xref") for key in each.get("rid", "").split()]
    person.keys = list(dict.fromkeys(key for kind, key in marks if kind == "aff"))
    person.notes = [key for kind, key in marks if kind in ("corresp", "author-notes", "fn")]
    if contrib.get("corresp") == "yes" or any(kind == "corresp" for kind, _ in marks):
        person.data["corresponding"] = True
    return person


def _read_life(person: Person, bio: etree._Element, own: str) -> None:
    """Degrees and a post, where a short life tells nothing else."""
    text = words(bio, "title").strip(" .;")
    pieces = [each.strip() for each in re.split(r"[,;]\s", text) if each.strip()]
    kinds = ["degree" if has_word(each, "degrees") else "position" if has_word(each, "positions") else "" for each in pieces]
    if len(text) > 200 or not all(kinds):
        return
    for kind in ("degree", "position"):
        said = ", ".join(each for each, theirs in zip(pieces, kinds, strict=True) if theirs == kind)
        if said:
            person.data.setdefault(kind, {}).setdefault(spoken(bio, said, own), said)


def _names(element: etree._Element, own: str) -> Iterator[tuple[str, dict[str, str] | str]]:
    """A person's name in its language; a body's name, which has no parts, as it stands."""
    family, given = words(element.find("surname")), words(element.find("given-names"))
    if element.tag == "collab" or not family:
        text = words(element, "contrib-group", "contrib", "aff", "address", "xref") if element.tag == "collab" else words(element)
        read = read_name(text) if element.tag != "collab" else None
        if text:
            yield spoken(element, text, own), read.data() if read else {"family": text}
        return
    family = " ".join(filter(None, (words(element.find("prefix")) if element.find("prefix") is not None and len(
        words(element.find("prefix"))) < 6 and words(element.find("prefix")).islower() else "", family)))
    given, particle = (found[1], found[2]) if (found := PARTICLE.fullmatch(given)) else (given, "")
    name = {"family": " ".join(filter(None, (particle, family, words(element.find("suffix"))))), "given": given}
    read = read_name(f"{family} {given}") if len(given.split()) == 2 and not name["given"].count(".") else None
    if read and read.patronymic and read.family == family:
        name |= {"given": read.given, "patronymic": read.patronymic}
    yield spoken(element, f"{family} {given}", own), {key: text for key, text in name.items() if text}


def _credit(role: etree._Element) -> str:
    """The CRediT term that an element names, as we write it; empty where it names none."""
    told = (role.get("vocab-term", ""), role.get("vocab-term-identifier", "").rstrip("/").rpartition("/")[2],
            role.get("content-type", "").rstrip("/").rpartition("/")[2], words(role))
    terms = {_bones(term): term for term in CREDIT}
    return next((terms[_bones(each)] for each in told if _bones(each) in terms), "")


def _bones(text: str) -> str:
    return re.sub(r"[\W_]|and", "", text.lower())


def give_emails(people: Sequence[Person], notes: Mapping[str, etree._Element]) -> None:
    """Gives authors without an address the one in the note they are marked with, where nobody else is marked with it."""
    by_note: dict[str, list[Person]] = {}
    for person in people:
        for key in dict.fromkeys(person.notes):
            by_note.setdefault(key, []).append(person)
    known = {person.data.get("email") for person in people}
    for key, note in notes.items():
        marked = by_note.get(key, [])
        emails = [found for each in note.iter("email") for found in find_emails(words(each))] or find_emails(words(note))
        if len(marked) == 1 and emails and known.isdisjoint(emails):
            marked[0].data.setdefault("email", emails[0])
            known.add(emails[0])


def name_of(person: Person) -> str:
    """An author as a line names him."""
    first = next(iter(person.data.get("name", {}).values()), "")
    return " ".join(filter(None, (first.get(part, "") for part in ("family", "given", "patronymic")))) if first else local(person.element)
