"""Prints docs/references.md: each entry of entries.yaml as the three GOST standards print it, and what each line rests on.

    python docs/references/write.py > docs/references.md
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from basylym.fields import FrontMatter, Journal  # noqa: E402
from basylym.project import DEFAULTS  # noqa: E402
from basylym.read.bibliography import Bibliography  # noqa: E402
from basylym.read.entry import clean_entry  # noqa: E402
from basylym.read.manuscript import run_pandoc  # noqa: E402
from basylym.read.yaml import read_yaml  # noqa: E402

STANDARDS = {"gost-7.1-2003": "GOST 7.1-2003", "gost-r-7.0.5-2008": "GOST R 7.0.5-2008", "gost-r-7.0.100-2018": "GOST R 7.0.100-2018"}
TONGUES = {"kk": "Kazakh", "ru": "Russian", "en": "English"}


def read() -> dict:
    """The bases and entries of entries.yaml."""
    return read_yaml((HERE / "entries.yaml").read_text("utf-8"), "entries.yaml")[0]


def lines(style: str, entries: list[dict]) -> dict[str, str]:
    """What a style prints for each entry, in one list: key -> line."""
    csl = DEFAULTS / "styles" / "csl" / f"{style}.csl"
    source = "\n\n".join(f"[@{entry['id']}]" for entry in entries)
    body, _ = run_pandoc(source, FrontMatter(language="kk"), Bibliography([clean_entry(entry) for entry in entries]), csl, Journal(), None)
    return {entry.key: entry.text.replace("\u00a0", " ") for entry in body.entries}


def rests(bases: list[str] | None, known: dict) -> str:
    """The words for what a line rests on."""
    return "<br>".join(f"{known[name]['says']} ({known[name]['at']})" for name in bases) if bases else "unverified"


def write() -> str:
    """The page."""
    data = read()
    printed = {style: lines(style, [each["entry"] for each in data["entries"]]) for style in STANDARDS}
    page = [(HERE / "page.txt").read_text("utf-8").rstrip("\n")]
    for number, each in enumerate(data["entries"], 1):
        entry = each["entry"]
        made_up = " Made up." if each.get("made-up") == "true" else ""
        page += ["", f"## {number}. {each['what'][0].upper()}{each['what'][1:]}, in {TONGUES[entry['language']]}", "",
                 f"`{entry['id']}`, type `{entry['type']}`.{made_up}", "", "| standard | line | rests on |", "|---|---|---|"]
        for style, name in STANDARDS.items():
            page.append(f"| {name} | {printed[style][entry['id']]} | {rests(each.get('rests', {}).get(style), data['bases'])} |")
    return "\n".join(page) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    print(write(), end="")
