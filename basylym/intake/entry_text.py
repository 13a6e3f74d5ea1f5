"""One typed entry to CSL: GOST 7.1, R 7.0.5, R 7.0.100, APA, Vancouver, IEEE, and what people make of them.

The entry is read from its edges to its middle: addresses and days of access are taken out, then the names at the head; then the
signs « // », « / », « – » and full stops cut what is left into areas, and each area says by its look what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from basylym.intake.entry_areas import after_name, cut, imprint, names_host, place_and_publisher, starts_details
from basylym.intake.entry_kinds import find_kind, take_kind
from basylym.intake.entry_names import read_full, read_head, read_list, skip_editor_mark
from basylym.intake.entry_parts import Fields, take_addresses, take_details
from basylym.intake.entry_words import DASH, UP, YEAR, month, months, word_pattern, words
from basylym.intake.understood import Sureness
from basylym.languages.identify import guess_language

TELLING = {"issued", "author", "editor", "container-title", "publisher", "publisher-place", "URL", "DOI", "number", "archive"}
"""Without two of these an entry was not understood."""
LONGEST = 3000
"""A longer entry is none: it stays as it is."""
APA_YEAR = re.compile(rf"[\s.,]{{0,3}}\((?P<year>{YEAR}|n\.\s?d\.|б\.\s?г\."
                      rf"|ж\.\s?ж\.)(?P<letter>[a-zа-е])?(?:,?\s(?P<month>{month()})\w{{0,4}}\.?(?:\s(?P<day>\d\d?)(?:{DASH}\d\d?)?)?"
                      r"|,?\s(?P<day2>\d\d?)\s(?P<month2>[^\W\d_]{3,10}))?\)[.,:;]?\s?", re.I)
BARE_YEAR = re.compile(rf"[\s.,]{{0,3}}(?P<year>{YEAR})[a-z]?[.,:]\s(?=[{UP}«“\"])")
PRESS_AND_PLACE = re.compile(rf"(?P<publisher>[^,]{{3,100}}),\s(?P<place>[{UP}][\w’-]{{2,25}})")
QUOTED = re.compile(r"[\s,.]{0,3}[“\"«](?P<title>[^”\"»]{3,500}[^”\"»,.])[,.]?[”\"»][,.]?\s(?P<rest>(?:in\s)?[A-ZА-Я].{3,})", re.S)
ENGLISH = re.compile(r"(?<!\w)(?:of|and|the|Journal|Bulletin|Review)(?!\w)")
"""In the name of a journal before brackets: what they hold is no translation into English."""
SEMICOLONS = re.compile(rf"(?P<title>[^;]{{3,300}});\s(?P<publisher>[^;:\d]{{2,80}}):\s(?P<place>[^;:,\d]{{2,60}}(?:,\s[^;:,\d]{{2,40}})?)"
                        rf",\s(?P<year>{YEAR})(?:;\s(?P<rest>.*))?\.?")
"""Chemists' books: «Title; Press: Leeds, UK, 2010; 120 p.»"""
COMMAS = re.compile(rf"(?P<title>[^;:]{{3,300}}?),\s(?P<publisher>[^,;:\d]{{2,80}}),\s(?P<place>[^,;:\d]{{2,40}}),"
                    rf"\s(?P<year>{YEAR})(?P<rest>)\.?")
"""Engineers' books: «Title, Sample Press, London, 2012»."""
IN_ROUND = re.compile(r"(?P<own>[^()]{3,300}?)\s?\((?P<title>[^\W\d_][^()]{4,300})\)")
TRANSLATED = re.compile(r"\s?\[(?P<title>[^\[\]]{3,600})\]\.?")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one string was read as."""

    fields: Fields
    """CSL, without id and note; a translation in brackets as `title-en`, `container-title-en`."""
    sure: Sureness
    """Certain where every word found its place."""
    left: str = ""
    """What found none."""


def read_entry(typed: str, latin: bool = False) -> Parsed:
    """One entry; `latin` where it stands in the second list, whose brackets hold translations."""
    text = _plain(typed)
    if len(text) > LONGEST or not re.search(r"[^\W\d_]{2}", text):
        return Parsed({"type": "document", "title": text}, "unknown", text)
    fields: Fields = {}
    rest = take_addresses(text, fields)
    people, form, end = read_head(rest)
    if people and (end < len(rest)):
        mark = skip_editor_mark(rest, end)
        fields["editor" if mark > end else "author"] = people
        rest = rest[mark:]
    elif people:
        people = []
    left = _read_rest(rest, form, bool(people), fields)
    for name, value in fields.items():
        if isinstance(value, str) and " – " in value and (dashed := value.replace(" – ", " — ")) in re.sub(r"\s+", " ", typed):
            fields[name] = dashed
    return _finish(text, fields, left, latin)


def _plain(text: str) -> str:
    """Text with blanks and dashes of one kind."""
    text = re.sub(r"[\s\u00a0\u2000-\u200a\u202f]+", " ", re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)).strip()
    text = re.sub(r"\s[-‐‑‒—−]\s|(?<=[.,])\s?[—−]\s?|(?<=[.])-\s", " – ", text)
    return re.sub(r"(?<=\d)\s?[‒—−]\s?(?=\d)", "–", text)


def _read_rest(rest: str, form: str, named: bool, fields: Fields) -> str:
    """What stands after the names. Gives back what found no place."""
    if year := APA_YEAR.match(rest):
        _note_year(year, fields)
        rest = rest[year.end():]
    elif not named and (year := APA_YEAR.search(rest, 0, 200)) and not re.search(r"//|\s–\s", rest[:year.start()]) and len(
            cut(rest[:year.start()])) == 1 and re.search(r"[^\W\d_]{3}", rest[year.end():]):
        fields["author"] = [{"literal": rest[:year.start()].strip(" .,")}]
        _note_year(year, fields)
        rest = rest[year.end():]
    elif named and (year := BARE_YEAR.match(rest)):  # Harvard: «Zhang, Y., 2015. Title»
        fields["issued"] = {"date-parts": [[int(year["year"])]]}
        rest = rest[year.end():]
    apa = year is not None
    rest = rest.strip(" .,;:–") if not re.match(r"[\s,.:;]*\.{3}", rest) else rest
    slashes = re.search(r"\s?//\s?|\s/\s/\s", rest)
    if slashes:
        left = _read_host(rest[slashes.end():], fields)
        return " ".join(filter(None, (_read_title(rest[:slashes.start()], fields), left)))
    if (quoted := QUOTED.match(rest)) and names_host(quoted["rest"]):
        fields["title"] = quoted["title"].strip()
        return _read_host(re.sub(r"^in:?\s", "", quoted["rest"]), fields)
    for form in (SEMICOLONS, COMMAS):
        if (book := form.fullmatch(rest)) and (form is SEMICOLONS or word_pattern("publisher").search(book["publisher"].lower())):
            fields["publisher"], fields["publisher-place"] = book["publisher"].strip(), book["place"].strip()
            fields["issued"] = {"date-parts": [[int(book["year"])]]}
            left = _read_title(book["title"], fields)
            return " ".join(filter(None, (left, take_details(book["rest"] or "", fields, False).strip(" ¦."))))
    return take_kind(rest, fields) if find_kind(rest, fields, named) else _read_areas(rest, fields, apa)


def _note_year(match: re.Match[str], fields: Fields) -> None:
    if not match["year"].isdigit():
        return  # (n.d.)
    parts = [int(match["year"])]
    name, day = match["month"] or match["month2"], match["day"] or match["day2"]
    if name and (number := months().get(name.lower()) or months().get(name.lower()[:3])):
        parts += [number, *([int(day)] if day else [])]
    fields["issued"] = {"date-parts": [parts]}


def _read_areas(rest: str, fields: Fields, apa: bool) -> str:
    """An entry without slashes: areas up to the first of details or imprint are its title, the last of them perhaps its host."""
    inside = re.search(rf"[.?!]\s(?:In|В кн|В сб|Кітапта)[.:]?\s(?=[{UP}])|,\s(?=in:\s[{UP}])", rest)
    if inside:
        left = _read_host(rest[inside.end():], fields)
        return " ".join(filter(None, (_read_title(rest[:inside.start() + 1].rstrip(".,"), fields), left)))
    areas = cut(rest)
    if not areas:
        return rest
    first = next((number for number in range(1, len(areas)) if _is_details(areas[number].text) or _is_imprint_before_year(areas, number)),
                 len(areas))
    named = next((number for number, area in enumerate(areas[:first]) if number and not area.dashed and _has_details(area.text)), None)
    if named is not None and areas[0].text.endswith("]") and not areas[1].dashed:
        named = 1  # a translation in brackets ends the title
    if named is not None and (apa or names_host(rest[areas[named].start:])):
        left = _read_host(rest[areas[named].start:], fields)
        return " ".join(filter(None, (_read_title(rest[:areas[named].start].rstrip(" ."), fields), left)))
    details = rest[areas[first].start:] if first < len(areas) else ""
    if apa and re.fullmatch(rf"[^\d:.]{{3,120}}\s\d{{1,4}}:\s?\d{{1,6}}(?:{DASH}\d{{1,6}})?\.?", rest):
        return _read_host(rest, fields)  # chemists leave the title out: «Wood J (2009) Sample Water 4:12-19»
    if first > 1 and names_host(details) and not areas[first - 1].dashed and not imprint().match(areas[first].text):
        host = areas[first - 1]
        left = _read_host(rest[host.start:], fields)
        return " ".join(filter(None, (_read_title(rest[:host.start].rstrip(" ."), fields), left)))
    if apa and 1 < first < len(areas) and not areas[first - 1].dashed and not imprint().match(details) and not names_host(details):
        _note_publisher(areas[first - 1].text.rstrip("."), fields)
        left = _read_title(rest[:areas[first - 1].start].rstrip(" ."), fields)
        return " ".join(filter(None, (left, _read_imprint(details, fields, False))))
    if apa and first == len(areas) > 1 and len(areas[-1].text.split()) < 9:
        if "URL" in fields and len(fields.get("issued", {}).get("date-parts", [[]])[0]) > 1:
            fields["container-title"] = areas[-1].text.strip(" .")
        else:
            _note_publisher(areas[-1].text.strip(" ."), fields)
        return _read_title(rest[:areas[-1].start].rstrip(" ."), fields)
    if names_host(areas[0].text) and (found := after_name().search(areas[0].text)):
        name = re.search(rf"^.*(?P<comma>,)\s(?=[{UP}])", areas[0].text[:found.start()])
        if name:  # a comma alone stands between title and journal
            left = _read_host(rest[areas[0].start + name.end():], fields)
            return " ".join(filter(None, (_read_title(rest[:areas[0].start + name.start("comma")], fields), left)))
    left = _read_title(rest[:areas[first].start if first < len(areas) else len(rest)].rstrip(" –"), fields)
    return " ".join(filter(None, (left, _read_imprint(details, fields, False))))


def _note_publisher(text: str, fields: Fields) -> None:
    """«London: Sample Press», «Sample Press, London», «Sample Press»."""
    found = place_and_publisher().match(text)
    if not found and (found := PRESS_AND_PLACE.fullmatch(text)) and not word_pattern("publisher").search(found["publisher"].lower()):
        found = None
    if found:
        fields["publisher-place"], fields["publisher"] = found["place"], found["publisher"]
    else:
        fields["publisher"] = text


def _is_details(text: str) -> bool:
    if starts_details().match(text):
        return True
    found = imprint().match(text)
    if found and not found["place"] and names_host(text[found.end():]):
        return False  # «Журнал, 2019, № 3»
    if found and found["only"]:  # «Springer, 2008», but not a title that names a year
        return len(found["only"].split()) < 8 and not re.search(r"[.;]", found["only"]) and found.end() > len(text) - 30
    if found or not place_and_publisher().match(text) or len(text.split(":")[0].split()) > 2 or len(text.split()) > 8:
        return bool(found)
    return bool(re.match(r"[^\W\d_]{1,3}\.?\s?:", text) or word_pattern("publisher").search(text.lower()))


def _is_imprint_before_year(areas: list, number: int) -> bool:
    """«Алматы: Рауан. 1994»."""
    following = areas[number + 1].text if number + 1 < len(areas) else ""
    return bool(re.match(YEAR, following) and place_and_publisher().fullmatch(areas[number].text)) and len(areas[number].text.split()) < 9


def _has_details(text: str) -> bool:
    found = after_name().search(text)
    return bool(found) and found.start() > 2 and names_host(text)


def _read_title(text: str, fields: Fields) -> str:
    """A title with what stands after its slash; a translation in brackets, a genre after its colon."""
    text = text.strip(" ,–")
    title, slash, by = _part(text)
    left = _read_responsible(by, fields) if slash else ""
    if found := re.search(rf"\s?\[(?P<genre>[^\[\]]*{words('thesis')}[^\[\]]*)\]", title, re.I):
        fields["genre"] = found["genre"]
        title = title[:found.start()] + title[found.end():]
    if found := TRANSLATED.search(title):
        fields["title-en"] = found["title"].strip(" .")
        title = (title[:found.start()] + title[found.end():]).strip()
    if found := re.search(rf"\s\((?P<value>\d{{1,2}})(?:st|nd|rd|th|-е|-ші|-шы)\s{words('edition')}\.?\)", title):
        fields["edition"] = found["value"]
        title = title[:found.start()] + title[found.end():]
    title = re.sub(r"\s?:\s", ": ", title).strip(" ,;:/–")
    if not re.search(r"\s(?:гг?|жж?|ғ|др|т|б|вв?|р|Р)\.$", title):
        title = title.rstrip(" .,;:/–")
    head, colon, tail = title.rpartition(": ")
    if colon and _is_genre(tail.lower(), "container-title" in fields):
        fields["genre"], title = tail, head
    elif colon and (found := re.fullmatch(r"в\s(\d{1,2})[\s-](?:х\s|ти\s)?(?:т|тт|томах|ч)\.?|(\d{1,2})\s(?:томдық|т)\.?"
                                          r"|in\s(\d{1,2})\svols?\.?", tail.lower())):
        fields["number-of-volumes"], title = next(filter(None, found.groups())), head
    if title.count("«") == title.count("»") == 1 and title[0] == "«" and title[-1] == "»":
        title = title[1:-1]
    if title:
        fields["title"] = title
    return left


def _is_genre(text: str, hosted: bool) -> bool:
    """«учебное пособие для вузов», «материалы конференции» of a work that stands in no other."""
    if re.fullmatch(rf"{words('genre')}\.?(?:\s(?:для|по|арналған|for)\s.{{3,80}})?", text):
        return True
    return not hosted and bool(word_pattern("conference").search(text)) and not word_pattern("thesis").search(text)


def _part(text: str) -> tuple[str, str, str]:
    """A title, and what stands after its slash where that is about people."""
    for slash in re.finditer(rf"\s/\s|/(?=\s?(?:[{UP}]\.|под\sред|ред\.|ауд\.))|\s/(?=\w)", text):
        return text[:slash.start()], "/", text[slash.end():]
    return text, "", ""


def _read_responsible(text: str, fields: Fields) -> str:
    """«И. И. Иванов, П. П. Петров ; под ред. С. С. Сидорова»: authors, editors, translators."""
    left = []
    for part in re.split(r"\s?[;–]\s|,\s(?=под\sред|отв\.\sред)", text):
        part = part.strip(" .,–")
        marked = next(((name, found) for name in ("editor", "translator")
                       if (found := re.match(rf"{words(name)}(?!\w)\.?(?:\sby)?\s?:?\s?", part, re.I))), None)
        people = read_list(part[marked[1].end():] if marked else part)
        if marked and people:
            fields.setdefault(marked[0], people)
        elif people:
            _note_authors(people, fields)
        elif not marked and (one := read_full(part)):
            _note_authors([one], fields)
        elif part:
            left.append(part)
    return " ".join(left)


def _note_authors(people: list[dict[str, Any]], fields: Fields) -> None:
    """Authors after the slash: the heading may have the first only, or none."""
    heading = [each for each in fields.get("author", []) if "family" in each]
    if len([each for each in people if "family" in each]) >= len(heading):
        fields["author"] = people


def _read_host(text: str, fields: Fields) -> str:
    """What an article or chapter stands in, and where."""
    text = re.sub(rf"^\s?(?:{words('in')})[.:]?\s?:?\s?(?=[{UP}«])", "", text.strip(" .,;"), flags=re.I) or text
    found = re.match(r"(?P<names>[^()]{5,200}?),?\s?(?:\((?:Eds?\.?|[Рр]ед\.)\),?|(?<=,\s)(?:editors?|eds?)\.)\s", text)
    if found and read_list(found["names"]):
        fields["editor"] = read_list(found["names"])
        text = text[found.end():]
    archive = re.search(r"[.,]?\s(?:Ф\.|Фонд|(?:[\w-]+-қор)|Қ\.|F\.)\s?[\w-]*[.,]?\s?(?:Оп\.|[Оо]пись|\d+-тізбе|\d+-т|Т\.|Op\.|Inv)", text)
    if archive:
        fields["archive"] = text[:archive.start()].strip(" .,–")
        place = text[archive.start():].strip(" .,–")
        if found := re.search(r"(?:\s–\s|\.\s)(\d{1,5}\s?(?:л|п|б|с))\.?$", place):
            fields["number-of-pages"], place = found[1], place[:found.start()]
        fields["archive_location"] = place.strip(" .–")
        return ""
    dashes = [match for match in re.finditer(r"\s–\s", text) if match.start() > 1 and not _is_quoted(text, match.start())]
    ends = [match.start() for match in dashes if _is_details_ahead(text[match.end():])] or [match.start() for match in dashes]
    ends += [area.start for area in cut(text)[1:] if _is_details(area.text)]
    if found := after_name().search(text, 2):
        ends.append(found.start())
    end = min(ends, default=len(text))
    name, details = text[:end], text[end:]
    name, slash, by = _part(name)
    left = _read_responsible(by, fields) if slash else ""
    if (found := TRANSLATED.search(name)) and not ENGLISH.search(name[:found.start()]):
        fields["container-title-en"] = found["title"].strip(" .")
        name = name[:found.start()] + name[found.end():]
    elif found := TRANSLATED.match(details.lstrip(" .")):
        fields["container-title-en"], details = found["title"].strip(" ."), details.lstrip(" .")[found.end():]
    name = re.sub(r"\s:\s", ": ", name).strip(" ,;:–/.")
    if re.search(r"[^\W\d_]{3}\.\s", name) and re.search(r"(?:^|\s)[^\W\d_]{1,8}$", name) and text[:end + 1].rstrip()[-1:] == ".":
        name += "."  # «Социолог. иссл.»: a name that is shortened
    if name:
        fields["container-title"] = name
    return " ".join(filter(None, (left, _read_imprint(details, fields, True))))


def _is_quoted(text: str, at: int) -> bool:
    return text.count("«", 0, at) > text.count("»", 0, at)


def _is_details_ahead(text: str) -> bool:
    return bool(starts_details().match(text) or imprint().match(text) or place_and_publisher().match(text.split(" – ")[0]))


def _read_imprint(text: str, fields: Fields, host: bool) -> str:
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


def _finish(text: str, fields: Fields, left: str, latin: bool) -> Parsed:
    """The type, the language, and how sure all that is."""
    from basylym.intake.entry_kinds import name_type

    fields["type"] = name_type(text, fields)
    spoken = fields.pop("spoken", "")
    if latin and spoken and "title-en" not in fields and (two := IN_ROUND.fullmatch(str(fields.get("title", "")))):
        fields["title"], fields["title-en"] = two["own"], two["title"].strip(" .")
    fields.pop("electronic", None)
    if not fields.get("title") and fields.get("author") and fields.get("container-title"):
        fields["language"] = guess_language(fields["container-title"])
        return Parsed(fields, "likely", left)
    if not fields.get("title"):
        return Parsed({"type": "document", "title": text, "language": guess_language(text)}, "unknown", text)
    words_of = " ".join(str(fields.get(name, "")) for name in ("title", "container-title", "genre"))
    fields["language"] = guess_language(fields["title"] if re.search("[\u0400-\u04ff]", fields["title"]) else words_of)
    if latin and spoken:
        fields["spoken"] = spoken
    told = set(fields) & TELLING
    if len(told) < 2 and not (fields["type"] in ("legislation", "webpage", "standard") and told):
        return Parsed(fields, "unknown" if not told else "likely", left)
    return Parsed(fields, "likely" if left.strip() or "issued" not in fields else "certain", left)
