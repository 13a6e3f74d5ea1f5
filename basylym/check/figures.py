"""FIG: figures, tables, equations and what refers to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from basylym.check import Found, check
from basylym.messages import Phrase
from basylym.model import Edition, Place
from basylym.read.html import read_html
from basylym.read.pictures import Picture, read_picture
from basylym.typography.formula_widths import is_too_wide
from basylym.typography.table_widths import fit_table

LOST = 3
"""How many things that a picture lacks a finding names."""


@check("FIG-001", "the picture “{found}” can't be used: it is {expected}", "put a PNG, JPEG or SVG file into the article's folder "
       "and name it from there: figures/map.png", draft="warning")
def picture_unusable(edition: Edition) -> Iterator[Found]:
    """The text names a picture that is missing, lies elsewhere, is damaged, too large, or of a kind that can't be published.

    Why: words stand in its place in every output. Addresses on the web and files outside the article's folder are never
    opened: a manuscript from a stranger could name any of them.

    Bad::

        text: |
          Мәтін [@example].

          ![Сурет.](https://journal.example/map.png){alt="Карта"}

    Good::

        text: |
          Мәтін [@example].

    Source: Basylym's own rule.
    """
    for image, nth in _images(edition):
        why = read_picture(edition.article.folder, image["src"], edition.journal.limits)
        if isinstance(why, str):
            yield Found(*_named(edition, image, nth), why)


def _images(edition: Edition) -> Iterator[tuple[Mapping[str, Any], int]]:
    """The pictures of the text, each with how often it has been named so far."""
    seen: Counter[str] = Counter()
    for image in edition.article.body.images:
        seen[image["src"]] += 1
        yield image, seen[image["src"]]


def _named(edition: Edition, image: Mapping[str, Any], nth: int) -> tuple[Place, str]:
    """Where a picture is named, and how findings call it."""
    return edition.article.find_picture(image["src"], nth), unquote(image["src"])[:80]


@check("FIG-002", "the picture “{found}” has no words for those who can't see it", "describe what it shows: "
       "![caption](file){{alt=\"…\"}}", severity="warning")
def description_missing(edition: Edition) -> Iterator[Found]:
    """A picture has no alternative text but, at best, its caption.

    Why: readers who can't see the picture learn nothing of what it shows, and PDF/UA and EPUB Accessibility ask for it.

    Bad::

        text: |
          Мәтін [@example].

          ![Сурет.](figures/dot.png)

    Good::

        text: |
          Мәтін [@example].

          ![Сурет.](figures/dot.png){alt="Қара нүкте"}

    Source: WCAG 2.2, 1.1.1; ISO 14289-1:2014, 7.3.
    """
    for image, nth in _images(edition):
        if not image["set"]:
            yield Found(*_named(edition, image, nth))


@check("FIG-003", "“{found}” refers to a figure, table, equation or section that is not there",
       "correct the word after @, or give its target the label {{#{found}}}", draft="warning")
def reference_to_nothing(edition: Edition) -> Iterator[Found]:
    """A cross-reference leads nowhere.

    Why: the reader is sent to a figure that does not exist.

    Bad::

        text: |
          Мәтін [@example], @fig:map.

    Good::

        text: |
          Мәтін [@example], @sec:end.

          # Соңы {#sec:end}

    Source: pandoc-crossref's syntax.
    """
    seen: Counter[str] = Counter()
    for key in edition.article.body.unresolved:
        seen[key] += 1
        yield Found(edition.article.find_key(key, seen[key]), key)


@check("FIG-004", "the heading “{found}” stands more than one level below the one before it", "take away a #, or add the level between",
       severity="warning")
def heading_skips_level(edition: Edition) -> Iterator[Found]:
    """A heading leaves out a level.

    Why: readers who move by headings think that something is missing. It is printed one level below the one before it.

    Bad::

        text: |
          # Бірінші

          ### Үшінші

          Мәтін [@example].

    Good::

        text: |
          # Бірінші

          ## Екінші

          Мәтін [@example].

    Source: ISO 14289-1:2014, 7.4.2; WCAG 2.2, technique G141.
    """
    for words in edition.article.body.skipped:
        yield Found(edition.article.find_heading(words), words)


@check("FIG-005", "the label “{found}” is given a second time", "give the second a label of its own", draft="warning")
def label_doubled(edition: Edition) -> Iterator[Found]:
    """Two things have the same label.

    Why: references to the second lead to the first. Only the first keeps the label.

    Bad::

        text: |
          # Кіріспе {#sec:one}

          Мәтін [@example].

          # Соңы {#sec:one}

    Good::

        text: |
          # Кіріспе {#sec:one}

          Мәтін [@example].

          # Соңы {#sec:two}

    Source: HTML, 3.2.6 (an id is unique in its document).
    """
    for label in edition.article.body.doubled:
        yield Found(edition.article.find("#" + label, 2), label)


@check("FIG-006", "the formula “{found}” can't be read", "see whether every brace is closed and every command is one of LaTeX's",
       draft="warning")
def formula_broken(edition: Edition) -> Iterator[Found]:
    """A formula is no TeX, or uses a command of somebody's own.

    Why: it can't be turned into mathematics, and is printed as typed.

    Bad::

        text: |
          Мәтін [@example] $\\own$.

    Good::

        text: |
          Мәтін [@example] $x^2$.

    Source: pandoc's manual, Math.
    """
    for tex in edition.article.body.formulas:
        yield Found(edition.article.find(tex), tex.strip().split("\n")[0][:60])


@check("FIG-007", "the table “{found}” fits no page, not even in small letters on a page on its side: its words are broken anywhere",
       "part it in two, or turn columns into rows", severity="warning")
def table_too_wide(edition: Edition) -> Iterator[Found]:
    """The words of a table's columns are together wider than a page on its side.

    Why: a table is never cut off in print; one that is wider than a column stands across the page, then in small letters, then
    on a page on its side, and in the end its words and numbers are broken anywhere, which nobody can read.

    Bad::

        text: |
          Мәтін [@example].

          | Аа | Әә |
          |----|----|
          | 1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111 | 2 |
          | 1 | 1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111 |

    Good::

        text: |
          Мәтін [@example].

          | Аа | Әә |
          |----|----|
          | 10000000000000000 | 2 |
          | 1 | 10000000000000000 |

    Source: Basylym's own rule (typography/table_widths.py).
    """
    html = edition.article.body.html
    if "<table" not in html:
        return
    seen: Counter[str] = Counter()
    for table in read_html(html).iter("table"):
        caption = table.find("caption")
        words = next((text.strip() for text in table.xpath(".//th//text() | .//td//text()") if text.strip()), "")
        seen[words] += 1
        if fit_table(table) == "too wide":
            name = " ".join("".join(caption.itertext()).split()) if caption is not None else words
            yield Found(edition.article.find(words, seen[words]), name[:80])


@check("FIG-008", "the picture “{found}” is shown without what it takes from elsewhere: {expected}", "open it in the program it was "
       "drawn with, embed what it links to as PNG or JPEG and turn its words into text or outlines; or export it as PNG",
       severity="warning")
def picture_incomplete(edition: Edition) -> Iterator[Found]:
    """An SVG picture links to something that lies outside of it, or holds a piece of a web page (foreignObject).

    Why: nothing outside of the article's folder is ever opened, and no program but a browser shows pieces of web pages: a place in
    the picture stays blank.

    Bad::

        text: |
          Мәтін [@example].

          ![Сурет.](figures/linked.svg){alt="Карта"}

    Good::

        text: |
          Мәтін [@example].

          ![Сурет.](figures/dot.png){alt="Қара нүкте"}

    Source: Basylym's own rule; SVG 2, 3.2 (secure static mode).
    """
    for image, nth in _images(edition):
        picture = read_picture(edition.article.folder, image["src"], edition.journal.limits)
        if isinstance(picture, Picture) and picture.lost:
            more = Phrase("{words} and {number} more", words=", ".join(picture.lost[:LOST]), number=len(picture.lost) - LOST)
            yield Found(*_named(edition, image, nth), more if len(picture.lost) > LOST else ", ".join(picture.lost))


@check("FIG-009", "the picture “{found}” is empty: nothing is drawn in it", "export it again from the program it was drawn with, and "
       "look at the file in a browser", severity="warning")
def picture_empty(edition: Edition) -> Iterator[Found]:
    """An SVG picture has no shape, no text and no image.

    Why: a blank place is printed above its caption.

    Bad::

        text: |
          Мәтін [@example].

          ![Сурет.](figures/empty.svg){alt="Карта"}

    Good::

        text: |
          Мәтін [@example].

          ![Сурет.](figures/dot.png){alt="Қара нүкте"}

    Source: Basylym's own rule.
    """
    for image, nth in _images(edition):
        picture = read_picture(edition.article.folder, image["src"], edition.journal.limits)
        if isinstance(picture, Picture) and picture.empty and not picture.lost:
            yield Found(*_named(edition, image, nth))


@check("FIG-010", "the formula “{found}” is much wider than a page: it is broken into lines before its signs, or else shrunk until "
       "it can't be read", "break it into lines yourself, in LaTeX's aligned environment", severity="warning")
def formula_too_wide(edition: Edition) -> Iterator[Found]:
    """A displayed formula would have to be shrunk to letters less than seven points high.

    Why: where a formula is best parted only its author knows. It is broken before a sign such as = or + that stands in no bracket
    or fraction; where there is none, it becomes as small as it must.

    Bad::

        text: |
          Мәтін [@example].

          $$a = bbbbbbbbbb + cccccccccc + dddddddddd + eeeeeeeeee + ffffffffff
          + gggggggggg + hhhhhhhhhh + kkkkkkkkkk + llllllllll + mmmmmmmmmm$$

    Good::

        text: |
          Мәтін [@example].

          $$\\begin{aligned} a &= bbbbbbbbbb + cccccccccc + dddddddddd + eeeeeeeeee + ffffffffff \\\\
          &+ gggggggggg + hhhhhhhhhh + kkkkkkkkkk + llllllllll + mmmmmmmmmm \\end{aligned}$$

    Source: Basylym's own rule (typography/formula_widths.py).
    """
    html = edition.article.body.html
    seen: Counter[str] = Counter()
    for found in re.finditer(r'<math\b[^>]*display="block".*?</math>', html, re.S):
        math, = read_html(found[0])
        tex = "".join(math.xpath('.//*[local-name()="annotation"]/text()')).strip()
        seen[tex] += 1
        if is_too_wide(math):
            yield Found(edition.article.find(tex, seen[tex]), tex.split("\n")[0][:60])
