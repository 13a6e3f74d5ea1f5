"""Patterns of the second list, files in styles/second-list/: how a journal wants its references in Latin letters.

The little language of their lines is told in docs/second-list.md, and put into words by render/entry_pattern.py.
"""

from __future__ import annotations

import re
from datetime import date as Day
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from basylym.fields import Language
from basylym.messages import Phrase
from basylym.model import Places, Problem
from basylym.parts import Part, Within
from basylym.read.entry_fields import CSL_TYPES
from basylym.read.front_matter import list_problems, nearest, validate
from basylym.read.text import read_text
from basylym.read.yaml import read_yaml
from basylym.typography.transliteration import schemes

FIELDS = {
    "authors": "the authors, as `names` writes them; the editors of a whole work that has none, with (Ed.)",
    "editors": "the editors, likewise",
    "eds": "Ed. for one editor, Eds. for several",
    "translators": "the translators, likewise",
    "by": "who else made it: ed. by …, transl. by …",
    "By": "the same, beginning with a capital",
    "title": "the title: title-latin, else romanised; one in Latin letters as it is",
    "title-en": "its English translation, where it differs; where a Cyrillic title has none, words say so",
    "container": "the journal, book or site it stands in, or the event it was given at, romanised like the title",
    "container-en": "that one's English name",
    "series": "the series, romanised",
    "year": "the year, or the first and the last",
    "date": "the day as far as it is known: 12 January 2016; empty for a law whose title says it",
    "day": "the same without the year",
    "volume": "the volume",
    "volume-title": "the volume's own title, romanised",
    "issue": "the issue of a journal",
    "number": "the number of a standard, law, report or patent",
    "edition": "the edition: 2nd, 3rd rev. and enl.",
    "pages": "the pages, 76–81",
    "pp": "the same with their word: pp. 76–81, p. 76; an article's own number, e112, without",
    "Pp": "like pp, beginning with a capital",
    "extent": "how many pages a book has",
    "place": "where it was published, or given as a talk; of a patent its country: publisher-place-latin, else in English where `places` "
             "says so and the city is known, else romanised",
    "publisher": "the publisher: publisher-latin, else romanised",
    "genre": "what kind of law, report or thesis it is, romanised",
    "genre-en": "the same, only where it is in Latin letters already",
    "Genre": "like genre, beginning with a capital",
    "Genre-en": "like genre-en, beginning with a capital",
    "version": "the version of a program or data set",
    "archive": "the archive and the place in it, romanised",
    "language": "the language's English name, where it is not English",
    "doi": "the DOI alone, linked",
    "doi-url": "the DOI as an address, linked",
    "url": "the address, linked; empty where there is a DOI",
    "accessed": "the day the address was read: 23 November 2026",
}
"""What may stand in braces."""
TOKEN = re.compile(r"\{([A-Za-z][a-z-]*)\}|([⟨⟩|*])")
ITALIC = "\x00"
"""Where italics begin or end, until it is known whether anything stands between."""


class Names(Part):
    """How people are written."""

    form: str = "{family} {initials}"
    """Family name and initials, in their order."""
    initials: Literal["apart", "solid", "bare"] = "solid"
    """A. A., A.A. or AA."""
    between: str = ", "
    """What stands between two names; blanks at its ends need quotation marks in YAML."""
    last: str | None = None
    """What stands before the last name, where it is something else."""
    most: Annotated[int, Within(ge=1)] | None = None
    """The greatest number of names printed whole; from one more on the list is cut."""
    shown: Annotated[int, Within(ge=1)] = 1
    """How many names a list that was cut shows."""
    others: str = " et al."
    """What stands for the rest."""

    _strips = False


class Pattern(Part):
    """A file in styles/second-list/: how a journal wants its second list."""

    title: str
    """Whose pattern it is."""
    source: str
    """Where it was read."""
    read: Day | None = None
    """The day it was read."""
    says: str
    """What the source asks, and what of it is our own reading."""
    printed: list[str] = []
    """Examples that the source prints whole, letter for letter."""
    schemes: dict[Language, str]
    """The scheme of transliteration for each language; the journal's own counts first."""
    names: Names = Names()
    """How people are written."""
    places: Literal["english", "romanised"] = "english"
    """Whether cities are called by their English names, «М.» as Moscow, or romanised."""
    publisher: str = "{publisher}"
    """How a publisher is written whose name had to be romanised: `{publisher} Publ.`"""
    range: str = "–"
    """What stands between first and last page."""
    quotes: str | None = None
    """Quotation marks for romanised titles, “”; without them the author's own stay."""
    needs: list[Literal["title-en", "container-en"]] = ["title-en"]
    """Translations whose absence is said in print."""
    always: bool = False
    """Whether the list is printed where every entry is in Latin letters already."""
    parts: dict[str, str] = {}
    """Pieces of lines that several types share: a name to be used in braces, and what stands for it."""
    lines: dict[str, str]
    """The line for each of CSL's types, and one called `default`."""


@cache
def parse(text: str) -> tuple[list, int]:
    """A line as a tree: text, (field,), and for brackets a list of choices; with it, how many marks were understood."""
    stack: list[list[list]] = [[[]]]
    at = understood = 0
    for mark in TOKEN.finditer(text):
        stack[-1][-1].append(text[at:mark.start()])
        at, understood = mark.end(), understood + 1
        if mark[1]:
            stack[-1][-1].append((mark[1],))
        elif mark[2] == "*":
            stack[-1][-1].append(ITALIC)
        elif mark[2] == "⟨":
            stack.append([[]])
        elif mark[2] == "|" and len(stack) > 1:
            stack[-1].append([])
        elif mark[2] == "⟩" and len(stack) > 1:
            choices = stack.pop()
            stack[-1][-1].append(choices)
        else:
            return [], -1
    stack[-1][-1].append(text[at:])
    return (stack[0][0], understood) if len(stack) == 1 else ([], -1)


def read_pattern(path: Path, shown: str) -> tuple[Pattern | None, list[Problem]]:
    """A pattern, and a problem for each mistake in it; none where it can't be used. Keys it doesn't know are left out."""
    text, problems = read_text(path, shown)
    data, places, mistakes = read_yaml(text or "", shown)
    problems += mistakes
    if not isinstance(data, dict):
        return None, problems or [Problem("wrong_value", places.find(), found=Phrase("this file"), expected=Phrase("a group of keys"))]
    wrong = list_problems(Pattern, data, places)
    pattern = None
    if all(problem.kind == "unknown_key" for problem in wrong):
        pattern = validate(Pattern, data, places)[0]
        wrong += [*_mistakes_of_lines(pattern, places), *_mistakes_of_blanks(pattern, places)]
    usable = all(problem.kind in ("unknown_key", "other_encoding") for problem in (*problems, *wrong))
    return pattern if usable else None, problems + wrong


def _mistakes_of_lines(pattern: Pattern, places: Places) -> list[Problem]:
    """Fields that are none, brackets without partner, types that CSL has not, and no line for the others."""
    found, known = [], set(FIELDS)
    for part, lines in (("parts", pattern.parts), ("lines", pattern.lines)):
        for name, text in lines.items():
            for field in sorted({field for field, _ in TOKEN.findall(text) if field} - known):
                near = nearest(field, sorted(known))
                found.append(Problem("wrong_value", places.find_words(f"{{{field}}}", part, name), found=f"{{{field}}}",
                                     expected=f"{{{near}}}" if near else ", ".join(f"{{{each}}}" for each in sorted(known))))
            if parse(text)[1] != len(TOKEN.findall(text)):
                found.append(Problem("wrong_value", places.find(part, name), found=text, expected=Phrase("a partner for each bracket ⟨ ⟩")))
            if part == "parts":
                known.add(name)
            elif name not in CSL_TYPES and name != "default":
                found.append(Problem("unknown_key", places.find(part, name), found=name, expected=nearest(name, sorted(CSL_TYPES))))
    if "default" not in pattern.lines:
        found.append(Problem("missing_key", places.find("lines"), found="lines", expected="default"))
    return found


def _mistakes_of_blanks(pattern: Pattern, places: Places) -> list[Problem]:
    """Schemes that are not there, and blanks in the form of a name or publisher that nothing fills."""
    found = [Problem("unknown_choice", places.find("schemes", tag), scheme, ", ".join(schemes()))
             for tag, scheme in pattern.schemes.items() if scheme not in schemes()]
    for text, keys, known in ((pattern.names.form, ("names", "form"), ("{family}", "{initials}")),
                              (pattern.publisher, ("publisher",), ("{publisher}",))):
        rest = text
        for blank in known:
            rest = rest.replace(blank, "")
        if known[0] not in text or re.search(r"[{}]", rest):
            found.append(Problem("wrong_value", places.find(*keys), found=text, expected=", ".join(known)))
    return found
