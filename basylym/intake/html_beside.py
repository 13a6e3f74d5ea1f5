"""What a web page has beside its text: footnotes behind links, words inserted and deleted, forms; and the heads of journals' sites."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from basylym.intake.document import Block, Change, LeftOut, Node
from basylym.intake.nodes import CITE, CITED, CLOSE, OPEN
from basylym.languages import known_languages, language
from basylym.read.html import drop, line_of

FORMS = ("textarea", "select", "button")
MARK = re.compile(r"\W{0,3}(?:\d{1,3}|[*†‡a-zа-я]{1,3})\W{0,3}")
"""The words of a link to a note."""
BACK = re.compile(r"[\s↩↑^←⤴\ufe0e\ufe0f]*")
NUMBER = re.compile(r"^\s*(?:\[\d{1,3}\]|\d{1,3}[.)]|\*{1,3})\s*")
"""A note's own number, which is set anew."""
HOLDERS = ("li", "aside", "p", "dd", "td")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "b", "strong")
CHANGED = re.compile(f"{OPEN}(\\d{{1,6}}){CLOSE}")
NOTED = re.compile(f"{CITE}(\\d{{1,6}}){CITED}")
LATER = re.compile(f"{CITED}(\\d{{1,6}}){CITE}")
"""Before the blocks of a note, after those of the text."""


class Beside:
    """The notes and changes of one page."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.changes: list[Change] = []
        self.notes = 0
        self.marks: list[str] = []
        """The numbers of notes, which are set anew."""
        self.left: list[LeftOut] = []
        self._take_forms()
        self._take_changes()
        self._set_authors()
        self._set_codes()
        self._take_notes()

    def _take_forms(self) -> None:
        for each in list(self.root.iter(*FORMS)):
            if text := " ".join(" ".join(each.itertext()).split()):
                self.left.append(LeftOut(text, "not_understood", each.tag))
            drop(each)
        body = self.root.find("body")
        for each in [*self.root.iterfind("body/footer"), *(self.root.iterfind(".//*[@role='contentinfo']"))] if body is not None else ():
            if text := " ".join(" ".join(each.itertext()).split()):
                self.left.append(LeftOut(text, "running_head", "footer"))
            drop(each)

    def _take_changes(self) -> None:
        """Inserted words stay, deleted ones go; where they stood, a mark leads through pandoc."""
        for each in list(self.root.iter("ins", "del")):
            text = line_of(each)
            if not text or each.getparent() is None:
                continue
            self.changes.append(Change("inserted" if each.tag == "ins" else "deleted", text, each.get("cite", "")[:200],
                                       each.get("datetime", "")[:40]))
            mark = etree.Element("span")
            mark.text = f"{OPEN}{len(self.changes)}{CLOSE}"
            each.addprevious(mark)
            if each.tag == "del":
                drop(each)
            else:
                each.drop_tag()

    def _set_authors(self) -> None:
        """Authors whose names and organisations stand in elements of their own, as lines with marks."""
        for whole in [each for each in self.root.iter("ul", "ol", "div", "section") if "author" in each.get("class", "").lower()]:
            people = [each for each in whole.iter("li", "div") if _within(each, "name") is not None and each.find(".//li") is None]
            if not people or whole.getparent() is None:
                continue
            places: dict[str, int] = {}
            lines = []
            for each in people:
                said = [line_of(part) for part in (_within(each, "affiliation"), _within(each, "institution")) if part is not None]
                number = places.setdefault(said[0], len(places) + 1) if said else 0
                rest = [line_of(part) for part in each if part is not _within(each, "name") and line_of(part) not in said and line_of(part)]
                lines.append((line_of(_within(each, "name")), number, rest))
            if len(line_of(whole)) > 3 * sum(len(name) + sum(map(len, rest)) for name, _, rest in lines) + 3 * sum(
                    map(len, places)) + 60:
                continue
            for name, number, rest in lines:
                whole.addprevious(_paragraph(name, number, "".join(f", {each}" for each in rest)))
            for place, number in places.items():
                whole.addprevious(_paragraph("", number, place))
            drop(whole)

    def _set_codes(self) -> None:
        """«DOI:» as a heading above the DOI, in one line with it."""
        for each in [each for each in self.root.iter(*HEADINGS[:6]) if re.fullmatch(r"\s*DOI\s*:?\s*", line_of(each), re.I)]:
            after = each.getnext()
            if after is not None and "10." in line_of(after) and len(line_of(after)) < 200:
                line = etree.Element("p")
                line.text = f"DOI: {line_of(after)}"
                each.addprevious(line)
                drop(each)
                drop(after)

    # --- notes ----------------------------------------------------------------------------------------------------------------
    def _take_notes(self) -> None:
        """Notes that a link leads to and that lead back, at the end of the page behind marks."""
        named = {each.get(key): each for key in ("name", "id") for each in self.root.iter(etree.Element) if each.get(key)}
        links = [each for each in self.root.iter("a") if each.get("href", "").startswith("#") and MARK.fullmatch(line_of(each))]
        taken: dict[etree._Element, int] = {}
        listed = self._in_lists()
        last = self.root.find("body")
        for link in links:
            target = named.get(link.get("href")[1:])
            holder = _holder(target) if target is not None else None
            if holder is None or last is None or holder is last or link in set(holder.iter("a")) or holder in listed or holder in taken:
                continue
            back = next((each for each in holder.iter("a") if _leads_to(each, link, named)), None)
            if back is None or len(line_of(holder)) > 5000:
                continue
            self.notes += 1
            taken[holder] = self.notes
            said = line_of(back)
            drop(back)
            first = next((each for each in (holder, *holder.iter("p")) if (each.text or "").strip()), None)
            self.marks += [said, line_of(link)]
            if first is not None and (number := NUMBER.match(first.text)):
                self.marks.append(number[0])
                first.text = first.text[number.end():]
            mark = etree.Element("span")
            mark.text = f"{CITE}{self.notes}{CITED}"
            above = link.getparent()
            place = above if above.tag == "sup" and line_of(above) == line_of(link) else link
            place.addprevious(mark)
            drop(place)
        for holder, number in taken.items():
            head = etree.SubElement(last, "p")
            head.text = f"{CITED}{number}{CITE}"
            parent, before = holder.getparent(), holder.getprevious()
            if before is not None and before.tag == "hr":
                drop(before)
            if holder.tail and holder.tail.strip():
                holder.addprevious(_paragraph("", 0, holder.tail))
            holder.tail = None
            parent.remove(holder)
            holder.tag = "div" if holder.tag in ("li", "aside", "dd", "td") else holder.tag
            last.append(holder)
            if parent.tag in ("ol", "ul", "div") and not line_of(parent) and parent.getparent() is not None and not len(parent):
                drop(parent)

    def _in_lists(self) -> set[etree._Element]:
        """Elements below the heading of a list of references: links lead there to sources."""
        found, inside = set(), False
        stems = [word for tag in known_languages() for word in language(tag).labels_typed.get("references", ())]
        for each in self.root.iter(*HEADINGS, *HOLDERS, "div"):
            if each.tag in HEADINGS:
                text = line_of(each).lower()
                if each.tag in HEADINGS[:6] or len(text) < 60 and text == line_of(each.getparent()).lower():
                    inside = any(stem.lower() in text for stem in stems)
            elif inside and each.tag != "div":
                found.add(each)
        return found

    def finish(self, nodes: Sequence[Node]) -> list[Node]:
        """Pandoc's blocks with the notes in their places."""
        parts: dict[int, list[Node]] = {0: []}
        at = 0
        for node in _flat(nodes):
            said = LATER.fullmatch("".join(each.get("c", "") for each in node["c"] if each["t"] == "Str")) if node["t"] in (
                "Para", "Plain") else None
            if said:
                at = int(said[1])
                parts[at] = []
            else:
                parts[at].append({"t": "Para", "c": node["c"]} if node["t"] == "Plain" else node)
        return _put(parts[0], parts)

    def give(self, block: Block) -> Block:
        """A block with what was changed in it."""
        text = json.dumps(block.node, ensure_ascii=False)
        numbers = [int(each) for each in CHANGED.findall(text)]
        if not numbers:
            return block
        return replace(block, node=json.loads(CHANGED.sub("", text)), text=CHANGED.sub("", block.text),
                       changes=(*block.changes, *(self.changes[number - 1] for number in numbers)))


def _flat(nodes: Sequence[Node]) -> Iterator[Node]:
    for each in nodes:
        if each["t"] == "Div":
            yield from _flat(each["c"][1])
        else:
            yield each


def _put(value: Any, notes: dict[int, list[Node]]) -> Any:
    if isinstance(value, dict):
        return {key: _put(each, notes) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    made: list[Any] = []
    for each in value:
        if not (isinstance(each, dict) and each.get("t") == "Str" and NOTED.search(each["c"])):
            made.append(_put(each, notes))
            continue
        for place, part in enumerate(NOTED.split(each["c"])):
            if place % 2:
                made.append({"t": "Note", "c": notes.get(int(part)) or [{"t": "Para", "c": []}]})
            elif part:
                made.append({"t": "Str", "c": part})
    return made


def _within(element: etree._Element, kind: str) -> etree._Element | None:
    return next((each for each in element.iterdescendants(etree.Element) if kind in each.get("class", "").lower().split()), None)


def _paragraph(before: str, number: int, after: str) -> etree._Element:
    made = etree.Element("p")
    made.text = before
    if number:
        mark = etree.SubElement(made, "sup")
        mark.text, mark.tail = str(number), after
    else:
        made.text += after
    return made


def _holder(target: etree._Element) -> etree._Element | None:
    """The element that is the whole note."""
    if target.tag in ("li", "aside", "div", "dd") and line_of(target):
        return target
    for each in (target, *target.iterancestors()):
        above = each.getparent()
        if each.tag == "p" and above is not None and above.tag == "div" and above.get("id") and all(child.tag == "p" for child in above):
            return above
        if each.tag in HOLDERS:
            return each
    return None


def _leads_to(link: etree._Element, first: etree._Element, named: dict[str, etree._Element]) -> bool:
    """Whether a link of a note leads back to the one that led to it, and says nothing else."""
    target = named.get(link.get("href", "")[1:]) if link.get("href", "").startswith("#") else None
    if target is None or not (BACK.fullmatch(line_of(link)) or MARK.fullmatch(line_of(link))):
        return False
    return first in (target, target.getparent()) or target in set(first.iterancestors("sup", "span"))
