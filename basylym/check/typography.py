"""TYP: is the text one that can be set?"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.model import Edition
from basylym.typography.fonts import letters_in

ORDINARY = re.compile("[\x00-\x7e\u00a0-\u00ff\u0400-\u045f\u2011\u2013\u2014\u2018-\u201e\u2026\u2116"
                      "ҒғҚқҢңҮүҰұҺһӘәӨөІі\u2028\u2029\ufeff\u00ad\u200b-\u200f\u2060]+")
"""What every house font has, or no font needs; anything else is looked up."""


@check("TYP-001", "the letter {found} is in none of the journal's fonts", "write it in another way, or add a family that has it under "
       "fonts: in journal.yaml (a fontpkg-* package)", draft="error", firm=True)
def letter_without_glyph(edition: Edition) -> Iterator[Found]:
    """The text holds a letter that would be printed as an empty box.

    Why: readers and archives would lose it, and PDF/A forbids it; so nothing is built until it is mended.

    Bad::

        text: |
          Мәтін [@example] және 🐫.

    Good::

        text: |
          Мәтін [@example] және 5 ₸.

    Source: ISO 19005-3:2012, 6.2.11.8 (no reference to the .notdef glyph); ISO 14289-1:2014, 7.21.8.
    """
    article = edition.article
    printed = re.sub(r'<math\b.*?</math>|<a[^>]*role="doc-backlink".*?</a>|<[^>]*>', "", article.body.html, flags=re.S)
    texts = [html.unescape(printed), str(edition.front.model_dump()), *(entry.text for entry in article.body.entries)]
    strange = dict.fromkeys(letter for text in texts for letter in ORDINARY.sub("", text))
    if not strange:
        return
    known = letters_in(tuple(edition.journal.fonts))
    for letter in strange:
        if ord(letter) in known or letter.isspace() or unicodedata.category(letter) in ("Mn", "Cf", "Cc"):
            continue
        name = unicodedata.name(letter, "no name")
        yield Found(article.find(letter), f"{letter} (U+{ord(letter):04X}, {name})")
