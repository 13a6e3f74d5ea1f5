"""Prints docs/writing.md: the page in page.txt, with each example beside what Basylym makes of it.

    python docs/writing/write.py > docs/writing.md

A line of page.txt such as {{ notes.md }} becomes the text of that file and its result. A word before the name shows
something else: `whole`, the front matter too; `file`, a file as it is; `source`, no result; `words`, the first paragraph in every language;
`look`, the result as GitHub shows it; `findings`, what is found; `front`, how the front matter is understood.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

import pypandoc
import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from basylym import report  # noqa: E402
from basylym.check import run_checks  # noqa: E402
from basylym.languages import known_languages, language  # noqa: E402
from basylym.model import Edition  # noqa: E402
from basylym.parts.strict import to_strict  # noqa: E402
from basylym.project import Project, Target  # noqa: E402
from basylym.read.front_matter import split_front_matter  # noqa: E402


def read(name: str, tag: str | None = None) -> Edition:
    """An example, read as a manuscript without a journal; in another language if one is given."""
    if not tag:
        project = Project((HERE / name).parent, lone=True)
        return project.edition(Target(HERE / name, None, project.output))
    with tempfile.TemporaryDirectory() as folder:  # a copy that says it is in that language
        copy = shutil.copytree((HERE / name).parent, Path(folder) / "copy") / Path(name).name
        copy.write_text(re.sub(r"^language: .*$", f"language: {tag}", copy.read_text("utf-8"), flags=re.M), "utf-8")
        project = Project(copy.parent, lone=True)
        return project.edition(Target(copy, None, project.output))


def tell(edition: Edition) -> str:
    """What is found in an example, as the terminal tells it."""
    folder = edition.article.folder
    told = report.Told((report.Checked("", "", tuple(run_checks(edition))),), folder, here=folder)
    return report.reports()["terminal"].write(told)


def fence(text: str, kind: str) -> str:
    """A text in a fence longer than any inside it."""
    marks = "`" * max(3, 1 + max((len(run) for run in re.findall(r"^`+", text, re.M)), default=0))
    return f"{marks}{kind}\n{text.strip(chr(10))}\n{marks}"


def convert(html: str, form: str) -> str:
    """HTML in another form, figures opened: pandoc's plain text leaves captions out."""
    html = re.sub(r'<annotation encoding="application/x-tex">.*?</annotation>', "", html)
    html = re.sub(r"<(/?)(figure|figcaption)\b[^>]*>", r"<\1div>", html)
    return pypandoc.convert_text(html, form, "html-native_divs-native_spans", extra_args=["--columns=100"]).strip("\n")


def plain(html: str) -> str:
    """HTML as text: tables drawn, notes at the end."""
    text = re.sub(r" ?\{#[^}]*\}", "", convert(html, "plain"))
    return re.sub(r"\+[:=+]+\+", lambda line: line[0].replace(":", "="), text)


def look(html: str) -> str:
    """HTML as Markdown that GitHub shows."""
    html = html.replace('src="', 'src="writing/')
    return "\n".join(f"> {line}".rstrip() for line in convert(html, "gfm-raw_html").split("\n"))


def result(edition: Edition) -> str:
    """What the outputs say, the list of references at the end."""
    text = plain(edition.article.body.html)
    if edition.article.body.entries:
        entries = [f"{number}. {entry.text}" for number, entry in enumerate(edition.article.body.entries, 1)]
        text += "\n\n" + "\n".join([language(edition.language).label("references"), "", *entries])
    return text


def source(name: str, whole: bool = False) -> str:
    """The text of an example, with its front matter or without."""
    text = (HERE / name).read_text("utf-8")
    return text if whole else split_front_matter(text)[1]


def show(how: str, name: str) -> str:
    """One example as the page shows it."""
    if how == "words":
        rows = [f"| {language(tag).name} | {' '.join(plain(re.search(r'<p>.*?</p>', read(name, tag).article.body.html)[0]).split())} |"
                for tag in known_languages()]
        return "\n".join(["| language | result |", "|---|---|", *rows])
    kind = {".bib": "bibtex", ".md": "markdown"}[Path(name).suffix]
    typed = fence(source(name, how in ("whole", "front", "file")), kind)
    if how in ("source", "file"):
        return typed
    edition = read(name)
    told = fence(tell(edition), "text")
    if how == "findings":
        return f"{typed}\n\n{told}"
    if how == "front":
        front = to_strict(edition.front).model_dump(mode="json", exclude_defaults=True)
        words = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, default_flow_style=None, width=110)
        return f"{typed}\n\nis understood as\n\n{fence(words, 'yaml')}" + (f"\n\n{told}" if run_checks(edition) else "")
    if how == "look":
        return f"{typed}\n\n{look(edition.article.body.html)}"
    text = result(edition)
    if how == "whole":
        people = ", ".join(name.full for author in edition.front.authors for name in author.name.values())
        text = f"{edition.front.title[edition.language]}\n{people}\n\n{text}"
    return f"{typed}\n\n{fence(text, 'text')}"


def examples() -> list[str]:
    """The manuscripts that the page shows, in its order."""
    return list(dict.fromkeys(re.findall(r"^\{\{ (?:\w+ )?(\S+\.md) \}\}$", (HERE / "page.txt").read_text("utf-8"), re.M)))


def write() -> str:
    """The page."""
    page = (HERE / "page.txt").read_text("utf-8")
    return re.sub(r"^\{\{ (?:(\w+) )?(\S+) \}\}$", lambda match: show(match[1] or "", match[2]), page, flags=re.M)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    print(write(), end="")
