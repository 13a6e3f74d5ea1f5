"""From a slip in a text to a finding at its place, with the change of the source that mends it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from basylym.check import Found
from basylym.languages import has_file, language
from basylym.model import Edition, Places
from basylym.read.prose import Passage, prose
from basylym.typography import Slip
from basylym.typography.slips.usage import Usage

OURS = frozenset({"paragraph", "heading", "caption", "note", "cell", "term", "line", "field"})
"""The kinds of passages that the author wrote; titles in references are others' and stand as they were published."""


def found_slip(passage: Passage, slip: Slip) -> Found:
    """A slip at its place in the sources."""
    fix = passage.mend(slip.start, slip.end, slip.expected, slip.safe) if slip.expected else None
    return Found(passage.place(slip.start, slip.end), slip.found, slip.expected, dict(slip.values), fix)


def usage_of(edition: Edition, tag: str) -> Usage | None:
    """What is known of how a language is typed; None for one without a file."""
    return _usage(tag, edition.languages_folder)


@lru_cache(maxsize=64)
def _usage(tag: str, folder: Path | None) -> Usage | None:
    return language(tag, folder).slips if has_file(tag, folder) else None


def find_mistyped(edition: Edition, find: Callable[[str, Usage], Iterable[Slip]],
                  kinds: Collection[str] | None = None) -> Iterator[Found]:
    """What `find` finds in each passage of the sources, given its text and how its language is typed; all passages, or those of
    some kinds. Those in languages without a file are left alone."""
    for passage in prose(edition.article):
        if (kinds is None or passage.kind in kinds) and (usage := usage_of(edition, passage.language)):
            for slip in find(passage.text, usage):
                yield found_slip(passage, slip)


def shared_texts(edition: Edition) -> Iterator[tuple[dict[str, str], Places, tuple[str | int, ...]]]:
    """The texts that all articles print: those of journal.yaml and the names of the issue's sections, each in its languages, and
    where they stand."""
    journal, places = edition.journal, edition.journal_places
    for keys, texts in ((("name",), journal.name), (("abbreviation",), journal.abbreviation), (("founder",), journal.founder),
                        (("publisher", "name"), journal.publisher.name), (("publisher", "city"), journal.publisher.city),
                        (("publisher", "country"), journal.publisher.country), (("registration",), journal.registration)):
        yield dict(texts), places, keys
    for number, section in enumerate(edition.issue.sections if edition.issue else ()):
        yield dict(section.title), edition.issue_places, ("sections", number, "title")


def find_in_shared_texts(edition: Edition, find: Callable[[str, Usage], Iterable[Slip]]) -> Iterator[Found]:
    """What `find` finds in them. They come up with every article, are told once, and are for editors to mend."""
    for texts, places, keys in shared_texts(edition):
        for tag, text in texts.items():
            if usage := usage_of(edition, tag):
                for slip in find(text, usage):
                    yield Found(places.find_words(slip.found, *keys, tag), slip.found, slip.expected, dict(slip.values))
