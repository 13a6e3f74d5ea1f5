"""How the pictures of an article are called where they lie beside its JATS, in packages: figures/ and the name of the file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from basylym.render.markup import Body


def name_figures(body: Body) -> dict[str, tuple[str, str]]:
    """What an image's `src` says -> the file's name in a package, its media type; no two files are called alike."""
    found: dict[str, tuple[str, str]] = {}
    for source, picture in body.pictures.items():
        ending = "." + picture.media_type.split("/")[1].split("+")[0].replace("jpeg", "jpg")
        stem = re.sub(r"[^\w.-]+", "-", PurePosixPath(unquote(source)).stem).strip(".-") or "figure"
        name, number = f"figures/{stem}{ending}", 1
        while name in {each for each, _ in found.values()}:
            number += 1
            name = f"figures/{stem}-{number}{ending}"
        found[source] = name, picture.media_type
    return found
