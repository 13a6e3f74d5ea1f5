"""The authors of all heads and paragraphs about authors brought together: one author with his name in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from basylym.intake.affiliations import Place, add_facts, place_of, read_person, same_place
from basylym.intake.codes import find_emails, find_orcids, without_addresses
from basylym.intake.entry_language import KAZAKH
from basylym.intake.heads import Head
from basylym.intake.labels import find_label, has_word, skeleton, tongue_of
from basylym.intake.names import Person, read_name
from basylym.intake.organisations import is_acronym, is_organisation
from basylym.intake.people import is_fuller, read_authors
from basylym.intake.same_names import alike, either_way
from basylym.intake.spans import DOWN, UP, Span
from basylym.languages.identify import guess_language
from basylym.typography.transliteration import slug

MOST = 60
"""Authors and organisations that are brought together."""


@dataclass(slots=True)
class Author:
    """One author, in each language."""

    names: dict[str, Person] = field(default_factory=dict)
    """The name in each language, with what stands beside it."""
    sources: list[tuple[str, Person]] = field(default_factory=list)
    """All that was said of him, with its language."""
    places: list[int] = field(default_factory=list)
    """His organisations' places in the list."""
    corresponding: bool = False
    """Whether readers write to him."""
    email: str = ""
    """His address."""
    orcid: str = ""
    """His ORCID."""
    sure: bool = True
    """Whether it is plain whose names these are."""


@dataclass(slots=True)
class Organisation:
    """One organisation, in each language."""

    places: dict[str, Place] = field(default_factory=dict)
    """What it is called in each language."""


def tag_of(person: Person, hint: str, article: str) -> str:
    """The language that a name is written in: by its letters, else that of the lines around it."""
    name = f"{person.family} {person.given} {person.patronymic}"
    if person.family[:1] < "\u0250":
        return "en"
    if KAZAKH.search(name):
        return "kk"
    return hint if hint and hint != "en" else article if article != "en" else "ru"


class Authors:
    """Authors and organisations, gathered head by head."""

    def __init__(self, article: str) -> None:
        self.article = article
        self.authors: list[Author] = []
        self.organisations: list[Organisation] = []
        self.loose: list[Person] = []
        self.unowned: list[tuple[str, Span]] = []

    def add_head(self, head: Head) -> None:
        """Takes the authors and organisations of a head."""
        people, first = head.authors[:MOST], not self.authors
        tags = [tag_of(person, head.tag, self.article) for person in people]
        tag = head.tag if head.tag in ("kk", "ru") and set(tags) != {"en"} else "kk" if "kk" in tags else next(
            iter(tags), head.tag or self.article)
        mixed = set(tags) != {"en"}
        matched: list[Author | None] = [self._match(person, at, people, first, tag, mixed) for at, person in enumerate(people)]
        if people and not first and not any(matched):
            self.loose += people  # another article's authors: their organisations are nobody's here
            return
        places = self._add_places(head, tag)
        # a star beside a number, «*¹», says whose organisation it is, and that readers write to them
        marked = {mark for place in head.places for mark in place.marks if "*" not in mark or len(place.marks) == 1}
        for at, (person, author) in enumerate(zip(people, matched, strict=True)):
            if author is None:
                self.loose.append(person)
                continue
            own = [number for number, place in zip(places, head.places, strict=False) if set(place.marks) & set(person.marks)]
            if not own and at in head.held:
                own = [number for number, place in zip(places, head.places, strict=False) if place is head.held[at]]
            author.places += [each for each in dict.fromkeys(own) if each not in author.places]
            author.corresponding |= bool(person.stars - marked) and (len(people) == 1 or any(not other.stars for other in people))
        self._add_loose(head, matched)

    def _match(self, person: Person, at: int, people: Sequence[Person], first: bool, tag: str, mixed: bool) -> Author | None:
        own = tag_of(person, tag, self.article)
        own = tag if (own != "en" or mixed) and tag != "en" else own  # «Динара Қожахмет, Olga Berg»: a foreign name in a Kazakh line
        author: Author | None
        if first and not any(alike(person, other.names[next(iter(other.names))]) and own not in other.names for other in self.authors):
            author = Author()
            self.authors.append(author)
        else:
            likely = [each for each in self.authors if any(alike(person, name) for name in each.names.values())]
            likely = likely or self._turned(person, own)
            free = [each for each in likely if own not in each.names]
            author = (free or likely or [None])[0]  # type: ignore[list-item]
            if author is None and len(people) == len(self.authors) and own not in self.authors[at].names:
                author = self.authors[at]
                author.sure = False
        if author:
            author.sources.append((own, person))
            author.names.setdefault(own, person)
            author.email = author.email or person.email
            author.orcid = author.orcid or person.orcid
        return author

    def _turned(self, person: Person, own: str) -> list[Author]:
        """The one author whose name is a name's words the other way round: «Синь Ли» is Xin Li. The Latin line tells the order."""
        found = [each for each in self.authors if own not in each.names and person.sure == "likely" and any(
            alike(turned, name) for turned in either_way(person)[1:] for name in each.names.values())]
        if len(found) != 1:
            return []
        wrong = [person] if own != "en" else [name for name in found[0].names.values() if name.sure == "likely"]
        for name in wrong:
            name.family, name.given = name.given, name.family
        found[0].sure = False
        return found

    def _add_places(self, head: Head, tag: str, in_order: bool = True) -> list[int]:
        """The place in the list of each of a head's organisations; `in_order` where they may be those of earlier heads, in their order."""
        found, before = [], list(self.organisations) if in_order else []
        whole = [place for place in head.places[:MOST] if place.name or place.city]
        for at, place in enumerate(head.places[:MOST]):
            own = tongue_of(place.name, "in_names", "named_after") or tag
            if place.name and not _cyrillic(place):
                beside = [other for other in head.places if _cyrillic(other)]
                alone = place.marks and beside and not any(set(other.marks) & set(place.marks) for other in beside)
                own = tag if alone else "en"  # «³KU Leuven» among Kazakh ones is so in Kazakh too
            same = next((each for each in self.organisations if own in each.places and same_place(each.places[own], place)), None)
            if same is None and before:
                fits = [each for each in before if own not in each.places and any(
                    set(other.marks) & set(place.marks) for other in each.places.values())]
                if not fits and at < len(before) == len(whole) and own not in before[at].places and not (
                        place.marks and any(other.marks for other in before[at].places.values())):
                    fits = [before[at]]
                same = fits[0] if fits else None
            if same is None:
                same = Organisation()
                self.organisations.append(same)
            if (other := same.places.setdefault(own, place)) is not place:
                other.marks = tuple(dict.fromkeys((*other.marks, *place.marks)))
            found.append(next(number for number, each in enumerate(self.organisations) if each is same))
        return found

    def _add_loose(self, head: Head, matched: Sequence[Author | None]) -> None:
        """Addresses that stand by themselves: by the mark before them, by their likeness to a name, by their order."""
        authors = [author for author in matched if author] or self.authors
        for kind, found in (("email", head.emails), ("orcid", head.orcids)):
            waiting = [author for author in authors if not getattr(author, kind)]
            for value, span in found:
                owner = self._owner(value, span, kind, found, waiting, authors, head)
                if owner:
                    setattr(owner, kind, value)
                    if kind == "email" and span.text.startswith("*") and value == find_emails(span.text)[0]:
                        owner.corresponding = True
                else:
                    self.unowned.append((value, span))
        if len(self.authors) == 1 and self.organisations and not self.authors[0].places:
            self.authors[0].places = list(range(len(self.organisations)))
        elif len(self.organisations) == 1:
            for author in self.authors:
                if not any(mark.isdigit() for _, each in author.sources for mark in each.marks):
                    author.places = author.places or [0]

    def _owner(self, value: str, span: Span, kind: str, found: Sequence[tuple[str, Span]], waiting: list[Author],
               authors: Sequence[Author], head: Head) -> Author | None:
        if any(getattr(author, kind) == value for author in self.authors):
            return None
        near = [author for author in waiting if any(_close_word(name.family, span.text) for name in author.names.values())]
        if len(near) == 1 and not getattr(near[0], kind):
            return near[0]
        if len(marked := _with_mark_before(value, span.marked, authors)) == 1:
            return marked[0] if not getattr(marked[0], kind) else None
        if kind == "email":
            local = value.split("@")[0].lower()
            named = [author for author in authors if not author.email and any(_in_address(name, local) for name in author.names.values())]
            if len(named) == 1:
                return named[0]
            starred = [author for author in authors if author.corresponding and not author.email]
            if len(found) == 1 and len(starred) == 1:
                return starred[0]
        if kind == "orcid" and len(found) == 1 and (before := next(
                (each for _, each in head.emails if each.block == span.block - 1), None)):  # under an author's e-mail
            owner = next((author for author in authors if author.email in find_emails(before.text)), None)
            return owner if owner and not owner.orcid else None
        if len(found) == len(waiting):
            place = next((at for at, each in enumerate(found) if each[0] == value), 0)
            return waiting[place] if not getattr(waiting[place], kind) else None
        return None

    def add_people(self, spans: Sequence[Span], labelled: Mapping[int, str]) -> list[Span]:
        """Takes paragraphs about authors; those that are about none come back. `labelled` has the languages of their headings by block."""
        current: tuple[Author, Person] | None = None
        rest, tag, orcid = [], "", ""
        for span in spans:
            text = span.text
            label = find_label(text)
            about = label.rest if label and label.part == "corresponding" and label.rest else span.marked
            person = None if label and label.part == "email" else read_person(about, span.block)
            if not person and not current and (found := find_orcids(text)) and not without_addresses(text).strip(" .,;:*–—-"):
                orcid = found[0]  # it stands above its author
                continue
            if not person and (names := read_authors(span.marked, span.block)):
                person = names[0] if len(names) == 1 else None
            if not person and len(text) < 80 and (name := read_name(text.rstrip(" :*"))) and self._knows(name):
                person, name.block, name.taken = name, span.block, text
            if person:
                tag = tag_of(person, labelled.get(span.block) or (_language_of(text) if len(text) > 60 else ""), self.article)
                author, person = self._find(person, tag)
                if author is None:
                    self.loose.append(person)
                    current = None
                    rest.append(span)
                    continue
                current = (author, person)
            elif current:
                add_facts(current[1], text)
            else:
                rest.append(span)
                continue
            author, person = current
            person.orcid, orcid = person.orcid or orcid, ""
            author.corresponding |= has_word(text, "corresponding")
            author.email, author.orcid = author.email or person.email, author.orcid or person.orcid
            if not any(each is person for _, each in author.sources):
                author.sources.append((tag, person))
            self._name_fully(author, tag, person)
        for author in self.authors:
            for tag, person in author.sources:
                place = place_of(person)
                if place and not author.places and is_organisation(place.name):
                    author.places = self._add_places(Head(tag=tag, places=[place]), tag, in_order=False)
                elif place and len(author.places) == 1 and place.name:
                    held = self.organisations[author.places[0]].places.setdefault(tag, place)
                    if place.city and not held.city and not held.country:
                        held.city, held.country = place.city, place.country
        for each in self.organisations:
            if "en" not in each.places and (latin := next((place for place in each.places.values() if not _cyrillic(place)), None)):
                each.places["en"] = latin  # «LSE, London» among Kazakh lines
        return rest

    def drop_nameless(self) -> list[Place]:
        """Takes away organisations of which only a town is known, so that no author names them; those towns."""
        named = [any(place.name for place in each.places.values()) for each in self.organisations]
        numbers = {at: sum(named[:at]) for at, whole in enumerate(named) if whole}
        for author in self.authors:
            author.places = [numbers[at] for at in author.places if at in numbers]
        dropped = [place for each, whole in zip(self.organisations, named, strict=True) if not whole for place in each.places.values()]
        self.organisations = [each for each, whole in zip(self.organisations, named, strict=True) if whole]
        return dropped

    def _knows(self, person: Person) -> bool:
        return any(alike(each, name) for each in either_way(person) for author in self.authors for name in author.names.values())

    def _find(self, person: Person, tag: str) -> tuple[Author | None, Person]:
        """The author whom a paragraph names, and the name, turned round where it fits only so."""
        for each in either_way(person):
            likely = [author for author in self.authors if any(alike(each, name) for name in author.names.values())]
            same = [author for author in likely if tag in author.names and alike(each, author.names[tag])]
            if found := (same or likely):
                return found[0], each
        if not self.authors or all(not author.names for author in self.authors):
            self.authors.append(Author({tag: person}, [(tag, person)]))
            return self.authors[-1], person
        return None, person

    def add_contact(self, span: Span) -> bool:
        """Marks the author that a line tells readers to write to; False where it names nobody known."""
        text = span.text
        emails, orcids = find_emails(text), find_orcids(text)
        found = [author for author in self.authors if author.email in emails or any(
            _close_word(name.family, text) for name in author.names.values())]
        if not found and len(self.authors) == 1:
            found = self.authors
        if not found and emails:
            found = [author for author in self.authors if any(
                _in_address(name, emails[0].split("@")[0].lower()) for name in author.names.values())]
        if not found:
            found = [author for author in self.authors if author.corresponding][:1]
        for author in found[:1]:
            author.corresponding = True
            author.email = author.email or next(iter(emails), "")
            if len(orcids) == 1 and not any(each.orcid == orcids[0] for each in self.authors):
                author.orcid = author.orcid or orcids[0]
            label = find_label(text.lstrip("* "), ("corresponding",))
            if person := read_person(label.rest if label else text, span.block):
                tag = next((tag for tag, name in author.names.items() if alike(person, name) and (tag == "en") == (
                    person.family[:1] < "\u0250")), "")
                if tag:
                    self._name_fully(author, tag, person)
                    author.sources.append((tag, person))
        return bool(found)

    def _name_fully(self, author: Author, tag: str, person: Person) -> None:
        """Takes a name that has whole words where the author's has initials."""
        if (shorter := author.names.setdefault(tag, person)) is not person and alike(person, shorter) and is_fuller(person, shorter):
            author.names[tag] = replace(person, marks=shorter.marks)


def _cyrillic(place: Place) -> bool:
    return bool(re.search("[\u0400-\u04ff]", f"{place.name}{place.city}{place.country}"))


def _language_of(text: str) -> str:
    """The language of a paragraph, whatever the acronyms in it: «ҚазҰПУ» stands in Russian ones too."""
    return guess_language(" ".join(word for word in text.split() if not is_acronym(word.strip(",;:"))))


def _with_mark_before(value: str, marked: str, authors: Sequence[Author]) -> list[Author]:
    """The authors who have the number that is raised before an address: «¹e-mail: …»."""
    match = re.search(rf"{UP}([^{DOWN}]{{1,12}}){DOWN}[^{UP}@]{{0,20}}{re.escape(value)}", marked)
    numbers = set(re.findall(r"\d+|[a-z]", match[1])) if match else set()
    return [author for author in authors if any(numbers & set(person.marks) for _, person in author.sources)]


def _close_word(family: str, text: str) -> bool:
    return len(family) > 2 and skeleton(family) in skeleton(text)


def _in_address(person: Person, local: str) -> bool:
    """Whether an address holds a family name, romanised any way."""
    name = slug(person.family, "kk" if person.family[:1] >= "\u0250" else "en")
    return any(len(part) > 3 and (part[:5] in local or part[:4] == local[:4]) for part in (name.replace("-", ""), *name.split("-")))
