"""The packages of an article in output/…/deposit/, read back: what each says of it, and whether the files in it are those that were built.

Each target has a table: where in its XML or JSON the article stands, and where what is said of it. A target without one, or a package
that was never made, says nothing.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from basylym.output import Output, Said

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
LARGEST = 200_000_000
"""The most bytes that one file in a ZIP may come to."""
OJS = {"article": "publication", "title": "title", "authors": "authors/author", "doi": "id[@type='doi']", "pages": "pages",
       "date": "@date_published"}
MODS = {"article": "mods", "title": "titleInfo/title", "authors": "name[@type='personal']", "doi": "identifier[@type='doi']",
        "first_page": "part/extent/start relatedItem/part/extent/start", "last_page": "part/extent/end relatedItem/part/extent/end",
        "date": "originInfo/dateIssued", "issn": "relatedItem[@type='host']/identifier[@type='issn']"}
XML = {
    "crossref": {"article": "journal_article", "title": "titles/title", "authors": "contributors/person_name", "doi": "doi_data/doi",
                 "first_page": "pages/first_page", "last_page": "pages/last_page", "date": "publication_date",
                 "issn": "../journal_metadata/issn"},
    "doaj": {"article": "record", "title": "title", "authors": "authors/author", "doi": "doi", "first_page": "startPage",
             "last_page": "endPage", "date": "publicationDate", "issn": "issn eissn"},
    "datacite": {"article": "resource", "title": "titles/title", "authors": "creators/creator", "doi": "identifier[@identifierType='DOI']",
                 "date": "dates/date[@dateType='Issued'] publicationYear", "first_page": "relatedItems/relatedItem/firstPage",
                 "last_page": "relatedItems/relatedItem/lastPage"},
    "ojs-3.3": OJS, "ojs-3.4": OJS, "ojs-3.5": OJS, "mods": MODS, "mets": MODS,
    "elibrary": {"article": "article", "title": "artTitles/artTitle", "authors": "authors/author", "doi": "codes/doi", "pages": "pages",
                 "date": "dates/datePublication", "issn": "../../../issn ../../../eissn"},
    "oai-dc": {"article": "dc", "title": "title", "creators": "creator", "date": "date"},
    "dspace": {"article": "dublin_core", "title": "dcvalue[@element='title']", "creators": "dcvalue[@qualifier='author']",
               "doi": "dcvalue[@qualifier='doi']", "date": "dcvalue[@qualifier='issued']", "issn": "dcvalue[@qualifier='issn']"},
}
"""Where it stands in XML, whatever the namespace; of several paths, all count. `authors` have parts, `creators` are names."""
JSON = {
    "citations": {"title": "title", "authors": "author", "doi": "DOI", "pages": "page", "date": "issued", "issn": "ISSN"},
    "doaj": {"title": "bibjson/title", "authors": "bibjson/author", "doi": "bibjson/identifier/doi",
             "first_page": "bibjson/journal/start_page",
             "last_page": "bibjson/journal/end_page", "date": "bibjson/year", "issn": "bibjson/identifier/pissn"},
    "datacite": {"title": "data/attributes/titles", "authors": "data/attributes/creators", "doi": "data/attributes/doi",
                 "date": "data/attributes/publicationYear"},
    "zenodo": {"title": "metadata/title", "authors": "metadata/creators", "doi": "pids/doi/identifier", "date": "metadata/publication_date",
               "pages": "custom_fields/journal:journal/pages", "issn": "custom_fields/journal:journal/issn"},
}
"""Likewise in JSON; in a list, the step names the type of what is meant."""
PARTS = {"surname": 1, "familyname": 1, "family": 1, "given_name": 0, "givenname": 0, "initials": 0, "given": 0}
"""The elements, or types of them, that a name is made of: 0 for what stands first."""


def read_deposits(folder: Path, slug: str, root: Path) -> tuple[Output, ...]:
    """The packages of an article, in a folder below the journal's; `kind` is the target. One that can't be read says why."""
    found = []
    for path in sorted((folder / "deposit").glob("*/*")):
        target = path.parent.name
        if path.suffix in (".xml", ".json", ".zip") and target in {*XML, *JSON}:
            shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
            try:
                found.append(Output(shown, target, tuple(_read(path, target, _built(folder, slug)))))
            except Exception as error:  # whatever is wrong with a damaged file: it is told, and the others are looked at
                found.append(Output(shown, target, state="unread", why=f"{type(error).__name__}: {error}"))
    return tuple(found)


def _built(folder: Path, slug: str) -> dict[str, bytes]:
    """The outputs by their names, as they are now."""
    return {path.name: path.read_bytes() for ending in ("pdf", "epub", "html", "xml") if (path := folder / f"{slug}.{ending}").is_file()}


def _read(path: Path, target: str, built: Mapping[str, bytes]) -> Iterator[Said]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            held = {info.filename: archive.read(info) for info in archive.infolist() if info.file_size <= LARGEST}
        yield from _compare_files(held, built)
        data = next((content for name, content in held.items() if name.endswith("/dublin_core.xml")), b"")
        yield from _read_xml(etree.parse(io.BytesIO(data), PARSER).getroot(), XML[target])
    elif path.suffix == ".json" and target in JSON:
        data = json.loads(path.read_text("utf-8"))
        yield from _read_json(data[0] if isinstance(data, list) else data, JSON[target])
    elif path.suffix == ".xml" and target in XML:
        tree = etree.parse(str(path), PARSER).getroot()
        yield from _read_xml(tree, XML[target])
        yield from _compare_files(dict(_embedded(tree)), built)
        yield from _compare_files({each.name: each.read_bytes() for each in path.parent.rglob("*") if each != path and each.is_file()},
                                  built)


def _compare_files(held: Mapping[str, bytes], built: Mapping[str, bytes]) -> Iterator[Said]:
    """Those of the files in a package that are not as they were built."""
    for name, content in held.items():
        short = name.rpartition("/")[2]
        if short in built and content != built[short]:
            yield Said("other_file", short, "", (short,))


def _embedded(tree: etree._Element) -> Iterator[tuple[str, bytes]]:
    """The files that OJS's XML carries."""
    for file in tree.iter("{*}submission_file"):
        name, content = file.findtext("{*}name") or "", file.findtext("{*}file/{*}embed") or ""
        try:
            yield name, base64.b64decode("".join(content.split()), validate=True)
        except binascii.Error:
            yield name, b""


# --- XML ------------------------------------------------------------------------------------------------------------
def _read_xml(tree: etree._Element, places: Mapping[str, str]) -> Iterator[Said]:
    article = next(iter(tree.iter("{*}" + places["article"])), None)
    if article is None:
        raise ValueError(f"no <{places['article']}>")
    for field, paths in places.items():
        for path in paths.split() if field != "article" else ():
            if path.startswith("@"):
                yield from _plain(field, path, "", article.get(path[1:], ""))
                continue
            nodes = _find(article, path)
            if field == "authors":
                yield from _people(path, [_names(node) for node in nodes])
            elif field == "creators":
                yield from _people(path, [{}, *({_tag(node): _text(node)} for node in nodes)], flat=True)
            else:
                for node in nodes:
                    yield from _plain(field, path, _tag(node), _text(node) if field != "date" or not len(node) else _day(node))


def _find(article: etree._Element, path: str) -> list[etree._Element]:
    """The elements that a path leads to, whatever their namespace; the steps up lead out of the article."""
    for _ in range(path.count("../")):
        article = article.getparent() if article is not None else None
    steps = [f"{{*}}{step}" for step in path.replace("../", "").split("/")]
    return article.findall("/".join(steps)) if article is not None else []


def _tag(node: etree._Element) -> str:
    """The language of an element's text, or of what it stands in."""
    tag = node.get(XML_LANG) or node.get("locale") or node.get("language") or ""
    if not tag and node.getparent() is not None:
        tag = node.getparent().get(XML_LANG, "")
    return re.split(r"[_-]", tag)[0] if len(tag) == 5 else tag


def _text(node: etree._Element) -> str:
    return " ".join("".join(node.itertext()).split())


def _day(node: etree._Element) -> str:
    """A date in parts."""
    parts = (node.findtext(f"{{*}}{name}") or "" for name in ("year", "month", "day"))
    return "-".join(part.zfill(2) for part in parts if part)


def _names(author: etree._Element) -> dict[str, str]:
    """An author's name by language: of its parts, else whole."""
    parts: dict[str, dict[int, str]] = {}
    for node in [author, *author.findall("{*}individInfo")]:
        for each in node.iterchildren(etree.Element):
            kind = etree.QName(each).localname
            order = PARTS.get(each.get("type", "") if kind == "namePart" else kind)
            if order is not None:
                parts.setdefault(each.get("locale") or node.get("lang") or "", {})[order] = _text(each)
    if parts:
        return {tag: " ".join(each[order] for order in sorted(each)) for tag, each in parts.items()}
    whole = author.find("{*}creatorName") if author.find("{*}creatorName") is not None else author.find("{*}name")
    return {"": _text(whole)} if whole is not None else {}


# --- JSON -----------------------------------------------------------------------------------------------------------
def _read_json(data: Mapping[str, Any], places: Mapping[str, str]) -> Iterator[Said]:
    for field, path in places.items():
        value: Any = data
        for step in path.split("/"):
            if isinstance(value, list):
                value = {each.get("type"): each.get("id") for each in value}
            value = value.get(step) if isinstance(value, Mapping) else None
        if field == "authors":
            yield from _people(path, [{"": _called(each)} for each in value or ()])
        elif field == "date" and isinstance(value, Mapping):
            yield from _plain(field, path, "", "-".join(f"{part:02}" for part in value["date-parts"][0]))
        elif field == "title" and isinstance(value, list):
            for each in value:
                yield from _plain(field, path, each.get("lang", ""), each["title"])
        elif field == "issn":
            for each in str(value or "").split(", "):
                yield from _plain(field, path, "", each)
        else:
            yield from _plain(field, path, "", str(value or ""))


def _called(person: Mapping[str, Any]) -> str:
    """A person, by the whole name or its parts."""
    person = person.get("person_or_org") or person
    whole = person.get("literal") or person.get("name")
    return whole or " ".join(filter(None, (person.get(name) for name in ("given", "given_name", "family", "family_name"))))


# --- both -----------------------------------------------------------------------------------------------------------
def _plain(field: str, where: str, tag: str, value: str) -> Iterator[Said]:
    """One value; pages in one are two, and a day is told year first."""
    value = re.sub(r"^(\d\d)\.(\d\d)\.(\d{4})$", r"\3-\2-\1", value) if field == "date" else value
    if field == "pages" and value:
        first, _, last = re.sub(r"\s*[-–—]+\s*", "-", value).partition("-")
        yield from (Said("first_page", where, "", (first,)), Said("last_page", where, "", (last or first,)))
    elif value:
        yield Said(field, where, tag, (value,))


def _people(where: str, names: list[dict[str, str]], flat: bool = False) -> Iterator[Said]:
    """The authors in their order, each as first spelled; and the other spellings. `flat` names are of one author each, all authors
    in one language after the other."""
    if flat:
        gathered: dict[str, list[str]] = {}
        for each in names:
            for tag, name in each.items():
                gathered.setdefault(tag, []).append(name)
        lists = list(gathered.values())
        first, others = lists[0] if lists else [], [name for each in lists[1:] for name in each]
    else:
        first = [next(iter(each.values()), "") for each in names]
        others = [name for each in names for name in list(each.values())[1:]]
    if first:
        yield Said("authors", where, "", tuple(first))
    if others:
        yield Said("some_authors", where, "", tuple(others))
