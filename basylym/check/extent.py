"""SRC: an article that is larger than the journal's limits allow."""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.reading import problems
from basylym.model import Edition


@check("SRC-027", "the article is too large: {found}, where {expected} is the most", "part it, or raise this limit under limits: in "
       "journal.yaml", firm=True)
def article_too_large(edition: Edition) -> Iterator[Found]:
    """The article has more people, pictures, letters or parts, or parts nested deeper, than the journal's limits allow.

    Why: an article comes from a stranger, and one that is beyond all measure must not take the machine from the others.

    Bad::

        journal: {limits: {depth: 3}}
        text: |
          > > > > Мәтін [@example].

    Good::

        text: |
          > Мәтін [@example].

    Source: Basylym's own limits.
    """
    yield from problems(edition, "article_too_large")
