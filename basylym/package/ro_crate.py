"""An RO-Crate 1.1: an article's outputs and sources in one ZIP, with linked data that says what each file is."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Mapping
from typing import Any

from basylym.identifiers import is_url
from basylym.package import Deposit, Item, Parcel
from basylym.package.archive import write_zip
from basylym.render.linked_data import describe_article

METADATA = "ro-crate-metadata.json"
"""The file that makes a folder a crate."""
TYPES = {".md": "text/markdown", ".yaml": "application/yaml", ".yml": "application/yaml", ".bib": "application/x-bibtex",
         ".ris": "application/x-research-info-systems", ".epub": "application/epub+zip", ".xml": "application/xml",
         ".json": "application/json", ".csv": "text/csv", ".svg": "image/svg+xml"}
"""The media types of files whose endings Python may know otherwise, or not at all."""


def make(parcel: Parcel) -> dict[str, bytes]:
    """One ZIP, with a folder for each article of an issue."""
    return {f"{parcel.name}.zip": write_zip(parcel, write_crate(parcel))}


def write_crate(parcel: Parcel) -> dict[str, bytes]:
    """The files of a crate by their paths in it."""
    crate, files = _Crate(), {}
    works = [crate.take({"@type": "ScholarlyArticle", **_node(item)}, item.article.slug) for item in parcel.items]
    for item, work in zip(parcel.items, works, strict=True):
        for path, (content, said) in _files(item).items():
            place = f"{item.article.slug}/{path}" if parcel.whole else path
            files[place] = content
            crate.add_file(place, {**said, "encodingFormat": _media_type(place), "contentSize": str(len(content)), "about": work})
    crate.describe(_whole(parcel, crate, works))
    return {**files, METADATA: crate.write()}


class _Crate:
    """The library's crate, to which nested linked data can be given; it keeps no languages of texts itself."""

    def __init__(self):
        from rocrate.rocrate import ROCrate

        self.crate = ROCrate(version="1.1")
        self.known: dict[str, str] = {}

    def take(self, value: Any, name: str) -> Any:
        """A value as a crate holds it: each node in it becomes one of the crate's own and is pointed at. `name` is what one is called
        that has no address, or whose address another has already."""
        if isinstance(value, list):
            found = [self.take(each, f"{name}-{number}") for number, each in enumerate(value, 1)]
            return found[0] if len(found) == 1 else found  # RO-Crate 1.1, appendix: one value is no list
        if not isinstance(value, Mapping) or not value or "@value" in value:
            return value
        words = json.dumps(value, sort_keys=True)
        if words not in self.known:
            from rocrate.model import ContextEntity

            address = value.get("@id", "")
            address = address if is_url(address) and self.crate.get(address) is None else f"#{name}"
            entity = self.crate.add(ContextEntity(self.crate, address, {"@type": value["@type"]}))
            self.known[words] = address
            entity.properties().update({key: self.take(each, f"{name}-{key}") for key, each in value.items() if key[0] != "@"})
        return {"@id": self.known[words]}

    def add_file(self, place: str, said: Mapping[str, Any]) -> None:
        """A file in the crate."""
        self.crate.add_file(dest_path=place, properties=dict(said))

    def describe(self, said: Mapping[str, Any]) -> None:
        """What the crate is as a whole."""
        self.crate.root_dataset.properties().update({key: value for key, value in said.items() if value not in ("", [], {})})

    def write(self) -> bytes:
        """The file of its metadata."""
        return (json.dumps(self.crate.metadata.generate(), ensure_ascii=False, indent=2) + "\n").encode()


def _node(item: Item) -> dict[str, Any]:
    """The article as linked data; where it stands on the web is said, but it is this one that the files make up."""
    node = {key: value for key, value in describe_article(item.article).items() if not key.startswith("@")}
    return {**node, "creativeWorkStatus": "Draft"} if item.draft else node


def _files(item: Item) -> dict[str, tuple[bytes, dict[str, Any]]]:
    """An article's files: its outputs with the figures that JATS names, and what they were made of; of each, what it is."""
    article = item.article
    found = {f"{article.slug}{ending}": (item.read(ending), {"name": article.title, "inLanguage": article.language})
             for ending in item.files}
    if ".xml" in item.files:
        found |= {name: (content, {"name": name.rpartition("/")[2]}) for name, content in item.pictures.items()}
    return found | {f"source/{name}": (path.read_bytes(), {"name": name}) for name, path in item.sources.items()}


def _media_type(name: str) -> str:
    """The media type that a file's ending tells; what this machine knows of endings besides is not asked."""
    ending = f".{name.rpartition('.')[2].lower()}"
    return TYPES.get(ending) or mimetypes.MimeTypes().types_map[True].get(ending, "application/octet-stream")


def _whole(parcel: Parcel, crate: _Crate, works: list[Any]) -> dict[str, Any]:
    """What the crate is as a whole: an article, or an issue of articles."""
    first = parcel.articles[0]
    nodes = [describe_article(each) for each in parcel.articles]
    licenses = dict.fromkeys(each.license for each in parcel.articles if any(each.license))
    said = {
        "datePublished": (first.date or parcel.stamp.date()).isoformat(),
        "inLanguage": crate.take(list(dict.fromkeys(each.language for each in parcel.articles)), ""),
        "publisher": crate.take(nodes[0].get("publisher", {}), "publisher"),
        "author": crate.take(_once(author for node in nodes for author in node["author"]), "author"),
        "license": crate.take([{"@type": "CreativeWork", "@id": address, "name": mark} for mark, address in licenses], "license")}
    if parcel.whole:
        return {**said, "name": ", ".join(filter(None, (first.best(first.journal), first.volume, first.issue))) or parcel.name,
                "description": "; ".join(each.title for each in parcel.articles), "mentions": works}
    return {**said, "name": first.title, "description": first.best(first.abstracts) or first.title, "mainEntity": works[0],
            "identifier": first.doi_address, "keywords": ", ".join(word for words in first.keywords.values() for word in words)}


def _once(nodes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Nodes, none twice."""
    found: list[dict[str, Any]] = []
    for each in nodes:
        if each not in found:
            found.append(each)
    return found


DEPOSIT = Deposit("ro-crate", make)
