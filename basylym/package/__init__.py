"""4. Articles to what a repository, an index or an archive takes: each module here that declares a DEPOSIT is a target.

Everything is written from what render/metadata.py says of an article and from its finished files. Nothing is sent anywhere.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from basylym.fields import Issue, Journal
from basylym.languages import has_file, language
from basylym.later import modules_of
from basylym.project import Project
from basylym.render.figure_files import name_figures
from basylym.render.metadata import Metadata, read_metadata
from basylym.render.press import open_templates

if TYPE_CHECKING:
    import jinja2

    from basylym.render.press import Press


WORDS = ('.//text()[(not(ancestor::*[local-name()="semantics"]) or parent::*[local-name()="annotation"])'
         ' and not(ancestor::a[@role="doc-noteref" or @role="doc-backlink"])]')
"""The text of a tree, formulas as TeX, without the marks of notes."""

MEDIA_TYPES = {".pdf": "application/pdf", ".html": "text/html", ".epub": "application/epub+zip", ".xml": "application/xml"}
"""What the outputs are, by their endings."""


@dataclass(frozen=True)
class Item:
    """One article, ready to be sent."""

    article: Metadata
    """What it is."""
    files: Mapping[str, Path]
    """Its outputs by their endings: .pdf, .epub, .html, .xml (JATS)."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures that its JATS names, by those names."""
    sources: Mapping[str, Path] = field(default_factory=dict)
    """What it was made of, by its place below the article's folder: the manuscript, the references, the figures as they came."""
    fit: frozenset[str] = frozenset()
    """The targets that lack nothing of it."""
    draft: str = ""
    """Why it must not be sent; empty for one that may be."""
    text: str = ""
    """Its text and then its notes, without markup, formulas as TeX, on one line."""

    def read(self, ending: str) -> bytes:
        """One of its outputs."""
        return self.files[ending].read_bytes()


@dataclass(frozen=True)
class Parcel:
    """What one target's files are made of: an article, or the articles of an issue."""

    items: tuple[Item, ...]
    """The articles, in the order of the issue; at least one."""
    journal: Journal
    """Their journal."""
    issue: Issue | None
    """Their issue."""
    name: str
    """What its files are called: the article's name, or that of the issue's folder."""
    whole: bool
    """Whether it is an issue."""
    templates: jinja2.Environment
    """Jinja2, escaping always on."""
    languages: Path | None = None
    """The journal's own folder of languages."""

    @property
    def articles(self) -> list[Metadata]:
        """What the articles are."""
        return [item.article for item in self.items]

    @property
    def stamp(self) -> datetime:
        """When it counts as written, in UTC: SOURCE_DATE_EPOCH where it is set (reproducible-builds.org), else the latest day that
        its articles tell of. No clock is asked, so that the same articles give the same bytes."""
        if (epoch := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
            return datetime.fromtimestamp(int(epoch), UTC)
        return datetime.combine(max(each.latest for each in self.articles), time(), UTC)

    def code(self, tag: str) -> str:
        """The three letters of a language, ISO 639-2/B; nothing for one whose file says none, or that has no file."""
        known = language(tag, self.languages)
        return known.iso_639_2 if has_file(tag, self.languages) else ""

    def fill(self, template: str, **values: Any) -> str:
        """A template filled in; `parcel` and `journal` are always there."""
        return self.templates.get_template(template).render(parcel=self, journal=self.journal, **values)


@dataclass(frozen=True)
class Deposit:
    """One kind of package."""

    id: str
    """Its word on the command line, and its folder's name."""
    make: Callable[[Parcel], Mapping[str, bytes]]
    """Makes its files: a path below the target's folder -> what stands there."""
    template: str = ""
    """Its template in templates/; empty where a library writes the format."""


@lru_cache(maxsize=1)
def deposits() -> dict[str, Deposit]:
    """Every target by id, in the order of the ids."""
    found = {}
    for name in modules_of(__file__):
        declared = getattr(importlib.import_module(f"{__name__}.{name}"), "DEPOSIT", None)
        for each in declared if isinstance(declared, tuple) else (declared,) if declared else ():
            found[each.id] = each
    return dict(sorted(found.items()))


def read_item(press: Press, files: Mapping[str, Path], draft: str = "") -> Item | None:
    """An article as targets take it; None for one without a title or an author. `draft` says why it must not be sent."""
    edition = press.edition
    article = read_metadata(press.view, press.pages, forced=bool(draft))
    fit = frozenset(each.id for each in edition.deposits if not each.missing(edition))
    parts = [press.body.tree, *(note for _, note in press.body.notes)]
    text = " ".join(" ".join("".join(part.xpath(WORDS)) for part in parts).split())
    pictures = {name: press.body.pictures[source].data for source, (name, _) in name_figures(press.body).items()}
    return Item(article, files, pictures, _sources(edition.article.folder.resolve()), fit, draft, text) if article else None


def _sources(folder: Path) -> dict[str, Path]:
    """The files that lie in an article's folder; none that a link leads out of it."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path for path in found if path.resolve().is_relative_to(folder)}


def pack(project: Project, items: Sequence[Item], issue: str | None, whole: bool = False) -> dict[str, dict[str, bytes]]:
    """The files of every target that an article, or a whole issue, is fit for: target -> path below its folder -> content. Those of
    a draft say so in their names, and a file beside says why."""
    journal, templates, made = project.journal[0], open_templates(project), {}
    placed = project.issues[issue][0] if issue else None
    for each in deposits().values():
        fit = tuple(item for item in items if each.id in item.fit)
        if not fit:
            continue
        files = dict(each.make(Parcel(fit, journal, placed, issue if whole else fit[0].article.slug, whole, templates,
                                      project.languages)))
        if reasons := [f"{item.article.slug}: {item.draft}\n" for item in fit if item.draft]:
            files = {_mark(name): content for name, content in files.items()} | {"DRAFT.txt": "".join(reasons).encode()}
        made[each.id] = files
    return made


def _mark(name: str) -> str:
    """The name of a draft's file: crossref.draft.xml."""
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.partition(".")
    return name if folder else f"{folder}{slash}{stem}.draft{dot}{ending}"
