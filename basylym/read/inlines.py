"""The running text of one block of Markdown, without its markup, each letter knowing where it stands.

Pandoc reads the text for print; this reads it for corrections, where the place of every letter counts. Every step goes over the
text once: brackets, code and emphasis are paired beforehand, so that no text of a stranger's makes it slow.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

HOLE = "\ufffc"
"""What stands for something that is no prose: code, a formula, an address, a citation (Unicode's object replacement character)."""

LANG = re.compile(r"""(?<![\w-])lang\s*=\s*["']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*+)""")
ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
TOKEN = re.compile(
    r"(?P<escape>\\)|(?P<code>`+)|(?P<math>\$\$(?:[^$]|\$(?!\$))++\$\$|\$(?![\s$])(?:[^$\\]|\\.)++(?<!\s)\$(?!\d))"
    r"|(?P<comment><!--)|(?P<tag><(?:[^<>\s:@]++[:@][^<>\s]*+|/?[A-Za-z][^<>]*+)>)"
    r"|(?P<address>(?<![\w/])(?:(?:https?|ftp|mailto|doi|urn|file):[^\s<>\[\]{}|]++|www\.[^\s<>\[\]{}|]++|10\.\d{4,9}/[^\s<>\[\]{}|]++)"
    r"|(?<![\w.+-])[\w+-]{1,64}+(?:\.[\w+-]{1,64}+){0,8}+@[A-Za-z\d-]{1,64}+(?:\.[A-Za-z\d-]{1,64}+){1,8})"
    r"|(?P<cite>(?<![\w@])-?@(?:\{[^{}\s]++\}|\w(?:[\w]|[:.#$%&+?<>~/-](?=\w))*+))"
    r"|(?P<attributes>\{[#.][\w:.-]++[^{}\n]*+\})|(?P<script>\^[^\s^\[\]]++\^|(?<!~)~[^\s~]++~(?!~))|(?P<shortcode>\{\{<[^<>\n]*+>\}\})"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});)|(?P<open>!?\[|\^\[)|(?P<close>\])|(?P<mark>\*+|_+|~~)"
    r"|(?P<line>(?:(?<![ \t])[ \t]++)?\n[ \t]*+)", re.S)
BEGINS = re.compile(r"[\\`$<@{^~&!\[\]*_\n-]")
"""The signs that a token begins with, but for addresses, and for the blanks at a line's end."""
SCHEMES = ("http", "ftp:", "mailto:", "doi:", "urn:", "file:", "www.", "10.")
MAIL = re.compile(r"@(?<=[\w+-]@)[A-Za-z\d-]{1,64}+\.[A-Za-z\d-]")
"""What a text with an address has, SCHEMES, or MAIL in one of e-mail."""
KEPT = 10_000
"""Tokens of a block that are kept for the second look at it; no paragraph has more."""
TARGET = re.compile(r"\((?>[^()\\]|\\.|\((?>[^()\\]|\\.)*+\))*+\)", re.S)
REFERENCE = re.compile(r"\[(?!\^)[^\[\]]*+\]")
LABEL = re.compile(r"^[ ]{0,3}\[(?!\^)([^\[\]\n]{1,500})\]:", re.M)
LOCATOR = re.compile(r" \[[^\[\]]*+\]")
COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\[\]\n]*+\]|\{[^{}\n]*+\})*+")


def read_inlines(raw: str, offsets: array, language: str, kind: str, labels: frozenset[str] = frozenset(),
                 ) -> Iterator[tuple[str, array, str, str]]:
    """The passages of a block: text, where each letter stands, language, kind. What is a text of its own, a note or a span in
    another language, follows the text it stands in.

    `offsets` are the places of the letters of `raw`; a letter that is not what stands there gets the complement of its place (~).
    `labels` are those that addresses are given to elsewhere, in small letters: such words in brackets are a link by their very
    letters.
    """
    block = _Block(raw, offsets, labels)
    waiting = [(0, len(raw), language, kind)]
    while waiting:
        start, end, language, kind = waiting.pop()
        text, places, inner = _Stretch(block, start, end, language).read()
        if text.replace(HOLE, " ").strip():
            yield text, places, language, kind
        waiting += reversed(inner)


def find_labels(text: str) -> frozenset[str]:
    """The labels that a text gives addresses to, `[label]: https://…`, in small letters."""
    return frozenset(as_label(label) for label in LABEL.findall(text))


def as_label(words: str) -> str:
    """Words in brackets as they are compared with labels: in small letters, each blank one space."""
    return " ".join(words.lower().split())


def _pair_codes(raw: str) -> dict[int, int]:
    """Where each span of code begins -> where it ends."""
    runs = [(found.start(), found.end()) for found in re.finditer("`+", raw)]
    following: dict[int, int] = {}
    closing: list[int | None] = [None] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        start, end = runs[number]
        closing[number], following[end - start] = following.get(end - start), number
    pairs, number = {}, 0
    while number < len(runs):
        start, last = runs[number][0], closing[number]
        if last is None or re.search(r"(?<!\\)\\$", raw[max(start - 2, 0):start]):
            number += 1
            continue
        end = runs[last][1]
        attributes = ATTRIBUTES.match(raw, end)
        pairs[start], number = attributes.end() if attributes else end, last + 1
    return pairs


class _Block:
    """The raw text of a block, and what belongs together in it."""

    def __init__(self, raw: str, offsets: array, labels: frozenset[str]):
        self.raw, self.offsets, self.labels = raw, offsets, labels
        self.codes, self.last_comment = _pair_codes(raw), raw.rfind("-->")
        self.has_addresses = any(scheme in raw for scheme in SCHEMES) or bool(MAIL.search(raw))
        self.brackets: dict[int, int] = {}
        self.marks: set[int] = set()
        self.cites: list[int] = []
        self.following: dict[int, tuple[str, int, int] | None] = {}
        opened, openers = [], defaultdict(list)
        at = 0
        while token := self._read_token(at, len(raw)):
            if len(self.following) < KEPT:
                self.following[at] = token
            name, first, at = token
            if name == "open":
                opened.append(first)
            elif name == "close" and opened:
                self.brackets[opened.pop()] = first
            elif name == "cite":
                self.cites.append(first)
            elif name == "mark":
                self._pair_mark(first, at, openers)
        self.following[at] = None

    def _pair_mark(self, first: int, end: int, openers: dict[str, list[int]]) -> None:
        """Joins a mark of emphasis to the one that it closes; marks alone, or between blanks, are letters."""
        before, after, run = self.raw[first - 1:first] if first else "", self.raw[end:end + 1], self.raw[first:end]
        opens, closes = bool(after.strip()), bool(before.strip())
        if run[0] == "_":  # inside a word it is a letter
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        if closes and openers[run]:
            self.marks |= {openers[run].pop(), first}
        elif opens:
            openers[run].append(first)

    def next_token(self, at: int, end: int) -> tuple[str, int, int] | None:
        """The next thing that is not plain letters, before an end that is the block's or a closing bracket: its name, where it begins
        and ends. What follows a token is known; what follows the tail of a link may begin within one."""
        if at not in self.following:
            return self._read_token(at, end)
        token = self.following[at]
        return token if token and token[1] < end else None

    def _search(self, at: int, end: int) -> re.Match | None:
        """What may be the next token. Only addresses begin as words do; where there are none, no letter needs to be tried."""
        if self.has_addresses:
            return TOKEN.search(self.raw, at, end)
        while begins := BEGINS.search(self.raw, at, end):
            first = begins.start()
            blanks = first - at - len(self.raw[at:first].rstrip(" \t")) if begins[0] == "\n" else 0
            if found := blanks and TOKEN.match(self.raw, first - blanks, end) or TOKEN.match(self.raw, first, end):
                return found
            at = first + 1
        return None

    def _read_token(self, at: int, end: int) -> tuple[str, int, int] | None:
        while found := self._search(at, end):
            name, first, at = found.lastgroup, found.start(), found.end()
            if name == "code":
                if first not in self.codes:
                    continue
                at = self.codes[first]
            elif name == "comment":
                if first > self.last_comment:
                    continue
                at = self.raw.index("-->", first) + 3
            elif name == "escape":
                command = COMMAND.match(self.raw, first, end)
                name, at = ("command", command.end()) if command else (name, first + 2)
            elif name == "address":  # a stop at its end belongs to the sentence
                address = found[0].rstrip(".,;:!?»”’\"')*_")
                if found[0][len(address):].startswith(")") and address.count("(") > address.count(")"):
                    address += ")"
                at = first + len(address)
            return name, first, min(at, end)
        return None

    def cites_between(self, start: int, end: int) -> bool:
        """Whether something is cited there."""
        number = bisect_left(self.cites, start)
        return number < len(self.cites) and self.cites[number] < end

    def tail(self, at: int) -> tuple[int, str]:
        """Where what follows a closing bracket ends, an address, a reference, attributes; and the language that attributes name."""
        found = TARGET.match(self.raw, at) or REFERENCE.match(self.raw, at)
        if found and not (found[0][-1] == "]" and self.cites_between(at, found.end())):
            at = found.end()
        if attributes := ATTRIBUTES.match(self.raw, at):
            lang = LANG.search(attributes[0])
            return attributes.end(), lang[1] if lang else ""
        return at, ""


class _Stretch:
    """A stretch of a block that is read as one text."""

    def __init__(self, block: _Block, start: int, end: int, language: str):
        self.block, self.start, self.end, self.language = block, start, end, language
        self.words: list[str] = []
        self.places = array("q")
        self.inner: list[tuple[int, int, str, str]] = []
        self.tails: dict[int, int] = {}

    def read(self) -> tuple[str, array, list]:
        """The text, the places of its letters, and the stretches in it that are texts of their own."""
        at = self.start
        while token := self.block.next_token(at, self.end):
            name, first, last = token
            self._keep(at, first)
            at = self._take(name, first, last)
        self._keep(at, self.end)
        return "".join(self.words), self.places, self.inner

    def _is_label(self, first: int, close: int, tail: int) -> bool:
        """Whether words in brackets are a link by their letters: `[label]`, `[label][]`."""
        return bool(self.block.labels and close - first < 500 and self.block.raw[close + 1:tail] in ("", "[]")
                    and as_label(self.block.raw[first:close]) in self.block.labels)

    def _keep(self, first: int, last: int) -> None:
        """Letters that stand as they are."""
        self.words.append(self.block.raw[first:last])
        self.places.extend(self.block.offsets[first:last])

    def _put(self, letters: str, at: int) -> None:
        """Letters for something that stands otherwise."""
        place = self.block.offsets[at]
        self.words.append(letters)
        self.places.extend([min(place, ~place)] * len(letters))

    def _take(self, name: str, first: int, last: int) -> int:
        """Takes one thing that is not plain letters; where reading goes on."""
        raw = self.block.raw
        if name == "line":
            if last < self.end:
                blanks = raw[first:last].partition("\n")[0]
                self._put("\n" if blanks.endswith("  ") else " ", first)
        elif name == "escape":
            letter = raw[first + 1:last]
            if letter in ("\n", " "):
                self._put("\n" if letter == "\n" else "\u00a0", first)
            else:
                self._keep(first + 1 if letter and not letter.isalnum() and not letter.isspace() else first, last)
        elif name == "entity":
            letters = html.unescape(raw[first:last])
            if letters == raw[first:last]:
                self._keep(first, last)
            else:
                self._put(letters, first)
        elif name == "mark":
            if first not in self.block.marks:
                self._keep(first, last)
        elif name == "open":
            return self._open(first, last)
        elif name == "close":
            if first in self.tails:
                return self.tails[first]
            self._keep(first, last)
        elif name in ("comment", "attributes"):
            if raw[last:last + 1] == " " and raw[first - 1:first] in ("", " ", "\n"):  # one of the blanks round it is enough
                return last + 1
        else:
            self._put(HOLE, first)
            if name == "cite" and (locator := LOCATOR.match(raw, last, self.end)):
                return locator.end()
        return last

    def _open(self, first: int, last: int) -> int:
        """Takes a bracket: of a link, a note, a picture, a citation, or one of the text's own."""
        close = self.block.brackets.get(first)
        if close is None or close >= self.end:
            self._keep(first, last)
            return last
        sign, (tail, language) = self.block.raw[first], self.block.tail(close + 1)
        bare = tail == close + 1
        if sign == "^":
            self.inner.append((last, close, self.language, "note"))
            tail = close + 1
        elif self.block.raw.startswith("^", last):  # a mark of a note
            tail = close + 1
        elif sign == "!" and not bare:
            self.inner.append((last, close, language or self.language, "caption"))
        elif language and language != self.language:
            self.inner.append((last, close, language, "paragraph"))
        elif not (bare and self.block.cites_between(last, close)) and not self._is_label(last, close, tail):
            if bare:
                self._keep(first, last)
            else:
                self.tails[close] = tail
            return last
        self._put(HOLE, first)
        return tail
