"""What stands in for functions of WeasyPrint and its like, to spare time: the same bytes as theirs, and a word when theirs change."""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.util
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

OURS = ("drawn_lines", "html_tokens", "kept_sheets", "kept_styles", "page_counters", "pdf_objects", "plain_boxes")
MODULES = [importlib.import_module(f"basylym.render.{name}") for name in OURS]
DRAW = '''
import hashlib, importlib, json, logging, sys
from basylym.typography.fonts import font_files, use_only

use_only(font_files(()))
import pydyf
import weasyprint

said = []

class Heard(logging.Handler):
    def emit(self, record):
        said.append(record.getMessage())

logging.getLogger("weasyprint").addHandler(Heard())
usual = pydyf.Stream.data.fget
pydyf.Stream.data = property(lambda self: (written := usual(self)).removesuffix(b"\\nendstream") + (  # as PDF/A wants it
    b"\\r" * written.endswith(b"\\r\\nendstream") + b"\\nendstream"))
for name in sys.argv[1:]:
    module = importlib.import_module(f"basylym.render.{name}")
    module.install()
    if name == "pdf_objects":
        module.LEVEL = 9  # as pydyf has it
pages = json.load(sys.stdin)
for page in pages:
    for plain in (True, False):
        try:
            data = weasyprint.HTML(string=page, base_url="article:/").write_pdf(uncompressed_pdf=plain, pdf_tags=plain)
        except Exception as error:  # some pages are too much for WeasyPrint
            data = repr(error).encode()
        print(hashlib.sha256(data).hexdigest(), json.dumps(said))
        said.clear()
'''
"""Draws pages in a process of its own, with those of our modules that are named."""
VALUES = """
margin: 1em 2%; margin: 0 auto; margin-left: calc(10% + 3px); margin-block: 2px 1em; margin-inline-start: 9px; padding: 3px 0;
padding-top: 5%; padding-inline: 4px 8px; width: 60%; width: 120px; width: min-content; min-width: auto; min-width: 30%; max-width: 9em;
height: 40px; height: 50%; min-height: calc(1em * 2); max-height: 0; box-sizing: border-box; box-sizing: padding-box; inline-size: 80px;
border: 1px solid; border-left: 3px double red; border-inline-end: 2px dashed; border-top-width: thick; border-radius: 4px 0 10% 1px;
outline: 2px solid blue; outline: 1px dotted; outline-width: 3px; background: #eee; background: none; background-color: currentcolor;
background-image: linear-gradient(red, 2em, blue); background-image: url(nowhere.png); box-shadow: 1px 1px 2px #888; opacity: 0.5;
float: left; float: inline-end; float: footnote; clear: both; position: relative; position: absolute; position: fixed; top: 3px;
left: 10%; overflow: hidden; display: inline-block; display: flex; display: none; display: table; columns: 2; column-gap: 10%;
column-rule: 1px solid; direction: rtl; text-align: justify; text-align: end; text-indent: 1em; text-decoration: underline;
text-decoration: line-through red wavy; text-decoration-thickness: 2px; text-transform: uppercase; letter-spacing: 1px;
letter-spacing: -0.2px; word-spacing: 3px;
font: italic bold 15px/1.4 "PT Serif"; font-size: 0.8em; font-size: 150%; font-variant: small-caps;
font-variant-numeric: oldstyle-nums; font-feature-settings: "kern" 0; vertical-align: super; vertical-align: 20%; line-height: 2;
color: #123456; color: rgb(10% 20% 30% / 40%); visibility: hidden; visibility: collapse; white-space: pre-wrap; hyphens: auto;
hyphens: manual; overflow-wrap: anywhere; text-overflow: ellipsis; max-lines: 2; block-ellipsis: auto; page: wide; break-before: page;
break-inside: avoid; border-collapse: collapse; border-spacing: 3px 5px; list-style: square inside; transform: rotate(3deg); z-index: 2;
--one: 4px; margin: var(--one); padding: var(--none, 2px); width: var(--one) wrong; no-such: thing; color: 5; content: "x" counter(page);
string-set: head content(); counter-increment: a 2; quotes: "«" "»"; tab-size: 3; orphans: 3; image-resolution: 2dppx; all: initial
"""
DECLARATIONS = [each.strip() for each in VALUES.split(";")]
SELECTORS = ("p", ".a", "#b", "p::first-line", "p::first-letter", "li::marker", "b", "i", "td", "table", "th", "ul", "div > p",
             "p + p", "[lang=kk]", "b::before", "i::after", "body", "html", ":root", "span", "section", ".a .c", "h2::before")
AT_RULES = ("@page { margin: 20px }", "@page :first { margin-top: 5% }", "@page wide { size: 300px 150px }",
            "@page { @top-center { content: string(head) counter(page) '/' counter(pages); background: #eef } }",
            "@media print { b { color: green } }", "@media screen { b { color: red } }", "@counter-style own { symbols: x y }",
            "@layer low { i { color: blue } }", "@import url(nowhere.css);", "@nonsense { }", "p { color: ", "/* open",
            "@font-face { font-family: own; src: url(nowhere.ttf) }", "@page:first { counter-reset: page 7 }",
            "@page:first { counter-reset: page 9; no-such: 1 }", "@page:left { margin-left: 3px }")
SEEDS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 18, 20, 21, 22, 23, 24, 26, 27)
"""Of pages that WeasyPrint lays out within a third of a second."""
WORDS = ("мемлекеттік тілдегі мақала ғылыми-зерттеу «дәйексөз» 12 345,6 м², État naïve ﬁn e\u0301a\u0306 \u0661\u0662 עברית العربية "
         "https://example.org/a-long-address 中文 \u00adжар\u00adты A\u200bB \u00a0 — \u2011 x\u0332y ").split(" ")


def page(seed: int) -> str:
    """A page of which nobody knows what it looks like."""
    pick = random.Random(seed)

    def text() -> str:
        return " ".join(pick.choice(WORDS) for _ in range(pick.randrange(1, 16)))

    def inline(deep: int = 0) -> str:
        tag = pick.choice(("b", "i", "span", "a", "sup", "code", ""))
        inside = text() + (inline(deep + 1) if deep < 3 and pick.random() < 0.6 else "")
        more = pick.choice(("", ' class="c"', ' lang="kk"', ' id="b"', f' style="{pick.choice(DECLARATIONS)}"'.replace('"«" "»"', "none")))
        return f"<{tag}{more}>{inside}</{tag}>" if tag else inside

    def block(deep: int = 0) -> str:
        kind = pick.choice(("p", "p", "p", "div", "ul", "table", "section", "h2"))
        more = pick.choice(("", "", ' class="a"', ' lang="ru"', ' class="a c"'))
        inside = "".join(block(deep + 1) for _ in range(pick.randrange(1, 3))) if deep < 2 else inline()
        if kind == "ul":
            return f"<ul{more}>" + "".join(f"<li>{inline()}" for _ in range(pick.randrange(1, 4))) + "</ul>"
        if kind == "table":
            cells = ("td", "th", "td rowspan=2")
            rows = ("".join(f"<{pick.choice(cells)}>{inline()}" for _ in range(3)) for _ in range(pick.randrange(1, 4)))
            return f"<table{more}><thead><tr><th>{text()}</thead>" + "".join(f"<tr>{row}" for row in rows) + "</table>"
        return f"<{kind}{more}>{inside if kind in ('div', 'section') else inline() + inline()}</{kind}>"

    rules = [f"{', '.join(pick.sample(SELECTORS, pick.randrange(1, 3)))} {{ {'; '.join(pick.sample(DECLARATIONS, pick.randrange(1, 7)))} }}"
             for _ in range(pick.randrange(4, 16))]
    rules += pick.sample(AT_RULES, pick.randrange(4))
    pick.shuffle(rules)
    style = '@page { size: 400px 300px }\nbody { font: 12px "PT Serif" }\n' + "\n".join(rules)
    sheets = f"<style>{style}\n{pick.choice(AT_RULES[-3:])}</style><style>{pick.choice(rules)}</style>"
    return f'<!DOCTYPE html><html lang="{pick.choice(("kk", "ru", "en"))}">{sheets}<body>' + "".join(block() for _ in range(2))


def draw(pages: list[str], *names: str) -> list[str]:
    """What WeasyPrint makes of pages and says of them, with those of our modules that are named."""
    same = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run([sys.executable, "-c", DRAW, *names], input=json.dumps(pages), capture_output=True, text=True, encoding="utf-8",
                          cwd=ROOT, env={**os.environ, **same}, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_pages_are_drawn_as_weasyprint_draws_them():
    """Twice each, that what is kept of the first time is used the second."""
    pages = [page(seed) for seed in SEEDS]
    wanted, got = draw(pages + pages), draw(pages + pages, *OURS)
    assert len(set(wanted)) > 2 * len(SEEDS) - 8
    assert [SEEDS[number // 2 % len(SEEDS)] for number, one in enumerate(wanted) if got[number] != one] == []


STOOD_FOR = {(module.__name__, place): digest for module in MODULES for place, digest in module.STANDS_FOR.items()}


def written(place: str) -> str:
    """The digest of how a function or class is written, without our own in its place."""
    name, _, inside = place.partition(":")
    text = Path(importlib.util.find_spec(name).origin).read_text("utf-8")
    found = ast.parse(text)
    for part in inside.split("."):
        found = next(node for node in ast.iter_child_nodes(found) if getattr(node, "name", None) == part)
    return hashlib.sha256(ast.get_source_segment(text, found).encode()).hexdigest()[:12]


@pytest.mark.parametrize(("ours", "place"), STOOD_FOR)
def test_what_ours_stand_for_is_written_as_it_was(ours, place):
    assert written(place) == STOOD_FOR[ours, place], f"{place} has changed: see {ours}, and whether its bytes are still the same"
