"""Manuscripts that are meant to do harm end in a finding or a refusal, soon, within bounds, and touch nothing else.

Each is built in a process of its own (hostile/run.py) with a folder of secrets beside it and a server that must never be asked. The
processes are copies of one that is warm.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.insert(0, str(Path(__file__).parent / "hostile"))
from inputs import everything  # noqa: E402

INPUTS = everything()
RUN = ROOT / "tests" / "hostile" / "run.py"
SECONDS, MEGABYTES = 10, 1024


@pytest.fixture(scope="session")
def server():
    """An address that counts whoever asks it."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            asked.append(b"somebody")
            connection.close()

    threading.Thread(target=answer, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    listener.close()


@pytest.fixture(scope="session")
def tried(tmp_path_factory, server):
    """What became of each input; they are tried one after the other, when first asked for."""
    folder = tmp_path_factory.mktemp("hostile")
    told = subprocess.run([sys.executable, str(RUN), str(folder), server[0], *INPUTS], capture_output=True, text=True, check=True)
    return {found["name"]: found for found in map(json.loads, told.stdout.splitlines())}


def test_there_are_inputs_of_every_kind():
    assert len(INPUTS) >= 80
    assert {each.kind for each in INPUTS.values()} == set(
        "YAML references pictures SVG HTML links paths network text bytes formulas styles cache fonts".split())


@pytest.mark.parametrize("name", INPUTS)
def test_a_hostile_input(tried, name):
    found, wanted = tried[name], INPUTS[name]
    told = found["out"] + found["err"]
    refused = re.search("can't be written|could not be written|can't be used: ", told)  # by the system, or a template that is none
    assert found["code"] in (0, 1, 2) or refused, told
    assert "Traceback" not in told and "fault in Basylym" not in told
    assert found["seconds"] < (wanted.seconds + 3 if wanted.seconds else SECONDS), "the processor's time, pandoc's included"
    assert sum(found["memory"]) < MEGABYTES
    assert found["asked"] == [], "what it asked of the machine"
    assert found["changed"] == [], "files outside the folder of outputs"
    assert found["held"] == [], "what its outputs hold"
    if wanted.seconds:
        assert "SRC-014" in told, "it is among those that take all the time they are given"
    if wanted.finding not in ("", "-"):
        assert wanted.finding in told, told
    if wanted.finding:  # it is told, or refused
        assert re.search(r"\b[A-Z]{2,4}-\d{3}\b|^basylym: ", told, re.M), told
    else:  # the harm is gone, and the article is there
        assert found["outputs"] or "not built" in told, told
    if found["outputs"]:
        assert {Path(each).suffix for each in found["outputs"]} == {".pdf", ".epub", ".html", ".xml"}


def test_nobody_was_asked(tried, server):
    assert len(tried) == len(INPUTS)
    assert server[1] == []


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("name", "yaml-csl-remote yaml-includes bibtex-input raw-tex svg-outer-entity tex-input include".split())
def test_no_process_opens_a_secret_or_a_connection(tmp_path, name):
    """Seen from the system's side: pandoc and whatever else is started too."""
    log = tmp_path / "calls"
    traced = subprocess.run(["strace", "-f", "-qq", "-e", "trace=openat,open,connect,execve", "-o", str(log), sys.executable, str(RUN),
                             str(tmp_path), "http://127.0.0.1:9", name], capture_output=True, text=True,
                            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    if "ptrace" in traced.stderr or "Operation not permitted" in traced.stderr:
        pytest.skip("strace may not look on here")
    calls = log.read_text("utf-8", "replace").splitlines()
    begun = next(number for number, line in enumerate(calls) if f"{name}/journal/source/2026-1/specimen/article.md" in line
                 and "O_WRONLY" not in line)
    calls = calls[begun:]
    assert any("pandoc" in line for line in calls if "execve(" in line) or name == "yaml-includes"
    assert not [line for line in calls if "connect(" in line and "AF_INET" in line]
    assert not [line for line in calls if "open" in line and "outside/" in line]
    assert not [line for line in calls if "execve(" in line and "pandoc" not in line]


def test_the_lock_files_carry_hashes():
    for lock in ("requirements.lock", "requirements-test.lock"):
        entries = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text("utf-8"), flags=re.M)[1:]
        assert entries and not [each.split()[0] for each in entries if "--hash=sha256:" not in each]


def test_a_finding_names_the_limit_and_the_journal_may_raise_it(journal):
    journal.overlay({"text": "> > > > Мәтін [@example].\n", "journal": {"limits": {"depth": 4}}})
    [found] = [each for each in journal.findings() if each.id == "SRC-027"]
    assert re.search(r"depth: \d", found.message) and "4 is the most" in found.message and "limits:" in found.mend
    journal.overlay({"journal": {"limits": {"depth": 10}}})
    assert "SRC-027" not in journal.ids()
