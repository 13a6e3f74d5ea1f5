"""Files as they arrive, read: their words, how they look, their citation fields and changes; and what no reader may be led into."""

from __future__ import annotations

import base64
import json
import struct
import time
import zipfile
from html import escape
from pathlib import Path

import pytest

from basylym.errors import UsageError
from basylym.intake import read_office
from basylym.intake.document import Block, Document
from basylym.intake.nodes import walk
from basylym.intake.read_document import read_document

OOXML = "http://schemas.openxmlformats.org"
SPACES = (f'xmlns:w="{OOXML}/wordprocessingml/2006/main" xmlns:r="{OOXML}/officeDocument/2006/relationships" '
          f'xmlns:m="{OOXML}/officeDocument/2006/math" xmlns:mc="{OOXML}/markup-compatibility/2006" xmlns:a="{OOXML}/drawingml/2006/main" '
          f'xmlns:wp="{OOXML}/drawingml/2006/wordprocessingDrawing" xmlns:pic="{OOXML}/drawingml/2006/picture" '
          'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
          'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"')
STYLES = """<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:jc w:val="center"/>
<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:caps/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="5"><w:name w:val="Заголовок 2"/><w:basedOn w:val="5"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>"""
NUMBERING = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"""
BOOK = {"id": 7, "type": "book", "title": "A Made-up Book", "author": [{"family": "Ахметов", "given": "А."}],
        "issued": {"date-parts": [[2010]]}}
PICTURE = ('<w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><a:graphic><a:graphicData uri="p"><pic:pic><pic:blipFill>'
           '<a:blip r:{how}="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>')


def run(text: str, properties: str = "") -> str:
    """A run of letters."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    """A paragraph of runs, or of a text alone."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def numbered(content: str, depth: int = 0, number: int = 1) -> str:
    """A paragraph of an automatic list."""
    return para(content, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def complex_field(code: str, shown: str, data: str = "") -> str:
    """A field as Word writes it."""
    inner = f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{data}</w:fldData></w:fldChar></w:r><w:r><w:instrText>ADDIN EN.CITE.DATA' \
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' if data else ""
    half = len(code) // 2
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(part)}</w:instrText></w:r>' for part in (code[:half], code[half:]))
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}' \
           '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def relation(key: str, kind: str, target: str, outside: bool = False) -> str:
    """A relation of the text to another part."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{key}" Type="{OOXML}/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'


def write_docx(path: Path, body: str, relations: str = "", parts: dict[str, str | bytes] | None = None, head: str = "") -> Path:
    """A Word file."""
    known = [("styles", "styles.xml"), ("numbering", "numbering.xml")]
    told = "".join(relation(f"k{kind}", kind, target) for kind, target in known) + relations
    links = f'<Relationships xmlns="{OOXML}/package/2006/relationships">{{}}</Relationships>'
    held = {"[Content_Types].xml": f'<Types xmlns="{OOXML}/package/2006/content-types"/>',
            "_rels/.rels": links.format(relation("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": f"{head}<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {SPACES}>{STYLES}</w:styles>",
            "word/numbering.xml": f"<w:numbering {SPACES}>{NUMBERING}</w:numbering>",
            "word/_rels/document.xml.rels": links.format(told), **(parts or {})}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def docx(tmp_path):
    """Reads a Word file with a body."""
    def read(body: str, *more, **named) -> Document:
        return read_document(write_docx(tmp_path / "received.docx", body, *more, **named))
    return read


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def by_text(document: Document, text: str) -> Block:
    return next(block for block in document.blocks if text in block.text)


def kinds(block: Block) -> set[str]:
    return {node["t"] for node in walk(block.node)}


# --- looks ----------------------------------------------------------------------------------------------------------------
def test_a_paragraph_tells_how_it_looks(docx):
    document = docx(para("Тақырып", '<w:pStyle w:val="1"/>') + para(run("Bold ", "<w:b/>") + run("plain"), '<w:jc w:val="right"/>')
                    + para("Екінші", '<w:pStyle w:val="5"/>') + para(run("small", '<w:sz w:val="20"/>') + run(" italics", "<w:i/>")))
    heading, mixed, second, small = (block.look for block in document.blocks)
    assert (heading.style, heading.level, heading.align, heading.bold, heading.caps, heading.size) == ("heading 1", 1, "center", 1, 1, 14)
    assert document.blocks[0].node["t"] == "Header" and document.blocks[0].kind == "paragraph"
    assert (mixed.align, round(mixed.bold, 2), mixed.size, mixed.usual) == ("right", round(4 / 9, 2), 12, 12)
    assert second.level == 2
    assert small.italic > small.bold == 0 and small.style == "Normal"


def test_numbers_of_lists_are_told_as_word_counts_them(docx):
    document = docx(numbered(run("Кіріспе", "<w:b/>")) + numbered("бірінші", 1) + numbered("екінші", 1) + para("between")
                    + numbered("again") + numbered("and again") + numbered("dot", 0, 2))
    assert [(block.kind, block.look.numbering) for block in document.blocks] == [
        ("paragraph", "1."), ("list", "1.а)"), ("paragraph", ""), ("list", "2."), ("list", "•")]
    assert by_text(document, "again").node["c"][0][0] == 2, "the list goes on after the paragraph between"


def test_quotations_tables_formulas_and_notes_keep_their_form(docx):
    formula = "<m:oMathPara><m:oMath><m:eqArr><m:e><m:r><m:t>E=m#(1)</m:t></m:r></m:e></m:eqArr></m:oMath></m:oMathPara>"
    table = ('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + para("wide") + "</w:tc></w:tr><w:tr><w:tc>" + para("a")
             + "</w:tc><w:tc>" + para("b") + "</w:tc></w:tr></w:tbl>")
    note = para(run("Words") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document = docx(para("said", '<w:pStyle w:val="Q"/>') + f"<w:p>{formula}</w:p>" + table + note
                    + para("drawn in", '<w:ind w:left="567" w:right="567"/>') + para("only left", '<w:ind w:left="567"/>'),
                    relation("n", "footnotes", "footnotes.xml"),
                    {"word/footnotes.xml": f'<w:footnotes {SPACES}><w:footnote w:id="2">{para("Of the note")}</w:footnote></w:footnotes>'})
    assert [block.kind for block in document.blocks] == ["quote", "equation", "table", "paragraph", "quote", "paragraph"]
    assert by_text(document, "(1)").text == "$E = m$ (1)"
    assert by_text(document, "wide").text == "wide\na\tb"
    assert by_text(document, "Words").text == "Words" and "Of the note" in json.dumps(by_text(document, "Words").node, ensure_ascii=True)\
        .replace('"}, {"t": "Space"}, {"t": "Str", "c": "', " ")


def test_text_boxes_stand_after_their_paragraph_once(docx):
    box = f"<w:txbxContent>{para('in the box')}</w:txbxContent>"
    document = docx(para(run("before") + "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>" + box
                         + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box
                         + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>") + para("after"))
    assert texts(document) == ["before", "in the box", "after"]


def test_running_heads_are_left_out_and_told(docx):
    document = docx(para("text"), relation("h", "header", "header1.xml"),
                    {"word/header1.xml": f"<w:hdr {SPACES}>{para('Bulletin of Examples')}{para('12')}</w:hdr>"})
    assert [(each.text, each.why) for each in document.left_out] == [("Bulletin of Examples", "running_head")]


def test_pictures_come_with_their_names(docx):
    document = docx(para(f"<w:r>{PICTURE.format(how='embed', key='p')}</w:r>"), relation("p", "image", "media/image1.png"),
                    {"word/media/image1.png": b"\x89PNG"})
    picture = next(node for node in walk(document.blocks[0].node) if node["t"] == "Image")
    assert document.blocks[0].kind == "figure" and document.pictures == {picture["c"][2][0]: b"\x89PNG"}


def test_marks_of_ours_in_a_text_do_no_harm(docx):
    assert texts(docx(para("a\ufdd07\ufdd1b\ufdd2"))) == ["a7b"]


def test_words_in_elements_that_say_nothing_stay(docx):
    around = "".join(f'<w:{name}>{run(name + " ")}</w:{name}>' for name in ("smartTag", "customXml", "dir", "bdo"))
    document = docx(para(f'<w:fldSimple w:instr=" SEQ Кесте ">{run("1")}</w:fldSimple>' + run("-кесте ") + around
                         + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('control')}</w:sdtContent></w:sdt>"))
    assert texts(document) == ["1-кесте smartTag customXml dir bdo control"] and not document.warnings


def test_what_word_sets_apart_stays_apart(docx):
    drop_cap = para(run("D")).replace("<w:pPr>", '<w:pPr><w:framePr w:dropCap="drop"/>')
    document = docx(para("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:ptab/><w:t>d</w:t></w:r>") + drop_cap + para("rop cap")
                    + f"<w:customXml>{para('in a wrap')}</w:customXml>" + f"<w:ins>{para('put in')}</w:ins>")
    assert texts(document) == ["a\nb\nc d", "Drop cap", "in a wrap", "put in"] and not document.warnings


def test_words_that_pandoc_drops_are_told(docx):
    document = docx(para("stays") + f"<w:tbl><w:tr><w:tc>{para('top')}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{para('under')}"
                    "</w:tc></w:tr></w:tbl>")
    assert any("under" in str(each) for each in document.warnings) or "under" in "".join(texts(document))


def test_a_strict_file_is_read_too(tmp_path):
    path = write_docx(tmp_path / "a.docx", para(run("Bold", "<w:b/>")))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            for kind in (b"wordprocessingml", b"officeDocument"):
                data = data.replace(b"http://schemas.openxmlformats.org/" + kind + b"/2006/", b"http://purl.oclc.org/ooxml/" + kind + b"/")
            archive.writestr(name, data)
    assert read_document(path).blocks[0].look.bold == 1


# --- fields -----------------------------------------------------------------------------------------------------------------
ZOTERO = " ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps(
    {"citationID": "x", "citationItems": [{"id": 7, "locator": "68-69", "label": "page", "prefix": "see ", "itemData": BOOK}]})
ENDNOTE = ('<EndNote><Cite><Author>Smith</Author><RecNum>3</RecNum><Pages>15</Pages><record><rec-number>3</rec-number><ref-type '
           'name="Journal Article">17</ref-type><contributors><authors><author><style>Smith, John</style></author></authors></contributors>'
           "<titles><title>On Examples</title><secondary-title>Example Studies</secondary-title></titles><volume>2</volume>"
           "<dates><year>2019</year></dates></record></Cite></EndNote>")
MENDELEY = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps({"citationItems": [{"id": "u", "itemData": BOOK}]}).encode()).decode()


@pytest.mark.parametrize("field", [
    complex_field(ZOTERO, run("[2, ") + run("68–69]", "<w:i/>")),
    f'<w:fldSimple w:instr="{escape(ZOTERO)}">{run("[2, 68–69]")}</w:fldSimple>',
    f'<w:sdt><w:sdtPr><w:tag w:val="{MENDELEY}"/></w:sdtPr><w:sdtContent>{run("[2, 68–69]")}</w:sdtContent></w:sdt>',
], ids=["zotero", "simple", "mendeley"])
def test_a_field_is_a_citation_with_its_data(docx, field):
    block = docx(para(run("As was said ") + field + run("."))).blocks[0]
    assert block.text == "As was said [2, 68–69]."
    (citing,) = block.citing
    assert citing.shown == "[2, 68–69]" and citing.items[0]["title"] == BOOK["title"] and citing.items[0]["author"] == BOOK["author"]
    (cite,) = [node for node in walk(block.node) if node["t"] == "Cite"]
    assert cite["c"][0][0]["citationId"] == "field-1"


def test_a_bookmark_with_its_data_among_the_properties_is_a_citation(docx):
    code = ZOTERO.split("ADDIN ")[1]
    pieces = "".join(f'<property name="ZOTERO_BREF_a_{number}"><v>{escape(piece)}</v></property>'
                     for number, piece in enumerate((code[:99], code[99:]), 1))
    document = docx(para(run("x ") + '<w:bookmarkStart w:id="1" w:name="ZOTERO_BREF_a"/>' + run("[2]") + '<w:bookmarkEnd w:id="1"/>'),
                    parts={"docProps/custom.xml": f"<Properties>{pieces}</Properties>"})
    assert document.blocks[0].citing[0].items[0]["title"] == BOOK["title"]


def test_the_place_in_a_work_is_taken_from_the_field(docx):
    item = docx(para(complex_field(ZOTERO, run("[2]")))).blocks[0].citing[0].items[0]
    assert (item["locator"], item["label"], item["prefix"]) == ("68-69", "page", "see ")


@pytest.mark.parametrize("packed", [False, True])
def test_endnote_is_read(docx, packed):
    data = base64.b64encode(ENDNOTE.encode()).decode() if packed else ""
    field = complex_field("ADDIN EN.CITE" if packed else f" ADDIN EN.CITE {ENDNOTE}", run("(Smith, 2019)"), data)
    block = docx(para(run("Said ") + field)).blocks[0]
    assert block.text == "Said (Smith, 2019)"
    assert block.citing[0].items == ({
        "id": "endnote-3", "type": "article-journal", "author": [{"family": "Smith", "given": "John"}], "title": "On Examples",
        "container-title": "Example Studies", "volume": "2", "issued": {"date-parts": [[2019]]}, "locator": "15"},)


def test_fields_are_numbered_through_the_document(docx):
    field = complex_field(ZOTERO, run("[1]", '<w:vertAlign w:val="superscript"/>'))
    document = docx(para(run("a") + field + field) + para(run("b") + field))
    ids = [node["c"][0][0]["citationId"] for block in document.blocks for node in walk(block.node) if node["t"] == "Cite"]
    assert ids == ["field-1", "field-2", "field-3"] and [len(block.citing) for block in document.blocks] == [2, 1]


@pytest.mark.parametrize("code", [" ADDIN ZOTERO_ITEM CSL_CITATION {broken", " PAGEREF _x ", "ADDIN EN.CITE <EndNote>",
                                  ' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems":[{"id":1}]}',
                                  " ADDIN ZOTERO_ITEM CSL_CITATION " + "[" * 100_000])
def test_a_field_without_data_is_the_words_it_shows(docx, code):
    block = docx(para(run("x ") + complex_field(code, run("[1]")))).blocks[0]
    assert block.text == "x [1]" and not block.citing


# --- changes ------------------------------------------------------------------------------------------------------------------
def test_changes_and_comments_are_told(docx):
    who = 'w:author="Редактор" w:date="2026-01-02T03:04:05Z"'
    deleted = f'<w:del w:id="1" {who}><w:r><w:delText>old</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" {who}>{run("ne")}{run("w", "<w:i/>")}</w:ins>'
    document = docx(para(run("The ") + deleted + inserted + run(" word") + '<w:r><w:commentReference w:id="5"/></w:r>')
                    + para(f'<w:del w:id="3" {who}><w:r><w:delText>all of it</w:delText></w:r></w:del>') + para("end"),
                    relation("c", "comments", "comments.xml"),
                    {"word/comments.xml": f'<w:comments {SPACES}><w:comment w:id="5" {who}>{para("Is it so?")}</w:comment></w:comments>'})
    assert texts(document) == ["The new word", "end"]
    assert [(each.kind, each.text) for each in document.blocks[0].changes] == [
        ("deleted", "old"), ("inserted", "new"), ("comment", "Is it so?")]
    assert document.blocks[0].changes[0].author == "Редактор" and document.blocks[0].changes[0].date.startswith("2026-01-02")
    assert [each.text for each in document.blocks[1].changes] == ["all of it"]


def test_moved_words_are_told_once(docx):
    document = docx(para("<w:moveFrom>" + run("walks") + "</w:moveFrom>" + run("He ") + "<w:moveTo>" + run("walks") + "</w:moveTo>"))
    assert texts(document) == ["He walks"] and [each.kind for each in document.blocks[0].changes] == ["moved"]


# --- ODT ------------------------------------------------------------------------------------------------------------------------
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_SPACES = " ".join([*(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "table", "style", "manifest")),
                       f'xmlns:draw="{ODF}drawing:1.0"', f'xmlns:fo="{ODF}xsl-fo-compatible:1.0"',
                       'xmlns:dc="http://purl.org/dc/elements/1.1/"', 'xmlns:xlink="http://www.w3.org/1999/xlink"'])
ODT_STYLES = """<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Text_20_body">
<style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="14pt"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"
style:num-format="1" style:num-suffix="."/></text:list-style>"""


def write_odt(path: Path, body: str, parts: dict[str, str | bytes] | None = None, mimetype: str = "text") -> Path:
    """A LibreOffice file."""
    held = {"mimetype": f"application/vnd.oasis.opendocument.{mimetype}", "content.xml":
            f"<office:document-content {ODF_SPACES}><office:automatic-styles>{ODT_STYLES}</office:automatic-styles><office:body>"
            f"<office:text>{body}</office:text></office:body></office:document-content>", "styles.xml":
            f'<office:document-styles {ODF_SPACES}><office:styles><style:style style:name="Text_20_body" style:display-name="Text body" '
            'style:family="paragraph"/></office:styles></office:document-styles>', **(parts or {})}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return path


def test_an_odt_tells_the_same(tmp_path):
    mark = escape("ZOTERO_ITEM " + ZOTERO.split("ITEM ")[1] + " RNDabc")
    info = "<office:change-info><dc:creator>R</dc:creator><dc:date>2026</dc:date></office:change-info>"
    item = '<text:list-item><text:p>{}</text:p></text:list-item>'
    body = (f'<text:tracked-changes><text:changed-region text:id="d"><text:deletion>{info}<text:p>old</text:p></text:deletion>'
            f'</text:changed-region><text:changed-region text:id="i"><text:insertion>{info}</text:insertion></text:changed-region>'
            '</text:tracked-changes>'
            '<text:section><text:h text:outline-level="2">Бөлім</text:h></text:section>'
            '<text:p text:style-name="P1"><text:span text:style-name="B">Bold</text:span> <text:change text:change-id="d"/>'
            '<text:change-start text:change-id="i"/>new<text:change-end text:change-id="i"/> '
            f'<text:reference-mark-start text:name="{mark}"/>[2, 68–69]<text:reference-mark-end text:name="{mark}"/>'
            '<office:annotation><dc:creator>C</dc:creator><text:p>So?</text:p></office:annotation>.</text:p>'
            f'<text:list text:style-name="L1">{item.format("one")}</text:list><text:p>between<draw:frame><draw:text-box>'
            '<text:p>box</text:p></draw:text-box></draw:frame></text:p>'
            f'<text:list text:style-name="L1" text:continue-numbering="true">{item.format("two")}</text:list>')
    document = read_document(write_odt(tmp_path / "a.odt", body))
    assert document.kind == "odt" and texts(document) == ["Бөлім", "Bold new [2, 68–69].", "one", "between", "box", "two"]
    heading, mixed, first, *_, second = document.blocks
    assert heading.look.level == 2
    assert (mixed.look.style, mixed.look.align, mixed.look.size) == ("Text body", "center", 14) and 0 < mixed.look.bold < 1
    assert {(each.kind, each.text) for each in mixed.changes} == {("deleted", "old"), ("inserted", "new"), ("comment", "So?")}
    assert not document.warnings and mixed.citing[0].items[0]["title"] == BOOK["title"]
    assert (first.look.numbering, second.look.numbering, second.node["c"][0][0]) == ("1.", "2.", 2)


# --- other kinds ------------------------------------------------------------------------------------------------------------------
def test_latex_is_set_as_an_article(tmp_path):
    (tmp_path / "a.tex").write_text(
        r"\documentclass{article}\title{A Title}\author{A. Author}\begin{document}\maketitle\section{Intro} As \cite[p.~5]{b}, "
        r"\cite{other}. \input{/etc/passwd}\begin{thebibliography}{9}\bibitem{a} Author A. Book.\bibitem{b} Writer B. Work."
        r"\end{thebibliography}\end{document}")
    document = read_document(tmp_path / "a.tex")
    assert texts(document)[:3] == ["A Title", "A. Author", "Intro"]
    assert texts(document)[3].startswith("As [2, p.\xa05], ")
    assert texts(document)[-3:] == ["References", "1. Author A. Book.", "2. Writer B. Work."]
    assert "root" not in " ".join(texts(document))


def test_a_web_page_is_read_without_its_scripts(tmp_path):
    (tmp_path / "a.html").write_text('<html><body><script>run()</script><h1>Сөз</h1><p><b>Bold</b> x<img src="http://a.example/b.png"></p>')
    document = read_document(tmp_path / "a.html")
    assert texts(document) == ["Сөз", "Bold x"] and document.blocks[0].look.level == 1
    assert "http://a.example/b.png" in document.warnings[0] and not document.pictures


def test_a_picture_in_an_address_is_a_picture(tmp_path):
    (tmp_path / "a.html").write_text(f'<p><img src="data:image/png;base64,{base64.b64encode(b"PNG").decode()}" alt="a"></p><p>Сөз</p>')
    document = read_document(tmp_path / "a.html")
    assert document.pictures == {"picture-1.png": b"PNG"} and not document.warnings and document.blocks[0].kind == "figure"


def test_rtf_goes_through_libreoffice(tmp_path, monkeypatch):
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 words}")
    monkeypatch.setattr(read_office.shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match="LibreOffice"):
        read_document(tmp_path / "a.rtf")
    made, program = write_docx(tmp_path / "made.docx", para("words")), tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\necho "$@" > {tmp_path}/asked\ncp {made} "$(dirname "$last")/received.docx"\n')
    program.chmod(0o755)
    monkeypatch.setattr(read_office.shutil, "which", lambda name: str(program))
    document = read_document(tmp_path / "a.rtf")
    assert (document.name, document.kind, texts(document)) == ("a.rtf", "rtf", ["words"])
    assert "-env:UserInstallation=file://" in (tmp_path / "asked").read_text()


def test_libreoffice_that_never_ends_is_ended(tmp_path, monkeypatch):
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 words}")
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(read_office.shutil, "which", lambda name: str(program))
    monkeypatch.setattr(read_office, "SECONDS", 0.2)
    with pytest.raises(UsageError, match="longer than it may"):
        read_document(tmp_path / "a.rtf")


# --- hostile and broken -------------------------------------------------------------------------------------------------------------
def bomb(path: Path) -> Path:
    return write_docx(path, para("x" + " " * 50_000_000))


def too_many(path: Path) -> Path:
    return write_docx(path, para("x"), parts={f"word/media/{number}.png": b"" for number in range(10_001)})


def lying(path: Path) -> Path:
    """The sizes that the directory tells are not those of what it holds."""
    write_docx(path, para("x" * 3000))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"word/document.xml") - 46
    assert data[at:at + 4] == b"PK\1\2"
    data[at + 24:at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    return path


def entities(path: Path) -> Path:
    return write_docx(path, para("&a;").replace("&amp;", "&"), head='<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>')


def laughs(path: Path) -> Path:
    declared = '<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    return write_docx(path, "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", head=f"<!DOCTYPE w [{declared}]>")


def deep(path: Path) -> Path:
    return write_docx(path, "<w:p>" * 20_000 + "</w:p>" * 20_000)


def cut_off(path: Path) -> Path:
    data = write_docx(path, para("words " * 300)).read_bytes()
    path.write_bytes(data[:len(data) // 2])
    return path


def flagged(path: Path) -> Path:
    """A ZIP file with a password."""
    data = bytearray(write_docx(path, para("x")).read_bytes())
    at = data.rfind(b"PK\1\2")
    data[at + 8] |= 1
    path.write_bytes(data)
    return path


def old_office(what: str):
    def write(path: Path) -> Path:
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + what.encode("utf-16-le") + bytes(600))
        return path
    return write


def of_bytes(data: bytes, name: str = "a.docx"):
    def write(path: Path) -> Path:
        path.with_name(name).write_bytes(data)
        return path.with_name(name)
    return write


@pytest.mark.parametrize("write, sentence", [
    (bomb, "unpacks to more"), (too_many, "10001|10,001|10007"), (lying, "damaged"), (entities, "entities"), (laughs, "entities"),
    (deep, "damaged"), (cut_off, "damaged"), (flagged, "password"), (old_office("EncryptedPackage"), "password"),
    (old_office("Workbook"), "no kind"), (of_bytes(b""), "empty"), (of_bytes(b"PK\3\4 and nothing"), "damaged"),
    (of_bytes(b"words only"), "damaged"), (of_bytes(bytes(range(256)) * 9, "a.bin"), "no kind"), (lambda path: path, "no file"),
    (lambda path: path.parent, "folder"), (of_bytes(b"<?xml version='1.0'?><feed/>", "a.xml"), "no JATS"),
    (of_bytes(b"\\documentclass{a}\\begin{document}\\def\\a#1{\\a{#1#1}}\\a{x}", "a.tex"), "cannot be read|more time"),
    (lambda path: write_odt(path, "", mimetype="spreadsheet"), "spreadsheet"),
    (lambda path: write_odt(path, "", {"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "password"),
], ids=lambda value: getattr(value, "__name__", None) if callable(value) else value)
def test_what_cannot_be_read_ends_in_a_sentence(tmp_path, write, sentence):
    path, began = write(tmp_path / "a.docx"), time.monotonic()
    with pytest.raises(UsageError, match=sentence) as raised:
        read_document(path)
    assert time.monotonic() - began < 10 and "\n" not in str(raised.value)


def test_dangers_are_left_and_told(docx):
    document = docx(para(run("words") + f"<w:r>{PICTURE.format(how='link', key='p')}</w:r>")
                    + '<w:p><w:r><w:object><v:shape><v:imagedata r:id="o"/></v:shape><o:OLEObject ProgID="Equation.3"/></w:object>'
                    '</w:r></w:p>'
                    + '<w:altChunk r:id="q"/>',
                    relation("p", "image", "http://a.example/p.png", True) + relation("o", "image", "media/o.wmf")
                    + relation("q", "aFChunk", "x.html"),
                    {"word/vbaProject.bin": b"macro", "word/media/o.wmf": b"wmf", "word/x.html": b"<p>more</p>",
                     "word/_rels/settings.xml.rels": f'<Relationships xmlns="{OOXML}/package/2006/relationships">'
                     + relation("t", "attachedTemplate", "http://a.example/t.dotm", True) + "</Relationships>"})
    told = "\n".join(map(str, document.warnings))
    for words in ("macros", "http://a.example/p.png", "http://a.example/t.dotm", "Equation.3", "another file"):
        assert words in told
    assert "http" not in json.dumps([block.node for block in document.blocks]) and document.pictures == {"media/o.wmf": b"wmf"}


@pytest.mark.parametrize("body", [
    para("<w:moveFrom>" + run("a") + "</w:moveFrom>") * 5_000 + para("<w:moveTo>" + run("b" * 100) + "</w:moveTo>") * 5_000,
    para('<w:bookmarkStart w:id="1" w:name="ZOTERO_BREF_a"/>' * 60_000 + run("x")),
    para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 60_000 + run("x")),
    para("<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>" * 8_000),
], ids=["moves", "bookmarks", "fields", "formulas"])
def test_many_of_a_thing_take_no_longer_than_as_many_others(docx, body):
    began = time.process_time()
    assert docx(body).blocks and time.process_time() - began < 8


def test_a_long_thesis_is_read_in_time(docx):
    began = time.process_time()
    document = docx(para(run("Қазақстан халқы Ассамблеясы туралы сөз қозғайтын болсақ, бұл мәселе әлі өзекті. ") * 8) * 2000)
    assert len(document.blocks) == 2000 and time.process_time() - began < 10
