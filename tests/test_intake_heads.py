"""Heads of received articles: organisations that are acronyms, names of all shapes, authors told of anywhere. All people are made up."""

import re
from pathlib import Path

import pytest
from test_intake_front import BODY_EN, BODY_KK, BODY_RU, LIST_RU, document

from basylym.intake.document import Look
from basylym.intake.front_matter import understand_front
from basylym.intake.keywords import is_mixed_list, split_keywords
from basylym.intake.labels import find_label
from basylym.intake.organisations import is_acronym, names_acronym
from basylym.intake.people import read_authors
from basylym.intake.report import name_part
from basylym.intake.spans import _raise_marks

HEADS = Path(__file__).parent / "intake" / "heads.txt"
TEXTS = {
    "BODY_KK": BODY_KK, "BODY_RU": BODY_RU, "BODY_EN": BODY_EN, "LIST_RU": LIST_RU,
    "LIST_EN": ("References", "1. Sample A. On samples. Almaty: Ulgi, 2020. 120 p.",
                "2. Pattern B. Patterns // Bulletin. – 2021. – No. 2. – P. 5–9."),
    "LIST_KK": ("Әдебиеттер", "1. Үлгібаев Ә.Б. Үлгілер туралы. – Алматы: Үлгі, 2020. – 120 б.",
                "2. Примеров А.Б. О примерах. – Алматы: Улги, 2021. – 12 с.")}
PROSE = {
    "ABSTRACT_KK": "Бұл мақалада үлгі мәтіннің қалай құрылғаны және оның әр жерде қалай оқылатыны туралы айтылады. "
                   "Зерттеу нәтижелері көрсетіледі.",
    "ABSTRACT_RU": "В статье рассказывается о том, как устроен образцовый текст и как его читают в разных местах. "
                   "Показаны результаты исследования.",
    "ABSTRACT_EN": "The article tells how a sample text is made and how it is read in several places. "
                   "The results of the study are shown.",
    "ABSTRACT_EN_2": "The paper tells how a sample text is made and how it is read in several places. "
                     "The results of the study are shown.",
    "BODY_RU": BODY_RU[1], "BODY_EN": BODY_EN[1]}
ALIGN = {"c": "center", "r": "right", "l": "left"}


def _filled(text: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: PROSE[match[1]], text)


def _heads() -> dict[str, tuple[list, list[tuple[str, str]]]]:
    """The documents by name: their lines, and what is true of them."""
    found: dict[str, tuple[list, list[tuple[str, str]]]] = {}
    for line in HEADS.read_text("utf-8").splitlines():
        if line.startswith("== "):
            lines, truth = found.setdefault(line[3:], ([], []))
        elif line.startswith("= "):
            lines += TEXTS[line[2:]]
        elif line.startswith("> "):
            part, _, value = line[2:].partition(": ")
            truth.append((part, _filled(value)))
        elif line and not line.startswith("#"):
            look, _, text = line.partition("| ")
            align = next((ALIGN[each] for each in look if each in ALIGN), "")
            lines.append((_filled(text), Look(align=align, bold="b" in look, italic="i" in look)))
    return found


def _said(data: dict) -> list[tuple[str, str]]:
    """Front matter in the form of the truth."""
    found = [(f"{key} {tag}", " | ".join(value) if isinstance(value, list) else value)
             for key in ("title", "abstract", "keywords") for tag, value in data.get(key, {}).items()]
    found += [(key, " | ".join(data[key])) for key in ("udc", "irsti") if key in data]
    found += [("doi", data["doi"])] if "doi" in data else []
    numbers = {each["id"]: str(at) for at, each in enumerate(data.get("affiliations", ()), 1)}
    for author in data.get("authors", ()):
        facts = [f"{tag}=" + "|".join(name.get(key, "") for key in ("family", "given", "patronymic")).rstrip("|")
                 for tag in ("kk", "ru", "en") if (name := author["name"].get(tag))]
        facts += ["org=" + ",".join(numbers[each] for each in author["affiliations"])] if author.get("affiliations") else []
        facts += [f"{key}={author[key]}" for key in ("email", "orcid") if key in author]
        facts += ["corresponding"] if author.get("corresponding") else []
        facts += [f"{key}.{tag}={value}" for key in ("degree", "position") for tag, value in author.get(key, {}).items()]
        found.append(("author", " ; ".join(facts)))
    found += [("org", " ; ".join(f"{tag}=" + "|".join(place.get(key, {}).get(tag, "") for key in ("name", "city", "country"))
                                 for tag in ("kk", "ru", "en") if tag in place["name"])) for place in data.get("affiliations", ())]
    return found


@pytest.mark.parametrize("name", _heads())
def test_heads(name):
    lines, truth = _heads()[name]
    found = _said(understand_front(document(*lines)).data)
    for part in dict.fromkeys(part for part, _ in truth):
        mine, theirs = ([value for each, value in both if each == part] for both in (found, truth))
        if part == "author":
            assert len(mine) == len(theirs)
            for said, true in zip(mine, theirs, strict=True):  # a degree or post that the truth says nothing of is not asked for
                facts = {fact for fact in said.split(" ; ") if not fact.startswith(("degree", "position")) or fact.split("=")[0] in true}
                assert facts == set(true.split(" ; "))
        else:
            assert mine == theirs, part


@pytest.mark.parametrize(("typed", "names"), [
    ("J. R. R. Tolver and C. S. Lew", "Tolver|J. R. R.; Lew|C. S."),
    ("Aigerim T. Bekova¹*, Nurlan B. K. Omar²", "Bekova|Aigerim T.|1*; Omar|Nurlan B. K.|2"),
    ("Martin Smith, Christian Berg", "Smith|Martin; Berg|Christian"),
    ("Марина Ким, Константин Пак", "Ким|Марина; Пак|Константин"),
    ("Smith A.¹, Иванов Б.1*", "Smith|A.|1; Иванов|Б.|1*"),
    ("A. Bekovaᵃ, B. Omarᵇ*", "Bekova|A.|a; Omar|B.|b*"),
    ("Willem-Jan van den Heuvel, Ana de la Cruz-García & José da Silva",
     "van den Heuvel|Willem-Jan; de la Cruz-García|Ana; da Silva|José"),
    ("P. O'Neill, Sean O’Brien, D'Angelo M.", "O'Neill|P.; O’Brien|Sean; D'Angelo|M."),
    ("Martin L. Kingson, Jr., John D. Rocker III", "Kingson Jr.|Martin L.; Rocker III|John D."),
    ("A. Smith, MD, PhD, and C. Brown", "Smith|A.; Brown|C."), ("A. Smith MD PhD¹, C. Brown PhD²", "Smith|A.|1; Brown|C.|2"),
    ("A. Müller und B. Groß", "Müller|A.; Groß|B."), ("Ә.Б. Әлібек және Ұ.Қ. Өмірұлы", "Әлібек|Ә.Б.; Өмірұлы|Ұ.Қ."),
    ("Бауыржан Серікұлы Әлібек¹", "Әлібек|Бауыржан|Серікұлы|1"), ("ӘЛІБЕК БАУЫРЖАН СЕРІКҰЛЫ", "ӘЛІБЕК|БАУЫРЖАН|СЕРІКҰЛЫ"),
    ("Иванов Иван Иванович и Петрова Анна Сергеевна", "Иванов|Иван|Иванович; Петрова|Анна|Сергеевна"),
    ("ИВАНОВ И.И., ПЕТРОВА А.С.", "ИВАНОВ|И.И.; ПЕТРОВА|А.С."), ("SMITH J.A.1,2*, BROWN C.2", "SMITH|J.A.|12*; BROWN|C.|2"),
    ("Smith J.A.¹˒²*, Brown C.²", "Smith|J.A.|12*; Brown|C.|2"), ("Smith J.A. et al.", "Smith|J.A."),
    ("Иванов И.И., Петров П.П. и др.", "Иванов|И.И.; Петров|П.П."), ("Әлібек Ә.Б. және т.б.", "Әлібек|Ә.Б."),
    ("Ю. Н. фон Штейн, Ж.-П. де Вилье", "фон Штейн|Ю. Н.; де Вилье|Ж.-П."), ("Kim Yu-mi¹, Lee Min-ho²", "Kim|Yu-mi|1; Lee|Min-ho|2"),
    ("* Оспанова Ә.Қ.1, 2, Ли В.3", "Оспанова|Ә.Қ.|*12; Ли|В.|3"), ("Nabi D.Zh., Ткач Дж. Ю.", "Nabi|D.Zh.; Ткач|Дж. Ю."),
    ("Мамедов Эльчин Расим оглы", "Мамедов|Эльчин|Расим оглы"), ("Ma Li¹, Michael St. John²", "Li|Ma|1; St. John|Michael|2"),
    ("А. Б. Ким (КБТУ, Алматы), Т. Ли (MIT, USA)", "Ким|А. Б.; Ли|Т."),
    ("РУССКАЯ ФИЛОЛОГИЯ", ""), ("МЕКТЕПТЕГІ ОҚУ ТУРАЛЫ", ""), ("Qazaq tili, КазНУ", ""), ("A. Smith, Dr. Sci.", "Smith|A.")])
def test_names_of_all_shapes(typed, names):
    found = read_authors(_raise_marks(typed))
    assert "; ".join("|".join(filter(None, (each.family, each.given, each.patronymic, "".join(each.marks)))) for each in found) == names


@pytest.mark.parametrize("typed", ["КазНУ им. аль-Фараби", "ҚазҰПУ", "ЕНУ", "НАН РК", "KBTU", "MIT, Cambridge, USA",
                                   "Л.Н. Гумилев атындағы ЕҰУ", "TU Berlin", "ETH Zürich", "д.ф.н., профессор, КазНПУ имени Абая"])
def test_acronyms_name_organisations(typed):
    assert names_acronym(typed)


@pytest.mark.parametrize("typed", ["Алматы, РК", "В США выросла доля чтения", "ИВАНОВ А.Б.", "NEW WORDS", "ҮЛГІ МӘТІН", "PhD, MD", "XIX",
                                   "Р. МакДональд", "The role of MIT in the region", "Cambridge, UK", "O'Neill, McDonald"])
def test_other_capitals_do_not(typed):
    assert not names_acronym(typed)
    assert not is_acronym("USA") and not is_acronym("XIV") and not is_acronym("УДК")


@pytest.mark.parametrize(("typed", "words"), [
    ("мектеп, Сырдария, ағарту; мұрағат, мұғалім.", ["мектеп", "Сырдария", "ағарту", "мұрағат", "мұғалім"]),
    ("school (primary, secondary); reading", ["school (primary, secondary)", "reading"]),
    ("language, mother; school; village; reading", ["language, mother", "school", "village", "reading"])])
def test_commas_and_semicolons_mixed(typed, words):
    assert split_keywords([typed]) == words
    assert is_mixed_list(typed) == (words[0] == "мектеп")


@pytest.mark.parametrize(("typed", "tag", "rest"), [
    ("Кiлттiк сөздер: а", "kk", "а"), ("Heгiзгi ұғымдap: а", "kk", "а"), ("TYЙIНДI CӨЗДEP: a", "kk", "a"),
    ("Тірек сөздер (кілт сөздер): а", "kk", "а"),
    ("Түйінді сөздер/Ключевые слова: а", "kk", "а"), ("Kлючевые cловa и фразы: а", "ru", "а"), ("Index terms— a", "en", "a"),
    ("Түйінді сөздер мен сөз тіркестері: а", "kk", "а"), ("Ключевые слова (на русском языке). а", "ru", "а")])
def test_words_before_keywords(typed, tag, rest):
    found = find_label(typed)
    assert found and (found.part, found.tags[0], found.rest, found.firm) == ("keywords", tag, rest, True)


@pytest.mark.parametrize(("typed", "title", "names"), [
    ("Примеров А.Б., Ким В. Место молодёжи на рынке труда", "Место молодёжи на рынке труда", ["Примеров", "Ким"]),
    ("Primerov S. A. A place of youth in the market", "A place of youth in the market", ["Primerov"]),
    ("Абай И.С. и казахская проза сегодня", "Абай И.С. и казахская проза сегодня", [])])
def test_authors_and_title_in_one_line(typed, title, names):
    data = understand_front(document((typed, Look(bold=1)), "Аннотация. Тема важна. Её изучили.", "Ключевые слова: пример, школа",
                                     *BODY_RU)).data
    assert list(data["title"].values()) == [title]
    assert [name["family"] for each in data.get("authors", ()) for name in each["name"].values()] == names


def test_a_town_alone_is_told_and_named_by_nobody():
    found = understand_front(document(("О примерах и образцах в школе", Look(bold=1)), "А.Б. Примеров", "Алматы, Казахстан",
                                      "Аннотация. Тема важна. Её изучили.", "Ключевые слова: пример, школа", *BODY_RU))
    assert "affiliations" not in found.data and "affiliations" not in found.data["authors"][0]
    assert [each.taken for each in found.decisions if each.part == "unknown"] == ["Алматы, Казахстан"]


def test_the_report_calls_an_organisation_so():
    assert name_part("affiliations.0.name.ru", "en") == "organisation 1 (ru)"


def test_an_acronym_is_likely_and_kept_as_typed():
    found = understand_front(document(("О примерах и образцах в школе", Look(bold=1)), "А.Б. Примеров^1^", "^1^ИМММ КН МНВО РК",
                                      "Аннотация. Тема важна. Её изучили.", "Ключевые слова: пример, школа", *BODY_RU))
    assert [(each.value, each.sure) for each in found.decisions if each.part.startswith("affiliations.")] == [("ИМММ КН МНВО РК", "likely")]


@pytest.mark.parametrize("text", ["КазНУ " * 3000, "(аб" * 6000, "A-" * 9000, "аБВ" * 8000, "Т. Ж. " * 3000, "Aa Bb, " * 3000,
                                  "a) " * 5000])
def test_nothing_of_it_takes_long(text):
    understand_front(document(text, text[:600], text[:390], text[:150], *BODY_RU, text[:850], text[:70]))
