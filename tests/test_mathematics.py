"""Formulas as they are drawn for print."""

import logging
import subprocess
import sys
import time

import pypandoc
import pytest
from conftest import ROOT
from lxml import etree

from basylym.render.mathematics import draw
from basylym.typography.formula_widths import LINE, LONGEST, break_formula, formula_width, is_too_wide
from basylym.typography.formula_words import bare_text

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mn>{}</mn></math>'


def test_drawings_that_stand_in_one_page_share_no_ids():
    drawn = [draw(etree.fromstring(MATH.format(number))) for number in (11, 12)]
    assert not [each for svg in drawn for each in svg.xpath(".//@id")]
    assert all(svg.xpath('.//*[local-name()="path"]') for svg in drawn)


def test_the_engine_is_quiet_and_leaves_the_root_logger_alone():
    """In a process of its own, since what is loaded once is silent ever after."""
    code = ("import logging; from lxml import etree; from basylym.render.mathematics import draw; "
            f"draw(etree.fromstring('''{MATH.format(1).replace('<mn>', '<mstrange>1</mstrange><mn>')}''')); "
            "print(logging.getLogger().level, logging.getLogger().handlers)")
    done = subprocess.run([sys.executable, "-W", "error::DeprecationWarning", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == "" and done.stdout == f"{logging.WARNING} []\n"


# --- formulas wider than a page -------------------------------------------------------------------------------------
TERM = "<msub><mi>x</mi><mn>{}</mn></msub>"


def displayed(inside: str) -> etree._Element:
    return etree.fromstring(f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mrow>{inside}</mrow></math>')


def terms(count: int) -> str:
    return "<mo>+</mo>".join(TERM.format(number) for number in range(count))


def ems(svg: etree._Element) -> float:
    return float(svg.get("style").split("width: ")[1].split("em")[0])


@pytest.mark.parametrize("inside", [terms(5), f"<mfrac>{TERM.format(1)}<mrow>{terms(4)}</mrow></mfrac><mo>=</mo><msqrt>{terms(3)}</msqrt>",
                                    "<mtext>Суретте көрсетілген шама</mtext><mo>=</mo><mn>1</mn>", terms(22)])
def test_a_formula_s_width_is_told_about_right(inside):
    """Within a fifth of what is drawn, where it is not broken."""
    assert formula_width(displayed(inside)) == pytest.approx(ems(draw(displayed(inside))), rel=0.2)


def test_a_long_formula_is_broken_into_lines_and_no_sign_is_lost():
    math = displayed(terms(120))
    words = "".join(math.itertext())
    assert is_too_wide(math) and ems(draw(math)) < LINE * 1.2
    break_formula(math)
    lines = math.findall(".//{*}mtr")
    assert len(lines) > 5 and "".join(math.itertext()) == words
    assert all("".join(line.itertext()).startswith("+") for line in lines[1:])
    assert max(formula_width(line) for line in lines) <= LINE + 1


def test_what_stays_in_one_line():
    """A formula in the text, one that fits, and one that has no sign to break it at."""
    inline, fits, whole = displayed(terms(120)), displayed(terms(20)), displayed(f"<mfrac><mrow>{terms(120)}</mrow><mn>2</mn></mfrac>")
    inline.attrib.pop("display")
    assert [is_too_wide(math) for math in (inline, fits, whole)] == [False, False, True]
    before = etree.tostring(whole)
    break_formula(whole)
    assert etree.tostring(whole) == before and formula_width(whole) > LONGEST


def test_widths_are_found_in_time():
    began = time.monotonic()
    deep = displayed("<mrow>" * 200 + "<mi>x</mi>" + "</mrow>" * 200)
    for math in (displayed(terms(50_000)), displayed("<mi>x</mi>" * 100_000), deep):
        if is_too_wide(math):
            break_formula(math)
    assert time.monotonic() - began < 10


# --- in words -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("tex", "words"), [
    (r"x^2 + \frac{a}{b}", "x² + a/b"), (r"\frac{a+b}{c}", "(a + b)/c"), (r"\alpha_i", "αᵢ"), (r"x_{\text{ж}}", "x_ж"),
    (r"\sum_{i=1}^{n} x_i^2", "∑ᵢ₌₁ⁿ xᵢ²"), (r"\sqrt{a^2+b^2}", "√(a² + b²)"), (r"\sqrt[3]{x}", "³√x"), (r"\bar{x} \le 5", "x̄ ≤ 5"),
    (r"\sin x + \log_2 n", "sin x + log₂ n"), (r"e^{-x/2}", "e^(−x/2)"), (r"H_2O", "H₂O"), (r"0,5\,\%", "0,5 %"), (r"-x", "−x"),
    (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(a, b; c, d)"), (r"\lim_{x\to 0} f(x)", "lim_(x → 0) f(x)"), (r"a < b", "a < b"),
    (r"\binom{n}{k}", "(n k)"), (r"f'(x)", "f′(x)"), (r"^{14}\mathrm{C}", "¹⁴C"), (r"\hat{xy}", "xy"), ("{" * 300 + "x" + "}" * 300, "x")])
def test_a_formula_reads_as_words_on_a_line(tex, words):
    assert bare_text(pypandoc.convert_text(f"${tex}$", "html", "markdown", extra_args=["--mathml"])).strip() == words


def test_a_formula_however_deep_is_read_at_once():
    deep = '<math xmlns="http://www.w3.org/1998/Math/MathML">' + "<msup>" * 20_000 + "<mi>x</mi>" + "<mn>2</mn></msup>" * 20_000 + "</math>"
    started = time.process_time()
    bare_text(deep)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(("markup", "words"), [
    ("CO<sub>2</sub> and 10<sup>−6</sup>", "CO₂ and 10⁻⁶"), ("the 5<sup>th</sup> x<sub>a1</sub>", "the 5th xa1"),
    ("one<br />two&nbsp;three", "one two\u00a0three"), ("R&amp;D, a &lt; b", "R&D, a < b")])
def test_figures_above_and_below_the_line_are_letters_of_their_own(markup, words):
    assert bare_text(markup) == words
