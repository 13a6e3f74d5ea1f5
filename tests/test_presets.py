"""Every shipped preset is whole, and each limit it publishes lets an article at the limit through and stops the next one.

`python tests/test_presets.py` writes their table into docs/rules.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from conftest import ROOT  # noqa: E402

from basylym.check import checks  # noqa: E402
from basylym.fields import FrontMatter, Journal, Preset  # noqa: E402
from basylym.identifiers import is_orcid  # noqa: E402
from basylym.languages import language  # noqa: E402
from basylym.model import Places  # noqa: E402
from basylym.project import Project  # noqa: E402
from basylym.read import read_preset  # noqa: E402
from basylym.read.front_matter import validate  # noqa: E402
from basylym.read.yaml import read_yaml  # noqa: E402
from basylym.rules import Limit, Rules  # noqa: E402

FILES = sorted((ROOT / "presets").glob("*.yaml"))
PRESETS = {path.stem: read_preset(path)[0] for path in FILES}
PAGE = ROOT / "docs" / "rules.md"
BEGIN, END = "<!-- presets -->\n", "<!-- /presets -->"
LIMITS = {"abstract_words": "FM-033", "keywords": "FM-034", "title_words": "FM-035", "text_words": "FM-042", "authors": "FM-055",
          "references": "REF-006"}
"""The limits, and the checks that hold articles to them."""


# --- articles at a limit --------------------------------------------------------------------------------------------
TAGS = ("kk", "ru", "en")
SENTENCES = {
    "kk": ["Мақалада ауыл мектептерінің кітапханалары зерттелді.",
           "Зерттеудің мақсаты балалардың оқу дағдысын сипаттау және оның отбасы дәстүрімен байланысын көрсету болды.",
           "Деректер сауалнама мен әңгімелесу арқылы жиналды.",
           "Жауаптар салыстырылып, олардың арасындағы айырмашылық түсіндірілді.",
           "Кітапханасы бай мектептің оқушылары көбірек оқитыны және оқығанын жақсырақ айтып беретіні анықталды.",
           "Ата-анасы кітап оқитын бала да кітапқа жақын болады.",
           "Мұғалімнің кеңесі бұл байланысты күшейтеді, бірақ оның орнын баса алмайды.",
           "Нәтижелер кітапхана қорын жоспарлауға көмектеседі.",
           "Қорытындыда ауыл мектебіне арналған ұсыныстар берілді және келесі зерттеулердің бағыты көрсетілді."],
    "ru": ["В статье исследованы библиотеки сельских школ.",
           "Цель исследования состояла в том, чтобы описать навыки чтения у детей и показать их связь с традициями семьи.",
           "Данные собраны с помощью анкет и бесед.",
           "Ответы сопоставлены между собой, а различия между ними объяснены.",
           "Установлено, что ученики школ с богатой библиотекой читают больше и лучше пересказывают прочитанное.",
           "Ребёнок, чьи родители читают книги, тоже тянется к книге.",
           "Совет учителя усиливает эту связь, но заменить её не может.",
           "Результаты помогут планировать фонды библиотек.",
           "В заключение даны рекомендации для сельской школы и намечено направление дальнейших исследований."],
    "en": ["The article studies the libraries of village schools.",
           "The aim of the research was to describe the reading habits of children and to show their connection with family traditions.",
           "The data were collected through questionnaires and conversations.",
           "The answers were compared with each other, and the differences between them were explained.",
           "It was established that pupils of schools with richer libraries read more and retell better what they have read.",
           "A child whose parents read books is also drawn towards reading.",
           "The advice of a teacher strengthens this connection but cannot replace it.",
           "The results help with planning the collections of libraries.",
           "In conclusion recommendations are given for the village school, and a direction for further research is outlined."],
}
TITLES = {"kk": "Ауыл мектебі кітапханасының балалардың оқу дағдысына және олардың отбасындағы дәстүрге ықпалы туралы зерттеу",
          "ru": "Влияние библиотеки сельской школы на навыки чтения у детей, традиции семьи и развитие образования",
          "en": "How the libraries of village schools shape reading habits of children and traditions of families today"}
KEYWORDS = {"kk": ["мектеп", "кітапхана", "оқу", "ауыл", "бала", "отбасы", "дәстүр", "мұғалім", "дағды", "сауалнама", "кітап",
                   "білім", "қор", "оқушы", "нәтиже", "ұсыныс", "тіл", "әңгіме"],
            "ru": ["школа", "библиотека", "чтение", "село", "ребёнок", "семья", "традиция", "учитель", "навык", "анкета", "книга",
                   "образование", "фонд", "ученик", "результат", "рекомендация", "язык", "беседа"],
            "en": ["school", "library", "reading", "village", "child", "family", "tradition", "teacher", "habit", "questionnaire", "book",
                   "education", "collection", "pupil", "result", "recommendation", "language", "conversation"]}
NAMES = [("Үлгі", "Улги", "Ulgi"), ("Мысалов", "Мысалов", "Mysalov"), ("Омаров", "Омаров", "Omarov"), ("Асанов", "Асанов", "Asanov"),
         ("Сериков", "Сериков", "Serikov"), ("Маратов", "Маратов", "Maratov")]
GIVEN = {"kk": "Автор", "ru": "Автор", "en": "Avtor"}
ORGANISATION = {"id": "one", "name": {"kk": "Үлгі университеті", "ru": "Образцовый университет", "en": "Specimen University"},
                "city": {"kk": "Алматы", "ru": "Алматы", "en": "Almaty"},
                "country": {"kk": "Қазақстан", "ru": "Казахстан", "en": "Kazakhstan"}}
STATEMENTS = {
    "funding": [{"funder": {"kk": "Үлгі қоры", "ru": "Фонд Улги", "en": "Ulgi Foundation"}}],
    "conflict_of_interest": {"kk": "Мүдделер қақтығысы жоқ.", "ru": "Конфликта интересов нет.", "en": "There is no conflict of interest."},
    "contributions": {"kk": "Авторлар жұмысты бірге жазды.", "ru": "Авторы написали работу вместе.",
                      "en": "The authors wrote the work together."},
    "acknowledgements": {"kk": "Авторлар кітапханашыларға алғыс айтады.", "ru": "Авторы благодарят библиотекарей.",
                         "en": "The authors thank the librarians."},
}
CODES = {"udc": "027.8", "irsti": "13.31.00", "doi": "10.5555/specimen", "edn": "ABCDEF"}


def words(tag: str, count: int) -> str:
    """Sentences of so many words, the last one cut there."""
    chosen = list(islice(cycle(word for sentence in SENTENCES[tag] for word in sentence.split()), count))
    return " ".join([*chosen[:-1], chosen[-1].rstrip(".,") + "."])


def orcid(number: int) -> str:
    """A number that has an ORCID's form and check digit."""
    stem = f"0000-0002-{number + 1000:04}-000"
    return next(stem + last for last in "0123456789X" if is_orcid(stem + last))


def authors(count: int) -> list[dict]:
    return [{"name": {tag: {"family": family, "given": GIVEN[tag]} for tag, family in zip(TAGS, NAMES[number], strict=True)},
             "affiliations": "one", "orcid": orcid(number), "email": f"author{number}@journal.example",
             "degree": {"kk": "магистр", "ru": "магистр", "en": "Master"},
             "position": {"kk": "оқытушы", "ru": "преподаватель", "en": "lecturer"},
             **({"corresponding": "yes"} if number == 0 else {})} for number in range(count)]


def sources(count: int) -> list[dict]:
    return [{"id": f"source{number}", "type": "book", "language": "kk", "author": [{"family": "Үлгі", "given": "Автор"}],
             "title": f"Мысал кітап, {number}-бөлім", "publisher": "Үлгі", "publisher-place": "Алматы", "issued": str(1990 + number)}
            for number in range(count)]


def text(roles: list[str], count: int, keys: list[str]) -> str:
    """Every part under its heading, so many words in all, headings and the mark of one source among them; every source is cited."""
    headings = [language("kk").sections[role][0].capitalize() for role in roles] or ["Кіріспе"]
    count -= len(" ".join(headings).split()) + 1
    parts = [words("kk", count // len(headings) + (number < count % len(headings))) for number in range(len(headings))]
    marks = "; ".join(f"@{key}" for key in keys)
    parts[0] = f"{parts[0].removesuffix('.')} [{marks}]."
    return "".join(f"# {heading}\n\n{_paragraphs(part)}\n\n" for heading, part in zip(headings, parts, strict=True))


def _paragraphs(part: str) -> str:
    """A part in paragraphs of some hundred words: no limit on one of them is met."""
    said = part.split()
    return "\n\n".join(" ".join(said[at:at + 300]) for at in range(0, len(said), 300))


def article(name: str, side: str, **other: object) -> dict:
    """An overlay that makes the article just fit a preset: everything at its `least`, or at its `most`; `other` numbers, codes,
    sections and statements take the place of the fitting ones, and the last author or the organisation goes without a key."""
    preset = PRESETS[name]
    rules = preset.rules

    def number(limit: str, usual: int) -> int:
        found: Limit = getattr(rules, limit)
        bounds = (found.least, found.most) if side == "least" else (found.most, found.least)
        return other.get(limit, next((bound for bound in bounds if bound is not None), usual))

    codes = other.get("codes", preset.codes or Journal().codes)
    keys = [f"source{index}" for index in range(number("references", 1))]
    front = {
        "title": {tag: title(tag, number("title_words", 7)) for tag in TAGS},
        "abstract": {tag: words(tag, number("abstract_words", 150)) for tag in TAGS},
        "keywords": {tag: KEYWORDS[tag][:number("keywords", 5)] for tag in TAGS},
        "authors": authors(number("authors", 1)),
        "references": sources(len(keys)), "text": text(other.get("sections", list(rules.sections)), number("text_words", 60), keys),
        "journal": {"preset": name}}
    front |= {code: CODES[code] if code in codes else None for code in CODES}
    front |= {statement: STATEMENTS[statement] for statement in other.get("statements", rules.statements)}
    front["authors"][-1].pop(other.get("without"), None)
    if "affiliation" in other:
        front["affiliations"] = [{key: value for key, value in ORGANISATION.items() if key != other["affiliation"]}]
    return front


def title(tag: str, count: int) -> str:
    return " ".join(TITLES[tag].split()[:count]).rstrip(",")


def breaches() -> Iterator[pytest.ParameterSet]:
    """Every way to miss a preset's rules by one: the preset, the check, the side to stand at otherwise, what to change."""
    for name, preset in PRESETS.items():
        said = preset.rules.model_fields_set

        def case(what: str, check: str, changes: dict, side: str = "least", name: str = name):
            return pytest.param(name, check, side, changes, id=f"{name}-{what}")

        for field, check in LIMITS.items():
            limit: Limit = getattr(preset.rules, field)
            if field in said and limit.least:
                yield case(f"{field}-too-few", check, {field: limit.least - 1})
            if field in said and limit.most is not None:
                yield case(f"{field}-too-many", check, {field: limit.most + 1}, "most")
        for role in preset.rules.sections:
            yield case(f"no-{role}", "FM-041", {"sections": [each for each in preset.rules.sections if each != role]})
        for key in preset.rules.author_fields:
            yield case(f"no-{key}", "FM-054", {"without": key, "authors": 2})
        for key in preset.rules.affiliation_fields if "affiliation_fields" in said else ():
            yield case(f"no-{key}", "FM-017", {"affiliation": key})
        for statement in preset.rules.statements:
            yield case(f"no-{statement}", "FM-059", {"statements": [each for each in preset.rules.statements if each != statement]})
        for code in preset.codes or ():
            yield case(f"no-{code}", "FM-006", {"codes": [each for each in preset.codes if each != code]})


@pytest.mark.parametrize("side", ["least", "most"])
@pytest.mark.parametrize("name", PRESETS)
def test_an_article_at_the_limits_gives_no_finding(name, side, journal):
    assert [str(finding) for finding in journal.overlay(article(name, side)).findings()] == []


@pytest.mark.parametrize(("name", "check", "side", "changes"), list(breaches()))
def test_an_article_one_beyond_a_limit_gives_just_that_finding(name, check, side, changes, journal):
    assert set(journal.overlay(article(name, side, **changes)).ids()) == {check}


@pytest.mark.parametrize("name", [name for name, preset in PRESETS.items() if "corresponding_author" in preset.rules.model_fields_set])
def test_a_journal_with_a_corresponding_author_wants_one(name, journal):
    front = article(name, "least")
    for author in front["authors"]:
        author.pop("corresponding", None)
    assert journal.overlay(front).ids() == ["FM-049"]


def test_results_and_discussion_may_share_a_heading(journal):
    front = article("kaznu-psychology-sociology", "least")
    front["text"] = front["text"].replace("# Талқылау\n\n", "").replace("# Нәтижелер\n", "# Нәтижелер және талқылау\n")
    assert front["text"].count("# ") == 5 and journal.overlay(front).ids() == []


@pytest.mark.parametrize("tag", TAGS)
def test_the_words_that_articles_are_made_of_are_enough_and_plain(tag):
    assert len(set(KEYWORDS[tag])) == 18 and len(TITLES[tag].split()) >= 13
    assert not re.search(r"\d|[A-ZА-ЯӘҒҚҢӨҰҮҺІ]{2}", " ".join([*SENTENCES[tag], TITLES[tag]]))
    for count in (80, 99, 300):
        assert len(words(tag, count).split()) == count and words(tag, count).endswith(".")


# --- the files ------------------------------------------------------------------------------------------------------
def test_there_are_presets_for_many_journals():
    assert len(FILES) >= 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_preset_is_whole(path):
    preset, problems = read_preset(path)
    assert problems == []
    assert preset.title and preset.source.strip() and re.search(r"\w\.\w", preset.source) and len(preset.says.split()) > 5
    assert date(2026, 1, 1) <= preset.read
    assert preset.rules != Rules() or preset.codes
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../docs/schema/preset.json\n")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_s_limits_have_their_sides_in_order(name):
    for field in LIMITS:
        limit = getattr(PRESETS[name].rules, field)
        assert limit.least is None or limit.most is None or limit.least <= limit.most, field


def test_the_journal_s_own_word_counts_before_the_preset_s(tmp_path):
    journal, _, problems = read_journal_from(tmp_path, "preset: karaganda-history\nrules: {keywords: {least: 5}}\ncodes: [udc, doi]\n")
    assert problems == [] and journal.codes == ["udc", "doi"]
    assert journal.rules.keywords == Limit(least=5)
    assert journal.rules.abstract_words == Limit(least=180, most=200)


def test_a_preset_of_one_s_own_takes_the_place_of_a_shipped_one(tmp_path):
    (tmp_path / "presets").mkdir()
    (tmp_path / "presets" / "saryn.yaml").write_text(
        "title: {kk: Біздікі}\nsource: journal.example\nread: 2026-11-22\nsays: Ours.\nrules: {keywords: {most: 4}}\n", "utf-8")
    journal, _, problems = read_journal_from(tmp_path, "preset: saryn\n")
    assert problems == [] and journal.rules.keywords == Limit(most=4) and journal.rules.title_words == Limit()


@pytest.mark.parametrize("head", ["", "title: Ours\nread: soon\n", "- no keys\n"])
def test_a_preset_of_one_s_own_without_its_head_is_told_of(head, tmp_path):
    (tmp_path / "presets").mkdir()
    (tmp_path / "presets" / "ours.yaml").write_text(head, "utf-8")
    journal, _, problems = read_journal_from(tmp_path, "preset: ours\n")
    assert journal.rules == Rules() and all(problem.place.path == "presets/ours.yaml" for problem in problems)


def test_a_preset_that_is_not_there_is_told_of(tmp_path):
    _, _, problems = read_journal_from(tmp_path, "preset: sarin\n")
    assert [problem.kind for problem in problems] == ["unknown_choice"] and "saryn" in problems[0].expected


def read_journal_from(folder: Path, lines: str) -> tuple:
    (folder / "source").mkdir()
    (folder / "source" / "journal.yaml").write_text(lines, "utf-8")
    return Project(folder).journal


# --- docs/rules.md --------------------------------------------------------------------------------------------------
def table() -> str:
    """The presets as docs/rules.md shows them."""
    lines = ["| preset | whose | abstract, words | keywords | title, words | text, words | sources | authors | codes | also asked | read |",
             "|---|---|---|---|---|---|---|---|---|---|---|", row("", "*the default*", Rules(), Rules.model_fields, Journal().codes, "")]
    for name, preset in PRESETS.items():
        source = preset.source if ":" in preset.source or " " in preset.source else f"https://{preset.source}"
        whose = preset.title.get("en") or next(iter(preset.title.values()))
        whose = f"[{whose}]({source})" if source.startswith("https:") else f"{whose} ({source})"
        lines.append(row(f"`{name}`", whose, preset.rules, preset.rules.model_fields_set, preset.codes or (), preset.read.isoformat(),
                         after=preset.other_languages == "after-references"))
    return "\n".join(lines) + "\n"


def row(name: str, whose: str, rules: Rules, said: object, codes: object, read: str, after: bool = False) -> str:
    limits = [spell(getattr(rules, field)) if field in said else "" for field in
              ("abstract_words", "keywords", "title_words", "text_words", "references", "authors")]
    usual = Rules()
    also = [f"{label} {', '.join(getattr(rules, field)).replace('_', ' ')}" for field, label in ALSO.items()
            if getattr(rules, field) and (not name or getattr(rules, field) != getattr(usual, field))]
    also += ["one corresponding author"] * (not name) + ["the other languages after the references"] * after
    return f"| {' | '.join([name, whose, *limits, ', '.join(codes), '; '.join(also), read])} |".replace("  ", " ")


ALSO = {"author_fields": "authors:", "affiliation_fields": "organisations:", "sections": "headings:", "statements": "statements:"}


def spell(limit: Limit) -> str:
    if limit.least is None or limit.most is None:
        return f"≥ {limit.least}" if limit.least is not None else f"≤ {limit.most}" if limit.most is not None else ""
    return f"{limit.least}–{limit.most}"


def with_table(page: str) -> str:
    head, _, rest = page.partition(BEGIN)
    return head + BEGIN + table() + END + rest.partition(END)[2]


def test_the_page_has_the_table_of_the_presets():
    page = PAGE.read_text("utf-8")
    assert page == with_table(page), "run: python tests/test_presets.py"


EXAMPLES = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
MODELS = {"source/journal.yaml": Journal, "article.md": FrontMatter, "presets/ours.yaml": Preset}


def test_every_example_says_which_file_it_is_of():
    assert len(EXAMPLES) == PAGE.read_text("utf-8").count("```yaml\n") >= 6
    assert {name for name, _ in EXAMPLES} == {*MODELS, ".pre-commit-config.yaml", ".github/workflows/check.yml"}


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_is_right(name, example, tmp_path):
    data, _, problems = read_yaml(example, name)
    assert problems == [] and data
    if name in MODELS:
        assert validate(MODELS[name], data, Places(name))[1] == []
        assert data.get("preset") in (None, "ours", *PRESETS)
        assert {*data.get("checks", ()), *(each["check"] for each in data.get("allow", ()))} <= set(checks())
    elif name == ".pre-commit-config.yaml":
        hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
        assert [hook["id"] for hook in data["repos"][0]["hooks"]] == [hook["id"] for hook in hooks]
    else:
        inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
        assert set(data["jobs"]["check"]["steps"][1]["with"]) <= set(inputs)


def test_every_input_of_the_action_stands_in_the_page():
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    assert all(f"| `{name}` |" in PAGE.read_text("utf-8") for name in inputs)


def test_every_rule_stands_in_the_page():
    assert all(any(f"{name}:" in example for _, example in EXAMPLES) for name in Rules.model_fields)


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")
