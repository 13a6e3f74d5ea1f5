"""Lets tinyhtml5, which reads the pages for WeasyPrint, find the end of a piece of text by a pattern made once.

It means to keep these patterns, keeps them under a name that nobody asks for again, makes each anew, and so takes up ever more room
in a process that works on. The pages are read as before.

Relies on a name inside tinyhtml5; the lock file pins it, and a test fails when it changes.
"""

from __future__ import annotations

import re

STANDS_FOR = {
    "tinyhtml5.inputstream:HTMLUnicodeInputStream.chars_until": "a7e5371824e3",
}
"""What is counted on, and the digest of how it is written in the version that the lock file pins."""


class _Patterns(dict):
    """What a text may go on with, by the letters that end it, or that alone it may have."""

    def __missing__(self, key: tuple[str, bool]) -> re.Pattern:
        letters, opposite = key
        signs = "".join(f"\\x{ord(letter):02x}" for letter in letters)
        self[key] = made = re.compile(f"[{'' if opposite else '^'}{signs}]+")
        return made

    def __setitem__(self, key: tuple[object, bool], made: re.Pattern) -> None:
        if not isinstance(key[0], re.Pattern):
            super().__setitem__(key, made)


def install() -> None:
    """Puts our patterns in the place of tinyhtml5's; doing so twice changes nothing."""
    from tinyhtml5 import inputstream

    if not isinstance(inputstream.characters_until_regex, _Patterns):
        inputstream.characters_until_regex = _Patterns()
