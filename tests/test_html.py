"""The web page: whole in one file, its languages and links, and what the judges of the web say of it."""

import re

import pytest
from conftest import ROOT, Journal
from judges import html_page, nu, violations

LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src", "embed": "src",
         "track": "src", "input": "src", "object": "data", "link": "href", "image": "href", "use": "href"}
"""Elements that load what an attribute names."""
LOADED = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "preconnect", "dns-prefetch", "prerender"}
"""What a link is to the page where the browser asks for its target."""


@pytest.fixture(scope="module")
def pages(sample, tmp_path_factory):
    """Every web page of the sample journal, and the specimen's."""
    specimen = Journal(tmp_path_factory.mktemp("specimen") / "journal")
    assert specimen.run("build", "--format", "html") == 0
    found = sorted(sample.glob("*/*/*.html"))
    assert found
    return [*found, specimen.output(".html")]


# --- one file -------------------------------------------------------------------------------------------------------
def test_the_page_loads_nothing(pages):
    for path in pages:
        page = html_page(path)
        for name, attribute in LOADS.items():
            for each in page.iter(name):
                if name == "link" and not set((each.get("rel") or "").split()) & LOADED:
                    continue
                address = each.get(attribute) or "data:"
                assert address.startswith(("data:", "#")), f"{path.name}: {name} {address[:80]}"
        for each in page.iter():
            assert not (isinstance(each.tag, str) and (each.get("srcset") or each.get("background")))
        styles = " ".join([*(each.text_content() for each in page.iter("style")), *page.xpath("//@style")])
        assert not re.search(r"@import|url\(\s*['\"]?(?!data:|#)", styles)


def test_the_page_has_no_script_but_our_own(pages):
    known = {path.read_text("utf-8").strip() for path in (ROOT / "templates").glob("_*.js")}
    for path in pages:
        page = html_page(path)
        scripts = [each for each in page.iter("script") if each.get("type") != "application/ld+json"]
        words = [script.text.strip() for script in scripts]
        assert set(words) <= known and len(set(words)) == len(words) >= 5
        assert not any(script.attrib for script in scripts)
        assert not re.search(r"fetch\(|XMLHttp|eval|https?:|localStorage|cookie", " ".join(words))
        assert not [name for each in page.iter() if isinstance(each.tag, str) for name in each.attrib if name.startswith("on")]
        assert not [each.get("href") for each in page.iter("a") if (each.get("href") or "").lower().startswith("javascript:")]


def test_the_same_article_gives_the_same_page(journal):
    assert journal.run("build", "--format", "html") == 0
    before = journal.output(".html").read_bytes()
    journal.output(".html").unlink()
    assert journal.run("build", "--format", "html") == 0
    assert journal.output(".html").read_bytes() == before


# --- languages and links --------------------------------------------------------------------------------------------
def test_every_passage_says_its_language(assembly):
    page = html_page(assembly.with_suffix(".html"))
    assert page.get("lang") == "kk"
    for tag, words in (("kk", "Тәуелсіздікке қол жеткізгеннен"), ("ru", "После обретения независимости"),
                       ("en", "After gaining of independence"), ("ru", "Образец издания"), ("en", "Specimen Journal"),
                       ("ru", "Казахстанский образец"), ("en", "The Kazakhstan’s model")):
        found = [each for each in page.find("body").iter("p", "h1", "h2")
                 if (each.text or "").replace("\u00ad", "").strip().startswith(words)]
        assert found, words
        for each in found:
            assert next(above.get("lang") for above in (each, *each.iterancestors()) if above.get("lang")) == tag, words


def test_no_id_stands_twice(pages):
    for path in pages:
        ids = html_page(path).xpath("//@id")
        assert len(ids) == len(set(ids)), f"{path.name}: {sorted({each for each in ids if ids.count(each) > 1})}"


def test_every_link_inside_the_page_has_its_target(pages):
    for path in pages:
        page = html_page(path)
        ids = set(page.xpath("//@id"))
        inside = [each.get("href") for each in page.iter("a") if (each.get("href") or "").startswith("#")]
        assert inside and {each[1:] for each in inside} <= ids, path.name
        for attribute in ("aria-labelledby", "aria-describedby", "for", "headers"):
            for value in page.xpath(f"//@{attribute}"):
                assert set(value.split()) <= ids, f"{path.name}: {attribute}={value}"


def test_links_lead_both_ways_between_citations_and_entries(assembly):
    page = html_page(assembly.with_suffix(".html"))
    there = page.xpath("//*[starts-with(@id, 'cite-')]//a/@href")
    back = page.xpath("//*[starts-with(@id, 'ref-')]//a[@role='doc-backlink']/@href")
    assert len(there) == 12 and sorted(back) == sorted(f"#cite-{number}" for number in range(1, 13))
    for address in back:
        (place,) = page.xpath("//*[@id=$key]", key=address[1:])
        (entry,) = {each.get("href")[1:] for each in place.iter("a")}
        (target,) = page.xpath("//*[@id=$key]", key=entry)
        assert address in target.xpath(".//a/@href")


def test_scholars_and_search_engines_find_what_a_published_article_is(journal):
    assert journal.run("build", "--format", "html") == 0
    page = html_page(journal.output(".html"))
    given = {each.get("name"): each.get("content") for each in page.iter("meta") if each.get("name")}
    assert given["citation_title"] == page.findtext(".//title") == "Үлгі мақаланың тақырыбы"
    assert (given["citation_author"], given["citation_doi"]) == ("Автор Үлгі", "10.5555/specimen")
    assert (given["citation_firstpage"], given["citation_publication_date"]) == ("5", "2026/03/30")


def test_a_draft_is_kept_from_scholars_indexes(assembly):
    names = html_page(assembly.with_suffix(".html")).xpath("//meta/@name")
    assert names and not [name for name in names if name.startswith("citation_")]


# --- judges ---------------------------------------------------------------------------------------------------------
@pytest.mark.judge
def test_the_nu_html_checker_finds_no_error(pages):
    assert nu(pages) == []


@pytest.mark.judge
def test_the_nu_html_checker_sees_a_damaged_page(assembly, tmp_path):
    """The judge itself is judged."""
    page = assembly.with_suffix(".html").read_text("utf-8").replace("<main>", '<main id="text">')
    (tmp_path / "damaged.html").write_text(page, "utf-8")
    assert any("text" in said for said in nu([tmp_path / "damaged.html"]))


def look(chromium, path, width: int, colours: str):
    """The page as a reader sees it: what axe-core says of it, what the console says, what it asked the network for."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=colours, bypass_csp=True)
    try:
        page, said, asked = context.new_page(), [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.route(re.compile("^(?!file:|data:)"), lambda route: (asked.append(route.request.url), route.abort()))
        page.on("request", lambda request: asked.append(request.url) if request.url != path.as_uri()
                and not request.url.startswith("data:") else None)
        page.goto(path.as_uri())
        root = "document.documentElement"
        shown = page.evaluate(f"() => [{root}.scrollWidth, getComputedStyle({root}).backgroundColor]")
        return violations(page), said, asked, shown
    finally:
        context.close()


@pytest.mark.judge
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_no_violation(pages, chromium, width, colours):
    for path in pages:
        found, said, asked, (wide, _) = look(chromium, path, width, colours)
        assert (found, said, asked) == ([], [], []), path.name
        assert wide <= width, f"{path.name} is {wide} px wide"


@pytest.mark.judge
def test_dark_is_dark_and_light_is_light(assembly, chromium):
    light, dark = (sum(map(int, re.findall(r"\d+", look(chromium, assembly.with_suffix(".html"), 1280, colours)[3][1])[:3]))
                   for colours in ("light", "dark"))
    assert dark < 200 < 600 < light


@pytest.mark.judge
def test_axe_sees_a_damaged_page(assembly, chromium, tmp_path):
    """The judge itself is judged."""
    page = assembly.with_suffix(".html").read_text("utf-8").replace('<html lang="kk"', "<html")
    (tmp_path / "damaged.html").write_text(page, "utf-8")
    assert any("html-has-lang" in said for said in look(chromium, tmp_path / "damaged.html", 1280, "light")[0])
