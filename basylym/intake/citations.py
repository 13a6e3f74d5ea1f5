"""Citations as typed to pandoc's Cite: numbers in brackets, raised numbers, names and years, fields of citation programs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from basylym.intake.citation_marks import (
    BRACKETS,
    ROUND,
    Cited,
    are_pages_apart,
    are_several,
    ibid,
    read_numbers,
)
from basylym.intake.citation_names import find_named, find_told, read_name_alone, read_names
from basylym.intake.document import Citing, Node
from basylym.intake.entry_match import find_entry
from basylym.intake.entry_words import DASH, YEAR
from basylym.intake.nodes import LEAVES, text_of
from basylym.intake.understood import Decision
from basylym.languages import language as spoken
from basylym.messages import Phrase

PLAIN = {"Space": " ", "SoftBreak": "\n"}
WRAPS = {"Emph": None, "Strong": None, "Underline": None, "Strikeout": None, "SmallCaps": None, "Superscript": None, "Span": 1, "Link": 1}
"""Inlines that may stand round a part of a citation, and where their words are."""
PART = re.compile(r"[\[\]()\d\s,;:–‑‐−—\-.сСбБpPт]{1,40}")
RAISED = re.compile(rf"\[?(\d{{1,3}}(?:\s?(?:,|{DASH})\s?\d{{1,3}})*)\]?")
RANGED = re.compile(rf"\[(\d{{1,3}})\]\s?{DASH}\s?\[(\d{{1,3}})\]")
"""[1]–[3]."""
COUNTED = re.compile(rf"\((\d{{1,3}}(?:\s?(?:[,;]|{DASH})\s?\d{{1,3}}){{0,9}})\)")
"""(1), (2, 3), (4–6): citations in a text that has no others."""
FORMULA = re.compile(r"(?:\b(?:eqs?|equations?|formulas?|formulae)|формул\w{0,4}|ур(?:авнени\w{0,3})?|теңде\w{0,8}|өрнек\w{0,8}"
                     r"|неравенств\w{0,3})\.?\s?$", re.I)


@dataclass(slots=True)
class WithCitations:
    """A text whose citations are understood."""

    nodes: list[Node]
    """The blocks, citations as Cite with what was typed inside."""
    entries: list[Mapping[str, Any]]
    """The entries, those made for numbers that no list has at the end."""
    decisions: list[Decision] = field(default_factory=list)
    """What each citation was taken for."""


def cite(nodes: Sequence[Node], numbers: Mapping[str, str], entries: Sequence[Mapping[str, Any]], citing: Sequence[Citing] = (),
         language: str = "", blocks: Sequence[Sequence[int]] = ()) -> WithCitations:
    """The blocks of a text with its citations as Cite.

    `numbers` leads from the numbers of the list to keys, `citing` are the document's fields in their order, `blocks` the numbers of
    the received blocks that each node was made of. A number without an entry gets one that holds nothing but what was typed.
    """
    reading = _Reading(numbers, entries, citing, language)
    reading.look_over(nodes)
    made = []
    for place, node in enumerate(nodes):
        reading.block = tuple(blocks[place]) if place < len(blocks) else ()
        made.append(reading.read(node))
    return WithCitations(made, [*entries, *reading.added()], reading.decisions)


class _Reading:
    def __init__(self, numbers: Mapping[str, str], entries: Sequence[Mapping[str, Any]], citing: Sequence[Citing], language: str):
        self.numbers, self.entries, self.language = dict(numbers), entries, language
        self.last = max((int(number) for number in numbers if number.isdigit()), default=0)
        self.fields: dict[str, deque[Citing]] = defaultdict(deque)
        for each in citing:
            self.fields[_bare(each.shown)].append(each)
        self.several = self.sure = self.raised = self.apart = self.alone = self.round = False
        self.cited: set[str] = set()
        self.typed: dict[str, list[str]] = {}
        self.decisions: list[Decision] = []
        self.block: tuple[int, ...] = ()
        self.taken = {str(entry.get("id")) for entry in entries}

    def look_over(self, nodes: Sequence[Node]) -> None:
        """What the whole text tells of its citations: what a comma means, whether raised numbers are some, names and years."""
        texts, raised, counted = [], [], []
        for inlines in _inline_lists(nodes):
            text = text_of([each for each in inlines if each.get("t") != "Note"])
            if len(text) < 200_000:
                texts += [match["body"] for match in BRACKETS.finditer(text)]
                counted += [match[1] for match in COUNTED.finditer(text) if _may_cite(text, match)]
            raised += [text_of(each) for each in inlines if each.get("t") == "Superscript"]
        bodies = [body for body in texts if re.match(r"\s*\d{1,3}(?!\d)", body)]
        self.apart = are_pages_apart(bodies, self.last)
        self.several, self.sure = are_several(bodies, self.last)
        self.alone = bool(self.entries) and not bodies
        for body in bodies:
            self.cited |= {each.number for each in read_numbers(body, self.several, self.last, self.apart) or ()}
        hits = [each for each in raised if self._raised(each)]
        reached = {number for each in hits for number in self._raised(each)}
        self.raised = not bodies and bool(self.last) and len(hits) > 1 and len(reached) * 2 >= min(self.last, 20)
        if not bodies and not self.raised and self.last:
            found = [self._raised(each.replace(";", ",")) for each in counted]
            known = [numbers for numbers in found if numbers]
            reached = {number for numbers in known for number in numbers}
            self.round = len(known) > 2 and len(known) == len(found) and len(reached) * 3 >= 2 * self.last and any(
                len(numbers) > 1 for numbers in known)

    def _raised(self, text: str) -> list[str]:
        """The numbers of the list that raised digits name, ranges whole."""
        found = RAISED.fullmatch(text.strip())
        read = read_numbers(found[1], True, self.last) if found else None
        return [each.number for each in read] if read and all(each.number in self.numbers and not each.place for each in read) else []

    def _ask(self, typed: str, digits: str) -> None:
        """Asks about numbers that are read as no citation, where they are those of works that nothing else cites."""
        numbers = self._raised(digits)
        if numbers and self.cited.isdisjoint(numbers) and (self.cited or len(numbers) > 1):
            why = Phrase("numbers of works that nothing else cites: cite them by their keys if they are meant")
            self._decide(typed, typed, "unknown", why)

    # --- the tree -------------------------------------------------------------------------------------------------------
    def read(self, node: Any) -> Any:
        """A node, or a list of them, with its citations."""
        if isinstance(node, list):
            return self._inlines([self.read(each) for each in node]) if node and all(
                isinstance(each, dict) and "t" in each for each in node) else [self.read(each) for each in node]
        if not isinstance(node, dict) or node.get("t") in LEAVES:
            return node
        if node.get("t") == "Cite":
            return self._field(node)
        if node.get("t") in ("Math", "Code", "CodeBlock", "RawInline", "RawBlock", "Str", "Image"):
            return node
        return {key: self.read(value) for key, value in node.items()}

    def _field(self, node: Node) -> Node:
        citations, inlines = node["c"]
        if not str(citations[0].get("citationId", "")).startswith("field-"):
            if all(each["citationId"] in self.taken for each in citations):
                self._decide(text_of(inlines), _written(citations), "certain", Phrase("the file itself says which work is cited"))
            return node
        waiting = self.fields.get(_bare(text_of(inlines)))
        if not waiting:
            return {"t": "Span", "c": [["", [], []], inlines]}
        each = waiting.popleft() if len(waiting) > 1 else waiting[0]
        made = []
        for item in each.items:
            key = find_entry(item, self.entries)
            if not key:
                why = Phrase("no entry was found for “{work}”", work=str(item.get("title") or ""))
                self._decide(each.shown, each.shown, "unknown", why)
                return {"t": "Span", "c": [["", [], []], inlines]}
            made.append(_citation(key, self._place_of(item), str(item.get("prefix") or "").strip(),
                                  str(item.get("suffix") or "").strip(" ,"), bool(item.get("suppress-author"))))
        self._decide(each.shown, _written(made), "certain", Phrase("a citation program’s field"))
        return {"t": "Cite", "c": [made, inlines]}

    def _place_of(self, item: Mapping[str, Any]) -> str:
        """A field's place in a work, with the word for it where it is no page."""
        locator, label = str(item.get("locator") or "").strip(), str(item.get("label") or "page")
        if not locator or label == "page":
            return locator
        terms = {each["label"]: each["term"] for each in spoken(self.language or "en").locators}
        return f"{terms[label]} {locator}" if label in terms else locator

    # --- one line of inlines --------------------------------------------------------------------------------------------
    def _inlines(self, inlines: list) -> list:
        pieces, text = [], ""
        for each in inlines:
            said = _said(each)
            pieces.append((len(text), len(text) + len(said), each))
            text += said
        pieces = [(start, end, self._lift(each, text[max(0, start - 20):start])) for start, end, each in pieces]
        cites = sorted(self._find(text), key=lambda found: found[0]) if re.search(r"[\[(]", text) else []
        if not cites:
            return [each for _, _, each in pieces]
        made, at = [], 0
        ends = [end for _, end, _ in pieces]
        for start, end, node in cites:
            if start < at:
                continue
            made += _slice(pieces, ends, at, start)
            made.append(node(_slice(pieces, ends, start, end)))
            at = end
        return made + _slice(pieces, ends, at, len(text) + 1)

    def _lift(self, node: Node, before: str) -> Node:
        """Raised numbers after a word or a sign."""
        if node.get("t") != "Superscript" or not re.search(rf"(?:[^\W\d_]{{3}}|[.,;:!?»”)\"]|{YEAR})\s?$", before):
            return node
        if not self.raised:
            self._ask(text_of(node), text_of(node))
            return node
        found = self._raised(text_of(node))
        if not found:
            return node
        made = [_citation(self.numbers[number], "", "") for number in found]
        self._decide(text_of(node), _written(made), "likely", Phrase("raised numbers, none beyond the list"))
        return {"t": "Cite", "c": [made, [node]]}

    def _find(self, text: str) -> Iterator[tuple[int, int, Any]]:
        """The citations of a line: where each stands, and what makes a node of what was typed."""
        for match in RANGED.finditer(text):
            if cited := read_numbers(f"{match[1]}–{match[2]}", True, self.last):
                yield match.start(), match.end(), self._numbered(match[0], cited)
        for match in BRACKETS.finditer(text):
            cited = read_numbers(match["body"], self.several, self.last, self.apart)
            if cited and not self._is_none(match["body"], cited):
                yield match.start(), match.end(), self._numbered(match[0], cited)
            elif ibid().match(match["body"]):
                self._tell_ibid(match[0])
            elif made := self._named(match[0], match["body"], "likely"):
                yield match.start(), match.end(), made
        for match in ROUND.finditer(text):
            if ibid().match(match["body"]):
                self._tell_ibid(match[0])
            elif made := self._named(match[0], match["body"], "certain"):
                yield match.start(), match.end(), made
            elif self.alone and (one := read_name_alone(match["body"])) and (key := find_named(one, self.entries)):
                yield match.start(), match.end(), self._maker(match[0], [(one, key)], "likely", Phrase("a name that begins one entry"))
            elif self.last and (cited := self._round(match["body"])):
                yield match.start(), match.end(), self._numbered(match[0], cited)
        for match in COUNTED.finditer(text) if self.last and not self.raised else ():
            if not _may_cite(text, match):
                continue
            digits = match[1].replace(";", ",")
            if self.round:
                pairs = [(Cited(number), self.numbers[number]) for number in self._raised(digits)]
                yield match.start(), match.end(), self._maker(match[0], pairs, "likely",
                                                              Phrase("numbers in brackets, none beyond the list"))
            elif text[match.start() - 1].isspace():
                self._ask(match[0], digits)
        for start, end, pairs in find_told(text, self.entries):
            yield start, end, self._maker(text[start:end], pairs, "likely", Phrase("a year after a name"), True)

    def _tell_ibid(self, typed: str) -> None:
        self._decide(typed, typed, "unknown", Phrase("it means the work cited before it: cite that work by its key"))

    def _round(self, body: str) -> list[Cited] | None:
        """Numbers in round brackets are citations only where their page is named: (3, с. 15)."""
        cited = read_numbers(body, self.several, self.last)
        return cited if cited and all(each.place and re.search(r"[^\W\d_]", each.place) and each.number in self.numbers
                                      for each in cited) else None

    def _is_none(self, body: str, cited: list[Cited]) -> bool:
        """Numbers in brackets that cite nothing: a year, or a number far beyond a list."""
        return bool(self.last) and any(int(each.number) > max(2 * self.last, self.last + 30) for each in cited)

    def _named(self, typed: str, body: str, sure: Any) -> Any:
        """What makes a node of names and years between brackets, where each means one entry; titles with years are likely at best."""
        if named := read_names(body):
            keys = self._keys(typed, named)
        else:
            named, sure = read_names(body, True) or [], "likely"
            keys = [find_named(each, self.entries) for each in named]
        return self._maker(typed, list(zip(named, keys, strict=True)), sure, Phrase("names and years")) if keys and all(keys) else None

    def _keys(self, typed: str, named: list[Cited]) -> list[str]:
        keys = [find_named(each, self.entries) for each in named]
        if all(keys):
            return keys
        if self.entries or not self.cited:
            lacking = next(each for each, key in zip(named, keys, strict=True) if not key)
            self._decide(typed, typed, "unknown", Phrase("no single entry is by {name}, {year}", name=lacking.family, year=lacking.year))
        return []

    def _numbered(self, typed: str, cited: list[Cited]) -> Any:
        pairs = []
        for each in cited:
            key = self.numbers.get(each.number) or f"source-{each.number}"
            if each.number not in self.numbers:
                self.typed.setdefault(each.number, [])
                if typed not in self.typed[each.number]:
                    self.typed[each.number].append(typed)
            pairs.append((each, key))
        missing = [each.number for each in cited if each.number not in self.numbers]
        bare = any(each.place and not re.search(r"[^\W\d_]", each.place) for each in cited) or len(cited) > 1 and "," in typed
        if missing:
            why = Phrase("no list has the number {number}", number=missing[0]) if len(missing) == 1 else Phrase(
                "no list has the numbers {numbers}", numbers=", ".join(missing))
            return self._maker(typed, pairs, "unknown" if self.last else "likely", why)
        why = Phrase("a number of the list")
        if self.several and len(cited) > 1 and "," in typed:
            why = Phrase("numbers after a comma are sources in this text")
        return self._maker(typed, pairs, "likely" if bare and not self.sure else "certain", why)

    def _maker(self, typed: str, pairs: list[tuple[Cited, str]], sure: Any, why: Phrase, hidden: bool = False) -> Any:
        made = [_citation(key, each.place, each.before, "", hidden) for each, key in pairs]

        def node(inlines: list) -> Node:
            self._decide(typed, _written(made), sure, why)
            return {"t": "Cite", "c": [made, inlines]}

        return node

    def _decide(self, typed: str, value: str, sure: Any, why: Phrase) -> None:
        self.decisions.append(Decision(self.block, "citation", value, sure, why, typed))

    def added(self) -> list[dict[str, Any]]:
        """Entries for numbers that no list has: nothing but how they are cited."""
        return [{"id": f"source-{number}", "type": "document", **({"language": self.language} if self.language else {}),
                 "note": "; ".join(self.typed[number])} for number in sorted(self.typed, key=int) if f"source-{number}" not in self.taken]


def _may_cite(text: str, match: re.Match[str]) -> bool:
    """Whether a number in round brackets may be a citation: not that of a formula, nor of an item, (1) which stands before its words."""
    before, after = text[max(0, match.start() - 40):match.start()].rstrip(), text[match.end():match.end() + 2]
    follows = before[-1:].isalpha() or before[-2:] in ("],", "),")
    return follows and not FORMULA.search(before + " ") and (not after.strip() or not after[0].isalnum())


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _inline_lists(nodes: Any) -> Iterator[list]:
    """Every list of inlines in a tree."""
    waiting = [nodes]
    while waiting:
        each = waiting.pop()
        if isinstance(each, (list, tuple)):
            if each and all(isinstance(one, dict) and "t" in one for one in each) and any(one["t"] == "Str" for one in each):
                yield list(each)
            waiting.extend(reversed(each))
        elif isinstance(each, dict) and each.get("t") not in LEAVES:
            waiting.extend(each.values())


def _said(node: Node) -> str:
    """The words of an inline as far as they may be part of a citation; a sign that is in none for anything else."""
    kind = node.get("t")
    if kind == "Str":
        return node["c"]
    if kind in PLAIN:
        return PLAIN[kind]
    if kind in WRAPS:
        said = text_of(node)
        if PART.fullmatch(said) and kind != "Superscript" or kind == "Superscript" and BRACKETS.fullmatch(said.strip()):
            return said
    return "\ufffc"


def _slice(pieces: Sequence[tuple[int, int, Node]], ends: Sequence[int], start: int, end: int) -> list[Node]:
    """The inlines between two places of a line, `ends` being where each ends; a word that lies on one is cut."""
    made = []
    for first, last, node in pieces[bisect_left(ends, start):bisect_right(ends, end) + 1]:
        if last <= start or first >= end:
            if first == last and start <= first < end:
                made.append(node)
            continue
        if start <= first and last <= end:
            made.append(node)
        elif (part := (node["c"] if node.get("t") == "Str" else text_of(node))[max(0, start - first):end - first]):
            made += [each if each else {"t": "Space"} for each in _words(part)]
    return made


def _words(text: str) -> Iterator[Node | None]:
    for each in re.findall(r"[ \n]+|[^ \n]+", text):
        yield None if not each.strip(" \n") else {"t": "Str", "c": each}


def _citation(key: str, place: str, before: str, after: str = "", hidden: bool = False) -> dict[str, Any]:
    tail = ", ".join(filter(None, (place, after)))
    return {"citationId": key, "citationPrefix": _as_inlines(before), "citationSuffix": _as_inlines(f", {tail}" if tail else ""),
            "citationMode": {"t": "SuppressAuthor" if hidden else "NormalCitation"}, "citationNoteNum": 0, "citationHash": 0}


def _as_inlines(text: str) -> list[Node]:
    return [{"t": "Space"} if each.isspace() else {"t": "Str", "c": each} for each in re.findall(r"\s+|\S+", text)]


def _written(citations: Sequence[Mapping[str, Any]]) -> str:
    """Citations as our Markdown has them: [@ivanov-2010, 15; @source-2]."""
    def one(each: Mapping[str, Any]) -> str:
        before, after = text_of(each["citationPrefix"]), text_of(each["citationSuffix"])
        mark = "-@" if each["citationMode"]["t"] == "SuppressAuthor" else "@"
        return f"{before} {mark}{each['citationId']}{after}".strip()

    return "[" + "; ".join(map(one, citations)) + "]"
