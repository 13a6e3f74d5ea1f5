"""One name or term spelled in two ways in an article: Назарбаев and Назарбаиев, қоныс and қоңыс.

Forms of a word are not two spellings, so words are compared without their endings; and not every two words a letter apart are one:
only letters count that are typed for each other. A name that occurs once may also miss a letter of one that occurs often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from basylym.typography import Slip
from basylym.typography.slips.usage import LONGEST, Usage

TERM, NAME, LONG = 5, 6, 8
"""The fewest letters of the stem of a term and of a name, and of a word that may lack one of two equal letters: short words are too
often other words."""
WORD = re.compile(rf"(?<![\w\u00ad.'’-])[^\W\d_]{{{TERM},{LONGEST}}}+(?![\w\u00ad'-])")
OFTEN = 4
"""How often a name occurs that another can be a slip for, when the two differ in letters that are not alike."""
SOUNDS = str.maketrans("йэыіұүқғңөәһ", "иеииуукгноах")
"""Letters of names that writers exchange."""
BETWEEN_VOWELS = re.compile("(?<=[аеоу])и(?=[аеоу])|(?<=[aeou])[iy](?=[aeou])")
TWICE = re.compile(r"([^\W\d_])\1+")
INITIAL = re.compile(r"(?<!\w)\w\.[ \u00a0]?\Z")
DOUBLED = re.compile(r"([^\W\d_нН])\1+")
"""Not н: long and short adjectives differ in it, and nouns from them."""
STARTS_SENTENCE = frozenset(".!?…:«“\"(—–\n")


class _Use(NamedTuple):
    """One word of the article."""

    passage: int
    start: int
    word: str
    stem: str
    """Without its endings, small."""
    name: bool
    begins: bool
    """Whether it has its capital from the sentence it begins, so that it tells nothing of names."""


def find_variants(texts: Sequence[tuple[str, Usage]]) -> Iterator[tuple[int, Slip]]:
    """The rarer spellings of names and terms that an article spells in two ways: which text, and where in it; of two that are as
    frequent the first place, without saying which is right."""
    everything = [use for number, (text, usage) in enumerate(texts) for use in _uses(number, text, usage)]
    uses = [use for use in everything if not use.begins]
    stems = Counter(use.stem for use in everything)
    apart = {pair for _, usage in texts for pair in usage.apart}
    first = {use.stem: place for place, use in reversed(list(enumerate(everything)))}
    right: dict[str, str] = {}
    for group in _groups(uses, texts).values():
        if len(group) > 1:
            best = max(sorted(group, key=first.__getitem__), key=stems.__getitem__)
            right.update({stem: best for stem in group if stem != best and not _are_apart(stem, best, apart)})
    right |= {stem: best for stem, best in _missing_letters(uses, stems).items() if stem not in right}
    even = {best: stem for stem, best in sorted(right.items()) if best not in right and stems[stem] == stems[best]}
    for use in everything:
        best = right.get(use.stem) or even.pop(use.stem, "")  # of two as frequent, both are named at the first place
        if best and (best not in right or right[best] == use.stem) and (use.stem not in right or stems[use.stem] < stems[best]):
            other = _like(use.word, best) + use.word[len(use.stem):]
            yield use.passage, Slip(use.start, use.start + len(use.word), use.word, other if use.stem in right else "", safe=False,
                                    values={"other": other})


def _uses(number: int, text: str, usage: Usage) -> Iterator[_Use]:
    for match in WORD.finditer(text):
        word = match[0]
        if stem := _stem(word, usage):
            start, name = match.start(), word[0].isupper()
            yield _Use(number, start, word, stem, name, name and _begins(text, start))


def _begins(text: str, start: int) -> bool:
    """Whether what stands at a place begins a sentence."""
    before = text[max(0, start - 3):start].rstrip(" \u00a0")
    return not before or before[-1] in STARTS_SENTENCE and not INITIAL.search(text[max(0, start - 5):start])


@lru_cache(maxsize=10_000)
def _stem(word: str, usage: Usage) -> str:
    """The stem of a word, small; nothing for one that is too short, or in capitals. The same words come again and again."""
    stem = usage.stem(word.lower().replace("ё", "е"))
    return stem if len(stem) >= TERM and word[1:].islower() else ""


def _groups(uses: Sequence[_Use], texts: Sequence[tuple[str, Usage]]) -> dict[tuple, set[str]]:
    """Stems that are one word: names that sound alike, terms that differ in a letter typed for another."""
    groups: dict[tuple, set[str]] = {}
    for word, stem, usage in dict.fromkeys((use.word, use.stem, texts[use.passage][1]) for use in uses):
        if word[0].isupper():
            if len(stem) >= NAME:
                heard = BETWEEN_VOWELS.sub("", stem.translate(SOUNDS))
                if not heard.isascii():  # Phillips is another than Philips
                    heard = TWICE.sub(r"\1", heard)
                groups.setdefault((heard, "name", stem[0], stem[-1]), set()).add(stem)
            continue
        if len(word) >= LONG and not word.isascii():
            groups.setdefault((DOUBLED.sub(r"\1", word.lower()), "doubled"), set()).add(stem)
        if usage.plain:
            groups.setdefault((stem.translate(usage.typed_plain), "term", stem[-2:]), set()).add(stem)
    return {key: _one_way(group, key) for key, group in groups.items()}


def _are_apart(stem: str, other: str, apart: set[tuple[str, str]]) -> bool:
    """Whether two stems belong to words that are known to be two."""
    return any(stem.startswith(first) and other.startswith(second) or stem.startswith(second) and other.startswith(first)
               for first, second in apart)


def _one_way(group: set[str], key: tuple) -> set[str]:
    """Of terms, the one with the language's letters and those that lack some of them, but have no others in their place."""
    if key[1] != "term" or len(group) < 2:
        return group
    fullest = max(sorted(group), key=lambda stem: sum(a != b for a, b in zip(stem, key[0], strict=True)))
    return {stem for stem in group if all(a in (b, c) for a, b, c in zip(stem, fullest, key[0], strict=True))}


def _missing_letters(uses: Sequence[_Use], stems: Counter) -> dict[str, str]:
    """Names that occur once and lack a letter, inside, of a name that occurs often, or have one too many."""
    names = {use.stem for use in uses if use.name and len(use.stem) > NAME}
    often = sorted(stem for stem in names if stems[stem] >= OFTEN)
    shorter = {_without(stem, at): stem for stem in often for at in _loose(stem)}
    found: dict[str, str] = {}
    for stem in sorted(names):
        if stems[stem] > 1:
            continue
        best = shorter.get(stem) or next((each for at in _loose(stem) if (each := _without(stem, at)) in names
                                          and stems[each] >= OFTEN), None)
        if best:
            found[stem] = best
    return found


def _loose(stem: str) -> Iterator[int]:
    """The places of the letters that a name may lack; not one of two equal ones in Latin letters."""
    return (at for at in range(1, len(stem) - 1) if not (stem.isascii() and stem[at] in (stem[at - 1], stem[at + 1])))


def _without(word: str, at: int) -> str:
    return word[:at] + word[at + 1:]


def _like(word: str, stem: str) -> str:
    """A stem with the capital of a word."""
    return stem[0].upper() + stem[1:] if word[0].isupper() else stem
