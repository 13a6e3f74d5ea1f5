"""Pictures beside a manuscript: read from its own folder alone, measured, and with nothing in them that acts."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
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
DRAWN = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "image", "use"}
"""The elements of an SVG that draw something; all others put them together."""
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
    lost: tuple[str, ...] = ()
    """What an SVG shows in other programs and not here: the addresses of what lies outside of it, the names of elements."""
    empty: bool = False
    """Whether an SVG has nothing that draws."""


def read_picture(folder: Path, source: str) -> Picture | str:
    """The picture that a manuscript names, or why it can't be used: one of `not beside the article`, `too large: …`,
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
    if (size := path.stat().st_size) > BYTES:
        return Phrase("too large: {size} MB, where {limit} MB is the most", size=-(-size // 1_000_000), limit=BYTES // 1_000_000)
    data = path.read_bytes()
    if data[:1] == b"<" or path.suffix.lower() == ".svg":
        return _read_svg(data)
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:  # reads the head alone
            if image.format not in TYPES:
                return Phrase("not a PNG, JPEG, GIF, WebP or SVG picture")
            if image.width * image.height > PIXELS:
                return _too_many_pixels(image.width * image.height)
            if image.mode == "CMYK":
                data = _mix_colours(image)
            return Picture(data, TYPES[image.format], image.width, image.height)
    except Image.DecompressionBombError as error:  # it says how many
        return _too_many_pixels(int(re.search(r"\d+", str(error))[0]))
    except Exception:  # Pillow's plugins raise whatever a damaged file leads them to
        return Phrase("not a PNG, JPEG, GIF, WebP or SVG picture")


def _too_many_pixels(count: int) -> Phrase:
    return Phrase("too large: {size} million pixels, where {limit} million is the most", size=-(-count // 1_000_000),
                  limit=PIXELS // 1_000_000)


def _mix_colours(image: Any) -> bytes:
    """A JPEG in printing inks as one in sRGB, by its own profile where it has one: a page has one kind of colour alone (ISO
    19005-3:2012, 6.2.4.3), and readers of the other formats may show inks wrongly."""
    from PIL import ImageCms

    mixed = None
    if profile := image.info.get("icc_profile"):
        try:
            mixed = ImageCms.profileToProfile(image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # a damaged profile, or one for other inks
            mixed = None
    mixed = mixed or image.convert("RGB")
    target = io.BytesIO()
    mixed.save(target, "JPEG", quality=95, subsampling=0, icc_profile=None, exif=image.getexif())
    return target.getvalue()


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
    lost: dict[str, None] = {}
    for element in list(root.iter(etree.Element)):
        name, parent = etree.QName(element).localname, element.getparent()
        if name not in ACTIVE or parent is None:
            continue
        if name == "a":
            element.tag = f"{{{SVG}}}g"
            element.attrib.pop("href", None), element.attrib.pop(XLINK, None)
            continue
        if name == "foreignObject" and etree.QName(parent).localname != "switch":  # in a switch, what stands in for it follows
            lost["foreignObject"] = None
        parent.remove(element)
    for element in root.iter(etree.Element):
        for name, value in list(element.attrib.items()):
            local = etree.QName(name).localname.lower()
            leads = local == "href" and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg"))
            if local.startswith("on") or leads or _reaches(value):
                del element.attrib[name]
                if not local.startswith("on"):
                    lost[re.sub(r"^(data:[\w/+.-]*).*", r"\1", value.strip(), flags=re.S)[:80]] = None
        if etree.QName(element).localname == "style" and element.text and ("@import" in element.text or _reaches(element.text)):
            lost["style"] = None
            element.text = ""
    width, height = _svg_size(root)
    empty = not any(etree.QName(element).localname in DRAWN for element in root.iter(etree.Element))
    return Picture(etree.tostring(root), "image/svg+xml", width, height, tuple(lost), empty)


def _reaches(value: str) -> bool:
    """Whether a style asks for something outside of the picture."""
    return "url(" in re.sub(r"""url\(["']?#""", "", value)


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
