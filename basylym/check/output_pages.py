"""OUT: do the pages that an article fills fit those that are given to it? Asked as soon as it is laid out, and of a finished PDF."""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.outputs import at, counted_last_page
from basylym.model import Edition


@check("OUT-033", "the pages {expected} are fixed, and the article fills {found}",
       "write {right}; where they can’t change any more, shorten or lengthen the text", draft="warning")
def fixed_pages_differ(edition: Edition) -> Iterator[Found]:
    """The article fills other pages than issue.yaml or its front matter fixes.

    Why: every file and package says the pages that are fixed, and the PDF has others: who looks for the last of them finds none, or
    another article. One that was printed elsewhere, on pages with other breaks, keeps these by an allowance.

    Bad::

        pages: 5–90
        outputs: {}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    fixed, last = edition.fixed_pages, counted_last_page(edition)
    if fixed and last and last != fixed[1]:
        found, line = f"{fixed[0]}–{last}", edition.placement
        place, right = at(edition, "pages"), f"pages: {found}"
        if line and line.last_page:
            place, right = edition.place_of(line, "last_page"), f"last_page: {last}"
        yield Found(place, found, f"{fixed[0]}–{fixed[1]}", {"right": right})


@check("OUT-034", "the article ends on page {found}, and “{next}”, which stands after it, begins on page {page}",
       "correct first_page: of the articles after it, or shorten this one", draft="warning")
def pages_run_over(edition: Edition) -> Iterator[Found]:
    """The article ends on a page that the next one of the issue begins on, or later.

    Why: two articles would have the same page numbers.

    Bad::

        issue: {articles: [{folder: specimen, first_page: 5}, {folder: other, first_page: 6}]}
        second: other
        outputs: {}

    Good::

        issue: {articles: [{folder: specimen, first_page: 5}, {folder: other, first_page: 95}]}
        second: other
        outputs: {}

    Source: Basylym's own rule.
    """
    last = counted_last_page(edition)
    if not last or edition.fixed_pages or not edition.issue or not edition.placement:
        return
    place = edition.issue.articles.index(edition.placement)
    after = next((line for line in edition.issue.articles[place + 1:] if line.first_page), None)
    if after and edition.first_page < after.first_page <= last:
        yield Found(edition.place_of(after, "first_page"), str(last), values={"next": after.folder, "page": str(after.first_page)})
