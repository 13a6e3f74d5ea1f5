"""The methods of data classes, each compiled once on a machine: Python writes them as text and compiles them anew in every process,
three hundred before an article is checked, which takes a twelfth of the time.
"""

from __future__ import annotations

import dataclasses
import hashlib
import marshal
import sys
from contextlib import suppress
from types import CodeType
from typing import Any

from basylym.typography.made_once import find_made, keep_made

MOST = 2000
"""How many are kept; when there are more, all are made anew."""
KIND, MADE_OF = "data-classes", [sys.version, sys.platform, sys.flags.optimize]
_known: dict[bytes, bytes] = {}
"""What was compiled before, not read yet, by the digests of the texts: other programs of the machine may have kept more."""
_new: dict[bytes, bytes] = {}


def begin() -> None:
    """From here on, what was compiled before is not compiled again."""
    if "exec" in vars(dataclasses):
        return
    with suppress(EOFError, ValueError, TypeError):
        _known.update(marshal.loads(find_made(KIND, MADE_OF, run=True) or b""))
    dataclasses.exec = _run  # its own name for what Python has for all modules


def end() -> None:
    """From here on all is as usual; what is new is kept."""
    if vars(dataclasses).pop("exec", None) and _new:
        keep_made(KIND, MADE_OF, marshal.dumps({**(_known if len(_known) + len(_new) <= MOST else {}), **_new}))
    _known.clear()
    _new.clear()


def _run(text: str, *names: dict[str, Any]) -> None:
    key, code = hashlib.sha256(text.encode()).digest(), None
    with suppress(EOFError, ValueError, TypeError):
        code = marshal.loads(_known.get(key) or _new.get(key) or b"")
    if not isinstance(code, CodeType):
        code = compile(text, "<string>", "exec", dont_inherit=True)
        _new[key] = marshal.dumps(code)
    exec(code, *names)
