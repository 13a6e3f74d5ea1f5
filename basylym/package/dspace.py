"""For DSpace: a ZIP in its Simple Archive Format, a folder an article, with Dublin Core, DCMI terms and the files in bundles."""

from __future__ import annotations

from basylym.package import Deposit, Item, Parcel
from basylym.package.archive import write_zip
from basylym.package.xml import write_xml
from basylym.render.citation_formats import write_apa

FILES = {".pdf": "PDF", ".epub": "EPUB", ".html": "HTML", ".xml": "JATS XML"}
"""The outputs that readers get, the one first that DSpace opens by itself, and what each is called."""
LICENSE = "license.txt"
"""The file that DSpace keeps the licence in."""


def make(parcel: Parcel) -> dict[str, bytes]:
    """One ZIP, with a folder for each article."""
    files = {f"{item.article.slug}/{name}": content for item in parcel.items for name, content in _item(parcel, item).items()}
    return {f"{parcel.name}.zip": write_zip(parcel, files)}


def _item(parcel: Parcel, item: Item) -> dict[str, bytes]:
    """The files of an article's folder."""
    found, listed = {}, []
    for ending, title in FILES.items():
        if ending in item.files:
            name, content = f"{item.article.slug}{ending}", item.read(ending)
            if ending == ".xml" and item.pictures:  # DSpace knows no folders, so what names its figures stays with them
                name, content = f"{item.article.slug}.jats.zip", write_zip(parcel, {name: content, **item.pictures})
            found[name] = content
            listed.append(f"{name}\tbundle:ORIGINAL\tdescription:{title}" + ("\tprimary:true" if not listed else ""))
    if license := _license(item):
        found[LICENSE] = license.encode()
        listed.append(f"{LICENSE}\tbundle:LICENSE")
    found["contents"] = "".join(f"{line}\n" for line in listed).encode()
    if collection := parcel.journal.deposit.dspace.collection:
        found["collections"] = f"{' '.join(collection.split())}\n".encode()
    citations = {tag: write_apa(item.article, tag) for tag in item.article.titles}
    for name, schema in (("dublin_core.xml", "dc"), ("metadata_dcterms.xml", "dcterms")):
        found[name] = write_xml(parcel, DEPOSIT.template, schema=schema, article=item.article, citations=citations)
    return found


def _license(item: Item) -> str:
    """What readers may do with the article, and who holds the rights."""
    return "".join(f"{line}\n" for line in (*item.article.license, *(f"© {text}" for text in item.article.copyright.values())) if line)


DEPOSIT = Deposit("dspace", make, "dspace.xml")
