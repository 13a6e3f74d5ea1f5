"""CIT: do the citations in the text and the list of references fit together?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.model import Edition

PERSISTENT = re.compile(r"(doi|pmid|pmcid|pmc|isbn|arxiv|url|https?|wikidata|raw):")
"""Keys that are identifiers: Manubot's prefixes."""


@check("CIT-001", "“{found}” is cited, but no reference has this key", "add the entry to the references, or correct the key",
       draft="warning")
def citation_without_entry(edition: Edition) -> Iterator[Found]:
    """The text cites a key that no reference file holds.

    Why: the reader is sent to a source that is not there.

    Bad::

        text: |
          Мәтін [@example] және [@nowhere, 12].

    Good::

        text: |
          Мәтін [@example, 12].

    Source: Basylym's own rule; every journal's requirement that citations and references match.
    """
    known = {reference["id"] for reference in edition.article.references}
    seen: Counter[str] = Counter()
    for citation in edition.article.body.citations:
        for item in citation.items:
            seen[item["key"]] += 1
            if item["key"] not in known and not PERSISTENT.match(item["key"]):
                yield Found(edition.article.find_key(item["key"], seen[item["key"]]), item["key"])


@check("CIT-003", "“{found}” names its source by an identifier, which is not looked up here",
       "add the source to the references under a key of its own, and cite that key", draft="warning")
def citation_unresolved(edition: Edition) -> Iterator[Found]:
    """The text cites by a DOI, PMID, ISBN or address, in Manubot's way.

    Why: a build reaches no network, so that it gives the same result each time; the source stays unresolved, and visibly so.

    Bad::

        text: |
          Мәтін [@example] және [@doi:10.5555/12345678].

    Good::

        text: |
          Мәтін [@example].

    Source: Manubot's citation keys; Basylym's own rule.
    """
    known = {reference["id"] for reference in edition.article.references}
    seen: Counter[str] = Counter()
    for citation in edition.article.body.citations:
        for item in citation.items:
            seen[item["key"]] += 1
            if item["key"] not in known and PERSISTENT.match(item["key"]):
                yield Found(edition.article.find_key(item["key"], seen[item["key"]]), item["key"])


@check("CIT-002", "“{found}” is listed, but never cited", "cite it, or take it out of the references", draft="warning", severity="warning")
def entry_never_cited(edition: Edition) -> Iterator[Found]:
    """A reference file holds an entry that the text does not cite.

    Why: it is not printed; the author may have thought it was.

    Bad::

        text: |
          Мәтін.

    Good::

        text: |
          Мәтін [@example].

    Source: Basylym's own rule; every journal's requirement that citations and references match.
    """
    cited = {item["key"] for citation in edition.article.body.citations for item in citation.items}
    for reference in edition.article.references:
        if reference["id"] not in cited:
            place = edition.article.reference_places.get(reference["id"], edition.article.places.find("bibliography"))
            yield Found(place, reference["id"])


@check("CIT-004", "“{found}” marks a note that is not there", "add its text on a line of its own: {found}: …", draft="warning")
def note_missing(edition: Edition) -> Iterator[Found]:
    """A note's mark stands in the text, but no note belongs to it.

    Why: the mark is printed as typed, and what it should say is lost.

    Bad::

        text: |
          Мәтін[^one] [@example].

    Good::

        text: |
          Мәтін[^one] [@example].

          [^one]: Ескертпе.

    Source: pandoc's manual, Footnotes.
    """
    for mark in edition.article.body.without_note:
        yield Found(edition.article.find(mark), mark)
