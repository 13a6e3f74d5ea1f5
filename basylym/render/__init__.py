"""3. Edition to one file: each module here that declares a FORMAT is a format."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from basylym.later import modules_of

if TYPE_CHECKING:
    from basylym.render.press import Press


@dataclass(frozen=True)
class Format:
    """One kind of output."""

    id: str
    """Its word on the command line, and the name of its module."""
    title: str
    """Its name for people."""
    suffix: str
    """The ending of its file, which is named after the article."""
    media_type: str
    """Its media type (IANA)."""
    render: Callable[[Press], bytes]
    """Makes the file."""
    template: str
    """Its template in templates/."""
    paged: bool = False
    """Whether it is made of the pages; the others only tell first and last, which may be fixed."""


@lru_cache(maxsize=1)
def formats() -> dict[str, Format]:
    """Every format by id, in the order of the ids."""
    found = {}
    for name in modules_of(__file__):
        declared = getattr(importlib.import_module(f"{__name__}.{name}"), "FORMAT", None)
        if declared:
            found[declared.id] = declared
    return found


def find_format(id: str) -> Format:
    """One format by its id, without loading the others."""
    return importlib.import_module(f"{__name__}.{id}").FORMAT
