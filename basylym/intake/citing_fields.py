"""The fields of Zotero, Mendeley and EndNote, whose data beat anything that could be read from the words they show."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from basylym.read.html import line_of

LONGEST = 5_000_000
"""The most letters of one field."""
MENDELEY = "MENDELEY_CITATION_v3_"
"""How Mendeley Cite names the control that holds a citation; what follows is its data."""
TYPES = {"journal article": "article-journal", "electronic article": "article-journal", "magazine article": "article-magazine",
         "newspaper article": "article-newspaper", "book": "book", "edited book": "book", "electronic book": "book",
         "book section": "chapter", "electronic book section": "chapter", "conference paper": "paper-conference",
         "conference proceedings": "paper-conference", "thesis": "thesis", "report": "report", "web page": "webpage", "blog": "post-weblog",
         "statute": "legislation", "bill": "bill", "patent": "patent", "manuscript": "manuscript", "dataset": "dataset"}
"""EndNote's kinds of works, in small letters, and CSL's."""
VALUES = {"titles/title": "title", "titles/secondary-title": "container-title", "periodical/full-title": "container-title",
          "volume": "volume", "number": "issue", "pages": "page", "edition": "edition", "publisher": "publisher",
          "pub-location": "publisher-place", "isbn": "ISBN", "electronic-resource-num": "DOI", "language": "language",
          "urls/related-urls/url": "URL"}
"""EndNote's elements and CSL's variables; the first that has anything counts."""


def read_instruction(code: str, data: str = "") -> tuple[Mapping[str, Any], ...]:
    """The works that a field's code cites, as CSL-JSON; none where it is no citation, or carries no data."""
    if len(code) > LONGEST or len(data) > LONGEST:
        return ()
    code = code.strip()
    if "CSL_CITATION" in code[:60] and "{" in code:
        return _read_json(code[code.index("{"):])
    if code.startswith("ADDIN EN.CITE"):
        start = code.find("<EndNote")
        return _read_endnote(code[start:] if start >= 0 else _endnote_in(data))
    return ()


def read_control(tag: str) -> tuple[Mapping[str, Any], ...]:
    """The same of the tag of a content control."""
    if not tag.startswith(MENDELEY) or len(tag) > LONGEST:
        return ()
    try:
        text = base64.b64decode(tag[len(MENDELEY):] + "===").decode("utf-8")
    except (binascii.Error, ValueError):
        return ()
    return _read_json(text)


def _read_json(text: str) -> tuple[Mapping[str, Any], ...]:
    """Zotero's and Mendeley's data; what follows the closing bracket is not theirs."""
    try:
        citation, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return ()
    items = citation.get("citationItems") if isinstance(citation, dict) else None
    if not isinstance(items, list) or not items:
        return ()
    read = tuple(_item(each) for each in items)
    return read if all(read) else ()


def _item(item: Any) -> dict[str, Any]:
    """A work with the place in it; nothing where the field only names it."""
    data = item.get("itemData") if isinstance(item, dict) else None
    if not isinstance(data, dict) or not data.get("title") and not data.get("author"):
        return {}
    places = {name: item[name] for name in ("locator", "label", "prefix", "suffix")
              if isinstance(item.get(name), (str, int)) and str(item[name]).strip()}
    if item.get("suppress-author") is True or item.get("author-only") is True:
        places["suppress-author"] = item.get("suppress-author") is True
    return {**{key: value for key, value in data.items() if isinstance(key, str)}, **places}


def _endnote_in(data: str) -> str:
    """EndNote's XML, packed beside the field in base64."""
    try:
        raw = base64.b64decode(re.sub(r"\s+", "", data))
    except (binascii.Error, ValueError):
        return ""
    text = raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-8", "replace")
    start, end = text.find("<EndNote"), text.rfind("</EndNote>")
    return text[start:end + len("</EndNote>")] if 0 <= start < end else ""


def _read_endnote(xml: str) -> tuple[Mapping[str, Any], ...]:
    if not xml or "<!" in xml[:200]:
        return ()
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return ()
    read = tuple(_read_cite(cite) for cite in root.iter("Cite"))
    return read if read and all(read) else ()


def _read_cite(cite: etree._Element) -> dict[str, Any]:
    record = cite.find("record")
    if record is None:
        return {}
    number = line_of(record.find("rec-number")) or line_of(cite.find("RecNum"))
    kind = record.find("ref-type")
    item: dict[str, Any] = {"id": f"endnote-{number}" if number else "", "type": TYPES.get(
        (kind.get("name", "") if kind is not None else "").lower(), "document")}
    for role, name in (("authors", "author"), ("secondary-authors", "editor"), ("translated-authors", "translator")):
        people = [_name(text) for each in record.iterfind(f"contributors/{role}/author") if (text := line_of(each))]
        if people:
            item[name] = people
    for path, name in VALUES.items():
        if name not in item and (text := line_of(record.find(path))):
            item[name] = text
    if year := re.match(r"[0-9]{4}", line_of(record.find("dates/year"))):
        item["issued"] = {"date-parts": [[int(year[0])]]}
    item |= dict(_places(cite))
    return {key: value for key, value in item.items() if value} if item.get("title") or item.get("author") else {}


def _places(cite: etree._Element) -> Iterator[tuple[str, Any]]:
    for path, name in (("Pages", "locator"), ("Prefix", "prefix"), ("Suffix", "suffix")):
        if text := line_of(cite.find(path)):
            yield name, text
    if cite.get("ExcludeAuth") == "1":
        yield "suppress-author", True


def _name(text: str) -> dict[str, str]:
    """«Smith, John» is a person; without a comma EndNote too leaves it open, and it stays whole."""
    family, comma, given = text.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"literal": text.strip(" ,")}
