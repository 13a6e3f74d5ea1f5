"""Pages that are fixed: `last_page: 6` in issue.yaml, or `pages: 5–6` in the front matter, is what every file says, and whether the article
fills them is asked when it is laid out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, Journal

from basylym.project import Target
from basylym.render import layout
from basylym.rendering import share
from basylym.tasks import Task

HERE = "{folder: specimen, first_page: 5}"


def page(journal: Journal) -> str:
    return journal.output(".html").read_text("utf-8")


def tag(journal: Journal, name: str) -> str:
    return re.search(rf'name="citation_{name}" content="(\d+)"', page(journal))[1]


def found(journal: Journal, capsys, *words: str) -> list[tuple[str, str]]:
    capsys.readouterr()
    journal.run("check", "--format", "json", *words)
    [article] = json.loads(capsys.readouterr().out)["articles"]
    return [(each["id"], each["severity"]) for each in article["findings"] if not each["allowed"]]


@pytest.fixture
def no_layout(monkeypatch):
    """The article can't be laid out."""
    def refuse(press):
        raise AssertionError("laid out")

    monkeypatch.setattr(layout, "lay_out", refuse)


# --- what needs no pages is made without them -------------------------------------------------------------------------
def test_the_page_alone_is_not_laid_out_where_the_pages_are_fixed(journal: Journal, no_layout):
    assert journal.overlay({"pages": "5–6"}).run("build", "--format", "html", "--format", "jats") == 0
    assert (tag(journal, "firstpage"), tag(journal, "lastpage")) == ("5", "6")
    assert "<fpage>5</fpage>" in (jats := journal.output(".xml").read_text("utf-8")) and "<lpage>6</lpage>" in jats


def test_the_page_alone_is_laid_out_where_they_are_counted(journal: Journal, no_layout, capsys):
    assert journal.overlay({"pages": "5"}).run("build", "--format", "html") == 3
    assert "laid out" in capsys.readouterr().err and not journal.output(".html").exists()


@pytest.mark.parametrize("format", ["epub", "pdf"])
def test_what_is_made_of_pages_is_laid_out(journal: Journal, no_layout, format):
    assert journal.overlay({"pages": "5–6"}).run("build", "--format", format) == 3


def test_no_layout_engine_is_loaded_for_the_page_alone(journal: Journal):
    journal.overlay({"pages": "5–6"})
    code = ("import sys; from basylym.cli import main; code = main(['build', '--format', 'html']); "
            "print(code, [each for each in ('weasyprint', 'pydyf', 'basylym.render.pdf', 'basylym.render.epub') if each in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], cwd=journal.folder, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
                          capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "0 []", done.stdout + done.stderr


def test_the_files_are_the_same_whether_pages_are_fixed_or_counted(journal: Journal):
    made = []
    for pages in ("5–6", "5"):
        assert journal.overlay({"pages": pages}).run("build", "--format", "html", "--format", "jats") == 0
        made.append([journal.output(suffix).read_bytes() for suffix in (".html", ".xml")])
    assert made[0] == made[1]


def test_a_template_that_cannot_be_used_stops_the_page_alone(journal: Journal, capsys):
    (journal.folder / "templates").mkdir()
    (journal.folder / "templates" / "html.html").write_text("{{ nothing.here }}", "utf-8")
    assert journal.overlay({"pages": "5–6"}).run("build", "--format", "html") == 3
    assert "html.html" in capsys.readouterr().err and not journal.output(".html").exists()


# --- which pages are fixed --------------------------------------------------------------------------------------------
LAST = "{folder: specimen, first_page: 5, last_page: 6}"


@pytest.mark.parametrize("pages, issue, fixed", [
    (None, LAST, (5, 6)), ("5–9", LAST, (5, 6)), ("7–9", LAST, (5, 6)), ("5", LAST, (5, 6)),
    ("6", "{folder: specimen, last_page: 7}", (6, 7)),
    (None, "{folder: specimen, first_page: 5, last_page: 4}", None), (None, "{folder: specimen, last_page: 2}", None),
    ("5–6", HERE, (5, 6)), ("5-6", HERE, (5, 6)), (" 5 — 6 ", HERE, (5, 6)), ("5–5", HERE, (5, 5)), ("7–8", "{folder: specimen}", (7, 8)),
    ("5", HERE, None), (None, HERE, None), ("6–5", HERE, None), ("7–8", HERE, None), ("0–5", "{folder: specimen}", None)])
def test_pages_are_fixed_by_a_range_that_begins_where_the_issue_says(journal: Journal, pages, issue, fixed):
    assert journal.overlay(f"pages: {pages or 'null'}\nissue: {{articles: [{issue}]}}").edition().fixed_pages == fixed


def test_all_files_say_the_fixed_pages(journal: Journal):
    assert journal.overlay({"pages": "5–9"}).run("build") == 1
    assert (tag(journal, "firstpage"), tag(journal, "lastpage")) == ("5", "9")
    assert "5–9-б" in page(journal) and "5–9" in subprocess.run(
        ["pdftotext", journal.output(".pdf"), "-"], capture_output=True, text=True, check=True).stdout
    assert "<lpage>9</lpage>" in journal.output(".xml").read_text("utf-8")
    with pikepdf.open(journal.output(".pdf")) as pdf:
        assert "endingPage>9<" in str(pdf.open_metadata())


@pytest.mark.parametrize("pages, told", [("5–6", []), ("5", []), ("5–7", ["7 6"]), ("4–7", ["4 5", "7 6"]), ("4", ["4 5"])])
def test_pages_that_differ_from_those_of_the_issue_are_told(journal: Journal, pages, told):
    findings = journal.overlay(f"pages: {pages}\nissue: {{articles: [{LAST}]}}").findings()
    assert [f"{each.found} {each.expected}" for each in findings] == told and {each.id for each in findings} <= {"FM-063"}


# --- whether the article fills them -----------------------------------------------------------------------------------
def test_a_build_tells_that_the_article_fills_other_pages(journal: Journal, capsys):
    assert journal.overlay({"pages": "5–9"}).run("build") == 1
    told = capsys.readouterr()
    assert "5–9" in told.out and "5–6" in told.out and "OUT-033" in told.out
    assert all(journal.output(suffix).is_file() for suffix in (".pdf", ".epub", ".html", ".xml"))
    assert journal.run("build") == 1 and capsys.readouterr().out == told.out  # it is kept with the rest


def test_it_is_told_where_the_pages_are_fixed(journal: Journal, capsys):
    journal.overlay("issue: {articles: [{folder: specimen, first_page: 5, last_page: 9}]}")
    assert journal.run("build") == 1
    told = capsys.readouterr().out
    assert "2026-1/issue.yaml:" in told and "write last_page: 6;" in told and tag(journal, "lastpage") == "9"
    journal.overlay("issue: {articles: [{folder: specimen, first_page: 5}]}\npages: 5–9")
    assert journal.run("build") == 1
    told = capsys.readouterr().out
    assert "specimen/article.md:" in told and "write pages: 5–6;" in told


def test_a_check_tells_the_same_before_and_after_a_build(journal: Journal, capsys):
    before = found(journal.overlay({"pages": "5–9"}), capsys)
    assert journal.run("build") == 1 and found(journal, capsys) == before == []
    assert found(journal, capsys, "--outputs") == [("OUT-033", "error")]


@pytest.mark.parametrize("older", [[], ["pdf"], ["pdf", "html", "epub"]])
def test_a_pdf_tells_it_though_it_may_be_older(journal: Journal, older):
    """Copied files have other times than those that were built."""
    assert journal.overlay({"pages": "5–9", "outputs": {"older": older}}).ids() == ["OUT-033"]


def test_an_allowance_is_not_called_unused_where_there_is_no_pdf(journal: Journal, capsys):
    journal.overlay("pages: 5–9\nallow: [{check: OUT-033, because: It was printed in 1998 on smaller pages.}]")
    assert journal.run("build", "--format", "html", "--format", "epub", "--format", "jats") == 0
    assert [id for id, _ in found(journal, capsys, "--outputs")] == ["OUT-002"]


@pytest.mark.parametrize("kind, changes", [("pdf", {"endingPage>9<": "endingPage>8<"}), ("epub", {'>6</a>': '>7</a>'})])
def test_a_page_that_is_neither_fixed_nor_filled_is_told_besides(journal: Journal, kind, changes):
    assert journal.overlay({"pages": "5–9", "outputs": {kind: changes}}).ids() == ["OUT-010", "OUT-033"]


def test_in_a_draft_it_is_a_warning(journal: Journal, capsys):
    assert journal.overlay({"pages": "5–9", "status": "draft"}).run("build") == 0
    assert "OUT-033" in capsys.readouterr().out
    assert ("OUT-033", "warning") in found(journal, capsys, "--outputs")


def test_no_package_is_made_of_an_article_that_fills_other_pages(journal: Journal, capsys):
    assert journal.run("package", "--for", "oai-dc") == 0
    assert (made := journal.output("").parent / "deposit" / "oai-dc").is_dir()
    assert journal.overlay({"pages": "5–9"}).run("package", "--for", "oai-dc") == 1
    assert "OUT-033" in capsys.readouterr().out and not made.exists()


def test_an_article_printed_elsewhere_keeps_its_pages(journal: Journal, capsys):
    journal.overlay("pages: 5–9\nallow: [{check: OUT-033, because: It was printed in 1998 on smaller pages.}]")
    assert journal.run("build") == 0 and journal.run("package", "--for", "oai-dc") == 0
    assert found(journal, capsys) == found(journal, capsys, "--outputs") == []


@pytest.mark.parametrize("edition", ["proof", "anonymous"])
def test_other_editions_are_not_asked_how_many_pages_they_fill(journal: Journal, edition, capsys):
    assert journal.overlay({"pages": "5–9"}).run("build", "--edition", edition) == 0
    assert "OUT-033" not in capsys.readouterr().out


@pytest.mark.parametrize("pages, first", [("5-", 5), ("5–4", 5), ("5--8", 5), ("5–8, 10", 5), ("123456–123460", 123456), ("5—8", 5),
                                          ("0–5", 1), ("e5–e10", 1), ("–5", 1), ("9" * 50, 1)])
def test_what_is_no_range_may_still_say_where_the_article_begins(journal: Journal, pages, first):
    edition = journal.overlay({"pages": pages, "issue": {"articles": [{"folder": "specimen"}]}}).edition()
    assert edition.first_page == first


# --- the next article -------------------------------------------------------------------------------------------------
def issue(journal: Journal, first_page: int, **changes: object) -> Journal:
    return journal.overlay({"second": "other", "issue": {"articles": [
        {"folder": "specimen", "first_page": 5}, {"folder": "other", "first_page": first_page}]}, **changes})


@pytest.mark.parametrize("first_page, told", [(6, True), (7, False), (95, False)])
def test_a_build_tells_that_the_article_runs_into_the_next(journal: Journal, first_page, told, capsys):
    issue(journal, first_page).run("build", "specimen")
    assert ("OUT-034" in (said := capsys.readouterr().out)) is told
    assert not told or "issue.yaml:" in said


def test_an_article_without_a_first_page_is_passed_over(journal: Journal, capsys):
    issue(journal, 6).overlay("issue: {articles: [{folder: specimen, first_page: 5}, {folder: third}, {folder: other, first_page: 6}]}")
    journal.run("build", "specimen")
    assert "OUT-034" in capsys.readouterr().out


@pytest.mark.parametrize("pages, mine", [
    ("5–6", "{folder: specimen}"), ("5–6", HERE), ("null", LAST), ("5", "{folder: specimen, last_page: 6}")])
def test_fixed_pages_that_run_into_the_next_article_are_told_without_a_layout(journal: Journal, pages, mine):
    issue(journal, 6).overlay(f"pages: {pages}\nissue: {{articles: [{mine}, {{folder: other, first_page: 6}}]}}")
    assert journal.ids() == ["FM-062"]


def test_a_last_page_alone_says_nothing_of_the_first(journal: Journal):
    issue(journal, 6).overlay("issue: {articles: [{folder: other, first_page: 5}, {folder: specimen, last_page: 20}]}")
    assert journal.ids() == ["FM-061"]


def test_an_article_that_begins_before_the_one_before_it_is_told_where_it_says_so(journal: Journal):
    issue(journal, 6).overlay("pages: 5–6\nissue: {articles: [{folder: other, first_page: 5}, {folder: specimen}]}")
    [finding] = journal.findings()
    assert finding.id == "FM-062" and finding.place.path.endswith("article.md") and finding.place.field == "pages"


def test_a_format_named_twice_is_made_once(journal: Journal, capsys):
    assert journal.run("build", "--format", "html", "--format", "html") == 0
    assert capsys.readouterr().out.count("specimen.html") == 1


# --- who makes which file ---------------------------------------------------------------------------------------------
def shared(*formats: str) -> list[list[str]]:
    target = Target(Path("article.md"), None, Path("output"))
    return [[each.id for each in those] for those in share(Task(Path(), True, target, formats))]


def test_each_format_is_made_once_here_or_beside():
    assert shared("html", "pdf", "epub", "jats") == [["pdf", "jats"], ["epub", "html"]]
    assert shared("html", "jats") == [["html"], ["jats"]] and shared("pdf") == [["pdf"], []]


def test_what_is_tried_before_the_pages_are_known_leaves_no_trace(journal: Journal):
    """With another core the page and the EPUB are made twice, the first time with pages that are not theirs."""
    journal.overlay({"pages": "5", "text": "Мәтін [@example, 12].\n\n" + "\n\n".join(f"Ұзақ мәтіннің {n}-абзацы." * 30 for n in range(20))})
    made = []
    for words in ([], ["--jobs", "1"]):
        assert journal.run("build", "--force", *words) == 0
        made.append([journal.output(suffix).read_bytes() for suffix in (".pdf", ".epub", ".html", ".xml")])
    assert made[0] == made[1]
