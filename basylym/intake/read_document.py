"""A received file of any kind as a document: what it is, its content says, and only where that says nothing its name's ending."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from basylym.intake.document import Document
from basylym.intake.packages import LARGEST_SOURCE, Package, Unreadable, damaged, locked, name_letters, parse_xml, read_bytes
from basylym.intake.read_docx import read_docx
from basylym.intake.read_jats import read_jats
from basylym.intake.read_odt import read_odt
from basylym.intake.read_office import through_office
from basylym.intake.read_pandoc import read_source
from basylym.intake.read_pdf import read_pdf
from basylym.intake.read_text import read_plain_text
from basylym.messages import Phrase

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The beginning of Office's files before 2007, and of those with a password since."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORD = "WordDocument".encode("utf-16-le")
ODF = "application/vnd.oasis.opendocument."
HEAD = 4096
"""So many bytes of a text tell what it is."""
ENDINGS = {".html": "html", ".htm": "html", ".xhtml": "html", ".tex": "latex", ".latex": "latex"}
TEXTS = {".txt", ".md", ".text", ""}
JATS = re.compile(r"\{https?://(?:jats\.nlm\.nih\.gov|dtd\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/JATS1)[^}]{0,200}\}")
PACKAGES = {".docx", ".docm", ".dotx", ".odt", ".ott"}
SUFFIXES = "DOCX, ODT, RTF, DOC, HTML, LaTeX, JATS, TXT, PDF"
"""What is read."""


def read_document(path: Path) -> Document:
    """A file as a document. Raises Unreadable, or another UsageError, whose message is a sentence for whoever sent the file."""
    document = _read(path)
    if not document.blocks:
        raise Unreadable(Phrase("{name} has no text", name=path.name))
    if not any(any(map(str.isalnum, block.text)) for block in document.blocks):
        told = Phrase("the file has no words: where its pages are pictures, take the text from where they were made of")
        document = replace(document, warnings=(told, *document.warnings))
    return document


def _read(path: Path) -> Document:
    data, name = read_bytes(path), path.name
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _read_package(data, name)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise locked(name)
        if WORD not in data:
            raise _unknown(name)
        return through_office(data, name, "doc")
    if data.startswith(b"{\\rtf"):
        return through_office(data, name, "rtf")
    if data.lstrip()[:5] == b"%PDF-" or path.suffix.lower() == ".pdf":
        return read_pdf(path)
    head = data[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    if b"\0" in head:
        raise damaged(name) if path.suffix.lower() in PACKAGES else _unknown(name)
    return _read_text(path, data, head)


def _read_package(data: bytes, name: str) -> Document:
    """A ZIP file: Word's, LibreOffice's, or another that is told by its name."""
    package = Package(data, name)
    kind = (package.read("mimetype", 200) or b"").decode("ascii", "replace").strip()
    if kind.startswith(ODF):
        if kind.removeprefix(ODF).split("-")[0] != "text":
            raise _other(name, kind.removeprefix(ODF).split("-")[0])
        return read_odt(package)
    for folder, what in (("xl/", "spreadsheet"), ("ppt/", "presentation"), ("META-INF/container.xml", "EPUB"), ("Index/", "Pages")):
        if any(part.startswith(folder) for part in package.sizes):
            raise _other(name, what)
    if "[Content_Types].xml" in package.sizes or any(part.startswith("word/") for part in package.sizes):
        return read_docx(package)
    if not package.sizes:
        raise damaged(name)
    raise Unreadable(Phrase("{name} is an archive: unpack it, and import what it holds", name=name))


def _read_text(path: Path, data: bytes, head: bytes) -> Document:
    """A text: a web page, LaTeX, JATS, RTF without its first letters, or plain words."""
    if len(data) > LARGEST_SOURCE:
        raise Unreadable(Phrase("{name} is larger than any manuscript", name=path.name))
    name, small = path.name, head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<\?xml|<!doctype\s+(?!html)|<article[\s>]", small) or small.startswith(b"<") and path.suffix.lower() == ".xml":
        if b"<html" in small:
            return read_source(data, name, "html")
        root = parse_xml(name_letters(data), name)
        if JATS.match(root.tag):  # a few publishers give JATS a space of names
            for each in root.iter("{*}*"):
                each.tag = each.tag.rpartition("}")[2] if JATS.match(each.tag) else each.tag
        if root.tag.rpartition("}")[2] == "article" and root.find("front") is not None:
            return read_jats(root, name)
        if root.tag.rpartition("}")[2] != "html":
            raise Unreadable(Phrase("{name} is XML, but no JATS: its first element is {element}", name=name,
                                    element=root.tag.rpartition("}")[2][:60]))
        return read_source(data, name, "html")
    if small.startswith((b"<!doctype html", b"<html")) or ENDINGS.get(path.suffix.lower()) == "html":
        return read_source(data, name, "html")
    if b"\\documentclass" in head or ENDINGS.get(path.suffix.lower()) == "latex":
        return read_source(data, name, "latex", path.parent)
    if path.suffix.lower() in PACKAGES:
        raise damaged(name)
    if path.suffix.lower() in TEXTS or _is_words(head):
        return read_plain_text(path)
    raise _unknown(name)


def _is_words(head: bytes) -> bool:
    """Whether bytes are a text: hardly any of them control a machine."""
    return sum(each < 32 and each not in b"\t\n\r\f" for each in head) * 100 <= len(head)


def _unknown(name: str) -> Unreadable:
    return Unreadable(Phrase("{name} is of no kind that is read: {kinds}", name=name, kinds=SUFFIXES))


def _other(name: str, what: str) -> Unreadable:
    return Unreadable(Phrase("{name} is no text ({kind}): save what is to be published as DOCX or ODT", name=name, kind=what[:40]))
