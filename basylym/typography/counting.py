"""Words, numbers and abbreviations of a text, made equal across languages so that they can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import Protocol

from basylym.typography.roman import read_roman

LONGEST_TEXT, MOST_NUMBERS, LONGEST_NUMBER, PRECISE = 20_000, 500, 40, Context(prec=100)
"""How many characters of a text are read for numbers, how many numbers, and how long one may be."""
SPACES = " \u00a0\u202f\u2009\u2007"
CITATION = re.compile(r"\[-?@[^\]]{0,1000}\]|(?<![\w.@])@\{?[\w:.-]+|\[\d+(?:\s*[,;–-]\s*(?:(?:с|б|p|pp|бб)\.\s*)?\d+)*\]")
"""A citation in Markdown, or a number in square brackets as typed by hand."""
APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘`ʻʼ](?=[^\W\d_])")
TOKEN = re.compile(rf"""
    (?P<day>(?<![\d.])\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}(?!\d))
  | (?P<iso>(?<![\d-])\d{{4}}-\d\d-\d\d(?![\d-]))
  | (?P<span>(?<![^\W_])(?<![.,])[12]\d{{3}}[–—/-]\d\d(?!\d)(?![.,/–—-]\d))
  | (?P<figure>(?<![^\W_])(?<![.,])[1-9]\d{{0,2}}(?:[{SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)* | \d+(?:[.,]\d+)* | (?<![\w.,)\]])\.\d+)
  | (?P<word>[^\W\d_⁰¹²³⁴-⁹₀-₉¼½¾⅓⅔]+)
  | (?P<raised>[⁰¹²³⁴-⁹]+ | [₀-₉]+ | [¼½¾⅓⅔])""", re.VERBOSE)
"""What a number may be made of: a date, a shortened range of years, figures, a word, figures above or below the line."""
JOINT = re.compile(r"\s{0,2}|\s?[-‑]\s?")
"""What may stand between two words of one number."""
DECADE = re.compile(rf"[{SPACES}]?[–—’'-]?[{SPACES}]?[^\W_]")
"""What follows the figures of a decade: 30-жылдары, 30 жылдары, 20–30-е, 1930s."""
LATIN_ABBREVIATION = re.compile(r"(?<![^\W\d_])[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?![a-z])")


def count_words(text: str) -> int:
    """How many words a text has: what stands between spaces and holds a letter or a digit. A lone dash is no word."""
    return sum(word[0].isalnum() or any(letter.isalnum() for letter in word) for word in text.split())


def count_letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(map(str.isalnum, text))


def count_columns(text: str) -> int:
    """How many columns a text takes where every letter has the same width: marks above and below a letter take none, East Asian
    wide letters two (Unicode, UAX #11)."""
    return sum(map(_columns_of, text))


@lru_cache(maxsize=4096)
def _columns_of(letter: str) -> int:
    return 0 if unicodedata.category(letter) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(letter) in "WF" else 1


class Tongue(Protocol):
    """What must be known of a language to read its numbers."""

    decimal: str
    numerals: Mapping[str, float]
    multipliers: Mapping[str, int]


@dataclass(slots=True)
class Numbers:
    """The numbers of a text."""

    held: dict[Decimal, str] = field(default_factory=dict)
    """Those in figures -> how each first stands there."""
    excused: set[Decimal] = field(default_factory=set)
    """Those that it may say in another way: in words, in Roman numerals, as part of a word. More rather than fewer."""
    either: dict[Decimal, Decimal] = field(default_factory=dict)
    """Those of `held` that can be read in a second way: 12,500 -> 12.5."""


def read_numbers(text: str, tongue: Tongue) -> Numbers:
    """The numbers of a text, in figures and words; those of an address, an identifier or a citation are none."""
    text = re.sub(r"[^\W\d_][\u0300-\u036f]+", lambda match: unicodedata.normalize("NFC", match[0][:4]), text[:LONGEST_TEXT])
    text = re.sub(r"https?://\S+|\b10\.\d{4,9}/\S+", " ", CITATION.sub(" ", text))
    if "@" in text:
        text = re.sub(r"\S+", lambda match: " " if "@" in match[0][1:-1] else match[0], text)
    if sign := next((sign for sign in "ʼʻ" if any(sign in word for word in tongue.numerals)), None):
        text = APOSTROPHE.sub(sign, text)  # п’ять, o‘n: it is typed in many ways
    reader, left = _Reader(text, tongue), MOST_NUMBERS
    with localcontext(PRECISE):  # millions of the longest number, too
        for match in TOKEN.finditer(text):
            if (left := left - (match.lastgroup != "word")) < 0:
                break
            if len(match[0]) <= LONGEST_NUMBER:
                getattr(reader, f"read_{match.lastgroup}")(match)
        return reader.finish()


@dataclass(slots=True)
class _Sum:
    """One number as it is put together: «3 млн 200 мың», "two hundred and fifty"."""

    start: int
    end: int = 0
    figures: bool = False
    """Whether some of it is in figures."""
    typed: bool = False
    """Whether what waits for a multiplier is in figures."""
    total: Decimal = Decimal(0)
    group: Decimal | None = None
    """What waits for a multiplier."""
    scale: Decimal | None = None
    """The last multiplier."""
    parts: dict[str, Decimal] = field(default_factory=dict)
    """What was multiplied first and by what, and the value before the sum went on after a multiplier."""
    excused: set[Decimal] = field(default_factory=set)

    @property
    def value(self) -> Decimal:
        """What it comes to."""
        return self.total + (self.group or 0)

    def take_figures(self, value: Decimal) -> bool:
        """Whether figures go on with this; then they are added."""
        if self.group is None and (self.scale is None or (self.figures and value < min(self.scale, 1000) and value % 1 == 0)):
            if self.scale is not None:
                self.parts.setdefault("before", self.total)
            self.group, self.figures, self.typed = value, True, True
            return True
        return False

    def take_word(self, value: Decimal, bridged: bool) -> bool:
        """Whether a word for a number goes on with this; `bridged` is one that stands after "and"."""
        if 0 < value < 1:
            return self._take_fraction(value)
        if self.typed or (bridged and (self.group or 0) % 100):
            return False
        if self.group is None:
            if self.scale is not None and (value >= self.scale or value % 1):
                return False
            if self.figures:
                self.parts.setdefault("before", self.total)
            self.group = value
            return True
        if not self.group or self.group % 1 or self.group % 10 or value % 1 or value >= (100 if self.group % 100 == 0 else 10):
            return False
        self.group += value
        return True

    def _take_fraction(self, value: Decimal) -> bool:
        if self.group is not None and (self.group % 1 or (self.typed and self.group > 100)):
            return False
        if self.typed:  # «2 жарым», or two numbers
            self.parts.setdefault("before", self.group)
        self.excused |= {value, value * 100}
        if self.group is None and self.scale is not None:
            self.total += self.scale * value
        elif self.group is not None:
            self.excused |= {self.group, self.group * value, self.group * value * 100}  # "three quarters"; "first half"
            self.group += value
        else:
            self.group = value
        return True

    def take_multiplier(self, value: Decimal, bridged: bool) -> bool:
        """Whether a multiplier goes on with this."""
        if bridged and (self.group is None or not self.group % 1):
            return False
        if self.typed and 1900 <= self.group <= 2099:  # "in 2020 thousands of people"
            return False
        if value < 1000:
            if self.group is not None and self.group >= 100:
                return False
            self.group, self.typed = value * (1 if self.group is None else self.group), False
            return True
        if self.scale is not None and (self.group is None or value >= self.scale):
            return False
        count = Decimal(1) if self.group is None else self.group
        if self.scale is None:
            self.parts |= {"count": count, "scale": value}
        self.total, self.group, self.scale, self.typed = self.total + count * value, None, value, False
        return True


class _Reader:
    """Reads the tokens of a text one by one."""

    def __init__(self, text: str, tongue: Tongue) -> None:
        self.text, self.tongue, self.found = text, tongue, Numbers()
        self.beginnings = {stem[:2] for table in (tongue.numerals, tongue.multipliers) for stem in table}
        self.sum: _Sum | None = None
        self.end, self.bridged, self.abbreviated = 0, False, False
        self.previous: tuple[Decimal, int] = (Decimal(0), -100)
        self.decades: set[int] = set()
        self.centuries: set[int] = set()

    def read_day(self, match: re.Match) -> None:
        """A date in figures; its month may be a word in the other language."""
        day, month, year = (Decimal(part) for part in re.split(r"[./]", match[0]))
        self.found.excused |= {day, month}
        self._hold(year, match[0])
        if "/" not in match[0] or max(day, month) > 12:  # else nobody knows which is the day
            self._hold(max(day, month) if "/" in match[0] else day, match[0])

    def read_iso(self, match: re.Match) -> None:
        """A date as 2026-03-30."""
        year, month, day = (Decimal(part) for part in match[0].split("-"))
        self.found.excused.add(month)
        self._hold(year, match[0])
        self._hold(day, match[0])

    def read_span(self, match: re.Match) -> None:
        """Years as 2006–08 or 2020/21; what does not rise are two numbers."""
        first, last = int(match[0][:4]), int(match[0][5:])
        whole = first - first % 100 + last + (100 if (first % 100, last) == (99, 0) else 0)
        self._hold(Decimal(first), match[0][:4])
        self._note_decade(first, True)
        if whole > first:
            self._hold(Decimal(whole), match[0])
            self.found.either.setdefault(Decimal(whole), Decimal(last))
            self._note_decade(whole, True)
        else:
            self._hold(Decimal(last), match[0][5:])
            self._note_decade(last, True)

    def read_figure(self, match: re.Match) -> None:
        """Figures, with digit groups and decimals; those of a word (H2O, Q1) excuse only."""
        values = _read_figures(match[0], self.tongue.decimal)
        if self.text[match.start() - 1:match.start()].isalpha():
            self.found.excused.update(value for value, _ in values)
            return
        if len(values) > 1:
            for value, _ in values:
                self._hold(value, match[0])
            return
        (value, second), = values
        if second is not None:
            self.found.either.setdefault(value, second)
        self._note_decade(value, bool(DECADE.match(self.text, match.end())))
        if not (self._touches(match) and self.sum.take_figures(value)):
            self._begin(match)
            self.sum.take_figures(value)
        self._go_on(match)

    def read_word(self, match: re.Match) -> None:
        """A word: a number, a part of one, a Roman numeral, or nothing of all that."""
        word = match[0]
        stem = word.rstrip("abcdefghijklmnopqrstuvwxyz")  # XIXth
        if roman := read_roman(word) or (read_roman(stem) if len(stem) > 1 else 0):
            self.found.excused.add(Decimal(roman))
            if roman <= 21:
                self.centuries.add(roman)
        for value, times, rest in _read_word(word.lower(), self.tongue) if f"{word.lower()}."[:2] in self.beginnings else ():
            touching = self._touches(match)
            if not value:  # "and"
                self.found.excused.add(value)
                if touching:
                    self.end, self.bridged = match.end(), True
                return
            if rest > 4 and touching:  # may be another word that begins alike
                self.found.excused.add(self.sum.value)
            if not (touching and (self.sum.take_multiplier if times else self.sum.take_word)(value, self.bridged)):
                self._begin(match)
                (self.sum.take_multiplier if times else self.sum.take_word)(value, False)
            self._go_on(match)
            self.abbreviated = times and len(word) < 5

    def read_raised(self, match: re.Match) -> None:
        """Figures above and below the line, and ½: they excuse only."""
        parts = [Decimal(part) for part in re.findall(r"\d+", unicodedata.normalize("NFKC", match[0]))]
        self.found.excused.update(parts)
        if len(parts) == 2:
            self.found.excused |= {parts[0] / parts[1], parts[0] / parts[1] * 100}

    def finish(self) -> Numbers:
        """What was found, with what the decades and centuries of the whole text make of each other."""
        self._close()
        bases = {1900, *((century - 1) * 100 for century in self.centuries if century > 9)}
        self.found.excused.update(Decimal(base + decade) for base in bases for decade in self.decades)
        self.found.excused.update(Decimal(2000 + decade) for decade in self.decades if decade < 30)
        self.found.excused.update(Decimal(base) for base in bases - {1900} | ({1900} if 20 in self.centuries else set()))
        return self.found

    def _note_decade(self, value: Decimal | int, followed: bool) -> None:
        if followed and 10 <= value <= 90 and value % 10 == 0:
            self.decades.add(int(value))
        elif 1000 <= value <= 2099 and value % 10 == 0:
            self.found.excused |= {Decimal(value % 100), Decimal(value // 100 + 1)}  # «30-е годы XX века», "the 20th century"

    def _hold(self, value: Decimal, shown: str) -> None:
        self.found.held.setdefault(value, shown[:LONGEST_NUMBER])

    def _touches(self, match: re.Match) -> bool:
        if self.sum is None or not 0 <= match.start() - self.end <= 3:
            return self.sum is not None and match.end() == self.end  # the second half of one word
        between = self.text[self.end:match.start()]
        return bool(JOINT.fullmatch(between.removeprefix(".") if self.abbreviated else between))

    def _begin(self, match: re.Match) -> None:
        self._close()
        self.sum = _Sum(match.start())

    def _go_on(self, match: re.Match) -> None:
        self.sum.end = self.end = match.end()
        self.bridged = self.abbreviated = False

    def _close(self) -> None:
        """Notes the number that was put together."""
        if self.sum is None:
            return
        done, self.sum = self.sum, None
        value, before = done.value, done.parts.get("before")
        self.found.excused |= done.excused
        if done.figures:
            self._hold(value, self.text[done.start:done.end])
        else:
            self.found.excused |= {value, value * 100} if value < 1 else {value}
            if 20 <= value <= 90:
                self._note_decade(value, True)
        if done.scale is None and value % 100 == 0 and self.text[done.end:done.end + 2].lstrip().startswith(("–", "—", "-")):
            # "10,000–12,000", «10–12 мың»
            self.found.excused.update(value / scale for scale in (1000, 1_000_000) if value >= scale)
        if before is not None:  # «3 тыс. 20 …» may be two numbers
            self.found.either.setdefault(value, before)
            self.found.excused.add(value - before)
        if "scale" in done.parts:  # «3–5 млн», «3 млн – 5 млн»
            self.found.excused.add(done.parts["count"])
            if done.start - self.previous[1] <= 30:
                self.found.excused.add(self.previous[0] * done.parts["scale"])
        self.previous = (value, done.end)


def _read_figures(shown: str, decimal: str) -> list[tuple[Decimal, Decimal | None]]:
    """The value of figures, and a second one where a mark may be either the decimal mark or one between groups; several values
    for a version or a section."""
    bare = "".join(letter for letter in shown if letter not in SPACES)
    parts = re.split(r"[.,]", bare)
    marks = re.findall(r"[.,]", bare)
    grouped = parts[0][:1] != "0" and 1 <= len(parts[0]) <= 3 and len(marks) > 0
    if grouped and len(set(marks)) == 1 and all(len(part) == 3 for part in parts[1:]):
        whole = Decimal("".join(parts))
        if len(parts) > 2:
            return [(whole, None)]
        fraction = Decimal(".".join(parts))
        return [(fraction, whole)] if marks[0] == decimal else [(whole, fraction)]
    if grouped and len(marks) > 1 and marks[-1] not in marks[:-1] and len(set(marks)) == 2 and all(len(part) == 3 for part in parts[1:-1]):
        return [(Decimal("".join(parts[:-1]) + "." + parts[-1]), None)]
    if len(parts) <= 2:
        return [(Decimal(".".join(parts)), None)]
    return [(Decimal(part), None) for part in parts if part]


def _find_stem(word: str, tongue: Tongue, whole: bool = True) -> tuple[Decimal, bool, str] | None:
    """The value of a word for a number, whether it multiplies, and the rest of the word."""
    tries = [(f"{word}.", len(word))] if whole else []
    tries += [(word[:length], length) for length in range(min(len(word), 16), 1, -1)]
    for stem, length in tries:
        for table, times in ((tongue.numerals, False), (tongue.multipliers, True)):
            if stem in table:
                return Decimal(str(table[stem])), times, word[length:]
    return None


def _read_word(word: str, tongue: Tongue) -> Iterator[tuple[Decimal, bool, int]]:
    """The numbers that a word is made of («двадцатипятилетний»: 20, 5), whether each multiplies, and how long the rest of it is."""
    if not (first := _find_stem(word, tongue)):
        return
    value, times, rest = first
    yield value, times, len(rest)
    if times or not value or len(rest) < 4:
        return
    for skipped in range(3):
        second = _find_stem(rest[skipped:], tongue, whole=False)
        if second and (second[1] and second[0] >= 1000 or not second[1] and 0 < second[0] < 10 <= value and value % 10 == 0):
            yield second[0], second[1], len(second[2])
            return


def read_latin_abbreviations(text: str) -> dict[str, str]:
    """The Latin abbreviations of a text (PDF, EPUB, PhD), in small letters -> how each first stands there; Roman numerals are none."""
    found: dict[str, str] = {}
    for match in LATIN_ABBREVIATION.finditer(text):
        if not read_roman(match[0]):
            found.setdefault(match[0].lower(), match[0])
    return found


def find_unexplained(text: str, known: Iterable[str]) -> list[str]:
    """The abbreviations in capitals that a text uses without saying what they stand for, in brackets before or after them.

    A suffix after a hyphen (ҚХА-ның) belongs to the word; `known` need no explanation.
    """
    known, found = set(known), {}
    explained = set(re.findall(r"[(\[«“]\s*([^\W\d_]{2,})\s*[)\],;:–—-]", text))
    explained |= {word for word, words in re.findall(r"(?<![^\W\d_])([^\W\d_]{2,40})\s?\(([^()]{1,200})\)", text)
                  if " " in words}  # НИР (научно-исследовательская работа)
    for match in re.finditer(r"(?<![\w.@/-])[^\W\d_]{2,}(?![\w@/])", text):
        word = match[0]
        capitals = sum(letter.isupper() for letter in word)
        if capitals < 2 or capitals < len(word) - 1 or word in known or word in explained or word in found or read_roman(word):
            continue
        found[word] = True
    return list(found)
