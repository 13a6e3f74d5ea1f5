"""Import, the whole way: the real text gives the article that stands in source/, an article exported to Word comes back, the command."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

from basylym.cli import main
from basylym.intake.losses import find_losses
from basylym.intake.markdown import read_markdown
from basylym.intake.read_document import read_document
from basylym.intake.tidying import words_of
from basylym.intake.understand import understand
from basylym.intake.write import make_files
from basylym.read.front_matter import split_front_matter
from basylym.read.manuscript import DIALECT

MANUSCRIPT = ROOT / "tests/manuscripts/assembly-of-people.txt"
ASSEMBLY = ROOT / "source/2026-1/assembly/article.md"
SINGLE = ROOT / "source/2026-1/single-source"
JOINED = "Қазақстан Республикасы Тұңғыш Президентінің Қазақстан халқы Ассамблеясының ХІІ сессиясында Үкіметке"
"""The one paragraph whose beginning no one can tell in a text with a blank line after every line: the line above it is as good as full."""
KEYS = {"constitution": "source-1", "doctrine": "source-3", "abai": "source-4", "session-13": "source-5"}
"""The keys that an editor chose, and those that are made where the text prints no list."""


def imported(path: Path) -> tuple[Any, dict[str, bytes]]:
    """What a file was understood to be, and the files made of it, nothing lost."""
    understood = understand(read_document(path))
    files, left_out = make_files(understood)
    assert find_losses(understood, files, left_out)[0] == []
    return understood, files


# --- the real text --------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def assembly() -> tuple[Any, dict[str, bytes]]:
    return imported(MANUSCRIPT)


def test_the_front_matter_of_the_real_text_is_that_of_the_article(assembly):
    """Word for word but for what an editor added: the working title. Comments are an editor's too."""
    theirs = yaml.safe_load(split_front_matter(ASSEMBLY.read_text("utf-8"))[0])
    ours = yaml.safe_load(split_front_matter(assembly[1]["article.md"].decode())[0])
    assert theirs.pop("working_title")
    assert ours == theirs


def test_the_text_of_the_real_text_is_that_of_the_article(assembly):
    """Line for line but for the keys of citations and one paragraph's beginning."""
    theirs = split_front_matter(ASSEMBLY.read_text("utf-8"))[1]
    for chosen, made in KEYS.items():
        theirs = theirs.replace(f"[@{chosen},", f"[@{made},")
    ours = split_front_matter(assembly[1]["article.md"].decode())[1]
    differing = [line for line in theirs.strip().split("\n\n") if line not in ours.strip().split("\n\n")]
    assert all(JOINED in part or part.startswith("Қазақстан халқы Ассамблеясы – бүкіл") for part in differing), differing
    assert [line for line in ours.splitlines() if line] == [line for line in theirs.splitlines() if line]


def test_a_number_without_an_entry_gets_one_that_says_nothing(assembly):
    entries = yaml.safe_load(assembly[1]["references.yaml"])["references"]
    assert [each["id"] for each in entries] == [f"source-{number}" for number in range(1, 8)]
    assert all(set(each) <= {"id", "type", "language", "note"} for each in entries)


# --- there and back --------------------------------------------------------------------------------------------------------
def pandoc(*options: str, text: str = "") -> str:
    import pypandoc

    program = Path(pypandoc.__file__).parent / "files" / "pandoc"
    return subprocess.run([program, *options], input=text, capture_output=True, text=True, check=True).stdout


def walk(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "t" in value:
            yield value
        for each in value.values():
            yield from walk(each)
    elif isinstance(value, list):
        for each in value:
            yield from walk(each)


def plain(text: str) -> str:
    """The article's text as an author would type it: no labels, figures and tables called by their numbers."""
    numbers: Counter[str] = Counter()
    for kind, key in re.findall(r"\{#(fig|tbl|eq|lst|sec):([\w-]+)", text):
        numbers[kind] += 1
        text = re.sub(rf"\[?-?@{kind}:{key}(?![\w-])(?:; @[\w:-]+)*\]?", str(numbers[kind]), text)
    text = re.sub(r"\{#(?:tbl|eq|sec):[\w-]+\}", "", text)
    return re.sub(r"#(?:fig|lst):[\w-]+ ?", "", text)


@pytest.fixture(scope="module")
def there_and_back(tmp_path_factory) -> tuple[list, list, Any, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("word")
    block, body, _ = split_front_matter((SINGLE / "article.md").read_text("utf-8"))
    body, front = plain(body), yaml.safe_load(block)
    names = [each["name"]["ru"] for each in front["authors"]]
    meta = {"title": front["title"]["ru"], "author": [f"{each['family']} {each['given']}" for each in names], "abstract-title": "Аннотация",
            "abstract": front["abstract"]["ru"], "reference-section-title": "Литература", "lang": "ru"}
    (folder / "meta.yaml").write_text(yaml.safe_dump(meta, allow_unicode=True), "utf-8")
    pandoc("-f", DIALECT, "-o", str(folder / "single-source.docx"), "--metadata-file", str(folder / "meta.yaml"), "--citeproc",
           "--bibliography", str(SINGLE / "references.yaml"), "--csl", str(ROOT / "styles/csl/gost-7.1-2003.csl"),
           "--resource-path", str(SINGLE), "--quiet", text=body)
    understood, files = imported(folder / "single-source.docx")
    return read_markdown(body), read_markdown(split_front_matter(files["article.md"].decode())[1]), understood, files


@pytest.mark.parametrize("kind", ["Math", "Note", "Superscript", "Subscript", "Emph", "CodeBlock", "DefinitionList", "BlockQuote"])
def test_what_word_can_hold_comes_back(there_and_back, kind):
    """As often as it was there, with the same words."""
    before, after = ([words_of([each]) for each in walk(nodes) if each["t"] == kind] for nodes in there_and_back[:2])
    bare = [re.sub(r"\[[^\[\]]*\]", "", each) for each in before], [re.sub(r"\[[^\[\]]*\]", "", each) for each in after]
    if kind == "Math":  # Word keeps what a formula says, and not how its TeX was typed
        assert len(before) == len(after)
    else:
        assert Counter(bare[0]) == Counter(bare[1]) and before


def test_headings_come_back_on_their_levels(there_and_back):
    before, after = ([(each["c"][0], words_of([each])) for each in walk(nodes) if each["t"] == "Header"] for nodes in there_and_back[:2])
    assert before == after


def test_lists_come_back_item_by_item(there_and_back):
    def items(nodes: list) -> list[str]:
        found = []
        for each in walk(nodes):
            if each["t"] in ("BulletList", "OrderedList"):
                items = each["c"] if each["t"] == "BulletList" else each["c"][1]
                found += [re.sub(r"\[[^\[\]]*\]", "", words_of(item)) for item in items]
        return found

    assert items(there_and_back[0]) == items(there_and_back[1])


def test_tables_come_back_cell_by_cell_with_their_captions(there_and_back):
    def tables(nodes: list) -> list:
        return [(words_of(each["c"][1][1]), [[(cell[2], cell[3], re.sub(r"[{}]", "", words_of(cell[4]))) for cell in row[1]] for row in
                 [*each["c"][3][1], *[row for part in each["c"][4] for row in (*part[2], *part[3])]]])
                for each in walk(nodes) if each["t"] == "Table"]

    before, after = tables(there_and_back[0]), tables(there_and_back[1])
    assert [re.sub(r" ?\{#tbl:\d+\}", "", caption) for caption, _ in after] == [caption for caption, _ in before]
    assert [rows for _, rows in after] == [rows for _, rows in before]


def test_pictures_come_back_with_their_captions(there_and_back):
    after = [each for each in walk(there_and_back[1]) if each["t"] == "Image"]
    assert len(after) == sum(each["t"] == "Image" for each in walk(there_and_back[0]))
    assert {each["c"][2][0] for each in after} == {name for name in there_and_back[3] if name.startswith("figures/")}


def test_every_citation_comes_back_with_its_place(there_and_back):
    def cited(nodes: list) -> list[tuple]:
        """The places in the works cited; a page by its number alone, as it is printed in Russian."""
        cites = [each["c"][0] for each in walk(nodes) if each["t"] == "Cite"]
        return [tuple(words_of(one["citationSuffix"]).strip(" ,").removeprefix("с. ") for one in each) for each in cites]

    assert cited(there_and_back[0]) == cited(there_and_back[1])


# --- the command -----------------------------------------------------------------------------------------------------------
def test_the_command_writes_a_manuscript_that_builds_at_once(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["import", str(MANUSCRIPT), "--to", "new"]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["article.md", "import-report.html", "references.yaml"]
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == ["new/article.md", "new/references.yaml", "new/import-report.html"] and said[3].endswith("words lost: 0")
    assert re.fullmatch(r"what `basylym check` finds in it: (?:(?:errors|warnings|notes): \d+(?:, |$))+", said[4]) and len(said) == 5
    assert main(["build", "new/article.md", "--format", "html"]) in (0, 1)
    assert [path.suffix for path in (tmp_path / "new/output").rglob("*.*")] == [".html"]


def test_nothing_is_ever_written_over(tmp_path, capsys):
    (tmp_path / "mine").write_text("mine", "utf-8")
    assert main(["import", str(MANUSCRIPT), "--to", str(tmp_path)]) == 2
    assert main(["import", str(MANUSCRIPT), "--to", str(tmp_path / "mine")]) == 2
    assert (tmp_path / "mine").read_text("utf-8") == "mine" and len(list(tmp_path.iterdir())) == 1
    assert "new or empty" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path, capsys):
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    assert main(["import", str(tmp_path / "broken.docx"), str(MANUSCRIPT), "--to", str(tmp_path / "to")]) == 1
    assert (tmp_path / "to/assembly-of-people/article.md").is_file() and not (tmp_path / "to/broken").exists()
    assert "broken.docx" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "broken.docx"), "--to", str(tmp_path / "again")]) == 2


def test_a_lone_manuscript_prints_all_languages_it_has_a_title_in(tmp_path, monkeypatch):
    """After the references: no journal says where else."""
    path = tmp_path / "sample.txt"
    parts = {"kk": ("Дала туралы үлгі мақала", "Аңдатпа", "Мақала дала туралы айтады.", "Түйін сөздер: дала, үлгі"),
             "ru": ("Образцовая статья о степи", "Аннотация", "Статья рассказывает о степи.", "Ключевые слова: степь, пример"),
             "en": ("A sample article about the steppe", "Abstract", "The article tells of the steppe.", "Keywords: steppe, sample")}
    path.write_text("\n\n".join(line for each in parts.values() for line in each)
                    + "\n\nКіріспе\n\nДала кең әрі биік, оны бәрі біледі.", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["import", str(path), "--to", str(tmp_path / "made")]) == 0
    main(["build", str(tmp_path / "made" / "article.md"), "--format", "html"])
    page = next((tmp_path / "made").rglob("output/**/*.html")).read_text("utf-8")
    page = re.sub("\u00ad", "", re.sub("[\u00a0\u202f]", " ", page))
    assert all(words in page for title, _, abstract, _ in parts.values() for words in (title, abstract))


def test_a_line_that_nobody_knows_is_asked_about_once(tmp_path):
    path = tmp_path / "sample.txt"
    path.write_text("Қандай да бір жол\n\nДала туралы үлгі мақала\n\nА.Б. Үлгі\n\nҮлгі университеті, Алматы, Қазақстан\n\n"
                    "Аңдатпа. Мақала дала туралы.\n\nКіріспе\n\nДала кең.", "utf-8")
    unknown = Counter(each.blocks for each in understand(read_document(path)).decisions if each.sure == "unknown")
    assert unknown and set(unknown.values()) == {1}
