"""Captions of tables and figures, and the numbers of equations, as people type them: «1-кесте – …», «Таблица 1 – …», "Fig. 2."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from basylym.intake.document import Node
from basylym.intake.labels import one_of, skeleton, words_of
from basylym.intake.tidying import SPACES, strip
from basylym.typography.roman import read_roman

Kind = Literal["tables", "figures"]
LEAST = 5
"""So many letters tell a word for tables in any case."""
LONGEST = 60
"""How far a caption's number may reach."""
NUMBER = r"(?:№\s*)?(?P<number>\d{1,3}(?:[.\-–]\d{1,3}){0,2}|[A-ZА-Я]\.?\d{1,3}|[IVX]{1,5}(?=\s*[.:–—]|\s*$))"
NEXT = re.compile(r"(?:\s*[.:–—-]+)?\s*")
EQUATION = re.compile(r"\(\s*(\d{1,3}(?:\.\d{1,3})?[a-zа-я]?)\s*\)[.,;]?$")
"""The number of an equation."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The beginning of a caption."""

    kind: Kind
    """What it is the caption of."""
    number: str
    """Its number as typed; empty where it has none."""
    head: str
    """The words with the number, and the mark that follows."""


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern], ...]:
    made: list[tuple[Kind, re.Pattern]] = []
    for kind in ("tables", "figures"):
        words = one_of(kind)
        before = NUMBER.replace("number", "before")
        made.append((kind, re.compile(rf"(?:(?:{words})\s*{NUMBER}|{before}\s*[-–—.‑]?\s*(?:{words}))(?!\w)", re.I)))
    return tuple(made)


def read_caption(text: str) -> Caption | None:
    """The caption that a paragraph begins; None where it begins none. A sentence about a table, «1-кестеде …», is none."""
    line = " ".join(text.replace("\xa0", " ").split())
    bones = skeleton(line[:LONGEST])
    for kind, pattern in _patterns():
        match = pattern.match(bones)
        if not match:
            continue
        end = NEXT.match(line, match.end()).end()  # type: ignore[union-attr]
        mark, rest = line[match.end():end].strip(), line[end:]
        if not mark and rest and not (rest[0].isupper() or rest[0] in "«“\"(["):
            return None  # «Таблица 1 показывает …»
        if not mark and rest.endswith(".") and len(rest.split()) > 25:
            return None
        return Caption(kind, match["number"] or match["before"] or "", line[:end].rstrip())
    return None


def is_continued(text: str) -> bool:
    """Whether a line only says that the table above goes on: «Продолжение таблицы 1», «1-кестенің жалғасы», "Table 1 (continued)"."""
    if len(text) > LONGEST:
        return False
    line = [each.strip("()[].,:–—-") for each in skeleton(text).split()]
    tables = tuple(word.rstrip(".")[:LEAST] for word, _ in words_of("tables"))
    rest = [each for each in line if each and not re.fullmatch(r"(?:№|of|the)?\d{0,3}(?:[.\-–]\d{1,3})?|of|the", each)]
    bare = [re.sub(r"^\d{1,3}[-–]", "", each) for each in rest]
    said = {word.rstrip(".") for word, _ in words_of("continued")}
    return len(bare) == 2 and any(each in said for each in bare) and any(each.startswith(tables) for each in bare if each not in said)


def without_head(inlines: Sequence[Node], head: str) -> list[Node]:
    """A caption's words without its number; formatting of the whole is dropped with it."""
    left, made = list(_flat(inlines)), []
    waiting = len(re.sub(r"\s", "", head))
    for each in left:
        if waiting <= 0:
            made.append(each)
        elif each["t"] == "Str":
            letters = each["c"]
            taken = 0
            while taken < len(letters) and waiting > 0:
                waiting -= not letters[taken].isspace()
                taken += 1
            if taken < len(letters):
                made.append({"t": "Str", "c": letters[taken:]})
    return strip(made)


def _flat(inlines: Sequence[Node]) -> list[Node]:
    """Inlines in which bold letters and italics round the caption's number are opened."""
    made: list[Node] = []
    for each in inlines:
        made += _flat(each["c"]) if each["t"] in ("Strong", "Emph", "Underline", "SmallCaps") else (
            _flat(each["c"][1]) if each["t"] == "Span" else [{"t": "Space"} if each["t"] in SPACES else each])
    return made


def plain_number(number: str) -> int | None:
    """A number that counts on its own, Roman ones too; None for 2.1 or А1."""
    return int(number) if number.isdigit() else read_roman(number.upper()) or None
