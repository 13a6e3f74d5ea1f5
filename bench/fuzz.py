"""Tries inputs that nobody thought of: `python bench/fuzz.py front|bibliography|markdown|whole|svg|picture SECONDS [FOLDER]`.

Atheris (a package of its own, `pip install atheris`) makes inputs that reach ever more of the code; nothing they lead to may be an
exception or take long. What fails is kept in the folder, one input for each place that failed, with the number of inputs.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SLOW = 5.0
"""So many seconds are too many for a small input."""

with atheris.instrument_imports(include=["basylym"]):
    from basylym.fields import Journal
    from basylym.limits import Limits
    from basylym.model import Place
    from basylym.project import Project
    from basylym.read import read_article
    from basylym.read.bibliography import read_bibliographies
    from basylym.read.entry import for_pandoc
    from basylym.read.foreign_text import split_title_block, take_blocks, translate_text
    from basylym.read.front_matter import read_front_matter, split_front_matter
    from basylym.read.pictures import Picture, read_picture
    from basylym.read.text import decode, unify_lines

PLACE = Path(tempfile.mkdtemp(prefix="fuzz-"))
PROJECT = Project(PLACE, lone=True)


def front(data: bytes) -> None:
    """The front matter of an article."""
    text, _ = decode(data, "article.md")
    if text is not None:
        read_front_matter(unify_lines(text), "article.md", "kk", 2)


def bibliography(data: bytes) -> None:
    """A file of references; its first byte says of which kind."""
    name = "a" + (".bib", ".ris", ".json", ".yaml")[data[0] % 4 if data else 0]
    (PLACE / name).write_bytes(data[1:])
    found = read_bibliographies([name], PLACE, PLACE, Place("article.md"))
    json.dumps([for_pandoc(found.references), found.bibtex, found.ris], ensure_ascii=False, allow_nan=False).encode()
    (PLACE / name).unlink()


def markdown(data: bytes) -> None:
    """A manuscript; one in fifty goes to pandoc too, which is slow."""
    text, _ = decode(data, "article.md")
    if text is None:
        return
    block, text, line = split_front_matter(unify_lines(text))
    if not block:
        block, text, line = split_title_block(text)
    text, _ = take_blocks(text, line)
    translate_text(text, "article.md", line)
    if hashlib.sha256(data).digest()[0] < 5:
        whole(data)


def whole(data: bytes) -> None:
    """A manuscript through pandoc; what is found early is what is found late."""
    from basylym.check import Early, run_all, run_early
    from basylym.read import read_edition

    early: list[Early] = []
    (PLACE / "article.md").write_bytes(data)
    article = read_article((PLACE / "article.md",), PLACE, Journal(), PROJECT.find_style, meanwhile=lambda known, answered: early.append(
        run_early(read_edition(known, PROJECT.journal, None, None))))
    edition = read_edition(article, PROJECT.journal, None, None)
    assert run_all(edition, early=early[0] if early else None) == run_all(edition), "found early, and not late"


def svg(data: bytes) -> None:
    """An SVG picture; what is left of it has nothing that acts or reaches out."""
    (PLACE / "a.svg").write_bytes(data)
    found = read_picture(PLACE, "a.svg", Limits(file_bytes=1 + time.monotonic_ns() % 10_000_000_000))  # never the same, so never remembered
    if isinstance(found, Picture):
        from lxml import etree

        for each in etree.fromstring(found.data).iter(etree.Element):
            assert etree.QName(each).localname not in ("script", "foreignObject", "iframe", "a", "set", "animate"), "it acts"
            assert not [name for name in each.attrib if etree.QName(name).localname.lower().startswith("on")], "a handler"
            assert not [value for name, value in each.attrib.items() if etree.QName(name).localname == "href"
                        and not value.strip().startswith(("#", "data:image/"))], "it leads out"


def picture(data: bytes) -> None:
    """A picture of any other kind."""
    (PLACE / "a.png").write_bytes(data)
    read_picture(PLACE, "a.png", Limits(file_bytes=1 + time.monotonic_ns() % 10_000_000_000, picture_pixels=1_000_000))


TARGETS: dict[str, Callable[[bytes], None]] = {each.__name__: each for each in (front, bibliography, markdown, whole, svg, picture)}


def seeds(name: str) -> list[bytes]:
    """What to begin with: the files of the tests."""
    found = [path.read_bytes() for ending in {"front": ("article.md",), "markdown": ("*.md",), "whole": ("*.md",), "svg": ("*.svg",),
             "picture": ("*.png", "*.jpg", "*.gif", "*.webp"), "bibliography": ()}[name] for path in sorted((ROOT / "tests").rglob(ending))]
    if name == "front":
        found = [split_front_matter(each.decode("utf-8", "replace"))[0].encode() for each in found]
    if name == "bibliography":
        for number, ending in enumerate(("*.bib", "*.ris", "*.json", "*.yaml")):
            found += [bytes([number]) + path.read_bytes() for path in sorted((ROOT / "tests").rglob(ending))]
    if name == "picture":
        from PIL import Image

        for kind in ("PNG", "JPEG", "GIF", "WEBP"):
            target = io.BytesIO()
            Image.new("RGB", (8, 8), "red").save(target, kind)
            found.append(target.getvalue())
    return [each for each in found if len(each) < 20_000] or [b"<svg xmlns='http://www.w3.org/2000/svg'><g id='a'/><use href='#a'/></svg>"]


def main() -> None:
    """Fuzzes one kind of input for so long."""
    name, seconds = sys.argv[1], int(sys.argv[2])
    folder = Path(sys.argv[3] if len(sys.argv) > 3 else f"fuzz-{name}")
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (folder / "corpus" / hashlib.sha256(data).hexdigest()[:20]).write_bytes(data)
    count, seen, began = 0, set(), time.monotonic()

    def attempt(data: bytes) -> None:
        nonlocal count
        count += 1
        start = time.process_time()
        try:
            TARGETS[name](data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"
        else:
            where = "slow" if time.process_time() - start > SLOW else ""
        if where and where not in seen:
            seen.add(where)
            (folder / f"{where}.input").write_bytes(data)
            (folder / f"{where}.txt").write_text(where if where == "slow" else traceback.format_exc(), "utf-8")
        if count % 100 == 0:
            (folder / "count").write_text(f"{count} inputs in {time.monotonic() - began:.0f} s, {len(seen)} places failed\n", "utf-8")

    atheris.Setup([sys.argv[0], str(folder / "corpus"), f"-max_total_time={seconds}", "-max_len=20000", "-timeout=60", "-rss_limit_mb=2000",
                   f"-artifact_prefix={folder}{os.sep}", "-verbosity=0", "-close_fd_mask=0"], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
