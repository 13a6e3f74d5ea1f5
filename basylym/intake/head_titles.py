"""Lines of a head that may be its title, and lines that go on in the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from basylym.intake.affiliations import is_country, is_place
from basylym.intake.codes import find_emails
from basylym.intake.labels import exact_words, has_word, skeleton
from basylym.intake.organisations import is_organisation
from basylym.intake.people import LEADING, read_authors
from basylym.intake.spans import Span
from basylym.languages import language
from basylym.languages.identify import guess_language, identify_language

if TYPE_CHECKING:
    from basylym.intake.heads import Head

TONGUES = ("kk", "ru", "en")
"""The languages that front matter is in."""
LONGEST_TITLE = 500


@dataclass(slots=True)
class Title:
    """Lines that may be a title."""

    text: str
    """Its words."""
    spans: list[Span]
    """Its lines."""
    tag: str = ""
    """Its language."""
    sure: bool = False
    """Whether its language is plain."""

    @property
    def weight(self) -> float:
        """How much it looks like a title."""
        look, words = self.spans[0].look, len(self.text.split())
        size = (look.size - look.usual) if look.size and look.usual else 0
        return (2 * (look.bold > 0.8) + (look.caps > 0.8) + (look.align == "center") + max(-2, min(size, 4)) + (look.level is not None)
                + (1.5 if words >= 4 else 0) - (2 if words < 3 else 0) - (2 if self.text.endswith(".") else 0))


def same_title(run: list[Span], span: Span) -> bool:
    """Whether a line goes on the title before it."""
    before = run[-1]
    first, second = (identify_language(each.text, TONGUES) for each in (before, span))
    if first and second and first != second or len(before.text) + len(span.text) > LONGEST_TITLE:
        return False
    if before.text.isascii() != span.text.isascii() and (before.text.isascii() or span.text.isascii()):
        return False
    if before.block == span.block or span.text[:1].islower() or before.text[-1:] in ",:–—-":
        return True
    looks = [(each.look.bold > 0.8, each.look.align, each.look.size) for each in (before, span)]
    alike = looks[0] == looks[1]
    if not alike or len(before.text.split()) < 4 or before.text[-1:] in ".!?":
        return False
    return before.text.isupper() and span.text.isupper() and not (first and second and first != second)


def is_department(span: Span, after: Span) -> bool:
    """Whether a line «Dept. of Geography» is part of the organisation in the line below it, which is set alike."""
    alike = span.block == after.block or (span.look.align, span.look.bold > 0.8) == (after.look.align, after.look.bold > 0.8)
    return alike and len(span.text) < 160 and bool(has_word(" ".join(span.text.split()[:3]), "departments")) and not (
        LEADING.match(span.marked) or LEADING.match(after.marked) or is_country(span.text.rsplit(",", 1)[-1]) or is_place(after.text)
        or read_authors(after.marked) or find_emails(after.text) or len(after.text) > 200) and is_organisation(after.text)


def is_begun(span: Span) -> bool:
    """Whether a line of an organisation ends where its name goes on: «М. Үлгібаев атындағы»."""
    last = skeleton(span.text.split()[-1])
    return len(span.text) < 100 and span.look.bold < 0.8 and any(letter.isupper() for letter in span.text) and (
        last in exact_words("in_names") or last in exact_words("named_after"))


def language_letters(text: str) -> list[str]:
    """The languages that have all letters of a text."""
    letters = {letter for letter in text.lower() if letter.isalpha()}
    return [tag for tag in TONGUES if letters <= set(language(tag).alphabet)]


def name_languages(head: Head, hint: str, article: str) -> None:
    """Says which language each title is in; `hint` is that of the abstract that follows, `article` that of the text."""
    for title in head.titles:
        found = identify_language(title.text, TONGUES)
        title.sure = bool(found)
        title.tag = found or guess_language(title.text, TONGUES)
        cyrillic = bool(re.search("[а-яё]", title.text.lower()))
        if not found and len(head.titles) == 1 and hint and (hint != "en") == cyrillic:
            title.tag = hint
        elif not found and cyrillic and article in language_letters(title.text):
            title.tag = article
    tags = [title.tag for title in head.titles if title.sure] or [title.tag for title in head.titles]
    head.tag = hint or (article if article in tags else next(iter(tags), ""))
