"""FM: codes and identifiers: their form, their check digits, and whether they are the journal's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from basylym import identifiers
from basylym.check import Found, check
from basylym.model import Edition

LICENSES = re.compile(r"CC-BY(-NC)?(-SA|-ND)?-[1-4]\.0|CC0-1\.0|CC-PDDC|PDDL-1\.0|ODbL-1\.0|GFDL-1\.[123]-(only|or-later)"
                      r"|LicenseRef-[\w.-]+")
"""The SPDX ids that articles are published under, and SPDX's form for a licence of one's own (SPDX 3.0, annex on expressions)."""


@check("FM-008", "{found} is not an ORCID iD", "compare it with the author's page at orcid.org: its last digit is computed from the others")
def orcid_malformed(edition: Edition) -> Iterator[Found]:
    """An author's ORCID has the wrong form or check digit.

    Why: a mistyped one leads to nobody, or to somebody else.

    Bad::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
            orcid: 0000-0002-1825-0098

    Good::

        authors:
          - name: {kk: "Үлгі, Автор", ru: "Улги, Автор", en: "Ulgi, Avtor"}
            affiliations: one
            email: author@journal.example
            corresponding: yes
            orcid: 0000-0002-1825-0097

    Source: ISO 7064, MOD 11-2; ORCID, structure of the identifier.
    """
    for number, author in enumerate(edition.front.authors):
        if author.orcid and not identifiers.is_orcid(author.orcid):
            yield Found(edition.article.places.find("authors", number, "orcid"), author.orcid, "0000-0000-0000-0000")


@check("FM-009", "{found} is not a DOI", "a DOI looks like {expected}")
def doi_malformed(edition: Edition) -> Iterator[Found]:
    """The article's DOI, or that of the journal's page on corrections, does not have a DOI's form.

    Why: it resolves nowhere.

    Bad::

        doi: 5555/example

    Good::

        doi: 10.5555/example

    Source: DOI Handbook, 2.2.
    """
    if edition.front.doi and not identifiers.is_doi(edition.front.doi):
        yield Found(edition.article.places.find("doi"), edition.front.doi, f"{edition.journal.doi_prefix or '10.5555'}/example")
    policy = edition.journal.deposit.crossref.crossmark_policy
    if policy and not identifiers.is_doi(policy):
        yield Found(edition.journal_places.find("deposit", "crossref", "crossmark_policy"), policy,
                    f"{edition.journal.doi_prefix or '10.5555'}/policy")


@check("FM-011", "{found} is not an ISSN", "compare it with the ISSN Portal: its last digit is computed from the others")
def issn_malformed(edition: Edition) -> Iterator[Found]:
    """The journal's ISSN has the wrong form or check digit.

    Why: deposits are refused by it.

    Bad::

        journal: {issn: 1234-5678}

    Good::

        journal: {issn: 1234-5679}

    Source: ISO 3297:2022, annex A.
    """
    for name in ("issn", "issn_online"):
        value = getattr(edition.journal, name)
        if value and not identifiers.is_issn(value):
            yield Found(edition.journal_places.find(name), value)


@check("FM-043", "{found} is not a UDC number", "a number looks like {expected}: a dot after every third digit, no letters before it")
def udc_malformed(edition: Edition) -> Iterator[Found]:
    """A number of the Universal Decimal Classification is not written as one.

    Why: libraries can't file the article by it.

    Bad::

        udc: "8215.12"

    Good::

        udc: ["821.512.122", "94(574)", "336.71(574)\\"19\\"", "37.02+004.9", "811.161.1’42"]

    Source: UDC Summary, introduction to the notation (a point after every three digits; auxiliaries in brackets, quotes and by signs).
    """
    for number, value in enumerate(edition.front.udc):
        if not identifiers.is_udc(value):
            yield Found(edition.article.places.find("udc", number), value, "821.512.122")


@check("FM-044", "{found} is not an IRSTI number", "a number looks like {expected}")
def irsti_malformed(edition: Edition) -> Iterator[Found]:
    """A number of the rubricator of scientific information (ХҒТАР, МРНТИ) is not written as one.

    Why: the national databases file the article by it.

    Bad::

        irsti: 16-21-07

    Good::

        irsti: ["16.21.07", "19.61"]

    Source: the rubricator's own notation: two or three groups of two digits.
    """
    for number, value in enumerate(edition.front.irsti):
        if not identifiers.is_irsti(value):
            yield Found(edition.article.places.find("irsti", number), value, "16.21.07")


@check("FM-045", "{found} is not an EDN code", "a code looks like {expected}: six capital Latin letters")
def edn_malformed(edition: Edition) -> Iterator[Found]:
    """The article's code in eLIBRARY does not have the form of one.

    Why: it leads nowhere.

    Bad::

        edn: абвгде

    Good::

        edn: ABCDEF

    Source: eLIBRARY Document Number: six capital letters.
    """
    if edition.front.edn and not re.fullmatch(r"[A-Z]{6}", edition.front.edn):
        yield Found(edition.article.places.find("edn"), edition.front.edn, "ABCDEF")


@check("FM-046", "the DOI {found} does not begin with the journal's prefix {expected}", "correct it, or the doi_prefix in journal.yaml")
def doi_prefix_differs(edition: Edition) -> Iterator[Found]:
    """The article's DOI has another prefix than the journal's DOIs.

    Why: a journal can register only DOIs under its own prefix.

    Bad::

        doi: 10.55555/specimen

    Good::

        doi: 10.5555/specimen

    Source: DOI Handbook, 2.2 (prefix and suffix); `doi_prefix` in journal.yaml.
    """
    doi, prefix = edition.front.doi, edition.journal.doi_prefix
    if doi and prefix and identifiers.is_doi(doi) and doi.partition("/")[0] != prefix:
        yield Found(edition.article.places.find("doi"), doi, prefix)


@check("FM-047", "{found} is not a ROR id",
       "compare it with the organisation's page at ror.org: its last digits are computed from the others")
def ror_malformed(edition: Edition) -> Iterator[Found]:
    """An organisation's ROR id has the wrong form or check digits.

    Why: it leads to no organisation, or to another.

    Bad::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
            ror: 0abcdef13

    Good::

        affiliations:
          - id: one
            name: {kk: Үлгі университеті, ru: Образцовый университет, en: Specimen University}
            city: {kk: Алматы, ru: Алматы, en: Almaty}
            country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}

    Source: ROR, identifier pattern; ISO 7064, MOD 97-10.
    """
    for number, each in enumerate(edition.front.affiliations):
        if each.ror and not identifiers.is_ror(each.ror):
            yield Found(edition.article.places.find("affiliations", number, "ror"), each.ror)


@check("FM-057", "“{found}” is not the id of a licence", "write it as SPDX does: {expected}", severity="warning")
def license_unknown(edition: Edition) -> Iterator[Found]:
    """The licence is not written as an SPDX id.

    Why: its mark and address can't be printed, and repositories don't understand it.

    Bad::

        license: CC BY 4.0

    Good::

        license: CC-BY-4.0

    Source: SPDX License List 3; a licence of one's own is LicenseRef-… there.
    """
    for value, place in ((edition.front.license, edition.article.places.find("license")),
                         (edition.journal.license, edition.journal_places.find("license"))):
        if value and not LICENSES.fullmatch(value):
            meant = re.sub(r"[\s_]+", "-", value.strip().upper())
            yield Found(place, value, meant if LICENSES.fullmatch(meant) else "CC-BY-4.0")


@check("FM-065", "the journal has the same ISSN in print and on line", "correct one of the two: each edition has its own")
def issn_repeated(edition: Edition) -> Iterator[Found]:
    """The printed journal and the one on line have the same ISSN.

    Why: an ISSN names one medium; deposits with it twice are refused.

    Bad::

        journal: {issn_online: 1234-5679}

    Good::

        journal: {issn: 1234-5679, issn_online: 2345-6787}

    Source: ISO 3297:2022, 5 (each medium has an ISSN of its own).
    """
    if edition.journal.issn and edition.journal.issn == edition.journal.issn_online:
        yield Found(edition.journal_places.find("issn_online"), edition.journal.issn)


@check("FM-070", "{found} is not the prefix of a DOI", "a prefix looks like {expected}")
def doi_prefix_malformed(edition: Edition) -> Iterator[Found]:
    """The journal's DOI prefix does not have the form of one.

    Why: no DOI begins with it.

    Bad::

        journal: {doi_prefix: "5555"}
        doi: null
        append: |
          allow: [{check: FM-006, because: example}]

    Good::

        journal: {doi_prefix: "10.5555"}

    Source: DOI Handbook, 2.2.
    """
    if edition.journal.doi_prefix and not re.fullmatch(r"10\.\d{4,9}", edition.journal.doi_prefix):
        yield Found(edition.journal_places.find("doi_prefix"), edition.journal.doi_prefix, "10.5555")
