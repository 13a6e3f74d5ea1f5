"""One typed entry to CSL: GOST 7.1, R 7.0.5, R 7.0.100, APA, Vancouver, IEEE, and what people make of them.

The entry is read from its edges to its middle: addresses and days of access are taken out, then the names at the head; then the
signs « // », « / », « – » and full stops cut what is left into areas, and each area says by its look what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from basylym.intake.entry_areas import after_name, begins_journal, cut, imprint, is_details, names_host, place_and_publisher
from basylym.intake.entry_forms import read_body, read_chinese, skip_label, take_archive
from basylym.intake.entry_host import read_host, read_imprint
from basylym.intake.entry_kinds import is_of_kind, name_type, take_patent, take_standard
from basylym.intake.entry_language import speak
from basylym.intake.entry_names import read_head, skip_editor_mark
from basylym.intake.entry_parts import VANCOUVER, VOLUME_ISSUE, Fields, take_addresses, take_details
from basylym.intake.entry_quoted import QUOTED, read_quoted
from basylym.intake.entry_title import read_title
from basylym.intake.entry_words import DASH, UP, YEAR, month, months, word_pattern, words
from basylym.intake.understood import Sureness
from basylym.languages.identify import guess_language
from basylym.typography.letters import CYRILLIC

TELLING = {"issued", "author", "editor", "container-title", "publisher", "publisher-place", "URL", "DOI", "number", "archive",
           "archive_location"}
"""Without two of these an entry was not understood."""
LONGEST = 3000
"""A longer entry is none: it stays as it is."""
APA_YEAR = re.compile(rf"[\s.,]{{0,3}}\((?P<year>{YEAR}|n\.\s?d\.|б\.\s?г\."
                      rf"|ж\.\s?ж\.)(?P<letter>[a-zа-е])?(?:,?\s(?P<month>{month()})\w{{0,4}}\.?(?:\s(?P<day>\d\d?)(?:{DASH}\d\d?)?)?"
                      r"|,?\s(?P<day2>\d\d?)\s(?P<month2>[^\W\d_]{3,10}))?\)[.,:;]?\s?", re.I)
ACT_AFTER = re.compile(rf"(?P<name>[^.:/]{{8,400}})\.\s(?={words('law')}(?!\w)[^.:/]{{3,160}}(?:№|N|No\.)\s?\d)", re.I)
"""«Об утверждении примеров. Приказ министра … № 5»."""
BARE_YEAR = re.compile(rf"[\s.,]{{0,3}}(?P<year>{YEAR})[a-z]?[.,:]\s(?=[{UP}«“\"])")
PRESS_AND_PLACE = re.compile(rf"(?P<publisher>[^,]{{3,100}}),\s(?P<place>[{UP}][\w’-]{{2,25}})")
SEMICOLONS = re.compile(rf"(?P<title>[^;]{{3,300}});\s(?P<publisher>[^;:\d]{{2,80}}):\s(?P<place>[^;:,\d]{{2,60}}(?:,\s[^;:,\d]{{2,40}})?)"
                        rf",\s(?P<year>{YEAR})(?:;\s(?P<rest>.*))?\.?")
"""Chemists' books: «Title; Press: Leeds, UK, 2010; 120 p.»"""
COMMAS = re.compile(rf"(?P<title>[^;:]{{3,300}}?),\s(?P<publisher>[^,;:\d]{{2,80}}),\s(?P<place>[^,;:\d]{{2,40}}),"
                    rf"\s(?P<year>{YEAR})(?P<rest>)\.?")
"""Engineers' books: «Title, Sample Press, London, 2012»."""
IN_ROUND = re.compile(r"(?P<own>[^()]{3,300}?)\s?\((?P<title>[^\W\d_][^()]{4,300})\)")


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
    rest = take_addresses(text[skip_label(text):], fields)
    if read_chinese(rest, fields):
        return _finish(text, fields, "", latin)
    if (before := take_archive(rest, fields)) is not None:
        people, _, end = read_head(before)
        if people and end < len(before):
            fields["author"], before = people, before[end:]
        if not before.strip(" .,"):  # a file that is named by its place alone: the archive's name stands where a title would
            before, fields["doubt"] = fields.pop("archive"), True
        return _finish(text, fields, read_title(before, fields), latin)
    people, _, end = read_head(rest)
    if people and (end < len(rest)):
        mark = skip_editor_mark(rest, end)
        fields["editor" if mark > end else "author"] = people
        rest = rest[mark:]
    elif people:
        people = []
    if not people and not re.search(r"//|\s/\s", rest):
        body, end, sure = read_body(rest)
        if body and not is_of_kind(rest):
            people, rest = [{"literal": body}], rest[end:]
            fields["author"], fields["doubt"] = people, not sure
    left = _read_rest(rest, bool(people), fields)
    for name, value in fields.items():
        if isinstance(value, str) and " – " in value and (dashed := value.replace(" – ", " — ")) in re.sub(r"\s+", " ", typed):
            fields[name] = dashed
    return _finish(text, fields, left, latin)


def _plain(text: str) -> str:
    """Text with blanks and dashes of one kind."""
    text = re.sub(r"[\s\u00a0\u2000-\u200a\u202f]+", " ", re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)).strip()
    text = re.sub(r"\s[-‐‑‒—−]\s|(?<=[.,])\s?[—−]\s?|(?<=[.])-\s", " – ", text)
    return re.sub(r"(?<=\d)\s?[‒—−]\s?(?=\d)", "–", text)


def _read_rest(rest: str, named: bool, fields: Fields) -> str:
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
    if not named and (act := ACT_AFTER.match(rest)):
        rest = f"{act['name']}: {rest[act.end():]}"
    if "spoken" in fields and re.match(r"In\s(?=[A-Z])", rest):  # a romanised list that leaves the titles out
        return read_host(rest[3:], fields)
    slashes = re.search(r"\s?//\s?|\s/\s/\s", rest)
    if slashes:
        return _read_hosted(rest[:slashes.start()], rest[slashes.end():], fields)
    if quoted := QUOTED.match(rest):
        ended = re.search(r"[.,][”\"»]$|[”\"»][.,]$", quoted[0][:quoted.start("rest") - quoted.start()].strip())
        if (left := read_quoted(quoted["title"].strip(), quoted["rest"], bool(ended), fields)) is not None:
            return left
    for form in (SEMICOLONS, COMMAS):
        if (book := form.fullmatch(rest)) and (form is SEMICOLONS or word_pattern("publisher").search(book["publisher"].lower())):
            fields["publisher"], fields["publisher-place"] = book["publisher"].strip(), book["place"].strip()
            fields["issued"] = {"date-parts": [[int(book["year"])]]}
            left = read_title(book["title"], fields)
            return " ".join(filter(None, (left, take_details(book["rest"] or "", fields, False).strip(" ¦."))))
    if named:
        return _read_areas(rest, fields, apa)
    if (after := take_standard(rest, fields)) is not None:
        return _read_areas(after, fields, False)
    left = take_patent(rest, fields)
    return left if left is not None else _read_areas(rest, fields, apa)


def _read_hosted(title: str, host: str, fields: Fields) -> str:
    """A title, and what its work stands in. Gives back what found no place."""
    left = read_host(host, fields)
    return " ".join(filter(None, (read_title(title, fields), left)))


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
    if inside and not _begins_with_in(rest[inside.start():]):
        return _read_hosted(rest[:inside.start() + 1].rstrip(".,"), rest[inside.end():], fields)
    areas = cut(rest)
    if not areas:
        return rest
    first = next((number for number in range(1, len(areas)) if is_details(areas[number].text) or _is_imprint_before_year(areas, number)),
                 len(areas))
    named = next((number for number, area in enumerate(areas[:first]) if number and not area.dashed and _has_details(area.text)), None)
    if named is not None and areas[0].text.endswith("]") and not areas[1].dashed:
        named = 1  # a translation in brackets ends the title
    if named is not None:
        named = _journal_begins(areas, named)
    if named is not None and (apa or names_host(rest[areas[named].start:])):
        return _read_hosted(rest[:areas[named].start].rstrip(" ."), rest[areas[named].start:], fields)
    details = rest[areas[first].start:] if first < len(areas) else ""
    if apa and re.fullmatch(rf"[^\d:.]{{3,120}}\s\d{{1,4}}:\s?\d{{1,6}}(?:{DASH}\d{{1,6}})?\.?", rest):
        return read_host(rest, fields)  # chemists leave the title out: «Wood J (2009) Sample Water 4:12-19»
    if first > 1 and names_host(details) and not areas[first - 1].dashed and not imprint().match(areas[first].text):
        host = areas[_journal_begins(areas, first - 1)]
        return _read_hosted(rest[:host.start].rstrip(" ."), rest[host.start:], fields)
    if apa and 1 < first < len(areas) and not areas[first - 1].dashed and not imprint().match(details) and not names_host(details):
        _note_publisher(areas[first - 1].text.rstrip("."), fields)
        left = read_title(rest[:areas[first - 1].start].rstrip(" ."), fields)
        return " ".join(filter(None, (left, read_imprint(details, fields, False))))
    if apa and first == len(areas) > 1 and len(areas[-1].text.split()) < 9:
        if "URL" in fields and len(fields.get("issued", {}).get("date-parts", [[]])[0]) > 1:
            fields["container-title"] = areas[-1].text.strip(" .")
        else:
            _note_publisher(areas[-1].text.strip(" ."), fields)
        return read_title(rest[:areas[-1].start].rstrip(" ."), fields)
    if names_host(areas[0].text) and (found := after_name().search(areas[0].text)):
        name = re.search(rf"^.*(?P<comma>,)\s(?=[{UP}])", areas[0].text[:found.start()])
        if name:  # a comma alone stands between title and journal
            return _read_hosted(rest[:areas[0].start + name.start("comma")], rest[areas[0].start + name.end():], fields)
    left = read_title(rest[:areas[first].start if first < len(areas) else len(rest)].rstrip(" –"), fields)
    return " ".join(filter(None, (left, read_imprint(details, fields, False))))


def _journal_begins(areas: list, number: int) -> int:
    """The area in which the journal's name begins that goes on in another: «Annu. Rev. Earth Planet. Sci.»."""
    while number > 1 and not areas[number].dashed and begins_journal(areas[number - 1].text):
        number -= 1
    return number


def _begins_with_in(text: str) -> bool:
    """Whether “. In Vitro Biol. 2015;51(2):1–5” is a journal whose name begins so: it has a volume, and no editors or press."""
    if not re.match(r"[.?!]\sIn\s", text) or re.search(rf"\([Ee]ds?\.|(?<!\w){words('pages')}\.?\s\d|:\s[{UP}]", text):
        return False
    found = VANCOUVER.search(text)
    return bool(found and found["volume"] or VOLUME_ISSUE.search(text)) and not word_pattern("conference").search(text.lower())


def _note_publisher(text: str, fields: Fields) -> None:
    """«London: Sample Press», «Sample Press, London», «Sample Press»."""
    found = place_and_publisher().match(text)
    if not found and (found := PRESS_AND_PLACE.fullmatch(text)) and not word_pattern("publisher").search(found["publisher"].lower()):
        found = None
    if found:
        fields["publisher-place"], fields["publisher"] = found["place"], found["publisher"]
    else:
        fields["publisher"] = text


def _is_imprint_before_year(areas: list, number: int) -> bool:
    """«Алматы: Рауан. 1994»."""
    following = areas[number + 1].text if number + 1 < len(areas) else ""
    return bool(re.match(YEAR, following) and place_and_publisher().fullmatch(areas[number].text)) and len(areas[number].text.split()) < 9


def _has_details(text: str) -> bool:
    found = after_name().search(text)
    return bool(found) and found.start() > 2 and names_host(text)


def _finish(text: str, fields: Fields, left: str, latin: bool) -> Parsed:
    """The type, the language, and how sure all that is."""
    fields["type"] = name_type(text, fields)
    spoken, doubt = fields.pop("spoken", ""), fields.pop("doubt", False)
    if latin and spoken and "title-en" not in fields and (two := IN_ROUND.fullmatch(str(fields.get("title", "")))):
        fields["title"], fields["title-en"] = two["own"], two["title"].strip(" .")
    if not fields.get("title") and fields.get("author") and fields.get("container-title"):
        fields["language"] = guess_language(fields["container-title"])
        return Parsed(fields, "likely", left)
    if not fields.get("title"):
        return Parsed({"type": "document", "title": text, "language": guess_language(text)}, "unknown", text)
    words_of = " ".join(str(fields.get(name, "")) for name in ("title", "container-title", "genre"))
    if spoken_in := speak(fields["title"] if CYRILLIC.search(fields["title"]) else words_of, text):
        fields["language"] = spoken_in
    doubt = doubt or not spoken_in
    if latin and spoken:
        fields["spoken"] = spoken
    told = set(fields) & TELLING
    if len(told) < 2 and not (fields["type"] in ("legislation", "webpage", "standard", "manuscript") and told):
        return Parsed(fields, "unknown" if not told else "likely", left)
    doubt = doubt or "issued" not in fields and fields["type"] != "manuscript"
    return Parsed(fields, "likely" if left.strip() or doubt else "certain", left)
