"""`basylym import`: received files become manuscripts, each in a folder of its own, with a report of what was understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from basylym.errors import BasylymError
from basylym.messages import render, say

if TYPE_CHECKING:
    from basylym.intake.document import LeftOut
    from basylym.intake.losses import Loss
    from basylym.intake.understood import Understood


Words = Callable[[str], None]
"""Says a sentence."""


def receive(files: Sequence[str], to: str | None, tongue: str, tell: Words, step: Words, complain: Words) -> int:
    """Imports files and gives back the exit code; `tell` says what was done, `step` what is being done, each in the place of the one
    before, and `complain` what could not be read, which does not stop the others."""
    from basylym.intake.write import check_folder, choose_folders

    folders = choose_folders([Path(name) for name in files], Path(to) if to else None, Path.cwd())
    for folder in folders:
        check_folder(folder)
    failures, whole = [], True
    for name, folder in zip(files, folders, strict=True):
        try:
            whole &= _import_file(Path(name), folder, tongue, tell, step)
        except BasylymError as error:
            failures.append(error)
            complain(str(render(error.args[0], tongue)))
    if len(failures) == len(folders):
        return max(error.exit_code for error in failures)
    return 1 if failures or not whole else 0


def _import_file(path: Path, folder: Path, tongue: str, tell: Words, step: Words) -> bool:
    """Reads, understands and writes one file, then checks what was written; whether no word of it is lost."""
    from basylym.intake.losses import find_losses
    from basylym.intake.read_document import read_document
    from basylym.intake.understand import understand
    from basylym.intake.write import make_files

    try:
        step(say("reading {name} …", tongue, name=path.name))
        document = read_document(path)
        step(say("understanding {name} …", tongue, name=path.name))
        understood = understand(document)
        step(say("writing the manuscript of {name} …", tongue, name=path.name))
        files, left_out = make_files(understood)
        step(say("comparing it with {name}, word by word …", tongue, name=path.name))
        losses, labels = find_losses(understood, files, left_out)
        step(say("checking it …", tongue))
        return _finish_import(understood, files, losses, [*left_out, *labels], folder, tongue, tell, step)
    finally:
        step("")


def _finish_import(understood: Understood, files: Mapping[str, bytes], losses: Sequence[Loss], left_out: Sequence[LeftOut], folder: Path,
                   tongue: str, tell: Words, step: Words) -> bool:
    """Writes what an import made, with its report, and says so; whether no word is lost."""
    from basylym import api, pipeline, report
    from basylym.intake.report import write_report
    from basylym.intake.write import write_files

    written = write_files(folder, files)
    project, targets = api.choose_articles([str(folder / "article.md")], Path.cwd())
    result = next(iter(pipeline.run(project, targets, workers=1, tongue=tongue)))
    page = write_report(understood, losses, left_out, result.findings, tongue, result.failure)
    project.write(folder / "import-report.html", page.encode("utf-8", "replace"))
    step("")
    for each in (*written, folder / "import-report.html"):
        tell(report.shorten(each, Path.cwd()))
    sure = [each.sure for each in understood.decisions]
    tell(say("certain: {certain}, likely: {likely}, unknown: {unknown}; words lost: {lost}", tongue, certain=sure.count("certain"),
              likely=sure.count("likely"), unknown=sure.count("unknown"), lost=sum(len(each.words.split()) for each in losses)))
    told = report.summary(report.count(result.findings), tongue)
    tell(result.failure or say("what `basylym check` finds in it: {told}", tongue, told=told))
    return not losses
