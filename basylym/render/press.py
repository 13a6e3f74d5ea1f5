"""What a renderer works with: an edition, the templates and styles, and the one layout that all formats share."""

from __future__ import annotations

from functools import cached_property

import jinja2
from markupsafe import Markup

from basylym.model import Edition
from basylym.project import Project
from basylym.render import markup
from basylym.render.second_list import second_list
from basylym.render.typesetting import Typesetter
from basylym.render.view import View


class Press:
    """Makes the outputs of one article; every costly step is done once, when first asked for."""

    def __init__(self, project: Project, edition: Edition):
        self.project = project
        self.edition = edition

    @cached_property
    def templates(self) -> jinja2.Environment:
        """Jinja2, escaping always on, an unknown name an error; the journal's templates before Basylym's."""
        return jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.project.folders("templates")), autoescape=True,
            undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)

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
        return markup.read_body(self.typesetter.set_html(article.body.html), article.folder, self.view.language().missing["figure"])

    @cached_property
    def layout(self):
        """The printed pages: laid out once, whichever formats are asked for."""
        from basylym.render.layout import lay_out

        return lay_out(self)

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page as printed."""
        first = self.edition.first_page
        return first, first + len(self.layout.document.pages) - 1

    def styles(self, *names: str) -> Markup:
        """Style sheets as one text, each the journal's own where it has one."""
        return Markup("\n".join(self.project.find("styles", name).read_text("utf-8").strip() for name in names))

    def fill(self, template: str, **values: object) -> str:
        """A template filled in; `view` and `edition` are always there."""
        return self.templates.get_template(template).render(view=self.view, edition=self.edition, **values)
