"""Lets boxes that have nothing to them pass through WeasyPrint quickly: no length that depends on where they stand, no background, no
outline, no float beside them. That is nearly all boxes of an article. The pages are the same, made in less time.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when they change.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

STANDS_FOR = {
    "weasyprint.layout.percent:percentage": "c75fddf0ecb7",
    "weasyprint.layout.percent:resolve_one_percentage": "8abbba7df518",
    "weasyprint.layout.percent:resolve_percentages": "92016b948f74",
    "weasyprint.layout.percent:adjust_box_sizing": "a0415df952b1",
    "weasyprint.layout.percent:resolve_radii_percentages": "09b868a4531d",
    "weasyprint.layout.background:layout_box_backgrounds": "3a31f4bc4848",
    "weasyprint.layout.float:avoid_collisions": "9414233392f7",
    "weasyprint.draw.border:draw_outline": "f1dcbcdd050b",
    "weasyprint.formatting_structure.boxes:Box.is_floated": "9516f94c54e1",
    "weasyprint.formatting_structure.boxes:Box.is_in_normal_flow": "725b6f2ce9a0",
    "weasyprint.formatting_structure.boxes:Box.is_absolutely_positioned": "5afb754c9730",
    "weasyprint.formatting_structure.boxes:Box.is_running": "6d30a6ca221b",
    "weasyprint.formatting_structure.boxes:Box.is_footnote": "6ecab19284e9",
    "weasyprint.formatting_structure.boxes:Box.is_note": "31d6313977e4",
}
"""What is replaced or counted on, and the digest of how it is written in the version that the lock file pins."""
LENGTHS = ("margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top", "padding_bottom",
           "width", "min_width", "max_width", "height", "min_height", "max_height")
BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
RADII = ("border_top_left_radius", "border_top_right_radius", "border_bottom_right_radius", "border_bottom_left_radius")
ZERO = (0, "px")
NOWHERE = dict.fromkeys(RADII, (0, 0)) | {"background": None}
"""What WeasyPrint makes of a box without round corners and background."""


def install() -> None:
    """Puts ourselves before WeasyPrint's functions; doing so twice changes nothing."""
    from weasyprint.draw import border
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import background, percent
    from weasyprint.layout import float as floats

    if getattr(percent.resolve_percentages, "by_basylym", False):
        return
    _replace(percent.resolve_percentages, _resolve_once)
    _replace(background.layout_box_backgrounds, _leave_bare)
    _replace(floats.avoid_collisions, _stand_free)
    _replace(border.draw_outline, _draw_seldom)
    boxes.Box.is_in_normal_flow = _is_in_normal_flow


def _replace(usual: Any, ours: Callable[[Any], Any]) -> None:
    """Puts a function of ours in the place of one of WeasyPrint's, wherever that is known by its name."""
    made = ours(usual)
    made.by_basylym = True
    for module in [module for name, module in sys.modules.items() if name.startswith("weasyprint.")]:
        if getattr(module, usual.__name__, None) is usual:
            setattr(module, usual.__name__, made)


def _resolve_once(usual: Any) -> Any:
    """Lengths that don't depend on what the box stands in are found once a style."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        kept = box.style.__dict__
        lengths = kept.get("lengths_by_basylym")
        if lengths is None:
            lengths = kept["lengths_by_basylym"] = _fixed_lengths(box.style)
        if lengths and type(box) is not AbsolutePlaceholder:
            box.__dict__.update(lengths)
        else:
            usual(box, containing_block)

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


def _leave_bare(usual: Any) -> Any:
    """A box without background has none."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    def layout_box_backgrounds(page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None) -> None:
        kept = box.style.__dict__
        if "bare_by_basylym" not in kept:
            kept["bare_by_basylym"] = _is_bare(box.style)
        if not kept["bare_by_basylym"] or style is not None or box is page or type(box) is AbsolutePlaceholder:
            usual(page, box, get_image_from_uri, layout_children, style)
            return
        box.__dict__.update(NOWHERE)
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image_from_uri)

    return layout_box_backgrounds


def _is_bare(style: Any) -> bool:
    color = style["background_color"]
    return (style["border_image_source"][0] == style["mask_border_source"][0] == "none" and style["visibility"] == "visible"
            and not style["box_shadow"] and all(kind != "url" and not image for kind, image in style["background_image"])
            and color != "currentcolor" and color.alpha == 0 and all(ZERO in style[name] for name in RADII))


def _stand_free(usual: Any) -> Any:
    """Where nothing floats a line has the whole width."""
    from weasyprint.formatting_structure.boxes import LineBox

    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
        if context.excluded_shapes or type(box) is not LineBox or containing_block.style["direction"] != "ltr":
            return usual(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        right = left + containing_block.width
        if outer:
            return left, box.position_y, right - left
        left, right = left + box.margin_left, right - box.margin_right  # one after the other, as WeasyPrint reckons them
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    return avoid_collisions


def _draw_seldom(usual: Any) -> Any:
    """What has no outline is not asked for its colour."""
    from weasyprint.formatting_structure.boxes import Box

    def draw_outline(stream: Any, box: Any) -> None:
        if box.style["outline_width"]:
            usual(stream, box)
            return
        for child in box.children:
            if isinstance(child, Box):
                draw_outline(stream, child)

    return draw_outline


def _is_in_normal_flow(self: Any) -> bool:
    style = self.style
    position = style["position"]
    return style["float"] not in ("left", "right", "inline-start", "inline-end", "footnote") and not (
        position in ("absolute", "fixed") or position[0] in ("running()", "note()"))
