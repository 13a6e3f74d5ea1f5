"""TYP: do hyphens, dashes, spaces and dots stand where they should?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from basylym.check import Found, check
from basylym.check.slips import OURS, find_mistyped, found_slip, usage_of
from basylym.model import Edition
from basylym.read.prose import Passage, prose
from basylym.typography.slips.dashes import find_dashes, find_hyphens, hyphenated_pairs
from basylym.typography.slips.spaces import find_dots, find_joined_units, find_spaces


def _pairs(edition: Edition) -> frozenset[tuple[str, str]]:
    """The words that the article joins by a hyphen."""
    return _pairs_in(prose(edition.article))


@lru_cache(maxsize=1)
def _pairs_in(passages: tuple[Passage, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for passage in passages for pair in hyphenated_pairs(passage.text))


@check("TYP-007", "“{found}” has a dash where none should stand", "write {expected}", severity="warning")
def dash_for_hyphen(edition: Edition) -> Iterator[Found]:
    """A dash, or a hyphen with spaces round it, stands inside a compound, between a number and its ending or after a Roman numeral.

    Why: «60 – тан» and «қарым – қатынас» are single words; a dash tears them apart, for readers, for line breaks and for search. A
    dash between two words is mostly right, so a finding needs a pair that the language's file knows or that the article
    writes with a hyphen elsewhere, and it is mended only where no dash can stand.

    Bad::

        text: |
          Мәтіннің 60 – тан астам беті бар, сондай – ақ оның 7 – бабы мен қарым – қатынас туралы бөлімі бар [@example].

    Good::

        text: |
          Мәтіннің 60-тан астам беті бар, ал мемлекет құрушы ұлт – қазақ халқы [@example].

    Source: the rules of Kazakh punctuation at emle.kz (hyphen and dash); Правила русской орфографии и пунктуации (2006), § 111–154.
    """
    yield from find_mistyped(edition, partial(find_dashes, known=_pairs(edition)), OURS)


@check("TYP-008", "“{found}” has a hyphen where a dash should stand", "write {expected}", severity="warning")
def hyphen_for_dash(edition: Edition) -> Iterator[Found]:
    """A hyphen, or two or three of them, stands for a dash.

    Why: a hyphen joins the parts of a word; between words with spaces it is a dash that the keyboard lacked. The mend writes the
    dash that the article uses most, else the usual one of its language. With a space on one side only it may be the end of a word
    that is spoken of, «жалғауы -лар», so that only what follows a capital is told.

    Bad::

        text: |
          Мәтін - сөйлемдердің жиынтығы [@example].

    Good::

        text: |
          Мәтін – сөйлемдердің жиынтығы, оның аты-жөні бар [@example]:
          - бірінші сөйлем
          - екінші сөйлем

    Source: the rules of Kazakh punctuation at emle.kz (hyphen and dash).
    """
    used = {mark: sum(passage.text.count(mark) for passage in prose(edition.article)) for mark in "–—"}
    dash = max(used, key=used.__getitem__) if any(used.values()) else ""
    known = _pairs(edition)
    for passage in prose(edition.article):
        usage = usage_of(edition, passage.language)
        if passage.kind not in OURS or not usage:
            continue
        for slip in find_hyphens(passage.text, usage, dash, known):
            at = passage.text.index("-", slip.start, slip.end)
            # at the beginning of a line it is an item of a list that an empty line before would have made one
            if at < 2 or passage.place(at - 2, at - 1).line == passage.place(at, at + 1).line:
                yield found_slip(passage, slip)


@check("TYP-009", "a space is missing or too many in “{found}”", "write {expected}", severity="warning")
def space_misplaced(edition: Edition) -> Iterator[Found]:
    """A space stands before a comma or inside brackets, stands twice, or is missing after a mark; or stands in a span of years.

    Why: the line may break before the comma, and reading programs count words wrong. Names such as «Яндекс.Маркет» are left alone.

    Bad::

        text: |
          Мәтін , сөйлем,абзац ( және тағы басқалар ) 2006 – 2008 жылдары жазылды [@example].

    Good::

        text: |
          Мәтін, сөйлем, абзац (және тағы басқалар) 2006–2008 жылдары жазылды [@example].

    Source: the rules of Kazakh punctuation at emle.kz (a dash between limits of time).
    """
    yield from find_mistyped(edition, find_spaces, OURS)


@check("TYP-010", "the number and its unit are run together in “{found}”", "write {expected}", severity="warning")
def unit_joined_to_number(edition: Edition) -> Iterator[Found]:
    """A unit stands right after its number, or a word right after the Roman numeral that counts it.

    Why: the standards want a space between them; it is printed as one that never breaks. Per cent, degrees of an angle, № and names
    such as 3D are left alone.

    Bad::

        text: |
          Кітаптың салмағы 5кг [@example].

    Good::

        text: |
          Кітаптың салмағы 5 кг, 3D үлгісінің бағасы 5% төмен [@example].

    Source: The International System of Units (BIPM, 9th edition), 5.4.3; GOST 8.417-2002, 8.3.
    """
    yield from find_mistyped(edition, find_joined_units, OURS)


@check("TYP-011", "three dots stand for an ellipsis in “{found}”", "write {expected}", severity="note")
def dots_for_ellipsis(edition: Edition) -> Iterator[Found]:
    """Three full stops stand where one sign, the ellipsis, is meant.

    Why: three dots can be torn apart at the end of a line, and reading programs say «dot» thrice. They are printed as an ellipsis
    in any case, so this is only a note.

    Bad::

        text: |
          Мәтін осылай аяқталды... [@example].

    Good::

        text: |
          Мәтін осылай аяқталды… [@example].

    Source: Unicode Standard 16, 6.2.7 (ellipsis).
    """
    yield from find_mistyped(edition, find_dots, OURS)
