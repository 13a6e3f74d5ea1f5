"""FM: is each text of the front matter really in the language it is filed under, and a text of the author's at all?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from basylym.check import Found, check
from basylym.languages import known_languages, language
from basylym.languages.identify import identify_language
from basylym.messages import Label, LanguageName, Phrase
from basylym.model import Edition, Place
from basylym.typography.compare import fold

WRITTEN = ("title", "abstract", "keywords", "acknowledgements", "conflict_of_interest", "contributions")
"""Texts that authors write anew in each language."""


@dataclass(frozen=True)
class Piece:
    """One text of the front matter in one language."""

    name: str
    """What it is: `title`, `affiliations`."""
    keys: tuple
    """Where it stands, ending in its language."""
    tag: str
    """The language it is filed under."""
    text: str
    """The text, without markup."""


def pieces(edition: Edition) -> Iterator[Piece]:
    """Every text of the front matter that stands in a language: what authors write, and what is said of people and places."""
    front = edition.front
    for name in WRITTEN:
        for tag, value in getattr(front, name).items():
            text = ", ".join(value) if isinstance(value, list) else edition.text(name, tag)
            if text:
                yield Piece(name, (name, tag), tag, text)
    for part, fields in (("affiliations", ("name", "city", "country")), ("authors", ("degree", "position")),
                         ("versions", ("what",)), ("notices", ("text",)), ("corrects", ("title",))):
        for number, each in enumerate(getattr(front, part)):
            for field in fields:
                for tag, text in getattr(each, field).items():
                    if text:
                        yield Piece(part, (part, number, field, tag), tag, text)


def what(piece: Piece) -> Phrase:
    """What a text is, in words."""
    words = {"title": Phrase("title"), "abstract": Phrase("abstract"), "keywords": Phrase("keywords"),
             "affiliations": Phrase("organisation’s name or place"), "authors": Phrase("author’s degree or position"),
             "versions": Phrase("change of a version"), "notices": Phrase("notice"), "corrects": Phrase("title of the article concerned")}
    return words.get(piece.name) or Label(piece.name)


def spoken(edition: Edition, piece: Piece) -> str | None:
    """The language a text is written in, of those that have a file; None where that can't be told."""
    tags = [tag.split("-")[0] for tag in (piece.tag, *edition.languages, *known_languages(edition.languages_folder))]
    return _identify(piece.text, tuple(dict.fromkeys(tags)), edition.languages_folder)


@lru_cache(maxsize=4096)
def _identify(text: str, tags: tuple[str, ...], folder: Path | None) -> str | None:
    """The same text is asked about by several checks."""
    return identify_language(text, tags, folder)


def _pairs(edition: Edition) -> Iterator[tuple[Piece, Piece]]:
    """Every two languages of the same text."""
    groups: dict[tuple, list[Piece]] = {}
    for piece in pieces(edition):
        groups.setdefault(piece.keys[:-1], []).append(piece)
    for group in groups.values():
        yield from combinations(group[:12], 2)


@lru_cache(maxsize=4096)
def script(text: str) -> str:
    """The script that most letters of a text belong to, in Unicode's word: LATIN, CYRILLIC; empty for a text without letters."""
    names: Counter[str] = Counter()
    for letter, number in Counter(text[:20_000]).items():
        if letter.isalpha():
            names[unicodedata.name(letter, "").partition(" ")[0]] += number
    return max(sorted(names), key=names.__getitem__, default="")


def script_of(edition: Edition, tag: str) -> str:
    """The script a language is written in; empty where that is not known."""
    if "-" in tag and len(tag.split("-")[1]) == 4:
        return {"Latn": "LATIN", "Cyrl": "CYRILLIC"}.get(tag.split("-")[1], "")
    known = tag in known_languages(edition.languages_folder)
    return script(language(tag, edition.languages_folder).alphabet) if known else ""


def _copies(edition: Edition) -> dict[tuple, Piece]:
    """Texts that stand under two languages -> the piece they are copied from. The one that is in its own language is the
    original; where that can't be told, the earlier one."""
    found: dict[tuple, Piece] = {}
    for first, second in _pairs(edition):
        if first.name not in WRITTEN or len(first.text.split()) < 3:
            continue
        if fold(first.text).casefold() != fold(second.text).casefold():
            continue
        tongue, tags = spoken(edition, first), [each.tag.split("-")[0] for each in (first, second)]
        fits = [script_of(edition, each.tag) in ("", script(each.text)) for each in (first, second)]
        if tongue == tags[1] or fits == [False, True]:
            first, second = second, first
        if tongue in tags or True in fits and False in fits or len(first.text.split()) > 12:  # a few words may be alike in both
            found.setdefault(second.keys, first)
    return found


def _swaps(edition: Edition) -> dict[tuple, Piece]:
    """Texts of two languages that stand in each other's place: the place of each -> the other."""
    found: dict[tuple, Piece] = {}
    for first, second in _pairs(edition):
        if first.text != second.text and (spoken(edition, first), spoken(edition, second)) == (second.tag, first.tag):
            found |= {first.keys: second, second.keys: first}
    return found


@check("FM-018", "{what} in {language}: the text is {actual}", "put the text in {language} here, or move this one to its own place",
       draft="warning")
def text_in_other_language(edition: Edition) -> Iterator[Found]:
    """A text of the front matter is not in the language it is filed under.

    Why: readers and databases of one language get a text in another. Whole texts are judged, by their letters, their small
    words and their endings; a text whose language can't be told, such as a single loan word, is never accused.

    Bad::

        title: {kk: Образец статьи о языках и переводах, ru: Название образцовой статьи, en: The title of a specimen article}

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: Basylym's own rule; the requirements of Kazakhstan's journals (front matter in three languages).
    """
    told = {**_copies(edition), **_swaps(edition)}
    for piece in pieces(edition):
        if piece.keys in told:
            continue
        own, base = script_of(edition, piece.tag), piece.tag.split("-")[0]
        words = re.sub(r"(?<!\w)[^\W\d_a-zа-я]{2,}[\w-]*", " ", piece.text)  # abbreviations belong to no language
        foreign = own and script(words) not in ("", own)
        if foreign and own == "CYRILLIC" and (piece.name in ("affiliations", "authors") or len(words.split()) < 4):
            continue  # names of houses, degrees and terms may stay in Latin letters
        if (foreign or "-" not in piece.tag) and (found := spoken(edition, piece)) and found != base:
            actual = Phrase("in {other}", other=LanguageName(found))
        elif foreign:
            actual = Phrase("in letters of another alphabet")
        else:
            continue
        yield Found(edition.article.places.find(*piece.keys), _begin(piece.text),
                    values={"what": what(piece), "language": LanguageName(piece.tag), "actual": actual})


@check("FM-019", "{what}: the texts in {language} and in {other} stand in each other's place", "exchange them", draft="warning")
def languages_swapped(edition: Edition) -> Iterator[Found]:
    """Two texts are filed under each other's language.

    Why: each is read by those who don't read it.

    Bad::

        title: {kk: Название образцовой статьи о языках, ru: Үлгі мақаланың тақырыбы, en: The title of a specimen article}

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи о языках, en: The title of a specimen article}

    Source: Basylym's own rule.
    """
    swaps = _swaps(edition)
    for piece in pieces(edition):
        if piece.keys in swaps and (other := swaps[piece.keys]).keys in swaps:
            del swaps[piece.keys], swaps[other.keys]
            yield Found(edition.article.places.find(*piece.keys), _begin(piece.text),
                        values={"what": what(piece), "language": LanguageName(piece.tag), "other": LanguageName(other.tag)})


@check("FM-020", "{what} in {language}: the text is the one in {other} again", "put the text in {language} here", draft="warning")
def text_copied(edition: Edition) -> Iterator[Found]:
    """The same text stands under two languages.

    Why: it was pasted to fill a gap, and one of the two languages has none.

    Bad::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: Название образцовой статьи}

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: Basylym's own rule.
    """
    copies = _copies(edition)
    for piece in pieces(edition):
        if piece.keys in copies:
            yield Found(edition.article.places.find(*piece.keys), _begin(piece.text), values={
                "what": what(piece), "language": LanguageName(piece.tag), "other": LanguageName(copies[piece.keys].tag)})


@check("FM-021", "“{found}” is a template's text, not the author's", "put the author's text here", draft="warning")
def template_text(edition: Edition) -> Iterator[Found]:
    """A text still says what a template says.

    Why: it would be published.

    Bad::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Введите название статьи на русском языке, en: The title of a specimen article}

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: Basylym's own rule.
    """
    folder = edition.languages_folder
    patterns = [pattern for tag in dict.fromkeys(("kk", "ru", "en", *edition.languages)) if tag in known_languages(folder)
                for pattern in language(tag, folder).placeholders]
    begins = re.compile("|".join(patterns), re.I)
    texts = [(piece.keys, piece.text) for piece in pieces(edition) if piece.name != "keywords"]
    texts += [(("keywords", tag, number), word) for tag, words in edition.front.keywords.items() for number, word in enumerate(words)]
    texts += [(("authors", number, "name", tag), f"{name.family} {name.given or ''}".strip())
              for number, author in enumerate(edition.front.authors) for tag, name in author.name.items()]
    for keys, text in texts:
        if begins.match(text.strip(" [<(«\"")) or not re.search(r"[^\W\d_]", text):
            yield Found(edition.article.places.find(*keys), _begin(text))


@check("FM-022", "the name “{found}” in {language} has letters of another alphabet: {letters}",
       "type it again in the letters of its own language", draft="warning")
def name_in_other_script(edition: Edition) -> Iterator[Found]:
    """An author's name mixes alphabets, or stands in Cyrillic where Latin letters belong.

    Why: a Latin «a» in a Cyrillic name looks right, but no search finds it.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Aвтор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: Unicode Technical Standard 39, 5 (mixed-script detection).
    """
    for number, author in enumerate(edition.front.authors):
        for tag, name in author.name.items():
            for part in ("family", "given", "patronymic"):
                text = getattr(name, part) or ""
                own, usual = script_of(edition, tag), script(text)
                wrong = own if own == "LATIN" and usual != own else usual
                letters = dict.fromkeys(letter for letter in text if letter.isalpha() and script(letter) != wrong)
                if wrong and letters:
                    yield Found(_name_place(edition, number, tag, part, text), text,
                                values={"language": LanguageName(tag), "letters": " ".join(letters)})


def _name_place(edition: Edition, number: int, tag: str, part: str, text: str) -> Place:
    places, keys = edition.article.places, ("authors", number, "name", tag)
    return places.find_words(text, *keys, part) if (*keys, part) in places.spans else places.find_words(text, *keys)


def _begin(text: str) -> str:
    """A text's first words."""
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"


@check("FM-069", "the text begins with the word “{found}”, which is printed above it anyway", "take the word out", severity="warning")
def label_typed(edition: Edition) -> Iterator[Found]:
    """An abstract or the keywords begin with their own label.

    Why: the page says «Аннотация. Аннотация», and so do the databases.

    Bad::

        keywords: {kk: [үлгі, тексеру, басылым], ru: ["Ключевые слова: образец", проверка, издание], en: [specimen, test, publication]}

    Good::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание], en: [specimen, test, publication]}

    Source: Basylym's own rule.
    """
    folder = edition.languages_folder
    for piece in pieces(edition):
        if piece.name not in ("abstract", "keywords"):
            continue
        known = [tag for tag in dict.fromkeys((piece.tag, "kk", "ru", "en")) if tag in known_languages(folder)]
        words = [word for tag in known for word in language(tag, folder).labels_typed.get(piece.name, ())]
        if found := re.match(rf"({'|'.join(map(re.escape, words))})\s*[:.—–-]", piece.text, re.I):
            yield Found(edition.article.places.find_words(found[1], *piece.keys, *((0,) if piece.name == "keywords" else ())), found[1])
