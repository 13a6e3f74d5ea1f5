"""What can be told from an entry wherever it stands: addresses, dates, pages, volume and issue, edition, series.

Each function takes its parts out of the text and gives back what is left, so that nothing is read twice.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from basylym.intake.entry_words import DASH, RANGE, YEAR, month, months, words

Fields = dict[str, Any]
BREAK = " ¦ "
"""Stands where something was taken out: an end of whatever stands before it."""
OF_YEAR = r"\s?-?\s?(?:(?:гг?|жж?|г|ж)\.(?!\w)|год[ау]?(?!\w)|жыл\w{0,6}|(?<=\s)(?:г|ж)(?!\w))"
DOI = re.compile(r"(?:<?https?://(?:dx\.|www\.)?doi\.org/|(?<!\w)doi\s?[:.]?\s?)\s?(?P<doi>10\.\d{4,9}/[^\s<>«»]{1,200})>?", re.I)
BARE_DOI = re.compile(r"(?<![\w/.])(?P<doi>10\.\d{4,9}/[^\s<>«»]{1,200})")
ADDRESS = r"<?(?P<url>(?:https?://|ftp://|www\.)[^\s<>«»]{3,1500})>?"
CHICAGO = re.compile(rf"(?<![\w(.])(?P<volume>\d{{1,4}})(?:,?\s(?:no\.|№)\s?(?P<issue>\d{{1,4}}(?:{DASH}\d{{1,4}})?))?\s"
                     rf"\((?:[^\W\d_]{{3,12}}\.?\s)?(?P<year>{YEAR})\):\s?(?P<page>[a-z]?\d{{1,6}}(?:{DASH}\d{{1,6}})?)", re.I)
"""Chicago: «Journal 12, no. 3 (2011): 44–61»."""
ISSUE_ALONE = re.compile(rf"(?:,\s|^)\((?P<issue>\d{{1,4}}(?:{DASH}\d{{1,4}})?)\),\s?(?P<page>[a-z]?\d{{1,6}}(?:{DASH}\d{{1,6}})?)(?!\w)")
"""A journal without volumes: «Тілтаным, (2), 40–52»."""
ISBN = re.compile(r"ISBN(?:-1[03])?\s?:?\s?(?P<isbn>[\d][\d\s–-]{8,20}[\dXХ])")
ISSN = re.compile(r"e?-?ISSN\s?:?\s?(?P<issn>\d{4}[-–]\d{3}[\dXХ])")
PMID = re.compile(r"(?<!\w)PMID\s?:?\s?(?P<pmid>\d{1,9})")
PMCID = re.compile(r"(?<!\w)(?:PMCID\s?:?\s?)?(?P<pmcid>PMC\d{3,9})")
VANCOUVER = re.compile(rf"(?P<year>{YEAR})(?:\s(?P<month>[^\W\d_]{{3,9}})\.?(?:\s(?P<day>\d\d?))?)?\s?;\s?(?P<volume>[\w-]{{1,8}})?\s?"
                       rf"(?:\((?P<issue>[^()]{{1,20}})\))?\s?(?::\s?(?P<page>[\w–-]{{1,20}}(?:,\s?[\w–-]{{1,20}})*))?")
VOLUME_ISSUE = re.compile(r"(?<![\w(№.])(?<!№\s)(?P<volume>\d{1,4}"
                          r"|[IVXLC]{1,7})\s?\((?P<issue>\d{1,4}(?:\s?[-–/,&]\s?\d{1,4})?(?:\s?\(\d{1,5}\))?"
                          r"|[^\W\d_]{1,8}\.?\s?\d{0,4})\)")


@cache
def _accessed() -> re.Pattern[str]:
    return re.compile(rf"[\[(]?\s?(?<!\w){words('accessed')}(?!\w)\.?(?:\s(?:to|on|к"
                      rf"|в))?\s?[:–-]?\s?(?P<day>(?i:{_day()}))(?:{OF_YEAR})?\s?(?:[\])]|,?\s?from(?=\s))?\.?")


@cache
def _day() -> str:
    """A day in any writing, as a pattern; `read_day` reads it."""
    return (rf"(?:\d\d?\s?[./]\s?\d\d?\s?[./]\s?(?:\d{{4}}|\d\d)(?!\d)|\d{{4}}-\d\d-\d\d|\d\d?(?:st|nd|rd"
            rf"|th)?\s{month()}\w{{0,5}}\.?,?\s\d{{4}}|"
            rf"\d\d?-{month()}\.?-\d{{4}}|{month()}\.?\s\d\d?,\s?\d{{4}}|\d{{4}}(?:{OF_YEAR})?\s\d\d?\s{month()}\w{{0,7}}|\d{{4}}\s{month()}\.?\s\d\d?)")


DAY_FIRST = re.compile(r"(\d\d?)\s?[./]\s?(\d\d?)\s?[./]\s?(\d{4}|\d\d)")


def read_day(text: str) -> list[int]:
    """Year, month and day out of a day in any writing; empty where it is none."""
    text = text.strip().lower()
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", text):
        parts = [int(part) for part in found.groups()]
    elif found := DAY_FIRST.match(text):
        day, of, year = (int(part) for part in found.groups())
        parts = [year if year > 99 else year + (2000 if year < 50 else 1900), of, day]
    else:
        name = re.search(month(), text)
        numbers = re.findall(r"\d+", text)
        year = next((int(each) for each in numbers if len(each) == 4), 0)
        day = next((int(each) for each in numbers if len(each) < 3), 0)
        parts = [year, months()[name[0]], day] if name and year and day else []
    return parts if len(parts) == 3 and 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31 else []


@cache
def archive_place() -> re.Pattern[str]:
    """Where a file lies in an archive: «Ф. 5. Оп. 1. Д. 3», «81-қор, 1-тізбе», “F. 30. Op. 6”."""
    number = r"(?:№\s?)?(?:[^\W\d_]{1,2}-?)?\d[\w/-]{0,8}"
    return re.compile(rf"(?<![\w.])(?:(?:[ФфҚқ]\.|[Фф]онд|[Ққ]ор|F\.|f\.|[Ff]ond)\s?{number}|\d{{1,5}}\s?-?\s?(?:қор|қ\.))\s?[.,;]?\s?"
                      rf"(?:(?:[Оо]п\.|[Оо]пись|[OoТтTДдD]\.|[Oo]p\.|[Ii]nv\.|[Тт]ізбе|[Дд]ело)\s?{number}|\d{{1,5}}\s?-?\s?(?:тізбе|т\.|іс))")


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    match = pattern.search(text)
    return match, text if not match else text[:match.start()] + BREAK + text[match.end():]


def take_addresses(text: str, fields: Fields) -> str:
    """DOI, address, day of access, ISBN, ISSN, «[Электронный ресурс]», «Текст : электронный», «(in Kazakh)»."""
    for pattern in (DOI, BARE_DOI):
        match, text = _take(pattern, text) if "DOI" not in fields else (None, text)
        if match:
            fields["DOI"], more = _trim(match["doi"])
            text = text.replace(BREAK, BREAK + more, 1) if more.strip(".,;") else text
    match, text = _take(_accessed(), text)
    if match and (day := read_day(match["day"])):
        fields["accessed"] = {"date-parts": [day]}
    elif match:
        text = text.replace(BREAK, match[0], 1)
    match, text = _take(re.compile(rf"(?:[\[(]?(?<!\w){words('at')}\.?(?:\sat"
                                   rf"|\sfrom)?\s?[:–-]?\s?)?(?:URL\s?:?\s?)?{ADDRESS}(?:\s?\.?\])?", re.I), text)
    if match:
        fields["URL"], _ = _trim(match["url"])
    _, text = _take(re.compile(rf"[\[(]\s?{words('electronic')}\s?[\])]\.?|(?<=[.–])\s{words('electronic')}(?=\s?[.–:])"), text)
    text = text.replace(f"{BREAK}:", ":", 1)
    _, text = _take(re.compile(rf"\[\s?{words('printed')}\s?\]\.?"), text)
    _, text = _take(re.compile(rf"[.–]?\s?{words('medium')}\.?"), text)
    match, text = _take(re.compile(rf"[\[(]\s?{words('translated')}\.?\s?[\])]\.?", re.I), text)
    if match:
        fields["spoken"] = match[0]
    for pattern, name in ((ISBN, "ISBN"), (ISSN, "ISSN"), (PMID, "PMID"), (PMCID, "PMCID")):
        match, text = _take(pattern, text)
        if match:
            fields[name] = match[name.lower()].replace("–", "-").replace("Х", "X").strip()
    return tidy(text)


def _trim(address: str) -> tuple[str, str]:
    """An address without the full stop or bracket after it, and that."""
    end = len(address)
    while end and (address[end - 1] in ".,;:»”\"'" or address[end - 1] in ")]" and address[:end].count("([" ["])".index(address[end - 1])])
                   < address[:end].count(address[end - 1])):
        end -= 1
    return address[:end], address[end:]


def tidy(text: str) -> str:
    """Text without doubled separators where something was taken out."""
    text = re.sub(r"[\s.,;–]*¦[\s.,;:–)\]]*(?=$|¦)", " ", text.strip())
    text = re.sub(r"([.,;–])?[\s–]*¦[\s.,;:–)\]]*", r"\1 – ", text)
    text = re.sub(r"(?:\s?–\s?){2,}", " – ", text)
    return re.sub(r"\s{2,}", " ", text).strip(" –,;:/")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    number = rf"\d{{1,5}}(?:\s?[-–/,]\s?(?!{YEAR})\d{{1,5}}(?!\d))?"
    roman = r"[IVXLC]{1,7}(?!\w)"
    bare = r"(?<![\w.]){word}(?:\s?\.\s?|\s|(?=\d))(?P<value>{value})"

    def marked(name: str, value: str) -> re.Pattern[str]:
        return re.compile(bare.format(word=words(name), value=value), re.I if name == "issue" else 0)

    return {
        "series": re.compile(rf"\((?P<title>[^()]{{2,200}}?)\s?[;,]\s?(?:{words('issue')}"
                             rf"|{words('volume')}|{words('part')})?\.?\s?(?P<number>\d{{1,5}})\)"),
        "page_before": re.compile(rf"(?<![\w.])[\[(]?{words('pages')}\s?\.?\s?(?P<value>{RANGE}"
                                  rf"|[IVXLCivxlc]{{1,7}}\s?{DASH}\s?[IVXLCivxlc]{{1,7}}"
                                  rf"|[eE]\d{{1,8}})(?!\w)[\])]?", re.I),
        "page_after": re.compile(rf"(?<![\w.])(?P<value>\d{{1,6}}\s?{DASH}\s?\d{{1,6}})\s?-?\s?{words('pages')}(?!\w)\.?"),
        "extent": re.compile(rf"(?<![\w.–-])(?P<value>\d{{1,5}}(?:\s?\[\d{{1,3}}\])?)\s?-?\s?{words('pages')}(?!\w)\.?(?:\s?:\s?(?:ил"
                             rf"|сур|табл)\.)?"),
        "volume": marked("volume", rf"{number}|{roman}"),
        "volume_after": re.compile(rf"(?<![\w.])(?P<value>\d{{1,3}}|[IVXLC]{{1,7}})\s?-?\s?(?:{words('volume')})(?!\w)\.?"),
        "issue": marked("issue", rf"\d{{1,5}}(?:\s?[-–/,]\s?(?!{YEAR})\d{{1,5}}(?!\d))?(?:\s?\(\d{{1,5}}\))?(?:\s?\([^()]{{1,12}}\))?"),
        "part": marked("part", rf"{number}|{roman}"),
        "article": marked("article", rf"{number}|[eE]?\d{{1,9}}"),
        "edition": re.compile(rf"(?:[(,]\s?)?(?:(?<!\w)(?P<value>\d{{1,3}})\s?-?\s?(?:[еяй]|ое|ші|шы|інші|ыншы|st|nd|rd"
                              rf"|th)?\.?,?\s{{0,2}}(?:(?:доп|испр|перераб|rev)\.?,?\s)?"
                              rf"(?<=[\s-]){words('edition')}(?!\w)|(?<!\w){words('edition')}\.?\s(?P<after>\d{{1,3}})\s?-?\s?(?:е|ое)?)"
                              rf"(?P<more>\.?(?:,?\s(?:и\s)?(?:испр|перераб|доп|стер|түз|өңд|толықт|rev|corr"
                              rf"|enl)\w{{0,12}}\.?){{0,4}})\.?\)?"),
    }


def take_details(text: str, fields: Fields, host: bool) -> str:
    """Pages, volume, issue, dates and the like, each once; gives back what is left, with breaks where they stood."""
    known = _patterns()

    def take(name: str, field: str, value: str = "value") -> None:
        nonlocal text
        if field in fields:
            return
        match, text = _take(known[name], text)
        if match:
            fields[field] = re.sub(rf"(?<=\w)\s?{DASH}\s?(?=\w)", "-", match[value].strip())

    match, text = _take(known["series"], text)
    if match:
        fields["collection-title"], fields["collection-number"] = match["title"].strip(), match["number"]
    for pattern in (CHICAGO, ISSUE_ALONE) if host else ():
        match, text = _take(pattern, text) if "page" not in fields else (None, text)
        if match:
            fields.update({name: re.sub(DASH, "-", match[name]) for name in ("volume", "issue", "page") if match.groupdict().get(name)})
            if match.groupdict().get("year"):
                fields["issued"] = {"date-parts": [[int(match["year"])]]}
    match = VANCOUVER.search(text)
    if match and (match["volume"] or match["page"]):
        text = text[:match.start()] + BREAK + text[match.end():]
        fields["issued"] = {"date-parts": [[int(match["year"])]]}
        fields.update({name: match[name].replace("–", "-") for name in ("volume", "issue", "page") if match[name]})
    match, text = _take(known["edition"], text)
    if match:
        fields["edition"] = match["value"] or match["after"]
        if match["more"] and match["more"].strip(" .,"):
            fields["edition"] += ", " + match["more"].strip(" .,") + "."
    take("page_before", "page")
    take("page_after", "page")
    match, text = _take(VOLUME_ISSUE, text) if "volume" not in fields else (None, text)
    if match:
        fields["volume"], fields["issue"] = match["volume"], match["issue"].replace("–", "-")
    take("volume", "volume")
    take("issue", "issue")
    if host:
        take("article", "section")
    take("part", "part-number")
    take("volume_after", "volume")
    take("extent", "page" if host else "number-of-pages")
    return take_date(text, fields)


def take_date(text: str, fields: Fields) -> str:
    """A day, a month or a year of publication, two years of a span."""
    if "issued" in fields:
        return text
    match, rest = _take(re.compile(rf"(?<![\d.]){_day()}(?:{OF_YEAR})?", re.I), text)
    if match and (day := read_day(match[0])):
        fields["issued"] = {"date-parts": [day]}
        return rest
    match, rest = _take(re.compile(rf"(?<!\w)(?P<month>{month()})\w{{0,3}}\.?\s(?P<year>{YEAR})(?!\w)", re.I), text)
    if match:
        fields["issued"] = {"date-parts": [[int(match["year"]), months()[match["month"].lower()]]]}
        return rest
    match, rest = _take(re.compile(rf"[\[(]?(?P<year>{YEAR})(?:\s?[–-]\s?(?P<last>{YEAR}))?(?:{OF_YEAR})?[\])]?"
                                   rf"(?P<more>[.,]?\s(?:–\s)?(?P<day>\d\d?)?\s?(?P<month>{month()})\w{{0,5}}(?!\w))?", re.I), text)
    if match:
        years = [[int(match["year"])]]
        if match["last"]:
            years.append([int(match["last"])])
        elif match["month"]:
            years[0] += [months()[match["month"].lower()], *([int(match["day"])] if match["day"] else [])]
        fields["issued"] = {"date-parts": years}
        return rest
    return text
