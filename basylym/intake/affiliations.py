"""Organisations with their city and country, and paragraphs about one author each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from basylym.intake.codes import TELEPHONE, find_emails, find_orcids, without_addresses
from basylym.intake.labels import exact_words, find_label, has_word, one_of, skeleton
from basylym.intake.names import Person, read_name
from basylym.intake.organisations import LONGEST, is_acronym, is_organisation, names_acronym
from basylym.intake.people import LEADING, is_degree, is_position
from basylym.intake.spans import UP, lower_raised

NUMBERED = re.compile(r"\s*\(?(\d{1,2})\s*[.)]\s*(?=[^\W\d_«\"])")
POSTCODE = re.compile(r"(?<![\w./-])(?:[A-ZА-Я]\d{2}[A-ZА-Я]\d[A-ZА-Я]\d|\d{5,6})(?![\w/-])")
POST_OF = re.compile(r"[ндт][ыі]ң\s(?:\S{1,40}\s){0,3}\S{1,40}$")
"""A Kazakh genitive, and what it owns."""
FAMILY_FIRST = re.compile(r"^([^\W\d_]{2,}(?:-[^\W\d_]{2,})?),\s+((?:[^\W\d_]{1,2}\.[\s-]?){1,3})(?=\s*[,;(–—-])")
"""«Primerov, A. B.»"""
NAME_ENDS = re.compile(r"\s*(?:\s[–—-]+\s|,|;|\(|:|\n|$|[–—])")
"""Where the name that a paragraph about an author begins with may end."""
BETWEEN = frozenset(("at", "of", "the", "in"))
"""What stands between a post and an organisation in English."""
ABBREVIATED = re.compile(r"\w\.\s?\w{1,6}$")
"""«к.т.н», where its last stop was taken for the line's."""
STREET = re.compile(r"\d")
"""The address of a street, behind the organisation's name, has a number."""


@dataclass(slots=True)
class Place:
    """An organisation as a line names it."""

    name: str
    """Its name."""
    city: str = ""
    """Its city."""
    country: str = ""
    """Its country."""
    marks: tuple[str, ...] = ()
    """The marks before it."""
    block: int = 0
    """The block it stands in."""
    taken: str = ""
    """The words it was taken from."""
    about: list[str] = field(default_factory=list)
    """Degrees and posts of its author that stand before its name."""
    left: list[str] = field(default_factory=list)
    """What of them has no place in article.md: a postcode."""


def is_country(text: str) -> bool:
    """Whether a piece is a country's name, with or without its article."""
    bones = skeleton(text.strip(" .;:()"))
    return bones in exact_words("countries") or any(
        bones.startswith(f"{word} ") and bones[len(word) + 1:] in exact_words("countries") for word in exact_words("articles"))


def is_address(text: str) -> bool:
    """Whether a line is a telephone number, or a postcode and what follows it."""
    coded = re.match(r"\d{6},\s", text) and any(map(is_country, text.split(",")))
    return bool(TELEPHONE.search(text) or coded) and not (find_emails(text) or is_organisation(text) or is_degree(text))


def is_place(text: str) -> bool:
    """Whether a line is a city and a country: «Алматы, Қазақстан»."""
    pieces = _pieces(text)
    if len(pieces) == 3 and re.fullmatch("[A-Z]{2}", pieces[1]) and is_country(pieces[2]):
        return bool(name_city(pieces[0])) and not names_acronym(pieces[0])  # «Reston, VA, USA»
    return 1 <= len(pieces) <= 3 and len(text) < 80 and any(is_country(piece) for piece in pieces) and not (
        has_word(text, "organisations") or names_acronym(text))


def is_personal(text: str) -> bool:
    """Whether a line tells something of an author: an organisation, a town, a degree, a post, an e-mail address."""
    return bool(find_emails(text) or is_organisation(text) or is_place(text) or is_degree(text) or is_position(text))


def split_places(marked: str) -> list[str]:
    """A line of several organisations to one each: before every raised mark, and after semicolons."""
    parts = re.split(rf"(?:(?<=[^\s,])[;,.]?\s+)(?={UP}\s*[\d*a-c])", marked)
    return [each.strip() for part in parts for each in (re.split(r";\s+(?=[^\W_])", part) if all(
        is_organisation(piece) for piece in re.split(r";\s+", part)) else [part]) if each.strip()]


def read_place(marked: str, block: int = 0, numbered: bool = True) -> Place:
    """The organisation of a line; a number before it that is not raised is a mark where lines are `numbered`."""
    marks: tuple[str, ...] = ()
    text = marked
    while match := LEADING.match(text) or (None if marks else NUMBERED.match(text)):  # «*¹»: a star, and a raised number after it
        if not numbered and text.lstrip()[:1].isdigit():
            break
        marks += tuple(re.findall(r"\d+|[*]+|[a-zа-я†‡]", next((part for part in match.groups() if part), "")))
        text = text[match.end():]
    text = lower_raised(text)
    taken, text = text, without_addresses(text)
    place = Place("", marks=marks, block=block, taken=taken)
    pieces = _pieces(text)
    while len(pieces) > 1 and (is_degree(pieces[0]) or is_position(pieces[0])) and (
            not is_organisation(pieces[0]) or _is_rank(pieces[0]) and is_organisation(pieces[1])):
        post, named = _split_post(pieces[0])
        place.about.append(post or pieces[0])
        if post and is_organisation(named):
            pieces[0] = named  # «Л. Н. Гумилев атындағы ЕҰУ профессоры»
            break
        pieces.pop(0)
    place.about += [piece for piece in pieces[1:] if _is_about(piece)]
    place.name = _take_city(pieces[:1] + [piece for piece in pieces[1:] if not _is_about(piece)], place)
    return place


def _is_about(piece: str) -> bool:
    """Whether a piece behind an organisation's name is its author's degree or post: «к.п.н.»."""
    return piece[:1].islower() and (is_degree(piece) or is_degree(f"{piece}.") or is_position(piece)) and not is_organisation(piece)


def _is_rank(piece: str) -> bool:
    """Whether a piece is a post or title and the acronym of those who gave it, «ҰҒА академигі»."""
    words = piece.split()
    return 1 < len(words) < 5 and words[-1][0].islower() and (is_position(words[-1]) or is_degree(words[-1]))


def _pieces(text: str) -> list[str]:
    """The pieces between commas outside brackets and quotation marks; a last bracket «(Алматы, Қазақстан)» is opened."""
    text = text.strip(" ,;.")
    if (match := re.search(r"\s*\(([^()]*)\)$", text)) and any(is_country(piece) for piece in match[1].split(",")):
        text = f"{text[:match.start()]}, {match[1]}"
    pieces, depth, last = [], 0, 0
    shared = text.count("«") > text.count("»")  # «АО «НЦПК «Өрлеу»: one mark closes all
    for at, letter in enumerate(text):
        depth = 0 if shared and letter == "»" else depth + (letter in "(«“[") - (letter in ")»”]")
        if letter in ",;" and depth <= 0:
            pieces.append(text[last:at].strip())
            last = at + 1
    pieces.append(text[last:].strip())
    return [piece for piece in pieces if piece]


def _take_city(pieces: list[str], place: Place) -> str:
    """Takes country, city and postcode off the end; what is left is the name."""
    pieces, tail = list(pieces), []
    for at in range(len(pieces) - 1, 0, -1):
        if is_country(pieces[at]):
            place.country = pieces[at].strip(" .")
            tail = pieces[at + 1:]
            pieces = pieces[:at]
            break
    else:
        for at in range(len(pieces) - 1, 0, -1):
            bare = POSTCODE.sub("", pieces[at]).strip(" .")
            if words := skeleton(bare).split():
                for size in (1, 2, 3):  # «Алматы Қазақстан»
                    if len(words) > size and " ".join(words[-size:]) in exact_words("countries") and len(words) < size + 3:
                        split = bare.split()
                        place.country, pieces[at] = " ".join(split[-size:]), " ".join(split[:-size])
                        break
            break
    for each in tail:
        named = name_city(POSTCODE.sub("", each).strip(" ,."))
        if named and not place.city:
            place.city = named
            place.left += POSTCODE.findall(each)
        else:
            place.left.append(each)
    for at in range(1, len(pieces) - 1):  # «Институт, 050010, г. Алматы, ул. Примерная, 28»
        named = name_city(pieces[at])
        if named and named != pieces[at] and not any(map(is_organisation, pieces[at + 1:])) and STREET.search(" ".join(pieces[at + 1:])):
            place.city, place.left, pieces = named, [*place.left, *pieces[at + 1:]], pieces[:at]
            break
    if not place.country and len(pieces) < 2:
        return ", ".join(pieces)
    while len(pieces) > 1:
        piece = pieces[-1]
        if len(pieces) > 2 and place.country and re.fullmatch("[A-Z]{2}", piece) and name_city(pieces[-2]):
            pieces[-2:] = [f"{pieces[-2]}, {piece}"]  # a state of the USA belongs to its city
            place.city = pieces.pop()
            continue
        codes = POSTCODE.findall(piece)
        bare = POSTCODE.sub("", piece).strip(" ,.")
        if codes and not bare:
            place.left += codes
            pieces.pop()
            continue
        named = name_city(bare)
        if named and not place.city and (place.country or named != bare or len(pieces) > 1 and not is_organisation(bare)):
            if not place.country and named == bare and len(bare.split()) > 2:
                break
            place.city = named
            place.left += codes
            pieces.pop()
            continue
        if place.city and STREET.search(bare) and not is_organisation(bare) and len(pieces) > 1:
            place.left.append(piece)
            pieces.pop()
            continue
        break
    return ", ".join(pieces)


def name_city(text: str) -> str:
    """The city that a piece names, without «г.» and «қ.»; empty where it is none."""
    before, behind = _city_words()
    match = before.match(skeleton(text))
    bare = text[match.end():].strip() if match else text
    end = behind.search(skeleton(bare).rstrip("."))
    bare = bare[:end.start()] if end else bare
    if not bare or len(bare.split()) > 3 or not bare[0].isupper() or re.search(r"\d", bare):
        return ""
    return "" if has_word(bare, "organisations") or has_word(bare, "degrees") else bare


@cache
def _city_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """«г.» before a city's name, and the same behind it, where the line's last stop is taken off."""
    words = one_of("before_city")
    return re.compile(rf"(?:{words})(?!\w)\s*"), re.compile(rf"\s+(?:{words.replace(chr(92) + '.', '')})$")


def read_person(text: str, block: int = 0) -> Person | None:
    """A paragraph about one author: his name, then degree, post, organisation, address. None where it is none."""
    if len(text) > LONGEST:
        return None
    text = lower_raised(text)
    begin = re.match(r"\s*(?:\d{1,2}[.)]\s*|[*•–—-]\s*)?", text)
    text = text[begin.end():] if begin else text
    text = FAMILY_FIRST.sub(r"\1 \2", text)
    cut = NAME_ENDS.search(text)
    name = None
    while cut:
        begin = text[:cut.start()].strip()
        if not (begin.isupper() and all(map(is_acronym, begin.split()))) and (name := read_name(begin)):
            break
        following = NAME_ENDS.search(text, cut.end())
        if not following or following.start() > 80 or following.end() == cut.end():
            break
        cut = following
    if not name or not cut:
        return None
    rest = text[cut.start():].strip(" –—-,;:")
    name.email = next(iter(find_emails(rest)), "")
    name.orcid = next(iter(find_orcids(rest)), "")
    name.block, name.taken = block, text
    add_facts(name, rest)
    return name if name.firm or name.degree or name.position or name.places or name.email else None


def add_facts(person: Person, text: str) -> None:
    """Degree, post and organisation of a person out of the words about him."""
    person.email = person.email or next(iter(find_emails(text)), "")
    person.orcid = person.orcid or next(iter(find_orcids(text)), "")
    for piece in _pieces(without_addresses(text).replace(" – ", ", ").replace(". ", ".  ")):
        piece = " ".join(piece.strip(" .–—-:;").split())
        piece += "." * bool(f"{piece}." in text and (ABBREVIATED.search(piece) or re.search(r"(?<!\w)\w$", piece)))
        if not piece or (label := find_label(piece, ("email", "corresponding"))) and not label.rest:
            continue
        post, place = _split_post(piece)
        if post:
            (person.degree if is_degree(post) and not is_position(post) else person.position).append(post)
            piece = place
        if is_degree(piece) and not (is_position(piece) and person.degree):
            person.degree.append(piece)
        elif is_organisation(piece) and not is_position(" ".join(piece.split()[:2])) and not _is_post_of(piece):
            person.places.append(piece)
        elif is_position(piece) and not person.places:
            person.position.append(piece)
        elif person.places or is_country(piece) or name_city(piece):
            person.places.append(piece)
        elif is_position(piece):
            person.position.append(piece)


def _split_post(piece: str) -> tuple[str, str]:
    """«доцент КазНУ им. аль-Фараби»: a post, and an acronym that no ending joins to it."""
    words = piece.split()
    for cut in range(1, len(words) if len(words) < 16 and is_position(piece) else 0):
        rest, before = " ".join(words[cut:]), cut
        while before > 1 and words[before - 1].lower() in BETWEEN:
            before -= 1
        post = " ".join(words[:before])
        if words[cut][0].isupper() and (is_position(words[before - 1]) or words[before - 1][0] >= "\u0400" and words[before - 1].islower()
                                        and skeleton(words[before - 1]) not in exact_words("in_names")) and not names_acronym(post) and (
                names_acronym(rest) or before < cut and words[before].lower() == "at" and is_organisation(rest)):
            return post, rest
        if rest[0].islower() and is_position(rest) and names_acronym(" ".join(words[:cut])):
            return rest, " ".join(words[:cut])  # «ҚазҰПУ доценті»
    return "", piece


def _is_post_of(piece: str) -> bool:
    """«Үлгі университетінің доценті»: a post, and whose it is before it."""
    return bool(POST_OF.search(piece)) and is_position(piece.split()[-1])


def place_of(person: Person) -> Place | None:
    """The organisation in the words about a person."""
    if not person.places or not any(is_organisation(piece) for piece in person.places):
        return None
    found = Place("", block=person.block, taken=", ".join(person.places))
    found.name = _take_city(person.places, found)
    return found


def same_place(first: Place, second: Place) -> bool:
    """Whether two lines name one organisation, as they are typed."""
    return skeleton(first.name).strip(" .,") == skeleton(second.name).strip(" .,")
