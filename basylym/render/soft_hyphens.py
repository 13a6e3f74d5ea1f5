"""Soft hyphens in a finished page: where a language has rules of ours, because no browser and no reading system has its dictionary.

They stand in running text alone: not in headings and their copies in a table of contents, names, references, links, code and formulas,
and never in attributes and metadata.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from basylym.render.view import View
from basylym.typography.hyphenation import soft_hyphens, uses_rules

TEXTS = {"body", "text", "keywords", "notes", "statement"}
"""Classes of the elements that hold running text."""
WHOLE = {"head", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "caption", "figcaption", "a", "code", "pre", "kbd", "samp", "math",
         "svg", "script", "style", "textarea"}
"""Elements whose text is left as it is; the style sheets do not hyphenate them either."""
CELLS = {"td", "th"}
INLINE = {"a", "abbr", "b", "bdi", "cite", "del", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"}
"""Elements that a word may go on through."""
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ADDRESS = re.compile(r"://|@|www\.")
"""What the words of an address have in them."""
TOKEN = re.compile(r"""(<!--.*?-->|<[!?/a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.S)


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds inside an element."""

    name: str
    language: str
    running: bool = False
    whole: bool = False


def lacking(view: View) -> dict[str, frozenset[str]]:
    """The edition's languages that need soft hyphens -> the abbreviations that each knows."""
    languages = [view.language(tag) for tag in view.tags]
    return {each.tag: each.abbreviations for each in languages if uses_rules(each.hyphenation)}


def insert_soft_hyphens(page: str, view: View, *, cells: bool = False) -> str:
    """A page, HTML or XHTML, whose long words in such languages have soft hyphens; those in a table's `cells` too, if wanted."""
    if not (tags := lacking(view)):
        return page
    tokens = TOKEN.split(page)  # texts and tags in turn
    places = [_Place("", view.tag)]
    paragraph: list[tuple[int, _Place]] = []
    for number, token in enumerate(tokens):
        if number % 2 == 0:
            if token:
                paragraph.append((number, places[-1]))
            continue
        name = re.match(r"</?([\w:-]*)", token)[1].lower()
        if name not in INLINE:
            _soften(tokens, paragraph, tags, view)
            paragraph = []
        if token.startswith("</"):
            if any(place.name == name for place in places[1:]):
                while places.pop().name != name:
                    pass
        elif name and name not in VOID and not token.endswith("/>"):
            places.append(_inside(places[-1], name, token, WHOLE - CELLS if cells else WHOLE))
    _soften(tokens, paragraph, tags, view)
    return "".join(tokens)


def _inside(place: _Place, name: str, tag: str, kept: set[str]) -> _Place:
    language, classes = re.search(r'\slang="([^"]*)"', tag), re.search(r'\sclass="([^"]*)"', tag)
    names = set(classes[1].split()) if classes else set()
    return replace(place, name=name, language=language[1] if language else place.language,
                   running=place.running or bool(TEXTS & names), whole=place.whole or name in kept or "references" in names)


def _soften(tokens: list[str], paragraph: list[tuple[int, _Place]], tags: dict[str, frozenset[str]], view: View) -> None:
    """Puts the soft hyphens of one paragraph in, whatever markup stands within its words."""
    if not any(place.running and place.language in tags for _, place in paragraph):
        return
    text = "".join([tokens[number] for number, _ in paragraph])
    wanted = {tag: _points(text, tag, tags[tag], view) for tag in tags if any(
        place.language == tag and place.running and not place.whole for _, place in paragraph)}
    start = 0
    for number, place in paragraph:
        token, end = tokens[number], start + len(tokens[number])
        if place.running and not place.whole and place.language in tags:
            points = wanted[place.language]
            cuts = [0, *(point - start for point in points[bisect_left(points, start):bisect_left(points, end)]), len(token)]
            tokens[number] = "\u00ad".join(token[first:last] for first, last in zip(cuts, cuts[1:], strict=False))
        start = end


def _points(text: str, tag: str, abbreviations: frozenset[str], view: View) -> list[int]:
    """Where the words of a text may be broken; looked for once, though the page and the EPUB both ask."""
    if (text, tag) not in view.break_points:
        bare = re.sub(r"\S+", _hide_address, text) if ADDRESS.search(text) else text
        view.break_points[text, tag] = [*soft_hyphens(bare, view.language(tag).hyphenation, abbreviations)]
    return view.break_points[text, tag]


def _hide_address(word: re.Match) -> str:
    """Blanks in place of an address."""
    return " " * len(word[0]) if ADDRESS.search(word[0]) else word[0]
