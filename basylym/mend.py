"""Safe mends, written into the text of a source and nowhere else: every other byte stays as it was.

A mend is written only if the file is then read in the same way, but for the letters it changes: a dash that becomes the marker of
a list, or a blank that begins a comment in YAML, is refused.
"""

from __future__ import annotations

import codecs
import difflib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from basylym.model import Finding, Mend
from basylym.read.front_matter import split_front_matter
from basylym.read.prose import read_passages
from basylym.read.text import MARKS, decode, name_encoding
from basylym.read.yaml import read_yaml

ROUNDS = 10
"""How often an article is mended and read again, at most: one mend may lie in another's way, or lead to another."""
TRIALS = 60
"""How often the mends of a file are parted in the search for the one that may not be written."""
YAML = (".yaml", ".yml")


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


def safe_mends(findings: Iterable[Finding]) -> list[Mend]:
    """What may be written unasked: of what the article does not allow."""
    return [finding.fix for finding in findings if finding.fix and finding.fix.safe and not finding.allowed]


def mend_file(data: bytes, text: str, mends: Iterable[Mend], language: str) -> tuple[bytes, int, set[Mend]]:
    """What a file holds when it is mended, how many mends were written, and those that may not be written at all.

    `text` is what was read of the file when the mends were found; `language` is the article's. Of mends that lie in each other's
    way the first is written; the next reading finds the others.
    """
    mends = sorted(set(mends), key=lambda mend: (mend.place.line, mend.place.column, -len(mend.old), mend.new))
    encoding = _encoding(data)
    if encoding is None or _plain(data.decode(encoding)) != text:
        return data, 0, set(mends)
    whole = data.decode(encoding)
    edits, refused = _place(whole, mends)
    chosen: list[_Edit] = []
    waiting, trials = [edits] if edits else [], 0
    while waiting:
        some = waiting.pop()
        trials += 1
        if trials <= TRIALS and _may_stand(whole, [*chosen, *some], encoding, mends[0].place.path, language):
            chosen += some
        elif len(some) == 1 or trials > TRIALS:
            refused |= {edit.mend for edit in some}
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
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


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


def _write(text: str, edits: Iterable[_Edit]) -> str:
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[at:edit.start], edit.mend.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _may_stand(whole: str, edits: Sequence[_Edit], encoding: str, path: str, language: str) -> bool:
    """Whether the file, with these edits, is read as before but for the letters they change."""
    mended = _write(whole, edits)
    try:
        data = mended.encode(encoding)
    except UnicodeEncodeError:  # an old encoding that lacks the letter
        return False
    new, _ = decode(data, path)
    old = _plain(whole)
    if new is None or _plain(new) != _plain(mended):
        return False
    new = _plain(new)
    if path.lower().endswith(YAML):
        return _same_data(old, new, [edit.mend for edit in edits])
    block, _, line = split_front_matter(old)
    head = [edit.mend for edit in edits if edit.mend.place.line < line]
    if split_front_matter(new)[2] != line or not _same_data(block, split_front_matter(new)[0], head):
        return False
    return _same_prose(old, new, [edit.mend for edit in edits if edit.mend.place.line >= line], path, language)


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


def _same_prose(old: str, new: str, mends: Sequence[Mend], path: str, language: str) -> bool:
    """Whether two Markdown texts have the same paragraphs, headings, cells …, and no more or less in them than the mends make."""
    if not mends:
        return True
    before, after = (list(read_passages(path, text, language)) for text in (old, new))
    if [(each.kind, each.language) for each in before] != [(each.kind, each.language) for each in after]:
        return False
    changed = [(each.text, other.text) for each, other in zip(before, after, strict=True) if each.text != other.text]
    return len(changed) <= len(mends) and sum(_length(text) - _length(was) for was, text in changed) == _growth(mends)


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
