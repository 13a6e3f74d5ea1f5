"""Where a title, its authors, their organisations and addresses end and begin, in text whose lines stand one below the other.

How full a line is tells nothing there: each is as long as what it says. What each line says does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from basylym.intake.broken_words import HYPHENS, is_broken
from basylym.intake.labels import begins_with_word, exact_words, find_label, find_section, has_word, is_references, skeleton
from basylym.intake.page_heads import ENDS, TextLine

UP = "A-ZА-ЯӘҒҚҢӨҰҮҺІЁЄЇҐЎ"
MARKS = r"(?:[\d*†‡§✉ᵃ-ᶻ⁰-⁹¹²³,\s]|\ue000[\d*a-h,\s]{0,9}\ue001)*"
INITIALS = rf"(?:[{UP}][a-zа-яё]?\.\s?(?:-?[{UP}]\.\s?){{0,2}})"
FAMILY = rf"(?:(?:van|von|der|de|la|le|фон|ван|де|әл|аль|al)[\s-]){{0,2}}[{UP}][\w’'ʼ]+(?:-[{UP}][\w’'ʼ]+)?"
SHORT_NAME = rf"(?:{INITIALS}{FAMILY}|{FAMILY},?\s{INITIALS})"
LONG_NAME = rf"(?:{FAMILY}(?:\s(?:{FAMILY}|[{UP}]\.)){{1,3}})"
BETWEEN = re.compile(rf"{MARKS}(?:[,;]\s*|\s(?:and|и|және|мен|&|und)\s){MARKS}|(?<=[\d*])\s(?=[{UP}])")
SON = re.compile(r"(?:[ұу]лы|[қк]ызы|[оеё]вич|[оеё]вна|[иь]нична|uly|[qk][yi]z[yi]|[oe]vich|[oe]vna)(?!\w)", re.I)
MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w")
OWN_LINE = re.compile(r"\W{0,3}(?:e-?mail|эл|orcid|https?:|\S{1,80}@)", re.I)
CODE = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|10\.\d{4})\S*|(?:JEL|ISSN|EDN)\b.{0,80}", re.I)
CODES = re.compile(r"[\d.,;:/()+\s“”\"–—-]*")
MARKED = re.compile(rf"(?:\d{{1,2}}[).]?\s?|[¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜ]\s?|\ue000[\d*a-z]{{1,3}}\ue001\s?|\*{{1,3}}\s?)[«“\"]?[{UP}]")
ENTRY = re.compile(rf"{SHORT_NAME}|{FAMILY},\s{FAMILY}")
ENDED = re.compile(r"\d[-–]\d+\.$|\d\s?(?:с|б|бет|p|pp)\.$|[^\W\d_]{3}\.$|https?://\S+$|\d{4}\)?\.$|\)\.?$|\]\.?$|\d$|10\.\d{4,9}/\S+$")
"""How an entry ends; one that ends in an initial may go on."""
NUMBERED = re.compile(r"(?P<open>\[?)(?P<number>\d{1,3})(?:\]|[.)])?\s")
GOES_ON = re.compile(r"[–—-]\s|[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]|\d|https?:|www\.|DOI\b|URL\b|P\.\s|С\.\s|Режим доступа|Available")
"""How a line begins that goes on with an entry of a list with numbers."""
GAP = 1.6
AFTER, MOST = 40, 200
"""Lines after a label of an abstract or of keywords that may be another title block, and lines of the whole at most."""
BEFORE = 14
"""Lines before another language's abstract that may be its title, authors and organisations."""
FIRST = 60
"""Lines of the first such block at most."""
LONGEST = 300
"""Letters of a line that are looked at."""
OPENS = re.compile(r"[,:(–—-]\s*$|\s(?:and|и|және|мен|&|of|the|в|на|о|об|для|бен|пен)\s*$", re.I)


def find_breaks(lines: Sequence[TextLine]) -> dict[int, bool]:
    """For lines of title blocks whether a paragraph begins with them; those of which nothing is known are not there."""
    found: dict[int, bool] = {}
    for start, end in _zones(lines):
        kinds = [_kind(lines, at) for at in range(start, end)]
        for at in range(start + 1, end):
            before, now = kinds[at - 1 - start], kinds[at - start]
            parted = _is_parted(lines[at - 1], lines[at], before, now)
            if parted is None and _ends_keywords(lines, at):
                parted = True
            if parted is None and not before and not now and (at - 1 == start or found.get(at - 1)):
                parted = _is_title(lines, at, kinds[at - start:]) or None
            if parted is not None:
                found[at] = parted
    return found


def _zones(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """Where title blocks stand: before the first heading of the text, and before each abstract after it."""
    zones: list[tuple[int, int]] = []
    last = 0
    for at, line in enumerate(lines):
        label = find_label(line.text) if not line.text[:1].islower() else None
        abstract = bool(label and label.part in ("abstract", "keywords") and (label.firm or not label.rest))
        if not zones:
            if abstract:
                last = at
            if at and (find_section(line.text) or is_references(line.text)) and not abstract:
                zones.append((0, at + 1))
            elif at > MOST or at > max(last + AFTER, FIRST):
                zones.append((0, last + 1 if last else FIRST))
        elif abstract and at > zones[-1][1]:
            start = at
            while start > zones[-1][1] and at - start < BEFORE and not _is_text(lines[start - 1].text):
                start -= 1
            zones.append((start, min(at + AFTER, len(lines))))
    return zones or [(0, len(lines))]


def _ends_keywords(lines: Sequence[TextLine], at: int) -> bool:
    """Whether keywords end before a line: a capital without a comma before it, where an abstract follows or a gap parts them."""
    before, text = lines[at - 1].text, lines[at].text
    label = find_label(before)
    if not label or label.part != "keywords" or not label.rest or OPENS.search(before) or before.endswith(";") or not text[:1].isupper():
        return False
    return lines[at].blank or any((found := find_label(line.text)) and found.part == "abstract" for line in lines[at + 1:at + 5])


def _is_title(lines: Sequence[TextLine], at: int, kinds: Sequence[str]) -> bool:
    """Whether what stands before a line is a title, and the line begins a text: sentences follow, up to a line of another kind."""
    before, text = lines[at - 1].text, lines[at].text
    if ENDS.search(before) or OPENS.search(before) or not text[:1].isupper() or find_label(before) or lines[at - 1].text.isupper():
        return False
    following = []
    for line, kind in zip(lines[at:at + BEFORE], kinds, strict=False):
        if kind or find_label(line.text) and following:
            break
        following.append(line.text)
    return bool(re.search(r"[^\W\d_]{3}[.!?]\s[^\W\d_]", " ".join(following))) and len(following) > 1


def _is_text(text: str) -> bool:
    """Whether a line is no part of a title block: a heading, keywords, a reference, the end of a sentence."""
    label = find_label(text)
    return bool(find_section(text) or is_references(text) or label and label.part in ("keywords", "abstract") or "//" in text
                or re.match(r"\[?\d{1,3}[\].]\s", text) and not MARKED.match(text) or re.search(r"\d\.$|[.!?]\s+\S.*\.$", text))


def _kind(lines: Sequence[TextLine], at: int) -> str:
    text = (lines[at].marked or lines[at].text)[:LONGEST]
    bare = lines[at].text[:LONGEST]
    label = find_label(bare)
    if CODE.fullmatch(bare) or label and label.part in ("udc", "irsti", "doi", "edn") and (
            CODES.fullmatch(label.rest) or CODE.match(label.rest)):
        return "code"
    if label and label.part in ("email", "corresponding") or MAIL.search(bare) and len(bare.split()) < 7 or re.match(
            r"(?:https?://)?(?:www\.)?orcid", bare, re.I):
        return "mail"
    if _are_names(text, lines[at + 1].text[:LONGEST] if at + 1 < len(lines) else ""):
        return "names"
    letters = [letter for letter in bare if letter.isalpha()]
    if len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters) and not find_section(bare):
        return "capitals"
    if MARKED.match(text):
        return "marked"
    if begins_with_word(bare, "degrees", "positions"):
        return "degree"
    return "organisation" if has_word(bare, "organisations") else ""


def _are_names(text: str, following: str) -> bool:
    names = [name for name in (re.sub(rf"^{MARKS}|{MARKS}$", "", each) for each in BETWEEN.split(text)) if name.strip(" .")]
    if not names or has_word(text, "organisations"):
        return False
    if all(re.fullmatch(SHORT_NAME, name.strip()) for name in names):
        return True
    if not all(re.fullmatch(rf"{SHORT_NAME}|{LONG_NAME}", name.strip()) for name in names):
        return False
    return bool(SON.search(text) or re.search(r"[^\W\d_](?:[\d*¹²³]|\ue000)", text) or begins_with_word(following, "degrees", "positions")
                or has_word(following, "organisations") and len(names) == 1 or MAIL.match(following))


def _is_parted(before: TextLine, line: TextLine, kind: str, now: str) -> bool | None:
    """Whether a line begins a paragraph after another of a kind; None where that is not known."""
    if is_broken(before.text, line.text):
        return False
    if kind == now == "capitals":
        return line.blank and not before.blank and not OPENS.search(before.text)
    if line.text[:1].islower() and (before.text[-1:] in HYPHENS or now == "mail" and OPENS.search(before.text)):
        return False
    if now == "mail" and OPENS.search(before.text) and not OWN_LINE.match(line.text):
        return False  # «London, UK. E-mail: …», after the rest of an author's address
    if "code" in (kind, now) or "mail" in (kind, now):
        return True
    if kind == now == "names":
        return not OPENS.search(before.text)
    if "capitals" in (kind, now) or "names" in (kind, now):
        return True
    if now == "marked" and (kind or _ends_with_country(before.text)):
        return True
    if line.text[:1].isupper() and (kind or not now) and _ends_with_country(before.text):
        return True
    return None


def _ends_with_country(text: str) -> bool:
    last = skeleton(text.rstrip(" .;")).rpartition(",")[2].strip()
    return bool(last) and last in exact_words("countries")


def find_entries(lines: Sequence[TextLine]) -> dict[int, bool]:
    """Lines of lists of references that begin an entry, and those that surely don't.

    Where the list has numbers, the next one begins an entry; else a name after an entry that is ended. A line that begins with a dash
    or a small letter goes on with the entry, and so does any where the one before is not ended.
    """
    found: dict[int, bool] = {}
    listed, last, style = False, 0, ""
    for at, line in enumerate(lines):
        if is_references(line.text):
            listed, last, style = True, 0, ""
            continue
        if listed and (find_section(line.text) or (label := find_label(line.text)) and label.firm and label.part != "doi"):
            listed = False
        if not listed:
            continue
        number = NUMBERED.match(line.text)
        if not (number and int(number["number"]) == last + 1) and ENDED.search(lines[at - 1].text) and (
                _is_set_apart(lines[at - 1], line) or _kind(lines, at) in ("names", "code")):
            listed = False  # the list is over
            continue
        if number and int(number["number"]) == last + 1 and (not style or _style(number) == style):
            found[at], last, style = True, last + 1, _style(number)
        elif last and GOES_ON.match(line.text) or last and not ENDED.search(lines[at - 1].text) and not _is_set_apart(lines[at - 1], line):
            found[at] = False
        elif not last and (ENTRY.match(line.text) and ENDED.search(lines[at - 1].text)):
            found[at] = True
        elif not last and line.text[:2] in ("– ", "— ") and not is_references(lines[at - 1].text):
            found[at] = False
    return found


def _style(number: re.Match[str]) -> str:
    return re.sub(r"\d+", "#", number[0].strip())


def _is_set_apart(before: TextLine, line: TextLine) -> bool:
    """Whether a line is no part of the entry before it by its look."""
    return line.gap > GAP and line.page == before.page or bool(line.size) and (abs(before.size - line.size) > 0.6 or (
        line.bold > 0.9 and before.bold < 0.1)) or line.text.isupper() and len(line.text) > AFTER
