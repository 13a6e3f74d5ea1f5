"""The references of a received document: both lists found, split, matched with each other and read into CSL.

The first list gives the entries; the one in Latin letters gives them Latin names and English titles. What was typed stays in
`note`, whole. What a citation program's field knows of a work goes before what could be read of the words it printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from basylym.intake.document import Block, Document
from basylym.intake.entry_match import find_entry, name_entry, pair_lists
from basylym.intake.entry_text import Parsed, read_entry
from basylym.intake.reference_lists import Typed, TypedList, find_lists, find_unheaded
from basylym.intake.understood import Decision, References
from basylym.languages.identify import guess_language, identify_language
from basylym.messages import Phrase
from basylym.read.entry import plain_date
from basylym.typography.letters import CYRILLIC

PLACES = ("locator", "label", "prefix", "suffix", "suppress-author", "author-only")
"""What a field says of a place in a work, and not of the work."""
TYPES = {
    "article-journal": Phrase("an article in a journal"), "article-magazine": Phrase("an article in a magazine"),
    "article-newspaper": Phrase("an article in a newspaper"), "book": Phrase("a book"), "chapter": Phrase("a part of a book"),
    "paper-conference": Phrase("a paper of a conference"), "thesis": Phrase("a thesis"), "webpage": Phrase("a web page"),
    "post": Phrase("a web page"), "legislation": Phrase("a law"), "regulation": Phrase("a law"), "bill": Phrase("a law"),
    "report": Phrase("a report"), "patent": Phrase("a patent"), "standard": Phrase("a standard"), "dataset": Phrase("a data set"),
    "manuscript": Phrase("a manuscript"), "document": Phrase("a document"),
}
"""What a work may be, by CSL's names, as an editor reads it."""
KEPT = ("id", "type", "language", "author", "editor", "translator", "title", "title-en", "genre", "number", "container-title",
        "container-title-en", "author-latin", "editor-latin", "volume", "issue", "edition", "publisher-place", "publisher", "issued",
        "page", "number-of-pages", "DOI", "URL", "accessed")
"""The order in which an entry is written; what is not named follows, `note` at the end."""


def understand_references(document: Document, used: frozenset[int] = frozenset()) -> References:
    """The lists of references; `used` are the blocks that belong to something else."""
    lists = find_lists(document.blocks, used) or find_unheaded(document.blocks, used)
    first, second = _order(lists)
    typed = [each for one in first for each in one.entries]
    parsed = [read_entry(each.text) for each in typed]
    others = [each for one in second for each in one.entries]
    romanised = [read_entry(each.text, latin=True) for each in others]
    pairs = pair_lists([(one, each.fields) for one, each in zip(typed, parsed, strict=True)],
                       [(one, each.fields) for one, each in zip(others, romanised, strict=True)])
    entries, decisions, numbers, taken = [], [], {}, set()
    decisions += [_of_list(one, second=one in second) for one in lists if one.heading]
    for place, (one, read) in enumerate(zip(typed, parsed, strict=True)):
        other, matched = pairs.get(place, (None, True))
        latin = romanised[other] if other is not None else None
        entry = with_latin(read.fields, latin.fields) if latin else _own(read.fields)
        entry["note"] = "\n".join(filter(None, (one.text, others[other].text if other is not None else "")))
        entry["id"] = name_entry(entry, taken, one.number)
        entries.append(_written(entry))
        numbers.setdefault(one.number or str(place + 1), entry["id"])
        decisions.append(_of_entry(entry, one, read, others[other] if other is not None else None, matched, bool(second)))
    for place, one in enumerate(others):
        if place not in {other for other, _ in pairs.values()}:  # the second list has a work that the first has not
            entry = _own(romanised[place].fields) | {"note": one.text}
            entry["id"] = name_entry(entry, taken, one.number)
            entries.append(_written(entry))
            decisions.append(Decision(tuple(one.blocks), "reference", _shown(entry), "unknown",
                                      Phrase("it stands in the list in Latin letters alone"), one.text))
    blocks = frozenset(number for one in lists for number in one.blocks)
    entries, from_fields = _with_fields(document.blocks, entries, taken)
    return References(tuple(entries), tuple(decisions + from_fields), blocks, numbers)


def _order(lists: Sequence[TypedList]) -> tuple[list[TypedList], list[TypedList]]:
    """The lists whose entries are cited, and those that romanise them: of several the ones in Latin letters that follow others."""
    if len(lists) < 2:
        return list(lists), []
    cyrillic = [one for one in lists if not one.latin]
    if cyrillic and len(cyrillic) < len(lists):
        return cyrillic, [one for one in lists if one.latin]
    if not cyrillic and len(lists) == 2 and len(lists[0].entries) == len(lists[1].entries):
        return [lists[0]], [lists[1]]
    if not cyrillic:
        return list(lists), []
    return cyrillic, []


def _own(fields: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without what only its reading needed."""
    return {key: value for key, value in fields.items() if key != "spoken"}


def with_latin(entry: Mapping[str, Any], latin: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with what the second list knows of it: Latin names, English titles, a DOI that the first has not."""
    whole = _own(entry)
    for role in ("author", "editor"):
        theirs = [each for each in latin.get(role) or [] if "family" in each]
        named = [each for each in whole.get(role) or [] if "family" in each]
        cyrillic, romanised = ([bool(CYRILLIC.search(each["family"])) for each in people] for people in (named, theirs))
        if len(theirs) == len(named) and any(cyrillic) and not any(romanised):
            whole[f"{role}-latin"] = theirs
    if CYRILLIC.search(str(whole.get("title", ""))):
        for name in ("title", "container-title"):
            if latin.get(f"{name}-en"):
                whole.setdefault(f"{name}-en", latin[f"{name}-en"])
        title = str(latin.get("title", ""))
        if title and "title-en" not in whole and not CYRILLIC.search(title) and identify_language(title, ("en",)) == "en":
            whole["title-en"] = title  # the list translates instead of romanising
    for name in ("DOI", "URL"):
        if latin.get(name) and not whole.get(name):
            whole[name] = latin[name]
    return whole


def _written(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry in the order and with the dates of our own references.yaml."""
    ordered = {key: entry[key] for key in KEPT if entry.get(key) not in (None, "", [])}
    ordered |= {key: value for key, value in entry.items() if key not in ordered and key != "note" and value not in (None, "", [])}
    for key in ("issued", "accessed", "submitted", "original-date", "event-date"):
        if isinstance(ordered.get(key), Mapping) and (parts := _date_parts(ordered[key])):
            ordered[key] = parts[0][0] if len(parts) == 1 and len(parts[0]) == 1 else "/".join(plain_date(part) for part in parts)
    if entry.get("note"):
        ordered["note"] = entry["note"]
    return ordered


def _date_parts(value: Mapping[str, Any]) -> list[list[int]]:
    """The numbers of CSL's date, as citation programs write them too: «2019» as text, a second date that is empty."""
    given = value.get("date-parts")
    if not isinstance(given, (list, tuple)) or set(value) - {"date-parts"}:
        return []
    parts = [[int(number) for number in part if re.fullmatch(r"\d{1,4}", str(number))] for part in given if isinstance(part, (list, tuple))]
    return [part for part in parts if part][:2]


def _shown(entry: Mapping[str, Any]) -> str:
    """An entry as an editor reads it."""
    people = [str(each.get("family") or each.get("literal") or "") for each in entry.get("author") or ()]
    people = [*people[:-1], "et al."] if people[-1:] == ["others"] else people  # BibTeX’s word, as read/ and render/ know it
    issued = entry.get("issued")
    if isinstance(issued, dict):
        issued = "/".join(str(part[0]) for part in _date_parts(issued))
    parts = (", ".join(people), entry.get("title", ""), entry.get("container-title", ""), issued, entry.get("page", ""))
    return f"{entry['id']}: " + " | ".join(str(part) for part in parts if part)


def _of_list(one: TypedList, second: bool) -> Decision:
    words = Phrase("the list in Latin letters, {count} entries", count=len(one.entries)) if second else Phrase(
        "a list of references, {count} entries", count=len(one.entries))
    return Decision(tuple(one.blocks[:1]), "references", one.heading, "certain", words, one.heading)


def _of_entry(entry: Mapping[str, Any], one: Typed, read: Parsed, other: Typed | None, matched: bool, two: bool) -> Decision:
    sure = read.sure
    if sure == "unknown":
        why: object = Phrase("it could not be taken apart and stands whole")
    elif other is not None and not matched:
        sure, why = "likely", Phrase("its like in the list in Latin letters was found by its number alone")
    elif two and other is None and CYRILLIC.search(one.text):
        sure, why = "likely", Phrase("the list in Latin letters has no entry like it")
    elif read.left.strip():
        why = Phrase("no place was found for “{words}”", words=read.left.strip())
    elif "issued" not in entry:
        why = Phrase("no year was found")
    else:
        why = Phrase("read as {type}", type=TYPES.get(str(entry["type"]), entry["type"]))
    taken = "\n".join(filter(None, (one.text, other.text if other else "")))
    return Decision(tuple(dict.fromkeys((*one.blocks, *(other.blocks if other else ())))), "reference", _shown(entry), sure, why, taken)


def _with_fields(blocks: Sequence[Block], entries: list[dict[str, Any]], taken: set[str]) -> tuple[list[dict[str, Any]], list[Decision]]:
    """The entries with the data of citation programs' fields; a work that no list has is added."""
    seen: set[str] = set()
    decisions = []
    for block in blocks:
        for citing in block.citing:
            for item in citing.items:
                data = {key: value for key, value in item.items() if key not in (*PLACES, "id", "note", "uris", "citation-key") and value}
                if not data.get("title") and not data.get("author") or (mark := repr(sorted(data.items(), key=str))) in seen:
                    continue
                seen.add(mark)
                key = find_entry(data, entries)
                place = next((at for at, entry in enumerate(entries) if entry["id"] == key), None) if key else None
                if place is None:
                    entry = {"type": "document", **data}
                    entry.setdefault("language", guess_language(str(entry.get("title") or "")))
                    entry["id"] = name_entry(entry, taken)
                    entries.append(_written(entry))
                else:
                    entry = {**entries[place], **data}
                    if not data.get("language"):
                        entry["language"] = entries[place].get("language")
                    entries[place] = _written(entry)
                decisions.append(Decision((block.number,), "reference", _shown(entry), "certain",
                                          Phrase("its data stand in the field of a citation program"), citing.shown))
    return entries, decisions
