"""The files inside a DOCX or ODT, read without trust: how many, how large, how tightly packed, and XML without entities."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from html.entities import html5
from pathlib import Path

from lxml import etree

from basylym.errors import UsageError
from basylym.messages import Phrase

LARGEST_FILE = 200_000_000
"""The most bytes that a file to be read may have; two hundred photographs."""
LARGEST_TEXT = 40_000_000
"""The most bytes that one part with text may come to: a thesis of 500 pages has some ten million."""
LARGEST_PICTURE = 50_000_000
"""The most bytes of one picture."""
ALL_PICTURES = 400_000_000
"""The most bytes of all pictures."""
MOST_PARTS = 10_000
"""The most files that one file may hold."""
LARGEST_SOURCE = 8_000_000
"""The most bytes of a file that is all text: HTML, LaTeX, JATS, plain words."""
MOST_LETTERS = 2_500_000
"""The most letters of a text: a thesis of 500 pages has a million."""
MOST_ELEMENTS = 1_000_000
"""The most elements of XML that a text may be made of; such a thesis comes to some hundred thousand."""
RATIO = 200
"""How many times its size a part may unpack to: Word's own XML comes to fifty at the most."""
SMALL = 25_000_000
"""A part of so many bytes may be packed as tightly as it likes."""

NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{0,40});")
HEAD = 1_000_000
"""So many bytes are searched for the declaration of an entity before the file is parsed; after that, the parser finds it."""
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w{1,30})/")
"""The names of the same elements in a file saved as «Strict Open XML» (ISO/IEC 29500-1)."""


class Unreadable(UsageError):
    """A file that is damaged, locked, larger than it may be or of a kind that is not read; the message is one sentence."""


class Package:
    """The parts of a DOCX or ODT by their names."""

    def __init__(self, data: bytes, name: str):
        self.name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise damaged(name) from error
        parts = self._archive.infolist()
        if len(parts) > MOST_PARTS:
            raise Unreadable(Phrase("{name} holds {count} files; a manuscript has some dozens", name=name, count=len(parts)))
        if any(part.flag_bits & 1 for part in parts):
            raise locked(name)
        self.sizes = {part.filename: part.file_size for part in parts if not part.is_dir()}
        self._pictures = 0

    def read(self, part: str, most: int = LARGEST_TEXT) -> bytes | None:
        """What a part holds; None where there is none."""
        if part not in self.sizes:
            return None
        info = self._archive.getinfo(part)
        if info.file_size > most or info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
            raise self._too_large(part)
        try:
            with self._archive.open(info) as stream:
                data = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise damaged(self.name) from error
        if len(data) > most:
            raise self._too_large(part)
        return data

    def read_xml(self, part: str) -> etree._Element | None:
        """A part as a tree; None where there is none."""
        data = self.read(part)
        return None if data is None else parse_xml(data, self.name)

    def read_text(self, part: str) -> etree._Element | None:
        """The part with the text as a tree; one that is longer than any manuscript is refused before anything is made of it."""
        data = self.read(part)
        if data is not None and data.count(b"<") > 2 * MOST_ELEMENTS:  # it is told from the bytes alone: to parse it would take long
            raise Unreadable(Phrase("{name} is larger than any manuscript", name=self.name))
        root = None if data is None else parse_xml(data, self.name)
        if root is not None:
            letters = sum(len(text) for text in root.itertext())
            if letters > MOST_LETTERS:
                raise Unreadable(Phrase("{name} is longer than any manuscript ({count} letters; a thesis of 500 pages has a million): "
                                        "save each article as a file of its own", name=self.name, count=letters))
        return root

    def read_picture(self, part: str) -> bytes | None:
        """A picture; None where there is none. All together are bounded."""
        data = self.read(part, LARGEST_PICTURE)
        self._pictures += len(data or b"")
        if self._pictures > ALL_PICTURES:
            raise self._too_large(part)
        return data

    def _too_large(self, part: str) -> Unreadable:
        return Unreadable(Phrase("{name} unpacks to more than it may: {part} alone has more than any manuscript",
                                 name=self.name, part=part[:80]))


def damaged(name: str) -> Unreadable:
    """The sentence for a file that is not whole."""
    return Unreadable(Phrase("{name} is damaged: open it in the program it was written with and save it anew", name=name))


def locked(name: str) -> Unreadable:
    """The sentence for a file with a password."""
    return Unreadable(Phrase("{name} is locked with a password: save it without one", name=name))


def parse_xml(data: bytes, name: str) -> etree._Element:
    """XML as a tree, in the names that Word usually gives. Entities are not followed: a file that declares any is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    if b"<!ENTITY" in data[:HEAD]:
        raise _with_entities(name)
    try:
        root = etree.fromstring(STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and next(iter(subset.entities()), None) is not None:
        raise _with_entities(name)
    return root


def name_letters(data: bytes) -> bytes:
    """XML with the letters that JATS's own DTD names, &ndash;, by their numbers: no DTD is fetched.

    A name that nobody knows stays as it is typed; in a file that declares names of its own nothing is done.
    """
    def put(found: re.Match) -> bytes:
        name = found[1].decode("ascii")
        if name in ("amp", "lt", "gt", "quot", "apos"):
            return found[0]
        letters = html5.get(f"{name};", f"&{name};")
        return "".join(f"&#{ord(letter)};" for letter in letters).encode()

    if b"<!ENTITY" in data:
        return data
    first, *parts = data.split(b"<![CDATA[")
    made = [NAMED.sub(put, first)]
    for part in parts:
        raw, end, rest = part.partition(b"]]>")
        made += (b"<![CDATA[", raw, end, NAMED.sub(put, rest))
    return b"".join(made)


def _with_entities(name: str) -> Unreadable:
    return Unreadable(Phrase("{name} declares entities of its own, as no program for writing does; it is not read", name=name))


def part_at(*path: str) -> str:
    """The name of the part that a path in the file leads to: never one outside it."""
    return posixpath.normpath(posixpath.join("/", *path)).lstrip("/")


def pack(parts: dict[str, bytes]) -> bytes:
    """Parts as a ZIP file, unpacked as pandoc reads them fastest."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def read_bytes(path: Path) -> bytes:
    """A file's bytes. Raises Unreadable where there are none or too many."""
    try:
        if path.is_dir():
            raise Unreadable(Phrase("{name} is a folder", name=path.name))
        if not path.is_file():
            raise Unreadable(Phrase("there is no file {name}", name=path.name))
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(Phrase("{name} is larger than any manuscript", name=path.name))
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(Phrase("{name} cannot be read: {why}", name=path.name, why=error.strerror or str(error))) from error
    if not data.strip():
        raise Unreadable(Phrase("{name} is empty", name=path.name))
    return data
