"""Web pages as they arrive: notes behind links, changes, forms, the heads of journals' sites, raised letters in what is front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from basylym.intake.losses import find_losses
from basylym.intake.nodes import walk
from basylym.intake.read_document import read_document
from basylym.intake.tidying import words_of
from basylym.intake.understand import understand
from basylym.intake.write import make_files


def read(folder: Path, body: str):
    path = folder / "article.html"
    path.write_text(f'<html lang="ru"><meta charset="utf-8"><body>{body}</body></html>', "utf-8")
    return read_document(path)


def notes(document) -> list[str]:
    return [words_of(each["c"]).strip() for block in document.blocks for each in walk(block.node) if each["t"] == "Note"]


WORD = '<p>Текст<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> дальше.</p><div style="mso-element:footnote-list"><hr>' \
       '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Слова сноски.</p></div></div>'
SITE = '<p>Текст<sup><a href="#fn1" id="r1">1</a></sup> дальше.</p><div id="fn1"><p>1. Слова сноски. <a href="#r1">↩</a></p></div>'
LIST = '<p>Текст<sup id="r1"><a href="#fn1">1</a></sup> дальше.</p><ol><li id="fn1">Слова сноски. <a href="#r1">^</a></li></ol>'


@pytest.mark.parametrize("body", [WORD, SITE, LIST])
def test_links_there_and_back_are_notes(body, tmp_path):
    document = read(tmp_path, body)
    assert notes(document) == ["Слова сноски."] and not document.unread
    assert [block.text for block in document.blocks] == ["Текст дальше."]


@pytest.mark.parametrize("body", [
    '<p>Текст <a href="#part">1</a>.</p><h2 id="part">Часть</h2>',
    '<p>Текст<a href="#b1" id="c1">[1]</a>.</p><h2>Литература</h2><ol><li id="b1">Мысалов А. Книга. 2001. <a href="#c1">^</a></li></ol>',
])
def test_other_links_are_none(body, tmp_path):
    document = read(tmp_path, body)
    assert notes(document) == [] and "1" in document.blocks[0].text


def test_inserted_and_deleted_words_are_asked_about(tmp_path):
    document = read(tmp_path, "<p>Слово <del>старое</del><ins datetime='2026-01-02'>новое</ins> здесь.</p>")
    assert document.blocks[0].text == "Слово новое здесь." and not document.unread
    assert [(each.kind, each.text, each.date) for each in document.blocks[0].changes] == [
        ("deleted", "старое", ""), ("inserted", "новое", "2026-01-02")]


def test_words_of_forms_and_the_foot_of_a_page_are_told(tmp_path):
    document = read(tmp_path, "<p>Текст.</p><textarea>Поле</textarea><select><option>Выбор</option></select><footer>© Журнал</footer>")
    assert [(each.text, each.why) for each in document.left_out] == [
        ("Поле", "not_understood"), ("Выбор", "not_understood"), ("© Журнал", "running_head")]
    assert [block.text for block in document.blocks] == ["Текст."]


def test_the_head_of_a_site_is_read(tmp_path):
    data = understand(read(tmp_path, '<h1>Юрта кочевников степи</h1><ul class="authors"><li><span class="name">Айгуль Мысалова</span>'
                           '<span class="affiliation">Университет примеров, Алматы, Казахстан</span><span class="orcid">'
                           '<a href="https://orcid.org/0000-0002-1825-0097">https://orcid.org/0000-0002-1825-0097</a></span></li>'
                           '<li><span class="name">Иван Образцов</span><span class="affiliation">Институт образцов, Москва, Россия</span>'
                           '</li></ul><h2>DOI:</h2><a href="https://doi.org/10.5555/1">https://doi.org/10.5555/1</a>'
                           '<h2>Аннотация</h2><p>О юрте говорится.</p><h2>Введение</h2><p>Текст.</p>')).front.data
    assert [(each["name"]["ru"]["family"], each["affiliations"], each.get("orcid")) for each in data["authors"]] == [
        ("Мысалова", ["org-1"], "0000-0002-1825-0097"), ("Образцов", ["org-2"], None)]
    assert data["doi"] == "10.5555/1"


def test_the_foot_of_a_table_is_no_second_head(tmp_path):
    document = read(tmp_path, "<table><thead><tr><th>А</th><th>Б</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>"
                              "<tfoot><tr><td>И</td><td>3</td></tr></tfoot></table>")
    assert not document.blocks[0].node["c"][5][1] and "И\t3" in document.blocks[0].text


HEAD = "<p align=center><b>{}</b></p><p align=center>А. Б. Мысалов</p><p align=center>Университет примеров, Алматы, Казахстан</p>" \
       "<p><b>Аннотация.</b> {}</p><p><b>Ключевые слова:</b> {}</p><h1>Введение</h1><p>Текст.</p>"


def test_what_is_raised_slanted_or_a_formula_stays_so(tmp_path):
    understood = understand(read(tmp_path, HEAD.format(
        "Синтез TiO<sub>2</sub> в <i>Artemisia</i>", "Взято 10<sup>5</sup> частиц, \\(x_1 < y\\), за 5$ каждая.",
        "10<sup>−3</sup> Па, степь")))
    files, left_out = make_files(understood)
    text = files["article.md"].decode()
    assert "ru: Синтез TiO~2~ в *Artemisia*" in text and "Взято 10^5^ частиц, $x_1 < y$, за 5\\$ каждая." in text and "- 10⁻³ Па" in text
    assert not find_losses(understood, files, left_out)[0]


def test_a_title_that_is_slanted_as_a_whole_is_plain(tmp_path):
    understood = understand(read(tmp_path, HEAD.format("<i>Синтез в степи и горах</i>", "<i>Взято пять частиц.</i>", "горы, степь")))
    assert "ru: Синтез в степи и горах\n" in make_files(understood)[0]["article.md"].decode()
