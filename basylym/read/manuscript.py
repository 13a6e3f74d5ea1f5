"""Drives pandoc: one process for one article after another, through pypandoc and manuscript.lua, which does the work."""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import subprocess
import types
import unicodedata
from pathlib import Path
from threading import Event, Thread, Timer, local
from typing import Any

from basylym import head_start
from basylym.errors import EngineError
from basylym.head_start import FULL, SCRIPT, find_pandoc
from basylym.languages import Language, known_languages, language
from basylym.languages.style import localise
from basylym.later import loaded_later
from basylym.limits import Limits
from basylym.messages import Phrase
from basylym.model import Body, Citation, Entry, FrontMatter, Journal, Place, Problem, Text
from basylym.read.bibliography import Bibliography, what_is_damaged
from basylym.read.entry import OWN, for_pandoc, language_tag, take_keys
from basylym.read.pandoc import limit_processor_time
from basylym.read.text import CONTROLS

DIALECT = ("markdown-smart-yaml_metadata_block-pandoc_title_block-mmd_title_block-latex_macros-native_divs-native_spans"
           "-markdown_in_html_blocks+autolink_bare_uris")
"""Pandoc's Markdown as written: no letters changed (smart), no second front matter, HTML recognised only to be refused."""
CYRILLIC = re.compile("[\u0400-\u04ff]")
MANY = 1000
"""With more references than this, pandoc is given those alone that are cited, and those they inherit from."""
IN_TIME = 3000
"""So many references, each cited once, are surely read in time."""
XDATA = re.compile(r"@\s*xdata\b", re.I)
"""Entries of BibLaTeX that are nothing by themselves."""
TRANSLATED = ("title", "working_title", "running_title", "abstract", "acknowledgements", "conflict_of_interest", "contributions")


def run_pandoc(source: str, front: FrontMatter, bibliography: Bibliography, csl: Path, journal: Journal,
               languages: Path | None, meanwhile: Thread | None = None, answered: Event | None = None) -> tuple[Body, list[dict]]:
    """The body of an article and its references as CSL-JSON. What is to be done `meanwhile` is begun as soon as pandoc works, and
    `answered` is set when it has. Raises EngineError where pandoc gave up, TooHard where it was stopped."""
    tongue = language(front.language, languages)
    missing = tuple(f"[{tongue.missing[name]}]" for name in ("entry_title", "entry_date"))
    job = {
        "text": unicodedata.normalize("NFC", source),
        "format": DIALECT,
        "language": front.language,
        "runs": _runs(_run_languages(front, bibliography, journal, languages), csl, languages),
        "references": for_pandoc(bibliography.references),
        "bibtex": [{**each, "parents": sorted(bibliography.parents.get(each["key"], ()))} for each in bibliography.bibtex],
        "ris": bibliography.ris,
        "amended": {(key := each["key"]): {**bibliography.amended.get(key, {}), "language": bibliography.languages.get(key, False)}
                    for each in (*bibliography.bibtex, *bibliography.ris)},
        "many": MANY,
        "numbered": (numbered := 'citation-format="numeric"' in (style := csl.read_text("utf-8"))),
        "apart": numbered and "subsequent-author-substitute" not in style,
        "dates": for_pandoc([{"id": key, **dates} for key, dates in bibliography.dates.items()]),
        "fields": {f"{name}:{tag}": text for name in TRANSLATED for tag, text in getattr(front, name).items()},
        "own_keys": OWN,
        "locator_labels": journal.locator_labels if csl.stem.startswith("gost-") else None,
        "title_first": csl.stem.startswith("gost-") and not csl.stem.endswith("author-date"),
        "number_within_sentence": csl.stem.startswith("gost-r-"),
        "placeholders": dict(zip(("title", "date"), missing, strict=True)),
        "words": tongue.numbers,
        "locators": _locator_words(tongue, journal, languages),
        "list_headings": _list_headings(tongue, journal, languages),
    }
    try:
        result = _convert(job, journal.limits, meanwhile, answered)
    except TooHard as limit:
        raise TooHard(limit.args[0], _cause(source, bibliography)) from None
    broken = {each["key"]: each.get("field") for each in result["broken"] or ()}
    for key, name in broken.items():
        place = bibliography.fields.get((key, name)) or bibliography.places.get(key, Place("references"))
        why = what_is_damaged(place.path)
        if name:
            why = Phrase("“{name}” holds what it should: words or a number, a list of names, a date", name=name)
        bibliography.problems.append(Problem("entry_broken", place, found=key, expected=why))
    bibliography.references = [entry for entry in bibliography.references if entry["id"] not in broken]
    citations = tuple(Citation(each["id"], tuple(each["items"])) for each in result["citations"] or ())
    known = {entry["id"] for entry in bibliography.references}
    references = [*bibliography.references,
                  *_own_keys(bibliography, [entry for entry in result.get("references") or () if entry["id"] not in known])]
    known |= {entry["id"] for entry in references} | set(broken)
    for entry in references:
        if isinstance(entry.get("language"), str):
            entry["language"] = language_tag(entry["language"])
    # those that nobody cites are but named where there are many
    references += [{"id": each["key"], "type": "document", "title": bibliography.titles.get(each["key"], "")}
                   for entries in (bibliography.bibtex, bibliography.ris) if len(entries) > MANY
                   for each in entries if each["key"] and each["key"] not in known and not XDATA.match(each["text"])]
    spoken = {entry["id"]: language_tag(entry.get("language") or front.language) for entry in references}
    titles = {entry["id"]: str(entry.get("title") or "") for entry in references}
    cited_by: dict[str, dict[str, None]] = {}
    for each in citations:
        for item in each.items:
            cited_by.setdefault(item["key"], {})[each.id] = None
    known_tags, entries = known_languages(languages), []
    for key in result["order"] or ():
        runs = result["entries"][key]
        own = spoken.get(key, front.language)
        borrowed = language_of_run(own, titles.get(key, ""), known_tags)
        tag = _run_of(borrowed, runs)
        entries.append(Entry(key, tag if borrowed == own else own, _mark(runs[tag]["html"], missing), runs[tag]["text"],
                             tuple(cited_by.get(key, ()))))
    from basylym.typography.formula_words import bare_text  # lxml is loaded while pandoc works

    texts = {tuple(name.split(":", 1)): Text(text["html"], text["inline"], text["text"], " ".join(bare_text(text["inline"]).split()))
             for name, text in (result["fields"] or {}).items()}
    return Body(result["body"], texts, citations, tuple(entries), tuple(result["raw"] or ()),
                tuple(result["numbered"] or ()), tuple(result["unresolved"] or ()), tuple(result["images"] or ()),
                tuple(result["skipped"] or ()), tuple(result["doubled"] or ()),
                tuple(result["formulas"] or ()), tuple(result["without_note"] or ())), references


def _own_keys(bibliography: Bibliography, entries: list[dict]) -> list[dict]:
    """What pandoc read of BibTeX and RIS, with the keys of ours, and the dates, that it does not hand on.

    A part of a book gets the book's note with the book's data; what that says of the title is the container's.
    """
    told = {entry["id"]: take_keys({**bibliography.own.get(entry["id"], {}), **entry, **bibliography.dates.get(entry["id"], {})})
            for entry in entries}
    book_keys = {key: bibliography.crossrefs.get(key) for key in told}
    books = {key: {name: told[book][name] for name in OWN if name in told[book]} for key, book in book_keys.items() if book in told}
    for key, book in books.items():
        entry = told[key]
        if (key, "note") not in bibliography.fields:
            for name in ("title-en", "title-latin", "author-latin"):
                entry.pop(name, None)
        for name in ("title-en", "title-latin"):
            if name in book and "container-title" in entry:
                entry.setdefault(f"container-{name}", book[name])
        for name in ("publisher-latin", "publisher-place-latin"):
            if name in book:
                entry.setdefault(name, book[name])
    return list(told.values())


PATIENCE = 10
"""How many times longer than it may work it is waited for, on a machine that is busy with other things."""


class TooHard(Exception):
    """The text made pandoc take more time or memory than it may; the message says which."""


def _cause(source: str, bibliography: Bibliography) -> Phrase | str:
    """What took the time, where it is the number of the references; else nothing."""
    cited = [key for key in re.findall(r"(?<!\w)@\{?([^\s\[\]{};,]+)", source) if key.rstrip(".:") in bibliography.places]
    if len(set(cited)) <= MANY and len(cited) <= IN_TIME:
        return ""
    return Phrase("part the article or cite less: there are {references} references and {citations} citations; "
                  "some {most} references, each cited once, can be read in that time",
                  references=len(bibliography.places), citations=len(cited), most=IN_TIME)


MAY_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\\(?:[bf]|u00[01]|u[fF]{3}[eEfF])")
"""What an answer has, as JSON writes it, that has one of CONTROLS: it is seldom there, and to look through each text takes time."""
ASKED = local()
"""What is asked of the pandoc that this thread drives."""


class _Bounded:
    """A pandoc that may take so many seconds for a manuscript and no longer, in the shape that pypandoc knows, which sets no limit
    of its own. One that has answered waits for the next manuscript.

    Where the system can count it, it is the processor's time that is limited: a machine busy with other things makes no
    manuscript too hard.
    """

    returncode: int | None = None

    def __init__(self, words: list[str], limits: Limits, meanwhile: Thread | None, answered: Event | None, **how: Any):
        self._pandoc, self._limits, self._meanwhile, self._answered = head_start.start(words, **how), limits, meanwhile, answered

    def communicate(self, input: bytes | None = None) -> tuple[bytes, bytes]:
        seconds = self._limits.seconds
        counted = limit_processor_time(self._pandoc.pid, seconds)
        if self._meanwhile:
            self._meanwhile.start()
        late = Event()
        watch = Timer(seconds * PATIENCE if counted else seconds, lambda: (late.set(), self._pandoc.kill()))
        watch.daemon = True  # whoever interrupts us, even here, is not to wait for it
        try:
            watch.start()
            answer, said = self._pandoc.ask(input or b"")
            if self._answered:
                self._answered.set()
            full = answer is not None and not (stays := self._pandoc.may_stay(self._limits.megabytes)) and self._pandoc.end() == FULL
        finally:
            watch.cancel()
            if watch.ident:
                watch.join()
        if late.is_set():
            self._pandoc.close()
            if counted:  # it has not worked for so long: something holds it up
                raise EngineError(Phrase("pandoc did not answer for {seconds} s", seconds=seconds * PATIENCE))
            raise TooHard(_seconds(seconds))
        if answer is None or full:
            self.returncode = self._pandoc.returncode or 1
            return b"", said
        self.returncode = 0
        if stays:
            head_start.keep(self._pandoc)
        return answer, b""


def _seconds(seconds: int) -> Phrase:
    return Phrase("{seconds} s (the limit “seconds”)", seconds=seconds)


def _convert(job: dict, limits: Limits, meanwhile: Thread | None, answered: Event | None = None) -> dict:
    with loaded_later("urllib.request", "pypandoc.pandoc_download", "tempfile"):  # all that speaks with the web, to fetch a pandoc
        import pypandoc

    if bundled := find_pandoc():
        os.environ.setdefault("PYPANDOC_PANDOC", bundled)
        if os.environ["PYPANDOC_PANDOC"] == bundled:  # pypandoc would start each pandoc it knows of, to ask for its version
            pypandoc.__pandoc_path = bundled
    pypandoc.subprocess = types.SimpleNamespace(**{**vars(subprocess), "Popen": _begin})
    logging.getLogger("pypandoc").setLevel(logging.ERROR)
    ASKED.how = {"limits": limits, "meanwhile": meanwhile, "answered": answered}
    try:
        answer = pypandoc.convert_text(
            json.dumps(job, ensure_ascii=False), to=str(SCRIPT), format=str(SCRIPT),
            extra_args=head_start.words_for(limits.megabytes), verify_format=False)
        return _clean(json.loads(answer)) if MAY_CONTROL.search(answer) else json.loads(answer)
    except (RuntimeError, OSError, ValueError) as error:
        if f'"{FULL}"' in str(error):
            raise TooHard(Phrase("{megabytes} MB (the limit “megabytes”)", megabytes=limits.megabytes)) from None
        if '"-24"' in str(error):  # SIGXCPU: it has used up its time
            raise TooHard(_seconds(limits.seconds)) from None
        if '"-9"' in str(error):  # SIGKILL
            raise EngineError(Phrase("pandoc was stopped from outside; the machine may be short of memory")) from None
        lines = str(error).strip().splitlines()
        why = next((line for line in lines if "died" not in line and line.strip()), lines[-1])
        raise EngineError(Phrase("pandoc could not read the manuscript: {why}", why=why)) from error
    finally:
        ASKED.how = None


def _begin(words: list[str], **how: Any) -> Any:
    """Starts pandoc for pypandoc: bounded where this thread reads a manuscript, as it is where a program asks pypandoc itself."""
    asked = getattr(ASKED, "how", None)
    return _Bounded(words, **asked, **how) if asked else subprocess.Popen(words, **how)


def _clean(value: Any) -> Any:
    """The same without characters that XML can't hold."""
    if isinstance(value, str):
        return value.translate(CONTROLS)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return {key: _clean(each) for key, each in value.items()} if isinstance(value, dict) else value


def _run_languages(front: FrontMatter, bibliography: Bibliography, journal: Journal, folder: Path | None) -> list[str]:
    """One citeproc run for each language of the list, the article's first."""
    known = known_languages(folder)
    tags = [front.language, *(language_of_run(entry.get("language", front.language), str(entry.get("title") or ""), known)
                              for entry in bibliography.references)]
    if bibliography.bibtex or bibliography.ris:  # their languages are known only to pandoc
        tags += journal.languages
        texts = {entry["key"]: entry["text"] for entry in (*bibliography.bibtex, *bibliography.ris)}
        found = [language_of_run(tag, texts.get(key, ""), known) for key, tag in bibliography.languages.items()]
        tags += [tag for tag in found if tag in known]
    return list(dict.fromkeys(tags))


def _runs(tags: list[str], csl: Path, languages: Path | None) -> list[dict]:
    """Each run's language and style: the file, or, where that has not all the words of the language, its text with them."""
    runs = []
    for tag in tags:
        text = localise(csl, tag, languages)
        address = f"data:application/xml;base64,{base64.b64encode(text.encode()).decode()}" if text else str(csl)
        runs.append({"language": tag, "csl": address})
    return runs


def _list_headings(tongue: Language, journal: Journal, languages: Path | None) -> list[str]:
    """Headings under which authors type their list of references."""
    tags = dict.fromkeys((tongue.tag, *journal.languages, "kk", "ru", "en"))
    return list(dict.fromkeys(word.lower() for tag in tags for word in language(tag, languages).labels_typed.get("references", ())))


def language_of_run(tag: str, title: str, known: tuple[str, ...]) -> str:
    """The language in whose words an entry is printed: its own, or Russian for one in Cyrillic that has no language file."""
    return tag if tag.split("-")[0] in known or not CYRILLIC.search(title) else "ru"


def _run_of(tag: str, runs: dict) -> str:
    return tag if tag in runs else next(iter(sorted(runs, key=lambda run: run != tag.split("-")[0])))


def _mark(html: str, missing: tuple[str, ...]) -> str:
    """The entry with the words for what is missing marked as such."""
    for words in missing:
        html = html.replace(words, f'<span class="missing">{words}</span>')
    return html


def _locator_words(tongue: Language, journal: Journal, languages: Path | None) -> dict:
    """Every form in which a place in a work may be named: the article's language first, then what others type."""
    terms = {each["label"]: each["term"] for each in tongue.locators}
    forms: dict[str, dict] = {}
    for tag in dict.fromkeys((tongue.tag, *journal.languages, "kk", "ru", "en")):
        for each in language(tag, languages).locators:
            for form in each["forms"]:
                forms.setdefault(form, {"label": each["label"], "term": terms.get(each["label"], each["term"])})
    return {"forms": forms, "page": terms.get("page", "p."), "order": sorted(forms, key=lambda form: (-len(form), form))}
