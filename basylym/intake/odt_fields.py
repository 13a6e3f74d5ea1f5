"""What an ODT says in short or in its own way, written out as pandoc reads it: repeated cells and rows, fields, words beside a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from basylym.intake.nodes import walk
from basylym.intake.odt_looks import DRAW, HREF, NAMES, PARAGRAPHS, TABLE, TEXT
from basylym.intake.packages import MOST_ELEMENTS, MOST_LETTERS, Unreadable
from basylym.intake.tidying import strings
from basylym.messages import Phrase
from basylym.read.html import line_of

SVG = f"{{{NAMES}svg-compatible:1.0}}"
CELL, ROW = f"{TABLE}table-cell", f"{TABLE}table-row"
COLUMNS, ROWS = f"{TABLE}number-columns-repeated", f"{TABLE}number-rows-repeated"
READ = tuple(f"{TEXT}{name}" for name in (
    "p", "h", "span", "a", "s", "tab", "line-break", "note", "list", "section", "soft-page-break", "meta", "bookmark", "bookmark-start",
    "bookmark-end", "hidden-text", "hidden-paragraph", "reference-mark", "reference-mark-start", "reference-mark-end", "change",
    "change-start", "change-end"))
"""What of a paragraph pandoc reads itself; anything else with words of its own is a field."""
MOST_COLUMNS = 200


def write_out(body: etree._Element, name: str) -> None:
    """Writes out what is told in short. Raises Unreadable where that is more than a manuscript."""
    _repeat(body, name)
    for ruby in list(body.iter(f"{TEXT}ruby")):
        for part in ruby.iterchildren(f"{TEXT}ruby-text"):
            part.text = f" ({''.join(part.itertext())})" if "".join(part.itertext()).strip() else ""
            for each in list(part):
                part.remove(each)
    for paragraph in list(body.iter(*PARAGRAPHS)):
        for each in paragraph.iterdescendants():
            if isinstance(each.tag, str) and each.tag.startswith(TEXT) and each.tag not in READ and not _is_apart(each, paragraph):
                each.tag = f"{TEXT}span"
                each.attrib.pop(f"{TEXT}style-name", None)


def take_words_beside(body: etree._Element) -> dict[str, list[str]]:
    """Takes the words out that stand beside pictures for those who do not see them: by the pictures' addresses, in their order."""
    told: dict[str, list[str]] = {}
    for frame in body.iter(f"{DRAW}frame"):
        words = []
        for each in list(frame.iterchildren(f"{SVG}title", f"{SVG}desc")):
            words.append(line_of(each))
            frame.remove(each)
        if (image := frame.find(f"{DRAW}image")) is not None:
            words = [each for place, each in enumerate(words) if each and each not in words[:place]]
            told.setdefault(image.get(HREF, ""), []).append(". ".join(words))
    return told


def give_words_beside(blocks: Any, told: Mapping[str, list[str]]) -> None:
    """Gives the pictures their words again."""
    seen: Counter[str] = Counter()
    for each in walk(blocks):
        if each["t"] == "Image":
            address = each["c"][2][0]
            words = told.get(address, [])[seen[address]:][:1]
            seen[address] += 1
            each["c"][1] = strings("".join(words)) or each["c"][1]


def _is_apart(element: etree._Element, paragraph: etree._Element) -> bool:
    """Whether an element is no part of a paragraph's own line: it stands in a note, a list, a box, or holds paragraphs."""
    for each in element.iterancestors():
        if each is paragraph:
            break
        if each.tag not in READ or each.tag in (f"{TEXT}note", f"{TEXT}list"):
            return each.tag != f"{TEXT}ruby"
    return next(element.iter(*PARAGRAPHS), None) is not None


def _repeat(body: etree._Element, name: str) -> None:
    """Cells and rows that are said once for several; empty ones at the end of a row or a table stay away."""
    left, letters = MOST_ELEMENTS, MOST_LETTERS
    for each in [*body.iter(CELL), *body.iter(ROW)]:
        key = ROWS if each.tag == ROW else COLUMNS
        times = each.attrib.pop(key, "1")
        times = int(times[:9]) if times.isdigit() else 1
        if times < 2:
            continue
        text = "".join(each.itertext()).strip()
        if not text and next(each.iter(f"{DRAW}frame"), None) is None:
            later = each.itersiblings(CELL, ROW)
            times = min(times, MOST_COLUMNS) if any("".join(other.itertext()).strip() for other in later) else 1
        left -= (times - 1) * sum(1 for _ in each.iter())
        letters -= (times - 1) * len(text)
        if left < 0 or letters < 0:
            raise Unreadable(Phrase("{name} is larger than any manuscript", name=name))
        tail, each.tail = each.tail, None
        for _ in range(times - 1):
            each.addnext(deepcopy(each))
        each.tail = tail
