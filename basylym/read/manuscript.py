"""Drives pandoc: one process an article, through pypandoc and manuscript.lua, which does the work."""

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
from typing import Any

from basylym.errors import EngineError
from basylym.languages import Language, known_languages, language
from basylym.languages.style import localise
from basylym.messages import Phrase
from basylym.model import Body, Citation, Entry, FrontMatter, Journal, Place, Problem, Text
from basylym.read.bibliography import Bibliography, what_is_damaged
from basylym.read.entry import OWN, as_json, language_tag, take_keys
from basylym.read.text import CONTROLS

SCRIPT = Path(__file__).with_name("manuscript.lua")
DIALECT = ("markdown-smart-yaml_metadata_block-pandoc_title_block-mmd_title_block-latex_macros-native_divs-native_spans"
           "-markdown_in_html_blocks+autolink_bare_uris")
"""Pandoc's Markdown as written: no letters changed (smart), no second front matter, HTML recognised only to be refused."""
HEAP = "-M768m"
"""The most memory pandoc may take (GHC's RTS option); a circular crossref would take all there is."""
SECONDS = 9
"""The longest pandoc may take; a long article takes half of one, brackets nested by a stranger take years."""
CYRILLIC = re.compile("[\u0400-\u04ff]")
LANGUAGE_FIELD = re.compile(r"^LA {1,2}- *(\S+)|\b(?:langid|language|hyphenation)\s*=\s*[{\"]\s*([^}\"]+)", re.M | re.I)
"""How BibTeX, BibLaTeX and RIS tell an entry's language."""
TRANSLATED = ("title", "working_title", "running_title", "abstract", "acknowledgements", "conflict_of_interest", "contributions")


def run_pandoc(source: str, front: FrontMatter, bibliography: Bibliography, csl: Path, journal: Journal,
               languages: Path | None) -> tuple[Body, list[dict]]:
    """The body of an article and its references as CSL-JSON. Raises EngineError where pandoc gave
    up, TooHard where it was stopped."""
    tongue = language(front.language, languages)
    missing = tuple(f"[{tongue.missing[name]}]" for name in ("entry_title", "entry_date"))
    result = _convert({
        "text": unicodedata.normalize("NFC", source),
        "format": DIALECT,
        "language": front.language,
        "runs": _runs(_run_languages(front, bibliography, journal, languages), csl, languages),
        "references": as_json(bibliography.references) if bibliography.references else "",
        "bibtex": bibliography.bibtex,
        "ris": bibliography.ris,
        "dates": json.loads(as_json([{"id": key, **dates} for key, dates in bibliography.dates.items()])),
        "fields": {f"{name}:{tag}": text for name in TRANSLATED for tag, text in getattr(front, name).items()},
        "own_keys": OWN,
        "locator_labels": journal.locator_labels if csl.stem.startswith("gost-") else None,
        "title_first": csl.stem.startswith("gost-") and not csl.stem.endswith("author-date"),
        "number_within_sentence": csl.stem.startswith("gost-r-"),
        "placeholders": dict(zip(("title", "date"), missing, strict=True)),
        "words": tongue.numbers,
        "locators": _locator_words(tongue, journal, languages),
        "list_headings": _list_headings(tongue, journal, languages),
    })
    for key in result["broken"] or ():
        place = bibliography.places.get(key, Place("references"))
        bibliography.problems.append(Problem("entry_broken", place, found=key, expected=what_is_damaged(place.path)))
    bibliography.references = [entry for entry in bibliography.references if entry["id"] not in (result["broken"] or ())]
    citations = tuple(Citation(each["id"], tuple(each["items"])) for each in result["citations"] or ())
    known = {entry["id"] for entry in bibliography.references}
    references = [*bibliography.references,
                  *(take_keys({**bibliography.own.get(entry["id"], {}), **entry, **bibliography.dates.get(entry["id"], {})})
                    for entry in result.get("references") or () if entry["id"] not in known)]
    spoken = {entry["id"]: language_tag(entry.get("language") or front.language) for entry in references}
    titles = {entry["id"]: str(entry.get("title") or "") for entry in references}
    entries = []
    for key in result["order"] or ():
        runs = result["entries"][key]
        own = spoken.get(key, front.language)
        borrowed = language_of_run(own, titles.get(key, ""), languages)
        tag = _run_of(borrowed, runs)
        cited_by = tuple(each.id for each in citations if any(item["key"] == key for item in each.items))
        entries.append(Entry(key, tag if borrowed == own else own, _mark(runs[tag]["html"], missing), runs[tag]["text"], cited_by))
    texts = {tuple(name.split(":", 1)): Text(text["html"], text["inline"], text["text"])
             for name, text in (result["fields"] or {}).items()}
    return Body(result["body"], texts, citations, tuple(entries), tuple(result["raw"] or ()),
                tuple(result["numbered"] or ()), tuple(result["unresolved"] or ()), tuple(result["images"] or ()),
                tuple(result["skipped"] or ()), tuple(result["doubled"] or ()),
                tuple(result["formulas"] or ()), tuple(result["without_note"] or ())), references


class TooHard(Exception):
    """The text made pandoc take more time or memory than it may; the message says which."""


class _Bounded(subprocess.Popen):
    """A process that may take so long and no longer; pypandoc sets no limit of its own.

    Where the system can count it, it is the processor's time that is limited: a machine busy with other things makes no
    manuscript too hard.
    """

    def communicate(self, input: bytes | None = None, timeout: float | None = None) -> tuple:
        counted = _limit_processor_time(self.pid)
        try:
            return super().communicate(input, timeout or (SECONDS * 10 if counted else SECONDS))
        except subprocess.TimeoutExpired:
            self.kill()
            super().communicate()
            raise TooHard(_seconds()) from None


def _limit_processor_time(process: int) -> bool:
    """Ends a process that has used the processor for too long; False where the system has no such limit."""
    try:
        import resource

        resource.prlimit(process, resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    except (ImportError, AttributeError, OSError, ValueError):
        return False
    return True


def _seconds() -> Phrase:
    return Phrase("{seconds} s", seconds=SECONDS)


def _convert(job: dict) -> dict:
    import pypandoc

    # the pandoc that the lock file names, and no other that the machine may have
    bundled = Path(pypandoc.__file__).parent / "files" / "pandoc"
    if bundled.is_file():
        os.environ.setdefault("PYPANDOC_PANDOC", str(bundled))
    pypandoc.subprocess = types.SimpleNamespace(**{**vars(subprocess), "Popen": _Bounded})
    logging.getLogger("pypandoc").setLevel(logging.ERROR)
    try:
        return _clean(json.loads(pypandoc.convert_text(
            json.dumps(job, ensure_ascii=False), to=str(SCRIPT), format=str(SCRIPT),
            extra_args=["--quiet", "+RTS", HEAP, "-A64m", "-RTS"], verify_format=False)))
    except (RuntimeError, OSError, ValueError) as error:
        if '"251"' in str(error):  # GHC's exit code for a heap that is full
            raise TooHard(HEAP.removeprefix("-M")) from None
        if re.search(r'"-(24|9)"', str(error)):  # SIGXCPU, SIGKILL: it has used up its time
            raise TooHard(_seconds()) from None
        lines = str(error).strip().splitlines()
        why = next((line for line in lines if "died" not in line and line.strip()), lines[-1])
        raise EngineError(Phrase("pandoc could not read the manuscript: {why}", why=why)) from error


def _clean(value: Any) -> Any:
    """The same without characters that XML can't hold."""
    if isinstance(value, str):
        return value.translate(CONTROLS)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return {key: _clean(each) for key, each in value.items()} if isinstance(value, dict) else value


def _run_languages(front: FrontMatter, bibliography: Bibliography, journal: Journal, folder: Path | None) -> list[str]:
    """One citeproc run for each language of the list, the article's first."""
    tags = [front.language, *(language_of_run(entry.get("language", front.language), str(entry.get("title") or ""), folder)
                              for entry in bibliography.references)]
    if bibliography.bibtex or bibliography.ris:  # their languages are known only to pandoc
        tags += journal.languages
        texts = [entry["text"] for entry in (*bibliography.bibtex, *bibliography.ris)]
        named = [(language_tag("".join(words)), text) for text in texts for words in LANGUAGE_FIELD.findall(text)]
        found = [language_of_run(tag, text, folder) for tag, text in named]
        tags += [tag for tag in found if tag in known_languages(folder)]
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


def language_of_run(tag: str, title: str, folder: Path | None) -> str:
    """The language in whose words an entry is printed: its own, or Russian for one in Cyrillic that has no language file."""
    known = tag.split("-")[0] in known_languages(folder)
    return tag if known or not CYRILLIC.search(title) else "ru"


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
