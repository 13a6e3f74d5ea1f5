"""What editors fill in is taken by rules of ours where they are sure of it: then it is just what pydantic makes of it."""

import datetime
import pickle
import subprocess
import sys
from typing import Literal, get_args, get_origin

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from basylym import deposits, fields, history, limits, rules
from basylym.parts import Part, Unsure, read_part
from basylym.parts.strict import from_strict, strict_model
from basylym.read import patterns
from basylym.read.front_matter import validate
from basylym.read.yaml import read_yaml

PARTS = list(dict.fromkeys(each for module in (rules, limits, fields, history, deposits, patterns) for each in vars(module).values()
                           if isinstance(each, type) and issubclass(each, Part) and each is not Part))
TEXTS = ["", " ", "kk", " ru ", "en\n", "kk-Latn", "KK", "қазақша мәтін", "\x1ckk\x1f", "\u200bkk", "\xa0kk\u3000", "kk\u180e", "\ud800",
         "0", "5", "05", "+5", "-1", " 5 ", "5.0", "5_0", "٣", "99999999999999999999", "true", "True", "yes", "on", "off", "OFF", "t", "nO",
         "2026-03-30", "2026-3-30", "2026-02-30", "20260330", "0000-01-01", "2026-03-30 ", "2026-03-30T00:00:00", "error", "fm-037",
         "FM-037", "Омаров, Асқар", "doi: 10.5555/x", "https://orcid.org/0000-0002-1825-0097", "16.21; 16.25", "research-article",
         "pdf", "udc"]
THINGS = st.one_of(st.sampled_from(TEXTS), st.text(max_size=8), st.none(), st.booleans(),
                   st.integers(-2, 10**19), st.floats(allow_nan=False), st.just(datetime.date(2026, 3, 30)),
                   st.just(datetime.datetime(2026, 3, 30)), st.just(("kk",)), st.just(b"kk"))


def values(kind, deep=0):
    """Values of a type, mostly those that fit it, as data have them."""
    if isinstance(kind, type) and issubclass(kind, Part):
        return st.one_of(data_of(kind, deep + 1), data_of(kind, deep + 1), THINGS)
    inside = get_args(kind)
    if get_origin(kind) is Literal:
        return st.one_of(st.sampled_from(inside), THINGS)
    if get_origin(kind) is list:
        return st.one_of(st.lists(values(inside[0], deep), max_size=3), THINGS)
    if get_origin(kind) is dict:
        keys = st.sampled_from(["kk", "ru", " en ", "FM-037", "fm-037", "1"])
        return st.one_of(st.dictionaries(keys, values(inside[1], deep), max_size=3), THINGS)
    return values(inside[0], deep) if inside else THINGS


def data_of(part, deep=0):
    known = st.fixed_dictionaries({}, optional={name: values(field.annotation, deep) for name, field in part.model_fields.items()})
    return st.one_of(known, known, st.dictionaries(st.sampled_from([*part.model_fields, "other"]), THINGS, max_size=2))


def exact(value):
    """A value with the types of all it is made of."""
    if isinstance(value, Part):
        return type(value), exact(dict(value)), value.model_fields_set
    if isinstance(value, dict):
        return [(key, exact(each)) for key, each in value.items()]
    return [exact(each) for each in value] if isinstance(value, list) else (type(value), value)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_what_is_taken_is_what_pydantic_takes(part, data):
    given = data.draw(data_of(part))
    try:
        taken = read_part(part, given)
    except Unsure:
        return
    assert exact(taken) == exact(from_strict(strict_model(part).model_validate(given)))


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_by_itself(text):
    """Each of them in a field of each type."""
    for part, data in [(fields.FrontMatter, {name: text}) for name in fields.FrontMatter.model_fields] + [
            (fields.Journal, {name: text}) for name in fields.Journal.model_fields] + [
            (limits.Limits, {"notes": text}), (rules.Limit, {"least": text}), (fields.Version, {"number": text, "date": text}),
            (fields.Allowance, {"check": text, "because": text}), (fields.FrontMatter, {"title": {text: text}}),
            (fields.Journal, {"checks": {text: text}}), (fields.FrontMatter, {"authors": [{"name": {"kk": text}}]}),
            (patterns.Names, {"between": text})]:
        try:
            taken = read_part(part, data)
        except Unsure:
            continue
        assert exact(taken) == exact(from_strict(strict_model(part).model_validate(data)))


def test_what_journals_write_is_taken_without_pydantic():
    """Their files, the presets and the patterns: were the rules unsure of them, all would only be slower."""
    presets = sorted((ROOT / "presets").glob("*.yaml"))
    lists = sorted((ROOT / "styles/second-list").glob("*.yaml"))
    files = [(fields.Journal, ROOT / "source/journal.yaml"), (fields.Issue, ROOT / "source/2026-1/issue.yaml"),
             *((fields.Preset, path) for path in presets), *((patterns.Pattern, path) for path in lists)]
    for part, path in files:
        read_part(part, read_yaml(path.read_text("utf-8"), path.name)[0])
    assert presets and lists
    code = ("import sys; from basylym import api; api.check_articles('assembly', folder='source'); "
            "print([name for name in sys.modules if 'pydantic' in name])")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_does_not_fit_is_told_and_the_rest_is_kept():
    data, places, _ = read_yaml("title: {kk: Тақырып}\nauthors:\n- name: {kk: 'Омаров, Асқар'}\n  orcit: x\n", "a.md")
    front, problems = validate(fields.FrontMatter, data, places)
    assert [(each.kind, each.expected) for each in problems] == [("unknown_key", "orcid")]
    assert front.authors[0].name["kk"].given == "Асқар" and type(front) is fields.FrontMatter
    with pytest.raises(ValueError, match="Extra inputs"):
        fields.FrontMatter(titel="x")
    with pytest.raises(ValueError, match="least is larger"):
        rules.Limit(least=2, most=1)


def test_a_part_is_frozen_and_equal_by_what_it_holds():
    one, other = rules.Limit(least="1"), rules.Limit(least=1, most=None)
    assert one == other and hash(one) == hash(other) and one.model_fields_set == {"least"} != other.model_fields_set
    assert one != rules.Limit(least=2) and one != rules.Share(least=1)
    with pytest.raises(AttributeError):
        one.least = 3
    with pytest.raises(AttributeError):
        del one.least
    assert one.model_copy(update={"most": 4}) == rules.Limit(least=1, most=4) and one.most is None
    journal = fields.Journal(rules={"authors": {"most": 4}})
    assert exact(pickle.loads(pickle.dumps(journal))) == exact(journal)
    assert fields.Journal().languages is not fields.Journal().languages


def test_a_part_as_plain_data_is_what_pydantic_dumps():
    part = fields.FrontMatter(title={"kk": "«Тақырып»\n"}, dates={"received": "2026-03-30"}, udc="16; 17",
                              authors=[{"name": {"kk": "А, Б"}}])
    model = strict_model(fields.FrontMatter).model_validate(part.model_dump())
    assert part.model_dump() == model.model_dump() and part.model_dump_json() == model.model_dump_json()
    model = strict_model(fields.Preset).model_validate(data := {"rules": {"authors": {"most": "4"}}, "title": {"en": "x"}, "codes": None})
    assert fields.Preset(**data).model_dump(exclude_unset=True, exclude_none=True, exclude={"title"}) == model.model_dump(
        exclude_unset=True, exclude_none=True, exclude={"title"})
