"""Names of people as references have them: CSL's objects, and what is typed instead: «Петров А.Б.», «Иванов И.И., Петров П.П.»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LETTER = r"[^\W\d_]"
SURNAME = re.compile(rf"(?:{LETTER}{{1,4}} )?{LETTER}{{2,30}}(?:[-'’ʼ]{LETTER}{{1,30}}){{0,2}}")
INITIALS = re.compile(rf"(?:{LETTER}{{1,2}}\.[\s-]{{0,2}}){{1,4}}")
PATRONYMIC = re.compile(rf"{LETTER}{{2,30}}(?:[ұу]лы|[қк]ызы|[оеь]вич|[оеь]вна|[иь]нична|uly|[qk]yzy|[oe]vich|[oe]vna)", re.I)
"""Names after the father; a name with one has its parts in an order that can't be mistaken."""
OTHERS = re.compile(r"[\s,;]+(?:(?:и|және)\s+)?\[?(?:др\.|т\.\s?б\.|et al\.?|others)\]?\s*$", re.I)
"""«and others» after a name."""
BETWEEN = re.compile(r"\s*[,;]\s*|\s+(?:and|и|және|&)\s+")
LONGEST = 1000
"""The longest text that is looked at as names."""


def read_people(value: Any) -> list[dict]:
    """The people that one value stands for: CSL's object, «family, given», or several in one string where nothing else can be
    meant, a surname with initials each; a name that is none of these is taken whole."""
    if isinstance(value, Mapping):
        person = {key: part for key, part in value.items() if part is not None}
        if set(person) <= {"family", "given"} and person.get("family"):
            family, given = str(person["family"]).strip(), str(person.get("given") or "").strip()
            if INITIALS.fullmatch(family) and (found := split_people(f"{given} {family}")):  # a reader of BibTeX took it for a forename
                return found
            if PATRONYMIC.fullmatch(family) and (found := _with_patronymic(f"{given} {family}")):
                return [found]
            if (not given or split_people(family)) and (found := split_people(", ".join(filter(None, (family, given))))):
                return found
        return [person]
    text = str(value).strip()
    if found := split_people(text):
        return found
    if found := _with_patronymic(text):
        return [found]
    family, comma, given = text.partition(",")
    return [{"family": family.strip(), "given": given.strip()} if comma else {"literal": text}]


def split_people(text: str) -> list[dict]:
    """«Иванов И.И., П.П. Петров» as two people; nothing where a part is no surname with initials."""
    if len(text) > LONGEST:
        return []
    whole, more = OTHERS.subn("", text.strip())
    parts = [part for part in BETWEEN.split(whole) if part]
    if len(parts) > 2 and len(parts) % 2 == 0 and all(map(_is_surname, parts[::2])) and all(map(INITIALS.fullmatch, parts[1::2])):
        parts = [f"{family} {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    people = [_split(part) for part in parts]
    return [*people, *([{"literal": "others"}] if more else [])] if people and all(people) else []


def _with_patronymic(text: str) -> dict:
    """«Мысалов Арман Болатұлы» or «Арман Болатұлы Мысалов»; empty where it is no such name."""
    words = text[:LONGEST].split()
    if len(words) != 3 or not all(SURNAME.fullmatch(word) and word[0].isupper() and not word.isupper() for word in words):
        return {}
    first, second, third = words
    if PATRONYMIC.fullmatch(third):
        return {"family": first, "given": f"{second} {third}"}
    return {"family": third, "given": f"{first} {second}"} if PATRONYMIC.fullmatch(second) else {}


def _split(text: str) -> dict:
    """A surname and its initials, in whichever order; empty where the text is something else."""
    for pattern in (rf"(?P<family>\S.*?)\s+(?P<given>{INITIALS.pattern})", rf"(?P<given>{INITIALS.pattern})(?P<family>\S.*)"):
        match = re.fullmatch(pattern, text)
        if match and _is_surname(match["family"]) and all(each[0].isupper() for each in re.findall(rf"{LETTER}+", match["given"])):
            return {"family": match["family"], "given": match["given"].strip()}
    return {}


def _is_surname(text: str) -> bool:
    """Whether a text is one surname: «ТОО» is none, and neither is «научный журнал»."""
    word = text.split(" ")[-1]
    return bool(SURNAME.fullmatch(text)) and word[:1].isupper() and not word.isupper() and (word == text or text[:1].islower())
