"""Keywords parted: by semicolons, commas, both, dots between them, stops or dashes, or one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from basylym.intake.spans import Span, lower_raised


def by_paragraphs(texts: list[str], spans: Sequence[Span]) -> list[str]:
    """Lines of keywords, parted where a paragraph ends; lines of a PDF are no paragraphs."""
    mark = next((mark for mark in ";," if any(mark in text for text in texts)), "")
    blocks = [span.block for span in spans[-len(texts):]]
    return [text if not mark or at + 1 == len(texts) or blocks[at] == blocks[at + 1] else text.rstrip(" .,;") + mark
            for at, text in enumerate(texts)]


def is_mixed_list(text: str) -> bool:
    """Whether commas and semicolons part a list alike: «мектеп, ағарту; мұрағат»; a comma within one of many keywords does not."""
    text = re.sub(r"\([^()]*\)", "", text)
    return 0 < text.count(";") <= text.count(",")


def split_keywords(texts: Sequence[str]) -> list[str]:
    """Keywords parted by semicolons, by commas outside brackets, by both where they are mixed, else line by line."""
    text = "; ".join(texts) if len(texts) > 2 and not any(re.search("[,;]", each) for each in texts) else " ".join(texts)
    text = lower_raised(text).strip()
    text = text.rstrip(".") if not re.search(r"(?<!\w)\w{1,2}\.$", text) or text.count(".") == 1 else text
    bare = re.sub(r"\([^()]*\)", "", text)
    marks = ("[;,]" if is_mixed_list(bare) else ";", ",", "[•·|]", r"\.\s+")
    mark = next((mark for mark in marks if re.search(mark, bare)), r"\s[–—]\s")
    parts, depth, last = [], 0, 0
    for match in re.finditer(rf"[()]|{mark}", text):
        if match[0] in "()":
            depth = max(0, depth + (1 if match[0] == "(" else -1))
        elif not depth:
            parts.append(text[last:match.start()])
            last = match.end()
    parts.append(text[last:])
    return [word for part in parts if (word := part.strip(" \t\xa0,;"))]
