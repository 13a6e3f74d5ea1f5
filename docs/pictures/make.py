"""Takes the pictures of the web page that stand beside this file: `python docs/pictures/make.py`.

The sample journal is built first. Needs Chromium, and Playwright and pypdfium2 from the requirements of the tests.
"""

import os
import shutil
import sys
import tempfile
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
        chromium.close()


def draw_first(pdf: bytes, path: Path) -> None:
    """The first sheet of what the browser prints."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=1.3).to_pil().convert("P", colors=64).save(path, optimize=True)
    document.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        take(build(Path(folder)))
