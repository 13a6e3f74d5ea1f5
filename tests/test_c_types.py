"""The C types of the layout engine are declared once on a machine, and are what cffi makes of them each time."""

import subprocess
import sys

import cffi
import pytest
from conftest import ROOT

from basylym.render import c_types
from basylym.render.layout import load_engine

WHOLE = ("typedef int32_t length; typedef enum { ONE = 1, MANY } number; typedef struct { length width; number count; } box;\n"
         "int abs(int of);")
LAYS_OUT = """
import hashlib, sys
from basylym.render import c_types
if sys.argv[1] == "usual":
    c_types.sys = type("Other", (), {"platform": "other"})
from basylym.render.layout import load_engine
page = load_engine().HTML(string="<p lang=kk style='hyphens: auto; width: 9em; text-align: justify'>Қазақстандағы ғылыми басылымдардың "
                                 "<b>тілдері</b> ﬁ α <code>x = 1</code>").write_pdf(pdf_identifier=b"x")
from weasyprint.text.ffi import ffi
print(type(ffi).__name__, hashlib.sha256(page).hexdigest())
"""


@pytest.fixture(autouse=True)
def machine(monkeypatch, tmp_path):
    """A machine that has declared nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))


def declare(text: str, *more: str):
    with c_types.declared_once(*more):
        found = cffi.FFI()
    found.cdef(text)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere they are declared as usual")
def test_the_layout_engine_s_types_are_ours():
    """If WeasyPrint declares them in another way, they come as usual, only later: nobody would notice."""
    load_engine()
    from weasyprint.text.ffi import ffi, pango

    assert type(ffi) is c_types.Declared and ffi.sizeof("PangoRectangle") == 16 and pango.pango_version() > 15000
    assert "Declared" not in repr(cffi.FFI)


def test_what_is_declared_is_what_cffi_declares():
    usual = cffi.FFI()
    usual.cdef(WHOLE)
    for _ in range(2):  # made, then found again
        ours = declare(WHOLE)
        for name in ("box", "length", "number"):
            assert ours.sizeof(name) == usual.sizeof(name) and ours.alignof(name) == usual.alignof(name)
        one = ours.new("box *", {"width": 3, "count": 2})
        assert (one.width, one.count) == (3, 2) and ours.dlopen(None).abs(-4) == 4
        assert ours.string(ours.new("char[]", b"name")) == b"name" and ours.new("int[3]")[2] == 0 and ours.cast("void *", 0) == ours.NULL
    with pytest.raises(OSError):
        ours.dlopen("libno-such-library.so")
    with pytest.raises(AttributeError):
        _ = ours.dlopen(None).no_such_function


def test_what_is_declared_later_is_known_by_then():
    ours = declare(WHOLE, MORE := "long labs(long of);")
    ours.cdef(MORE)
    assert ours.dlopen(None).labs(-4) == 4 == ours.dlopen(None).abs(-4)
    with pytest.raises(ValueError, match="before"):
        ours.cdef("int atoi(char *of);")


@pytest.mark.parametrize("record", [b"", b"x", b"i\x01\x00\x00\x00", b"\xdb\x00"])
def test_what_can_not_be_used_is_declared_as_usual(monkeypatch, record):
    monkeypatch.setattr(c_types, "made_once", lambda *_, **__: record)
    assert declare(WHOLE).sizeof("box") == 8


def test_what_cffi_can_not_write_down_is_declared_as_usual(monkeypatch):
    monkeypatch.setattr(c_types, "_make", lambda text: 1 / 0)
    assert declare(WHOLE).sizeof("box") == 8


def test_pages_are_the_same(tmp_path):
    told = [subprocess.run([sys.executable, "-c", LAYS_OUT, how], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
            for how in ("usual", "ours", "ours")]
    assert [each[0] for each in told] == (["FFI", "Declared", "Declared"] if sys.platform == "linux" else ["FFI"] * 3)
    assert told[0][1] == told[1][1] == told[2][1]
