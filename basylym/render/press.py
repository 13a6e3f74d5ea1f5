"""What a renderer works with: an edition, the templates and styles, and the one layout that all formats share."""

from __future__ import annotations

import os
from collections.abc import Sequence
from copy import copy
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from basylym.errors import EngineError
from basylym.identifiers import doi_address
from basylym.later import loaded_later
from basylym.messages import Phrase
from basylym.model import Edition, Finding
from basylym.project import Project
from basylym.render import markup, proof
from basylym.render.editions import bare_picture
from basylym.render.kept_letters import Place
from basylym.render.second_list import second_list
from basylym.render.typesetting import Typesetter
from basylym.render.view import View
from basylym.typography.made_once import find_made, keep_made

with loaded_later("inspect"):  # Jinja's way of waiting for what comes later needs it, and no template of ours
    import jinja2

if TYPE_CHECKING:
    from basylym.render.layout import PageStart


def open_templates(project: Project) -> jinja2.Environment:
    """Jinja2, escaping always on, an unknown name an error; the journal's templates before Basylym's. What it has compiled is kept for
    the next article, as long as every template is the same file."""
    folders = project.folders("templates")
    found = ((each.path, each.stat(follow_symlinks=False)) for folder in folders if folder.is_dir() for each in os.scandir(folder))
    return _open(tuple(map(str, folders)), tuple(sorted((path, of.st_mtime_ns, of.st_size) for path, of in found)))


@lru_cache(maxsize=4)
def _open(folders: tuple[str, ...], files: tuple[tuple[str, int, int], ...]) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        bytecode_cache=_Compiled())
    made.filters["doi_address"] = doi_address
    return made


class _Compiled(jinja2.BytecodeCache):
    """Templates compiled once on a machine, as Python's own modules are. Each is found by its path and its content, so one that has
    changed is compiled anew."""

    def load_bytecode(self, bucket: Any) -> None:
        """Takes a template as it was compiled before, if it can be read."""
        if (found := find_made("templates", self._made_of(bucket), run=True)) is not None:
            try:
                bucket.bytecode_from_string(found)
            except Exception:  # another Python's
                bucket.reset()

    def dump_bytecode(self, bucket: Any) -> None:
        """Puts a compiled template down, if there is room."""
        keep_made("templates", self._made_of(bucket), bucket.bytecode_to_string())

    @staticmethod
    def _made_of(bucket: Any) -> list[str]:
        return [jinja2.__version__, bucket.key, bucket.checksum]


class Press:
    """Makes the outputs of one article; every costly step is done once, when first asked for."""

    def __init__(self, project: Project, edition: Edition, findings: tuple[Finding, ...] = (), tongue: str = "en",
                 files: Sequence[tuple[str, str, str]] = (), place: Place | None = None):
        self.project = project
        self.edition = edition
        self.findings = findings  # what a proof tells the authors
        self.tongue = tongue  # the language it tells it in
        self.files = files  # what is built beside: the format's word, the file's name, its media type
        self.place = place  # where what is known of its texts is kept
        self.made: dict[str, bytes] = {}  # by their words, the formats that were made while the article was checked

    @cached_property
    def templates(self) -> jinja2.Environment:
        """What fills templates in."""
        return open_templates(self.project)

    @cached_property
    def typesetter(self) -> Typesetter:
        """What sets the texts; here alone, so that all formats print the same."""
        return Typesetter(self.edition.language, self.edition.article.body.html, self.project.languages, self.edition.typography)

    @cached_property
    def view(self) -> View:
        """What templates see of the edition."""
        pattern = self.project.pattern
        return View(self.edition, self.project.languages, second_list(self.edition, pattern) if pattern else None, self.typesetter)

    @cached_property
    def body(self) -> markup.Body:
        """The article's text as a tree, every block with an id that is the same in all formats."""
        article = self.edition.article
        body = markup.read_body(self.typesetter.set_html(article.body.html), article.folder, self.view.language().missing["figure"],
                                self.edition.journal.limits)
        if self.edition.kind == "anonymous":
            body.pictures = {name: bare_picture(picture) for name, picture in body.pictures.items()}
        return body

    @cached_property
    def notes(self) -> list[proof.Note]:
        """What a proof tells, each at its place."""
        return proof.place_notes(self.findings, self) if self.findings else []

    @cached_property
    def layout(self):
        """The printed pages: laid out once, whichever formats are asked for."""
        from basylym.render.layout import lay_out

        return lay_out(self)

    def laid_out(self, starts: tuple[PageStart, ...], length: int) -> Press:
        """The same in another process than the pages: it is told where each begins, and how many there are."""
        from basylym.render.layout import Layout

        told = copy(self)
        told.layout = Layout(None, starts, length, None)
        return told

    @cached_property
    def jats(self) -> bytes:
        """The article in JATS: a file of its own, which the PDF carries inside."""
        from basylym.render.jats import write

        return write(self)

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page: those that are fixed, else as printed."""
        first = self.edition.first_page
        return self.edition.fixed_pages or (first, first + self.layout.length - 1)

    def styles(self, *names: str) -> Markup:
        """Style sheets as one text, each the journal's own where it has one."""
        return Markup("\n".join(self.project.find("styles", name).read_text("utf-8").strip() for name in names))

    def fill(self, template: str, **values: object) -> str:
        """A template filled in; `view` and `edition` are always there, and in a proof what its list says."""
        if self.edition.kind == "proof":
            values = {"tongue": self.tongue, "words": proof.list_words(self.tongue), **values}
            if "notes" not in values:  # they are placed on pages filled in without them
                values["notes"] = self.notes
        try:
            return self.templates.get_template(template).render(view=self.view, edition=self.edition, **values)
        except (jinja2.TemplateError, RecursionError) as error:
            raise EngineError(Phrase("the template {file} can't be used: {why}", file=template, why=str(error).split("\n")[0])) from error
