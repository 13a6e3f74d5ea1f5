"""Where the running prose of an article's sources stands: every text that is read by people, letter by letter at its place.

What checks of typography look at, and what a mend is written into. The text is not the printed one: it stands as it was typed,
without markup, and whatever is no prose is a hole in it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from basylym.model import Article, Mend, Place, Places, field_name, line_starts
from basylym.read.blocks import Block, read_blocks
from basylym.read.foreign_text import split_title_block
from basylym.read.front_matter import split_front_matter
from basylym.read.inlines import HOLE, as_label, find_labels, read_inlines
from basylym.read.scalars import read_scalar
from basylym.read.text import CONTROLS
from basylym.read.yaml import YAML, read_yaml

__all__ = ["HOLE", "Body", "Passage", "block_text", "prose", "read_block", "read_body", "read_passages"]

WRITTEN = ("title", "working_title", "running_title", "abstract", "keywords", "acknowledgements", "conflict_of_interest", "contributions",
           "copyright")
"""Texts of the front matter that stand in a language."""
PARTS = (("affiliations", ("name", "city", "country")), ("authors", ("degree", "position")), ("funding", ("funder",)),
         ("versions", ("what",)), ("notices", ("text",)), ("corrects", ("title",)))
"""Lists of the front matter whose entries have such texts; names of people are none."""
CITED = ("title", "title-short", "container-title", "collection-title", "event-title", "publisher", "publisher-place", "genre", "note",
         "annote", "abstract")
"""The texts of a reference, in CSL's words."""
MARKUP = frozenset("*_`[]<>$@\\^~|#{}\n")
"""What a mend never writes where it did not stand: it could be read as markup."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A piece of running text: a paragraph, a cell, a title."""

    text: str
    """Without markup; a line break is a blank, what is no prose a HOLE."""
    language: str
    """The BCP 47 tag of its language."""
    kind: str
    """paragraph, heading, caption, note, cell, term, line, field (of the front matter), reference."""
    path: str
    """The file, relative to the journal's folder."""
    offsets: array
    """Where in the file each letter stands; the complement of its place (~) for one that is not what stands there."""
    source: str
    """The text of the file."""
    lines: array
    """Where each line of the file begins."""
    field: str = ""
    """The field's path, `title.kk`; the name of a reference's field."""
    whole: Place | None = None
    """The place of all of it, where its letters have none of their own."""

    def place(self, start: int, end: int) -> Place:
        """Where a part of the text stands; of one that is broken over lines, the piece on its first line."""
        if self.whole:
            return self.whole
        first = self._offset(min(start, len(self.text) - 1))
        last = max(self._offset(max(min(end, len(self.text)) - 1, 0)) + 1, first)
        line = bisect_right(self.lines, first)
        line_end = self.lines[line] - 1 if line < len(self.lines) else len(self.source)
        return Place(self.path, line, first - self.lines[line - 1] + 1, self.field, min(last, line_end) - first)

    def mend(self, start: int, end: int, new: str, safe: bool = True) -> Mend | None:
        """The change of the file that puts other words in the place of a part of the text; None where it can't be written there,
        because the letters that change are parted by markup or a line break, or stand as escapes."""
        while start < end and new and self.text[start] == new[0]:
            start, new = start + 1, new[1:]
        while start < end and new and self.text[end - 1] == new[-1]:
            end, new = end - 1, new[:-1]
        if self.whole or (start == end and not new) or MARKUP & set(new) - set(self.text[start:end]):
            return None
        if start == end:
            at = self._gap(start)
        else:
            at = self.offsets[start]
            if any(place != at + number for number, place in enumerate(self.offsets[start:end])):
                return None
        if at is None or at < 0:
            return None
        line = bisect_right(self.lines, at)
        place = Place(self.path, line, at - self.lines[line - 1] + 1, self.field, end - start)
        return Mend(place, self.text[start:end], new, safe)

    def _offset(self, at: int) -> int:
        place = self.offsets[at]
        return max(place, ~place)

    def _gap(self, at: int) -> int | None:
        """The one place between two letters; None where markup stands between them."""
        before = self.offsets[at - 1] + 1 if at and self.offsets[at - 1] >= 0 else None
        after = self._offset(at) if at < len(self.text) else None
        if at and before is None or before is not None and after not in (None, before):
            return None
        return before if before is not None else after


_latest: list[tuple[Article, tuple[Passage, ...]]] = []


def prose(article: Article) -> tuple[Passage, ...]:
    """The running prose of an article's sources: front matter, text, references. Kept until another article is asked about."""
    if _latest and _same_texts(_latest[0][0], article):
        return _latest[0][1]
    files = {path: (text, line_starts(text)) for path, text in article.files.items()}
    passages = [*_front_matter(article, files)]
    for path, text in article.files.items():
        if path in _manuscripts(article):
            passages += read_passages(path, text, article.front.language)
    passages += _references(article, files)
    _latest[:] = [(article, tuple(passages))]
    return _latest[0][1]


def _same_texts(known: Article, article: Article) -> bool:
    return known is article or (known.files is article.files and known.front is article.front and known.references == article.references)


def _manuscripts(article: Article) -> set[str]:
    """The Markdown files among an article's."""
    return {path for _, path, _ in article.parts} or {article.path}


def read_passages(path: str, text: str, language: str) -> Iterator[Passage]:
    """The prose of one Markdown file, its front matter left out."""
    lines = line_starts(text)
    body = read_body(text)
    for block in body.blocks:
        for words, places, tag, kind in read_block(body, block, language):
            yield Passage(words, tag, kind, path, places, text, lines)


@dataclass(frozen=True, slots=True)
class Body:
    """A Markdown file without its front matter, parted into blocks."""

    text: str
    """The text of the file."""
    blocks: tuple[Block, ...]
    """Its blocks of prose."""
    labels: frozenset[str]
    """The labels that it gives addresses to."""
    links: frozenset[str]
    """The same, and what its headings say: in brackets it is a link to them."""


def read_body(text: str) -> Body:
    """The blocks of a Markdown file, its front matter left out."""
    lines = line_starts(text)
    number = split_front_matter(text)[2]
    if number == 1:
        number = split_title_block(text)[2]
    blocks = tuple(read_blocks(text, lines[number - 1] if number <= len(lines) else len(text)))
    labels = find_labels(text)
    return Body(text, blocks, labels, labels | {as_label(block_text(text, block)) for block in blocks if block.kind == "heading"})


def block_text(text: str, block: Block) -> str:
    """What the lines of a block hold, markup included."""
    return "\n".join(text[first:last] for first, last in block.stretches)


def read_block(body: Body, block: Block, language: str) -> Iterator[tuple[str, array, str, str]]:
    """The passages of a block: text, where each letter stands, language, kind."""
    offsets = array("q")
    for first, last in block.stretches:
        offsets.extend(range(first, last + 1))  # the line's end is the place of the newline
    yield from read_inlines(block_text(body.text, block), offsets, block.language or language, block.kind, body.links)


def _front_matter(article: Article, files: dict[str, tuple[str, array]]) -> Iterator[Passage]:
    front, places = article.front, article.places
    for name in WRITTEN:
        for tag, value in getattr(front, name).items():
            for keys, text in [((name, tag), value)] if isinstance(value, str) else [((name, tag, number), each)
                                                                                    for number, each in enumerate(value)]:
                yield from _field(text, tag, "field", field_name(keys), places, keys, places.find(*keys), files)
    for part, names in PARTS:
        for number, each in enumerate(getattr(front, part)):
            for name in names:
                for tag, text in getattr(each, name).items():
                    keys = (part, number, name, tag)
                    yield from _field(text, tag, "field", field_name(keys), places, keys, places.find(*keys), files)


def _references(article: Article, files: dict[str, tuple[str, array]]) -> Iterator[Passage]:
    """The texts of the references; those of a YAML file letter by letter."""
    known: dict[str, tuple[Places, dict[str, tuple]]] = {}
    for entry in article.references:
        key, language = entry["id"], entry.get("language") or article.front.language
        for name in CITED:
            value = entry.get(name)
            if not isinstance(value, str) or not value.strip():
                continue
            place = article.find_reference(key, name)
            if place.path not in known:
                known[place.path] = _entries(place.path, files)
            places, entries = known[place.path]
            yield from _field(value, language, "reference", name, places, (*entries.get(key, ("",)), name), place, files)


def _entries(path: str, files: dict[str, tuple[str, array]]) -> tuple[Places, dict[str, tuple]]:
    """The entries of a YAML file, or of a front matter, by their citation keys: where each stands in it."""
    text, first_line = files[path][0] if path in files else "", 1
    if not path.lower().endswith(YAML):
        text, first_line = split_front_matter(text)[0], 2
    data, places, _ = read_yaml(text, path, first_line)
    prefix = ("references",) if isinstance(data, dict) else ()
    data = data.get("references") if isinstance(data, dict) else data
    entries = data if isinstance(data, list) else []
    return places, {entry["id"]: (*prefix, number) for number, entry in reversed([*enumerate(entries)])
                    if isinstance(entry, dict) and isinstance(entry.get("id"), str)}


def _field(value: str, language: str, kind: str, name: str, places: Places, keys: tuple, place: Place,
           files: dict[str, tuple[str, array]]) -> Iterator[Passage]:
    """The prose of one value; where its letters can't be found in the file, they have the place of the whole."""
    source, lines = files.get(places.path, ("", array("q", [0])))
    whole, raw, offsets = None, "", array("q")
    if span := _span(places, keys, lines, source):
        raw, offsets = read_scalar(source, *span)
    if raw != value and _plain(raw) != _plain(value):
        whole, raw, offsets = place, value, array("q", [-1]) * len(value)
    at = 0
    for gap in re.finditer(r"\n[ \t]*\n\s*|$", raw):
        if gap.start() >= at:
            for words, spots, tag, inner in read_inlines(raw[at:gap.start()], offsets[at:gap.start()], language, kind):
                yield Passage(words, tag, inner, places.path if not whole else place.path, spots, source, lines, name, whole)
            at = gap.end()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text.translate(CONTROLS)).split())


def _span(places: Places, keys: tuple, lines: array, source: str) -> tuple[int, int] | None:
    """Where a value begins and ends in its file. The YAML that was read may have blanks for the tabs that the file begins lines with."""
    if keys not in places.spans:
        return None
    first, begin, last, end = places.spans[keys]
    offsets = []
    for number, column in ((first, begin), (last, end)):
        line = places.first_line - 1 + number
        if line >= len(lines) or number >= len(places.source):
            offsets.append(len(source))
            continue
        stop = lines[line + 1] - 1 if line + 1 < len(lines) else len(source)
        here, read = source[lines[line]:stop], places.source[number]
        shift = len(here) - len(read)
        if here != read and here.lstrip(" \t-") != read.lstrip(" -"):
            return None
        offsets.append(lines[line] + max(column + shift, 0))
    return (offsets[0], offsets[1]) if offsets[0] <= offsets[1] else None
