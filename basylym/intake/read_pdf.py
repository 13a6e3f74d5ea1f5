"""A PDF with text to a Document: its lines rejoined into paragraphs, notes at pages' ends put where they belong.

It is read by pypdfium2, which is an extra: `pip install basylym[pdf]`. Pictures of pages have no text and are told.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from basylym.errors import UsageError
from basylym.intake.document import Document
from basylym.intake.packages import Unreadable, damaged, locked
from basylym.intake.page_heads import TextLine, take_running_heads
from basylym.intake.pdf_lines import LETTERS_A_PAGE, MOST_PAGES
from basylym.intake.read_text import build_blocks
from basylym.intake.rejoin import usual_size
from basylym.intake.spans import DOWN, UP, lower_raised
from basylym.messages import Phrase

SECONDS = 90
"""The longest that reading may take, on a busy machine too."""
UNMAPPED = 0.2
"""What part of a PDF's letters may be known by their shapes alone, as those of formulas often are."""
NOTE = re.compile(rf"(?:{UP}\s*(\d{{1,3}}|\*{{1,3}})\.?{DOWN}|(\d{{1,3}}|\*{{1,3}})(?=\.?\s+[^\W\d_]))\.?\s*")
HELD, END = "\ue010", "\ue011"
"""What stands round the number of a note until it is put in."""


def read_pdf(path: Path) -> Document:
    """A PDF. Raises UsageError with a sentence where it has no text, is locked, damaged or too large, or where the reader lacks."""
    if not find_spec("pypdfium2"):
        raise UsageError(Phrase("reading a PDF needs pypdfium2: pip install basylym[pdf]"))
    found = _ask(path)
    if error := found.get("error"):
        if error in ("locked", "damaged"):
            raise (locked if error == "locked" else damaged)(path.name)
        raise Unreadable(Phrase("{name} has more pages or letters than an article or a thesis: at most {count} pages are read",
                                name=path.name, count=MOST_PAGES))
    lines = [_line(each) for each in found["lines"]]
    if sum(len(line.text) for line in lines) < LETTERS_A_PAGE * max(1, found["pages"]):
        raise Unreadable(Phrase("{name} holds pictures of pages and no text: have the text recognised, or ask for the file it was made of",
                                name=path.name))
    if found["unmapped"] > UNMAPPED:
        raise Unreadable(Phrase("the letters of {name} cannot be read: it has their shapes but does not say which they are; have the text "
                                "recognised, or ask for the file it was made of", name=path.name))
    lines, heads = take_running_heads(with_gaps(in_order(lines)))
    lines, notes = take_notes(lines)
    blocks, left_out = build_blocks(lines, notes)
    warnings = [Phrase("of a PDF only the words are read: tables come as lines, and formulas may be broken")]
    if found["empty"]:
        warnings.append(Phrase("these pages of the PDF are pictures without text, and nothing of them was read: {pages}",
                               pages=", ".join(map(str, found["empty"]))))
    if found["pictures"]:
        warnings.append(Phrase("{count} pictures of the PDF were not taken over", count=found["pictures"]))
    return Document(path.name, "pdf", blocks, left_out=(*heads, *left_out), warnings=tuple(warnings))


def _ask(path: Path) -> Mapping[str, Any]:
    """What the reading process finds."""
    root = str(Path(__file__).parents[2])
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "lines.json"
        command = [sys.executable, "-c", "import sys; from basylym.intake.pdf_lines import write_lines; write_lines(*sys.argv[1:])",
                   str(path.resolve()), str(target)]
        paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env={**os.environ, "PYTHONPATH": paths})
        except subprocess.TimeoutExpired as error:
            raise damaged(path.name) from error
        if done.returncode or not target.is_file():
            raise damaged(path.name)
        return json.loads(target.read_text("utf-8"))


def _line(data: Mapping[str, Any]) -> TextLine:
    marked = data["text"]
    return TextLine(lower_raised(marked), 0, data["page"], False, False, data["size"], data["bold"], data["italic"],
                    data["left"], data["right"], data["bottom"], marked, gaps=data["gaps"])


def with_gaps(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with their numbers on their pages, and how far each stands below the one before, against the usual distance."""
    steps = sorted(step for before, line in zip(lines, lines[1:], strict=False)
                   if before.page == line.page and (step := before.bottom - line.bottom) > 2)
    common = steps[len(steps) * 3 // 10] if steps else 1  # where nearly every line is a paragraph, the middle one is their distance
    found: list[TextLine] = []
    for line in lines:
        same = bool(found) and found[-1].page == line.page
        step = found[-1].bottom - line.bottom if same else 0
        found.append(replace(line, number=found[-1].number + 1 if same else 1, gap=round(step / common, 2) if step > 0 else 0))
    return found


def in_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with those at the very top and bottom of a page first and last: running heads are often written after the text."""
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    found = []
    for page in pages.values():
        heights = sorted({line.bottom for line in page}, reverse=True)
        if len(heights) < 6:
            found += sorted(page, key=lambda line: -line.bottom)
            continue
        first = [line for line in page if line.bottom >= heights[1] and _is_alone(line, page)]
        last = [line for line in page if line.bottom <= heights[-2] and _is_alone(line, page)]
        found += sorted(first, key=lambda line: -line.bottom)
        found += [line for line in page if line not in first and line not in last]
        found += sorted(last, key=lambda line: -line.bottom)
    return found


def _is_alone(line: TextLine, page: Sequence[TextLine]) -> bool:
    """Whether no other line stands beside it: those at the top and bottom of columns belong where they are."""
    return not any(abs(line.bottom - other.bottom) < 1.5 * line.size and (other.left > line.right or other.right < line.left)
                   for other in page if other.left is not None and line.right is not None and other.right is not None
                   and line.left is not None)


def take_notes(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[str]]:
    """The lines without notes at pages' ends, each note's place marked by its number in the list that comes with them.

    A note is set smaller than the text, stands last on its page and begins with a mark that stands raised in the text of that page.
    """
    usual, notes, kept = usual_size(lines) or 0, [], []
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    for page in [column for lines_of_page in pages.values() for column in _columns(lines_of_page)]:
        last = len(page)
        while last and _is_number(page[last - 1].text):
            last -= 1
        first = last
        while first and page[first - 1].size < usual - 0.7:
            first -= 1
        found: list[tuple[str, list[str]]] = []
        for line in page[first:last]:
            if match := NOTE.match(line.marked):
                found.append((match[1] or match[2], [line.marked[match.end():]]))
            elif found:
                found[-1][1].append(line.marked)
        text = page[:first]
        if not found or not NOTE.match(page[first].marked) or not all(_raised(mark, text) for mark, _ in found):
            kept += page
            continue
        for mark, words in found:
            at = _raised(mark, text)
            assert at
            where = at - 1
            head, _, tail = text[where].marked.rpartition(f"{UP}{mark}{DOWN}")
            text[where] = replace(text[where], marked=f"{head}{HELD}{len(notes)}{END}{tail}")
            notes.append(lower_raised(" ".join(words)))
        kept += [*text, *page[last:]]
    return kept, notes


def _columns(page: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of a page's columns: the next begins where a line stands beside or above the one before it, and right of it."""
    found: list[list[TextLine]] = [[]]
    for line in page:
        before = found[-1][-1] if found[-1] else None
        if before and line.bottom > before.bottom + 4 * line.size and line.left is not None and before.right is not None and (
                line.left > before.right - 1 or line.left > (before.left or 0) + 100):
            found.append([])
        found[-1].append(line)
    return found


def _raised(mark: str, lines: Sequence[TextLine]) -> int:
    """The last line in which a mark stands raised, from 1; 0 where none has it."""
    return next((at + 1 for at in range(len(lines) - 1, -1, -1) if f"{UP}{mark}{DOWN}" in lines[at].marked), 0)


def _is_number(text: str) -> bool:
    return len(text) < 8 and not any(letter.isalpha() for letter in text)

