"""Spares WeasyPrint the reading of a style sheet that it has read before.

The sheets of a journal are the same for all its articles but for the number of the first page, which stands in a rule of its own at the
end. So what stands before that rule is read once a process. A sheet that does more than style (loads a font or another sheet, counts in
a way of its own) or that has a mistake, which is to be told each time, is read anew.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when they change.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from basylym.render.said import listen

STANDS_FOR = {"weasyprint:CSS.__init__": "", "weasyprint.css:find_stylesheets": "", "weasyprint.css:preprocess_stylesheet": "",
              "weasyprint.css.tokens:Pending": ""}
"""What is counted on, and the digest of how it is written in the version that the lock file pins."""
OWN = "\n@page:first"
"""What begins the rule that is an article's own."""
ONCE = "gradient"
"""A value that WeasyPrint changes as it is used."""
MOST = 8
"""So many sheets are kept."""


def install() -> None:
    """Puts ourselves before WeasyPrint's reading of sheets; doing so twice changes nothing."""
    from weasyprint import css

    if not getattr(css.CSS, "by_basylym", False):
        css.CSS = _read_once(css.CSS)


class _Refused(dict):
    """What a sheet that is kept must not touch."""

    def __setitem__(self, key: Any, value: Any) -> None:
        raise TypeError(key)


def _read_once(sheet_of: Any) -> Any:
    known: dict[tuple[str, Any, Any], tuple[Any, list[Any]] | None] = {}

    def read(text: str, named: dict[str, Any]) -> Any:
        """A sheet for itself; None where it does more than style."""
        def refuse(*values: Any, **names: Any) -> Any:
            raise TypeError(text)

        with listen() as said:
            try:
                sheet = sheet_of(**{**named, "string": text, "url_fetcher": refuse, "font_config": None, "counter_style": _Refused(),
                                    "color_profiles": _Refused(), "page_rules": [], "layers": []})
            except (TypeError, AttributeError):
                return None
        return None if said or sheet.layers else sheet

    def find(text: str, named: dict[str, Any]) -> tuple[Any, list[Any]] | None:
        key = text, named["base_url"], named["media_type"]
        if key not in known:
            # a rule that goes on at the end would take in what follows
            sheet = read(f"{text}\n@page{{margin:1px}}", named) if ONCE not in text.lower() else None
            whole = sheet and sheet.page_rules and not sheet.page_rules[-1][0].prelude and len(sheet.page_rules.pop()[2]) == 4
            if len(known) >= MOST:
                known.clear()
            known[key] = (sheet, list(_pending(sheet))) if whole else None
        return known[key]

    def read_once(*values: Any, **named: Any) -> Any:
        if values or set(named) != {"string", "base_url", "url_fetcher", "media_type", "font_config", "counter_style", "page_rules",
                                    "color_profiles", "layers"} or not isinstance(named["string"], str):
            return sheet_of(*values, **named)
        text, mark, own = named["string"].rpartition(OWN)
        kept = find(text if mark else named["string"], named)
        rest = read(mark + own, named) if kept and mark else None
        if not kept or mark and (not rest or rest.matcher.order):
            return sheet_of(**named)
        for each in kept[1]:
            each._reported_error = False
        made = copy(kept[0])
        made.page_rules, made.layers = named["page_rules"], named["layers"]
        made.page_rules += [*kept[0].page_rules, *(rest.page_rules if rest else ())]
        return made

    read_once.by_basylym = True
    return read_once


def _pending(sheet: Any) -> Iterator[Any]:
    """The values of a sheet that wait for an element, and remember whether they were told to be wrong."""
    from weasyprint.css.tokens import Pending

    matcher = sheet.matcher
    groups = (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors, matcher.namespace_selectors)
    entries = [entry for group in groups for entries in group.values() for entry in entries]
    declared = [entry[-1][0] for entry in (*entries, *matcher.lang_attr_selectors, *matcher.other_selectors)]
    for declarations in (*declared, *(rule[-1] for rule in sheet.page_rules)):
        yield from (value for _, value, _ in declarations if isinstance(value, Pending))
