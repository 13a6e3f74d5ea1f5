"""The lists of references of a received document: found by their headings, or by what they look like, and split into entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from basylym.intake.document import Block
from basylym.intake.entry_names import read_head
from basylym.intake.entry_parts import archive_place
from basylym.intake.entry_words import UP, YEAR, alike, word_pattern, words
from basylym.intake.nodes import rows_of, text_of
from basylym.languages import known_languages, language
from basylym.typography.letters import CYRILLIC

MOST = 2000
"""Entries of a list that are read; a longer one goes on in the text."""
NUMBER = re.compile(rf"\s*[\[(]?(?P<number>\d{{1,4}})(?:[\]).:](?:\s?[.\t])?\s*|\s*\t\s*|\s{{2,}}|\s(?=[{UP}«“\"]))(?!\d)")
LETTER = re.compile(r"\s*[\[(]?(?P<number>[a-zа-яәғқңөұүһі])[\])]\s+")
ENTRY = re.compile(rf"//|https?://|\b10\.\d{{4,9}}/|{YEAR}|№\s?\d|\d\s?[сбСБp]\.|[Qq]араңыз")
MARKED = re.compile(rf"//|https?://|\b10\.\d{{4,9}}/|\.\s[–-]\s|\({YEAR}[a-zа-я]?[,)]|\d\s?[сбСБp]\.|[:,]\s{YEAR}\.")
"""What a sentence of a text does not have."""
HEADING = 90
"""Letters that a heading of a list has at most."""


@dataclass(slots=True)
class Typed:
    """One entry as typed."""

    text: str
    blocks: list[int]
    number: str = ""
    """Its number or letter as typed or as the program set it; empty where it has none."""


@dataclass(slots=True)
class TypedList:
    """A list as typed."""

    heading: str
    blocks: list[int]
    """The blocks of its heading and entries."""
    entries: list[Typed] = field(default_factory=list)

    @property
    def latin(self) -> bool:
        """Whether it is in Latin letters: nearly all of its entries."""
        cyrillic = sum(len(CYRILLIC.findall(each.text)) * 4 > len(each.text) for each in self.entries)
        return cyrillic * 10 <= len(self.entries)


@cache
def _headings() -> re.Pattern[str]:
    stems = sorted({word for tag in known_languages() for word in language(tag).labels_typed.get("references", ())}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(alike, stems)) + r")\w{0,8}(?!\w)")


@cache
def _reviews() -> re.Pattern[str]:
    words = {word for tag in known_languages() for name in ("literature_review",) for word in language(tag).sections.get(name, ())}
    return re.compile("|".join(map(alike, sorted(words))))


@cache
def _other_parts() -> re.Pattern[str]:
    """What stands after a list and is none of its entries: another language's abstract, what is said about authors."""
    words: set[str] = set()
    for tag in known_languages():
        spoken = language(tag)
        words |= {*spoken.labels_typed.get("abstract", ()), *spoken.labels_typed.get("keywords", ())}
        words |= {spoken.labels[name].lower() for name in ("about_authors", "funding", "acknowledgements", "conflict_of_interest",
                                                           "contributions", "received", "accepted") if name in spoken.labels}
    return re.compile(r"\W{0,3}(?:" + "|".join(map(alike, sorted(words, key=lambda word: (-len(word), word)))) + r")(?!\w)")


def is_heading(text: str) -> str:
    """The heading of a list that a text begins with, empty where it begins with none: alone, or with a colon before the entries."""
    first = text.strip().split("\n")[0][:HEADING * 3]
    line = re.split(r"(?<=\w):\s|\s(?=[\[(]?1[\].)]\s)", first)[0].strip()
    bare = re.sub(r"^(?:[\dIVX]{1,4}[.)]?|§\s?\d{1,2})\s+", "", line).strip(" .:*–/")
    if not bare or len(bare) > HEADING or len(bare.split()) > 8 or _reviews().search(bare) or re.search(r"[,;]|\d{3}", bare):
        return ""
    named = re.sub(r"[\[(/][^\[\]()]{0,40}[\])]?", " ", bare)
    words = re.findall(r"[^\W\d_]+", named)
    known = [bool(_headings().fullmatch(word)) for word in words]
    beside = re.compile(word_pattern("heading").pattern)
    if not any(known) and not _headings().search(named) or not all(
            hit or beside.fullmatch(word.lower()) for hit, word in zip(known, words, strict=True)):
        return ""
    return line


def find_lists(blocks: Sequence[Block], used: frozenset[int]) -> list[TypedList]:
    """All lists in their order; the blocks in `used` belong to something else."""
    lists: list[TypedList] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        heading = is_heading(block.text) if block.number not in used and block.kind in ("paragraph", "list", "other", "quote") else ""
        if not heading:
            at += 1
            continue
        rest = block.text.strip()[len(heading):].lstrip(" :.\n")
        found = TypedList(heading, [block.number])
        if rest and _is_entry(rest):
            found.entries += [Typed(text, [block.number], number) for number, text in _split(rest)]
        end = _read_on(blocks, at + 1, used, found)
        if found.entries:
            lists.append(found)
            at = end
        else:
            at += 1
    return lists


def find_unheaded(blocks: Sequence[Block], used: frozenset[int]) -> list[TypedList]:
    """A list at the end of a text that has no heading: numbered entries from 1 on, most of them with a year."""
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if block.number in used or not (number := _number_of(block)) or number != "1" or not _is_entry(block.text):
            continue
        found = TypedList("", [])
        _read_on(blocks, at, used, found)
        if len(found.entries) > 2 and sum(bool(re.search(YEAR, each.text)) for each in found.entries) * 10 >= len(found.entries) * 7:
            return [found]
    return []


def _number_of(block: Block) -> str:
    if block.kind == "list":
        return "1" if block.node["t"] == "OrderedList" and block.node["c"][0][0] == 1 else ""
    found = NUMBER.match(block.text) or re.match(r"[\[(]?(?P<number>\d{1,4})", block.look.numbering)
    return found["number"] if found else ""


def _is_entry(text: str) -> bool:
    return bool(ENTRY.search(text) or archive_place().search(text)) and len(text) > 15 and not _other_parts().match(text)


def _names_file(text: str) -> bool:
    """Whether a paragraph is a file of an archive and no sentence about one."""
    place = archive_place().search(text)
    return bool(place) and len(text) < 250 and "(" not in text[place.start() - 2:place.start()]


def _is_plain_entry(text: str) -> bool:
    """The same for a paragraph without a number, which may be a sentence with a year."""
    return _is_entry(text) and len(text) < 900 and bool(MARKED.search(text) or _names_file(text) or read_head(text.strip())[0])


def _read_on(blocks: Sequence[Block], at: int, used: frozenset[int], into: TypedList) -> int:
    """The entries from a block on; gives back the block that is none."""
    numbered = False
    while at < len(blocks) and len(into.entries) < MOST:
        block = blocks[at]
        if block.number in used or block.kind in ("figure", "equation", "code"):
            break
        if block.node["t"] == "Header" and not _is_entry(block.text):
            break
        if block.kind == "rule" or not block.text.strip():
            into.blocks.append(block.number)
            at += 1
            continue
        if is_heading(block.text) and len(block.text) < HEADING * 3:
            break
        pieces = list(_pieces(block))
        number = _number_of(block) or (pieces[0][0] if pieces else "")
        if block.kind == "paragraph" and len(pieces) == 1 and not number and into.entries:
            last = into.entries[-1]
            if _goes_on(block, last, blocks[at + 1] if at + 1 < len(blocks) else None, numbered):
                last.text = f"{last.text} {block.text.strip()}"
                last.blocks.append(block.number)
                into.blocks.append(block.number)
                at += 1
                continue
            if numbered and not _is_entry(block.text):
                break
        fits = _is_entry if number or block.kind != "paragraph" else _is_plain_entry
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if not any(fits(text) for _, text in pieces) and not _may_be_entry(block, number, numbered, into, following, used):
            break
        numbered = numbered or bool(number)
        into.blocks.append(block.number)
        into.entries += [Typed(text, [block.number], each) for each, text in pieces]
        at += 1
    return at


def _may_be_entry(block: Block, number: str, numbered: bool, into: TypedList, following: Block | None, used: frozenset[int]) -> bool:
    """Whether a paragraph that does not look like an entry is one by its number, or by standing between two."""
    if block.kind != "paragraph" or _is_bold(block) or _other_parts().match(block.text):
        return False
    if number:
        return numbered or not into.entries
    return bool(into.entries and not numbered and len(block.text) > 15 and following and following.number not in used
                and following.node["t"] != "Header" and _is_plain_entry(following.text))


def _is_bold(block: Block) -> bool:
    return block.look.bold > 0.9 and len(block.text) < 120


def _goes_on(block: Block, last: Typed, following: Block | None, numbered: bool) -> bool:
    """Whether a paragraph without a number is the rest of the entry before it."""
    text = block.text.strip()
    if _other_parts().match(text) or _is_bold(block):
        return False
    if not numbered and text[:1].islower() and re.search(r"[.\d)/]\s*$", last.text) and _is_entry(text) and read_head(text)[0]:
        return False  # van Rijn, P. (2021)
    if re.match(r"(?:https?://|www\.|URL|DOI|doi|[a-zа-яәғқңөұүһіё(])", text) and len(text) < 600:
        return True
    if not numbered or not last.number.isdigit():
        return False
    return not re.search(r"[.)]\s*$", last.text) and len(text) < 600 or following is not None and _number_of(following) == str(
        int(last.number) + 1) and len(text) < 600


def _pieces(block: Block) -> Iterator[tuple[str, str]]:
    """The entries of a block, each with its number."""
    if block.kind == "list":
        kind = block.node["t"]
        items = block.node["c"][1] if kind == "OrderedList" else block.node["c"] if kind == "BulletList" else []
        first = block.node["c"][0][0] if kind == "OrderedList" else 0
        for place, item in enumerate(items):
            parts = list(_split(text_of(item)))
            for number, text in parts:
                yield number or (str(first + place) if kind == "OrderedList" else ""), text
    elif block.kind == "table":
        for row in rows_of(block.node):
            cells = [text_of(cell).strip() for cell in row]
            number = cells[0].strip(" .)[]") if len(cells) > 1 and re.fullmatch(r"\W{0,2}\d{1,4}\W{0,2}", cells[0]) else ""
            if text := " ".join(" ".join(cells[1:] if number else cells).split()):
                yield number, text
    else:
        found = list(_split(block.text))
        if len(found) == 1 and not found[0][0] and (set_by := re.match(r"[\[(]?(\w{1,4})[\].)]", block.look.numbering)):
            found = [(set_by[1], found[0][1])]
        yield from found


@cache
def _counted() -> re.Pattern[str]:
    """What a number belongs to that stands inside an entry: «№ 2.», «Т. 2.»."""
    marks = "|".join(words(name) for name in ("volume", "issue", "part", "pages", "article", "edition"))
    return re.compile(rf"(?:№|(?<!\w)(?<!\d\s)(?:{marks})\.?)\s?$", re.I)


def _next_number(text: str, at: int, number: int) -> re.Match[str] | None:
    """Where the next entry of a paragraph begins."""
    for found in re.compile(rf"(?<=[.\s;\])])[\[(]?{number}[\].)]\s*(?=[{UP}«“\"\[])").finditer(text, at):
        if not _counted().search(text, max(0, found.start() - 20), found.start()):
            return found
    return None


def _split(text: str) -> Iterator[tuple[str, str]]:
    """The entries of a paragraph: one, one a line, or «1. … 2. …» run together."""
    text = text.strip()
    start = NUMBER.match(text) or LETTER.match(text)
    if start and start["number"].isdigit():
        at, number = start.end(), int(start["number"])
        while True:
            after = _next_number(text, at + 10, number + 1)
            if not after:
                yield str(number), _joined(text[at:])
                return
            yield str(number), _joined(text[at:after.start()])
            at, number = after.end(), number + 1
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(_is_entry(line) and line.strip()[0].isupper() for line in lines):
        for line in lines:
            yield "", _joined(line)
        return
    yield (start["number"] if start else ""), _joined(text[start.end():] if start else text)


def _joined(text: str) -> str:
    return " ".join(text.split())
