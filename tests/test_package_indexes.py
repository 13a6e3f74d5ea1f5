"""The packages for those who register DOIs and for indexes: Crossref, DataCite, DOAJ, Zenodo."""

import copy
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import DEPOSIT, ROOT, Journal
from judges import schema_faults
from lxml import etree

from basylym.check.deposits import wanted
from basylym.fields import Journal as Fields
from basylym.fields import Name
from basylym.identifiers import is_doi, is_issn, is_orcid
from basylym.package import Item, Parcel, deposits
from basylym.project import Project
from basylym.render.metadata import Corrected, Metadata, Notice, Organisation, Person, Reference
from basylym.render.press import open_templates

SCHEMAS = {"crossref": "crossref-5.4.0/crossref5.4.0.xsd", "datacite": "datacite-4/kernel-4.6/metadata.xsd",
           "doaj": "doaj/doajArticles.xsd"}
TARGETS = ("crossref", "datacite", "doaj", "zenodo")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMES = {"c": "http://www.crossref.org/schema/5.4.0", "jats": "http://www.ncbi.nlm.nih.gov/JATS1", "fr": "http://www.crossref.org/fundref.xsd",
         "ai": "http://www.crossref.org/AccessIndicators.xsd", "d": "http://datacite.org/schema/kernel-4"}
TITLES = {"ru": "Читатели сельских библиотек: небольшой опрос в трёх сёлах",
          "kk": "Ауыл кітапханаларының оқырмандары: үш ауылдағы шағын сауалнама",
          "en": "Readers of village libraries: a small survey in three villages"}
"""Of villages, an article in Russian, in the order of its languages."""


def place(packages: Path, target: str, article: str, issue: str = "2026-1") -> Path:
    return packages / "output" / issue / article / "deposit" / target


def read(packages: Path, target: str, article: str, issue: str = "2026-1") -> etree._Element:
    return etree.parse(place(packages, target, article, issue) / f"{article}.xml").getroot()


def data(packages: Path, target: str, article: str, issue: str = "2026-1") -> dict:
    return json.loads((place(packages, target, article, issue) / f"{article}.json").read_bytes())


def find(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=NAMES)


def texts(root: etree._Element, path: str, attribute: str = XML_LANG) -> dict[str, str]:
    """The texts at a path by their language."""
    return {each.get(attribute): "".join(each.itertext()).strip() for each in find(root, path)}


def files(packages: Path, target: str, ending: str) -> list[Path]:
    """What was made of all articles and issues that have what the target asks for."""
    found = sorted(packages.glob(f"**/deposit/{target}/*.{ending}"))
    # six with a DOI and the two issues, the sample's one and its issue; DOAJ and Zenodo also take the one without
    assert len([path for path in found if not path.name.startswith("community")]) >= 10
    assert {"single-source"} <= {path.stem for path in found}
    return found


# --- rules of our own for JSON, which no schema at hand judges ------------------------------------------------------
DOAJ_BIBJSON = {"title", "year", "month", "abstract", "identifier", "link", "author", "keywords", "subject", "journal"}
"""The fields of an article in DOAJ's API (DOAJ/doaj, portality/api/current/data_objects/article.py)."""
INVENIO = {"resource_type", "creators", "title", "publication_date", "additional_titles", "description", "additional_descriptions",
           "rights", "contributors", "subjects", "languages", "dates", "version", "publisher", "identifiers", "related_identifiers",
           "sizes", "formats", "locations", "funding", "references"}
"""The fields of metadata (InvenioRDM documentation, Metadata reference)."""
DATACITE = {"doi", "url", "schemaVersion", "types", "creators", "titles", "publisher", "publicationYear", "subjects", "contributors",
            "dates", "language", "alternateIdentifiers", "relatedIdentifiers", "relatedItems", "sizes", "formats", "version", "rightsList",
            "descriptions", "geoLocations", "fundingReferences"}
"""The attributes of a DOI (inveniosoftware/datacite, datacite/schemas/datacite-v4.6.json, and DataCite's REST API for the first three)."""


def empty(value) -> bool:
    """Whether something in it is empty."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value in ("", None, [], {}) or any(empty(each) for each in inner)


def doaj_faults(record: dict) -> list[str]:
    article = record.get("bibjson", {})
    faults = [f"no place for {key}" for key in set(article) - DOAJ_BIBJSON] + [f"no {key}" for key in ("title",) if not article.get(key)]
    held = {each["type"]: each["id"] for each in article.get("identifier", ())}
    faults += [] if {"pissn", "eissn"} & set(held) and all(is_issn(held[kind]) for kind in {"pissn", "eissn"} & set(held)) else ["no ISSN"]
    faults += [] if "doi" not in held or is_doi(held["doi"]) else ["a wrong DOI"]
    faults += [f"link {each}" for each in article.get("link", ()) if each.get("type") != "fulltext" or "://" not in each.get("url", "")
               or each.get("content_type") not in ("PDF", "HTML", "ePUB", "XML")]
    faults += [f"author {each}" for each in article.get("author", ()) if not each.get("name")
               or not re.fullmatch(r"https://orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]", each.get("orcid_id", "https://orcid.org/0000-0000-0000-0000"))]
    return faults + ["something is empty"] * empty(record)


def invenio_faults(record: dict) -> list[str]:
    held = record.get("metadata", {})
    faults = [f"no place for {key}" for key in set(held) - INVENIO]
    faults += [f"no {key}" for key in ("resource_type", "creators", "title", "publication_date") if not held.get(key)]
    for creator in held.get("creators", ()):
        who = creator.get("person_or_org", {})
        wanted = ("given_name", "family_name") if who.get("type") == "personal" else ("name",)
        faults += [f"a {who.get('type')} creator without {key}" for key in wanted if not who.get(key)]
        faults += [f"ORCID {each}" for each in who.get("identifiers", ()) if each["scheme"] != "orcid" or not is_orcid(each["identifier"])]
    spoken = [*held.get("languages", ()), *(each["lang"] for key in ("additional_titles", "additional_descriptions")
                                            for each in held.get(key, ()) if "lang" in each)]
    faults += [f"language {each}" for each in spoken if not re.fullmatch("[a-z]{3}", each.get("id", ""))]
    faults += [f"type {each}" for each in held.get("additional_titles", ()) if each["type"]["id"] != "translated-title"]
    return faults + ["something is empty"] * empty(record)


def datacite_faults(record: dict) -> list[str]:
    held = record.get("data", {}).get("attributes", {})
    faults = [f"no place for {key}" for key in set(held) - DATACITE]
    faults += ["not of the type dois"] * (record.get("data", {}).get("type") != "dois")
    faults += [f"no {key}" for key in ("doi", "url", "types", "creators", "titles", "publisher", "publicationYear") if not held.get(key)]
    faults += ["a wrong DOI"] * (not is_doi(held.get("doi", "")))
    faults += ["a wrong year"] * (not re.fullmatch(r"\d{4}", held.get("publicationYear", "")))
    faults += [f"{key} says something twice" for key in ("titles", "subjects", "dates", "relatedIdentifiers")
               if len({json.dumps(each, sort_keys=True) for each in held.get(key, ())}) < len(held.get(key, ()))]
    return faults + ["something is empty"] * empty(record)


def faults(path: Path, target: str) -> list[str]:
    """What its judge finds wrong with a file."""
    if path.suffix == ".xml":
        return schema_faults(etree.parse(path).getroot(), SCHEMAS[target])
    records = json.loads(path.read_bytes())
    judge = {"doaj": doaj_faults, "zenodo": invenio_faults, "datacite": datacite_faults}[target]
    return [fault for each in (records if isinstance(records, list) else [records]) if "receiver" not in each for fault in judge(each)]


DAMAGES = {
    "crossref": [("//c:journal_article/c:doi_data", "remove"), ("//c:surname", "1 2"),
                 ("//c:ORCID", "0000-0002-1825-0097"), ("//c:email_address", ""), ("//c:journal_article/c:publication_date", "remove"),
                 ("//c:doi_data/c:doi", "no doi")],
    "datacite": [("//d:identifier", ""), ("//d:creatorName", "remove"), ("//d:publicationYear", "last year"),
                 ("//d:titles/d:title", "remove all")],
    "doaj": [("//title", "remove"), ("//fullTextUrl", "journal"), ("//eissn", "27900029X"), ("//orcid_id", "0000-0002-1825-0097")]}


@pytest.mark.judge
@pytest.mark.parametrize("target", SCHEMAS)
def test_every_package_passes_its_schema_and_a_damaged_one_does_not(packages, target):
    for path in files(packages, target, "xml"):
        assert not faults(path, target), path
    whole = read(packages, target, "villages")
    for where, change in DAMAGES[target]:
        root = copy.deepcopy(whole)
        assert not schema_faults(root, SCHEMAS[target])
        for each in find(root, where):
            if change.startswith("remove"):
                each.getparent().remove(each)
            else:
                each.text = change
        assert schema_faults(root, SCHEMAS[target]), where


@pytest.mark.parametrize(("target", "way", "wrong"), [
    ("doaj", ("bibjson", "title"), ""), ("doaj", ("bibjson", "identifier"), []),
    ("doaj", ("bibjson", "author", 0, "orcid_id"), "0000-0002"), ("doaj", ("bibjson", "link", 0, "content_type"), "DjVu"),
    ("zenodo", ("metadata", "creators"), []),
    ("zenodo", ("metadata", "creators", 0, "person_or_org", "given_name"), ""), ("zenodo", ("metadata", "languages", 0, "id"), "ru"),
    ("zenodo", ("metadata", "authors"), ["x"]), ("datacite", ("data", "attributes", "doi"), "10.5555"),
    ("datacite", ("data", "attributes", "publicationYear"), "2026 year"),
    ("datacite", ("data", "attributes", "titles"), [{"title": "x"}] * 2)])
def test_every_json_keeps_the_rules_and_a_damaged_one_does_not(packages, tmp_path, target, way, wrong):
    for path in files(packages, target, "json"):
        assert not faults(path, target), path
    damaged = data(packages, target, "villages")
    held = damaged
    for key in way[:-1]:
        held = held[key]
    held[way[-1]] = wrong
    (tmp_path / "damaged.json").write_text(json.dumps(damaged))
    assert faults(tmp_path / "damaged.json", target)


@pytest.mark.parametrize("target", SCHEMAS)
def test_no_element_is_empty(packages, target):
    for path in files(packages, target, "xml"):
        hollow = [each.tag for each in etree.parse(path).iter() if not len(each) and not (each.text or "").strip()]
        assert set(hollow) <= {"{http://www.crossref.org/AccessIndicators.xsd}free_to_read"}  # which says yes by being there


# --- the three languages --------------------------------------------------------------------------------------------
def test_crossref_has_the_three_languages(packages):
    root = read(packages, "crossref", "villages")
    assert [each.text for each in find(root, "//c:journal_article/c:titles/c:title")] == list(TITLES.values())
    abstracts = texts(root, "//c:journal_article/jats:abstract")
    assert list(abstracts) == ["ru", "kk", "en"] and abstracts["kk"].startswith("Мақалада ойдан шығарылған үш ауылдың")
    assert find(root, "//c:full_title/text()") == ["Вестник «Улги»", "Үлгі хабаршысы", "Ulgi Bulletin"]
    person = find(root, "//c:person_name[1]")[0]
    assert [find(person, f"string(c:{name})") for name in ("given_name", "surname")] == ["Гульнар Улгиевна", "Мысалова"]
    assert find(person, "c:name/text()") == ["Гүлнар Үлгіқызы Мысалова", "Gulnar Mysalova"]
    assert find(person, "string(c:ORCID)") == "https://orcid.org/0000-0002-1825-0097" and person.get("language") == "ru"
    assert find(root, "string(//c:journal_article/@language)") == "ru"


def test_crossref_knows_where_licence_funder_and_works_are(packages):
    root = read(packages, "crossref", "villages")
    address = "https://journal.example/articles/2026-1/villages/villages"
    assert find(root, "string(//c:doi_data/c:doi)") == "10.5555/ulgi.2026.1.1"
    assert find(root, "string(//c:doi_data/c:resource)") == f"{address}.html"
    mined = {each.get("mime_type"): each.text for each in find(root, "//c:collection[@property='text-mining']//c:resource")}
    assert mined["application/pdf"] == f"{address}.pdf" and mined["text/html"] == f"{address}.html"
    assert find(root, "string(//c:collection/c:item[@crawler='similarity-check']/c:resource)") == f"{address}.pdf"
    assert find(root, "string(//ai:license_ref)") == "https://creativecommons.org/licenses/by/4.0/"
    assert find(root, "string(//ai:license_ref/@start_date)") == "2026-03-30"
    assert find(root, "string(//fr:assertion[@name='award_number'])") == "EX-2025-07"
    assert find(root, "string(//fr:assertion[@name='funder_name'])") == "Ulgi Science Fund (example)"
    assert [find(root, f"string(//c:acceptance_date/c:{part})") for part in ("year", "month", "day")] == ["2026", "02", "02"]
    assert find(root, "string(//c:pages/c:first_page)") == "5"
    cited = find(root, "//c:citation")
    assert len(cited) > 2 and all(find(each, "string(c:unstructured_citation)") for each in cited)
    assert {each.get("type") for each in cited} >= {"book", "journal_article"}


def test_crossref_learns_what_corrects_and_what_retracts_what(packages):
    for notice, kind, about in (("corrigendum", "correction", "10.5555/ulgi.2026.1.4"),
                                ("retraction", "retraction", "10.5555/ulgi.2026.1.5")):
        update = find(read(packages, "crossref", notice, "2026-2"), "//c:crossmark/c:updates/c:update")
        assert [(each.get("type"), each.get("date"), each.text) for each in update] == [(kind, "2026-06-30", about)]
    corrected = read(packages, "crossref", "patterns")
    assert find(corrected, "string(//c:version_info/c:version)") == "2" and not find(corrected, "//c:update")
    assert texts(corrected, "//c:version_info/c:description")["en"] == "Two figures in Table 1 were put right."


def test_an_issue_is_one_file_of_those_that_have_a_doi(packages):
    root = etree.parse(packages / "output/2026-1/deposit/crossref/2026-1.xml").getroot()
    dois = find(root, "//c:journal_article/c:doi_data/c:doi/text()")
    assert dois == [f"10.5555/ulgi.2026.1.{number}" for number in (1, 2, 4, 5)]  # hearth, the third, has none
    assert len(find(root, "//c:journal_issue")) == 1 and find(root, "string(//c:journal_issue/c:issue)") == "1"
    assert len(json.loads((packages / "output/2026-1/deposit/doaj/2026-1.json").read_bytes())) == 5
    apart = (packages / "output/2026-1/deposit/datacite").glob("*.xml")
    assert {path.stem for path in apart} == {"villages", "glosses", "patterns", "lexicon"}


def test_doaj_has_the_three_languages(packages):
    root = read(packages, "doaj", "villages")
    assert texts(root, "//title", "language") == {"rus": TITLES["ru"], "kaz": TITLES["kk"], "eng": TITLES["en"]}
    assert set(texts(root, "//abstract", "language")) == {"rus", "kaz", "eng"}
    words = {each.get("language"): [word.text for word in each] for each in find(root, "//keywords")}
    assert words["kaz"][0] == "ауыл кітапханасы" and words["eng"][-1] == "language of reading" and len(words["rus"]) == 4
    assert [find(root, f"string(//{name})") for name in ("language", "issn", "eissn", "startPage", "doi", "publicationDate")] == [
        "rus", "2790-0010", "2790-0029", "5", "10.5555/ulgi.2026.1.1", "2026-03-30"]
    places = {each.get("affiliationId"): each.text for each in find(root, "//affiliationName")}
    assert [[places[number] for number in find(author, "affiliationId/text()")] for author in find(root, "//author")] == [
        ["Университет «Улги» (пример)"], ["Институт «Мысал» (пример)", "Университет «Улги» (пример)"]]
    record = data(packages, "doaj", "villages")["bibjson"]
    assert record["title"] == TITLES["ru"] and record["journal"]["language"] == ["RU"] and record["month"] == "3"
    assert {each["type"]: each["id"] for each in record["identifier"]} == {
        "doi": "10.5555/ulgi.2026.1.1", "pissn": "2790-0010", "eissn": "2790-0029"}
    assert {"ауыл кітапханасы", "читатель", "village library"} <= set(record["keywords"])


def test_datacite_has_the_three_languages_in_both_forms(packages):
    root, held = read(packages, "datacite", "villages"), data(packages, "datacite", "villages")["data"]["attributes"]
    assert texts(root, "//d:resource/d:titles/d:title") == TITLES == {each["lang"]: each["title"] for each in held["titles"]}
    abstracts = texts(root, "//d:description[@descriptionType='Abstract']")
    assert set(abstracts) == {"ru", "kk", "en"} and abstracts == {each["lang"]: each["description"] for each in held["descriptions"]}
    assert len(find(root, "//d:subject[@xml:lang='kk']")) == len(find(root, "//d:subject[@xml:lang='en']")) == 4
    assert find(root, "string(//d:subject[@subjectScheme='UDC'])") == "027.5"
    assert find(root, "string(//d:creatorName)") == "Мысалова, Гульнар Улгиевна" == held["creators"][0]["name"]
    assert texts(root, "//d:relatedItem/d:titles/d:title")["kk"] == "Үлгі хабаршысы"
    assert [find(root, f"string(//d:relatedItem/d:{name})") for name in ("volume", "issue", "firstPage")] == ["7", "1", "5"]
    assert find(root, "string(//d:rights/@rightsIdentifier)") == "CC-BY-4.0"
    assert {each.get("dateType"): each.text for each in find(root, "//d:date")} == {
        "Submitted": "2025-11-10", "Accepted": "2026-02-02", "Issued": "2026-03-30"}
    retracted = read(packages, "datacite", "lexicon")
    assert find(retracted, "string(//d:date[@dateType='Withdrawn'])") == "2026-06-30"
    assert find(retracted, "string(//d:relatedIdentifier[@relationType='IsReferencedBy'])") == "10.5555/ulgi.2026.2.2"


def test_zenodo_has_the_three_languages(packages):
    record = data(packages, "zenodo", "villages")
    held = record["metadata"]
    assert held["title"] == TITLES["ru"] and held["languages"] == [{"id": "rus"}]
    assert {each["lang"]["id"]: each["title"] for each in held["additional_titles"]} == {"kaz": TITLES["kk"], "eng": TITLES["en"]}
    assert {each["lang"]["id"] for each in held["additional_descriptions"]} == {"kaz", "eng"}
    assert record["pids"] == {"doi": {"identifier": "10.5555/ulgi.2026.1.1", "provider": "external"}}
    assert record["custom_fields"]["journal:journal"]["issn"] == "2790-0029" and record["files"]["default_preview"] == "villages.pdf"
    assert held["rights"] == [{"id": "cc-by-4.0"}]
    offer = json.loads((place(packages, "zenodo", "villages") / "community-1.json").read_bytes())
    assert offer == {"receiver": {"community": "ulgi"}, "type": "community-submission"}
    assert "pids" not in data(packages, "zenodo", "hearth")


# --- what the sample doesn't have -----------------------------------------------------------------------------------
def parcel(**changes) -> Parcel:
    """An article that was typed by somebody who means no good."""
    evil = "<script>alert(1)</script> & ]]> \x07 «ә»"
    name = {"kk": Name(family="Мысал<b>", given="Бота & К"), "en": Name(family="Mysal", given=None)}
    home = Organisation({"kk": evil}, {}, {})
    article = Metadata(
        language="kk", kind="research-article", slug="evil", titles={"kk": evil, "en": "Plain"}, short_title="",
        authors=(Person(name, "", (home,)),), abstracts={"kk": evil}, keywords={"kk": (evil,)}, sections={},
        journal={"kk": evil}, abbreviation={}, issns=("2790-0010",),
        journal_url="", publisher=home, volume="", issue="",
        date=date(2026, 3, 30), received=None, revised=None, accepted=None, pages=(7, 7),
        doi="10.5555/a<b>&c", license=("", ""), copyright={}, funding=(({"kk": evil}, evil),), address="https://journal.example/a%3Cb",
        references=(Reference("book", evil, evil, doi="10.5555/x<y", isbn="no"), Reference("", "", "only text")), issn_print="2790-0010")
    article = replace(article, **changes)
    item = Item(article, {".pdf": Path("evil.pdf"), ".html": Path("evil.html")}, fit=frozenset(deposits()))
    return Parcel((item,), Fields(deposit={**DEPOSIT, "crossref": {**DEPOSIT["crossref"], "depositor": evil}}), None, "evil", False,
                  open_templates(Project(ROOT)))


@pytest.mark.judge
@pytest.mark.parametrize("target", TARGETS)
def test_what_a_stranger_typed_stays_words(tmp_path, target):
    made = deposits()[target].make(parcel())
    assert made == deposits()[target].make(parcel())
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
        assert not faults(tmp_path / name, target), content.decode()
        if name.endswith(".xml"):
            root = etree.fromstring(content)
            assert not [each for each in root.iter() if etree.QName(each).localname in ("script", "b")]
            assert "<script>alert(1)</script> & ]]>  «ә»" in [each.text for each in root.iter()]
    if target == "zenodo":
        assert json.loads(made["evil.json"])["metadata"]["description"].startswith("&lt;script&gt;")


@pytest.mark.judge
@pytest.mark.parametrize(("name", "person"), [
    (Name(family="Мысал", given="Бота"), ["Бота", "Мысал"]), (Name(family="Мысал"), ["Мысал"]), (Name(family="№ 1 және 2"), []),
    (Name(family="Ә" * 61, given="Бота"), [])])
def test_crossref_gets_as_a_person_only_what_it_takes_as_one(name, person):
    root = etree.fromstring(deposits()["crossref"].make(parcel(authors=(Person({"kk": name}),)))["evil.xml"])
    assert not schema_faults(root, SCHEMAS["crossref"])
    assert find(root, "//c:person_name/*/text()") == person
    assert find(root, "//c:contributors/c:organization/text()") == ([] if person else [name.full])


@pytest.mark.judge
def test_a_language_that_nobody_knows_is_left_unsaid():
    strange = parcel(language="xx", titles={"xx": "T", "kk": "Т"}, abstracts={"xx": "A"}, keywords={"xx": ("k",)})
    root = etree.fromstring(deposits()["doaj"].make(strange)["evil.xml"])
    assert not schema_faults(root, SCHEMAS["doaj"]) and not find(root, "//language")
    assert [(each.get("language"), each.text) for each in find(root, "//title")] == [(None, "T"), ("kaz", "Т")]
    root = etree.fromstring(deposits()["crossref"].make(strange)["evil.xml"])
    assert not schema_faults(root, SCHEMAS["crossref"]) and find(root, "//c:journal_article/@language") == []
    record = json.loads(deposits()["zenodo"].make(strange)["evil.json"])["metadata"]
    assert "languages" not in record and record["additional_titles"][0]["lang"] == {"id": "kaz"}


@pytest.mark.judge
def test_a_notice_names_its_kind_to_crossref():
    about = (Corrected("10.5555/first", {}), Corrected("", {"kk": "without a DOI"}))
    root = etree.fromstring(deposits()["crossref"].make(parcel(kind="expression-of-concern", corrects=about))["evil.xml"])
    assert not schema_faults(root, SCHEMAS["crossref"])
    assert [(each.get("type"), each.text) for each in find(root, "//c:update")] == [("expression_of_concern", "10.5555/first")]


def test_a_notice_needs_the_journals_policy_and_an_address_must_be_one(tmp_path):
    journal = Journal(tmp_path / "journal").overlay({
        "type": "correction", "corrects": [{"doi": "10.5555/first"}],
        "journal": {"url": "journal.example",
                    "deposit": {"to": ["crossref"], "crossref": {"depositor": "Үлгі", "email": "a@journal.example"}}}})
    edition = journal.edition()
    missing = {key for each in wanted(edition.journal) for _, key in each.missing(edition)}
    assert missing == {"deposit.crossref.crossmark_policy", "articles_url / url"}


def test_the_stamp_of_a_deposit_can_be_set(monkeypatch):
    """Crossref takes a second deposit of a DOI only with a later stamp."""
    late = Notice("correction", date(2026, 6, 30), "", {})
    stamps = [find(etree.fromstring(deposits()["crossref"].make(each)["evil.xml"]), "string(//c:timestamp)")
              for each in (parcel(), parcel(notices=(late,)))]
    assert stamps == ["20260330000000", "20260630000000"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert find(etree.fromstring(deposits()["crossref"].make(parcel())["evil.xml"]), "string(//c:timestamp)") == "20270115080000"
