"""The article's logical structure as PDF tells it: a tree of standard structure types, in the order a reader should hear it.

The tree follows the elements of the page's HTML and not the boxes that a layout cuts them into, so a paragraph, a list or a
table that runs over several pages or columns is one element. A note stands after the block that refers to it, so that no
sentence is cut in two. Rules: ISO 32000-1:2008, 14.8.4; ISO 14289-1:2014, 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

SVG = "{http://www.w3.org/2000/svg}"
KINDS = {"article": "Art", "section": "Sect", "blockquote": "BlockQuote", "p": "P", "pre": "P", "table": "Table", "thead": "THead",
         "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption",
         "ul": "L", "ol": "L", "dl": "L", "li": "LI", "figure": "Div", "img": "Figure", f"{SVG}svg": "Figure", "q": "Quote",
         "code": "Code", **{f"h{level}": f"H{level}" for level in range(1, 7)}}
"""Elements and the standard type of each; any other one groups blocks, or is a stretch of text."""
GROUPS = {"Document", "Art", "Sect", "Div", "BlockQuote"}
"""Types that hold blocks: text right inside them becomes a paragraph."""
INLINE = {"Span", "Link", "Reference", "Quote", "Code", "Formula", "Figure"}
EVEN_EMPTY = {"Table", "TR", "TH", "TD"}
"""A table has all its cells, those without words too."""
NUMBERING = {"decimal": "Decimal", "lower-alpha": "LowerAlpha", "lower-latin": "LowerAlpha", "upper-alpha": "UpperAlpha",
             "upper-latin": "UpperAlpha", "lower-roman": "LowerRoman", "upper-roman": "UpperRoman", "disc": "Disc",
             "circle": "Circle", "square": "Square"}
"""CSS's list styles in PDF's words (ISO 32000-1, table 347); a mark of any other kind counts nothing: None."""
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of a page's content, by the number it is marked with there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A link's area on a page: its annotation."""

    page: int
    annotation: Any


@dataclass(eq=False)
class Node:
    """One structure element."""

    kind: str
    """Its standard type, P."""
    element: Any = None
    """The HTML element it is."""
    parent: Node | None = None
    """What it stands in."""
    kids: list[Node | Content | Area] = field(default_factory=list)
    """What stands in it, in reading order."""
    lang: str = ""
    """Its language, where that is another than that of what it stands in."""
    alt: str = ""
    """The words for those who don't see it."""
    actual: str = ""
    """What its text really says, where it is printed otherwise: half a word, without the hyphen that breaks it."""
    id: str = ""
    """Its name among all elements that others refer to."""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Attributes by their owner: Table, List, Layout."""
    loose: bool = False
    """Whether it only groups what could as well stand without it."""

    def nodes(self) -> Iterator[Node]:
        """Itself and every node in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()

    def up(self) -> Iterator[Node]:
        """Itself and whatever it stands in, outwards."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def add(self, kind: str, element: Any, at: int | None = None) -> Node:
        """A new node in this one, at its end unless told otherwise."""
        node = Node(kind, element, self)
        self.kids.insert(len(self.kids) if at is None else at, node)
        return node


def read_structure(document: Any, marks: list[dict[Any, dict]], language: str) -> Node:
    """The tree of a document that has been drawn; `marks` says for each page which box was marked with which number."""
    reading = _Reading(language)
    for number, (page, marked) in enumerate(zip(document.pages, marks, strict=True)):
        reading.page, reading.marks, reading.height = number, marked, page.height
        reading.read(page._page_box, reading.root)
    _tidy(reading.root)
    taken: set[str] = set()
    for node in reading.root.nodes():
        if node.kind in ("Note", "TH"):
            node.id = _name(node.element.get("id") or node.kind.lower(), taken)
    for node in reading.root.nodes():
        if node.kind == "Table":
            tie_cells(node)
    return reading.root


def unboxed(box: Any) -> Any:
    """A box that is placed by its coordinates stands in a placeholder."""
    return getattr(box, "_box", box)


def box_area(box: Any) -> tuple[float, float, float, float]:
    """Where a click meets a box: left, top, right, bottom."""
    left, top, width, height = box.hit_area()
    return left, top, left + width, top + height


class _Reading:
    """Walks through the boxes of page after page, and gives each its place in the tree."""

    def __init__(self, language: str):
        self.root = Node("Document", lang=language)
        self.places: dict[Any, Node] = {}
        self.calls: dict[Any, Node] = {}
        self.page, self.height, self.marks = 0, 0.0, {}

    def read(self, box: Any, node: Node) -> None:
        from weasyprint.formatting_structure import boxes

        box = unboxed(box)
        if isinstance(box, boxes.MarginBox):
            return
        if not isinstance(box, boxes.TextBox):
            node = self.place(box, node)
        if box.link_annotation:
            link = next((each for each in node.up() if each.kind == "Link"), None)
            assert link is not None, f"a link's area on page {self.page + 1} belongs to no link"
            link.kids.append(Area(self.page, box.link_annotation))
        if box in self.marks:
            if getattr(box, "broken", False):
                node = node.add("Span", None)
                node.actual = box.text[:-1]
            node.kids.append(Content(self.page, self.marks.pop(box)["mcid"]))
        for child in getattr(box, "children", ()):
            self.read(child, node)

    def place(self, box: Any, node: Node) -> Node:
        """The node that the content of a box belongs to."""
        element = box.element
        if element is None:
            return node
        pseudo = (box.element_tag or "").partition("::")[2]
        if pseudo == "marker":
            return self.label(self.places.get(element, node), element, box.style["list_style_type"])
        if pseudo == "footnote-marker":
            return self.link(self.once((element, "label"), lambda: node.add("Lbl", element)), element)
        if pseudo == "footnote-call":
            self.calls.setdefault(element, node)
            return self.link(self.once((element, "call"), lambda: node.add("Reference", element)), element)
        if pseudo or element is node.element:
            return node
        if element.get("role") == "note":  # one that stands beside the text, as in a proof
            self.calls.setdefault(element, node)
        if element not in self.places:
            found = self.note(element) if element in self.calls else self.begin(box, element, node)
            if found.kind == "Note" and LANGUAGE_TAG.fullmatch(element.get("lang") or ""):
                found.lang = element.get("lang")
            if found is node:  # a stretch of text like that round it
                return node
            self.places[element] = found
        found = self.places[element]
        return self.body(found) if found.kind == "LI" else found

    def once(self, key: Any, make: Callable[[], Node]) -> Node:
        if key not in self.places:
            self.places[key] = make()
        return self.places[key]

    def begin(self, box: Any, element: Any, node: Node) -> Node:
        """A node for an element that is met for the first time; the one round it for a stretch of text that is nothing more."""
        from weasyprint.formatting_structure import boxes

        name, lang = element.tag, element.get("lang") or ""
        if not LANGUAGE_TAG.fullmatch(lang) or lang == next(each.lang for each in node.up() if each.lang):
            lang = ""
        if "entry-number" in (element.get("class") or "").split() and node.kind == "LBody":
            label = self.label(node.parent, node.element, "decimal")
            return label.add("Link", element) if element.get("href") else label
        if name == "a" and element.get("href"):
            made = node.add("Link", element)
        elif name in ("dt", "dd"):
            made = self.definition(name, element, node)
        elif name in KINDS:
            made = node.add(KINDS[name], element)
        elif isinstance(box, boxes.InlineLevelBox):
            if not lang:
                return node
            made = node.add("Span", element)
        else:
            made = node.add("Div", element)
            made.loose = True
        made.lang = lang
        if made.kind == "Figure":
            self.describe(made, box)
        elif made.kind in ("TD", "TH"):
            spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
            made.attributes["Table"] = {key: value for key, value in spans.items() if value != 1}
        return made

    def describe(self, figure: Node, box: Any) -> None:
        """What a picture or a formula shows, and where it stands on its page."""
        if figure.element.tag == f"{SVG}svg":
            figure.kind = "Formula" if figure.element.get("role") == "math" else "Figure"
            figure.alt = (figure.element.findtext(f"{SVG}title") or "").strip()
        else:
            figure.alt = (figure.element.get("alt") or "").strip()
        left, top = box.content_box_x(), self.height - box.content_box_y()
        figure.attributes["Layout"] = {"BBox": [round(0.75 * each, 3) for each in (left, top - box.height, left + box.width, top)]}

    def label(self, item: Node, element: Any, style: Any) -> Node:
        """The mark of a list's item, and for the list what its marks count with."""
        if item.kind == "LI" and item.parent is not None:
            counting = NUMBERING.get(style, "None") if isinstance(style, str) else "None"
            item.parent.attributes.setdefault("List", {"ListNumbering": f"/{counting}"})
        return self.once((element, "label"), lambda: item.add("Lbl", element, 0))

    def body(self, item: Node) -> Node:
        return self.once((item.element, "body"), lambda: item.add("LBody", item.element))

    def definition(self, name: str, element: Any, node: Node) -> Node:
        """A term is its item's label; what is said of it, and of further terms right before, the item's body."""
        item = node.kids[-1] if node.kids and isinstance(node.kids[-1], Node) and node.kids[-1].kind == "LI" else None
        if item is None or (name == "dt" and any(kid.kind == "LBody" for kid in item.kids)):
            item = node.add("LI", element)
        node.attributes.setdefault("List", {"ListNumbering": "/None"})
        if name == "dt":
            return item.add("Lbl", element)
        body = next((kid for kid in item.kids if kid.kind == "LBody"), None) or item.add("LBody", None)
        made = body.add("Div", element)
        made.loose = True
        return made

    def link(self, node: Node, element: Any) -> Node:
        return self.once((element, node.kind, "link"), lambda: node.add("Link", element))

    def note(self, element: Any) -> Node:
        """A note stands after the paragraph or heading that refers to it, or at the end of the cell or item that does."""
        block = next(each for each in self.calls[element].up() if each.kind not in INLINE)
        if block.parent is None or not re.fullmatch("P|H[1-6]", block.kind):
            return block.add("Note", element)
        kids = block.parent.kids
        at = len(kids)
        while kids[at - 1] is not block:  # it is one of the last
            at -= 1
        while at < len(kids) and getattr(kids[at], "kind", "") == "Note":
            at += 1
        return block.parent.add("Note", element, at)


def _tidy(node: Node) -> None:
    """Takes out what is empty and what only groups, and makes paragraphs of text that stands between blocks."""
    kids: list[Node | Content | Area] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            _tidy(kid)
            if not kid.kids and kid.kind not in EVEN_EMPTY:
                continue
            if kid.loose and kid.kind == "Div" and not kid.lang:
                for inner in kid.kids:
                    inner.parent = node
                kids += kid.kids
                continue
        kids.append(kid)
    node.kids = kids
    if node.kind not in GROUPS or all(isinstance(kid, Node) and kid.kind not in INLINE - {"Figure"} for kid in kids):
        return
    if node.loose and all(_is_text(kid) for kid in kids):
        node.kind = "P"
        return
    node.kids = []
    for kid in kids:
        if not _is_text(kid):
            node.kids.append(kid)
            continue
        last = node.kids[-1] if node.kids else None
        run = last if isinstance(last, Node) and last.kind == "P" and last.element is None else node.add("P", None)
        run.kids.append(kid)
        if isinstance(kid, Node):
            kid.parent = run


def _is_text(kid: Node | Content | Area) -> bool:
    return not isinstance(kid, Node) or kid.kind in INLINE


def _name(wanted: str, taken: set[str]) -> str:
    """A name that no other element has."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def _is_row_head(cell: Node) -> bool:
    return cell.kind == "TH" and (cell.element.get("scope") or "").startswith("row")


def tie_cells(table: Node) -> None:
    """Gives heads their scope, and each cell the heads it is read under: those its `headers` names, else left and above."""
    grid: dict[tuple[int, int], Node] = {}
    cells: list[tuple[Node, int, int]] = []
    for number, row in enumerate(each for each in _parts(table) if each.kind == "TR"):
        column = 0
        for cell in (kid for kid in row.kids if isinstance(kid, Node) and kid.kind in ("TH", "TD")):
            while (number, column) in grid:
                column += 1
            spans = cell.attributes["Table"]
            for down in range(spans.get("RowSpan", 1)):
                for right in range(spans.get("ColSpan", 1)):
                    grid[number + down, column + right] = cell
            cells.append((cell, number, column))
            column += spans.get("ColSpan", 1)
    by_id: dict[str, Node] = {}
    for cell, _, _ in cells:
        if cell.kind == "TH":
            by_id.setdefault(cell.element.get("id"), cell)
            cell.attributes["Table"]["Scope"] = "/Row" if _is_row_head(cell) else "/Column"
    above: dict[int, list[Node]] = {}
    for cell, number, column in cells:
        spans = cell.attributes["Table"]
        columns, named = range(column, column + spans.get("ColSpan", 1)), cell.element.get("headers")
        if named is not None:
            heads = [by_id[name] for name in named.split() if name in by_id]
        else:
            left = [grid.get((number + down, before)) for down in range(spans.get("RowSpan", 1)) for before in range(column)]
            heads = [head for head in left if head is not None and _is_row_head(head)]
            heads += [head for each in columns for head in above.get(each, []) if head is not cell]
        if names := [head.id for head in dict.fromkeys(heads)]:
            spans["Headers"] = names
        if cell.kind == "TH" and not _is_row_head(cell):
            for each in columns:
                above.setdefault(each, []).append(cell)


def _parts(table: Node) -> Iterator[Node]:
    """The rows of a table, not of tables in its cells."""
    for kid in table.kids:
        if isinstance(kid, Node) and kid.kind == "TR":
            yield kid
        elif isinstance(kid, Node) and kid.kind in ("THead", "TBody", "TFoot"):
            yield from _parts(kid)
