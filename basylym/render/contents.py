"""The contents of a web page: the headings of a finished article."""

from __future__ import annotations

from lxml import html

from basylym.typography.formula_words import speak_formulas

FRONT = '[not(ancestor-or-self::*[contains(concat(" ", @class, " "), " front ")])]'
"""What stands outside the front matter, which the contents name as a whole."""
WORDS = './/text()[not(ancestor::*[@class="missing" or @class="unseen"])]'
"""What a heading says, without our own words in it."""


def headings(article: str) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """Headings with an id, those of the third level below those of the second: id, words, the headings below, and the
    language of one that is shown in it alone."""
    found: list[tuple[str, str, list[tuple[str, str]], str]] = []
    tree = html.fragment_fromstring(article, create_parent="div")
    for heading in tree.xpath(f".//*[self::h2 or self::h3]{FRONT}[@id]"):
        spoken = speak_formulas(heading)
        words = " ".join("".join(spoken.xpath(WORDS) or spoken.itertext()).split())
        if heading.tag == "h3" and found:
            found[-1][2].append((heading.get("id"), words))
        else:
            panel = next((above.get("data-panel") for above in heading.iterancestors() if above.get("data-panel")), "")
            found.append((heading.get("id"), words, [], panel))
    return found
