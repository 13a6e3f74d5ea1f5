"""docs/writing.md shows what Basylym really makes of its examples, and every example builds."""

import importlib.util
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from basylym.cli import main
from basylym.render import formats

FOLDER = ROOT / "docs" / "writing"
spec = importlib.util.spec_from_file_location("write", FOLDER / "write.py")
page = importlib.util.module_from_spec(spec)
spec.loader.exec_module(page)
CLEAN = [name for name in page.examples() if not name.startswith(("refused/", "systems/"))]


def test_the_page_is_what_its_examples_give():
    assert (ROOT / "docs" / "writing.md").read_text("utf-8") == page.write(), "run: python docs/writing/write.py > docs/writing.md"


def test_the_page_shows_every_example():
    assert sorted(page.examples()) == sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md"))


@pytest.mark.parametrize("name", CLEAN)
def test_an_example_builds_without_a_finding(name, tmp_path, capsys, monkeypatch):
    shutil.copytree(FOLDER, tmp_path / "writing")
    path = tmp_path / "writing" / name
    monkeypatch.chdir(path.parent)
    assert main(["build", path.name]) == 0
    assert capsys.readouterr().out.endswith("1 of 1 articles built; no findings\n")
    assert all((path.parent / "output" / path.stem / f"{path.stem}{each.suffix}").is_file() for each in formats().values())


@pytest.mark.parametrize("name", [name for name in page.examples() if name.startswith("refused/")])
def test_what_is_refused_gives_a_finding_and_is_built_all_the_same(name, tmp_path, capsys, monkeypatch):
    path = Path(shutil.copy(FOLDER / name, tmp_path))
    monkeypatch.chdir(tmp_path)
    assert main(["build", "--format", "html", path.name]) == 0
    assert "1 of 1 articles built; no findings" not in capsys.readouterr().out
