"""Pandoc's blocks as Markdown of ours, and back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from basylym.errors import EngineError
from basylym.intake.document import Node
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
SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<^~$@"})
"""Signs that would mean something in the Markdown of a field of the front matter."""


def escape(text: str) -> str:
    """A plain text as a field of the front matter has it, every sign standing for itself."""
    return text.translate(SIGNS)


def write_markdown(nodes: Sequence[Node], language: str) -> str:
    """The text, a sentence a line. Raises EngineError."""
    document = {"pandoc-api-version": VERSION, "meta": {}, "blocks": break_blocks(nodes, language)}
    data = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return _pandoc(data, "-f", "json", "-t", WRITTEN, "--wrap=preserve", "--markdown-headings=atx", "--columns=200").decode()


def read_markdown(text: str) -> list[Node]:
    """The blocks of a text that was written. Raises EngineError."""
    return json.loads(_pandoc(text.encode("utf-8", "replace"), "-f", DIALECT, "-t", "json"))["blocks"]


def _pandoc(data: bytes, *options: str) -> bytes:
    import pypandoc

    bundled = Path(pypandoc.__file__).parent / "files" / "pandoc"
    command = [str(bundled) if bundled.is_file() else "pandoc", *options, "--sandbox", "--quiet", "-", "+RTS", MEMORY, "-A32m", "-RTS"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(Phrase("pandoc could not write the manuscript: {why}", why=str(error)[:200])) from error
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip()[:200] or str(done.returncode)
        raise EngineError(Phrase("pandoc could not write the manuscript: {why}", why=why))
    return done.stdout
