"""Fonts come from fontpkg-* packages and from nowhere else: the same letters on every machine."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from basylym.whole import write_whole

FAMILIES = ("PT Serif", "PT Sans", "Noto Serif", "IBM Plex Mono")
"""The house families: PT is made for the languages of the former Soviet Union, Kazakh among them; Noto Serif lends the letters
that PT lacks (Greek, Vietnamese, the marks of romanisation, ₸); IBM Plex Mono sets code and has arrows."""


def font_files(families: tuple[str, ...] = ()) -> list[Path]:
    """The font files of the house families and of others, in the order they are looked in.

    A family is installed with `pip install fontpkg-<family>`. Raises fontpkg.FamilyNotInstalled.
    """
    from basylym.typography.made_once import made_once

    def find() -> bytes:
        import fontpkg  # which looks through all packages

        return json.dumps([str(file.path) for name in (*FAMILIES, *families) for file in fontpkg.family(name).files]).encode()

    return [Path(name) for name in json.loads(made_once("font-files", [*FAMILIES, *families, *_installed()], find))]


def _installed() -> list[tuple]:
    """The packages that are installed, each with when it was, and when the families' own lists of files were changed."""
    found = []
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError), os.scandir(folder or ".") as entries:
            for entry in entries:
                if entry.name.endswith((".dist-info", ".egg-info")):
                    found.append((entry.path, entry.stat().st_mtime_ns))
                elif entry.name.startswith("fontpkg"):
                    with suppress(OSError):
                        found.append((entry.path, Path(entry.path, "metadata.json").stat().st_mtime_ns))
    return sorted(found)


def missing_families(families: tuple[str, ...]) -> list[str]:
    """Those of the families that no installed fontpkg-* package holds."""
    if not families:
        return []
    import fontpkg

    installed = {name.casefold() for name in fontpkg.families()}
    return [name for name in families if name.casefold() not in installed]


@lru_cache(maxsize=4)
def letters_in(families: tuple[str, ...] = ()) -> frozenset[int]:
    """The code points that the house families and others have between them, each in its upright face."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for path in font_files(families):
        if "Regular" in path.name or "[" in path.name:
            with TTFont(path, lazy=True) as font:
                found |= set(font.getBestCmap())
    return frozenset(found)


def user_caches() -> Path:
    """Where what this machine made once is kept for its next run (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "basylym"


def use_only(files: list[Path]) -> None:
    """Tells fontconfig of these files and hides the machine's; works only before the layout engine is first loaded.

    https://www.freedesktop.org/software/fontconfig/fontconfig-user.html
    """
    from html import escape

    folders = list(dict.fromkeys(path.parent for path in files))
    cache = user_caches() / "fontconfig"
    aliases = "".join(f"<alias><family>{generic}</family><prefer><family>{family}</family></prefer></alias>"
                      for generic, family in (("serif", "PT Serif"), ("sans-serif", "PT Sans"), ("monospace", "IBM Plex Mono")))
    config = ('<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>'
              + "".join(f"<dir>{escape(str(folder), quote=False)}</dir>" for folder in folders)
              + f"{aliases}<cachedir>{escape(str(cache), quote=False)}</cachedir></fontconfig>\n")
    path = cache / f"{hashlib.sha256(config.encode()).hexdigest()[:16]}.conf"  # the same for every process with these fonts
    try:
        if not path.is_file() or path.read_bytes() != config.encode():
            cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, config.encode())
    except OSError:  # no cache can be kept here
        import tempfile

        path = Path(tempfile.gettempdir()) / f"basylym-fonts-{path.name}.{os.getpid()}"
        path.write_text(config, "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(path)
    os.environ["FONTCONFIG_PATH"] = str(path.parent)
