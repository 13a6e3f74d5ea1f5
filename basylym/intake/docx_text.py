"""The text of a DOCX made ready for pandoc: its paragraphs numbered, its fields marked, its changes taken out and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from basylym.intake.citing_fields import read_control, read_instruction
from basylym.intake.document import Change, Look
from basylym.intake.docx_changes import TRACKED, change_of, merged, take_rows, unwrap, words_in
from basylym.intake.docx_looks import ALIGN, LEVELS, MC, Letters, Numbering, Styles, W, letters_of, look_of, value
from basylym.intake.nodes import CITE, CITED, CLOSE, OPEN
from basylym.messages import Phrase

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
ROUND = tuple(W + name for name in ("fldSimple", "sdt", "sdtContent", "smartTag", "customXml", "dir", "bdo"))
"""Elements round runs that say nothing of them."""
NOTES = (W + "footnoteReference", W + "endnoteReference")
OTHER_THAN_LETTERS = (W + "drawing", W + "pict", M + "oMath", W + "sym", *NOTES)
BOOKMARK = "ZOTERO_BREF_"
QUOTES = {"quote", "intense quote", "block text", "цитата", "цитата 2", "выделенная цитата", "дәйексөз", "quotations"}
"""Styles of quotations, in small letters."""
KEPT = {"source code", "definition term", "definition"}
"""Styles that pandoc reads better than their look tells."""
INDENT = 280
"""A paragraph drawn in on both sides by so much (twentieths of a point) is a quotation; half a centimetre."""
MOST_COLUMNS = 200
SHORT = 200
"""A heading has no more letters."""


@dataclass
class Paragraph:
    """What is known of a paragraph besides its words."""

    look: Look
    changes: list[Change] = field(default_factory=list)
    count: int | None = None
    """Its number in an automatic list."""
    text: str = ""
    """Its words, for the proof that none is lost."""


@dataclass
class DocxText:
    """What the parts of a document share while they are made ready."""

    styles: Styles
    numbering: Numbering
    comments: dict[str, Change]
    properties: Mapping[str, str] = field(default_factory=dict)
    """The file's own properties, where Zotero keeps what does not fit into a bookmark."""
    paragraphs: dict[int, Paragraph] = field(default_factory=dict)
    citing: dict[int, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    warnings: list[Phrase] = field(default_factory=list)
    page: int = 1
    paged: bool = False
    notes: Mapping[str, etree._Element] = field(default_factory=dict)
    """The notes by the kind and number of their marks."""
    _waiting: list[Change] = field(default_factory=list)
    _changes: dict[etree._Element, list[Change]] = field(default_factory=dict)

    def make_ready(self, root: etree._Element) -> None:
        """Marks one part: the text itself, the footnotes, the endnotes."""
        moved = {words_in(each) for each in root.iter(W + "moveTo")}
        _lift_boxes(root)
        _open_ruby(root)
        for each in list(root.iter(W + "cr", W + "ptab")):
            each.tag = W + ("br" if each.tag == W + "cr" else "tab")
        for each in reversed(list(root.iter(W + "customXml", *TRACKED))):
            if len(each) and next(each.iterancestors(W + "p"), None) is None:
                unwrap(each)
        self._take_objects(root)
        self._changes = take_rows(root)
        for table in root.iter(W + "tbl"):
            _widen_grid(table)
        # words for those who don't see the table, which pandoc takes for its caption
        for each in list(root.iter(W + "tblCaption", W + "tblDescription")):
            each.getparent().remove(each)
        for paragraph in list(root.iter(W + "p")):
            self._read_paragraph(paragraph, moved)
        if self._waiting and self.paragraphs:
            self.paragraphs[max(self.paragraphs)].changes += self._waiting
            self._waiting = []

    # --- one paragraph --------------------------------------------------------------------------------------------------
    def _read_paragraph(self, paragraph: etree._Element, moved: set[str]) -> None:
        changes = [*self._waiting, *self._changes.pop(paragraph, ()), *merged(self._take_changes(paragraph, moved))]
        self._waiting = []
        self._mark_fields(paragraph)
        _unwrap_all(paragraph)
        style = value(paragraph.find(W + "pPr"), "pStyle") or self.styles.default
        letters, page = [], None
        for run in paragraph.iter(W + "r"):
            text = "".join(each.text or "" for each in run.iterchildren(W + "t")).translate({ord(CITED): None})
            if text.startswith(CITE):
                continue
            for each in run.iterchildren(W + "lastRenderedPageBreak", W + "br"):
                rendered = each.tag == W + "lastRenderedPageBreak"
                self.paged |= rendered
                self.page += rendered
            if page is None and text.strip():
                page = self.page
            if text:
                letters.append(letters_of(run, text, self.styles, style))
        length = sum(len(each.text) for each in letters)
        holds = length or next(paragraph.iter(*OTHER_THAN_LETTERS), None) is not None
        record = self._place(paragraph, style, letters, length, page or self.page)
        if not holds:
            self._waiting = changes
            return
        number = len(self.paragraphs) + 1
        record.changes = changes
        self.paragraphs[number] = record
        paragraph.insert(1 if paragraph.find(W + "pPr") is not None else 0, _run(f"{OPEN}{number}{CLOSE}"))

    def _place(self, paragraph: etree._Element, style: str | None, letters: list[Letters], length: int, page: int) -> Paragraph:
        """The look of a paragraph; its own properties are cut down to what pandoc is to see of them."""
        properties = paragraph.find(W + "pPr")
        name = self.styles.name(style)
        own = value(properties, "jc") or (told.get(W + "val") if (told := self.styles.paragraph(style, "jc")) is not None else "")
        level = value(properties, "outlineLvl") or ""
        level = (int(level) + 1 if int(level) < LEVELS else None) if level.isdigit() else self.styles.level(style)
        listed, depth = self._list_of(properties, style)
        in_cell = next(paragraph.iterancestors(W + "tc"), None) is not None
        mark, count = self.numbering.count(listed, depth) if listed and length else ("", None)
        look = look_of(letters, style=name, level=level, align=ALIGN.get(own, ""), numbering=mark, page=page)
        bare = etree.Element(W + "pPr")
        if name.lower() in KEPT:
            etree.SubElement(bare, W + "pStyle").set(W + "val", style)
        heading = level is not None or length <= SHORT and (look.bold >= 0.9 or look.caps >= 0.9 or look.align == "center")
        if mark and (in_cell or not heading):
            numbers = etree.SubElement(bare, W + "numPr")
            etree.SubElement(numbers, W + "ilvl").set(W + "val", str(depth))
            etree.SubElement(numbers, W + "numId").set(W + "val", listed)
        elif level is None and (name.lower() in QUOTES or _drawn_in(properties) and look.align in ("", "left", "both") and not in_cell):
            etree.SubElement(bare, W + "ind").set(W + "left", "720")
        if properties is not None:
            if (frame := properties.find(W + "framePr")) is not None and frame.get(W + "dropCap") in ("drop", "margin"):
                bare.append(frame)
            if (kept := properties.find(W + "rPr")) is not None:
                bare.append(kept)
            paragraph.remove(properties)
        paragraph.insert(0, bare)
        return Paragraph(look, count=count, text="".join(each.text for each in letters))

    def _list_of(self, properties: etree._Element | None, style: str | None) -> tuple[str, int]:
        """The list that a paragraph stands in, by itself or by its style, and how deep."""
        numbers = None if properties is None else properties.find(W + "numPr")
        by_style = self.styles.paragraph(style, "numPr")
        key = value(numbers, "numId") or value(by_style, "numId") or ""
        depth = value(numbers, "ilvl") or value(by_style, "ilvl") or "0"
        return ("" if key == "0" else key), min(int(depth), LEVELS - 1) if depth.isdigit() else 0

    # --- changes --------------------------------------------------------------------------------------------------------
    def _take_changes(self, paragraph: etree._Element, moved: set[str]) -> Iterator[Change]:
        """The changes of a paragraph; what was deleted goes, what was inserted stays as if it had always stood there."""
        for each in list(paragraph.iter(W + "ins", W + "del", W + "moveFrom", W + "moveTo", W + "commentReference")):
            if each.getparent() is None:
                continue
            if each.tag == W + "commentReference":
                if (comment := self.comments.pop(each.get(W + "id"), None)) is not None:
                    yield comment
            elif each.getparent().tag == W + "rPr":
                if each.getparent().getparent().tag == W + "pPr":
                    yield change_of("inserted" if each.tag in TRACKED else "deleted", "¶", each)
            elif each.tag in TRACKED:
                if text := words_in(each) + self._noted(each):
                    yield change_of("inserted" if each.tag == W + "ins" else "moved", text, each)
                unwrap(each)
            else:
                text = words_in(each) + self._noted(each)
                if text and not (each.tag == W + "moveFrom" and text in moved):
                    yield change_of("deleted", text, each)
                each.getparent().remove(each)

    def _noted(self, change: etree._Element) -> str:
        """The words of the notes that were inserted or deleted with their marks."""
        words = ""
        for each in change.iter(*NOTES):
            note = self.notes.get(f"{each.tag.rpartition('}')[2]} {each.get(W + 'id')}")
            if note is None:
                continue
            gone, text = change.tag in (W + "del", W + "moveFrom"), words_in(note).strip()
            if gone or next(note.iter(W + "ins", W + "del"), None) is None:  # else it is told where it stands
                words += f" [{text}]" if text else ""
            if gone:
                for part in list(note):
                    note.remove(part)
        return words

    # --- fields ---------------------------------------------------------------------------------------------------------
    def _mark_fields(self, paragraph: etree._Element) -> None:
        """Marks the citations of a paragraph, in whatever way their program keeps them."""
        for begin, end, inside, items in [*self._complex(paragraph), *self._simple(paragraph), *self._bookmarked(paragraph)]:
            if items and begin.getparent() is end.getparent() and end.getparent() is not None:
                number = len(self.citing) + 1
                self.citing[number] = items
                begin.addprevious(_run(f"{CITE}{OPEN}{number}{CLOSE}"))
                end.addnext(_run(CITED))
                for each in inside:
                    if (parent := each.getparent()) is not None:
                        parent.remove(each)

    def _complex(self, paragraph: etree._Element) -> Iterator[tuple]:
        """Fields between their own beginning and end, one inside another perhaps."""
        fields: list[dict] = []
        for each in list(paragraph.iter(W + "fldChar", W + "instrText")):
            if each.tag == W + "instrText":
                if fields:
                    fields[-1]["code"].append(each.text or "")
                    fields[-1]["inside"].append(each)
                continue
            kind = each.get(W + "fldCharType")
            data = "".join(text.text or "" for text in each.iterchildren(W + "fldData"))
            if kind == "begin":
                fields.append({"begin": each.getparent(), "code": [], "inside": [each], "data": data})
            elif fields:
                fields[-1]["inside"].append(each)
                if kind == "end":
                    done = fields.pop()
                    code = "".join(done["code"])
                    if fields and code.strip().startswith("ADDIN EN.CITE.DATA"):
                        fields[-1]["data"] += done["data"]
                        fields[-1]["inside"] += done["inside"]
                        continue
                    yield done["begin"], each.getparent(), done["inside"], read_instruction(code, done["data"])

    def _simple(self, paragraph: etree._Element) -> Iterator[tuple]:
        for each in paragraph.iter(W + "fldSimple", W + "sdt"):
            if each.tag == W + "fldSimple":
                yield each, each, (), read_instruction(each.get(W + "instr", ""))
            elif tag := value(each.find(W + "sdtPr"), "tag"):
                yield each, each, (), read_control(tag)

    def _bookmarked(self, paragraph: etree._Element) -> Iterator[tuple]:
        begins = [each for each in paragraph.iter(W + "bookmarkStart") if each.get(W + "name", "").startswith(BOOKMARK)]
        ends = {each.get(W + "id"): each for each in paragraph.iter(W + "bookmarkEnd")} if begins else {}
        for begin in begins:
            end = ends.get(begin.get(W + "id"), begin)
            yield begin, end, (begin, end), read_instruction(kept_code(self.properties, begin.get(W + "name", "")))

    # --- objects --------------------------------------------------------------------------------------------------------
    def _take_objects(self, root: etree._Element) -> None:
        """Charts and diagrams, which have no picture, go and are told; of an embedded object its picture stays."""
        for each in [*root.iter(CHART), *root.iter(DIAGRAM)]:
            drawing = next(each.iterancestors(W + "drawing"), None)
            if drawing is not None and drawing.getparent() is not None:
                before = _before(drawing)
                drawing.getparent().remove(drawing)
                self.warnings.append(Phrase("a chart, of which the file holds no picture, was left out after “{words}”: "
                                            "save it as a picture", words=before[-80:]))
        for each in list(root.iter(W + "object")):
            kind = next((part.get("ProgID", "") for part in each.iter(OLE)), "")
            for part in list(each.iter(OLE)):
                part.getparent().remove(part)
            each.tag = W + "pict"
            self.warnings.append(Phrase("an embedded object ({kind}) is kept as the picture that is shown of it", kind=kind[:60] or "OLE"))
        for each in list(root.iter(W + "altChunk")):
            each.getparent().remove(each)
            self.warnings.append(Phrase("another file put into this one was not read: open it in Word and save it anew"))


def _before(element: etree._Element) -> str:
    """The last words before an element, for people to find its place."""
    paragraph = next(element.iterancestors(W + "p"), element)
    return next((text for each in paragraph.itersiblings(W + "p", preceding=True) if (text := words_in(each)).strip()), "")


def kept_code(properties: Mapping[str, str], name: str) -> str:
    """The code of a field that Zotero keeps in pieces among the properties of the file."""
    pieces: list[str] = []
    while (piece := properties.get(f"{name}_{len(pieces) + 1}")) is not None:
        pieces.append(piece)
    return "".join(pieces)


def usual_looks(paragraphs: Mapping[int, Paragraph], paged: bool) -> None:
    """Tells every look what letters are usual, and forgets pages where the file does not have them."""
    sizes: Counter = Counter()
    for each in paragraphs.values():
        if each.look.size:
            sizes[each.look.size] += len(each.text)
    usual = sizes.most_common(1)[0][0] if sizes else None
    for each in paragraphs.values():
        each.look = replace(each.look, usual=usual, page=each.look.page if paged else None)


def _lift_boxes(root: etree._Element) -> None:
    """The paragraphs of text boxes after the paragraph that the box hangs on; what older programs see instead of it goes."""
    for each in list(root.iter(MC + "Fallback")):
        choice = each.getprevious()
        if choice is not None and next(choice.iter(W + "txbxContent"), None) is not None:
            each.getparent().remove(each)
    for box in reversed(list(root.iter(W + "txbxContent"))):
        host = next(box.iterancestors(W + "p"), None)
        if host is not None:
            for part in reversed(list(box)):
                host.addnext(part)
            box.getparent().remove(box)


def _open_ruby(root: etree._Element) -> None:
    """Words with their reading above them as the words and the reading in brackets, as plain text has it."""
    for each in list(root.iter(W + "ruby")):
        run = next(each.iterancestors(W + "r"), None)
        base, above = each.find(W + "rubyBase"), each.find(W + "rt")
        if run is None or base is None:
            continue
        reading = [] if above is None or not words_in(above) else [_run(" ("), *above.iterchildren(W + "r"), _run(")")]
        for part in (*base.iterchildren(W + "r"), *reading):
            run.addprevious(part)
        each.getparent().remove(each)


def _widen_grid(table: etree._Element) -> None:
    """Gives a table as many columns as its widest row has: pandoc drops cells beyond those that are announced."""
    widest = 0
    for row in table.iterchildren(W + "tr"):
        told = [value(row.find(W + "trPr"), "gridBefore"), *(value(cell.find(W + "tcPr"), "gridSpan") or "1"
                                                             for cell in row.iter(W + "tc") if _table_of(cell) is table)]
        widest = max(widest, sum(int(each[:3]) for each in told if each and each.isdigit()))
    grid = table.find(W + "tblGrid")
    if grid is None:
        grid = etree.Element(W + "tblGrid")
        table.insert(1 if table.find(W + "tblPr") is not None else 0, grid)
    for _ in range(min(widest, MOST_COLUMNS) - len(grid)):
        etree.SubElement(grid, W + "gridCol").set(W + "w", "1000")


def _table_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors(W + "tbl"), None)


def _drawn_in(properties: etree._Element | None) -> bool:
    indent = None if properties is None else properties.find(W + "ind")
    if indent is None:
        return False
    sides = [indent.get(W + name) or indent.get(W + other) or "" for name, other in (("left", "start"), ("right", "end"))]
    return all(side.isdigit() and int(side[:6]) >= INDENT for side in sides)


def _unwrap_all(paragraph: etree._Element) -> None:
    """Takes away what stands round runs and says nothing: pandoc drops the words in some of them."""
    for each in reversed(list(paragraph.iter(*ROUND))):
        for properties in list(each):
            if properties.tag.endswith("Pr"):
                each.remove(properties)
        unwrap(each)


def _run(text: str) -> etree._Element:
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "t").text = text
    return run
