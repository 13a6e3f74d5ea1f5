"""How a table is set so that it fits, by rule."""

import pytest
from lxml import etree

from basylym.typography.table_widths import GAP, LARGEST, READER, SHEET, fit_sheet, fit_table


def table(*rows: list[str]) -> etree._Element:
    """A table of these cells."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return etree.fromstring(f"<table><tbody>{body}</tbody></table>")


@pytest.mark.parametrize(("rows", "fit"), [
    ([["a", "b"], ["1,5", "2,5"]], "column"),
    ([["слово " * 40, "слово " * 40]], "column"),
    ([["слово"] * 8], "across"),
    ([["1000,5"] * 12], "across"),
    ([["10000,5"] * 13], "small"),
    ([["Представительство"] * 10], "small"),  # hyphenation breaks the words
    ([["100000000,5"] * 11], "turned"),  # numbers it may not break
    ([["100000000,5"] * 13], "turned small"),
    ([["1" * 12] * 14], "too wide"),
    ([["1" * 200]], "too wide"),
])
def test_the_rule(rows, fit):
    assert fit_table(table(*rows)) == fit


def test_a_cell_that_spans_is_shared_among_its_columns():
    whole = table(["1" * 90])
    spanning = etree.fromstring(f'<table><tr><td colspan="9">{"1" * 90}</td></tr><tr>{"<td>1</td>" * 9}</tr></table>')
    below = etree.fromstring(f'<table><tr><td rowspan="2">1</td><td>2</td></tr><tr><td>{"1" * 90}</td></tr></table>')
    assert fit_table(whole) == fit_table(below) == "across"
    assert fit_table(spanning) == "small"


def test_the_words_of_tex_are_not_measured():
    maths = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><annotation>' + "x" * 300 + "</annotation></math>"
    assert fit_table(etree.fromstring(f"<table><tr><td>{maths}</td></tr></table>")) == "column"


def test_an_empty_table_fits():
    assert fit_table(etree.fromstring("<table/>")) == "column"


@pytest.mark.parametrize("cells", [["236.048"] * 14, ["Northern"] * 14, ["1" * 12] * 40])
def test_a_table_too_wide_for_a_sheet_gets_letters_that_fit(cells):
    size = fit_sheet(table(cells))
    assert size < LARGEST and sum(len(each) * READER + GAP for each in cells) * size <= SHEET


def test_a_table_that_fits_a_sheet_stays_as_it_is():
    assert fit_sheet(table(["236.048"] * 5)) is None and fit_sheet(table(["слово " * 100])) is None
