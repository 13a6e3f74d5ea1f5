"""SRC: what reading stumbled over. Reading notes a problem and goes on; here it becomes a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from basylym.check import Found, check
from basylym.messages import Phrase
from basylym.model import Edition


def problems(edition: Edition, kind: str) -> Iterator[Found]:
    """The problems of one kind, as what a check yields."""
    for problem in edition.problems:
        if problem.kind == kind:
            yield Found(problem.place, problem.found, problem.expected,
                        {"hint": _hint(kind, problem.expected), "field": problem.place.field})


def _hint(kind: str, expected: str) -> str:
    if not expected:
        return ""
    if kind == "not_utf8":
        return Phrase("; it looks like {encoding}", encoding=expected)
    return Phrase(" (did you mean “{near}”?)", near=expected)


@check("SRC-001", "the YAML can't be read: {found}{expected}", "look at this line and the one above it: a missing colon, quote or indent",
       firm=True)
def broken_yaml(edition: Edition) -> Iterator[Found]:
    """The front matter, journal.yaml, issue.yaml or a reference file is no valid YAML.

    Why: nothing of the block can be used until it can be read, so nothing is published.

    Bad::

        file: |
          ---
          title: [Тақырып
          language: kk
          ---
          Мәтін.

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: YAML 1.2.2.
    """
    yield from problems(edition, "broken_yaml")


@check("SRC-002", "“{found}” stands here a second time", "keep one of the two")
def duplicate_key(edition: Edition) -> Iterator[Found]:
    """One key is given twice.

    Why: only the first counts, and what the second says would be lost without a word.

    Bad::

        append: |
          udc: "821.512"

    Good::

        udc: "821.512"

    Source: YAML 1.2.2, 3.2.1.3 (keys of a mapping are unique).
    """
    yield from problems(edition, "duplicate_key")


@check("SRC-003", "“{found}” is not a known key{hint}", "correct the key, or take it out", draft="warning")
def unknown_key(edition: Edition) -> Iterator[Found]:
    """A key that Basylym does not know.

    Why: what stands under it appears nowhere; most often it is a slip of the hand.

    Bad::

        append: |
          abstrct: {kk: Аңдатпа}

    Good::

        license: CC-BY-4.0

    Source: Basylym's own front matter, docs/front-matter.md.
    """
    yield from problems(edition, "unknown_key")


@check("SRC-004", "“{found}” can't stand here", "expected: {expected}")
def wrong_value(edition: Edition) -> Iterator[Found]:
    """A value of the wrong kind: a word for a date, a list for a text.

    Why: it can't be printed or handed on as what it should be, so it is left out.

    Bad::

        dates: {received: жақында, accepted: 2026-02-20}
        journal: {dates: [accepted]}

    Good::

        dates: {received: 2026-01-12, accepted: 2026-02-20}

    Source: Basylym's own front matter, docs/front-matter.md.
    """
    yield from problems(edition, "wrong_value")


@check("SRC-005", "“{expected}” is missing here", "add “{expected}:”, or take this part out")
def missing_key(edition: Edition) -> Iterator[Found]:
    """A part lacks the key without which it means nothing, such as an organisation its id.

    Why: the part is left out.

    Bad::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
          - {name: {kk: Екінші ұйым}}

    Good::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}

    Source: Basylym's own front matter, docs/front-matter.md.
    """
    yield from problems(edition, "missing_key")


@check("SRC-006", "“{found}” is not a language's tag", "write a tag such as {expected} (BCP 47)")
def not_a_language(edition: Edition) -> Iterator[Found]:
    """A translation is filed under something that is no language tag.

    Why: «kz» or «қазақша» leads no reader, indexer or screen reader to the language.

    Bad::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article, Казахский: Тақырып}

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: BCP 47 (RFC 5646).
    """
    yield from problems(edition, "not_a_language")


@check("SRC-007", "{found} refers to another place in the file", "write the words out where they belong", firm=True)
def yaml_alias(edition: Edition) -> Iterator[Found]:
    """The YAML uses an alias.

    Why: nobody types one by hand, and a few nested ones fill a machine's memory.

    Bad::

        file: |
          ---
          title: &t {kk: Тақырып}
          abstract: *t
          ---
          Мәтін.

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: YAML 1.2.2, 3.2.2.2.
    """
    yield from problems(edition, "yaml_alias")


@check("SRC-008", "the YAML nests deeper than {expected} levels", "flatten it", firm=True)
def nested_too_deep(edition: Edition) -> Iterator[Found]:
    """A file nests deeper than any front matter needs to.

    Why: such a file is damaged or meant to do harm.

    Bad::

        append: |
          funding: [[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]

    Good::

        funding: [{funder: {kk: Қор, ru: Фонд, en: Foundation}}]

    Source: Basylym's own limit.
    """
    yield from problems(edition, "nested_too_deep")


@check("SRC-009", "the file is not UTF-8 text (bytes {found}){hint}", "save it as UTF-8", firm=True)
def not_utf8(edition: Edition) -> Iterator[Found]:
    """A file is in another encoding, or is no text at all.

    Why: its letters would come out as others.

    Bad::

        bytes: d0 a1 ff fe

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: RFC 3629.
    """
    yield from problems(edition, "not_utf8")


@check("SRC-010", "the file can't be read: {found}", "see that it is there and may be read", firm=True)
def file_unreadable(edition: Edition) -> Iterator[Found]:
    """The system refuses to hand out a file.

    Why: what it holds is missing from the article.

    Bad::

        unreadable: references.yaml

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: Basylym's own rule.
    """
    yield from problems(edition, "file_unreadable")


@check("SRC-011", "the file has {found} bytes; the limit is {expected}", "split it, take out what does not belong, or raise file_bytes "
       "under limits: in journal.yaml", firm=True)
def file_too_large(edition: Edition) -> Iterator[Found]:
    """A file is larger than any manuscript.

    Why: it would take the machine's memory and time from every other article.

    Bad::

        size: 5000001

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: Basylym's own limit.
    """
    yield from problems(edition, "file_too_large")


@check("SRC-012", "“{found}” is not beside the article", "put the file into the article's folder, or correct its name", draft="warning")
def file_not_found(edition: Edition) -> Iterator[Found]:
    """A file that the front matter names is not in the article's folder.

    Why: files elsewhere are never read: a manuscript from a stranger could name any of them.

    Bad::

        bibliography: [references.yaml, ../other.bib]

    Good::

        bibliography: references.yaml

    Source: Basylym's own rule.
    """
    yield from problems(edition, "file_not_found")


@check("SRC-013", "raw {found} is left out: {expected}", "say it in Markdown", draft="warning")
def raw_markup(edition: Edition) -> Iterator[Found]:
    """The text holds raw HTML or TeX.

    Why: it would appear in one output and be lost in the others, and HTML from a stranger may do harm.

    Bad::

        text: |
          Мәтін <b>қою</b> [@example].

    Good::

        text: |
          Мәтін **қою** [@example].

    Source: Basylym's own rule.
    """
    seen: Counter[str] = Counter()
    for piece in edition.article.body.raw:
        text = piece["text"].strip()
        if piece["field"]:
            place = edition.article.places.find(*piece["field"].split(":"))
        else:
            seen[text] += 1
            place = edition.article.find(text, seen[text] if edition.article.source.count(text) >= seen[text] else 1)
        yield Found(place, {"html": "HTML", "tex": "TeX", "latex": "TeX"}.get(piece["format"], piece["format"]),
                    text.split("\n")[0][:60])


@check("SRC-014", "the text is too hard to read: it took more than {expected}", "{advice}",
       firm=True)
def text_too_hard(edition: Edition) -> Iterator[Found]:
    """The text would take pandoc more time or memory than a manuscript may.

    Why: one such file must not stop the others.

    Bad::

        text: |
          [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[мәтін]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

    Good::

        text: |
          [[мәтін]] [@example].

    Source: Basylym's own limit.
    """
    for problem in edition.problems:
        if problem.kind == "text_too_hard":
            yield Found(problem.place, expected=problem.expected, values={"advice": problem.found or Phrase(
                "look for brackets or quotations nested in one another, or references that refer to each other in a circle")})


@check("SRC-015", "“{found}” belongs to another system and is not used", "take it out, or put what it says into our keys "
       "(docs/front-matter.md)", severity="note")
def foreign_key(edition: Edition) -> Iterator[Found]:
    """The front matter has a key of pandoc, JOSS, Manubot or Quarto that has no place here.

    Why: it steers how another system lays out or what it runs; nothing is lost but that.

    Bad::

        append: |
          documentclass: article

    Good::

        license: CC-BY-4.0

    Source: Basylym's own rule.
    """
    yield from problems(edition, "foreign_key")


@check("SRC-016", "the file is read as {found}, not as UTF-8", "save it as UTF-8", severity="warning")
def other_encoding(edition: Edition) -> Iterator[Found]:
    """A file is in another encoding than UTF-8, and which one is certain.

    Why: it was read rightly here; another program may take it for something else.

    Bad::

        encoding: utf-16

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: RFC 3629; Unicode 16, 23.8 (byte-order mark).
    """
    yield from problems(edition, "other_encoding")


@check("SRC-017", "the file is empty", "see whether the right file was saved", firm=True)
def file_empty(edition: Edition) -> Iterator[Found]:
    """A manuscript without a letter.

    Why: there is nothing to publish.

    Bad::

        bytes: 20 0a

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: Basylym's own rule.
    """
    yield from problems(edition, "file_empty")
