"""The second list, «References»: every entry of the first, in its order and under its number, in Latin letters.

A pattern, a file in styles/second-list/ (its language: entry_pattern.py, docs/second-list.md), says how a journal wants it. What an
author romanised (`title-latin`, `author-latin` …) wins over every table; an article's own authors are called as in its front matter.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from pydantic import ValidationError

from basylym.errors import UsageError
from basylym.fields import Name
from basylym.identifiers import bare_doi
from basylym.languages import known_languages, language
from basylym.languages.identify import guess_language
from basylym.messages import Phrase
from basylym.model import Edition
from basylym.project import Project
from basylym.read.yaml import read_yaml
from basylym.render.entry_pattern import Pattern
from basylym.typography.transliteration import schemes, transliterate

CYRILLIC = re.compile("[\u0400-\u052f]")
CITIES = {
    "м": "Moscow", "москва": "Moscow", "мәскеу": "Moscow", "спб": "Saint Petersburg", "санкт-петербург": "Saint Petersburg",
    "л": "Leningrad", "ленинград": "Leningrad", "м.; л": "Moscow; Leningrad", "м.-л": "Moscow; Leningrad", "петроград": "Petrograd",
    "алматы": "Almaty", "алма-ата": "Alma-Ata", "астана": "Astana", "нұр-сұлтан": "Nur-Sultan", "нур-султан": "Nur-Sultan",
    "қарағанды": "Karaganda", "караганда": "Karaganda", "шымкент": "Shymkent", "түркістан": "Turkistan", "туркестан": "Turkistan",
    "ақтөбе": "Aktobe", "актобе": "Aktobe", "павлодар": "Pavlodar", "семей": "Semey", "тараз": "Taraz", "атырау": "Atyrau",
    "қызылорда": "Kyzylorda", "кызылорда": "Kyzylorda", "қостанай": "Kostanay", "костанай": "Kostanay", "көкшетау": "Kokshetau",
    "кокшетау": "Kokshetau", "казань": "Kazan", "новосибирск": "Novosibirsk", "екатеринбург": "Yekaterinburg", "томск": "Tomsk",
    "омск": "Omsk", "ташкент": "Tashkent", "бишкек": "Bishkek", "бішкек": "Bishkek", "минск": "Minsk", "баку": "Baku",
}
"""Cities as title pages name and shorten them, small and without the last full stop; only those that can be no other."""
ENGLISH = {"tr": "Turkish", "tt": "Tatar", "de": "German", "fr": "French", "zh": "Chinese"}
"""What English calls the languages of sources that have no file (CLDR)."""
PAGES = re.compile(r"^(?:[бсБСpP][бcсp]?\.|[Pp]ages?)\s*|\s*[-–]?\s*(?:бб?|сс?|p?p)\.?$")
COUNTED = re.compile(r"^(?:№|[Тт]\.|[Тт]ом|[Вв]ып(?:\.|уск)|[Шш]ығ(?:\.|арылым)|[Vv]ol(?:\.|ume)|[Nn]o\.|[Ii]ssue)"
                     r"\s*|\s*-?\s*(?:том|басылым|изд(?:\.|ание))$")
ALLOWED = re.compile(r"&lt;(i|b|sub|sup)&gt;((?:(?!&lt;).)*)&lt;/\1&gt;")


@dataclass(frozen=True, slots=True)
class SecondEntry:
    """One entry of the second list."""

    key: str
    """The citation key."""
    number: int
    """Its number, the first list's."""
    html: Markup
    """The entry as printed, without its number; what is romanised is marked as such."""
    text: str
    """The same without markup."""


def read_pattern(name: str, project: Project) -> Pattern:
    """A pattern by its name, the journal's own before Basylym's. Raises UsageError where it can't be used."""
    path = project.find("styles", "second-list", f"{name}.yaml")
    data, _, problems = read_yaml(path.read_text("utf-8"), path.name)
    try:
        if problems:
            raise ValueError(f"line {problems[0].place.line}: {problems[0].found}")
        pattern = Pattern.model_validate(data)
        if unknown := sorted(set(pattern.schemes.values()) - set(schemes())):
            raise ValueError(f"schemes: {', '.join(unknown)}")
    except ValueError as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else None
        why = f"{'.'.join(map(str, first['loc']))}: {first['msg']}".lstrip(": ") if first else str(error)
        raise UsageError(Phrase("the pattern {file} can't be used: {why}", file=path.name, why=why)) from error
    return pattern


def second_list(edition: Edition, pattern: Pattern) -> list[SecondEntry]:
    """The second list of an article; empty where all its entries are in Latin letters already and the pattern does not insist."""
    data = {each["id"]: each for each in edition.article.references}
    writers = [_Writer(edition, pattern, data.get(entry.key, {}), entry.language) for entry in edition.article.body.entries]
    if not pattern.always and not any(writer.cyrillic for writer in writers):
        return []
    found = []
    for number, (entry, writer) in enumerate(zip(edition.article.body.entries, writers, strict=True), 1):
        printed = pattern.write(str(writer.entry.get("type", "")), writer.values())
        found.append(SecondEntry(entry.key, number, printed, html.unescape(printed.striptags())))
    return found


class _Writer:
    """One entry and all that a pattern may ask of it."""

    def __init__(self, edition: Edition, pattern: Pattern, entry: Mapping[str, Any], spoken: str):
        self.edition, self.pattern, self.entry = edition, pattern, entry
        self.english = language("en", edition.languages_folder)
        words = " ".join(str(entry.get(name, "")) for name in ("title", "container-title"))
        self.tag = str(entry.get("language") or (self._guess(words) if words.strip() else spoken)).split("-")[0]
        people = " ".join(str(part) for name in ("author", "editor") for each in entry.get(name) or () for part in each.values())
        self.cyrillic = bool(CYRILLIC.search(f"{words} {people} {entry.get('publisher', '')} {entry.get('genre', '')}"))
        if self.tag == "en" and CYRILLIC.search(words):  # a language that the text contradicts
            self.tag = self._guess(words)
        known = self.tag in known_languages(edition.languages_folder)
        self.spoken = language(self.tag, edition.languages_folder) if known else None

    def _guess(self, words: str) -> str:
        return guess_language(words, self.edition.journal.languages, self.edition.languages_folder)

    def values(self) -> dict[str, Markup]:
        """Every field."""
        get, day = self.entry.get, self._day
        doi, url, pages = bare_doi(str(get("DOI") or "")), str(get("URL") or ""), self._pages()
        title = self._text("title", "title-latin") or self._missing("entry_title")
        address = f"https://doi.org/{doi}"
        genre = str(get("genre") or "").strip()
        kind, upper = (self._marked(each, CYRILLIC.search(genre)) for each in (genre, genre[:1].upper() + genre[1:]))
        latin = not CYRILLIC.search(genre)
        return {
            "authors": self._people("author"), "editors": self._people("editor"),
            "eds": escape("Ed." if len(get("editor") or []) == 1 else "Eds."),
            "title": title, "title-en": self._english("title", "title-en"),
            "container": self._text("container-title", "container-title-latin"),
            "container-en": self._english("container-title", "container-en"),
            "series": self._text("collection-title"), "year": escape(self._years()), "date": escape(day("issued")),
            "volume": self._counted("volume"), "issue": self._counted("issue"), "number": self._counted("number"),
            "edition": self._counted("edition"),
            "pages": escape(pages), "pp": escape(_with_word(pages)),
            "extent": escape(PAGES.sub("", str(get("number-of-pages") or "").strip())),
            "place": self._place(), "publisher": self._publisher(),
            "genre": kind, "Genre": upper, "genre-en": kind if latin else Markup(), "Genre-en": upper if latin else Markup(),
            "version": self._text("version"),
            "archive": Markup(", ").join(part for part in (self._text("archive"), self._text("archive_location")) if part),
            "language": escape("" if self.tag == "en" else self.spoken.called("en") if self.spoken else ENGLISH.get(self.tag, "")),
            "doi": _link(address, doi), "doi-url": _link(address, address if doi else ""),
            "url": Markup() if doi else _link(url, url), "accessed": escape(day("accessed")),
        }

    # --- letters ------------------------------------------------------------------------------------------------------
    def _romanise(self, text: str) -> str:
        """Text in Latin letters by the scheme of its language; letters that this lacks by the Kazakh one, then by ASCII's."""
        own = self.edition.journal.transliteration
        chosen = {**self.pattern.schemes, **{tag: name for tag, name in own.items() if name in schemes()}}
        usual = self.spoken.transliteration if self.spoken else ""
        for scheme, tag in ((chosen.get(self.tag, usual), self.tag), (chosen.get("ru"), "ru"), (chosen.get("kk"), "kk"), ("ascii", "kk")):
            if scheme and CYRILLIC.search(text):
                text = transliterate(text, scheme, tag)
        return text

    def _text(self, name: str, own: str = "") -> Markup:
        """A field in Latin letters, marked where it is no English: the author's own spelling, else the scheme's."""
        given = str(self.entry.get(own) or "").strip() or str(self.entry.get(name) or "").strip()
        return self._marked(given, CYRILLIC.search(given) or CYRILLIC.search(str(self.entry.get(name) or "")))

    def _counted(self, name: str) -> Markup:
        """A number without a word of another language before it: the pattern has its own."""
        text = COUNTED.sub("", str(self.entry.get(name) or "").strip())
        return self._marked(text, CYRILLIC.search(text))

    def _marked(self, text: str, cyrillic: object) -> Markup:
        """Text as HTML, in the language it is in; CSL's own marks for italics and raised letters keep their sense."""
        text = re.sub(r"</?span[^>]*>", "", text)
        if cyrillic:
            text = self._romanise(re.sub(r"№\s*", "no. ", text))
            if self.pattern.quotes:
                text = text.translate(dict.fromkeys(map(ord, "«„"), self.pattern.quotes[0]) | {ord("»"): self.pattern.quotes[-1]})
        safe, again = str(escape(text)), ""
        while safe != again:  # from the inside out, so that what is left is well-formed
            safe, again = ALLOWED.sub(r"<\1>\2</\1>", safe), safe
        tag = f"{self.tag}-Latn" if cyrillic or CYRILLIC.match(self.spoken.alphabet if self.spoken else "") else self.tag
        if self.tag == "en" or not re.search(r"[^\W\d_]", text):
            return Markup(safe)
        return Markup('<span lang="{0}" xml:lang="{0}">{1}</span>').format(tag, Markup(safe))

    def _english(self, name: str, field: str) -> Markup:
        """The English translation of a title or container; words where the pattern needs one and there is none."""
        given = str(self.entry.get(f"{name}-en") or "").strip()
        if given:
            return escape(given)
        absent = CYRILLIC.search(str(self.entry.get(name) or "")) and field in self.pattern.needs
        return self._missing("entry_title_en" if name == "title" else "entry_container_en") if absent else Markup()

    def _missing(self, name: str) -> Markup:
        return Markup('<span class="missing">[{}]</span>').format(self.english.missing[name])

    # --- people ---------------------------------------------------------------------------------------------------------
    def _people(self, name: str) -> Markup:
        """Authors or editors as the pattern writes them."""
        given, way = self.entry.get(f"{name}-latin"), self.pattern.names
        written = [self._person(each, bool(given)) for each in given or self.entry.get(name) or () if isinstance(each, Mapping)]
        cut = way.most is not None and len(written) > way.most
        shown = written[:way.shown] if cut else written
        if len(shown) > 1 and not cut and way.last is not None:
            return Markup(escape(way.between)).join(shown[:-1]) + way.last + shown[-1]
        return Markup(escape(way.between)).join(shown) + (way.others if cut else "")

    def _person(self, person: Mapping[str, str], given: bool) -> Markup:
        """One name; `given` where it is the author's own Latin spelling."""
        if "literal" in person or not person.get("family"):
            words = str(person.get("literal") or person.get("given") or "")
            return self._marked(words, CYRILLIC.search(words))
        family = " ".join(str(person[part]) for part in ("non-dropping-particle", "family") if person.get(part))
        initials = Name(family=family, given=str(person.get("given") or "") or None).initials.split()
        if not given and CYRILLIC.search(family) and (own := self._own_author(family, initials)):
            family, initials = own.family, [*own.initials.split(), *initials[len(own.initials.split()):]]
        cyrillic = CYRILLIC.search(family)
        short = [self._romanise(each) for each in initials]
        if self.pattern.names.initials == "bare":
            short = [each.replace(".", "") for each in short]
        joined = (" " if self.pattern.names.initials == "apart" else "").join(short)
        form = self.pattern.names.form if joined else "{family}"
        suffix = f", {person['suffix']}" if person.get("suffix") else ""
        name = form.format(family=self._romanise(family), initials=joined) + suffix
        return self._marked(name, cyrillic) if cyrillic else escape(name)

    def _own_author(self, family: str, initials: list[str]) -> Name | None:
        """The English name in the front matter of the author whose family name and first initial these are."""
        for author in self.edition.front.authors:
            for tag, name in author.name.items():
                if tag != "en" and "en" in author.name and name.family.casefold() == family.casefold():
                    own = name.initials.split()
                    if not own or not initials or own[0] == initials[0]:
                        return author.name["en"]
        return None

    # --- the rest -------------------------------------------------------------------------------------------------------
    def _place(self) -> Markup:
        """Where it was published."""
        given = str(self.entry.get("publisher-place") or "").strip()
        if not self.entry.get("publisher-place-latin") and self.pattern.places == "english":
            named = [CITIES.get(part.strip().rstrip(".").lower()) for part in re.split("[,;]", given)]
            if given and (whole := CITIES.get(given.rstrip(".").lower())):
                return escape(whole)
            if all(named):
                return escape("; ".join(named))
        return self._text("publisher-place", "publisher-place-latin")

    def _publisher(self) -> Markup:
        """Who published it; a romanised name in the pattern's form."""
        name = self._text("publisher", "publisher-latin")
        return Markup(self.pattern.publisher).format(publisher=name) if name and "-Latn" in name else name

    def _pages(self) -> str:
        """Pages as numbers: a range under the pattern's dash, without words of another language."""
        text = PAGES.sub("", str(self.entry.get("page") or "").strip())
        return re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", self.pattern.range, self._romanise(text))

    def _years(self) -> str:
        """The year of publication, or the first and the last."""
        issued = self.entry.get("issued") or {}
        if parts := issued.get("date-parts"):
            return "–".join(dict.fromkeys(str(part[0]) for part in parts if part))
        return self._romanise(str(issued.get("literal") or issued.get("raw") or ""))

    def _day(self, name: str) -> str:
        """A date in English, as far as it is known."""
        parts = [part for part in (self.entry.get(name) or {}).get("date-parts") or () if part]
        if len(parts) != 1:
            return self._years() if name == "issued" else ""
        year, month, day = (*map(int, parts[0]), 0, 0)[:3]
        named = self.english.months[month - 1] if 1 <= month <= 12 else ""
        return " ".join(str(part) for part in (day if named else "", named, year) if part)


def _with_word(pages: str) -> str:
    """Pages with p. or pp. before them; an article's own number, e112, as it is."""
    if not pages[:1].isdigit() and not re.fullmatch(r"[IVXLCDMivxlcdm]+\W[IVXLCDMivxlcdm]+", pages):
        return pages
    return ("pp. " if re.search(r"[-–,]", pages) else "p. ") + pages


def _link(address: str, words: str) -> Markup:
    """A link on the web; words alone where the address is of another kind."""
    if not words:
        return Markup()
    return Markup('<a href="{}">{}</a>').format(address, words) if re.match("https?://", address) else escape(words)
