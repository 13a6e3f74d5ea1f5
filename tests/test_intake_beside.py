"""What stands beside the words that a page shows: hidden words, pictures that cannot be kept, boxes, fields, lists that programs make."""

import io
import zipfile

import pytest
from PIL import Image
from test_intake_documents import PICTURE, SPACES, complex_field, para, read_document, relation, run, texts, write_docx

from basylym.intake.document import Document
from basylym.intake.nodes import walk
from basylym.intake.tidying import strings, words_of

ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT_SPACES = " ".join(f'xmlns:{short}="{ODF}:{name}:1.0"' for short, name in (
    ("office", "office"), ("text", "text"), ("style", "style"), ("draw", "drawing"), ("table", "table"),
    ("svg", "svg-compatible"), ("fo", "xsl-fo-compatible"))) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
BEFORE, AFTER = "Мәтін суреттен бұрын тұр.", "Мәтін суреттен кейін тұр."
VANISH = '<w:style w:type="character" w:styleId="H"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>' \
         '<w:style w:type="character" w:styleId="H2"><w:name w:val="Hidden too"/><w:basedOn w:val="H"/></w:style>' \
         '<w:style w:type="paragraph" w:styleId="HP"><w:name w:val="Hidden paragraph"/><w:rPr><w:vanish/></w:rPr></w:style>'


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(made, "PNG")
    return made.getvalue()


def told(document: Document) -> str:
    return " | ".join(map(str, document.warnings))


def left(document: Document, why: str) -> list[str]:
    return [each.text for each in document.left_out if each.why == why]


@pytest.fixture
def docx(tmp_path):
    def read(body: str, *more, styles: str = "", **named) -> Document:
        from test_intake_documents import SPACES, STYLES

        parts = {"word/styles.xml": f"<w:styles {SPACES}>{STYLES}{styles}</w:styles>", **named.pop("parts", {})}
        return read_document(write_docx(tmp_path / "received.docx", body, *more, parts=parts, **named))
    return read


@pytest.fixture
def odt(tmp_path):
    def read(body: str, styles: str = "", parts: dict | None = None) -> Document:
        path = tmp_path / "received.odt"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", f"<office:document-content {ODT_SPACES}><office:automatic-styles>{styles}"
                                            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
                                            "</office:document-content>")
            for name, data in (parts or {}).items():
                archive.writestr(name, data)
        return read_document(path)
    return read


# --- hidden words ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("properties", [
    "<w:vanish/>", '<w:vanish w:val="1"/>', '<w:rStyle w:val="H"/>', '<w:rStyle w:val="H2"/>', "<w:specVanish/><w:vanish/>"])
def test_hidden_words_of_word_are_left_out_and_told(properties, docx):
    document = docx(para(run("Көрінеді ") + run("жасырын сөз", properties) + run("соңы")), styles=VANISH)
    assert texts(document) == ["Көрінеді соңы"] and left(document, "hidden") == ["жасырын сөз"] and not document.unread


@pytest.mark.parametrize("properties", ['<w:vanish w:val="0"/>', '<w:vanish w:val="false"/>', '<w:rStyle w:val="H"/><w:vanish w:val="0"/>',
                                        "<w:webHidden/>"])
def test_words_that_are_not_hidden_stay(properties, docx):
    document = docx(para(run("Көрінеді ") + run("бәрі", properties)), styles=VANISH)
    assert texts(document) == ["Көрінеді бәрі"] and not left(document, "hidden")


def test_a_hidden_paragraph_and_a_hidden_footnote(docx):
    notes = '<w:footnotes xmlns:w="{}"><w:footnote w:id="2">{}</w:footnote></w:footnotes>'.format(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", para(run("Ескерту ") + run("жасырын", "<w:vanish/>")))
    document = docx(para("Бір.") + para("Жасырын абзац.", '<w:pStyle w:val="HP"/>') + para(
        run("Екі") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), relation("f", "footnotes", "footnotes.xml"), styles=VANISH,
        parts={"word/footnotes.xml": notes})
    assert texts(document) == ["Бір.", "Екі"] and set(left(document, "hidden")) == {"Жасырын абзац.", "жасырын"}
    assert "Ескерту" in str(document.blocks[1].node)


ODT_HIDDEN = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>' \
             '<style:style style:name="H2" style:family="text" style:parent-style-name="H"/>' \
             '<style:style style:name="P" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'


@pytest.mark.parametrize("style", ["H", "H2"])
def test_hidden_words_of_writer_are_left_out_and_told(style, odt):
    document = odt(f'<text:p>Көрінеді <text:span text:style-name="{style}">жасырын сөз</text:span> соңы</text:p>', ODT_HIDDEN)
    assert texts(document) == ["Көрінеді соңы"] and left(document, "hidden") == ["жасырын сөз"] and not document.unread


def test_hidden_paragraphs_sections_and_fields_of_writer(odt):
    document = odt('<text:p>Бір.</text:p><text:p text:style-name="P">Жасырын абзац.</text:p><text:section text:display="none">'
                   '<text:p>Жасырын бөлім.</text:p></text:section><text:p>Екі<text:hidden-text text:is-hidden="true" '
                   'text:string-value="астын">астын</text:hidden-text>.</text:p>', ODT_HIDDEN)
    assert texts(document) == ["Бір.", "Екі."]
    assert left(document, "hidden") == ["Жасырын абзац.", "Жасырын бөлім.", "астын"]


# --- pictures ------------------------------------------------------------------------------------------------------------------
def picture(key: str) -> str:
    return f"<w:r>{PICTURE.format(how='embed', key=key)}</w:r>"


@pytest.mark.parametrize(("name", "data", "words"), [
    ("missing.png", None, "is not in the file"), ("a.emf", b"\1\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60, "EMF"),
    ("a.wmf", b"\xd7\xcd\xc6\x9a" + b"\0" * 60, "WMF"), ("a.png", b"no picture at all", "damaged"),
    ("a.tiff", b"II*\0" + b"\0" * 30, "TIFF"),
    ("a.png", png()[:30], "damaged")])
def test_a_picture_that_cannot_be_kept_is_told_with_its_place(name, data, words, docx):
    document = docx(para(BEFORE) + para(picture("p")) + para(AFTER), relation("p", "image", f"media/{name}"),
                    parts={f"word/media/{name}": data} if data else {})
    assert words in told(document) and "2" in told(document), told(document)
    assert [block.number for block in document.blocks if block.kind == "figure"] == [2]


def test_a_picture_whose_relation_is_missing_is_told(docx):
    document = docx(para(BEFORE) + para(picture("nowhere")) + para(AFTER))
    assert "is not in the file" in told(document) and "№ 2" in told(document)


def test_a_whole_picture_is_not_told(docx):
    document = docx(para(BEFORE) + para(picture("p")), relation("p", "image", "media/a.png"), parts={"word/media/a.png": png()})
    assert not document.warnings and len(document.pictures) == 1


@pytest.mark.parametrize(("target", "data", "words"), [
    ("Pictures/a.png", None, "is not in the file"), ("Pictures/a.emf", b"\1\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60, "EMF"),
    ("Pictures/a.png", b"nothing", "damaged")])
def test_a_picture_of_writer_that_cannot_be_kept_is_told(target, data, words, odt):
    document = odt(f'<text:p>{BEFORE}</text:p><text:p><draw:frame><draw:image xlink:href="{target}"/></draw:frame></text:p>',
                   parts={target: data} if data else {})
    assert words in told(document) and "2" in told(document), told(document)


# --- objects, charts, drawings -----------------------------------------------------------------------------------------------------
CHART = ('<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="c"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/'
         'chart" r:id="c"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')
CHART_PART = ('<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/'
              'drawingml/2006/main"><c:title><a:p><a:r><a:t>Өсім</a:t></a:r></a:p></c:title><c:v>2020</c:v></c:chartSpace>')


def test_a_chart_is_told_with_its_place_and_its_words(docx):
    document = docx(para(BEFORE) + para(CHART) + para(AFTER), relation("c", "chart", "charts/chart1.xml"),
                    parts={"word/charts/chart1.xml": CHART_PART})
    assert "chart" in told(document) and "суреттен бұрын" in told(document)
    assert left(document, "drawing") == ["Өсім 2020"]


def test_word_art_is_told(docx):
    document = docx(para(BEFORE) + para('<w:r><w:pict><v:shape><v:textpath string="ӘДЕМІ СӨЗ"/></v:shape></w:pict></w:r>') + para(AFTER))
    assert left(document, "drawing") == ["ӘДЕМІ СӨЗ"]


def test_an_object_whose_picture_is_no_page_s_is_told_twice(docx):
    shape = '<w:r><w:object><v:shape><v:imagedata r:id="i"/></v:shape><o:OLEObject ProgID="Excel.Chart.8" r:id="o"/></w:object></w:r>'
    document = docx(para(BEFORE) + para(shape), relation("i", "image", "media/o.emf") + relation("o", "oleObject", "embeddings/o.bin"),
                    parts={"word/media/o.emf": b"\1\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60, "word/embeddings/o.bin": b"x"})
    assert "Excel.Chart.8" in told(document) and "EMF" in told(document)


def test_shapes_with_words_of_writer_are_read(odt):
    document = odt(f'<text:p>{BEFORE}<draw:custom-shape><text:p>Пішін сөзі</text:p></draw:custom-shape></text:p><text:p>{AFTER}</text:p>')
    assert texts(document) == [BEFORE, "Пішін сөзі", AFTER] and not document.unread


def test_a_chart_of_writer_is_told(odt):
    document = odt(f'<text:p>{BEFORE}</text:p><text:p><draw:frame><draw:object xlink:href="./Object 1"/><draw:image '
                   f'xlink:href="./ObjectReplacements/Object 1"/></draw:frame></text:p><text:p>{AFTER}</text:p>', parts={
        "Object 1/content.xml": f'<office:document-content {ODT_SPACES}><office:body><office:chart><text:p>Өсім</text:p></office:chart>'
                                "</office:body></office:document-content>", "ObjectReplacements/Object 1": b"VCLMTF"})
    assert "chart" in told(document) or "object" in told(document), told(document)


# --- boxes, heads, fields, lists of the program --------------------------------------------------------------------------------------
def test_words_of_a_box_within_a_group_stand_after_their_paragraph(docx):
    box = "<w:r><w:pict><v:group><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></v:group></w:pict></w:r>"
    document = docx(para(run(BEFORE) + box.format(para("Жақтаудағы сөз.") + para(run("Тағы.") + box.format(para("Ішкі."))))) + para(AFTER))
    assert texts(document) == [BEFORE, "Жақтаудағы сөз.", "Тағы.", "Ішкі.", AFTER]


def test_heads_and_feet_of_pages_are_told(docx):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    document = docx(para("Сөз."), relation("h", "header", "header1.xml") + relation("f", "footer", "footer1.xml"), parts={
        "word/header1.xml": f'<w:hdr {space}>{para("Хабаршы № 3")}<w:p><w:r><w:pict><v:shape><v:textpath string="ЖОБА"/></v:shape>'
                            "</w:pict></w:r></w:p></w:hdr>", "word/footer1.xml": f'<w:ftr {space}>{para("Алматы 2025")}</w:ftr>'})
    assert left(document, "running_head") == ["Хабаршы № 3", "ЖОБА", "Алматы 2025"]


def contents(entries: str) -> str:
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" \\h </w:instrText></w:r><w:r>' \
            '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Кіріспе\t1</w:t></w:r></w:p>'
    return f'{begin}{entries}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


@pytest.mark.parametrize("wrap", ["{}", '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
                                        "</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"])
def test_a_table_of_contents_is_left_out_and_told(wrap, docx):
    document = docx(para("Тақырып") + wrap.format(contents(para("Нәтижелер\t5"))) + para("Мәтін басталады."))
    assert texts(document) == ["Тақырып", "Мәтін басталады."]
    assert "Нәтижелер" in " ".join(left(document, "made_list")) and not document.unread


def test_a_field_that_shows_words_keeps_them(docx):
    codes = (" REF _Ref1 \\h ", "сур. 1"), (" PAGEREF _Toc1 ", "5"), (' HYPERLINK "https://journal.example" ', "сайт"), (" SEQ Сурет ", "2")
    fields = [complex_field(code, run(shown)) for code, shown in codes]
    assert texts(docx(para(run(" ").join(fields)))) == ["сур. 1 5 сайт 2"]


@pytest.mark.parametrize("name", ["table-of-content", "alphabetical-index", "illustration-index", "table-index"])
def test_a_list_that_writer_makes_is_left_out_and_told(name, odt):
    document = odt(f"<text:p>Тақырып</text:p><text:{name}><text:index-body><text:p>Кіріспе 1</text:p></text:index-body></text:{name}>"
                   "<text:p>Мәтін.</text:p>")
    assert texts(document) == ["Тақырып", "Мәтін."] and left(document, "made_list") == ["Кіріспе 1"]


def test_a_bibliography_that_writer_makes_stays(odt):
    document = odt("<text:p>Мәтін.</text:p><text:bibliography><text:index-body><text:p>Автор А. Кітап. 2001.</text:p></text:index-body>"
                   "</text:bibliography>")
    assert texts(document) == ["Мәтін.", "Автор А. Кітап. 2001."]


def test_a_comment_that_hangs_on_no_word_is_told(docx):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx(para("Сөз."), relation("c", "comments", "comments.xml"), parts={
        "word/comments.xml": f'<w:comments {space}><w:comment w:id="1" w:author="Р">{para("Қайда?")}</w:comment></w:comments>'})
    assert [(each.kind, each.text) for block in document.blocks for each in block.changes] == [("comment", "Қайда?")]


# --- words that a reader loses are counted --------------------------------------------------------------------------------------------
def test_words_that_pandoc_passes_over_are_counted(docx, monkeypatch):
    from basylym.intake import read_docx as reading

    ask = reading.ask_pandoc
    monkeypatch.setattr(reading, "ask_pandoc", lambda *told, **more: {
        **(read := ask(*told, **more)), "blocks": read["blocks"][:-1]})
    document = docx(para("Бірінші абзац.") + para("Екінші абзац."))
    assert [each.words for each in document.unread] == ["екінші абзац"]


def test_words_that_pandoc_passes_over_in_writers_file_are_counted(odt, monkeypatch):
    from basylym.intake import read_odt as reading

    ask = reading.ask_pandoc
    monkeypatch.setattr(reading, "ask_pandoc", lambda *told, **more: {**(read := ask(*told, **more)), "blocks": read["blocks"][:-1]})
    assert [each.words for each in odt("<text:p>Бірінші абзац.</text:p><text:p>Екінші абзац.</text:p>").unread] == ["екінші абзац"]


# --- web pages -------------------------------------------------------------------------------------------------------------------------
def page(tmp_path, body: str) -> Document:
    (tmp_path / "a.html").write_text(f"<html><head><title>T</title></head><body>{body}</body></html>", "utf-8")
    return read_document(tmp_path / "a.html")


def grid(document: Document) -> list[list[tuple[str, int, int]]]:
    """The head and the body of the first table: each cell's words, rows and columns."""
    from basylym.intake.nodes import text_of

    table = next(block.node for block in document.blocks if block.kind == "table")["c"]
    rows = [*table[3][1], *(row for body in table[4] for row in (*body[2], *body[3])), *table[5][1]]
    return [[(text_of(cell[4]), cell[2], cell[3]) for cell in row[1]] for row in rows]


@pytest.mark.parametrize(("rows", "heads", "first"), [
    ('<tr><th rowspan="2">A</th><th colspan="2">Y</th></tr><tr><th>1</th><th>2</th></tr><tr><td>a</td><td>b</td><td>c</td></tr>', 2,
     [("A", 2, 1), ("Y", 1, 2)]),
    ('<tr><th rowspan=2>A</th><th colspan=2>Y</th></tr><tr><td>1</td><td>2</td></tr><tr><td>a</td><td>b</td><td>c</td></tr>', 2,
     [("A", 2, 1), ("Y", 1, 2)]),
    ('<tbody><tr><th rowspan="2">A</th><th>Y</th></tr><tr><th>1</th></tr><tr><td>a</td><td>b</td></tr></tbody>', 2,
     [("A", 2, 1), ("Y", 1, 1)]),
    ('<thead><tr><th rowspan="2">A</th><th>Y</th></tr></thead><tbody><tr><td>1</td></tr><tr><td>a</td><td>b</td></tr></tbody>', 2,
     [("A", 2, 1), ("Y", 1, 1)]),
    ("<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>", 0, [("a", 1, 1), ("b", 1, 1)]),
    ('<tr><td rowspan="0">a</td><td>b</td></tr><tr><td>c</td></tr>', 0, [("a", 2, 1), ("b", 1, 1)]),
    ('<tr><td colspan="99">a</td></tr><tr><td>c</td><td>d</td></tr>', 0, [("a", 1, 2)]),
    ('<tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr>', 0, [("A", 1, 1), ("1", 1, 1)]),
])
def test_heads_and_spans_of_a_pages_table(rows, heads, first, tmp_path):
    document = page(tmp_path, f"<p>Words.</p><table>{rows}</table>")
    table = next(block.node for block in document.blocks if block.kind == "table")
    assert len(table["c"][3][1]) == heads and grid(document)[0] == first and not document.unread


def test_what_a_page_hides_is_left_out_and_told(tmp_path):
    document = page(tmp_path, '<nav>Home About</nav><p>Seen <span style="display: none">unseen</span> words.</p><p hidden>Gone.</p>')
    assert texts(document) == ["Seen words."]
    assert left(document, "hidden") == ["unseen", "Gone."] and left(document, "running_head") == ["Home About"]


# --- LaTeX that takes in other files -----------------------------------------------------------------------------------------------
def latex(tmp_path, body: str, head: str = "", **files: str) -> Document:
    (tmp_path / "paper").mkdir()
    (tmp_path / "outside.tex").write_text("Secret words.", "utf-8")
    for name, text in files.items():
        (tmp_path / "paper" / f"{name}.tex").write_text(text, "utf-8")
    (tmp_path / "paper" / "a.tex").write_text(rf"\documentclass{{article}}{head}\begin{{document}}{body}\end{{document}}", "utf-8")
    return read_document(tmp_path / "paper" / "a.tex")


def test_files_of_the_folder_are_taken_in(tmp_path):
    document = latex(tmp_path, r"Before. \input{one} \include{two.tex} After.", one=r"First. \input{three}", two="Second.", three="Third.")
    said = " ".join(texts(document))
    assert all(word in said for word in ("Before.", "First.", "Second.", "Third.", "After.")) and not document.warnings


@pytest.mark.parametrize("command", [
    r"\input{../outside}", r"\include{../outside.tex}", r"\input{/etc/passwd}", r"\input ../outside.tex", r"\input{missing}",
    r"\import{../}{outside}", r"\input{link}", r"\subfile{../paper/../outside}"])
def test_files_elsewhere_are_named_and_not_opened(command, tmp_path):
    (tmp_path / "paper").mkdir()
    (tmp_path / "outside.tex").write_text("Secret words.", "utf-8")
    (tmp_path / "paper" / "link.tex").symlink_to(tmp_path / "outside.tex")
    (tmp_path / "paper" / "a.tex").write_text(
        rf"\documentclass{{article}}\begin{{document}}Before. {command} After.\end{{document}}", "utf-8")
    document = read_document(tmp_path / "paper" / "a.tex")
    said = " ".join(texts(document))
    assert "Secret" not in said and "root:" not in said and "After." in said
    assert "was not read" in told(document)


def test_a_file_that_takes_in_itself_ends(tmp_path):
    document = latex(tmp_path, r"Before. \input{one} After.", one=r"Round. \input{one}")
    assert "Round." in " ".join(texts(document)) and "one" in told(document)


def test_a_command_in_a_comment_takes_in_nothing(tmp_path):
    document = latex(tmp_path, "Before.\n% \\input{missing}\nAfter 5\\%. \\input{one}", one="In.")
    assert not document.warnings and "In." in " ".join(texts(document))


def test_a_bibliography_elsewhere_is_named(tmp_path):
    document = latex(tmp_path, r"Words \cite{a}. \bibliography{refs,more}", head=r"\addbibresource{third.bib}")
    assert all(name in told(document) for name in ("refs", "more", "third.bib"))


def test_a_file_without_words_is_no_article(docx):
    from basylym.errors import UsageError

    with pytest.raises(UsageError, match="has no text"):
        docx(para("") + "<w:p/>")


@pytest.mark.parametrize("to", ["there.txt", "there.txt/sub"])
def test_a_file_is_no_folder_to_import_into(to, tmp_path):
    from basylym.errors import UsageError
    from basylym.intake.write import check_folder

    (tmp_path / "there.txt").write_text("words")
    with pytest.raises(UsageError, match="is a file"):
        check_folder(tmp_path / to)


# --- what a program says in short, or in its own way ----------------------------------------------------------------------
def cell(words: str, repeated: str = "") -> str:
    return f"<table:table-cell {repeated}><text:p>{words}</text:p></table:table-cell>"


def rows(document: Document) -> list[str]:
    return next(each.text for each in document.blocks if each.kind == "table").split("\n")


@pytest.mark.parametrize(("body", "expected"), [
    (f'<table:table-row>{cell("Аралық")}{cell("4,9", "table:number-columns-repeated=&quot;2&quot;")}</table:table-row>',
     ["Аралық\t4,9\t4,9"]),
    (f'<table:table-row table:number-rows-repeated="3">{cell("Дала")}{cell("5")}</table:table-row>', ["Дала\t5"] * 3),
    (f'<table:table-row>{cell("Дала")}<table:table-cell table:number-columns-repeated="2"/>{cell("5")}</table:table-row>',
     ["Дала\t\t\t5"]),
    (f'<table:table-row>{cell("Дала")}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
     '<table:table-row table:number-rows-repeated="65000"><table:table-cell/></table:table-row>', ["Дала\t", "\t"]),
])
def test_repeated_cells_and_rows_of_writer_are_all_there(odt, body, expected):
    columns = '<table:table-column table:number-columns-repeated="4"/>'
    document = odt(f"<text:p>Бір.</text:p><table:table>{columns}{body.replace('&quot;', chr(34))}</table:table>")
    assert [each.rstrip("\t") for each in rows(document)] == [each.rstrip("\t") for each in expected]


def test_a_cell_repeated_without_end_is_refused(odt):
    row = f'<table:table-row>{cell("мәтін", "table:number-columns-repeated=" + chr(34) + "999999999" + chr(34))}</table:table-row>'
    with pytest.raises(Exception, match="larger than any manuscript"):
        odt(f"<table:table>{row}</table:table>")


def test_fields_of_writer_keep_their_words(odt):
    document = odt('<text:p>Күні <text:date>02.01.2026</text:date>, <text:ruby><text:ruby-base>негіз</text:ruby-base><text:ruby-text>оқылуы'
                   '</text:ruby-text></text:ruby>, <text:user-defined>№ <text:span>5</text:span></text:user-defined>.</text:p>')
    assert texts(document) == ["Күні 02.01.2026, негіз (оқылуы), № 5."] and not document.unread


def test_the_words_beside_a_picture_of_writer_are_kept(odt):
    frame = ('<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>{}</svg:title><svg:desc>{}</svg:desc></draw:frame>')
    document = odt(f"<text:p>{frame.format('Құдық', 'Құдықтың кесіндісі')}</text:p><text:p>{frame.format('Су', '')}</text:p>",
                   parts={"Pictures/a.png": png()})
    assert [each["c"][1] for each in pictures(document)] == [strings("Құдық. Құдықтың кесіндісі"), strings("Су")]
    assert not document.unread


def pictures(document: Document) -> list:
    return [node for block in document.blocks for node in walk(block.node) if node["t"] == "Image"]


def test_a_picture_whose_path_leads_out_of_the_file_keeps_its_place(docx):
    picture = f"<w:r>{PICTURE.format(how='embed', key='p')}</w:r>"
    document = docx(para(run("Фото ") + picture), relation("p", "image", "../../../etc/passwd"))
    assert len(pictures(document)) == 1 and "№ 1 is not in the file" in told(document)


def test_words_with_their_reading_are_kept(docx):
    ruby = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
    document = docx(para(run("Сөз ") + ruby.format(run("оқылуы"), run("негіз")) + run(".")))
    assert texts(document) == ["Сөз негіз (оқылуы)."] and not document.unread


# --- changes under tracking -----------------------------------------------------------------------------------------------
TRACKED = 'w:id="1" w:author="Ed" w:date="2026-01-01T00:00:00Z"'


def test_rows_are_told_with_their_table_and_once(docx):
    plain, gone, new = (f"<w:tr>{properties}<w:tc>{para(words)}</w:tc></w:tr>" for properties, words in (
        ("", "Арал"), (f"<w:trPr><w:del {TRACKED}/></w:trPr>", f"<w:del {TRACKED}><w:r><w:delText>Ескі</w:delText></w:r></w:del>"),
        (f"<w:trPr><w:ins {TRACKED}/></w:trPr>", f"<w:ins {TRACKED}>{run('Қазалы')}</w:ins>")))
    document = docx(para("Тақырып") + f"<w:tbl>{plain}{gone}{new}</w:tbl>" + para("Соңы"))
    assert [(each.kind, each.text) for each in document.blocks[1].changes] == [("deleted", "Ескі"), ("inserted", "Қазалы")]
    assert not document.blocks[0].changes and not document.blocks[2].changes and document.blocks[1].text == "Арал\nҚазалы"


@pytest.mark.parametrize(("kind", "inside", "expected"), [
    ("ins", run("Редактордан."), [("inserted", "[Редактордан.]")]),
    ("ins", f"<w:ins {TRACKED}>{run('Редактордан.')}</w:ins>", [("inserted", "Редактордан.")]),
    ("del", run("Ескі ескерту."), [("deleted", "[Ескі ескерту.]")]),
])
def test_a_note_inserted_or_deleted_is_told(docx, kind, inside, expected):
    notes = f'<w:footnotes {SPACES}><w:footnote w:id="2">{para(inside)}</w:footnote></w:footnotes>'
    mark = f'<w:{kind} {TRACKED}><w:r><w:footnoteReference w:id="2"/></w:r></w:{kind}>'
    document = docx(para(run("Мәтін") + mark + run(".")), relation("f", "footnotes", "footnotes.xml"), parts={"word/footnotes.xml": notes})
    assert [(each.kind, each.text.strip()) for each in document.blocks[0].changes] == expected and not document.unread


def test_notes_that_stand_in_themselves(docx):
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(f'<w:footnote w:id="{number}">{para(run(words) + mark.format(1) + mark.format(2))}</w:footnote>'
                    for number, words in ((1, "Бірінші"), (2, "Екінші")))
    document = docx(para(run("Мәтін") + mark.format(1)), relation("f", "footnotes", "footnotes.xml"),
                    parts={"word/footnotes.xml": f"<w:footnotes {SPACES}>{notes}</w:footnotes>"})
    assert [words_of(each.node) for each in document.blocks] == ["Мәтін Бірінші"] and [each.words for each in document.unread] == ["екінші"]
    assert "Екінші" in told(document)


@pytest.mark.parametrize(("lines", "tex", "number"), [
    (["x=1", "y=2#(3)"], "x = 1 \\\\\ny = 2", "(3)"), (["x=1#(3)", "y=2#(4)"], "x = 1\\qquad (3) \\\\\ny = 2\\qquad (4)", "")])
def test_the_number_in_a_formula_of_several_lines(docx, lines, tex, number):
    inside = "".join(f"<m:e><m:r><m:t>{each}</m:t></m:r></m:e>" for each in lines)
    document = docx(f"<w:p><m:oMathPara><m:oMath><m:eqArr>{inside}</m:eqArr></m:oMath></m:oMathPara></w:p>")
    formula = next(each for each in walk(document.blocks[0].node) if each["t"] == "Math")
    assert formula["c"][1] == f"\\begin{{array}}{{r}}\n{tex}\n\\end{{array}}"
    assert document.blocks[0].text.endswith(number or "$") and "#" not in document.blocks[0].text


def test_a_file_with_a_picture_and_no_words_says_so(docx):
    picture = para(f"<w:r>{PICTURE.format(how='embed', key='p')}</w:r>")
    named = {"parts": {"word/media/a.png": png()}}
    assert "no words" in told(docx(picture, relation("p", "image", "media/a.png"), **named))
    assert "no words" not in told(docx(picture + para("Сурет"), relation("p", "image", "media/a.png"), **named))
