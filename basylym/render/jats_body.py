"""The article's text in JATS: each element of our HTML as the one of the Journal Publishing tag set that means the same.

The tree is the one that all formats print, so numbers, citations, notes and languages are the same. What an element may hold
and where it may stand is the tag set's own rule; what does not fit goes into a paragraph, which may hold nearly everything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from lxml import etree
from markupsafe import Markup, escape

from basylym.read.html import read_html
from basylym.render.jats_lines import XML_LANG, LineWriter, append_text, write_formula
from basylym.render.markup import inner_text
from basylym.typography.formula_widths import MATHML

BLOCKS = {"p", "h2", "h3", "h4", "h5", "h6", "section", "div", "ul", "ol", "dl", "blockquote", "pre", "figure", "table", "hr"}
"""HTML's elements that stand apart from a line of text."""
FIT = {"list-item": {"p", "list", "def-list"}, "def": {"p"}, "fn": {"p"}, "ack": {"p", "sec"},
       "td": {"p", "list", "def-list", "disp-formula", "disp-quote", "code", "preformat", "verse-group", "graphic"},
       "fig": {"p", "list", "def-list", "disp-formula", "disp-quote", "code", "preformat", "verse-group", "table-wrap", "graphic"}}
"""What may stand in an element that takes few others; where it is not listed, it takes all blocks."""
SECTIONS = {"body", "sec", "app", "boxed-text", "ack"}
"""What may hold sections."""
LISTS = {"a": "alpha-lower", "A": "alpha-upper", "i": "roman-lower", "I": "roman-upper"}
"""@type of a numbered list, and its @list-type."""
ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
TYPES = {"introduction": "intro", "methods": "methods", "results": "results", "discussion": "discussion", "conclusion": "conclusions"}
"""The sections that articles have in common, and @sec-type's words for them."""


class BodyWriter(LineWriter):
    """Writes HTML as JATS. One for a whole article: it knows every id."""

    def __init__(self, language: str, pictures: Mapping[str, tuple[str, str]], sections: Mapping[str, Iterable[str]]):
        super().__init__(pictures)
        self.language = language
        self.sections = {words: TYPES[name] for name, each in sections.items() if name in TYPES for words in each}
        self.appendices: list[etree._Element] = []

    # --- whole texts ----------------------------------------------------------------------------------------------------
    def body(self, tree: etree._Element) -> etree._Element:
        """The text without its appendices, which are kept for the back."""
        return self._fill("body", tree, self.language)

    def note(self, number: int, key: str, content: etree._Element) -> etree._Element:
        """One note."""
        note = self._fill("fn", content, self.language)
        note.set("fn-type", "other")
        note.set("id", key)
        label = etree.Element("label")
        label.text = str(number)
        note.insert(0, label)
        return note

    def blocks(self, html: str, tag: str = "", inside: str = "ack") -> Markup:
        """Paragraphs of the front matter, for a template; `inside` is the element that they will stand in."""
        return _inner(self._fill(inside, read_html(html), tag or self.language))

    def line(self, html: str, tag: str = "") -> Markup:
        """One line of it."""
        target = etree.Element("title")
        self.write(target, read_html(html), tag or self.language)
        return _inner(target)

    # --- blocks ---------------------------------------------------------------------------------------------------------
    def _fill(self, name: str, source: etree._Element, tag: str) -> etree._Element:
        """An element with what stands in an HTML one, in the order that the tag set asks for."""
        target = etree.Element(name)
        _arrange(target, self._blocks(source, tag))
        return target

    def _blocks(self, source: etree._Element, tag: str, told: Collection[etree._Element] = ()) -> list[etree._Element]:
        """The blocks in an HTML element but for those already told; lines of text between them become paragraphs."""
        found: list[etree._Element] = []
        line = etree.Element("p")
        append_text(line, source.text)

        def end_line() -> None:
            nonlocal line
            if len(line) or (line.text or "").strip():
                found.extend(_bare_pictures(line))
            line = etree.Element("p")

        for child in source:
            if child in told:
                pass
            elif isinstance(child.tag, str) and child.tag in BLOCKS:
                end_line()
                found += self._block(child, tag)
            elif isinstance(child.tag, str):
                self.write_element(line, child, tag)
            append_text(line, child.tail)
        end_line()
        return found

    def _block(self, source: etree._Element, tag: str) -> list[etree._Element]:
        """One block; several where JATS has no element for what holds them."""
        spoken = source.get("lang") or tag
        found = getattr(self, f"_{source.tag}", self._other)(source, spoken)
        for each in found:
            if spoken != tag and each.tag not in ("app",) and not each.get(XML_LANG):
                each.set(XML_LANG, spoken)
        if found and source.get("id") and not any(each.get("id") for each in found[:1]):
            found[0].set("id", source.get("id"))
        return found

    def _other(self, source: etree._Element, tag: str) -> list[etree._Element]:
        """A heading outside of a section: a paragraph that is bold."""
        line = etree.Element("p")
        self.write(etree.SubElement(line, "bold"), source, tag)
        return [line] if inner_text(line).strip() else []

    def _p(self, source: etree._Element, tag: str) -> list[etree._Element]:
        line = etree.Element("p")
        self.write(line, source, tag)
        return _bare_pictures(line) if len(line) or inner_text(line).strip() else []

    def _hr(self, source: etree._Element, tag: str) -> list[etree._Element]:
        return []  # a rule has no meaning that JATS could tell

    def _section(self, source: etree._Element, tag: str) -> list[etree._Element]:
        heading = source[0] if len(source) and re.fullmatch("h[1-6]", str(source[0].tag)) else None
        above = source.getparent()
        outermost = above.tag == "div" and above.getparent() is None
        section = etree.Element("app" if outermost and "appendix" in (source.get("class") or "").split() else "sec")
        if heading is not None:
            title = etree.SubElement(section, "title")
            self.write(title, heading, tag)
            words = " ".join(inner_text(heading).split()).casefold().lstrip("0123456789. ")
            if section.tag == "sec" and words in self.sections:
                section.set("sec-type", self.sections[words])
            if not inner_text(title).strip():
                section.remove(title)
        _arrange(section, self._blocks(source, tag, [heading]))
        if section.tag == "app":
            section.set("id", source.get("id") or "")
            self.appendices.append(section)
            return []
        return [section] if len(section) else []

    def _div(self, source: etree._Element, tag: str) -> list[etree._Element]:
        classes = (source.get("class") or "").split()
        if "equation" in classes:
            return [self._equation(source)]
        if "line-block" in classes:
            return [self._verses(source, tag)]
        if not classes:
            return self._blocks(source, tag)
        box = self._fill("boxed-text", source, tag)
        box.set("content-type", " ".join(classes))
        return [box] if len(box) else []

    def _equation(self, source: etree._Element) -> etree._Element:
        formula = etree.Element("disp-formula")
        number = next((each for each in source.iter("span") if "number" in (each.get("class") or "").split()), None)
        if number is not None and inner_text(number).strip():
            etree.SubElement(formula, "label").text = inner_text(number).strip()
        for math in source.iter(f"{MATHML}math"):
            formula.append(write_formula(math))
        return formula

    def _verses(self, source: etree._Element, tag: str) -> etree._Element:
        verses = etree.Element("verse-group")
        line = etree.SubElement(verses, "verse-line")
        append_text(line, source.text)
        for child in source:
            if child.tag == "br":
                line = etree.SubElement(verses, "verse-line")
            else:
                self.write_element(line, child, tag, "verse")
            append_text(line, child.tail)
        for each in list(verses):
            if each.text:
                each.text = each.text.lstrip("\n")
            if not inner_text(each).strip():
                each.text = "\u00a0"  # the space between two stanzas
        return verses

    def _ul(self, source: etree._Element, tag: str) -> list[etree._Element]:
        return self._list(source, tag, "bullet", 0)

    def _ol(self, source: etree._Element, tag: str) -> list[etree._Element]:
        start = source.get("start") or "1"
        counted = source.get("type", "1") == "1" and start.lstrip("-").isdigit() and start != "1"
        return self._list(source, tag, LISTS.get(source.get("type", ""), "order"), int(start) if counted else 0)

    def _list(self, source: etree._Element, tag: str, kind: str, start: int) -> list[etree._Element]:
        """A list; one that begins at another number says each of them."""
        found = etree.Element("list", {"list-type": kind})
        for number, child in enumerate(source.iterfind("li"), start):
            item = self._fill("list-item", child, child.get("lang") or tag)
            if start:
                label = etree.Element("label")
                label.text = f"{number}."
                item.insert(0, label)
            if child.get("lang"):
                item.set(XML_LANG, child.get("lang"))
            if child.get("id"):
                item.set("id", child.get("id"))
            if not len(item):
                etree.SubElement(item, "p").text = "\u00a0"
            found.append(item)
        return [found] if len(found) else []

    def _dl(self, source: etree._Element, tag: str) -> list[etree._Element]:
        found = etree.Element("def-list")
        item = None
        for child in source:
            if child.tag == "dt":
                if item is None or item.find("def") is not None:
                    item = etree.SubElement(found, "def-item")
                self.write(etree.SubElement(item, "term"), child, tag)
            elif child.tag == "dd":
                item = etree.SubElement(found, "def-item") if item is None else item
                told = self._fill("def", child, tag)
                if len(told):
                    item.append(told)
        return [found] if len(found) else []

    def _blockquote(self, source: etree._Element, tag: str) -> list[etree._Element]:
        quote_ = self._fill("disp-quote", source, tag)
        return [quote_] if len(quote_) else []

    def _pre(self, source: etree._Element, tag: str) -> list[etree._Element]:
        classes = [each for each in (source.get("class") or "").split() if each not in ("numberLines", "sourceCode")]
        found = etree.Element("code", language=classes[0]) if classes else etree.Element("preformat")
        found.text = inner_text(source)
        return [found] if found.text.strip() else []

    # --- figures and tables ---------------------------------------------------------------------------------------------
    def _figure(self, source: etree._Element, tag: str) -> list[etree._Element]:
        """A figure, or several under one caption; what shows no picture is a box: a listing, a figure that is still missing."""
        captions = source.findall("figcaption")
        blocks = self._blocks(source, tag, captions)
        shown = next(source.iter("img"), None) is not None
        several = source.find("figure") is not None
        if shown and several and all(each.tag == "fig" for each in blocks):
            found = etree.Element("fig-group")
        elif shown and not several:
            found = etree.Element("fig")
        else:
            listing = "listing" in (source.get("class") or "").split()
            found = etree.Element("boxed-text", {"content-type": "listing" if listing else "figure"})
        for caption in captions:
            self._caption(found, caption, tag)
        _arrange(found, blocks)
        return [found] if len(found) else []

    def _caption(self, target: etree._Element, source: etree._Element, tag: str) -> None:
        """Number and words of a caption."""
        number = next((each for each in source if each.tag == "span" and "number" in (each.get("class") or "").split()), None)
        title = etree.Element("title")
        append_text(title, source.text)
        for child in source:
            if child is not number:
                self.write_element(title, child, tag)
            append_text(title, child.tail)
        title.text = (title.text or "").lstrip()
        if number is not None and inner_text(number).strip():
            etree.SubElement(target, "label").text = inner_text(number).strip()
        if len(title) or title.text:
            etree.SubElement(target, "caption").append(title)

    def _table(self, source: etree._Element, tag: str) -> list[etree._Element]:
        found = etree.Element("table-wrap")
        table = etree.Element("table")
        for part in source:
            if part.tag == "caption":
                self._caption(found, part, tag)
            elif part.tag == "colgroup":
                group = etree.SubElement(table, "colgroup")
                for column in part.iterfind("col"):
                    width = re.search(r"width:\s*([\d.]+%)", column.get("style") or "")
                    etree.SubElement(group, "col", {"width": width[1]} if width else {})
            elif part.tag in ("thead", "tbody", "tfoot") and len(part):
                rows = etree.SubElement(table, part.tag)
                for row in part.iterfind("tr"):
                    self._row(etree.SubElement(rows, "tr"), row, tag)
        if table.find("tbody") is None:
            for rows in table.findall("thead"):
                rows.tag = "tbody"
        found.append(table)
        return [found]

    def _row(self, target: etree._Element, source: etree._Element, tag: str) -> None:
        for child in source:
            cell = etree.SubElement(target, child.tag)
            for name in ("id", "colspan", "rowspan", "scope", "headers"):
                if child.get(name):
                    cell.set(name, child.get(name))
            if aligned := ALIGNED.search(child.get("style") or ""):
                cell.set("align", aligned[1])
            spoken = child.get("lang") or tag
            if any(each.tag in BLOCKS for each in child):
                cell.extend(self._fill("td", child, spoken))
            elif spoken != tag:
                self.write(etree.SubElement(cell, "named-content", {"content-type": "language", XML_LANG: spoken}), child, spoken)
            else:
                self.write(cell, child, spoken)


# --- order and room -----------------------------------------------------------------------------------------------------
def _arrange(target: etree._Element, blocks: Iterable[etree._Element]) -> None:
    """Puts blocks into an element, a line each: sections last, what does not fit in a paragraph."""
    for each in blocks:
        each.tail = each.tail or "\n"
        if each.tag == "sec" and target.tag not in SECTIONS:
            _arrange(target, _flatten(each))
        elif target.tag in FIT and each.tag not in FIT[target.tag]:
            target.append(_wrap(each))
        elif each.tag != "sec" and len(target) and target[-1].tag == "sec":
            _arrange(target[-1], [each])
        else:
            target.append(each)


def _flatten(section: etree._Element) -> list[etree._Element]:
    """A section where none may stand: its heading as a bold paragraph, then what it holds."""
    found = []
    for each in list(section):
        if each.tag == "title":
            each.tag = "bold"
            found.append(_wrap(each))
        else:
            found.append(each)
    return found


def _wrap(block: etree._Element) -> etree._Element:
    paragraph = etree.Element("p")
    paragraph.append(block)
    paragraph.tail, block.tail = "\n", None
    return paragraph


def _bare_pictures(block: etree._Element) -> list[etree._Element]:
    """The pictures of a paragraph that holds nothing else; else the paragraph."""
    if block.tag != "p" or "".join(block.xpath('.//text()[not(ancestor::alt-text)]')).strip():
        return [block]
    pictures = [each for each in block if each.tag in ("graphic", "inline-graphic")]
    if len(pictures) != len(block):
        return [block]
    for each in pictures:
        each.tag, each.tail = "graphic", None
    return pictures


def _inner(element: etree._Element) -> Markup:
    """What stands in an element, as markup for a template."""
    return escape(element.text or "") + Markup("").join(Markup(etree.tostring(child, encoding="unicode")) for child in element)
