"""What is done to one article, in which order; and who does it when there are many.

read → check → layout → PDF, EPUB, page, JATS → packages. An article is one task: it needs nothing of another, so tasks run side by side.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from basylym.deposits import TARGETS
from basylym.errors import BasylymError
from basylym.mend import ROUNDS, Mended, Mending, propose, safe_mends
from basylym.messages import LANGUAGES, render, say
from basylym.model import Edition, Finding, Kind
from basylym.project import Project, Target

if TYPE_CHECKING:
    from basylym.package import Item

LACKS = ("DEP-001", "DEP-002")
"""The checks that say what a target can't do without."""
SAID = 20
"""How many sentences of the layout engine a result holds."""


@dataclass(frozen=True)
class Result:
    """What became of one article."""

    target: Target
    """The article."""
    findings: tuple[Finding, ...] = ()
    """What the checks found."""
    allowed: tuple[Finding, ...] = ()
    """What they found and the article allows, each with the reason it gives."""
    written: tuple[Path, ...] = ()
    """Its outputs, new or as they were."""
    failure: str = ""
    """Why it could not be built; empty when it was."""
    exit_code: int = 0
    """The exit code that the failure asks for."""
    said: tuple[str, ...] = ()
    """What the layout engine said of the style sheets and templates, in its own English: a declaration it doesn't know, say."""
    mended: tuple[Mended, ...] = ()
    """Its sources with their safe mends, not yet written; the findings are those of the sources as they were, or as they then are."""
    refused: str = ""
    """Why no packages were made of it."""
    item: Item | None = None
    """What it is in the packages of its issue."""

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True)
class Task:
    """One article to check, and to build in some formats; it carries paths and words alone, so any process can do it."""

    root: Path
    """The journal's folder."""
    lone: bool
    """Whether it is a manuscript without a journal."""
    target: Target
    """The article."""
    formats: tuple[str, ...] = ()
    """The ids of the formats to build; none means to check only."""
    tongue: str = "en"
    """The language that findings and failures are told in."""
    edition: Kind = "published"
    """For whom the outputs are made."""
    notes_tongue: str | None = None
    """The language of a proof's notes, where it is not the article's."""
    mend: Literal["", "diff", "fix"] = ""
    """Whether its safe mends are wanted, to be shown (diff: it is told what is found now), or to be written (fix: what is left)."""
    front_matter: bool = False
    """Whether the front matter may be mended too; else what is wrong there is only proposed."""
    outputs: bool = False
    """Whether its finished files are read back and checked too."""
    whole_issue: bool = False
    """Whether all articles of its issue are asked for, so that the packages of the issue are looked at too."""
    package: bool = False
    """Whether packages are made."""
    deposits: tuple[str, ...] = ()
    """The ids of their targets; none means those of the journal."""
    force: bool = False
    """Whether packages are made of what must not be sent, too, marked as such."""


def work(task: Task) -> Result:
    """Does one task. What stops it is told in the result, so that the other articles go on."""
    from basylym.check import STOPS, run_all

    told: dict[str, tuple[Finding, ...]] = {}
    try:
        if task.mend:
            return _mend(task)
        project = Project(task.root, task.lone)
        loading = _load_layout_engine(tuple(project.journal[0].fonts)) if task.formats else None
        edition = replace(project.edition(task.target), kind=task.edition)
        if task.outputs:
            from basylym.read.output_deposits import read_deposits
            from basylym.read.outputs import read_outputs

            sources = {task.root / each for each in (*edition.article.files, edition.journal_places.path, edition.issue_places.path)}
            edition = replace(edition, outputs=read_outputs(task.target.output, task.target.slug, task.root, sources=sources),
                              packages=read_deposits(
                                  task.target.output, task.target.slug, task.root, task.target.output.parent if task.whole_issue else None,
                                  (edition.front.doi or "", *(edition.text("title", tag) for tag in edition.languages))))
        if task.package or edition.journal.deposit.to:
            from basylym.package import wanted

            edition = replace(edition, deposits=wanted(edition.journal, task.deposits))
        told = _tell(_asked_for(task, _spare_front_matter(task, run_all(edition, task.tongue))))
        stopped = not edition.article.readable or any(finding.id in STOPS for finding in told["findings"])
        refused = _refuse(edition, told["findings"], task.tongue) if task.package else ""
        if task.package and (stopped or refused and not task.force):
            _drop(project, TARGETS, task.target.output)
            return Result(task.target, **told, refused=refused)
        if not task.formats or stopped:
            return Result(task.target, **told)
        from basylym.render import formats
        from basylym.render.press import Press

        loading.result()
        name_of = task.target.slug if task.edition == "published" else f"{task.target.slug}.{task.edition}"
        wanted = [each for name, each in formats().items() if name in task.formats]
        press = Press(project, *_prepare(edition, task), files=[(each.id, name_of + each.suffix, each.media_type) for each in wanted])
        # everything is made before anything is written: a format that fails leaves the earlier outputs as a whole
        with _listen() as said:
            made = [(task.target.output / (name_of + each.suffix), each.render(press)) for each in wanted]
        project.write_all(made)
        written, item = [path for path, _ in made], None
        if task.package:
            from basylym.package import read_item

            draft = say("these files must not be sent to anyone: {why}", task.tongue, why=refused) if refused else ""
            item = read_item(press, {path.suffix: path for path in written}, draft)
            _drop(project, [each.id for each in edition.deposits if not item or each.id not in item.fit], task.target.output)
            written += _pack(project, [item], task.target.issue, task.target.output) if item else []
        return Result(task.target, **told, written=tuple(written), said=tuple(said)[:SAID], refused=refused, item=item)
    except BasylymError as error:
        return Result(task.target, **told, failure=str(render(error.args[0], task.tongue)), exit_code=error.exit_code)
    except Exception as error:  # nobody foresaw it: a fault of ours, told with its place, and the other articles go on
        ours = (Path(__file__).parent, task.root)
        where = [frame for frame in traceback.extract_tb(error.__traceback__)
                 if any(Path(frame.filename).is_relative_to(folder) for folder in ours)][-1]
        words = say("a fault in Basylym: {error} ({place})", task.tongue, error=f"{type(error).__name__}: {error}",
                    place=f"{Path(where.filename).name}:{where.lineno}")
        return Result(task.target, **told, failure=words, exit_code=3)


def _asked_for(task: Task, findings: list[Finding]) -> list[Finding]:
    """The findings; what a target lacks that was named is an error."""
    return [replace(each, severity="error") if task.deposits and each.id in LACKS else each for each in findings]


def _refuse(edition: Edition, findings: tuple[Finding, ...], tongue: str) -> str:
    """Why an article must not be sent anywhere; nothing where it may be."""
    errors = sum(each.severity == "error" and not each.id.startswith("DEP-") for each in findings)
    if edition.draft:
        return say("it is a draft", tongue)
    return say("it has errors ({number})", tongue, number=errors) if errors else ""


def _pack(project: Project, items: list[Item], issue: str | None, folder: Path, whole: bool = False) -> list[Path]:
    """Writes the packages of an article or an issue; where they stand."""
    from basylym.package import pack

    written = []
    for target, files in pack(project, items, issue, whole).items():
        written += project.write_folder(folder / "deposit" / target, files)
    return written


def pack_issue(project: Project, slug: str, items: list[Item], targets: Sequence[str]) -> list[Path]:
    """Writes the packages of an issue, of those of its articles that may be sent; where they stand. Of the `targets`, those that no
    article is fit for lose the packages that they have."""
    _drop(project, [name for name in targets if not any(name in item.fit for item in items)], project.output / slug)
    return _pack(project, items, slug, project.output / slug, whole=True)


def _drop(project: Project, targets: Sequence[str], folder: Path) -> None:
    """Takes away the packages that an earlier run made for some targets: nobody is to send what may not be sent any more."""
    for name in targets:
        if (path := folder / "deposit" / name).is_dir():
            project.write_folder(path, {})
            path.rmdir()
    if (whole := folder / "deposit").is_dir() and not any(whole.iterdir()):
        whole.rmdir()


@contextmanager
def _listen() -> Iterator[dict[str, None]]:
    """What the layout engine says meanwhile in this thread, each once: a page is laid out several times."""
    said: dict[str, None] = {}
    here, logger = threading.get_ident(), logging.getLogger("weasyprint")

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == here:
                said[record.getMessage().split("\n")[0][:200]] = None

    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield said
    finally:
        logger.removeHandler(listener)


def _prepare(edition: Edition, task: Task) -> tuple:
    """What a press needs for the edition asked for: the anonymous one without its authors, the proof with what is to be told."""
    if task.edition == "anonymous":
        from basylym.check.anonymity import own_works
        from basylym.render.editions import anonymise

        return (anonymise(edition, own_works(edition)),)
    if task.edition == "proof":
        from basylym.check import run_checks

        tongue = task.notes_tongue or (edition.language if edition.language in LANGUAGES else task.tongue)
        return edition, tuple(run_checks(edition, tongue)), tongue
    return (edition,)


def _spare_front_matter(task: Task, findings: list[Finding]) -> list[Finding]:
    """The findings, mends of the front matter being proposals unless they are asked for."""
    own = {path.relative_to(task.root).as_posix() for path in task.target.parts or (task.target.manuscript,)}
    return propose(findings, lambda fix: fix.place.field and fix.place.path in own and not task.front_matter)


def _tell(found: list[Finding]) -> dict[str, tuple[Finding, ...]]:
    """What a result tells of the findings: those that count, and those that the article allows."""
    return {"findings": tuple(each for each in found if not each.allowed), "allowed": tuple(each for each in found if each.allowed)}


def _mend(task: Task) -> Result:
    """Mends an article's sources in memory until nothing is left that may be mended. The text is mended to its end before pandoc
    reads it again."""
    from basylym.check import run_all

    mending = Mending(task.root)

    def find(edition: Edition, among: set[str] | None = None) -> list[Finding]:
        return mending.spare(_spare_front_matter(task, run_all(edition, task.tongue, among)))

    now: list[Finding] = []
    for number in range(ROUNDS + 1):
        edition = Project(task.root, task.lone, mending.after).edition(task.target)
        found = find(edition)
        now = now or found
        if number == ROUNDS or not (changed := mending.write(edition.article, safe_mends(found), edition.language)):
            break
        able = {each.id for each in found if each.fix}
        for _ in range(ROUNDS):
            edition = replace(edition, article=mending.look_again(edition.article, changed))
            mends = [mend for mend in safe_mends(find(edition, able)) if not mend.place.field]
            if not (changed := mending.write(edition.article, mends, edition.language)):
                break
    return Result(task.target, **_tell(now if task.mend == "diff" else found), mended=mending.mended())


def _load_layout_engine(families: tuple[str, ...]) -> Future:
    """Begins to load the layout engine, which takes as long as pandoc does and needs the other core."""
    from basylym.render.layout import load_engine

    beside = ThreadPoolExecutor(1)
    try:
        return beside.submit(load_engine, families)
    finally:
        beside.shutdown(wait=False)


def run(project: Project, targets: list[Target], workers: int | None = None,
        begun: Callable[[Target], None] = lambda target: None, **wanted: Any) -> Iterator[Result]:
    """The results of all articles in order; several go to a pool of processes that stay warm. `wanted` is what else a task says:
    formats, tongue and the like."""
    issues = {each.issue for each in project.targets} - {each.issue for each in project.targets if each not in targets}
    tasks = [Task(project.root, project.lone, target, whole_issue=bool(target.issue) and target.issue in issues, **wanted)
             for target in targets]
    workers = min(workers or os.cpu_count() or 1, len(tasks))
    if workers <= 1:
        for task in tasks:
            begun(task.target)
            yield work(task)
        return
    with ProcessPoolExecutor(workers, _fresh_processes(), initializer=_finish_when_interrupted) as pool:
        yield from run_on(pool, tasks)


def _fresh_processes() -> multiprocessing.context.BaseContext:
    """How workers begin: from a process that has done nothing yet. A copy of one with threads, as a program that uses Basylym
    may be, can wait for ever on a lock that no thread of its own holds."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["basylym.pipeline"])
    return context


def _finish_when_interrupted() -> None:
    """Ctrl-C goes to the main process alone: it asks for no more, and a worker ends the article it is at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def run_on(pool: Executor, tasks: list[Task]) -> Iterator[Result]:
    """The results of tasks given to an executor, in order."""
    waiting = {pool.submit(work, task): task for task in tasks}
    try:
        for future in waiting:  # in the order given, so that a report is the same each time
            try:
                yield future.result()
            except Exception as error:  # a worker that died takes its own article with it, no other
                words = say("the worker stopped: {error}", waiting[future].tongue, error=str(error) or type(error).__name__)
                yield Result(waiting[future].target, failure=words, exit_code=3)
    finally:
        for future in waiting:
            future.cancel()
