"""A language's TOML file: what may stand in it, and what it takes from another language where it says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from basylym.errors import UsageError
from basylym.messages import Phrase
from basylym.typography.tables import read_table

HERE = Path(__file__).parent
PRINTED = ("direction", "quotes", "months", "months_short", "date", "decimal", "labels", "missing", "numbers", "locators")
"""What a file need not say: it is then taken from the language it is `like`."""
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
NUMBERS = ("numerals", "multipliers")
LISTS, TEXTS = ("known_as", "months_short"), ("like", "transliteration", "iso_639_2")
"""Keys that English has no use for."""
FORMS = ("long", "short", "symbol", "verb", "verb-short")
"""CSL's forms of a term."""


def read_language_file(path: Path, folder: Path | None, keys: frozenset[str]) -> dict[str, Any]:
    """All that is known of the language of a file: what it says itself, over what it leaves to another.

    A journal's own file called as one of Basylym's stands over that; any other takes what is printed from the language that it is
    `like`, English where it names none. `folder` is the journal's own `languages/`, `keys` are all that a file may have. Raises
    UsageError, which names file and key, for a file that can't be used.
    """
    data = _checked(path, folder, keys)
    ours = HERE / path.name
    if path != ours and ours.is_file():
        return _over(data, _load(ours))
    other = find_file(str(data.get("like", "en")), folder)
    below = _checked(other, folder, keys) if other and other != path else {}
    lowest = _load(HERE / "en.toml")
    for each in (below, lowest):
        data = _over(data, {key: each[key] for key in PRINTED if key in each and (key != "months_short" or "months" not in data)})
    return data


def find_file(name: str, folder: Path | None) -> Path | None:
    """The file of a language, a journal's own before Basylym's; None where there is none."""
    for place in (folder, HERE):
        if place and (place / f"{name}.toml").is_file():
            return place / f"{name}.toml"
    return None


def _over(data: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    """One file's data over another's, tables entry by entry."""
    merged = dict(below)
    for key, value in data.items():
        merged[key] = _over(value, merged[key]) if isinstance(value, dict) and isinstance(merged.get(key), dict) else value
    return merged


@cache
def _load(path: Path) -> dict[str, Any]:
    return read_table(path)


def _checked(path: Path, folder: Path | None, keys: frozenset[str]) -> dict[str, Any]:
    """What stands in a file. Raises UsageError where it can't be used."""
    try:
        data = _load(path)
        if path.parent != HERE:  # ours are checked by a test
            _check(data, path.stem, folder, keys)
    except (ValueError, OSError) as error:  # tomllib's own errors, and those of the encoding, are ValueErrors
        why = error.args[0] if error.args and isinstance(error.args[0], Phrase) else str(error)
        raise UsageError(Phrase("the language file {file} can't be used: {why}", file=path, why=why)) from error
    return data


def _check(data: Mapping[str, Any], stem: str, folder: Path | None, keys: frozenset[str]) -> None:
    """Raises ValueError with a Phrase that names the key."""
    english = _load(HERE / "en.toml")
    if not TAG.fullmatch(stem):
        raise ValueError(Phrase("a language file is called by its language’s tag: ky.toml"))
    _check_names("", data, keys)
    if not (HERE / f"{stem}.toml").is_file() and "name" not in data:
        raise ValueError(Phrase("{key} is missing", key="name"))
    if data.get("tag", stem) != stem:
        raise _wrong("tag", Phrase("the file's own name, {name}", name=stem))
    if "like" in data and (not isinstance(data["like"], str) or data["like"] == stem or not find_file(data["like"], folder)):
        raise _wrong("like", Phrase("the tag of another language that has a file"))
    for key, value in data.items():
        if key in NUMBERS:
            _check_numbers(key, value)
        elif key == "terms":
            _check_terms(value)
        elif key == "locators":
            _check_locators(value, english)
        elif key == "called":
            _check_shape(key, value, dict.fromkeys(value if isinstance(value, dict) else (), ""))
        else:
            _check_shape(key, value, english.get(key, [""] if key in LISTS else "" if key in TEXTS else None))
    for key, number in (("months", 12), ("months_short", 12), ("quotes", 4)):
        if key in data and len(data[key]) != number:
            raise _wrong(key, Phrase("a list of {number} texts", number=number))
    if "date" in data and "{year}" not in data["date"]:
        raise _wrong("date", Phrase("a text with the blank {blank}", blank="{year}"))
    if data.get("direction", "ltr") not in ("ltr", "rtl"):
        raise _wrong("direction", Phrase("{first} or {second}", first="ltr", second="rtl"))
    if "hyphenation" in data:
        _check_hyphenation(data["hyphenation"])
    for number, pattern in enumerate(data.get("placeholders", ()), 1):
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError):
            raise _wrong(f"placeholders.{number}", Phrase("a regular expression")) from None


def _wrong(key: str, expected: Phrase) -> ValueError:
    return ValueError(Phrase("{key}: {expected} is expected here", key=key, expected=expected))


def _check_names(inside: str, data: Mapping[str, Any], known: Any) -> None:
    for key in data:
        if key not in known:
            raise ValueError(Phrase("{key} is not known here; known are: {known}", key=f"{inside}{key}", known=", ".join(sorted(known))))


def _check_shape(key: str, value: Any, like: Any) -> None:
    """Whether a value is made as the English one is: text, a list of texts, a table with keys that it has too."""
    if isinstance(like, str):
        if not isinstance(value, str):
            raise _wrong(key, Phrase("text"))
        if blank := next((blank for blank in re.findall(r"\{\w+\}", like) if key != "date" and blank not in value), None):
            raise _wrong(key, Phrase("a text with the blank {blank}", blank=blank))
    elif isinstance(like, list):
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise _wrong(key, Phrase("a list of texts"))
    elif isinstance(like, dict):
        if not isinstance(value, dict):
            raise _wrong(key, Phrase("a table of keys and values"))
        _check_names(f"{key}.", value, like)
        for name, each in value.items():
            _check_shape(f"{key}.{name}", each, like[name])


def _check_numbers(key: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise _wrong(key, Phrase("a table of keys and values"))
    for name, number in value.items():
        if isinstance(number, bool) or not isinstance(number, (int, float)) or not 0 <= number < 1e18:
            raise _wrong(f"{key}.{name}", Phrase("a number"))


def _check_terms(value: Any) -> None:
    if not isinstance(value, dict):
        raise _wrong("terms", Phrase("a table of keys and values"))
    for name, term in value.items():
        forms = term if isinstance(term, dict) else {"long": term}
        _check_names(f"terms.{name}.", forms, FORMS)
        for form, text in forms.items():
            if not isinstance(text, str):
                raise _wrong(f"terms.{name}.{form}" if isinstance(term, dict) else f"terms.{name}", Phrase("text"))


def _check_locators(value: Any, english: Mapping[str, Any]) -> None:
    labels = {each["label"] for each in english["locators"]}
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _wrong("locators", Phrase("a list of tables"))
    for number, each in enumerate(value, 1):
        key = f"locators.{number}"
        _check_shape(key, each, english["locators"][0])
        if missing := sorted({"label", "term", "forms"} - set(each)):
            raise ValueError(Phrase("{key} is missing", key=f"{key}.{missing[0]}"))
        if each["label"] not in labels:
            raise _wrong(f"{key}.label", Phrase("one of {known}", known=", ".join(sorted(labels))))


def _check_hyphenation(value: Any) -> None:
    """`none`, rules of ours, or a dictionary of pyphen."""
    if not isinstance(value, str):
        raise _wrong("hyphenation", Phrase("text"))
    if value == "none":
        return
    import pyphen

    from basylym.typography.hyphenation import RULES

    known = sorted(f"rules:{name}" for name in RULES)
    if value not in known and value not in pyphen.LANGUAGES:
        raise _wrong("hyphenation", Phrase("one of {known}", known=", ".join(["none", *known, *sorted(pyphen.LANGUAGES)])))
