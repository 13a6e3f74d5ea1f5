"""Pandoc's nodes as a received file gives them: their words, their kinds, and the marks that readers set in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from basylym.intake.document import Node

if TYPE_CHECKING:
    from lxml import etree

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Round a paragraph's number, which its reader sets at its head before pandoc reads it. They are no characters (Unicode 16, 23.7),
so that no text has them."""
CITE, CITED = "\ufdd2", "\ufdd3"
"""At the beginning and the end of a citation field; its number stands between OPEN and CLOSE after the first."""
MARKS = dict.fromkeys(map(ord, (OPEN, CLOSE, CITE, CITED)))
"""For str.translate: a text that must not have them."""
PARAGRAPH = re.compile(f"{OPEN}([0-9]{{1,9}}){CLOSE}")
FIELD = re.compile(f"{CITE}{OPEN}([0-9]{{1,9}}){CLOSE}|({CITED})")
KINDS = {"Para": "paragraph", "Plain": "paragraph", "Header": "paragraph", "BulletList": "list", "OrderedList": "list",
         "DefinitionList": "list", "Table": "table", "Figure": "figure", "CodeBlock": "code", "BlockQuote": "quote", "LineBlock": "quote",
         "HorizontalRule": "rule"}
BLOCKS = {*KINDS, "Div", "RawBlock"}
WRAPPED = {"Quoted": 1, "Cite": 1, "Span": 1, "Link": 1, "Header": 2, "Div": 1}
"""Nodes with words inside that have something else beside them, and where the words stand."""
BARE = {"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Para", "Plain", "BlockQuote"}
"""Those that have nothing else."""
LETTERS = {"Str", "Code", "CodeBlock"}
"""Nodes with letters of the text and nothing else."""
BLANK = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
LEAVES = frozenset(("Str", *BLANK))
"""Nodes with nothing inside: most of every text."""
QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}
NUMBERED = re.compile(r"\\begin\{array\}\{[rlc]\}\n([^\n]*)\\#([^\n]{1,40})\n\\end\{array\}")
"""A formula that Word numbers in its own way, E=mc²#(1)."""
IN_A_LINE = re.compile(r"\\#\s*(\([^\n()]{1,40}\))(?=[ \t]*(?:\\\\|\n|$))")
"""The same in a line of several."""
FORMULA_NUMBER = 20
"""A formula may have so many letters beside it, and be an equation with its number."""


def text_of(node: Any) -> str:
    """The words of a node or a list of nodes: cells apart by tabs, rows and blocks by newlines; nothing of notes and pictures."""
    return "".join(_words(node))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, (list, tuple)):
        for place, each in enumerate(node):
            kind = each.get("t") if isinstance(each, dict) else None
            if kind == "Str":
                yield each["c"]
            elif kind in BLANK:
                yield BLANK[kind]
            else:
                if place and kind in BLOCKS:
                    yield "\n"
                yield from _words(each)
        return
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        yield content
    elif kind in BLANK:
        yield BLANK[kind]
    elif kind in BARE:
        yield from _words(content)
    elif kind == "Math":
        yield f"${content[1]}$"
    elif kind in ("Code", "CodeBlock", "RawInline", "RawBlock"):
        yield content[1]
    elif kind in WRAPPED:
        before, after = QUOTES[content[0]["t"]] if kind == "Quoted" else ("", "")
        yield before
        yield from _words(content[WRAPPED[kind]])
        yield after
    elif kind in ("BulletList", "OrderedList", "LineBlock"):
        yield "\n".join(text_of(item) for item in (content[1] if kind == "OrderedList" else content))
    elif kind == "DefinitionList":
        yield "\n".join("\n".join([text_of(term), *(text_of(each) for each in meanings)]) for term, meanings in content)
    elif kind == "Table":
        rows = ["\t".join(text_of(cell) for cell in row) for row in rows_of(node)]
        yield "\n".join([*([caption] if (caption := text_of(content[1][1])) else []), *rows])
    elif kind == "Figure":
        yield "\n".join(text for text in (text_of(content[2]), text_of(content[1][1])) if text)


def rows_of(table: Node) -> Iterator[list[list]]:
    """The rows of a table from the top to the bottom, each as its cells' blocks."""
    for cells in cells_of(table):
        yield [cell[4] for cell in cells]


def cells_of(table: Node) -> Iterator[list[list]]:
    """The rows of a table from the top to the bottom, each as pandoc's cells."""
    _, _, _, (_, head), bodies, (_, foot) = table["c"]
    for rows in (head, *(part for _, _, top, rest in bodies for part in (top, rest)), foot):
        for _, cells in rows:
            yield cells


def kind_of(node: Node) -> str:
    """What a block is before it is understood; a paragraph with nothing but a picture, or a formula and its number, is that."""
    if node["t"] in ("Para", "Plain"):
        inlines = [each for each in node["c"] if each["t"] not in BLANK]
        if inlines and all(each["t"] == "Image" for each in inlines):
            return "figure"
        beside = [each for each in inlines if each["t"] != "Math" or each["c"][0]["t"] != "DisplayMath"]
        if len(beside) < len(inlines) and len(text_of(beside)) <= FORMULA_NUMBER:
            return "equation"
    return KINDS.get(node["t"], "other")


def walk(node: Any) -> Iterator[Node]:
    """Every node of a tree, in the order they are read."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if "t" in each:
                yield each
                if each["t"] in LEAVES:
                    continue
            waiting.extend(reversed(each.values()))
        elif isinstance(each, (list, tuple)):
            waiting.extend(reversed(each))


def paragraphs_in(node: Any) -> list[int]:
    """The numbers of the paragraphs that a node was made of."""
    return [int(number) for each in walk(node) if each["t"] in LETTERS and OPEN in (text := _letters(each))
            for number in PARAGRAPH.findall(FIELD.sub("", text))]


def count_letters(node: Any) -> int:
    """The letters and digits of a node, its notes too, without those of formulas."""
    return sum(sum(map(str.isalnum, _letters(each))) for each in walk(node) if each["t"] in LETTERS)


def _letters(node: Node) -> str:
    return node["c"] if node["t"] == "Str" else node["c"][1]


def clean(node: Any, cite: Callable[[int, list], Node]) -> Any:
    """The same without the readers' marks, citation fields being what `cite` makes of their numbers and words."""
    if isinstance(node, list):
        marked = any(_is_marked(each) for each in node)
        parts = [clean(part, cite) for each in node for part in _parts(each)] if marked or any(
            isinstance(each, dict) and each.get("t") == "Math" for each in node) else [
            each if isinstance(each, dict) and each.get("t") in LEAVES else clean(each, cite) for each in node]
        return _join_fields(parts, cite) if marked else parts
    if isinstance(node, dict) and node.get("t") in ("Code", "CodeBlock"):
        return {"t": node["t"], "c": [node["c"][0], PARAGRAPH.sub("", FIELD.sub("", node["c"][1])).translate(MARKS)]}
    if isinstance(node, dict):
        return {key: clean(value, cite) for key, value in node.items()}
    return node


def take_marks(elements: Iterable[etree._Element]) -> None:
    """Takes the readers' marks out of a file's own elements, before any is set: no text of a stranger's may have them."""
    for each in elements:
        for place in ("text", "tail"):
            if (text := getattr(each, place)) and any(chr(mark) in text for mark in MARKS):
                setattr(each, place, text.translate(MARKS))


def _is_marked(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "Str" and (OPEN in node["c"] or CITED in node["c"])


def _parts(node: Any) -> Iterator[Any]:
    """A word with the marks of fields apart from it, a formula with the number apart that Word put into it; all else as it is."""
    if _is_marked(node):
        text, place = node["c"], 0
        for found in FIELD.finditer(text):
            yield from _word(text[place:found.start()])
            yield {"t": "Mark", "c": int(found[1]) if found[1] else None}
            place = found.end()
        yield from _word(text[place:])
    elif isinstance(node, dict) and node.get("t") == "Math" and (found := NUMBERED.fullmatch(node["c"][1])):
        yield from ({"t": "Math", "c": [{"t": "DisplayMath"}, found[1].strip()]}, {"t": "Space"}, {"t": "Str", "c": found[2].strip()})
    elif isinstance(node, dict) and node.get("t") == "Math" and (numbers := IN_A_LINE.findall(node["c"][1])):
        if len(numbers) == 1:  # the number of the whole
            yield from ({"t": "Math", "c": [{"t": "DisplayMath"}, IN_A_LINE.sub("", node["c"][1])]}, {"t": "Space"},
                        {"t": "Str", "c": numbers[0]})
        else:
            yield {"t": "Math", "c": [node["c"][0], IN_A_LINE.sub(r"\\qquad \1", node["c"][1])]}
    else:
        yield node


def _word(text: str) -> Iterator[Node]:
    if text := PARAGRAPH.sub("", text).translate(MARKS):
        yield {"t": "Str", "c": text}


def _join_fields(inlines: list, cite: Callable[[int, list], Node]) -> list:
    """Inlines with what stands between the marks of a field in a citation; a mark without its other is dropped."""
    done: list = []
    inside: list | None = None
    number = 0
    for each in inlines:
        if each["t"] != "Mark":
            (done if inside is None else inside).append(each)
        elif each["c"] is not None:
            done += inside or []
            inside, number = [], each["c"]
        else:
            done += [cite(number, inside)] if inside else []
            inside = None
    done += inside or []
    while done and done[0]["t"] in ("Space", "SoftBreak"):
        done.pop(0)
    return done
