"""The same bytes wherever, whenever and by whomever an article is built: outputs and packages, of the two sample journals."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import DEPOSIT, PUBLISHED, ROOT

ELSEWHERE = '''
"""Another machine: folders tell their files in the contrary order, the clock is ahead, the system knows other media types."""
import mimetypes
import os
import sys
import time

lists, scans, now = os.listdir, os.scandir, time.time


class Entries:
    """What os.scandir gives, from the end."""

    def __init__(self, *where):
        with scans(*where) as found:
            self.left = sorted(found, key=lambda entry: entry.name)  # taken from the end

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        return self.left.pop()

    def __enter__(self):
        return self

    def __exit__(self, *how):
        pass

    def close(self):
        pass


os.listdir = lambda *where: sorted(lists(*where), reverse=True)
os.scandir = Entries
time.time = lambda: now() + 40_000_000
mimetypes.knownfiles = [os.environ["MEDIA_TYPES"]]
mimetypes.init()
'''
"""What Python runs first in every process: sitecustomize.py."""


def lay_out(folder: Path, source: Path) -> Path:
    """A journal that packs for every target, its files written in the contrary order of their names."""
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file():
            (folder / "source" / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / "source" / path.relative_to(source))
    settings = folder / "source" / "journal.yaml"
    settings.write_text(yaml.safe_dump({**yaml.safe_load(settings.read_text("utf-8")), "deposit": DEPOSIT}, allow_unicode=True), "utf-8")
    return folder


def write_wrong_font(path: Path) -> None:
    """A font that calls itself as ours do and looks otherwise."""
    from fontTools.ttLib import TTFont

    from basylym.typography.fonts import font_files

    with TTFont(next(each for each in font_files() if "Mono" in each.name and "Regular" in each.name)) as font:
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = "PT Serif"
        font.save(path)


def another_machine(place: Path) -> dict[str, str]:
    """The environment of somebody else: home, fonts, zone, language, order of hashes and of folders."""
    home = place / "үй"
    for folder in (".fonts", ".local/share/fonts", ".config/fontconfig", "site", "tmp"):
        (home / folder).mkdir(parents=True)
    write_wrong_font(home / ".fonts" / "PTF55F.ttf")
    shutil.copyfile(home / ".fonts" / "PTF55F.ttf", home / ".local/share/fonts/other.ttf")
    config = f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{home}/.fonts</dir><selectfont><rejectfont><glob>*/fontpkg*</glob></rejectfont></selectfont>
<match target="pattern"><edit name="family" mode="assign" binding="strong"><string>PT Serif</string></edit></match></fontconfig>"""
    for name in ("fonts.conf", ".config/fontconfig/fonts.conf"):
        (home / name).write_text(config, "utf-8")
    (home / "site" / "sitecustomize.py").write_text(ELSEWHERE, "utf-8")
    (home / "mime.types").write_text("text/x-other md yaml svg png jpg jpeg bib ris csv html epub xml pdf json txt\n", "utf-8")
    return {"PATH": os.environ["PATH"], "PYTHONPATH": f"{home}/site{os.pathsep}{ROOT}", "HOME": str(home), "TMPDIR": str(home / "tmp"),
            "XDG_CONFIG_HOME": str(home / ".config"), "XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home / ".local/share"),
            "FONTCONFIG_FILE": str(home / "fonts.conf"), "FONTCONFIG_PATH": str(home), "MEDIA_TYPES": str(home / "mime.types"),
            "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.ISO-8859-9", "LANGUAGE": "kk:ru", "PYTHONHASHSEED": "4242",
            "USER": "somebody", "COLUMNS": "50"}


def files(folder: Path) -> dict[str, bytes]:
    """All that was made of a journal."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted((folder / "output").rglob("*")) if path.is_file()}


@pytest.mark.parametrize(("source", "below", "jobs", "umask"), [
    pytest.param(PUBLISHED / "source", ".", "3", 0o077, id="published"), pytest.param(ROOT / "source", "sample", "1", 0, id="sample")])
def test_another_machine_makes_the_same_bytes(packages, tmp_path, source, below, jobs, umask):
    """Compared are what this process made, and what one in another folder made with other workers, umask and everything above."""
    folder = lay_out(tmp_path / "бір басқа папка", source)
    done = subprocess.run([sys.executable, "-m", "basylym", "package", "--jobs", jobs, "--lang", "kk"], cwd=folder, umask=umask,
                          env=another_machine(tmp_path), capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
    once, again = files(packages / below), files(folder)
    assert list(again) == list(once) and len(again) > 20
    assert [name for name in once if again[name] != once[name]] == []
    assert {Path(name).suffix for name in once} >= {".pdf", ".epub", ".html", ".xml", ".zip", ".json"}
