"""Whether a name in Latin letters can be the same name as one in Cyrillic, in any of the spellings that people really use.

No table of transliteration is right or wrong here: BGN/PCGN, ALA-LC, ISO 9, the Kazakh alphabet of 2021, passports and English
habit are all let in at once, a letter at a time, so that only another person's name is refused.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

LETTERS = {
    "а": "a", "ә": "a e ae", "б": "b", "в": "v w ff f", "г": "g gh h", "ғ": "g gh q k", "д": "d", "е": "e ye je ie", "ё": "yo e io jo o ye",
    "ж": "zh j z dzh dj g c", "з": "z s", "и": "i y ee ij iy e", "й": "y i j", "к": "k c q ck kh", "қ": "q k kh c", "л": "l", "м": "m",
    "н": "n", "ң": "n ng", "о": "o", "ө": "o u oe", "п": "p", "р": "r", "с": "s ss", "т": "t th", "у": "u w ou oo uw v", "ұ": "u o y w",
    "ү": "u y ue i", "ф": "f ph", "х": "kh h x ch", "һ": "h kh", "ц": "ts c tz cz z ch", "ч": "ch c tch ts tsh", "ш": "sh s sch ch",
    "щ": "shch sch sh s sc shh stsh shsh sts", "ъ": " y j", "ы": "y i u e", "і": "i y e", "ь": " y i j", "э": "e ae", "ю": "yu iu ju u yoo",
    "я": "ya ia ja a ea",
    "ў": "u o w", "ҳ": "h kh", "ҷ": "j dzh ch", "є": "ye ie e je", "ї": "i yi ji", "ґ": "g",
    "кс": "x", "дж": "j dzh dj", "ий": "y i ii iy ij yi ey", "ый": "y yi i iy", "ия": "ia iya ya ja", "ье": "ie ye ye e", "ья": "ia ya",
    "уа": "wa ua", "уе": "we ue", "ау": "aw au", "яу": "yaw", "йя": "ya ia", "йы": "yi y i", "иы": "i y",
}
"""What a letter or group of letters may become, without diacritics: BGN/PCGN, ALA-LC, ISO 9, the Kazakh alphabet of 2021, passports;
ў ҳ ҷ є ї ґ are letters of Uzbek, Tajik and Ukrainian names."""

ENGLISH = {
    "александр": "alexander", "андрей": "andrew", "георгий": "george",
    "пак": "park", "хван": "hwang", "цой": "choi choe", "ли": "lee yi rhee", "ким": "gim", "нам": "nahm", "юн": "yoon", "хан": "hahn",
    "даниил": "daniel", "евгений": "eugene", "евгения": "eugenia",
    "екатерина": "catherine katherine", "елена": "helen helena", "иван": "john", "илья": "elijah", "иосиф": "joseph", "ирина": "irene",
    "мария": "mary", "михаил": "michael", "наталия": "natalie", "наталья": "natalie", "николай": "nicholas", "павел": "paul",
    "петр": "peter", "пётр": "peter", "софия": "sophie", "софья": "sophia sophie",
}
"""English forms that people sign with, too far from the letters to be reached by them."""

SON, DAUGHTER = r"(?:ұлы|улы|[ое]вич|uly|uli|[oe]vi(?:ch|c|tch))$", r"(?:қызы|кызы|[ое]вна|[qk][yi]z[yi]|[oe]vna)$"
"""Endings of patronymics, Kazakh and Russian, in both scripts."""
SLIP = 6
"""One letter in so many may be a slip."""
LONGEST, MOST_WORDS = 40, 8
"""Letters of a word and words of a name that are looked at, so that no input takes long."""


@lru_cache(maxsize=16384)
def fold_name(text: str) -> str:
    """A name without case, accents and apostrophes, its Cyrillic letters kept whole: «Äbdiğaliūly» is «abdigaliuly»."""
    text = unicodedata.normalize("NFC", re.sub("(?<=[\u0400-\u04ff])\u0301", "", unicodedata.normalize("NFD", text))).lower()
    whole = "".join(letter if "\u0400" <= letter <= "\u04ff" else unicodedata.normalize("NFKD", letter) for letter in text)
    return re.sub("[\u0300-\u036f\u02b0-\u02ff'’‘`\"”“′·\u00ad\u200b-\u200d]", "", whole).replace("ı", "i")


def may_be_romanised(cyrillic: str, latin: str) -> bool:
    """Whether `latin` is a plausible spelling of the person's name `cyrillic`, Kazakh or Russian.

    Every word of the name that has fewer must have its own on the other side, in any order, so that a patronymic may be missing;
    an initial stands for any word it can begin. True where one side has no letters: nothing speaks against it.
    """
    if not (re.search(r"[^\W\d_]", cyrillic) and re.search(r"[^\W\d_]", latin)):
        return True
    for hyphen in (" ", ""):
        ours, theirs = _words(cyrillic, hyphen), _words(latin, hyphen)
        if _all_paired(ours, theirs):
            return True
    return False


def _words(name: str, hyphen: str) -> list[tuple[str, bool]]:
    """The words of a name, and whether each is an initial."""
    name = re.sub(r"\s+(?=(?:ұлы|улы|қызы|кызы|uly|uli|[qk][yi]z[yi])\b)", "", fold_name(name))
    found = re.findall(r"([^\W\d_]+)(\.?)", re.sub("[-‐‑–]", hyphen, name))
    return [(word[:LONGEST], len(word) == 1 or bool(dot) and len(word) < 4) for word, dot in found][:MOST_WORDS]


def _all_paired(ours: list[tuple[str, bool]], theirs: list[tuple[str, bool]]) -> bool:
    """Whether each word of the shorter side finds a partner of its own, two names at least one of them whole."""
    fits = [[_word_fits(*one, *other) for other in theirs] for one in ours]
    if len(theirs) < len(ours):
        fits = [list(column) for column in zip(*fits, strict=True)]
    partner: dict[int, int] = {}

    def pair(row: int, seen: set[int]) -> bool:
        for column, fit in enumerate(fits[row]):
            if fit and column not in seen:
                seen.add(column)
                if column not in partner or pair(partner[column], seen):
                    partner[column] = row
                    return True
        return False

    return all(pair(row, set()) for row in range(len(fits)))


def _word_fits(cyrillic: str, short: bool, latin: str, brief: bool) -> bool:
    """Whether one word can be the other; `short` and `brief` mark initials."""
    if short or brief:
        heads = _spellings(cyrillic if short else cyrillic[:1]) | (_spellings(cyrillic[:2]) if not short else set())
        return any(latin.startswith(head) or (brief and head.startswith(latin)) for head in heads if head)
    if latin in ENGLISH.get(cyrillic, "").split() or _distance(cyrillic, latin) <= len(cyrillic) / SLIP:
        return True
    for suffix in (SON, DAUGHTER):  # Серікұлы signs as Serikovich
        stem, root = re.sub(suffix, "", cyrillic), re.sub(suffix, "", latin)
        if stem != cyrillic and root != latin and _distance(stem, root) <= len(stem) / SLIP:
            return True
    return False


@cache
def _unit(letters: str) -> tuple[str, ...]:
    """What a letter or group may become; a letter that is not in the table stays itself."""
    if letters in LETTERS:
        return tuple(LETTERS[letters].split(" "))
    return (letters,) if len(letters) == 1 else ()


def _spellings(letters: str) -> set[str]:
    """All that one or two letters may become."""
    if len(letters) == 1:
        return set(_unit(letters))
    return {*_unit(letters[:2]), *(first + second for first in _unit(letters[0]) for second in _unit(letters[1]))}


@lru_cache(maxsize=4096)
def _distance(cyrillic: str, latin: str) -> float:
    """How many letters of a spelling are not explained by the table; a doubled letter is free, a silent h costs half."""
    rows = [[float("inf")] * (len(latin) + 1) for _ in range(len(cyrillic) + 1)]
    rows[0][0] = 0
    for at, row in enumerate(rows):
        units = [(size, spelling) for size in (1, 2) if at + size <= len(cyrillic) for spelling in _unit(cyrillic[at:at + size])]
        twin = 0 < at < len(cyrillic) and cyrillic[at] == cyrillic[at - 1]
        for to, cost in enumerate(row):
            for size, spelling in units:
                if latin.startswith(spelling, to):
                    rows[at + size][to + len(spelling)] = min(rows[at + size][to + len(spelling)], cost)
            if at < len(cyrillic):
                rows[at + 1][to] = min(rows[at + 1][to], cost + (0 if twin else 1))
            if to < len(latin):
                extra = 0 if to and latin[to] == latin[to - 1] else 0.5 if latin[to] == "h" else 1
                row[to + 1] = min(row[to + 1], cost + extra)
                if at < len(cyrillic):
                    rows[at + 1][to + 1] = min(rows[at + 1][to + 1], cost + 1)
    return rows[-1][-1]
