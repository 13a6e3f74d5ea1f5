"""The authors' proof: the pages as they will be published, what was found beside them, and a list of it at the end.

Nothing of it may move a letter of the article. So the notes are out of the flow and, after the layout, moved beside the sheet,
which proof_marks.py widens by a strip for them. They are text, tagged as Notes.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from markupsafe import Markup

from basylym.languages import language
from basylym.model import Finding, Place
from basylym.render.markup import BLOCKS, Body
from basylym.render.structure import box_area
from basylym.typography.compare import fold

if TYPE_CHECKING:
    from basylym.render.press import Press

STRIP = 246.0
"""The width of the strip for notes, in CSS pixels (65 mm); proof.css sets the notes' own."""
EDGE = 13.0
"""The distance of notes from the sheet and from the strip's edges."""
BETWEEN = 5.0
"""The distance of notes from each other."""
FEWEST_LETTERS = 3
"""Letters of a line of the manuscript by which its place on the pages can be known."""
MOST_LETTERS = 80
"""Letters that are compared."""
MOST_ALIKE = 200
"""How many like pieces of text are told apart."""
LINES_UP = 40
"""How many lines above are looked at, where a line itself cannot be found on the pages."""


@dataclass(frozen=True, slots=True)
class Note:
    """A finding, numbered, at its place on the pages."""

    number: int
    """Counted from 1."""
    finding: Finding
    """The finding."""
    block: str | None
    """The id of the block that it concerns; None where no page shows it."""

    @property
    def id(self) -> str:
        """Its entry in the list; no manuscript has ids that begin so."""
        return f"_finding-{self.number}"

    @property
    def message(self) -> str:
        """What is wrong, as a sentence."""
        return _begin(self.finding.message)

    @property
    def mend(self) -> str:
        """What to do, as a sentence."""
        return _begin(self.finding.mend)

    @property
    def place(self) -> str:
        """The line of the file."""
        return f"{self.finding.place.path.rpartition('/')[2]}:{self.finding.place.line}"


def _begin(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


# --- which block a finding concerns ---------------------------------------------------------------------------------
def place_notes(findings: tuple[Finding, ...], press: Press) -> list[Note]:
    """The findings in the order of the pages, each with its block; last those that no page shows."""
    text = _Text(press.body)
    printed = press.fill("pdf.html", body=Markup(press.body.xhtml()), style="", pages=None, notes=[])
    order = {unescape(id): number for number, id in enumerate(re.findall(r'(?<=\sid=")[^"]+', printed))}
    blocks = [block if block in order or block is None else "title" for each in findings
              for block in [_find_block(each.place, press, text)]]
    paired = sorted(zip(findings, blocks, strict=True), key=lambda pair: order.get(pair[1], len(order)))
    return [Note(number, each, block) for number, (each, block) in enumerate(paired, 1)]


def _find_block(place: Place, press: Press, text: _Text) -> str | None:
    article = press.edition.article
    paths = {path: first for _, path, first in reversed(article.parts)} or {article.path: article.first_line}
    if place.path in paths and place.line >= paths[place.path] and not place.field:
        return text.find(article, place)
    if place.path == article.path and place.field and not place.field.startswith("bibliography"):
        return _front_block(place.field, press)
    above = [(each.line, key) for key, each in article.reference_places.items() if each.path == place.path and each.line <= place.line]
    key = max(above)[1] if above else ""
    if any(entry.key == key for entry in article.body.entries):
        return f"ref-{key}"
    return "references" if above or place.field.startswith("bibliography") else None if place.path != article.path else "title"


def _front_block(field: str, press: Press) -> str:
    """The block that a field of the front matter is printed in."""
    name, _, rest = field.partition(".")
    name, tag = re.sub(r"\[\d+\]", "", name), re.split(r"[.\[]", rest)[0] if rest else ""
    blocks = {"running_title": "title", "working_title": "title", "authors": "authors", "affiliations": "affiliation-1",
              "udc": "codes", "irsti": "codes", "doi": "codes", "edn": "codes", "license": "license", "copyright": "license",
              "versions": "history", "notices": "history", "corrects": "history"}
    block = blocks.get(name, name)
    apart = tag in press.edition.languages[1:] and (block == "title" or name in ("abstract", "keywords"))
    end = f"-{tag}" if apart else ""
    text = "-text" if name in ("abstract", "funding", "acknowledgements", "contributions", "conflict_of_interest") else ""
    return f"{block}{end}{text}"


class _Text:
    """The letters and digits of the printed text in one string, and the blocks they stand in."""

    def __init__(self, body: Body):
        self.letters, self.starts, self.blocks = "", [], []
        self.lines: list[str] | None = None
        notes, pieces, length = dict(body.notes), [], 0
        for block, text in _texts(body.tree, "", notes):
            plain = _plain(text)
            if plain:
                self.starts.append(length)
                self.blocks.append(block)
                pieces.append(plain)
                length += len(plain)
        self.letters = "".join(pieces)

    def find(self, article: Any, place: Place) -> str | None:
        """The block that a place of the manuscript is printed in, or the nearest one above that can be known."""
        if self.lines is None:
            self.lines = article.source.split("\n")
            self.before = list(accumulate((len(_plain(line)) for line in self.lines), initial=0))
            self.source = "".join(map(_plain, self.lines))
        lines = self.lines
        begins, first = next(((begins, first) for begins, path, first in reversed(article.parts) if path == place.path
                              and first <= place.line), (0, article.first_line))
        at = min(begins + place.line - first, len(lines) - 1)
        for number in range(at, max(at - LINES_UP, -1), -1):
            line = re.sub(r"\[[^\[\]]*@[^\[\]]*\]", "|", lines[number])
            line = re.sub(r"\]\([^()]*\)", "]", line)
            pieces = sorted((_plain(piece) for piece in re.split(r"[*_`\[\]{}$\\!#|<>^~@]+", line)), key=len, reverse=True)
            wanted = pieces[0][:MOST_LETTERS]
            if len(wanted) < FEWEST_LETTERS:
                continue
            found = self.letters.find(wanted)
            for _ in range(min(self.source.count(wanted, 0, self.before[number]), MOST_ALIKE)):  # so many like it stand above
                following = self.letters.find(wanted, found + 1)
                if following < 0:
                    break
                found = following
            if found >= 0:
                return self.blocks[bisect(self.starts, found) - 1]
        return self.blocks[0] if self.blocks else None


def _texts(element: Any, block: str, notes: dict) -> Iterator[tuple[str, str]]:
    if element.tag in BLOCKS and element.get("id"):
        block = element.get("id")
    yield block, element.text or ""
    if element.get("role") == "doc-noteref" and (note := notes.pop(element.get("href", "")[1:], None)) is not None:
        yield block, "".join(note.itertext())
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child, block, notes)
        yield block, child.tail or ""


def _plain(text: str) -> str:
    return "".join(letter for letter in fold(text).casefold() if letter.isalnum())


# --- in the page, before and after its layout -----------------------------------------------------------------------
def add_notes(page: ElementTree.Element, notes: list[Note], tongue: str) -> None:
    """Puts every note at the end of its block, out of the flow."""
    blocks = {each.get("id"): each for each in page.iter() if each.get("id")}
    for each in notes:
        block = blocks.get(each.block)
        if block is None:
            continue
        if re.fullmatch("h[1-6]", block.tag) and not block.get("data-bookmark"):  # the words of its bookmark are its own alone
            block.set("data-bookmark", " ".join("".join(block.itertext()).split()))
        note = ElementTree.SubElement(block, "span", {
            "class": f"proof-note {each.finding.severity}", "role": "note", "id": f"{each.id}-note", "lang": tongue})
        link = ElementTree.SubElement(note, "a", {"href": f"#{each.id}"})
        link.text, link.tail = str(each.number), f" {each.message}"


def stack_notes(document: Any) -> None:
    """Moves the notes beside their blocks into the strip, one below the other; those that find no room stand in the list alone."""
    seen: set[str] = set()
    for page in document.pages:
        box, kept, dropped = page._page_box, [], set()
        room = box.margin_height() - 2 * EDGE + BETWEEN
        for top, note, parent in sorted(note_boxes(box), key=lambda each: (each[0], _number(each[1]))):
            room -= note.margin_height() + BETWEEN
            if room < 0 or note.element.get("id") in seen:  # the head of a table is printed again where that goes on
                parent.children = [child for child in parent.children if child is not note]
                dropped.update(note.descendants())
            else:
                kept.append((top, note))
            seen.add(note.element.get("id"))
        moved, tops, lowest = set(), [], EDGE
        for top, note in kept:
            tops.append(max(lowest, top))
            lowest = tops[-1] + note.margin_height() + BETWEEN
        lowest = box.margin_height() - EDGE
        for top, (_, note) in reversed(list(zip(tops, kept, strict=True))):  # what sticks out at the foot moves the others up
            top = min(top, lowest - note.margin_height())
            lowest = top - BETWEEN
            note.translate(box.margin_width() + EDGE - note.position_x, top - note.position_y)
            moved.update(note.descendants())
        page.links[:] = [(kind, target, box_area(link) if link in moved else area, link) for kind, target, area, link in page.links
                         if link not in dropped]


def _number(note: Any) -> int:
    return int(re.search(r"\d+", note.element.get("id"))[0])


def is_note(box: Any) -> bool:
    """Whether a box is a note of the proof."""
    return box.element is not None and (box.element.get("class") or "").startswith("proof-note")


def note_boxes(box: Any, parent: Any = None, top: float = 0) -> Iterator[tuple[float, Any, Any]]:
    """Every note with the top of what it concerns, and the box that holds it."""
    if is_note(box) and parent is not None:
        yield top, box, parent
        return
    if box.element is not None and box.element.get("id") and box.element_tag in (*BLOCKS, "header", "section"):
        top = box.position_y + (box.margin_top if isinstance(box.margin_top, (int, float)) else 0)
    for child in list(getattr(box, "children", ())):
        yield from note_boxes(child, box, top)


# --- the list -------------------------------------------------------------------------------------------------------
def list_words(tongue: str) -> dict[str, str]:
    """What stands over the list, in a language of the interface."""
    words = language(tongue).labels
    return {name: words[name] for name in ("findings", "findings_about", "findings_none")}
