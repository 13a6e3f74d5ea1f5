"""Spares WeasyPrint a page that it would lay out once more for nothing.

A place that tells the number of another page is set again when the numbers of its own page have changed. WeasyPrint counts the number of
all pages among them, which is known only at the end, even where the place doesn't ask for it: the first page, with the article's page
range, was laid out a third time and came out as before.

Relies on functions inside WeasyPrint; the lock file pins it, and a test fails when they change.
"""

from __future__ import annotations

STANDS_FOR = {
    "weasyprint.css.targets:CounterLookupItem": "026bc9c40fae",
    "weasyprint.layout.page:make_page": "956a4c5f9b42",
}
"""What is counted on, and the digest of how it is written in the version that the lock file pins."""


class _Seen(dict):
    """The counters that a place was last set with. The number of all pages is none of them where the place doesn't ask for it."""

    def __init__(self, counters: dict[str, list[int]], pages: bool):
        super().__init__(counters)
        self.pages = pages

    def __ne__(self, other: object) -> bool:
        if self.pages or not isinstance(other, dict):
            return super().__ne__(other)
        return {**self, "pages": None} != {**other, "pages": None}

    def __eq__(self, other: object) -> bool:
        return not self != other


def install() -> None:
    """Puts our places in WeasyPrint's; doing so twice changes nothing."""
    from weasyprint.css import targets

    if getattr(targets.CounterLookupItem, "by_basylym", False):
        return

    class Place(targets.CounterLookupItem):
        by_basylym = True

        @property
        def cached_page_counter_values(self) -> dict[str, list[int]]:
            return self._seen

        @cached_page_counter_values.setter
        def cached_page_counter_values(self, counters: dict[str, list[int]]) -> None:
            asked = {*self.missing_counters, *(name for names in self.missing_target_counters.values() for name in names)}
            self._seen = _Seen(counters, not counters or "pages" in asked)

    targets.CounterLookupItem = Place
