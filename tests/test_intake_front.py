"""The front matter of received documents: found by structure and words, in any order and language. All people here are made up."""

import re

import pytest

from basylym.intake.document import Block, Document, Look
from basylym.intake.front_matter import understand_front
from basylym.intake.keywords import split_keywords
from basylym.intake.labels import find_label, find_section, is_references, skeleton
from basylym.intake.people import read_authors
from basylym.intake.read_text import inlines

BOLD = Look(bold=1, align="center")
BODY_RU = ("Введение",
           "Образцовый текст состоит из предложений, которые рассказывают о примерах и о том, как они устроены в разных местах. " * 4,
           "Заключение", "Примеры показали, что образец можно прочитать и понять без посторонней помощи, если он написан ясно. " * 3)
BODY_KK = ("Кіріспе", "Бұл мақалада үлгі мәтіннің қалай құрылғаны және оның әр жерде қалай оқылатыны туралы айтылады. " * 4,
           "Қорытынды", "Үлгіні ешкімнің көмегінсіз оқып түсінуге болатыны анықталды. " * 4)
BODY_EN = ("Introduction", "This sample text consists of sentences that tell of samples and of how they are made in several places. " * 4,
           "Conclusion", "The samples have shown that a text can be read without any help where it is written plainly. " * 3)
LIST_RU = ("Литература", "1. Примеров А.Б. О примерах. – Алматы: Улги, 2020. – 120 с.",
           "2. Образцов В.Г. Образцы // Вестник примеров. – 2021. – № 2. – С. 5-9.")


def nodes(text: str) -> list:
    """Pandoc's inlines; ^1^ is raised, | a line's break, **…** bold."""
    found = []
    for at, line in enumerate(text.split("|")):
        found += [{"t": "LineBreak"}] if at else []
        for number, part in enumerate(re.split(r"\*\*(.+?)\*\*", line)):
            made = inlines(re.sub(r"\^([^^]+)\^", "\ue000\\1\ue001", part))
            found += [{"t": "Strong", "c": made}] if number % 2 else made
    return found


def document(*lines) -> Document:
    """A document of paragraphs, each a text or a text and its look."""
    blocks = []
    for number, line in enumerate(lines, 1):
        text, look = line if isinstance(line, tuple) else (line, Look())
        plain = re.sub(r"\*\*|\^", "", text).replace("|", "\n")
        blocks.append(Block(number, "paragraph", {"t": "Para", "c": nodes(text)}, plain, look))
    return Document("sample.docx", "docx", tuple(blocks))


def front(*lines) -> dict:
    """What is understood of a document's front matter."""
    return dict(understand_front(document(*lines)).data)


RUSSIAN = (
    "УДК 811.161.1'42", "МРНТИ 16.21.07", ("О ПРИМЕРАХ ОБРАЗЦОВОГО ТЕКСТА И СПОСОБАХ ЕГО ЧТЕНИЯ", BOLD),
    ("А.Б. Примеров^1^*, В.Г. Образцов^2^", Look(align="center")), "^1^Университет «Улги», Алматы, Казахстан",
    "^2^Институт примеров, г. Астана, Республика Казахстан", "*e-mail: primerov@example.org",
    "**Аннотация.** Статья рассказывает о примерах и о том, как они устроены в разных местах.",
    "**Ключевые слова:** пример, образец, чтение.", *BODY_RU, *LIST_RU)


def test_one_language_before_the_text():
    data = front(*RUSSIAN)
    assert data["language"] == "ru" and list(data["title"]) == ["ru"]
    assert data["title"]["ru"] == "О ПРИМЕРАХ ОБРАЗЦОВОГО ТЕКСТА И СПОСОБАХ ЕГО ЧТЕНИЯ"
    assert data["udc"] == ["811.161.1'42"] and data["irsti"] == ["16.21.07"]
    first, second = data["authors"]
    assert first == {"name": {"ru": {"family": "Примеров", "given": "А.Б."}}, "affiliations": ["org-1"], "email": "primerov@example.org",
                     "corresponding": True}
    assert second == {"name": {"ru": {"family": "Образцов", "given": "В.Г."}}, "affiliations": ["org-2"]}
    assert data["affiliations"][1] == {"id": "org-2", "name": {"ru": "Институт примеров"}, "city": {"ru": "Астана"},
                                       "country": {"ru": "Республика Казахстан"}}
    assert data["abstract"]["ru"] == "Статья рассказывает о примерах и о том, как они устроены в разных местах."
    assert data["keywords"]["ru"] == ["пример", "образец", "чтение"]


def test_the_blocks_taken_and_how_sure():
    found = understand_front(document(*RUSSIAN))
    assert found.used == frozenset(range(1, 10))
    sure = {each.part: each.sure for each in found.decisions}
    assert sure["abstract.ru"] == sure["udc"] == sure["authors.0.name.ru"] == "certain"
    assert all(each.taken for each in found.decisions)


THREE = (
    "ХҒТАР 16.21.07", ("Үлгі мәтінді оқудың жолдары туралы", BOLD), "Ә.Б. Үлгібаев^1^, Е.Ү. Мысалов^2^*",
    "^1^«Үлгі» университеті, Алматы, Қазақстан", "^2^Мысал институты, Астана, Қазақстан", "*mysalov@example.org",
    "Аңдатпа", "Бұл мақалада үлгі мәтіннің қалай құрылғаны және оның әр жерде қалай оқылатыны туралы айтылады.",
    "ТүйIндi сөздер: үлгі, мысал, оқу", *BODY_KK,
    "Әдебиеттер", "1. Үлгібаев Ә.Б. Үлгілер туралы. – Алматы: Үлгі, 2020. – 120 б.",
    ("О способах чтения образцового текста", BOLD), "А.Б. Улгибаев^1^, Е.У. Мысалов^2^*",
    "^1^Университет «Улги», Алматы, Казахстан", "^2^Институт «Мысал», Астана, Казахстан", "Аннотация",
    "Статья рассказывает о том, как устроен образцовый текст и как его читают в разных местах.",
    "Ключевые слова: образец, пример, чтение",
    ("On ways of reading a sample text", BOLD), "A.B. Ulgibayev^1^, Ye.U. Mysalov^2^*", "^1^Ulgi University, Almaty, Kazakhstan",
    "^2^Mysal Institute, Astana, Kazakhstan", "Abstract",
    "The article tells how a sample text is made and how it is read in several places.",
    "Key words: sample, example, reading")


def test_the_other_languages_after_the_references():
    data = front(*THREE)
    assert data["language"] == "kk"
    assert data["title"] == {"kk": "Үлгі мәтінді оқудың жолдары туралы", "ru": "О способах чтения образцового текста",
                             "en": "On ways of reading a sample text"}
    assert set(data["abstract"]) == set(data["keywords"]) == {"kk", "ru", "en"}
    assert len(data["authors"]) == len(data["affiliations"]) == 2
    second = data["authors"][1]
    assert second["name"] == {"kk": {"family": "Мысалов", "given": "Е.Ү."}, "ru": {"family": "Мысалов", "given": "Е.У."},
                              "en": {"family": "Mysalov", "given": "Ye.U."}}
    assert second["corresponding"] and second["email"] == "mysalov@example.org" and second["affiliations"] == ["org-2"]
    assert data["affiliations"][0]["name"] == {"kk": "«Үлгі» университеті", "ru": "Университет «Улги»", "en": "Ulgi University"}
    assert data["affiliations"][0]["city"] == {"kk": "Алматы", "ru": "Алматы", "en": "Almaty"}


def test_three_heads_one_after_another():
    """Each language with its head, abstract and keywords, all before the text."""
    lines = list(THREE)
    text = lines[9:15]
    data = front(*lines[:9], *lines[15:], *text)
    assert set(data["title"]) == set(data["abstract"]) == {"kk", "ru", "en"}
    assert len(data["authors"]) == 2 and set(data["authors"][0]["name"]) == {"kk", "ru", "en"}


def test_authors_before_the_titles():
    data = front("Primerov A.B.^1^, Obraztsov V.G.^1^", "^1^Institute of Examples, Almaty, Kazakhstan",
                 ("On Samples of Plain Text and Ways of Reading Them", BOLD), "https://doi.org/10.5555/sample.1",
                 "Abstract: This article tells of samples and of how they are made in several places.",
                 "Keywords: sample; example; plain text", *BODY_EN)
    assert data["language"] == "en" and data["title"] == {"en": "On Samples of Plain Text and Ways of Reading Them"}
    assert [each["name"]["en"]["family"] for each in data["authors"]] == ["Primerov", "Obraztsov"]
    assert data["doi"] == "10.5555/sample.1" and data["keywords"]["en"] == ["sample", "example", "plain text"]
    assert [each["affiliations"] for each in data["authors"]] == [["org-1"], ["org-1"]]


def test_three_titles_in_a_row_and_abstracts_after_the_text():
    data = front("МРНТИ 16.21.07", ("О способах чтения образцового текста", BOLD), ("Үлгі мәтінді оқудың жолдары туралы", BOLD),
                 ("On ways of reading a sample text", BOLD), "Примеров Антон Борисович", "Университет «Улги», Алматы, Казахстан",
                 "anton@example.org", *BODY_RU, "Резюме", "Статья рассказывает о том, как устроен образцовый текст и как его читают.",
                 "Ключевые слова: образец, чтение", "Түйіндеме",
                 "Мақалада үлгі мәтіннің қалай құрылғаны және қалай оқылатыны туралы айтылады.", "Тірек сөздер: үлгі, оқу", "Summary",
                 "The article tells how a sample text is made and how it is read.",
                 "Keywords: sample, reading", *LIST_RU)
    assert set(data["title"]) == set(data["abstract"]) == set(data["keywords"]) == {"kk", "ru", "en"}
    assert data["authors"] == [{"name": {"ru": {"family": "Примеров", "given": "Антон", "patronymic": "Борисович"}},
                                "affiliations": ["org-1"], "email": "anton@example.org"}]


def test_authors_one_by_one_with_what_they_are():
    data = front(("О способах чтения образцового текста", BOLD), "Примеров Антон Борисович", "доктор филологических наук, профессор",
                 "Университет «Улги»", "Алматы, Казахстан", "primerov@example.org", "ORCID: 0000-0002-1825-0097",
                 "Образцова Вера Глебовна", "кандидат филологических наук, доцент", "Институт примеров", "Астана, Казахстан",
                 "vera@example.org", "Аннотация: Статья рассказывает о том, как устроен образцовый текст.",
                 "Ключевые слова: образец, чтение", *BODY_RU)
    first, second = data["authors"]
    assert first["degree"] == {"ru": "доктор филологических наук"} and first["position"] == {"ru": "профессор"}
    assert first["orcid"] == "0000-0002-1825-0097" and first["email"] == "primerov@example.org" and first["affiliations"] == ["org-1"]
    assert second["name"]["ru"] == {"family": "Образцова", "given": "Вера", "patronymic": "Глебовна"}
    assert second["email"] == "vera@example.org" and second["affiliations"] == ["org-2"]
    assert data["affiliations"][1]["city"] == {"ru": "Астана"}


def test_authors_told_of_at_the_end():
    data = front(*RUSSIAN, "Сведения об авторах:", "Примеров Антон Борисович – доктор филологических наук, профессор, Университет «Улги», "
                 "Алматы, Казахстан, e-mail: primerov@example.org, ORCID: 0000-0002-1825-0097",
                 "Образцов Виктор Глебович – магистр, старший преподаватель, Институт примеров, Астана, Казахстан",
                 "Information about the authors:",
                 "Primerov Anton – Doctor of Philological Sciences, Professor, Ulgi University, Almaty, Kazakhstan",
                 "Obraztsov Viktor – Master, Senior Lecturer, Institute of Examples, Astana, Kazakhstan")
    first, second = data["authors"]
    assert first["degree"] == {"ru": "доктор филологических наук", "en": "Doctor of Philological Sciences"}
    assert first["orcid"] == "0000-0002-1825-0097" and first["name"]["en"] == {"family": "Primerov", "given": "Anton"}
    assert second["position"] == {"ru": "старший преподаватель", "en": "Senior Lecturer"}
    assert len(data["authors"]) == len(data["affiliations"]) == 2


def test_days_and_statements():
    data = front(*RUSSIAN[:9], "Поступила в редакцию 12.03.2025. Принята к публикации 2 апреля 2025 г.", *BODY_RU,
                 ("Финансирование", Look(bold=1)), "Работа выполнена на средства Фонда примеров (грант № 00000).",
                 "Благодарности: Авторы благодарят редакцию.", "Конфликт интересов. Авторы заявляют об отсутствии конфликта интересов.",
                 *LIST_RU)
    assert data["dates"] == {"received": "2025-03-12", "accepted": "2025-04-02"}
    assert data["funding"] == [{"funder": {"ru": "Работа выполнена на средства Фонда примеров (грант № 00000)."}}]
    assert data["acknowledgements"] == {"ru": "Авторы благодарят редакцию."}
    assert data["conflict_of_interest"] == {"ru": "Авторы заявляют об отсутствии конфликта интересов."}


def test_lines_broken_within_a_paragraph():
    data = front("УДК 81'27|МРНТИ 16.21.07", ("О способах чтения|образцового текста", BOLD),
                 "А.Б. Примеров|Университет «Улги», Алматы, Казахстан",
                 "Аннотация|Статья рассказывает о том, как устроен образцовый текст.", "Ключевые слова|образец, чтение", *BODY_RU)
    assert data["title"]["ru"] == "О способах чтения образцового текста" and data["udc"] == ["81'27"] and data["irsti"] == ["16.21.07"]
    assert data["abstract"]["ru"].startswith("Статья") and data["keywords"]["ru"] == ["образец", "чтение"]
    assert data["authors"][0]["affiliations"] == ["org-1"]


def test_a_text_without_front_matter():
    data = front(*BODY_EN)
    assert data == {"language": "en"}


@pytest.mark.parametrize(("typed", "part", "tag"), [
    ("Аңдатпа", "abstract", "kk"), ("ТҮЙІНДЕМЕ.", "abstract", "kk"), ("А ң д а т п а", "abstract", "kk"), ("Резюме:", "abstract", "ru"),
    ("ТүйIндi сөздер: үлгі", "keywords", "kk"), ("Тірек сөздер – үлгі", "keywords", "kk"), ("Кiлт сөздер: үлгі", "keywords", "kk"),
    ("Ключевые слова: образец", "keywords", "ru"), ("Key words: sample", "keywords", "en"), ("KEYWORDS – sample", "keywords", "en"),
    ("Annotation.", "abstract", "en"), ("ӘӨЖ 37.013", "udc", "kk"), ("ҒТАМР 16.21.07", "irsti", "kk"), ("ГРНТИ 16.21.07", "irsti", "ru"),
    ("Авторлар туралы мәлімет:", "about_authors", "kk")])
def test_labels(typed, part, tag):
    found = find_label(typed)
    assert found and found.part == part and found.tags[0] == tag


@pytest.mark.parametrize("typed", ["Абстрактное мышление", "Keywordless", "Аннотациялар туралы", "Doing things"])
def test_no_labels(typed):
    assert find_label(typed) is None


def test_a_skeleton_is_as_long_as_its_text():
    assert len(skeleton("İstanbul ТүйIндi «Ǆ»")) == len("İstanbul ТүйIндi «Ǆ»")


@pytest.mark.parametrize(("typed", "name"), [("1. КІРІСПЕ", "introduction"), ("Нәтижелер мен талқылау", "results"),
                                             ("III. Методы", "methods"),
                                             ("Results and Discussion", "results"), ("О методах чтения", None)])
def test_sections(typed, name):
    assert find_section(typed) == name


@pytest.mark.parametrize(("typed", "so"), [("Әдебиеттер тізімі", True), ("REFERENCES:", True), ("Список использованной литературы", True),
                                           ("Обзор литературы", False), ("Роль литературы в школе", False)])
def test_lists(typed, so):
    assert is_references(typed) == so


@pytest.mark.parametrize(("typed", "names"), [
    ("А.Б. Үлгібаев^1,2^*, В.Г. Примеров^2^", [("Үлгібаев", "А.Б.", ("1", "2", "*")), ("Примеров", "В.Г.", ("2",))]),
    ("Иванов И.И.1, Петров П.П.1,2*", [("Иванов", "И.И.", ("1",)), ("Петров", "П.П.", ("1", "2", "*"))]),
    ("Примеров, А.Б., Образцов, В.Г.", [("Примеров", "А.Б.", ()), ("Образцов", "В.Г.", ())]),
    ("John Smith, Mary Jane Brown and Peter Lee", [("Smith", "John", ()), ("Brown", "Mary Jane", ()), ("Lee", "Peter", ())]),
    ("Primerov AB, Wood JR", [("Primerov", "AB", ()), ("Wood", "JR", ())]),
    ("^1^И.И. Примеров, ^2^П.П. Образцов", [("Примеров", "И.И.", ("1",)), ("Образцов", "П.П.", ("2",))]),
    ("Primerov A. B. (ORCID 0000-0002-1825-0097)", [("Primerov", "A. B.", ())]),
    ("ЖАСАНДЫ ИНТЕЛЛЕКТ", []), ("Алматы, Қазақстан", []), ("Білім беру, Ғылым", []), ("Университет «Улги»", [])])
def test_lines_of_authors(typed, names):
    found = read_authors(re.sub(r"\^([^^]+)\^", "\ue000\\1\ue001", typed))
    assert [(each.family, each.given, each.marks) for each in found] == names


@pytest.mark.parametrize(("typed", "words"), [
    ("үлгі, мысал (сынақ, байқау), оқу.", ["үлгі", "мысал (сынақ, байқау)", "оқу"]), ("a; b, c; d", ["a", "b, c", "d"]),
    ("одно – другое – третье", ["одно", "другое", "третье"])])
def test_keywords_are_parted(typed, words):
    assert split_keywords([typed]) == words


@pytest.mark.parametrize("text", ["А.Б. " * 4000, "1" * 20000, "a@" * 9000, "УДК " * 5000, "^1^" * 3000, "(" * 20000, "Иванов, " * 4000,
                                  "1, 2, " * 4000, "А" * 20000, "10.5555/" * 4000, "«" * 9000])
def test_nothing_takes_long(text):
    understand_front(document(text, text[:600], text[:250], *BODY_RU, text[:500]))


def test_every_line_that_was_read_is_taken():
    found = understand_front(document(("О способах чтения образцового текста", BOLD), "Примеров А.Б.",
                                      "Университет «Улги», Алматы, Казахстан", "primerov@example.org", "Образцова В.Г.",
                                      "Институт примеров, Астана, Казахстан", "Аннотация",
                                      "Изучена роль школы. Опрос невелик.", "Ключевые слова", "школа, регион, опрос", *BODY_RU))
    assert found.used == frozenset(range(1, 11))
    assert [each.get("email") for each in found.data["authors"]] == ["primerov@example.org", None]
    assert [each["affiliations"] for each in found.data["authors"]] == [["org-1"], ["org-2"]]


def test_what_belongs_to_a_mark():
    data = front(("The role of the university in a sample region", BOLD), "Aigul Ulgibayeva^1^*, Yerlan Mysalov^2^",
                 "^1^PhD, Associate Professor, Ulgi University, Almaty, Kazakhstan; e-mail: aigul@example.org; ORCID: 0000-0002-1825-0097",
                 "^2^Master, Lecturer, Mysal Institute, Astana, Kazakhstan; e-mail: yerlan@example.org",
                 "Received: 12.03.2025 | Revised: 20.03.2025 | Accepted: 02.04.2025", "Abstract",
                 "The role of the university is studied. The survey is small.", "Key words: university, region, survey", *BODY_EN)
    first, second = data["authors"]
    assert first["orcid"] == "0000-0002-1825-0097" and first["corresponding"] and "corresponding" not in second
    assert (first["degree"], first["position"]) == ({"en": "PhD"}, {"en": "Associate Professor"})
    assert second["email"] == "yerlan@example.org" and second["affiliations"] == ["org-2"]
    assert data["dates"] == {"received": "2025-03-12", "revised": "2025-03-20", "accepted": "2025-04-02"}


def test_an_abstract_without_its_word_and_a_line_of_the_journal():
    found = understand_front(document(("ФИЛОЛОГИЯ", BOLD), ("О способах чтения образцового текста и о его читателях", BOLD),
                                      "Примеров А.Б.", "Тема важна для всех читателей нашего времени. Её изучили со всех сторон.",
                                      "Ключевые слова: чтение, текст", *BODY_RU))
    assert found.data["title"] == {"ru": "О способах чтения образцового текста и о его читателях"}
    assert found.data["abstract"]["ru"].startswith("Тема важна")
    assert [each.taken for each in found.decisions if each.part == "unknown"] == ["ФИЛОЛОГИЯ"] and 1 not in found.used


def test_organisations_are_no_people():
    data = front(("On samples and their readers in modern texts", BOLD), "A.B. Ulgibayev https://orcid.org/0000-0002-1825-0097",
                 "Ulgi Pedagogical University, Pavlodar, Kazakhstan", "Abstract. The paper is about samples. They are described.",
                 "Keywords: sample, reader", *BODY_EN)
    assert len(data["authors"]) == 1 and data["affiliations"][0]["name"] == {"en": "Ulgi Pedagogical University"}


def test_a_footnote_of_the_title_is_told():
    made = document(("О способах чтения образцового текста", BOLD), "Примеров А.Б.", "Аннотация. Тема важна. Её изучили.", *BODY_RU)
    note = {"t": "Note", "c": [{"t": "Para", "c": inlines("На средства Фонда примеров.")}]}
    first = made.blocks[0]
    made = Document(made.name, made.kind, (Block(1, "paragraph", {"t": "Para", "c": [*first.node["c"], note]}, first.text, first.look),
                                           *made.blocks[1:]))
    found = understand_front(made)
    assert found.data["title"] == {"ru": "О способах чтения образцового текста"}
    assert [each.taken for each in found.decisions if each.part == "unknown"] == ["На средства Фонда примеров."]


def test_a_thesis_does_not_take_long():
    """Ten thousand paragraphs; and as many that seem to tell of authors."""
    long = [f"{each} Образцовый текст рассказывает о примере." for each in range(10_000)]
    assert understand_front(document(*RUSSIAN[:9], *BODY_RU, *long)).used == frozenset(range(1, 10))
    found = understand_front(document(*RUSSIAN, "Сведения об авторах", *long))
    assert len(found.data["authors"]) == 2
