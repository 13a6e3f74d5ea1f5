"""Spaces that are missing or too many, dots typed for an ellipsis, and full stops after headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from basylym.typography import Seldom, Slip
from basylym.typography.roman import CANONICAL
from basylym.typography.slips.letters import ROMAN
from basylym.typography.slips.usage import Usage

SPACES = "[ \u00a0\u202f]"
BEFORE_MARK = Seldom(re.compile(rf"(?<=[\w»”\")%…\ufffc]){SPACES}{{1,9}}(?:([,;:!?.])(?![\w,;:!?.)(/\\=|*-])|,(?=[^\W\d_]))"),
                     re.compile(rf"{SPACES}[,;:!?.]"))
AFTER_MARK = Seldom(re.compile(r"(?<![^\W\d_])([^\W\d_]{2,40}+)([,;:!?])([^\W\d_]{2})"), re.compile(r"[,;:!?][^\W\d_]"))
AFTER_COMMA = Seldom(re.compile(r"(?<!\w)([^\W\d_]{1,20}\.),([^\W\d_]{2})"), re.compile(r"\.,"))
MARK_TWICE = Seldom(re.compile(r"(?<![\w.])([^\W\d_]{2,40}+)(,,|\.\.)(?=\s|\Z|[»”)])"), re.compile(r"[,.](?:(?<=,),|(?<=\.)\.)"))
AFTER_QUOTE = Seldom(re.compile(r"(?<=[^\W\d_])»([^\W\d_]{2,40}+)(?![\w-])"), re.compile(r"»[^\W\d_]"))
AFTER_STOP = Seldom(re.compile(r"(?<![\w.])([^\W\d_A-Za-z]{4,40}+)\.([^\W\d_A-Za-z]{2})"), re.compile(r"\.[^\W\d_A-Za-z]"))
DOUBLE = Seldom(re.compile(r"(?<=[^\s\ufffc])[ \u00a0\u202f]{2,}(?=[^\s\ufffc])"), re.compile(SPACES + SPACES))
INSIDE = Seldom(re.compile(rf"((?:(?<!\w)[^\W\d_A-Za-z]{{2,40}}+)?[(«])({SPACES}{{1,9}})(?=[^\s.…)»])"
                           rf"|(?<=[^\s.…:;(«])({SPACES}{{1,9}})([)»])"),
                re.compile(rf"[()«»](?:(?<=[(«]){SPACES}|(?<={SPACES}[)»]))"))
SENTENCE_END = frozenset(".?!:")
YEARS = Seldom(re.compile(rf"(?<![\w,.=+*/–—-])(?<![=+*/]{SPACES})(1\d{{3}}|20\d\d)({SPACES}?[–—]{SPACES}?|{SPACES}-{SPACES})"
                          rf"(1\d{{3}}|20\d\d)(?![\w–—-]|[,.]\d|{SPACES}?[=+*/])"),
               re.compile(rf"[–—-]{SPACES}?[12]"))
LISTED = re.compile(r" // |\. [–—] ")
"""How a typed entry of a reference list is known, which has spaces of its own round its marks."""
DOTS = Seldom(re.compile(rf"(?<!\.)(?<!\.{SPACES})\.(?:\.\.|{SPACES}\.{SPACES}\.)(?!{SPACES}?\.)"), re.compile(rf"\.{SPACES}?\."))
ENDS_SENTENCE = re.compile(r"[»”)\]]|\Z|\s+[«“(]?[^\W\d_a-zа-яәғқңөұүһі]")
QUOTES_OPEN = tuple("«„“\"")
LAST_WORD = re.compile(r"([^\s.]{1,40}+)\.\Z")
NUMBER = r"(?<![\w.,/№])(?<!№ )((?:\d{1,3}[–-])?\d{1,9}(?:[.,]\d{1,9})?)"


def find_spaces(text: str, usage: Usage) -> Iterator[Slip]:
    """Spaces before a comma or inside brackets, several in a row, none after a comma; and round the dash between two years."""
    listed = None
    for match in BEFORE_MARK.finditer(text):
        mark = match[1] or ","
        if mark in ".:;" and listed is None:
            listed = bool(LISTED.search(text))
        if mark in ".:;" and listed or mark == ":" and text[match.start() - 1].isdecimal():
            continue
        if mark == "." and re.match(rf"{SPACES}?\.", text[match.end():match.end() + 2]):
            continue  # . . . is an ellipsis
        start = _word_start(text, match.start())
        yield Slip(start, match.end(), text[start:match.end()], text[start:match.start()] + (match[1] or ", "))
    for match in AFTER_MARK.finditer(text):
        if match[0].isascii() and match[2] in ":?!" or match[2] == ":" and match[1].isupper():
            continue
        yield Slip(match.start(), match.end(), match[0], f"{match[1]}{match[2]} {match[3]}", not match[0].isascii())
    for match in AFTER_STOP.finditer(text):
        # a capital before the stop makes it a name, Яндекс.Маркет
        if (match[1].islower() and match[2].istitle() and text[match.start() - 1:match.start()] not in QUOTES_OPEN
                and f"{match[1]}." not in usage.before_name):
            yield Slip(match.start(), match.end(), match[0], f"{match[1]}. {match[2]}")
    for match in DOUBLE.finditer(text):
        # two spaces after a sentence are a habit of typists in Latin letters; they are never printed
        if text[match.start() - 1] in SENTENCE_END and text[match.end()].isascii():
            continue
        start = _word_start(text, match.start())
        space = next((space for space in match[0] if space != " "), " ")
        yield Slip(start, match.end(), text[start:match.end()], text[start:match.start()] + space)
    for match in INSIDE.finditer(text):
        before = match[1] or match[4]
        yield Slip(match.start(), match.end(), match[0], f"{before[:-1]} {before[-1]}" if len(before) > 1 else before)
    for match in MARK_TWICE.finditer(text):
        yield Slip(match.start(), match.end(), match[0], match[1] + match[2][0], match[2] == ",,")
    for match in AFTER_COMMA.finditer(text):
        yield Slip(match.start(), match.end(), match[0], f"{match[1]}, {match[2]}", not match[0].isascii())
    for match in AFTER_QUOTE.finditer(text):
        word = match[1].lower()
        small = word in usage.small_words and not usage.is_ending(word)
        if small or len(word) > 4 and set(word) <= usage.alphabet and not any(usage.is_ending(word[:size]) for size in range(2, 6)):
            yield Slip(match.start(), match.end(), match[0], f"» {match[1]}", False)
    for match in YEARS.finditer(text):
        if match[1] < match[3] and len(match[2]) > 1:
            years = text.startswith(usage.years, match.end() + 1) if usage.years else False
            yield Slip(match.start(), match.end(), match[0], f"{match[1]}–{match[3]}", "-" not in match[2] or years)
    yield from _find_joined_words(text, usage)


def _find_joined_words(text: str, usage: Usage) -> Iterator[Slip]:
    """Abbreviations run together with the number or the name after them: стр.5, г.Алматы, 5 млн.тенге."""
    number, name, unit = _abbreviations(usage.before_number, usage.before_name, usage.units)
    for pattern in (number, name, unit):
        for match in pattern.finditer(text):
            yield Slip(match.start(), match.end(), match[0], f"{match[1]} {match[2]}")


@lru_cache(maxsize=32)
def _abbreviations(*lists: tuple[str, ...]) -> tuple[Seldom, ...]:
    """Three patterns: an abbreviation and a number, one and a name, a number's unit and a word."""
    number, name, unit = (_any(each.rstrip(".") for each in words if each[:1].isalpha()) for words in lists)
    numeral = r"\d{1,9}(?:[.,]\d{1,9})*+(?:[–-]\d{1,9})?+(?![\w/-]|\.\w)"
    letter = AFTER_STOP.sign
    return (Seldom(re.compile(rf"(?<![\w.,/])((?:{number})\.)({numeral})"), re.compile(r"\.\d")),
            Seldom(re.compile(rf"(?<![\w.,/])((?:{name})\.)([^\W\d_A-Za-z][^\W\d_A-Za-z.]{{2,40}}+)(?![\w.])"), letter),
            Seldom(re.compile(rf"(?<=\d )((?:{unit})\.)([^\W\d_A-Za-z]{{2,40}}+)(?!\w)"), letter))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


def find_joined_units(text: str, usage: Usage) -> Iterator[Slip]:
    """Units run together with their number, 5кг, and words with the Roman numeral before them, ХХғасыр."""
    sure, letters, years, counted = _units(usage.units, usage.years, usage.after_roman)
    for pattern in (sure, letters):
        for match in pattern.finditer(text):
            yield Slip(match.start(), match.end(), match[0], f"{match[1]} {match[2]}", pattern is sure)
    for match in years.finditer(text):
        yield Slip(match.start(), match.end(), match[0], f"{match[1]} {match[2]}")
    for match in counted.finditer(text):
        numeral = match[1].translate(ROMAN)
        if CANONICAL.fullmatch(numeral) and (len(numeral) > 1 or match[1].isascii() and not match[2].isascii()):
            yield Slip(match.start(), match.end(), match[0], f"{numeral} {match[2]}")


@lru_cache(maxsize=32)
def _units(units: tuple[str, ...], years: tuple[str, ...], after_roman: tuple[str, ...]) -> tuple[Seldom, ...]:
    """Four patterns: a number with a unit right after it; with a unit of one letter, which a house may have as well, so that grams
    are left out; a year and its abbreviation; a Roman numeral and what it counts."""
    words = {unit.strip("*."): r"\w{0,8}" * unit.endswith("*") for unit in units if unit.strip("*.")}
    of_years = {each.rstrip(".") for each in years if set(each) <= set("гжғв.")}
    long = [unit for unit in words if len(unit) > 1 and unit not in of_years] + ["°C", "°С"]
    sure = "|".join(re.escape(unit) + words.get(unit, "") for unit in sorted(long, key=lambda unit: (-len(unit), unit)))
    letters = _any(unit for unit in words if len(unit) == 1 and unit not in of_years and not unit.isascii())
    year = _any(each.rstrip(".") for each in years if each[0] in "гж" and each.rstrip(".") in of_years)
    counted = _any(each for each in after_roman if len(each) > 2 and each[-1] != ".")
    joined = re.compile(rf"\d[{re.escape(''.join(sorted({each[0] for each in (*words, *of_years, '°') if each})))}]")
    numeral = re.compile("[XVIХІ](?:" + _any({each[0] for each in after_roman if len(each) > 2 and each[-1] != "."}) + ")")
    return (Seldom(re.compile(rf"{NUMBER}({sure})(?![\w^])"), joined),
            Seldom(re.compile(rf"{NUMBER}({letters})(?![\w^.)]|[ \u00a0][А-ЯA-Z]\b)"), joined),
            Seldom(re.compile(rf"(?<![\w.,/])(?<!№)(?<!№[ \u00a0])((?:1\d{{3}}|20\d\d))((?:{year})\.)(?!\w)"), joined),
            Seldom(re.compile(rf"(?<!\w)([XVIХІ]{{1,8}})((?:{counted})[^\W\d_]{{0,12}})(?!\w)"), numeral))


def find_dots(text: str, usage: Usage) -> Iterator[Slip]:
    """Three dots for an ellipsis. Russian and Kazakh write two after ? and !, and no space before one that ends a sentence."""
    for match in DOTS.finditer(text):
        at, end = match.start(), match.end()
        own = not (usage.quotes and usage.quotes[0] == "“")
        if own and text[at - 1:at] in ("?", "!"):
            start = _word_start(text, at)
            yield Slip(start, end, text[start:end], f"{text[start:at]}..")
            continue
        if own and text[at - 1:at] == " " and text[at - 2:at - 1].isalpha() and ENDS_SENTENCE.match(text, end):
            at -= 1
        start = _word_start(text, at)
        yield Slip(start, end, text[start:end], text[start:at] + "…")


def find_heading_stop(text: str, usage: Usage) -> Iterator[Slip]:
    """A full stop at the end of a heading, unless it belongs to an abbreviation."""
    text = text.rstrip()
    match = LAST_WORD.search(text[-60:])
    if not match or len(match[1]) < 3 or match[1].lower() in usage.abbreviations or match[1].isupper() and len(match[1]) < 5:
        return
    start = len(text) - len(match[0])
    if text[start - 1:start] == "." and start:
        return
    yield Slip(start, len(text), match[0], match[1])


def _word_start(text: str, at: int) -> int:
    """Where the word that ends at a place begins, which is told along with what stands after it."""
    start = at
    while start > 0 and at - start < 3 and not text[start - 1].isalnum() and not text[start - 1].isspace() and text[start - 1] != "\ufffc":
        start -= 1
    while start > 0 and at - start < 30 and text[start - 1].isalnum():
        start -= 1
    return start
