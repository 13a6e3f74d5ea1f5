"""What happened to an article after it was published: read back from the page, the PDF and the EPUB, by people and by machines."""

import json
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from conftest import PUBLISHED
from judges import epub_documents, epub_package, epub_parts, epubcheck, html_page, nu, read_text, verapdf, violations

from basylym.check import run_checks
from basylym.languages import known_languages, language
from basylym.project import Project
from basylym.read.front_matter import split_front_matter
from basylym.read.outputs import read_outputs
from basylym.read.yaml import read_yaml
from basylym.typography.compare import letters

ENDINGS = (".html", ".pdf", ".epub")
RETRACTED, CORRECTED = "2026-1/lexicon", "2026-1/patterns"
NOTICES = ("2026-2/corrigendum", "2026-2/retraction")
CORRECTION = {"type": "correction", "date": "2026-06-30", "doi": "10.5555/specimen-correction", "text": {
    "kk": "Кестедегі сан түзетілді.", "ru": "Исправлено число в таблице.", "en": "A figure in the table was put right."}}


def front(name: str) -> dict:
    """An article's front matter as it is written."""
    return read_yaml(split_front_matter((PUBLISHED / "source" / name / "article.md").read_text("utf-8"))[0], name)[0]


@pytest.fixture(scope="module")
def built(published):
    """Where an output of the journal lies."""
    return lambda name, ending: published / "output" / name / (name.split("/")[1] + ending)


def linked_data(page) -> dict:
    return json.loads(page.xpath("string(//script[@type='application/ld+json'])"))


def links(path) -> set[str]:
    """The addresses that an output leads to."""
    if path.suffix == ".html":
        return set(html_page(path).xpath("//a/@href"))
    if path.suffix == ".epub":
        return {each.get("href") for document in epub_documents(path) for each in document.iter("{*}a")}
    with pikepdf.open(path) as pdf:
        return {str(each.A.URI) for leaf in pdf.pages for each in leaf.get("/Annots", ()) if "/A" in each and "/URI" in each.A}


# --- for readers ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [RETRACTED, CORRECTED])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_notice_stands_in_every_language_with_its_day_and_link(built, name, ending):
    text = letters(read_text(built(name, ending)))
    [notice] = front(name)["notices"]
    for tag, words in notice["text"].items():
        assert letters(words) in text
        assert letters(language(tag).label(notice["type"])) in text
    assert letters("30 июня 2026") in text and letters("30 June 2026") in text
    assert f"https://doi.org/{notice['doi']}" in links(built(name, ending))


@pytest.mark.parametrize("ending", ENDINGS)
def test_versions_say_what_was_changed(built, ending):
    text = letters(read_text(built(CORRECTED, ending)))
    for tag, words in front(CORRECTED)["versions"][1]["what"].items():
        assert letters(words) in text
        assert letters(language(tag).label("version", "2")) in text


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_notice_leads_to_its_article_and_lacks_nothing(built, name, ending):
    text, [about] = letters(read_text(built(name, ending))), front(name)["corrects"]
    for tag, title in about["title"].items():
        assert letters(title) in text and letters(language(tag).label("corrects")) in text
        assert letters(language(tag).missing["abstract"]) not in text and letters(language(tag).missing["keywords"]) not in text
    assert f"https://doi.org/{about['doi']}" in links(built(name, ending))


def test_the_notice_stands_before_the_title(built):
    page = html_page(built(RETRACTED, ".html"))
    for end in ("", "-kk", "-en"):
        [title] = page.xpath("//*[@id=$id]", id=f"title{end}")
        assert title.xpath("preceding-sibling::*[@id=$id]", id=f"history{end}")
    ids = [each.get("id") for each in epub_documents(built(RETRACTED, ".epub"))[0].iter() if each.get("id")]
    assert ids.index("history") < ids.index("title")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_retracted_article_keeps_its_text(built, ending):
    assert letters("Заголовок говорит теми же словами, что и текст") in letters(read_text(built(RETRACTED, ending)))


def test_every_page_of_a_retracted_article_is_marked(built):
    def reddish(name: str) -> list[float]:
        """How much of each page is light red."""
        found = []
        with pypdfium2.PdfDocument(built(name, ".pdf")) as document:
            for leaf in document:
                data = leaf.render(scale=0.5).to_pil().convert("RGB").tobytes()
                pixels = list(zip(data[::3], data[1::3], data[2::3], strict=True))
                found.append(sum(red > 240 > 230 > green and abs(green - blue) < 12 for red, green, blue in pixels) / len(pixels))
        return found

    assert len(reddish(RETRACTED)) == 2 and min(reddish(RETRACTED)) > 0.01
    assert max(reddish(CORRECTED)) < 0.001


def test_the_mark_is_no_text(built):
    """It would stand between the words of every page that is searched, copied or read aloud."""
    document = pypdfium2.PdfDocument(built(RETRACTED, ".pdf"))
    assert document[1].get_textpage().get_text_range().count("ОТОЗВАНА") == 0
    with pikepdf.open(built(RETRACTED, ".pdf")) as pdf:
        assert all(leaf.Contents[0].read_bytes().startswith(b"/Artifact BMC") for leaf in pdf.pages)


def test_every_language_has_the_words():
    for tag in known_languages():
        words = [language(tag).labels[name] for name in ("correction", "retraction", "expression_of_concern", "retracted", "corrects")]
        assert len(set(words)) == len(words) and language(tag).labels["retracted"].isupper()
        assert "{value}" in language(tag).labels["version"]


# --- for machines ---------------------------------------------------------------------------------------------------
def test_the_title_of_a_retracted_article_says_so_everywhere(built):
    titles = {tag: f"{language(tag).labels['retracted']}: {words}" for tag, words in front(RETRACTED)["title"].items()}
    page = html_page(built(RETRACTED, ".html"))
    assert page.xpath("string(/html/head/title)") == titles["ru"]
    for name in ("citation_title", "DC.Title", "og:title"):
        assert page.xpath("/html/head/meta[@name=$name or @property=$name]/@content", name=name) == [titles["ru"]]
    assert set(page.xpath("/html/head/meta[@name='DC.Title.Alternative']/@content")) == {titles["kk"], titles["en"]}
    data = linked_data(page)
    assert data["name"] == titles["ru"] and {each["@value"] for each in data["alternateName"]} == {titles["kk"], titles["en"]}
    for name in ("gost", "apa", "bibtex", "ris", "csl-json"):
        assert "ОТОЗВАНА: " in page.xpath("string(//pre[@id=$id])", id=f"cite-text-{name}"), name
    with pikepdf.open(built(RETRACTED, ".pdf")) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert str(pdf.docinfo["/Title"]) == titles["ru"]
    assert all(f">{title}<" in packet for title in titles.values())
    _, package = epub_package(epub_parts(built(RETRACTED, ".epub")))
    assert package.findtext(".//{*}title") == titles["ru"]
    assert {each.text for each in package.iter("{*}meta") if each.get("property") == "alternate-script"} >= {titles["kk"], titles["en"]}


def test_linked_data_tells_the_history(built):
    data = linked_data(html_page(built(RETRACTED, ".html")))
    assert data["creativeWorkStatus"] == "Retracted" and "correction" not in data
    assert data["subjectOf"][0]["@id"] == "https://doi.org/10.5555/ulgi.2026.2.2"
    data = linked_data(html_page(built(CORRECTED, ".html")))
    [correction] = data["correction"]
    assert correction["@type"] == "CorrectionComment" and correction["datePublished"] == "2026-06-30"
    assert {each["@language"]: each["@value"] for each in correction["text"]} == front(CORRECTED)["notices"][0]["text"]
    assert (data["version"], data["dateModified"], data["datePublished"]) == ("2", "2026-06-30", "2026-03-30")
    assert "creativeWorkStatus" not in data
    data = linked_data(html_page(built(NOTICES[1], ".html")))
    assert data["about"][0]["@id"] == "https://doi.org/10.5555/ulgi.2026.1.5"


def test_an_article_without_a_history_tells_none(built):
    page = html_page(built("2026-1/glosses", ".html"))
    assert not {"correction", "subjectOf", "about", "creativeWorkStatus", "version", "dateModified"} & set(linked_data(page))
    assert not page.xpath("//*[@class='history']")


def test_the_finished_files_agree(published):
    """The title with its mark and the notices are no difference between the files."""
    project = Project(published)
    for target in project.targets:
        outputs = tuple(read_outputs(target.output, target.slug, project.root, tools=False))
        edition = replace(project.edition(target), outputs=outputs)
        assert len(outputs) > 2 and run_checks(edition) == [], target.name


# --- what is asked --------------------------------------------------------------------------------------------------
def test_a_notice_is_no_study(journal):
    """No abstract, keywords, parts, sources or way through the office are asked of it."""
    changes = {"abstract": None, "keywords": None, "dates": None,
               "journal": {"rules": {"references": {"least": 30}, "sections": ["methods"], "text_words": {"least": 500}}}}
    asked = set(journal.overlay(changes).ids())
    assert {"FM-004", "FM-005", "FM-007", "FM-041", "FM-042", "REF-006"} <= asked
    about = {"type": "correction", "corrects": [{"doi": "10.5555/other", "title": CORRECTION["text"]}]}
    assert journal.overlay(about).ids() == []


def test_a_concern_alone_leaves_the_title_as_it_is(journal):
    notice = {**CORRECTION, "type": "expression-of-concern"}
    assert journal.overlay({"notices": [notice]}).run("build", "--format", "html") == 0
    page = html_page(journal.output(".html"))
    assert page.xpath("string(/html/head/title)") == "Үлгі мақаланың тақырыбы"
    assert page.xpath("//p[@class='notice expression-of-concern']")


def test_what_a_notice_says_is_looked_through_too(journal):
    notice = {**CORRECTION, "text": {**CORRECTION["text"], "ru": "A figure in the table was put right and nothing else was changed."}}
    found = {finding.id: finding.place.field for finding in journal.overlay({"notices": [notice]}).findings()}
    assert found["FM-018"].startswith("notices") and found["FM-018"].endswith("ru")


def test_versions_are_ordered_by_their_numbers(journal):
    versions = [{"number": number, "date": "2026-05-01", "what": {**CORRECTION["text"]}} for number in ("1", "1.9", "1.10", "2")]
    assert journal.overlay({"versions": versions}).ids() == []
    assert journal.overlay({"versions": [versions[2], versions[1]]}).ids() == ["FM-079"]
    named = [{**versions[number], "number": name} for number, name in enumerate(("preprint", "final", "final"))]
    assert journal.overlay({"versions": named}).ids() == ["FM-079"]


def test_a_copy_for_reviewers_leads_to_no_notice(journal):
    retraction = {**CORRECTION, "type": "retraction", "doi": "10.5555/specimen-retraction", "text": {**CORRECTION["text"]}}
    changes = {"notices": [CORRECTION, retraction], "versions": [{"number": "7.77", "date": "2026-06-30"}]}
    assert journal.overlay(changes).run("build", "--edition", "anonymous", "--format", "html") in (0, 1)
    text = journal.output(".anonymous.html").read_text("utf-8")
    assert not re.search(r"specimen-correction|specimen-retraction|7\.77|ҚАЙТАРЫП АЛЫНДЫ", text)


# --- the tools of the field -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_takes_them(built, flavour):
    assert verapdf([built(name, ".pdf") for name in (RETRACTED, CORRECTED, NOTICES[1])], flavour) == []


def test_the_nu_html_checker_takes_them(built):
    assert nu([built(name, ".html") for name in (RETRACTED, CORRECTED, *NOTICES)]) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing(built, chromium, colours):
    for name in (RETRACTED, CORRECTED):
        context = chromium.new_context(viewport={"width": 375, "height": 700}, locale="kk", bypass_csp=True, color_scheme=colours)
        page = context.new_page()
        page.goto(built(name, ".html").as_uri())
        assert violations(page) == []
        context.close()


@pytest.mark.parametrize("name", [RETRACTED, CORRECTED, NOTICES[0]])
def test_epubcheck_takes_them(built, name):
    assert epubcheck(built(name, ".epub")) == []
