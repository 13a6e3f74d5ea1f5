"""The real article: every word of it, as it came, in the source and in all three outputs."""

import re

import pytest
from conftest import ROOT
from judges import read_text

from basylym.read.front_matter import read_front_matter, split_front_matter
from basylym.typography.compare import fold, letters

MANUSCRIPT = (ROOT / "tests/manuscripts/assembly-of-people.txt").read_text("utf-8")
SOURCE = (ROOT / "source/2026-1/assembly/article.md").read_text("utf-8")
LABELS = {"kk": ("Аңдатпа", "Түйінді сөздер"), "ru": ("Аннотация", "Ключевые слова"), "en": ("Abstract", "Key words")}
"""The manuscript's own words for abstract and keywords; the templates print the journal's instead."""
ENDINGS = (".pdf", ".epub", ".html")
CITED = ["[1, 8]", "[2, 68–69]", "[3, 13]", "[2, 18]", "[4, 45]", "[2, 69]", "[2, 117]", "[5, 75]", "[2, 80]", "[2, 158]",
         "[6, 158]", "[7, 59]"]


def passages() -> dict[str, str]:
    """The manuscript's abstracts by language, and its two parts by their headings."""
    found = {}
    for tag, (abstract, keywords) in LABELS.items():
        found[tag] = re.search(rf"^\s*{abstract}\s*$(.+?)^\s*{keywords}:", MANUSCRIPT, re.M | re.S)[1]
    _, found["Кіріспе"], found["Қорытынды"] = re.split(r"^\s*(?:Кіріспе|Қорытынды)\s*$", MANUSCRIPT, flags=re.M)
    return found


def sentences(passage: str) -> list[str]:
    """Its sentences, and the clauses between semicolons and colons; the dashes of its list are left out."""
    return [words.removeprefix("– ") for words in re.split(r"(?<=[.?!:;])\s+", passage.strip())]


def exact(text: str) -> str:
    """A text letter for letter: quotes and dashes kept, words joined that a line's end broke, one space for white space."""
    return " ".join(re.sub(r"\u2011\s*\n\s*", "", text).split())


def test_the_source_holds_every_letter_of_the_manuscript_and_no_other():
    """Compared letter for letter, not by fold(): nothing may have been corrected."""
    block, body, _ = split_front_matter(SOURCE)
    front, _, problems = read_front_matter(block, "article.md", "kk")
    assert not problems
    numbers = {}
    body = re.sub(r"\[@([\w-]+), ", lambda match: f"[{numbers.setdefault(match[1], len(numbers) + 1)}, ", body)
    body = re.sub(r"^# ", "", body, flags=re.M)
    body = re.sub(r"^- ", "– ", body, flags=re.M)
    parts = [f"{LABELS[tag][0]} {front.abstract[tag]} {LABELS[tag][1]}: {', '.join(front.keywords[tag])}." for tag in LABELS]
    assert "".join("".join([*parts, body]).split()) == "".join(MANUSCRIPT.split())


def test_the_source_adds_no_metadata():
    block, _, _ = split_front_matter(SOURCE)
    front, _, _ = read_front_matter(block, "article.md", "kk")
    assert set(front.model_fields_set) == {"status", "language", "working_title", "bibliography", "abstract", "keywords"}
    assert front.status == "draft"


@pytest.mark.parametrize("name", ["kk", "ru", "en", "Кіріспе", "Қорытынды"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_every_sentence_stands_in_order_with_nothing_between(assembly, ending, name):
    text = letters(read_text(assembly.with_suffix(ending)))
    first, *rest = sentences(passages()[name])
    assert letters(first) in text
    at = text.index(letters(first)) + len(letters(first))
    for sentence in rest:
        found = text.find(letters(sentence), at)
        assert found >= 0, f"missing: {sentence}"
        # only the marks of the list may stand between; the PDF paints all five after it
        assert set(text[at:found]) <= {"-"}, f"before “{sentence}” stands {text[at:found][:80]}"
        at = found + len(letters(sentence))


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_parts_stand_in_order(assembly, ending):
    text = letters(read_text(assembly.with_suffix(ending)))
    starts = [text.find(letters(sentences(passage)[0])) for passage in passages().values()]
    assert -1 not in starts and starts == sorted(starts)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_keywords_stand_in_three_languages(assembly, ending):
    text = letters(read_text(assembly.with_suffix(ending)))
    for _, label in LABELS.values():
        words = re.search(rf"^{label}:(.+?)\.\s*$", MANUSCRIPT, re.M | re.S)[1]
        assert letters(words) in text


def test_the_manuscript_cites_twelve_times():
    assert re.findall(r"\[\d[^\]]*\]", " ".join(MANUSCRIPT.split())) == CITED


@pytest.mark.parametrize("ending", ENDINGS)
def test_citations_are_printed_with_their_pages(assembly, ending):
    assert re.findall(r"\[\d[^\]]*\]", exact(read_text(assembly.with_suffix(ending)))) == CITED


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_missing_is_visible(assembly, ending):
    text = fold(read_text(assembly.with_suffix(ending)))
    for words in ("[редакцияның жұмыс атауы]", "[авторлар көрсетілмеген]", "[авторлардың жұмыс орны көрсетілмеген]",
                  "ӘОЖ [көрсетілмеген]", "ХҒТАР [көрсетілмеген]", "DOI [берілмеген]", "Редакцияға түсті: [көрсетілмеген]",
                  "Жариялауға қабылданды: [көрсетілмеген]", "[атауы көрсетілмеген]", "[жылы көрсетілмеген]"):
        assert fold(words) in text, words
    assert "жоба" in text.lower()


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_article_without_front_matter_shows_all_that_is_missing(journal, ending):
    journal.overlay("{status: draft, title: null, authors: null, affiliations: null, abstract: null, keywords: null}")
    journal.run("build", "--format", ending[1:])
    text = fold(read_text(journal.output(ending)))
    for words in ("[мақала атауы көрсетілмеген]", "[название статьи не указано]", "[авторлар көрсетілмеген]", "[аңдатпа жоқ]",
                  "[түйінді сөздер жоқ]"):
        assert fold(words) in text, words


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_text_keeps_its_own_slips(assembly, ending):
    text = exact(read_text(assembly.with_suffix(ending)))
    assert "\u0425V\u0406 сессиясында" in text  # ХVІ: Cyrillic, Latin, Cyrillic
    assert "130 этникалық топтарының 60 – тан астамы" in text
    assert "адамдар қарым – қатынастарының" in text
    assert "Ассамблея народа Казахстаны" in text
    body = exact(passages()["Кіріспе"])
    start, end = text.index("ХХ ғасырдың соңы"), text.index("ЕҚЫҰ зерделеуде.")
    unclosed = body.count("«") - body.count("»")
    assert unclosed == 1 and text[start:end].count("«") - text[start:end].count("»") == unclosed
