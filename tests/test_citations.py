"""Live citations: ways there and back in every output, and the entry shown beside the place that cites it."""

import re
from collections import Counter
from urllib.parse import unquote

import pikepdf
import pytest
from conftest import ROOT, Journal
from judges import EPUB_TYPE, XHTML, epub_documents, html_page, nu, tab_to, violations

from basylym.render.markup import link_addresses

# works that do not exist
WORKS = [{"id": key, "type": "book", "title": title, "language": tag, "author": [{"family": family, "given": given}],
          "issued": {"date-parts": [[2001]]}, "publisher": "Үлгі", "publisher-place": "Алматы", **more}
         for key, title, tag, family, given, more in [
             ("үлгі2001", "Үлгі кітап", "kk", "Үлгі", "А.", {"URL": "https://journal.example/кітап?a=1&b=2",
                                                            "accessed": {"date-parts": [[2026, 1, 5]]}}),
             ("doi:10.5555/x_(y)", "A specimen book", "en", "Specimen", "A.", {"DOI": "10.5555/x_(y)"}),
             ("third", "Образцовая книга", "ru", "Образцов", "А.", {})]]
TEXT = """# Кіріспе

Бірінші сөйлем [@үлгі2001, 12; @{doi:10.5555/x_(y)}; @third, 5].
Екінші сөйлем [@third, 7; @third, 9].[^1]
Үшінші сөйлем @fig:dot туралы [@{doi:10.5555/x_(y)}, 3].

[^1]: Ескертпенің мәтіні [@үлгі2001, 4].

![Нүкте [@third].](figures/dot.png){#fig:dot alt="Қара нүкте"}
""" + "\nМәтін осылай жалғаса береді. " * 150 + "\n\n# Қорытынды\n\nСоңы [@third].\n"
PLACES = {"үлгі2001": 2, "doi:10.5555/x_(y)": 2, "third": 4}
"""How many places of TEXT cite each work."""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Journal:
    made = Journal(tmp_path_factory.mktemp("citations") / "journal")
    made.overlay({"text": TEXT, "references": WORKS})
    assert made.run("build") in (0, 1)
    return made


@pytest.fixture(scope="module")
def trees(built):
    """The web page, and the text of the EPUB."""
    return {".html": html_page(built.output(".html")), ".epub": epub_documents(built.output(".epub"))[0]}


# --- there and back -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", [".html", ".epub"])
def test_every_citation_leads_to_its_entry_and_every_entry_back_to_each_place(trees, suffix):
    tree = trees[suffix]
    places = tree.xpath("//*[@class='citation']")
    cited = Counter(key for place in places for key in {unquote(each.get("href")) for each in place.iter("a", f"{XHTML}a")})
    back = {f"#{each.get('id')}": each.xpath(".//*[@role='doc-backlink']/@href") for each in tree.xpath("//*[starts-with(@id, 'ref-')]")}
    assert cited == {f"#ref-{key}": count for key, count in PLACES.items()} == {key: len(links) for key, links in back.items()}
    assert {each for links in back.values() for each in links} == {f"#{place.get('id')}" for place in places}
    names = tree.xpath("//*[@class='citation']//@role")
    assert names and set(names) == {"doc-biblioref"}


@pytest.mark.parametrize("suffix", [".html", ".epub"])
def test_dois_and_addresses_of_entries_are_links(trees, suffix):
    tree = trees[suffix]
    found = [(each.get("href"), "".join(each.itertext())) for each in tree.xpath("//*[starts-with(@id, 'ref-')]/*[@href]")]
    assert [(unquote(address), words) for address, words in found] == [
        ("https://journal.example/кітап?a=1&b=2", "https://journal.example/кітап?a=1&b=2"),
        ("https://doi.org/10.5555/x_(y)", "10.5555/x_(y)")]


def test_addresses_in_words_become_links_and_words_stay():
    said = "(doi: 10.5555/x_(y)). <i>https://a.example/?b=1&amp;c=2;</i> (https://a.example/d). 10.5 <a href='#x'>10.5555/z</a>"
    linked = link_addresses(said)
    assert re.findall('href="(.*?)"', linked) == ["https://doi.org/10.5555/x_(y)", "https://a.example/?b=1&amp;c=2", "https://a.example/d"]
    assert re.sub(r'<a href="[^#].*?">(.*?)</a>', r"\1", linked) == said


def test_the_epub_says_what_is_a_note_and_what_leads_to_it(trees):
    types = {each.get("id"): each.get(EPUB_TYPE) for each in trees[".epub"].iter() if each.get(EPUB_TYPE) and each.get("id")}
    assert (types["fnref1"], types["fn1"]) == ("noteref", "endnote")
    by_type = Counter(each.get(EPUB_TYPE) for each in trees[".epub"].iter(f"{XHTML}a") if each.get(EPUB_TYPE))
    assert by_type == {"noteref": 1, "biblioref": 9, "backlink": 9}


def test_the_pdf_links_citations_entries_and_addresses(built):
    with pikepdf.open(built.output(".pdf")) as document:
        links = [each for leaf in document.pages for each in leaf.get("/Annots", []) if each.Subtype == "/Link"]
        inside = Counter(str(each.Dest) for each in links if "/Dest" in each)
        outside = {unquote(str(each.A.URI)) for each in links if "/A" in each and "/URI" in each.A}
    assert {key: inside[f"ref-{key}"] for key in PLACES} == {"үлгі2001": 2, "doi:10.5555/x_(y)": 2, "third": 5}
    assert {"cite-1", "https://doi.org/10.5555/x_(y)", "https://journal.example/кітап?a=1&b=2"} <= {*inside, *outside}


def test_the_script_is_small_and_asks_for_nothing(built):
    script = next(each for each in html_page(built.output(".html")).iter("script") if "cite-0" in each.text)
    assert not script.attrib and len(script.text.encode()) < 4096
    assert script.text.strip() == (ROOT / "templates/_citations.js").read_text("utf-8").strip()
    assert not re.search(r"fetch|import|XMLHttp|eval|https?:", script.text)


# --- beside the place, in a browser -----------------------------------------------------------------------------------
BOX = "#cite-0"


def rows(page) -> list[str]:
    """What is shown beside the place, row by row; nothing where nothing is."""
    return [" ".join(words.replace("\u00ad", "").split()) for words in page.locator(f"{BOX} > span").all_inner_texts()]


def within(page) -> bool:
    """Whether all of it stands inside the window."""
    box = page.locator(BOX).bounding_box()
    return (box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
            and box["y"] + box["height"] <= page.viewport_size["height"])


@pytest.mark.judge
def test_a_mouse_over_a_citation_shows_every_source_with_its_number_and_place(opened):
    page = opened()
    measure = ("[...document.querySelectorAll('article *:not(#cite-0, #cite-0 *)')]"
               ".map(each => JSON.stringify(each.getBoundingClientRect())).join()")
    page.locator("#cite-1 a").first.scroll_into_view_if_needed()
    before = page.evaluate(measure)
    page.locator("#cite-1 a").first.hover()
    page.locator(BOX).wait_for()
    shown = rows(page)
    assert len(shown) == 3
    for row, start in zip(shown, ("1, 12 Үлгі А.", "2 Specimen A.", "3, 5 Образцов А."), strict=True):
        assert row.startswith(start)
    assert [each.get_attribute("lang") for each in page.locator(f"{BOX} > span > span").all()] == ["kk", "en", "ru"]
    assert not page.locator(f"{BOX} [id], {BOX} [role=doc-backlink]").count()
    assert page.evaluate(measure) == before and within(page)
    page.locator(f"{BOX} a").first.hover()  # it can be reached with the mouse
    page.wait_for_timeout(400)
    assert rows(page) == shown
    page.mouse.move(5, 690)
    page.locator(BOX).wait_for(state="detached")


@pytest.mark.judge
def test_a_work_cited_twice_in_one_place_is_shown_once_with_both_pages(opened):
    page = opened()
    page.locator("#cite-2 a").nth(1).hover()
    page.locator(BOX).wait_for()
    (row,) = rows(page)
    assert row.startswith("3, 7; 3, 9 Образцов")


@pytest.mark.judge
def test_tab_shows_escape_closes_and_the_focus_returns(opened):
    page = opened()
    tab_to(page, "#cite-1 a:last-of-type")
    assert len(rows(page)) == 3
    assert page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText").startswith("1, 12")
    page.keyboard.press("Escape")
    assert rows(page) == [] and page.evaluate("document.activeElement.matches('#cite-1 a:not([aria-describedby])')")
    page.keyboard.press("Shift+Tab")
    assert len(rows(page)) == 3
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # into what is shown
    assert page.evaluate("document.activeElement.matches('#cite-0 a')")
    page.keyboard.press("Escape")
    assert rows(page) == [] and page.evaluate("document.activeElement.matches('#cite-1 a:last-of-type')")
    page.keyboard.press("Tab")
    assert len(rows(page)) == 1  # the next place


@pytest.mark.judge
def test_the_keyboard_goes_to_the_entry_and_back(opened):
    page = opened()
    tab_to(page, "#cite-2 a")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#ref-third" and rows(page) == []
    target = "getComputedStyle(document.querySelector(':target')).backgroundColor"
    assert page.evaluate(target) != "rgba(0, 0, 0, 0)"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#cite-2"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#cite-2 a')") and len(rows(page)) == 1


@pytest.mark.judge
def test_a_note_and_a_figure_are_shown_too(opened):
    page = opened()
    page.locator("#fnref1").hover()
    page.locator(BOX).wait_for()
    assert rows(page) == ["1 Ескертпенің мәтіні [1, 4]."]
    page.keyboard.press("Escape")
    page.locator("a.crossref").first.hover()
    page.locator(f"{BOX} img").wait_for()
    assert "Нүкте" in rows(page)[0] and within(page)


@pytest.mark.judge
def test_on_a_phone_the_first_tap_shows_and_the_second_follows(opened):
    page = opened(375, has_touch=True, is_mobile=True)
    for key in ("#cite-1 a:last-of-type", "#cite-2 a", "#fnref1", "a.crossref"):
        page.locator(key).first.tap()
        page.locator(BOX).wait_for()
        assert page.evaluate("location.hash") == "" and within(page)
        page.locator("h1").tap()
        assert rows(page) == []
    page.locator("#cite-2 a").first.tap()
    page.locator("#cite-2 a").first.tap()
    assert page.evaluate("location.hash") == "#ref-third" and rows(page) == []


@pytest.mark.judge
def test_without_a_script_citations_are_links(opened, built, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built.output(".html").as_uri())
    page.locator("#cite-1 a").first.click()
    assert unquote(page.url).endswith("#ref-үлгі2001") and not page.locator(BOX).count()
    page.locator("li[id='ref-үлгі2001'] [role=doc-backlink]").nth(1).click()
    assert re.search(r"#cite-\d$", page.url)
    context.close()


@pytest.mark.judge
def test_print_and_readers_who_want_no_motion_get_none_of_it(opened):
    page = opened(reduced_motion="reduce")
    page.locator("#cite-1 a").first.hover()
    page.locator(BOX).wait_for()
    assert page.evaluate("getComputedStyle(document.getElementById('cite-0')).animationName") == "none"
    page.evaluate("shifts.push = () => 0")  # on paper all of it stands elsewhere
    page.emulate_media(media="print")
    assert not page.locator(BOX).is_visible()
    moving = opened(reduced_motion="no-preference")
    moving.locator("#cite-1 a").first.hover()
    moving.locator(BOX).wait_for()
    assert moving.evaluate("getComputedStyle(document.getElementById('cite-0')).animationName") == "appear"


@pytest.mark.judge
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_no_violation_while_it_is_shown(opened, width, colours):
    page = opened(width, "#ref-third", color_scheme=colours, reduced_motion="reduce")
    for key in ("#cite-1 a", "#fnref1", "a.crossref"):
        page.locator(key).first.hover()
        page.locator(BOX).wait_for()
        assert violations(page) == [], key
        page.keyboard.press("Escape")


@pytest.mark.judge
def test_the_nu_html_checker_finds_nothing(built):
    assert nu([built.output(".html")]) == []
