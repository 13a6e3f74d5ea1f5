"""The little language in which a pattern of the second list says how an entry is written.

A line is text with fields in braces, `{title}`. What stands in ⟨angle brackets⟩ vanishes where a field right inside it is empty;
⟨one|another|⟩ prints the first of its choices that has all its fields, and an empty last one prints nothing. Asterisks set *italics*.
A full stop after a full stop, a question mark or an exclamation mark is not printed twice, nor are brackets round the words for what
is missing. The fields stand in FIELDS; `parts` are a pattern's own, and may use those before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Day
from functools import cache
from typing import Annotated, Literal

from markupsafe import Markup, escape
from pydantic import Field, field_validator, model_validator

from basylym.fields import Language, Part

FIELDS = {
    "authors": "the authors, as `names` writes them",
    "editors": "the editors, likewise",
    "eds": "Ed. for one editor, Eds. for several",
    "title": "the title: title-latin, else romanised; one in Latin letters as it is",
    "title-en": "its English translation; where a Cyrillic title has none, words say so",
    "container": "the journal, book or site it stands in, romanised like the title",
    "container-en": "that one's English name",
    "series": "the series, romanised",
    "year": "the year, or the first and the last",
    "date": "the day as far as it is known: 12 January 2016",
    "volume": "the volume",
    "issue": "the issue of a journal",
    "number": "the number of a standard, law, report or patent",
    "edition": "the edition",
    "pages": "the pages, 76–81",
    "pp": "the same with their word: pp. 76–81, p. 76; an article's own number, e112, without",
    "extent": "how many pages a book has",
    "place": "where it was published: publisher-place-latin, else in English where `places` says so and the city is known, else romanised",
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
    most: Annotated[int, Field(ge=1)] | None = None
    """The greatest number of names printed whole; from one more on the list is cut."""
    shown: Annotated[int, Field(ge=1)] = 1
    """How many names a list that was cut shows."""
    others: str = " et al."
    """What stands for the rest."""

    model_config = Part.model_config | {"str_strip_whitespace": False}


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

    @field_validator("lines")
    @classmethod
    def _has_default(cls, lines: dict[str, str]) -> dict[str, str]:
        if "default" not in lines:
            raise ValueError("no line is called default")
        return lines

    @model_validator(mode="after")
    def _is_well_formed(self) -> Pattern:
        known = set(FIELDS)
        for name, text in [*self.parts.items(), *self.lines.items()]:
            if wrong := sorted({field for field, _ in TOKEN.findall(text) if field} - known):
                raise ValueError(f"{name}: no field is called {', '.join(wrong)}")
            if parse(text)[1] != len(TOKEN.findall(text)):
                raise ValueError(f"{name}: a bracket ⟨ ⟩ has no partner")
            if name in self.parts:
                known.add(name)
        return self

    def write(self, kind: str, values: Mapping[str, Markup]) -> Markup:
        """An entry of a type as HTML."""
        values = dict(values)
        for name, text in self.parts.items():
            written = fill(text, values)
            values[name] = written if written.replace(ITALIC, "").strip() else Markup()
        return tidy(fill(self.lines.get(kind, self.lines["default"]), values))


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


def fill(text: str, values: Mapping[str, Markup]) -> Markup:
    """A line with its fields filled in; its italics are still marks."""
    def print_all(nodes: list) -> str:
        return "".join(values.get(node[0], "") if isinstance(node, tuple) else choose(node) if isinstance(node, list) else escape(node)
                       for node in nodes)

    def choose(choices: list[list]) -> str:
        for nodes in choices:
            if all(values.get(node[0]) for node in nodes if isinstance(node, tuple)):
                return print_all(nodes)
        return ""

    return Markup(print_all(parse(text)[0]))


def tidy(html: str) -> Markup:
    """Italics as elements, no doubled full stops, blanks or brackets."""
    pieces = html.split(ITALIC)
    html = "".join(f"<i>{piece}</i>" if number % 2 and piece.strip() else piece for number, piece in enumerate(pieces))
    html = re.sub(r"[\[(](<span class=\"missing\">\[[^<]*\]</span>)[\])]", r"\1", html)
    html = re.sub(r"([.!?…])((?:</?\w[^>]*>)*)\.(?=[\s<]|$)(?!\.)", r"\1\2", html)
    return Markup(re.sub(r"[ \t]{2,}", " ", html).strip(" ,;"))
