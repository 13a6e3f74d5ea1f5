"""REF: how many of the sources are recent, foreign, the authors' own?"""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.entries import Entry, date_of_article, in_latin, language_of, names, printed, word, year
from basylym.check.twins import same_person
from basylym.messages import Phrase
from basylym.model import Edition
from basylym.rules import Share

FEWEST = 5
"""Of fewer sources no share is computed."""


def _outside(share: Share, entries: list[Entry], counted: list[Entry]) -> tuple[str, str] | None:
    """The share in per cent and what is allowed, in words, where it lies outside."""
    if len(entries) < FEWEST or share.least is None and share.most is None:
        return None
    per_cent = 100 * len(counted) / len(entries)
    if (share.least or 0) <= per_cent and (share.most is None or per_cent <= share.most):
        return None
    found = f"{len(counted)}/{len(entries)} ({per_cent:.0f} %)"
    if share.least and share.most is not None:
        return found, Phrase("{least} to {most} per cent", least=share.least, most=share.most)
    return found, Phrase("{most} per cent at most", most=share.most) if share.most is not None else Phrase(
        "{least} per cent or more", least=share.least)


@check("REF-028", "sources of the last {years} years: {found}; the journal asks for {expected}", "see the journal's rules", draft="warning")
def recent_share(edition: Edition) -> Iterator[Found]:
    """Fewer or more of the sources are recent than the journal's rules allow.

    Why: the journal returns such articles. Years are counted back from the article's own; a source without a year is not recent. Of
    fewer than five sources no share is computed.

    Bad::

        journal: {rules: {recent_references: {years: 5, least: 50}}}
        references:
          - {id: a, type: book, language: kk, title: Бірінші, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: b, type: book, language: kk, title: Екінші, issued: 2002, publisher: Үлгі, publisher-place: Алматы}
          - {id: c, type: book, language: kk, title: Үшінші, issued: 2003, publisher: Үлгі, publisher-place: Алматы}
          - {id: d, type: book, language: kk, title: Төртінші, issued: 2024, publisher: Үлгі, publisher-place: Алматы}
          - {id: e, type: book, language: kk, title: Бесінші, issued: 2025, publisher: Үлгі, publisher-place: Алматы}
        text: |
          Мәтін [@a; @b; @c; @d; @e].

    Good::

        journal: {rules: {recent_references: {years: 5, least: 50}}}
        references:
          - {id: a, type: book, language: kk, title: Бірінші, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: b, type: book, language: kk, title: Екінші, issued: 2002, publisher: Үлгі, publisher-place: Алматы}
          - {id: c, type: book, language: kk, title: Үшінші, issued: 2021, publisher: Үлгі, publisher-place: Алматы}
          - {id: d, type: book, language: kk, title: Төртінші, issued: 2024, publisher: Үлгі, publisher-place: Алматы}
          - {id: e, type: book, language: kk, title: Бесінші, issued: 2025, publisher: Үлгі, publisher-place: Алматы}
        text: |
          Мәтін [@a; @b; @c; @d; @e].

    Source: `recent_references` in the journal's rules.
    """
    entries, rule, own = printed(edition), edition.journal.rules.recent_references, date_of_article(edition)
    if own and (outside := _outside(rule, entries, [each for each in entries if (year(each) or 0) >= own.year - rule.years])):
        yield Found(edition.article.places.find("bibliography"), *outside, {"years": rule.years})


@check("REF-029", "sources in other languages than Kazakh and Russian: {found}; the journal asks for {expected}",
       "see the journal's rules", draft="warning")
def foreign_share(edition: Edition) -> Iterator[Found]:
    """Fewer or more of the sources are foreign than the journal's rules allow.

    Why: the journal returns such articles. A source is foreign by its language; one that does not say it, by Latin letters.

    Bad::

        journal: {rules: {foreign_references: {least: 20}}}
        references:
          - {id: a, type: book, language: kk, title: Бірінші, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: b, type: book, language: kk, title: Екінші, issued: 2002, publisher: Үлгі, publisher-place: Алматы}
          - {id: c, type: book, language: kk, title: Үшінші, issued: 2003, publisher: Үлгі, publisher-place: Алматы}
          - {id: d, type: book, language: kk, title: Төртінші, issued: 2004, publisher: Үлгі, publisher-place: Алматы}
          - {id: e, type: book, language: ru, title: Пятая, issued: 2005, publisher: Пример, publisher-place: Алматы}
        text: |
          Мәтін [@a; @b; @c; @d; @e].

    Good::

        journal: {rules: {foreign_references: {least: 20}}}
        references:
          - {id: a, type: book, language: kk, title: Бірінші, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: b, type: book, language: kk, title: Екінші, issued: 2002, publisher: Үлгі, publisher-place: Алматы}
          - {id: c, type: book, language: kk, title: Үшінші, issued: 2003, publisher: Үлгі, publisher-place: Алматы}
          - {id: d, type: book, language: kk, title: Төртінші, issued: 2004, publisher: Үлгі, publisher-place: Алматы}
          - {id: e, type: book, language: en, title: The fifth, issued: 2005, publisher: Sample, publisher-place: London}
        text: |
          Мәтін [@a; @b; @c; @d; @e].

    Source: `foreign_references` in the journal's rules.
    """
    entries = printed(edition)
    own = {"kk", "ru", *edition.journal.languages} - {"en"}
    foreign = [each for each in entries if (language_of(each) not in own if language_of(each) else
                                            word(each, "title") and in_latin(word(each, "title")))]
    if outside := _outside(edition.journal.rules.foreign_references, entries, foreign):
        yield Found(edition.article.places.find("bibliography"), *outside)


@check("REF-030", "sources by the article's own authors: {found}; the journal asks for {expected}", "see the journal's rules",
       draft="warning")
def own_share(edition: Edition) -> Iterator[Found]:
    """Fewer or more of the sources are by the article's own authors than the journal's rules allow.

    Why: the journal returns articles whose authors cite themselves too much. Names are compared in any of the languages and letters.

    Bad::

        journal: {rules: {own_references: {most: 20}}}
        references:
          - {id: a, type: book, language: kk, author: ["Үлгі, А."], title: Бірінші, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: b, type: book, language: en, author: ["Ulgi, A."], title: The second, issued: 2002, publisher: Sample,
             publisher-place: London}
          - {id: c, type: book, language: kk, title: Үшінші, issued: 2003, publisher: Үлгі, publisher-place: Алматы}
          - {id: d, type: book, language: kk, title: Төртінші, issued: 2004, publisher: Үлгі, publisher-place: Алматы}
          - {id: e, type: book, language: kk, title: Бесінші, issued: 2005, publisher: Үлгі, publisher-place: Алматы}
        text: |
          Мәтін [@a; @b; @c; @d; @e].

    Good::

        journal: {rules: {own_references: {most: 20}}}
        references:
          - {id: a, type: book, language: kk, author: ["Үлгі, А."], title: Бірінші, issued: 2001, publisher: Үлгі, publisher-place: Алматы}
          - {id: b, type: book, language: kk, author: ["Үлгі, Б."], title: Екінші, issued: 2002, publisher: Үлгі, publisher-place: Алматы}
          - {id: c, type: book, language: kk, title: Үшінші, issued: 2003, publisher: Үлгі, publisher-place: Алматы}
          - {id: d, type: book, language: kk, title: Төртінші, issued: 2004, publisher: Үлгі, publisher-place: Алматы}
          - {id: e, type: book, language: kk, title: Бесінші, issued: 2005, publisher: Үлгі, publisher-place: Алматы}
        text: |
          Мәтін [@a; @b; @c; @d; @e].

    Source: `own_references` in the journal's rules.
    """
    rule = edition.journal.rules.own_references
    if rule.least is None and rule.most is None:
        return
    entries = printed(edition)
    people = [(name.family, name.forenames) for author in edition.front.authors for name in author.name.values()]
    own = [each for each in entries if any(same_person(name, person) for name in names(each) for person in people)]
    if outside := _outside(rule, entries, own):
        yield Found(edition.article.places.find("bibliography"), *outside)
