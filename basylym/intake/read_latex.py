"""A text of LaTeX as a document: its front matter set as paragraphs, its text through pandoc, its words counted in the source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from basylym.intake.document import Document, LeftOut
from basylym.intake.latex import front_of_latex, number_citations, number_entries, take_in
from basylym.intake.nodes import MARKS
from basylym.intake.read_pandoc import SECONDS_OF_TEXT, ask_pandoc, build_document
from basylym.intake.tex_front import set_front
from basylym.intake.tex_groups import hide_typed, show_typed, without_comments
from basylym.intake.tex_text import make_readable, set_quotes, words_of_source
from basylym.intake.unread import find_unread


def read_latex(text: str, name: str, folder: Path | None) -> Document:
    """A text of LaTeX as a document; of the folder the files are read that it takes in."""
    text, told = take_in(text, folder)
    text, typed = hide_typed(text.translate(MARKS))
    text, hidden = without_comments(text)
    text = set_quotes(text)
    wanted = words_of_source(text)
    text, left = make_readable(set_front(text))
    text, numbers = number_entries(text)
    text = show_typed(text, typed)
    read = ask_pandoc(text.encode(), "latex", name, seconds=SECONDS_OF_TEXT)
    head = front_of_latex(read["meta"])
    document = build_document({**read, "blocks": [*head, *number_citations(read["blocks"], numbers)]}, name, "latex")
    left = [*(LeftOut(each, "hidden") for each in hidden), *left]
    return replace(document, warnings=(*document.warnings, *dict.fromkeys(told)), left_out=(*document.left_out, *left),
                   unread=tuple(find_unread(wanted, document.blocks, left)))
