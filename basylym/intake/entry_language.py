"""The language of an entry: by its title, and where that could be in several, by the words and letters round it."""

from __future__ import annotations

import re
from functools import cache

from basylym.intake.entry_words import DASH
from basylym.languages import known_languages
from basylym.languages.identify import guess_language, identify_language
from basylym.typography.letters import CYRILLIC

KAZAKH = re.compile("[әғқңөұүһі]", re.I)
KAZAKH_PAGES = re.compile(rf"(?<![\w.])Б\.\s?\d|\d\s?-?\s?(?:б|бет)\.?(?!\w)|\d\s?{DASH}\s?бас\.|\d\s?жыл|(?<!\w)т\.\s?б\.")
SMALL_WORDS = {
    "de": frozenset("der die das und für des dem den zur zum ein eine einer von mit über auf bei aus als im".split()),
    "fr": frozenset("le la les des du et une un dans pour sur aux au par chez".split()),
    "es": frozenset("el los las del para una un en la su por".split()),
    "it": frozenset("il lo gli della dei delle degli per una nel nella di".split()),
    "pt": frozenset("os as do da dos das para uma um em no na".split()),
    "tr": frozenset("ve ile için bir bu olarak üzerine arasında üzerinden".split()),
    "pl": frozenset("na oraz dla się nad przez".split()),
}
"""Of languages that Basylym has no file for, but lists of references have entries in."""
LETTERS = {"de": "äöüß", "fr": "éèêàçœ", "es": "ñáíóú", "it": "àèìòù", "pt": "ãõçáé", "tr": "ığşçöü", "pl": "łąęśżźćń"}
RUSSIAN_PAGES = re.compile(r"(?<![\w.])[СC]\.\s?\d|\d\s[сc]\.?(?!\w)|\d-е\sизд|(?<!\w)и\sдр\.")


def speak(title: str, typed: str) -> str:
    """The language of an entry; empty where its letters are those of languages that we can't tell from one another."""
    if tag := _tell_script(title):
        return tag
    if not re.search(r"[A-Za-zÀ-ɏ\u0400-\u04ff]", title) and any(each.isalpha() for each in title):
        return ""
    if told := identify_language(title, known_languages()):
        return told
    if not CYRILLIC.search(title):
        return _tell_foreign(title) or guess_language(title)
    if KAZAKH_PAGES.search(typed) or not RUSSIAN_PAGES.search(typed) and KAZAKH.search(typed):
        return "kk"
    return guess_language(title)


def _tell_foreign(title: str) -> str:
    """Another language in Latin letters, by two of its small words, or one and two letters that English has not."""
    words = re.findall(r"[^\W\d_]+", title.lower())
    score = {tag: sum(2 for word in words if word in small) + sum(letter in LETTERS[tag] for letter in set(title.lower()))
             for tag, small in SMALL_WORDS.items() if any(word in small for word in words)}
    best = sorted(score, key=lambda tag: -score[tag])
    return best[0] if best and score[best[0]] > 3 and (len(best) == 1 or score[best[0]] > score[best[1]]) else ""


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]")), ("zh", re.compile("[\u3400-\u9fff]")),
            ("ka", re.compile("[\u10a0-\u10ff]")), ("hy", re.compile("[\u0530-\u058f]")), ("el", re.compile("[\u0370-\u03ff]")),
            ("he", re.compile("[\u0590-\u05ff]")), ("th", re.compile("[\u0e00-\u0e7f]")))


def _tell_script(title: str) -> str:
    """The language of a title whose letters are those of one language; empty for letters that several have."""
    letters = sum(each.isalpha() for each in title)
    return next((tag for tag, script in _scripts() if len(script.findall(title)) * 2 > letters > 0
                 or tag == "ja" and script.search(title)), "")
