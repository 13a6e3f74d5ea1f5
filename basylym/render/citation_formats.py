"""The article as others cite it: lines after GOST and APA, and BibTeX, RIS and CSL-JSON for the programs that keep references."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from basylym.fields import Name
from basylym.languages import Language
from basylym.render.metadata import Metadata

SPECIAL = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
           "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}
"""What TeX reads as a command, and how a text says it; a brace without its other would end the field even with a backslash."""
REVIEWS = {"book-review": "review-book"}
"""CSL's types of what is no common article."""
MOST = 20
"""How many authors APA names; of more it names this many less one, and the last (APA, 7th edition, 9.8)."""
LOOSE = "".join(map(chr, (0x2028, 0x2029, 0x200E, 0x200F)))
"""Letters that a data: address keeps only percent-encoded."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The article in one form."""

    label: str
    """What the form is called."""
    text: str
    """The article in it."""
    language: str = ""
    """The language of the text; none for data."""
    file: str = ""
    """The name of the file to download."""
    address: str = ""
    """The text as an address of its own (RFC 2397), so that it can be downloaded from the page alone."""


def write_citations(article: Metadata, gost: str, spoken: Language) -> dict[str, Citation]:
    """The article in every form; `gost` is the line printed after GOST, `spoken` the article's language."""
    tag = spoken.tag
    found = {"gost": Citation(spoken.label("gost"), gost, tag)} if gost else {}
    if article.date:
        found["apa"] = Citation("APA 7", write_apa(article, tag), tag)
        if tag != "en" and "en" in article.titles and all("en" in author.names for author in article.authors):
            found["apa-en"] = Citation("APA 7, English", write_apa(article, "en", spoken.called("en")), "en")
    for name, label, text, ending, media_type in (
            ("bibtex", "BibTeX", write_bibtex(article, spoken.called("en")), ".bib", "application/x-bibtex"),
            ("ris", "RIS", write_ris(article), ".ris", "application/x-research-info-systems"),
            ("csl-json", "CSL-JSON", write_csl(article), ".json", "application/vnd.citationstyles.csl+json")):
        found[name] = Citation(label, text, file=f"{article.slug}{ending}", address=_as_address(text, media_type))
    return found


def _as_address(text: str, media_type: str) -> str:
    """A text as a data: address; letters stay letters, for they are three times as long percent-encoded."""
    kept = "".join(letter if letter > "\x7f" and letter.isprintable() and letter not in LOOSE else quote(letter, safe="/:;,()!*'=@~-._")
                   for letter in text)
    return f"data:{media_type};charset=utf-8,{kept}"


# --- lines ----------------------------------------------------------------------------------------------------------
def write_apa(article: Metadata, tag: str, original: str = "") -> str:
    """A line after the 7th edition of APA's manual, in a language; `original` is what English calls the article's own."""
    names = [_apa_name(author.name(tag)) for author in article.authors]
    if len(names) > MOST:
        people = ", ".join(names[:MOST - 1]) + f", … {names[-1]}"
    else:
        people = ", & ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    title = article.best(article.titles, tag)
    if original:
        title += f" [in {original}]"
    place = article.volume + (f"({article.issue})" if article.issue else "")
    source = ", ".join(filter(None, (article.best(article.journal, tag), place, article.page_range)))
    end = "" if title.endswith((".", "?", "!", "…")) else "."
    address = article.doi_address or article.page
    year = f" ({article.date.year})" if article.date else ""
    return f"{people}{year}. {title}{end} {source}.{f' {address}' if address else ''}"


def _apa_name(name: Name) -> str:
    return f"{name.family}, {name.initials}" if name.initials else name.family


# --- data -----------------------------------------------------------------------------------------------------------
def write_bibtex(article: Metadata, language: str) -> str:
    """An entry for biblatex that BibTeX reads too; `language` is what English calls the article's."""
    first, last = article.pages
    day = {"year": f"{article.date.year}", "month": f"{article.date.month}"} if article.date else {}
    fields = {
        "author": " and ".join(_bibtex_name(author.name()) for author in article.authors),
        "title": f"{{{_escape(article.title)}}}",
        "journal": _escape(article.best(article.journal)),
        **day,
        "volume": _escape(article.volume), "number": _escape(article.issue), "pages": f"{first}--{last}" if first != last else str(first),
        "publisher": _escape(article.best(article.publisher.names)),
        "issn": ", ".join(article.issns),
        "doi": _verbatim(article.doi), "url": _verbatim(article.page or article.doi_address),
        "langid": language.lower() if language.isascii() else "",
        "keywords": ", ".join(_escape(word) for word in article.keywords.get(article.language, ())),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(article)},", *lines, "}", ""])


def _escape(text: str) -> str:
    """A text as TeX takes it, in UTF-8."""
    paired, opened = set(), []
    for at, letter in enumerate(text):
        if letter == "{":
            opened.append(at)
        elif letter == "}" and opened:
            paired |= {opened.pop(), at}
    return "".join(f"\\{letter}" if at in paired else SPECIAL.get(letter, letter) for at, letter in enumerate(text))


def _verbatim(address: str) -> str:
    """An address or DOI, which biblatex takes as it stands; a brace would end it."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _bibtex_name(name: Name) -> str:
    """«Family, Given»; in braces what BibTeX would part: a comma within, the word «and»; and a name without a given one."""
    family, given = (_escape(part) for part in (name.family, name.forenames))
    parted = re.compile(r",|\sand\s", re.I)
    family = f"{{{family}}}" if not given or parted.search(f" {family} ") else family
    given = f"{{{given}}}" if parted.search(f" {given} ") else given
    return f"{family}, {given}" if given else family


def _key(article: Metadata) -> str:
    """A key of ASCII letters: the first author's family name in Latin letters and the year; else the name of the article's folder."""
    name = article.authors[0].name("en").family
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if letter.isascii() and letter.isalnum()).lower()
    if len(plain) < sum(map(str.isalpha, name)):  # Cyrillic: no letter of it is left out
        plain = re.sub(r"[^a-z0-9]+", "-", article.slug.lower()).strip("-") or "article"
    return f"{plain}{article.date.year if article.date else ''}"


def write_ris(article: Metadata) -> str:
    """A record of RIS; every line ends as its programs want it, CR LF."""
    day = article.date.strftime("%Y/%m/%d/") if article.date else ""
    pairs = [
        ("TY", "JOUR"), *(("AU", _ris_name(author.name())) for author in article.authors), ("TI", article.title),
        *(("TT", text) for text in article.others(article.titles).values()),
        ("T2", article.best(article.journal)), ("J2", article.best(article.abbreviation)),
        ("PY", str(article.date.year) if article.date else ""), ("DA", day), ("VL", article.volume), ("IS", article.issue),
        ("SP", str(article.pages[0])), ("EP", str(article.pages[1])), ("PB", article.best(article.publisher.names)),
        *(("SN", issn) for issn in article.issns), ("DO", article.doi), ("UR", article.page or article.doi_address),
        ("LA", article.language), *(("KW", word) for word in article.keywords.get(article.language, ()))]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in pairs if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_name(name: Name) -> str:
    """«Family, Given»; a comma of a name's own would part it anew."""
    given = name.forenames.replace(",", "")
    return f"{name.family.replace(',', '')}, {given}" if given else name.family.replace(",", "")


def write_csl(article: Metadata) -> str:
    """An item of CSL-JSON (schema 1.0.2), in a list as programs import it."""
    first, last = article.pages
    day: Mapping[str, object] = {"date-parts": [[article.date.year, article.date.month, article.date.day]]} if article.date else {}
    item = {
        "id": _key(article), "type": REVIEWS.get(article.kind, "article-journal"), "title": article.title,
        "author": [_csl_name(author.name()) for author in article.authors],
        "container-title": article.best(article.journal), "container-title-short": article.best(article.abbreviation), "issued": day,
        "volume": article.volume, "issue": article.issue, "page": f"{first}-{last}" if first != last else str(first),
        "publisher": article.best(article.publisher.names), "publisher-place": article.best(article.publisher.cities),
        "ISSN": ", ".join(article.issns), "DOI": article.doi, "URL": article.page or article.doi_address, "language": article.language,
        "keyword": ", ".join(article.keywords.get(article.language, ()))}
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _csl_name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.forenames} if name.forenames else {"literal": name.family}
