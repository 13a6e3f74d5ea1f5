"""What the PDF tells those who don't see it, and machines: its structure tree, its metadata, its source; and how it stays the same.

One small article holds what is hard: heads that span, notes, formulas, pictures, lists, three languages within a sentence.
"""

import ast
import base64
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import page
import pikepdf
import pytest
from conftest import ROOT, Journal
from judges import qpdf, verapdf
from lxml import etree, html
from tagged import Text, attribute, elements, kids

from basylym.project import Project
from basylym.render import pdf, pdf_tags
from basylym.render.layout import load_engine
from basylym.render.press import Press
from basylym.render.structure import read_structure
from basylym.render.word_breaks import write_word_breaks
from basylym.render.xmp import SPACES
from basylym.typography.compare import letters

SENTENCE = "Ұзақ мәтіннің келесі сөйлемі бағаннан бағанға, беттен бетке көшкенде де бір ғана абзацтың бөлігі болып қалуы керек."
PARAGRAPH = " ".join([SENTENCE] * 70)
TEXT = """# Кіріспе {#sec:intro}

Мәтіннің бірінші сөйлемі осы [@example, 12–14], оның [русские слова]{lang=ru} мен [English words]{lang=en} бар[^one].
Екінші сөйлем $a^2 + b^2$ формуласы мен [сілтемені](https://journal.example/page) көрсетеді, @tbl:heads пен @fig:dot қараңыз.[^two]

[^one]: Бірінші ескерту, онда [русская вставка]{lang=ru} бар.
[^two]: Екінші ескерту: $x_1$.

## Тізімдер

- бірінші тармақ[^three]
    1. ішкі тармақ
    2. тағы бірі
- екінші тармақ

[^three]: Тізімдегі ескерту.

c)  үшінші әріп
d)  төртінші әріп

Термин
: Оның мәні.

::: {lang=ru}
Целый абзац по-русски.

> Цитата по-русски.
:::

# Кестелер мен суреттер

+---------+---------------------+---------+
| Аймақ   | Жылдар              | Барлығы |
|         +----------+----------+         |
|         | 2024     | 2025     |         |
+=========+==========+==========+=========+
| Алматы  | 1        | 2        | 3       |
|         +----------+----------+---------+
|         | 4        |          | 9       |
+---------+----------+----------+---------+

: Бағандары біріккен кесте. {#tbl:heads}

![Нүкте.](figures/dot.png){#fig:dot alt="Ақ беттегі жалғыз нүкте"}

$$E = mc^2$$ {#eq:energy}

```python
print("код")
```

| Сан | Квадраты |
|----:|---------:|
""" + "".join(f"| {number} | {number * number} |\n" for number in range(1, 91)) + f"""
: Ұзын кесте. {{#tbl:long}}

{PARAGRAPH}

Теңдеу @eq:energy, @tbl:long және @sec:intro туралы соңғы сөйлем.
"""
CLAIMS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


@pytest.fixture(scope="module")
def hard(tmp_path_factory):
    """The article's press."""
    journal = Journal(tmp_path_factory.mktemp("hard") / "journal")
    journal.overlay({"text": TEXT, "section": "only", "journal": {"layout": "modern"}, "issue": {
        "sections": [{"id": "only", "title": {"kk": "Бөлім", "ru": "Раздел", "en": "Section"}}],
        "articles": [{"folder": "specimen", "first_page": 5, "section": "only"}]}})
    project = Project(journal.folder)
    return Press(project, project.edition(project.targets[0]))


@pytest.fixture(scope="module")
def hard_file(hard, tmp_path_factory):
    """The article's PDF."""
    file = tmp_path_factory.mktemp("hard-pdf") / "hard.pdf"
    file.write_bytes(pdf.render(hard))
    return file


@pytest.fixture(scope="module")
def document(hard_file):
    with pikepdf.open(hard_file) as opened:
        yield opened


@pytest.fixture(scope="module")
def text(document):
    return Text(document)


@pytest.fixture(scope="module")
def tree(document):
    return list(elements(document.Root.StructTreeRoot.K))


def kind(tree, *names):
    return [each for each in tree if str(each.S)[1:] in names]


def one(tree, text, name, words):
    """The one element of a type whose text begins so."""
    (found,) = [each for each in kind(tree, name) if text.of(each).startswith(words)]
    return found


# --- the judges -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("claim", CLAIMS)
def test_keeps_what_it_claims(hard_file, claim):
    failures = page.validate_pdf(str(hard_file), profile=claim).failures
    assert not [(each.rule_id, each.message) for each in failures]


@pytest.mark.judge
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_finds_no_fault(hard_file, flavour):
    assert verapdf([hard_file], flavour) == []


@pytest.mark.judge
def test_qpdf_finds_no_fault(hard_file):
    assert qpdf(hard_file) == []


# --- the tree as a whole --------------------------------------------------------------------------------------------
def test_all_that_is_printed_is_either_in_the_tree_or_an_artifact(sample, document, text, tree):
    marks = [(number, mark) for number, found in enumerate(text.marked) for mark in found]
    assert sorted(text.owned(document.Root.StructTreeRoot)) == marks and text.unmarked == ""
    for file in sample.glob("*/*/*.pdf"):
        with pikepdf.open(file) as opened:
            read = Text(opened)
            marks = [(number, mark) for number, found in enumerate(read.marked) for mark in found]
            assert sorted(read.owned(opened.Root.StructTreeRoot)) == marks and read.unmarked == "", file.name


def test_the_tree_leads_back_from_every_page_and_link(document):
    root = document.Root.StructTreeRoot
    parents = pikepdf.NumberTree(root.ParentTree)
    places = [each for leaf in document.pages for each in leaf.get("/Annots", [])]
    for leaf in document.pages:
        owners = parents[int(leaf.StructParents)]
        assert all("/S" in owner for owner in owners) and leaf.Tabs == "/S"
    for link in places:
        owner = parents[int(link.StructParent)]
        assert owner.S == "/Link" and any(kid.get("/Obj") == link for kid in kids(owner) if not isinstance(kid, int))
    assert len({int(link.StructParent) for link in places}) == len(places) > 10
    for element in elements(root.K):
        for kid in kids(element):
            if not isinstance(kid, int) and "/S" in kid:
                assert element == kid.P


def test_only_standard_types_are_used(tree, document):
    """ISO 32000-1, 14.8.4: no role map is needed."""
    known = {"Document", "Art", "Sect", "Div", "BlockQuote", "Caption", "P", *(f"H{level}" for level in range(1, 7)), "L", "LI", "Lbl",
             "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "Code", "Link",
             "Figure", "Formula"}
    assert {str(each.S)[1:] for each in tree} <= known
    assert "/RoleMap" not in document.Root.StructTreeRoot


def test_reading_order_is_the_text_s_own(hard, document, text):
    """Block after block as in the manuscript's HTML, each note after the block that calls it."""
    said = letters(text.of(document.Root.StructTreeRoot))
    at = said.index(letters("Кіріспе Мәтіннің бірінші"))
    for block in hard.body.tree.iter("p", "h2", "h3", "li", "th", "td", "dt", "pre", "caption", "figcaption"):
        if block.xpath("p|ul|ol"):
            continue
        block = html.fromstring(etree.tostring(block, with_tail=False))
        for gone in block.xpath('.//*[@role="doc-noteref"]|.//*[local-name()="math"]'):
            gone.tail = "\ue000" + (gone.tail or "")
            gone.drop_tree()
        for part in block.text_content().split("\ue000"):
            wanted = letters(part)
            found = said.find(wanted, at)
            assert 0 <= found - at < 120, (part, said[at:at + 80])  # a mark, a note's number, a note
            at = found + len(wanted)
    assert at > 8000


def test_what_runs_over_pages_and_columns_is_one_element(text, tree):
    long = one(tree, text, "P", "Ұзақ мәтіннің")
    assert len({number for number, _ in text.owned(long)}) > 1
    assert letters(text.of(long)) == letters(PARAGRAPH)
    assert len(kind(tree, "Table")) == 2


def test_words_stay_apart_and_whole_where_lines_end(text, tree, sample):
    long = one(tree, text, "P", "Ұзақ мәтіннің")
    assert text.of(long).split() == PARAGRAPH.split()
    assert any("/ActualText" in each for each in elements(long)), "no word of it is broken"
    for name in ("assembly", "single-source"):
        web = etree.HTML((sample / f"2026-1/{name}/{name}.html").read_text("utf-8"))
        plain = [each for each in web.iter("p") if len(each.text or "") > 200
                 and not each.xpath('.//*[local-name()="math"]|.//sup|.//span|.//a|.//img|.//code|ancestor::header')]
        wanted = {" ".join(each.xpath("string()").replace("\u00ad", "").split()) for each in plain}
        with pikepdf.open(sample / f"2026-1/{name}/{name}.pdf") as opened:
            read = Text(opened)
            said = {" ".join(read.of(each).split()) for each in elements(opened.Root.StructTreeRoot.K) if each.S == "/P"}
        assert len(wanted & said) > 3 and not wanted - said, name


def test_headings_go_down_by_one(tree):
    levels = [int(str(each.S)[2]) for each in tree if re.fullmatch("/H[1-6]", str(each.S))]
    assert levels[0] == 1 and levels.count(1) == 1 and {2, 3} <= set(levels)
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


# --- artifacts ------------------------------------------------------------------------------------------------------
def test_running_heads_and_folios_are_pagination(document, text):
    folios = [words for _, about, words in text.artifacts if about.get("/Subtype") == "/Footer"]
    assert folios == [str(number) for number in range(5, 5 + len(document.pages))]
    heads = [(number, about["/Type"]) for number, about, _ in text.artifacts if about.get("/Subtype") == "/Header"]
    assert {number for number, _ in heads} == set(range(1, len(document.pages))) and {each for _, each in heads} == {"/Pagination"}


def test_rules_are_layout(text):
    rules = [about for _, about, words in text.artifacts if not words.strip()]
    assert len(rules) > 10 and all(about["/Type"] in ("/Layout", "/Pagination") for about in rules)


def test_a_table_s_head_that_is_printed_again_is_said_once(text, tree):
    again = [about for _, about, words in text.artifacts if words.strip() in ("Сан", "Квадраты")]
    assert again and all(about == {"/Type": "/Pagination"} for about in again)
    assert [text.of(each) for each in kind(tree, "TH")].count("Сан") == 1


def test_what_is_decoration_is_an_artifact(tmp_path):
    """What a template hides from screen readers, and a picture with an empty alternative text."""
    dot = base64.b64encode((ROOT / "tests/article/figures/dot.png").read_bytes()).decode()
    source = (f'<html lang="en"><title>t</title><body><p>Said <span aria-hidden="true">unsaid</span> again.</p>'
              f'<p><img src="data:image/png;base64,{dot}" alt=""></p><p><img src="data:image/png;base64,{dot}" alt="A dot"></p></html>')
    laid_out = load_engine().HTML(string=source).render(pdf_tags=True)
    pdf_tags.prepare(laid_out)
    laid_out.write_pdf(tmp_path / "decorated.pdf", pdf_tags=True)
    with pikepdf.open(tmp_path / "decorated.pdf") as opened:
        read = Text(opened)
        found = [str(each.Alt) for each in elements(opened.Root.StructTreeRoot.K) if each.S == "/Figure"]
        assert read.of(opened.Root.StructTreeRoot).split() == ["Said", "again."] and found == ["A dot"]
        assert "unsaid" in [words.strip() for _, about, words in read.artifacts if about == {"/Type": "/Layout"}]


# --- tables ---------------------------------------------------------------------------------------------------------
def test_cells_are_tied_to_heads_that_span(text, tree):
    table = next(each for each in kind(tree, "Table") if "Аймақ" in text.of(each))
    heads = {str(each.ID): text.of(each) for each in elements(table) if each.S == "/TH"}
    assert list(heads.values()) == ["Аймақ", "Жылдар", "Барлығы", "2024", "2025"]
    tied = [(str(each.S)[1:], text.of(each), attribute(each, "/RowSpan"), attribute(each, "/ColSpan"),
             [heads[str(name)] for name in attribute(each, "/Headers") or []]) for each in elements(table) if each.S in ("/TH", "/TD")]
    assert tied == [
        ("TH", "Аймақ", 2, None, []), ("TH", "Жылдар", None, 2, []), ("TH", "Барлығы", 2, None, []),
        ("TH", "2024", None, None, ["Жылдар"]), ("TH", "2025", None, None, ["Жылдар"]),
        ("TD", "Алматы", 2, None, ["Аймақ"]), ("TD", "1", None, None, ["Жылдар", "2024"]),
        ("TD", "2", None, None, ["Жылдар", "2025"]), ("TD", "3", None, None, ["Барлығы"]),
        ("TD", "4", None, None, ["Жылдар", "2024"]), ("TD", "", None, None, ["Жылдар", "2025"]), ("TD", "9", None, None, ["Барлығы"])]
    assert {str(attribute(each, "/Scope")) for each in elements(table) if each.S == "/TH"} == {"/Column"}
    assert str(kids(table)[0].S) == "/Caption" and text.of(kids(table)[0]).endswith("Бағандары біріккен кесте.")


SPANS = """<html lang="en"><body><table><thead>
<tr><td rowspan="2" colspan="2"></td><th colspan="2">Rain</th><th rowspan="2" scope="col">All</th></tr>
<tr><th>May</th><th>June</th></tr></thead>
<tbody><tr><th rowspan="2" scope="rowgroup">North</th><th scope="row">hill</th><td>1</td><td>2</td><td rowspan="3">3</td></tr>
<tr><th scope="row">plain</th><td colspan="2">4</td></tr>
<tr><th scope="row" colspan="2">South</th><td>5</td><td>6</td></tr></tbody></table></body></html>"""


def test_cells_are_tied_to_heads_on_both_sides():
    """Heads that span along both axes, without ids or headers of their own."""
    laid_out = load_engine().HTML(string=SPANS).render()
    pdf_tags.prepare(laid_out)
    marks = []

    def number(box, found):
        if hasattr(box, "text"):
            found[box] = {"mcid": len(found)}
        for child in getattr(box, "children", ()):
            number(child, found)

    for leaf in laid_out.pages:
        marks.append({})
        number(leaf._page_box, marks[-1])
    table = next(each for each in read_structure(laid_out, marks, "en").nodes() if each.kind == "Table")
    cells = [each for each in table.nodes() if each.kind in ("TH", "TD")]
    names = {each.id: each.element.text for each in cells if each.kind == "TH"}
    tied = {each.element.text: [names[head] for head in each.attributes["Table"].get("Headers", [])] for each in cells}
    assert tied == {
        None: [], "Rain": [], "All": [], "May": ["Rain"], "June": ["Rain"], "North": [], "hill": ["North"], "plain": ["North"],
        "South": [], "1": ["North", "hill", "Rain", "May"], "2": ["North", "hill", "Rain", "June"],
        "3": ["North", "hill", "plain", "South", "All"], "4": ["North", "plain", "Rain", "May", "June"], "5": ["South", "Rain", "May"],
        "6": ["South", "Rain", "June"]}
    assert {each.element.text: each.attributes["Table"]["Scope"] for each in cells if each.kind == "TH"}["North"] == "/Row"
    assert len(names) == 8


# --- notes, formulas, figures, lists --------------------------------------------------------------------------------
def test_notes_are_named_stand_after_their_block_and_are_linked_both_ways(document, text, tree):
    notes = kind(tree, "Note")
    assert [text.of(each)[:9] for each in notes] == ["1. Бірінш", "2. Екінші", "3. Тізімд"]
    names = [str(each.ID) for each in notes]
    ids = pikepdf.NameTree(document.Root.StructTreeRoot.IDTree)
    assert len(set(names)) == 3 and all(ids[name] == note for name, note in zip(names, notes, strict=True))
    paragraph = one(tree, text, "P", "Мәтіннің бірінші")
    siblings = kids(paragraph.P)
    at = siblings.index(paragraph)
    assert siblings[at + 1:at + 3] == notes[:2] and notes[2].P.S == "/LBody"
    calls = kind(tree, "Reference")
    assert [text.of(each) for each in calls] == ["1", "2", "3"]
    for call, note in zip(calls, notes, strict=True):
        there = next(kid.Obj for kid in kids(kids(call)[0]) if not isinstance(kid, int))
        label = kids(note)[0]
        back = next(kid.Obj for kid in kids(kids(label)[0]) if not isinstance(kid, int))
        assert label.S == "/Lbl" and str(there.Dest) == str(note.ID) and str(back.Dest) == f"call-{note.ID}"
        assert str(there.Contents)[:9] in text.of(note) and str(back.Contents) == "Мәтінге оралу"


def test_every_identifier_is_unique_and_in_the_id_tree(document, tree):
    names = [str(each.ID) for each in tree if "/ID" in each]
    assert len(names) == len(set(names)) and {str(name) for name in pikepdf.NameTree(document.Root.StructTreeRoot.IDTree)} == set(names)


def test_formulas_and_figures_have_words(tree):
    assert [str(each.Alt) for each in kind(tree, "Formula")] == ["a^2 + b^2", "x_1", "E = mc^2"]
    assert [str(each.Alt) for each in kind(tree, "Figure")] == ["Creative Commons", "Ақ беттегі жалғыз нүкте"]
    for each in kind(tree, "Formula", "Figure"):
        left, bottom, right, top = (float(side) for side in attribute(each, "/BBox"))
        assert 0 < left < right < 596 and 0 < bottom < top < 842


def test_a_picture_stands_where_its_tag_says(document, tree):
    """The box is in the page's own units, from its lower edge."""
    figure = next(each for each in kind(tree, "Figure") if "нүкте" in str(each.Alt))
    caption = kids(figure.P)[1]
    assert caption.S == "/Caption" and figure.P.S == "/Div"
    leaf = next(each for each in document.pages if each.objgen == figure.Pg.objgen)
    drawn = []
    for operands, operator in pikepdf.parse_content_stream(leaf):
        if str(operator) == "cm":
            drawn.append([float(each) for each in operands])
    left, _, _, top = (float(side) for side in attribute(figure, "/BBox"))
    assert any(abs(0.75 * each[4] - left) < 1 and abs(842 - 0.75 * each[5] - top) < 8 for each in drawn)


def test_lists_have_marks_bodies_and_a_way_of_counting(text, tree):
    lists = [each for each in kind(tree, "L")]
    counting = [(str(attribute(each, "/ListNumbering")), [text.of(kids(item)[0]).strip() for item in kids(each)]) for each in lists]
    assert counting == [("/None", ["–", "–"]), ("/Decimal", ["1.", "2."]), ("/LowerAlpha", ["c.", "d."]), ("/None", ["Термин"]),
                        ("/Decimal", ["1."])]
    for each in lists:
        for item in kids(each):
            assert [str(kid.S) for kid in kids(item)] == ["/Lbl", "/LBody"]


# --- languages ------------------------------------------------------------------------------------------------------
def spoken(element, text, inherited="kk"):
    """The text of an element parted by language."""
    lang = str(element.get("/Lang", inherited))
    for kid in kids(element):
        if isinstance(kid, int) or "/S" not in kid:
            continue
        yield from spoken(kid, text, lang)
    yield lang, element


def test_every_passage_has_its_language(document, text):
    found = {}
    for lang, element in spoken(document.Root.StructTreeRoot.K[0], text):
        found.setdefault(lang, []).append(text.of(element))
    assert set(found) == {"kk", "ru", "en"}
    assert {"русские слова", "русская вставка", "Целый абзац по-русски.", "Цитата по-русски."} <= {each.strip() for each in found["ru"]}
    assert "English words" in found["en"]
    assert any(each.startswith("Название образцовой") for each in found["ru"])
    assert any(each.startswith("The title of a specimen") for each in found["en"])
    assert not any("Кіріспе" in each for each in found["ru"] + found["en"])


def test_words_for_pictures_are_in_the_passage_s_language(journal):
    journal.overlay({"text": 'Мәтін [@example, 12].\n\n::: {lang=ru}\n![Точка.](figures/dot.png){alt="Одинокая точка"}\n:::\n'})
    journal.run("build", "--format", "pdf")
    with pikepdf.open(journal.output(".pdf")) as opened:
        found = {str(element.Alt): lang for lang, element in spoken(opened.Root.StructTreeRoot.K[0], None) if "/Alt" in element}
    assert found["Одинокая точка"] == "ru"


def test_what_is_no_language_tag_is_not_written(journal):
    """PDF/UA-1, 7.2: a manuscript may say anything."""
    journal.overlay({"text": "Мәтін [@example, 12], [сөз]{lang='орысша тіл'}.\n"})
    journal.run("build", "--format", "pdf")
    assert all(page.validate_pdf(str(journal.output(".pdf")), profile=claim).is_compliant for claim in CLAIMS)
    with pikepdf.open(journal.output(".pdf")) as opened:
        assert {str(each.Lang) for each in elements(opened.Root.StructTreeRoot.K) if "/Lang" in each} == {"kk", "ru", "en"}


# --- links and bookmarks --------------------------------------------------------------------------------------------
def test_every_link_says_where_it_leads(sample, document):
    for opened in (document, *(pikepdf.open(file) for file in sample.glob("*/*/*.pdf"))):
        links = [each for leaf in opened.pages for each in leaf.get("/Annots", [])]
        assert links
        for link in links:
            said = str(link.Contents)
            assert said and said != str(link.get("/Dest", "")), said
            assert "/Dest" in link or said == str(link.A.URI)


def test_links_say_it_in_words(document):
    said = {str(each.Dest): str(each.Contents) for leaf in document.pages for each in leaf.get("/Annots", []) if "/Dest" in each}
    assert said["sec:intro"] == "Кіріспе" and said["tbl:heads"] == "1. Бағандары біріккен кесте."
    assert said["fig:dot"].startswith("1. Нүкте") and said["ref-example"].startswith("Үлгі А. Мысал кітап")


def test_bookmarks_are_the_headings_in_the_article_s_language(document):
    with document.open_outline() as outline:
        (title,) = outline.root
    assert title.title == "Үлгі мақаланың тақырыбы"
    assert [(each.title, [inner.title for inner in each.children]) for each in title.children] == [
        ("Аңдатпа", []), ("Кіріспе", ["Тізімдер"]), ("Кестелер мен суреттер", []), ("Әдебиеттер", []), ("Авторлар туралы мәлімет", [])]


# --- metadata -------------------------------------------------------------------------------------------------------
def packet(file) -> etree._Element:
    with pikepdf.open(file) as opened:
        return etree.fromstring(opened.Root.Metadata.read_bytes())


def said(tree, name):
    """The values of a property: by language, in a row, or alone."""
    found = tree.findall(f".//{name}", SPACES)
    assert len(found) < 2, name
    if not found:
        return None
    items = found[0].findall(".//rdf:li", SPACES)
    if found[0].find("rdf:Alt", SPACES) is not None:
        return {each.get("{http://www.w3.org/XML/1998/namespace}lang"): each.text for each in items}
    return [each.text for each in items] if items else found[0].text


def test_dublin_core_speaks_three_languages(hard_file, hard):
    tree, front = packet(hard_file), hard.edition.front
    assert said(tree, "dc:title") == {"x-default": front.title["kk"], **front.title}
    described = said(tree, "dc:description")
    assert list(described) == ["x-default", "kk", "ru", "en"] and described["x-default"] == described["kk"]
    assert all(letters(described[tag]) == letters(front.abstract[tag].replace("*", "")) for tag in ("kk", "ru", "en"))
    assert said(tree, "dc:subject") == [word for tag in ("kk", "ru", "en") for word in front.keywords[tag]]
    assert said(tree, "dc:language") == ["kk", "ru", "en"] and said(tree, "dc:creator") == ["Автор Үлгі"]
    assert said(tree, "dc:identifier") == "doi:10.5555/specimen" and said(tree, "dc:publisher") == ["«Үлгі» баспасы (мысал)"]
    assert said(tree, "dc:rights")["en"] == "CC BY 4.0" and said(tree, "dc:format") == "application/pdf"
    assert said(tree, "xmpRights:WebStatement") == "https://creativecommons.org/licenses/by/4.0/"
    assert said(tree, "xmpRights:Marked") == "True"


def test_prism_says_where_the_article_stands(hard_file, hard):
    tree = packet(hard_file)
    first, last = hard.pages
    assert last > first == 5
    told = {etree.QName(each).localname: each.text for each in tree.iter(f"{{{SPACES['prism']}}}*")}
    assert told == {
        "doi": "10.5555/specimen", "url": "https://doi.org/10.5555/specimen", "publicationName": "Басылым үлгісі", "issn": "1234-5679",
        "eIssn": "2345-6787", "volume": "1", "number": "1", "section": "Бөлім", "startingPage": "5", "endingPage": str(last),
        "publicationDate": "2026-03-30"}


def test_every_property_beyond_xmp_is_declared(hard_file):
    tree = packet(hard_file)
    schemas = tree.findall(".//pdfaExtension:schemas/rdf:Bag/rdf:li", SPACES)
    declared = {(schema.findtext("pdfaSchema:namespaceURI", None, SPACES), name.text) for schema in schemas
                for name in schema.findall(".//pdfaProperty:name", SPACES)}
    used = {(space, etree.QName(each).localname) for space in (SPACES["prism"], SPACES["pdfuaid"]) for each in tree.iter(f"{{{space}}}*")}
    assert declared == used and len(used) == 12


def test_what_is_not_known_is_not_said(journal):
    journal.overlay({"doi": None, "journal": {"issn": None, "license": None, "codes": []}})
    journal.run("build", "--format", "pdf")
    tree = packet(journal.output(".pdf"))
    for name in ("prism:doi", "prism:url", "dc:identifier", "prism:issn", "prism:section", "dc:rights", "xmpRights:WebStatement"):
        assert said(tree, name) is None, name
    assert all(page.validate_pdf(str(journal.output(".pdf")), profile=claim).is_compliant for claim in CLAIMS)


def test_document_information_agrees_with_the_packet(hard_file, document):
    tree, info = packet(hard_file), document.docinfo
    assert str(info.Title) == said(tree, "dc:title")["x-default"] and str(info.Subject) == said(tree, "dc:description")["x-default"]
    assert str(info.Keywords) == said(tree, "pdf:Keywords") and str(info.Author) == ", ".join(said(tree, "dc:creator"))
    assert str(info.Producer) == said(tree, "pdf:Producer") and str(info.Creator) == said(tree, "xmp:CreatorTool")
    assert str(info.CreationDate) == "D:20260330" and said(tree, "xmp:CreateDate") == "2026-03-30"


# --- the source inside ----------------------------------------------------------------------------------------------
def test_the_article_travels_inside_in_jats(document, hard):
    (entry,) = document.Root.AF
    assert str(entry.UF) == str(entry.F) == "specimen.xml" and entry.AFRelationship == "/Alternative" and str(entry.Desc)
    assert entry.EF.F.read_bytes() == hard.jats
    assert str(entry.EF.F.Subtype) == "/application/xml" and str(entry.EF.F.Params.ModDate) == "D:20260330"
    assert int(entry.EF.F.Params.Size) == len(hard.jats)
    assert [each.filename for each in document.attachments.values()] == ["specimen.xml"]


def test_an_anonymous_file_carries_no_source_and_no_names(hard, tmp_path):
    file = tmp_path / "anonymous.pdf"
    file.write_bytes(pdf.write(hard, anonymous=True))
    with pikepdf.open(file) as opened:
        assert "/AF" not in opened.Root and not opened.attachments and "/Author" not in opened.docinfo
        written = opened.Root.Metadata.read_bytes().decode()
    assert "10.5555/specimen" not in written and "Автор" not in written and "dc:creator" not in written
    assert "Название образцовой статьи" in written
    assert all(page.validate_pdf(str(file), profile=claim).is_compliant for claim in CLAIMS)


# --- the same everywhere --------------------------------------------------------------------------------------------
def test_another_machine_s_fonts_and_settings_change_nothing(hard, hard_file, tmp_path):
    """Another home with fonts of its own, fontconfig told to use them for ours, another folder, zone, language and hash seed."""
    home = tmp_path / "home"
    (home / ".fonts").mkdir(parents=True)
    (home / ".config/fontconfig").mkdir(parents=True)
    mono = next(each for each in load_fonts() if "Mono" in each.name and "Regular" in each.name)
    shutil.copy(mono, home / ".fonts/other.ttf")
    wrong = ('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{}</dir><match target="pattern">'
             '<edit name="family" mode="assign" binding="strong"><string>IBM Plex Mono</string></edit></match>'
             '<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit></match></fontconfig>')
    wrong = wrong.format(home / ".fonts")
    for name in ("fonts.conf", ".config/fontconfig/fonts.conf"):
        (home / name).write_text(wrong, "utf-8")
    folder = tmp_path / "a folder elsewhere"
    shutil.copytree(hard.project.root, folder, ignore=shutil.ignore_patterns("output"))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"),
                   "XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home), "FONTCONFIG_FILE": str(home / "fonts.conf"),
                   "FONTCONFIG_PATH": str(home), "TMPDIR": str(tmp_path), "TZ": "Asia/Almaty", "LC_ALL": "C", "LANG": "kk_KZ",
                   "PYTHONHASHSEED": "11", "SOURCE_DATE_EPOCH": "1"}
    done = subprocess.run([sys.executable, "-m", "basylym", "build", "--format", "pdf"], cwd=folder, env=environment,
                          capture_output=True, text=True, encoding="utf-8", timeout=180)
    assert done.returncode == 0, done.stderr
    (again,) = (folder / "output").rglob("*.pdf")
    assert again.read_bytes() == hard_file.read_bytes()


def load_fonts() -> list[Path]:
    from basylym.typography.fonts import font_files

    return font_files()


def test_preparing_twice_adds_nothing(hard, hard_file):
    leaves = hard.layout.document.pages
    before = [len(each.links) for each in leaves]
    pdf_tags.prepare(hard.layout.document)
    assert [len(each.links) for each in leaves] == before and sum(before) > 10


# --- what we rely on inside WeasyPrint ------------------------------------------------------------------------------
def definition(module: ast.Module, name: str):
    body = module.body
    for part in name.split("."):
        found = next((node for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == part), None)
        if found is None:
            return None
        body = found.body
    return found


@pytest.mark.parametrize("relied_on", pdf_tags.RELIED_ON)
def test_weasyprint_has_the_shape_we_rely_on(relied_on):
    file, _, name = relied_on.partition(":")
    package, _, inside = file.partition("/")
    version = importlib.metadata.version(package)
    path = Path(importlib.util.find_spec(package).origin).parent / inside
    assert path.is_file(), f"{package} {version} has no {inside}: see basylym/render/pdf_tags.py"
    found = definition(ast.parse(path.read_text("utf-8")), name)
    assert found is not None, f"{package} {version} has no {name} in {inside}: see basylym/render/pdf_tags.py"
    names = [argument.arg for argument in found.args.args]
    assert names == pdf_tags.RELIED_ON[relied_on], f"{package} {version}: {name} takes {names} now: see basylym/render/pdf_tags.py"


def test_weasyprint_calls_its_tagging_by_the_name_we_replace():
    path = Path(importlib.util.find_spec("weasyprint").origin).parent / "pdf/__init__.py"
    module = ast.parse(path.read_text("utf-8"))
    taken = [each.name for node in module.body if isinstance(node, ast.ImportFrom) and node.module == "tags" for each in node.names]
    assert taken == ["add_tags"], f"weasyprint.pdf takes {taken} from its tags now, so ours would not be called"
    calls = [ast.unparse(node) for node in ast.walk(definition(module, "generate_pdf")) if isinstance(node, ast.Call)]
    assert "add_tags(pdf, document, options['pdf_version'], page_streams)" in calls, "generate_pdf calls add_tags in another way now"


def test_the_boxes_have_what_we_read_off_them(hard):
    """Attributes of WeasyPrint's boxes and pages that no signature shows."""
    leaf = hard.layout.document.pages[0]
    missing = [name for name in ("_page_box", "links", "anchors", "height") if not hasattr(leaf, name)]
    found = {}

    def look(box):
        box = getattr(box, "_box", box)
        found.setdefault(type(box).__name__, box)
        for child in getattr(box, "children", ()):
            look(child)

    for each in hard.layout.document.pages:
        look(each._page_box)
    wanted = {"TextBox": ("text", "pango_layout", "element", "element_tag", "link_annotation"), "MarginBox": ("at_keyword",),
              "TableRowGroupBox": ("is_header", "is_footer"), "TableCellBox": ("colspan", "rowspan"), "InlineBox": ("hit_area", "style"),
              "InlineReplacedBox": ("content_box_x", "content_box_y", "width", "height"), "LineBox": ("children",)}
    missing += [f"{kind}.{name}" for kind, names in wanted.items() for name in names if not hasattr(found[kind], name)]
    assert not missing, f"WeasyPrint's boxes have lost {missing}: see basylym/render/structure.py"
    assert isinstance(found["TextBox"].pango_layout.text, str)


def test_a_mark_that_no_box_owns_is_told(hard):
    """Rather an end than a file whose tags leave something out."""
    document = load_engine().HTML(string='<html lang="en"><title>t</title><p>Word').render()
    pdf_tags.prepare(document)
    write_word_breaks(document)

    class Stream:
        _tags = {object(): {"tag": "Span", "mcid": 0}}

    with pytest.raises(AssertionError, match="no box of the pages owns"):
        pdf_tags.add_tags(None, document, "1.7", [Stream()])


def test_nothing_is_said_of_our_pages_by_the_engine(hard, caplog):
    pdf.render(hard)
    assert not [each.getMessage() for each in caplog.records if each.name.startswith(("weasyprint", "fontTools"))]
