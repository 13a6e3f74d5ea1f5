"""What of a DOCX stands beside the words that its pages show: hidden words, lists that Word makes, words of charts and drawings."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from lxml import etree

from basylym.intake.document import LeftOut
from basylym.intake.docx_looks import MC, OFF, Styles, W, value
from basylym.intake.packages import Package, part_at

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
SHOWN = tuple(W + name for name in ("t", "tab", "br", "cr", "sym", "drawing", "pict", "object", "noBreakHyphen", "softHyphen",
                                    "footnoteReference", "endnoteReference"))
"""What of a run a page shows."""
MADE = re.compile(r"\s*(?:TOC|TOA|INDEX)\b")
"""Fields whose words Word gathers from the text itself."""
LONGEST_CODE = 200
"""So much of a field's code tells what it is."""
DRAWN = ("chart", "chartEx", "diagramData")
MOST = 200
"""So many words of drawings are told."""


def texts_of(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The words of a part as they stand there, paragraph by paragraph, before anything is made of them."""
    for paragraph in root.iter(W + "p"):
        words = []
        for each in paragraph.iter(W + "t", W + "tab", W + "br", W + "cr", W + "noBreakHyphen"):
            if each.tag != W + "t":
                words.append(" ")
            elif each.text and _is_said(each, paragraph):
                words.append(each.text)
        if any(map(str.strip, words)):
            yield "".join(words), "p"


def _is_said(text: etree._Element, paragraph: etree._Element) -> bool:
    """Whether letters are the paragraph's own: not of a box in it, not moved away, not the form for older programs."""
    for each in text.iterancestors(W + "p", W + "moveFrom", W + "del", MC + "Fallback"):
        if each is paragraph:
            return next(each.iterancestors(MC + "Fallback"), None) is None or next(each.iterancestors(W + "txbxContent"), None) is None
        return False
    return True


def take_hidden(root: etree._Element, styles: Styles) -> Iterator[LeftOut]:
    """Takes the words out that Word hides (ECMA-376-1, 17.3.2.41)."""
    usual = styles.default
    for paragraph in root.iter(W + "p"):
        style = value(paragraph.find(W + "pPr"), "pStyle") or usual
        told: list[str] = []
        for run in paragraph.iter(W + "r"):
            if next(run.iterancestors(W + "p")) is not paragraph:
                continue
            if not _is_hidden(run.find(W + "rPr"), styles, style):
                if told and run.find(W + "t") is not None:
                    yield from _left("".join(told))
                    told = []
                continue
            told += [each.text or " " for each in run.iterchildren(W + "t", W + "tab", W + "br")]
            for each in list(run.iterchildren(*SHOWN)):
                run.remove(each)
        yield from _left("".join(told))


def _left(text: str) -> Iterator[LeftOut]:
    if text.strip():
        yield LeftOut(" ".join(text.split()), "hidden")


def _is_hidden(own: etree._Element | None, styles: Styles, style: str | None) -> bool:
    element = None if own is None else own.find(W + "vanish")
    if element is not None:
        return element.get(W + "val", "1") not in OFF
    if character := value(own, "rStyle"):
        for each in styles.chain(character):
            if (found := each.find(f"{W}rPr/{W}vanish")) is not None:
                return found.get(W + "val", "1") not in OFF
    return (styles.run(style, "vanish") or "0") not in OFF


def take_made(root: etree._Element) -> Iterator[LeftOut]:
    """Takes out what Word gathers from the text: the table of contents, an index."""
    for each in list(root.iter(W + "sdt")):
        if any(gallery.get(W + "val") == "Table of Contents" for gallery in each.iter(W + "docPartGallery")):
            for paragraph in each.iter(W + "p"):
                if text := _words(paragraph):
                    yield LeftOut(text, "made_list")
            each.getparent().remove(each)
    for runs in _made_fields(root):
        told: dict[etree._Element, list[str]] = {}
        for run in runs:
            paragraph = next(run.iterancestors(W + "p"), None)
            if paragraph is not None:
                told.setdefault(paragraph, []).append(_words(run))
            run.getparent().remove(run)
        yield from (LeftOut(" ".join(" ".join(words).split()), "made_list") for words in told.values() if any(map(str.strip, words)))


def _made_fields(root: etree._Element) -> Iterator[list[etree._Element]]:
    """The runs of each field that gathers, from its beginning to its end; one without an end gathers nothing."""
    fields: list[dict] = []
    outer: dict | None = None
    done: list[list[etree._Element]] = []
    for run in root.iter(W + "r"):
        ended: list[dict] = []
        for each in run.iterchildren(W + "fldChar", W + "instrText"):
            kind = each.get(W + "fldCharType")
            if each.tag == W + "instrText":
                if fields and not fields[-1]["shown"] and len(fields[-1]["code"]) < LONGEST_CODE:
                    fields[-1]["code"] += each.text or ""
                    outer = outer or (fields[-1] if MADE.match(fields[-1]["code"]) else None)
            elif kind == "begin":
                fields.append({"code": "", "runs": [], "shown": False})
            elif kind == "separate" and fields:
                fields[-1]["shown"] = True
            elif kind == "end" and fields:
                ended.append(fields.pop())
        for each in (outer, *([fields[-1]] if fields and outer is None else [])):
            if each is not None:
                each["runs"].append(run)
        if outer is not None and any(each is outer for each in ended):
            done.append(outer["runs"])
            outer = None
    yield from done


def _words(element: etree._Element) -> str:
    return " ".join("".join(each.text or " " for each in element.iter(W + "t", W + "tab", W + "br")).split())


def words_of_drawings(package: Package, relations: Mapping[str, tuple[str, str, bool]], folder: str) -> Iterator[LeftOut]:
    """The words of charts and diagrams, which go with them."""
    for kind, target, outside in relations.values():
        if kind.rpartition("/")[2] in DRAWN and not outside:
            root = package.read_xml(part_at(folder, target))
            said = [" ".join((each.text or "").split()) for each in (root.iter(f"{A}t", f"{C}v") if root is not None else ())]
            if words := list(dict.fromkeys(filter(None, said)))[:MOST]:
                yield LeftOut(" ".join(words), "drawing")


def words_of_art(root: etree._Element) -> Iterator[str]:
    """Words that are drawn as a picture, WordArt."""
    for each in root.iter(f"{V}textpath"):
        if text := " ".join(each.get("string", "").split()):
            yield text


def drop_cycles(texts: Mapping[str, etree._Element]) -> dict[str, etree._Element]:
    """Takes the marks of notes out of notes, where Word has none and one could stand in itself; gives the notes by the kind and number of
    their marks."""
    notes: dict[str, etree._Element] = {}
    for part in ("footnotes", "endnotes"):
        for mark in list(texts[part].iter(W + "footnoteReference", W + "endnoteReference")) if part in texts else ():
            mark.getparent().remove(mark)
        for note in texts.get(part, ()):
            notes[f"{part[:-1]}Reference {note.get(W + 'id')}"] = note
    return notes


def keep_pictures(root: etree._Element, relations: dict[str, tuple[str, str, bool]], kind: str, held: Container[str] = (),
                  folder: str = "") -> None:
    """Gives pictures that lead nowhere, or out of the file, a name, so that their places are kept and told."""
    for key, (sort, target, outside) in list(relations.items()) if held else ():
        part = part_at(folder, target)
        if sort == kind and not outside and part not in held:
            relations[key] = (kind, f"media/missing-{key}.png", False)
    for each in root.iter(f"{A}blip", f"{V}imagedata"):
        key = each.get(f"{R}embed") or each.get(f"{R}id")
        if key and key not in relations:
            relations[key] = (kind, f"media/missing-{len(relations)}.png", False)
