"""OUT: what the finished files say of the article itself: its title, authors, abstract and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from basylym.check import Found, check
from basylym.check.outputs import (
    BUILD,
    DIFFERS,
    NOTHING,
    Difference,
    abstracts,
    at,
    carries_metadata,
    compare_outputs,
    compare_translated,
    languages_of,
    said_of,
    seen,
    titles,
)
from basylym.messages import Phrase
from basylym.model import Edition
from basylym.output import Output
from basylym.read.html import read_html
from basylym.typography.compare import letters

MATH = "{http://www.w3.org/1998/Math/MathML}math"
SPOKEN = 200
"""The most letters that stand for a formula in a text."""


@check("OUT-002", "{file} was not built", "run `basylym build`", severity="warning")
def output_missing(edition: Edition) -> Iterator[Found]:
    """One of the article's finished files is not there.

    Why: what is not there can't be compared, and readers of that format would get nothing. Looked for by `basylym check --outputs`
    alone, as are all checks of finished files.

    Bad::

        outputs: {epub: null}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    for output in edition.outputs:
        if output.state == "missing":
            yield Found(at(edition), output.path, values={"file": output.path})


@check("OUT-003", "{file} could not be read back: {why}", "mend what is named, and check again")
def output_unread(edition: Edition) -> Iterator[Found]:
    """A finished file can't be read, so nothing can be said of it.

    Why: a file that we can't read may be damaged for readers too. A PDF is read with the package pikepdf, which comes with
    `pip install 'basylym[outputs]'`.

    Bad::

        outputs: {epub: {"</metadata>": ""}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    for output in (*edition.outputs, *edition.packages):
        if output.state == "unread":
            yield Found(at(edition), output.path, values={"file": output.path, "why": output.why})


@check("OUT-004", DIFFERS, BUILD)
def title_differs(edition: Edition) -> Iterator[Found]:
    """A finished file gives the article another title, or lacks it in one of its languages.

    Why: catalogues take the title from the file's metadata, readers from its page, and both are to find the same article.

    Bad::

        outputs: {epub: {"Үлгі мақаланың тақырыбы</dc:title>": "Басқа тақырып</dc:title>"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    running = [words for tag in edition.languages if (words := edition.spoken("running_title", tag))]

    def compare(output: Output) -> Iterator[Difference]:
        found = titles(edition, output.kind == "xml")
        expected = {tag: words for tag, (_, words) in found.items()}
        places = {tag: at(edition, name, tag) for tag, (name, _) in found.items()}
        # a PDF's packet leaves out the editors' working titles in other languages
        needed = [tag for tag in languages_of(edition, output) if tag == edition.language or found.get(tag, ("",))[0] == "title"]
        yield from compare_translated(output, "title", expected, places, needed)
        for each in said_of(output, "headline"):  # search engines take no long one
            if expected and not _heads(letters(each.values[0]), map(letters, (*expected.values(), *running))):
                yield Difference(next(iter(expected.values())), next(iter(places.values())), each.where, each.values[0])
        yield from (Difference(words, places[tag]) for tag, words in expected.items()
                    if not _stands(edition.article.body.texts[found[tag][0], tag].html, output))

    yield from compare_outputs(edition, compare)


def _heads(value: str, whole: Iterable[str]) -> bool:
    """Whether a headline is a title, the running one, or the beginning of one with dots after it."""
    beginning = value.rstrip(".") if value.endswith("...") else ""
    return any(value == each or beginning and each.startswith(beginning) for each in whole)


def _stands(html: str, output: Output, near: bool = True) -> bool:
    """Whether a text is in a file: its words one after the other, and its formulas, which no letters are compared of, among the
    file's. In one that is long nobody asks how `near` the words round a formula are."""
    from lxml import etree

    words, formulas = [""], []
    walk = etree.iterwalk(read_html(html), events=("start", "end"))
    for event, each in walk:
        if event == "start" and each.tag == MATH:
            walk.skip_subtree()
            words.append("")
            formulas += ["".join(part.itertext()) for part in each.iter("{*}annotation")]
        elif event == "start":
            words[-1] += each.text or ""
        else:
            words[-1] += each.tail or ""
    there = {" ".join(tex.split()) for tex in output.formulas}
    if any(" ".join(tex.split()) not in there for tex in formulas):
        return False
    parts = [letters(part) for part in words]
    if len(parts) == 1:
        return parts[0] in seen(output)
    if not near:
        return _follow(parts, seen(output))
    return bool(re.search(f".{{0,{SPOKEN}}}?".join(map(re.escape, parts)), seen(output), re.S))


def _follow(parts: list[str], text: str) -> bool:
    """Whether parts stand in a text in this order."""
    end = 0
    for part in parts:
        if (start := text.find(part, end)) < 0:
            return False
        end = start + len(part)
    return True


@check("OUT-005", DIFFERS, BUILD)
def authors_differ(edition: Edition) -> Iterator[Found]:
    """A finished file names other authors, spells one otherwise, or has them in another order.

    Why: the order of the authors is part of their credit, and indexes count works by the names in a file's metadata.

    Bad::

        outputs: {epub: {"Автор Үлгі</dc:creator>": "Басқа Автор</dc:creator>"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    people = [author for author in edition.front.authors if author.name]
    forms = [{letters(form) for name in author.name.values() for form in (name.full, name.inverted)} for author in people]
    known = set().union(*forms)
    expected, place = ", ".join(next(iter(_in_order(edition, author.name))).full for author in people), at(edition, "authors")

    def compare(output: Output) -> Iterator[Difference]:
        said = said_of(output, "authors")
        for each in said:
            values = [letters(value) for value in each.values]
            joined = len(values) == 1 and len(people) > 1
            right = letters(expected) == values[0] if joined else (
                len(values) == len(forms) and all(value in form for value, form in zip(values, forms, strict=True)))
            if not right:
                yield Difference(expected, place, each.where_and_tag, ", ".join(each.values))
        for each in said_of(output, "some_authors"):
            for value in each.values:
                if letters(value) not in known:
                    yield Difference(expected, place, each.where_and_tag, value)
        told = any(each.where == "dc:creator" for each in said) if output.kind not in ("html", "xml") else bool(said)
        if people and not told and carries_metadata(edition, output):
            yield Difference(expected, place, Phrase("metadata"))
        for number, author in enumerate(people):
            for tag in edition.languages:
                if tag in author.name and letters(author.name[tag].full) not in seen(output):
                    yield Difference(author.name[tag].full, at(edition, "authors", number, "name", tag))

    yield from compare_outputs(edition, compare)


def _in_order(edition: Edition, names: dict) -> list:
    """Translations, the article's language first."""
    return [names[tag] for tag in (*edition.languages, *names) if tag in names]


@check("OUT-006", DIFFERS, BUILD)
def abstract_differs(edition: Edition) -> Iterator[Found]:
    """A finished file has another abstract, or lacks it in one of its languages.

    Why: most readers see the abstract alone, in a database that took it from the file.

    Bad::

        outputs: {html: {"Бұл көрсеткіштер ойдан шығарылған": "Бұл көрсеткіштер шын"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    expected = abstracts(edition)
    places = {tag: at(edition, "abstract", tag) for tag in expected}

    def compare(output: Output) -> Iterator[Difference]:
        needed = languages_of(edition, output) if output.kind != "html" else ()
        told = abstracts(edition, True) if output.kind == "xml" else expected
        yield from compare_translated(output, "abstract", told, places, needed)
        whole = {tag: letters(words) for tag, words in expected.items()}
        for each in said_of(output, "beginning"):  # what search engines show may be cut short
            value = letters(each.values[0]).rstrip(".")
            if whole and not any(words.startswith(value) for words in whole.values()):
                yield Difference(expected[next(iter(expected))], places[next(iter(expected))], each.where, each.values[0])
        for tag, words in expected.items():
            if not _stands(edition.article.body.texts["abstract", tag].html, output, near=False):
                yield Difference(words, places[tag])

    yield from compare_outputs(edition, compare)


@check("OUT-007", DIFFERS, BUILD)
def keywords_differ(edition: Edition) -> Iterator[Found]:
    """A finished file has other keywords, or lacks those of one language.

    Why: an article is found by its keywords.

    Bad::

        outputs: {epub: {">тексеру</dc:subject>": ">тексерілу</dc:subject>"}}

    Good::

        outputs: {}

    Source: Basylym's own rule.
    """
    expected = {tag: words for tag in edition.languages if (words := edition.front.keywords.get(tag))}
    everything = [word for words in expected.values() for word in words]

    def compare(output: Output) -> Iterator[Difference]:
        said, told = said_of(output, "keywords"), set()
        for each in said:
            values = [letters(value) for value in each.values]
            chosen = [expected[each.tag]] if each.tag in expected else [everything, *expected.values()]
            right = next((words for words in chosen if _same_words(values, words)), None)
            told |= {each.tag} if each.tag else set(expected if right == everything else ())
            if right is None and expected:
                tag = each.tag if each.tag in expected else next(iter(expected))
                lacking = [word for word in chosen[0] if letters(word) not in values]
                yield Difference(", ".join(lacking or chosen[0]), at(edition, "keywords", tag), each.where_and_tag,
                                 ", ".join(each.values))
        for tag, words in expected.items():
            if output.kind != "html" and tag not in told and (output.kind == "epub" or not said):
                yield Difference(", ".join(words), at(edition, "keywords", tag), Phrase("metadata, {language}", language=tag))
            for word in words:
                if letters(word) not in seen(output):
                    yield Difference(word, at(edition, "keywords", tag))

    yield from compare_outputs(edition, compare)


def _same_words(values: list[str], words: list[str]) -> bool:
    """Whether values are some keywords, one by one or as one text, whatever stands between them."""
    wanted = [letters(word) for word in words]
    if len(values) == 1 and len(wanted) > 1:
        return any(values[0] == mark.join(wanted) for mark in (",", ";"))
    return set(values) == set(wanted)


@check("OUT-021", DIFFERS, BUILD)
def orcids_differ(edition: Edition) -> Iterator[Found]:
    """A finished file gives an author another ORCID iD, or none.

    Why: an index credits the article to the person whom the iD names; a wrong one credits it to another.

    Bad::

        outputs: {epub: {"orcid.org/0000-0002-1825-0097</meta>": "orcid.org/0000-0001-5109-3700</meta>"}}

    Good::

        outputs: {}

    Source: ORCID, structure of the ORCID identifier.
    """
    people = [author for author in edition.front.authors if author.name]
    right = [(author.orcid or "").upper() for author in people]
    expected = ", ".join(filter(None, right)) or NOTHING

    def compare(output: Output) -> Iterator[Difference]:
        said = said_of(output, "orcids")
        for each in said:
            values = [value.strip().upper()[-19:] for value in each.values]
            if values != right and (any(values) or any(right)):
                yield Difference(expected, at(edition, "authors"), each.where, ", ".join(filter(None, values)) or NOTHING)
        if any(right) and not said and output.kind != "pdf" and carries_metadata(edition, output):
            yield Difference(expected, at(edition, "authors"), Phrase("metadata"))
        for number, author in enumerate(edition.front.authors):
            if author.name and author.orcid and letters(author.orcid) not in seen(output):
                yield Difference(author.orcid, at(edition, "authors", number, "orcid"))

    yield from compare_outputs(edition, compare)


@check("OUT-022", DIFFERS, BUILD)
def language_differs(edition: Edition) -> Iterator[Found]:
    """A finished file says that it is in another language than the article is, or in none.

    Why: by its language a screen reader chooses its voice, a browser its hyphens, and an index whom it shows the article to.

    Bad::

        outputs: {epub: {"<dc:language>kk<": "<dc:language>ru<"}}

    Good::

        outputs: {}

    Source: WCAG 2.2, 3.1.1 (language of page); EPUB 3.3, 5.5.3.1.3 (the dc:language element).
    """
    own, place = edition.language, at(edition, "language")
    known = {tag.lower() for tag in edition.languages}

    def compare(output: Output) -> Iterator[Difference]:
        said = said_of(output, "language")
        for each in said:
            tags = [tag.lower() for tag in each.values]
            if own.lower() not in tags or not known.issuperset(tags):  # a PDF names the languages of its summaries too
                yield Difference(own, place, each.where, ", ".join(each.values))
        where = {"pdf": "/Lang", "epub": "dc:language", "html": "html lang", "xml": "xml:lang"}[output.kind]
        if where not in {each.where for each in said}:
            yield Difference(own, place, where)

    yield from compare_outputs(edition, compare)
