"""Paragraphs about authors that stand under no heading: a name, and below it degree, post, organisation and address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from basylym.intake.affiliations import is_personal, read_person
from basylym.intake.codes import find_emails, find_orcids
from basylym.intake.labels import find_label
from basylym.intake.names import PARTICLES, Person, read_name
from basylym.intake.people import is_degree, is_position, read_authors
from basylym.intake.same_names import alike, either_way
from basylym.intake.spans import Span, drop_raised

LONGEST_NAME, LONGEST_FACT, LONGEST = 80, 260, 900
MOST_FACTS = 10
"""Lines about one author at most."""
REFERENCE = re.compile(r"\s*\[?\d{1,3}[.)\]]\s+\S|.*//|.*\((?:19|20)\d\d[a-zа-я]?\)|.*(?:19|20)\d\d.{0,40}(?:\s[–—-]\s|[СсPpБб]\.\s?\d)")
PHONE = re.compile(r"\+?\d[\d\s()-]{7,20}\d")
BEGIN = re.compile(r"[\s*•–—-]{0,9}(?:\d{1,2}[.)]?\s*)?([^\W\d_])\S{0,40}\s+(\S{1,40})")


def name_of(span: Span) -> Person | None:
    """The one name that a line is, and nothing but."""
    if len(span.text) > LONGEST_NAME:
        return None
    found = read_authors(span.marked, span.block)
    if len(found) == 1:
        return found[0]
    person = None if found else read_name(drop_raised(span.marked).rstrip(" :,;–—-*"))
    if person:
        person.block, person.taken = span.block, span.text
    return person


def is_fact(text: str) -> bool:
    """Whether a line only says something of an author: a degree, a post, an organisation, a town, an address."""
    return len(text) < LONGEST_FACT and bool(is_personal(text) or find_orcids(text) or PHONE.search(text))


def known_authors(heads: Iterable[Span]) -> list[Person]:
    """The people that the lines of heads name."""
    found = []
    for span in heads:
        found += read_authors(span.marked, span.block) or [person for person in (read_person(span.marked, span.block),) if person]
    return found


def _may_begin(text: str) -> bool:
    """Whether a line begins with two capitals, or one and a particle, as names do: told quickly, for it is asked of every line."""
    match = BEGIN.match(text)
    return bool(match) and match[1].isupper() and (match[2][0].isupper() or match[2].lower() in PARTICLES)


def find_block(spans: Sequence[Span], at: int, known: Sequence[Person]) -> int:
    """The line behind a block about an author that begins at a line; that line itself where none does.

    The author is one of the known, or his name is bold and an address stands below it.
    """
    span = spans[at]
    if not _may_begin(span.text) or len(span.text) > LONGEST or span.look.numbering or REFERENCE.match(span.text):
        return at
    if person := name_of(span):
        return _behind_facts(spans, at, person, known)
    person = read_person(span.marked, span.block)
    told = sum(map(bool, (person.degree, person.position, person.places, person.email, person.orcid))) if person else 0
    return at + 1 if person and told > 1 and (person.email or person.orcid or person.degree or person.position) and any(
        alike(name, each) for name in either_way(person) for each in known) else at


def _behind_facts(spans: Sequence[Span], at: int, person: Person, known: Sequence[Person]) -> int:
    after, address, degree = at + 1, False, False
    while after < len(spans) and after - at <= MOST_FACTS:
        text = spans[after].text
        label = find_label(text)
        if name_of(spans[after]) or not is_fact(text) and not (label and label.part == "email") or REFERENCE.match(text):
            break
        address |= bool(find_emails(text) or find_orcids(text))
        degree |= is_degree(text) or is_position(text)
        after += 1
    one = any(alike(name, each) for name in either_way(person) for each in known) or not known and person.firm and degree
    enough = after - at > 2 or address or degree
    return after if after > at + 1 and enough and (one or address and spans[at].look.bold + (spans[at].bold_start != "") > 0.8) else at
