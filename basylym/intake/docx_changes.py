"""What was changed in a DOCX under tracking and said about it: whole rows of tables, runs, comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from basylym.intake.document import Change
from basylym.intake.docx_looks import W

SHOWN = 4000
"""The most letters of a change that are told."""
TRACKED = (W + "ins", W + "moveTo")


def take_rows(root: etree._Element) -> dict[etree._Element, list[Change]]:
    """The rows of tables that were deleted or inserted as a whole, each with the paragraph it is told of: the first of its own, or, where
    it goes, the next of the table, else of the text. What is inserted in an inserted row is not told again."""
    told: dict[etree._Element, list[Change]] = {}
    gone: list[Change] = []
    removed: set[etree._Element] = set()
    for each in list(root.iter(W + "tr", W + "p")):
        if removed and not removed.isdisjoint(each.iterancestors(W + "tr")):
            continue
        if each.tag == W + "p":
            if gone:
                told.setdefault(each, []).extend(gone)
                gone = []
            continue
        properties = each.find(W + "trPr")
        for mark in properties.iterchildren(W + "del", W + "ins") if properties is not None else ():
            text = words_in(each)
            if mark.tag == W + "del":
                if text:
                    gone.append(change_of("deleted", text, mark))
                removed.add(each)
                each.getparent().remove(each)
                break
            paragraph = next(each.iter(W + "p"), None)
            if paragraph is not None and text:
                told.setdefault(paragraph, []).extend((*gone, change_of("inserted", text, mark)))
                gone = []
            for run in list(each.iter(*TRACKED)):
                if run.getparent().tag not in (W + "trPr", W + "rPr"):
                    unwrap(run)
    if gone and (last := next(iter(list(root.iter(W + "p"))[-1:]), None)) is not None:
        told.setdefault(last, []).extend(gone)
    return told


def words_in(element: etree._Element) -> str:
    """The words of an element, deleted ones too."""
    words = []
    for each in element.iter(W + "t", W + "delText", W + "tab", W + "br", W + "p"):
        words.append("\n" if each.tag in (W + "p", W + "br") and words else " " if each.tag == W + "tab" else each.text or "")
    return "".join(words).strip("\n")[:SHOWN]


def change_of(kind: str, text: str, element: etree._Element) -> Change:
    """A change as an element tells it."""
    return Change(kind, text, element.get(W + "author", "")[:200], element.get(W + "date", "")[:40])


def merged(changes: Iterable[Change]) -> list[Change]:
    """Changes, those told in one breath as one: a program parts them wherever the letters change."""
    done: list[Change] = []
    for each in changes:
        last = done[-1] if done else None
        if last and each.kind == last.kind != "comment" and "¶" not in (each.text, last.text) \
                and (each.author, each.date) == (last.author, last.date) and len(last.text) < SHOWN:
            done[-1] = replace(last, text=last.text + each.text)
        else:
            done.append(each)
    return done


def read_comments(root: etree._Element | None) -> dict[str, Change]:
    """The comments of a document by their ids."""
    return {} if root is None else {each.get(W + "id"): change_of("comment", words_in(each), each) for each in root.iter(W + "comment")}


def unwrap(element: etree._Element) -> None:
    """Takes an element away from round what it holds."""
    for child in list(element):
        element.addprevious(child)
    element.getparent().remove(element)
