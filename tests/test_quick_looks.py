"""What is looked for in a quick way is what the slow way finds."""

import random
from array import array

import pytest
from test_slips import MENDED, usage

from basylym.languages import known_languages
from basylym.read import inlines
from basylym.typography import Seldom
from basylym.typography.slips import dashes, letters, quotes, spaces

SPOILT = [*" \u00a0,.;:!?()«»“”„\"'-–—…\u0301\ufffc019XІ", ",,", "''", "<<", ">>", " ,", "( ", " )", "5кг", "2006 – 2008", "ХХғасыр",
          "г.", "..", " p.5 ", " т.5 ", " б.5 ", " b.5 ", " 5м ", " XXasr "]
MARKUP = [*"aя \n\t-*_`[]()<>$@\\^~!{}#.:/&;1,", "http://a.b", "](http://x.y/z)", "](a", "]{lang=en}", "{#id}", "<!--", "-->", "<b>",
          "a@b.cd", "[@key, p. 5]", "@key", " [p. 3]", "^[note ", "[^1]", "![picture](a.png)", "`code`", "$x$", "&amp;", "\\textbf{a}",
          "10.5555/a", "www.a.b", "**", "  \n", "{{< x >}}", "[a][b]", "doi:1", "сөз "]


def seldom():
    """Everything that is looked for by a sign of it first."""
    for module in (dashes, letters, quotes, spaces):
        yield from (each for each in vars(module).values() if isinstance(each, Seldom))
    for tag in known_languages():
        each = usage(tag)
        yield from spaces._abbreviations(each.before_number, each.before_name, each.units)
        yield from spaces._units(each.units, each.years, each.after_roman)


def test_nothing_that_is_seldom_lacks_its_sign():
    typed = " ".join(words.strip()[3:].partition(" | ")[0] for text in MENDED.values() for words in text.strip().split("\n")).split()
    choice, found = random.Random(5), set()
    every = list(seldom())
    for _ in range(3000):
        words = choice.sample(typed, 6)
        words.insert(choice.randrange(6), choice.choice(SPOILT))
        text = choice.choice(["", " "]).join(words)
        for number, each in enumerate(every):
            matches = [match.span() for match in each.pattern.finditer(text)]
            assert [match.span() for match in each.finditer(text)] == matches, (text, each.pattern.pattern)
            found |= {number} if matches else set()
    assert len(found) > len(every) // 2


@pytest.mark.parametrize("way", [{"SCHEMES": ("",)}, {"KEPT": 0}])
def test_a_block_reads_the_same_in_every_way(way, monkeypatch):
    choice, read = random.Random(7), {}
    for _ in range(2):
        choice.seed(7)
        for number in range(3000):
            text = "".join(choice.choice(MARKUP) for _ in range(choice.randint(1, 40)))
            found = list(inlines.read_inlines(text, array("q", range(len(text))), "kk", "paragraph", frozenset({"a"})))
            assert read.setdefault(number, found) == found, text
        for name, value in way.items():
            monkeypatch.setattr(inlines, name, value)
