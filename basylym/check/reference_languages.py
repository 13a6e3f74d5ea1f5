"""REF: in which language is each reference, is it told, and are its letters that language's?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from basylym.check import Found, check
from basylym.check.entries import NAMES, fold_many, in_latin, language_of, language_of_title, names, printed, word
from basylym.check.languages import script
from basylym.languages import known_languages
from basylym.languages.identify import QUOTED
from basylym.messages import LanguageName
from basylym.model import Edition
from basylym.read.entry_fields import as_written
from basylym.typography.letters import find_mixed_words
from basylym.typography.slips.letters import find_roman
from basylym.typography.slips.usage import Usage

LATIN, CYRILLIC = "ABCEHIKMOPTXYaceiopxy", "АВСЕНІКМОРТХУасеіорху"
"""Letters that look alike, in the same order."""
ALIKE = str.maketrans(LATIN + CYRILLIC, CYRILLIC + LATIN)
ABBREVIATION = re.compile(r"[A-Z]{2,}[а-яәғқңөұүһіё]{2,}")
"""A foreign abbreviation with an ending, KOICAның."""
LETTER = "[A-Za-z\u0400-\u04ff]"
LETTERS = re.compile(f"{LETTER}+")


@check("REF-019", "the language of “{found}” is not given, so it is printed in {language}", "add it, such as “{example}”",
       severity="warning", draft="note")
def entry_language_missing(edition: Edition) -> Iterator[Found]:
    """A reference does not say its language, and its title is not clearly in the article's.

    Why: each entry is printed in its own language, «Б.», «С.» or “P.”; without one it gets the words of the article's.
    More than ten in one file are one finding; a manuscript without a journal is not asked.

    Bad::

        references:
          - {id: example, type: book, title: The history of the printed book, issued: 2001, publisher: Sample, publisher-place: London}

    Good::

        references:
          - {id: example, type: book, title: Қазақ тілінің қысқаша грамматикасы және оның тарихы, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Source: CSL 1.0.2, `language`; GOST 7.1-2003, 4.6 (the words of a description are in the language of the work).
    """
    own = edition.language.split("-")[0]
    yield from fold_many(
        Found(edition.article.find_reference(entry["id"]), entry["id"],
              values={"language": LanguageName(edition.language), "example": _example(edition, entry)})
        for entry in (printed(edition) if edition.issue else ())
        if not language_of(entry) and word(entry, "title") and language_of_title(edition, entry) != own)


def _example(edition: Edition, entry: Mapping) -> str:
    """How a language is written in the file of an entry."""
    written = as_written("language", edition.article.find_reference(entry["id"]).path)
    return f"{written} {{kazakh}}" if written.endswith("=") else f'{written} "kk"' if '"' in written else f"{written} kk"


@check("REF-020", "“{found}” is said to be in {language}, but its title is in {actual}", "correct “{name}”", draft="warning")
def entry_language_differs(edition: Edition) -> Iterator[Found]:
    """A reference says one language, and its title is in another.

    Why: its words, «Б.», «С.» or “P.”, hyphenation and voice follow the language it says.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: История печатной книги и её читателей, issued: 2001, publisher: Пример,
             publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: ru, title: История печатной книги и её читателей, issued: 2001, publisher: Пример,
             publisher-place: Алматы}

    Source: CSL 1.0.2, `language`.
    """
    for entry in printed(edition):
        said, title = language_of(entry), word(entry, "title")
        if said not in known_languages(edition.languages_folder) or not title:
            continue
        actual = language_of_title(edition, {"title": QUOTED.sub(" ", title)})  # quoted words may be in any language
        if actual and actual.split("-")[0] != said:
            place = edition.article.find_reference(entry["id"], "language")
            yield Found(place, entry["id"], values={"language": LanguageName(said), "actual": LanguageName(actual),
                                                    "name": as_written("language", place.path)})


@check("REF-021", "“{found}” mixes Latin and Cyrillic letters that look alike", "type the word again: {expected}", draft="warning")
def letters_of_two_scripts(edition: Edition) -> Iterator[Found]:
    """A name has a Latin letter among Cyrillic ones, or the other way round, or a word of one letter is of the wrong alphabet.

    Why: it looks right, but no search finds it, and transliteration breaks on it. Abbreviations with an ending, «KOICAның», are right.
    Longer words of titles are told by TYP-002, Roman numerals by TYP-003.

    Bad::

        references:
          - {id: example, type: book, language: kk, author: ["Үлгi, А."], title: Мысал кітап, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: KOICAның мысал web-кітабы, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Source: Unicode Technical Standard 39, 5 (mixed-script detection).
    """
    for entry in printed(edition):
        texts = [(field, word(entry, field)) for field in ("title", "container-title", "publisher", "publisher-place")]
        told = {field: {slip.found for slip in find_mixed_words(text)} for field, text in texts}
        texts += [(field, " ".join(name)) for field in NAMES for name in names(entry, field)]
        for field, text in texts:
            for found, expected in _mixed(text):
                if any(found in each for each in told.get(field, ())):
                    continue
                yield Found(edition.article.find_reference(entry["id"], field), found, expected)


def _mixed(text: str) -> Iterator[tuple[str, str]]:
    """The words with letters of the wrong script, and the same put right."""
    for match in LETTERS.finditer(text):
        each = match[0]
        if any(find_roman(each, Usage())):  # ХIХ
            continue
        latin, cyrillic = re.findall("[A-Za-z]", each), re.findall("[\u0400-\u04ff]", each)
        if latin and cyrillic and not ABBREVIATION.fullmatch(each):
            for few, known in sorted(((latin, LATIN), (cyrillic, CYRILLIC)), key=lambda side: len(side[0])):
                if all(letter in known for letter in few):
                    yield each, "".join(letter.translate(ALIKE) if letter in few else letter for letter in each)
                    break
        elif each in "co" and re.search("[\u0430-\u04ff] $", text[:match.start()]) and re.match(" [\u0400-\u04ff]", text[match.end():]):
            yield each, each.translate(ALIKE)  # a preposition
        elif each in LATIN and re.match(r"\.", text[match.end():]) and script(text) == "CYRILLIC" and each.isupper() and len(each) == 1 \
                and re.search("[\u0430-\u04ff] $|[A-ZА-Я]\\. ?$", text[:match.start()]) and len(text) < 40:
            yield each, each.translate(ALIKE)  # an initial


@check("REF-022", "the English title of “{found}” is missing", "add “{name}” with a translation", draft="warning")
def english_title_missing(edition: Edition) -> Iterator[Found]:
    """A reference in Cyrillic has no English title, though the journal prints a second, romanised list.

    Why: the list puts the translation after the romanised title; indexers reject lists without it.

    Bad::

        journal: {second_list: apa}

    Good::

        journal: {second_list: apa}
        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, title-en: A sample book, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Source: `second_list` in journal.yaml; the requirements of Kazakhstan's journals (translations in square brackets).
    """
    for entry in printed(edition) if "title-en" in edition.translations_needed else ():
        if word(entry, "title") and not in_latin(word(entry, "title")) and not word(entry, "title-en"):
            place = edition.article.find_reference(entry["id"], "title")
            yield Found(place, entry["id"], "title-en", {"name": as_written("title-en", place.path)})


@check("REF-023", "the journal or book “{found}” has no English name",
       "add “{name}”, the name the journal itself uses in English", severity="note")
def english_container_missing(edition: Edition) -> Iterator[Found]:
    """The journal or book that a reference stands in has no English name, though the journal prints a second, romanised list.

    Why: some patterns print it after the romanised name.

    Bad::

        journal: {second_list: kaznpu-acs}
        references:
          - {id: example, type: article-magazine, language: kk, title: Мысал, title-en: A sample, container-title: Үлгі жаршысы,
             issued: 2001}

    Good::

        journal: {second_list: kaznpu-acs}
        references:
          - {id: example, type: article-magazine, language: kk, title: Мысал, title-en: A sample, container-title: Үлгі жаршысы,
             container-title-en: Bulletin of Samples, issued: 2001}

    Source: `second_list` in journal.yaml.
    """
    for entry in printed(edition) if "container-en" in edition.translations_needed else ():
        name = word(entry, "container-title")
        if name and not in_latin(name) and not word(entry, "container-title-en"):
            place = edition.article.find_reference(entry["id"], "container-title")
            yield Found(place, name, "container-title-en", {"name": as_written("container-title-en", place.path)})


@check("REF-035", "“{found}”, given as {field}, is in Cyrillic letters", "write it in Latin letters", draft="warning")
def translation_in_cyrillic(edition: Edition) -> Iterator[Found]:
    """What a reference gives for the second list, a translation or a romanised name, is in Cyrillic letters.

    Why: the second list is there for readers and databases that read Latin letters alone.

    Bad::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, title-en: Мысал кітап, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Good::

        references:
          - {id: example, type: book, language: kk, title: Мысал кітап, title-en: A sample book, issued: 2001, publisher: Үлгі,
             publisher-place: Алматы}

    Source: `second_list` in journal.yaml; the requirements of Kazakhstan's journals (translations in square brackets).
    """
    for entry in printed(edition):
        for field in ("title-en", "title-latin", "container-title-en", "container-title-latin", "publisher-latin", "publisher-place-latin"):
            if word(entry, field) and not in_latin(word(entry, field)):
                yield Found(edition.article.find_reference(entry["id"], field), word(entry, field), values={"field": field})
        for field in ("author-latin", "editor-latin"):
            for name in names(entry, field):
                if not in_latin(" ".join(name)):
                    yield Found(edition.article.find_reference(entry["id"], field), ", ".join(filter(None, name)), values={"field": field})
