"""Any file: whatever an author hands in is read, or refused in a sentence that says why; never a traceback, never half a file."""

from __future__ import annotations

import io
import json
import os
import time
from pathlib import Path

import pytest

from basylym.cli import main
from basylym.read.bibliography import read_bibliographies
from basylym.read.pictures import read_picture
from basylym.read.text import LIMIT, decode

FRONT = "---\ntitle: {title}\nauthor: Ахметова А. Б.\nlang: {lang}\n---\n\n"
RUSSIAN = FRONT.format(title="Отчёт о лампах", lang="ru") + "Лампы считали вечером, и не все из них горели.\n"
KAZAKH = FRONT.format(title="Шамдар туралы", lang="kk") + "Бұл есепте қазақ ауласындағы шамдар саналды және жазылды.\n"
CHINESE = "---\ntitle: lamps\n---\n\n这是一个用于测试的中文文稿，没有任何含义。\n"
GERMAN = "---\ntitle: Lampen\n---\n\nDie Größe der Münze, für alle.\n"
BIB = "@book{{{key}, author = {{Доу, Джейн}}, title = {{{title}}}, address = {{Алматы}}, year = 1999}}\n"


class Desk:
    """A folder with one manuscript, built where it lies."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys
        self.findings: list[str] = []

    def build(self, data: bytes | str | None = None, name: str = "paper.md", **files: bytes | str) -> int:
        """Writes the manuscript and what lies beside it, builds the page, keeps what was told; the exit code."""
        for path, content in {**({name: data} if data is not None else {}), **files}.items():
            (self.folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
        began, here = time.monotonic(), Path.cwd()
        os.chdir(self.folder)
        try:
            code = main(["build", "--format", "html", name])
        finally:
            os.chdir(here)
        assert time.monotonic() - began < 10
        told = self.capsys.readouterr()
        self.out, self.err = told.out, told.err
        assert "Traceback" not in told.out + told.err and "fault in Basylym" not in told.err, told.err
        self.findings = [line for line in told.out.splitlines() if " SRC-" in line or " REF-" in line or " CIT-" in line]
        return code

    @property
    def page(self) -> str:
        """The page without its soft hyphens, or nothing where none was written."""
        path = self.folder / "output" / "paper" / "paper.html"
        return path.read_text("utf-8").replace("\u00ad", "") if path.is_file() else ""


@pytest.fixture
def desk(tmp_path, capsys) -> Desk:
    return Desk(tmp_path, capsys)


def refused(desk: Desk, code: int, *words: str) -> None:
    """The manuscript gave just one finding, which says this, and nothing was written."""
    assert code == 1
    assert len(desk.findings) == 1 and all(word in desk.findings[0] for word in words), desk.findings
    assert desk.err.startswith("basylym: paper: not built") and desk.err.count("\n") == 1
    assert not (desk.folder / "output").exists()


# --- encodings ------------------------------------------------------------------------------------------------------
def test_a_byte_order_mark_is_no_part_of_the_text(desk):
    assert desk.build(RUSSIAN.encode("utf-8-sig")) == 0 and not desk.findings
    assert "Отчёт о лампах" in desk.page and "\ufeff" not in desk.page


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_may_end_as_on_other_systems(desk, ending):
    assert desk.build(RUSSIAN.replace("\n", ending)) == 0 and not desk.findings
    assert "Лампы считали вечером" in desk.page and "\r" not in desk.page


@pytest.mark.parametrize(("text", "encoding", "name"), [
    (RUSSIAN, "utf-16", "UTF-16"), (KAZAKH, "utf-16", "UTF-16"), (KAZAKH, "utf-32", "UTF-32"), (RUSSIAN, "cp1251", "windows-1251"),
    (KAZAKH, "kz1048", "KZ-1048")])
def test_another_encoding_is_read_where_it_is_certain(desk, text, encoding, name):
    assert desk.build(text.encode(encoding)) == 0
    assert len(desk.findings) == 1 and "paper.md:1:1: warning SRC-016" in desk.findings[0] and f"read as {name}" in desk.findings[0]
    for words in text.splitlines()[-1].split():
        assert words in desk.page


@pytest.mark.parametrize(("text", "encoding", "guess", "line"), [
    (CHINESE, "gbk", "GBK", 5), (RUSSIAN, "koi8-r", "KOI8-R", 2), (RUSSIAN, "cp866", "CP866", 2), (RUSSIAN, "iso8859-5", "ISO 8859-5", 2),
    (RUSSIAN, "mac-cyrillic", "MacCyrillic", 2), (GERMAN, "latin-1", "windows-1252", 5),
    (RUSSIAN, "utf-16-le", "UTF-16LE", 1), (KAZAKH, "utf-16-be", "UTF-16BE", 1)])
def test_another_encoding_is_refused_with_the_guess_and_the_line(desk, text, encoding, guess, line):
    refused(desk, desk.build(text.encode(encoding)), f"paper.md:{line}:1: error SRC-009", f"it looks like {guess}", "is not UTF-8")


def test_bytes_that_make_no_words_are_refused_without_a_guess(desk):
    refused(desk, desk.build(b"Title\n\n" + bytes(range(128, 256))), "paper.md:3:1: error SRC-009", "bytes 80 81 82 83)")


def test_kazakh_letters_of_an_old_encoding_are_not_taken_for_others():
    """KZ-1048 and windows-1251 share the Russian letters; read by the wrong one, ә comes out as є."""
    assert decode(KAZAKH.encode("kz1048"), "a.md")[0] == KAZAKH
    assert decode("Це український текст і його їжа та ґрунт".encode("cp1251"), "a.md")[0] is None


# --- what is hardly a manuscript ------------------------------------------------------------------------------------
@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf", b"---\n---\n"])
def test_an_empty_file(desk, data):
    refused(desk, desk.build(data), "paper.md:1:1: error SRC-017", "the file is empty")


def test_nul_bytes(desk):
    refused(desk, desk.build(b"# Title\n\nA word,\0 and another.\n"), "paper.md:3:1: error SRC-009", "bytes 00")


def test_ten_megabytes(desk):
    data = RUSSIAN.encode() + b"Words and words.\n" * 600_000
    assert len(data) > 10_000_000
    refused(desk, desk.build(data), "paper.md:1:1: error SRC-011", f"the file has {len(data)} bytes; the limit is {LIMIT}")


def test_a_file_that_may_not_be_read(desk, monkeypatch):
    from test_checks import break_reading

    break_reading(monkeypatch, "paper.md")
    refused(desk, desk.build(RUSSIAN), "paper.md:1:1: error SRC-010", "can't be read: Permission denied")


def test_a_folder_called_article_md(desk, journal):
    (journal.article / "article.md").unlink()
    (journal.article / "article.md").mkdir()
    assert journal.run("build") == 2
    told = desk.capsys.readouterr()
    assert "holds no article" in told.err and "Traceback" not in told.err
    assert not (journal.folder / "output").exists()


@pytest.mark.parametrize("words", [(), ("source/2026-1/specimen",), ("source/2026-1/specimen/article.md",)])
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_pipe_called_article_md_is_named(desk, journal, command, words):
    (journal.article / "article.md").unlink()
    os.mkfifo(journal.article / "article.md")
    assert journal.run(command, *words) == 2
    assert "article.md is no regular file" in desk.capsys.readouterr().err


@pytest.mark.parametrize("words", [(), ("source/2026-1",), ("source/2026-1/specimen",)])
@pytest.mark.parametrize("command", ["build", "check"])
def test_an_issue_without_its_file_is_named(desk, journal, command, words):
    (journal.folder / "source/2026-1/issue.yaml").unlink()
    assert journal.run(command, *words) == 2
    assert "2026-1 has articles but no issue.yaml" in desk.capsys.readouterr().err


@pytest.mark.parametrize("name", ["статья", "nothing.md"])
def test_a_file_that_is_not_there(desk, name):
    assert desk.build(None, name) == 2
    assert len(desk.err.splitlines()) == 1 and not desk.out


def test_folders_with_blanks_and_cyrillic_names(desk):
    desk.folder = desk.folder / "Мои документы" / "Отчёт № 1 (новый) #2 %41"
    desk.folder.mkdir(parents=True)
    assert desk.build(RUSSIAN, "отчёт «итог».md") == 0
    assert (desk.folder / "output" / "отчёт «итог»" / "отчёт «итог».html").is_file()


def test_characters_that_no_output_can_hold_are_left_out(desk):
    text = RUSSIAN + "Одно\x0bслово\x07 и &#1; другое, `code\x02`.\n"
    assert desk.build(text) == 0
    assert "Одно слово и" in " ".join(desk.page.split()) and not {"\x01", "\x02", "\x07", "\x0b"} & set(desk.page)


# --- front matter ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("block", [
    "author:\n\t- Ахметова А. Б.\n\t- Борисов Б. Б.", "author:\n\t-\tАхметова А. Б.\n\t-\tБорисов Б. Б.",
    "author:\n\t- name: Ахметова А. Б.\n\t  email: a@journal.example\n\t- name: Борисов Б. Б.",
    "author:\n\t-\tname: Ахметова А. Б.\n\t\temail: a@journal.example\n\t-\tname: Борисов Б. Б.",
    "author:\n\t- name: Ахметова А. Б.\n\t\temail: a@journal.example\n\t- name: Борисов Б. Б.",
    "author:\n  \t- name: Ахметова А. Б.\n    - name: Борисов Б. Б."])
def test_lists_indented_by_tabs(desk, block):
    assert desk.build(f"---\ntitle: Лампы\n{block}\nlang: ru\n---\n\nТекст.\n") == 0
    assert not desk.findings
    assert "Ахметова" in desk.page and "Борисов" in desk.page


def test_a_key_given_twice(desk):
    assert desk.build("---\ntitle: Первое\nlang: ru\nauthor: Ахметова А. Б.\ntitle: Второе\n---\n\nТекст.\n") == 1
    assert len(desk.findings) == 1 and "paper.md:5:1: error SRC-002 “title” stands here a second time" in desk.findings[0]
    assert "Первое" in desk.page and "Второе" not in desk.page


@pytest.mark.parametrize(("block", "line"), [("title: [Лампы", 3), ("title: Лампы\n  key: x", 3), ("title: 'Лампы", 3), ("- Лампы", 2)])
def test_front_matter_that_is_no_yaml(desk, block, line):
    code = desk.build(f"---\n{block}\n---\n\nТекст.\n")
    assert code == 1 and "SRC-001" in desk.findings[0] and not desk.page
    assert abs(int(desk.findings[0].split(":")[1]) - line) <= 1


def test_front_matter_that_never_ends(desk):
    refused(desk, desk.build("---\ntitle: Лампы\nauthor: Ахметова А. Б.\n\nТекст начинается здесь.\n"),
            "paper.md:1:1: error SRC-001", "the line --- that ends it is missing")


def test_a_language_in_words(desk):
    assert desk.build("---\ntitle: Лампы\nauthor: Ахметова А. Б.\nlang: Russian\n---\n\nТекст.\n") == 0
    assert '<html lang="ru"' in desk.page and not desk.findings


def test_a_language_that_is_none(desk):
    assert desk.build("---\ntitle: Lamps\nauthor: Aigul Example\nlang: the usual\n---\n\nText.\n") == 1
    assert "paper.md:4:1: error SRC-004 “the usual” can't stand here" in desk.findings[0] and '<html lang="en"' in desk.page


def test_attributes_and_links_that_act_are_left_out(desk):
    text = FRONT.format(title='"A [title](javascript:alert) ![x](file:///etc/passwd)"', lang="en") + (
        'A [word]{onclick="alert(1)" style="color:red" lang=kk} [link](javascript:alert){onfocus=x} [page](https://journal.example).\n')
    assert desk.build(text) == 0
    for words in ("onclick", "onfocus", "javascript", "passwd", "color:red"):
        assert words not in desk.page
    assert '<span lang="kk"' in desk.page and 'href="https://journal.example"' in desk.page


# --- bibliographies -------------------------------------------------------------------------------------------------
CITING = FRONT.format(title="Лампы", lang="ru").replace("lang:", "bibliography: refs.bib\nlang:")


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig"])
def test_a_bibliography_with_a_byte_order_mark(desk, encode):
    assert desk.build(CITING + "Текст [@doe].\n", **{"refs.bib": BIB.format(key="doe", title="Хорошая").encode(encode)}) == 0
    assert not desk.findings and "Хорошая" in desk.page


@pytest.mark.parametrize(("bad", "finding"), [
    (BIB.format(key="doe", title="Вторая"), "refs.bib:2:1: error REF-001 the key “doe” is taken by refs.bib:1:1"),
    ("@book{roe, author = {Роу, Ричард} title = {Без запятых} year = 2001}\n", "refs.bib:2:1: error REF-004 the entry “roe” can't be read"),
    ("@book{roe\n  title = {Без запятой}}\n", "refs.bib:2:1: error REF-004 the entry “roe” can't be read"),
    ("@book{, title = {Без ключа}}\n", "refs.bib:2:1: error REF-002 this reference has no key"),
    ("@book{title = {Без ключа}}\n", "refs.bib:2:1: error REF-002 this reference has no key"),
    ("@book{roe, title = {Не закрыта, year = 2001\n", "refs.bib:2:1: error REF-004 the entry “roe” can't be read"),
    ("@book{roe, title = {Сама себе}, crossref = {roe}}\n", "refs.bib:2:1: error REF-005 “roe” takes its data from itself")])
def test_one_bad_entry_among_good_ones(desk, bad, finding):
    good = [BIB.format(key=key, title=title) for key, title in (("doe", "Первая"), ("trial", "Третья"))]
    assert desk.build(CITING + "Текст [@doe; @trial].\n", **{"refs.bib": good[0] + bad + good[1]}) == 1
    assert len(desk.findings) == 1 and finding in desk.findings[0], desk.findings
    assert "Первая" in desk.page and "Третья" in desk.page


def test_entries_that_inherit_in_a_circle(desk):
    bib = BIB.format(key="doe", title="Первая") + "".join(
        f"@book{{c{at}, title = {{Круг}}, crossref = {{c{(at + 1) % 3}}}}}\n" for at in range(3))
    assert desk.build(CITING + "Текст [@doe].\n", **{"refs.bib": bib}) == 1
    assert [finding.split()[2] for finding in desk.findings] == ["REF-005"] * 3 and "Первая" in desk.page


def test_a_bibliography_that_is_not_there(desk):
    assert desk.build(CITING + "Текст [@doe].\n") == 0
    assert "paper.md:4:1: warning SRC-012 “refs.bib” is not beside the article" in desk.findings[0]
    assert "paper.md:8:9: warning CIT-001 “doe” is cited" in desk.findings[1] and "Текст" in desk.page


@pytest.mark.parametrize("name", ["../refs.bib", "/etc/passwd", "https://journal.example/refs.bib", '"a\\0b.bib"', "x" * 300 + ".bib"])
def test_a_bibliography_elsewhere_is_never_opened(desk, name):
    (desk.folder / "refs.bib").write_text(BIB.format(key="doe", title="Чужая"), "utf-8")
    desk.folder = desk.folder / "inside"
    desk.folder.mkdir()
    assert desk.build(CITING.replace("refs.bib", name) + "Текст.\n") == 0
    assert len(desk.findings) == 1 and "SRC-012" in desk.findings[0] and "Чужая" not in desk.page


@pytest.mark.parametrize("text", [
    '[{"id": "a", "issued": {"date-parts": null}, "title": "А"}]', '[{"id": "a", "issued": {"date-parts": [2001]}, "title": "А"}]',
    '[{"id": "a", "author": [null], "title": "А"}]', '[{"id": "a", "author": {"family": 5}, "title": "А"}]',
    '[{"id": "a", "title": ["А"]}]', '[{"id": "a", "title": {}}]', '[{"id": 5, "title": "А"}]', '[null, 5, "x", []]',
    '{"a": 1}', '"x"', "[", "", "[" * 100_000, '[{"id": "a", "type": "no-such-type", "title": "А", "volume": null, "page": 5}]',
    '[{"id": "a", "issued": [{"year": "x"}], "language": 5, "accessed": []}]'])
def test_csl_json_of_any_shape(desk, text):
    good = [{"id": "doe", "type": "book", "title": "Хорошая", "issued": {"date-parts": [[1999]]}}]
    code = desk.build(CITING.replace("refs.bib", "[refs.json, good.json]") + "Текст [@a; @doe].\n",
                      **{"refs.json": text, "good.json": json.dumps(good)})
    assert code in (0, 1) and "Хорошая" in desk.page


@pytest.mark.parametrize("text", ["TY  - BOOK\n", "TY  - BOOK\nID  - a\nER  - \n", "ER  - \n", "garbage\n",
                                  "TY  - BOOK\nID  - a\nTI  - А\n", "TY  - ????\nID  - a\nTI  - А\nPY  - когда\nER  - \n"])
def test_ris_of_any_shape(desk, text):
    good = "TY  - BOOK\nID  - doe\nTI  - Хорошая\nPY  - 1999\nER  - \n"
    code = desk.build(CITING.replace("refs.bib", "[refs.ris, good.ris]") + "Текст [@a; @doe].\n", **{"refs.ris": text, "good.ris": good})
    assert code in (0, 1) and "Хорошая" in desk.page


def test_a_large_bibliography_is_split_in_time(tmp_path):
    (tmp_path / "refs.bib").write_text("".join(BIB.format(key=f"k{at}", title="А" * 200) for at in range(8_000)), "utf-8")
    began = time.monotonic()
    found = read_bibliographies(["refs.bib"], tmp_path, tmp_path, None)
    assert len(found.bibtex) == 8_000 and time.monotonic() - began < 10


# --- pictures -------------------------------------------------------------------------------------------------------
ELSEWHERE, UNKNOWN = "not beside the article", "not a PNG, JPEG, GIF, WebP or SVG picture"


@pytest.mark.parametrize(("name", "data", "why"), [
    ("none.png", None, ELSEWHERE), ("../dot.png", None, ELSEWHERE), ("a\0b.png", None, ELSEWHERE), ("text.png", b"no picture", UNKNOWN),
    ("empty.png", b"", UNKNOWN), ("broken.svg", b"<svg", UNKNOWN), ("page.pdf", b"%PDF-1.7", UNKNOWN)])
def test_pictures_that_are_none(tmp_path, name, data, why):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert read_picture(tmp_path, name) == why


def test_a_picture_too_large_is_told_its_size_and_the_limit(tmp_path, monkeypatch):
    from PIL import Image

    from basylym.limits import Limits
    limits = Limits(picture_bytes=2_000_000, picture_pixels=2_000_000)
    Image.new("1", (2000, 1001)).save(tmp_path / "wide.png")
    (tmp_path / "heavy.png").write_bytes(b"0" * 2_000_001)
    allowed = "and limits: in journal.yaml allow 2000000"
    assert read_picture(tmp_path, "wide.png", limits) == f"too large: picture_pixels is 2002000, {allowed}"
    assert read_picture(tmp_path, "heavy.png", limits) == f"too large: picture_bytes is 2000001, {allowed}"
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000_000)  # Pillow's own limit, which it tells by an exception
    limits = Limits(picture_pixels=1_000_000)
    Image.new("1", (2000, 1002)).save(tmp_path / "bomb.png")
    assert read_picture(tmp_path, "bomb.png", limits) == (
        "too large: picture_pixels is 2004000, and limits: in journal.yaml allow 1000000")


@pytest.mark.parametrize("profiled", [False, True])
def test_a_picture_in_printing_inks_is_turned_into_srgb(tmp_path, profiled):
    """A profile that is none is passed over; the picture stays turned as its camera said."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("CMYK", (30, 20), (255, 0, 0, 0)).save(tmp_path / "inks.jpg", exif=exif, icc_profile=b"no profile" if profiled else None)
    picture = read_picture(tmp_path, "inks.jpg")
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.mode, image.size, image.getexif()[0x0112]) == ("JPEG", "RGB", (30, 20), 6)
        assert "icc_profile" not in image.info
        red, green, blue = image.getpixel((5, 5))
        assert red < 60 and green > 120 and blue > 180  # cyan
    assert picture.media_type == "image/jpeg" and (picture.width, picture.height) == (30, 20)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'


@pytest.mark.parametrize(("inside", "lost", "empty"), [
    ('<path d="M0 0h9"/>', (), False),
    ('<style>.a { fill: url(#b) }</style><a href="https://journal.example"><rect class="a" width="9" height="9"/></a>', (), False),
    ('<image xlink:href="file:///etc/passwd"/>', ("file:///etc/passwd",), False),
    ('<image href="http://journal.example/a.png"/><image href="map.png"/>', ("http://journal.example/a.png", "map.png"), False),
    ('<image href="data:image/gif;base64,R0lGOD"/>', ("data:image/gif",), False),
    ('<rect fill="url(http://journal.example/a.svg#b)"/>', ("url(http://journal.example/a.svg#b)",), False),
    ('<style>@import "a.css";</style><rect/>', ("style",), False),
    ('<foreignObject><p>a</p></foreignObject><rect onclick="a()"/><script>a()</script>', ("foreignObject",), False),
    ('<switch><foreignObject><p>a</p></foreignObject><text>a</text></switch>', (), False),
    ("", (), True), ("<!-- nothing --><g><title>a</title></g><defs/>", (), True)])
def test_an_svg_tells_what_is_left_out_of_it(tmp_path, inside, lost, empty):
    (tmp_path / "a.svg").write_text(SVG.format(inside), "utf-8")
    picture = read_picture(tmp_path, "a.svg")
    assert (picture.lost, picture.empty) == (lost, empty)
    assert b"etc/passwd" not in picture.data and b"journal.example" not in picture.data


def test_a_style_of_an_svg_that_stays_inside_of_it_is_kept(tmp_path):
    (tmp_path / "a.svg").write_text(SVG.format("<style>.a{fill:url(#b)}</style><rect class='a'/>"), "utf-8")
    assert b"url(#b)" in read_picture(tmp_path, "a.svg").data
