"""Lists of words that people divided by hand, and how well breaks agree with them.

One word a line: `-` where it may be broken, all such places; `=` a hyphen of the word's own. Lines with # are remarks; what is
told of another's breaks, on a line with #:, is printed with the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from basylym.messages import say
from basylym.typography.hyphenation import RULES, WORD, Dictionary, pattern_file


@dataclass
class Agreement:
    """How the breaks found in the words of a list compare with those in the list."""

    right: int = 0
    """Breaks found that the list has."""
    wrong: int = 0
    """Breaks found that it has not."""
    missed: int = 0
    """Breaks of the list that were not found."""
    words: int = 0
    exact: int = 0
    """Words whose breaks are all found, and no other."""
    differing: list[tuple[str, str]] = field(default_factory=list)
    """The other words: as the list has them, as they were broken."""

    @property
    def precision(self) -> float:
        """The share of the breaks found that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the list's breaks that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read_divided_words(text: str) -> list[tuple[str, frozenset[int]]]:
    """The words of a list, each with the places where it may be broken."""
    found = []
    for line in text.splitlines():
        if divided := line.partition("#")[0].strip():
            places = [match.start() - number for number, match in enumerate(re.finditer("-", divided))]
            found.append((divided.replace("-", "").replace("=", "-"), frozenset(places)))
    return found


def read_remarks(text: str) -> list[str]:
    """What a list tells of the breaks that others find in its words."""
    return [line[2:].strip() for line in text.splitlines() if line.startswith("#:")]


def measure(words: Iterable[tuple[str, frozenset[int]]], breaks: Callable[[str], Iterable[int]]) -> Agreement:
    """How what `breaks` finds in each word agrees with the list."""
    agreement = Agreement()
    for word, wanted in words:
        found = frozenset(map(int, breaks(word)))
        agreement.right += len(found & wanted)
        agreement.wrong += len(found - wanted)
        agreement.missed += len(wanted - found)
        agreement.words += 1
        agreement.exact += found == wanted
        if found != wanted:
            agreement.differing.append((divide(word, wanted), divide(word, found)))
    return agreement


def divide(word: str, places: Iterable[int]) -> str:
    """A word as such lists have it."""
    ends = [0, *sorted(places), len(word)]
    return "-".join(word[start:end].replace("-", "=") for start, end in zip(ends, ends[1:], strict=False))


def write_figures(text: str, name: str, abbreviations: frozenset[str], tongue: str = "en") -> str:
    """What is printed of a list: how well the rules of this name and their patterns do, what others do, and every word that
    differs."""
    def by_rules(word: str) -> list[int]:
        return [piece.start() + point for piece in WORD.finditer(word)
                for point in RULES[name](piece[0], abbreviations=abbreviations)]

    patterns = Dictionary(pattern_file(name), abbreviations, apart=True)
    lines = []
    for kind, breaks in ((say("rules", tongue), by_rules), (say("patterns", tongue), patterns.positions)):
        found = measure(read_divided_words(text), breaks)
        figures = say("precision {precision}, recall {recall}, {exact} of {words} words exact", tongue, exact=found.exact,
                      words=found.words, precision=f"{found.precision:.3f}", recall=f"{found.recall:.3f}")
        lines += [f"  {kind}: {figures}", *(f"    {wanted} → {divided}" for wanted, divided in found.differing)]
    return "\n".join([*lines, *(f"  {remark}" for remark in read_remarks(text))]) + "\n"
