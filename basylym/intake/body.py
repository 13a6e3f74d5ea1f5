"""The text of an article out of the blocks that neither front matter nor references took: headings, paragraphs, lists, tables, figures,
equations. What stands in the file stands here, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from basylym.intake.captions import Caption, is_continued, plain_number, read_caption, without_head
from basylym.intake.document import Block, Document, LeftOut, Look, Node
from basylym.intake.floats import (
    as_figure,
    as_table,
    find_heads,
    images_in,
    join_tables,
    label_equation,
    only_pictures,
    part_picture,
    unwrap_table,
)
from basylym.intake.headings import Found, find_headings, give_levels
from basylym.intake.nodes import walk
from basylym.intake.tidying import inlines_of, para, strip, tidy, tidy_blocks, words_of
from basylym.intake.typed_lists import find_list
from basylym.intake.understood import Decision, Sureness
from basylym.languages.identify import identify_language
from basylym.messages import LanguageName, Phrase

LONG = 200
"""So many letters are no line of front matter."""
TOLD = 80
"""The shortest passage whose language is asked."""
PASSAGE = 700
"""Letters of a passage by which its language is known."""
CAPTION_STYLES = {"caption", "image caption", "table caption", "illustration", "drawing", "figure", "table", "captioned figure"}
"""Styles of captions, as Word, LibreOffice and pandoc call them, in small letters."""
TITLE = 300
"""The longest title of a table in a line of its own."""


@dataclass(slots=True)
class Body:
    """The text as it grows."""

    nodes: list[Node] = field(default_factory=list)
    """Its blocks."""
    origins: list[tuple[int, ...]] = field(default_factory=list)
    """The numbers of the received blocks that each was made of."""
    decisions: list[Decision] = field(default_factory=list)
    """What each was taken for."""
    left_out: list[LeftOut] = field(default_factory=list)
    """What stands nowhere in it."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many figures, tables and equations have a number so far."""


def understand_body(document: Document, taken: frozenset[int], references: frozenset[int], language: str,
                    doubted: frozenset[int] = frozenset()) -> Body:
    """The text; `taken` are the blocks that stand elsewhere, `references` those of them that lists of references took, `doubted` those
    that stand among front matter and are nothing known."""
    blocks = [block for each in document.blocks if each.number not in taken for block in _open(each)]
    return _Reading(blocks, taken, references, language, doubted).read()


def _open(block: Block) -> list[Block]:
    """A block; what a table of one cell frames, what a division holds, a picture and the caption in its paragraph, one by one."""
    kind, inner = block.node["t"], None
    if kind == "Table":
        inner = unwrap_table(block.node)
        if inner is None and (pictures := only_pictures(block.node)):
            inner = [para(pictures)]
    elif kind == "Div":
        inner = block.node["c"][1]
    elif kind in ("Para", "Plain"):
        inner = part_picture(block.node)
    if inner is None:
        return [block]
    return [replace(block, kind=_kind(node), node=node, text=words_of(node, notes=False),
                    look=block.look if node["t"] in ("Para", "Plain") else Look()) for node in inner]


def _kind(node: Node) -> str:
    return {"Table": "table", "BulletList": "list", "OrderedList": "list", "CodeBlock": "code", "BlockQuote": "quote", "Figure": "figure",
            "LineBlock": "quote"}.get(node["t"], "paragraph")


class _Reading:
    """One pass over the blocks."""

    def __init__(self, blocks: list[Block], taken: frozenset[int], references: frozenset[int], language: str,
                 doubted: frozenset[int]):
        self.blocks, self.language, self.doubted, self.body = blocks, language, doubted, Body()
        self.headings = find_headings(blocks)
        begins = next((each.number for each in blocks if len(each.text) >= LONG or each.kind == "table"
                       or each.number in self.headings and self.headings[each.number].sure == "certain"), 0)
        self.before = begins if any(number < begins for number in taken) else 0
        self.after = min(references, default=0)
        last = max((number for number in taken if number < begins), default=0)
        for number in [number for number, each in self.headings.items() if each.sure == "likely"]:
            if number < last or number in doubted or self.after and number > self.after:  # among front matter a line in bold is no heading
                del self.headings[number]
        self.levels = give_levels([self.headings[each.number] for each in blocks if each.number in self.headings])
        self.used: set[int] = set()

    def read(self) -> Body:
        """Takes the blocks in turn."""
        place = 0
        while place < len(self.blocks):
            place += self._take(place)
        return self.body

    def _take(self, place: int) -> int:
        """Takes the block at a place; how many blocks that were."""
        block = self.blocks[place]
        if place in self.used:
            return 1
        if block.kind == "rule" or block.node["t"] == "HorizontalRule":
            self.body.left_out.append(LeftOut("———", "rule", str(block.number)))
            return 1
        if block.node["t"] in ("Para", "Plain") and not words_of(block.node) and not images_in(block.node):
            return 1
        if found := self.headings.get(block.number):
            self._take_heading(found)
        elif block.node["t"] == "Table":
            self._take_table(place)
        elif images_in(block.node):
            self._take_figure(place)
        elif is_continued(block.text) and self._take_continued(place):
            pass
        elif caption := self._caption_of_next(place):
            return self._take_caption(place, caption)
        elif equation := label_equation(block.node, self.body.counts):
            node, typed, sure = equation
            self._add(block, node, "equation", sure, Phrase("a formula in a line of its own"))
            if typed:
                self._leave(block, typed, "number")
        elif made := find_list(self.blocks, place, self._text_above()):
            self._put(tidy_blocks([made.node]), *(each.number for each in made.blocks))
            for each, mark in zip(made.blocks, made.marks, strict=True):
                self._tell(each, "list", each.text, "certain" if made.sure else "likely",
                           Phrase("paragraphs that begin with “{mark}”", mark=mark))
                self._leave(each, mark, "list_mark")
            return len(made.blocks)
        else:
            self._take_paragraph(block)
        return 1

    def _take_heading(self, found: Found) -> None:
        level, inlines = self.levels[found.block.number], tidy(found.inlines)
        self._put([{"t": "Header", "c": [level, ["", [], []], inlines]}], found.block.number)
        self._tell(found.block, "heading", f"{'#' * level} {words_of(inlines)}", found.sure, found.why)
        if found.stop:
            self._leave(found.block, found.stop, "heading_stop")
        if found.rest:
            self._add(found.block, para(tidy(found.rest)), "paragraph", found.sure, Phrase("what follows a heading in its line"))

    def _take_paragraph(self, block: Block) -> None:
        nodes = tidy_blocks([block.node])
        kind = block.kind if block.kind in ("list", "table", "figure", "equation", "code", "quote") else "paragraph"
        sure: Sureness = "certain"
        why: object = Phrase("a paragraph of the text")
        if kind == "paragraph" and (block.number < self.before or block.number in self.doubted):
            sure, why = "unknown", Phrase("it stands before the text, and nothing says what it is")
        elif self.after and block.number > self.after:
            sure, why = "unknown", Phrase("it stands after the list of references")
        elif kind == "list":
            why = Phrase("a list in the file")
        elif kind != "paragraph":
            why = Phrase("the file says so")
        asked = len(block.text) >= TOLD and block.kind in ("paragraph", "quote")
        tag = identify_language(block.text[:PASSAGE], ("kk", "ru", "en")) if asked else None
        if tag and tag != self.language and sure == "certain":
            nodes = [{"t": "Div", "c": [["", [], [["lang", tag]]], nodes]}]
            sure, why = "likely", Phrase("a passage in {language}", language=LanguageName(tag))
        self._put(nodes, block.number)
        self._tell(block, "quote" if kind == "quote" else kind, block.text, sure, why)

    def _caption_of_next(self, place: int) -> Caption | None:
        """The caption in a paragraph, where a table or figure follows that it belongs to."""
        block = self.blocks[place]
        if block.node["t"] not in ("Para", "Plain") or len(block.text) > 3 * TITLE:
            return None
        if (caption := read_caption(block.text)) or block.look.style.lower() not in CAPTION_STYLES:
            return caption
        after = next((each for each in self.blocks[place + 1:place + 3] if words_of(each.node) or images_in(each.node)), None)
        above = self.body.nodes[-1]["t"] if self.body.nodes else ""
        kind = "tables" if after and after.node["t"] == "Table" else "figures"
        return Caption(kind, "", "") if kind == "tables" or above == "Figure" or place and images_in(self.blocks[place - 1].node) else None

    def _take_caption(self, place: int, caption: Caption) -> int:
        """A caption above its table or figure, and the title in the line below it; alone it is a paragraph."""
        lines, at = [place], place + 1
        rest = words_of(without_head(inlines_of(self.blocks[place].node), caption.head))
        while at < len(self.blocks) and len(lines) < (3 if not rest else 2) and at not in self.used:
            each = self.blocks[at]
            if each.node["t"] == "Table" and caption.kind == "tables":
                self._write_table(at, caption, lines)
                return at - place + 1
            if caption.kind == "figures" and images_in(each.node):
                self._write_figure(at, caption, lines)
                return at - place + 1
            words = words_of(each.node)
            if words and (each.number in self.headings and len(rest) > 0 or each.node["t"] not in ("Para", "Plain") or len(words) > TITLE
                          or read_caption(words)):
                break
            if words:
                lines.append(at)
            at += 1
        self._take_paragraph(self.blocks[place])
        return 1

    def _take_table(self, place: int) -> None:
        """A table; its caption stands above it and is taken already, or below."""
        below = self._caption_below(place, "tables")
        self._write_table(place, below[0] if below else None, below[1] if below else [])

    def _take_continued(self, place: int) -> bool:
        """The rest of the table above, below a line that says so; whether there is one."""
        at = next((at for at in range(place + 1, min(place + 3, len(self.blocks))) if words_of(self.blocks[at].node)), place)
        if not self.body.nodes or self.body.nodes[-1]["t"] != "Table" or self.blocks[at].node["t"] != "Table":
            return False
        joined = join_tables(self.body.nodes[-1], tidy_blocks([self.blocks[at].node])[0])
        if joined is None:
            return False
        self.body.nodes[-1], again = joined
        self.body.origins[-1] = (*self.body.origins[-1], self.blocks[at].number)
        self.used.add(at)
        self._leave(self.blocks[place], self.blocks[place].text, "needless")
        if again:
            self._leave(self.blocks[at], again, "twice")
        for each in (self.blocks[place], self.blocks[at]):
            self._tell(each, "table", each.text, "likely", Phrase("the table above goes on"))
        return True

    def _take_figure(self, place: int) -> None:
        below = self._caption_below(place, "figures")
        self._write_figure(place, below[0] if below else None, below[1] if below else [])

    def _caption_below(self, place: int, kind: str) -> tuple[Caption, list[int]] | None:
        """The caption under a thing, where it is not that of the next one."""
        at = place + 1
        while at < len(self.blocks) and not words_of(self.blocks[at].node) and not images_in(self.blocks[at].node):
            at += 1
        if at >= len(self.blocks) or not (caption := self._caption_of_next(at)) or caption.kind != kind:
            return None
        following = [each for each in self.blocks[at + 1:at + 5] if words_of(each.node) or images_in(each.node)]
        if kind == "tables" and not words_of(without_head(inlines_of(self.blocks[at].node), caption.head)) and len(following) > 1 \
                and following[0].node["t"] != "Table" and len(following[0].text) <= TITLE:
            following = following[1:]  # a number alone has its title in the line below it
        if kind == "tables" and following and following[0].node["t"] == "Table":
            return None
        self.used.add(at)
        return caption, [at]

    def _write_table(self, place: int, caption: Caption | None, lines: Sequence[int]) -> None:
        block = self.blocks[place]
        self.used.add(place)
        self.used.update(lines)
        words, label = self._caption_words(caption, lines, "tables", "tbl")
        kept = lines if lines and not label else []
        self._keep_lines([line for line in kept if line < place])
        words = [] if kept else words
        table, guessed = find_heads(tidy_blocks([block.node])[0])
        own = words_of(table["c"][1][1])
        if own and (words or lines):
            self._leave(block, own, "twice")
            table = as_table(table, [], "", bare=True)
        elif own:
            words, label = self._own_caption(block, table["c"][1][1], "tables", "tbl")
        self._put([as_table(table, words, label)], block.number)
        pictured = any(each["t"] == "Image" for each in walk(block.node))
        self._tell(block, "table", words_of(words), "likely" if guessed or pictured else "certain", Phrase(
            "a table in the file; its first row was taken for the heads of its columns") if guessed else Phrase("a table in the file"))
        self._keep_lines([line for line in kept if line > place])
        self._tell_caption(caption, lines, words, label)

    def _write_figure(self, place: int, caption: Caption | None, lines: Sequence[int]) -> None:
        block = self.blocks[place]
        self.used.add(place)
        self.used.update(lines)
        words, label = self._caption_words(caption, lines, "figures", "fig")
        kept = lines if lines and not label else []
        self._keep_lines([line for line in kept if line < place])
        if kept:
            words = []
        elif not lines and block.node["t"] == "Figure" and words_of(block.node["c"][1][1]):
            words, label = self._own_caption(block, block.node["c"][1][1], "figures", "fig")
        self._put(as_figure(tidy_blocks([block.node]), words, label), block.number, *(self.blocks[line].number for line in lines))
        self._tell(block, "figure", words_of(words), "certain", Phrase("a picture in the file"))
        self._keep_lines([line for line in kept if line > place])
        self._tell_caption(caption, lines, words, label)

    def _caption_words(self, caption: Caption | None, lines: Sequence[int], kind: str, prefix: str) -> tuple[list[Node], str]:
        """The words of a caption without its number, and the label that sets the number again; no label where it would set another."""
        if caption is None:
            return [], ""
        number = plain_number(caption.number)
        if caption.number and number != self.body.counts.get(kind, 0) + 1:
            return [], ""
        inlines: list[Node] = []
        for place, line in enumerate(lines):
            own = inlines_of(self.blocks[line].node)
            part = tidy(without_head(own, caption.head) if not place else without_head(own, ""))
            inlines += [*([{"t": "Space"}] if inlines and part else []), *part]
        if not inlines and kind == "figures":  # without words it is no figure to Markdown, and not counted
            return [], ""
        return strip(inlines), self._next_label(kind, prefix)

    def _own_caption(self, block: Block, caption: Sequence[Node], kind: str, prefix: str) -> tuple[list[Node], str]:
        """The caption that the file itself gives a thing, without a number typed in it that is its place among the others."""
        inlines = tidy([inline for each in caption for inline in (*inlines_of(each), {"t": "Space"})])
        typed, label = read_caption(words_of(inlines)), self._next_label(kind, prefix)
        if typed and plain_number(typed.number) == self.body.counts[kind] and (rest := tidy(without_head(inlines, typed.head))):
            self._leave(block, typed.head, "number")
            return rest, label
        return inlines, label

    def _next_label(self, kind: str, prefix: str) -> str:
        self.body.counts[kind] = self.body.counts.get(kind, 0) + 1
        return f"{prefix}:{self.body.counts[kind]}"

    def _tell_caption(self, caption: Caption | None, lines: Sequence[int], words: list[Node], label: str) -> None:
        if caption is None or not lines:
            return
        blocks = tuple(self.blocks[line].number for line in lines)
        taken = " ".join(self.blocks[line].text for line in lines)
        if label:
            self.body.decisions.append(Decision(blocks, "caption", words_of(words), "certain" if caption.number else "likely",
                                                Phrase("it begins with “{words}”", words=caption.head) if caption.head else
                                                Phrase("its style is “{style}”", style=self.blocks[lines[0]].look.style), taken))
            if caption.head:
                self._leave(self.blocks[lines[0]], caption.head, "number")
        else:
            why = Phrase("its number, {number}, is not its place among the others: it stays a paragraph as typed",
                         number=caption.number or "—")
            self.body.decisions.append(Decision(blocks, "caption", taken, "likely", why, taken))

    def _keep_lines(self, lines: Sequence[int]) -> None:
        for line in lines:
            self._put(tidy_blocks([self.blocks[line].node]), self.blocks[line].number)

    def _put(self, nodes: Sequence[Node], *blocks: int) -> None:
        self.body.nodes += nodes
        self.body.origins += [blocks] * len(nodes)

    def _text_above(self) -> str:
        return words_of(self.body.nodes[-1]) if self.body.nodes else ""

    def _add(self, block: Block, node: Node, part: str, sure: Sureness, why: object) -> None:
        self._put([node], block.number)
        self._tell(block, part, words_of(node, notes=False), sure, why)

    def _tell(self, block: Block, part: str, value: str, sure: Sureness, why: object) -> None:
        self.body.decisions.append(Decision((block.number,), part, value, sure, why, block.text))

    def _leave(self, block: Block, text: str, why: str) -> None:
        self.body.left_out.append(LeftOut(text, why, str(block.number)))
