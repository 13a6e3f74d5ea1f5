"""A text pulled out of a PDF, or typed as plain text, to a Document: its lines rejoined into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from basylym.intake.broken_words import Words, join_words
from basylym.intake.document import Block, Document, LeftOut, Look, Node
from basylym.intake.packages import Unreadable
from basylym.intake.page_heads import TextLine, find_pages, take_running_heads
from basylym.intake.raised_marks import put_marks
from basylym.intake.rejoin import is_table, join_lines, usual_size
from basylym.intake.text_columns import untangle
from basylym.messages import Phrase
from basylym.read import text as encodings

MOST_LINES = 200_000
"""Lines of a file that are read; a thesis of 500 pages has 20,000."""
RAISED = re.compile("\ue000([^\ue001]*)\ue001")
PRIVATE = "\ue000\ue001\ue010\ue011"
"""Letters of no alphabet, that marks are held by while lines are rejoined."""
HELD = re.compile("\ue010(\\d{1,6})\ue011")


def read_plain_text(path: Path) -> Document:
    """A text file. Raises Unreadable with a sentence for one that is none."""
    found, _ = encodings.read_text(path, path.name)
    if found is None:
        raise Unreadable(Phrase("{name} is no text that can be read: too large, damaged or in an unknown encoding", name=path.name))
    return text_document(found, path.name)


def text_document(text: str, name: str) -> Document:
    """A Document of a text; pages end with form feeds."""
    text = "".join(letter for letter in text.replace("\f", "\n\f") if letter >= " " and letter not in PRIVATE or letter in "\n\t\f")
    lines: list[TextLine] = []
    page, blank = 1, False
    for number, raw in enumerate(_in_columns(text.split("\n", MOST_LINES)[:MOST_LINES], name), 1):
        if raw.startswith("\f"):
            page, raw = page + 1, raw[1:]
        words = " ".join(raw.split())
        if words:
            lines.append(TextLine(words, number - page + 1, page, blank, raw.endswith("  "), marked=words))
        blank = not words
    if not lines:
        raise Unreadable(Phrase("{name} has no text", name=name))
    lines, heads = take_running_heads(find_pages(put_marks(lines)))
    blocks, left_out = build_blocks(lines)
    return Document(name, "text", blocks, left_out=(*heads, *left_out))


def _in_columns(lines: Sequence[str], name: str) -> list[str]:
    """The lines with columns that stood side by side one below the other. Raises Unreadable where they are mixed."""
    found: list[str] = []
    page: list[str] = []
    for line in (*lines, "\f"):
        if line.startswith("\f"):
            parted = untangle([page[0].removeprefix("\f"), *page[1:]] if page else [])
            if parted is None:
                raise Unreadable(Phrase("{name} has two columns side by side, and their lines are mixed: pull the text out of the PDF "
                                        "without its layout, or import the PDF", name=name))
            found += [page[0][:1] + parted[0], *parted[1:]] if page and page[0].startswith("\f") else parted
            page = []
        page.append(line)
    return found


def build_blocks(lines: Sequence[TextLine], notes: Sequence[str] = ()) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Blocks of lines that are in their order, and what was taken away; `notes` stand where \ue010 and \ue011 hold their numbers."""
    left_out: list[LeftOut] = []
    paragraphs = join_lines(lines)
    words, usual = Words([line.text for line in lines]), usual_size(lines)
    blocks = []
    for number, paragraph in enumerate(paragraphs, 1):
        first = paragraph[0]
        where = f"page {first.page}" if first.page > 1 or first.size else f"line {first.number}"
        marked = join_words([line.marked or line.text for line in paragraph], words, where, left_out)
        text = RAISED.sub(r"\1", HELD.sub("", marked))
        node: Node = {"t": "Para", "c": inlines(marked, notes)}
        if is_table(paragraph):
            rows = [inlines(line.marked or line.text, notes) for line in paragraph]
            node = {"t": "Para", "c": [part for row in rows for part in ({"t": "LineBreak"}, *row)][1:]}
            text = " ".join(RAISED.sub(r"\1", HELD.sub("", line.marked or line.text)) for line in paragraph)
        blocks.append(Block(number, "paragraph", node, text,
                            _look(paragraph, text, usual), line=first.number if not first.size else None))
    return tuple(blocks), tuple(left_out)


def inlines(text: str, notes: Sequence[str] = ()) -> list[Node]:
    """Pandoc's inlines of a text whose raised letters stand between UP and DOWN, and its notes' numbers between HELD's letters."""
    found: list[Node] = []
    if HELD.search(text):
        for at, part in enumerate(HELD.split(text)):
            if at % 2:
                found.append({"t": "Note", "c": [{"t": "Para", "c": inlines(notes[int(part)])}]})
            else:
                found += inlines(part)
        return found
    for at, part in enumerate(RAISED.split(text)):
        made: list[Node] = []
        for piece in re.split(r"([ \n]+)", part):
            if piece:
                made.append({"t": "Space"} if piece.isspace() else {"t": "Str", "c": piece})
        found += [{"t": "Superscript", "c": made}] if at % 2 and made else made
    return found


def _look(paragraph: Sequence[TextLine], text: str, usual: float | None) -> Look:
    letters = [letter for letter in text if letter.isalpha()]
    total = sum(len(line.text) for line in paragraph) or 1
    caps = sum(letter.isupper() for letter in letters) / len(letters) if letters else 0
    sized = paragraph[0].size
    return Look(bold=round(sum(line.bold * len(line.text) for line in paragraph) / total, 3),
                italic=round(sum(line.italic * len(line.text) for line in paragraph) / total, 3), caps=round(caps, 3),
                size=round(sized, 1) if sized else None, usual=usual, page=paragraph[0].page if sized or paragraph[0].page > 1 else None)
