"""Languages as data: the files that come with Basylym, a journal in Kyrgyz, a journal's own language, files that can't be used."""

import json
import os
import re
import shutil
import tomllib
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pyphen
import pytest
from conftest import ROOT, Journal

from basylym.cli import main
from basylym.errors import UsageError
from basylym.fields import FrontMatter
from basylym.fields import Journal as Settings
from basylym.languages import HERE, KEYS, known_languages, language, style
from basylym.languages.file import FORMS, PRINTED
from basylym.languages.identify import guess_language, identify_language
from basylym.languages.style import localise
from basylym.read.bibliography import Bibliography
from basylym.read.entry import language_tag
from basylym.read.manuscript import run_pandoc
from basylym.render.layout import load_engine
from basylym.typography import hyphenation, tables
from basylym.typography.counting import read_numbers
from basylym.typography.transliteration import HERE as SCHEMES
from basylym.typography.transliteration import schemes

OURS = ("en", "kk", "ky", "ru", "uk", "uz")
ADDED = ("ky", "uk", "uz")
STYLES = sorted((ROOT / "styles" / "csl").glob("*.csl"))


def data(tag: str) -> dict:
    return tomllib.loads((HERE / f"{tag}.toml").read_text("utf-8"))


# --- the files that come with Basylym ---------------------------------------------------------------------------------
def test_these_languages_come_along():
    assert known_languages() == OURS


@pytest.mark.parametrize("tag", OURS)
def test_a_file_of_ours_leaves_nothing_to_another(tag):
    mine, english = data(tag), data("en")
    assert mine["tag"] == tag and set(PRINTED) - {"months_short"} <= set(mine)
    for table in ("labels", "missing", "numbers", "sections", "labels_typed"):
        assert set(mine[table]) == set(english[table]), table
    assert {each["label"] for each in mine["locators"]} == {each["label"] for each in english["locators"]}
    assert set(mine["called"]) == {"en", "ru", "kk"} and mine["known_as"]
    for key in ("alphabet", "function_words", "endings", "abbreviations", "placeholders", "numerals", "multipliers", "hyphenation"):
        assert mine[key], key
    for key in ("function_words", "endings", "abbreviations", "known_as", "placeholders"):
        assert len(set(mine[key])) == len(mine[key]), key
    assert mine.get("transliteration", "iso-9") in schemes()


@pytest.mark.parametrize("tag", OURS)
def test_a_file_of_ours_has_the_shape_that_a_journals_must_have(tag, tmp_path):
    shutil.copy(HERE / f"{tag}.toml", tmp_path)
    ours, same = language(tag), language(tag, tmp_path)
    assert {name: getattr(ours, name) for name in ours.__slots__ if name != "slips"} == {
        name: getattr(same, name) for name in ours.__slots__ if name != "slips"}


def test_a_table_is_parsed_once_and_again_when_it_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(tables, "PACKAGE", tmp_path)
    file = tmp_path / "xx.toml"
    file.write_text('name = "Қазақша"\n[labels]\na = ["б", 1, true, 0.5]\n', "utf-8")
    first = tables.read_table(file)
    assert first == tomllib.loads(file.read_text("utf-8"))
    with monkeypatch.context() as patch:
        patch.setattr(tables, "_parse", lambda written: pytest.fail("it is known already"))
        assert tables.read_table(file) == first
    file.write_text('name = "B"\n', "utf-8")
    assert tables.read_table(file) == {"name": "B"}
    for broken in (b"", b"{", b"[]", bytes(40), b"\xff"):
        for kept in (tmp_path / "basylym" / "tables").iterdir():
            kept.write_bytes(broken)
        assert tables.read_table(file) == {"name": "B"}


@pytest.mark.parametrize("path", [*sorted(HERE.glob("*.toml")), *sorted(SCHEMES.glob("*.toml"))], ids=lambda path: path.name)
def test_a_table_of_ours_is_the_same_when_it_was_kept(path, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    parsed = tomllib.loads(path.read_text("utf-8"))
    assert tables.read_table(path) == tables.read_table(path) == parsed and len(list((tmp_path / "basylym" / "tables").iterdir())) == 1


@pytest.mark.parametrize("tag", ADDED)
def test_letters_are_its_own(tag):
    """Not a Latin letter in a Cyrillic word, and none that the language does not have."""
    mine, letters = data(tag), set(language(tag).alphabet)
    words = [*mine["function_words"], *mine["endings"], *mine["numerals"], *mine["months"], *(
        word for words in (*mine["sections"].values(), *mine["labels_typed"].values()) for word in words)]
    printed = [re.sub(r"\{\w+\}", "", text) for table in ("labels", "missing") for text in mine[table].values()]
    names = "References DOI EDN ISSN IRSTI MathML TeX"
    for word in [*words, *(each for text in printed for each in text.split() if each.strip("(),.") not in names.split())]:
        assert {letter for letter in word.lower() if letter.isalpha()} <= letters | {"ʼ"}, word


@pytest.mark.parametrize(("tag", "written"), [("uk", "30 березня 2026 р."), ("ky", "2026-ж. 30-март"), ("uz", "2026-yil 30-mart")])
def test_dates(tag, written):
    assert language(tag).write_date(date(2026, 3, 30)) == written


@pytest.mark.parametrize(("tag", "text", "numbers"), [
    ("uk", "двадцять п’ять статей, п'ять книг, сто дев’яносто сім, 3 тис. слів", {25, 5, 197, 3000}),
    ("ky", "жыйырма беш макала, үч жүз, элүү миң", {25, 300, 50000}),
    ("uz", "yigirma besh maqola, to‘qqiz kitob, oʻttiz, uch yuz, o'n", {25, 9, 30, 300, 10}),
])
def test_numbers_in_words(tag, text, numbers):
    found = read_numbers(text, language(tag))
    assert numbers <= {int(number) for number in {*found.held, *found.excused}}


@pytest.mark.parametrize(("tag", "text"), [("ky", "Ал үчүн бирок жетишээрлик"), ("uz", "Bu uchun biroq oltin"), ("uk", "Однак з ними")])
def test_words_that_begin_like_numbers_are_none(tag, text):
    assert not {number for number in read_numbers(text, language(tag)).excused if number}


@pytest.mark.parametrize(("said", "tag"), [("kir", "ky"), ("Kyrgyz", "ky"), ("ukrainian", "uk"), ("uzb", "uz"), ("uk_UA", "uk"),
                                           ("қазақша", "kk"), ("russian", "ru"), ("german", "german")])
def test_bibliographies_call_them_by_many_names(said, tag):
    assert language_tag(said) == tag


# --- told apart -------------------------------------------------------------------------------------------------------
TEXTS = """
uk Шляхи розвитку сучасної української поезії
uk Вплив глобалізації на національну ідентичність молоді
uk У статті розглянуто особливості перекладу наукових термінів та наведено приклади з підручників.
uk Правові засади діяльності об’єднань громадян в Україні
uk Кафедра історії української мови, Львівський національний університет
uk освіта, навчання, компетентність, учитель, здобувачі освіти
uk За результатами дослідження встановлено, що більшість учнів розуміє текст.
ky Мектеп окуучуларынын окуу сабаттуулугун өнүктүрүү жолдору
ky Кыргыз эпосундагы табияттын сүрөттөлүшү жана анын көркөмдүк мааниси
ky Айыл чарбасын мамлекеттик колдоонун натыйжалуулугу
ky Бул изилдөөдө өсүмдүктөрдүн кургакчылыкка туруктуулугу каралат.
ky билим берүү, окутуунун ыкмалары, окуучу, мугалим, баалоо
ky Тарых жана этнология институту, Бишкек шаары
ky Алынган жыйынтыктар мурдагы маалыматтар менен дал келет.
uz Oʻzbekistonda oliy taʼlim tizimini rivojlantirish masalalari
uz Maktab o‘quvchilarining o‘qish savodxonligini oshirish yo‘llari
uz Qishloq xo'jaligini davlat tomonidan qo'llab-quvvatlash samaradorligi
uz Ushbu maqolada til va madaniyatning o‘zaro bogʻliqligi tahlil qilingan hamda misollar keltirilgan.
uz Tadqiqot natijalari avvalgi maʼlumotlar bilan mos keladi.
uz Tarix instituti, Oʻzbekiston Respublikasi Fanlar akademiyasi
uz taʼlim, oʻqitish usullari, oʻquvchi, oʻqituvchi, baholash
kk Көркем мәтіндегі табиғат бейнесі және оның мағынасы
kk Мектептегі тіл дамыту жұмысы
ru Природа в киргизском эпосе и её художественное значение
ru О переводе украинских научных терминов на русский язык
en The image of nature in the Kyrgyz epic and its meaning
"""


def items() -> list[tuple[str, str]]:
    return [tuple(line.split(" ", 1)) for line in TEXTS.strip().splitlines()]


def test_kindred_languages_are_told_apart():
    answers = [(tag, identify_language(text, OURS), text) for tag, text in items()]
    assert not [each for each in answers if each[1] not in (None, each[0])]
    silent = [each for each in answers if each[1] is None]
    assert len(silent) <= len(answers) / 10, silent


def test_the_added_ones_are_not_taken_for_others():
    """A journal in Kazakh, Russian and English gets no answer of these for a text in another language."""
    assert {identify_language(text, ("kk", "ru", "en")) for tag, text in items() if tag in ADDED} == {None}


def test_a_language_is_guessed():
    assert guess_language("Про мову") == "ru"  # nothing tells
    assert guess_language("Сөз") == "kk" and guess_language("Сөз", ("ky", "ru", "en")) == "ky"
    assert guess_language("Лингвистика") == "ru" and guess_language("Die Sprache") == "en" and guess_language("") == "ru"
    assert all(guess_language(text) == tag for tag, text in items() if identify_language(text, OURS))


# --- reference lists --------------------------------------------------------------------------------------------------
FIVE = [{"family": f"Автор{letter}", "given": "Ж."} for letter in "абвгд"]


def entry(tag: str, style: Path, languages: Path | None = None, **fields: object) -> str:
    """One entry as a style prints it."""
    known = Bibliography(references=[{"id": "a", "type": "book", "language": tag, "title": "Сөз", "publisher": "Үлгү",
                                      "publisher-place": "Бишкек", "issued": {"date-parts": [[2001]]}, **fields}])
    body, _ = run_pandoc("Сөз [@a, 5].", FrontMatter(language="ru"), known, style, Settings(), languages)
    return body.entries[0].text.replace("\u00a0", " ")


@pytest.mark.parametrize(("tag", "words"), [("uk", "[та ін.]|5-те вид.|235 с."), ("ky", "[ж. б.]|5-бас.|235 б."),
                                            ("uz", "[va boshq.]|5-nashr.|235 b."), ("ru", "[и др.]|5-е изд.|235 с.")])
def test_an_entry_has_the_words_of_its_language(tag, words):
    printed = entry(tag, ROOT / "styles/csl/gost-7.1-2003.csl", author=FIVE, edition=5, **{"number-of-pages": "235"})
    assert all(word in printed for word in words.split("|")), printed


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.stem)
def test_every_style_learns_every_language(style):
    """No word of another language is left in the locale, and what a style leaves empty stays so."""
    for tag in ADDED:
        locales = {each.get("{http://www.w3.org/XML/1998/namespace}lang"): each for each in ElementTree.fromstring(
            localise(style, tag)).iter("{http://purl.org/net/xbiblio/csl}locale")}
        texts = {name: {(term.get("name"), term.get("form", "long")): term.text or "" for term in each.iter(
            "{http://purl.org/net/xbiblio/csl}term")} for name, each in locales.items()}
        like = texts[language(tag).like]
        foreign = "[әғқңұһі]" if tag == "ky" else "[ыэъё]" if tag == "uk" else "[а-яё]"
        assert not [key for key, text in texts[tag].items() if re.search(foreign, text, re.I)], tag
        assert set(like) <= set(texts[tag])
        assert not [key for key, text in like.items() if not text and texts[tag][key]], tag
    assert localise(style, "kk") is None and localise(style, "de") is None and localise(style, "en-GB") is None


@pytest.mark.parametrize("locale, stays", [
    ('<locale xml:lang="kk"><terms/></locale>', True), ("<locale xml:lang='kk-KZ'/>", True), ('<locale xml:lang="ru"/>', False),
    ('<!-- <locale xml:lang="kk"/> --><locale xml:lang="ru"/>', False),
    ('<title><![CDATA[<locale xml:lang="kk">]]></title><locale xml:lang="ru"/>', False),
    ('<?x <locale xml:lang="kk"?><locale xml:lang="ru"/>', False),
    ('<locale xml:lang="kkk"/><locale xml:lang="ru"/>', False),
    ('<locale xml:lang="kk"/', True)])
def test_a_style_that_speaks_the_language_stays_as_it_is(tmp_path, monkeypatch, locale, stays):
    """One that says so in a remark alone does not speak it; one that is no XML is left to the processor."""
    monkeypatch.setattr(style, "language", lambda tag, folder: replace(language(tag), like="ru"))
    (file := tmp_path / "own.csl").write_text(f'<style xmlns="http://purl.org/net/xbiblio/csl"><info/>{locale}</style>', "utf-8")
    assert (localise.__wrapped__(file, "kk") is None) is stays


def test_the_sample_journals_styles_stay_as_they_are():
    assert all(localise(style, tag) is None for style in STYLES for tag in ("kk", "ru", "en"))


# --- a journal in Kyrgyz, Russian and English, without code of its own -----------------------------------------------------
@pytest.fixture(scope="module")
def kyrgyz(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("kyrgyz")
    shutil.copytree(ROOT / "tests/journals/kyrgyz", folder, dirs_exist_ok=True)
    return folder


def run(folder: Path, *words: str) -> int:
    here = Path.cwd()
    os.chdir(folder)
    try:
        return main(list(words))
    except SystemExit as stop:
        return stop.code
    finally:
        os.chdir(here)


def test_the_kyrgyz_journal_has_no_false_finding(kyrgyz, capsys):
    assert run(kyrgyz, "check", "--format", "json") == 0
    assert [each["findings"] for each in json.loads(capsys.readouterr().out)["articles"]] == [[]]


def test_the_kyrgyz_journal_builds(kyrgyz):
    assert run(kyrgyz, "build") == 0
    folder = kyrgyz / "output/2026-1/textbook"
    html = re.sub("[\u00a0\u202f]", " ", (folder / "textbook.html").read_text("utf-8"))
    for words in ("Аннотация", "Ачкыч сөздөр", "Адабияттар", "Ключевые слова", "Keywords", "1-таблица", "[ж. б.]", "235 б.", "С. 4–9",
                  "P. 10–18", "2026-ж. 12-сентябрь", "Mektep kitepterinin tili jana any baaloo"):
        assert words in html, words
    assert '<html lang="ky"' in html and (folder / "textbook.pdf").read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(folder / "textbook.epub") as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
    assert "Адабияттар" in text and "Мазмуну" in text


@pytest.mark.parametrize(("tag", "title", "words"), [
    ("uz", "Darslik tilini baholash: namuna maqola", "Kalit soʻzlar"),
    ("uk", "Оцінювання мови підручника: зразок статті", "Ключові слова")])
def test_the_others_build(journal, tag, title, words):
    """All letters of the labels are in the fonts."""
    journal.overlay({"language": tag, "title": {tag: title}, "abstract": {tag: title}, "keywords": {tag: ["namuna"]},
                     "journal": {"languages": [tag], "rules": {"abstract_words": {"least": 1}}}})
    assert journal.run("build") in (0, 1)
    assert words in journal.output(".html").read_text("utf-8") and journal.output(".pdf").is_file()


# --- a language of a journal's own ------------------------------------------------------------------------------------------
TATAR = """
name = "татарча"
like = "ru"
alphabet = "аәбвгдеёжҗзийклмнңоөпрстуүфхһцчшщъыьэюя"
hyphenation = "none"

[labels]
abstract = "Аннотация (татарча)"
keywords = "Төп сүзләр"
references = "Әдәбият"

[terms]
et-al = "һ. б."
page = {short = "б.", symbol = "б.", verb = "бит"}
"""


@pytest.fixture
def tatar(tmp_path) -> Journal:
    journal = Journal(tmp_path / "tatar")
    (journal.folder / "languages").mkdir()
    (journal.folder / "languages" / "tt.toml").write_text(TATAR, "utf-8")
    return journal.overlay({"language": "tt", "title": {"tt": "Үрнәк мәкалә"}, "abstract": {"tt": "Бу мәкалә үрнәк өчен генә язылган."},
                            "keywords": {"tt": ["үрнәк", "мәкалә", "тел"]},
                            "journal": {"languages": ["tt"], "csl": "gost-r-7.0.5-2008", "rules": {"abstract_words": {"least": 3}}},
                            "references": [{"id": "example", "type": "article-journal", "language": "tt", "title": "Мәкалә",
                                            "author": FIVE, "container-title": "Үрнәк", "issued": 2001, "volume": 2, "issue": 1,
                                            "page": "3–9"}]})


def test_a_journal_brings_its_own_language(tatar):
    assert tatar.run("build") in (0, 1)
    html = tatar.output(".html").read_text("utf-8").replace("\u00a0", " ")
    for words in ("Аннотация (татарча)", "Төп сүзләр", "Әдәбият", "Б. 3–9", "Поступила в редакцию"):  # the last of Russian
        assert words in html, words
    assert tatar.output(".pdf").is_file() and tatar.output(".epub").is_file()
    assert "FM-013" not in tatar.ids()


def test_a_file_called_as_ours_stands_over_it(tmp_path):
    (tmp_path / "ky.toml").write_text('[labels]\nkeywords = "Түйүндүү сөздөр"\n', "utf-8")
    mine = language("ky", tmp_path)
    assert mine.label("keywords") == "Түйүндүү сөздөр" and mine.label("abstract") == "Аннотация"
    assert mine.alphabet == language("ky").alphabet and mine.terms == language("ky").terms


def test_what_a_file_leaves_out_comes_from_the_language_it_is_like(tmp_path):
    (tmp_path / "tt.toml").write_text('name = "татарча"\nlike = "kk"\n[missing]\ntitle = "исеме юк"\n', "utf-8")
    (tmp_path / "xx.toml").write_text('name = "X"\n', "utf-8")
    mine = language("tt", tmp_path)
    assert mine.missing["title"] == "исеме юк" and mine.missing["udc"] == language("kk").missing["udc"]
    assert mine.months == language("kk").months and not mine.alphabet and mine.hyphenation == "none"
    assert language("xx", tmp_path).labels == language("en").labels and language("xx", tmp_path).called("ru") == "X"


def test_no_hyphenation_is_legal():
    load_engine()
    hyphenation.register({"ru": ("none", frozenset()), "tt": ("ru", frozenset())})
    try:
        assert pyphen.language_fallback("ru") is None and pyphen.language_fallback("tt") == "tt"
        assert pyphen.Pyphen(lang="tt").positions("переносы")
    finally:
        hyphenation.register({"ru": ("ru", language("ru").abbreviations)})
    assert pyphen.language_fallback("ru") == "ru" and pyphen.language_fallback("ky") is None


WRONG = [
    ('name = ', "line 1"),
    ("", "name"),
    ('name = "X"\nnames = "Y"', "names"),
    ('name = 3', "name"),
    ('name = "X"\n[labels]\nabstrct = "A"', "labels.abstrct"),
    ('name = "X"\n[labels]\nabstract = 3', "labels.abstract"),
    ('name = "X"\n[labels]\nvolume = "Tom"', "labels.volume"),
    ('name = "X"\nlabels = "A"', "labels"),
    ('name = "X"\nmonths = ["a", "b"]', "months"),
    ('name = "X"\nmonths = "a"', "months"),
    ('name = "X"\nquotes = ["«", "»"]', "quotes"),
    ('name = "X"\ndate = "{day} {month}"', "date"),
    ('name = "X"\ndirection = "up"', "direction"),
    ('name = "X"\ntag = "yy"', "tag"),
    ('name = "X"\nlike = "zz"', "like"),
    ('name = "X"\nlike = "xx"', "like"),
    ('name = "X"\nlike = 1', "like"),
    ('name = "X"\nhyphenation = "rules:xx"', "hyphenation"),
    ('name = "X"\nhyphenation = "zz"', "hyphenation"),
    ('name = "X"\nhyphenation = false', "hyphenation"),
    ('name = "X"\nplaceholders = ["("]', "placeholders.1"),
    ('name = "X"\nfunction_words = "a"', "function_words"),
    ('name = "X"\nendings = [1]', "endings"),
    ('name = "X"\nalphabet = ["a"]', "alphabet"),
    ('name = "X"\n[numerals]\none = "1"', "numerals.one"),
    ('name = "X"\nnumerals = [1]', "numerals"),
    ('name = "X"\n[numerals]\na = inf', "numerals.a"),
    ('name = "X"\n[multipliers]\nten = true', "multipliers.ten"),
    ('name = "X"\n[numbers]\nfigure = {caption = "F"}', "numbers.figure.caption"),
    ('name = "X"\n[numbers]\nletters = "a"', "numbers.letters"),
    ('name = "X"\n[terms]\npage = {shrt = "p."}', "terms.page.shrt"),
    ('name = "X"\n[terms]\npage = 1', "terms.page"),
    ('name = "X"\nterms = []', "terms"),
    ('name = "X"\n[terms]\na = {short = []}', "terms.a.short"),
    ('name = "X"\nlocators = "p"', "locators"),
    ('name = "X"\n[[locators]]\nlabel = "page"\nterm = "p."', "locators.1.forms"),
    ('name = "X"\n[[locators]]\nlabel = "leaf"\nterm = "p."\nforms = []', "locators.1.label"),
    ('name = "X"\ncalled = {en = 1}', "called.en"),
    ('name = "X"\nlocators = [1]', "locators"),
    ('name = "X"\n[sections]\nintro = ["a"]', "sections.intro"),
    ('name = "X"\n[labels_typed]\nabstract = "a"', "labels_typed.abstract"),
    ('name = "X"\nknown_as = "a"', "known_as"),
    ('name = "X"\nmonths_short = ["a"]', "months_short"),
    ('name = "X"\ndecimal = 1', "decimal"),
    ('name = "X"\nname = "Y"', "line 2"),
    ('name = "X"\n[spacing]\nunits = "kg"', "spacing.units"),
    ('name = "X"\n[slips]\nhabits = []', "slips.habits"),
]


@pytest.mark.parametrize(("text", "key"), WRONG, ids=range(len(WRONG)))
def test_a_file_that_cant_be_used_names_itself_and_the_key(tmp_path, text, key):
    (tmp_path / "xx.toml").write_text(text + "\n", "utf-8")
    with pytest.raises(UsageError) as error:
        language("xx", tmp_path)
    assert str(tmp_path / "xx.toml") in str(error.value) and key in str(error.value)


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_command_says_so(journal, capsys, command):
    (journal.folder / "languages").mkdir()
    (journal.folder / "languages" / "kk.toml").write_bytes(b'[labels]\nkeywrods = "\xd1\x81"\n')
    assert journal.run(command) == 2
    said = capsys.readouterr()
    assert "languages/kk.toml" in said.err and "labels.keywrods" in said.err and "Traceback" not in said.out + said.err


@pytest.mark.parametrize(("name", "content"), [("xx.toml", b"\xff\xfe"), ("Tatar.toml", b'name = "X"'), ("xx.toml", b"a = [" * 5000)])
def test_odd_files(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=re.escape(name)):
        language(name.removesuffix(".toml"), tmp_path)


# --- the page that tells how -----------------------------------------------------------------------------------------------
def test_the_page_names_every_key():
    page = (ROOT / "docs" / "languages.md").read_text("utf-8")
    english = data("en")
    wanted = {*KEYS, *FORMS, "label", "term", "forms", "caption", "ref"}
    for table in ("labels", "missing", "numbers", "sections", "labels_typed", "spacing", "slips"):
        wanted |= set(english[table])
    assert not [key for key in sorted(wanted) if f"`{key}`" not in page]


def test_the_page_names_no_key_that_is_not_there():
    page = (ROOT / "docs" / "languages.md").read_text("utf-8")
    english = data("en")
    known = {*KEYS, *FORMS, "caption", "ref", *(key for table in english.values() if isinstance(table, dict) for key in table)}
    rows = [cell for line in page.splitlines() if line.startswith("| `") for cell in re.findall(r"`([^`]+)`", line.split("|")[1])]
    assert len(rows) > 40 and set(rows) <= known
    example = page.split("```toml\n")[1].split("```")[0]
    assert tomllib.loads(example)["name"]


def test_the_example_of_the_page_works(tmp_path):
    example = (ROOT / "docs" / "languages.md").read_text("utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "tt.toml").write_text(example, "utf-8")
    assert language("tt", tmp_path).label("keywords") == "Төп сүзләр"
