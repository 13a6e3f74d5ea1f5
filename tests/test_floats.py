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


def test_the_last_language_does_not_stand_alone_on_the_last_page():
    style = "".join((ROOT / f"styles/{name}.css").read_text("utf-8") for name in ("print", "print-classic"))
    about = "".join(f"<section class='about'><h2>Туралы {tag}</h2><p>Автор</p></section>" for tag in "123")
    pages = set()
    for height in range(200, 245, 4):
        html = f"<style>{style}</style><article><div style='height: {height}mm'></div><div class='about-authors'>{about}</div></article>"
        found = [number for number, box in leaves(load_engine().HTML(string=html).render(), "BlockBox") if box.element_tag == "h2"]
        assert found[1] == found[2]
        pages.add(tuple(found))
    assert len(pages) > 1


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
