"""The people at the head of an entry, or after its slash, in whichever way they are written."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from basylym.intake.entry_words import DASH, PARTICLES, UP, words
from basylym.typography.letters import CYRILLIC

L = r"[^\W\d_]"
DOTTED = rf"(?:(?![a-zа-яәғқңөұүһіё]){L}{{1,3}}\.(?:[\s-]?))"
INITIALS = rf"{DOTTED}{{1,4}}"
PARTICLE = rf"(?:(?:{PARTICLES}|Van|Von|De|Di|Le|La|Al|El)[\s'’-]){{0,3}}"
PART = rf"{L}{{1,30}}(?:['’ʼʹ`]{L}{{0,30}}){{0,2}}"
FAMILY = rf"{PARTICLE}{PART}(?:{DASH}{PART}){{0,2}}"
SON = re.compile(rf"{L}{{2,30}}(?:[ұу]лы|[қк]ызы|[оеь]вич|[оеь]вна|[иь]нична|uly|[qk][yi]z[yi]|[oe]vich|[oe]vna)", re.I)
GIVEN = rf"{L}{{2,20}}(?:-{L}{{2,20}})?"
FORMS = (
    ("comma", rf"(?P<family>{FAMILY}),\s?(?P<given>{INITIALS})"),            # Иванов, И. И.
    ("plain", rf"(?P<family>{FAMILY})\s(?P<given>{INITIALS})"),              # Иванов И.И.
    ("before", rf"(?P<given>{INITIALS})\s?(?P<family>{FAMILY})"),            # И.И. Иванов
    ("medical", rf"(?P<family>{FAMILY})\s(?P<given>[{UP}]{{1,3}})(?=[,.;:]|\s\(|$)"),   # Smith JK
    ("whole", rf"(?P<family>{FAMILY}),\s(?P<given>{GIVEN}(?:\s(?:{GIVEN}|{L}\.))?)(?=[,.;&]|\s(?:and|и|және)\s|\s\(|$)"),  # Smith, John A.
)
COMPILED = {name: re.compile(form) for name, form in FORMS}
MOST = 200
"""People that are read; longer lists do not end."""


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\s?[,;]?\s?(?:&|(?<=[\s,;.]){words('and')}(?=\s)|(?:…|\.\.\.)(?:\s?,?\s?&)?)\s?|\s?[,;]\s?(?=\S)|\s?,?\s?…\s?")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"[\s,;]{{0,3}}(?:{words('and')}\s)?[\[(]?{words('others')}\.?[\])]?\.?")


@cache
def _editors() -> re.Pattern[str]:
    return re.compile(rf"\s?\({words('editor')}\.?\)|,\s(?:Eds?|eds?|editors?)\.?,\s")


def read_head(text: str) -> tuple[list[dict[str, Any]], str, int]:
    """The people that a text begins with, how they are written (a name of FORMS), and where they end; 0 where it begins with none."""
    people: list[dict[str, Any]] = []
    at, form, end = 0, "", 0
    while len(people) < MOST:
        if people and (more := _others().match(text, at if at == end else end)):
            people.append({"literal": "others"})
            end = more.end()
            break
        found = _one(text, at, form)
        if not found:
            break
        name, match = found
        form = form or name
        people.append(_person(match))
        end = match.end()
        step = _between().match(text, end)
        if not step or not step.group().strip() and not re.search(r"\s", step.group()):
            if more := _others().match(text, end):
                people.append({"literal": "others"})
                end = more.end()
            break
        at = step.end()
    return people, form, end


def _one(text: str, at: int, form: str) -> tuple[str, re.Match[str]] | None:
    """The person that stands at a place; after the first all are written in the same way, but for one order turned round."""
    if at < len(text) and not (text[at].isupper() or re.match(PARTICLE + r"[^\W\d_a-zа-яё]", text[at:at + 40])):
        return None
    allowed = {"": [name for name, _ in FORMS], "comma": ["comma", "before", "plain"], "plain": ["plain", "comma", "before"],
               "before": ["before", "plain"], "medical": ["medical", "plain"], "whole": ["whole", "comma", "full"]}[form]
    for name in allowed:
        if name in COMPILED and (match := COMPILED[name].match(text, at)) and _is_name(name, match):
            return name, match
    if form == "whole" and (match := re.compile(rf"(?P<given>{GIVEN}(?:\s{L}\.)?)\s(?P<family>{FAMILY})").match(text, at)):
        return "whole", match  # Smith, John, and Ann Lee
    return None


def _is_name(form: str, match: re.Match[str]) -> bool:
    family, given = match["family"], match["given"]
    last = re.split(r"[\s'’-]", family)[-1] or family
    if not any(each[:1].isupper() for each in re.split(r"[\s-]", family)):
        return False
    initials = re.findall(rf"{L}+", given)
    if len(initials) == 1 and CYRILLIC.search(given) and _is_acronym(initials[0].lower(), family.lower()):
        return False
    if form in ("comma", "plain", "before"):
        # «Дж.», «Zh.» are initials, «Изд.» and «вып.» are none
        if not all(each[0].isupper() and (len(each) == 1 or each[1:].islower() or each.isupper()) for each in initials):
            return False
        if any(len(each) == 3 or each in ("No", "Ed", "Op", "St", "Изд", "Вып") for each in initials):
            return False
        if len(family) == 1 or (form == "before" and family.isupper() and len(family) < 4):
            return False
    if form == "medical":
        return len(last) > 1 and not last.isupper() and last[0].isupper()
    if form == "whole":
        return len(last) > 1 and not given.isupper() and given[0].isupper() and last[0].isupper() and len(family.split()) < 3
    return True


def _is_acronym(given: str, before: str) -> bool:
    """«Доклад ООН», «Конституция РК»: no initials, though some people's are Р. К."""
    noun = rf"{words('law')}|{words('report')}|\w+(?:ция|ство|ние|ость|тика|логия|заңы|сы|сі)"
    return bool(re.fullmatch(words("acronyms"), given) or re.fullmatch(words("state"), given) and re.fullmatch(noun, before))


def _person(match: re.Match[str]) -> dict[str, Any]:
    given = match["given"].strip()
    if re.fullmatch(rf"[{UP}]{{1,3}}\.?", given):
        given = " ".join(f"{letter}." for letter in given.rstrip("."))
    given = re.sub(r"\.\s?(?=[^\s.\-])", ". ", given).strip(" ,;")
    return {"family": match["family"].strip(), "given": given}


def read_full(text: str) -> dict[str, Any] | None:
    """One person by the whole name, «Мысалов Арман Болатұлы», whose order the name after the father tells; None where it is none."""
    parts = text.split()
    if len(parts) != 3 or not all(part[:1].isupper() and re.fullmatch(rf"{L}+(?:-{L}+)?", part) for part in parts):
        return None
    first, second, third = parts
    if SON.fullmatch(third):
        return {"family": first, "given": f"{second} {third}"}
    return {"family": third, "given": f"{first} {second}"} if SON.fullmatch(second) else None


def read_list(text: str) -> list[dict[str, Any]]:
    """The people of a statement that holds nothing else, «И.И. Иванов, П.П. Петров [и др.]»; empty where it holds more."""
    for each in (text.strip(" ,;"), text.strip(" ,;") + "."):  # the last initial may have lost its full stop
        people, _, end = read_head(each)
        if people and not each[end:].strip(" .,;"):
            return people
    return []


def read_given_first(text: str) -> list[dict[str, Any]]:
    """People written out with the given name first, «Ann Editor and Bob R. Redact»; empty where a part is no such name."""
    people = []
    for part in re.split(rf"\s?,\s(?:{words('and')}\s)?|\s(?:{words('and')}|&)\s", text.strip(" ,.")):
        found = re.fullmatch(rf"(?P<given>[{UP}]{L}+(?:-[{UP}]{L}+)?(?:\s[{UP}]\.?|\s[{UP}]{L}+)?)\s(?P<family>{FAMILY})", part)
        if not found or not found["family"][-1:].islower():
            return []
        people.append({"family": found["family"], "given": found["given"]})
    return people


def skip_editor_mark(text: str, at: int) -> int:
    """The place after «(Eds.)», the same where there is none."""
    match = _editors().match(text, at)
    return match.end() if match else at
