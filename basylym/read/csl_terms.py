"""Words for languages that a GOST style of ours does not speak, out of their language files.

A style has the terms of Kazakh, Russian and English. An entry in another language gets the conventions of those it shares its
letters with, Russian for Cyrillic, English for Latin, and its own short words for page, volume and the like where it has a file.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from basylym.languages import Language, known_languages, language

LOCALE = '<locale xml:lang="{tag}">'
CYRILLIC = re.compile("[\u0400-\u04ff]")


def language_of_run(tag: str, title: str, folder: Path | None) -> str:
    """The language in whose words an entry is printed: its own, or Russian for one in Cyrillic that has no language file."""
    known = tag.split("-")[0] in known_languages(folder)
    return tag if known or not CYRILLIC.search(title) else "ru"


@contextmanager
def style_with_terms(csl: Path, tags: Iterable[str], folder: Path | None) -> Iterator[Path]:
    """A style to hand to pandoc, which reads it from a file: one of ours with the terms of languages that it lacks."""
    text = csl.read_text("utf-8") if csl.stem.startswith("gost-") else ""
    more = add_terms(text, tags, folder)
    if more == text:
        yield csl
        return
    with tempfile.TemporaryDirectory() as beside:
        path = Path(beside) / csl.name
        path.write_text(more, "utf-8")
        yield path


def add_terms(style: str, tags: Iterable[str], folder: Path | None) -> str:
    """A style with the terms of languages that it lacks and that have a file; the style itself where it lacks none."""
    lacking = [tag for tag in dict.fromkeys(each.split("-")[0] for each in tags)
               if tag in known_languages(folder) and LOCALE.format(tag=tag) not in style]
    added = "".join(_terms(style, language(tag, folder)) for tag in lacking)
    at = style.rfind("</locale>") + len("</locale>")
    return f"{style[:at]}{added}{style[at:]}" if added else style


def _terms(style: str, tongue: Language) -> str:
    """The locale of a language: that of its letters with its own words."""
    base = "ru" if CYRILLIC.search(tongue.alphabet or tongue.name) else "en"
    begin = style.find(LOCALE.format(tag=base))
    if begin < 0:
        return ""
    block = style[begin:style.index("</locale>", begin)] + "</locale>"
    block = block.replace(LOCALE.format(tag=base), LOCALE.format(tag=tongue.tag), 1)
    words = {each["label"]: each["term"] for each in tongue.locators}
    if "page" in words:
        words["number-of-pages"] = words["page"]
    for label, term in words.items():
        block = re.sub(rf'(<term name="{re.escape(label)}" form="(?:short|symbol)">)[^<]*(?=</term>)',
                       lambda match, term=term: match[1] + escape(term, quote=False), block)
    return "\n  " + block
