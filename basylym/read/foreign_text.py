"""What other systems write into the text itself, put into pandoc's Markdown before it is read; every line keeps its number."""

from __future__ import annotations

import json
import re

from basylym.model import Place, Problem
from basylym.read.foreign import split_names

FENCE = re.compile(r"[ >]*(`{3,}|~{3,})(.*)$")
CELL = re.compile(r"\{(\w+)[^}.#]*\}\s*$")
"""Quarto and R Markdown: ```{python} or ```{r, echo=FALSE}; pandoc's own attributes begin with a dot or a hash."""
BLOCK = re.compile(r"(?:(?<=\n\n)|\A)---[ \t]*\n([\w-]+:(?:[ \t].*)?\n(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
NOTE = re.compile(r"^\[\^([^\]\s]+)\]:", re.M)
SHORTCODE = re.compile(r"`+[^`]*`+|\{\{<\s*\S+.*?>\}\}")
REFS = re.compile(r'\s*<div id="refs">\s*(</div>)?\s*$')
TAG = re.compile(r"[ ]{0,3}\[@(?:tag:)?([\w.-]+)\]:\s*((?:doi|pmid|pmcid|isbn|arxiv|url|wikidata|raw|https?):\S+)\s*$")
"""Manubot: `[@deep-review]: doi:10.1098/rsif.2017.0387` gives an identifier a short name."""


def split_title_block(text: str) -> tuple[str, str, int]:
    """pandoc's title block as YAML of as many lines, the text after it, and the line it begins on.

    Its three fields each begin with a per cent sign: title, authors, date; a line that begins with a space goes on.
    """
    fields: list[tuple[int, list[str]]] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("%") and len(fields) < 3:
            fields.append((number, [line[1:].strip()]))
        elif fields and line.startswith((" ", "\t")) and line.strip():
            fields[-1][1].append(line.strip())
        else:
            lines = lines[number:]
            break
    else:
        lines = []
    if not fields or fields[0][0]:
        return "", text, 1
    block = [""] * sum(len(words) for _, words in fields)
    for (number, words), key in zip(fields, ("title", "author", "date"), strict=False):
        if any(words):
            value = [name for part in words for name in split_names(part)] if key == "author" else " ".join(words)
            block[number] = f"{key}: {json.dumps(value, ensure_ascii=False)}"
    return "\n".join(block), "\n".join(lines), len(block) + 1


def take_blocks(text: str, first_line: int) -> tuple[str, list[tuple[str, int]]]:
    """The text without pandoc's further YAML blocks, which may stand after any empty line, and each with its first line."""
    blocks = []

    def take(found: re.Match) -> str:
        blocks.append((found[1], first_line + text.count("\n", 0, found.start(1))))
        return "\n" * found[0].count("\n")

    return BLOCK.sub(take, text), blocks


def part_notes(text: str, before: str, number: int) -> str:
    """The text of a manuscript's nth file, its notes told apart from those of the files before: each may count from [^1]."""
    taken = set(NOTE.findall(before))
    for label in [label for label in NOTE.findall(text) if label in taken]:
        text = text.replace(f"[^{label}]", f"[^{label}.{number}]")
    return text


def translate_text(text: str, path: str, first_line: int) -> tuple[str, list[Problem]]:
    """The text in pandoc's Markdown, and a problem for each thing of Quarto's that would have been run or fetched.

    Code that would be run becomes a listing of itself, a shortcode is left out, and Manubot's tags become what they stand for.
    """
    lines, problems, tags, fence = text.split("\n"), [], {}, ""
    for number, line in enumerate(lines):
        if found := FENCE.match(line):
            if not fence:
                fence = found[1]
                if cell := CELL.match(found[2].strip()):
                    problems.append(Problem("foreign_key", Place(path, first_line + number, found.start(2) + 1), found=cell[0].strip()))
                    lines[number] = line[:found.start(2)] + "{." + cell[1] + "}"
            elif found[1].startswith(fence) and not found[2].strip():
                fence = ""
            continue
        if fence:
            continue
        if "{{<" in line:
            for found in SHORTCODE.finditer(line):
                if found[0][0] != "`":
                    problems.append(Problem("foreign_key", Place(path, first_line + number, found.start() + 1), found=found[0]))
            lines[number] = SHORTCODE.sub(lambda found: found[0] if found[0][0] == "`" else "", line)
        elif REFS.match(line):  # where Manubot wants the list; ours stands at the end
            lines[number] = ""
        elif tag := TAG.match(line):
            tags[tag[1]] = tag[2]
            lines[number] = ""
    text = "\n".join(lines)
    if tags:
        names = "|".join(re.escape(name) for name in sorted(tags, key=len, reverse=True))
        text = re.sub(rf"(?<![\w@])@(?:tag:)?({names})(?![\w:-])", lambda name: "@{" + tags[name[1]] + "}", text)
    return text, problems
