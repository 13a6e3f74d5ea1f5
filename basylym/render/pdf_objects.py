"""Spares pydyf what it would do twice when a PDF is written.

It makes the bytes of every object once for the file and once more for the file's identifier, each time compressing it; and of every
number and word it asks first what kind it is, by the rarest first. What is written is the same, pressed less hard.

Relies on functions inside pydyf; the lock file pins it, and a test fails when they change.
"""

from __future__ import annotations

import zlib
from typing import Any

STANDS_FOR = {
    "pydyf:_to_bytes": "2d07f1549e6f",
    "pydyf:Stream.data": "9fe132839483",
    "pydyf:PDF.write": "ea22a18cbf2f",
    "pydyf:PDF.add_object": "7bc9d39f5b51",
}
"""What is replaced or counted on, and the digest of how it is written in the version that the lock file pins."""
LEVEL = 6
"""How hard streams are pressed: pydyf's 9 takes three times as long for a file that is a fiftieth smaller."""


def install() -> None:
    """Puts ourselves in the place of pydyf's functions; doing so twice changes nothing."""
    import pydyf

    if getattr(pydyf.PDF.write, "by_basylym", False):
        return
    pydyf._to_bytes = _write_kinds(pydyf._to_bytes, pydyf.Object)
    pydyf.Stream.data = property(_keep_bytes(_stream_data))
    pydyf.Dictionary.data = property(_keep_bytes(pydyf.Dictionary.data.fget))
    pydyf.PDF.write = _write_once(pydyf.PDF.write)


def _write_kinds(usual: Any, objects: type) -> Any:
    """Bytes of a word, number or object."""
    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str or kind is int:
            return str(item).encode("ascii")
        if kind is float:
            return str(int(item)).encode("ascii") if item.is_integer() else f"{item:f}".rstrip("0").encode("ascii")
        return item.data if isinstance(item, objects) else usual(item)

    return to_bytes


def _stream_data(stream: Any) -> bytes:
    """A stream's bytes. After one whose last byte is a carriage return, pydyf's line feed would be read as one line end with it, and the
    stream's length be found wrong (ISO 19005-3, 6.1.7.1): there a whole line end is written."""
    import pydyf

    to_bytes = pydyf._to_bytes
    data, extra = b"\n".join([item if type(item) is bytes else to_bytes(item) for item in stream.stream]), pydyf.Dictionary(stream.extra)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        packer = zlib.compressobj(LEVEL)
        data = packer.compress(data) + packer.flush()
    extra["Length"] = len(data)
    return b"\n".join((extra.data, b"stream", data)) + (b"\r\nendstream" if data.endswith(b"\r") else b"\nendstream")


def _keep_bytes(make: Any) -> Any:
    """The bytes of an object, made once from when the file is written: nothing changes it any more."""
    def data(self: Any) -> bytes:
        kept = self.__dict__
        if "written" not in kept:
            return make(self)
        if kept["written"] is None:
            kept["written"] = make(self)
        return kept["written"]

    return data


def _write_once(write: Any) -> Any:
    def write_once(self: Any, *values: Any, **named: Any) -> None:
        add = self.add_object

        def add_object(each: Any) -> None:
            add(each)
            each.written = None

        for each in self.objects:
            each.written = None
        self.add_object = add_object
        try:
            write(self, *values, **named)
        finally:
            del self.add_object
            for each in self.objects:
                each.__dict__.pop("written", None)

    write_once.by_basylym = True
    return write_once
