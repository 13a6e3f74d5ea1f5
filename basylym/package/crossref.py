"""For Crossref, which registers DOIs: its deposit schema 5.4.0."""

from __future__ import annotations

import re

from basylym.fields import Name
from basylym.package import MEDIA_TYPES, Deposit, Parcel
from basylym.package.xml import write_xml
from basylym.render.linked_data import PERIODICAL
from basylym.render.metadata import Person, Reference

NAME = re.compile(r"[^\d?]*[^?\s]+[^\d]*")
"""What it takes as a name or a part of one: digits in one word at most (common5.4.0.xsd, surname)."""
DOI = re.compile(r"10\.[0-9]{4,9}/.{1,200}")
ISBN = re.compile(r"(97[89]-)?\d[\d -]+[\dX]")
KINDS = {"article-journal": "journal_article", "review": "journal_article", "review-book": "journal_article", "book": "book",
         "chapter": "book_chapter", "paper-conference": "conference_paper", "dataset": "dataset", "thesis": "dissertation",
         "report": "report", "software": "software", "standard": "standard", "patent": "patent", "webpage": "web_resource",
         "post-weblog": "blog_post"}
"""CSL's types of cited works in its words."""
UPDATES = {"correction": "correction", "retraction": "retraction", "expression-of-concern": "expression_of_concern"}
"""What notices are in its words."""


def within(text: str, most: int, least: int = 1) -> str:
    """A text that is neither too short nor too long for its place; else nothing."""
    return text if least <= len(text) <= most else ""


def is_name(text: str) -> bool:
    """Whether it takes a text as a person's name or a part of it."""
    return len(text) <= 60 and bool(NAME.fullmatch(text))


def named(author: Person) -> tuple[str, Name] | None:
    """The first language in which an author's name is one by its rules, and that name; None for an author without."""
    return next(((tag, name) for tag, name in author.names.items()
                 if is_name(name.family) and (not name.forenames or is_name(name.forenames))), None)


def alternatives(author: Person, taken: str) -> list[str]:
    """An author's other names, whole, each once."""
    own = author.names[taken].full
    return [full for full in dict.fromkeys(each.full for each in author.names.values()) if full != own and is_name(full)]


def cited(reference: Reference) -> dict[str, str]:
    """A cited work in its elements: what stands in a journal or a book is an article of it."""
    part = "article_title" if reference.container else "volume_title"
    whole = "journal_title" if reference.kind in PERIODICAL else "volume_title"
    return {name: text for name, text in (
        ("issn", reference.issn), (whole, reference.container), ("author", reference.people[0] if reference.people else ""),
        ("volume", within(reference.volume, 32)), ("issue", within(reference.issue, 32)),
        ("first_page", within(reference.pages[0], 32) if reference.pages else ""),
        ("cYear", str(reference.date[0]) if reference.date else ""), ("doi", reference.doi if DOI.fullmatch(reference.doi) else ""),
        ("isbn", reference.isbn if ISBN.fullmatch(reference.isbn) and len(reference.isbn) <= 17 else ""), (part, reference.title),
        ("unstructured_citation", reference.text)) if text}


def make(parcel: Parcel) -> dict[str, bytes]:
    """One file, of an article or of all articles of an issue."""
    return {f"{parcel.name}.xml": write_xml(
        parcel, "crossref.xml", within=within, named=named, alternatives=alternatives, cited=cited, kinds=KINDS,
        updates=UPDATES, formats=MEDIA_TYPES)}


DEPOSIT = Deposit("crossref", make, "crossref.xml")
