"""TYP: quotation marks in pairs, words said once and spelled in one way, headings, and the language of each paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.slips import OURS, find_mistyped, found_slip, usage_of
from basylym.languages import known_languages
from basylym.languages.identify import identify_language
from basylym.messages import LanguageName
from basylym.model import Edition
from basylym.read.prose import HOLE, Passage, prose
from basylym.typography import Slip
from basylym.typography.slips.letters import find_letterless
from basylym.typography.slips.quotes import ends_quotation, find_foreign_quotes, find_unbalanced
from basylym.typography.slips.spaces import find_heading_stop
from basylym.typography.slips.usage import Usage
from basylym.typography.slips.variants import find_variants
from basylym.typography.slips.words import find_doubled

WORDS = 12
"""The shortest paragraph whose language is judged, in words."""
FURTHEST = 5
"""In how many further paragraphs a quotation may be closed."""
SHOWN = 40
"""How many characters of a paragraph are shown."""


@check("TYP-012", "the quotation mark in “{found}” has no other", "open and close the quotation, or take the mark out", severity="warning")
def quotation_unclosed(edition: Edition) -> Iterator[Found]:
    """A quotation is opened and never closed, or closed and never opened.

    Why: readers can't tell where the words of another end. A quotation may be closed in a later paragraph, and each paragraph of a
    long one may open it anew.

    Bad::

        text: |
          Автор «бұл мәтін қысқа деп жазды [@example].

    Good::

        text: |
          Автор «бұл мәтін қысқа» деп жазды [@example].

          Тағы: «бірінші сөйлем.

          Екінші сөйлем».

    Source: the rules of Kazakh punctuation at emle.kz (quotation marks).
    """
    waiting: tuple[int, Passage, Slip] | None = None
    for number, passage in enumerate(prose(edition.article)):
        usage = usage_of(edition, passage.language)
        if passage.kind not in OURS or not usage:
            continue
        if waiting and waiting[2].start == 0 and number - waiting[0] <= FURTHEST and ends_quotation(passage.text):
            waiting = None
        for slip in find_unbalanced(passage.text, usage):
            whole = passage.kind in ("paragraph", "line") and not passage.field
            if waiting and not slip.values["opens"] and whole and number - waiting[0] <= FURTHEST:
                waiting = None
            elif whole and slip.values["opens"]:
                # English quotations open anew in each paragraph
                if waiting and not (slip.start == 0 and number - waiting[0] <= FURTHEST):
                    yield found_slip(waiting[1], waiting[2])
                waiting = number, passage, slip
            else:
                yield found_slip(passage, slip)
    if waiting:
        yield found_slip(waiting[1], waiting[2])


@check("TYP-013", "the quotation mark in “{found}” is another language's", "write {expected}", severity="warning")
def quotation_mark_of_another_language(edition: Edition) -> Iterator[Found]:
    """Quotation marks are those of another language than the text's: “…” in Kazakh, «…» in English.

    Why: each language has its own, and an article that mixes them looks careless. Straight marks are as good as any: they are
    printed as the language has them.

    Bad::

        text: |
          Автор “бұл мәтін қысқа” деп жазды [@example].

    Good::

        text: |
          Автор «бұл мәтін қысқа» және "осы мәтін" деп жазды, ["a short text"]{lang=en} [@example].

    Source: Unicode CLDR 48, delimiters of each language.
    """
    yield from find_mistyped(edition, find_foreign_quotes, OURS)


@check("TYP-014", "“{found}” says a word twice", "write {expected}", severity="warning")
def word_doubled(edition: Edition) -> Iterator[Found]:
    """The same word stands twice in a row.

    Why: it is the commonest slip of editing, and the eye passes over it. Words that a language says twice on purpose are known to its
    file and left alone: «ұзақ ұзақ», «чуть чуть». Most small words may stand twice («Асан мен мен», "log in in June"), so that only
    those that never do are mended.

    Bad::

        text: |
          Мәтін және және оның авторы [@example].

    Good::

        text: |
          Мәтін мен оның авторы туралы ұзақ ұзақ айтылды, айта айта жалықпады [@example].

    Source: Basylym's own rule.
    """
    yield from find_mistyped(edition, find_doubled, OURS)


@check("TYP-015", "“{found}” is spelled “{other}” elsewhere in the article", "choose one spelling", severity="warning")
def spelled_in_two_ways(edition: Edition) -> Iterator[Found]:
    """A name or a term is spelled in two ways.

    Why: search and indexes take it for two. Forms of one word are not two spellings; only letters count that are typed for each
    other, and names that lack a letter or have one too many.

    Bad::

        text: |
          Мәтінді Назарбаев жазды, бірақ оны Назарбаиев деп те атайды, ал Назарбаевтың өзі үнсіз [@example].

    Good::

        text: |
          Мәтінді Назарбаев жазды, Назарбаевтың тағы бір мәтіні бар [@example].

    Source: Basylym's own rule.
    """
    texts: dict[str, list[tuple[Passage, Usage]]] = {}
    for passage in prose(edition.article):
        usage = usage_of(edition, passage.language)
        if passage.kind in OURS and usage and not any(find_letterless(passage.text, usage)):
            texts.setdefault(passage.language, []).append((passage, usage))
    for mine in texts.values():
        for number, slip in find_variants([(passage.text, usage) for passage, usage in mine]):
            yield found_slip(mine[number][0], slip)


@check("TYP-016", "the heading ends in a full stop: “{found}”", "write {expected}", severity="warning")
def heading_ends_in_stop(edition: Edition) -> Iterator[Found]:
    """A heading ends in a full stop.

    Why: a heading stands on a line of its own and is no sentence; the contents and databases would carry the stop along.

    Bad::

        text: |
          # Кіріспе.

          Мәтін [@example].

    Good::

        text: |
          # Кіріспе және т.б.

          Мәтін [@example].

    Source: GOST 7.32-2017, 6.2.3 (headings are printed without a full stop at the end).
    """
    yield from find_mistyped(edition, find_heading_stop, {"heading"})


@check("TYP-017", "this paragraph is in {actual}, and the article says {language}: “{found}”",
       "mark it: ::: {{lang={tag}}} before it and ::: after it", severity="warning")
def paragraph_in_other_language(edition: Edition) -> Iterator[Found]:
    """A paragraph is in another language than the article, and is not marked.

    Why: hyphenation, quotation marks and screen readers follow the language that is declared; a Russian paragraph is broken and read
    by the rules of Kazakh. Short paragraphs and those whose language can't be told are never accused.

    Bad::

        text: |
          Мәтін [@example].

          Этот абзац написан на русском языке, и об этом нигде не сказано, поэтому переносы в нём будут расставлены неверно.

    Good::

        text: |
          Мәтін [@example].

          ::: {lang=ru}
          Этот абзац написан на русском языке, и об этом сказано, поэтому переносы в нём будут расставлены верно.
          :::

    Source: WCAG 2.2, success criterion 3.1.2 (language of parts).
    """
    tags = known_languages(edition.languages_folder)
    for passage in prose(edition.article):
        if passage.kind not in ("paragraph", "note", "caption") or passage.field or not usage_of(edition, passage.language):
            continue
        text = passage.text.replace(HOLE, " ")
        if len(text.split(None, WORDS)) < WORDS:
            continue
        actual = identify_language(text, tags, edition.languages_folder)
        if actual and actual.split("-")[0] != passage.language.split("-")[0]:
            start = len(passage.text) - len(passage.text.lstrip())
            end = min(len(passage.text), start + SHOWN)
            slip = Slip(start, end, passage.text[start:end].replace(HOLE, "…") + "…" * (end < len(passage.text)),
                        values={"actual": LanguageName(actual), "language": LanguageName(passage.language), "tag": actual})
            yield found_slip(passage, slip)
