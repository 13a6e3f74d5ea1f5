"""Pictures beside a manuscript: read from its own folder alone, measured, and with nothing in them that acts."""

from __future__ import annotations

import base64
import io
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from basylym.limits import Limits
from basylym.messages import Phrase

if TYPE_CHECKING:
    from lxml import etree

TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
XLINK = "{http://www.w3.org/1999/xlink}href"
DRAWN = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "image", "use"}
"""The elements of an SVG that draw something; all others put them together."""
ACTIVE = {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "set", "animate",
          "animateTransform", "animateMotion", "a"}
NEAR = re.compile(r"url\(\s*[\"']?#([^\"')]*)", re.I)
"""What an element says it is painted, cut or marked with."""
INK = 50
"""So many signs of a path's or a polygon's data take as long to draw as a whole element."""
PLACED = 10
"""So many signs of what places a text's letters one by one, likewise."""
TURNED = 50_000
"""So many pairs of signs in what turns and moves an element, likewise: the layout engine looks for an end from each beginning."""
LETTERS = ("x", "y", "dx", "dy", "rotate")
DEEPEST = 250
"""How deep the elements of an SVG stand in one another, those that are used by others with them; libxml reads no deeper either."""
WIDEST = 1_000_000
"""A size beyond which an SVG does not say how large it is."""


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


def read_picture(folder: Path, source: str, limits: Limits = Limits()) -> Picture | str:  # noqa: B008
    """The picture that a manuscript names, or why it can't be used: one of `not beside the article`, `too large: …`,
    `not a PNG, JPEG, GIF, WebP or SVG picture`."""
    try:
        path = (folder / unquote(source)).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
        changed = path.stat().st_mtime_ns if inside else 0
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a link to itself
        inside = False
    return _read(path, changed, limits) if inside else Phrase("not beside the article")


@lru_cache(maxsize=64)
def _read(path: Path, changed: int, limits: Limits) -> Picture | str:
    if (size := path.stat().st_size) > limits.picture_bytes:
        return _too_large("picture_bytes", size, limits)
    data = path.read_bytes()
    if data[:1] == b"<" or path.suffix.lower() == ".svg":
        return _read_svg(data, limits)
    return _read_pixels(data, limits)


def _read_pixels(data: bytes, limits: Limits) -> Picture | str:
    from PIL import Image, ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # the layout engine sets it for all
    try:
        with Image.open(io.BytesIO(data)) as image:  # reads the head alone
            if image.format not in TYPES:
                return Phrase("not a PNG, JPEG, GIF, WebP or SVG picture")
            if image.width * image.height > limits.picture_pixels:
                return _too_large("picture_pixels", image.width * image.height, limits)
            size, mode, kind = image.size, image.mode, TYPES[image.format]
            if mode == "CMYK":
                data = _mix_colours(image)
            elif kind == "image/jpeg":  # an eighth of it shows as well whether it is whole
                image.draft("L", (1, 1))
            image.load()
            return Picture(data, kind, *size)
    except Image.DecompressionBombError as error:  # it says how many
        return _too_large("picture_pixels", int(re.search(r"\d+", str(error))[0]), limits)
    except Exception:  # Pillow's plugins raise whatever a damaged file leads them to
        return Phrase("not a PNG, JPEG, GIF, WebP or SVG picture")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _too_large(key: str, size: int, limits: Limits) -> Phrase:
    return Phrase("too large: {key} is {size}, and limits: in journal.yaml allow {limit}", key=key, size=size, limit=getattr(limits, key))


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


def _read_svg(data: bytes, limits: Limits) -> Picture | str:
    from lxml import etree

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
        if (name not in ACTIVE and not element.tag.startswith(f"{{{XHTML}}}")) or parent is None:
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
            leads = local in ("href", "src") and not value.strip().startswith("#") and not _is_picture(value.strip(), limits)
            if local.startswith("on") or leads or _reaches(value) or ("}" not in name and "\\" in value):  # it may hide an address
                del element.attrib[name]
                if not local.startswith("on"):
                    lost[re.sub(r"^(data:[\w/+.-]*).*", r"\1", value.strip(), flags=re.S)[:80]] = None
        if etree.QName(element).localname == "style" and (text := "".join(element.itertext())) and (
                "@import" in text.lower() or "\\" in text or _reaches(text)):
            lost["style"] = None
            for child in list(element):
                element.remove(child)
            element.text = ""
    if why := _too_much(root, limits):
        return why
    width, height = _svg_size(root)
    empty = not any(etree.QName(element).localname in DRAWN for element in root.iter(etree.Element))
    return Picture(etree.tostring(root, encoding="utf-8"), "image/svg+xml", width, height, tuple(lost), empty)


def _reaches(value: str) -> bool:
    """Whether a style asks for something outside of the picture."""
    return bool(re.search(r"url\(|image(-set)?\(|src\(", NEAR.sub("", value), re.I))


def _is_picture(address: str, limits: Limits) -> bool:
    """Whether an address holds a picture of its own that may be published."""
    head, comma, data = address.partition(",")
    if not comma or not re.fullmatch(r"data:image/(?:png|jpe?g)\s*;\s*base64", head, re.I):
        return False
    try:
        return isinstance(_read_pixels(base64.b64decode(data), limits), Picture)
    except ValueError:
        return False


def _too_much(root: etree._Element, limits: Limits) -> str:
    """Why an SVG would take too long to draw; nothing where it would not. What is used several times counts each time."""
    from lxml import etree

    named = {each.get("id"): each for each in root.iter(etree.Element) if each.get("id")}
    known: dict[etree._Element, int] = {}
    inside: set[etree._Element] = set()

    def weigh(element: etree._Element, depth: int) -> int:
        if element in known:
            return known[element]
        if element in inside or depth > DEEPEST:
            raise RecursionError
        inside.add(element)
        data = element.get("d", "") + element.get("points", "")
        weight = 1 + len(data) // INK + sum(weigh(child, depth + 1) for child in element.iterchildren(etree.Element))
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            weight += (len(value) ** 2 // TURNED if "ransform" in local else len(value) // PLACED if local in LETTERS else 0)
            for other in [value.strip()[1:]] if local == "href" and value.strip().startswith("#") else NEAR.findall(value):
                if (used := named.get(other)) is not None:
                    times = len(data) // 4 + 1 if local.startswith("marker") or "marker" in value else 1
                    weight += times * weigh(used, depth + 1)
        inside.discard(element)
        known[element] = weight
        return weight

    try:
        weight = weigh(root, 0)
    except RecursionError:
        return Phrase("drawn with itself, or nested too deep")
    styles = "".join(text for each in root.iter(f"{{{SVG}}}style", "style") for text in each.itertext())
    weight += len(styles) // INK + styles.count("{") * len(known) // 100  # each rule is tried on each element
    if weight > limits.drawn:
        return _too_large("drawn", weight, limits)
    return ""


def _svg_size(root: etree._Element) -> tuple[int, int]:
    def length(text: str | None) -> float:
        text = (text or "").strip().removesuffix("px")
        try:
            number = float(text)
        except ValueError:
            return 0
        return number if math.isfinite(number) and 0 <= number <= WIDEST else 0

    box = (root.get("viewBox") or "").replace(",", " ").split()
    wide, high = (length(box[2]), length(box[3])) if len(box) == 4 else (0, 0)
    return round(length(root.get("width")) or wide), round(length(root.get("height")) or high)
