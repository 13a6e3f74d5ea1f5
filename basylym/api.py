"""What the command line does, for other programs: the same findings as data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from basylym import __version__, pipeline
from basylym.errors import BasylymError, UsageError
from basylym.messages import Phrase
from basylym.model import Finding
from basylym.project import Project, Target

if TYPE_CHECKING:
    from basylym.report import Told

TEXTS = (".md", ".markdown", ".qmd", ".rmd", ".txt")
"""The endings of a lone manuscript's files."""


def check_articles(*names: str, folder: str | Path = ".", tongue: str = "en", strict: bool = False,
                   outputs: bool = False) -> list[Finding]:
    """Every finding once, as `basylym check` run in a folder with these names tells them, in its order; with `outputs`, of the
    finished files too.

    Raises UsageError for a name that names nothing, and BasylymError where an article could not be checked.
    """
    here = Path(folder).resolve()
    project, targets = choose_articles(list(names), here)
    results = list(pipeline.run(project, targets, workers=1, tongue=tongue, outputs=outputs))
    for result in results:
        if result.failure:
            raise BasylymError(f"{result.target.name}: {result.failure}")
    return list(tell(project, results, here, tongue, strict).findings)


def choose_articles(names: list[str], here: Path) -> tuple[Project, list[Target]]:
    """The project and the articles that names mean, seen from a folder; a manuscript without a journal, in one file or
    several, makes a project of its own. Raises UsageError."""
    files = [path for name in names
             if (path := (here / name).resolve()).is_file() and path.suffix.lower() in (*TEXTS, ".yaml", ".yml")]
    if files:
        try:
            project = Project.around(files[0].parent)
            return project, project.select(names, here)
        except UsageError:
            if len(files) != len(names):
                raise
            first = next((path for path in files if path.suffix.lower() in TEXTS), None)
            if not first or any(path.parent != first.parent for path in files):
                raise UsageError(Phrase("the files of one manuscript must be Markdown, and lie in one folder")) from None
            project = Project(first.parent, lone=True)
            return project, [Target(first, None, project.output / first.stem, tuple(files))]
    folders = [path for name in names if (path := (here / name).resolve()).is_dir()]
    project = Project.around(folders[0] if folders else here)
    return project, project.select(names, here)


def choose_issues(project: Project, names: list[str], here: Path) -> list[str]:
    """The issues that names mean as a whole, by their folders: all where there are no names."""
    named = {name.rstrip("/") for name in names}
    folders = {(here / name).resolve() for name in names}
    return [slug for slug in project.issues if not names or slug in named or folders & {
        project.source / slug, project.source / slug / "issue.yaml", project.source, project.root, project.source / "journal.yaml"}]


def tell(project: Project, results: Iterable[pipeline.Result], here: Path, tongue: str = "en", strict: bool = False, *,
         colour: bool = False, width: int = 100) -> Told:
    """What reports tell of results; `strict` makes every warning an error."""
    from basylym.check import harden
    from basylym.report import Checked, Told

    articles = []
    for result in results:
        findings = harden(result.findings) if strict else result.findings
        folder = "" if project.lone else result.target.manuscript.parent.relative_to(project.root).as_posix()
        articles.append(Checked(result.target.name, folder, tuple(findings), result.allowed, result.failure))
    names = project.journal[0].name
    language = tongue if tongue in names else next(iter(names), "")
    return Told(tuple(articles), project.root, names.get(language, ""), language, here, tongue, colour, width, __version__,
                lambda folder, name: project.find(folder, name).read_text("utf-8"))
