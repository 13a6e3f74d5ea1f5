"""Where a document's front matter stands: heads, abstracts and keywords in each language, statements, paragraphs about authors.

A document is walked line by line. Before its text stand heads and abstracts; after it, before or after the references, may stand
those in the other languages, and what is said of money, thanks, interests and authors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from basylym.intake.affiliations import is_country, is_personal, is_place
from basylym.intake.author_blocks import find_block, known_authors
from basylym.intake.codes import DATES, find_dates, find_emails, is_code_line
from basylym.intake.head_lines import begins_structured
from basylym.intake.labels import Label, exact_words, find_label, find_section, is_references, skeleton
from basylym.intake.names import Person
from basylym.intake.organisations import is_organisation
from basylym.intake.people import is_degree, read_authors
from basylym.intake.spans import UP, Span
from basylym.languages.identify import identify_language

STATEMENTS = ("funding", "acknowledgements", "conflict_of_interest", "contributions")
MARKED = ("abstract", "keywords")
NOTES = (*DATES, "corresponding", "cite_as")
FAR = 16
"""Lines that a head of the next language has at most, before its abstract."""
MOST_PERSONAL = 400
"""Lines that tell of authors at most, under their heading."""
PROSE = 260
"""Letters of a line that is prose, not a title or an organisation."""
REFERENCE = re.compile(r"\s*\[?\d{1,3}[.)\]]\s+\S|.*//|.*(?:19|20)\d\d.*(?:\s[–—-]\s|[СсPpБб]\.\s?\d)|.*(?:doi\.org|https?://|URL)|.*\((?:19|20)\d\d[a-zа-я]?\)")
SEPARATOR = re.compile("[,;]")
FOOTNOTE = re.compile(r"\d{1,2}\s+[^\W\d_a-zа-яё]\w+\s.*[.!?]$")
NUMBERED_HEADING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVXІХ]{1,4}\.)\s+[^\W\d_a-zа-я]")


@dataclass(slots=True)
class Piece:
    """A labelled part: an abstract, keywords, a statement."""

    part: str
    """What it is."""
    tags: tuple[str, ...]
    """The languages of its label."""
    label: str
    """The label as typed."""
    spans: list[Span]
    """The lines it is made of."""
    first: str = ""
    """What stands behind the label in its own line."""
    parted: bool = field(init=False)
    """Whether a comma or semicolon stands behind the label."""

    def __post_init__(self) -> None:
        self.parted = bool(SEPARATOR.search(self.first))

    def add(self, span: Span) -> None:
        """Takes a line that belongs to it."""
        self.spans.append(span)
        self.parted = self.parted or bool(SEPARATOR.search(span.text))


@dataclass(slots=True)
class Group:
    """A head with what belongs to it: one language's front matter, or that of all."""

    head: list[Span] = field(default_factory=list)
    """Codes, titles, authors, organisations."""
    pieces: list[Piece] = field(default_factory=list)
    """Abstracts and keywords after it."""


@dataclass(slots=True)
class Zones:
    """All of a document's front matter, in parts."""

    groups: list[Group] = field(default_factory=list)
    """Heads and abstracts."""
    statements: list[Piece] = field(default_factory=list)
    """Money, thanks, interests, contributions."""
    notes: list[tuple[str, Span]] = field(default_factory=list)
    """Lines of days, addresses and the like by themselves: their part, the line."""
    people: list[Span] = field(default_factory=list)
    """Lines about the authors."""
    labelled: dict[int, str] = field(default_factory=dict)
    """The languages of the headings that they stand under, by their blocks."""
    headings: list[Span] = field(default_factory=list)
    """Headings that are labels only."""
    body: tuple[int, int] = (0, 0)
    """The first line of the text, and the one behind its last."""


def label_of(span: Span) -> Label | None:
    """The label that a line begins with, where the line is surely labelled by it."""
    text = span.text.lstrip("*•[( ")
    if text[:1].islower():
        return None
    label = find_label(text)
    if not label:
        return None
    bold = span.bold_start and skeleton(span.bold_start).startswith(skeleton(label.words)) and len(span.bold_start) < len(label.words) + 4
    if label.part in MARKED:
        return label if label.firm or bold or (label.rest[:1].isupper() and label.words.isupper() and not label.rest.isupper()) else None
    if label.part in STATEMENTS or label.part in ("about_authors", "cite_as", "corresponding", "email"):
        return label if label.firm or bold else None
    if label.part in DATES:
        return label if find_dates(span.text) or (label.firm and len(span.text) < 80) else None
    return label if is_code_line(span.text) else None


class Walk:
    """A document walked through."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.labels = [label_of(span) for span in spans]
        self.sections = [self.labels[at] is None and find_section(span.text) is not None for at, span in enumerate(spans)]
        self.lists = {at for at, span in enumerate(spans) if at > 3 and self.labels[at] is None and is_references(span.text)}
        self.next_marked = self._following(MARKED)
        self.zones = Zones()
        self.taken: set[int] = set()
        self.known: list[Person] | None = None

    def _following(self, parts: Sequence[str]) -> list[int]:
        """For each line the next that is labelled as one of `parts`, before any section's heading or list."""
        found, last = [10**9] * (len(self.spans) + 1), 10**9
        for at in range(len(self.spans) - 1, -1, -1):
            if self.sections[at] or at in self.lists:
                last = 10**9
            if (label := self.labels[at]) and label.part in parts:
                last = at
            found[at] = last
        return found

    def run(self) -> Zones:
        """The front matter's parts."""
        begin = self._walk(0, len(self.spans), True)
        end = min((at for at in self.lists if at >= begin), default=len(self.spans))
        self._read_behind(begin, end, begin, True)
        self._read_behind(end, len(self.spans), end + 1, False)
        self.zones.body = (begin, end)
        return self.zones

    def _walk(self, start: int, stop: int, may_end: bool) -> int:
        """Reads heads and abstracts from a line on; the line at which the text begins."""
        group, piece = Group(), None
        self.zones.groups.append(group)
        at = start
        while at < stop:
            span, label = self.spans[at], self.labels[at]
            if self.sections[at] or at in self.lists:
                break
            if label and label.part in MARKED:
                piece = Piece(label.part, label.tags, label.words, [span], label.rest)
                group.pieces.append(piece)
            elif label and label.part in STATEMENTS:
                at = self._statement(at, stop)
                piece = None
                continue
            elif label and label.part == "about_authors":
                at = self._people(at, stop)
                piece = None
                continue
            elif label and label.part in NOTES:
                self.zones.notes.append((label.part, span))
            elif piece and self._is_head_under_label(piece, at):
                if len(group.pieces) > 1:
                    group.pieces.remove(piece)
                    group = Group(pieces=[piece])
                    self.zones.groups.append(group)
                group.head.append(span)
            elif piece and self._goes_on(piece, at):
                piece.add(span)
            elif group.pieces and self._is_late_author(at, group):
                piece = None
                group.head.append(span)
            elif may_end and self._is_text(at, bool(group.pieces or len(self.zones.groups) > 1)):
                break
            else:
                piece = None
                if group.pieces and not self._is_note(span):
                    group = Group()
                    self.zones.groups.append(group)
                if self._is_bare_abstract(at, group):
                    piece = Piece("abstract", (), "", [span], span.text)
                    group.pieces.append(piece)
                else:
                    group.head.append(span)
            self.taken.add(at)
            at += 1
        return at

    def _is_note(self, span: Span) -> bool:
        return is_code_line(span.text) or bool(find_dates(span.text))

    def _goes_on(self, piece: Piece, at: int) -> bool:
        """Whether a line belongs to the abstract or keywords before it."""
        span, before = self.spans[at], piece.spans[-1].text
        empty = len(piece.spans) == 1 and not piece.first
        if piece.part == "keywords":
            if empty:
                return len(span.text) < 900
            if span.block == piece.spans[0].block and not piece.parted:
                return len(span.text) < 60 and not re.search("[,;:.]", span.text) and not self._looks_like_head(span)  # a keyword a line
            return before[-1:] in ",;" or (span.text[:1].islower() and not before.endswith(".") and len(span.text) < PROSE)
        if empty:
            return True
        following = self.next_marked[at]
        label = self.labels[following] if following < len(self.spans) else None
        if label and label.part == "keywords" and following - at < FAR:
            return not self._looks_like_head(span)
        return span.block == piece.spans[-1].block and (len(span.text) > PROSE or begins_structured(span.text)) or (
            before[-1:] not in ".!?»)" and span.text[:1].islower())

    def _is_late_author(self, at: int, group: Group) -> bool:
        """Whether a line names authors, or their organisation, behind the keywords of a head that named none."""
        if not any(len(span.text.split()) > 2 and not is_code_line(span.text) for span in group.head):
            return False
        if read_authors(self.spans[at].marked) and not any(read_authors(span.marked) for span in group.head):
            return True
        before = group.head[-1] if group.head else None
        return bool(before and at and before is self.spans[at - 1] and len(self.spans[at].text) < PROSE and (
            is_organisation(self.spans[at].text) or is_place(self.spans[at].text) or find_emails(self.spans[at].text))
            and (read_authors(before.marked) or is_organisation(before.text) or is_place(before.text)))

    def _is_head_under_label(self, piece: Piece, at: int) -> bool:
        """Whether a line is a title, an author or an organisation that stands under the word «Abstract», before the abstract itself."""
        following = self.next_marked[at]
        if piece.part != "abstract" or piece.first or len(piece.spans) > 1 or following >= len(self.spans) or following - at > 9:
            return False
        label = self.labels[following]
        if not label or label.part != "keywords" or self._is_prose(self.spans[at]):
            return False
        after = self.spans[at + 1] if at + 1 < following else None
        titled = after is not None and self.spans[at].look.bold > 0.9 > after.look.bold and not self.spans[at].text.endswith(".") and (
            after.text.count(" ") > 3 and after.text.endswith("."))  # a bold title, and a short abstract below it
        return titled or any(self._is_prose(span) for span in self.spans[at + 1:following])

    def _is_prose(self, span: Span) -> bool:
        """Whether a line is a paragraph of sentences."""
        text = span.text
        return len(text) > 70 and text.count(" ") > 6 and text.rstrip("»”)")[-1:] in ".!?" and span.look.bold < 0.9 and not (
            is_country(text.rsplit(",", 1)[-1]) or span.marked[:1] == UP or find_emails(text) or read_authors(span.marked))

    def _is_abstract(self, span: Span) -> bool:
        return self._is_prose(span) or len(span.text) > 40 and begins_structured(span.text)

    def _is_bare_abstract(self, at: int, group: Group) -> bool:
        """Whether a line is an abstract without its word: prose that keywords follow at once."""
        following = self.next_marked[at]
        label = self.labels[following] if following < len(self.spans) else None
        near = label is not None and label.part == "keywords" and following - at < 5
        return near and (bool(group.head) or any(each.head for each in self.zones.groups)) and self._is_abstract(self.spans[at])

    def _looks_like_head(self, span: Span) -> bool:
        return is_code_line(span.text) or bool(len(span.text) < PROSE and read_authors(span.marked))

    def _is_text(self, at: int, seen: bool) -> bool:
        """Whether the article's text begins with a line; `seen` an abstract or keywords stand before it."""
        span = self.spans[at]
        ahead = self.next_marked[at] - at <= FAR
        if ahead:
            return False
        if seen:
            return not (self._is_note(span) or (len(span.text) < PROSE and (find_emails(span.text) or span.text.startswith(("*", "©")) or (
                span.marked[:1] == UP and is_organisation(span.text)))))
        if NUMBERED_HEADING.match(span.text) and not is_code_line(span.text) and at > 1 and not is_organisation(span.text):
            return True
        if span.look.level and at > 0 and any(len(each.text) > PROSE for each in self.spans[at + 1:at + 3]) and self._has_title(at):
            return True
        return len(span.text) > PROSE and not is_organisation(span.text[:PROSE // 2]) or (
            len(span.text) > 120 and span.text.endswith(".") and span.look.bold < 0.5 and not is_organisation(span.text)
            and not read_authors(span.marked) and not find_emails(span.text) and not is_degree(span.text) and at > 1)

    def _has_title(self, at: int) -> bool:
        return any(len(span.text.split()) > 2 and not is_code_line(span.text) for span in self.spans[:at])

    def _statement(self, at: int, stop: int) -> int:
        """Reads a statement that a line begins; the line behind it."""
        label = self.labels[at]
        assert label
        piece = Piece(label.part, label.tags, label.words, [self.spans[at]], label.rest)
        self.taken.add(at)
        at += 1
        while at < stop and not label.rest and not self._ends(at) and len(piece.spans) < 12:
            if FOOTNOTE.match(self.spans[at].text) and label.part != "contributions":
                at += 1  # a page's note that a program pulling text set between: it stays in the text
                continue
            piece.add(self.spans[at])
            self.taken.add(at)
            at += 1
        self.zones.statements.append(piece)
        return at

    def _ends(self, at: int) -> bool:
        """Whether a line begins something else: a heading, a labelled part."""
        span = self.spans[at]
        heading = span.look.level or (span.look.bold > 0.9 and len(span.text) < 100 and not span.text.endswith("."))
        return bool(self.labels[at] and self.labels[at].part != "email" or self.sections[at] or at in self.lists or heading)  # type: ignore[union-attr]

    def _people(self, at: int, stop: int) -> int:
        """Reads the paragraphs about authors under their heading; the line behind them."""
        self.zones.headings.append(self.spans[at])
        self.taken.add(at)
        label = self.labels[at]
        tag = identify_language(label.words, label.tags) or label.tags[0] if label else ""
        if label and label.rest:
            self.zones.labelled[self.spans[at].block] = tag
            self.zones.people.append(Span(self.spans[at].block, label.rest, label.rest, self.spans[at].look))
        at += 1
        most = at + MOST_PERSONAL
        while at < min(stop, most):
            label = self.labels[at]
            if label and label.part not in ("email", "corresponding") or self.sections[at] or at in self.lists:
                break
            if self._is_head_again(at) or self.next_marked[at] - at <= 4 and not (
                    read_authors(self.spans[at].marked) or is_personal(self.spans[at].text)):
                break
            self.zones.people.append(self.spans[at])
            self.zones.labelled[self.spans[at].block] = tag
            self.taken.add(at)
            at += 1
        return at

    def _is_head_again(self, at: int) -> bool:
        """Whether a line among those about authors is a title above authors and an abstract: bold, and nothing about anybody."""
        span = self.spans[at]
        return self.next_marked[at] - at <= FAR and span.look.bold > 0.9 and len(span.text.split()) > 3 and not (
            is_personal(span.text) or read_authors(span.marked))

    def _read_behind(self, start: int, stop: int, least: int, may_end: bool) -> None:
        """Statements, lines about authors, and abstracts behind the text's beginning; a head before these begins at `least` or later."""
        at = start
        while at < stop:
            label = self.labels[at]
            if label and label.part in MARKED:
                at = max(self._walk(self._head_before(at, least), stop, may_end), at + 1)
            elif label and label.part in STATEMENTS:
                at = self._statement(at, stop)
            elif label and label.part == "about_authors":
                at = self._people(at, stop)
            elif label and label.part in NOTES:
                self.zones.notes.append((label.part, self.spans[at]))
                self.taken.add(at)
                at += 1
            else:
                at = self._block(at)

    def _head_before(self, at: int, least: int) -> int:
        """The first line of the head that stands before an abstract behind the text."""
        first, label = at, self.labels[at]
        if label and label.part == "keywords" and at > least and self._is_abstract(self.spans[at - 1]) and at - 1 not in self.taken:
            look = self.spans[at - 1].look
            first -= not (look.numbering or self.labels[at - 1] or re.match(r"\s*\[?\d{1,3}[.)\]]?\s", self.spans[at - 1].text))
        while first > least and at - first < FAR:
            span = self.spans[first - 1]
            plain = self.labels[first - 1]
            if first - 1 in self.taken or self.sections[first - 1] or first - 1 in self.lists or (plain and not is_code_line(span.text)):
                break
            if span.look.numbering or len(span.text) > PROSE or (REFERENCE.match(span.text) and not is_code_line(span.text)
                                                                  and not is_organisation(span.text) and not find_emails(span.text)):
                break
            head = read_authors(span.marked) or is_organisation(span.text) or is_code_line(span.text) or is_place(span.text) or find_emails(
                span.text) or span.look.bold > 0.8 or span.look.align == "center" or span.look.caps > 0.8 or span.look.level
            if not head and (span.text.endswith((".", ";", "!", "?")) or least <= 0):
                break
            first -= 1
        return first

    def _block(self, at: int) -> int:
        """Takes a block about an author that stands under no heading; the line to go on with."""
        if self.known is None:
            self.known = known_authors(span for group in self.zones.groups for span in group.head)
        after = find_block(self.spans, at, self.known) if at not in self.taken else at
        self.zones.people += self.spans[at:after]
        self.taken.update(range(at, after))
        return max(after, at + 1)


def is_kind(text: str) -> bool:
    """Whether a line only says what kind of article it is."""
    return skeleton(text.strip(" .:()")) in exact_words("kinds")
