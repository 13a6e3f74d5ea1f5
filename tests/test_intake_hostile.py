"""Files that are broken, or made to break: each ends in a sentence, or is read with one, within ten seconds."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest
from intake import docx, odt
from intake.marked import DOCUMENTS, read

from basylym.cli import main

SECONDS = 10
SECRET = "nobody-shall-read-this"
BODY = f"{docx.HEAD}<w:document {docx.W}><w:body>%s</w:body></w:document>"
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
         'document.main+xml"/></Types>')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>')
MAIN = RELATIONS % f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'


def sample(kind: str = "docx") -> bytes:
    """A document of the corpus, whole."""
    made = read(DOCUMENTS / ("24-zqai.txt" if kind == "odt" else "13-cityu.txt"))
    return (odt if kind == "odt" else docx).write(made)


def changed(data: bytes, **parts: str | bytes | None) -> bytes:
    """A package with other parts in it; `word__document_xml` names word/document.xml, None takes a part out."""
    named = {name.replace("__", "/").replace("_xml", ".xml").replace("_rels", ".rels").replace("_bin", ".bin"): value
             for name, value in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        kept = {name: package.read(name) for name in package.namelist() if name not in named}
    return docx.zipped({**kept, **{name: value for name, value in named.items() if value is not None}})


def word(body: str, **more: str | bytes) -> bytes:
    """The smallest .docx around a body."""
    return docx.zipped({"[Content_Types].xml": TYPES, "_rels/.rels": MAIN, "word/document.xml": BODY % body, **more})


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def flipped(data: bytes) -> bytes:
    """A byte of a part changed, as a bad disk does."""
    place = data.index(b"word/document.xml") + 200
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1:]


def flagged(data: bytes) -> bytes:
    """A package whose parts say that they are encrypted."""
    broken = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = broken.find(mark)
        while start >= 0:
            broken[start + place] |= 1
            start = broken.find(mark, start + 4)
    return bytes(broken)


def bomb(size: int = 300 << 20) -> bytes:
    """A document that is a few hundred kilobytes packed and hundreds of megabytes unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", MAIN)
        with package.open("word/document.xml", "w") as part:
            part.write((BODY % "").removesuffix("</w:body></w:document>").encode())
            for _ in range(size >> 20):
                part.write(b" " * (1 << 20))
            part.write(b"</w:body></w:document>")
    return file.getvalue()


def crowd() -> bytes:
    """A package of very many parts."""
    return docx.zipped({"[Content_Types].xml": TYPES, "_rels/.rels": MAIN, "word/document.xml": BODY % paragraph("Text"),
                        **{f"word/media/{number}.png": b"" for number in range(15_000)}})


def liar() -> bytes:
    """A package whose directory says that a large part is small."""
    data = bytearray(word(paragraph("Text " * 400_000)))
    place = data.rfind(b"word/document.xml") - 46
    data[place + 24:place + 28] = struct.pack("<I", 100)
    return bytes(data)


def laughs() -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY l0 "ha">{levels}]>'
            f"<w:document {docx.W}><w:body>{paragraph('&l9;')}</w:body></w:document>")


def outside(place: str) -> str:
    return (f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{place}">]>'
            f"<w:document {docx.W}><w:body>{paragraph('Before &x; after')}</w:body></w:document>")


def ole(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + name.encode("utf-16-le").ljust(1024, b"\0")


def pdf(page: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page, without its table of objects: readers rebuild it."""
    return (b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<>>>>endobj\n"
            b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n%s\ntrailer<</Root 1 0 R>>\n%%%%EOF" % (len(page), page, more))


def deep(depth: int = 3000) -> str:
    """Tables in tables in tables."""
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * depth


def template(target: str) -> dict[str, str]:
    """The parts that name a template elsewhere."""
    return {"word/settings.xml": f'<w:settings {docx.W}><w:attachedTemplate r:id="rId1"/></w:settings>',
            "word/_rels/settings.xml.rels":
            RELATIONS % f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" Target="{target}" TargetMode="External"/>'}


def picture(target: str, mode: str = ' TargetMode="External"') -> bytes:
    drawing = docx.Writer(read(DOCUMENTS / "13-cityu.txt")).drawing().replace('r:embed="rIdP1"', 'r:link="rIdP1" r:embed="rIdP1"')
    relation = RELATIONS % f'<Relationship Id="rIdP1" Type="{OFFICE}/image" Target="{target}"{mode}/>'
    return word(f"<w:p>{drawing}</w:p>{paragraph('Text')}", **{"word/_rels/document.xml.rels": relation})


def content_of(data: bytes) -> str:
    """The text of an ODT."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("content.xml").decode()


def endless(filler: str) -> bytes:
    """A document whose text comes to nearly forty megabytes, each paragraph another."""
    count = 39_000_000 // (len(filler.encode()) + 8)
    return word("".join(f"{filler}".replace("#", f"{number:08}") for number in range(count)))


REFUSED = {
    "endless.docx": lambda: endless(paragraph("Сөз # " + "мәтін " * 40)),
    "endless-empty.docx": lambda: endless("<w:p/>"),
    "endless-marks.docx": lambda: endless(paragraph("[#, 1–3]")),
    "endless.odt": lambda: changed(sample("odt"), content_xml=content_of(sample("odt")).replace("</office:text>", "".join(
        f"<text:p>{number} {'мәтін ' * 40}</text:p>" for number in range(70_000)) + "</office:text>")),
    "endless.html": lambda: b"<html><body>" + "<p>Мәтін мәтін [1, 2]</p>".encode() * 1_000_000,
    "endless.txt": lambda: "Мәтін мәтін [1, 2].\n".encode() * 1_200_000,
    "empty.docx": lambda: b"",
    "words.docx": lambda: b"\x07\x01not a document\x00" * 40,
    "half.docx": lambda: sample()[:3000],
    "half.odt": lambda: sample("odt")[:2500],
    "flipped.docx": lambda: flipped(sample()),
    "no-text.docx": lambda: changed(sample(), word__document_xml=None),
    "no-text.odt": lambda: changed(sample("odt"), content_xml=None),
    "unclosed.docx": lambda: changed(sample(), word__document_xml=BODY.replace("</w:document>", "") % paragraph("Text")),
    "unclosed.odt": lambda: changed(sample("odt"), content_xml="<office:document-content"),
    "bomb.docx": bomb,
    "crowd.docx": crowd,
    "liar.docx": liar,
    "laughs.docx": lambda: changed(sample(), word__document_xml=laughs()),
    "password.docx": lambda: ole("EncryptedPackage"),
    "locked.docx": lambda: flagged(sample()),
    "locked.odt": lambda: changed(sample("odt"), **{"META-INF__manifest_xml":
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>',
        "content_xml": b"\x8a\x01\xff" * 100}),
    "sheet.xlsx": lambda: docx.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    "pictures.zip": lambda: docx.zipped({"one.png": docx.picture()}),
    "zeros.txt": lambda: b"\0" * 5000,
    "broken.pdf": lambda: b"%PDF-1.7\n" + b"\xff\x00" * 500,
    "scan.pdf": lambda: pdf(b"0 0 m 100 100 l S"),
    "loop.tex": lambda: rb"\documentclass{article}\def\a{\a\a}\begin{document}Text \a\end{document}",
    "laughs.xml": lambda: laughs().replace("w:document", "article").replace("w:body", "front").encode(),
}
"""Files that cannot be read: exit code 2 and one sentence."""

READ = {
    "outside-picture.docx": lambda: picture("http://203.0.113.1/picture.png"),
    "unc-picture.docx": lambda: picture("file://203.0.113.1/share/picture.png"),
    "climbing-picture.docx": lambda: picture("../../../../../../etc/passwd", ""),
    "template.docx": lambda: word(paragraph("Text"), **template("http://203.0.113.1/evil.dotm")),
    "macro.docm": lambda: word(paragraph("Text"), **{"word/vbaProject.bin": ole("VBA")}),
    "climbing.docx": lambda: word(paragraph("Text"), **{"../../../evil.txt": "evil", "/etc/evil": "evil"}),
    "no-end.docx": lambda: word("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + "</w:p>" + paragraph("Text")),
    "brackets.docx": lambda: word(paragraph("[" * 10_000) + paragraph("(1, " * 5_000) + paragraph("Text")),
    "numbers.docx": lambda: word(paragraph("Әдебиеттер") + paragraph("1. " * 5_000) + paragraph("[" + "1, " * 5_000 + "]")),
    "dashes.docx": lambda: word(paragraph("Әдебиеттер") + paragraph("1. Иванов И. " + ". – // " * 5_000)),
    "names.docx": lambda: word(paragraph("А.А. Иванов, " * 3_000) + paragraph("Кіріспе")),
    "one-word.docx": lambda: word(paragraph("а" * 200_000)),
    "control.docx": lambda: word(paragraph("‮&#x9;﻿​­Text‬")),
    "script.html": lambda: b"<html><body><script>alert(1)</script><img src='http://203.0.113.1/x.png'><iframe src='file:///etc/passwd'></iframe>"
                           b"<p onclick='x()'>Text</p></body></html>",
}
"""Files that are read, without what is not to be read of them."""


def run(tmp_path, capsys, name: str, data: bytes) -> tuple[int, str, str]:
    """Imports a file; the exit code, what was printed, and all that was written as one text."""
    path, folder = tmp_path / name, tmp_path / "to"
    path.write_bytes(data)
    before = time.monotonic()
    code = main(["import", str(path), "--to", str(folder)])
    seconds = time.monotonic() - before
    printed = capsys.readouterr()
    told = printed.out + printed.err
    assert seconds < SECONDS, f"{name} took {seconds:.1f} seconds"
    assert "Traceback" not in told
    written = "".join(each.read_text("utf-8", "replace") for each in sorted(folder.rglob("*")) if each.is_file()) if folder.exists() else ""
    assert {each.name for each in tmp_path.iterdir()} <= {name, "to"}
    return code, told, written


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path, capsys, name):
    code, told, written = run(tmp_path, capsys, name, REFUSED[name]())
    assert code == 2, told
    assert name in told and len(told.strip()) < 400 and not written


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_without_what_is_not_to_be(tmp_path, capsys, name):
    code, told, written = run(tmp_path, capsys, name, READ[name]())
    assert code in (0, 1), told
    assert "root:" not in written and "evil" not in (tmp_path / "to" / "article.md").read_text("utf-8")
    if name not in {"numbers.docx", "dashes.docx", "names.docx", "one-word.docx"}:
        assert "Text" in written


def test_an_entity_does_not_open_a_file(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    data = changed(sample(), word__document_xml=outside(str(secret)))
    path = tmp_path / "in" / "outside.docx"
    path.write_bytes(data)
    code = main(["import", str(path), "--to", str(tmp_path / "to")])
    told = "".join(capsys.readouterr())
    written = "".join(each.read_text("utf-8", "replace") for each in (tmp_path / "to").rglob("*") if each.is_file())
    assert code in (0, 1, 2) and SECRET not in told + written


@pytest.mark.parametrize("name", ["old.doc", "old.rtf"])
def test_what_only_another_program_reads_says_so(tmp_path, capsys, name, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    data = ole("WordDocument") if name.endswith("doc") else rb"{\rtf1 Text}"
    code, told, _ = run(tmp_path, capsys, name, data)
    assert code == 2 and "LibreOffice" in told


def test_tables_in_tables_without_end(tmp_path, capsys):
    code, told, _ = run(tmp_path, capsys, "deep.docx", word(deep()))
    assert code in (0, 1, 2), told


@pytest.mark.parametrize("what", ["folder", "nothing"])
def test_what_is_no_file_is_named(tmp_path, capsys, what):
    path = tmp_path / "in.docx"
    if what == "folder":
        path.mkdir()
    assert main(["import", str(path), "--to", str(tmp_path / "to")]) == 2
    assert "in.docx" in "".join(capsys.readouterr())
