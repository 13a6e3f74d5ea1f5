"""REF: are the titles and names of the references typed as they should be?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from basylym.check import Found, check
from basylym.check.entries import NAMES, language_of, names, printed, word
from basylym.model import Edition
from basylym.read.entry_fields import as_written
from basylym.typography.romanisation import fold_name

SPOILT = re.compile(
    "\ufffd|\\?{3,}"
    "|[ÐÑ][\u0080-\u00bf\u0152-\u2122]"  # UTF-8 read as windows-1252: Ð¢Ñ
    "|Ã[\u0080-\u00bf]|â€"
    "|(?:[РС][^\\sа-яА-Я\\w.,;:!?()«»\"'–—-]|[РС][ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґёєјЅѕї]){3,}"  # UTF-8 read as windows-1251
    "|[À-ÿ]{5,}")  # windows-1251 read as Latin letters: Êàçàõñòàí
"""Letters that come of a wrong encoding."""
KAZAKH = str.maketrans("әғқңөұүһіё", "агкноуухие")
"""Letters that people mistake for one another, or lack on their keyboard."""
PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»"}
NUMBERED = re.compile(r"(?<![\w(])(\w{1,2}(?=\)\s)|\w|\d\d|[ivx]{1,4})\)")
"""A number in a list, а) or 1), as it stands without an opening bracket."""
CONTAINER_SIGN = re.compile(r"(?<=\s)//(?![/\s]*$)|(?<=[^\s:/])//(?=\s+\S)")
"""What GOST has between a part and the whole; no address has it so."""
LONGEST_ABBREVIATION = 6


@check("REF-024", "“{found}” and “{expected}” may be one author", "write the name in one way; where they are two people, allow it",
       severity="warning", draft="note")
def author_spelled_two_ways(edition: Edition) -> Iterator[Found]:
    """Two references in one language spell an author almost alike: Н.А. and Н.Ә., Касымов and Қасымов, or one letter off.

    Why: databases count two people. Initials beside the whole name are the same spelling, and so is the name in another language.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгіұлы, Н. А."], title: Бірінші, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}
          - {id: again, type: book, language: kk, author: ["Үлгіұлы, Н. Ә."], title: Екінші, issued: 2002, publisher: Үлгі,
             publisher-place: Алматы}
        text: |
          Мәтін [@example; @again].

    Good::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгіұлы, Н. Ә."], title: Бірінші, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}
          - {id: again, type: book, language: kk, author: ["Үлгіұлы, Нұр Әліұлы"], title: Екінші, issued: 2002, publisher: Үлгі,
             publisher-place: Алматы}
        text: |
          Мәтін [@example; @again].

    Source: Basylym's own rule.
    """
    known: dict[tuple, list[tuple[str, str]]] = {}
    for entry in printed(edition):
        for field in NAMES:
            for name in names(entry, field):
                sign = (language_of(entry), _plain(name[0])[:2], _plain(name[1])[:1])
                others = known.setdefault(sign, [])
                if name in others:
                    continue
                # in a long list only names alike but for their Kazakh letters are compared, or the pairs would be millions
                near = others if len(others) < 100 else [each for each in others if _plain(each[0]) == _plain(name[0])]
                if twin := next((other for other in near if _almost(name, other)), None):
                    yield Found(edition.article.find_reference(entry["id"], field), ", ".join(name), ", ".join(twin))
                others.append(name)


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    """A name folded, its Kazakh letters as the Russian ones they are taken for."""
    return fold_name(text).translate(KAZAKH)


def _almost(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two names differ, but only by letters that are taken for one another, or by one letter of a long family name."""
    if not (one[1] and other[1]):
        return False
    firsts, seconds = ([re.findall(r"[^\W\d_]+", fold(name[1])) for name in (one, other)] for fold in (fold_name, _plain))

    def agree(parts: list[list[str]]) -> bool:
        pairs = list(zip(*parts, strict=False))
        return all(a == b or min(len(a), len(b)) == 1 and a[0] == b[0] for a, b in pairs)

    if fold_name(one[0]) == fold_name(other[0]):
        return not agree(firsts) and agree(seconds)
    if _plain(one[0]) == _plain(other[0]):
        return agree(seconds)
    whole = len(firsts[0]) == len(firsts[1]) > 1 and agree(firsts)
    return whole and min(len(one[0]), len(other[0])) > 5 and _one_slip(fold_name(one[0]), fold_name(other[0]))


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter is changed, lost or added; not at the end, where Ахметов and Ахметова are two people."""
    if len(one) > len(other):
        one, other = other, one
    at = next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return at < len(one) - 1 and one[at + (len(one) == len(other)):] == other[at + 1:]


@check("REF-025", "the title of “{found}” is in capitals", "type it in small letters, names with a capital", severity="warning")
def entry_title_in_capitals(edition: Edition) -> Iterator[Found]:
    """A reference's title is typed in capitals.

    Why: it shouts from the list, and names and abbreviations can't be told from other words any more.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: МЫСАЛ КІТАПТЫҢ АТАУЫ, issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: БАҚ пен ЖОО, issued: 2001, publisher: ҮЛГІ, publisher-place: Алматы}

    Source: Basylym's own rule.
    """
    for entry in printed(edition):
        title = word(entry, "title")
        letters = [letter for letter in title if letter.isalpha()]
        long = any(len(each) > LONGEST_ABBREVIATION and each.isupper() for each in re.findall(r"[^\W\d_]+", title))
        if long and len(letters) > 10 and sum(map(str.isupper, letters)) > 0.8 * len(letters):
            yield Found(edition.article.find_reference(entry["id"], "title"), entry["id"])


@check("REF-026", "“{found}” in the title of “{key}” has no partner", "add the other one, or take this one out", severity="warning")
def title_unbalanced(edition: Edition) -> Iterator[Found]:
    """A bracket or quotation mark in a reference's title is opened and not closed, or closed and not opened.

    Why: the title was cut off, or a mark was lost in copying.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: «Мысал кітап, issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: "«Мысал» кітап (1-бөлім), а) бірінші, б) „екінші“", issued: 2001,
             publisher: Үлгі, publisher-place: Алматы}

    Source: Basylym's own rule.
    """
    for entry in printed(edition):
        title = word(entry, "title")
        if not SPOILT.search(title) and (mark := _without_partner(title)):
            yield Found(edition.article.find_reference(entry["id"], "title"), mark, values={"key": entry["id"]})


def _without_partner(title: str) -> str:
    """The first mark that has no partner; a list's «а)», inches and apostrophes are none."""
    title = re.sub(r"(?<=\d)[\"”]", "", title) if title.count('"') % 2 else title
    # (part 2) closes what it opens; in (either: a) one, b) two) the small ones close nothing
    bracket = _bracket_alone(title) and _bracket_alone(NUMBERED.sub(r"\1", title))
    curly = re.findall("[“”„‟]", title)
    straight = title.count('"')
    return bracket or (curly[-1] if len(curly) % 2 else '"' if straight % 2 else "")


def _bracket_alone(title: str) -> str:
    """The first bracket without a partner; the bracket of a number in a list, «а)», needs none."""
    numbers = {match.end() - 1 for match in NUMBERED.finditer(title)}
    opened: list[str] = []
    for at, letter in enumerate(title):
        if letter in PAIRS:
            opened.append(letter)
        elif letter in PAIRS.values():
            if opened and PAIRS[opened[-1]] == letter:
                opened.pop()
            elif at not in numbers:
                return letter
    return opened[-1] if opened else ""


@check("REF-054", "“//” stands in the title of “{key}”: {found}", "put what follows it under “{name}”: {expected}", severity="warning")
def container_in_title(edition: Edition) -> Iterator[Found]:
    """The title of a reference goes on after “//” with the journal or book that the work stands in.

    Why: the sign is GOST's, and the style sets it. Typed, it comes out in styles that have another, the journal is neither set in
    italics nor found, and the second list romanises it as a part of the title.

    Bad::

        references:
          - {id: example, type: article-journal, language: kk, author: [{family: Үлгі}], title: Мысал мақала //Үлгі жаршысы,
             container-title: Үлгі жаршысы, issued: 2001, page: 5–19}

    Good::

        references:
          - {id: example, type: article-journal, language: kk, author: [{family: Үлгі}], title: "Мысал мақала: https://journal.example",
             container-title: Үлгі жаршысы, issued: 2001, page: 5–19}

    Source: GOST 7.1-2003, 7 (the sign stands between a part and the whole).
    """
    for entry in printed(edition):
        title = word(entry, "title")
        if match := CONTAINER_SIGN.search(title):
            place = edition.article.find_reference(entry["id"], "title")
            yield Found(place, title, title[match.end():].strip(), {"key": entry["id"], "name": as_written("container-title", place.path)})


@check("REF-027", "“{found}” came through a wrong encoding", "type it again, or export the reference as UTF-8", draft="warning")
def entry_encoding_broken(edition: Edition) -> Iterator[Found]:
    """A field of a reference holds letters that come of a wrong encoding: Ð¢Ñ, Êàçàõ, ????.

    Why: nobody can read it; it went through a program that took one encoding for another.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: "ÐšÑ–Ñ‚Ð°Ð¿", issued: 2001, publisher: Үлгі, publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: "Тіл??", issued: 2001, publisher: Éditions naïves, publisher-place: Алматы}

    Source: Unicode 16, 3.9 (U+FFFD stands for what could not be decoded); Basylym's own rule.
    """
    for entry in printed(edition):
        texts = [(field, word(entry, field)) for field in ("title", "container-title", "publisher", "publisher-place")]
        texts += [(field, " ".join(name)) for field in NAMES for name in names(entry, field)]
        for field, text in texts:
            if SPOILT.search(text):
                yield Found(edition.article.find_reference(entry["id"], field), text[:60])
