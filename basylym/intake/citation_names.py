"""Citations by names and years: (Иванов, 2010: 15), [Lee et al., 2014], Hart and Cole (2008), and the entry that each means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from basylym.intake.citation_marks import VALUE, Cited, before_citation, is_place
from basylym.intake.entry_match import first_name, fold, year_of
from basylym.intake.entry_words import DASH, PARTICLES, UP, YEAR, words
from basylym.typography.letters import CYRILLIC
from basylym.typography.romanisation import may_be_romanised

NAME = (rf"(?:(?:{PARTICLES}|дер|аль|эль|әл|ибн)[\s-]){{0,3}}"
        rf"(?:[dDlL][’'])?[{UP}][\w’'ʼ-]{{1,40}}")
INITIALS = rf"(?:[{UP}]\.\s?(?:-[{UP}]\.\s?)?){{1,3}}"
MORE_YEARS = rf"(?:,\s?(?:{YEAR})[a-zа-е]?(?!\w)|,\s?[a-zа-е](?![\w.]))"
YEARS = rf"(?P<year>{YEAR})(?P<letter>[a-zа-е](?!\w))?(?P<more>{MORE_YEARS}{{0,4}})"
DATED = rf"{YEARS}(?:\s?(?:ж|г)\.)?(?:\s?[.,:]\s?(?P<place>.{{1,60}}))?"
"""Years, and the place in the work behind them."""
BEFORE = 200
"""So many letters before a year in brackets may be its names."""
SAME = 4
"""So many letters at least begin a name and the same name in another case, Громов and Громовым."""
TITLE = 100
"""The longest beginning of a title that cites a work without authors."""


@cache
def _others() -> str:
    return rf"(?:{words('others')}|{words('and')}\s(?:басқ\w{{0,6}}|{words('with_others')}))\.?"


def _more_names(between: str) -> str:
    """Other names behind the first, as a pattern; `between` is one of what stands between two."""
    return rf"(?:{between}(?:{INITIALS})?{NAME}(?:\s{INITIALS})?){{0,4}}"


@cache
def _authors_and_year() -> re.Pattern[str]:
    between = rf"(?:,\s|\s?,?\s?(?:&|(?<=\s){words('and')}(?=\s))\s)"
    return re.compile(rf"(?:{INITIALS})?(?P<family>{NAME}(?:\s{NAME}){{0,5}})(?:,?\s{INITIALS})?"
                      rf"{_more_names(between)}(?:\s?,?\s{_others()})?,?\s{DATED}")


@cache
def _title_and_year() -> re.Pattern[str]:
    return re.compile(rf"[«“„\"]?(?P<family>[^\W\d_][^\d()\[\]]{{5,{TITLE}}}?)(?:\.\.\.|…)?[»”“\"]?,\s{DATED}")


@cache
def _names_before() -> re.Pattern[str]:
    between = rf"(?:,\s|,?\s(?:&|{words('and')})\s)"
    return re.compile(rf"(?P<names>{NAME}(?:\s{INITIALS})?{_more_names(between)})(?:\s?,?\s{_others()})?\s$")


LABELLED = re.compile(rf"[^–—/]{{2,100}}?,?\s\(?{YEAR}[a-zа-е]?\)?\s[–—-]\s")
"""An entry that says by what it is cited: «Сборник, 2010 – История примера …»."""
YEAR_ALONE = re.compile(rf"\({YEARS}(?:\s?(?:ж|г)\.)?(?:\s?[:,]\s?(?P<place>[^()]{{1,40}}))?\)")


def read_names(body: str, titles: bool = False) -> list[Cited] | None:
    """The works that names and years between brackets mean; None where it is no such citation. `titles`: those that titles name too."""
    found: list[Cited] = []
    for part in re.split(r"\s*;\s*", body.strip()):
        before, said = "", before_citation().match(part)
        if said:
            before, part = said["before"], part[said.end():]
        match = _authors_and_year().fullmatch(part.strip()) or titles and _title_and_year().fullmatch(part.strip())
        if match:
            place = (match["place"] or "").strip()
            if not _may_be_place(place):
                return None
            found += _each_year(match, match["family"], place, before)
        elif found and (again := re.fullmatch(YEARS, part.strip())):
            found += _each_year(again, found[-1].family, "", before)
        else:
            return None
    return found


def _may_be_place(text: str) -> bool:
    """Whether what stands behind a year is nothing, bare numbers, or a place in a work."""
    return not text or bool(re.fullmatch(VALUE, text)) or is_place(text)


def _each_year(match: re.Match[str], family: str, place: str, before: str = "") -> list[Cited]:
    """One work for each of «2019a, 2019b», «2019a, b», «2008, 2010»; the place belongs to the last."""
    years = [match["year"] + (match["letter"] or "")]
    for more in re.findall(r"\w+", match["more"] or ""):
        years.append(more if more[0].isdigit() else match["year"] + more)
    return [Cited("", place if at == len(years) - 1 else "", "" if at else before, family, year) for at, year in enumerate(years)]


def find_told(text: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, list[tuple[Cited, str]]]]:
    """Where a text names its authors and has the year in brackets, Hart and Cole (2008, p. 4): where that stands, and what it means."""
    for match in YEAR_ALONE.finditer(text):
        place = (match["place"] or "").strip()
        if not _may_be_place(place):
            continue
        before = _names_before().search(text[max(0, match.start() - BEFORE):match.start()])
        for name in re.findall(NAME, before["names"]) if before else ():
            cited = _each_year(match, name, place)
            keys = [find_named(each, entries) for each in cited]
            if all(keys):
                yield match.start(), match.end(), list(zip(cited, keys, strict=True))
                break


def read_name_alone(body: str) -> Cited | None:
    """(Harper 201), (Жұбан): a name, and a page without its word."""
    name = rf"[{UP}][\w’'ʼ-]{{1,40}}"
    match = re.fullmatch(rf"(?P<family>{name}(?:\s{name})?)(?:,?\s(?P<place>\d{{1,4}}(?:{DASH}\d{{1,4}})?))?", body.strip())
    return Cited("", match["place"] or "", "", match["family"]) if match and not re.fullmatch(YEAR, match["place"] or "") else None


def find_named(cited: Cited, entries: Sequence[Mapping[str, Any]]) -> str:
    """The key of the entry that a name and a year mean; empty where there is none, or more than one."""
    year, letter = cited.year[:4], cited.year[4:]
    dated = [entry for entry in entries if not year or year_of(entry) == year]
    near = [entry for entry in dated if _is_by(cited.family, entry)]
    if not near and year:
        near = [entry for entry in dated if _is_in_case(cited.family, first_name(entry))]
    if letter and len(near) > 1:
        marked = [entry for entry in near if re.search(rf"{year}\s?{letter}(?!\w)", str(entry.get("note", "")))]
        order = ord(letter) - ord("a" if letter.isascii() else "а")
        near = marked[:1] or near[order:order + 1]
    return str(near[0]["id"]) if len(near) == 1 else ""


def _is_by(family: str, entry: Mapping[str, Any]) -> bool:
    latin = entry.get("author-latin") or ()
    names = [first_name(entry), *(str(each.get("family", "")) for each in latin[:1]), str(entry.get("title", ""))[:TITLE]]
    for name in filter(None, names[:-1]):
        bare = name.split()[-1] if name[0].islower() else name  # Van Rijn (2021), at the head of a sentence, by van Rijn
        if fold(family) in (fold(name), fold(bare)) or fold(name) == fold(family.split()[0]):
            return True
        if CYRILLIC.search(name) and not CYRILLIC.search(family) and may_be_romanised(name, family):
            return True
    if re.match(rf"{re.escape(family)}(?:,?\s|\s?[–—-]\s)", note := str(entry.get("note", ""))) and LABELLED.match(note):
        return True
    return not entry.get("author") and len(family) > 5 and fold(names[-1]).startswith(fold(family))


def _is_in_case(said: str, name: str) -> bool:
    """Whether a name in a sentence may be that of an entry in another case: Громова, Нұрпейістің, Dunn’s."""
    if " " in said or bool(CYRILLIC.search(said)) != bool(CYRILLIC.search(name)):
        return False
    said, name = said.lower(), name.lower()
    if said.startswith(name) and re.fullmatch(r"[’'ʼ]s?", said[len(name):]):
        return True
    if not CYRILLIC.search(said):
        return False
    common = next((at for at, (one, other) in enumerate(zip(said, name, strict=False)) if one != other), min(len(said), len(name)))
    return common >= SAME and len(name) - common <= 1 + (name[-2:] in ("ая", "ий", "ый", "ой")) and len(said) - common <= 4
