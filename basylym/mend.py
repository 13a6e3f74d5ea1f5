"""Safe mends, written into the text of a source and nowhere else: every other byte stays as it was.

A mend is written only if the file is then read in the same way, but for the letters it changes: a dash that becomes the marker of
a list, or a blank that begins a comment in YAML, is refused.
"""

from __future__ import annotations

import codecs
import difflib
import re
import textwrap
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from basylym.model import Article, Finding, Mend, line_starts
from basylym.read.anchors import find_links
from basylym.read.blocks import Block
from basylym.read.front_matter import split_front_matter
from basylym.read.inlines import read_inlines
from basylym.read.prose import Body, block_text, read_block, read_body
from basylym.read.text import MARKS, decode, name_encoding, unify_lines
from basylym.read.yaml import YAML, read_yaml
from basylym.typography.counting import count_columns

ROUNDS = 10
"""How often an article is mended and read again, at most: one mend may lie in another's way, or lead to another."""
TRIALS = 60
"""How often the mends of a file are parted in the search for the one that may not be written."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file whose text was mended."""

    path: str
    """The file, relative to the journal's folder."""
    before: bytes
    """What it held."""
    after: bytes
    """What it holds when it is written."""
    count: int
    """How many mends that are."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """A mend as offsets of the text of a file, its byte-order mark and line endings included."""

    start: int
    end: int
    mend: Mend
    bar: int = -1
    """Where the cell of a grid ends, whose blanks make room for it."""


class Mending:
    """An article's sources while they are mended in memory."""

    def __init__(self, root: Path):
        self.root = root
        self.after: dict[str, bytes] = {}
        self.states: dict[str, dict[bytes, int]] = {}  # what each file held so far, as it was first, and after how many mends
        self.refused: set[Mend] = set()
        self.settled: set[str] = set()

    def spare(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, what may not be written being proposals."""
        return propose(findings, lambda fix: fix in self.refused or fix.place.path in self.settled)

    def write(self, article: Article, mends: Sequence[Mend], language: str) -> set[str]:
        """Writes mends; the files that are to be looked at again."""
        again = set()
        for path, text in article.files.items():
            mine = [mend for mend in mends if mend.place.path == path]
            if not mine:
                continue
            data = self.after.get(path) or (self.root / path).read_bytes()
            known = self.states.setdefault(path, {data: 0})
            beside = [other for name, other in article.files.items() if name != path]
            self.after[path], count, never = mend_file(data, text, mine, language, beside)
            self.refused |= never
            if self.after[path] in known and self.after[path] != data:  # mends that undo each other: let the file be
                self.settled.add(path)
            known.setdefault(self.after[path], known[data] + count)
            if self.after[path] != data or never:
                again.add(path)
        return again

    def look_again(self, article: Article, changed: Iterable[str]) -> Article:
        """The article with the texts that some of its files hold now, all else being as it was read."""
        texts = {path: _plain(decode(self.after[path], path)[0] or "") for path in changed}
        return replace(article, files={**article.files, **texts})

    def mended(self) -> tuple[Mended, ...]:
        """The files that hold something else by now."""
        return tuple(Mended(path, first, data, self.states[path][data]) for path, data in self.after.items()
                     if data != (first := next(iter(self.states[path]))))


class _Source:
    """A file as it was read before it is mended."""

    def __init__(self, whole: str, encoding: str, path: str, language: str, text: str):
        self.whole, self.encoding, self.path, self.language, self.text = whole, encoding, path, language, text
        self.body = None if path.lower().endswith(YAML) else read_body(text)
        self.known: dict[tuple, list] = {}
        self.front, _, self.line = ("", "", 1) if self.body is None else split_front_matter(text)


def safe_mends(findings: Iterable[Finding]) -> list[Mend]:
    """What may be written unasked: of what the article does not allow."""
    return [finding.fix for finding in findings if finding.fix and finding.fix.safe and not finding.allowed]


def propose(findings: Iterable[Finding], unsafe: Callable[[Mend], bool]) -> list[Finding]:
    """The findings, those mends that may not be written unasked being proposals."""
    return [replace(each, fix=replace(each.fix, safe=False)) if each.fix and unsafe(each.fix) else each for each in findings]


def mend_file(data: bytes, text: str, mends: Iterable[Mend], language: str, beside: Iterable[str] = (),
              ) -> tuple[bytes, int, set[Mend]]:
    """What a file holds when it is mended, how many mends were written, and those that may not be written at all.

    `text` is what was read of the file when the mends were found; `language` is the article's, `beside` the texts of its other
    files. Of mends that lie in each other's way the first is written; the next reading finds the others.
    """
    mends = sorted(set(mends), key=lambda mend: (mend.place.line, mend.place.column, -len(mend.old), mend.new))
    encoding = _encoding(data)
    if not mends or encoding is None or _plain(data.decode(encoding)) != text:
        return data, 0, set(mends)
    whole = data.decode(encoding)
    edits, refused = _place(whole, mends)
    source = _Source(whole, encoding, mends[0].place.path, language, text)
    if source.body:
        placed = edits
        edits = _leave_linked(source.body, _fit_tables(source.body, edits), (text, *beside))
        refused |= {edit.mend for edit in placed} - {edit.mend for edit in edits}
    chosen: list[_Edit] = []
    waiting, trials = [edits] if edits else [], 0
    while waiting:
        some = waiting.pop()
        trials += 1
        if trials <= TRIALS and _may_stand(source, [*chosen, *some]):
            chosen += some
        elif len(some) == 1 or trials > TRIALS:
            refused |= {edit.mend for edit in some}
        elif trials == 1 and source.body:
            waiting = [part for part in reversed(_part_doubtful(source.body, some, language)) if part]
        else:
            middle = len(some) // 2
            waiting += [some[middle:], some[:middle]]
    return _write(whole, chosen).encode(encoding), len(chosen), refused


def _encoding(data: bytes) -> str | None:
    """How a file's letters are written, its byte-order mark being a letter; None where they could not be written back the same."""
    mark, name = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", ""))
    if name:
        encoding = f"{name}-{'le' if mark.startswith(codecs.BOM_UTF16_LE) else 'be'}"
    else:
        encoding = name_encoding(data)
    try:
        return encoding if encoding and data.decode(encoding).encode(encoding) == data else None
    except UnicodeError:
        return None


def _plain(text: str) -> str:
    """The text as reading has it: no byte-order mark, lines ending in one newline."""
    return unify_lines(text.removeprefix("\ufeff"))


def _place(text: str, mends: Sequence[Mend]) -> tuple[list[_Edit], set[Mend]]:
    """The mends as offsets of the text, those left out that lie in another's way; and those that don't find their letters."""
    begin = text.startswith("\ufeff")
    lines = [int(begin), *(found.end() for found in re.finditer("\r\n|\r|\n", text))]
    edits, refused, last = [], set(), -1
    for mend in mends:
        start = lines[mend.place.line - 1] + mend.place.column - 1 if 0 < mend.place.line <= len(lines) else len(text)
        end = start + len(mend.old)
        if text[start:end] != mend.old or bisect_right(lines, start) != mend.place.line:
            refused.add(mend)
        elif start > last or (start == last and end > start):
            edits.append(_Edit(start, end, mend))
            last = end
    return edits, refused


def _offset(body: Body, edit: _Edit) -> int:
    """Where an edit begins in the text as it was read."""
    return line_starts(body.text)[edit.mend.place.line - 1] + edit.mend.place.column - 1


def _fit_tables(body: Body, edits: Sequence[_Edit]) -> list[_Edit]:
    """The edits without those that would move the bars of a grid or the columns of a table; in a grid the blanks at the end of a
    cell make room."""
    frames = sorted({(*frame, block.layout) for block in body.blocks for frame in block.frame})
    if not frames:
        return [*edits]
    begins, taken, kept = [frame[0] for frame in frames], Counter(), []
    for edit in edits:
        at = _offset(body, edit)
        number = bisect_right(begins, at) - 1
        first, last, layout = frames[number] if number >= 0 else (0, -1, "")
        growth = _width(edit.mend.new) - _width(edit.mend.old)
        if at > last or not growth:
            kept.append(edit)
        elif layout == "grid":
            room = len(body.text[first:last]) - len(body.text[first:last].rstrip(" "))
            if taken[last] + growth <= room:
                taken[last] += max(growth, 0)
                kept.append(replace(edit, bar=edit.start + last - at))
    return kept


def _width(text: str) -> int:
    """How many columns a text takes in a table, as pandoc counts them."""
    return count_columns(unicodedata.normalize("NFC", text))


def _leave_linked(body: Body, edits: Sequence[_Edit], texts: Iterable[str]) -> list[_Edit]:
    """The edits without those of headings that the article links to, by words that would no longer lead there; `texts` are its own."""
    headings = [block for block in body.blocks if block.kind == "heading" and block.stretches]
    begins = [block.stretches[0][0] for block in headings]
    inside: dict[int, list[tuple[int, _Edit]]] = {}
    for edit in edits:
        at = _offset(body, edit)
        number = bisect_right(begins, at) - 1
        if number >= 0 and at <= headings[number].stretches[-1][1]:
            inside.setdefault(number, []).append((at - begins[number], edit))
    lost, links = set(), find_links(texts if inside else ())
    for number, changes in inside.items():
        last = headings[number].stretches[-1][1]
        if re.match(r"[^\n{]*\{[^{}\n]*#", body.text[last:last + 500]):  # an identifier of its own
            continue
        old = block_text(body.text, headings[number])
        new = _write(old, [_Edit(at, at + len(edit.mend.old), edit.mend) for at, edit in changes])
        says = [next((words for words, *_ in read_inlines(raw, array("q", range(len(raw))), "", "heading", body.links)), "")
                for raw in (old, new)]
        if any(links.lead_to(words, raw) for words, raw in zip(says, (old, new), strict=True)):
            lost |= {edit for _, edit in changes}
    return [edit for edit in edits if edit not in lost]


def _write(text: str, edits: Iterable[_Edit]) -> str:
    changes, grown = [], Counter()
    for edit in edits:
        changes.append((edit.start, edit.end, edit.mend.new))
        if edit.bar >= 0:
            grown[edit.bar] += _width(edit.mend.new) - _width(edit.mend.old)
    changes += [(bar - max(growth, 0), bar, " " * -growth) for bar, growth in grown.items()]
    pieces, at = [], 0
    for start, end, new in sorted(changes):
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _part_doubtful(body: Body, edits: Sequence[_Edit], language: str) -> tuple[list[_Edit], list[_Edit]]:
    """The edits that do no harm in their paragraph, read by itself, and the others, which are then tried in ever smaller parts."""
    ends = [found.end() for found in re.finditer(r"\n[ \t>]*\n", body.text)]
    groups: dict[int, list[_Edit]] = {}
    for edit in edits:
        groups.setdefault(bisect_right(ends, _offset(body, edit)), []).append(edit)
    good, doubtful = [], []
    for number, some in groups.items():
        first, last = ends[number - 1] if number else 0, ends[number] if number < len(ends) else len(body.text)
        old = body.text[first:last]
        moved = [replace(edit, start=(at := _offset(body, edit) - first),
                         end=at + len(edit.mend.old), bar=edit.bar - edit.start + at if edit.bar >= 0 else -1) for edit in some]
        one, two = (read_body("-\n\n" + textwrap.dedent(text)) for text in (old, _write(old, moved)))
        (good if _same_prose(one, two, [edit.mend for edit in some], language, {}) else doubtful).extend(some)
    return good, doubtful


def _may_stand(source: _Source, edits: Sequence[_Edit]) -> bool:
    """Whether the file, with these edits, is read as before but for the letters they change."""
    mended = _write(source.whole, edits)
    try:
        data = mended.encode(source.encoding)
    except UnicodeEncodeError:  # an old encoding that lacks the letter
        return False
    new, _ = decode(data, source.path)
    if new is None or _plain(new) != _plain(mended):
        return False
    new = _plain(new)
    if source.body is None:
        return _same_data(source.text, new, [edit.mend for edit in edits])
    block, _, line = split_front_matter(new)
    head = [edit.mend for edit in edits if edit.mend.place.line < line]
    if line != source.line or not _same_data(source.front, block, head):
        return False
    return _same_prose(source.body, read_body(new), [edit.mend for edit in edits if edit.mend.place.line >= line], source.language,
                       source.known)


def _same_data(old: str, new: str, mends: Sequence[Mend]) -> bool:
    """Whether two YAML texts hold the same keys, and no more or less text than the mends make."""
    if not mends:
        return old == new
    before, after = (dict(_leaves(read_yaml(text, "")[0], ())) for text in (old, new))
    changed = [key for key in before if before[key] != after.get(key)]
    return (list(before) == list(after) and len(changed) <= len(mends)
            and sum(_length(after[key]) - _length(before[key]) for key in changed) == _growth(mends))


def _leaves(data: object, keys: tuple) -> Iterator[tuple[tuple, object]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*keys, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, (*keys, number))
    else:
        yield keys, data


def _same_prose(old: Body, new: Body, mends: Sequence[Mend], language: str, known: dict[tuple, list]) -> bool:
    """Whether two Markdown texts have the same paragraphs, headings, cells …, no more or less in them than the mends make, and
    their tables the same bars and columns. Only the blocks that differ are read letter by letter, and
    each once: what is `known` of them is kept."""
    if not mends:
        return True
    if old.labels != new.labels or [(each.kind, each.language, each.layout) for each in old.blocks] != [
            (each.kind, each.language, each.layout) for each in new.blocks]:
        return False
    count = growth = 0
    for each, other in zip(old.blocks, new.blocks, strict=True):
        if _is_moved(old.text, each, new.text, other):
            return False
        if block_text(old.text, each) == block_text(new.text, other):
            continue
        before, after = (_words(body, block, language, known) for body, block in ((old, each), (new, other)))
        if [inner[1:] for inner in before] != [inner[1:] for inner in after]:
            return False
        changed = [(was[0], now[0]) for was, now in zip(before, after, strict=True) if was[0] != now[0]]
        count += len(changed)
        growth += sum(_length(now) - _length(was) for was, now in changed)
    return count <= len(mends) and growth == _growth(mends)


def _words(body: Body, block: Block, language: str, known: dict[tuple, list]) -> list[tuple[str, str, str]]:
    """The passages of a block: text, language, kind."""
    key = (block_text(body.text, block), block.language, block.kind)
    if key not in known:
        known[key] = [(words, tag, kind) for words, _, tag, kind in read_block(body, block, language)]
    return known[key]


def _is_moved(old: str, cell: Block, new: str, other: Block) -> bool:
    """Whether a cell is not as wide in two texts."""
    rooms = [(old[slice(*one)], new[slice(*two)]) for one, two in zip(cell.frame, other.frame, strict=False)]
    return len(cell.frame) != len(other.frame) or any(was != now and _width(was) != _width(now) for was, now in rooms)


def _length(text: object) -> int:
    """How many characters a text has, however its accents are written."""
    return len(unicodedata.normalize("NFD", str(text)))


def _growth(mends: Iterable[Mend]) -> int:
    return sum(_length(mend.new) - _length(mend.old) for mend in mends)


def write_diff(files: Iterable[Mended]) -> str:
    """The mends as a unified diff, which `patch -p1` in the journal's folder writes."""
    return "".join(line for each in files for line in _diff_file(each))


def _diff_file(each: Mended) -> Iterator[str]:
    encoding = _encoding(each.before) or "utf-8"
    before, after = (re.findall("[^\n]*\n|[^\n]+", data.decode(encoding)) for data in (each.before, each.after))
    for line in difflib.unified_diff(before, after, f"a/{each.path}", f"b/{each.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
