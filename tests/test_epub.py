"""The EPUB, unpacked: its container, navigation, printed pages and metadata."""

import io
import re
import zipfile

import pytest
from conftest import ROOT, SPECIMEN, Journal, specimen_front
from fontTools.ttLib import TTFont
from judges import EPUB_TYPE, OPF, XHTML, epub_documents, epub_package, epub_parts, epubcheck, pdf_margins, pdf_pages
from lxml import etree
from PIL import Image
from test_citations import TEXT, WORKS

from basylym.project import Project
from basylym.render.cover import HEIGHT, WIDTH, Line, plan_cover
from basylym.render.press import Press
from basylym.typography.compare import letters

DC = "{http://purl.org/dc/elements/1.1/}"
FIGURE = next(iter(sorted(path.name for path in (SPECIMEN / "figures").iterdir() if path.suffix in (".svg", ".png"))))
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def parts(assembly):
    return epub_parts(assembly.with_suffix(".epub"))


@pytest.fixture
def package(journal):
    assert journal.run("build", "--format", "epub") == 0
    return epub_package(epub_parts(journal.output(".epub")))[1]


def nav(parts) -> dict[str, list[tuple[str, str]]]:
    """Each list of the navigation by its kind: words and addresses of its entries."""
    folder, _ = epub_package(parts)
    return {each.get(EPUB_TYPE): [("".join(link.itertext()), link.get("href")) for link in each.iter(f"{XHTML}a")]
            for each in etree.fromstring(parts[folder + "nav.xhtml"]).iter(f"{XHTML}nav")}


def text_after(mark) -> str:
    """The text of a document from an element on, without formulas, which are drawings in the PDF, and their spoken words."""
    return "".join(mark.xpath("(descendant::text() | following::text())"
                              "[not(ancestor::*[local-name() = 'math' or @class = 'unseen'])]"))


def text_before(mark) -> str:
    """The text of a document up to an element."""
    return "".join(mark.xpath("preceding::text()"))


def metadata(package, name: str) -> dict[str | None, list[str]]:
    """The values of a Dublin Core element by language."""
    found = {}
    for each in package.iter(f"{DC}{name}"):
        found.setdefault(each.get(LANG), []).append(each.text)
    return found


def meta(package, name: str) -> list[str]:
    """The values of a property."""
    return [each.text for each in package.iter(f"{OPF}meta") if each.get("property") == name]


def refined(package, key: str, name: str) -> list[str]:
    """The values of a property of what has an id."""
    return [each.text for each in package.iter(f"{OPF}meta") if each.get("refines") == f"#{key}" and each.get("property") == name]


# --- container and navigation ---------------------------------------------------------------------------------------
def test_the_mimetype_comes_first_and_is_stored(sample):
    files = sorted(sample.glob("*/*/*.epub"))
    assert files
    for file in files:
        with zipfile.ZipFile(file) as archive:
            first = archive.infolist()[0]
            assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
            assert archive.read(first) == b"application/epub+zip"
            assert archive.testzip() is None


def test_the_navigation_has_contents_landmarks_and_pages(parts):
    lists = nav(parts)
    assert list(lists) == ["toc", "landmarks", "page-list"]
    words = [words for words, _ in lists["toc"]]
    assert words[0].startswith("Этносаралық толеранттылық")
    assert words[-4:] == ["Кіріспе", "Қорытынды", "Әдебиеттер", "References"]


def test_every_entry_of_the_navigation_leads_somewhere(sample):
    for file in sample.glob("*/*/*.epub"):
        parts = epub_parts(file)
        folder, _ = epub_package(parts)
        for entries in nav(parts).values():
            assert entries
            for _, address in entries:
                name, _, key = address.partition("#")
                assert etree.fromstring(parts[folder + name]).xpath("//*[@id=$key]", key=key), address


def test_formulas_in_headings_are_words_in_the_contents(journal):
    journal.overlay({"title": {"kk": "Формула $\\frac{a}{b}$", "ru": "О $\\frac{a}{b}$", "en": "On $\\frac{a}{b}$"},
                     "text": "# Квадрат $x_1^2$\n\nМәтін [@example, 12].\n"})
    assert journal.run("build", "--format", "epub") in (0, 1)
    parts = epub_parts(journal.output(".epub"))
    words = [words for words, _ in nav(parts)["toc"]]
    assert {"Формула a/b", "О a/b", "On a/b", "Квадрат x₁²"} <= set(words)
    assert words == [each.text for each in etree.fromstring(next(data for name, data in parts.items() if name.endswith(".ncx"))).iterfind(
        ".//{*}navMap//{*}text")]


def test_the_page_list_has_one_entry_for_each_page_of_the_pdf(sample):
    for file in sample.glob("*/*/*.epub"):
        entries = nav(epub_parts(file))["page-list"]
        assert [words for words, _ in entries] == [folio for _, folio in pdf_margins(file.with_suffix(".pdf"))]
        assert [address.partition("#")[2] for _, address in entries] == [f"page-{words}" for words, _ in entries]


def without_numbers(text: str) -> str:
    """A page's text without the numbers of the references, which print has as words and an EPUB as the marks of a list."""
    return re.sub(r"(?m)^\d{1,3}\.\s", "", text)


# --- printed pages --------------------------------------------------------------------------------------------------
def test_the_text_after_each_page_break_begins_that_page_of_the_pdf(sample):
    for file in sample.glob("*/*/*.epub"):
        (document,) = epub_documents(file)
        pages, folios = pdf_pages(file.with_suffix(".pdf")), [folio for _, folio in pdf_margins(file.with_suffix(".pdf"))]
        for number, folio in enumerate(folios):
            (mark,) = document.xpath("//*[@id=$key]", key=f"page-{folio}")
            assert mark.get(EPUB_TYPE) == "pagebreak" and mark.get("role") == "doc-pagebreak" and not mark.text
            assert folio in mark.get("aria-label") and mark.get("aria-label") != folio
            rest = "\n".join(pages[number:])  # with the pages after it, so that a word broken at its end is whole
            here, printed = letters(text_after(mark))[:40], letters(without_numbers(rest))
            above = printed[:printed.index(here)]  # a listing or figure that waited for the page, and stands before the mark in the text
            assert not above or above[:40] in letters(text_before(mark)), f"{file.name}, page {folio}"
            assert len(above) < len(letters(without_numbers(pages[number])))


WORDS = [f"сөз{number}" for number in range(1200)]
LONG = {
    "list": "\n".join(f"- {word} {word} {word}" for word in WORDS[:300]),
    "numbered list": "\n".join(f"{number}. {word} {word}" for number, word in enumerate(WORDS[:300], 1)),
    "table": "| а | ә |\n|---|---|\n" + "\n".join(f"| {word} | {word} |" for word in WORDS[:150]),
    "listing": "```\n" + "\n".join(WORDS[:150]) + "\n```",
    "formulas": "Формула $x^2 + y^2 = z^2$ және $\\sum_{i=1}^{n} a_i$ осы. " * 12 + " ".join(WORDS),
    "notes": "Мәтін[^1] осы[^2]. " + " ".join(WORDS) + "\n\n[^1]: " + "Ескертпе мәтіні. " * 60 + "\n\n[^2]: Екінші.",
}


@pytest.mark.parametrize("kind", LONG)
def test_what_print_adds_or_draws_moves_no_page_break(journal, kind):
    """Marks of lists, heads of tables on every page, drawn formulas, notes at the foot: a break stays where its page begins."""
    journal.overlay({"text": f"# Бір\n\n{LONG[kind]}\n\nСоңы [@example, 12].\n"})
    assert journal.run("build") in (0, 1)
    (document,) = epub_documents(journal.output(".epub"))
    pages = pdf_pages(journal.output(".pdf"))
    assert len(pages) > 2
    for number in range(len(pages)):
        (mark,) = document.xpath("//*[@id=$key]", key=f"page-{number + 5}")
        rest = letters(without_numbers("\n".join(pages[number:])))
        if kind == "table" and number:
            rest = rest.removeprefix("аә")  # its head
        assert letters(text_after(mark))[:40] == rest[:40], f"page {number + 5}"


def test_a_page_may_begin_inside_a_word(journal):
    """The page list is exact to the letter: a page of the article begins with the second half of a word."""
    sentence = "Көпбуынды сөздерден құралған ұзақ сөйлемдер тасымалдың ережелерін және сөздер арасындағы бос орындарды тексереді. "
    for words in range(1, 30):  # until the last line of a page ends so
        journal.overlay({"text": "Бастапқы [@example, 12]. " + "Сөз " * words + sentence * 120 + "\n"})
        assert journal.run("build") in (0, 1)
        (document,) = epub_documents(journal.output(".epub"))
        for number, page in enumerate(pdf_pages(journal.output(".pdf"))[:-1], 5):
            if page.rstrip().endswith(("\u2011", "\u00ad")):
                (mark,) = document.xpath("//*[@id=$key]", key=f"page-{number + 1}")
                before = mark.xpath("preceding::text()")[-1]
                assert before[-1].isalpha() and text_after(mark).lstrip("\u00ad")[0].isalpha()
                return
    pytest.fail("no page of the article ends inside a word")


# --- metadata -------------------------------------------------------------------------------------------------------
def test_metadata_stands_in_three_languages(package):
    assert metadata(package, "title") == {"kk": ["Үлгі мақаланың тақырыбы"]}
    titles = {each.get(LANG): each.text for each in package.iter(f"{OPF}meta")
              if each.get("refines") == "#title" and each.get("property") == "alternate-script"}
    assert refined(package, "title", "title-type") == ["main"]
    assert titles == {"ru": "Название образцовой статьи", "en": "The title of a specimen article"}
    assert metadata(package, "subject") == {"kk": ["үлгі", "тексеру", "басылым"], "ru": ["образец", "проверка", "издание"],
                                            "en": ["specimen", "test", "publication"]}
    abstracts = metadata(package, "description")
    assert set(abstracts) == {"kk", "ru", "en"}
    assert abstracts["en"] == [" ".join(specimen_front()["abstract"]["en"].replace("*", "").split())]
    names = {each.get(LANG): each.text for each in package.iter(f"{OPF}meta")
             if each.get("refines") == "#author-1" and each.get("property") == "alternate-script"}
    assert names == {"ru": "Автор Улги", "en": "Avtor Ulgi"}


def test_metadata_names_the_article_and_its_journal(package):
    assert [each.text for each in package.iter(f"{DC}identifier")] == ["https://doi.org/10.5555/specimen"]
    assert [each.text for each in package.iter(f"{DC}language")] == ["kk"]
    assert [each.text for each in package.iter(f"{DC}creator")] == ["Автор Үлгі"]
    assert refined(package, "id", "identifier-type") == ["06"]
    assert refined(package, "author-1", "file-as") == ["Үлгі, Автор"]
    assert refined(package, "author-1", "dcterms:identifier") == ["https://orcid.org/0000-0002-1825-0097"]
    assert [each.text for each in package.iter(f"{DC}date")] == ["2026-03-30"]
    assert meta(package, "dcterms:modified") == ["2026-03-30T00:00:00Z"]
    assert meta(package, "belongs-to-collection") == ["Басылым үлгісі"]
    assert refined(package, "journal", "collection-type") == ["series"]
    assert refined(package, "journal", "group-position") == ["1.1"]
    assert refined(package, "journal", "dcterms:identifier") == ["urn:issn:1234-5679", "urn:issn:2345-6787"]
    assert refined(package, "journal", "alternate-script") == ["Образец издания", "Specimen Journal"]
    assert meta(package, "pageBreakSource") == [each.text for each in package.iter(f"{DC}source")] == ["specimen.pdf"]


@pytest.mark.parametrize(("volume", "number", "position"), [("12", "3", ["12.3"]), (None, "3", ["3"]), ("XII", "3", []), ("1", "2–3", [])])
def test_a_place_in_the_series_is_told_where_it_is_a_number(journal, volume, number, position):
    journal.overlay({"issue": {"volume": volume, "number": number}})
    assert journal.run("build", "--format", "epub") in (0, 1)
    assert refined(epub_package(epub_parts(journal.output(".epub")))[1], "journal", "group-position") == position


def test_the_package_says_its_language_and_what_is_refined_comes_first(package):
    assert package.get(LANG) == "kk"
    seen = set()
    for each in package.find(f"{OPF}metadata"):
        assert each.get("refines", "#")[1:] in {"", *seen}
        seen.add(each.get("id"))


def test_accessibility_is_described_whole(package):
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert meta(package, f"schema:{name}"), name
    assert {"tableOfContents", "pageNavigation", "pageBreakMarkers"} <= set(meta(package, "schema:accessibilityFeature"))
    spoken = {each.get(LANG) for each in package.iter(f"{OPF}meta") if each.get("property") == "schema:accessibilitySummary"}
    assert spoken == {"kk", "ru", "en"}


PICTURE = "# Бір\n\n![{caption}](figures/{file}){{#fig:one{alt}}}\n\nМәтін [@example, 12].\n"


def test_a_figure_that_nobody_described_is_no_figure_for_those_who_hear(journal):
    """What the metadata promise is true of the content: «textual» is enough only where every figure has words of its own."""
    told, summaries = {}, {}
    for alt in ("", ' fig-alt="Көк шаршы"'):
        journal.overlay({"text": PICTURE.format(caption="Сурет атауы", file=FIGURE, alt=alt)})
        assert journal.run("build", "--format", "epub") in (0, 1)
        package = epub_package(epub_parts(journal.output(".epub")))[1]
        assert meta(package, "schema:accessMode") == ["textual", "visual"]
        summaries[bool(alt)] = meta(package, "schema:accessibilitySummary")[-1]
        assert not meta(package, "dcterms:conformsTo") and not meta(package, "a11y:certifiedBy")  # a claim that people make
        told[bool(alt)] = (meta(package, "schema:accessModeSufficient"), "alternativeText" in meta(package, "schema:accessibilityFeature"))
    assert told == {False: (["textual,visual"], False), True: (["textual"], True)}
    assert "Not every figure has a description" in summaries[False] and "Every figure has a description" in summaries[True]
    assert not any("MathML" in each for each in summaries.values())


def test_formulas_are_told_of_where_there_are_some(journal, package):
    assert not {"MathML", "describedMath"} & set(meta(package, "schema:accessibilityFeature"))
    journal.overlay({"text": "# Бір\n\nФормула $x^2$ [@example, 12].\n"})
    assert journal.run("build", "--format", "epub") in (0, 1)
    told = epub_package(epub_parts(journal.output(".epub")))[1]
    assert {"MathML", "describedMath"} <= set(meta(told, "schema:accessibilityFeature"))
    assert all("MathML" in each for each in meta(told, "schema:accessibilitySummary"))  # in each language, and no figure is promised
    assert "figure" not in meta(told, "schema:accessibilitySummary")[-1]
    (document,) = epub_documents(journal.output(".epub"))
    assert [each.get("alttext") for each in document.iter("{http://www.w3.org/1998/Math/MathML}math")] == ["x^2"]


# --- cover ----------------------------------------------------------------------------------------------------------
def test_the_cover_is_drawn_twice_and_says_what_stands_on_it(journal):
    assert journal.run("build", "--format", "epub") == 0
    parts = epub_parts(journal.output(".epub"))
    folder, package = epub_package(parts)
    (item,) = [each for each in package.iter(f"{OPF}item") if each.get("properties") == "cover-image"]
    with Image.open(io.BytesIO(parts[folder + item.get("href")])) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 1800))
        drawn = picture.convert("RGB").crop((100, 520, 1100, 900))
        assert len(drawn.getcolors(200_000)) > 4  # letters, not an empty page
    svg = etree.fromstring(parts[folder + "cover.svg"])
    assert "Үлгі мақаланың тақырыбы" in svg.findtext("{*}title") and "Басылым үлгісі" in svg.findtext("{*}title")
    outlines = {each.get("id") for each in svg.iter("{*}path")}
    used = [each.get("{http://www.w3.org/1999/xlink}href")[1:] for each in svg.iter("{*}use")]
    assert set(used) == outlines and len(used) >= len("ҮлгімақаланыңтақырыбыБасылымүлгісі")
    first = next(each.get("idref") for each in package.iter(f"{OPF}itemref"))
    assert first == "cover" and b'alt="\xd0\x9c\xd2\xb1\xd2\x9b\xd0\xb0\xd0\xb1\xd0\xb0: ' in parts[folder + "cover.xhtml"]  # Мұқаба


def test_a_covers_picture_has_the_colours_of_its_drawing_and_those_between(journal):
    """Fifteen in all, so that four bits hold one; letters stand on the masthead and on the paper alike."""
    assert journal.run("build", "--format", "epub") == 0
    parts = epub_parts(journal.output(".epub"))
    (data,) = [data for name, data in parts.items() if name.endswith("cover.png")]
    (drawing,) = [data.decode() for name, data in parts.items() if name.endswith("cover.svg")]
    picture = Image.open(io.BytesIO(data))
    assert picture.mode == "P" and data[24] == 4  # IHDR: bits
    colours = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in picture.convert("RGB").getcolors()}
    assert set(re.findall(r'fill="(#[0-9a-f]{6})"', drawing)) <= colours and 3 < len(colours) <= 15


def test_a_cover_has_the_colours_of_the_journals_own_page(journal):
    folder = journal.folder / "styles"
    folder.mkdir()
    style = (ROOT / "styles/screen.css").read_text("utf-8")
    (folder / "screen.css").write_text(re.sub(r"--link: #\w+", "--link: #7a1f2b", style, count=1), "utf-8")
    assert journal.run("build", "--format", "epub") == 0
    assert b'fill="#7a1f2b"' in next(data for name, data in epub_parts(journal.output(".epub")).items() if name.endswith("cover.svg"))


@pytest.mark.parametrize("title", ["Сөз " * 400, "Ұ" * 3000, "Ψ ∑ ‱ 漢字 <&> \"", "X"], ids=["long", "one word", "rare", "short"])
def test_any_title_stays_on_the_cover(journal, title):
    journal.overlay({"title": {"kk": title.strip(), "ru": "Название", "en": "Title"}})
    press = Press(Project(journal.folder), journal.edition())
    lines = [shape for shape in plan_cover(press).shapes if isinstance(shape, Line)]
    for line in lines:
        path, text, left = line.runs[-1]
        assert line.runs[0][2] >= 100 and left < WIDTH - 100 and 0 < line.base < HEIGHT - 20
    bases = [line.base for line in lines]
    assert len(set(bases)) == len(bases)  # no line on another
    plan_cover(press).png()


def test_a_cover_for_reviewers_names_no_author(journal):
    assert journal.run("build", "--format", "epub", "--edition", "anonymous") == 0
    (file,) = journal.output(".epub").parent.glob("*.epub")
    svg = next(data for name, data in epub_parts(file).items() if name.endswith("cover.svg"))
    assert "Автор" not in etree.fromstring(svg).findtext("{*}title")


# --- fonts ----------------------------------------------------------------------------------------------------------
def test_the_fonts_are_small_and_hold_the_letters_of_the_article(assembly):
    parts = epub_parts(assembly.with_suffix(".epub"))
    fonts = {name.rpartition("/")[2]: data for name, data in parts.items() if name.endswith(".woff2")}
    assert {"text-regular.woff2", "text-bold.woff2"} <= set(fonts) and sum(map(len, fonts.values())) < 60_000
    style = next(data for name, data in parts.items() if name.endswith(".css")).decode()
    assert set(re.findall(r"url\((\S+?)\)", style)) == set(fonts)
    with TTFont(io.BytesIO(fonts["text-regular.woff2"])) as font:
        assert set(map(ord, "әғқңөұүһі")) <= set(font.getBestCmap())
        names = {each.nameID: str(each) for each in font["name"].names}
        assert "PT Serif" not in names[1] and "ParaType" in names[0] and "Open Font License" in names[13]  # PT's names are reserved
    (document,) = epub_documents(assembly.with_suffix(".epub"))
    held = frozenset().union(*(TTFont(io.BytesIO(data)).getBestCmap() for data in fonts.values()))
    assert not {letter for letter in "".join(document.find(f"{XHTML}body").itertext()) if not letter.isspace()} - set(map(chr, held))


def test_the_readers_own_settings_win(assembly):
    """A font for the body alone, no colour of text, no size but in em, no script."""
    parts = epub_parts(assembly.with_suffix(".epub"))
    style = next(data for name, data in parts.items() if name.endswith(".css")).decode()
    rules = re.sub(r"@font-face \{.*?\}", "", style)
    assert re.findall(r"[^{}]*\{[^{}]*font-family[^{}]*\}", rules)[0].strip().startswith("body {")
    assert rules.count("font-family") == 1 and not re.search(r"[{;\s]color\s*:|!important|font-size: [\d.]+(px|pt)", rules)
    assert not [name for name, data in parts.items() if name.endswith(".js") or b"<script" in data]


# --- a long article -------------------------------------------------------------------------------------------------
SENTENCE = "Ұзақ мақаланың мәтіні бірнеше файлға бөлінеді. "
LONG_ARTICLE = "".join(f"# Бөлім {number}\n\n{SENTENCE * 250}\n\n" for number in range(1, 4)) + """# Кіріспе

![Сурет атауы](figures/{file}){{#fig:one fig-alt="Көк шаршы"}}

| а | ә |
|---|---|
| 1 | 2 |

: Кесте атауы {{#tbl:one}}

Мәтін [@example, 12], ескертпе[^n], [@fig:one], [@tbl:one].

[^n]: Ескертпе мәтіні, [@fig:one].
"""


@pytest.fixture(scope="module")
def long_article(tmp_path_factory):
    """An article of several files."""
    journal = Journal(tmp_path_factory.mktemp("long") / "journal")
    journal.overlay({"text": "Бірінші бөлімнің алдындағы мәтін, [@fig:one].\n\n" + LONG_ARTICLE.format(file=FIGURE)})
    assert journal.run("build", "--format", "epub", "--format", "pdf") in (0, 1)
    return journal.output(".epub")


def test_a_long_article_is_a_file_a_section(long_article):
    documents = epub_documents(long_article)
    heads = [document.xpath("string((//*[local-name() = 'h1' or local-name() = 'h2'])[1])") for document in documents]
    assert [" ".join(head.split()) for head in heads] == [
        "Үлгі мақаланың тақырыбы", "", "Бөлім 1", "Бөлім 2", "Бөлім 3", "Кіріспе", "Ескертпелер", "Әдебиеттер",
        "Авторлар туралы мәлімет"]
    whole = letters("".join(text for document in documents for text in document.find(f"{XHTML}body").itertext()).replace("\u00ad", ""))
    assert whole.count(letters(SENTENCE)) == 750
    keys = [each for document in documents for each in document.xpath("//@id")]
    assert len(keys) == len(set(keys)) and "text" in keys


def test_links_lead_from_file_to_file(long_article):
    parts = epub_parts(long_article)
    folder, _ = epub_package(parts)
    trees = {name.removeprefix(folder): etree.fromstring(data) for name, data in parts.items() if name.endswith(".xhtml")}
    led = set()
    for name, tree in trees.items():
        for link in tree.xpath("//*[local-name() = 'a']/@href"):
            if not re.match("https?:|mailto:", link):
                file, _, key = link.partition("#")
                assert trees[file or name].xpath("//*[@id=$key]", key=key), f"{name}: {link}"
                if file and name not in (file, "nav.xhtml"):
                    led.add(key)
    notes = [key for key in led if key.startswith("fn")]
    assert {"fn", "fnref"} == {re.match("[a-z]+", key)[0] for key in notes}  # there and back
    assert {"ref-example", "fig:one"} <= led and [key for key in led if key.startswith("cite-")]
    assert nav(parts)["lof"] == [("1-сурет. Сурет атауы", next(address for _, address in nav(parts)["lof"]))]
    assert [words for words, _ in nav(parts)["lot"]] == ["1-кесте. Кесте атауы"]


def test_the_pages_of_a_long_article_are_those_of_the_pdf(long_article):
    pages, entries = pdf_pages(long_article.with_suffix(".pdf")), nav(epub_parts(long_article))["page-list"]
    assert len(pages) == len(entries) > 5
    parts = epub_parts(long_article)
    folder, _ = epub_package(parts)
    for number, (_, address) in enumerate(entries):
        name, _, key = address.partition("#")
        (mark,) = etree.fromstring(parts[folder + name]).xpath("//*[@id=$key]", key=key)
        rest, told = letters("\n".join(pages[number:])), letters(text_after(mark))[:30]
        assert rest.startswith(told) and told, address


def test_parts_of_an_article_have_their_roles(long_article):
    roles = {role for document in epub_documents(long_article) for role in document.xpath("//@role")}
    assert {"doc-introduction", "doc-endnotes", "doc-bibliography", "doc-noteref", "doc-biblioref", "doc-backlink"} <= roles
    types = {kind for document in epub_documents(long_article) for kind in document.xpath("//@*[local-name() = 'type']")}
    assert {"endnote", "biblioentry", "noteref", "bodymatter", "backmatter"} <= types


@pytest.mark.judge
def test_epubcheck_finds_nothing_in_a_long_article(long_article):
    assert epubcheck(long_article) == []


# --- text -----------------------------------------------------------------------------------------------------------
def test_passages_in_other_languages_say_so(assembly):
    (document,) = epub_documents(assembly.with_suffix(".epub"))
    assert document.get("lang") == document.get(LANG) == "kk"
    for tag, words in (("ru", "После обретения независимости"), ("en", "After gaining of independence")):
        (paragraph,) = [each for each in document.iter(f"{XHTML}p") if (each.text or "").startswith(words)]
        spoken = next(above.get(LANG) for above in (paragraph, *paragraph.iterancestors()) if above.get(LANG))
        assert spoken == tag


def test_links_lead_both_ways_between_citations_and_entries(assembly):
    (document,) = epub_documents(assembly.with_suffix(".epub"))
    there = [each.get("href") for each in document.xpath("//*[starts-with(@id, 'cite-')]//*[@href]")]
    back = [each.get("href") for each in document.xpath("//*[starts-with(@id, 'ref-')]//*[@role='doc-backlink']")]
    assert len(there) == len(back) == 12
    for address in {*there, *back}:
        assert document.xpath("//*[@id=$key]", key=address[1:]), address


def test_the_same_article_gives_the_same_bytes(journal):
    assert journal.run("build", "--format", "epub") == 0
    before = journal.output(".epub").read_bytes()
    journal.output(".epub").unlink()
    assert journal.run("build", "--format", "epub") == 0
    assert journal.output(".epub").read_bytes() == before


# --- EPUBCheck ------------------------------------------------------------------------------------------------------
@pytest.mark.judge
def test_epubcheck_finds_nothing_in_the_sample_journal(sample):
    files = sorted(sample.glob("*/*/*.epub"))
    assert len(files) == len(list((ROOT / "source").glob("*/*/article.md")))
    assert {file.name: said for file in files if (said := epubcheck(file))} == {}


@pytest.mark.judge
def test_epubcheck_finds_nothing_in_the_specimen(journal):
    assert journal.run("build", "--format", "epub") == 0
    assert epubcheck(journal.output(".epub")) == []


@pytest.mark.judge
def test_epubcheck_finds_nothing_in_notes_and_citations(journal):
    """Keys in Cyrillic and with brackets, several sources in a place, several places of a source, a citation in a note."""
    journal.overlay({"text": TEXT, "references": WORKS})
    assert journal.run("build", "--format", "epub") in (0, 1)
    assert epubcheck(journal.output(".epub")) == []


@pytest.mark.judge
def test_epubcheck_sees_a_damaged_file(assembly, tmp_path):
    """The judge itself is judged."""
    with zipfile.ZipFile(tmp_path / "damaged.epub", "w") as archive:
        for name, data in epub_parts(assembly.with_suffix(".epub")).items():
            archive.writestr(name, data.replace(b'role="doc-toc"', b'role="doc-toc" colour="red"'))
    assert epubcheck(tmp_path / "damaged.epub")
