"""The article in JATS inside its own PDF, as an associated file (ISO 19005-3:2012, 6.8 and annex E).

An archive that holds the PDF alone then holds the text that a program can read again. Nothing here asks the clock: the file is
dated as the article is.
"""

from __future__ import annotations

from hashlib import md5
from typing import Any

from basylym.model import Edition


def attach(pdf: Any, edition: Edition, name: str, content: bytes) -> None:
    """Puts a JATS file into a PDF: the same document in another form."""
    import pydyf

    about = {"Size": len(content), "CheckSum": f"<{md5(content, usedforsecurity=False).hexdigest()}>"}
    if edition.date:
        about["ModDate"] = pydyf.String(f"D:{edition.date:%Y%m%d}")
    stream = pydyf.Stream([content], {"Type": "/EmbeddedFile", "Subtype": "/application#2fxml",
                                      "Params": pydyf.Dictionary(about)}, compress=True)
    pdf.add_object(stream)
    entry = pydyf.Dictionary({
        "Type": "/Filespec", "F": pydyf.String(name), "UF": pydyf.String(name), "AFRelationship": "/Alternative",
        "Desc": pydyf.String("The article in JATS"),
        "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})})
    pdf.add_object(entry)
    tree = pydyf.Dictionary({"Names": pydyf.Array([pydyf.String(name), entry.reference])})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array([entry.reference])
