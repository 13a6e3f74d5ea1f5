"""The packages for archives and for programs that keep references: DSpace, RO-Crate, BagIt, RIS, BibTeX, CSL-JSON."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pypandoc
import pytest
from judges import bag_faults, crate_faults, epub_parts, saf_faults
from lxml import etree

TITLES = {"ru": "Читатели сельских библиотек: небольшой опрос в трёх сёлах",
          "kk": "Ауыл кітапханаларының оқырмандары: үш ауылдағы шағын сауалнама",
          "en": "Readers of village libraries: a small survey in three villages"}
"""Of villages, an article in Russian, in the order of its languages."""
JUDGES = {"dspace": saf_faults, "ro-crate": crate_faults, "bagit": bag_faults}


def place(packages: Path, target: str, article: str, ending: str = "zip") -> Path:
    return packages / "output/2026-1" / article / "deposit" / target / f"{article}.{ending}"


def rewrite(path: Path, folder: Path, changes: dict[str, tuple[bytes, bytes]]) -> Path:
    """A copy of a ZIP in which files have other words, by the ends of their names; of no words, no file."""
    with zipfile.ZipFile(folder / path.name, "w") as archive:
        for name, data in epub_parts(path).items():
            old, new = next((pair for end, pair in changes.items() if name.endswith(end)), (b"", b""))
            assert old in data
            if old or not any(name.endswith(end) for end in changes):
                archive.writestr(name, data.replace(old, new))
    return folder / path.name


# --- what archives' own tools say -----------------------------------------------------------------------------------
@pytest.mark.judge
@pytest.mark.parametrize("target", JUDGES)
def test_every_package_passes_its_judge(packages, target):
    found = sorted(packages.glob(f"**/deposit/{target}/*.zip"))
    assert len(found) >= 11 and any(path.stem == "single-source" for path in found)
    if target == "ro-crate":  # the validator takes seconds for each
        found = [path for path in found if path.stem in ("villages", "hearth", "patterns", "single-source", "2026-2")]
    assert {path.name: JUDGES[target](path) for path in found} == {path.name: [] for path in found}


DAMAGES = {
    "a field that DSpace does not have": ("dspace", {"dublin_core.xml": (b'qualifier="issued"', b'qualifier="printed"')}),
    "a file that is not listed": ("dspace", {"contents": (b"villages.epub", b"villages.mobi")}),
    "an empty value": ("dspace", {"metadata_dcterms.xml": (b">2026-03-30<", b"><")}),
    "no terms": ("dspace", {"metadata_dcterms.xml": (b"", b"")}),
    "a crate without a day": ("ro-crate", {"ro-crate-metadata.json": (b'"datePublished": "2026-03-30",\n      "hasPart"', b'"hasPart"')}),
    "a crate without its file": ("ro-crate", {"villages.pdf": (b"", b"")}),
    "a changed manuscript": ("bagit", {"data/source/article.md": (b"status: published", b"status: Published")}),
    "a lost figure": ("bagit", {"source/figures/shelf.png": (b"", b"")}),
    "a changed description": ("bagit", {"bag-info.txt": (b"Bagging-Date", b"Bagged-Date")}),
}


@pytest.mark.judge
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_package_fails(packages, tmp_path, name):
    target, changes = DAMAGES[name]
    assert JUDGES[target](rewrite(place(packages, target, "villages"), tmp_path, changes)) != []


# --- DSpace ---------------------------------------------------------------------------------------------------------
def values(packages: Path, article: str, file: str = "dublin_core.xml") -> dict[tuple[str, str], list[str]]:
    """element.qualifier, language -> values."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in etree.fromstring(epub_parts(place(packages, "dspace", article))[f"{article}/{file}"]):
        name = each.get("element") + (f".{each.get('qualifier')}" if each.get("qualifier", "none") != "none" else "")
        found.setdefault((name, each.get("language", "")), []).append(each.text)
    return found


def test_dspace_has_every_text_in_its_language(packages):
    dc, terms = values(packages, "villages"), values(packages, "villages", "metadata_dcterms.xml")
    assert dc["title", "ru"] == [TITLES["ru"]] and dc["title.alternative", "kk"] == [TITLES["kk"]]
    assert {tag: terms["title", tag] for tag in TITLES} == {tag: [text] for tag, text in TITLES.items()}
    assert dc["contributor.author", ""] == ["Мысалова, Гульнар Улгиевна", "Улгиев, Тимур Мысалович"]
    assert terms["creator", "en"] == ["Mysalova, Gulnar", "Ulgiyev, Timur"] and len(terms["creator", "kk"]) == 2
    for tag, word in (("ru", "опрос"), ("kk", "сауалнама"), ("en", "survey")):
        assert word in dc["subject", tag] and word in terms["subject", tag]
        assert dc["description.abstract", tag] == terms["abstract", tag] and len(dc["description.abstract", tag][0]) > 100
        assert "10.5555/ulgi.2026.1.1" in dc["identifier.citation", tag][0]
    assert dc["date.issued", ""] == ["2026-03-30"] and terms["dateSubmitted", ""] == ["2025-11-10"]
    assert dc["identifier.doi", ""] == ["https://doi.org/10.5555/ulgi.2026.1.1"] and dc["language.iso", ""] == ["ru"]
    assert dc["identifier.issn", ""] == ["2790-0010", "2790-0029"] and len(terms["references", "ru"]) == 2
    assert dc["rights.uri", ""] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert dc["description.sponsorship", "en"] == ["Ulgi Science Fund (example), EX-2025-07"]


def test_what_an_article_lacks_dspace_is_not_told(packages):
    assert not [name for name, _ in values(packages, "hearth") if name == "identifier.doi"]
    assert values(packages, "hearth", "metadata_dcterms.xml")["identifier", ""] == [
        "https://journal.example/articles/2026-1/hearth/hearth.html"]


def test_dspace_gets_files_in_bundles(packages):
    parts = epub_parts(place(packages, "dspace", "villages"))
    listed = [line.split("\t") for line in parts["villages/contents"].decode().splitlines()]
    assert {name: parts for name, *parts in listed} == {
        "villages.pdf": ["bundle:ORIGINAL", "description:PDF", "primary:true"], "villages.epub": ["bundle:ORIGINAL", "description:EPUB"],
        "villages.html": ["bundle:ORIGINAL", "description:HTML"], "villages.jats.zip": ["bundle:ORIGINAL", "description:JATS XML"],
        "license.txt": ["bundle:LICENSE"]}
    assert parts["villages/collections"] == b"123456789/1\n"
    assert "CC BY 4.0" in parts["villages/license.txt"].decode() and "© Авторы" in parts["villages/license.txt"].decode()
    built = (packages / "output/2026-1/villages/villages.pdf").read_bytes()
    assert parts["villages/villages.pdf"] == built
    with zipfile.ZipFile(io.BytesIO(parts["villages/villages.jats.zip"])) as archive:
        assert set(archive.namelist()) == {"villages.xml", "figures/readers.svg", "figures/shelf.png"}
        named = set(re.findall(rb'<graphic[^>]* xlink:href="([^"]+)"', archive.read("villages.xml")))
    assert named == {b"figures/readers.svg", b"figures/shelf.png"}
    whole = epub_parts(packages / "output/2026-1/deposit/dspace/2026-1.zip")
    assert {name.split("/")[0] for name in whole} == {"villages", "glosses", "hearth", "patterns", "lexicon"}


# --- RO-Crate, BagIt ------------------------------------------------------------------------------------------------
def crate(packages: Path, path: str) -> dict[str, dict]:
    """The nodes of a crate by their ids."""
    parts = epub_parts(packages / path)
    return {each["@id"]: each for each in json.loads(parts["ro-crate-metadata.json"])["@graph"]}


def test_a_crate_says_what_it_holds_in_every_language(packages):
    path = place(packages, "ro-crate", "villages")
    nodes = crate(packages, str(path.relative_to(packages)))
    root, article = nodes["./"], nodes["#villages"]
    assert root["name"] == TITLES["ru"] and root["mainEntity"] == {"@id": "#villages"} and root["inLanguage"] == "ru"
    assert article["alternateName"] == [{"@language": tag, "@value": TITLES[tag]} for tag in ("kk", "en")]
    assert [each["@language"] for each in article["abstract"]] == ["ru", "kk", "en"]
    people = [nodes[each["@id"]] for each in article["author"]]
    assert [each["familyName"] for each in people] == ["Мысалова", "Улгиев"] and root["author"] == article["author"]
    assert people[0]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert nodes[article["identifier"]["@id"]]["value"] == "10.5555/ulgi.2026.1.1"
    assert nodes[root["license"]["@id"]]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    files = set(epub_parts(path)) - {"ro-crate-metadata.json"}
    assert {each["@id"] for each in root["hasPart"]} == files >= {
        "villages.pdf", "villages.xml", "figures/readers.svg", "source/article.md", "source/figures/shelf.png"}
    assert nodes["villages.pdf"]["encodingFormat"] == "application/pdf" and nodes["source/article.md"]["encodingFormat"] == "text/markdown"
    # nothing is pointed at that is not there
    pointed = set(re.findall(r'{\s*"@id": "([^"]+)"\s*}', epub_parts(path)["ro-crate-metadata.json"].decode()))
    assert {each for each in pointed if not each.startswith("https://w3id.org")} <= set(nodes)


def test_a_crate_of_an_issue_holds_its_articles(packages):
    nodes = crate(packages, "output/2026-1/deposit/ro-crate/2026-1.zip")
    assert nodes["./"]["name"] == "Вестник «Улги», 7, 1" or "7, 1" in nodes["./"]["name"]
    assert {each["@id"] for each in nodes["./"]["mentions"]} == {"#villages", "#glosses", "#hearth", "#patterns", "#lexicon"}
    assert {"villages/villages.pdf", "hearth/source/article.md"} <= set(nodes)


def test_a_retracted_article_says_so_in_its_crate(packages):
    assert crate(packages, "output/2026-1/lexicon/deposit/ro-crate/lexicon.zip")["#lexicon"]["creativeWorkStatus"] == "Retracted"


def test_a_bag_holds_the_crate_with_checksums(packages):
    bag = epub_parts(place(packages, "bagit", "villages"))
    held = epub_parts(place(packages, "ro-crate", "villages"))
    assert {name.removeprefix("villages/data/") for name in bag if "/data/" in name} == {*held, "metadata.json"}
    assert all(bag[f"villages/data/{name}"] == data for name, data in held.items())
    for algorithm in ("sha256", "sha512"):
        lines = dict(reversed(line.split("  ")) for line in bag[f"villages/manifest-{algorithm}.txt"].decode().splitlines())
        assert lines["data/villages.pdf"] == hashlib.new(algorithm, held["villages.pdf"]).hexdigest()
        assert len(lines) == len(held) + 1
    said = bag["villages/bag-info.txt"].decode()
    assert "External-Identifier: https://doi.org/10.5555/ulgi.2026.1.1\n" in said and "Bagging-Date: 2026-03-30\n" in said
    assert "Source-Organization: Издательство «Улги» (пример)\n" in said


# --- for programs that keep references ------------------------------------------------------------------------------
def test_citations_are_read_back(packages):
    for ending, form in (("json", "csljson"), ("ris", "ris"), ("bib", "biblatex")):
        text = place(packages, "citations", "villages", ending).read_bytes().decode()
        (item,) = json.loads(pypandoc.convert_text(text, "csljson", format=form))
        assert re.sub("<.*?>", "", item["title"]) == TITLES["ru"] and item["DOI"] == "10.5555/ulgi.2026.1.1", ending
        assert [each["family"] for each in item["author"]] == ["Мысалова", "Улгиев"], ending
        assert re.sub("[–-]+", "-", item["page"]) == "5-8" and item["volume"] == "7", ending


def test_ris_has_the_title_in_every_language(packages):
    lines = place(packages, "citations", "villages", "ris").read_bytes().decode().split("\r\n")
    assert [line[6:] for line in lines if line[:2] in ("TI", "TT")] == list(TITLES.values())
    assert lines[0] == "TY  - JOUR" and lines[-2] == "ER  - "


def test_citations_of_an_issue_hold_every_article(packages):
    folder = packages / "output/2026-1/deposit/citations"
    assert len(json.loads((folder / "2026-1.json").read_bytes())) == 5
    assert (folder / "2026-1.ris").read_bytes().count(b"TY  - ") == 5 == (folder / "2026-1.bib").read_text("utf-8").count("@article{")
