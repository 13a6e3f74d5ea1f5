"""Whether an article is larger than the journal's limits allow, told before anything takes long over it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from basylym.limits import Limits
from basylym.messages import Phrase
from basylym.model import Body, FrontMatter, Place, Places, Problem

TAG = re.compile(r"<(/?)([a-z][\w-]*)([^>]*)>", re.I)
"""A tag as pandoc writes it, which leaves no bare > in a value."""
PARAGRAPHS = set("p li td th h1 h2 h3 h4 h5 h6 div section blockquote pre dt dd figcaption caption table tr ul ol dl".split())
TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"\\\\|\\[{}$]|[{}$]|\\(?:left|right|begin|end)(?![a-zA-Z])|\n[ \t]*(?=\n)")
"""What opens and closes the parts of a formula, and the line that ends it whether it is closed or not."""
OPENS, CLOSES = {"{", "\\left", "\\begin"}, {"}", "\\right", "\\end"}
PEOPLE = ("authors", "affiliations")
TOLD = 50
"""So many keys and values each of them may have; names in three languages, roles and identifiers take thirty."""
VOID = {"img", "br", "hr", "col", "input", "wbr"}


def too_many_people(front: FrontMatter, places: Places, limits: Limits) -> Problem | None:
    """The problem of a front matter that names more people, or places they work at, than may be."""
    for name in PEOPLE:
        if (count := len(getattr(front, name))) > limits.people:
            return _beyond(places.find(name), "people", count, limits)
    return None


def too_much_front(data: dict, places: Places, limits: Limits) -> Problem | None:
    """The problem of a front matter with more of something than may be, at the key that has most of it. Its references are
    counted elsewhere."""
    total: Counter[str] = Counter()
    worst: dict[str, tuple[int, str]] = {}
    for key, part in data.items():
        counts: Counter[str] = Counter()
        for text in () if key == "references" else _texts(part):
            counts["elements"] += 1
            counts["letters"] += len(text)
            counts["turns"] += len(TURN.findall(text))
            counts["paragraph"] = max(counts["paragraph"], *map(len, text.split("\n\n")))
            counts["word"] = max(counts["word"], *map(len, text.split()), 0)
            counts["depth"] = max(counts["depth"], _formula_depth(text))
        counts["word"] = max(counts["word"], len(str(key)))
        if key in PEOPLE and isinstance(part, list):  # who are counted themselves, and may each tell of themselves
            counts["elements"] = max(0, counts["elements"] - TOLD * min(len(part), 2 * limits.people))
        for name, count in counts.items():
            total[name] = max(total[name], count) if name in ("paragraph", "word", "depth") else total[name] + count
            worst[name] = max(worst.get(name, (0, key)), (count, key), key=lambda each: each[0])
    for name in ("elements", "letters", "paragraph", "word", "turns", "depth"):
        if total[name] > getattr(limits, name):
            return _beyond(places.find(worst[name][1]), name, total[name], limits)
    return None


def too_deep(source: str, place: Place, limits: Limits) -> Problem | None:
    """The problem of a text with formulas so deep in themselves that reading them would take long, at its first line."""
    count = _formula_depth(source)
    return _beyond(place, "depth", count, limits) if count > limits.depth else None


def _formula_depth(text: str) -> int:
    """How deep the parts of a text's formulas stand in one another. Which dollars begin one and which end one is not told apart:
    all that follows the first of a paragraph counts, and no text has braces so deep."""
    if "$" not in text:
        return 0
    deepest = depth = 0
    inside = False
    for found in FORMULA.finditer(text):
        sign = found[0]
        if sign == "$" or sign[0] == "\n":
            inside = sign == "$"
            depth = depth if inside else 0
        elif inside and sign in OPENS:
            depth += 1
            deepest = max(deepest, depth)
        elif sign in CLOSES:
            depth = max(depth - 1, 0)
    return deepest


def _texts(data: Any) -> Iterator[str]:
    """The keys and values of a piece of data, and a word without letters for each group."""
    waiting = [data]
    while waiting:
        match waiting.pop():
            case dict() as found:
                yield ""
                waiting += [*found, *found.values()]
            case list() as found:
                yield ""
                waiting += found
            case found:
                yield str(found or "")


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
