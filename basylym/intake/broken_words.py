"""A hyphen at a line's end: the word's own, or one that only broke it. The document's other words tell first, then what its languages
say of words with hyphens; how a program may have broken a word tells nothing, for many break Kazakh by the rules of Russian."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from basylym.intake.document import LeftOut
from basylym.languages import language
from basylym.languages.identify import identify_language

HYPHENS = "-\u00ad\u2010\u00ac"
KAZAKH = re.compile("[әғқңөұүһі]")
TYPED = str.maketrans(dict.fromkeys("‐‑", "-"))
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ADDRESS = re.compile(r"(?:https?://|www\.|\b10\.\d{4,9}/)\S{0,150}[/.?&=_-]$")
"""An address or a DOI that a line's end broke."""
LONG = 4
"""The shortest word that tells something as a half of another."""
QUALITY = re.compile(r"\w{3,}(?:[лдт][ыі][қкғг]|с[ыі]з)")
"""An adjective of Kazakh or a form of one: тарихилық, құқықтық."""
RELATED = re.compile(r"\w{2,}(?:ическ|альн|ивн|онн|ебн|учн|урн|арн|твенн|емн|ельн|ильн|ейск)о")
"""The first half of two Russian adjectives that are joined: системно-структурный."""
RUSSIAN_ADJECTIVE = re.compile(r"\w{4,}(?:[ыи]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]м|[ыи]х|[ыи]ми|[ую]ю|[ое]й|[ое]м)")


class Words:
    """The words of a text, by which a hyphen at a line's end is known for a break or for the word's own."""

    def __init__(self, texts: Sequence[str]) -> None:
        found: set[str] = set()
        broken = False
        for text in texts:
            line = text.lower().translate(TYPED)
            words = WORD.findall(line[re.match(r"\w*", line).end():] if broken else line)  # type: ignore[union-attr]
            broken = line[-1:] in HYPHENS
            found.update(words[:-1] if broken else words)  # halves of words are none
        self.solid = sorted(word for word in found if "-" not in word)
        self.known = frozenset(self.solid)
        self.seconds: dict[str, set[str]] = defaultdict(set)
        for first, _, second in (word.rpartition("-") for word in found if "-" in word):
            self.seconds[first].add(second)
        self.tag = identify_language(" ".join(texts)[:20_000], ("kk", "ru", "en")) or "kk"
        tongues = [language(each) for each in dict.fromkeys((self.tag, "kk", "ru", "en"))]
        self.pairs = tuple(pair for each in tongues for pair in (*each.slips.pairs, *each.slips.sure_pairs,
                                                                 *each.line_ends.get("pairs", ())))
        self.joined = tuple(part for each in tongues for part in each.slips.joined)
        self.suffixes = frozenset(part for each in tongues for part in (*each.slips.suffixes, *each.line_ends.get("endings", ())))
        parted, self.in_one, self.after = (frozenset(part for each in tongues for part in each.line_ends.get(name, ()))
                                           for name in ("first_parts", "solid_parts", "second_parts"))
        self.in_one |= {part for each in tongues for part in each.slips.solid_parts}
        self.before = frozenset(part for each in tongues for part in each.slips.first_parts) - frozenset(
            language("en").slips.words_too) | parted

    def own_hyphen(self, before: str, after: str) -> bool:
        """Whether «before-after» is written with its hyphen."""
        first, second = before.lower(), after.lower()
        if any(_same_stem(second, each) for each in self.seconds.get(first, ())):
            return True
        if first + second in self.known:
            return False
        if f"{first}-{second}".startswith(self.pairs) or first == second:
            return True
        if self._goes_on(first, second) or second in self.suffixes:
            return False
        last = first.rpartition("-")[2]
        if last in self.in_one:
            return False
        if last in self.before or second in self.after:
            return True
        if re.search("[a-z]", first):
            return False
        if self.tag == "kk" and not RUSSIAN_ADJECTIVE.fullmatch(second) or KAZAKH.search(first + second):
            return self._is_kazakh_pair(last, second)
        return last.endswith("о") and len(last) > LONG and bool(RUSSIAN_ADJECTIVE.fullmatch(second)) and (
            second.startswith(self.joined) or bool(RELATED.fullmatch(last)))

    def _goes_on(self, first: str, second: str) -> bool:
        """Whether other words begin as both halves together do: зерттеуші tells of зертте-ушілер."""
        stem = first + second[:1 if len(first) >= LONG else 2]
        at = bisect_left(self.solid, stem)
        return at < len(self.solid) and self.solid[at].startswith(stem)

    def _is_kazakh_pair(self, first: str, second: str) -> bool:
        """Two adjectives, «тарихи-мәдени», or two words that the text has each by itself, «мақсат-міндеттер»."""
        if first in self.joined and (second.startswith(self.joined) or QUALITY.match(second)):
            return True
        if len(first) > LONG and len(second) > LONG and QUALITY.fullmatch(first) and QUALITY.match(second):
            return True
        return len(first) >= LONG and first in self.known and len(second) >= LONG and any(
            second == each or each in self.known and second.removeprefix(each) in self.suffixes
            for each in (second[:at] for at in range(LONG, len(second) + 1)) if each in self.known)


def _same_stem(one: str, other: str) -> bool:
    """Whether two words may be forms of one: шығыс, шығысында."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) if len(short) < LONG else long.startswith(short[:max(LONG, len(short) - 2)])


def _goes_on(last: str, line: str) -> bool:
    """Whether a line may begin with the other half of a word: it is small, or both are in capitals."""
    before = re.search(r"([^\W\d_]{2,4}).$", last[-6:])
    return line[:1].islower() or bool(before) and before[1].isupper() and line[:2].isupper() and line[:2].isalpha()  # type: ignore[index]


def is_broken(before: str, line: str) -> bool:
    """Whether a word may begin at the end of a line and end in the next."""
    return before[-1:] in HYPHENS and before[-2:-1].isalpha() and _goes_on(before, line)


def goes_on(last: str, line: str) -> bool:
    """Whether a line goes on with the address or DOI that the last one ends in."""
    return bool(ADDRESS.search(last[-200:]) and re.match(r"[a-z0-9]", line) and not re.match(r"\d{1,4}\s?[–.,]?\s", line))


def join_words(lines: Sequence[str], words: Words, where: str, out: list[LeftOut]) -> str:
    """The text of a paragraph's lines; hyphens that only broke words at lines' ends are left out, and told."""
    parts: list[str] = []
    for line in lines:
        last = parts[-1] if parts else ""
        if not parts:
            parts.append(line)
        elif last[-1:] in HYPHENS and (last[-2:-1].isalpha() or last[-2:-1] in HYPHENS and last[-3:-2].isalpha()) and _goes_on(last, line):
            soft = "\u00ad" in last[-2:] or "\u00ac" in last[-2:]
            marks = re.search(rf"[{HYPHENS}]+$", last[-4:])
            bare = last[:-len(marks[0])] if marks else last
            first, second = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*$", bare[-60:]), re.match(r"[^\W\d_]+", line[:60])
            if not soft and first and second and words.own_hyphen(first[0], second[0]):
                parts[-1] = f"{bare}-"
            else:
                out.append(LeftOut(last[len(bare):], "hyphen", where))
                parts[-1] = bare
            parts.append(line)
        elif goes_on(last, line):
            parts.append(line)  # an address goes on: it has no blanks
        else:
            # 2006–2008, общественно–политический
            solid = re.search(r"\w[-–]$", last[-2:]) and line[:1].isalnum()
            parts += [line] if solid else [" ", line]
    return "".join(parts).replace("\u00ad", "")
