"""What is drawn on pages beside their text: the mark of a proof, numbers of lines, rules from notes to what they concern; and the mark
of a retracted article.

All of it is artifacts (ISO 14289-1, 7.1), in outlines of our own font: a text copied out of the proof has no numbers in it, and
no font need hold letters that its pages lack.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from basylym.render.proof import EDGE, STRIP, is_note, note_boxes
from basylym.typography.fonts import font_files

if TYPE_CHECKING:
    from basylym.render.press import Press

MARK = 0.6
"""The length of the mark, as a share of the sheet's diagonal."""
SIZE = 5.2
"""The size of the numbers of lines, in points."""
UNSEEN = " \n\t\u00a0\u200b\u2060"
"""What is no text: beside a picture the layout engine leaves a blank of its own."""
BEFORE = 3.5
"""The distance of the numbers from their lines, in points."""


def mark_pages(pdf: Any, press: Press) -> None:
    """Widens the sheets of the finished PDF and draws mark, line numbers and rules."""
    import pydyf

    word = press.view.label("proof").upper()
    for leaf, page in zip(_leaves(pdf), press.layout.document.pages, strict=True):
        width, height = _size(leaf)
        _draw(pdf, leaf, _draw_mark(word, width, height), _draw_margins(page._page_box, width, height))
        leaf["MediaBox"] = pydyf.Array([0, 0, round(width + STRIP * 0.75, 2), height])


def mark_retracted(pdf: Any, press: Press) -> None:
    """Draws the word behind the text of every page of a retracted article, which stays readable."""
    word = press.view.label("retracted")
    for leaf in _leaves(pdf):
        _draw(pdf, leaf, _draw_mark(word, *_size(leaf), colour="0.98 0.86 0.85"))


def _leaves(pdf: Any) -> list[Any]:
    return [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"]


def _size(leaf: Any) -> tuple[float, float]:
    width, height = (float(side) for side in leaf["MediaBox"][2:])
    return width, height


def _draw(pdf: Any, leaf: Any, behind: str, before: str = "") -> None:
    """Puts drawings behind and before what stands on a page."""
    import pydyf

    first = pydyf.Stream([_artifact(behind), "q"], compress=True)
    last = pydyf.Stream(["Q", *([_artifact(before)] if before else [])], compress=True)
    for stream in (first, last):
        pdf.add_object(stream)
    leaf["Contents"] = pydyf.Array([first.reference, leaf["Contents"], last.reference])


def _artifact(drawing: str) -> str:
    return f"/Artifact BMC\nq\n{drawing}\nQ\nEMC"


def _draw_mark(word: str, width: float, height: float, colour: str = "0.93 0.93 0.93") -> str:
    """The word across the sheet, from the lower left to the upper right."""
    diagonal = (height ** 2 + width ** 2) ** 0.5
    across, up = width / diagonal, height / diagonal
    scale = MARK * diagonal / max(_measure(word), 4)
    length = scale * _measure(word)
    left, foot = width / 2 - across * length / 2, height / 2 - up * length / 2
    shift = scale * 0.35  # half a capital's height, so that it lies on the line from corner to corner
    return (f"{colour} rg\n{across * scale:.4f} {up * scale:.4f} {-up * scale:.4f} {across * scale:.4f} "
            f"{left + up * shift:.2f} {foot - across * shift:.2f} cm\n{_outline(word)}")


def _draw_margins(box: Any, width: float, height: float) -> str:
    """The numbers of lines, counted anew on each page, and a rule from every note to its block."""
    drawn = ["0.45 0.45 0.45 rg"]
    for number, (edge, baseline) in enumerate(_lines(box), 1):
        text = str(number)
        x = edge * 0.75 - BEFORE - _measure(text) * SIZE
        drawn.append(f"q {SIZE} 0 0 {SIZE} {x:.2f} {height - baseline * 0.75:.2f} cm {_outline(text)} Q")
    drawn.append(f"0.75 0.75 0.75 RG 0.4 w {width:.2f} 0 m {width:.2f} {height:.2f} l S 0.7 0.4 0.38 RG")
    for top, note, _ in note_boxes(box):
        ends = height - (top + 6) * 0.75, height - (note.position_y + 6) * 0.75
        drawn.append(f"{width - 14:.2f} {ends[0]:.2f} m {width - 4:.2f} {ends[0]:.2f} l {width + EDGE * 0.75:.2f} {ends[1]:.2f} l S")
    return "\n".join(drawn)


def _lines(page: Any) -> list[tuple[float, float]]:
    """The left edge and the baseline of every line of text, column by column, then of the notes; lines that stand level in one
    column, as in the cells of a table, are one."""
    columns: dict[tuple[bool, float], list[tuple[float, float]]] = {}
    for edge, baseline, size, at_foot in _line_boxes(page, page.content_box_x()):
        columns.setdefault((at_foot, round(edge, 1)), []).append((baseline, size))
    found = []
    for (_, edge), lines in sorted(columns.items(), key=lambda column: column[0][0]):
        last = None
        for baseline, size in sorted(lines):
            if last is None or baseline - last > size / 2:
                found.append((edge, baseline))
                last = baseline
    return found


def _line_boxes(box: Any, edge: float, at_foot: bool = False) -> Iterator[tuple[float, float, float, bool]]:
    """Left edge of the column, baseline, size of the letters, whether it is of a note."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox) or is_note(box) or (box.element is not None and box.element.get("class") == "findings"):
        return
    if getattr(box, "is_column", False):
        edge = box.position_x
    if isinstance(box, boxes.LineBox) and any(isinstance(child, boxes.TextBox) and child.text.strip(UNSEEN) for child in box.descendants()):
        yield edge, box.position_y + box.baseline, box.style["font_size"], at_foot
    for child in getattr(box, "children", ()):
        yield from _line_boxes(child, edge, at_foot or isinstance(child, boxes.FootnoteAreaBox))


@lru_cache(maxsize=1)
def _font() -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(next(path for path in font_files() if path.name.endswith("Sans-Web-Regular.ttf")))


def _glyphs(text: str) -> list[str]:
    names = _font().getBestCmap()
    return [names[ord(letter)] for letter in text if ord(letter) in names]


def _measure(text: str) -> float:
    """The width of a text in ems."""
    return sum(_font()["hmtx"][name][0] for name in _glyphs(text)) / _font()["head"].unitsPerEm


@lru_cache(maxsize=4096)
def _outline(text: str) -> str:
    """A text as shapes, one em being one unit."""
    from fontTools.pens.basePen import BasePen

    font, x, drawn = _font(), 0.0, []
    glyphs, em = font.getGlyphSet(), font["head"].unitsPerEm

    class Pen(BasePen):
        def write(self, operator: str, *points: tuple[float, float]) -> None:
            drawn.append(" ".join(f"{(px + x) / em:.4f} {py / em:.4f}" for px, py in points) + f" {operator}")

        def _moveTo(self, point):  # noqa: N802
            self.write("m", point)

        def _lineTo(self, point):  # noqa: N802
            self.write("l", point)

        def _curveToOne(self, *points):  # noqa: N802
            self.write("c", *points)

        def _closePath(self):  # noqa: N802
            drawn.append("h")

    for name in _glyphs(text):
        glyphs[name].draw(Pen(glyphs))
        x += font["hmtx"][name][0]
    return "\n".join([*drawn, "f"])
