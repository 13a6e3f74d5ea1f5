"""TeX's source read as groups and commands, without running it: in one pass, however it is nested."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from basylym.intake.nodes import CITE, CITED

BEGIN = "\\begin{document}"
COMMAND = re.compile(r"\\([A-Za-z@]+)(\*?)")
COMMENT = re.compile(r"(?<!\\)((?:\\\\){0,9})%[^\n]*(?:\n[ \t]*(?=\S))?")
TYPED = ("verbatim", "Verbatim", "lstlisting", "minted", "alltt", "BVerbatim")
"""Environments whose words stand as they are typed."""
VERB = re.compile(r"\\verb\*?([^\w\s])[^\n]{0,200}?\1")
MATHS = ("equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "flalign", "alignat", "dmath")
SIGN = re.compile(r"\\\\|\\([\[\]()])|\\(begin|end)\{(" + "|".join(MATHS) + r")(\*?)\}|\\.|(\${1,2})", re.S)
PAIRS = {"[": "]", "(": ")"}
LONGEST_FORMULA = 20_000
BRACES = re.compile(r"\\.|[{}]", re.S)
BLANK = re.compile(r"[ \t]{0,99}\n?[ \t]{0,99}")
MOST_GROUPS = 9
"""A command is given so many groups."""
LONGEST_OPTION = 400
ACCENT = re.compile(r"\\([\"'`^~=.])\s?\{?\s?(\\[ij]|[A-Za-zА-яЁё])\}?|"
                    r"\\([uvHckrbd])(?:\s?\{\s?(\\[ij]|[A-Za-zА-яЁё])\}|\s(\\[ij]|[A-Za-z]))")
SIGNS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", "u": "\u0306",
         "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "b": "\u0331", "d": "\u0323"}
"""TeX's accents, and the signs that join a letter."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command with what it is given."""

    name: str
    start: int
    end: int
    option: str
    """What stands in square brackets before its first group."""
    groups: tuple[str, ...]


class Source:
    """A text whose braces are matched once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.closing: dict[int, int] = {}
        waiting: list[int] = []
        for found in BRACES.finditer(text):
            if found[0] == "{":
                waiting.append(found.start())
            elif found[0] == "}" and waiting:
                self.closing[waiting.pop()] = found.start()

    def command(self, found: re.Match, most: int = MOST_GROUPS) -> Command:
        """The command that begins here, with at most so many groups."""
        at, option, groups = found.end(), "", []
        while len(groups) < most:
            here = BLANK.match(self.text, at).end()
            if self.text[here:here + 1] == "[" and not groups:
                close = self._bracket(here)
                if close < 0:
                    break
                option, at = option or self.text[here + 1:close], close + 1
            elif here in self.closing:
                groups.append(self.text[here + 1:self.closing[here]])
                at = self.closing[here] + 1
            else:
                break
        return Command(found[1], found.start(), at, option, tuple(groups))

    def _bracket(self, at: int) -> int:
        """The bracket that closes one; braces within are passed over."""
        place, end = at + 1, min(len(self.text), at + LONGEST_OPTION)
        for _ in range(20):
            close = self.text.find("]", place, end)
            brace = self.text.find("{", place, close) if close >= 0 else -1
            if brace < 0:
                return close
            place = self.closing.get(brace, brace) + 1
        return -1


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text between two marks: an environment, a formula."""

    name: str
    star: str
    start: int
    inner: tuple[int, int]
    end: int


def environments(text: str, names: Sequence[str]) -> Iterator[Stretch]:
    """The environments of these names, in one pass; of those in one another the outer."""
    marks = list(re.finditer(r"\\(begin|end)\{(" + "|".join(names) + r")(\*?)\}", text))
    last = {found[2]: found.start() for found in marks if found[1] == "end"}
    first = None
    for found in marks:
        if first is None and found[1] == "begin" and last.get(found[2], -1) > found.start():
            first = found
        elif first is not None and found[1] == "end" and found[2] == first[2]:
            yield Stretch(first[2], first[3], first.start(), (first.end(), found.start()), found.end())
            first = None


def formulas(text: str) -> Iterator[Stretch]:
    """The formulas of a text, in one pass; one that does not end is none."""
    first, wanted = None, ""
    for found in SIGN.finditer(text):
        sign = found[5] or found[1] or (found[2] and f"{found[2]} {found[3]}{found[4]}")
        if not sign:
            continue
        if first is not None and found.start() - first.start() > LONGEST_FORMULA:
            first = None
        if first is not None and sign == wanted:
            yield Stretch(first[3] or "", first[4] or "", first.start(), (first.end(), found.start()), found.end())
            first = None
        elif first is None and not sign.startswith("end") and sign not in PAIRS.values():
            first, wanted = found, sign.replace("begin ", "end ") if found[2] else PAIRS.get(sign, sign)


def put_in(text: str, stretches: Iterable[Stretch], write: Callable[[Stretch], str]) -> str:
    """The text with something else in place of its stretches."""
    made, last = [], 0
    for each in stretches:
        if each.start >= last:
            made += (text[last:each.start], write(each))
            last = each.end
    return "".join([*made, text[last:]])


def hide_typed(text: str) -> tuple[str, list[str]]:
    """The text with marks in place of what stands as it is typed, and that."""
    kept: list[str] = []

    def hide(part: str) -> str:
        kept.append(part)
        return f"{CITE}{len(kept) - 1}{CITED}"

    text = put_in(text, list(environments(text, TYPED)), lambda each: hide(text[each.start:each.end]))
    return VERB.sub(lambda found: hide(found[0]), text), kept


def show_typed(text: str, kept: Sequence[str]) -> str:
    """The same with what was hidden."""
    for _ in range(2):  # one may stand in the other
        text = re.sub(f"{CITE}(\\d{{1,9}}){CITED}", lambda found: kept[int(found[1])], text)
    return text


def commands(text: str, wanted: dict[str, int]) -> Iterator[Command]:
    """The commands of a text that are wanted, by their names with how many groups each takes; none that stands in another's groups."""
    source, last = Source(text), 0
    for found in COMMAND.finditer(text):
        if found.start() >= last and found[1] in wanted:
            command = source.command(found, wanted[found[1]])
            last = command.end
            yield command


def without_comments(text: str) -> tuple[str, list[str]]:
    """The text without what TeX does not read, and the parts that someone hid."""
    text = COMMENT.sub(lambda found: found[1], text)
    stretches = list(environments(text, ("comment",)))
    hidden = [text[each.inner[0]:each.inner[1]].strip() for each in stretches]
    return put_in(text, stretches, lambda each: ""), list(filter(None, hidden))


def compose(text: str) -> str:
    """Letters with TeX's accents as one letter each."""
    def put(found: re.Match) -> str:
        letter = (found[2] or found[4] or found[5]).removeprefix("\\")
        return unicodedata.normalize("NFC", letter + SIGNS[found[1] or found[3]])

    return ACCENT.sub(put, text)
