"""Pandoc's nodes: their words, and the same without formatting that means nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from basylym.intake.document import Node
from basylym.intake.nodes import LEAVES, MARKS, PARAGRAPH

SPACES = ("Space", "SoftBreak", "LineBreak")
WRAPPED = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline")
VERSE = 3
"""So many breaks in a paragraph of short lines are lines that stay lines."""
SHORT = 90
"""How long the lines of verse are at most."""


def inlines_of(node: Node) -> list[Node]:
    """The inlines of a paragraph, heading or plain block; none of any other."""
    if node["t"] in ("Para", "Plain"):
        return list(node["c"])
    return list(node["c"][2]) if node["t"] == "Header" else []


def words_of(value: Any, notes: bool = True) -> str:
    """The words of a node, or of a list of them; formulas as TeX, notes where they stand unless they are not wanted."""
    return re.sub(r"[ \n]+", " ", "".join(_words(value, notes))).strip()


def clean_tex(tex: str) -> str:
    """A formula without the frame and the label of LaTeX's numbered equations; Markdown has its own."""
    framed = re.fullmatch(r"\s*\\begin\{(equation\*?|displaymath)\}(.*)\\end\{\1\}\s*", tex, re.S)
    return re.sub(r"\s*\\label\{[^{}]{0,100}\}", "", framed[2]).strip() if framed else tex


def _words(value: Any, notes: bool) -> Iterator[str]:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
            continue
        if isinstance(each, (list, tuple)):
            for at, one in enumerate(each):  # most of a text are words and blanks: they need not wait
                kind = one.get("t") if isinstance(one, dict) else None
                if kind == "Str":
                    yield one["c"]
                elif kind in LEAVES:
                    yield " "
                else:
                    waiting.extend(reversed(each[at:]) if at + 1 < len(each) else (one,))
                    break
            continue
        if not isinstance(each, dict) or "t" not in each:
            continue
        kind, content = each["t"], each.get("c")
        if kind == "Str":
            yield content
        elif kind in SPACES:
            yield " "
        elif kind in ("Code", "CodeBlock", "RawInline", "RawBlock"):
            yield content[1] + " " * kind.endswith("Block")
        elif kind == "Math":
            yield f"${clean_tex(content[1])}$"
        elif kind == "Note":
            if notes:
                waiting.extend((" ", *reversed(content), " "))
        elif kind == "Quoted":
            marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            waiting.extend((marks[1], content[1], marks[0]))
        elif kind == "Table":
            waiting.extend(reversed(list(_cells(content))))
        elif kind == "Image":
            waiting.extend((" ", content[1] or dict(content[0][2]).get("alt", ""), " "))
        elif kind == "DefinitionList":
            waiting.extend(reversed([part for term, parts in content for part in (term, " ", *parts)]))
        elif kind == "Figure":
            waiting.extend((" ", content[1][1], " ", content[2]))
        elif kind == "LineBlock":
            waiting.extend(reversed([part for line in content for part in (line, " ")]))
        elif kind not in ("HorizontalRule",):
            part = _part_with_words(kind, content)
            if kind in ("Para", "Plain", "Header"):
                waiting.append(" ")
            waiting.append(part)


def _part_with_words(kind: str, content: Any) -> Any:
    """What of a node's content holds words: a heading's third part, a link's second."""
    place = {"Header": 2, "Link": 1, "Span": 1, "Div": 1, "Cite": 1, "OrderedList": 1}.get(kind)
    return content if place is None else content[place]


def _cells(table: Sequence) -> Iterator[Any]:
    """A table's caption and cells, in order."""
    yield table[1][1]
    bodies = [row for body in table[4] for rows in body[2:] for row in rows]
    for row in (*table[3][1], *bodies, *table[5][1]):
        for cell in row[1]:
            yield cell[4]
            yield " "


def strings(text: str) -> list[Node]:
    """A text as inlines."""
    made: list[Node] = []
    for word in re.split(r"( +|\n)", text):
        if word.strip(" \n"):
            made.append({"t": "Str", "c": word})
        elif word:
            made.append({"t": "Space"})
    return made


def para(inlines: Sequence[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


def raw(text: str) -> Node:
    """Words that stand in the Markdown just so: a label."""
    return {"t": "RawInline", "c": ["markdown", text]}


def tidy(inlines: Sequence[Node], lines: bool = False) -> list[Node]:
    """The inlines without what means nothing: spans of a program, bookmarks, underlining, spaces at the ends. Italics, bold letters,
    small capitals, those set high, low or struck out stay. `lines` keeps the breaks of lines."""
    inlines = list(inlines)
    breaks = sum(each["t"] == "LineBreak" for each in inlines)
    if not lines and breaks >= VERSE and len(words_of(inlines)) <= SHORT * (breaks + 1):
        lines = True
    return strip(_merge(_tidy(inlines, lines)))


def _tidy(inlines: Sequence[Node], lines: bool) -> list[Node]:
    made: list[Node] = []
    for each in inlines:
        kind, content = each["t"], each.get("c")
        if kind == "Str":
            made += _clean(content)
        elif kind in SPACES:
            made.append({"t": "LineBreak"} if kind == "LineBreak" and lines else {"t": "Space"})
        elif kind == "Underline":
            made += _tidy(content, lines)
        elif kind in WRAPPED:
            made += _wrap(kind, _merge(_tidy(content, lines)))
        elif kind == "Span":
            attributes = dict(content[0][2])
            inner = _merge(_tidy(content[1], lines))
            spoken = attributes.get("lang", "")
            made += [{"t": "Span", "c": [["", [], [["lang", spoken]]], inner]}] if re.fullmatch(r"[A-Za-z-]{2,20}", spoken) else inner
        elif kind == "Link":
            made += _link(content, lines)
        elif kind == "Quoted":
            marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            made += [{"t": "Str", "c": marks[0]}, *_tidy(content[1], lines), {"t": "Str", "c": marks[1]}]
        elif kind == "Note":
            made.append({"t": "Note", "c": [tidy_block(block) for block in content]})
        elif kind == "RawInline":
            made += strings(content[1])
        elif kind == "Math":
            made.append({"t": "Math", "c": [content[0], clean_tex(content[1])]})
        elif kind == "Cite":
            made.append({"t": "Cite", "c": [content[0], _merge(_tidy(content[1], lines))]})
        else:
            made.append(each)
    return made


MARKED = re.compile("[" + "".join(map(chr, MARKS)) + "]")


def unmark(text: str) -> str:
    """A text without the marks that readers set."""
    if not MARKED.search(text):
        return text
    return PARAGRAPH.sub("", text).translate(MARKS)


def _clean(text: str) -> list[Node]:
    """A word without soft hyphens, and with tabs as the blanks that they are."""
    text = unmark(text).replace("\u00ad", "")
    return strings(re.sub(r"[\t\r\n]+", " ", text)) if re.search(r"[\t\r\n ]", text) else [{"t": "Str", "c": text}] if text else []


def _wrap(kind: str, inner: list[Node]) -> list[Node]:
    """Formatting round its words alone: blanks at its ends stand outside, and round blanks there is none."""
    before = [{"t": "Space"}] if inner and inner[0]["t"] in SPACES else []
    after = [{"t": "Space"}] if inner and inner[-1]["t"] in SPACES else []
    inner = strip(inner)
    return [*before, {"t": kind, "c": inner}, *after] if inner else before


def _link(content: Sequence, lines: bool) -> list[Node]:
    """A link to the outside; one to a bookmark is its words."""
    inner, target = _merge(_tidy(content[1], lines)), content[2][0]
    if not re.match(r"(https?|ftp|mailto):", target, re.I) or not inner:
        return inner
    return [{"t": "Link", "c": [["", [], []], inner, [target, ""]]}]


def _merge(inlines: Sequence[Node]) -> list[Node]:
    """Neighbours in one: words that a program cut in two, formatting that ends and begins again, blanks upon blanks."""
    made: list[Node] = []
    for each in inlines:
        last = made[-1] if made else None
        if last and last["t"] == each["t"]:
            if each["t"] == "Str":
                made[-1] = {"t": "Str", "c": last["c"] + each["c"]}
                continue
            if each["t"] in WRAPPED:
                made[-1] = {"t": each["t"], "c": _merge([*last["c"], *each["c"]])}
                continue
        if each["t"] == "Space" and last and last["t"] in SPACES:
            continue
        if (each["t"] in WRAPPED and len(made) > 1 and last["t"] == "Space" and made[-2]["t"] == each["t"]
                and each["t"] in ("Emph", "Strong")):
            made[-2:] = [{"t": each["t"], "c": [*made[-2]["c"], {"t": "Space"}, *each["c"]]}]
            continue
        made.append(each)
    return made


def strip(inlines: Sequence[Node]) -> list[Node]:
    """Without blanks at the ends."""
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in SPACES:
        start += 1
    while end > start and inlines[end - 1]["t"] in SPACES:
        end -= 1
    return list(inlines[start:end])


def tidy_block(node: Node) -> Node:
    """A block, and all in it, tidied."""
    kind, content = node["t"], node.get("c")
    if kind in ("Para", "Plain"):
        return {"t": kind, "c": tidy(content)}
    if kind == "Header":
        return {"t": kind, "c": [content[0], ["", [], []], tidy(content[2])]}
    if kind == "BlockQuote":
        return {"t": kind, "c": tidy_blocks(content)}
    if kind == "BulletList":
        return {"t": kind, "c": _tight([tidy_blocks(item) for item in content])}
    if kind == "OrderedList":
        return {"t": kind, "c": [content[0], _tight([tidy_blocks(item) for item in content[1]])]}
    if kind == "CodeBlock":
        return {"t": kind, "c": [content[0], unmark(content[1])]}
    if kind == "LineBlock":
        return {"t": kind, "c": [tidy(line) for line in content]}
    if kind == "DefinitionList":
        return {"t": kind, "c": [[tidy(term), [tidy_blocks(part) for part in parts]] for term, parts in content]}
    if kind == "Table":
        return {"t": kind, "c": _tidy_table(content)}
    if kind == "Figure":
        return {"t": kind, "c": [["", [], []], [None, tidy_blocks(content[1][1])], tidy_blocks(content[2])]}
    if kind == "Div":
        spoken = dict(content[0][2]).get("lang")
        return {"t": kind, "c": [["", [], [["lang", spoken]] if spoken else []], tidy_blocks(content[1])]}
    return node


def tidy_blocks(nodes: Sequence[Node]) -> list[Node]:
    """Blocks tidied: boxes that say nothing of their language are opened, empty paragraphs left out."""
    made: list[Node] = []
    for node in nodes:
        each = tidy_block(node)
        if each["t"] == "Div" and not each["c"][0][2]:
            made += each["c"][1]
        elif each["t"] not in ("Para", "Plain") or each["c"]:
            made.append(each)
    return made


def _tight(items: list[list[Node]]) -> list[list[Node]]:
    """The items of a list; where each begins with its only paragraph, without blank lines between them."""
    if any(sum(block["t"] == "Para" for block in item) > 1 or item[0]["t"] not in ("Para", "Plain") for item in items if item):
        return items
    return [[_plain(block) for block in item] for item in items]


def _tidy_table(content: Sequence) -> list:
    def row(each: Sequence) -> list:
        return [["", [], []], [[["", [], []], *cell[1:4], [_plain(block) for block in tidy_blocks(cell[4])]] for cell in each[1]]]

    _, caption, columns, head, bodies, foot = content
    columns = [[align, {"t": "ColWidthDefault"}] for align, _ in columns]
    return [["", [], []], [None, tidy_blocks(caption[1])], columns, [["", [], []], [row(each) for each in head[1]]],
            [[["", [], []], body[1], [row(each) for each in body[2]], [row(each) for each in body[3]]] for body in bodies],
            [["", [], []], [row(each) for each in foot[1]]]]


def _plain(block: Node) -> Node:
    return {"t": "Plain", "c": block["c"]} if block["t"] == "Para" else block


def finish(value: Any) -> Any:
    """The same nodes, once citations are known: spans that say nothing are opened, and a citation stands a blank away from its word,
    as raised numbers do not."""
    if isinstance(value, dict):
        return value if value.get("t") in LEAVES else {key: finish(each) for key, each in value.items()}
    if not isinstance(value, (list, tuple)):
        return value
    made: list[Any] = []
    for each in value:
        if isinstance(each, dict) and each.get("t") in LEAVES:
            made.append(each)
            continue
        if isinstance(each, dict) and each.get("t") == "Span" and not any(each["c"][0]):
            made += finish(each["c"][1])
            continue
        if (isinstance(each, dict) and each.get("t") == "Cite" and made and isinstance(made[-1], dict)
                and made[-1].get("t") == "Str" and made[-1]["c"][-1:] not in tuple("([{«“„‘\"'\xa0")):
            made.append({"t": "Space"})
        made.append(finish(each))
    return made
