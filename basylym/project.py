"""Where things are: the journal's folder, what it overrides, its articles and outputs. The only writer of files."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from basylym.cache import leads_out, nearest_journal
from basylym.errors import LinkError, OutputError, UsageError
from basylym.fields import Issue, Journal
from basylym.languages import known_languages, language
from basylym.messages import Phrase
from basylym.model import Article, Edition, Places, Problem, Retraction
from basylym.read import MANUSCRIPT, read_article, read_edition, read_issue, read_journal
from basylym.read.retractions import read_retractions
from basylym.rules import Limit, Rules
from basylym.typography.fonts import missing_families
from basylym.whole import Staged, sweep, write_whole

if TYPE_CHECKING:
    from basylym.read.patterns import Pattern

PACKAGE = Path(__file__).resolve().parent
DEFAULTS = PACKAGE / "defaults" if (PACKAGE / "defaults").is_dir() else PACKAGE.parent
"""Basylym's own templates/ and styles/: inside the wheel, or at the root of the repository."""

MANIFEST = "SHA256SUMS"
"""The name that GNU's coreutils and Debian give a list of checksums."""


LONE = Journal(languages=[], required=["title", "authors"], codes=[], dates=[], other_languages="after-references", rules=Rules(
    abstract_words=Limit(), keywords=Limit(), corresponding_author=False, affiliation_fields=[]))
"""What a manuscript without a journal is measured by: it must have a title and authors, no more."""


@dataclass(frozen=True)
class Target:
    """One article to work on."""

    manuscript: Path
    """Its Markdown file."""
    issue: str | None
    """The folder name of its issue; None for a lone manuscript."""
    output: Path
    """Where its outputs go."""
    parts: tuple[Path, ...] = ()
    """All its files in order, where a lone manuscript has several."""

    @property
    def slug(self) -> str:
        """The name of the article and of its outputs."""
        return self.manuscript.parent.name if self.manuscript.name == MANUSCRIPT else self.manuscript.stem

    @property
    def name(self) -> str:
        """How it is called on the command line and in reports."""
        return f"{self.issue}/{self.slug}" if self.issue else self.slug


class Project:
    """A journal's folder, or the folder of a lone manuscript."""

    def __init__(self, root: Path, lone: bool = False, replaced: Mapping[str, bytes] | None = None):
        self.root = root.resolve()
        self.replaced = replaced or {}
        self.lone = lone
        self.source = self.root / "source" if (self.root / "source" / "journal.yaml").is_file() else self.root
        self.output = self.root / "output"
        self._patterns: dict[str, tuple[Pattern | None, list[Problem]]] = {}
        self._issues: dict[Path, tuple[Issue, Places, list[Problem]]] = {}

    @classmethod
    def around(cls, folder: Path) -> Project:
        """The journal that a folder belongs to: the nearest one above with source/journal.yaml or journal.yaml."""
        if root := nearest_journal(folder):
            return cls(root)
        raise UsageError(Phrase("no journal here: neither {folder} nor a folder above it holds source/journal.yaml", folder=folder))

    def find(self, *parts: str) -> Path:
        """A template or style: the journal's own where it has one, else Basylym's. Raises UsageError if neither has it."""
        for folder in self.folders(*parts[:-1]):
            if (folder / parts[-1]).is_file():
                return folder / parts[-1]
        raise UsageError(Phrase("{file} is neither in {folder} nor among Basylym's own files", file="/".join(parts), folder=self.root))

    def find_style(self, name: str) -> Path | None:
        """The file of a reference style, by its bare name; None where there is none."""
        try:
            return self.find("styles", "csl", f"{name}.csl") if re.fullmatch(r"[\w.-]+", name) else None
        except UsageError:
            return None

    def folders(self, *parts: str) -> list[Path]:
        """Where files of a kind are looked for, first to last."""
        return [DEFAULTS.joinpath(*parts)] if self.lone else list(dict.fromkeys(
            [self.root.joinpath(*parts), DEFAULTS.joinpath(*parts)]))

    @property
    def languages(self) -> Path | None:
        """The journal's own folder of languages."""
        folder = self.root / "languages"
        return folder if folder.is_dir() and not self.lone else None

    @cached_property
    def journal(self) -> tuple:
        """The journal, the places of its fields, and its problems."""
        for tag in known_languages(self.languages):  # one that can't be used stops all, before anything is read
            language(tag, self.languages)
        if self.lone:
            return LONE, Places(""), []
        presets = {path.stem: path for folder in reversed(self.folders("presets")) for path in sorted(folder.glob("*.yaml"))}
        journal, places, problems = read_journal(self.source / "journal.yaml", self.root, presets)
        return *self._choose(journal, places, problems), problems

    def _choose(self, journal: Journal, places: Places, problems: list[Problem]) -> tuple[Journal, Places]:
        """The journal with the default where it names a style, a layout or a font that is not there, and a problem for each."""
        layouts = {path.stem.removeprefix("print-") for folder in self.folders("styles") for path in folder.glob("print-*.css")}
        styles = {path.stem for folder in self.folders("styles", "csl") for path in folder.glob("*.csl")}
        for field, known in (("layout", layouts), ("csl", styles)):
            if getattr(journal, field) not in known:
                problems.append(Problem("unknown_choice", places.find(field), getattr(journal, field), ", ".join(sorted(known))))
                journal = journal.model_copy(update={field: getattr(Journal(), field)})
        patterns = {path.stem for folder in self.folders("styles", "second-list") for path in folder.glob("*.yaml")}
        if journal.second_list and journal.second_list not in patterns:
            problems.append(Problem("unknown_choice", places.find("second_list"), journal.second_list, ", ".join(sorted(patterns))))
            journal = journal.model_copy(update={"second_list": None})
        if journal.transliteration:
            from basylym.typography.transliteration import schemes
        for tag, scheme in journal.transliteration.items():
            if scheme not in schemes():
                problems.append(Problem("unknown_choice", places.find("transliteration", tag), scheme, ", ".join(schemes())))
        missing = missing_families(tuple(journal.fonts))
        for name in missing:
            problems.append(Problem("unknown_choice", places.find("fonts", journal.fonts.index(name)), name,
                                    Phrase("a family whose fontpkg-* package is installed")))
        return journal.model_copy(update={"fonts": [name for name in journal.fonts if name not in missing]}), places

    @cached_property
    def issues(self) -> dict[str, tuple]:
        """Every issue by the name of its folder: the issue, the places of its fields, its problems."""
        if self.lone:
            return {}
        return {path.parent.name: self._issue(path) for path in sorted(self.source.glob("*/issue.yaml"))}

    def _issue(self, path: Path) -> tuple[Issue, Places, list[Problem]]:
        """An issue, and a problem for each article or section it names that is not there."""
        if path in self._issues:
            return self._issues[path]
        issue, places, problems = read_issue(path, self.root)
        sections, seen = [section.id for section in issue.sections], set()
        for number, line in enumerate(issue.articles):
            place = places.find("articles", number, "folder")
            if not re.fullmatch(r"[^/\\]+", line.folder) or not (path.parent / line.folder / MANUSCRIPT).is_file():
                problems.append(Problem("article_not_found", place, line.folder))
            elif line.folder in seen:
                problems.append(Problem("duplicate_key", place, line.folder))
            seen.add(line.folder)
            if line.section and line.section not in sections:
                problems.append(Problem("unknown_choice", places.find("articles", number, "section"), line.section,
                                        ", ".join(sections) or Phrase("none is listed under sections:")))
        self._issues[path] = issue, places, problems
        return self._issues[path]

    @cached_property
    def targets(self) -> list[Target]:
        """Every article: in each issue those its issue.yaml names, in that order, then the other folders with a manuscript."""
        found = []
        for slug, (issue, _, _) in self.issues.items():
            named = [line.folder for line in issue.articles]
            lying = sorted(path.parent.name for path in (self.source / slug).glob(f"*/{MANUSCRIPT}"))
            for name in dict.fromkeys([*(name for name in named if "/" not in name), *lying]):
                manuscript = self.source / slug / name / MANUSCRIPT
                if manuscript.is_file() and manuscript.resolve().is_relative_to(self.source):
                    found.append(Target(manuscript, slug, self.output / slug / name))
        return found

    def select(self, names: list[str], here: Path) -> list[Target]:
        """The articles that words on the command line name: an article, issue/article, an issue, a folder, a file.

        Raises UsageError for a word that names none, and where there is none but what looks like one.
        """
        if not names and not self.targets and (why := self.why_no_article(self.source)):
            raise UsageError(why)
        if not names:
            return self.targets
        chosen: list[Target] = []
        for name in names:
            path = (here / name).resolve()
            matching = [target for target in self.targets
                        if name.rstrip("/") in (target.slug, target.name, target.issue)
                        or path in (target.manuscript, *target.manuscript.parents[:2])]
            if not matching:
                known = ", ".join(target.name for target in self.targets) or Phrase("none")
                raise UsageError(self.why_no_article(path) or Phrase(
                    "no article is called “{name}”; there are: {known}", name=name, known=known))
            chosen += matching
        return list(dict.fromkeys(chosen))

    def why_no_article(self, within: Path) -> Phrase | None:
        """Why what looks like an article in a folder, or is named by its file, is none; nothing where none looks like one."""
        for path in [] if self.lone else sorted(self.source.glob(f"*/*/{MANUSCRIPT}")):
            if within not in (path, *path.parents) or path.is_dir():
                continue
            if not path.is_file():
                return Phrase("{path} is no regular file", path=path)
            if not (path.parents[1] / "issue.yaml").is_file():
                return Phrase("{folder} has articles but no issue.yaml, which makes an issue of it", folder=path.parents[1])
        return None

    def edition(self, target: Target, meanwhile: Callable[[Edition, Callable[[], bool]], None] | None = None) -> Edition:
        """An article, read, in its journal and issue; `meanwhile` is done while pandoc works, with what is known by then, and may ask
        whether it has answered."""
        journal, places, problems = self.journal
        path = self.source / target.issue / "issue.yaml" if target.issue else None
        issue = self._issue(path) if path and path.is_file() else None  # of its own issue alone: a journal may have a thousand

        def place(article: Article) -> Edition:
            return read_edition(article, (journal, places, problems), issue, target.issue, self.languages)

        def aside(article: Article, answered: Callable[[], bool]) -> None:
            with suppress(Exception):  # it comes up again below
                _ = self.pattern  # which pandoc has no need of
            if meanwhile:
                meanwhile(place(article), answered)

        article = read_article(target.parts or (target.manuscript,), self.root, journal, self.find_style, self.languages, self.replaced,
                               aside)
        if journal.second_list:
            problems = [*problems, *self._read_pattern(journal.second_list)[1]]
        retracted: tuple[Retraction, ...] = ()
        if journal.retractions and article.references:
            retracted, mistakes = read_retractions(self.source, journal.retractions, places.find("retractions"), article.references)
            problems = [*problems, *mistakes]
        return replace(place(article), retracted=retracted, translations_needed=tuple(self.pattern.needs) if self.pattern else ())

    @cached_property
    def pattern(self) -> Pattern | None:
        """The pattern of the journal's second list; none where it wants no such list, or the pattern can't be used."""
        name = self.journal[0].second_list
        return self._read_pattern(name)[0] if name else None

    def _read_pattern(self, name: str) -> tuple[Pattern | None, list[Problem]]:
        if name not in self._patterns:
            from basylym.read.patterns import read_pattern

            path = self.find("styles", "second-list", f"{name}.yaml")
            own = path.is_relative_to(self.root)
            self._patterns[name] = read_pattern(path, path.relative_to(self.root).as_posix() if own else f"styles/second-list/{path.name}")
        return self._patterns[name]

    def write_all(self, files: list[tuple[Path, bytes]]) -> None:
        """Writes an article's files: all of them lie on the disk before the first takes the place of an earlier one, and none does
        where one has no room or no place to go. Raises OutputError."""
        for path, _ in files:
            self._keep_inside(path)
            if path.is_dir() or (path.parent.exists() and not os.access(path.parent, os.W_OK)):
                raise OutputError(Phrase("{path} can't be written: a folder stands there", path=path) if path.is_dir() else
                                  Phrase("{path} can't be written: its folder is read-only", path=path))
        sweep([path for path, _ in files])
        staged: list[tuple[Path, Staged]] = []
        try:
            for path, data in files:
                staged += self._stage(path, data)
            for path, each in staged:
                with self._told(path):
                    each.put()
        finally:
            for _, each in staged:
                each.drop()
        for path in {path for path, _ in files} - {path for path, _ in staged}:
            with suppress(OSError):
                path.touch()  # as it was, and yet no older than what it was made of now

    def write_folder(self, folder: Path, files: Mapping[str, bytes]) -> list[Path]:
        """Makes a folder hold just these files, by their paths below it; where they stand. Raises OutputError."""
        for name, data in files.items():
            self.write(folder / name, data)
        for path in sorted(folder.rglob("*"), reverse=True):  # what stood there before
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.relative_to(folder).as_posix() not in files:
                path.unlink()
        return [folder / name for name in files]

    def write(self, path: Path, data: bytes) -> bool:
        """Writes a file whole or not at all; False where it already held just these bytes. Raises OutputError."""
        with self._told(path):
            for _, each in (staged := self._stage(path, data)):
                each.put()
        return bool(staged)

    def _stage(self, path: Path, data: bytes) -> list[tuple[Path, Staged]]:
        """A file ready to be put in its place; nothing where just these bytes stand there. Raises OutputError."""
        with self._told(path):
            self._keep_inside(path)
            if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
                return []
            path.parent.mkdir(parents=True, exist_ok=True)
            return [(path, Staged(path, data))]

    @contextmanager
    def _told(self, path: Path) -> Iterator[None]:
        """Whatever the system refuses is told in a sentence."""
        try:
            yield
        except OSError as error:
            raise OutputError(Phrase("{path} could not be written: {why}", path=path, why=error.strerror or error)) from error

    def write_manifest(self, paths: Iterable[Path]) -> Path:
        """Writes the checksums of finished files beside them, as `sha256sum --check` reads them; where they stand. Raises OutputError."""
        lines = []
        for path in set(paths):
            with self._told(path):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
            name = path.relative_to(self.output).as_posix()
            told = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
            mark = "\\" if told != name else ""  # so sha256sum knows that the name is to be read back
            lines.append((os.fsencode(name), f"{mark}{digest}  {told}\n"))
        self._keep_inside(self.output / MANIFEST)
        sweep([self.output / MANIFEST])
        self.write(self.output / MANIFEST, "".join(line for _, line in sorted(lines)).encode("utf-8", "surrogateescape"))
        return self.output / MANIFEST

    def _keep_inside(self, path: Path) -> None:
        """Raises LinkError where a link leads out of the folder of outputs."""
        if leads_out(self.root, self.lone, path):
            raise LinkError(Phrase("{path} can't be written: a link leads out of the folder of outputs", path=path))

    def rewrite(self, path: Path, before: bytes, after: bytes) -> None:
        """Writes a source that was mended, whole or not at all, with the rights it had. Raises OutputError, also where it does not
        hold any more what was mended."""
        try:
            path = path.resolve()  # a link stays one
            if not os.access(path, os.W_OK):
                raise OutputError(Phrase("{path} can't be written: it is read-only", path=path))
            if path.read_bytes() != before:
                raise OutputError(Phrase("{path} was changed meanwhile, so it was not mended; run the command again", path=path))
            write_whole(path, after, path.stat().st_mode & 0o777)
        except OSError as error:
            raise OutputError(Phrase("{path} could not be written: {why}", path=path, why=error.strerror or error)) from error
