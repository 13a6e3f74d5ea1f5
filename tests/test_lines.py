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
            found.append((parts[-1].position_x + parts[-1].width, "".join(part.text for part in parts)))
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


def test_weasyprint_has_the_shape_our_mends_rely_on():
    import pydyf
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    assert list(inspect.signature(line_break.split_first_line).parameters)[:5] == [
        "text", "style", "context", "max_width", "justification_spacing"]
    assert inline.split_first_line.by_basylym  # looked up by name in that module
    assert isinstance(pydyf.Stream.data, property)
