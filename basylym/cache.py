"""What need not be done again: what a command said, and what became of an article, with the bytes that both came of.

A record holds for as long as every file that might have been read, every file that was written, Basylym itself and its engines
are what they were; else it is passed over. Records are plain data, never code, and lie in `.basylym/` beside the sources; those of
a manuscript without a journal, which a stranger may have sent with a folder of that name, lie among the user's own caches. All
of it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from basylym.typography.dictionaries import FOLDERS
from basylym.whole import open_file, write_whole

PLACE = ".basylym"
"""The folder, beside the sources."""
OVERRIDES = ("templates", "styles", "languages", "presets")
"""The folders beside the sources that a journal puts its own files into."""
MANUSCRIPT = "article.md"
MOST_FILES = 20_000
"""A lone manuscript in a folder of more files than this is built each time: looking at them all would take longer."""
LARGEST = 256_000_000
"""The most bytes of records that are kept; the ones not used for longest go first."""
BYTES = ".bytes"
"""How the names of records end that only spare some of the work; they go before all others."""
OLDEST = 180 * 24 * 3600
"""After so many seconds without use a record goes."""
VARIABLES = ("SOURCE_DATE_EPOCH", "PYPANDOC_PANDOC", "DICPATH")
"""What in the environment changes what is built or found."""
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1",
             "libfreetype.so.6")
"""What the layout engine loads of the system's."""


class Unknown(Exception):
    """It can't be told whether the files are what they were."""


def leads_out(root: Path, lone: bool, path: Path) -> bool:
    """Whether a link leads what is written there out of the folder of outputs, as one that came with a manuscript may; the folder
    itself may be a link in a journal."""
    output = root / "output"
    return path.is_relative_to(output) and not path.parent.resolve().is_relative_to(output if lone else output.resolve())


def nearest_journal(folder: Path) -> Path | None:
    """The folder of the journal that a folder belongs to: the nearest one above with source/journal.yaml or journal.yaml."""
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        if (place / "source" / "journal.yaml").is_file():
            return place
        if (place / "journal.yaml").is_file():
            return place.parent if place.name == "source" else place
    return None


class Sources:
    """The files of a journal, or of a lone manuscript's folder, as they are now: what each holds, and to which article it belongs."""

    def __init__(self, root: Path, lone: bool, most: int | None = None):
        """Raises Unknown where there are too many of them, or a folder is a link, which might lead anywhere."""
        self.root = root
        self._groups: dict[str, dict[str, str]] = {}
        self._newest: dict[str, int] = {}
        self._digests: dict[str, str] = {}
        source = root / "source" if (root / "source" / "journal.yaml").is_file() and not lone else root
        most = min(most or sys.maxsize, MOST_FILES if lone else sys.maxsize)
        for top in dict.fromkeys([source, *([] if lone else [root / name for name in OVERRIDES])]):
            for group, path, entry in _walk(str(top), "", source == root and top == root):
                most -= 1
                if most < 0:
                    raise Unknown
                name = os.path.relpath(path, root)
                own, group = group, "" if name.endswith(".csv") else group  # a list of retractions is for all articles, wherever it lies
                away = top == source and entry.is_symlink() and not Path(path).resolve().is_relative_to(root)
                if away and lone:
                    raise Unknown
                # an article's own that lies elsewhere is never read; the journal's and the issues' own is
                self._groups.setdefault(group, {})[name] = "" if away and own else path
                self._newest[group] = max(self._newest.get(group, 0), entry.stat().st_mtime_ns)

    def digest(self, article: Path | None = None) -> str:
        """What an article may be made of, in one: its own files, and those that no other article has for itself; or all there is. As it
        was when this was first asked."""
        for group in self._of(article):
            if group not in self._digests:
                self._digests[group] = _digest({name: path and _digest_of(path) for name, path in self._groups[group].items()})
        beside = self._beside.get(str(article.parent.parent), []) if article else []  # an issue's list names them
        return _digest([beside, {group: self._digests[group] for group in self._of(article)}])

    @cached_property
    def _beside(self) -> dict[str, list[str]]:
        """The folders of articles, by the folder of their issue."""
        found: dict[str, list[str]] = {}
        for group in sorted(filter(None, self._groups)):
            found.setdefault(os.path.dirname(group), []).append(os.path.basename(group))  # noqa: PTH119, PTH120
        return found

    def newest(self, article: Path | None = None) -> int:
        """When the last of them was changed, in nanoseconds."""
        return max((self._newest[group] for group in self._of(article)), default=0)

    def _of(self, article: Path | None) -> list[str]:
        own = ("", str(article.parent)) if article else sorted(self._groups)
        return [group for group in own if group in self._groups]


def _walk(folder: str, group: str, top: bool = False, leave: str = "") -> Iterator[tuple[str, str, os.DirEntry]]:
    """The files below a folder, each with the folder of its article; at the `top` of a journal, not what is made of them; without the
    folders whose name is to be left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Unknown from error
    if not group and not top and any(entry.name == MANUSCRIPT for entry in entries):
        group = folder
    for entry in entries:
        if leave and entry.name == leave:
            continue
        if entry.is_dir(follow_symlinks=False):
            if not top or not (entry.name.startswith(".") or entry.name == "output"):
                yield from _walk(entry.path, group, leave=leave)
        elif entry.is_dir():
            raise Unknown
        elif entry.is_file():
            yield group, entry.path, entry


def _digest_of(path: str) -> str:
    """What a file holds, in one; that it can't be read, where it can't."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (of ten thousand, Path objects alone take as long as their bytes)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


@cache
def engines() -> str:
    """Basylym and all it works with, in one: its own files, the packages beside it, pandoc, the system's libraries of the layout
    and dictionaries, and what of the environment counts."""
    here = Path(__file__).resolve().parent
    own = [here, *(here.parent / name for name in OVERRIDES if (here / "cli.py").is_file() and not (here / "defaults").is_dir())]
    compiled = "__pycache__"  # made of what stands beside it
    files = [[path, *_stamp(entry)] for folder in own for _, path, entry in _walk(str(folder), "", leave=compiled)]
    packages = sorted(name for folder in dict.fromkeys(sys.path) for name in _names(folder) if name.endswith((".dist-info", ".egg-info")))
    fonts = [[path, *_stamp(entry)] for folder in sys.path for name in _names(folder) if name.startswith("fontpkg")
             for _, path, entry in _walk(str(Path(folder, name)), "", leave=compiled)]
    pandoc = [[folder, *_stamp_of(Path(folder, "pypandoc", "files", "pandoc"))] for folder in sys.path
              if Path(folder, "pypandoc", "files", "pandoc").is_file()]
    places = ("/usr/lib", "/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib",
              f"/usr/lib/{getattr(sys.implementation, '_multiarch', '')}")
    libraries = [[str(path.resolve()), *_stamp_of(path)] for place in places for name in LIBRARIES if (path := Path(place, name)).is_file()]
    folders = [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *FOLDERS]
    dictionaries = [[name, *_stamp_of(Path(folder).expanduser() / name)] for folder in folders
                    for name in _names(str(Path(folder).expanduser())) if name.endswith((".dic", ".aff"))]
    environment = {name: os.environ.get(name) for name in VARIABLES}
    return _digest([sys.version, sys.platform, files, packages, fonts, pandoc, libraries, dictionaries, environment])


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder or "."))  # noqa: PTH208
    except OSError:
        return []


def _stamp(entry: os.DirEntry) -> tuple[int, int]:
    return entry.stat().st_size, entry.stat().st_mtime_ns


def _stamp_of(path: Path) -> tuple[int, int]:
    try:
        return path.stat().st_size, path.stat().st_mtime_ns
    except OSError:
        return 0, 0


class Cache:
    """The records of a journal, or of a lone manuscript. Whatever goes wrong with them, the work is done as if there were none."""

    def __init__(self, root: Path, lone: bool = False, fresh: bool = False, most: int | None = None):
        """With `most`, there are no records where the sources have more files."""
        self.root, self.lone, self._most = root.resolve(), lone, most
        self.fresh = fresh  # nothing is recalled, all is done anew and kept

    @cached_property
    def sources(self) -> Sources | None:
        """The sources; None where it can't be told what they are."""
        try:
            return Sources(self.root, self.lone, self._most)
        except (Unknown, OSError, RecursionError):
            return None

    @cached_property
    def folder(self) -> Path | None:
        """Where the records lie; None where there is no such place."""
        if not self.lone:
            return self.root / PLACE
        with suppress(RuntimeError):  # a user without a home
            return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "basylym" / "manuscripts"
        return None

    def _path(self, key: Any, ending: str = ".z") -> Path | None:
        return self.folder / f"{_digest([str(self.root), key])[:40]}{ending}" if self.folder else None

    def recall(self, key: Any, article: Path | None = None) -> Any:
        """What was kept under a key, if all that it came of and all that was written is as it was; else None."""
        path, now = self._path(key), self.sources and [engines(), self.sources.digest(article)]  # both before any work is done
        if self.fresh or path is None or not now:
            return None
        try:
            with open_file(path) as file:
                record = json.loads(zlib.decompress(file.readall()))
            if record["made_of"] != now:
                return None
            written = [self.root / name for name in record["written"]]
            if any(each.is_symlink() or leads_out(self.root, self.lone, each) for each in written):
                return None
            if not all(map(Path.is_file, written)):
                return None
            if [_digest_of(str(each)) for each in written] != list(record["written"].values()):
                return None
            for each in written:  # as it was, and yet no older than what it was made of now
                if each.stat().st_mtime_ns < self.sources.newest(article):
                    each.touch()
            with suppress(OSError):
                path.touch()  # it is of use
            return record["kept"]
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
            return None

    def keep(self, key: Any, kept: Any, written: Iterable[Path], article: Path | None = None) -> None:
        """Keeps data under a key, with the files that were written. A cache that can't be written is none."""
        path = self._path(key)
        if path is None or self.sources is None:
            return
        files = {os.path.relpath(each, self.root): _digest_of(str(each)) for each in written}
        record = {"made_of": [engines(), self.sources.digest(article)], "written": files, "kept": kept}
        self._put(path, zlib.compress(json.dumps(record).encode(), 1))

    def find_bytes(self, key: Any, made_of: Any) -> bytes | None:
        """Bytes that were kept under a key, whatever the sources are: of the same engines, and whole."""
        try:
            if self.fresh or (path := self._path(key, BYTES)) is None:
                return None
            with open_file(path) as file:
                seal, data = file.read(32), file.readall()
            if _seal(path, made_of, data) != seal:
                return None
            path.touch()  # it is of use
            return data
        except OSError:
            return None

    def keep_bytes(self, key: Any, made_of: Any, data: bytes) -> None:
        """Keeps bytes under a key."""
        if path := self._path(key, BYTES):
            self._put(path, _seal(path, made_of, data) + data)

    def _put(self, path: Path, record: bytes) -> None:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not self.lone and not (ignore := path.parent / ".gitignore").exists():
                write_whole(ignore, b"*\n")
            write_whole(path, record)

    def tidy(self) -> None:
        """Keeps the records within their bounds."""
        with suppress(OSError):
            if self.folder:
                _prune(self.folder)


@dataclass(frozen=True)
class Kept:
    """Where bytes are kept under one key."""

    cache: Cache
    key: tuple[str, ...]

    def find(self, made_of: Any) -> bytes | None:
        """What was kept of the same, if it is there and whole."""
        return self.cache.find_bytes(self.key, made_of)

    def keep(self, made_of: Any, data: bytes) -> None:
        """Keeps it, where that can be."""
        self.cache.keep_bytes(self.key, made_of, data)


def _seal(path: Path, made_of: Any, data: bytes) -> bytes:
    """What a record of bytes is known by to be whole, and the one that belongs in its place."""
    return hashlib.sha256(_digest([engines(), path.name, made_of]).encode() + data).digest()


def _prune(folder: Path) -> None:
    """A record that another program is about to recall may go too, and is made again."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                found.append((not entry.name.endswith(BYTES), entry.stat().st_mtime, entry.stat().st_size, entry.path))
    room, now = LARGEST, time.time()
    for _, used, size, path in sorted(found, reverse=True):
        room -= size
        if room < 0 or now - used > OLDEST:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108


def only_data(value: Mapping[str, Any], leave: Iterable[str] = ()) -> dict[str, Any]:
    """Options of a command, or fields of a task, as a key: in words alone, whatever they are."""
    return {name: each if isinstance(each, (str, int, float, bool, type(None))) else repr(each)
            for name, each in sorted(value.items()) if name not in set(leave)}
