"""REF: does a field of a reference hold what it should, or markup, or a whole reference?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.entries import printed, word
from basylym.model import Edition

MARKUP = re.compile(
    r"\*\*[^*\s][^*]{0,200}\*\*|(?<![\w*])\*[^\W_][^*]{0,200}\*(?![\w*])|(?<!\w)__?[^\W_][^_]{0,200}__?(?!\w)"
    r"|\[[^\[\]]{1,200}\]\([^()\s]{1,200}\)"
    r"|(?<![\w:])\\[a-z]{2,20}(?![A-Za-z])|\\[\"'`^~=.]\{?[A-Za-z]|\{\\[a-z]+|\$[^$]{0,80}[\\^_<>=][^$]{0,80}\$"
    r"|</?(?:em|strong|u|p|br|font|a|div)\b[^<>]{0,200}>")
"""Markdown, TeX and what HTML a title can't have; <i>, <b>, <sub>, <sup> and <span> are CSL's own."""
FIELDS = ("title", "container-title", "collection-title", "publisher", "publisher-place", "title-en", "container-title-en",
          "title-latin", "container-title-latin")
CLUES = (
    re.compile(r"\s//\s"),
    re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d\s*(?:г\.|ж\.|[.,;:)]|$|\s[–—-]\s)"),
    re.compile(r"(?:[–—.,-]\s*(?:С|Б|P|pp|с|б|p)\.\s*\d{1,5})|(?<!\d)\d{1,5}(?:\s*[–—-]\s*\d{1,5})?\s?(?:с|б|p)\.(?:\s|$)"),
    re.compile(r"(?:[.–—-]\s*|^)(?:М|Л|СПб|А|[А-ЯӘҒҚҢӨҰҮҺІЁA-Z][а-яәғқңөұүһіёa-z-]{2,30})\.?\s?:\s?[А-ЯӘҒҚҢӨҰҮҺІЁA-Z«\"][^:]{2,60},\s?(?:1[5-9]|20)\d\d"),
    re.compile(r"[–—.,-]\s*(?:№|Т\.|Вып\.|Vol\.|No\.)\s?\d|(?<!\d)\d{1,3}\s?\(\d{1,3}\)\s?[:,]\s?\d"),
    re.compile(r"\b10\.\d{4,9}/\S|https?://\S"),
)
"""What stands in a whole reference and hardly in a title: the bars, a year that ends a part, pages, place and publisher, a number,
an address."""


@check("REF-051", "“{found}” in the {field} of “{key}” is printed as typed", "take the marks out; italics are <i>…</i>", severity="warning")
def entry_with_markup(edition: Edition) -> Iterator[Found]:
    """A field of a reference holds marks of Markdown, TeX or HTML.

    Why: references are no Markdown, and TeX is understood in BibTeX alone, so that the marks themselves are printed.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: "**Мысал** кітап", issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: "<i>Мысал</i> кітап, 2 * 3", issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Source: CSL-JSON, HTML-like formatting tags.
    """
    for entry in printed(edition):
        for field in FIELDS:
            value = entry.get(field)
            if isinstance(value, str) and (match := MARKUP.search(value)):
                yield Found(edition.article.find_reference(entry["id"], field), match[0], values={"field": field, "key": entry["id"]})


@check("REF-052", "the title of “{key}” looks like a whole reference: {found}", "give each part its own field: author, title, year, pages",
       severity="warning")
def reference_in_title(edition: Edition) -> Iterator[Found]:
    """Everything that is known of a source stands in its title: place and year, pages, the journal after two bars.

    Why: it is printed as it was typed, not in the journal's style or the entry's language, and no index finds author or year in it.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, А."], title: "Үлгі А. Мысал кітап. – Алматы: Үлгі, 2001. – 235 б.",
             issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, А."], title: "Мысал кітап: 1991–2001 жылдар (№ 2)", issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Source: CSL-JSON; Basylym's own rule.
    """
    for entry in printed(edition):
        title = word(entry, "title")[:2000]
        if sum(bool(clue.search(title)) for clue in CLUES) >= 2:
            yield Found(edition.article.find_reference(entry["id"], "title"), title, values={"key": entry["id"]})
