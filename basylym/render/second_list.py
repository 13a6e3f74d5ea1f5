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

from basylym.identifiers import bare_doi, doi_address
from basylym.languages import known_languages, language
from basylym.languages.identify import guess_language
from basylym.model import Edition
from basylym.read.entry import language_tag
from basylym.read.patterns import Pattern
from basylym.render.entry_pattern import write_entry
from basylym.render.second_people import SCHWA, curl, write_people
from basylym.typography.letters import CYRILLIC
from basylym.typography.slips.letters import find_roman
from basylym.typography.transliteration import romanise, schemes

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
COUNTRIES = {
    "kz": "Kazakhstan", "қр": "Kazakhstan", "рк": "Kazakhstan", "қазақстан": "Kazakhstan", "казахстан": "Kazakhstan",
    "қазақстан республикасы": "Kazakhstan", "республика казахстан": "Kazakhstan", "ru": "Russia", "рф": "Russia", "ресей": "Russia",
    "россия": "Russia", "рос. федерация": "Russia", "российская федерация": "Russia", "su": "USSR", "ссср": "USSR", "кср": "USSR",
    "uz": "Uzbekistan", "kg": "Kyrgyzstan", "by": "Belarus", "ua": "Ukraine", "cn": "China", "us": "USA", "gb": "United Kingdom",
    "de": "Germany", "fr": "France", "jp": "Japan", "kr": "Republic of Korea", "tr": "Turkey", "ea": "Eurasian Patent Organization",
    "ep": "European Patent Office", "wo": "WIPO",
}
"""The countries and offices of patents: the codes of WIPO's standard ST.3, and words for them, small."""
ENGLISH = {"tr": "Turkish", "tt": "Tatar", "de": "German", "fr": "French", "zh": "Chinese"}
"""What English calls the languages of sources that have no file (CLDR)."""
PAGES = re.compile(r"^(?:[бсБСpP][бcсp]?\.|[Pp]ages?)\s*|\s*[-–]?\s*(?:бб?|сс?|бет|стр|p?p)\.?$")
EXTENT = re.compile(r"(\d+)\s+?(?:б|с|бет|стр|p|pp|pages)\.?|(\d+)[бс]\.")
"""How many pages a work has, typed where its pages should stand: «320 с.»"""
COUNTED = re.compile(r"^(?:№|[Тт]\.|[Тт]ом|[Вв]ып(?:\.|уск)|[Шш]ығ(?:\.|арылым)|[Vv]ol(?:\.|ume)|[Nn]o\.|[Ii]ssue)"
                     r"\s*|\s*-?\s*(?:том|басылым|бас\.|изд(?:\.|ание))$")
EDITION = re.compile(r"(\d{1,3})\s*(?:-?\s*(?:[еяй]|ое|ші|шы|інші|ыншы|інші|st|nd|rd|th)(?![^\W\d_]))?[-.\s]*"
                     r"(?:изд(?:ание|\.)?|бас(?:ылым|ылымы|\.)?|[Ee]d(?:ition|n|\.)?)?[\s.,;]*(.*)")
"""An edition's number, with or without its ending and word, and what else is said of it."""
EDITED = {"испр": "corr.", "перераб": "rev.", "доп": "enl.", "стер": "reprint", "түз": "corr.", "өңд": "rev.", "толықт": "enl."}
"""What is said of editions, by its beginning, and in English."""
YEAR = re.compile(r"\[?(\d{4}(?:\s*[-–/]\s*\d{2,4})?)\]?\s*(?:жж?|жыл\w*|гг?|год\w*|y|year)?\.?")
"""A year with its word: «2010 ж.»"""
PARTS = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference")
ARTICLES = ("article-journal", "article-magazine", "article-newspaper", "review", "review-book", "webpage", "post", "post-weblog")
ACTS = ("bill", "legislation", "regulation", "treaty", "legal_case", "hearing")
KIN = {**dict.fromkeys(PARTS, "chapter"), **dict.fromkeys(ARTICLES[:5], "article-journal"), **dict.fromkeys(ARTICLES[5:], "webpage"),
       **dict.fromkeys(ACTS, "legislation")}
"""The type whose line is taken where a pattern has none for an entry's own."""
MISTYPED = re.compile("[əƏ](?=[\u0400-\u052f])|(?<=[\u0400-\u052f])[əƏ]")
"""A Latin letter that stands for ә, beside a Cyrillic one."""
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


def second_list(edition: Edition, pattern: Pattern) -> list[SecondEntry]:
    """The second list of an article; empty where all its entries are in Latin letters already and the pattern does not insist."""
    data = {each["id"]: each for each in edition.article.references}
    writers = [_Writer(edition, pattern, data.get(entry.key, {}), entry.language) for entry in edition.article.body.entries]
    if not pattern.always and not any(writer.cyrillic for writer in writers):
        return []
    found = []
    for number, (entry, writer) in enumerate(zip(edition.article.body.entries, writers, strict=True), 1):
        printed = Markup('<span class="withheld">[{}]</span>').format(writer.english.labels["own_work"]) if entry.withheld else write_entry(
            pattern, writer.kind if writer.kind in pattern.lines else KIN.get(writer.kind, "default"), writer.values())
        found.append(SecondEntry(entry.key, number, printed, html.unescape(printed.striptags())))
    return found


class _Writer:
    """One entry and all that a pattern may ask of it."""

    def __init__(self, edition: Edition, pattern: Pattern, entry: Mapping[str, Any], spoken: str):
        self.edition, self.pattern = edition, pattern
        self.entry = {name: value.strip(" ,;:/") if isinstance(value, str) and name not in ("URL", "DOI") else value
                      for name, value in entry.items()}  # «Наука,» and «Москва:» bring marks that are the pattern's to set
        self.entry |= _find_place(self.entry)
        self.event = "event-title" if entry.get("event-title") else "event"
        self.kind = str(entry.get("type", ""))
        own = {tag: name for tag, name in edition.journal.transliteration.items() if name in schemes()}
        self.chosen = {**pattern.schemes, **own}
        self.english = language("en", edition.languages_folder)
        words = " ".join(str(self.entry.get(name, "")) for name in ("title", "container-title", self.event))
        said = language_tag(str(entry.get("language") or "")).split("-")[0].lower()
        guessed = self._guess(words)
        self.tag = said or (guessed if words.strip() else spoken).split("-")[0]
        people = " ".join(str(part) for name in ("author", "editor", "translator") for each in entry.get(name) or ()
                          for part in (each.values() if isinstance(each, Mapping) else [each]))
        self.cyrillic = bool(CYRILLIC.search(f"{words} {people} {entry.get('publisher', '')} {entry.get('genre', '')}"))
        if self.tag == "en" and CYRILLIC.search(words):  # a language that the text contradicts
            self.tag = guessed
        self.spelled_in_cyrillic = guessed != "en"
        known = self.tag in known_languages(edition.languages_folder)
        self.spoken = language(self.tag, edition.languages_folder) if known else None
        self.usage = (self.spoken or language("kk", edition.languages_folder)).slips
        if self.spoken and self.spoken.transliteration:
            self.chosen.setdefault(self.tag, self.spoken.transliteration)

    def _guess(self, words: str) -> str:
        return guess_language(words, self.edition.journal.languages, self.edition.languages_folder)

    def values(self) -> dict[str, Markup]:
        """Every field."""
        get, day = self.entry.get, self._day
        doi, url = bare_doi(str(get("DOI") or "")), str(get("URL") or "").strip()
        pages, extent = self._pages()
        title = self._text("title", "title-latin") or self._missing("entry_title")
        address = doi_address(doi)
        genre = str(get("genre") or "").strip()
        genre = "" if genre.casefold() in str(get("title") or "").casefold() else genre  # the title says it
        kind, upper = (self._marked(each, CYRILLIC.search(genre)) for each in (genre, genre[:1].upper() + genre[1:]))
        latin = not CYRILLIC.search(genre)
        authors, editors, by = self._responsible()
        dated = self.kind in ACTS and self._names_its_date()
        return {
            "authors": authors, "editors": editors, "by": by, "By": Markup(by[:1].upper() + by[1:]),
            "translators": self._people("translator"),
            "eds": escape(self._eds()),
            "title": title, "title-en": self._english("title", "title-en", title),
            "container": (home := self._text("container-title", "container-title-latin")) or self._text(self.event),
            "container-en": self._english("container-title", "container-en", home),
            "series": self._text("collection-title"), "year": escape(self._years()),
            "date": escape("" if dated else day("issued")), "day": escape("" if dated else day("issued", year=False)),
            "volume": self._counted("volume"), "volume-title": self._text("volume-title"),
            "issue": self._counted("issue"), "number": self._counted("number"),
            "edition": self._edition(),
            "pages": escape(pages), "pp": escape(_with_word(pages)), "Pp": escape(_with_word(pages, capital=True)),
            "extent": escape(extent),
            "place": self._place(), "publisher": self._publisher(),
            "genre": kind, "Genre": upper, "genre-en": kind if latin else Markup(), "Genre-en": upper if latin else Markup(),
            "version": self._text("version"),
            "archive": Markup(", ").join(part for part in (self._text("archive"), self._text("archive_location")) if part),
            "language": escape("" if self.tag == "en" else self.spoken.called("en") if self.spoken else ENGLISH.get(self.tag, "")),
            "doi": _link(address, doi), "doi-url": _link(address, f"https://doi.org/{doi}" if doi else ""),
            "url": Markup() if doi else _link(url, url), "accessed": escape(day("accessed")),
        }

    # --- letters ------------------------------------------------------------------------------------------------------
    def _romanise(self, text: str) -> str:
        """Text in Latin letters by the scheme of its language; Cyrillic words in a French entry are Russian or Kazakh. What was typed
        in the letters of another alphabet is read as what it is: «ХХ ғасыр» has a Roman numeral, «əлем» a Kazakh letter."""
        if not CYRILLIC.search(text):
            return text
        text = MISTYPED.sub(lambda match: match[0].translate(SCHWA), text)
        for slip in [*find_roman(text, self.usage)][::-1]:
            text = text[:slip.start] + slip.expected + text[slip.end:]
        return romanise(text, self.tag if self.spelled_in_cyrillic else self._guess("".join(CYRILLIC.findall(text))), self.chosen)

    def _text(self, name: str, own: str = "") -> Markup:
        """A field in Latin letters, marked where it is no English: the author's own spelling, else the scheme's."""
        given = str(self.entry.get(own) or "").strip() or str(self.entry.get(name) or "").strip()
        return self._marked(given, CYRILLIC.search(given) or CYRILLIC.search(str(self.entry.get(name) or "")))

    def _counted(self, name: str) -> Markup:
        """A number without a word of another language before it: the pattern has its own."""
        text = COUNTED.sub("", str(self.entry.get(name) or "").strip())
        return self._marked(text, CYRILLIC.search(text))

    def _edition(self) -> Markup:
        """An edition as it stands before its word: 2nd, 3rd rev. and enl.; other words as they are."""
        text = str(self.entry.get("edition") or "").strip()
        if not (match := EDITION.fullmatch(text)):
            return self._counted("edition")
        words = re.findall(r"[^\W\d_]{2,}", match[2])
        known = list(dict.fromkeys(next((told for start, told in EDITED.items() if word.lower().startswith(start)), "") for word in words))
        rest = " and ".join(known) if all(known) else match[2].strip(" .,;")
        return self._marked(f"{_ordinal(int(match[1]))} {rest}".strip(), CYRILLIC.search(rest))

    def _marked(self, text: str, cyrillic: object) -> Markup:
        """Text as HTML, in the language it is in; CSL's own marks for italics and raised letters keep their sense."""
        text = re.sub(r"</?span[^>]*>", "", text)
        if cyrillic:
            text = self._romanise(re.sub(r"№\s*", "no. ", text))
            if self.pattern.quotes:
                text = text.translate(dict.fromkeys(map(ord, "«„"), self.pattern.quotes[0]) | {ord("»"): self.pattern.quotes[-1]})
        elif self.tag == "en":
            text = curl(text)
        safe, again = str(escape(text)), ""
        while safe != again:  # from the inside out, so that what is left is well-formed
            safe, again = ALLOWED.sub(r"<\1>\2</\1>", safe), safe
        tag = f"{self.tag}-Latn" if cyrillic or CYRILLIC.match(self.spoken.alphabet if self.spoken else "") else self.tag
        if self.tag == "en" or not re.search(r"[^\W\d_]", text):
            return Markup(safe)
        return Markup('<span lang="{0}" xml:lang="{0}">{1}</span>').format(tag, Markup(safe))

    def _english(self, name: str, field: str, printed: Markup) -> Markup:
        """The English translation of a title or container, unless it says what stands before it; words where the pattern needs one
        and there is none."""
        given = str(self.entry.get(f"{name}-en") or "").strip()
        if given:
            return Markup() if _bare(given) == _bare(printed.striptags()) else escape(curl(given))
        absent = CYRILLIC.search(str(self.entry.get(name) or "")) and field in self.pattern.needs
        return self._missing("entry_title_en" if name == "title" else "entry_container_en") if absent else Markup()

    def _missing(self, name: str) -> Markup:
        return Markup('<span class="missing">[{}]</span>').format(self.english.missing[name])

    # --- people ---------------------------------------------------------------------------------------------------------
    def _people(self, name: str) -> Markup:
        """Authors, editors or translators as the pattern writes them."""
        own = self.entry.get(f"{name}-latin")
        return write_people(own or self.entry.get(name), bool(own), self.pattern.names, self.edition.front, self._romanise, self._marked)

    def _eds(self) -> str:
        """The word for its editors, one or several."""
        return "Ed." if len(self.entry.get("editor") or []) == 1 else "Eds."

    def _responsible(self) -> tuple[Markup, Markup, Markup]:
        """Authors, editors, and who else is to be named: the editors stand first where a whole work has no authors."""
        authors, editors, translators = map(self._people, ("author", "editor", "translator"))
        if not authors and editors and self.kind not in (*PARTS, *ARTICLES):
            authors, editors = editors + f" ({self._eds()})", Markup()
        named = (("ed. by", "" if self.kind in ARTICLES else editors), ("transl. by", translators))
        by = [Markup("{} {}").format(word, names) for word, names in named if names]
        return authors, editors, Markup(", ").join(by)

    # --- the rest -------------------------------------------------------------------------------------------------------
    def _place(self) -> Markup:
        """Where it was published."""
        given = str(self.entry.get("publisher-place") or "").strip()
        if self.kind == "patent" and given.lower() in COUNTRIES:
            return escape(COUNTRIES[given.lower()])
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

    def _pages(self) -> tuple[str, str]:
        """Pages as numbers, a range under the pattern's dash, and how many a whole work has; without words of another language."""
        text, extent = str(self.entry.get("page") or "").strip(), str(self.entry.get("number-of-pages") or "").strip()
        if not extent and self.kind not in (*PARTS, *ARTICLES) and EXTENT.fullmatch(text):
            text, extent = "", text
        pages = re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", self.pattern.range, self._romanise(PAGES.sub("", text)))
        return pages, self._romanise(PAGES.sub("", extent))

    def _years(self) -> str:
        """The year of publication, or the first and the last."""
        issued = self.entry.get("issued") or {}
        if parts := issued.get("date-parts"):
            return "–".join(dict.fromkeys(str(part[0]) for part in parts if part))
        words = str(issued.get("literal") or issued.get("raw") or "").strip()
        return match[1] if (match := YEAR.fullmatch(words)) else self._romanise(words)

    def _date_parts(self, name: str) -> list[list]:
        """A date as numbers: year, month, day; two of them for a span; none for a date in words."""
        return [part for part in (self.entry.get(name) or {}).get("date-parts") or () if part]

    def _names_its_date(self) -> bool:
        """Whether the title of an act says its day: «Конституция … от 30 августа 1995 года»."""
        parts = self._date_parts("issued")
        numbers = set(re.findall(r"\d+", str(self.entry.get("title") or "")))
        return len(parts) == 1 and {str(int(part)) for part in (parts[0][0], *parts[0][2:3])} <= {each.lstrip("0") for each in numbers}

    def _day(self, name: str, year: bool = True) -> str:
        """A date in English, as far as it is known; without its year where that stands elsewhere."""
        parts = self._date_parts(name)
        if len(parts) != 1:
            return self._years() if name == "issued" and year else ""
        of, month, day = (*map(int, parts[0]), 0, 0)[:3]
        named = self.english.months[month - 1] if 1 <= month <= 12 else ""
        return " ".join(str(part) for part in (day if named else "", named, of if year else "") if part)


def _find_place(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Where a talk was given, or a patent is in force, as the place that patterns look for; nothing where the entry names one."""
    names = ("jurisdiction",) if entry.get("type") == "patent" else ("event-place", "event-location")
    found = next((entry[name] for name in names if isinstance(entry.get(name), str)), "")
    return {"publisher-place": found} if found and not entry.get("publisher-place") else {}


def _with_word(pages: str, capital: bool = False) -> str:
    """Pages with p. or pp. before them; an article's own number, e112, as it is."""
    if not pages[:1].isdigit() and not re.fullmatch(r"[IVXLCDMivxlcdm]+\W[IVXLCDMivxlcdm]+", pages):
        return pages
    word = "pp. " if re.search(r"[-–,]", pages) else "p. "
    return (word.capitalize() if capital else word) + pages


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _bare(text: str) -> str:
    """A name by its letters and digits alone."""
    return "".join(letter for letter in html.unescape(text).casefold() if letter.isalnum())


def _link(address: str, words: str) -> Markup:
    """A link on the web; words alone where the address is of another kind."""
    if not words:
        return Markup()
    return Markup('<a href="{}">{}</a>').format(address, words) if re.match("https?://", address) else escape(words)
