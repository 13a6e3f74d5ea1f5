"""Pages and schemas that a command writes are what it writes now, and an editor's plugin finds in them what it needs."""

import json

import pytest
from conftest import ROOT

from basylym.cli import main
from basylym.read.schema import FILES, models, write_fields, write_schema
from basylym.rules import SECTIONS, Rules


def schema(file: str) -> dict:
    return json.loads(write_schema(file))


@pytest.mark.parametrize("file", FILES)
def test_schema_is_as_written(file):
    assert (ROOT / "docs/schema" / f"{file}.json").read_text("utf-8") == write_schema(file)


def test_fields_page_is_as_written():
    assert (ROOT / "docs/front-matter.md").read_text("utf-8") == write_fields()


@pytest.mark.parametrize("file", FILES)
def test_every_key_of_a_schema_is_described(file):
    """Also the keys of parts, and the words and translations that a key is made of."""
    whole = schema(file)
    for part in (whole, *whole.get("$defs", {}).values()):
        assert part["description"], part["title"]
        for name, field in part["properties"].items():
            assert field["description"], name
            for inside in (field.get("items", {}), *field.get("patternProperties", {}).values()):
                assert not inside or "$ref" in inside or inside["description"] == field["description"], name


def test_what_may_be_typed_in_short_is_not_wrong_to_an_editor():
    """`irsti: 13.31.00`, `kk: "Үлгі, Автор"`."""
    whole = schema("article")
    assert [each["type"] for each in whole["properties"]["irsti"]["anyOf"]] == ["string", "array"]
    name, = whole["$defs"]["Contributor"]["properties"]["name"]["patternProperties"].values()
    assert name["anyOf"][0]["type"] == "string" and name["anyOf"][1] == {"$ref": "#/$defs/Name"}
    assert whole["$defs"]["Affiliation"]["properties"]["ror"]["anyOf"][0]["type"] == "string"


@pytest.mark.parametrize("file", ["journal", "preset"])
def test_an_editor_completes_the_rules(file):
    whole = schema(file)
    rules = whole["$defs"][whole["properties"]["rules"]["$ref"].rpartition("/")[2]]
    assert set(rules["properties"]) == set(Rules.model_fields) and rules["additionalProperties"] is False
    assert rules["properties"]["abstract_words"]["$ref"] == "#/$defs/Limit"
    assert set(whole["$defs"]["Limit"]["properties"]) == {"least", "most"}
    assert rules["properties"]["sections"]["items"]["enum"] == list(SECTIONS)


def test_a_preset_s_keys_are_described_as_the_journal_s():
    assert schema("preset")["properties"]["codes"]["description"] == schema("journal")["properties"]["codes"]["description"]


def test_the_fields_page_names_every_part_and_the_words_a_key_may_hold():
    page = write_fields()
    assert r"## presets/\<name>.yaml" in page
    assert page.count("\n## ") == sum(bool(each.model_fields) for each in models())
    assert "Any of `main_provisions`, `introduction`" in page
    assert "It stands under `abstract_words`, `keywords`" in page


def test_checks_page_is_as_written(capsys):
    assert main(["--lang", "en", "explain"]) == 0
    assert (ROOT / "docs/checks.md").read_text("utf-8") == capsys.readouterr().out
