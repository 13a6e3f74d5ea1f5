"""Whether an article is larger than the journal's limits allow, told before anything takes long over it."""

from __future__ import annotations

import re
from collections import Counter

from basylym.limits import Limits
from basylym.messages import Phrase
from basylym.model import Body, FrontMatter, Place, Places, Problem

TAG = re.compile(r"<(/?)([a-z][\w-]*)([^>]*)>", re.I)
"""A tag as pandoc writes it, which leaves no bare > in a value."""
PARAGRAPHS = set("p li td th h1 h2 h3 h4 h5 h6 div section blockquote pre dt dd figcaption caption table tr ul ol dl".split())
TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")
VOID = {"img", "br", "hr", "col", "input", "wbr"}


def too_many_people(front: FrontMatter, places: Places, limits: Limits) -> Problem | None:
    """The problem of a front matter that names more people, or places they work at, than may be."""
    for name in ("authors", "affiliations"):
        if (count := len(getattr(front, name))) > limits.people:
            return _beyond(places.find(name), "people", count, limits)
    return None


def too_large(body: Body, place: Place, limits: Limits) -> Problem | None:
    """The problem of a text with more of something than may be, at its first line."""
    counts: Counter[str] = Counter(pictures=len(body.images))
    for html in (body.html, *(text.html for text in body.texts.values()), *(entry.html for entry in body.entries)):
        depth = end = paragraph = cells = 0
        counts["notes"] += html.count('role="doc-noteref"')
        counts["turns"] += len(TURN.findall(html))
        for tag in TAG.finditer(html):
            text = html[end:tag.start()]
            counts["letters"] += len(text)
            paragraph = len(text) + (0 if tag[2] in PARAGRAPHS else paragraph)
            counts["paragraph"] = max(counts["paragraph"], paragraph)
            if len(text) > limits.word:
                counts["word"] = max(counts["word"], *map(len, text.split()), 0)
            end = tag.end()
            if tag[1]:
                depth -= 1
                continue
            counts["elements"] += 1
            cells = 0 if tag[2] == "tr" else cells + (tag[2] in ("td", "th"))
            counts["columns"] = max(counts["columns"], cells)
            if tag[2] not in VOID and not tag[3].endswith("/"):
                depth += 1
                counts["depth"] = max(counts["depth"], depth)
        counts["letters"] += len(html) - end
    for name in ("depth", "pictures", "notes", "columns", "elements", "letters", "paragraph", "word", "turns"):
        if counts[name] > getattr(limits, name):
            return _beyond(place, name, counts[name], limits)
    return None


def _beyond(place: Place, name: str, count: int, limits: Limits) -> Problem:
    return Problem("article_too_large", place, found=Phrase("{name}: {count}", name=name, count=count), expected=f"{getattr(limits, name)}")
