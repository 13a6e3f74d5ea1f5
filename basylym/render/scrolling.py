"""Tables and formulas that may be wider than a screen: each scrolls in a region of its own, which the keyboard reaches too."""

from __future__ import annotations

from lxml import etree

from basylym.typography.formula_widths import MATHML, formula_width
from basylym.typography.table_widths import fit_sheet, fit_table

SCREEN = 16.0
"""The widest formula, in ems, that the narrowest screen takes beside its number."""
SMALL = {"small": "small", "turned": "tiny", "turned small": "tiny", "too wide": "tiny"}
"""How a table is set in an EPUB, by how it would be set in print."""


def let_scroll_on_page(tree: etree._Element) -> None:
    """On a web page, everything that may be wide. Paper does not scroll: a table that is too wide for it says how large its letters
    may be there."""
    for each in _wide(tree):
        if each.tag == "table" and (size := fit_sheet(each)):
            each.set("style", f"--on-paper: {size:g}pt")
        _put_in_region(each)


def let_scroll_in_book(tree: etree._Element) -> None:
    """In an EPUB, what the narrowest screen has no room for, and that alone: a page can't begin inside of what scrolls."""
    for each in _wide(tree):
        if each.tag == "table":
            if (fit := fit_table(each)) == "column":
                continue
            if fit in SMALL:
                each.set("class", f"{each.get('class', '')} {SMALL[fit]}".strip())
        elif max((formula_width(math) for math in each.iter(f"{MATHML}math")), default=0) <= SCREEN:
            continue
        _put_in_region(each)


def _wide(tree: etree._Element) -> list[etree._Element]:
    tables = [each for each in tree.iter("table") if not any(above.tag == "table" for above in each.iterancestors())]
    return [*tables, *tree.xpath('.//div[contains(@class, "equation")]')]


def _put_in_region(wide: etree._Element) -> None:
    region = etree.Element("div", {"class": "wide", "role": "group", "tabindex": "0"})
    if wide.tag == "table" and (caption := wide.find("caption")) is not None:
        region.set("role", "region")
        region.set("aria-labelledby", caption.get("id"))
    else:
        region.set("aria-label", "".join(wide.itertext()).split("\n")[0][:80] if wide.tag == "table" else read_tex(wide))
    region.tail, wide.tail = wide.tail, None
    wide.getparent().replace(wide, region)
    region.append(wide)


def read_tex(element: etree._Element) -> str:
    """The TeX of the formulas in an element."""
    return " ".join("".join(element.xpath('.//*[local-name()="annotation"]/text()')).split())
