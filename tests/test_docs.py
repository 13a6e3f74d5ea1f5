"""What the pages say is there, is there."""

import ast
import re

import pytest
from conftest import ROOT

ARCHITECTURE = (ROOT / "docs/architecture.md").read_text("utf-8")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
NAMES = sorted(set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", ARCHITECTURE, flags=re.S))))
PATHS = [name for name in NAMES if re.fullmatch(r"[\w.<>-]+(/[\w.<>-]+)*(/|\.(py|lua|md|toml|yaml|html|xhtml|xml|css|csl|lock))", name)]
IDENTIFIERS = [name for name in NAMES if re.fullmatch(r"@?[A-Za-z][A-Za-z_]*(\.[A-Za-z_]+)?", name) and name not in PATHS]
COMMITTED = [path for path in ROOT.rglob("*")
             if not {".git", ".venv", "output", ".basylym", "__pycache__", "dist"} & set(path.relative_to(ROOT).parts)]


def defined() -> set[str]:
    """Every name that the code defines: classes, functions, constants, fields."""
    found = set()
    for path in (ROOT / "basylym").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


def test_the_architecture_names_many_things():
    assert len(PATHS) > 25 and len(IDENTIFIERS) >= 4


@pytest.mark.parametrize("name", PATHS)
def test_every_path_of_the_architecture_is_there(name):
    """From the root, or in the room that the sentence is about; <…> stands for any word."""
    pattern = re.sub(r"<[^>]+>", "*", name.rstrip("/"))
    fitting = [path for path in COMMITTED if path.match(pattern) and path.is_dir() == name.endswith("/")]
    assert fitting, f"{name} is nowhere"


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_every_name_of_the_architecture_is_defined(name):
    assert name.lstrip("@").split(".")[-1] in defined()


def test_every_room_stands_in_the_architecture():
    rooms = {f"basylym/{path.name}/" if path.is_dir() else f"basylym/{path.name}" for path in (ROOT / "basylym").iterdir()
             if (path.suffix == ".py" or path.is_dir() and any(path.glob("*.py"))) and not path.name.startswith("__")}
    assert rooms <= set(NAMES), rooms - set(NAMES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page):
    text = re.sub(r"^(`{3,})[^`]*?\n.*?^\1$", "", page.read_text("utf-8"), flags=re.M | re.S)  # examples link nowhere
    text = re.sub(r"`[^`\n]*`", "", text)
    for address in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", address):
            assert (page.parent / address.partition("#")[0]).exists(), f"{page.name}: {address}"


def test_every_page_that_the_code_sends_readers_to_is_there():
    for path in (ROOT / "basylym").rglob("*.py"):
        for name in re.findall(r"\bdocs/[\w./-]*\w", path.read_text("utf-8")):
            assert (ROOT / name).exists(), f"{path.name} names {name}"
