"""Pages and schemas that a command writes are what it writes now."""

import pytest
from conftest import ROOT

from basylym.read.schema import write_fields, write_schema


@pytest.mark.parametrize("file", ["article", "journal", "issue"])
def test_schema_is_as_written(file):
    assert (ROOT / "docs/schema" / f"{file}.json").read_text("utf-8") == write_schema(file)


def test_fields_page_is_as_written():
    assert (ROOT / "docs/front-matter.md").read_text("utf-8") == write_fields()
