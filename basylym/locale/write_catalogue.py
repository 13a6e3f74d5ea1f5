"""Writes the catalogues of the interface: `python -m basylym.locale.write_catalogue`.

Every sentence of ours is English where it stands in the code: in @check, in the docstrings of checks, in `say("…")` and
`Phrase("…")`, in the templates of reports. This finds them, keeps what ru and kk have already, drops what is gone, and compiles
<language>/LC_MESSAGES/basylym.mo out of basylym.po. Needs Babel, which the test extra brings. A test holds that nothing is missing.
"""

from __future__ import annotations

import ast
import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog

from basylym.check import checks
from basylym.messages import LANGUAGES, LOCALE

PACKAGE = LOCALE.parent
TEMPLATES = PACKAGE.parent / "templates"
CALLS = {"say", "Phrase"}
"""Functions whose first argument is a sentence of ours."""


def find_messages() -> dict[str, list[str]]:
    """Every sentence of ours -> the files it stands in, relative to the repository."""
    found: dict[str, list[str]] = {}

    def note(text: str, path: Path) -> None:
        name = path.relative_to(PACKAGE.parent).as_posix()
        if text.strip() and name not in found.setdefault(text, []):
            found[text].append(name)

    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
                if name in CALLS and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                    note(node.args[0].value, path)
    for path in sorted(TEMPLATES.glob("*report*")):
        for text in _calls_in_template(path.read_text("utf-8")):
            note(text, path)
    for each in checks().values():
        path = PACKAGE / "check" / (each.find.__module__.rpartition(".")[2] + ".py")
        for text in (each.message, each.mend, each.summary, each.part("Why"), each.part("Source")):
            note(text, path)
    return found


def _calls_in_template(text: str) -> list[str]:
    from jinja2 import Environment
    from jinja2.nodes import Call, Const, Name

    return [call.args[0].value for call in Environment().parse(text).find_all(Call)
            if isinstance(call.node, Name) and call.node.name in CALLS and call.args and isinstance(call.args[0], Const)]


def read_catalogue(tongue: str) -> Catalog:
    """The catalogue of a language as it stands; an empty one where there is none."""
    path = LOCALE / tongue / "LC_MESSAGES" / "basylym.po"
    with io.BytesIO(path.read_bytes() if path.is_file() else b"") as file:
        return pofile.read_po(file, locale=tongue)


def make_catalogue(tongue: str) -> Catalog:
    """The catalogue of a language with just the sentences there are now, in the order of their places."""
    old = read_catalogue(tongue)
    new = Catalog(locale=tongue, domain="basylym", project="Basylym", fuzzy=False, charset="utf-8")
    for text, names in sorted(find_messages().items(), key=lambda each: (each[1][0], each[0])):
        known = old.get(text)
        new.add(text, known.string if known else "", locations=[(name, None) for name in names])
    return new


def write_po(catalogue: Catalog) -> bytes:
    """The catalogue as text; no clock, so the same each time."""
    file = io.BytesIO()
    pofile.write_po(file, catalogue, width=0, omit_header=True, ignore_obsolete=True)
    head = f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale_identifier}\\n"\n"MIME-Version: 1.0\\n"\n' \
           '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    return head.encode() + file.getvalue().strip() + b"\n"


def write_mo(catalogue: Catalog) -> bytes:
    """The catalogue compiled; Babel would write the hour into its head."""
    read = pofile.read_po(io.BytesIO(write_po(catalogue)), locale=catalogue.locale_identifier)
    read.creation_date = read.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    file = io.BytesIO()
    mofile.write_mo(file, read)
    return file.getvalue()


def write_all() -> None:
    """Writes both forms of every catalogue."""
    for tongue in LANGUAGES[1:]:
        folder = LOCALE / tongue / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        catalogue = make_catalogue(tongue)
        (folder / "basylym.po").write_bytes(write_po(catalogue))
        (folder / "basylym.mo").write_bytes(write_mo(catalogue))


if __name__ == "__main__":
    write_all()
