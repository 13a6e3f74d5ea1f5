"""Spares WeasyPrint the reading of a style sheet that it has read before.

The sheets of a journal are the same for all its articles but for the number of the first page, which stands in a rule of its own at the
end. So what stands before that rule is read once a process. A sheet that does more than style (loads a font or another sheet, counts in
a way of its own) or that has a mistake, which is to be told each time, is read anew.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when they change.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

STANDS_FOR = {
    "weasyprint:CSS.__init__": "6a9c1ceda20f",
    "weasyprint.css:find_stylesheets": "9455ad52f0f5",
    "weasyprint.css:preprocess_stylesheet": "4928fc6d2953",
    "weasyprint.css.tokens:Pending": "7c4fc63b6bc2",
}
"""What is counted on, and the digest of how it is written in the version that the lock file pins."""
OWN = "\n@page:first"
"""What begins the rule that is an article's own."""
ONCE = "gradient"
"""A value that WeasyPrint changes as it is used."""
END = "basylym-end"
"""The name of a page that is added to what is kept: a rule that is not at its end would take it in, and take in what follows."""
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


@contextmanager
def _unheard() -> Iterator[list[logging.LogRecord]]:
    """What the layout engine says meanwhile in this thread; nobody else hears of it."""
    said: list[logging.LogRecord] = []
    here, logger = threading.get_ident(), logging.getLogger("weasyprint")

    def hear(record: logging.LogRecord) -> bool:
        if record.thread == here:
            said.append(record)
        return record.thread != here

    logger.addFilter(hear)
    try:
        yield said
    finally:
        logger.removeFilter(hear)


def _read_once(sheet_of: Any) -> Any:
    known: dict[tuple[str, Any, Any], tuple[Any, list[Any]] | None] = {}

    def read(text: str, named: dict[str, Any]) -> Any:
        """A sheet for itself; None where it does more than style."""
        def refuse(*values: Any, **names: Any) -> Any:
            raise TypeError(text)

        with _unheard() as said:
            try:
                sheet = sheet_of(**{**named, "string": text, "url_fetcher": refuse, "font_config": object(), "counter_style": _Refused(),
                                    "color_profiles": _Refused(), "page_rules": [], "layers": []})
            except Exception:  # what it is comes up when the sheet is read as usual
                return None
        return None if said or sheet.layers else sheet

    def find(text: str, named: dict[str, Any]) -> tuple[Any, list[Any]] | None:
        key = text, named["base_url"], named["media_type"]
        if key not in known:
            sheet = None if ONCE in text.lower() else read(f"{text}\n@page {END} {{ margin: 0 }}", named)
            ended = sheet is not None and sheet.page_rules and sheet.page_rules.pop()[1][0][2].name == END
            if len(known) >= MOST:
                known.clear()
            known[key] = (sheet, list(_pending(sheet))) if ended else None
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
