"""What WeasyPrint's tags still lack for PDF/UA-1: the language of passages, and data cells tied to spanning heads.

WeasyPrint builds its tag tree in one recursive function that is looked up by name, so wrapping that function is enough. It
is private: the lock file pins WeasyPrint, and a test fails when its shape changes. Rules: ISO 14289-1:2014, 7.2 (natural
language) and 7.5 (tables); ISO 32000-1:2008, table 349 (Scope, Headers).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def install() -> None:
    """Puts our tag builder in the place of WeasyPrint's; doing so twice changes nothing."""
    import pydyf
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.pdf import tags

    build = tags._build_box_tree
    if getattr(build, "by_basylym", False):
        return

    def build_with_languages(box: Any, *rest: Any) -> Iterator[Any]:
        real = box._box if isinstance(box, AbsolutePlaceholder) else box
        for element in build(box, *rest):
            lang = real.element.get("lang") if real.element is not None else None
            if lang and real.element_tag not in ("html", "body"):
                element["Lang"] = pydyf.String(lang)
            if element["S"] == "/Table":
                _tie_cells(real)
            yield element

    build_with_languages.by_basylym = True
    tags._build_box_tree = build_with_languages


def _rows(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element_tag == "tr":
            yield child
        else:
            yield from _rows(child)


def _is_row_head(cell: Any) -> bool:
    return cell.element is not None and cell.element_tag == "th" and (cell.element.get("scope") or "").startswith("row")


def _is_column_head(cell: Any) -> bool:
    return cell.element is not None and cell.element_tag == "th" and not (cell.element.get("scope") or "").startswith("row")


def _tie_cells(table: Any) -> None:
    """Gives heads their scope, and each cell the heads it is read under: those its `headers` names, else left and above."""
    import pydyf

    grid: dict[tuple[int, int], Any] = {}
    cells: list[tuple[Any, int, int]] = []
    for row_number, row in enumerate(_rows(table)):
        column = 0
        for cell in row.children:
            while (row_number, column) in grid:
                column += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    grid[row_number + down, column + right] = cell
            cells.append((cell, row_number, column))
            column += cell.colspan
    by_id = {}
    for cell, _, _ in cells:
        if cell.element is not None and cell.element_tag == "th":
            by_id[cell.element.get("id")] = cell.mark["ID"]
            cell.mark["A"]["Scope"] = "/Row" if _is_row_head(cell) else "/Column"
    for cell, row_number, column in cells:
        if cell.element is None:
            continue
        named = cell.element.get("headers")
        if named is not None:
            heads = [by_id[name] for name in named.split() if name in by_id]
        else:
            left = [grid.get((row_number + down, before)) for down in range(cell.rowspan) for before in range(column)]
            above = [grid.get((before, column + right)) for right in range(cell.colspan) for before in range(row_number)]
            heads = [head.mark["ID"] for head in left if head is not None and _is_row_head(head)]
            heads += [head.mark["ID"] for head in above if head is not None and head is not cell and _is_column_head(head)]
        if heads:
            cell.mark["A"]["Headers"] = pydyf.Array(dict.fromkeys(heads))
        else:
            cell.mark["A"].pop("Headers", None)
