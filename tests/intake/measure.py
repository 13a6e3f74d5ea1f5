"""How well the corpus is imported: python -m tests.intake.measure [SET] [--wrong [FIELD]] [--only NAME] [--write].

Prints precision and recall of every field: over the documents the importer was tuned on (seen), over those it was not (held-out), and
over those written when it was done (fresh). --wrong tells what was missed and what was made up; --write puts the table into docs/import.md.
"""

from __future__ import annotations

import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from basylym.intake.losses import find_losses
from basylym.intake.read_document import read_document
from basylym.intake.understand import understand
from basylym.intake.write import make_files

from .make import write
from .marked import Made, corpus

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
PAGE = Path(__file__).parents[2] / "docs" / "import.md"
SETS = ("seen", "held-out", "fresh", "fresh2", "fresh3")
FIELDS = {
    "title": "title", "author": "authors", "link": "whose affiliation", "affiliation": "affiliations", "degree": "degrees",
    "e-mail": "e-mail and ORCID", "corresponding": "corresponding author", "abstract": "abstracts", "keyword": "keywords",
    "code": "codes (UDC, IRSTI, DOI)", "date": "dates", "heading": "headings", "level": "levels of headings", "citation": "citations",
    "split": "references split", "type": "references: type", "part": "references: main fields", "second": "references: English titles",
    "table": "tables", "figure": "figures", "note": "footnotes", "formula": "formulas", "change": "tracked changes and comments",
}
TYPES = {
    "article": {"article-journal", "article-magazine", "article-newspaper"}, "book": {"book"}, "thesis": {"thesis"},
    "web": {"webpage", "post", "dataset"},
    "chapter": {"chapter", "paper-conference"}, "law": {"legislation", "regulation", "bill"}, "paper": {"paper-conference", "chapter"},
    "patent": {"patent"},
}
PARTS = {"t": "title", "y": "issued", "j": "container-title", "p": "page", "v": "volume", "n": "issue", "d": "DOI", "u": "URL",
         "h": "publisher"}
NUMBER = re.compile(r"^\s*(?:\[\d+\]|\d+[.)]?)\s+")
HEADING = re.compile(r"^\s*\d+(?:\.\d+)*\.?\s+")
Item = tuple[str, ...]


def even(words: object) -> str:
    """Words to be compared: one kind of space, dash and quotation mark, no case, no mark at the end."""
    text = unicodedata.normalize("NFKC", str(words)).casefold()
    text = re.sub(r"[«»“”„‘’'\"*\\]", "", re.sub(r"[‐-―−]", "-", text))
    return re.sub(r"\s+", " ", text).strip(" .,;:")


def markless(words: object) -> str:
    """The same for a text of article.md, whose Markdown says italics and small raised letters."""
    return even(re.sub(r"[\^~_*\\]|\[(?=[^\]]*\]\{)|\]\{[^}]*\}", "", str(words))).replace(" ", "")


def named(words: object) -> str:
    """A name's words in any order, without dots."""
    return " ".join(sorted(re.findall(r"\w+", even(words))))


def placed(words: object) -> str:
    """An organisation's words in any order, without those that only say that a town is one, and without its postcode."""
    return " ".join(sorted(word for word in re.findall(r"\w+", even(words)) if word not in {"г", "қ", "қаласы", "город"}
                           and not re.fullmatch(r"\d{6}", word)))


def texts(value: Any) -> dict[str, str]:
    return {language: str(text) for language, text in value.items()} if isinstance(value, Mapping) else {"": str(value)}


def true_items(made: Made) -> Iterator[Item]:
    """What the hand that wrote the document says is in it."""
    truth, language = made.truth(), made.about["language"]
    for key, values in truth.items():
        head, _, tail = key.partition(".")
        if head in {"t", "ab"}:
            yield ("title" if head == "t" else "abstract", tail, markless(values[0]))
        elif head == "kw":
            yield from (("keyword", tail, even(word)) for word in re.split(r"[;,]", values[0]) if even(word))
        elif match := re.fullmatch(r"(au|af|dg|em|or)(\d+)", head):
            kind, number = match.groups()
            if kind == "au":
                yield ("author", tail, number, *sorted({named(each) for each in values}))
            elif kind == "af":
                yield ("affiliation", tail, placed(values[0]))
            elif kind == "dg":
                yield ("degree", tail, number, even(values[0]))
            else:
                yield ("e-mail", even(values[0]))
        elif head in {"udc", "irsti", "doi"}:
            yield ("code", head, even(values[0]))
        elif head in {"re", "ac"}:
            yield ("date", {"re": "received", "ac": "accepted"}[head], values[0])
    for pair in filter(None, made.about.get("links", "").split(";")):
        author, _, organisations = pair.strip().partition("=")
        for each in organisations.split(","):
            yield ("link", author, placed(truth[f"af{each}.{language}"][0]))
    if made.about.get("corresponding"):
        yield ("corresponding", made.about["corresponding"])
    for level, words in truth["headings"]:
        yield ("heading", even(HEADING.sub("", words)))
        yield ("level", str(level), even(HEADING.sub("", words)))
    for group in truth.get("c", []):
        for each in group.split(";"):
            number, _, locator = each.strip().partition("@")
            yield ("citation", number, even(locator))
    for number, reference in enumerate(truth["references"], 1):
        yield ("split", str(number))
        kind = reference["is"].split(".")[0]
        if kind in TYPES:
            yield ("type", str(number), kind)
        for author in reference.get("a", []):
            yield ("part", str(number), "author", even(author.split()[0]))
        for mark, key in PARTS.items():
            if mark in reference:
                yield ("part", str(number), key, even(reference[mark][0]))
    for number, reference in enumerate(truth["second"] or truth["references"], 1):
        if "te" in reference:
            yield ("second", str(number), even(reference["te"][0]))
    yield from (("table", str(number)) for number in range(truth["tables"]))
    yield from (("figure", str(number)) for number in range(truth["figures"]))
    yield from (("note", markless(words)) for words in truth.get("fn", []))
    formulas = len(truth.get("m", [])) + sum(line.kind == "eq" for line in made.lines)
    yield from (("formula", str(number)) for number in range(formulas))
    yield from (("change", kind, even(words)) for key, kind in (("ins", "inserted"), ("del", "deleted"), ("cm", "comment"))
                for words in truth.get(key, []))


def inlines(nodes: Any) -> Iterator[Mapping]:
    """All nodes of pandoc's, in order."""
    if isinstance(nodes, Mapping):
        if "t" in nodes:
            yield nodes
        for value in nodes.values():
            yield from inlines(value)
    elif isinstance(nodes, (list, tuple)):
        for each in nodes:
            yield from inlines(each)


def words_of(node: Any) -> str:
    if isinstance(node, Mapping):
        kind = node.get("t")
        if kind == "Str":
            return node["c"]
        if kind in {"Space", "SoftBreak", "LineBreak"}:
            return " "
        if kind == "Note":
            return ""
        return words_of(node.get("c", []))
    return "".join(words_of(each) for each in node) if isinstance(node, (list, tuple)) else ""


def which_reference(made: Made, entries: list[Mapping]) -> dict[int, str]:
    """The numbers of the found entries, each with the number of the true reference it holds whole and alone."""
    true = {markless(NUMBER.sub("", line.text)): str(number) for number, line in enumerate(made.references(), 1)}
    titles = {even(line.marks["t"][0]): str(number) for number, line in enumerate(made.references(), 1) if "t" in line.marks}
    found: dict[int, str] = {}
    for place, entry in enumerate(entries):
        note = markless(NUMBER.sub("", str(entry.get("note", "")).split("\n")[0]))
        number = true.get(note) or (titles.get(even(entry.get("title", ""))) if not note else None)
        if number and number not in found.values():
            found[place] = number
    return found


def found_items(made: Made, path: Path) -> Iterator[Item]:
    """What the importer found, in the same form."""
    document = read_document(path)
    understood = understand(document)
    front, entries = understood.front.data, list(understood.references.entries)
    own = str(front.get("language", ""))
    for key, kind in (("title", "title"), ("abstract", "abstract")):
        yield from ((kind, language or own, markless(words)) for language, words in texts(front.get(key, {})).items())
    for language, words in (front.get("keywords") or {}).items():
        yield from (("keyword", language, even(word)) for word in words)
    ids = {each.get("id"): each for each in front.get("affiliations", [])}
    for organisation in ids.values():
        for language, name in texts(organisation.get("name", {})).items():
            yield ("affiliation", language or own, placed(where(organisation, language or own, name)))
    for number, author in enumerate(front.get("authors", []), 1):
        for language, name in (author.get("name") or {}).items():
            yield ("author", language, str(number), named(" ".join(map(str, name.values())) if isinstance(name, Mapping) else name))
        for language, words in texts(author.get("degree", {})).items():
            yield ("degree", language or own, str(number), even(words))
        yield from (("e-mail", even(author[key])) for key in ("email", "orcid") if author.get(key))
        if author.get("corresponding"):
            yield ("corresponding", str(number))
        for each in author.get("affiliations", []):
            organisation = ids.get(each, {})
            yield ("link", str(number), placed(where(organisation, own, texts(organisation.get("name", {})).get(own, ""))))
    for key in ("udc", "irsti", "doi"):
        values = front.get(key) or []
        yield from (("code", key, even(value)) for value in (values if isinstance(values, (list, tuple)) else [values]))
    yield from (("date", key, str(value)) for key, value in (front.get("dates") or {}).items())
    may_be = {even(HEADING.sub("", words)) for words in made.truth()["may_be_headings"]}
    body = list(inlines(understood.body))
    tops = min((node["c"][0] for node in body if node["t"] == "Header"), default=1) - 1
    for node in body:
        if node["t"] == "Header" and (words := even(HEADING.sub("", words_of(node["c"][2])))) not in may_be:
            yield ("heading", words)
            yield ("level", str(node["c"][0] - tops), words)
    numbers = which_reference(made, entries)
    by_id = {entries[place]["id"]: number for place, number in numbers.items()}
    for node in body:
        if node["t"] == "Cite":
            for each in node["c"][0]:
                place = located(words_of(each["citationSuffix"]))
                yield ("citation", by_id.get(each["citationId"], f"? {each['citationId']}"), place)
    yield from (("split", numbers.get(place, f"? {entry.get('note', entry.get('title'))}")) for place, entry in enumerate(entries))
    for place, number in numbers.items():
        entry = entries[place]
        kind = next((kind for kind, types in TYPES.items() if entry.get("type") in types), str(entry.get("type")))
        line = made.references()[int(number) - 1]
        wanted = line.looks[0].split(".")[1]
        if wanted in TYPES:
            yield ("type", number, wanted if entry.get("type") in TYPES[wanted] else kind)
        for author in entry.get("author", []):
            if "family" in author:
                yield ("part", number, "author", even(author["family"]))
        for mark, key in PARTS.items():
            if key not in entry:
                continue
            value = even(str(entry[key])[:4] if key == "issued" else entry[key])
            true = even(line.marks[mark][0]) if mark in line.marks else None
            if key in {"title", "container-title", "issue"} and true and same_beginning(true, value):
                value = true
            if true is None and key not in {"title", "container-title"}:
                continue  # what no mark of the document speaks of
            yield ("part", number, key, value)
        if "title-en" in entry:
            yield ("second", number, even(entry["title-en"]))
    count = Counter(node["t"] for node in body)
    yield from (("table", str(number)) for number in range(count["Table"]))
    yield from (("figure", str(number)) for number in range(count["Image"]))
    yield from (("note", markless(words_of(node["c"]))) for node in body if node["t"] == "Note")
    yield from (("formula", str(number)) for number in range(count["Math"]))
    yield from (("change", change.kind, even(change.text)) for block in document.blocks for change in block.changes)


def where(organisation: Mapping, language: str, name: str) -> str:
    """An organisation's name with its town and country, in a language."""
    return " ".join([name, *(texts(organisation[key]).get(language, texts(organisation[key]).get("", "")) for key in ("city", "country")
                             if key in organisation)])


def located(words: str) -> str:
    """The place that a citation names, without the word for its kind: p. 15, с. 15, 15-б., ст. 13."""
    kinds = r"-?(?:\b|(?<=\d))(?:pp?|сс?|р|стр|ст|бб?|бет|беттер|б\.)\b\.?"
    return even(re.sub(rf"{kinds}|[{{}},]|^\s*:", " ", words, flags=re.I).replace("- ", " "))


def same_beginning(true: str, value: str) -> bool:
    """Whether a title is the other with or without its subtitle."""
    short, long = sorted((true, value), key=len)
    return long.startswith(short) and (len(long) == len(short) or long[len(short):].lstrip()[:1] in set(":[(./-"))


def measure(made: Made) -> dict[str, tuple[list[Item], list[Item], int]]:
    """Of every field of a document: what was missed, what was made up, and how many were right."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{made.name}.{made.about['kind']}"
        path.write_bytes(write(made))
        found = Counter(found_items(made, path))
    true = Counter(true_items(made))
    for item in [item for item in true if item[0] == "author" and len(item) > 4]:  # a name that stands in two forms
        count = true.pop(item)
        chosen = next((name for name in item[3:] if (*item[:3], name) in found), item[3])
        true[(*item[:3], chosen)] += count
    degrees = {item[1:3] for item in true if item[0] == "degree"}
    for item in [item for item in found if item[0] == "degree" and item[1:3] not in degrees]:
        del found[item]  # in this language the document has no degree marked
    result = {}
    for name in FIELDS:
        ours, theirs = (Counter({item: count for item, count in side.items() if item[0] == name}) for side in (true, found))
        result[name] = (list((ours - theirs).elements()), list((theirs - ours).elements()), sum((ours & theirs).values()))
    return result


def lost(made: Made) -> int:
    """How many words of a document stand neither in what is written nor among what was left out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{made.name}.{made.about['kind']}"
        path.write_bytes(write(made))
        understood = understand(read_document(path))
    files, left_out = make_files(understood)
    return sum(len(loss.words.split()) for loss in find_losses(understood, files, left_out)[0])


def table(figures: Mapping[str, Mapping[str, tuple[int, int, int]]]) -> str:
    """Precision and recall as a table in Markdown."""
    lines = ["| field | " + " | ".join(f"{which}: right of found | precision | recall" for which in figures) + " |",
             "|---" * (1 + 3 * len(figures)) + "|"]
    for field, label in FIELDS.items():
        cells = []
        for sums in figures.values():
            missed, wrong, right = sums[field]
            share = [f"{right / whole:.3f}" if (whole := right + other) else "–" for other in (wrong, missed)]
            cells.append(f"{right} of {right + wrong} | {share[0]} | {share[1]}")
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(words: list[str]) -> int:
    tell, only = "--wrong" in words, words[words.index("--only") + 1] if "--only" in words else ""
    chosen = next((word for word in words if word in FIELDS), None)
    figures: dict[str, dict[str, tuple[int, int, int]]] = {}
    failed = 0
    for which in [name for name in SETS if name in words] or SETS:
        whole = figures.setdefault(which, dict.fromkeys(FIELDS, (0, 0, 0)))
        for made in corpus(which):
            if only and only not in made.name:
                continue
            try:
                result = measure(made)
            except Exception as error:  # one that cannot be imported at all is told, and the others are measured
                failed += 1
                print(f"{made.name}: {type(error).__name__}: {error}")
                result = {name: ([item for item in true_items(made) if item[0] == name], [], 0) for name in FIELDS}
            for name, (missed, wrong, right) in result.items():
                old = whole[name]
                whole[name] = (old[0] + len(missed), old[1] + len(wrong), old[2] + right)
                if tell and chosen in (None, name):
                    for mark, items in (("missed ", missed), ("made up", wrong)):
                        for item in items:
                            print(f"{made.name} {mark} {' | '.join(item)}")
    made_table = table(figures)
    print(made_table)
    if "--write" in words:
        words_lost = {which: sum(lost(made) for made in corpus(which)) for which in figures}
        made_table += "\n\nWords lost, and told as lost: " + ", ".join(f"{count} ({which})" for which, count in words_lost.items()) + "."
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{made_table}\n{END}{rest.partition(END)[2]}", "utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
