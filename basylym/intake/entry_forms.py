"""Entries and beginnings of entries that are told by a form of their own: labels of history's lists, archives, bodies, Chinese."""

from __future__ import annotations

import re

from basylym.intake.entry_areas import cut, imprint, starts_details
from basylym.intake.entry_match import fold
from basylym.intake.entry_parts import VANCOUVER, Fields, archive_place
from basylym.intake.entry_words import DASH, UP, YEAR, word_pattern

LABEL = re.compile(rf"(?P<label>[^–/“”\"\[\]]{{2,100}}?,?\s\(?(?P<year>{YEAR})(?:[–-]\d{{2,4}})?[a-zа-е]?\)?)\s–\s(?=[{UP}«“\"\[])")
"""«Абылхаиров и др., 1989 – Абылхаиров Ж.Б. …»: by what the text cites an entry."""
ACRONYM_OF = re.compile(rf"(?P<label>[{UP}][^–.,/\d«»]{{1,30}})\s–\s(?=[{UP}])")
"""«ЦГА РК – Центральный государственный архив …»."""
SMALL = frozenset("of for on and the in to de des für und & at".split())
HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af"
CHINESE = re.compile(rf"(?P<names>[{HAN}][{HAN}A-Za-z·\s]{{0,20}}(?:[,，、;；]\s?[{HAN}A-Za-z·\s]{{1,20}}){{0,20}})(?:[.．。]\s?)"
                     rf"(?P<title>[^\[\]]{{2,300}}?)\s?\[(?P<kind>[A-Z](?:/[A-Z]{{2}})?|EB/OL)\][.．。]\s?(?P<rest>.*)", re.S)
"""GB/T 7714: 王伟, 李娜. 示例研究方法[J]. 示例学报, 2019, 12(3): 45-52."""
CHINESE_PLAIN = re.compile(rf"(?P<names>[{HAN}·]{{2,12}}(?:[,，、]\s?[{HAN}·]{{2,12}}){{0,20}})[.,．，]?\s?[(（](?P<year>{YEAR})[)）][.．]?"
                           rf"\s?(?P<title>[^.．。]{{2,300}})[.．。]\s?(?P<rest>.*)", re.S)
CHINESE_KINDS = {"J": "article-journal", "M": "book", "D": "thesis", "C": "paper-conference", "EB/OL": "webpage", "N": "article-newspaper",
                 "R": "report", "S": "standard", "P": "patent"}
OTHERS_THERE = {"等", "et al", "他"}


def skip_label(text: str) -> int:
    """Where the entry begins behind the label that it is cited by; 0 where it has none."""
    found = LABEL.match(text)
    if found and not re.search(r"//|[^\W\d_]{4}\.", found["label"]):
        rest = text[found.end():]
        first = re.search(r"[^\W\d_]{2,}", found["label"])
        if first and re.search(rf"(?<!\d){found['year']}", rest) and (
                len(found["label"].split()) < 6 or fold(first[0]) in fold(rest[:200])):
            return found.end()
    if (found := ACRONYM_OF.match(text)) and (place := archive_place().search(text)) and place.start() > found.end():
        return found.end()
    return 0


def take_archive(text: str, fields: Fields) -> str | None:
    """A file of an archive that no slashes name, «ЦГА РК. Ф. 5. Оп. 1. Д. 3»: what stands before the archive's name; else None."""
    place = archive_place().search(text)
    if not place or "//" in text[:place.start()] or place.start() > 400:
        return None
    before = text[:place.start()].strip(" .,;–(")
    areas = cut(before)
    last = areas[-1] if areas else None
    start = last.start if last and _is_archive(last.text) else 0 if _is_archive(before) and len(before) < 150 else None
    if last is None or start is None:
        return None
    fields["archive"] = before[start:].strip(" .,–")
    fields["archive_location"] = text[place.start():].strip(" .,;–()")
    return before[:start].strip(" –")


def _is_archive(text: str) -> bool:
    letters = re.sub(rf"(?<=[{UP}])\s(?=[{UP}])", "", re.sub(r"\([^()]*\)", "", text)).strip()
    return bool(word_pattern("archives").search(text.lower())
                or re.fullmatch(rf"(?:Ts|Sh|Ch|Zh|Kh|[{UP}]){{2,12}}(?:\s[\w.\s-]{{1,40}})?", letters))


def read_body(text: str) -> tuple[str, int, bool]:
    """The body that is an entry's author, «World Health Organization. Title»: its name, where it ends, whether that is sure."""
    if found := re.match(rf"(?P<body>[{UP}][^“”\"«»\d.]{{2,120}}),\s(?=[“\"])", text):
        return found["body"].strip(), found.end(), True
    areas = cut(text)
    if len(areas) < 2 or areas[1].dashed or starts_details().match(areas[1].text) or imprint().match(areas[1].text):
        return "", 0, False
    name = areas[0].text.strip(" .")
    bare = re.sub(r"\s\([^()\d]{2,40}\)", "", name)
    parts = bare.split()
    if len(parts) > 12 or re.search(r"[:;,/«»“”\"\d]", bare) or not re.search(r"[^\W\d_]{3}", areas[1].text):
        return "", 0, False
    if len(parts) == 1:
        known = re.fullmatch(rf"[{UP}]{{3,8}}", bare) and re.search(rf"(?<!\w){bare}(?!\w)", text[areas[1].start:])
        return (name, areas[1].start, True) if known else ("", 0, False)
    titled = all(part[0].isupper() or part in SMALL for part in parts) or not re.search(r"[A-Za-z]", bare)
    if not titled or not word_pattern("bodies").search(bare.lower()):
        return "", 0, False
    rest = text[areas[1].start:]
    short = "".join(part[0] for part in parts if part[0].isupper())
    by = VANCOUVER.search(rest)
    return name, areas[1].start, bool(by and by["volume"] or len(short) > 1 and re.search(rf"(?<!\w){short}(?!\w)", rest) or "(" in name)


def read_chinese(text: str, fields: Fields) -> bool:
    """An entry in Chinese letters, in the form of its country or with the year in brackets."""
    found = CHINESE.match(text) or CHINESE_PLAIN.match(text)
    if not found:
        return False
    names = [part.strip() for part in re.split("[,，、;；]", found["names"]) if part.strip()]
    fields["author"] = [{"literal": "others" if name in OTHERS_THERE else name} for name in names]
    fields["title"] = found["title"].strip()
    kind = found.groupdict().get("kind", "")
    rest = found["rest"].translate(str.maketrans("，：（）．。", ",:()..")).strip(" .")
    if year := found.groupdict().get("year") or (re.search(YEAR, rest) or [""])[0]:
        fields["issued"] = {"date-parts": [[int(year)]]}
    numbers = re.search(rf"(?:{YEAR})?,?\s?(?P<volume>\d{{1,4}})?\s?(?:\((?P<issue>\d{{1,4}})\))?\s?:\s?"
                        rf"(?P<page>\d{{1,6}}(?:\s?{DASH}\s?\d{{1,6}})?)$", rest)
    if numbers and (kind in ("J", "C", "") and (numbers["volume"] or numbers["issue"])):
        fields.update({name: re.sub(rf"\s?{DASH}\s?", "-", value) for name, value in numbers.groupdict().items() if value})
        rest = rest[:numbers.start()]
        fields["container-title"] = rest.strip(" ,.")
    elif place := re.match(r"(?P<place>[^:,.]{2,30}):\s?(?P<publisher>[^,.\d]{2,60})", rest):
        fields["publisher-place"], fields["publisher"] = place["place"].strip(), place["publisher"].strip()
        if numbers and "page" not in fields:
            fields["page"] = re.sub(rf"\s?{DASH}\s?", "-", numbers["page"])
    fields["kind"] = CHINESE_KINDS.get(kind, "article-journal" if "container-title" in fields else "book")
    return True
