"""The citations of a JATS file: its links to references as pandoc's Cite, with the brackets, the ranges and the pages round them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from basylym.intake.document import Node
from basylym.intake.nodes import LEAVES, text_of

BETWEEN = re.compile(r"\s*(?:[,;–—‑−-]|&|and|и|және)?\s*")
"""What stands between two links of one citation."""
RANGE = re.compile(r"\s*[–—‑−-]\s*")
SPAN = re.compile(r"\[?(\d{1,4})\s?[–—‑−-]\s?(\d{1,4})\]?")
"""A range that is one link."""
YEAR = r"(?:1[5-9]|20)\d\d[a-zа-е]?"
NARRATIVE = re.compile(rf"(?P<name>[^()\[\]]*[^\W\d_][^()\[\]]*?)\s?"
                       rf"(?P<round>[(\[](?P<year>{YEAR})(?:,\s?(?P<place>[^()\[\]]{{1,40}}))?[)\]])")
PLACED = re.compile(rf"[(\[]?(?:\d{{1,4}}|.*?(?<!\d){YEAR})\s?[,:]\s?(?P<place>(?!{YEAR}).{{1,60}}?)[)\]]?")
"""A number or a year, and a place after it: «1, ст. 4», «Smith, 2010, p. 5»."""
BEFORE = re.compile(r"(?P<open>[\[(])(?P<words>(?:[^\W\d_][^\W_.]{1,14}\.?,?\s){0,3})$")
AFTER = re.compile(r"(?:\s?[,:]\s?(?P<place>[^()\[\];]{1,40}))?(?P<close>[\])])")


class Keys(dict):
    """The ids of references and the entries' keys, with the place of each in the list."""

    def __init__(self, keys: Mapping[str, str]):
        super().__init__(keys)
        self.order = list(dict.fromkeys(keys.values()))
        self.place = {key: at for at, key in enumerate(self.order)}


def join_citations(node: Any, keys: Keys) -> Any:
    """Blocks whose links to references cite the entries; a link to something else is its words."""
    if isinstance(node, list):
        made = [join_citations(each, keys) for each in node]
        return _line(made, keys) if any(isinstance(each, dict) and _cites(each) for each in made) else made
    if not isinstance(node, dict) or node.get("t") in LEAVES or _cites(node):
        return node
    return {key: join_citations(value, keys) for key, value in node.items()}


def _cites(node: Node) -> bool:
    return node.get("t") == "Cite" or node.get("t") == "Superscript" and any(each.get("t") == "Cite" for each in node["c"])


def _line(inlines: list[Node], keys: Keys) -> list[Node]:
    """One line of inlines with its citations put together."""
    inlines = [part for each in inlines for part in _raised(each, keys)]
    made: list[Node] = []
    at = 0
    while at < len(inlines):
        if inlines[at]["t"] != "Cite":
            made.append(inlines[at])
            at += 1
            continue
        end = _end(inlines, at)
        group = inlines[at:end]
        cited = _group(group, keys)
        if not cited:
            made += [part for each in group for part in (each["c"][1] if each["t"] == "Cite" else [each])]
            at = end
            continue
        at = end + _take(made, inlines, end, group, cited)
    return made


def _raised(node: Node, keys: Keys) -> list[Node]:
    """A raised number with the numbers beside it is one citation: what is raised stays so inside it."""
    if node["t"] != "Superscript":
        return [node]
    inside = [each for each in node["c"] if each["t"] == "Cite"]
    between = "".join(text_of(each) for each in node["c"] if each["t"] != "Cite")
    if not inside:
        return [node]
    if re.sub(r"[\s,;–—‑−()\[\]-]", "", between):
        return [{"t": "Superscript", "c": _line(node["c"], keys)}]
    return [{**each, "up": True} if each["t"] == "Cite" else each for each in node["c"]]


def _end(inlines: Sequence[Node], at: int) -> int:
    """Where the links end that one citation holds."""
    end = at + 1
    while end < len(inlines):
        nearest = next((place for place in range(end, min(end + 6, len(inlines))) if inlines[place]["t"] == "Cite"), None)
        if nearest is None or not BETWEEN.fullmatch(text_of(inlines[end:nearest])):
            return end
        end = nearest + 1
    return end


def _group(group: Sequence[Node], keys: Keys) -> list[tuple[str, str]]:
    """The entries of a group of links, each with its place; ranges whole."""
    order, place_of = keys.order, keys.place
    cited: list[tuple[str, str]] = []
    between = ""
    for each in group:
        if each["t"] != "Cite":
            between += text_of(each)
            continue
        found = [keys[one["citationId"]] for one in each["c"][0] if one["citationId"] in keys]
        text = text_of(each["c"][1])
        span = SPAN.fullmatch(text)
        if found and cited and RANGE.fullmatch(between) and place_of[cited[-1][0]] < place_of[found[0]]:
            cited += [(key, "") for key in order[place_of[cited[-1][0]] + 1:place_of[found[0]]]]
        if span and len(found) == 1 and 0 < int(span[2]) - int(span[1]) < 100:
            first = place_of[found[0]]
            found = order[first:first + int(span[2]) - int(span[1]) + 1]
        place = PLACED.fullmatch(text) if len(found) == 1 and not span else None
        if place and not re.fullmatch(r"\d+[,;]?\s?\d*", text) or place and len(text) > 1 and "," in text:
            cited.append((found[0], place["place"].strip()))
        else:
            cited += [(key, "") for key in found]
        between = ""
    return list(dict.fromkeys(cited))


def _take(made: list[Node], inlines: Sequence[Node], end: int, group: Sequence[Node], cited: list[tuple[str, str]]) -> int:
    """Puts a citation at the end of a line, with the brackets round it; how many inlines after it that took."""
    alone = len(cited) == 1 and len(group) == 1
    text = text_of([part for each in group for part in (each["c"][1] if each["t"] == "Cite" else [each])])
    said = NARRATIVE.fullmatch(text) if alone else None
    if said:  # «Smith (2010)»: the name is a word of the sentence
        made += [*_inlines(said["name"].rstrip()), {"t": "Space"},
                 _cite([(cited[0][0], (said["place"] or "").strip())], _inlines(said["round"]), hidden=True)]
        return 0
    words = [part for each in group for part in (_shown(each) if each["t"] == "Cite" else [each])]
    before = BEFORE.search(_tail(made))
    taken, after, place = _close(inlines, end)
    year = alone and re.fullmatch(YEAR, text)
    if before and taken:
        if place and cited[-1][1] == "":
            cited = [*cited[:-1], (cited[-1][0], place)]
        left = _cut(made, len(before[0]))
        named = bool(year and re.search(r"[^\W\d_][.,]?\s?$", _tail(made)))
        made.append(_cite(cited, [*left, *words, *after[0]], before["words"].strip(), hidden=named))
        if after[1]:
            made.append({"t": "Str", "c": after[1]})
        return taken
    if alone and re.search(r"[^\W\d_]{2}", text) and not before and not re.search(r"\d", text):  # a name in the sentence, linked
        made += [*words, {"t": "Space"}, _cite(cited, [], hidden=True)]
        return 0
    made.append(_cite(cited, words))
    return 0


def _shown(cite: Node) -> list[Node]:
    return [{"t": "Superscript", "c": cite["c"][1]}] if cite.get("up") else cite["c"][1]


def _tail(made: Sequence[Node]) -> str:
    """The last letters of a line, as far as they are plain."""
    text = ""
    for each in reversed(made[-8:]):
        if each["t"] not in ("Str", "Space", "SoftBreak"):
            break
        text = (each["c"] if each["t"] == "Str" else " ") + text
    return text


def _cut(made: list[Node], letters: int) -> list[Node]:
    """Takes so many letters from the end of a line."""
    taken: list[Node] = []
    while letters > 0 and made:
        last = made.pop()
        text = last["c"] if last["t"] == "Str" else " "
        if len(text) > letters:
            made.append({"t": "Str", "c": text[:-letters]})
            taken.insert(0, {"t": "Str", "c": text[-letters:]})
        else:
            taken.insert(0, last)
        letters -= len(text)
    return taken


def _close(inlines: Sequence[Node], end: int) -> tuple[int, tuple[list[Node], str], str]:
    """The bracket that ends a citation and the place before it: how many inlines, what of them belongs to it, what of the last does not."""
    text, count = "", 0
    for each in inlines[end:end + 12]:
        if each["t"] not in ("Str", "Space", "SoftBreak"):
            break
        text += each["c"] if each["t"] == "Str" else " "
        count += 1
        if re.search(r"[\])]", text):
            break
    found = AFTER.match(text)
    if not found or (found["place"] and not re.search(r"\d", found["place"])):
        return 0, ([], ""), ""
    taken = list(inlines[end:end + count])
    rest = text[found.end():]
    if rest:
        taken[-1] = {"t": "Str", "c": taken[-1]["c"][:-len(rest)]}
    return count, (taken, rest), (found["place"] or "").strip()


def _cite(cited: Sequence[tuple[str, str]], inlines: list[Node], before: str = "", hidden: bool = False) -> Node:
    """A citation as pandoc has it."""
    made = [{"citationId": key, "citationPrefix": _inlines(before) if not at else [],
             "citationSuffix": _inlines(f", {place}") if place else [],
             "citationMode": {"t": "SuppressAuthor" if hidden else "NormalCitation"},
             "citationNoteNum": 0, "citationHash": 0}
            for at, (key, place) in enumerate(cited)]
    return {"t": "Cite", "c": [made, inlines]}


def _inlines(text: str) -> list[Node]:
    return [{"t": "Space"} if each.isspace() else {"t": "Str", "c": each} for each in re.findall(r"\s+|\S+", text)]
