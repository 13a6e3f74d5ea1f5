"""REF: is each person of a reference one person, with the parts of the name in their places?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from basylym.check import Found, check
from basylym.check.entries import NAMES, Entry, printed
from basylym.messages import Phrase
from basylym.model import Edition, Place
from basylym.typography.romanisation import fold_name

FIELDS = (*NAMES, "author-latin", "editor-latin")
LONGEST = 1000
"""Letters of a name that are looked at."""
SURNAME = r"(?<![\w.])[^\W\d_a-zа-яё][\w'’ʹ-]{1,40}"
INITIALS = r"(?<!\w)(?:[^\W\d_a-zа-яё]\.[ -]?){1,3}"
PATRONYMIC = r"(?<!\w)\w{1,30}(?:[ое]вич|[ое]вна|ич|улы|ұлы|кызы|қызы)(?!\w)"
AND = r"(?:и|және|мен|пен|бен|and|&)"
PERSON = re.compile(rf"{SURNAME} {SURNAME} {PATRONYMIC}|{SURNAME},? ?{INITIALS}|{INITIALS}{SURNAME}|{SURNAME} [A-Z]{{1,3}}(?=[,;]|$)")
"""A whole person: a name with a patronymic, or a family name with initials, the last without dots as medical journals have them."""
BETWEEN = re.compile(rf"(?:[\s,;.]|(?<!\w){AND}(?!\w))*")
"""What stands between people."""
JOINED = re.compile(rf"({SURNAME}) ?({INITIALS})|({INITIALS})({SURNAME})")
GIVEN = re.compile(rf"{SURNAME}(?: {SURNAME})?( {INITIALS})?")
ALL_INITIALS = re.compile(INITIALS)
ENDS_IN_AND = re.compile(rf" {AND}$")
TWO = re.compile(rf"({SURNAME}) {AND} ({SURNAME})")
ENDING = re.compile(r"(?:[оеё]в|[оеё]ва|[иы]н|[иы]на|[сц]кий|[сц]кая|енко|ұлы|қызы|ov|ova|ev|eva|yev|yeva|sky|skaya|enko)$")
"""How family names end that no firm has."""
OTHERS = re.compile(r"(?:^|[\s,;]+)(?:и др(?:угие|\.|$)|(?:және |ж\. ?)?т\. ?б\.?|және басқалар(?:ы)?"
                    r"|et\.? al(?:ii|\.|$)|and others)[\s.,;]*$")
"""The words for further authors; a lone “others” is BibTeX's own sign for them, and is printed as it should be."""
NO_NAME = re.compile(r"[^\W\d_a-zа-яё](?: [^\W\d_a-zа-яё]){1,2}|[B-DF-HJ-NP-TV-XZБ-ДЖЗК-НП-ТФ-Щ]{1,3}")
"""Initials without dots: several letters apart, or letters without a vowel, which are no name, as O, U and Li are."""
CYRILLIC_NAME = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{1,30}(?:-[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{1,30})?")
ADJECTIVE = re.compile(r"(?:[ыи]й|ая|[оеы]е|[лдт][ыі][қк])$")
FIRM = re.compile(
    r"(?i)(?<!\w)(?:банк|лига|союз|парти|институт|университет|баспа|издательств|газет|журнал|радио|агент|академи|музей|қоры?(?!\w)|фонд"
    r"|кітапхана|библиотек|мұрағат|архив|орда|жаршы|республика|одағы|құрама|федераци|област|облыс|комитет|министр|совет|кеңес|наци|ұлт)")
"""How words begin that name no person."""
LEAST_CAPITALS = 4
"""Capitals that may be no abbreviation."""


def people(edition: Edition) -> Iterator[tuple[Entry, Place, str, str, str]]:
    """Every person of the printed list: the entry, the place, the family name, the given one, and the whole name."""
    for entry in printed(edition):
        for field in FIELDS:
            value = entry.get(field)
            for each in value if isinstance(value, list) else ():
                if isinstance(each, Mapping):
                    family, suffix, given, literal, dropping = (
                        " ".join(unescape(str(each.get(part) or ""))[:LONGEST].split())
                        for part in ("family", "suffix", "given", "literal", "dropping-particle"))
                    if dropping in ("и", "and", "және"):  # BibTeX takes every small word so
                        family, given = f"{given} {dropping} {family}".strip(), ""
                    whole = literal or ", ".join(filter(None, (family, suffix, given)))
                    yield entry, edition.article.find_reference(entry["id"], field), family, given, whole


def _split(family: str, given: str, whole: str) -> list[str]:
    """The people that stand in one name; none where it is one."""
    whole = OTHERS.sub("", whole)
    found = [match[0].strip() for match in PERSON.finditer(whole)]
    if len(found) > 1 and BETWEEN.fullmatch(PERSON.sub("", whole)):
        return found
    parts = [part.strip() for part in whole.split(";") if part.strip()]
    if len(parts) > 1 and all(len(part.split()) <= 4 for part in parts):
        return parts
    two = TWO.fullmatch(f"{given} {family}" if ENDS_IN_AND.search(given) else family or whole)
    return [two[1], two[2]] if two and (family or ENDING.search(two[1]) and ENDING.search(two[2])) else []


@check("REF-036", "“{found}” in “{key}” is more than one person", "give each a name of its own: {expected}", draft="warning")
def people_in_one_name(edition: Edition) -> Iterator[Found]:
    """Several people stand in one name of a reference.

    Why: they are printed and counted as one; initials, order and «и др.» come out wrong. In BibTeX people are parted by “and”, in YAML
    each has a line.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, Арман; Мысал, Болат"], title: Мысал кітап, issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, А. Б.", "Мысал, В. Г.", "Үлгі және Мысал баспасы"], title: Мысал кітап,
             issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Source: CSL-JSON, name variables (one object a person); BibTeX's own syntax.
    """
    for entry, place, family, given, whole in people(edition):
        if found := _split(family, given, whole):
            yield Found(place, whole, "; ".join(found), {"key": entry["id"]})


@check("REF-037", "“{found}” in “{key}” holds the words for further authors", "name them all, or end the list with the last one known: "
       "the words come by themselves", draft="warning")
def others_as_author(edition: Edition) -> Iterator[Found]:
    """«и др.», «т.б.» or “et al.” is typed as an author of a reference, or behind one.

    Why: a list prints the words where its style has them, in the entry's language; typed, they are taken for somebody's name.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, А. Б.", "және т.б."], title: Мысал кітап, issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, А. Б.", "Мысал, Т. Б."], title: Мысал кітап, issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Source: CSL 1.0.2, `et-al-min`; GOST 7.1-2003, 5.2.6.2 (authors that are left out).
    """
    for entry, place, _, _, whole in people(edition):
        if OTHERS.search(whole):
            yield Found(place, whole, OTHERS.sub("", whole), {"key": entry["id"]})


@check("REF-038", "“{found}” in “{key}” is a whole name in the place of the family name", "part them by a comma: {expected}",
       severity="warning", draft="note")
def initials_in_family(edition: Edition) -> Iterator[Found]:
    """Initials stand in the family name of a person, or the person is typed without a comma.

    Why: the name can't be put in another order, romanised or sorted; where a style prints initials first, they come last.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: [{family: Үлгі А.Б., given: Арман}], title: Мысал кітап, issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, А. Б."], title: Мысал кітап, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Source: CSL-JSON, `family` and `given`.
    """
    for entry, place, family, given, whole in people(edition):
        name = OTHERS.sub("", family or whole)
        if not family and (expected := _family_first(whole)):
            yield Found(place, whole, expected, {"key": entry["id"]})
        match = JOINED.fullmatch(name)
        if match and not _split(family, given, whole):
            surname, initials = match[1] or match[4], match[2] or match[3]
            yield Found(place, whole, f"{surname}, {given or _spaced(initials)}", {"key": entry["id"]})


def _family_first(whole: str) -> str:
    """«Мысалов Арман» or «Арман Мысалов» with its comma; nothing where it may be a firm or a name without a family name."""
    words = whole.split()
    if len(words) != 2 or not all(CYRILLIC_NAME.fullmatch(word) for word in words) or re.fullmatch(PATRONYMIC, words[1]):
        return ""
    if FIRM.search(whole) or (ADJECTIVE.search(words[0]) and not ENDING.search(words[0].lower())):
        return ""
    turned = ENDING.search(words[1]) and not ENDING.search(words[0]) and not re.search(r"[иы]на?$", words[1])  # Ирина
    return f"{words[1]}, {words[0]}" if turned else f"{words[0]}, {words[1]}"


def _spaced(initials: str) -> str:
    """Initials as they are typed in references: А. Б."""
    return re.sub(r"\.(?=\w)", ". ", initials.strip())


def _initials_of(family: str, given: str) -> str:
    """The initials that stand for a family name, with those that BibTeX left with the given one; nothing where it is a name."""
    if not (match := GIVEN.fullmatch(given)):
        return ""
    return _spaced(f"{match[1] or ''} {family}") if ALL_INITIALS.fullmatch(family) or NO_NAME.fullmatch(family) else ""


@check("REF-039", "the initials “{found}” in “{key}” stand in the place of the family name",
       "change the two: {expected}{organisation}", draft="warning")
def family_swapped(edition: Edition) -> Iterator[Found]:
    """A person of a reference has initials for a family name, and the family name where the given one belongs.

    Why: the entry is sorted by the initials, and the family name is cut to a letter. BibTeX takes “Family AB” so: it wants a comma.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: [{family: Б, given: Үлгі}], title: Мысал кітап, issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, author: [{family: Үлгі, given: Б}], title: Мысал кітап, issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Source: CSL-JSON, `family` and `given`; BibTeX's own syntax.
    """
    for entry, place, family, given, _ in people(edition):
        if initials := _initials_of(family, given):
            yield Found(place, family, f"{re.sub(rf' {INITIALS}$', '', given)}, {initials}",
                        {"key": entry["id"], "organisation": _organisation(place.path, f"{given} {family}")})


def _organisation(path: str, whole: str) -> object:
    """What to do where several words without a full stop, Open Data KZ, are no person's name."""
    if "." in whole or len(whole.split()) < 3:
        return ""
    braces = path.lower().endswith((".bib", ".bibtex", ".biblatex"))
    return Phrase("; an organisation is written whole: {written}",
                  written=f"{{{{{whole}}}}}" if braces else f'{{literal: "{whole}"}}')


@check("REF-040", "“{found}” stands twice in “{key}”", "take one out; where they are two people, allow it", severity="warning",
       draft="note")
def author_twice(edition: Edition) -> Iterator[Found]:
    """One person stands twice among the authors, or among the editors, of a reference.

    Why: most often the second is a slip for somebody else, who is left out.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, А. Б.", "Үлгі, А.Б."], title: Мысал кітап, issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгі, А. Б.", "Үлгі, Б. А."], title: Мысал кітап, issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Source: Basylym's own rule.
    """
    seen: dict[tuple, int] = {}
    for entry, place, family, given, whole in people(edition):
        letters = tuple(re.sub(r"\W+", "", fold_name(part)) for part in ((family, given) if family else (whole, "")))
        sign = (entry["id"], place.field or place, letters)
        seen[sign] = seen.get(sign, 0) + 1
        if seen[sign] == 2 and any(letters):
            yield Found(place, whole, values={"key": entry["id"]})


@check("REF-041", "the family name “{found}” in “{key}” is in capitals", "type it in small letters: {expected}", severity="warning",
       draft="note")
def family_in_capitals(edition: Edition) -> Iterator[Found]:
    """A person's family name is typed in capitals.

    Why: it shouts from the list; where a journal wants capitals, its style sets them.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: ["МЫСАЛОВ, А. Б."], title: Мысал кітап, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, author: ["Мысалов, А. Б.", "ЮНЕСКО"], title: Мысал кітап, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Source: Basylym's own rule.
    """
    for entry, place, family, given, _ in people(edition):
        if given and family.isupper() and sum(map(str.isalpha, family)) >= LEAST_CAPITALS and not re.search(r"\.|\d", family):
            small = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), family)
            yield Found(place, family, small, {"key": entry["id"]})
