"""Authors, organisations, degrees and addresses as editors receive them: in links, lists, footnotes, tables. All people are made up."""

import pytest
from test_intake_front import BODY_RU, BOLD, document, front

from basylym.intake.affiliations import Place
from basylym.intake.authorship import Authors
from basylym.intake.codes import find_dates, is_code_line
from basylym.intake.document import Block, Document, Look
from basylym.intake.front_matter import understand_front
from basylym.intake.heads import Head
from basylym.intake.keywords import split_keywords
from basylym.intake.losses import is_needless
from basylym.intake.names import Person, read_name
from basylym.intake.people import is_degree, is_fuller, read_authors
from basylym.intake.read_text import inlines
from basylym.intake.same_names import alike

TITLE = ("О примерах и образцах в школе", BOLD)
ABSTRACT = ("Аннотация. Статья рассказывает о примерах и о том, как они устроены.", "Ключевые слова: пример, образец")
CENTRED = Look(align="center")


def with_lines(*lines) -> dict:
    """The front matter of an article with these lines below its title."""
    return front(TITLE, *lines, *ABSTRACT, *BODY_RU)


def named(data: dict) -> list[str]:
    """Its authors as «family given: organisations»."""
    places = {each["id"]: next(iter(each["name"].values())) for each in data.get("affiliations", ())}
    return [" ".join(next(iter(each["name"].values())).values()) + ": " + "; ".join(
        places[number] for number in each.get("affiliations", ())) for each in data["authors"]]


def of_blocks(*blocks: Block) -> Document:
    return Document("sample.docx", "docx", (*document(TITLE).blocks, *blocks, *(
        Block(at, each.kind, each.node, each.text, each.look) for at, each in enumerate(document(*ABSTRACT, *BODY_RU).blocks, 50))))


def link(shown: list, address: str) -> dict:
    return {"t": "Link", "c": [["", [], []], shown, [address, ""]]}


@pytest.mark.parametrize("shown", ["iD", "ORCID", "", "https://orcid.org/0000-0002-1825-0097"])
def test_an_orcid_that_only_a_link_tells(shown):
    orcid = link(inlines(shown) if shown else [{"t": "Image", "c": [["", [], []], [], ["media/a.png", ""]]}],
                 "https://orcid.org/0000-0002-1825-0097")
    line = [*inlines("Примеров А.Б."), orcid, *inlines(", Образцов В.Г.")]
    found = understand_front(of_blocks(Block(2, "paragraph", {"t": "Para", "c": line}, f"Примеров А.Б.{shown}, Образцов В.Г.")))
    assert [(each["name"]["ru"]["family"], each.get("orcid")) for each in found.data["authors"]] == [
        ("Примеров", "0000-0002-1825-0097"), ("Образцов", None)]


def test_other_links_say_nothing_of_an_orcid():
    line = [*inlines("Примеров А.Б., "), link(inlines("Образцов В.Г."), "https://example.org/people/0000-0002-1825-0097")]
    found = understand_front(of_blocks(Block(2, "paragraph", {"t": "Para", "c": line}, "Примеров А.Б., Образцов В.Г.")))
    assert len(found.data["authors"]) == 2 and not any("orcid" in each for each in found.data["authors"])


@pytest.mark.parametrize(("typed", "owners"), [
    ("Примеров А.Б.^1,2^ (https://orcid.org/0000-0002-1825-0097), Образцов В.Г.", ["0000-0002-1825-0097", ""]),
    ("Примеров А.Б., Образцов В.Г. ORCID: 0000-0002-1825-0097", ["", "0000-0002-1825-0097"]),
    ("Примеров А.Б., Образцов В.Г.; ORCID: 0000-0002-1825-0097", ["", ""])])
def test_an_address_is_his_whose_name_it_follows(typed, owners):
    found = read_authors(typed.replace("^1,2^", "\ue0001,2\ue001"))
    assert [each.orcid for each in found] == owners


def test_an_address_of_nobody_is_asked_about():
    found = understand_front(document(TITLE, "Примеров А.Б., Образцов В.Г.; ORCID: 0000-0002-1825-0097", *ABSTRACT, *BODY_RU))
    assert [each.value for each in found.decisions if each.sure == "unknown"] == ["0000-0002-1825-0097"]


def test_organisations_as_a_numbered_list():
    items = (("Институт примеров, Алматы, Казахстан", Look(numbering="1.")), ("КП «ОКБ», Талдыкорган, Казахстан", Look(numbering="2.")))
    assert named(with_lines("Примеров А.Б.^1^, Образцов В.Г.^1,2^", *items)) == [
        "Примеров А.Б.: Институт примеров", "Образцов В.Г.: Институт примеров; КП «ОКБ»"]
    assert named(with_lines("Примеров А.Б., Образцов В.Г.", *items))[1] == "Образцов В.Г.: КП «ОКБ»"  # without marks, in their order


def test_organisations_in_brackets_behind_posts():
    data = with_lines("А. Примеров, к.ф.н., доцент (КазНПУ, Алматы), Т. Образцов, докторант (ЕНУ, Астана), Джейн Дое (SOAS, Лондон)")
    assert named(data) == ["Примеров А.: КазНПУ", "Образцов Т.: ЕНУ", "Дое Джейн: SOAS"]
    assert data["authors"][0]["position"] == {"ru": "доцент"}


def test_a_title_before_a_name():
    found = read_authors("Juldyz Sample\ue000b\ue001, Dr. Hans-Peter Müller\ue000a,c\ue001 & Nurlan T. Pattern\ue000b\ue001")
    assert [(each.family, each.marks, each.degree) for each in found][1] == ("Müller", ("a", "c"), ["Dr."])
    assert not read_authors("Академик Каныш Примеров")


@pytest.mark.parametrize(("line", "below", "people", "places"), [
    ("FU Berlin", "(Берлин, Германия)", 1, ["FU Berlin"]), ("TU Wien", "Вена, Австрия", 1, ["TU Wien"]),
    ("FU Wei", "PhD, профессор", 2, ["Институт примеров"])])
def test_two_capitals_and_a_name_below_a_degree(line, below, people, places):
    data = with_lines(("Примеров Антон Борисович", CENTRED), ("к.т.н.", CENTRED), (line, CENTRED), (below, CENTRED),
                      *(("Институт примеров, Алматы, Казахстан",) if people > 1 else ()))
    assert len(data["authors"]) == people and data["authors"][0]["degree"] == {"ru": "к.т.н."}
    assert [next(iter(each["name"].values())) for each in data["affiliations"]] == places


@pytest.mark.parametrize("typed", ["к.м.н.", "к. филол. н.", "к.соц.н.", "д.ф.-м.н.", "канд. физ.-мат. наук", "п.ғ.м.", "Dr. phil.",
                                   "Dr. rer. nat.", "академик НАН РК", "ҰҒА академигі"])
def test_degrees(typed):
    assert is_degree(typed)


@pytest.mark.parametrize("typed", ["к примеру, т.е. н. э.", "Академия наук", "Университет имени академика Примерова"])
def test_what_is_no_degree(typed):
    assert not is_degree(typed)


def test_the_rank_of_an_academy_is_no_organisation():
    data = with_lines("Примеров А.Б.", "ҰҒА академигі, «Үлгі» ұлттық орталығы (Астана, Қазақстан)", "Образцов В.Г.",
                      "филология ғылымдарының докторы, А. Б. Үлгілі атындағы ЕҰУ профессоры (Астана, Қазақстан)")
    assert named(data) == ["Примеров А.Б.: «Үлгі» ұлттық орталығы", "Образцов В.Г.: А. Б. Үлгілі атындағы ЕҰУ"]


def test_authors_side_by_side():
    cells = [["Айгерим Бекова|Dept. of Geography|Samples University|Astana, Kazakhstan|bekova@example.org"],
             ["Thomas B. Wright III|USGS|Reston, VA, USA|wright@example.org"]]
    paragraphs = [{"t": "Para", "c": document(cell[0]).blocks[0].node["c"]} for cell in cells]
    table = {"t": "Div", "c": [["", [], []], paragraphs]}
    found = understand_front(of_blocks(Block(2, "table", table, "\n".join(cell[0] for cell in cells).replace("|", "\n"))))
    assert [next(iter(each["name"].values())) for each in found.data["affiliations"]] == ["Dept. of Geography, Samples University", "USGS"]
    assert found.data["affiliations"][1]["city"] == {"en": "Reston, VA"}
    assert [each["affiliations"] for each in found.data["authors"]] == [["org-1"], ["org-2"]]


def test_footnotes_at_names_tell_of_the_authors():
    def note(text):
        return {"t": "Note", "c": [{"t": "Para", "c": inlines(text)}]}
    line = [*inlines("Примеров А. Б."), note("Примеров Антон Борисович – PhD, доцент, ЕНУ, Астана. E-mail: primerov@example.org"),
            *inlines(", Образцов В. Г."), note("PhD, TCD, Дублин, Ирландия; obraztsov@example.org")]
    found = understand_front(of_blocks(Block(2, "paragraph", {"t": "Para", "c": line}, "Примеров А. Б., Образцов В. Г.")))
    assert named(found.data) == ["Примеров Антон Борисович: ЕНУ", "Образцов В. Г.: TCD"]
    assert [each["email"] for each in found.data["authors"]] == ["primerov@example.org", "obraztsov@example.org"]
    assert not [each for each in found.decisions if each.sure == "unknown"]
    other = understand_front(of_blocks(Block(2, "paragraph", {"t": "Para", "c": [
        *inlines("Примеров А. Б."), note("Статья подготовлена в рамках проекта.")]}, "Примеров А. Б.")))
    assert [each.value for each in other.decisions if each.sure == "unknown"] == ["Статья подготовлена в рамках проекта."]


@pytest.mark.parametrize(("typed", "name"), [
    ("Питер фон Браун", ("фон Браун", "Питер")), ("Умар бин Рашид", ("бин Рашид", "Умар")),
    ("van der Berg Maria Anna", ("van der Berg", "Maria Anna")),
    ("Peter von Braun", ("von Braun", "Peter")), ("Примеров Антон", ("Примеров", "Антон"))])
def test_particles(typed, name):
    found = read_name(typed)
    assert (found.family, found.given) == name


@pytest.mark.parametrize(("full", "short", "fuller"), [
    ("van der Berg Maria Anna", "M.A. van der Berg", True), ("Abdrakhmanova Gulmira Serikovna", "Gulmira S. Abdrakhmanova", True),
    ("Примеров Антон Борисович", "Примеров А.Б.", True), ("Примеров Антон Борисович", "Примеров В.Г.", False),
    ("Примеров А.Б.", "Примеров Антон Борисович", False)])
def test_fuller_names(full, short, fuller):
    assert is_fuller(read_name(full), read_name(short)) == fuller


def test_a_foreign_name_stands_as_the_english_line_has_it():
    data = front(TITLE, "Д.С. Примерова^1^, Синь Ли^1^", "^1^Институт примеров, Алматы, Казахстан", *ABSTRACT, *BODY_RU,
                 ("On samples in the school", BOLD), "Dana S. Primerova^1^, Xin Li^1^", "^1^Institute of Samples, Almaty, Kazakhstan",
                 "Abstract. The article tells of samples and how they are made.", "Keywords: sample, text")
    assert data["authors"][1]["name"] == {"ru": {"family": "Ли", "given": "Синь"}, "en": {"family": "Li", "given": "Xin"}}


def test_one_letter_more_is_the_same_name():
    one, two, other = (read_name(each) for each in ("Беисбекова А.К.", "Бейісбекова А.К.", "Бекболатова А.К."))
    assert alike(one, two) and not alike(one, other)


def test_an_organisation_in_latin_letters_among_kazakh_ones():
    data = front(("Үлгі мәтінді оқудың жолдары туралы", BOLD), "Ә.Б. Үлгібаев^1^, M.A. Sample^2^",
                 "^1^«Үлгі» университеті, Алматы, Қазақстан", "^2^KU Leuven, Leuven, Belgium",
                 "Аңдатпа. Бұл мақалада үлгі мәтіннің қалай құрылғаны айтылады.", "Түйін сөздер: үлгі, оқу", *BODY_RU)
    assert data["affiliations"][1]["name"] == {"kk": "KU Leuven", "en": "KU Leuven"}


def test_the_author_to_write_to_is_named_in_full():
    data = with_lines("Примеров А.Б.*, Образцов В.Г.", "Институт примеров, Алматы, Казахстан",
                      "*Автор-корреспондент: Примеров Антон Борисович, к.м.н., зав. каф.; primerov@example.org")
    assert data["authors"][0]["name"]["ru"] == {"family": "Примеров", "given": "Антон", "patronymic": "Борисович"}
    assert data["authors"][0]["degree"] == {"ru": "к.м.н."}


def test_what_is_said_of_authors_otherwise_is_asked_about():
    found = understand_front(document(
        TITLE, "Примеров А.Б.", "КазНУ, Алматы, Казахстан", *ABSTRACT, *BODY_RU, "Сведения об авторах",
        "Примеров Антон Борисович – доцент, Казахский университет примеров, тел.: +7 700 000 00 00, primerov@example.org"))
    told = {each.value: each.part for each in found.decisions if each.part in ("unknown", "no_place")}
    assert told == {"Казахский университет примеров": "unknown", "тел.: +7 700 000 00 00": "no_place"}


def test_two_articles_in_one_file_are_asked_about():
    second = ("ВТОРАЯ СТАТЬЯ О СТЕПИ", BOLD)
    found = understand_front(document(
        ("ПЕРВАЯ СТАТЬЯ О ВОДЕ", BOLD), "Примеров А.Б., КазНУ", *ABSTRACT, *BODY_RU, "Литература",
        "1. Примеров А.Б. О примерах. – Алматы, 2020.", second, "Образцова А.А., ЕНУ", *ABSTRACT, *BODY_RU))
    asked = [each.value for each in found.decisions if each.sure == "unknown"]
    assert named(found.data) == ["Примеров А.Б.: КазНУ"] and asked[:2] == [second[0], "Образцова А.А., ЕНУ"]


def test_an_address_and_codes_of_economics_are_no_text():
    found = understand_front(document(TITLE, "JEL: I23, O15", "Примеров Антон Борисович", "Институт примеров имени Образца",
                                      "050010, Казахстан, г. Алматы, ул. Примерная, 28. Тел.: +7 700 000 00 00", *ABSTRACT, *BODY_RU))
    assert found.data["affiliations"][0]["city"] == {"ru": "Алматы"}
    assert {2, 5} <= found.used and is_code_line("JEL classification: Q12") and not is_code_line("JEL codes are given by the journal")


@pytest.mark.parametrize(("typed", "day"), [
    ("Accepted: 1 Sept 2025", "2025-09-01"), ("(өтініш берілген күн: 12.03.2025)", "2025-03-12"), ("Received: 15 Dec 2025", "2025-12-15")])
def test_days(typed, day):
    assert [each.value for each in find_dates(typed)] == [day] and is_needless("sept")


@pytest.mark.parametrize(("typed", "words"), [
    ("дискурс. пресса. свой — чужой. Приуралье.", ["дискурс", "пресса", "свой — чужой", "Приуралье"]),
    ("пример – образец – школа", ["пример", "образец", "школа"])])
def test_keywords_between_stops_or_dashes(typed, words):
    assert split_keywords([typed]) == words


def test_an_abstract_without_its_word_and_keywords_in_its_paragraph():
    text = "Введение. Примеров много. Цель. Показать их. Выводы. Примеры понятны."
    data = front(TITLE, "Примеров А.Б.", f"{text} Ключевые слова: пример, образец.", *BODY_RU)
    assert data["abstract"] == {"ru": text} and data["keywords"] == {"ru": ["пример", "образец"]}
    body = "Мы отобрали статьи за десять лет и прочли сорок из них. Ключевые слова: текст, чтение."
    assert 6 not in understand_front(document(TITLE, "Примеров А.Б.", *ABSTRACT, "Введение", body, *BODY_RU)).used


def test_a_bold_title_below_the_word_abstract():
    end = ("Әдебиеттер", "1. Үлгібаев Ә.Б. Үлгілер туралы. – Алматы: Үлгі, 2020. – 120 б.", ("Түйін", Look(bold=1)))
    data = front(TITLE, "Примеров А.Б.", *ABSTRACT, *BODY_RU, *end, ("Мектептегі үлгілер мен мысалдар", Look(bold=1)),
                 "Үлгілер қарастырылды. Қырық мәтін оқылды.", "Түйін сөздер: үлгі; мысал")
    assert data["title"]["kk"] == "Мектептегі үлгілер мен мысалдар"
    assert data["abstract"]["kk"] == "Үлгілер қарастырылды. Қырық мәтін оқылды."
    all_bold = ("Вся аннотация набрана жирным и кончается точкой.", Look(bold=1))
    bold = front(TITLE, "Примеров А.Б.", "Аннотация", all_bold, ABSTRACT[1], *BODY_RU)
    assert bold["abstract"]["ru"].startswith("Вся аннотация") and bold["title"] == {"ru": TITLE[0]}


def test_an_abstract_beside_keywords_in_a_table():
    def cell(*lines):
        return [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Para", "c": inlines(line)} for line in lines]]
    rows = [[["", [], []], [cell("ARTICLE INFO"), cell("ABSTRACT")]], [["", [], []], [
        cell("Keywords:", "arterial stiffness", "shift work", "Kazakhstan", "Received 12 January 2026"),
        cell("Introduction. Shift work harms arteries.", "Methods. We followed miners.", "Conclusion. Screening is needed.")]]]
    table = {"t": "Table", "c": [["", [], []], [None, []], [], [["", [], []], []], [[["", [], []], 0, [], rows]], [["", [], []], []]]}
    head = document(("Arterial stiffness in shift workers of a town", BOLD), "Dana S. Primerova").blocks
    rest = [Block(at, each.kind, each.node, each.text, each.look) for at, each in enumerate(document(*BODY_RU).blocks, 9)]
    found = understand_front(Document("sample.docx", "docx", (*head, Block(3, "table", table, "ARTICLE INFO\tABSTRACT"), *rest)))
    assert found.data["keywords"] == {"en": ["arterial stiffness", "shift work", "Kazakhstan"]} and 3 in found.used
    assert found.data["abstract"]["en"].startswith("Introduction. Shift") and found.data["abstract"]["en"].endswith("is needed.")


def test_a_title_behind_the_paragraphs_about_authors():
    found = front(TITLE, "Примеров А.Б.", *ABSTRACT, *BODY_RU, "Литература", "1. Примеров А.Б. О примерах. – Алматы, 2020.",
                  "Сведения об авторах:", "Примеров А.Б. – доцент, Институт примеров, Алматы",
                  ("Мектептегі үлгілер мен мысалдар", Look(bold=1)),
                  "Примеров А.Б.", "Кіріспе. Үлгілер көп кездеседі. Нәтижелер. Олар көрсетілді. Түйінді сөздер: үлгі, мысал.")
    assert found["title"]["kk"] == "Мектептегі үлгілер мен мысалдар" and found["keywords"]["kk"] == ["үлгі", "мысал"]


@pytest.mark.parametrize("typed", ["Финансирование. Отсутствует.", "Funding: This research received no external funding."])
def test_nobody_paid(typed):
    found = understand_front(document(TITLE, "Примеров А.Б.", *ABSTRACT, *BODY_RU, typed))
    assert "funding" not in found.data and [each.sure for each in found.decisions if typed.startswith(each.value[:7])] == ["unknown"]
    paid = understand_front(document(TITLE, "Примеров А.Б.", *ABSTRACT, *BODY_RU, "Финансирование. Работу оплатил Комитет науки примеров."))
    assert [each.sure for each in paid.decisions if each.part == "funding.ru"] == ["likely"]


@pytest.mark.parametrize("lines", [
    ("Примеров А.Б. (1), Образцов В.Г. (2)", "(1) Институт примеров, Алматы, Казахстан", "(2) Университет «Улги», Астана, Казахстан"),
    ("проф., д.м.н. Примеров А.Б.^1^, доц., к.м.н. Образцов В.Г.^2^", "^1^Институт примеров, Алматы, Казахстан",
     "^2^Университет «Улги», Астана, Казахстан"),
    ("Примеров А.Б.^1^, Образцов В.Г.^2^", "^1^Институт примеров, Алматы, Казахстан", "^2^Университет «Улги», Астана, Казахстан",
     "ORCID: Примеров А.Б. 0000-0002-1825-0097; Образцов В.Г. 0000-0001-5109-3700")])
def test_whose_is_what(lines):
    data = with_lines(*lines)
    assert named(data) == ["Примеров А.Б.: Институт примеров", "Образцов В.Г.: Университет «Улги»"]
    if "проф." in lines[0]:
        assert [(each["position"]["ru"], each["degree"]["ru"]) for each in data["authors"]] == [("проф.", "д.м.н."), ("доц.", "к.м.н.")]
    if "ORCID" in lines[-1]:
        assert [each["orcid"] for each in data["authors"]] == ["0000-0002-1825-0097", "0000-0001-5109-3700"]


def test_a_department_and_its_university_below_it():
    data = with_lines(("Примеров Антон Борисович", CENTRED), ("Кафедра примеров", CENTRED),
                      ("Университет «Улги», Алматы, Казахстан", CENTRED),
                      ("Образцов Виктор Глебович", CENTRED), ("доцент кафедры образцов КазНУ, к.п.н., г. Алматы, Казахстан", CENTRED))
    assert named(data) == ["Примеров Антон Борисович: Кафедра примеров, Университет «Улги»", "Образцов Виктор Глебович: КазНУ"]
    assert data["authors"][1]["degree"] == {"ru": "к.п.н."}


def test_keywords_of_two_paragraphs():
    assert front(TITLE, "Примеров А.Б.", ABSTRACT[0], "Ключевые слова", "пример; образец", "чтение; школа", *BODY_RU)["keywords"] == {
        "ru": ["пример", "образец", "чтение", "школа"]}
    assert front(TITLE, "Примеров А.Б.", ABSTRACT[0], "Ключевые слова", "пример; образец|чтения; школа", *BODY_RU)["keywords"] == {
        "ru": ["пример", "образец чтения", "школа"]}


def test_an_unlabelled_abstract_in_paragraphs():
    parts = ("Цель. Показать примеры и то, как они устроены в школе.", "Методы. Чтение и счёт, опрос сорока учителей школ.",
             "Результаты. Примеров много, и они понятны ученикам.")
    data = front(TITLE, "Примеров А.Б.", *parts, ABSTRACT[1], *BODY_RU)
    assert data["abstract"] == {"ru": "\n\n".join(parts)}


def test_a_title_that_is_a_name():
    data = front(("Абай Құнанбаев", BOLD), ("Примеров А.Б.", CENTRED), "Институт примеров, Алматы, Казахстан", *ABSTRACT, *BODY_RU)
    assert list(data["title"].values()) == ["Абай Құнанбаев"] and named(data) == ["Примеров А.Б.: Институт примеров"]
    both = front(TITLE, ("Абай Құнанбаев", BOLD), ("Примеров А.Б.", CENTRED), "Институт примеров, Алматы, Казахстан", *ABSTRACT, *BODY_RU)
    assert len(both["authors"]) == 2


@pytest.mark.parametrize(("typed", "name", "city"), [
    ("Институт примеров, 050010, г. Алматы, ул. Примерная, 28, Казахстан", "Институт примеров", "Алматы"),
    ("Институт примеров, г. Алматы, Казахстан", "Институт примеров", "Алматы"),
    ("Институт примеров, отдел школ, г. Алматы, Казахстан", "Институт примеров, отдел школ", "Алматы")])
def test_a_street_is_no_part_of_a_name(typed, name, city):
    place = with_lines("Примеров А.Б.", typed)["affiliations"][0]
    assert (place["name"], place["city"], place["country"]) == ({"ru": name}, {"ru": city}, {"ru": "Казахстан"})


def test_a_line_without_a_name_among_organisations_does_no_harm():
    authors = Authors("ru")
    authors.add_head(Head(tag="ru", authors=[Person("Примеров", "А.Б.")], places=[Place("Институт примеров")]))
    authors.add_head(Head(tag="en", authors=[Person("Primerov", "A.B.")], places=[Place(""), Place("Institute of Examples")]))
    assert [author.names["en"].family for author in authors.authors] == ["Primerov"]
    assert "Institute of Examples" in [place.name for each in authors.organisations for place in each.places.values()]
