"""For archives: a METS file that says what belongs to an article or an issue, with MODS inside, and the files themselves beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from basylym.package import MEDIA_TYPES, Deposit, Item, Parcel
from basylym.package.mods import media_types
from basylym.package.xml import write_xml


@dataclass(frozen=True)
class Held:
    """A file of the package."""

    id: str
    """What METS calls it."""
    use: str
    """What it is for: the group it stands in."""
    path: str
    """Where it lies beside METS."""
    media_type: str
    """Its media type."""
    data: bytes
    """What it holds."""

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.data)

    @property
    def checksum(self) -> str:
        """Its SHA-256."""
        return hashlib.sha256(self.data).hexdigest()


def make(parcel: Parcel) -> dict[str, bytes]:
    """mets.xml, and a folder of files for each article."""
    held = [_hold(item, number) for number, item in enumerate(parcel.items, 1)]
    written = write_xml(parcel, "mets.xml", entries=list(zip(parcel.items, held, strict=True)), media_types=media_types,
                        stamp=parcel.stamp.strftime("%Y-%m-%dT%H:%M:%SZ"), draft=any(item.draft for item in parcel.items))
    return {"mets.xml": written} | {file.path: file.data for files in held for file in files}


def _hold(item: Item, number: int) -> list[Held]:
    """The files of an article: what readers open, then the pictures that its JATS names."""
    slug = item.article.slug
    files = [Held(f"file-{number}-{ending[1:]}", ending[1:].upper() if ending != ".xml" else "JATS", f"{slug}/{slug}{ending}", kind,
                  item.read(ending)) for ending, kind in MEDIA_TYPES.items() if ending in item.files]
    pictures = [Held(f"file-{number}-picture-{place}", "PICTURES", f"{slug}/{name}",
                     f"image/{name.rpartition('.')[2].replace('svg', 'svg+xml')}", data)
                for place, (name, data) in enumerate(sorted(item.pictures.items()), 1)] if ".xml" in item.files else []
    return files + pictures


DEPOSIT = Deposit("mets", make, "mets.xml")
