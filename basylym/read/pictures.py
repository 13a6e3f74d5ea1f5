"""Pictures beside a manuscript: read from its own folder alone, measured, and with nothing in them that acts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from basylym.messages import Phrase

BYTES = 20_000_000
"""The largest picture file."""
PIXELS = 100_000_000
"""The most pixels a picture may unfold to: A0 at 150 dpi has 35 million."""
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
ACTIVE = {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "set", "animate",
          "animateTransform", "animateMotion", "a"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be published."""

    data: bytes
    """The file; an SVG without what acts or reaches out."""
    media_type: str
    """Its media type (IANA)."""
    width: int
    """In CSS pixels; 0 where the file does not say."""
    height: int
    """In CSS pixels; 0 where the file does not say."""


def read_picture(folder: Path, source: str) -> Picture | str:
    """The picture that a manuscript names, or why it can't be used: one of `not beside the article`, `too large`,
    `not a PNG, JPEG, GIF, WebP or SVG picture`."""
    try:
        path = (folder / unquote(source)).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
        changed = path.stat().st_mtime_ns if inside else 0
    except (OSError, ValueError):
        inside = False
    return _read(path, changed) if inside else Phrase("not beside the article")


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Picture | str:
    if path.stat().st_size > BYTES:
        return Phrase("too large")
    data = path.read_bytes()
    if data[:1] == b"<" or path.suffix.lower() == ".svg":
        return _read_svg(data)
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:  # reads the head alone
            if image.format not in TYPES:
                return Phrase("not a PNG, JPEG, GIF, WebP or SVG picture")
            if image.width * image.height > PIXELS:
                return Phrase("too large")
            return Picture(data, TYPES[image.format], image.width, image.height)
    except Image.DecompressionBombError:
        return Phrase("too large")
    except Exception:  # Pillow's plugins raise whatever a damaged file leads them to
        return Phrase("not a PNG, JPEG, GIF, WebP or SVG picture")


def _read_svg(data: bytes) -> Picture | str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Phrase("not a PNG, JPEG, GIF, WebP or SVG picture")
    if root.tag not in (f"{{{SVG}}}svg", "svg") or (root.getroottree().docinfo.internalDTD is not None
                                                    and root.getroottree().docinfo.internalDTD.iterentities()
                                                    and any(root.getroottree().docinfo.internalDTD.iterentities())):
        return Phrase("not a PNG, JPEG, GIF, WebP or SVG picture")
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname in ACTIVE:
            parent = element.getparent()
            if parent is not None:
                if etree.QName(element).localname == "a":
                    element.tag = f"{{{SVG}}}g"
                else:
                    parent.remove(element)
                    continue
        for name, value in list(element.attrib.items()):
            local = etree.QName(name).localname.lower()
            reaches = local == "href" and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg"))
            if local.startswith("on") or reaches or "url(" in value.replace("url(#", "").replace('url("#', "").replace("url('#", ""):
                del element.attrib[name]
        if etree.QName(element).localname == "style" and element.text and ("@import" in element.text or "url(" in element.text):
            element.text = ""
    width, height = _svg_size(root)
    return Picture(etree.tostring(root), "image/svg+xml", width, height)


def _svg_size(root: etree._Element) -> tuple[int, int]:
    def length(text: str | None) -> float:
        text = (text or "").strip().removesuffix("px")
        try:
            return float(text)
        except ValueError:
            return 0

    box = (root.get("viewBox") or "").replace(",", " ").split()
    wide, high = (length(box[2]), length(box[3])) if len(box) == 4 else (0, 0)
    return round(length(root.get("width")) or wide), round(length(root.get("height")) or high)
