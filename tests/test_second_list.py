"""The second list: what the patterns print, what wins over the tables, and where it stands in the outputs."""

import copy
import re

import pytest
import yaml
from conftest import ROOT
from judges import epub_documents, pdf_pages

from basylym.project import Project
from basylym.read.bibliography import clean_entry
from basylym.render.entry_pattern import FIELDS, Pattern, fill, tidy
from basylym.render.second_list import read_pattern, second_list
from basylym.typography.transliteration import schemes

PATTERNS = sorted(path.stem for path in (ROOT / "styles/second-list").glob("*.yaml"))
LONE = Project(ROOT / "source")

IVANOV = {"id": "one", "type": "article-journal", "language": "ru", "author": ["Иванов, И. И.", "Петров, П. П."],
          "title": "Формирование профессиональных компетенций будущих педагогов",
          "title-en": "Formation of Professional Competencies of Future Teachers"}
BURMISTROVA = {
    "id": "two", "type": "article-journal", "language": "ru", "title": "Неизвестное заглавие", "title-en": "Unknown title",
    "author": ["Бурмистрова, Н. А.", "Сычева, В. О.", "Чуриков, А. В.", "Иванищева, И. А."],
    "author-latin": ["Burmistrova, N. A.", "Sycheva, V. O.", "Churikov, A. V.", "Ivanischeva, I. A."],
    "container-title": "Электрохимическая энергетика", "container-title-latin": "Elektrohimicheskaya energetika",
    "container-title-en": "Electrochemical Energetics", "issued": "2009", "volume": "9", "page": "188-189"}
KARLESKY = {"id": "three", "type": "article-journal", "language": "en", "author": ["Karlesky, D. L.", "Ramelow, G.", "Ueno, Y."],
            "title": "Unknown title", "container-title": "Environ Pollut", "issued": "1987", "volume": "43", "page": "195-207"}
# made up: no such articles
ARTICLE = {"id": "four", "type": "article-journal", "language": "ru", "author": ["Примеров, Юрий Иванович", "Образцова, А."],
           "title": "Образец «статьи»", "title-en": "A Sample Article", "container-title": "Вестник образцов",
           "container-title-en": "Bulletin of Samples", "issued": "2019", "volume": "2", "issue": "№ 3", "page": "С. 2–8"}
BOOK = {"id": "five", "type": "book", "language": "kk", "author": ["Өрнек, Әділ"], "title": "Мысал кітап", "title-en": "A Sample Book",
        "publisher": "Үлгі", "publisher-place": "Алматы", "issued": "2001", "number-of-pages": "235"}


def print_list(journal, pattern: str, *entries: dict, **settings: object) -> list:
    """The second list of an article that cites these entries, in a journal of that pattern."""
    journal.overlay({"references": [copy.deepcopy(entry) for entry in entries], "journal": {"second_list": pattern, **settings},
                     "text": "Мәтін [" + "; ".join("@" + entry["id"] for entry in entries) + "].\n"})
    return second_list(journal.edition(), read_pattern(pattern, Project(journal.folder)))


def texts(*args: object, **settings: object) -> list[str]:
    return [entry.text for entry in print_list(*args, **settings)]


# --- printed whole in the sources -----------------------------------------------------------------------------------
def test_what_kaznpu_prints_comes_out_letter_for_letter(journal):
    (printed,) = read_pattern("kaznpu-acs", LONE).printed
    (line,) = texts(journal, "kaznpu-acs", IVANOV)
    assert line == printed + "."


def test_what_the_chemical_bulletin_prints_comes_out_letter_for_letter(journal):
    assert texts(journal, "kaznu-chemistry", KARLESKY, BURMISTROVA) == read_pattern("kaznu-chemistry", LONE).printed


# --- derived from what each pattern's source says, not printed there ------------------------------------------------
DERIVED = {
    "apa": ["Primerov, Yu. I., & Obraztsova, A. (2019). Obrazets «stat'i» [A Sample Article]. Vestnik obraztsov [Bulletin of Samples], "
            "vol. 2, no. 3, pp. 2–8.",
            "Örnek, Ä. (2001). Mysal kıtap [A Sample Book]. Almaty: Ülgı, 235 p."],
    "kaznpu-acs": ["Primerov Yu.I., Obraztsova A. Obrazets «stat'i» [A Sample Article]. Vestnik obraztsov [Bulletin of Samples]. 2019. "
                   "2 (3). 2-8.",
                   "Örnek Ä. Mysal kıtap [A Sample Book]. Almaty: Ülgı. 2001. 235 p."],
    "ablai-khan": ["Primerov Yu.I., Obraztsova A. Obrazets «stat'i» (A Sample Article), Vestnik obraztsov (Bulletin of Samples), 2019, "
                   "vol. 2, no. 3, pp. 2-8.",
                   "Örnek Ä. Mysal kıtap (A Sample Book), Almaty: Ülgı, 2001, 235 p."],
    "gost": ["Primerov Û.I., Obrazcova A. Obrazec «statʹi» [A Sample Article] // Vestnik obrazcov. – 2019. – Vol. 2. – No. 3. – P. 2–8.",
             "Ôrnek A̋. Mysal kìtap [A Sample Book]. – Almaty: Ùlgì, 2001. – 235 p."],
    "enu-ala-lc": ["Primerov I͡U.I., Obrazt͡sova A. Obrazet͡s «statʹi» [A Sample Article], Vestnik obrazt͡sov [Bulletin of Samples], "
                   "vol. 2, no. 3, pp. 2–8 (2019).",
                   "Ȯrnek Ă. Mysal kītap [A Sample Book], Almaty, U̇lgī, 235 p. (2001)."],
    "kaznu-chemistry": ["Primerov YuI, Obraztsova A (2019) Bulletin of Samples [Vestnik obraztsov] 2:2-8. (In Russian)",
                        "Örnek Ä (2001) A Sample Book [Mysal kitap]. Ülgi, Almaty. 235 p. (In Kazakh)"],
    "nscedi": ["Primerov Yu.I., Obraztsova A. Obrazets «stat'i» [A Sample Article]. Vestnik obraztsov [Bulletin of Samples]. 2019, vol. 2, "
               "no. 3, pp. 2–8. [in Russian]",
               "Örnek Ä. Mysal kıtap [A Sample Book]. Almaty: Ülgı Publ., 2001. 235 p. [in Kazakh]"],
    "nauka-i-zhizn": ["Primerov Yu.I., Obraztsova A. Obrazets «stat’i». Vestnik obraztsov. 2019, vol. 2, no. 3, pp. 2–8.",
                      "Örnek Ä. Mysal kitap. Almaty: Ülgi, 2001, 235 p."],
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_prints_what_follows_from_its_sentence(journal, name):
    assert texts(journal, name, ARTICLE, BOOK) == DERIVED[name]


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_says_whose_it_is_and_what_it_rests_on(name):
    pattern = read_pattern(name, LONE)
    assert pattern.title and pattern.source and len(pattern.says) > 60
    assert set(pattern.schemes) >= {"kk", "ru"} and set(pattern.schemes.values()) <= set(schemes())


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - {"gost"}))
def test_no_separators_of_gost(journal, name):
    for line in texts(journal, name, ARTICLE, BOOK, BURMISTROVA):
        assert not re.search(r"(?<!:)//|\s[–—]\s|№|[СБ]\.", line)


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_leaves_holes(journal, name):
    """Whatever is missing, no mark stands alone or twice, and every line says something."""
    thin = [{key: value for key, value in entry.items() if key not in without} | {"id": f"e{number}", "type": kind}
            for number, (entry, without, kind) in enumerate(
                (entry, without, kind) for entry in (ARTICLE, BOOK)
                for without in ((), ("author",), ("issued",), ("title", "title-en"), ("title-en", "container-title-en"),
                                ("container-title", "container-title-en", "publisher"), ("page", "volume", "issue", "publisher-place"))
                for kind in ("article-journal", "article-newspaper", "book", "chapter", "thesis", "legislation", "webpage", "dataset"))]
    for line in texts(journal, name, *thin):
        assert len(line) > 8
        assert not re.search(r"\.\s*\.(?!\.)|,\s*[,.]|\(\)|\[\]|\[\[|\(\[|\s[.,]|  |^[\s.,;:(]+[^\w(\[«]|[\u0400-\u04ff]", line), line


# --- whose spelling wins --------------------------------------------------------------------------------------------
def test_the_authors_own_romanisation_wins(journal):
    entry = ARTICLE | {"title-latin": "Obrazec stat'i", "container-title-latin": "Vestnik Obraztsov", "author-latin": ["Primeroff, Y. I."]}
    (line,) = texts(journal, "apa", entry)
    assert line.startswith("Primeroff, Y. I. (2019). Obrazec stat'i [A Sample Article]. Vestnik Obraztsov [")


def test_an_own_author_is_called_as_in_the_front_matter(journal):
    front = journal.edition().front.authors[0]
    name, english = front.name["kk"], front.name["en"]
    entry = BOOK | {"author": [f"{name.family}, {name.given}"]}
    other = BOOK | {"id": "six", "author": [f"{name.family}, Ы."]}
    lines = texts(journal, "apa", entry, other)
    assert lines[0].startswith(f"{english.family}, {english.initials[0]}.")
    assert lines[1].endswith(" Mysal kıtap [A Sample Book]. Almaty: Ülgı, 235 p.") and " Y. (2001)" in lines[1]


def test_the_journals_scheme_wins_over_the_patterns(journal):
    (line,) = texts(journal, "apa", BOOK, transliteration={"kk": "bgn-pcgn"})
    assert line == "Örnek, Ä. (2001). Mysal kitap [A Sample Book]. Almaty: Ülgi, 235 p."


def test_places_are_expanded_only_where_they_are_certain(journal):
    entries = [BOOK | {"id": f"p{number}", "publisher-place": place} for number, place in enumerate(
        ["М.", "СПб.", "Спб", "М.; Л.", "Қарағанды", "Бір ауыл", "A."])]
    entries.append(BOOK | {"id": "own", "publisher-place-latin": "Aul"})
    found = [re.search(r"\]\. (.*): Ülgı", line)[1] for line in texts(journal, "apa", *entries)]
    assert found == ["Moscow", "Saint Petersburg", "Saint Petersburg", "Moscow; Leningrad", "Karaganda", "Bır auyl", "A.", "Aul"]


def test_many_authors_are_cut_as_the_pattern_says(journal):
    entry = BOOK | {"author": [f"Мысалов, {letter}." for letter in "АБВГДЕЖ"]}
    assert texts(journal, "apa", entry)[0].startswith(
        "Mysalov, A., Mysalov, B., Mysalov, V., Mysalov, G., Mysalov, D., Mysalov, E., et al. (2001).")


def test_a_journal_brings_its_own_pattern(journal):
    folder = journal.folder / "styles/second-list"
    folder.mkdir(parents=True)
    (folder / "ours.yaml").write_text(yaml.safe_dump({
        "title": "Ours", "source": "here", "says": "Title, then year.", "schemes": {"kk": "ascii"}, "quotes": "“”",
        "lines": {"default": "{title}⟨ ({year})⟩"}}, allow_unicode=True), "utf-8")
    assert texts(journal, "ours", BOOK | {"title": "«Мысал» кітап"}) == ["“Mysal” kitap (2001)"]


# --- what is missing, what is Latin ---------------------------------------------------------------------------------
def test_a_missing_english_title_shows(journal):
    (entry,) = print_list(journal, "apa", {key: value for key, value in BOOK.items() if key != "title-en"})
    assert '<span class="missing">[English title missing]</span>' in entry.html
    assert "Mysal kıtap [English title missing]. Almaty" in entry.text


def test_a_list_that_is_all_latin_is_left_out_unless_the_pattern_insists(journal):
    assert print_list(journal, "apa", KARLESKY) == []
    assert len(print_list(journal, "ablai-khan", KARLESKY)) == 1
    assert [entry.number for entry in print_list(journal, "apa", KARLESKY, BOOK)] == [1, 2]


def test_without_a_second_list_nothing_is_printed(journal):
    assert journal.run("build") == 0
    assert "second-" not in journal.output(".html").read_text("utf-8")


def test_an_unknown_pattern_or_scheme_is_a_finding(journal):
    journal.overlay({"journal": {"second_list": "nosuch", "transliteration": {"kk": "nosuch"}}})
    assert [(each.found, each.place.path) for each in journal.edition().problems if each.kind == "unknown_choice"] == [
        ("nosuch", "source/journal.yaml")] * 2


# --- the little language --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("line, html", [
    ("{title}⟨, {year}⟩⟨ ({volume})⟩", "T, 2001"),
    ("⟨{volume}|{year}|none⟩", "2001"),
    ("⟨{volume}|none⟩", "none"),
    ("⟨{volume}|⟩{title}", "T"),
    ("⟨{title}⟨ [{volume}]⟩⟩.", "T."),
    ("*{title}* & *{volume}*{year}", "<i>T</i> &amp; 2001"),
])
def test_lines_are_filled_in(line, html):
    assert tidy(fill(line, {"title": "T", "year": "2001", "volume": ""})) == html


@pytest.mark.parametrize("line", ["{nosuch}", "⟨{title}", "{title}⟩", "{title}|{year}"])
def test_a_wrong_line_is_refused(line):
    with pytest.raises(ValueError):
        Pattern(title="t", source="s", says="s", schemes={}, lines={"default": line})


def test_markup_of_titles_stays_well_formed(journal):
    entry = BOOK | {"title": "Мысал <i>кітап & <b>екі</i></b> <script>", "title-en": "A <b> sample"}
    (printed,) = print_list(journal, "apa", entry)
    assert "<script" not in printed.html and "&lt;script" in printed.html
    assert printed.html.count("<b>") == printed.html.count("</b>") and printed.html.count("<i>") == printed.html.count("</i>")


def test_the_handbook_tells_every_field_and_pattern():
    page = (ROOT / "docs/second-list.md").read_text("utf-8")
    assert not [name for name in FIELDS if f"`{{{name}}}`" not in page]
    assert not [name for name in PATTERNS if f"`{name}`" not in page]


# --- keys of ours in a note -----------------------------------------------------------------------------------------
def test_keys_are_taken_out_of_a_note():
    note = "Own words.\ntitle-en: A Book\ncontainer-title-latin: Vestnik: A\nauthor-latin: Ulgi, A.; Abai"
    entry = clean_entry({"id": "a", "note": note})
    assert entry["note"] == "Own words." and entry["title-en"] == "A Book" and entry["container-title-latin"] == "Vestnik: A"
    assert entry["author-latin"] == [{"family": "Ulgi", "given": "A."}, {"literal": "Abai"}]
    assert "note" not in clean_entry({"id": "a", "note": "title-en: A Book"})
    assert clean_entry({"id": "a", "note": "title-en: Other", "title-en": "Mine"})["title-en"] == "Mine"


@pytest.mark.parametrize("bib, file", [
    ("@book{example, title = {Мысал}, langid = {kazakh}, year = 2001,\n note = {Ескерту. title-en: A Sample\n author-latin: Ulgi, A.}}",
     "more.bib"),
    ("TY  - BOOK\nID  - example\nTI  - Мысал\nPY  - 2001\nLA  - kk\nN1  - title-en: A Sample author-latin: Ulgi, A.\nER  - \n", "more.ris"),
])
def test_keys_in_bibtex_and_ris_are_read_and_not_printed(journal, bib, file):
    (journal.article / "references.yaml").unlink()
    (journal.article / file).write_text(bib, "utf-8")
    article = journal.edition().article
    (entry,) = article.references
    assert entry["title-en"] == "A Sample" and entry["author-latin"] == [{"family": "Ulgi", "given": "A."}]
    (printed,) = article.body.entries
    assert "title-en" not in printed.text and "Sample" not in printed.text


# --- in the outputs -------------------------------------------------------------------------------------------------
def test_every_output_of_the_sample_prints_both_lists(sample):
    folder = sample / "2026-1/single-source"
    page = (folder / "single-source.html").read_text("utf-8")
    keys = re.findall(r'<li id="ref-([^"]+)"', page)
    assert keys and re.findall(r'<li id="second-([^"]+)"', page) == keys
    assert 'lang="kk-Latn"' in page and 'lang="ru-Latn"' in page and "missing" not in page.partition('id="second-references"')[2][:20000]
    (document,) = epub_documents(folder / "single-source.epub")
    assert document.xpath("//*[starts-with(@id, 'second-')]/@id") == ["second-references", *(f"second-{key}" for key in keys)]
    assert len(document.xpath("//*[@id='second-pavlov']//*[local-name()='a']/@href")) == 1
    text = " ".join("\n".join(pdf_pages(folder / "single-source.pdf")).split())
    assert "Normalization of Kazakh Language Words" in text


def test_what_the_draft_lacks_shows_in_its_second_list(assembly):
    page = assembly.with_suffix(".html").read_text("utf-8").partition('id="second-references"')[2]
    assert page.count("[English title missing]") == 3 and page.count("[title missing]") == 4
