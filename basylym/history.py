"""What happened to an article after it was published: its versions, and the notices about it.

What they hold is looked at as parts/ tells; the sentence under each field is its documentation and its description in the published
JSON Schema.
"""

from __future__ import annotations

from datetime import date as Day
from typing import Literal, get_args

from basylym.parts import Part
from basylym.rules import Doi, Translations

NoticeKind = Literal["correction", "retraction", "expression-of-concern"]
NOTICES: tuple[str, ...] = get_args(NoticeKind)
"""The types of article that are notices about another article."""


class Version(Part):
    """A published version of the article."""

    number: str
    """Its number: 1, 2, 2.1."""
    date: Day | None = None
    """The day it was published."""
    what: Translations = {}
    """What was changed against the version before, in each language."""


class Notice(Part):
    """A notice about the article, published after it as an article of its own."""

    type: NoticeKind
    """What it is: a correction, a retraction, or an expression of concern."""
    date: Day | None = None
    """The day it was published."""
    doi: Doi | None = None
    """The notice's own DOI."""
    text: Translations = {}
    """What it says, in each language: what was wrong and is now right; why, and by whom, the article is retracted."""


class Corrected(Part):
    """The article that a notice is about."""

    doi: Doi | None = None
    """Its DOI."""
    title: Translations = {}
    """Its title in each language."""
