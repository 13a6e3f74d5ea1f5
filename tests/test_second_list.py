"""The second list: what the patterns print, what wins over the tables, and where it stands in the outputs."""

import copy
import re
from dataclasses import replace

import pytest
import yaml
from conftest import ROOT
from judges import epub_documents, pdf_pages

from basylym.project import Project
from basylym.read.entry import clean_entry
from basylym.read.patterns import FIELDS, Pattern, read_pattern
from basylym.render.entry_pattern import fill, tidy
from basylym.render.second_list import second_list
from basylym.typography.transliteration import schemes

PATTERNS = sorted(path.stem for path in (ROOT / "styles/second-list").glob("*.yaml"))

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
    return second_list(journal.edition(), Project(journal.folder).pattern)


def known_pattern(name: str) -> Pattern:
    """One of Basylym's own patterns, in which nothing is wrong."""
    pattern, problems = read_pattern(ROOT / f"styles/second-list/{name}.yaml", name)
    assert pattern and not problems
    return pattern


def texts(*args: object, **settings: object) -> list[str]:
    return [entry.text for entry in print_list(*args, **settings)]


# --- printed whole in the sources -----------------------------------------------------------------------------------
def test_what_kaznpu_prints_comes_out_letter_for_letter(journal):
    (printed,) = known_pattern("kaznpu-acs").printed
    (line,) = texts(journal, "kaznpu-acs", IVANOV)
    assert line == printed + "."


def test_what_the_chemical_bulletin_prints_comes_out_letter_for_letter(journal):
    assert texts(journal, "kaznu-chemistry", KARLESKY, BURMISTROVA) == known_pattern("kaznu-chemistry").printed


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
    pattern = known_pattern(name)
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


PATTERN = """title: Own pattern
source: our house
says: nothing
schemes: {kk: bgn-pcgn, ru: bgn-pcgn}
lines:
  default: "{authors} {title}"
"""


@pytest.mark.parametrize(("old", "new", "told"), [
    ("{title}", "{titel}", 'own.yaml:6:23: error SRC-004 “{titel}” can\'t stand here; expected: {title}'),
    ("{title}", "⟨{title}", "own.yaml:6:3: error SRC-004 “{authors} ⟨{title}” can't stand here"),
    ("{title}", "{title}⟩", "own.yaml:6:3: error SRC-004 “{authors} {title}⟩” can't stand here"),
    ("{title}", "{title}|{year}", "own.yaml:6:3: error SRC-004"),
    ("default", "book", "own.yaml:5:1: error SRC-005 “default” is missing here"),
    ("title: Own pattern\n", "", "own.yaml:1:1: error SRC-005 “title” is missing here"),
    ("kk: bgn-pcgn", "kk: nosuch", "own.yaml:4:11: error SRC-018 “nosuch”"),
    ("lines:", "places: nowhere\nlines:", "own.yaml:5:1: error SRC-004 “nowhere” can't stand here; expected: english, romanised"),
    ("lines:", "publisher: '{pub}'\nlines:", "own.yaml:5:1: error SRC-004 “{pub}” can't stand here; expected: {publisher}"),
    ("lines:", "names: {form: '{nom}'}\nlines:", "own.yaml:5:9: error SRC-004 “{nom}”"),
    ("says: nothing", "says: [nothing", "own.yaml:4:8: error SRC-001 the YAML can't be read"),
    (PATTERN, "", "own.yaml:1:1: error SRC-004 “this file” can't stand here"),
    ("lines:", "line: x\nlines:", "own.yaml:5:1: error SRC-003 “line” is not a known key (did you mean “lines”?)")])
def test_a_journals_own_pattern_with_a_mistake_is_a_finding_with_its_line(journal, capsys, old, new, told):
    (journal.folder / "styles/second-list").mkdir(parents=True)
    (journal.folder / "styles/second-list/own.yaml").write_text(PATTERN.replace(old, new), "utf-8")
    journal.overlay({"journal": {"second_list": "own"}})
    assert journal.run("check") == 1
    checked = capsys.readouterr()
    lines = [line for line in checked.out.splitlines() if "own.yaml:" in line]
    assert len(lines) == 1 and f"styles/second-list/{told.partition('; ')[0]}" in lines[0], checked.out + checked.err
    assert told.partition("; ")[2] in checked.out
    assert journal.run("build", "--format", "html") == 1
    assert told.partition("; ")[0] in capsys.readouterr().out
    assert journal.output(".html").is_file()


def test_a_journals_own_pattern_prints_its_list(journal):
    (journal.folder / "styles/second-list").mkdir(parents=True)
    (journal.folder / "styles/second-list/own.yaml").write_text(PATTERN, "utf-8")
    assert journal.overlay({"journal": {"second_list": "own"}}).run("build", "--format", "html") in (0, 1)
    assert 'id="second-example"' in journal.output(".html").read_text("utf-8")


def test_markup_of_titles_stays_well_formed(journal):
    entry = BOOK | {"title": "Мысал <i>кітап & <b>екі</i></b> <script>", "title-en": "A <b> sample"}
    (printed,) = print_list(journal, "apa", entry)
    assert "<script" not in printed.html and "&lt;script" in printed.html
    assert printed.html.count("<b>") == printed.html.count("</b>") and printed.html.count("<i>") == printed.html.count("</i>")


def test_the_handbook_tells_every_field_and_pattern():
    page = (ROOT / "docs/second-list.md").read_text("utf-8")
    assert not [name for name in FIELDS if f"`{{{name}}}`" not in page]
    assert not [name for name in PATTERNS if f"`{name}`" not in page]


# --- what entries really hold ---------------------------------------------------------------------------------------
LATIN_SCRIPT = BOOK | {"language": "en", "publisher": "Sample", "publisher-place": "London"}
LATIN_SCRIPT.pop("title-en")


def only(journal, pattern: str, entry: dict, **settings: object) -> str:
    """The line of one entry; a Kazakh one beside it makes sure that there is a list."""
    return texts(journal, pattern, entry, BOOK | {"id": "beside"}, **settings)[0]


@pytest.mark.parametrize(("tag", "title", "expected"), [
    ("uz", "Ўзбек тили ва ҳуқуқ", "Ŭzbek tili wa huquq"), ("uk", "Її Київ, Знам’янка", "Yii Kyiv, Znamianka"),
    ("ky", "Жалал-Абад жөнүндө", "Jalal-Abad jönündö"), ("tg", "Забони тоҷикӣ", "Zaboni toçikī"), ("be", "Ўсход", "Ŭshod"),
    ("ru", "О слове «Ўзбек» и ѣ", "O slove «Ŭzbek» i ě"), ("ru", "Фонд ЦГА РК", "Fond TsGA RK"),
    ("ru", "ФОНДЫ ЦЕНТРАЛЬНОГО АРХИВА", "FONDY TSENTRAL'NOGO ARKHIVA")])
def test_no_language_stays_cyrillic_or_borrows_the_kazakh_table(journal, tag, title, expected):
    assert f" {expected} [" in only(journal, "apa", BOOK | {"language": tag, "title": title, "title-en": "A Sample"})


def test_a_scheme_without_a_table_for_the_language_is_not_taken_for_ascii(journal):
    assert only(journal, "apa", BOOK, transliteration={"kk": "bsi"}).startswith("Örnek, Ä. (2001). Mysal kitap [")


@pytest.mark.parametrize(("author", "expected"), [
    (["Петров А.Б."], "Petrov A.B."), ([{"family": "Осипов О.О."}], "Osipov O.O."), ([{"literal": "Петров А.Б."}], "Petrov A.B."),
    ("Иванов И.И., Петров П.П.", "Ivanov I.I., Petrov P.P."), (["Иванов И.И. и др."], "Ivanov I.I. et al."),
    ([{"family": "Иванов И.И.", "given": "Петров П.П."}], "Ivanov I.I., Petrov P.P."), (["Научный центр"], "Nauchnyi tsentr."),
    ([{"family": "Носов,", "given": "Н."}], "Nosov N."),
    ([{"family": "Ли", "given": "С.-Х."}], "Li S.-Kh."), ([{"family": "Lee", "given": "Seung-Ho"}], "Lee S.-H."),
    ([{"family": "Иванов", "given": "И."}, {"literal": "others"}], "Ivanov I. et al."),
    ([{"family": "Бекназаров", "given": "Дж. К."}], "Beknazarov Dzh.K.")])
def test_names_are_not_mangled(journal, author, expected):
    line = only(journal, "kaznpu-acs", BOOK | {"language": "ru", "author": author, "title": "Пример", "title-en": "A Sample"})
    assert line.startswith(f"{expected} Primer [")


def test_others_are_no_name_before_an_ampersand(journal):
    entry = BOOK | {"author": [{"family": "Өрнек", "given": "Ә."}, {"literal": "others"}]}
    assert only(journal, "apa", entry).startswith("Örnek, Ä., et al. (2001)")


@pytest.mark.parametrize(("edition", "expected"), [
    ("2", "2nd ed."), ("1-е", "1st ed."), ("3-ші басылым", "3rd ed."), ("11", "11th ed."), ("112", "112th ed."), ("22-е изд.", "22nd ed."),
    ("2-е изд., испр. и доп.", "2nd corr. and enl. ed."), ("4th edition", "4th ed."), (5, "5th ed."), ("Revised", "Revised ed.")])
def test_editions_are_counted_in_english(journal, edition, expected):
    assert f"], {expected} Almaty" in only(journal, "apa", BOOK | {"edition": edition})


@pytest.mark.parametrize("field", ["page", "number-of-pages"])
@pytest.mark.parametrize("extent", ["320 с.", "320 б.", "320 бет", "320 p."])
def test_an_extent_is_no_page(journal, field, extent):
    entry = {key: value for key, value in BOOK.items() if key != "number-of-pages"} | {field: extent}
    assert only(journal, "apa", entry).endswith("Ülgı, 320 p.")


def test_a_page_with_its_word_is_no_extent(journal):
    assert only(journal, "apa", ARTICLE | {"page": "15 с."}).endswith("no. 3, p. 15.")


def test_marks_at_the_ends_of_fields_are_left_out(journal):
    entry = BOOK | {"title": "Мысал кітап :", "publisher": "Наука,", "publisher-place": "Москва:", "title-en": "A Sample Book /"}
    assert only(journal, "apa", entry) == "Örnek, Ä. (2001). Mysal kıtap [A Sample Book]. Moscow: Nauka, 235 p."


def test_a_translation_that_says_the_same_is_not_repeated(journal):
    entry = ARTICLE | {"container-title": "Вестник", "container-title-en": "Vestnik"}
    assert "]. Vestnik, vol. 2" in only(journal, "apa", entry)
    assert "(2019) Vestnik 2:2" in only(journal, "kaznu-chemistry", entry)


@pytest.mark.parametrize("name", PATTERNS)
def test_nothing_that_an_entry_says_is_lost(journal, name):
    people = {"editor": ["Қарсақ, Қ."], "translator": ["Ломов, Л."]}
    book, data, patent = (texts(journal, name, entry, BOOK | {"id": "beside"})[0] for entry in (
        BOOK | people | {"edition": "2", "volume": "3", "volume-title": "Үшінші том"},
        BOOK | {"type": "dataset", "version": "1.4"},
        BOOK | {"type": "patent", "number": "1234", "issued": "2002-08-20"}))
    latin = book.replace("Ķ", "Q").replace("A̋", "A")
    assert re.search(r"[Ee]d\. by Q", latin) and re.search("transl\\. by L", book) and "2nd ed." in book
    assert re.search(r"3(: |\. )[ÙÜU]\S*sh?[ìıiī]n|3(: |\. )\S+ tom", book), book
    assert re.search(r"[Vv]ersion 1\.4", data) and re.search(r"[Pp]atent 1234", patent) and "20 August" in patent


@pytest.mark.parametrize("name", PATTERNS)
def test_editors_stand_first_where_there_are_no_authors(journal, name):
    entry = {key: value for key, value in BOOK.items() if key != "author"} | {"editor": ["Носов, Н."], "language": "ru"}
    assert re.match(r"Nosov,? N\.? \(Ed\.\)", only(journal, name, entry))


def test_the_year_of_a_law_is_printed_once(journal):
    entry = {"id": "law", "type": "legislation", "language": "ru", "title": "Конституция Республики Казахстан от 30 августа 1995 года",
             "title-en": "Constitution of the Republic of Kazakhstan", "issued": "1995-08-30"}
    dateless = entry | {"title": "Конституция Республики Казахстан"}
    assert only(journal, "kaznpu-acs", entry).count("1995") == 1
    assert only(journal, "kaznpu-acs", dateless).endswith("Kazakhstan]. 30 August 1995.")
    assert only(journal, "apa", dateless) == ("Konstitutsiya Respubliki Kazakhstan [Constitution of the Republic of Kazakhstan] (1995), "
                                              "30 August.")
    assert only(journal, "apa", dateless | {"issued": "1995"}).endswith("(1995).")


def test_the_kind_of_work_is_not_said_twice(journal):
    line = only(journal, "apa", BOOK | {"type": "report", "language": "ru", "title": "Отчёт о работе", "genre": "Отчёт"})
    assert line.count("Otchet") == 1


def test_a_year_loses_its_word(journal):
    assert "(2010)" in only(journal, "apa", BOOK | {"issued": {"literal": "2010 ж."}})


def test_an_encyclopedia_stands_in_italics(journal):
    entry = ARTICLE | {"type": "entry-encyclopedia", "container-title": "Большая энциклопедия", "container-title-en": "Great Encyclopedia"}
    printed = print_list(journal, "apa", entry)[0].html
    assert re.search(r"<i><span[^>]*>Bol&#39;shaya entsiklopediya</span></i> \[Great Encyclopedia\]", printed), printed


@pytest.mark.parametrize("name", ["kaznpu-acs", "kaznu-chemistry", "nauka-i-zhizn", "nscedi"])
def test_after_a_full_stop_stands_a_capital(journal, name):
    law = {"type": "legislation", "genre": "закон", "number": "5"}
    for entry in (BOOK | law, BOOK | {"editor": ["Носов, Н."], "edition": "2", "page": "15-20"}):
        for before, letter in re.findall(r"(\w+)\. (?=([^\W\d_]))", re.sub(r"\[[^]]*\]", "", only(journal, name, entry))):
            assert letter.isupper() or before in ("Ed", "no"), (before, letter)


def test_english_has_the_marks_of_print(journal):
    entry = LATIN_SCRIPT | {"title": "The teacher's \"sample\" book", "author": ["O'Neil, A."]}
    assert only(journal, "apa", entry).startswith("O’Neil, A. (2001). The teacher’s “sample” book.")
    assert "[The Teacher’s Book]" in only(journal, "apa", BOOK | {"title-en": "The Teacher's Book"})


@pytest.mark.parametrize("name", PATTERNS)
def test_a_full_stop_parts_an_organisation_from_the_title(journal, name):
    bank = {key: value for key, value in LATIN_SCRIPT.items() if key != "issued"} | {"author": [{"literal": "World Bank"}], "title": "Up"}
    lines = [only(journal, name, bank), only(journal, name, bank | {"author": ["Абай"]}), only(journal, name, bank | {"issued": "2001"})]
    assert re.match(r"World Bank( \(n\.d\.\))?\. Up", lines[0]) and re.match(r"Aba\w+( \(n\.d\.\))?\. Up", lines[1])
    assert re.match(r"World Bank( \(2001\)\.?|\.) Up", lines[2])


@pytest.mark.parametrize("name", PATTERNS)
def test_talks_standards_and_patents_keep_what_they_say(journal, name):
    bare = {key: value for key, value in BOOK.items() if not key.startswith("publisher")}
    talk, standard, patent = texts(journal, name, bare | {"id": "a", "type": "speech", "event-title": "Үздік конгресс",
                                                          "event-place": "Астана"},
                                   BOOK | {"id": "b", "type": "standard", "number": "ҚР СТ 1"},
                                   bare | {"id": "c", "type": "patent", "number": "12", "jurisdiction": "KZ"})
    assert "kongress" in talk and "Astana" in talk and "missing" not in talk
    assert "235 p" in standard and "Kazakhstan" in patent
    for country in ("Республика Казахстан", "Kazakhstan", "ҚР"):
        assert "Kazakhstan" in only(journal, name, bare | {"type": "patent", "number": "12", "publisher-place": country})


@pytest.mark.parametrize(("typed", "printed"), [
    ("ХХ ғасыр", "XX ğasyr"), ("ХІХ–ХХ ғғ. әдебиеті", "XIX–XX ğğ. ädebietı"), ("V-ХІ ғасыр", "V-XI ğasyr"), ("Х ғасыр", "X ğasyr"),
    ("Тіл əлемі", "Tıl älemı"), ("Əн-күй", "Än-küi"), ("ХМ мен ІЖ", "HM men IJ"), ("Ресей мен ə", "Resei men ə")])
def test_what_was_typed_in_letters_of_another_alphabet_is_read_as_what_it_is(journal, typed, printed):
    assert f" {printed} [" in only(journal, "apa", BOOK | {"title": typed}), only(journal, "apa", BOOK | {"title": typed})


def test_numerals_of_volumes_and_letters_of_names_too(journal):
    line = only(journal, "apa", BOOK | {"volume": "ХІІ", "author": ["Сəрсенов, Ə. Ə."]})
    assert line.startswith("Särsenov, Ä. Ä. (2001)") and "vol. XII" in line
    assert only(journal, "apa", LATIN_SCRIPT | {"author": ["Əliyev, Ə."]}).startswith("Əliyev, Ə. (2001)")


def test_no_dots_of_bgn_are_printed(journal):
    entry = BOOK | {"language": "ru", "title": "Отсутствующая", "title-en": "Absent"}
    assert "[Otsutstvuyushchaya]" in only(journal, "kaznu-chemistry", entry)
    assert ". Otsutstvuyushchaya. " in only(journal, "nauka-i-zhizn", entry)


@pytest.mark.parametrize("said", ["kazakh", "kaz", "қазақша", "kk_KZ", "KK", "kk"])
def test_the_language_is_understood_as_in_the_first_list(journal, said):
    edition = journal.overlay({"references": [BOOK | {"language": "kk"}], "journal": {"second_list": "nscedi"},
                               "text": "Мәтін [@five].\n"}).edition()
    raw = replace(edition, article=replace(edition.article, references=({**edition.article.references[0], "language": said},)))
    (line,) = second_list(raw, Project(journal.folder).pattern)
    assert line.text == DERIVED["nscedi"][1] and 'lang="kk-Latn"' in line.html


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
