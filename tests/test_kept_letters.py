"""What Pango said of an article's texts is kept: the files are the same with it and without it, and Pango is not asked again."""

from __future__ import annotations

import gc
import json
import re
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from basylym import cache, pipeline
from basylym.options import FORMATS
from basylym.project import Project
from basylym.render import kept_letters, measured_text

BOTH = ("assembly", "torture")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A journal with the sample and the torture article, built; what it knows of their letters is in its `.basylym`."""
    folder = tmp_path_factory.mktemp("letters") / "desk"
    shutil.copytree(ROOT / "source", folder / "source")
    shutil.copytree(ROOT / "tests/torture", folder / "source/2026-1/torture")
    for name in BOTH:
        make(folder, name, "anew")
    assert len(records(folder)) == 2
    return folder.rename(folder.parent / "built")


@pytest.fixture
def desk(built):
    """That journal, as it was: records are of the place where they lie."""
    folder = built.parent / "desk"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(built, folder)
    return folder


def make(folder: Path, name: str, letters: str = "recalled", **wanted) -> dict[str, bytes]:
    """The files of an article."""
    project = Project(folder)
    target = next(each for each in project.targets if each.slug == name)
    result = pipeline.work(pipeline.Task(folder, False, target, **{"formats": FORMATS, **wanted}, letters=letters))
    assert result.written and not result.failure, result.failure
    return {path.suffix: path.read_bytes() for path in result.written}


def records(folder: Path) -> list[Path]:
    return sorted((folder / ".basylym").glob(f"*{cache.BYTES}"))


def change(path: Path, pattern: str, new: str) -> None:
    text = path.read_text("utf-8")
    changed = re.sub(pattern, new, text, count=1, flags=re.DOTALL)
    assert changed != text
    path.write_text(changed, "utf-8")


@pytest.fixture
def asked(monkeypatch):
    """What Pango is asked to set."""
    texts = []
    monkeypatch.setattr(measured_text.Face, "set", lambda self, text, spacing, usual=measured_text.Face.set: (
        texts.append(text) or usual(self, text, spacing)))
    return texts


CHANGES = {
    "nothing": ("article", r"\Z", "\n"),
    "the first word": ("article", r"(\n---\n\s*(?:#[^\n]*\n\s*)?)([^\W\d_]+)", r"\1Жаңа\2 ŁŶ"),
    "a word in the middle": ("article", r"\A(.{15000}.*?\n\n)([^\W\d_])", r"\1Ѣѳ сөз ﬁ Ω \2"),
    "a paragraph more": ("article", r"\A(.{15000}.*?\n\n)([^\W\d_])", r"\1Жаңа азатжол: new words, 5 % № §, *italics* and **bold**.\n\n\2"),
    "a paragraph less": ("article", r"\A(.{15000}.*?\n\n)([^\W\d_][^\n]*\n\n)", r"\1"),
    "a word at the end": ("article", r"\Z", "\n\nOne more sentence, 5.\n"),
    "the abstract": ("article", r"(abstract:\n  kk: (?:\||[^\w]*)\n?\s*)(\w)", r"\1Щф \2"),
    "the language": ("article", r"\nlanguage: \w+", "\nlanguage: en"),
    "the families": ("style", r"\Z", '\nhtml { font-family: "Noto Serif" }\n'),
    "the size": ("style", r"\Z", "\nhtml { font-size: 9.7pt }\n"),
    "the width of blanks": ("style", r"\Z", "\np { word-spacing: 0 }\n"),
    "a font that a sheet loads": ("style", r"\Z", '\n@font-face { font-family: "PT Serif"; src: local("PT Sans") }\n'),
}


def make_change(folder: Path, name: str, what: str) -> None:
    where, pattern, new = CHANGES[what]
    path = folder / f"source/2026-1/{name}/article.md"
    if where == "style":
        path = folder / "styles/print.css"
        path.parent.mkdir()
        shutil.copy(ROOT / "styles/print.css", path)
    change(path, pattern, new)


CASES = [("assembly", what) for what in CHANGES] + [("torture", "a word in the middle")]


@pytest.mark.parametrize(("name", "what"), CASES)
def test_files_are_the_same_with_a_record_and_without(desk, name, what):
    make_change(desk, name, what)
    before = [path.read_bytes() for path in records(desk)]
    formats = FORMATS if what == "a word in the middle" else ("pdf", "epub")  # an EPUB tells where the pages end
    found = make(desk, name, formats=formats)
    again = make(desk, name, formats=formats)  # with the record that the build with a record left
    assert found == again == make(desk, name, "", formats=formats)
    assert len(records(desk)) == 2
    assert ([path.read_bytes() for path in records(desk)] == before) == (what in ("nothing", "a font that a sheet loads"))


@pytest.mark.parametrize("edition", ["proof", "anonymous"])
def test_other_editions_have_a_record_of_their_own(desk, edition, asked):
    first = make(desk, "assembly", edition=edition, formats=("pdf",))
    assert len(records(desk)) == 3
    whole = len(asked)
    asked.clear()
    assert make(desk, "assembly", edition=edition, formats=("pdf",)) == first
    assert len(asked) < whole / 5
    assert make(desk, "assembly", "", edition=edition, formats=("pdf",)) == first


def test_pango_is_asked_for_what_is_new_alone(desk, asked):
    make(desk, "assembly", "", formats=("pdf",))
    whole = len(asked)
    change(desk / "source/2026-1/assembly/article.md", r"\Z", "\n\nOne more sentence, 5.\n")
    asked.clear()
    make(desk, "assembly")
    assert len(asked) < 30 < whole / 10
    asked.clear()
    make(desk, "assembly", formats=("html",))
    assert not asked


def test_a_build_without_a_pdf_leaves_what_was_drawn(desk, asked):
    change(desk / "source/2026-1/assembly/article.md", r"\Z", "\n\nOne more sentence, 5.\n")
    make(desk, "assembly", formats=("html",))
    asked.clear()
    found = make(desk, "assembly", formats=("pdf",))
    assert len(asked) < 30
    assert found == make(desk, "assembly", "", formats=("pdf",))


def test_a_record_has_the_size_of_one_article(desk):
    """What was not needed goes; so it comes to the bytes that a build without a record leaves."""
    path = desk / "source/2026-1/assembly/article.md"
    text, sizes = path.read_text("utf-8"), []
    for number in range(3):
        path.write_text(text + f"\n\nA sentence that is another one, {number}.\n", "utf-8")
        make(desk, "assembly", formats=("pdf",))
        sizes.append(sum(each.stat().st_size for each in records(desk)))
    assert max(sizes) - min(sizes) < 100
    make(desk, "assembly", "anew", formats=("pdf",))
    assert abs(sum(each.stat().st_size for each in records(desk)) - sizes[-1]) < 2000


def test_a_warm_worker_keeps_nothing_in_its_memory(desk):
    for name in BOTH:
        make(desk, name, formats=("pdf",))
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, kept_letters.Letters)]


def spoil(data: bytes, how: str, other: bytes) -> bytes:
    middle = len(data) // 2
    return {"empty": b"", "cut short": data[:middle], "a byte": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1:],
            "another's": other, "no record": b"no record" * 10}[how]


@pytest.mark.parametrize("how", ["empty", "cut short", "a byte", "another's", "no record"])
def test_a_broken_record_is_passed_over(desk, asked, how):
    one, two = records(desk)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(spoil(first, how, second))
    two.write_bytes(spoil(second, how, first))
    good = make(desk, "assembly", "", formats=("pdf",))
    whole = len(asked)
    asked.clear()
    assert make(desk, "assembly", formats=("pdf",)) == good
    assert len(asked) == whole
    assert {one.read_bytes(), two.read_bytes()} & {first, second}, "it is made again"


def forge(data: bytes, how: str) -> bytes:
    """A record with its seal, and nonsense in it."""
    end = 4 + int.from_bytes(data[:4], "big")
    faces, fonts = json.loads(data[4:end])
    font, lines = next(iter(fonts.values())), next(face[4] for face in faces if face[4])
    if how == "operators":
        lines[0][2][2] = ") Tj (evil"
    elif how == "size":
        lines[0][2][1] = "1 Tf ET"
    elif how == "glyph":
        font[0][0] = 2**40
    elif how == "letter":
        font[0][2] = "\ud800"
    elif how == "font":
        faces[0][3][0][2] = 99
    elif how == "length":
        faces[0][3][0][4] += 2
    elif how == "height":
        faces[0][3][0][0] = 1e300
    elif how == "shape":
        faces = {"a": faces}
    head = json.dumps([faces, fonts]).encode()
    return len(head).to_bytes(4, "big") + head + data[end:]


@pytest.mark.parametrize("how", ["operators", "size", "glyph", "letter", "font", "length", "height", "shape"])
def test_a_forged_record_is_passed_over(desk, asked, how):
    find = cache.Cache.find_bytes
    good = make(desk, "assembly", "", formats=("pdf",))
    whole = len(asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache.Cache, "find_bytes", lambda self, key, made_of: forge(find(self, key, made_of), how))
        asked.clear()
        assert make(desk, "assembly", formats=("pdf",)) == good
        assert len(asked) == whole


def test_glyphs_that_no_font_has_are_not_written():
    """A forged record names glyphs by numbers that a font does not have, or a line has letters that are not the font's."""
    class Font:
        hash, glyph_count = "AAAAAA", 10

        def __init__(self):
            self.to_unicode, self.widths = {}, {}

    class Stream:
        _fonts = {1: Font()}

    letters = kept_letters.Letters(None)
    letters._letters = {"AAAAAA": [kept_letters.Letter(3, 500, "a"), kept_letters.Letter(99, 500, "b")]}
    texts = letters.face(("x",))
    texts.lines = {("a", None): [kept_letters.Piece("AAAAAA", 9.0, "<0003>", 0, 1)],
                   ("b", None): [kept_letters.Piece("AAAAAA", 9.0, "<0063>", 1, 2)],
                   ("c", None): [kept_letters.Piece("BBBBBB", 9.0, "<0003>", 0, 1)],
                   ("d", None): [kept_letters.Piece("AAAAAA", 9.0, "<0003>", 5, 9)]}
    assert letters.recall(Stream, texts, ("a", None)) == [(Stream._fonts[1], 9.0, "<0003>")]
    assert Stream._fonts[1].to_unicode == {3: "a"} and Stream._fonts[1].widths == {3: 500}
    assert not letters.recall(Stream, texts, ("b", None)) and not letters.recall(Stream, texts, ("c", None))
    Stream._fonts[1].widths[3] = 501  # its first place was another one in this build
    Stream._fonts[1].reach_by_basylym = 0
    assert not letters.recall(Stream, texts, ("a", None)) and not letters.recall(Stream, texts, ("d", None))


def test_a_forced_build_does_not_use_it_and_keeps_it_anew(desk, asked, monkeypatch, capsys):
    from basylym.cli import main

    monkeypatch.chdir(desk)
    for words, most in (("--force",), None), ((), 30):
        asked.clear()
        change(desk / "source/2026-1/assembly/article.md", r"\Z", "\n\nOne more sentence.\n")
        main(["build", "assembly", "--jobs", "1", *words])
        assert (len(asked) < 30) if most else len(asked) > 300
    capsys.readouterr()


def test_what_a_build_asks_alone_is_what_its_workers_ask(desk, monkeypatch, capsys):
    """Alone, with the other core beside it, and among many."""
    from basylym.cli import main

    monkeypatch.chdir(desk)
    found = []
    for words in (["assembly", "--jobs", "1"], ["assembly"], ["assembly", "torture", "--jobs", "2"]):
        change(desk / "source/2026-1/assembly/article.md", r"(?:\n\nNow .*)?\Z", f"\n\nNow {len(found)}.\n")
        stamps = {path: path.stat().st_mtime_ns for path in records(desk)}
        time.sleep(0.01)
        main(["build", *words])
        found.append({path.name for path in records(desk) if path.stat().st_mtime_ns != stamps[path]})
        got = {path.suffix: path.read_bytes() for path in (desk / "output/2026-1/assembly").iterdir() if path.is_file()}
        expected = make(desk, "assembly", "")
        assert {suffix: got[suffix] for suffix in expected} == expected
    assert all(found) and len(records(desk)) == 2
    capsys.readouterr()


def test_nothing_is_kept_where_it_has_no_place_or_too_many_are_built(desk, monkeypatch, tmp_path):
    project = Project(desk)
    tasks = []
    monkeypatch.setattr(pipeline, "_one_by_one", lambda left, begun, keep: tasks.extend(left) or iter(()))
    monkeypatch.setattr(pipeline, "_in_order", lambda *values: iter(()))

    def asked_of(cache_, **wanted):
        tasks.clear()
        assert not [*pipeline.run(project, list(project.targets)[:1], 1, cache=cache_, **wanted)]
        return tasks[0].letters

    assert asked_of(cache.Cache(desk), formats=("pdf",)) == "recalled"
    assert asked_of(cache.Cache(desk, fresh=True), formats=("pdf",)) == "anew"
    assert asked_of(None, formats=("pdf",)) == asked_of(cache.Cache(desk)) == ""
    monkeypatch.setattr(pipeline, "MANY", 0)
    assert asked_of(cache.Cache(desk), formats=("pdf",)) == ""
    monkeypatch.undo()
    (desk / "source/linked").symlink_to(tmp_path)
    monkeypatch.setattr(pipeline, "_one_by_one", lambda left, begun, keep: tasks.extend(left) or iter(()))
    monkeypatch.setattr(pipeline, "_in_order", lambda *values: iter(()))
    assert asked_of(cache.Cache(desk), formats=("pdf",)) == ""


def test_what_spares_work_goes_before_what_spares_all(desk, monkeypatch):
    folder = desk / ".basylym"
    for number in range(3):
        (folder / f"{number}.z").write_bytes(b"0" * 400)
    size = sum(path.stat().st_size for path in records(desk))
    monkeypatch.setattr(cache, "LARGEST", size)
    cache.Cache(desk).tidy()
    assert len(records(desk)) == 1 and len([*folder.glob("?.z")]) == 3


def test_a_key_does_not_tell_whether_letters_are_kept(desk):
    target = Project(desk).targets[0]
    task = pipeline.Task(desk, False, target, ("pdf",))
    assert pipeline._key(task) == pipeline._key(replace(task, letters="recalled"))
