"""The C types of the layout engine's libraries. cffi would parse their declarations anew in each process, and each name of a type when
it is first asked for; what it makes of them for a program that is to be installed is made once on a machine instead."""

from __future__ import annotations

import io
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

from basylym.typography.made_once import made_once


@contextmanager
def declared_once(*more: str) -> Iterator[None]:
    """What declares C types within it has them from the machine's store, where libraries are found by their plain names. `more` is what
    is declared later: it must be known by then."""
    import cffi

    usual = cffi.FFI
    if sys.platform == "linux":
        cffi.FFI = lambda: Declared(more)
    try:
        yield
    finally:
        cffi.FFI = usual


class Declared:
    """What cffi.FFI is once its types are declared."""

    def __init__(self, more: tuple[str, ...] = ()):
        self._more, self._declared = more, False

    def cdef(self, text: str) -> None:
        """Declares types and functions. Raises ValueError for such as come too late."""
        import _cffi_backend
        import cffi

        if self._declared:
            if text not in self._more:
                raise ValueError("these types must be named before the layout engine is loaded")
            return
        self._declared, text = True, "\n".join((text, *self._more))
        made_of = [cffi.__version__, sys.version, os.uname().machine, text]
        try:
            tables = marshal.loads(made_once("types", made_of, lambda: marshal.dumps(_make(text)), run=True))
            made: Any = _cffi_backend.FFI("basylym", **tables)
        except Exception:  # whatever cffi can't make of them so; then as usual
            made = cffi.api.FFI()
            made.cdef(text)
        self.__dict__.update({name: getattr(made, name) for name in dir(made) if not name.startswith("_")})


def _make(text: str) -> dict[str, Any]:
    """The tables that cffi writes into a module of Python, for declarations."""
    import ast

    import cffi

    parsed = cffi.api.FFI()
    parsed.cdef(text)
    parsed.set_source("basylym", None)
    with redirect_stdout(io.StringIO()):  # it says what it does
        parsed.emit_python_code(module := io.StringIO())
    (call,) = (each.value for each in ast.parse(module.getvalue()).body if isinstance(each, ast.Assign))
    return {each.arg: ast.literal_eval(each.value) for each in call.keywords}
