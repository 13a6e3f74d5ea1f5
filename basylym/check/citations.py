"""CIT: do the citations in the text and the list of references fit together?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.entries import DASHES, fold_many, word
from basylym.model import Edition
from basylym.read import UNREADABLE

PERSISTENT = re.compile(r"(doi|pmid|pmcid|pmc|isbn|arxiv|url|https?|wikidata|raw):")
"""Keys that are identifiers: Manubot's prefixes."""

PAGES = re.compile(rf"(\d+)(?:\s*[{DASHES}]+\s*(\d+))?")
TYPED = re.compile(rf"(?<![\w\]\\!^@])\[(\d{{1,3}}(?:\s*[,;{DASHES}]\s*(?:\d+|[^\W\d_]{{1,4}}\.\s*\d+))*)\](?![\[({{:])")
"""A citation typed as a number: [3], [2, 68–69], [3; 5, с. 12]; neither a link nor a note."""
UNREAD = re.compile(r"^(`{3,}|~{3,}).*?^\1|`+[^`]+`+|\$\$.*?\$\$|\$[^$\n]+\$|<!--.*?-->", re.M | re.S)
"""Code, formulas and comments."""
FEWEST = 3
"""So many numbers in brackets are citations, not intervals."""
DAMAGED = ("entry_broken", "entry_circular", "key_with_blank")
"""Problems with an entry whose key is known: that it is missing would be the same fault told twice."""
MISSING = 30
"""So many keys without an entry are told one by one."""


@check("CIT-001", "“{found}” is cited, but no reference has this key", "add the entry to the references, or correct the key",
       draft="warning")
def citation_without_entry(edition: Edition) -> Iterator[Found]:
    """The text cites a key that no reference file holds.

    Why: the reader is sent to a source that is not there. A key is told once, where it is cited first; more than thirty are one
    finding: a whole file of references is missing.

    Bad::

        text: |
          Мәтін [@example] және [@nowhere, 12].

    Good::

        text: |
          Мәтін [@example, 12].

    Source: Basylym's own rule; every journal's requirement that citations and references match.
    """
    yield from fold_many((Found(edition.article.find_key(key), key) for key in _unknown(edition) if not PERSISTENT.match(key)), MISSING)


def _unknown(edition: Edition) -> list[str]:
    """The keys that are cited and not among the references, each once."""
    if any(problem.kind in UNREADABLE and problem.place.path != edition.article.path for problem in edition.article.problems):
        return []  # a whole file of references is missing, and is told
    known = {reference["id"] for reference in edition.article.references}
    damaged = [problem.found for problem in edition.article.problems if problem.kind in DAMAGED]
    known |= {key for name in damaged for key in (name, name.split()[0])}  # a citation of «one two» ends at the blank
    cited = dict.fromkeys(item["key"] for citation in edition.article.body.citations for item in citation.items)
    return [key for key in cited if key not in known]


@check("CIT-003", "“{found}” names its source by an identifier, which is not looked up here",
       "add the source to the references under a key of its own, and cite that key", draft="warning")
def citation_unresolved(edition: Edition) -> Iterator[Found]:
    """The text cites by a DOI, PMID, ISBN or address, in Manubot's way.

    Why: a build reaches no network, so that it gives the same result each time; the source stays unresolved, and visibly so. Each
    is told once; more than thirty are one finding.

    Bad::

        text: |
          Мәтін [@example] және [@doi:10.5555/12345678].

    Good::

        text: |
          Мәтін [@example].

    Source: Manubot's citation keys; Basylym's own rule.
    """
    yield from fold_many((Found(edition.article.find_key(key), key) for key in _unknown(edition) if PERSISTENT.match(key)), MISSING)


@check("CIT-002", "listed, but never cited: {found}", "cite it, or take it out of the references", draft="warning", severity="warning")
def entry_never_cited(edition: Edition) -> Iterator[Found]:
    """A reference file holds an entry that the text does not cite.

    Why: it is not printed; the author may have thought it was. An entry that a cited one takes data from, by crossref or xdata, is
    needed and not told. More than ten in one file are one finding: a whole library lies there.

    Bad::

        text: |
          Мәтін.

    Good::

        text: |
          Мәтін [@example].

    Source: Basylym's own rule; every journal's requirement that citations and references match.
    """
    waiting = [item["key"] for citation in edition.article.body.citations for item in citation.items]
    needed: set[str] = set()
    while waiting:
        if (key := waiting.pop()) not in needed:
            needed.add(key)
            waiting.extend(edition.article.reference_parents.get(key, ()))
    yield from fold_many(Found(edition.article.find_reference(each["id"]), each["id"])
                         for each in edition.article.references if each["id"] not in needed)


@check("CIT-004", "“{found}” marks a note that is not there", "add its text on a line of its own: {found}: …", draft="warning")
def note_missing(edition: Edition) -> Iterator[Found]:
    """A note's mark stands in the text, but no note belongs to it.

    Why: the mark is printed as typed, and what it should say is lost.

    Bad::

        text: |
          Мәтін[^one] [@example].

    Good::

        text: |
          Мәтін[^one] [@example]. Жақшадағы белгі: \\[\\^2\\].

          [^one]: Ескертпе.

    Source: pandoc's manual, Footnotes.
    """
    source = edition.article.source
    for mark in edition.article.body.without_note:
        if mark in source and not re.search(rf"^ {{0,3}}{re.escape(mark)}:", source, re.M):  # else its signs were escaped
            yield Found(edition.article.find(mark), mark)


@check("CIT-005", "[{found}] is cited before [{expected}]", "number the sources in the order they are first cited, "
       "or cite them by key, [@key], and the numbers come by themselves", severity="warning")
def citation_out_of_order(edition: Edition) -> Iterator[Found]:
    """Numbers of citations that the author typed do not follow the order in which the sources are first cited.

    Why: the list is numbered by citation, so that the reader of the first pages finds the first numbers; a number out of turn is
    most often a source that was taken out or added later.

    Bad::

        text: |
          Мәтін [@example]. Басқа дерек [1], тағы бірі [3, 12], соңғысы [2].

    Good::

        text: |
          Мәтін [@example]. Басқа дерек [1], тағы бірі [2, 12], алғашқысы [1; 3], кесінді `[9]`.

    Source: GOST R 7.0.5-2008, 7 (references numbered in the order of citation); every journal's requirement.
    """
    style = edition.front.csl or edition.journal.csl
    if not style.startswith("gost-") or style.endswith(("alphabetical", "author-date")):
        return
    text = UNREAD.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), edition.article.source)
    seen: set[int] = set()
    typed = list(TYPED.finditer(text))
    for match in typed if len(typed) >= FEWEST else ():
        for part in re.split(r"\s*;\s*", match[1]):
            first, _, last = re.match(rf"(\d+)(?:\s*([{DASHES}])\s*(\d+))?", part).groups()
            for number in range(int(first), int(last or first) + 1):
                due = next(each for each in range(1, len(seen) + 2) if each not in seen)
                if number > due:
                    yield Found(edition.article.place_at(match.start(), len(match[0])), str(number), str(due))
                    return
                seen.add(number)


@check("CIT-006", "“{found}” is cited twice in the same brackets", "keep one of the two, or give each its own page", severity="warning")
def citation_repeated(edition: Edition) -> Iterator[Found]:
    """One pair of brackets cites the same source twice, not for two different places in it.

    Why: the same number is printed twice; most often another source was meant.

    Bad::

        text: |
          Мәтін [@example; @example, 12].

    Good::

        text: |
          Мәтін [@example, 12; @example, 15].

    Source: Basylym's own rule.
    """
    nth: Counter[str] = Counter()
    for citation in edition.article.body.citations:
        seen: dict[str, list[tuple]] = {}
        for item in citation.items:
            key, where = item["key"], (item.get("label"), item.get("locator"), item.get("suffix"))
            nth[key] += 1
            before = seen.setdefault(key, [])
            if before and (where in before or not any(where) or any(not any(each) for each in before)):
                yield Found(edition.article.find_key(key, nth[key]), key)
            before.append(where)


@check("CIT-007", "page {found} of “{key}” is cited, but the reference has {expected}", "compare both with the source", severity="warning")
def page_outside(edition: Edition) -> Iterator[Found]:
    """The cited page lies outside the pages of the article, or beyond the last page of the book.

    Why: one of the two is wrong, and the reader won't find the place.

    Bad::

        text: |
          Мәтін [@example, 236].

    Good::

        text: |
          Мәтін [@example, 12–235].

    Source: Basylym's own rule.
    """
    known = {reference["id"]: reference for reference in edition.article.references}
    nth: Counter[str] = Counter()
    for citation in edition.article.body.citations:
        for item in citation.items:
            key = item["key"]
            nth[key] += 1
            if item.get("label") != "page" or not (ranges := _extent(known.get(key, {}))):
                continue
            for first, last in _ranges(item.get("locator") or ""):
                outside = [page for page in (first, last) if not any(low <= page <= high for low, high in ranges)]
                if outside:
                    has = ", ".join(f"{low}–{high}" for low, high in ranges)
                    yield Found(edition.article.find_key(key, nth[key]), str(outside[0]), has, {"key": key})
                    break


def _extent(entry: dict) -> list[tuple[int, int]]:
    """The pages an entry has: those of an article, or from the first to the last of a book; none where it does not say."""
    if ranges := [each for each in _ranges(word(entry, "page")) if each[0] < each[1]]:
        return ranges
    numbers = [int(number) for number in re.findall(r"\d+", word(entry, "number-of-pages"))]
    many = word(entry, "number-of-volumes") or word(entry, "volume")
    return [(1, max(numbers))] if numbers and not many else []


def _ranges(text: str) -> list[tuple[int, int]]:
    """The pages that stand in a text, 176–81 being 176 to 181; none where there are letters among the numbers."""
    found = []
    for part in re.split(r"\s*[,;]\s*", text.strip()):
        match = PAGES.fullmatch(part)
        if not match:
            return []
        first, last = match[1], match[2] or match[1]
        last = first[:len(first) - len(last)] + last if len(last) < len(first) else last
        found.append((int(first), int(last)))
    return found
