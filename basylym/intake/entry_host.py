"""What an entry stands in and where: the names of journals and books, their editors, imprint and details."""

from __future__ import annotations

import re

from basylym.intake.entry_areas import after_name, cut, imprint, is_details, place_and_publisher, starts_details
from basylym.intake.entry_names import read_given_first, read_list
from basylym.intake.entry_parts import Fields, archive_place, take_details
from basylym.intake.entry_title import TRANSLATED, part_title, read_responsible
from basylym.intake.entry_words import DASH, UP, word_pattern, words

ENGLISH = re.compile(r"(?<!\w)(?:of|and|the|Journal|Bulletin|Review)(?!\w)")
"""In the name of a journal before brackets: what they hold is no translation into English."""
EVENT_PLACE = re.compile(rf",\s(?P<place>[{UP}][\w’ -]{{2,30}},\s(?i:{words('place')}))$")
"""Of a conference: «in Proc. Int. Conf. Sample Systems, Vienna, Austria»."""


def read_host(text: str, fields: Fields) -> str:
    """What an article or chapter stands in, and where."""
    text = _without_in(text.strip(" .,;"))
    found = re.match(r"(?P<names>[^()]{5,200}?),?\s?(?:\((?:Eds?\.?|[Рр]ед\.)\),?|(?<=,\s)(?:editors?|eds?)\.)\s", text)
    if found and read_list(found["names"]):
        fields["editor"] = read_list(found["names"])
        text = text[found.end():]
    if (found := re.search(r",\s(?:edited\sby|ed\.\sby|eds?\.)\s(?P<names>[^()\d]{3,200}?)(?=,\s\d|\.\s[^.]*$|\.?$)", text)) and (
            people := read_list(found["names"]) or read_given_first(found["names"])):
        fields.setdefault("editor", people)
        text = text[:found.start()] + text[found.end():]
    archive = archive_place().search(text)
    if archive:
        fields["archive"] = text[:archive.start()].strip(" .,–")
        place = text[archive.start():].strip(" .,–")
        if found := re.search(r"(?:\s–\s|\.\s)(\d{1,5}\s?(?:л|п|б|с))\.?$", place):
            fields["number-of-pages"], place = found[1], place[:found.start()]
        fields["archive_location"] = place.strip(" .–")
        return ""
    dashes = [match for match in re.finditer(r"\s–\s", text) if match.start() > 1 and not _is_quoted(text, match.start())]
    ends = [match.start() for match in dashes if _is_details_ahead(text[match.end():])] or [match.start() for match in dashes]
    ends += [area.start for area in cut(text)[1:] if is_details(area.text)]
    if found := next((each for each in after_name().finditer(text, 2) if not _is_quoted(text, each.start())), None):
        ends.append(found.start())
    end = min(ends, default=len(text))
    name, details = text[:end], text[end:]
    name, slash, by = part_title(name)
    left = read_responsible(by, fields) if slash else ""
    if (found := TRANSLATED.search(name)) and not ENGLISH.search(name[:found.start()]):
        fields["container-title-en"] = found["title"].strip(" .")
        name = name[:found.start()] + name[found.end():]
    elif found := TRANSLATED.match(details.lstrip(" .")):
        fields["container-title-en"], details = found["title"].strip(" ."), details.lstrip(" .")[found.end():]
    name = re.sub(r"\s:\s", ": ", name).strip(" ,;:–/.")
    if re.search(r"[^\W\d_]{3}\.\s", name) and re.search(r"(?:^|\s)[^\W\d_]{1,8}$", name) and text[:end + 1].rstrip()[-1:] == "." or (
            re.search(r"\.,$", text[:end + 1].rstrip())):
        name += "."  # «Социолог. иссл.», «Aeolian Res., vol. 17»: a name that is shortened
    if (found := EVENT_PLACE.search(name)) and word_pattern("conference").search(name[:found.start()].lower()):
        fields["event-place"], name = found["place"], name[:found.start()]
    if name:
        fields["container-title"] = name
    return " ".join(filter(None, (left, read_imprint(details, fields, True))))


def _without_in(text: str) -> str:
    """A host without the «В кн.:», “In:”, “in” before it; “In” alone may begin its name, «In Vitro»."""
    found = re.match(rf"\s?(?i:(?P<word>{words('in')}))(?!\w)\.?\s?(?P<colon>:?)\s?(?=[{UP}«“])", text)
    if not found or found["word"] == "In" and not found["colon"]:
        return text
    return text[found.end():]


def _is_quoted(text: str, at: int) -> bool:
    return text.count("«", 0, at) > text.count("»", 0, at)


def _is_details_ahead(text: str) -> bool:
    return bool(starts_details().match(text) or imprint().match(text) or place_and_publisher().match(text.split(" – ")[0]))


def read_imprint(text: str, fields: Fields, host: bool) -> str:
    """Place, publisher, year and details; what is left of them found no place."""
    dated = "issued" in fields  # the year stands after the names: a word alone is a publisher
    text = text.strip(" .,;–")
    text = re.sub(r"^(?:Version|Версия)\s[\d.]{1,8}?(?=\.?\s)\.?", lambda found: found[0].rstrip(".") + " ¦ ", text)
    for sign in re.finditer(rf"(?:^|[.–¦]\s{{1,3}})(?=[{UP}])", text):
        found = imprint().match(text, sign.end())
        if not found:
            continue
        if found["place"]:
            fields["publisher-place"], fields["publisher"] = found["place"].strip(" ,"), found["publisher"].strip(" ,.;")
        elif found["alone"] and (two := re.fullmatch(r"([^,;–]+),\s([^,;–]+)", found["alone"])) and not re.fullmatch(
                words("place"), two[2].lower()):
            fields["publisher-place"], fields["publisher"] = two[1], two[2]
        elif found["alone"] and _is_place(found["alone"]):
            fields["publisher-place"] = found["alone"].strip(" ,")
        else:
            fields["publisher"] = (found["alone"] or found["only"]).strip(" ,")
        year = found["year"] or found["yearalone"] or found["yearonly"]
        fields.setdefault("issued", {"date-parts": [[int(year)]]})
        text = text[:found.start()] + " ¦ " + text[found.end():]
        break
    left = [part.strip(" .,;:–()[]") for part in re.split(r"\s¦\s|\s–\s", take_details(text, fields, host))]
    other = []
    for part in filter(None, left):
        if "page" not in fields and host and re.fullmatch(rf"\d{{1,6}}{DASH}\d{{1,6}}", part):
            fields["page"] = re.sub(DASH, "-", part)
        elif host and "volume" not in fields and re.fullmatch(r"\d{1,4}", part):
            fields["volume"] = part
        elif host and (found := re.fullmatch(rf"(\d{{1,4}})\s?[,:]\s?(\d{{1,6}}(?:{DASH}\d{{1,6}})?)", part)) and "page" not in fields:
            fields["page"] = re.sub(DASH, "-", found[2])
            fields.setdefault("volume" if "volume" not in fields else "issue", found[1])
        elif host and "page" not in fields and re.fullmatch(r"e?\d{1,9}", part) and "volume" in fields:
            fields["page"] = part
        elif "publisher-place" not in fields and "publisher" not in fields and (found := place_and_publisher().match(part)):
            fields["publisher-place"], fields["publisher"] = found["place"], found["publisher"]
        elif dated and host and re.fullmatch(r"[^\d:]{3,60}", part) and not (
                {"publisher", "publisher-place", "volume", "issue"} & set(fields)):
            fields["publisher"] = part
        elif "publisher-place" not in fields and re.fullmatch(rf"[{UP}][\w’'-]*\.?(?:[\s-][{UP}][\w’'-]*)?", part) and not (
                host and "publisher" in fields) and _is_place(part):
            fields["publisher-place"] = part
        elif re.fullmatch(r"(?:Version|Версия)\s[\d.]{1,8}", part):
            fields["version"] = part.split()[1]
        elif "publisher" not in fields and len(part.split()) < 9 and re.search(r"[^\W\d_]{2}", part) and not host:
            fields["publisher"] = part
        elif "event-date" not in fields and re.search(r"[^\W\d_]{2}", part) or re.search(r"\d", part):
            other.append(part)
    return " ".join(other)


def _is_place(text: str) -> bool:
    """Whether one or two words with capitals are a city rather than a publisher: in Latin letters two are one only where it is known."""
    if word_pattern("publisher").search(text.lower()):
        return False
    return not re.search(r"[A-Za-z]\s[A-Z]", text) or bool(re.search(r"[,;–]", text)) or bool(re.fullmatch(words("place"), text.lower()))
