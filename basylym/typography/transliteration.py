"""Cyrillic written in Latin letters, and back: the schemes that journals of Kazakhstan ask of a romanised list of references.

Each scheme is a file in `schemes/`: its title, its sources, and for each language the letters, small, with the rules that depend
on the letters beside. What the tables leave open is done alike for all of them here: capitals, text of two languages, composition.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from basylym.typography.letters import CYRILLIC
from basylym.typography.tables import read_table

HERE = Path(__file__).parent / "schemes"
MARKS = "\u0300-\u036f\u00ad"
"""What may stand between two letters of a word: stress marks, and the soft hyphen."""
WORD = re.compile(rf"[^\W\d_]+(?:[{MARKS}]+[^\W\d_]+)*")
LETTER = re.compile(rf"([^\W\d_])([{MARKS}]*)")
APOSTROPHE, INSIDE = "ʼ", re.compile("(?<=[\u0400-\u04ff])['’‘`ʼ](?=[\u0400-\u04ff])")
"""A letter of Ukrainian, and the ways it is typed: what follows it does not start a word."""
TIE = "\u0361"
"""Two letters under a tie are one: both are capital or neither, as in T͡Simli͡ansk."""
FALLBACK = {"ru": "kk"}
"""Whose table has the letters that a language lacks: ә ғ қ ң ө ұ ү һ і in a Russian text."""
ABBREVIATION = 6
"""The most letters of a word in capitals that is taken for an abbreviation."""
FOR_ALL, ANY = "iso-9", "und"
"""The scheme with a table for any language (GOST 7.79-2000, 5.1), and the tag under which it stands."""
PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
"""Latin letters that Unicode does not take apart."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a letter becomes beside certain others; all that is given must hold."""

    letter: str
    """The letter, small."""
    latin: str
    """What it becomes."""
    start: bool = False
    """At the start of a word."""
    after: str = ""
    """After any of these letters."""
    before: str = ""
    """Before any of these letters."""

    def fits(self, last: str, following: str) -> bool:
        """Whether the rule holds between two small letters; either is empty at an end of the word."""
        return (not (self.start and last) and (not self.after or last != "" and last in self.after)
                and (not self.before or following != "" and following in self.before))


@dataclass(frozen=True, slots=True)
class Table:
    """One language in one scheme."""

    letters: Mapping[str, str]
    """Small Cyrillic letter -> what it becomes, small; empty where it is left out."""
    rules: tuple[Rule, ...] = ()
    """The first that fits goes before `letters`."""
    unverified: frozenset[str] = frozenset()
    """Letters for which no source was seen that settles them."""
    capitals: Mapping[str, str] = field(default_factory=dict)
    """Small Latin letter -> its capital, where it is not the usual one."""
    silent: str = ""
    """Marks between two letters that are left out: the apostrophe of Ukrainian."""

    def forms(self, latin: str) -> tuple[str, str, str]:
        """What a letter becomes: small, capital, and capital among capitals: gh, Gh, GH."""
        capitals = [self.capitals.get(letter, letter.upper()) for letter in latin]
        first = next((at for at, letter in enumerate(latin) if letter.isalpha()), 0)
        whole = "".join(capitals)
        return latin, whole if TIE in latin else latin[:first] + "".join(capitals[first:first + 1]) + latin[first + 1:], whole


@dataclass(frozen=True, slots=True)
class Scheme:
    """A system of transliteration."""

    id: str
    """Its name in settings: `bgn-pcgn`."""
    title: str
    """Its name for people."""
    sources: tuple[str, ...]
    """Where its tables come from."""
    reversible: bool
    """Whether `restore` can undo it."""
    note: str
    """What to know before choosing it."""
    tables: Mapping[str, Table]
    """Language -> its table."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a table."""
        return tuple(self.tables)

    def covers(self, language: str) -> bool:
        """Whether it can write a language, by its own table or by one for any."""
        return _primary(language) in self.tables or ANY in self.tables

    @property
    def unverified(self) -> dict[str, frozenset[str]]:
        """Language -> its letters for which no source was seen that settles them."""
        return {language: table.unverified for language, table in self.tables.items()}


@cache
def schemes() -> Mapping[str, Scheme]:
    """Every scheme that exists, by its id: what a setting may say, and what to print about it.

    The sources stand in each scheme's `sources`, and with all letters in docs/transliteration.md.
    """
    data = {path.stem: read_table(path) for path in HERE.glob("*.toml")}
    return {name: _scheme(name, entry, data[entry["base"]] if "base" in entry else entry) for name, entry in sorted(data.items())}


def transliterate(text: str, scheme: str, language: str) -> str:
    """Writes Cyrillic text in Latin letters by a scheme, for the second list of references.

    `language` is the text's own, a BCP 47 tag; a list of several languages may name a scheme for each. Text in a language that the
    scheme has no table for stays as it is, and so do Latin letters, digits, punctuation and Cyrillic letters without an entry,
    where they can be seen. Kazakh letters in a Russian text are taken from the scheme's Kazakh table, if it has one. A letter that
    becomes several is Gh, and GH beside another capital. The result is in NFC. ValueError for an unknown scheme names the known
    ones. Sources: `schemes()`.
    """
    return _write(text, scheme, language)


def _write(text: str, scheme: str, language: str, abbreviations: bool = False) -> str:
    """The same; with `abbreviations`, short words of capitals keep the form of a name, TsGA."""
    table = _table(scheme, language)
    text = unicodedata.normalize("NFC", text)
    if table is None:
        return text
    if APOSTROPHE in table[0]:
        text = INSIDE.sub(APOSTROPHE, text)
    if silent := schemes()[scheme].tables[_primary(language)].silent:
        text = re.sub(rf"(?<=[^\W\d_])[{silent}](?=[^\W\d_])", "", text)
    done: dict[str, str] = {}  # most words of a text come again

    def spell(match: re.Match) -> str:
        word = match[0]
        if word not in done:
            apart = abbreviations and word.isupper() and 1 < len(word) <= ABBREVIATION
            done[word] = word if word.isascii() else _spell(word, *table, apart)
        return done[word]

    return unicodedata.normalize("NFC", WORD.sub(spell, text))


def romanise(text: str, language: str, chosen: Mapping[str, str]) -> str:
    """Text of any language in Latin letters, for a list that has a scheme for some: `chosen`, language -> scheme.

    By the language's own scheme; where this has no table for it, or none was chosen, by BGN/PCGN, which has five languages; any other
    by ISO 9, which has one table for all (GOST 7.79-2000, 5.1). Letters that are left, those of another language's words, go by the
    schemes chosen for Russian and Kazakh, and last by ISO 9. A letter that even this lacks stays: `foreign_letters` tells which. An
    abbreviation has the form of a name, TsGA, as guides to archives print it (TsGIA SPb), unless a longer word is in capitals too.
    """
    short = not any(word.isupper() for word in WORD.findall(text) if len(word) > ABBREVIATION)
    tag = _primary(language)
    own = next((name for name in (chosen.get(tag), chosen.get("ru"), "bgn-pcgn") if name and tag in schemes()[name].tables), None)
    for scheme, table in ((own, tag) if own else (FOR_ALL, ANY), *((chosen.get(other), other) for other in ("ru", "kk")), (FOR_ALL, ANY)):
        if scheme and CYRILLIC.search(text):
            text = _write(text, scheme, table, abbreviations=short)
    return text


def foreign_letters(text: str) -> list[str]:
    """The letters of a text that no scheme writes in Latin, each once; a Greek letter alone is a sign, not a word."""
    if text.isascii():
        return []
    known = schemes()[FOR_ALL].tables[ANY].letters
    text = unicodedata.normalize("NFC", re.sub(r"(?<![^\W\d_])[\u0370-\u03ff](?![^\W\d_])", "", text))
    return list(dict.fromkeys(letter for letter in text if letter.isalpha() and letter.lower() not in known and not (
        unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER LETTER")) or letter in "ªºµ")))


def restore(text: str, scheme: str, language: str) -> str:
    """Writes transliterated text in Cyrillic again, where the standard was made for that.

    ISO 9 (GOST 7.79-2000 system A, 5.1) gives each letter back; system B (section 6) does where ь and ъ follow consonants. All that
    could be a letter of the table becomes one, so text that was Latin from the start is to be kept out. ъ and ь have no capitals
    in Latin: they get them in words of capitals. Text in a language without a table stays as it is. The result is in NFC.
    ValueError for an unknown scheme names the known ones, and for one that cannot be undone those that can.
    """
    if scheme in schemes() and not schemes()[scheme].reversible:
        able = ", ".join(name for name, each in schemes().items() if each.reversible)
        raise ValueError(f"the scheme of transliteration {scheme!r} cannot be undone; these can: {able}")
    text = unicodedata.normalize("NFC", text)
    if _table(scheme, language) is None:
        return text
    pattern, letters = _reversed(scheme, _primary(language))
    text = pattern.sub(lambda match: letters[match[0]], text)

    def raise_signs(match: re.Match) -> str:
        bare = re.sub("[ъь]", "", match[0])
        return match[0].upper() if len(bare) > 1 and bare.isupper() else match[0]

    return unicodedata.normalize("NFC", WORD.sub(raise_signs, text))


def slug(text: str, language: str) -> str:
    """A name for files and addresses: small Latin letters, digits and hyphens, by the scheme `ascii`.

    Accents of Latin letters and apostrophes go; whatever else stands between letters becomes one hyphen. Cyrillic in a text of any
    other language is read as Kazakh, whose table is the fullest. Empty if the text has no letter or digit. Source: ICS-630-01
    (2015), annexes K and Q.
    """
    text = transliterate(transliterate(text, "ascii", language), "ascii", "kk")
    text = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    text = re.sub(r"[\u0300-\u036f'’‘ʼʹʺ`´]", "", text)
    return re.sub("[^a-z0-9]+", "-", text).strip("-")


def _primary(language: str) -> str:
    """A language without script and region."""
    return re.split("[-_]", language)[0].lower()


def _scheme(name: str, entry: dict, base: dict) -> Scheme:
    """A scheme from its file; `base` is the file whose tables it shares, without what it drops."""
    drop = entry.get("drop", "")

    def latin(text: str) -> str:
        return unicodedata.normalize("NFC", text.replace(drop, "") if drop else text)

    def table(data: dict) -> Table:
        own = data["letters"]
        if isinstance(own, str):  # some of the letters of the table for any language
            own = {letter: base[ANY]["letters"][letter] for letter in own}
        letters = {letter: latin(text) for letter, text in own.items()}
        rules = [Rule(**{**rule, "latin": latin(rule["latin"])}) for rule in data.get("rules", ())]
        rules = [rule for rule in rules if not drop or rule.latin != letters[rule.letter]]  # nothing is left of a rule for a dot
        return Table(letters, tuple(rules), frozenset(data["unverified"]), data.get("capitals", {}), data.get("silent", ""))

    tables = {language: table(data) for language, data in base.items() if isinstance(data, dict)}
    return Scheme(name, entry["title"], tuple(entry["sources"]), entry["reversible"], entry["note"], tables)


Forms = tuple[str, str, str]


@cache
def _compiled(scheme: str, language: str) -> tuple[dict[str, tuple[str, Forms]], dict[str, list[tuple[Rule, Forms]]]] | None:
    """A language's letters, small and capital -> (small, forms), and rules by letter; None without a table."""
    tables = schemes()[scheme].tables
    if language not in tables:
        return None
    letters: dict[str, tuple[str, Forms]] = {}
    rules: dict[str, list[tuple[Rule, Forms]]] = {}
    for table in (tables.get(FALLBACK.get(language, "")), tables[language]):
        if table is None:
            continue
        for letter, latin in table.letters.items():
            letters[letter] = letters[letter.upper()] = letter, table.forms(latin)
            rules.pop(letter, None)  # the language's own letters have its own rules
        for rule in table.rules:
            rules.setdefault(rule.letter, []).append((rule, table.forms(rule.latin)))
    return letters, rules


def _table(scheme: str, language: str) -> tuple[dict[str, tuple[str, Forms]], dict[str, list[tuple[Rule, Forms]]]] | None:
    """What a text is spelled by; ValueError for an unknown scheme."""
    if scheme not in schemes():
        raise ValueError(f"there is no scheme of transliteration {scheme!r}; known are: {', '.join(schemes())}")
    return _compiled(scheme, _primary(language))


def _spell(word: str, letters: dict[str, tuple[str, Forms]], rules: dict[str, list[tuple[Rule, Forms]]], apart: bool = False) -> str:
    """One word in Latin letters, each by itself where they are initials; marks stay behind the letter they stand on."""
    marks: list[str] = []
    if not word.isalpha():
        parts = LETTER.findall(word)
        word, marks = "".join(letter for letter, _ in parts), [mark for _, mark in parts]
    last = len(word) - 1
    spelled = []
    for at, letter in enumerate(word):
        if letter in letters:
            small, forms = letters[letter]
            for rule, ruled in rules.get(small, ()):
                if rule.fits(word[at - 1].lower() if at else "", word[at + 1].lower() if at < last else ""):
                    forms = ruled
                    break
            if letter == small:
                letter = forms[0]
            elif apart:
                letter = forms[1]
            elif at < last:
                letter = forms[2 if word[at + 1].isupper() else 1]
            else:
                letter = forms[2 if at and word[at - 1].isupper() else 1]
        spelled.append(letter + marks[at] if marks else letter)
    return "".join(spelled)


@cache
def _reversed(scheme: str, language: str) -> tuple[re.Pattern, dict[str, str]]:
    """A pattern of all that letters become, the longest first, and what each goes back to."""
    letters, rules = _compiled(scheme, language) or ({}, {})
    back: dict[str, str] = {}
    for small, forms in [*letters.values(), *((rule.letter, forms) for several in rules.values() for rule, forms in several)]:
        for form in forms[::-1]:  # a sign is the same in all three: small wins
            back[form] = small if form == forms[0] else small.upper()
    back.pop("", None)
    return re.compile("|".join(map(re.escape, sorted(back, key=len, reverse=True)))), back
