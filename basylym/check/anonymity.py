"""OUT: does the copy for reviewers still tell who wrote the article?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from basylym.check import Found, check
from basylym.check.entries import NAMES, names, printed
from basylym.check.twins import same_person
from basylym.model import Edition

SHORTEST = 4
"""Letters of a family name that is looked for with case endings too; a shorter one begins too many other words."""
MAIL = re.compile(r"\w[\w.+-]*@[\w-]+\.[\w.-]+")
"""An e-mail address."""
PRINTED = ("title", "working_title", "running_title", "abstract")
"""The front matter texts that a copy for reviewers still has; its keywords are looked at too."""


def own_works(edition: Edition) -> frozenset[str]:
    """The keys of the printed references that the article's own authors wrote, edited or translated."""
    people = [(name.family, name.forenames) for author in edition.front.authors for name in author.name.values()]
    found = set()
    for entry in printed(edition):
        theirs = [_part(*name) for field in (*NAMES, "author-latin", "editor-latin") for name in names(entry, field)]
        if any(same_person(name, person) for name in theirs for person in people):
            found.add(entry["id"])
    return frozenset(found)


def _part(family: str, given: str) -> tuple[str, str]:
    """A name that was given as a whole, «Үлгі А.», as its family name and the rest."""
    if given or not re.search(r"\s\w\.", family):
        return family, given
    first, *rest = family.split()
    return first.rstrip(","), " ".join(rest)


@check("OUT-001", "“{found}” tells reviewers who the authors are", "write the place so that it tells nothing, and make the copy again",
       severity="warning", firm=True)
def author_named_to_reviewers(edition: Edition) -> Iterator[Found]:
    """The text of the copy for reviewers holds a name, an address or an organisation of the authors, or the article's own DOI.

    Why: reviewers are not to know whose article they judge. Basylym takes the authors out of the front matter, the reference lists
    and the file's metadata; what they wrote in the text it leaves as it is, because a reader would stumble over the gap. It is looked
    for in the copy for reviewers alone.

    Bad::

        edition: anonymous
        authors:
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
        text: |
          Мәтін [@example, 12]. Бұл – Е. Мысаловтың бұрынғы еңбегінің жалғасы.

    Good::

        edition: anonymous
        authors:
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
        text: |
          Мәтін [@example, 12]. Бұл – бұрынғы еңбектің жалғасы.

    Source: Basylym's own rule.
    """
    if edition.kind != "anonymous" or not (telling := _telling(edition)):
        return
    article, families = edition.article, _latin_families(edition)
    for tag, name, text in _front_texts(edition):
        for word in dict.fromkeys(word for _, word in _find_telling(text, telling, families)):
            yield Found(article.places.find_words(word, name, tag), word)
    for at, word in _find_telling(article.source, telling, families):
        yield Found(article.place_at(at, len(word)), word)
    own = own_works(edition)
    for entry in article.body.entries:
        if entry.key not in own and (found := next(_find_telling(entry.text, telling, families), None)):
            yield Found(article.find_reference(entry.key), found[1])
    slug = re.sub(r"[\W\d_]+", " ", article.slug)
    if found := telling.search(slug.title()):
        yield Found(article.places.find(), found[0])


def _find_telling(text: str, telling: re.Pattern, families: Collection[str]) -> Iterator[tuple[int, str]]:
    """Where a text tells who the authors are, and with which word; an address that holds a family name is such a word as a whole."""
    found = {}
    for token in re.finditer(r"[^\s<>\"«»“”(){}\[\]|,;`]+", text) if families else ():
        word = token[0].rstrip(".:!?*_'’")
        small = word.casefold()
        host, slash, _ = small.partition("/")
        address = "://" in small or small.startswith("www.") or (slash and "." in host and "@" not in host) or MAIL.fullmatch(word)
        if address and any(name in small for name in families):
            found[token.start()] = word
    covered = [(at, at + len(word)) for at, word in found.items()]
    number = 0
    for each in telling.finditer(text):
        while number < len(covered) and covered[number][1] <= each.start():
            number += 1
        if number == len(covered) or each.start() < covered[number][0]:
            found[each.start()] = each[0]
    yield from sorted(found.items())


def _latin_families(edition: Edition) -> list[str]:
    """The authors' family names as addresses on the net hold them."""
    names = {name.family.strip().casefold() for author in edition.front.authors for name in author.name.values()}
    return sorted(name for name in names | {re.sub(r"[\s'’ʹ-]+", "", name) for name in names} if len(name) >= SHORTEST)


def _front_texts(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Language, field and text of what is printed of the front matter."""
    for name in PRINTED:
        for tag, text in getattr(edition.front, name).items():
            yield tag, name, text
    for tag, words in edition.front.keywords.items():
        yield tag, "keywords", "; ".join(words)


def _telling(edition: Edition) -> re.Pattern | None:
    """What tells who the authors are; family names also in capitals and with case endings."""
    patterns = set()
    for author in edition.front.authors:
        for family in {name.family.strip() for name in author.name.values()} - {""}:
            for form in {family, family.upper()}:
                stem = re.sub("[ая]$", "", form, flags=re.I) if len(form) > SHORTEST else form
                patterns.add(_either(stem) + (r"\w{0,5}" if len(form) >= SHORTEST else ""))
        patterns |= {_either(word) for word in (author.orcid, author.email) if word}
    for home in edition.front.affiliations:
        patterns |= {_either(name.strip()) for name in home.name.values() if name.strip()}
    if edition.front.doi:  # an identifier goes on where a word does, and is written in letters of either size
        patterns.add(rf"(?i:{_either(str(edition.front.doi))})(?![./-]?\w)")
    longest_first = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    return re.compile(rf"(?<![\w@])(?:{'|'.join(longest_first)})(?!\w)") if patterns else None


def _either(word: str) -> str:
    """A word as a pattern, however its letters are composed."""
    forms = dict.fromkeys(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    return f"(?:{'|'.join(re.escape(form) for form in forms)})"
