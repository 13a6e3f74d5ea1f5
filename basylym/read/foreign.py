"""Front matter of other systems (pandoc, JOSS, Manubot, Quarto), put into our words as far as it fits.

Each rule moves one thing; what has no place here is reported by its name and left out. A block that is ours already is not
touched. Shapes: pandoc's manual (metadata variables), JOSS "paper.md", Manubot "metadata.yaml", Quarto "front matter".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from basylym.model import FrontMatter, Places, Problem

DROPPED = {
    "format", "execute", "editor", "jupyter", "engine", "kernel", "toc", "toc-depth", "number-sections", "documentclass",
    "classoption", "geometry", "fontsize", "mainfont", "sansfont", "monofont", "papersize", "header-includes", "include-before",
    "include-after", "output", "link-citations", "reference-section-title", "colorlinks", "linkcolor", "urlcolor", "nocite",
    "citation", "bibliographystyle", "biblio-style", "crossref", "theme", "css", "template", "lof", "lot", "thanks", "linestretch",
    "indent", "numbersections", "secnumdepth", "figPrefix", "tblPrefix", "eqnPrefix", "secPrefix", "figureTitle", "tableTitle",
    "autoSectionLabels", "linkReferences", "csl-refs", "number-offset", "html", "pdf", "pandoc", "lang-refs", "categories", "image",
    "draft", "code-fold", "code-tools", "authors_note", "aas-doi", "aas-journal", "repository", "archive_doi", "editor_url",
}
"""Keys that steer another system: how to lay out, what to run. Basylym has its own ways for those."""
KNOWN = set(FrontMatter.model_fields)


def translate(data: dict, places: Places) -> tuple[dict, list[Problem]]:
    """The data in our words, and a problem for each thing that has no place; ours alone comes back as it is."""
    data, problems = dict(data), []

    def leave_out(*keys: str | int) -> None:
        problems.append(Problem("foreign_key", places.find(*keys), found=str(keys[-1])))

    if "lang" in data and "language" not in data:
        data["language"] = str(data.pop("lang")).replace("_", "-").split("-")[0].lower()
    for theirs, ours in (("tags", "keywords"), ("short-title", "running_title"), ("shorttitle", "running_title"),
                         ("acknowledgments", "acknowledgements"), ("DOI", "doi")):
        if theirs in data and ours not in data:
            data[ours] = data.pop(theirs)
    if isinstance(data.get("keywords"), str):
        data["keywords"] = [word.strip() for word in re.split(r"[,;]", data["keywords"]) if word.strip()]
    if isinstance(data.get("subtitle"), str) and isinstance(data.get("title"), str):
        data["title"] = f"{data['title']}: {data.pop('subtitle')}"
    if "author" in data and "authors" not in data:
        data["authors"] = data.pop("author")
    if "institute" in data and "affiliations" not in data:
        data["affiliations"] = data.pop("institute")
    _authors(data, places, leave_out)
    if "date" in data:
        day = re.match(r"\d{4}-\d{2}-\d{2}$", str(data["date"]))
        if day and "dates" not in data:
            data["dates"] = {"published": data.pop("date")}
        else:
            data.pop("date")
            leave_out("date")
    if isinstance(data.get("csl"), str) and "/" in data["csl"] + "/" and data["csl"].endswith(".csl"):
        data["csl"] = Path(data["csl"]).stem
    if isinstance(data.get("license"), (dict, list)):
        data.pop("license")
        leave_out("license")
    if isinstance(data.get("funding"), str):
        data["funding"] = [{"funder": {data.get("language", "en"): data["funding"]}}]
    for key in [key for key in data if key in DROPPED and key not in KNOWN]:
        del data[key]
        leave_out(key)
    return data, problems


def _authors(data: dict, places: Places, leave_out: Callable) -> None:
    """Authors as a text, a list of texts, or a list of groups whose organisations are numbers, names or groups."""
    given = data.get("authors")
    if given is None:
        return
    if isinstance(given, (str, dict)):
        given = [given]
    if not isinstance(given, list):
        return
    language = data.get("language", "en")
    language = language if isinstance(language, str) else "en"
    organisations, ids = _organisations(data.get("affiliations"), language)
    authors = []
    for number, author in enumerate(given):
        if isinstance(author, str):
            authors.append({"name": {language: _name(author)}})
            continue
        if not isinstance(author, dict) or (isinstance(author.get("name"), dict) and set(author["name"]) <= _tags(author["name"])):
            authors.append(author)  # ours already, or a mistake for the model to name
            continue
        new: dict[str, Any] = {}
        for key, value in author.items():
            if key == "name":
                new["name"] = {language: _name(value)}
            elif key in ("orcid", "email", "roles", "degree", "position"):
                new[key] = value
            elif key in ("corresponding", "corresponding-author", "corresponding_author"):
                new["corresponding"] = value
            elif key in ("affiliation", "affiliations", "institute"):
                new["affiliations"] = [_organisation_id(each, organisations, ids, language)
                                       for each in (value if isinstance(value, list) else _numbers(value)) if each is not None]
            elif key in ("given-names", "given", "first", "surname", "family", "last", "dropping-particle", "suffix"):
                continue
            elif key == "attributes" and isinstance(value, dict):
                new["corresponding"] = value.get("corresponding", "false")
            else:
                leave_out("authors" if ("authors",) in places.lines else "author", number, key)
        family = author.get("surname") or author.get("family") or author.get("last")
        if "name" not in new and family:
            new["name"] = {language: {"family": family, "given": author.get("given-names") or author.get("given") or author.get("first")}}
        authors.append(new)
    data["authors"] = authors
    if organisations:
        data["affiliations"] = organisations


def _tags(names: dict) -> set[str]:
    return {tag for tag in names if re.fullmatch(r"[a-z]{2,3}(-\w+)*", str(tag))}


def _name(value: Any) -> Any:
    """«Given Family» as people write it outside of our front matter: the last word is the family name."""
    if isinstance(value, dict):
        family = value.get("family") or value.get("surname") or value.get("last") or value.get("literal")
        return {"family": family, "given": value.get("given") or value.get("given-names") or value.get("first")}
    text = re.sub(r"\^.*?\^|[*†‡]|<[^>]+>", "", str(value)).strip()
    if "," in text:
        return text
    given, _, family = text.rpartition(" ")
    return {"family": family, "given": given.strip() or None}


def _numbers(value: Any) -> list:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) and re.fullmatch(r"[\d, ]+", value) else [value]


def _organisations(given: Any, language: str) -> tuple[list[dict], dict[str, str]]:
    """Our list of organisations, and their ids by the number or name that authors use."""
    found: list[dict] = []
    ids: dict[str, str] = {}
    if isinstance(given, (str, dict)):
        given = [given]
    for number, each in enumerate(given if isinstance(given, list) else [], 1):
        if isinstance(each, str):
            each = {"name": each}
        if not isinstance(each, dict):
            continue
        key = str(each.get("id") or each.get("index") or each.get("ref") or number)
        if isinstance(each.get("name"), dict):
            found.append(each)
        else:
            name = each.get("name") or each.get("institution") or each.get("department")
            new = {"id": key, "name": {language: str(name)} if name else {}}
            for part in ("city", "country"):
                if isinstance(each.get(part), str):
                    new[part] = {language: each[part]}
            if isinstance(each.get("ror"), str):
                new["ror"] = each["ror"]
            found.append(new)
        ids[key] = key
        if isinstance(each.get("name"), str):
            ids[each["name"]] = key
    return found, ids


def _organisation_id(value: Any, organisations: list[dict], ids: dict[str, str], language: str) -> str:
    """The id of an organisation that an author names; one not yet listed is added."""
    if isinstance(value, dict):
        if "ref" in value:
            return str(value["ref"])
        words = value.get("name") or value.get("institution") or ""
    else:
        words = str(value)
    if words in ids:
        return ids[words]
    if re.fullmatch(r"[\w-]{1,24}", words) and (words.isdigit() or not words[:1].isupper()):
        return words  # an id: whether it is listed is for a check to say
    key = f"o{len(organisations) + 1}"
    new: dict[str, Any] = {"id": key, "name": {language: words}}
    if isinstance(value, dict):
        for part in ("city", "country"):
            if isinstance(value.get(part), str):
                new[part] = {language: value[part]}
    organisations.append(new)
    ids[words] = key
    return key
