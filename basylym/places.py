"""Where in the sources something stands: what every finding begins with."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the sources something stands."""

    path: str
    """The file, relative to the journal's folder."""
    line: int = 1
    """Counted from 1."""
    column: int = 1
    """Counted from 1, in characters."""
    field: str = ""
    """The field's path in the file, `authors[2].orcid`."""
    length: int = 0
    """How many characters it covers on its line; 0 where it is the nearest place to something that is missing."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@lru_cache(maxsize=4)
def line_starts(text: str) -> array:
    """Where each line of a text begins: places are asked for thousands of times, and must not be counted from the top each time."""
    return array("q", [0, *(found.end() for found in re.finditer("\n", text))])


def field_name(keys: tuple) -> str:
    """The path of a field as people read it: authors[2].orcid for ("authors", 1, "orcid")."""
    return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")


@dataclass(frozen=True, slots=True)
class Places:
    """Where each field of a YAML file stands."""

    path: str
    """The file, relative to the journal's folder."""
    lines: Mapping[tuple, tuple[int, int]] = field(default_factory=dict)
    """The path of a field -> its line and column."""
    spans: Mapping[tuple, tuple[int, int, int, int]] = field(default_factory=dict)
    """The path of a text -> the line and column it begins and ends at, counted from 0 within `source`."""
    source: tuple[str, ...] = ()
    """The lines of the YAML as they stand in the file."""
    first_line: int = 1
    """The line of the file that `source` begins on."""

    def find(self, *keys: str | int) -> Place:
        """The place of a field, or of the nearest thing round it that stands in the file."""
        known = keys
        while known and known not in self.lines:
            known = known[:-1]
        line, column = self.lines.get(known, (1, 1))
        named = [key for key in known if isinstance(key, str)]
        length = len(named[-1]) if known and isinstance(known[-1], str) else 1 if known else 0
        return Place(self.path, line, column, field_name(keys), length)

    def find_words(self, words: str, *keys: str | int, whole: bool = False) -> Place:
        """The place of words inside a text of the file; the field's own where they are broken over lines or written with escapes.

        `whole` asks for words that are not part of longer ones.
        """
        place = self.find(*keys)
        if keys not in self.spans or not words.strip():
            return place
        first, begin, last, end = self.spans[keys]
        pattern = re.compile((r"(?<!\w){}(?!\w)" if whole else "{}").format(r"[ \t]+".join(map(re.escape, words.split()))))
        for number in range(first, min(last + 1, len(self.source))):
            line = self.source[number]
            if found := pattern.search(line, begin if number == first else 0, end if number == last else len(line)):
                return Place(self.path, self.first_line + number, found.start() + 1, place.field, len(found[0]))
        return place
