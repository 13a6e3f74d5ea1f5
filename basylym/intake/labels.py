"""The words that parts of a manuscript stand under, found however they are typed: «Аңдатпа», «ТҮЙІНДІ СӨЗДЕР:», «Key words –».

All words stand in the languages' files. They are compared by their skeleton, in which letters that look alike are one: «ТүйIндi»
with Latin letters is the same word. The text itself is never changed by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from basylym.languages import known_languages, language

FIRST = ("kk", "ru", "en")
"""The languages asked first; a word that several have is theirs."""
PARTS = ("abstract", "keywords", "udc", "irsti", "doi", "edn", "received", "revised", "accepted", "published", "funding",
         "acknowledgements", "conflict_of_interest", "contributions", "about_authors", "corresponding", "email", "cite_as", "supervisor")
"""Parts that have a word before them."""
ALIKE = str.maketrans("авеһіјкмнорстухѕёӛәӨӘ", "abehijkmhopctyxseөəөə") | str.maketrans(
    {"с": "c", "т": "t", "у": "y", "ү": "y", "\xa0": " ", "’": "'"})
"""Letters that look like others, small or capital, and what stands for both; the small ones, for skeletons are small."""
LONGEST = 90
"""Letters of a label or heading that are looked at."""
MOST_WORDS = 7
"""Blanks in a heading of a known part."""
AFTER = re.compile(r"\s*[:.—–-]+\s*|\s*$")
TRANSLATED = ("abstract", "keywords")
"""Parts whose words are given in two languages at once, or with what they are in brackets."""
BESIDE = re.compile(r"\s*\([^()\d]{2,40}\)(?=\s*(?:[:.—–-]|$))")
SLASH = re.compile(r"\s*/\s*")
SPACED = re.compile(r"(?:\w ){3,}\w(?!\w)")


@dataclass(frozen=True, slots=True)
class Label:
    """A word before a part."""

    part: str
    """What it stands before: a key of article.md, `about_authors`, or `references`, `section`."""
    tags: tuple[str, ...]
    """The languages that have it, the likeliest first."""
    words: str
    """As typed."""
    rest: str
    """What follows it in its line."""
    firm: bool
    """Whether punctuation or the line's end follows it."""


@lru_cache(maxsize=8192)
def skeleton(text: str) -> str:
    """A text letter for letter in small letters, those that look alike made one; as long as the text."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(each if len(each := letter.lower()) == 1 else letter for letter in text)
    return small.translate(ALIKE)


def _in_turn() -> tuple[str, ...]:
    """All languages, in the order in which they are asked."""
    return tuple(dict.fromkeys((*FIRST, *known_languages())))


@cache
def words_of(name: str) -> tuple[tuple[str, str], ...]:
    """The words of a list in the languages' tables `front`, as skeletons, each with its language."""
    return tuple((skeleton(word), tag) for tag in _in_turn() for word in language(tag).front.get(name, ()))


@cache
def _labels() -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """Every label's skeleton, its part and its languages, by its first letter, the longest first."""
    found: dict[tuple[str, str], list[str]] = {}
    for part in PARTS:
        for word, tag in words_of(part):
            found.setdefault((word, part), []).append(tag)
    by_letter: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for (word, part), tags in sorted(found.items(), key=lambda each: -len(each[0][0])):
        by_letter.setdefault(word[0], []).append((word, part, tuple(dict.fromkeys(tags))))
    return by_letter


def find_label(text: str, parts: Iterable[str] = PARTS) -> Label | None:
    """The label that a line begins with, None where there is none. «А ң д а т п а», letter by letter, is one too."""
    begin = text.lstrip(" \t\xa0*•«\"")
    head = begin[:LONGEST]
    if spaced := SPACED.match(head):
        closed = spaced[0].replace(" ", "")
        if found := find_label(closed + " " + begin[spaced.end():].lstrip(), parts):
            return Label(found.part, found.tags, spaced[0], found.rest, found.firm)
    wanted, bones = set(parts), skeleton(head)
    for word, part, tags in _labels().get(bones[:1], ()):
        if part in wanted and bones.startswith(word) and not bones[len(word):len(word) + 1].isalpha():
            last = len(word)
            if part in TRANSLATED and (beside := BESIDE.match(begin, last)):
                last = beside.end()  # «Аннотация (на русском языке):»
            if part in TRANSLATED and (slash := SLASH.match(begin, last)) and (other := find_label(begin[slash.end():], (part,))):
                return Label(part, tags, begin[:slash.end()] + other.words, other.rest, other.firm)
            after = AFTER.match(begin, last)
            end = after.end() if after else last
            return Label(part, tags, begin[:last], begin[end:].strip(), bool(after))
    return None


NUMBER = re.compile(r"(?:[\dIVXІХ]{1,4}(?:\.\d{1,2}){0,3}[.)]?\s+)?")


@cache
def _sections() -> dict[str, str]:
    return {skeleton(word): name for tag in _in_turn() for name, words in language(tag).sections.items() for word in words}


def find_section(text: str) -> str | None:
    """The section of an article that a line is the heading of: `introduction`, `methods` …, None where it is none of them."""
    line = text.strip(" \t\xa0:.").strip()
    if not line or len(line) > LONGEST or line.count(" ") > MOST_WORDS:
        return None
    bones = skeleton(line)
    bones = bones[NUMBER.match(bones).end():] if line[0].isdigit() else bones  # type: ignore[union-attr]
    bones = re.sub(r"^[ivx]{1,4}\.?\s+", "", bones) if bones not in _sections() else bones
    if bones in _sections():
        return _sections()[bones]
    both = re.split(r"\s+(?:and|и|және|мен|пен|&)\s+|\s*[/,]\s*", bones.replace(skeleton("және"), "және").replace(skeleton("мен"), "мен"))
    if len(both) > 1 and all(part in _sections() for part in both):
        return _sections()[both[0]]
    return None


def is_references(text: str) -> bool:
    """Whether a line is the heading of a list of references."""
    line = text.strip(" \t\xa0:.")
    if not line or len(line) > LONGEST or line.count(" ") > MOST_WORDS or ": " in line or find_section(line):
        return False  # «Источник: составлено авторами» stands below a table
    bones = re.sub(r"^[\divx]{1,4}[.)]?\s+", "", skeleton(line))
    parts, words = bones.split(), _list_words()
    return bool(parts) and (parts[0].startswith(words) or bones.startswith(LISTS) and any(part.startswith(words) for part in parts))


@cache
def _list_words() -> tuple[str, ...]:
    return tuple(skeleton(word) for tag in known_languages() for word in language(tag).labels_typed.get("references", ()))


LISTS = tuple(skeleton(word) for word in ("список", "пайдаланылған", "қолданылған", "библиографический", "использован", "list of", "тізім"))


def has_word(text: str, name: str) -> bool:
    """Whether a text has a word of a list of the languages' tables `front`: «университеті» for «университет*»."""
    return bool(_any_word(name).search(skeleton(text)))


def begins_with_word(text: str, *names: str) -> bool:
    """Whether a text begins with a word of one of several lists."""
    return any(_any_word(name).match(skeleton(text)) for name in names)


def find_words(text: str, name: str) -> list[str]:
    """The words of a list that a text has, as they stand there; of those with an asterisk their beginnings."""
    return [text[match.start():match.end()] for match in _any_word(name).finditer(skeleton(text))]


def tongue_of(text: str, *names: str) -> str:
    """The one language that has the words of lists that a text has, «им.» or «к.ф.н.»; none where several have them."""
    bones = [skeleton(word) for name in names for word in find_words(text, name)]
    tags = [{tag for name in names for word, tag in words_of(name) if word.removesuffix("*") == bone} for bone in bones]
    shared = set.intersection(*tags) if tags else set()
    return next(iter(shared)) if len(shared) == 1 else ""


@cache
def _any_word(name: str) -> re.Pattern:
    """Words of a list, each after no letter; those without an asterisk also before none. Sets of first letters keep it quick."""
    words = sorted({word for word, _ in words_of(name)}, key=len, reverse=True)
    whole = "|".join(re.escape(word.removesuffix("*")) + ("" if word.endswith("*") else r"(?!\w)") for word in words)
    first = "".join(sorted({re.escape(word[0]) for word in words}))
    return re.compile(rf"(?<!\w)(?=[{first}])(?:{whole})")


@cache
def exact_words(name: str) -> frozenset[str]:
    """The words of a list as skeletons."""
    return frozenset(word for word, _ in words_of(name))


@cache
def one_of(name: str) -> str:
    """The words of a list as alternatives of a pattern for skeletons, the longest first."""
    return "|".join(map(re.escape, sorted(exact_words(name), key=lambda word: (-len(word), word))))
