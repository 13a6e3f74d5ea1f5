"""For programs that keep references: RIS, BibTeX and CSL-JSON of the article, or of all articles of an issue."""

from __future__ import annotations

import json

from basylym.languages import language
from basylym.package import Deposit, Parcel
from basylym.render.citation_formats import write_bibtex, write_csl, write_ris


def make(parcel: Parcel) -> dict[str, bytes]:
    """One file in each form."""
    bibtex = "\n".join(write_bibtex(each, language(each.language, parcel.languages).called("en")) for each in parcel.articles)
    works = [work for each in parcel.articles for work in json.loads(write_csl(each))]
    return {f"{parcel.name}.ris": "".join(map(write_ris, parcel.articles)).encode(),
            f"{parcel.name}.bib": bibtex.encode(),
            f"{parcel.name}.json": (json.dumps(works, ensure_ascii=False, indent=2) + "\n").encode()}


DEPOSIT = Deposit("citations", make)
