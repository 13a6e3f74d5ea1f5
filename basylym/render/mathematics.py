"""Formulas for print: the layout engine has no MathML, so each becomes a drawing that stands on the line, with its TeX
as the words for those who don't see it."""

from __future__ import annotations

import logging
import warnings
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from basylym.read.pictures import SVG
from basylym.typography.formula_widths import MATHML, break_formula, is_too_wide

SIZE = 14
"""The size of the text round it, in CSS pixels (10.5 pt); the drawing is scaled with the text through em."""


def draw(math: etree._Element) -> etree._Element:
    """An <svg> for a <math>: as high as the text asks, its baseline on the text's, titled with its TeX."""
    tex = "".join(math.xpath('.//*[local-name()="annotation"]/text()')).strip()
    bare = etree.fromstring(etree.tostring(math, with_tail=False))
    for semantics in bare.findall(f".//{MATHML}semantics"):
        semantics.getparent().replace(semantics, semantics[0])
    if is_too_wide(bare):
        break_formula(bare)
    markup, width, depth = _draw(etree.tostring(bare, encoding="unicode"))
    svg = etree.fromstring(markup)
    svg.set("style", f"width: {width / SIZE:.4f}em; vertical-align: {-depth / SIZE:.4f}em")
    svg.set("role", "math")  # a Formula among the PDF's tags
    for name in ("width", "height"):
        svg.attrib.pop(name, None)
    title = etree.Element(f"{{{SVG}}}title")
    title.text = tex or "".join(bare.itertext())
    svg.insert(0, title)
    svg.tail = math.tail
    return svg


@lru_cache(maxsize=512)
def _draw(mathml: str) -> tuple[str, float, float]:
    """SVG, width and depth below the baseline, in pixels at SIZE."""
    drawing = _load_engine().Math(mathml, size=SIZE).svgxml()
    _, top, width, height = (float(number) for number in drawing.get("viewBox").split())
    from xml.etree.ElementTree import tostring

    return tostring(drawing, encoding="unicode"), width, top + height


@cache
def _load_engine() -> Any:
    """ziamath, drawing each glyph where it stands: as symbols to be used again, the glyphs of all formulas of a page would share
    their ids. What it says goes to a logger of its own, not the root's, and is no news: it tells of MathML that it passes over."""
    with warnings.catch_warnings():  # it is loaded in a way that Python will drop one day: nothing to those who print
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
    import ziafont
    from ziafont import gpos, gsub
    from ziamath.nodes import mnode

    quiet = logging.getLogger("ziamath")
    quiet.setLevel(logging.ERROR)
    for module in (gpos, gsub, mnode):
        module.logging = quiet
    ziafont.config.svg2 = False
    return ziamath
