"""From a slip in a text to a finding at its place, with the change of the source that mends it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from basylym.check import Found
from basylym.languages import known_languages, language
from basylym.model import Edition
from basylym.read.prose import Passage, prose
from basylym.typography import Slip
from basylym.typography.slips import Usage

OURS = frozenset({"paragraph", "heading", "caption", "note", "cell", "term", "line", "field"})
"""The kinds of passages that the author wrote; titles in references are others' and stand as they were published."""


def find_slips(edition: Edition, find: Callable[[str, str], Iterable[Slip]], kinds: Collection[str] | None = None,
               languages: Collection[str] | None = None) -> Iterator[Found]:
    """What `find` finds in each passage of the sources, given its text and language; all passages, or those of some kinds or
    languages (`kk` means `kk-Latn` too)."""
    for passage in prose(edition.article):
        if (kinds is None or passage.kind in kinds) and (languages is None or passage.language.split("-")[0] in languages):
            for slip in find(passage.text, passage.language):
                yield found_slip(passage, slip)


def found_slip(passage: Passage, slip: Slip) -> Found:
    """A slip at its place in the sources."""
    mends = slip.deletes or slip.expected
    fix = passage.mend(slip.start, slip.end, slip.expected, slip.safe) if mends else None
    return Found(passage.place(slip.start, slip.end), slip.found, slip.expected, dict(slip.values), fix)


def usage_of(edition: Edition, tag: str) -> Usage | None:
    """What is known of how a language is typed; None for one without a file."""
    return _usage(tag, edition.languages_folder)


@lru_cache(maxsize=64)
def _usage(tag: str, folder: Path | None) -> Usage | None:
    known = known_languages(folder)
    return language(tag, folder).slips if tag in known or tag.split("-")[0] in known else None


def find_mistyped(edition: Edition, find: Callable[[str, Usage], Iterable[Slip]],
                  kinds: Collection[str] | None = None) -> Iterator[Found]:
    """What `find` finds in each passage, given its text and how its language is typed; passages in languages without a file are
    left alone."""
    def of(text: str, tag: str) -> Iterable[Slip]:
        usage = usage_of(edition, tag)
        return find(text, usage) if usage else ()

    return find_slips(edition, of, kinds)
