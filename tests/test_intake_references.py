"""References and citations of received documents: lists found, split, matched and read; [1, 8] and its kin understood."""

import re
import time

import pytest
from intake.entry_measure import MAIN, SETS, compare

from basylym.intake.citations import cite
from basylym.intake.document import Block, Citing, Document, Look
from basylym.intake.entry_names import read_head
from basylym.intake.entry_text import read_entry
from basylym.intake.nodes import text_of
from basylym.intake.reference_lists import find_lists, is_heading
from basylym.intake.references import understand_references


def inlines(text: str) -> list:
    return [{"t": "Space"} if part == " " else {"t": "Str", "c": part} for part in re.findall(" |[^ ]+", text)]


def document(*texts: str, numbering: dict[int, str] | None = None, citing: tuple[Citing, ...] = ()) -> Document:
    return Document("example.txt", "text", tuple(
        Block(number, "paragraph", {"t": "Para", "c": inlines(text)}, text, Look(numbering=(numbering or {}).get(number, "")),
              citing if number == 1 else ()) for number, text in enumerate(texts, 1)))


# --- one entry --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "whole", "each"), [("docs/references.md", 0.93, 0.95), ("first", 0.97, 0.97), ("second", 0.97, 0.97),
                                                     ("last", 0.95, 0.97), ("fourth", 0.97, 0.97), ("fifth", 0.97, 0.97)])
def test_typed_entries_are_read(name, whole, each):
    """By hand labelled: `python -m tests.intake.entry_measure` prints the whole table."""
    right, read, there = compare(SETS[name]())
    assert right["whole entry"] / there["whole entry"] >= whole
    assert sum(right[field] for field in MAIN) / sum(there[field] for field in MAIN) >= each
    assert sum(right[field] for field in MAIN) / sum(read[field] for field in MAIN) >= each


def test_the_labelled_sets_are_large_enough():
    assert sum(len(list(SETS[name]())) for name in ("first", "second", "last", "fourth", "fifth")) >= 250


@pytest.mark.parametrize(("text", "families", "rest"), [
    ("Иванов И.И., Петров П.П. Заголовок", ["Иванов", "Петров"], "Заголовок"),
    ("Хабаров, А. В. Почвоведение", ["Хабаров"], "Почвоведение"),
    ("Smith J, Lee KM, et al. Title", ["Smith", "Lee"], "Title"),
    ("Ivanov, I. I., & Petrov, P. (2019). T", ["Ivanov", "Petrov"], "(2019). T"),
    ("Дж. Роулс. Теория", ["Роулс"], "Теория"),
    ("Қазақстан Республикасының Конституциясы", [], "Қазақстан Республикасының Конституциясы"),
    ("Python. A guide", [], "Python. A guide"),
])
def test_names_at_the_head(text, families, rest):
    people, _, end = read_head(text)
    assert [each["family"] for each in people if "family" in each] == families
    assert text[end:].lstrip(" .,") == rest


def test_latin_letters_among_cyrillic_ones_are_words_all_the_same():
    """«C. 15–24» with a Latin C, «T. 2» with a Latin T."""
    read = read_entry("Иванов И.И. Пример // Вестник. – 2020. – T. 2, № 1. – C. 15–24.").fields
    assert (read["volume"], read["issue"], read["page"]) == ("2", "1", "15-24")


@pytest.mark.parametrize("text", ["Мысал", "!!!", "см. там же", "Пример без всего"])
def test_what_is_no_entry_stands_whole(text):
    read = read_entry(text)
    assert read.sure == "unknown" and read.fields["title"] == text


@pytest.mark.parametrize("text", [
    "А. " * 2000, "Иванов И.И., " * 900, "[" * 3000, "(2019) " * 400, "— " * 1500, "1–" * 1500, "Иванов " * 400 + "// " * 300,
    "закон: " * 400 + "Республики Казахстан", "a" * 100_000, "№ 1, " * 600,
    "https://" * 370, "дис: " * 500, "Ab. " * 700, ", 12(3" * 400,
    "Ф. 5. Оп. 1. " * 230, "Int. J. Resour. " * 180, "王, " * 900, "“a,” " * 600, "Пат. РФ № 5" * 250, "Приказ министра. № 5 " * 140,
    "Сборник, 2010 – " * 180, "12, no. 3 (2011): 4" * 150, "edited by Ann Editor, " * 130, "Ann Editor and " * 190])
def test_no_entry_takes_long(text):
    began = time.perf_counter()
    read_entry(text)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(("text", "fields"), [
    ("Smith J. Rhythm. Int J Cardiol. 2017;230(2):15-21.", {"title": "Rhythm", "container-title": "Int J Cardiol"}),
    ("Smith J. Cells. In Vitro Cell Dev Biol. 2015;51(2):1-5.", {"title": "Cells", "container-title": "In Vitro Cell Dev Biol"}),
    ("Smith J. Cells. In: Brown T, editor. Handbook. London: Press; 2015. p. 1-5.", {"title": "Cells", "container-title": "Handbook"}),
    ("Smith J. Fog. Annu. Rev. Earth Planet. Sci. 2007;35:47–72.", {"title": "Fog", "container-title": "Annu. Rev. Earth Planet. Sci."}),
    ("Rao P. Our planet. Review. Lancet. 2018;391:10-12.", {"title": "Our planet. Review", "container-title": "Lancet"}),
    ("World Sample Organization. Guide. Geneva: WSO; 2021.", {"title": "Guide", "author": [{"literal": "World Sample Organization"}]}),
    ("DNA. The secret of life. New York: Knopf, 2003. 200 p.", {"title": "DNA. The secret of life"}),
    ("Конституция РК. Астана: Үлгі, 2015. 80 с.", {"title": "Конституция РК", "author": None}),
    ("Доклад ООН. Пример. Нью-Йорк, 2019.", {"title": "Доклад ООН. Пример", "author": None}),
    ("Ким РК. Пример. Нью-Йорк, 2019.", {"title": "Пример", "author": [{"family": "Ким", "given": "Р. К."}]}),
    ("UNESCO (2020). Report. Paris: UNESCO Publishing.", {"title": "Report", "author": [{"literal": "UNESCO"}]}),
    ("«Пример», 2019, № 3.", {"title": "Пример", "container-title": None}),
    ("Әділ Б. Үлгі. – Алматы, 2010. – 300 б. – (Мұра; кіт. 3).", {"collection-title": "Мұра", "collection-number": "3"}),
    ("ҚР ПА, 141-қ., 1-т., 584-іс, 10-п.", {"title": "ҚР ПА", "archive_location": "141-қ., 1-т., 584-іс, 10-п"}),
    ("Указ Президента РК от 1 марта 2020 г. № 27 «О мерах по Закону «О примерах»».",
     {"title": "О мерах по Закону «О примерах»", "genre": "Указ Президента РК", "number": "27"}),
    ("Law of the Republic of Kazakhstan “On Samples” dated July 27, 2007, No. 319-III.",
     {"title": "On Samples", "genre": "Law of the Republic of Kazakhstan", "number": "319-III"}),
    ("Мысал құрылғы: ҚР патенті № 55555 / Үлгіева А.Б.; жарияланған 12.05.2020.", {"type": "patent", "title": "Мысал құрылғы"}),
    ("Казахстан, 1989 – Москва. 1990. № 2.", {"title": "Казахстан, 1989 – Москва"}),
    ("Нұрғалиев А.С. Экономика села. – Алматы: Экономика, 2018. – 240 с.", {"language": "ru"}),
    ("Нұрғалиев А.С. Экономика. – Алматы: Экономика, 2018. – 240 б.", {"language": "kk"}),
    ("Sampler A. Z boson decays in W pairs. London: Press, 2018. 240 p.", {"language": "en"}),
])
def test_what_stands_where_in_an_entry(text, fields):
    read = read_entry(text).fields
    assert {name: read.get(name) for name in fields} == fields


def test_what_is_doubtful_is_not_certain():
    assert read_entry("Academy and Society. A history. London: Press, 1990. 200 p.").sure == "likely"  # a body, or half a title
    assert "заявитель ОБРАЗЕЦ" in read_entry("Пат. 34567 РК. Пример / Иванов П.С.; заявитель ОБРАЗЕЦ. – № 1; опубл. 15.05.2020.").left
    assert "language" not in read_entry("مثال عن الدراسة. 2010.").fields  # Arabic letters are those of several languages


# --- lists ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", [
    "Әдебиеттер", "ӘДЕБИЕТТЕР ТІЗІМІ", "Пайдаланылған әдебиеттер тізімі:", "Список использованной литературы", "Литература",
    "5. References", "References (transliterated)", "Список литературы / References", "Дереккөздер",
    "Библиографический список", "Әдeбиeттeр"])
def test_headings_of_lists(text):
    assert is_heading(text) == text


@pytest.mark.parametrize("text", ["Әдебиетке шолу", "Қазақ әдебиеті", "Литература и язык", "Обзор литературы",
                                  "Біз әдебиетті қарастырдық."])
def test_other_headings_are_none(text):
    assert not is_heading(text)


BOOK = "Кәкішұлы Т. Қазақ әдебиетінің қысқаша тарихы. – Алматы: Қазақ университеті, 2002. – 235 б."
PAPER = "Аренов М.М., Калмыков С.К. Современная языковая ситуация в Казахстане // Социолог. иссл. – 1995. – № 12. – С. 76-81."
ENGLISH = "Smith J. A title // Journal of Things. – 2010. – Vol. 3, No. 2. – P. 1–5."
BOOK_LATIN = ("Kakishuly T. (2002) Qazaq adebietinin qysqasha tarihy [A short history of Kazakh literature]. Almaty: Qazaq universiteti, "
              "235 p. (in Kazakh)")
PAPER_LATIN = ("Arenov M.M., Kalmykov S.K. (1995) Sovremennaya yazykovaya situatsiya v Kazakhstane [The modern language situation in "
               "Kazakhstan]. Sotsiologicheskie issledovaniya [Sociological Studies], no. 12, pp. 76-81. (in Russian)")


def split(*texts: str, **more) -> list[list[tuple[str, str]]]:
    return [[(each.number, each.text) for each in one.entries] for one in find_lists(document(*texts, **more).blocks, frozenset())]


def test_a_numbered_list():
    after = "Авторлар туралы мәлімет: Үлгілі, 2020 ж."
    assert split("Мәтін.", "Әдебиеттер", f"1. {BOOK}", f"2. {PAPER}", after) == [[("1", BOOK), ("2", PAPER)]]


def test_a_list_numbered_by_the_program():
    assert split("Әдебиеттер", BOOK, PAPER, numbering={2: "1.", 3: "2."}) == [[("1", BOOK), ("2", PAPER)]]


def test_a_list_without_numbers():
    assert split("Литература", BOOK, PAPER, "Сведения об авторах") == [[("", BOOK), ("", PAPER)]]


def test_one_paragraph_with_all_entries():
    assert split("References", f"1. {BOOK} 2. {PAPER} 3. {ENGLISH}") == [[("1", BOOK), ("2", PAPER), ("3", ENGLISH)]]
    assert split(f"References: 1. {BOOK} 2. {PAPER}") == [[("1", BOOK), ("2", PAPER)]]


def test_a_number_inside_an_entry_begins_none():
    one, two = (f"Иванов И.И. Пример // Вестник. 2019. № {issue}. С. 5–9." for issue in (2, 3))
    assert split("Литература", f"1. {one}", f"2. {two}") == [[("1", one), ("2", two)]]
    assert split("Литература", f"1. {one} 2. {two}") == [[("1", one), ("2", two)]]


def test_brackets_and_a_line_that_goes_on():
    assert split("References", f"[1] {BOOK}", f"[2] {ENGLISH[:30]}", ENGLISH[30:], f"[3] {PAPER}") == [
        [("1", BOOK), ("2", f"{ENGLISH[:30].strip()} {ENGLISH[30:].strip()}"), ("3", PAPER)]]


def test_sentences_with_years_are_no_list():
    assert split("Әдебиет", "Бұл кезеңде, 1995 жылы, көп өзгеріс болды.", "Ал 2001 жылы жаңа үлгі қабылданды.") == []


def test_what_belongs_to_something_else_is_left():
    blocks = document("References", f"1. {BOOK}").blocks
    assert find_lists(blocks, frozenset({1})) == []


# --- both lists -------------------------------------------------------------------------------------------------------
BOTH = ("Мәтін [1].", "Әдебиеттер", f"1. {BOOK}", f"2. {PAPER}", f"3. {ENGLISH}", "References", f"1. {BOOK_LATIN}", f"2. {PAPER_LATIN}",
        "3. Smith J. (2010) A title. Journal of Things, 3(2), 1–5.")


def test_both_lists_make_one():
    found = understand_references(document(*BOTH))
    book, paper, english = found.entries
    assert found.numbers == {"1": "kakishuly-2002", "2": "arenov-1995", "3": "smith-2010"} and found.used == frozenset(range(2, 10))
    assert book["author-latin"] == [{"family": "Kakishuly", "given": "T."}] and book["title-en"] == "A short history of Kazakh literature"
    assert paper["container-title"] == "Социолог. иссл." and paper["container-title-en"] == "Sociological Studies"
    assert "author-latin" not in english and "title-en" not in english
    assert book["note"] == f"{BOOK}\n{BOOK_LATIN}" and (book["issued"], book["publisher"]) == (2002, "Қазақ университеті")
    assert {each.sure for each in found.decisions} == {"certain"}


def test_lists_in_another_order_are_matched_by_what_they_say():
    texts = (*BOTH[:6], f"1. {PAPER_LATIN}", f"2. {BOOK_LATIN}", BOTH[8])
    book, paper, _ = understand_references(document(*texts)).entries
    assert book["author-latin"][0]["family"] == "Kakishuly" and paper["author-latin"][0]["family"] == "Arenov"


def test_what_the_second_list_has_alone_is_told():
    found = understand_references(document(*BOTH, "4. Brown P. (2001) Another work. Sample Journal, 5(1), 9–12."))
    assert len(found.entries) == 4 and found.decisions[-1].sure == "unknown" and "Another work" in found.entries[-1]["note"]


def test_an_entry_that_is_none_stands_whole_and_is_told():
    found = understand_references(document("Әдебиеттер", f"1. {BOOK}", "2. Там же.", f"3. {PAPER}"))
    assert [each["note"] for each in found.entries] == [BOOK, "Там же.", PAPER]
    assert [each.sure for each in found.decisions if each.part == "reference"] == ["certain", "unknown", "certain"]


def test_keys_differ():
    found = understand_references(document("Әдебиеттер", f"1. {BOOK}", f"2. {BOOK}", f"3. {BOOK}"))
    assert [each["id"] for each in found.entries] == ["kakishuly-2002", "kakishuly-2002b", "kakishuly-2002c"]


ITEM = {"id": "http://zotero.org/users/1/items/A", "type": "article-journal", "title": "A title", "DOI": "10.5555/a",
        "author": [{"family": "Smith", "given": "Jane"}], "issued": {"date-parts": [["2010", 5]]}, "container-title": "Journal of Things"}


def test_fields_know_better_than_what_is_printed():
    fields = (Citing("[3, 4]", ({**ITEM, "locator": "4", "label": "page"},)),)
    found = understand_references(document(*BOTH, citing=fields))
    smith = found.entries[2]
    assert smith["id"] == "smith-2010" and smith["author"] == [{"family": "Smith", "given": "Jane"}] and smith["DOI"] == "10.5555/a"
    assert smith["issued"] == "2010-05" and smith["note"].startswith(ENGLISH) and "locator" not in smith


def test_a_field_whose_work_no_list_has():
    found = understand_references(document("Мәтін.", citing=(Citing("[1]", (ITEM,)),)))
    assert [each["id"] for each in found.entries] == ["smith-2010"] and found.entries[0]["title"] == "A title"


def test_a_list_of_history_has_archives_and_labels():
    """What an entry is cited by stands before it, and files of archives among the works."""
    read = understand_references(document(
        "Источники и литература", "ЦГА РК – Центральный государственный архив. Ф. 30. Оп. 6. Д. 219.",
        "Сборник, 2010 – История примера в документах. Алматы: Арыс, 2010. 480 с.",
        "Примеров и др., 1989 – Примеров А.Б., Образцов В.Г. Пример // Вопросы примеров. 1989. № 7. С. 53–71."))
    assert [(each["type"], each["title"]) for each in read.entries] == [
        ("manuscript", "Центральный государственный архив"), ("book", "История примера в документах"), ("article-journal", "Пример")]
    assert not understand_references(document("Источники", "Дела о примерах хранятся в ЦГА РК (Ф. 30. Оп. 6), их изучали мало.")).entries
    assert [value for _, value in cited("Сөз [Примеров и др., 1989: 55], [Сборник, 2010].", numbers={}, entries=read.entries)] == [
        "[@primerov-1989, 55]", "[@istoriya-2010]"]


# --- citations --------------------------------------------------------------------------------------------------------
ENTRIES = [{"id": f"e{number}", "type": "book", "author": [{"family": name}], "issued": year} for number, (name, year) in enumerate(
    [("Иванов", 2010), ("Smith", 2019), ("Петров", 2001), ("Әуезов", 1999), ("Сидоров", 2011)], 1)]
NUMBERS = {str(number): f"e{number}" for number in range(1, 6)}


def cited(*texts: str, numbers=NUMBERS, entries=ENTRIES) -> list[tuple[str, str]]:
    found = cite([{"t": "Para", "c": inlines(text)} for text in texts], numbers, entries, language="kk")
    for node, text in zip(found.nodes, texts, strict=True):
        assert text_of(node) == text  # nothing of what was typed is lost
    return [(each.taken, each.value) for each in found.decisions]


@pytest.mark.parametrize(("typed", "value"), [
    ("[1]", "[@e1]"), ("[3; 5]", "[@e3; @e5]"), ("[4, с. 15]", "[@e4, с. 15]"), ("[5, 15-б.]", "[@e5, 15-б.]"),
    ("[1–3]", "[@e1; @e2; @e3]"), ("[см. 2, с. 4]", "[см. @e2, с. 4]"), ("[1, с. 15; 3, с. 7-8]", "[@e1, с. 15; @e3, с. 7-8]"),
    ("[2, 68–69]", "[@e2, 68–69]"),
    ("(Иванов, 2010: 15)", "[@e1, 15]"), ("(Smith & Lee, 2019, p. 4)", "[@e2, p. 4]"), ("(Smith et al., 2019; Иванов, 2010)", "[@e2; @e1]"),
    ("(2, с. 5)", "[@e2, с. 5]"), ("[4, п. 4.9]", "[@e4, п. 4.9]"),
    ("[Иванов, 2010, с. 15]", "[@e1, с. 15]"), ("[7]", "[@source-7]"), ("[2,\u00a018]", "[@e2, 18]"),
    ("[1]–[3]", "[@e1; @e2; @e3]"), ("[1 и 2]", "[@e1; @e2]"), ("[1, 2 және 3]", "[@e1; @e2; @e3]"), ("[3, табл. 1]", "[@e3, табл. 1]"),
    ("[5, т. 2, с. 40]", "[@e5, т. 2, с. 40]"), ("[2, 10 б., 12 б.]", "[@e2, 10 б., 12 б.]"),
    ("[1, 12-б.; 2, 110-б.]", "[@e1, 12-б.; @e2, 110-б.]"),
    ("(see Smith & Lee, 2019)", "[see @e2]"), ("(Smith, Lee, and Park 2019, 20)", "[@e2, 20]"), ("[Петров 2001: 88]", "[@e3, 88]"),
    ("(e.g., Smith, 2019; see also Иванов, 2010)", "[e.g., @e2; see also @e1]"), ("(Сидоров, 2011 ж.)", "[@e5]"),
    ("(қараңыз: Әуезов, 1999; Иванов, 2010)", "[қараңыз: @e4; @e1]")])
def test_citations(typed, value):
    assert cited(f"Сөз {typed}.") == [(typed, value)]


@pytest.mark.parametrize("text", ["[1995] жылы", "[и др.] сөз", "[0, 1] аралығы", "(14,0%) өсті", "(2010) жылы",
                                  "f(1, 2) мәні", "[мұнда] сөз", "[1, 2"])
def test_what_is_no_citation(text):
    assert cited(text) == []


def test_a_year_after_a_name_hides_the_name():
    assert cited("Петров (2001) айтты.") == [("(2001)", "[-@e3]")]


@pytest.mark.parametrize(("text", "value"), [
    ("Smith and colleagues (2019, p. 5) айтты.", "[-@e2, p. 5]"),
    ("По Иванову (2010), так.", "[-@e1]"), ("Әуезовтің (1999) еңбегі.", "[-@e4]"),
    ("According to Smith, Lee, and Park (2019: 4) it is.", "[-@e2, 4]"), ("Smith’s (2019) view.", "[-@e2]"),
    ("И. И. Иванов (2010) жазды.", "[-@e1]")])
def test_names_in_the_sentence_are_told_in_every_case(text, value):
    assert [each for _, each in cited(text)] == [value]


VAN = [{"id": "v", "type": "book", "author": [{"family": "van Rijn"}], "issued": 2021},
       {"id": "a", "type": "book", "author": [{"family": "Lee"}], "issued": 2019, "note": "Lee, D. (2019a). One."},
       {"id": "b", "type": "book", "author": [{"family": "Lee"}], "issued": 2019, "note": "Lee, D. (2019b). Two."},
       {"id": "t", "type": "book", "title": "История степи", "editor": [{"family": "Ким"}], "issued": 2003}]


@pytest.mark.parametrize(("text", "value"), [
    ("a (van Rijn, 2021)", "[@v]"), ("Van Rijn (2021) айтты", "[-@v]"), ("a (Lee, 2019a, 2019b)", "[@a; @b]"),
    ("a (Lee, 2019a, b)", "[@a; @b]"),
    ("Lee (2019b, p. 3) айтты", "[-@b, p. 3]"), ("a [История степи, 2003, с. 12]", "[@t, с. 12]")])
def test_particles_years_with_letters_and_titles(text, value):
    assert [each for _, each in cited(text, numbers={}, entries=VAN)] == [value]


def test_numbers_in_round_brackets_where_a_text_has_no_other_citations():
    text = "One is known (1). Two say so (2,3), as others (4–5). The size (n = 5) by formula (2) is large; (1) first, (2) second."
    assert [each for each, _ in cited(text)] == ["(1)", "(2,3)", "(4–5)"]
    there = cited(text.replace("known (1)", "known [1]"))  # there the brackets are square, and the round ones are asked about
    assert there == [("(2,3)", "(2,3)"), ("(4–5)", "(4–5)"), ("[1]", "[@e1]")]
    assert cited("It is known (1). So (2), and (3).") == []  # nothing is cited together


@pytest.mark.parametrize("typed", ["[там же, с. 5]", "[Сонда, 8 б.]", "(ibid., p. 4)", "[Там же. С. 6]"])
def test_what_means_the_work_before_is_told_and_cites_nothing(typed):
    found = cite([{"t": "Para", "c": inlines(f"Сөз [1] {typed}.")}], NUMBERS, ENTRIES)
    assert [(each.taken, each.sure) for each in found.decisions if each.taken != "[1]"] == [(typed, "unknown")]
    assert [each["t"] for each in found.nodes[0]["c"]].count("Cite") == 1


def test_a_number_beyond_the_list_is_to_be_decided():
    found = cite([{"t": "Para", "c": inlines("Сөз [1] және [12].")}], NUMBERS, ENTRIES)
    assert [(each.value, each.sure) for each in found.decisions] == [("[@e1]", "certain"), ("[@source-12]", "unknown")]


def test_numbers_that_may_cite_are_asked_about():
    """In round brackets or raised, where other citations are typed otherwise and nothing else cites these works."""
    assert cited("Сөз [1; 2], (3), сөз (4, 5).") == [("(3)", "(3)"), ("(4, 5)", "(4, 5)"), ("[1; 2]", "[@e1; @e2]")]
    assert cited("Сөз [1; 2] және (2) тармақ.") == [("[1; 2]", "[@e1; @e2]")]
    node = {"t": "Para", "c": [*inlines("Сөз [1] 1990"), {"t": "Superscript", "c": [{"t": "Str", "c": "3–5"}]}]}
    assert [(each.taken, each.sure) for each in cite([node], NUMBERS, ENTRIES, language="kk").decisions][0] == ("3–5", "unknown")


def test_all_numbers_beyond_the_list_are_named():
    found = cite([{"t": "Para", "c": inlines("Сөз [5-7].")}], NUMBERS, ENTRIES, language="kk")
    assert str(found.decisions[0].why).endswith("6, 7")


def test_numbers_after_a_comma_are_what_the_whole_text_says():
    assert cited("a [1, 250], b [3, 4].")[1] == ("[3, 4]", "[@e3, 4]")
    assert cited("a [1, с. 250], b [3, 4].")[1] == ("[3, 4]", "[@e3; @e4]")
    assert cited("a [1, 2], b [3, 4].") == [("[1, 2]", "[@e1; @e2]"), ("[3, 4]", "[@e3; @e4]")]
    assert cited("a [1, 250], b [2, 3, 5].")[1] == ("[2, 3, 5]", "[@e2; @e3; @e5]")
    assert cited("a [2; 40], b [1, 3; 110–112], c [4].") == [("[2; 40]", "[@e2, 40]"), ("[1, 3; 110–112]", "[@e1; @e3, 110–112]"),
                                                            ("[4]", "[@e4]")]


def test_a_semicolon_between_works_that_have_pages():
    assert cited("a [1, 25; 3, 545], b [2; 4].") == [("[1, 25; 3, 545]", "[@e1, 25; @e3, 545]"), ("[2; 4]", "[@e2; @e4]")]


def test_without_a_list_nothing_is_made_up():
    found = cite([{"t": "Para", "c": inlines("а [1, 8]. ә [2, 68–69], б [2, 18].")}], {}, [], language="kk")
    assert found.entries == [{"id": "source-1", "type": "document", "language": "kk", "note": "[1, 8]"},
                             {"id": "source-2", "type": "document", "language": "kk", "note": "[2, 68–69]; [2, 18]"}]
    assert {each.sure for each in found.decisions} == {"likely"}


def test_formatting_inside_a_citation():
    node = {"t": "Para", "c": [{"t": "Str", "c": "а["}, {"t": "Strong", "c": [{"t": "Str", "c": "2"}]}, {"t": "Str", "c": ","},
                               {"t": "Space"}, {"t": "Str", "c": "68]."}]}
    found = cite([node], NUMBERS, ENTRIES)
    assert [each["t"] for each in found.nodes[0]["c"]] == ["Str", "Cite", "Str"] and text_of(found.nodes[0]) == "а[2, 68]."


def raised(text: str) -> dict:
    return {"t": "Superscript", "c": [{"t": "Str", "c": text}]}


def test_raised_numbers():
    line = [*inlines("сөз"), raised("1,2"), *inlines(". басқа"), raised("3–5"), {"t": "Space"}, {"t": "Str", "c": "м"}, raised("2")]
    found = cite([{"t": "Para", "c": line}], NUMBERS, ENTRIES)
    assert [each.value for each in found.decisions] == ["[@e1; @e2]", "[@e3; @e4; @e5]"]
    alone = cite([{"t": "Para", "c": [*inlines("көлемі 5 м"), raised("2"), *inlines(" және [1]")]}], NUMBERS, ENTRIES)
    assert [each.value for each in alone.decisions] == ["[@e1]"]


def test_notes_and_tables_have_citations_too():
    note = {"t": "Note", "c": [{"t": "Para", "c": inlines("Қар. [3, с. 4].")}]}
    found = cite([{"t": "Para", "c": [*inlines("сөз"), note]}], NUMBERS, ENTRIES)
    assert [each.value for each in found.decisions] == ["[@e3, с. 4]"]


def test_fields_become_citations():
    field = {"t": "Cite", "c": [[{"citationId": "field-1", "citationPrefix": [], "citationSuffix": [],
                                  "citationMode": {"t": "NormalCitation"}, "citationNoteNum": 0, "citationHash": 0}],
                                inlines("[3, ст. 4]")]}
    entries = [{**ITEM, "id": "smith-2010"}]
    fields = (Citing("[3, ст. 4]", ({**ITEM, "locator": "4", "label": "section", "prefix": "см."},)),)
    found = cite([{"t": "Para", "c": [field]}], {}, entries, fields, "ru")
    assert found.decisions[0].value == "[см. @smith-2010, ст. 4]" and found.decisions[0].sure == "certain"
    unknown = cite([{"t": "Para", "c": [field]}], {}, [], fields, "ru")
    assert text_of(unknown.nodes) == "[3, ст. 4]" and unknown.decisions[0].sure == "unknown"


@pytest.mark.parametrize("text", ["[" * 50_000, "[1, " * 20_000, "(Иванов " * 10_000, "[1; " * 5000 + "]",
                                  "(Абв, Абв, " * 3000 + ")", "Абв абв " * 9000,
                                  ("(" + "De La Le " * 32 + "2001) ") * 60, "Aa, Bb and " * 3000 + "(2001)", "(12) (2, 3) " * 5_000,
                                  "Aa, Bb and Cc (2001) " * 3000, "[там же] " * 10_000])
def test_no_text_takes_long(text):
    began = time.perf_counter()
    cite([{"t": "Para", "c": inlines(text)}], NUMBERS, ENTRIES)
    assert time.perf_counter() - began < 4
