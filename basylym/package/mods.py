"""For library catalogues: a MODS 3.7 record of each article."""

from __future__ import annotations

from basylym.package import MEDIA_TYPES, Deposit, Item, Parcel
from basylym.package.xml import write_xml


def media_types(item: Item) -> list[str]:
    """The media types of an article's files."""
    return [kind for ending, kind in MEDIA_TYPES.items() if ending in item.files]


def make(parcel: Parcel) -> dict[str, bytes]:
    """One file for each article."""
    return {f"{item.article.slug}.xml": write_xml(parcel, "mods.xml", article=item.article, item=item, media_types=media_types)
            for item in parcel.items}


DEPOSIT = Deposit("mods", make, "mods.xml")
