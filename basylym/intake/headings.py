"""Which paragraphs are headings, by style or by look, and of which level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from basylym.intake.captions import read_caption
from basylym.intake.document import Block, Look, Node
from basylym.intake.labels import find_section, is_references
from basylym.intake.tidying import SPACES, inlines_of, strip, words_of
from basylym.intake.understood import Sureness
from basylym.messages import Phrase

LONGEST = 220
"""The longest heading, in letters."""
WORDS = 24
"""The longest that is known by its look alone, in words."""
NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})([.)]?)[ \t\xa0]+(?=[^\W\d_])|([IVXІХ]{1,5})[.)]?[ \t\xa0]+(?=[^\W\d_])")
"""A number typed before a heading."""
DEEPEST = 6
"""How deep Markdown's headings go."""


@dataclass(frozen=True, slots=True)
class Found:
    """A heading, with what is known of its level."""

    block: Block
    """Where it stands."""
    inlines: tuple[Node, ...]
    """Its words."""
    sure: Sureness
    """How sure it is that it is one."""
    why: Phrase
    """By what."""
    level: int | None
    """The level, where style or number tell it."""
    section: str
    """The part of an article that it names."""
    look: tuple
    """Headings that look the same are of one level."""
    rest: tuple[Node, ...] = ()
    """The paragraph that follows it in its own line."""
    stop: str = ""
    """The mark that stood between the two."""


def find_headings(blocks: Sequence[Block]) -> dict[int, Found]:
    """The headings among blocks, by the blocks' numbers."""
    found = {}
    for place, block in enumerate(blocks):
        before = blocks[place - 1] if place else None
        after = next((each for each in blocks[place + 1:place + 4] if each.text.strip()), None)
        if each := _judge(block, before, after):
            found[block.number] = each
    return found


def _judge(block: Block, before: Block | None, after: Block | None) -> Found | None:
    node, text = _single(block.node), " ".join(block.text.split())
    inlines, look = inlines_of(node), block.look
    if not inlines or not any(letter.isalpha() for letter in text):
        return None
    number = NUMBER.match(text)
    depth = number[1].count(".") + 1 if number and number[1] else 1 if number else None
    level = look.level or (node["c"][0] if node["t"] == "Header" else None)
    section = "" if text[:1].islower() and not look.level else find_section(text) or ""

    def heading(sure: Sureness, why: Phrase, **more) -> Found:
        return Found(block, tuple(_unmarked(inlines)), sure, why, more.pop("level", depth), section, _signature(look, depth), **more)

    if level and len(text) <= LONGEST:
        return heading("certain", Phrase("its style is “{style}”", style=look.style) if look.style else
                       Phrase("the file makes it a heading"), level=level)
    if section or is_references(text):
        return heading("certain", Phrase("these words stand over a part of an article"), level=depth or 1)
    if len(text) <= LONGEST and len(text.split()) <= WORDS and _is_set_as_heading(block, text, depth, before, after):
        return heading("likely", _reason(look, text, bool(number)))
    return _run_in(block, inlines, text)


def _single(node: Node) -> Node:
    """The paragraph in a list of one: numbered headings are lists to a word processor."""
    if node["t"] in ("OrderedList", "BulletList"):
        items = node["c"][1] if node["t"] == "OrderedList" else node["c"]
        if len(items) == 1 and len(items[0]) == 1 and find_section(words_of(items[0])):
            return items[0][0]
    return node


def _is_set_as_heading(block: Block, text: str, depth: int | None, before: Block | None, after: Block | None) -> bool:
    """Whether a short paragraph looks like a heading: bold, in capitals, larger or numbered, above a paragraph that does not."""
    look, numbered = block.look, depth is not None
    if before is not None and before.kind in ("table", "figure") and not numbered and look.bold < 0.5 and ": " in text:
        return False  # «Источник: составлено авторами», below what it is said of
    if block.kind != "paragraph" or after is None or text[-1] in ",;" or re.match(r"[–—•*-]\s", text) or read_caption(text):
        return False
    if any(each["t"] in ("Image", "Math", "Note", "LineBreak") for each in inlines_of(block.node)):
        return False
    if look.bold < 0.9 and (look.size and look.usual and look.size < look.usual - 1.5 or re.search(r"[=∑∫±≤≥]", text)):
        return False  # a part of a formula
    letters = [letter for letter in text if letter.isalpha()]
    bold, capitals = look.bold >= 0.9, look.caps >= 0.9 or all(letter.isupper() for letter in letters)
    larger = bool(look.size and look.usual and look.size > look.usual + 0.4 and look.align == "center")
    ends = text[-1] in ".:" and not numbered
    if bold:
        return len(letters) > 3 and not (text[-1] == "." and len(re.findall(r"[.!?]\s", text)) > 1)
    if (capitals and len(letters) > 4 and len(text.split()) <= 16) or larger:
        return not ends
    if numbered and text[-1] not in ".:;" and len(text.split()) <= 12:
        return not _is_item(before, depth) and not _is_item(after, depth)
    if look.italic < 0.95 or len(text.split()) > 12 or text[-1] in ".:;?!»”\"":
        return False
    if look.align == "center":  # set apart twice: what follows may be short
        return after.kind in ("paragraph", "list") and after.look.align != "center" and after.look.italic < 0.5
    return after.kind == "paragraph" and len(after.text) > 2 * len(text) and after.look.italic < 0.5


def _is_item(block: Block | None, depth: int | None) -> bool:
    """Whether a neighbour is numbered as deep: then both are items of a list."""
    match = NUMBER.match(block.text.lstrip()) if block else None
    return bool(match and match[1] and match[1].count(".") + 1 == depth and len(block.text) < LONGEST)


def _reason(look: Look, text: str, numbered: bool) -> Phrase:
    if look.bold >= 0.9:
        return Phrase("a short line, all in bold")
    if look.caps >= 0.9 or not any(letter.islower() for letter in text):
        return Phrase("a short line in capitals")
    if numbered:
        return Phrase("a short line with a number before it")
    return Phrase("a short line set otherwise than the text below it")


def _unmarked(inlines: Sequence[Node]) -> list[Node]:
    """The words of a heading without the bold letters and italics that made it look like one."""
    made: list[Node] = []
    whole = not any(each["t"] not in ("Strong", "Emph", "Underline", "Span", *SPACES) for each in inlines)
    for each in inlines:
        if each["t"] == "Strong" or each["t"] == "Underline" or (whole and each["t"] == "Emph"):
            made += _unmarked(each["c"])
        elif each["t"] == "Span":
            made += _unmarked(each["c"][1])
        else:
            made.append({"t": "Space"} if each["t"] in SPACES else each)
    return strip(made)


def _signature(look: Look, depth: int | None) -> tuple:
    return (look.bold >= 0.9, look.caps >= 0.9, look.italic >= 0.9, look.align == "center", round(look.size or 0), depth)


def _run_in(block: Block, inlines: Sequence[Node], text: str) -> Found | None:
    """A heading in the line of its paragraph: «**Введение.** Текст …», the name of a part and a full stop."""
    if block.kind != "paragraph":
        return None
    head, rest = [], list(strip(inlines))
    while rest and rest[0]["t"] in ("Strong", "Span", "Emph", *SPACES) and len(words_of(head)) < LONGEST:
        head.append(rest.pop(0))
    words = words_of(head)
    if words and rest and find_section(words):
        stop = words[-1] if words[-1] in ".:" else ""
        inner = _without_last(_unmarked(_spans_open(head)), stop)
        if not stop and rest[0]["t"] == "Str" and rest[0]["c"][:1] in (".", ":"):
            stop = rest[0]["c"][0]
            rest[0] = {"t": "Str", "c": rest[0]["c"][1:]}
            rest = rest if rest[0]["c"] else rest[1:]
        if stop or rest[0]["t"] != "Str" or rest[0]["c"][:1].isupper():
            return Found(block, tuple(inner), "certain", Phrase("the name of a part of an article begins the paragraph"), 1,
                         find_section(words) or "", ("run-in",), tuple(strip(rest)), stop)
    match = re.match(r"([^\W\d_][\w \xa0]{3,60}?)([.:])[ \xa0](?=[«“\"(]?[^\W\d_])", text)
    if match and match[2] == "." and (section := find_section(match[1])) and text[match.end()].isupper() | (text[match.end()] in "«“\"("):
        taken = _take_words(strip(inlines), len(match[1].split()))
        if taken:
            return Found(block, tuple(_without_last(_unmarked(taken[0]), match[2])), "likely",
                         Phrase("the name of a part of an article begins the paragraph"), 1, section, ("run-in",),
                         tuple(strip(taken[1])), match[2])
    return None


def _spans_open(inlines: Sequence[Node]) -> list[Node]:
    return [part for each in inlines for part in (each["c"] if each["t"] in ("Emph",) else [each])]


def _without_last(inlines: Sequence[Node], mark: str) -> list[Node]:
    made = list(inlines)
    if mark and made and made[-1]["t"] == "Str" and made[-1]["c"].endswith(mark):
        made[-1] = {"t": "Str", "c": made[-1]["c"][:-1]}
    return [each for each in made if each != {"t": "Str", "c": ""}]


def _take_words(inlines: Sequence[Node], count: int) -> tuple[list[Node], list[Node]] | None:
    """The first words, and what follows them; None where they do not stand bare."""
    head: list[Node] = []
    for place, each in enumerate(inlines):
        if each["t"] == "Str":
            head.append(each)
            count -= 1
            if not count:
                return head, list(inlines[place + 1:])
        elif each["t"] in SPACES:
            head.append(each)
        else:
            return None
    return None


def give_levels(found: Sequence[Found]) -> dict[int, int]:
    """The level of each heading by its block's number: as style and number say, those that look alike on one level, none skipped."""
    styled = sorted({each.level for each in found if each.block.look.level and each.level})
    looks: dict[tuple, int] = {}
    for each in found:
        if each.block.look.level:
            looks.setdefault(each.look, styled.index(each.level) + 1)
        elif each.section and each.look != ("run-in",):
            looks.setdefault(each.look, each.level or 1)
    firsts = any(each.section for each in found)
    levels: dict[int, int] = {}
    last, inner, before = 0, 0, None
    for each in found:
        if each.section or each.look != (before and before.look):
            inner = 0
        elif before.section and before.block.number == each.block.number - 1:
            inner = last + 1  # it stands right under the name of a part: no text of that part's own, so it is within it
        before = each
        if each.block.look.level:
            level = styled.index(each.level) + 1
        elif inner and not each.level:
            level = inner
        elif each.level:
            level = each.level
        else:
            level = looks.setdefault(each.look, 2 if firsts and last else max(looks.values(), default=0) + 1)
        last = levels[each.block.number] = min(level, last + 1, DEEPEST)
    return levels
