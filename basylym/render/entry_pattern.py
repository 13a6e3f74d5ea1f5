"""The little language in which a pattern of the second list says how an entry is written.

A line is text with fields in braces, `{title}`. What stands in ⟨angle brackets⟩ vanishes where a field right inside it is empty;
⟨one|another|⟩ prints the first of its choices that has all its fields, and an empty last one prints nothing. Asterisks set *italics*.
A full stop after a full stop, a question mark or an exclamation mark is not printed twice, nor are brackets round the words for what
is missing. The fields stand in FIELDS (read/patterns.py); `parts` are a pattern's own, and may use those before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from basylym.read.patterns import ITALIC, Pattern, parse


def write_entry(pattern: Pattern, kind: str, values: Mapping[str, Markup]) -> Markup:
    """An entry of a type as a pattern has it, as HTML."""
    values = dict(values)
    for name, text in pattern.parts.items():
        written = fill(text, values)
        values[name] = written if written.replace(ITALIC, "").strip() else Markup()
    return tidy(fill(pattern.lines.get(kind, pattern.lines["default"]), values))


def fill(text: str, values: Mapping[str, Markup]) -> Markup:
    """A line with its fields filled in; its italics are still marks."""
    def print_all(nodes: list) -> str:
        return "".join(values.get(node[0], "") if isinstance(node, tuple) else choose(node) if isinstance(node, list) else escape(node)
                       for node in nodes)

    def choose(choices: list[list]) -> str:
        for nodes in choices:
            if all(values.get(node[0]) for node in nodes if isinstance(node, tuple)):
                return print_all(nodes)
        return ""

    return Markup(print_all(parse(text)[0]))


def tidy(html: str) -> Markup:
    """Italics as elements, no doubled full stops, blanks or brackets."""
    pieces = html.split(ITALIC)
    html = "".join(f"<i>{piece}</i>" if number % 2 and piece.strip() else piece for number, piece in enumerate(pieces))
    html = re.sub(r"[\[(](<span class=\"missing\">\[[^<]*\]</span>)[\])]", r"\1", html)
    html = re.sub(r"([.!?…])((?:</?\w[^>]*>)*)\.(?=[\s<]|$)(?!\.)", r"\1\2", html)
    return Markup(re.sub(r"[ \t]{2,}", " ", html).strip(" ,;"))
