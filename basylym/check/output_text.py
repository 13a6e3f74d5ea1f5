"""OUT: the article itself in the finished files: its text, references, figures, tables, notes and equations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice

from basylym.check import Found, check
from basylym.check.output_blocks import Block, find_blocks, tree
from basylym.check.outputs import BUILD, Difference, at, carries_metadata, compare_outputs, said_of, seen
from basylym.messages import Phrase
from basylym.model import Edition
from basylym.output import Output
from basylym.read.pictures import read_picture
from basylym.typography.compare import letters

LOST = "{file} ({where}) lacks what {others} has: “{expected}”"
FEWER = "{file} ({where}) has {found}, where {others} has {expected}"
MOVED = "{file} ({where}) has this elsewhere than {others}: “{expected}”"
MOST = 20
"""How many lost paragraphs of a file are told one by one."""


def _compare_blocks(edition: Edition, output: Output, *kinds: str) -> Iterator[Difference]:
    yield from _tell(edition, [block for block in find_blocks(edition.article.body.html, seen(output)).lost if block.kind in kinds])


def _tell(edition: Edition, wanting: Collection[Block]) -> Iterator[Difference]:
    """A difference for each of some paragraphs."""
    for block in islice(wanting, MOST):
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
    yield from compare_outputs(edition, lambda output: _compare_blocks(edition, output, "text", "float"))


@check("OUT-023", MOVED, BUILD)
def paragraph_moved(edition: Edition) -> Iterator[Found]:
    """A paragraph of the text stands at another place of a finished file than in the manuscript.

    Why: an argument whose steps change places is another one, and all its words are there, so nothing else finds it. Figures, tables
    and notes are left out: layouts set them where they find room.

    Bad::

        text: |
          Мәтін [@example, 12].

          Бұл абзац мақаланың басында тұр, әрі ол өте маңызды.

          Ал мына абзац одан кейін келеді, өйткені ол біріншісіне сүйенеді.
        outputs:
          html:
            Бұл абзац мақаланың басында тұр, әрі ол өте маңызды: ЕКІНШІ
            Ал мына абзац одан кейін келеді, өйткені ол біріншісіне сүйенеді: Бұл абзац мақаланың басында тұр, әрі ол өте маңызды
            ЕКІНШІ: Ал мына абзац одан кейін келеді, өйткені ол біріншісіне сүйенеді

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    yield from compare_outputs(edition, lambda output: _tell(edition, find_blocks(edition.article.body.html, seen(output)).moved))


@check("OUT-024", LOST, BUILD)
def second_list_differs(edition: Edition) -> Iterator[Found]:
    """A finished file lacks the second list of references, or an entry of it, or has one otherwise than the other files.

    Why: the second list is there for indexes that read no Cyrillic; a reference that it lacks is not counted for its author.

    Bad::

        journal: {second_list: apa}
        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, title-en: A Sample Book, author: [{family: Үлгі, given: Автор}],
             issued: 2001, publisher: Үлгі, publisher-place: Алматы, number-of-pages: 235}
        outputs: {epub: {"Mysal kıtap": "Mysal"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    entries = edition.article.body.entries if edition.journal.second_list else ()
    lists = {output.path: [letters(entry) for entry in output.second] for output in edition.outputs
             if output.second is not None and output.state == "read" and not output.older_than}
    printed = [seen(output) for output in edition.outputs if output.second is None]
    right: dict[str, str] = {}  # what most of the files say of each entry; the fullest where they don't agree
    for number, entry in enumerate(entries):
        said = [(told[number], output.second[number]) for output in edition.outputs
                if len(told := lists.get(output.path, ())) > number]
        if said:
            right[entry.key] = max(said, key=lambda each, said=said: (
                [own for own, _ in said].count(each[0]) + sum(each[0] in text for text in printed), len(each[0])))[1]

    def compare(output: Output) -> Iterator[Difference]:
        there = lists.get(output.path, seen(output))  # a PDF has no list that could be told from the rest
        for key, words in right.items():
            if letters(words) not in there:
                yield Difference(words, edition.article.find_reference(key))

    yield from compare_outputs(edition, compare)


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
    images = [(image.get("src", ""), letters(image.get("alt", ""))) for image in tree(edition.article.body.html).iter("img")]
    folder, limits = edition.article.folder, edition.journal.limits
    wanted = Counter(words for source, words in images if not isinstance(read_picture(folder, source, limits), str))

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
        number = sum(1 for _ in tree(edition.article.body.html).iter("table"))
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
        number = len(tree(edition.article.body.html).xpath('.//a[@role="doc-noteref"]'))
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
    formulas = Counter(" ".join("".join(part.itertext()).split()) for part in tree(edition.article.body.html).iter("{*}annotation"))

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
