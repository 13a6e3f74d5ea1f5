"""A citation style in a language that it does not know: the words of the language's file put into the style's own XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from basylym.languages import Language, has_file, language

CSL = "{http://purl.org/net/xbiblio/csl}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NO_BREAK = "\u00a0"
QUOTES = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
NO_MARKUP = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.S)


@lru_cache(maxsize=64)
def localise(csl: Path, tag: str, folder: Path | None = None) -> str | None:
    """A style's text with a locale for a language, None where the style is to be used as it is.

    The locale is the one that the style has for the language, or for that which the language is `like`, with the words of the
    language's file over it. What the style itself leaves empty stays so: it prints no such word anywhere. `folder` is a journal's
    own `languages/`.
    """
    if not has_file(tag, folder):
        return None  # the processor may know it
    spoken, base = language(tag, folder), tag.split("-")[0]
    try:
        text = csl.read_text("utf-8")
        if not spoken.terms and re.search(rf"""<locale\s[^<>]*xml:lang\s*=\s*["']{re.escape(base)}["'-]""", NO_MARKUP.sub("", text)):
            return None  # the usual one, seen without taking it apart
        from xml.etree import ElementTree

        style = ElementTree.fromstring(text)
    except (SyntaxError, ValueError):  # the processor says so
        return None
    own, like = _locale(style, base), _locale(style, spoken.like)
    if (own is not None or like is None) and not spoken.terms:
        return None
    locale = own if own is not None else deepcopy(like) if like is not None else ElementTree.Element(f"{CSL}locale")
    locale.set(LANG, base)
    _say(locale, spoken)
    if own is None:
        last = max((at for at, each in enumerate(style) if each.tag in (f"{CSL}info", f"{CSL}locale")), default=-1)
        style.insert(last + 1, locale)
    ElementTree.register_namespace("", CSL.strip("{}"))
    return ElementTree.tostring(style, "unicode")


def _locale(style: Any, tag: str) -> Any:
    return next((each for each in style.iter(f"{CSL}locale") if each.get(LANG, "").split("-")[0] == tag), None)


def _say(locale: Any, spoken: Language) -> None:
    """Puts the words of a language into a locale."""
    from xml.etree import ElementTree

    terms = locale.find(f"{CSL}terms")
    terms = ElementTree.SubElement(locale, f"{CSL}terms") if terms is None else terms
    there = {(each.get("name"), each.get("form", "long")): each for each in terms.iter(f"{CSL}term")}
    for name, form, text in _terms(spoken):
        if (term := there.get((name, form))) is None:
            term = ElementTree.SubElement(terms, f"{CSL}term", {"name": name} if form == "long" else {"name": name, "form": form})
        elif not "".join(term.itertext()).strip(" \n") and not text.startswith("-"):
            continue
        for child in list(term):
            term.remove(child)
        term.text = text
    for each in locale.findall(f"{CSL}date"):
        if each.get("form") == "text":
            locale.remove(each)
    date = ElementTree.Element(f"{CSL}date", {"form": "text"})
    pieces = re.split(r"\{(day|month|year)\}", spoken.date_form)
    for at in range(1, len(pieces), 2):
        part = ElementTree.SubElement(date, f"{CSL}date-part", {"name": pieces[at]})
        if at == 1 and pieces[0]:
            part.set("prefix", pieces[0])
        if pieces[at + 1]:
            part.set("suffix", re.sub(r"^ (?=\w+\.)|(?<=\.) $", NO_BREAK, pieces[at + 1]))
    locale.insert(next((at for at, each in enumerate(locale) if each.tag != f"{CSL}style-options"), len(locale)), date)


def _terms(spoken: Language) -> Iterator[tuple[str, str, str]]:
    """Name, form and text of all that a language says."""
    yield from ((name, "long", mark) for name, mark in zip(QUOTES, spoken.quotes, strict=True))
    for number, month in enumerate(spoken.months, 1):
        yield f"month-{number:02}", "long", month
        yield f"month-{number:02}", "short", (spoken.months_short or spoken.months)[number - 1]
    for name, term in spoken.terms.items():
        yield from ((name, form, text) for form, text in (term.items() if not isinstance(term, str) else (("long", term),)))
