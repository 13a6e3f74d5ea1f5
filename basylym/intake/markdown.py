"""Pandoc's blocks as Markdown of ours, and back."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from typing import Any

from basylym.errors import EngineError
from basylym.head_start import find_pandoc
from basylym.intake.document import Node
from basylym.intake.nodes import LEAVES
from basylym.intake.sentences import break_blocks
from basylym.messages import Phrase
from basylym.read.manuscript import DIALECT

SECONDS = 120
"""The longest pandoc may take."""
MEMORY = "-M1500m"
"""The most memory it may take (GHC's RTS option)."""
VERSION = [1, 23, 1]
"""The version of pandoc's JSON."""
WRITTEN = DIALECT + "-raw_html-table_attributes-simple_tables-multiline_tables"
"""What is written: tables with bars, or drawn where cells span several."""
OPENS = re.compile(r":(?=::|$)|[Tt]able:$|-(?=-*$)|=(?=={2,}$)")
"""Words that open something at a line's beginning; pandoc writes them as they are."""
SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<^~$@"})
"""Signs that would mean something in the Markdown of a field of the front matter."""


ENTITY = re.compile(r"&(?=(?:\w{2,32}|#\d{1,7}|#x[0-9a-f]{1,6});)", re.I)
"""What Markdown takes for the name of a sign."""
ADDRESS = re.compile(r"(?<!\w)(?:https?|ftp)://[^\s<>`\\\[\]{}|^\"«»“”]{0,500}[\w/]")
"""An address as it stands in a text."""
BEGINS = re.compile(r"(?P<sign>#{1,6}\s|#\.\s|>|\|\s|[+-]\s|:::|-{3,}$|\((?:\d{1,9}|[a-z]{1,4})\)\s)|(?:\d{1,9}|[a-z])(?P<mark>[.)])\s")
"""What opens a heading, a quotation, a list … at a line's beginning."""


def escape(text: str) -> str:
    """A plain text as a field of the front matter has it, every sign standing for itself; an address stays as it is, for it is read so."""
    made, place = [], 0
    for found in ADDRESS.finditer(text):
        made += [ENTITY.sub(r"\\&", text[place:found.start()].translate(SIGNS)), found[0]]
        place = found.end()
    return "".join(made) + ENTITY.sub(r"\\&", text[place:].translate(SIGNS))


def keep_line(text: str) -> str:
    """A line of a field whose first signs open nothing: no heading, no quotation, no list."""
    found = BEGINS.match(text)
    at = found.start(found.lastgroup or 0) if found else 0
    return f"{text[:at]}\\{text[at:]}" if found else text


def write_markdown(nodes: Sequence[Node], language: str) -> str:
    """The text, a sentence a line. Raises EngineError."""
    document = {"pandoc-api-version": VERSION, "meta": {}, "blocks": _spelt(break_blocks(nodes, language))}
    data = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return _pandoc(data, "-f", "json", "-t", WRITTEN, "--wrap=preserve", "--markdown-headings=atx", "--columns=200").decode()


def _spelt(value: Any) -> Any:
    """The same nodes where pandoc writes something else than they say: small capitals as capitals, and a line's first signs that begin a
    division, a caption, a rule or a list as they are."""
    if isinstance(value, dict):
        if value.get("t") in LEAVES:
            return value
        if value.get("t") == "SmallCaps":
            return {"t": "Span", "c": [["", ["smallcaps"], []], _spelt(value["c"])]}
        made = {key: _spelt(each) for key, each in value.items()}
        return {**made, "c": _escaped(made["c"])} if value.get("t") in ("Para", "Plain") else made
    return [part for each in value for part in _plain(each)] if isinstance(value, (list, tuple)) else value


def _plain(value: Any) -> Iterator[Any]:
    """A node of a list; of a word with what Markdown takes for a sign, «&amp;», its parts."""
    if not isinstance(value, dict) or value.get("t") != "Str" or not ENTITY.search(value["c"]):
        yield _spelt(value)
        return
    for place, part in enumerate(ENTITY.split(value["c"])):
        if place:
            yield {"t": "RawInline", "c": ["markdown", "\\&"]}
        if part:
            yield {"t": "Str", "c": part}


def _escaped(inlines: Sequence[Node]) -> list[Node]:
    made: list[Node] = []
    for place, each in enumerate(inlines):
        begins = not place or inlines[place - 1]["t"] in ("SoftBreak", "LineBreak")
        if begins and each["t"] == "Str" and (found := OPENS.match(each["c"])):
            made.append({"t": "RawInline", "c": ["markdown", each["c"][:found.end() - 1] + "\\" + each["c"][found.end() - 1]]})
            made += [{"t": "Str", "c": each["c"][found.end():]}] if each["c"][found.end():] else []
        else:
            made.append(each)
    return made


def read_markdown(text: str) -> list[Node]:
    """The blocks of a text that was written. Raises EngineError."""
    return json.loads(_pandoc(text.encode("utf-8", "replace"), "-f", DIALECT, "-t", "json"))["blocks"]


def _pandoc(data: bytes, *options: str) -> bytes:
    command = [find_pandoc() or "pandoc", *options, "--sandbox", "--quiet", "-", "+RTS", MEMORY, "-A32m", "-RTS"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(Phrase("pandoc could not write the manuscript: {why}", why=str(error)[:200])) from error
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip()[:200] or str(done.returncode)
        raise EngineError(Phrase("pandoc could not write the manuscript: {why}", why=why))
    return done.stdout
