"""JATS as a document: pandoc reads its body, its own elements say what the front matter is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from basylym.intake.document import Document, Node
from basylym.intake.nodes import MARKS
from basylym.intake.read_pandoc import SECONDS_OF_TEXT, ask_pandoc, build_document
from basylym.languages import known_languages, language

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DATES = {"received": "received", "rev-recd": "revised", "accepted": "accepted", "pub": "published", "epub": "published"}


def read_jats(root: etree._Element, name: str) -> Document:
    """A JATS article as a document; `metadata` has its front matter under keys like those of article.md.

    The same stands in its first blocks, as an article sets it, so that a JATS file is understood as any other.
    """
    front = {key: value for key, value in _read_front(root) if value}
    head = list(_set_front(front))
    _set_references(root, front.get("language", ""))
    read = ask_pandoc(etree.tostring(root, encoding="unicode").translate(MARKS).encode(), "jats", name, seconds=SECONDS_OF_TEXT)
    return build_document({**read, "blocks": [*head, *read["blocks"]]}, name, "jats", front)


def _set_front(front: dict[str, Any]) -> Iterator[Node]:
    """The front matter as paragraphs, in the order and under the words that articles have."""
    own = front.get("language") or "en"

    def paragraph(text: str, label: str = "", tag: str = own, bold: bool = False) -> Node:
        words = _inlines(text)
        before = [{"t": "Strong", "c": _inlines(f"{_labels(tag)[label]}:")}, {"t": "Space"}] if label else []
        return {"t": "Para", "c": [{"t": "Strong", "c": words}] if bold else [*before, *words]}

    if "doi" in front:
        yield paragraph(front["doi"], "doi")
    yield from (paragraph(text, bold=True) for text in front.get("title", {}).values())
    names = []
    for each in front.get("authors", ()):
        name = each.get("literal") or f"{each.get('family', '')} {each.get('given', '')}".strip()
        names.append(name + ",".join(map(str, each.get("affiliations", ()))) + "*" * each.get("corresponding", False))
    if names:
        yield paragraph(", ".join(names))
    affiliations = front.get("affiliations", ())
    yield from (paragraph(f"{number} {text}" if len(affiliations) > 1 else text) for number, text in enumerate(affiliations, 1))
    for each in front.get("authors", ()):
        told = [each[name] for name in ("email", "orcid") if name in each]
        if told:
            yield paragraph(f"{'*' * each.get('corresponding', False)}{each.get('family', each.get('literal', ''))}: {', '.join(told)}")
    for kind in ("received", "revised", "accepted"):
        if kind in front.get("dates", {}):
            yield paragraph(front["dates"][kind], kind)
    for tag in dict.fromkeys([own, *front.get("abstract", {}), *front.get("keywords", {})]):
        if tag in front.get("abstract", {}):
            yield paragraph(front["abstract"][tag], "abstract", tag)
        if tag in front.get("keywords", {}):
            yield paragraph(", ".join(front["keywords"][tag]), "keywords", tag)
    if "funding" in front:
        yield paragraph(front["funding"], "funding")


def _set_references(root: etree._Element, own: str) -> None:
    """The list of references as numbered paragraphs at the end of the body, and citations as the words they show."""
    for each in list(root.iter("xref")):
        if each.get("ref-type") == "bibr":
            each.tag = "styled-content"
    body = root.find("body")
    for whole in list(root.iter("ref-list")):
        section = etree.Element("sec")
        etree.SubElement(section, "title").text = _words(whole.find("title")) or _labels(own)["references"]
        for number, ref in enumerate(whole.iter("ref"), 1):
            label = (_words(ref.find("label")) or str(number)).strip("[]().")
            mixed = next((part for part in ref if part.tag in ("mixed-citation", "citation", "note")), None)
            text = _words(mixed)
            if mixed is None and (data := ref.find("element-citation")) is not None:
                text = ". ".join(words.rstrip(".") for part in data if (words := _people(part) or _words(part)))
            etree.SubElement(section, "p").text = f"{label}. {text}"
        whole.getparent().remove(whole)
        if body is not None:
            body.append(section)


def _people(group: etree._Element) -> str:
    """The names of a group, or of one person, each as a surname and what follows it."""
    names = [group] if group.tag == "name" else list(group.iter("name", "collab")) if group.tag == "person-group" else []
    return ", ".join(" ".join(words for part in (each if len(each) else [each]) if (words := _words(part))) for each in names)


def _labels(tag: str) -> Any:
    return language(tag if tag.split("-")[0] in known_languages() else "en").labels


def _inlines(text: str) -> list[Node]:
    return [part for word in text.split() for part in ({"t": "Space"}, {"t": "Str", "c": word})][1:]


def _read_front(root: etree._Element) -> Iterator[tuple[str, Any]]:
    own = root.get(LANG, "")
    meta = root.find("front/article-meta")
    if meta is None:
        return
    yield "language", own
    yield "type", root.get("article-type")
    titles = meta.find("title-group")
    if titles is not None:
        yield "title", _by_language(own, titles.iterfind("article-title"), titles.iterfind("trans-title-group"), "trans-title")
    affiliations = {each.get("id", f"a{number}"): _without_label(each) for number, each in enumerate(meta.iter("aff"), 1)}
    numbers = {key: number for number, key in enumerate(affiliations, 1)}
    yield "authors", [_author(each, numbers) for each in meta.iterfind("contrib-group/contrib")
                      if each.get("contrib-type", "author") == "author"]
    yield "affiliations", [text for text in affiliations.values() if text]
    yield "abstract", _by_language(own, (each for each in meta.iterfind("abstract") if not each.get("abstract-type")),
                                   meta.iterfind("trans-abstract"))
    keywords = {group.get(LANG) or own: [_words(each) for each in group.iterfind("kwd")] for group in meta.iterfind("kwd-group")}
    yield "keywords", keywords
    for kind in ("doi", "edn"):
        yield kind, next((_words(each) for each in meta.iterfind("article-id") if each.get("pub-id-type") == kind), "")
    yield "dates", {DATES[kind]: date for each in meta.iterfind("history/date") if (kind := each.get("date-type", "")) in DATES
                    and (date := _date(each))}
    yield "funding", " ".join(_words(each) for each in meta.iterfind("funding-group/funding-statement"))


def _by_language(own: str, first: Iterator[etree._Element], others: Iterator[etree._Element], inside: str = "") -> dict[str, str]:
    """A text in each language; without one of its own it is the article's."""
    found: dict[str, str] = {}
    for each in first:
        found.setdefault(each.get(LANG) or own, _words(each))
    for each in others:
        part = each.find(inside) if inside else each
        if part is not None:
            found.setdefault(each.get(LANG) or part.get(LANG) or "", _words(part))
    return {tag: text for tag, text in found.items() if text}


def _author(contrib: etree._Element, numbers: dict[str, int]) -> dict[str, Any]:
    """A person by family and given names, as they stand there."""
    name = contrib.find(".//name")
    author: dict[str, Any] = {"family": _words(name.find("surname")), "given": _words(name.find("given-names"))} if name is not None \
        else {"literal": _words(contrib.find("collab")) or _words(contrib.find("string-name"))}
    for each in contrib.iterfind("contrib-id"):
        if each.get("contrib-id-type") == "orcid" and (orcid := re.search(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", _words(each))):
            author["orcid"] = orcid[0]
    author["email"] = _words(contrib.find(".//email"))
    author["affiliations"] = [numbers[key] for each in contrib.iterfind("xref") if each.get("ref-type") == "aff"
                              for key in each.get("rid", "").split() if key in numbers]
    author["corresponding"] = contrib.get("corresp") == "yes"
    return {key: value for key, value in author.items() if value}


def _without_label(affiliation: etree._Element) -> str:
    return " ".join("".join(_pieces(affiliation)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in ("label", "sup"):
            yield from _pieces(child)
        yield child.tail or ""


def _date(element: etree._Element) -> str:
    """A date as far as it is given: 2024, 2024-05, 2024-05-03."""
    if element.get("iso-8601-date"):
        return element.get("iso-8601-date", "")[:10]
    parts = []
    for unit in ("year", "month", "day"):
        if not (text := _words(element.find(unit))).isdigit():
            break
        parts.append(text.zfill(2))
    return "-".join(parts)


def _words(element: etree._Element | None) -> str:
    """The words of an element, its paragraphs apart by one space."""
    if element is None:
        return ""
    pieces = (("\n" if each.tag == "p" else "") + (each.text or "") if event == "start" else each.tail or ""
              for event, each in etree.iterwalk(element, events=("start", "end")) if event == "start" or each is not element)
    return " ".join("".join(pieces).split())
