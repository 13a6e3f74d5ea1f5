"""REF: does the article rest on works that were retracted?"""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.entries import Entry, printed, word, year
from basylym.check.reading import problems
from basylym.model import Edition, Retraction
from basylym.read.retractions import SHORTEST, fold_doi, fold_title

RETRACTED, DOUBTED, REINSTATED = "retraction", "expression of concern", "reinstatement"
"""What is done to works, in Retraction Watch's words, in small letters; a correction is no reason to worry."""


def _notices(edition: Edition, entry: Entry) -> Iterator[Retraction]:
    """The notices on a work by its DOI; none where it was reinstated."""
    dois = {fold_doi(entry.get("DOI")), fold_doi(entry.get("URL"))} - {""}
    about = [each for each in edition.retracted if each.doi in dois]
    if not any(each.nature.casefold() == REINSTATED for each in about):
        yield from about


def _found(edition: Edition, entry: Entry, notice: Retraction) -> Found:
    values = {"date": notice.date, "reason": notice.reason or "–", "notice": notice.notice or "–"}
    return Found(edition.article.find_reference(entry["id"], "DOI"), entry["id"], notice.title, values)


@check("REF-031", "“{found}” was retracted on {date}: {reason}", "see the notice, {notice}; leave the source out, or say in the text that "
       "it was retracted and allow this finding", draft="warning")
def work_retracted(edition: Edition) -> Iterator[Found]:
    """A source is in the journal's list of retracted works, by its DOI.

    Why: its results do not hold, and readers must know. The list is a file beside journal.yaml, in the form in which Crossref publishes
    the Retraction Watch database; nothing is asked over the network.

    Bad::

        journal: {retractions: retracted.csv}
        beside:
          retracted.csv: |
            Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason
            1,A sample article,5/31/2024 0:00,10.5555/notice,1/1/2020 0:00,10.5555/Sample,Retraction,+Error in Data;
        references:
          - {id: example, type: article-journal, language: en, author: [{family: Sample}], title: A sample article,
             container-title: Samples, issued: 2020, page: 5–19, DOI: 10.5555/sample}

    Good::

        journal: {retractions: retracted.csv}
        beside:
          retracted.csv: |
            Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason
            1,A sample article,5/31/2024 0:00,10.5555/notice,1/1/2020 0:00,10.5555/sample,Correction,+Error in Data;
        references:
          - {id: example, type: article-journal, language: en, author: [{family: Sample}], title: A sample article,
             container-title: Samples, issued: 2020, page: 5–19, DOI: 10.5555/sample}

    Source: COPE, Retraction guidelines; the Retraction Watch database as Crossref publishes it, `OriginalPaperDOI`.
    """
    for entry in printed(edition):
        for notice in _notices(edition, entry):
            if notice.nature.casefold() == RETRACTED:
                yield _found(edition, entry, notice)
                break


@check("REF-032", "“{found}” may be a work that was retracted on {date}: “{expected}”", "compare the two, and see the notice, {notice}",
       severity="warning")
def work_perhaps_retracted(edition: Edition) -> Iterator[Found]:
    """A source without a DOI has the title and year of a work in the journal's list of retracted works.

    Why: its results may not hold. Titles are compared without punctuation; short ones, such as «Editorial», are not.

    Bad::

        journal: {retractions: retracted.csv}
        beside:
          retracted.csv: |
            Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason
            1,A sample article on samples,5/31/2024 0:00,10.5555/notice,1/1/2020 0:00,unavailable,Retraction,+Error in Data;
        references:
          - {id: example, type: article-journal, language: en, author: [{family: Sample}], title: "A sample article: on Samples",
             container-title: Samples, issued: 2020, page: 5–19}

    Good::

        journal: {retractions: retracted.csv}
        beside:
          retracted.csv: |
            Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason
            1,A sample article on samples,5/31/2024 0:00,10.5555/notice,1/1/2010 0:00,unavailable,Retraction,+Error in Data;
        references:
          - {id: example, type: article-journal, language: en, author: [{family: Sample}], title: A sample article on samples,
             container-title: Samples, issued: 2020, page: 5–19}

    Source: the Retraction Watch database as Crossref publishes it, `Title` and `OriginalPaperDate`.
    """
    for entry in printed(edition):
        title = fold_title(word(entry, "title"))
        for notice in edition.retracted if len(title) >= SHORTEST and not fold_doi(entry.get("DOI")) else ():
            if notice.nature.casefold() == RETRACTED and fold_title(notice.title) == title and year(entry) in (None, notice.year) \
                    and notice not in _notices(edition, entry):
                yield _found(edition, entry, notice)
                break


@check("REF-033", "the journal that published “{found}” voiced concern about it on {date}: {reason}", "see the notice, {notice}",
       severity="warning")
def work_doubted(edition: Edition) -> Iterator[Found]:
    """A source is in the journal's list with an expression of concern.

    Why: its results are in doubt, but not withdrawn; the author should know.

    Bad::

        journal: {retractions: retracted.csv}
        beside:
          retracted.csv: |
            Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason
            1,A sample article,5/31/2024 0:00,10.5555/notice,1/1/2020 0:00,10.5555/sample,Expression of concern,+Error in Data;
        references:
          - {id: example, type: article-journal, language: en, author: [{family: Sample}], title: A sample article,
             container-title: Samples, issued: 2020, page: 5–19, DOI: 10.5555/sample}

    Good::

        journal: {retractions: retracted.csv}
        beside:
          retracted.csv: |
            Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason
            1,A sample article,5/31/2024 0:00,10.5555/notice,1/1/2020 0:00,10.5555/other,Expression of concern,+Error in Data;
        references:
          - {id: example, type: article-journal, language: en, author: [{family: Sample}], title: A sample article,
             container-title: Samples, issued: 2020, page: 5–19, DOI: 10.5555/sample}

    Source: COPE, Retraction guidelines (expressions of concern).
    """
    for entry in printed(edition):
        notices = list(_notices(edition, entry))
        if notices and not any(each.nature.casefold() == RETRACTED for each in notices):
            yield from (_found(edition, entry, each) for each in notices[-1:] if each.nature.casefold() == DOUBTED)


@check("REF-034", "the list of retractions “{found}” can't be used: {expected}",
       "put the file as Crossref publishes it beside journal.yaml", severity="warning")
def retractions_unreadable(edition: Edition) -> Iterator[Found]:
    """The journal's list of retracted works is no CSV, or lacks the columns of the Retraction Watch database.

    Why: no source is looked up in it.

    Bad::

        journal: {retractions: retracted.csv}
        beside:
          retracted.csv: |
            DOI,Title
            10.5555/sample,A sample article

    Good::

        journal: {retractions: retracted.csv}
        beside:
          retracted.csv: |
            Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,Reason

    Source: the Retraction Watch database as Crossref publishes it, its first line.
    """
    yield from problems(edition, "retractions_unreadable")
