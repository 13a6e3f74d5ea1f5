"""What the fields and types of an entry are called in each format, and what somebody meant who called one otherwise.

CSL 1.0.2 (schema csl-data.json); the BibLaTeX manual, 2.1 and 2.2, with BibTeX's own names; the RIS tags of Reference Manager.
"""

from __future__ import annotations

import difflib
import re

from basylym.read.entry import OWN

CSL_FIELDS = frozenset("""
    id type citation-key categories language journalAbbreviation shortTitle custom author chair collection-editor compiler composer
    container-author contributor curator director editor editorial-director executive-producer guest host illustrator interviewer
    narrator organizer original-author performer producer recipient reviewed-author script-writer series-creator translator
    accessed available-date event-date issued original-date submitted abstract annote archive archive_collection archive_location
    archive-place authority call-number chapter-number citation-number citation-label collection-number collection-title
    container-title container-title-short dimensions division DOI edition event event-title event-place
    first-reference-note-number genre ISBN ISSN issue jurisdiction keyword locator medium note number number-of-pages
    number-of-volumes original-publisher original-publisher-place original-title page page-first part part-number part-title PMCID
    PMID printing printing-number publisher publisher-place references reviewed-genre reviewed-title scale section source status
    supplement supplement-number title title-short URL version volume volume-title volume-title-short year-suffix
    archive-location event-location place""".split()) | frozenset(OWN)
"""CSL's variables, those of its earlier schemas, and ours."""
CSL_TYPES = frozenset("""
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry
    entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture
    musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report
    review review-book software song speech standard thesis treaty webpage""".split())
BIBTEX_FIELDS = frozenset("""
    abstract addendum afterword annotation annotator annote author authortype bookauthor bookpagination booksubtitle booktitle
    booktitleaddon chapter commentator date doi edition editor editora editorb editorc editortype editoratype editorbtype editorctype
    eid entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file foreword gender holder howpublished
    hyphenation indextitle institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon iswc
    journalsubtitle journaltitle journaltitleaddon label langid langidopts language library location mainsubtitle maintitle
    maintitleaddon month nameaddon note number options organization origdate origlanguage origlocation origpublisher origtitle pages
    pagetotal pagination part presort publisher pubstate related relatedoptions relatedstring relatedtype reprinttitle series
    shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname sortshorthand sorttitle
    sortyear subtitle title titleaddon translator type url urldate venue version volume volumes xdata xref year crossref entryset
    execute ids indexsorttitle keywords archiveprefix primaryclass address annote journal key pdf school day medium number doi
    lastchecked urlyear urlmonth""".split())
BIBTEX_TYPES = frozenset("""
    article artwork audio bibnote book bookinbook booklet collection commentary conference dataset electronic image inbook incollection
    inproceedings inreference jurisdiction legal legislation letter manual mastersthesis misc movie music mvbook mvcollection
    mvproceedings mvreference online patent performance periodical phdthesis proceedings reference report review set software standard
    suppbook suppcollection suppperiodical techreport thesis unpublished video www xdata customa customb customc customd custome
    customf string preamble comment""".split())
RIS_TAGS = frozenset("""
    TY ER ID A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP DS ED EP ET FD H1 H2 IS J1 J2 JA JF JO
    K1 KW L1 L2 L3 L4 LA LB LK LL M1 M2 M3 N1 N2 NO NV OL OP PA PB PMID PP PY RD RI RN RP RT SE SF SL SN SP SR ST SV T1 T2 T3 TA TI TT
    U1 U2 U3 U4 U5 UN UR VL VO WP WT WV Y1 Y2 YR""".split())
RIS_TYPES = frozenset("""
    ABST ADVS AGGR ANCIENT ART BILL BLOG BOOK CASE CHAP CHART CLSWK COMP CONF CPAPER CTLG DATA DBASE DICT EBOOK ECHAP EDBOOK EJOUR ELEC
    ENCYC EQUA FIGURE GEN GOVDOC GRANT GRNT HEAR ICOMM INPR INTV JFULL JOUR LEGAL MANSCPT MANUAL MAP MGZN MPCT MULTI MUSIC NEWS PAMP
    PAT PCOMM POD PRESS RPRT SER SLIDE SOUND STAND STAT STD THES UNBILL UNPB UNPD VIDEO WEB""".split())
HARMLESS = frozenset("""
    abstract added-at attachment attachments biburl bibsource collaborator comment comments copyright creationdate
    date-added date-modified dateadded datemodified description editorial-notes file groups id ids interhash intrahash isprintcode
    keyword keywords keywords-plus langidopts local-url localfile mendeley modificationdate nationalnote notes numpages openalex
    owner pmcid pmid priority printed publicationstatus ranking rating readstatus relevance researcherid-numbers rights
    shorthand source tags thumbnail timestamp unique-id urlaccessdate username web-of-science-categories research-areas
    affiliation affiliations author_keywords document_type abbrev_source_title correspondence_address1 funding_details references
    citedreferences orcid-numbers journal-iso doc-delivery-number times-cited usage-count-last-180-days number-of-cited-references
    collection-id issn-online qualityassured zotero fjournal mrclass mrnumber mrreviewer zblnumber eissn da oa lccn archivelocation
    """.split())
"""What programs add to an entry for themselves, and no list of references prints."""
HARMLESS_START = ("mendeley", "bdsk-", "zotero", "x-", "x_", "_", "opt", "alt", "jabref", "citavi", "endnote", "user", "verb", "list",
                  "name", "field")
SPELLINGS = {
    "year": "issued", "date": "issued", "py": "issued", "y1": "issued", "da": "issued", "journal": "container-title",
    "journaltitle": "container-title", "booktitle": "container-title", "jo": "container-title", "jf": "container-title",
    "t2": "container-title", "pages": "page", "sp": "page", "doi": "DOI", "do": "DOI", "url": "URL", "ur": "URL", "isbn": "ISBN",
    "sn": "ISBN", "issn": "ISSN", "au": "author", "a1": "author", "ed": "editor", "pb": "publisher", "address": "publisher-place",
    "location": "publisher-place", "cy": "publisher-place", "langid": "language", "la": "language", "urldate": "accessed",
    "y2": "accessed", "pagetotal": "number-of-pages", "ti": "title", "t1": "title"}
"""How BibTeX, BibLaTeX and RIS spell the fields of CSL."""
WORDS = {
    "title": "название заглавие заголовок атауы атау тақырып тақырыбы titre título",
    "author": "автор авторы авторлар avtor auteur autores",
    "editor": "редактор редакторы",
    "translator": "переводчик аудармашы",
    "issued": "год дата жыл жылы күні jahr published pubdate",
    "container-title": "журнал сборник жинақ source-title publication",
    "publisher": "издательство издатель баспа баспасы verlag",
    "publisher-place": "город место қала қаласы ort city place",
    "volume": "том vol band",
    "issue": "номер выпуск нөмір нөмірі шығарылым",
    "page": "страницы страница стр с бет беттер беті seiten pp",
    "language": "язык тіл тілі lang sprache",
    "URL": "ссылка адрес сілтеме link",
    "type": "тип вид түр түрі",
    "edition": "издание басылым",
    "accessed": "обращение retrieved accessdate",
    "id": "ключ кілт"}
"""Other languages' words for fields."""
TYPE_WORDS = {
    "article-journal": "статья мақала journal journalarticle journal-article jour",
    "book": "книга кітап монография monograph buch",
    "chapter": "глава тарау раздел inbook incollection bookchapter chap",
    "thesis": "диссертация автореферат phdthesis mastersthesis thes",
    "article-newspaper": "газета newspaper newspaperarticle",
    "webpage": "сайт website web online электронный",
    "legislation": "закон заң law",
    "paper-conference": "конференция тезисы conference inproceedings conferencepaper proceedings-article",
    "report": "отчёт отчет techreport rprt",
    "standard": "стандарт гост",
    "patent": "патент",
    "manuscript": "рукопись қолжазба архив",
    "dataset": "данные data"}
EXTENT = re.compile(r"(\d{1,5})\s*(?:p|pp|с|стр|б|бет)?\.?")
"""How many pages a whole work has."""
OTHER_FIELDS = {"title": "title", "author": "author", "editor": "editor", "translator": "translator", "issued": "year",
                "container-title": "journal", "publisher": "publisher", "publisher-place": "address", "volume": "volume", "issue": "number",
                "page": "pages", "language": "langid", "URL": "url", "type": "type", "edition": "edition", "accessed": "urldate",
                "number-of-pages": "pagetotal", "DOI": "doi", "ISBN": "isbn", "ISSN": "issn"}
"""How BibTeX calls CSL's fields."""
OTHER_TYPES = {"article-journal": "article", "chapter": "incollection", "paper-conference": "inproceedings", "webpage": "online",
               "article-newspaper": "article", "legislation": "legislation", "manuscript": "unpublished"}
RIS_TYPE_WORDS = {"article-journal": "JOUR", "book": "BOOK", "chapter": "CHAP", "thesis": "THES", "webpage": "ELEC", "report": "RPRT",
                  "article-newspaper": "NEWS", "paper-conference": "CPAPER", "legislation": "STAT", "standard": "STAND", "patent": "PAT",
                  "manuscript": "UNPB", "dataset": "DATA"}
MEANT = {word: name for name, words in WORDS.items() for word in words.split()} | {
    name: csl for name, csl in SPELLINGS.items() if len(name) > 2}
MEANT_TYPES = {word: name for name, words in TYPE_WORDS.items() for word in words.split()}
LONGEST = 40
"""Longer words are no field's name; comparing them would take time for nothing."""


def wrong_field(name: str, file: str) -> tuple[bool, str]:
    """Whether nothing reads a field of that name in a `csl`, `bibtex` or `ris` file, and what it should be called, if that is plain."""
    word = name.strip().casefold()
    if file == "ris":
        return name not in RIS_TAGS, ""
    known = CSL_FIELDS if file == "csl" else BIBTEX_FIELDS
    if name in known or word in HARMLESS or word.startswith(HARMLESS_START) or (file == "bibtex" and word in known):
        return False, ""
    if file == "bibtex" and word in OWN:
        return True, f"note = {{{word}: …}}"
    meant = MEANT.get(word, "")
    if file == "bibtex":
        near = OTHER_FIELDS.get(meant, "") or _near(word, known, 0.8)
        return bool(near), near
    return True, meant or _near(word, known, 0.75)


def wrong_type(name: str, file: str) -> tuple[bool, str]:
    """The same for the type of an entry."""
    known = {"csl": CSL_TYPES, "bibtex": BIBTEX_TYPES, "ris": RIS_TYPES}[file]
    word = name.strip().casefold()
    if name in known or (file == "bibtex" and word in known):
        return False, ""
    meant = MEANT_TYPES.get(word, "")
    if meant and file != "csl":
        meant = (OTHER_TYPES if file == "bibtex" else RIS_TYPE_WORDS).get(meant, meant)
    return True, meant if meant in known else _near(word, known, 0.7)


def _near(word: str, known: frozenset[str], like: float) -> str:
    """The known name that a word differs from by little; none for a short or a very long one."""
    small = {each.casefold(): each for each in sorted(known)}
    if word in small:
        return small[word]
    if not 2 < len(word) <= LONGEST or not re.fullmatch(r"[\w-]+", word):
        return ""
    near = difflib.get_close_matches(word, small, 1, like)
    return small[near[0]] if near else ""


WRITTEN = {
    "bibtex": {**{csl: f"{name} =" for csl, name in OTHER_FIELDS.items()}, "id": "@book{key,"},
    "ris": {"id": "ID  -", "title": "TI  -", "language": "LA  -", "accessed": "Y2  -", "DOI": "DO  -", "URL": "UR  -", "issued": "PY  -",
            "type": "TY  -"},
}


def as_written(field: str, path: str) -> str:
    """A field of CSL as it is typed into a file of that name: `language:`, "langid =", "LA  -"."""
    suffix = path.rpartition(".")[2].lower()
    file = "ris" if suffix == "ris" else "bibtex" if suffix in ("bib", "bibtex", "biblatex") else "csl"
    if file != "csl" and field in OWN:
        return f"note = {{{field}: …}}" if file == "bibtex" else f"N1  - {field}:"
    return WRITTEN.get(file, {}).get(field) or (f'"{field}":' if suffix == "json" else f"{field}:")
