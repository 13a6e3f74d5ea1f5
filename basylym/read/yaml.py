"""YAML as editors type it: every scalar is text, every field knows its line, every mistake is collected.

Values stay text because YAML 1.1 would make 323.10 a number that has lost its zero, `no` a falsehood and 12:30 a count of
minutes; the model turns text into days and numbers where it wants them. Aliases are refused: nobody types them, and nested
they exhaust a machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import yaml

from basylym.messages import Phrase
from basylym.model import Place, Places, Problem
from basylym.read.text import CONTROLS

YAML = (".yaml", ".yml")
"""The endings of its files."""
NULLS = {"", "~", "null", "Null", "NULL"}
DEPTH = 20
"""How deep a file may nest; a front matter needs five."""
MOST = 300_000
"""The most keys, values and groups of a file; five thousand references have half of that."""

TROUBLES = (
    Phrase("mapping values are not allowed in this context"), Phrase("could not find expected ':'"), Phrase("did not find expected key"),
    Phrase("did not find expected ',' or ']'"), Phrase("did not find expected ',' or '}'"), Phrase("did not find expected '-' indicator"),
    Phrase("found unexpected end of stream"), Phrase("found character that cannot start any token"),
    Phrase("did not find expected node content"), Phrase("did not find expected <document start>"),
    Phrase("found unknown escape character"), Phrase("block sequence entries are not allowed in this context"),
    Phrase("did not find expected alphabetic or numeric character"), Phrase("found undefined tag handle"))
"""What libyaml says most often."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[object, Places, list[Problem]]:
    """The data of a YAML text (dict, list, str or None), where each field stands, and what is wrong with it.

    `first_line` is the line of the file that the text begins on. Broken YAML gives None and one problem, at its line.
    """
    # pandoc takes tabs for indents, YAML does not; four columns a tab mostly keep what stands under what, else two
    tabbed = re.compile(r"^(?=[ -]*\t)(?:[ \t]*-(?=[ \t]))*[ \t]+", re.M)
    if tabbed.search(text):
        widths = [tabbed.sub(lambda indent, width=width: indent[0].expandtabs(width), text) for width in (4, 2)]
        text = next((each for each in widths if _is_yaml(each)), widths[0])
    lines: dict[tuple, tuple[int, int]] = {}
    spans: dict[tuple, tuple[int, int, int, int]] = {}
    places = Places(path, lines, spans, tuple(text.split("\n")), first_line)
    problems: list[Problem] = []

    def place(mark: yaml.Mark, field: str = "") -> Place:
        return Place(path, mark.line + first_line, mark.column + 1, field)

    def build(node: yaml.Node, keys: tuple) -> object:
        lines.setdefault(keys, (node.start_mark.line + first_line, node.start_mark.column + 1))
        if isinstance(node, yaml.ScalarNode):
            spans.setdefault(keys, (node.start_mark.line, node.start_mark.column, node.end_mark.line, node.end_mark.column))
            return None if not node.style and node.value in NULLS else unicodedata.normalize("NFC", node.value.translate(CONTROLS))
        if isinstance(node, yaml.SequenceNode):
            return [build(item, (*keys, number)) for number, item in enumerate(node.value)]
        found: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problems.append(Problem("broken_yaml", place(key.start_mark), expected=Phrase("a word before the colon")))
                continue
            if key.value in found:
                problems.append(Problem("duplicate_key", place(key.start_mark, key.value), found=key.value))
                continue
            lines[(*keys, key.value)] = (key.start_mark.line + first_line, key.start_mark.column + 1)
            found[key.value] = build(value, (*keys, key.value))
        return found

    try:
        for count, (event, deep) in enumerate(_read_events(text)):
            if count > MOST:
                return None, places, [Problem("broken_yaml", place(event.start_mark),
                                              found=Phrase("more than {most} keys and values", most=MOST))]
            if isinstance(event, yaml.AliasEvent):
                return None, places, [Problem("yaml_alias", place(event.start_mark), found=f"*{event.anchor}")]
            if deep > DEPTH + 1:
                return None, places, [Problem("nested_too_deep", place(event.start_mark), expected=str(DEPTH))]
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, places, [Problem("broken_yaml", place(mark) if mark else Place(path, first_line),
                                                   found=_in_words(error.problem or ""))]
    except (yaml.YAMLError, RecursionError) as error:
        return None, places, [Problem("broken_yaml", Place(path, first_line), found=str(error).split("\n")[0])]
    data = build(node, ()) if node is not None else None
    return data, places, problems


def _in_words(problem: str) -> str:
    """What the YAML parser says, in words that are translated where they are among the usual ones."""
    return next((words for words in TROUBLES if words == problem.strip()), problem.strip())


def _is_yaml(text: str) -> bool:
    try:
        return all(deep <= DEPTH + 1 and count <= MOST for count, (_, deep) in enumerate(_read_events(text)))
    except yaml.YAMLError:
        return False


def _read_events(text: str) -> Iterator[tuple[yaml.Event, int]]:
    """The events of a text, each with how deep it stands; whoever stops at one too deep waits for nothing that follows."""
    deep = 0
    for event in yaml.parse(text, Loader=LOADER):
        deep += isinstance(event, yaml.CollectionStartEvent)
        yield event, deep
        deep -= isinstance(event, yaml.CollectionEndEvent)
