"""Front matter of other systems (pandoc, JOSS, Manubot, Quarto), put into our words as far as it fits.

Each rule moves one thing; what has no place here is reported by its name and left out. A block that is ours already is not
touched. Shapes: pandoc's manual (metadata variables), JOSS "paper.md", Manubot "metadata.yaml", Quarto "front matter".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from basylym.languages import known_languages, language
from basylym.model import FrontMatter, Places, Problem
from basylym.read.entry import language_tag

DROPPED = set("""
    format execute editor jupyter engine kernel kernelspec jupytext toc toc-depth toc-title toc-location number-sections
    number-depth number-offset documentclass classoption geometry fontsize fontfamily fontenc inputenc mainfont mainfontoptions
    sansfont monofont mathfont CJKmainfont babelfonts papersize pagestyle header-includes include-before include-after
    include-before-body include-after-body include-in-header before-body after-body output output-file output-dir link-citations
    link-bibliography reference-section-title suppress-bibliography citation-abbreviations citation-style notes-after-punctuation
    cite-method natbib biblatexoptions colorlinks linkcolor urlcolor citecolor toccolor filecolor links-as-notes urlstyle hyperrefoptions
    nocite citation bibliographystyle biblio-style biblio-title crossref crossrefYaml theme css template lof lot thanks linestretch
    indent numbersections secnumdepth top-level-division block-headings beamerarticle microtypeoptions cref autoEqnLabels codeBlockCaptions
    tableEqns figPrefix tblPrefix eqnPrefix eqPrefix lstPrefix secPrefix figureTitle tableTitle listingTitle figPrefixTemplate
    tblPrefixTemplate titleDelim chapters chaptersDepth sectionsDepth autoSectionLabels linkReferences nameInLink subfigGrid ccsDelim
    pairDelim rangeDelim lofTitle lotTitle csl-refs html pdf docx epub pandoc lang-refs babel-lang dir categories image draft
    code-fold code-tools code-line-numbers code-overflow highlight-style echo warning fig-width fig-height fig-cap-location
    tbl-cap-location fig-align fig-format df-print filters shortcodes project website book manuscript notebook knitr params server
    language-file reference-location callout-appearance title-block-style title-block-banner title-block-categories date-format
    date-modified date-meta author-meta title-meta pagetitle description-meta abstract-title author-note authors_note author_note
    corresponding_author_note
    aas-doi aas-journal repository archive_doi editor_url reviewers submitted_at review_url version thumbnail manubot
    manubot-clear-requests-cache manubot-requests-cache manubot-fail-on-errors header footer cover-image cover cover-bg logo subject
    category identifier publisher coverage relation ibooks page-progression-direction stylesheet creator contributor note comments
    font line-numbers keep-tex keep-md self-contained embed-resources standalone smart gfm hypothesis google-scholar appendix-style
""".split())
"""Keys that steer another system: how to lay out, what to run. Basylym has its own ways for those."""
LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
KNOWN = set(FrontMatter.model_fields)
RENAMED = (("lang", "language"), ("tags", "keywords"), ("short-title", "running_title"), ("shorttitle", "running_title"),
           ("running-head", "running_title"), ("acknowledgments", "acknowledgements"), ("rights", "copyright"), ("DOI", "doi"),
           ("author", "authors"), ("by-author", "authors"), ("institute", "affiliations"), ("institution", "affiliations"),
           ("institutions", "affiliations"), ("affiliation", "affiliations"))
"""Their keys and ours."""
PARTICLES = set("van von der den de la le du da di del ter ten zu zur al el ibn bin".split())
INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
PATRONYMIC = re.compile(r".+(?:вич|вна|чна|ұлы|улы|қызы|кызы|uly|qyzy|kyzy|vich|vna)")


def translate(data: dict, places: Places, default_language: str) -> tuple[dict, list[Problem]]:
    """The data in our words, and a problem for each thing that has no place; ours alone comes back as it is.

    `places` learns where our words stand; texts are filed under the data's language, else under the one given.
    """
    data, problems = {key: value for key, value in data.items() if key != "references"}, []  # read with the bibliographies

    def leave_out(*keys: str | int) -> None:
        problems.append(Problem("foreign_key", places.find(*keys), found=str(keys[-1])))

    for theirs, ours in RENAMED:
        if theirs in data and ours not in data:
            data[ours] = data.pop(theirs)
        note_places(places, (theirs,), (ours,))
    if isinstance(data.get("language"), str):
        data["language"] = language_tag(data["language"].split(".")[0])
    tongue = str(data.get("language"))
    tongue = tongue if re.fullmatch(LANGUAGE, tongue) else default_language
    words = data.get("keywords")
    if isinstance(words, str):
        data["keywords"] = [word.strip() for word in words.split(";" if ";" in words else ",") if word.strip()]
    if isinstance(data.get("subtitle"), str) and isinstance(data.get("title"), str):
        data["title"] = f"{data['title']}: {data.pop('subtitle')}"
    _authors(data, places, tongue, leave_out)
    if "date" in data and "dates" not in data:
        day = _day(str(data.pop("date")))
        if day:
            data["dates"] = {"published": day}
            note_places(places, ("date",), ("dates", "published"))
        else:
            leave_out("date")
    if isinstance(data.get("license"), (dict, list)):
        data.pop("license")
        leave_out("license")
    if isinstance(data.get("copyright"), dict) and {"holder", "year", "statement"} & set(data["copyright"]):
        data.pop("copyright")
        leave_out("copyright")
    if isinstance(data.get("funding"), str):
        data["funding"] = [{"funder": {tongue: data["funding"]}}]
    for key in [key for key in data if key in DROPPED and key not in KNOWN]:
        del data[key]
        leave_out(key)
    return data, problems


def note_places(places: Places, theirs: tuple, ours: tuple) -> None:
    """Where their field stands, ours stands too."""
    for keys in [keys for keys in places.lines if keys[:len(theirs)] == theirs]:
        places.lines.setdefault((*ours, *keys[len(theirs):]), places.lines[keys])
        if keys in places.spans:
            places.spans.setdefault((*ours, *keys[len(theirs):]), places.spans[keys])


def _day(text: str) -> str | None:
    """2024-05-12 out of 12 May 2024, May 12, 2024, 12 мая 2024 г., 12.05.2024; None where it is no whole day."""
    text = text.strip()
    if found := re.match(r"(\d{4})[-/](\d\d)[-/](\d\d)(?!\d)", text):
        return "-".join(found.groups())
    if found := re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", text):
        day, month, year = map(int, found.groups())
    else:
        numbers, names = re.findall(r"\d+", text), re.findall(r"[^\W\d_]{3,}", text.lower())
        month = next((at for tag in known_languages() for at, name in enumerate(language(tag).months, 1)
                      if names and name.lower().startswith(names[0])), 0)
        year, day = (int(next((number for number in numbers if (len(number) == 4) is whole), 0)) for whole in (True, False))
        if len(numbers) != 2 or len(names) != 1:
            return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _authors(data: dict, places: Places, tongue: str, leave_out: Callable) -> None:
    """Authors as a text, a list of texts, or a list of groups whose organisations are numbers, names or groups."""
    organisations, ids = _organisations(data.get("affiliations"), tongue, leave_out)
    if "affiliations" in data and organisations:
        data["affiliations"] = organisations
    given = data.get("authors")
    if isinstance(given, str):
        given = split_names(given)
    elif isinstance(given, dict):
        given = [given]
    if not isinstance(given, list):
        return
    where = "author" if ("author",) in places.lines else "authors"
    authors = []
    for number, author in enumerate(given):
        if isinstance(author, str):
            authors.append({"name": {tongue: read_name(author)}})
            continue
        if isinstance(author, dict) and len(author) == 1 and isinstance(next(iter(author.values())), dict) and "name" not in author:
            name, rest = next(iter(author.items()))  # pandoc-scholar: the name is the key
            author = {"name": name, **rest}
        if not isinstance(author, dict) or (isinstance(author.get("name"), dict) and set(author["name"]) <= _tags(author["name"])):
            authors.append(author)  # ours already, or a mistake for the model to name
            continue
        new: dict[str, Any] = {}
        for key, value in author.items():
            if key == "name":
                for note in re.findall(r"\^\[(.*?)\]", str(value)):
                    leave_out(where, number, note)
                new["name"] = {tongue: read_name(value)}
            elif key in ("orcid", "email"):
                new[key] = value
            elif key in ("degree", "degrees", "position"):
                words = ", ".join(map(str, value)) if isinstance(value, list) else value
                new["degree" if key == "degrees" else key] = words if isinstance(words, dict) else {tongue: words}
            elif key in ("roles", "role"):
                new["roles"] = [name for each in (value if isinstance(value, list) else [value])
                                for name in (each if isinstance(each, dict) else [each])]
            elif key in ("corresponding", "corresponding-author", "corresponding_author", "correspondence"):
                new["corresponding"] = value
            elif key in ("affiliation", "affiliations", "institute"):
                note_places(places, (where, number, key), ("authors", number, "affiliations"))
                new["affiliations"] = [
                    _organisation_id(each, organisations, ids, tongue, partial(leave_out, where, number, key, at))
                    for at, each in enumerate(value if isinstance(value, list) else _numbers(value)) if each is not None]
            elif key == "attributes" and isinstance(value, dict):
                new["corresponding"] = value.get("corresponding", "false")
            elif key not in ("given-names", "given", "first", "surname", "family", "last", "dropping-particle",
                             "non-dropping-particle", "suffix"):
                leave_out(where, number, key)
        if "name" not in new and (author.get("surname") or author.get("family") or author.get("last")):
            new["name"] = {tongue: read_name(author)}
        authors.append(new)
    data["authors"] = authors
    if organisations:
        data["affiliations"] = organisations


def _tags(names: dict) -> set[str]:
    return {tag for tag in names if re.fullmatch(r"[a-z]{2,3}(-\w+)*", str(tag))}


def split_names(text: str) -> list[str]:
    """The people of one line: parted by semicolons, or by commas and «and» where every part is a whole name."""
    for parts in (re.split(r"\s*;\s*", text), re.split(r"\s*(?:,|\band\b|&|\bи\b|\bжәне\b)\s*", text)):
        parts = [part for part in parts if part]
        if len(parts) > 1 and (";" in text or all(_is_person(part) for part in parts)):
            return parts
    return [text] if text.strip() else []


def _is_person(text: str) -> bool:
    """Whether a text is two to four words that all begin with a capital, as names do."""
    words = [word for word in re.sub(r"\^.*?\^|[*†‡]", "", text).split() if word not in PARTICLES]
    return 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words) or bool(INITIALS.match(text) and len(text) > 4)


def read_name(value: Any) -> Any:
    """A name as people write it outside of our front matter: «Given Family», «Family G. P.», «Family Given Patronymic»."""
    if isinstance(value, dict):
        family = value.get("family") or value.get("surname") or value.get("last") or value.get("literal")
        given = value.get("given") or value.get("given-names") or value.get("first")
        return {"family": " ".join(str(part) for part in (value.get("non-dropping-particle"), family, value.get("suffix")) if part),
                "given": " ".join(str(part) for part in (given, value.get("dropping-particle")) if part) or None}
    text = re.sub(r"\^\[.*?\]|\^.*?\^|[*†‡]|<[^>]+>", "", str(value)).strip()
    if "," in text:
        return text
    words = text.split()
    if len(words) > 1 and INITIALS.fullmatch(words[-1]):  # «Ахметова А. Б.»
        first = next(at for at, word in enumerate(words) if all(INITIALS.fullmatch(each) for each in words[at:]))
        if first:
            return {"family": " ".join(words[:first]), "given": " ".join(words[first:])}
    if len(words) == 3 and PATRONYMIC.fullmatch(words[2]) and not PATRONYMIC.fullmatch(words[1]):
        return {"family": words[0], "given": words[1], "patronymic": words[2]}
    if len(words) > 1 and not _is_person(text):  # an organisation
        return {"family": text}
    first = next((at for at, word in enumerate(words) if at and word in PARTICLES), len(words) - 1)
    return {"family": " ".join(words[first:]), "given": " ".join(words[:first]) or None}


def _numbers(value: Any) -> list:
    return re.findall(r"\d+", value) if isinstance(value, str) and re.fullmatch(r"[\d,; ]+", value) else [value]


def _organisations(given: Any, tongue: str, leave_out: Callable) -> tuple[list, dict[str, str]]:
    """Our list of organisations, and their ids by the number or name that authors use."""
    found: list = []
    ids: dict[str, str] = {}
    if isinstance(given, (str, dict)):
        given = [given]
    for number, each in enumerate(given if isinstance(given, list) else []):
        if isinstance(each, str):
            each = {"name": each}
        if not isinstance(each, dict) or isinstance(each.get("name"), dict):
            found.append(each)  # ours already, or a mistake for the model to name
            ids.update({str(each["id"]): str(each["id"])} if isinstance(each, dict) and each.get("id") else {})
            continue
        if len(each) == 1 and "name" not in each:  # pandoc-scholar: the id is the key
            key, value = next(iter(each.items()))
            each = {"id": key, **(value if isinstance(value, dict) else {"name": value})}
        key = str(each.get("id") or each.get("index") or each.get("ref") or number + 1)
        found.append(_organisation(each, key, tongue, partial(leave_out, "affiliations", number)))
        ids[key] = key
        if isinstance(each.get("name"), str):
            ids[each["name"]] = key
    return found, ids


def _organisation(given: dict, key: str, tongue: str, leave_out: Callable) -> dict:
    """One organisation in our words; a department stands before the house it belongs to."""
    names = [str(given[part]) for part in ("group", "department", "name", "institution", "organization") if given.get(part)]
    new: dict[str, Any] = {"id": key, "name": {tongue: ", ".join(names)} if names else {}}
    for part, value in given.items():
        if part in ("city", "country") and isinstance(value, (str, dict)):
            new[part] = {tongue: value} if isinstance(value, str) else value
        elif part == "ror":
            new["ror"] = value
        elif part not in ("id", "index", "ref", "group", "department", "name", "institution", "organization"):
            leave_out(part)
    return new


def _organisation_id(value: Any, organisations: list[dict], ids: dict[str, str], tongue: str, leave_out: Callable) -> str:
    """The id of an organisation that an author names; one not yet listed is added."""
    if isinstance(value, dict) and "ref" in value:
        return str(value["ref"])
    words = str((value.get("name") or value.get("institution") or "") if isinstance(value, dict) else value)
    if words in ids:
        return ids[words]
    if not isinstance(value, dict) and re.fullmatch(r"[\w-]{1,24}", words) and (words.isdigit() or not words[:1].isupper()):
        return words  # an id: whether it is listed is for a check to say
    key = str(value["id"]) if isinstance(value, dict) and value.get("id") else f"o{len(organisations) + 1}"
    organisations.append(_organisation(value if isinstance(value, dict) else {"name": words}, key, tongue, leave_out))
    ids[words] = ids[key] = key
    return key
