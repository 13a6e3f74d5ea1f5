"""Entries whose title stands in quotation marks: IEEE, Chicago."""

from __future__ import annotations

import re

from basylym.intake.entry_areas import cut, imprint, names_host
from basylym.intake.entry_host import read_host, read_imprint
from basylym.intake.entry_parts import Fields, read_day
from basylym.intake.entry_words import YEAR, month, words

QUOTED = re.compile(r"[\s,.]{0,3}[“\"«](?P<title>[^”\"»]{3,500}[^”\"»,.])[,.]?[”\"»][,.]?\s(?P<rest>(?:in\s)?[A-ZА-Я\d].{3,})", re.S)
US_PATENT = re.compile(rf"(?P<of>[A-Z][\w.]{{1,12}}(?:\s[A-Z]\w{{1,12}})?)\s[Pp]atent\s(?:No\.?\s)?(?P<number>\d[\d ,]{{3,14}}\d)"
                       rf"(?:,\s(?P<day>{month()}\.?\s\d\d?,\s\d{{4}}|\d{{4}}))?\.?", re.I)


def read_quoted(title: str, rest: str, ended: bool, fields: Fields) -> str | None:
    """What stands behind a title in quotation marks: a journal, a book it is in, a thesis, a patent, a year; None for another form.
    `ended`: a comma or full stop ends the title, as American styles have it."""
    inside = re.match(r"[Ii]n:?\s(?=[A-ZА-Я])", rest)
    if not re.match(YEAR, rest) and names_host(rest) or inside and ended:
        fields["title"] = title
        return read_host(rest[inside.end() if inside else 0:], fields)
    if not ended:
        return None
    if found := US_PATENT.fullmatch(rest):
        fields.update(title=title, number=found["number"].strip(), jurisdiction=found["of"], kind="patent")
        if found["day"]:
            fields["issued"] = {"date-parts": [read_day(found["day"]) or [int(found["day"][-4:])]]}
        return ""
    if found := re.match(rf"(?P<genre>{words('thesis')})(?!\w)\.?,\s(?P<by>.*?),?\s(?P<year>{YEAR})\.?$", rest, re.I):
        fields.update(title=title, genre=found["genre"], publisher=found["by"].strip(" ,"), kind="thesis")
        fields["issued"] = {"date-parts": [[int(found["year"])]]}
        return ""
    if "URL" in fields and len(cut(rest)) == 1 and not re.search(r"\d{3}", rest):
        fields.update({"title": title, "container-title": rest.strip(" .,")})
        return ""
    if re.match(YEAR, rest) or imprint().match(rest):
        fields["title"] = title
        return read_imprint(rest, fields, False)
    return None
