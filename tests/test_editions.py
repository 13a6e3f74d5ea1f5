"""The proof and the copy for reviewers: what stands in them, what does not, and that both are as archival as what is published."""

import io
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import replace

import page
import pikepdf
import pypdfium2
import pytest
from conftest import ROOT
from judges import epub_parts, html_page, verapdf
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from basylym.check import checks
from basylym.languages import language
from basylym.model import Kind
from basylym.options import EDITIONS
from basylym.read.pictures import Picture
from basylym.render.editions import bare_picture
from basylym.typography.compare import fold

CLAIMS = {"PDF/A-3a": page.ValidationProfile.PDF_A_3A, "PDF/UA-1": page.ValidationProfile.PDF_UA_1}
ENDINGS = (".pdf", ".epub", ".html")
PEOPLE = {
    "authors": [
        {"name": {"kk": "Мысалов, Ерлан Қайратұлы", "ru": "Мысалов, Ерлан Кайратович", "en": "Mysalov, Yerlan"},
         "degree": {"kk": "философия докторы", "ru": "доктор философии", "en": "PhD"},
         "position": {"kk": "жетекші зерттеуші", "ru": "ведущий исследователь", "en": "lead researcher"},
         "affiliations": "one", "orcid": "0000-0002-1825-0097", "email": "mysalov@uni.example", "corresponding": "yes",
         "roles": ["Methodology", "Software"]},
        {"name": {"kk": "Бейнелі, Сәуле", "ru": "Бейнели, Сауле", "en": "Beineli, Saule"}, "affiliations": "two"}],
    "affiliations": [
        {"id": "one", "name": {"kk": "Ойдан университеті", "ru": "Вымышленный университет", "en": "Imaginary University"},
         "city": {"kk": "Тараз", "ru": "Тараз", "en": "Taraz"}, "country": {"kk": "Қазақстан", "ru": "Казахстан", "en": "Kazakhstan"}},
        {"id": "two", "name": {"kk": "Қиял институты", "ru": "Институт фантазии", "en": "Fantasy Institute"},
         "city": {"kk": "Семей", "ru": "Семей", "en": "Semey"}, "country": {"kk": "Қазақстан", "ru": "Казахстан", "en": "Kazakhstan"}}],
    "funding": [{"funder": {"kk": "Мысал қоры", "ru": "Фонд примеров", "en": "Example Fund"}, "award": "AP-5555"}],
    "acknowledgements": {"kk": "Алғыс айтамыз: Досова.", "ru": "Благодарим: Досова.", "en": "We thank Dosova."},
    "contributions": {"kk": "Е.М. жазды.", "ru": "Е.М. писал.", "en": "Y.M. wrote."},
    "conflict_of_interest": {"kk": "С.Б. кеңесші.", "ru": "С.Б. консультант.", "en": "S.B. is a consultant."},
    "copyright": {"kk": "Мысалов Е.", "ru": "Мысалов Е.", "en": "Mysalov Y."},
    "references": [
        {"id": "example", "type": "book", "language": "kk", "author": ["Басқаұлы, Б."], "title": "Мысал кітап", "issued": 2001,
         "publisher": "Үлгі", "publisher-place": "Алматы", "number-of-pages": "235"},
        {"id": "mysalov2020", "type": "book", "language": "ru", "author": ["Мысалов, Е. К."], "title": "Первая сокровенная",
         "title-en": "The first secret", "issued": 2020, "publisher": "Пример", "publisher-place": "Алматы"},
        {"id": "two", "type": "book", "language": "en", "author": ["Beineli, S."], "title": "The hidden second", "issued": 2021,
         "publisher": "Sample", "publisher-place": "London"}],
    "text": "# Кіріспе\n\nМәтін [@example, 12; @mysalov2020, 15]. Тағы мәтін [@two].\n\n![Сурет](own.png)\n",
    "journal": {"second_list": "kaznpu-acs"},
}
SECRETS = ["Мысалов", "Mysalov", "Бейнел", "Beineli", "Ерлан", "Yerlan", "Сәуле", "Сауле", "Saule", "Қайрат", "Кайрат",
           "0000-0002-1825-0097", "uni.example", "Ойдан университет", "Вымышленный университет", "Imaginary University",
           "Қиял институт", "Институт фантазии", "Fantasy Institute",
           "Тараз", "Taraz", "Semey", "философия докторы", "ведущий исследователь", "lead researcher", "PhD",
           "Мысал қор", "Фонд примеров", "Example Fund", "AP-5555", "Досова", "Dosova", "Е.М.", "Y.M.", "С.Б.", "S.B.", "сокровенная",
           "first secret", "sokrovennaia", "sokrovennaya", "hidden second", "10.5555/specimen", "specimen.pdf", "D:\\mysalov"]
"""What a copy for reviewers must not hold, in any letters."""


def photograph() -> bytes:
    """A picture whose file says who took it."""
    target, says = io.BytesIO(), PngInfo()
    says.add_text("Author", "Yerlan Mysalov")
    Image.new("RGB", (30, 20), (200, 30, 30)).save(target, "PNG", pnginfo=says)
    return target.getvalue()


@pytest.fixture
def written(journal):
    """The specimen by two authors who cite themselves, give thanks and have a picture."""
    (journal.article / "own.png").write_bytes(photograph())
    return journal.overlay(PEOPLE)


def whole_text(path) -> str:
    """Everything a file holds, every stream and archive unpacked, in every spelling of letters that PDF has."""
    if path.suffix == ".html":
        return path.read_text("utf-8").replace("\u00ad", "")
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name).decode("utf-8", "replace").replace("\u00ad", "") for name in archive.namelist()]
            return "\n".join([*archive.namelist(), *parts])
    said = [path.read_bytes().decode("latin-1")]
    with pikepdf.open(path) as document:
        for each in document.objects:
            said += strings(each)
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") != "/Image":
                data = each.read_bytes()
                said += [data.decode("utf-8", "replace"), data.decode("latin-1")]
            elif isinstance(each, pikepdf.Stream):
                said.append(each.read_raw_bytes().decode("latin-1"))
    text = pypdfium2.PdfDocument(path)
    said += [leaf.get_textpage().get_text_bounded() for leaf in text]
    text.close()
    return "\n".join(said)


def strings(value) -> list[str]:
    """Every string and name in an object of a PDF, keys too; references are not followed."""
    if isinstance(value, (pikepdf.String, pikepdf.Name)):
        return [str(value), bytes(value).decode("utf-8", "replace") if isinstance(value, pikepdf.String) else ""]
    if isinstance(value, pikepdf.Array):
        return [said for each in value if not getattr(each, "is_indirect", False) for said in strings(each)]
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        return [said for key, each in value.items() for said in [key, *([] if getattr(each, "is_indirect", False) else strings(each))]]
    return []


def build(journal, edition: str, *words: str) -> int:
    return journal.run("build", "--edition", edition, *words)


def holds(text: str, secret: str) -> bool:
    return secret.casefold() in re.sub("[\u00a0\u202f]", " ", text).casefold()


# --- which edition --------------------------------------------------------------------------------------------------
def test_the_command_line_names_every_edition():
    assert Kind.__args__ == EDITIONS


def test_an_edition_is_a_pdf_of_its_own_name_unless_formats_are_asked_for(written):
    build(written, "proof")
    build(written, "anonymous", "--format", "html", "--format", "epub")
    made = sorted(path.name for path in written.output("").parent.iterdir())
    assert made == ["specimen.anonymous.epub", "specimen.anonymous.html", "specimen.proof.pdf"]


def test_the_published_edition_is_the_same_with_and_without_its_name(journal):
    assert journal.run("build", "--format", "html") == 0
    first = journal.output(".html").read_bytes()
    assert build(journal, "published", "--format", "html") == 0
    assert journal.output(".html").read_bytes() == first


# --- the copy for reviewers -----------------------------------------------------------------------------------------
def test_the_published_files_hold_what_is_looked_for(written):
    """The other side of the test below: what it looks for would be found."""
    written.run("build")
    found = {ending: [secret for secret in SECRETS if holds(whole_text(written.output(ending)), secret)] for ending in ENDINGS}
    assert {secret for each in found.values() for secret in each} >= set(SECRETS) - {"sokrovennaia", "sokrovennaya", "D:\\mysalov"}
    assert len(found[".pdf"]) > len(SECRETS) / 2
    assert b"Yerlan Mysalov" in (written.article / "own.png").read_bytes()


def test_an_anonymous_copy_says_nowhere_whose_it_is(written):
    build(written, "anonymous", *(word for ending in ENDINGS for word in ("--format", ending[1:])))
    for ending in ENDINGS:
        text = whole_text(written.output(f".anonymous{ending}"))
        assert [secret for secret in SECRETS if holds(text, secret)] == [], ending


def test_an_anonymous_copy_keeps_title_text_and_numbers(written):
    build(written, "anonymous", "--format", "html")
    tree = html_page(written.output(".anonymous.html"))
    text = " ".join(tree.text_content().split())
    assert "Үлгі мақаланың тақырыбы" in text and "[1, 12; 2, 15]" in text and "Басқаұлы" in text
    words = language("kk").labels
    first, second = ([" ".join(each.text_content().split()) for each in group.iterfind("ol/li")]
                     for group in tree.xpath('//section[@role="doc-bibliography"]'))
    assert words["for_reviewers"] in text
    assert [words["own_work"] in each for each in first] == [False, True, True]
    assert [language("en").labels["own_work"] in each for each in second] == [False, True, True]
    for link in tree.xpath('//span[@class="citation"]/a'):
        assert tree.get_element_by_id(link.get("href")[1:]) is not None


def test_an_anonymous_copy_names_nobody_where_citations_name_authors(written):
    written.overlay({"csl": "gost-7.1-2003-author-date", "text": "Мәтін [@example; @mysalov2020, 15]. Ал @two [б. 3] айтады.\n"})
    build(written, "anonymous", "--format", "html")
    text = whole_text(written.output(".anonymous.html"))
    assert [secret for secret in SECRETS if holds(text, secret)] == []
    assert "Басқаұлы" in text and language("kk").labels["own_work_cited"] in text


def test_an_anonymous_copy_carries_no_files(written):
    build(written, "anonymous")
    with pikepdf.open(written.output(".anonymous.pdf")) as document:
        assert not document.attachments and "/AF" not in document.Root
        assert "/Author" not in document.docinfo


def test_an_anonymous_copy_keeps_its_pages(journal):
    """Its place in the issue is known though its folder is not named."""
    build(journal, "anonymous", "--format", "html")
    tree = html_page(journal.output(".anonymous.html"))
    (imprint,) = tree.xpath('//*[@id="imprint"]')
    assert re.search(r"\b5(?:–\d+)?-б\.", imprint.text_content())


def test_names_in_the_text_are_told_and_left(written):
    written.overlay({"text": "Мәтін [@example; @mysalov2020; @two]. Мысаловтың бұрынғы еңбегі. MYSALOV мұнда.\n"})
    told = [finding for finding in written.overlay({"edition": "anonymous"}).findings() if finding.id == "OUT-001"]
    assert [finding.found for finding in told] == ["Мысаловтың", "MYSALOV"]
    assert [finding for finding in written.overlay({"edition": "published"}).findings() if finding.id == "OUT-001"] == []
    build(written, "anonymous", "--format", "html")
    assert "Мысаловтың" in whole_text(written.output(".anonymous.html"))


@pytest.mark.parametrize(("text", "told"), [
    ("Кодты https://github.com/mysalov/project қараңыз.", ["https://github.com/mysalov/project"]),
    ("Кодты <https://github.com/y-Mysalov>.", ["https://github.com/y-Mysalov"]),
    ("Код (github.com/mysalov/project): `www.mysalov.example`.", ["github.com/mysalov/project", "www.mysalov.example"]),
    ("Хат: a.mysalov@mail.example.", ["a.mysalov@mail.example"]),
    ("Мақала: 10.5555/Own.2026.1, https://doi.org/10.5555/own.2026.1.", ["10.5555/Own.2026.1", "10.5555/own.2026.1"]),
    ("```\ncite 10.5555/own.2026.1\n```", ["10.5555/own.2026.1"]),
    ("Басқа: 10.5555/own.2026.12, 10.5555/own.2026.1.2, https://journal.example/a, he@mail.example.", []),
    ("Мәтін [-@mysalov2020] және @mysalov2020.", [])])
def test_addresses_and_the_doi_are_told_as_well(written, text, told):
    written.overlay({"doi": "10.5555/own.2026.1", "text": f"Мәтін [@example; @mysalov2020; @two].\n\n{text}\n"})
    found = [finding for finding in written.overlay({"edition": "anonymous"}).findings() if finding.id == "OUT-001"]
    assert [finding.found for finding in found] == told


def test_addresses_are_looked_for_in_time(written):
    """Words without end, of every letter that an address has."""
    text = "\n".join(piece * 100_000 for piece in ("a", "a.", "a@", "a/", "mysalov", "mysalov.", "http://"))
    edition, began = written.overlay({"edition": "anonymous"}).edition(), time.monotonic()
    edition = replace(edition, article=replace(edition.article, source=text))
    list(checks()["OUT-001"].find(edition))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_loses_what_programs_write_into_it_and_nothing_else(kind):
    target, exif = io.BytesIO(), Image.Exif()
    exif[0x013B], exif[0x0112] = "Yerlan Mysalov", 6
    picture = Image.effect_noise((40, 30), 90).convert("P" if kind == "GIF" else "RGB")
    picture.save(target, kind, **({"comment": b"Yerlan Mysalov"} if kind == "GIF" else {"exif": exif}))
    given = target.getvalue()
    assert b"Yerlan Mysalov" in given
    bare = bare_picture(Picture(given, f"image/{kind.lower()}", 40, 30))
    assert b"Yerlan" not in bare.data
    with Image.open(io.BytesIO(given)) as before, Image.open(io.BytesIO(bare.data)) as after:
        assert after.get_format_mimetype() == bare.media_type
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        if kind == "JPEG":
            assert after.getexif().get(0x0112) == 6


def test_a_drawing_loses_what_programs_write_into_it():
    drawing = (b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://sodipodi.example/" s:docname="D:\\mysalov\\a" viewBox="0 0 9 9">'
               b'<!-- Mysalov --><metadata>Mysalov</metadata><s:namedview>Mysalov</s:namedview><rect width="9" height="9"/></svg>')
    bare = bare_picture(Picture(drawing, "image/svg+xml", 9, 9)).data
    assert b"ysalov" not in bare and etree.fromstring(bare).find("{*}rect") is not None


# --- the proof ------------------------------------------------------------------------------------------------------
@pytest.fixture
def faulty(journal):
    """The specimen with faults in front matter, text and references."""
    (journal.article / "references.yaml").write_text((journal.article / "references.yaml").read_text("utf-8").replace(
        "    issued: 2001\n", ""), "utf-8")
    return journal.overlay({
        "title": {"kk": "Үлгі мақаланың тақырыбы.", "ru": "Название образцовой статьи", "en": "The title of a specimen article"},
        "status": "draft", "udc": None,
        "text": "# Кіріспе\n\nБірінші сөйлем [@example, 12].\n\nЕкінші абзацта жоқ дереккөз бар [@nobody].\n\n"
                + "Толықтырма сөйлем. " * 40 + "\n"})


def notes_of(path) -> list[str]:
    """The Notes of a PDF as its tags tell them: their words in reading order."""
    found = []
    with pikepdf.open(path) as document:
        texts = [marked_text(leaf) for leaf in document.pages]
        numbers = {leaf.objgen: number for number, leaf in enumerate(document.pages)}

        def words(node, number) -> str:
            if isinstance(node, pikepdf.Array):
                return "".join(words(each, number) for each in node)
            if isinstance(node, int):
                return texts[number].get(node, "")
            number = numbers[node.Pg.objgen] if "/Pg" in node else number
            return texts[number].get(int(node.MCID), "") if "/MCID" in node else words(node.get("/K", pikepdf.Array()), number)

        def look(node) -> None:
            if isinstance(node, pikepdf.Array):
                for each in node:
                    look(each)
            elif isinstance(node, pikepdf.Dictionary):
                if node.get("/S") == "/Note":
                    assert "/ID" in node
                    found.append((words(node, 0), str(node.get("/Lang", "")), str(node.P.S)))
                elif "/K" in node:
                    look(node.K)

        look(document.Root.StructTreeRoot.K)
    return found


def marked_text(leaf) -> dict[int, str]:
    """Whether each piece of marked content shows anything, by its number: glyphs as they are numbered in the font."""
    found, open_marks = {}, []
    for instruction in pikepdf.parse_content_stream(leaf):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "BDC":
            open_marks.append(int(operands[1].MCID) if isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1] else None)
        elif operator == "BMC":
            open_marks.append(None)
        elif operator == "EMC":
            open_marks.pop()
        elif operator in ("Tj", "TJ") and open_marks and open_marks[-1] is not None:
            found[open_marks[-1]] = found.get(open_marks[-1], "") + "x"
    return found


def sheets(path, width: float = 595) -> list[str]:
    """The text of each page, without the strip beside it."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [re.sub(r"[ \r\n]+", "\n", leaf.get_textpage().get_text_bounded(0, 0, width, leaf.get_size()[1])) for leaf in document]
    finally:
        document.close()


def strips(path, width: float = 596) -> list[str]:
    """The text of the strip beside each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(leaf.get_textpage().get_text_bounded(width, 0, *leaf.get_size()).split()) for leaf in document]
    finally:
        document.close()


@pytest.mark.parametrize("layout", ["classic", "modern"])
def test_a_proof_has_the_pages_that_will_be_published(faulty, layout):
    faulty.overlay({"journal": {"layout": layout}})
    faulty.run("build", "--format", "pdf")
    build(faulty, "proof")
    published, proof = sheets(faulty.output(".pdf")), sheets(faulty.output(".proof.pdf"))
    assert proof[:len(published)] == published and len(proof) > len(published)


def test_every_finding_stands_beside_the_page_and_in_the_list(faulty):
    build(faulty, "proof", "--lang", "en")
    findings = [finding for finding in faulty.findings() if not finding.allowed]
    assert len(findings) >= 4
    beside = " ".join(strips(faulty.output(".proof.pdf")))
    listed = " ".join(" ".join(sheets(faulty.output(".proof.pdf"))).split())
    for finding in findings:
        said = f"{finding.message[:1].upper()}{finding.message[1:]}."
        assert squeeze(said) in squeeze(beside), finding.message
        assert squeeze(said) in squeeze(listed) and squeeze(finding.mend[1:]) in squeeze(listed), finding.message


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u00a0\ufffe\u2011]+", "", text)


def test_a_note_stands_level_with_what_it_concerns(faulty):
    build(faulty, "proof", "--lang", "en")
    document = pypdfium2.PdfDocument(faulty.output(".proof.pdf"))
    heights = {}
    for leaf in document:
        text = leaf.get_textpage()
        for words in ("nobody", "Екінші абзацта"):
            found = text.search(words)
            while (at := found.get_next()) is not None:
                left, _, _, top = text.get_charbox(at[0])
                heights.setdefault((words, left > 596), top)
    document.close()
    assert abs(heights["Екінші абзацта", False] - heights["nobody", True]) < 12


def test_notes_are_tagged_as_notes_in_their_language(faulty):
    build(faulty, "proof", "--lang", "ru")
    notes = notes_of(faulty.output(".proof.pdf"))
    assert len(notes) >= 4
    assert all(words and lang == "ru" for words, lang, _ in notes)
    assert not {"/P", "/H1"} & {parent for _, _, parent in notes}, "a note cuts a sentence in two"


def test_notes_speak_the_article_s_language_unless_told_otherwise(faulty):
    build(faulty, "proof")
    assert language("kk").labels["findings"] in " ".join(sheets(faulty.output(".proof.pdf")))
    build(faulty, "proof", "--lang", "en")
    assert language("en").labels["findings"] in " ".join(sheets(faulty.output(".proof.pdf")))


def test_mark_and_numbers_are_artifacts_on_every_page(faulty):
    build(faulty, "proof")
    with pikepdf.open(faulty.output(".proof.pdf")) as document:
        for leaf in document.pages:
            first, *_, last = leaf.Contents
            assert first.read_bytes().startswith(b"/Artifact") and b"/Artifact" in last.read_bytes()
            width, height = (float(side) for side in leaf.MediaBox[2:])
            assert (round(width), round(height)) == (780, 842) and round(float(leaf.TrimBox[2])) == 595
        lines = document.pages[0].Contents[2].read_bytes().count(b"\nq 5.2 ")
    assert lines > 30


def test_bookmarks_of_a_proof_are_the_headings_alone(faulty):
    faulty.run("build", "--format", "pdf")
    build(faulty, "proof")
    outlines = []
    for suffix in (".pdf", ".proof.pdf"):
        with pikepdf.open(faulty.output(suffix)) as document, document.open_outline() as outline:
            outlines.append([[outline.root[0].title], [each.title for each in outline.root[0].children]])
    assert outlines[1][0] == outlines[0][0] and outlines[1][1][:len(outlines[0][1])] == outlines[0][1]


def test_the_page_range_does_not_count_the_list_of_findings(faulty):
    faulty.run("build", "--format", "html")
    build(faulty, "proof", "--format", "html", "--format", "pdf")
    published, proof = (html_page(faulty.output(suffix)).get_element_by_id("imprint").text_content() for suffix in (".html", ".proof.html"))
    assert published == proof
    first = re.search(r"5[–-]?\d*-б", fold(sheets(faulty.output(".proof.pdf"))[0]))[0]
    assert first in fold(published)


def test_notes_that_find_no_room_stand_in_the_list_alone(journal):
    slips = [f"{number} – тан" for number in range(100, 190)]
    journal.overlay({"status": "draft", "text": "Мәтін [@example, 12].\n\nКөп: " + ", ".join(slips) + ".\n"})
    build(journal, "proof", "--lang", "en")
    beside = squeeze(" ".join(strips(journal.output(".proof.pdf"))))
    listed = squeeze(" ".join(sheets(journal.output(".proof.pdf"))))
    assert all(f"“{squeeze(slip)}”" in listed for slip in slips)
    assert 20 < sum(f"“{squeeze(slip)}”" in beside for slip in slips) < 90
    for claim, profile in CLAIMS.items():
        assert page.validate_pdf(str(journal.output(".proof.pdf")), profile=profile).failures == [], claim


def test_a_clean_article_is_told_so(journal):
    assert build(journal, "proof") == 0
    assert language("kk").labels["findings_none"] in " ".join(" ".join(sheets(journal.output(".proof.pdf"))).split())


def test_a_proof_in_html_and_epub_ends_with_the_list(faulty):
    build(faulty, "proof", "--format", "html", "--format", "epub")
    tree = html_page(faulty.output(".proof.html"))
    entries = tree.xpath('//section[@class="findings"]/ol/li')
    assert len(entries) >= 4
    for entry in entries:
        assert tree.get_element_by_id(entry.find("a").get("href")[1:]) is not None
    text = next(data for name, data in epub_parts(faulty.output(".proof.epub")).items() if name.endswith("article.xhtml")).decode()
    assert text.count('id="_finding-') == len(entries)


# --- what both keep -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("edition", EDITIONS[1:])
def test_an_edition_keeps_what_a_pdf_claims(written, faulty, edition, caplog):
    build(faulty, edition)
    for claim, profile in CLAIMS.items():
        failures = page.validate_pdf(str(faulty.output(f".{edition}.pdf")), profile=profile).failures
        assert not failures, f"{claim}: {[(each.rule_id, each.message) for each in failures]}"
    assert [record.getMessage() for record in caplog.records if record.name.startswith(("weasyprint", "fontTools"))] == []


@pytest.mark.judge
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_finds_no_fault_in_any_edition(faulty, written, flavour):
    for edition in EDITIONS[1:]:
        build(faulty, edition)
    assert verapdf([faulty.output(f".{edition}.pdf") for edition in EDITIONS[1:]], flavour) == []


def test_two_builds_of_an_edition_are_the_same(faulty):
    for edition in EDITIONS[1:]:
        build(faulty, edition)
        first = faulty.output(f".{edition}.pdf").read_bytes()
        faulty.output(f".{edition}.pdf").unlink()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": "Asia/Almaty", "PYTHONHASHSEED": "7"}
        subprocess.run([sys.executable, "-m", "basylym", "build", "--edition", edition], env=environment, cwd=faulty.folder,
                       capture_output=True, timeout=120)
        assert faulty.output(f".{edition}.pdf").read_bytes() == first, edition


@pytest.mark.parametrize("layout", ["classic", "modern"])
def test_a_note_at_the_foot_of_a_page_has_all_its_words(layout, tmp_path):
    """The list at the end tells each finding whole; so does the note beside its place."""
    shutil.copytree(ROOT / "source", tmp_path / "source")
    settings = tmp_path / "source/journal.yaml"
    settings.write_text(re.sub(r"(?m)^layout: .*", f"layout: {layout}", settings.read_text("utf-8")), "utf-8")
    done = subprocess.run([sys.executable, "-m", "basylym", "build", "assembly", "--edition", "proof", "--format", "pdf"], cwd=tmp_path,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=120)
    assert done.returncode in (0, 1)
    with pypdfium2.PdfDocument(tmp_path / "output/2026-1/assembly/assembly.proof.pdf") as document:
        bare = "".join("".join(each.get_textpage().get_text_range() for each in document).split())
    for words in ("«нормативтік–құқықтық»жазуындасызықшатұрмауытиісжердетұр.", "«қоғамдық–саяси»жазуындасызықшатұрмауытиісжердетұр."):
        assert bare.count(words) >= 2, words
