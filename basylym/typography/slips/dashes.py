"""Dashes typed for hyphens, «60 – тан», «қарым – қатынас», and hyphens typed for dashes.

A dash between two words is mostly a dash: «ұлт – қазақ халқы». It is a hyphen's place only where the language's file knows the
pair, or the article writes it with a hyphen elsewhere. «Ең маңызды іс – әрекет ету» has a true dash between the words of a pair, and
«Жасым 60 – мен қартайдым» one before an ending, so what has a space on both sides is mended unasked only where no dash can stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym.typography import Seldom, Slip
from basylym.typography.roman import CANONICAL
from basylym.typography.slips.letters import NUMERAL, ROMAN
from basylym.typography.slips.usage import LONGEST, Usage

GAP = Seldom(re.compile(r"(?<![-‐‑–—−])[ \u00a0\u202f]{0,3}(?:-{1,3}|[‐‑–—−])(?![-‐‑–—−])[ \u00a0\u202f]{0,3}"), re.compile("[-‐‑–—−]"))
SPACES = " \u00a0\u202f"
LOOKED_AT = 300
"""Characters of a sentence that are looked at, before a dash and after it."""
BEFORE = re.compile(r"[^\W_]+\Z")
AFTER = re.compile(r"[^\W_]+")
WORD = re.compile(r"[^\W\d_]+")
PAIR = Seldom(re.compile(r"(?<![\w-])([^\W\d_]++)[-‐‑]([^\W\d_]++)(?![\w-])"), re.compile(r"[-‐‑][^\W\d_]"))
ENDS_BEFORE = frozenset("»”“\"’)],.;:!?…%°\ufffc")
STARTS_AFTER = frozenset("«“„\"‘([\ufffc")


def hyphenated_pairs(text: str) -> Iterator[tuple[str, str]]:
    """The words that a text joins by a hyphen, small."""
    for match in PAIR.finditer(text):
        yield match[1].lower(), match[2].lower()


def find_dashes(text: str, usage: Usage, known: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Slip]:
    """Dashes, and hyphens with spaces round them, where a hyphen alone should stand, or nothing after a Roman numeral; `known` are
    the pairs of words that the article writes with a hyphen elsewhere."""
    legend = None
    for gap in GAP.finditer(text):
        left, right = _words(text, gap)
        if not left or not right:
            continue
        start, end = gap.start() - len(left), gap.end() + len(right)
        if text[start - 1:start] in ("-", "‐", "‑", "_") and start or text[end:end + 1] in ("-", "‐", "‑", "_"):
            continue
        if NUMERAL.fullmatch(left) and right.islower() and (alone := _after_numeral(left, right, gap[0], usage)):
            if len(left) > 1 or gap[0] not in ("-", "‐", "‑"):
                yield Slip(start, end, text[start:end], alone, False)
            continue
        if gap[0] in ("-", "‐", "‑"):
            continue
        if left.isdecimal() and right.isalpha():
            kind = _after_number(right, usage)
            if kind == "noun" and legend is None:
                legend = _is_legend(text, usage)
            if kind and not (kind == "noun" and legend) and not ("—" in gap[0] and _is_spaced(gap[0]) and right in usage.words_too):
                sure = kind == "ending" and right not in usage.words_too or any(
                    usage.is_form(right, each) for each in usage.surely_numbered)
                yield Slip(start, end, text[start:end], f"{left}-{right}", sure or not _is_spaced(gap[0]))
        elif left.isalpha() and right.isalpha():
            joined = _join(left, right, gap[0], usage, known)
            if joined and not (_is_spaced(gap[0]) and not joined[1] and _is_dash(text, start, end, gap, right)):
                yield Slip(start, end, text[start:end], joined[0], joined[1])


def _is_spaced(gap: str) -> bool:
    """Whether a gap has a space on both sides of its mark."""
    return gap[0] in SPACES and gap[-1] in SPACES


def _is_dash(text: str, start: int, end: int, gap: re.Match, right: str) -> bool:
    """Whether a dash between two words that make a pair is plainly one: it explains an item of an enumeration («екі түрі бар:
    теориялық – талдау»), or it is Russian's long one before a particle that the sentence has once more («что — либо уйти, либо»)."""
    before = text[max(0, start - LOOKED_AT):start]
    sentence = before[max(before.rfind(mark) for mark in (". ", "! ", "? ", "\n")) + 1:]
    ended = sentence.rstrip(" \u00a0")[-1:]
    if ended == ":" or ended and ended in ",;" and " – " in sentence.partition(":")[2].replace("—", "–"):
        return True
    if right == "то" and "—" in gap[0]:
        return True
    return right == "либо" and right in WORD.findall(text[end:end + LOOKED_AT])


def _after_numeral(left: str, right: str, gap: str, usage: Usage) -> str:
    """A Roman numeral and what stands after it, without a sign between; empty where the left is no numeral, or nothing is counted."""
    numeral = left.translate(ROMAN)
    if not CANONICAL.fullmatch(numeral) or set(numeral).isdisjoint("XVI"):
        return ""
    if usage.follows_roman(right):
        return f"{numeral} {right}"
    return numeral if right in usage.ordinals and left.isascii() and not (_is_spaced(gap) and right in usage.words_too) else ""


def find_hyphens(text: str, usage: Usage, dash: str = "", known: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Slip]:
    """Hyphens, one or more, where a dash should stand; `dash` is the one that the article uses, else the language's own, `known`
    are the pairs of words that it writes with a hyphen elsewhere."""
    dash = dash or usage.dash
    if text.startswith(("- ", "-\u00a0")):
        return  # a list in the cell of a table
    for gap in GAP.finditer(text):
        mark = gap[0].strip(" \u00a0\u202f")
        if mark.strip("-") or gap.start() == 0 or gap.end() == len(text):
            continue
        left, right = _words(text, gap)
        start, end = gap.start() - len(left), gap.end() + len(right)
        before, after = text[gap.start() - 1], text[gap.end()]
        if left.isdecimal() and right.isdecimal():
            if mark == "--" and gap[0] == mark:
                yield Slip(start, end, text[start:end], f"{left}–{right}")
            continue
        if gap[0] in ("-", "--", "---") and not (mark == "---" or mark == "--" and dash == "—" and left.isalpha() and right.isalpha()):
            continue
        spaced = gap[0][0] != "-", gap[0][-1] != "-"
        if mark == "-" and spaced[0] != spaced[1] and _is_one_sided(text, start, end, left, right, usage) and not _is_compound(
                left, right, gap[0], usage, known):
            yield Slip(start, end, text[start:end], f"{left} {dash} {right}", False)
        if spaced[0] != spaced[1] or not (len(left) > 1 or before in ENDS_BEFORE) or not (len(right) > 1 or after in STARTS_AFTER):
            continue
        if not (len(left) > 1 and not left.isdecimal() or before in ENDS_BEFORE) or _is_compound(left, right, gap[0], usage, known):
            continue
        if before == after == "\ufffc":
            continue
        new = f"{gap[0][:gap[0].index('-')]}{dash}{gap[0][gap[0].rindex('-') + 1:]}" if spaced[0] else "—"
        yield Slip(start, end, text[start:end], f"{left}{new}{right}", not right.isdecimal())


def _is_one_sided(text: str, start: int, end: int, left: str, right: str, usage: Usage) -> bool:
    """Whether a hyphen with one space is likely a dash, «Москва -город»; not the part of a word that is spoken of («жалғауы -лар»,
    «бала- түбірі») or shared («аудио- и видео»)."""
    return (left.isalpha() and right.isalpha() and left[0].isupper() and right.islower() and len(left) > 1 and len(right) > 4
            and not left.isupper() and not left.isascii() and left.lower() not in usage.small_words
            and right not in usage.small_words and not usage.is_ending(right)
            and text[start - 1:start] not in ("-", "‐", "‑") and text[end:end + 1] not in ("-", "‐", "‑"))


def _words(text: str, gap: re.Match) -> tuple[str, str]:
    """The words right before and after a gap; empty where there are none."""
    left = BEFORE.search(text[max(0, gap.start() - LONGEST):gap.start()])
    right = AFTER.match(text, gap.end(), gap.end() + LONGEST)
    return left[0] if left else "", right[0] if right else ""


def _after_number(word: str, usage: Usage) -> str:
    """What stands after a number: an ending of it, a noun that is joined to it, or neither."""
    if word in usage.after_numbers:
        return "ending"
    return "noun" if any(usage.is_form(word, noun) for noun in usage.numbered) else ""


def _is_legend(text: str, usage: Usage) -> bool:
    """Whether a text explains the numbers of a picture: «1 – үстел, 2 – орындық». They follow one another, and something is there
    that is joined to no number."""
    explained = list(re.finditer(r"(?<!\w)(\d{1,3}) [–—-] ?([^\W\d_]{1,60})", text))
    numbers = [int(each[1]) for each in explained]
    in_turn = len(numbers) > 1 and all(second == first + 1 for first, second in zip(numbers, numbers[1:], strict=False))
    return in_turn and any(not _after_number(each[2], usage) for each in explained)


def _is_compound(left: str, right: str, gap: str, usage: Usage, known: frozenset[tuple[str, str]]) -> bool:
    if left.isdecimal():
        return bool(_after_number(right, usage))
    return bool(left.isalpha() and right.isalpha() and _join(left, right, gap, usage, known))


def _join(left: str, right: str, gap: str, usage: Usage, known: frozenset[tuple[str, str]]) -> tuple[str, bool] | None:
    """Two words as they should be joined, and whether that is certain; None where they are two words."""
    first, second = left.lower(), right.lower()
    hyphened, spaced = f"{left}-{right}", _is_spaced(gap)
    if any(usage.is_form(second, stem) for stem in usage.seconds.get(first, ())):
        sure = any(usage.is_form(second, stem) for stem in usage.sure_seconds.get(first, ()))
        return hyphened, sure or not spaced and second not in usage.words_too
    if not right.islower() or second in usage.small_words:
        return None
    if first in usage.first_parts:
        sure = not spaced or first not in usage.words_too
        if not first.endswith("о"):
            return hyphened, sure
        if usage.ends_in_suffix(second):
            return hyphened, sure and any(second.startswith(word) for word in usage.joined)
    if first in usage.solid_parts:
        return left + right, False
    # the first word of a pair has no endings, so that stems of Russian adjectives are none
    if first in usage.joined and first != second and any(usage.is_form(second, stem) for stem in usage.joined):
        return hyphened, " " not in gap and "\u00a0" not in gap
    if (first, second) in known:
        return hyphened, False
    return None
