"""The blocks of a Markdown text that hold prose, line by line, as pandoc parts them: paragraphs, headings, cells, notes.

Line by line and never back: a text of five megabytes is read once. Where pandoc would look far ahead (a table whose rows never
end), what is taken for prose here and is none there does no harm: a correction is never written where the text would be read
in another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from basylym.read.foreign_text import BLOCK
from basylym.read.inlines import LANG

QUOTE = re.compile(r"(?: {0,3}>[ ]?)+")
FENCE = re.compile(r"(`{3,}|~{3,})([^`]*)$")
DIV = re.compile(r"(:{3,})[ \t]*([^:]*?)[ \t]*:*[ \t]*$")
HEADING = re.compile(r"(#{1,6})[ \t]+")
HEADING_END = re.compile(r"[ \t]*#*[ \t]*(\{[^{}]*\})?[ \t]*$")
UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
DASHES = re.compile(r"-+(?:[ ]+-+)+[ ]*$|-{2,}[ ]*$")
GRID = re.compile(r"\+(?:[-=:]+\+)+[ ]*$")
PIPES = re.compile(r"\|?[ ]*:?-+:?[ ]*(?:[|+][ ]*:?-+:?[ ]*)*\|?[ ]*$")
NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
DEFINED = re.compile(r"\*?\[[^\[\]]+\]:[ \t]*\S")
CAPTION = re.compile(r"(?:[Tt]able)?:[ \t]+")
MEANING = re.compile(r"[:~][ \t]+(?=\S)")
ITEM = re.compile(r"(?:[-+*]|\(?(?:\d{1,9}|#|@[\w-]*|[a-z]|[ivxlcdm]{1,9}|[IVXLCDM]{2,9})[.)]|\(?[A-Z]\)|[A-Z]\.(?=[ ]{2}))(?:[ \t]+|$)")
LINE = re.compile(r"\|[ ]")
HTML = re.compile(r"<(address|article|aside|blockquote|body|center|details|div|dl|fieldset|figure|footer|form|h[1-6]|head|header|hr|html|"
                  r"iframe|main|nav|noscript|object|ol|p|pre|script|section|style|svg|table|textarea|ul|video)\b", re.I)
TEX = re.compile(r"\\begin\{([^{}\n]+)\}")


@dataclass
class Block:
    """A piece of prose: what it is, its language where the text names one, and the stretches of the file it stands in."""

    kind: str
    """paragraph, heading, cell, term, caption, note, line."""
    language: str
    """What an attribute round it or of it says; empty where none does."""
    stretches: list[tuple[int, int]] = field(default_factory=list)
    """Where each of its lines begins and ends, without what stands before the text."""
    layout: Literal["", "grid", "columns"] = ""
    """What holds a cell in its place: the bars of a grid, the columns of a line of dashes, or no place at all."""
    frame: list[tuple[int, int]] = field(default_factory=list)
    """Of a cell of a grid, the room of its lines from bar to bar; else the whole lines, with the first cell of a row."""


def read_blocks(text: str, start: int = 0) -> Iterator[Block]:
    """The blocks of prose in the text of a file, from an offset on."""
    return _Reader(text, start).read()


class _Reader:
    """Goes through the lines of a text once."""

    def __init__(self, text: str, start: int):
        self.text = text
        self.lines = _without_yaml(text, start)
        self.number = 0
        self.block: Block | None = None
        self.blank = True
        self.quoted = self.after_table = False
        self.containers: list[tuple[int, str]] = []
        self.languages: list[str] = []
        self.missing: set[str] = set()

    @property
    def language(self) -> str:
        return next((tag for tag in reversed(self.languages) if tag), "")

    def read(self) -> Iterator[Block]:
        while self.number < len(self.lines):
            first, last = self.lines[self.number]
            self.number += 1
            yield from self._read_line(first, last)
        yield from self._flush()

    def _flush(self) -> Iterator[Block]:
        block, self.block = self.block, None
        if block and block.kind == "caption":  # attributes of the table
            first, last = block.stretches[-1]
            end = re.search(r"[ \t]*\{[^{}]*\}[ \t]*$", self.text[max(first, last - 500):last])
            block.stretches[-1] = (first, last - len(end[0]) if end else last)
        if block and block.stretches:
            yield block

    def _line(self, ahead: int = 0) -> str:
        """A line further on, empty past the end; in a quotation without its mark."""
        return self.text[slice(*self._span(ahead))]

    def _span(self, ahead: int = 0) -> tuple[int, int]:
        """Where that line begins and ends."""
        if (number := self.number + ahead) >= len(self.lines):
            return 0, 0
        first, last = self.lines[number]
        quote = QUOTE.match(self.text, first, last) if self.quoted else None
        return quote.end() if quote else first, last

    def _read_line(self, first: int, last: int) -> Iterator[Block]:
        text = self.text
        if self.blank or self.quoted:
            quote = QUOTE.match(text, first, last)
            self.quoted = bool(quote)
            first = quote.end() if quote else first
        at = first
        while at < last and text[at] in " \t":
            at += 1
        if at == last:
            yield from self._flush()
            self.blank = True
            return
        indent = len(text[first:at].expandtabs(4))
        began, self.blank = self.blank or self.block is None, False
        if (fence := FENCE.match(text, at, last)) and (fence[1][0] == "~" or "`" not in fence[2]) and indent < 4 + self._inside():
            yield from self._flush()
            self._skip_fence(fence[1])
            return
        if div := DIV.match(text, at, last):
            yield from self._flush()
            self._take_div(div[2])
            return
        if began:
            while self.containers and indent < self.containers[-1][0]:
                self.containers.pop()
            if indent - self._inside() >= 4 and not ITEM.match(text, at, last):
                self.blank = True  # a line of code; so may be the next
                return
            yield from self._begin(at, last, indent)
            return
        block = self.block
        if len(block.stretches) == 1 and UNDERLINE.match(text, at, last) and block.kind == "paragraph":
            self.block = None
            yield self._heading(*block.stretches[0])
        elif self.containers and ITEM.match(text, at, last) or NOTE.match(text, at, last):
            yield from self._flush()
            while self.containers and indent < self.containers[-1][0]:
                self.containers.pop()
            yield from self._begin(at, last, indent)
        elif len(block.stretches) == 1 and MEANING.match(text, at, last) and block.kind in ("paragraph", "term"):
            block.kind = "term"
            yield from self._flush()
            yield from self._begin(at, last, indent)
        else:
            self._add(at, last)

    def _add(self, at: int, last: int) -> None:
        """Adds a line to the block; a comment that begins on it belongs to it as far as it goes, blank lines and all."""
        self.block.stretches.append((at, last))
        opened = self.text.rfind("<!--", at, last)
        if opened < 0 or self.text.find("-->", opened, last) >= 0 or "-->" in self.missing:
            return
        end = self.text.find("-->", last)
        if end < 0:
            self.missing.add("-->")
        while self.number < len(self.lines) and self.lines[self.number][0] <= end:
            self.block.stretches.append(self.lines[self.number])
            self.number += 1

    def _inside(self) -> int:
        return self.containers[-1][0] if self.containers else 0

    def _kind(self) -> str:
        return "note" if any(kind == "note" for _, kind in self.containers) else "paragraph"

    def _begin(self, at: int, last: int, indent: int) -> Iterator[Block]:
        """What a line begins that continues nothing."""
        text, table, self.after_table = self.text, self.after_table, False
        for _ in range(40):  # markers of lists in lists
            note = NOTE.match(text, at, last)
            item = note or ((MEANING.match(text, at, last) if not table else None)
                            or (ITEM.match(text, at, last) if not RULE.match(text, at, last) else None))
            if not item:
                break
            width = 4 if note else item.end() - at
            self.containers.append((indent + width, "note" if note else "item"))
            indent, at = indent + width, item.end()
            if at == last:
                return
        if heading := HEADING.match(text, at, last):
            yield self._heading(heading.end(), last)
        elif self._skip_raw(at, last) or DEFINED.match(text, at, last):
            return
        elif GRID.match(text, at, last):
            yield from self._grid(at)
        elif DASHES.match(text, at, last) and self._line().strip() and self._has_columns(text[at:last]):
            yield from self._columns(at, headless=True)
        elif RULE.match(text, at, last):
            return
        elif "|" in text[at:last] and "-" in (below := self._line().strip()) and "|" in below and PIPES.match(below):
            yield from self._pipes(at, last)
        elif LINE.match(text, at, last):
            yield Block("line", self.language, [(at + 2, last)])
            self.blank = True
        elif self.number < len(self.lines) and " " in (below := self._line().strip()) and DASHES.match(below):
            yield from self._columns(at)
        else:
            caption = CAPTION.match(text, at, last)
            kind = "caption" if caption and (table or text[at] != ":") else self._kind()
            self.block = Block(kind, self.language)
            self._add(caption.end() if kind == "caption" else at, last)

    def _heading(self, first: int, last: int) -> Block:
        """A heading without the attributes at its end."""
        end = HEADING_END.search(self.text[max(first, last - 500):last])
        tongue = LANG.search(end[1]) if end[1] else None
        return Block("heading", tongue[1] if tongue else self.language, [(first, max(first, last - len(end[0])))])

    def _skip_fence(self, fence: str) -> None:
        closing = re.compile(rf"[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        while self.number < len(self.lines):
            self.number += 1
            if closing.match(self._line(-1)):
                break
        self.blank = True

    def _take_div(self, words: str) -> None:
        """A div that opens with its attributes, or closes."""
        if words:
            lang = LANG.search(words)
            self.languages.append(lang[1] if lang else "")
        elif self.languages:
            self.languages.pop()
        self.blank = True

    def _skip_raw(self, at: int, last: int) -> bool:
        """Passes over a comment, an element of HTML or an environment of TeX that a line begins."""
        text = self.text
        if text.startswith("<!--", at):
            closing = "-->"
        elif found := HTML.match(text, at, last):
            closing = f"</{found[1]}"
        elif found := TEX.match(text, at, last):
            closing = f"\\end{{{found[1]}}}"
        else:
            return False
        if closing in self.missing or (end := text.find(closing, at)) < 0:
            self.missing.add(closing)  # it closes nowhere: a comment is none then, a tag stands alone
            return closing != "-->"
        end += len(closing)
        while self.number < len(self.lines) and self.lines[self.number][0] <= end:
            self.number += 1
        first, last = self.lines[self.number - 1]
        if closing == "-->" and text[end:last].strip():
            self.lines[self.number - 1] = (end, last)
            self.number -= 1
        self.blank = True
        return True

    def _has_columns(self, dashes: str) -> bool:
        """Whether a line of dashes begins a table: it is parted, or a line further down is, before the text goes on."""
        if " " in dashes.strip():
            return True
        return any(" " in line and DASHES.match(line) for line in (self._line(ahead).strip() for ahead in range(1, 9)))

    def _pipes(self, at: int, last: int) -> Iterator[Block]:
        """A table whose cells are parted by bars."""
        rows = [(at, last)]
        self.number += 1
        while self._line().strip(" \t>"):
            rows.append(self._span())
            self.number += 1
        for first, end in rows:
            cell = first
            for bar in re.finditer(r"`[^`]*`|\\.|\||$", self.text[first:end]):
                if bar[0] in ("|", ""):
                    yield from self._cell([(cell, first + bar.start())])
                    cell = first + bar.end()
        self.after_table = self.blank = True

    def _columns(self, at: int, headless: bool = False) -> Iterator[Block]:
        """A table whose columns are told by a line of dashes; with a blank line between rows a row may take several lines."""
        rows: list[list[tuple[int, int]]] = [[]]
        edges: list[int] = []
        whole = headless and " " not in self._line(-1).strip()
        if not whole and headless:
            edges = _edges(self._line(-1))
        elif not headless:
            rows[-1].append(self._span(-1))
        while self.number < len(self.lines):
            line = self._line()
            self.number += 1
            if DASHES.match(line.strip()):
                if edges:
                    break
                edges = _edges(line)
                rows.append([])
            elif line.strip():
                rows[-1].append(self._span(-1))
                if not whole:
                    rows.append([])
            elif whole and (self._line().strip()):
                rows.append([])
            else:
                break
        for row in rows:
            frame = row
            for begin, end in zip(edges, [*edges[1:], None], strict=True):
                cell = [(min(first + begin, last), last if end is None else min(first + end, last)) for first, last in row]
                for each in self._cell(cell, "columns", frame):
                    yield each
                    frame = []
        self.after_table = self.blank = True

    def _grid(self, at: int) -> Iterator[Block]:
        """A table drawn with lines; the text between two rules is a row."""
        row: list[tuple[int, int]] = []
        while self.number < len(self.lines):
            line = self._line().strip()
            if not line.startswith(("|", "+")):
                break
            if not line.startswith("+"):
                row.append(self._span())
            else:
                yield from self._grid_row(row)
                row = []
            self.number += 1
        yield from self._grid_row(row)
        self.after_table = self.blank = True

    def _grid_row(self, row: list[tuple[int, int]]) -> Iterator[Block]:
        cells: dict[int, list[tuple[int, int]]] = {}
        for first, last in row:
            bars = [first + bar.start() for bar in re.finditer(r"\|", self.text[first:last])]
            for begin, end in zip(bars, bars[1:], strict=False):
                cells.setdefault(begin - first, []).append((begin + 1, end))
        for stretches in cells.values():
            yield from self._cell(stretches, "grid", stretches)

    def _cell(self, stretches: list[tuple[int, int]], layout: Literal["", "grid", "columns"] = "",
              frame: Sequence[tuple[int, int]] = ()) -> Iterator[Block]:
        trimmed = []
        for first, last in stretches:
            words = self.text[first:last]
            if words.strip():
                trimmed.append((first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip())))
        if trimmed:
            yield Block("cell", self.language, trimmed, layout, [*frame])


def _edges(dashes: str) -> list[int]:
    """The columns that groups of dashes begin at."""
    return [found.start() for found in re.finditer("-+", dashes)]


def _without_yaml(text: str, start: int) -> list[tuple[int, int]]:
    """Where each line begins and ends; those of a further block of YAML are empty."""
    blocks = [(start + found.start(), start + found.end()) for found in BLOCK.finditer(text[start:])]
    lines, at = [], start
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        while blocks and blocks[0][1] <= at:
            blocks.pop(0)
        lines.append((at, at) if blocks and blocks[0][0] <= at else (at, end))
        at = end + 1
    return lines
