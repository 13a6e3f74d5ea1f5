"""The guard over the trilingual front matter, on the sample journal: one slip in a real article gives one finding, on its line."""

from __future__ import annotations

import re
import shutil

import pytest
import yaml
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from basylym.check import checks, run_checks
from basylym.check.translations import _clear_likeness, _likeness
from basylym.project import Project
from basylym.typography.counting import count_words

CODES = ("doi", "irsti", "udc")
MISSING = ["FM-001"] * 3 + ["FM-002", "FM-003"] + ["FM-006"] * 3 + ["FM-007"] * 2
"""What the real article's text truly came without: titles, authors, affiliations, codes, dates."""


class Sample:
    """A copy of the sample journal, and one of its articles as text."""

    def __init__(self, folder, name):
        shutil.copytree(ROOT / "source", folder / "source")
        self.folder, self.name = folder, name
        self.path = folder / "source" / "2026-1" / name / "article.md"
        self.text = self.path.read_text("utf-8")

    def front(self) -> dict:
        """The front matter."""
        return yaml.safe_load(self.text.split("\n---\n")[0])

    def replace(self, old: str, new: str, count: int = 1) -> int:
        """Puts one thing in place of another; the line of the change."""
        assert old in self.text, old
        line = self.text[:self.text.index(old)].count("\n") + 1
        self.text = self.text.replace(old, new, count)
        return line

    def line_of(self, words: str, nth: int = 1) -> int:
        """The line on which words stand for the nth time."""
        return [number for number, line in enumerate(self.text.split("\n"), 1) if words in line][nth - 1]

    def block(self, field: str, tag: str) -> str:
        """A text of the front matter as it stands in the file, without its key."""
        start = self.text.index(f"\n{field}:\n")
        found = re.compile(rf"\n  {tag}:(.*?)(?=\n  \w+:|\n\w|\n---|\n\n)", re.S).search(self.text, start)
        return found[1]

    def findings(self, family: str = "FM"):
        """What the checks of a family say."""
        self.path.write_text(self.text, "utf-8")
        project = Project(self.folder)
        target = next(target for target in project.targets if target.slug == self.name)
        return [finding for finding in run_checks(project.edition(target)) if finding.id.startswith(family)]


@pytest.fixture
def assembly_source(tmp_path) -> Sample:
    """The real article."""
    return Sample(tmp_path, "assembly")


@pytest.fixture
def complete(tmp_path) -> Sample:
    """The complete article."""
    return Sample(tmp_path, "single-source")


def places(findings) -> list[tuple[str, int]]:
    return [(finding.id, finding.place.line) for finding in findings]


# --- the articles as they are ---------------------------------------------------------------------------------------
def test_the_real_article_lacks_what_it_lacks_and_is_accused_of_nothing_else(assembly_source):
    findings = assembly_source.findings()
    assert [finding.id for finding in findings] == MISSING
    assert {finding.severity for finding in findings} == {"warning"}
    assert {finding.expected for finding in findings if finding.id == "FM-006"} == set(CODES)


def test_published_it_would_be_errors(assembly_source):
    assembly_source.replace("status: draft", "status: published")
    findings = assembly_source.findings()
    assert [finding.id for finding in findings] == MISSING
    assert {finding.severity for finding in findings} == {"error"}


def test_the_real_abstracts_have_the_lengths_that_were_counted_by_hand(assembly_source):
    """149, 166 and 223 words stand between spaces (167 in Russian where the raw text breaks one); of each two or three are lone
    dashes or dots, which are none."""
    abstracts = assembly_source.front()["abstract"]
    assert {tag: len(text.split()) for tag, text in abstracts.items()} == {"kk": 149, "ru": 166, "en": 223}
    assert {tag: count_words(text) for tag, text in abstracts.items()} == {"kk": 146, "ru": 164, "en": 220}


def test_the_complete_article_is_clean(complete):
    assert complete.findings("") == []


# --- one slip, one finding ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["single-source", "assembly"])
def test_swapped_abstracts(tmp_path, name):
    sample = Sample(tmp_path, name)
    before = places(sample.findings())
    kk, ru = sample.block("abstract", "kk"), sample.block("abstract", "ru")
    sample.text = sample.text.replace(kk, "\0").replace(ru, kk).replace("\0", ru)
    (finding,) = [finding for finding in sample.findings() if (finding.id, finding.place.line) not in before]
    assert finding.id == "FM-019" and finding.place.line == sample.line_of("  kk: |") and finding.place.field == "abstract.kk"
    assert "Kazakh" in finding.message and "Russian" in finding.message


@pytest.mark.parametrize("tag, word", [("kk", "    - сөз тасымалы\n"), ("ru", "    - перенос слов\n"), ("en", "    - hyphenation\n")])
def test_a_dropped_keyword(complete, tag, word):
    complete.replace(word, "")
    (finding,) = complete.findings()
    start = complete.line_of("keywords:")
    assert finding.id == "FM-023" and finding.place.line == next(
        number for number, line in enumerate(complete.text.split("\n"), 1) if number > start and line == f"  {tag}:")
    assert (finding.found, finding.expected) == ("7", "8") and finding.place.field == f"keywords.{tag}"


@pytest.mark.parametrize("tag, number", [("kk", "130 этникалық топтарының"), ("ru", "из 130 этнических"), ("en", "the 130 ethnic")])
def test_another_number_in_one_language(assembly_source, tag, number):
    before = places(assembly_source.findings())
    line = assembly_source.replace(number, number.replace("130", "120"))
    (finding,) = [finding for finding in assembly_source.findings() if (finding.id, finding.place.line) not in before]
    assert (finding.id, finding.place.line) == ("FM-028", line) and finding.place.field == f"abstract.{tag}"
    assert (finding.found, finding.expected) == ("120", "130")
    row = assembly_source.text.split("\n")[line - 1]
    assert row[finding.place.column - 1:finding.place.column - 1 + finding.place.length] == "120"


def test_the_russian_title_in_the_english_field(complete):
    title = complete.front()["title"]
    line = complete.replace(title["en"], title["ru"])
    (finding,) = complete.findings()
    assert (finding.id, finding.place.line) == ("FM-020", line) and finding.place.field == "title.en"


def test_a_russian_title_of_its_own_in_the_english_field(complete):
    line = complete.replace(complete.front()["title"]["en"], "О том, как выпускать журнал на трёх языках")
    (finding,) = complete.findings()
    assert (finding.id, finding.place.line) == ("FM-018", line) and "Russian" in finding.message


def test_a_wrong_digit_of_an_orcid(complete):
    line = complete.replace("0000-0002-1825-0097", "0000-0002-1825-0091")
    (finding,) = complete.findings()
    assert (finding.id, finding.place.line) == ("FM-008", line)


def test_two_organisations_that_nobody_names(complete):
    complete.replace("affiliations:\n  - id: university", """affiliations:
  - id: academy
    name: {kk: Мысал академиясы, ru: Академия примеров, en: Academy of Examples}
    city: {kk: Алматы, ru: Алматы, en: Almaty}
    country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
  - id: library
    name: {kk: Мысал кітапханасы, ru: Библиотека примеров, en: Library of Examples}
    city: {kk: Алматы, ru: Алматы, en: Almaty}
    country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
  - id: university""")
    assert places(complete.findings()) == [("FM-052", complete.line_of("- id: academy")), ("FM-052", complete.line_of("- id: library"))]


SLIPS = [
    ("title: {kk}", "FM-039", "Үштілді ғылыми журнал бір бастапқы мәтіннен: құрастыру, тасымал және тілді анықтау",
     "ҮШТІЛДІ ҒЫЛЫМИ ЖУРНАЛ БІР БАСТАПҚЫ МӘТІННЕН: ҚҰРАСТЫРУ, ТАСЫМАЛ ЖӘНЕ ТІЛДІ АНЫҚТАУ"),
    ("a name with a Latin letter", "FM-022", "{family: Мысалов, given: Ерлан, patronymic: Улгиулы}",
     "{family: Мыcалов, given: Ерлан, patronymic: Улгиулы}"),
    ("another person's Latin name", "FM-031", "{family: Mysalov, given: Yerlan}", "{family: Serikov, given: Daniyar}"),
    ("an e-mail address", "FM-048", "mysalov@journal.example", "mysalov(at)journal.example"),
    ("a DOI of another journal", "FM-046", "doi: 10.5555/", "doi: 10.55555/"),
    ("a UDC number", "FM-043", '"004.91"', '"00491.3"'),
    ("an IRSTI number", "FM-044", '"20.23.17"', '"20-23-17"'),
    ("two dates", "FM-056", "accepted: 2026-11-23", "accepted: 2026-10-23"),
    ("a percentage", "FM-028", "точность 0,98 и полноту", "точность 0,89 и полноту"),
    ("a Latin abbreviation", "FM-029", "одан PDF, EPUB, HTML және JATS", "одан PDF, EPUB, HTML, XML және JATS"),
    ("a city of another alphabet", "FM-018", "city: {kk: Алматы, ru: Алматы, en: Almaty}", "city: {kk: Алматы, ru: Алматы, en: Алматы}"),
    ("a keyword in its neighbour's place", "FM-024", "    - библиографиялық сипаттама\n    - құжаттардың қолжетімділігі\n",
     "    - құжаттардың қолжетімділігі\n    - библиографиялық сипаттама\n"),
    ("a citation in the abstract", "FM-036", "и версии расходятся.", "и версии расходятся [3, 12]."),
]


@pytest.mark.parametrize("id, old, new", [pytest.param(id, old, new, id=name) for name, id, old, new in SLIPS])
def test_other_slips(complete, id, old, new):
    line = complete.replace(old, new)
    finding, *others = complete.findings()
    assert finding.id == id and not others
    assert line <= finding.place.line <= line + new.count("\n")


# --- what is equal though it looks different ------------------------------------------------------------------------
EQUAL = [("80\u00a0фрагментов", "80-ти фрагментов"), ("80\u00a0фрагментов", "80 – ти фрагментов"), ("0,57\u00a0секунды", "0.57 секунды"),
         ("80\u00a0fragments", "80th fragments"), ("68\u00a0words", "sixty-eight (68) words"), ("1.53\u00a0seconds", "1.530 seconds")]


@pytest.mark.parametrize("old, new", EQUAL, ids=str)
def test_numbers_that_are_equal(complete, old, new):
    complete.replace(old, new)
    assert complete.findings() == []


def test_undetermined_is_no_error(complete):
    """A title of loan words alone is spelt alike in Kazakh and Russian."""
    title = complete.front()["title"]
    complete.replace(title["kk"], "Конституция, этнос, доктрина")
    assert complete.findings() == []


# --- the frame ------------------------------------------------------------------------------------------------------
def test_there_are_enough_front_matter_checks():
    assert sum(id.startswith("FM-") for id in checks()) >= 45


def test_a_journal_raises_lowers_and_switches_off(journal):
    slip = {"title": {"kk": "Үлгі мақаланың тақырыбы.", "ru": "Название образцовой статьи", "en": "The title of a specimen article"}}
    for wanted, severities in ((None, ["warning"]), ("error", ["error"]), ("note", ["note"]), ("off", [])):
        changes = {**slip, "journal": {"checks": {"FM-040": wanted} if wanted else {}}}
        assert [finding.severity for finding in journal.overlay(changes).findings()] == severities


@pytest.mark.parametrize("wanted, draft, published", [(None, "warning", "error"), ("error", "warning", "error"), ("note", "note", "note"),
                                                      ("warning", "warning", "warning")])
def test_a_check_that_is_milder_in_drafts_stays_so(journal, wanted, draft, published):
    changes = {"udc": None, "journal": {"checks": {"FM-006": wanted} if wanted else {}}}
    journal.overlay(changes)
    assert [finding.severity for finding in journal.findings()] == [published]
    assert [finding.severity for finding in journal.overlay({"status": "draft"}).findings()] == [draft]


def test_what_stops_a_build_can_neither_be_switched_off_nor_allowed(journal):
    journal.overlay({"text": "Мәтін [@example] және 🐫.\n", "journal": {"checks": {"TYP-001": "off"}},
                     "allow": [{"check": "TYP-001", "because": "a camel"}]})
    assert journal.ids() == ["SRC-021", "TYP-001", "SRC-021"]
    assert journal.run("build", "--format", "html") == 1 and not journal.output(".html").exists()


def test_an_allowance_needs_a_reason(journal):
    journal.overlay({"doi": "5555/example", "allow": [{"check": "FM-009"}]})
    assert sorted(journal.ids()) == ["FM-009", "SRC-005"]
    journal.overlay({"allow": [{"check": "FM-009", "because": " "}]})
    assert sorted(journal.ids()) == ["FM-009", "SRC-004"]


def test_an_allowance_covers_its_place_alone(journal):
    title = {"kk": "Үлгі мақаланың тақырыбы.", "ru": "Название образцовой статьи.", "en": "The title of a specimen article"}
    journal.overlay({"title": title, "allow": [{"check": "fm-040", "where": "title.kk", "because": "a sentence"}]})
    assert [(finding.id, finding.place.field) for finding in journal.findings()] == [("FM-040", "title.ru")]


def test_a_preset_lies_under_the_journal_s_own_words(journal):
    (journal.folder / "presets").mkdir()
    (journal.folder / "presets/strict.yaml").write_text(
        "title: {en: Strict}\nsource: an example\nread: 2026-11-22\nsays: an example\ncodes: [udc]\n"
        "rules: {abstract_words: {least: 200, most: 250}, keywords: {least: 3, most: 4}}\n", "utf-8")
    journal.overlay({"irsti": None, "doi": None, "journal": {"preset": "strict"}})
    assert journal.ids() == ["FM-033"] * 3
    journal.overlay({"journal": {"preset": "strict", "rules": {"abstract_words": {"least": 10}}}})
    assert journal.ids() == []
    journal.overlay({"journal": {"preset": "strickt", "rules": {"abstract_words": {"least": 10}}}})
    assert journal.ids() == ["FM-006", "FM-006", "SRC-018"]


@settings(max_examples=400, deadline=None)
@given(st.text("абвgh", max_size=50), st.lists(st.tuples(st.integers(0, 50), st.text("абвxy", max_size=2)), max_size=8))
def test_words_that_are_clearly_alike_are_told_without_comparing_the_rest(one, changes):
    other = one
    for at, letters in changes:
        other = other[:at] + letters + other[at + 1:]
    usual = _likeness(one, other)
    assert _clear_likeness(one, other) == (usual if usual > 0.7 else 0)
