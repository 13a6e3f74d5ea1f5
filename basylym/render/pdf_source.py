"""The manuscript inside its own PDF: what it was made of, as associated files (ISO 19005-3:2012, 6.8 and annex E).

An archive that holds the PDF then holds the text that a program can read again. Nothing here asks the clock: the files are
dated as the article is.
"""

from __future__ import annotations

from hashlib import md5
from pathlib import Path
from typing import Any

from basylym.model import Edition

MEDIA_TYPES = {".md": "text/markdown", ".yaml": "application/yaml", ".yml": "application/yaml",
               ".json": "application/vnd.citationstyles.csl+json", ".bib": "application/x-bibtex", ".xml": "application/xml"}
"""What each kind of source file is; anything else is octets."""
MEANINGS = {".md": "The manuscript", ".xml": "The article in JATS"}


def source_files(edition: Edition, root: Path) -> list[tuple[str, bytes]]:
    """The files an article was written in: the manuscript with its parts, then its references; name and content."""
    article = edition.article
    paths = [article.path, *(part[1] for part in article.parts), *(place.path for place in article.reference_places.values())]
    found: dict[str, bytes] = {}
    for path in dict.fromkeys(paths):
        file = root / path
        if file.is_file():
            name = file.name if file.name not in found else path.replace("/", "-")
            found[name] = file.read_bytes()
    return list(found.items())


def attach(pdf: Any, edition: Edition, files: list[tuple[str, bytes]]) -> None:
    """Puts files into a PDF, each named as a source of the whole document."""
    import pydyf

    if not files:
        return
    date = f"D:{edition.date:%Y%m%d}" if edition.date else None
    names, associated = pydyf.Array(), pydyf.Array()
    for number, (name, content) in enumerate(files, 1):
        ending = Path(name).suffix.lower()
        kind = MEDIA_TYPES.get(ending, "application/octet-stream")
        about = {"Size": len(content), "CheckSum": f"<{md5(content, usedforsecurity=False).hexdigest()}>"}
        if date:
            about["ModDate"] = pydyf.String(date)
        stream = pydyf.Stream([content], {"Type": "/EmbeddedFile", "Subtype": f"/{kind.replace('/', '#2f')}",
                                          "Params": pydyf.Dictionary(about)}, compress=True)
        pdf.add_object(stream)
        entry = pydyf.Dictionary({
            "Type": "/Filespec", "F": pydyf.String(name), "UF": pydyf.String(name), "AFRelationship": "/Source",
            "Desc": pydyf.String(MEANINGS.get(ending, "The article's references")),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})})
        pdf.add_object(entry)
        names += [pydyf.String(f"{number:04}"), entry.reference]
        associated.append(entry.reference)
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = associated
