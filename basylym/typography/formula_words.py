"""A formula as words on one line, x² + a/b: for what is copied, and for contents, where no formula can be set."""

from __future__ import annotations

import copy
import re

from lxml import etree

from basylym.typography.formula_widths import MATHML

RAISED = dict(zip("0123456789+−-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
LOWERED = dict(zip("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
"""Letters that Unicode has above and below the line too."""
ACCENTS = {"¯": "\u0304", "‾": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "˙": "\u0307", "¨": "\u0308",
           "→": "\u20d7"}
"""Marks over a letter, and those that Unicode joins to it."""
SPACED = frozenset("+−-±∓×⋅÷=≠≡≈≃≅∼<>≤≥≪≫≲≳∝∈∉∋⊂⊃⊆⊇∪∩∧∨→←↔⇒⇐⇔↦⊕⊗∣:")
"""Signs that have a space on either side."""
LEADING = frozenset("∑∏∐∫∬∭∮⋃⋂")
"""Signs of what is done to all that follows."""
SCRIPTED = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
SILENT = re.compile("[\u200b\u2061-\u2064\ufe0e\ufe0f]")
"""What is written between signs and never seen."""
PARSER = etree.XMLParser(resolve_entities=False, huge_tree=True, recover=True)


def speak_formulas(element: etree._Element) -> etree._Element:
    """An element, with words where its formulas were, and figures above and below the line, CO₂, where markup put them there:
    itself where it has none, else a copy."""
    if not any(_bare_name(each) in ("math", "sub", "sup", "br") for each in element.iter()):
        return element
    element = copy.deepcopy(element)
    for each in element.iter():
        if (name := _bare_name(each)) == "br":
            each.tail = f" {each.tail or ''}"  # its lines become one
        elif name in ("sub", "sup") and not len(each) and each.text:
            each.text = _shift_figures(each.text, LOWERED if name == "sub" else RAISED)
    for math in [each for each in element.iter() if _name(each) == "math"]:
        words, tail = say_formula(math), math.tail
        for inside in list(math):
            math.remove(inside)
        math.text, math.tail = words, tail
    return element


def bare_text(markup: str) -> str:
    """Markup as text on one line, its formulas in words."""
    tree = etree.fromstring(f"<p>{markup.replace('&nbsp;', chr(0xA0))}</p>", PARSER)
    return "".join(speak_formulas(tree).itertext())


def say_formula(math: etree._Element) -> str:
    """The words of a <math>."""
    words: dict[etree._Element, str] = {}
    parts = [each for each in math.iter() if isinstance(each.tag, str)]
    for each in reversed(parts):  # what stands inside comes first, however deep it lies
        words[each] = _say(each, [(child, words[child]) for child in each if child in words])
    return " ".join(words[math].split())


def _name(element: etree._Element) -> str:
    """Its bare name: a page read as HTML knows no namespaces; nothing for a comment."""
    return element.tag.removeprefix(MATHML) if isinstance(element.tag, str) else ""


def _bare_name(element: etree._Element) -> str:
    """Its name, whatever namespace it is in."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _say(element: etree._Element, inside: list[tuple[etree._Element, str]]) -> str:
    name = _name(element)
    said = [words for _, words in inside]
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        return SILENT.sub("", element.text or "")
    if name == "mspace":
        return " "
    if name in ("annotation", "annotation-xml", "mphantom"):
        return ""
    if name == "mfrac" and len(said) == 2:
        return f"{_whole(said[0])}/{_whole(said[1])}" if element.get("linethickness", "")[:1] != "0" else " ".join(said)
    if name == "msqrt":
        return f"√{_whole(_row(inside))}"
    if name == "mroot" and len(said) == 2:
        return f"{_shift(said[1], RAISED, '')}√{_whole(said[0])}"
    if name in ("msup", "mover") and len(said) == 2:
        if name == "mover" and (mark := ACCENTS.get(said[1], said[1])) in ACCENTS.values():
            return said[0] + (mark if len(said[0]) == 1 else "")
        return _whole(said[0]) + _shift(said[1], RAISED, "^")
    if name in ("msub", "munder") and len(said) == 2:
        return _whole(said[0]) + _shift(said[1], LOWERED, "_")
    if name in ("msubsup", "munderover") and len(said) == 3:
        return _whole(said[0]) + _shift(said[1], LOWERED, "_") + _shift(said[2], RAISED, "^")
    if name == "mtable":
        return "; ".join(said)
    if name == "mtr":
        return ", ".join(said)
    return _row(inside)


def _row(inside: list[tuple[etree._Element, str]]) -> str:
    """Words side by side: signs between two of them with spaces, sums and the names of functions with one after them."""
    shown = [(element, words) for element, words in inside if words]
    found: list[str] = []
    for number, (element, words) in enumerate(shown):
        name, following = _name(element), "".join(words for _, words in shown[number + 1:number + 2])
        between = found and following
        if name == "mo" and words in SPACED and between and not found[-1].endswith(" "):
            found.append(f" {words} ")
            continue
        parts = name == "mo" and words in ",;" and between and not (found[-1][-1].isdigit() and following[0].isdigit())
        if parts or _leads(element) and following and (following[0].isalnum() or name != "mi"):
            words += " "
        found.append(words)
    return "".join(found)


def _leads(element: etree._Element) -> bool:
    """Whether it is a sum, an integral, a function, whatever stands above and below it."""
    while _name(element) in SCRIPTED and len(element) or _is_called(element):
        element = element[0]
    words = element.text or ""
    return _name(element) in ("mi", "mo") and (words in LEADING or len(words) > 1 and words.isalpha())


def _is_called(element: etree._Element) -> bool:
    """Whether it is a function's name and the silent sign that what follows is what it is of."""
    return _name(element) == "mrow" and len(element) == 2 and element[1].text == "\u2061"


def _whole(words: str) -> str:
    """In brackets, if it could be taken apart."""
    words = words.strip()
    return words if len(words) < 2 or re.fullmatch(r"\w+|\d+[.,]\d+|\([^()]*\)|.[\u0300-\u036f\u20d7]", words) else f"({words})"


def _shift_figures(text: str, letters: dict[str, str]) -> str:
    """Figures and signs above or below the line. Letters stay where they are: many a font lacks the few that Unicode has there."""
    return "".join(letters[each] for each in text) if all(each in letters and not each.isalpha() for each in text) else text


def _shift(words: str, letters: dict[str, str], sign: str) -> str:
    """Above or below the line: by letters that Unicode has there, else after a sign."""
    words = words.strip()
    if words in ("′", "″", "‴"):
        return words
    bare = words.replace(" ", "")
    if bare and all(letter in letters for letter in bare):
        return "".join(letters[letter] for letter in bare)
    return f"{sign}{_whole(words)}" if words else ""
