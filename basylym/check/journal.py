"""What journal.yaml and issue.yaml say: the names they use, and whether what they name is there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from basylym.check import Found, check
from basylym.check.reading import problems
from basylym.languages import known_languages
from basylym.messages import Phrase
from basylym.model import Edition


@check("FM-012", "the journal's name is missing", "add it under name: in journal.yaml")
def journal_name_missing(edition: Edition) -> Iterator[Found]:
    """journal.yaml does not say what the journal is called.

    Why: the head of every article stays empty, and readers can't cite it.

    Bad::

        journal: {name: {}}

    Good::

        journal: {name: {kk: Үлгі журнал, ru: Журнал-образец, en: Specimen Journal}}

    Source: GOST 7.5-98.
    """
    if edition.issue is not None and not edition.journal.name:
        yield Found(edition.journal_places.find("name"))


@check("FM-013", "there is no language “{found}”", "use one of: {expected}; or add a file for it under languages/")
def language_unknown(edition: Edition) -> Iterator[Found]:
    """The article or the journal names a language that Basylym has no file for.

    Why: its labels come out in English. Kazakh is `kk`; `kz` is the country.

    Bad::

        journal: {languages: [kz, ru, en], required: []}
        authors: null
        affiliations: null

    Good::

        journal: {languages: [kk, ru, en]}

    Source: BCP 47 (RFC 5646).
    """
    known = known_languages(edition.languages_folder)
    for tag, place in [(edition.language, edition.article.places.find("language")),
                       *((tag, edition.journal_places.find("languages", number))
                         for number, tag in enumerate(edition.journal.languages) if tag != edition.language)]:
        if tag not in known and tag.split("-")[0] not in known:
            yield Found(place, tag, ", ".join(known))


@check("FM-014", "the article is not listed in issue.yaml", "add its folder under articles:, with its first page", severity="warning")
def article_not_listed(edition: Edition) -> Iterator[Found]:
    """The article lies in an issue's folder, and the issue does not name it.

    Why: it is printed from page 1, and stands in no contents.

    Bad::

        issue: {articles: []}

    Good::

        issue: {articles: [{folder: specimen, first_page: 5}]}

    Source: Basylym's own rule.
    """
    if edition.issue is not None and edition.placement is None:
        yield Found(edition.issue_places.find("articles"))


@check("FM-056", "{found}: the article was {later} before it was {earlier}", "correct one of the two days")
def dates_out_of_order(edition: Edition) -> Iterator[Found]:
    """The days of the article's way through the office are not in order: received, revised, accepted, published.

    Why: one of them is mistyped; readers and indexers judge by them how the article was reviewed.

    Bad::

        dates: {received: 2026-02-20, accepted: 2026-01-12}

    Good::

        dates: {received: 2026-01-12, revised: 2026-02-01, accepted: 2026-02-20}

    Source: Basylym's own rule.
    """
    words = {"received": Phrase("received"), "revised": Phrase("revised"), "accepted": Phrase("accepted"), "published": Phrase("published")}
    days = {name: getattr(edition.front.dates, name) for name in words}
    own = days["published"] is not None
    days["published"] = edition.date
    known = [(name, day) for name, day in days.items() if day]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            by_issue = later == "published" and not own
            place = edition.issue_places.find("date") if by_issue else edition.article.places.find("dates", later)
            yield Found(place, second.isoformat(), first.isoformat(), {"earlier": words[earlier], "later": words[later]})


@check("FM-060", "“{found}” is no range of pages", "write first and last page: {expected}")
def pages_malformed(edition: Edition) -> Iterator[Found]:
    """The pages in the front matter are no range, or run backwards.

    Why: the first page can't be taken from it.

    Bad::

        pages: 14–5
        issue: {articles: [{folder: specimen}]}

    Good::

        pages: 5–14

    Source: Basylym's own front matter, docs/front-matter.md.
    """
    pages = edition.front.pages
    if pages and not edition.front.page_range:
        yield Found(edition.article.places.find("pages"), pages, "5–14")


@check("FM-061", "the article's first page is given nowhere", "add first_page: to its line in issue.yaml", draft="note")
def first_page_missing(edition: Edition) -> Iterator[Found]:
    """Neither issue.yaml nor the front matter says on which page the article begins.

    Why: it is printed from page 1, and cited by it.

    Bad::

        issue: {articles: [{folder: specimen}]}

    Good::

        issue: {articles: [{folder: specimen, first_page: 5}]}

    Source: Basylym's own rule.
    """
    if edition.placement and not edition.placement.first_page and not edition.front.pages:
        yield Found(edition.place_of(edition.placement, "folder"), edition.article.slug)


@check("FM-062", "“{found}” begins on page {page}, but “{before}”, which stands before it, {reaches} {last}",
       "correct one of the two, or their order")
def pages_overlap(edition: Edition) -> Iterator[Found]:
    """An article of the issue begins before the one that stands before it has ended.

    Why: two articles would have the same page numbers.

    Bad::

        issue: {articles: [{folder: other, first_page: 5}, {folder: specimen, first_page: 5}]}
        second: other

    Good::

        issue: {articles: [{folder: specimen, first_page: 5}]}

    Source: Basylym's own rule.
    """
    if not edition.issue or not edition.placement:
        return
    mine = edition.placement.last_page or max(filter(None, edition.front.page_range or ()), default=0)
    lines = [(line, edition.first_page if line is edition.placement else line.first_page) for line in edition.issue.articles
             if line.first_page or line is edition.placement and edition.front.page_range]
    for (before, its), (line, page) in pairwise(lines):
        if line is edition.placement and page <= its:
            last, reaches = its, Phrase("begins on page")
        elif before is edition.placement and mine and its < page <= mine:
            last, reaches = mine, Phrase("ends on page")
        else:
            continue
        place = edition.place_of(line, "first_page") if line.first_page else edition.article.places.find("pages")
        yield Found(place, line.folder, values={"page": page, "before": before.folder, "reaches": reaches, "last": last})


@check("FM-063", "the front matter says page {found}, issue.yaml says page {expected}", "correct one of the two; issue.yaml counts")
def first_page_differs(edition: Edition) -> Iterator[Found]:
    """The first or the last page in the front matter is not the one in issue.yaml.

    Why: one of the two is from an earlier state of the issue.

    Bad::

        pages: 7–14

    Good::

        pages: 5–14

    Source: Basylym's own rule.
    """
    line = edition.placement
    for page, other in zip(edition.front.page_range or (), (line.first_page, line.last_page) if line else (), strict=False):
        if page and other and page != other:
            yield Found(edition.article.places.find("pages"), str(page), str(other))


@check("FM-083", "the last page, {found}, stands before the first one, {expected}", "correct one of the two")
def last_page_before_first(edition: Edition) -> Iterator[Found]:
    """The last page that issue.yaml gives an article stands before its first one.

    Why: nobody can be sent to such pages, and the files have those that are counted.

    Bad::

        issue: {articles: [{folder: specimen, first_page: 5, last_page: 4}]}

    Good::

        issue: {articles: [{folder: specimen, first_page: 5, last_page: 6}]}

    Source: Basylym's own rule.
    """
    line = edition.placement
    if line and line.last_page and line.last_page < edition.first_page:
        yield Found(edition.place_of(line, "last_page"), str(line.last_page), str(edition.first_page))


@check("FM-066", "the issue has no section “{found}”", "use one of: {expected}", severity="warning")
def section_unknown(edition: Edition) -> Iterator[Found]:
    """The article names a section that the issue does not have.

    Why: the section's heading is not printed above it.

    Bad::

        section: history

    Good::

        section: history
        issue: {sections: [{id: history, title: {kk: Тарих, ru: История, en: History}}], articles: [{folder: specimen, first_page: 5}]}

    Source: Basylym's own rule.
    """
    sections = [section.id for section in edition.issue.sections] if edition.issue else []
    if edition.issue and edition.front.section and edition.front.section not in sections:
        yield Found(edition.article.places.find("section"), edition.front.section, ", ".join(sections) or Phrase("none is listed"))


@check("SRC-018", "“{found}”, which {field} names, is not there", "use one of: {expected}")
def unknown_choice(edition: Edition) -> Iterator[Found]:
    """journal.yaml or issue.yaml names a reference style, a layout, a font or a section that does not exist.

    Why: the default is used instead, and a whole issue may be printed in a style that is not the journal's.

    Bad::

        journal: {csl: gost-2003}

    Good::

        journal: {csl: gost-r-7.0.5-2008}

    Source: Basylym's own rule.
    """
    yield from problems(edition, "unknown_choice")


@check("SRC-019", "the issue names “{found}”, but there is no such article", "correct the folder's name, or take the line out")
def article_not_found(edition: Edition) -> Iterator[Found]:
    """issue.yaml names a folder that is not beside it, or has no article.md.

    Why: an article that the issue promises would be missing from it without a word.

    Bad::

        issue: {articles: [{folder: specimen, first_page: 5}, {folder: lost}]}

    Good::

        issue: {articles: [{folder: specimen, first_page: 5}]}

    Source: Basylym's own rule.
    """
    yield from problems(edition, "article_not_found")
