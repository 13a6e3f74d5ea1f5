"""When two texts are equal, and letters that no font has."""

from pathlib import Path

from basylym.typography.compare import compare, fold


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
        "∈ (U+2208, ELEMENT OF)", "中 (U+4E2D, CJK UNIFIED IDEOGRAPH-4E2D), 文 (U+6587, CJK UNIFIED IDEOGRAPH-6587), "
        "信 (U+4FE1, CJK UNIFIED IDEOGRAPH-4FE1) and 1 more (entry second)"]
    assert [Path(each.place.path).name for each in found] == ["article.md", "references.yaml"]
    entry = journal.article / "references.yaml"
    assert "second" in "".join(entry.read_text("utf-8").splitlines()[found[1].place.line - 1:][:8])


def test_the_letters_of_journal_yaml_are_read_and_told_once(journal, capsys):
    names = {"kk": "«Үлгі» журналы", "ru": "Журнал «Улгі»", "en": "Specimen Jоurnal"}  # a Cyrillic о in the last
    journal.overlay({"journal": {"name": names}})
    assert [(finding.id, finding.found, finding.place.path) for finding in journal.findings()] == [
        ("TYP-002", "Jоurnal", "source/journal.yaml"), ("TYP-019", "Улгі", "source/journal.yaml")]
    journal.overlay({"second": "other", "issue": {"articles": [{"folder": "specimen", "first_page": 5}, {"folder": "other",
                                                                                                         "first_page": 9}]}})
    journal.run("check")
    said = capsys.readouterr().out
    assert said.count("TYP-019") == said.count("TYP-002") == 1


def test_a_name_left_in_its_own_language_is_right(journal):
    journal.overlay({"journal": {"founder": {"kk": "«Қазақ университеті» баспасы", "ru": "Издательство «Қазақ университеті»"}}})
    assert journal.findings() == []
