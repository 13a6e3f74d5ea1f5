"""Which language a block of text is written in, by its letters, small words and endings; «undetermined» is an answer too.

All that is known of a language stands in its TOML file, so a journal's own file takes part by being there. The languages that
Basylym knows stand in the contest even when nobody asks for them: a text is not Kazakh because it is not English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from basylym.languages import known_languages, language
from basylym.typography.roman import NUMERAL

LOOKED_AT = 20_000
"""Characters that are looked at: an abstract has two thousand."""
LONGEST, MOST = 40, 3000
"""Letters of a word that is remembered, and how many are: what is asked of one that comes in all articles is the same."""
OWN = 2.0
"""What a word weighs that has a letter which no other language of the contest has."""
FOREIGN = 2.0
"""What a word takes away from a language that lacks one of its letters."""
NEEDED = 2.0
"""The least weight that makes an answer: two endings, an ending and a small word, or one long ending."""
DENSITY, OF_LIST = 0.3, 0.15
"""The least weight of small words and endings, a word, in sentences and in lists of terms: a kindred language has less."""
FEW = 1 / 5
"""The share of words with letters that a language lacks up to which a text may still be in it."""
LIKE, RARE = 0.5, 0.02
"""The weight of small words and endings, a word, with which a text may do without the letters that a language alone has, where no
more than that share of its letters is expected to be such."""
EXPECTED = 2.0
"""Own letters expected in a letter of text, times the square of their share in the alphabet: where they are few, they are rare."""
RIVAL = 1 / 3
"""The most weight of small words and endings that another language may have, against the winner's."""

WORD = re.compile("[^\\W\\d_](?:[\u0300-\u036f]|['’ʼʻ‘`]?[^\\W\\d_])*")
QUOTED = re.compile(r'«[^«»]*»|“[^“”„]*”|„[^“”„]*[“”]|"[^"\n]*"')
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]|(?<=[\u0400-\u04ff])\u0301")
MAY_HIDE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0301\u0341\u0403\u0453\u040c\u045c]")
"""What a text has that has any of them, in letters that are whole or in parts."""
BETWEEN = re.compile("['’ʼʻ‘`]")
"""Signs inside words, which are typed in many ways: пʼять, oʻzbek."""
CYRILLIC = re.compile("[\u0400-\u0481\u048a-\u052f]+")
BASIC = frozenset("abcdefghijklmnopqrstuvwxyz")
ADDRESS = re.compile(r"[/.@\\_](?:(?<=\w[/.])\w|(?<=[@\\_])|(?<=/)/)")


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """One language in the contest; `own` are the letters that no rival of its script has, and that are not those of most languages
    that write Latin letters; `words` those no other lists."""

    tag: str
    letters: frozenset[str]
    alphabet: str
    """The same as a text."""
    own: frozenset[str]
    words: frozenset[str]
    endings: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Contest:
    """Languages of one script, and which of them has a small word or an ending that the others lack."""

    script: str
    languages: tuple[_Candidate, ...]
    words: dict[str, int]
    endings: dict[str, int]
    known: dict[str, _Facts]
    """What was found of words, which goes with it."""


class _Facts(NamedTuple):
    """What a word says of the languages of a contest, each told by its place there."""

    speaks_for: tuple[tuple[int, float], ...]
    """Those that it is like, and how much."""
    owned: tuple[int, ...]
    """Those that alone have some letter of it."""
    foreign: tuple[int, ...]
    """Those that lack some letter of it."""


class _Word(NamedTuple):
    """One word of a text whose language is asked for."""

    text: str
    script: str
    weight: float
    """Of its letters: half for a name, which keeps its spelling in any language."""


class _Known(NamedTuple):
    """What a word is wherever it stands."""

    word: _Word
    name: _Word
    """The same with the weight that it has within a text: half, if it has a capital."""
    alone: bool
    """Whether it is one letter."""
    upper: bool
    abbreviation: bool
    """Whether it is short and in capitals."""


def identify_language(text: str, tags: Sequence[str], folder: Path | None = None) -> str | None:
    """Which of `tags` a text is written in, None where that cannot be told.

    Only the first 20,000 characters are looked at. What stands in quotation marks counts only where the rest tells nothing.
    `folder` is a journal's own `languages/`.
    """
    asked = tuple(tags)
    contests = _contests(asked, folder)
    text = text[:LOOKED_AT]
    if MAY_HIDE.search(text):
        text = INVISIBLE.sub("", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFC", text)
    for part in (QUOTED.sub(" ", text), text):
        words, commas = _words(part), part.count(",") + part.count(";")
        found = _judge(words, commas, contests)
        if not found and (out := _ruled_out(words, contests)):
            found = _judge(words, commas, _contests(asked, folder, out))
        if found:
            return found if found in asked else None
    return None


def _bare(words: frozenset[str]) -> frozenset[str]:
    """Words without the signs that are taken out of a text's."""
    return frozenset(BETWEEN.sub("", word) for word in words)


def guess_language(text: str, tags: Sequence[str] = (), folder: Path | None = None) -> str:
    """The language of a text that does not say: the one it is clearly in, else of `tags`, kk, ru and en that whose letters it has.

    Of several the one with fewer letters: a text without ә, ғ and қ is rather Russian. One in Latin letters is taken for English.
    """
    if found := identify_language(text, known_languages(folder), folder):
        return found
    letters = [letter for letter in text.lower() if letter.isalpha()]
    cyrillic = [letter for letter in letters if "\u0400" <= letter <= "\u04ff"]
    if len(cyrillic) < sum(letter in BASIC for letter in letters):
        return "en"
    alphabets = {tag: language(tag, folder).alphabet for tag in dict.fromkeys((*tags, "kk", "ru"))}
    written = {tag: alphabet for tag, alphabet in alphabets.items() if alphabet and _script(alphabet[0]) == "CYRILLIC"}
    foreign = {tag: sum(letter not in alphabet for letter in cyrillic) for tag, alphabet in written.items()}
    return min(written, key=lambda tag: (foreign[tag] > len(cyrillic) / 50, len(written[tag]) if foreign[tag] <= len(cyrillic) / 50
                                         else foreign[tag]))


def _ruled_out(words: list[_Word], contests: tuple[_Contest, ...]) -> frozenset[str]:
    """The languages that lack letters of too many words: what they have in common with others is no reason for doubt.

    One that is left alone in its script keeps a rival, that with the fewest letters, to be told from by its own.
    """
    out: set[str] = set()
    for contest in contests:
        gone = [each for each in contest.languages if FEW * len(words) < sum(
            word.weight for word in words if word.script != contest.script or word.text.strip(each.alphabet))]
        left = [each for each in contest.languages if each not in gone]
        if gone and len(left) == 1:
            gone.remove(min(gone, key=lambda each: (len(each.letters), -len(each.letters & left[0].letters), each.tag)))
        out.update(each.tag for each in gone)
    return frozenset(out)


@lru_cache(maxsize=32)
def _contests(tags: tuple[str, ...], folder: Path | None, out: frozenset[str] = frozenset()) -> tuple[_Contest, ...]:
    """The languages asked for and all others that have a file, each file once, but for those that are out of the contest."""
    known, files = known_languages(folder), {}
    for tag in (each for each in (*tags, *known) if each not in out):
        base, *rest = tag.split("-")
        # another script than the file is written in, kk-Latn, needs a file of its own
        name = tag if tag in known else base if base in known and not any(len(part) == 4 for part in rest) else None
        if name:
            files.setdefault(name, tag)
    data = {tag: language(name, folder) for name, tag in files.items()}
    letters = {tag: frozenset(BETWEEN.sub("", each.alphabet)) for tag, each in data.items() if each.alphabet}
    scripts = {tag: _script(data[tag].alphabet[0]) for tag in letters}
    words = {tag: _bare(data[tag].function_words) for tag in letters}
    made: dict[str, list[_Candidate]] = {}
    for tag, alphabet in letters.items():
        rivals = [other for other in letters if other != tag and scripts[other] == scripts[tag]]
        own = alphabet.difference(BASIC, *(letters[other] for other in rivals)) if rivals else frozenset()
        made.setdefault(scripts[tag], []).append(_Candidate(
            tag, alphabet, "".join(alphabet), own, words[tag].difference(*(words[other] for other in rivals)),
            frozenset(data[tag].endings).difference(*(data[other].endings for other in rivals))))
    return tuple(_Contest(script, tuple(each), {word: at for at, one in enumerate(each) for word in one.words},
                          {ending: at for at, one in enumerate(each) for ending in one.endings}, {}) for script, each in made.items())


def _words(text: str) -> list[_Word]:
    """The words that tell something: not initials, Roman numerals, addresses, abbreviations in capitals, nor words of mixed scripts."""
    if ADDRESS.search(text):
        text = " ".join(word for word in text.split() if not ADDRESS.search(word))
    shouted, words = not any(letter.islower() for letter in text), []
    for match in WORD.finditer(text):
        found = _known_word(match[0]) if match.end() - match.start() <= LONGEST else _read_word(match[0])
        if not found or found.abbreviation and not shouted:
            continue
        if found.alone and (text[match.end():match.end() + 1] == "." or words and found.upper and not shouted):
            continue
        words.append(found.name if words and not shouted else found.word)
    return words


def _read_word(typed: str) -> _Known | None:
    """What a word is; None for a Roman numeral and a word of mixed scripts."""
    word = BETWEEN.sub("", typed)
    scripts = {"CYRILLIC"} if CYRILLIC.fullmatch(word) else {_script(letter) for letter in word} - {"COMBINING", "MODIFIER"}
    if len(scripts) != 1 or NUMERAL.fullmatch(word):
        return None
    small, script, upper = word.lower(), scripts.pop(), word.isupper()
    return _Known(_Word(small, script, 1), _Word(small, script, 0.5 if word[0].isupper() else 1), len(word) == 1, upper,
                  upper and 1 < len(word) < 6)


_known_word = lru_cache(maxsize=MOST)(_read_word)
"""The same words come again and again, in all articles of a language."""


def _judge(words: list[_Word], commas: int, contests: tuple[_Contest, ...]) -> str | None:
    """The language that wins clearly."""
    density = OF_LIST if commas * 3 >= len(words) else DENSITY
    letters = sum(len(word.text) for word in words)
    written: dict[str, list[_Word]] = {}
    for word in words:
        written.setdefault(word.script, []).append(word)
    verdicts = []
    for contest in contests:
        if not (mine := written.get(contest.script)):
            continue
        counts, count = Counter("".join(word.text for word in mine)), len(mine)
        length = counts.total()
        likenesses, own_weights, foreign_weights = ([0.0] * len(contest.languages) for _ in range(3))
        for word in mine:
            facts = _facts(word.text, contest)
            for at, much in facts.speaks_for:
                likenesses[at] += much
            for at in facts.owned:
                own_weights[at] += word.weight
            for at in facts.foreign:
                foreign_weights[at] += word.weight
        for each, likeness, marked, foreign in zip(contest.languages, likenesses, own_weights, foreign_weights, strict=True):
            kinds = len(each.own & counts.keys())
            own = sum(counts[letter] for letter in each.own) if kinds else 0
            expected = EXPECTED * (len(each.own) / len(each.letters)) ** 2 * length
            score = likeness + OWN * marked - FOREIGN * foreign - max(0, expected - own)
            if count == 1:  # one word is told by its letters only
                sure = kinds > 1
            else:
                sure = likeness >= density * count if count > 2 else likeness > 0 or kinds > 1
                rare = expected < RARE * length and likeness >= LIKE * count
                sure = sure and (own or expected < 2) and (rare or kinds >= min(len(each.own) // 2, count // 3))
            sure = sure and score >= NEEDED and foreign <= count * FEW and length >= letters * 0.6
            verdicts.append((score, likeness, sure, each.tag))
    for score, _, sure, tag in sorted(verdicts, reverse=True):
        if sure and all(other == tag or rival <= score * RIVAL for _, rival, _, other in verdicts):
            return tag
    return None


def _read_facts(word: str, contest: _Contest) -> _Facts:
    """What a word says of the languages of a contest: small words and endings weigh by their length, the longest alone."""
    foreign = [at for at, each in enumerate(contest.languages) if word.strip(each.alphabet)]
    owned = [at for at, each in enumerate(contest.languages) if each.own and not each.own.isdisjoint(word)]
    found: dict[int, float] = {}
    if word in contest.words:
        found[contest.words[word]] = 2 if len(word) > 2 else 1.5
    for size in range(min(6, len(word) - 2), 1, -1):
        if (at := contest.endings.get(word[-size:])) is not None:
            found.setdefault(at, min(size / 2, 1.5) if size < 5 else 2)
    return _Facts(tuple((at, much) for at, much in found.items() if at not in foreign), tuple(owned), tuple(foreign))


def _facts(word: str, contest: _Contest) -> _Facts:
    """The same, found once for the words that come again and again."""
    if word in contest.known:
        return contest.known[word]
    facts = _read_facts(word, contest)
    if len(word) <= LONGEST:
        if len(contest.known) == MOST:
            contest.known.clear()
        contest.known[word] = facts
    return facts


@cache
def _script(letter: str) -> str:
    """The writing system of a letter, the first word of its name in Unicode."""
    return unicodedata.name(letter, "?").partition(" ")[0]
