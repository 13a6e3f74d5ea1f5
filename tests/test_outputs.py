"""What the finished files say is compared with the manuscript: untouched they agree, and each damage is caught by its own check."""

import json
import os
import shutil
import zipfile
from dataclasses import replace

import pytest
from conftest import ROOT, damage, specimen_front
from judges import need
from lxml import html

from basylym import pipeline
from basylym.check import checks, run_all, run_checks
from basylym.check.output_age import COMPARED
from basylym.check.outputs import license_words
from basylym.cli import main
from basylym.project import Project
from basylym.read import outputs as reading
from basylym.read.output_pages import read_text
from basylym.read.outputs import read_outputs

FULL = {"text": """
# Кіріспе

Мәтіннің бірінші сөйлемі осы [@example, 12–14]. Нүкте @fig:dot, сандар @tbl:one ішінде.[^one]

Бұл абзац мақаланың ортасында тұр, әрі ол өте маңызды.

Келесі абзац алдыңғысының ойын жалғастырып, оны толықтырады.

![Нүкте.](figures/dot.png){#fig:dot alt="Қара нүкте"}

| Жыл  | Саны |
|------|------|
| 2025 | 1234 |

: Сандар. {#tbl:one}

$$ E = m c^2 $$ {#eq:energy}

Теңдеу $a + b = c$ осындай, ал @eq:energy белгілі.

# Қорытынды

Соңғы сөйлем.

[^one]: Бұл ескерту үлгі үшін жазылған.
"""}
"""An article with one of everything."""

FIRST, SECOND = "Бұл абзац мақаланың ортасында тұр, әрі ол өте маңызды.", "Келесі абзац алдыңғысының ойын жалғастырып, оны толықтырады."
"""Two of its paragraphs."""
SWAPPED = {FIRST: "ЕКІНШІ", SECOND: FIRST, "ЕКІНШІ": SECOND}

DAMAGES = {
    "title in the package": ("OUT-004", "epub", {"The title of a specimen article</meta>": "The title of another article</meta>"}),
    "title on the page": ("OUT-004", "html", {'citation_title" content="Үлгі': 'citation_title" content="Басқа'}),
    "title in the packet": ("OUT-004", "pdf", {'<rdf:li xml:lang="ru">Название образцовой статьи</rdf:li>': ""}),
    "spelling of an author": ("OUT-005", "epub", {">Автор Үлгі</dc:creator>": ">Автор Улгі</dc:creator>"}),
    "author left out of the packet": ("OUT-005", "pdf", {"dc:creator>": "dc:contributor>"}),
    "language of the abstract in the package": ("OUT-006", "epub", {'<dc:description xml:lang="en">': '<dc:description xml:lang="de">'}),
    "language of the abstract in the packet": ("OUT-006", "pdf", {'"en">This article is': '"de">This is'}),
    "number in the abstract": ("OUT-006", "html", {"75,5 процента": "57,5 процента"}),
    "keyword in the package": ("OUT-007", "epub", {">publication</dc:subject>": ">printing</dc:subject>"}),
    "keyword in the packet": ("OUT-007", "pdf", {"<rdf:li>издание</rdf:li>": ""}),
    "DOI in the packet": ("OUT-008", "pdf", {"doi:10.5555/specimen<": "doi:10.5555/specimen2<"}),
    "DOI on the page": ("OUT-008", "html", {'citation_doi" content="10.5555/specimen"': 'citation_doi" content="10.5555/other"'}),
    "date in the package": ("OUT-009", "epub", {"<dc:date>2026-03-30": "<dc:date>2026-03-29"}),
    "year on the page": ("OUT-009", "html", {'citation_publication_date" content="2026': 'citation_publication_date" content="2025'}),
    "day of acceptance": ("OUT-009", "html", {"20 ақпан": "21 ақпан"}),
    "last page on the page": ("OUT-010", "html", {'citation_lastpage" content="': 'citation_lastpage" content="9'}),
    "first page in the packet": ("OUT-010", "pdf", {"startingPage>5<": "startingPage>6<"}),
    "licence in the package": ("OUT-011", "epub", {"CC BY 4.0 https": "CC BY-NC 4.0 https"}),
    "licence in the packet": ("OUT-011", "pdf", {"licenses/by/4.0": "licenses/by-sa/4.0"}),
    "number of the issue": ("OUT-012", "pdf", {"prism:number>1<": "prism:number>2<"}),
    "ISSN": ("OUT-012", "pdf", {"prism:issn>1234-5679": "prism:issn>2345-6787"}),
    "reference in the book": ("OUT-013", "epub", {"Мысал кітап": "Кітап"}),
    "reference on the page": ("OUT-013", "html", {"Мысал кітап": ""}),
    "reference in the page's metadata": ("OUT-013", "html", {'name="citation_reference"': 'name="reference"'}),
    "author in the linked data": ("OUT-005", "html", {'"name":"Автор Үлгі"': '"name":"Автор Мысал"'}),
    "paragraph on the page": ("OUT-014", "html", {"Бұл абзац мақаланың ортасында тұр, әрі ол өте маңызды.": ""}),
    "paragraph in the book": ("OUT-014", "epub", {"Бұл абзац мақаланың ортасында тұр, әрі ол өте маңызды.": ""}),
    "figure in the book": ("OUT-015", "epub", {'alt="Қара нүкте"': 'alt=""'}),
    "figure on the page": ("OUT-015", "html", {'alt="Қара нүкте"': 'alt="Ақ нүкте"'}),
    "cell of a table": ("OUT-016", "html", {">1234<": ">1243<"}),
    "table in the book": ("OUT-016", "epub", {"<table": "<section", "</table": "</section"}),
    "note on the page": ("OUT-017", "html", {"Бұл ескерту үлгі үшін жазылған.": ""}),
    "mark of a note in the book": ("OUT-017", "epub", {'role="doc-noteref"': 'role="doc-glossref"'}),
    "formula on the page": ("OUT-018", "html", {"a + b = c</annotation>": "a + b</annotation>"}),
    "formula in the book": ("OUT-018", "epub", {"E = m c^2": "E = m c"}),
    "order of paragraphs on the page": ("OUT-023", "html", SWAPPED),
    "order of paragraphs in the book": ("OUT-023", "epub", SWAPPED),
    "ORCID in the package": ("OUT-021", "epub", {"0000-0002-1825-0097</meta>": "0000-0001-5109-3700</meta>"}),
    "no ORCID in the package": ("OUT-021", "epub", {"https://orcid.org/0000-0002-1825-0097</meta>": "</meta>"}),
    "ORCID in the page's metadata": ("OUT-021", "html", {'_orcid" content="https://orcid.org/0000-0002-1825-0097': '_orcid" content="'}),
    "ORCID in the linked data": ("OUT-021", "html", {'"@id":"https://orcid.org/0000-0002-1825-0097': '"@id":"https://orcid.org/0'}),
    "ORCID on the page": ("OUT-021", "html", {"ORCID 0000-0002-1825-0097": "ORCID 0000-0001-5109-3700"}),
    "language of the package": ("OUT-022", "epub", {"<dc:language>kk<": "<dc:language>ru<"}),
    "language of a document": ("OUT-022", "epub", {'lang="kk" xml:lang="kk" dir': 'lang="ru" xml:lang="ru" dir'}),
    "language of the page": ("OUT-022", "html", {'<html lang="kk"': '<html lang="ru"'}),
    "no language of the page": ("OUT-022", "html", {'<html lang="kk"': "<html"}),
    "language in the page's metadata": ("OUT-022", "html", {'citation_language" content="kk': 'citation_language" content="en'}),
    "language in the packet": ("OUT-022", "pdf", {"<rdf:li>kk</rdf:li>": ""}),
}
"""What is damaged: the check that must find it, the file, and what is written in place of what."""


def out(findings):
    return [finding for finding in findings if finding.id.startswith("OUT")]


@pytest.mark.parametrize("article", ["assembly", "single-source"])
def test_outputs_of_the_samples_agree(sample, article):
    project = Project(ROOT)
    target = next(each for each in project.targets if each.slug == article)
    outputs = read_outputs(sample / "2026-1" / article, article, sample.parent, tools=False)
    assert [each.state for each in outputs] == ["read"] * 4
    assert out(run_all(replace(project.edition(target), outputs=outputs))) == []


def test_an_article_with_one_of_everything_agrees(journal):
    edition = journal.overlay({**FULL, "outputs": {}}).edition()
    assert journal.findings() == []
    for output in edition.outputs:
        assert len(output.formulas) == 2 and len(output.figures) >= 1 and output.tables == 1 and output.notes == 1, output.kind


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_caught_by_its_own_check(journal, name):
    id, kind, changes = DAMAGES[name]
    findings = journal.overlay({**FULL, "outputs": {kind: changes}}).findings()
    assert {finding.id for finding in findings} == {id}
    for finding in findings:
        assert f"specimen.{kind}" in finding.message and "article.md" in finding.message
        assert any(f"specimen.{other}" in finding.message for other in {"pdf", "epub", "html"} - {kind})


PARTS = {"OUT-023": (f"{FIRST}\n\n{SECOND}", f"{SECOND}\n\n{FIRST}"),
         "OUT-014": ("Бұл абзац мақаланың ортасында тұр, әрі ол өте маңызды.\n", ""),
         "OUT-017": ("Бұл ескерту үлгі үшін жазылған.", "Бұл басқа ескерту."),
         "OUT-016": ("1234", "1324"), "OUT-018": ("a + b", "a - b"), "OUT-015": ('alt="Қара нүкте"', 'alt="Ақ нүкте"')}


@pytest.mark.parametrize("id", PARTS)
def test_a_pdf_of_another_text_is_caught(journal, tmp_path, id):
    """Nobody can write into the pages of a PDF; so one of another manuscript stands in the place of the right one."""
    journal.overlay({"text": FULL["text"].replace(*PARTS[id]), "outputs": {}}).edition()
    shutil.copy(journal.output(".pdf"), tmp_path / "other.pdf")
    edition = journal.overlay(FULL).edition()
    shutil.copy(tmp_path / "other.pdf", journal.output(".pdf"))
    outputs = read_outputs(journal.output(".pdf").parent, "specimen", journal.folder, tools=False)
    findings = run_checks(replace(edition, outputs=outputs))
    assert {finding.id for finding in findings} == {id} and all("specimen.pdf" in finding.message for finding in findings)


def test_the_order_of_authors_is_compared(journal):
    names = [{"kk": f"Мысалов, {given}", "ru": f"Мысалов, {given}", "en": f"Mysalov, {latin}"}
             for given, latin in (("Ерлан", "Yerlan"), ("Асан", "Asan"))]
    people = [{"name": name, "affiliations": "one"} for name in names]
    people[0] |= {"email": "author@journal.example", "corresponding": "yes"}
    journal.overlay({"authors": people, "outputs": {}})
    assert journal.findings() == []
    first, second = ">Ерлан Мысалов</dc:creator>", ">Асан Мысалов</dc:creator>"
    journal.overlay({"outputs": {"epub": {first: ">*</dc:creator>", second: first, ">*</dc:creator>": second}}})
    assert set(journal.ids()) == {"OUT-005"}


LISTED = {"journal": {"second_list": "apa"}, "references": [
    {"id": "example", "type": "book", "language": "kk", "title": "Мысал кітап", "title-en": "A Sample Book", "issued": "2001",
     "author": [{"family": "Үлгі", "given": "Автор"}], "publisher": "Үлгі", "publisher-place": "Алматы", "number-of-pages": "235"}]}


@pytest.mark.parametrize(("kind", "changes"), [("epub", {"Mysal kıtap": "Mysal"}), ("html", {"Mysal kıtap": "Mysal"}),
                                               ("epub", {'id="second-example"': 'id="second-example" hidden="hidden"', "Ulgi, A.": ""}),
                                               ("html", {'<section class="references second" role="doc-bibliography"': "<section"})])
def test_the_second_list_is_compared(journal, kind, changes):
    assert journal.overlay({**LISTED, "outputs": {}}).findings() == []
    findings = journal.overlay({"outputs": {kind: changes}}).findings()
    assert {finding.id for finding in findings} == {"OUT-024"}
    assert all(f"specimen.{kind}" in finding.message for finding in findings)


def test_a_pdf_without_the_second_list_is_caught(journal, tmp_path):
    journal.overlay({**LISTED, "journal": {"second_list": None}, "outputs": {}}).edition()
    shutil.copy(journal.output(".pdf"), tmp_path / "other.pdf")
    edition = journal.overlay(LISTED).edition()
    shutil.copy(tmp_path / "other.pdf", journal.output(".pdf"))
    outputs = read_outputs(journal.output(".pdf").parent, "specimen", journal.folder, tools=False)
    findings = run_checks(replace(edition, outputs=outputs))
    assert [finding.id for finding in findings] == ["OUT-024"] and "specimen.pdf" in findings[0].message


def test_formulas_in_a_title_are_compared_by_their_tex(journal):
    title = {"kk": "Үлгі $E = mc^2$ мақаланың тақырыбы", "ru": "Название $\\alpha$-образцовой статьи",
             "en": "The $\\frac{a}{b}$ title of a specimen article"}
    assert journal.overlay({"title": title, "outputs": {}}).findings() == []
    journal.overlay({"outputs": {"html": {"E = mc^2</annotation>": "E = mc^3</annotation>"}}})
    assert set(journal.ids()) == {"OUT-004"}
    journal.overlay({"outputs": {"epub": {"образцовой": "примерной"}}})
    assert set(journal.ids()) == {"OUT-004"}


MIXED = {"kk": "Үлгі $x^2 + \\frac{a}{b}$ мақаланың CO~2~ тақырыбы R&D, a < b",
         "ru": "Название $x^2 + \\frac{a}{b}$ образцовой CO~2~ статьи R&D, a < b",
         "en": "The title $x^2 + \\frac{a}{b}$ of a CO~2~ specimen R&D, a < b"}
"""A title with all that formats write in ways of their own."""


def test_a_title_is_the_same_words_in_all_metadata(journal):
    edition = journal.overlay({"title": MIXED, "outputs": {}}).edition()
    words = {"Үлгі x² + a/b мақаланың CO₂ тақырыбы R&D, a < b", "Название x² + a/b образцовой CO₂ статьи R&D, a < b",
             "The title x² + a/b of a CO₂ specimen R&D, a < b"}
    for output in edition.outputs:
        if output.kind != "xml":  # JATS has the formula itself
            assert {value for each in output.said if each.field in ("title", "headline") for value in each.values} <= words, output.path
            assert len({value for each in output.said if each.field == "title" for value in each.values}) == 3
    assert run_checks(edition) == []
    with zipfile.ZipFile(journal.output(".epub")) as archive:
        assert "<title>Үлгі x² + a/b мақаланың CO₂" in archive.read("EPUB/article.xhtml").decode()


def test_a_headline_may_be_the_running_title_and_no_other(journal):
    title = {"kk": "Үлгі мақаланың өте ұзын тақырыбы " * 4, "ru": "Очень длинное название образцовой статьи " * 3,
             "en": "The very long title of a specimen article " * 3}
    running = {"kk": "Қысқа тақырып", "ru": "Короткое название", "en": "A short title"}
    journal.overlay({"title": title, "running_title": running, "outputs": {}})
    assert '"headline":"Қысқа тақырып"' in [journal.edition(), journal.output(".html").read_text("utf-8")][1]
    assert "OUT-004" not in journal.ids()
    journal.overlay({"running_title": None})
    assert "OUT-004" not in journal.ids()  # the title's beginning
    journal.overlay({"running_title": running, "outputs": {"html": {'"headline":"Қысқа тақырып"': '"headline":"Басқа тақырып"'}}})
    assert "OUT-004" in journal.ids()


def test_an_abstract_with_figures_below_the_line_is_compared_too(journal):
    abstract = {tag: f"{text.strip()} H~2~O." for tag, text in specimen_front()["abstract"].items()}
    journal.overlay({"abstract": abstract, "outputs": {}})
    assert "OUT-006" not in journal.ids()
    journal.overlay({"outputs": {"epub": {"Тексеруге 2026 жылы": "Тексеруге 2025 жылы"}}})
    assert "OUT-006" in journal.ids()


def test_what_is_lost_is_lacking_and_what_is_other_is_said(journal):
    (finding,) = journal.overlay({**FULL, "outputs": {"pdf": {"prism:issn>1234-5679": "prism:issn>2345-6787"}}}).findings()
    assert "says “2345-6787”, where article.md" in finding.message and "says “1234-5679”" in finding.message
    journal.overlay({"outputs": {"pdf": {'<rdf:li xml:lang="ru">Название образцовой статьи</rdf:li>': ""}}})
    (finding,) = journal.findings()
    assert "lacks it" in finding.message and "nothing" not in finding.message


def test_many_lost_paragraphs_are_told_in_short(journal):
    paragraphs = [f"Бұл {number}-абзац сынақ үшін жазылған." for number in range(40)]
    journal.overlay({"text": "Мәтін [@example, 12].\n\n" + "\n\n".join(paragraphs), "outputs": {}})
    journal.edition()
    journal.damages = {"html": {"-абзац сынақ": "-жол"}}
    told = out(journal.findings())
    assert len(told) == 21 and any("20 more" in finding.message for finding in told)


def test_other_licences_have_their_own_words():
    assert license_words("CC-BY-NC-SA-4.0") == ("CC BY-NC-SA 4.0", "creativecommons.org/licenses/by-nc-sa/4.0")
    assert license_words("CC0-1.0") == ("CC0 1.0", "creativecommons.org/publicdomain/zero/1.0")
    assert license_words("MIT") == ("MIT", "MIT")


def test_what_no_reader_sees_is_no_text():
    page = html.fromstring("<body>Мә\u00adтін <script>no</script><nav>no</nav><!-- no -->бар<math>no</math>.</body>")
    assert read_text(page) == "Мә\u00adтін бар."


def test_every_check_that_compares_is_asked_whether_a_file_is_outdated():
    others = {"OUT-001", "OUT-002", "OUT-003", "OUT-019", "OUT-020", "OUT-030", "OUT-031", "OUT-032", "OUT-033", "OUT-034"}
    assert set(COMPARED) == {id for id in checks() if id.startswith("OUT")} - others


# --- age ------------------------------------------------------------------------------------------------------------
def test_files_older_than_a_changed_manuscript_are_told_in_one_finding(journal, capsys, monkeypatch):
    monkeypatch.setattr(reading, "_ask_tools", lambda path, kind: iter(()))
    journal.overlay({**FULL})
    assert journal.run("build") == 0
    for kind in ("pdf", "epub", "html"):
        os.utime(journal.output(f".{kind}"), (1, 1))
    capsys.readouterr()
    assert journal.run("check", "--outputs") == 0  # older, but the same
    journal.overlay({"text": FULL["text"].replace("маңызды", "қызық").replace("Нүкте", "Дақ"), "doi": "10.5555/other"})
    assert journal.run("check", "--outputs") == 1
    said = capsys.readouterr().out
    assert said.count("OUT-0") == said.count("OUT-020") == 1
    for kind in ("pdf", "epub", "html"):
        assert f"specimen.{kind}" in said
    assert journal.run("build") == 0 and journal.run("check", "--outputs") == 0
    assert "OUT-0" not in capsys.readouterr().out


def test_a_file_that_is_built_again_and_stays_the_same_is_no_older_than_its_sources(journal):
    assert journal.run("build") == 0
    os.utime(journal.output(".html"), (1, 1))
    before = journal.output(".html").read_bytes()
    assert journal.run("build") == 0
    assert journal.output(".html").read_bytes() == before and journal.output(".html").stat().st_mtime > 1


def test_only_the_file_that_is_older_is_left_out(journal):
    changes = {"outputs": {"older": ["html"], "html": {"Мысал кітап": "Кітап"}, "pdf": {"prism:number>1<": "prism:number>2<"}}}
    findings = journal.overlay(changes).findings()
    assert {finding.id: finding.found for finding in findings}.keys() == {"OUT-020", "OUT-012"}
    assert all("specimen.html" in finding.message for finding in findings if finding.id == "OUT-020")


def test_what_is_allowed_makes_no_file_outdated(journal):
    because = "An example: the title of this entry is short on the page."
    changes = {"allow": [{"check": "OUT-013", "because": because}], "outputs": {"older": ["html"], "html": {"Мысал кітап": "Кітап"}}}
    assert journal.overlay(changes).findings() == []


def test_a_check_without_outputs_looks_for_no_use_of_an_allowance_for_them(journal):
    allowed = {"allow": [{"check": "OUT-012", "because": "An example: the number is printed otherwise."}]}
    assert journal.overlay(allowed).findings() == []
    assert journal.overlay({"outputs": {"pdf": {"prism:number>1<": "prism:number>2<"}}}).findings() == []
    assert journal.overlay({"outputs": {}}).ids() == ["SRC-020"]


# --- the command ----------------------------------------------------------------------------------------------------
def test_the_command_asks_for_outputs(journal, capsys, monkeypatch):
    monkeypatch.setattr(reading, "_ask_tools", lambda path, kind: iter(()))  # they have a test of their own, and take long
    assert journal.run("check") == 0
    assert journal.run("check", "--outputs") == 0
    assert capsys.readouterr().out.count("OUT-002") == 4  # nothing is built yet: warnings
    assert journal.run("build") == 0 and journal.run("check", "--outputs") == 0
    assert "OUT-0" not in capsys.readouterr().out
    damage(journal.output(".epub"), {"Үлгі мақаланың тақырыбы</dc:title>": "Басқа</dc:title>"})
    assert journal.run("check") == 0 and journal.run("check", "--outputs") == 1
    assert "OUT-004" in capsys.readouterr().out
    assert journal.run("check", "--outputs", "--fix") == 2


def test_a_pdf_without_its_reader_is_told_and_the_others_are_read(journal, monkeypatch):
    found = reading.find_spec
    monkeypatch.setattr(reading, "find_spec", lambda name: None if name == "pikepdf" else found(name))
    changes = {'citation_doi" content="10.5555/specimen"': 'citation_doi" content="10.5555/x"'}
    findings = journal.overlay({"outputs": {"html": changes}}).findings()
    assert [finding.id for finding in findings] == ["OUT-003", "OUT-008"]
    assert "basylym[outputs]" in findings[0].message


@pytest.mark.parametrize(("kind", "data"), [("pdf", b""), ("pdf", b"%PDF-1.7 nothing"), ("pdf", b"<html></html>"), ("epub", b""),
                                            ("epub", b"PK\x03\x04"), ("html", b""), ("html", b"<html></html>")])
def test_a_file_that_is_none_is_told(tmp_path, kind, data):
    (tmp_path / f"one.{kind}").write_bytes(data)
    states = {each.kind: each.state for each in read_outputs(tmp_path, "one", tmp_path, tools=False)}
    assert states == {"pdf": "missing", "epub": "missing", "html": "missing", "xml": "missing"} | {kind: "unread"}


@pytest.fixture
def tools(monkeypatch):
    """EPUBCheck, Ace and the Nu Html Checker, where the command looks for them."""
    for tool in ("java", "node", "chromium"):
        need(tool)
    monkeypatch.setenv("BASYLYM_NODE_MODULES", need("ace").rpartition("/@daisy/")[0])
    monkeypatch.setenv("BASYLYM_VNU", need("vnu"))


@pytest.mark.judge
def test_tools_of_the_field_are_asked(journal, tools):
    journal.overlay({"outputs": {}}).edition()
    target = Project(journal.folder).targets[0]
    task = pipeline.Task(journal.folder, False, target, outputs=True)
    assert out(pipeline.work(task).findings) == []
    damage(journal.output(".html"), {"</main>": "<p id='title'></p></main>"})
    damage(journal.output(".epub"), {
        '<meta property="schema:accessMode">textual</meta>': "", 'property="dcterms:modified"': 'property="dcterms:created"'})
    told = [finding.message for finding in out(pipeline.work(task).findings) if finding.id == "OUT-019"]
    assert any(words.startswith("Nu") and "uplicate ID" in words for words in told)
    assert any(words.startswith("EPUBCheck") for words in told)
    assert any(words.startswith("Ace") and "accessMode" in words for words in told)


@pytest.mark.judge
def test_the_command_finds_nothing_in_the_samples_and_the_torture_article(sample, tortured, tmp_path, monkeypatch, tools):
    """All that the command can ask, of all that we have: what it finds here would be found by a reader."""
    for built in (sample.parent, tortured):
        for name in ("source", "output"):
            shutil.copytree(built / name, tmp_path / name, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--outputs", "--format", "json", "--output", "report.json"]) == 0
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert len(told["articles"]) == 3
    assert [each for article in told["articles"] for each in article["findings"] if each["id"].startswith("OUT")] == []
