"""Spares WeasyPrint's style most of its reckoning.

Each element has a style, and so has each box without an element; each is asked for some hundred values, most of them what CSS says
they are from the start, and each box for its lengths anew though few depend on what it stands in. The values are the same, found in less
time.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when they change.
"""

from __future__ import annotations

from typing import Any

STANDS_FOR = {
    "weasyprint.css:AnonymousStyle": "", "weasyprint.css:ComputedStyle": "", "weasyprint.layout.percent:percentage": "",
    "weasyprint.layout.percent:resolve_one_percentage": "", "weasyprint.layout.percent:resolve_percentages": "",
    "weasyprint.layout.percent:adjust_box_sizing": "", "weasyprint.formatting_structure.boxes:Box.is_floated": "",
    "weasyprint.formatting_structure.boxes:Box.is_in_normal_flow": ""}
"""What is replaced or counted on, and the digest of how it is written in the version that the lock file pins."""
GATHERED = ("first-line", "first-letter")
"""Of what has a style of these, exactly those values are taken over that were asked for: nothing may be added to them."""
LENGTHS = ("margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top", "padding_bottom",
           "width", "min_width", "max_width", "height", "min_height", "max_height")
BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")


def install() -> None:
    """Puts ourselves round WeasyPrint's styles; doing so twice changes nothing."""
    from weasyprint import css
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import percent

    if getattr(percent.resolve_percentages, "by_basylym", False):
        return
    _begin_with_initial_values(css)
    resolve = _resolve_once(percent.resolve_percentages)
    for module in _holders("resolve_percentages", percent.resolve_percentages):
        module.resolve_percentages = resolve
    boxes.Box.is_in_normal_flow = _is_in_normal_flow


def _holders(name: str, function: Any) -> list[Any]:
    """The modules of WeasyPrint that know a function by its name."""
    import sys

    return [module for key, module in list(sys.modules.items()) if key.startswith("weasyprint") and getattr(module, name, None) is function]


def _begin_with_initial_values(css: Any) -> None:
    """Styles begin with all values that are as CSS has them from the start, instead of looking each up when it is asked for."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

    apart = {"page", "position", "float", "display", *css.INITIAL_NOT_COMPUTED, *css.INHERITED}
    plain = {key: value for key, value in css.INITIAL_VALUES.items() if key not in apart and not key.startswith("text_decoration_")}
    inherited = {key for key in css.INHERITED - {"page"} - set(PHYSICAL_FUNCTIONS) if not key.startswith("text_decoration_")}
    logical = {find(block="ttb", inline=way) for find in PHYSICAL_FUNCTIONS.values() for way in ("ltr", "rtl")}
    begin, begin_anonymous = css.ComputedStyle.__init__, css.AnonymousStyle.__init__
    find_value = css.ComputedStyle.__missing__

    def computed(self: Any, parent_style: Any, cascaded: Any, pseudo_type: Any, *rest: Any) -> None:
        if pseudo_type not in GATHERED and (not cascaded or logical.isdisjoint(cascaded)):
            self.update(plain)
            for key in plain.keys() & cascaded.keys() if cascaded else ():
                del self[key]
        begin(self, parent_style, cascaded, pseudo_type, *rest)

    def anonymous(self: Any, parent_style: Any) -> None:
        self.update(plain)
        begin_anonymous(self, parent_style)

    def missing(self: Any, key: str) -> Any:
        if key in inherited and key not in self.cascaded and self.parent_style is not None:
            value = self[key] = self.parent_style[key]
            return value
        return find_value(self, key)

    css.ComputedStyle.__init__, css.AnonymousStyle.__init__, css.ComputedStyle.__missing__ = computed, anonymous, missing


def _resolve_once(usual: Any) -> Any:
    """Lengths that don't depend on what the box stands in are found once a style."""
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        kept = box.style.__dict__
        lengths = kept.get("lengths_by_basylym")
        if lengths is None:
            lengths = kept["lengths_by_basylym"] = _fixed_lengths(box.style)
        if lengths:
            box.__dict__.update(lengths)
        else:
            usual(box, containing_block)

    resolve_percentages.by_basylym = True
    return resolve_percentages


def _fixed_lengths(style: Any) -> dict[str, Any]:
    """All lengths of a box of a style; none where one of them depends on more than the style."""
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return {}
    found = {}
    for name in LENGTHS:
        value = style[name]
        if value is None or value == "auto":
            found[name] = 0 if value and name in ("min_width", "min_height") else value
        elif getattr(value, "unit", None) in (None, "%"):
            return {}
        else:
            found[name] = value.value
    return found | {name: style[name] for name in BORDERS}


def _is_in_normal_flow(self: Any) -> bool:
    style = self.style
    position = style["position"]
    return style["float"] not in ("left", "right", "inline-start", "inline-end", "footnote") and not (
        position in ("absolute", "fixed") or position[0] in ("running()", "note()"))
