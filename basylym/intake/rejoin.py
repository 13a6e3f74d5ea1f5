"""Lines of a page made paragraphs again: running heads and page numbers taken away, broken words joined, paragraphs told apart.

A page's text has a line for a line and nothing that says where a paragraph ends. It ended where the next line's first word would
have fitted; blank lines part paragraphs only where not every line has one after it.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from basylym.intake.document import LeftOut
from basylym.intake.labels import find_label, find_section, is_references, skeleton
from basylym.languages import language
from basylym.languages.identify import identify_language
from basylym.typography.hyphenation import break_points

ENDS = re.compile(r"[.!?:;…][»”\")\]]*$")
BEGINS = re.compile(r"[«“„\"(\[]*(?:[^\W\d_]|\d)")
BULLET = re.compile(r"(?:[–—•▪●·*-]\s|\(?\d{1,3}[.)]\s|[a-zа-яә]\)\s)")
PAGE_NUMBER = re.compile(r"[–—\s-]*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*[-–]?\s*(?:бет|стр\.?|с\.|б\.))?[–—\s-]*", re.I)
HYPHENS = "-\u00ad\u2010\u00ac"
WIDTHS = {letter: wide for wide, letters in {
    2.5: " .,", 2.8: "іijlt:;/", 3.3: "frI()[]-‐!І'’", 3.9: "sзг", 4.4: "аәеcсaezт?”“„", 4.7: "вьэя", 5.3: "инңйпцх", 5.0: "бдкқлоөруұүһч",
    6.4: "мф", 6.8: "жы", 7.4: "ю", 7.7: "шщmw", 10: "—МШЩЖЮФЫMW%@"}.items() for letter in letters}
"""Of the letters of a serif face, in tenths of its size."""
INDENT = 0.05
"""What a paragraph's first line is shorter by, of a full line's width, where nobody can see it."""
EDGE = 3
"""Lines at a page's top and bottom that may be running heads."""
APART = 1.25
"""How far a running head stands from the text at least, in lines."""


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


def width(text: str) -> float:
    """How wide a text is set, about, in letters of middling width."""
    return sum(WIDTHS.get(letter, 6.9 if letter.isupper() else 5) for letter in text) / 5


def take_running_heads(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[LeftOut]]:
    """The lines without running heads and page numbers, and those."""
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    if len(pages) < 2:
        return list(lines), []
    seen: Counter[tuple[str, int, bool]] = Counter()
    for page in pages.values():
        seen.update({(*_mould(line), top) for top, edge in ((True, page[:EDGE]), (False, page[-EDGE:])) for line in edge})
    often = max(2, len(pages) * 0.3)
    kept, out = [], []
    for number, page in pages.items():
        whys = ["", *(_is_running(line.text, seen[*_mould(line), True], often) for line in page[:EDGE])]
        first = _edge(whys, [line.gap for line in page], 1)
        whys = ["", *(_is_running(line.text, seen[*_mould(line), False], often) for line in reversed(page[first:][-EDGE:]))]
        last = len(page) - _edge(whys, [line.gap for line in reversed(page)], 0)
        for line in (*page[:first], *page[last:]):
            out.append(LeftOut(line.text, "page_number" if PAGE_NUMBER.fullmatch(line.text[:30]) else "running_head", f"page {number}"))
        kept += page[first:last]
    return kept, out


def _edge(whys: Sequence[str], gaps: Sequence[float], ahead: int) -> int:
    """How many lines of a page's edge are running heads: those in a row, where the last is set off from the text, if that can be seen."""
    count = next((at for at, why in enumerate([*whys[1:], ""]) if not why), 0)
    if any(gaps):
        while count and count - 1 + ahead < len(gaps) and gaps[count - 1 + ahead] < APART:
            count -= 1
    return count


def _mould(line: TextLine) -> tuple[str, int]:
    """What running heads of all pages have in common: their words without numbers, and their height."""
    return re.sub(r"\d+", "#", skeleton(line.text)[:200]).strip(), round(line.bottom / 6)


def _is_running(text: str, times: int, often: float) -> str:
    if PAGE_NUMBER.fullmatch(text[:30]) and len(text) < 30 and times >= 2:
        return "page_number"
    return "running_head" if times >= often and len(text) < 200 and not find_section(text) and not is_references(text) else ""


def join_lines(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Paragraphs, each as the lines it is made of."""
    full = _full_widths(lines)
    double = _double_spaced(lines)
    paragraphs: list[list[TextLine]] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or _parted(before, line, full[at - 1], double[at], paragraphs[-1]):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return paragraphs


def _full_widths(lines: Sequence[TextLine]) -> list[float]:
    """How wide a full line is in each line's neighbourhood: an abstract is set narrower and smaller than the text."""
    widths = [line.right - line.left if line.left is not None and line.right is not None else width(line.text) for line in lines]
    found = []
    for start in range(0, len(widths), 8):
        near = sorted(each for each in widths[max(0, start - 20):start + 28])
        found += [near[int(len(near) * 0.96)]] * min(8, len(widths) - start)
    return found


def _double_spaced(lines: Sequence[TextLine]) -> list[bool]:
    """Whether a blank line stands before nearly every line in each line's neighbourhood."""
    found = []
    for start in range(0, len(lines), 4):
        near = lines[max(0, start - 5):start + 9]
        found += [sum(line.blank for line in near) > 0.66 * len(near) and len(near) > 5] * min(4, len(lines) - start)
    return found


def _filled(line: TextLine, following: TextLine, full: float) -> float:
    """How full a line would be with the next one's first word."""
    if line.left is not None and line.right is not None:
        wide, letter = line.right - line.left, (line.right - line.left) / max(1, len(line.text))
        return (wide + (len(following.text.split(" ", 1)[0]) + 1) * letter) / full
    return (width(line.text) + width(following.text.split(" ", 1)[0]) + 0.5) / full


def _parted(before: TextLine, line: TextLine, full: float, double: bool, paragraph: list[TextLine]) -> bool:
    """Whether a new paragraph begins with `line`."""
    if _stands_alone(line.text) or (len(paragraph) == 1 and _stands_alone(before.text)):
        return True
    label = None if line.text[:1].islower() or before.text[-1:] in ",(-–" else find_label(line.text)
    if label and (label.firm or label.part in ("udc", "irsti", "doi")):
        return True
    if abs(before.size - line.size) > 0.6 or (line.size and len(paragraph) == 1 and (before.bold > 0.9) != (line.bold > 0.9)):
        return True
    if re.match("\ue000[\\d*]{1,3}\ue001 ?[^\\W\\d_]", line.marked):
        return True  # an organisation behind its mark
    if before.text[-1:] in HYPHENS and line.text[:1].islower():
        return False
    ended, small = bool(ENDS.search(before.text)), line.text[:1].islower()
    if line.blank and not double and not (small and not ended):
        return True
    if line.gap > 1.6 and line.page == before.page and not (small and not ended):
        return True
    if before.loose and ended and not small:
        return True
    if line.left is not None and before.left is not None and ended and not small and 6 < line.left - before.left < 60:
        return True  # its first line is indented
    filled = _filled(before, line, full) + (INDENT if paragraph[0] is before and before.left is None else 0)
    fits = filled < (1.004 if ended else 0.8)
    if BULLET.match(line.text) and ended and (fits or BULLET.match(paragraph[0].text)):
        return True
    if small or not BEGINS.match(line.text) or before.text[-1:] in ",–—(«":
        return False
    if fits and not ended and paragraph[0] is before and before.text.isupper() and line.text.isupper():
        return False  # a title in capitals over two lines
    return fits


def _stands_alone(text: str) -> bool:
    """Whether a line is a paragraph by its words: the heading of a known part, or a label with nothing after it."""
    label = None if text[:1].islower() else find_label(text)
    return bool(find_section(text) or is_references(text) or (label and not label.rest and label.part not in ("udc", "irsti", "doi")
                                                               and len(text.split()) < 7))


class Words:
    """The words of a text, by which a hyphen at a line's end is known for a break or for the word's own."""

    def __init__(self, texts: Sequence[str]) -> None:
        words = re.findall(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*", " ".join(texts).lower())
        self.known = frozenset(word.replace("‐", "-") for word in words)
        tag = identify_language(" ".join(texts)[:20_000], ("kk", "ru", "en")) or "kk"
        tags = dict.fromkeys((tag, "kk", "ru", "en"))
        slips = [language(each).slips for each in tags]
        self.pairs = tuple(pair for each in slips for pair in (*each.pairs, *each.sure_pairs))
        self.first = frozenset(part for each in slips for part in each.first_parts)
        self.joined = tuple(part for each in slips for part in each.joined)

    def own_hyphen(self, before: str, after: str) -> bool:
        """Whether «before-after» is written with its hyphen."""
        first, second = before.lower(), after.lower()
        if f"{first}-{second}" in self.known:
            return True
        if first + second in self.known:
            return False
        if f"{first}-{second}".startswith(self.pairs) or first in self.first or first == second:
            return True
        if self.joined and first.startswith(self.joined) and second.startswith(self.joined):
            return True
        if re.search("[әғқңөұүһі]", first + second):
            return len(first) not in break_points(first + second)
        return False


def join_words(lines: Sequence[str], words: Words, where: str, out: list[LeftOut]) -> str:
    """The text of a paragraph's lines; hyphens that only broke words at lines' ends are left out, and told."""
    parts: list[str] = []
    for line in lines:
        last = parts[-1] if parts else ""
        if not parts:
            parts.append(line)
        elif last[-1:] in HYPHENS and last[-2:-1].isalpha() and line[:1].islower():
            first, second = re.search(r"[^\W\d_]+$", last[-60:-1]), re.match(r"[^\W\d_]+", line[:60])
            if not (last[-1] in "-\u2010" and first and second and words.own_hyphen(first[0], second[0])):
                out.append(LeftOut(last[-1], "hyphen", where))
                parts[-1] = last[:-1]
            parts.append(line)
        else:
            # 2006–2008, общественно–политический
            solid = re.search(r"\w[-–]$", last[-2:]) and line[:1].isalnum()
            parts += [line] if solid else [" ", line]
    return "".join(parts).replace("\u00ad", "")


def usual_size(lines: Sequence[TextLine]) -> float | None:
    """The size of most letters."""
    sizes = [line.size for line in lines if line.size for _ in range(1 + len(line.text) // 20)]
    return round(statistics.median(sizes), 1) if sizes else None

