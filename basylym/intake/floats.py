"""Tables, figures and equations as the manuscript has them: with captions, labels and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from basylym.intake.captions import EQUATION, read_caption
from basylym.intake.document import Node
from basylym.intake.nodes import rows_of, walk
from basylym.intake.tidying import SPACES, inlines_of, para, raw, strings, strip, tidy, words_of
from basylym.intake.understood import Sureness

MACHINE_ALT = re.compile(r"(picture|image|рисунок|изображение|сурет|graphic|chart|диаграмма)\s*\d+$|$|[a-z]:\\"
                         r"|[^\n]{0,200}\.(png|jpe?g|gif|emf|wmf|tiff?|bmp|svg)$", re.I)
"""Words beside a picture that a program wrote: nobody is told by them what it shows."""


def images_in(node: Node) -> list[Node]:
    """The pictures of a paragraph that holds nothing else, or of a figure."""
    if node["t"] == "Figure":
        return [each for each in walk(node["c"][2]) if each["t"] == "Image"]
    parts = list(_open(inlines_of(node)))
    return parts if parts and all(each["t"] == "Image" for each in parts) else []


def part_picture(node: Node) -> list[Node] | None:
    """A picture and its caption that stand in one paragraph, as two, in their order; None where it is something else."""
    inlines = strip(inlines_of(node))
    words = [place for place, each in enumerate(inlines) if each["t"] not in SPACES and not images_in(para([each]))]
    above, below = (words[0], words[-1] + 1) if words else (0, 0)
    for place, caption in ((above, inlines[above:]), (below, inlines[:below])):
        if 0 < place < len(inlines) and not any(each["t"] == "Image" for each in walk(caption)) and read_caption(words_of(caption)):
            return [para(strip(inlines[:place])), para(strip(inlines[place:]))]
    return None


def _open(inlines: Sequence[Node]) -> Iterator[Node]:
    for each in inlines:
        if each["t"] in ("Span", "Link"):
            yield from _open(each["c"][1])
        elif each["t"] in ("Strong", "Emph", "Underline"):
            yield from _open(each["c"])
        elif each["t"] not in SPACES:
            yield each


def as_figure(nodes: Sequence[Node], caption: Sequence[Node], label: str) -> list[Node]:
    """A figure with its caption; several pictures make one figure of several. Without a caption pictures stand alone."""
    pictures = [each for node in nodes for each in images_in(node)]
    own = [inline for node in nodes if node["t"] == "Figure" for block in node["c"][1][1] for inline in inlines_of(block)]
    caption = list(caption) or (tidy(own) if not all(words_of(own) == words_of(each["c"][1]) for each in pictures) or own else [])
    if not caption or len(pictures) > 1:
        alone = [para([_alone(each)]) for each in pictures]
        return [{"t": "Div", "c": [[label, [], []], [*alone, para(caption)]]}] if label and caption else [
            *alone, *([para(caption)] if caption else [])]
    (target, _), alt = pictures[0]["c"][2], _words_beside(pictures[0], caption)
    image = {"t": "Image", "c": [["", [], []], strings(alt) if alt else caption, [target, ""]]}
    return [{"t": "Figure", "c": [[label, [], []], [None, [{"t": "Plain", "c": caption}]], [{"t": "Plain", "c": [image]}]]}]


def _words_beside(image: Node, caption: Sequence[Node]) -> str:
    """The words for those who do not see a picture, where a person wrote some."""
    attributes, words, (_, title) = image["c"]
    alt = (dict(attributes[2]).get("alt") or words_of(words) or title).strip()
    return "" if MACHINE_ALT.match(alt) or alt == words_of(list(caption)) else alt


def _alone(image: Node) -> Node:
    """A picture without a caption; its size is dropped, for the page decides that."""
    alt = _words_beside(image, [])
    return {"t": "Image", "c": [["", [], [["alt", alt]] if alt else []], [], [image["c"][2][0], ""]]}


def as_table(table: Node, caption: Sequence[Node], label: str, bare: bool = False) -> Node:
    """A table with its caption and label; `bare` takes the caption that it has away."""
    content = list(table["c"])
    if bare:
        content[1] = [None, []]
    if caption or label:
        words = [*caption, *([{"t": "Space"}] if caption else []), *([raw(f"{{#{label}}}")] if label else [])]
        content[1] = [None, [{"t": "Plain", "c": words}]]
    return {"t": "Table", "c": content}


def find_heads(table: Node) -> tuple[Node, bool]:
    """A table, and whether its first rows were taken for heads that the file does not mark as such: words over rows of the same width."""
    identity, caption, columns, head, bodies, foot = table["c"]
    if head[1] or len(bodies) != 1 or bodies[0][2] or len(bodies[0][3]) < 2:
        return table, False
    rows = bodies[0][3]
    cells = rows[0][1]
    depth = max((cell[2] for cell in cells), default=0)
    words = [words_of(cell[4]).strip() for cell in cells]
    if len(cells) < 2 or not 0 < depth < len(rows) or not all(words[1:]) or any(re.fullmatch(r"[\d.,\s%–-]+", each) for each in words):
        return table, False
    return {"t": "Table", "c": [identity, caption, columns, [head[0], rows[:depth]], [[*bodies[0][:3], rows[depth:]]], foot]}, True


def _words_of_row(row: Sequence) -> list[str]:
    return [words_of(cell[4]) for cell in row[1]]


def only_pictures(table: Node) -> list[Node] | None:
    """The pictures of a table that lays out nothing else; None where it holds words, or none."""
    blocks = [block for row in rows_of(table) for cell in row for block in cell]
    shown = [images_in(block) for block in blocks]
    if table["c"][1][1] or not any(shown) or any(
            words_of(block, notes=True) and not found for block, found in zip(blocks, shown, strict=True)):
        return None
    return [image for found in shown for image in found]


def join_tables(first: Node, second: Node) -> tuple[Node, str] | None:
    """Two parts of one table as one, and the heads that the second says again; None where their columns are not as many."""
    identity, caption, columns, head, bodies, foot = first["c"]
    _, again, more, other, parts, end = second["c"]
    rows = [row for part in parts for row in (*part[2], *part[3])]
    if len(columns) != len(more) or len(bodies) != 1 or foot[1] or end[1] or words_of(again[1]):
        return None
    heads = [_words_of_row(row) for row in (*head[1], *bodies[0][2])]
    heads += [_words_of_row(row) for row in bodies[0][3][:1] if _words_of_row(row) == [str(at + 1) for at in range(len(columns))]]
    said = ""
    while other[1] or rows:  # a part that begins with the same heads, or with their numbers, says them for the reader of its page
        one = _words_of_row((other[1] or rows)[0])
        if one not in heads:
            break
        said += " " + " ".join(one)
        heads.remove(one)
        other, rows = ([other[0], other[1][1:]], rows) if other[1] else (other, rows[1:])
    body = [*bodies[0][:3], [*bodies[0][3], *other[1], *rows]]
    return {"t": "Table", "c": [identity, caption, columns, head, [body], foot]}, said.strip()


def unwrap_table(table: Node) -> list[Node] | None:
    """What a table of one cell frames, or the formula and its number in one row; None where it is a table."""
    rows = list(rows_of(table))
    if table["c"][1][1] or len(rows) != 1:
        return None
    cells = rows[0]
    if len(cells) == 1:
        return list(cells[0])
    inlines = [inline for cell in cells for block in cell for inline in (*inlines_of(block), {"t": "Space"})]
    return [para(strip(inlines))] if any(_is_display(each) for each in inlines) and label_equation(para(strip(inlines)), {}) else None


def _is_display(node: Node) -> bool:
    return node["t"] == "Math"


def label_equation(node: Node, counts: dict[str, int]) -> tuple[Node, str, Sureness] | None:
    """A paragraph that is one formula, with or without a number, as a displayed one; with the number as typed, where a label sets it
    again. None where it is something else."""
    inlines = [each for each in tidy(inlines_of(node)) if each["t"] not in SPACES] if node["t"] in ("Para", "Plain") else []
    formulas = [each for each in inlines if each["t"] == "Math"]
    rest = "".join(each["c"] if each["t"] == "Str" else "?" for each in inlines if each["t"] != "Math")
    if len(formulas) != 1 or inlines[0]["t"] != "Math":
        return None
    number = EQUATION.search(rest)
    between = rest[:number.start()] if number else rest
    if between.strip(".,; \t\xa0…_"):
        return None
    tex = formulas[0]["c"][1] + between.strip(" \t\xa0…_")
    formula = {"t": "Math", "c": [{"t": "DisplayMath"}, tex]}
    if number and number[1] == str(counts.get("equations", 0) + 1):
        counts["equations"] = counts.get("equations", 0) + 1
        return para([formula, {"t": "Space"}, raw(f"{{#eq:{number[1]}}}")]), f"({number[1]})", "certain"
    if number:  # another number than its place: it stays as typed, in the line of the formula
        return para([{"t": "Math", "c": [{"t": "DisplayMath"}, rf"{tex.rstrip()} \qquad ({number[1]})"]}]), "", "likely"
    return para([formula]), "", "certain"
