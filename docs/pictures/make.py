"""Takes the pictures of the web page and of the EPUB that stand beside this file: `python docs/pictures/make.py`; with the word
`import` only that of the import's report, of one document of the corpus in tests/intake.

The sample journal is built first. Needs Chromium, Playwright and pypdfium2 from the requirements of the tests, and foliate-js, which opens
the EPUB, from npm: in node_modules/ or in the folder that BASYLYM_NODE_MODULES names.
"""

import os
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

VIEWS = {
    "page-phone": {"width": 375, "height": 760, "locale": "kk"},
    "page-desk": {"width": 1280, "height": 800, "locale": "ru"},
    "page-dark": {"width": 1280, "height": 800, "locale": "en", "color_scheme": "dark", "at": ".body figure:has(img)"},
    "page-print": {"width": 1280, "height": 800, "locale": "ru", "paper": True},
}
"""Each picture: the window, the reader's language and colours, what the page is scrolled to, whether it is printed."""

BOOK_VIEWS = {
    "epub-cover": {"width": 460, "height": 640, "at": 'id="cover"'},
    "epub-text": {"width": 1000, "height": 680, "at": '<section id="'},
    "epub-figure": {"width": 1000, "height": 680, "at": '<figure id="fig:times"'},
    "epub-night": {"width": 1000, "height": 680, "at": 'class="equation"', "night": True},
}
"""Each picture of the EPUB: the window, what it is opened at, whether the reader's own night mode and larger letters are on."""
READER = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Reader</title>
<style>body { margin: 0; background: PAPER } foliate-view { display: block; height: 100vh }</style>
<script type="module">
import '/engine/view.js'
const view = document.createElement('foliate-view')
document.body.append(view)
await view.open(new File([await (await fetch('/book.epub')).blob()], 'book.epub'))
view.renderer.setAttribute('max-inline-size', '620px')
view.renderer.setStyles?.(`STYLES`)
await view.init({ lastLocation: 'PLACE' })
window.view = view
</script></html>"""
"""A page that opens the EPUB with foliate-js."""
NIGHT = ":root { color-scheme: dark; font-size: 120% } html, body { color: #e6e3dc; background: #191a1c } a:any-link { color: #9cc4f5 }"


def build(folder: Path) -> Path:
    """The web page of the sample journal's published article, built in a folder of its own."""
    from basylym.cli import main

    shutil.copytree(ROOT / "source", folder / "source")
    here = Path.cwd()
    os.chdir(folder)
    try:
        if main(["build"]):
            raise SystemExit("the sample journal was not built")
    finally:
        os.chdir(here)
    return next(folder.glob("output/*/single-source/single-source.html"))


def take(page_file: Path) -> None:
    """Every picture."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, view in VIEWS.items():
            context = chromium.new_context(viewport={"width": view["width"], "height": view["height"]}, locale=view["locale"],
                                           color_scheme=view.get("color_scheme", "light"), reduced_motion="reduce")
            page = context.new_page()
            page.goto(page_file.as_uri())
            if "at" in view:
                page.locator(view["at"]).first.evaluate("each => each.scrollIntoView({block: 'center'})")
            page.wait_for_timeout(300)
            if view.get("paper"):
                draw_first(page.pdf(format="A4", prefer_css_page_size=True), HERE / f"{name}.png")
            else:
                page.screenshot(path=HERE / f"{name}.png")
            context.close()
        read(chromium, page_file.with_suffix(".epub"))
        chromium.close()


def take_report(folder: Path) -> None:
    """The report of an import, at its front matter."""
    sys.path.insert(0, str(ROOT / "tests"))
    from intake.make import write
    from intake.marked import DOCUMENTS
    from intake.marked import read as read_made
    from playwright.sync_api import sync_playwright

    from basylym.cli import main

    file = folder / "article.docx"
    file.write_bytes(write(read_made(DOCUMENTS / "29-kmj.txt")))
    if main(["import", str(file), "--to", str(folder / "article")]):
        raise SystemExit("the document was not imported")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        page.goto((folder / "article" / "import-report.html").as_uri())
        page.screenshot(path=HERE / "import-report.png")
        chromium.close()


def read(chromium, book: Path) -> None:
    """Every picture of the EPUB."""
    engine = Path(os.environ.get("BASYLYM_NODE_MODULES") or ROOT / "node_modules") / "foliate-js"
    if not (engine / "view.js").is_file():
        raise SystemExit(f"foliate-js is missing: it is not in {engine.parent}")
    for name, view in BOOK_VIEWS.items():
        night = view.get("night", False)
        reader = (READER.replace("PAPER", "#191a1c" if night else "#fff").replace("STYLES", NIGHT if night else "")
                  .replace("PLACE", find(book, view["at"])))
        page = chromium.new_page(viewport={"width": view["width"], "height": view["height"]}, reduced_motion="reduce",
                                 color_scheme="dark" if night else "light")
        serve(page, {"": (reader.encode(), "text/html"), "book.epub": (book.read_bytes(), "application/epub+zip")}, engine)
        page.goto("http://reader.test/")
        page.wait_for_function("window.view?.lastLocation", timeout=60_000)
        page.evaluate("async () => { for (const { doc } of view.renderer.getContents()) await doc.fonts.ready }")
        page.wait_for_timeout(700)
        page.screenshot(path=HERE / f"{name}.png")
        page.close()


def serve(page, files: dict[str, tuple[bytes, str]], engine: Path) -> None:
    """Gives a page what it asks of its own host, the engine's scripts among it."""
    def answer(route) -> None:
        path = route.request.url.split("/", 3)[3]
        if path.startswith("engine/"):
            route.fulfill(body=(engine / path.removeprefix("engine/")).read_bytes(), content_type="text/javascript")
        else:
            body, kind = files.get(path, (b"", "text/plain"))
            route.fulfill(body=body, content_type=kind)

    page.route("http://reader.test/**", answer)


def find(book: Path, words: str) -> str:
    """The address of the place in an EPUB where these words first stand: the last id before them, or in them."""
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml") and not name.endswith("nav.xhtml")]
        for name in sorted(names, key=lambda each: (len(each), each)):
            text = archive.read(name).decode()
            before, found, after = text.partition(words)
            if found:
                ids = re.findall(r'\bid="([^"]*)"', before + found + after.split(">")[0])
                return f"{name}#{ids[-1]}" if ids else name
    raise SystemExit(f"{words} is not in {book.name}")


def draw_first(pdf: bytes, path: Path) -> None:
    """The first sheet of what the browser prints."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=1.3).to_pil().convert("P", colors=64).save(path, optimize=True)
    document.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        if "import" not in sys.argv[1:]:
            take(build(Path(folder)))
        take_report(Path(folder))
