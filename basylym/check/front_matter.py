"""FM: is everything there that the journal prints, in each of its languages?"""

from __future__ import annotations

from collections.abc import Iterator

from basylym.check import Found, check
from basylym.messages import Label, LanguageName, Phrase
from basylym.model import Edition


def _untranslated(edition: Edition, field: str) -> Iterator[Found]:
    for tag in edition.languages if field in edition.journal.required else ():
        if not getattr(edition.front, field).get(tag) and not edition.unread(field):
            yield Found(edition.article.places.find(field, tag), expected=tag, values={"language": LanguageName(tag)})


@check("FM-001", "the title in {language} is missing", "add it under title: {expected}:", draft="warning")
def title_missing(edition: Edition) -> Iterator[Found]:
    """The title is not given in one of the journal's languages.

    Why: indexers and readers of that language find the article by it; the title page prints all of them.

    Bad::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи}

    Good::

        title: {kk: Үлгі мақаланың тақырыбы, ru: Название образцовой статьи, en: The title of a specimen article}

    Source: GOST 7.5-98; the requirements of Kazakhstan's journals (title in Kazakh, Russian and English).
    """
    yield from _untranslated(edition, "title")


@check("FM-002", "the authors are missing", "list them under authors:", draft="warning")
def authors_missing(edition: Edition) -> Iterator[Found]:
    """The article names no author.

    Why: an article that nobody answers for can't be published, cited or deposited.

    Bad::

        authors: []
        affiliations: []
        journal: {required: [title, authors, abstract, keywords]}

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: GOST 7.5-98.
    """
    if "authors" in edition.journal.required and not edition.front.authors:
        yield Found(edition.article.places.find("authors"))


@check("FM-003", "the authors' affiliations are missing", "list the organisations under affiliations:", draft="warning")
def affiliations_missing(edition: Edition) -> Iterator[Found]:
    """No organisation is given.

    Why: journals print where authors work, and indexers count by it.

    Bad::

        affiliations: []
        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            email: author@journal.example
            corresponding: yes

    Good::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}

    Source: GOST 7.5-98.
    """
    if "affiliations" in edition.journal.required and not edition.front.affiliations and not edition.unread("affiliations"):
        yield Found(edition.article.places.find("affiliations"))


@check("FM-004", "the abstract in {language} is missing", "add it under abstract: {expected}:", draft="warning")
def abstract_missing(edition: Edition) -> Iterator[Found]:
    """The abstract is not given in one of the journal's languages.

    Why: it is what readers of that language, and most databases, see of the article.

    Bad::

        abstract: {kk: Бұл мақала тек тексеруге арналған., en: This article is for testing only.}
        journal: {rules: {abstract_words: {least: 5}}}

    Good::

        abstract:
          kk: Бұл мақала тек тексеруге арналған.
          ru: Эта статья нужна только для проверки.
          en: This article is for testing only.
        journal: {rules: {abstract_words: {least: 5}}}

    Source: the requirements of Kazakhstan's journals (abstract in three languages).
    """
    yield from _untranslated(edition, "abstract")


@check("FM-005", "the keywords in {language} are missing", "add them under keywords: {expected}:", draft="warning")
def keywords_missing(edition: Edition) -> Iterator[Found]:
    """The keywords are not given in one of the journal's languages.

    Why: searches in that language miss the article.

    Bad::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание]}

    Good::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание], en: [specimen, test, publication]}

    Source: the requirements of Kazakhstan's journals (keywords in three languages).
    """
    yield from _untranslated(edition, "keywords")


@check("FM-006", "the {label} is missing", "add it under {expected}:", draft="warning")
def code_missing(edition: Edition) -> Iterator[Found]:
    """One of the codes that the journal prints at the head of every article is not given.

    Why: UDC and IRSTI file the article in libraries and in the national databases, the DOI is its address.

    Bad::

        udc: null

    Good::

        udc: "821.512"

    Source: GOST 7.5-98; `codes` in journal.yaml.
    """
    for name in edition.journal.codes:
        if not getattr(edition.front, name) and not edition.unread(name):
            yield Found(edition.article.places.find(name), expected=name, values={"label": Label(name)})


@check("FM-007", "the date “{label}” is missing", "add it under dates: {expected}:", draft="warning")
def date_missing(edition: Edition) -> Iterator[Found]:
    """One of the dates that the journal prints with every article is not given.

    Why: readers and indexers judge by them how the article was reviewed.

    Bad::

        dates: {received: 2026-01-12}

    Good::

        dates: {received: 2026-01-12, accepted: 2026-02-20}

    Source: `dates` in journal.yaml.
    """
    for name in edition.journal.dates:
        if name != "published" and not getattr(edition.front.dates, name) and not edition.unread(f"dates.{name}"):
            yield Found(edition.article.places.find("dates", name), expected=name, values={"label": Label(name)})


@check("FM-015", "the name of author {number} in {language} is missing", "add it under name: {expected}:", draft="warning")
def author_name_missing(edition: Edition) -> Iterator[Found]:
    """An author's name is not given in one of the journal's languages.

    Why: it would be printed in another script there, and databases would count a second person.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: the requirements of Kazakhstan's journals (authors in three languages).
    """
    for number, author in enumerate(edition.front.authors):
        for tag in edition.languages if edition.journal.languages else ():
            if tag not in author.name and not edition.unread(f"authors[{number + 1}].name"):
                yield Found(edition.article.places.find("authors", number, "name", tag), expected=tag,
                            values={"language": LanguageName(tag), "number": number + 1})


@check("FM-016", "the name of the organisation “{organisation}” in {language} is missing", "add it under name: {expected}:",
       draft="warning")
def affiliation_name_missing(edition: Edition) -> Iterator[Found]:
    """An organisation's name is not given in one of the journal's languages.

    Why: indexers count an organisation's articles by its name.

    Bad::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}

    Good::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}

    Source: the requirements of Kazakhstan's journals (affiliations in three languages).
    """
    for number, each in enumerate(edition.front.affiliations):
        for tag in edition.languages if edition.journal.languages else ():
            if not each.name.get(tag):
                yield Found(edition.article.places.find("affiliations", number, "name", tag), expected=tag,
                            values={"language": LanguageName(tag), "organisation": each.id})


@check("FM-017", "the organisation “{organisation}” lacks: {what}", "add it under {expected}:", draft="warning")
def affiliation_incomplete(edition: Edition) -> Iterator[Found]:
    """An organisation's city or country is not given in one of the journal's languages, or its ROR where the journal asks for it.

    Why: organisations of the same name are told apart by their place.

    Bad::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан}

    Good::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}

    Source: the requirements of Kazakhstan's journals (organisation, city, country); `affiliation_fields` in the rules.
    """
    words = {"city": Phrase("the city in {language}"), "country": Phrase("the country in {language}")}
    for number, each in enumerate(edition.front.affiliations):
        for field in edition.journal.rules.affiliation_fields:
            if field == "ror":
                if not each.ror:
                    yield Found(edition.article.places.find("affiliations", number, "ror"), expected="ror",
                                values={"organisation": each.id, "what": "ROR"})
                continue
            for tag in edition.languages:
                if not getattr(each, field).get(tag):
                    what = Phrase(words[field].template, language=LanguageName(tag))
                    yield Found(edition.article.places.find("affiliations", number, field, tag), expected=f"{field}: {tag}",
                                values={"organisation": each.id, "what": what})


@check("FM-054", "author {number} gives no {what}", "add it under {expected}:", draft="warning")
def author_field_missing(edition: Edition) -> Iterator[Found]:
    """An author does not give what the journal asks of every author: ORCID, e-mail, degree or position.

    Why: the journal prints it, or a database counts by it.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
        journal: {rules: {author_fields: [orcid, email]}}

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            orcid: 0000-0002-1825-0097
            corresponding: yes
        journal: {rules: {author_fields: [orcid, email]}}

    Source: `author_fields` in the journal's rules.
    """
    words = {"orcid": "ORCID", "email": Phrase("e-mail address"), "degree": Phrase("degree"), "position": Phrase("position")}
    for number, author in enumerate(edition.front.authors):
        for field in edition.journal.rules.author_fields:
            if not getattr(author, field) and not edition.unread(f"authors[{number + 1}].{field}"):
                yield Found(edition.article.places.find("authors", number, field), expected=field,
                            values={"number": number + 1, "what": words[field]})


@check("FM-059", "this is missing: {what}", "add it under {expected}:", draft="warning")
def statement_missing(edition: Edition) -> Iterator[Found]:
    """A statement that the journal asks of every article is not made: funding, conflict of interest, contributions, licence.

    Why: readers judge the work by it, and some databases refuse articles without it.

    Bad::

        journal: {rules: {statements: [conflict_of_interest]}}

    Good::

        journal: {rules: {statements: [conflict_of_interest]}}
        conflict_of_interest: {kk: Авторлар мүдделер қақтығысының жоқтығын мәлімдейді.}

    Source: `statements` in the journal's rules.
    """
    for name in edition.journal.rules.statements:
        given = edition.license if name == "license" else getattr(edition.front, name)
        if not given and not edition.unread(name):
            yield Found(edition.article.places.find(name), expected=name, values={"what": Label(name)})


@check("FM-067", "“{what}” is not given in {language}, the article's own language", "add it under {field}: {expected}:", draft="warning")
def statement_untranslated(edition: Edition) -> Iterator[Found]:
    """A statement is given in some language, but not in the article's own.

    Why: statements are printed in the article's language; in another one they would be printed nowhere.

    Bad::

        acknowledgements: {en: The authors thank the reviewers for their patience.}

    Good::

        acknowledgements: {kk: Авторлар рецензенттерге шыдамы үшін алғыс айтады.}

    Source: Basylym's own rule.
    """
    tag = edition.language
    for name in ("acknowledgements", "conflict_of_interest", "contributions"):
        if (given := getattr(edition.front, name)) and not given.get(tag):
            yield Found(edition.article.places.find(name), expected=tag,
                        values={"language": LanguageName(tag), "what": Label(name), "field": name})


@check("FM-068", "the {what} of author {number} is not given in {language}", "add it under {field}: {expected}:", severity="warning",
       draft="note")
def author_text_untranslated(edition: Edition) -> Iterator[Found]:
    """An author's degree or position is given in some of the journal's languages, but not in all.

    Why: the page about the authors is printed in all of them.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            degree: {kk: филология ғылымдарының кандидаты, en: Candidate of Philological Sciences}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            degree:
              kk: филология ғылымдарының кандидаты
              ru: кандидат филологических наук
              en: Candidate of Philological Sciences
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: the requirements of Kazakhstan's journals (author data in three languages).
    """
    words = {"degree": Phrase("degree"), "position": Phrase("position")}
    for number, author in enumerate(edition.front.authors):
        for field, what in words.items():
            given = getattr(author, field)
            for tag in edition.journal.languages if given else ():
                if not given.get(tag):
                    yield Found(edition.article.places.find("authors", number, field), expected=tag,
                                values={"language": LanguageName(tag), "what": what, "number": number + 1, "field": field})
