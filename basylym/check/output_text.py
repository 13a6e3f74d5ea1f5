"""OUT: the article itself in the finished files: its text, references, figures, tables, notes and equations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml import etree

from basylym.check import Found, check
from basylym.check.outputs import BUILD, Difference, at, carries_metadata, compare_outputs, said_of, seen
from basylym.messages import Phrase
from basylym.model import Edition
from basylym.output import Output
from basylym.read.html import read_html
from basylym.read.pictures import read_picture
from basylym.typography.compare import letters

LOST = "{file} ({where}) lacks what {others} has: “{expected}”"
FEWER = "{file} ({where}) has {found}, where {others} has {expected}"
MOST = 20
"""How many lost paragraphs of a file are told one by one."""
WINDOW = 20_000
"""How many letters further on a paragraph is looked for before it is looked for everywhere."""
SEARCHES = 2_000
"""How often a paragraph is looked for everywhere: layouts move figures, but not so many."""
LONG = 40
"""Letters of a paragraph that stands in one place only."""
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "tr", "caption", "figcaption", "blockquote", "div", "section",
          "figure", "table", "ul", "ol", "dl", "tbody", "thead", "tfoot"}
"""Elements that begin a paragraph; a row of a table is one."""
PARTED = {"math", "img", "hr"}
"""Elements that part the words round them."""


@dataclass
class Block:
    """One paragraph of the manuscript."""

    kind: str
    """text, table or note."""
    parts: list[str] = field(default_factory=lambda: [""])
    """The words between its formulas, pictures and marks of notes."""

    @property
    def words(self) -> str:
        """As it reads, with one kind of space."""
        return " ".join("".join(self.parts).split())


@lru_cache(maxsize=2)
def _tree(html: str) -> etree._Element:
    return read_html(html)


@lru_cache(maxsize=2)
def blocks(html: str) -> list[Block]:
    """The paragraphs of a text in order."""
    found = [Block("text")]
    open_kinds = ["text"]
    walk = etree.iterwalk(_tree(html), events=("start", "end"))

    def add(text: str | None) -> None:
        found[-1].parts[-1] += text or ""

    for event, each in walk:
        name = etree.QName(each).localname
        parted = name in PARTED or each.get("role") in ("doc-noteref", "doc-backlink")
        if event == "start":
            if parted:
                walk.skip_subtree()
                found[-1].parts.append("")
                continue
            if name in BLOCKS:
                kind = "note" if each.get("role") == "doc-endnotes" else "table" if name == "tr" else open_kinds[-1]
                open_kinds.append(kind)
                if open_kinds[-2] != "table":  # a row is one paragraph, whatever its cells hold
                    found.append(Block(kind))
            add(each.text)
        elif each.getparent() is not None:
            if name in BLOCKS and not parted:
                open_kinds.pop()
                if open_kinds[-1] != "table":
                    found.append(Block(open_kinds[-1]))
            add(each.tail)
    return [block for block in found if any(letters(part) for part in block.parts)]


@lru_cache(maxsize=8)
def lost(html: str, text: str) -> tuple[Block, ...]:
    """The paragraphs of a manuscript that are not in the letters of a file."""
    found, position, searches = [], 0, 0
    for block in blocks(html):
        for part in filter(None, map(letters, block.parts)):
            start = text.find(part, position, position + WINDOW + len(part))
            if start < 0 and searches < SEARCHES:
                searches += 1
                start = text.find(part)
                if start < 0:
                    found.append(block)
                    break
                if len(part) < LONG:
                    continue
            position = max(position, start + len(part))
    return tuple(found)


def _compare_blocks(edition: Edition, output: Output, kind: str) -> Iterator[Difference]:
    wanting = [block for block in lost(edition.article.body.html, seen(output)) if block.kind == kind]
    for block in wanting[:MOST]:
        words = block.words
        yield Difference(words, edition.article.find(" ".join(words.split(" ")[:4])))
    if len(wanting) > MOST:
        yield Difference(Phrase("{number} more", number=len(wanting) - MOST), at(edition))


def _fewer(edition: Edition, expected: int, found: int, words: Phrase) -> Iterator[Difference]:
    if found < expected:
        yield Difference(words, edition.article.find(""), Phrase("number"))


@check("OUT-013", LOST, BUILD)
def reference_lost(edition: Edition) -> Iterator[Found]:
    """A finished file lacks an entry of the list of references, or has it otherwise.

    Why: a citation that leads to no entry is a claim without a source; and a reference that an index does not find is not counted
    for its author.

    Bad::

        outputs: {html: {"Мысал кітап": "Кітап"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    def compare(output: Output) -> Iterator[Difference]:
        entries = edition.article.body.entries
        for entry in entries:
            if letters(entry.text) not in seen(output):
                yield Difference(entry.text, edition.article.find_reference(entry.key))
        if output.entries is not None and output.entries < len(entries):
            yield Difference(str(len(entries)), at(edition, "bibliography"), Phrase("number"), str(output.entries))
        told = sum(len(each.values) for each in said_of(output, "references"))
        if output.kind == "html" and carries_metadata(edition, output) and told < len(entries):
            yield Difference(str(len(entries)), at(edition, "bibliography"), "citation_reference", str(told))

    yield from compare_outputs(edition, compare)


@check("OUT-014", LOST, BUILD)
def paragraph_lost(edition: Edition) -> Iterator[Found]:
    """A finished file lacks a paragraph of the text, or has it otherwise.

    Why: a fault of a template or a tool can lose a part of an article without a word, and nobody reads all three files to the end
    before they are published.

    Bad::

        outputs: {html: {"Екінші сөйлем одан кейін келеді.": ""}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    yield from compare_outputs(edition, lambda output: _compare_blocks(edition, output, "text"))


@check("OUT-015", FEWER, BUILD)
def figure_lost(edition: Edition) -> Iterator[Found]:
    """A finished file lacks a picture of the article.

    Why: the text speaks of what the reader does not see.

    Bad::

        text: |
          Мәтін [@example, 12]. Нүкте @fig:dot көрсетілген.

          ![Нүкте.](figures/dot.png){#fig:dot alt="Қара нүкте"}
        outputs: {epub: {"<img ": "<span "}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    if not edition.outputs:  # nothing to look for the pictures in
        return
    images = [(image.get("src", ""), letters(image.get("alt", ""))) for image in _tree(edition.article.body.html).iter("img")]
    wanted = Counter(words for source, words in images if not isinstance(read_picture(edition.article.folder, source), str))

    def compare(output: Output) -> Iterator[Difference]:
        there = Counter(map(letters, output.figures))
        silent = output.kind == "pdf"  # there a picture without words is decoration
        missing = [words for words, count in (wanted - there).items() for _ in range(count) if words or not silent]
        if missing:
            place = next(source for source, words in images if words in missing)
            yield Difference(str(wanted.total()), edition.article.find_picture(place), Phrase("figures"),
                             str(wanted.total() - len(missing)))

    yield from compare_outputs(edition, compare)


@check("OUT-016", LOST, BUILD)
def table_lost(edition: Edition) -> Iterator[Found]:
    """A finished file lacks a table, or a row of one, or has it otherwise.

    Why: the results of an article often stand in its tables alone.

    Bad::

        text: |
          Мәтін [@example, 12]. Сандар @tbl:one ішінде.

          | Жыл  | Саны |
          |------|------|
          | 2025 | 1234 |

          : Сандар. {#tbl:one}
        outputs: {html: {">1234<": ">4321<"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    def compare(output: Output) -> Iterator[Difference]:
        yield from _compare_blocks(edition, output, "table")
        number = sum(1 for _ in _tree(edition.article.body.html).iter("table"))
        yield from _fewer(edition, number, output.tables, Phrase("tables: {number}", number=number))

    yield from compare_outputs(edition, compare)


@check("OUT-017", LOST, BUILD)
def note_lost(edition: Edition) -> Iterator[Found]:
    """A finished file lacks a note, or has it otherwise.

    Why: what an author put into a note belongs to the article.

    Bad::

        text: |
          Мәтін [@example, 12]. Сөйлем.[^one]

          [^one]: Бұл ескерту үлгі үшін жазылған.
        outputs: {epub: {"Бұл ескерту үлгі үшін жазылған": "Бұл"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    def compare(output: Output) -> Iterator[Difference]:
        yield from _compare_blocks(edition, output, "note")
        number = len(_tree(edition.article.body.html).xpath('.//a[@role="doc-noteref"]'))
        yield from _fewer(edition, number, output.notes, Phrase("notes: {number}", number=number))

    yield from compare_outputs(edition, compare)


@check("OUT-018", LOST, BUILD)
def equation_lost(edition: Edition) -> Iterator[Found]:
    """A finished file lacks a formula, or has it otherwise.

    Why: a formula without one of its letters says something else, and no reader can tell.

    Bad::

        text: |
          Мәтін [@example, 12]. Теңдеу $a + b = c$ осындай.
        outputs: {html: {"a + b = c</annotation>": "a - b = c</annotation>"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    if not edition.outputs:
        return
    formulas = Counter(" ".join("".join(part.itertext()).split()) for part in _tree(edition.article.body.html).iter("{*}annotation"))

    def compare(output: Output) -> Iterator[Difference]:
        there = Counter(" ".join(tex.split()) for tex in output.formulas)
        for tex in islice((formulas - there).elements(), MOST):
            yield Difference(tex, edition.article.find(tex), Phrase("formula"))

    yield from compare_outputs(edition, compare)


@check("OUT-019", "{tool} finds a fault in {file}: {found}", "mend what it names: in the manuscript, or in the journal's own templates",
       severity="warning")
def tool_complains(edition: Edition) -> Iterator[Found]:
    """EPUBCheck, Ace or the Nu Html Checker finds a fault in a finished file.

    Why: shops and libraries refuse an EPUB that EPUBCheck finds faults in; what Ace and Nu find keeps readers out. These tools are
    asked where they are installed.

    Bad::

        outputs: {complaints: {html: "3: Duplicate ID title."}}

    Good::

        outputs: {}

    Source: EPUB 3.3, conformance; HTML, conformance requirements for authors.
    """
    for output in edition.outputs:
        for tool, words in output.complaints:
            yield Found(at(edition), words, values={"tool": tool, "file": output.path})
