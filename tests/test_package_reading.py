"""Packages that no longer hold: what a refusal takes away, and what is found in packages that say something else."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from conftest import DEPOSIT, ROOT, Journal
from fontTools.ttLib import TTFont
from lxml import etree

from basylym.check import run_checks
from basylym.check.deposits import wanted
from basylym.languages import language
from basylym.model import Edition
from basylym.package import deposits
from basylym.project import Project
from basylym.read.output_deposits import read_deposits
from basylym.render.jats_references import write_fields
from basylym.render.metadata import Reference

KEYS = {"deposit": DEPOSIT}
ARTICLE, ISSUE = "output/2026-1/specimen/deposit", "output/2026-1/deposit"
SICI = "10.5555/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"


def targets(journal: Journal, place: str) -> set[str]:
    return {path.name for path in (journal.folder / place).glob("*")}


# --- what a refusal takes away --------------------------------------------------------------------------------------
@pytest.mark.parametrize("change", ["{status: draft}", {"text": "Мәтін [@nobody].\n"}])
def test_an_article_that_is_refused_loses_its_packages(journal, change, capsys):
    journal.run("package", "--for", "mods", "--for", "citations")
    assert targets(journal, ARTICLE) == targets(journal, ISSUE) == {"mods", "citations"}
    capsys.readouterr()
    journal.overlay(change).run("package", "--for", "mods")
    assert targets(journal, ARTICLE) == set() and "packages made of 0 of 1 articles" in capsys.readouterr().out
    assert targets(journal, ISSUE) == {"citations"}  # of the issue, those that are asked for
    journal.run("package")
    assert targets(journal, ISSUE) == set()


def test_a_target_that_lacks_something_loses_its_packages(journal, capsys):
    journal.overlay({"journal": KEYS}).run("package", "--for", "crossref", "--for", "mods")
    assert targets(journal, ARTICLE) == targets(journal, ISSUE) == {"crossref", "mods"}
    journal.overlay({"doi": None, "journal": {"codes": []}}).run("package", "--for", "crossref")
    assert targets(journal, ARTICLE) == targets(journal, ISSUE) == {"mods"}
    assert "packages made of 0 of 1 articles" in capsys.readouterr().out


def test_an_issue_says_whom_its_packages_leave_out(journal, capsys):
    journal.overlay({"journal": {"codes": [], **KEYS}})
    for name, old, new in (("draft", "status: .*\n", "status: draft\n"), ("bare", "doi:", "edn: null\n#")):
        shutil.copytree(journal.article, journal.article.parent / name)
        path = journal.article.parent / name / "article.md"
        path.write_text(re.sub(rf"(?m)^{old}", new, path.read_text("utf-8"), count=1), "utf-8")
    journal.run("package", "2026-1", "--for", "crossref", "--for", "mods")
    said = capsys.readouterr().err
    assert "2026-1: the packages of the issue leave out: draft" in said
    assert "2026-1: the package of the issue for crossref leaves out: bare" in said and "for mods" not in said


# --- what is found in packages --------------------------------------------------------------------------------------
DAMAGES = {
    ("citations", ".ris"): ("TI  - Үлгі", "TI  - Басқа", "title"), ("citations", ".bib"): ("pages = {5", "pages = {7", "pages"),
    ("doaj", ".xml"): ('<title language="kaz">Үлгі', '<title language="kaz">Басқа', "title.kk"),
    ("crossref", ".xml"): ("<title>The title", "<title>Another title", "title.en"),
    ("datacite", ".json"): ("Название образцовой", "Название другой", "title.ru"),
    ("elibrary", ".xml"): ('<artTitle lang="KKZ">Үлгі', '<artTitle lang="KKZ">Басқа', "title.kk"),
    ("mods", ".xml"): ("<topic>тексеру<", "<topic>тексерілу<", "keywords.kk"),
    ("oai-dc", ".xml"): ('<dc:description xml:lang="en">', '<dc:description xml:lang="en">Not ', "abstract.en"),
    ("zenodo", ".json"): ('"issue": "1"', '"issue": "2"', "number"),
    ("ojs-3.5", ".xml"): ("<number>1<", "<number>2<", "number")}


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> tuple[Journal, Edition]:
    """A journal whose article has a title that HTML must escape, with all its packages."""
    journal = Journal(tmp_path_factory.mktemp("packed") / "journal")
    journal.overlay({"journal": KEYS, "title": {"kk": "Үлгі мақаланың R&D тақырыбы", "ru": "Название образцовой статьи об R&D",
                                                "en": "The title of a specimen article on R&D"}})
    assert journal.run("package") == 0
    return journal, journal.edition()


def found(packed: tuple[Journal, Edition]) -> list:
    journal, edition = packed
    known = (edition.front.doi, *edition.front.title.values())
    folder = journal.folder / "output/2026-1"
    return run_checks(replace(edition, packages=read_deposits(folder / "specimen", "specimen", journal.folder, folder, known)))


def test_packages_as_made_have_no_findings(packed):
    assert [each.message for each in found(packed)] == []


@pytest.mark.parametrize("place", [ARTICLE, ISSUE])
@pytest.mark.parametrize(("target", "ending"), DAMAGES)
def test_a_damage_is_told_at_the_field_of_its_language(packed, target, ending, place):
    path = next(each for each in (packed[0].folder / place / target).glob(f"*{ending}") if "community" not in each.name)
    text, (old, new, field) = path.read_text("utf-8"), DAMAGES[target, ending]
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    said = found(packed)
    path.write_text(text, "utf-8")
    assert {each.id for each in said} == {"OUT-030"} and all(path.name in each.message for each in said)
    assert field in {each.place.field for each in said} | {each.place.field.partition(".")[0] for each in said}


@pytest.mark.parametrize("lost", ["citations/specimen.ris", "mets/specimen/specimen.pdf", "bagit/specimen.zip", "doaj/specimen.json"])
def test_a_file_that_is_gone_is_told(packed, lost):
    path = packed[0].folder / ARTICLE / lost
    data = path.read_bytes()
    path.unlink()
    said = found(packed)
    path.write_bytes(data)
    assert [each.id for each in said] == ["OUT-032"] and lost.rpartition("/")[2] in said[0].message


def test_an_issue_s_packages_are_looked_at_with_the_issue(packed, capsys):
    journal = packed[0]
    path = journal.folder / ISSUE / "mods/specimen.xml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("<topic>тексеру<", "<topic>тексерілу<"), "utf-8")
    journal.run("check", "--outputs", "2026-1")
    told = capsys.readouterr().out
    path.write_text(text, "utf-8")
    assert "output/2026-1/deposit/mods/specimen.xml" in told


# --- what the packages and files say --------------------------------------------------------------------------------
def test_formulas_in_titles_and_abstracts_are_no_difference(journal):
    for name in ("title", "abstract"):
        front = getattr(journal.edition().front, name)
        journal.overlay({name: {tag: f"{text} $x^2 < \\alpha$, H~2~O" for tag, text in front.items()}})
    journal.overlay({"outputs": {}, "journal": {"checks": {"FM-037": "off"}, "rules": {"abbreviations": ["EPUB"]}}})
    assert [each.message for each in journal.findings() if each.id.startswith("OUT-")] == []


def test_the_same_article_with_a_formula_gives_the_same_pdf(journal, monkeypatch):
    """Letters that PT Serif lacks come from a font with variable weight, which is written anew."""
    journal.overlay({"text": "Мәтін $\\alpha^2$, α мен H~2~O, ℵ, ₂ және ⁿ.\n"})
    monkeypatch.setattr("fontTools.ttLib.tables._h_e_a_d.timestampNow", lambda: 1)
    assert journal.run("build", "--format", "pdf") in (0, 1)
    times = []
    with pikepdf.open(journal.output(".pdf")) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
                path = journal.folder / "font.ttf"
                path.write_bytes(each.FontFile2.read_bytes())
                with TTFont(path) as font:
                    times.append((str(each.FontName), font["head"].modified))
    assert any("Noto" in name for name, _ in times) and 1 not in [time for _, time in times]


def test_an_old_doi_is_an_address_everywhere(journal):
    book = {"id": "example", "type": "book", "language": "kk", "title": "Мысал кітап", "issued": 2001, "DOI": SICI}
    journal.overlay({"references": [book], "text": "Мәтін [@example].\n"})
    assert journal.run("build") in (0, 1)
    address = "https://doi.org/10.5555/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O"
    root = etree.parse(journal.output(".xml")).getroot()
    hrefs = root.xpath("//ref//@*[local-name()='href']")
    assert hrefs and set(hrefs) == {address}
    page = journal.output(".html").read_text("utf-8")
    assert f'href="{address}"' in page and not re.search(r'href="[^"]*(<|&lt;)693', page)


def test_wrong_keys_of_deposits_are_told_at_their_place(journal):
    journal.overlay({"journal": {"deposit": {"crossref": {"crossmark_policy": "policy", "email": "not an email"}}}})
    assert {each.place.field for each in journal.findings()} == {"deposit.crossref.crossmark_policy", "deposit.crossref.email"}


def test_what_three_targets_lack_is_told_once(journal):
    journal.overlay({"journal": {"deposit": {**DEPOSIT, "ojs": {}, "to": ["ojs-3.3", "ojs-3.4", "ojs-3.5"]}}})
    said = [each.message for each in journal.findings()]
    assert len(said) == 3 and all(each.startswith("OJS 3.3, OJS 3.4, OJS 3.5 can't do without") for each in said)


def test_the_sample_journal_has_what_every_target_needs():
    project = Project(ROOT)
    edition = project.edition(next(each for each in project.targets if each.slug == "single-source"))
    assert [each.id for each in wanted(edition.journal) if each.missing(edition)] == [] and len(wanted(edition.journal)) == len(deposits())


def test_abstracts_keep_their_paragraphs_and_notes_their_words(journal):
    front = journal.edition().front
    journal.overlay({"journal": KEYS, "abstract": {tag: text.replace(". ", ".\n\n", 1) for tag, text in front.abstract.items()},
                     "text": "Мәтін.[^n] Жалғасы [@example].\n\n[^n]: Ескертудің сөзі.\n"})
    assert journal.run("package", "--for", "crossref", "--for", "ojs-3.4", "--for", "zenodo", "--for", "elibrary") in (0, 1)
    folder = journal.folder / ARTICLE
    crossref = etree.parse(folder / "crossref/specimen.xml")
    assert [len(each) for each in crossref.iter("{*}abstract")] == [2, 2, 2]
    assert etree.parse(folder / "ojs-3.4/specimen.xml").findtext(".//{*}publication/{*}abstract").count("<p>") == 2
    assert '"description": "<p>' in (folder / "zenodo/specimen.json").read_text("utf-8")
    text = etree.parse(folder / "elibrary/specimen.xml").findtext(".//article/text")
    assert text.startswith("Мәтін. Жалғасы") and text.endswith("Ескертудің сөзі.")


def test_the_mark_of_a_retraction_stands_once():
    for tag in ("kk", "ru", "en"):
        word = language(tag).labels["retracted"]
        assert language(tag).retraction_mark("Title") == f"{word}: "
        assert language(tag).retraction_mark(f"{word}: Title") == language(tag).retraction_mark(f"{word.capitalize()} title") == ""


def test_a_thesis_says_what_it_is_one_for():
    written = write_fields(Reference("thesis", "Тақырып", "Үлгі", "ru"), {"genre": "дис. … канд. филол. наук"})
    assert written.findtext("comment[@content-type='genre']") == "дис. … канд. филол. наук"


@pytest.mark.parametrize("name", ["2026-1/patterns", "2026-1/villages"])
def test_metadata_have_no_spaces_that_do_not_break(published: Path, name: str):
    root = etree.parse(published / "output" / name / f"{name.rpartition('/')[2]}.xml").getroot()
    project = Project(published)
    edition = project.edition(next(each for each in project.targets if each.name == name))
    for each in (root.find("front"), *root.iter("mixed-citation")):
        assert not re.search("[\u00a0\u202f\u00ad]", "".join(each.itertext()))
    for ref, entry in zip(root.iter("ref"), edition.article.body.entries, strict=True):
        assert " ".join("".join(ref.find("mixed-citation").itertext()).split()) == " ".join(entry.text.split())
