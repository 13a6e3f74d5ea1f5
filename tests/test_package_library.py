"""The packages for the journal's own OJS, for libraries and for harvesters: OJS, eLIBRARY, METS, MODS, OAI-DC."""

import base64
import copy
import hashlib
import os
import shutil
from pathlib import Path

import pytest
from conftest import DEPOSIT, Journal, specimen_front
from judges import schema_faults
from lxml import etree

from basylym.cli import main
from basylym.deposits import Ojs
from basylym.package.ojs import Version

OJS = ("ojs-3.3", "ojs-3.4", "ojs-3.5")
TARGETS = (*OJS, "mets", "mods", "oai-dc", "elibrary")
SCHEMAS = {**{each: f"ojs-stable-{each[4:].replace('.', '_')}_0/plugins/importexport/native/native.xsd" for each in OJS},
           "mets": "mets/1.12.1/mets.xsd", "oai-dc": "oai/oai_dc.xsd"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMES = {"o": "http://pkp.sfu.ca", "m": "http://www.loc.gov/mods/v3", "mets": "http://www.loc.gov/METS/",
         "dc": "http://purl.org/dc/elements/1.1/", "xlink": "http://www.w3.org/1999/xlink"}


def package(folder: Path, *words: str) -> int:
    """Makes the packages of this group in a folder with a journal."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        return main(["package", *words, *(part for each in TARGETS for part in ("--for", each))])
    finally:
        os.chdir(here)


def files(packages: Path, target: str) -> list[Path]:
    """Every XML file that a target is sent, of articles and of issues."""
    found = sorted(path for path in packages.glob(f"**/deposit/{target}/*.xml"))
    assert len(found) >= 11 and any("single-source" in path.as_posix() for path in found)
    return found


def tree(packages: Path, target: str, article: str, issue: str = "2026-1") -> etree._Element:
    name = "mets" if target == "mets" else article
    return etree.parse(packages / "output" / issue / article / "deposit" / target / f"{name}.xml").getroot()


def find(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=NAMES)


def texts(root: etree._Element, path: str, attribute: str = XML_LANG) -> dict[str, str]:
    """The texts at a path by their language."""
    return {each.get(attribute): each.text for each in find(root, path)}


# --- rules of our own, where no schema is at hand -------------------------------------------------------------------
ELIBRARY = {  # the order and the number of the elements, from the descriptions of journal3.xsd: * any number, + one at least, ? one at most
    "journal": "titleid issn? eissn? journalInfo+ issue", "journalInfo": "title",
    "issue": "volume? number? dateUni pages? issTitle? articles", "section": "secTitle+",
    "article": "pages artType langPubl? authors? artTitles abstracts? text codes? keywords? dates? references? files? rubrics? fundings?",
    "authors": "author+", "author": "correspondent? individInfo+ authorCodes?",
    "individInfo": "surname initials? town? country? otherInfo? orgName? email?", "artTitles": "artTitle+", "abstracts": "abstract+",
    "codes": "doi? edn? udk*", "keywords": "kwdGroup+", "kwdGroup": "keyword+", "references": "reference+", "reference": "refInfo+",
    "refInfo": "text elements?", "elements": "element+", "dates": "dateReceived? dateAccepted? datePublication?", "files": "file+",
    "rubrics": "rubric+", "fundings": "funding+", "authorCodes": "orcid"}
KINDS = {"RAR", "REV", "SCO", "EDI", "BRV", "COR", "MIS"}
MODS = {"titleInfo", "name", "typeOfResource", "genre", "originInfo", "language", "physicalDescription", "abstract", "note", "subject",
        "classification", "relatedItem", "identifier", "location", "accessCondition"}
"""The elements of MODS (MODS User Guidelines, top-level elements) that records of articles have."""


def order_faults(element: etree._Element, order: str) -> list[str]:
    """What children there are that the order has no place for, or that it misses."""
    rest, faults = [child.tag for child in element], []
    for each in order.split():
        name, sign = each.rstrip("?*+"), each[-1] if each[-1] in "?*+" else "1"
        here = 0
        while rest and rest[0] == name:
            rest.pop(0)
            here += 1
        if here < (sign in "1+") or here > 1 and sign in "1?":
            faults.append(f"{element.tag}: {name} stands {here} times")
    return faults + [f"{element.tag}: no place for {each}" for each in rest]


def elibrary_faults(root: etree._Element) -> list[str]:
    faults = [fault for each in root.iter() if each.tag in ELIBRARY for fault in order_faults(each, ELIBRARY[each.tag])]
    faults += [f"{each.tag} is empty" for each in root.iter() if not len(each) and not (each.text or "").strip()]
    faults += [f"artType {each.text}" for each in root.iter("artType") if each.text not in KINDS]
    faults += [f"lang {each.get('lang')}" for each in root.iter() if each.get("lang") not in (None, "RUS", "ENG", "KKZ", "ANY")]
    faults += [f"kwdGroup {each.get('lang')}" for each in root.iter("kwdGroup") if each.get("lang") == "ANY"]
    faults += [f"{each.tag} {each.text}" for each in root.iter("dateReceived", "dateAccepted", "datePublication")
               if not etree.XPath("translate(., '0123456789', '')='..' and string-length(.)=10")(each)]
    faults += [f"too many languages in {each.tag}" for each in root.iter("author") if len(each.findall("individInfo")) > 3]
    return faults + [f"titleid {each.text}" for each in root.iter("titleid") if not each.text.isdecimal()]


def mods_faults(root: etree._Element) -> list[str]:
    names = [etree.QName(child).localname for child in root]
    faults = [f"no place for {name}" for name in names if name not in MODS]
    faults += [f"{each.tag} is empty" for each in root.iter() if not len(each) and not (each.text or "").strip()]
    primary = [each for each in root.iterfind("m:titleInfo", NAMES) if each.get("usage") == "primary"]
    faults += [] if len(primary) == 1 and len(find(root, "m:name[@usage='primary']")) == 1 else ["no one primary title and name"]
    faults += [f"name without {part}" for name in find(root, "m:name") for part in ("m:namePart", "m:role") if not find(name, part)]
    faults += [f"{group} in one language twice" for group in set(find(root, "m:titleInfo/@altRepGroup"))
               if len(languages := find(root, f"m:titleInfo[@altRepGroup='{group}']/@xml:lang")) != len(set(languages))]
    return faults + ([] if root.get("version") == "3.7" and find(root, "m:relatedItem[@type='host']/m:part") else ["no host"])


def faults(root: etree._Element, target: str) -> list[str]:
    """What its judge finds wrong with a file."""
    if target in SCHEMAS:
        return schema_faults(root, SCHEMAS[target])
    return elibrary_faults(root) if target == "elibrary" else mods_faults(root)


def drop(element: etree._Element) -> None:
    element.getparent().remove(element)


DAMAGES = {
    "mets": [("//mets:file", lambda each: each.set("CHECKSUMTYPE", "SHA-0")), ("//mets:structMap", drop),
             ("//mets:fptr", lambda each: each.set("FILEID", "no such"))],
    "mods": [("//m:title", lambda each: setattr(each, "text", "")), ("/m:mods/m:name", drop),
             ("//m:abstract", lambda each: setattr(each, "tag", "{http://www.loc.gov/mods/v3}summary"))],
    "oai-dc": [("//dc:title", lambda each: setattr(each, "tag", "{http://purl.org/dc/elements/1.1/}heading"))],
    "elibrary": [("//artTitles", drop), ("//artType", lambda each: setattr(each, "text", "ART")),
                 ("//titleid", lambda each: setattr(each, "text", "")), ("//individInfo", lambda each: each.set("lang", "KAZ")),
                 ("//datePublication", lambda each: setattr(each, "text", "2026-03-30")),
                 ("//author", lambda each: each.extend(copy.deepcopy(list(each))))],
    **dict.fromkeys(OJS, [("//o:email", drop),
                          ("//o:publication", lambda each: each.attrib.pop("section_ref")),
                          ("//o:title", lambda each: each.set("locale", "kazakh_language")),
                          ("//o:pages", lambda each: each.getparent().insert(0, each))])}


@pytest.mark.judge
@pytest.mark.parametrize("target", TARGETS)
def test_every_package_passes_and_a_damaged_one_does_not(packages, target):
    found = files(packages, target)
    for path in found:
        assert not faults(etree.parse(path).getroot(), target), path
    for path, damage in DAMAGES[target]:
        root = etree.parse(found[0]).getroot()
        damage(find(root, path)[0])
        assert faults(root, target), path


@pytest.mark.parametrize("target", TARGETS)
def test_no_element_is_empty(packages, target):
    ours = [each for path in files(packages, target) for each in etree.parse(path).getroot().iter()]
    assert not [each.tag for each in ours if not len(each) and not (each.text or "").strip() and not each.attrib]
    assert not [name for each in ours for name, value in each.attrib.items() if not value]


# --- OJS ------------------------------------------------------------------------------------------------------------
LOCALES = {"ojs-3.3": {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_US"}, "ojs-3.4": {tag: tag for tag in ("kk", "ru", "en")},
           "ojs-3.5": {tag: tag for tag in ("kk", "ru", "en")}}


@pytest.mark.parametrize("target", OJS)
def test_ojs_has_each_text_in_each_locale(packages, target):
    root, names = tree(packages, target, "villages"), LOCALES[target]

    def told(path: str) -> dict[str, str]:
        return texts(root, path, "locale")

    assert root.tag == "{http://pkp.sfu.ca}article" and root.get("locale") == names["ru"]
    assert told("o:publication/o:title") == {
        names["ru"]: "Читатели сельских библиотек: небольшой опрос в трёх сёлах",
        names["kk"]: "Ауыл кітапханаларының оқырмандары: үш ауылдағы шағын сауалнама",
        names["en"]: "Readers of village libraries: a small survey in three villages"}
    first = {locale: text.split()[0] for locale, text in told("o:publication/o:abstract").items()}
    assert first == {names["ru"]: "В", names["kk"]: "Мақалада", names["en"]: "The"}
    assert told("o:publication/o:authors/o:author[1]/o:givenname") == {
        names["ru"]: "Гульнар Улгиевна", names["kk"]: "Гүлнар Үлгіқызы", names["en"]: "Gulnar"}
    homes = told("o:publication/o:authors/o:author[2]/o:affiliation" + ("[1]/o:name" if target == "ojs-3.5" else ""))
    assert homes[names["kk"]].startswith("«Мысал» институты") and homes[names["en"]].startswith("Mysal Institute")
    keyword = "o:keyword/o:name" if target == "ojs-3.5" else "o:keyword"
    for tag, first in (("ru", "сельская библиотека"), ("kk", "ауыл кітапханасы"), ("en", "village library")):
        assert find(root, f"o:publication/o:keywords[@locale='{names[tag]}']/{keyword}/text()")[0] == first
    assert find(root, "o:publication/o:id[@type='doi']/text()") == ["10.5555/ulgi.2026.1.1"]
    assert find(root, "o:publication/@section_ref") == ["SOC"] and find(root, "o:publication/o:pages/text()") == ["5-8"]
    assert find(root, "o:publication/o:issue_identification/o:number/text()") == ["1"]


@pytest.mark.parametrize("target", OJS)
def test_galleys_hold_the_files(packages, target):
    """And what the file calls by a number is there under that number, in an issue too."""
    folder = packages / "output" / "2026-1"
    root = etree.parse(folder / "deposit" / target / "2026-1.xml").getroot()
    for article in find(root, "o:articles/o:article"):
        held = {each.get("id"): each for each in find(article, "o:submission_file")}
        for galley in find(article, "o:publication/o:article_galley"):
            file = held.pop(galley.find("o:submission_file_ref", NAMES).get("id"))
            name = file.find("o:name", NAMES).text
            data = base64.b64decode(file.find("o:file/o:embed", NAMES).text, validate=True)
            assert data == (folder / name.partition(".")[0] / name).read_bytes()
            assert file.find("o:file", NAMES).get("filesize") == str(len(data))
            assert file.get("file_id") == file.find("o:file", NAMES).get("id")
        assert not held and len(find(article, "o:publication/o:article_galley")) >= 3
        assert find(article, "@current_publication_id") == find(article, "o:publication/o:id[@type='internal']/text()")
        assert set(find(article, "o:publication/@primary_contact_id")) <= set(find(article, ".//o:author/@id"))
    for path in ("//o:submission_file/@id", "//o:author/@id"):
        assert len(find(root, path)) == len(set(find(root, path)))
    assert [each.get("ref") for each in find(root, "o:sections/o:section")] == ["SOC"]
    assert find(root, "//o:publication/@section_ref") == ["SOC", "ART", "SOC", "ART", "ART"]
    assert len(find(root, "//o:issue_identification")) == 1


def test_versions_call_languages_as_ojs_does():
    old, new = Version("3.3"), Version("3.5")
    assert [old.locale(tag) for tag in ("kk", "de", "en-GB", "kaa", "kk-Latn")] == ["kk_KZ", "de_DE", "en_GB", "", ""]
    assert [new.locale(tag) for tag in ("kk", "de", "en-GB", "kaa", "kk-Latn")] == ["kk", "de", "en", "kaa", ""]
    assert new.local({"en": "first", "en-GB": "second", "kk-Latn": "third"}) == [("en", "first")]


def test_an_author_without_an_address_gets_the_journals(packages):
    root = tree(packages, "ojs-3.4", "corrigendum", "2026-2")
    assert find(root, "//o:email/text()") == ["ulgibayev@journal.example", "editor@journal.example"]


@pytest.fixture(scope="module")
def typed(tmp_path_factory) -> Path:
    """The packages of an article, and of its issue, whose authors typed what looks like markup."""
    made, front = Journal(tmp_path_factory.mktemp("typed") / "journal"), specimen_front()
    front["authors"][0]["name"]["en"]["family"] = "<i>&"
    front["affiliations"][0]["ror"] = "https://ror.org/05dxps055"
    made.overlay({"title": {**front["title"], "en": r"R&D of a \<b\> < c"}, "authors": front["authors"],
                  "abstract": {**front["abstract"], "en": r"We say \<script\>alert(1)\</script\> & go."},
                  "affiliations": front["affiliations"], "funding": [{"funder": {"en": "Fund & <Co>"}, "award": "<1>"}],
                  "issue": {"title": {"kk": "Арнайы & <сан>"}},
                  "journal": {"deposit": {**DEPOSIT, "ojs": {**DEPOSIT["ojs"], "genre": "\"><script/>", "section": "A&B"}}}})
    package(made.folder, "--force")
    return made.folder / "output" / "2026-1"


def test_markup_that_was_typed_stays_words(typed):
    """In OJS abstracts are HTML, and from 3.4 on titles are: what looks like a tag must not become one. Nor may journal.yaml break out."""
    for target, title in (("ojs-3.3", "R&D of a <b> < c"), ("ojs-3.5", "R&amp;D of a &lt;b&gt; &lt; c")):
        root = etree.parse(next(typed.glob(f"specimen/deposit/{target}/*.xml"))).getroot()
        names = LOCALES[target]
        assert texts(root, "//o:publication/o:title", "locale")[names["en"]] == title
        assert "&lt;script&gt;" in texts(root, "//o:abstract", "locale")[names["en"]]
        assert find(root, "//@genre")[0] == '"><script/>' and find(root, "//@section_ref") == ["A&B"]
        assert texts(root, "//o:author[1]/o:familyname", "locale")[names["en"]] == "<i>&"
        assert texts(root, "//o:issue_identification/o:title", "locale") == {names["kk"]: "Арнайы & <сан>"}


@pytest.mark.judge
def test_what_was_typed_passes_too(typed):
    for target in TARGETS:
        for path in typed.glob(f"**/deposit/{target}/*.xml"):
            assert not faults(etree.parse(path).getroot(), target), path
    roots = {target: etree.parse(next(typed.glob(f"specimen/deposit/{target}/*.xml"))).getroot() for target in OJS}
    assert find(roots["ojs-3.5"], "//o:author[1]/o:rorAffiliation/o:ror/text()") == ["https://ror.org/05dxps055"]
    assert not find(roots["ojs-3.4"], "//o:ror") and find(roots["ojs-3.4"], "//o:author[1]/o:affiliation[@locale='kk']")
    assert find(roots["ojs-3.3"], "//o:agencies/o:agency/text()") == ["Fund & <Co>, <1>"]


def test_the_keys_that_ojs_needs_are_keys():
    from basylym.targets import NEEDS

    for target in OJS:
        keys = [key.rpartition(".")[2] for key in NEEDS[target].needs if key.startswith("deposit.ojs.")]
        assert keys and set(keys) <= set(Ojs.model_fields)


# --- eLIBRARY, MODS, METS, OAI-DC -----------------------------------------------------------------------------------
def test_elibrary_has_the_three_languages(packages):
    root = tree(packages, "elibrary", "villages")
    article = root.find("issue/articles/article")
    assert texts(article, "artTitles/artTitle", "lang")["KKZ"].startswith("Ауыл кітапханаларының")
    assert {lang: text.split()[0] for lang, text in texts(article, "abstracts/abstract", "lang").items()} == {
        "RUS": "В", "KKZ": "Мақалада", "ENG": "The"}
    assert texts(article, "authors/author[1]/individInfo/surname/..", "lang").keys() == {"RUS", "KKZ", "ENG"}
    assert find(article, "authors/author[2]/individInfo[@lang='ENG']/*/text()") == [
        "Ulgiyev", "Timur", "Astana; Almaty", "Kazakhstan", "Master of Arts; Lecturer",
        "Mysal Institute (example); Ulgi University (example)", "ulgiyev@journal.example"]
    assert find(article, "keywords/kwdGroup[@lang='KKZ']/keyword/text()")[0] == "ауыл кітапханасы"
    assert article.findtext("text").startswith("Введение Сельская библиотека") and "\n" not in article.findtext("text")
    assert find(article, "codes/*/text()") == ["10.5555/ulgi.2026.1.1", "ABCDEF", "027.5"] and article.findtext("langPubl") == "RUS"
    assert find(article, "dates/*/text()") == ["10.11.2025", "02.02.2026", "30.03.2026"]
    assert find(article, "references/reference[2]/refInfo/elements/element[@field='DOI']/text()") == ["10.5555/examples.2023.2.1"]


def test_the_text_has_each_formula_once_as_tex(packages):
    path = packages / "sample/output/2026-1/single-source/deposit/elibrary/single-source.xml"
    text = etree.parse(path).findtext("issue/articles/article/text")
    assert text.count(r"P = \frac{TP}{TP + FP}") == 1 and "TPTP" not in text and "FPFP" not in text


def test_elibrary_keeps_the_issues_order_and_sections(packages):
    folder = packages / "output" / "2026-1" / "deposit" / "elibrary"
    root = etree.parse(folder / "2026-1.xml").getroot()
    assert [each.tag for each in root.find("issue/articles")] == [
        "section", "article", "section", "article", "section", "article", "section", "article", "article"]
    assert root.findtext("issue/pages") == "5-26"
    named = find(root, "//file/text()")
    assert named == [f"{each}.pdf" for each in ("villages", "glosses", "hearth", "patterns", "lexicon")]
    assert all((folder / each).read_bytes().startswith(b"%PDF") for each in named)


def test_mods_says_it_in_each_language(packages):
    root = tree(packages, "mods", "villages")
    assert texts(root, "m:titleInfo/m:title/..").keys() == {"ru", "kk", "en"}
    assert find(root, "m:name[1]/m:namePart/text()") == ["Мысалова", "Гульнар Улгиевна"]
    assert find(root, "m:name[1]/m:alternativeName[@xml:lang='kk']/m:namePart/text()") == ["Мысалова", "Гүлнар Үлгіқызы"]
    assert texts(root, "m:name[1]/m:affiliation")["en"] == "Ulgi University (example)"
    assert texts(root, "m:abstract").keys() == {"ru", "kk", "en"}
    assert find(root, "m:subject[@xml:lang='en']/m:topic/text()")[0] == "village library"
    assert texts(root, "m:relatedItem[@type='host']/m:titleInfo[not(@type)]/m:title/..").keys() == {"ru", "kk", "en"}
    assert find(root, "m:relatedItem[@type='host']/m:part/m:extent/*/text()") == ["5", "8"]
    assert find(root, "m:identifier[@type='doi']/text()") == ["10.5555/ulgi.2026.1.1"]


def test_what_happened_to_an_article_is_told(packages):
    retracted, notice = tree(packages, "mods", "lexicon"), tree(packages, "mods", "retraction", "2026-2")
    assert find(retracted, "m:relatedItem[@otherType='retraction']/m:identifier/text()") == ["10.5555/ulgi.2026.2.2"]
    assert texts(retracted, "m:note[@type='retraction']").keys() == {"ru", "kk", "en"}
    assert find(notice, "m:relatedItem[@otherType='retraction of']/m:identifier/text()") == ["10.5555/ulgi.2026.1.5"]
    assert "https://doi.org/10.5555/ulgi.2026.1.5" in find(tree(packages, "oai-dc", "retraction", "2026-2"), "dc:relation/text()")


def test_mets_lists_every_file_with_its_checksum(packages):
    for folder in (packages / "output/2026-1/villages/deposit/mets", packages / "output/2026-1/deposit/mets"):
        root = etree.parse(folder / "mets.xml").getroot()
        listed = {each.find("mets:FLocat", NAMES).get(f"{{{NAMES['xlink']}}}href"): each for each in find(root, "//mets:file")}
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"mets.xml"}
        assert set(listed) == there and "villages/villages.pdf" in there
        for name, each in listed.items():
            data = (folder / name).read_bytes()
            assert each.get("CHECKSUM") == hashlib.sha256(data).hexdigest() and each.get("SIZE") == str(len(data))
        assert sorted(find(root, "//mets:fptr/@FILEID")) == sorted(find(root, "//mets:file/@ID"))
        for record in find(root, "//m:mods"):
            assert not mods_faults(record)
    assert len(find(root, "//m:mods")) == 5 and find(root, "mets:structMap/mets:div/@TYPE") == ["issue"]


def test_oai_dc_marks_languages(packages):
    root = tree(packages, "oai-dc", "villages")
    for name in ("title", "description", "publisher", "source[@xml:lang]"):
        assert texts(root, f"dc:{name}").keys() == {"ru", "kk", "en"}, name
    assert [(each.get(XML_LANG), each.text) for each in find(root, "dc:creator")] == [
        ("ru", "Мысалова, Гульнар Улгиевна"), ("ru", "Улгиев, Тимур Мысалович"), ("kk", "Мысалова, Гүлнар Үлгіқызы"),
        ("kk", "Үлгиев, Тимур Мысалұлы"), ("en", "Mysalova, Gulnar"), ("en", "Ulgiyev, Timur")]
    assert find(root, "dc:identifier/text()")[0] == "https://doi.org/10.5555/ulgi.2026.1.1"
    assert find(root, "dc:language/text()") == ["ru"] and find(root, "dc:date/text()") == ["2026-03-30"]
    assert {"info:eu-repo/semantics/article", "info:eu-repo/semantics/publishedVersion"} <= set(find(root, "dc:type/text()"))


def test_an_article_without_a_doi_has_none_anywhere(packages):
    for target in TARGETS:
        root = tree(packages, target, "hearth")
        assert not find(root, "//o:id[@type='doi']|//m:mods/m:identifier[@type='doi']|//doi")
        assert "doi.org" not in "".join(find(root, "//dc:identifier/text()"))


def test_the_same_bytes_twice(packages, tmp_path):
    shutil.copytree(packages / "source", tmp_path / "source")
    assert package(tmp_path, "2026-1/hearth") == 0
    first = packages / "output/2026-1/hearth/deposit"
    second = tmp_path / "output/2026-1/hearth/deposit"
    made = [path.relative_to(second) for path in sorted(second.rglob("*")) if path.is_file()]
    assert len(made) > len(TARGETS) and all((first / path).read_bytes() == (second / path).read_bytes() for path in made)
