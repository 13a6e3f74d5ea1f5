"""Authors in lines: «А.Б. Үлгібаев¹*, В.Г. Примеров²», names whole or with initials, degrees and posts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from basylym.intake.codes import EMAIL, find_emails, find_orcids, without_addresses
from basylym.intake.labels import exact_words, has_word, skeleton, words_of
from basylym.intake.spans import DOWN, UP
from basylym.intake.understood import Sureness

LONGEST = 700
"""Letters of a line of authors that are looked at."""
PARTICLES = frozenset("van von de der den la le al el di da bin ibn аль эль ибн бин фон де ван".split())
PATRONYMIC_WORDS = frozenset("ұлы улы қызы кызы uly uli ūly kyzy qyzy kizi qizi оглы ogly oglu уулу".split())
MARK = re.compile(rf"\s*(?:{UP}\s*([^{DOWN}]{{0,12}}){DOWN}|([*†‡✉]+)|(?<=[^\W\d_])(\d(?:[,\s]*\d)*)(?!\d)|(?<=[.*])(\d(?:[,\s]*\d)*)(?!\d)"
                  r"|\s(\d(?:\s*,\s*\d)*)(?=\s*\*?\s*$)|[\[(](\d|\*)[\])])\s*$")
PLAIN_MARKS = re.compile(r"(?<=[^\W\d_.])\s*\d(?:\s*,\s*\d)+(?=\s*[*,;]|\s*$|\s+[^\W\d_])|"
                         r"(?<=\.)\s*\d(?:\s*,\s*\d)+(?=\s*[*,;]|\s*$|\s)")
LEADING = re.compile(rf"^\s*(?:{UP}\s*([^{DOWN}]{{1,12}}){DOWN}|([*†‡]+)|(\d)(?=[^\W\d_]|\s[^\W\d_]))\s*")
INITIAL = re.compile(r"[^\W\d_][^\W\d_]{0,2}\.(?:-[^\W\d_]\.)?")
WORD = re.compile(r"[^\W\d_][^\W\d_’'ʼʻ`´-]*(?:[-’'ʼʻ`´][^\W\d_][^\W\d_’'ʼʻ`´-]*){0,4}")


@dataclass(slots=True)
class Person:
    """One author as a line or a paragraph names him."""

    family: str
    """The family name."""
    given: str = ""
    """Given name or initials, as typed."""
    patronymic: str = ""
    """The father's name, where it stands whole."""
    marks: tuple[str, ...] = ()
    """Marks of organisations, and the asterisk."""
    degree: list[str] = field(default_factory=list)
    """Academic degrees beside the name."""
    position: list[str] = field(default_factory=list)
    """Posts beside it."""
    places: list[str] = field(default_factory=list)
    """Organisations, cities and countries beside it, in their order."""
    email: str = ""
    """The e-mail address beside it."""
    orcid: str = ""
    """The ORCID beside it."""
    sure: Sureness = "certain"
    """Whether it is plain which is the family name."""
    firm: bool = False
    """Whether it is a name by its form: initials, or endings of names."""
    block: int = 0
    """The block it stands in."""
    taken: str = ""
    """The words it was taken from."""

    @property
    def starred(self) -> bool:
        """Whether an asterisk stands by the name."""
        return any("*" in mark or mark in "✉†" for mark in self.marks)

    def data(self) -> dict[str, str]:
        """The name as article.md has it."""
        return {key: value for key, value in (("family", self.family), ("given", self.given), ("patronymic", self.patronymic)) if value}


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word, _ in words_of(name)))


def has_ending(word: str, name: str) -> bool:
    """Whether a word ends as family names, or as patronymics, do."""
    bones = skeleton(word)
    return any(bones.endswith(end) and len(bones) > len(end) + 1 for end in _endings(name))


def read_name(text: str) -> Person | None:
    """A person's name, and nothing else; None where it is none."""
    solid = not re.search(r"\.\s+\w\.", text)
    text = re.sub(r"(?<=[^\W\d_]\.)(?=[^\W\d_])", " ", text.strip(" .,;:–—") + ("." if re.search(r"(?<!\w)\w\.$", text.strip()) else ""))
    tokens = text.split()
    if not 1 < len(tokens) <= 6 or has_word(text, "organisations"):
        return None
    initials: list[str] = []
    words: list[str] = []
    where: list[int] = []
    for at, token in enumerate(tokens):
        if INITIAL.fullmatch(token) and token[0].isupper() or (
                len(token) == 1 and token.isupper() and token.isascii() and not text.isupper()):
            initials.append(token)
            where.append(at)
        elif words and at == len(tokens) - 1 and len(token) < 4 and token.isascii() and token.isupper() and not text.isupper():
            initials.append(token)  # Primerov AB
            where.append(at)
        elif token.lower() in PATRONYMIC_WORDS and words:
            words[-1] += f" {token}"
        elif token.lower() in PARTICLES or (WORD.fullmatch(token) and token[0].isupper() and len(token) > 1):
            words.append(token)
        else:
            return None
    if not words or all(word.lower() in PARTICLES for word in words) or len(initials) > 3:
        return None
    if any(skeleton(word) in _no_names() for word in words):
        return None
    if initials:
        if where[-1] - where[0] != len(where) - 1:
            if len(words) == 2 and where == [1] and len(tokens) == 3:  # Aigul B. Ulgibayeva
                return Person(words[1], f"{words[0]} {initials[0]}", firm=True)
            return None
        return _with_initials(words, initials, solid, where[0] == 0)
    return _whole(words)


@cache
def _no_names() -> frozenset[str]:
    """Words that look like names and are none: organisations, countries, degrees and posts."""
    found = set().union(*(exact_words(name) for name in ("countries", "degrees", "positions", "organisations", "and")))
    return frozenset(word for each in found for word in each.replace("*", "").split())


def _with_initials(words: list[str], initials: list[str], solid: bool, first: bool) -> Person | None:
    if len(words) > 3:
        return None
    given = "".join(initials) if solid else " ".join(initials)
    if len(words) == 2 and len(initials) == 1 and not first and has_ending(words[0], "family_endings"):
        return Person(words[0], f"{words[1]} {given}", firm=True)  # Примеров Антон Б.
    return Person(" ".join(words), given, firm=True)


def _whole(words: list[str]) -> Person | None:
    """A name of whole words: which of them is the family name is told by its endings, else by custom."""
    if not 2 <= len(words) <= 4:
        return None
    words = [" ".join(words[:2]), *words[2:]] if words[0].lower() in PARTICLES and len(words) > 2 else words
    fathers = [at for at, word in enumerate(words) if has_ending(word, "patronymic_endings")]
    families = [at for at, word in enumerate(words) if has_ending(word, "family_endings")]
    firm = bool(fathers or families)
    if len(words) == 3 and fathers and fathers[-1] in (1, 2):
        at = fathers[-1]
        family = 0 if at == 2 else 2
        given = 1 if at == 2 else 0
        return Person(words[family], words[given], words[at], firm=True)
    if len(words) == 2:
        latin = words[0][0] < "\u0250"
        if len(families) == 1:
            family = families[0]
        else:
            family = 1 if latin else 0
        return Person(words[family], words[1 - family], sure="certain" if len(families) == 1 else "likely", firm=firm)
    if words[0][0] < "\u0250":
        return Person(words[-1], " ".join(words[:-1]), sure="likely", firm=firm)
    return Person(words[0], " ".join(words[1:]), sure="likely", firm=firm)


def _split(text: str) -> list[str]:
    """The pieces of a line of authors between commas, semicolons and «and», marks with the piece they follow."""
    held: list[str] = []

    def hold(match: re.Match) -> str:
        held.append(match[0])
        return f"\ue003{len(held) - 1}\ue004"

    text = re.sub(rf"{UP}[^{DOWN}]*{DOWN}", hold, text)
    text = PLAIN_MARKS.sub(hold, text)
    both = "|".join(sorted({re.escape(word) for word, _ in words_of("and")}, key=len, reverse=True))
    bones = skeleton(text)
    cuts, last, pieces = [match.span() for match in re.finditer(rf"\s*[,;]\s*|\s+(?:{both})\s+|\s+[–—-]\s+|\n", bones)], 0, []
    for start, end in [*cuts, (len(text), len(text))]:
        pieces.append(text[last:start])
        last = end
    whole = [re.sub("\ue003(\\d+)\ue004", lambda match: held[int(match[1])], piece) for piece in pieces]
    return [re.sub(r"^((?:\d\s*,?\s*)+)$", rf"{UP}\1{DOWN}", piece.strip()) for piece in whole if piece.strip()]


def _take_marks(piece: str) -> tuple[str, list[str], list[str]]:
    """A piece without the marks before and after it, and those."""
    before, after = [], []
    if match := LEADING.match(piece):
        before = _marks(match[1] or match[2] or match[3])
        piece = piece[match.end():]
    for _ in range(4):
        match = MARK.search(piece)
        if not match:
            break
        after = [*_marks(next((part for part in match.groups() if part), "")), *after]
        piece = piece[:match.start()]
    return piece.strip(), before, after


def _marks(text: str) -> list[str]:
    return re.findall(r"\d+|[*]+|[a-zа-я†‡✉]", text.replace("∗", "*"))


def read_authors(marked: str, block: int = 0) -> list[Person]:
    """The authors that a line names and nothing but: none where it is no line of authors."""
    if len(marked) > LONGEST:
        return []
    emails, orcids = find_emails(marked), find_orcids(marked)
    text = without_addresses(marked) if emails or orcids else marked
    if has_word(re.sub(f"[{UP}{DOWN}]", "", text), "organisations"):
        return []
    people: list[Person] = []
    pieces = list(_joined(_split(text)))
    waiting: list[str] = []
    for piece in pieces:
        piece, beside = _take_degree(piece)
        bare, before, after = _take_marks(piece)
        if not bare or not any(letter.isalpha() for letter in bare):
            if people:
                people[-1].marks += (*before, *after)
            continue
        bare = re.sub(r"\s*\([^()]{0,60}\)$", "", bare)
        if person := read_name(bare):
            if person.firm and len(before) and not people:
                person.marks = (*before, *after)
            elif before and people and not people[-1].marks and not after:
                people[-1].marks, person.marks = tuple(before), ()
            else:
                person.marks = (*before, *after)
            for each in (*waiting, *beside):
                (person.degree if is_degree(each) else person.position).append(each)
            waiting = []
            person.block, person.taken = block, bare
            people.append(person)
        elif is_degree(bare) or is_position(bare):
            if people:
                (people[-1].degree if is_degree(bare) else people[-1].position).append(bare)
            else:
                waiting.append(bare)
        else:
            return []
    if not people or not (any(person.firm for person in people) or (len(people) > 1 and _plain(pieces)) or any(
            person.marks for person in people)):
        return []
    for kind, values in (("email", emails), ("orcid", orcids)):
        if len(values) == len(people):
            for person, value in zip(people, values, strict=True):
                setattr(person, kind, value)
    return people


def _take_degree(piece: str) -> tuple[str, list[str]]:
    """A name without the degree or post that stands before or after it with no comma between, and that."""
    if not (has_word(piece, "degrees") or has_word(piece, "positions")) or len(piece) > 200:
        return piece, []
    words = piece.split(" ")
    for cut in range(1, len(words)):
        for name, beside in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            text = " ".join(beside)
            if UP in text or not (is_degree(text) or is_position(text)):
                continue
            if (found := read_name(_take_marks(" ".join(name))[0])) and found.firm:
                return " ".join(name), [text]
    return piece, []


def _plain(pieces: list[str]) -> bool:
    return all(2 <= len(piece.split()) <= 4 for piece in pieces) and not all(piece.isupper() for piece in pieces)


def _joined(pieces: list[str]) -> Iterator[str]:
    """«Примеров», «А.Б.» made one piece again."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
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
    if "." not in other.given or "." in name.given or not name.given:
        return False
    initials = re.findall(r"[^\W\d_]+(?=\.)", other.given)
    words = [word for word in (name.given, name.patronymic) if word]
    return len(initials) <= len(words) and all(
        skeleton(word).startswith(skeleton(each)[:1]) for each, word in zip(initials, words, strict=False))


def is_degree(text: str) -> bool:
    """Whether a piece names an academic degree or title and no organisation."""
    return len(text) < 120 and has_word(text, "degrees") and not has_word(text, "organisations") and not EMAIL.search(text)


def is_position(text: str) -> bool:
    """Whether a piece names a post."""
    return len(text) < 160 and has_word(text, "positions") and not EMAIL.search(text)
