"""A finished web page or EPUB, read back: what its metadata say, and the text that a reader sees."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

from basylym.output import Output, Said

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
LARGEST = 200_000_000
"""The most bytes that one document of an EPUB may come to."""
UNSEEN = {"script", "style", "template", "nav", "math"}
"""Elements whose text is not the article's; formulas are compared apart."""
META = {"citation_title": "title", "dc.title": "title", "dcterms.title": "title", "og:title": "title",
        "citation_author": "authors", "dc.creator": "authors", "citation_abstract": "abstract", "dc.description": "abstract",
        "dcterms.abstract": "abstract", "description": "beginning", "og:description": "beginning",
        "citation_keywords": "keywords", "dc.subject": "keywords",
        "citation_doi": "doi", "dc.identifier": "doi", "citation_publication_date": "date", "dc.date": "date",
        "dcterms.issued": "date", "article:published_time": "date", "citation_firstpage": "first_page", "citation_lastpage": "last_page",
        "dc.rights": "license", "dcterms.license": "license", "citation_journal_title": "journal", "citation_volume": "volume",
        "citation_issue": "number", "citation_reference": "references", "citation_language": "language", "dc.language": "language"}
"""Names of <meta>, in small letters, and what each of them says."""
LINKED = {"headline": "headline", "name": "title", "alternativeHeadline": "title", "alternateName": "title", "abstract": "abstract",
          "keywords": "keywords", "datePublished": "date", "pageStart": "first_page", "pageEnd": "last_page", "license": "license",
          "inLanguage": "language"}
"""Keys of schema.org's ScholarlyArticle, likewise."""
PACKAGE = {"title": "title", "description": "abstract", "identifier": "doi", "date": "date", "rights": "license", "language": "language"}
"""Dublin Core elements of a package document, likewise; authors and keywords are gathered."""
DOI = re.compile(r"\b10\.\d{4,}/")
"""How a DOI begins, wherever it stands in a value."""


# --- web page -------------------------------------------------------------------------------------------------------
def read_page(data: bytes, path: str) -> Output:
    """What a web page says. Raises ValueError where it has no text."""
    page = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True))
    said = [*_read_meta(page), *_read_linked_data(page), *_read_tongue(page, "html lang")]
    return _output(path, "html", said, [page.find("body")])


def _read_meta(page: etree._Element) -> Iterator[Said]:
    gathered: dict[tuple[str, str], list[str]] = {}
    orcids: list[str] = []
    for meta in page.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        if name == "citation_author":
            orcids.append("")
        elif name == "citation_author_orcid" and orcids:
            orcids[-1] = meta.get("content", "")
        if name.lower() in META and (value := meta.get("content", "").strip()):
            gathered.setdefault((name, meta.get("lang") or meta.get(XML_LANG) or meta.get("xml:lang") or ""), []).append(value)
    for (name, tag), values in gathered.items():
        field = META[name.lower()]
        if field in ("authors", "keywords", "references"):
            yield Said(field, name, tag, tuple(values))
        else:
            yield from (Said(field, name, tag, (value,)) for value in values if field != "doi" or "10." in value)
    if orcids:
        yield Said("orcids", "citation_author_orcid", "", tuple(orcids))
    for link in page.xpath('/html/head/link[@rel="license"][@href]'):
        yield Said("license", "link rel=license", "", (link.get("href"),))


def _read_linked_data(page: etree._Element) -> Iterator[Said]:
    for script in page.xpath('//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError) as error:
            raise ValueError(f"JSON-LD: {error}") from error
        nodes = data.get("@graph", [data]) if isinstance(data, dict) else data
        for node in nodes if isinstance(nodes, list) else [nodes]:
            if isinstance(node, dict) and "ScholarlyArticle" in _list(node.get("@type")):
                yield from _read_article(node)


def _read_article(node: dict[str, Any]) -> Iterator[Said]:
    for key, field in LINKED.items():
        values = [pair for each in _list(node.get(key)) for pair in _value(each)]
        if field == "keywords":
            for tag in dict.fromkeys(tag for tag, _ in values):
                yield Said(field, f"JSON-LD {key}", tag, tuple(value for own, value in values if own == tag))
        else:
            yield from (Said(field, f"JSON-LD {key}", tag, (value,)) for tag, value in values)
    authors = [each for each in _list(node.get("author")) if isinstance(each, dict)]
    if authors:
        names = [next((value for _, value in (pair for name in _list(each.get("name")) for pair in _value(name))), "") for each in authors]
        yield Said("authors", "JSON-LD author", "", tuple(names))
        yield Said("orcids", "JSON-LD author", "", tuple(next((each for key in ("@id", "sameAs", "identifier")
                                                               if "orcid.org/" in (each := str(author.get(key, "")))), "")
                                                         for author in authors))
    for key in ("identifier", "sameAs", "@id"):
        for each in _list(node.get(key)):
            value = each.get("value", "") if isinstance(each, dict) else each
            if isinstance(value, str) and DOI.search(value) and (key == "identifier" or "doi.org/" in value):
                yield Said("doi", f"JSON-LD {key}", "", (value,))


def _read_tongue(root: etree._Element, where: str) -> Iterator[Said]:
    """The language that a document or a package says it is in."""
    for tag in dict.fromkeys(filter(None, (root.get("lang"), root.get(XML_LANG)))):
        yield Said("language", where, "", (tag,))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _value(each: Any) -> Iterator[tuple[str, str]]:
    """Language and words of a value of JSON-LD."""
    if isinstance(each, dict):
        tag, each = each.get("@language", ""), each.get("@value", each.get("url", each.get("@id")))
    else:
        tag = ""
    if isinstance(each, str | int):
        yield tag, str(each)


# --- EPUB -----------------------------------------------------------------------------------------------------------
def read_epub(data: bytes, path: str) -> Output:
    """What an EPUB says. Raises ValueError where it holds no package document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(each.file_size for each in archive.infolist()) > LARGEST:
            raise ValueError(f"unpacked it is larger than {LARGEST} bytes")
        container = etree.fromstring(archive.read("META-INF/container.xml"), PARSER)
        name = container.find(".//{*}rootfile").get("full-path")
        package = etree.fromstring(archive.read(name), PARSER)
        items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}

        def read(item: etree._Element) -> etree._Element:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(item.get("href"))))
            return etree.fromstring(archive.read(target), PARSER)

        navigation = [item for item in items.values() if "nav" in item.get("properties", "").split()]
        spine = [items[each.get("idref")] for each in package.iterfind("{*}spine/{*}itemref")]
        documents = [(item.get("href"), read(item)) for item in spine if item not in navigation]
        bodies = [document.find("{*}body") for _, document in documents]
        said = [*_read_package(package), *_read_tongue(package, "package xml:lang")]
        for name_of, document in documents:
            said += _read_tongue(document, f"{name_of} lang")
        for item in navigation:
            labels = [" ".join("".join(link.itertext()).split()) for link in read(item).xpath(
                '//*[@*[local-name()="type"]="page-list"]//*[local-name()="a"]')]
            if labels:
                said += [Said("first_page", "page-list", "", (labels[0],)), Said("last_page", "page-list", "", (labels[-1],))]
        return _output(path, "epub", said, bodies)


def _read_package(package: etree._Element) -> Iterator[Said]:
    metadata = package.find("{*}metadata")
    gathered: dict[tuple[str, str], list[str]] = {}
    kinds = {f"#{each.get('id')}": etree.QName(each).localname for each in metadata if isinstance(each.tag, str) and each.get("id")}
    orcids = {key: "" for key, kind in kinds.items() if kind == "creator"}
    for each in metadata:
        if not isinstance(each.tag, str):
            continue
        name, tag, value = etree.QName(each).localname, each.get(XML_LANG, ""), (each.text or "").strip()
        if name in PACKAGE and (name != "identifier" or DOI.search(value)):
            yield Said(PACKAGE[name], f"dc:{name}", tag, (value,))
        elif name in ("creator", "subject"):
            gathered.setdefault((f"dc:{name}", "" if name == "creator" else tag), []).append(value)
        elif each.get("property") == "alternate-script":
            kind = kinds.get(each.get("refines", ""))
            if kind == "title":
                yield Said("title", "alternate-script", tag, (value,))
            elif kind == "creator":
                gathered.setdefault(("alternate-script", tag), []).append(value)
        elif each.get("property") == "file-as" and kinds.get(each.get("refines", "")) == "creator":
            gathered.setdefault(("file-as", ""), []).append(value)
        elif "orcid.org/" in value and each.get("refines") in orcids:
            orcids[each.get("refines")] = value
    if orcids:
        yield Said("orcids", "dcterms:identifier", "", tuple(orcids.values()))
    for (where, tag), values in gathered.items():
        yield Said("keywords" if where == "dc:subject" else "some_authors" if where == "alternate-script" else "authors", where, tag,
                   tuple(values))


# --- text -----------------------------------------------------------------------------------------------------------
def _output(path: str, kind: str, said: Iterable[Said], bodies: list[etree._Element | None]) -> Output:
    """The documents of an output as one text; what stands in them is counted."""
    found = [each for each in bodies if each is not None]
    if not found:
        raise ValueError("it has no text")
    formulas, figures, tables, notes, lists = [], [], 0, 0, []
    for body in found:
        for each in body.iter():
            name = _name(each)
            if name == "math":
                formulas.append(next(("".join(part.itertext()) for part in each.iter() if _name(part) == "annotation"),
                                     each.get("alttext", "")))
            elif name == "img":
                figures.append(each.get("alt", ""))
            elif name == "table":
                tables += 1
            role = (each.get("role") or "") if name else ""
            notes += role == "doc-noteref"
            if role == "doc-bibliography":  # a second list has the same entries again
                lists.append(tuple(" ".join(read_text(part).split()) for part in each.iter() if _name(part) == "li"))
    return Output(path, kind, tuple(said), "\n".join(read_text(body) for body in found), tuple(formulas), tuple(figures), tables, notes,
                  entries=len(lists[0]) if lists else None, second=lists[1] if len(lists) > 1 else None if not lists else ())


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def read_text(element: etree._Element) -> str:
    """The text that a reader sees in an element, without its formulas."""
    words: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, each in walk:
        if event == "start":
            if _name(each) in UNSEEN:
                walk.skip_subtree()
            else:
                words.append(each.text or "")
        elif each is not element:
            words.append(each.tail or "")
    return "".join(words)
