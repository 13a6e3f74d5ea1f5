"""Prints docs/transliteration.md: the page in page.txt, with every letter in every scheme, the sources, and what is open.

    python docs/transliteration/write.py > docs/transliteration.md
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from basylym.typography.transliteration import Rule, Scheme, schemes  # noqa: E402

LANGUAGES = {"kk": "Kazakh", "ru": "Russian", "ky": "Kyrgyz", "uk": "Ukrainian", "uz": "Uzbek", "und": "any other"}


def cell(text: str) -> str:
    """What a letter becomes, as it stands in a Markdown table."""
    return "".join("\\" + mark if mark in "`*_|" else mark for mark in text) or "–"


def table(language: str) -> str:
    """Every letter of a language in every scheme that has it."""
    having = [scheme for scheme in schemes().values() if language in scheme.languages and not scheme.id.endswith("-plain")]
    rows = [["", *(scheme.id for scheme in having)], ["---"] * (len(having) + 1)]
    for letter in having[0].tables[language].letters:
        tables = [scheme.tables[language] for scheme in having]
        rows.append([letter, *(cell(each.letters[letter]) + (" †" if letter in each.unverified else "") for each in tables)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def place(rule: Rule) -> str:
    """Where a rule holds, in words."""
    parts = ["at the start of a word"] if rule.start else []
    parts += [f"after {' '.join(rule.after)}"] if rule.after else []
    parts += [f"before {' '.join(rule.before)}"] if rule.before else []
    return " and ".join(parts)


def about(scheme: Scheme) -> str:
    """A scheme: its note, what it can, its rules and sources."""
    lines = [f"### {scheme.id}", "", f"{scheme.title}. {scheme.note}", ""]
    lines.append(f"- Languages: {', '.join(LANGUAGES[tag] for tag in scheme.languages)}")
    lines.append(f"- Can be undone: {'yes' if scheme.reversible else 'no'}")
    for tag, each in scheme.tables.items():
        doubled = [rule.letter for rule in each.rules if rule.after == rule.letter and not rule.latin]
        if doubled:
            lines.append(f"- {LANGUAGES[tag]}: left out after the same letter: {' '.join(doubled)}")
        lines += [f"- {LANGUAGES[tag]}: {rule.letter} {place(rule)} is {cell(rule.latin)}" for rule in each.rules if rule.latin]
        if each.unverified:
            letters = " ".join(letter for letter in each.letters if letter in each.unverified)
            lines.append(f"- {LANGUAGES[tag]}, no source seen that settles it: {letters}")
    return "\n".join([*lines, *(f"- Source: {source}" for source in scheme.sources)])


def write() -> str:
    """The page."""
    page = (HERE / "page.txt").read_text("utf-8").replace("{{ schemes }}", "\n\n".join(map(about, schemes().values())))
    for tag in LANGUAGES:
        page = page.replace(f"{{{{ {tag} }}}}", table(tag))
    return page


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    print(write(), end="")
