"""Signs that turn the direction of writing: which are told, and which may go."""

import pytest

from basylym.typography.direction import find_turns
from basylym.typography.direction import name_sign as name

ARABIC, HEBREW = "\u0645\u0642\u0627\u0644", "\u05de\u05d0\u05de\u05e8"


@pytest.mark.parametrize(("line", "told"), [
    ("мәтін", ""), (f"{ARABIC} мәтін", ""), (f"\u200f{ARABIC}!\u200f мәтін", ""), (f"\u2067{ARABIC}\u2069 мәтін", ""),
    (f"\u202b{HEBREW} \u2066abc\u2069\u202c", ""), ("\u200eмәтін", "\u200e"), ("5\u200f кг\u061c", "\u200f\u061c"),
    ("\u2068мәтін\u2069", "\u2068\u2069"), (f"{ARABIC} \u2067мәтін", "\u2067"), (f"\u202e{ARABIC}\u202c", "\u202e\u202c"),
    (f"{ARABIC}\u202c", "\u202c"), ("\u202a\u2066а\u202c\u2069", "\u202a\u2066\u202c\u2069"),
])
def test_what_has_no_reason(line, told):
    found = find_turns(line)
    assert "".join(sign for *_, sign in found) == told
    assert all(line[start:end] == sign for start, end, sign in found)


def test_what_is_written_out_counts_where_it_is_printed():
    line = r"a&#x202E;b&rlm;c&#8294;d\u2066 &#x41;"
    assert [line[start:end] for start, end, _ in find_turns(line, "\u202e\u200f")] == ["&#x202E;", "&rlm;"]
    assert [line[start:end] for start, end, _ in find_turns(line, "\u2066")] == ["&#8294;", r"\u2066"]
    assert find_turns(line) == []


def findings(journal):
    return [each for each in journal.findings() if each.id == "TYP-020"]


def test_one_finding_tells_all_of_a_line(journal):
    journal.overlay({"text": "Мәтін [@example].\n\nБір \u202eекі\u202c үш\u202e төрт.\n\n`if a\u2066b`\n"})
    first, second = findings(journal)
    assert first.found == f"{name(chr(0x202e))}, {name(chr(0x202c))}" and first.place.column == 5
    assert second.place.line == first.place.line + 2 and second.found == name("\u2066")


@pytest.mark.parametrize("written", ["\u202e", "&#x202e;", "&#8238;"])
def test_a_sign_is_told_however_it_is_written(journal, written):
    [found] = findings(journal.overlay({"text": f"Мәтін [@example].\n\nБір {written}екі.\n"}))
    assert found.place.column == 5 and found.place.length == len(written)


def test_what_is_spoken_of_in_code_is_none(journal):
    journal.overlay({"text": "Мәтін [@example].\n\nТаңба `&#x202e;` және `\\u202e`.\n"})
    assert findings(journal) == []


def test_metadata_and_references_are_looked_at(journal):
    journal.overlay({"title": {"kk": "Үлгі \u202eмақала", "ru": "Образец статьи", "en": "A specimen article"},
                     "bib": "@book{more, title = {A \u2067book}, year = 2001}\n", "bibliography": ["references.yaml", "more.bib"]})
    assert sorted(found.place.path.rpartition("/")[2] for found in findings(journal)) == ["article.md", "more.bib"]
    assert not any(found.fix and found.fix.safe for found in findings(journal))


def mended(journal, text):
    journal.overlay({"text": text})
    assert journal.run("check", "--fix") in (0, 1)
    return (journal.article / "article.md").read_text("utf-8").partition("\n---\n")[2].lstrip("\n")


def test_signs_that_turn_nothing_go(journal):
    assert mended(journal, "Мәтін [@example] \u200e\u2066*бір*\u2069 екі\u200e.\n\n```\na\u200e\n```\n") == (
        "Мәтін [@example] *бір* екі.\n\n```\na\u200e\n```\n")


@pytest.mark.parametrize("text", ["Мәтін [@example] \u202eбір\u202c екі.\n", "Мәтін [@example] \u200fбір, екі.\n",
                                  f"Мәтін [@example] \u200eекі.\n\nБір {ARABIC}.\n"])
def test_signs_that_change_what_is_read_are_left_to_people(journal, text):
    assert mended(journal, text) == text
    assert findings(journal)
