"""Names of people: whole, with initials before, between or behind their words, with particles, in any of three languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from basylym.intake.labels import exact_words, has_word, skeleton, words_of
from basylym.intake.organisations import is_acronym, is_mixed
from basylym.intake.understood import Sureness
from basylym.languages import language

PARTICLES = frozenset("st. van von de der den des du dos das do di da del della la le los ten ter zu zum zur af av al el bin ibn bint y "
                      "аль әл эль ибн бин фон де дер ван ден ла".split())
PATRONYMIC_WORDS = frozenset("ұлы улы қызы кызы uly uli ūly kyzy qyzy kizi qizi оглы ogly oglu уулу".split())
INITIAL = re.compile(r"[^\W\d_][^\W\d_]{0,2}\.(?:-[^\W\d_]\.)?")
LAST_INITIAL = re.compile(r"(?<!\w)\w\.$|(?<![\w-])\w\w\.$")
ELIDED = re.compile(r"[dl][’'][^\W\d_a-z]")
GIVEN = re.compile(r"[^\W\d_]+-[a-zа-яё]+")
"""Kim Yu-mi: a given name."""
EASTERN = re.compile("[\u3400-\u9fff\uac00-\ud7a3]{2,4}|[\u3400-\u9fff\uac00-\ud7a3]{1,2} [\u3400-\u9fff\uac00-\ud7a3]{1,3}")
"""A name in Chinese or Korean letters, 王伟: the family name first, of one letter, of two in names of four."""
VIETNAMESE = re.compile(r"(?:Nguyen|Nguyễn|Tran|Trần|Pham|Phạm|Hoang|Hoàng|Le|Lê|Vu|Vũ|Vo|Võ|Dang|Đặng|Bui|Bùi|Ngo|Ngô|Duong|Dương) "
                        r"(?:Van|Văn|Thi|Thị) [^\W\d_]+(?: [^\W\d_]+)?$")
"""“Nguyen Van An”: the family name first."""
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
    line: int = 0
    """Which line of its head names it."""
    taken: str = ""
    """The words it was taken from."""

    @property
    def stars(self) -> set[str]:
        """The asterisks by the name, and other marks of whom to write to."""
        return {mark for mark in self.marks if "*" in mark or mark in "✉†"}

    def data(self) -> dict[str, str]:
        """The name as article.md has it."""
        return {key: value for key, value in (("family", self.family), ("given", self.given), ("patronymic", self.patronymic)) if value}


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word, _ in words_of(name)))


def has_ending(word: str, name: str) -> bool:
    """Whether a word ends as family names, or as patronymics, do."""
    bones = skeleton(word)
    if name == "family_endings" and bones in exact_words("given_names"):
        return False
    return any(bones.endswith(end) and len(bones) > len(end) + 1 for end in _endings(name))


def read_name(text: str) -> Person | None:
    """A person's name, and nothing else; None where it is none."""
    text, suffix = _take_suffix(text.strip())
    solid = not re.search(r"\.\s+\w{1,2}\.", text)
    text = re.sub(r"(?<=[^\W\d_]\.)(?=[^\W\d_])", " ", text.strip(" .,;:–—") + ("." if LAST_INITIAL.search(text.strip()) else ""))
    tokens = text.split()
    if EASTERN.fullmatch(text):
        family, given = tokens if len(tokens) == 2 else (text[:1 + (len(text) > 3)], text[1 + (len(text) > 3):])
        return Person(family, given, sure="likely")
    if VIETNAMESE.match(text) and not any("." in token for token in tokens):
        return Person(tokens[0], " ".join(tokens[1:]), sure="likely")
    if not 1 < len(tokens) <= 7 or has_word(text, "organisations"):
        return None
    initials: list[str] = []
    words: list[str] = []
    where: list[int] = []
    for at, token in enumerate(tokens):
        if token.lower() in PARTICLES and words + initials:
            words.append(token)
            continue
        if len(token) > 2 and skeleton(token) in exact_words("degrees"):
            return None  # Dr. Sci.
        if INITIAL.fullmatch(token) and token[0].isupper() or (
                len(token) == 1 and token.isupper() and token.isascii() and not text.isupper()):
            initials.append(token)
            where.append(at)
        elif words and at == len(tokens) - 1 and len(token) < 4 and token.isascii() and token.isupper() and not text.isupper():
            initials.append(token)  # Primerov AB
            where.append(at)
        elif token.lower() in PATRONYMIC_WORDS and words:
            words[-1] += f" {token}"
        elif token.lower() in PARTICLES or (WORD.fullmatch(token) and len(token) > 1 and (token[0].isupper() or ELIDED.match(token))):
            words.append(token)
        else:
            return None
    if not words or all(word.lower() in PARTICLES for word in words) or len(initials) > 4:
        return None
    if any(_is_no_name(word) for word in words):
        return None
    if initials and where[0] == 0 and len(words) > 1 and is_acronym(words[-1]) and tokens[-2:] == words[-2:] and not text.isupper():
        return None  # «D. Serikbayev EKTU»
    found = _with_initials(words, initials, where, solid) if initials else _whole(words)
    if found and suffix:
        found.family += f" {suffix}"
    return found


def _take_suffix(text: str) -> tuple[str, str]:
    """A name without «Jr.» or «III» behind it, and that."""
    begin, _, last = text.rpartition(" ")
    if begin.count(" ") and last[:1].isupper() and skeleton(last.strip(".,")) in exact_words("name_suffixes"):
        return begin.rstrip(" ,"), last
    return text, ""


def _is_no_name(word: str) -> bool:
    """Whether a word is none of a name; «Ma» is one, MA a degree."""
    return is_mixed(word) or skeleton(word) in _no_names() and not (len(word) == 2 and word.istitle())


@cache
def _no_names() -> frozenset[str]:
    """Words that look like names and are none: organisations, countries, degrees and posts."""
    found = set().union(*(exact_words(name) for name in ("countries", "degrees", "positions", "organisations", "and")))
    return frozenset(word for each in found for word in each.replace("*", "").split())


def _with_initials(words: list[str], initials: list[str], where: list[int], solid: bool) -> Person | None:
    """A name with initials before its words, behind them, or between them: «Aigerim T. Bekova»."""
    if where[-1] - where[0] != len(where) - 1:
        return None
    first, after = where[0], len(words) - where[0]
    given = "".join(initials) if solid else " ".join(initials)
    if first and after > 0:
        if words[0][0] >= "\u0400" and has_ending(words[0], "family_endings") and not has_ending(words[-1], "family_endings"):
            return None  # «Примеров А.Б. Роман»
        return Person(" ".join(words[first:]), " ".join((*words[:first], given)), firm=True) if first < 4 and after < 5 else None
    if len(words) > 4 or len(words) == 4 and not any(word.lower() in PARTICLES for word in words):
        return None
    if len(words) == 2 and len(initials) == 1 and first and has_ending(words[0], "family_endings"):
        return Person(words[0], f"{words[1]} {given}", firm=True)  # Примеров Антон Б.
    return Person(" ".join(words), given, firm=True)


def _whole(words: list[str]) -> Person | None:
    """A name of whole words: which of them is the family name is told by its endings, else by custom."""
    words = _with_particles(words)
    if any(word.lower() in _small_words() for word in words):
        return None
    if not 2 <= len(words) <= 4:
        return None
    if " " in words[0] and words[0].split()[0] in PARTICLES:
        return Person(words[0], " ".join(words[1:]), sure="likely")  # van der Berg Willem
    if " " in words[-1] and words[-1].split()[0].lower() in PARTICLES:
        return Person(words[-1], " ".join(words[:-1]), sure="likely")
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
        given = [at for at, word in enumerate(words) if skeleton(word) in exact_words("given_names") or GIVEN.fullmatch(word)]
        if len(families) == 1:
            family = families[0]
        elif len(given) == 1 and not families:
            family = 1 - given[0]
        else:
            family = 1 if latin else 0
        return Person(words[family], words[1 - family], sure="certain" if len(families) == 1 else "likely", firm=firm)
    if words[0][0] < "\u0250":
        return Person(words[-1], " ".join(words[:-1]), sure="likely", firm=firm)
    return Person(words[0], " ".join(words[1:]), sure="likely", firm=firm)


@cache
def _small_words() -> frozenset[str]:
    """Small words that no name has: «туралы», «между»."""
    return frozenset(word for tag in ("kk", "ru") for word in language(tag).function_words if len(word) > 3)


def _with_particles(words: list[str]) -> list[str]:
    """«van der Berg» made one word, wherever it stands in a name; particles at the end belong to the given names before them."""
    joined: list[str] = []
    for at, word in enumerate(words):
        if at and joined and joined[-1].split()[-1].lower() in PARTICLES:
            joined[-1] += f" {word}"
        elif word.lower() not in PARTICLES or at < len(words) - 1:
            joined.append(word)
        else:
            joined[-1] += f" {word}"
    return joined
