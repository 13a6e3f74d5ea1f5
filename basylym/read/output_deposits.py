"""The packages of an article in output/…/deposit/, and those of its issue, read back: what each says of it, and whether the files in
it are all there and those that were built.

Each target has a table (deposit_places.py): where in its XML or JSON the article stands, and where what is said of it. A package that
was never made says nothing.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from basylym.output import Output, Said
from basylym.read.deposit_places import BIBTEX, CODES, EACH, FORMS, JSON, MARKUP, NAMES, PARTS, RIS, XML
from basylym.typography.compare import letters

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
LARGEST = 200_000_000
"""The most bytes that one file in a ZIP may come to."""
TEX = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
"""What TeX has commands for."""
SHORT = 1000
"""No address or name of a file is longer."""


def read_deposits(folder: Path, slug: str, root: Path, issue: Path | None = None, known: Iterable[str] = ()) -> tuple[Output, ...]:
    """The packages of an article, in a folder below the journal's; `kind` is the target. One that can't be read says why. `issue` is
    the folder of its issue's outputs, whose packages are read too: the article's part in them is found by what is `known` of it, its
    DOI and titles, and by the names of its files."""
    built, marks = _built(folder, slug), frozenset(letters(each).lower() for each in known if each)
    own = {path.name for path in _targets(folder)}
    found = []
    for place in (folder, *([issue] if issue else [])):
        for target in _targets(place):
            whole = place is issue
            if not whole or target.name in own:
                found += _read_target(target, _Sought(slug, marks if whole else None, built), root, place.name if whole else slug)
    return tuple(found)


class _Sought:
    """The article that is looked for in a package; `marks` is None where the package holds no other."""

    def __init__(self, slug: str, marks: frozenset[str] | None, built: Mapping[str, bytes]):
        self.slug, self.marks, self.built = slug, marks, built

    def choose(self, records: Iterable[tuple[Iterable[str], list[Said]]]) -> list[Said] | None:
        """What is said in the record of the article: each has its short texts, and what it says; None where it has no record."""
        best, most = None, 0
        for texts, said in records:
            if self.marks is None:
                return said
            score = 4 * self._has(said, "doi") + 2 * any(map(self._is_file, texts)) + self._has(said, "title")
            if score > most:
                best, most = said, score
        return best

    def _has(self, said: list[Said], field: str) -> bool:
        return any(each.field == field and letters(each.values[0].removeprefix("https://doi.org/")).lower() in self.marks for each in said)

    def _is_file(self, text: str) -> bool:
        return text.rpartition("/")[2] in (f"{self.slug}.html", f"{self.slug}.pdf")

    def owns(self, path: str) -> bool:
        """Whether a file in a package is the article's."""
        return self.marks is None or path.startswith(f"{self.slug}/") or path.rpartition("/")[2].partition(".")[0] == self.slug


def _targets(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "deposit").glob("*") if path.is_dir() and path.name in FORMS)


def _read_target(folder: Path, sought: _Sought, root: Path, name: str) -> Iterator[Output]:
    """The files of a target, those of other articles left out; and those that should be there."""
    target = folder.name
    stem = sought.slug if target in EACH else NAMES.get(target, name)
    for ending in FORMS[target]:
        paths = [path for path in (folder / f"{stem}{ending}", folder / _mark(f"{stem}{ending}")) if path.is_file()]
        path = paths[0] if paths else folder / f"{stem}{ending}"
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        if not paths:
            yield Output(shown, target, (Said("lost_file", path.name, "", (path.name,)),))
            continue
        try:
            yield Output(shown, target, tuple(_read(path, target, sought)))
        except Exception as error:  # whatever is wrong with a damaged file: it is told, and the others are looked at
            yield Output(shown, target, state="unread", why=f"{type(error).__name__}: {error}")


def _mark(name: str) -> str:
    """The name of a draft's file."""
    stem, dot, ending = name.partition(".")
    return f"{stem}.draft{dot}{ending}"


def _built(folder: Path, slug: str) -> dict[str, bytes]:
    """The outputs by their names, as they are now."""
    return {path.name: path.read_bytes() for ending in ("pdf", "epub", "html", "xml") if (path := folder / f"{slug}.{ending}").is_file()}


def _read(path: Path, target: str, sought: _Sought) -> Iterator[Said]:
    if path.suffix == ".zip":
        yield from _read_zip(path, target, sought)
    elif path.suffix == ".json":
        data = json.loads(path.read_text("utf-8"))
        records = data if isinstance(data, list) else [data]
        yield from sought.choose((_strings(each), list(_read_json(each, JSON[target], target))) for each in records) or ()
    elif path.suffix == ".ris":
        yield from sought.choose(map(_read_ris, re.split(r"(?m)^ER {1,2}-.*$", path.read_text("utf-8"))[:-1])) or ()
    elif path.suffix == ".bib":
        yield from sought.choose(map(_read_bibtex, re.split(r"(?m)^(?=@\w+\{)", path.read_text("utf-8"))[1:])) or ()
    else:
        tree = etree.parse(str(path), PARSER).getroot()
        yield from _choose_xml(tree, target, sought)
        yield from _compare_files(dict(_embedded(tree)), sought.built)
        yield from _compare_files({each.name: each.read_bytes() for each in path.parent.rglob("*") if each != path and each.is_file()},
                                  sought.built)
        for name in _named(tree):
            if sought.owns(name) and not (path.parent / name).is_file():
                yield Said("lost_file", name, "", (name,))


def _choose_xml(tree: etree._Element, target: str, sought: _Sought) -> list[Said]:
    """What is said in the element of the article."""
    name = XML[target]["article"]
    articles = [each for each in tree.iter("{*}" + name)]
    if not articles:
        raise ValueError(f"no <{name}>")
    return sought.choose((_texts(each), list(_read_xml(each, XML[target], target))) for each in articles) or []


def _texts(element: etree._Element) -> Iterator[str]:
    """The short texts in an element; of OJS's publication, those of the whole article."""
    whole = element.getparent() if etree.QName(element).localname == "publication" else element
    for each in whole.iter(etree.Element) if whole is not None else ():
        yield from (text.strip() for text in (each.text, *each.attrib.values()) if text and len(text) <= SHORT)


def _strings(data: Any) -> Iterator[str]:
    """The short texts in JSON."""
    waiting = [data]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and len(each) <= SHORT:
            yield each
        elif isinstance(each, (list, dict)):
            waiting += each.values() if isinstance(each, dict) else each


def _read_zip(path: Path, target: str, sought: _Sought) -> Iterator[Said]:
    """The files in an archive; of DSpace's, the article's own folder."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())

        def read(name: str) -> bytes:
            return archive.read(name) if name in names and archive.getinfo(name).file_size <= LARGEST else b""

        yield from _compare_files({name: read(name) for name in sorted(names) if name.rpartition("/")[2] in sought.built}, sought.built)
        folder = f"{path.name.partition('.')[0]}/"
        if target == "dspace":
            folder = next((name.partition("/")[0] + "/" for name in sorted(names) if name.endswith("/contents") and sought.owns(name)), "")
            listed = [line.partition("\t")[0] for line in read(f"{folder}contents").decode("utf-8").splitlines()]
            if folder:
                yield from _read_xml(etree.parse(io.BytesIO(read(f"{folder}dublin_core.xml")), PARSER).getroot(), XML[target], target)
        else:
            listed = [line.partition(" ")[2].strip() for line in read(f"{folder}manifest-sha256.txt").decode("utf-8").splitlines()]
        yield from (Said("lost_file", name, "", (name,)) for name in listed if name and folder + name not in names)


def _named(tree: etree._Element) -> Iterator[str]:
    """The files that METS and eLIBRARY's XML name beside themselves."""
    for place in tree.iter("{http://www.loc.gov/METS/}FLocat"):
        yield unquote(place.get("{http://www.w3.org/1999/xlink}href", ""))
    if tree.tag == "journal":
        yield from (each.text or "" for each in tree.iterfind("issue/articles/article/files/file"))


def _compare_files(held: Mapping[str, bytes], built: Mapping[str, bytes]) -> Iterator[Said]:
    """Those of the files in a package that are not as they were built."""
    for name, content in held.items():
        short = name.rpartition("/")[2]
        if short in built and content != built[short]:
            yield Said("other_file", short, "", (short,))


def _embedded(tree: etree._Element) -> Iterator[tuple[str, bytes]]:
    """The files that OJS's XML carries."""
    for file in tree.iter("{*}submission_file"):
        name, content = file.findtext("{*}name") or "", file.findtext("{*}file/{*}embed") or ""
        try:
            yield name, base64.b64decode("".join(content.split()), validate=True)
        except binascii.Error:
            yield name, b""


# --- XML ------------------------------------------------------------------------------------------------------------
def _read_xml(article: etree._Element, places: Mapping[str, str], target: str) -> Iterator[Said]:
    for field, paths in places.items():
        for path in paths.split() if field != "article" else ():
            if path.startswith("@"):
                yield from _plain(field, path, "", article.get(path[1:], ""))
                continue
            nodes = _find(article, path)
            if field == "authors":
                yield from _people(path, [_names(node) for node in nodes])
            elif field == "creators":
                yield from _people(path, [{}, *({_tag(node): _text(node)} for node in nodes)], flat=True)
            elif field == "keywords":
                coded = [node for node in nodes if node.get("subjectScheme") or node.get("qualifier") == "classification"
                         or target == "oai-dc" and not _tag(node)]
                yield from _words(path, [(_tag(node), _text(node)) for node in nodes if node not in coded])
            else:
                for node in nodes:
                    text = _text(node) if field != "date" or not len(node) else _day(node)
                    yield from _plain(field, path, _tag(node), _bare(text) if field in MARKUP.get(target, ()) else text)


def _bare(html: str) -> str:
    """HTML that stands in a text, without its markup."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split())


def _find(article: etree._Element, path: str) -> list[etree._Element]:
    """The elements that a path leads to, whatever their namespace; the steps up lead out of the article."""
    for _ in range(path.count("../")):
        article = article.getparent() if article is not None else None
    steps = [f"{{*}}{step}" for step in path.replace("../", "").split("/")]
    return article.findall("/".join(steps)) if article is not None else []


def _tag(node: etree._Element) -> str:
    """The language of an element's text, or of what it stands in."""
    for each in (node, node.getparent()):
        tag = next((tag for name in (XML_LANG, "locale", "language", "lang") if each is not None and (tag := each.get(name))), "")
        if tag:
            return CODES.get(tag.lower(), tag.lower()) if tag.isupper() else re.split(r"[_-]", tag)[0] if len(tag) == 5 else tag
    return ""


def _text(node: etree._Element) -> str:
    return " ".join("".join(node.itertext()).split())


def _day(node: etree._Element) -> str:
    """A date in parts."""
    parts = (node.findtext(f"{{*}}{name}") or "" for name in ("year", "month", "day"))
    return "-".join(part.zfill(2) for part in parts if part)


def _names(author: etree._Element) -> dict[str, str]:
    """An author's name by language: of its parts, else whole."""
    parts: dict[str, dict[int, str]] = {}
    for node in [author, *author.findall("{*}individInfo")]:
        for each in node.iterchildren(etree.Element):
            kind = etree.QName(each).localname
            order = PARTS.get(each.get("type", "") if kind == "namePart" else kind)
            if order is not None:
                parts.setdefault(each.get("locale") or node.get("lang") or "", {})[order] = _text(each)
    if parts:
        return {tag: " ".join(each[order] for order in sorted(each)) for tag, each in parts.items()}
    whole = author.find("{*}creatorName") if author.find("{*}creatorName") is not None else author.find("{*}name")
    return {"": _text(whole)} if whole is not None else {}


# --- JSON, RIS, BibTeX ----------------------------------------------------------------------------------------------
def _read_json(data: Mapping[str, Any], places: Mapping[str, str], target: str) -> Iterator[Said]:
    for field, paths in places.items():
        for path in paths.split():
            value = _follow(data, path)
            if field == "authors":
                yield from _people(path, [{"": _called(each)} for each in value or ()])
            elif field == "date" and isinstance(value, Mapping):
                yield from _plain(field, path, "", "-".join(f"{part:02}" for part in value["date-parts"][0]))
            elif field in ("title", "abstract", "keywords") and isinstance(value, list):
                texts = list(_tagged(value))
                texts = [(tag, _bare(text)) for tag, text in texts] if field in MARKUP.get(target, ()) else texts
                if field == "keywords":
                    yield from _words(path, texts)
                else:
                    yield from (Said(field, path, tag, (text,)) for tag, text in texts)
            elif field == "issn":
                for each in str(value or "").split(", "):
                    yield from _plain(field, path, "", each)
            else:
                text = str(value or "")
                yield from _plain(field, path, "", _bare(text) if field in MARKUP.get(target, ()) else text)


def _follow(data: Any, path: str) -> Any:
    """What a path leads to."""
    for step in path.split("/"):
        if isinstance(data, list):
            data = (data[int(step)] if len(data) > int(step) else None) if step.isdecimal() else {
                each.get("type"): each.get("id") for each in data}.get(step)
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _tagged(values: list[Any]) -> Iterator[tuple[str, str]]:
    """Texts in a list, each with its language where that is told; codes are left out."""
    for each in values:
        if isinstance(each, str):
            yield "", each
        elif not each.get("subjectScheme"):
            tag = each.get("lang") or ""
            text = next((each[name] for name in ("title", "description", "subject") if each.get(name)), "")
            yield tag.get("id", "") if isinstance(tag, Mapping) else tag, text


def _read_ris(record: str) -> tuple[list[str], list[Said]]:
    """A record of RIS: its texts, and what it says."""
    pairs = [(found[1], found[2].strip()) for line in record.splitlines() if (found := re.match(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)", line))]
    said = [each for tag, value in pairs if RIS.get(tag) not in (None, "authors", "keywords")
            for each in _plain(RIS[tag], tag, "", value)]
    said += _people("AU", [{"": value} for tag, value in pairs if tag == "AU"])
    said += _words("KW", [("", value) for tag, value in pairs if tag == "KW"])
    return [value for _, value in pairs], said


def _read_bibtex(record: str) -> tuple[list[str], list[Said]]:
    """An entry of BibTeX, a field a line: its texts, and what it says."""
    pairs = []
    for name, value in re.findall(r"(?m)^ {2}(\w+) = \{(.*)\},$", record):
        value = re.sub(r"\\text(backslash|braceleft|braceright|asciitilde|asciicircum)\{\}|\\([&%$#_{}])",
                       lambda found: found[2] or TEX[found[1]], value.removeprefix("{").removesuffix("}"))
        pairs.append((name, value))
    said = []
    for name, value in pairs:
        for part in value.split(", ") if name == "issn" else [value]:
            said += _plain(BIBTEX[name], name, "", part) if name in BIBTEX else ()
    return [value for _, value in pairs], said


def _called(person: Mapping[str, Any]) -> str:
    """A person, by the whole name or its parts."""
    person = person.get("person_or_org") or person
    whole = person.get("literal") or person.get("name")
    return whole or " ".join(filter(None, (person.get(name) for name in ("given", "given_name", "family", "family_name"))))


# --- both -----------------------------------------------------------------------------------------------------------
def _plain(field: str, where: str, tag: str, value: str) -> Iterator[Said]:
    """One value; pages in one are two, and a day is told year first."""
    value = re.sub(r"^(\d\d)\.(\d\d)\.(\d{4})$", r"\3-\2-\1", value) if field == "date" else value
    if field == "pages" and value:
        first, _, last = re.sub(r"\s*[-–—]+\s*", "-", value).partition("-")
        yield from (Said("first_page", where, "", (first,)), Said("last_page", where, "", (last or first,)))
    elif value:
        yield Said(field, where, tag, (value,))


def _words(where: str, texts: list[tuple[str, str]]) -> Iterator[Said]:
    """The keywords of each language together."""
    for tag in dict.fromkeys(tag for tag, _ in texts):
        yield Said("keywords", where, tag, tuple(text for other, text in texts if other == tag and text))


def _people(where: str, names: list[dict[str, str]], flat: bool = False) -> Iterator[Said]:
    """The authors in their order, each as first spelled; and the other spellings. `flat` names are of one author each, all authors
    in one language after the other."""
    if flat:
        gathered: dict[str, list[str]] = {}
        for each in names:
            for tag, name in each.items():
                gathered.setdefault(tag, []).append(name)
        lists = list(gathered.values())
        first, others = lists[0] if lists else [], [name for each in lists[1:] for name in each]
    else:
        first = [next(iter(each.values()), "") for each in names]
        others = [name for each in names for name in list(each.values())[1:]]
    if first:
        yield Said("authors", where, "", tuple(first))
    if others:
        yield Said("some_authors", where, "", tuple(others))
