"""The reports: what each format says of the same findings, read back by others, and that no word or byte is left to chance."""

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from judges import html_page, need, nu
from test_cli import run

from basylym import messages
from basylym.api import check_articles
from basylym.check import checks
from basylym.errors import UsageError
from basylym.model import Finding, Place
from basylym.project import Project
from basylym.report import FAMILIES, Checked, Told, reports, summary
from basylym.report.excerpt import HIDDEN, take_excerpt
from basylym.typography.counting import count_columns

MACHINES = ("json", "sarif", "github", "junit", "html")
NASTY = "50% <b>&amp;\n\x1b[31m“ә”, a:b\x00"
MIXED = """
doi: 5555/wrong
authors: null
allow: [{check: FM-009, because: "the journal's own <prefix>, since 2026"}]
append: |
  abstrct: {kk: Аңдатпа}
text: |
  # Кіріспе

  Қазақстандағы баспа ісі туралы бұл өте ұзын абзац, оның ішінде тұрған сілтеме [@nowhere] дұрыс емес, ондай кілт жоқ.

  ### Үшінші

  Соңы <b>осы</b> [@example] @fig:map.
journal: {layuot: classic}
"""


@pytest.fixture
def mixed(journal):
    """A journal with an article of many findings, one of them allowed, one of them in journal.yaml, and an untouched one."""
    shutil.copytree(journal.article, journal.article.parent / "untouched")
    return journal.overlay(MIXED)


def tell(tmp_path, *findings: Finding, text: str = "", **more) -> Told:
    """What is told of made-up findings in an article a/b."""
    (tmp_path / "a/b").mkdir(parents=True, exist_ok=True)
    (tmp_path / "a/b/article.md").write_text(text, "utf-8")
    article = Checked("a/b", "a/b", tuple(each for each in findings if not each.allowed), tuple(each for each in findings if each.allowed))
    return Told((article,), tmp_path, here=tmp_path, **more)


def finding(line=1, column=1, length=0, id="FM-009", severity="error", path="a/b/article.md", message="what", **more) -> Finding:
    return Finding(id, severity, Place(path, line, column, length=length), message, mend=more.pop("mend", "mend it"), **more)


def report(journal, format: str, *words: str, code: int = 1) -> str:
    """A report of a journal, written by the command line into a file."""
    file = journal.folder / "report"
    assert journal.run("check", "--format", format, "--output", str(file), *words) == code
    return file.read_text("utf-8")


def underlined(told: Told) -> str:
    """The words above the carets of a terminal's report."""
    line, carets = (each.partition("│ ")[2] for each in reports()["terminal"].write(told).split("\n") if " │" in each)
    start = len(carets) - len(carets.lstrip())
    columns = "".join(letter * count_columns(letter) or "" for letter in line)
    return columns[start:start + carets.count("^")]


# --- what is told ---------------------------------------------------------------------------------------------------
def test_a_finding_in_a_shared_file_is_told_once_and_with_its_heaviest_severity(tmp_path):
    mild, heavy = (finding(path="journal.yaml", severity=severity) for severity in ("warning", "error"))
    own = finding()
    told = Told((Checked("a/b", "a/b", (own, mild)), Checked("a/c", "a/c", (heavy,))), tmp_path)
    assert told.findings == (own, heavy) and told.shared == (heavy,)
    assert told.counts == Counter(error=2)
    data = json.loads(reports()["json"].write(told))
    assert [len(each["findings"]) for each in data["articles"]] == [1, 0]
    assert [each["severity"] for each in data["shared"]] == ["error"]


def test_everything_in_a_lone_manuscript_s_folder_is_its_own(tmp_path):
    own = finding(path="paper.md")
    told = Told((Checked("paper", "", (own,)),), tmp_path)
    assert told.own(told.articles[0]) == (own,) and told.shared == ()


def test_the_summary_needs_no_plural():
    assert summary({}) == "no findings"
    assert summary({"error": 1, "warning": 0, "note": 11, "allowed": 2, "failed": 1}) == "errors: 1, notes: 11, allowed: 2, failed: 1"


def test_every_family_of_checks_has_a_title():
    assert {each.family for each in checks().values()} <= set(FAMILIES)


# --- terminal -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("line", "words", "shown"), [
    ("Қазақ тіліндегі сөйлем", "тіліндегі", "тіліндегі"),
    ("и\u0306 е\u0301 две буквы с знаками", "две", "две"),
    ("漢字 and 仮名", "and", "and"),
    ("漢字 and 仮名", "仮名", "仮仮名名"),
    ("\tкесте\tтабуляция", "табуляция", "табуляция"),
    ("а" * 500 + " сөз " + "б" * 500, "сөз", "сөз"),
    ("сөз " + "б" * 500, "сөз", "сөз"),
    ("а" * 500 + " сөз", "сөз", "сөз"),
    ("a\x1b[2J тіл", "тіл", "тіл"),
])
def test_carets_stand_under_the_words(tmp_path, line, words, shown):
    told = tell(tmp_path, finding(2, line.index(words) + 1, len(words)), text=f"---\n{line}\n", width=60)
    assert underlined(told) == shown
    for each in reports()["terminal"].write(told).split("\n"):
        assert "│" not in each or count_columns(each) <= 60


def test_words_longer_than_the_screen_are_cut(tmp_path):
    line = "сөз" * 100
    told = tell(tmp_path, finding(1, 1, len(line)), text=line, width=60)
    shown, carets = (each.partition("│ ")[2] for each in reports()["terminal"].write(told).split("\n") if " │" in each)
    assert shown.endswith("…") and carets == "^" * count_columns(shown) and count_columns(shown) <= 51


def test_a_line_cut_on_both_sides_says_so(tmp_path):
    told = tell(tmp_path, finding(1, 501, 3), text="а" * 500 + "сөз" + "б" * 500, width=60)
    (shown,) = (each.partition("│ ")[2] for each in reports()["terminal"].write(told).split("\n") if "сөз" in each)
    assert shown[0] == shown[-1] == "…"


def test_there_is_a_caret_under_what_has_no_width(tmp_path):
    told = tell(tmp_path, finding(1, 3, 1), text="аб\u00adвг")
    assert [each for each in reports()["terminal"].write(told).split("\n") if "^" in each] == ["       │   ^"]


def test_what_is_missing_has_no_excerpt_and_a_file_that_is_no_text_neither(tmp_path):
    told = tell(tmp_path, finding(), text="line")
    assert reports()["terminal"].write(told) == (
        "a/b/article.md  errors: 1\n\na/b/article.md:1:1: error FM-009 what\n    → mend it\n\n")
    (tmp_path / "a/b/article.md").write_bytes(b"\xff\xfe\x00")
    assert "│" not in reports()["terminal"].write(Told((Checked("a/b", "a/b", (finding(length=3),)),), tmp_path, here=tmp_path))
    assert take_excerpt(["one"], Place("x", 9, 1, length=2)) is None


def test_found_and_expected_are_told_where_nothing_else_says_them(tmp_path):
    told = tell(tmp_path, finding(found="five", expected="six"), finding(2, message="five is not six", found="five", expected="six"))
    assert reports()["terminal"].write(told).split("\n")[3:5] == ["    found: five", "    expected: six"]
    assert reports()["terminal"].write(told).count("found:") == 1


def test_a_long_text_found_is_cut(tmp_path):
    told = tell(tmp_path, finding(found="сөз " * 100), width=60)
    (line,) = (each for each in reports()["terminal"].write(told).split("\n") if "found:" in each)
    assert count_columns(line) <= 60 and line.endswith("…")


def test_no_author_steers_the_terminal(tmp_path):
    told = tell(tmp_path, finding(1, 1, 4, message=NASTY, found=NASTY + "x", mend=NASTY), text="\x1b[2J\u202eabc\n")
    assert not HIDDEN.search(reports()["terminal"].write(told).replace("\n", ""))


def test_colours_only_where_they_are_wanted(tmp_path):
    plain, coloured = (reports()["terminal"].write(tell(tmp_path, finding(1, 1, 4), text="line", colour=colour))
                       for colour in (False, True))
    assert "\033" not in plain and re.sub(r"\033\[\d+m", "", coloured) == plain != coloured


def test_files_are_grouped_and_shown_from_where_one_stands(mixed, capsys):
    assert mixed.run("check") == 1
    told = capsys.readouterr().out
    heads = re.findall(r"^(\S+)  errors: ", told, re.M)
    assert heads[0] == "source/2026-1/specimen/article.md" and heads[-1] == "source/journal.yaml" and len(set(heads)) == len(heads)
    done = run(mixed.article.parent, "check", "specimen")
    assert re.search(r"^specimen/article\.md:\d+:\d+: error CIT-001 ", done.stdout, re.M)
    assert re.search(r"^\.\./journal\.yaml:\d+:\d+: error SRC-003 ", done.stdout, re.M)


def test_build_tells_its_findings_like_check(mixed, capsys):
    assert mixed.run("check", "specimen") == 1
    told = capsys.readouterr().out
    assert mixed.run("build", "specimen", "--format", "html") == 1
    built = capsys.readouterr().out
    assert built.partition("\n")[2].rpartition("1 of 1")[0] == told.rpartition("articles checked")[0] != ""


# --- json, sarif, github, junit -------------------------------------------------------------------------------------
def test_json_has_the_shape_that_is_documented(mixed):
    data = json.loads(report(mixed, "json"))
    assert list(data) == ["version", "journal", "summary", "articles", "shared"] and data["version"] == 1
    assert data["journal"] == Project(mixed.folder).journal[0].name["en"]
    assert list(data["summary"]) == ["error", "warning", "note", "allowed"]
    assert [each["name"] for each in data["articles"]] == ["2026-1/specimen", "2026-1/untouched"]
    all_findings = [*(finding for article in data["articles"] for finding in article["findings"]), *data["shared"]]
    for each in all_findings:
        assert list(each) == ["id", "name", "severity", "path", "line", "column", "length", "field", "message", "found", "expected",
                              "mend", "allowed", "fix"]
        assert each["name"] == checks()[each["id"]].name
    assert Counter(each["severity"] for each in all_findings if not each["allowed"]) == Counter(
        {name: number for name, number in data["summary"].items() if name != "allowed"}) - Counter()
    assert [each["id"] for each in all_findings if each["allowed"]] == ["FM-009"] and data["summary"]["allowed"] == 1
    assert "SRC-003" in {each["id"] for each in data["shared"] if each["path"] == "source/journal.yaml"}
    (cited,) = (each for each in all_findings if each["id"] == "CIT-001")
    line = (mixed.folder / cited["path"]).read_text("utf-8").split("\n")[cited["line"] - 1]
    assert line[cited["column"] - 1:][:cited["length"]] == "nowhere"


def test_sarif_holds_what_the_standard_asks(mixed):
    log = json.loads(report(mixed, "sarif"))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (made,) = log["runs"]
    assert made["columnKind"] == "unicodeCodePoints" and made["tool"]["driver"]["name"] == "Basylym"
    rules = made["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == sorted({each["ruleId"] for each in made["results"]})
    for rule in rules:
        each = checks()[rule["id"]]
        assert rule["shortDescription"]["text"] == each.summary and each.part("Bad").split("\n")[0] in rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] == each.severity
    for result in made["results"]:
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1 and region["startColumn"] >= 1
        assert region.get("endColumn", region["startColumn"] + 1) > region["startColumn"]
        assert re.fullmatch(r"[\w./-]+", location["physicalLocation"]["artifactLocation"]["uri"])
    assert [each["suppressions"] for each in made["results"] if "suppressions" in each] == [
        [{"kind": "inSource", "justification": "the journal's own <prefix>, since 2026"}]]


def test_sarif_writes_paths_as_addresses(tmp_path):
    log = json.loads(reports()["sarif"].write(tell(tmp_path, finding(path="a/b/мақала 1%.md"))))
    (result,) = log["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "a/b/%D0%BC%D0%B0%D2%9B%D0%B0%D0%BB%D0%B0%201%25.md")


@pytest.mark.judge
def test_microsoft_s_validator_finds_no_fault_in_the_sarif(mixed, tmp_path):
    """The npm package @microsoft/sarif-multitool-linux carries the schema and the rules that the schema can't say."""
    modules = Path(os.environ.get("BASYLYM_NODE_MODULES") or ROOT / "node_modules")
    program = modules / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
    if not program.is_file():
        pytest.skip(f"no SARIF validator in {modules}")
    program.chmod(0o755)
    (tmp_path / "found.sarif").write_text(report(mixed, "sarif"), "utf-8")
    subprocess.run([program, "validate", "found.sarif", "--output", "said.sarif"], cwd=tmp_path, timeout=60, capture_output=True,
                   env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"})
    (said,) = json.loads((tmp_path / "said.sarif").read_text("utf-8-sig"))["runs"]
    assert [each["ruleId"] for each in said["results"] if each.get("level", "warning") == "error"] == []
    assert {each["ruleId"] for each in said["results"]} <= {"SARIF2005"}  # the tool has no address


def test_github_reads_back_what_was_written(tmp_path):
    """The runner takes a command apart at the first ::, at commas and colons, and puts %25, %0A and the like back."""
    told = tell(tmp_path, finding(7, 3, 4, message=NASTY, mend="second\r\nline"), finding(severity="note", path="a/b/x,y:z%.md"))
    first, second = reports()["github"].write(told).splitlines()
    _, command, data = first.split("::", 2)
    assert command == "error file=a/b/article.md,line=7,col=3,endColumn=7,title=FM-009"
    assert data.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%") == f"{NASTY}\nsecond\r\nline"
    assert second == "::notice file=a/b/x%2Cy%3Az%25.md,line=1,col=1,title=FM-009::what%0Amend it"


def test_junit_is_a_suite_an_article_and_a_case_a_check(mixed):
    root = ElementTree.fromstring(report(mixed, "junit").encode())
    data = json.loads(report(mixed, "json"))
    specimen, untouched, shared = root.findall("testsuite")
    assert (specimen.get("name"), untouched.get("name")) == ("2026-1/specimen", "2026-1/untouched")
    told = [*(each["findings"] for each in data["articles"]), data["shared"]]
    for suite, findings in zip((specimen, untouched, shared), told, strict=True):
        cases = {case.get("name"): case for case in suite}
        found = [each for each in findings if not each["allowed"]]
        assert len(cases) == len(suite) == int(suite.get("tests"))
        assert set(cases) == ({f"{each['id']} {each['name']}" for each in found} or {"no findings"})
        for each in found:
            case = cases[f"{each['id']} {each['name']}"]
            heaviest = any(other["severity"] == "error" for other in found if other["id"] == each["id"])
            assert [child.tag for child in case] == ["failure" if heaviest else "skipped"]
            assert f"{each['path']}:{each['line']}:{each['column']}: {each['severity']} {each['message']}" in case[0].text
        for name in ("failure", "skipped", "error"):
            assert int(suite.get({"failure": "failures", "error": "errors"}.get(name, name))) == len(suite.findall(f"testcase/{name}"))


def test_junit_is_well_formed_whatever_stands_in_it(tmp_path):
    told = Told((Checked("a/b", "a/b", (finding(message=NASTY),)), Checked(NASTY, "c", failure=NASTY), Checked("d", "d")), tmp_path)
    first, second, third = ElementTree.fromstring(reports()["junit"].write(told).encode())
    assert "50% <b>&amp;\n[31m“ә”, a:b" in first[0][0].text
    assert second[0][0].tag == "error" and second.get("errors") == "1"
    assert [case.get("name") for case in third] == ["no findings"] and len(third[0]) == 0


# --- html -----------------------------------------------------------------------------------------------------------
def test_the_page_is_one_file_without_scripts(mixed):
    report(mixed, "html")
    page = html_page(mixed.folder / "report")
    assert not page.xpath("//script | //link | //img | //iframe | //@src | //@onclick")
    assert not re.search(r"@import|url\(", page.findtext(".//style"))
    assert {address[0] for address in page.xpath("//@href")} == {"#"}
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)) and {address[1:] for address in page.xpath("//@href")} <= set(ids)
    for value in page.xpath("//@aria-labelledby"):
        assert value in ids


def test_the_picture_counts_what_stands_below_it(mixed):
    report(mixed, "html")
    page, data = html_page(mixed.folder / "report"), json.loads(report(mixed, "json"))
    families = [each.text for each in page.xpath("//thead//span[@class='family']")]
    assert families == [family for family in FAMILIES if family in {each.family for each in checks().values()}]
    rows = page.xpath("//tbody/tr")
    told = [*(each["findings"] for each in data["articles"]), data["shared"]]
    assert len(rows) == len(told) == 3
    for row, findings in zip(rows, told, strict=True):
        cells = row.findall("td")
        found = Counter((each["id"].partition("-")[0], each["severity"]) for each in findings if not each["allowed"])
        if not found:
            assert [cell.text_content() for cell in cells] == ["no findings"]
            continue
        assert len(cells) == len(families)
        for family, cell in zip(families, cells, strict=True):
            shown = {each.get("class").split()[1]: each.text_content() for each in cell.xpath(".//span[starts-with(@class, 'tally')]")}
            assert shown == {severity: f"{number}{severity}s: {number}" for (name, severity), number in found.items() if name == family}
            for address in cell.xpath(".//a/@href"):
                assert family in page.get_element_by_id(address[1:]).text_content()


def test_findings_stand_in_their_lines_and_are_told_as_they_are(mixed):
    report(mixed, "html")
    page = html_page(mixed.folder / "report")
    (cited,) = (each for each in page.xpath("//section[contains(@class, 'finding')]") if "CIT-001" in each.find("h3").text_content())
    (line,) = cited.xpath(".//span[contains(@class, 'here')]")
    assert line.findtext("mark") == "nowhere" and "Қазақстандағы баспа ісі" in line.text_content()
    assert cited.find("pre").get("lang") == ""
    assert checks()["CIT-001"].summary in cited.find("details").text_content() and cited.find("details").get("open") is None
    (allowed,) = page.xpath("//details[@class='allowed']")
    assert "the journal's own <prefix>, since 2026" in allowed.text_content() and allowed.get("open") is None


def test_a_line_of_thousands_is_cut_round_the_words(tmp_path):
    told = tell(tmp_path, finding(1, 5001, 3), text="а" * 5000 + "сөз" + "б" * 5000,
                files=lambda *parts: ROOT.joinpath(*parts).read_text("utf-8"))
    page = reports()["html"].write(told)
    assert "а…" not in page and re.search("…а{100,250}<mark>сөз</mark>б{100,250}…", page)


def test_what_failed_is_no_clean_article(tmp_path):
    told = Told((Checked("a/b", "a/b", failure="the <worker> stopped"),), tmp_path,
                files=lambda *parts: ROOT.joinpath(*parts).read_text("utf-8"))
    page = reports()["html"].write(told)
    assert "the &lt;worker&gt; stopped" in page and "All checks passed" not in page and "Not every article could be checked" in page


def test_a_journal_s_own_template_and_style_win(mixed):
    (mixed.folder / "styles").mkdir()
    (mixed.folder / "styles/report.css").write_text("body { color: teal }", "utf-8")
    assert "<style>\nbody { color: teal }\n</style>" in report(mixed, "html")


@pytest.mark.judge
def test_the_nu_html_checker_finds_no_error_in_the_page(mixed, tmp_path):
    (tmp_path / "found.html").write_text(report(mixed, "html"), "utf-8")
    assert nu([tmp_path / "found.html"]) == []


@pytest.mark.judge
def test_axe_finds_no_fault_and_the_page_is_no_wider_than_its_window(mixed, chromium, tmp_path):
    script = need("axe")
    (tmp_path / "found.html").write_text(report(mixed, "html"), "utf-8")
    for scheme in ("light", "dark"):
        for width in (375, 1280):
            context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            page.goto((tmp_path / "found.html").as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") == width
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            page.add_script_tag(path=script)
            said = page.evaluate("axe.run()")
            assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in said["violations"]] == []
            context.close()


# --- the command line -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("format", ["terminal", *MACHINES])
def test_the_same_findings_give_the_same_bytes(mixed, format):
    first = report(mixed, format)
    (mixed.folder / "report").unlink()
    assert report(mixed, format) == first
    assert str(mixed.folder) not in first


@pytest.mark.parametrize("format", ["terminal", *MACHINES])
def test_a_report_goes_into_a_file_or_to_the_standard_output(mixed, format, capsys):
    (mixed.folder / "made").mkdir()
    assert mixed.run("check", "--format", format, "--output", "made/report.txt") == 1
    told = capsys.readouterr()
    assert re.fullmatch(r"articles checked: 2; errors: .*allowed: 1\n", told.out) and told.err == ""
    written = (mixed.folder / "made/report.txt").read_text("utf-8")
    assert mixed.run("check", "--format", format) == 1
    assert capsys.readouterr().out == written + (told.out if format == "terminal" else "")


def test_a_report_that_has_no_place_is_2_and_leaves_nothing(mixed, capsys):
    (mixed.folder / "file").write_text("", "utf-8")
    assert mixed.run("check", "--output", "file/report.txt") == 2
    told = capsys.readouterr()
    assert "file/report.txt" in told.err and "Traceback" not in told.err and told.out == ""
    assert sorted(path.name for path in mixed.folder.iterdir()) == ["file", "source"]


def test_strict_makes_errors_of_warnings(journal):
    journal.overlay("{status: draft, authors: null}")
    before = json.loads(report(journal, "json", code=0))["summary"]
    after = json.loads(report(journal, "json", "--strict"))["summary"]
    assert before["warning"] and not before["error"]
    assert after == {**before, "error": before["warning"], "warning": 0}


def test_a_program_gets_the_same_findings_as_the_command_line(mixed):
    data = json.loads(report(mixed, "json", "--strict"))
    told = [each for article in data["articles"] for each in article["findings"] if not each["allowed"]] + data["shared"]
    found = check_articles(folder=mixed.folder, strict=True)
    assert [(each.id, each.severity, each.place.path, each.place.line, each.message) for each in found] == [
        (each["id"], each["severity"], each["path"], each["line"], each["message"]) for each in told]
    assert check_articles("untouched", folder=mixed.folder) != check_articles("specimen", folder=mixed.folder)
    with pytest.raises(UsageError):
        check_articles("nowhere", folder=mixed.folder)


def test_checking_loads_no_renderer_and_no_template_engine(journal):
    code = ("import sys; from basylym.cli import main; main(['check']); "
            "sys.exit(bool({'jinja2', 'weasyprint', 'basylym.render'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], cwd=journal.folder, capture_output=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr


# --- languages ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("words", "environment", "tongue"), [
    (["check"], {}, "en"), (["check", "--lang", "kk"], {}, "kk"), (["--lang", "ru", "check"], {}, "ru"),
    (["check", "--lang=en"], {"LC_ALL": "kk_KZ.UTF-8"}, "en"), (["check"], {"LC_ALL": "kk_KZ.UTF-8"}, "kk"),
    (["--lang", "kk", "check", "--lang", "ru"], {}, "ru"), (["check"], {"LC_ALL": "de_DE.UTF-8"}, "en"),
])
def test_it_speaks_the_language_asked_for(journal, words, environment, tongue):
    done = run(journal.folder, *words, "--format", "html", **environment)
    assert f'<html lang="{tongue}">' in done.stdout and done.stderr == ""


class Marks:
    """A catalogue that marks whatever passes through it."""

    def gettext(self, text: str) -> str:
        return "¤" + text


@pytest.fixture
def marked(monkeypatch):
    monkeypatch.setattr(messages, "_catalogue", lambda tongue: Marks())


def test_every_word_of_the_page_is_translated(mixed, marked):
    report(mixed, "html", "--lang", "kk")
    page = html_page(mixed.folder / "report")
    assert page.get("lang") == "kk"
    assert page.findtext(".//p[@class='journal']") == Project(mixed.folder).journal[0].name["kk"]
    for each in page.iter():
        if each.tag in ("style", "code", "mark") or any(above.get("lang") == "" for above in (each, *each.iterancestors())):
            continue
        own = " ".join(filter(None, (each.text, *(child.tail for child in each))))
        if re.search("[a-z]{2}", own) and not own.startswith("2026-1/"):
            assert "¤" in own or "¤" in each.getparent().text_content(), own
    for row in page.xpath("//tbody/tr[td[@class='clean' or @class='none']]"):
        assert "¤" in row.text_content()


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["build", "-h"], ["explain", "--help"], ["schema", "--help"]])
def test_the_help_is_translated(journal, marked, words, capsys):
    assert journal.run("--lang", "kk", *words) == 0
    told = capsys.readouterr().out
    assert told.startswith("¤usage: ") and "¤options" in told and "¤show this help" in told
    for help in re.findall(r"^  (?:-\S+|--\S+.*?|\w+)  +(\S.*)$", told, re.M):
        assert "¤" in help, help


@pytest.mark.parametrize("words", [["check", "--lang", "kk", "--format", "docx"], ["--lang", "kk"], ["explain", "XX-1", "--lang", "kk"],
                                   ["build", "--lang", "kk", "--jobs", "many"]])
def test_wrong_usage_is_told_in_the_language_asked_for(journal, marked, words, capsys):
    assert journal.run(*words) == 2
    told = capsys.readouterr()
    assert told.out == "" and "¤" in told.err.splitlines()[-1]


@pytest.mark.parametrize("words", [["check"], ["check", "--list"], ["explain", "FM-001"], ["explain"], ["build", "--format", "html"]])
def test_what_it_prints_is_translated(mixed, marked, words, capsys):
    mixed.run("--lang", "kk", *words)
    told = capsys.readouterr().out
    assert told.count("¤") > 3
    if words[0] == "explain":
        assert all(f"¤{title}" in told for title in ("Why it matters", "Wrong", "Right", "Source"))
        assert checks()["FM-001"].part("Good") in told.replace("\n    ", "\n")


@pytest.mark.parametrize("name", ["source/2026-1/specimen/article.md", "source/report.html", "notes.md", "source", "nowhere/report.html"])
def test_a_report_overwrites_no_source_and_makes_no_folder(journal, name, capsys):
    before = {path: path.read_bytes() for path in journal.folder.rglob("*") if path.is_file()}
    assert journal.run("check", "--format", "html", "--output", name) == 2
    assert "can't be written" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in journal.folder.rglob("*") if path.is_file()} == before
