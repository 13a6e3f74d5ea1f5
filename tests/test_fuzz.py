"""What holds of any input: Hypothesis looks for one of which it does not. What bench/fuzz.py found is tried again here."""

from __future__ import annotations

import io
import json
import re
import unicodedata

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from basylym.limits import Limits
from basylym.model import Body, Place, Text
from basylym.read.bibliography import read_bibliographies
from basylym.read.entry import for_pandoc
from basylym.read.extent import too_large
from basylym.read.foreign_text import split_title_block, take_blocks, translate_text
from basylym.read.front_matter import read_front_matter, split_front_matter
from basylym.read.pictures import Picture, read_picture
from basylym.read.text import decode, unify_lines
from basylym.read.yaml import DEPTH, read_yaml

FEW = settings(max_examples=150, deadline=2000, derandomize=True, suppress_health_check=list(HealthCheck))
"""The same inputs each time; bench/fuzz.py is for others."""
SIGNS = st.text(st.one_of(st.sampled_from("[]{}()<>*_`~^|#@!&%-+=:;,.\"'\\/$\n\t ?аәkK1"), st.characters(codec="utf-8")), max_size=300)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\u2028\u2029\ufeff"), max_size=20)
DATA = st.recursive(WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS.filter(bool), inner, max_size=4),
                    max_leaves=20)
KEYS = st.sampled_from("title authors affiliations keywords abstract dates license doi language references funding bibliography csl "
                       "type udc email corrections related allow".split())
FIELDS = st.sampled_from("title author editor issued year date language type volume url doi crossref xdata note keywords langid".split())


@FEW
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\x00\x00\xfe\xff\xff")
def test_any_bytes_are_text_or_a_problem(data):
    text, problems = decode(data, "a.md")
    assert text is not None or problems
    if text is not None:
        assert "\0" not in text or problems


@FEW
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=200))
def test_utf_8_comes_back_as_it_was(text):
    assert decode(text.encode(), "a.md") == (text, []) or text.encode()[:2] in (b"\xff\xfe", b"\xfe\xff")


@FEW
@given(SIGNS)
@example("a: \"\\ud800\"")
@example("a: &x [*x]")
@example("? [a]\n: b")
@example("- " * 200)
def test_any_yaml_is_text_or_a_problem(text):
    data, _, problems = read_yaml(text, "a.yaml")

    def look(value, deep=0):
        assert deep <= DEPTH + 1
        assert value is None or isinstance(value, str | list | dict)
        for each in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
            look(each, deep + 1)

    look(data)
    assert all(each.place.line >= 1 for each in problems)


@FEW
@given(DATA)
def test_yaml_written_is_yaml_read(data):
    def normal(value):
        if isinstance(value, str):
            return unicodedata.normalize("NFC", value)
        return [normal(each) for each in value] if isinstance(value, list) else {key: normal(each) for key, each in value.items()}

    written = yaml.dump(data, allow_unicode=True, default_style='"', Dumper=yaml.SafeDumper)
    assert read_yaml(written, "a.yaml")[0] == normal(data)


@FEW
@given(st.dictionaries(KEYS, DATA, max_size=5) | SIGNS)
def test_any_front_matter_is_read(front):
    text = front if isinstance(front, str) else yaml.safe_dump(front, allow_unicode=True)
    found, _, problems = read_front_matter(text, "article.md", "kk", 2)
    assert found is not None or problems


@FEW
@given(SIGNS)
def test_any_text_is_parted_and_translated(text):
    text = unify_lines(text)
    for block, rest, line in (split_front_matter(text), split_title_block(text)):
        assert line >= 1 and len(block) + len(rest) <= len(text) + 1
    rest, _ = take_blocks(text, 1)
    assert isinstance(translate_text(rest, "a.md", 1)[0], str)


ENTRIES = {
    "bib": st.builds(lambda key, fields: f"@book{{{key}, " + ", ".join(f"{name} = {{{value}}}" for name, value in fields) + "}",
                     WORDS, st.lists(st.tuples(FIELDS, SIGNS), max_size=5)),
    "ris": st.builds(lambda lines: "TY  - BOOK\n" + "\n".join(f"{tag}  - {value}" for tag, value in lines) + "\nER  - \n",
                     st.lists(st.tuples(st.sampled_from("ID TI AU PY DA SP N1 LA UR".split()), SIGNS), max_size=6)),
    "json": st.builds(lambda entries: json.dumps(entries, allow_nan=True), st.lists(st.dictionaries(
        st.one_of(FIELDS, st.just("id")), DATA | st.floats() | st.integers() | st.text(max_size=5) | st.none(), max_size=5), max_size=3)),
    "yaml": st.builds(lambda entries: yaml.safe_dump({"references": entries}, allow_unicode=True), st.lists(st.dictionaries(
        st.one_of(FIELDS, st.just("id")), DATA, max_size=5), max_size=3)),
}


@pytest.mark.parametrize("kind", ENTRIES)
def test_any_references_reach_pandoc_as_json(tmp_path, kind):
    @FEW
    @given(ENTRIES[kind] | SIGNS)
    @example('[{"id":"a","type":"book","title":"\\ud800","volume":NaN,"issue":-Infinity,"page":1e999}]')
    def look(text):
        (tmp_path / f"a.{kind}").write_bytes(text.encode())
        found = read_bibliographies([f"a.{kind}"], tmp_path, tmp_path, Place("article.md"))
        json.dumps([for_pandoc(found.references), found.bibtex, found.ris], ensure_ascii=False, allow_nan=False).encode()
        assert {place.path for place in found.places.values()} <= {f"a.{kind}"}

    look()


NAMES = st.sampled_from("svg g rect use path image style a script text set animate foreignObject mask pattern x:script h:img".split())
VALUES = st.sampled_from("#a #b url(#a) url(#b) http://journal.example/a javascript:alert(1) data:image/png;base64,AAAA nan 1e999 -5 "
                         "file:///etc/passwd u\\72l(http://journal.example/a) M0,0L1,1 a b".split())
ATTRIBUTES = st.dictionaries(st.sampled_from("id href xlink:href fill mask style onload onclick width height viewBox d src transform"
                                             .split()), VALUES, max_size=4)
TREES = st.recursive(st.tuples(NAMES, ATTRIBUTES, st.just([])), lambda inner: st.tuples(NAMES, ATTRIBUTES, st.lists(inner, max_size=4)),
                     max_leaves=15)


def write_svg(tree) -> str:
    name, attributes, inner = tree
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(map(write_svg, inner))}</{name}>"


def test_nothing_in_an_svg_acts_or_reaches_out(tmp_path):
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:x="http://www.w3.org/2000/svg" ' \
             'xmlns:h="http://www.w3.org/1999/xhtml"'
    number = iter(range(1, 10**9))

    @FEW
    @given(st.lists(TREES, max_size=4))
    def look(trees):
        name = f"{next(number)}.svg"
        (tmp_path / name).write_text(f"<svg {spaces}>{''.join(map(write_svg, trees))}</svg>", "utf-8")
        found = read_picture(tmp_path, name)
        if not isinstance(found, Picture):
            return
        for each in etree.fromstring(found.data).iter(etree.Element):
            assert etree.QName(each).localname not in ("script", "foreignObject", "a", "set", "animate", "img")
            for key, value in each.attrib.items():
                assert not etree.QName(key).localname.startswith("on")
                assert "\\" not in value and not re.search(r"url\((?!#)", value)
                assert etree.QName(key).localname not in ("href", "src") or value.startswith("#")

    look()


def test_a_name_in_other_letters_stays_one(tmp_path):
    """Found by bench/fuzz.py: written in ASCII, the name of an attribute became a reference, and the picture no XML."""
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><text font\u028cize="10">ә</text></svg>', "utf-8")
    assert "font\u028cize" in etree.fromstring(read_picture(tmp_path, "a.svg").data)[0].attrib


def test_a_picture_of_any_bytes_is_one_or_is_refused(tmp_path):
    from PIL import Image

    number = iter(range(1, 10**9))
    whole = {}
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        target = io.BytesIO()
        Image.new("RGB", (9, 7), "red").save(target, kind)
        whole[kind] = target.getvalue()

    @FEW
    @given(st.sampled_from(sorted(whole)), st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), max_size=6), st.integers(0, 900))
    def look(kind, changes, length):
        data = bytearray(whole[kind][:length])
        for at, value in changes:
            if at < len(data):
                data[at] = value
        name = f"{next(number)}.png"
        (tmp_path / name).write_bytes(data)
        found = read_picture(tmp_path, name)
        assert isinstance(found, Picture | str)

    look()


@FEW
@given(st.recursive(st.just("а<br />"), lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"<p>{''.join(parts)}</p>"),
                    max_leaves=30))
def test_depth_is_counted_as_a_tree_has_it(html):
    tree = etree.fromstring(f"<div>{html}</div>")
    depth = max((len(list(each.iterancestors())) for each in tree.iter("p")), default=0)
    body = Body(html, {}, (), (), (), (), (), (), (), (), (), ())
    assert too_large(body, Place("a.md"), Limits(depth=max(depth, 1))) is None
    if depth > 1:
        assert too_large(body, Place("a.md"), Limits(depth=depth - 1)).found.startswith("depth")
    assert too_large(Body("", {("title", "kk"): Text(html, html, "")}, (), (), (), (), (), (), (), (), (), ()), Place("a.md"),
                     Limits(elements=1)) is not None or html.count("<") < 3
