"""FM: authors and their organisations: do they belong together, and can readers write to somebody?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from basylym import identifiers
from basylym.check import Found, check
from basylym.messages import Phrase
from basylym.model import Edition
from basylym.typography.compare import fold

CREDIT = ("Conceptualization", "Data curation", "Formal analysis", "Funding acquisition", "Investigation", "Methodology",
          "Project administration", "Resources", "Software", "Supervision", "Validation", "Visualization",
          "Writing – original draft", "Writing – review & editing")
"""The roles of CRediT (ANSI/NISO Z39.104-2022)."""


@check("FM-010", "no organisation has the id “{found}”", "use one of: {expected}")
def unknown_affiliation(edition: Edition) -> Iterator[Found]:
    """An author names an organisation that is not listed.

    Why: it would be printed without a word for where the author works.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: [one, two]
            email: author@journal.example
            corresponding: yes

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: Basylym's own front matter, docs/front-matter.md.
    """
    known = [each.id for each in edition.front.affiliations]
    for number, author in enumerate(edition.front.authors):
        for name in author.affiliations:
            if name not in known:
                yield Found(edition.article.places.find("authors", number, "affiliations"), name,
                            ", ".join(known) or Phrase("none is listed"))


@check("FM-032", "author {number} is author {first} again", "take one of the two out, or correct the {what}")
def author_repeated(edition: Edition) -> Iterator[Found]:
    """Two authors have the same name or the same ORCID.

    Why: one of them is counted twice, or another person's ORCID was pasted.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            orcid: 0000-0002-1825-0097
            email: author@journal.example
            corresponding: yes
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one
            orcid: 0000-0002-1825-0097

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            orcid: 0000-0002-1825-0097
            email: author@journal.example
            corresponding: yes
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one

    Source: ORCID: an iD belongs to one person.
    """
    seen: dict[str, int] = {}
    for number, author in enumerate(edition.front.authors):
        for what, value, key in ((Phrase("name"), next(iter(author.name.values())).inverted if author.name else "", "name"),
                                 ("ORCID", author.orcid or "", "orcid")):
            first = seen.setdefault(f"{key}:{fold(value).casefold()}", number) if value else number
            if first != number:
                yield Found(edition.article.places.find("authors", number, key), value,
                            values={"number": number + 1, "first": first + 1, "what": what})
                break


@check("FM-049", "no author is named to whom readers can write", "give one author the line corresponding: yes", draft="warning")
def corresponding_author_missing(edition: Edition) -> Iterator[Found]:
    """No author is marked as the one to write to.

    Why: journals mark one with a star and print the address; readers' questions go there.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: the requirements of Kazakhstan's journals (an asterisk at the corresponding author); `corresponding_author` in the rules.
    """
    authors = edition.front.authors
    if edition.journal.rules.corresponding_author and authors and not any(author.corresponding for author in authors):
        yield Found(edition.article.places.find("authors"))


@check("FM-050", "{number} authors are named as the one to whom readers write", "leave corresponding: yes at one of them",
       severity="warning")
def corresponding_authors_several(edition: Edition) -> Iterator[Found]:
    """More than one author is marked as the one to write to.

    Why: databases and repositories have room for one.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one
            email: mysalov@journal.example
            corresponding: yes

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}
            affiliations: one
            email: mysalov@journal.example

    Source: the requirements of Kazakhstan's journals; `corresponding_author` in the rules.
    """
    marked = [number for number, author in enumerate(edition.front.authors) if author.corresponding]
    if edition.journal.rules.corresponding_author and len(marked) > 1:
        yield Found(edition.article.places.find("authors", marked[1], "corresponding"), values={"number": len(marked)})


@check("FM-051", "author {number} is to be written to, but has no e-mail address", "add it under email:", draft="warning")
def corresponding_author_without_email(edition: Edition) -> Iterator[Found]:
    """The author whom readers write to gives no address.

    Why: they can't.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            corresponding: yes

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            corresponding: yes
            email: author@journal.example

    Source: the requirements of Kazakhstan's journals (e-mail of the corresponding author).
    """
    asked = edition.journal.rules.corresponding_author
    for number, author in enumerate(edition.front.authors if asked else ()):
        if author.corresponding and not author.email and not edition.unread(f"authors[{number + 1}].email"):
            yield Found(edition.article.places.find("authors", number), values={"number": number + 1})


@check("FM-052", "no author belongs to the organisation “{found}”", "name it under some author's affiliations:, or take it out",
       draft="warning")
def affiliation_unreferenced(edition: Edition) -> Iterator[Found]:
    """An organisation is listed that no author names.

    Why: it would be printed with a number that stands by nobody's name.

    Bad::

        append: |
          affiliations:
            - id: one
              name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
              city: {kk: Алматы, ru: Алматы, en: Almaty}
              country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
            - id: two
              name: {kk: Мысал институты, ru: Институт примеров, en: Institute of Examples}
              city: {kk: Алматы, ru: Алматы, en: Almaty}
              country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
        affiliations: null

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: Basylym's own rule.
    """
    named = {name for author in edition.front.authors for name in author.affiliations}
    for number, each in enumerate(edition.front.affiliations if edition.front.authors else ()):
        if each.id not in named:
            yield Found(edition.article.places.find("affiliations", number, "id"), each.id)


@check("FM-053", "author {number} belongs to no organisation", "name one under affiliations:, by its id", draft="warning")
def author_without_affiliation(edition: Edition) -> Iterator[Found]:
    """An author names no organisation, though organisations are listed.

    Why: readers and indexers can't tell where the author works.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
          - name: {kk: "Мысалов, Ерлан", ru: "Мысалов, Ерлан", en: "Mysalov, Yerlan"}

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes

    Source: GOST 7.5-98.
    """
    if "affiliations" in edition.journal.required and edition.front.affiliations:
        for number, author in enumerate(edition.front.authors):
            if not author.affiliations:
                yield Found(edition.article.places.find("authors", number), values={"number": number + 1})


@check("FM-058", "the organisation “{found}” is listed a second time", "keep one of the two, and name it by its id", draft="warning")
def affiliation_repeated(edition: Edition) -> Iterator[Found]:
    """Two organisations have the same id, or the same name and city.

    Why: one organisation would be printed under two numbers, or one of the two never.

    Bad::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
          - id: two
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: [one, two]
            email: author@journal.example
            corresponding: yes

    Good::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}

    Source: Basylym's own rule.
    """
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(edition.front.affiliations):
        whole = fold("|".join((*each.name.values(), *each.city.values()))).casefold() if each.name else ""
        for kind, value, shown in (("id", each.id, each.id), ("name", whole, next(iter(each.name.values()), ""))):
            if value and seen[f"{kind}:{value}"]:
                yield Found(edition.article.places.find("affiliations", number, kind), shown)
                break
            seen[f"{kind}:{value}"].append(number)


@check("FM-048", "“{found}” is not an e-mail address", "an address looks like {expected}")
def email_malformed(edition: Edition) -> Iterator[Found]:
    """The e-mail address of an author, of the journal or of who deposits for it does not have an address's form.

    Why: letters to it come back.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            corresponding: yes
            email: author@journal,example

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            corresponding: yes
            email: author@journal.example

    Source: RFC 5322, 3.4.1; RFC 6531 (letters beyond ASCII).
    """
    for number, author in enumerate(edition.front.authors):
        if author.email and not identifiers.is_email(author.email):
            yield Found(edition.article.places.find("authors", number, "email"), author.email, "name@university.example")
    if edition.journal.email and not identifiers.is_email(edition.journal.email):
        yield Found(edition.journal_places.find("email"), edition.journal.email, "editors@journal.example")
    answered = edition.journal.deposit.crossref.email
    if answered and not identifiers.is_email(answered):
        yield Found(edition.journal_places.find("deposit", "crossref", "email"), answered, "editors@journal.example")


@check("FM-064", "“{found}” is not one of CRediT's roles", "use one of: {expected}", severity="warning")
def role_unknown(edition: Edition) -> Iterator[Found]:
    """An author's role is not among the fourteen of CRediT.

    Why: databases know only those; what authors did in other words belongs into contributions.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
            roles: [Translation]

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
            roles: [Conceptualization, Writing – original draft]

    Source: ANSI/NISO Z39.104-2022.
    """
    known = {fold(role).casefold() for role in CREDIT}
    for number, author in enumerate(edition.front.authors):
        for which, role in enumerate(author.roles):
            if fold(role).casefold() not in known:
                yield Found(edition.article.places.find("authors", number, "roles", which), role, "; ".join(CREDIT))
