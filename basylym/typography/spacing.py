"""How a text is set: no-break spaces, dashes, minus, narrow spaces in numbers, apostrophes; marks of quotation stand in quotes.py.

Every rule puts one sign in the place of one sign, so that the text keeps its length and markup inside it its place; the three dots
alone become one sign, beforehand. Nothing here changes a letter or a digit, and a second run changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from basylym.typography.quotes import set_marks
from basylym.typography.roman import LETTERS as ROMAN

NBSP, NARROW, MINUS, ELLIPSIS = "\u00a0", "\u202f", "\u2212", "…"
OBJECT = "\ufffc"
"""Stands for what is not to be touched: code, a formula, a picture, an address."""
SYMBOLS = ("%", "‰", "°C", "°С", "°F", "°", "€", "₸", "$", "£", "₽", "¥", "kg", "km", "m", "cm", "mm", "µm", "μm", "nm", "g", "mg",
           "µg", "t", "ha", "L", "l", "mL", "ml", "h", "min", "s", "ms", "Hz", "kHz", "MHz", "GHz", "W", "kW", "MW", "kWh", "V", "kV", "mV",
           "mA", "J", "kJ", "MJ", "N", "K", "Pa", "kPa", "MPa", "mol", "dB", "lx", "Ω", "kB", "KB", "MB", "GB", "TB")
"""Signs of units and currencies that are the same in every language (SI Brochure, 9th edition; ISO 80000)."""


def _ranges(chosen: Callable[[str], bool]) -> str:
    """The Latin and Cyrillic letters of a kind, for a class of a regular expression."""
    return "".join(chr(code) for code in range(0x41, 0x530) if chosen(chr(code)) and not 0x370 <= code < 0x400)


UPPER, LOWER = _ranges(str.isupper), _ranges(str.islower)
DOUBLED = "Дж|Дз|Sh|Zh|Kh|Ch|Yu|Ya|Ye|Ts"
INITIAL = rf"(?:{DOUBLED}|[{UPPER}])\."
SURNAME = rf"[{UPPER}](?:[{LOWER}]|['’ʼʻ‘-](?=\w))"
STANDARDS = r"(?:ГОСТ|МЕМСТ|СТ РК|ҚР СТ|ДСТУ|ИСО|СанПиН|СНиП|ТУ|ISO|IEC|DIN|ASTM|ANSI|GOST|EN)(?: (?:Р|R|ISO|IEC|ИСО))?"
LABELS = (r"(?:ISBN|ISSN|EISSN|ORCID|EDN|УДК|ӘОЖ|UDC|ББК|КБЖ|МРНТИ|ҒТАМР|ХҒТАР|IRSTI|ИИН|ЖСН|БИН|БСН"
          r"|[Тт]ел|[Tt]el|[Pp]hone|[Фф]акс|[Ff]ax)")
MAIL = r"|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+"
MACHINE = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"«»“”„]++"
    r"|(?<![\w.])10\.\d{4,9}/[^\s<>\"«»“”„]++"
    rf"{MAIL}|(?<!\w){LABELS}\b\.?(?:\s?\([^()\n]{{1,20}}\))?[:\s№]{{0,3}}[\d+(]"
    r"(?:[\d().,:;/+'’=*–-]|\"(?=\d))*+(?:[ \u00a0][\d(][\d().,:/+*–-]*+[XХ]?)*+"
    rf"|(?<!\w){STANDARDS}[ \u00a0-]\d[\d.:–-]*+"
    r"|(?<![\w-])\d++(?:-\d++){2,}[XxХх]?+(?!\w)"  # dates, ISBN, telephone numbers, ORCID
    r"|(?<![\w-])\d{4}-\d{3}[XxХх](?!\w)"  # an ISSN with its X
    r"|\+\d[\d ()\u00a0-]{6,20}"
)
"""What machines read, or people type into them."""
UNMAILED = re.compile(MACHINE.pattern.replace(MAIL, ""))
"""The same of a text without @, in less time: an address for mail may begin with any word."""
DIGIT = re.compile(r"\d")
SHOWN = {"0-0": re.compile(r"\d-\d"), "0 0": re.compile(r"\d[ \u00a0\u2009\u202f]\d"), "0 ": re.compile("\\d[ \u00a0]"),
         "I-I": re.compile(f"-(?<=[{ROMAN}]-)[{ROMAN}]"), "A.": re.compile(rf"\.(?:(?<=[{UPPER}]\.)|(?<=(?:{DOUBLED})\.))"),
         " - ": re.compile(" - ")}
"""What a text must have for a rule to find something, besides single signs: two numbers, numerals, initials. Looking for these takes a
fraction of what the rules take; no rule brings any of them into a text."""
LISTED = re.compile(r"(?<![\w.,-])(\d{1,4})[–-](\d{1,4}), \Z")
DOTS = re.compile(rf"({MACHINE.pattern})|(?<!\.)\.\.\.(?!\.)")


@dataclass(frozen=True, slots=True)
class Spacing:
    """The table [spacing] of a language's file; what a file leaves out has no rule."""

    quotes: tuple[str, ...] = ()
    """Outer and inner quotation marks; from the file's own `quotes`."""
    decimal: str = "."
    """The mark before decimals; likewise."""
    months: tuple[str, ...] = ()
    """The months as they stand in a date; likewise."""
    units: tuple[str, ...] = ()
    """Units and counting words that follow a number; `*` at the end stands for any ending."""
    before_number: tuple[str, ...] = ()
    """Words and abbreviations that stay with the number after them: с., рис."""
    counted: tuple[str, ...] = ()
    """Words after a number that make two numbers with a hyphen a range, besides units: лет, жыл; `*` as in `units`."""
    after_number: tuple[str, ...] = ()
    """Abbreviations that stay with the number before them: г., ж."""
    after_roman: tuple[str, ...] = ()
    """Words that stay with the Roman numeral before them: век, ғасыр."""
    before_name: tuple[str, ...] = ()
    """Words that stay with the capital after them: им., проф."""
    together: tuple[str, ...] = ()
    """Abbreviations of several parts that are never parted, typed with their spaces: т. б."""
    short_words: tuple[str, ...] = ()
    """Words that no line ends in."""
    dashes: tuple[str, ...] = ()
    """The dashes between words, the usual one first; a hyphen between spaces becomes the one that the article has."""
    apostrophe: str = ""
    """The apostrophe within words."""
    turned: str = ""
    """The sign that follows `turned_after`, as in oʻ."""
    turned_after: str = ""
    """The letters that sign makes others."""
    elisions: tuple[str, ...] = ()
    """Words that begin with an apostrophe: tis, n."""


def read_spacing(table: Mapping[str, Any], quotes: tuple[str, ...], decimal: str, months: tuple[str, ...]) -> Spacing:
    """The table of a language's file, with what else of the file is needed."""
    known = {each.name for each in fields(Spacing)} - {"quotes", "decimal", "months"}
    given = {name: value if isinstance(value, str) else tuple(value) for name, value in table.items() if name in known}
    given["dashes"] = tuple(dash for dash in given.get("dashes", ()) if len(dash) == 1)
    signs = {name: given.get(name, "")[:1] for name in ("apostrophe", "turned")}
    single = all(len(mark) == 1 for mark in quotes)  # a mark with a space of its own would change the length
    return Spacing(**{**given, **signs, "quotes": quotes if single else (), "decimal": decimal[:1] or ".", "months": months})


def choose_dash(text: str, spacing: Spacing) -> str:
    """The dash that a text uses between words; where it uses none, the language's own; nothing where hyphens stay."""
    return max(spacing.dashes, key=lambda dash: text.count(f" {dash} "), default="")


def set_dots(text: str) -> str:
    """The text with … for its three dots, addresses spared."""
    return DOTS.sub(lambda found: found[1] or ELLIPSIS, text) if "..." in text else text


def set_text(text: str, spacing: Spacing, dash: str = "", surname_first: bool = False) -> str:
    """A paragraph as it is printed, sign for sign; OBJECT stands where something is not to be touched.

    `dash` is what a hyphen between spaces becomes; `surname_first` says that a paragraph begins as entries of references do.
    """
    signs, masked = set(text), text
    if not signs.isdisjoint("/@+(") or "www." in text or DIGIT.search(text):
        masked = (MACHINE if "@" in signs else UNMAILED).sub(lambda found: OBJECT * len(found[0]), text)
    signs.update(name for name, pattern in SHOWN.items() if pattern.search(masked))
    done = set_marks(masked, spacing.quotes, spacing.apostrophe, spacing.turned, spacing.turned_after, spacing.elisions)
    for pattern, replacement, needs in _rules(spacing, dash, surname_first):
        if not needs or not signs.isdisjoint(needs):
            done = pattern.sub(replacement, done)
    if masked == text:
        return done
    return "".join(kept if sign == OBJECT else sign for sign, kept in zip(done, text, strict=True))


def set_plain(text: str, spacing: Spacing, dash: str = "") -> str:
    """A text without markup as it is printed."""
    return set_text(set_dots(text), spacing, dash)


@lru_cache(maxsize=64)
def _rules(spacing: Spacing, dash: str, surname_first: bool) -> tuple[tuple[re.Pattern, str | Callable, tuple[str, ...]], ...]:
    """The rules in their order, each with what a text has one of where it finds anything; nothing said, it is always tried. Each blank
    matched is one ordinary space between two other signs."""
    after_number = _any((*SYMBOLS, *spacing.units, *spacing.after_number))
    found: list[tuple[str, str | Callable, tuple[str, ...]]] = [
        (rf"(?<![^\s(\[{{=<>±×·:≈~])(?<![\d{UPPER})\]]\s)-(?=(?:\d+(?:[.,]\d+)?|\.\d+)(?![\w-]|[.,]\d))(?!0\d)", MINUS, ("-",)),
        (r"(?<![\d.,\w-])(?<!\d[ \u00a0\u202f])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\w|[ \u00a0\u2009\u202f]\d)", _group, ("0 0",)),
        (_range(spacing), lambda each: _extend(each, spacing), ("0-0",)),
        (rf"(?<![\w-])([{ROMAN}]{{1,8}})-([{ROMAN}]{{1,8}})(?= (?:{_any(spacing.after_roman)}))", r"\1–\2", ("I-I",)),
        (r"(?<=[№§]) (?=\w)", NBSP, ("№", "§")),
        (rf"(?<=\d) (?=(?:{after_number}))", NBSP, ("0 ",)),
        (rf"(?<=\d) (?=(?:{_any(month + '*' for month in spacing.months)}))", NBSP, ("0 ",)),
        (rf"(?<!\w)({_any(spacing.months)}) (?=\d{{1,2}}(?!\w))", rf"\1{NBSP}", ()),
        (rf"(?<=\d[ \u00a0])({_any(spacing.months)}) (?=\d{{4}}(?!\w))", rf"\1{NBSP}", ("0 ",)),
        (rf"(?<!\w)({_any(spacing.before_number, 'i')}) (?=\d|[{ROMAN}]{{1,8}}(?!\w))", rf"\1{NBSP}", ()),
        (rf"(?<!\w)([{ROMAN}]{{1,8}}) (?=(?:{_any(spacing.after_roman)}))", rf"\1{NBSP}", tuple(ROMAN)),
        (rf"(?<!\w)(?<!\d[ \u00a0])({_any(spacing.before_name, 'i')}) (?=[{UPPER}«“„])", rf"\1{NBSP}", ()),
        (rf"(?<!\w)(?:{'|'.join(_parts(each) for each in _longest(spacing.together)) or '(?!)'})(?!\w)",
         lambda each: each[0].replace(" ", NBSP), ()),
    ]
    settled = r"(?<!\w\u00a0)" if surname_first else ""  # initials that stay with the surname before them
    if surname_first:
        found.append((rf"(?:^|(?<=[,;] )){SURNAME}[\w’'-]*,? {INITIAL}(?: ?{INITIAL}){{0,2}}", lambda each: each[0].replace(" ", NBSP),
                      ("A.",)))
    found += [
        (rf"(?<![\w.]){settled}(?:{INITIAL}(?:-{INITIAL})?[ \u00a0]?){{1,3}}(?={SURNAME})", _name, ("A.",)),
        (rf"(?<!\w){SURNAME}[\w’'-]*+ {INITIAL}[ \u00a0]?{INITIAL}(?![ \u00a0]?\w)|(?<!\w){SURNAME}[\w’'-]*+ {INITIAL}(?=[,;)])",
         lambda each: each[0].replace(" ", NBSP), ("A.",)),
    ]
    if dash:
        found.append((r"(?<=[^\s\d]) - (?=[^\s-])", f" {dash} ", (" - ",)))
    found += [
        (r"(?<=\S) (?=[–—](?:\s|$))", NBSP, ("–", "—", " - ")),
        (rf"(?<![\w-])(?<!\d\u00a0)({_any(spacing.short_words, 'i')}) (?=[\w«„“\"‘({OBJECT}])", rf"\1{NBSP}", ()),
    ]
    return tuple((re.compile(pattern), replacement, needs) for pattern, replacement, needs in found
                 if "((?!))" not in pattern and "(?:(?!))" not in pattern)  # of a table that the language lacks


def _longest(words: Any) -> list[str]:
    return sorted((word for word in words if word.strip("*")), key=lambda word: (-len(word), word))


def _any(words: Any, case: str = "") -> str:
    """Any of the words, whole, `*` standing for an ending; with "i" its first letter may be a capital."""
    patterns = []
    for word in _longest(words):
        stem = word.removesuffix("*")
        head = stem[:1]
        pattern = f"[{head}{head.upper()}]{re.escape(stem[1:])}" if case and head.isalpha() else re.escape(stem)
        patterns.append(pattern + ("" if word.endswith("*") else r"(?!\w)"))
    return "|".join(patterns) or "(?!)"


def _parts(abbreviation: str) -> str:
    """An abbreviation typed with its spaces, its first letter in either case."""
    head, rest = abbreviation[:1], abbreviation[1:]
    return f"(?:{re.escape(head)}|{re.escape(head.upper())})" + "[ \u00a0]".join(re.escape(part) for part in rest.split(" "))


def _name(found: re.Match) -> str:
    """Initials before a surname; «… A, B, C. Приводятся» are none: a name is written in one alphabet."""
    surname = found.string[found.end()]
    return found[0].replace(" ", NBSP) if (surname < "\u0370") == (found[0][0] < "\u0370") else found[0]


def _group(found: re.Match) -> str:
    """Narrow spaces between groups of three; four digits may be two numbers."""
    digits = sum(sign.isdigit() for sign in found[0])
    return re.sub(r"[ \u00a0\u2009]", NARROW, found[0]) if digits > 4 else found[0]


def _range(spacing: Spacing) -> str:
    """Two numbers with a hyphen between, what stands before them that they are numbers of, and what shows that they are a range:
    a unit, a word that is counted, an ending, another range."""
    number = rf"\d{{1,4}}(?:{re.escape(spacing.decimal)}\d{{1,4}})?"
    before = _any(spacing.before_number, "i")
    after = _any((*SYMBOLS, *spacing.units, *spacing.counted, *spacing.after_number, *(month + "*" for month in spacing.months)))
    return (rf"(?:(?P<serial>№|№№)[ \u00a0]|(?<!\w)(?P<part>{before})[ \u00a0]?|"
            rf"(?P<word>(?<!\w)[{UPPER}][{UPPER}{LOWER}]{{0,30}}+)[ \u00a0])?"
            rf"(?<![\w/:+'-])(?<!\d[.,])(?<!\d[ \u00a0])(?<!\)[ \u00a0])(?P<first>{number})-(?P<second>{number})"
            r"(?!\d|[A-Za-z_/:'\"]|-\d|[.,]\d|[ \u00a0\u2009\u202f]\d{3}(?!\d))"
            rf"(?=(?P<after>[ \u00a0]?(?:{after})|-[^\W\dA-Za-z])?)(?=(?:, (?P<next>\d{{1,4}})[–-]\d{{1,4}}(?![\w-]))?)")


def _extend(found: re.Match, spacing: Spacing) -> str:
    """1998–2004 for 1998-2004, where the two are plainly the ends of a range and not a code."""
    first, second = found["first"], found["second"]
    decimals = (spacing.decimal in first) + (spacing.decimal in second)
    if decimals == 1 or not decimals and (first[0] == "0" or second[0] == "0"):
        return found[0]
    low, high = (float(each.replace(spacing.decimal, ".")) for each in (first, second))
    years = len(first) == 4 and not decimals and 1000 <= low < 2100
    shown = bool(found["part"] or found["after"])
    if len(first) == 4 and not decimals:
        ends = years and (len(second) == 4 and low < high < 2100 or len(second) == 2 and low % 100 < high and shown)
    else:
        ends = low < high and (len(second) < 4 or len(first) > 2)
        ends = ends and bool(shown or decimals == 2 or found["serial"] or _is_listed(found, high))
    if found["serial"]:
        ends = ends and high - low == 1
    elif found["word"] and not years and not found["word"].isascii() and found["after"] and found["after"][0] != "-":
        pass  # «Осталось 5-6 дней»
    elif found["word"] and not years:  # Boeing 737-800; but May 3-5
        ends = low < high and found["word"].casefold() in {each.casefold() for each in spacing.months}
    hyphen = found.start("second") - found.start() - 1
    return f"{found[0][:hyphen]}–{found[0][hyphen + 1:]}" if ends else found[0]


def _is_listed(found: re.Match, high: float) -> bool:
    """Whether two numbers stand in a list of ranges that grow: 5-7, 9-12."""
    if found["next"] and float(found["next"]) > high:
        return True
    before = LISTED.search(found.string[max(0, found.start("first") - 12):found.start("first")])
    return bool(before) and float(before[1]) < float(before[2]) < high and float(before[2]) < float(found["first"].replace(",", "."))
