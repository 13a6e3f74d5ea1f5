"""Reference files as they come: what is damaged is named, by key and line, and the good entries are in the printed list. All made up."""

from __future__ import annotations

import json
import re
import time

import pytest

from basylym.check import run_checks
from basylym.read.bibliography import LARGEST
from basylym.read.entry import read_date
from basylym.read.entry_fields import BIBTEX_FIELDS, CSL_FIELDS, HARMLESS, wrong_field, wrong_type
from basylym.read.text import decode

GOOD = {"type": "book", "language": "kk", "author": ["Үлгі, А."], "issued": "2001", "publisher": "Үлгі", "publisher-place": "Алматы"}
FIRST, LAST = {"id": "first", "title": "Бірінші кітап", **GOOD}, {"id": "last", "title": "Соңғы сөздік", **GOOD}
CITING = "Мәтін [@first; @bad; @last].\n"


def yaml_entry(entry: dict) -> str:
    return "- " + json.dumps(entry, ensure_ascii=False) + "\n"


def bib_entry(key: str, title: str, kind: str = "book", **fields: str) -> str:
    told = {"author": "{Үлгі, А.}", "title": f"{{{title}}}", "year": "{2001}", "publisher": "{Үлгі}", "address": "{Алматы}",
            "langid": "{kazakh}", **fields}
    return f"@{kind}{{{key},\n" + ",\n".join(f"  {name} = {value}" for name, value in told.items() if value) + "\n}\n"


def ris_entry(key: str, title: str, *lines: str, kind: str = "BOOK", year: str = "PY  - 2001") -> str:
    told = [f"TY  - {kind}", f"ID  - {key}", "AU  - Үлгі, А.", f"TI  - {title}", year, "PB  - Үлгі", "CY  - Алматы", "LA  - kk", *lines]
    return "\n".join(line for line in told if line) + "\nER  - \n"


def read(journal, name: str, data: str | bytes, text: str = "Мәтін [@example].\n"):
    """The findings on an article with this one reference file, and its printed list as text."""
    (journal.article / "references.yaml").unlink(missing_ok=True)
    (journal.article / name).write_bytes(data.encode() if isinstance(data, str) else data)
    edition = journal.overlay({"text": text}).edition()
    return run_checks(edition), {entry.key: entry.text for entry in edition.article.body.entries}


def told(findings) -> list[str]:
    return [f"{each.place.path.rpartition('/')[2]}:{each.place.line} {each.id} {each.message}" for each in findings]


# --- one bad entry between two good ones ----------------------------------------------------------------------------
BIB, RIS, YAML, JSON = "refs.bib", "refs.ris", "references.yaml", "references.json"
DAMAGE = [
    (BIB, "@book{bad, title = {Жабылмаған, year = 2001\n", "9 REF-004 the entry “bad”"),
    (BIB, "@book{bad, author = {Үлгі, А.} title = {Үтірсіз} year = 2001}\n", "9 REF-004 the entry “bad”"),
    (BIB, "@book{bad\n  title = {Үтірсіз}}\n", "9 REF-004 the entry “bad”"),
    (BIB, "@book{bad, title = {Өзіне өзі}, crossref = {bad}}\n", "9 REF-005 “bad”"),
    (BIB, "@book{bad key, title = {Бос орын}}\n", "9 SRC-025 the key “bad key” has a blank in it"),
    (BIB, "@book{, title = {Кілтсіз}}\n", "9 REF-002 this reference has no key"),
    (BIB, bib_entry("bad", "А" * LARGEST), "9 REF-004 the entry “bad”"),
    (BIB, bib_entry("bad", "А" * 1_000_000), "9 REF-004 the entry “bad”"),
    (BIB, bib_entry("first", "Екінші рет"), "9 REF-001 the key “first” is taken by"),
    (RIS, "TY  - BOOK\nID  - bad\nTI  - Аяқталмаған\n", "10 REF-004 the entry “bad”"),
    (RIS, "TY  - BOOK\nTI  - Кілтсіз\nER  - \n", "10 REF-002 this reference has no key"),
    (RIS, ris_entry("bad key", "Бос орын"), "10 SRC-025 the key “bad key”"),
    (BIB, "@book{bad, title = {" + "{" * 20_000 + "}" * 20_000 + "}}\n", "9 REF-004 the entry “bad”"),
    (YAML, yaml_entry(LAST | {"id": "bad", "title": "<i>" * 20_000}), "2 REF-004 the entry “bad”"),
    (RIS, ris_entry("bad", "А" * 1_000_000), "10 REF-004 the entry “bad”"),
    (YAML, "- {id: bad, title: [Жабылмаған, type: book}\n", "2 REF-004 the entry “bad”"),
    (YAML, "- id: bad\n  title: Бір: екі: үш\n   type: book\n", "2 REF-004 the entry “bad”"),
    (YAML, '- id: bad\n  title: "Жабылмаған\n  type: book\n', "2 REF-004 the entry “bad”"),
    (YAML, "- {title: Кілтсіз}\n", "2 REF-002 this reference has no key"),
    (YAML, "- just words\n", "2 REF-002 this reference has no key"),
    (YAML, "- {id: bad key, title: Бос орын, type: book}\n", "2 SRC-025 the key “bad key”"),
    (YAML, yaml_entry(LAST | {"id": "bad", "title": "А" * 1_000_000}), "2 REF-004 the entry “bad”"),
    (JSON, '{"id": "bad", "title": "Үтірсіз" "type": "book"},\n', "3 REF-004 the entry “bad”"),
    (JSON, '{"id": "bad", "title": "Жабылмаған, "type": "book"},\n', "3 REF-004 the entry “bad”"),
    (JSON, '{"id": "bad", "title": "Жабылмаған", "author": [{"family": "Үлгі"},\n', "3 REF-004 the entry “bad”"),
    (JSON, '{"title": "Кілтсіз", "type": "book"},\n', "3 REF-002 this reference has no key"),
    (JSON, '{"id": "bad key", "title": "Бос орын", "type": "book"},\n', "3 SRC-025 the key “bad key”"),
]


def whole_file(name: str, bad: str) -> str:
    if name == BIB:
        return bib_entry("first", "Бірінші кітап") + bad + bib_entry("last", "Соңғы сөздік")
    if name == RIS:
        return ris_entry("first", "Бірінші кітап") + bad + ris_entry("last", "Соңғы сөздік")
    if name == YAML:
        return yaml_entry(FIRST) + bad + yaml_entry(LAST)
    return f"[\n{json.dumps(FIRST, ensure_ascii=False)},\n{bad}{json.dumps(LAST, ensure_ascii=False)}\n]\n"


@pytest.mark.parametrize(("name", "bad", "finding"), DAMAGE, ids=lambda value: str(value)[:60])
def test_one_bad_entry_is_named_by_key_and_line_and_the_good_ones_are_printed(journal, name, bad, finding):
    cited = re.search(r"“(bad[^”]*)”", finding)
    text = CITING if cited else "Мәтін [@first; @last].\n"
    began = time.monotonic()
    findings, printed = read(journal, name, whole_file(name, bad), text.replace("@bad", f"@{cited[1]}") if cited else text)
    assert time.monotonic() - began < 10
    assert len(findings) == 1 and told(findings)[0].startswith(f"{name}:{finding}"), told(findings)
    assert "Бірінші кітап" in printed["first"] and "Соңғы сөздік" in printed["last"]


@pytest.mark.parametrize(("name", "bad", "advice"), [
    (BIB, "@book{bad, title = {Жабылмаған, year = 2001\n", "every brace and quote is closed"),
    (RIS, "TY  - BOOK\nID  - bad\nTI  - Аяқталмаған\n", "a line “ER  - ”"), (YAML, "- {id: bad, title: [Жабылмаған}\n", "line 2:"),
    (JSON, '{"id": "bad" "type": "book"},\n', "line 3:"), (BIB, bib_entry("bad", "А" * LARGEST), f"no more than {LARGEST} characters")])
def test_the_advice_speaks_of_the_files_own_format(journal, name, bad, advice):
    findings, _ = read(journal, name, whole_file(name, bad), CITING)
    assert [each.id for each in findings] == ["REF-004"] and advice in findings[0].mend, findings


def test_the_last_entry_of_a_ris_file_that_is_not_ended(journal):
    data = ris_entry("first", "Бірінші кітап") + ris_entry("bad", "Соңғы").removesuffix("ER  - \n")
    findings, printed = read(journal, RIS, data, "Мәтін [@first; @bad].\n")
    assert told(findings) == ["refs.ris:10 REF-004 the entry “bad” can't be read"] and "ER" in findings[0].mend
    assert "Бірінші кітап" in printed["first"]


@pytest.mark.parametrize("separator", ["} {", "},\n}, {", "},,{"])
def test_json_with_a_slip_between_entries_keeps_them(journal, separator):
    one, other = (json.dumps(entry, ensure_ascii=False) for entry in (FIRST, LAST))
    findings, printed = read(journal, JSON, f"[{one[:-1]}{separator}{other[1:]}]", "Мәтін [@first; @last].\n")
    assert [each.id for each in findings] == ["SRC-001"] and set(printed) == {"first", "last"}


def test_damaged_files_of_any_length_end_soon(journal):
    for name, data in ((JSON, "[{" * 100_000), (JSON, '[{"id": "' * 50_000), (YAML, "- {id: a, title: [x\n" * 3_000), (BIB,
        "@book{a, title = {" * 50_000),
                       (BIB, "@book{a, " + "x = {y}, " * 9_000), (RIS, "TY  - BOOK\nID  - a\n" * 20_000)):
        began = time.monotonic()
        findings, _ = read(journal, name, data, "Мәтін.\n")
        assert findings and time.monotonic() - began < 10, name
        (journal.article / name).unlink()


# --- files that hold nothing ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "data"), [
    (YAML, ""), (YAML, "# nothing yet\n"), (YAML, "references:\n"), (YAML, "title: x\n"), (YAML, "just words\n"), (JSON, "{}"), (JSON,
                                                                                                                                 '"x"'),
    (BIB, ""), (BIB, "just words\n"), (RIS, "\n")])
def test_a_file_of_references_without_any(journal, name, data):
    findings, _ = read(journal, name, data, "Мәтін.\n")
    assert [(each.id, each.place.path.rpartition("/")[2]) for each in findings] == [("SRC-004", name)]
    assert "“this file” can't stand here" in findings[0].message and "a list of references" in findings[0].mend


def test_an_empty_list_is_a_list_and_other_data_are_let_lie(journal):
    (journal.article / "metadata.yaml").write_text("colour: red\n", "utf-8")
    (journal.article / "package.json").write_text("{}", "utf-8")
    assert read(journal, YAML, "references: []\n", "Мәтін.\n")[0] == []


# --- encodings ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("encoding", "name", "title"), [("cp1251", "windows-1251", "Образцовая книга"), ("kz1048", "KZ-1048",
                                                                                                          "Үлгі кітап, қысқасы")])
def test_one_short_entry_in_an_encoding_of_windows_is_read(journal, encoding, name, title):
    language = "{russian}" if encoding == "cp1251" else "{kazakh}"
    data = bib_entry("example", title, author="{Примеров, И. И.}", publisher="{Пример}", langid=language).encode(encoding)
    findings, printed = read(journal, BIB, data)
    assert told(findings) == [f"refs.bib:1 SRC-016 the file is read as {name}, not as UTF-8"] and title in printed["example"]


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "iso8859-5", "mac-cyrillic"])
def test_one_short_entry_in_another_encoding_is_not_taken_for_windows(encoding):
    assert decode(bib_entry("example", "Образцовая книга", author="{Примеров, И. И.}", publisher="{Пример}",
                            address="{Омск}").encode(encoding), "refs.bib")[0] is None


@pytest.mark.parametrize(("text", "encoding"), [
    ("à la carte, déjà vu, café", "latin-1"), ("Příliš žluťoučký kůň", "cp1250"), ("Ελληνικά γράμματα εδώ", "iso8859-7"),
    ("Беларуская мова ў нас", "cp1251"), ("МОСКВА И ОМСК", "koi8-r"), ("москва и омск", "koi8-r")])
def test_what_is_no_russian_is_not_taken_for_it(text, encoding):
    assert decode(text.encode(encoding), "refs.bib")[0] is None


# --- dates ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("typed", "parts"), [
    ("2001", [[2001]]), ("2001-05", [[2001, 5]]), ("2001-05-17", [[2001, 5, 17]]), ("2001/2003", [[2001], [2003]]),
    ("2001–2003", [[2001], [2003]]), ("2001--2003", [[2001], [2003]]), ("17.05.2001", [[2001, 5, 17]]), ("17.05.2001 г.", [[2001, 5, 17]]),
    ("2019///", [[2019]]), ("2019/05//", [[2019, 5]]), ("2019/05/12/", [[2019, 5, 12]]), ("2019/05/12/spring", [[2019, 5, 12]]),
    ("2019/05", [[2019, 5]]), ("2011 г.", [[2011]]), ("2011г", [[2011]]), ("1987 ж.", [[1987]]), ("1987 жылы", [[1987]]), ("1987 год",
                                                                                                                           [[1987]]),
    ("2019-2-30", [[2019, 2, 30]])])
def test_dates_as_they_are_typed(typed, parts):
    date = read_date(typed)
    assert date["date-parts"] == parts and date.get("raw", typed) == typed


@pytest.mark.parametrize("typed", ["весна 2011", "[2011]", "[б. г.]", "в печати", "2011 немесе 2012", "20О1", "12 мая 2011",
                                   "2001/03/2"[:6] + "x"])
def test_dates_that_may_mean_something_else_are_kept_in_words(typed):
    assert read_date(typed) == {"literal": typed}


@pytest.mark.parametrize("value", [{"date-parts": [["2011 г."]]}, {"year": "2011 г."}, {"raw": "2011 г."}, "2011 г."])
def test_no_year_is_lost_whatever_holds_it(value):
    assert read_date(value) == {"date-parts": [[2011]], "raw": "2011 г."}


@pytest.mark.parametrize(("line", "year"), [
    ("PY  - 2019///", "2019"), ("PY  - 2019/05//", "2019"), ("Y1  - 2019/05/12/", "2019"), ("DA  - 2019-05-12", "2019"), ("PY  - 2019",
                                                                                                                          "2019"),
    ("DA  - 2018/05/12\nPY  - 2019", "2019")])
def test_the_dates_of_ris(journal, line, year):
    findings, printed = read(journal, RIS, ris_entry("example", "Мысал кітап", year=line))
    assert told(findings) == [] and re.findall(r"\b20\d\d\b\S?", printed["example"]) == [f"{year}."], printed


def test_the_day_a_page_was_read_in_ris(journal):
    data = ris_entry("example", "Мысал бет", "UR  - https://journal.example/page", "Y2  - 2026/01/05/", kind="ELEC")
    findings, printed = read(journal, RIS, data)
    assert told(findings) == [] and "05.01.2026" in printed["example"], printed


@pytest.mark.parametrize(("name", "data"), [
    (BIB, bib_entry("example", "Мысал кітап", year="{1987 ж.}")), (BIB, bib_entry("example", "Мысал кітап", year="", date='"1987 ж."')),
    (RIS, ris_entry("example", "Мысал кітап", year="PY  - 1987 ж.")),
    (YAML, yaml_entry(FIRST | {"id": "example", "issued": "1987 ж."})), (JSON, json.dumps([FIRST | {"id": "example",
                                                                                                    "issued": "1987 ж."}]))])
def test_a_year_with_its_word_is_taken_and_told(journal, name, data):
    findings, printed = read(journal, name, data)
    assert [(each.id, each.found, each.mend) for each in findings] == [("REF-050", "1987 ж.", "write it in numbers alone: 1987")]
    assert "1987." in printed["example"] and "ж." not in printed["example"].partition("1987")[2]


@pytest.mark.parametrize(("name", "data"), [
    (BIB, bib_entry("example", "Мысал кітап", year="{2011 немесе 2012}")), (RIS, ris_entry("example", "Мысал",
                                                                                           year="PY  - 2011 немесе 2012")),
    (YAML, yaml_entry(FIRST | {"id": "example", "issued": "2011 немесе 2012"}))])
def test_other_words_of_a_date_are_printed_as_typed(journal, name, data):
    findings, printed = read(journal, name, data)
    assert [(each.id, each.found) for each in findings] == [("REF-050", "2011 немесе 2012")] and "2011 немесе 2012" in printed["example"]


@pytest.mark.parametrize(("name", "data", "found"), [
    (YAML, yaml_entry(FIRST | {"id": "example", "issued": "2019-2-30"}), "2019-2-30"),
    (YAML, yaml_entry(FIRST | {"id": "example", "issued": "2019-02-30"}), "2019-02-30"),
    (YAML, yaml_entry(FIRST | {"id": "example", "issued": {"date-parts": [[2019, 2, 30]]}}), "2019-02-30"),
    (YAML, yaml_entry(FIRST | {"id": "example", "issued": "30.02.2019"}), "30.02.2019"),
    (BIB, bib_entry("example", "Мысал кітап", year="", date="{2019-2-30}"), "2019-2-30"),
    (RIS, ris_entry("example", "Мысал кітап", year="PY  - 2019/02/30/"), "2019/02/30/")])
def test_an_impossible_day_is_told_as_typed(journal, name, data, found):
    assert [(each.id, each.found) for each in read(journal, name, data)[0]] == [("REF-015", found)]


# --- fields and types -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "data", "finding"), [
    (YAML, yaml_entry(FIRST | {"id": "example", "autor": "Үлгі"}), "1 SRC-023 “autor” is no field of a reference, so that nothing reads it "
     "(did you mean “author”?)"),
    (YAML, yaml_entry(FIRST | {"id": "example", "pages": "5"}),
     "1 SRC-023 “pages” is no field of a reference, so that nothing reads it (did you mean “page”?)"),
    (JSON, json.dumps([FIRST | {"id": "example", "doi": "10.5555/x"}]),
     "1 SRC-023 “doi” is no field of a reference, so that nothing reads it "
     "(did you mean “DOI”?)"),
    (YAML, yaml_entry(FIRST | {"id": "example", "xyz": "5"}), "1 SRC-023 “xyz” is no field of a reference, so that nothing reads it"),
    (YAML, yaml_entry(FIRST | {"id": "example", "type": "кітап"}), "1 SRC-024 “кітап” is no type of a reference (did you mean “book”?)"),
    (YAML, yaml_entry(FIRST | {"id": "example", "type": "статья"}),
     "1 SRC-024 “статья” is no type of a reference (did you mean “article-journal”?)"),
    (BIB, bib_entry("example", "Мысал кітап", edtion="{2}"), "8 SRC-023 “edtion” is no field of a reference, so that nothing reads it "
     "(did you mean “edition”?)"),
    (BIB, bib_entry("example", "Мысал кітап", kind="bok"), "1 SRC-024 “bok” is no type of a reference (did you mean “book”?)"),
    (RIS, ris_entry("example", "Мысал кітап", "XX  - 5"), "9 SRC-023 “XX” is no field of a reference, so that nothing reads it"),
    (RIS, ris_entry("example", "Мысал кітап", kind="BOKK"), "1 SRC-024 “BOKK” is no type of a reference (did you mean “BOOK”?)")],
    ids=lambda value: str(value)[:40])
def test_an_unknown_field_or_type(journal, name, data, finding):
    assert told(read(journal, name, data)[0]) == [f"{name}:{finding}"]


def test_an_unknown_field_is_told_once_a_file(journal):
    data = yaml_entry(FIRST | {"autor": "Үлгі"}) + yaml_entry(LAST | {"autor": "Үлгі"})
    findings, _ = read(journal, YAML, data, "Мәтін [@first; @last].\n")
    assert [each.id for each in findings] == ["SRC-023"] and "; so it stands in 2 places of this file" in findings[0].message


@pytest.mark.parametrize("name", ["abstract", "keywords", "file", "mendeley-tags", "timestamp", "bdsk-url-1", "groups", "owner",
                                  "Date-Added",
                                  "issn", "EPRINT", "urldate", "usera", "mycolour", "OPTpages", "x-note", "affiliation",
                                  "web-of-science-categories"])
def test_what_programs_add_to_bibtex_is_left_alone(journal, name):
    if name not in ("issn", "EPRINT", "urldate"):
        assert told(read(journal, BIB, bib_entry("example", "Мысал кітап", **{name: "{x, y = {z}}"}))[0]) == []
    assert wrong_field(name, "bibtex") == (False, "")


@pytest.mark.parametrize(("name", "near"), [("autor", "author"), ("tittle", "title"), ("автор", "author"), ("publsher", "publisher"),
                                            ("jurnal", "journal"),
                                            ("title-en", "note = {title-en: …}")])
def test_slips_in_bibtex_are_told(name, near):
    assert wrong_field(name, "bibtex") == (True, near)


def test_no_known_name_is_taken_for_a_slip():
    assert not any(wrong_field(name, "csl")[0] for name in CSL_FIELDS) and not any(wrong_field(name,
        "bibtex")[0] for name in BIBTEX_FIELDS | HARMLESS)
    assert wrong_type("ARTICLE", "bibtex") == (False, "") and wrong_type("Book", "csl") == (True, "book")
    assert wrong_field("а" * 100_000, "csl") == (True, "")


def test_words_inside_a_value_are_no_fields(journal):
    data = bib_entry("example", "Мысал кітап, autor = {А}", note='"tittle = 5, jurnal = {x}"')
    assert told(read(journal, BIB, data)[0]) == []


# --- the mend in the file's own words -------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "data", "id", "mend"), [
    (YAML, yaml_entry({"title": "А"}), "REF-002", "id: ivanov2019"), (JSON, '[{"title": "А"}]', "REF-002", '"id": ivanov2019'),
    (BIB, "@book{title = {А}}", "REF-002", "@book{ivanov2019,"), (RIS, "TY  - BOOK\nTI  - А\nER  - \n", "REF-002", "ID  - ivanov2019"),
    (YAML, yaml_entry(FIRST | {"id": "example", "language": None, "title": "The history of the printed book"}), "REF-019",
     "“language: kk”"),
    (BIB, bib_entry("example", "The history of the printed book", langid=""), "REF-019", "“langid = {kazakh}”"),
    (RIS, ris_entry("example", "The history of the printed book").replace("LA  - kk\n", ""), "REF-019", "“LA  - kk”"),
    (BIB, bib_entry("example", ""), "REF-003", "“title =”"), (RIS, ris_entry("example", "x").replace("TI  - x\n", ""), "REF-003",
                                                              "“TI  -”"),
    (BIB, bib_entry("example", "Мысал бет", kind="online", url="{https://journal.example/page}"), "REF-018", "“urldate =”")])
def test_a_mend_names_the_field_as_the_file_writes_it(journal, name, data, id, mend):
    found = [each.mend for each in read(journal, name, data,
                                        "Мәтін [@example].\n" if "example" in data else "Мәтін.\n")[0] if each.id == id]
    assert len(found) == 1 and mend in found[0], found


# --- titles ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("title", ["**Мысал** кітап", "*Мысал* кітап", "\\textit{Мысал} кітап", "Мысал \\emph{кітап}",
                                   "Мысал <em>кітап</em>",
                                   "[Мысал](https://journal.example) кітап", "Мысал $x^2$ кітап", "__Мысал__ кітап", "{\\bf Мысал} кітап"])
def test_marks_that_are_printed_as_typed(journal, title):
    assert [each.id for each in read(journal, YAML, yaml_entry(FIRST | {"id": "example", "title": title}))[0]] == ["REF-051"]


@pytest.mark.parametrize("title", [
    "<i>Мысал</i> кітап", "H<sub>2</sub>O туралы", "Мысал 2 * 3 * 4 кітап", "snake_case және other_name", "C:\\Windows жүйесі", "D:\\data",
    "$5 пен $10 арасы",
    "Мысал* кітап", "Мысал: 1991–2001", "Мысал кітап, 1991 ж.", "Мысал (№ 2), 5 б.", "1916 жылғы көтеріліс. Құжаттар. 1916 ж. – 2-том"])
def test_titles_that_are_titles(journal, title):
    assert told(read(journal, YAML, yaml_entry(FIRST | {"id": "example", "title": title}))[0]) == []


@pytest.mark.parametrize("title", [
    "Үлгі А. Мысал мақала // Үлгі жаршысы. – 2001. – № 2. – Б. 5–10", "Примеров И.И. Образец. – М.: Пример, 2001. – 235 с.",
    "Sample A. A title // Journal of Samples. 2001. Vol. 2, no. 3. P. 5–10", "Үлгі А. Мысал кітап. Алматы: Үлгі, 2001. 235 б.",
    "Sample A. A title, Journal, 2001, 5(2): 5-10"])
def test_a_whole_reference_in_a_title(journal, title):
    found = {each.id for each in read(journal, YAML, yaml_entry(FIRST | {"id": "example", "title": title}))[0]}
    assert "REF-052" in found and found <= {"REF-052", "REF-020", "REF-054"}


# --- BibTeX and RIS as programs write them --------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "data"), [
    (BIB, bib_entry("example", "Мысал кітап", langid="", language=f"{{{word}}}")) for word in ("kk", "kazakh", "Kazakh", "қазақша")] + [
    (BIB, bib_entry("example", "Мысал кітап", langid="kazakh")), (BIB, bib_entry("example", "Мысал кітап", langid="{kaz}"))] + [
    (RIS, ris_entry("example", "Мысал кітап").replace("LA  - kk", f"LA  - {word}")) for word in ("kaz", "Kazakh", "kk_KZ")])
def test_the_language_of_an_entry_is_a_tag_whatever_its_field_is_called(journal, name, data):
    findings, _ = read(journal, name, data)
    reference = next(each for each in journal.overlay({"text": "Мәтін [@example].\n"}).edition().article.references
                     if each["id"] == "example")
    assert reference["language"] == "kk" and {each.id for each in findings} <= {"SRC-026"}, told(findings)


def test_four_kazakh_authors_are_followed_by_kazakh_words(journal):
    people = "{Үлгі, А. and Мысал, Б. and Қосым, В. and Айтым, Г. and Сөзді, Ғ.}"
    _, printed = read(journal, BIB, bib_entry("example", "Мысал кітап", author=people, langid="", language="{Kazakh}"))
    assert "т.б." in printed["example"].replace(" ", "").replace("\u00a0", "") and "др." not in printed["example"]


@pytest.mark.parametrize(("name", "data"), [
    (BIB, bib_entry("example", "Мысал кітап", pages="{204}")), (BIB, bib_entry("example", "Мысал кітап", pages="{204 б.}")),
    (BIB, bib_entry("example", "Мысал кітап", pages='"204"', kind="phdthesis")), (RIS, ris_entry("example", "Мысал кітап", "SP  - 204"))])
def test_the_lone_number_of_a_whole_work_is_its_extent(journal, name, data):
    _, printed = read(journal, name, data)
    assert re.search(r"204\sб\.", printed["example"]) and "Б. 204" not in printed["example"].replace("\u00a0", " "), printed


def test_a_page_of_a_part_stays_a_page(journal):
    _, printed = read(journal, BIB, bib_entry("example", "Мысал сөз", kind="incollection", booktitle="{Мысал жинақ}", pages="{204}"))
    assert re.search(r"Б\.\s204", printed["example"]), printed


@pytest.mark.parametrize("title", ["The history of Kazakhstan and the Soviet Union", "The {History} of {K}azakhstan: Post-Soviet Years"])
def test_english_titles_keep_their_capitals(journal, title):
    _, printed = read(journal, BIB, bib_entry("example", title, kind="incollection", booktitle="{The Cambridge Sample Book}",
                                              pages="{5--9}", langid="{english}"))
    plain = title.replace("{", "").replace("}", "")
    assert plain in printed["example"] and "The Cambridge Sample Book" in printed["example"], printed


@pytest.mark.parametrize(("before", "value", "unknown"), [
    ("", "jks", "jks"), ("@string{jks = {Үлгі жаршысы}}\n", "jks", None), ("@STRING{JKS = {Үлгі}}\n", 'jks # " жаршысы"', None),
    ("", '"Үлгі" # jks', "jks"), ("", '{jks}', None)])
def test_a_string_without_a_meaning_is_told(journal, before, value, unknown):
    late = "@string{jks = {Үлгі}}\n" if unknown else ""
    data = before + bib_entry("example", "Мысал", kind="article", journal=value, pages="{5--9}", month="jan") + late
    found = [(each.id, each.found, each.place.line) for each in read(journal, BIB, data)[0] if each.id == "SRC-026"]
    assert found == ([("SRC-026", unknown, 8)] if unknown else [])


def test_what_kind_of_thesis_ris_says_is_printed(journal):
    data = ris_entry("example", "Мысал сөз", "M3  - дис. ... канд. филол. наук", kind="THES").replace("LA  - kk", "LA  - rus")
    _, printed = read(journal, RIS, data)
    assert "дис. ... канд. филол. наук" in printed["example"].replace("…", "...").replace("\u00a0", " "), printed


@pytest.mark.parametrize(("name", "data"), [
    (YAML, yaml_entry(FIRST | {"id": "example", "author": ["Мысалов Арман Болатұлы"]})),
    (YAML, yaml_entry(FIRST | {"id": "example", "author": ["Арман Болатұлы Мысалов"]})),
    (BIB, bib_entry("example", "Мысал кітап", author="{Мысалов Арман Болатұлы}")),
    (RIS, ris_entry("example", "Мысал кітап").replace("Үлгі, А.", "Мысалов Арман Болатұлы"))])
def test_a_patronymic_tells_the_parts_of_a_name(journal, name, data):
    findings, printed = read(journal, name, data)
    assert told(findings) == [] and re.match(r"Мысалов\sА\.\s?Б\.", printed["example"]), printed


@pytest.mark.parametrize(("typed", "mend"), [("Мысалова Ирина", "Мысалова, Ирина"), ("Арман Мысалов", "Мысалов, Арман"),
                                             ("Ким Ирина", "Ким, Ирина")])
def test_two_names_without_a_comma_are_told(journal, typed, mend):
    found = read(journal, YAML, yaml_entry(FIRST | {"id": "example", "author": [typed]}))[0]
    assert [each.id for each in found] == ["REF-038"] and mend in found[0].mend


@pytest.mark.parametrize("typed", ["Абай Құнанбайұлы", "Қазақ университеті", "Ұлттық Банк", "Красный Крест", "ЮНЕСКО", "World Bank",
                                   "Лига Наций"])
def test_names_that_are_whole_are_left_alone(journal, typed):
    assert told(read(journal, YAML, yaml_entry(FIRST | {"id": "example", "author": [typed]}))[0]) == []


def test_an_address_under_howpublished_is_one(journal):
    data = bib_entry("example", "Мысал бет", kind="misc", publisher="", address="", howpublished="{\\url{https://journal.example/a_b}}",
                     urldate="{2026-01-05}")
    findings, printed = read(journal, BIB, data)
    assert told(findings) == [] and "URL" in printed["example"] and "https://journal.example/a_b" in printed["example"], printed


def test_a_formula_in_a_title_is_told(journal):
    assert [each.id for each in read(journal, BIB, bib_entry("example", "Мысал $p < 0.05$ кітап"))[0]] == ["REF-051"]


@pytest.mark.parametrize("name", [YAML, JSON])
def test_the_field_that_can_not_be_read_is_named(journal, name):
    entry = FIRST | {"id": "bad", "page": {"x": 1}}
    data = yaml_entry(FIRST) + yaml_entry(entry) if name == YAML else json.dumps([FIRST, entry], ensure_ascii=False)
    findings, _ = read(journal, name, data, "Мәтін [@first; @bad].\n")
    assert [each.id for each in findings] == ["REF-004"] and "“page”" in findings[0].mend, findings


def test_the_titles_of_a_book_are_its_parts_containers(journal):
    data = bib_entry("part", "Мысал сөз", kind="incollection", publisher="", address="", year="", crossref="{book}", pages="{5--9}",
                     note="{title-en: A sample word}") + bib_entry(
        "other", "Екінші сөз", kind="incollection", publisher="", address="", year="", crossref="{book}", pages="{15--19}") + bib_entry(
        "book", "Мысал жинақ", kind="collection", editor="{Үлгі, Б.}", author="",
        note="{title-en: A sample collection; title-latin: Mysal zhinaq}")
    read(journal, BIB, data, "Мәтін [@part; @other].\n")
    told_of = {each["id"]: each for each in journal.overlay({"text": "Мәтін [@part; @other].\n"}).edition().article.references}
    assert told_of["part"]["title-en"] == "A sample word" and "title-en" not in told_of["other"]
    for key in ("part", "other"):
        assert told_of[key]["container-title-en"] == "A sample collection" and told_of[key]["container-title-latin"] == "Mysal zhinaq"


# --- many references ------------------------------------------------------------------------------------------------
def many(count: int) -> str:
    return "".join(bib_entry(f"k{number}", f"Мысал кітап {number}", langid=("{kazakh}", "{russian}", "{english}")[number % 3])
                   for number in range(count))


def test_of_many_references_only_the_cited_ones_are_read_by_pandoc(journal):
    findings, printed = read(journal, BIB, many(6000), "Мәтін [@k5; @k7].\n")
    assert not {"SRC-014", "REF-003"} & {each.id for each in findings} and list(printed) == ["k5", "k7"]


def test_many_cited_references_are_numbered_and_printed_each_in_its_language(journal):
    text = " ".join(f"Мәтін [@k{number}]." for number in range(1200))
    _, printed = read(journal, BIB, many(1200).replace("year = {2001},", "year = {2001}, pagetotal = {204},"), text)
    assert list(printed) == [f"k{number}" for number in range(1200)]
    for number, word in enumerate(("б.", "с.", "p.")):
        assert f"204 {word}" in printed[f"k{900 + number}"].replace("\u00a0", " "), printed[f"k{900 + number}"]


def test_too_many_references_are_named_as_the_cause(journal):
    journal.overlay({"journal": {"limits": {"seconds": 1}}})
    findings, _ = read(journal, BIB, many(4000), " ".join(f"Мәтін [@k{number}]." for number in range(4000)))
    [found] = [each for each in findings if each.id == "SRC-014"]
    assert "4000 references and 4000 citations" in found.mend
