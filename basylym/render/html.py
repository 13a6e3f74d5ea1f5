"""The article as one web page that needs nothing else."""

from __future__ import annotations

from basylym.render import Format
from basylym.render.contents import headings
from basylym.render.head_tags import write_links, write_tags
from basylym.render.linked_data import write_linked_data
from basylym.render.metadata import read_metadata
from basylym.render.press import Press
from basylym.render.soft_hyphens import insert_soft_hyphens, lacking


def render(press: Press) -> bytes:
    """The page, with its styles inside."""
    article = read_metadata(press.view, press.pages)
    head = {"tags": write_tags(article), "links": write_links(article), "graph": write_linked_data(article)} if article else None
    page = press.fill("html.html", body=press.body, pages=press.pages, style=press.styles("screen.css"), machine_head=head,
                      soft_hyphens=bool(lacking(press.view)), headings=headings, files=press.files)
    return insert_soft_hyphens(page, press.view).encode()


FORMAT = Format("html", "web page", ".html", "text/html", render, "html.html")
