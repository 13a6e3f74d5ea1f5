"""JATS: what its judges say, whether anything is lost on the way there and back, and what stands where."""

import json
import os
from collections import Counter
from pathlib import Path

import pikepdf
import pypandoc
import pytest
from conftest import ROOT, Journal
from judges import schema_faults
from lxml import etree
from schematron import judge

from basylym.check.output_blocks import blocks
from basylym.identifiers import is_orcid
from basylym.project import Project
from basylym.render.jats_references import write_fields
from basylym.render.metadata import Reference
from basylym.typography.compare import compare, letters

XLINK = "{http://www.w3.org/1999/xlink}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DTD = "jats-dtd-1.0-1.1-1.3/jats-publishing-dtd-1.3/JATS-journalpublishing1-3.dtd"
XSD = "jats-1.3d2-xsd-no-namespace/JATS-journalpublishing1-3d2-mathml3.xsd"
JATS4R = "jats4r/schematrons/1.0/jats4r.sch"
PUBLISHED = ("2026-1/patterns", "2026-1/villages", "2026-1/lexicon", "2026-1/glosses", "2026-1/hearth", "2026-2/corrigendum",
             "2026-2/retraction")
SAMPLE = ("2026-1/single-source", "2026-1/assembly")
TORTURE = "2026-2/torture"
ALL = (*SAMPLE, *PUBLISHED, TORTURE)
BARE = {"td", "th", "col", "break", "etal", "graphic", "inline-graphic"}
"""Elements that say something though they are empty; counts say it in an attribute."""


@pytest.fixture
def place(request, sample, published, tortured):
    """The folder of a journal and an article's path in it."""
    name = request.param
    return (published if name in PUBLISHED else tortured if name == TORTURE else sample.parent), name


def read(folder: Path, name: str) -> etree._Element:
    return etree.parse(folder / "output" / f"{name}/{name.rpartition('/')[2]}.xml").getroot()


def edition(folder: Path, name: str):
    project = Project(folder)
    return project.edition(next(each for each in project.targets if each.name == name))


def schemas(name: str) -> Path:
    """A file in the folder that BASYLYM_SCHEMAS names. Skips the test without it; in CI, fails it."""
    path = Path(os.environ.get("BASYLYM_SCHEMAS") or ROOT / "schemas") / name
    if not path.is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is missing: BASYLYM_SCHEMAS names no folder that has it")
    return path


def dtd_faults(root: etree._Element) -> list[str]:
    dtd = etree.DTD(str(schemas(DTD)))
    return [] if dtd.validate(root) else [f"{each.line}: {each.message[:200]}" for each in dtd.error_log]


def xsd_faults(root: etree._Element) -> list[str]:
    """By the last draft of 1.3, which takes @dtd-version 1.3d2 alone, or none."""
    return schema_faults(root, XSD)


# --- judges ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", ALL, indirect=True)
def test_every_judge_is_content(place):
    root = read(*place)
    assert dtd_faults(root) == []
    assert xsd_faults(root) == []
    assert judge(schemas(JATS4R), root) == []


DAMAGES = {
    "a title is lost": ("//title-group", dtd_faults), "an id is lost": ("//ref[1]/@id", dtd_faults),
    "a table's rows are lost": ("//table-wrap/table/tbody", dtd_faults), "the ISSN is lost": ("//journal-meta/issn", xsd_faults),
    "a picture has no words": ("//fig/graphic/alt-text", lambda root: judge(schemas(JATS4R), root)),
    "a citation has no type": ("//mixed-citation/@publication-type", lambda root: judge(schemas(JATS4R), root))}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_copy_fails(damage, sample):
    path, ask = DAMAGES[damage]
    root = read(sample.parent, SAMPLE[0])
    for each in root.xpath(path):
        if isinstance(each, str):
            del each.getparent().attrib[each.attrname]
        else:
            each.getparent().remove(each)
    assert ask(root) != []


# --- there and back -------------------------------------------------------------------------------------------------
def pandoc_tree(folder: Path, name: str) -> dict:
    return json.loads(pypandoc.convert_text(etree.tostring(read(folder, name), encoding="unicode"), "json", format="jats"))


def kinds(tree: object) -> Counter:
    """How often each kind of element stands in a tree of pandoc's."""
    found, waiting = Counter(), [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found[each.get("t")] += 1
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


def words(tree: object) -> str:
    """The text of a tree of pandoc's, formulas left out, notes at the end."""
    notes: list[str] = []

    def tell(each: object) -> str:
        if isinstance(each, list):
            return "".join(map(tell, each))
        if not isinstance(each, dict):
            return ""
        kind, content = each.get("t"), each.get("c")
        if kind == "Note":
            notes.append(tell(content))
        if kind in ("Note", "Math"):
            return ""
        if kind == "Str":
            return content
        if kind in ("Code", "CodeBlock"):
            return content[1]
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return " "
        return tell(content) if kind else tell(list(each.values()))

    return tell(tree) + "".join(notes)


@pytest.mark.parametrize("place", ALL, indirect=True)
def test_pandoc_reads_everything_back(place):
    folder, name = place
    tree, ours = pandoc_tree(folder, name), edition(folder, name)
    html = etree.fromstring(f"<div>{ours.article.body.html.replace('&nbsp;', ' ')}</div>")
    counts = kinds(tree["blocks"])
    formulas = html.xpath('count(.//*[local-name()="math"])')
    # a heading of ours for each of theirs; the lists of thanks, notes and references have headings too
    headings = Counter(letters("".join(each.itertext())) for each in html.xpath(".//h2|.//h3|.//h4|.//h5|.//h6"))
    back = Counter(letters(words(each["c"][2])) for each in headers(tree["blocks"]))
    assert headings - back == Counter()
    assert counts["Table"] == len(html.xpath(".//table"))
    assert counts["Math"] == formulas
    assert counts["Note"] == len(html.xpath('.//a[@role="doc-noteref"]'))
    assert counts["Image"] == sum(1 for each in html.iter("img") if (ours.article.folder / each.get("src")).is_file())
    said = letters(words(tree["blocks"]))
    for number in html.xpath('.//figcaption/span[@class="number"]|.//caption/span[@class="number"]|.//div/span[@class="number"]'):
        number.text = ""  # pandoc leaves the numbers of figures, tables and formulas out
    lost = [part for block in blocks(etree.tostring(html, encoding="unicode")) for part in block.parts if letters(part) not in said]
    assert lost == []


def headers(tree: object) -> list[dict]:
    found, waiting = [], [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if each.get("t") == "Header":
                found.append(each)
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


@pytest.mark.parametrize("place", ALL, indirect=True)
def test_pandoc_reads_every_reference_back(place):
    folder, name = place
    ours = edition(folder, name)
    back = pandoc_tree(folder, name)["meta"].get("references", {}).get("c", [])
    data = {each["id"]: each for each in ours.article.references}
    assert len(back) == len(ours.article.body.entries)
    for entry, each in zip(ours.article.body.entries, back, strict=True):
        title = words(each["c"].get("title", {})) or words(each["c"].get("container-title", {}))
        assert compare(title, str(data[entry.key].get("title", ""))), (entry.key, title)


# --- what stands where ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", ALL, indirect=True)
def test_no_element_is_empty_and_no_reference_leads_nowhere(place):
    root = read(*place)
    empty = [each.tag for each in root.iter() if isinstance(each.tag, str) and not each.tag.startswith("{") and not len(each)
             and not (each.text or "").strip() and each.tag not in BARE and not each.tag.endswith("-count")]
    assert empty == []
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {each.get("rid") for each in root.iter("xref")} <= set(ids)
    assert all(key in ids for heads in root.xpath("//@headers") for key in heads.split())


def test_the_front_speaks_three_languages(sample):
    root = read(sample.parent, SAMPLE[0])
    front = edition(sample.parent, SAMPLE[0]).front
    meta = root.find("front/article-meta")
    assert root.get(LANG) == "ru" and root.get("article-type") == "research-article" and root.get("dtd-version") is None
    titles = {"ru": meta.findtext("title-group/article-title")} | {
        each.get(LANG): each.findtext("trans-title") for each in meta.iterfind("title-group/trans-title-group")}
    assert {tag: compare(text, front.title[tag]) for tag, text in titles.items()} == dict.fromkeys(front.title, True)
    assert {each.get(LANG) for each in meta.xpath("abstract|trans-abstract")} == {"kk", "ru", "en"}
    assert {each.get(LANG): [kwd.text for kwd in each.iterfind("kwd")] for each in meta.iterfind("kwd-group")} == front.keywords
    for author, contrib in zip(front.authors, meta.iterfind("contrib-group/contrib"), strict=True):
        names = {each.get(LANG): (each.findtext("surname"), each.findtext("given-names")) for each in contrib.iter("name")}
        assert names == {tag: (name.family, name.forenames) for tag, name in author.name.items()}
        assert (contrib.get("corresp") == "yes") is author.corresponding
        assert [letters(each.get("vocab-term")) for each in contrib.iterfind("role[@vocab='credit']")] == list(map(letters, author.roles))
        assert len(contrib.xpath("xref[@ref-type='aff']")) == len(author.affiliations)
    assert [is_orcid(each.text.rpartition("/")[2]) for each in meta.iter("contrib-id")] == [True]
    assert [[aff.get(LANG) for aff in each] for each in meta.iterfind("aff-alternatives")] == [["ru", "kk", "en"]] * 2
    assert [each.get("iso-8601-date") for each in meta.iterfind("history/date")] == [
        front.dates.received.isoformat(), front.dates.accepted.isoformat()]
    assert meta.findtext("article-id[@pub-id-type='doi']") == front.doi
    assert [each.text for each in meta.iterfind(".//subj-group[@subj-group-type='udc']/subject")] == front.udc
    assert meta.findtext("permissions/license/{*}license_ref") == "https://creativecommons.org/licenses/by/4.0/"
    with pikepdf.open(sample / SAMPLE[0] / "single-source.pdf") as document:
        pages, first = len(document.pages), int(meta.findtext("fpage"))
    assert int(meta.findtext("lpage")) - first + 1 == pages == int(meta.find("counts/page-count").get("count"))


def test_notices_and_what_they_are_about_name_each_other(published):
    def related(name: str) -> dict[str, str]:
        return {each.get("related-article-type"): each.get(f"{XLINK}href") for each in read(published, name).iter("related-article")}

    for name, kinds_ in (("2026-2/corrigendum", ("corrected-article", "correction-forward")),
                         ("2026-2/retraction", ("retracted-article", "retraction-forward"))):
        notice = edition(published, name).front
        assert related(name) == {kinds_[0]: notice.corrects[0].doi}
        about = next(each for each in PUBLISHED if edition(published, each).front.doi == notice.corrects[0].doi)
        assert related(about)[kinds_[1]] == notice.doi
    (version,) = read(published, "2026-1/patterns").iter("article-version")
    assert version.get("article-version-type") == "CVoR"


def test_a_draft_says_so_and_leaves_out_what_is_missing(sample):
    root = read(sample.parent, SAMPLE[1])
    assert root.findtext("front/article-meta/article-version") == "draft"
    assert root.find(".//contrib-group") is None and root.find(".//article-id[@pub-id-type='doi']") is None
    assert root.findtext(".//article-title") == "Этносаралық толеранттылық пен қоғамдық келісімнің қазақстандық үлгісі"


def test_the_pdf_carries_the_same_bytes_and_the_page_links_to_them(sample):
    folder = sample / SAMPLE[0]
    with pikepdf.open(folder / "single-source.pdf") as document:
        (carried,) = document.Root.AF
        assert str(carried.UF) == "single-source.xml"
        assert carried.EF.F.read_bytes() == (folder / "single-source.xml").read_bytes()
    page = (folder / "single-source.html").read_text("utf-8")
    assert '<a href="single-source.xml" type="application/xml">' in page
    assert 'name="citation_xml_url" content="https://journal.example/2026-1/single-source/single-source.xml"' in page


def test_each_reference_is_there_in_fields_as_printed_and_in_latin_letters(sample):
    ours, root = edition(sample.parent, SAMPLE[0]), read(sample.parent, SAMPLE[0])
    for entry, ref in zip(ours.article.body.entries, root.iter("ref"), strict=True):
        _, printed, fields, latin = ref
        assert fields.tag == "element-citation" and fields.get(LANG) == entry.language
        assert compare("".join(printed.itertext()), entry.text)
        assert latin.get("specific-use") == "romanised"
        assert not any("\u0400" <= letter <= "\u04ff" for letter in "".join(latin.itertext()))
        doi = next(each for each in ours.article.references if each["id"] == entry.key).get("DOI")
        assert fields.findtext("pub-id[@pub-id-type='doi']") == doi


def test_a_reference_has_its_own_latin_names_and_its_unknown_others():
    reference = Reference("chapter", "Тарау", "Үлгі Ә. Тарау", "kk", container="Кітап", date=(2001,), pages=("5", "9"))
    written = write_fields(reference, {
        "author": [{"family": "Үлгі", "given": "Әли"}, {"family": "others"}],
        "author-latin": [{"family": "Ulgi", "given": "Ali"}, "others"],
        "title-latin": "Tarau", "title-en": "A chapter", "page": "5-9"})
    assert [(each.get(LANG), each.findtext("surname")) for each in written.iter("name")] == [("kk", "Үлгі"), ("kk-Latn", "Ulgi")]
    assert written.find("person-group/etal") is not None
    assert {each.get(LANG): each.text for each in written.iter("trans-title")} == {"kk-Latn": "Tarau", "en": "A chapter"}
    found = [written.findtext(name) for name in ("chapter-title", "source", "fpage", "lpage", "year")]
    assert found == ["Тарау", "Кітап", "5", "9", "2001"]


# --- the text -------------------------------------------------------------------------------------------------------
BODY = """
Мәтін [@example, 12], [English words]{lang=en} және ^1^ мен ~2~. Сілтеме: <https://journal.example/a>, жоғалған [сөз](#nowhere).[^n]

[^n]: Ескерту **қою** сөзбен.

| Бірінші жол
|    екінші жол

7. жетінші
8. сегізінші

Термин

:   Мағынасы.

    Екінші азат жол.

> Дәйексөз
>
> - тізім

::: {lang=ru}
По-русски.
:::

```python
print("а <б>")
```

![Нүкте.](figures/dot.png){#fig:dot alt="Қара нүкте"}

@fig:dot көрсетілген.
"""


@pytest.fixture
def text(journal: Journal):
    assert journal.overlay({"text": BODY}).run("build", "--format", "jats") in (0, 1)
    root = etree.parse(journal.output(".xml")).getroot()
    assert dtd_faults(root) == []
    return root.find("body"), root


def test_every_construct_has_its_element(text):
    body, root = text
    assert [(each.get(LANG), each.text) for each in body.iter("named-content")] == [("en", "English words")]
    assert [each.text for each in body.iter("verse-line")] == ["Бірінші жол", "\u00a0\u00a0\u00a0екінші жол"]
    (ordered,) = body.iterfind(".//list[@list-type='order']")
    assert [each.text for each in ordered.iter("label")] == ["7.", "8."]
    assert len(body.findall(".//def-list/def-item/def/p")) == 2
    assert body.find(".//disp-quote/list") is not None
    assert [each.text for each in body.iterfind(f".//p[@{LANG}]")] == ["По-русски."]
    assert [(each.get("language"), each.text) for each in body.iter("code")] == [("python", 'print("а <б>")')]
    assert "".join(body.find(".//fig/caption/title").itertext()) == "Нүкте." and body.findtext(".//fig/label")
    assert body.find(".//fig/graphic").get(f"{XLINK}href") == "figures/dot.png"
    assert body.findtext(".//fig/graphic/alt-text") == "Қара нүкте"
    assert {each.get("ref-type") for each in body.iter("xref")} == {"bibr", "fn", "fig"}
    assert "".join(root.find("back/fn-group/fn/p").itertext()) == "Ескерту қою сөзбен." and "жоғалған сөз" in "".join(body.itertext())


def test_a_reviewer_s_copy_names_nobody(journal: Journal):
    assert journal.run("build", "--edition", "anonymous", "--format", "jats") in (0, 1)
    copy = journal.output(".anonymous.xml").read_text("utf-8")
    for name in (name for author in journal.edition().front.authors for name in author.name.values()):
        assert name.full not in copy and f"<surname>{name.family}" not in copy
    assert "10.5555/specimen" not in copy and '"publisher-id">article<' in copy


def test_the_same_article_gives_the_same_bytes(journal: Journal):
    journal.run("build", "--format", "jats")
    first = journal.output(".xml").read_bytes()
    journal.output(".xml").unlink()
    journal.run("build", "--format", "jats")
    assert journal.output(".xml").read_bytes() == first


def test_the_markup_of_a_cited_title_is_kept():
    title = "On CO<sub>2</sub>, <i>Stipa <b>x</b></i> and a < b"
    reference = Reference("article-journal", "On CO2, Stipa x and a < b", "Ulgi A. On CO2", "en", container="Tellus 10")
    written = write_fields(reference, {"title": title, "container-title": "Tellus 10", "title-latin": "x<sup>2</sup></i>"})
    assert etree.tostring(written.find("article-title"), encoding="unicode", with_tail=False) == (
        "<article-title>On CO<sub>2</sub>, <italic>Stipa <bold>x</bold></italic> and a &lt; b</article-title>")
    assert "".join(written.find("trans-title").itertext()) == "x2" and written.find("trans-title/sup") is not None
    assert written.findtext("source") == "Tellus 10"
