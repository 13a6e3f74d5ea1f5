"""The pictures of a document: which of them no page can show, told with the block that each stands in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping

from basylym.intake.document import Block
from basylym.intake.nodes import walk
from basylym.intake.write import as_picture
from basylym.messages import Phrase

SHOWN = frozenset(("png", "jpg", "gif", "webp", "svg"))
"""Kinds of pictures that a page shows."""
LARGEST = 5_000_000
"""So large a picture is not looked through."""


def tell_pictures(blocks: Iterable[Block], pictures: Mapping[str, bytes]) -> Iterator[Phrase]:
    """What of the pictures cannot be shown, each with the number of its block: a missing one, a damaged one, one of a strange kind."""
    for block in blocks:
        for image in walk(block.node) if block.kind not in ("code", "rule") else ():
            if image["t"] != "Image":
                continue
            data = pictures.get(image["c"][2][0])
            if not data:
                yield Phrase("the picture of № {number} is not in the file", number=block.number)
            elif (kind := _kind(data)) in ("bin", ""):
                yield Phrase("the picture of № {number} is damaged", number=block.number)
            elif kind not in SHOWN:
                yield Phrase("the picture of № {number} is {kind}, which no page shows: save it as PNG", number=block.number,
                             kind=kind.upper())


def _kind(data: bytes) -> str:
    """What a picture is once it is written; empty where it is not whole."""
    from PIL import Image

    kind = as_picture(data)[1]
    if kind not in ("png", "jpg", "gif", "webp") or len(data) > LARGEST or data.startswith((b"II*\0", b"MM\0*", b"BM")):
        return kind
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""
    return kind
