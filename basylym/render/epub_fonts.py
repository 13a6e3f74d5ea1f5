"""The fonts of an EPUB: the house serif, cut down to the article's letters, because many reading systems have no ә, ғ, қ, ң, ө, ұ, ү, һ.

PT is under the SIL Open Font License, and its names are reserved: what is cut down is called by another name and keeps its copyright
and licence.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

from basylym.typography.fonts import font_files
from basylym.typography.formula_widths import MATHML
from basylym.typography.made_once import made_once

FAMILY = "Basylym Text"
MORE = "Basylym More"
"""The letters that the house serif lacks."""
BOLD = {"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th", "dt"}
BOLD_CLASSES = {"authors", "draft", "journal", "number"}
"""What the style sheet sets in bold besides."""
SLANTED = {"em", "i", "cite", "dfn", "var", "address"}
FACES = {(False, False): "PT_Serif-Web-Regular.ttf", (True, False): "PT_Serif-Web-Bold.ttf", (False, True): "PT_Serif-Web-Italic.ttf",
         (True, True): "PT_Serif-Web-BoldItalic.ttf"}
"""The files of the house serif by whether bold, whether italic."""


def embed_fonts(documents: Iterable[etree._Element]) -> tuple[str, dict[str, bytes]]:
    """The style rules that name the fonts, and the fonts' files (WOFF2)."""
    letters = _letters(documents)
    files = {path.name: path for path in font_files()}
    everything = frozenset().union(*letters.values())
    regular = files[FACES[False, False]]
    rules, fonts = [], {}
    for (bold, slanted), name in FACES.items():
        wanted = letters.get((bold, slanted), frozenset()) & _letters_of(files[name])
        if wanted:
            file = f"text-{'bold' * bold}{'italic' * slanted or ('' if bold else 'regular')}.woff2"
            fonts[file] = cut_font(files[name], wanted, FAMILY)
            rules.append(_rule(FAMILY, file, "bold" if bold else "normal", "italic" if slanted else "normal"))
    more = next(path for name, path in files.items() if name.startswith("NotoSerif["))
    if lacking := (everything - _letters_of(regular)) & _letters_of(more):
        fonts["more.woff2"] = cut_font(more, lacking, MORE)
        rules.append(_rule(MORE, "more.woff2", "normal", "normal"))
    return "\n".join([*rules, f'body {{ font-family: "{FAMILY}", "{MORE}", serif }}' if rules else ""]), fonts


def _rule(family: str, file: str, weight: str, style: str) -> str:
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; src: url({file}) format("woff2") }}'


def _letters(documents: Iterable[etree._Element]) -> dict[tuple[bool, bool], frozenset[int]]:
    """The code points in each face; those of formulas, which have a font of their own, and of code left out."""
    found: dict[tuple[bool, bool], set[str]] = {}
    stack = [(document, (False, False)) for document in documents]
    while stack:
        each, (bold, slanted) = stack.pop()
        if not isinstance(each.tag, str) or each.tag.startswith(MATHML):
            continue
        name = etree.QName(each).localname
        if name in ("pre", "code", "head"):
            continue
        bold = bold or name in BOLD or bool(BOLD_CLASSES & set((each.get("class") or "").split()))
        slanted = slanted or name in SLANTED
        texts = found.setdefault((bold, slanted), set(" -\u00ad\u2010"))
        texts.update(each.text or "")
        for child in each:
            texts.update(child.tail or "")
            stack.append((child, (bold, slanted)))
    return {face: frozenset(map(ord, letters)) for face, letters in found.items()}


@lru_cache(maxsize=8)
def _letters_of(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=32)
def cut_font(path: Path, letters: frozenset[int], family: str) -> bytes:
    """A font with these letters alone, as WOFF2, under another name; a variable one in its regular cut. A machine cuts it once."""
    made_of = [_made_by(), hashlib.sha256(path.read_bytes()).hexdigest(), family, sorted(letters)]
    return made_once("fonts", made_of, lambda: _cut(path, letters, family))


@cache
def _made_by() -> tuple[str, ...]:
    """What cuts the fonts, this file included."""
    import brotli
    import fontTools

    return fontTools.version, brotli.__version__, hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _cut(path: Path, letters: frozenset[int], family: str) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options(hinting=False, desubroutinize=True, notdef_outline=True, name_IDs=[0, 13, 14], name_languages=[0x409])
    with TTFont(path, recalcTimestamp=False, lazy=True) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=letters)
        cutter.subset(font)
        if "fvar" in font:
            instancer.instantiateVariableFont(font, {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}, inplace=True)
        for number in (1, 4, 6):
            font["name"].setName(family.replace(" ", "") if number == 6 else family, number, 3, 1, 0x409)
        font["name"].setName("Regular", 2, 3, 1, 0x409)
        font.flavor = "woff2"
        buffer = io.BytesIO()
        font.save(buffer)
    return buffer.getvalue()
