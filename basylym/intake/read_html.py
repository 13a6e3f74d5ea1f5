"""A web page as a document: what it hides is left out, its tables are set right for pandoc, and its words are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html

from basylym.intake.document import Document, LeftOut
from basylym.intake.html_beside import Beside
from basylym.intake.read_pandoc import SECONDS_OF_TEXT, ask_pandoc, build_document
from basylym.intake.unread import find_unread
from basylym.read.html import drop, line_of

SILENT = frozenset(("script", "style", "template", "noscript", "head", "title", "math", "svg", "textarea", "select", "button", "iframe",
                    "object", "video", "audio", "canvas"))
"""Elements whose words are no text of the page, or are kept in another form."""
PLACES = frozenset(("p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "dt", "dd", "figcaption", "pre",
                    "blockquote", "body", "section", "article"))
"""Elements that words are told with."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
READER = "html-native_divs-native_spans+tex_math_single_backslash"
MOST_COLUMNS = 200
MOST_ROWS = 20_000
"""So many rows and columns are set right; a larger table is left as it is."""
DEEPEST_HEAD = 8
"""The most rows of a table's head."""


def read_html(text: str, name: str) -> Document:
    """A web page as a document."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return build_document(_ask(text, name), name, "html")
    left = tuple(_take_hidden(root))
    wanted = list(_texts(root))
    beside = Beside(root)
    for table in list(root.iter("table")):
        set_right(table)
    read = _ask(etree.tostring(root, encoding="unicode", method="html"), name)
    document = build_document({**read, "blocks": beside.finish(read["blocks"])}, name, "html")
    blocks = tuple(map(beside.give, document.blocks))
    told = [*beside.left, *(LeftOut(text, "number") for text in beside.marks),
            *(LeftOut(each.text, "") for each in beside.changes if each.kind == "deleted")]
    return replace(document, blocks=blocks, left_out=(*document.left_out, *left, *beside.left),
                   unread=tuple(find_unread(wanted, blocks, told)))


def _ask(text: str, name: str) -> dict:
    return ask_pandoc(text.encode("utf-8", "replace"), READER, name, seconds=SECONDS_OF_TEXT)


def _take_hidden(root: etree._Element) -> Iterator[LeftOut]:
    """Takes out what the page does not show."""
    for each in list(root.iter(etree.Element)):
        hidden = "hidden" in each.attrib or HIDDEN.search(each.get("style", ""))
        if hidden or each.tag == "nav" or each.get("role") == "navigation":
            if text := line_of(each):
                yield LeftOut(text, "hidden") if hidden else LeftOut(text, "running_head", "nav")
            drop(each)


def _texts(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The words of the page, each piece with the words of the element that it stands in."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in SILENT:
            continue
        place = next((each for each in (element, *element.iterancestors()) if each.tag in PLACES), element)
        said = " ".join([element.text or "", *(child.tail or "" for child in element)])
        if said.strip():
            yield said, place.tag
        waiting.extend(reversed(element))


# --- tables ------------------------------------------------------------------------------------------------------------------
def set_right(table: etree._Element) -> None:
    """Makes a table as pandoc reads it whole: heads in a head, as many rows of it as its cells reach, spans that end where it ends."""
    groups = [each for each in table if each.tag in ("thead", "tbody", "tfoot")]
    loose = [each for each in table if each.tag == "tr"]
    if loose:
        body = etree.Element("tbody")
        loose[0].addprevious(body)
        body.extend(loose)
        groups = [each for each in table if each.tag in ("thead", "tbody", "tfoot")]
    for foot in [group for group in groups if group.tag == "tfoot"] if any(group.tag == "tbody" for group in groups) else ():
        next(group for group in reversed(groups) if group.tag == "tbody").extend(list(foot))  # pandoc's foot is a second head in Markdown
        table.remove(foot)
        groups.remove(foot)
    rows = [row for group in groups for row in group if row.tag == "tr"]
    if not rows or len(rows) > MOST_ROWS:
        return
    _set_head(groups)
    _set_spans(table)


def _set_head(groups: list[etree._Element]) -> None:
    """The rows of heads in a head: those that are all heads, and those that a head reaches into."""
    head = next((group for group in groups if group.tag == "thead"), None)
    body = next((group for group in groups if group.tag == "tbody"), None)
    rows = [row for row in head if row.tag == "tr"] if head is not None else []
    below = [row for row in body if row.tag == "tr"] if body is not None else []
    if not rows:
        taken = 0
        while taken < len(below) and len(_cells(below[taken])) and all(cell.tag == "th" for cell in _cells(below[taken])):
            taken += 1
        rows, below = below[:taken], below[taken:]
        if not below or len(rows) > DEEPEST_HEAD:
            return
    reach = max((at + _span(cell, "rowspan") for at, row in enumerate(rows) for cell in _cells(row)), default=0)
    more = min(reach - len(rows), len(below) - 1, DEEPEST_HEAD - len(rows))
    if more > 0:
        rows += below[:more]
    if rows:
        if head is None:
            head = etree.Element("thead")
            body.addprevious(head)
        for row in rows:
            head.append(row)


def _set_spans(table: etree._Element) -> None:
    """Spans as far as there are rows, and columns that some cell begins in."""
    for group in table:
        if group.tag not in ("thead", "tbody", "tfoot"):
            continue
        rows = [row for row in group if row.tag == "tr"]
        for at, row in enumerate(rows):
            for cell in _cells(row):
                span = _span(cell, "rowspan")
                cell.set("rowspan", str(min(span or len(rows), len(rows) - at)))
    placed = list(_place(table))
    starts = sorted({column for _, column, _ in placed})
    for cell, column, span in placed:
        inside = sum(column <= start < column + span for start in starts) if span > 1 else 1
        cell.set("colspan", str(max(1, inside)))
        if cell.get("rowspan") == "1":
            del cell.attrib["rowspan"]
        if cell.get("colspan") == "1":
            del cell.attrib["colspan"]


def _place(table: etree._Element) -> Iterator[tuple[etree._Element, int, int]]:
    """The cells of a table with the column each begins in and how many it spans."""
    for group in table:
        if group.tag not in ("thead", "tbody", "tfoot"):
            continue
        open_rows: dict[int, int] = {}
        for row in group:
            if row.tag != "tr":
                continue
            column, new = 0, {}
            for cell in _cells(row):
                while open_rows.get(column, 0) > 0:
                    column += 1
                span = max(1, min(_span(cell, "colspan"), MOST_COLUMNS - min(column, MOST_COLUMNS - 1)))
                yield cell, column, span
                if (rows := _span(cell, "rowspan")) > 1:
                    new.update(dict.fromkeys(range(column, column + span), rows - 1))
                column += span
            open_rows = {at: left - 1 for at, left in open_rows.items() if left > 1} | new


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: etree._Element, name: str) -> int:
    """How far a cell reaches; 0 is to the end."""
    found = re.match(r"\s*(\d{1,5})", cell.get(name, "1"))
    return int(found[1]) if found else 1
