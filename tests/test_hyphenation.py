"""Kazakh hyphenation: the rules, the patterns made from them, the lines of the PDF, and the soft hyphens of pages and EPUBs."""

import itertools
import re

import lxml.html
import pyphen
import pytest
from conftest import ROOT
from judges import epub_documents, epub_package, epub_parts, html_page, pdf_pages

from basylym.cli import main
from basylym.languages import language
from basylym.render import soft_hyphens
from basylym.render.layout import load_engine
from basylym.typography import hyphenation
from basylym.typography.compare import compare
from basylym.typography.divided_words import divide, measure, read_divided_words
from basylym.typography.hyphenation import WORD, Dictionary, _read_patterns, break_points, is_abbreviation, pattern_file
from basylym.typography.patterns import kazakh_patterns, read_pattern, write_patterns

FOLDER = ROOT / "tests/hyphenation"
LISTS = {name: (FOLDER / f"{name}.txt").read_text("utf-8") for name in ("examples", "kazakh")}
KNOWN = {tag: language(tag).abbreviations for tag in ("kk", "ru", "en")}
SOFT = "\u00ad"


def by_rules(word: str) -> list[int]:
    """The rules, applied to each part of what may be a compound."""
    return [piece.start() + point for piece in WORD.finditer(word) for point in break_points(piece[0], abbreviations=KNOWN["kk"])]


@pytest.fixture(scope="module")
def patterns():
    return Dictionary(pattern_file("kk"), KNOWN["kk"], apart=True).positions


# --- rules ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("divided", [divide(*pair) for pair in read_divided_words(LISTS["examples"])])
def test_the_examples_of_the_rules(divided):
    word = divided.replace("-", "").replace("=", "-")
    assert divide(word, by_rules(word)) == divided


@pytest.mark.parametrize("name, least", [("examples", 50), ("kazakh", 400)])
@pytest.mark.parametrize("kind", ["rules", "patterns"])
def test_precision_and_recall(patterns, kind, name, least):
    found = measure(read_divided_words(LISTS[name]), by_rules if kind == "rules" else patterns)
    assert found.words > least
    assert found.precision >= 0.98 and found.recall >= 0.98, found.differing


@pytest.mark.parametrize("divided", [
    "са-уу", "са-уу-шы", "жуу", "жуу-шы", "ком-пью-тер", "пре-мьер", "ба-та-льон", "эксп-ресс", "монстр-лар", "взъе-ро-шить",
    "KOICAнын", "Facebookтегі", "ҚазҰУдың", "ЮНЕСКОның", "ЮНЕСКО=ға", "ХХІІІ", "XVIII", "ЕАЭО", "МЕМ-ЛЕ-КЕТ", "6=ға",
    "көп=көрім", "2030=жыл", "а\u0301тамекен", "ауа", "у", "ъ", "ь", ""])
def test_words_that_the_lists_leave_out(divided):
    divided = divided.replace("көп=көрім", "көп=кө-рім")
    word = divided.replace("-", "").replace("=", "-")
    assert divide(word, by_rules(word)) == divided


def test_no_break_leaves_or_carries_less_than_a_syllable(patterns):
    for letters in itertools.product("аубй", repeat=6):
        word = "".join(letters)
        if re.match("[бй]{4}", word):  # no word begins so
            continue
        for point in {*by_rules(word), *map(int, patterns(word))}:
            assert 2 <= point <= len(word) - 2
            assert all(re.search("[ау]", part) for part in (word[:point], word[point:]))


@pytest.mark.parametrize("word, known, expected", [
    ("ҚазҰУ", (), True), ("БҰҰ", (), True), ("ЮНЕСКО", (), False), ("ЮНЕСКО", ("ЮНЕСКО",), True), ("Қазақстан", (), False),
    ("БІЛІМ", (), False), ("ХХІІІ", (), True), ("қазақ", ("қазақ",), False)])
def test_abbreviations(word, known, expected):
    assert is_abbreviation(word, known) is expected


def test_figures_fall_when_breaks_are_wrong():
    words = read_divided_words("мек-теп\nала-қан # a remark\n\n# another\nата=ана\n")
    assert [word for word, _ in words] == ["мектеп", "алақан", "ата-ана"]
    found = measure(words, {"мектеп": [3], "алақан": [2], "ата-ана": []}.get)
    assert (found.precision, found.recall, found.exact, found.words) == (0.5, 0.5, 2, 3)
    assert found.differing == [("ала-қан", "ал-ақан")]


# --- patterns -------------------------------------------------------------------------------------------------------
def test_the_pattern_files_are_as_written(capsys):
    for form, name in (("hunspell", "hyph_kk.dic"), ("tex", "hyph-kk.tex")):
        assert main(["hyphenation", "kk", "--form", form]) == 0
        written = capsys.readouterr().out
        assert (ROOT / "basylym/typography/patterns" / name).read_text("utf-8") == written == write_patterns("kk", form, KNOWN["kk"])


def read_patterns(form: str) -> list[str]:
    """The patterns of a form, its head left out."""
    written = write_patterns("kk", form, KNOWN["kk"])
    found = re.search(r"\\patterns\{(.*?)\}" if form == "tex" else r"COMPOUNDRIGHTHYPHENMIN 2\n(.*)", written, re.S)[1].split()
    assert len(found) > 2000
    assert len({re.sub(r"\d", "", pattern) for pattern in found}) == len(found), "two patterns with the same letters: one is lost"
    return found


def test_tex_finds_the_same_breaks(tmp_path, patterns):
    tex = read_patterns("tex")
    assert set(kazakh_patterns()) <= set(tex) and ".ю8н8е8с8к8о." in tex
    (tmp_path / "tex.dic").write_text("UTF-8\n" + "\n".join(tex) + "\n", "utf-8")
    plain = pyphen.HyphDict(tmp_path / "tex.dic")
    for word, _ in read_divided_words(LISTS["kazakh"]):
        if word.islower() and "-" not in word:
            assert [point for point in plain.positions(word) if 2 <= point <= len(word) - 2] == patterns(word), word


def test_hunspell_finds_the_same_breaks_though_it_looks_at_the_longest_pattern_alone(patterns):
    """As its library does: one pattern at each letter, the longest that is known or begun there."""
    values = dict(map(read_pattern, read_patterns("hunspell")))
    assert read_pattern("3ба") == ("ба", [3, 0, 0]) and read_pattern(".бв4") == (".бв", [0, 0, 0, 4])
    begun = {letters[:end] for letters in values for end in range(1, len(letters) + 1)}
    for word, _ in read_divided_words(LISTS["kazakh"]):
        if word.islower() and "-" not in word:
            framed = f".{word}."
            highest = [0] * (len(framed) + 1)
            for end in range(1, len(framed) + 1):
                state = next((framed[start:end] for start in range(end) if framed[start:end] in begun), "")
                for place, digit in enumerate(values.get(state, ()), end - len(state)):
                    highest[place] = max(highest[place], digit)
            assert [place - 1 for place in range(3, len(word)) if highest[place] % 2] == patterns(word), word


def test_patterns_and_rules_agree_on_the_articles_and_the_lists(patterns):
    articles = [path.read_text("utf-8") for path in (ROOT / "source").glob("*/*/article.md")]
    words = {match[0] for text in articles for match in re.finditer(r"[\w-]+", text)}
    words |= {word for text in LISTS.values() for word, _ in read_divided_words(text)}
    assert len(articles) == 2 and len(words) > 3000
    for word in words:
        assert [*map(int, patterns(word))] == by_rules(word), word


def test_patterns_and_rules_agree_on_words_made_of_all_syllables(patterns):
    """Vowels, у, consonants and signs in every order that a word may have them; a break falls by their kinds alone."""
    strange = re.compile(r"[ьъ][ьъ]|(?:^|[ау])[ьъ]|ууу|ъ(?:[кт]|$)|^[кт][ьъ]?[ктьъ]{2}")
    made = 0
    for length in range(1, 8):
        for letters in itertools.product("ауктьъ", repeat=length):
            word = "".join(letters)
            if not strange.search(word):
                made += 1
                assert [*map(int, patterns(word))] == by_rules(word), word
    assert made > 20000


def test_pyphen_loads_the_dictionary():
    """As any program would that knows nothing of us; a dictionary sees no capitals, so abbreviations of its own are left out."""
    plain = pyphen.Pyphen(filename=pattern_file("kk"))
    for word, _ in read_divided_words(LISTS["kazakh"]):
        if "-" not in word and (word.islower() or word.istitle() or word == "ЮНЕСКО"):
            assert plain.positions(word) == by_rules(word), word
    assert plain.inserted("қазақстандықтардың") == "қа-зақс-тан-дық-тар-дың"


def test_the_layout_breaks_by_the_patterns():
    load_engine()
    assert pyphen.LANGUAGES["kk"] == pattern_file("kk") and pyphen.LANGUAGES["kk"].is_file()
    kazakh = pyphen.Pyphen(lang="kk")
    assert kazakh.inserted("қарым-қатынас", "|") == "қа|рым-қа|ты|нас"
    assert kazakh.inserted("ҚазҰУ-дағылар", "|") == "ҚазҰУ-да|ғы|лар"
    russian = pyphen.Pyphen(lang="ru")
    assert russian.inserted("ЮНЕСКО", "|") == "ЮНЕСКО" and russian.inserted("переносов", "|") == "пе|ре|но|сов"


# --- the command ----------------------------------------------------------------------------------------------------
def test_the_command_measures_and_the_page_says_what_it_prints(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert main(["hyphenation", "kk", "--measure", "tests/hyphenation/examples.txt", "tests/hyphenation/kazakh.txt"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("precision") == 7 and "TeX" in printed
    assert printed in (ROOT / "docs/hyphenation.md").read_text("utf-8")


def test_the_command_knows_every_language_with_rules(capsys):
    assert main(["hyphenation", *hyphenation.RULES]) == 0 and len(hyphenation.RULES) == 1
    with pytest.raises(SystemExit):
        main(["hyphenation", "ru"])


def test_the_command_names_the_words_that_differ(capsys, tmp_path):
    (tmp_path / "list.txt").write_text("мект-еп\n", "utf-8")
    assert main(["hyphenation", "kk", "--measure", str(tmp_path / "list.txt")]) == 0
    assert "мект-еп → мек-теп" in capsys.readouterr().out
    assert main(["hyphenation", "kk", "--measure", str(tmp_path / "none.txt")]) == 2


# --- the lines of the PDF -------------------------------------------------------------------------------------------
def words_of(page) -> dict[str, set[str]]:
    """The words of a web page and the languages that they stand in."""
    found = {}

    def collect(text: str | None, tag: str) -> None:
        for match in re.finditer(r"[^\W\d_]+", (text or "").replace(SOFT, "")):
            found.setdefault(match[0], set()).add(tag)

    def walk(element, tag: str) -> None:
        tag = element.get("lang") or tag
        if element.tag not in ("script", "style"):
            collect(element.text, tag)
            for child in element:
                if isinstance(child.tag, str):
                    walk(child, tag)
                collect(child.tail, tag)

    walk(page, page.get("lang"))
    return found


@pytest.mark.parametrize("tag", ["kk", "ru", "en"])
def test_patterns_read_one_by_one_break_words_as_pyphen_does(tag):
    words = set(re.findall(r"[^\W\d_]+", (ROOT / "source" / "2026-1" / "assembly" / "article.md").read_text("utf-8")))
    words |= {"associate", "Reformation", "подъезд", "объявление", "бе", "я", "ABC", "co", ""}
    path = pattern_file("kk") if tag == "kk" else pyphen.LANGUAGES[language(tag).hyphenation]
    theirs, ours = pyphen.HyphDict(path), _read_patterns(path)
    assert not isinstance(ours, pyphen.HyphDict)
    assert {word: ours.positions(word) for word in words} == {word: theirs.positions(word) for word in words}


def test_a_worker_forgets_words_that_it_has_broken(monkeypatch):
    monkeypatch.setattr(hyphenation, "MOST", 10)
    patterns = hyphenation._Patterns("UTF-8\nа1б\n")
    broken = [patterns.positions(f"а{'б' * number}") for number in range(1, 25)]
    assert len(patterns._known) <= 10 and all(map(list.__len__, broken))
    assert patterns.positions("аб") == broken[0]


def test_a_dictionary_that_changes_letters_is_left_to_pyphen():
    """Hungarian: asz-szony out of «asszony»."""
    assert isinstance(_read_patterns(pyphen.LANGUAGES["hu_HU"]), pyphen.HyphDict)


def allowed(word: str, point: int, tag: str) -> bool:
    """Whether a language's rules, or its dictionary, break a word there."""
    if is_abbreviation(word, KNOWN.get(tag, ())):
        return False
    if tag == "kk":
        return point in break_points(word, 2, 3, KNOWN["kk"])
    dictionary = pyphen.HyphDict(pyphen.LANGUAGES[language(tag).hyphenation])
    return point in dictionary.positions(word) and 2 <= point <= len(word) - 3


@pytest.mark.parametrize("name, languages", [("assembly", {"kk", "ru", "en"}), ("single-source", {"kk", "ru", "en"})])
def test_no_line_ends_in_a_forbidden_break(sample, name, languages):
    file = sample / "2026-1" / name / f"{name}.pdf"
    words = words_of(html_page(file.with_suffix(".html")))
    text = "\n".join(pdf_pages(file)).replace("\r", "")
    broken = re.findall(r"([^\W\d_]+)\u2011[ \t]*\n\s*([^\W\d_]*)", text)
    assert len(broken) > 40 and len(re.findall(r"\u2011[ \t]*\n", text)) == len(broken), "a line ends in a hyphen that breaks no word"
    seen = set()
    for left, right in broken:
        # beside a cell of a table the next line may be of another cell
        whole = [left + right] if left + right in words else [word for word in words if word.startswith(left) and word != left]
        fitting = [tag for word in whole for tag in words[word] if len(word) >= 6 and allowed(word, len(left), tag)]
        assert fitting, f"{left}-{right}: {whole}"
        seen.update(fitting)
    assert seen == languages


@pytest.mark.parametrize("name", ["assembly", "single-source"])
def test_no_line_tears_what_belongs_together(sample, name):
    """Numbers and their units or endings, initials and surnames, № and abbreviations."""
    units = {unit for tag in ("kk", "ru", "en") for unit in language(tag).spacing.units if unit.isalpha()} | {"%", "°C"}
    lines = [line.strip() for text in pdf_pages(sample / "2026-1" / name / f"{name}.pdf") for line in text.replace("\r", "").split("\n")]
    assert len(lines) > 200
    torn = [(first, second) for first, second in zip(lines, lines[1:], strict=False)
            if re.search(r"(?:№|§)$", first)
            or re.search(r"(?:^|[\s«(])(?:\d+|\w|[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{2,})[-–]$", first) and second[:1].isalnum()
            or re.search(r"(?:^|[\s(])\d[\d\s,]*$", first) and re.split(r"[\s.,;)]", second)[0] in units
            or re.search(r"(?:^|[\s.])[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.$", first) and second[:1].isupper()]
    assert not torn


# --- soft hyphens ---------------------------------------------------------------------------------------------------
def texts(root, tag: str, names: tuple[str, ...] = ()):
    """Every text below an element: its language, the names and classes of the elements round it, itself."""
    if not isinstance(root.tag, str):
        return
    tag = root.get("lang") or tag
    names = (*names, root.tag.rpartition("}")[2], *(f".{name}" for name in (root.get("class") or "").split()))
    yield tag, names, root.text or ""
    for child in root:
        yield from texts(child, tag, names)
        yield tag, names, child.tail or ""


def documents(path) -> list:
    return epub_documents(path) if path.suffix == ".epub" else [html_page(path)]


@pytest.mark.parametrize("ending", [".html", ".epub"])
def test_soft_hyphens_stand_in_kazakh_text_alone(sample, ending):
    for file in sorted(sample.glob(f"*/*/*{ending}")):
        with_some = [(tag, names) for document in documents(file) for tag, names, text in texts(document, "") if SOFT in text]
        assert with_some, file.name
        assert {tag for tag, _ in with_some} == {"kk"}
        forbidden = {"h1", "h2", "h3", "h4", "h5", "h6", "title", "a", "td", "th", "code", "pre", "math", "figcaption", "caption",
                     ".references", ".authors", ".affiliation", ".masthead", ".codes", "script", "style", "head"}
        assert not [names for _, names in with_some if forbidden & set(names)], file.name
        for document in documents(file):
            assert not [value for each in document.iter() if isinstance(each.tag, str) for value in each.attrib.values() if SOFT in value]


@pytest.mark.parametrize("ending", [".html", ".epub"])
def test_every_long_word_of_kazakh_running_text_has_its_soft_hyphens(assembly, ending):
    """And each stands where the rules say."""
    seen = 0
    for document in documents(assembly.with_suffix(ending)):
        for tag, names, text in texts(document, ""):
            if tag == "kk" and "p" in names and ".body" in names and "a" not in names:
                for word in re.findall(rf"(?<=[\s(«])(?:[^\W\d_]|{SOFT})+(?=[\s).,:;»])", text):  # whole in one text
                    bare = word.replace(SOFT, "")
                    points = break_points(bare, 2, 3, KNOWN["kk"]) if len(bare) >= 6 else []
                    assert divide(bare, points) == word.replace(SOFT, "-")
                    seen += bool(points)
    assert seen > 1000


def test_the_rest_of_an_epub_has_no_soft_hyphens(sample):
    for file in sample.glob("*/*/*.epub"):
        parts = epub_parts(file)
        folder, _ = epub_package(parts)
        texts_ = {name: data for name, data in parts.items() if name.endswith((".xhtml", ".opf", ".ncx", ".css", ".xml"))}
        assert len(texts_) >= 6 and [name for name, data in texts_.items() if SOFT.encode() in data] == [f"{folder}article.xhtml"]


def test_a_page_is_the_same_but_for_the_soft_hyphens(journal, monkeypatch):
    journal.overlay({"text": "Қазақстандықтардың **қоғам**дық *келісімі* [қатынастарымыз](https://қазақстан.example/мекемелер), "
                             "https://қазақстандықтар.example және `қазақстандықтар`.\n\n[Қазақстандықтардың]{lang=ru}\n"})
    assert journal.run("build", "--format", "html") in (0, 1)
    page = journal.output(".html").read_text("utf-8")
    assert "Қа\u00adзақс\u00adтан\u00adдық\u00adтар\u00adдың <strong>қо\u00adғам</strong>\u00adдық" in page
    assert ">қатынастарымыз</a>" in page and "<code>қазақстандықтар</code>" in page and "қазақстандықтар.example" in page
    assert '<span lang="ru">Қазақстандықтардың</span>' in re.sub(r' xml:lang="ru"', "", page)
    monkeypatch.setattr(soft_hyphens, "lacking", lambda view: {})
    assert journal.run("build", "--format", "html", "--force") in (0, 1)  # no cache knows of this change
    assert journal.output(".html").read_text("utf-8") == page.replace(SOFT, "")


@pytest.mark.judge
def test_copied_text_has_no_soft_hyphens_and_is_found(assembly, chromium):
    path = assembly.with_suffix(".html")
    context = chromium.new_context(bypass_csp=True, locale="kk")  # the page shows a reader the front matter of one language
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(path.as_uri())
    copied = page.evaluate("""() => [...document.querySelectorAll('.body p, .abstract p')].map((paragraph) => {
        const data = new DataTransfer()
        getSelection().selectAllChildren(paragraph)
        document.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}))
        return [paragraph.textContent, data.getData('text/plain'), data.getData('text/html')]
    })""")
    assert page.evaluate("getSelection().removeAllRanges(), window.find('қазақстандық')")
    softened = [texts_ for texts_ in copied if SOFT in texts_[0]]
    assert len(softened) > 20
    for shown, plain, marked in softened:
        assert SOFT not in plain + marked and compare(shown, plain)
        assert compare(shown, "".join(lxml.html.fragment_fromstring(marked, create_parent=True).itertext()))
    assert not [texts_ for texts_ in copied if SOFT not in texts_[0] and texts_[1]], "the browser's own copying was disturbed"
