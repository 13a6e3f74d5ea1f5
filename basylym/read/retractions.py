"""A list of retracted works beside journal.yaml, in the CSV form of the Retraction Watch database.

The list is what Crossref publishes at gitlab.com/crossref/retraction-watch-data: one row a notice, the columns named in its
first line. It is read row by row, for the works that an article cites and no others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from basylym.identifiers import bare_doi
from basylym.messages import Phrase
from basylym.model import Place, Problem, Retraction

COLUMNS = ("Title", "OriginalPaperDOI", "OriginalPaperDate", "RetractionDOI", "RetractionDate", "RetractionNature", "Reason")
"""The columns that are used; the list has others."""
LARGEST = 300_000_000
"""The largest list read, in bytes: the published one has 60 million."""
SHORTEST = 20
"""Letters of a title that are enough to tell a work from others: «Editorial» is not."""

TITLE_MARK = re.compile(r"<[^<>]*>|^\W*retracted(?:\s+article)?\s*:")
"""Markup, and what publishers put before the title of a retracted work."""
NO_LETTER = re.compile(r"[\W_]+")


def fold_title(text: str) -> str:
    """A title's letters and digits alone, small: what is left when people type it in their own way."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = TITLE_MARK.sub("", text.casefold())
    return NO_LETTER.sub("", text)


def fold_doi(value: Any) -> str:
    """A DOI as it is compared: without its address, in small letters (DOI Handbook, 2.4); empty where there is none."""
    text = bare_doi(value).casefold().rstrip(".,;") if isinstance(value, str) else ""
    return text if text.startswith("10.") else ""


def read_retractions(folder: Path, name: str, named_at: Place, references: Iterable[Mapping[str, Any]]) -> tuple[
        tuple[Retraction, ...], list[Problem]]:
    """The rows of the list `name` in the journal's folder that may concern some references, by DOI or by title; and a problem
    at `named_at` where it lies elsewhere, can't be read, or has not the columns."""
    import csv

    dois = {fold_doi(each.get("DOI")) or fold_doi(each.get("URL")) for each in references} - {""}
    titles = {fold_title(str(each.get("title", ""))) for each in references}
    titles = {title for title in titles if len(title) >= SHORTEST}
    found: list[Retraction] = []
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return (), [Problem("retractions_unreadable", named_at, found=name, expected=Phrase("it is not beside journal.yaml"))]
        if (size := path.stat().st_size) > LARGEST:
            return (), [Problem("retractions_unreadable", named_at, found=name,
                                expected=Phrase("it has {size} bytes; the limit is {limit}", size=size, limit=LARGEST))]
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.reader(file)
            at = {column.strip(): number for number, column in enumerate(next(rows, ()))}
            if lacking := [column for column in COLUMNS if column not in at]:
                return (), [Problem("retractions_unreadable", named_at, found=name,
                                    expected=Phrase("these columns are missing: {columns}", columns=", ".join(lacking)))]
            title, doi = at["Title"], at["OriginalPaperDOI"]
            for row in rows:
                if len(row) >= len(at) - 1 and (fold_doi(row[doi]) in dois or titles and fold_title(row[title]) in titles):
                    found.append(_read_row({column: row[at[column]].strip() for column in COLUMNS}))
    except (OSError, ValueError, csv.Error) as error:
        return (), [Problem("retractions_unreadable", named_at, found=name, expected=getattr(error, "strerror", None) or str(error))]
    return tuple(found), []


def _read_row(row: Mapping[str, str]) -> Retraction:
    year = re.search(r"\d{4}", row["OriginalPaperDate"])
    day = re.match(r"(\d\d?)/(\d\d?)/(\d{4})", row["RetractionDate"])
    date = f"{day[3]}-{int(day[1]):02}-{int(day[2]):02}" if day else row["RetractionDate"]
    return Retraction(fold_doi(row["OriginalPaperDOI"]), row["Title"], int(year[0]) if year else None, date,
                      row["RetractionDOI"], row["RetractionNature"], row["Reason"].strip("; ").replace("+", "").replace(";", "; "))
