"""OUT: the paragraphs of a manuscript, and where they stand in the text of a finished file."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from basylym.read.html import read_html
from basylym.typography.compare import letters

if TYPE_CHECKING:
    from lxml import etree

WINDOW = 20_000
"""How many letters further on a paragraph is looked for before it is looked for everywhere."""
SEARCHES = 2_000
"""How often a paragraph is looked for everywhere: layouts move figures, but not so many."""
LONG = 40
"""Letters of a paragraph that stands in one place only."""
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "tr", "caption", "figcaption", "blockquote", "div", "section",
          "figure", "table", "ul", "ol", "dl", "tbody", "thead", "tfoot"}
"""Elements that begin a paragraph; a row of a table is one."""
PARTED = {"math", "img", "hr"}
"""Elements that part the words round them."""


@dataclass
class Block:
    """One paragraph of the manuscript."""

    kind: str
    """text, table (a row of one), note, or float: what a layout may move, a figure or what belongs to a table."""
    parts: list[str] = field(default_factory=lambda: [""])
    """The words between its formulas, pictures and marks of notes."""

    @property
    def words(self) -> str:
        """As it reads, with one kind of space."""
        return " ".join("".join(self.parts).split())


@lru_cache(maxsize=2)
def tree(html: str) -> etree._Element:
    """A text's HTML, read once for all checks."""
    return read_html(html)


@lru_cache(maxsize=2)
def blocks(html: str) -> list[Block]:
    """The paragraphs of a text in order."""
    from lxml import etree

    found = [Block("text")]
    open_kinds = ["text"]
    walk = etree.iterwalk(tree(html), events=("start", "end"))

    def add(text: str | None) -> None:
        found[-1].parts[-1] += text or ""

    for event, each in walk:
        name = etree.QName(each).localname
        parted = name in PARTED or each.get("role") in ("doc-noteref", "doc-backlink")
        if event == "start":
            if parted:
                walk.skip_subtree()
                found[-1].parts.append("")
                continue
            if name in BLOCKS:
                kind = ("note" if each.get("role") == "doc-endnotes" else "table" if name == "tr" else
                        "float" if name in ("figure", "table") else open_kinds[-1])
                open_kinds.append(kind)
                if open_kinds[-2] != "table":  # a row is one paragraph, whatever its cells hold
                    found.append(Block(kind))
            add(each.text)
        elif each.getparent() is not None:
            if name in BLOCKS and not parted:
                open_kinds.pop()
                if open_kinds[-1] != "table":
                    found.append(Block(open_kinds[-1]))
            add(each.tail)
    return [block for block in found if any(letters(part) for part in block.parts)]


@dataclass(frozen=True)
class Standing:
    """How the paragraphs of a manuscript stand in the text of a file."""

    lost: tuple[Block, ...]
    """Those that are not in it."""
    moved: tuple[Block, ...]
    """Those that stand before or after others where they should not: the fewest that would have to go to another place."""


@lru_cache(maxsize=8)
def find_blocks(html: str, text: str) -> Standing:
    """How the paragraphs of a manuscript stand in the letters of a file."""
    lost, long, position, searches = [], [], 0, 0
    for block in blocks(html):
        for part in filter(None, map(letters, block.parts)):
            start = text.find(part, position, position + WINDOW + len(part))
            near = start >= 0
            if not near and searches < SEARCHES:
                searches += 1
                start = text.find(part)
                if start < 0:
                    lost.append(block)
                    break
            if start >= 0 and len(part) >= LONG:
                position = start + len(part)
                if block.kind == "text" and not (long and long[-1][1] is block):
                    long.append((start, block, part))
            elif near:
                position = start + len(part)
    moved = _out_of_order(long)
    if moved:  # of what stands in the file more than once, within another paragraph perhaps, nobody knows which is which
        moved = _out_of_order([each for each in long[:SEARCHES] if text.count(each[2]) == 1])
    return Standing(tuple(lost), tuple(moved))


def _out_of_order(standing: list[tuple[int, Block, str]]) -> list[Block]:
    """The blocks that are not in the longest row of those that stand one after the other."""
    ends: list[int] = []  # the lowest place that a row of each length ends at
    lengths = []
    for start, _, _ in standing:
        length = bisect_left(ends, start)
        ends[length:length + 1] = [start]
        lengths.append(length)
    wanted, beyond, moved = len(ends) - 1, float("inf"), []
    for (start, block, _), length in zip(reversed(standing), reversed(lengths), strict=True):
        if length == wanted and start < beyond:
            wanted, beyond = wanted - 1, start
        else:
            moved.append(block)
    return moved[::-1]
