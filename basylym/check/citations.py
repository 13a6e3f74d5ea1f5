"""CIT: do the citations in the text and the list of references fit together?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.reading import find_in_source
from basylym.model import Edition


@check("CIT-001", "“{found}” is cited, but no reference has this key", "add the entry to the references, or correct the key", draft="warning")
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
            if item["key"] not in known:
                yield Found(find_in_source(edition, "@" + item["key"], seen[item["key"]]), item["key"])


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
