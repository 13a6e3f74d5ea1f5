"""The EPUB in a reading engine: foliate-js, which Foliate and Readest read with, in Chromium."""

import zipfile
from pathlib import Path

import pytest
from conftest import Journal
from judges import need, pdf_margins
from test_epub import FIGURE, LONG_ARTICLE

pytestmark = pytest.mark.judge
PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Reader</title>
<style>foliate-view { display: block; height: 95vh }</style>
<script type="module">
import '/engine/view.js'
import { FootnoteHandler } from '/engine/footnotes.js'
const view = document.createElement('foliate-view'), notes = new FootnoteHandler()
document.body.append(view)
Object.assign(window, { view, shown: [], docs: [] })
view.addEventListener('load', event => docs.push(event.detail.doc))
view.addEventListener('link', event => notes.handle(view.book, event))
notes.addEventListener('before-render', ({ detail }) => document.body.append(detail.view))
notes.addEventListener('render', ({ detail }) => shown.push([detail.type, detail.view.book === view.book, detail.href]))
await view.open(new File([await (await fetch('/book.epub')).blob()], 'book.epub'))
await view.init({ showTextStart: true })
window.ready = true
</script></html>"""


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """An article of several files with formulas."""
    journal = Journal(tmp_path_factory.mktemp("reader") / "journal")
    journal.overlay({"text": LONG_ARTICLE.format(file=FIGURE) + "\n# Формула\n\nФормула $x^2 + \\frac{a}{b}$ осы.\n"})
    assert journal.run("build", "--format", "epub", "--format", "pdf") in (0, 1)
    return journal.output(".epub")


@pytest.fixture(scope="module")
def reader(book, chromium):
    """The engine's page with the article open, and what it said in the console."""
    engine = Path(need("foliate")).parent
    page = chromium.new_page(viewport={"width": 900, "height": 700})
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))

    def answer(route):
        path = route.request.url.split("/", 3)[3]
        if path.startswith("engine/"):
            file = engine / path.removeprefix("engine/")
            return route.fulfill(body=file.read_bytes(), content_type="text/javascript")
        if path == "book.epub":
            return route.fulfill(body=book.read_bytes(), content_type="application/epub+zip")
        return route.fulfill(body=PAGE if not path else "", content_type="text/html")

    page.route("http://reader.test/**", answer)
    page.goto("http://reader.test/")
    page.wait_for_function("window.ready", timeout=60_000)
    yield page
    page.close()


def go(page, address: str) -> None:
    """Opens a place of the book."""
    page.evaluate("address => view.goTo(address)", address)


def address_of(page, words: str) -> str:
    """Where the entry of the contents with these words leads, in the engine's own terms."""
    return page.evaluate("words => [view.book.toc].flat().flatMap(each => [each, ...(each.subitems ?? [])])"
                         ".find(each => each.label === words).href", words)


def test_the_engine_knows_the_article(reader):
    told = reader.evaluate("() => { const { metadata, toc, pageList, landmarks, sections } = view.book;"
                           " return JSON.parse(JSON.stringify({ metadata, toc, pageList, landmarks, sections: sections.length })) }")
    title = told["metadata"]["title"]
    assert (title["kk"] if isinstance(title, dict) else title) == "Үлгі мақаланың тақырыбы"
    assert told["toc"][0]["label"] == "Үлгі мақаланың тақырыбы"
    assert {"Бөлім 1", "Бөлім 3", "Кіріспе", "Әдебиеттер"} <= {each["label"] for each in told["toc"]}
    assert {kind for each in told["landmarks"] for kind in each["type"]} >= {"cover", "bodymatter", "endnotes", "bibliography"}
    assert told["sections"] >= 8


def test_every_printed_page_is_found(reader, book):
    folios = [folio for _, folio in pdf_margins(book.with_suffix(".pdf"))]
    pages = reader.evaluate("() => view.book.pageList.map(({ label, href }) => [label, href])")
    assert [label for label, _ in pages] == folios
    for label, href in pages:
        go(reader, href)
        reader.wait_for_function("label => view.lastLocation?.pageItem?.label === label", arg=label, timeout=10_000)


def test_a_note_and_a_source_are_shown_beside_the_text(reader):
    go(reader, address_of(reader, "Кіріспе"))
    for role, kind in (("doc-noteref", "endnote"), ("doc-biblioref", "biblioentry")):
        before = reader.evaluate("shown.length")
        reader.evaluate("role => view.renderer.getContents()[0].doc.querySelector(`a[role=${role}]`).click()", role)
        reader.wait_for_function("before => shown.length > before", arg=before, timeout=10_000)
        assert reader.evaluate("shown.at(-1)[0]") == kind


def test_the_house_fonts_and_the_soft_hyphens_are_there(reader):
    go(reader, address_of(reader, "Бөлім 1"))
    font = reader.evaluate("async () => { const { doc } = view.renderer.getContents()[0]; await doc.fonts.ready;"
                           " return [...doc.fonts].filter(face => face.status === 'loaded').map(face => face.family) }")
    assert any("Basylym Text" in family for family in font)
    assert reader.evaluate("view.renderer.getContents()[0].doc.body.textContent.includes('\\u00ad')")
    assert reader.evaluate("view.renderer.getContents()[0].doc.documentElement.lang") == "kk"


def test_tables_and_formulas_are_drawn(reader):
    box = "name => view.renderer.getContents()[0].doc.querySelector(name).getBoundingClientRect().toJSON()"
    go(reader, address_of(reader, "Кіріспе"))
    assert reader.evaluate(box, "table")["width"] > 20 and reader.evaluate(box, "figure img")["width"] > 0
    go(reader, address_of(reader, "Формула"))
    formula, fraction = reader.evaluate(box, "math"), reader.evaluate(box, "mfrac")
    assert formula["width"] > 30 and fraction["height"] > 20  # set as a fraction, not in a row


def test_the_engine_complains_of_nothing(reader):
    assert reader.said == []


LONG_FORMULA = " + ".join(f"a_{{{number}}}" for number in range(40))
HEADS = ["Солтүстік", "Аннотация", *["Northern"] * 12]
NARROW = f"""Мәтін [@example, 12].

|{"|".join(HEADS)}|
|{"|".join(["---"] * 14)}|
|{"|".join(["236.048"] * 14)}|

: Кең кесте {{#tbl:wide}}

| Біріншіден | 12,5 |
|---|---|
| аңдатпа | 1000000 |

: Тар кесте {{#tbl:thin}}

$$ E = m c^2 $$ {{#eq:short}}

$$ {LONG_FORMULA} $$ {{#eq:long}}
"""


@pytest.mark.parametrize("width", [375, 700])
def test_what_is_wide_scrolls_by_itself_and_no_number_is_broken(journal, chromium, tmp_path, width):
    assert journal.overlay({"text": NARROW}).run("build", "--format", "epub") in (0, 1)
    with zipfile.ZipFile(journal.output(".epub")) as archive:
        archive.extractall(tmp_path / "book")
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto((tmp_path / "book" / "EPUB" / "article.xhtml").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lines = "each => { const range = document.createRange(); range.selectNodeContents(each); return range.getClientRects().length }"
    numbers = page.locator("td")
    assert {numbers.nth(number).evaluate(lines) for number in range(14)} == {1}
    wide, long = page.locator(".wide").all()
    assert wide.locator("th").first.text_content().count("\u00ad") >= 1  # divided at its syllables
    for each in (wide, long):
        assert each.evaluate("each => each.firstElementChild.getBoundingClientRect().left >= each.getBoundingClientRect().left")
        assert each.get_attribute("tabindex") == "0" and each.get_attribute("role")
    start = page.locator("math").nth(1)
    assert start.bounding_box()["x"] >= page.locator("p").first.bounding_box()["x"]
    assert long.evaluate("each => each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX === 'auto'")
    number, line = page.locator(".equation .number").first.bounding_box(), page.locator(".equation").first.bounding_box()
    assert abs(number["x"] + number["width"] - line["x"] - line["width"]) < 2  # at the right edge
    dates = [page.locator(".date").nth(number).bounding_box() for number in range(2)]
    assert dates[1]["y"] > dates[0]["y"] or dates[1]["x"] - dates[0]["x"] - dates[0]["width"] > 12
    name, orcid = (page.locator(f".authors {each}").first for each in (".name", ".orcid"))
    size, weight = "each => parseFloat(getComputedStyle(each).fontSize)", "each => getComputedStyle(each).fontWeight"
    assert orcid.evaluate(size) < name.evaluate(size) and orcid.evaluate(weight) == "400"
    page.close()
