"""Writes a document of the corpus as Word does: runs broken at will, styles by number, fields, notes, comments, text boxes."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape, quoteattr

from .marked import Line, Made, Run

W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
     'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
     'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
     'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
     'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
     'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w10="urn:schemas-microsoft-com:office:word"')
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DATE = (2024, 5, 6, 12, 0, 0)
WHEN = 'w:author="Редактор" w:date="2024-05-06T12:00:00Z"'


def m(text: str) -> str:
    return f'<m:r><w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr><m:t>{text}</m:t></m:r>'


FORMULAS = {
    "energy": m("E=m") + f"<m:sSup><m:e>{m('c')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>",
    "share": m("k=") + f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('n')}</m:den></m:f>",
    "mean": f'<m:acc><m:accPr><m:chr m:val="̅"/></m:accPr><m:e>{m("x")}</m:e></m:acc>' + m("=")
    + f"<m:f><m:num>{m('1')}</m:num><m:den>{m('n')}</m:den></m:f>"
    + f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{m("i=1")}</m:sub><m:sup>{m("n")}</m:sup><m:e>'
    + f"<m:sSub><m:e>{m('x')}</m:e><m:sub>{m('i')}</m:sub></m:sSub></m:e></m:nary>",
    "root": m("r=") + f"<m:rad><m:deg/><m:e>{m('x+y')}</m:e></m:rad>",
}
STYLES = {
    "en": {"id": ("Normal", "Heading1", "Heading2"), "name": ("Normal", "heading 1", "heading 2")},
    "ru": {"id": ("a", "1", "2"), "name": ("Normal", "heading 1", "heading 2")},
    "kk": {"id": ("a0", "10", "20"), "name": ("Normal", "heading 1", "heading 2")},
}
BOLD_HEADINGS = '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr>'


def picture(shade: int = 120) -> bytes:
    """A small picture, always the same bytes."""
    rows = b"".join(b"\0" + bytes(value for x in range(64) for value in (shade, (x * 4) % 256, (y * 5) % 256)) for y in range(48))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


class Writer:
    """One document on its way into a .docx."""

    def __init__(self, made: Made):
        self.made = made
        self.style = STYLES[made.about.get("style", "ru")]
        self.notes: list[str] = []
        self.comments: list[str] = []
        self.links: list[str] = []
        self.pictures = 0
        self.ids = 100

    def next_id(self) -> int:
        self.ids += 1
        return self.ids

    def properties(self, run: Run, line: Line) -> str:
        looks = set(run.looks) | {look for look in line.looks if look in {"b", "i", "A"}}
        size = line.size or int(self.made.about.get("size", "12"))
        found = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
        for look, tag in (("b", "<w:b/><w:bCs/>"), ("i", "<w:i/><w:iCs/>"), ("A", "<w:caps/>"), ("u", '<w:u w:val="single"/>')):
            found += tag if look in looks else ""
        found += f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
        for look, value in (("^", "superscript"), ("_", "subscript")):
            found += f'<w:vertAlign w:val="{value}"/>' if look in looks else ""
        tongue = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-US"}[self.made.about["language"]]
        return f'<w:rPr>{found}<w:lang w:val="{tongue}"/></w:rPr>'

    def words(self, text: str, properties: str, tag: str = "w:t") -> str:
        """Runs broken as Word breaks them: after the first word, for the spelling checker and the saving's number."""
        cut = text.find(" ", len(text) // 3) + 1 if len(text) > 24 else 0
        parts = [text[:cut], text[cut:]] if cut else [text]
        runs = [f'<w:r w:rsidR="00A{len(part) % 10}7B1C">{properties}<{tag} xml:space="preserve">{escape(part)}</{tag}></w:r>'
                for part in parts]
        return '<w:proofErr w:type="spellStart"/>'.join(runs) + ('<w:proofErr w:type="spellEnd"/>' if cut else "")

    def field(self, run: Run, properties: str) -> str:
        program = self.made.about.get("program", "zotero")
        if program == "endnote":
            cites = "".join(endnote(self.made, number, locator) for number, locator in cited(run.more))
            code = f" ADDIN EN.CITE <EndNote>{cites}</EndNote>"
        else:
            shown = {"formattedCitation": run.text, "plainCitation": run.text, "noteIndex": 0}
            data = {"citationID": f"x{self.next_id()}", "properties": shown,
                    "citationItems": [csl_item(self.made, number, locator) for number, locator in cited(run.more)],
                    "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"}
            name = " ADDIN ZOTERO_ITEM CSL_CITATION " if program == "zotero" else "ADDIN CSL_CITATION "
            code = name + json.dumps(data, ensure_ascii=False)
        pieces = [code[start:start + 200] for start in range(0, len(code), 200)]
        instructions = "".join(f'<w:r>{properties}<w:instrText xml:space="preserve">{escape(piece)}</w:instrText></w:r>'
                               for piece in pieces)
        return (f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/>'
                f'</w:r>{instructions}<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
                f'{self.words(run.text, properties)}<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>')

    def run(self, run: Run, line: Line) -> str:
        properties = self.properties(run, line)
        match run.kind:
            case "text":
                return self.words(run.text, properties)
            case "tab":
                return f"<w:r>{properties}<w:tab/></w:r>"
            case "break":
                return f"<w:r>{properties}<w:br/></w:r>"
            case "page":
                return '<w:r><w:br w:type="page"/></w:r>'
            case "note":
                number = len(self.notes) + 1
                inner = "".join(self.run(each, line) for each in run.more)
                self.notes.append(f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                                  f'<w:footnoteRef/></w:r>'
                                  f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{inner}</w:p></w:footnote>')
                return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
            case "math":
                return f"<m:oMath>{FORMULAS[run.text]}</m:oMath>"
            case "inserted":
                return f'<w:ins w:id="{self.next_id()}" {WHEN}>{self.words(run.text, properties)}</w:ins>'
            case "deleted":
                return f'<w:del w:id="{self.next_id()}" {WHEN}>{self.words(run.text, properties, "w:delText")}</w:del>'
            case "comment":
                number = len(self.comments)
                self.comments.append(f'<w:comment w:id="{number}" {WHEN} w:initials="Р"><w:p><w:r><w:t>{escape(str(run.more))}</w:t>'
                                     f'</w:r></w:p></w:comment>')
                return (f'<w:commentRangeStart w:id="{number}"/>{self.words(run.text, properties)}<w:commentRangeEnd w:id="{number}"/>'
                        f'<w:r><w:commentReference w:id="{number}"/></w:r>')
            case "link":
                self.links.append(str(run.more))
                return f'<w:hyperlink r:id="rIdL{len(self.links)}">{self.words(run.text, properties)}</w:hyperlink>'
            case "field":
                return self.field(run, properties)
        raise ValueError(run.kind)

    def paragraph(self, line: Line, content: str | None = None) -> str:
        normal, *headings = self.style["id"]
        own = ""
        if line.has("S") and line.level:
            own += f'<w:pStyle w:val="{headings[line.level - 1]}"/>'
        elif normal == "Normal":
            own += '<w:pStyle w:val="Normal"/>'
        if line.has("li") or line.has("lb"):
            listed = 2 if line.has("lb") else 3 if any(look.startswith("ref") for look in line.looks) else 1
            if any(look == "ref2" for look in line.looks):
                listed = 4
            own += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{listed}"/></w:numPr>'
        own += '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
        if line.has("j") and not line.has("li") and not line.has("lb"):
            own += '<w:ind w:firstLine="567"/>'
        setting = next((value for look, value in (("c", "center"), ("r", "right"), ("j", "both"), ("l", "left")) if line.has(look)), None)
        own += f'<w:jc w:val="{setting}"/>' if setting else ""
        inner = content if content is not None else "".join(self.run(each, line) for each in line.runs)
        before = "<w:r><w:tab/></w:r>" if line.has("tab") else ""
        if line.level:
            number = self.next_id()
            inner = f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'
        return f'<w:p w:rsidR="00B41D2A" w:rsidRDefault="00B41D2A"><w:pPr>{own}</w:pPr>{before}{inner}</w:p>'

    def table(self, rows: list[Line]) -> str:
        made = ""
        for line in rows:
            cells = ""
            for cell in line.source.split("¦"):
                text, own = cell.strip(), ""
                if text.startswith(">"):
                    own, text = f'<w:gridSpan w:val="{text[1]}"/>', text[2:].strip()
                if text.startswith("v "):
                    own, text = own + '<w:vMerge w:val="restart"/>', text[2:]
                elif text == "^":
                    own, text = own + "<w:vMerge/>", ""
                run = Run("text", text)
                cells += (f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{own}</w:tcPr>'
                          f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{self.run(run, line) if text else ""}</w:p></w:tc>')
            made += f"<w:tr>{cells}</w:tr>"
        width = max(sum(int(cell.strip()[1]) if cell.strip().startswith(">") else 1 for cell in line.source.split("¦")) for line in rows)
        grid = '<w:gridCol w:w="2000"/>' * width
        return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'

    def drawing(self) -> str:
        self.pictures += 1
        number = self.pictures
        return (f'<w:r><w:drawing><wp:inline><wp:extent cx="3000000" cy="2250000"/>'
                f'<wp:docPr id="{number}" name="Рисунок {number}" descr=""/>'
                '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
                f'<pic:cNvPr id="{number}" name="image{number}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
                f'<a:blip r:embed="rIdP{number}"/>'
                '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
                f'<a:ext cx="3000000" cy="2250000"/></a:xfrm>'
                '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
                f'</w:drawing></w:r>')

    def body(self) -> str:
        made, rows = "", []
        for line in self.made.lines:
            if line.kind == "row":
                rows.append(line)
                continue
            if rows:
                made += self.table(rows)
                rows = []
            if line.kind == "fig":
                made += self.paragraph(line, self.drawing())
            elif line.kind == "eq":
                formula = f"<m:oMath>{FORMULAS[line.text.split()[0]]}</m:oMath>"
                number = line.text.partition(" ")[2]
                made += self.paragraph(line, f"<w:r><w:tab/></w:r>{formula}<w:r><w:tab/><w:t>{number}</w:t></w:r>" if number
                                       else f"<m:oMathPara>{formula}</m:oMathPara>")
            elif line.kind == "box":
                inner = self.paragraph(Line(["c"], line.runs, line.text, line.source))
                made += (f'<w:p><w:r><w:pict><v:shape style="width:200pt;height:40pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent>'
                         "</v:textbox></v:shape></w:pict></w:r></w:p>")
            elif line.kind not in {"head", "foot"}:
                made += self.paragraph(line)
        return made + (self.table(rows) if rows else "")


def cited(text: str) -> list[tuple[int, str]]:
    """`2@68–69; 3` -> [(2, "68–69"), (3, "")]."""
    return [(int(number), locator) for number, _, locator in (each.strip().partition("@") for each in text.split(";"))]


def csl(made: Made, number: int) -> dict:
    """A reference of the document as a citation program has it."""
    line = made.references()[number - 1]
    kind, language = line.looks[0].split(".")[1:3]
    types = {"article": "article-journal", "book": "book", "thesis": "thesis", "web": "webpage", "chapter": "chapter", "law": "legislation",
             "paper": "paper-conference"}
    names = [dict(zip(("family", "given"), name.replace(",", "").split(" ", 1), strict=False)) for name in line.marks.get("a", [])]
    data = {"id": 40 + number, "type": types[kind], "language": language, "title": line.marks["t"][0], "author": names,
            "issued": {"date-parts": [[line.marks["y"][0]]]}}
    for key, mark in (("container-title", "j"), ("page", "p"), ("volume", "v"), ("issue", "n"), ("DOI", "d"), ("URL", "u"),
                      ("publisher", "h")):
        if mark in line.marks:
            data[key] = line.marks[mark][0]
    return data


def csl_item(made: Made, number: int, locator: str) -> dict:
    item = {"id": 40 + number, "uris": [f"http://zotero.org/users/local/x/items/{number}"], "itemData": csl(made, number)}
    return {**item, "locator": locator, "label": "page"} if locator else item


def endnote(made: Made, number: int, locator: str) -> str:
    data = csl(made, number)
    kinds = {"article-journal": ("Journal Article", 17), "book": ("Book", 6), "webpage": ("Web Page", 12), "thesis": ("Thesis", 32)}
    name, code = kinds.get(data["type"], ("Generic", 13))
    authors = "".join(f"<author>{escape(each['family'])}, {escape(each.get('given', ''))}</author>" for each in data["author"])
    more = f"<secondary-title>{escape(data['container-title'])}</secondary-title>" if "container-title" in data else ""
    pages = f"<pages>{data['page']}</pages>" if "page" in data else ""
    where = f"<Pages>{locator}</Pages>" if locator else ""
    family = escape(data["author"][0]["family"]) if data["author"] else ""
    return (f"<Cite><Author>{family}</Author><Year>{data['issued']['date-parts'][0][0]}</Year><RecNum>{number}</RecNum>{where}<record>"
            f"<rec-number>{number}</rec-number><ref-type name={quoteattr(name)}>{code}</ref-type><contributors><authors>{authors}</authors>"
            f"</contributors><titles><title>{escape(data['title'])}</title>{more}</titles>{pages}<dates><year>{data['issued']['date-parts'][0][0]}"
            "</year></dates></record></Cite>")


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Parts into a container, the same bytes at every time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            container.writestr(entry, content)
    return file.getvalue()


def styles(style: dict) -> str:
    (normal, first, second), names = style["id"], style["name"]
    made = (f'<w:style w:type="paragraph" w:default="1" w:styleId="{normal}"><w:name w:val="{names[0]}"/><w:qFormat/></w:style>')
    for level, (number, name) in enumerate(((first, names[1]), (second, names[2]))):
        made += (f'<w:style w:type="paragraph" w:styleId="{number}"><w:name w:val="{name}"/><w:basedOn w:val="{normal}"/><w:qFormat/>'
                 f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level}"/></w:pPr>{BOLD_HEADINGS}</w:style>')
    return (f'{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
            f'<w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>{made}</w:styles>')


def numbering() -> str:
    kinds = {1: ("decimal", "%1."), 2: ("bullet", "•"), 3: ("decimal", "%1."), 4: ("decimal", "%1.")}
    made = "".join(f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
                   f'<w:lvlText w:val="{mark}"/>'
                   "</w:lvl></w:abstractNum>" for number, (kind, mark) in kinds.items())
    made += "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in kinds)
    return f"{HEAD}<w:numbering {W}>{made}</w:numbering>"


def write(made: Made) -> bytes:
    """The document as a .docx."""
    writer = Writer(made)
    body = writer.body()
    ends = {kind: "".join(writer.paragraph(line) for line in made.lines if line.kind == kind) for kind in ("head", "foot")}
    refs = "".join(f'<w:{tag}Reference w:type="default" r:id="rId{tag}"/>'
                   for tag, kind in (("header", "head"), ("footer", "foot")) if ends[kind])
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    parts = {"word/styles.xml": ("styles", styles(writer.style)), "word/numbering.xml": ("numbering", numbering())}
    if writer.notes:
        separators = ('<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
                      '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>')
        parts["word/footnotes.xml"] = ("footnotes", f"{HEAD}<w:footnotes {W}>{separators}{''.join(writer.notes)}</w:footnotes>")
    if writer.comments:
        parts["word/comments.xml"] = ("comments", f"{HEAD}<w:comments {W}>{''.join(writer.comments)}</w:comments>")
    for tag, letters, end in (("header", "hdr", "head"), ("footer", "ftr", "foot")):
        if ends[end]:
            parts[f"word/{tag}1.xml"] = (tag, f"{HEAD}<w:{letters} {W}>{ends[end]}</w:{letters}>")
    links = "".join(f'<Relationship Id="rId{tag}" Type="{office}/{tag}" Target="{path.removeprefix("word/")}"/>'
                    for path, (tag, _) in parts.items())
    links += "".join(f'<Relationship Id="rIdP{n}" Type="{office}/image" Target="media/image{n}.png"/>'
                     for n in range(1, writer.pictures + 1))
    links += "".join(f'<Relationship Id="rIdL{n}" Type="{office}/hyperlink" Target={quoteattr(url)} TargetMode="External"/>'
                     for n, url in enumerate(writer.links, 1))
    overrides = "".join(f'<Override PartName="/{path}" ContentType="{kind}{tag}+xml"/>' for path, (tag, _) in parts.items())
    package = "http://schemas.openxmlformats.org/package/2006/"
    return zipped({
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{package}content-types">'
                               f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{HEAD}<w:document {W}><w:body>{body}<w:sectPr>{refs}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
                             f'</w:body></w:document>',
        **{path: content for path, (_, content) in parts.items()},
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{package}relationships">{links}</Relationships>',
        **{f"word/media/image{n}.png": picture(n * 40 % 256) for n in range(1, writer.pictures + 1)},
    })
