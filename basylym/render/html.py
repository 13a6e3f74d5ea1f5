"""The article as one web page that needs nothing else."""

from __future__ import annotations

from basylym.render import Format
from basylym.render.press import Press
from basylym.render.soft_hyphens import insert_soft_hyphens, lacking


def render(press: Press) -> bytes:
    """The page, with its styles inside."""
    page = press.fill("html.html", body=press.body, pages=press.pages, style=press.styles("screen.css"),
                      soft_hyphens=bool(lacking(press.view)))
    return insert_soft_hyphens(page, press.view).encode()


FORMAT = Format("html", "web page", ".html", "text/html", render, "html.html")
