"""Sets the sample's articles with Basylym, with pandoc's LaTeX and with pandoc's Typst, measures the lines and cuts out the pictures
of docs/compared.md. What it needs stands there under "How to repeat it".

    python docs/compared/make.py [SCRATCH FOLDER]
"""

from __future__ import annotations

import ctypes
import io
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import fontpkg
import pikepdf
import pypandoc
import pypdfium2
import typst
import yaml
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))
POINTS = 72 / 25.4
FONTS = {name: {file.path.stem.rsplit("-", 1)[1]: file.path for file in fontpkg.family(name).files}
         for name in ("PT Serif", "PT Sans", "IBM Plex Mono")}
LABELS = {"fig": "рис.", "tbl": "табл.", "lst": "листинг", "sec": "выше", "eq": "формула"}


@dataclass(frozen=True)
class Setting:
    """What is the same for all three: the page and the letters, as our style sheets have them."""

    layout: str
    width: float
    """Of the text, or of one column of it, in millimetres."""
    size: float
    line: float
    indent: float


CLASSIC = Setting("classic", 165, 10.5, 14, 8)
MODERN = Setting("modern", 82, 9.5, 12, 4)


# ---- the manuscript, as each of them can read it

def front_and_body(name: str) -> tuple[dict, str]:
    """The front matter of a sample article, and its text."""
    _, front, body = (ROOT / "source/2026-1" / name / "article.md").read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def for_pandoc(name: str) -> str:
    """A sample article in what pandoc alone understands: one language in front, numbers in the place of cross-references."""
    front, body = front_and_body(name)
    own = front["language"]
    numbers: dict[str, int] = {}
    for kind, key in re.findall(r"\{#(fig|tbl|eq|lst):([\w-]+)", body):
        numbers[f"{kind}:{key}"] = sum(1 for each in numbers if each.startswith(kind)) + 1
    body = re.sub(r"@(fig|tbl|eq|lst|sec):([\w-]+)", lambda match: f"{LABELS[match[1]]} {numbers.get(match[0][1:], '')}".strip(), body)
    body = re.sub(r"(\$\$) \{#eq:[\w-]+\}", r"\1", body).replace("flow.svg", "flow.pdf")
    meta = {"lang": own, "title": (front.get("title") or front["working_title"])[own],
            "author": [f"{each['name'][own]['given']} {each['name'][own]['family']}" for each in front.get("authors", [])],
            "abstract": front["abstract"][own]}  # no keywords: pandoc 3.9 writes them for Typst without quotation marks
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n{body}"


def paragraphs(name: str, hyphens: bool = False) -> str:
    """The running text of an article alone: every block that is a plain paragraph; on demand with our places of hyphenation in it."""
    body = front_and_body(name)[1]
    blocks = [block for block in re.split(r"\n\s*\n", body) if re.match(r"[\w«*]", block) and block.count("\n") > 0
              and not re.match(r"\d+\.|[-+|]", block)]
    text = "\n\n".join(re.sub(r"\[\^\w+\]|\{#[^}]*\}", "", re.sub(r"\(?@(fig|tbl|eq|lst|sec):[\w-]+\)?", "выше", block))
                       for block in blocks)
    if not hyphens:
        return text
    from basylym.typography.hyphenation import break_points

    def broken(match: re.Match) -> str:
        word = match[0]
        if len(word) < 6:
            return word
        at = {point for point in map(int, break_points(word)) if point >= 2 and len(word) - point >= 3}
        return "".join(("\N{SOFT HYPHEN}" if index in at else "") + letter for index, letter in enumerate(word))

    return re.sub(r"(?<![@\w-])[^\W\d_]+(?![\w]*\])", broken, text)


# ---- the three programs

def ours(out: Path, name: str, text: str | None, setting: Setting) -> Path:
    """Our PDF of an article, or of its paragraphs alone."""
    journal = out / "journal"
    shutil.rmtree(journal, ignore_errors=True)
    shutil.copytree(ROOT / "source", journal)
    rules = journal / "journal.yaml"
    rules.write_text(re.sub(r"(?m)^layout:.*$", f"layout: {setting.layout}", rules.read_text("utf-8")), "utf-8")
    article = journal / "2026-1" / name / "article.md"
    if text is not None:
        head = article.read_text("utf-8").split("---\n", 2)[1]
        article.write_text(f"---\n{head}---\n{text}", "utf-8")
    # errors are to be expected of an article cut down to its paragraphs, so it is the PDF that counts and not the exit code
    done = subprocess.run([sys.executable, "-m", "basylym", "build", name, "--format", "pdf"], cwd=journal, capture_output=True, text=True,
                          check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    made = journal / "output/2026-1" / name / f"{name}.pdf"
    if not made.exists():
        raise SystemExit(done.stdout + done.stderr)
    return made


def latex(out: Path, name: str, text: str, setting: Setting) -> tuple[Path, str]:
    """pandoc's LaTeX with its own template, through XeLaTeX; and the log."""
    serif, sans, mono = (FONTS[family] for family in FONTS)
    header = (rf"\AtBeginDocument{{\fontsize{{{setting.size}bp}}{{{setting.line}bp}}\selectfont}}"
              rf"\setlength{{\parindent}}{{{setting.indent}mm}}")
    extra = ["-V", "documentclass=article", "-V", "indent", "-V", f"geometry:a4paper,textwidth={setting.width}mm,vmargin=25mm",
             "-V", f"header-includes={header}"]
    for variable, family, faces in (("mainfont", serif, ("Regular", "Bold", "Italic", "BoldItalic")),
                                    ("sansfont", sans, ("Regular", "Bold", "Italic", "BoldItalic")), ("monofont", mono, ("Regular",))):
        extra += ["-V", f"{variable}={family['Regular'].name}", "-V", f"{variable}options=Path={family['Regular'].parent}/"]
        for face in faces[1:]:
            extra += ["-V", f"{variable}options={face}Font={family[face].name}"]
    source = pandoc(name, text, "latex", extra)
    (out / "article.tex").write_text(source, "utf-8")
    # once more as a typesetter would have it: wide spaces are no longer made cheap, and are alike after a word and after a sentence
    tuned = re.sub(r"(?m)^\\setlength\{\\emergencystretch\}.*$", r"\\tolerance=2000 \\frenchspacing", source)
    (out / "tuned.tex").write_text(tuned, "utf-8")
    for job in ("article", "article", "tuned"):
        subprocess.run(["xelatex", "-interaction=nonstopmode", f"{job}.tex"], cwd=out, capture_output=True, check=False)
    if not (out / "article.pdf").exists():
        raise SystemExit(f"XeLaTeX made no PDF: {out}/article.log")
    return out / "article.pdf", (out / "article.log").read_text("utf-8", "replace")


def in_typst(out: Path, name: str, text: str, setting: Setting) -> Path:
    """pandoc's Typst with its own template."""
    margin = (210 - setting.width) / 2
    leading = (setting.line / setting.size - 0.7) / 0.65
    extra = ["-V", "papersize=a4", "-V", f"fontsize={setting.size}pt", "-V", "mainfont=PT Serif", "-V", "codefont=IBM Plex Mono",
             "-V", f"linestretch={leading:.4f}",
             "-V", f"header-includes=#set par(first-line-indent: {setting.indent}mm, spacing: {setting.line - 0.7 * setting.size}pt)"]
    source = pandoc(name, text, "typst", extra)
    source = source.replace("margin: (x: 1.25in, y: 1.25in)", f"margin: (x: {margin}mm, y: 25mm)")
    (out / "article.typ").write_text(source, "utf-8")
    folders = sorted({str(path.parent) for family in FONTS.values() for path in family.values()})
    typst.compile(str(out / "article.typ"), output=str(out / "typst.pdf"), font_paths=folders, ignore_system_fonts=True)
    return out / "typst.pdf"


def pandoc(name: str, text: str, to: str, extra: list[str]) -> str:
    """What pandoc's writer makes of a manuscript, standing alone, its citations after GOST."""
    folder = ROOT / "source/2026-1" / name
    language = front_and_body(name)[0]["language"]
    return pypandoc.convert_text(text, to, format="markdown", extra_args=[
        "--standalone", "--citeproc", f"--bibliography={folder / 'references.yaml'}", f"--csl={ROOT / 'styles/csl/gost-7.1-2003.csl'}",
        "-M", f"lang={language}", "-M", "suppress-bibliography=" + ("false" if text.startswith("---") else "true"), *extra])


def copy_figures(out: Path, name: str) -> None:
    """The figures beside the source; the SVG as PDF, which LaTeX can read."""
    folder = ROOT / "source/2026-1" / name / "figures"
    if not folder.is_dir():
        return
    shutil.copytree(folder, out / "figures", dirs_exist_ok=True)
    import weasyprint

    for path in folder.glob("*.svg"):
        box = [float(number) for number in re.search(r'viewBox="([^"]+)"', path.read_text("utf-8"))[1].split()]
        page = (f"<style>@page{{size:{box[2]}px {box[3]}px;margin:0}}body{{margin:0}}img{{display:block}}</style>"
                f'<img src="{path.as_uri()}" width="{box[2]}" height="{box[3]}">')
        weasyprint.HTML(string=page).write_pdf(out / "figures" / f"{path.stem}.pdf")


# ---- what is measured

def as_drawn(path: Path) -> pypdfium2.PdfDocument:
    """The document without ActualText, which would hide the letters that are really printed."""
    with pikepdf.open(path) as document:
        for page in document.pages:
            told = []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/ActualText" in operands[1]:
                    operands = [operands[0], pikepdf.Dictionary()]
                told.append((operands, operator))
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(told))
        drawn = io.BytesIO()
        document.save(drawn)
    return pypdfium2.PdfDocument(drawn.getvalue())


def lines(path: Path, size: float, columns: int) -> list[list[tuple[float, float, str]]]:
    """The lines of text of one size: each as its letters (left, right, letter), spaces left out."""
    found, matrix = [], pypdfium2.raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    document = as_drawn(path)
    for page in document:
        text, middle = page.get_textpage(), page.get_width() / 2
        rows: dict[tuple[bool, int], list] = {}
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            pypdfium2.raw.FPDFText_GetMatrix(text, index, matrix)
            pypdfium2.raw.FPDFText_GetCharOrigin(text, index, x, y)
            printed = pypdfium2.raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.a, matrix.b)
            left, _, right, _ = text.get_charbox(index, loose=True)
            if not letter.strip() or abs(printed - size) > 0.3 or right - left < 0.1:
                continue
            rows.setdefault((columns > 1 and left > middle, round(y.value)), []).append((left, right, letter))
        found += [sorted(row) for _, row in sorted(rows.items(), key=lambda item: (item[0][0], -item[0][1]))]
    return found


def measure(path: Path, setting: Setting, columns: int) -> dict[str, float]:
    """How wide the spaces of the justified lines are, as shares of the font's own space, and how many lines end in a hyphen."""
    font = TTFont(FONTS["PT Serif"]["Regular"])
    own = font["hmtx"][font.getBestCmap()[32]][0] / font["head"].unitsPerEm * setting.size
    full = setting.width * POINTS
    spaces, hyphens, run, longest = [], 0, 0, 0
    for row in lines(path, setting.size, columns):
        indent = setting.indent * POINTS
        length = row[-1][1] - row[0][0]
        if not any(abs(length - wanted) < 5 for wanted in (full, full - indent)):
            run = 0
            continue
        gaps = [after[0] - before[1] for before, after in zip(row, row[1:], strict=False) if after[0] - before[1] > 0.4 * own]
        if not gaps:
            continue
        spaces.append(statistics.median(gaps) / own)
        ends = row[-1][2] in "-‑\xad\x02\ufffe"
        hyphens, run = hyphens + ends, (run + 1 if ends else 0)
        longest = max(longest, run)
    spaces.sort()
    return {"lines": len(spaces), "hyphens": hyphens, "ladder": longest, "mean": statistics.mean(spaces),
            "deviation": statistics.pstdev(spaces), "p95": spaces[int(len(spaces) * 0.95)], "worst": spaces[-1],
            "wide": sum(space > 2 for space in spaces), "tight": sum(space < 0.8 for space in spaces)}


def blanks(path: Path) -> str:
    """How high the highest white band of each page is, but for the first page and the last: what floats and breaks leave empty."""
    found = []
    pages = list(pypdfium2.PdfDocument(path))
    for page in pages[1:-1]:
        ink = page.render(scale=0.5).to_pil().convert("L").point(lambda grey: 255 * (grey < 200))
        rows = "".join("#" if row else " " for row in ink.getprojection()[1]).strip()
        found.append(max(map(len, rows.split("#"))) * 2 / POINTS)
    return f"{len(pages)} pages; with a white band of 20 mm and more: {sum(band >= 20 for band in found)}, highest {max(found):.0f} mm"


# ---- the pictures

def crop(path: Path, needle: str, above: float, below: float, dpi: int = 110, columns: int = 1) -> Image.Image:
    """A piece of the first page that has these words: so many millimetres above and below them, as wide as its text or column is."""
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        if found := text.search(needle).get_next():
            break
    else:
        raise SystemExit(f"{path}: no {needle!r}")
    left, _, _, top = text.get_charbox(found[0])
    down = (page.get_height() - top) / POINTS
    picture = page.render(scale=dpi / 72).to_pil().convert("L")
    middle = picture.width // 2
    sides = (0, picture.width) if columns == 1 else (0, middle) if left < page.get_width() / 2 else (middle, picture.width)
    piece = picture.crop((sides[0], round(max(0, down - above) / 25.4 * dpi), sides[1], round((down + below) / 25.4 * dpi)))
    ink = piece.point(lambda grey: 255 * (grey < 200))
    left, _, right, _ = ink.getbbox()
    rows = ink.getprojection()[1]  # lines that the edges cut through are left out
    first, last = rows.index(0), len(rows) - rows[::-1].index(0)
    return piece.crop((max(0, left - 6), first, min(piece.width, right + 6), last))


def save(name: str, pieces: list[tuple[str, Image.Image]], beside: bool) -> None:
    """The pieces under their labels, side by side or one below the other, in sixteen greys."""
    font = ImageFont.truetype(str(FONTS["PT Sans"]["Bold"]), 17)
    gap, label = 24, 30
    size = [(piece.width, piece.height + label) for _, piece in pieces]
    if beside:
        whole = (sum(width for width, _ in size) + gap * (len(size) - 1), max(height for _, height in size))
    else:
        whole = (max(width for width, _ in size), sum(height for _, height in size) + gap * (len(size) - 1))
    sheet, x, y = Image.new("L", whole, 255), 0, 0
    draw = ImageDraw.Draw(sheet)
    for (words, piece), (width, height) in zip(pieces, size, strict=True):
        draw.text((x + 2, y + 2), words, fill=70, font=font)
        sheet.paste(piece, (x, y + label))
        x, y = (x + width + gap, y) if beside else (x, y + height + gap)
    sheet.quantize(16, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


def set_all(scratch: Path) -> dict[str, Path]:
    """All the PDFs, and the table of what was measured on the way."""
    made: dict[str, Path] = {}
    for name in ("single-source", "assembly"):
        for setting in (CLASSIC, MODERN):
            for kind in ("plain", "soft", "whole"):
                if kind == "soft" and name != "assembly" or kind == "whole" and (setting is MODERN or name == "assembly"):
                    continue
                out = scratch / f"{name}-{setting.layout}-{kind}"
                out.mkdir(parents=True, exist_ok=True)
                key = f"{name} {setting.layout} {kind}"
                if kind == "whole":
                    copy_figures(out, name)
                    made["ours modern"] = shutil.copy(ours(out, name, None, MODERN), out / "ours-two.pdf")
                text = for_pandoc(name) if kind == "whole" else paragraphs(name, kind == "soft")
                made[f"latex {key}"], log = latex(out, name, text, setting)
                made[f"tuned {key}"] = out / "tuned.pdf"
                made[f"typst {key}"] = in_typst(out, name, text, setting)
                if kind != "soft":
                    made[f"ours {key}"] = ours(out, name, None if kind == "whole" else text, setting)
                for job, told in (("latex", log), ("tuned", (out / "tuned.log").read_text("utf-8", "replace"))):
                    overfull = [float(points) for points in re.findall(r"Overfull \\hbox \((\d+\.\d+)pt", told)]
                    print(key, job, "overfull boxes:", len(overfull), "widest", max(overfull, default=0), "pt")
                if kind == "whole":
                    for each in ("latex", "typst", "ours"):
                        print(f"  {each}: {blanks(made[f'{each} {key}'])}")
                    print("  letters that XeLaTeX did not find and left out:", log.count("Missing character"))
                    continue
                for each in ("latex", "typst", "ours") if name == "assembly" and kind == "plain" else ("latex", "tuned", "typst", "ours"):
                    if f"{each} {key}" in made:
                        values = measure(made[f"{each} {key}"], setting, 2 if each == "ours" and setting is MODERN else 1)
                        print(f"  {each:6}", "  ".join(f"{word} {value:.2f}".replace(".00", "") for word, value in values.items()))
    return made


def main() -> None:
    """Sets, measures, cuts."""
    scratch = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    pictures(set_all(scratch.resolve()))


def pictures(made: dict[str, Path]) -> None:
    """The pictures of docs/compared.md: name, sample and setting, words to find, above and below them, side by side or not."""
    def three(name: str, key: str, needle: str, above: float, below: float, beside: bool, own: str = "", **how: int) -> None:
        columns = 2 if "modern" in key else 1
        pieces = [("pandoc, LaTeX", crop(made[f"latex {key}"], needle, above, below, **how)),
                  ("pandoc, Typst", crop(made[f"typst {key}"], needle, above, below, **how)),
                  ("Basylym", crop(made[f"ours {own or key}"], needle, above, below, columns=columns, **how))]
        save(name, pieces, beside)

    kazakh = "құт келер"
    three("kazakh", "assembly modern plain", kazakh, 5.5, 55, True, dpi=120)
    three("kazakh-same-breaks", "assembly modern soft", kazakh, 5.5, 55, True, "assembly modern plain", dpi=120)
    three("russian", "single-source modern plain", "Мысль о том", 1, 58.6, True, dpi=120)
    three("first-page", "single-source classic whole", "Трёхъязычный научный журнал из", 40, 118, True)
    three("tables", "single-source classic whole", "Медианы; ЦП", 9, 92, False)
    three("footnotes", "single-source classic whole", "В системе Basylym, для которой", 32, 8, False)


if __name__ == "__main__":
    main()
