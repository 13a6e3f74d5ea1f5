"""Spares WeasyPrint's styles most of their reckoning.

Each element has a style, and so has each box without an element; each is asked for some hundred values, most of them what CSS says they
are from the start, or what they are in the style above. The values are the same, found in less time.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when they change.
"""

from __future__ import annotations

from typing import Any

STANDS_FOR = {
    "weasyprint.css:AnonymousStyle": "a03e4d782f93",
    "weasyprint.css:ComputedStyle": "81058362562f",
}
"""What is replaced or counted on, and the digest of how it is written in the version that the lock file pins."""
GATHERED = ("first-line", "first-letter")
"""Of a style for these, exactly those values are taken over that were asked for: nothing may be added to it."""
FEW = 3
"""A style that is asked for no more values than this is not worth being filled: that of a page's margin where nothing stands."""


def install() -> None:
    """Puts ourselves before WeasyPrint's reckoning; doing so twice changes nothing."""
    from weasyprint import css
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

    if getattr(css.ComputedStyle.__missing__, "by_basylym", False):
        return
    apart = {"page", "position", "float", "display"}
    usual = {key for key in css.INITIAL_VALUES if key not in apart and not key.startswith("text_decoration_")}
    plain = {key: css.INITIAL_VALUES[key] for key in usual - css.INHERITED - css.INITIAL_NOT_COMPUTED}
    widths = {key for key in (usual & css.INITIAL_NOT_COMPUTED) - css.INHERITED if key.endswith("_width")}
    inherited = usual & css.INHERITED - set(PHYSICAL_FUNCTIONS)
    logical = {find(block="ttb", inline=way) for find in PHYSICAL_FUNCTIONS.values() for way in ("ltr", "rtl")}
    find_value, find_anonymous = css.ComputedStyle.__missing__, css.AnonymousStyle.__missing__

    def fill(style: Any, key: str, cascaded: Any) -> Any:
        """Gives a style all values at once that are as CSS has them from the start."""
        kept = style.__dict__
        kept["asked_by_basylym"] = asked = kept.get("asked_by_basylym", 0) + 1
        if asked > FEW:
            values = {**plain, **style}
            for each in cascaded:
                values.pop(each, None) if each not in style else None
            style.update(values)
        else:
            style[key] = plain[key]
        return style[key]

    def missing(self: Any, key: str) -> Any:
        cascaded = self.cascaded
        if key in cascaded:
            return find_value(self, key)
        if key in inherited:
            if self.parent_style is not None:
                value = self[key] = self.parent_style[key]
                return value
        elif key == "position":
            value = self[key] = self.specified[key] = css.INITIAL_VALUES[key]
            return value
        elif self.pseudo_type not in GATHERED and logical.isdisjoint(cascaded):
            if key in plain:
                return fill(self, key, cascaded)
            if key in widths:
                value = self[key] = css.COMPUTER_FUNCTIONS[key](self, key, css.INITIAL_VALUES[key])
                return value
        return find_value(self, key)

    def missing_anonymous(self: Any, key: str) -> Any:
        if key in inherited:
            value = self[key] = self.parent_style[key]
            return value
        return fill(self, key, ()) if key in plain else find_anonymous(self, key)

    missing.by_basylym = True
    css.ComputedStyle.__missing__, css.AnonymousStyle.__missing__ = missing, missing_anonymous
