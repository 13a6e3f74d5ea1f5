"""TYP: is the text one that can be set?"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from basylym.check import LONGEST, Found, check
from basylym.messages import Phrase
from basylym.model import Edition, Mend, Place, Places, line_starts
from basylym.read.front_matter import split_front_matter
from basylym.read.yaml import YAML
from basylym.typography.direction import LEFTWARDS, RIGHT_TO_LEFT, find_signs, find_turns, name_sign
from basylym.typography.fonts import letters_in

ORDINARY = re.compile("[\x00-\x7e\u00a0-\u00ff\u0400-\u045f\u2011\u2013\u2014\u2018-\u201e\u2026\u2116"
                      "ҒғҚқҢңҮүҰұҺһӘәӨөІі\u2028\u2029\ufeff\u00ad\u200b-\u200f\u2060]+")
"""What every house font has, or no font needs; anything else is looked up."""


SHOWN = 8
"""How many letters a finding shows by their code points and names."""
ROOM = LONGEST - 60
"""How many characters they may take, so that how many more there are, and of which entry, is not cut off."""


@check("TYP-001", "none of the journal's fonts has {found}", "write it in another way, or add a family that has it under fonts: in "
       "journal.yaml (a fontpkg-* package)", draft="error", firm=True)
def letter_without_glyph(edition: Edition) -> Iterator[Found]:
    """The text holds a letter that would be printed as an empty box; one finding tells all of a line, or of an entry.

    Why: readers and archives would lose it, and PDF/A forbids it; so nothing is built until it is mended.

    Bad::

        text: |
          Мәтін [@example] және 🐫.

    Good::

        text: |
          Мәтін [@example] және 5 ₸, α мен β.

    Source: ISO 19005-3:2012, 6.2.11.8 (no reference to the .notdef glyph); ISO 14289-1:2014, 7.21.8.
    """
    article = edition.article
    printed = re.sub(r'<math\b.*?</math>|<a[^>]*role="doc-backlink".*?</a>|<[^>]*>', "", article.body.html, flags=re.S)
    groups: dict[Place, list[str]] = {}
    for letter in _missing(html.unescape(printed), edition):
        place = article.find(letter)
        first = next((known for known in groups if known.line == place.line and known.path == place.path), place)
        groups.setdefault(first, []).append(letter)
    for letter in _missing(str(edition.front.model_dump()), edition):
        groups.setdefault(_find_field(article.places, letter), []).append(letter)
    for place, letters in groups.items():
        yield Found(place, _show(letters))
    for entry in article.body.entries:
        if letters := _missing(entry.text, edition):
            yield Found(article.find_reference(entry.key), Phrase("{letters} (entry {key})", letters=_show(letters), key=entry.key))


def _missing(text: str, edition: Edition) -> list[str]:
    """The letters of a text that no font has, each once."""
    strange = dict.fromkeys(ORDINARY.sub("", text))
    known = letters_in(tuple(edition.journal.fonts)) if strange else frozenset()
    return [letter for letter in strange if not (ord(letter) in known or letter.isspace()
                                                 or unicodedata.category(letter) in ("Mn", "Cf", "Cc"))]


def _find_field(places: Places, letter: str) -> Place:
    """Where in the front matter a letter stands first."""
    found = (places.find_words(letter, *keys) for keys in places.spans)
    return next((place for place in found if place.length == 1), places.find())


def _show(letters: list[str]) -> str:
    """Letters by code point and name; so many as a finding has room for."""
    named = [f"{letter} (U+{ord(letter):04X}, {unicodedata.name(letter, 'no name')})" for letter in letters[:SHOWN]]
    while len(named) > 1 and len(", ".join(named)) > ROOM:
        named.pop()
    words, left = ", ".join(named), len(letters) - len(named)
    return Phrase("{words} and {number} more", words=words, number=left) if left else words


@check("TYP-020", "signs that no one sees turn the direction of writing here: {found}", "take them out; letters that are written from "
       "right to left need them only in pairs, beside them on the same line", severity="warning")
def direction_turned(edition: Edition) -> Iterator[Found]:
    """A text holds signs that turn the direction of writing, and nothing by them is written from right to left; one finding tells
    all of a line.

    Why: what people read is then in another order than what programs read, so that an address, a formula or a listing can say one
    thing and do another; and most often the signs were only copied along from a messenger or an editor. Marks (U+200E, U+200F) and
    pairs beside Arabic or Hebrew letters are right; signs that turn even the letters of a word (U+202D, U+202E) never are.

    Bad::

        text: "Мәтін [@example], \\u202eнітәм\\u202c.\\n"

    Good::

        text: |
          Мәтін [@example], оның жасырын таңбасы кодта: `&#x202e;`.

    Source: Unicode Technical Standard 55 and Unicode Technical Report 36 (spoofing by the direction of writing); Unicode Standard
    Annex 9, 2.
    """
    article = edition.article
    printed = html.unescape(article.body.html) + edition.front.model_dump_json() + "".join(entry.text for entry in article.body.entries)
    for path, text in article.files.items():
        if not (found := find_signs(text, printed)):
            continue
        lines = line_starts(text)
        manuscript = path in {article.path, *(part[1] for part in article.parts)}
        begins = split_front_matter(text)[2] if manuscript else 1  # what stands in a front matter is for people to mend
        plain = not RIGHT_TO_LEFT.search(text) and not any(sign in LEFTWARDS for *_, sign in found)
        for number in dict.fromkeys(bisect_right(lines, start) for start, *_ in found):
            line = text[lines[number - 1]:lines[number] if number < len(lines) else len(text)]
            if signs := find_turns(line, printed):
                (first, end, _), last = signs[0], signs[-1][1]
                names = dict.fromkeys(name_sign(sign) for *_, sign in signs)
                fix = Mend(Place(path, number, first + 1, length=last - first), line[first:last], _without(line, signs),
                           plain and number >= begins) if manuscript or path.lower().endswith(YAML) else None
                yield Found(Place(path, number, first + 1, length=end - first), ", ".join(names), fix=fix)


def _without(line: str, signs: list[tuple[int, int, str]]) -> str:
    """What stands from the first to the last of some signs, without them."""
    return "".join(line[end:start] for (_, end, _), (start, *_) in pairwise(signs))
