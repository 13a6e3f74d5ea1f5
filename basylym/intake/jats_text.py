"""The text of a JATS file made ready for pandoc, and set right after it: captions, numbers, notes, what pandoc does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from basylym.intake.document import LeftOut, Node
from basylym.intake.docx_looks import roman
from basylym.intake.jats_words import HREF, LANG, local, words
from basylym.intake.nodes import CITE, CITED, LEAVES, text_of
from basylym.messages import Phrase

TEX = re.compile(r"\\begin\{document\}\s*(.*?)\s*\\end\{document\}", re.S)
"""What of a formula is the formula, where the publisher keeps it as a document of LaTeX."""
DOLLARS = re.compile(r"\${1,2}(.*)\${1,2}|\\\[(.*)\\\]|\\\((.*)\\\)", re.S)
SPOKEN = "lang:"
"""What leads through pandoc the language of words, which it does not read."""
KINDS_OF_LISTS = ("order", "bullet", "alpha-lower", "alpha-upper", "roman-lower", "roman-upper")
CAPTIONED = ("fig", "table-wrap", "boxed-text", "fig-group", "table-wrap-group", "supplementary-material", "media", "chem-struct-wrap")
NOTES = re.compile(r"\W*(?:foot|end)?notes?\W*|\W*(?:примечания|сноски|ескертпелер|сілтемелер|notas?|anmerkungen)\W*", re.I)
"""Headings of notes that say no more than that."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def make_ready(root: etree._Element) -> tuple[list[Phrase], list[LeftOut]]:
    """Makes a file's text such that pandoc reads all of it; what is not in the file is told, and the marks that are set anew."""
    told: list[Phrase] = []
    marks: list[LeftOut] = []
    _gather_back(root)
    for group in list(root.iter("fig-group")):
        _one_figure(group)
    for each in list(root.iter("disp-formula")):
        _part(each)
    for each in list(root.iter("list")):
        marks += _list(each)
    cited = {key for each in root.iter("xref") if each.get("ref-type") in ("fn", "author-notes") for key in each.get("rid", "").split()}
    for each in list(root.iter(etree.Element)):
        if each.getparent() is None and each is not root:
            continue
        name = local(each)
        if name == "label":
            _label(each)
        elif name in ("named-content", "styled-content", "foreign") and each.get(LANG):
            each.tag = "ext-link"
            each.set(HREF, f"{SPOKEN}{each.get(LANG)}")
        elif name == "tex-math" and each.text:
            each.text = formula(each.text)
        elif name == "alternatives":
            _choose(each)
        elif name == "caption":
            _caption(each)
        elif name == "xref" and each.get("ref-type") == "table-fn" and each.find("sup") is None:
            each.tag = "sup"
        elif name in ("attrib", "speaker"):
            each.tag = "p"
            if local(each.getparent()) in ("fig", "table-wrap"):
                each.getparent().addnext(each)
        elif name == "alt-text" and local(each.getparent()) in ("fig", "table-wrap") and (picture := each.getparent().find(
                "graphic")) is not None:
            picture.insert(0, each)
        elif name == "table" and each.find("tbody") is None:
            _rows(each)
        elif name in ("supplementary-material", "media", "inline-supplementary-material"):
            told += _beside(each)
    for each in list(root.iter("fn")):
        group = each.getparent()
        if group is not None and group.tag == "fn-group" and each.get("id") not in cited:
            for part in reversed(list(each)):
                group.addnext(part)
            group.remove(each)
    for each in root.iterfind("back/fn-group/fn"):
        if (label := each.find("label")) is not None and words(label):
            marks.append(LeftOut(words(label), "number"))
    return told, marks


def _gather_back(root: etree._Element) -> None:
    """What stands after the text, at the end of the text: notes that are cited stay where pandoc looks for them."""
    body = root.find("body")
    for back in root.iterchildren("back") if body is not None else ():
        for each in list(back):
            if each.tag == "fn-group":
                _head_notes(each, body)
            elif each.tag in ("app-group",):
                body.extend(list(each.iterchildren("app")))
            else:
                body.append(each)
        for each in body.iterchildren("ack", "glossary", "notes", "app", "bio"):
            each.tag = "sec"


def _head_notes(group: etree._Element, body: etree._Element) -> None:
    """The heading of notes goes, unless it says more than that they are notes: then they are a part of the text."""
    title = group.find("title")
    if title is None:
        return
    group.remove(title)
    if NOTES.fullmatch(words(title)):
        return
    cited = {key for each in body.iter("xref") for key in each.get("rid", "").split()}
    part = etree.SubElement(body, "sec")
    part.append(title)
    for note in [each for each in group.iterchildren("fn") if each.get("id") not in cited]:
        part.extend(list(note))
        group.remove(note)


def _one_figure(group: etree._Element) -> None:
    """Several pictures under one caption as one figure, each one's own words after those of the whole."""
    figures = list(group.iterchildren("fig"))
    if not figures or group.find("caption") is None and group.find("label") is None:
        return
    caption = group.find("caption")
    if caption is None:
        caption = etree.SubElement(group, "caption")
    for figure in figures:
        said = etree.SubElement(caption, "p")
        for part in (figure.find("label"), *figure.iterfind("caption/title"), *figure.iterfind("caption/p")):
            if part is not None:
                _append(said, (" " if len(said) or said.text else "") + (part.text or ""))
                said.extend(list(part))
        for part in figure:
            if part.tag not in ("label", "caption"):
                group.append(part)
        group.remove(figure)
    group.tag = "fig"


def _part(formula: etree._Element) -> None:
    """Parts the paragraph that a formula stands in: what is before it, the formula, what is after it."""
    holder = formula.getparent()
    if holder.tag != "p" or holder.getparent() is None:
        return
    after = etree.Element("p")
    after.text, formula.tail = formula.tail, None
    after.extend(list(formula.itersiblings()))
    after.tail, holder.tail = holder.tail, None
    holder.addnext(formula)
    formula.addnext(after)


def _list(whole: etree._Element) -> Iterator[LeftOut]:
    """A list whose marks are typed, as the list that sets them; where they count nothing, its items are paragraphs."""
    items = list(whole.iterchildren("list-item"))
    labels = [words(each.find("label")) for each in items]
    kind = whole.get("list-type", "simple")
    if not any(labels):
        whole.set("list-type", kind if kind in KINDS_OF_LISTS else "bullet")
        return
    bare = [label.strip("().[] ").lower() for label in labels]
    meant = "order" if all(label.isdigit() for label in bare) else "alpha-lower" if bare == list(LETTERS[:len(bare)]) else (
        "roman-lower" if bare == [roman(number) for number in range(1, len(bare) + 1)] else "" if any(
            map(str.isalnum, "".join(labels))) else "bullet")
    if meant == "order" and [int(label) for label in bare] != list(range(1, len(bare) + 1)):
        meant = ""
    if not meant:
        for item in items:  # their marks go before their words, as marks of other paragraphs do
            if (label := item.find("label")) is not None:
                _label(label)
            for part in list(item):
                whole.addprevious(part)
        whole.getparent().remove(whole)
        return
    whole.set("list-type", meant)
    for item in items:
        label = item.find("label")
        if label is not None:
            yield LeftOut(words(label), "list_mark")
            item.remove(label)


def _label(label: etree._Element) -> None:
    """The number of a part stands before its title, that of a formula after it."""
    holder, text = label.getparent(), words(label)
    if holder is None or not text:
        return
    name = local(holder)
    if name in ("fn", "corresp", "aff", "ref") and holder.getparent() is not None and holder.getparent().tag != "table-wrap-foot":
        return
    if name == "disp-formula":
        number = f"{CITE}{text if text.startswith('(') else f'({text})'}{CITED}"
        mark = etree.Element("p")
        mark.text = number
        holder.addnext(mark)
    elif name in CAPTIONED:
        caption = holder.find("caption")
        if caption is None:
            caption = etree.Element("caption")
            label.addnext(caption)
        first = etree.Element("p")
        first.text = text
        caption.insert(0, first)
    elif (title := holder.find("title")) is not None:
        title.text = f"{text} {title.text or ''}"
    else:
        first = holder.find("p")
        if first is None:
            first = etree.SubElement(holder, "p")
        first.text = f"{text} {first.text or ''}"
    holder.remove(label)


def _caption(caption: etree._Element) -> None:
    """A caption in one paragraph: pandoc takes its title for a heading."""
    whole = etree.Element("p")
    last = ""
    for part in list(caption):
        if part.tag not in ("p", "title"):
            continue
        before = "".join(whole.itertext()).rstrip()
        stop = "." if part.tag == "p" and last == "title" and (before[-1:].isalnum() or before[-1:] in "»”)") else ""
        last = part.tag
        _append(whole, f"{stop} " if before else "")
        _append(whole, part.text or "")
        whole.extend(list(part))
        caption.remove(part)
    caption.insert(0, whole)
    if local(caption.getparent()) not in ("fig", "table-wrap"):
        holder = caption.getparent()
        for part in list(caption):
            caption.addprevious(part)
        holder.remove(caption)


def _append(target: etree._Element, text: str) -> None:
    if len(target):
        target[-1].tail = f"{target[-1].tail or ''}{text}"
    else:
        target.text = f"{target.text or ''}{text}"


def formula(tex: str) -> str:
    """What of a formula is the formula."""
    found = TEX.search(tex)
    inner = found[1] if found else tex.strip()
    dollars = DOLLARS.fullmatch(inner)
    return next((part for part in dollars.groups() if part is not None), inner).strip(" $") if dollars else inner


def _choose(alternatives: etree._Element) -> None:
    """Of several forms of one thing the one that is text: TeX before MathML, a table before its picture, the first picture."""
    order = ("tex-math", "math", "table", "textual-form", "preformat", "graphic", "inline-graphic", "media", "chem-struct")
    parts = sorted(alternatives, key=lambda each: order.index(local(each)) if local(each) in order else len(order))
    for each in parts[:1]:
        alternatives.addprevious(each)
    holder = alternatives.getparent()
    if parts and alternatives.tail:
        parts[0].tail = f"{parts[0].tail or ''}{alternatives.tail}"
    holder.remove(alternatives)


def _rows(table: etree._Element) -> None:
    """Rows that stand right in the table, which pandoc passes over: the first ones that are all heads are its head."""
    rows = list(table.iterchildren("tr"))
    heads = next((at for at, row in enumerate(rows) if any(cell.tag != "th" for cell in row)), 0) if table.find("thead") is None else 0
    for name, part in (("thead", rows[:heads]), ("tbody", rows[heads:])):
        if part:
            group = etree.SubElement(table, name)
            group.extend(part)


def _beside(element: etree._Element) -> Iterator[Phrase]:
    address = element.get(HREF)
    if address:
        yield Phrase("the file {address} beside the article was not read", address=address[:200])


# --- after pandoc ------------------------------------------------------------------------------------------------------------
def set_right(nodes: Sequence[Node]) -> list[Node]:
    """Pandoc's blocks with the numbers of formulas beside them, captions in their tables, the languages of words."""
    made: list[Node] = []
    for node in nodes:
        if number := _number(node):
            last = made[-1] if made else None
            if last is not None and last["t"] == "Para" and last["c"] and last["c"][-1]["t"] == "Math":
                made[-1] = {"t": "Para", "c": [*last["c"], {"t": "Space"}, {"t": "Str", "c": number}]}
            else:
                made.append({"t": "Para", "c": [{"t": "Str", "c": number}]})
        elif node["t"] == "Div" and node["c"][0][1] == ["table-wrap"]:
            made += _table(node["c"][1])
        else:
            made.append(_inside(node))
    return made


def _number(node: Node) -> str:
    text = text_of(node) if node["t"] in ("Para", "Plain") else ""
    return text[1:-1] if text.startswith(CITE) and text.endswith(CITED) else ""


def _inside(node: Any) -> Any:
    if isinstance(node, list):
        return set_right(node) if node and isinstance(node[0], dict) and node[0].get("t") in ("Para", "Plain", "Div") else [
            _inside(each) for each in node]
    if not isinstance(node, dict) or node.get("t") in LEAVES:
        return node
    if node.get("t") == "Link" and node["c"][2][0].startswith(SPOKEN):
        return {"t": "Span", "c": [["", [], [["lang", node["c"][2][0].removeprefix(SPOKEN)]]], _inside(node["c"][1])]}
    return {key: _inside(value) for key, value in node.items()}


def _table(blocks: list[Node]) -> Iterator[Node]:
    """A table with its caption in it; one that is a picture has it above."""
    blocks = set_right(blocks)
    caption = [part for each in blocks if each["t"] == "Div" and each["c"][0][1] == ["caption"] for part in each["c"][1]]
    rest = [each for each in blocks if not (each["t"] == "Div" and each["c"][0][1] == ["caption"])]
    at = next((at for at, each in enumerate(rest) if each["t"] == "Table"), None)
    if at is None:
        yield from (*caption, *rest)
        return
    for place, each in enumerate(rest):
        if place == at and caption:
            attributes, _, *more = each["c"]
            yield {"t": "Table", "c": [attributes, [None, caption], *more]}
        else:
            yield each
