"""A head read: which lines are codes, titles, authors, organisations, addresses, and which are nothing known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from basylym.intake.affiliations import (
    ABBREVIATED,
    Place,
    add_facts,
    is_address,
    is_country,
    is_personal,
    is_place,
    read_person,
    read_place,
    split_places,
)
from basylym.intake.codes import (
    JEL,
    Code,
    find_codes,
    find_dates,
    find_emails,
    find_orcids,
    is_code_line,
    without_addresses,
)
from basylym.intake.head_places import add_city, complete, give_in_order, give_place, hold_place, marked_by
from basylym.intake.head_titles import Title, is_begun, is_department, same_title
from basylym.intake.labels import find_label
from basylym.intake.names import Person, read_name
from basylym.intake.organisations import is_acronym, is_organisation
from basylym.intake.people import LEADING, add_title, is_degree, is_position, leading_marks, read_authors
from basylym.intake.spans import DOWN, UP, Span, drop_raised, lower_raised
from basylym.intake.zones import is_kind

AUTHORS_FIRST = re.compile(r"((?:[^\W\d_a-zа-я][^\W\d_]+(?:-[^\W\d_]+)?\s+(?:[^\W\d_]{1,2}\.\s?){1,3}(?:,\s+|(?=\s|[^\W\d_])))"
                           r"{1,4})(?<=[.\s])(?![^\W\d_]{1,2}\.)(?=[^\W\d_a-zа-яё]\S*\s+\S+\s+\S)")
NUMBERING = re.compile(r"(\d{1,2})[.)]?")
COPYRIGHT = re.compile(r"^©\s?(?:\d{4}\s?(?:[гж]\.,?)?\s)?")
"""What a journal sets before its authors."""


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
    placeless: list[Span] = field(default_factory=list)
    """Telephone numbers, streets and codes that article.md has no place for."""
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
    spans = _with_numbers(spans)
    for at, (span, after) in enumerate(zip(spans, [*spans[1:], None], strict=False)):
        if head.authors and after and is_department(span, after):
            spans[at + 1] = replace(after, text=f"{span.text}, {after.text}", marked=f"{span.marked}, {after.marked}")
            head.read += [span, after]
            continue
        if head.authors and after and is_begun(span):
            head.read.append(span)
            spans[at + 1] = replace(after, block=span.block, text=f"{span.text} {after.text}", marked=f"{span.marked} {after.marked}")
            head.read.append(after)
            continue
        named = len(head.authors)
        title = run[-1] if run else head.titles[-1].spans[-1] if head.titles else None
        if _read_line(span, head, after) or title and _read_lone_author(span, head, title, after):
            _close(run, head)
            run = []
            head.read.append(span)
            for person in head.authors[named:]:
                person.line = at
        elif run and not same_title(run, span):
            _close(run, head)
            run = [span]
        else:
            run.append(span)
    _close(run, head)
    _return_title(head)
    _part_authors(head)
    give_in_order(head)
    return head


def _with_numbers(spans: Sequence[Span]) -> list[Span]:
    """A head's lines, the items of a numbered list with their numbers as marks, where authors above it have such marks."""
    if not any(NUMBERING.fullmatch(span.look.numbering) for span in spans):
        return list(spans)
    found, marked = list[Span](), False
    counted: dict[int, int] = {}
    for span in spans:
        first = NUMBERING.fullmatch(span.look.numbering)
        if marked and first and len(span.text) < 300 and not read_authors(span.marked):
            number = int(first[1]) + counted.setdefault(span.block, 0)
            counted[span.block] += 1
            found.append(span if LEADING.match(span.marked) else replace(span, marked=f"{UP}{number}{DOWN}{span.marked}"))
            continue
        marked = marked or any(mark.isdigit() for person in read_authors(span.marked) for mark in person.marks)
        found.append(span)
    return found


def _return_title(head: Head) -> None:
    """«Tourism Samples and Rural Income» looks like two names: above others, where nothing else is a title, it is the title."""
    blocks = list(dict.fromkeys(person.block for person in head.authors))
    if len(blocks) < 2 or head.titles:
        return
    first = [person for person in head.authors if person.block == blocks[0]]
    spans = [span for span in head.read if span.block == blocks[0]]
    after = next((span for span in head.read if span.block == blocks[1]), None)
    at = head.read.index(spans[0]) if spans else 0
    alone = after is not None and after.look.bold < 0.5 and head.read[at + 1:at + 2] == [after]  # «Абай Құнанбаев» above its author
    if spans and spans[0].look.bold > 0.8 and not any(
            person.firm and not alone or person.marks or person.degree or person.email for person in first):
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


def _close(run: list[Span], head: Head) -> None:
    if run:
        text = " ".join(re.sub(f"{UP}[*†‡]+{DOWN}", "", span.marked) for span in run)
        head.titles.append(Title(lower_raised(text).strip(), list(run)))


def _read_line(span: Span, head: Head, after: Span | None = None) -> bool:
    """Reads a line that is not a title; False for one that may be."""
    text = span.text
    if JEL.match(text) or head.authors and len(text) < 200 and is_address(text):
        head.placeless.append(span)
        complete(text, head)
        return True
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
    if _is_short_organisation(span, head, after):
        head.places.append(read_place(span.marked, span.block))
        give_place(head)
        return True
    if authors := read_authors(COPYRIGHT.sub("", span.marked), span.block) or _read_next_author(span, head, after):
        for person in () if _are_named_again(authors, head) else authors:
            head.authors.append(person)
            hold_place(head)
        head.emails += [(each, span) for each in find_emails(span.marked) if all(each != person.email for person in authors)]
        head.orcids += [(each, span) for each in find_orcids(span.marked) if all(each != person.orcid for person in authors)]
        return True
    if _is_person(span) and (person := read_person(span.marked, span.block)):
        head.authors.append(person)
        if match := LEADING.match(span.marked):
            person.marks = tuple(re.findall(r"\d+|[*]+", match[0]))
        hold_place(head)
        return True
    return _read_facts(span, head)


def _are_named_again(people: Sequence[Person], head: Head) -> bool:
    """Whether a line names authors again, only to tell their addresses: «ORCID: Примеров А.Б. 0000-…»; it gives them those."""
    named = {(each.family, each.given): each for each in reversed(head.authors)}
    owners = [named.get((person.family, person.given)) for person in people]
    if None in owners or not any(person.email or person.orcid for person in people):
        return False
    for owner, person in zip(owners, people, strict=True):
        if owner:
            owner.email, owner.orcid = owner.email or person.email, owner.orcid or person.orcid
    return True


def _is_short_organisation(span: Span, head: Head, after: Span | None) -> bool:
    """Whether «FU Berlin» below an author's degree is where he works: a short word of capitals, and another that begins with one."""
    before = head.read[-1] if head.read else None
    words = span.text.split()
    if not before or not head.authors or not 1 < len(words) < 4 or "," in span.text or span.text.isupper() or (
            len(head.authors) - 1 in head.held or after and (is_degree(after.text) or is_position(after.text) or find_emails(after.text))):
        return False
    told = is_degree(before.text) or is_position(before.text) or bool(
        after and is_place(after.text.strip(" ()")) and before.block == span.block)
    return told and len(words[0]) < 5 and is_acronym(words[0]) and not any(map(str.isupper, head.authors[-1].taken.split())) and all(
        word[0].isupper() and word[1:].islower() for word in words[1:])


def _read_lone_author(span: Span, head: Head, title: Span, after: Span | None) -> bool:
    """Reads «Ермек Үлгібай» under a title as its author: two or three capitals, set otherwise than the title. In Latin letters, where
    titles have capitals too, only above an organisation, a degree or an address."""
    text = drop_raised(span.marked).strip(" *,;")
    if head.authors or len(text) > 60 or not 1 < len(text.split()) < 4 or text.isupper() or not (person := read_name(text)):
        return False
    told = after is not None and is_personal(after.text)
    if _set_alike(span, title) or text[0] < "\u0250" and not told:
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
    if not _set_alike(before, span) or not (is_degree(after.text) or is_position(after.text) or is_organisation(after.text)):
        return []
    if person := read_name(span.text):
        person.block, person.taken = span.block, span.text
    return [person] if person else []


def _set_alike(first: Span, second: Span) -> bool:
    looks = [(each.look.bold > 0.8, each.look.italic > 0.8, each.look.align, each.look.size) for each in (first, second)]
    return looks[0] == looks[1]


def _is_person(span: Span) -> bool:
    text = span.text
    return len(text) < 600 and bool(is_organisation(text) or is_degree(text) or is_position(text) or find_emails(text))


def _read_facts(span: Span, head: Head) -> bool:
    """Reads a line about authors: organisations, degrees, addresses."""
    text, emails, orcids = span.text, find_emails(span.marked), find_orcids(span.text)
    bare = without_addresses(span.marked) if emails or orcids else span.marked
    plain = lower_raised(bare).strip(" ,;.:*–—-()0123456789")
    plain += ")" * (plain.count("(") > plain.count(")")) or "." * bool(f"{plain}." in bare and ABBREVIATED.search(plain))
    starts_marked = bool(LEADING.match(span.marked))
    lone = bool(head.authors) and "," in plain and len(plain) < 300 and not is_place(plain) and (
        is_country(plain.rsplit(",", 1)[-1]) or starts_marked and re.match(f"{UP}\\d", span.marked) is not None)
    named = is_organisation(plain) and not is_place(plain) and (starts_marked or emails or not _like_title(span, head)) and (
        starts_marked or emails or head.authors or "," in plain)
    marked = set(leading_marks(span.marked)) & {mark for person in head.authors for mark in person.marks} and len(plain) < 300
    if plain and (lone or named or marked or _may_be_organisation(plain, head)):
        numbered = any(mark.isdigit() for person in head.authors for mark in person.marks)
        found = [read_place(each, span.block, numbered) for each in split_places(bare)]
        head.places += found
        give_place(head)
        for place in found:
            owners = marked_by(place, head)
            for title in place.about if len(owners) == 1 else ():
                add_title(owners[0], title)
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
            hold_place(head)
        elif plain and is_place(plain):
            add_city(plain, head, span.block)
        return True
    if is_place(plain):
        add_city(plain, head, span.block)
        return True
    begin = plain.split()
    told = is_degree(" ".join(begin[:4])) or is_position(" ".join(begin[:2])) or bool(begin) and is_position(begin[-1])
    if head.authors and len(text) < 200 and span.look.bold < 0.8 and told and not _like_title(span, head):
        if _is_last_alone(head):
            add_facts(head.authors[-1], plain)
            hold_place(head)
        else:
            head.unknown.append(span)
        return True
    return False


def _may_be_organisation(plain: str, head: Head) -> bool:
    """Whether three names below authors who have no organisation yet begin with one: «Нархоз, Алматы, Казахстан»."""
    pieces = plain.split(",")
    return bool(head.authors) and not head.places and len(pieces) == 3 and is_country(pieces[2]) and len(plain) < 120


def _like_title(span: Span, head: Head) -> bool:
    """Whether a line that names an organisation may still be a title: «Роль университета …», set as titles are."""
    look = span.look
    if head.places and head.read and not head.titles and look.bold > 0.8 > head.read[-1].look.bold and "," not in span.text:
        return True  # the organisations before it are not bold
    wanted = {mark for person in head.authors for mark in person.marks if mark.isalnum()}
    words = len(span.text.split()) + span.text.isupper()
    if wanted and head.places and not head.titles and all(place.marks for place in head.places) and words > 3 and (
            wanted <= {mark for place in head.places for mark in place.marks}) and not is_country(span.text.rsplit(",", 1)[-1]):
        return True  # every mark has its organisation already
    heading = look.bold > 0.8 and (look.caps > 0.8 or look.align == "center") and "," not in span.text
    return heading and len(span.text.split()) > 4 or (look.level is not None and "," not in span.text)


def _is_last_alone(head: Head) -> bool:
    """Whether the last author is named in a line of his own."""
    return bool(head.authors) and (len(head.authors) == 1 or head.authors[-1].line != head.authors[-2].line)


def _add_addresses(emails: list[str], orcids: list[str], span: Span, head: Head) -> None:
    """Addresses belong to the one author before them, or wait for their owners."""
    alone = _is_last_alone(head) and (len(head.authors) == 1 or not (LEADING.match(span.marked) or span.text.startswith("*")))
    if alone and len(emails) == 1 and not head.authors[-1].email:
        head.authors[-1].email = emails[0]
    else:
        head.emails += [(each, span) for each in emails]
    if alone and len(orcids) == 1 and not head.authors[-1].orcid:
        head.authors[-1].orcid = orcids[0]
    else:
        head.orcids += [(each, span) for each in orcids]
