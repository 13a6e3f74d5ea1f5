"""3. Edition to one file: each module here that declares a FORMAT is a format."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from basylym.render.press import Press


@dataclass(frozen=True)
class Format:
    """One kind of output."""

    id: str
    """Its word on the command line."""
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


@lru_cache(maxsize=1)
def formats() -> dict[str, Format]:
    """Every format by id, in the order of the ids."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        declared = getattr(importlib.import_module(f"{__name__}.{module.name}"), "FORMAT", None)
        if declared:
            found[declared.id] = declared
    return found
