"""Where printed lines end: the layout engine drops the space between two words there, and prints a hyphen inside a word, so
whoever reads the tags would hear two words as one, or one as two.

ISO 32000-1:2008 wants every word break written, at a line's end too (14.8.2.5), and a hyphen that only breaks a word told from
one that belongs to it (14.8.2.2.3). Which of these a line ends with is not seen on the page; it is looked up in the text that
was laid out, letter by letter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from basylym.render.structure import SVG, unboxed

BLOCKS = {"html", "body", "main", "article", "section", "header", "footer", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
          "li", "dl", "dt", "dd", "blockquote", "pre", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure",
          "figcaption"}
UNCOUNTED = "\u00ad\u200b"
"""Letters that stand in a text and not in print, or the other way round."""
LEFT_OUT = {*UNCOUNTED, *(chr(number) for number in range(0x3001) if chr(number).isspace())}
"""These, and everything that is white space: nothing beyond is."""
BARE = str.maketrans(dict.fromkeys(LEFT_OUT))
HYPHEN = "\u2011"
"""What the style sheet prints where a word is broken."""


def write_word_breaks(document: Any) -> None:
    """Gives a space back to every line that ends between two words of a block, and marks texts that end with the layout's own
    hyphen (`broken`); doing so twice changes nothing."""
    from weasyprint.formatting_structure import boxes

    root = next((unboxed(child).element for page in document.pages for child in page._page_box.children
                 if unboxed(child).element is not None), None)
    if root is None:
        return
    source = _Source(root)

    def look(box: Any) -> None:
        box = unboxed(box)
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.TextBox):
            if "::" not in (box.element_tag or "") and not getattr(box, "set_apart", None):
                box.broken = source.read(box.element, box.text)
            return
        for child in getattr(box, "children", ()):
            look(child)
        if isinstance(box, boxes.LineBox) and (last := _last_text(box)) is not None and source.word_ends(last.element):
            layout = last.pango_layout
            if layout.text == last.text:
                layout.text += " "

    for page in document.pages:
        look(page._page_box)


def _last_text(line: Any) -> Any:
    """The text that a line ends with; None where it ends with something else."""
    for child in reversed(line.children):
        child = unboxed(child)
        if not hasattr(child, "text"):
            return _last_text(child) if hasattr(child, "children") and "::" not in (child.element_tag or "") else None
        if child.text.strip():
            return None if "::" in (child.element_tag or "") or getattr(child, "set_apart", None) else child
    return None


class _Source:
    """The text that was laid out, as runs in document order, and how far each element's own runs are printed."""

    def __init__(self, root: Any):
        self.runs: list[tuple[str, Any]] = []
        self.own: dict[Any, list[int]] = {}
        self.at: dict[Any, tuple[int, int]] = {}
        self.places: dict[int, list[int]] = {}
        self._collect(root, root)

    def _collect(self, element: Any, block: Any) -> None:
        if not isinstance(element.tag, str) or element.tag.startswith(SVG) or element.tag in ("head", "style", "title"):
            return
        block = element if element.tag in BLOCKS or "footnote" in (element.get("class") or "").split() else block
        own = self.own[element] = []
        if element.tag == "br":
            self.runs.append(("\n", block))
        for text, child in [(element.text, None), *((child.tail, child) for child in element)]:
            if child is not None:
                self._collect(child, block)
            own.append(len(self.runs))
            self.runs.append((text or "", block))

    def read(self, element: Any, text: str) -> bool:
        """So much of an element's own text is printed; whether its last letter is the layout's hyphen."""
        own, broken = self.own.get(element), False
        if not own:
            return False
        at = list(self.at.get(element, (0, 0)))
        for number, piece in enumerate(text.translate(BARE).split(HYPHEN)):
            if number:
                *at, found = self._next(own, *at)
                broken = found != HYPHEN
                if found is not None and not broken:
                    at[1] += 1
            if piece:
                *at, _ = self._after(own, *at, len(piece))
                broken = False
        self.at[element] = tuple(at)
        return broken

    def _places(self, run: int) -> list[int]:
        """Where in a run the letters stand that count."""
        if run not in self.places:
            self.places[run] = [place for place, letter in enumerate(self.runs[run][0]) if letter not in LEFT_OUT]
        return self.places[run]

    def _after(self, own: list[int], run: int, offset: int, number: int) -> tuple[int, int, bool]:
        """The place after so many letters more that count, or the end; whether there are so many."""
        while True:
            places = self._places(own[run])
            begin = bisect_left(places, offset)
            if begin + number <= len(places):
                return run, places[begin + number - 1] + 1, True
            number -= len(places) - begin
            if run + 1 == len(own):
                return run, len(self.runs[own[run]][0]), False
            run, offset = run + 1, 0

    def _next(self, own: list[int], run: int, offset: int) -> tuple[int, int, str | None]:
        """The place of the next letter that counts, and that letter; None at the end."""
        run, offset, found = self._after(own, run, offset, 1)
        return (run, offset - 1, self.runs[own[run]][0][offset - 1]) if found else (run, offset, None)

    def word_ends(self, element: Any) -> bool:
        """Whether a space follows what is printed of an element, and then more of the same block."""
        own = self.own.get(element)
        if not own or element not in self.at:
            return False
        run, offset = self.at[element]
        block, space = self.runs[own[run]][1], False
        for letter, where in self._onwards(own[run], offset):
            if where is not block:
                continue  # a note that stands in the sentence
            if letter.isspace():
                space = True
            elif letter not in UNCOUNTED:
                return space
        return False

    def _onwards(self, run: int, offset: int) -> Iterator[tuple[str, Any]]:
        block = self.runs[run][1]
        for number in range(run, min(len(self.runs), run + 200)):
            text, where = self.runs[number]
            if where is not block and where.tag in BLOCKS:
                return
            for letter in text[offset if number == run else 0:]:
                yield letter, where
