"""The house layouts: what stands on the first page and after the text, and that nothing stands outside page or column."""

import logging
import re
import shutil
import sys
import time

import page
import pikepdf
import pypdfium2
import pytest
from conftest import ROOT
from judges import MM, verapdf
from markupsafe import escape
from page_gaps import find_gaps

from basylym.project import Project
from basylym.render import formats
from basylym.render.epub_metadata import identify
from basylym.render.layout import load_engine
from basylym.render.markup import link_addresses
from basylym.render.metadata import read_metadata
from basylym.render.press import Press
from basylym.render.view import View
from basylym.render.xmp import write_packet
from basylym.typography.compare import fold

sys.path.insert(0, str(ROOT / "tests" / "torture"))
import write

LAYOUTS = ("classic", "modern")
TORTURE = ROOT / "tests" / "torture"
SLACK = 1.0
"""What rounding may take, in CSS pixels."""


@pytest.fixture(scope="module")
def warned():
    """Every word the layout engine says while these tests run."""
    said = []

    class Listener(logging.Handler):
        def emit(self, record):
            said.append(record.getMessage())

    listener = Listener(logging.WARNING)
    loggers = {logger: logger.level for logger in map(logging.getLogger, ("weasyprint", "fontTools"))}
    for logger in loggers:
        logger.addHandler(listener)
        logger.setLevel(logging.WARNING)  # whatever the root's is, so that nothing keeps these tests from hearing
    yield said
    for logger, level in loggers.items():
        logger.removeHandler(listener)
        logger.setLevel(level)


@pytest.fixture(scope="module", params=LAYOUTS)
def layout(request):
    """The name of a house layout."""
    return request.param


@pytest.fixture(scope="module")
def torture(layout, tmp_path_factory, warned):
    """The torture article in one layout: its press, its PDF, the seconds it took."""
    folder = tmp_path_factory.mktemp(layout)
    article = folder / "source/2026-1/torture"
    shutil.copytree(TORTURE, article)
    settings = (ROOT / "source/journal.yaml").read_text("utf-8")
    settings = re.sub(r"(?m)^layout: .*", f"layout: {layout}\nimprint: [founder, registration]", settings)
    (folder / "source/journal.yaml").write_text(settings, "utf-8")
    (folder / "source/2026-1/issue.yaml").write_text("volume: '1'\nnumber: '1'\ndate: 2026-03-30\narticles:\n"
                                                     "  - {folder: torture, first_page: 1}\n", "utf-8")
    project, begun = Project(folder), time.process_time()
    press = Press(project, project.edition(project.targets[0]))
    file = folder / "torture.pdf"
    file.write_bytes(formats()["pdf"].render(press))
    return press, file, time.process_time() - begun


@pytest.fixture(scope="module")
def sample_in(layout, tmp_path_factory, warned):
    """The sample articles in one layout, by name: press and PDF."""
    folder = tmp_path_factory.mktemp(f"sample-{layout}")
    shutil.copytree(ROOT / "source", folder / "source")
    settings = folder / "source/journal.yaml"
    settings.write_text(re.sub(r"(?m)^layout: .*", f"layout: {layout}", settings.read_text("utf-8")), "utf-8")
    project, made = Project(folder), {}
    for target in project.targets:
        press = Press(project, project.edition(target))
        file = folder / f"{target.slug}.pdf"
        file.write_bytes(formats()["pdf"].render(press))
        made[target.slug] = press, file
    return made


def pdf_pages(file, *, head: bool = False) -> list[str]:
    """The text of each page, whatever its margins; or its running head alone."""
    with pypdfium2.PdfDocument(file) as document:
        texts = []
        for leaf in document:
            width, height = leaf.get_size()
            texts.append(leaf.get_textpage().get_text_bounded(0, height - 20 * MM if head else 0, width, height))
        return texts


# --- nothing outside its place --------------------------------------------------------------------------------------
def outside(document) -> list[str]:
    """Every text and picture that sticks out of its page's margins or of its column."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    found = []

    def look(box, left, right, top, bottom):
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            return
        if getattr(box, "is_column", False):
            left, right = max(left, box.content_box_x()), min(right, box.content_box_x() + box.width)
        if isinstance(box, boxes.TextBox):
            drawn = box.width if box.text.strip(" \n\u200b") else 0  # a blank may hang
            edges = box.position_x, box.position_x + drawn, box.position_y, box.position_y + box.height
        elif isinstance(box, (boxes.ReplacedBox, boxes.TableCellBox)):
            edges = (box.border_box_x(), box.border_box_x() + box.border_width(),
                     box.border_box_y(), box.border_box_y() + box.border_height())
        else:
            edges = None
        if edges and (edges[0] < left - SLACK or edges[1] > right + SLACK or edges[2] < top - SLACK or edges[3] > bottom + SLACK):
            words = getattr(box, "text", box.element_tag)[:40]
            found.append(f"page {number}: {words!r} at {[round(edge) for edge in edges]}, not in {(left, right, top, bottom)}")
        for child in getattr(box, "children", ()):
            look(child, left, right, top, bottom)

    for number, leaf in enumerate(document.pages, 1):  # noqa: B007 - look() tells it
        box = leaf._page_box
        x, y = box.content_box_x(), box.content_box_y()
        look(box, x, x + box.width, y, y + box.height)
    return found


def covered(document) -> list[str]:
    """Pages on which the text reaches into the notes at the foot."""
    from weasyprint.formatting_structure import boxes

    found = []
    for number, leaf in enumerate(document.pages, 1):
        foot = next((child for child in leaf._page_box.children if isinstance(child, boxes.FootnoteAreaBox) and child.children), None)
        if foot is None:
            continue
        stack = [child for child in leaf._page_box.children if not isinstance(child, (boxes.MarginBox, boxes.FootnoteAreaBox))]
        while stack:
            box = stack.pop()
            if isinstance(box, boxes.LineBox) and box.position_y + box.height > foot.position_y + SLACK:
                found.append(f"page {number}")
                break
            stack += getattr(box, "children", ())
    return found


def test_the_torture_article_is_what_its_script_writes(tmp_path):
    write.write(tmp_path)
    names = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    kept = sorted(path.relative_to(TORTURE) for path in TORTURE.rglob("*") if path.suffix in (".md", ".yaml", ".png", ".svg"))
    assert names == kept
    assert all((tmp_path / name).read_bytes() == (TORTURE / name).read_bytes() for name in names)


def test_the_torture_article_has_what_it_promises():
    text = write.write_text()
    body = text.split("---\n", 2)[2]
    heads = re.findall(r"(?m)^(#+) ", body)
    assert len(heads) == 40 and set(map(len, heads)) == {1, 2, 3, 4, 5}
    assert len(re.findall(r"(?m)^\[\^n\d+\]:", body)) == 60
    assert max(len(re.findall(r"\[\^n\d+\]", block)) for block in body.split("\n\n")) >= 10
    displayed = len(re.findall(r"(?m)^\$\$", body))
    assert displayed + len(re.findall(r"(?<!\$)\$(?!\$)[^$\n]+\$(?!\$)", body)) >= 30
    assert body.count("](figures/") == 25 and len(write.LONG_DOI) == 300
    assert max(map(len, re.search(r"```\{.python.*?\n(.*?)\n```", body, re.S)[1].split("\n"))) == 200
    assert len(re.findall(r"(?m)^\| \d+ \| Наблюдение", body)) == 200


def test_nothing_stands_outside_page_or_column(torture):
    assert outside(torture[0].layout.document) == []


def test_no_text_reaches_into_the_notes(torture):
    assert covered(torture[0].layout.document) == []


def test_nothing_of_the_sample_stands_outside(sample_in):
    for press, _ in sample_in.values():
        assert outside(press.layout.document) == [] and covered(press.layout.document) == []


def test_the_measure_notices_what_sticks_out():
    html = "<style>@page { size: A4; margin: 20mm } div { columns: 2 }</style><div><p><img src='data:image/svg+xml,{}' width=500></p>"
    svg = "<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%22500%22 height=%225%22/>"
    assert outside(load_engine().HTML(string=html.replace("{}", svg)).render())


def test_all_of_it_is_there(torture):
    text = fold(" ".join(pdf_pages(torture[1])))
    for number in range(1, 61):
        assert f"Сноска {number}:" in text
    for number in range(1, 201):
        assert f"Наблюдение {number} " in text
    assert all(f"Рис. {number}." in text for number in range(1, 26))
    # without hyphens: the reader of PDF takes one at a line's end for a word's division
    assert write.LONG_DOI.replace("-", "") in re.sub(r"[\s\x02\ufffe‑-]", "", text)
    entries = ["".join(each.text for each in texts_of(box)) for _, box in leaves(torture[0].layout.document, "BlockBox")]
    assert any(write.LONG_DOI in entry for entry in entries)


def test_the_engine_says_nothing(torture, sample_in, warned):
    assert warned == []


@pytest.mark.parametrize("claim", ["PDF_A_3A", "PDF_UA_1"])
def test_the_torture_article_keeps_what_it_claims(torture, claim):
    failures = page.validate_pdf(str(torture[1]), profile=getattr(page.ValidationProfile, claim)).failures
    assert not failures, [(each.rule_id, each.message) for each in failures]


@pytest.mark.parametrize("claim", ["PDF_A_3A", "PDF_UA_1"])
def test_the_sample_keeps_what_it_claims(sample_in, claim):
    for _, file in sample_in.values():
        failures = page.validate_pdf(str(file), profile=getattr(page.ValidationProfile, claim)).failures
        assert not failures, [(each.rule_id, each.message) for each in failures]


@pytest.mark.judge
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_finds_no_fault(torture, sample_in, flavour):
    assert verapdf([torture[1], *(file for _, file in sample_in.values())], flavour) == []


def test_it_is_built_in_reasonable_time(torture):
    """The processor's time, not the clock's: the machine may be busy with other things."""
    assert torture[2] < 90


# --- typesetting ----------------------------------------------------------------------------------------------------
def leaves(document, kind):
    """Every box of a kind with the number of its page, counted from 1."""
    from weasyprint.formatting_structure import boxes

    def look(box, number):
        if isinstance(box, getattr(boxes, kind)):
            yield number, box
        for child in getattr(box, "children", ()):
            yield from look(child, number)

    for number, leaf in enumerate(document.pages, 1):
        for child in leaf._page_box.children:
            if not isinstance(child, boxes.MarginBox):
                yield from look(child, number)


def test_a_heading_is_not_the_last_thing_on_a_page_or_in_a_column(torture):
    document = torture[0].layout.document
    columns = [box for _, box in leaves(document, "BlockBox")
               if getattr(box, "is_column", False) or (box.element is not None and box.element.get("class") == "run")]
    assert columns
    for column in columns:
        if column.children and not any(getattr(child, "is_column", False) for child in column.children):
            assert column.children[-1].element_tag not in ("h2", "h3", "h4", "h5", "h6")


def test_the_head_of_a_long_table_is_repeated(torture):
    document = torture[0].layout.document
    pages = [number for number, box in leaves(document, "TableRowGroupBox") if box.is_header
             and "Что" in "".join(each.text for each in texts_of(box))]
    assert len(pages) >= 3


def texts_of(box):
    """The text boxes inside a box."""
    if hasattr(box, "text"):
        yield box
    for child in getattr(box, "children", ()):
        yield from texts_of(child)


def test_a_table_that_no_upright_page_holds_is_turned(torture):
    document = torture[0].layout.document
    turned = [number for number, leaf in enumerate(document.pages) if leaf.width > leaf.height]
    assert len(turned) == 1
    with pikepdf.open(torture[1]) as file:
        left, bottom, right, top = map(float, file.pages[turned[0]].mediabox)
        assert right - left > top - bottom


def test_captions_stand_on_the_page_of_their_figure(torture):
    document = torture[0].layout.document
    figures = {}
    for number, box in leaves(document, "BlockBox"):
        if box.element is not None and box.element.tag == "figure" and "listing" not in box.element.get("class", ""):
            figures.setdefault(box.element.get("id"), set()).add(number)
    assert len(figures) >= 24 and all(len(pages) == 1 for pages in figures.values())


def test_lines_of_neighbouring_columns_stand_level(sample_in, layout):
    """Plain text in two columns: only where a heading intervenes may a line have no neighbour."""
    level = total = 0
    for _, run in leaves(sample_in["assembly"][0].layout.document, "BlockBox"):
        columns = [child for child in run.children if getattr(child, "is_column", False)]
        if len(columns) == 2 and run.element is not None and run.element.get("class") == "run":
            left, right = ([line.position_y for line in lines_of(column)] for column in columns)
            total += len(right)
            level += sum(any(abs(y - other) < 0.5 for other in left) for y in right)
    assert (total > 100 and level / total > 0.9) if layout == "modern" else total == 0


def lines_of(box):
    """The line boxes inside a box."""
    if type(box).__name__ == "LineBox":
        yield box
    for child in getattr(box, "children", ()):
        yield from lines_of(child)


def test_text_goes_before_a_figure_that_would_leave_a_page_half_empty(journal):
    journal.overlay({"journal": {"layout": "classic"}, "text": FIGURE_THAT_DOES_NOT_FIT})
    (journal.article / "figures/tall.svg").write_text(write.write_svg(400, 700, 1), "utf-8")
    document = Press(Project(journal.folder), journal.edition()).layout.document
    assert len(document.pages) >= 2 and find_gaps(document) == []
    order = [box.element.get("id") or box.element.tag for _, box in leaves(document, "BlockBox")
             if box.element is not None and box.element.get("data-block")]
    assert order.index("fig:tall") > 1  # it stood right after the first paragraph


@pytest.mark.parametrize(("lines", "printed"), [
    ((33, 34, 35, 36, 37), ["h2", "p", "p", "figure", "h3"]),  # the figure stood right after the first paragraph
    ((0,), ["h2", "p", "p", "h3", "p"])])
def test_a_figure_stays_in_its_subsection_unless_much_of_a_page_were_empty(journal, lines, printed):
    """At one of these lengths the page ends so far below the subsection's end that something is left, but not much."""
    before, after = FIGURE_THAT_DOES_NOT_FIT.split("\n\nСуреттен", 1)
    text = "\n".join((f"# Бөлім\n\n{before}\n\nСуреттен кейінгі сөйлем.\n\n## Тармақ {{#sec:next}}\n\nСуреттен{after}",
                      "# Келесі бөлім\n\nМәтін."))
    orders = []
    for count in lines:
        longer = text.replace("[@example, 12].", "[@example, 12]." + " Сөйлем қайталана береді де, бет толады." * 2 * count)
        order = [tag for _, tag in printed_blocks(journal, "classic", longer, {"tall": (400, 700)})]
        orders.append(order[:5])
        assert "figure" in order[:order.index("h2", 1)]
    assert printed in orders


def printed_blocks(journal, layout, text, figures=()) -> list[tuple[int, str]]:
    """The blocks of a text as they are printed: page, name of the element."""
    journal.overlay({"journal": {"layout": layout}, "text": text})
    for name, size in dict(figures).items():
        (journal.article / f"figures/{name}.svg").write_text(write.write_svg(*size, 1), "utf-8")
    found = {}
    for number, box in leaves(Press(Project(journal.folder), journal.edition()).layout.document, "BlockBox"):
        if box.element is not None and box.element.get("data-block") and box.element_tag == box.element.tag:
            found.setdefault(box.element.get("data-block"), (number, box.element_tag))
    return list(found.values())


def test_the_page_before_a_turned_table_is_filled(journal):
    table = "\n".join(("|" + " Баған |" * 11, "|" + "---|" * 11, "|" + " 100000000,5 |" * 11))
    paragraph = "Сөйлем қайталана береді де, бет толады.[^{}] " + "Сөйлем қайталана береді де, бет толады. " * 8
    paragraphs = [paragraph.format(number) for number in range(20)]
    notes = [f"[^{number}]: Ескерту, онда да сөз бар." for number in range(20)]
    text = "\n\n".join(("# Бөлім", "Мәтін [@example, 12].", *paragraphs[:3], f"{table}\n\n: Кесте. {{#tbl:turned}}", "## Тармақ",
                        *paragraphs[3:], *notes))
    blocks = printed_blocks(journal, "modern", text + "\n")
    at = [tag for _, tag in blocks].index("table")
    turned = blocks[at][0]
    assert at > 8 and [tag for _, tag in blocks][:7] == ["h2", "p", "p", "p", "p", "h3", "p"]  # it stood before the h3
    assert blocks[at - 1][0] == turned - 1 and blocks[at + 1][0] == turned + 1
    assert find_gaps(Press(Project(journal.folder), journal.edition()).layout.document) == []


def notes_and_calls(document) -> list[tuple[list[str], list[str]]]:
    """For each page the numbers of the notes that are called on it and of those at its foot, in order."""
    found = [([], []) for _ in document.pages]
    for number, box in leaves(document, "TextBox"):
        for kind, numbers in zip(("::footnote-call", "::footnote-marker"), found[number - 1], strict=True):
            if (box.element_tag or "").endswith(kind):
                numbers.append(box.text.strip(" ."))
    return found


def test_every_note_stands_on_the_page_of_its_call_in_order(torture, sample_in):
    documents = [torture[0].layout.document, *(press.layout.document for press, _ in sample_in.values())]
    pages = [notes_and_calls(document) for document in documents]
    assert sum(len(notes) for _, notes in pages[0]) == 60
    assert all(calls == notes for document in pages for calls, notes in document)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_note_stays_with_its_call_wherever_the_page_ends(journal, name):
    """Short paragraphs of many lengths, with notes of many, so that some call stands on the last line that a page has room for."""
    blocks = ["Сөйлем қайталана береді де, бет толады. " * (1 + number % 4) + f"Соңы.[^n{number}] Одан әрі." for number in range(24)]
    notes = [f"[^n{number}]: " + "Ескерту, онда да сөз бар. " * (1 + number * 5 % 9) for number in range(24)]
    journal.overlay({"journal": {"layout": name}, "text": "\n\n".join(("Мәтін [@example, 12].", *blocks, *notes)) + "\n"})
    document = Press(Project(journal.folder), journal.edition()).layout.document
    pages = notes_and_calls(document)
    assert sum(len(notes) for _, notes in pages) == 24 and covered(document) == [] and outside(document) == []
    assert all(calls == notes for calls, notes in pages)


def test_text_stays_on_its_page_though_the_formula_after_it_goes_to_the_next():
    style = "".join((ROOT / f"styles/{name}.css").read_text("utf-8") for name in ("print", "print-modern"))
    html = (f"<style>{style}</style><article><div style='height: 130mm'></div><div class='body'><div class='run'><h2>Кіріспе</h2>"
            f"<p>{LONG_PARAGRAPH}</p><p>{LONG_PARAGRAPH}</p></div><div class='across'><div class='equation'><div style='height: 110mm'>"
            f"</div></div></div><div class='run'><p>{LONG_PARAGRAPH}</p></div></div></article>")
    document = load_engine().HTML(string=html).render()
    assert {number for number, box in leaves(document, "BlockBox") if box.element_tag == "h2"} == {1}
    assert {number for number, box in leaves(document, "BlockBox") if box.element is not None
            and box.element.get("class") == "equation"} == {2}


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_follows_a_turned_table_begins_at_the_head_of_its_page(journal, name):
    table = "\n".join(("|" + " Баған |" * 11, "|" + "---|" * 11, "|" + " 100000000,5 |" * 11))
    text = f"# Басы\n\nМәтін [@example, 12].\n\n{table}\n\n: Кесте. {{#tbl:turned}}\n\n"
    text += "![Кең сурет.](figures/wide.svg){#fig:wide alt=\"Үлгі\"}\n"
    journal.overlay({"journal": {"layout": name}, "text": text})
    (journal.article / "figures/wide.svg").write_text(write.write_svg(900, 200, 1), "utf-8")
    document = Press(Project(journal.folder), journal.edition()).layout.document
    found = [(number, box) for number, box in leaves(document, "BlockBox") if box.element is not None
             and box.element.get("data-block") and box.element_tag == box.element.tag]
    turned = next(number for number, box in found if box.element_tag == "table")
    first = next(box for number, box in found if number == turned + 1)
    assert abs(first.border_box_y() - document.pages[turned]._page_box.content_box_y()) < SLACK


LONG_PARAGRAPH = "Сөйлем қайталана береді де, бет толады. " * 7
FIGURE_THAT_FITS_NO_COLUMN = "\n\n".join((
    "Мәтін [@example, 12].", *[LONG_PARAGRAPH] * 9, "![Биік сурет.](figures/tall.svg){#fig:tall alt=\"Үлгі\"}"))


def test_a_column_is_filled_before_a_figure_that_it_is_too_low_for(journal):
    text = "\n\n".join((FIGURE_THAT_FITS_NO_COLUMN, *[LONG_PARAGRAPH] * 20))
    blocks = printed_blocks(journal, "modern", text, {"tall": (200, 420)})
    assert [tag for _, tag in blocks].index("figure") > 10
    assert find_gaps(Press(Project(journal.folder), journal.edition()).layout.document) == []


def test_a_figure_that_begins_a_column_stands_level_with_the_text(journal):
    text = "\n\n".join((FIGURE_THAT_FITS_NO_COLUMN, "# Бөлім", *[LONG_PARAGRAPH] * 20))
    printed_blocks(journal, "modern", text, {"tall": (200, 420)})
    columns = [box for _, box in leaves(Press(Project(journal.folder), journal.edition()).layout.document, "BlockBox")
               if getattr(box, "is_column", False) and box.children]
    (column,) = [each for each in columns if each.children[0].element_tag == "figure"]
    assert abs(column.children[0].border_box_y() - column.position_y) < SLACK


def test_turned_tables_of_one_page_stand_apart(journal):
    table = "\n".join(("|" + " Баған |" * 11, "|" + "---|" * 11, "|" + " 100000000,5 |" * 11))
    journal.overlay({"text": "Мәтін [@example, 12].\n\n" + "\n\n".join(
        f"{table}\n\n: Кесте. {{#tbl:t{number}}}" for number in (1, 2)) + "\n"})
    first, second = [(number, box) for number, box in leaves(Press(Project(journal.folder), journal.edition()).layout.document, "BlockBox")
                     if box.element is not None and box.element_tag == "table" and "turned" in box.element.get("class", "").split()]
    assert first[0] == second[0]
    assert second[1].border_box_y() - first[1].border_box_y() - first[1].border_height() >= 10


FIGURE_THAT_DOES_NOT_FIT = ("Мәтін [@example, 12]. " + "Сөйлем қайталана береді де, бет толады. " * 12 + "\n\n"
                            "![Биік сурет.](figures/tall.svg){#fig:tall alt=\"Үлгі\"}\n\n"
                            + ("Суреттен кейінгі сөйлем қайталана береді. " * 10 + "\n\n") * 14)


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_fits_no_line_is_broken_though_no_space_stands_before_it(journal, name):
    word, code = "абвгдежзик" * 7, "xyzw" * 18
    journal.overlay({"journal": {"layout": name}, "text": "\n\n".join((
        f"# {word * 4}", "Мәтін [@example, 12].", f"## `{code}`", f"Слово и `{code}` конец, слово (`{code}`), слово и {word}.",
        f"- Слово и `{code}`",
        f"Слово.[^1]\n\n[^1]: Слово и `{code * 3}` и {word * 3}\n"))})
    assert outside(Press(Project(journal.folder), journal.edition()).layout.document) == []


def test_no_line_begins_with_the_number_of_a_note(journal):
    """Of all these lengths, at some the full stop fills its line."""
    blocks = [f"Сөз {'ш' * size} осы жерде {'і' * more} тұр, соңы ойдағыдай.[^n] Одан әрі."
              for size in range(1, 15) for more in range(1, 6)]
    text = "\n\n".join(block.replace("[^n]", f"[^n{number}]") for number, block in enumerate(blocks))
    notes = "\n\n".join(f"[^n{number}]: Ескерту." for number in range(len(blocks)))
    journal.overlay({"journal": {"layout": "modern"}, "text": f"Мәтін [@example, 12].\n\n{text}\n\n{notes}\n"})
    document = Press(Project(journal.folder), journal.edition()).layout.document
    printed = ["".join(each.text for each in texts_of(box)) for _, box in leaves(document, "LineBox")]
    assert sum("." in line and bool(re.search(r"\.\d+( |$)", line)) for line in printed) >= len(blocks)
    assert not [line for line in printed if re.match(r"\d+( Одан|$)", line)]


@pytest.mark.parametrize("name", LAYOUTS)
def test_paragraphs_are_indented_whatever_their_language(journal, name):
    text = "\n\n".join(("Мәтін [@example, 12].", "::: {lang=ru}\nАбзац на русском языке.\n:::", "Қазақша жалғасы.",
                        "> Дәйексөз.\n>\n> Оның екінші абзацы."))
    journal.overlay({"journal": {"layout": name}, "text": text})
    indents = {}
    for _, box in leaves(Press(Project(journal.folder), journal.edition()).layout.document, "LineBox"):
        first = next(texts_of(box), None)
        if first and first.text.split():
            millimetres = (first.position_x - box.position_x) * 25.4 / 96
            indents[first.text.split()[0]] = round(millimetres) if box.style["text_indent"].value else 0
    step = {"classic": 8, "modern": 4}[name]
    assert (indents["Абзац"], indents["Қазақша"]) == (step, step)
    assert indents["Оның"] == indents["Дәйексөз."]


# --- the first page and what follows the text -----------------------------------------------------------------------
def first_page(file) -> str:
    return fold(pdf_pages(file)[0])


def test_the_first_page_says_what_the_article_is(sample_in):
    text = first_page(sample_in["single-source"][1])
    for words in ("Образец издания", "ISSN (печать) 1234-5679", "ISSN (онлайн) 2345-6787", "Том 1, № 1, 2026", "УДК", "МРНТИ", "DOI",
                  "ИЗДАТЕЛЬСКОЕ ДЕЛО", "Поступила в редакцию", "Автор для", "Для цитирования: Улгикызы А., Мысалов Е. У.", "CC BY 4.0"):
        assert fold(words).lower() in text.lower(), words


def test_running_heads_name_authors_left_and_title_right(sample_in):
    heads = pdf_pages(sample_in["single-source"][1], head=True)
    assert heads[0] == ""
    assert "Улгикызы" in heads[1] and "Трёхъязычный журнал" in heads[2]


def test_authors_are_told_of_in_three_languages(sample_in):
    text = fold(" ".join(pdf_pages(sample_in["single-source"][1])[-3:]))
    for words in ("Сведения об авторах", "Авторлар туралы мәлімет", "About the authors", "кандидат филологических наук",
                  "филология ғылымдарының кандидаты", "Candidate of Philological Sciences"):
        assert fold(words) in re.sub("‑ ?", "", text), words


def test_the_imprint_is_printed_where_the_journal_asks(torture, sample_in):
    asked, other = fold(pdf_pages(torture[1])[-1]), fold(" ".join(pdf_pages(sample_in["single-source"][1])))
    assert "Учредитель: Общественный фонд" in asked and "00000-Ж" in asked
    assert "Учредитель" not in other


def test_roles_are_printed_in_the_language_where_no_words_are_given(torture):
    assert "концептуализация, написание черновика рукописи" in re.sub("‑ ?", "", fold(" ".join(pdf_pages(torture[1])[-3:])))


def test_a_journal_overrides_a_layout_file_by_file(journal):
    (journal.folder / "styles").mkdir()
    (journal.folder / "styles/print-house.css").write_text(".masthead { color: #123456 }", "utf-8")
    (journal.folder / "templates").mkdir()
    (journal.folder / "templates/_masthead.xml").write_text('<p class="masthead" id="journal">Біздің журнал</p>\n', "utf-8")
    journal.overlay({"journal": {"layout": "house"}})
    assert journal.run("build", "--format", "pdf") == 0
    assert "Біздің журнал" in first_page(journal.output(".pdf"))


@pytest.mark.parametrize("tag", ["kk", "ru", "en"])
def test_how_to_cite_in_each_language(journal, tag):
    journal.overlay({"language": tag})
    edition = journal.edition()
    words = fold(View(edition).cited((5, 7)).striptags())
    pages = {"kk": "Б. 5-7", "ru": "С. 5-7", "en": "P. 5-7"}[tag]
    assert pages in words and "2026" in words and "//" in words and "DOI: 10.5555/" in words



def test_from_the_fourth_author_on_the_others_are_only_meant(journal):
    """GOST 7.1-2003, like GOST R 7.0.5-2008: up to three authors are the heading; with more it is the title."""
    people = [{"name": {tag: {"family": f"Үлгі{number}", "given": "Автор"} for tag in ("kk", "ru", "en")}} for number in range(4)]
    journal.overlay({"authors": people})
    title = fold(View(journal.edition()).title())
    assert fold(View(journal.edition()).cited((5, 7)).striptags()).startswith(f"{title} / А. Үлгі0 [және т. б.] // ")
    journal.overlay({"authors": people[:3]})
    assert fold(View(journal.edition()).cited((5, 7)).striptags()).startswith(f"Үлгі0 А., Үлгі1 А., Үлгі2 А. {title} // ")


@pytest.mark.parametrize("count", [3, 4])
def test_no_line_s_end_parts_an_author_s_name(journal, count):
    people = [{"name": {tag: {"family": f"Үлгі{number}", "given": "Автор", "patronymic": "Серікқызы"} for tag in ("kk", "ru", "en")},
               "roles": ["Conceptualization"], "email": "a@journal.example", "corresponding": number == 0} for number in range(count)]
    journal.overlay({"authors": people})
    press = Press(Project(journal.folder), journal.edition())
    view = View(journal.edition())
    cited, full = view.cited((5, 7)), view.name(view.front.authors[0]).full
    assert ("Үлгі2\u00a0А.\u00a0С. " if count == 3 else " А.\u00a0С.\u00a0Үлгі0 ") in cited
    assert [name for name, _ in view.roles()] == [f"Үлгі{number}\u00a0А.\u00a0С." for number in range(count)]
    whole = {"".join(each.text for each in texts_of(box)) for _, box in leaves(press.layout.document, "InlineBox")
             if box.style["white_space"] == "nowrap"}
    assert full in whole  # in «about the authors» and where the corresponding one is named


ODD_DOI = "10.5555/(SICI)1<2::AID-ЖА>3#4"


def test_the_address_of_a_doi_is_one_that_an_address_may_be(journal):
    journal.overlay({"doi": ODD_DOI})
    view, address = View(journal.edition()), "https://doi.org/10.5555/(SICI)1%3C2::AID-%D0%96%D0%90%3E3%234"
    assert [link for *_, link in view.codes() if "doi.org" in link] == [address]
    assert f'<a href="{address}">{escape(ODD_DOI)}</a>' in view.cited((5, 7))
    assert identify(journal.edition()) == address == read_metadata(view, (5, 7)).doi_address
    assert f"<prism:url>{address}</prism:url>" in write_packet(journal.edition(), view, (5, 7), "").decode()
    assert link_addresses("DOI: 10.5555/ж#1&amp;2.") == 'DOI: <a href="https://doi.org/10.5555/%D0%B6%231&amp;2">10.5555/ж#1&amp;2</a>.'


def test_a_date_that_is_given_is_printed_though_the_journal_does_not_ask_for_it(journal):
    journal.overlay({"dates": {"received": "2025-10-01", "accepted": "2026-01-12", "published": "2026-03-01"}})
    assert [day for _, day, _ in View(journal.edition()).dates()] == ["2025-10-01", "2026-01-12", "2026-03-01"]


def test_the_head_of_a_page_is_one_line(journal):
    title = "Өте ұзын тақырып туралы сөз " * 12
    journal.overlay({"title": {"kk": title, "ru": title, "en": title}, "running_title": None})
    head = View(journal.edition()).running_title()
    assert len(head) <= 100 and head.endswith("…") and title.startswith(head[:-1]) and title[len(head) - 1] == " "
