"""The printed lines themselves: where they end, and what WeasyPrint's inside must look like for our mends to hold."""

import inspect

import pytest

from basylym.render.layout import load_engine


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


def test_a_line_is_broken_once_however_often_it_is_laid_out(engine, monkeypatch):
    """And drawn like one that was broken anew: a page that names the number of pages is laid out again when that is known."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    html = ('<html lang="kk"><style>@page { size: 300px 200px; margin: 30px; @bottom-center { content: counter(pages) } } '
            f'body {{ font: 12px "PT Serif"; text-align: justify; hyphens: auto }}</style><p>{"Мемлекеттік тілдегі мақала " * 40}')
    kept = engine.HTML(string=html).write_pdf(pdf_identifier=b"1")
    once = inline.split_first_line
    monkeypatch.setattr(inline, "split_first_line", lambda *values, **named: once(*values[:2], Fresh(values[2]), *values[3:], **named))
    assert engine.HTML(string=html).write_pdf(pdf_identifier=b"1") == kept
    wanted = line_break.split_first_line
    document = engine.HTML(string=html).render()
    context = type("Context", (), {"dictionaries": {}})()
    style = next(box.style for box in document.pages[0]._page_box.descendants() if getattr(box, "text", "").startswith("Мем"))
    one, two = (once("Мемлекеттік тілдегі мақала", style, context, 90, 0) for _ in range(2))
    assert one[1:] == two[1:] == wanted("Мемлекеттік тілдегі мақала", style, context, 90, 0)[1:]
    assert one[0] is not two[0] and len(context.lines_by_basylym) == 1


class Fresh:
    """A layout's context that remembers no line."""

    def __init__(self, context):
        self._context = context

    def __getattr__(self, name):
        return getattr(self._context, name)


def test_weasyprint_has_the_shape_our_mends_rely_on():
    import pydyf
    from weasyprint.layout import inline
    from weasyprint.text import fonts, line_break

    assert list(inspect.signature(line_break.split_first_line).parameters)[:5] == [
        "text", "style", "context", "max_width", "justification_spacing"]
    assert list(inspect.signature(line_break.create_layout).parameters) == [
        "text", "style", "context", "max_width", "justification_spacing"]
    assert inline.split_first_line.by_basylym  # looked up by name in that module, as these are
    assert inline.create_layout.by_basylym and inline.create_layout("a", {"word_spacing": 0, "text_decoration_line": "none"}, None, None, 0)
    assert [list(inspect.signature(each).parameters) for each in (line_break.strut, fonts.get_font_description)] == [["style"]] * 2
    assert line_break.Layout.reactivate.__code__.co_names[:1] == ("setup",)  # what is kept of a line is its text: all else is made anew
    assert isinstance(pydyf.Stream.data, property)
