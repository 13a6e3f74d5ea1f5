"""The commands. The only place that prints, and the only one that exits.

0 done and clean · 1 done, with errors found (or some articles failed; the others are whole) · 2 wrong usage · 3 our fault
· 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from basylym import __version__
from basylym.errors import BasylymError, UsageError

if TYPE_CHECKING:
    from basylym.project import Project

FORMATS = ("html", "pdf", "epub")
"""The ids in render/, named here so that --help loads no renderer; a test compares them."""


TEXTS = (".md", ".markdown", ".qmd", ".rmd", ".txt")
"""The endings of a lone manuscript's files."""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main = argparse.ArgumentParser(
        prog="basylym", description="From one manuscript to a journal's PDF, EPUB and web page, checked in three languages.")
    main.add_argument("--version", action="version", version=f"basylym {__version__}")
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="make the outputs of every article, or of those named",
                                description="Make the outputs of every article, or of those named.")
    _add_articles(build)
    build.add_argument("--format", action="append", choices=FORMATS, dest="formats",
                       help="make only this format; may be given several times")
    build.add_argument("--jobs", type=int, metavar="N", help="how many articles to work on at once (default: one a core)")

    check = commands.add_parser("check", help="say what is missing or wrong, with file and line",
                                description="Say what is missing or wrong, with file and line. Nothing is built.")
    _add_articles(check)
    check.add_argument("--list", action="store_true", help="list every check, its id first, and stop")

    explain = commands.add_parser("explain", help="say what a finding means and how to mend it",
                                  description="Say what a finding means, why it matters, and what is right instead.")
    explain.add_argument("id", metavar="ID", help="a check, FM-001")

    schema = commands.add_parser("schema", help="print the JSON Schema of article.md, journal.yaml or issue.yaml",
                                 description="Print the JSON Schema that lets an editor complete and check keys.")
    schema.add_argument("file", choices=("article", "journal", "issue", "fields"),
                        help="which of the three; “fields” prints all their keys as a page")
    return main


def _add_articles(command: argparse.ArgumentParser) -> None:
    command.add_argument("articles", nargs="*", metavar="ARTICLE",
                         help="an article's folder or name, an issue, or the Markdown files of one manuscript; "
                              "all of the journal's articles if left out")


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    try:
        return {"build": build, "check": check, "explain": explain, "schema": schema}[options.command](options)
    except BasylymError as error:
        print(f"basylym: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("basylym: interrupted; every file written is whole", file=sys.stderr)
        return 130


def _choose(options: argparse.Namespace):
    """The project and the articles that the command line means; a manuscript without a journal, in one file or
    several, makes a project of its own."""
    from basylym.project import Project, Target

    here = Path.cwd()
    files = [path for name in options.articles
             if (path := (here / name).resolve()).is_file() and path.suffix.lower() in (*TEXTS, ".yaml", ".yml")]
    if files:
        try:
            project = Project.around(files[0].parent)
            return project, project.select(options.articles, here)
        except UsageError:
            if len(files) != len(options.articles):
                raise
            first = next((path for path in files if path.suffix.lower() in TEXTS), None)
            if not first or any(path.parent != first.parent for path in files):
                raise UsageError("the files of one manuscript must be Markdown, and lie in one folder") from None
            project = Project(first.parent, lone=True)
            return project, [Target(first, None, project.output / first.stem, tuple(files))]
    folders = [path for name in options.articles if (path := (here / name).resolve()).is_dir()]
    project = Project.around(folders[0] if folders else here)
    return project, project.select(options.articles, here)


def build(options: argparse.Namespace) -> int:
    """`basylym build`."""
    from basylym import pipeline, report

    project, targets = _choose(options)
    if not targets:
        raise UsageError(f"{project.source} holds no article: an article is a folder <issue>/<article>/ with an article.md")
    here, watched = Path.cwd(), sys.stderr.isatty()
    results = []

    def begun(target) -> None:
        if watched:
            print(f"\r\033[K[{len(results) + 1}/{len(targets)}] {target.name} …", end="", file=sys.stderr, flush=True)

    if len(targets) > 1 and watched:
        print(f"[0/{len(targets)}] …", end="", file=sys.stderr, flush=True)
    for result in pipeline.run(project, targets, tuple(options.formats or FORMATS), options.jobs, begun):
        results.append(result)
        if watched:
            print(f"\r\033[K[{len(results)}/{len(targets)}]", end="\r\033[K", file=sys.stderr, flush=True)
        for path in result.written:
            print(report.shorten(path, here))
        if result.failure:
            print(f"basylym: {result.target.name}: {result.failure}", file=sys.stderr)
        elif not result.written:
            print(f"basylym: {result.target.name}: not built; the findings say why", file=sys.stderr)
    return _tell(project, results, f"{sum(bool(result.written) for result in results)} of {len(targets)} articles built")


def check(options: argparse.Namespace) -> int:
    """`basylym check`."""
    if options.list:
        from basylym.check import checks

        for each in checks().values():
            print(f"{each.id}  {each.severity:8} {each.doc.splitlines()[0]}")
        return 0
    from basylym import pipeline

    project, targets = _choose(options)
    return _tell(project, list(pipeline.run(project, targets)), f"{len(targets)} article{'s' * (len(targets) != 1)} checked")


def explain(options: argparse.Namespace) -> int:
    """`basylym explain`."""
    from basylym.check import checks

    each = checks().get(options.id.upper())
    if not each:
        raise UsageError(f"no check is called “{options.id}”; `basylym check --list` names them all")
    print(f"{each.id} ({each.severity}; in a draft: {each.draft})\n\n{each.doc}")
    return 0


def schema(options: argparse.Namespace) -> int:
    """`basylym schema`."""
    from basylym.read.schema import write_fields, write_schema

    print(write_fields() if options.file == "fields" else write_schema(options.file), end="")
    return 0


def _tell(project: Project, results: list, done: str) -> int:
    """Prints every finding and the summary; the exit code that the results come to."""
    from basylym import report

    findings = list(dict.fromkeys(finding for result in results for finding in result.findings))
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    if findings:
        print(report.terminal(findings, colour, lambda path: report.shorten(project.root / path, Path.cwd())))
    print(f"{done}; {report.summary(findings)}")
    failed = [result for result in results if result.failure]
    if failed and len(failed) == len(results):
        return max(result.exit_code for result in failed)
    return 1 if failed or any(finding.severity == "error" for finding in findings) else 0
