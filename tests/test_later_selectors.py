"""Selectors that are compiled later fit what they fitted."""

import builtins
from xml.etree import ElementTree

import cssselect2
import pytest
from cssselect2 import compiler

from basylym.render import later_selectors

PAGE = ElementTree.fromstring('<html xmlns="http://www.w3.org/1999/xhtml" lang="kk"><body class="a b">'
                              '<p id="x">One <em title="t">two</em></p>'
                              '<p lang="ru">Three</p><ul><li/><li class="b"/></ul></body></html>')
SELECTORS = ["p", "#x", ".b", "body > p", "p + p", "p ~ ul li", "li:first-child", "li:nth-child(2n)", "em[title]", "[title^=t]",
             "p:not(#x)",
             ":lang(ru)", ":root", "li:empty", "a:link", ":is(em, li.b)", "p:has(em)", "*"]


@pytest.fixture
def usual(monkeypatch):
    """The compiler as it came."""
    monkeypatch.setattr(compiler, "eval", builtins.eval, raising=False)


def fitting(selector: str) -> list[int]:
    root = cssselect2.ElementWrapper.from_xml_root(PAGE)
    (compiled,) = cssselect2.compile_selector_list(selector)
    return [number for number, each in enumerate(root.iter_subtree()) if compiled.test(each)]


@pytest.mark.parametrize("selector", SELECTORS)
def test_they_fit_the_same(usual, selector):
    before = [fitting(selector), fitting(selector)]
    later_selectors.install()
    later_selectors.install()
    assert [fitting(selector), fitting(selector)] == before


def test_each_is_compiled_when_it_is_first_asked(usual, monkeypatch):
    """If cssselect2 compiles them in another way, that would do, but slower: nobody would notice."""
    later_selectors.install()
    compiled = []
    monkeypatch.setattr(later_selectors.builtins, "eval", lambda *words, real=builtins.eval: compiled.append(words[0]) or real(*words))
    (selector,) = cssselect2.compile_selector_list("p#x")
    assert not compiled
    root = cssselect2.ElementWrapper.from_xml_root(PAGE)
    assert [each.id for each in root.iter_subtree() if selector.test(each)] == ["x"] and len(compiled) == 1


def test_a_selector_that_is_none_is_told_at_once(usual):
    later_selectors.install()
    with pytest.raises(cssselect2.SelectorError):
        cssselect2.compile_selector_list("p:::")
