"""What the page says to machines, read back as they read it: tags, linked data, typed links, and the forms others cite it in."""

import json
import re
from urllib.parse import unquote

import pypandoc
import pytest
from conftest import Journal
from judges import html_page, nu

from basylym.cli import main
from basylym.identifiers import is_issn, is_orcid

HOSTILE = 'Сан & 5 % </script><script>alert("1")</script> {a_b} #1 $x^2$ ~ \\textbf é'
ESCAPED = re.sub(r"([<>\\\\$^~_#{}])", r"\\\1", HOSTILE)
"""The same as Markdown takes it for plain letters."""
ADDRESS = "https://journal.example/2026-1/specimen/specimen"


@pytest.fixture(scope="module")
def own(sample):
    """The published article of the sample journal."""
    return html_page(sample / "2026-1" / "single-source" / "single-source.html")


@pytest.fixture
def page(journal):
    """The specimen's page with some changes."""
    def build(changes: str | dict = "{}"):
        assert journal.overlay(changes).run("build", "--format", "html") in (0, 1)
        return html_page(journal.output(".html"))
    return build


def tags(page, name: str) -> list[str]:
    return page.xpath("/html/head/meta[@name=$name or @property=$name]/@content", name=name)


def spoken(page, name: str) -> dict[str, str]:
    found = page.xpath("/html/head/meta[@name=$name]", name=name)
    assert all(each.get("lang") == each.get("{http://www.w3.org/XML/1998/namespace}lang", each.get("xml:lang")) for each in found)
    return {each.get("lang"): each.get("content") for each in found}


def links(page, rel: str) -> list[str]:
    return page.xpath("/html/head/link[@rel=$rel]/@href", rel=rel)


def graph(page) -> dict:
    (script,) = page.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


def words(value) -> dict[str, str]:
    return {each["@language"]: each["@value"] for each in value}


def cited(page, name: str) -> str:
    (pre,) = page.xpath("//pre[@id=$key]", key=f"cite-text-{name}")
    return pre.text_content()


def read(text: str, form: str) -> dict:
    """An entry as pandoc reads it."""
    (entry,) = json.loads(pypandoc.convert_text(text, "csljson", format=form))
    return entry


# --- Highwire -------------------------------------------------------------------------------------------------------
def test_scholars_find_all_that_they_ask_for(own):
    assert tags(own, "citation_title") == ["Трёхъязычный научный журнал из одного источника: сборка, переносы и определение языка"]
    assert tags(own, "citation_author") == ["Айжан Улгикызы", "Ерлан Улгиулы Мысалов", "Анна Образцовна Примерова"]
    assert tags(own, "citation_publication_date") == ["2026/11/30"]
    assert tags(own, "citation_journal_title") == ["Образец издания"]
    assert tags(own, "citation_issn") == ["1234-5679", "2345-6787"] and all(map(is_issn, tags(own, "citation_issn")))
    assert (tags(own, "citation_volume"), tags(own, "citation_issue"), tags(own, "citation_firstpage")) == (["1"], ["1"], ["12"])
    assert int(tags(own, "citation_lastpage")[0]) > 12
    assert (tags(own, "citation_doi"), tags(own, "citation_language")) == (["10.5555/basylym.2026.1.2"], ["ru"])
    base = "https://journal.example/2026-1/single-source/single-source"
    assert tags(own, "citation_pdf_url") == [f"{base}.pdf"] and tags(own, "citation_abstract_html_url") == [f"{base}.html"]


def test_what_belongs_to_an_author_follows_the_author(own):
    order = [each.get("name").removeprefix("citation_author") for each in own.xpath("//meta[starts-with(@name, 'citation_author')]")]
    assert order == ["", "_institution", "_orcid", "", "_institution", "_institution", "", "_institution"]
    assert tags(own, "citation_author_institution")[0] == "Университет «Улги» (пример), Алматы, Казахстан"
    assert is_orcid(tags(own, "citation_author_orcid")[0].removeprefix("https://orcid.org/"))


def test_abstracts_and_keywords_stand_in_every_language(own):
    for name in ("citation_abstract", "citation_keywords", "DC.Description"):
        assert list(spoken(own, name)) == ["ru", "kk", "en"], name
    assert spoken(own, "citation_abstract")["kk"].startswith("Қазақстанның ғылыми журналы")
    assert spoken(own, "citation_keywords")["en"].split("; ")[:2] == ["scholarly journal", "single-source publishing"]


def test_every_reference_is_told_field_by_field(own):
    told = tags(own, "citation_reference")
    assert len(told) == len(own.xpath("//section[@aria-labelledby='references']/ol/li")) > 20
    (one,) = [each for each in told if "10.1371/journal.pcbi.1007128" in each]
    pairs = [part.split("=", 1) for part in one.split("; ")]
    assert all(len(pair) == 2 and pair[0].startswith("citation_") for pair in pairs)
    assert [value for key, value in pairs if key == "citation_author"][::6] == ["Daniel S. Himmelstein", "Anthony Gitter"]
    assert {("citation_journal_title", "PLOS Computational Biology"), ("citation_volume", "15"), ("citation_issue", "6"),
            ("citation_firstpage", "1"), ("citation_lastpage", "21"), ("citation_publication_date", "2019")} <= set(map(tuple, pairs))


def test_a_semicolon_in_a_reference_does_not_end_its_value(page):
    told = tags(page({"text": "Мәтін [@a].", "references": [
        {"id": "a", "type": "book", "language": "en", "title": "One ; two;three <i>four</i>", "issued": 2001, "publisher": "A; B"}]}),
        "citation_reference")
    assert told == ["citation_title=One, two,three four; citation_publisher=A, B; citation_publication_date=2001"]


# --- Dublin Core, Open Graph, links -----------------------------------------------------------------------------------
def test_dublin_core_tells_titles_and_subjects_in_three_languages(own):
    assert list(spoken(own, "DC.Title")) == ["ru"] and list(spoken(own, "DCTERMS.alternative")) == ["kk", "en"]
    subjects = own.xpath("//meta[@name='DC.Subject']/@lang")
    assert (subjects.count("kk"), subjects.count("ru"), subjects.count("en")) == (8, 8, 8)
    assert len(tags(own, "DC.Creator.PersonalName")) == 3
    assert tags(own, "DCTERMS.issued") == ["2026-11-30"] and tags(own, "DCTERMS.dateSubmitted") == ["2026-11-22"]
    assert tags(own, "DC.Identifier") == ["https://doi.org/10.5555/basylym.2026.1.2"]
    assert links(own, "schema.DC") == ["http://purl.org/dc/elements/1.1/"]


def test_open_graph_tells_the_page_s_languages(own):
    assert own.xpath("//figure//img") and not tags(own, "og:image")  # a figure inside the page has no address that others could fetch
    assert (tags(own, "og:locale"), tags(own, "og:locale:alternate")) == (["ru_RU"], ["kk_KZ", "en_US"])
    assert tags(own, "og:title") == tags(own, "citation_title") and tags(own, "og:url") == links(own, "canonical")
    assert len(tags(own, "og:description")[0]) <= 302 and tags(own, "og:description")[0].endswith(" …")


def test_typed_links_lead_to_the_record_and_its_files(own):
    base = "https://journal.example/2026-1/single-source/single-source"
    assert links(own, "canonical") == [f"{base}.html"]
    assert links(own, "cite-as") == ["https://doi.org/10.5555/basylym.2026.1.2"]
    assert links(own, "author") == ["https://orcid.org/0000-0002-1825-0097"]
    assert links(own, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert links(own, "item") == [f"{base}.pdf", f"{base}.epub", f"{base}.xml"] and links(own, "type") == ["https://schema.org/ScholarlyArticle"]
    assert links(own, "describedby") == links(own, "cite-as")


def test_a_language_s_address_leads_to_the_title_in_it(own):
    addresses = {each.get("hreflang"): each.get("href") for each in own.xpath("//link[@rel='alternate'][@hreflang]")}
    assert list(addresses) == ["x-default", "ru", "kk", "en"]
    for tag in ("kk", "en"):
        (title,) = own.xpath("//*[@id=$key]", key=addresses[tag].split("#")[1])
        assert next(each.get("lang") for each in (title, *title.iterancestors()) if each.get("lang")) == tag
    assert addresses["ru"] == links(own, "canonical")[0]


@pytest.mark.judge
def test_a_language_s_address_opens_the_page_in_it(sample, chromium):
    path = sample / "2026-1" / "single-source" / "single-source.html"
    context = chromium.new_context(locale="ru-RU")
    for mark, shown in (("#title-kk", "title-kk"), ("#title-en", "title-en"), ("", "title")):
        opened = context.new_page()
        opened.goto(path.as_uri() + mark)
        assert [key for key in ("title", "title-kk", "title-en") if opened.locator(f"#{key}").is_visible()] == [shown]


def test_without_the_journal_s_address_none_is_made_up(page):
    built = page({"journal": {"url": None}})
    assert tags(built, "citation_title") and not links(built, "canonical") and not links(built, "item")
    assert not tags(built, "citation_pdf_url") and not built.xpath("//link[@hreflang]") and "url" not in graph(built)
    assert graph(built)["@id"] == "https://doi.org/10.5555/specimen"


def test_the_outputs_may_stand_under_another_address(page):
    built = page({"journal": {"articles_url": "https://archive.example/papers/"}})
    assert links(built, "canonical") == ["https://archive.example/papers/2026-1/specimen/specimen.html"]
    assert graph(built)["isPartOf"]["isPartOf"]["isPartOf"]["url"] == "https://journal.example"


def test_what_no_machine_takes_is_left_out(page):
    built = page({"doi": "not a doi", "journal": {"issn": "1234-5678", "issn_online": None, "url": "journal"}})
    assert not tags(built, "citation_doi") and not tags(built, "citation_issn") and not links(built, "cite-as")
    assert "identifier" not in graph(built) and "doi" not in cited(built, "bibtex") and "DO  -" not in cited(built, "ris")


# --- linked data ----------------------------------------------------------------------------------------------------
def test_linked_data_tells_the_article_in_three_languages(own):
    data = graph(own)
    assert (data["@context"], data["@type"], data["inLanguage"]) == ("https://schema.org", "ScholarlyArticle", "ru")
    assert data["name"] == tags(own, "citation_title")[0] and list(words(data["alternateName"])) == ["kk", "en"]
    assert words(data["abstract"]) == spoken(own, "citation_abstract")
    for tag, told in spoken(own, "citation_keywords").items():
        assert [each["@value"] for each in data["keywords"] if each["@language"] == tag] == told.split("; ")
    assert data["identifier"]["value"] == "10.5555/basylym.2026.1.2" and data["datePublished"] == "2026-11-30"
    assert data["pagination"] == f"12–{tags(own, 'citation_lastpage')[0]}" and data["license"] == links(own, "license")[0]
    assert len(data["citation"]) == len(tags(own, "citation_reference")) and all(each["name"] for each in data["citation"])


def test_linked_data_names_authors_with_their_organisations_and_the_issue(page):
    names = {"kk": "Үлгі университеті", "ru": "Образцовый университет", "en": "Specimen University"}
    data = graph(page({"affiliations": [{"id": "one", "ror": "https://ror.org/05dxps055", "name": names, "city": {"kk": "Алматы"}}]}))
    (author,) = data["author"]
    (home,) = author["affiliation"]
    assert author["sameAs"] == "https://orcid.org/0000-0002-1825-0097" and words(author["alternateName"])
    assert home["sameAs"] == "https://ror.org/05dxps055" and words(home["alternateName"])["en"] == "Specimen University"
    issue, volume = data["isPartOf"], data["isPartOf"]["isPartOf"]
    periodical = volume["isPartOf"]
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", "1")
    assert (volume["@type"], volume["volumeNumber"]) == ("PublicationVolume", "1")
    assert (periodical["@type"], periodical["issn"]) == ("Periodical", ["1234-5679", "2345-6787"])
    assert words(periodical["alternateName"]) == {"ru": "Образец издания", "en": "Specimen Journal"}


def test_a_long_title_has_a_headline_that_search_engines_take(page):
    long = "Сөз " * 40
    data = graph(page({"title": {"kk": long, "ru": "Слово", "en": "A word"}}))
    assert data["name"] == long.strip() and len(data["headline"]) <= 110


def test_no_text_breaks_out_of_its_place(page):
    built = page({"title": {"kk": ESCAPED, "ru": "Текст", "en": "Text"}, "keywords": {"kk": [HOSTILE, "ә", "б", "в", "г"]}})
    title = tags(built, "citation_title")[0]
    assert title.replace("“", '"').replace("”", '"') == HOSTILE and graph(built)["name"] == title == built.findtext(".//title")
    assert not [each for each in built.iter("script") if "alert(" in (each.text or "") and not each.get("type")]
    for name, form in (("bibtex", "bibtex"), ("bibtex", "biblatex")):
        entry = read(cited(built, name), form)
        assert re.sub(r"<(?:/?span[^<>]*|/?su[pb])>", "", entry["title"]) == title, form
        assert entry["DOI"] == "10.5555/specimen"
    assert f"TI  - {title}" in cited(built, "ris").splitlines()


# --- how to cite ----------------------------------------------------------------------------------------------------
def test_lines_after_gost_and_apa(own):
    last = tags(own, "citation_lastpage")[0]
    gost = cited(own, "gost")
    assert gost.startswith("Улгикызы А., Мысалов Е. У., Примерова А. О. Трёхъязычный научный журнал")
    assert gost.endswith(f" // Образец издания. – 2026. – Т. 1, № 1. – С. 12–{last}. – DOI: 10.5555/basylym.2026.1.2")
    assert cited(own, "apa-en") == (
        "Ulgikyzy, A., Mysalov, Y., & Primerova, A. (2026). Trilingual scholarly journals from a single source: building, hyphenation "
        f"and language identification [in Russian]. Specimen Journal, 1(1), 12–{last}. https://doi.org/10.5555/basylym.2026.1.2")
    assert cited(own, "apa").startswith("Улгикызы, А., Мысалов, Е. У., & Примерова, А. О. (2026). Трёхъязычный")


def test_a_formula_in_a_title_is_cited_once_and_in_words(page):
    titles = {"kk": "Формула $x^2 + \\frac{a}{b}$ туралы", "ru": "О формуле $x^2$", "en": "On $x^2 + \\frac{a}{b}$"}
    built = page({"title": titles, "text": "# Формула $\\frac{a}{b}$ осы\n\nМәтін [@example, 5].\n"})
    for name in ("gost", "apa", "ris", "csl-json"):
        assert "Формула x² + a/b туралы" in cited(built, name) and "frac" not in cited(built, name), name
    assert "On x² + a/b [in Kazakh]" in cited(built, "apa-en")
    assert "Формула a/b осы" in [each.text_content() for each in built.xpath("//nav//a")]


def test_apa_names_twenty_authors_and_the_last_of_more(page):
    several = [{"name": {"kk": {"family": f"А{number}", "given": "Б"}}} for number in range(1, 23)]
    line = cited(page({"authors": several[:20]}), "apa")
    assert line.startswith("А1, Б., А2, Б.,") and "А19, Б., & А20, Б. (2026)" in line
    line = cited(page({"authors": several}), "apa")
    assert "А19, Б., … А22, Б. (2026)" in line and "А20" not in line


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_bibtex_reads_back(own, form):
    text = cited(own, "bibtex")
    entry = read(text, form)
    assert entry["title"].replace('<span class="nocase">', "").replace("</span>", "") == tags(own, "citation_title")[0]
    assert [(each["family"], each["given"]) for each in entry["author"]] == [
        ("Улгикызы", "Айжан"), ("Мысалов", "Ерлан Улгиулы"), ("Примерова", "Анна Образцовна")]
    assert (entry["container-title"], entry["volume"], entry["issue"]) == ("Образец издания", "1", "1")
    assert entry["page"] == f"12-{tags(own, 'citation_lastpage')[0]}" and entry["DOI"] == "10.5555/basylym.2026.1.2"
    assert entry["issued"]["date-parts"][0][:2] == [2026, 11] and "langid = {russian}" in text
    assert text.startswith("@article{ulgikyzy2026,")


def test_names_that_bibtex_would_part_stay_whole(page):
    names = [{"family": "Әлі, кіші", "given": "Нұр"}, {"family": "Ғылым and Білім"}, {"family": "ибн Сина", "given": "Әбу"}]
    built = page({"authors": [{"name": {"kk": name}} for name in names]})
    people = read(cited(built, "bibtex"), "biblatex")["author"]
    assert people[0] == {"family": "Әлі, кіші", "given": "Нұр"} and "Ғылым and Білім" in people[1].values()
    assert "ибн" in json.dumps(people[2], ensure_ascii=False) and len(people) == 3
    assert [line[6:] for line in cited(built, "ris").splitlines() if line.startswith("AU")] == [
        "Әлі кіші, Нұр", "Ғылым and Білім", "ибн Сина, Әбу"]
    assert cited(built, "bibtex").startswith("@article{specimen2026,")  # no Latin name: the folder's


def test_a_brace_without_its_other_does_not_end_a_field(page):
    built = page({"title": {"kk": r"Бір \} екі \{a\} \{ үш", "ru": "Текст", "en": "Text"}})
    text = cited(built, "bibtex")
    assert r"title = {{Бір \textbraceright{} екі \{a\} \textbraceleft{} үш}}," in text and text.count("{") == text.count("}")
    assert read(text, "biblatex")["DOI"] == "10.5555/specimen"


def test_ris_reads_back(own):
    lines = cited(own, "ris").split("\n")
    assert lines[0] == "TY  - JOUR" and lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    entry = read(cited(own, "ris"), "ris")
    assert entry["title"] == tags(own, "citation_title")[0] and entry["DOI"] == "10.5555/basylym.2026.1.2"
    assert [each["family"] for each in entry["author"]] == ["Улгикызы", "Мысалов", "Примерова"]


def test_csl_json_reads_back(own):
    (item,) = json.loads(cited(own, "csl-json"))
    assert read(cited(own, "csl-json"), "csljson")["title"] == item["title"] == tags(own, "citation_title")[0]
    assert item["type"] == "article-journal" and item["issued"] == {"date-parts": [[2026, 11, 30]]}
    assert item["author"][1] == {"family": "Мысалов", "given": "Ерлан Улгиулы"} and item["language"] == "ru"


def test_every_download_holds_what_stands_beside_it(page):
    built = page({"title": {"kk": ESCAPED, "ru": "Текст", "en": "Text"}})
    found = built.xpath("//details[@id='how-to-cite']//a[@download]")
    assert [each.get("download") for each in found] == ["specimen.bib", "specimen.ris", "specimen.json"]
    for each in found:
        head, _, data = each.get("href").partition(",")
        assert re.fullmatch(r"data:[\w./+-]+;charset=utf-8", head) and not re.search(r'[\s#"<>{}|\\^`]', data)
        beside = each.getparent().getnext().text_content()
        assert unquote(data).replace("\r\n", "\n") == beside and beside.count("\n") > 5


# --- who must not be indexed ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["proof", "anonymous"])
def test_a_proof_and_a_copy_for_reviewers_are_kept_from_indexes(journal, kind):
    assert journal.run("build", "--format", "html", "--edition", kind) == 0
    built = html_page(journal.output(f".{kind}.html"))
    names = built.xpath("//meta/@name")
    assert tags(built, "robots") == ["noindex"] and not [name for name in names if re.match(r"citation_|DC", name)]
    assert not built.xpath("//script[@type]") and not built.xpath("//link[@rel='cite-as']") and not built.xpath("//*[@id='how-to-cite']")


def test_a_draft_is_told_to_no_machine(assembly):
    built = html_page(assembly.with_suffix(".html"))
    assert tags(built, "robots") == ["noindex"] and not built.xpath("//script[@type]") and not built.xpath("//meta[@property]")


def test_a_manuscript_without_a_journal_tells_what_it_knows(tmp_path, monkeypatch):
    (tmp_path / "alone.md").write_text(
        "---\nstatus: published\nlanguage: en\ntitle: Alone\nauthors:\n  - name: {en: 'Doe, Jane'}\n---\n\nText.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["build", "alone.md", "--format", "html"]) == 0
    (path,) = tmp_path.rglob("*.html")
    built = html_page(path)
    assert tags(built, "citation_author") == ["Jane Doe"] and not tags(built, "citation_journal_title")
    assert "isPartOf" not in graph(built) and "apa" not in cited(built, "bibtex") and "year" not in cited(built, "bibtex")


@pytest.mark.judge
def test_the_nu_html_checker_takes_hostile_metadata(journal):
    changes = {"title": {"kk": ESCAPED, "ru": ESCAPED, "en": ESCAPED}, "keywords": {"kk": [HOSTILE]}}
    assert journal.overlay(changes).run("build", "--format", "html") in (0, 1)
    assert nu([journal.output(".html")]) == []


def test_the_same_article_gives_the_same_head(tmp_path):
    pages = []
    for name in ("one", "two"):
        built = Journal(tmp_path / name)
        assert built.run("build", "--format", "html") == 0
        pages.append(built.output(".html").read_text("utf-8").split("<style>")[0])
    assert pages[0] == pages[1] and ADDRESS in pages[0]
