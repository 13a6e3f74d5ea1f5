"""OUT: do the finished files say what the manuscript says, and so the same as each other? This is the measure; the checks that
use it stand in output_fields.py and output_text.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from basylym.check import LONGEST, Found
from basylym.languages import language
from basylym.messages import Phrase
from basylym.model import Edition, Place
from basylym.output import Output, Said
from basylym.read.html import read_html
from basylym.typography.compare import letters

BUILD = "build the article again; if the difference stays, look at the journal's own templates"
"""How a difference is mended."""
DIFFERS = "{file} ({where}) {says}, where {others} {expects}"
"""What is told of one."""
NOTHING = Phrase("nothing")
"""What stands where something is lost, or where there should be none."""
TEXTS = './/text()[not(ancestor::*[local-name()="math"]) or parent::*[local-name()="annotation"]]'
"""The text of a tree, formulas as TeX."""
ROOM = LONGEST - 40
"""How many characters of what a file says a finding repeats."""
TEXT = Phrase("text")
"""Where something stands that readers see."""


@dataclass(frozen=True)
class Difference:
    """What a file says otherwise than the manuscript."""

    expected: str
    """What the manuscript says."""
    place: Place
    """Where it says so."""
    where: str | Phrase = TEXT
    """Where in the file the difference is."""
    found: str | Phrase = NOTHING
    """What stands there."""


@lru_cache(maxsize=8)
def _letters_of(text: str) -> str:
    return letters(text)


def seen(output: Output) -> str:
    """The letters that a reader of a file sees."""
    return _letters_of(output.text)


def compare_outputs(edition: Edition, compare: Callable[[Output], Iterable[Difference]]) -> Iterator[Found]:
    """A finding for each difference: it names the file that differs, and the manuscript and other files that agree with it. A file
    that is older than the manuscript is left out: it is told as a whole."""
    read = [output for output in edition.outputs if output.state == "read" and not output.older_than]
    found = {output.path: list(dict.fromkeys(compare(output))) for output in read}
    lacking = {path: {each.expected for each in differences} for path, differences in found.items()}
    for output in read:
        for each in found[output.path]:
            agree = [edition.article.path, *(other.path for other in read if each.expected not in lacking[other.path])]
            yield tell_difference(each, output, agree)


def tell_difference(each: Difference, output: Output, agree: Iterable[str]) -> Found:
    """What a check yields of a difference; `agree` are the paths of the files that say what is expected."""
    return Found(each.place, expected=each.expected, values={
        "found": each.found, "where": each.where, "file": output.path,
        "says": Phrase("lacks it") if each.found is NOTHING else Phrase("says “{words}”", words=_short(each.found)),
        "expects": Phrase("has none") if each.expected is NOTHING else Phrase("says “{words}”", words=_short(each.expected)),
        "others": ", ".join(PurePosixPath(path).name for path in agree)})


def _short(words: str) -> str:
    """The beginning of words that are long: no finding repeats a whole abstract, nor loses the mark that ends it."""
    return words if isinstance(words, Phrase) or len(words) <= ROOM else f"{words[:ROOM].rstrip()} …"


def at(edition: Edition, *field: str | int) -> Place:
    """Where a field of the front matter stands."""
    return edition.article.places.find(*field)


# --- what the manuscript says -----------------------------------------------------------------------------------------
def titles(edition: Edition, in_tex: bool = False) -> dict[str, tuple[str, str]]:
    """Language -> field and words of the title that is printed; the editors' working one where there is none. `in_tex` writes formulas
    as TeX, as JATS does, and not in words."""
    found = {}
    for tag in edition.languages:
        for name in ("title", "working_title"):
            text = edition.article.body.texts.get((name, tag))
            if tag not in found and text and text.text:
                spoken = language(tag, edition.languages_folder)
                mark = spoken.retraction_mark(text.text) if edition.front.retraction else ""
                found[tag] = (name, mark + (" ".join(words_of(text.html).split()) if in_tex else text.spoken))
    return found


def abstracts(edition: Edition, in_tex: bool = False) -> dict[str, str]:
    """Language -> abstract; `in_tex` as for titles."""
    texts = edition.article.body.texts
    return {tag: " ".join(words_of(texts["abstract", tag].html).split()) if in_tex and ("abstract", tag) in texts else words
            for tag in edition.languages if (words := edition.spoken("abstract", tag))}


def words_of(html: str) -> str:
    """The words of markup, its formulas as TeX."""
    return "".join(read_html(html).xpath(TEXTS))


def last_page(edition: Edition) -> int | None:
    """The last page that the files must name: the one that is fixed, else as printed; None where there is no print to count."""
    return edition.fixed_pages[1] if edition.fixed_pages else counted_last_page(edition)


def counted_last_page(edition: Edition) -> int | None:
    """The last page as printed; None where there is no print to count."""
    pdfs = (output.pages for output in edition.outputs if output.kind == "pdf" and output.state == "read")
    pages = edition.length or next(pdfs, 0)
    return edition.first_page + pages - 1 if pages else None


def license_words(license: str) -> tuple[str, str]:
    """The mark and the address of a licence by its SPDX id: Creative Commons' own; of another, the id for both."""
    if match := re.fullmatch(r"CC-(BY(?:-[A-Z]{2})*)-(\d\.\d)", license):
        return f"CC {match[1]} {match[2]}", f"creativecommons.org/licenses/{match[1].lower()}/{match[2]}"
    return ("CC0 1.0", "creativecommons.org/publicdomain/zero/1.0") if license == "CC0-1.0" else (license, license)


def said_of(output: Output, field: str) -> list[Said]:
    """What a file's metadata say of a field."""
    return [each for each in output.said if each.field == field]


def carries_metadata(edition: Edition, output: Output) -> bool:
    """Whether a file must carry metadata: a draft's page leaves them out, so that no search engine finds it."""
    return output.kind != "html" or not edition.draft


def languages_of(edition: Edition, output: Output) -> tuple[str, ...]:
    """The languages that a file's metadata must speak."""
    if not carries_metadata(edition, output):
        return ()
    return edition.languages if output.kind != "html" else (edition.language,)


def compare_translated(output: Output, field: str, expected: dict[str, str], places: dict[str, Place],
                       needed: Iterable[str]) -> Iterator[Difference]:
    """A text in several languages against what the metadata say of it: all they say must be right, and in the languages `needed`
    they must say it."""
    right = {letters(words): tag for tag, words in expected.items()}
    said = said_of(output, field)
    told = set()
    for each in said:
        value = letters(each.values[0])
        tag = each.tag if each.tag in expected else next(iter(expected), "")
        if value == letters(expected.get(each.tag, "")) or (each.tag not in expected and value in right):
            told.add(each.tag or right.get(value))
        elif tag in expected:
            told.add(tag)
            yield Difference(expected[tag], places[tag], each.where_and_tag, each.values[0])
    for tag in needed:
        if tag in expected and tag not in told:
            yield Difference(expected[tag], places[tag], Phrase("metadata, {language}", language=tag))


def compare_plain(output: Output, field: str, expected: str, place: Place, same: Callable[[str], bool],
                  needed: bool) -> Iterator[Difference]:
    """One value against every place of the metadata that says it; where it is `needed`, one must."""
    said = said_of(output, field)
    for each in said:
        if not same(each.values[0]):
            yield Difference(expected, place, each.where, each.values[0])
    if needed and not said:
        yield Difference(expected, place, Phrase("metadata"))
