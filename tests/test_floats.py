"""Figures that wait for the head of the next page or column: what goes before them, and that nothing is lost or printed twice."""

import re
import sys

import pytest
from conftest import ROOT
from test_layouts import LAYOUTS, LONG_PARAGRAPH, SLACK, leaves, texts_of

from basylym.project import Project
from basylym.render.layout import load_engine
from basylym.render.press import Press

sys.path.insert(0, str(ROOT / "tests" / "torture"))
import write

FIGURE = "![Сурет.](figures/f.svg){#fig:f alt=\"Үлгі\"}"


def laid_out(journal, layout, text, size=(400, 500)):
    """A text with one picture, as pages."""
    journal.overlay({"journal": {"layout": layout}, "text": text})
    (journal.article / "figures/f.svg").write_text(write.write_svg(*size, 1), "utf-8")
    return Press(Project(journal.folder), journal.edition()).layout


def printed(document):
    """The blocks in the order they are printed, each as often as it is taken up anew: page, element, box."""
    return [(number, box.element, box) for number, box in leaves(document, "BlockBox")
            if box.element is not None and box.element.get("data-block") and box.element_tag == box.element.tag
            and (box.element.tag == "table" or type(box.style).__name__ != "AnonymousStyle")]


def bare(text):
    return re.sub(r"[\s\u00ad\u200b\u2011-]", "", text)


def wrong(document):
    """Paragraphs of plain text of which a letter is lost or printed twice."""
    parts = {}
    for _, element, box in printed(document):
        if element.tag == "p" and not len(element):
            parts.setdefault(element, []).append("".join(each.text for each in texts_of(box)))
    assert parts
    return [element.text for element, texts in parts.items() if bare("".join(texts)) != bare(element.text)]


@pytest.mark.parametrize(("layout", "size"), [
    ("classic", (400, 500)), ("classic", (900, 500)), ("modern", (200, 420)), ("modern", (900, 500))])
def test_a_figure_waits_for_the_head_of_the_next_page_while_the_text_goes_on(journal, layout, size):
    """A picture in the text, one across it, in one column and in two; the paragraph at the page's end goes on below the picture."""
    divided = 0
    for before in range(3, 20, 2):
        text = "\n\n".join(("Мәтін [@example, 12].", *[LONG_PARAGRAPH] * before, FIGURE, *[LONG_PARAGRAPH * 5] * 8))
        laid = laid_out(journal, layout, text, size)
        assert wrong(laid.document) == []
        blocks = printed(laid.document)
        at = next(at for at, (_, element, _) in enumerate(blocks) if element.tag == "figure")
        page, _, _ = blocks[at]
        if 0 < at < len(blocks) - 1 and blocks[at - 1][1] is blocks[at + 1][1] and blocks[at - 1][0] < page:
            divided += 1
            first = laid.starts[page - 1]
            assert (first.block, first.offset > 0) == (blocks[at + 1][1].get("id"), True)  # the page begins with the text
            break
    assert divided


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_figure_parts_a_formula_from_the_sentence_that_goes_on(journal, layout):
    waited = 0
    for words in range(0, 60, 15):
        rest = "\n\n".join(f"Сонда\n\n$$ E = m c^2 $$\n\nмұндағы {number} – сан, ал қалғаны белгілі." for number in range(30))
        before = [LONG_PARAGRAPH] * (5 if layout == "classic" else 9)
        text = "\n\n".join(("Мәтін [@example, 12].", "Сөйлем. " * words, *before, FIGURE, rest))
        blocks = printed(laid_out(journal, layout, text, (290, 600)).document)
        at = next(at for at, (_, element, _) in enumerate(blocks) if element.tag == "figure")
        waited += "equation" in "".join(element.get("class", "") for _, element, _ in blocks[:at])
        assert not ("equation" in blocks[at - 1][1].get("class", "") and bare(blocks[at + 1][1].text or "").startswith("мұндағы"))
    assert waited


def test_nothing_of_a_page_that_holds_a_turned_table_is_lost(journal):
    table = "\n".join(("|" + " Баған |" * 11, "|" + "---|" * 11, "|" + " 100000000,5 |" * 11))
    text = "\n\n".join(("Мәтін [@example, 12].", *[LONG_PARAGRAPH] * 3, f"{table}\n\n: Кесте. {{#tbl:turned}}", *[LONG_PARAGRAPH] * 24))
    document = laid_out(journal, "classic", text).document
    assert wrong(document) == []
    page, _, box = next(each for each in printed(document) if each[1].tag == "table")
    leaf = document.pages[page - 1]
    assert leaf.width > leaf.height
    assert box.border_box_y() > 0.3 * leaf.height  # not at the head of an empty page
    assert {page - 1, page + 1} <= {number for number, element, _ in printed(document) if element.tag == "p"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_last_language_does_not_stand_alone_on_the_last_page(layout):
    """Nor does any language's heading stand on the page before its text."""
    style = "".join((ROOT / f"styles/{name}.css").read_text("utf-8") for name in ("print", f"print-{layout}"))
    people = "<p>Автор</p>" * 3
    about = "".join(f"<section class='about'><h2>Туралы {tag}</h2>{people}</section>" for tag in "123")
    pages = set()
    for height in range(190, 245, 3):
        html = f"<style>{style}</style><article><div style='height: {height}mm'></div><div class='about-authors'>{about}</div></article>"
        boxes = [(number, box.element_tag) for number, box in leaves(load_engine().HTML(string=html).render(), "BlockBox")
                 if box.element_tag in ("h2", "p") and box.children]
        heads = [number for number, tag in boxes if tag == "h2"]
        assert [number for number, tag in boxes if tag == "p"][::3] == heads
        assert heads[2] == 1 or heads[1] == heads[2] or [number for number, tag in boxes if tag == "p"][5] == heads[2]
        pages.add(tuple(heads))
    assert {(1, 2, 2), (2, 2, 2)} <= pages


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_holds_a_long_address_has_no_straight_edge(journal, layout):
    address = "https://journal.example/archive/an-article"
    text = f"Мәтін [@example, 12].[^n]\n\nМұнда {address} бар.\n\n{LONG_PARAGRAPH}\n\n[^n]: Қараңыз: {address}.\n"
    aligned = {}
    for _, line in leaves(laid_out(journal, layout, text).document, "LineBox"):
        aligned["".join(each.text for each in texts_of(line)).split(" ")[0]] = line.style["text_align_all"]
    assert aligned["Мұнда"] == "left" and aligned["Сөйлем"] == "justify"
    assert next(align for word, align in aligned.items() if word.startswith("1.")) == "left"


def test_a_text_that_waits_for_nothing_stands_level(journal):
    blocks = printed(laid_out(journal, "modern", "\n\n".join(("Мәтін [@example, 12].", *[LONG_PARAGRAPH] * 60))).document)
    tops = {number: min(box.position_y for page, _, box in blocks if page == number) for number in {page for page, _, _ in blocks} - {1}}
    assert tops and max(tops.values()) - min(tops.values()) < SLACK


def columns_of(document):
    """Every column with its page and the run it is of."""
    for number, run in leaves(document, "BlockBox"):
        columns = [each for each in run.children if getattr(each, "is_column", False)]
        if columns and run.element is not None and "run" in run.element.get("class", ""):
            yield number, run, columns


def test_a_quotation_at_the_head_of_a_column_stands_level(journal):
    level = 0
    for words in range(0, 60, 12):
        quotations = [f"> {'Дәйексөз. ' * 9}", LONG_PARAGRAPH] * 15  # too short to be parted
        text = "\n\n".join(("Мәтін [@example, 12].", "Сөйлем. " * words, *quotations))
        for _, _, columns in columns_of(laid_out(journal, "modern", text).document):
            if columns[-1].children[0].element_tag == "blockquote" and columns[0].children[-1].element_tag != "blockquote":
                tops = [next(line.position_y for _, line in leaves_in(column)) for column in columns]
                assert max(tops) - min(tops) < SLACK
                after = next(line.position_y for _, line in leaves_in(columns[-1].children[1]))
                assert abs((after - min(tops) + 0.5) % 16 - 0.5) < SLACK  # what follows is on the lines, too
                level += 1
    assert level


def leaves_in(box):
    """The lines inside a box."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.LineBox):
        yield 0, box
    for child in getattr(box, "children", ()):
        yield from leaves_in(child)


WIDE_FORMULA = "$$ (a+b)^8 = a^8+8a^7b+28a^6b^2+56a^5b^3+70a^4b^4+56a^3b^5+28a^2b^6+8ab^7+b^8 $$ {#eq:wide}"


def test_columns_end_where_the_longest_does(journal):
    """What a heading gives up at the head of a column is not left empty above what stands across below."""
    gaps = []
    for lines in range(2, 8):
        text = "\n\n".join(("Мәтін [@example, 12].", "Сөйлем. " * 9 * lines, "## Бөлім", "Сөйлем. " * 9 * (lines + 1), FIGURE,
                            LONG_PARAGRAPH))
        for _, run, columns in columns_of(laid_out(journal, "modern", text, (900, 200)).document):
            if columns[-1].children[0].element_tag == "h2":
                ends = [each.children[-1].position_y + each.children[-1].margin_height() for each in columns]
                gaps.append(run.position_y + run.height - max(ends))
    assert gaps and max(gaps) < SLACK


def test_no_figure_comes_between_a_formula_across_and_what_leads_up_to_it(journal):
    parted = 0
    for before in range(6, 14):
        text = "\n\n".join(("Мәтін [@example, 12].", *[LONG_PARAGRAPH] * before, FIGURE, LONG_PARAGRAPH, "Осыдан шығады", WIDE_FORMULA,
                            *[LONG_PARAGRAPH] * 6))
        blocks = [(number, element.tag, bare("".join(element.itertext()))[:11]) for number, element, _ in
                  printed(laid_out(journal, "modern", text, (900, 700)).document)]
        lead = next(at for at, block in enumerate(blocks) if block[2] == "Осыданшығад"[:11])
        figure = next(at for at, block in enumerate(blocks) if block[1] == "figure")
        assert figure < lead or blocks[figure][0] >= blocks[lead + 1][0] and figure > lead + 1
        parted += blocks[figure - 1][2] == bare(LONG_PARAGRAPH)[:11] and figure > before + 1
    assert parted


def test_nothing_shares_the_page_of_a_turned_table(journal):
    table = "\n".join(("|" + " Баған |" * 11, "|" + "---|" * 11, "|" + " 100000000,5 |" * 11))
    together = 0
    for before in (6, 12):
        text = "\n\n".join(("Мәтін [@example, 12].", *[LONG_PARAGRAPH] * before, f"{table}\n\n: Кесте. {{#tbl:turned}}", LONG_PARAGRAPH,
                            FIGURE, *[LONG_PARAGRAPH] * 30))
        document = laid_out(journal, "modern", text, (900, 700)).document
        assert wrong(document) == []
        blocks = printed(document)
        turned = {number for number, leaf in enumerate(document.pages, 1) if leaf.width > leaf.height}
        assert len(turned) == 1
        assert {element.tag for number, element, _ in blocks if number in turned} == {"table"}
        at = next(at for at, block in enumerate(blocks) if block[0] in turned)
        together += blocks[at + 1][1].tag == "figure"
    assert together


@pytest.mark.parametrize("layout", LAYOUTS)
def test_notes_keep_their_distance(journal, layout):
    """However often a page was tried, its text ends above the space that is kept free above the notes."""
    from weasyprint.formatting_structure import boxes

    distances = []
    for words in (1, 4):
        parts = ["Мәтін [@example, 12]."]
        for number in range(24):
            parts.append("Сөйлем. " * (words * 3 if number % 3 == 0 else 0) + f"Ескерту.[^n{number}] {LONG_PARAGRAPH}")
        notes = "\n".join(f"[^n{number}]: Ескертудің мәтіні {number}.\n" for number in range(24))
        document = laid_out(journal, layout, "\n\n".join((*parts, notes))).document
        for leaf in document.pages:
            foot = next((each for each in leaf._page_box.children if isinstance(each, boxes.FootnoteAreaBox) and each.children), None)
            if foot is not None:
                lines = [line for child in leaf._page_box.children if not isinstance(child, (boxes.MarginBox, boxes.FootnoteAreaBox))
                         for _, line in leaves_in(child)]
                distances.append(foot.children[0].position_y - max(line.position_y + line.height for line in lines))
    assert len(distances) > 4 and min(distances) > 10


def test_a_figure_that_waited_is_read_after_its_paragraph(journal, tmp_path):
    """In the tags it follows the paragraph that mentions it, and the paragraph that it parts on the pages is whole."""
    import pikepdf
    from tagged import Text, elements

    from basylym.render import formats

    waited = 0
    for before in range(6, 14, 2):
        text = "\n\n".join(("Мәтін [@example, 12].", *[LONG_PARAGRAPH] * before, "Суретке қара.", FIGURE,
                            *[f"Кейін. {LONG_PARAGRAPH * 4}"] * 6))
        journal.overlay({"journal": {"layout": "classic"}, "text": text})
        (journal.article / "figures/f.svg").write_text(write.write_svg(900, 900, 1), "utf-8")
        press = Press(Project(journal.folder), journal.edition())
        blocks = [element for _, element, _ in printed(press.layout.document)]
        at = next(at for at, element in enumerate(blocks) if element.tag == "figure")
        waited += (blocks[at - 1].text or "").startswith("Кейін")
        file = tmp_path / "waited.pdf"
        file.write_bytes(formats()["pdf"].render(press))
        with pikepdf.open(file) as pdf:
            read, tree = Text(pdf), [*elements(pdf.Root.StructTreeRoot.K)]
            said = [(str(each.S), read.of(each)) for each in tree if each.S in ("/P", "/Figure")]
        figure = max(at for at, (kind, _) in enumerate(said) if kind == "/Figure")
        texts = [bare(words) for _, words in said]
        mention = next(at for at, words in enumerate(texts) if words == "Суреткеқара.")
        later = [words for words in texts if words.startswith("Кейін.")]
        assert mention < figure
        assert later == [bare(f"Кейін. {LONG_PARAGRAPH * 4}")] * 6
    assert waited
