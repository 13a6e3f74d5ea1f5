"""What kind of work an entry is of: laws, standards, patents and theses by their words, the rest by what they have."""

from __future__ import annotations

import re

from basylym.intake.entry_names import read_list
from basylym.intake.entry_parts import Fields, read_day, take_date
from basylym.intake.entry_title import read_title
from basylym.intake.entry_words import month, word_pattern, words

ACT = re.compile(r"\s(?:№|N|No\.?)\s?(?P<number>[\dIVXLC][\w/-]{0,15}(?:\s(?:ҚРЗ|ЗРК|ҚР|РК))?)")
LEGAL = re.compile(r"adilet\.zan|zakon\.kz|akorda\.kz|consultant\.ru|garant\.ru")
STANDARD = re.compile(r"(?P<number>(?:ГОСТ|МЕМСТ|СТ РК|ҚР СТ|СНиП|СП РК|ISO|IEC|ASTM|GOST|ANSI\S{0,6}|EN)\s?(?:Р\s|R\s|ISO\s|IEC\s"
                      r"|ИСО\s)?[A-Z]?\d[\w.:/–-]{0,25}(?:\s\([^()]{3,20}\))?)"
                      r"[.,:]?\s(?:–\s)?")
CODE = r"\d\d\.\d\d\.\d\d|\d[A-ZА-Я]\d{5,6}"
"""Of a speciality: 13.00.01, 6D071700."""
STATE = r"[^\W\d_]{2,3}|[^\W\d_]{3,20}\s[^\W\d_]{3,20}"
PATENT = re.compile(rf"(?P<before>^|:\s)(?:{words('patent')})\.?\s(?:(?P<state>{STATE})\s(?:No\.?|№)\s?)?(?:No\.?\s?|№\s?)?"
                    rf"(?P<number>(?:[A-Z]{{2}}\s?)?\d[\d ,]{{2,14}}\d)"
                    rf"(?(state)[.,:]\s|[,.]?\s(?P<of>(?:[^\W\d_]{{3,4}}\.\s)?[^.:,/]{{2,40}})(?=[.:,]?\s)[.:,]?)", re.I)
PATENT_OF = re.compile(rf"(?P<before>:\s)(?P<state>{STATE})\s(?:{words('patent')})\w{{0,3}}\.?\s(?:No\.?|№)\s?"
                       r"(?P<number>\d[\d ,]{2,14}\d)", re.I)
"""«Мысал құрылғы: ҚР патенті № 00000»."""
INVENTION = r"[A-HА-Н]\s?\d\d\s?[A-ZА-Я]\s?\d{1,4}/\d{2,6}(?:\s?\([\d.]{4,8}\))?"
CLASS = re.compile(rf"(?:^|,\s?)\s?(?:МПК|МКИ|IPC|Int\.\s?Cl\.?|ХПЖ)\d?\s?:?\s?{INVENTION}(?:[,;]\s?{INVENTION}){{0,6}}[.,:;]?\s?")
"""The class of an invention, which CSL has no field for."""
NO_TITLE = re.compile(rf"\s[:–]\s|[.,]\s(?=№|\(|–|{words('filed')}|{words('announced')}|МПК)|\s/\s", re.I)


def is_of_kind(text: str) -> bool:
    """Whether an entry is a standard or a patent, whose parts stand in an order of their own."""
    return bool(STANDARD.match(text) or _find_patent(text))


def _find_patent(text: str) -> re.Match[str] | None:
    return PATENT.search(text, 0, 400) or PATENT_OF.search(text, 0, 400)


def take_standard(text: str, fields: Fields) -> str | None:
    """What stands behind the number of a standard; None where the text begins with none."""
    found = STANDARD.match(text)
    if not found:
        return None
    fields["number"], fields["kind"] = found["number"].rstrip(".,:"), "standard"
    return text[found.end():]


def take_patent(text: str, fields: Fields) -> str | None:
    """A patent read: what found no place; None where the text is of none."""
    found = _find_patent(text)
    if not found:
        return None
    fields["number"], fields["kind"] = found["number"].strip(" ,"), "patent"
    fields["jurisdiction"] = (found["state"] or found["of"]).strip()
    rest = text[found.end():].strip() if not found["before"] else f"{text[:found.start()]} {text[found.end():]}"
    rest = CLASS.sub("", rest).strip(" ,.")
    dated = re.search(rf"{words('filed')}\w*\.?:?\s(?P<day>[\d.]{{8,10}})", rest, re.I)
    if dated and (day := read_day(dated["day"])):
        fields["submitted"] = {"date-parts": [day]}
    issued = re.search(rf"{words('announced')}\w*\.?:?\s(?P<day>[\d.]{{8,10}})", rest, re.I)
    if issued and (day := read_day(issued["day"])):
        fields["issued"] = {"date-parts": [day]}
    if number := re.search(r"№\s?(\d{4,}[\d/.]*)", rest):
        fields["call-number"] = number[1]
    if number := re.search(r"Бюл\.\s?№?\s?(\d{1,3}(?:\s\([^()]{1,12}\))?)", rest):
        fields["issue"] = number[1].strip()
    if pages := re.search(r"(\d{1,3})\s(?:с|б|p)\.?$", rest):
        fields["number-of-pages"] = pages[1]
    if (by := re.search(rf"\s/\s([^–;№]{{3,200}}?)(?=\.?\s–\s|;|\.\s(?:№|{words('filed')}|{words('announced')})|\s№|$)", rest, re.I)) and (
            read_list(by[1])):
        fields["author"] = read_list(by[1])
    applicant = re.search(rf"(?:;|/|–|\.)\s({words('applicant')}\s?:?\s?[^;–№]{{2,120}}?)(?=\.?\s–|\.?;|\.?\s№|\.?$)", rest, re.I)
    end = NO_TITLE.search(rest)
    title = rest[:end.start()] if end else re.split(r"\s№", rest)[0]
    if title.strip(" .:"):
        read_title(re.split(r"\s№", title)[0].strip(" .:"), fields)
    return applicant[1] if applicant else ""


def name_type(text: str, fields: Fields) -> str:
    """CSL's type; the genre of a law or thesis is taken out of the title where a colon stands before it."""
    kind = fields.pop("kind", "")
    if kind:
        return kind
    title, host = str(fields.get("title", "")), str(fields.get("container-title", ""))
    if fields.get("archive_location"):
        return "manuscript"
    if _is_thesis(text, fields):
        return "thesis"
    if _is_law(text, title, fields):
        return "legislation"
    if (found := re.search(r":\s(?:No\.?|№)\s?(?P<number>[\w-]{1,12})$", title)) and word_pattern("report").search(title.lower()):
        fields["title"], fields["number"] = title[:found.start()], found["number"]
        return "report"
    if found := re.search(rf":\s(?P<genre>(?:{words('report')})(?!\w)[^:]{{0,40}}?)(?:\s№\s?(?P<number>[\w-]{{1,12}}))?$", title, re.I):
        fields["title"], fields["genre"] = title[:found.start()], found["genre"].strip()
        if found["number"]:
            fields["number"] = found["number"]
        return "report"
    if found := re.search(rf":\s{words('dataset')}$", title, re.I):
        fields["title"] = title[:found.start()]
        return "dataset"
    if host:
        return _name_hosted(host, fields)
    if "URL" in fields and not {"publisher", "number-of-pages", "volume", "edition"} & set(fields):
        return "webpage"
    if "DOI" in fields and "volume" in fields and "publisher" not in fields:
        return "article-journal"
    return "book" if {"publisher", "publisher-place", "number-of-pages", "edition", "ISBN"} & set(fields) else "webpage" if (
        "URL" in fields) else "book" if "author" in fields and "issued" in fields else "document"


def _name_hosted(host: str, fields: Fields) -> str:
    small = host.lower()
    day = len(fields.get("issued", {}).get("date-parts", [[]])[0]) == 3
    if word_pattern("conference").search(small) and not ("issue" in fields and "publisher-place" not in fields):
        return "paper-conference"
    if "publisher-place" in fields or "publisher" in fields or "editor" in fields:
        return "chapter"
    paper = day or word_pattern("newspaper").search(small) and "-" not in str(fields.get("page", ""))
    if paper and "volume" not in fields:
        return "webpage" if "URL" in fields and not {"page", "issue"} & set(fields) else "article-newspaper"
    if "URL" in fields and not {"volume", "issue", "page"} & set(fields):
        return "webpage"
    return "article-journal"


def _is_thesis(text: str, fields: Fields) -> bool:
    genre = str(fields.get("genre", ""))
    title = str(fields.get("title", ""))
    if found := re.search(rf":\s{words('speciality')}\s(?P<number>{CODE})(?:\s«[^«»]{{3,120}}»)?(?=\s?:|$)", title, re.I):
        fields["title"], fields["number"] = title[:found.start()] + title[found.end():], found["number"]
        title = fields["title"]
    if genre and word_pattern("thesis").search(genre.lower()):
        return True
    found = re.search(rf"(?:[:.–]\s|\s\("
                      rf"|,\s)(?P<genre>[^:]{{0,60}}?(?<!\w){words('thesis')}(?!\w)[^:]{{0,120}})(?::\s(?P<number>{CODE})"
                      rf")?[^:]{{0,60}}$", title, re.I)
    if found and "container-title" not in fields:
        fields["title"], fields["genre"] = title[:found.start()].strip(" .:–("), found["genre"].strip(" .:–")
        if fields["genre"].count("(") < fields["genre"].count(")"):
            fields["genre"] = fields["genre"].removesuffix(")")
        if found["number"]:
            fields["number"] = found["number"]
        return True
    publisher = str(fields.get("publisher", ""))
    if "container-title" not in fields and re.search(rf"(?<!\w){words('thesis')}(?!\w)", publisher, re.I):
        fields["genre"] = fields.pop("publisher")
        return True
    return False


def _is_law(text: str, title: str, fields: Fields) -> bool:
    if "author" in fields and not any("literal" in each for each in fields["author"]):
        return False
    if "container-title" in fields and "issue" in fields and not word_pattern("state").search(title.lower()):
        return False
    known = word_pattern("law").search(title.lower())
    named = re.match(r"(?P<before>[^«»“”]*)[«“](?P<name>.{3,}[^«“])[»”](?P<after>[^«»“”]*)$", title)
    outside = f"{named['before']} {named['after']}".strip() if named else ""
    stated = word_pattern("state").search(text.lower()) or LEGAL.search(str(fields.get("URL", "")))
    if not known or not (stated or re.search(rf"\d\s(?:{month()})", title, re.I)):
        return False
    found = re.search(rf":\s(?P<genre>[^:]{{0,80}}?(?<!\w){words('law')}(?!\w).{{0,200}})$", title, re.I)
    if named and not found and len(outside) < 160 and word_pattern("law").search(outside.lower()):  # «Закон РК «Об образцах» от …»
        title = f"{named['name']}: {outside}"
        found = re.compile(r":\s(?P<genre>.*)$").match(title, len(named["name"]))
    act = title[found.start():] if found else title
    if found and not ACT.search(act) and "issued" not in fields and (more := re.search(rf"(?<=\.\s)[^.«»/]{{4,60}}{ACT.pattern}", text)):
        act += " " + more[0]  # «… Заңы. 2011 жылғы 1 наурыз, № 413-IV»
    number = ACT.search(act)
    dated: Fields = {}
    rest = take_date(act, dated)
    if day := dated.get("issued"):
        if "container-title" in fields and "issued" in fields:
            fields["original-date"] = day
        else:
            fields["issued"] = day
    if number:
        fields["number"] = number["number"]
    if number and day and not found and (end := re.search(rf"\s(?:от|of|dated)\s[^«»]{{8,40}}{ACT.pattern}\.?$", title)):
        fields["title"] = title[:end.start()].strip()
    if found:
        genre = re.sub(r"(?:\s(?:от|of|dated))?\s¦\s?(?:г\.)?", " ", rest[2:])
        genre = ACT.sub("", genre)
        genre = re.sub(r"\sот(?=\s|$|,)\s?", " ", genre).strip(" .,–")
        genre = re.sub(r"\s(?:года?|г\.|жылғы|ж\.|dated)(?=\s|$|,)|,(?=\s*$)", "", genre).strip(" .,–")
        name = title[:found.start()].strip(" «»")
        fields["title"], fields["genre"] = name + "»" * (name.count("«") > name.count("»")), re.sub(r"\s{2,}", " ", genre)
    return True
