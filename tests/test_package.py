"""`basylym package` as a whole: what it makes of what, what it refuses, and whether the packages still say what the article says."""

import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import DEPOSIT, PUBLISHED, ROOT, Journal
from lxml import etree

from basylym.check import run_checks
from basylym.cli import main
from basylym.deposits import TARGETS
from basylym.package import deposits
from basylym.project import Project
from basylym.read.output_deposits import read_deposits
from basylym.targets import NEEDS

KEYS = {"deposit": DEPOSIT}


def deposit(journal: Journal, target: str) -> Path:
    return journal.output("").parent / "deposit" / target


def test_journal_yaml_knows_every_target():
    assert tuple(deposits()) == TARGETS


def test_every_target_makes_files_of_every_article_that_has_what_it_asks_for(packages):
    for article in (PUBLISHED / "source").glob("*/*/article.md"):
        folder = packages / "output" / article.parent.parent.name / article.parent.name / "deposit"
        lacking = {name for name, each in NEEDS.items() if "doi" in each.asks} if article.parent.name == "hearth" else set()
        assert {path.name for path in folder.iterdir()} == set(TARGETS) - lacking
        assert all(any(path.is_file() for path in each.rglob("*")) for each in folder.iterdir())


def test_every_target_makes_files_of_an_issue(packages):
    made = {path.name for path in (packages / "output/2026-1/deposit").iterdir()}
    assert made == set(deposits())


# --- what is refused ------------------------------------------------------------------------------------------------
def test_a_draft_is_refused_when_named_and_skipped_when_not(journal, capsys, monkeypatch):
    from basylym.render import layout

    laid_out = []
    monkeypatch.setattr(layout, "lay_out", laid_out.append)
    journal.overlay("{status: draft}")
    assert journal.run("package", "--for", "citations") == 0
    assert journal.run("package", "specimen", "--for", "citations") == 1
    assert "specimen: no packages were made: it is a draft" in capsys.readouterr().err
    assert not deposit(journal, "citations").exists() and not (journal.folder / "output/2026-1/deposit").exists()
    assert not laid_out


def test_the_sample_s_draft_is_refused(packages):
    assert (packages / "sample/output/2026-1/single-source/deposit").is_dir()
    assert not (packages / "sample/output/2026-1/assembly/deposit").exists()


def test_errors_are_a_reason_to_refuse(journal, capsys):
    journal.overlay({"text": "Мәтін [@nobody].\n"})
    assert journal.run("package", "--for", "citations") == 1
    assert "no packages were made: it has errors (1)" in capsys.readouterr().err and not deposit(journal, "citations").exists()


def test_force_makes_packages_that_say_what_they_are(journal):
    journal.overlay("{status: draft}")
    assert journal.run("package", "specimen", "--force", "--for", "citations", "--for", "dspace") == 0
    assert {path.name for path in deposit(journal, "citations").iterdir()} == {
        "DRAFT.txt", "specimen.draft.bib", "specimen.draft.json", "specimen.draft.ris"}
    reason = (deposit(journal, "dspace") / "DRAFT.txt").read_text("utf-8")
    assert reason == "specimen: these files must not be sent to anyone: it is a draft\n"
    assert (deposit(journal, "dspace") / "specimen.draft.zip").is_file()
    journal.overlay("{status: published}")
    assert journal.run("package", "specimen", "--for", "citations") == 0
    assert not [path for path in deposit(journal, "citations").iterdir() if "raft" in path.name.lower()]


def test_a_lone_manuscript_has_no_packages(tmp_path, capsys):
    shutil.copy(ROOT / "tests/article/article.md", tmp_path / "paper.md")
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert main(["package", "paper.md"]) == 2
    finally:
        os.chdir(here)
    assert "journal.yaml" in capsys.readouterr().err


def test_an_unknown_target_is_wrong_usage(journal):
    assert journal.run("package", "--for", "nowhere") == 2


# --- what a target lacks --------------------------------------------------------------------------------------------
OWN_KEYS = {name: keys for name, each in NEEDS.items()
            if (keys := [key for key in each.needs if key.startswith("deposit.") and "publisher" not in key])}
"""Target -> what it can't do without that the sample's journal.yaml does not say."""


@pytest.mark.parametrize("target", OWN_KEYS)
def test_what_journal_yaml_lacks_is_named_by_its_key(journal, target, capsys):
    journal.overlay({"journal": {"deposit": {}}})
    assert journal.run("package", "--for", target) == 1
    told = capsys.readouterr().out
    assert all(f"DEP-001 {NEEDS[target].title} can't do without {key.replace('|', ' / ')}" in told for key in OWN_KEYS[target])
    assert not deposit(journal, target).exists()


@pytest.mark.parametrize("target", [name for name, each in NEEDS.items() if "doi" in each.asks])
def test_what_the_article_lacks_is_named_by_its_key(journal, target, capsys):
    journal.overlay({"doi": None, "journal": KEYS})
    assert journal.run("package", "--for", target) == 1
    assert f"DEP-002 {NEEDS[target].title} can't do without doi" in capsys.readouterr().out
    assert not deposit(journal, target).exists()


def test_without_for_the_journal_names_the_targets(journal):
    journal.overlay({"journal": {"deposit": {**DEPOSIT, "to": ["mods", "citations"]}}})
    assert journal.run("package") == 0
    assert {path.name for path in deposit(journal, "mods").parent.iterdir()} == {"mods", "citations"}


# --- what is written ------------------------------------------------------------------------------------------------
def test_the_same_article_gives_the_same_packages_and_nothing_is_written_twice(journal):
    journal.overlay({"journal": KEYS})
    assert journal.run("package") == 0
    stale = deposit(journal, "mods") / "stale.xml"
    stale.write_text("<old/>")
    places = [path for path in (journal.folder / "output").rglob("*") if path.is_file() and path != stale]
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in places}
    assert len([path for path in before if "deposit" in path.parts]) > 2 * len(TARGETS)
    assert journal.run("package") == 0
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in places} == before
    assert journal.run("package", "--fresh") == 0
    assert not stale.exists() and {path: path.read_bytes() for path in places} == {path: data for path, (_, data) in before.items()}


def test_no_package_knows_when_or_where_it_was_made(packages, monkeypatch, journal):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    journal.overlay({"journal": KEYS})
    assert journal.run("package", "--for", "bagit", "--for", "ro-crate") == 0
    with zipfile.ZipFile(deposit(journal, "bagit") / "specimen.zip") as archive:
        assert b"Bagging-Date: 2027-01-15\n" in archive.read("specimen/bag-info.txt")
        assert {info.date_time[:3] for info in archive.infolist()} == {(2027, 1, 15)}
        assert not [name for name in archive.namelist() if str(journal.folder).encode() in archive.read(name)]


# --- do they still say what the article says? -----------------------------------------------------------------------
def test_packages_as_made_agree_with_their_articles(packages):
    project = Project(packages)
    for target in project.targets:
        edition = project.edition(target)
        known = (edition.front.doi or "", *edition.front.title.values())
        read = read_deposits(target.output, target.slug, packages, target.output.parent, known)
        assert len({each.kind for each in read}) >= 11 and {each.state for each in read} == {"read"}
        for each in read:
            said = {said.field for said in each.said}
            wanted = {"title"} if each.path.endswith(".bib") else {"title", "authors", "date"}
            assert wanted <= said or each.kind in ("bagit", "ro-crate"), each.path
            assert not said & {"other_file", "lost_file"}
        assert [each.message for each in run_checks(replace(edition, packages=read))] == []
        shared = {each.kind for each in read if f"/{target.slug}/" not in each.path}
        assert shared == {each.kind for each in read if each.kind}


DAMAGES = {
    "crossref": {"<title>Үлгі мақаланың тақырыбы": "<title>Басқа тақырып"}, "doaj": {"<startPage>5": "<startPage>7"},
    "datacite": {">10.5555/specimen<": ">10.5555/other<"}, "mods": {"<dateIssued encoding=\"w3cdtf\" keyDate=\"yes\">2026":
                                                                   "<dateIssued encoding=\"w3cdtf\" keyDate=\"yes\">2025"},
    "mets": {">1234-5679<": ">2790-0010<"}, "oai-dc": {"Автор, Үлгі": "Автор, Басқа", "Үлгі, Автор": "Басқа, Автор"},
    "ojs-3.3": {"Название образцовой статьи": "Название другой статьи"}, "ojs-3.4": {"<pages>5": "<pages>7"},
    "ojs-3.5": {"The title of a specimen article": "The title of another article"}, "elibrary": {"<pages>5": "<pages>7"},
}


@pytest.mark.parametrize("target", DAMAGES)
def test_what_a_package_says_otherwise_is_found(journal, target):
    journal.overlay({"journal": KEYS, "packages": {target: {}}})
    assert [each.id for each in run_checks(journal.edition())] == []
    path = next(deposit(journal, target).glob("*.xml"))
    text = path.read_text("utf-8")
    words, new = next(((words, new) for words, new in DAMAGES[target].items() if words in text), ("", ""))
    assert words, text[:3000]
    edition = journal.edition()
    path.write_text(text.replace(words, new), "utf-8")
    found = run_checks(replace(edition, packages=read_deposits(path.parents[2], "specimen", journal.folder)))
    assert {each.id for each in found} == {"OUT-030"} and all(path.name in each.message for each in found)


@pytest.mark.parametrize("target", ["dspace", "mets", "ojs-3.4"])
def test_a_package_with_an_older_pdf_is_found(journal, target):
    journal.overlay({"journal": KEYS, "packages": {target: {}}, "outputs": {"html": {"</html>": "</html> "}}})
    assert set(journal.ids()) == {"OUT-031"}


def test_a_package_that_no_one_can_read_is_told(journal):
    journal.overlay({"journal": KEYS, "packages": {"mods": {}}})
    edition = journal.edition()
    path = next(deposit(journal, "mods").glob("*.xml"))
    path.write_text("<mods")
    with pytest.raises(etree.XMLSyntaxError):
        etree.parse(path)
    found = run_checks(replace(edition, packages=read_deposits(path.parents[2], "specimen", journal.folder)))
    assert [each.id for each in found] == ["OUT-003"]
