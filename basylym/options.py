"""The words of the command line and their help, in the languages of the interface."""

from __future__ import annotations

import argparse

from basylym import __version__
from basylym.messages import LANGUAGES, Phrase, say
from basylym.targets import TARGETS

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


def parser(tongue: str = "en") -> argparse.ArgumentParser:
    """The command line, its help in a language of the interface."""
    argparse._ = lambda text: say(text, tongue)  # argparse looks its own words up under this name, in no catalogue of ours
    main = argparse.ArgumentParser(prog="basylym", description=say(
        "From one manuscript to a journal's PDF, EPUB, web page, JATS and deposits, checked in three languages.", tongue))
    main.add_argument("--version", action="version", version=f"basylym {__version__}",
                      help=say("show program's version number and exit", tongue))
    _add_language(main, tongue, None)
    commands = main.add_subparsers(prog=main.prog, dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help=say("make the outputs of every article, or of those named", tongue),
                                description=say("Make the outputs of every article, or of those named.", tongue))
    _add_articles(build, tongue)
    build.add_argument("--format", action="append", choices=FORMATS, dest="formats",
                       help=say("make only this format; may be given several times", tongue))
    build.add_argument("--edition", choices=EDITIONS, default="published", help=say(
        "for whom: readers (default), the authors (proof) or reviewers (anonymous); the last two are made as PDF unless --format says",
        tongue))
    build.add_argument("--force", action="store_true", dest="fresh", help=say(
        "build everything anew, whether it has changed or not", tongue))
    build.add_argument("--manifest", action="store_true", help=say(
        "write the checksums of the files into output/SHA256SUMS, as `sha256sum --check` reads them", tongue))
    _add_workers(build, tongue)

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
    package.add_argument("--fresh", action="store_true", help=say(
        "make everything anew, whether it has changed or not", tongue))
    _add_workers(package, tongue)

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
                        "what was understood and what was not. The exit code is 0 where a file was imported whole, whatever `check` finds "
                        "in it, and 1 where words of it are lost.", tongue))
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


def _add_workers(command: argparse.ArgumentParser, tongue: str) -> None:
    command.add_argument("--jobs", type=int, metavar="N",
                         help=say("how many articles to work on at once (default: one a core)", tongue))
    command.add_argument("--scheduler", metavar="ADDRESS", help=say(
        "give the articles to the Dask cluster whose scheduler is at this address, such as tcp://host:8786", tongue))


def _add_language(command: argparse.ArgumentParser, tongue: str, default: str | None) -> None:
    command.add_argument("--lang", choices=LANGUAGES, default=default,
                         help=say("the language to speak: English, Russian or Kazakh (default: the system's)", tongue))


def asked_language(arguments: list[str]) -> str | None:
    """The value of --lang wherever it stands: the parser's own help speaks it, so it must be known before there is a parser."""
    for word, next_word in zip(arguments, [*arguments[1:], None], strict=False):
        name, given, value = word.partition("=")
        if name == "--lang":
            return value if given else next_word
    return None
