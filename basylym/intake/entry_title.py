"""The title of an entry with what belongs to it: the people after its slash, its genre, a translation in brackets."""

from __future__ import annotations

import re
from typing import Any

from basylym.intake.entry_names import read_full, read_list
from basylym.intake.entry_parts import Fields
from basylym.intake.entry_words import UP, word_pattern, words

TRANSLATED = re.compile(r"\s?\[(?P<title>[^\[\]]{3,600})\]\.?")


def read_title(text: str, fields: Fields) -> str:
    """A title with what stands after its slash; a translation in brackets, a genre after its colon."""
    text = text.strip(" ,–")
    title, slash, by = part_title(text)
    left = read_responsible(by, fields) if slash else ""
    if found := re.search(rf"\s?\[(?P<genre>[^\[\]]*{words('thesis')}[^\[\]]*)\]", title, re.I):
        fields["genre"] = found["genre"]
        title = title[:found.start()] + title[found.end():]
    if found := TRANSLATED.search(title):
        fields["title-en"] = found["title"].strip(" .")
        title = (title[:found.start()] + title[found.end():]).strip()
    if found := re.search(rf"\s\((?P<value>\d{{1,2}})(?:st|nd|rd|th|-е|-ші|-шы)\s{words('edition')}\.?\)", title):
        fields["edition"] = found["value"]
        title = title[:found.start()] + title[found.end():]
    elif found := re.search(rf",\s(?P<value>\d{{1,2}})(?:st|nd|rd|th)\s{words('edition')}\.?$", title):  # IEEE: «Title, 2nd ed.»
        fields["edition"] = found["value"]
        title = title[:found.start()]
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


def part_title(text: str) -> tuple[str, str, str]:
    """A title, and what stands after its slash where that is about people."""
    for slash in re.finditer(rf"\s/\s|/(?=\s?(?:[{UP}]\.|под\sред|ред\.|ауд\.))|\s/(?=\w)", text):
        return text[:slash.start()], "/", text[slash.end():]
    return text, "", ""


def read_responsible(text: str, fields: Fields) -> str:
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
