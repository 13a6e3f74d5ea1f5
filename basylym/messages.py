"""The interface in the user's language: gettext over basylym/locale/, English being the source.

A sentence is written in English where it belongs and found by locale/write_catalogue.py; ru and kk stand in the catalogues.
Words of ours inside a finding's blanks are a Phrase, so that they are translated with its message; what an author typed is
plain text and stays as it is.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "ru", "kk")
"""The languages of the interface."""


class Phrase(str):
    """Words of ours with their blanks filled in, which remember the English they were made of.

    >>> Phrase("{least} or more", least=3)
    '3 or more'
    """

    __slots__ = ("blanks", "template")

    template: str
    """The English words with their blanks."""
    blanks: Mapping[str, object]
    """What fills them."""

    def __new__(cls, template: str, **blanks: object) -> Phrase:
        self = super().__new__(cls, template.format(**blanks) if blanks else template)
        self.template, self.blanks = template, blanks
        return self

    def __reduce__(self):
        return _phrase, (self.template, dict(self.blanks))


def _phrase(template: str, blanks: dict) -> Phrase:
    return Phrase(template, **blanks)


class LanguageName(str):
    """A language of an article, to be called by its name in the language of the interface."""

    __slots__ = ()


class Label(str):
    """The name of a part that is printed under a label, `irsti`, to be called by that label."""

    __slots__ = ()


@cache
def _catalogue(tongue: str) -> gettext.NullTranslations:
    return gettext.translation("basylym", LOCALE, [tongue], fallback=True)


def say(text: str, tongue: str, call: Callable[[str, str], str] | None = None, **blanks: object) -> str:
    """A sentence of ours in a language of the interface, its blanks filled in.

    Phrases among the blanks are translated too; `call` gives the words for a LanguageName or a Label.
    """
    translated = _catalogue(tongue).gettext(text) if text and tongue != "en" else text
    return translated.format(**{name: render(value, tongue, call) for name, value in blanks.items()}) if blanks else translated


def render(value: object, tongue: str, call: Callable[[str, str], str] | None = None) -> object:
    """A blank's value in a language of the interface: a Phrase translated, anything an author typed as it is."""
    if isinstance(value, Phrase):
        return say(value.template, tongue, call, **value.blanks)
    if isinstance(value, (LanguageName, Label)) and call:
        return call(value, tongue)
    return value


def choose_language(wanted: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """The language of the interface: the one asked for, else the locale's (POSIX, 8.2), else English."""
    for value in (wanted, *(environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))):
        if value:
            tag = value.split(".")[0].split("_")[0].split("-")[0].lower()
            return tag if tag in LANGUAGES else "en"
    return "en"
