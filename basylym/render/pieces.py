"""The text as a printed page takes it: runs, which a layout may set in columns, and between them what stands across the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from basylym.read.pictures import Picture
from basylym.render.mathematics import draw
from basylym.typography.formula_widths import MATHML
from basylym.typography.table_widths import fit_table

COLUMN_PIXELS = 310
"""The width of a column of the modern layout, in CSS pixels."""
COLUMN_EMS = 20
"""The longest formula beside its number in a column, in its own ems."""
COLUMN_LETTERS = 50
"""The longest line of code in a column, in letters."""
LONG_WORD = re.compile(r"(\S{40,})")
"""A word that may fit no line."""
LONG_CODE = re.compile(r"\S{30,}")
"""Code of one width that may fit no line of a column, with a short word tied to it."""
LONG_ADDRESS = re.compile(r"\S{30,}")
"""A word that leaves wide gaps in the line before it, where it is an address."""
CALLED = re.compile(r"(?:[^\w\s]{1,9}|\w)\Z")
"""What a note's number stands behind: the marks at a word's end, else its last letter."""
WHOLE_ROWS = 16
"""A table of so many rows or fewer is not parted over pages."""
INLINE = {"a", "em", "strong", "span", "b", "i", "u", "sup", "sub", "code", "del"}
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}


def part_into_pieces(tree: etree._Element, pictures: Mapping[str, Picture]) -> None:
    """Takes the sections apart into runs and pieces across; the id of a section goes into its heading, so that links find it.

    A heading right before a piece across goes with it. How wide a thing wants to be is judged by rule (a table by its words, a
    picture and a formula by their size), so that every layout gets the same text.
    """
    _free_long_words(tree)
    _hold_calls(tree)
    _loosen(tree)
    fits = {table: fit_table(table) for table in tree.iter("table")}
    for table, fit in fits.items():
        if fit not in ("column", "across"):
            _add_class(table, "too-wide small turned" if fit == "too wide" else fit)
        if sum(1 for _ in table.iter("tr")) <= WHOLE_ROWS:
            _add_class(table, "whole")
    blocks = list(_flatten(tree))
    for number, block in enumerate(blocks):
        block.set("data-block", str(number))
    tree[:] = []
    run: etree._Element | None = None
    for block in blocks:
        if not _wants_the_page(block, pictures, fits):
            if run is None:
                run = etree.SubElement(tree, "div", {"class": "run"})
            run.append(block)
            continue
        kind = "across turned-page" if "turned" in _classes(block) else "across formula" if block.tag == "div" else "across"
        piece = etree.Element("div", {"class": kind})
        while run is not None and len(run) and run[-1].tag in HEADINGS:
            piece.insert(0, run[-1])
        if run is not None and not len(run):
            tree.remove(run)
        piece.append(block)
        tree.append(piece)
        run = None


def _free_long_words(tree: etree._Element) -> None:
    """Marks words that may be broken anywhere, for want of a better place. Only these: WeasyPrint neither hyphenates nor hangs
    the space at the end of a line in a text that may."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or not any(LONG_WORD.search(text or "") for text in (element.text, element.tail)):
            continue
        above = [element, *element.iterancestors()]
        if not any(each.tag in ("pre", "code") or each.tag.startswith(MATHML) for each in above):
            element.text, marks = _mark_long_words(element.text)
            for mark in reversed(marks):
                element.insert(0, mark)
        if element is not tree and not any(each.tag in ("pre", "code") or each.tag.startswith(MATHML) for each in above[1:]):
            element.tail, marks = _mark_long_words(element.tail)
            for mark in reversed(marks):
                element.addnext(mark)
    for element in tree.iter("span", "code"):
        long = "long" in _classes(element) or element.tag == "code" and LONG_CODE.search("".join(element.itertext()))
        if long and _is_glued(element):
            _add_class(element, "glued")


def _is_glued(element: etree._Element) -> bool:
    """Whether no line may begin with an element: no space before it. Such a one is broken where it stands, or not at all."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text
    if text:
        return text[-1] not in " \n"
    if before is not None:
        return before.tag != "br"
    return parent.tag in HEADINGS or parent.tag in INLINE and _is_glued(parent)


def _hold_calls(tree: etree._Element) -> None:
    """Ties the number of a note to the sign before it, so that no line begins with a number."""
    for note in tree.xpath('.//span[@class="footnote"]'):
        before, parent = note.getprevious(), note.getparent()
        if before is not None and not before.tail and before.get("class") == "held":
            before.append(note)  # the second of two notes
        elif found := CALLED.search((before.tail if before is not None else parent.text) or ""):
            held = etree.Element("span", {"class": "held"})
            if before is not None:
                before.tail = before.tail[:found.start()]
            else:
                parent.text = parent.text[:found.start()]
            held.text, held.tail, note.tail = found[0], note.tail, None
            parent.replace(note, held)
            held.append(note)
        else:
            continue
        if note.tail:
            note.getparent().tail, note.tail = (note.getparent().tail or "") + note.tail, None


def _loosen(tree: etree._Element) -> None:
    """Marks paragraphs, list items and notes that hold a long address: they are not set to a straight edge."""
    for element in tree.iter(etree.Element):
        for text, inside in ((element.text, True), (element.tail, False)):
            if any("/" in word or "@" in word for word in LONG_ADDRESS.findall(text or "")):
                above = [*([element] if inside else []), *element.iterancestors()]
                owner = next((each for each in above if each.tag in ("p", "li") or "footnote" in _classes(each)), None)
                if owner is not None and "ragged" not in _classes(owner):
                    _add_class(owner, "ragged")


def _mark_long_words(text: str | None) -> tuple[str | None, list[etree._Element]]:
    """The text before the first long word, and for each long word a span with the text after it."""
    first, *rest = LONG_WORD.split(text or "")
    marks = []
    for word, after in zip(rest[::2], rest[1::2], strict=True):
        mark = etree.Element("span", {"class": "long"})
        mark.text, mark.tail = word, after
        marks.append(mark)
    return (first if marks else text), marks


def _flatten(element: etree._Element) -> Iterator[etree._Element]:
    for child in list(element):
        if child.tag != "section":
            yield child
            continue
        head = child[0] if len(child) and child[0].tag in HEADINGS else None
        if head is not None:
            mark = etree.Element("span", {"id": child.get("id")} if child.get("id") else {})
            mark.tail, head.text = head.text, None
            head.insert(0, mark)
            if "appendix" in _classes(child):
                _add_class(head, "appendix")
        for block in _flatten(child):
            for name in ("lang", "dir"):
                if child.get(name) and not block.get(name):
                    block.set(name, child.get(name))
            yield block


def _classes(element: etree._Element) -> list[str]:
    return element.get("class", "").split()


def _add_class(element: etree._Element, name: str) -> None:
    element.set("class", " ".join([*_classes(element), name]))


def _wants_the_page(block: etree._Element, pictures: Mapping[str, Picture], fits: Mapping[etree._Element, str]) -> bool:
    """Whether a block is too wide for a column."""
    if block.tag == "table":
        return fits[block] != "column"
    if block.tag == "figure":
        if "group" in _classes(block):
            return True
        if "listing" in _classes(block):
            return any(len(line) > COLUMN_LETTERS for line in "".join(block.xpath(".//pre//text()")).split("\n"))
        return any(_is_broad(image, pictures.get(image.get("src", ""))) for image in block.iter("img"))
    if block.tag == "div" and "equation" in _classes(block):
        return any(_ems(math) > COLUMN_EMS for math in block.iter(f"{MATHML}math"))
    return False


def _is_broad(image: etree._Element, picture: Picture | None) -> bool:
    """A picture whose author asks for no share of the line, much wider than a column and no taller than wide."""
    if picture is None or "%" in image.get("style", "") + image.get("width", ""):
        return False
    return bool(picture.width and picture.height and picture.width > 1.3 * COLUMN_PIXELS and picture.width >= picture.height)


def _ems(math: etree._Element) -> float:
    return float(re.search(r"width: ([\d.]+)em", draw(math).get("style"))[1])
