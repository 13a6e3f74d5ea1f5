"""The house: which room imports which, what each module and template belongs to, and how large a module may be."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

from basylym.render import find_format, formats

PACKAGE = ROOT / "basylym"
MODULES = sorted(PACKAGE.rglob("*.py"))
GROUND = {"whole", "later", "model", "limits", "output", "targets", "fields", "deposits", "history", "rules", "parts",
          "identifiers", "errors", "messages"}
WORDS = GROUND | {"languages", "typography"}
MAY_IMPORT = {
    "": set(),
    "identifiers": set(),
    "errors": set(),
    "locale": GROUND | {"languages", "check", "read", "typography"},
    "messages": set(),
    "parts": set(),
    "rules": {"identifiers", "parts"},
    "history": {"parts", "rules"},
    "limits": {"parts"},
    "targets": set(),
    "beside": set(),
    "at_once": set(),
    "later": set(),
    "head_start": {"at_once"},
    "whole": set(),
    "cache": {"typography", "whole"},
    "options": {"", "messages", "targets"},
    "deposits": {"parts", "rules", "targets"},
    "fields": {"deposits", "identifiers", "history", "limits", "parts", "rules"},
    "places": set(),
    "findings": {"places"},
    "output": set(),
    "model": {"fields", "findings", "output", "places"},
    "typography": GROUND,
    "languages": GROUND | {"typography"},
    "read": WORDS | {"head_start"},
    "check": WORDS | {"read"},
    "report": WORDS | {"check"},
    "project": WORDS | {"cache", "read", "whole"},
    "mend": WORDS | {"read"},
    "intake": WORDS | {"head_start", "read", "check", "project"},
    "render": WORDS | {"read", "project"},
    "package": WORDS | {"read", "project", "render"},
    "tasks": WORDS | {"read", "project", "package", "mend"},
    "workers": {"errors", "messages", "tasks"},
    "scheduler": {"", "errors", "messages", "project", "tasks"},
    "rendering": WORDS | {"beside", "cache", "tasks", "check", "project", "render"},
    "pipeline": WORDS | {"beside", "head_start", "tasks", "workers", "scheduler", "cache", "read", "check", "project", "render", "package",
                         "rendering", "mend"},
    "api": WORDS | {"", "read", "check", "project", "pipeline", "report"},
    "receive": WORDS | {"api", "intake", "pipeline", "report"},
    "cli": WORDS | {"", "head_start", "cache", "options", "read", "check", "project", "render", "package", "pipeline", "report",
            "api", "mend", "receive"},
    "__main__": {"at_once", "later", "cli"},
}
"""Every room, and the rooms it may import besides itself; "" is basylym/__init__.py."""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def room(path: Path) -> str:
    """The room of a module: the folder or file right under basylym/."""
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if name == "__init__" else name


def imports(path: Path) -> set[str]:
    """The rooms that a module imports, at its head and inside its functions."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [f"{node.module}.{each.name}" for each in node.names]
        else:
            continue
        for name in names:
            first, _, rest = name.partition(".")
            if first == "basylym":
                second = rest.partition(".")[0]
                found.add(second if second in MAY_IMPORT else "")
    return found


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_room_has_its_rule():
    assert {room(path) for path in MODULES} <= set(MAY_IMPORT)


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_imports_go_one_way(path):
    assert imports(path) - {room(path)} <= MAY_IMPORT[room(path)]


def test_the_rules_themselves_go_one_way():
    """No room may be imported by one that it may import, even through others."""
    def reached(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        return {name} | {far for near in MAY_IMPORT[name] - seen for far in reached(near, seen | {name})}

    for name, allowed in MAY_IMPORT.items():
        assert not [other for other in allowed if name in reached(other)], name
    assert "render" not in reached("check")
    assert not {"check", "render", "pipeline", "cli"} & reached("read")
    assert [name for name, allowed in MAY_IMPORT.items() if "cli" in allowed] == ["__main__"]


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_is_short(path):
    assert len(path.read_text("utf-8").splitlines()) < 400


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_everything_public_says_what_it_is(path):
    module = tree(path)
    assert ast.get_docstring(module), "the module has no docstring"
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in module.body if isinstance(node, kinds) and not node.name.startswith("_")]
    public += [inner for node in public if isinstance(node, ast.ClassDef) for inner in node.body
               if isinstance(inner, kinds) and not inner.name.startswith("_")]
    assert not [node.name for node in public if not ast.get_docstring(node)]


def test_modules_are_called_by_what_they_hold():
    assert not [shown(path) for path in MODULES if re.search(r"util|helper|manager|common|misc", path.stem)]


@pytest.mark.parametrize("path", [path for path in MODULES if path.name not in ("cli.py", "__main__.py")], ids=shown)
def test_only_the_command_line_prints_and_exits(path):
    forbidden = r"(print|exit|quit|sys\.exit|os\._exit|sys\.std(out|err)\.write|SystemExit)$"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            assert not re.match(forbidden, ast.unparse(node.func)), f"line {node.lineno}"
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name):
            assert node.exc.id != "SystemExit", f"line {node.lineno}"


# --- formats, templates, styles -------------------------------------------------------------------------------------
def test_every_format_has_its_template():
    for each in formats().values():
        assert (ROOT / "templates" / each.template).is_file(), each.id


def test_every_format_is_found_by_its_word_alone():
    assert [find_format(id) for id in formats()] == [*formats().values()]


def test_every_template_belongs_to_a_format():
    """The module of a format, of a report or of a package names its templates; those that begin with an underscore are included by
    others."""
    modules = [PACKAGE / "render" / f"{name}.py" for name in [*formats(), "layout"]] + [
        each for name in ("report", "package") for each in (PACKAGE / name).glob("*.py")] + [PACKAGE / "intake" / "report.py"]
    code = "".join(path.read_text("utf-8") for path in modules)
    files = sorted((ROOT / "templates").iterdir())
    others = {path: "".join(other.read_text("utf-8") for other in files if other != path) for path in files}
    assert files
    for path in files:
        users = others[path] if path.name.startswith("_") else code
        assert f'"{path.name}"' in users, path.name


def test_every_format_has_an_ending_of_its_own():
    endings = [each.suffix for each in formats().values()]
    assert len(set(endings)) == len(endings) and all(re.fullmatch(r"(\.[a-z]+)+", ending) for ending in endings)


def test_the_wheel_carries_templates_styles_and_presets():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    carried = wheel["force-include"]
    assert {"templates", "styles", "presets"} <= set(carried)
    for folder, inside in carried.items():
        assert any((ROOT / folder).iterdir()), folder
        assert inside == f"basylym/defaults/{folder}"
    assert all((ROOT / name / "__init__.py").is_file() for name in wheel["packages"])


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_the_lock_files_hold_every_dependency(lock):
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = data["dependencies"] + (data["optional-dependencies"]["test"] if "test" in lock else [])
    locked = {bare(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / lock).read_text("utf-8"), re.M)}
    for each in wanted:
        name, version = re.match(r"([\w.-]+)(?:==([\w.]+))?", each).groups()
        assert bare(name) in locked, f"{name} is not in {lock}"
        assert version in (None, locked[bare(name)]), f"{name} is {locked[bare(name)]} in {lock}"


def bare(name: str) -> str:
    """A package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
