"""Sets the article's texts as they are printed: walks their markup and gives each paragraph, whatever markup is in it, to spacing.py.

Works on pandoc's HTML and on the entries of the lists, before templates and formats: all outputs print the same. What programs read
(metadata, attributes, the texts of the checks) comes from the edition and stays as typed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from markupsafe import Markup

from basylym.languages import has_file, language
from basylym.typography.spacing import OBJECT, Spacing, choose_dash, set_dots, set_plain, set_text

INLINE = {"a", "em", "strong", "b", "i", "u", "s", "del", "ins", "small", "span", "mark", "cite", "q", "abbr", "dfn", "time", "bdi", "bdo"}
"""Elements inside a line; their text goes on in the paragraph round them."""
APART = {"sup", "sub"}
"""Elements inside a line whose text is no part of it: 10 to the power of −5."""
KEPT = {"code", "pre", "math", "kbd", "samp", "var", "tt", "svg", "script", "style", "textarea"}
"""Elements that print what was typed."""
VOID = {"img", "br", "hr", "col", "wbr", "input", "source"}
TOKEN = re.compile(r"(<[^>]*>)")
START = re.compile(r"<([A-Za-z][\w:-]*)")
LANGUAGE = re.compile(r"\slang=\"([^\"]*)\"")
UNSEEN = re.compile(r"\srole=\"doc-(?:noteref|backlink)\"")
"""Numbers and arrows that stand in a paragraph without being of it."""
TYPED = re.compile(r"\sclass=\"(?:[^\"]*\s)?(?:math|uri|email)(?:\s[^\"]*)?\"")


@dataclass
class _Paragraph:
    """Pieces of text that read on, whatever markup stands between them."""

    tag: str
    pieces: list[tuple[int, str]] = field(default_factory=list)
    """Where the piece stands among the tokens, -1 for a sign of ours, and its text."""


@dataclass
class _Open:
    """An element that has begun."""

    name: str
    tag: str
    paragraph: _Paragraph | None
    kept: bool = False


class Typesetter:
    """Sets texts in their languages; one that is switched off gives them back as they are."""

    def __init__(self, tag: str, body: str, languages: Path | None = None, on: bool = True):
        self.tag, self.on = tag, on
        self._body, self._languages = body, languages
        self._habits: dict[str, tuple[Spacing, str]] = {}
        self._done: dict[tuple, Markup] = {}

    def _habit(self, tag: str) -> tuple[Spacing, str]:
        """A language's rules and the dash that the article has; a language without a file has only the rules that all share."""
        if tag not in self._habits:
            spacing = language(tag, self._languages).spacing if has_file(tag, self._languages) else Spacing()
            self._habits[tag] = spacing, choose_dash(self._body, spacing)
        return self._habits[tag]

    def set_text(self, text: str, tag: str | None = None) -> str:
        """A text without markup as it is printed."""
        return set_plain(text, *self._habit(tag or self.tag)) if self.on else text

    def set_html(self, markup: str, tag: str | None = None, entry: bool = False, romanised: bool = False) -> Markup:
        """Markup as it is printed. An `entry` of references begins with a surname; in a `romanised` one ' stands for a letter."""
        if not self.on:
            return Markup(markup)
        key = markup, tag, entry, romanised  # every format asks for the same
        if key not in self._done:
            self._done[key] = self._set_html(*key)
        return self._done[key]

    def _set_html(self, markup: str, tag: str | None, entry: bool, romanised: bool) -> Markup:
        tokens = TOKEN.split(markup)
        for paragraph in _paragraphs(tokens, tag or self.tag):
            spacing, dash = self._habit(paragraph.tag)
            if romanised:
                spacing = replace(spacing, apostrophe="", turned="", elisions=())
            text = "".join(piece for _, piece in paragraph.pieces)
            if text.isspace():
                continue
            done, at = set_text(text, spacing, dash, entry), 0
            for place, piece in paragraph.pieces:
                if place >= 0:
                    tokens[place] = html.escape(done[at:at + len(piece)], quote=False)
                at += len(piece)
        return Markup("".join(tokens))


def _paragraphs(tokens: list[str], tag: str) -> list[_Paragraph]:
    """The paragraphs of a text cut into tags, which stand at odd places, and what is between them."""
    stack = [_Open("", tag, None)]
    found: list[_Paragraph] = []

    def paragraph_of(element: _Open) -> _Paragraph:
        if element.paragraph is None:
            element.paragraph = _Paragraph(element.tag)
            found.append(element.paragraph)
        return element.paragraph

    for place, token in enumerate(tokens):
        here = stack[-1]
        if place % 2 == 0:
            if token and not here.kept:
                paragraph_of(here).pieces.append((place, set_dots(html.unescape(token))))
        elif token.startswith("</"):
            name = token[2:-1].strip().lower()
            if len(stack) > 1 and here.name == name:
                stack.pop()
                if name not in INLINE | APART | KEPT:
                    stack[-1].paragraph = None
        elif start := START.match(token):
            name = start[1].lower()
            if name in VOID or token.endswith("/>"):
                if not here.kept and name in ("br", "img"):
                    paragraph_of(here).pieces.append((-1, "\n" if name == "br" else OBJECT))
                continue
            stack.append(_begin(name, token, here, paragraph_of))
    return found


def _begin(name: str, token: str, here: _Open, paragraph_of) -> _Open:
    """What an element is to the paragraph that it begins in."""
    if here.kept:
        return _Open(name, here.tag, None, True)
    spoken = LANGUAGE.search(token)
    # romanised words are read as part of the text that they stand in
    tag = spoken[1] if spoken and spoken[1] and "-Latn" not in spoken[1] else here.tag
    if UNSEEN.search(token):
        return _Open(name, tag, None, True)
    kept = name in KEPT or bool(TYPED.search(token))
    if name in INLINE and not kept and tag == here.tag:
        return _Open(name, tag, paragraph_of(here))
    if name in INLINE | APART or kept and name != "pre":
        paragraph_of(here).pieces.append((-1, OBJECT))
    else:
        here.paragraph = None
    return _Open(name, tag, None, kept)
