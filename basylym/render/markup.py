"""The article's text as a tree of well-formed HTML: ids on every block, notes taken out, page breaks put in."""

from __future__ import annotations

import base64
import copy
import re
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

from lxml import etree
from markupsafe import Markup

from basylym.identifiers import doi_address
from basylym.limits import Limits
from basylym.read.html import drop, read_html
from basylym.read.pictures import Picture, read_picture
from basylym.render.mathematics import draw
from basylym.render.pieces import part_into_pieces
from basylym.render.scrolling import let_scroll_in_book, let_scroll_on_page, read_tex
from basylym.typography.formula_widths import MATHML

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "pre", "td", "th", "caption",
          "figcaption", "figure", "div"}
"""Elements that a page may begin inside of."""
SCHEMES = re.compile(r"(https?:|mailto:|doi:|#|[^:/?#]*$|[^:/?#]*[/?#])", re.I)
"""Addresses a reader may be sent to; whatever else a manuscript links to (javascript:, file:, data:) loses its link."""

ADDRESS = re.compile(r"(?:https?://|\b10\.\d{4,9}/)(?:[^\s<>\"«»&]|&amp;|&lt;[^\s<>\"«»&]*&gt;)+")
"""A web address or a DOI in a text, with whatever marks follow it; old DOIs have pairs of <> in them."""
HREF = re.compile(r'\bhref="([^"]*)"')
ILLEGAL = re.compile(r'[<>"{}|\\^`]')
"""What no address may have in it (RFC 3986, RFC 3987)."""


@dataclass
class Body:
    """The text of an article, apart from its notes."""

    tree: etree._Element
    """A <div> with the text, sections nested."""
    notes: list[tuple[str, etree._Element]] = field(default_factory=list)
    """Notes in order: id of the note, its content as a <div>."""
    pictures: dict[str, Picture] = field(default_factory=dict)
    """The pictures in the text by what their `src` says."""

    def html(self) -> str:
        """The text for an HTML parser; wide things scroll in a region of their own."""
        tree = copy.deepcopy(self.tree)
        let_scroll_on_page(tree)
        for head in tree.iter("th"):  # a formula alone is no text for those who look for empty heads
            if not "".join(head.xpath('.//text()[not(ancestor::*[local-name()="math"])]')).strip() and (tex := read_tex(head)):
                for math in head.iter(f"{MATHML}math"):
                    math.set("aria-hidden", "true")
                words = etree.Element("span", {"class": "unseen"})
                words.text = tex
                head.insert(0, words)
        for image in tree.iter("img"):
            if picture := self.pictures.get(image.get("src", "")):
                image.set("src", f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}")
        return inner_markup(tree, "html")

    def xhtml(self) -> str:
        """The text for an XML parser."""
        return inner_markup(self.tree, "xml")

    def book(self) -> str:
        """The same for an EPUB; things too wide for a small screen scroll in a region of their own."""
        tree = copy.deepcopy(self.tree)
        let_scroll_in_book(tree)
        return inner_markup(tree, "xml")

    def note_texts(self, method: str) -> list[tuple[str, Markup]]:
        """The notes in order: id and text; `method` is html or xml."""
        return [(key, Markup(inner_markup(note, method))) for key, note in self.notes]

    def for_print(self) -> Markup:
        """The text for print: formulas drawn, each note where its number stands, for the layout to float to the page's
        foot."""
        tree, notes = copy.deepcopy(self.tree), dict(self.notes)
        for link in tree.xpath('//a[@role="doc-noteref"]'):
            note = notes.get(link.get("href", "")[1:])
            if note is None:
                continue
            span = etree.Element("span", {"class": "footnote", "id": link.get("href")[1:]})
            for block in note:
                if len(span) or span.text:
                    span.append(etree.Element("br"))
                _append(span, block)
            span.tail = link.tail
            link.getparent().replace(link, span)
        part_into_pieces(tree, self.pictures)
        for items in tree.xpath('.//ol[@start]'):  # the layout engine goes by styles alone
            items.set("style", f"counter-reset: list-item {int(items.get('start')) - 1}")
        for image in tree.iter("img"):
            image.set("src", "article:/" + quote(image.get("src", "")))  # an address that only our fetcher answers
        return Markup(draw_formulas(inner_markup(tree, "html")))


def read_body(html: str, folder: Path, missing_figure: str, limits: Limits = Limits()) -> Body:  # noqa: B008
    """A tree out of pandoc's HTML: every block with an id, every link one that may be followed, every picture one that
    lies beside the article, every table's cells tied to their heads. `missing_figure` stands where a picture is missing."""
    tree = read_html(html)
    body = Body(tree)
    for link in tree.xpath('.//a[starts-with(@href, "#ref-")]'):
        link.set("role", "doc-biblioref")
    for section in tree.xpath('//section[@role="doc-endnotes"]'):
        for item in section.xpath("ol/li"):
            for back in item.xpath('.//a[@role="doc-backlink"]'):
                drop(back)
            item.tag = "div"
            body.notes.append((item.attrib.pop("id"), item))
        drop(section)
    for played in list(tree.iter("embed", "video", "audio", "iframe", "object")):  # what pandoc makes of a picture called a.mp4 or a.pdf
        image = etree.Element("img", {"src": played.get("src", ""), "alt": played.get("alt", "")})
        image.tail = played.tail
        played.getparent().replace(played, image)
    _place_pictures(body, folder, missing_figure, limits)
    used = {each.get("id") for each in tree.iter() if each.get("id")}
    number = 0
    for each in tree.iter():
        if isinstance(each.tag, str) and each.tag in BLOCKS and not each.get("id") and each is not tree:
            number += 1
            while f"b{number}" in used:
                number += 1
            each.set("id", f"b{number}")
        if each.tag == "a" and not SCHEMES.match((each.get("href") or "").strip()):
            each.attrib.pop("href", None)
        elif each.tag == "a" and each.get("href"):
            each.set("href", encode_address(each.get("href").strip()))
    for table in tree.iter("table"):
        _tie_cells(table)
    for math in tree.iter(f"{MATHML}math"):
        _join_decimals(math)
        math.set("alttext", read_tex(math))
    return body


def _join_decimals(math: etree._Element) -> None:
    """1,53 typed without a space is one number with a decimal comma, not two with a space after the comma between them."""
    if not re.search(r"\d(,|\{,\})\d", read_tex(math)):
        return
    for comma in [each for each in math.iter(f"{MATHML}mo") if each.text == ","]:
        before, after = comma.getprevious(), comma.getnext()
        between = all(each is not None and each.tag == f"{MATHML}mn" for each in (before, after))
        if between and re.search(rf"{re.escape(before.text)}(,|\{{,\}}){re.escape(after.text)}", read_tex(math)):
            before.text += "," + after.text
            before.getparent().remove(comma)
            before.tail = after.tail
            before.getparent().remove(after)


def _place_pictures(body: Body, folder: Path, missing: str, limits: Limits) -> None:
    for image in list(body.tree.iter("img")):
        source = image.get("src", "")
        picture = read_picture(folder, source, limits)
        if isinstance(picture, str):
            words = etree.Element("span", {"class": "missing"})
            words.text, words.tail = f"[{missing}: {source[:80]}]", image.tail
            image.getparent().replace(image, words)
            continue
        body.pictures[source] = picture
        if picture.width and picture.height:  # so that a page does not jump while it loads
            image.set("width", str(picture.width))
            image.set("height", str(picture.height))
        image.set("alt", image.get("alt", ""))
    for caption in body.tree.iter("figcaption"):
        caption.attrib.pop("aria-hidden", None)


def _tie_cells(table: etree._Element) -> None:
    """Scope for every head; where heads span, ids too, and for every cell the ids of its heads (HTML, 4.9.12.3; WCAG H43)."""
    table.attrib.pop("style", None)
    columns = [column for column in table.iterfind("colgroup/col") if column.get("style")]
    shares = [float(re.search(r"[\d.]+", column.get("style"))[0]) for column in columns]
    for column, share in zip(columns, shares if sum(shares) else [1.0] * len(shares), strict=True):
        column.set("style", f"width: {100 * share / (sum(shares) or len(shares)):.4g}%")
    if columns:
        table.set("class", "full")
    grid: dict[tuple[int, int], etree._Element] = {}
    cells: list[tuple[etree._Element, int, int]] = []
    head_rows = 0
    for number, row in enumerate(table.iterfind(".//tr")):
        head_rows += row.getparent().tag == "thead"
        column = 0
        for cell in row:
            while (number, column) in grid:
                column += 1
            down, right = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            for y in range(down):
                for x in range(right):
                    grid[number + y, column + x] = cell
            cells.append((cell, number, column))
            column += right
            if cell.tag == "th" and not (cell.text or "").strip() and not len(cell):
                cell.tag = "td"  # an empty corner is no head
            elif cell.tag == "th":
                cell.set("scope", "row" if row.getparent().tag != "thead" else "colgroup" if right > 1 else "col")
    if head_rows < 2 and not any(cell.get("colspan") or cell.get("rowspan") for cell, _, _ in cells):
        return
    for cell, number, column in cells:
        right = int(cell.get("colspan", 1))
        above = [grid.get((y, column + x)) for y in range(number) for x in range(right)]
        left = [grid.get((number, x)) for x in range(column)]
        names = [head.get("id") for heads, by_row in ((above, False), (left, True)) for head in heads
                 if head is not None and head is not cell and head.tag == "th" and (head.get("scope") == "row") is by_row]
        if names:
            cell.set("headers", " ".join(dict.fromkeys(names)))


def link_addresses(text: str) -> str:
    """Markup with a link on every web address and every DOI in its text that has none yet; the text stays as it is."""
    def link(found: re.Match) -> str:
        address = re.sub(r"(?:[.,:!?\]]|(?<!&amp);)+$", "", found[0])
        if address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        bare = unescape(address)
        target = escape(encode_address(bare) if bare[0] == "h" else doi_address(bare))
        return f'<a href="{target}">{address}</a>{found[0][len(address):]}'

    pieces = re.split(r"(<a\b.*?</a>|<[^>]*>)", text, flags=re.S)
    return "".join(HREF.sub(lambda found: f'href="{escape(encode_address(unescape(found[1])))}"', piece) if piece.startswith("<") else
                   ADDRESS.sub(link, piece) for piece in pieces)


def encode_address(address: str) -> str:
    """An address, what none may have in it percent-encoded: the <> of old DOIs."""
    return ILLEGAL.sub(lambda sign: quote(sign[0]), address)


def draw_formulas(html: str) -> str:
    """A page with every formula in it drawn."""
    if "<math" not in html:
        return html
    return re.sub(r"<math\b.*?</math>", lambda math: etree.tostring(draw(etree.fromstring(math[0])), encoding="unicode"), html,
                  flags=re.S)


def mark_pages(document: etree._Element, starts: list, write_label) -> None:
    """Puts an EPUB page break where each printed page begins, mid-paragraph too (EPUB 3.3, 7.4.4; DPUB-ARIA doc-pagebreak).

    `starts` is the layout's page map; a page whose block is not in this document is passed over. `write_label` turns a
    folio into words.
    """
    blocks = {each.get("id"): each for each in document.iter() if each.get("id")}
    for start in starts:
        block = blocks.get(start.block)
        if block is None or blocks.get(f"page-{start.label}") is not None:
            continue
        span = etree.Element(f"{{{XHTML}}}span", {f"{{{EPUB}}}type": "pagebreak", "role": "doc-pagebreak",
                                                  "id": f"page-{start.label}", "aria-label": write_label(start.label)})
        _insert(block, span, start.offset)
        blocks[span.get("id")] = span


def _insert(block: etree._Element, mark: etree._Element, offset: int) -> None:
    """Puts `mark` after `offset` letters of the block, white space not counted."""
    if offset <= 0:
        mark.tail, block.text = block.text, None
        block.insert(0, mark)
        return
    for owner, where, text in _texts(block):
        letters = 0
        for position, letter in enumerate(text):
            if letters == offset and not letter.isspace():
                _split(owner, where, position, mark)
                return
            letters += not letter.isspace()
        offset -= letters
    mark.tail = None
    block.append(mark)


def _texts(element: etree._Element):
    """Every text that print counts, in document order: (element, "text" or "tail", the text)."""
    if element.text:
        yield element, "text", element.text
    for child in list(element):
        # formulas are drawings in print, and a note's number stands there as the layout's own
        if etree.QName(child).localname != "math" and child.get("role") != "doc-noteref":
            yield from _texts(child)
        if child.tail:
            yield child, "tail", child.tail


def _split(owner: etree._Element, where: str, position: int, mark: etree._Element) -> None:
    text = getattr(owner, where)
    setattr(owner, where, text[:position])
    mark.tail = text[position:]
    if where == "text":
        owner.insert(0, mark)
    else:
        owner.getparent().insert(owner.getparent().index(owner) + 1, mark)


def _append(target: etree._Element, source: etree._Element) -> None:
    """The content of one element at the end of another."""
    if source.text:
        if len(target):
            target[-1].tail = (target[-1].tail or "") + source.text
        else:
            target.text = (target.text or "") + source.text
    for child in list(source):
        target.append(copy.deepcopy(child))


def inner_markup(element: etree._Element, method: str) -> str:
    """What stands in an element, with its markup; `method` is html or xml."""
    parts = [etree.tostring(child, encoding="unicode", method=method) for child in element]
    return (element.text or "") + "".join(parts)


def inner_text(element: etree._Element) -> str:
    """The text of an element, white space as it is."""
    return "".join(element.itertext())
