"""The short door: `python3 build.py` builds the journal in this folder, `python3 build.py test` runs the tests.

Any other words go to `basylym` as they are (`python3 build.py check`). On a machine that has nothing installed this makes a
virtual environment in .venv from the lock file first, and installs the one system library that the PDF needs, or names it.
Only Python's own library is used here.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PACKAGES = {
    "apt-get": ["apt-get", "install", "-y", "--no-install-recommends", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
    "dnf": ["dnf", "install", "-y", "pango", "harfbuzz"],
    "brew": ["brew", "install", "pango"],
}
COMMANDS = ("build", "check", "package", "import", "explain", "schema", "hyphenation", "-h", "--help", "--version")


def say(words: str) -> None:
    print(f"build.py: {words}", file=sys.stderr, flush=True)


def stop(words: str) -> None:
    say(words)
    raise SystemExit(3)


def need_python() -> None:
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")


def apt(*packages: str) -> bool:
    """Installs Debian packages where that is allowed; whether it worked."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    return subprocess.run([*PACKAGES["apt-get"][:4], *packages], **quiet).returncode == 0


def make_environment(lock: str) -> None:
    """A virtual environment with exactly what the lock file names; made anew when the lock file changes."""
    wanted = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    stamp = VENV / f"{lock}.sha256"
    if PYTHON.is_file() and stamp.is_file() and stamp.read_text() == wanted:
        return
    say("installing what the lock file names into .venv (once; about 350 MB with pandoc)")
    if not PYTHON.is_file() and subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        name = f"python3.{sys.version_info.minor}-venv"
        if not apt(name) and not apt("python3-venv"):
            stop(f"Python's venv module is missing; on Debian or Ubuntu: apt-get install {name}")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    done = subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
                           "--only-binary", ":all:", "-r", str(ROOT / lock)])
    if done.returncode:
        stop("the packages could not be installed; what pip says stands above")
    stamp.write_text(wanted)


def need_pango() -> None:
    """WeasyPrint's layout needs Pango, which no Python package carries."""
    names = {"darwin": ["libpango-1.0.dylib", "/opt/homebrew/lib/libpango-1.0.dylib", "/usr/local/lib/libpango-1.0.dylib"],
             "win32": ["libpango-1.0-0.dll"]}.get(sys.platform, ["libpango-1.0.so.0"])
    also = ["libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"] if sys.platform.startswith("linux") else []

    def found(name: str) -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    if any(found(name) for name in names) and all(found(name) for name in also):
        return
    if shutil.which("apt-get"):
        say("installing Pango, which the PDF needs")
        if apt(*PACKAGES["apt-get"][4:]):
            return
    command = next((" ".join(words) for tool, words in PACKAGES.items() if shutil.which(tool)), "see Pango's own page")
    sudo = "sudo " if os.name == "posix" and "brew" not in command else ""
    stop(f"Pango is missing, which the PDF needs; install it with: {sudo}{command}")


def main(words: list[str]) -> int:
    need_python()
    testing = words[:1] == ["test"]
    make_environment("requirements-test.lock" if testing else "requirements.lock")
    if not words or words[0] in ("build", "test"):
        need_pango()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    if testing:
        # every core, a file's tests together: its fixtures are made once
        spread = [] if any(word.startswith("-") for word in words[1:]) else ["-n", "auto", "--dist", "loadfile"]
        return subprocess.run([str(PYTHON), "-m", "pytest", *spread, *words[1:]], cwd=ROOT, env=environment).returncode
    arguments = words if words and words[0] in COMMANDS else ["build", *words]
    return subprocess.run([str(PYTHON), "-m", "basylym", *arguments], env=environment).returncode


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
