"""The EPUB, unpacked: its container, navigation, printed pages and metadata."""

import re
import zipfile

import pytest
from conftest import ROOT, specimen_front
from judges import EPUB_TYPE, OPF, XHTML, epub_documents, epub_package, epub_parts, epubcheck, letters, pdf_margins, pdf_pages
from lxml import etree
from test_citations import TEXT, WORKS

DC = "{http://purl.org/dc/elements/1.1/}"
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
    """The text of a document from an element on, without formulas, which are drawings in the PDF."""
    return "".join(mark.xpath("(descendant::text() | following::text())[not(ancestor::*[local-name() = 'math'])]"))


def metadata(package, name: str) -> dict[str | None, list[str]]:
    """The values of a Dublin Core element by language."""
    found = {}
    for each in package.iter(f"{DC}{name}"):
        found.setdefault(each.get(LANG), []).append(each.text)
    return found


def meta(package, name: str) -> list[str]:
    """The values of a property."""
    return [each.text for each in package.iter(f"{OPF}meta") if each.get("property") == name]


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
            assert letters(text_after(mark))[:40] == letters(without_numbers(rest))[:40], f"{file.name}, page {folio}"


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
    titles = {each.get(LANG): each.text for each in package.iter(f"{OPF}meta") if each.get("refines") == "#title"}
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
    assert [each.text for each in package.iter(f"{DC}date")] == ["2026-03-30"]
    assert meta(package, "dcterms:modified") == ["2026-03-30T00:00:00Z"]
    assert meta(package, "belongs-to-collection") == ["Басылым үлгісі"]


def test_accessibility_is_described_whole(package):
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert meta(package, f"schema:{name}"), name
    assert {"tableOfContents", "pageNavigation", "pageBreakMarkers"} <= set(meta(package, "schema:accessibilityFeature"))
    spoken = {each.get(LANG) for each in package.iter(f"{OPF}meta") if each.get("property") == "schema:accessibilitySummary"}
    assert spoken == {"kk", "ru", "en"}


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
