"""The lines of a received document as its front matter is read: one for each line that a reader sees, raised marks kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from basylym.intake.document import Block, Look
from basylym.intake.labels import skeleton

UP, DOWN = "\ue000", "\ue001"
"""What stands round raised letters."""
RAISED = dict(zip("¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉᶠᵍ", "1234567890abcdefg", strict=True))
MOST_DEPTH = 40
ORCID_LINK = re.compile(r"orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])")
ICONS = frozenset(("", "id", "orcid", "orcid id", "®"))
"""What stands for an ORCID's number, where the number is only in the link."""


@dataclass(frozen=True, slots=True)
class Span:
    """One line, as seen."""

    block: int
    """The number of the block it stands in."""
    text: str
    """Its words."""
    marked: str
    """The same with raised letters between UP and DOWN."""
    look: Look
    """How its block looks."""
    bold_start: str = ""
    """The bold words it begins with."""


def lower_raised(marked: str) -> str:
    """A line with its raised letters as any others."""
    return marked.replace(UP, "").replace(DOWN, "")


def drop_raised(marked: str) -> str:
    """A line without its raised letters."""
    return re.sub(f"{UP}[^{DOWN}]*{DOWN}", "", marked)


def read_spans(blocks: Sequence[Block]) -> list[Span]:
    """The lines of paragraphs, of small tables by which heads are laid out, and of lists, in their order."""
    found = []
    for block in blocks:
        if block.kind not in ("paragraph", "list", "quote", "table", "other", "figure"):
            continue
        if block.kind == "table" and len(block.text) > 3000:
            continue
        for marked, bold in _lines(block.node):
            text = lower_raised(marked)
            if text.strip():
                found.append(Span(block.number, text, marked, block.look, bold))
    return found


def _lines(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for inlines in _paragraphs(node, 0):
        written = "".join(_write(inlines, 0))
        first = inlines[0] if inlines else {}
        bold = "".join(_write(first.get("c", ()), 0)) if first.get("t") == "Strong" else ""
        for at, line in enumerate(written.split("\n")):
            if line.strip():
                yield _raise_marks(" ".join(line.split())), " ".join(bold.split()) if at == 0 else ""


def _raise_marks(text: str) -> str:
    """¹ is a raised 1, and two raised marks in a row are one."""
    text = re.sub("[" + "".join(RAISED) + "]+", lambda match: UP + "".join(RAISED[each] for each in match[0]) + DOWN, text)
    return re.sub(f"{DOWN}([ ,;˒]{{0,2}}){UP}", lambda match: match[1].replace("˒", ","), text)


def _paragraphs(node: Any, depth: int) -> Iterator[list[Any]]:
    """The inlines of every paragraph within a block."""
    if depth > MOST_DEPTH:
        return
    if isinstance(node, list):
        for each in node:
            yield from _paragraphs(each, depth + 1)
    elif isinstance(node, dict) and "t" in node:
        kind, content = node["t"], node.get("c")
        if kind in ("Para", "Plain"):
            yield content
        elif kind == "Header":
            yield content[2]
        elif kind == "LineBlock":
            yield from content
        elif content is not None:
            yield from _paragraphs(content, depth + 1)


def _write(inlines: Any, depth: int) -> Iterator[str]:
    """The words of inlines; a note's are left out, breaks are new lines."""
    if depth > MOST_DEPTH or not isinstance(inlines, (list, tuple)):
        return
    for each in inlines:
        if not isinstance(each, dict):
            continue
        kind, content = each.get("t"), each.get("c")
        if kind == "Str":
            yield content
        elif kind in ("Space", "SoftBreak"):
            yield " "
        elif kind == "LineBreak":
            yield "\n"
        elif kind == "Superscript":
            yield UP + "".join(_write(content, depth + 1)) + DOWN
        elif kind == "Quoted":
            marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            yield marks[0] + "".join(_write(content[1], depth + 1)) + marks[1]
        elif kind == "Math":
            yield f"${content[1]}$"
        elif kind in ("Code", "RawInline"):
            yield content[1]
        elif kind == "Link" and (orcid := ORCID_LINK.search(str(content[2][0]))):
            shown = "".join(_write(content[1], depth + 1))
            yield ("" if skeleton(shown).strip(" :()") in ICONS else shown) + ("" if orcid[1] in shown else f" ORCID: {orcid[1]} ")
        elif kind in ("Link", "Span", "Cite", "Image"):
            yield from _write(content[1], depth + 1)
        elif kind == "Note":
            continue
        else:
            yield from _write(content, depth + 1)
