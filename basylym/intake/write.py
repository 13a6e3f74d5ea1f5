"""What was understood, as files: article.md, references.yaml, figures/."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from basylym.errors import OutputError, UsageError
from basylym.intake.document import LeftOut
from basylym.intake.dressing import dress, raise_letters
from basylym.intake.markdown import keep_line, write_markdown
from basylym.intake.nodes import LEAVES, walk
from basylym.intake.sentences import into_lines
from basylym.intake.understood import Understood
from basylym.intake.yaml_text import write_yaml
from basylym.messages import Phrase

MARKDOWN = ("title", "abstract", "acknowledgements", "conflict_of_interest", "contributions")
"""Fields of the front matter that are read as Markdown."""
LINES = ("abstract", "acknowledgements", "conflict_of_interest", "contributions")
"""Those that are long, and stand a sentence a line."""
ORDER = ("status", "language", "type", "title", "running_title", "authors", "affiliations", "abstract", "keywords")
"""The keys that stand first, in the house's order; the others follow as they come."""
ENDINGS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"II*\0": "tiff", b"MM\0*": "tiff", b"BM": "bmp",
           b"\xd7\xcd\xc6\x9a": "wmf", b"\x01\0\x09\0": "wmf", b"%PDF": "pdf", b"%!PS": "eps"}
"""How pictures begin, and the ending of their files."""
LONGEST_NAME = 60
"""The longest name of a folder that is taken from a file's name."""
PIXELS = 60_000_000
"""The largest picture that is turned into PNG."""


def check_folder(folder: Path) -> None:
    """Raises UsageError where a folder is not new or empty, or is a file: nothing is ever written over."""
    if (file := next((each for each in (folder, *folder.parents) if each.exists() and not each.is_dir()), None)) is not None:
        raise UsageError(Phrase("{file} is a file: an import goes into a folder that is new or empty", file=file))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(Phrase("{folder} is not empty: an import goes into a folder that is new or empty", folder=folder))


def choose_folders(files: Sequence[Path], to: Path | None, here: Path) -> list[Path]:
    """A folder for each file: the one named, or one called as the file is, in it or here. Two files never get one folder."""
    if to and len(files) == 1:
        return [to]
    folders: list[Path] = []
    for file in files:
        name = re.sub(r"[^\w-]+", "-", file.stem).strip("-_")[:LONGEST_NAME] or "article"
        number, folder = 1, (to or here) / name
        while folder in folders:
            number += 1
            folder = (to or here) / f"{name}-{number}"
        folders.append(folder)
    return folders


def make_files(understood: Understood) -> tuple[dict[str, bytes], list[LeftOut]]:
    """The files by their names, and the pictures that stand nowhere in the text. Raises EngineError."""
    tag = str(understood.front.data.get("language") or "kk")
    names, figures = _name_pictures(understood)
    body = write_markdown([_renamed(node, names) for node in understood.body], tag)
    files = {"article.md": f"---\n{write_front_matter(understood, tag)}---\n\n{body.strip()}\n".encode("utf-8", "replace")}
    if understood.references.entries:
        files["references.yaml"] = write_references(understood.references.entries).encode("utf-8", "replace")
    used = set(names)
    left_out = [LeftOut(name, "picture") for name in understood.document.pictures if name not in used]
    return {**files, **figures}, left_out


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes the files into a new or empty folder. Raises UsageError, OutputError."""
    check_folder(folder)
    written = []
    for name, data in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
        except OSError as error:
            raise OutputError(Phrase("{path} could not be written: {why}", path=path, why=error.strerror or error)) from error
        written.append(path)
    return written


def write_front_matter(understood: Understood, tag: str) -> str:
    """The YAML block of article.md, parted by blank lines where a key holds several lines."""
    given = dict(understood.front.data)
    data: dict[str, Any] = {"status": "draft", "language": tag}
    data |= {key: given[key] for key in ORDER if given.get(key)} | {key: value for key, value in given.items() if value}
    data = {key: _as_markdown(understood, key, value, tag) if key in MARKDOWN else value for key, value in data.items()}
    if isinstance(words := data.get("keywords"), dict):
        data["keywords"] = {name: raise_letters(understood, f"keywords.{name}", each) for name, each in words.items()}
    if understood.references.entries:
        data["bibliography"] = "references.yaml"
    parts, before = [], False
    for key, value in data.items():
        text = write_yaml({key: value})
        long = text.count("\n") > 1
        parts.append("\n" * bool(parts and (long or before)) + text)
        before = long
    return "".join(parts)


def _as_markdown(understood: Understood, key: str, value: object, tag: str) -> object:
    if isinstance(value, dict):
        return {name: _as_markdown(understood, key, text, name) for name, text in value.items()}
    lines = [line.strip() for line in dress(understood, f"{key}.{tag}", str(value)).split("\n")]
    lines = [line if place and lines[place - 1] and not line.startswith(":::") else keep_line(line) for place, line in enumerate(lines)]
    return "\n".join(part for line in lines for part in (into_lines(line, tag) if key in LINES else [line]))


def write_references(entries: Sequence[Mapping[str, Any]]) -> str:
    """references.yaml, a blank line between entries."""
    text = write_yaml({"references": entries})
    return re.sub(r"\n(?=  - )", "\n\n", text).replace("references:\n\n", "references:\n", 1)


def _name_pictures(understood: Understood) -> tuple[dict[str, str], dict[str, bytes]]:
    """A safe name for each picture that the text shows, in its order, and its file; one that is not there gets a name all the same."""
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for image in (each for each in walk(understood.body) if each["t"] == "Image"):
        target = image["c"][2][0]
        if target in names:
            continue
        data = understood.document.pictures.get(target)
        data, ending = as_picture(data) if data else (b"", "png")
        names[target] = f"figures/figure-{len(names) + 1}.{ending}"
        if data:
            files[names[target]] = data
    return names, files


def as_picture(data: bytes) -> tuple[bytes, str]:
    """A picture and its ending; what no page can show is turned into PNG where that loses nothing."""
    ending = next((ending for begin, ending in ENDINGS.items() if data.startswith(begin)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        ending = "webp"
    if not ending:
        ending = "emf" if data[40:44] == b" EMF" else "svg" if b"<svg" in data[:2000] else "bin"
    if ending in ("tiff", "bmp"):
        return _as_png(data) or (data, ending)
    return data, ending


def _as_png(data: bytes) -> tuple[bytes, str] | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > PIXELS:
                return None
            made = io.BytesIO()
            picture.convert("RGBA" if "A" in picture.mode else "RGB").save(made, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return made.getvalue(), "png"


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same nodes, pictures under their new names."""
    if isinstance(value, dict):
        if value.get("t") in LEAVES:
            return value
        if value.get("t") == "Image":
            attributes, words, (target, title) = value["c"]
            return {"t": "Image", "c": [attributes, _renamed(words, names), [names.get(target, target), title]]}
        return {key: _renamed(each, names) for key, each in value.items()}
    return [_renamed(each, names) for each in value] if isinstance(value, (list, tuple)) else value
