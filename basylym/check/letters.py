"""TYP: is every word typed in the letters of its own alphabet?"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from basylym.check import Found, check
from basylym.check.entries import NAMES, language_of, language_of_title, names, printed, word
from basylym.check.slips import find_in_shared_texts, find_mistyped, found_slip, shared_texts, usage_of
from basylym.messages import LanguageName
from basylym.model import Edition
from basylym.read.prose import CITED, prose
from basylym.typography import Slip
from basylym.typography.letters import find_mixed_words
from basylym.typography.slips.letters import find_decomposed, find_letterless, find_look_alikes, find_roman
from basylym.typography.slips.usage import Usage


@check("TYP-002", "the word “{found}” mixes Cyrillic and Latin letters; of the other alphabet: {letters}",
       "type the whole word in one alphabet", severity="warning")
def word_in_two_alphabets(edition: Edition) -> Iterator[Found]:
    """A word holds both Cyrillic and Latin letters.

    Why: many letters of the two alphabets look the same on paper, but no search, index or spelling dictionary finds the word. A Latin
    name or abbreviation with a Kazakh ending (KOICAның, PDFтен) and the parts of a compound (IT-компания) are right as they are.

    Bad::

        text: |
          Бұл мaқала туралы [@example].

    Good::

        text: |
          Бұл мақала, KOICAның PDFтен алынған IT-есебі туралы [@example].

    Source: Unicode Technical Standard 39, 5 (mixed-script detection).
    """
    for passage in prose(edition.article):
        usage = usage_of(edition, passage.language)
        for slip in find_mixed_words(passage.text, usage.alphabet if usage else ""):
            yield found_slip(passage, slip)
    yield from find_in_shared_texts(edition, lambda text, usage: find_mixed_words(text, usage.alphabet))


@check("TYP-003", "the Roman numeral “{found}” is typed in Cyrillic letters", "type it in Latin letters, {expected}", severity="warning")
def roman_numeral_in_cyrillic(edition: Edition) -> Iterator[Found]:
    """A Roman numeral holds Cyrillic letters.

    Why: Х and І look like X and I, but a search for XXI finds nothing, and a screen reader spells the letters out. Single letters
    are numerals only before a word such as «ғасыр» or «век»; initials and abbreviations are left alone.

    Bad::

        text: |
          Мәтін ХХІ ғасырда және ХVІ сессияда жазылды [@example].

    Good::

        text: |
          Мәтін XXI ғасырда жазылды, авторы – Х. Мысалов [@example].

    Source: Unicode Standard 16, 22.3.3 (Roman numerals are composed of Latin letters).
    """
    yield from find_mistyped(edition, find_roman)
    yield from find_in_shared_texts(edition, find_roman)
    yield from _find_in_references(edition, find_roman, lambda usage: True, initials=False)


@check("TYP-004", "the word “{found}” has a letter of an old font or of another alphabet", "write {expected}", severity="warning")
def look_alike_letter(edition: Edition) -> Iterator[Found]:
    """A letter stands for another that it looks like: ӛ or ə for ө or ә.

    Why: fonts from before Unicode had Kazakh letters in the places of others, and texts still carry them. They are printed almost
    alike and found by no search. Other languages have these letters, so a word of theirs is to be marked with its language.

    Bad::

        text: |
          Бұл мəтінде түйінді сӛздер бар [@example].

    Good::

        text: |
          Бұл мәтінде түйінді сөздер бар [@example].

    Source: Unicode code charts, U+0400–052F; the Kazakh alphabet.
    """
    yield from find_mistyped(edition, find_look_alikes)
    yield from find_in_shared_texts(edition, find_look_alikes)
    yield from _find_in_references(edition, find_look_alikes, lambda usage: bool(usage.look_alikes))


def _find_in_references(edition: Edition, find: Callable[[str, Usage], Iterable[Slip]], knows: Callable[[Usage], bool],
                        initials: bool = True) -> Iterator[Found]:
    """What `find` finds in the references beside their prose: in names, without `initials` those of organisations alone, and in texts
    of which the language `knows` nothing. A Kazakh name may stand in any of them, but only there ə is no letter of another language."""
    kazakh = usage_of(edition, "kk")
    schwa = replace(kazakh, look_alikes={letter: right for letter, right in kazakh.look_alikes.items() if letter in "əƏ"})
    for entry in printed(edition):
        read = usage_of(edition, str(entry.get("language") or edition.language))
        own = usage_of(edition, language_of(entry) or language_of_title(edition, entry) or edition.language)
        usage = own if own and knows(own) else schwa
        texts = [(field, " ".join(name)) for field in NAMES for name in names(entry, field) if initials or not name[1]]
        if not (read and knows(read)):
            texts += [(field, word(entry, field)) for field in CITED]
        for field, text in texts:
            for slip in find(text, usage) if not text.isascii() else ():
                yield Found(edition.article.find_reference(entry["id"], field), slip.found, slip.expected)


@check("TYP-005", "the letter “{found}” is typed in two parts", "type {expected} as one letter", severity="warning")
def letter_in_parts(edition: Edition) -> Iterator[Found]:
    """A letter is typed as another and a mark above it, й as и and a breve.

    Why: it looks right and comes from PDF files and file names of macOS, but an editor's search, hyphenation and spelling take it
    for two letters.

    Bad::

        text: |
          Кейінгі саи&#x306;т туралы мәтін [@example].

    Good::

        text: |
          Кейінгі сайт туралы мәтін [@example].

    Source: Unicode Standard Annex 15 (normalization form C).
    """
    yield from find_mistyped(edition, find_decomposed)
    yield from find_in_shared_texts(edition, find_decomposed)


@check("TYP-006", "this Kazakh text is typed without the letters that Kazakh alone has: “{found}” for “{expected}”",
       "type it with a Kazakh keyboard", severity="warning")
def kazakh_without_its_letters(edition: Edition) -> Iterator[Found]:
    """A Kazakh text has none of ә ғ қ ң ө ұ ү һ і, but small words that are typed without them.

    Why: what was typed with a Russian keyboard is read with effort, is found by no search and taken for another language by
    programs. Nobody but a reader can put the letters back.

    Bad::

        text: |
          Мәтін [@example].

          Бул макалада казак тилинин тарихы жане онын казирги жагдайы туралы айтылады.

    Good::

        text: |
          Бұл мақалада қазақ тілінің тарихы және оның қазіргі жағдайы туралы айтылады [@example].

    Source: the Kazakh alphabet.
    """
    yield from find_mistyped(edition, find_letterless)
    yield from find_in_shared_texts(edition, find_letterless)


@check("TYP-019", "the word “{found}” has letters that {language} lacks ({letters}), and does not stand in the other languages either",
       "write it in the letters of {language}, or as it stands in its own language", severity="warning")
def letter_of_another_language(edition: Edition) -> Iterator[Found]:
    """In journal.yaml or the name of a section, a word is half translated: it has letters of another of the languages, but is no word
    of the text in that language.

    Why: a Russian name with a Kazakh «і» left in it is neither the one nor the other, no search finds it, and every article prints it.
    A name that is left as it is in its own language, «Қазақ университеті», is right.

    Bad::

        journal: {founder: {kk: «Үлгі» қоры, ru: Фонд «Улгі», en: Ulgi Foundation}}

    Good::

        journal: {founder: {kk: «Үлгі» қоры, ru: Фонд «Үлгі», en: Ulgi Foundation}}

    Source: the alphabets of the languages.
    """
    for texts, places, keys in shared_texts(edition):
        known = {tag: usage.alphabet for tag in texts if (usage := usage_of(edition, tag)) and usage.alphabet}
        spoken = {tag: re.findall(r"[^\W\d_]{2,}", texts[tag]) for tag in known}
        for tag, alphabet in known.items():
            for typed in spoken[tag]:
                used = set(typed.lower())
                others = [other for other in known if used <= known[other]]
                if used & alphabet and used - alphabet and others and not any(_is_among(typed, spoken[other]) for other in others):
                    yield Found(places.find_words(typed, *keys, tag), typed, values={
                        "language": LanguageName(tag), "letters": ", ".join(sorted(used - alphabet))})


def _is_among(typed: str, words: Collection[str]) -> bool:
    """Whether a word stands among others, with whatever ending."""
    word = typed.lower()
    return any(each.startswith(word) or (len(each) > 3 and word.startswith(each)) for each in map(str.lower, words))
