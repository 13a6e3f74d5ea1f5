"""The interface speaks Russian and Kazakh: every sentence translated, with its blanks, compiled, and chosen by the locale."""

import re
import string

import pytest
from conftest import ROOT

from basylym.check import checks
from basylym.locale.write_catalogue import find_messages, make_catalogue, read_catalogue, write_mo, write_po
from basylym.messages import LANGUAGES, LOCALE, Phrase, choose_language, say

TONGUES = LANGUAGES[1:]
MESSAGES = find_messages()


def blanks(text: str) -> list[str]:
    """The blanks of a sentence: {found}, and %(prog)s where it is argparse's."""
    if percents := re.findall(r"%\(\w+\)\w|%[sr]", text):
        return sorted(percents)
    try:
        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)
    except ValueError:  # a lone brace that the YAML parser speaks of; never filled in
        return re.findall(r"'[^']*'", text)


def test_every_sentence_of_every_check_is_found():
    for each in checks().values():
        assert {each.message, each.mend, each.summary, each.part("Why"), each.part("Source")} <= set(MESSAGES), each.id


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_sentence_is_translated(tongue):
    catalogue = read_catalogue(tongue)
    missing = [text for text in MESSAGES if not (catalogue.get(text) and catalogue.get(text).string)]
    assert not missing, f"{len(missing)} of {len(MESSAGES)}, the first: {missing[:3]}"


@pytest.mark.parametrize("tongue", TONGUES)
def test_blanks_are_kept(tongue):
    for entry in read_catalogue(tongue):
        if entry.id and entry.string:
            assert blanks(entry.string) == blanks(entry.id), f"{entry.id!r}: {entry.string!r}"
            assert entry.id[:1].isspace() == entry.string[:1].isspace() and entry.id[-1:].isspace() == entry.string[-1:].isspace()


@pytest.mark.parametrize("tongue", TONGUES)
def test_catalogues_are_as_written_and_compiled(tongue):
    folder = LOCALE / tongue / "LC_MESSAGES"
    made = make_catalogue(tongue)
    assert (folder / "basylym.po").read_bytes() == write_po(made), "run: python -m basylym.locale.write_catalogue"
    assert (folder / "basylym.mo").read_bytes() == write_mo(made), "run: python -m basylym.locale.write_catalogue"


@pytest.mark.parametrize("tongue, letters", [("ru", "[а-яё]"), ("kk", "[әғқңөұүһі]")])
def test_translations_are_in_their_language(tongue, letters):
    texts = {entry.id: entry.string for entry in read_catalogue(tongue) if entry.id and len(entry.id.split()) > 6}
    kazakh = re.compile("[әғқңөұүһ]")
    assert sum(bool(re.search(letters, text)) for text in texts.values()) > 0.95 * len(texts)
    assert not [text for id, text in texts.items() if tongue == "ru" and kazakh.search(text) and not kazakh.search(id)]


def test_phrases_among_the_blanks_are_translated_too():
    russian = say("expected: {expected}", "ru", expected=Phrase("a whole number"))
    assert "{" not in russian and "a whole number" not in russian


@pytest.mark.parametrize("environment, tongue", [
    ({"LANG": "kk_KZ.UTF-8"}, "kk"), ({"LANG": "ru_RU.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"), ({"LC_MESSAGES": "ru"}, "ru"), ({}, "en"),
    ({"LANG": "C.UTF-8"}, "en"), ({"LANG": "de_DE.UTF-8"}, "en")])
def test_the_locale_chooses(environment, tongue):
    assert choose_language(None, environment) == tongue
    assert choose_language("kk", environment) == "kk"


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_finding_is_told_in_every_language(tongue, journal):
    """A message of the real article, told whole: no blank left open, no English sentence left."""
    from basylym.check import run_checks
    from basylym.project import Project

    project = Project(ROOT)
    for target in project.targets:
        for finding in run_checks(project.edition(target), tongue):
            assert not re.search(r"\{\w*\}", finding.message + finding.mend)
            assert re.search("[а-яәғқңөұүһі]{3}", finding.message), finding
