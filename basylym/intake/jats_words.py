"""The words, languages and dates of JATS's elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from basylym.languages.identify import guess_language
from basylym.typography.letters import CYRILLIC

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF = "{http://www.w3.org/1999/xlink}href"
NAMES = {"kaz": "kk", "rus": "ru", "eng": "en", "ukr": "uk", "uzb": "uz", "kir": "ky"}
"""Languages by three letters, which some publishers write."""
ALWAYS = frozenset(("label", "p", "title", "list", "list-item", "sec", "td", "th", "break", "disp-formula", "license_ref"))
"""Elements whose words never go on in the next ones."""
APART = frozenset((
    "p", "title", "label", "surname", "given-names", "prefix", "suffix", "institution", "city", "country", "addr-line", "email", "kwd",
    "subject", "name", "string-name", "collab", "aff", "trans-title", "trans-subtitle", "subtitle", "source", "article-title",
    "chapter-title", "trans-source", "year", "month", "day", "volume", "issue", "fpage", "lpage", "page-range", "elocation-id",
    "publisher-name", "publisher-loc", "person-group", "edition", "comment", "pub-id", "ext-link", "uri", "award-id", "funding-source",
    "role", "degrees", "xref", "institution-id", "list-item", "td", "th", "term", "def", "attrib", "date-in-citation", "size", "series",
    "isbn", "issn", "conf-name", "conf-date", "conf-loc", "string-date", "named-content", "meta-name", "meta-value", "etal", "sec",
    "anonymous", "contrib-id", "data-title", "version", "std", "patent", "date", "article-id", "license-p", "copyright-statement",
    "copyright-year", "copyright-holder", "license_ref", "award-group", "bio", "address", "phone", "fax", "postal-code", "state"))
"""Elements that stand apart: where nothing is typed between them, their words are not one word."""
UNSEEN = frozenset(("alt-text", "long-desc", "object-id", "counts"))
"""Elements with words that no page shows."""
LOOKS = {"sup": "Superscript", "sub": "Subscript", "italic": "Emph"}
"""Looks that mean something in a title or an abstract."""
FORMULA = re.compile(r"\$(.+)\$", re.S)


def words(element: etree._Element | None, *without: str) -> str:
    """The words of an element in one line; elements in `without` are passed over, with what is in them."""
    return "" if element is None else " ".join("".join(_pieces(element, frozenset(without))).split())


def inlines(element: etree._Element, depth: int = 0) -> list[Any]:
    """An element as pandoc's inlines in one line, with what is raised, lowered, slanted or a formula in it."""
    made: list[Any] = []

    def put(text: str) -> None:
        for part in re.split(r"(\s+)", text):
            if part.strip():
                made.append({"t": "Str", "c": part})
            elif part and made and made[-1]["t"] != "Space":
                made.append({"t": "Space"})

    data = _is_data(element)
    put(element.text or "")
    for child in element:
        name = local(child)
        blank = " " if name in ALWAYS or data and name in APART else ""
        put(blank)
        if name == "tex-math" and (found := FORMULA.fullmatch(words(child))):
            made.append({"t": "Math", "c": [{"t": "InlineMath"}, found[1]]})
        elif name in LOOKS:
            made.append({"t": LOOKS[name], "c": inlines(child, depth + 1)} if depth < 40 else {"t": "Str", "c": words(child)})
        else:
            made.extend(inlines(child, depth + 1) if depth < 40 else [{"t": "Str", "c": words(child)}])
        put(blank)
        put(child.tail or "")
    while made and made[0]["t"] == "Space":
        made.pop(0)
    while made and made[-1]["t"] == "Space":
        made.pop()
    return made


def bare_formulas(root: etree._Element, tex: Callable[[str], str]) -> None:
    """Formulas of the front matter as TeX between dollars, where the file has them so."""
    for name in ("title-group", "abstract", "trans-abstract", "kwd-group"):
        for whole in [each for part in root.iterfind(f".//{name}") for each in part.iter("inline-formula", "disp-formula")]:
            math = next(whole.iter("tex-math"), None)
            if math is None or not words(math):
                continue
            text, tail = tex(words(math)), whole.tail
            for child in list(whole):
                whole.remove(child)
            whole.text, whole.tail = None, tail
            etree.SubElement(whole, "tex-math").text = f"${text}$"


def _is_data(element: etree._Element) -> bool:
    """Whether nothing is typed between its elements."""
    return not any(map(str.strip, (element.text or "", *(child.tail or "" for child in element))))


def _pieces(element: etree._Element, without: frozenset[str]) -> Iterator[str]:
    data = _is_data(element)
    yield element.text or ""
    for child in element:
        name = local(child)
        if name not in without:
            blank = " " if name in ALWAYS or data and name in APART else ""
            yield blank
            yield from _pieces(child, without)
            yield blank
        yield child.tail or ""


def keyword(element: etree._Element) -> str:
    """A keyword; of one in parts not the code."""
    parts = [each for each in element.iterchildren("compound-kwd-part") if words(each)]
    return ", ".join(words(each) for each in parts if each.get("content-type") != "code" or len(parts) == 1) if parts else words(element)


def local(element: etree._Element) -> str:
    """The name of an element without its space of names."""
    return etree.QName(element).localname


def tag_of(said: str) -> str:
    """`en` of «en-US», `kk` of «kaz»."""
    tag = re.split("[-_]", said.strip().lower())[0]
    return NAMES.get(tag, tag)


def tongue(element: etree._Element | None, own: str) -> str:
    """The language that an element says it is in, `en` of «en-US»; else `own`."""
    while element is not None:
        if said := element.get(LANG):
            return tag_of(said)
        element = element.getparent() if element.getparent() is not None and local(element.getparent()) != "article" else None
    return own


def spoken(element: etree._Element, text: str, own: str) -> str:
    """The language of a name or an organisation: what its element says, else by its letters the article's own or another."""
    if tag := tongue(element, ""):
        return tag
    if not any(map(str.isalpha, text)):
        return own
    cyrillic = bool(CYRILLIC.search(text))
    if cyrillic == (own in ("kk", "ru", "uk", "ky")) or own == "uz":
        return own
    return (guess_language(text) or "ru") if cyrillic else "en"


def read_date(element: etree._Element | None) -> list[int]:
    """Year, month and day of an element, as far as they are given in numbers."""
    if element is None:
        return []
    if found := re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", element.get("iso-8601-date", "")):
        return [int(part) for part in found.groups() if part]
    parts: list[int] = []
    for unit, most in (("year", 9999), ("month", 12), ("day", 31)):
        found = re.match(r"\d{1,4}", words(element.find(unit)))
        if not found or not 0 < int(found[0]) <= most:
            break
        parts.append(int(found[0]))
    return parts


def written_date(parts: list[int]) -> str:
    """A date as article.md has it: 2024-05-03."""
    return "-".join(f"{part:02}" for part in parts)
