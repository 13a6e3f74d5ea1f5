"""Languages as data: one TOML file a language, beside this one or in a journal's own `languages/` folder.

A file holds the labels that are printed, the words that stand where something is missing, months, quotes, the ways to name
a place in a cited work, and the name of the hyphenation. Adding a language is adding a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


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
    """`rules:kk` for rules of our own, else the name of a dictionary of pyphen."""
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
    placeholders: tuple[str, ...] = ()
    """How texts begin that templates have in place of an author's words: regular expressions."""
    decimal: str = "."
    """The mark before decimals."""

    def called(self, tongue: str) -> str:
        """Its name in a language of the interface, as it stands after «in»."""
        return self.names.get(tongue, self.name)

    def label(self, name: str, value: object = "") -> str:
        """The word printed for a part; `value` fills the blank of those that have one."""
        return self.labels[name].replace("{value}", str(value))

    def write_date(self, day: date) -> str:
        """A date in words, «2026 ж. 30 наурыз»."""
        return (self.date_form.replace("{day}", str(day.day)).replace("{year}", str(day.year))
                .replace("{month}", self.months[day.month - 1]))


@cache
def language(tag: str, folder: Path | None = None) -> Language:
    """The language of a tag, `kk-Latn` falling back to `kk`, and one without a file to English words under its own tag.

    `folder` is a journal's own `languages/`, which wins over Basylym's.
    """
    base = tag.split("-")[0]
    for name in dict.fromkeys((tag, base, "en")):
        for place in (folder, HERE):
            if place and (place / f"{name}.toml").is_file():
                return _read(place / f"{name}.toml", tag)
    raise FileNotFoundError(f"no language file for {tag}")


def guess_language(text: str) -> str:
    """kk, ru or en by the letters of a text that does not say: those that Kazakh alone has, else Cyrillic, else Latin."""
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in text)
    if cyrillic < sum("a" <= letter.lower() <= "z" for letter in text):
        return "en"
    return "kk" if sum(letter in "әғқңөұүһі" for letter in text.lower()) > cyrillic / 50 else "ru"


def known_languages(folder: Path | None = None) -> tuple[str, ...]:
    """The tags that have a file."""
    return tuple(sorted({path.stem for place in (HERE, folder) if place for path in place.glob("*.toml")}))


def _read(path: Path, tag: str) -> Language:
    with path.open("rb") as file:
        data = tomllib.load(file)
    return Language(tag=tag, name=data["name"], quotes=tuple(data["quotes"]), months=tuple(data["months"]),
                    date_form=data["date"], hyphenation=data["hyphenation"], labels=data["labels"],
                    missing=data["missing"], locators=tuple(data["locators"]), numbers=data["numbers"], direction=data["direction"],
                    names=data.get("called", {}), alphabet=data.get("alphabet", ""),
                    function_words=frozenset(data.get("function_words", ())), endings=tuple(data.get("endings", ())),
                    numerals=data.get("numerals", {}), multipliers=data.get("multipliers", {}),
                    abbreviations=frozenset(data.get("abbreviations", ())),
                    sections={name: tuple(words) for name, words in data.get("sections", {}).items()},
                    labels_typed={name: tuple(words) for name, words in data.get("labels_typed", {}).items()},
                    placeholders=tuple(data.get("placeholders", ())), decimal=data.get("decimal", "."))
