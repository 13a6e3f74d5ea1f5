"""A JATS file imported: our own, which must come back as it was, and those of other publishers."""

import os
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from basylym.intake import read_jats as reading
from basylym.intake.losses import find_losses
from basylym.intake.packages import Unreadable
from basylym.intake.read_document import read_document
from basylym.intake.understand import understand
from basylym.intake.understood import Understood
from basylym.intake.write import make_files
from basylym.read.front_matter import split_front_matter
from basylym.read.yaml import read_yaml

FILES = Path(__file__).parent / "intake" / "jats"
PUBLISHERS = ("scielo-like", "pmc-like", "elsevier-like")


def front_of(text: str) -> dict:
    front, _, _ = split_front_matter(text)
    return plain(read_yaml(front, "article.md")[0])


def body_of(text: str) -> str:
    return split_front_matter(text)[1].strip()


def listed(text: str) -> list[dict]:
    data = plain(read_yaml(text, "references.yaml")[0])
    return data["references"] if isinstance(data, dict) else data


def plain(value: object) -> object:
    """Data with their scalars as words: what YAML makes of 2026-11-22 and "2026-11-22" is one day."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else " ".join(str(value).split())


def written(understood: Understood) -> dict[str, str]:
    files, _ = make_files(understood)
    return {name: data.decode() for name, data in files.items() if name.endswith((".md", ".yaml"))}


def lost(understood: Understood) -> list[str]:
    files, left_out = make_files(understood)
    return [each.words for each in find_losses(understood, files, left_out)[0]]


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Path:
    """The folder with our own articles in JATS."""
    folder = tmp_path_factory.mktemp("ours")
    shutil.copytree(ROOT / "source", folder / "source")
    here = Path.cwd()
    os.chdir(folder)
    try:
        from basylym.cli import main

        assert main(["build", "--format", "jats"]) in (0, 1)
    finally:
        os.chdir(here)
    return folder / "output" / "2026-1"


@pytest.fixture(scope="module")
def single(ours) -> Understood:
    return understand(read_document(ours / "single-source" / "single-source.xml"))


@pytest.fixture(scope="module")
def assembly(ours) -> Understood:
    return understand(read_document(ours / "assembly" / "assembly.xml"))


def source(name: str, file: str = "article.md") -> str:
    return (ROOT / "source" / "2026-1" / name / file).read_text("utf-8")


def of_languages(value: object) -> bool:
    return isinstance(value, dict) and set(value) <= {"kk", "ru", "en"}


def alike(given: object, found: object, where: str = "") -> list[str]:
    """Where two front matters differ."""
    if isinstance(given, dict) and isinstance(found, dict):
        return [each for key in dict.fromkeys((*given, *found)) for each in alike(given.get(key), found.get(key), f"{where}.{key}")]
    if isinstance(given, list) and isinstance(found, list) and len(given) == len(found):
        return [each for at, pair in enumerate(zip(given, found, strict=True)) for each in alike(*pair, f"{where}.{at}")]
    if isinstance(given, str) and isinstance(found, list) or of_languages(found) and isinstance(given, str):
        return alike([given] if isinstance(found, list) else {}, found, where)
    same = re.sub(r"[\s—–-]+", " ", str(given)) == re.sub(r"[\s—–-]+", " ", str(found))
    return [] if same else [where.lstrip(".")]


# --- our own ------------------------------------------------------------------------------------------------------------------
def test_the_front_matter_comes_back(single):
    differences = alike(front_of(source("single-source")), front_of(written(single)["article.md"]))
    assert set(differences) == {
        "status",  # an import is a draft
        "section",  # JATS has the section's words, issue.yaml its id
        "allow",  # what checks are told is in no edition
        "pages",  # the issue's, which each article's JATS says
        "affiliations.0.id", "affiliations.1.id",  # their words for us
        "authors.0.affiliations.0", "authors.1.affiliations.0", "authors.1.affiliations.1", "authors.2.affiliations.0",
    }


def test_an_article_without_authors_comes_back(assembly):
    differences = alike(front_of(source("assembly")), front_of(written(assembly)["article.md"]))
    assert set(differences) == {
        "working_title", "title",  # what is printed for a missing title is the title of the edition
        "type",  # what is meant where nothing is said
        "pages", "dates", "license",  # the and the journal's
    }


@pytest.mark.parametrize("name", ["single", "assembly"])
def test_no_word_is_lost_and_nothing_is_in_doubt(name, request):
    understood = request.getfixturevalue(name)
    assert lost(understood) == []
    assert {each.value for each in understood.decisions if each.sure == "unknown"} <= {"source-2", "source-6", "source-2: ", "source-6: "}


def test_references_are_taken_from_their_elements(single):
    given = {each["title"]: each for each in listed(source("single-source", "references.yaml"))}
    found = {each["title"]: each for each in listed(written(single)["references.yaml"])}
    assert set(given) == set(found)
    differences = {(each["title"], key) for title, each in given.items() for key in {*each, *found[title]} - {"id", "note"}
                   if alike(each.get(key), found[title].get(key))}
    post = next(title for title, each in given.items() if each["type"] == "post")
    assert differences == {(post, "type")}  # to JATS a post is a page of the web
    assert all(each["note"] for each in found.values())


def test_works_without_data_stay_whole(assembly):
    given, found = listed(source("assembly", "references.yaml")), listed(written(assembly)["references.yaml"])
    assert [each["id"] for each in found][1] == "source-2" and "[@source-2, 68–69]" in written(assembly)["article.md"]
    assert [each.get("title") for each in given] == [each.get("title") for each in found]


def citations(text: str) -> list[tuple[int, str]]:
    """How many works each citation names, and its places."""
    return [(found.count("@"), re.sub(r"-?@[\w.-]+\b|с\. ", "", found))
            for found in re.findall(r"\[[^][]*@(?!fig|tbl|eq|sec)[^][]*\]", text)]


@pytest.mark.parametrize("name", ["single-source", "assembly"])
def test_every_citation_comes_back(name, single, assembly):
    found = written(single if name == "single-source" else assembly)["article.md"]
    given = re.sub(r"(\])\{lang=\w+\}", r"\1", body_of(source(name)))
    assert citations(body_of(found)) == citations(given)


def bare(text: str) -> list[str]:
    """The words of a Markdown text without its marks."""
    text = re.sub(r"(?s)\[\^[\w-]+\]:.*?(?=\n\n|\n\[\^|\Z)", "", re.sub(r"(?s)```.*?```", "", text))  # notes and listings stand elsewhere
    text = re.sub(r"\$\$?[^$]*\$?\$|!?\]\([^)]*\)|\{[^{}]*\}|@[\w:-]+|\[\^[\w-]+\]|:::|^[|+].*$", " ", text, flags=re.M)
    return re.findall(r"[^\W\d_]{2,}", text.lower())


def test_the_text_comes_back(assembly):
    assert bare(body_of(written(assembly)["article.md"])) == bare(body_of(source("assembly")))


def test_the_text_with_all_that_jats_can_hold_comes_back(single):
    given, found = bare(body_of(source("single-source"))), bare(body_of(written(single)["article.md"]))
    more = list(found)
    missing = [word for word in given if word not in more or more.remove(word)]
    assert not missing, missing  # every word stands there
    titles = "Начало рукописи: сведения на трёх языках стоят рядом. Проверка и сборка статьи."  # of listings, which stand in attributes
    assert set(more) <= {*bare(titles), "рис", "табл", "листинг", "раздел", "измерения", "приложение"}, more  # and what links print


def test_captions_numbers_and_notes_are_theirs(single):
    text = body_of(written(single)["article.md"])
    assert [text.count(mark) for mark in ("{#fig:1", "{#tbl:1", "{#tbl:2", "{#tbl:3", "{#eq:1", "{#eq:4")] == [1] * 6
    assert "{#fig:3}\n" in text and text.count("\n[^") == 4
    assert not re.search(r"^#+ (?:Время сборки и|Переносы казахских|Начало рукописи)", text, re.M)


# --- other publishers -----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module", params=PUBLISHERS)
def foreign(request) -> tuple[str, Understood]:
    return request.param, understand(read_document(FILES / f"{request.param}.xml"))


def test_nothing_of_another_publisher_is_lost(foreign):
    assert lost(foreign[1]) == []


def test_every_element_of_the_metadata_is_accounted_for(foreign):
    """Whatever of the front matter stands nowhere in article.md is told as left out or asked about."""
    understood = foreign[1]
    told = {number for each in understood.decisions for number in each.blocks}
    assert {block.number for block in understood.document.blocks} == told


def front(name: str) -> dict:
    return front_of(written(understand(read_document(FILES / f"{name}.xml")))["article.md"])


def test_three_languages_and_codes():
    data = front("scielo-like")
    assert data["title"] == {"ru": "Засоление почв долины Примерной за *двадцать* лет",
                             "en": "Soil salinity in the Primer valley: Twenty years",
                             "kk": "Үлгі аңғары топырағының тұздануы"}
    assert data["authors"] == [
        {"name": {"ru": {"family": "Примеров", "given": "Семён", "patronymic": "Образцович"},
                  "en": {"family": "Primerov", "given": "Semyon O."}},
         "affiliations": ["org-1", "org-2"], "orcid": "0000-0002-1825-0097", "email": "primerov@journal.example", "corresponding": "true"},
        {"name": {"ru": {"family": "Үлгібаева", "given": "Гүлнар"}}, "affiliations": ["org-2"], "roles": ["Formal analysis"]}]
    assert [each["name"]["ru"] for each in data["affiliations"]] == ["Кафедра почв, Примерный университет", "Институт «Образец»"]
    assert [(each["city"]["ru"], each["country"]["ru"]) for each in data["affiliations"]] == [
        ("Алматы", "Казахстан"), ("Астана", "Казахстан")]
    assert data["abstract"]["ru"].split(" Методы:") == ["Цель: Описать засоление.", " Пробы взяты в 12 точках."]
    assert data["keywords"] == {"ru": ["почва", "засоление, вторичное"], "en": ["soil", "salinity"], "kk": ["топырақ", "тұздану"]}
    assert (data["udc"], data["irsti"], data["doi"]) == (["631.4:504.53"], ["68.05.29"], "10.5555/obr.2025.3.7")
    assert data["dates"] == {"received": "2025-02-14", "revised": "2025-05-20", "published": "2025-09-05"}
    assert data["funding"] == [{"funder": {"ru": "Фонд науки «Образец»"}, "award": "AP05550001"}, {"funder": {"en": "Sample Foundation"}}]
    assert (data["license"], data["pages"], data["copyright"]) == ("CC-BY-NC-4.0", "71–83", {"ru": "Примеров, Үлгібаева"})
    assert data["conflict_of_interest"] == {"ru": "Авторы заявляют, что конфликта интересов нет."}
    assert data["acknowledgements"] == {"ru": "Спасибо агрономам."}


def test_marks_names_and_subtitles():
    data = front("pmc-like")
    assert data["title"] == {"en": "Sleep and altitude: a review of H~2~O loss"}
    assert [each["name"]["en"] for each in data["authors"]] == [
        {"family": "van der Sample Jr.", "given": "Joan B."}, {"family": "O’Example", "given": "Li"}, {"family": "The Altitude Group"}]
    assert [each.get("affiliations") for each in data["authors"]] == [["org-1"], ["org-1", "org-2"], None]
    assert data["affiliations"][0] == {"id": "org-1", "name": {"en": "Department of Sleep, Sample University"}, "city": {"en": "Almaty"},
                                       "country": {"en": "Kazakhstan"}}
    assert data["funding"] == [{"funder": {"en": "Sample Fund"}, "award": "EX-1, EX-2"}]
    assert (data["type"], data["license"], data["contributions"]) == ("review-article", "CC-BY-4.0", {"en": "JS wrote it."})


def test_plain_organisations_and_a_note_to_write_to():
    data = front("elsevier-like")
    assert [each["name"]["en"]["family"] for each in data["authors"]] == ["Bekova", "Smith"]
    assert [each["affiliations"] for each in data["authors"]] == [["org-1"], ["org-1", "org-2"]]
    assert [each.get("corresponding") for each in data["authors"]] == ["true", None]
    assert [(each["name"]["en"], each["city"]["en"]) for each in data["affiliations"]] == [
        ("School of Water, Sample University", "Shymkent"), ("Delft Example Laboratory", "Delft")]
    assert (data["license"], data["copyright"]) == ("CC-BY-NC-ND-4.0", {"en": "The Authors"})
    assert data["conflict_of_interest"] == {"en": "The authors declare none."}


CITED = {
    "scielo-like": ["[@rekov-1999; @lakes-2003]", "[@rekov-1999; @lakes-2003; @stepnaya-2007]", "[-@gruppa-2011]",
                    "[@lakes-2003; @stepnaya-2007, с. 15]"],
    "pmc-like": ["[@hill-2001; @peak-1998; @REST]", "[@peak-1998; @valley-2005]", "[-@hill-2001]"],
    "elsevier-like": ["[@brook-2010; @brook-2012; @brook-2012b]", "[-@creek-2015]", "[see @brook-2010, p. 7]"],
}


def test_links_to_references_are_citations(foreign):
    name, understood = foreign
    found = [each.value for each in understood.decisions if each.part == "citation"]
    third = understood.references.entries[2]["id"]  # its words are read, not its elements
    assert found == [each.replace("REST", third) for each in CITED[name]]
    assert all(each.sure == "certain" for each in understood.decisions if each.part == "citation")


def test_kinds_of_works_are_the_files_own(foreign):
    kinds = {"scielo-like": ["book", "article-journal", "thesis", "webpage"],
             "pmc-like": ["article-journal", "chapter", "webpage", "article-journal"],
             "elsevier-like": ["article-journal", "article-journal", "article-journal", "paper-conference"]}
    name, understood = foreign
    assert [each["type"] for each in understood.references.entries] == kinds[name]


def test_a_chapter_is_taken_apart():
    understood = understand(read_document(FILES / "pmc-like.xml"))
    chapter = next(each for each in understood.references.entries if each["type"] == "chapter")
    assert {key: chapter[key] for key in ("title", "container-title", "editor", "page", "edition", "publisher")} == {
        "title": "Air", "container-title": "High places", "editor": [{"family": "Top", "given": "C"}], "page": "33–48", "edition": "2",
        "publisher": "Sample Press"}


def test_captions_are_no_headings(foreign):
    headings = [each.value for each in foreign[1].decisions if each.part == "heading"]
    assert not [each for each in headings if re.search("Hours of sleep|Соли|scheme|Advice|Долина", each)]
    floats = sum(each.part in ("table", "figure") for each in foreign[1].decisions)
    assert floats == {"scielo-like": 2, "pmc-like": 1, "elsevier-like": 1}[foreign[0]]


def test_a_translation_inside_is_told():
    understood = understand(read_document(FILES / "scielo-like.xml"))
    assert ("translation", "Аударма мәтіні.") in {(each.why, each.text) for each in understood.left_out}


# --- what is lost is counted -----------------------------------------------------------------------------------------------------
def test_words_that_the_reader_lost_are_counted(monkeypatch):
    """The source's words are counted before anything is made of them, so that what pandoc passes over is found missing."""
    ask = reading.ask_pandoc

    def forgetful(data: bytes, *told, **more):
        return ask(data.replace(b"Drink.", b""), *told, **more)

    monkeypatch.setattr(reading, "ask_pandoc", forgetful)
    understood = understand(read_document(FILES / "pmc-like.xml"))
    assert lost(understood) == ["drink"]


def jats(tmp_path: Path, meta: str = "", body: str = "<p>Text.</p>", back: str = "", more: str = 'xml:lang="en"',
         title: str = "A title") -> Understood:
    (tmp_path / "a.xml").write_text(
        f'<article {more} xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><title-group><article-title>{title}'
        f"</article-title></title-group>{meta}</article-meta></front><body>{body}</body><back>{back}</back></article>", "utf-8")
    return understand(read_document(tmp_path / "a.xml"))


@pytest.mark.parametrize(("xref", "cited"), [
    ('[<xref ref-type="bibr" rid="r1">1</xref>]', "[@one-2001]"),
    ('[<xref ref-type="bibr" rid="r1 r2">1, 2</xref>]', "[@one-2001; @two-2002]"),
    ('[<xref ref-type="bibr" rid="r1">1–3</xref>]', "[@one-2001; @two-2002; @three-2003]"),
    ('[<xref ref-type="bibr" rid="r1">1</xref>, p. 5; <xref ref-type="bibr" rid="r2">2</xref>]', "[@one-2001]"),
    ('[<xref ref-type="bibr" rid="r2">2</xref>, с. 5–6]', "[@two-2002, с. 5–6]"),
    ('<xref ref-type="bibr" rid="r2">[2]</xref>', "[@two-2002]"),
    ('One (<xref ref-type="bibr" rid="r1">2001</xref>, p. 3)', "[-@one-2001, p. 3]"),
    ('<xref ref-type="bibr" rid="r1">One (2001)</xref>', "[-@one-2001]"),
    ('(<xref ref-type="bibr" rid="r1">One 2001</xref>, <xref ref-type="bibr" rid="r2">Two 2002</xref>)', "[@one-2001; @two-2002]"),
    ('x.<sup><xref ref-type="bibr" rid="r1">1</xref>–<xref ref-type="bibr" rid="r3">3</xref></sup>', "[@one-2001; @two-2002; @three-2003]"),
    ('x.<xref ref-type="bibr" rid="r3"><sup>3</sup></xref>', "[@three-2003]"),
])
def test_citations_in_the_manner_of(xref, cited, tmp_path):
    refs = "".join(f'<ref id="r{number}"><label>{number}</label><element-citation publication-type="book"><person-group><name><surname>'
                   f"{name}</surname></name></person-group><source>Book {name}</source><year>200{number}</year></element-citation></ref>"
                   for number, name in enumerate(("One", "Two", "Three"), 1))
    understood = jats(tmp_path, body=f"<p>Words {xref} and more.</p>", back=f"<ref-list>{refs}</ref-list>")
    assert [each.value for each in understood.decisions if each.part == "citation"][0] == cited
    assert "and more." in written(understood)["article.md"] and lost(understood) == []


def test_a_number_after_a_formula_inside_a_paragraph(tmp_path):
    understood = jats(tmp_path, body="<p>Here <disp-formula><label>1</label><tex-math>a=b</tex-math></disp-formula> it is.</p>")
    assert body_of(written(understood)["article.md"]) == "Here\n\n$$a=b$$ {#eq:1}\n\nit is."


@pytest.mark.parametrize(("items", "text"), [
    (["(a)", "(b)"], "a.  One.\nb.  Two."), (["1.", "2."], "1.  One.\n2.  Two."), (["•", "•"], "- One.\n- Two."),
    (["(i)", "(ii)"], "i.  One.\nii. Two."), (["", ""], "- One.\n- Two."), (["R1", "R2"], "R1 One.\n\nR2 Two.")])
def test_typed_marks_of_a_list(items, text, tmp_path):
    inside = "".join(f"<list-item><label>{mark}</label><p>{word}</p></list-item>"
                     for mark, word in zip(items, ("One.", "Two."), strict=True))
    understood = jats(tmp_path, body=f'<list list-type="simple">{inside}</list>')
    assert body_of(written(understood)["article.md"]) == text and lost(understood) == []


def test_a_table_without_parts_is_read(tmp_path):
    understood = jats(tmp_path, body="<table-wrap><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
                                     "</table-wrap>")
    assert lost(understood) == [] and "| A   | B   |" in written(understood)["article.md"]


def test_an_organisation_within_its_author_and_one_for_all(tmp_path):
    inside = ("<contrib-group><contrib><name><surname>Smith</surname><given-names>A.</given-names></name>"
              "<aff>Sample University, London, UK</aff></contrib><contrib><name><surname>Brown</surname></name></contrib></contrib-group>")
    data = front_of(written(jats(tmp_path, inside))["article.md"])
    assert [each.get("affiliations") for each in data["authors"]] == [["org-1"], None]
    shared = ("<contrib-group><contrib><name><surname>Smith</surname></name></contrib>"
              "<contrib><name><surname>Brown</surname></name></contrib>"
              "<aff>Sample University, London, UK</aff></contrib-group>")
    data = front_of(written(jats(tmp_path, shared))["article.md"])
    assert [each.get("affiliations") for each in data["authors"]] == [["org-1"], ["org-1"]]


def test_an_address_that_is_two_peoples_is_given_to_nobody(tmp_path):
    people = "".join(f"<contrib><name><surname>{name}</surname></name><xref ref-type='corresp' rid='c'/></contrib>"
                     for name in ("Smith", "Brown"))
    understood = jats(tmp_path, f"<contrib-group>{people}</contrib-group><author-notes><corresp id='c'>Write to "
                                "<email>one@journal.example</email></corresp></author-notes>")
    data = front_of(written(understood)["article.md"])
    assert [each.get("email") for each in data["authors"]] == [None, None]
    assert "one@journal.example" in " ".join(each.text for each in understood.left_out)


@pytest.mark.parametrize("ids", [("", "", ""), (' id="a"', "", ""), ("", ' id="a"', ' id="b"'), (' id="w"', ' id="a"', ' id="b"')])
def test_one_organisation_in_two_languages_is_one(ids, tmp_path):
    both = (f'<aff-alternatives{ids[0]}><aff{ids[1]} xml:lang="kk">Үлгі университеті, Алматы, Қазақстан</aff><aff{ids[2]} xml:lang="en">'
            "Sample University, Almaty, Kazakhstan</aff></aff-alternatives>")
    data = front_of(written(jats(tmp_path, "<contrib-group><contrib><name><surname>Smith</surname></name>" + both
                                 + "</contrib></contrib-group>"))["article.md"])
    assert data["authors"][0]["affiliations"] == ["org-1"]
    assert [each["name"] for each in data["affiliations"]] == [{"kk": "Үлгі университеті", "en": "Sample University"}]


def test_a_space_of_names_changes_nothing(tmp_path):
    text = (FILES / "elsevier-like.xml").read_text("utf-8")
    (tmp_path / "elsevier-like.xml").write_text(text.replace("<article ", '<article xmlns="http://jats.nlm.nih.gov" ', 1), "utf-8")
    assert written(understand(read_document(tmp_path / "elsevier-like.xml"))) == written(
        understand(read_document(FILES / "elsevier-like.xml")))


def test_a_file_of_many_people_is_read_in_time(tmp_path):
    import time

    people = "".join(f'<contrib><name><surname>S{at}</surname></name><xref ref-type="aff" rid="a{at}"/></contrib>' for at in range(2000))
    places = "".join(f'<aff id="a{at}">Sample University {at}</aff>' for at in range(2000))
    refs = "".join(f'<ref id="r{at}"><element-citation><source>Book {at}</source></element-citation></ref>' for at in range(2000))
    cited = "".join(f'<p>Words [<xref ref-type="bibr" rid="r{at}">{at}</xref>].</p>' for at in range(2000))
    began = time.process_time()
    understood = jats(tmp_path, f"<contrib-group>{people}{places}</contrib-group>", cited, f"<ref-list>{refs}</ref-list>")
    assert time.process_time() - began < 8 and len(understood.front.data["authors"]) == 2000


# --- what elements say, in the manner of other publishers ---------------------------------------------------------------------
def test_what_is_raised_slanted_or_a_formula_stays_so(tmp_path):
    understood = jats(tmp_path, "<abstract><p>We studied <inline-formula><alternatives><graphic/><tex-math>$x_1$</tex-math></alternatives>"
                      "</inline-formula> at 10<sup>5</sup> Pa.</p></abstract><kwd-group><kwd>CO<sub>2</sub></kwd><compound-kwd>"
                      '<compound-kwd-part content-type="code">P1</compound-kwd-part><compound-kwd-part content-type="text">diet'
                      "</compound-kwd-part></compound-kwd></kwd-group>",
                      title="H<sub>2</sub>O in <italic>Stipa</italic>, 10<sup>3</sup> nights")
    data = front_of(written(understood)["article.md"])
    assert data["title"] == {"en": "H~2~O in *Stipa*, 10^3^ nights"} and data["abstract"] == {"en": "We studied $x_1$ at 10^5^ Pa."}
    assert data["keywords"] == {"en": ["CO₂", "diet"]} and lost(understood) == []


@pytest.mark.parametrize("money", ["Без финансирования", "No external funding was received.", "The study received no funding.", "None"])
def test_nobody_is_no_funder(money, tmp_path):
    understood = jats(tmp_path, f"<funding-group><funding-statement>{money}</funding-statement></funding-group>")
    assert "funding" not in understood.front.data and lost(understood) == []
    assert [each.part for each in understood.decisions if each.value == money] == ["no_place"]


def test_a_sentence_about_money_is_likely(tmp_path):
    understood = jats(tmp_path, "<funding-group><funding-statement>Supported by grant AP1.</funding-statement></funding-group>")
    assert [each.sure for each in understood.decisions if each.part.startswith("funding")] == ["likely"]


def test_codes_a_short_life_a_licence_in_words_and_a_suffix(tmp_path):
    data = jats(tmp_path, '<article-id pub-id-type="udc">616.12</article-id><contrib-group><contrib contrib-type="author"><name>'
                "<surname>Silva</surname><given-names>J. P. da</given-names><suffix>Jr.</suffix></name><bio><p>PhD, professor of botany</p>"
                '</bio><xref ref-type="aff" rid="a"/></contrib><contrib contrib-type="editor"><name><surname>Ed</surname></name>'
                '<xref ref-type="aff" rid="e"/></contrib></contrib-group><aff id="a"><institution>Sample University</institution>, '
                "<addr-line>Astana</addr-line>, <country>Kazakhstan</country></aff><aff id=\"e\"><institution>Other</institution></aff>"
                "<permissions><copyright-statement>© Мысалов Е.С., 2026</copyright-statement><license><license-p>CC BY 4.0</license-p>"
                "</license></permissions>").front.data
    author, = data["authors"]
    assert author["name"]["en"] == {"family": "da Silva Jr.", "given": "J. P."}
    assert author["degree"] == {"en": "PhD"} and author["position"] == {"en": "professor of botany"}
    assert data["udc"] == ["616.12"] and data["license"] == "CC-BY-4.0" and data["copyright"] == {"ru": "Мысалов Е.С."}
    place, = data["affiliations"]
    assert place["city"] == {"en": "Astana"} and place["name"] == {"en": "Sample University"}


def test_one_organisation_in_an_element_for_each_language(tmp_path):
    def author(*keys: str) -> str:
        marks = "".join(f"<xref ref-type=%aff% rid=%{key}%/>" for key in keys)
        return f"<contrib><name><surname>N{len(keys)}</surname></name>{marks}</contrib>"

    people = f"<contrib-group>{author('a1', 'a1ru', 'a1en')}{author('a1')}</contrib-group>".replace("%", '"')
    names = (("a1", "kk", "Үлгі университеті"), ("a1ru", "ru", "Университет примеров"), ("a1en", "en", "Sample University"))
    data = jats(tmp_path, people + "".join(
        f'<aff id="{key}" xml:lang="{tag}"><institution>{name}</institution></aff>' for key, tag, name in names)).front.data
    assert [each["name"] for each in data["affiliations"]] == [
        {"kk": "Үлгі университеті", "ru": "Университет примеров", "en": "Sample University"}]
    assert [each["affiliations"] for each in data["authors"]] == [["org-1"], ["org-1"]]


FIRST = "Мысалов Е.И. Руководство по степи. М.: Пример; 2014. 142 с."
SECOND = "Mysalov E.I. Rukovodstvo po stepi [Manual of the Steppe]. Moscow: Primer; 2014. 142 p."


@pytest.mark.parametrize("back", [
    f"<ref-list><ref id='r'><citation-alternatives><mixed-citation>{FIRST}</mixed-citation><mixed-citation xml:lang='en'>{SECOND}"
    "</mixed-citation></citation-alternatives></ref></ref-list>",
    f"<ref-list><title>Литература</title><ref id='r'><mixed-citation>{FIRST}</mixed-citation></ref></ref-list>"
    f"<ref-list><title>References</title><ref id='s'><mixed-citation>{SECOND}</mixed-citation></ref></ref-list>"])
def test_the_same_work_in_latin_letters(back, tmp_path):
    understood = jats(tmp_path, body='<p>Text [<xref ref-type="bibr" rid="r">1</xref>].</p>', back=back, more='xml:lang="ru"')
    entry, = understood.references.entries
    assert entry["title-en"] == "Manual of the Steppe" and entry["author-latin"] == [{"family": "Mysalov", "given": "E. I."}]
    assert lost(understood) == [] and f"[@{entry['id']}]" in written(understood)["article.md"]


def test_a_heading_above_notes_that_says_more_is_a_heading(tmp_path):
    def text(title: str) -> str:
        back = f"<fn-group><title>{title}</title><fn><p>EEG: a word.</p></fn></fn-group>"
        return body_of(written(jats(tmp_path, back=back))["article.md"])

    assert "# Abbreviations\n\nEEG: a word." in text("Abbreviations") and "Notes" not in text("Notes")


def test_a_mark_of_a_table_is_raised(tmp_path):
    body = '<table-wrap><table><tbody><tr><td>41<xref ref-type="table-fn" rid="t">a</xref></td></tr></tbody></table></table-wrap>'
    assert "41^a^" in written(jats(tmp_path, body=body))["article.md"]


@pytest.mark.parametrize(("typed", "read"), [
    ("1&ndash;2 &Kcy;&nbsp;x", "1–2 К x"), ("a &amp; b &lt;", "a & b <"), ("&nosuch; word", "&nosuch; word"),
    ("<![CDATA[a &ndash; b]]>", "a &ndash; b")])
@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.1//EN" "JATS.dtd">'])
def test_letters_by_the_names_of_the_dtd(typed, read, doctype, tmp_path):
    path = tmp_path / "article.xml"
    path.write_text(f"{doctype}<article><front><article-meta><title-group><article-title>{typed}</article-title></title-group>"
                    f"</article-meta></front><body><p>{typed}</p></body></article>", "utf-8")
    document = read_document(path)
    assert [" ".join(block.text.split()) for block in document.blocks] == [read, read]


@pytest.mark.parametrize("begin", ["", "<?xml version='1.0'?>"])
def test_a_file_with_entities_of_its_own_is_refused(begin, tmp_path):
    path = tmp_path / "article.xml"
    path.write_text(f'{begin}<!DOCTYPE a [<!ENTITY a "aaa">]><article><front/><body><p>&a; &ndash;</p></body></article>', "utf-8")
    with pytest.raises(Unreadable):
        read_document(path)
