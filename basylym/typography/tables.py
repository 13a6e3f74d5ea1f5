"""Basylym's own tables, the TOML files of languages and schemes, each parsed once on a machine: that takes longer than most checks."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from basylym.typography.made_once import made_once

PACKAGE = Path(__file__).resolve().parent.parent


def read_table(path: Path) -> dict[str, Any]:
    """What a TOML file holds; a journal's own is parsed each time. Raises ValueError for what is no TOML."""
    written = path.read_bytes()
    if not path.is_relative_to(PACKAGE):
        return _parse(written)
    return json.loads(made_once("tables", hashlib.sha256(written).hexdigest(),
                                lambda: json.dumps(_parse(written), ensure_ascii=False).encode()))


def _parse(written: bytes) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(written.decode("utf-8"))
