"""RTF and DOC, which LibreOffice turns into DOCX where it is installed: with a profile of its own, no macros, and so much time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from basylym.intake.document import Document
from basylym.intake.packages import LARGEST_FILE, Package, Unreadable, damaged
from basylym.intake.read_docx import read_docx
from basylym.messages import Phrase

SECONDS = 60
"""The longest LibreOffice may take; its first start alone takes ten."""
SECURITY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">{0}</item>
</oor:items>
"""
SETTINGS = (("DisableMacrosExecution", "true"), ("MacroSecurityLevel", "3"), ("BlockUntrustedRefererLinks", "true"),
            ("DisableActiveContent", "true"))
"""No macros, no links followed."""


def through_office(data: bytes, name: str, kind: str) -> Document:
    """The document that LibreOffice makes of a file; a sentence where it is not there."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unreadable(Phrase("{name} is a file of an older kind ({kind}), which is read through LibreOffice, and that is not installed: "
                                "save it as DOCX", name=name, kind=kind.upper()))
    with tempfile.TemporaryDirectory() as folder:
        source, profile = Path(folder) / f"received.{kind}", Path(folder) / "profile"
        source.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        told = "".join(f'<prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop>' for key, value in SETTINGS)
        (profile / "user" / "registrymodifications.xcu").write_text(SECURITY.format(told), "utf-8")
        _run([program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", "--nolockcheck",
              "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)], folder, name)
        made = Path(folder) / "received.docx"
        if not made.is_file() or made.is_symlink() or made.stat().st_size > LARGEST_FILE:
            raise damaged(name)
        document = read_docx(Package(made.read_bytes(), name))
    return replace(document, kind="rtf")


def _run(command: list[str], folder: str, name: str) -> None:
    """Runs a program and those that it starts, and ends them all when the time is over."""
    environment = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if key in os.environ} | {
        "HOME": folder, "TMPDIR": folder}
    try:
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
                              env=environment, start_new_session=True) as process:
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                _end(process)
                raise Unreadable(Phrase("{name} takes LibreOffice longer than it may: save it as DOCX", name=name)) from None
    except OSError as error:
        raise Unreadable(Phrase("LibreOffice cannot be run: {why}", why=error.strerror or str(error))) from error


def _end(process: subprocess.Popen) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
