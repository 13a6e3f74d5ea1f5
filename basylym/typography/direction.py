"""Signs that no one sees and that turn the direction of writing (Unicode Standard Annex 9, 2), and which of them have no reason."""

from __future__ import annotations

import re
import unicodedata

RIGHT_TO_LEFT = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""A letter of a script that is written from right to left."""
SIGN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
WRITTEN = re.compile(r"&(?:#x0*(61c|200[ef]|202[a-e]|206[6-9])|#0*(1564|820[67]|823[4-8]|829[4-7])|(lrm|rlm));"
                     r"|\\u(061c|200[ef]|202[a-e]|206[6-9])", re.I)
"""A sign written out, as Markdown, YAML and JSON may have it."""
CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
FORCED = "\u202d\u202e"
"""Those that turn even the letters of a word; nothing that is read needs them."""
LEFTWARDS = "\u061c\u200f\u202b\u202e\u2067"
"""Those that turn what is written from left to right."""


def find_signs(text: str, printed: str = "") -> list[tuple[int, int, str]]:
    """The signs of a text, where each begins and ends; of those written out only what is `printed`."""
    found = [(match.start(), match.end(), match[0]) for match in SIGN.finditer(text)]
    for match in WRITTEN.finditer(text):
        code, number, name, escape = match.groups()
        sign = {"lrm": "\u200e", "rlm": "\u200f"}[name.lower()] if name else chr(int(number) if number else int(code or escape, 16))
        if sign in printed:
            found.append((match.start(), match.end(), sign))
    return sorted(found)


def find_turns(line: str, printed: str = "") -> list[tuple[int, int, str]]:
    """Those signs of a line that have no reason: in pairs, and beside letters from right to left, they do what they are for."""
    near, stray, opened = RIGHT_TO_LEFT.search(line), [], []
    for found in find_signs(line, printed):
        sign = found[2]
        if sign in CLOSED_BY:
            opened.append(found)
        elif sign in CLOSED_BY.values() and opened and CLOSED_BY[opened[-1][2]] == sign:
            opener = opened.pop()
            if not near or opener[2] in FORCED:
                stray += [opener, found]
        elif sign in CLOSED_BY.values() or not near:
            stray.append(found)
    return sorted([*stray, *opened])


def name_sign(sign: str) -> str:
    """U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(sign):04X} {unicodedata.name(sign)}"
