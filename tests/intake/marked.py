"""A document of the corpus as it is written by hand: its paragraphs with their look, its truth marked in the same words.

A line is one paragraph: `look| text`. Look is words: c r j l (how it is set), b i (bold, italic), A (capitals set by the
program), s10 (size), h1 h2 (it is a heading: truth; opt where it may as well go
into the front matter), S (in a heading's style), tab (typed with a tab before it), and what it
is where it is no paragraph: li lb (numbered and bulleted by the program), row, fig, eq, box, head, foot, ref.kind.language, ref2.

In the text `{b:…}` looks so and `{t.kk:…}` says what it is. Both are written by the same hand at the same time, so that the
truth is never what an importer found.

    title t.kk · abstract ab.kk · keyword kw.kk · author au1.kk (`~` before the family name) · affiliation af1.kk
    codes udc irsti doi · dates re ac (`2024-05-12|words`) · e-mail em1 · ORCID or1
    citation c (`2@68–69; 3|[2, 68–69; 3]`), z the same as a field of a citation program
    in references: a author, t title, y year, j where it stands in, p pages, v volume, n issue, d DOI, u URL, h publisher;
    in the second list: a, te English title
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENTS = Path(__file__).parent / "documents"
OPEN = re.compile(r"\{([A-Za-z_^][\w.^]*)(:|\})")
LOOKS = {"b", "i", "u", "^", "_", "A"}
SPLIT = {"c", "z", "cm", "link", "re", "ac"}
JOINED = ("t.", "ab.")


@dataclass
class Run:
    """A piece of a paragraph that looks alike."""

    kind: str
    """text, tab, break, page, note, math, field, inserted, deleted, comment, link."""
    text: str = ""
    looks: frozenset[str] = frozenset()
    more: object = None


@dataclass
class Line:
    """One line of a document's file."""

    looks: list[str]
    runs: list[Run]
    text: str
    """Its words, as they shall be found."""
    source: str
    marks: dict[str, list[str]] = field(default_factory=dict)

    def has(self, look: str) -> bool:
        return look in self.looks

    @property
    def kind(self) -> str:
        """What the line makes."""
        known = ("row", "fig", "eq", "box", "head", "foot", "li", "lb", "note2")
        return next((look for look in self.looks if look in known), "paragraph")

    @property
    def size(self) -> int | None:
        return next((int(look[1:]) for look in self.looks if re.fullmatch(r"s\d+", look)), None)

    @property
    def level(self) -> int | None:
        return next((int(look[1:]) for look in self.looks if re.fullmatch(r"h\d", look)), None)


def parse(text: str) -> list:
    """`a {b:c}` -> ["a ", ("b", ["c"])]."""
    top: list = []
    stack, place = [("", top)], 0
    while place < len(text):
        if match := OPEN.match(text, place):
            place = match.end()
            key, inner = match[1], []
            stack[-1][1].append((key, inner))
            if match[2] == ":":
                stack.append((key, inner))
        elif text[place] == "}" and len(stack) > 1:
            stack.pop()
            place += 1
        else:
            nodes = stack[-1][1]
            if nodes and isinstance(nodes[-1], str):
                nodes[-1] += text[place]
            else:
                nodes.append(text[place])
            place += 1
    if len(stack) > 1:
        raise ValueError(f"not closed: {text}")
    return top


def plain(nodes: list) -> str:
    """The words that shall be found: no notes, no deleted words, no comments."""
    words = ""
    for node in nodes:
        if isinstance(node, str):
            words += node
        elif node[0] in {"tab", "br"}:
            words += " "
        elif node[0] in {"fn", "del", "m", "pb"}:
            continue
        elif node[0] in SPLIT:
            words += plain(node[1]).partition("|")[2] or f"[{plain(node[1])}]".replace("@", ", ")
        else:
            words += plain(node[1])
    return words.replace("~", "")


def shown(key: str, nodes: list) -> tuple[str, str]:
    """What stands before and after the stroke; a citation without words of its own is [2, 68–69]."""
    before, stroke, after = plain_kept(nodes).partition("|")
    return (before, after) if stroke else (before, f"[{before.replace('@', ', ')}]" if key in {"c", "z"} else before)


def plain_kept(nodes: list) -> str:
    return "".join(node if isinstance(node, str) else plain_kept(node[1]) for node in nodes)


def runs(nodes: list, looks: frozenset[str], marks: dict[str, list[str]]) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, str):
            yield Run("text", node.replace("~", ""), looks)
            continue
        key, inner = node
        if key in LOOKS:
            yield from runs(inner, looks | {key}, marks)
        elif key in {"tab", "br", "pb"}:
            yield Run({"tab": "tab", "br": "break", "pb": "page"}[key], "", looks)
        elif key == "fn":
            yield Run("note", plain(inner), looks, list(runs(inner, frozenset(), marks)))
            marks.setdefault("fn", []).append(plain(inner))
        elif key == "m":
            yield Run("math", plain(inner))
            marks.setdefault("m", []).append(plain(inner))
        elif key in {"ins", "del"}:
            yield Run({"ins": "inserted", "del": "deleted"}[key], plain(inner), looks)
            marks.setdefault(key, []).append(plain(inner))
        elif key in {"cm", "link"}:
            what, words = shown(key, inner)
            yield Run({"cm": "comment", "link": "link"}[key], words, looks, what)
            marks.setdefault(key, []).append(what)
        elif key in {"c", "z"}:
            what, words = shown(key, inner)
            marks.setdefault("c", []).append(what)
            if key == "z":
                yield Run("field", words, looks, what)
            elif words.startswith("^"):
                yield Run("text", words[1:], looks | {"^"})
            else:
                yield Run("text", words, looks)
        elif key in {"re", "ac"}:
            what, words = shown(key, inner)
            marks.setdefault(key, []).append(what)
            yield Run("text", words, looks)
        else:
            marks.setdefault(key, []).append(plain_kept(inner) if key.startswith("au") else plain(inner))
            yield from runs(inner, looks, marks)


@dataclass
class Made:
    """A document of the corpus."""

    name: str
    about: dict[str, str]
    """What stands before the first line: journal, kind (docx, odt), set (seen, held-out, fresh …), language, links (1=1,2), style."""
    lines: list[Line]

    def marks(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in self.lines:
            for key, values in line.marks.items():
                found.setdefault(key, []).extend(values)
        return found

    def references(self, second: bool = False) -> list[Line]:
        return [line for line in self.lines if any(look == "ref2" if second else look.startswith("ref.") for look in line.looks)]

    def truth(self) -> dict:
        """What an importer shall find, as YAML has it."""
        truth: dict = {"language": self.about["language"]}
        for line in self.lines:
            if any(look.startswith("ref") for look in line.looks):
                continue
            for key, values in line.marks.items():
                kept = truth.setdefault(key, [])
                if key.startswith(JOINED):
                    truth[key] = [" ".join([*kept, *values])]
                else:
                    kept.extend(values)
        truth["headings"] = [[line.level, line.text] for line in self.lines if line.level and not line.has("opt")]
        truth["may_be_headings"] = [line.text for line in self.lines if line.level and line.has("opt")] + truth.pop("rh", [])
        truth["links"] = self.about.get("links", "")
        truth["references"] = [{"words": line.text, "is": line.looks[0].split(".", 1)[1], **line.marks} for line in self.references()]
        truth["second"] = [{"words": line.text, **line.marks} for line in self.references(second=True)]
        truth["tables"] = sum(before.kind != "row" and line.kind == "row" and not line.has("opt")
                              for before, line in zip(self.lines, self.lines[1:], strict=False))
        truth["figures"] = sum(line.kind == "fig" for line in self.lines)
        return truth


def read(path: Path) -> Made:
    """One file of documents/."""
    about, lines, body = {}, [], False
    for source in path.read_text("utf-8").splitlines():
        if not body:
            if source == "---":
                body = True
            elif source:
                key, _, value = source.partition(":")
                about[key] = value.strip()
            continue
        if not source or source.startswith("#"):
            continue
        look, stroke, text = source.partition("|")
        if not stroke:
            raise ValueError(f"{path.name}: no look: {source}")
        marks: dict[str, list[str]] = {}
        nodes = parse(text.strip())
        line = Line(look.split(), list(runs(nodes, frozenset(), marks)), plain(nodes), text.strip(), marks)
        lines.append(line)
    return Made(path.stem, about, lines)


def corpus(which: str | None = None) -> list[Made]:
    """All documents, or those that are `seen`, `held-out`, `fresh`, `fresh2` or `fresh3`."""
    made = [read(path) for path in sorted(DOCUMENTS.glob("*.txt"))]
    return [each for each in made if which in (None, each.about["set"])]
