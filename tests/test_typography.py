"""Hyphenation by the rules, and when two texts are equal."""

from pathlib import Path

import pytest

from basylym.typography.compare import compare, fold
from basylym.typography.hyphenation import break_points

WORDS = """ала-қан ор-на-лас-ты-ру мек-теп рес-пуб-ли-ка-мыз-да ата ана әке ақыл атом отын эмаль аю қия сия ауа ар-мия ою-лы
да-уыс са-уат жа-уап та-уар да-йын-дық құ-йын қа-йың ке-йін бу-ын су-ық қи-ын ки-ім ти-ын ту-ын-ды про-ект ро-яль
құ-мырс-қа күң-гірт-теу жаң-ғырт-ты төрт жалт пункт взвод ро-лін-де съез-дің объ-ект оқу-шы ҚР БҰҰ ҚазҰУ""".split()


@pytest.mark.parametrize("broken", WORDS)
def test_kazakh_breaks(broken):
    word = broken.replace("-", "")
    points, parts = break_points(word), []
    for start, end in zip([0, *points], [*points, len(word)], strict=True):
        parts.append(word[start:end])
    assert "-".join(parts) == broken


def test_equal_texts():
    assert compare("қоғам\u2011\n   дық «сөз» – бұл…", 'қоғамдық "сөз" - бұл...')
    assert compare("са\u00adуат", "сауат") and compare("и\u0306", "й")
    assert not compare("қазақ", "казак") and not compare("60–тан", "60 – тан")
    assert fold(" a\u00a0\n b ") == "a b"


def test_letters_without_a_glyph_are_told_by_line_and_by_entry(journal):
    """A Chinese reference is one finding at its entry, not one a letter at the article's first line."""
    journal.overlay({"text": "Мәтін [@example; @second] α ∈ β.\n", "references": [
        {"id": "example", "type": "book", "title": "The β-test", "author": [{"family": "Wang", "given": "W."}], "issued": 2020,
         "publisher": "Example", "publisher-place": "Beijing", "language": "en"},
        {"id": "second", "type": "book", "title": "中文信息", "author": [{"family": "Wang", "given": "W."}], "issued": 2020,
         "publisher": "Example", "publisher-place": "Beijing", "language": "en"}]})
    found = [finding for finding in journal.findings() if finding.id == "TYP-001"]
    assert [each.found for each in found] == [
        "∈ (U+2208, ELEMENT OF)", "中 (U+4E2D), 文 (U+6587), 信 (U+4FE1), 息 (U+606F) (entry second)"]
    assert [Path(each.place.path).name for each in found] == ["article.md", "references.yaml"]
    entry = journal.article / "references.yaml"
    assert "second" in "".join(entry.read_text("utf-8").splitlines()[found[1].place.line - 1:][:8])
