"""Reading: every field's line, all mistakes at once, nothing lost."""

import hashlib

import pytest

from basylym.read.front_matter import read_front_matter, split_front_matter
from basylym.read.schema import field_sentences, models

TEN = """---
staus: published
language: kk
title:
  kk: Он қате
  ru: Десять ошибок
  english: Ten mistakes
authors:
  - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
    orcid: 0000-0002-1825-0098
    affiliations: [one, two]
    email: author@journal.example
    corresponding: yes
affiliations:
  - id: one
    name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
    city: {kk: Алматы, ru: Алматы, en: Almaty}
    country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
  - name: {kk: Екінші ұйым}
abstract: {kk: Мұнда он қате бар үлгі мәтін жатыр., ru: Здесь образец с десятью ошибками., en: Here is a text with ten mistakes.}
keywords: {kk: [бір], ru: [один], en: [one]}
udc: "655.41"
irsti: "19.61.00"
doi: 5555/ten
dates:
  received: кеше
  accepted: 2026-02-20
udc: "655"
---

Мәтін [@nowhere].
"""
EXPECTED = [("SRC-003", 2), ("FM-001", 4), ("SRC-006", 7), ("FM-008", 10), ("FM-010", 11), ("SRC-005", 19), ("FM-009", 24),
            ("SRC-004", 26), ("SRC-002", 28), ("CIT-001", 31)]


def test_ten_mistakes_ten_findings(journal, capsys):
    """Ten different mistakes are told together, each at its line; the exit code says so; no file is half-written."""
    assert journal.run("build") == 0
    capsys.readouterr()
    (journal.article / "article.md").write_text(TEN, "utf-8")
    (journal.article / "references.yaml").unlink()
    with (journal.folder / "source/journal.yaml").open("a", encoding="utf-8") as file:
        file.write("  abstract_words: {least: 1}\n  keywords: {least: 1}\n")
    mistakes = [(f.id, f.place.line) for f in journal.findings()]
    assert mistakes == EXPECTED
    assert journal.run("check") == 1
    told = capsys.readouterr().out
    for id, line in EXPECTED:
        assert f"source/2026-1/specimen/article.md:{line}:" in told and id in told
    assert journal.run("build") == 1
    files = sorted(path.name for path in journal.output("").parent.iterdir())
    assert files == ["specimen.epub", "specimen.html", "specimen.pdf", "specimen.xml"]


def test_what_cannot_be_read_is_not_built_and_the_earlier_outputs_stay(journal, capsys):
    assert journal.run("build") == 0
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in journal.output("").parent.iterdir()}
    (journal.article / "article.md").write_text("---\ntitle: [\n---\n", "utf-8")
    assert journal.run("build") == 1
    assert "SRC-001" in capsys.readouterr().out
    assert {path: hashlib.sha256(path.read_bytes()).digest() for path in journal.output("").parent.iterdir()} == before


def test_unknown_key_names_the_nearest(journal):
    (finding,) = journal.overlay({"append": "abstrakt: x\n"}).findings()
    assert "“abstract”" in finding.message


def test_unknown_key_inside_an_author_names_the_nearest(journal):
    (finding,) = journal.overlay("""
authors:
  - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
    affiliations: one
    email: author@journal.example
    corresponding: yes
    emial: author@journal.example
""").findings()
    assert finding.id == "SRC-003" and "“email”" in finding.message


def test_scalars_stay_as_typed():
    front, _, problems = read_front_matter("udc: 323.10\nirsti: 11.25.40\nkeywords: {en: [no, 12:30, 0123]}", "a.md", "kk")
    assert not problems
    assert (front.udc, front.irsti, front.keywords["en"]) == (["323.10"], ["11.25.40"], ["no", "12:30", "0123"])


def test_one_text_alone_is_in_the_article_s_language():
    front, _, problems = read_front_matter("language: ru\ntitle: Название\nkeywords: [одно, два]", "a.md", "kk")
    assert not problems and front.title == {"ru": "Название"} and front.keywords == {"ru": ["одно", "два"]}


def test_every_field_knows_its_line():
    _, places, _ = read_front_matter("title:\n  kk: а\n  ru: б\nauthors:\n  - name: {kk: «А»}", "a.md", "kk")
    assert str(places.find("title", "ru")) == "a.md:4:3"
    assert places.find("authors", 0, "name", "kk").line == 6
    assert places.find("authors", 0, "orcid").line == 6  # missing: the nearest thing round it


def test_split_keeps_the_body_s_first_line():
    assert split_front_matter("---\na: b\n---\nText\n") == ("a: b", "Text\n", 4)
    assert split_front_matter("Text\n---\n") == ("", "Text\n---\n", 1)


def test_every_field_has_its_sentence():
    sentences = field_sentences()
    for model in models():
        for name in model.model_fields:
            assert sentences[model.__name__].get(name, "").endswith("."), f"{model.__name__}.{name}"


def test_schema_describes_every_key(journal, capsys):
    import json

    for file in ("article", "journal", "issue"):
        assert journal.run("schema", file) == 0
        schema = json.loads(capsys.readouterr().out)
        assert schema["additionalProperties"] is False
        assert all("description" in field for field in schema["properties"].values())


def test_five_hundred_authors_who_tell_all_of_themselves_are_within_the_limits():
    name = "{kk: {family: Мысалов, given: Ерлан}, ru: {family: Мысалов, given: Ерлан}, en: {family: Mysalov, given: Yerlan}}"
    author = f"  - name: {name}\n    affiliations: [one, two]\n    email: a@journal.example\n    orcid: 0000-0002-1825-0097\n"
    front, _, problems = read_front_matter("authors:\n" + author * 500, "a.md", "kk")
    assert len(front.authors) == 500 and problems == []


@pytest.mark.parametrize(("lines", "limit"), [
    ("".join(f"k{number}: v\n" for number in range(10_001)), "elements: 10001"), ("title: " + "а б " * 65_000, "letters: 259999"),
    ("title: " + "а" * 2_001, "word: 2001"), ("title: $" + "{ " * 61 + "x" + "}" * 61 + "$", "depth: 61"),
    ("title: |\n " + "а б " * 8_000, "paragraph: 32000"), ("title: \"" + "\\u202e " * 1_001 + '"', "turns: 1001"),
    ("title: \\left" + " \\left(" * 61, "")])
def test_a_front_matter_beyond_a_limit_names_it(lines, limit):
    front, _, problems = read_front_matter(lines, "a.md", "kk")
    assert [str(each.found) for each in problems] == ([limit] if limit else [])
    assert (front is None) == bool(limit)


def test_references_in_the_front_matter_are_counted_elsewhere():
    block = "title: А\nreferences:\n" + "".join(f"- {{id: k{number}, type: book, title: Б}}\n" for number in range(3_000))
    assert read_front_matter(block, "a.md", "kk")[2] == []
