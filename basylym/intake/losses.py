"""Whether every word of a received file stands in what was made of it, or among what was left out; else where it does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from basylym.intake.document import Block, LeftOut
from basylym.intake.labels import PARTS, skeleton
from basylym.intake.markdown import read_markdown
from basylym.intake.nodes import LEAVES
from basylym.intake.spans import ORCID_LINK
from basylym.intake.tidying import unmark, words_of
from basylym.intake.understood import Understood
from basylym.languages import known_languages, language
from basylym.read.front_matter import split_front_matter
from basylym.read.yaml import read_yaml
from basylym.typography.compare import fold, letters

WORD = re.compile(r"[^\W\d_¹²³⁰⁴-⁹₀-₉]+|\d+|[¹²³⁰⁴-⁹]+|[₀-₉]+")
LABELS = re.compile(r"\{#(?:fig|tbl|eq):\d+\}")
ADDRESSES = frozenset(("https", "http", "www", "doi", "org", "orcid", "com", "mailto", "mail", "e", "id", "ror"))
"""Words round an identifier that stands bare in the front matter."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Words of a block that stand nowhere."""

    block: int
    """The number of the block; 0 where the reader lost them, so that no block has them."""
    words: str
    """The words."""
    text: str
    """The block's text, to find them in."""


def find_losses(understood: Understood, files: Mapping[str, bytes], left_out: Iterable[LeftOut]) -> tuple[list[Loss], list[LeftOut]]:
    """The words that are lost, and the words of labels, marks and addresses that front matter and list do without.

    The files are read back as they were written, the text through pandoc. In the text every word counts as often as it stands there;
    what front matter and lists say several times is kept once. Raises EngineError.
    """
    data, body = _written(files)
    own = understood.left_out[len(understood.document.left_out):]  # what a reader left out stands in no block
    aside = count_words(" ".join(each.text for each in (*own, *left_out)))
    aside.update(count_words(" ".join(each.taken for each in understood.decisions if each.part == "citation")))
    taken = understood.front.used | understood.references.used
    losses, labels = [], []
    known = {*count_words(data), *count_words(body), *aside}
    for block in (each for each in understood.document.blocks if each.number in taken):
        missing = set(count_words(unmark(words_of(_apart(block.node))))) - known
        if needless := {word for word in missing if is_needless(word)}:
            labels.append(LeftOut(" ".join(_in_order(block, needless)), "label", str(block.number)))
        if missing - needless:
            losses.append(Loss(block.number, " ".join(_in_order(block, missing - needless)), block.text))
    rest = [block for block in understood.document.blocks if block.number not in taken]
    losses += _find_in_text(rest, count_words(body) + aside, letters(body))
    losses += [Loss(0, each.words, each.text) for each in understood.document.unread]
    return sorted(losses, key=lambda each: each.block), labels


def _find_in_text(blocks: Sequence[Block], there: Counter[str], text: str) -> Iterator[Loss]:
    """The words that blocks have and the text has not. One that stands in several blocks is lost in one that is not there as a whole."""
    wanted = {block.number: count_words(_whole(block)) for block in blocks}
    total: Counter[str] = Counter()
    for words in wanted.values():
        total.update(words)
    missing = total - there
    holding = [block for block in blocks if wanted[block.number] & missing] if missing else []
    for block in sorted(holding, key=lambda each: letters(_whole(each)) in text):
        if gone := wanted[block.number] & missing:
            missing -= gone
            yield Loss(block.number, " ".join(_in_order(block, set(gone))), block.text)


def _apart(value: Any) -> Any:
    """A node with blanks round what is raised or links to an ORCID: the mark at an author's name is no letter of it."""
    if isinstance(value, dict):
        return {key: _apart(each) for key, each in value.items()}
    if not isinstance(value, (list, tuple)):
        return value
    return [part for each in value for part in (
        ({"t": "Space"}, each, {"t": "Space"}) if isinstance(each, dict) and (each.get("t") == "Superscript" or (
            each.get("t") == "Link" and ORCID_LINK.search(str(each["c"][2][0])))) else (_apart(each),))]


def _whole(block: Block) -> str:
    """A block's words with those of its notes."""
    return unmark(words_of(_apart(block.node)))


def count_words(text: str) -> Counter[str]:
    """The words of a text, letters apart from digits, each with how often it stands there."""
    return Counter(WORD.findall(fold(text)))


def _in_order(block: Block, words: set[str]) -> list[str]:
    return [word for word in dict.fromkeys(WORD.findall(fold(_whole(block)))) if word in words]


def _written(files: Mapping[str, bytes]) -> tuple[str, str]:
    """The words of front matter and references, and those of the text, citations left out: they stand as keys."""
    front, body, _ = split_front_matter(files["article.md"].decode())
    data, _, _ = read_yaml(front, "article.md")
    found = [re.sub(r"\\([\\`*_\[\]<^~$@])", r"\1", each) for each in strings(data)]
    if "references.yaml" in files:
        listed, _, _ = read_yaml(files["references.yaml"].decode(), "references.yaml")
        found += strings(listed)
    return " ".join(found), LABELS.sub("", words_of(_apart(_without_citations(read_markdown(body)))))


def strings(value: Any) -> Iterable[str]:
    """Every text in data."""
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from strings(each)
    elif value is not None:
        yield str(value)


def _without_citations(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("t") in LEAVES:
            return value
        return {"t": "Space"} if value.get("t") == "Cite" else {key: _without_citations(each) for key, each in value.items()}
    return [_without_citations(each) for each in value] if isinstance(value, (list, tuple)) else value


def is_needless(word: str) -> bool:
    """Whether front matter and references do without a word of theirs: a label, a footnote's mark, the frame of an address, a month."""
    return word.isdigit() and len(word) <= 2 or len(word) == 1 or word.lower() in ADDRESSES or skeleton(word) in _vocabulary()


@cache
def _vocabulary() -> frozenset[str]:
    """All words of labels, and the months, in every language; as skeletons."""
    texts: list[str] = []
    for tag in known_languages():
        tongue = language(tag)
        texts += [word for part in PARTS for word in tongue.front.get(part, ())]
        texts += [word for words in tongue.labels_typed.values() for word in words]
        texts += [*tongue.labels.values(), *tongue.months, *(month[:size] for month in tongue.months for size in (3, 4)), tongue.date_form]
    return frozenset(skeleton(word) for text in texts for word in WORD.findall(text))
