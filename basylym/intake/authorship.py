"""The authors of all heads and paragraphs about authors brought together: one author with his name in each language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from basylym.intake.affiliations import Place, add_facts, is_organisation, place_of, read_person, same_place
from basylym.intake.codes import find_emails, find_orcids, without_addresses
from basylym.intake.heads import Head
from basylym.intake.labels import find_label, has_word, skeleton
from basylym.intake.people import Person, is_fuller, read_authors
from basylym.intake.spans import Span
from basylym.languages import language
from basylym.languages.identify import guess_language
from basylym.typography.romanisation import may_be_romanised
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


@cache
def _plain() -> dict[int, str]:
    return str.maketrans({own: typed for own, typed in language("kk").slips.plain.items()})


def alike(first: Person, second: Person) -> bool:
    """Whether two names may be one person's."""
    latin = [each.family[:1] < "\u0250" for each in (first, second)]
    if latin[0] != latin[1]:
        ours, theirs = (second, first) if latin[0] else (first, second)
        return may_be_romanised(f"{ours.family} {ours.given}", f"{theirs.family} {theirs.given}") or _close(
            slug(ours.family, "kk"), slug(theirs.family, "en"))
    names = [skeleton(each.family).translate(_plain()) for each in (first, second)]
    return _close(*names) and (not first.given or not second.given or skeleton(first.given[0]) == skeleton(second.given[0])
                               or skeleton(first.given)[:1].translate(_plain()) == skeleton(second.given)[:1].translate(_plain()))


def _close(first: str, second: str) -> bool:
    return first == second or (min(len(first), len(second)) > 4 and first[:4] == second[:4] and abs(len(first) - len(second)) < 3)


def tag_of(person: Person, hint: str, article: str) -> str:
    """The language that a name is written in: by its letters, else that of the lines around it."""
    name = f"{person.family} {person.given} {person.patronymic}"
    if person.family[:1] < "\u0250":
        return "en"
    if re.search("[әғқңөұүһі]", name.lower()):
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
            stars = {mark for mark in person.marks if "*" in mark or mark in "✉†"}
            author.corresponding |= bool(stars - marked) and any(not other.starred for other in people) or (
                bool(stars - marked) and len(people) == 1)
        self._add_loose(head, people, matched)

    def _match(self, person: Person, at: int, people: Sequence[Person], first: bool, tag: str, mixed: bool) -> Author | None:
        own = tag_of(person, tag, self.article)
        own = tag if (own != "en" or mixed) and tag != "en" else own  # «Динара Қожахмет, Olga Berg»: a foreign name in a Kazakh line
        author: Author | None
        if first and not any(alike(person, other.names[next(iter(other.names))]) and own not in other.names for other in self.authors):
            author = Author()
            self.authors.append(author)
        else:
            likely = [each for each in self.authors if any(alike(person, name) for name in each.names.values())]
            free = [each for each in likely if own not in each.names]
            author = (free or likely or [None])[0]  # type: ignore[list-item]
            if author is None and len(people) == len(self.authors):
                author = self.authors[at]
                author.sure = False
        if author:
            author.sources.append((own, person))
            author.names.setdefault(own, person)
            author.email = author.email or person.email
            author.orcid = author.orcid or person.orcid
        return author

    def _add_places(self, head: Head, tag: str) -> list[int]:
        """The place in the list of each of a head's organisations."""
        found, before = [], list(self.organisations)
        whole = [place for place in head.places[:MOST] if place.name or place.city]
        for at, place in enumerate(head.places[:MOST]):
            own = "en" if guess_language(place.name) == "en" else tag
            same = next((each for each in self.organisations if own in each.places and same_place(each.places[own], place)), None)
            if same is None and before:
                fits = [each for each in before if own not in each.places and any(
                    set(other.marks) & set(place.marks) for other in each.places.values())]
                if not fits and len(whole) == len(before) and own not in before[at].places and not (
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

    def _add_loose(self, head: Head, people: Sequence[Person], matched: Sequence[Author | None]) -> None:
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

    def add_people(self, spans: Sequence[Span]) -> list[Span]:
        """Takes paragraphs about authors; those that are about none come back."""
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
            if person:
                tag = tag_of(person, guess_language(text) if len(text) > 60 else "", self.article)
                author = self._find(person, tag)
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
            if (shorter := author.names.setdefault(tag, person)) is not person and alike(person, shorter) and is_fuller(person, shorter):
                author.names[tag] = replace(person, marks=shorter.marks)
        for author in self.authors:
            for tag, person in author.sources:
                place = place_of(person)
                if place and not author.places and is_organisation(place.name):
                    author.places = self._add_places(Head(tag=tag, places=[place]), tag)
                elif place and len(author.places) == 1 and place.name:
                    self.organisations[author.places[0]].places.setdefault(tag, place)
        return rest

    def _find(self, person: Person, tag: str) -> Author | None:
        likely = [author for author in self.authors if any(alike(person, name) for name in author.names.values())]
        same = [author for author in likely if tag in author.names and alike(person, author.names[tag])]
        if found := (same or likely):
            return found[0]
        if not self.authors or all(not author.names for author in self.authors):
            self.authors.append(Author({tag: person}, [(tag, person)]))
            return self.authors[-1]
        return None

    def add_contact(self, text: str, emails: Sequence[str]) -> bool:
        """Marks the author that a line tells readers to write to; False where it names nobody known."""
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
            author.email = author.email or (emails[0] if emails else "")
        return bool(found)


def _close_word(family: str, text: str) -> bool:
    return len(family) > 2 and skeleton(family) in skeleton(text)


def _in_address(person: Person, local: str) -> bool:
    """Whether an address holds a family name, romanised any way."""
    name = slug(person.family, "kk" if person.family[:1] >= "\u0250" else "en").replace("-", "")
    return len(name) > 3 and (name[:5] in local or name[:4] == local[:4])
