"""A sentence a line, as the house writes: a change of one sentence is then a change of one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from basylym.intake.document import Node
from basylym.intake.tidying import words_of
from basylym.languages import language

ENDS = re.compile(r"""(?P<word>\S*?)[.!?…]+["»”’)\]]*$""")
BEGINS = re.compile(r"""["«“„‘(\[]*[^\W\d_]""")
WORDS = ("before_name", "before_number", "after_number", "after_roman", "together")
"""The lists of languages/*.toml that hold words with a full stop that ends no sentence."""
TAIL = 60
"""How much of a sentence's end is looked at."""


@cache
def _shortened(tag: str) -> frozenset[str]:
    """Words that end in a full stop though the sentence goes on."""
    words = {part for name in WORDS for each in getattr(language(tag).spacing, name, ()) for part in str(each).split()}
    return frozenset(word.lower() for word in words if word.endswith("."))


def ends_sentence(before: str, after: str, tag: str) -> bool:
    """Whether a sentence ends between two texts that a blank parts: a mark of its end, then a capital letter."""
    before = before[-TAIL:]
    match = ENDS.search(before.split()[-1] if before.split() else "")
    begins = BEGINS.match(after.lstrip())
    if not match or not begins or not begins[0][-1].isupper():
        return False
    word = match["word"].lstrip("(«“\"[")
    initial = len(word) == 1 and word.isupper() or bool(re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?", word))
    if word.isdigit() and before.strip() == match[0] or initial and match[0].endswith("."):
        return False
    return f"{word}.".lower() not in _shortened(tag)


def into_lines(text: str, tag: str) -> list[str]:
    """A text as lines, a sentence each."""
    lines, start = [], 0
    text = " ".join(text.split(" "))
    for match in re.finditer(r"[.!?…][\"»”’)\]]* +", text):
        if ends_sentence(text[max(start, match.end() - TAIL):match.end()], text[match.end():match.end() + 8], tag):
            lines.append(text[start:match.end()].strip(" "))
            start = match.end()
    return [*lines, text[start:].strip(" ")] if text[start:].strip(" ") else lines


def break_lines(inlines: Sequence[Node], tag: str) -> list[Node]:
    """The inlines of a paragraph with a line's break after each sentence."""
    made: list[Node] = []
    for place, each in enumerate(inlines):
        if each["t"] == "Space" and 0 < place < len(inlines) - 1 and _may_end(inlines[place - 1]):
            before = "".join(_tail(inlines[max(0, place - 4):place]))
            after = words_of(inlines[place + 1:place + 2], notes=False)
            if inlines[place + 1]["t"] in ("Str", "Emph", "Strong", "Link", "Quoted") and ends_sentence(before, after, tag):
                made.append({"t": "SoftBreak"})
                continue
        made.append(each)
    return made


def _may_end(node: Node) -> bool:
    """Whether a sentence may end with a node: a word without a mark of its end, as most are, needs no closer look."""
    return node["t"] != "Str" or not node["c"][-1:].isalnum() and node["c"][-1:] not in ",;:–-"


def _tail(inlines: Sequence[Node]) -> list[str]:
    """The words before a place, as far as they are one with it: a note's mark is no word."""
    return [" " if each["t"] in ("Space", "SoftBreak", "LineBreak") else words_of([each], notes=False) for each in inlines]


def break_blocks(nodes: Sequence[Node], tag: str) -> list[Node]:
    """Blocks whose paragraphs have a sentence a line; cells of tables stay as they are."""
    made: list[Node] = []
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind in ("Para", "Plain"):
            made.append({"t": kind, "c": break_lines(content, tag)})
        elif kind == "Div":
            made.append({"t": kind, "c": [content[0], break_blocks(content[1], dict(content[0][2]).get("lang", tag))]})
        elif kind == "BlockQuote":
            made.append({"t": kind, "c": break_blocks(content, tag)})
        elif kind == "BulletList":
            made.append({"t": kind, "c": [break_blocks(item, tag) for item in content]})
        elif kind == "OrderedList":
            made.append({"t": kind, "c": [content[0], [break_blocks(item, tag) for item in content[1]]]})
        else:
            made.append(node)
    return made
