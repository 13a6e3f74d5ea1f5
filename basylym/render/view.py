"""What templates see: every part of an article ready to print in each language, with visible words where one is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date as Day
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from basylym.identifiers import doi_address
from basylym.languages import Language, language
from basylym.model import Edition, Entry
from basylym.render.citation_formats import Citation, write_citations
from basylym.render.markup import link_addresses
from basylym.render.metadata import read_metadata
from basylym.render.second_list import SecondEntry
from basylym.render.typesetting import Typesetter
from basylym.typography.formula_words import bare_text

CC = {"CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
      "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
      "CC-BY-NC-4.0": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
      "CC-BY-NC-SA-4.0": ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
      "CC-BY-ND-4.0": ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
      "CC-BY-NC-ND-4.0": ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
      "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")}
"""SPDX ids of Creative Commons licences: the mark and the address (creativecommons.org)."""

HEAD_LETTERS = 100
"""The longest line at the head of a page."""


def _shorten(text: str) -> str:
    """A text of one line: cut after a word, with dots."""
    if len(text) <= HEAD_LETTERS:
        return text
    cut = text[:HEAD_LETTERS - 1]
    if not text[HEAD_LETTERS - 1].isspace() and max(cut.rfind(" "), cut.rfind("\u00a0")) > HEAD_LETTERS // 2:
        cut = cut[:max(cut.rfind(" "), cut.rfind("\u00a0"))]
    return cut.rstrip(" \u00a0,;:–—.") + "…"


def _in_one_line(name: str) -> str:
    """A person's name that no line's end parts, but for a very long one."""
    name = name.strip()
    return name.replace(" ", "\u00a0") if len(name) < 50 else name


class View:
    """An edition in the words of each language."""

    def __init__(self, edition: Edition, languages: Path | None = None, second_list: list[SecondEntry] | None = None,
                 typesetter: Typesetter | None = None):
        self.edition = edition
        self.front = edition.front
        self.tag = edition.language
        # without a journal, which would ask for some, all that there is a title in is printed
        self.tags = edition.languages if edition.journal.languages else tuple(dict.fromkeys((edition.language, *edition.front.title)))
        self.typesetter = typesetter or Typesetter(edition.language, edition.article.body.html, languages, edition.typography)
        self.second_list = [replace(entry, html=self.typesetter.set_html(entry.html, "en", entry=True, romanised=True))
                            for entry in second_list or ()]
        self._folder = languages
        self.break_points: dict[tuple[str, str], list[int]] = {}
        """Where soft hyphens stand in the paragraphs that were looked at."""

    def language(self, tag: str | None = None) -> Language:
        """The language of a tag; the article's without one."""
        return language(tag or self.tag, self._folder)

    def label(self, name: str, tag: str | None = None, value: object = "") -> str:
        """The word printed for a part."""
        return self.language(tag).label(name, value)

    def printed(self, text: str, tag: str | None = None) -> str:
        """A text without markup as it is printed; in metadata it stays as typed."""
        return self.typesetter.set_text(text, tag)

    def missing(self, name: str, tag: str | None = None) -> Markup:
        """The visible words where a part is missing."""
        return Markup('<span class="missing">[{}]</span>').format(self.language(tag).missing[name])

    def needs(self, name: str) -> bool:
        """Whether a part must be there, so that words stand in its place where it is missing."""
        return name in self.edition.journal.required

    def translate(self, texts: Mapping[str, str], tag: str | None = None) -> str:
        """A text in a language, else in the nearest one there is: the article's, the journal's first, any; else nothing."""
        return self._nearest(texts, tag) or ""

    def given(self, texts: Mapping[str, str], tag: str) -> str:
        """A text in a language, nothing where it is not given in it; in the article's own, the nearest one there is."""
        return self.translate(texts) if tag == self.tag else texts.get(tag, "")

    def _nearest(self, given: Mapping[str, Any], tag: str | None) -> Any:
        return next((given[choice] for choice in (tag, self.tag, *self.tags, *given) if choice in given), None)

    # --- title ------------------------------------------------------------------------------------------------------
    def title(self, tag: str | None = None) -> Markup:
        """The title with its markup; the editors' working one, marked as theirs; or the words for a missing one."""
        tag = tag or self.tag
        texts = self.edition.article.body.texts
        if (given := texts.get(("title", tag))) and given.text:
            return self.mark(tag) + self.typesetter.set_html(given.inline, tag)
        if (working := texts.get(("working_title", tag))) and working.text:
            return Markup('{} <span class="missing">[{}]</span>').format(
                self.typesetter.set_html(working.inline, tag), self.label("editors_title", tag))
        return self.missing("title", tag)

    def plain_title(self, tag: str | None = None) -> str:
        """The same without markup, with words where no formula can be set: for metadata, contents and the cover."""
        tag = tag or self.tag
        texts = self.edition.article.body.texts
        for name in ("title", "working_title"):
            if (tag and (text := texts.get((name, tag)))) and text.text:
                return self.mark(tag) + text.spoken
        return f"[{self.language(tag).missing['title']}]"

    def running_title(self, tag: str | None = None) -> str:
        """The short title for the head of a page."""
        text = self.edition.article.body.texts.get(("running_title", tag or self.tag))
        return _shorten(self.printed(self.mark(tag) + text.spoken if text else self.plain_title(tag), tag))

    def mark(self, tag: str | None = None) -> str:
        """What stands before the title of a retracted article; nothing before another's."""
        if not self.front.retraction:
            return ""
        texts = self.edition.article.body.texts
        given = texts.get(("title", tag or self.tag)) or texts.get(("working_title", tag or self.tag))
        return self.language(tag).retraction_mark(given.text if given else "")

    # --- people -----------------------------------------------------------------------------------------------------
    def name(self, author, tag: str | None = None):
        """An author's name in a language, else in the nearest one there is; None without a name."""
        return self._nearest(author.name, tag)

    def author_names(self, tag: str | None = None) -> list[str]:
        """The authors' full names."""
        return [name.full for author in self.front.authors if (name := self.name(author, tag))]

    def running_authors(self, tag: str | None = None) -> str:
        """The authors for the head of a page: initials and family name, from the fourth on «et al.»'s dots."""
        names = [f"{name.initials} {name.family}".strip() for author in self.front.authors if (name := self.name(author, tag))]
        return _shorten(self.printed(", ".join(names[:3]) + (" …" if len(names) > 3 else ""), tag))

    def marks(self, author) -> str:
        """The numbers of an author's organisations, as printed by the name."""
        order = [each.id for each in self.front.affiliations]
        if len(order) < 2:
            return ""
        return ",".join(str(number) for number in sorted(order.index(name) + 1 for name in author.affiliations if name in order))

    def affiliation(self, organisation, tag: str | None = None) -> str:
        """An organisation with its city and country."""
        parts = (self.translate(each, tag) for each in (organisation.name, organisation.city, organisation.country))
        return ", ".join(part for part in parts if part)

    # --- abstract and keywords --------------------------------------------------------------------------------------
    def text(self, name: str, tag: str | None = None) -> Markup:
        """A front matter text with its paragraphs; nothing where there is none."""
        text = self.edition.article.body.texts.get((name, tag or self.tag))
        return self.typesetter.set_html(text.html, tag) if text else Markup()

    def plain(self, name: str, tag: str | None = None) -> str:
        """The same without markup."""
        text = self.edition.article.body.texts.get((name, tag or self.tag))
        return text.spoken if text else ""

    def keywords(self, tag: str | None = None) -> list[str]:
        """The keywords in a language."""
        return self.front.keywords.get(tag or self.tag, [])

    # --- codes, dates, issue ----------------------------------------------------------------------------------------
    def codes(self, tag: str | None = None) -> list[tuple[str, Markup, str]]:
        """The codes at the head: label, value, address."""
        found = []
        for name in self.edition.journal.codes:
            value = getattr(self.front, name)
            shown = ", ".join(value) if isinstance(value, list) else value
            found.append((self.label(name, tag), escape(shown) if shown else
                          self.missing(name if name in self.language(tag).missing else "udc", tag),
                          doi_address(shown) if name == "doi" else ""))
        return found

    def dates(self, tag: str | None = None) -> list[tuple[str, str, Markup]]:
        """The dates printed: label, ISO date, in words."""
        found = []
        names = list(self.edition.journal.dates)
        if self.front.dates.published and "published" not in names:  # the journal says what must be there; what is there is printed
            names.append("published")
        for name in names:
            day = self.edition.date if name == "published" else getattr(self.front.dates, name)
            found.append((self.label(name, tag), day.isoformat() if day else "",
                          escape(self.printed(self.language(tag).write_date(day), tag)) if day else self.missing("date", tag)))
        return found

    def issue_line(self, tag: str | None = None) -> str:
        """«1-том, № 1, 2026»"""
        issue, parts = self.edition.issue, []
        if issue and issue.volume:
            parts.append(self.label("volume", tag, issue.volume))
        if issue and issue.number:
            parts.append(self.label("number", tag, issue.number))
        if self.edition.date:
            parts.append(str(self.edition.date.year))
        return self.printed(", ".join(parts), tag)

    def notices(self, tag: str | None = None) -> list[tuple[str, str, str, str, str, str]]:
        """The notices about the article: kind, label, ISO date, in words, DOI, what it says in this language and no other."""
        return [(each.type, self.label(each.type.replace("-", "_"), tag), each.date.isoformat() if each.date else "",
                 self._day(each.date, tag), each.doi or "", self.printed(each.text.get(tag or self.tag, ""), tag))
                for each in self.front.notices]

    def corrects(self, tag: str | None = None) -> list[tuple[str, str]]:
        """The articles that a notice is about: title, DOI."""
        found = [(self.printed(each.title.get(tag or self.tag, ""), tag), each.doi or "") for each in self.front.corrects]
        return [each for each in found if any(each)]

    def versions(self, tag: str | None = None) -> list[tuple[str, str, str, str]]:
        """The versions of the article, where there are several: label with its number, ISO date, in words, what was changed."""
        return [(self.printed(self.label("version", tag, each.number), tag), each.date.isoformat() if each.date else "",
                 self._day(each.date, tag), self.printed(each.what.get(tag or self.tag, ""), tag)) for each in self.front.versions]

    def _day(self, day: Day | None, tag: str | None) -> str:
        return self.printed(self.language(tag).write_date(day), tag) if day else ""

    def page_range(self, pages: tuple[int, int] | None, tag: str | None = None) -> Markup:
        """«5–10-б.»; without `pages`, in print, the layout itself fills in the last one, unless it is fixed."""
        return self._pages("pages", "pages_one", pages, tag)

    def _pages(self, several: str, single: str, pages: tuple[int, int] | None, tag: str | None) -> Markup:
        pages = self.edition.fixed_pages or pages
        one = pages is not None and pages[0] == pages[1]
        before, _, after = self.language(tag).labels[single if one else several].partition("{value}")
        if pages is None:
            value = Markup('{}–<span class="last-page"></span>').format(self.edition.first_page)
        else:
            value = escape(pages[0] if pages[0] == pages[1] else f"{pages[0]}–{pages[1]}")
        return Markup("{}{}{}").format(before, value, after)

    def license(self) -> tuple[str, str]:
        """The licence's mark and address; an unknown one is its own mark and has no address."""
        spdx = self.edition.license or ""
        return CC.get(spdx, (spdx, ""))

    def cited(self, pages: tuple[int, int] | None, tag: str | None = None) -> Markup:
        """The article as others cite it in a language, after GOST 7.1-2003; nothing for one whose authors or title are missing."""
        tag = tag or self.tag
        names = [name for author in self.front.authors if (name := self.name(author, tag))]
        if not names or ("title", tag) not in self.edition.article.body.texts:
            return Markup()
        issue = self.edition.issue
        numbers = [self.label("cited_volume", tag, issue.volume)] if issue and issue.volume else []
        numbers += [self.label("number", tag, issue.number)] if issue and issue.number else []
        areas = [str(self.edition.date.year) if self.edition.date else "", ", ".join(each.replace(" ", "\u00a0") for each in numbers),
                 self._pages("cited_pages", "cited_pages", pages, tag)]
        source = Markup(" // {}").format(journal) if (journal := self.translate(self.edition.journal.name, tag)) else ""
        doi = Markup(' – DOI: <a href="{}">{}</a>').format(doi_address(self.front.doi), self.front.doi) if self.front.doi else ""
        if len(names) <= 3:
            head = Markup("{} {}").format(", ".join(_in_one_line(f"{name.family} {name.initials}") for name in names), self.title(tag))
        else:  # more have no heading; the first of them is named behind the title
            first = _in_one_line(f"{names[0].initials} {names[0].family}")
            head = Markup("{} / {} [{}]").format(self.title(tag), first, self.label("cited_others", tag).replace(" ", "\u00a0"))
        return Markup("{}{}{}{}").format(head, source, Markup("").join(Markup(". – {}").format(area) for area in areas if area) + ".", doi)

    def cite(self, pages: tuple[int, int]) -> dict[str, Citation]:
        """The published article in the forms that others cite it in: gost, apa, bibtex, ris, csl-json; nothing for a draft."""
        article = read_metadata(self, pages)
        if article is None:
            return {}
        gost = " ".join(bare_text(self.cited(pages)).replace("\u00ad", "").split())
        return write_citations(article, gost, self.language())

    def about_tags(self) -> list[str]:
        """The languages that say who the authors are; one that has no word of its own for it would only say it again, and is none."""
        said: dict[str, str] = {}
        for tag in self.tags:
            own = any(tag in each for author in self.front.authors for each in (author.name, author.degree, author.position))
            if self.about_authors(tag) and (own or self.label("about_authors", tag) not in said):
                said.setdefault(self.label("about_authors", tag), tag)
                said[tag] = tag
        return [tag for tag in self.tags if said.get(tag) == tag]

    def about_authors(self, tag: str | None = None) -> list[tuple[str, list[str], str | None, str | None]]:
        """Each author's name, degree, post and organisations, ORCID and address, where more is known than the name."""
        tag, found = tag or self.tag, []
        organisations = {each.id: each for each in self.front.affiliations}
        for author in self.front.authors:
            known = [texts[tag] for texts in (author.degree, author.position) if tag in texts]
            if (name := self.name(author, tag)) and (known or author.orcid or author.email):
                homes = [self.affiliation(organisations[each], tag) for each in author.affiliations if each in organisations]
                found.append((name.full, [*known, *homes], author.orcid, author.email))
        return found

    def roles(self, tag: str | None = None) -> list[tuple[str, list[str]]]:
        """Who did what in CRediT's terms, each in the language; a term that CRediT does not have stands as typed."""
        tongue, found = self.language(tag), []
        for author in self.front.authors:
            if author.roles and (name := self.name(author, tag)):
                keys = ["_".join(re.findall(r"[a-z]+", role.lower())) for role in author.roles]
                found.append((_in_one_line(f"{name.family} {name.initials}"),
                              [tongue.labels.get(key, role) for key, role in zip(keys, author.roles, strict=True)]))
        return found

    def imprint(self, tag: str | None = None) -> list[tuple[str, str]]:
        """The journal's imprint as far as it asks for one: label, words; the certificate's words need no label."""
        journal, found = self.edition.journal, []
        words = {"founder": self.translate(journal.founder, tag), "publisher": self.affiliation(journal.publisher, tag),
                 "email": journal.email, "url": journal.url, "registration": self.translate(journal.registration, tag)}
        for name in journal.imprint:
            if words[name]:
                found.append(("" if name == "registration" else self.label(name, tag), words[name]))
        return found

    # --- references -------------------------------------------------------------------------------------------------
    @property
    def entries(self) -> tuple[Entry, ...]:
        """The printed list of references."""
        return self.edition.article.body.entries

    def entry_html(self, entry: Entry) -> Markup:
        """One entry as printed, its addresses links."""
        return Markup(link_addresses(self.typesetter.set_html(entry.html, entry.language, entry=True)))
