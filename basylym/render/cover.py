"""The cover of an EPUB, in the article's language: the journal's masthead, the title, the authors and the place in the issue.

It is drawn twice from one plan, as an SVG whose letters are outlines (a picture in a book has no fonts) and as a PNG for shelves that
show no SVG. Its colours are those of the web page, so a journal with its own screen.css has a cover of its own.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby
from pathlib import Path

from basylym.render.press import Press
from basylym.typography.fonts import font_files

WIDTH, HEIGHT, MARGIN = 1200, 1800, 110
PAPER, INK, ACCENT = "#ffffff", "#1d1d1f", "#1a4f8b"
BOLD, PLAIN, SERIF = "PT_Sans-Web-Bold.ttf", "PT_Sans-Web-Regular.ttf", "PT_Serif-Web-Regular.ttf"
OTHERS = ("NotoSerif[", "IBMPlexMono-Regular")
"""Where letters come from that the house families lack, by the beginnings of the files' names."""
STEPS = 6
"""With so many the letters' edges are smooth, and the colours of a cover are fifteen: four bits each."""
LETTERS = 600
"""No more of a text is measured."""


@dataclass(frozen=True)
class Line:
    """A line of text where it stands."""

    runs: tuple[tuple[Path, str, float], ...]
    """Font, text and left edge of each piece."""
    size: float
    """Size of the letters."""
    base: float
    """Where its base line is."""
    colour: str
    """Its colour."""


@dataclass(frozen=True)
class Bar:
    """A filled rectangle."""

    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Cover:
    """A cover as a plan."""

    shapes: tuple[Line | Bar, ...]
    """What is drawn, in order."""
    words: str
    """What stands on it, for those who do not see it."""

    def svg(self) -> bytes:
        """As an SVG: each letter's outline once, and where it stands."""
        outlines: dict[tuple[Path, str], str] = {}
        parts = []
        for shape in self.shapes:
            if isinstance(shape, Bar):
                parts.append(f'<rect x="{shape.left:g}" y="{shape.top:g}" width="{shape.width:g}" height="{shape.height:g}" '
                             f'fill="{shape.colour}"/>')
                continue
            for path, text, left in shape.runs:
                font, at, letters = _Font.of(path), 0, []
                for letter in text:
                    if not letter.isspace():
                        key = outlines.setdefault((path, letter), f"l{len(outlines)}")
                        letters.append(f'<use xlink:href="#{key}" x="{at}"/>')
                    at += font.advance(letter)
                scale = f"{shape.size / font.units:.5g}"
                parts.append(f'<g fill="{shape.colour}" transform="translate({left:g} {shape.base:g}) scale({scale} -{scale})">'
                             + "".join(letters) + "</g>")
        defined = "".join(f'<path id="{key}" d="{_Font.of(path).outline(letter)}"/>' for (path, letter), key in outlines.items())
        return (f'<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
                f'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
                f"<title>{escape(self.words, quote=False)}</title>\n<defs>{defined}</defs>\n" + "\n".join(parts) + "\n</svg>\n").encode()

    def png(self) -> bytes:
        """As a PNG of few colours: those of the plan, and at the letters' edges STEPS between each and what it stands on."""
        from PIL import Image, ImageDraw, ImageFont

        colours: list[str] = []
        picture = Image.new("L", (WIDTH, HEIGHT))  # the numbers of colours, not shades
        for shape in self.shapes:
            if isinstance(shape, Bar):
                box = tuple(map(int, (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)))
                picture.paste(_number(colours, shape.colour), box)
                continue
            top, ground = round(shape.base - 1.2 * shape.size), colours[picture.getpixel((MARGIN, round(shape.base)))]
            letters = Image.new("L", (WIDTH, round(1.8 * shape.size)))
            pen = ImageDraw.Draw(letters)
            for path, text, left in shape.runs:
                font = ImageFont.truetype(path, shape.size, layout_engine=ImageFont.Layout.BASIC)
                pen.text((left, shape.base - top), text, fill=255, font=font, anchor="ls")
            shades = [_number(colours, _mix(ground, shape.colour, step / STEPS)) for step in range(STEPS + 1)]
            numbers = letters.point([shades[round(STEPS * grey / 255)] for grey in range(256)])
            picture.paste(numbers, (0, top), letters.point([255 * bool(round(STEPS * grey / 255)) for grey in range(256)]))
        picture.putpalette(b"".join(map(bytes.fromhex, colours)))
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        return buffer.getvalue()


def _number(colours: list[str], colour: str) -> int:
    """Which of the picture's colours one is, RRGGBB or #RRGGBB or #RGB; it becomes one of them."""
    colour = colour.removeprefix("#")
    colour = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    if colour not in colours:
        colours.append(colour)
    return colours.index(colour)


def _mix(ground: str, colour: str, share: float) -> str:
    """A colour between two."""
    pairs = zip(bytes.fromhex(ground), bytes.fromhex(colour.removeprefix("#")), strict=True)
    return bytes(round(one + (other - one) * share) for one, other in pairs).hex()


def plan_cover(press: Press) -> Cover:
    """The cover of an article."""
    view, edition = press.view, press.edition
    paper, ink, accent = _colours(press)
    page = _Page(press.edition.journal.layout == "classic")
    journal = view.printed(view.translate(edition.journal.name))
    title, authors = view.printed(view.plain_title()), ", ".join(view.printed(name) for name in view.author_names())
    others = [view.printed(edition.journal.name[tag], tag) for tag in view.tags[1:] if tag in edition.journal.name]
    section = view.printed(view.translate(edition.section.title)) if edition.section else ""
    place = ", ".join(part for part in (view.issue_line(), view.page_range(press.pages).striptags()) if part)
    codes = [f"DOI {edition.front.doi}"] if edition.front.doi else []
    issn = edition.journal.issn_online or edition.journal.issn
    codes += [f"ISSN {issn}"] if issn else []
    state = view.label("draft") if edition.draft else ""

    page.y = 90
    page.set(journal, BOLD, 62, paper, lines=3)
    page.y += 14 * bool(others)
    for other in others[:3]:
        page.set(other, PLAIN, 32, paper, lines=1)
    masthead = Bar(0, 0, WIDTH, page.y + 60, accent)
    page.y = masthead.height + 110
    page.set(section.upper(), PLAIN, 32, accent, lines=2)
    page.y += 30 * bool(section)
    size = next((size for size in range(92, 46, -6) if len(page.break_lines(title, BOLD, size)) * size * 1.22 < 640), 46)
    page.set(title, BOLD, size, ink, lines=11)
    page.y += 40
    page.set(authors, SERIF, 46, ink, lines=4)
    foot = HEIGHT - 90 - 48 * (bool(place) + bool(codes)) - 56 * bool(state)
    rule = Bar(MARGIN, foot - 40, WIDTH - 2 * MARGIN, 4, accent)
    page.y = foot
    page.set(place, BOLD, 36, ink, lines=1)
    page.set("  ·  ".join(codes), PLAIN, 32, ink, lines=1)
    page.set(state, BOLD, 36, accent, lines=1)
    frame = [Bar(0, 0, 6, HEIGHT, accent), Bar(WIDTH - 6, 0, 6, HEIGHT, accent), Bar(0, HEIGHT - 6, WIDTH, 6, accent)]
    words = ". ".join(part for part in (journal, title, authors, place, state) if part)
    return Cover((Bar(0, 0, WIDTH, HEIGHT, paper), masthead, *frame, rule, *page.lines), words)


class _Page:
    """Text set line under line."""

    def __init__(self, centred: bool):
        self.centred = centred
        self.y = 0.0
        self.lines: list[Line] = []

    def set(self, text: str, font: str, size: float, colour: str, lines: int) -> None:
        """Sets a text, cut off with dots after so many lines."""
        broken = self.break_lines(text, font, size)
        if len(broken) > lines:
            broken = broken[:lines]
            broken[-1] = _shorten(broken[-1] + " …", font, size)
        for line in broken:
            self.y += size * 1.22
            left = (WIDTH - _width(line, font, size)) / 2 if self.centred else MARGIN
            self.lines.append(Line(tuple(_runs(line, font, size, left)), size, round(self.y - size * 0.22), colour))

    def break_lines(self, text: str, font: str, size: float) -> list[str]:
        """The lines of a text; a word that fits no line is cut off."""
        found, line = [], ""
        for word in text[:LETTERS].replace("\u00ad", "").split():
            longer = f"{line} {word}".strip()
            if line and _width(longer, font, size) > WIDTH - 2 * MARGIN:
                found.append(line)
                longer = word
            line = _shorten(longer, font, size)
        return [*found, line] if line else found


def _shorten(line: str, font: str, size: float) -> str:
    """A line that fits, cut off with dots where it does not."""
    if _width(line, font, size) <= WIDTH - 2 * MARGIN:
        return line
    bare = line.removesuffix(" …")
    fitting = bisect_right(range(len(bare)), WIDTH - 2 * MARGIN, key=lambda end: _width(f"{bare[:end]}…", font, size))
    return f"{bare[:max(fitting - 1, 0)].rstrip()}…"


def _colours(press: Press) -> tuple[str, str, str]:
    """Paper, ink and accent: what the web page's style sheet says first of them."""
    style = press.styles("screen.css")
    found = []
    for name, otherwise in (("paper", PAPER), ("text", INK), ("link", ACCENT)):
        said = re.search(rf"--{name}:\s*(#(?:[0-9a-fA-F]{{6}}|[0-9a-fA-F]{{3}}))\b", style)
        found.append(said[1].lower() if said else otherwise)
    return tuple(found)


# --- fonts ----------------------------------------------------------------------------------------------------------
class _Font:
    """The measures and outlines of one font."""

    def __init__(self, path: Path):
        from fontTools.ttLib import TTFont

        self.font = TTFont(path, lazy=True)
        self.letters = self.font.getBestCmap()
        self.units = self.font["head"].unitsPerEm
        self.widths = self.font["hmtx"]
        self.glyphs = self.font.getGlyphSet()
        self.outlines: dict[str, str] = {}

    @staticmethod
    @lru_cache(maxsize=8)
    def of(path: Path) -> _Font:
        """The font of a file, opened once."""
        return _Font(path)

    def advance(self, letter: str) -> int:
        """How far the next letter stands from a letter, in the font's units."""
        return self.widths[self.letters.get(ord(letter), ".notdef")][0]

    def outline(self, letter: str) -> str:
        """A letter as the path of an SVG, in the font's units and its axes."""
        from fontTools.pens.svgPathPen import SVGPathPen

        if letter not in self.outlines:
            pen = SVGPathPen(self.glyphs)
            self.glyphs[self.letters.get(ord(letter), ".notdef")].draw(pen)
            self.outlines[letter] = pen.getCommands()
        return self.outlines[letter]


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    return {path.name: path for path in font_files()}


@lru_cache(maxsize=8)
def _choices(font: str) -> tuple[Path, ...]:
    """A font, and those that lend it letters."""
    files = _files()
    return files[font], *(path for start in OTHERS for name, path in files.items() if name.startswith(start))


@lru_cache(maxsize=4096)
def _measure(letter: str, font: str) -> tuple[Path, float]:
    """The first font that has a letter, and the letter's width at size 1."""
    choices = _choices(font)
    path = next((each for each in choices if ord(letter) in _Font.of(each).letters), choices[0])
    return path, _Font.of(path).advance(letter) / _Font.of(path).units


def _runs(line: str, font: str, size: float, left: float) -> Iterator[tuple[Path, str, float]]:
    """Pieces of a line, each in one font."""
    for path, letters in groupby(line, key=lambda letter: _measure(letter, font)[0]):
        text = "".join(letters)
        yield path, text, round(left, 2)
        left += _width(text, font, size)


def _width(line: str, font: str, size: float) -> float:
    return sum(_measure(letter, font)[1] for letter in line) * size
