"""From a task and an edition to the files' bytes: what is made beside what."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from basylym.beside import Beside
from basylym.cache import Cache, Kept
from basylym.messages import LANGUAGES
from basylym.model import Edition
from basylym.project import Project
from basylym.tasks import Task

if TYPE_CHECKING:
    from basylym.render import Format
    from basylym.render.press import Press


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


def open_press(project: Project, edition: Edition, task: Task) -> Press:
    """What makes the formats that a task asks for."""
    from basylym.render.press import Press

    return Press(project, *_prepare(edition, task),
                 files=[(each.id, _name_file(task, each), each.media_type) for each in _formats(task)], place=_place(task))


def _place(task: Task) -> Kept | None:
    """Where what is found out of an article's texts is kept: among the records of its journal, for each edition by itself."""
    if not task.letters:
        return None
    article = os.path.relpath(task.target.manuscript, task.root)
    return Kept(Cache(task.root, task.lone, fresh=task.letters == "anew"), ("letters", article, task.edition))


def _formats(task: Task) -> list[Format]:
    from basylym.render import find_format

    return [find_format(name) for name in sorted(set(task.formats))]


def _name_file(task: Task, format: Format) -> str:
    return (task.target.slug if task.edition == "published" else f"{task.target.slug}.{task.edition}") + format.suffix


def press_ahead(project: Project, edition: Edition, task: Task) -> Press | None:
    """What makes the formats, before the findings are known; whatever stops it comes up again when they are told."""
    if task.edition != "proof":  # its pages tell the findings
        with suppress(Exception):
            press = open_press(project, edition, task)
            _ = press.body  # of use to whoever works beside
            return press
    return None


def needs_pages(edition: Edition, task: Task) -> bool:
    """Whether an article is to be laid out for what is asked for; where first and last page are fixed, it is not for a format that
    only tells them."""
    return task.edition == "proof" or any(each.paged or not edition.fixed_pages for each in _formats(task))


def is_begun(press: Press, task: Task) -> bool:
    """Whether the article could be laid out in silence, or made where it needs no pages, while it is checked; what was said is said
    again, where it is listened to."""
    with suppress(Exception):
        from basylym.render.said import listen

        with listen() as said:
            if needs_pages(press.edition, task):
                _ = press.layout
            else:
                press.made = render_each(press, share(task)[0])
        return not said
    return False


def in_turn(task: Task) -> list[Format]:
    """The formats asked for, the one first that takes longest."""
    return sorted(_formats(task), key=lambda each: each.id != "pdf")


def render_each(press: Press, these: list[Format]) -> dict[str, bytes]:
    """Some formats' files by their words."""
    return {each.id: each.render(press) for each in these}


def share(task: Task) -> tuple[list[Format], list[Format]]:
    """The formats that are made here, and those that are made beside: the PDF takes longer than all others together, and has the JATS
    inside."""
    first, *others = in_turn(task)
    carried = [each for each in others if first.id == "pdf" and each.id == "jats"]
    return [first, *carried], [each for each in others if each not in carried]


def render_all(press: Press, task: Task, side: Beside, look: Callable[[Press], Any]) -> tuple[list[tuple[Path, bytes]], Any]:
    """The files of an article, not yet written, and what a `look` at its pages gives: it is taken beside, too."""
    here, beside = share(task)
    if side.able:
        side.tell((press.layout.starts, press.layout.length) if needs_pages(press.edition, task) else None)
        made = press.made or render_each(press, here)
        found, others = side.result()
        made |= others
    else:
        made = press.made | render_each(press, [each for each in (*here, *beside) if each.id not in press.made])
        found = look(press)
    return [(task.target.output / _name_file(task, each), made[each.id]) for each in _formats(task)], found
