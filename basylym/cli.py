"""The commands. The only place that prints, and the only one that exits.

0 done and clean · 1 done, with errors found (or some articles failed; the others are whole) · 2 wrong usage · 3 our fault
· 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from basylym import __version__
from basylym.deposits import TARGETS
from basylym.errors import BasylymError, OutputError, UsageError
from basylym.messages import LANGUAGES, Phrase, choose_language, render, say

if TYPE_CHECKING:
    from basylym.pipeline import Result
    from basylym.project import Project
    from basylym.report import Told

FORMATS = ("html", "pdf", "epub", "jats")
"""The ids in render/, named here so that --help loads no renderer; a test compares them."""
EDITIONS = ("published", "proof", "anonymous")
"""For whom outputs are made: readers, the authors, reviewers."""
REPORTS = ("terminal", "json", "sarif", "github", "junit", "html")
"""The ids in report/, likewise."""

ARGPARSE = (Phrase("usage: "), Phrase("options"), Phrase("positional arguments"), Phrase("show this help message and exit"),
            Phrase("%(prog)s: error: %(message)s\n"), Phrase("argument %(argument_name)s: %(message)s"),
            Phrase("expected one argument"), Phrase("invalid choice: %(value)r (choose from %(choices)s)"),
            Phrase("invalid %(type)s value: %(value)r"), Phrase("the following arguments are required: %s"),
            Phrase("unrecognized arguments: %s"), Phrase("ambiguous option: %(option)s could match %(matches)s"),
            Phrase("ignored explicit argument %r"))
"""What Python's argparse says of itself, for the catalogues."""


SOURCES = (".md", ".markdown", ".qmd", ".rmd", ".yaml", ".yml", ".bib", ".bibtex", ".biblatex", ".ris", ".csv", ".docx")
"""The endings of what authors and editors write: no report is called so."""


def parser(tongue: str = "en") -> argparse.ArgumentParser:
    """The command line, its help in a language of the interface."""
    argparse._ = lambda text: say(text, tongue)  # argparse looks its own words up under this name, in no catalogue of ours
    main = argparse.ArgumentParser(prog="basylym", description=say(
        "From one manuscript to a journal's PDF, EPUB, web page, JATS and deposits, checked in three languages.", tongue))
    main.add_argument("--version", action="version", version=f"basylym {__version__}",
                      help=say("show program's version number and exit", tongue))
    _add_language(main, tongue, None)
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help=say("make the outputs of every article, or of those named", tongue),
                                description=say("Make the outputs of every article, or of those named.", tongue))
    _add_articles(build, tongue)
    build.add_argument("--format", action="append", choices=FORMATS, dest="formats",
                       help=say("make only this format; may be given several times", tongue))
    build.add_argument("--edition", choices=EDITIONS, default="published", help=say(
        "for whom: readers (default), the authors (proof) or reviewers (anonymous); the last two are made as PDF unless --format says",
        tongue))
    build.add_argument("--jobs", type=int, metavar="N",
                       help=say("how many articles to work on at once (default: one a core)", tongue))

    check = commands.add_parser("check", help=say("say what is missing or wrong, with file and line", tongue),
                                description=say("Say what is missing or wrong, with file and line. Nothing is built.", tongue))
    _add_articles(check, tongue)
    check.add_argument("--format", choices=REPORTS, default="terminal", help=say(
        "for whom: people at a terminal, programs (json, sarif), CI systems (github, junit), or authors (html, a page to send)",
        tongue))
    check.add_argument("--output", metavar="FILE", help=say("write the report into this file", tongue))
    check.add_argument("--strict", action="store_true", help=say("count every warning as an error", tongue))
    check.add_argument("--fix", action="store_true", help=say(
        "write the mends that are safe into the text and the references, where nothing else changes; then say what is left", tongue))
    check.add_argument("--diff", action="store_true", help=say("show the mends that --fix writes, as a diff, and write nothing", tongue))
    check.add_argument("--front-matter", action="store_true", help=say(
        "with --fix or --diff: mend the texts of the front matter too", tongue))
    check.add_argument("--outputs", action="store_true", help=say(
        "read the finished PDF, EPUB and web page back too, and compare them with the manuscript and each other", tongue))
    check.add_argument("--list", action="store_true", help=say("list every check, its id first, and exit", tongue))

    package = commands.add_parser(
        "package", help=say("make what repositories, indexes and archives take, of published articles and issues", tongue),
        description=say("Make what repositories, indexes and archives take, of published articles and issues. Nothing is sent.", tongue))
    _add_articles(package, tongue)
    package.add_argument("--for", action="append", choices=TARGETS, dest="targets", metavar="TARGET", help=say(
        "make only what this target takes; may be given several times: {targets}", tongue, targets=", ".join(TARGETS)))
    package.add_argument("--force", action="store_true", help=say(
        "make them of drafts and of articles with errors too, marked as drafts", tongue))
    package.add_argument("--jobs", type=int, metavar="N",
                         help=say("how many articles to work on at once (default: one a core)", tongue))

    explain = commands.add_parser("explain", help=say("say what a finding means and how to mend it", tongue),
                                  description=say("Say what a finding means, why it matters, and what is right instead.", tongue))
    explain.add_argument("id", metavar="ID", nargs="?",
                         help=say("a check, FM-001; all checks as one Markdown page if left out", tongue))

    schema = commands.add_parser("schema", help=say("print the JSON Schema of article.md, journal.yaml, issue.yaml or a preset", tongue),
                                 description=say("Print the JSON Schema that lets an editor complete and check keys.", tongue))
    schema.add_argument("file", choices=("article", "journal", "issue", "preset", "fields"),
                        help=say("which of the four; “fields” prints all their keys as a page", tongue))

    hyphenation = commands.add_parser(
        "hyphenation", help=say("print the hyphenation patterns of a language, or how good they are", tongue),
        description=say("Print the hyphenation patterns made from a language's rules, for other programs, or how good they are.", tongue))
    hyphenation.add_argument("language", choices=("kk",), help=say("a language with rules of Basylym's own", tongue))
    hyphenation.add_argument("--form", choices=("hunspell", "tex"), default="hunspell",
                             help=say("for LibreOffice and others (hunspell), or for TeX", tongue))
    hyphenation.add_argument("--measure", nargs="+", metavar="LIST", help=say(
        "measure rules and patterns by these lists of words divided by hand, and print the figures instead", tongue))
    intake = commands.add_parser(
        "import", help=say("turn a received file, Word or other, into a manuscript, and show what was understood", tongue),
        description=say("Turn received files into manuscripts: article.md, references.yaml, figures/, and import-report.html, which shows "
                        "what was understood and what was not.", tongue))
    intake.add_argument("files", nargs="+", metavar="FILE", help=say(
        "a manuscript: .docx, .odt, .rtf, .html, .tex, .xml (JATS), .txt or .pdf", tongue))
    intake.add_argument("--to", metavar="FOLDER", help=say(
        "the folder to write into, new or empty; for several files, the folder that theirs are made in (default: here)", tongue))
    for command in (build, check, package, explain, schema, hyphenation, intake):
        _add_language(command, tongue, argparse.SUPPRESS)  # the one before the command word stays, where there is none after it
    return main


def _add_articles(command: argparse.ArgumentParser, tongue: str) -> None:
    command.add_argument("articles", nargs="*", metavar="ARTICLE", help=say(
        "an article's folder or name, an issue, or the Markdown files of one manuscript; all of the journal's articles if left out",
        tongue))


def _add_language(command: argparse.ArgumentParser, tongue: str, default: str | None) -> None:
    command.add_argument("--lang", choices=LANGUAGES, default=default,
                         help=say("the language to speak: English, Russian or Kazakh (default: the system's)", tongue))


def _asked_language(arguments: list[str]) -> str | None:
    """The value of --lang wherever it stands: the parser's own help speaks it, so it must be known before there is a parser."""
    for word, next_word in zip(arguments, [*arguments[1:], None], strict=False):
        name, given, value = word.partition("=")
        if name == "--lang":
            return value if given else next_word
    return None


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = sys.argv[1:] if arguments is None else arguments
    tongue = choose_language(_asked_language(arguments))
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


def _complain(words: str) -> None:
    print(f"basylym: {words}", file=sys.stderr)


def build(options: argparse.Namespace) -> int:
    """`basylym build`."""
    formats = tuple(options.formats or (FORMATS if options.edition == "published" else ("pdf",)))
    project, results = _make(options, formats=formats, edition=options.edition)
    for result in results:
        if not result.failure and not result.written:
            _complain(f"{result.target.name}: {say('not built; the findings say why', options.tongue)}")
    told = _report(project, results, options)
    built = sum(bool(result.written) for result in results)
    done = say("{built} of {number} articles built", options.tongue, built=built, number=len(results))
    return _close(done, results, told)


def _make(options: argparse.Namespace, **wanted) -> tuple[Project, list[Result]]:
    """Makes files of the articles that are named, tells which one is worked on and what is written."""
    from basylym import api, pipeline, report

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
    for result in pipeline.run(project, targets, options.jobs, begun, tongue=tongue, notes_tongue=options.lang, **wanted):
        results.append(result)
        if watched:
            print(f"\r\033[K[{len(results)}/{len(targets)}]", end="\r\033[K", file=sys.stderr, flush=True)
        for path in result.written:
            print(report.shorten(path, here))
        for words in result.said:
            _complain(f"{result.target.name}: {say('the layout engine says: {words}', tongue, words=words)}")
        if result.failure:
            _complain(f"{result.target.name}: {result.failure}")
    return project, results


def _report(project: Project, results: list[Result], options: argparse.Namespace) -> Told:
    """Prints the findings."""
    from basylym import report

    told = _tell(project, results, options)
    print(report.reports()["terminal"].write(told), end="")
    return told


def _close(done: str, results: list[Result], told: Told) -> int:
    """Prints the last line; the exit code."""
    from basylym import report

    print(f"{done}; {report.summary(told.counts, told.tongue)}")
    return _exit_code(results, told)


def package(options: argparse.Namespace) -> int:
    """`basylym package`."""
    from basylym import api, pipeline, report

    project, results = _make(options, formats=FORMATS, package=True, deposits=tuple(options.targets or ()), force=options.force)
    tongue, here = options.tongue, Path.cwd()
    for result in results:
        if result.refused and not options.force:
            _complain(f"{result.target.name}: {say('no packages were made: {why}', tongue, why=result.refused)}")
    for slug in api.choose_issues(project, options.articles, here):
        items = [result.item for result in results if result.target.issue == slug and result.item]
        targets = options.targets or project.journal[0].deposit.to or TARGETS
        for path in pipeline.pack_issue(project, slug, items, targets):
            print(report.shorten(path, here))
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
    from basylym import api, pipeline, report

    if options.diff and options.format != "terminal" and not options.output:
        raise UsageError(Phrase("--diff prints a diff; give the report a file of its own with --output"))
    if options.outputs and (options.diff or options.fix):
        raise UsageError(Phrase("--outputs looks at files that are built: mend the manuscript first, build it, then check them"))
    project, targets = api.choose_articles(options.articles, Path.cwd())
    results = list(pipeline.run(project, targets, tongue=options.tongue, front_matter=options.front_matter, outputs=options.outputs,
                                mend="diff" if options.diff else "fix" if options.fix else ""))
    mended = 0
    if options.diff:
        _show_mends(results, options)
    elif options.fix:
        mended = _write_mends(project, results, options)
    told = _tell(project, results, options)
    for result in results:
        if result.failure:
            _complain(f"{result.target.name}: {result.failure}")
    if options.diff and not options.output:
        return _exit_code(results, told)
    text = report.reports()[options.format].write(told)
    if options.output:
        project.write(_report_path(project, options.output), text.encode("utf-8", "replace"))
    else:
        print(text, end="")
    if options.output or options.format == "terminal":  # what another program reads holds nothing else
        done = say("articles checked: {number}", options.tongue, number=len(targets))
        if options.fix and not options.diff:
            done += "; " + say("mends written: {number}", options.tongue, number=mended)
        print(f"{done}; {report.summary(told.counts, options.tongue)}", file=sys.stderr if options.diff else sys.stdout)
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
    from basylym.intake.write import check_folder, choose_folders

    folders = choose_folders([Path(name) for name in options.files], Path(options.to) if options.to else None, Path.cwd())
    for folder in folders:
        check_folder(folder)
    failures, whole = [], True
    for name, folder in zip(options.files, folders, strict=True):
        try:
            whole &= _import_file(Path(name), folder, options.tongue)
        except BasylymError as error:
            failures.append(error)
            _complain(str(render(error.args[0], options.tongue)))
    if len(failures) == len(folders):
        return max(error.exit_code for error in failures)
    return 1 if failures or not whole else 0


def _import_file(path: Path, folder: Path, tongue: str) -> bool:
    """Reads, understands and writes one file, then checks what was written; whether no word of it is lost."""
    from basylym import api, pipeline, report
    from basylym.intake.losses import find_losses
    from basylym.intake.read_document import read_document
    from basylym.intake.report import write_report
    from basylym.intake.understand import understand
    from basylym.intake.write import make_files, write_files

    understood = understand(read_document(path))
    files, left_out = make_files(understood)
    losses, labels = find_losses(understood, files, left_out)
    written = write_files(folder, files)
    project, targets = api.choose_articles([str(folder / "article.md")], Path.cwd())
    result = next(iter(pipeline.run(project, targets, workers=1, tongue=tongue)))
    page = write_report(understood, losses, [*left_out, *labels], result.findings, tongue, result.failure)
    project.write(folder / "import-report.html", page.encode("utf-8", "replace"))
    for each in (*written, folder / "import-report.html"):
        print(report.shorten(each, Path.cwd()))
    sure = [each.sure for each in understood.decisions]
    print(say("certain: {certain}, likely: {likely}, unknown: {unknown}; words lost: {lost}", tongue, certain=sure.count("certain"),
              likely=sure.count("likely"), unknown=sure.count("unknown"), lost=sum(len(each.words.split()) for each in losses)))
    return not losses


def _tell(project: Project, results: list[Result], options: argparse.Namespace) -> Told:
    """What reports tell, for the terminal that we stand at; one that is a pipe or a file has no colours and a fixed width."""
    from basylym import api

    watched = sys.stdout.isatty() and not getattr(options, "output", None)
    return api.tell(project, results, Path.cwd(), options.tongue, getattr(options, "strict", False),
                    colour=watched and "NO_COLOR" not in os.environ,
                    width=min(shutil.get_terminal_size().columns, 120) if watched else 100)


def _exit_code(results: list[Result], told: Told) -> int:
    """The exit code that the results come to."""
    failed = [result for result in results if result.failure]
    if failed and len(failed) == len(results):
        return max(result.exit_code for result in failed)
    return 1 if failed or told.counts["error"] else 0
