"""FM: what happened to the article after it was published: versions, corrections, a retraction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from basylym.check import Found, check
from basylym.history import NOTICES
from basylym.identifiers import is_doi
from basylym.messages import Label, LanguageName
from basylym.model import Edition


def _kind(name: str) -> Label:
    """What a notice is called in print."""
    return Label(name.replace("-", "_"))


@check("FM-073", "the notice “{kind}” does not say {expected}", "add it under notices: {expected}:", draft="warning")
def notice_incomplete(edition: Edition) -> Iterator[Found]:
    """A notice about the article has no date, or no DOI though the journal gives DOIs.

    Why: readers must find the notice, and programs learn of it by its DOI alone.

    Bad::

        notices:
          - type: correction
            date: 2026-06-30
            text: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Good::

        notices:
          - type: correction
            date: 2026-06-30
            doi: 10.5555/specimen-correction
            text: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Source: COPE, Retraction guidelines (a notice is linked to the article and dated); NISO RP-45-2024 (a notice has a DOI of its own).
    """
    gives_dois = edition.journal.doi_prefix or edition.front.doi
    for number, each in enumerate(edition.front.notices):
        for name, missing in (("date", not each.date), ("doi", not each.doi and gives_dois)):
            if missing and not edition.unread(f"notices[{number}].{name}"):
                yield Found(edition.article.places.find("notices", number, name), expected=name, values={"kind": _kind(each.type)})


@check("FM-074", "{found} is the DOI of this article itself", "give the notice's DOI on the article, and the article's on the notice")
def history_doi_own(edition: Edition) -> Iterator[Found]:
    """A notice has the DOI of the article that it is about, or a notice is about itself.

    Why: a notice is an article of its own; a DOI leads to one of the two.

    Bad::

        notices:
          - type: correction
            date: 2026-06-30
            doi: 10.5555/specimen
            text: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Good::

        notices:
          - type: correction
            date: 2026-06-30
            doi: 10.5555/specimen-correction
            text: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Source: NISO RP-45-2024; Crossref, registering updates.
    """
    own = (edition.front.doi or "").lower()
    for name in ("notices", "corrects"):
        for number, each in enumerate(getattr(edition.front, name)):
            if own and each.doi and each.doi.lower() == own:
                yield Found(edition.article.places.find(name, number, "doi"), each.doi)


@check("FM-075", "{found} is not a DOI", "a DOI looks like {expected}")
def history_doi_malformed(edition: Edition) -> Iterator[Found]:
    """The DOI of a notice, or of the article that a notice is about, does not have a DOI's form.

    Why: it resolves nowhere, and nobody learns of the notice.

    Bad::

        notices:
          - type: correction
            date: 2026-06-30
            doi: 5555/specimen-correction
            text: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Good::

        notices:
          - type: correction
            date: 2026-06-30
            doi: https://doi.org/10.5555/specimen-correction
            text: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Source: DOI Handbook, 2.2.
    """
    for name in ("notices", "corrects"):
        for number, each in enumerate(getattr(edition.front, name)):
            if each.doi and not is_doi(each.doi):
                yield Found(edition.article.places.find(name, number, "doi"), each.doi,
                            f"{edition.journal.doi_prefix or '10.5555'}/example")


@check("FM-076", "it is not said which article this notice is about", "name it under corrects: doi: and title:", draft="warning")
def corrected_article_missing(edition: Edition) -> Iterator[Found]:
    """A correction, retraction or expression of concern does not name the article that it is about.

    Why: without its DOI no index ties the two together, and readers of the article never learn of the notice.

    Bad::

        type: correction

    Good::

        type: correction
        corrects:
          - doi: 10.5555/corrected
            title: {kk: Түзетілген мақала, ru: Исправленная статья, en: The corrected article}

    Source: COPE, Retraction guidelines (a notice names the article and links to it); JATS4R, corrections and retractions.
    """
    if edition.front.type in NOTICES and not edition.unread("corrects"):
        if not edition.front.corrects:
            yield Found(edition.article.places.find("corrects"))
        for number, each in enumerate(edition.front.corrects):
            if not each.doi and not each.title:
                yield Found(edition.article.places.find("corrects", number))


@check("FM-077", "corrects: stands in an article of the type {found}", "make its type {expected}, or put the notice under notices:")
def corrects_in_an_article(edition: Edition) -> Iterator[Found]:
    """An article that is no notice says that it corrects another.

    Why: indexes would take a study for a correction, or overlook the correction.

    Bad::

        corrects:
          - doi: 10.5555/corrected
            title: {kk: Түзетілген мақала, ru: Исправленная статья, en: The corrected article}

    Good::

        type: retraction
        corrects:
          - doi: 10.5555/corrected
            title: {kk: Түзетілген мақала, ru: Исправленная статья, en: The corrected article}

    Source: JATS4R, corrections and retractions (the type of a notice).
    """
    if edition.front.corrects and edition.front.type not in NOTICES:
        yield Found(edition.article.places.find("corrects"), edition.front.type, ", ".join(NOTICES))


@check("FM-078", "{found} is before the day of publication, {expected}", "correct one of the two days")
def history_before_publication(edition: Edition) -> Iterator[Found]:
    """A version or a notice is older than the article.

    Why: what changes a published article comes after it; what was changed before belongs to the revision of the manuscript.

    Bad::

        versions:
          - number: "1"
            date: 2026-03-30
          - number: "2"
            date: 2026-05-01
            what: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}
        notices:
          - type: correction
            date: 2025-05-01
            doi: 10.5555/specimen-correction
            text: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Good::

        versions:
          - number: "1"
            date: 2026-03-30
          - number: "2"
            date: 2026-05-01
            what: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Source: NISO RP-8-2008, Journal article versions.
    """
    for name in ("versions", "notices") if edition.date else ():
        for number, each in enumerate(getattr(edition.front, name)):
            if each.date and each.date < edition.date:
                yield Found(edition.article.places.find(name, number, "date"), each.date.isoformat(), edition.date.isoformat())


@check("FM-079", "version {found} stands after version {expected}",
       "put the versions in order, the first one first, each with its own number and day")
def versions_out_of_order(edition: Edition) -> Iterator[Found]:
    """The versions do not follow one another: a number or a day is not later than the one before.

    Why: the last one counts as the article that readers have; its number and day are printed and deposited.

    Bad::

        versions:
          - number: "2"
            date: 2026-05-01
            what: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}
          - number: "1"
            date: 2026-03-30
            what: {kk: Алғашқы нұсқа., ru: Первая версия., en: The first version.}

    Good::

        versions:
          - number: "1"
            date: 2026-03-30
          - number: "2"
            date: 2026-05-01
            what: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Source: NISO RP-8-2008, Journal article versions.
    """
    for number, (first, second) in enumerate(pairwise(edition.front.versions), 1):
        earlier, later = _parts(first.number), _parts(second.number)
        if (earlier and later and later <= earlier) or (first.date and second.date and second.date < first.date) \
                or first.number == second.number:
            yield Found(edition.article.places.find("versions", number), second.number, first.number)


def _parts(number: str) -> tuple[int, ...]:
    """2.10 as numbers; nothing for a version that is called by words."""
    return tuple(int(part) for part in number.split(".")) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})*", number) else ()


@check("FM-080", "the notice “{kind}” says nothing in {language}",
       "say under text: {expected}: what was wrong and is now right; of a retraction, why and by whom", draft="warning")
def notice_without_reason(edition: Edition) -> Iterator[Found]:
    """A notice does not say in one of the journal's languages what was corrected, or why the article is retracted.

    Why: an honest error and misconduct look alike where no reason is given, and readers can't tell what of the article still holds.

    Bad::

        notices:
          - {type: retraction, date: 2026-06-30, doi: 10.5555/specimen-retraction}

    Good::

        notices:
          - type: retraction
            date: 2026-06-30
            doi: 10.5555/specimen-retraction
            text:
              kk: Мақаланы редакция кері қайтарып алды, себебі деректер басқа жұмыстан алынған.
              ru: Статья отозвана редакцией, так как данные взяты из другой работы.
              en: The editors have retracted the article, because its data come from another work.

    Source: COPE, Retraction guidelines (a notice states the reason and who retracts).
    """
    for number, each in enumerate(edition.front.notices):
        yield from _silent(edition, ("notices", number, "text"), each.text, {"kind": _kind(each.type)})


@check("FM-081", "it is not said in {language} what was changed in version {number}", "say it under what: {expected}:", draft="warning")
def version_without_changes(edition: Edition) -> Iterator[Found]:
    """A later version does not say in one of the journal's languages what was changed.

    Why: whoever cited the earlier version must see whether what they cited still stands.

    Bad::

        versions:
          - {number: "1", date: 2026-03-30}
          - {number: "2", date: 2026-05-01}

    Good::

        versions:
          - {number: "1", date: 2026-03-30}
          - number: "2"
            date: 2026-05-01
            what: {kk: Кестедегі сан түзетілді., ru: Исправлено число в таблице., en: A figure in the table was put right.}

    Source: NISO RP-8-2008, Journal article versions (a corrected version tells what was corrected).
    """
    for number, each in enumerate(edition.front.versions):
        if number:
            yield from _silent(edition, ("versions", number, "what"), each.what, {"number": each.number})


def _silent(edition: Edition, path: tuple, texts: dict[str, str], values: dict[str, object]) -> Iterator[Found]:
    """The languages of the article that a text is not given in."""
    for tag in edition.languages:
        if not texts.get(tag):
            yield Found(edition.article.places.find(*path, tag), expected=tag, values={"language": LanguageName(tag), **values})


@check("FM-082", "the article is retracted a second time", "keep one of the two notices")
def retracted_twice(edition: Edition) -> Iterator[Found]:
    """Two notices retract the article.

    Why: an article is retracted once; readers must know by which notice.

    Bad::

        notices:
          - type: retraction
            date: 2026-06-30
            doi: 10.5555/specimen-retraction
            text: {kk: Деректер қате болды., ru: Данные оказались неверны., en: The data proved to be wrong.}
          - type: retraction
            date: 2026-07-30
            doi: 10.5555/specimen-retraction-2
            text: {kk: Деректер қате болды., ru: Данные оказались неверны., en: The data proved to be wrong.}

    Good::

        notices:
          - type: expression-of-concern
            date: 2026-05-30
            doi: 10.5555/specimen-concern
            text: {kk: Деректер тексеріліп жатыр., ru: Данные проверяются., en: The data are being examined.}
          - type: retraction
            date: 2026-06-30
            doi: 10.5555/specimen-retraction
            text: {kk: Деректер қате болды., ru: Данные оказались неверны., en: The data proved to be wrong.}

    Source: NISO RP-45-2024.
    """
    found = [number for number, each in enumerate(edition.front.notices) if each.type == "retraction"]
    for number in found[1:]:
        yield Found(edition.article.places.find("notices", number))
