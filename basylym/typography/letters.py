"""Words that mix Cyrillic and Latin letters, and the alphabet that each should be in.

Many letters of the two look the same, so a keyboard left in the wrong layout leaves no trace on paper and breaks every search. Not
every mixed word is a slip: «KOICAның», «PDFтен» are Latin names with a Kazakh ending.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from basylym.typography import Slip
from basylym.typography.roman import NUMERAL

PAIRS = dict(zip("ABCEHIKMOPTXYaceiopxyh", "АВСЕНІКМОРТХУасеіорхуһ", strict=True))
"""Latin letters and the Cyrillic ones that look the same (Unicode Technical Standard 39, confusables)."""
BACK = {cyrillic: latin for latin, cyrillic in PAIRS.items()}
LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
CYRILLIC = re.compile("[\u0400-\u052f]")
WORD = re.compile("[\\w\u0300-\u036f\u00ad]+")
LONGEST = 100
"""The longest word looked at, in letters."""


def find_mixed_words(text: str, alphabet: Collection[str] = "") -> Iterator[Slip]:
    """Words in which both alphabets stand, of a text whose language has these letters; legitimate ones are passed over.

    The mend is safe where the word has letters that only one of the two alphabets has, and few others among them.
    """
    if not (LATIN.search(text) and CYRILLIC.search(text)):
        return
    for found in WORD.finditer(text):
        word = found[0]
        if not (LATIN.search(word) and CYRILLIC.search(word)) or len(word) > LONGEST:
            continue
        if "_" in word or re.search(r"[/\\@]", text[max(found.start() - 1, 0):found.start()] + text[found.end():found.end() + 1]):
            continue  # a path, an address, a name of a program's
        if NUMERAL.fullmatch(word) or _is_name_with_ending(word):
            continue
        yield _judge(word, found.start(), found.end(), alphabet)


def _is_name_with_ending(word: str) -> bool:
    """KOICAның, PDFтен, 3Dға: a Latin name or abbreviation, then the ending of the sentence's own language."""
    name = re.match("[A-Za-z\u00c0-\u024f\\d]*", word)[0]
    ending = word[len(name):]
    if not re.fullmatch("[а-яё\u0450-\u052f\u00ad]+", ending) or not ending.islower():
        return False
    letters = re.sub(r"\d", "", name)
    if name[0].isdigit():
        return letters.isupper()
    return len(letters) > 1 and (letters.isupper() or any(letter not in PAIRS for letter in letters))


def _judge(word: str, start: int, end: int, alphabet: Collection[str]) -> Slip:
    """A mixed word with the word that was meant, as far as that can be told."""
    into_cyrillic = {latin: cyrillic for latin, cyrillic in PAIRS.items()
                     if not CYRILLIC.search("".join(alphabet)) or cyrillic.lower() in alphabet}
    latin, cyrillic = LATIN.findall(word), CYRILLIC.findall(word)
    only_latin = [letter for letter in latin if letter not in into_cyrillic]
    only_cyrillic = [letter for letter in cyrillic if letter not in BACK]
    clear = bool(only_latin) != bool(only_cyrillic)
    to_cyrillic = bool(only_cyrillic) if clear else len(cyrillic) > len(latin)
    strange, pairs = (latin, into_cyrillic) if to_cyrillic else (cyrillic, BACK)
    expected = "".join(pairs.get(letter, letter) for letter in word)
    if only_latin and only_cyrillic or not clear and len(latin) == len(cyrillic):
        expected = ""
    runs = re.findall((LATIN if to_cyrillic else CYRILLIC).pattern + "+", word)
    safe = (clear and 2 * len(strange) < len(word) and max(map(len, runs)) < 3 and not re.search(r"\d", word)
            and not (word[0].islower() and word[1:2].isupper()))
    return Slip(start, end, word, expected, safe, {"letters": " ".join(dict.fromkeys(strange))})
