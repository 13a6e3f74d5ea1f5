"""JSON, the same bytes each time, without what is empty."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def filled(found: Mapping[str, Any]) -> dict[str, Any]:
    """An object without its members that are empty."""
    return {key: value for key, value in found.items() if value}


def write_json(data: Any) -> bytes:
    """Data as a file: UTF-8, indented."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
