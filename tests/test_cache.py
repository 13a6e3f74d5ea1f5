"""Nothing is built twice, and nothing is left unbuilt: what a record of an earlier build holds for, and what ends it."""

import os
import shutil
import subprocess
import sys
import zlib
from io import FileIO
from pathlib import Path

import fontpkg
import pytest
from conftest import ROOT

from basylym import cache, pipeline, project
from basylym.cache import Cache, Sources, Unknown
from basylym.cli import main
from basylym.render import epub_fonts
from basylym.typography.fonts import FAMILIES, font_files
from basylym.typography.made_once import find_made, keep_made, made_once

LIST = "Title,OriginalPaperDOI,OriginalPaperDate,RetractionDOI,RetractionDate,RetractionNature,Reason\n"


class Desk:
    """A journal with two articles, built; and which articles are worked on from then on."""

    def __init__(self, journal, monkeypatch, capsys):
        self.journal, self.folder, self.capsys = journal, journal.folder, capsys
        shutil.copytree(journal.article, journal.article.parent / "other")
        self.worked: list[str] = []
        work = pipeline._work

        def watch(task):
            self.worked.append(task.target.slug)
            return work(task)

        monkeypatch.setattr(pipeline, "_work", watch)
        monkeypatch.chdir(self.folder)
        cache.engines.cache_clear()
        self.build()

    def build(self, *words: str) -> list[str]:
        """The articles that a build works on."""
        self.worked.clear()
        self.code = main(["build", "--format", "html", "--jobs", "1", *words])
        told = self.capsys.readouterr()
        self.out, self.err = told.out, told.err
        return sorted(self.worked)

    def page(self, name: str = "specimen") -> Path:
        """The web page of an article."""
        return self.folder / f"output/2026-1/{name}/{name}.html"

    def says(self, words: str) -> bool:
        """Whether words stand on the page."""
        return words in self.page().read_text("utf-8").replace("\u00ad", "").replace("\u00a0", " ")


@pytest.fixture
def desk(journal, monkeypatch, capsys):
    """A journal with two articles, built."""
    return Desk(journal, monkeypatch, capsys)


BOTH = ["other", "specimen"]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def change(path: Path, old: str = "", new: str = "") -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new) if old else text + new, "utf-8")


# --- what is not done again -----------------------------------------------------------------------------------------
def test_nothing_changed_tells_the_same_and_works_on_nothing(desk):
    told = desk.out, desk.err, desk.code
    before = desk.page().stat().st_mtime_ns
    assert desk.build() == []
    assert (desk.out, desk.err, desk.code) == told and "2 of 2 articles built" in desk.out
    assert desk.page().stat().st_mtime_ns == before


def test_one_article_changed_leaves_the_other(desk):
    change(desk.journal.article / "article.md", new="\nҚосымша сөйлем.\n")
    assert desk.build() == ["specimen"]
    assert desk.says("Қосымша сөйлем")
    assert "2 of 2 articles built" in desk.out


def test_findings_of_what_was_not_built_again_are_told_as_before(desk):
    change(desk.journal.article.parent / "other/article.md", new="\nСөз [@nobody].\n")
    desk.build()
    told = [line for line in desk.out.splitlines() if "nobody" in line]
    change(desk.journal.article / "article.md", new="\nСөйлем.\n")
    assert desk.build() == ["specimen"] and desk.code == 1
    assert told and [line for line in desk.out.splitlines() if "nobody" in line] == told


def test_a_file_written_again_with_the_same_bytes_changes_nothing_and_no_output_is_older(desk):
    article = desk.journal.article / "article.md"
    later = desk.page().stat().st_mtime_ns + 10**6  # in the past when the build begins
    os.utime(article, ns=(later, later))
    assert desk.build() == []
    assert desk.page().stat().st_mtime_ns >= later


# --- what ends it ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "text"), [
    ("templates/html.html", None), ("styles/screen.css", "body { color: #123456 }"), ("languages/kk.toml", 'name = "қазақша!"\n'),
    ("presets/ours.yaml", "title: Ours\n"), ("source/more.txt", "beside"), ("styles/csl/own.csl", "<style/>"),
    ("styles/second-list/own.yaml", "title: Own\n")])
def test_a_file_of_the_journal_that_all_articles_share_comes(desk, name, text):
    write(desk.folder / name, (ROOT / name).read_text("utf-8") + "<!-- ours -->" if text is None else text)
    assert desk.build() == BOTH
    (desk.folder / name).unlink()
    assert desk.build() == BOTH


def test_a_setting_of_the_journal_or_of_the_issue_changes(desk):
    change(desk.folder / "source/2026-1/issue.yaml", "volume: '1'", "volume: '7'")
    assert desk.build() == BOTH
    write(desk.folder / "source/retracted.csv", LIST)
    change(desk.folder / "source/journal.yaml", new="\nretractions: retracted.csv\n")
    assert desk.build() == BOTH
    change(desk.folder / "source/retracted.csv", new="Some title of a work,10.5555/none,1/1/2020,,1/1/2021,Retraction,\n")
    assert desk.build() == BOTH


def test_a_list_of_retractions_counts_for_all_articles_wherever_it_lies(desk):
    write(desk.journal.article.parent / "other/retracted.csv", LIST)
    assert desk.build() == BOTH


@pytest.mark.parametrize("name", ["figures/new.svg", "more.bib", "figures/deep/er.png"])
def test_a_figure_or_a_bibliography_comes_changes_and_goes(desk, name):
    path = desk.journal.article / name
    write(path, "")
    assert desk.build() == ["specimen"]
    change(path, new="@book{doe, title = {Кітап}}\n")
    assert desk.build() == ["specimen"]
    path.unlink()
    assert desk.build() == ["specimen"]


def test_the_bytes_count_and_not_the_clock(desk):
    path = desk.journal.article / "article.md"
    clock = path.stat().st_mtime_ns
    text = path.read_text("utf-8")
    path.write_text(text.replace("мәтін", "сөйле", 1) if "мәтін" in text else text.replace("а", "о", 1), "utf-8")
    os.utime(path, ns=(clock, clock))
    assert desk.build() == ["specimen"]


def test_an_output_that_is_gone_or_was_changed_by_hand_is_made_again(desk):
    whole = desk.page().read_bytes()
    desk.page().unlink()
    assert desk.build() == ["specimen"] and desk.page().read_bytes() == whole
    desk.page().write_bytes(whole + b"<!-- mine -->")
    assert desk.build() == ["specimen"] and desk.page().read_bytes() == whole
    shutil.rmtree(desk.folder / "output")
    assert desk.build() == BOTH


def test_force_builds_everything_anew(desk):
    assert desk.build("--force") == BOTH
    assert desk.build() == []


def test_another_language_of_the_interface_is_told_anew(desk):
    english = desk.out
    assert desk.build("--lang", "ru") == BOTH  # findings are words
    assert desk.out != english


@pytest.mark.parametrize("name", ["SOURCE_DATE_EPOCH", "DICPATH"])
def test_what_in_the_environment_counts(desk, monkeypatch, name):
    monkeypatch.setenv(name, "86400")
    cache.engines.cache_clear()
    assert desk.build() == BOTH


@pytest.mark.parametrize("place", ["basylym/pipeline.py", "basylym/read/manuscript.lua", "templates/html.html", "styles/print.css"])
def test_basylym_itself_counts(tmp_path, monkeypatch, place):
    """On a copy, so that no other test sees another Basylym."""
    for name in ("basylym", "templates", "styles", "presets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "basylym/cache.py"))
    cache.engines.cache_clear()
    before = cache.engines()
    cache.engines.cache_clear()
    assert cache.engines() == before
    change(tmp_path / place, new="\n")
    cache.engines.cache_clear()
    assert cache.engines() != before
    cache.engines.cache_clear()


def test_a_package_of_another_version_counts(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    cache.engines.cache_clear()
    before = cache.engines()
    (tmp_path / "weasyprint-999.dist-info").mkdir()
    cache.engines.cache_clear()
    assert cache.engines() != before
    cache.engines.cache_clear()


def test_a_source_that_changes_while_it_is_built_is_built_again(desk, monkeypatch):
    """What was kept is of the bytes that stood there before the work began."""
    article, watched = desk.journal.article / "article.md", pipeline._work
    change(article, new="\nБірінші.\n")

    def meddle(task):
        result = watched(task)
        if task.target.slug == "specimen":
            change(article, new="\nЕкінші.\n")
        return result

    monkeypatch.setattr(pipeline, "_work", meddle)
    assert desk.build() == ["specimen"]
    monkeypatch.setattr(pipeline, "_work", watched)
    assert desk.build() == ["specimen"] and desk.says("Екінші")


def test_what_went_wrong_is_tried_again(desk):
    write(desk.folder / "templates/html.html", "{{ nothing.there }}")
    assert desk.build() == BOTH and desk.code == 3
    assert desk.build() == BOTH and desk.code == 3


def test_packages_are_made_once(desk, capsys):
    words = ["package", "--for", "doaj", "--jobs", "1", "specimen"]
    assert main(words) == 0
    told = capsys.readouterr().out
    packed = desk.folder / "output/2026-1/specimen/deposit/doaj"
    desk.worked.clear()
    assert main(words) == 0 and desk.worked == [] and capsys.readouterr().out == told
    next(packed.rglob("*.xml")).write_text("changed by hand", "utf-8")
    assert main(words) == 0 and desk.worked == ["specimen"]
    assert main([*words, "--fresh"]) == 0 and desk.worked == ["specimen"] * 2


# --- the records themselves -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("data", [b"", b"no record", zlib.compress(b"[]"), zlib.compress(b"{}"), zlib.compress(b"nonsense"),
                                  zlib.compress(b'{"made_of": null, "written": 5, "kept": []}'), zlib.compress(b"[" * 100_000)])
def test_a_broken_record_is_passed_over(desk, data):
    for path in (desk.folder / ".basylym").glob("*.z"):
        path.write_bytes(data)
    assert desk.build() == BOTH and desk.code == 0
    assert desk.build() == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on Unix alone")
def test_a_pipe_where_a_record_should_be_is_not_waited_for(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    made_once("kind", "of this", lambda: b"made")
    records = [*(desk.folder / ".basylym").glob("*.z"), *(desk.folder / ".basylym").glob("*.bytes"), *(tmp_path / "caches").rglob("kind/*")]
    for path in records:
        path.unlink()
        os.mkfifo(path)
    assert len(records) > 3 and made_once("kind", "of this", lambda: b"again") == b"again"
    assert desk.build() == BOTH and desk.code == 0
    assert desk.build() == []
    written = desk.journal.output(".html")
    written.unlink()
    os.mkfifo(written)
    assert desk.build() == ["specimen"] and written.is_file()


def test_the_cache_may_go_at_any_time(desk):
    shutil.rmtree(desk.folder / ".basylym")
    assert desk.build() == BOTH
    shutil.rmtree(desk.folder / ".basylym")
    (desk.folder / ".basylym").write_text("a file where the folder should be", "utf-8")
    assert desk.build() == BOTH and desk.code == 0


def test_it_is_never_committed(desk):
    assert (desk.folder / ".basylym/.gitignore").read_text("utf-8") == "*\n"


def test_it_keeps_within_its_bounds(desk, monkeypatch):
    folder, old = desk.folder / ".basylym", desk.folder / ".basylym/old.z"
    old.write_bytes(b"0")
    os.utime(old, (0, 0))
    monkeypatch.setattr(cache, "LARGEST", 1_000)
    for number in range(5):
        path = folder / f"{number}.z"
        path.write_bytes(b"0" * 400)
        os.utime(path, (2_000_000_000 + number,) * 2)
    Cache(desk.folder).tidy()
    assert sorted(path.name for path in folder.iterdir()) == ["3.z", "4.z"]


def test_what_is_of_use_stays_longest(desk):
    paths = sorted((desk.folder / ".basylym").glob("*.z"))
    for path in paths:
        os.utime(path, (0, 0))
    assert desk.build() == []
    assert [path for path in paths if path.stat().st_mtime > 0]


def test_a_lone_manuscript_is_kept_among_the_users_own_caches(tmp_path, monkeypatch, capsys):
    """A folder that a stranger sent may hold a .basylym of his own: it is not looked at."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    folder = tmp_path / "sent"
    write(folder / "paper.md", "---\ntitle: Lamps\nauthor: Aigul Example\nlang: en\n---\n\nText.\n")
    words = ["build", "--format", "html", "--jobs", "1", str(folder / "paper.md")]
    assert main(words) == 0
    assert not (folder / ".basylym").exists() and list((tmp_path / "caches/basylym/manuscripts").glob("*.z"))
    monkeypatch.setattr(pipeline, "_work", lambda task: pytest.fail("it was built again"))
    assert main(words) == 0


def test_a_folder_of_too_many_files_or_with_a_linked_folder_is_built_each_time(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    for number in range(4):
        write(tmp_path / "many" / f"{number}.txt", "")
    with pytest.raises(Unknown):
        Sources(tmp_path / "many", lone=True)
    write(tmp_path / "few/1.txt", "")
    Sources(tmp_path / "few", lone=True)
    (tmp_path / "few/link").symlink_to(tmp_path / "many", target_is_directory=True)
    with pytest.raises(Unknown):
        Sources(tmp_path / "few", lone=True)


def test_two_builds_at_once_end_alike(journal):
    command = [sys.executable, "-m", "basylym", "build", "--format", "html"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen(command, cwd=journal.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(2)]
    told = [each.communicate()[0] for each in both]
    assert [each.returncode for each in both] == [0, 0] and told[0] == told[1]
    again = subprocess.run(command, cwd=journal.folder, env=environment, capture_output=True)
    assert again.stdout == told[0]
    assert {path.suffix for path in (journal.folder / ".basylym").iterdir()} == {"", ".z", cache.BYTES}  # nothing half-written


def test_nothing_is_loaded_where_nothing_has_changed(journal):
    """What takes long to load: it is the time that a build with nothing to do takes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    heavy = ("pydantic", "lxml", "jinja2", "weasyprint", "PIL", "yaml", "fontTools", "pypandoc")
    code = (f"import sys; from basylym.cli import main; main(['build', '--format', 'html']); "
            f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)")
    told = [subprocess.run([sys.executable, "-c", code], cwd=journal.folder, env=environment, capture_output=True, text=True).stderr
            for _ in range(2)]
    assert told[0].strip() != "[]" and told[1].strip() == "[]"


def test_help_loads_nothing(tmp_path):
    code = ("import sys; from basylym import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\n"
            "print([name for name in ('pydantic', 'yaml', 'lxml', 'hashlib') if name in sys.modules], file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True)
    assert done.stderr.strip() == "[]"


def test_manuscripts_have_one_name():
    assert cache.MANUSCRIPT == project.MANUSCRIPT


# --- what need not be checked again ---------------------------------------------------------------------------------
class Checking(Desk):
    """A journal with two articles, checked; and which articles are looked at from then on."""

    def build(self, *words: str) -> list[str]:
        self.worked.clear()
        self.code = main(["check", *words])
        told = self.capsys.readouterr()
        self.out, self.err = told.out, told.err
        return sorted(self.worked)


@pytest.fixture
def checking(journal, monkeypatch, capsys):
    """A journal with two articles, checked."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # where they are worked on, this sees it
    change(journal.article / "article.md", new="\nСөз [@nobody].\n")
    return Checking(journal, monkeypatch, capsys)


def test_what_was_checked_is_told_again(checking):
    told = checking.out, checking.err, checking.code
    assert checking.code == 1 and "nobody" in checking.out
    assert checking.build() == [] and (checking.out, checking.err, checking.code) == told
    assert checking.build("--format", "json") == [] and checking.out.count('"nobody') == told[0].count("@nobody") > 0
    shutil.rmtree(checking.folder / ".basylym")
    assert checking.build() == BOTH and (checking.out, checking.err, checking.code) == told


def test_an_article_that_changed_is_checked_and_the_others_are_told_as_before(checking):
    told = [line for line in checking.out.splitlines() if "other" in line]
    change(checking.journal.article / "article.md", new="\nҚосымша сөз [@noone].\n")
    assert checking.build() == ["specimen"] and "noone" in checking.out
    assert told and [line for line in checking.out.splitlines() if "other" in line] == told
    assert checking.build("specimen") == [] and "noone" in checking.out


@pytest.mark.parametrize(("name", "old", "new"), [
    ("source/journal.yaml", "", "\nchecks: {REF-001: note}\n"), ("source/2026-1/issue.yaml", "volume: '1'", "volume: '7'")])
def test_all_are_checked_where_what_they_share_changes(checking, name, old, new):
    change(checking.folder / name, old, new)
    assert checking.build() == BOTH


def test_an_article_that_is_gone_and_comes_back_is_noticed(checking):
    """The issue's list names it."""
    change(checking.folder / "source/2026-1/issue.yaml", "articles:", "articles:\n  - {folder: other, first_page: 50}")
    checking.build()
    away = checking.folder.parent / "away"
    (checking.folder / "source/2026-1/other").rename(away)
    assert checking.build() == ["specimen"] and "SRC-019" in checking.out
    away.rename(checking.folder / "source/2026-1/other")
    checking.build()
    assert "SRC-019" not in checking.out


def test_records_that_may_not_be_looked_at_are_none(checking, monkeypatch):
    told, open_file = checking.out, cache.open_file

    def refuse(path: Path) -> FileIO:
        if path.suffix == ".z":
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path)

    monkeypatch.setattr(cache, "open_file", refuse)
    monkeypatch.setattr(Path, "is_file", lambda path, is_file=Path.is_file: is_file(path) if path.suffix != ".z" else refuse(path))
    assert checking.build() == BOTH and checking.out == told


def test_other_questions_have_other_answers(checking):
    assert checking.build("--lang", "ru") == BOTH
    assert checking.build("--strict") == [] and checking.code == 1
    assert checking.build("--front-matter") == BOTH
    for words in (["--outputs"], ["--diff"], ["--fix"]):
        assert set(checking.build(*words)) == set(BOTH), words


def test_a_report_is_written_each_time(checking):
    for _ in range(2):
        assert checking.build("--format", "json", "--output", "report.json") == BOTH
        (checking.folder / "report.json").unlink()


def test_a_check_after_a_build_is_told_what_the_build_found(checking):
    told = checking.out
    shutil.rmtree(checking.folder / ".basylym")
    main(["build", "--format", "html"])
    checking.capsys.readouterr()
    assert checking.build() == [] and checking.out == told
    shutil.rmtree(checking.folder / ".basylym")
    main(["build", "--edition", "anonymous", "--format", "html"])
    checking.capsys.readouterr()
    assert checking.build() == BOTH


def test_in_a_large_journal_one_article_is_checked_and_not_all_files_looked_at(checking, monkeypatch):
    monkeypatch.setattr("basylym.cli.FEW", 2)
    monkeypatch.setattr(cache, "_digest_of", lambda path: pytest.fail("a file was read"))
    assert checking.build("specimen") == ["specimen"] and checking.build("specimen") == ["specimen"]
    monkeypatch.undo()


def test_an_article_that_could_not_be_checked_is_checked_again(checking, monkeypatch):
    monkeypatch.setattr("basylym.check.run_all", lambda *_, **__: 1 / 0)
    change(checking.journal.article / "article.md", new="\nСөйлем.\n")
    assert checking.build("specimen") == ["specimen"] and checking.code == 3
    assert checking.build("specimen") == ["specimen"] and checking.code == 3


# --- what a machine makes once --------------------------------------------------------------------------------------
def test_what_a_program_runs_by_is_taken_only_where_nobody_else_may_write(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    keep_made("things", [1], b"one")
    assert find_made("things", [1], run=True) == b"one"
    (tmp_path / "basylym" / "things").chmod(0o777)
    assert find_made("things", [1], run=True) is None and find_made("things", [1]) == b"one"
    assert made_once("things", [1], lambda: b"other", run=True) == b"other"
    (tmp_path / "basylym" / "things").chmod(0o700)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert find_made("things", [1], run=True) is None


def test_font_files_are_found_once_for_the_packages_that_are_installed(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    looked = []
    family = fontpkg.family
    monkeypatch.setattr(fontpkg, "family", lambda name: looked.append(name) or family(name))
    files = font_files()
    assert files == [file.path for name in FAMILIES for file in family(name).files] and looked == list(FAMILIES)
    assert font_files() == files and looked == list(FAMILIES)
    (tmp_path / "fontpkg_more-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert font_files() == files and looked == list(FAMILIES) * 2
    for _ in range(2):  # that a family is missing is no news to keep
        with pytest.raises(fontpkg.errors.FamilyNotInstalled):
            font_files(("No Such Family",))


def test_a_machine_makes_it_once(monkeypatch, tmp_path):
    """Out of the same it is not made again; a broken record, or one that is gone, is made anew; and they don't grow for ever."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = []

    def make(what, made_of):
        return made_once("things", made_of, lambda: made.append(what) or what)

    assert [make(b"one", [1]), make(b"two", [2]), make(b"other", [1])] == [b"one", b"two", b"one"] and made == [b"one", b"two"]
    folder = tmp_path / "basylym" / "things"
    for record in folder.iterdir():
        record.write_bytes(record.read_bytes()[:-1])
    assert make(b"anew", [1]) == b"anew" and make(b"never", [1]) == b"anew"
    first, second = [*folder.iterdir()][:2]
    kept = first.read_bytes(), second.read_bytes()
    first.write_bytes(kept[1]), second.write_bytes(kept[0])  # each is whole, and in the other's place
    assert [make(b"once", [1]), make(b"more", [2])] == [b"once", b"more"]
    monkeypatch.setattr("basylym.typography.made_once.MOST", 10)
    for number in range(40):
        make(b"more", ["more", number])
    assert len(list(folder.iterdir())) <= 11
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")  # no place for any
    assert make(b"one", [1]) == b"one"


def test_fonts_are_cut_again_for_other_letters_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = next(each for each in font_files() if each.name == "PT_Serif-Web-Regular.ttf")
    cuts = []
    for letters in ("абв", "абвг", "абв", "абв"):
        cuts.append(epub_fonts.cut_font.__wrapped__(path, frozenset(map(ord, letters)), "Name"))
    assert cuts[0] == cuts[2] == cuts[3] != cuts[1] and len(list((tmp_path / "basylym" / "fonts").iterdir())) == 2
    monkeypatch.setattr(epub_fonts, "_cut", lambda *_: b"not asked for")
    assert epub_fonts.cut_font.__wrapped__(path, frozenset(map(ord, "абв")), "Name") == cuts[0]


# --- links ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["journal.yaml", "2026-1/issue.yaml"])
def test_what_a_linked_file_of_the_journal_holds_counts(desk, tmp_path_factory, name):
    path, elsewhere = desk.folder / "source" / name, tmp_path_factory.mktemp("elsewhere") / "a.yaml"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    desk.build()
    assert desk.build() == []
    change(elsewhere, "", "\n# changed\n")
    assert desk.build() == BOTH


def test_of_a_lone_manuscript_with_a_link_out_nothing_is_kept(tmp_path):
    write(tmp_path / "secret.bib", "x")
    write(tmp_path / "lone/paper.md", "x")
    Sources(tmp_path / "lone", lone=True)
    (tmp_path / "lone/a.bib").symlink_to(tmp_path / "secret.bib")
    with pytest.raises(Unknown):
        Sources(tmp_path / "lone", lone=True)


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_an_output_folder_that_is_a_link_out_is_refused_each_time_and_left_as_it_is(desk, tmp_path_factory, force):
    place, elsewhere = desk.page().parent, tmp_path_factory.mktemp("elsewhere") / "x"
    place.rename(elsewhere)
    place.symlink_to(elsewhere, target_is_directory=True)
    change(desk.folder / "source/journal.yaml", "", "\n# changed\n")
    (elsewhere / ".specimen.html.x").touch()
    os.utime(elsewhere / ".specimen.html.x", (0, 0))  # it looks like what a killed build left
    before = {each.name: each.stat().st_mtime_ns for each in elsewhere.iterdir()}
    for _ in range(2):
        assert "specimen" in desk.build(*force) and desk.code == 1
        assert "a link leads out of the folder of outputs" in desk.err
    desk.build("2026-1/specimen", *force)
    assert desk.code == 1
    assert {each.name: each.stat().st_mtime_ns for each in elsewhere.iterdir()} == before


def test_an_output_that_is_a_link_is_replaced_and_its_target_left(desk, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "x.html"
    desk.page().rename(elsewhere)
    desk.page().symlink_to(elsewhere)
    before = elsewhere.stat().st_mtime_ns
    change(desk.folder / "source/journal.yaml", "", "\n# changed\n")
    desk.build()
    assert not desk.page().is_symlink() and desk.page().read_bytes() == elsewhere.read_bytes()
    assert elsewhere.stat().st_mtime_ns == before


def test_a_build_leaves_nothing_in_the_folder_for_temporary_files(tmp_path):
    for name in ("tmp", "caches"):
        (tmp_path / name).mkdir()
    (tmp_path / "paper.md").write_text("---\ntitle: A\nauthor: B C\nlang: en\n---\n\nText.\n", "utf-8")
    for _ in range(2):
        done = subprocess.run([sys.executable, "-m", "basylym", "build", "--force", "paper.md", "--format", "pdf"], cwd=tmp_path,
                              timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp"),
                                                "XDG_CACHE_HOME": str(tmp_path / "caches")}, capture_output=True)
        assert done.returncode in (0, 1), done.stderr
        assert not [*(tmp_path / "tmp").iterdir()]
