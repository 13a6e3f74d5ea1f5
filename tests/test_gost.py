"""The GOST styles: the table in docs/references.md, the order of the list, the places cited, each entry in its own language."""

import importlib.util
import re

import pytest
from conftest import ROOT
from judges import read_text

from basylym.typography.compare import letters

FOLDER = ROOT / "docs" / "references"
spec = importlib.util.spec_from_file_location("write_references", FOLDER / "write.py")
page = importlib.util.module_from_spec(spec)
spec.loader.exec_module(page)
DATA = page.read()
NUMERIC = [f"{style}{order}" for style in page.STANDARDS for order in ("", "-alphabetical")]
TYPES = {"book", "chapter", "article-journal", "article-newspaper", "paper-conference", "thesis", "legislation", "manuscript",
         "webpage", "standard", "patent", "dataset", "report"}
PUBLISHED = {
    ("gost-7.1-2003", "book-1-kk"): "Кәкішұлы Т. Қазақ әдебиетінің қысқаша тарихы. – Алматы: Қазақ университеті, 2002. – 235 б.",
    ("gost-7.1-2003", "article-1-ru"):
        "Худяков А.И. Дискуссионные вопросы предмета финансового права // Финансовое право. – 2019. – № 3. – С. 2–8.",
    ("gost-7.1-2003", "article-2-ru"):
        "Аренов М.М., Калмыков С.К. Современная языковая ситуация в Казахстане // Социолог. иссл. – 1995. – № 12. – С. 76–81.",
    ("gost-r-7.0.5-2008", "patent-ru"): "Приемопередающее устройство: пат. 2187888 Рос. Федерация. № 2000131736/09; "
        "заявл. 18.12.2000; опубл. 20.08.2002, Бюл. № 23 (II ч.). 3 с.",
}
"""Examples published by others, read at the addresses in entries.yaml; but for the en dash in a range, the marks of the areas where
one example lacks them, and years of four digits, as they stand there."""
OWN_STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>House</title><id>https://journal.example/house</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout prefix="&lt;" suffix="&gt;" delimiter=" + ">
    <group delimiter=" @ "><text variable="title"/><text variable="locator"/></group></layout></citation>
  <bibliography><layout><text variable="title" text-case="uppercase"/><text term="et-al" prefix=" ~ "/></layout></bibliography>
</style>
"""


def book(key: str, family: str, tag: str, **more) -> dict:
    """A made-up book."""
    return {"id": key, "type": "book", "language": tag, "author": [{"family": family, "given": "Ә. Б."}], "title": f"{family} кітабы",
            "publisher-place": "Алматы", "publisher": "Үлгі", "issued": "2020", "number-of-pages": "235", **more}


def printed(journal) -> str:
    """The text's paragraph without markup."""
    return re.sub(r"<[^>]+>", "", journal.edition().article.body.html).replace("\u00a0", " ").strip()


def listed(journal) -> list[str]:
    """The keys of the printed list, in order."""
    return [entry.key for entry in journal.edition().article.body.entries]


def test_the_page_is_what_the_styles_print():
    assert (ROOT / "docs" / "references.md").read_text("utf-8") == page.write(), "run: python docs/references/write.py > docs/references.md"


def test_the_table_holds_every_type_in_every_language():
    entries = [each["entry"] for each in DATA["entries"]]
    assert len(entries) >= 25
    assert {entry["type"] for entry in entries} >= TYPES
    assert {entry["language"] for entry in entries} == {"kk", "ru", "en"}
    assert {1, 2, 3, 4, 5} <= {len(entry.get("author", ())) for entry in entries}


def test_every_basis_is_used_and_known():
    used = {name for each in DATA["entries"] for names in each.get("rests", {}).values() for name in names}
    assert used == set(DATA["bases"])
    assert {style for each in DATA["entries"] for style in each.get("rests", {})} <= set(page.STANDARDS)


def test_a_made_up_entry_rests_on_no_example():
    """What does not exist can't have been published; a DOI of ours has the prefix for tests."""
    for each in DATA["entries"]:
        if each.get("made-up"):
            bases = [DATA["bases"][name] for names in each.get("rests", {}).values() for name in names]
            assert not [basis for basis in bases if "published example" in basis["says"] and "eLIBRARY" not in basis["says"]]
            assert each["entry"].get("DOI", "10.5555/").startswith("10.5555/")


@pytest.mark.parametrize(("style", "key"), PUBLISHED)
def test_a_published_example_comes_out(style, key):
    assert page.lines(style, [each["entry"] for each in DATA["entries"]])[key] == PUBLISHED[style, key]


@pytest.mark.parametrize("style", NUMERIC)
@pytest.mark.parametrize(("tag", "labels", "expected"), [
    ("kk", False, "[1, 8] [2, 68–69] [3; 5, 12] [1, 15] [4]"),
    ("ru", False, "[1, 8] [2, 68–69] [3; 5, 12] [1, 15] [4]"),
    ("en", False, "[1, 8] [2, 68–69] [3; 5, 12] [1, 15] [4]"),
    ("kk", True, "[1, 8-б.] [2, 68–69-б.] [3; 5, 12-б.] [1, 15-б.] [4]"),
    ("ru", True, "[1, с. 8] [2, с. 68–69] [3; 5, с. 12] [1, с. 15] [4]"),
    ("en", True, "[1, p. 8] [2, p. 68–69] [3; 5, p. 12] [1, p. 15] [4]"),
])
def test_places_cited(journal, style, tag, labels, expected):
    journal.overlay({"language": tag, "journal": {"csl": style, "locator_labels": labels},
                     "references": [book(f"r{number}", family, "kk") for number, family in enumerate("АӘБВГ", 1)],
                     "text": "[@r1, 8] [@r2, 68–69] [@r3; @r5, 12] [@r1, с. 15] [@r4]\n"})
    # by citation the fifth source is cited before the fourth
    assert printed(journal) == (expected if "alphabetical" in style else expected.replace("[3; 5", "[3; 4").replace("[4]", "[5]"))


def test_other_places_always_have_their_word(journal):
    journal.overlay({"language": "ru", "text": "[@example, ст. 7] [@example, XII] [@example, т. 2]\n"})
    assert printed(journal) == "[1, ст. 7] [1, XII] [1, т. 2]"


def test_a_roman_page_is_named_as_others_are(journal):
    journal.overlay({"language": "ru", "journal": {"locator_labels": True}, "text": "[@example, XII]\n"})
    assert printed(journal) == "[1, с. XII]"


def test_a_reviewed_genre_of_the_authors_own_names_no_page(journal):
    journal.overlay({"references": [book("r1", "А", "kk", **{"reviewed-genre": "кітап"})], "text": "[@r1, 15]\n"})
    assert printed(journal) == "[1, 15]"


@pytest.mark.parametrize("style", page.STANDARDS)
@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_author_and_date(journal, style, tag):
    journal.overlay({"language": tag, "journal": {"csl": f"{style}-author-date"}, "text": "[@one, 15] [@four; @two, 68–69]\n",
                     "references": [
        book("one", "Қасымов", "kk"), book("two", "Лавров", "ru", issued="2021"),
        book("four", "Әлімов", "kk", author=[{"family": name, "given": "А."} for name in ("Әлімов", "Борисов", "Галиев", "Дәулетов")])]})
    expected = {"kk": "[Қасымов, 2020, 15-б.] [Әлімов және т.б., 2020; Лавров, 2021, 68–69-б.]",
                "ru": "[Қасымов, 2020, с. 15] [Әлімов и др., 2020; Лавров, 2021, с. 68–69]"}
    assert printed(journal) == expected[tag]
    assert listed(journal) == ["four", "one", "two"]


@pytest.mark.parametrize("style", page.STANDARDS)
@pytest.mark.parametrize(("tag", "expected"), [
    ("kk", "Adams Zed Азаматов Әлімов Громов Ғабитов Комаров Қасымов Орлов Өмірбаев Умнов Ұлықбаев Үмітов Ыбыраев Ілиясов Яшин"),
    ("ru", "Adams Zed Азаматов Әлімов Громов Ғабитов Ілиясов Комаров Қасымов Орлов Өмірбаев Умнов Үмітов Ұлықбаев Ыбыраев Яшин"),
    ("en", "Adams Zed Азаматов Әлімов Громов Ғабитов Ілиясов Комаров Қасымов Орлов Өмірбаев Умнов Үмітов Ұлықбаев Ыбыраев Яшин"),
])
def test_alphabetical_order(journal, style, tag, expected):
    """Latin before Cyrillic; Kazakh and Russian in one alphabet, that of the article's language."""
    names = sorted(expected.split(), key=lambda name: name[::-1])  # cited in no order that would come out by chance
    journal.overlay({"language": tag, "journal": {"csl": f"{style}-alphabetical"}, "text": " ".join(f"[@{name}]" for name in names),
                     "references": [book(name, name, "en" if name.isascii() else "kk") for name in names]})
    assert listed(journal) == expected.split()


def test_four_authors_stand_in_the_order_of_their_title(journal):
    four = [{"family": name, "given": "А."} for name in ("Яшин", "Борисов", "Галиев", "Дәулетов")]
    journal.overlay({"journal": {"csl": "gost-7.1-2003-alphabetical"}, "text": "[@b] [@a]\n", "references": [
        book("b", "Комаров", "ru"), book("a", "Яшин", "ru", author=four, title="Азбука")]})
    assert listed(journal) == ["a", "b"]


def test_a_style_of_the_journals_own(journal):
    folder = journal.folder / "styles" / "csl"
    folder.mkdir(parents=True)
    (folder / "house.csl").write_text(OWN_STYLE, "utf-8")
    journal.overlay({"journal": {"csl": "house", "locator_labels": True}, "text": "[@r1, с. 15; @r2]\n",
                     "references": [book("r1", "Қасымов", "kk"), book("r2", "Smith", "en", title="A book")]})
    edition = journal.edition()
    assert not [problem for problem in edition.problems if problem.kind == "unknown_choice"]
    assert printed(journal).replace("&lt;", "<").replace("&gt;", ">") == "<Қасымов кітабы @ 15 + A book>"
    assert [entry.text.split(" ~ ")[0] for entry in edition.article.body.entries] == ["ҚАСЫМОВ КІТАБЫ", "A BOOK"]


MIXED = {
    "book-4-kk": "Төрт автордың мысал кітабы / Ә.Б. Үлгібаев [және т.б.]. – Алматы: Үлгі, 2021. – 312 б.",
    "book-4-ru": "Пример книги четырёх авторов / А.Б. Примеров [и др.]. – Москва: Образец, 2019. – 256 с.",
    "book-4-en": "A book by four authors / A. Example [et al.]. – London: Sample Press, 2018. – 235 p.",
    "article-kk": "Үлгібаев Ә.Б., Мысалова Г.Қ. Мысал мақала // Үлгі хабаршысы. – 2024. – Т. 12. – № 3. – Б. 76–81.",
    "chapter-ru": "Пробный Д.Е. Пример главы // Пример сборника / ред. В.Г. Образцова. – Москва: Образец, 2019. – Т. 2. – С. 15–32.",
    "article-en": "Knuth D.E., Plass M.F. Breaking paragraphs into lines // Software: Practice and Experience. – 1981. – Vol. 11. – "
                  "No. 11. – P. 1119–1184. – DOI: 10.1002/spe.4380111102.",
}
"""A list in three languages: what is printed of each entry in a Kazakh, Russian or English article alike."""


@pytest.mark.parametrize("tag", ["kk", "ru", "en"])
def test_each_entry_speaks_its_own_language_in_every_output(journal, tag):
    entries = {each["entry"]["id"]: each["entry"] for each in DATA["entries"]}
    journal.overlay({"language": tag, "status": "draft", "text": " ".join(f"[@{key}]" for key in MIXED) + "\n",
                     "references": [entries[key] for key in MIXED]})
    assert [entry.text.replace("\u00a0", " ") for entry in journal.edition().article.body.entries] == list(MIXED.values())
    journal.run("build")
    for ending in (".html", ".pdf", ".epub"):
        seen = letters(read_text(journal.output(ending)))
        for line in MIXED.values():
            assert letters(line) in seen, f"{ending}: {line}"


@pytest.mark.parametrize("style", page.STANDARDS)
@pytest.mark.parametrize(("tag", "extent", "range_"), [
    ("kk", "235 б.", "Б. 15–32"), ("ru", "235 с.", "С. 15–32"), ("en", "235 p.", "P. 15–32")])
def test_extent_and_pages(style, tag, extent, range_):
    chapter = {**book("part", "Қасымов", tag), "type": "chapter", "container-title": "Мысал жинақ", "page": "15-32"}
    chapter.pop("number-of-pages")
    lines = page.lines(style, [book("whole", "Қасымов", tag), chapter])
    assert extent in lines["whole"] and range_ in lines["part"]


@pytest.mark.parametrize("typed", ["10.5555/x", "https://doi.org/10.5555/x", "http://dx.doi.org/10.5555/x", "doi: 10.5555/x"])
def test_a_doi_is_printed_bare_however_it_was_pasted(journal, typed):
    journal.overlay({"references": [{"id": "example", "type": "book", "language": "kk", "title": "Мысал кітап", "issued": "2001",
                                     "DOI": typed}]})
    (entry,) = journal.edition().article.body.entries
    assert entry.text.endswith("DOI: 10.5555/x.")


# --- what entries really hold ---------------------------------------------------------------------------------------
def entry(journal, style: str = "gost-7.1-2003", bib: str = "", **fields: object) -> str:
    """The line of one entry, whatever it holds, in a Kazakh article."""
    if bib:
        (journal.article / "references.yaml").unlink()
        (journal.article / "more.bib").write_text(bib, "utf-8")
        journal.overlay({"journal": {"csl": style}})
    else:
        whole = {"id": "example", "type": "book", "language": "ru", "title": "Пример", "issued": "2010"} | fields
        journal.overlay({"journal": {"csl": style}, "references": [{key: value for key, value in whole.items() if value is not None}]})
    return journal.edition().article.body.entries[0].text.replace("\u00a0", " ")


@pytest.mark.parametrize(("style", "tag", "title", "label"), [
    ("gost-7.1-2003", "ru", "Пример", "Т. 2. – № 1 (92)."), ("gost-7.1-2003", "kk", "Мысал", "Т. 2. – № 1 (92)."),
    ("gost-7.1-2003", "en", "A sample", "Vol. 2. – No. 1 (92)."), ("gost-r-7.0.5-2008", "en", "A sample", "Vol. 2, no. 1 (92)."),
    ("gost-r-7.0.5-2008", "ru", "Пример", "Т. 2, № 1 (92).")])
@pytest.mark.parametrize("typed", ["1 (92)", "1(92)"])
def test_an_issue_with_its_whole_number_has_its_sign(journal, style, tag, title, label, typed):
    line = entry(journal, style, type="article-journal", language=tag, title=title, volume="2", issue=typed,
                 **{"container-title": "Вестник"})
    assert label.replace("1 (92)", typed) in line


@pytest.mark.parametrize(("kind", "title", "genre", "expected"), [
    ("thesis", "Диссертация", None, "Диссертация. – 2010."), ("thesis", "Пример", None, "Пример: дис. – 2010."),
    ("thesis", "Пример: дис. … канд. наук", "дис. … канд. наук", "Пример: дис. … канд. наук. – 2010."),
    ("report", "Отчёт о раскопках", "Отчёт", "Отчёт о раскопках. – 2010."), ("report", "Раскопки", None, "Раскопки: отчёт. – 2010."),
    ("report", "Отчёт о раскопках", "научный отчёт", "Отчёт о раскопках: научный отчёт. – 2010.")])
def test_the_kind_of_work_is_not_said_twice(journal, kind, title, genre, expected):
    assert entry(journal, type=kind, title=title, genre=genre) == expected


def test_a_russian_thesis_of_bibtex_is_not_called_so_in_english(journal):
    bib = "@phdthesis{example, author = {Петров А.Б.}, title = {Пример}, year = 2010, langid = {russian}}"
    assert entry(journal, bib=bib) == "Петров А.Б. Пример: дис. – 2010."


@pytest.mark.parametrize("author", ["Иванов И.И., Петров П.П.", ["Иванов И.И.", "П.П. Петров"],
                                    [{"family": "Иванов И.И.", "given": "Петров П.П."}]])
def test_names_in_one_string_are_not_mangled(journal, author):
    assert entry(journal, author=author) == "Иванов И.И., Петров П.П. Пример. – 2010."


@pytest.mark.parametrize("style", page.STANDARDS)
def test_a_law_without_number_keeps_its_day(journal, style):
    line = entry(journal, style, type="legislation", title="Конституция Республики Казахстан", issued="1995-08-30")
    assert re.search(r"1995\. (– )?30 августа", line)
    assert "1995" in entry(journal, style, type="legislation", title="Конституция Республики Казахстан", issued="1995")


def test_a_language_without_words_gets_those_of_its_letters(journal):
    book = {"type": "book", "number-of-pages": "235"}
    assert entry(journal, language="tg", title="Забони тоҷикӣ", **book) == "Забони тоҷикӣ. – 2010. – 235 с."
    assert journal.edition().article.body.entries[0].language == "tg"
    assert entry(journal, language="de", title="Ein Beispiel", **book) == "Ein Beispiel. – 2010. – 235 S."


def test_a_language_of_the_journals_own_brings_its_words(journal):
    folder = journal.folder / "languages"
    folder.mkdir()
    (folder / "tg.toml").write_text(
        'name = "тоҷикӣ"\nlike = "ru"\n[terms]\npage = {short = "саҳ."}\nvolume = {short = "ҷ."}\nnumber-of-pages = {short = "саҳ."}\n',
        "utf-8")
    line = entry(journal, type="article-journal", language="tg", title="Забони тоҷикӣ", volume="2", page="5-9",
                 **{"container-title": "Паём"})
    assert line == "Забони тоҷикӣ // Паём. – 2010. – Ҷ. 2. – Саҳ. 5–9."
    assert journal.edition().article.body.entries[0].language == "tg"
    assert entry(journal, type="book", language="tg", title="Забони тоҷикӣ", **{"number-of-pages": "235"}).endswith("235 саҳ.")


@pytest.mark.parametrize("style", page.STANDARDS)
@pytest.mark.parametrize(("tag", "title", "typed", "expected"), [
    ("kk", "Мысал", "xii-xx", "Б. xii–xx."), ("ru", "Пример", "XII", "С. XII."), ("en", "A sample", "iv–vi, 12", "P. iv–vi, 12."),
    ("en", "A sample", "e0230442", "2010. e0230442."), ("kk", "Мысал", "E12", "2010. E12."), ("de", "Ein Beispiel", "33-58", "S. 33–58."),
    ("uz", "Namuna", "33 - 58", "B. 33–58."), ("en", "A sample", "S5--S9", "S5–S9.")])
def test_pages_have_their_word_and_dash(journal, style, tag, title, typed, expected):
    line = entry(journal, style, type="article-journal", language=tag, title=title, page=typed, **{"container-title": "Вестник"})
    assert line.replace(". – ", ". ").endswith(expected)


@pytest.mark.parametrize("typed", ["№5", "№ 5", "№\u00a05", "5"])
def test_the_sign_of_an_issue_is_set_alike_however_it_was_typed(journal, typed):
    line = entry(journal, type="article-journal", issue=typed, **{"container-title": "Вестник"})
    assert line == "Пример // Вестник. – 2010. – № 5."


def test_the_size_of_a_book_leaves_its_pages_alone(journal):
    assert entry(journal, type="chapter", page="5-9", dimensions="24 см", **{"container-title": "Сборник"}).endswith("С. 5–9.")
