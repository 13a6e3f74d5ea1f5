"""Regular expressions, each compiled once on a machine: Python does that anew in every process, four hundred times before an article
is checked.

What is kept is what Python's own compiler made of an expression that stands in the code or is put together of the tables of languages;
Python looks it through again before it uses it. Those that are put together of the words of an article are compiled as ever.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from collections.abc import Hashable
from contextlib import suppress
from threading import local
from types import SimpleNamespace
from typing import Any

from basylym.typography.made_once import find_made, keep_made

MOST = 2000
"""How many are kept; when there are more, all are made anew."""
KIND, MADE_OF = "expressions", [sys.version, sys.platform, sys.byteorder]
WITHIN = ("<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")
"""What Python calls the inside of an expression that makes several things."""
TABLES = ("basylym.check.languages", "basylym.languages.style", "basylym.typography.quotes", "basylym.typography.spacing",
          "basylym.typography.slips.spaces", "basylym.typography.transliteration")
"""What puts expressions together of the tables of languages alone."""
_known: dict[Hashable, tuple] = {}
_new: dict[Hashable, tuple] = {}
_usual: dict[str, Any] = {}
"""What stood in Python's compiler before."""


def begin() -> None:
    """From here on, what was compiled before is not compiled again."""
    compiler = getattr(re, "_compiler", None)
    if _usual or not all(hasattr(compiler, name) for name in ("compile", "_sre")):
        return
    _known.update(_read(find_made(KIND, MADE_OF, run=True)))
    engine, compile_anew = compiler._sre, compiler.compile
    _usual.update(compile=compile_anew, _sre=engine)
    made = local()  # another thread compiles meanwhile

    def note(*parts: Any) -> re.Pattern:
        made.parts = parts
        return engine.compile(*parts)

    def compile_once(expression: Any, flags: int = 0) -> re.Pattern:
        key = (expression, int(flags))
        if known := _known.get(key):
            pattern, found_flags, code, *groups = known
            return engine.compile(pattern, found_flags, array("I", code).tolist(), *groups)
        made.parts = None
        found = compile_anew(expression, flags)
        if made.parts and isinstance(expression, (str, bytes)) and _is_fixed(expression, sys._getframe(1)):
            pattern, found_flags, code, *groups = made.parts
            _new[key] = pattern, int(found_flags), array("I", code).tobytes(), *groups
        return found

    compiler.compile, compiler._sre = compile_once, SimpleNamespace(**{**vars(engine), "compile": note})


def end() -> None:
    """From here on all is as usual; what is new is kept."""
    if not _usual:
        return
    for name, value in _usual.items():
        setattr(re._compiler, name, value)  # type: ignore[attr-defined]
    if _new:
        every = {**(_known if len(_known) + len(_new) <= MOST else {}), **_new}
        with suppress(ValueError):
            keep_made(KIND, MADE_OF, marshal.dumps(every))
    for each in (_usual, _known, _new):
        each.clear()


def _read(record: bytes | None) -> dict[Hashable, tuple]:
    try:
        found = marshal.loads(record or b"")
    except (EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_fixed(expression: str | bytes, frame: Any) -> bool:
    """Whether an expression stands in the code or the tables: what wants it is a module or a class, as it is loaded, or a function that
    holds it."""
    while frame and frame.f_globals.get("__name__") in ("re", "functools") or frame and frame.f_code.co_name in WITHIN:
        frame = frame.f_back
    return bool(frame) and (frame.f_code.co_name == "<module>" or expression in frame.f_code.co_consts
                            or frame.f_globals.get("__name__") in TABLES or "__qualname__" in frame.f_locals
                            or any(expression is each for each in frame.f_globals.values()))
