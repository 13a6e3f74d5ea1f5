"""import-report.html: the received file as it was understood, every decision beside its words, and what is to be asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from basylym.intake.document import Block, LeftOut
from basylym.intake.losses import Loss
from basylym.intake.nodes import LEAVES, cells_of, text_of
from basylym.intake.tidying import words_of
from basylym.intake.understood import Decision, Understood
from basylym.languages import has_file, language
from basylym.messages import LanguageName, Phrase, render, say
from basylym.model import Finding
from basylym.project import DEFAULTS

TEMPLATE = "import-report.html"
STYLES = "import-report.css"
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""Controls, and what turns the direction of writing: a file from a stranger must not steer the page around its words."""
LONG = 600
"""How much of a value is repeated beside the words it was taken from."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""The numbers of notes."""
MOST_SPANNED = 100
"""So many rows or columns a cell spans at most."""
SURE = {"certain": Phrase("certain"), "likely": Phrase("likely"), "unknown": Phrase("unknown")}
"""How sure a decision is."""
PARTS = {
    "title": Phrase("title"), "authors": Phrase("author"), "affiliations": Phrase("affiliation"), "abstract": Phrase("abstract"),
    "keywords": Phrase("keywords"), "udc": Phrase("UDC"), "irsti": Phrase("IRSTI"), "doi": Phrase("DOI"), "edn": Phrase("EDN"),
    "dates": Phrase("date"), "funding": Phrase("funding"), "acknowledgements": Phrase("acknowledgements"),
    "conflict_of_interest": Phrase("conflict of interest"), "contributions": Phrase("contributions"), "language": Phrase("language"),
    "type": Phrase("kind of article"), "section": Phrase("section"), "pages": Phrase("pages"), "license": Phrase("licence"),
    "running_title": Phrase("running title"), "copyright": Phrase("rights holder"),
    "heading": Phrase("heading"), "paragraph": Phrase("paragraph"), "list": Phrase("list"), "table": Phrase("table"),
    "figure": Phrase("figure"), "equation": Phrase("equation"), "note": Phrase("footnote"), "caption": Phrase("caption"),
    "citation": Phrase("citation"), "reference": Phrase("reference"), "references": Phrase("list of references"),
    "quote": Phrase("quotation"),
    "code": Phrase("code"), "left_out": Phrase("left out"), "no_place": Phrase("left out"), "unknown": Phrase("not understood"),
}
"""What blocks are taken for, as people call it."""
SUB = {"name": Phrase("name"), "degree": Phrase("degree"), "position": Phrase("post"), "email": Phrase("e-mail"), "orcid": Phrase("ORCID"),
       "affiliations": Phrase("affiliation"), "corresponding": Phrase("corresponding author"), "city": Phrase("city"),
       "country": Phrase("country"), "received": Phrase("received"), "revised": Phrase("revised"), "accepted": Phrase("accepted"),
       "published": Phrase("published"), "funder": Phrase("funder"), "award": Phrase("grant number")}
"""What of an author, an organisation, the dates."""
REASONS = {
    "running_head": Phrase("a running head"), "page_number": Phrase("a page's number"), "hyphen": Phrase("a hyphen at a line's end"),
    "label": Phrase("a label, a mark or the frame of an address: the manuscript does without"),
    "number": Phrase("a number that Basylym sets itself"), "list_mark": Phrase("the mark of a list's item, which the list sets itself"),
    "heading_stop": Phrase("the mark between a heading and its paragraph"), "rule": Phrase("a line drawn across the page"),
    "no_place": Phrase("article.md has no place for it"),
    "made_list": Phrase("a list that the program gathers from the text: contents, an index"),
    "drawing": Phrase("words of a chart or a drawing, which goes out with them"),
    "hidden": Phrase("hidden: the file holds it, and shows it on no page"),
    "translation": Phrase("the article in another language, which the file holds too"),
    "other_text": Phrase("another text that the file holds: a review, an answer"),
    "twice": Phrase("the file says it twice"),
    "needless": Phrase("Basylym prints it by itself: a label, a list’s heading, how to cite the article"),
    "not_understood": Phrase("not understood: decide where it belongs"),
    "picture": Phrase("a picture that the text does not show: a logo, a decoration"),
}
"""Why something was left out, by the names that LeftOut has."""
CHANGES = {"inserted": Phrase("inserted; it stands in the text"), "deleted": Phrase("deleted; it does not stand in the text"),
           "moved": Phrase("moved"), "comment": Phrase("a comment; it does not stand in the text")}
"""What was done to the text under tracking, and what became of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A block with what it was taken for."""

    block: Block
    """The block."""
    text: str
    """Its words, a raised number where a note stands."""
    notes: tuple[str, ...]
    """The words of its notes."""
    cells: tuple[tuple[tuple[str, int, int], ...], ...]
    """The words of a table's cells with how many rows and columns each spans, row by row; its text is its caption then."""
    decisions: tuple[Decision, ...]
    """What was decided."""
    sure: str
    """The least sure of them."""


def write_report(understood: Understood, losses: Sequence[Loss], left_out: Iterable[LeftOut], findings: Sequence[Finding],
                 tongue: str = "en", failure: str = "") -> str:
    """The page, whole in its file. `failure` says why the checks could not be run."""
    import jinja2

    document, decisions = understood.document, understood.decisions
    rows = _rows(understood, tongue)
    room = jinja2.Environment(loader=jinja2.FileSystemLoader(DEFAULTS / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    room.globals["say"] = lambda text, **blanks: say(text, tongue, _call, **blanks)
    room.filters |= {"plain": _plain, "told": lambda value: render(value, tongue, _call), "part": lambda name: name_part(name, tongue),
                     "bare": lambda text: " ".join(text.split()),
                     "raised": lambda number: str(number).translate(RAISED),
                     "cut": lambda text: text if len(text) <= LONG else text[:LONG].rstrip() + " …"}
    counts = Counter(each.sure for each in decisions)
    styles = Counter(block.look.style for block in document.blocks).most_common(1)
    stand = {each.part.split(".")[1]: each.blocks for each in reversed(decisions) if each.part.startswith("affiliations.") and each.blocks}
    front = [_with_names(each, understood.front.data, stand) for each in decisions if each.part not in ("authors", "affiliations") and (
        _root(each.part) in understood.front.data or _root(each.part) in ("dates", "title"))]
    order = list(understood.front.data)
    front.sort(key=lambda each: (order.index(_root(each.part)) if _root(each.part) in order else 99,
                                 [int(part) for part in each.part.split(".") if part.isdigit()] or [999], ".name" not in each.part))
    listed = [each for each in decisions if each.part in ("reference", "references") or each.part.startswith("references.")]
    return room.get_template(TEMPLATE).render(
        tongue=tongue, name=document.name, style=(DEFAULTS / "styles" / STYLES).read_text("utf-8").strip(), rows=rows, counts=counts,
        usual=styles[0][0] if styles else "",
        front=front, references=listed, unknown=[each for each in decisions if each.sure == "unknown"], losses=losses,
        lost=sum(len(each.words.split()) for each in losses),
        left_out=_gather((*understood.left_out, *left_out)), changed=[row.block for row in rows if row.block.changes], findings=findings,
        failure=failure, warnings=document.warnings, sure_words={name: say(text, tongue) for name, text in SURE.items()},
        reasons={name: say(text, tongue) for name, text in REASONS.items()},
        changes={name: say(text, tongue) for name, text in CHANGES.items()},
        severities={"error": say("error", tongue), "warning": say("warning", tongue), "note": say("note", tongue)})


def name_part(name: str, tongue: str) -> str:
    """The key of a part as people call it: `authors.0.name.ru` is «author 1, name (ru)»."""
    first, *rest = name.split(".")
    words = [say(PARTS[first], tongue) if first in PARTS else first]
    tags = []
    for each in rest:
        if each.isdigit():
            words[-1] += f" {int(each) + 1}"
        elif each == "name" and first == "affiliations":
            words[-1] = words[-1].replace(say(PARTS[first], tongue), say(Phrase("organisation"), tongue))
        elif each in SUB:
            words.append(say(SUB[each], tongue))
        elif re.fullmatch(r"[a-z]{2,3}(-\w+)?", each):
            tags.append(each)
        else:
            words.append(each)
    return ", ".join(words) + (f" ({', '.join(tags)})" if tags else "")


def _rows(understood: Understood, tongue: str) -> list[Row]:
    by_block: dict[int, list[Decision]] = {}
    for each in understood.decisions:
        for number in each.blocks:
            by_block.setdefault(number, []).append(each)
    order = list(SURE)
    rows = []
    for block in understood.document.blocks:
        decisions = tuple(by_block.get(block.number, ()))
        sure = max((each.sure for each in decisions), key=order.index, default="")
        notes: list[str] = []
        node = _with_marks(block.node, notes, say(PARTS["figure"], tongue))
        cells = tuple(_cells(node)) if node["t"] == "Table" else ()
        text = text_of(node["c"][1][1] if cells else node).strip()
        rows.append(Row(block, text if cells else text or block.text, tuple(notes), cells, decisions, sure))
    return rows


def _cells(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int, int], ...]]:
    for cells in cells_of(table):
        yield tuple((text_of(cell[4]).strip(), min(cell[2], MOST_SPANNED), min(cell[3], MOST_SPANNED)) for cell in cells)


def _with_marks(value: Any, notes: list[str], picture: str) -> Any:
    """A node with raised digits as such, one in place of each note, whose words are gathered in `notes`, and a word for each picture."""
    if isinstance(value, dict):
        if value.get("t") in LEAVES:
            return value
        if value.get("t") == "Note":
            notes.append(words_of(value["c"]))
            return {"t": "Str", "c": str(len(notes)).translate(RAISED)}
        if value.get("t") == "Superscript":
            return {"t": "Str", "c": text_of(value).translate(RAISED)}
        if value.get("t") == "Image":
            return {"t": "Str", "c": "[" + ": ".join(filter(None, (picture, words_of(value)))) + "] "}
        return {key: _with_marks(each, notes, picture) for key, each in value.items()}
    return [_with_marks(each, notes, picture) for each in value] if isinstance(value, (list, tuple)) else value


def _gather(left_out: Iterable[LeftOut]) -> list[tuple[str, list[LeftOut], int]]:
    """What was left out by its reason, alike things once; with how many that were."""
    found: dict[str, dict[str, LeftOut]] = {}
    counts: Counter[str] = Counter()
    for each in left_out:
        counts[each.why] += 1
        there = found.setdefault(each.why, {})
        if each.text in there:
            there[each.text] = replace(each, where="")
        else:
            there[each.text] = each
    return [(why, list(texts.values()), counts[why]) for why, texts in found.items()]


def _with_names(decision: Decision, data: Mapping[str, Any], stand: Mapping[str, tuple[int, ...]]) -> Decision:
    """What says to which organisations an author belongs, with their names beside their numbers and the blocks that these stand in."""
    found = re.fullmatch(r"authors\.(\d+)\.affiliations", decision.part)
    authors = data.get("authors") or ()
    if not found or int(found[1]) >= len(authors):
        return decision
    named = {each.get("id"): (number, each.get("name") or "") for number, each in enumerate(data.get("affiliations") or (), 1)}
    told = [named[each] for each in authors[int(found[1])].get("affiliations") or () if each in named]
    names = [f"{number}. {next(iter(name.values()), '') if isinstance(name, dict) else name}" for number, name in told]
    blocks = tuple(dict.fromkeys(block for number, _ in told for block in stand.get(str(number - 1), ())))
    return replace(decision, value="; ".join(names), blocks=decision.blocks or blocks) if names else decision


def _root(part: str) -> str:
    return part.split(".")[0]


def _plain(value: Any) -> str:
    return HIDDEN.sub("\ufffd", str(value))


def _call(name: str, tongue: str) -> str:
    """A language by its name in a language of the interface; any other label as it is."""
    return language(name).called(tongue) if isinstance(name, LanguageName) and has_file(name) else name
