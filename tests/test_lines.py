"""The printed lines themselves: where they end, and what WeasyPrint's inside must look like for our mends to hold."""

import inspect
import re
import shutil
import time

import hypothesis
import pytest
from hypothesis import strategies as st

from basylym import pipeline
from basylym.project import Project
from basylym.render import layout, measured_text
from basylym.render import lines as lines_
from basylym.render.kept_lines import Line
from basylym.render.layout import load_engine
from basylym.render.measured_text import UNITS, Face
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def engine():
    return load_engine()


def lines(engine, html, width):
    """The lines of a page of a width: (right edge, text), in CSS pixels."""
    from weasyprint.formatting_structure import boxes

    page = engine.HTML(string=f'<html lang="kk"><style>@page {{ size: {width}px 900px; margin: 0 }} body {{ margin: 0; '
                              f'font: 12px "PT Serif"; word-spacing: 0.01px }}</style><p>{html}').render().pages[0]
    found = []

    def texts(box):
        if isinstance(box, boxes.TextBox):
            yield box
        for child in getattr(box, "children", ()):
            yield from texts(child)

    def walk(box):
        if isinstance(box, boxes.LineBox):
            parts = list(texts(box))
            last = [part for part in parts if part.text.strip(" \u200b")][-1]
            found.append((last.position_x + last.width, "".join(part.text for part in parts)))
            return
        for child in getattr(box, "children", ()):
            walk(child)

    walk(page._page_box)
    return found


def test_a_text_that_fits_but_for_its_last_space_is_not_broken_after_its_first_word(engine):
    """Of all these widths, at some the text before the link fits exactly without the space at its end."""
    text = "Мәтін сөздері осы жерде тұр: Мәтін сөздері осы жерде тұр: "
    for width in range(320, 345):
        first = lines(engine, f'{text}<a href="x">https://journal.example/a-long-address/of-an-article</a> соңы', width)[0][1]
        assert len(first.split()) > 4, f"{width} px: {first}"


@pytest.mark.parametrize("word", ["6-ға", "10-сыныптағылардың", "2006–2008", "А-сы", "ҚР-ның", "«100-ге»,"])
def test_numbers_and_abbreviations_keep_what_follows_their_hyphen(engine, word):
    """At some of these widths the line would end in the hyphen; not a letter is lost or added."""
    text = f"Мәтін сөздері осы жерде тұр {word} және бар еді."
    torn, whole, apart = word[:word.index("–" if "–" in word else "-") + 1], 0, set()
    for width in range(130, 260):
        printed = [line for _, line in lines(engine, text, width)]
        assert "".join("".join(printed).split()).replace("\u200b", "") == "".join(text.split())
        assert not [line for line in printed if line.endswith(torn)], f"{width} px: {printed}"
        whole += any(word in line for line in printed)
        apart.add(next(number for number, line in enumerate(printed) if word in line))
    assert whole == 130 and len(apart) > 1


def test_other_words_may_end_a_line_in_their_hyphen(engine):
    ends = {line.split()[-1] for width in range(130, 260) for _, line in lines(engine, "Мәтін осы жерде тұр қарым-қатынас бар еді.", width)}
    assert "қарым-" in ends


def test_a_blank_between_two_pieces_of_markup_is_not_kept_at_a_line_s_end(engine):
    """Of all these widths, at some the line ends right before the link; its last word then stands at the edge."""
    ends = 0
    for width in range(240, 330):
        html = ('<span style="display: block; text-align: justify">Мәтін сөздері осы жерде тұр <i>мәтін сөздері</i> '
                '<a>[1, 12]</a> соңы да бар</span>')
        edge, first = lines(engine, html, width)[0]
        if first.rstrip(" \u200b").endswith("сөздері"):
            assert abs(edge - width) < 0.5, f"{width} px: {edge}"
            ends += 1
    assert ends


def test_justified_lines_end_at_one_edge(assembly):
    import pypdfium2

    document, edges = pypdfium2.PdfDocument(assembly.with_suffix(".pdf")), []
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_charbox(number) for number, letter in enumerate(text.get_text_range()) if letter.strip()]  # a space hangs unseen
        rights = [box[2] for box, after in zip(boxes, [*boxes[1:], (0, 0, 0, 0)], strict=True) if after[0] < box[0]]
        edge = max(rights)
        edges += [round(edge - right, 1) for right in rights if edge - right < 6]
    document.close()
    assert len(edges) > 200
    assert sum(gap > 1.5 for gap in edges) < len(edges) / 20, sorted(edges)[-20:]


def test_a_text_is_measured_once_however_often_it_is_laid_out(engine, monkeypatch):
    """A page that names the number of pages is laid out again when that is known; what of a text goes on to the next line or page is
    part of what was measured."""
    measured = []
    monkeypatch.setattr(Face, "ask", lambda self, text, shown, ask=Face.ask: measured.append(text) or ask(self, text, shown))
    text = f"{'Мемлекеттік тілдегі мақала ' * 40}соңы"
    html = ('<html lang="kk"><style>@page { size: 300px 200px; margin: 30px; @bottom-center { content: counter(pages) } } '
            f'body {{ font: 12px "PT Serif"; word-spacing: 0.01px; text-align: justify; hyphens: auto }}</style><p>{text}')
    document = engine.HTML(string=html).render()
    assert len(document.pages) > 3
    assert measured.count(text) == 1
    assert sum(map(len, measured)) < 2 * len(text)


def styles(engine):
    """Styles that text is set in here, and some more."""
    for language in ("kk", "ru", "en"):
        for css in STYLES:
            html = (f'<html lang="{language}"><style>html {{ font: 10.5pt/14pt "PT Serif", "Noto Serif"; hyphenate-character: "\\2011"; '
                    f"hyphenate-limit-chars: 6 2 3 }} p {{ {css} }}</style><p>мәтін")
            document = engine.HTML(string=html).render()
            yield document, next(box.style for box in document.pages[0]._page_box.descendants() if getattr(box, "text", "") == "мәтін")


STYLES = ("word-spacing: 0.01px; hyphens: auto", "word-spacing: 0.01px; hyphens: manual", "word-spacing: 0.01px; overflow-wrap: anywhere",
          "word-spacing: 0.01px; hyphens: auto; hyphenate-limit-zone: 20%; font: bold 9pt 'PT Sans'", "white-space: nowrap",
          "word-spacing: 0.01px; hyphens: auto; hyphenate-limit-chars: 5 2 2; overflow-wrap: break-word", "white-space: pre-wrap")
WORDS = ("Мемлекеттік тілдегі мақаланың қарым-қатынас «Қазақстан», государственного электронно-вычислительная representation the of "
         "office efficient flying AVATAR To. https://doi.example/abc.def-ghi/jk 3,14 1\u00a0000 № 12 a\u0301ccent и\u0306 naïve "
         "ЮНЕСКО αβ x+y=z 日本語 😀 … — – - and/or (см. рис. 3) [12, 15] т. б. 25% fi W. C++ 𝑎𝑏 ℝ → “quoted” don't հայերեն ʃ су\u00adпер "
         "מלה \u2009 \u200a \u00a0\u00a0").split(" ")


@hypothesis.settings(max_examples=30, deadline=None, derandomize=True, database=None)
@hypothesis.given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.integers(0, 20),
                  st.sampled_from([None, 0, 15, 30, 61, 99, 150, 303, 500]), st.booleans())
def test_lines_end_where_weasyprint_ends_them(engine, words, number, width, at_start):
    """But where ours are better, and where a letter that stands elsewhere by a hair decides; as wide and as high, a pixel at most
    where letters of two scripts meet at a line's end."""
    from weasyprint.text import line_break

    document, style = KEPT.setdefault(id(engine), [*styles(engine)])[number]
    context, text = type("Context", (), {"dictionaries": {}})(), " ".join(words)
    while text:
        wanted = line_break.split_first_line(text, style, context, width, 0, is_line_start=at_start, minimum=width == 0)
        found = lines_.first_line(text, style, context, width, 0, at_start, width == 0)
        if found:
            if found[2] == wanted[2]:
                assert (found[0].text, found[1]) == (wanted[0].text, wanted[1])
                assert found[3] == pytest.approx(wanted[3], abs=1.2)
                assert found[4:] == pytest.approx(wanted[4:])
            else:
                assert torn(text, wanted[2]) or wanted[3] == pytest.approx(width, abs=0.1)
        if not wanted[2]:
            break
        text = text.encode()[wanted[2]:].decode()


KEPT = {}


def torn(text, resume):
    line = text.encode()[:resume].decode()
    return lines_._torn_word(text, 0, len(line)) is not None


def test_nearly_all_lines_of_an_article_are_ours(engine, tmp_path, monkeypatch):
    """WeasyPrint is asked about code and letters that are spaced out, which are few."""
    ours, asked = [], lines_.first_line
    monkeypatch.setattr(lines_, "first_line", lambda *values: ours.append(asked(*values)) or ours[-1])
    shutil.copytree(ROOT / "source", tmp_path / "source")
    project = Project(tmp_path)
    for target in project.targets:
        assert not pipeline.work_on(pipeline.Task(tmp_path, False, target, ("pdf",), beside=False)).failure
    assert len(ours) > 1000 and sum(map(bool, ours)) / len(ours) > 0.95


@pytest.mark.parametrize("text", ["мәтін " * 60_000, "м" * 300_000, "а-" * 100_000, "(" * 300_000, "1 " * 100_000, "\u0301" * 100_000])
def test_a_monstrous_text_takes_no_longer_by_the_letter(engine, text):
    """Of its lines, some at its beginning, middle and end: each in a moment."""
    _, style = next(styles(engine))
    context = type("Context", (), {"dictionaries": {}})()
    begun = time.process_time()
    for start in (0, len(text) // 2, len(text) - 2000):
        rest = text[start:]
        for _ in range(20):
            found = lines_.first_line(rest, style, context, 400, 0, True, False)
            if not found:
                break
            assert found[1] <= 5000
            rest = rest[len(found[0].text.rstrip("\u2011")):].lstrip(" ")
    assert time.process_time() - begun < 5  # as a part of each is measured, of 5000 letters


def test_weasyprint_has_the_shape_our_mends_rely_on(engine):
    import pydyf
    from weasyprint.draw import text as draw
    from weasyprint.layout import inline, preferred
    from weasyprint.text import fonts, line_break
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    assert list(inspect.signature(line_break.split_first_line).parameters) == [
        "text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum"]
    assert list(inspect.signature(line_break.create_layout).parameters) == [
        "text", "style", "context", "max_width", "justification_spacing"]
    assert inline.split_first_line.by_basylym and preferred.split_first_line.by_basylym  # looked up by name in that module, as these are
    usual = {"word_spacing": 0, "text_decoration_line": "none", "letter_spacing": "normal"}
    assert inline.create_layout.by_basylym and isinstance(inline.create_layout("a", usual, None, None, 0), Line)
    assert [list(inspect.signature(each).parameters) for each in (line_break.strut, fonts.get_font_description)] == [["style"]] * 2
    assert isinstance(pydyf.Stream.data, property)
    # What a drawn text asks of its layout: all that `Line` has, and nothing more.
    asked = set(re.findall(r"pango_layout\.(\w+)", inspect.getsource(draw) + inspect.getsource(inline)))
    assert asked <= {"ascent", "deactivate", "first_line_direction", "get_first_line", "layout", "max_width", "reactivate", "set_text",
                     "strikethrough_position", "strikethrough_thickness", "text", "underline_position", "underline_thickness"}
    # Pango's numbers and bits as they are read here.
    assert FROM_UNITS == 1 / UNITS and ffi.sizeof("PangoLogAttr") == 4
    for name, byte, bit in (("is_line_break", 0, measured_text.BREAK), ("is_char_break", 0, measured_text.LETTER),
                            ("is_cursor_position", 0, measured_text.CURSOR), ("is_word_end", 0, measured_text.WORD_END),
                            ("is_word_boundary", 1, measured_text.WORD_BOUNDARY)):
        assert ffi.buffer(ffi.new("PangoLogAttr *", {name: 1}))[byte] == bytes([bit]), name
    assert pango.pango_glyph_item_get_logical_widths and pango.pango_attr_list_copy


def test_a_style_is_known_by_all_that_sets_its_letters(engine):
    """What WeasyPrint reads of a style to set a text, other than what makes it unusual."""
    from weasyprint.text import fonts, line_break

    source = "".join(map(inspect.getsource, (line_break.Layout.setup, line_break.Layout.set_text, fonts.get_font_description)))
    assert set(re.findall(r"style\['(\w+)'\]", source)) - set(measured_text.PROPERTIES) == {
        "direction", "letter_spacing", "overflow_wrap", "text_decoration_line"}


def test_underlined_text_is_drawn_with_its_line(engine):
    html = '<html lang="kk"><p style="text-decoration: underline line-through; hyphens: auto">Мемлекеттік тілдегі <u>мақала</u>'
    assert engine.HTML(string=html).write_pdf()


def test_articles_share_the_fonts_that_were_found_and_nothing_else(engine):
    """Pango never lets go of a set of fonts: a worker that made one for each article would grow by 0.2 MB each time."""
    from weasyprint.text.fonts import FontConfiguration

    first, second = layout._fonts(), layout._fonts()
    assert first.font_map == second.font_map and first is not second
    assert first.__dict__.keys() == FontConfiguration().__dict__.keys()
    shared = {name for name in first.__dict__ if isinstance(first.__dict__[name], dict) and first.__dict__[name] is second.__dict__[name]}
    assert not shared
    engine.HTML(string="<p>сөз").render(font_config=first)
    assert first.strut_layouts and not second.strut_layouts and not layout._fonts().strut_layouts


@pytest.mark.parametrize("rule", ["@font-face", "@FONT-FACE", r"@f\6f nt-face"])
def test_fonts_that_a_style_sheet_brings_are_its_articles_alone(engine, rule):
    page = engine.HTML(string=f'<style>{rule} {{ font-family: own; src: local("PT Serif") }}</style><p style="font-family: own">сөз')
    before = layout._fonts().font_map
    layout._render(page, None)
    assert layout._fonts().font_map != before
    before = layout._fonts().font_map
    layout._render(engine.HTML(string="<p>сөз"), None)
    assert layout._fonts().font_map == before
