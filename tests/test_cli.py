"""The command line: its exit codes, what it says and to whom, and many articles at once."""

import argparse
import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
import textwrap

import pytest
from conftest import ROOT

from basylym import __version__, pipeline
from basylym.check import checks
from basylym.options import ARGPARSE, FORMATS, REPORTS, parser
from basylym.render import formats
from basylym.report import reports


def run(folder, *words: str, **environment: str) -> subprocess.CompletedProcess:
    """The program as another process, its output in pipes."""
    return subprocess.run([sys.executable, "-m", "basylym", *words], cwd=folder, capture_output=True, text=True, encoding="utf-8",
                          stdin=subprocess.DEVNULL, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT), **environment})


def add_articles(journal, *names: str) -> None:
    """Copies of the specimen under other names."""
    for name in names:
        shutil.copytree(journal.article, journal.article.parent / name)


# --- exit codes -----------------------------------------------------------------------------------------------------
def test_0_means_done_and_clean(journal):
    assert journal.run("build") == journal.run("check") == 0


def test_0_though_a_draft_lacks_things(journal):
    journal.overlay("{status: draft, authors: null}")
    assert journal.findings() and journal.run("build") == journal.run("check") == 0


def test_1_means_errors_were_found_and_what_can_be_built_is(journal):
    journal.overlay("{authors: null}")
    assert journal.run("check") == 1
    assert not journal.output(".pdf").exists()
    assert journal.run("build") == 1
    assert journal.output(".pdf").is_file()


@pytest.mark.parametrize("words", [["bild"], [], ["build", "--format", "docx"], ["build", "nowhere"], ["check", "nowhere"],
                                   ["explain", "FM-999"], ["build", "--jobs", "many"], ["check", "--format", "docx"],
                                   ["check", "--lang", "de"], ["--lang"]])
def test_2_means_wrong_usage(journal, words, capsys):
    assert journal.run(*words) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.strip() and "Traceback" not in told.err
    assert not journal.output("").parent.exists()


def test_an_unknown_article_names_those_there_are(journal, capsys):
    assert journal.run("build", "specimne") == 2
    told = capsys.readouterr().err
    assert "“specimne”" in told and "2026-1/specimen" in told


@pytest.mark.parametrize("command", ["build", "check"])
def test_2_where_there_is_no_journal(tmp_path, command):
    done = run(tmp_path, command)
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and "source/journal.yaml" in done.stderr


def test_2_where_the_journal_has_no_article(journal, capsys):
    shutil.rmtree(journal.article)
    assert journal.run("build") == 2
    assert "article.md" in capsys.readouterr().err


def test_3_means_our_fault_or_the_machine_s(journal, capsys):
    (journal.folder / "output").write_text("a file where the folder should be", "utf-8")
    assert journal.run("build") == 3
    told = capsys.readouterr().err
    assert "Traceback" not in told and "2026-1/specimen" in told


def test_130_means_interrupted(journal, monkeypatch, capsys):
    def interrupt(*rest, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "run", interrupt)
    assert journal.run("build") == 130
    assert "whole" in capsys.readouterr().err


@pytest.mark.parametrize("where", ["at_once.begin", "cli.main"])
def test_an_interruption_before_the_command_can_tell_it_ends_in_silence(journal, where):
    code = (f"import sys, basylym.cli, basylym.__main__; from basylym import at_once, cli\n"
            f"def interrupt(*_): raise KeyboardInterrupt\n"
            f"{where} = interrupt; sys.argv = ['basylym', 'check']; basylym.__main__.run()")
    done = subprocess.run([sys.executable, "-c", code], cwd=journal.folder, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


# --- what it says ---------------------------------------------------------------------------------------------------
def test_quiet_when_piped(journal):
    done = run(journal.folder, "build")
    assert done.returncode == 0 and done.stderr == ""
    assert "\033" not in done.stdout and "\r" not in done.stdout
    *files, summary = done.stdout.splitlines()
    assert files == [f"output/2026-1/specimen/specimen.{name}" for name in ("epub", "html", "xml", "pdf")]
    assert all((journal.folder / name).is_file() for name in files)
    assert summary == "1 of 1 articles built; no findings"


def test_only_the_format_asked_for_is_made(journal):
    assert journal.run("build", "--format", "html") == 0
    assert [path.name for path in journal.output("").parent.iterdir()] == ["specimen.html"]


def test_a_finding_begins_with_file_line_and_id(journal, capsys):
    journal.overlay("{doi: 5555/wrong}")
    assert journal.run("check") == 1
    head, _, found, line, carets, mend, _, summary = capsys.readouterr().out.splitlines()
    (expected,) = journal.findings()
    assert head == "source/2026-1/specimen/article.md  errors: 1"
    assert re.match(rf"source/2026-1/specimen/article\.md:{expected.place.line}:\d+: error FM-009 ", found)
    assert line.startswith(f"{expected.place.line:>6} │ doi: ") and carets.strip(" │") == "^" * expected.place.length
    assert mend == f"    → {expected.mend}" and summary == "articles checked: 1; errors: 1"


def test_check_builds_nothing(journal):
    assert journal.run("check") == 0
    assert not (journal.folder / "output").exists()


def test_every_check_is_listed_one_a_line_its_id_first(journal, capsys):
    assert journal.run("check", "--list") == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(checks())


def test_every_check_is_explained(journal, capsys):
    for id, each in checks().items():
        assert journal.run("explain", id.lower()) == 0
        told = capsys.readouterr().out
        assert told.startswith(f"{id}  {each.name}\n") and each.summary in told
        assert f"In a published article: {each.severity}. In a draft: {each.draft}." in told
        for name in ("Why", "Source"):
            assert each.part(name) and each.part(name) in told
        for name in ("Bad", "Good"):
            assert each.part(name) and textwrap.indent(each.part(name), "    ") in told


def test_explain_alone_writes_the_page_of_all_checks(journal, capsys):
    assert journal.run("explain") == 0
    page = capsys.readouterr().out
    contents, _, text = page.partition("\n## ")
    families = dict.fromkeys(each.family for each in checks().values())
    assert sorted(re.findall(r"^## ([A-Z]+): \w", page, re.M)) == sorted(families)
    assert sorted(re.findall(r"^\| \[([A-Z]+-\d+)\]\(#", contents, re.M)) == sorted(checks())
    assert {link.upper() for link in re.findall(r"\]\(#([\w-]+)\)", page)} == set(re.findall(r"^### (.*)", page, re.M)) == set(checks())
    for each in checks().values():
        assert each.part("Why") in text and each.part("Bad") in text and each.part("Good") in text and each.part("Source") in text


def test_a_reader_that_goes_away_is_no_fault(journal):
    program = subprocess.Popen([sys.executable, "-m", "basylym", "check", "--list"], cwd=journal.folder, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    program.stdout.close()
    try:
        assert (program.stderr.read(), program.wait(60)) == (b"", 0)
    finally:
        program.stderr.close()


@pytest.mark.parametrize("words", ["specimen", "2026-1/specimen", "2026-1", "source/2026-1/specimen",
                                   "source/2026-1/specimen/article.md"])
def test_an_article_has_many_names(journal, words, capsys):
    assert journal.run("check", words) == 0
    assert capsys.readouterr().out == "articles checked: 1; no findings\n"


def test_the_version_is_the_package_s(tmp_path):
    assert run(tmp_path, "--version").stdout == f"basylym {__version__}\n"


def test_the_readme_s_help_is_what_the_program_prints(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    block = re.search(r"<!-- help -->\n```text\n(.*?)```\n<!-- /help -->", (ROOT / "README.md").read_text("utf-8"), re.S)
    assert block and block[1] == parser().format_help()


def test_the_formats_of_the_command_line_are_those_of_render():
    assert sorted(FORMATS) == sorted(formats())
    assert sorted(REPORTS) == sorted(reports())


def test_the_words_of_argparse_are_argparse_s():
    """They are translated by their English, which another Python may have changed."""
    said = {node.value for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Constant)}
    assert [words for words in ARGPARSE if words not in said] == []


# --- many articles --------------------------------------------------------------------------------------------------
def test_one_bad_article_does_not_stop_the_others(journal):
    add_articles(journal, "first", "bad", "last")
    (journal.article.parent / "bad/article.md").write_text("---\ntitle: [\n---\n", "utf-8")
    done = run(journal.folder, "build", "--format", "html", "--jobs", "2")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert sorted(lines[:3]) == [f"output/2026-1/{name}/{name}.html" for name in ("first", "last", "specimen")]
    assert all((journal.folder / name).is_file() for name in lines[:3])
    assert lines[-1].startswith("3 of 4 articles built; errors: 1")
    assert "source/2026-1/bad/article.md" in done.stdout and "SRC-001" in done.stdout
    assert done.stderr.splitlines() == ["basylym: 2026-1/bad: not built; the findings say why"]
    assert not (journal.folder / "output/2026-1/bad").exists()


def test_a_fault_of_ours_is_3_and_names_its_place(journal):
    """The same for one article as for many, and no traceback: a template that uses what is not there, told in a sentence."""
    (journal.folder / "templates").mkdir()
    (journal.folder / "templates/html.html").write_text("{{ nothing.there }}", "utf-8")
    alone = run(journal.folder, "build", "--format", "html")
    add_articles(journal, "second")
    together = run(journal.folder, "build", "--format", "html", "--jobs", "2")
    for done, articles in ((alone, 1), (together, 2)):
        assert done.returncode == 3 and len(done.stderr.splitlines()) == articles
        assert all("'nothing' is undefined" in line and "the template html.html" in line for line in done.stderr.splitlines())
    assert not list(journal.folder.rglob("*/specimen.html"))


# --- what the layout engine says ------------------------------------------------------------------------------------
def test_a_fault_in_a_style_sheet_is_told_once_and_stops_nothing(journal, capsys):
    (journal.folder / "styles").mkdir()
    style = (ROOT / "styles/print.css").read_text("utf-8")
    (journal.folder / "styles/print.css").write_text(style + "\np { backgroun: 1 }\n", "utf-8")
    assert journal.run("build", "--format", "pdf") == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "backgroun" in line]
    assert len(told) == 1 and told[0].startswith("basylym: 2026-1/specimen: the layout engine says: ")


def test_house_styles_and_formulas_give_it_nothing_to_say(journal, capsys):
    journal.overlay({"text": "Мәтін [@example, 12]: $x = 1$, $x = 2$.\n\n$$x = 3$$\n"})
    assert journal.run("build", "--format", "pdf") == 0
    assert capsys.readouterr().err == ""


# --- the end of a process -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("more", "last"), [
    ("", "the end"), ("threading.Thread(target=lambda: time.sleep(0.5)).start()", "goes on 0\nthe end")])
def test_a_command_is_the_end_of_its_process_unless_something_else_goes_on(journal, more, last):
    """All is told and done before, also what others asked to be done at the end."""
    code = (f"import atexit, sys, threading, time; from basylym.__main__ import run; atexit.register(print, 'the end'); "
            f"sys.argv[1:] = ['explain', 'REF-001']; {more}\nprint('goes on', run())")
    done = subprocess.run([sys.executable, "-c", code], cwd=journal.folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("REF-001") and done.stdout.endswith(f"\n{last}\n") and (done.returncode, done.stderr) == (0, "")
    assert ("goes on" in done.stdout) == bool(more)
