"""The article as one web page that needs nothing else."""

from __future__ import annotations

from basylym.render import Format
from basylym.render.press import Press


def render(press: Press) -> bytes:
    """The page, with its styles inside."""
    return press.fill("html.html", body=press.body, pages=press.pages, style=press.styles("screen.css")).encode()


FORMAT = Format("html", "web page", ".html", "text/html", render, "html.html")
