"""A head read: which lines are codes, titles, authors, organisations, addresses, and which are nothing known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from basylym.intake.affiliations import (
    Place,
    add_facts,
    is_country,
    is_place,
    place_of,
    read_person,
    read_place,
    split_places,
)
from basylym.intake.codes import Code, find_codes, find_dates, find_emails, find_orcids, is_code_line, without_addresses
from basylym.intake.labels import exact_words, find_label, skeleton
from basylym.intake.names import Person, read_name
from basylym.intake.organisations import is_organisation
from basylym.intake.people import LEADING, is_degree, is_position, leading_marks, read_authors
from basylym.intake.spans import DOWN, UP, Span
from basylym.intake.zones import is_kind
from basylym.languages import language
from basylym.languages.identify import guess_language, identify_language

TONGUES = ("kk", "ru", "en")
"""The languages that front matter is in."""
LONGEST_TITLE = 500
AUTHORS_FIRST = re.compile(r"((?:[^\W\d_a-zа-я][^\W\d_]+(?:-[^\W\d_]+)?\s+(?:[^\W\d_]{1,2}\.\s?){1,3}(?:,\s+|(?=\s|[^\W\d_])))"
                           r"{1,4})(?<=[.\s])(?![^\W\d_]{1,2}\.)(?=[^\W\d_a-zа-яё]\S*\s+\S+\s+\S)")
COPYRIGHT = re.compile(r"^©\s?(?:\d{4}\s?(?:[гж]\.,?)?\s)?")
"""What a journal sets before its authors."""


@dataclass(slots=True)
class Title:
    """Lines that may be a title."""

    text: str
    """Its words."""
    spans: list[Span]
    """Its lines."""
    tag: str = ""
    """Its language."""
    sure: bool = False
    """Whether its language is plain."""

    @property
    def weight(self) -> float:
        """How much it looks like a title."""
        look, words = self.spans[0].look, len(self.text.split())
        size = (look.size - look.usual) if look.size and look.usual else 0
        return (2 * (look.bold > 0.8) + (look.caps > 0.8) + (look.align == "center") + max(-2, min(size, 4)) + (look.level is not None)
                + (1.5 if words >= 4 else 0) - (2 if words < 3 else 0) - (2 if self.text.endswith(".") else 0))


@dataclass(slots=True)
class Head:
    """A head, read."""

    tag: str = ""
    """The language it is in, where it is in one."""
    titles: list[Title] = field(default_factory=list)
    """What may be titles."""
    authors: list[Person] = field(default_factory=list)
    """Its authors."""
    places: list[Place] = field(default_factory=list)
    """Its organisations."""
    codes: list[tuple[Code, Span]] = field(default_factory=list)
    """Codes and days."""
    emails: list[tuple[str, Span]] = field(default_factory=list)
    """Addresses that stand by themselves."""
    orcids: list[tuple[str, Span]] = field(default_factory=list)
    """ORCIDs that do."""
    contacts: list[Span] = field(default_factory=list)
    """Lines about the author to write to."""
    kinds: list[Span] = field(default_factory=list)
    """Lines that say what kind of article it is."""
    supervisors: list[Span] = field(default_factory=list)
    """Lines about the supervisor of a student who wrote it."""
    read: list[Span] = field(default_factory=list)
    """Lines that were read for something other than titles."""
    unknown: list[Span] = field(default_factory=list)
    """Lines that are nothing known."""
    held: dict[int, Place] = field(default_factory=dict)
    """The organisation of an author, by the author's place, where the lines say so by their order."""


def read_head(spans: Sequence[Span]) -> Head:
    """A head's lines, each for what it is."""
    head = Head()
    run: list[Span] = []
    spans = list(spans)
    for at, (span, after) in enumerate(zip(spans, [*spans[1:], None], strict=False)):
        if head.authors and after and _is_begun(span):
            head.read.append(span)
            spans[at + 1] = replace(after, block=span.block, text=f"{span.text} {after.text}", marked=f"{span.marked} {after.marked}")
            head.read.append(after)
            continue
        title = run[-1] if run else head.titles[-1].spans[-1] if head.titles else None
        if _read_line(span, head, after) or title and _read_lone_author(span, head, title, after):
            _close(run, head)
            run = []
            head.read.append(span)
        elif run and not _same_title(run, span):
            _close(run, head)
            run = [span]
        else:
            run.append(span)
    _close(run, head)
    _return_title(head)
    _part_authors(head)
    _give_in_order(head)
    return head


def _return_title(head: Head) -> None:
    """«Tourism Samples and Rural Income» looks like two names: above others, where nothing else is a title, it is the title."""
    blocks = list(dict.fromkeys(person.block for person in head.authors))
    if len(blocks) < 2 or head.titles:
        return
    first = [person for person in head.authors if person.block == blocks[0]]
    spans = [span for span in head.read if span.block == blocks[0]]
    if spans and spans[0].look.bold > 0.8 and not any(person.firm or person.marks or person.degree or person.email for person in first):
        head.authors = head.authors[len(first):]
        head.read = [span for span in head.read if span.block != blocks[0]]
        head.held = {at - len(first): place for at, place in head.held.items() if at >= len(first)}
        _close(spans, head)


def _part_authors(head: Head) -> None:
    """«Примеров А.Б., Образцова В. О способах чтения»: the authors before a title in its line, where they stand nowhere else."""
    for title in head.titles if not head.authors else ():
        match = AUTHORS_FIRST.match(title.text)
        if match and (people := read_authors(match[1], title.spans[0].block)) and all(person.firm for person in people):
            head.authors, title.text = people, title.text[match.end():].strip()
            return


def _give_in_order(head: Head) -> None:
    """Authors in one line and organisations below them, none marked: as many as authors, they are theirs in their order; else nobody's."""
    if len(head.places) < 2 or len({person.block for person in head.authors}) != 1 or len(head.authors) < 2 or any(
            each.marks for each in (*head.places, *head.authors)):
        return
    head.held = dict(enumerate(head.places)) if len(head.places) == len(head.authors) else {}


def _is_begun(span: Span) -> bool:
    """Whether a line of an organisation ends where its name goes on: «М. Үлгібаев атындағы»."""
    last = skeleton(span.text.split()[-1])
    return len(span.text) < 100 and span.look.bold < 0.8 and any(letter.isupper() for letter in span.text) and (
        last in exact_words("in_names") or last in exact_words("named_after"))


def _close(run: list[Span], head: Head) -> None:
    if run:
        text = " ".join(re.sub(f"{UP}[*†‡]+{DOWN}", "", span.marked) for span in run)
        head.titles.append(Title(re.sub(f"[{UP}{DOWN}]", "", text).strip(), list(run)))


def _same_title(run: list[Span], span: Span) -> bool:
    """Whether a line goes on the title before it."""
    before = run[-1]
    first, second = (identify_language(each.text, TONGUES) for each in (before, span))
    if first and second and first != second or len(before.text) + len(span.text) > LONGEST_TITLE:
        return False
    if before.text.isascii() != span.text.isascii() and (before.text.isascii() or span.text.isascii()):
        return False
    if before.block == span.block or span.text[:1].islower() or before.text[-1:] in ",:–—-":
        return True
    looks = [(each.look.bold > 0.8, each.look.align, each.look.size) for each in (before, span)]
    alike = looks[0] == looks[1]
    if not alike or len(before.text.split()) < 4 or before.text[-1:] in ".!?":
        return False
    return before.text.isupper() and span.text.isupper() and not (first and second and first != second)


def _read_line(span: Span, head: Head, after: Span | None = None) -> bool:
    """Reads a line that is not a title; False for one that may be."""
    text = span.text
    if is_code_line(text):
        found = find_codes(text)
        head.codes += [(code, span) for code in found]
        head.orcids += [(orcid, span) for orcid in find_orcids(text)]
        if not found:
            head.unknown.append(span)
        return True
    if days := find_dates(text):
        head.codes += [(code, span) for code in days]
        return True
    if find_label(text, ("supervisor",)):
        head.supervisors.append(span)
        return True
    if is_kind(text):
        head.kinds.append(span)
        return True
    if not text[:1].islower() and find_label(text.lstrip("* "), ("corresponding",)):
        head.contacts.append(span)
        return True
    if authors := read_authors(COPYRIGHT.sub("", span.marked), span.block) or _read_next_author(span, head, after):
        for person in authors:
            head.authors.append(person)
            _hold_place(head)
        return True
    if _is_person(span) and (person := read_person(span.marked, span.block)):
        head.authors.append(person)
        if match := LEADING.match(span.marked):
            person.marks = tuple(re.findall(r"\d+|[*]+", match[0]))
        _hold_place(head)
        return True
    return _read_facts(span, head)


def _hold_place(head: Head) -> None:
    """The organisation that was said beside the last author is his, where he has none yet."""
    at = len(head.authors) - 1
    if at not in head.held and (place := place_of(head.authors[at])):
        head.held[at] = place
        head.places.append(place)


def _read_lone_author(span: Span, head: Head, title: Span, after: Span | None) -> bool:
    """Reads «Ермек Үлгібай» under a title as its author: two or three capitals, set otherwise than the title. In Latin letters, where
    titles have capitals too, only above an organisation, a degree or an address."""
    text = re.sub(f"{UP}[^{DOWN}]*{DOWN}", "", span.marked).strip(" *,;")
    if head.authors or len(text) > 60 or not 1 < len(text.split()) < 4 or text.isupper() or not (person := read_name(text)):
        return False
    looks = [(each.look.bold > 0.8, each.look.italic > 0.8, each.look.align, each.look.size) for each in (span, title)]
    told = after is not None and bool(is_organisation(after.text) or is_degree(after.text) or is_position(after.text) or is_place(
        after.text) or find_emails(after.text))
    if looks[0] == looks[1] or text[0] < "\u0250" and not told:
        return False
    person.block, person.taken, person.sure = span.block, text, "likely"
    head.authors.append(person)
    return True


def _read_next_author(span: Span, head: Head, after: Span | None) -> list[Person]:
    """A name whose form alone does not tell that it is one, «Оспан Бауыржан», set as the author before it and followed by what is
    said of an author."""
    if span.text.isupper() and len(span.text) < 60 and after and len(after.text) < 160 and not head.authors and (
            is_degree(after.text) or is_position(after.text) or find_emails(after.text)) and (person := read_name(span.text)):
        person.block, person.taken = span.block, span.text  # «ИВАНОВ АЛЕКСАНДР» above his degree
        return [person] if person.firm else []
    before = next((each for each in reversed(head.read) if head.authors and each.block == head.authors[-1].block), None)
    if not before or not after or len(span.text) > 60:
        return []
    alike = [(each.look.bold > 0.8, each.look.italic > 0.8, each.look.align, each.look.size) for each in (before, span)]
    if alike[0] != alike[1] or not (is_degree(after.text) or is_position(after.text) or is_organisation(after.text)):
        return []
    if person := read_name(span.text):
        person.block, person.taken = span.block, span.text
    return [person] if person else []


def _is_person(span: Span) -> bool:
    text = span.text
    return len(text) < 600 and bool(is_organisation(text) or is_degree(text) or is_position(text) or find_emails(text))


def _read_facts(span: Span, head: Head) -> bool:
    """Reads a line about authors: organisations, degrees, addresses."""
    text, emails, orcids = span.text, find_emails(span.marked), find_orcids(span.text)
    bare = without_addresses(span.marked) if emails or orcids else span.marked
    plain = re.sub(f"[{UP}{DOWN}]", "", bare).strip(" ,;.:*–—-()0123456789")
    starts_marked = bool(LEADING.match(span.marked))
    lone = bool(head.authors) and "," in plain and len(plain) < 300 and not is_place(plain) and (
        is_country(plain.rsplit(",", 1)[-1]) or starts_marked and re.match(f"{UP}\\d", span.marked) is not None)
    named = is_organisation(plain) and (starts_marked or emails or not _like_title(span, head)) and (
        starts_marked or emails or head.authors or "," in plain)
    marked = set(leading_marks(span.marked)) & {mark for person in head.authors for mark in person.marks} and len(plain) < 300
    if plain and (lone or named or marked or _may_be_organisation(plain, head)):
        for each in split_places(bare):
            head.places.append(read_place(each, span.block, any(mark.isdigit() for person in head.authors for mark in person.marks)))
        _give_place(head)
        owners = _marked_by(head.places[-1], head)
        for text in head.places[-1].about if len(owners) == 1 else ():
            (owners[0].degree if is_degree(text) else owners[0].position).append(text)
        if len(owners) == 1 and len(emails) == 1 and not owners[0].email:
            owners[0].email, emails = emails[0], []
        if len(owners) == 1 and len(orcids) == 1 and not owners[0].orcid:
            owners[0].orcid, orcids = orcids[0], []
        _add_addresses(emails, orcids, span, head)
        return True
    if emails or orcids:
        _add_addresses(emails, orcids, span, head)
        if plain and head.authors and (is_degree(plain) or is_position(plain)):
            add_facts(head.authors[-1], plain)
            _hold_place(head)
        elif plain and is_place(plain):
            _add_city(plain, head, span.block)
        return True
    if is_place(plain):
        _add_city(plain, head, span.block)
        return True
    begin = plain.split()
    told = is_degree(" ".join(begin[:4])) or is_position(" ".join(begin[:2])) or bool(begin) and is_position(begin[-1])
    if head.authors and len(text) < 200 and span.look.bold < 0.8 and told:
        if len(head.authors) == 1 or head.authors[-1].block != head.authors[-2].block:
            add_facts(head.authors[-1], plain)
            _hold_place(head)
        else:
            head.unknown.append(span)
        return True
    return False


def _may_be_organisation(plain: str, head: Head) -> bool:
    """Whether three names below authors who have no organisation yet begin with one: «Нархоз, Алматы, Казахстан»."""
    pieces = plain.split(",")
    return bool(head.authors) and not head.places and len(pieces) == 3 and is_country(pieces[2]) and len(plain) < 120


def _marked_by(place: Place, head: Head) -> list[Person]:
    """The authors who have a place's mark, or the one who stands before it."""
    if place.marks:
        return [person for person in head.authors if set(person.marks) & set(place.marks)]
    return [head.authors[-1]] if head.authors else []


def _like_title(span: Span, head: Head) -> bool:
    """Whether a line that names an organisation may still be a title: «Роль университета …», set as titles are."""
    look = span.look
    if head.places and head.read and not head.titles and look.bold > 0.8 > head.read[-1].look.bold and "," not in span.text:
        return True  # the organisations before it are not bold
    heading = look.bold > 0.8 and (look.caps > 0.8 or look.align == "center") and "," not in span.text
    return heading and len(span.text.split()) > 4 or (look.level is not None and "," not in span.text)


def _give_place(head: Head) -> None:
    """An organisation without a mark belongs to the authors before it who have none yet."""
    place = head.places[-1]
    if place.marks:
        return
    for at, _ in enumerate(head.authors):
        head.held.setdefault(at, place)


def _add_city(text: str, head: Head, block: int) -> None:
    """A line of city and country completes the organisations before it."""
    found = read_place(f"-, {text}")
    waiting = [place for place in head.places if not place.country and not place.city]
    for place in waiting:
        place.city, place.country = found.city or "", found.country
        place.left += found.left
        place.taken += f", {text}"
    if not waiting and head.places:
        head.places[-1].left.append(text)
    elif not waiting:
        head.places.append(Place("", found.city, found.country, block=block, taken=text))


def _add_addresses(emails: list[str], orcids: list[str], span: Span, head: Head) -> None:
    """Addresses belong to the one author before them, or wait for their owners."""
    alone = len(head.authors) == 1 or (len(head.authors) > 1 and head.authors[-1].block != head.authors[-2].block and not LEADING.match(
        span.marked) and not span.text.startswith("*"))
    if alone and len(emails) == 1 and not head.authors[-1].email:
        head.authors[-1].email = emails[0]
    else:
        head.emails += [(each, span) for each in emails]
    if alone and len(orcids) == 1 and not head.authors[-1].orcid:
        head.authors[-1].orcid = orcids[0]
    else:
        head.orcids += [(each, span) for each in orcids]


def name_languages(head: Head, hint: str, article: str) -> None:
    """Says which language each title is in; `hint` is that of the abstract that follows, `article` that of the text."""
    for title in head.titles:
        found = identify_language(title.text, TONGUES)
        title.sure = bool(found)
        title.tag = found or guess_language(title.text, TONGUES)
        cyrillic = bool(re.search("[а-яё]", title.text.lower()))
        if not found and len(head.titles) == 1 and hint and (hint != "en") == cyrillic:
            title.tag = hint
        elif not found and cyrillic and article in language_letters(title.text):
            title.tag = article
    tags = [title.tag for title in head.titles if title.sure] or [title.tag for title in head.titles]
    head.tag = hint or (article if article in tags else next(iter(tags), ""))


def language_letters(text: str) -> list[str]:
    """The languages that have all letters of a text."""
    letters = {letter for letter in text.lower() if letter.isalpha()}
    return [tag for tag in TONGUES if letters <= set(language(tag).alphabet)]
