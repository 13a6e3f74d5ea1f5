"""What the checks of citations and references find, and above all what they leave alone. All entries are made up."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from random import Random
from types import SimpleNamespace

import pytest

from basylym import model
from basylym.check import run_checks, twins
from basylym.check.citations import _ranges
from basylym.check.reference_fields import REQUIRED
from basylym.identifiers import is_isbn, is_url
from basylym.model import MENTION, Place
from basylym.read.retractions import COLUMNS, fold_doi, fold_title

BOOK = {"id": "example", "type": "book", "language": "kk", "author": ["Үлгі, А."], "title": "Мысал кітап", "issued": "2001",
        "publisher": "Үлгі", "publisher-place": "Алматы"}
ARTICLE = {"id": "example", "type": "article-journal", "language": "kk", "author": ["Үлгі, А."], "title": "Мысал мақала",
           "container-title": "Үлгі жаршысы", "issued": "2001", "page": "5–19"}
PAGE = {"id": "example", "type": "webpage", "language": "kk", "title": "Мысал бет", "URL": "https://journal.example/page",
        "accessed": "2026-01-05"}


def ids(specimen, *entries, text=None, **changes) -> list[str]:
    """The findings on an article that cites these entries."""
    cited = "; ".join(f"@{entry['id']}" for entry in entries)
    own = json.loads(json.dumps(entries))  # YAML would write what two entries share as an alias
    return specimen.overlay({"references": own, "text": text or f"Мәтін [{cited}].\n", **changes}).ids()


def two(first: dict, second: dict, **changes) -> list[dict]:
    """An entry and its like under another key; a field that is None is left out."""
    return [first, {key: value for key, value in {**first, "id": "again", **second, **changes}.items() if value is not None}]


def but(entry: dict, **changes) -> dict:
    """An entry with some fields changed, `_` for `-` in their names; None takes one out."""
    merged = {**entry, **{key.replace("_", "-"): value for key, value in changes.items()}}
    return {key: value for key, value in merged.items() if value is not None}


# --- one entry ------------------------------------------------------------------------------------------------------
WRONG = [
    ("REF-009", but(BOOK, issued=None)), ("REF-009", but(BOOK, publisher=None)), ("REF-009", but(BOOK, publisher_place=None)),
    ("REF-009", but(ARTICLE, page=None)), ("REF-009", but(ARTICLE, container_title=None)),
    ("REF-009", but(BOOK, type="thesis", publisher=None, publisher_place=None)), ("REF-009", but(BOOK, type="legislation", author=None)),
    ("REF-009", {"id": "example", "type": "manuscript", "language": "kk", "title": "Хат", "archive": "Үлгі мұрағаты"}),
    ("REF-009", but(PAGE, URL=None)),
    ("REF-010", but(BOOK, DOI="10.5555")), ("REF-010", but(BOOK, DOI="10.5555/x.")),
    ("REF-011", but(BOOK, ISBN="9780000000003")), ("REF-011", but(BOOK, ISBN="0-00-000000-X")),
    ("REF-012", but(ARTICLE, ISSN="1234-5670")), ("REF-013", but(PAGE, URL="https://journal.example/a page")),
    ("REF-013", but(PAGE, URL="journal.example")), ("REF-014", but(ARTICLE, URL="http://dx.doi.org/10.5555/x")),
    ("REF-015", but(BOOK, issued="2001-02-30")), ("REF-015", but(BOOK, issued="0201")), ("REF-015", but(BOOK, issued="20011")),
    ("REF-016", but(BOOK, issued="2030")), ("REF-016", but(PAGE, accessed="2026-12-31")),
    ("REF-017", but(ARTICLE, page="81-76")), ("REF-017", but(ARTICLE, page="176–81, 30–20")), ("REF-018", but(PAGE, accessed=None)),
    ("REF-019", but(BOOK, language=None)), ("REF-020", but(BOOK, language="en", title="Қазақ тілінің қысқаша грамматикасы мен тарихы")),
    ("REF-021", but(BOOK, title="Молодежь c ограничениями", language="ru")), ("REF-021", but(BOOK, author=["Назарбаев, H. А."])),
    ("TYP-002", but(BOOK, title="Sаmple", language="en")), ("REF-025", but(BOOK, title="ҮЛГІЛЕРДІҢ ТАРИХЫ")),
    ("REF-026", but(BOOK, title="Мысал (кітап")),
    ("REF-026", but(BOOK, title="Мысал] кітап")), ("REF-026", but(BOOK, title='"Мысал кітап')),
    ("REF-026", but(BOOK, title="Мысал «кітап")), ("REF-027", but(BOOK, title="???? ?????")), ("REF-027", but(BOOK, title="Êàçàõñòàí")),
    ("REF-027", but(BOOK, publisher="РўРµРєСЃС‚")),
    ("REF-009", but(BOOK, type="standard", title="Үлгілерге қойылатын талаптар")), ("REF-017", but(ARTICLE, page="100-90")),
    ("REF-017", but(ARTICLE, page="12–9")), ("REF-018", but(PAGE, type="document", accessed=None, publisher="Үлгі", issued="2001")),
    ("REF-026", but(BOOK, title="Мысал үш)")),
    ("REF-015", but(BOOK, issued="199")), ("REF-015", but(BOOK, issued="0")), ("REF-015", but(BOOK, issued="2020-13")),
    ("REF-015", but(BOOK, issued="199-05")), ("REF-015", but(ARTICLE, issued="1500")),
    ("REF-015", but(BOOK, type="manuscript", issued="0", archive="Мұрағат", **{"archive_location": "1"})),
    ("REF-053", but(BOOK, DOI="10.5555/abc", URL="https://doi.org/10.5555/xyz")),
    ("REF-054", but(BOOK, title="О прошлом //Простор", language="ru")), ("REF-054", but(BOOK, title="Мысал // Үлгі")),
    ("REF-054", but(BOOK, title="Мысал// Үлгі")),
    ("TYP-004", but(BOOK, author=["Сəрсенов, А."])), ("TYP-004", but(BOOK, title="Тіл əлемі")), ("TYP-004", but(BOOK, title="Тіл ӛлемі")),
    ("TYP-004", but(BOOK, author=["Ҥлгібаев, А."])), ("TYP-004", but(BOOK, author=["Сəрсенов, А."], language="ru", title="Пример книги")),
    ("TYP-004", but(BOOK, language="ru", title="Поэт Сəрсенов и его время")), ("TYP-004", but(BOOK, author=[{"literal": "Үлгі əлемі"}])),
    ("TYP-003", but(BOOK, title="ХХ ғасыр")), ("TYP-003", but(BOOK, title="История ХIХ века", language="ru")),
    ("TYP-003", but(BOOK, title="ХVІ том")), ("TYP-003", but(BOOK, author=[{"literal": "ХХІ ғасыр қоры"}])),
    ("REF-042", but(PAGE, URL="https://www.google.kz/url?sa=t&url=https%3A%2F%2Fjournal.example%2Fa&usg=x"))]


@pytest.mark.parametrize(("id", "entry"), WRONG)
def test_is_found(journal, id, entry):
    assert ids(journal, entry) == [id]


RIGHT = [
    but(BOOK, author=None), but(BOOK, publisher=None, publisher_place=None, DOI="10.5555/x"), but(ARTICLE, page=None, DOI="10.5555/x"),
    but(BOOK, type="thesis", publisher=None),  # journals print theses with the place alone
    but(ARTICLE, page=None, number="e112"), but(BOOK, author=None, editor=["Үлгі, Б."], type="thesis"),
    {"id": "example", "type": "legislation", "language": "kk", "title": "Үлгілер туралы", "issued": "2001-05-17", "number": "151"},
    {"id": "example", "type": "legislation", "language": "kk", "title": "Үлгінің Конституциясы", "issued": "1995-08-30"},
    {"id": "example", "type": "manuscript", "language": "kk", "title": "Хат", "archive": "Мұрағат", "archive_location": "1-қор"},
    {"id": "example", "type": "article-newspaper", "language": "kk", "title": "Хабар", "container-title": "Үлгі", "issued": "2001-05-17"},
    but(PAGE, publisher=None), but(BOOK, DOI="doi:10.5555/X_(y)<1>"), but(BOOK, DOI="https://doi.org/10.5555/x"),
    but(BOOK, ISBN="9780000000002"), but(BOOK, ISBN="ISBN 0 00 000000 0 (қатты)"), but(BOOK, ISBN="9780000000002 0000000000"),
    but(ARTICLE, ISSN="12345679"), but(ARTICLE, ISSN="1234-5679 2345-6787"), but(PAGE, URL="https://үлгі.қаз/бет?a=1#b"),
    but(PAGE, URL="http://journal.example:8080/(a)_b"), but(ARTICLE, URL="https://doi.org/10.5555/x", DOI="10.5555/x"),
    but(ARTICLE, URL="https://journal.example/10.5555"), but(BOOK, issued="2001/2003"), but(BOOK, issued="[б. ж.]"),
    but(BOOK, type="manuscript", issued="1201", archive="Мұрағат", **{"archive_location": "1"}), but(BOOK, issued="2026"),
    but(PAGE, accessed="2026-03-30"), but(ARTICLE, page="176–81"), but(ARTICLE, page="S5–S9, 12–15"), but(ARTICLE, page="xii–xx"),
    but(ARTICLE, page="1.1–1.20"), but(PAGE, type="post", accessed="2026-01"), but(PAGE, accessed=None, DOI="10.5555/x"),
    but(BOOK, language=None, title="Қазақ тілінің қысқаша грамматикасы және оның тарихы"), but(BOOK, language="қазақша"),
    but(BOOK, language="ru", title="IBM SPSS Statistics"), but(BOOK, language="ru", title="Istoriya pechatnoi knigi i ee chitatelei"),
    but(BOOK, language="de", title="Die Geschichte des gedruckten Buches und seiner Leser"),
    but(BOOK, title="Абай: «Слово о том, как жить»"),
    but(BOOK, title="KOICAның PDFке көшуі, C дәрумені және web-беттер"), but(BOOK, title="Функция x және y(c)"),
    but(BOOK, title="IT-компаниялар мен COVID-19"), but(BOOK, title="БАҚ, ЖОО, ЮНЕСКО"), but(BOOK, title="UNESCO пен OECD"),
    but(BOOK, title="Мысал: а) бірінші, б) екінші"), but(BOOK, title="“Мысал” және „кітап“"),
    but(BOOK, title='5,25" дискета'), but(BOOK, title="Jean d'Ormesson's L’idée", language="en"), but(BOOK, title="Бар ма??"),
    but(BOOK, type="standard", title="МЕМСТ 7.1-2003. Талаптар"), but(BOOK, type="standard", title="Талаптар", number="7.1-2003"),
    but(ARTICLE, page="1119–84"), but(ARTICLE, page="1–100"), but(BOOK, title="Мысал (а) және б)"),
    but(BOOK, title="а) бірінші (2) екінші"),
    but(BOOK, title="Мысал (екі: а) бірінші, б) екінші)"), but(BOOK, title="(i) мысал, (ii) кітап iii)"),
    but(PAGE, URL="https://www.google.com/search?q=https://journal.example/a"),
    but(PAGE, URL="https://journal.example/url?q=https://a.example/b"),
    but(PAGE, URL="https://www.google.com/url?q=nothing"), but(PAGE, type="document", accessed=None, DOI="10.5555/x", issued="2001"),
    but(BOOK, issued="2020-21"), but(BOOK, type="manuscript", issued="850", archive="Мұрағат", **{"archive_location": "1"}),
    but(BOOK, issued="[199?]"), but(BOOK, issued="1500"), but(BOOK, DOI="10.5555/a<1>", URL="https://doi.org/10.5555/A%3C1%3E"),
    but(BOOK, DOI="10.5555/a", URL="https://doi.org/10.5555/a?from=x"), but(BOOK, title="C//C, https://journal.example, үлгі //"),
    but(BOOK, title="Azərbaycan dili", language="az"), but(BOOK, title="Əliyev пен Мысалов"), but(BOOK, author=["Əliyev, Ə."]),
    but(BOOK, author=["Ху, ХУ"]), but(BOOK, title="XX ғасыр және Х. Мысалов"),
    but(BOOK, publisher="Éditions naïves à l’œuvre"), but(BOOK, title="Àêàð")]


@pytest.mark.parametrize("entry", RIGHT, ids=lambda value: json.dumps(value, ensure_ascii=False)[18:])
def test_is_left_alone(journal, entry):
    assert ids(journal, entry) == []


def test_missing_fields_of_one_entry_are_one_finding(journal):
    journal.overlay({"references": [{"id": "example", "type": "book", "author": ["Абай"]}], "text": "Мәтін [@example].\n"})
    assert [(each.id, each.message) for each in journal.findings()] == [
        ("REF-003", "the title of the reference “example” is missing"),
        ("REF-009", "the reference “example” lacks: publisher, place of publication, year")]


def test_what_nobody_cites_is_not_looked_at(journal):
    assert ids(journal, BOOK, but(BOOK, id="other", issued="2099", DOI="x", publisher=None), text="Мәтін [@example].\n") == ["CIT-002"]


def test_every_required_field_is_one_of_csl(journal):
    for kind, needed in REQUIRED.items():
        assert all(name and fields for name, fields in needed), kind


# --- two entries ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("id", "first", "second"), [
    ("REF-007", BOOK, {"title": "«Мысал», кітап!"}), ("REF-007", BOOK, {"title": "МЫСАЛ кітап", "author": None}),
    ("REF-007", but(ARTICLE, DOI="10.5555/A"), {"DOI": "https://dx.doi.org/10.5555/a", "title": "Басқа атау"}),
    ("REF-008", but(BOOK, title="Мысал кітаптың тарихы"), {"title": "Мысал кітабтың тарихы"}),
    ("REF-008", but(BOOK, title="Образцовая книга", language="ru", author=["Примеров, И."]),
     {"title": "Obraztsovaia kniga", "author": ["Primerov, I."], "language": "en"}),
    ("REF-008", but(BOOK, title="Большой словарь Шиль", language="ru", author=["Примеров, И."]),
     {"title": "Bol'shoi slovar' Shil'", "author": ["Primerov, I."], "language": "en"}),
    ("REF-008", but(BOOK, title="Абай жолы", author=["Әуезов, М."]),
     {"title": "Abai zholy", "author": ["Auezov, M."], "language": "en"}),
    ("REF-008", but(BOOK, title="Bolʹshoi slovarʹ", language="en"), {"title": "Bol’shoi slovar’"}),
    ("REF-008", but(BOOK, title="Мысал кітаптың тарихы"), {"title": "Мысал кітабтың тарыхы"})])
def test_one_work_twice(journal, id, first, second):
    assert ids(journal, *two(first, second)) == [id]


@pytest.mark.parametrize(("first", "second"), [
    (BOOK, {"issued": "2002"}), (BOOK, {"author": ["Басқа, Б."]}), (but(BOOK, volume="1"), {"volume": "2"}),
    (ARTICLE, {"page": "20–25"}), (but(ARTICLE, DOI="10.5555/a"), {"DOI": "10.5555/b"}),
    (but(BOOK, title="Мысал кітап, 1-бөлім"), {"title": "Мысал кітап, 2-бөлім"}), (BOOK, {"title": "Мысал сөздік"}),
    (PAGE, {"URL": "https://journal.example/other"}), (but(BOOK, title="Абай жолы"), {"title": "Абай жоли"}),
    (but(BOOK, title="Абай жолы", author=["Әуезов, М."]), {"title": "Abai zhyry", "author": ["Auezov, M."], "language": "en"}),
    (but(BOOK, title="Образцовая книга", language="ru", author=["Примеров, И."]),
     {"title": "Obraztsovyi slovar", "author": ["Primerov, I."], "language": "en"})])
def test_two_works(journal, first, second):
    assert ids(journal, *two(first, second)) == []


@pytest.mark.parametrize(("one", "other"), [
    ("Назарбаев, Н. А.", "Назарбаев, Н. Ә."), ("Касымов, А. Б.", "Қасымов, А. Б."), ("Тілеубеков, А. Б.", "Тілеубков, А. Б."),
    ("Müller, A.", "Muller, A.")])
def test_an_author_spelled_two_ways(journal, one, other):
    found = ids(journal, *two(but(BOOK, author=[one]), {"author": [other], "title": "Екінші", "issued": "2002"}))
    assert found == (["REF-024"] if one != "Müller, A." else [])


@pytest.mark.parametrize(("one", "other"), [
    (["Назарбаев, Н. Ә."], ["Назарбаев, Нұрсұлтан Әбішұлы"]), (["Назарбаев, Н."], ["Назарбаев, Н. Ә."]),
    (["Назарбаев, Н. Ә."], ["Nazarbayev, N."]), (["Ахметов, А. Б."], ["Ахметова, А. Б."]), (["Иванов, А. Б."], ["Иванов, В. Г."]),
    (["Тілеубеков, А."], ["Тілеубков, А."]), (["Абай"], ["Абайұлы"])])
def test_authors_who_are_two_people_or_spelled_alike(journal, one, other):
    assert ids(journal, *two(but(BOOK, author=one), {"author": other, "title": "Екінші", "issued": "2002"})) == []


def test_an_author_has_another_spelling_in_another_language(journal):
    first = but(BOOK, author=["Қасымов, Ә. Б."])
    assert ids(journal, *two(first, {"author": ["Касымов, А. Б."], "title": "Вторая книга", "issued": "2002", "language": "ru"})) == []


# --- people ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "found"), [
    ("Иванов И.И., Петров П.П.", [("REF-036", "Иванов И.И.; Петров П.П.")]),
    ("И. И. Иванов, П. П. Петров", [("REF-036", "И. И. Иванов; П. П. Петров")]),
    ("Иванов, И.И., Петров, П.П., Осипов, О.О.", [("REF-036", "Иванов, И.И.; Петров, П.П.; Осипов, О.О.")]),
    ("Smith JA, Brown K", [("REF-036", "Smith JA; Brown K")]),
    ("Smith, John; Brown, Kate", [("REF-036", "Smith, John; Brown, Kate")]),
    ({"family": "Иванов И.И.", "suffix": "Петров П.П.", "given": "Осипов О.О."}, [("REF-036", "Иванов И.И.; Петров П.П.; Осипов О.О.")]),
    ({"literal": "Иванов Иван Иванович, Петрова Анна Петровна"}, [("REF-036", "Иванов Иван Иванович; Петрова Анна Петровна")]),
    ({"family": "Иванов и Петров", "given": "И."}, [("REF-036", "Иванов; Петров")]),
    ("Иванов и Петров", [("REF-036", "Иванов; Петров")]),
    ({"family": "Петров", "dropping-particle": "и", "given": "Иванов"}, [("REF-036", "Иванов; Петров")]),
    ({"family": "Петров", "given": "Иванов и"}, [("REF-036", "Иванов; Петров")]),
    ("Сәрсенов және Мұратова", [("REF-036", "Сәрсенов; Мұратова")]),
    ("и др.", [("REF-037", "")]), ("et al.", [("REF-037", "")]), ("және т.б.", [("REF-037", "")]), ("т.б.", [("REF-037", "")]),
    ("Иванов, И. И. и др.", [("REF-037", "Иванов, И. И.")]), ("Smith, J., et al", [("REF-037", "Smith, J.")]),
    ("Осипов О.О.", [("REF-038", "Осипов, О. О.")]), ("О. О. Осипов", [("REF-038", "Осипов, О. О.")]),
    ({"family": "Осипов О.О.", "given": "Олег"}, [("REF-038", "Осипов, Олег")]),
    ({"family": "А.Б.", "given": "Мысалов"}, [("REF-039", "Мысалов, А. Б.")]),
    ({"family": "О.", "given": "Осипов О."}, [("REF-039", "Осипов, О. О.")]),
    ({"family": "JB", "given": "Smith"}, [("REF-039", "Smith, JB")]),
    ({"family": "И И", "given": "Мысалов"}, [("REF-039", "Мысалов, И И")]),
    ({"family": "А.", "given": "Мысалов"}, [("REF-039", "Мысалов, А.")]),
    ("ИВАНОВ, И. И.", [("REF-041", "Иванов")]), ("АЛИЕВ-ҚАСЫМОВ, И.", [("REF-041", "Алиев-Қасымов")])])
def test_a_name_that_is_typed_wrong(journal, name, found):
    if isinstance(name, str):
        family, comma, given = name.partition(", ")
        name = {"family": family, "given": given} if comma else {"literal": name}
    edition = journal.edition()
    (book,) = (each for each in edition.article.references if each["id"] == "example")
    article = replace(edition.article, references=({**book, "author": [name]},))  # reading would part some of them itself
    told = run_checks(replace(edition, article=article))
    assert [(each.id, each.expected) for each in told] == found
    assert "“example”" in told[0].message and told[0].place.path.endswith("references.yaml")
    assert told[0].place.field == "references[1].author"


@pytest.mark.parametrize("names", [
    ["Иванов, И. И.", "Иванов, П. И."], ["Иванов, Иван Иванович"], ["ЮНЕСКО"], ["Үлгі және Мысал баспасы"], ["Simon and Schuster"],
    ["Шелл и Компания"], ["Фонд Н. А. Иванова и Л. А. Петрова"], ["Лондон, Париж"], ["Институт им. А. Б. Иванова"], ["Абай"], ["Т. Б."],
    ["Иванов, Т. Б."], ["Ли, В."], ["Ortega y Gasset, José"], ["van der Berg, J."], ["AT&amp;T Laboratories"], ["Smith, J. A., Jr."],
    [{"literal": "others"}], ["ЦОЙ, В."], [{"family": "LI", "given": "Wei"}], ["U, Thant"], ["Министерство образования и науки РК"],
    ["World Health Organization, WHO"], ["Мысалов, Ұлан Серікұлы"],
    [{"family": "Примерова-Образцова", "given": "А.-Б."}], ["Үлгі, А.Б.", "Үлгі, Б.А."]])
def test_names_that_are_right(journal, names):
    assert ids(journal, but(BOOK, author=names, language="ru", title="Образцовая книга")) == []


def test_a_person_twice_in_one_entry(journal):
    assert ids(journal, but(BOOK, author=["Үлгі, А. Б.", "Мысал, В.", "Үлгі, А.Б.", "Үлгі, А. Б."])) == ["REF-040"]
    assert ids(journal, but(BOOK, author=["Үлгі, А. Б."], editor=["Үлгі, А. Б."])) == []


@pytest.mark.parametrize(("typed", "found"), [
    ("Иванов Иван Иванович, Петров Пётр Петрович", "REF-036"), ("Smith JB", "REF-039"), ("Иванов и Петров", "REF-036"),
    ("Иванов, И. И. and и др.", "REF-037"), ("Иванов, И. И. and others", None), ("Иванов, И. И. and {et al.}", "REF-037")])
def test_names_in_bibtex(journal, typed, found):
    bib = "@book{more,\n  title = {Образцовая книга}, year = 2001, publisher = {П}, address = {А}, langid = {russian},\n"
    bib += f"  author = {{{typed}}}}}\n"
    told = journal.overlay({"bib": bib, "text": "Мәтін [@example; @more].\n"}).findings()
    assert [each.id for each in told] == [found] * bool(found) and all(each.place.line == 3 for each in told)


@pytest.mark.parametrize("said", ["langid = {kazakh}", "language = {kk}", ""])
def test_letters_of_bibtex_and_ris(journal, said):
    bib = ("@book{more, publisher = {Үлгі}, address = {Алматы}, year = 2001,\n  title = {Тіл əлемі және оның ХХ ғасырдағы тарихы},\n"
           f"  author = {{Сəрсенов, А.}}, {said}}}\n")
    told = journal.overlay({"bib": bib, "text": "Мәтін [@example; @more].\n"}).findings()
    assert [(each.id, each.found, each.expected, each.place.line) for each in told if each.id != "REF-019"] == [
        ("TYP-003", "ХХ", "XX", 2), ("TYP-004", "əлемі", "әлемі", 2), ("TYP-004", "Сəрсенов", "Сәрсенов", 3)]


@pytest.mark.parametrize(("file", "written"), [("bib", "{{Open Data KZ}}"), ("references", '{literal: "Open Data KZ"}')])
def test_an_organisation_taken_for_a_person_is_told_how_it_is_written(journal, file, written):
    bib = ("@book{more, title = {Sample}, year = 2001, publisher = {S}, address = {L}, langid = {english},\n  author = {Open Data KZ}}\n")
    entry = but(BOOK, id="more", author=[{"family": "KZ", "given": "Open Data"}], language="en", title="Sample")
    found = journal.overlay({"text": "Мәтін [@more].\n", file: bib if file == "bib" else [entry]}).findings()
    mends = [each.mend for each in found if each.id == "REF-039"]
    assert mends == [f"change the two: Open Data, KZ; an organisation is written whole: {written}"]


def test_hostile_names(journal):
    names = [{"family": "А" * 50_000}, {"literal": "А.Б" * 20_000}, {"literal": "Аб " * 20_000}, {"literal": "А-" * 20_000 + ";"}]
    assert ids(journal, but(BOOK, author=names * 5, language="ru", title="Образцовая книга"))


# --- citations ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "found"), [
    ("Бір [1], екі [3], үш [2].", ["CIT-005"]), ("Бір [2, 5], екі [1], үш [3].", ["CIT-005"]), ("Бір [1–2; 4], үш [2], [3].", ["CIT-005"]),
    ("Бір [1], екі [2, с. 15], үш [1; 3, 12–14].", []), ("Аралық [0, 1] және [5, 7].", []), ("Код `[9] [8] [7]`, $[5][6][7]$.", []),
    ("Сілтеме [5](https://journal.example), [6](#a), [7](#b).", [])])
def test_numbers_that_were_typed(journal, text, found):
    assert ids(journal, BOOK, text=f"Мәтін [@example]. {text}\n") in (found, [*found, "FIG-003"], ["FIG-003"] * 2)


def test_numbers_of_an_alphabetical_list_follow_no_order(journal):
    assert ids(journal, BOOK, text="Бір [@example], [3], [1], [2].\n", journal={"csl": "gost-7.1-2003-alphabetical"}) == []


@pytest.mark.parametrize(("text", "found"), [
    ("[@example; @example]", ["CIT-006"]), ("[@example, 5; @example, 5]", ["CIT-006"]), ("[@example, 5; @example]", ["CIT-006"]),
    ("[@example, 5; @example, 7]", []), ("[@example, 5] және [@example, 5]", [])])
def test_a_source_twice_in_one_bracket(journal, text, found):
    assert ids(journal, BOOK, text=f"Мәтін {text}.\n") == found


@pytest.mark.parametrize(("entry", "locator", "found"), [
    (but(ARTICLE, page="40–55"), "68–69", ["CIT-007"]), (but(BOOK, number_of_pages="235"), "12, 240", ["CIT-007"]),
    (but(ARTICLE, page="40-55"), "3", ["CIT-007"]), (but(ARTICLE, page="176–81"), "180", []), (but(ARTICLE, page="e112"), "3", []),
    (but(ARTICLE, page="40"), "41", []), (BOOK, "999", []), (but(BOOK, number_of_pages="xii, 235"), "б. 235", []),
    (but(BOOK, number_of_pages="235", volume="2"), "400", []), (but(BOOK, number_of_pages="235"), "300-тарау", [])])
def test_the_cited_page(journal, entry, locator, found):
    assert ids(journal, entry, text=f"Мәтін [@example, {locator}].\n") == found


def test_pages_are_read():
    assert _ranges("176–81, 5; 1119-1184") == [(176, 181), (5, 5), (1119, 1184)] and _ranges("e112") == [] and _ranges("5--9") == [(5, 9)]


@pytest.mark.parametrize("number", [30, 31, 400])
def test_a_whole_file_that_is_missing_is_one_finding(journal, number):
    journal.overlay({"text": "Мәтін [@example].\n\n" + "\n\n".join(f"Бұл [@no{at}] және [@no{at}, 5]." for at in range(number)) + "\n"})
    found = journal.findings()
    assert {each.id for each in found} == {"CIT-001"} and len(found) == (30 if number == 30 else 1)
    assert found[0].found == ("no0" if number == 30 else f"no0, no1, no2 and {number - 3} more")


def test_places_are_looked_up_in_one_pass(journal, monkeypatch):
    keys = "бір", "b:c", "url:https://journal.example/a", "екі.үш", "d_e", "f/g-h"
    text = "".join(f"Мәтін @{key}, [see @{{{key}}}, 5], [-@{key}]. [a](#{key})\n" for key in keys) * 3
    article = journal.overlay({"text": text}).edition().article
    passes = []
    monkeypatch.setattr(model, "MENTION", SimpleNamespace(finditer=lambda source: passes.append(source) or MENTION.finditer(source)))
    model._mentions.cache_clear()
    for key in keys:
        places = [article.find_key(key, nth) for nth in range(1, 14)]
        lines = article.source.split("\n")
        assert len(set(places)) == 12 and places[-1] == places[-2]
        assert all(lines[place.line - article.first_line].startswith(key, place.column - 1) for place in places)
    assert len(passes) == 1
    assert article.find("көк") == article.find_key("көк") == Place(article.path, article.first_line)
    assert [article.find("Мәтін", nth).line - article.first_line for nth in (1, 2, 18, 19)] == [1, 2, 18, 0]


def test_what_a_cited_entry_takes_its_data_from_is_needed(journal):
    bib = ("@collection{all, title = {Мысал жинағы}, year = 2001, publisher = {Ү}, location = {А}, langid = {kazakh}, xdata = {more}}\n"
           "@xdata{more, note = {x}}\n@collection{none, title = {Басқа жинақ}}\n"
           "@incollection{part, title = {Бөлім}, crossref = {all}, author = {Үлгі, Автор}, pages = {5--9}, langid = {kazakh}}\n")
    told = journal.overlay({"bib": bib, "text": "Мәтін [@example; @part].\n"}).findings()
    assert [(each.id, each.found) for each in told] == [("CIT-002", "none")]


@pytest.mark.parametrize("number", [10, 11, 2_999])
def test_a_whole_library_is_one_finding(journal, number):
    entries = [{"id": f"key{at}", "type": "book", "title": "Кітап"} for at in range(number)]
    journal.overlay({"references": [BOOK, *entries], "text": "Мәтін [@example].\n"})
    found = journal.findings()
    assert {each.id for each in found} == {"CIT-002"} and len(found) == (10 if number == 10 else 1)
    if number > 10:
        assert found[0].message == f"listed, but never cited: key0, key1, key2 and {number - 3} more"


# --- the second list, shares ----------------------------------------------------------------------------------------
SECOND = {"second_list": "apa"}


def test_english_titles_are_asked_for_the_second_list_only(journal):
    assert ids(journal, BOOK) == []
    assert ids(journal, BOOK, journal=SECOND) == ["REF-022"]
    assert ids(journal, but(BOOK, title_en="A book"), journal=SECOND) == []
    assert ids(journal, but(BOOK, title="A book of samples and examples", language="en"), journal=SECOND) == []
    both = {"second_list": "kaznpu-acs"}  # this pattern prints the journal's English name, the first one does not
    assert ids(journal, but(ARTICLE, title_en="An article"), journal=SECOND) == []
    assert ids(journal, but(ARTICLE, title_en="An article"), journal=both) == ["REF-023"]
    assert ids(journal, but(ARTICLE, title_en="An article", container_title="Samples"), journal=both) == []
    assert ids(journal, BOOK, journal={"second_list": "gost"}) == []  # this one prints none


def books(*changes: dict) -> list[dict]:
    return [{**BOOK, "id": f"b{at}", "title": f"{at}-кітап", "author": ["Басқа, Б."], **each} for at, each in enumerate(changes)]


@pytest.mark.parametrize(("rules", "changes", "found"), [
    ({"recent_references": {"years": "5", "least": "50"}}, [{}] * 3 + [{"issued": "2021"}] * 2, ["REF-028"]),
    ({"recent_references": {"years": "5", "least": "40"}}, [{}] * 3 + [{"issued": "2021"}] * 2, []),
    ({"recent_references": {"years": "5", "least": "50"}}, [{}] * 4, []),
    ({"foreign_references": {"least": "30"}}, [{}] * 4 + [{"language": "en", "title": "The fifth of the books"}], ["REF-029"]),
    ({"foreign_references": {"least": "20"}}, [{}] * 4 + [{"language": "de", "title": "Das Buch"}], []),
    ({"foreign_references": {"most": "10"}}, [{}] * 4 + [{"language": "ru", "title": "Пятая книга"}], []),
    ({"own_references": {"most": "20"}}, [{}] * 3 + [{"author": ["Улги, А."]}, {"author": ["Ulgi, Avtor"]}], ["REF-030"]),
    ({"own_references": {"most": "20"}}, [{}] * 4 + [{"author": ["Улги, А."]}], []),
    ({"own_references": {"most": "0"}}, [{}] * 4 + [{"author": ["Үлгі, Б."]}], [])])
def test_shares(journal, rules, changes, found):
    assert ids(journal, *books(*changes), journal={"rules": rules}) == found


# --- places ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "text", "line"), [
    ("more.bib", "@string{a = {b}}\n\n@book{more,\n  title = {Мысал кітап},\n  year = {2001}, doi = {10.5555},\n publisher = {Ү}, "
     "address = {А}, langid = {kazakh}}\n", 5),
    ("more.json", '[\n {"id": "more", "type": "book", "language": "kk", "title": "Мысал",\n  "publisher": "Ү", "publisher-place": "А",\n'
     '  "issued": {"date-parts": [[2001]]},\n  "DOI": "10.5555"}\n]\n', 5),
    ("more.ris", "TY  - BOOK\nID  - more\nTI  - Мысал кітап\nPY  - 2001\nDO  - 10.5555\nPB  - Ү\nCY  - А\nLA  - kk\nER  - \n", 5),
    ("more.yaml", "- id: more\n  type: book\n  language: kk\n  title: Мысал\n  DOI: '10.5555'\n  issued: 2001\n", 5)])
def test_a_finding_stands_on_the_line_of_its_field(journal, name, text, line):
    (journal.article / name).write_text(text, "utf-8")
    journal.overlay({"text": "Мәтін [@example; @more].\n"})
    (found,) = (each for each in journal.findings() if each.id == "REF-010")
    assert (found.place.path.rsplit("/", 1)[1], found.place.line) == (name, line) and "DOI" in found.place.field


# --- retractions ----------------------------------------------------------------------------------------------------
def row(doi="10.5555/x", title="A sample of samples, retracted", nature="Retraction", year=2001) -> str:
    return f'1,"{title}",5/31/2024 0:00,10.5555/notice,1/1/{year} 0:00,{doi},{nature},+Error in Data;+Plagiarism;,No,'


HEAD = ("Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason,Paywalled,Notes,")
CITED = but(ARTICLE, DOI="10.5555/X")


@pytest.mark.parametrize(("rows", "entry", "found"), [
    ([row()], CITED, ["REF-031"]), ([row(nature="Expression of concern")], CITED, ["REF-033"]), ([row(nature="Correction")], CITED, []),
    ([row(), row(nature="Reinstatement")], CITED, []), ([row(nature="Expression of concern"), row()], CITED, ["REF-031"]),
    ([row("unavailable", "RETRACTED: Мысал мақаланың ұзақ атауы")], but(ARTICLE, title="«Мысал» мақаланың ұзақ атауы"), ["REF-032"]),
    ([row("unavailable", "Мысал мақаланың ұзақ атауы", year=2002)], but(ARTICLE, title="Мысал мақаланың ұзақ атауы"), []),
    ([row("unavailable", "Мысал мақала")], ARTICLE, []), ([row("10.5555/xx")], CITED, [])])
def test_retracted_works(journal, rows, entry, found):
    assert ids(journal, entry, journal={"retractions": "r.csv"}, beside={"r.csv": "\n".join([HEAD, *rows]) + "\n"}) == found


def test_a_retraction_is_told_with_its_day_and_reason(journal):
    journal.overlay({"references": [CITED], "text": "Мәтін [@example].\n", "journal": {"retractions": "r.csv"},
                     "beside": {"r.csv": f"\ufeff{HEAD}\n{row()}\n"}})
    assert [each.message for each in journal.findings()] == ["“example” was retracted on 2024-05-31: Error in Data; Plagiarism"]


@pytest.mark.parametrize(("name", "content", "words"), [
    ("r.csv", None, "it is not beside journal.yaml"), ("../r.csv", None, "it is not beside journal.yaml"),
    ("/etc/passwd", None, "it is not beside journal.yaml"), ("r.csv", "", ", ".join(COLUMNS)), ("r.csv", "DOI;Title\n", "OriginalPaperDOI"),
    ("r.csv", HEAD + '\n"' + "x" * 200_000 + "\n", "field larger"), ("a\0b", None, "journal.yaml")])
def test_a_list_that_can_not_be_used(journal, name, content, words):
    (journal.folder / "r.csv").write_text(f"{HEAD}\n{row()}\n", "utf-8")
    journal.overlay({"journal": {"retractions": name}, "beside": {} if content is None else {name: content}, "references": [CITED],
                     "text": "Мәтін [@example].\n"})
    (found,) = (each for each in journal.findings() if each.id == "REF-034")
    assert words in found.message and found.place.path == "source/journal.yaml" and found.place.line > 1


def test_sixty_thousand_retractions(journal):
    rows = [row(f"10.5555/no{at}", f"A made-up title of an article that nobody wrote, number {at}") for at in range(60_000)]
    assert ids(journal, CITED, journal={"retractions": "r.csv"}, beside={"r.csv": "\n".join([HEAD, *rows, row()])}) == ["REF-031"]


def test_what_is_compared():
    assert fold_doi("https://doi.org/10.5555/AbC.") == fold_doi("doi: 10.5555/abc") == "10.5555/abc" and fold_doi("unavailable") == ""
    assert fold_title("RETRACTED ARTICLE: <i>A</i> sample—of “Samples”") == "asampleofsamples"


# --- whole files ----------------------------------------------------------------------------------------------------
def findings_in_time(journal) -> list:
    began = time.monotonic()
    found = journal.findings()
    assert time.monotonic() - began < 10
    return found


def test_a_circular_crossref(journal):
    journal.overlay({"bib": "".join(f"@inbook{{c{at}, title = {{Круг}}, crossref = {{c{(at + 1) % 50}}}}}\n" for at in range(50))})
    assert {each.id for each in findings_in_time(journal)} == {"REF-005"}


def test_ten_megabytes(journal):
    journal.overlay({"bib": "@book{one, title = {Кітап}}\n" * 400_000})
    (found,) = findings_in_time(journal)
    assert found.id == "SRC-011" and found.place.path.endswith("more.bib")


def test_a_bibliography_in_windows_1251(journal):
    text = "".join(f"@book{{k{at}, title = {{Книга о лампах и не только}}, year = 2001, langid = {{russian}}}}\n" for at in range(50))
    (journal.article / "more.bib").write_bytes(text.encode("cp1251"))
    found = findings_in_time(journal)
    assert {each.id for each in found} == {"SRC-016", "CIT-002"} and len(found) == 2 and found[0].place.path.endswith("more.bib")


def test_a_bibliography_in_an_unknown_encoding(journal):
    (journal.article / "more.bib").write_bytes(b"@book{k, title = {" + bytes(range(128, 256)) + b"}}\n")
    (found,) = findings_in_time(journal)
    assert found.id == "SRC-009" and found.place.path.endswith("more.bib")


def test_six_hundred_cited_entries(journal):
    entries = [but(BOOK, id=f"k{at}", title=f"{at}-кітап", issued=str(1950 + at % 6), author=None) for at in range(600)]
    assert ids(journal, *entries, text="Мәтін " + " ".join(f"[@k{at}]" for at in range(600)) + "\n") == []


def words_of(number: int, letters: str) -> str:
    """A word of ten letters, another for each number."""
    return "".join(Random(number).choices(letters, k=10))


@pytest.mark.parametrize(("many", "found"), [
    (lambda at: {"title": f"Образцовая книга о{words_of(at, 'абвгдежзиклмнопр')}"}, 0),  # each like the others, and no two the same
    (lambda at: {"title": f"Образцовая книга о{words_of(at, 'абвгдежзиклмнопр')}"} if at % 2 else
     {"title": f"Obraztsovaia kniga o{words_of(at, 'abcdefghijklmnop')}", "language": "en"}, 0),
    (lambda at: {"title": "Образцовая книга", "volume": str(at)}, 0), (lambda at: {"title": "Образцовая книга"}, 2999),
    (lambda at: {"title": "Образцовая книга", "author": [
        {"family": "Абв" + words_of(at, "где") if at % 2 else "Abv" + words_of(at, "gde")}]},
     None),
    (lambda at: {"title": " ".join(["о" * 500 + str(at % 7)] * 100) if at % 2 else " ".join(["o" * 39] * 100)}, None)])
def test_thousands_of_like_entries_are_not_all_compared(monkeypatch, many, found):
    entries = [{"id": f"k{at}", "type": "book", "author": [{"family": "Примеров", "given": "И. И."}], "issued": {"date-parts": [[2001]]},
                **many(at)} for at in range(3000)]
    compared = {"pairs": 0, "letters": 0}

    def counted(name, letters):
        real = getattr(twins, name)

        def count(*given):
            compared["pairs"] += 1
            compared["letters"] += letters(*given)
            return real(*given)
        monkeypatch.setattr(twins, name, count)

    counted("_may_be_one", lambda *_: 0)
    counted("may_be_romanised", lambda one, other: len(one) * len(other))
    counted("SequenceMatcher", lambda _, one, other: len(one) * len(other))
    told = [[(one["id"], other["id"]) for one, other in find(entries)] for find in (twins.find_twins, twins.find_likely_twins) * 2]
    assert compared["pairs"] <= 4 * 5 * twins.NEAREST * len(entries) and compared["letters"] <= 4 * twins.MOST_LETTERS
    assert told[:2] == told[2:] and found in (None, len(told[0]) + len(told[1]))
    assert all(len(each) == len(dict(each)) for each in told)  # an entry is told once


@pytest.mark.parametrize("value", [None, 5, [], {}, [[]], ["x", 5], {"literal": 5}, {"date-parts": "x"}, {"date-parts": [["x"]]}])
def test_data_of_any_shape(journal, value):
    fields = ("issued", "author", "page", "DOI", "URL", "ISBN", "language", "container-title", "publisher", "archive")
    entries = [{"id": name, "title": "Кітап", name: value} for name in fields]
    (journal.article / "more.json").write_text(json.dumps(entries), "utf-8")
    journal.overlay({"text": "Мәтін [@example; " + "; ".join(f"@{name}" for name in fields) + "].\n", "journal": SECOND})
    assert journal.ids()


# --- identifiers ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("value", "right"), [
    ("978-0-00-000000-2", True), ("9780000000002", True), ("0-00-000000-0", True), ("0-9752298-0-X", True), ("0-9752298-0-1", False),
    ("977-0-00-000000-2", False), ("978-0-00-000000", False), ("", False)])
def test_isbn(value, right):
    assert is_isbn(value) is right


@pytest.mark.parametrize(("value", "right"), [
    ("https://journal.example", True), ("http://journal.example/a_(b)?c=d#e", True), ("ftp://journal.example/a", True),
    ("https://үлгі.қаз/бет", True), ("journal.example", False), ("https://journal", False), ("https://journal.example/a b", False),
    ("mailto:a@journal.example", False), ("https:/journal.example", False)])
def test_url(value, right):
    assert is_url(value) is right
