"""A BagIt bag (RFC 8493): the crate of an article or an issue in one ZIP, with checksums by which an archive sees what was damaged."""

from __future__ import annotations

import json
import logging
import tempfile
import threading
from pathlib import Path

from basylym.package import Deposit, Parcel
from basylym.package.archive import write_zip
from basylym.package.ro_crate import write_crate
from basylym.render.citation_formats import write_csl

CHECKSUMS = ["sha256", "sha512"]
"""RFC 8493, 2.4: sha512 should be there, sha256 is what older archives know."""
ALONE = threading.Lock()
"""The library works in the process's current folder, so one thread at a time."""


def make(parcel: Parcel) -> dict[str, bytes]:
    """One ZIP that holds the bag's folder."""
    works = [work for each in parcel.articles for work in json.loads(write_csl(each))]
    payload = {**write_crate(parcel), "metadata.json": (json.dumps(works, ensure_ascii=False, indent=2) + "\n").encode()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in payload.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        _bag(folder, _information(parcel))
        for path in folder.glob("tagmanifest-*.txt"):  # the library names them as the folder does, which is never the same
            path.write_bytes(b"".join(sorted(path.read_bytes().splitlines(keepends=True), key=lambda line: line.split(b" ", 1)[1])))
        files = {f"{parcel.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
                 for path in folder.rglob("*") if path.is_file()}
    return {f"{parcel.name}.zip": write_zip(parcel, files)}


def _bag(folder: Path, information: dict[str, str | list[str]]) -> None:
    """Makes a folder a bag."""
    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL)  # it tells every file
    with ALONE:
        bagit.make_bag(str(folder), information, checksums=CHECKSUMS)


def _information(parcel: Parcel) -> dict[str, str | list[str]]:
    """What bag-info.txt says (RFC 8493, 2.2.2)."""
    first = parcel.articles[0]
    said = {
        "Source-Organization": first.best(first.publisher.names), "Contact-Email": parcel.journal.email or "",
        "External-Description": [each.title for each in parcel.articles],
        "External-Identifier": [each.doi_address or each.page for each in parcel.articles if each.doi or each.page],
        "Internal-Sender-Identifier": parcel.name, "Bagging-Date": parcel.stamp.date().isoformat(),
        "Bag-Software-Agent": "Basylym"}
    return {name: value for name, value in said.items() if value}


DEPOSIT = Deposit("bagit", make)
