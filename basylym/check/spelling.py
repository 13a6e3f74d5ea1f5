"""TYP: does any dictionary know the words?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from basylym.check import Found, check
from basylym.check.slips import OURS, found_slip
from basylym.model import Edition
from basylym.read.prose import prose
from basylym.typography.dictionaries import Lookup, find_dictionary, load_dictionary
from basylym.typography.spelling import find_unknown_words


@check("TYP-018", "no dictionary knows the word “{found}”", "mend it, or add it under known_words: in journal.yaml",
       severity="note")
def unknown_word(edition: Edition) -> Iterator[Found]:
    """A word stands in no dictionary of the article's languages, nor in the journal's own list.

    Why: it may be mistyped. Mostly it is a term that dictionaries lack, above all in Kazakh, so this is a hint, told once a word, and
    only in journals that ask for it by `spelling: on`. It needs hunspell's dictionaries (hunspell-kk, hunspell-ru …) and
    spylls (pip install basylym[spelling]); a text in a language without a dictionary is left alone. Where the journal's folder
    languages/ holds dictionaries, or plain lists of words such as uk.dic, they alone are asked, so that all editors see the same.

    Bad::

        journal: {spelling: "on"}
        beside: {../languages/uk.dic: "це\\nслово\\nвідоме\\n"}
        text: |
          Мәтін [@example].

          ::: {lang=uk}
          Це слово відмое.
          :::

    Good::

        journal: {spelling: "on", known_words: [нове]}
        beside: {../languages/uk.dic: "це\\nслово\\nвідоме\\n"}
        text: |
          Мәтін [@example].

          ::: {lang=uk}
          Це слово відоме, а "Basylym" і нове – слово.
          :::

    Source: Basylym's own rule.
    """
    if not edition.journal.spelling:
        return
    known = {word.lower() for word in edition.journal.known_words}
    told: set[str] = set()
    dictionary = cache(partial(_dictionary, edition))  # looked for in many folders: once a language, not at each passage
    for passage in prose(edition.article):
        if passage.kind not in OURS or not dictionary(passage.language):
            continue
        lookups = [lookup for tag in dict.fromkeys((passage.language, *edition.languages)) if (lookup := dictionary(tag))]
        for slip in find_unknown_words(passage.text, lookups, known):
            if slip.found.lower() not in told:
                told.add(slip.found.lower())
                yield found_slip(passage, slip)


def _dictionary(edition: Edition, tag: str) -> Lookup | None:
    path = find_dictionary(tag, edition.languages_folder)
    return load_dictionary(path) if path else None
