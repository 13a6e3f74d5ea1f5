"""The organisations of a head: whose they are, and the towns that other lines say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from basylym.intake.affiliations import Place, is_country, name_city, place_of, read_place
from basylym.intake.names import Person

if TYPE_CHECKING:
    from basylym.intake.heads import Head


def give_in_order(head: Head) -> None:
    """Authors in one line and organisations below them, none marked: as many as authors, they are theirs in their order; else nobody's."""
    if len(head.places) < 2 or len({person.line for person in head.authors}) != 1 or len(head.authors) < 2 or any(
            each.marks for each in (*head.places, *head.authors)):
        return
    head.held = dict(enumerate(head.places)) if len(head.places) == len(head.authors) else {}


def complete(text: str, head: Head) -> None:
    """«050010, Казахстан, г. Алматы, ул. Примерная, 28»: the town and country of the organisation above, where it has none."""
    place = head.places[-1] if head.places else None
    if not place or place.city or place.country:
        return
    pieces = [piece.strip() for piece in text.split(",")]
    place.country = next((piece for piece in pieces if is_country(piece)), "")
    place.city = next((city for piece in pieces if (city := name_city(piece)) and city != piece), "") if place.country else ""


def hold_place(head: Head) -> None:
    """The organisation that was said beside the last author is his, where he has none yet."""
    at = len(head.authors) - 1
    if at not in head.held and (place := place_of(head.authors[at])):
        head.held[at] = place
        head.places.append(place)


def marked_by(place: Place, head: Head) -> list[Person]:
    """The authors who have a place's mark, or the one who stands before it."""
    if place.marks:
        return [person for person in head.authors if set(person.marks) & set(place.marks)]
    return [head.authors[-1]] if head.authors else []


def give_place(head: Head) -> None:
    """An organisation without a mark belongs to the authors before it who have none yet."""
    place = head.places[-1]
    if place.marks:
        return
    for at, _ in enumerate(head.authors):
        head.held.setdefault(at, place)


def add_city(text: str, head: Head, block: int) -> None:
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
