"""Tags for PDF/UA-1 and PDF/A-3a, written in the place of WeasyPrint's own.

WeasyPrint's tags follow its boxes: a paragraph over two pages is two, notes and formulas are nothing in particular, and heads
that span are not tied to cells. So our own function stands where WeasyPrint calls its; running heads, folios and heads of
tables that are printed again are artifacts. What is relied on inside WeasyPrint is listed in RELIED_ON, which a test holds up
to the version that the lock file pins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from basylym.render.structure import Area, Content, Node, box_area, read_structure, unboxed

RELIED_ON = {
    "weasyprint/pdf/tags.py:add_tags": ["pdf", "document", "pdf_version", "page_streams"],
    "weasyprint/pdf/stream.py:Stream.marked": ["self", "box", "tag"],
    "weasyprint/pdf/stream.py:Stream.artifact": ["self"],
    "weasyprint/pdf/metadata.py:DocumentMetadata.generate_rdf_metadata": ["self", "variant", "version", "conformance"],
    "weasyprint/pdf/anchors.py:add_links": ["links_and_anchors", "matrix", "pdf", "page", "names", "tags"],
    "weasyprint/text/line_break.py:Layout.set_text": ["self", "text", "justify"],
    "weasyprint/text/line_break.py:Layout.reactivate": ["self", "style"],
    "pydyf/__init__.py:Stream.begin_marked_content": ["self", "tag", "property_list"],
    "pydyf/__init__.py:PDF.add_object": ["self", "object_"],
}
"""Functions inside WeasyPrint and pydyf that are replaced or counted on: file and name, and the parameters each has."""


def install() -> None:
    """Puts our tags in the place of WeasyPrint's; doing so twice changes nothing."""
    import pydyf
    import weasyprint.pdf
    from weasyprint.pdf.stream import Stream

    if weasyprint.pdf.add_tags is add_tags:
        return
    mark = Stream.marked

    @contextmanager
    def marked(self: Any, box: Any, tag: str) -> Iterator[None]:
        apart = getattr(box, "set_apart", None)
        with artifact(self, apart) if apart else mark(self, box, tag):
            yield

    @contextmanager
    def artifact(self: Any, kind: dict[str, str] | None = None) -> Iterator[None]:
        if self._tags is not None:
            self.begin_marked_content("Artifact", pydyf.Dictionary(kind or {"Type": "/Layout"}))
        yield
        if self._tags is not None:
            self.end_marked_content()

    Stream.marked, Stream.artifact = marked, artifact
    weasyprint.pdf.add_tags = add_tags


def prepare(document: Any) -> None:
    """Says before the pages are drawn what on them is no part of the text, and links notes with where they are called."""
    from weasyprint.formatting_structure import boxes

    heads: set[Any] = set()

    def look(box: Any, apart: dict[str, str] | None) -> None:
        box = unboxed(box)
        element = box.element
        if isinstance(box, boxes.MarginBox):
            side = {"@top": "/Header", "@bot": "/Footer"}.get(box.at_keyword[:4])
            apart = {"Type": "/Pagination", **({"Subtype": side} if side else {})}
        elif isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            if element in heads:  # printed again where the table goes on
                apart = {"Type": "/Pagination"}
            heads.add(element)
        elif element is not None and (element.get("aria-hidden") == "true" or element.tag == "img" and not element.get("alt")):
            apart = apart or {"Type": "/Layout"}
        if isinstance(box, boxes.LineBox) and not any(isinstance(kid, boxes.InlineBox) or getattr(kid, "text", "").strip(" \u200b")
                                                      for kid in box.children):
            for kid in box.children:  # space between pictures or blocks that stand in one line
                if isinstance(kid, boxes.TextBox):
                    kid.set_apart = {"Type": "/Layout"}
        if apart and isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
            box.set_apart = apart
        for child in getattr(box, "children", ()):
            look(child, apart)

    for page in document.pages:
        look(page._page_box, None)
        _link_notes(page)


def _link_notes(page: Any) -> None:
    """The number of a note in the text leads to the note, and the number before the note leads back."""
    calls, targets = {"footnote-call": "{}", "footnote-marker": "call-{}"}, []
    linked = [link[-1] for link in page.links]

    def look(box: Any) -> None:
        box = unboxed(box)
        target = calls.get((box.element_tag or "").partition("::")[2])
        if target and box.element.get("id"):
            if box not in linked:
                targets.append((box, target.format(box.element.get("id"))))
        else:
            for child in getattr(box, "children", ()):
                look(child)

    look(page._page_box)
    for box, target in targets:
        place = box_area(box)
        page.links.append(("internal", target, place, box))
        if not target.startswith("call-"):
            page.anchors.setdefault(f"call-{target}", place)


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
    """The structure tree of a document that has been drawn, with all that leads from pages and annotations to it."""
    import pydyf

    marks = [stream._tags for stream in page_streams]
    counts = [len(each) for each in marks]
    tree = read_structure(document, marks, document.metadata.lang)
    assert not any(marks), f"marked content that no box of the pages owns: {[len(each) for each in marks]}"
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    owners: list[list[Any]] = [[None] * count for count in counts]
    annotations: list[Any] = []
    names: dict[str, bytes] = {}

    def write(node: Node, parent: bytes) -> bytes:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent})
        pdf.add_object(element)
        if node.lang:
            element["Lang"] = pydyf.String(node.lang)
        if node.alt:
            element["Alt"] = pydyf.String(node.alt)
        if node.actual:
            element["ActualText"] = pydyf.String(node.actual)
        if node.id:
            element["ID"] = _text(node.id)
            names[node.id] = element.reference
        if node.attributes:
            element["A"] = pydyf.Array([_attributes(*each) for each in node.attributes.items()])
        first = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if first is not None:
            element["Pg"] = pdf.page_references[first]
        kids = element["K"] = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(write(kid, element.reference))
            elif isinstance(kid, Area):
                kids.append(pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": pdf.page_references[kid.page]}))
                kid.annotation["StructParent"] = len(document.pages) + len(annotations)
                annotations.append(element.reference)
            else:
                owners[kid.page][kid.number] = element.reference
                kids.append(kid.number if kid.page == first else pydyf.Dictionary(
                    {"Type": "/MCR", "Pg": pdf.page_references[kid.page], "MCID": kid.number}))
        return element.reference

    root["K"] = pydyf.Array([write(tree, root.reference)])
    parents = pydyf.Dictionary({"Nums": pydyf.Array()})
    for number, owner in enumerate([*map(pydyf.Array, owners), *annotations]):
        parents["Nums"] += [number, owner]
    pdf.add_object(parents)
    root["ParentTree"], root["ParentTreeNextKey"] = parents.reference, len(owners) + len(annotations)
    if names:
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(
            [each for name in sorted(names) for each in (_text(name), names[name])])})
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _text(name: str) -> bytes:
    """A name as a byte string, its letters in UTF-8: so names are in the same order as their bytes."""
    return b"<" + name.encode().hex().encode() + b">"


def _attributes(owner: str, values: dict[str, Any]) -> Any:
    import pydyf

    written = pydyf.Dictionary({"O": f"/{owner}"})
    for key, value in values.items():
        if key == "Headers":
            value = [_text(name) for name in value]
        written[key] = pydyf.Array(value) if isinstance(value, list) else value
    return written
