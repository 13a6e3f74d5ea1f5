"""Builds hostile manuscripts, each in a process of its own, and says what became of each: `python run.py FOLDER ADDRESS NAME…`.

The processes are forked from one that has loaded everything and built an article that does no harm, so that what they take they take
for the harm; what one of them opens and asks for is watched from inside (sys.addaudithook), what it takes is told by the system.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from inputs import FRONT, SVG, Input, everything, picture  # noqa: E402

CHANGES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "shutil.rmtree"}
SECONDS = 90
"""After so long on the clock a process is ended, as hanging."""


def lay_out(place: Path, hostile: Input, address: str) -> None:
    """A journal with the hostile article in it, and beside it a folder with secrets."""
    outside, journal = place / "outside", place / "journal"
    article = journal / "source" / "2026-1" / "specimen"
    article.mkdir(parents=True)
    outside.mkdir()

    def fill(value: str | bytes | Callable[[], bytes]) -> bytes:
        if callable(value):
            return value()
        if isinstance(value, str):
            value = value.replace("{outside}", str(outside)).replace("{address}", address).encode("utf-8", "surrogatepass")
        return value

    (outside / "secret.txt").write_text("CANARY\n", "utf-8")
    (outside / "article.md").write_text("---\ntitle: CANARY\n---\n\nCANARY\n", "utf-8")
    (outside / "secret.bib").write_text("@book{a, title={CANARY}}\n", "utf-8")
    (outside / "secret.svg").write_text(SVG.format("<text>CANARY</text>"), "utf-8")
    (outside / "secret.png").write_bytes(picture("PNG", 61, 43))
    (outside / "secret.toml").write_text("CANARY = 1\n", "utf-8")
    (journal / "source" / "journal.yaml").write_text(
        "name: {kk: Үлгі, ru: Образец, en: Specimen}\nlanguages: [kk, ru, en]\nrequired: [title]\ncodes: []\ndates: []\n"
        + (f"limits: {{seconds: {hostile.seconds}}}\n" if hostile.seconds else ""), "utf-8")
    (journal / "source" / "2026-1" / "issue.yaml").write_text(
        "volume: '1'\nnumber: '1'\ndate: 2026-03-30\narticles:\n  - {folder: specimen, first_page: 5}\n", "utf-8")
    (article / "article.md").write_bytes(
        fill(f"---\n{FRONT}{hostile.front}---\n\n{hostile.text}") if hostile.whole is None else hostile.whole)
    for folder, files in ((article, hostile.files), (journal, hostile.journal)):
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(fill(data))
    for name, target in hostile.links.items():
        (article / name).parent.resolve().mkdir(parents=True, exist_ok=True)
        (article / name).unlink(missing_ok=True)
        (article / name).symlink_to(fill(target).decode())


def look(place: Path) -> dict[str, tuple]:
    """Everything below a folder but the outputs and what Basylym keeps for itself."""
    kept = (place / "journal" / "output", place / "journal" / ".basylym", place / "home")
    return {str(path.relative_to(place)): (path.lstat().st_mode, path.lstat().st_size, path.lstat().st_mtime_ns if not path.is_dir() else 0)
            for path in sorted(place.rglob("*")) if not any(path.is_relative_to(each) for each in kept)}


def build(place: Path, report: Path) -> None:
    """Builds the article, in a process of its own; writes what it asked of the machine into the report."""
    asked: list[str] = []
    mine = (str(place / "journal"), str(place / "home"))

    def watch(event: str, arguments: tuple) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "os.system", "os.exec"):
            asked.append(f"{event} {arguments[1:]!r}"[:200])
        elif event == "subprocess.Popen" and "pandoc" not in str(arguments[0]):
            asked.append(f"started {arguments[0]}")
        elif event == "open" and isinstance(arguments[0], str):
            name, mode = os.path.realpath(arguments[0]), arguments[1] or ""
            writes = any(each in mode for each in "wax+") or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if name.startswith(str(place / "outside")) or (writes and not name.startswith(mine) and name != "/dev/null"
                                                           and name != str(report)):
                asked.append(f"opened {name} {mode}")
        elif event in CHANGES and not os.path.realpath(str(arguments[0])).startswith(mine):
            asked.append(f"{event} {arguments[0]}")

    code, out, err = run_build(place, watch)
    taken = [resource.getrusage(which).ru_maxrss // 1024 for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    report.write_text(json.dumps({"code": code, "out": out, "err": err, "asked": asked, "memory": taken}), "utf-8")


def run_build(place: Path, watch: Callable[[str, tuple], None] | None = None) -> tuple[int | str | None, str, str]:
    """Builds the journal of a place, at home there: its exit code, and what it said."""
    os.environ |= {"HOME": str(place / "home"), "XDG_CACHE_HOME": str(place / "home" / "cache"), "LC_ALL": "C.UTF-8",
                   "TMPDIR": str(place / "home")}
    import tempfile

    tempfile.tempdir = None
    from basylym.cli import main

    os.chdir(place / "journal")
    out, err = io.StringIO(), io.StringIO()
    if watch:
        sys.addaudithook(watch)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(["build", "--jobs", "1"])  # all in this process, where it is watched
        except SystemExit as stop:
            code = stop.code
    return code, out.getvalue(), err.getvalue()


def warm_up(folder: Path) -> Path:
    """Builds an article with a picture and a formula, and says where the compiled templates then lie."""
    place = folder / "harmless"
    lay_out(place, Input("", text="Мәтін $x^2$.\n\n![Сурет.](a.svg){alt=\"Сурет\"}\n", files={"a.svg": SVG.format("<rect/>")}), "")
    (place / "home").mkdir()
    code, out, err = run_build(place)
    assert code == 0, out + err
    gc.collect()
    gc.freeze()  # what is there now is there for all
    return place / "home" / "cache" / "basylym" / "templates"


def try_one(place: Path, hostile: Input, address: str, templates: Path) -> dict:
    """What became of one input; the templates are compiled."""
    lay_out(place, hostile, address)
    shutil.copytree(templates, place / "home" / "cache" / "basylym" / "templates")
    before, report, began = look(place), place.with_suffix(".json"), time.monotonic()
    child = os.fork()
    if not child:
        os.setsid()
        try:
            build(place, report)
        except BaseException as error:  # noqa: BLE001
            report.write_text(json.dumps({"code": None, "out": "", "err": repr(error)[:2000], "asked": [], "memory": [0, 0]}), "utf-8")
        os._exit(0)
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() - began > SECONDS:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.02)
    found = json.loads(report.read_text("utf-8")) if report.is_file() else {
        "code": None, "out": "", "err": f"ended with {status}", "asked": [], "memory": [used.ru_maxrss // 1024, 0]}
    outputs = {path.relative_to(place / "journal" / "output").as_posix(): path for path in sorted((place / "journal" / "output").rglob("*"))
               if path.is_file()}
    held = b"".join(_unpack(path) for path in outputs.values())
    fill = {"{address}": address, "{outside}": str(place / "outside")}
    absent = [_filled(each, fill) for each in ("CANARY", *hostile.absent)]
    after = look(place)
    found |= {"seconds": used.ru_utime + used.ru_stime, "changed": sorted(set(before.items()) ^ set(after.items())),
              "held": [each for each in absent if each.encode() in held],
              "outputs": {name: path.stat().st_size for name, path in outputs.items()}}
    report.unlink(missing_ok=True)
    shutil.rmtree(place)
    return found


def _filled(text: str, fill: dict[str, str]) -> str:
    for name, value in fill.items():
        text = text.replace(name, value)
    return text


def _unpack(path: Path) -> bytes:
    """What an output holds, unpacked, with the pictures in its addresses read."""
    import base64
    import re
    import zipfile

    data = path.read_bytes()
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as archive:
            data = b"".join(archive.read(each) for each in archive.namelist())
    elif path.suffix == ".html":
        data += b"".join(base64.b64decode(each) for each in re.findall(rb'data:image/svg\+xml;base64,([\w+/=]+)', data))
    return data


def main() -> None:
    """Tries the named inputs, or all; a line of JSON for each."""
    place, address, *names = sys.argv[1:]
    folder = Path(place).resolve()
    import basylym.check
    import basylym.package
    import basylym.pipeline
    import basylym.render.epub  # noqa: F401
    from basylym.render.layout import load_engine

    load_engine(())
    basylym.check.checks()
    inputs, templates = everything(), warm_up(folder)
    for name in names or inputs:
        print(json.dumps({"name": name, **try_one(folder / name, inputs[name], address, templates)}), flush=True)


if __name__ == "__main__":
    main()
