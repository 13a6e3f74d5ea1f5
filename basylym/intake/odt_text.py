"""The text of an ODT made ready for pandoc: its paragraphs numbered, its fields marked, its changes taken out and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from basylym.intake.citing_fields import read_instruction
from basylym.intake.document import Change
from basylym.intake.docx_changes import SHOWN
from basylym.intake.docx_looks import Letters, look_of
from basylym.intake.docx_text import BOOKMARK, SHORT, Paragraph, kept_code
from basylym.intake.nodes import CITE, CITED, CLOSE, FIELD, OPEN
from basylym.intake.odt_looks import DRAW, OFFICE, PARAGRAPHS, TABLE, TEXT, OdtNumbering, OdtStyles
from basylym.messages import Phrase
from basylym.read.html import drop, line_of

DC = "{http://purl.org/dc/elements/1.1/}"
ITEMS = (f"{TEXT}list-item", f"{TEXT}list-header")
NOT_WORDS = {f"{TEXT}note", f"{OFFICE}annotation", f"{DRAW}object"}
WRAPS = (f"{TEXT}section", f"{TEXT}table-of-content", f"{TEXT}bibliography", f"{TEXT}illustration-index", f"{TEXT}table-index",
         f"{TEXT}alphabetical-index", f"{TEXT}user-index", f"{TEXT}object-index", f"{TEXT}index-body", f"{TEXT}index-title")
"""Elements round paragraphs that say nothing of them."""

AT_ONCE = 20
"""So many insertions may be begun and not ended; a program ends each before it begins the next."""


@dataclass
class OdtText:
    """What is known of a text while it is made ready."""

    styles: OdtStyles
    properties: Mapping[str, str] = field(default_factory=dict)
    paragraphs: dict[int, Paragraph] = field(default_factory=dict)
    citing: dict[int, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    warnings: list[Phrase] = field(default_factory=list)
    paged: bool = False
    page: int = 1
    _changes: dict[etree._Element, list[Change]] = field(default_factory=dict)

    def __post_init__(self):
        self._numbering = OdtNumbering(self.styles)

    def make_ready(self, body: etree._Element) -> None:
        """Marks the text of a document."""
        self._unwrap(body)
        self._take_changes(body)
        self._lift_boxes(body)
        self.paged = next(body.iter(f"{TEXT}soft-page-break"), None) is not None
        self._mark_fields(body)
        waiting: list[Change] = []
        begun: set[etree._Element] = set()
        for each in list(body.iter(*PARAGRAPHS, f"{TEXT}soft-page-break")):
            if each.tag == f"{TEXT}soft-page-break":
                self.page += 1
                continue
            waiting += self._changes.pop(each, [])
            letters = list(self._letters(each, each.get(f"{TEXT}style-name"), ()))
            if not any(part.text.strip() for part in letters) and next(each.iter(f"{DRAW}frame", f"{TEXT}note"), None) is None:
                continue
            number = len(self.paragraphs) + 1
            self.paragraphs[number] = self._place(each, letters, begun)
            self.paragraphs[number].changes, waiting = waiting, []
            each.text = f"{OPEN}{number}{CLOSE}{each.text or ''}"
        if waiting and self.paragraphs:
            self.paragraphs[max(self.paragraphs)].changes += waiting
        self._lift_headings(body)

    def _place(self, paragraph: etree._Element, letters: list[Letters], begun: set[etree._Element]) -> Paragraph:
        style = paragraph.get(f"{TEXT}style-name")
        level = paragraph.get(f"{TEXT}outline-level", "") if paragraph.tag == f"{TEXT}h" else ""
        depth = int(level[:2]) if level.isdigit() and int(level[:2]) else self.styles.level(style)
        mark, count = self._number(paragraph, begun)
        if not mark and depth and paragraph.tag == f"{TEXT}h":
            mark, _ = self._numbering.count("", depth, paragraph.get(f"{TEXT}start-value"))
        look = look_of(letters, style=self.styles.shown(style), level=depth, align=self.styles.align(style), numbering=mark, page=self.page)
        text = "".join(part.text for part in letters)
        return Paragraph(look, count=count, text=text)

    def _number(self, paragraph: etree._Element, begun: set[etree._Element]) -> tuple[str, int | None]:
        """The mark of an item before its first paragraph."""
        item = paragraph.getparent()
        if item is None or item.tag != ITEMS[0] or paragraph.getprevious() is not None:
            return "", None
        lists = [each for each in paragraph.iterancestors(f"{TEXT}list")]
        style = next((name for each in lists if (name := each.get(f"{TEXT}style-name"))), None)
        if style is None:
            return "", None
        depth = len(lists)
        if lists[0] not in begun:
            begun.add(lists[0])
            goes_on = lists[0].get(f"{TEXT}continue-numbering") == "true" or lists[0].get(f"{TEXT}continue-list")
            if not goes_on and depth == 1:
                self._numbering.restart(style, depth)
        return self._numbering.count(style, depth, item.get(f"{TEXT}start-value"))

    def _letters(self, element: etree._Element, style: str | None, spans: tuple[str, ...]) -> Iterator[Letters]:
        """The letters of a paragraph, with how they are set."""
        if element.text:
            yield self.styles.letters(FIELD.sub("", element.text), style, spans)
        for child in element:
            if child.tag not in NOT_WORDS and child.tag not in PARAGRAPHS:
                inner = (child.get(f"{TEXT}style-name", ""), *spans) if child.tag == f"{TEXT}span" else spans
                yield from self._letters(child, style, inner)
            if child.tail:
                yield self.styles.letters(FIELD.sub("", child.tail), style, spans)

    # --- changes --------------------------------------------------------------------------------------------------------
    def _take_changes(self, body: etree._Element) -> None:
        """Tracked changes and comments; what was deleted stands apart in the file already, and stays out."""
        regions: dict[str, Change] = {}
        for kind in ("insertion", "deletion"):
            for each in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region/{TEXT}{kind}"):
                author, date = (line_of(each.find(f".//{DC}{name}")) for name in ("creator", "date"))
                text = "\n".join("".join(words.itertext()) for words in each.iterchildren(*PARAGRAPHS)) if kind == "deletion" else ""
                key = each.getparent().get(f"{TEXT}id") or each.getparent().get("{http://www.w3.org/XML/1998/namespace}id")
                regions[key] = Change("inserted" if kind == "insertion" else "deleted", text[:SHOWN], author[:200], date[:40])
        for each in list(body.iterchildren(f"{TEXT}tracked-changes")):
            drop(each)
        for each in list(body.iter(f"{OFFICE}annotation", f"{OFFICE}annotation-end")):
            if each.tag == f"{OFFICE}annotation":
                author, date = ("".join(each.findtext(f"{DC}{name}") or "") for name in ("creator", "date"))
                text = "\n".join("".join(words.itertext()) for words in each.iter(*PARAGRAPHS))
                self._tell(each, Change("comment", text[:SHOWN], author[:200], date[:40]))
            drop(each)
        if not regions:
            return
        inserted = _between(body)
        for each in list(body.iter(f"{TEXT}change", f"{TEXT}change-start")):
            change = regions.get(each.get(f"{TEXT}change-id"))
            if change is not None and change.kind == "inserted":
                change = Change("inserted", inserted.get(each.get(f"{TEXT}change-id"), "")[:SHOWN] or "¶", change.author, change.date)
            if change is not None:
                self._tell(each, change)

    def _tell(self, element: etree._Element, change: Change) -> None:
        host = next((each for each in element.iterancestors(*PARAGRAPHS)), None)
        if host is None:
            host = next((each for each in element.itersiblings(*PARAGRAPHS)), None)
        if host is not None:
            self._changes.setdefault(host, []).append(change)

    # --- fields and shapes ----------------------------------------------------------------------------------------------
    def _mark_fields(self, body: etree._Element) -> None:
        """Marks the citations of Zotero and Mendeley, which keep their data in the names of marks or in the file's properties."""
        for kind in ("reference-mark", "bookmark"):
            ends = {each.get(f"{TEXT}name"): each for each in body.iter(f"{TEXT}{kind}-end")}
            for begin in list(body.iter(f"{TEXT}{kind}-start")):
                name = begin.get(f"{TEXT}name", "")
                code = kept_code(self.properties, name) if name.startswith(BOOKMARK) else name
                end, items = ends.get(name), read_instruction(code)
                if items and end is not None and end.getparent() is begin.getparent():
                    number = len(self.citing) + 1
                    self.citing[number] = items
                    begin.tail = f"{CITE}{OPEN}{number}{CLOSE}{begin.tail or ''}"
                    end.tail = f"{CITED}{end.tail or ''}"
                    drop(begin)
                    drop(end)

    def _lift_boxes(self, body: etree._Element) -> None:
        """The paragraphs of text boxes after the paragraph that the box hangs on."""
        for box in reversed(list(body.iter(f"{DRAW}text-box"))):
            host = next(box.iterancestors(*PARAGRAPHS), None)
            if host is not None:
                for part in reversed(list(box)):
                    host.addnext(part)
                drop(box)

    def _unwrap(self, body: etree._Element) -> None:
        for each in reversed(list(body.iter(*WRAPS))):
            for child in list(each):
                if child.tag.endswith("-source"):
                    continue
                each.addprevious(child)
            drop(each)

    def _lift_headings(self, body: etree._Element) -> None:
        """Lists of nothing but headings are no lists; their numbers are told by their looks."""
        numbers = {each: self._of(each) for each in body.iter(*PARAGRAPHS)}
        for whole in [each for each in body.iter(f"{TEXT}list") if next(each.iterancestors(f"{TEXT}list", f"{TABLE}table"), None) is None]:
            inside = list(whole.iter(*PARAGRAPHS))
            told = [numbers[each] for each in inside if numbers[each] is not None]
            if told and len(told) == len(inside) and all(
                    each.look.level or len(each.text) <= SHORT and each.look.bold >= 0.9 for each in told):
                for each in inside:
                    whole.addprevious(each)
                drop(whole)

    def _of(self, paragraph: etree._Element) -> Paragraph | None:
        number, closed, _ = (paragraph.text or "").removeprefix(OPEN).partition(CLOSE)
        return self.paragraphs.get(int(number)) if closed and number.isdigit() else None


def _between(body: etree._Element) -> dict[str, str]:
    """The words between the beginning and the end of each insertion."""
    open_now: dict[str, list[str]] = {}
    done: dict[str, str] = {}
    for event, each in etree.iterwalk(body, events=("start", "end")):
        words = each.text if event == "start" else each.tail
        if event == "start" and each.tag == f"{TEXT}change-start" and len(open_now) < AT_ONCE:
            open_now[each.get(f"{TEXT}change-id", "")] = []
        elif event == "start" and each.tag == f"{TEXT}change-end":
            key = each.get(f"{TEXT}change-id", "")
            done[key] = "".join(open_now.pop(key, []))
        for pieces in open_now.values() if words else ():
            if len(pieces) < SHOWN:
                pieces.append(words)
    return done
