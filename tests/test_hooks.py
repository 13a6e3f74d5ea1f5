"""The checks in other people's pipelines: pre-commit's hook and GitHub's action."""

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
BASH = shutil.which("bash")


@pytest.fixture
def commands(tmp_path) -> dict[str, str]:
    """An environment in which `basylym` is this one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "basylym").write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -m basylym \"$@\"\n", "utf-8")
    (folder / "basylym").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "GITHUB_", "BASYLYM_"))}
    return {**kept, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def run(words: list[str], journal, environment: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(words, cwd=journal.folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60)


# --- pre-commit -----------------------------------------------------------------------------------------------------
def test_there_is_one_hook_and_it_is_whole():
    assert [hook["id"] for hook in HOOKS] == ["basylym-check"]
    assert HOOKS[0]["language"] == "python" and HOOKS[0]["pass_filenames"] is False
    assert HOOKS[0]["name"] and HOOKS[0]["description"]


@pytest.mark.parametrize("path", ["source/journal.yaml", "source/2026-1/issue.yaml", "source/2026-1/one/article.md",
                                  "source/2026-1/one/references.bib", "source/2026-1/one/export.ris", "source/2026-1/one/references.json"])
def test_the_hook_runs_for_what_an_article_is_made_of(path):
    assert re.search(HOOKS[0]["files"], path)


@pytest.mark.parametrize("path", ["README.md", "styles/print-own.css", "source/2026-1/one/figures/dot.png", "output/2026-1/one/one.html"])
def test_the_hook_leaves_other_files_alone(path):
    assert not re.search(HOOKS[0]["files"], path)


def test_the_hook_lets_a_clean_article_through(journal, commands):
    done = run(shlex.split(HOOKS[0]["entry"]), journal, commands)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_stops_an_error(journal, commands):
    journal.overlay({"udc": None})
    done = run(shlex.split(HOOKS[0]["entry"]), journal, commands)
    assert done.returncode == 1 and "source/2026-1/specimen/article.md:" in done.stdout and "FM-006" in done.stdout


# --- GitHub ---------------------------------------------------------------------------------------------------------
def act(journal, environment: dict[str, str], **inputs: str) -> subprocess.CompletedProcess:
    """The action's last step as a runner does it: the inputs in its environment, its script in a file for bash."""
    given = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()} | inputs
    filled = {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value)
              for name, value in STEPS[-1]["env"].items()}
    script = journal.folder.parent / "step.sh"
    script.write_text(STEPS[-1]["run"], "utf-8")
    return run([BASH, "--noprofile", "--norc", "-eo", "pipefail", str(script)], journal, environment | filled)


def test_the_action_says_what_it_takes():
    assert ACTION["name"] and ACTION["description"] and ACTION["runs"]["using"] == "composite"
    assert set(ACTION["inputs"]) == {"articles", "lang", "strict", "python-version"}
    assert all(each["description"] and isinstance(each["default"], str) for each in ACTION["inputs"].values())
    assert STEPS[0]["uses"].startswith("actions/setup-python@")


def test_no_input_is_spliced_into_a_script():
    """What stands in ${{ }} is put into a script before bash reads it, so that an article's name could be a command."""
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert step.get("shell") == ("bash" if "run" in step else None)
    used = re.findall(r"inputs\.([\w-]+)", yaml.safe_dump(STEPS))
    assert sorted(used) == sorted(ACTION["inputs"])


def test_the_action_installs_itself_from_its_own_path_and_what_the_lock_file_names():
    assert '--require-hashes' in STEPS[1]["run"] and '-r "$GITHUB_ACTION_PATH/requirements.lock"' in STEPS[1]["run"]
    assert '--no-deps "$GITHUB_ACTION_PATH"' in STEPS[1]["run"] and (ROOT / "requirements.lock").is_file()


@pytest.mark.skipif(not BASH, reason="no bash")
class TestStep:
    """The action's run step."""

    def test_a_clean_journal_passes(self, journal, commands):
        done = act(journal, commands)
        assert done.returncode == 0 and "::error" not in done.stdout, done.stdout + done.stderr

    def test_an_error_becomes_an_annotation(self, journal, commands):
        journal.overlay({"udc": None})
        done = act(journal, commands)
        assert done.returncode == 1, done.stdout + done.stderr
        assert re.search(r"^::error file=source/2026-1/specimen/article\.md,line=\d+.*FM-006", done.stdout, re.M)

    def test_only_the_articles_named_are_checked(self, journal, commands):
        journal.overlay({"udc": None})
        second = shutil.copytree(journal.article, journal.article.parent / "second")
        done = act(journal, commands, articles="2026-1/specimen\n")
        assert "specimen/article.md" in done.stdout and "second/article.md" not in done.stdout and second.is_dir()
        both = act(journal, commands, articles="specimen\nsecond")
        assert "specimen/article.md" in both.stdout and "second/article.md" in both.stdout

    def test_the_findings_are_told_in_the_language_asked_for(self, journal, commands):
        journal.overlay({"udc": None})
        english, russian = act(journal, commands), act(journal, commands, lang="ru")
        assert russian.returncode == english.returncode == 1 and re.search("[а-я]{4}", russian.stdout)
        assert not re.search("[а-я]{4}", english.stdout)

    def test_strict_makes_warnings_count(self, journal, commands):
        journal.overlay({"issue": {"articles": []}})
        assert act(journal, commands).returncode == 0
        assert act(journal, commands, strict="true").returncode == 1

    @pytest.mark.parametrize("name", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "'; touch pwned; '", "--list"])
    def test_a_name_is_never_a_command(self, journal, commands, name):
        done = act(journal, commands, articles=name)
        assert done.returncode == 2 and not (journal.folder / "pwned").exists(), done.stdout + done.stderr
