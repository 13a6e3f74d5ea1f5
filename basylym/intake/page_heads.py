"""Running heads and page numbers of pages, taken away and told: those that pages share, left and right ones apart, and those that stand
on one page only but are known by its number, by interrupting a sentence, or by naming the article or the journal."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from basylym.intake.document import LeftOut
from basylym.intake.labels import find_label, find_section, is_references, skeleton

ENDS = re.compile(r"[.!?:;…][»”\")\]]*$")
PAGE_NUMBER = re.compile(r"[–—\s-]*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*[-–]?\s*(?:бет|стр\.?|с\.|б\.))?[–—\s-]*", re.I)
INITIALS = re.compile(r"\b[^\W\d_]\.\s?[^\W\d_]")
ISSUE = re.compile(r"(?:№|\bno\b\.?|\bvol\b\.?|\bvolume\b|\bissue\b|\bтом\b|\bт\.|\bвып\b\.?|\bISSN\b)\s{0,2}\d", re.I)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ENTRY = re.compile(r"[–—-]\s(?:19|20)\d\d[.,]?\s?[–—-]|[.,]\s?[–—-]\s?(?:№|Vol|No|Т\.|С\.|P\.|Б\.)|[.,]\s?[–—-]$|\s[СPБ]\.$|^[–—-]\s")
"""A part of a reference, which may stand at a page's top too: « – 2020. – Vol. 12. – »."""
EDGE = 3
"""Lines at a page's top and bottom that may be running heads."""
APART = 1.25
"""How far a running head stands from the text at least, in lines."""
LONGEST = 200
"""Letters of the longest running head."""
FRONT = 30
"""Lines of the first page that may name the article and its authors."""
FEWEST, BETWEEN, APART_AT_MOST, MOST = 3, 12, 400, 2_000
"""Of so many lone numbers, each one more than the last and so many lines apart, pages are known in a text that has no page breaks."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page."""

    text: str
    """Its words, without the blanks at its ends."""
    number: int
    """Its line in the file, from 1, or on its page."""
    page: int = 1
    """Its page, from 1."""
    blank: bool = False
    """Whether a blank line stands before it."""
    loose: bool = False
    """Whether two blanks or more stand at its end, as after a paragraph that was typed with one."""
    size: float = 0
    """The size of its letters, where known."""
    bold: float = 0
    """What part of them is bold."""
    italic: float = 0
    """What part is italic."""
    left: float | None = None
    """Where it begins, in points from the page's edge."""
    right: float | None = None
    """Where it ends."""
    bottom: float = 0
    """Where its letters stand on the page, in points from its lower edge; 0 where unknown."""
    marked: str = ""
    """The same with raised letters between \\ue000 and \\ue001."""
    gap: float = 0
    """How far below the line before it stands, in lines' heights; 0 where unknown."""
    gaps: int = 0
    """How many wide gaps part its words, as the cells of a table."""


def find_pages(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a text without page breaks, with pages where lone numbers count them; else as they are."""
    if not lines or lines[-1].page > 1:
        return list(lines)
    chains: dict[int, list[int]] = {}
    best: list[int] = []
    if heads := _numbered_heads(lines):
        return [replace(line, page=max(1, bisect_right(heads, at))) for at, line in enumerate(lines)]
    for at, line in enumerate(lines):
        if not line.text.isdecimal() or len(line.text) > 4:
            continue
        number = int(line.text)
        before = chains.get(number - 1)
        chains[number] = chain = [*before[-MOST:], at] if before and BETWEEN < at - before[-1] < APART_AT_MOST else [at]
        best = max(best, chain, key=len)
    if len(best) < FEWEST:
        return list(lines)
    ends, page, found = set(best), 1, []
    for at, line in enumerate(lines):
        found.append(replace(line, page=page))
        page += at in ends
    return found


def _numbered_heads(lines: Sequence[TextLine]) -> list[int]:
    """Lines that name a journal's issue and one page after another, in a text without page breaks; fewer than two are none."""
    found: list[tuple[int, int, str]] = []
    for at, line in enumerate(lines):
        if len(line.text) < LONGEST and _names_issue(line.text) and len(found) < MOST:
            found += [(at, number, skeleton(re.sub(rf"^{number}\s+|\s+{number}$", "", line.text)))
                      for number in sorted(_numbers(line.text)) if not YEAR.fullmatch(str(number))]
    rows = [one for one, other in zip(found, found[1:], strict=False) if one[1] + 1 == other[1] and one[2] == other[2]]
    return [at for at, *_ in (*rows, found[-1])] if rows and len(rows) == len(found) - 1 and found[0][0] < EDGE else []


def take_running_heads(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[LeftOut]]:
    """The lines without running heads and page numbers, and those."""
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    if len(pages) < 2:
        return list(lines), []
    heads = _Heads(pages)
    kept: list[TextLine] = []
    out: list[LeftOut] = []
    for number, page in pages.items():
        first = heads.count(page, True)
        last = len(page) - heads.count(page[first:], False)
        first = heads.skip_interrupting(page, first, last, kept)
        for line in (*page[:first], *page[last:]):
            out.append(LeftOut(line.text, "page_number" if PAGE_NUMBER.fullmatch(line.text[:30]) else "running_head", f"page {number}"))
        kept += page[first:last]
    return kept, out


class _Heads:
    """What the pages tell of their edges."""

    def __init__(self, pages: dict[int, list[TextLine]]) -> None:
        self.pages = pages
        self.seen: Counter[tuple[str, int, bool]] = Counter()
        for page in pages.values():
            self.seen.update({(*_mould(line), top) for top, edge in ((True, page[:EDGE]), (False, page[-EDGE:])) for line in edge})
        self.often = max(2, len(pages) * 0.3)
        first = next(iter(pages.values()))
        self.first = first[0]
        front: list[str] = []
        for line in first[:FRONT]:
            if (label := find_label(line.text)) and label.part in ("abstract", "keywords") or find_section(line.text):
                break
            front.append(line.text)
        named = len(front) < min(FRONT, len(first))  # something says where the front matter ends
        self.front = frozenset(re.findall(r"\w{4,}", skeleton(" ".join(front)))) if named else frozenset()
        self.offset = self._find_offset()

    def _find_offset(self) -> int | None:
        """What page numbers are more than the count of pages, where most pages have one at an edge."""
        found: Counter[int] = Counter()
        for number, page in self.pages.items():
            found.update({each - number for line in (*page[:2], *page[-2:]) if len(line.text) < LONGEST for each in _numbers(line.text)})
        offset, times = max(found.items(), key=lambda each: (each[1], -abs(each[0])), default=(0, 0))
        return offset if times >= 2 and times * 2 >= len(self.pages) else None

    def count(self, page: Sequence[TextLine], top: bool) -> int:
        """How many lines of a page's edge are running heads: those in a row, where the last is set off from the text, if that is seen."""
        edge = page[:EDGE] if top else list(reversed(page[-EDGE:]))
        gaps = [line.gap for line in page] if top else [line.gap for line in reversed(page)]
        ahead = 1 if top else 0
        count = next((at for at, line in enumerate(edge) if not self._is_running(line, top)), len(edge))
        while count and any(gaps) and count - 1 + ahead < len(gaps) and gaps[count - 1 + ahead] < APART:
            if self._is_counted(edge[count - 1]) or _names_issue(edge[count - 1].text):
                break
            count -= 1
        return count

    def _is_running(self, line: TextLine, top: bool) -> bool:
        if len(line.text) >= LONGEST:
            return False
        times = self.seen[*_mould(line), top]
        if PAGE_NUMBER.fullmatch(line.text[:30]) and len(line.text) < 30:
            return times >= 2 or self._is_counted(line)
        if find_section(line.text) or is_references(line.text) or _is_code(line.text):
            return False
        if times >= self.often or self._is_counted(line) and (times > 1 or self._names_article(line.text) or _names_issue(line.text)):
            return True
        at_top = line is self.first or top and line.page > self.first.page
        return at_top and (_names_issue(line.text) or line is not self.first and self._names_article(line.text))

    def _is_counted(self, line: TextLine) -> bool:
        """Whether the page's number stands at an end of a line."""
        return self.offset is not None and line.page + self.offset in _numbers(line.text)

    def _names_article(self, text: str) -> bool:
        """Whether nearly all words of a line stand before the abstract: authors and title, shortened."""
        words = re.findall(r"\w{4,}", skeleton(text))
        known = sum(word in self.front for word in words)
        return len(words) > 2 - bool(INITIALS.search(text)) and known >= len(words) - (len(words) > 3) and not text[:1].islower() and (
            not find_label(text) and (not ENDS.search(text) or text.endswith(("…", "..."))))

    def skip_interrupting(self, page: Sequence[TextLine], first: int, last: int, kept: Sequence[TextLine]) -> int:
        """Where a page's text begins behind lines that no other page has and that stand inside a sentence: a head of one page alone."""
        while first < min(last - 1, EDGE) and kept and page[first].page > self.first.page:
            line, following = page[first], page[first + 1]
            apart = following.blank or following.gap > APART or self.offset is not None
            short = len(line.text) < 0.75 * max(len(kept[-1].text), len(following.text))
            inside = not ENDS.search(kept[-1].text) and len(kept[-1].text) > 30 and following.text[:1].islower()
            if not (apart and short and inside) or line.text[:1].islower() or ENDS.search(line.text.rstrip("….")):
                break
            first += 1
        return first


def _numbers(text: str) -> set[int]:
    """The numbers that a line begins and ends with."""
    found = (re.match(r"\W{0,3}(\d{1,4})(?!\d|[.,/:]\d)\b", text),
             re.search(r"(?<!\w)(?<!\d[.,/:])(?<![^\W\d_]\.)(\d{1,4})\W{0,3}$", text[-12:]))
    return {int(each[1]) for each in found if each}


def _names_issue(text: str) -> bool:
    """Whether a line says which issue of a journal it is: «Хабаршы. № 2 (14), 2025»."""
    return bool(ISSUE.search(text) and YEAR.search(text)) and "//" not in text and len(text) < 150 and not ENTRY.search(text)


def _is_code(text: str) -> bool:
    label = find_label(text)
    return bool(label) and label.part in ("udc", "irsti", "doi", "abstract", "keywords")


def _mould(line: TextLine) -> tuple[str, int]:
    """What running heads of all pages have in common: their words without numbers, and their height."""
    return re.sub(r"\d+", "#", skeleton(line.text)[:LONGEST]).strip(), round(line.bottom / 6)
