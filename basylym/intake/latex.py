"""What LaTeX says outside its text: the title and the authors, the numbers of its references, and where they are cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from basylym.intake.document import Node
from basylym.intake.nodes import text_of
from basylym.intake.packages import LARGEST_SOURCE
from basylym.languages import language
from basylym.languages.identify import guess_language
from basylym.messages import Phrase
from basylym.read.text import CONTROLS, decode, unify_lines

ENTRY = re.compile(r"\\bibitem\s{0,9}(?:\[[^\[\]]{0,200}\]\s{0,9})?\{([^{}]{1,200})\}")
BIBLIOGRAPHY = re.compile(r"\\begin\{thebibliography\}\s{0,9}(?:\{[^{}]{0,99}\})?")
"""Its beginning, with the widest of its labels, which is not printed."""

COMMENT = re.compile(r"(?<!\\)%")
TAKEN = re.compile(r"\\(input|include|subfile|import|subimport)\s{0,9}"
                   r"(?:\{([^{}\n]{1,300})\}(?:\{([^{}\n]{1,300})\})?|[ \t]([^\s{}\\]{1,200}))")
"""Other files that a text takes in."""
NAMED = re.compile(r"\\(bibliography|addbibresource|lstinputlisting|verbatiminput|externaldocument|loadglsentries)\s{0,9}"
                   r"(?:\[[^\]\n]{0,200}\])?\s{0,9}\{([^{}\n]{1,300})\}")
"""Those that it only names."""
WHOLE = re.compile(r"\\begin\{document\}(.*)\\end\{document\}", re.S)
DEEPEST = 5
"""So deep files may take in others."""
MOST_FILES = 100


def take_in(text: str, folder: Path | None) -> tuple[str, list[Phrase]]:
    """The text with the files of its own folder that it takes in; what is outside, not there or of another kind is told."""
    told: list[Phrase] = []
    room = folder.resolve() if folder is not None else None
    left = [MOST_FILES, LARGEST_SOURCE]

    def read(name: str) -> str | None:
        path = (room / name.strip()) if room is not None else None
        for each in (path.with_name(path.name + ".tex"), path) if path is not None and path.name else ():
            try:
                whole = each.resolve()
                if not whole.is_relative_to(room) or not whole.is_file():
                    continue
                left[0], left[1] = left[0] - 1, left[1] - whole.stat().st_size
                if min(left) < 0:
                    return None
                return decode(whole.read_bytes(), whole.name)[0]
            except (OSError, ValueError):
                return None
        return None

    def put(found: re.Match, depth: int) -> str:
        if _is_comment(found):
            return found[0]
        name = "/".join(filter(None, (found[2], found[3]))) or found[4]
        inner = read(name) if depth < DEEPEST else None
        if inner is None:
            told.append(Phrase("{file}, which the text takes in, is not in its folder and was not read", file=name[:200]))
            return " "
        inner = unify_lines(inner).translate(CONTROLS)
        whole = WHOLE.search(inner)
        return TAKEN.sub(lambda other: put(other, depth + 1), whole[1] if whole else inner)

    text = TAKEN.sub(lambda found: put(found, 0), text)
    for found in NAMED.finditer(text):
        if _is_comment(found):
            continue
        told += [Phrase("the references in {file} were not read: put the file beside article.md, and name it under `bibliography`",
                        file=name.strip()[:200]) if found[1] in ("bibliography", "addbibresource") else
                 Phrase("{file}, which the text takes in, is not in its folder and was not read", file=name.strip()[:200])
                 for name in found[2].split(",") if name.strip()]
    return text, told[:MOST_FILES]


def _is_comment(found: re.Match) -> bool:
    return bool(COMMENT.search(found.string, found.string.rfind("\n", 0, found.start()) + 1, found.start()))


def number_entries(text: str) -> tuple[str, dict[str, int]]:
    """The text with its references numbered, each a paragraph of its own as LaTeX sets them; and the numbers by their keys."""
    numbers: dict[str, int] = {}

    def number(found: re.Match) -> str:
        numbers.setdefault(found[1].strip(), len(numbers) + 1)
        return f"\n\n{numbers[found[1].strip()]}. "

    text = ENTRY.sub(number, text)
    if numbers:  # LaTeX sets the heading, in words that the class knows
        words = language(guess_language(text[:20_000]) or "en").labels["references"]
        text = BIBLIOGRAPHY.sub(f"\n\n\\\\section*{{{words}}}\n\n\\\\begin{{thebibliography}}{{}}", text, count=1)
    return text, numbers


def number_citations(node: Any, numbers: Mapping[str, int]) -> Any:
    """Citations of numbered references as LaTeX sets them, [1, p. 5]; others stay, with their keys."""
    if isinstance(node, list):
        return [part for each in node for part in _cited(number_citations(each, numbers), numbers)]
    return {key: number_citations(value, numbers) for key, value in node.items()} if isinstance(node, dict) else node


def _cited(node: Any, numbers: Mapping[str, int]) -> list:
    if not (isinstance(node, dict) and node.get("t") == "Cite"):
        return [node]
    if not all(each["citationId"] in numbers for each in node["c"][0]):
        return [{"t": "Cite", "c": [[_apart(each) for each in node["c"][0]], []]}]
    shown: list[str] = []
    for each in node["c"][0]:
        words = " ".join([*([text_of(each["citationPrefix"])] if each["citationPrefix"] else []), str(numbers[each["citationId"]])])
        shown.append(", ".join([words, *([text_of(each["citationSuffix"]).strip(" ,")] if each["citationSuffix"] else [])]))
    words = f"[{'; '.join(shown)}]".split(" ")
    return [part for word in words for part in ({"t": "Space"}, {"t": "Str", "c": word})][1:]


def _apart(cited: Mapping[str, Any]) -> dict[str, Any]:
    """A work that is cited with a comma before its page, as our citations have it."""
    suffix = cited["citationSuffix"]
    if suffix and not text_of(suffix).lstrip().startswith((",", ";")):
        suffix = [{"t": "Str", "c": ","}, {"t": "Space"}, *suffix]
    return {**cited, "citationSuffix": suffix}


def front_of_latex(meta: Mapping[str, Any]) -> Iterator[Node]:
    """The title, the authors and the abstract as the paragraphs that LaTeX sets of them."""
    def paragraphs(name: str) -> Iterator[list[Node]]:
        value = meta.get(name)
        for each in (value["c"] if value and value["t"] == "MetaList" else [value] if value else []):
            if each["t"] == "MetaInlines":
                yield each["c"]
            elif each["t"] == "MetaBlocks":
                yield from (block["c"] for block in each["c"] if block["t"] in ("Para", "Plain"))

    for inlines in paragraphs("title"):
        yield {"t": "Para", "c": [{"t": "Strong", "c": inlines}]}
    for name in ("author", "institute", "date"):
        yield from ({"t": "Para", "c": inlines} for inlines in paragraphs(name))
    for place, inlines in enumerate(paragraphs("abstract")):
        word = [{"t": "Str", "c": f"{language(guess_language(text_of(inlines)) or 'en').labels['abstract']}."}, {"t": "Space"}]
        yield {"t": "Para", "c": [*(word if not place else []), *inlines]}
    for inlines in ([each["c"] for each in meta["keywords"]["c"]] if meta.get("keywords", {}).get("t") == "MetaList" else []):
        yield {"t": "Para", "c": inlines}
