"""Pages as journals print them: two columns, raised marks, tables, lists of references, pages without text."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from basylym.errors import UsageError
from basylym.fields import Name
from basylym.intake.affiliations import read_place
from basylym.intake.front_matter import understand_front
from basylym.intake.people import read_authors
from basylym.intake.read_pdf import read_pdf
from basylym.intake.read_text import text_document
from basylym.intake.understand import understand
from basylym.render.view import View

STYLE = """@page{size:A4;margin:2cm}body{font:11pt "PT Serif";text-align:justify}p{margin:0;text-indent:.8cm}
.c{text-align:center;text-indent:0}
h2{font-size:12pt;text-align:center}sup{font-size:65%;line-height:0}.b{columns:2;column-gap:.8cm;hyphens:auto}td,th{padding:2px 14px}"""


def texts(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [block.text for block in text_document(text, "sample.txt").blocks]


def made(folder: Path, body: str, lang: str = "ru") -> Path:
    """A PDF of a page."""
    import weasyprint

    pytest.importorskip("pypdfium2")
    path = folder / "sample.pdf"
    weasyprint.HTML(string=f'<html lang="{lang}"><meta charset="utf-8"><style>{STYLE}</style>{body}</html>').write_pdf(path)
    return path


# --- marks -----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("head", [
    "Е.К. Тарасова1*, Б.Ж. Омаров2\n1\nБукетов университеті, Қарағанды, Қазақстан\n2\nҮлгі университеті, Астана, Қазақстан",
    "Е.К. Тарасова1*, Б.Ж. Омаров2\n1\n2\nБукетов университеті, Қарағанды, Қазақстан\nҮлгі университеті, Астана, Қазақстан",
    "Е.К. Тарасова1*, Б.Ж. Омаров2\n1\nБукетов университеті, Қарағанды, Қазақстан; 2Үлгі университеті, Астана,\nҚазақстан"])
def test_marks_on_lines_of_their_own_go_before_their_organisations(head):
    data = understand_front(text_document(f"Ауыл туралы мақаланың атауы осындай\n{head}\nАңдатпа. Мақала туралы айтылады. Ол қысқа.\n"
                                          "Түйін сөздер: ауыл, мақала.\nКіріспе\nМәтін осы жерде басталады.", "sample.txt")).data
    assert [each["affiliations"] for each in data["authors"]] == [["org-1"], ["org-2"]]
    assert [each["name"]["kk"] for each in data["affiliations"]] == ["Букетов университеті", "Үлгі университеті"]


def test_letters_as_marks_are_raised_where_organisations_have_them():
    data = understand_front(text_document(
        "Soil mapping in a dry region with drones\nAnna O’Briena,* , Aigerim N. Zhaksylykovab , Jean-Luc van der Berga,c\na\n"
        "Sample University, Zürich, Switzerland\nb\nAl-Farabi KazNU, Almaty, Kazakhstan\nc\nInstitute of Samples, Tashkent, Uzbekistan\n"
        "Abstract. We map soils. They are dry.\nKeywords: soil, drone.\nIntroduction\nThe text begins here.", "sample.txt")).data
    assert [(each["name"]["en"]["family"], each["affiliations"]) for each in data["authors"]] == [
        ("O’Brien", ["org-1"]), ("Zhaksylykova", ["org-2"]), ("van der Berg", ["org-1", "org-3"])]


@pytest.mark.parametrize("text", ["Мәтін осы жерде.\n1\n2\n3\nБасқа мәтін.", "Баға 5\n1\nКесте\n2\nБаған", "a\nЕсеп\nb\nЖауап"])
def test_numbers_and_letters_on_lines_of_their_own_elsewhere_stay(text):
    assert "\ue000" not in repr([block.node for block in text_document(text, "sample.txt").blocks])
    assert re.sub(r"\s", "", "".join(texts(text))) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("title", ["ДОСТУПНОСТЬ РАЙОННЫХ БИБЛИОТЕК В УНИВЕРСИТЕТЕ", "Неравенство в сельской школе: взгляды учителей"])
def test_a_title_below_organisations_that_names_one_is_a_title(title):
    data = understand_front(text_document(
        "Е.К. Тарасова1, Б.Ж. Омаров2\n1 Университет примеров, Караганда, Казахстан\n2 Институт образцов, Астана, Казахстан\n"
        f"{title}\nАннотация. Описана доступность. Она разная.\n"
        "Ключевые слова: доступность.\nВведение\nТекст начинается.", "sample.txt")).data
    assert data["title"] == {"ru": title} and len(data["affiliations"]) == 2


# --- references ------------------------------------------------------------------------------------------------------------
LIST = """Список литературы
1. Фисенко Г.Л. Устойчивость бортов карьеров и отвалов.
– М.: Недра, 1965. – 378 с.
2. Müller K., Schmidt P. Slope stability // Journal of Samples. – 2021.
– Vol. 142. – P. 110–121. – DOI: 10.5555/samples.
2021.104000
3. Ахметов Д.Т. Мониторинг бортов: опыт. – Алматы:
Улги, 2012. – 148 с.
4. WHO. Samples. – URL: https://www.example.org/
covid (дата обращения: 01.02.2025)."""


def test_a_line_that_goes_on_with_an_entry_begins_none():
    found = texts(f"Введение\nТекст [1]. Другое сказано в работах [2–4].\n{LIST}")
    assert [each[:2] for each in found[-4:]] == ["1.", "2.", "3.", "4."]
    assert "DOI: 10.5555/samples.2021.104000" in found[-3] and "https://www.example.org/covid (" in found[-1]
    understood = understand(text_document(f"Введение\n\nТекст [1]. Другое сказано в работах [2–4].\n\n{LIST}", "sample.txt"))
    assert [entry.get("page") for entry in understood.references.entries][1] == "110-121" and len(understood.references.entries) == 4


def test_what_follows_a_list_with_numbers_is_none_of_it():
    found = texts(f"Введение\nТекст [1].\n{LIST}\nЕ.К. Тарасова, Б.Ж. Омаров\nҮлгі университеті, Алматы\nАУЫЛ МЕКТЕБІ ТУРАЛЫ МАҚАЛА\n"
                  "Аңдатпа. Мақала туралы айтылады. Ол қысқа.")
    assert "Е.К. Тарасова, Б.Ж. Омаров" in found and "АУЫЛ МЕКТЕБІ ТУРАЛЫ МАҚАЛА" in found


def test_a_reference_at_the_top_of_a_page_is_no_running_head():
    found = texts(f"Введение\nТекст [1].\n{LIST.replace('– Vol. 142', chr(12) + '– Vol. 142. – No. 3 – 2021')}")
    assert any("Vol. 142" in each for each in found)


# --- lines ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("before", "after", "whole"), [
    ("ОПЫТ ИЗМЕРЕНИЯ ЗА ДЕ‐", "СЯТЬ ЛЕТ", "ЗА ДЕСЯТЬ ЛЕТ"), ("Так считают и другие [2, с.", "14–15]. Однако не все.", "[2, с. 14–15]"),
    ("См. https://www.example.org/", "data/list и другое.", "https://www.example.org/data/list и")])
def test_lines_that_go_on(before, after, whole):
    assert whole in " ".join(texts(f"Начало.\n\n{before}\n{after}"))


def test_a_known_word_in_small_letters_on_a_line_of_its_own_is_no_heading():
    understood = understand(text_document("Кіріспе\nАлынған\nнәтижелер\nаудандық кітапханаларға келушілер санының азайғанын көрсетеді.\n",
                                          "sample.txt"))
    assert [each.value for each in understood.decisions if each.part == "heading"] == ["# Кіріспе"]


def test_pages_of_a_text_are_known_by_heads_with_their_numbers():
    document = text_document("Вестник примеров. № 1, 2026      45\nПервая строка страницы говорит о примерах и продол-\nжается.\n"
                             "46      Вестник примеров. № 1, 2026\nДругая строка говорит о другом.", "sample.txt")
    assert [each.why for each in document.left_out if each.why != "hyphen"] == ["running_head"] * 2
    assert not any("Вестник" in block.text for block in document.blocks)


def test_a_note_of_the_page_is_no_statement_of_conflicts():
    long = "The samples of this text are long lines that fill the whole width of a page of it, more than once,\n" * 6
    data = understand_front(text_document("Title of a sample article here\nAbstract. We say it. It is short.\nKeywords: sample.\n"
                                          f"Introduction\n{long}and end.\nConflict of Interest\n1 Flights were permitted by a committee.\n"
                                          "The authors declare no conflict of interest.", "sample.txt")).data
    assert data["conflict_of_interest"] == {"en": "The authors declare no conflict of interest."}


# --- columns ----------------------------------------------------------------------------------------------------------------
LEFT = """Оценка устойчивости бортов карьеров
остаётся одной из важнейших задач горно-
го дела. Традиционные методы расчёта
требуют значительного числа исходных
данных и не учитывают изменчивость
свойств массива пород. Поэтому всё чаще
применяют методы машинного обучения.""".split("\n")
RIGHT = """Наименьшая ошибка на контрольной выбор-
ке получена случайным лесом. Важнейшими
признаками оказались угол внутреннего
трения и обводнённость, что согласуется
с работой других авторов. Для участка
получено значение, что выше норматив-
ного. Модель не учитывает взрывы.""".split("\n")


def test_columns_side_by_side_are_put_one_below_the_other():
    beside = "\n".join(f"{left:<48}{right}" for left, right in zip(LEFT, RIGHT, strict=True))
    text = " ".join(texts(f"Введение\n\n{beside}\n"))
    assert "задач горного дела" in text and "контрольной выборке получена" in text and "обучения. Наименьшая" in text


def test_columns_that_are_mixed_are_refused():
    rows = [f"{left:<48}{right}" for left, right in zip(LEFT, RIGHT, strict=True)]
    mixed = [f"{LEFT[0]}{RIGHT[1]}", f"{LEFT[2]}{RIGHT[3]}", *rows[4:]]
    with pytest.raises(UsageError, match="columns"):
        texts("\n".join([*rows, *mixed]))


@pytest.mark.parametrize("text", [
    "\n".join(f"Показатель номер {number}      {number},4      {number}8,1      {number}2" for number in range(1, 12)),
    "\n".join(f"{line}   {line}" for line in ("Слово.", "Другое.") * 6), "\n".join("   ".join(line.split()) for line in LEFT)])
def test_tables_and_wide_gaps_are_no_columns(text):
    assert re.sub(r"\s|-", "", "".join(texts(text))) == re.sub(r"\s|-", "", text)


@pytest.mark.parametrize("line", ["а" * 300 + "  " + "б" * 90, "а  " * 130, "-  а" * 99])
def test_columns_take_no_time(line):
    text_document("\n".join([line] * 390), "sample.txt")


# --- PDF --------------------------------------------------------------------------------------------------------------------
WORDS = " ".join(f"{left} {right}".replace("- ", "") for left, right in zip(LEFT, RIGHT, strict=True)) + " "
HEAD = """<p class="c"><b>Е.К. Тарасова<sup>1*</sup>, Б.Ж. Омаров<sup>2</sup>, L. Brown<sup>1,3</sup></b></p>
    <p class="c"><sup>1</sup>Университет примеров, Караганда, Казахстан</p><p class="c"><sup>2</sup>Институт образцов, Астана, Казахстан</p>
    <p class="c"><sup>3</sup>University of Samples, Leeds, UK</p><p class="c"><b>О чтении образцовых страниц</b></p>
    <p><b>Аннотация.</b> Описано чтение. Оно разное.</p><p><b>Ключевые слова:</b> чтение, страница.</p>"""
TABLE = """<p class="c">Таблица 1 – Показатели</p><table><tr><th>Область</th><th>Город</th><th>Село</th></tr><tr><td>Северная</td>
    <td>12,4</td><td>8,1</td></tr><tr><td>Южная</td><td>15,0</td><td>9,9</td></tr><tr><td>Западная</td><td>7,7</td><td>3,0</td></tr></table>"""


def test_a_pdf_in_two_columns(tmp_path):
    """Raised marks part no line, tables give no headings, columns go one after the other."""
    path = made(tmp_path, f'{HEAD}<div class="b"><h2>Введение</h2><p>{WORDS * 6}</p><h2>Результаты</h2><p>{WORDS * 6}</p></div>{TABLE}')
    understood = understand(read_pdf(path))
    data = understood.front.data
    assert [(each["name"]["ru"]["family"], each["affiliations"]) for each in data["authors"]] == [
        ("Тарасова", ["org-1"]), ("Омаров", ["org-2"]), ("Brown", ["org-1", "org-3"])]
    assert data["title"] == {"ru": "О чтении образцовых страниц"}
    assert [each.value for each in understood.decisions if each.part == "heading"] == ["# Введение", "# Результаты"]
    rows = next(block for block in understood.document.blocks if "Северная" in block.text)
    assert repr(rows.node).count("'LineBreak'") == 3 and rows.text == "Область Город Село Северная 12,4 8,1 Южная 15,0 9,9 Западная 7,7 3,0"


def test_pages_that_are_pictures_are_told(tmp_path):
    picture = '<div style="break-before:page"><svg width="300" height="300"><rect width="300" height="300"/></svg></div>'
    path = made(tmp_path, f"<p>{WORDS * 3}</p>{picture}<p style='break-before:page'>{WORDS}</p>")
    warnings = [str(each) for each in read_pdf(path).warnings]
    assert any("without text" in each and each.endswith("2") for each in warnings)


def test_letters_that_nobody_knows_are_refused(tmp_path):
    pikepdf = pytest.importorskip("pikepdf")
    path = made(tmp_path, f"<p>{WORDS * 3}</p>")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
                del each["/ToUnicode"]
        document.save(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_pdf(path)


# --- names ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("given", "initials"), [("K.-H.", "K.-H."), ("Jean-Luc", "J.-L."), ("Ю.-М. А.", "Ю.-М. А."), ("Zh.B.", "Zh. B."),
                                                 ("Нұр Әлі", "Н. Ә."), ("J.P.", "J. P."), ("Дж.", "Дж."), ("А", "А.")])
def test_initials_of_double_names(given, initials):
    assert Name(family="Үлгі", given=given).initials == initials


@pytest.mark.parametrize(("line", "names"), [
    ("B. Seitov1, Nguyen Van An2, Maria de la Cruz1, 王伟2", [
        ("Seitov", "B."), ("Nguyen", "Van An"), ("de la Cruz", "Maria"), ("王", "伟")]),
    ("A. Sarsenov1, Vincent van Gogh2", [("Sarsenov", "A."), ("van Gogh", "Vincent")])])
def test_names_with_the_family_name_first(line, names):
    assert [(person.family, person.given) for person in read_authors(line)] == names


def test_a_lone_article_is_cited_with_the_pages_it_gives(journal):
    """Its own pages count in the order of one file; those it gives are where it was printed."""
    journal.overlay({"pages": "10–19"})
    lone = replace(journal.edition(), issue=None)
    assert "10–19" in View(lone).cited((10, 10)).striptags()
    assert "10–19" not in View(journal.edition()).cited((5, 7)).striptags()  # the issue counts


def test_a_language_without_words_of_its_own_says_nothing_of_the_authors_again(journal):
    edition = journal.edition()
    view = View(edition)
    assert view.about_tags() == [tag for tag in view.tags if view.about_authors(tag)]
    view.tags = (*view.tags, "pt")
    assert view.about_authors("pt") and "pt" not in view.about_tags()


def test_one_mark_closes_all_quotations_of_an_organisation():
    place = read_place("АО «НЦПК «Өрлеу», Шымкент, Казахстан")
    assert (place.name, place.city, place.country) == ("АО «НЦПК «Өрлеу»", "Шымкент", "Казахстан")
    assert read_place("ТОО «А», Б», Алматы, Казахстан").city == "Алматы"


def test_a_date_of_revision_in_kazakh():
    data = understand_front(text_document("Мақаланың атауы осындай\nАңдатпа. Мәтін туралы. Ол қысқа.\n"
                                          "Түйін сөздер: ауыл.\nКіріспе\nМәтін.\n\n"
                                          "Редакцияға түсті 12.01.2026. Қайта өңделді 20.02.2026.", "sample.txt")).data
    assert data["dates"] == {"received": "2026-01-12", "revised": "2026-02-20"}
