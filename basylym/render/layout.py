"""The one layout: the pages as printed, and which text each of them begins with.

Everything that depends on pages comes from here: the PDF, the article's page range, the EPUB's page list.
"""

from __future__ import annotations

import ctypes.util
import gc
import sys
import threading
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from basylym.errors import EngineError
from basylym.languages import known_languages, language
from basylym.later import loaded_later
from basylym.messages import Phrase
from basylym.render import later_selectors, proof
from basylym.render.c_types import declared_once
from basylym.render.kept_letters import Letters
from basylym.render.lines import BLANK
from basylym.render.markup import BLOCKS, draw_formulas
from basylym.render.measured_text import GLYPHS
from basylym.render.structure import unboxed
from basylym.render.word_breaks import HYPHEN
from basylym.typography.fonts import font_files, use_only

if TYPE_CHECKING:
    from basylym.render.press import Press

VARIANT = "pdf/a-3a"
LOADING = threading.Lock()
FONTS = threading.local()
"""The fonts of a thread: Pango keeps 0.2 MB of each set that was ever made, and a worker makes pages for months."""
ENGINE: list[Any] = []
"""WeasyPrint, once it is loaded and all that is ours stands in it: by itself it would give other pages."""
LATER = ("fontTools.subset", "fontTools.varLib.instancer", "fontTools.ttLib", "http.client", "email.message", "ssl", "PIL.ExifTags")
"""What WeasyPrint loads at once and needs for few articles, if for any: a third of its loading."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where in the text a printed page begins."""

    label: str
    """The folio, as printed."""
    block: str
    """The id of the block it begins in."""
    offset: int
    """How many letters of that block stand on earlier pages, white space not counted."""


@dataclass(frozen=True)
class Layout:
    """An article's pages."""

    document: Any
    """WeasyPrint's document."""
    starts: tuple[PageStart, ...]
    """One for each page, in order."""
    length: int
    """How many pages the article itself has: a proof's list of findings comes after it."""
    letters: Letters
    """What is known of its texts."""


def load_engine(families: tuple[str, ...] = ()) -> Any:
    """WeasyPrint, loaded once: with our fonts alone, our hyphenation and our tags. Raises EngineError without Pango."""
    with LOADING:  # a thread begins to load it while an article is read; whoever comes then waits until it is whole
        if not ENGINE:
            ENGINE.append(_load(families))
        return ENGINE[0]


def _load(families: tuple[str, ...]) -> Any:
    use_only(font_files(families))
    # find_library starts child processes for each of WeasyPrint's libraries, 0.2 s in all; the plain names that it falls
    # back to are right on Linux, and where they are not, the second attempt asks as usual.
    find, collecting = ctypes.util.find_library, gc.isenabled()
    gc.disable()
    later_selectors.install()
    import http  # noqa: F401 (the package; its client is loaded later)

    try:
        ctypes.util.find_library = lambda name: None
        with loaded_later(*LATER):
            try:
                with declared_once(GLYPHS):
                    import weasyprint
            except OSError:
                ctypes.util.find_library = find
                for name in [name for name in sys.modules if name.startswith("weasyprint")]:
                    del sys.modules[name]
                import weasyprint
    except OSError as error:
        raise EngineError(Phrase("the layout engine's library Pango is missing; on Debian or Ubuntu: apt-get install libpango-1.0-0 "
                                 "libpangoft2-1.0-0 libharfbuzz-subset0; on macOS: brew install pango")) from error
    finally:
        ctypes.util.find_library = find
        if collecting:
            gc.enable()
    from basylym.render import (
        column_heads,
        drawn_lines,
        floats,
        foot_notes,
        html_tokens,
        kept_lines,
        kept_sheets,
        kept_styles,
        lines,
        page_counters,
        pdf_objects,
        pdf_tags,
        plain_boxes,
    )

    _keep_times_of_fonts()
    _register_hyphenation(None)
    for each in (lines, kept_lines, foot_notes, column_heads, floats, page_counters, pdf_tags, pdf_objects, drawn_lines, html_tokens,
                 kept_sheets, kept_styles, plain_boxes):
        each.install()
    return weasyprint


def _keep_times_of_fonts() -> None:
    """A font that is written anew, as one with variable weight is, keeps the time it says it was changed at: fontTools would write
    the clock's into it, and the same article would give other bytes each time."""
    from weasyprint.pdf import fonts as embedded
    from weasyprint.text import fonts as loaded

    def open_font(*words: Any, **named: Any) -> Any:
        from fontTools.ttLib import TTFont, TTLibError  # no font of ours needs them

        embedded.TTLibError = TTLibError
        return TTFont(*words, recalcTimestamp=False, **named)

    embedded.TTFont = loaded.TTFont = open_font


def _register_hyphenation(folder: Path | None) -> None:
    """The hyphenation of all languages; `folder` is a journal's own `languages/`."""
    from basylym.typography import hyphenation

    known = [language(tag, folder) for tag in known_languages(folder)]
    hyphenation.register({each.tag: (each.hyphenation, each.abbreviations) for each in known})


def lay_out(press: Press) -> Layout:
    """Breaks the article into pages. Raises EngineError where the engine gives up."""
    weasyprint = load_engine(tuple(press.edition.journal.fonts))
    if press.edition.languages_folder:
        _register_hyphenation(press.edition.languages_folder)
    style = press.styles("print.css", f"print-{press.edition.journal.layout}.css")
    if press.edition.kind == "proof":
        style += press.styles("proof.css")

    body, letters = press.body.for_print(), Letters(press.place)

    def render(pages: tuple[int, int] | None) -> Any:
        html = draw_formulas(press.fill("pdf.html", body=body, style=style, pages=pages))  # those outside the text
        page = weasyprint.HTML(string=html, base_url="article:/", url_fetcher=_fetcher(press))
        if press.edition.kind == "proof":
            proof.add_notes(page.etree_element, press.notes, press.tongue)
        return _render(page, letters)

    document = render(None)
    if _length(document) == 1:  # «5», not «5–5»
        document = render((press.edition.first_page, press.edition.first_page))
    starts = tuple(page_starts(document, press.edition.first_page))
    if press.edition.kind == "proof":
        proof.stack_notes(document)
    return Layout(document, starts, _length(document), letters)


def _render(page: Any, letters: Letters | None) -> Any:
    """The pages of an article. What fonts its style sheet brings, however that is written, no other article gets."""
    fonts = _fonts()
    fonts.letters_by_basylym = letters
    try:
        return page.render(fonts, pdf_variant=VARIANT, pdf_tags=True)
    finally:
        if fonts._folder is not None:  # WeasyPrint's, for such fonts
            del FONTS.found


def _fonts() -> Any:
    """What finds fonts for an article: one for all that this thread lays out, without what it knows of the last one's texts."""
    from weasyprint.text.fonts import FontConfiguration

    if not hasattr(FONTS, "found"):
        FONTS.found = FontConfiguration()
    fonts = copy(FONTS.found)
    fonts.strut_layouts, fonts.font_features = {}, {}
    return fonts


def _length(document: Any) -> int:
    """How many pages the article takes: up to the mark at its end."""
    return next((number for number, page in enumerate(document.pages, 1) if "end" in page.anchors), len(document.pages))


def _fetcher(press: Press) -> Any:
    """Serves the pictures that reading found fit, and nothing else: no network, no file."""
    from urllib.parse import unquote, urlsplit

    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            parts = urlsplit(url)
            picture = press.body.pictures.get(unquote(parts.path).lstrip("/")) if parts.scheme == "article" else None
            if picture is None:
                raise ValueError(f"{url} is not a picture of the article")
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})

    return Fetcher(allowed_protocols=("article",))


def page_starts(document: Any, first_page: int) -> list[PageStart]:
    """The page map: for each page the block and the letter it begins with, in print order. A figure that waited for the head of a
    page is not what the page begins with, where there is text below: it comes earlier in the text."""
    from weasyprint.formatting_structure import boxes

    taken: dict[str, int] = {}
    starts: list[PageStart] = []
    heads = set()
    furthest = 0

    def texts(box: Any, block: str, number: int):
        box = unboxed(box)
        if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)) or proof.is_note(box):
            return
        element, tag = box.element, box.element_tag or ""
        if "::" in tag or (element is not None and element.get("class") == "entry-number"):  # it stands in no other format
            return
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            if element in heads:  # a table's head, printed again on its next page
                return
            heads.add(element)
        if element is not None:
            number = int(element.get("data-block", number))
        if element is not None and tag in BLOCKS and element.get("id"):
            block = element.get("id")
        if isinstance(box, boxes.TextBox):
            yield block, number, box.text
        elif isinstance(box, boxes.ParentBox):
            for child in box.children:
                yield from texts(child, block, number)

    for number, page in enumerate(document.pages, first_page):
        begins = waited = None
        for block, place, text in texts(page._page_box, "", furthest):
            hyphenated = text.endswith(HYPHEN)
            text = text.replace(BLANK, " ")
            letters = len("".join(text.split())) - hyphenated
            if letters > 0 and place < furthest:
                waited = waited or PageStart(str(number), block, taken.get(block, 0))
            elif begins is None and letters > 0:
                begins = PageStart(str(number), block, taken.get(block, 0))
            taken[block] = taken.get(block, 0) + letters
            furthest = max(furthest, place)
        starts.append(begins or waited or PageStart(str(number), "", 0))
    return starts
