"""Selectors of style sheets, compiled when an element is first asked whether it fits: of those that the layout engine has by itself two
thirds never are, and Python compiles each by itself.

Relies on cssselect2's compiler calling `eval` with what it wrote; a test fails when it does so no more.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any


def install() -> None:
    """From here on selectors are compiled later; doing so twice changes nothing."""
    from cssselect2 import compiler

    compiler.eval = _eval_later


def _eval_later(source: str, names: dict[str, Any], own: dict[str, Any]) -> Callable[[Any], Any]:
    """What `source`, a function of an element, does."""
    test: Callable[[Any], Any] | None = None

    def fits(element: Any) -> Any:
        nonlocal test
        if test is None:
            test = builtins.eval(source, names, own)
        return test(element)

    return fits
