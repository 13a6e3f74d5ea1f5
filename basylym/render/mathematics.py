"""Formulas for print: the layout engine has no MathML, so each becomes a drawing that stands on the line, with its TeX
as the words for those who don't see it."""

from __future__ import annotations

import logging
from functools import lru_cache

from lxml import etree

MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
SIZE = 14
"""The size of the text round it, in CSS pixels (10.5 pt); the drawing is scaled with the text through em."""


def draw(math: etree._Element) -> etree._Element:
    """An <svg> for a <math>: as high as the text asks, its baseline on the text's, titled with its TeX."""
    tex = "".join(math.xpath('.//*[local-name()="annotation"]/text()')).strip()
    bare = etree.fromstring(etree.tostring(math, with_tail=False))
    for semantics in bare.findall(f".//{{{MATHML}}}semantics"):
        semantics.getparent().replace(semantics, semantics[0])
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
    import ziamath

    logging.getLogger().setLevel(max(logging.getLogger().level, logging.ERROR))  # it warns of MathML it may pass over
    drawing = ziamath.Math(mathml, size=SIZE).svgxml()
    _, top, width, height = (float(number) for number in drawing.get("viewBox").split())
    from xml.etree.ElementTree import tostring

    return tostring(drawing, encoding="unicode"), width, top + height
