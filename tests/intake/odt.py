"""Writes a document of the corpus as LibreOffice does: automatic styles, notes, tracked changes, reference marks of Zotero."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape, quoteattr

from .docx import cited, csl_item, picture, zipped
from .marked import Line, Made, Run

SPACES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{full}:1.0" for name, full in (
    ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("svg", "svg-compatible"),
    ("fo", "xsl-fo-compatible"), ("meta", "meta"))}
N = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items()) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:math="http://www.w3.org/1998/Math/MathML"')
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
WHEN = "<office:change-info><dc:creator>Редактор</dc:creator><dc:date>2024-05-06T12:00:00</dc:date></office:change-info>"
MATHML = {
    "energy": "<math:mi>E</math:mi><math:mo>=</math:mo><math:mi>m</math:mi><math:msup><math:mi>c</math:mi><math:mn>2</math:mn></math:msup>",
    "share": "<math:mi>k</math:mi><math:mo>=</math:mo><math:mfrac>"
    "<math:mrow><math:mi>a</math:mi><math:mo>+</math:mo><math:mi>b</math:mi></math:mrow>"
    "<math:mi>n</math:mi></math:mfrac>",
    "root": "<math:mi>r</math:mi><math:mo>=</math:mo><math:msqrt><math:mi>x</math:mi><math:mo>+</math:mo><math:mi>y</math:mi></math:msqrt>",
}


class Writer:
    """One document on its way into an .odt."""

    def __init__(self, made: Made):
        self.made = made
        self.texts: dict[tuple, str] = {}
        self.paragraphs: dict[tuple, str] = {}
        self.changes: list[str] = []
        self.notes = self.pictures = self.marks = 0
        self.formulas: list[str] = []

    def span(self, text: str, run: Run, line: Line) -> str:
        looks = tuple(sorted(set(run.looks) | {look for look in line.looks if look in {"b", "i", "A"}})) + (line.size,)
        name = self.texts.setdefault(looks, f"T{len(self.texts) + 1}")
        return f'<text:span text:style-name="{name}">{text}</text:span>'

    def run(self, run: Run, line: Line) -> str:
        words = escape(run.text)
        match run.kind:
            case "text":
                return self.span(words, run, line)
            case "tab":
                return "<text:tab/>"
            case "break":
                return "<text:line-break/>"
            case "page":
                return "<text:soft-page-break/>"
            case "note":
                self.notes += 1
                inner = "".join(self.run(each, Line([], [], "", "")) for each in run.more)
                return (f'<text:note text:id="ftn{self.notes}" text:note-class="footnote">'
                        f'<text:note-citation>{self.notes}</text:note-citation>'
                        f'<text:note-body><text:p text:style-name="Footnote">{inner}</text:p></text:note-body></text:note>')
            case "math":
                self.formulas.append(MATHML[run.text])
                return (f'<draw:frame draw:name="Object{len(self.formulas)}" svg:width="3cm" svg:height="1cm">'
                        f'<draw:object xlink:href="./Object {len(self.formulas)}"/></draw:frame>')
            case "inserted" | "deleted":
                number = len(self.changes) + 1
                if run.kind == "inserted":
                    self.changes.append(f'<text:changed-region text:id="ct{number}"><text:insertion>{WHEN}</text:insertion>'
                                        f'</text:changed-region>')
                    return (f'<text:change-start text:change-id="ct{number}"/>{self.span(words, run, line)}'
                            f'<text:change-end text:change-id="ct{number}"/>')
                self.changes.append(f'<text:changed-region text:id="ct{number}"><text:deletion>{WHEN}<text:p>{words}</text:p>'
                                    f'</text:deletion>'
                                    "</text:changed-region>")
                return f'<text:change text:change-id="ct{number}"/>'
            case "comment":
                self.marks += 1
                return (f'<office:annotation office:name="c{self.marks}"><dc:creator>Редактор</dc:creator>'
                        f'<dc:date>2024-05-06T12:00:00</dc:date>'
                        f"<text:p>{escape(str(run.more))}</text:p></office:annotation>{self.span(words, run, line)}"
                        f'<office:annotation-end office:name="c{self.marks}"/>')
            case "link":
                return f"<text:a xlink:type=\"simple\" xlink:href={quoteattr(str(run.more))}>{self.span(words, run, line)}</text:a>"
            case "field":
                self.marks += 1
                data = {"citationID": f"x{self.marks}", "properties": {"formattedCitation": run.text, "plainCitation": run.text},
                        "citationItems": [csl_item(self.made, number, locator) for number, locator in cited(str(run.more))]}
                name = quoteattr(f"ZOTERO_ITEM CSL_CITATION {json.dumps(data, ensure_ascii=False)} RND{self.marks:010d}")
                return (f"<text:reference-mark-start text:name={name}/>{self.span(words, run, line)}"
                        f"<text:reference-mark-end text:name={name}/>")
        raise ValueError(run.kind)

    def paragraph(self, line: Line, content: str | None = None) -> str:
        inner = content if content is not None else "".join(self.run(each, line) for each in line.runs)
        if line.has("tab"):
            inner = "<text:tab/>" + inner
        setting = next((value for look, value in (("c", "center"), ("r", "end"), ("j", "justify"), ("l", "start")) if line.has(look)), "")
        if line.has("S") and line.level:
            return f'<text:h text:style-name="Heading_20_{line.level}" text:outline-level="{line.level}">{inner}</text:h>'
        name = self.paragraphs.setdefault((setting,), f"P{len(self.paragraphs) + 1}")
        return f'<text:p text:style-name="{name}">{inner}</text:p>'

    def table(self, rows: list[Line]) -> str:
        grid = [[cell.strip() for cell in line.source.split("¦")] for line in rows]
        width = max(sum(int(cell[1]) if cell.startswith(">") else 1 for cell in row) for row in grid)
        made = ""
        for number, row in enumerate(grid):
            cells = ""
            for column, cell in enumerate(row):
                own, covered = "", ""
                if cell.startswith(">"):
                    own, covered = f' table:number-columns-spanned="{cell[1]}"', "<table:covered-table-cell/>" * (int(cell[1]) - 1)
                    cell = cell[2:].strip()
                if cell == "^":
                    cells += "<table:covered-table-cell/>"
                    continue
                if cell.startswith("v "):
                    down = 1
                    while number + down < len(grid) and column < len(grid[number + down]) and grid[number + down][column] == "^":
                        down += 1
                    own, cell = own + f' table:number-rows-spanned="{down}"', cell[2:]
                cells += (f'<table:table-cell office:value-type="string"{own}><text:p text:style-name="Table">{escape(cell)}</text:p>'
                          f"</table:table-cell>{covered}")
            made += f"<table:table-row>{cells}</table:table-row>"
        return f'<table:table table:name="Table1"><table:table-column table:number-columns-repeated="{width}"/>{made}</table:table>'

    def body(self) -> str:
        made, rows, listed = "", [], []

        def close() -> str:
            nonlocal rows, listed
            done = self.table(rows) if rows else ""
            if listed:
                items = "".join(f"<text:list-item>{self.paragraph(each)}</text:list-item>" for each in listed)
                done += f'<text:list text:style-name="L{2 if listed[0].has("lb") else 1}">{items}</text:list>'
            rows, listed = [], []
            return done

        for line in self.made.lines:
            if line.kind == "row":
                rows.append(line)
                continue
            if line.has("li") or line.has("lb"):
                if listed and listed[0].looks[0] == "ref2" != line.looks[0]:
                    made += close()
                listed.append(line)
                continue
            made += close()
            if line.kind == "fig":
                self.pictures += 1
                made += self.paragraph(line, f'<draw:frame draw:name="Image{self.pictures}" svg:width="6cm" svg:height="4cm"><draw:image '
                                             f'xlink:href="Pictures/{self.pictures}.png" xlink:type="simple"/></draw:frame>')
            elif line.kind == "eq":
                name, _, number = line.text.partition(" ")
                made += self.paragraph(line, self.run(Run("math", name), line) + (f"<text:tab/>{number}" if number else ""))
            elif line.kind == "box":
                made += self.paragraph(line, f'<draw:frame draw:name="Box" svg:width="8cm"><draw:text-box>'
                                             f'<text:p>{escape(line.text)}</text:p>'
                                             "</draw:text-box></draw:frame>")
            elif line.kind not in {"head", "foot"}:
                made += self.paragraph(line)
        return made + close()


def automatic(writer: Writer) -> str:
    made = ""
    values = {"b": 'fo:font-weight="bold"', "i": 'fo:font-style="italic"', "A": 'fo:text-transform="uppercase"',
              "u": 'style:text-underline-style="solid"', "^": 'style:text-position="super 58%"', "_": 'style:text-position="sub 58%"'}
    for looks, name in writer.texts.items():
        own = " ".join(values[look] for look in looks[:-1]) + (f' fo:font-size="{looks[-1]}pt"' if looks[-1] else "")
        made += f'<style:style style:name="{name}" style:family="text"><style:text-properties {own}/></style:style>'
    for (setting,), name in writer.paragraphs.items():
        own = f'fo:text-align="{setting}"' if setting else ""
        made += (f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
                 f'<style:paragraph-properties {own}/>'
                 "</style:style>")
    made += ('<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="." '
             'style:num-format="1"/></text:list-style>'
             '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>')
    return made


def write(made: Made) -> bytes:
    """The document as an .odt."""
    writer = Writer(made)
    body = writer.body()
    tracked = f"<text:tracked-changes>{''.join(writer.changes)}</text:tracked-changes>" if writer.changes else ""
    size = made.about.get("size", "12")
    common = (f'<style:style style:name="Standard" style:family="paragraph"><style:text-properties fo:font-size="{size}pt"/></style:style>'
              + "".join(f'<style:style style:name="Heading_20_{n}" style:display-name="Heading {n}" style:family="paragraph" '
                        f'style:parent-style-name="Standard" style:default-outline-level="{n}">'
                        f'<style:text-properties fo:font-weight="bold"/></style:style>'
                        for n in (1, 2)))
    ends = {kind: "".join(f"<text:p>{escape(line.text)}</text:p>" for line in made.lines if line.kind == kind) for kind in ("head", "foot")}
    master = ('<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">'
              + (f"<style:header>{ends['head']}</style:header>" if ends["head"] else "")
              + (f"<style:footer>{ends['foot']}</style:footer>" if ends["foot"] else "") + "</style:master-page></office:master-styles>")
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'{HEAD}<office:document-content {N} office:version="1.3">'
        f'<office:automatic-styles>{automatic(writer)}</office:automatic-styles>'
        f"<office:body><office:text>{tracked}{body}</office:text></office:body></office:document-content>",
        "styles.xml": f'{HEAD}<office:document-styles {N} office:version="1.3">'
        f'<office:styles>{common}</office:styles><office:automatic-styles>'
        f'<style:page-layout style:name="pm1"/></office:automatic-styles>{master}</office:document-styles>',
        **{f"Pictures/{n}.png": picture(n * 40 % 256) for n in range(1, writer.pictures + 1)},
    }
    for number, formula in enumerate(writer.formulas, 1):
        parts[f"Object {number}/content.xml"] = (f'{HEAD}<math:math xmlns:math="http://www.w3.org/1998/Math/MathML"><math:semantics><math:mrow>{formula}'
                                                 "</math:mrow></math:semantics></math:math>")
    listed = "".join(f'<manifest:file-entry manifest:full-path="{name}" '
                     f'manifest:media-type="{"image/png" if name.endswith("png") else "text/xml"}"/>'
                     for name in parts if name != "mimetype")
    parts["META-INF/manifest.xml"] = (f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
                                      'manifest:version="1.3">'
                                      f'<manifest:file-entry manifest:full-path="/" '
                                      f'manifest:media-type="{parts["mimetype"]}"/>{listed}</manifest:manifest>')
    return zipped(parts)
