"""Authors in lines: «А.Б. Үлгібаев¹*, В.Г. Примеров²», names whole or with initials, degrees and posts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from basylym.intake.codes import EMAIL, ORCID, ORCID_WORD, find_emails, find_orcids, without_addresses
from basylym.intake.labels import exact_words, find_words, has_word, one_of, skeleton
from basylym.intake.names import INITIAL, WORD, Person, read_name
from basylym.intake.organisations import is_acronym, is_organisation
from basylym.intake.spans import DOWN, UP, lower_raised

LONGEST = 700
"""Letters of a line of authors that are looked at."""
MARK = re.compile(rf"\s*(?:{UP}\s*([^{DOWN}]{{0,12}}){DOWN}|([*†‡✉]+)|(?<=[^\W\d_])(\d(?:[,\s]*\d)*)(?!\d)|(?<=[.*])(\d(?:[,\s]*\d)*)(?!\d)"
                  r"|\s(\d(?:\s*,\s*\d)*)(?=\s*\*?\s*$)|[\[(](\d|\*)[\])])\s*$")
PLAIN_MARKS = re.compile(r"(?<=[^\W\d_.])\s*\d(?:\s*,\s*\d)+(?=\s*[*,;]|\s*$|\s+[^\W\d_])|"
                         r"(?<=\.)\s*\d(?:\s*,\s*\d)+(?=\s*[*,;]|\s*$|\s)")
LEADING = re.compile(rf"^\s*(?:{UP}\s*([^{DOWN}]{{1,12}}){DOWN}|([*†‡]+)|(\d)(?=[^\W\d_]|\s[^\W\d_])|([a-eа-д])\)(?=\s*[^\W\d_]))\s*")
BRACKETS = re.compile(r"\((?=[^()]{0,157}[^\W\d_]{2})[^()]{2,160}\)")
"""Words in brackets behind a name: an organisation, a town."""


def _split(text: str) -> list[str]:
    """The pieces of a line of authors between commas, semicolons and «and», marks with the piece they follow."""
    held: list[str] = []

    def hold(match: re.Match) -> str:
        held.append(match[0])
        return f"\ue003{len(held) - 1}\ue004"

    text = BRACKETS.sub(hold, re.sub(rf"{UP}[^{DOWN}]*{DOWN}", hold, text))
    text = PLAIN_MARKS.sub(hold, text)
    both = one_of("and")
    bones = skeleton(text)
    last, pieces = 0, list[str]()
    cuts = [match.span() for match in re.finditer(rf"\s*[,;]\s*(?:(?:{both})\s+)?|\s+(?:{both})\s+|\s+[–—-]\s+|\n", bones)]
    for start, end in [*cuts, (len(text), len(text))]:
        pieces.append(text[last:start])
        last = end
    for _ in range(2):  # raised marks within brackets are held twice
        pieces = [re.sub("\ue003(\\d+)\ue004", lambda match: held[int(match[1])], piece) for piece in pieces]
    return [re.sub(r"^((?:\d\s*,?\s*)+)$", rf"{UP}\1{DOWN}", piece.strip()) for piece in pieces if piece.strip()]


def _take_marks(piece: str) -> tuple[str, list[str], list[str]]:
    """A piece without the marks before and after it, and those."""
    before, after = [], []
    for _ in range(2):  # «¹*Примеров»
        if match := LEADING.match(piece):
            before += _marks(next(part for part in match.groups() if part))
            piece = piece[match.end():]
    for _ in range(4):
        match = MARK.search(piece)
        if not match:
            break
        after = [*_marks(next((part for part in match.groups() if part), "")), *after]
        piece = piece[:match.start()]
    return piece.strip(), before, after


def leading_marks(marked: str) -> list[str]:
    """The numbers and letters that a line begins with as marks; stars are none."""
    return [mark for mark in _take_marks(marked)[1] if "*" not in mark]


def _marks(text: str) -> list[str]:
    return re.findall(r"\d+|[*]+|[a-zа-я†‡✉]", text.replace("∗", "*"))


def read_authors(marked: str, block: int = 0) -> list[Person]:
    """The authors that a line names and nothing but: none where it is no line of authors."""
    if len(marked) > LONGEST:
        return []
    emails, orcids = find_emails(marked), find_orcids(marked)
    text = without_addresses(marked) if emails or orcids else marked
    if has_word(BRACKETS.sub(" ", lower_raised(text)), "organisations"):
        return []
    people: list[Person] = []
    pieces = list(_joined(_split(_without_others(text))))
    waiting: list[str] = []
    ahead = False
    for piece in pieces:
        piece, before, after = _take_marks(piece)
        piece, beside = _take_degree(piece)
        bare, inner, outer = _take_marks(piece)
        before, after = [*before, *inner], [*outer, *after]
        if not bare or not any(letter.isalpha() for letter in bare):
            if people:
                people[-1].marks += (*before, *after)
            continue
        named = BRACKETS.search(bare)
        bare = re.sub(r"\s*\([^()]{0,160}\)$", "", bare)
        if person := read_name(bare):
            person.places = _places(named)
            if before and people and not people[-1].marks and not after:
                people[-1].marks, person.marks = tuple(before), ()
            else:
                person.marks = (*before, *after)
            ahead = ahead or bool(waiting) and not people  # «проф., д.м.н. Примеров А.Б., доц. Образцов В.Г.»
            for each in (*waiting, *beside):
                add_title(person, each)
            waiting = []
            person.block, person.taken = block, bare
            people.append(person)
        elif is_degree(bare) or is_position(bare):
            if people and not ahead:
                add_title(people[-1], bare)
                people[-1].marks += (*before, *after)
                people[-1].places += [] if people[-1].places else _places(named)
            else:
                waiting.append(bare)
        else:
            return []
    for each in waiting if people else ():
        add_title(people[-1], each)
    if len(people) == 1 and text.isupper() and not people[0].marks and not people[0].patronymic and "." not in people[0].given and not (
            people[0].degree or people[0].position or emails or orcids):
        return []  # «РУССКАЯ ФИЛОЛОГИЯ»
    if not people or not (any(person.firm for person in people) or (len(people) > 1 and _plain(pieces)) or any(
            person.marks for person in people)):
        return []
    _turn(people)
    for kind, values in (("email", emails), ("orcid", orcids)):
        if len(values) == len(people):
            for person, value in zip(people, values, strict=True):
                setattr(person, kind, value)
        elif values:
            _give_addresses(people, kind, marked)
    return people


def add_title(person: Person, text: str) -> None:
    """Puts a degree or a post beside its owner's name."""
    (person.degree if is_degree(text) else person.position).append(text)


def _give_addresses(people: Sequence[Person], kind: str, marked: str) -> None:
    """Gives an address to the author whose name it stands behind, with nothing but marks and brackets between."""
    for match in (EMAIL if kind == "email" else ORCID).finditer(marked):
        before = re.sub(f"{UP}[^{DOWN}]{{0,12}}{DOWN}", "", ORCID_WORD.sub("", marked[:match.start()])).rstrip(" *†‡([:,0123456789")
        owner = next((person for person in people if before.endswith(person.taken)), None)
        if owner and not getattr(owner, kind):
            setattr(owner, kind, (find_emails if kind == "email" else find_orcids)(match[0])[0])


def _places(named: re.Match | None) -> list[str]:
    """The organisation and the town in brackets behind a name or a post."""
    if not named or not (is_organisation(named[0][1:-1]) or "," in named[0]):
        return []
    return [part.strip() for part in named[0][1:-1].split(",") if part.strip()]


def _turn(people: list[Person]) -> None:
    """Names of two words stand in one order in a line: those that tell nothing stand as the others do."""
    two = [person for person in people if person.taken.count(" ") == 1 and person.taken in (
        f"{person.given} {person.family}", f"{person.family} {person.given}") and "." not in person.taken]
    orders = {person.taken.startswith(person.given) for person in two if person.sure == "certain"} or {
        True for person in people if person.firm and person.given.endswith(".") and person.taken.startswith(person.given)}
    for person in two if len(orders) == 1 else ():
        if person.sure != "certain" and person.taken.startswith(person.given) not in orders:
            person.family, person.given = person.given, person.family


def _without_others(text: str) -> str:
    """A line of authors without «et al.» at its end."""
    match = _and_others().search(skeleton(text[-40:]))
    return text[:max(0, len(text) - 40) + match.start()] if match else text


@cache
def _and_others() -> re.Pattern:
    return re.compile(rf"[\s,]+(?:{one_of('and_others')})\s*$")


def _take_degree(piece: str) -> tuple[str, list[str]]:
    """A name without the degree or post that stands before or after it with no comma between, and that."""
    if not (has_word(piece, "degrees") or has_word(piece, "positions")) or len(piece) > 200:
        return piece, []
    words = piece.split(" ")
    for cut in range(1, len(words)):
        for name, beside in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            text = " ".join(beside)
            honour = beside == words[:cut] and text.isalpha() and len(text) > 6 and not is_position(text)  # «Академик К. П.»
            if honour or UP in text or not (is_degree(text) or is_position(text)) or any(
                    is_acronym(word) or skeleton(word) in exact_words("named_after") for word in beside):
                continue
            titled = beside == words[:cut] and cut < 3 and text.endswith(".")  # "Dr. Hans-Peter Müller"
            if (found := read_name(_take_marks(" ".join(name))[0])) and (found.firm or titled):
                return " ".join(name), [text]
    return piece, []


def _plain(pieces: list[str]) -> bool:
    return all(2 <= len(piece.split()) <= 4 for piece in pieces) and not all(piece.isupper() for piece in pieces)


def _joined(pieces: list[str]) -> Iterator[str]:
    """«Примеров», «А.Б.» made one piece again, and "John Smith", "Jr."."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if at + 1 < len(pieces) and " " in piece and skeleton(_take_marks(pieces[at + 1])[0].strip(".")) in exact_words("name_suffixes"):
            piece, at = f"{piece} {pieces[at + 1]}", at + 1
        following = _take_marks(pieces[at + 1])[0] if at + 1 < len(pieces) else ""
        if WORD.fullmatch(piece) and piece[0].isupper() and following and all(
                INITIAL.fullmatch(part) for part in re.sub(r"(?<=\.)(?=\w)", " ", following).split()):
            yield f"{piece} {pieces[at + 1]}"
            at += 2
        else:
            yield piece
            at += 1


def is_fuller(name: Person, other: Person) -> bool:
    """Whether a name has whole words where another of the same person has its initials."""
    if name.patronymic and not other.patronymic and name.given == other.given and "." not in name.given:
        return True
    if "." not in other.given or "." in name.given or not name.given:
        return False
    shorter, words = re.findall(r"[^\W\d_][^\W\d_’'-]*\.?", other.given), f"{name.given} {name.patronymic}".split()
    return len(shorter) <= len(words) and all(
        skeleton(word).startswith(skeleton(each)[:1]) if each.endswith(".") else skeleton(word) == skeleton(each)
        for each, word in zip(shorter, words, strict=False))


def is_degree(text: str) -> bool:
    """Whether a piece names an academic degree or title and no organisation."""
    return len(text) < 120 and _has_degree(text) and not has_word(text, "organisations") and not EMAIL.search(text)


DEGREE = re.compile(
    r"(?<!\w)(?:[кд]\.\s?(?:[а-яё]{1,7}\.(?:\s?-\s?[а-яё]{1,5}\.)?\s?)н(?:\.|аук)|(?:канд|докт|д-р)\.?\s[а-яё]{2,9}\.?(?:-[а-яё]{2,6}\.)?\sнаук(?!\w)"
    r"|[а-яёәғқңөұүһі]{1,6}\.\s?ғ\.\s?[дкм]\.|Dr\.(?:-Ing\.|\s?(?:[a-z]{2,6}\.\s?){1,3}))", re.I)
"""к.м.н., к. филол. н., канд. физ.-мат. наук, п.ғ.м., Dr. rer. nat."""


def _has_degree(text: str) -> bool:
    """Whether a text has a word for a degree; one of two letters is written in capitals: MA, not Ma."""
    return bool(DEGREE.search(text)) or any(
        len(word) > 2 or not word.isalpha() or word.isupper() or word.lower() == "dr" for word in find_words(text, "degrees"))


def is_position(text: str) -> bool:
    """Whether a piece names a post."""
    return len(text) < 160 and has_word(text, "positions") and not EMAIL.search(text)
