"""What a journal may ask of every article, as data: the limits of journal.yaml and of the presets.

What they hold is looked at as parts/ tells; the sentence under each field is its documentation and its description in the published
JSON Schema.
"""

from __future__ import annotations

from typing import Annotated, Literal

from basylym.identifiers import bare_doi
from basylym.parts import Before, Part, Within

Language = Annotated[str, Within(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Translations = dict[Language, str]
Doi = Annotated[str, Before(bare_doi)]
Strings = Annotated[list[str], Before(lambda value: [value] if isinstance(value, str) else value)]


class Limit(Part):
    """How few and how many are allowed; a side left out has no limit."""

    least: Annotated[int, Within(ge=0)] | None = None
    """The fewest."""
    most: Annotated[int, Within(ge=0)] | None = None
    """The most."""

    def _judge(self) -> None:
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("least is larger than most")


class Share(Part):
    """How large a part of the sources is allowed, in per cent."""

    least: Annotated[int, Within(ge=0, le=100)] | None = None
    """The smallest."""
    most: Annotated[int, Within(ge=0, le=100)] | None = None
    """The largest."""


class RecentShare(Part):
    """How large a part of the sources must be recent, in per cent."""

    least: Annotated[int, Within(ge=0, le=100)] | None = None
    """The smallest."""
    most: Annotated[int, Within(ge=0, le=100)] | None = None
    """The largest."""
    years: Annotated[int, Within(ge=1, le=100)] = 5
    """How many years before the article still count as recent."""


SECTIONS = ("main_provisions", "introduction", "literature_review", "methods", "results", "discussion", "conclusion")
"""The parts of an article that a journal may ask for; each language's file knows the headings they stand under."""


class Rules(Part):
    """What a journal asks of every article; outside a limit is an error."""

    abstract_words: Limit = Limit(least=100, most=300)
    """How many words an abstract has, in each language."""
    keywords: Limit = Limit(least=3, most=15)
    """How many keywords there are, in each language."""
    title_words: Limit = Limit()
    """How many words a title has, in each language."""
    text_words: Limit = Limit()
    """How many words the text has, without front matter, notes and references."""
    references: Limit = Limit()
    """How many sources are listed."""
    recent_references: RecentShare = RecentShare()
    """How large a part of the sources is recent."""
    foreign_references: Share = Share()
    """How large a part of the sources is in another language than Kazakh and Russian."""
    own_references: Share = Share()
    """How large a part of the sources is by the article's own authors."""
    authors: Limit = Limit()
    """How many authors there are."""
    corresponding_author: bool = True
    """Whether exactly one author is named to whom readers write."""
    author_fields: list[Literal["orcid", "email", "degree", "position"]] = []
    """What every author must give."""
    affiliation_fields: list[Literal["city", "country", "ror"]] = ["city", "country"]
    """What every organisation must give besides its name."""
    sections: list[Literal[SECTIONS]] = []
    """The parts that the text must have, each under a heading of its name in the article's language."""
    statements: list[Literal["funding", "conflict_of_interest", "contributions", "acknowledgements", "license"]] = []
    """The statements that every article must make; the journal's licence counts for its articles."""
    abbreviations: Strings = []
    """Abbreviations that need no explanation in an abstract, besides those everybody knows."""
