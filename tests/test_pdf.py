"""The PDF, reopened: metadata, pages, tags, fonts, links, the standards it claims, and nothing fetched."""

import base64
import http.server
import os
import re
import shutil
import struct
import subprocess
import sys
import threading
import zlib

import page
import pikepdf
import pydyf
import pyphen
import pytest
from conftest import ROOT, SPECIMEN, specimen_front
from judges import epub_parts, pdf_margins, pdf_pages, qpdf, read_text, verapdf
from PIL import Image
from tagged import elements

from basylym.languages import language
from basylym.read.front_matter import read_front_matter, split_front_matter
from basylym.typography.compare import compare, fold
from basylym.typography.fonts import FAMILIES
from basylym.typography.hyphenation import break_points

CLAIMS = {"PDF/A-3a": page.ValidationProfile.PDF_A_3A, "PDF/UA-1": page.ValidationProfile.PDF_UA_1}


@pytest.fixture(scope="module")
def pdf(assembly):
    with pikepdf.open(assembly.with_suffix(".pdf")) as document:
        yield document


@pytest.fixture
def specimen(journal):
    assert journal.run("build", "--format", "pdf") == 0
    return journal.output(".pdf")


def named_destinations(document) -> dict[str, int]:
    """Where each named destination leads: its page, counted from 0."""
    numbers = {each.objgen: number for number, each in enumerate(document.pages)}
    names = pikepdf.NameTree(document.Root.Names.Dests)
    return {str(name): numbers[place[0].objgen] for name, place in names.items()}


def links(document) -> list[tuple[int, str]]:
    """Every link inside the document: the page it stands on, and the name of the place it leads to."""
    return [(number, str(each.Dest)) for number, leaf in enumerate(document.pages) for each in leaf.get("/Annots", [])
            if each.Subtype == "/Link" and "/Dest" in each]


def fonts(document) -> dict[str, pikepdf.Object]:
    """Every font of the pages by its name."""
    return {str(font.BaseFont): font for leaf in document.pages for font in leaf.Resources.get("/Font", {}).values()}


def glyphs(document) -> set[int]:
    """The number of every glyph that is printed; 0 is .notdef, the box where a font lacks a letter."""
    found = set()
    for leaf in document.pages:
        for instruction in pikepdf.parse_content_stream(leaf):
            if str(instruction.operator) in ("Tj", "TJ"):
                operand = instruction.operands[0]
                for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        found |= {int.from_bytes(codes[at:at + 2], "big") for at in range(0, len(codes), 2)}
    return found


# --- metadata and structure -----------------------------------------------------------------------------------------
def test_metadata_says_what_the_article_is(specimen):
    with pikepdf.open(specimen) as document, document.open_metadata() as packet:
        assert packet["dc:title"] == str(document.docinfo.Title) == "Үлгі мақаланың тақырыбы"
        assert packet["dc:creator"] == ["Автор Үлгі"] and str(document.docinfo.Author) == "Автор Үлгі"
        assert packet["pdf:Keywords"] == str(document.docinfo.Keywords) == "үлгі, тексеру, басылым"
        assert compare(packet["dc:description"], specimen_front()["abstract"]["kk"].replace("*", ""))
        assert packet["xmp:CreateDate"] == "2026-03-30"
        assert (packet["pdfaid:part"], packet["pdfaid:conformance"], packet["pdfuaid:part"]) == ("3", "A", "1")


def test_language_and_title_are_told_to_readers(pdf):
    assert str(pdf.Root.Lang) == "kk"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked


def test_pages_are_a4_and_numbered_from_issue_yaml(assembly, pdf):
    folios = [folio for _, folio in pdf_margins(assembly.with_suffix(".pdf"))]
    assert len(folios) == len(pdf.pages) > 1
    assert folios == [str(number) for number in range(5, 5 + len(folios))]
    assert all([round(float(side)) for side in leaf.mediabox] == [0, 0, 595, 842] for leaf in pdf.pages)


def test_the_page_range_at_the_head_is_the_folios(assembly, pdf):
    assert f"5-{4 + len(pdf.pages)}-б." in fold(pdf_pages(assembly.with_suffix(".pdf"))[0])


def test_running_heads_begin_on_the_second_page(assembly):
    heads = [head for head, _ in pdf_margins(assembly.with_suffix(".pdf"))]
    assert heads[0] == "" and all(heads[1:])
    assert any("Этносаралық толеранттылық" in head for head in heads[1:])


def test_bookmarks_are_the_headings(pdf):
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title.startswith("Этносаралық толеранттылық пен қоғамдық келісімнің қазақстандық үлгісі")
        assert [each.title for each in title.children] == ["Аңдатпа", "Кіріспе", "Қорытынды", "Әдебиеттер", "References"]


def test_passages_in_other_languages_are_tagged_so(pdf):
    tagged = [str(each.Lang) for each in elements(pdf.Root.StructTreeRoot.K) if "/Lang" in each and each.S == "/Sect"]
    assert {"ru", "en"} <= set(tagged)


def test_headings_and_lists_are_tagged(pdf):
    kinds = [str(each.S) for each in elements(pdf.Root.StructTreeRoot.K)]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Link"} <= set(kinds)
    assert kinds.count("/LI") == 5 + 7 + 7  # the list of principles and the seven references, twice


@pytest.mark.parametrize("claim", CLAIMS)
def test_keeps_what_it_claims(sample, claim):
    files = sorted(sample.glob("*/*/*.pdf"))
    assert files
    for file in files:
        failures = page.validate_pdf(str(file), profile=CLAIMS[claim]).failures
        assert not failures, f"{file.name}: {[(each.rule_id, each.message) for each in failures]}"


def test_the_last_byte_of_a_stream_is_no_part_of_the_line_end_after_it(specimen):
    """Any byte may end a compressed stream; a carriage return before a bare line feed would make its length wrong."""
    ended = {}
    for number in range(300):
        written = pydyf.Stream(["a" * number], compress=True).data
        length = int(re.search(rb"/Length (\d+)", written)[1])
        data = written[written.index(b"stream\n") + 7:][:length]
        ended.setdefault(data[-1:] == b"\r", set()).add(written[written.index(b"stream\n") + 7 + length:])
    assert ended == {True: {b"\r\nendstream"}, False: {b"\nendstream"}}


@pytest.mark.judge
def test_qpdf_finds_no_fault(sample):
    for file in sorted(sample.glob("*/*/*.pdf")):
        assert qpdf(file) == [], file.name


@pytest.mark.judge
def test_qpdf_notices_a_damaged_file(specimen, tmp_path):
    (tmp_path / "damaged.pdf").write_bytes(specimen.read_bytes().replace(b"/Contents ", b"/Contents", 1)[:-400])
    assert qpdf(tmp_path / "damaged.pdf")


@pytest.mark.judge
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_finds_no_fault(sample, flavour):
    assert verapdf(sorted(sample.glob("*/*/*.pdf")), flavour) == []


@pytest.mark.judge
def test_verapdf_notices_a_broken_claim(assembly, tmp_path):
    with pikepdf.open(assembly.with_suffix(".pdf")) as document:
        del document.Root.StructTreeRoot
        document.save(tmp_path / "damaged.pdf")
    assert verapdf([tmp_path / "damaged.pdf"], "ua1")


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_broken_claim_is_noticed(assembly, tmp_path, claim):
    """The judge itself is judged: without its tags the file is neither."""
    with pikepdf.open(assembly.with_suffix(".pdf")) as document:
        del document.Root.StructTreeRoot
        document.save(tmp_path / "damaged.pdf")
    assert not page.validate_pdf(str(tmp_path / "damaged.pdf"), profile=CLAIMS[claim]).is_compliant


# --- letters --------------------------------------------------------------------------------------------------------
def test_every_font_is_embedded_and_of_the_house(sample):
    families = "|".join(name.replace(" ", "-") for name in FAMILIES)
    for file in sample.glob("*/*/*.pdf"):
        with pikepdf.open(file) as document:
            assert fonts(document)
            for name, font in fonts(document).items():
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys()), name
                assert re.fullmatch(rf"/[A-Z]{{6}}\+({families})(-[A-Za-z]+)?", name), f"{file.name}: {name}"


def test_the_text_is_set_in_pt_serif_and_pt_sans(pdf):
    assert {re.match(r"/[A-Z]{6}\+(PT-[A-Za-z]+)", name)[1] for name in fonts(pdf)} == {"PT-Serif", "PT-Sans"}


def test_no_letter_is_missing_from_the_fonts(sample):
    for file in sample.glob("*/*/*.pdf"):
        with pikepdf.open(file) as document:
            printed = glyphs(document)
        assert len(printed) > 50 and 0 not in printed, file.name
        assert "\ufffd" not in read_text(file), file.name


def test_kazakh_lines_are_broken_by_the_rules_of_the_syllable(assembly):
    words = set(re.findall(r"\w+", re.sub(r"\u2011\r?\n", "", read_text(assembly.with_suffix(".html")))))
    text = "\n".join(pdf_pages(assembly.with_suffix(".pdf"))[2:-1])  # pages that are all in Kazakh
    broken = re.findall(r"(\w+)\u2011\s*\n(\w+)", text)
    assert len(broken) > 20
    for left, right in broken:
        assert left + right in words, f"{left}-{right}"
        assert len(left) in break_points(left + right), f"{left}-{right}"


@pytest.mark.parametrize("tag", ["ru", "en"])
def test_lines_of_other_languages_are_broken_by_their_dictionary(assembly, tag):
    block, _, _ = split_front_matter((ROOT / "source/2026-1/assembly/article.md").read_text("utf-8"))
    front, _, _ = read_front_matter(block, "article.md", "kk")
    own, others = ({word for each in tags for word in re.findall(r"\w+", front.abstract[each])}
                   for tags in ([tag], {"kk", "ru", "en"} - {tag}))
    text = "\n".join(pdf_pages(assembly.with_suffix(".pdf"))[:2])
    broken = [pair for pair in re.findall(r"(\w+)\u2011\s*\n(\w+)", text) if "".join(pair) in own - others]
    assert broken
    for left, right in broken:
        assert len(left) in pyphen.Pyphen(lang=language(tag).hyphenation).positions((left + right).lower())


# --- links ----------------------------------------------------------------------------------------------------------
def test_citations_lead_to_their_entries(pdf):
    places = named_destinations(pdf)
    cited = [(number, name) for number, name in links(pdf) if name.startswith("ref-")]
    assert [name for _, name in cited] == [
        f"ref-{key}" for key in ("constitution", "source-2", "doctrine", "source-2", "abai", "source-2", "source-2", "session-13",
                                 "source-2", "source-2", "source-6", "source-7")]
    references = len(pdf.pages) - 1
    assert all(places[name] == references for _, name in cited)


def test_every_link_has_its_place(sample):
    for file in sample.glob("*/*/*.pdf"):
        with pikepdf.open(file) as document:
            assert {name for _, name in links(document)} <= set(named_destinations(document)), file.name


# --- the same everywhere --------------------------------------------------------------------------------------------
def test_two_builds_are_byte_for_byte_the_same(assembly, tmp_path):
    """In another folder, process, language, time zone and hash seed."""
    shutil.copytree(ROOT / "source", tmp_path / "elsewhere/source")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": "Asia/Almaty", "LC_ALL": "C", "LANG": "ru_RU", "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-m", "basylym", "build", "../elsewhere/source/2026-1/assembly"], env=environment,
                          cwd=tmp_path / "elsewhere", capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    for ending in (".pdf", ".epub", ".html"):
        again = tmp_path / "elsewhere/output/2026-1/assembly" / f"assembly{ending}"
        assert again.read_bytes() == assembly.with_suffix(ending).read_bytes(), ending


# --- a manuscript from a stranger -----------------------------------------------------------------------------------
@pytest.fixture
def listener():
    """A web server on this machine, and the paths it was asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def write_png(grey: int) -> bytes:
    """The smallest picture there is: one point of one grey."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes([0, grey]))) + chunk(b"IEND", b""))


PIXEL = write_png(66)


HOSTILE = ["![a secret]({})", "![a secret][x]\n\n[x]: {}", '<img src="{}" alt="a secret">', '<svg><image href="{}"/></svg>',
           '<link rel="stylesheet" href="{}">', "<style>@import url({})</style>", '<iframe src="{}"></iframe>']


@pytest.mark.parametrize("address", ["{server}/x.png", "//{host}/x.png", "../../../secret.png", "file://{folder}/secret.png",
                                     "{folder}/secret.png", "%2e%2e/%2e%2e/%2e%2e/secret.png", "link.png"])
def test_a_manuscript_can_fetch_nothing_from_outside_its_folder(journal, listener, address):
    server, asked = listener
    (journal.folder / "secret.png").write_bytes(PIXEL)
    (journal.article / "link.png").symlink_to(journal.folder / "secret.png")
    address = address.format(server=server, host=server.removeprefix("http://"), folder=journal.folder)
    text = "\n\n".join(written.replace("{}", address) for written in HOSTILE)
    journal.overlay({"text": f"Мәтін [@example, 12].\n\n{text}\n\nСоңғы сөз.\n"})
    assert journal.run("build") in (0, 1)
    assert asked == []
    with pikepdf.open(journal.output(".pdf")) as document:
        assert not any(leaf.get_images() for leaf in document.pages)
    assert PIXEL not in epub_parts(journal.output(".epub")).values()
    assert base64.b64encode(PIXEL) not in journal.output(".html").read_bytes()
    for ending in (".pdf", ".epub", ".html"):
        assert "Соңғы сөз." in fold(read_text(journal.output(ending)))


def test_a_picture_of_the_article_s_own_is_in_every_output(journal):
    """The other side of the test above: pictures do come through."""
    (journal.article / "own.png").write_bytes(PIXEL)
    journal.overlay({"text": "Мәтін [@example, 12].\n\n![Бір нүкте](own.png)\n"})
    assert journal.run("build") in (0, 1)
    with pikepdf.open(journal.output(".pdf")) as document:
        assert any(leaf.get_images() for leaf in document.pages)
    assert PIXEL in epub_parts(journal.output(".epub")).values()
    assert base64.b64encode(PIXEL) in journal.output(".html").read_bytes()


def test_a_picture_in_printing_inks_keeps_the_pdf_archival(journal):
    Image.new("CMYK", (30, 20), (200, 0, 90, 10)).save(journal.article / "inks.jpg")
    journal.overlay({"text": "Мәтін [@example, 12].\n\n![Бір сурет](inks.jpg){alt=\"Сурет\"}\n"})
    assert journal.run("build", "--format", "pdf") == 0
    with pikepdf.open(journal.output(".pdf")) as document:
        spaces = [image.ColorSpace for leaf in document.pages for image in leaf.get_images().values()]
        assert spaces and "/DeviceCMYK" not in spaces
    failures = page.validate_pdf(str(journal.output(".pdf")), profile=page.ValidationProfile.PDF_A_3A).failures
    assert not failures, [(each.rule_id, each.message) for each in failures]


# --- a manuscript alone ---------------------------------------------------------------------------------------------
def test_a_lone_manuscript_has_its_pages_from_one(tmp_path):
    (tmp_path / "paper.md").write_text((SPECIMEN / "article.md").read_text("utf-8"), "utf-8")
    done = subprocess.run([sys.executable, "-m", "basylym", "build", "paper.md", "--format", "pdf"], cwd=tmp_path, timeout=60,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    assert done.returncode in (0, 1)
    file = tmp_path / "output/paper/paper.pdf"
    folios = [folio for _, folio in pdf_margins(file)]
    assert folios and folios == [str(number) for number in range(1, len(folios) + 1)]
