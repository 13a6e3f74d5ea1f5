"""The web page as its readers have it, by mouse, keyboard and touch, in print and without a script."""

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pypdfium2
import pytest
from conftest import SHIFTS, Journal
from judges import html_page, nu, tab_to, violations

CELLS = "|".join(f" {number} " for number in range(30))
TEXT = f"""# Кіріспе {{#sec:one}}

Мәтін [@example, 5], ескертпе[^n], сурет @fig:dot және кесте @tbl:wide.

[^n]: Ескертпенің мәтіні.

![Нүкте](figures/dot.png){{#fig:dot}}

## Бірінші бөлім

|{"|".join(f" Баған{number} " for number in range(30))}|
|{"|".join("---" for _ in range(30))}|
|{CELLS}|

: Кең кесте {{#tbl:wide}}

{"Ұзақ мәтіннің сөйлемі осында тұр. " * 120}

## Екінші бөлім

{"Ұзақ мәтіннің сөйлемі осында тұр. " * 120}

$$ a^2 + b^2 = c^2 $$ {{#eq:one}}

# Қорытынды

{"Ұзақ мәтіннің сөйлемі осында тұр. " * 120}
"""
CITY, COUNTRY = {"kk": "Алматы", "ru": "Алматы", "en": "Almaty"}, {"kk": "Қазақстан", "ru": "Казахстан", "en": "Kazakhstan"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A published article with everything that a page has, its PDF and EPUB beside it."""
    journal = Journal(tmp_path_factory.mktemp("page") / "journal").overlay({"text": TEXT})
    assert journal.run("build") == 0
    return journal


def titles(page) -> list[str]:
    """The titles that are seen."""
    return [words.strip() for words in page.locator(".panel [id^=title]:visible").all_inner_texts()]


# --- the file -------------------------------------------------------------------------------------------------------
def test_the_page_is_small_without_its_figures(built):
    page = re.sub(r'src="data:[^"]*"', "", built.output(".html").read_text("utf-8"))
    assert len(page.encode()) < 300_000


def test_the_files_beside_it_are_linked_and_no_others(built, journal):
    links = {each.text: (each.get("href"), each.get("type")) for each in html_page(built.output(".html")).xpath('//p[@id="files"]/a')}
    assert links == {"PDF": ("specimen.pdf", "application/pdf"), "EPUB": ("specimen.epub", "application/epub+zip"),
                     "JATS XML": ("specimen.xml", "application/xml")}
    assert all((built.output(".html").parent / name).is_file() for name, _ in links.values())
    assert journal.run("build", "--format", "html") == 0
    assert not html_page(journal.output(".html")).xpath('//p[@id="files"]')


def test_the_contents_name_every_section_in_order(built):
    page = html_page(built.output(".html"))
    links = [each.get("href") for each in page.xpath('//nav//a')]
    order = {key: number for number, key in enumerate(page.xpath("//@id"))}
    assert links[0] == "#front" and [order[each[1:]] for each in links] == sorted(order[each[1:]] for each in links)
    words = [" ".join(each.text_content().split()) for each in page.xpath("//nav//a")]
    assert [each for each in words if each in ("Кіріспе", "Бірінші бөлім", "Екінші бөлім", "Қорытынды")] == [
        "Кіріспе", "Бірінші бөлім", "Екінші бөлім", "Қорытынды"]
    assert page.xpath('//nav/details/ol/li/ol/li/a[.="Бірінші бөлім"]') and "#references" in links


def test_authors_have_cards_with_their_addresses(journal):
    journal.overlay({"affiliations": [{"id": "home", "name": {"kk": "Үлгі", "ru": "Пример", "en": "Example"}, "ror": "https://ror.org/05a28rw58",
                                       "city": CITY, "country": COUNTRY}],
                     "authors": [{"name": {"kk": "Автор, Үлгі", "ru": "Автор, Улги", "en": "Author, Ulgi"}, "affiliations": ["home"],
                                  "orcid": "0000-0002-1825-0097", "corresponding": True, "email": "author@journal.example"}]})
    assert journal.run("build", "--format", "html") == 0
    (card,) = html_page(journal.output(".html")).xpath('//section[@data-panel="kk"]//li[@class="card"]')
    assert card.xpath(".//a/@href") == [
        "https://ror.org/05a28rw58", "https://orcid.org/0000-0002-1825-0097", "mailto:author@journal.example"]


@pytest.mark.parametrize("edition", ["proof", "anonymous"])
def test_editions_have_the_page_too(journal, edition):
    assert journal.run("build", "--format", "html", "--edition", edition) == 0
    path = next(journal.output("").parent.glob("*.html"))
    page = html_page(path)
    assert page.xpath('//nav//a[@href="#front"]') and len(page.xpath('//*[@data-panel and contains(@class, "front") or @id="title"]')) == 1
    if edition == "anonymous":
        assert "Автор" not in path.read_text("utf-8").replace("Авторы", "") and not page.xpath('//*[@class="card"]')


# --- language -------------------------------------------------------------------------------------------------------
@pytest.mark.judge
@pytest.mark.parametrize(("locale", "tag"), [("ru-RU", "ru"), ("en-GB", "en"), ("kk-KZ", "kk"), ("de-DE", "kk")])
def test_the_page_is_in_the_readers_language(built, opened, locale, tag):
    page = opened(locale=locale)
    words = {"kk": ("Үлгі мақаланың тақырыбы", "Мазмұны"), "ru": ("", "Содержание"), "en": ("", "Contents")}
    assert page.locator(".panel [id^=title]:visible").count() == 1
    assert page.locator("#contents-label").inner_text() == words[tag][1]
    assert page.locator(f".languages [data-language={tag}]").get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.querySelector('#contents-label .say').lang") == tag
    if tag == "kk":
        assert titles(page) == [words["kk"][0]]
    assert violations(page) == []


PLACES = {"kk": ("Басылым үлгісі", "ISSN (баспа) 1234-5679", "1-том, № 1, 2026, 5–", "ҚОҒАМ", "Дәйексөз үшін:", "Баспагер: «Үлгі» баспасы"),
          "ru": ("Образец издания", "ISSN (печать) 1234-5679", "Том 1, № 1, 2026, с. 5–", "ОБЩЕСТВО", "Для цитирования:",
                 "Издатель: Издательство «Улги»"),
          "en": ("Specimen Journal", "ISSN (print) 1234-5679", "Vol. 1, No. 1, 2026, pp. 5–", "SOCIETY", "How to cite:",
                 "Publisher: Ulgi Press")}
SECTION = {"sections": [{"id": "society", "title": {"kk": "Қоғам", "ru": "Общество", "en": "Society"}}],
           "articles": [{"folder": "specimen", "first_page": 5, "section": "society"}]}


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    """A page that tells its section and, in two of three languages, who holds the rights."""
    journal = Journal(tmp_path_factory.mktemp("placed") / "journal").overlay(
        {"text": TEXT, "issue": SECTION, "copyright": {"kk": "Үлгі А.", "ru": "Улги А."}, "journal": {"imprint": ["publisher"]}})
    assert journal.run("build", "--format", "html", "--format", "pdf") in (0, 1)
    return journal.output(".html")


@pytest.mark.judge
@pytest.mark.parametrize("tag", ["kk", "ru", "en"])
def test_what_the_journal_says_follows_the_reader(placed, opened, tag):
    page = opened(locale=tag, path=placed)
    shown = " ".join(page.locator("main").inner_text().split())
    for words in PLACES[tag]:
        assert words in shown, words
    assert not any(words in shown for other in PLACES if other != tag for words in PLACES[other][1:])
    names = page.locator(".names > *")
    assert sorted(names.all_inner_texts()) == sorted(each[0] for each in PLACES.values())
    assert page.locator(".names .journal").inner_text() == PLACES[tag][0] == min(
        names.all(), key=lambda each: each.bounding_box()["y"]).inner_text()
    cited = page.locator("#cite-as .say").last
    assert PLACES[tag][0] in cited.inner_text() and cited.get_attribute("lang") == tag
    assert cited.locator("a").get_attribute("href") == "https://doi.org/10.5555/specimen"
    holder = page.locator("#license .copyright .say")
    assert (holder.inner_text(), holder.get_attribute("lang")) == (("Улги А.", "ru") if tag == "ru" else ("Үлгі А.", "kk"))
    assert violations(page) == []
    page.locator(".languages [data-language=kk]").click()
    assert page.locator(".names .journal").inner_text() == PLACES["kk"][0] in page.locator("#cite-as").inner_text()


def test_a_masthead_of_the_journals_own_stands_on_the_page_too(journal):
    (journal.folder / "templates").mkdir()
    (journal.folder / "templates/_masthead.xml").write_text('<p class="masthead" id="journal">Біздің журнал</p>\n', "utf-8")
    assert journal.run("build", "--format", "html") == 0
    page = html_page(journal.output(".html"))
    assert page.get_element_by_id("journal").text_content() == "Біздің журнал" and not page.find_class("names")


def test_without_a_script_the_journal_speaks_the_articles_language(placed):
    page = html_page(placed)
    words = {key: page.get_element_by_id(key).text_content().strip() for key in ("section", "cite-as", "imprint", "license")}
    assert words["section"] == "Қоғам" and "Образец" not in words["cite-as"] and "Том" not in words["imprint"]
    assert "Басылым үлгісі" in words["cite-as"] and "Улги" not in words["license"]


@pytest.mark.judge
def test_an_address_asks_for_a_language(opened):
    page = opened(at="#title-en", locale="ru")
    assert page.locator("#title-en").is_visible() and len(titles(page)) == 1
    page.evaluate("location.hash = '#title'")
    page.locator("#title").wait_for()
    assert not page.locator("#title-en").is_visible()
    page.evaluate("new Promise((done) => setTimeout(done, 200)).then(() => { shifts.length = 0 })")  # the address asked for it


@pytest.mark.judge
@pytest.mark.parametrize("how", ["mouse", "keyboard", "touch"])
def test_the_language_changes_and_nothing_is_remembered(opened, how):
    page = opened(375, has_touch=how == "touch")
    before = titles(page)
    button = page.locator(".languages [data-language=en]")
    if how == "keyboard":
        tab_to(page, ".languages [data-language=en]")
        page.keyboard.press("Enter")
    else:
        button.tap() if how == "touch" else button.click()
    assert titles(page) != before and len(titles(page)) == 1
    assert page.locator("#contents-label").inner_text() == "Contents" and button.get_attribute("aria-pressed") == "true"
    assert page.locator(".languages [aria-pressed=true]").count() == 1
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.locator(".languages [data-language=kk]").click()
    assert titles(page) == before
    page.locator(".languages [data-language=ru]").click()
    page.reload()
    assert titles(page) == before


# --- contents -------------------------------------------------------------------------------------------------------
@pytest.mark.judge
def test_the_contents_follow_the_scroll(opened):
    page = opened()
    assert page.locator("#contents").evaluate("each => each.open")
    marked = page.locator(".contents [aria-current]")
    assert marked.get_attribute("href") == "#front"
    for words in ("Екінші бөлім", "Бірінші бөлім"):
        page.locator(".contents a", has_text=words).click()
        page.wait_for_function("words => document.querySelector('.contents [aria-current]').textContent === words", arg=words)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function("document.querySelector('.contents [aria-current]') === [...document.querySelectorAll('.contents a')]"
                           ".filter(each => each.offsetParent).at(-1)")
    assert marked.count() == 1


@pytest.mark.judge
def test_on_a_phone_the_contents_open_and_close_over_the_text(opened):
    page = opened(375, has_touch=True, is_mobile=True)
    assert not page.locator("#contents").evaluate("each => each.open")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.locator("#contents-label").tap()
    assert page.locator(".contents a").first.is_visible() and page.evaluate("document.documentElement.scrollHeight") == height
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not page.locator(".contents a").first.is_visible()
    page.locator("#contents-label").tap()
    page.locator(".contents a", has_text="Қорытынды").tap()
    assert not page.locator(".contents a").first.is_visible()
    top = page.locator("h2", has_text="Қорытынды").bounding_box()["y"]
    assert page.locator(".bar").bounding_box()["height"] <= top < 400  # not under the bar


# --- colours --------------------------------------------------------------------------------------------------------
def brightness(page) -> int:
    """How light the paper is, 0 to 765."""
    return sum(map(int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))[:3]))


@pytest.mark.judge
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_colours_are_the_machines_until_the_button_is_pressed(opened, colours):
    page = opened(color_scheme=colours)
    button, dark = page.locator("button.colours"), colours == "dark"
    assert (brightness(page) < 200) == dark and button.get_attribute("aria-pressed") == str(dark).lower()
    tab_to(page, "button.colours")
    page.keyboard.press("Space")
    assert (brightness(page) < 200) != dark and button.get_attribute("aria-pressed") == str(not dark).lower()
    assert violations(page) == []
    page.emulate_media(media="print")
    assert brightness(page) == 765
    page.emulate_media(media="screen")
    page.evaluate("new Promise((done) => setTimeout(done, 200)).then(() => { shifts.length = 0 })")  # what changes for paper may move
    page.reload()
    assert (brightness(page) < 200) == dark


# --- paper ----------------------------------------------------------------------------------------------------------
@pytest.mark.judge
def test_paper_speaks_the_articles_language(opened):
    """All front matter is printed, and the words between in the article's language, whoever prints."""
    page = opened(locale="en")
    spoken = "[...new Set([...document.querySelectorAll('.say')].map((each) => each.lang))]"
    before = page.evaluate(spoken)
    assert "en" in before
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(spoken) == ["kk"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(spoken) == before
    page.evaluate("new Promise((done) => setTimeout(done, 200)).then(() => { shifts.length = 0 })")  # what changes for paper may move


LISTS = "\n\n".join(f"Термин{number}\n:   {'Осы сөздің мағынасын айтады. ' * (number % 4 * 2 + 1)}" for number in range(80))
ROWS = "\n".join(f"| Жол{number} | {number} |" for number in range(70))
PRINTED = f"""# Терминдер

{LISTS}

# Кестелер

Кестенің алдында [@example, 5], @tbl:long, @tbl:short және @fig:tall.

| Атауы | Саны |
|---|---|
{ROWS}

: Ұзақ кесте {{#tbl:long}}

{"Ұзақ мәтіннің сөйлемі осында тұр. " * 30}

| Қысқа | Саны |
|---|---|
| Басы | 1 |
| Ортасы | 2 |
| Соңы | 3 |

: Қысқа кесте {{#tbl:short}}

![Биік сурет](figures/tall.svg){{#fig:tall}}
"""
TALL = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="900"><rect width="600" height="900" fill="#468"/></svg>'


@pytest.mark.judge
def test_paper_keeps_together_what_belongs_together_and_leaves_no_blanks(journal, opened):
    (journal.article / "figures" / "tall.svg").write_text(TALL, "utf-8")
    assert journal.overlay({"text": PRINTED}).run("build", "--format", "html") in (0, 1)
    page = opened(path=journal.output(".html"))
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    sheets = [sheet.get_textpage().get_text_bounded().replace("\u00ad", "").split("\n") for sheet in document]
    document.close()
    assert sum("Термин" in " ".join(lines) for lines in sheets) > 3
    assert not any(lines[-1].strip().startswith("Термин") for lines in sheets)  # no term without its definition
    (before,) = [lines for lines in sheets if any("Кестенің алдында" in line for line in lines)]
    rows = [sum(line.startswith("Жол") for line in lines) for lines in sheets]
    assert sum(rows) == 70 and sum(map(bool, rows)) > 1  # a long table is parted …
    assert before[-1].startswith("Жол") or rows[sheets.index(before)] == 0 and len(before) > 20
    assert any({"Басы 1", "Соңы 3"} <= {line.strip() for line in lines} for lines in sheets)  # … and a short one is not
    page.emulate_media(media="print")
    assert page.locator(".body figure img").bounding_box()["height"] < 230  # 60 mm
    page.emulate_media(media="screen")
    page.evaluate("new Promise((done) => setTimeout(done, 200)).then(() => { shifts.length = 0 })")  # what changes for paper may move


@pytest.mark.judge
def test_an_address_inside_another_language_shows_it(opened):
    page = opened(locale="kk")
    inside = page.evaluate("[...document.querySelectorAll('.panel[data-panel=\"en\"] [id]')].map((each) => each.id)")
    assert len(inside) > 1
    for id in inside:
        page.evaluate("location.hash = '#title'")
        page.evaluate(f"location.hash = '#{id}'")
        page.locator(f"[id='{id}']").wait_for()
    page.evaluate("new Promise((done) => setTimeout(done, 200)).then(() => { shifts.length = 0 })")  # the address asked for it


# --- figures and tables ---------------------------------------------------------------------------------------------
@pytest.mark.judge
@pytest.mark.parametrize("how", ["mouse", "keyboard", "touch"])
def test_a_figure_enlarges_and_the_focus_returns(opened, how):
    page = opened(375 if how == "touch" else 1280, has_touch=how == "touch")
    small = page.locator(".body figure img").bounding_box()["width"]
    if how == "mouse":
        page.locator(".body figure img").click()
    elif how == "touch":
        page.locator(".enlarge").tap()
    else:
        tab_to(page, ".enlarge")
        page.keyboard.press("Enter")
    box = page.locator("dialog")
    assert box.is_visible() and box.locator("img").bounding_box()["width"] > small
    assert "Нүкте" in box.inner_text() and "Нүкте" in box.get_attribute("aria-label")
    assert violations(page) == [] and not box.locator("[id]").count()
    if how == "touch":
        box.locator("button").tap()
    else:
        page.keyboard.press("Escape")
    box.wait_for(state="detached")
    if how == "keyboard":
        assert page.evaluate("document.activeElement.matches('.enlarge')")


@pytest.mark.judge
@pytest.mark.parametrize("width", [375, 768, 1280])
def test_a_wide_table_scrolls_inside_itself_by_keys(opened, width):
    page = opened(width)
    region = page.get_by_role("region", name="Кең кесте")
    region.focus()
    assert region.evaluate("each => each.scrollWidth > each.clientWidth")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    assert page.evaluate("scrollX") == 0


@pytest.mark.judge
def test_formulas_are_drawn_by_the_browser(opened):
    box = opened().locator("math").first.bounding_box()
    assert box["width"] > 40 and box["height"] > 10


# --- how to cite ----------------------------------------------------------------------------------------------------
@pytest.mark.judge
def test_every_form_to_cite_is_copied(opened):
    page = opened(locale="en", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#how-to-cite summary").click()
    forms = page.locator(".cite-format")
    assert forms.count() >= 5
    for form in forms.all():
        form.locator("button").click()
        form.locator(".copied .say").wait_for()
        assert form.locator(".copied").inner_text() == "Copied"
        assert page.evaluate("navigator.clipboard.readText()") == form.locator("pre").text_content()
    assert violations(page) == []


@pytest.mark.judge
def test_copying_works_where_the_clipboard_is_closed(opened):
    page = opened()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.evaluate("addEventListener('copy', () => { window.copies = String(getSelection()) })")
    page.locator("#how-to-cite summary").click()
    form = page.locator(".cite-format").first
    form.locator("button").click()
    form.locator(".copied .say").wait_for()
    assert page.evaluate("copies").strip() == form.locator("pre").text_content().strip()


# --- all readers ----------------------------------------------------------------------------------------------------
@pytest.mark.judge
def test_the_first_key_skips_to_the_text_and_the_focus_is_seen(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')") and page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#text"
    for selector in ("summary", "button.colours", ".files a"):
        page.reload()
        page.evaluate("history.replaceState(null, '', ' ')")
        tab_to(page, selector)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", selector


@pytest.mark.judge
def test_the_page_has_landmarks_and_one_first_heading(opened):
    page = opened()
    for role in ("banner", "navigation", "main", "article"):
        assert page.get_by_role(role).first.is_visible(), role
    assert page.get_by_role("heading", level=1).count() == 1


@pytest.mark.judge
def test_without_a_script_everything_is_there(built, chromium):
    for width in (375, 1280):
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False, locale="ru")
        page = context.new_page()
        page.goto(built.output(".html").as_uri())
        assert len(titles(page)) == 3
        assert not page.locator("button:visible").count()  # nothing that does nothing
        assert page.locator(".contents a").first.is_visible() or width == 375
        if width == 375:
            page.locator("#contents-label").click()
        page.locator(".contents a", has_text="Қорытынды").click()
        assert page.url.rpartition("#")[2]
        context.close()


@pytest.mark.judge
def test_print_has_the_article_and_no_tools(opened):
    page = opened()
    page.emulate_media(media="print")
    for selector in (".bar", ".enlarge", ".skip", ".files", ".how-to-cite"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator("#text").is_visible() and len(titles(page)) == 3
    page.emulate_media(media="screen")
    page.evaluate("new Promise((done) => setTimeout(done, 200)).then(() => { shifts.length = 0 })")  # what changes for paper may move


@pytest.mark.judge
@pytest.mark.parametrize("width", [375, 768, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_shifts_or_overflows_or_offends(opened, width, colours):
    page = opened(width, color_scheme=colours, locale="ru", reduced_motion="reduce")
    assert violations(page) == []
    for _ in range(12):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(20)


@pytest.fixture(scope="module")
def slow_line(built):
    """The address of the page on a line so slow that it is drawn while it comes in."""
    page = built.output(".html").read_bytes()
    style = page.index(b"</style>")

    class Line(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path != "/":  # the picture of the site
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page[:style])
            for start in range(style, len(page), 300):
                self.wfile.write(page[start:start + 300])
                if start < style + 30_000:  # all that is seen without scrolling
                    time.sleep(0.02)

        def log_message(self, *about):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Line) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.judge
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_shifts_on_a_slow_line(chromium, slow_line, width):
    context = chromium.new_context(viewport={"width": width, "height": 700}, locale="en", bypass_csp=True)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(slow_line)
    page.wait_for_timeout(200)
    assert page.evaluate("shifts") == []
    assert page.locator("#title-en").is_visible() and page.locator(".bar .contents").is_visible()
    context.close()


@pytest.mark.judge
def test_the_torture_article_fits_too(opened, tortured):
    torture = tortured / "output/2026-2/torture/torture.html"
    for width in (375, 768, 1280):
        assert violations(opened(width, locale="ru", path=torture)) == []
    assert nu([torture]) == []


@pytest.mark.judge
def test_the_nu_html_checker_finds_nothing(built):
    assert nu([built.output(".html")]) == []


@pytest.mark.judge
def test_every_column_of_a_wide_table_is_on_paper(journal, opened):
    cells = [f"236.{100 + number}" for number in range(14)]
    rows = "\n".join(f"|{'|'.join(row)}|" for row in (["Northern"] * 14, ["---"] * 14, cells))
    journal.overlay({"text": f"Мәтін [@example, 12].\n\n{rows}\n\n: Кең кесте {{#tbl:wide}}\n"})
    assert journal.run("build", "--format", "html") in (0, 1)
    page = opened(path=journal.output(".html"))
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    inside = []
    for sheet in document:
        text = sheet.get_textpage()
        for cell in cells:
            if found := text.search(cell).get_next():
                boxes = [text.get_charbox(number) for number in range(found[0], found[0] + found[1])]
                inside.append(max(box[2] for box in boxes) < sheet.get_width() and max(box[1] for box in boxes) - min(
                    box[1] for box in boxes) < 3)  # on one line
    document.close()
    assert inside == [True] * 14
    page.evaluate("new Promise((done) => setTimeout(done, 200)).then(() => { shifts.length = 0 })")  # what changes for paper may move
