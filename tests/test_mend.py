"""Safe mends change the letters concerned and not a byte more; where the prose of the sources stands."""

import html
import json
import random
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import yaml
from conftest import SPECIMEN, specimen_front

from basylym import pipeline
from basylym.check import checks, letters
from basylym.cli import main
from basylym.mend import mend_file
from basylym.model import Mend, Place
from basylym.project import Project, Target
from basylym.read.prose import HOLE, prose, read_passages
from basylym.read.scalars import read_scalar
from basylym.typography import Slip
from basylym.typography.letters import find_mixed_words

FRONT = (SPECIMEN / "article.md").read_text("utf-8").split("---\n")[1]
BODY = """
# Кіріспе {#intro lang=kk}

Мәтіннің бірінші *сөйлемі* осы [@example, 12–14].
"""


@pytest.fixture
def journal(journal):
    """A journal that knows one check of typography alone, so that these tests are about writing."""
    others = [id for id, each in checks().items() if each.family == "TYP" and not each.firm and id != "TYP-002"]
    return journal.overlay({"journal": {"checks": dict.fromkeys(others, "off")}})


def passages(text: str, language: str = "kk"):
    return list(read_passages("article.md", text, language))


def texts(text: str) -> list[str]:
    return [each.text for each in passages(text)]


def write(journal, body: str, front: str = FRONT, ending: str = "\n", mark: bytes = b"", encoding: str = "utf-8") -> bytes:
    """Makes the article of these; its bytes."""
    data = mark + f"---\n{front}---\n{body}".replace("\n", ending).encode(encoding)
    (journal.article / "article.md").write_bytes(data)
    return data


def read(journal, name: str = "article.md") -> bytes:
    return (journal.article / name).read_bytes()


# --- where prose stands ---------------------------------------------------------------------------------------------
MARKDOWN = {
    "Бір *екі* **_үш_** ~~төрт~~ [бес]{.smallcaps} snake_case 2*3.": ["Бір екі үш төрт бес snake_case 2*3."],
    "Код `x` және $a$, $$b$$ және 5$, $10.": [f"Код {HOLE} және {HOLE}, {HOLE} және 5$, $10."],
    "[сөз](http://a.kz/б(в) \"т\") <https://a.kz> www.a.kz, 10.5555/аб. a@b.kz": [f"сөз {HOLE} {HOLE}, {HOLE}. {HOLE}"],
    "Сөз [см. @a, 5; @b], @c [7] және [жай].": [f"Сөз {HOLE}, {HOLE} және [жай]."],
    "Бір\n  екі   \nүш\\\nтөрт": ["Бір екі\nүш\nтөрт"],
    "Сөз[^1] бар^[Ескерту *осы*].\n\n[^1]: Тағы\n    бірі.\n\n    Екінші.": [
        f"Сөз{HOLE} бар{HOLE}.", "Ескерту осы", "Тағы бірі.", "Екінші."],
    "м^2^ H~2~O \\* \\alpha &nbsp;&#1072; &foo;": [f"м{HOLE} H{HOLE}O * {HOLE} \u00a0а &foo;"],
    "Бір <!-- жоқ\n\nжоқ --> екі <b>үш</b>": [f"Бір екі {HOLE}үш{HOLE}"],
    "<!-- жоқ\n\nжоқ -->\nБар\n\n<div>\nжоқ\n\nжоқ\n</div>\n\nТағы": ["Бар", "Тағы"],
    "```{.r}\nжоқ\n```\n\n    жоқ\n\n~~~\nжоқ\n\n```\n~~~\n\nБар": ["Бар"],
    "Тақырып\n=====\n\n## Екінші ##\n\n# Үшінші {#a}\n\n* * *\n\nБар": ["Тақырып", "Екінші", "Үшінші", "Бар"],
    "- бір\n  екі\n\n  үш\n\n      жоқ\n- төрт\n    1. бес\n\n> алты\n> жеті\n\nсегіз": [
        "бір екі", "үш", "төрт", "бес", "алты жеті", "сегіз"],
    "Термин\n:   мағына\n    тағы\n\n| өлең\n| жолы": ["Термин", "мағына тағы", "өлең", "жолы"],
    "| а | б |\n|---|:-:|\n| в \\| г | `|` д |\n\n: Кесте {#tbl:a}": ["а", "б", "в | г", f"{HOLE} д", "Кесте"],
    "  Аты   Саны\n------ -----\n  бір      1\n  екі      2\n\nБар": ["Аты", "Саны", "бір", "1", "екі", "2", "Бар"],
    "+-----+-----+\n| бір | екі |\n| үш  |     |\n+=====+=====+\n| төрт| бес |\n+-----+-----+\n": ["бір үш", "екі", "төрт", "бес"],
    "![Сурет *мынау*](a.png){#fig:a}\n\n[x]: http://a.kz \"жоқ\"\n\nБар": ["Сурет мынау", "Бар"],
    "Бар\n\n---\nreferences:\n- id: a\n  title: жоқ\n---\n\nТағы": ["Бар", "Тағы"],
    "\\begin{table}\nжоқ\n\\end{table}\n\n{{< include жоқ >}} бар": [f"{HOLE} бар"],
}


@pytest.mark.parametrize("source", MARKDOWN)
def test_what_is_prose(source):
    assert texts(source) == MARKDOWN[source]


@pytest.mark.parametrize("source", MARKDOWN)
def test_every_letter_knows_its_place(source):
    head = "---\ntitle: Т\n---\n\n"
    for each in passages(head + source):
        assert len(each.text) == len(each.offsets)
        for number, letter in enumerate(each.text):
            place = each.place(number, number + 1)
            line = (head + source).split("\n")[place.line - 1]
            if each.offsets[number] >= 0:
                assert line[place.column - 1] == letter and place.length == 1


def test_languages_of_passages():
    found = [(each.text, each.language) for each in passages(
        "Мына [русский *текст*]{lang=ru} сөз.\n\n::: {lang=en}\nEnglish\n\n:::: note\nstill\n::::\n:::\n\nҚазақша\n\n# Глава {lang=ru}\n")]
    assert found == [(f"Мына {HOLE} сөз.", "kk"), ("русский текст", "ru"), ("English", "en"), ("still", "en"), ("Қазақша", "kk"),
                     ("Глава", "ru")]


@pytest.mark.parametrize("written", [
    "бір екі", "'бір ''екі'''", '"бір \\u0435кі \\"үш\\""', "|\n  бір\n  екі\n",
    ">-\n  бір\n  екі\n\n  үш\n",
    "бір\n  екі", "&a бір", "!!str 'бір'", "|2+\n    бір\n   екі\n\n", '"бір \\\n   екі"'])
def test_yaml_values_letter_by_letter(written):
    value, offsets = read_scalar(written, 0, len(written))
    assert value.split() == yaml.safe_load(written).split()
    assert all(place < 0 or written[place] == letter for letter, place in zip(value, offsets, strict=True))


def test_every_text_of_the_front_matter_and_of_the_references_is_found(journal):
    journal.overlay({
        "references": [{"id": "example", "type": "book", "title": "Кітаптың атауы", "publisher": "Баспа", "language": "kk"}]})
    found = prose(journal.edition().article)
    by_field = {each.field: each for each in found if each.field}
    front = specimen_front()
    assert by_field["title.ru"].text == front["title"]["ru"] and by_field["title.ru"].language == "ru"
    assert by_field["keywords.kk[2]"].text == "тексеру" and by_field["affiliations[1].name.en"].text == "Specimen University"
    assert by_field["abstract.kk"].text.split()[:9] == front["abstract"]["kk"].replace("*", "").split()[:9]
    assert by_field["title"].kind == "reference" and str(by_field["title"].place(0, 8)).startswith(
        "source/2026-1/specimen/references.yaml:")
    assert not any(each.whole for each in found)
    assert not [each for each in by_field if "author" in each]


HOSTILE = ["[", "^[", "`a ``", "*a ", "_a", "$a ", "<!--", "[a](", "[a]{", " ", "\\", "&a", "<a", "@a:", "a@", "10.5555/a", "> ", "- ",
           "| a\n|-", "a\n---\n", "---\na: b\n", "::: {a}\n", "[^a]: ", "<div>", "\\begin{a}", "- - - a\n\n", "![a][", "```\n~~~\n",
           "a\n: b\n", "+-+\n|", "-- --\na\n\n", "<!--\n\n", "a `\n", "\t"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_alone(piece):
    def seconds(size: int) -> float:
        text = "Сөз\n\n" + piece * (size // len(piece))
        begun = time.process_time()
        list(read_passages("a.md", text, "kk"))
        return time.process_time() - begun

    seconds(2_000)
    assert seconds(100_000) < 10  # what is not linear takes minutes


# --- words in two alphabets -----------------------------------------------------------------------------------------
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
@pytest.mark.parametrize("word", ["KOICAнын", "IT-компания", "web-сайт", "PDFтен", "COVID-пен", "Wi-Fi-ды", "3Dға", "HPCтің", "iPhoneды",
                                  "LaTeXпен", "ХVІ", "ХХІ", "ISO-ға", "кітап_a1.md", "мaт/б", "а@мaт"])
def test_legitimate_mixes_are_spared(word):
    assert not list(find_mixed_words(f"Бұл {word} жақсы.", KAZAKH))


@pytest.mark.parametrize("word,meant", [("мaқала", "мақала"), ("Kазақстан", "Казақстан"), ("Iшкі", "Ішкі"), ("Соmputer", "Computer"),
                                        ("coдан", "содан"), ("Қaзaқстан", "Қазақстан"), ("ҚaзҰУ", "ҚазҰУ"), ("Tүркі", "Түркі")])
def test_the_alphabet_of_most_letters(word, meant):
    slip, = find_mixed_words(f"Бұл {word} жақсы.", KAZAKH)
    assert (slip.start, slip.end, slip.found, slip.expected, slip.safe) == (4, 4 + len(word), word, meant, True)
    assert not list(find_mixed_words(meant, KAZAKH))


@pytest.mark.parametrize("word", ["Тhе", "CО2", "cоnтент", "Maxқа", "eКітап", "CCCРның", "аa"])
def test_what_is_unclear_is_not_safe(word):
    slip, = find_mixed_words(word, KAZAKH)
    assert not slip.safe


def test_letters_that_a_language_lacks_are_not_offered():
    assert [slip.expected for slip in find_mixed_words("Россiя", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя")] == [""]


# --- the mends themselves -------------------------------------------------------------------------------------------
NASTY = {
    "tabs, trailing blanks": "\n\tтaқырып мақала\n\nБіз\tмaқала  \nжаздық мaқала.   \n\n\n",
    "comments": "\nБір <!-- тaқырып --> мaқала.\n\n<!-- тaқырып\n\nтaқырып -->\n\nмaқала соңы <!-- тaқырып\n\nтaқырып --> мaқала\n",
    "code, addresses": "\n`тaқырып` мaқала [мaқала](http://a.kz/тaқырып) <!--x--> $тaқырып$ \\text{тaқырып}\n\n```\nтaқырып\n```\n",
    "lists, tables": "\n- мaқала\n-   екі\n\n| мaқала | б |\n|--------|---|\n| в      | мaқала |\n\nТермин мaқала\n:   мaқала\n",
    "no line at the end": "\nмaқала",
    "notes, attributes": "\n# мaқала {#тaқырып}\n\nСөз^[мaқала][^тaқырып] [мaқала]{.тaқырып}\n\n[^тaқырып]: мaқала\n\n[тaқырып]: тaқырып\n",
    "citations": "\nмaқала [см. тaқырып @example, 5], @тaқырып мaқала.\n",
    "rare spaces": "\nмaқала\u00a0мaқала\u2028мaқала\x0bмaқала\x85мaқала\n",
    "labels": "\n[тaқырып] [Тaқырып][] [мaқала][тaқырып] [мaқала]\n\n[тaқырып]: http://a.kz\n",
    "old Macintosh": "\r\rмaқала\r- мaқала\r",
    "lines of all kinds": "\r\nмaқала\r\nмaқала\rмaқала\n\r\n`тaқырып`\n",
    "more YAML": "\nмaқала\n\n---\nreferences:\n# тaқырып\n- id: b\n  title: тaқырып\n---\n\nмaқала\n",
}
"""мaқала is to be mended wherever it stands, тaқырып nowhere."""


@pytest.mark.parametrize("ending,mark", [("\n", b""), ("\r\n", b"\xef\xbb\xbf")])
@pytest.mark.parametrize("name", NASTY)
def test_only_the_letters_concerned_change(journal, name, mark, ending):
    before = write(journal, NASTY[name], ending=ending, mark=mark)
    journal.run("check", "--fix")
    after = read(journal)
    assert after.decode() == before.decode().replace("мaқала", "мақала")
    assert after.decode().count("aқырып") == NASTY[name].count("aқырып")
    journal.run("check", "--fix")
    assert read(journal) == after


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-be", "utf-32"])
def test_the_encoding_stays(journal, encoding):
    text = f"---\n{FRONT}---\n\nБұл мaқала.\n"
    data = ("\ufeff" + text).encode(encoding) if encoding == "utf-16-be" else text.encode(encoding)
    (journal.article / "article.md").write_bytes(data)
    journal.run("check", "--fix")
    mended = text.replace("мaқ", "мақ")
    assert read(journal) == (("\ufeff" + mended).encode(encoding) if encoding == "utf-16-be" else mended.encode(encoding))


YAML = {
    "plain": ("kk: Бұл мaқала сөз", "kk: Бұл мақала сөз"),
    "single": ("kk: 'Бұл ''мaқала'': сөз # емес'", "kk: 'Бұл ''мақала'': сөз # емес'"),
    "double": ('kk: "Бұл \\u0441өз \\"мaқала\\": \\t сөз"', 'kk: "Бұл \\u0441өз \\"мақала\\": \\t сөз"'),
    "escaped letter": ('kk: "Бұл м\\u0061қала сөз"', 'kk: "Бұл м\\u0061қала сөз"'),
    "literal": ("kk: |-  # мaқала\n    Бұл мaқала\n\n    мaқала", "kk: |-  # мaқала\n    Бұл мақала\n\n    мақала"),
    "folded": ("kk: >2-\n\n    Бұл   мaқала\n      мaқала\n\n    мaқала", "kk: >2-\n\n    Бұл   мақала\n      мақала\n\n    мақала"),
    "over lines": ("kk: Бұл мaқала\n      мaқала # мaқала", "kk: Бұл мақала\n      мақала # мaқала"),
    "anchor": ("kk: &one Бұл мaқала", "kk: &one Бұл мақала"),
    "tag": ("kk: !!str 'Бұл мaқала'", "kk: !!str 'Бұл мақала'"),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("style", YAML)
def test_values_of_the_front_matter_are_mended_in_their_style(journal, style, ending):
    old, new = YAML[style]
    front = FRONT.replace("kk: Үлгі мақаланың тақырыбы", old)
    before = write(journal, BODY, front, ending)
    journal.run("check", "--fix", "--front-matter")
    assert read(journal) == before.replace(old.replace("\n", ending).encode(), new.replace("\n", ending).encode())
    assert b"\n  kk: " in read(journal)


def test_keys_names_and_comments_stay(journal):
    front = FRONT.replace("udc:", "# мaқала\nudc:").replace("[үлгі, тексеру, басылым]", "[мaқала, 'тeксеру', \"басылым\"]")
    write(journal, BODY, front)
    journal.run("check", "--fix", "--front-matter")
    assert read(journal).decode() == f"---\n{front}---\n{BODY}".replace("[мaқала, 'тeксеру'", "[мақала, 'тексеру'")


def test_references_are_mended_too(journal):
    (journal.article / "more.bib").write_text("@book{third, title = {Бұл мaқала}, year = 2020, langid = {kazakh}}\n", "utf-8")
    journal.overlay({"text": "Мәтін [@example; @other; @third].\n"})
    path = journal.article / "references.yaml"
    text = path.read_text("utf-8") + "  - id: other   # мaқала\n    type: book\n    title: 'Бұл мaқала'\n    issued: 2020\n"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    found = [finding for finding in journal.findings() if finding.id == "TYP-002"]
    assert [(finding.place.path.rpartition("/")[2], finding.place.line, bool(finding.fix)) for finding in found] == [
        ("more.bib", 1, False), ("references.yaml", text.count("\n") - 1, True)]
    journal.run("check", "--fix")
    assert path.read_bytes() == text.replace("'Бұл мaқала'", "'Бұл мақала'").replace("\n", "\r\n").encode()
    assert "мaқала" in read(journal, "more.bib").decode()


def test_references_in_the_front_matter_are_mended_too(journal):
    front = FRONT + "references:\n- {id: own, type: book, title: 'Бұл мaқала', issued: 2020, language: kk}\n"
    before = write(journal, BODY.replace("12–14", "12–14; @own"), front)
    journal.run("check", "--fix", "--front-matter")
    assert read(journal) == before.replace("мaқала".encode(), "мақала".encode())


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_front_matter_stays_unless_it_is_asked_for(journal, ending, capsys):
    front = FRONT.replace("kk: Үлгі мақаланың тақырыбы", "kk: Үлгі мaқала") + (
        "references:\n- {id: own, type: book, title: 'Бұл мaқала', issued: 2020, language: kk}\n")
    before = write(journal, BODY.replace("12–14", "12–14; @own") + "\nБұл мaқала.\n", front, ending)
    journal.run("check")
    assert "`basylym check --fix` mends: 1\n" in capsys.readouterr().out
    journal.run("check", "--fix", "--diff")
    assert "mends shown: 1;" in capsys.readouterr().err
    journal.run("check", "--format", "json")
    told = json.loads(capsys.readouterr().out)["articles"][0]["findings"]
    assert sorted(each["fix"]["safe"] for each in told if each["fix"]) == [False, False, True]
    journal.run("check", "--fix")
    head, body = before[:before.index(b"---", 3)], before[before.index(b"---", 3):]
    assert read(journal) == head + body.replace("мaқала".encode(), "мақала".encode())
    assert "TYP-002" in capsys.readouterr().out
    journal.run("check", "--fix", "--front-matter")
    assert read(journal) == before.replace("мaқала".encode(), "мақала".encode())


def test_a_front_matter_in_a_file_of_its_own_stays_too(tmp_path, monkeypatch):
    (tmp_path / "1.md").write_bytes("Бірінші мaқала.\n".encode())
    (tmp_path / "титул.yaml").write_bytes("title: Үшінші мaқала\nlang: kk\n".encode())
    monkeypatch.chdir(tmp_path)
    main(["check", "1.md", "титул.yaml", "--fix"])
    assert (tmp_path / "1.md").read_bytes().decode() == "Бірінші мақала.\n"
    assert (tmp_path / "титул.yaml").read_bytes().decode() == "title: Үшінші мaқала\nlang: kk\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_stands_over_two_lines_is_found_whatever_ends_them(journal, ending):
    body = "\nМәтін және\nжәне мәтін, қарым –\nқатынас [@example].\n"
    journal.overlay({"journal": {"checks": {}}})
    write(journal, body, ending=ending)
    assert [(each.id, each.found) for each in journal.findings() if each.id in ("TYP-007", "TYP-014")] == [
        ("TYP-014", "және және"), ("TYP-007", "қарым – қатынас")]


def test_several_files_of_one_manuscript(tmp_path, monkeypatch):
    names = ["1.md", "2.md", "титул.yaml"]
    (tmp_path / "1.md").write_bytes("Бірінші мaқала[^1].\r\n\r\n[^1]: мaқала".encode())
    (tmp_path / "2.md").write_bytes("# Екі\n\nЕкінші мaқала[^1].\n\n[^1]: Тағы мaқала\n".encode())
    (tmp_path / "титул.yaml").write_bytes("title: Үшінші мaқала  # мaқала\nlang: kk\n".encode())
    monkeypatch.chdir(tmp_path)
    main(["check", *names, "--fix", "--front-matter"])
    assert (tmp_path / "1.md").read_bytes().decode() == "Бірінші мақала[^1].\r\n\r\n[^1]: мақала"
    assert (tmp_path / "2.md").read_bytes().decode() == "# Екі\n\nЕкінші мақала[^1].\n\n[^1]: Тағы мақала\n"
    assert (tmp_path / "титул.yaml").read_bytes().decode() == "title: Үшінші мақала  # мaқала\nlang: kk\n"


# --- what may not be written ----------------------------------------------------------------------------------------
def mend(text: str, at: str, old: str, new: str, path: str = "article.md", nth: int = 0) -> tuple[str, int, set]:
    """What becomes of a text when `old` after `at` is replaced."""
    start = text.index(at) + len(at)
    start = text.index(old, start)
    line = text.count("\n", 0, start) + 1
    each = Mend(Place(path, line, start - text.rfind("\n", 0, start), length=len(old)), old, new)
    data, count, refused = mend_file(text.encode(), text, [each], "kk")
    return data.decode(), count, refused


@pytest.mark.parametrize("text,old,new", [
    ("Бір\n\n– екі\n", "–", "-"),  # would begin a list
    ("Бір\n\n1 . екі\n", "1 .", "1."),
    ("Бір\n\n: екі\n", ": ", ":  `"),
    ("---\ntitle: сөз :бар\n---\n\nБір\n", " :", ": "),  # would be a key
    ("---\ntitle: сөз#бар\n---\n\nБір\n", "сөз#", "сөз #"),  # would be a comment
    ("---\nkeywords: [бір; екі]\n---\n\nБір\n", ";", ","),  # would be two keywords
    ("---\ntitle: 'сөз'\n---\n\nБір\n", "сөз", "сө'з"),
    ("---\ntitle: сөз\n---\n\nБір\n", "title", "titlе"),
    ("---\ntitle: сөз\n---\n\nБір `сөз`\n", "сөз`", "сөз``"),
    ("Бір\n\nҮш\n", "Үш", "Төрт\n\nбес"),
])
def test_a_mend_that_would_be_read_in_another_way_is_refused(text, old, new):
    data, count, refused = mend(text, "", old, new)
    assert data == text and count == 0 and len(refused) == 1


def test_the_others_are_written_all_the_same():
    text = "Бір\n\n" + "– екі сөз\n\n" * 5 + "үш сөз\n"
    mends = [Mend(Place("a.md", 3 + 2 * number, 1), "–", "-") for number in range(5)]
    mends += [Mend(Place("a.md", 3 + 2 * number, 7), "сөз", "СӨЗ") for number in range(5)]
    data, count, refused = mend_file(text.encode(), text, mends, "kk")
    assert data.decode() == text.replace("екі сөз", "екі СӨЗ") and count == 5 and len(refused) == 5


def test_many_that_may_not_be_written_keep_no_other_back():
    text = "".join(f"{'– екі' if number % 5 else 'екі'} сөз {number}\n\n    бір\n\n" for number in range(1000))
    mends = [Mend(Place("a.md", 1 + 4 * number, 1), "–", "-") for number in range(1000) if number % 5]
    mends += [Mend(Place("a.md", 1 + 4 * number, 1), "е", "Е") for number in range(0, 1000, 5)]
    data, count, refused = mend_file(text.encode(), text, mends, "kk")
    assert data.decode() == re.sub("(?m)^е", "Е", text) and count == 200 and len(refused) == 800


def test_of_mends_in_each_others_way_the_first_is_written():
    text = "абвгд\n"
    mends = [Mend(Place("a.md", 1, 2), "бвг", "Б"), Mend(Place("a.md", 1, 1), "аб", "АБ"), Mend(Place("a.md", 1, 5), "д", "Д")]
    assert mend_file(text.encode(), text, mends, "kk") == ("АБвгД\n".encode(), 2, set())


def test_a_mend_that_does_not_find_its_letters_is_refused():
    text = "бір екі\n"
    for place in (Place("a.md", 1, 2), Place("a.md", 7, 1), Place("a.md", 1, 9), Place("a.md", 0, 1)):
        each = Mend(place, "бір", "үш")
        assert mend_file(text.encode(), text, [each], "kk") == (text.encode(), 0, {each})
    each = Mend(Place("a.md", 1, 1), "бір", "үш")
    assert mend_file(b"other", text, [each], "kk") == (b"other", 0, {each})  # changed since it was read


def test_an_old_encoding_that_lacks_the_letter_is_left(journal):
    text = f"---\nlanguage: ru\n---\n\n{'Это и есть русский текст, и он не для всех, но что с того. ' * 5}\n"
    data = text.encode("cp1251")
    each = Mend(Place("a.md", 5, 1), "Э", "Ә")
    assert mend_file(data, text, [each], "ru") == (data, 0, {each})
    each = Mend(Place("a.md", 5, 1), "Это", "То")
    assert mend_file(data, text, [each], "ru")[0] == text.replace("Это", "То", 1).encode("cp1251")


@pytest.mark.parametrize("text,start,end,new", [
    ("Бір *–* екі", 3, 6, "-"), ("Бір\nекі", 2, 5, "_"), ("Бір\nекі", 2, 4, ""), ("&nbsp;екі", 0, 1, " "), ("бір `x` екі", 4, 5, "y"),
    ("бір", 0, 3, "бі*р"), ("бір", 0, 3, "бір"), ("60*тан*", 2, 2, "-")])
def test_what_stands_apart_has_no_mend(text, start, end, new):
    assert passages(text)[0].mend(start, end, new) is None


@pytest.mark.parametrize("text,start,end,new,column,old,left", [
    ("*қарым* – қатынас", 0, 15, "қарым-қатынас", 8, " – ", "-"), ("60тан", 0, 5, "60-тан", 3, "", "-"), ("а  б", 1, 3, " ", 3, " ", ""),
    ("сөз`x`", 3, 3, " ", 4, "", " ")])
def test_the_letters_that_stay_are_left_alone(text, start, end, new, column, old, left):
    each = passages(text)[0].mend(start, end, new)
    assert (each.place.line, each.place.column, each.old, each.new) == (1, column, old, left)


# --- tables ---------------------------------------------------------------------------------------------------------
LAID_OUT = {
    "grid": "+------+-----+\n| 5кг  | 5кг |\n+------+-----+\n| бір  | екі |\n+------+-----+\n",
    "wide": "+--------------+------+\n| 5кг 5кг, 5кг | 5кг  |\n| 漢字 5кг     | 5кг  |\n+--------------+------+\n",
    "full": "+-----+-----+\n| 5кг |5кг  |\n+=====+=====+\n|5кг  |5кг| |\n+-----+-----+\n",
    "no room": "+---+---+\n|5кг|5кг|\n+---+---+\n",
    "spanning": "+------+-----+\n| 5кг  | 5кг |\n+------+-----+\n| 5кг мен   |\n+------------+\n",
    "simple": "  Аты   Саны\n------ -----\n  5кг    5кг\n  екі      2\n",
    "headless": "------ -----\n  5кг    5кг\n  екі      2\n------ -----\n",
    "multiline": "-------------\n  Аты   Саны\n   5кг  5кг\n------ ------\n  5кг  5кг\n  екі  5кг\n\n  екі  2\n-------------\n",
    "pipes": "| 5кг | б |\n|-----|---|\n| 5кг | 5кг |\n",
}
WRAPPED = {"alone": ("", ""), "quoted": ("> ", "> "), "in a list": ("- ", "  "), "in a note": ("[^1]: Ескерту:\n\n    ", "    ")}


def cells(text: str) -> list[str]:
    """The cells of the tables that pandoc reads in a text."""
    import pypandoc

    printed = pypandoc.convert_text(text, "html", "markdown-smart", extra_args=["--wrap=none"])
    found = re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", printed, re.S)
    return [" ".join(re.sub(r"<[^>]*>", " ", html.unescape(cell)).split()) for cell in found]


@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize("table", LAID_OUT)
def test_tables_keep_their_cells(table, wrapped):
    first, others = WRAPPED[wrapped]
    lines = LAID_OUT[table].split("\n")
    text = "Сөз[^1]\n\n" + "\n".join((others if number else first) + line for number, line in enumerate(lines[:-1])) + "\n\nсоңы 5кг\n"
    mends = [each.mend(at, at, "\u00a0") for each in read_passages("a.md", text, "kk")
             for at in (found.start() + 1 for found in re.finditer("[0-9]кг", each.text))]
    data, count, refused = mend_file(text.encode(), text, [each for each in mends if each], "kk")
    after = data.decode()
    assert after != text and after.endswith("соңы 5\u00a0кг\n") and count + len(refused) == len([each for each in mends if each])
    before, now = cells(text), cells(after)
    assert before and len(now) == len(before) and [cell.replace("\u00a0", " ").replace(" кг", "кг") for cell in now] == before
    if table in ("simple", "headless", "multiline", "no room"):
        assert count == 1
    elif table != "pipes":
        assert count > 1 and [*map(len, after.split("\n")[:-2])] == [*map(len, text.split("\n")[:-2])]


def test_a_grid_gives_back_what_a_mend_saves():
    text = "+------+------+\n| сөз,,  | 5кг  |\n+--------+------+\n".replace("+------+------+", "+--------+------+", 1)
    assert mend(text, "", ",,", ",")[0] == text.replace("сөз,,  |", "сөз,   |")
    text = "| а,,б | в |\n|------|---|\n"
    assert mend(text, "", ",,", ",")[0] == text.replace(",,", ",")


# --- headings that are linked to ------------------------------------------------------------------------------------
@pytest.mark.parametrize("link", ["[сөз](#бiрінші-бөлім)", "[сөз](#%D0%B1i%D1%80%D1%96%D0%BD%D1%88%D1%96-%D0%B1%D3%A9%D0%BB%D1%96%D0%BC)",
                                  "[Бiрінші бөлім]", "[сөз][бiрінші  бөлім]", "[сөз]\n\n[сөз]: #бiрінші-бөлім", "[сөз](#бiрінші-бөлім-1)",
                                  "[сөз](#бірінші-бөлім)"])
@pytest.mark.parametrize("heading", ["# Бiрінші *бөлім*", "Бiрінші бөлім\n===="])
def test_a_heading_that_is_linked_to_keeps_its_words(link, heading):
    heading = heading.replace("*", "") if link.startswith(("[Б", "[сөз][")) else heading
    text = f"{heading}\n\nБiр {link}\n"
    assert mend(text, "", "i", "і")[:2] == (text, 0)
    assert mend(text, "Б", "i", "і")[:2] == (text, 0)
    assert mend(text, "\n\n", "i", "і")[0] == f"{heading}\n\nБір {link}\n"
    own = text.replace("Бiрінші", "Жәй", 1).replace("\n", " i\n", 1)
    assert mend(own, "", "i", "і")[1] == 1


def test_a_heading_with_an_identifier_of_its_own_is_mended():
    text = "# Бiр `x` сөз {#a}\n\n[сөз](#бiр-x-сөз) [а](#a)\n"
    assert mend(text, "", "i", "і")[1] == 1
    assert mend(text.replace(" {#a}", ""), "", "i", "і")[1] == 0


def test_links_from_another_file_count(tmp_path, monkeypatch):
    (tmp_path / "1.md").write_bytes("---\nlanguage: kk\n---\n\n# Бұл мaқала\n\n# Тағы мaқала\n".encode())
    (tmp_path / "2.md").write_bytes("Міне [сөз](#бұл-мaқала).\n".encode())
    monkeypatch.chdir(tmp_path)
    main(["check", "1.md", "2.md", "--fix"])
    assert (tmp_path / "1.md").read_bytes().decode().endswith("# Бұл мaқала\n\n# Тағы мақала\n")


# --- the command ----------------------------------------------------------------------------------------------------
def test_diff_shows_what_fix_writes_and_writes_nothing(journal, capsys):
    before = write(journal, "\nБір мaқала.\r\nЕкі  \nмaқала")
    code = journal.run("check")  # which keeps what it found
    folder = {path: path.read_bytes() for path in journal.folder.rglob("*") if path.is_file()}
    for words in (["--diff"], ["--fix", "--diff"]):
        assert journal.run("check", *words) == code
        capsys.readouterr()
        journal.run("check", *words)
        shown = capsys.readouterr()
        assert {path: path.read_bytes() for path in journal.folder.rglob("*") if path.is_file()} == folder
    assert "mends shown: 2; nothing was written" in shown.err
    assert journal.run("check", "--diff", "--format", "json", "--output", "../report.json") == 0
    assert capsys.readouterr().out == shown.out
    told = json.loads((journal.folder.parent / "report.json").read_text("utf-8"))
    assert [each["id"] for each in told["articles"][0]["findings"]].count("TYP-002") == 2
    assert "-Бір мaқала.\r\n" in shown.out and "+Бір мақала.\r\n" in shown.out and "\\ No newline at end of file" in shown.out
    journal.run("check", "--fix")
    after = read(journal)
    assert after == before.replace("мa".encode(), "ма".encode())
    (journal.article / "article.md").write_bytes(before)
    if shutil.which("patch"):
        subprocess.run(["patch", "-p1", "--binary", "-s"], input=shown.out.encode(), cwd=journal.folder, check=True)
        assert read(journal) == after


def test_fix_tells_what_is_left(journal, capsys):
    write(journal, BODY + "\nБір мaқала, cоnтент.\n")
    assert journal.run("check") == 0
    assert "`basylym check --fix` mends: 1\n" in capsys.readouterr().out
    assert journal.run("check", "--fix") == 0
    out = capsys.readouterr().out
    assert "TYP-002" in out and "cоnтент" in out and "мaқала" not in out and "mends written: 1; warnings: 1" in out
    assert journal.run("check", "--fix") == 0
    assert "mends written: 0" in capsys.readouterr().out


def test_exit_codes_are_those_of_check(journal, capsys):
    write(journal, BODY + "\nБір мaқала.\n")
    for words, code in ((["--diff"], 0), (["--diff", "--strict"], 1), (["--strict"], 1), (["--fix", "--strict"], 0),
                        (["--fix", "--diff", "--format", "json"], 2)):
        assert journal.run("check", *words) == code, words
    assert "--output" in capsys.readouterr().err


def test_what_is_allowed_or_switched_off_stays(journal):
    before = write(journal, BODY + "\nБір мaқала.\n", FRONT + "allow: [{check: TYP-002, because: An example.}]\n")
    journal.run("check", "--fix")
    assert read(journal) == before
    before = write(journal, BODY + "\nБір мaқала.\n")
    journal.overlay({"journal": {"checks": {"TYP-002": "off"}}, "file": before.decode()}).run("check", "--fix")
    assert read(journal) == before


def test_a_file_changed_meanwhile_is_refused(journal, monkeypatch, capsys):
    write(journal, BODY + "\nБір мaқала.\n")
    work = pipeline.work

    def slow(task):
        result = work(task)
        (journal.article / "article.md").write_bytes(b"typed meanwhile")
        return result

    monkeypatch.setattr(pipeline, "work", slow)
    assert journal.run("check", "--fix") == 3
    assert read(journal) == b"typed meanwhile" and "was changed meanwhile" in capsys.readouterr().err
    assert not [path for path in journal.article.iterdir() if path.name.startswith(".")]


def test_a_write_that_fails_leaves_the_file_whole(journal, monkeypatch, capsys):
    before = write(journal, BODY + "\nБір мaқала.\n")
    def fail(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    assert journal.run("check", "--fix") == 3
    assert read(journal) == before and "No space left" in capsys.readouterr().err
    assert not [path for path in journal.article.iterdir() if path.name.startswith(".")]


def test_rights_and_links_stay(journal):
    write(journal, BODY + "\nБір мaқала.\n")
    path = journal.article / "article.md"
    real = journal.folder / "source" / "real.md"
    path.rename(real)
    real.chmod(0o640)
    path.symlink_to(real)
    journal.run("check", "--fix")
    assert path.is_symlink() and "мақала." in real.read_text("utf-8") and real.stat().st_mode & 0o777 == 0o640


def test_mends_in_each_others_way_are_made_in_one_run(journal, monkeypatch):
    """One mend lies in another's way, and one leads to another: the run goes on until nothing is left."""
    def find(text, alphabet=""):
        for found in re.finditer("ааа|аа|вв", text):
            yield Slip(found.start(), found.end(), found[0], {"ааа": "бв", "аа": "вв", "вв": "г"}[found[0]], values={"letters": ""})
        if "аааа" in text:
            at = text.index("аааа") + 2
            yield Slip(at, at + 2, "аа", "вв", values={"letters": ""})

    monkeypatch.setattr(letters, "find_mixed_words", find)
    write(journal, BODY + "\nаааа аа ааа\n")
    journal.run("check", "--fix")
    assert read(journal).decode().endswith("\nбва г бв\n")
    after = read(journal)
    journal.run("check", "--fix")
    assert read(journal) == after


def test_mends_that_undo_each_other_end(journal, monkeypatch):
    def find(text, alphabet=""):
        for found in re.finditer("бубу|вуву", text):
            yield Slip(found.start(), found.end(), found[0], {"бубу": "вуву", "вуву": "бубу"}[found[0]],
                       values={"letters": ""})

    monkeypatch.setattr(letters, "find_mixed_words", find)
    before = write(journal, BODY + "\nбубу\n")
    assert journal.run("check", "--fix") == 0
    assert read(journal) == before


def test_reports_carry_the_mend(journal, capsys):
    write(journal, BODY + "\nБір мaқала, Maxқа.\n")
    capsys.readouterr()
    journal.run("check", "--format", "json")
    fixes = [each["fix"] for each in json.loads(capsys.readouterr().out)["articles"][0]["findings"]]
    line = read(journal).decode().split("\n").index("Бір мaқала, Maxқа.") + 1
    assert fixes[0] == {"path": "source/2026-1/specimen/article.md", "line": line, "column": 6, "length": 1, "text": "а", "safe": True}
    assert fixes[1]["text"] == "Мах" and not fixes[1]["safe"]
    journal.run("check", "--format", "sarif")
    fix, = json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["fixes"]
    change, = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "source/2026-1/specimen/article.md", "uriBaseId": "SRCROOT"}
    assert change["replacements"] == [{"deletedRegion": {"startLine": line, "startColumn": 6, "endColumn": 7},
                                       "insertedContent": {"text": "а"}}]


def test_any_text_keeps_all_but_its_mends():
    """Random texts of markup: what is mended are the letters of words alone, and once is enough."""
    dice = random.Random(6)
    pieces = ["мaқала", "сөз", " ", "\n", "\n\n", "*", "_", "`", "[", "](a)", "<!--", "-->", "$", "|", "- ", "> ", "    ", "\t", "#",
              "---\n", "\\", "{", "}", "\r", "&amp;", "~", "^", "@a", ":::\n", "| a | b |\n|---|---|\n", "[^1]", "[^1]: ",
              "\u00a0", "1. ", "\n```\n"]
    mended = 0
    for _ in range(1500):
        text = "".join(dice.choices(pieces, k=dice.randint(1, 40))).replace("\r", "")
        mends = [each.mend(slip.start, slip.end, slip.expected) for each in read_passages("a.md", text, "kk")
                 for slip in find_mixed_words(each.text, KAZAKH) if slip.safe]
        mends = [each for each in mends if each]
        data, count, _ = mend_file(text.encode(), text, mends, "kk")
        assert len(data.decode()) == len(text)
        assert all(old == new or (old, new) == ("a", "а") for old, new in zip(text, data.decode(), strict=True))
        assert count == len(mends)
        mended += count
        again = [slip for each in read_passages("a.md", data.decode(), "kk") for slip in find_mixed_words(each.text, KAZAKH)
                 if slip.safe and each.mend(slip.start, slip.end, slip.expected)]
        assert not again
    assert mended > 100


FOREIGN = (SPECIMEN.parent / "foreign").resolve()
READ_OTHERWISE = {"joss-paper": {"References"}, "pandoc-references-inside": {"References"}, "quarto-article": {"References"},
                  "pandoc-images": {"dot"}, "ru-html": {"Строка", "и"}}
"""A heading that the list of references replaces, alternative texts, words that a tag stands between."""


def words_besides(article) -> set[str]:
    """The words of the prose that pandoc does not print."""
    printed = re.sub(r"</?(em|strong|span|del|i|b|u)\b[^>]*>", "", article.body.html)
    known = set(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", printed))))
    return {word for each in prose(article) if each.kind not in ("field", "reference") for word in re.findall(r"\w+", each.text)
            if word not in known}


@pytest.mark.parametrize("folder", sorted({path.parent for path in FOREIGN.rglob("*.md")}), ids=lambda path: path.name)
def test_foreign_prose_is_what_pandoc_reads(folder):
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".md", ".qmd", ".Rmd", ".markdown")]
    article = Project(folder, lone=True).edition(Target(files[0], None, folder / "output", tuple(files))).article
    assert words_besides(article) <= READ_OTHERWISE.get(folder.name, set())
    for each in prose(article):
        assert len(each.text) == len(each.offsets)
        assert all(place < 0 or each.source[place] == letter for letter, place in zip(each.text, each.offsets, strict=True))


def test_the_prose_of_the_sample_articles_is_what_pandoc_reads():
    project = Project(SPECIMEN.parent.parent)
    for target in project.targets:
        article = project.edition(target).article
        found = prose(article)
        assert not words_besides(article) and len(found) > 90 and not any(each.whole for each in found)
        printed = re.sub(r"<math.*?</math>|<pre.*?</pre>|<code.*?</code>|<[^>]*>", " ", article.body.html, flags=re.S)
        known = {word for each in found for word in re.findall(r"[^\W\d_]{4,}", each.text)}
        words = re.findall(r"[^\W\d_]{4,}", html.unescape(printed))
        assert sum(word not in known for word in words) < len(words) / 100  # labels, and references to headings
