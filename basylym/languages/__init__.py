"""Languages as data: one TOML file a language, beside this one or in a journal's own `languages/` folder.

A file holds the labels that are printed, the words that stand where something is missing, months, quotes, the ways to name
a place in a cited work, and the name of the hyphenation. Adding a language is adding a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path

from basylym.languages.file import HERE, find_file, read_language_file
from basylym.typography.slips.usage import Usage
from basylym.typography.spacing import Spacing, read_spacing


@dataclass(frozen=True, slots=True)
class Language:
    """What Basylym knows of one language."""

    tag: str
    """Its BCP 47 tag."""
    name: str
    """Its own name for itself."""
    quotes: tuple[str, str, str, str]
    """Outer and inner quotation marks."""
    months: tuple[str, ...]
    """The months as they stand in a date."""
    date_form: str
    """A whole date, with {day}, {month} and {year}."""
    hyphenation: str
    """`rules:kk` for rules of our own, `none` for no hyphenation, else the name of a dictionary of pyphen."""
    labels: dict[str, str]
    """What is printed beside or above a part."""
    missing: dict[str, str]
    """What is printed where a part is missing."""
    locators: tuple[dict, ...]
    """Places in a cited work: CSL's label, the short form to print, the forms authors type."""
    numbers: dict
    """How figures, tables, equations, listings and sections are numbered and referred to."""
    direction: str = "ltr"
    """Writing direction, HTML's `dir`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the interface calls it in its own languages, as it stands after «in»: «казахском языке»."""
    alphabet: str = ""
    """Its letters, small."""
    function_words: frozenset[str] = frozenset()
    """Short words that any of its texts is full of."""
    endings: tuple[str, ...] = ()
    """How many of its words end."""
    numerals: Mapping[str, float] = field(default_factory=dict)
    """Numbers written in words, by the beginning of the word."""
    multipliers: Mapping[str, int] = field(default_factory=dict)
    """Words that multiply the number before them, likewise."""
    abbreviations: frozenset[str] = frozenset()
    """Abbreviations that every reader of it knows."""
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The headings that the parts of an article stand under: introduction, methods …"""
    labels_typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The words that people type before an abstract or keywords."""
    entries_typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The words of reference lists as people type them, small."""
    line_ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By which a hyphen at a line's end is known for a word's own (basylym/intake/broken_words.py)."""
    front: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The words by which the parts of a received manuscript's front matter are known (basylym/intake/labels.py)."""
    placeholders: tuple[str, ...] = ()
    """How texts begin that templates have in place of an author's words: regular expressions."""
    decimal: str = "."
    """The mark before decimals."""
    like: str = "en"
    """The language whose words stand where the file has none."""
    months_short: tuple[str, ...] = ()
    """The months in a shortened date, as reference lists have them; empty where they are not shortened."""
    known_as: tuple[str, ...] = ()
    """What bibliographies call it besides its tag: kaz, kazakh, «қазақша»; small."""
    iso_639_2: str = ""
    """Its code of three letters in libraries (ISO 639-2/B): kaz; empty where its file has none."""
    transliteration: str = ""
    """The scheme its texts are romanised by, where neither the journal nor the pattern of the second list names one."""
    terms: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    """The words of reference lists, by CSL's names of terms: a text, or a text for each form."""
    slips: Usage = Usage()
    """How it is typed, and what typists mistype in it."""
    spacing: Spacing = Spacing()
    """How its texts are set: no-break spaces, dashes, apostrophes."""

    def called(self, tongue: str) -> str:
        """Its name in a language of the interface, as it stands after «in»."""
        return self.names.get(tongue, self.name)

    def label(self, name: str, value: object = "") -> str:
        """The word printed for a part; `value` fills the blank of those that have one."""
        return self.labels[name].replace("{value}", str(value))

    def retraction_mark(self, title: str) -> str:
        """What stands before the title of a retracted article, for readers and machines (NISO RP-45-2024); nothing before one that
        begins with the word itself."""
        word = self.labels["retracted"]
        return "" if re.match(rf"\W*{re.escape(word)}\b", title, re.I) else f"{word}: "

    def write_date(self, day: date) -> str:
        """A date in words, «2026 ж. 30 наурыз»."""
        return (self.date_form.replace("{day}", str(day.day)).replace("{year}", str(day.year))
                .replace("{month}", self.months[day.month - 1]))


@cache
def language(tag: str, folder: Path | None = None) -> Language:
    """The language of a tag, `kk-Latn` falling back to `kk`, and one without a file to English words under its own tag.

    `folder` is a journal's own `languages/`, which wins over Basylym's. Raises UsageError for a file that can't be used.
    """
    base = tag.split("-")[0]
    for name in dict.fromkeys((tag, base, "en")):
        if path := find_file(name, folder):
            return _read(path, tag, folder)
    raise FileNotFoundError(f"no language file for {tag}")


def known_languages(folder: Path | None = None) -> tuple[str, ...]:
    """The tags that have a file."""
    return tuple(sorted({*_ours(), *(path.stem for path in folder.glob("*.toml"))})) if folder else _ours()


@cache
def _ours() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in HERE.glob("*.toml")))


def has_file(tag: str, folder: Path | None = None) -> bool:
    """Whether a language has a file, or at least the one that its tag is a form of, as `kk-Latn` is of `kk`."""
    known = known_languages(folder)
    return tag in known or tag.split("-")[0] in known


@cache
def tags_by_name(folder: Path | None = None) -> Mapping[str, str]:
    """What bibliographies call languages, small -> their tags: «қазақша», kazakh, kaz."""
    return {name.lower(): tag for tag in known_languages(folder) for name in (tag, *language(tag, folder).known_as)}


KEYS = frozenset({each.name for each in fields(Language)} - {"date_form", "names"} | {"date", "called"})
"""All that a file may have."""


def _read(path: Path, tag: str, folder: Path | None) -> Language:
    data = read_language_file(path, folder, KEYS)
    return Language(tag=tag, name=data["name"], quotes=tuple(data["quotes"]), months=tuple(data["months"]),
                    date_form=data["date"], hyphenation=data.get("hyphenation", "none"), labels=data["labels"],
                    missing=data["missing"], locators=tuple(data["locators"]), numbers=data["numbers"], direction=data["direction"],
                    names=data.get("called", {}), alphabet=data.get("alphabet", ""),
                    function_words=frozenset(data.get("function_words", ())), endings=tuple(data.get("endings", ())),
                    numerals=data.get("numerals", {}), multipliers=data.get("multipliers", {}),
                    abbreviations=frozenset(data.get("abbreviations", ())),
                    sections={name: tuple(words) for name, words in data.get("sections", {}).items()},
                    labels_typed={name: tuple(words) for name, words in data.get("labels_typed", {}).items()},
                    entries_typed={name: tuple(words) for name, words in data.get("entries_typed", {}).items()},
                    line_ends={name: tuple(words) for name, words in data.get("line_ends", {}).items()},
                    front={name: tuple(words) for name, words in data.get("front", {}).items()},
                    placeholders=tuple(data.get("placeholders", ())), decimal=data.get("decimal", "."),
                    like=data.get("like", "en"), months_short=tuple(data.get("months_short", ())),
                    known_as=tuple(data.get("known_as", ())), terms=data.get("terms", {}), slips=Usage.read(data),
                    transliteration=data.get("transliteration", ""), iso_639_2=data.get("iso_639_2", ""),
                    spacing=read_spacing(data.get("spacing", {}), tuple(data["quotes"]), data.get("decimal", "."), tuple(data["months"])))
