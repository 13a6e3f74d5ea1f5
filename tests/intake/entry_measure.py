"""How well typed entries are read: precision and recall, field by field, over the entries labelled by hand.

    python -m tests.intake.entry_measure

The five files were written one after the other, each before the reader was run on it; what it had right at that first sight stands
at the head of each. The lines of docs/references.md are how our own styles print known entries.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from basylym.intake.entry_text import read_entry  # noqa: E402
from basylym.read.entry import clean_entry  # noqa: E402
from basylym.read.yaml import read_yaml  # noqa: E402

FIELDS = {"type": "type", "title": "title", "host": "container-title", "place": "publisher-place", "publisher": "publisher",
          "volume": "volume", "issue": "issue", "page": "page", "doi": "DOI", "url": "URL", "en": "title-en",
          "hosten": "container-title-en", "extent": "number-of-pages", "edition": "edition", "number": "number",
          "archive": "archive", "shelf": "archive_location", "language": "language"}
MAIN = ("type", "author", "year", "title", "host", "publisher", "place", "volume", "issue", "page")
"""What an entry can't do without."""


def labelled(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The entries of a file with what they say."""
    for part in re.split(r"\n\s*\n", (HERE / name).read_text("utf-8")):
        lines = [line for line in part.strip().split("\n") if line and not line.startswith("#")]
        if len(lines) == 2:
            yield lines[0], dict(each.strip().split("=", 1) for each in lines[1].split(" | "))


def printed() -> Iterator[tuple[str, dict[str, str]]]:
    """The lines of docs/references.md with the entries that they print."""
    data = read_yaml((ROOT / "docs/references/entries.yaml").read_text("utf-8"), "entries.yaml")[0]
    known = {each["entry"]["id"]: clean_entry(each["entry"]) for each in data["entries"]}
    page = (ROOT / "docs/references.md").read_text("utf-8")
    for key, rows in re.findall(r"`([\w-]+)`, type.*?\n\n.*?\n.*?\n((?:\| GOST.*\n)+)", page):
        for row in rows.strip().split("\n"):
            text = [cell.strip() for cell in row.strip("|").split("|")][1]
            said = seen(known[key])
            if re.search(r"\[(?:и др|және|et al)", text):  # the line names the first only
                named = text.partition(" / ")[2].partition("[")[0]
                said["author"] = ";".join(name for name in said["author"].split(";") if name in named)
            yield text, {field: value for field, value in said.items() if value}


def seen(entry: Mapping) -> dict[str, str]:
    """An entry in the words of the labels."""
    said = {name: str(entry.get(field) or "") for name, field in FIELDS.items()}
    for name in ("author", "editor"):
        people = [str(each.get("family") or each.get("literal") or "") for each in entry.get(name) or ()]
        said[name] = ";".join(each for each in people if each != "others")
    issued = entry.get("issued") or {}
    said["year"] = str(issued["date-parts"][0][0]) if issued.get("date-parts") else ""
    return said


def plain(value: str) -> str:
    """A value without what two spellings of it differ by."""
    return re.sub(r"\s+", " ", re.sub("[‐‑‒–—−]", "-", value)).replace("( ", "(").strip(" .").removeprefix("№ ")


def compare(entries: Iterator[tuple[str, dict[str, str]]], tell: bool = False) -> tuple[Counter, Counter, Counter]:
    """By field: how many are right, how many were read, how many there are. A field that the label does not name counts only where
    it is a main one."""
    right, read, there = Counter(), Counter(), Counter()
    for text, label in entries:
        got = seen(read_entry(text).fields)
        wrong = []
        for name in sorted({*label, *MAIN}):
            if name in MAIN and name not in label and label["type"] in ("document", "legislation"):
                continue
            want, has = plain(label.get(name, "")), plain(got.get(name, ""))
            there[name] += bool(want)
            read[name] += bool(has) if name in label or name in MAIN else 0
            right[name] += bool(want) and want == has
            if want != has:
                wrong.append(f"{name}: {want!r} was read as {has!r}")
        there["whole entry"] += 1
        read["whole entry"] += 1
        right["whole entry"] += not [each for each in wrong if each.split(":")[0] in MAIN]
        if wrong and tell:
            print(text, *wrong, sep="\n    ")
    return right, read, there


FILES = ("first", "second", "last", "fourth", "fifth")
SETS = {"docs/references.md": printed, **{name: partial(labelled, f"entries-{name}.txt") for name in FILES}}


def main() -> None:
    """Prints the table."""
    for name, entries in SETS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        right, read, there = compare(entries(), tell=bool(sys.argv[1:]))
        print(f"\n{name}: {there['whole entry']} entries\n\n| field | precision | recall | of |\n|---|---|---|---|")
        for field in sorted(there, key=lambda each: (each != "whole entry", each)):
            if there[field]:
                print(f"| {field} | {right[field] / max(1, read[field]):.3f} | {right[field] / there[field]:.3f} | {there[field]} |")


if __name__ == "__main__":
    main()
