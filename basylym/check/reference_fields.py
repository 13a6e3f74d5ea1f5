"""REF: has each reference the fields its type needs, and are its identifiers and addresses right?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from basylym import identifiers
from basylym.check import Found, check
from basylym.check.entries import Entry, date_parts, fold_many, printed, together, word, words_of_date
from basylym.messages import Phrase
from basylym.model import Edition
from basylym.read.entry_fields import as_written
from basylym.read.retractions import fold_doi

AUTHOR = (Phrase("author"), ("author", "editor", "translator", "director", "original-author", "compiler"))
YEAR = (Phrase("year"), ("issued", "original-date", "event-date"))
DATE = (Phrase("date"), ("issued", "event-date"))
CONTAINER = (Phrase("the journal's or book's name"), ("container-title", "collection-title", "event-title", "event"))
PUBLISHER = (Phrase("publisher"), ("publisher", "DOI", "URL"))
PLACE = (Phrase("place of publication"), ("publisher-place", "DOI", "URL"))
PAGES = (Phrase("pages"), ("page", "number", "locator", "DOI", "URL"))
SCHOOL = (Phrase("university or institute"), ("publisher", "publisher-place", "archive", "URL", "DOI"))
NUMBER = (Phrase("number"), ("number", "container-title", "URL"))
ADDRESS = (Phrase("address"), ("URL", "DOI"))
ARCHIVE = (Phrase("archive"), ("archive", "archive-place", "publisher", "URL"))
SHELF = (Phrase("fund, inventory and file"), ("archive_location", "archive_collection", "archive-location", "call-number", "number", "URL"))
SOURCE = (Phrase("publisher"), ("publisher", "publisher-place", "container-title", "archive", "DOI", "URL"))

ARTICLE = (AUTHOR, CONTAINER, YEAR, PAGES)
REQUIRED = {
    # GOST 7.1-2003, 7: an analytical entry names its container, and where in it the part stands
    "article-journal": ARTICLE, "paper-conference": ARTICLE, "chapter": ARTICLE,
    "article": (YEAR,), "article-magazine": (CONTAINER, YEAR), "article-newspaper": (CONTAINER, DATE),
    "entry-encyclopedia": (CONTAINER, YEAR), "entry-dictionary": (CONTAINER, YEAR), "review": (CONTAINER, YEAR),
    # GOST 7.1-2003, 5.5: place, publisher, date
    "book": (PUBLISHER, PLACE, YEAR), "collection": (YEAR,), "pamphlet": (YEAR,),
    "report": (YEAR, (Phrase("publisher"), ("publisher", "number", "DOI", "URL"))),
    "thesis": (AUTHOR, YEAR, SCHOOL),
    # an act has neither author nor publisher: its date and number tell it from others
    "legislation": (DATE, NUMBER), "regulation": (DATE, NUMBER), "bill": (DATE,), "treaty": (DATE,), "legal_case": (DATE,),
    "standard": (YEAR, (Phrase("number"), ("number", "collection-number"))), "patent": (DATE, (Phrase("number"), ("number",))),
    "manuscript": (ARCHIVE, SHELF),
    "webpage": (ADDRESS,), "post": (ADDRESS,), "post-weblog": (ADDRESS,),
    "dataset": (YEAR, (Phrase("publisher"), ("publisher", "archive", "DOI", "URL"))),
    "software": ((Phrase("publisher"), ("publisher", "DOI", "URL")),),
    "speech": (DATE,), "interview": (DATE,),
    "document": (YEAR, SOURCE),
}
"""For each type of CSL what it must have: what it is called, and the fields of which one is enough."""
CONSTITUTION = re.compile(r"конституци|constitution", re.I)
"""An act that is known without number."""
DETOUR = re.compile(r"(?:\w+\.)*(?:google\.\w+(?:\.\w+)?/(?:url|scholar_url)|(?:l|lm)\.facebook\.com/l\.php|away\.vk\.com/away\.php"
                    r"|yandex\.\w+/(?:clck/jsredir|redir\w*)|slack-redir\.net/link|youtube\.com/redirect|out\.reddit\.com/\w*)")
"""Addresses that only lead on to another, which they hold: what is copied out of a list of results."""


@check("REF-009", "the reference “{found}” lacks: {what}", "add what the source itself says", draft="warning")
def entry_incomplete(edition: Edition) -> Iterator[Found]:
    """A reference lacks what works of its type are found by: the journal and pages of an article, the publisher of a book, the
    date and number of a law.

    Why: the reader can't find the source, and the printed line has holes. What a type has not is not asked for: a law has no
    author, a page of the web no publisher; a DOI or an address takes the place of pages and publisher. A manuscript without a journal is
    not asked.

    Bad::

        references:
          - {id: example, type: article-journal, language: kk, author: [{family: Үлгі}], title: Мысал мақала, issued: 2001}

    Good::

        references:
          - {id: example, type: legislation, language: kk, title: Үлгілер туралы, issued: 2001-05-17, number: "151"}

    Source: GOST 7.1-2003, 5.2 to 5.5 and 7 (compulsory elements of a description, of an analytical one).
    """
    yield from fold_many(Found(edition.article.find_reference(entry["id"]), entry["id"], values={"what": together(what)})
                         for entry in (printed(edition) if edition.issue else ()) if (what := _lacking(entry)))


def _lacking(entry: Entry) -> list[str]:
    kind = entry.get("type")
    needed = REQUIRED.get(kind, ()) if isinstance(kind, str) else ()
    if entry.get("archive") or entry.get("archive_location"):
        needed = (ARCHIVE, SHELF)
    if kind in ("legislation", "regulation") and CONSTITUTION.search(word(entry, "title")):
        needed = (DATE,)
    if kind == "standard" and re.search(r"\d", word(entry, "title")):  # ГОСТ 7.1-2003 stands there whole
        needed = needed[:1]
    what = []
    for name, fields in needed:
        dates = [field for field in fields if field in ("issued", "original-date", "event-date")]
        if not (any(date_parts(entry, field) or words_of_date(entry, field) for field in dates)
                or any(entry.get(field) for field in fields if field not in dates)):
            what.append(name)
    return what


@check("REF-010", "“{found}” is not a DOI", "a DOI looks like {expected}", draft="warning")
def entry_doi_malformed(edition: Edition) -> Iterator[Found]:
    """The DOI of a reference does not have a DOI's form, or ends in a full stop or comma.

    Why: its link leads nowhere.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, DOI: "5555/example"}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, DOI: "https://doi.org/10.5555/example"}

    Source: DOI Handbook, 2.2.
    """
    for entry in printed(edition):
        doi = word(entry, "DOI")
        if doi and (not identifiers.is_doi(identifiers.bare_doi(doi)) or doi[-1] in ".,;"):
            expected = identifiers.bare_doi(doi).rstrip(".,;")
            yield Found(edition.article.find_reference(entry["id"], "DOI"), doi,
                        expected if identifiers.is_doi(expected) else "10.5555/example")


@check("REF-011", "“{found}” is not an ISBN", "compare it with the book: its last digit is computed from the others", severity="warning")
def isbn_malformed(edition: Edition) -> Iterator[Found]:
    """The ISBN of a reference has the wrong form or check digit.

    Why: no library or shop finds the book by it. A few books are printed with a wrong one: allow it there.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, publisher: Үлгі, publisher-place: Алматы,
             ISBN: 978-0-00-000000-1}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, publisher: Үлгі, publisher-place: Алматы,
             ISBN: "978-0-00-000000-2 (барлығы), 0-00-000000-0"}

    Source: ISO 2108:2017 (thirteen digits) and ISO 2108:1992 (ten).
    """
    for entry in printed(edition):
        text = re.sub(r"\([^)]*\)|ISBN(?:-1[03])?:?", " ", word(entry, "ISBN"), flags=re.I)
        for part in filter(None, map(str.strip, re.split(r"[,;/]", text))):
            if not identifiers.is_isbn(part) and not all(map(identifiers.is_isbn, part.split())):
                yield Found(edition.article.find_reference(entry["id"], "ISBN"), part)


@check("REF-012", "“{found}” is not an ISSN", "compare it with the ISSN Portal: its last digit is computed from the others",
       severity="warning")
def entry_issn_malformed(edition: Edition) -> Iterator[Found]:
    """The ISSN of a reference has the wrong form or check digit.

    Why: it names another journal, or none.

    Bad::

        references:
          - {id: example, type: article-magazine, language: kk, title: Мысал мақала, container-title: Үлгі, issued: 2001, ISSN: 1234-5678}

    Good::

        references:
          - {id: example, type: article-magazine, language: kk, title: Мысал мақала, container-title: Үлгі, issued: 2001,
             ISSN: "1234-5679, 23456787"}

    Source: ISO 3297:2022, annex A.
    """
    for entry in printed(edition):
        for part in re.split(r"[\s,;]+", re.sub(r"\([^)]*\)|ISSN:?", " ", word(entry, "ISSN"), flags=re.I).strip()):
            if part and not identifiers.is_issn(re.sub(r"^(\d{4})[‐‑–]?(\d{3}[\dX])$", r"\1-\2", part.upper())):
                yield Found(edition.article.find_reference(entry["id"], "ISSN"), part)


@check("REF-013", "“{found}” is not an address on the web", "an address looks like {expected}", draft="warning")
def url_malformed(edition: Edition) -> Iterator[Found]:
    """The URL of a reference has no https:// before it, or blanks in it, or no host.

    Why: it is printed as a link that opens nothing.

    Bad::

        references:
          - {id: example, type: webpage, language: kk, title: Мысал бет, URL: www.journal.example/page, accessed: 2026-01-05}

    Good::

        references:
          - {id: example, type: webpage, language: kk, title: Мысал бет, URL: "https://journal.example/page?id=1", accessed: 2026-01-05}

    Source: RFC 3986, 3.
    """
    for entry in printed(edition):
        url = word(entry, "URL")
        if url and not identifiers.is_url(url):
            whole = "https://" + re.sub(r"^\w*:?/*", "", url) if "." in url and " " not in url and "://" not in url else ""
            whole = f"https://{url}" if re.match(r"www\.", url) else whole
            yield Found(edition.article.find_reference(entry["id"], "URL"), url,
                        whole if identifiers.is_url(whole) else "https://journal.example/page")


@check("REF-014", "the DOI of “{found}” stands in its address alone", "add “{name} {expected}”", severity="warning", draft="note")
def doi_in_url(edition: Edition) -> Iterator[Found]:
    """A reference gives its DOI as an address only.

    Why: it is printed as a page of the web with a date of access, not as a DOI, and indexers don't link it.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, URL: "https://doi.org/10.5555/example"}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, DOI: 10.5555/example}

    Source: DOI Handbook, 2.6; Crossref's display guidelines.
    """
    for entry in printed(edition):
        doi = fold_doi(word(entry, "URL"))
        if doi and not entry.get("DOI"):
            place = edition.article.find_reference(entry["id"], "URL")
            yield Found(place, entry["id"], identifiers.bare_doi(word(entry, "URL")), {"name": as_written("DOI", place.path)})


@check("REF-053", "the DOI of “{key}” is {found}, but its address leads to {other}", "keep the one that is the source's own",
       severity="warning")
def doi_and_url_disagree(edition: Edition) -> Iterator[Found]:
    """The DOI of a reference and the one in its URL are two.

    Why: they lead to two works, of which only one was cited. The DOI alone is printed.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, DOI: 10.5555/abc, URL: "https://doi.org/10.5555/xyz"}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, issued: 2001, DOI: 10.5555/abc, URL: "https://doi.org/10.5555/ABC"}

    Source: DOI Handbook, 2.4 (capitals make no difference) and 2.6.
    """
    for entry in printed(edition):
        doi, other = (unquote(fold_doi(word(entry, field))) for field in ("DOI", "URL"))
        if doi and other and doi != other and doi != re.split("[?#]", other)[0]:
            yield Found(edition.article.find_reference(entry["id"], "DOI"), identifiers.bare_doi(word(entry, "DOI")),
                        values={"key": entry["id"], "other": identifiers.bare_doi(word(entry, "URL"))})


@check("REF-042", "the address of “{key}” goes by way of {found}", "give the source's own address: {expected}", draft="warning")
def url_by_detour(edition: Edition) -> Iterator[Found]:
    """The URL of a reference is a search engine's or a network's link to the source, not the source's own.

    Why: such links tell nobody what they lead to, and stop working. The real address stands inside.

    Bad::

        references:
          - {id: example, type: webpage, language: kk, title: Мысал бет, accessed: 2026-01-05,
             URL: "https://www.google.com/url?q=https://journal.example/page%3Fid%3D1&sa=D"}

    Good::

        references:
          - {id: example, type: webpage, language: kk, title: Мысал бет, accessed: 2026-01-05, URL: "https://journal.example/page?id=1"}

    Source: Basylym's own rule.
    """
    for entry in printed(edition):
        if real := _led_to(word(entry, "URL")):
            yield Found(edition.article.find_reference(entry["id"], "URL"), urlsplit(word(entry, "URL")).netloc, real,
                        {"key": entry["id"]})


def _led_to(url: str) -> str:
    """The address that another one leads on to; empty where it is the source's own."""
    try:
        parts = urlsplit(url)
        held = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    if not DETOUR.fullmatch(parts.netloc.lower()[:100] + parts.path[:100]):
        return ""
    return next((value for name in ("q", "url", "u", "to") for value in held.get(name, ()) if identifiers.is_url(value)), "")
