"""One valid trilingual article, overlaid by what a test changes; and the sample journal, built once."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import yaml

from basylym.check import run_checks
from basylym.check.deposits import wanted
from basylym.cli import main
from basylym.project import Project
from basylym.read import manuscript
from basylym.read.front_matter import split_front_matter
from basylym.read.output_deposits import read_deposits
from basylym.read.outputs import read_outputs
from basylym.read.yaml import read_yaml

try:
    import fcntl
except ImportError:  # Windows, where each process makes its own in turn
    fcntl = None

os.environ["LC_ALL"] = "C.UTF-8"  # the tests speak English, whatever the machine's language
ROOT = Path(__file__).parent.parent
SPECIMEN = Path(__file__).parent / "article"
PUBLISHED = Path(__file__).parent / "published"
"""A small journal of seven published articles, two of them notices about two others."""


def read_once(convert: Callable[..., dict]) -> Callable[..., dict]:
    """Pandoc, asked once a process for each text: most tests change a key that it never sees, and what it makes of a text is the
    same each time (test_repeatable.py and the tests that start a process of their own ask it again)."""
    known: dict[str, str] = {}

    def ask(job: dict, limits: object, *meanwhile: object) -> dict:
        key = hashlib.sha256(f"{json.dumps(job)}{limits!r}".encode()).hexdigest()
        if key not in known:
            known[key] = json.dumps(convert(job, limits, *meanwhile))
        else:
            for each in filter(None, meanwhile[:1]):  # what would be begun as soon as it works
                each.start()
        return json.loads(known[key])

    ask.__wrapped__ = convert
    return ask


manuscript._convert = read_once(manuscript._convert)


def specimen_front() -> dict:
    """The specimen's front matter, every value as text."""
    return read_yaml(split_front_matter((SPECIMEN / "article.md").read_text("utf-8"))[0], "article.md")[0]


class Journal:
    """A journal in a folder of its own, with one article."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.article = folder / "source" / "2026-1" / "specimen"
        self.kind = "published"
        self.damages: dict | None = None
        self.packed: dict | None = None
        self.lost = ""
        self.article.mkdir(parents=True)
        shutil.copytree(SPECIMEN, self.article, dirs_exist_ok=True)
        settings = (ROOT / "source" / "journal.yaml").read_text("utf-8")
        # no second list, unless a test asks for one: it would want English titles of every entry
        (folder / "source" / "journal.yaml").write_text(re.sub(r"(?m)^second_list:.*\n", "", settings), "utf-8")
        (folder / "source" / "2026-1" / "issue.yaml").write_text(
            "volume: '1'\nnumber: '1'\ndate: 2026-03-30\narticles:\n  - {folder: specimen, first_page: 5}\n", "utf-8")

    def overlay(self, changes: str | dict) -> Journal:
        """Changes the article: keys of the front matter as YAML (null takes one out), and these words:

        second (the name of a copy of the article in the same issue), text (the body), references (their list), bib (a BibTeX
        file beside), beside (files beside journal.yaml), journal and issue (keys of journal.yaml and issue.yaml), append (lines at
        the front matter's end), file (the whole of article.md), bytes (the same as hex), size (the same as a number of spaces),
        encoding (the same in another encoding), edition (for whom it is made: proof, anonymous), outputs (the finished files are
        built and checked too, damaged in this way: kind -> what stands there -> what shall, or null for no file at all;
        complaints: kind -> what a tool says; older: kinds that were built before the manuscript was changed), packages (likewise the
        packages: target -> what stands there -> what shall; lost: a file that is taken from them).
        """
        data = read_yaml(changes, "overlay")[0] if isinstance(changes, str) else dict(changes)
        path = self.article / "article.md"
        block, text, _ = split_front_matter(path.read_text("utf-8"))
        front = yaml.safe_load(block.replace(": 2026", ": !!str 2026"))
        self.kind = data.pop("edition", self.kind)
        self.damages = data.pop("outputs", self.damages)
        self.packed = data.pop("packages", self.packed)
        self.lost = data.pop("lost", self.lost)
        text, append = data.pop("text", text), data.pop("append", "")
        if second := data.pop("second", None):
            shutil.copytree(self.article, self.article.parent / second)
        if references := data.pop("references", None):
            (self.article / "references.yaml").write_text(yaml.safe_dump({"references": references}, allow_unicode=True), "utf-8")
        if bib := data.pop("bib", None):
            (self.article / "more.bib").write_text(bib, "utf-8")
        for name, content in data.pop("beside", {}).items():
            (self.folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / "source" / name).write_text(content, "utf-8")
        for name, changed in ((name, data.pop(name)) for name in ("journal", "issue") if name in data):
            file = self.folder / "source" / ("journal.yaml" if name == "journal" else "2026-1/issue.yaml")
            kept = read_yaml(file.read_text("utf-8"), "journal.yaml")[0]
            file.write_text(yaml.safe_dump({**kept, **changed}, allow_unicode=True), "utf-8")
        whole = {name: data.pop(name) for name in ("file", "bytes", "size", "encoding") if name in data}
        front.update(data)
        front = {key: value for key, value in front.items() if value is not None}
        path.write_text(f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False)}{append}\n---\n\n{text}", "utf-8")
        if "file" in whole:
            path.write_text(whole["file"], "utf-8")
        elif "encoding" in whole:
            path.write_bytes(path.read_text("utf-8").encode(whole["encoding"]))
        elif "bytes" in whole:
            path.write_bytes(bytes.fromhex(whole["bytes"]))
        elif "size" in whole:
            path.write_bytes(b" " * int(whole["size"]))
        return self

    def edition(self):
        """The article, read."""
        project = Project(self.folder)
        target = next(target for target in project.targets if target.slug == "specimen")
        edition = replace(project.edition(target), kind=self.kind)
        if edition.journal.deposit.to:
            edition = replace(edition, deposits=wanted(edition.journal))
        if self.packed is not None:
            return replace(edition, packages=self.pack(target))
        if self.damages is None:
            return edition
        self.build()
        complaints = self.damages.get("complaints", {})
        for kind, changes in self.damages.items():
            if kind not in ("complaints", "older"):
                damage(self.output(f".{kind}"), changes)
        for kind in self.damages.get("older", ()):
            os.utime(self.output(f".{kind}"), (0, 0))
        outputs = read_outputs(target.output, target.slug, project.root, tools=False, sources=[self.article / "article.md"])
        return replace(edition, outputs=tuple(replace(each, complaints=(("Nu", complaints[each.kind]),)) if each.kind in complaints
                                              else each for each in outputs))

    def build(self) -> None:
        """The outputs, built once for the same sources."""
        sources = tuple((path.relative_to(self.folder).as_posix(), path.read_bytes())
                        for path in sorted((self.folder / "source").rglob("*")) if path.is_file())
        if sources not in BUILT:
            assert self.run("build") <= 1  # 1: it has findings
            BUILT[sources] = {path.name: path.read_bytes() for path in self.output(".pdf").parent.iterdir()}
        for name, data in BUILT[sources].items():
            self.output(".pdf").parent.mkdir(parents=True, exist_ok=True)
            (self.output(".pdf").parent / name).write_bytes(data)

    def pack(self, target):
        """The packages, made anew, damaged as the test wants it and read back."""
        assert self.run("package", *(word for name in self.packed for word in ("--for", name))) == 0
        for kind, changes in (self.damages or {}).items():
            damage(self.output(f".{kind}"), changes)
        if self.lost:
            (target.output / self.lost).unlink()
        for name, changes in self.packed.items():
            for path in (target.output / "deposit" / name).glob("*.json") if changes else ():
                damage(path, changes)
        return read_deposits(target.output, target.slug, self.folder)

    def findings(self):
        """What the checks say."""
        return run_checks(self.edition())

    def ids(self) -> list[str]:
        """The ids of the findings."""
        return [finding.id for finding in self.findings()]

    def run(self, *words: str) -> int:
        """The command line in the journal's folder; its exit code."""
        with chdir(self.folder):
            try:
                return main(list(words))
            except SystemExit as stop:
                return stop.code

    def output(self, suffix: str) -> Path:
        """An output of the article."""
        return self.folder / "output" / "2026-1" / "specimen" / f"specimen{suffix}"


BUILT: dict[tuple, dict[str, bytes]] = {}
"""What was built of which sources."""


def damage(path: Path, changes: dict[str, str] | None) -> None:
    """Writes other words into a finished file, in each document that has them (in a PDF, into its packet); None takes it away."""
    if changes is None:
        path.unlink()
        return
    for words, new in changes.items():
        # however the words are set: soft hyphens, spaces that don't break
        old = re.compile("\u00ad?".join(r"\s+" if letter == " " else re.escape(letter) for letter in words))

        def write(data: bytes, old: re.Pattern = old, new: str = new) -> bytes:
            return old.sub(lambda _: new, data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

        if path.suffix == ".pdf":
            with pikepdf.open(path, allow_overwriting_input=True) as pdf:
                packet = pdf.Root.Metadata.read_bytes()
                assert write(packet) != packet, words
                pdf.Root.Metadata.write(write(packet))
                pdf.save()
        elif path.suffix == ".epub":
            with zipfile.ZipFile(path) as archive:
                parts = {name: archive.read(name) for name in archive.namelist()}
            changed = {name: write(data) for name, data in parts.items()}
            assert changed != parts, words
            with zipfile.ZipFile(path, "w") as archive:
                for name, data in changed.items():
                    archive.writestr(name, data)
        else:
            data = path.read_bytes()
            assert write(data) != data, words
            path.write_bytes(write(data))


@pytest.fixture
def journal(tmp_path) -> Journal:
    """A journal with one valid article."""
    return Journal(tmp_path / "journal")


@pytest.fixture(scope="module")
def chromium():
    """A browser for the tests of a module."""
    from judges import browser

    with browser() as started:
        yield started


@pytest.fixture
def opened(built, chromium):
    """Opens the page of the module's article, `built`, as a reader has it; nothing may be said on the console, asked of the network,
    shift, be scrolled sideways or be wider than the window."""
    contexts, said = [], []

    def open_page(width: int = 1280, at: str = "", locale: str = "kk", path: Path | None = None, **how):
        context = chromium.new_context(viewport={"width": width, "height": 700}, locale=locale, bypass_csp=True, **how)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(SHIFTS)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.route(re.compile("^(?!file:|data:)"), lambda route: (said.append(route.request.url), route.abort()))
        page.goto((path or built.output(".html")).as_uri() + at)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            assert page.evaluate("[scrollX, document.documentElement.scrollWidth <= innerWidth]") == [0, True]
            assert page.evaluate("window.shifts || []") == []
        context.close()
    assert said == []


SHIFTS = """window.shifts = []
let acted = Infinity
for (const what of ['keydown', 'pointerdown', 'scroll'])
  addEventListener(what, ({timeStamp}) => { acted = Math.min(acted, timeStamp) }, {capture: true, passive: true})
new PerformanceObserver((list) => shifts.push(...list.getEntries().filter((each) => !each.hadRecentInput && each.startTime < acted)
  .map((each) => [each.value, ...each.sources.map((one) => one.node?.outerHTML?.slice(0, 90))])))
  .observe({type: 'layout-shift', buffered: true})"""
"""Gathers what moved before the reader did anything: what they press or scroll moves by their will, at once or when the machine is slow,
when the browser no longer counts it as theirs."""


def make_once(tmp_path_factory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is made by whichever of the processes that run the tests wants it first; none may change what lies in it."""
    base = tmp_path_factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = place / name, place / f"{name}.done"
    with (place / f"{name}.lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go when it is closed, however its process ends
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The outputs of the sample journal, built once: output/<issue>/<article>/."""
    return make_once(tmp_path_factory, "sample", lambda folder: build_journal(ROOT / "source", folder)) / "output"


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """The journal of tests/published/, built once in all formats: source/ and output/<issue>/<article>/ lie in the folder."""
    return make_once(tmp_path_factory, "published", lambda folder: build_journal(PUBLISHED / "source", folder))


@pytest.fixture(scope="session")
def tortured(tmp_path_factory) -> Path:
    """The torture article in the sample journal, built once in all formats: source/2026-2/torture/ and output/2026-2/torture/."""
    def build(folder: Path) -> None:
        shutil.copytree(Path(__file__).parent / "torture", folder / "source/2026-2/torture")
        shutil.copy(ROOT / "source/journal.yaml", folder / "source")
        (folder / "source/2026-2/issue.yaml").write_text(
            "volume: '1'\nnumber: '2'\ndate: 2026-06-30\narticles:\n  - {folder: torture, first_page: 1}\n", "utf-8")
        build_there(folder)

    return make_once(tmp_path_factory, "tortured", build)


DEPOSIT = {"crossref": {"depositor": "Үлгі баспасы", "email": "editor@journal.example", "crossmark_policy": "10.5555/ulgi.policy"},
           "ojs": {"section": "ART", "sections": {"society": "SOC", "publishing": "PUB"}, "genre": "Article Text", "uploader": "editor",
                   "author_group": {"kk": "Автор", "ru": "Автор", "en": "Author"}},
           "elibrary": {"title_id": "12345"}, "zenodo": {"communities": ["ulgi"]}, "dspace": {"collection": "123456789/1"}}
"""Every key of journal.yaml that a target needs."""


@pytest.fixture(scope="session")
def packages(tmp_path_factory) -> Path:
    """The packages of the small journal for every target, output/…/deposit/<target>/…, and those of the sample's published article, the
    same below sample/."""
    def pack(folder: Path) -> None:
        for source, place in ((PUBLISHED / "source", folder), (ROOT / "source", folder / "sample")):
            shutil.copytree(source, place / "source")
            path = place / "source" / "journal.yaml"
            path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text("utf-8")), "deposit": DEPOSIT}, allow_unicode=True), "utf-8")
            with chdir(place):
                main(["package"])

    return make_once(tmp_path_factory, "packages", pack)


def build_journal(source: Path, folder: Path) -> Path:
    """A copy of a journal, built."""
    shutil.copytree(source, folder / "source")
    build_there(folder)
    return folder


def build_there(folder: Path) -> None:
    """Builds the journal of a folder."""
    with chdir(folder):
        assert main(["build"]) == 0


@pytest.fixture(scope="session")
def assembly(sample) -> Path:
    """The real article's outputs, without their ending: assembly/assembly."""
    return sample / "2026-1" / "assembly" / "assembly"
