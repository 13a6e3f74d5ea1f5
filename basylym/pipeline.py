"""What is done to one article, in which order; and who does it when there are many.

read → check → layout → PDF, EPUB, page, JATS → packages. An article is one task: it needs nothing of another, so tasks run side by side.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from basylym import head_start
from basylym.beside import Beside
from basylym.cache import Cache, only_data
from basylym.errors import BasylymError
from basylym.later import load_wanted, loaded_later
from basylym.messages import render, say
from basylym.model import Edition, Finding, Mend, Place
from basylym.project import Project, Target
from basylym.rendering import in_turn, is_begun, needs_pages, open_press, press_ahead, render_all, render_each, share
from basylym.targets import TARGETS
from basylym.tasks import Result as Result
from basylym.tasks import Task as Task

if TYPE_CHECKING:
    from basylym.check import Early
    from basylym.package import Item
    from basylym.render.press import Press

LACKS = ("DEP-001", "DEP-002")
"""The checks that say what a target can't do without."""
PAGES = ("OUT-033", "OUT-034")
"""The checks that ask how many pages an article fills."""
SELDOM = (1_500_000, 20, 100)
"""How seldom Python looks for what is left over while an article is worked on: what that takes it needs to its end, and looking
takes a tenth of the time."""
MANY = 200
"""Of more articles than this at once nothing is kept but what became of them: it would fill the disk."""
LONG = 300_000
"""An article of so many letters is a book."""
TRIED = 100_000
"""Of an article of more letters nothing is made for trial: it takes longer than is won."""
SAID = 20
"""How many sentences of the layout engine a result holds."""


def work(task: Task) -> Result:
    """Does one task. What stops it is told in the result, so that the other articles go on."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        return _work(task)
    finally:
        gc.set_threshold(*usual)


def work_on(task: Task) -> Result:
    """Does one task of many: what the last one left is cleared away first, so that a worker takes no more the longer it works."""
    gc.collect()
    if "weasyprint" in sys.modules and not gc.get_freeze_count():
        gc.freeze()  # what is loaded by now stays: looking through it each time takes as long as most checks
    return work(replace(task, crowded=True))


def _work(task: Task) -> Result:
    from basylym.check import STOPS

    told: dict[str, tuple[Finding, ...]] = {}
    try:
        if task.mend:
            return _mend(task)
        project = Project(task.root, task.lone)
        early: list[Early] = []
        edition = replace(project.edition(task.target, partial(_meanwhile, task, early)), kind=task.edition)
        if task.beside:  # the only article: what follows needs the memory, and its copies of this process no pandoc; and to end takes time
            head_start.dismiss()
        if task.package and edition.draft and not task.force:
            task = replace(task, beside=False)  # it is refused whatever is found: nothing is laid out meanwhile
        if task.outputs:
            from basylym.read.output_deposits import read_deposits
            from basylym.read.outputs import read_outputs

            sources = {task.root / each for each in (*edition.article.files, edition.journal_places.path, edition.issue_places.path)}
            edition = replace(edition, outputs=read_outputs(task.target.output, task.target.slug, task.root, sources=sources),
                              packages=read_deposits(
                                  task.target.output, task.target.slug, task.root, task.target.output.parent if task.whole_issue else None,
                                  (edition.front.doi or "", *(edition.text("title", tag) for tag in edition.languages))))
        if task.package or edition.journal.deposit.to:
            from basylym.check.deposits import wanted

            edition = replace(edition, deposits=wanted(edition.journal, task.deposits))
        press = press_ahead(project, edition, task) if task.beside and task.formats and edition.article.readable else None
        with Beside(partial(_beside, edition, task, early, press), press is not None) as side:
            begun = press is not None and is_begun(press, task)
            told = _tell(side.result())
            stopped = not edition.article.readable or any(finding.id in STOPS for finding in told["findings"])
            refused = _refuse(edition, told["findings"], task.tongue) if task.package else ""
            if task.package and (stopped or refused and not task.force):
                _drop(project, TARGETS, task.target.output)
                return Result(task.target, **told, refused=refused)
            if not task.formats or stopped:
                return Result(task.target, **told)
            return _make(project, edition, task, press if begun else None, side, told, refused)
    except BasylymError as error:
        return Result(task.target, **told, failure=str(render(error.args[0], task.tongue)), exit_code=error.exit_code)
    except Exception as error:  # nobody foresaw it: a fault of ours, told with its place, and the other articles go on
        import traceback

        ours = (Path(__file__).parent, task.root)
        where = [frame for frame in traceback.extract_tb(error.__traceback__)
                 if any(Path(frame.filename).is_relative_to(folder) for folder in ours)][-1]
        words = say("a fault in Basylym: {error} ({place})", task.tongue, error=f"{type(error).__name__}: {error}",
                    place=f"{Path(where.filename).name}:{where.lineno}")
        return Result(task.target, **told, failure=words, exit_code=3)


def _make(project: Project, edition: Edition, task: Task, press: Press | None, side: Beside, told: dict[str, tuple[Finding, ...]],
          refused: str) -> Result:
    """Makes and writes the files of an article whose findings are known."""
    from basylym.render.said import listen

    press = press or open_press(project, edition, task)
    # everything is made before anything is written: a format that fails leaves the earlier outputs as a whole
    with listen() as said:
        made, found = render_all(press, task, side, partial(_look_at_pages, edition, task))
    if found:
        from basylym.check import in_order

        told = {name: tuple(in_order([*told[name], *those])) for name, those in _tell(found).items()}
        refused = _refuse(edition, told["findings"], task.tongue) if task.package else ""
        if refused and not task.force:
            _drop(project, TARGETS, task.target.output)
            return Result(task.target, **told, refused=refused)
    project.write_all(made)
    if "layout" in vars(press):
        press.layout.letters.keep()
    written, item = [path for path, _ in made], None
    if task.package:
        from basylym.package import read_item

        draft = say("these files must not be sent to anyone: {why}", task.tongue, why=refused) if refused else ""
        item = read_item(press, {path.suffix: path for path in written}, draft)
        _drop(project, [each.id for each in edition.deposits if not item or each.id not in item.fit], task.target.output)
        written += _pack(project, [item], task.target.issue, task.target.output) if item else []
    return Result(task.target, **told, written=tuple(written), said=tuple(said)[:SAID], refused=refused, item=item)


def _look_at_pages(edition: Edition, task: Task, press: Press) -> list[Finding]:
    """What is found of an article's pages, if it was laid out; other editions than the published one may fill others."""
    from basylym.check import run_all

    if "layout" not in vars(press) or task.edition != "published":
        return []
    return run_all(replace(edition, length=press.layout.length), task.tongue, PAGES)


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


def _spare_front_matter(task: Task, findings: list[Finding]) -> list[Finding]:
    """The findings, mends of the front matter being proposals unless they are asked for."""
    from basylym.mend import propose

    own = {path.relative_to(task.root).as_posix() for path in task.target.parts or (task.target.manuscript,)}
    return propose(findings, lambda fix: fix.place.field and fix.place.path in own and not task.front_matter)


def _tell(found: list[Finding]) -> dict[str, tuple[Finding, ...]]:
    """What a result tells of the findings: those that count, and those that the article allows."""
    return {"findings": tuple(each for each in found if not each.allowed), "allowed": tuple(each for each in found if each.allowed)}


def _mend(task: Task) -> Result:
    """Mends an article's sources in memory until nothing is left that may be mended. The text is mended to its end before pandoc
    reads it again."""
    from basylym.check import run_all
    from basylym.mend import ROUNDS, Mending, safe_mends

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


def _meanwhile(task: Task, early: list[Early], edition: Edition, answered: Callable[[], bool]) -> None:
    """What is done while pandoc works on another core: the layout engine is loaded, and the checks begin, where they are not done beside
    the layout. Where pandoc has no core of its own, they would only be in its way."""
    warm = "weasyprint" in sys.modules
    with suppress(Exception):  # it comes up again where it is needed
        with loaded_later("inspect"):  # for functions that are given to lxml, and none is
            import lxml.etree  # noqa: F401 (all that follows reads with it)
        paged = bool(task.formats) and needs_pages(edition, task)
        if paged:
            from basylym.render.layout import load_engine

            load_engine(tuple(edition.journal.fonts))
        if task.formats:
            import basylym.render.press  # noqa: F401 (it is needed next)

            in_turn(task)
        wanted = not task.crowded and (warm or not (task.beside and paged))
        if wanted and len(edition.article.source) < LONG:  # whether a longer text can be read at all is to be known first
            from basylym.check import run_early

            early.append(run_early(replace(edition, kind=task.edition), answered))
        load_wanted()


def _beside(edition: Edition, task: Task, early: list[Early], press: Press | None, told: Callable[[], Any]) -> Iterator[Any]:
    """What is done beside the layout and the PDF: the checks, and then all other formats, as far as they can be got ready without the
    pages, and to their end when those are known, with a look at these."""
    from basylym.check import run_all

    yield _asked_for(task, _spare_front_matter(task, run_all(edition, task.tongue, early=early[0] if early else None)))
    if press is not None:
        _, others = share(task)
        if others and len(edition.article.source) < TRIED:
            with suppress(Exception):  # tried with pages that are not its own, so that all else is at hand when its own are known
                render_each(press.laid_out((), 1), others)
        press = press.laid_out(*where) if (where := told()) else press
        yield _look_at_pages(edition, task, press), render_each(press, others)


def run(project: Project, targets: list[Target], workers: int | None = None, begun: Callable[[Target], None] = lambda target: None,
        cache: Cache | None = None, scheduler: str | None = None, **wanted: Any) -> Iterator[Result]:
    """The results of all articles in order; several go to a pool of processes that stay warm, or to the cluster of a `scheduler`.
    `wanted` is what else a task says: formats, tongue and the like. What a `cache` knows to be as it was is not built again."""
    chosen = set(targets)
    issues = {each.issue for each in project.targets} - {each.issue for each in project.targets if each not in chosen}
    tasks = [Task(project.root, project.lone, target, **wanted,
                  whole_issue=bool(wanted.get("outputs") and target.issue and target.issue in issues)) for target in targets]
    known = {task: result for task in tasks if cache and (result := _recall(cache, task))}
    left = [task for task in tasks if task not in known]
    keep = partial(_keep, cache)  # each as soon as it is done: a build that was interrupted goes on where it stopped
    if not scheduler and len(tasks) == 1 and workers != 1:
        left = [replace(task, beside=True) for task in left]
    if cache and cache.sources and len(left) <= MANY and tasks[0].formats:
        left = [replace(task, letters="anew" if cache.fresh else "recalled") for task in left]
    workers = min(workers or os.cpu_count() or 1, len(left))
    if not left or workers <= 1 and not scheduler:
        yield from _in_order(tasks, known, _one_by_one(left, begun, keep), cache)
        return
    from basylym.workers import Processes, work_side_by_side

    if scheduler:
        from basylym.scheduler import connect

    with connect(scheduler, project.root, project.output) if scheduler else Processes(workers, "basylym.pipeline") as pool:
        yield from _in_order(tasks, known, work_side_by_side(pool, work_on, left, keep), cache)


def _one_by_one(tasks: list[Task], begun: Callable[[Target], None], keep: Callable[[Task, Result], None]) -> Iterator[Result]:
    for task in tasks:
        begun(task.target)
        result = work(task)
        keep(task, result)
        yield result


def _in_order(tasks: list[Task], known: dict[Task, Result], done: Iterator[Result], cache: Cache | None) -> Iterator[Result]:
    """What is known and what is done, in the order of the tasks, so that a report is the same each time."""
    ready = {task.target: result for task, result in known.items()}
    with closing(done):
        for task in tasks:
            while task.target not in ready:
                result = next(done)
                ready[result.target] = result
            yield ready.pop(task.target)
    if cache and known.keys() != set(tasks):
        cache.tidy()


KEPT = ("findings", "allowed", "written", "said")
"""What is kept of the result of a task that nothing went wrong with; the rest is then empty."""


def _may_keep(task: Task) -> bool:
    """Whether plain data that come of the sources alone are all that comes of a task."""
    return not (task.package or task.mend or task.outputs)


def _keep(cache: Cache | None, task: Task, result: Result) -> None:
    """Keeps the result of a task, and what a check of the same article would tell."""
    if not cache or result.failure or not _may_keep(task):
        return
    article = None if task.lone else task.target.manuscript
    kept = {**{name: [_write_finding(each) for each in getattr(result, name)] for name in KEPT[:2]}, "said": [], "written": []}
    if task.edition == "published":
        checked = {name: [each for each in kept[name] if each["id"] not in PAGES] for name in KEPT[:2]}
        cache.keep(_key(replace(task, formats=(), notes_tongue=None)), kept | checked, (), article)
    if task.formats:
        kept |= {"said": list(result.said), "written": [each.relative_to(task.root).as_posix() for each in result.written]}
        cache.keep(_key(task), kept, result.written, article)


def _recall(cache: Cache, task: Task) -> Result | None:
    """The result of a task that needs not be done again."""
    if not _may_keep(task):
        return None
    kept = cache.recall(_key(task), None if task.lone else task.target.manuscript)
    try:
        return kept and Result(task.target, **{name: tuple(_read_finding(each) for each in kept[name]) for name in KEPT[:2]},
                               written=tuple(task.root / name for name in kept["written"]), said=tuple(kept["said"]))
    except (TypeError, KeyError, AttributeError):  # no record of ours
        return None


def _write_finding(found: Finding) -> dict[str, Any]:
    fix = found.fix and {**_fields(found.fix), "place": _fields(found.fix.place)}
    return {**_fields(found), "place": _fields(found.place), "fix": fix}


def _fields(holder: Any) -> dict[str, Any]:
    """What a data class holds, as far as it is plain: dataclasses.asdict, which asks the same of each value, takes ten times as long."""
    return {name: getattr(holder, name) for name in holder.__dataclass_fields__}


def _read_finding(kept: dict[str, Any]) -> Finding:
    fix = kept["fix"] and Mend(**{**kept["fix"], "place": Place(**kept["fix"]["place"])})
    return Finding(**{**kept, "place": Place(**kept["place"]), "fix": fix})


def _key(task: Task) -> dict[str, Any]:
    return only_data(vars(task), leave=("root", "lone", "beside", "crowded", "letters"))
