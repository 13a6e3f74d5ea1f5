"""The commands. The only place that prints, and the only one that exits.

0 done and clean · 1 done, with errors found (or some articles failed; the others are whole) · 2 wrong usage · 3 our fault
· 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from basylym import head_start, later
from basylym.errors import BasylymError, OutputError, UsageError
from basylym.messages import Phrase, choose_language, render, say
from basylym.options import FORMATS, asked_language, parser
from basylym.targets import TARGETS

if TYPE_CHECKING:
    from basylym.cache import Cache
    from basylym.pipeline import Result
    from basylym.project import Project
    from basylym.report import Told

SOURCES = (".md", ".markdown", ".qmd", ".rmd", ".yaml", ".yml", ".bib", ".bibtex", ".biblatex", ".ris", ".csv", ".docx")
"""The endings of what authors and editors write: no report is called so."""
FEW = 1000
"""In a journal of more files than this `check` does not ask whether all is as it was: to look at them takes as long as to check."""
ALONE = 10
"""Nor does it ask for each article, where that many are checked."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = sys.argv[1:] if arguments is None else arguments
    tongue = choose_language(asked_language(arguments))
    options = parser(tongue).parse_args(arguments)
    options.tongue = choose_language(options.lang)
    try:
        return {"build": build, "check": check, "package": package, "explain": explain,
                "schema": schema, "hyphenation": hyphenation, "import": import_files}[options.command](options)
    except BasylymError as error:
        _complain(str(render(error.args[0], options.tongue)))
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _complain(say("interrupted; every file written is whole", options.tongue))
        return 130
    finally:
        head_start.give_up()
        for name in ("data_classes", "expressions"):
            if begun := sys.modules.get(f"basylym.typography.{name}"):
                begun.end()


def _begin(format: str) -> None:
    """What is best done before all that work needs is loaded; the report in that format is, when there is nothing else to do."""
    head_start.start_early()
    later.WANTED[:] = ["basylym.report", f"basylym.report.{format}"]
    from basylym.typography import data_classes, expressions

    data_classes.begin()
    expressions.begin()


def _complain(words: str) -> None:
    _print(f"basylym: {words}\n", "stderr")


TOLD: list[tuple[str, str]] = []
"""What a command has told so far: the stream, the words."""


def _print(words: str, stream: str = "stdout") -> None:
    TOLD.append((stream, words))
    print(words, end="", file=getattr(sys, stream))


def _unless_known(options: argparse.Namespace, work: Callable[[argparse.Namespace, Cache], int], most: int | None = None) -> int:
    """Does what a command asks for; where nothing has changed since it was last done, it tells the same again and nothing is
    loaded. With `most`, it is done where the sources have more files."""
    from basylym.cache import Cache, nearest_journal, only_data

    here = Path.cwd()
    first = (here / options.articles[0]).resolve() if options.articles else here
    folder = first.parent if first.is_file() else first if first.is_dir() else here
    root = nearest_journal(folder)
    cache = Cache(root or folder, lone=not root, fresh=getattr(options, "fresh", False), most=most)
    key = [only_data(vars(options), leave=("jobs", "fresh", "scheduler")), str(here), *_terminal(options)]
    TOLD.clear()
    if known := cache.recall(key):
        for stream, words in known["told"]:
            _print(words, stream)
        return known["code"]
    options.written = []
    code = work(options, cache)
    if options.written is not None:
        cache.keep(key, {"told": TOLD, "code": code}, options.written)
    return code


def build(options: argparse.Namespace) -> int:
    """`basylym build`."""
    return _unless_known(options, _build)


def _build(options: argparse.Namespace, cache: Cache) -> int:
    formats = tuple(options.formats or (FORMATS if options.edition == "published" else ("pdf",)))
    project, results = _make(options, cache, formats=formats, edition=options.edition)
    for result in results:
        if not result.failure and not result.written:
            _complain(f"{result.target.name}: {say('not built; the findings say why', options.tongue)}")
    told = _report(project, results, options)
    built = sum(bool(result.written) for result in results)
    done = say("{built} of {number} articles built", options.tongue, built=built, number=len(results))
    return _close(done, results, told)


def _make(options: argparse.Namespace, cache: Cache, **wanted) -> tuple[Project, list[Result]]:
    """Makes files of the articles that are named, tells which one is worked on and what is written."""
    _begin("terminal")
    from basylym import api, pipeline

    here, watched, tongue = Path.cwd(), sys.stderr.isatty(), options.tongue
    project, targets = api.choose_articles(options.articles, here)
    if not targets:
        raise UsageError(Phrase("{folder} holds no article: an article is a folder <issue>/<article>/ with an article.md",
                                folder=project.source))
    if wanted.get("package") and project.lone:
        raise UsageError(Phrase("packages are made of a journal's articles, and no journal.yaml is here"))
    results = []

    def begun(target) -> None:
        if watched:
            print(f"\r\033[K[{len(results) + 1}/{len(targets)}] {target.name} …", end="", file=sys.stderr, flush=True)

    if len(targets) > 1 and watched:
        print(f"[0/{len(targets)}] …", end="", file=sys.stderr, flush=True)
    for result in pipeline.run(project, targets, options.jobs, begun, cache, options.scheduler, tongue=tongue,
                               notes_tongue=options.lang, **wanted):
        results.append(result)
        if watched:
            print(f"\r\033[K[{len(results)}/{len(targets)}]", end="\r\033[K", file=sys.stderr, flush=True)
        from basylym import report  # loaded while pandoc read

        for path in result.written:
            _print(report.shorten(path, here) + "\n")
        for words in result.said:
            _complain(f"{result.target.name}: {say('the layout engine says: {words}', tongue, words=words)}")
        if result.failure:
            _complain(f"{result.target.name}: {result.failure}")
    written = [path for each in results for path in each.written]
    if getattr(options, "manifest", False):
        written.append(project.write_manifest(written))
        _print(report.shorten(written[-1], here) + "\n")
    options.written = None if any(each.failure for each in results) else written  # what went wrong may go well the next time
    return project, results


def _report(project: Project, results: list[Result], options: argparse.Namespace) -> Told:
    """Prints the findings."""
    from basylym import report

    told = _tell(project, results, options)
    _print(report.write("terminal", told))
    return told


def _close(done: str, results: list[Result], told: Told) -> int:
    """Prints the last line; the exit code."""
    from basylym import report

    _print(f"{done}; {report.summary(told.counts, told.tongue)}\n")
    return _exit_code(results, told)


def package(options: argparse.Namespace) -> int:
    """`basylym package`."""
    return _unless_known(options, _package)


def _package(options: argparse.Namespace, cache: Cache) -> int:
    from basylym import api, pipeline, report

    project, results = _make(options, cache, formats=FORMATS, package=True, deposits=tuple(options.targets or ()), force=options.force)
    tongue, here = options.tongue, Path.cwd()
    for result in results:
        if result.refused and not options.force:
            _complain(f"{result.target.name}: {say('no packages were made: {why}', tongue, why=result.refused)}")
    for slug in api.choose_issues(project, options.articles, here):
        items = [result.item for result in results if result.target.issue == slug and result.item]
        targets = options.targets or project.journal[0].deposit.to or TARGETS
        for path in pipeline.pack_issue(project, slug, items, targets):
            _print(report.shorten(path, here) + "\n")
            if options.written is not None:
                options.written.append(path)
        _tell_left_out(slug, [result for result in results if result.target.issue == slug], targets, tongue)
    # a draft's many gaps are no news to who asks for packages
    told = _report(project, [replace(each, findings=()) if each.refused and not each.errors else each for each in results], options)
    packed = sum(any(path.is_relative_to(result.target.output / "deposit") for path in result.written) for result in results)
    code = _close(say("packages made of {number} of {all} articles", tongue, number=packed, all=len(results)), results, told)
    return code or int(bool(options.articles) and any(result.refused for result in results) and not options.force)


def _tell_left_out(issue: str, results: list[Result], targets: Sequence[str], tongue: str) -> None:
    """Says which articles the packages of an issue, or those of one target, are without."""
    out = [result.target.slug for result in results if not result.item]
    if out and len(out) < len(results):
        _complain(f"{issue}: {say('the packages of the issue leave out: {articles}', tongue, articles=', '.join(out))}")
    lacking: dict[tuple[str, ...], list[str]] = {}
    for name in targets:
        unfit = tuple(result.target.slug for result in results if result.item and name not in result.item.fit)
        if unfit and len(unfit) < sum(bool(result.item) for result in results):
            lacking.setdefault(unfit, []).append(name)
    for articles, names in lacking.items():
        words = say("the package of the issue for {targets} leaves out: {articles}", tongue, targets=", ".join(names),
                    articles=", ".join(articles))
        _complain(f"{issue}: {words}")


def check(options: argparse.Namespace) -> int:
    """`basylym check`."""
    if options.list:
        from basylym.report.handbook import list_checks

        print(list_checks(options.tongue), end="")
        return 0
    if options.diff and options.format != "terminal" and not options.output:
        raise UsageError(Phrase("--diff prints a diff; give the report a file of its own with --output"))
    if options.outputs and (options.diff or options.fix):
        raise UsageError(Phrase("--outputs looks at files that are built: mend the manuscript first, build it, then check them"))
    return _check(options) if options.outputs or options.diff or options.fix or options.output else _unless_known(options, _check, FEW)


def _check(options: argparse.Namespace, cache: Cache | None = None) -> int:
    _begin(options.format)
    from basylym import api, pipeline

    project, targets = api.choose_articles(options.articles, Path.cwd())
    if cache and not cache.sources:
        from basylym.cache import Cache

        cache = Cache(project.root, project.lone) if len(targets) > ALONE else None
    results = list(pipeline.run(project, targets, cache=cache, tongue=options.tongue, front_matter=options.front_matter,
                                outputs=options.outputs, mend="diff" if options.diff else "fix" if options.fix else ""))
    options.written = None if any(each.failure for each in results) else []
    mended = 0
    if options.diff:
        _show_mends(results, options)
    elif options.fix:
        mended = _write_mends(project, results, options)
    from basylym import report

    told = _tell(project, results, options)
    for result in results:
        if result.failure:
            _complain(f"{result.target.name}: {result.failure}")
    if options.diff and not options.output:
        return _exit_code(results, told)
    text = report.write(options.format, told)
    if options.output:
        project.write(_report_path(project, options.output), text.encode("utf-8", "replace"))
    else:
        _print(text)
    if options.output or options.format == "terminal":  # what another program reads holds nothing else
        done = say("articles checked: {number}", options.tongue, number=len(targets))
        if options.fix and not options.diff:
            done += "; " + say("mends written: {number}", options.tongue, number=mended)
        _print(f"{done}; {report.summary(told.counts, options.tongue)}\n", "stderr" if options.diff else "stdout")
    return _exit_code(results, told)


def _show_mends(results: list[Result], options: argparse.Namespace) -> None:
    """Prints what --fix would write, for people and for `patch`, and how many mends that are; writes nothing."""
    from basylym.mend import write_diff

    files = [each for result in results for each in result.mended]
    print(write_diff(files), end="")
    count = sum(each.count for each in files)
    print(say("mends shown: {number}; nothing was written", options.tongue, number=count), file=sys.stderr)


def _write_mends(project: Project, results: list[Result], options: argparse.Namespace) -> int:
    """Writes the mended sources, each whole or not at all; how many mends that are."""
    written = 0
    for number, result in enumerate(results):
        try:
            for each in result.mended:
                project.rewrite(project.root / each.path, each.before, each.after)
                written += each.count
        except OutputError as error:  # the other articles go on; what stands in the file now was not checked
            results[number] = replace(result, findings=(), allowed=(), failure=str(render(error.args[0], options.tongue)),
                                      exit_code=error.exit_code)
    return written


def _report_path(project: Project, name: str) -> Path:
    """Where a report goes: into a folder that is there, and never over what authors and editors write."""
    path = Path.cwd() / name
    if path.is_dir():
        raise UsageError(Phrase("{path} can't be written: a folder stands there", path=path))
    if not path.parent.is_dir():
        raise UsageError(Phrase("{path} can't be written: there is no such folder", path=path))
    inside = project.source != project.root and path.resolve().is_relative_to(project.source)
    if inside or path.suffix.lower() in SOURCES:
        raise UsageError(Phrase("{path} can't be written: sources lie there, and a report would overwrite them", path=path))
    return path


def explain(options: argparse.Namespace) -> int:
    """`basylym explain`."""
    from basylym.check import checks
    from basylym.report.handbook import explain_check, write_handbook

    if options.id is None:
        print(write_handbook(options.tongue), end="")
        return 0
    each = checks().get(options.id.upper())
    if not each:
        raise UsageError(Phrase("no check is called “{id}”; `basylym check --list` names them all", id=options.id))
    print(explain_check(each, options.tongue), end="")
    return 0


def schema(options: argparse.Namespace) -> int:
    """`basylym schema`."""
    from basylym.read.schema import write_fields, write_schema

    print(write_fields() if options.file == "fields" else write_schema(options.file), end="")
    return 0


def hyphenation(options: argparse.Namespace) -> int:
    """`basylym hyphenation`."""
    from basylym.languages import language
    from basylym.typography.divided_words import write_figures
    from basylym.typography.patterns import write_patterns

    abbreviations = language(options.language).abbreviations
    if not options.measure:
        print(write_patterns(options.language, options.form, abbreviations), end="")
        return 0
    for name in options.measure:
        try:
            text = Path(name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise UsageError(Phrase("{path} can't be read", path=name)) from None
        print(f"{name}\n{write_figures(text, options.language, abbreviations, options.tongue)}", end="")
    return 0


def import_files(options: argparse.Namespace) -> int:
    """`basylym import`: each file into a folder of its own; one that can't be read does not stop the others."""
    from basylym.receive import receive

    return receive(options.files, options.to, options.tongue, print, _show_step, _complain)


def _show_step(step: str) -> None:
    """What is being done, where somebody sits and waits; the next step takes its place."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{step}", end="", file=sys.stderr, flush=True)


def _tell(project: Project, results: list[Result], options: argparse.Namespace) -> Told:
    """What reports tell, for the terminal that we stand at; one that is a pipe or a file has no colours and a fixed width."""
    from basylym import api

    colour, width = _terminal(options)
    return api.tell(project, results, Path.cwd(), options.tongue, getattr(options, "strict", False), colour=colour, width=width)


def _terminal(options: argparse.Namespace) -> tuple[bool, int]:
    """Whether what we write to has colours, and how wide it is."""
    watched = sys.stdout.isatty() and not getattr(options, "output", None)
    if not watched:
        return False, 100
    import shutil

    return "NO_COLOR" not in os.environ, min(shutil.get_terminal_size().columns, 120)


def _exit_code(results: list[Result], told: Told) -> int:
    """The exit code that the results come to."""
    failed = [result for result in results if result.failure]
    if failed and len(failed) == len(results):
        return max(result.exit_code for result in failed)
    return 1 if failed or told.counts["error"] else 0
