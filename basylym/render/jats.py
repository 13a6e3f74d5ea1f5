"""JATS 1.3, Journal Publishing: the article for archives and indexes, with everything that the other formats show.

Front and back come from templates/jats.xml, the text from the tree that all formats print (jats_body.py), the cited works from
the bibliography (jats_references.py). What the article does not have is left out; no element is empty to please a schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree
from markupsafe import Markup

from basylym.identifiers import doi_address
from basylym.render import Format
from basylym.render.figure_files import name_figures
from basylym.render.jats_body import BodyWriter
from basylym.render.jats_lines import HREF, XLINK, XML_LANG
from basylym.render.jats_references import publication_type, write_fields
from basylym.render.markup import link_addresses
from basylym.render.metadata import Metadata, Person, describe
from basylym.render.press import Press
from basylym.typography.formula_widths import MATHML

PUBLIC = "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3 20210610//EN"
SYSTEM = "https://jats.nlm.nih.gov/publishing/1.3/JATS-journalpublishing1-3-mathml3.dtd"
NAMESPACES = {"mml": MATHML[1:-1], "xlink": XLINK, "ali": "http://www.niso.org/schemas/ali/1.0/"}
KINDS = {"sec": ("sec", "sec"), "app": ("app", "app"), "fig": ("fig", "f"), "fig-group": ("fig", "f"), "table-wrap": ("table", "t"),
         "disp-formula": ("disp-formula", "e"), "fn": ("fn", "fn"), "ref": ("bibr", "B"), "list": ("list", "l"),
         "boxed-text": ("boxed-text", "box"), "aff-alternatives": ("aff", "aff"), "aff": ("aff", "aff"), "corresp": ("corresp", "cor")}
"""Element -> @ref-type of what refers to it, and how its ids begin."""
CREDIT = ("Conceptualization", "Data curation", "Formal Analysis", "Funding acquisition", "Investigation", "Methodology",
          "Project administration", "Resources", "Software", "Supervision", "Validation", "Visualization", "Writing – original draft",
          "Writing – review & editing")
"""The terms of CRediT as its vocabulary spells them (ANSI/NISO Z39.104-2022)."""
RELATED = {"correction": ("correction-forward", "corrected-article"), "retraction": ("retraction-forward", "retracted-article"),
           "expression-of-concern": ("expression-of-concern", "object-of-concern")}
"""A notice's kind -> @related-article-type on the article that it is about, and on the notice."""


def render(press: Press) -> bytes:
    """The article as JATS; made once, since the PDF carries it too."""
    return press.jats


def write(press: Press) -> bytes:
    """The same, made anew."""
    root = etree.fromstring(press.fill("jats.xml", jats=Parts(press)).encode(), etree.XMLParser(
        resolve_entities=False, remove_blank_text=False, huge_tree=True))
    _name(root)
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=list(NAMESPACES))
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE article PUBLIC "{PUBLIC}" "{SYSTEM}">\n'
    return (head + etree.tostring(root, encoding="unicode") + "\n").encode()


class Parts:
    """What the template asks for."""

    def __init__(self, press: Press):
        self.press, self.view, self.edition = press, press.view, press.edition
        self.article: Metadata = describe(press.view, press.pages)
        sections = press.view.language().sections
        self.writer = BodyWriter(self.edition.language, name_figures(press.body), sections)

    # --- front --------------------------------------------------------------------------------------------------------------
    @property
    def kind(self) -> str:
        """draft, proof, anonymous or published."""
        return "draft" if self.edition.draft and self.edition.kind == "published" else self.edition.kind

    def titles(self) -> dict[str, Markup]:
        """The title in each language with its markup; of a draft the editors' working one where there is no other."""
        texts, found = self.edition.article.body.texts, {}
        for tag in self.view.tags:
            given = texts.get(("title", tag)) or texts.get(("working_title", tag))
            if given and given.text:
                found[tag] = Markup(self.view.mark(tag)) + self.writer.line(_as_typed(given.inline), tag)
        return found or {self.view.tag: self.writer.line(str(self.view.title()))}  # an article must have one: the words for a missing one

    def texts(self, name: str) -> dict[str, Markup]:
        """A front matter text in each language that has it, as it was typed."""
        texts = self.edition.article.body.texts
        return {tag: self.writer.blocks(_as_typed(text.html), tag) for tag in self.view.tags
                if (text := texts.get((name, tag))) and text.html}

    def affiliations(self) -> list[tuple[str, dict[str, tuple[str, str, str]], str]]:
        """The organisations that have a name: id; name, city and country in each language; address in ROR."""
        found = []
        for number, each in enumerate(self.view.front.affiliations, 1):
            tags = [tag for tag in dict.fromkeys((*self.view.tags, *each.name)) if tag in each.name]
            if tags:
                parts = {tag: (each.name[tag], each.city.get(tag, ""), each.country.get(tag, "")) for tag in tags}
                found.append((f"aff-{number}", parts, f"https://ror.org/{each.ror}" if each.ror else ""))
        return found

    def people(self) -> Iterator[tuple[Person, list[str], list[tuple[str, str, str]]]]:
        """Each author, the ids of the organisations, and the roles: words, CRediT's term and its address."""
        ids = {each.id: f"aff-{number}" for number, each in enumerate(self.view.front.affiliations, 1) if each.name}
        given = [each for each in self.view.front.authors if self.view.name(each)]
        for person, author in zip(self.article.authors, given, strict=True):
            yield person, [ids[name] for name in author.affiliations if name in ids], [self._role(role) for role in person.roles]

    def _role(self, role: str) -> tuple[str, str, str]:
        key = "_".join(re.findall("[a-z]+", role.lower()))
        words = self.view.language().labels.get(key, role)
        term = next((each for each in CREDIT if "_".join(re.findall("[a-z]+", each.lower())) == key), "")
        return words, term, f"https://credit.niso.org/contributor-roles/{key.replace('_', '-')}/" if term else ""

    def related(self) -> list[tuple[str, str, str]]:
        """The notices about the article, and the articles that a notice is about: type, DOI, words."""
        found = [(RELATED[each.kind][0], each.doi, self.view.label(each.kind.replace("-", "_"))) for each in self.article.notices]
        found += [(RELATED[self.article.kind][1], each.doi, self.article.best(each.titles) or each.doi)
                  for each in self.article.corrects if self.article.kind in RELATED]
        return [(kind, doi, words) for kind, doi, words in found if doi]

    @staticmethod
    def bare(doi: str) -> str:
        """A DOI where an address is looked for: what no address may have in it is percent-encoded."""
        return doi_address(doi).removeprefix("https://doi.org/")

    @property
    def publication_format(self) -> str:
        """print for a journal that has no number for an edition on line."""
        journal = self.edition.journal
        return "print" if journal.issn and not journal.issn_online else "electronic"

    # --- text and back ------------------------------------------------------------------------------------------------------
    @cached_property
    def tree(self) -> etree._Element:
        """The text."""
        return self.writer.body(self.press.body.tree)

    @property
    def body(self) -> Markup:
        """The text as markup; nothing where there is none."""
        return Markup(etree.tostring(self.tree, encoding="unicode")) if len(self.tree) else Markup()

    @property
    def appendices(self) -> list[Markup]:
        """The appendices."""
        return [Markup(etree.tostring(each, encoding="unicode")) for each in self.writer.appendices if self.tree is not None]

    @cached_property
    def notes(self) -> list[Markup]:
        """The notes, in order."""
        return [Markup(etree.tostring(self.writer.note(number, key, content), encoding="unicode"))
                for number, (key, content) in enumerate(self.press.body.notes, 1)]

    @property
    def counts(self) -> dict[str, int]:
        """How much there is of what: only what there is."""
        parts = [self.tree, *self.writer.appendices]
        numbers = {"fig-count": sum(1 for part in parts for _ in part.iter("fig")),
                   "table-count": sum(1 for part in parts for _ in part.iter("table-wrap")),
                   "equation-count": sum(1 for part in parts for _ in part.iter("disp-formula")),
                   "ref-count": len(self.view.entries), "page-count": self.article.pages[1] - self.article.pages[0] + 1}
        return {name: number for name, number in numbers.items() if number}

    def references(self) -> Iterator[tuple[str, int, list[Markup]]]:
        """Each entry of the list: id, number; the entry as printed, without what typesetting adds, its fields, the romanised entry. They
        stand side by side, not in citation-alternatives, inside which pandoc and SciELO find none of them."""
        data = {each["id"]: each for each in self.edition.article.references}
        second = {each.key: each for each in self.view.second_list}
        for number, (entry, reference) in enumerate(zip(self.view.entries, self.article.references, strict=True), 1):
            fields = None if entry.withheld else write_fields(reference, data.get(entry.key, {}))
            kind = "other" if entry.withheld else publication_type(reference)
            forms = [self._mixed(kind, entry.html, entry.language), *([] if fields is None else [fields])]
            if romanised := second.get(entry.key):
                forms.append(self._mixed(kind, str(romanised.html), "en", "romanised"))
            yield f"ref-{entry.key}", number, [Markup(etree.tostring(each, encoding="unicode")) for each in forms]

    def _mixed(self, kind: str, html: str, tag: str, use: str = "") -> etree._Element:
        """An entry as printed; a DOI that stands there alone is called one."""
        citation = etree.fromstring(f"<mixed-citation>{self.writer.line(link_addresses(_as_typed(html)), tag)}</mixed-citation>")
        citation.attrib.update({"publication-type": kind, XML_LANG: tag} | ({"specific-use": use} if use else {}))
        for link in citation.iter("ext-link"):
            address = link.get(HREF, "")
            if link.text and address == doi_address(link.text) and not len(link):
                link.tag = "pub-id"
                for name in list(link.attrib):
                    del link.attrib[name]
                link.attrib.update({"pub-id-type": "doi", HREF: address})
        return citation


def _as_typed(html: str) -> str:
    """Markup without spaces that don't break: metadata go where no lines are set."""
    return re.sub("[\u00a0\u202f]|&nbsp;", " ", html)


def _name(root: etree._Element) -> None:
    """Ids that XML takes, for what has a number or is referred to; a reference that leads nowhere becomes plain words."""
    asked = {link.get("rid") for link in root.iter("xref")}
    asked |= {key for cell in root.iter("td", "th") for key in cell.get("headers", "").split()}
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for each in root.iter():
        if not isinstance(each.tag, str) or (old := each.get("id")) is None or each.tag.startswith("{"):
            continue
        kind, prefix = KINDS.get(each.tag, ("other", "p"))
        if old in names or (prefix == "p" and old not in asked):
            del each.attrib["id"]
            continue
        numbers[prefix] = numbers.get(prefix, 0) + 1
        names[old], kinds[old] = f"{prefix}{numbers[prefix]}", kind
        each.set("id", names[old])
    for link in list(root.iter("xref")):
        old = link.get("rid")
        if old in names:
            link.set("rid", names[old])
            link.set("ref-type", kinds[old])
        else:
            link.tag = "words"
    for cell in root.iter("td", "th"):
        if heads := [names[key] for key in cell.get("headers", "").split() if key in names]:
            cell.set("headers", " ".join(heads))
        else:
            cell.attrib.pop("headers", None)
    etree.strip_tags(root, "words")


FORMAT = Format("jats", "JATS XML", ".xml", "application/xml", render, "jats.xml")
