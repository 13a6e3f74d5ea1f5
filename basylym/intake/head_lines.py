"""The lines of a document as its front matter reads them: a table of «ARTICLE INFO | ABSTRACT» column by column, an abstract and its
keywords in one paragraph parted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from basylym.intake.document import Block
from basylym.intake.labels import exact_words, find_label, find_section, one_of, skeleton
from basylym.intake.nodes import walk
from basylym.intake.spans import Span, lower_raised, read_spans
from basylym.intake.tidying import words_of as text_of

LEAST, MOST, MOST_KEYWORDS = 30, 6000, 900
"""Letters of an abstract and its keywords in one paragraph, and of the keywords."""
MOST_ROWS = 12


def read_lines(blocks: Sequence[Block]) -> list[Span]:
    """The lines in their order."""
    found, section = list[Span](), False
    for span in read_spans([_by_columns(block) for block in blocks]):
        section = section or find_section(span.text) is not None
        found += _parted(span) if not section or begins_structured(span.text) else (span,)
    return found


def begins_structured(text: str) -> bool:
    """Whether a paragraph begins as a structured abstract does, «Введение. …», or with the word «Abstract»."""
    first, stop, rest = text[:90].partition(".")
    if stop and rest.strip() and (find_section(first) or skeleton(first.strip()) in exact_words("abstract_parts")):
        return True
    label = find_label(text)
    return bool(label and label.part == "abstract" and label.firm and label.rest)


def _parted(span: Span) -> Iterator[Span]:
    """«… Частота высока. Ключевые слова: село, город» as two lines."""
    match = _keywords().search(skeleton(span.marked)) if LEAST < len(span.marked) < MOST else None
    if not match or match.start(1) < LEAST or len(span.marked) - match.end() > MOST_KEYWORDS or not span.marked[match.start(1)].isupper():
        yield span
        return
    for marked, bold in ((span.marked[:match.start(1)].strip(), span.bold_start), (span.marked[match.start(1):], "")):
        yield replace(span, marked=marked, text=lower_raised(marked), bold_start=bold)


@cache
def _keywords() -> re.Pattern[str]:
    return re.compile(rf"(?<=[.!?»)] )({one_of('keywords')})\s?:\s")


def _by_columns(block: Block) -> Block:
    """A table that sets the abstract beside keywords and days, with its columns one below the other."""
    node = block.node
    if block.kind != "table" or node.get("t") != "Table" or len(block.text) > 3000:
        return block
    rows = [row[1] for row in [*node["c"][3][1], *(row for body in node["c"][4] for row in (*body[2], *body[3]))]]
    if not 1 < len(rows) <= MOST_ROWS or len({len(row) for row in rows}) != 1 or not 1 < len(rows[0]) < 4:
        return block
    if not any(_is_label(cell) for cell in rows[0]):
        return block
    cells: list[Any] = [part for column in zip(*rows, strict=True) for cell in column for part in cell[4]]
    made: Mapping[str, Any] = {"t": "Div", "c": [["", [], []], cells]}
    return replace(block, node=made)


def _is_label(cell: Any) -> bool:
    """Whether a cell is the word «Abstract» and nothing else."""
    lines = read_spans([Block(0, "other", {"t": "Div", "c": [["", [], []], cell[4]]}, "")])
    label = find_label(lines[0].text) if len(lines) == 1 else None
    return bool(label and label.part == "abstract" and not label.rest)


def notes_in_place(node: Any) -> Iterator[tuple[str, str]]:
    """The footnotes within a block, each with the words of its line before it."""
    for each in walk(node):
        inlines = each["c"] if each["t"] in ("Para", "Plain") else each["c"][2] if each["t"] == "Header" else ()
        before: list[Any] = []
        for inline in _flat(inlines):
            if inline["t"] == "Note":
                yield text_of(before), text_of(inline["c"])
            elif inline["t"] == "LineBreak":
                before = []
            elif inline["t"] != "Superscript":
                before.append(inline)


def _flat(inlines: Any) -> Iterator[Mapping[str, Any]]:
    """Inlines without what only says how they look."""
    for each in inlines:
        if each["t"] in ("Strong", "Emph", "Underline", "SmallCaps"):
            yield from _flat(each["c"])
        elif each["t"] in ("Span", "Link"):
            yield from _flat(each["c"][1])
        elif each["t"] == "Superscript" and any(inner["t"] == "Note" for inner in each["c"]):
            yield from _flat(each["c"])
        else:
            yield each
