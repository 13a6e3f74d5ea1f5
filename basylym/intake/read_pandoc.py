"""Pandoc, driven without trust: nothing but the bytes that it is given, so much time and memory and no more."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from basylym.errors import EngineError
from basylym.head_start import find_pandoc
from basylym.intake.document import Block, Document, Look, Node
from basylym.intake.nodes import MARKS, kind_of, text_of, walk
from basylym.intake.packages import Unreadable, damaged
from basylym.messages import Phrase
from basylym.read.pandoc import limit_processor_time
from basylym.read.text import CONTROLS, decode, unify_lines

SECONDS = 9
"""The longest pandoc may take of the processor; a thesis of 500 pages takes three."""
SECONDS_OF_TEXT = 8
"""The longest for a text in a language with macros, that can be made to run for ever."""
MEMORY = "-M1500m"
"""The most memory (GHC's RTS option)."""
PICTURE = re.compile(r"data:image/(png|jpeg|gif|svg\+xml|webp|tiff);base64,")
MOST_WARNINGS = 50
"""So many pictures that are not there are named."""


def ask_pandoc(data: bytes, reader: str, name: str, options: tuple[str, ...] = (), seconds: int = SECONDS) -> Mapping[str, Any]:
    """What pandoc reads in bytes, as its JSON: {"meta": …, "blocks": […]}."""
    command = [find_pandoc() or "pandoc", "-f", reader, "-t", "json", "--sandbox", "--quiet", *options, "-",
               "+RTS", MEMORY, "-A32m", "-RTS"]
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            counted = limit_processor_time(process.pid, seconds)
            try:
                written, said = process.communicate(data, seconds * 4 if counted else seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                raise _too_hard(name) from None
    except OSError as error:
        raise EngineError(Phrase("pandoc cannot be run: {why}", why=error.strerror or str(error))) from error
    if process.returncode in (251, -24, -9):  # GHC's exit code for a full heap; the signals for used-up time
        raise _too_hard(name)
    if process.returncode:
        lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()] or ["?"]
        raise Unreadable(Phrase("{name} cannot be read: {why}", name=name, why=" ".join(map(str.strip, lines[:2]))[:200]))
    try:
        return json.loads(written)
    except (ValueError, RecursionError) as error:
        raise damaged(name) from error


def _too_hard(name: str) -> Unreadable:
    return Unreadable(Phrase("{name} takes more time or memory to read than a manuscript may", name=name))


def read_source(data: bytes, name: str, kind: str, folder: Path | None = None) -> Document:
    """A web page or LaTeX as a document; of a folder the files are read that a text of LaTeX takes in."""
    text, _ = decode(data, name)
    if text is None:
        raise Unreadable(Phrase("{name} is no text in an encoding that is known", name=name))
    text = unify_lines(text).translate(CONTROLS).translate(MARKS)
    if kind == "latex":
        from basylym.intake.read_latex import read_latex

        return read_latex(text, name, folder)
    from basylym.intake.read_html import read_html

    return read_html(text, name)


def build_document(read: Mapping[str, Any], name: str, kind: str, empty: bool = False) -> Document:
    """A document of what pandoc read; `empty` where it need have no text."""
    pictures: dict[str, bytes] = {}
    try:
        blocks = tuple(block_of(number, node) for number, node in enumerate(flat(_lift_pictures(read["blocks"], pictures)), 1))
        outside = dict.fromkeys(each["c"][2][0] for each in walk([block.node for block in blocks]) if each["t"] == "Image")
    except RecursionError as error:
        raise _too_hard(name) from error
    if not blocks and not empty:
        raise Unreadable(Phrase("{name} has no text", name=name))
    warnings = [Phrase("the picture {address} is not in the file and was not fetched", address=address[:200])
                for address in outside if address not in pictures]
    return Document(name, kind, blocks, pictures, warnings=tuple(warnings[:MOST_WARNINGS]))


def _lift_pictures(node: Any, pictures: dict[str, bytes]) -> Any:
    """The same with names in place of pictures that stand in the addresses themselves (RFC 2397)."""
    if isinstance(node, list):
        return [_lift_pictures(each, pictures) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Image" and (found := PICTURE.match(node["c"][2][0])):
        name = f"picture-{len(pictures) + 1}.{found[1].removesuffix('+xml')}"
        try:
            pictures[name] = base64.b64decode(unquote(node["c"][2][0][found.end():]))
        except ValueError:
            return node
        return {"t": "Image", "c": [node["c"][0], _lift_pictures(node["c"][1], pictures), [name, node["c"][2][1]]]}
    return {key: _lift_pictures(value, pictures) for key, value in node.items()}


def flat(nodes: list) -> Iterator[Node]:
    """Blocks, those inside divisions one by one; raw commands of another program stay as they are, empty ones go."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if node["t"] == "Div":
            waiting += reversed(node["c"][1])
        elif node["t"] not in ("Plain", "Para"):
            yield node
        elif text_of(node).strip() or any(each["t"] in ("Image", "Note") for each in walk(node)):
            yield {"t": "Para", "c": node["c"]}


def block_of(number: int, node: Node) -> Block:
    """A block whose look only its node tells."""
    inlines = node["c"] if node["t"] == "Para" else node["c"][2] if node["t"] == "Header" else []
    text = text_of(node)
    letters = [each for each in text if each.isalpha()]
    share = {kind: _share(inlines, kind, len(text.strip())) for kind in ("Strong", "Emph")}
    look = Look(level=node["c"][0] if node["t"] == "Header" else None, bold=share["Strong"], italic=share["Emph"],
                caps=sum(each.isupper() for each in letters) / len(letters) if letters else 0.0)
    return Block(number, kind_of(node), node, text, look)


def _share(inlines: list, kind: str, length: int) -> float:
    """What part of the letters is set so, at any depth."""
    if not length:
        return 0.0
    found, waiting = 0, list(inlines)
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if each.get("t") == kind:
                found += len(text_of(each).strip())
            elif "c" in each and each["t"] != "Note":
                waiting.append(each["c"])
        elif isinstance(each, list):
            waiting += each
    return min(1.0, found / length)
