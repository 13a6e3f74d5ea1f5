"""REF: can the second list of references be written in Latin letters?"""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.check.entries import names, printed, word
from basylym.messages import LanguageName
from basylym.model import Edition
from basylym.typography.transliteration import foreign_letters, schemes

TEXTS = ("title", "container-title", "publisher", "publisher-place", "collection-title", "volume-title", "genre", "archive",
         "archive_location", "volume", "issue", "number", "edition", "page")
"""What the second list romanises, beside names."""
PEOPLE = ("author", "editor", "translator")
LATIN = ("title", "container-title", "publisher", "publisher-place", "author", "editor")
"""What an entry may give in Latin letters beside."""


@check("REF-070", "“{found}” stays as it is in the second list, in “{key}”", "give the field in Latin letters: {field}", draft="note",
       severity="warning")
def letter_without_romanisation(edition: Edition) -> Iterator[Found]:
    """A reference has letters that no scheme of transliteration writes in Latin: Chinese, Arabic, Greek, rare Cyrillic ones.

    Why: they would stand in the second list as they are, and that list is there for those who read Latin letters alone. What the
    reference gives itself, `title-latin` and its like, is taken before any scheme. A Greek letter alone is a sign.

    Bad::

        journal: {second_list: apa}
        references:
          - {id: example, type: book, language: ba, title: Башҡорт теле, title-en: The Bashkir Language, issued: 2001, publisher: Sample,
             publisher-place: London}

    Good::

        journal: {second_list: apa}
        references:
          - {id: example, type: book, language: ba, title: Башҡорт теле, title-latin: Bashqort tele, title-en: The Bashkir Language,
             issued: 2001, publisher: Sample, publisher-place: London}

    Source: `second_list` in journal.yaml; GOST 7.79-2000, 5.1, the table for all languages, is the last that is asked.
    """
    for entry in printed(edition) if edition.journal.second_list else ():
        texts = [(field, word(entry, field)) for field in TEXTS if not word(entry, f"{field}-latin")]
        texts += [(field, " ".join(" ".join(name) for name in names(entry, field))) for field in PEOPLE if not entry.get(f"{field}-latin")]
        for field, text in texts:
            if letters := foreign_letters(text):
                yield Found(edition.article.find_reference(entry["id"], field), " ".join(letters),
                            values={"key": entry["id"], "field": f"{field}-latin" if field in LATIN else field})


@check("REF-071", "the scheme {found} has no table for {language}", "choose one of: {expected}", severity="warning")
def scheme_without_table(edition: Edition) -> Iterator[Found]:
    """journal.yaml names a scheme of transliteration for a language that this scheme does not know.

    Why: the entries in that language would be written by another scheme, BGN/PCGN or ISO 9, and nobody chose it.

    Bad::

        journal: {second_list: apa, transliteration: {kk: bsi}}
        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, title-en: A sample book, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Good::

        journal: {second_list: apa, transliteration: {kk: bgn-pcgn, ru: bsi, tg: iso-9}}
        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, title-en: A sample book, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Source: docs/transliteration.md, the tables of each scheme.
    """
    for tag, name in edition.journal.transliteration.items() if edition.journal.second_list else ():
        if name in schemes() and not schemes()[name].covers(tag):
            able = ", ".join(scheme.id for scheme in schemes().values() if scheme.covers(tag))
            yield Found(edition.journal_places.find("transliteration", tag), name, able, {"language": LanguageName(tag)})
