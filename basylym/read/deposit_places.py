"""Where the files of a target say what of an article: the tables by which packages are read back."""

from __future__ import annotations

OJS = {"article": "publication", "title": "title", "authors": "authors/author", "doi": "id[@type='doi']", "pages": "pages",
       "date": "@date_published", "abstract": "abstract", "keywords": "keywords/keyword",
       "volume": "issue_identification/volume ../../../issue_identification/volume",
       "number": "issue_identification/number ../../../issue_identification/number"}
MODS = {"article": "mods", "title": "titleInfo/title", "authors": "name[@type='personal']", "doi": "identifier[@type='doi']",
        "first_page": "part/extent/start relatedItem/part/extent/start", "last_page": "part/extent/end relatedItem/part/extent/end",
        "date": "originInfo/dateIssued", "issn": "relatedItem[@type='host']/identifier[@type='issn']", "abstract": "abstract",
        "keywords": "subject/topic", "volume": "relatedItem/part/detail[@type='volume']/number",
        "number": "relatedItem/part/detail[@type='issue']/number"}
XML = {
    "crossref": {"article": "journal_article", "title": "titles/title", "authors": "contributors/person_name", "doi": "doi_data/doi",
                 "first_page": "pages/first_page", "last_page": "pages/last_page", "date": "publication_date",
                 "issn": "../journal_metadata/issn", "abstract": "abstract", "volume": "../journal_issue/journal_volume/volume",
                 "number": "../journal_issue/issue"},
    "doaj": {"article": "record", "title": "title", "authors": "authors/author", "doi": "doi", "first_page": "startPage",
             "last_page": "endPage", "date": "publicationDate", "issn": "issn eissn", "abstract": "abstract",
             "keywords": "keywords/keyword", "volume": "volume", "number": "issue"},
    "datacite": {"article": "resource", "title": "titles/title", "authors": "creators/creator", "doi": "identifier[@identifierType='DOI']",
                 "date": "dates/date[@dateType='Issued'] publicationYear", "first_page": "relatedItems/relatedItem/firstPage",
                 "last_page": "relatedItems/relatedItem/lastPage", "abstract": "descriptions/description[@descriptionType='Abstract']",
                 "keywords": "subjects/subject", "volume": "relatedItems/relatedItem/volume", "number": "relatedItems/relatedItem/issue"},
    "ojs-3.3": OJS, "ojs-3.4": OJS, "ojs-3.5": OJS, "mods": MODS, "mets": MODS,
    "elibrary": {"article": "article", "title": "artTitles/artTitle", "authors": "authors/author", "doi": "codes/doi", "pages": "pages",
                 "date": "dates/datePublication", "issn": "../../../issn ../../../eissn", "abstract": "abstracts/abstract",
                 "keywords": "keywords/kwdGroup/keyword", "volume": "../../volume", "number": "../../number"},
    "oai-dc": {"article": "dc", "title": "title", "creators": "creator", "date": "date", "abstract": "description",
               "keywords": "subject"},
    "dspace": {"article": "dublin_core", "title": "dcvalue[@element='title']", "creators": "dcvalue[@qualifier='author']",
               "doi": "dcvalue[@qualifier='doi']", "date": "dcvalue[@qualifier='issued']", "issn": "dcvalue[@qualifier='issn']",
               "abstract": "dcvalue[@qualifier='abstract']", "keywords": "dcvalue[@element='subject']"},
}
"""Where it stands in XML, whatever the namespace; of several paths, all count. `authors` have parts, `creators` are names."""
JSON = {
    "citations": {"title": "title", "authors": "author", "doi": "DOI", "pages": "page", "date": "issued", "issn": "ISSN",
                  "volume": "volume", "number": "issue", "keywords": "keyword"},
    "doaj": {"title": "bibjson/title", "authors": "bibjson/author", "doi": "bibjson/identifier/doi",
             "first_page": "bibjson/journal/start_page", "last_page": "bibjson/journal/end_page", "date": "bibjson/year",
             "issn": "bibjson/identifier/pissn", "abstract": "bibjson/abstract", "keywords": "bibjson/keywords",
             "volume": "bibjson/journal/volume", "number": "bibjson/journal/number"},
    "datacite": {"title": "data/attributes/titles", "authors": "data/attributes/creators", "doi": "data/attributes/doi",
                 "date": "data/attributes/publicationYear", "first_page": "data/attributes/relatedItems/0/firstPage",
                 "last_page": "data/attributes/relatedItems/0/lastPage", "abstract": "data/attributes/descriptions",
                 "keywords": "data/attributes/subjects", "volume": "data/attributes/relatedItems/0/volume",
                 "number": "data/attributes/relatedItems/0/issue"},
    "zenodo": {"title": "metadata/title metadata/additional_titles", "authors": "metadata/creators", "doi": "pids/doi/identifier",
               "date": "metadata/publication_date", "pages": "custom_fields/journal:journal/pages",
               "issn": "custom_fields/journal:journal/issn", "abstract": "metadata/description metadata/additional_descriptions",
               "keywords": "metadata/subjects", "volume": "custom_fields/journal:journal/volume",
               "number": "custom_fields/journal:journal/issue"},
}
"""Likewise in JSON; in a list, a step is the number of an item, or names the type of what is meant."""
RIS = {"TI": "title", "TT": "title", "AU": "authors", "DO": "doi", "SP": "first_page", "EP": "last_page", "VL": "volume", "IS": "number",
       "SN": "issn", "DA": "date", "KW": "keywords"}
BIBTEX = {"title": "title", "doi": "doi", "pages": "pages", "volume": "volume", "number": "number", "issn": "issn", "keywords": "keywords"}
"""What the tags of RIS and the fields of BibTeX say."""
MARKUP = {"ojs-3.3": ("abstract",), "ojs-3.4": ("title", "abstract"), "ojs-3.5": ("title", "abstract"), "zenodo": ("abstract",)}
"""What a target keeps as HTML."""
FORMS = {"bagit": (".zip",), "citations": (".ris", ".bib", ".json"), "crossref": (".xml",), "datacite": (".xml", ".json"),
         "doaj": (".xml", ".json"), "dspace": (".zip",), "elibrary": (".xml",), "mets": (".xml",), "mods": (".xml",), "oai-dc": (".xml",),
         "ojs-3.3": (".xml",), "ojs-3.4": (".xml",), "ojs-3.5": (".xml",), "ro-crate": (".zip",), "zenodo": (".json",)}
"""The endings of the files that a target's folder holds."""
EACH = ("datacite", "mods", "oai-dc", "zenodo")
"""The targets that have a file for each article of an issue."""
NAMES = {"mets": "mets"}
"""What the file of a target is called that is not called after the article or the issue."""
PARTS = {"surname": 1, "familyname": 1, "family": 1, "given_name": 0, "givenname": 0, "initials": 0, "given": 0}
"""The elements, or types of them, that a name is made of: 0 for what stands first."""
CODES = {"kkz": "kaz", "deu": "ger", "esp": "spa", "chn": "chi", "ces": "cze", "bgr": "bul"}
"""eLIBRARY's words for languages that are not those of ISO 639-2."""
