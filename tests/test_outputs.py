"""What the finished files say is compared with the manuscript: untouched they agree, and each damage is caught by its own check."""

import shutil
from dataclasses import replace

import pytest
from conftest import ROOT, damage
from judges import need
from lxml import html

from basylym import pipeline
from basylym.check import run_all, run_checks
from basylym.check.outputs import license_words
from basylym.project import Project
from basylym.read import outputs as reading
from basylym.read.output_pages import read_text
from basylym.read.outputs import read_outputs

FULL = {"text": """
# Кіріспе

Мәтіннің бірінші сөйлемі осы [@example, 12–14]. Нүкте @fig:dot, сандар @tbl:one ішінде.[^one]

Бұл абзац мақаланың ортасында тұр, әрі ол өте маңызды.

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


PARTS = {"OUT-014": ("Бұл абзац мақаланың ортасында тұр, әрі ол өте маңызды.\n", ""),
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


# --- the command ----------------------------------------------------------------------------------------------------
def test_the_command_asks_for_outputs(journal, capsys, monkeypatch):
    monkeypatch.setattr(reading, "_ask_tools", lambda path, kind: iter(()))  # they have a test of their own, and take long
    assert journal.run("check") == 0
    assert journal.run("check", "--outputs") == 0
    assert capsys.readouterr().out.count("OUT-002") == 3  # nothing is built yet: warnings
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
    assert states == {"pdf": "missing", "epub": "missing", "html": "missing"} | {kind: "unread"}


@pytest.mark.judge
def test_tools_of_the_field_are_asked(journal, monkeypatch):
    need("java")
    monkeypatch.setenv("BASYLYM_VNU", need("vnu"))
    journal.overlay({"outputs": {}}).edition()
    target = Project(journal.folder).targets[0]
    task = pipeline.Task(journal.folder, False, target, outputs=True)
    assert out(pipeline.work(task).findings) == []
    damage(journal.output(".html"), {"</main>": "<p id='title'></p></main>"})
    damage(journal.output(".epub"), {'<dc:language>kk</dc:language>': ""})
    told = [finding.message for finding in out(pipeline.work(task).findings) if finding.id == "OUT-019"]
    assert any(words.startswith("Nu") and "uplicate ID" in words for words in told)
    assert any(words.startswith("EPUBCheck") for words in told)
