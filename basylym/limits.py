"""How much of the machine one article may take: a manuscript comes from a stranger."""

from __future__ import annotations

from typing import Annotated

from basylym.parts import Part, Within

Number = Annotated[int, Within(ge=1, le=10_000_000_000)]


class Limits(Part):
    """What is beyond one of these is refused, with a finding that names the limit; the defaults are far beyond any article."""

    file_bytes: Number = 5_000_000
    """The largest text file, in bytes: the longest novel has three million letters."""
    elements: Number = 10_000
    """The most paragraphs, cells, links, notes and other parts of a text, and the most keys and values of a front matter; a long
    article has two thousand."""
    notes: Number = 350
    """The most notes; laying out a thousand in one place takes half a minute."""
    columns: Number = 100
    """The widest table, in columns."""
    letters: Number = 250_000
    """The longest text, and the longest front matter, in letters: a hundred pages."""
    paragraph: Number = 30_000
    """The longest paragraph, in letters: twelve pages."""
    word: Number = 2_000
    """The longest word or address, in letters."""
    turns: Number = 1_000
    """The most signs in a text that turn the direction of writing; each makes a piece of its own, and a line of them has no width."""
    depth: Number = 60
    """How deep lists, quotations, tables and formulas may stand in one another."""
    people: Number = 500
    """The most authors and others who are named."""
    pictures: Number = 500
    """The most pictures."""
    picture_bytes: Number = 20_000_000
    """The largest picture file, in bytes."""
    picture_pixels: Number = 50_000_000
    """The most pixels a picture may unfold to; A0 at 150 dpi has 35 million."""
    drawn: Number = 20_000
    """The most elements that an SVG picture may draw, those counted each time that are used several times; long data,
    transforms and styles count as many."""
    seconds: Number = 8
    """The longest that pandoc may read, in seconds; a long article takes half of one, brackets nested by a stranger take years."""
    megabytes: Annotated[int, Within(ge=100, le=100_000)] = 600
    """The most memory that pandoc may take; a circular crossref would take all there is."""
