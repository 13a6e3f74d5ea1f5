"""FM: what the journal's rules say of the length and content of title, abstract, keywords and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from basylym.check import Found, check
from basylym.check.translations import run_together
from basylym.languages import language
from basylym.messages import LanguageName, Phrase
from basylym.model import Edition
from basylym.rules import Limit
from basylym.typography.counting import CITATION, count_words, find_unexplained

FORMULA = re.compile(r"(?<!\\)\$(?!\s)[^$\n]+(?<!\s)\$(?!\d)|\\\(.+?\\\)")
"""A formula as Markdown has it."""

NAME = r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.-]{1,30}"
AUTHOR_YEAR = re.compile(rf"\({NAME}(?: (?:&|and|et al\.|и|и др\.|мен|және|және т\.б\.)(?: {NAME})?)?"
                         r", (?:1[89]|20)\d\d[a-zа-я]?(?:[,:] ?[^()]{1,20})?\)")
"""A citation as author–date styles have it: (Иванов, 2020)."""
HEADING = re.compile(r"<h[2-6]\b[^>]*>(.*?)</h[2-6]>", re.S)
SECTION_NAMES = {
    "main_provisions": Phrase("main provisions"), "introduction": Phrase("introduction"), "literature_review": Phrase("literature review"),
    "methods": Phrase("materials and methods"), "results": Phrase("results"), "discussion": Phrase("discussion"),
    "conclusion": Phrase("conclusion")}


def _outside(limit: Limit, count: int) -> Phrase | None:
    """What is allowed, in words, where a count lies outside; None where it is right."""
    if (limit.least or 0) <= count and (limit.most is None or count <= limit.most):
        return None
    if limit.least and limit.most is not None:
        return Phrase("{least} to {most}", least=limit.least, most=limit.most)
    return Phrase("{most} at most", most=limit.most) if limit.most is not None else Phrase("{least} or more", least=limit.least)


@check("FM-033", "words in the abstract in {language}: {found}; the journal asks for {expected}", "lengthen or shorten it", draft="warning")
def abstract_length(edition: Edition) -> Iterator[Found]:
    """An abstract is shorter or longer than the journal's rules allow.

    Why: databases cut long abstracts, and short ones say nothing. Words are counted between spaces; a lone dash is none.

    Bad::

        journal: {rules: {abstract_words: {least: 150, most: 250}}}

    Good::

        journal: {rules: {abstract_words: {least: 100, most: 200}}}

    Source: `abstract_words` in the journal's rules; 100 to 300 is what most of Kazakhstan's journals stay within.
    """
    for tag in edition.front.abstract:
        count = count_words(edition.text("abstract", tag))
        if count and (expected := _outside(edition.journal.rules.abstract_words, count)):
            yield Found(edition.article.places.find("abstract", tag), str(count), expected, {"language": LanguageName(tag)})


@check("FM-034", "keywords in {language}: {found}; the journal asks for {expected}", "add some, or leave some out", draft="warning")
def keyword_count(edition: Edition) -> Iterator[Found]:
    """There are fewer or more keywords than the journal's rules allow.

    Why: too few find nothing, too many find everything.

    Bad::

        keywords: {kk: [үлгі, тексеру], ru: [образец, проверка], en: [specimen, test]}

    Good::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание], en: [specimen, test, publication]}

    Source: `keywords` in the journal's rules; 3 to 15 is what most of Kazakhstan's journals stay within.
    """
    for tag, words in edition.front.keywords.items():
        if words and not run_together(words) and (expected := _outside(edition.journal.rules.keywords, len(words))):
            yield Found(edition.article.places.find("keywords", tag), str(len(words)), expected, {"language": LanguageName(tag)})


@check("FM-035", "words in the title in {language}: {found}; the journal asks for {expected}", "lengthen or shorten it", draft="warning")
def title_length(edition: Edition) -> Iterator[Found]:
    """A title has fewer or more words than the journal's rules allow.

    Why: long titles are cut in contents and in databases.

    Bad::

        journal: {rules: {title_words: {most: 3}}}

    Good::

        journal: {rules: {title_words: {least: 3, most: 10}}}

    Source: `title_words` in the journal's rules.
    """
    for tag in edition.front.title:
        count = count_words(edition.text("title", tag))
        if count and (expected := _outside(edition.journal.rules.title_words, count)):
            yield Found(edition.article.places.find("title", tag), str(count), expected, {"language": LanguageName(tag)})


@check("FM-036", "the abstract in {language} cites: {found}", "take the citation out; an abstract is read without the list",
       draft="warning")
def abstract_cites(edition: Edition) -> Iterator[Found]:
    """An abstract holds a citation.

    Why: in databases the abstract stands alone, and the number leads nowhere.

    Bad::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}
        abstract:
          kk: Бұл мақала тек тексеруге арналған [1].
          ru: Эта статья нужна только для проверки [1].
          en: This article is for testing only [1].
        journal: {rules: {abstract_words: {least: 5}}}

    Good::

        abstract:
          kk: Бұл мақала тек тексеруге арналған.
          ru: Эта статья нужна только для проверки.
          en: This article is for testing only.
        journal: {rules: {abstract_words: {least: 5}}}

    Source: the requirements of Kazakhstan's journals (no citations in the abstract); GOST 7.9-95.
    """
    for tag, text in edition.front.abstract.items():
        if found := CITATION.search(text) or AUTHOR_YEAR.search(text):
            yield Found(edition.article.places.find_words(found[0], "abstract", tag), found[0], values={"language": LanguageName(tag)})


@check("FM-037", "no formula can stand here ({part}, {language}): {found}", "say it in words, or with letters that Unicode has",
       draft="warning")
def formula_in_abstract(edition: Edition) -> Iterator[Found]:
    """An abstract, or a keyword, holds a formula.

    Why: most databases take plain text alone, and print its TeX. Keywords are plain text everywhere, so that their TeX is printed here
    too.

    Bad::

        abstract:
          kk: Бұл мақалада $a^2 + b^2$ қосындысы тексеріледі.
          ru: В этой статье проверяется сумма $a^2 + b^2$ квадратов.
          en: This article examines the sum $a^2 + b^2$ of squares.
        keywords:
          kk: [тексеру, $\\alpha$ мәні, журнал]
          ru: [проверка, значение $\\alpha$, журнал]
          en: [testing, value of $\\alpha$, journal]
        journal: {rules: {abstract_words: {least: 5}}}

    Good::

        abstract:
          kk: Бұл мақалада екі шаршының қосындысы тексеріледі.
          ru: В этой статье проверяется сумма двух квадратов.
          en: This article examines the sum of two squares.
        keywords:
          kk: [тексеру, α мәні, журнал]
          ru: [проверка, значение α, журнал]
          en: [testing, value of α, journal]
        journal: {rules: {abstract_words: {least: 5}}}

    Source: the requirements of Kazakhstan's journals (no formulas in the abstract).
    """
    for tag, text in edition.front.abstract.items():
        if found := FORMULA.search(text):
            yield Found(edition.article.places.find_words(found[0], "abstract", tag), found[0],
                        values={"part": Phrase("abstract"), "language": LanguageName(tag)})
    for tag, words in edition.front.keywords.items():
        for number, word in enumerate(words):
            if found := FORMULA.search(word):
                yield Found(edition.article.places.find("keywords", tag, number), found[0],
                            values={"part": Phrase("keywords"), "language": LanguageName(tag)})


@check("FM-038", "the abstract in {language} does not say what “{found}” stands for", "write it out where it is used first, with the "
       "abbreviation in brackets; or add it to abbreviations: in the journal's rules", severity="note")
def abbreviation_unexplained(edition: Edition) -> Iterator[Found]:
    """An abstract uses an abbreviation without saying what it stands for.

    Why: in databases the abstract stands alone. Those that every reader of the language knows are in its language file.

    Bad::

        abstract:
          kk: Бұл мақалада ҮТЖ әдісі тексеріледі және сипатталады.
          ru: В этой статье проверяется метод трёхъязычного журнала.
          en: This article examines the method of a trilingual journal.
        journal: {rules: {abstract_words: {least: 5}}}

    Good::

        abstract:
          kk: Бұл мақалада үштілді журнал (ҮТЖ) әдісі тексеріледі; ҮТЖ сипатталады.
          ru: В этой статье проверяется метод трёхъязычного журнала, в том числе в США.
          en: This article examines the method of a trilingual journal.
        journal: {rules: {abstract_words: {least: 5}}}

    Source: the requirements of Kazakhstan's journals; GOST 7.9-95 (abbreviations are explained at their first mention).
    """
    for tag in edition.front.abstract:
        spoken = language(tag, edition.languages_folder)
        known = {*spoken.abbreviations, *language("en").abbreviations, *edition.journal.rules.abbreviations}
        if words := find_unexplained(edition.text("abstract", tag), known):
            yield Found(edition.article.places.find_words(words[0], "abstract", tag), ", ".join(words),
                        values={"language": LanguageName(tag)})


@check("FM-039", "the title in {language} is in capitals",
       "type it in small letters; the layout makes capitals where the journal wants them", draft="warning")
def title_in_capitals(edition: Edition) -> Iterator[Found]:
    """A title is typed in capitals.

    Why: in contents, citations and databases it shouts, and names and abbreviations can't be told from other words any more.

    Bad::

        title: {kk: ҮЛГІ МАҚАЛАНЫҢ ТАҚЫРЫБЫ, ru: Название образцовой статьи, en: The title of a specimen article}

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: Basylym's own rule.
    """
    for tag in edition.front.title:
        letters = [letter for letter in edition.text("title", tag) if letter.isalpha()]
        if len(letters) > 10 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters):
            yield Found(edition.article.places.find("title", tag), edition.text("title", tag), values={"language": LanguageName(tag)})


@check("FM-040", "the title in {language} ends in a full stop", "take the full stop away", severity="warning")
def title_full_stop(edition: Edition) -> Iterator[Found]:
    """A title ends in a full stop.

    Why: headings have none, and in citations there would be two.

    Bad::

        title: {kk: Үлгі мақаланың тақырыбы., ru: Название образцовой статьи, en: The title of a specimen article}

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article…}

    Source: Basylym's own front matter, docs/front-matter.md.
    """
    for tag in edition.front.title:
        if re.search(r"[^\W\d_]{4,}[»”\")]?\.$", edition.text("title", tag)):
            yield Found(edition.article.places.find("title", tag), edition.text("title", tag), values={"language": LanguageName(tag)})


@check("FM-041", "the text has no part “{part}”", "give it a heading such as “{expected}”", draft="warning")
def section_missing(edition: Edition) -> Iterator[Found]:
    """A part that the journal asks of every text is missing, or its heading has another name.

    Why: the journal's readers and reviewers look for it.

    Bad::

        journal: {rules: {sections: [introduction, methods, conclusion]}}

    Good::

        journal: {rules: {sections: [introduction, conclusion]}}

    Source: `sections` in the journal's rules; the requirements of Kazakhstan's journals name the parts.
    """
    names = language(edition.language, edition.languages_folder).sections
    headings = [_plain(heading).casefold() for heading in HEADING.findall(edition.article.body.html)]
    for section in edition.journal.rules.sections:
        known = names.get(section, ())
        if known and not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", heading) for name in known for heading in headings):
            yield Found(edition.article.find("#"), expected=known[0].capitalize(), values={"part": SECTION_NAMES[section]})


def _plain(html: str) -> str:
    """The words of HTML; a mark-up inside a word does not part it."""
    apart = re.sub(r"</?(?:p|h\d|li|t[dh]|div|section|figcaption|caption|br|d[dt]|blockquote|pre)\b[^>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", apart)).split())


@check("FM-042", "words in the text: {found}; the journal asks for {expected}", "lengthen or shorten it", draft="warning")
def text_length(edition: Edition) -> Iterator[Found]:
    """The text is shorter or longer than the journal's rules allow.

    Why: it fits no section of the journal as it is.

    Bad::

        journal: {rules: {text_words: {least: 2000}}}

    Good::

        journal: {rules: {text_words: {least: 5, most: 7000}}}

    Source: `text_words` in the journal's rules.
    """
    count = count_words(_plain(edition.article.body.html))
    if expected := _outside(edition.journal.rules.text_words, count):
        yield Found(edition.article.place_at(0, 0), str(count), expected)


@check("FM-055", "authors: {found}; the journal asks for {expected}", "see the journal's rules", draft="warning")
def author_count(edition: Edition) -> Iterator[Found]:
    """There are more authors than the journal's rules allow.

    Why: the journal returns such articles.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one
        journal: {rules: {authors: {most: 1}}}

    Good::

        journal: {rules: {authors: {most: 4}}}

    Source: `authors` in the journal's rules.
    """
    if edition.front.authors and (expected := _outside(edition.journal.rules.authors, len(edition.front.authors))):
        yield Found(edition.article.places.find("authors"), str(len(edition.front.authors)), expected)


@check("REF-006", "sources listed: {found}; the journal asks for {expected}", "see the journal's rules", draft="warning")
def reference_count(edition: Edition) -> Iterator[Found]:
    """The list of references is shorter or longer than the journal's rules allow.

    Why: the journal returns such articles.

    Bad::

        journal: {rules: {references: {least: 30}}}

    Good::

        journal: {rules: {references: {least: 1}}}

    Source: `references` in the journal's rules.
    """
    count = len(edition.article.body.entries)
    if expected := _outside(edition.journal.rules.references, count):
        yield Found(edition.article.places.find("bibliography"), str(count), expected)
