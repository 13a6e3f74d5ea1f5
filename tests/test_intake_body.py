"""Import, the text: headings, captions, lists, equations, what is tidied away, sentences, YAML, losses; made-up paragraphs."""

from __future__ import annotations

import pytest
import yaml

from basylym.intake.body import understand_body
from basylym.intake.captions import plain_number, read_caption
from basylym.intake.document import Block, Document, LeftOut, Look, Node
from basylym.intake.losses import find_losses
from basylym.intake.markdown import escape, keep_line, read_markdown, write_markdown
from basylym.intake.nodes import walk
from basylym.intake.report import name_part, write_report
from basylym.intake.sentences import into_lines
from basylym.intake.tidying import finish, para, strings, tidy, words_of
from basylym.intake.understood import Decision, Front, References, Understood
from basylym.intake.write import choose_folders, make_files
from basylym.intake.yaml_text import write_yaml
from basylym.read.yaml import read_yaml

LONG = "Құдықтар туралы бұл ұзын сөйлем мәтіннің өзінен алынғандай, тек мысал үшін жазылған және ештеңе айтпайды. " * 3


def block(number: int, what: str | Node, **look) -> Block:
    node = para(strings(what)) if isinstance(what, str) else what
    kind = {"Table": "table", "Figure": "figure", "BulletList": "list", "OrderedList": "list"}.get(node["t"], "paragraph")
    return Block(number, kind, node, words_of(node, notes=False), Look(**look))


def document(*blocks: Block, **more) -> Document:
    return Document("made-up.docx", "docx", blocks, **more)


def body(*blocks: Block, language: str = "kk", taken: frozenset[int] = frozenset()):
    return understand_body(document(*blocks), taken, frozenset(), language)


def written(*blocks: Block, language: str = "kk") -> str:
    return write_markdown(body(*blocks, language=language).nodes, language)


def image(name: str = "media/image1.png", alt: str = "") -> Node:
    return para([{"t": "Image", "c": [["", [], []], strings(alt), [name, ""]]}])


TABLE = read_markdown("| Құдық | Тереңдігі |\n|---|---|\n| Солтүстік | 31 |\n")[0]


# --- headings -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "look", "sure"), [
    ("Кіріспе", {}, "certain"), ("ВВЕДЕНИЕ", {}, "certain"), ("1. Introduction", {}, "certain"),
    ("Wells of the valley", {"level": 2, "style": "heading 2"}, "certain"),
    ("Құдықтардың тарихы", {"bold": 1.0}, "likely"), ("ИСТОРИЯ КОЛОДЦЕВ", {"caps": 1.0}, "likely"),
    ("2.1 Колодцы долины", {}, "likely"), ("Wells of the valley", {"italic": 1.0}, "likely")])
def test_a_heading_is_known_by_style_words_or_look(text, look, sure):
    found = body(block(1, LONG), block(2, text, **look), block(3, LONG))
    assert found.nodes[1]["t"] == "Header" and words_of(found.nodes[1]) == text
    assert [each.sure for each in found.decisions if each.part == "heading"] == [sure]


@pytest.mark.parametrize(("text", "look"), [
    ("Ол қысқа сөйлем айтты.", {}), ("Құдықтар,", {"bold": 1.0}), ("1-кесте – Құдықтар", {"bold": 1.0}), ("31", {"bold": 1.0})])
def test_a_short_line_is_not_always_a_heading(text, look):
    assert all(node["t"] == "Para" for node in body(block(1, LONG), block(2, text, **look), block(3, LONG)).nodes)


@pytest.mark.parametrize("text", ["Источник: составлено авторами", "Дереккөз: автор құрастырған", "Source: compiled by the authors"])
def test_whose_data_a_table_has_is_no_heading(text):
    found = body(block(1, LONG), block(2, TABLE), block(3, text, align="center", italic=1.0), block(4, LONG))
    assert [node["t"] for node in found.nodes] == ["Para", "Table", "Para", "Para"]


def test_levels_follow_numbers_and_looks_and_skip_none():
    bold = {"bold": 1.0}
    found = body(block(1, "1 Кіріспе", **bold), block(2, LONG), block(3, "2 Құдықтар", **bold), block(4, "2.1 Солтүстік", **bold),
                 block(5, LONG), block(6, "2.1.1 Алғашқы", **bold), block(7, LONG), block(8, "Қорытынды", **bold), block(9, LONG))
    assert [node["c"][0] for node in found.nodes if node["t"] == "Header"] == [1, 1, 2, 3, 1]


def test_a_heading_in_the_line_of_its_paragraph_is_parted_from_it():
    inlines = [{"t": "Strong", "c": strings("Введение.")}, {"t": "Space"}, *strings("Колодцы были сосчитаны.")]
    found = body(block(1, para(inlines)), language="ru")
    assert [node["t"] for node in found.nodes] == ["Header", "Para"]
    assert words_of(found.nodes[0]) == "Введение" and words_of(found.nodes[1]) == "Колодцы были сосчитаны."
    assert [each.why for each in found.left_out] == ["heading_stop"]


def test_among_front_matter_a_bold_line_is_no_heading():
    blocks = [block(1, "Мысал институты", bold=1.0), block(2, "Аңдатпа"), block(3, "Кіріспе"), block(4, LONG)]
    found = body(*blocks, taken=frozenset([2]))
    assert found.nodes[0]["t"] == "Para"
    assert found.decisions[0].sure == "unknown"


# --- captions -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "kind", "number", "head"), [
    ("1-кесте – Құдықтар", "tables", "1", "1-кесте –"), ("Кесте 2. Құдықтар", "tables", "2", "Кесте 2."),
    ("Таблица 1 – Колодцы", "tables", "1", "Таблица 1 –"), ("Таблица № 3 Колодцы", "tables", "3", "Таблица № 3"),
    ("Table 1. Wells", "tables", "1", "Table 1."), ("Рис. 2. Колодцы", "figures", "2", "Рис. 2."),
    ("2-сурет. Құдықтар", "figures", "2", "2-сурет."), ("Fig. 2.1: Wells", "figures", "2.1", "Fig. 2.1:"),
    ("Тaблица 1 – Колодцы", "tables", "1", "Тaблица 1 –")])  # the second letter is Latin
def test_captions_are_known_in_three_languages(text, kind, number, head):
    found = read_caption(text)
    assert (found.kind, found.number, found.head) == (kind, number, head)


@pytest.mark.parametrize("text", ["1-кестеде құдықтар берілген.", "Таблица 1 показывает колодцы.", "Tables turn.", "Кестелер жоқ", ""])
def test_a_sentence_about_a_table_is_no_caption(text):
    assert read_caption(text) is None


def test_a_caption_gives_its_table_a_label_and_its_number_comes_by_itself():
    found = body(block(1, "Таблица 1", align="right"), block(2, "Колодцы долины"), block(3, TABLE), block(4, LONG), language="ru")
    text = write_markdown(found.nodes, "ru")
    assert ": Колодцы долины {#tbl:1}" in text and "Таблица 1" not in text
    assert [each.text for each in found.left_out] == ["Таблица 1"]


def test_a_caption_whose_number_is_another_stays_as_typed():
    text = written(block(1, "Таблица 2.1 – Колодцы"), block(2, TABLE), language="ru")
    assert "Таблица 2.1 – Колодцы\n" in text and "{#tbl" not in text


def test_figures_have_their_captions_below_and_what_a_person_says_of_them():
    text = written(block(1, image(alt="Үш құдық")), block(2, "1-сурет. Аңғардың құдықтары"), block(3, image("b.png", "Picture 2")),
                   block(4, LONG))
    assert '![Аңғардың құдықтары](media/image1.png){#fig:1 alt="Үш құдық"}' in text
    assert "![](b.png)" in text and "Picture 2" not in text


def test_a_formula_with_its_number_gets_a_label():
    formula = {"t": "Math", "c": [{"t": "InlineMath"}, "E=mc^2"]}
    text = written(block(1, para([formula, *strings(", (1)")])), block(2, para([formula, *strings(" (7)")])))
    assert text == "$$E=mc^2,$$ {#eq:1}\n\n$$E=mc^2 \\qquad (7)$$\n"


# --- lists, paragraphs --------------------------------------------------------------------------------------------------
def test_a_list_typed_by_hand_becomes_one():
    found = body(block(1, "Ұстанымдар мынадай:"), block(2, "– бірлік;"), block(3, "– теңдік."), block(4, "1) судың мөлшері;"),
                 block(5, "2) құдықтың тереңдігі."))
    assert [node["t"] for node in found.nodes] == ["Para", "BulletList", "OrderedList"]
    assert [each.text for each in found.left_out] == ["–", "–", "1)", "2)"]


def test_a_conversation_is_no_list():
    assert all(node["t"] == "Para" for node in body(block(1, "Ол келді."), block(2, "– Сен кімсің?"), block(3, "– Мен көршімін.")).nodes)


def test_a_passage_in_another_language_is_marked():
    russian = "Это длинное предложение написано по-русски и стоит в казахском тексте, потому что его только цитируют."
    assert '::: {lang="ru"}' in written(block(1, LONG), block(2, russian))


def test_formatting_that_means_nothing_goes_and_the_other_stays():
    span = {"t": "Span", "c": [["_Toc1", ["anchor"], []], strings("құдық")]}
    inlines = [{"t": "Strong", "c": strings("Қос ")}, {"t": "Strong", "c": strings("құдық")}, {"t": "Space"}, {"t": "Space"},
               {"t": "Underline", "c": strings("және")}, {"t": "Space"}, span, {"t": "Str", "c": "\ttab\u00adbed"},
               {"t": "Subscript", "c": strings("2")}, {"t": "LineBreak"}]
    assert write_markdown([para(tidy(inlines))], "kk") == "**Қос құдық** және құдық tabbed~2~\n"


@pytest.mark.parametrize(("text", "tag", "lines"), [
    ("Бірінші сөйлем. Екінші!", "kk", ["Бірінші сөйлем.", "Екінші!"]), ("Так сказал А. С. Примеров. «Да», – был ответ.", "ru",
     ["Так сказал А. С. Примеров.", "«Да», – был ответ."]), ("Ол 1995 ж. Алматыда туған.", "kk", ["Ол 1995 ж. Алматыда туған."]),
    ("It was 78. Then it grew.", "en", ["It was 78.", "Then it grew."]), ("1. Бұл тармақ.", "kk", ["1. Бұл тармақ."])])
def test_a_sentence_stands_in_a_line(text, tag, lines):
    assert into_lines(text, tag) == lines


# --- files --------------------------------------------------------------------------------------------------------------
HARD = {"a": "no", "b": "323.10", "c": "12:30", "d": "a: b # c", "e": "«Үлгі» университеті", "f": ["- x", "", "1e3", "~", "it's “so”"],
        "g": {"family": "O'Neil, Jr.", "given": "[A]"}, "h": "first\nsecond", "i": " blank ", "j": "line\u2028end", "k": "{x}", "l": "@y",
        "m": [{"id": "one", "issued": {"date-parts": [[2020, 5]]}}], "n": "a\n b", "o": "x\\y\"z"}


def test_yaml_comes_back_as_it_was():
    read = yaml.safe_load(write_yaml(HARD))
    assert read == {**HARD, "h": "first\nsecond\n", "j": "lineend"}  # a block ends its last line
    assert read_yaml(write_yaml(HARD), "x")[2] == []


def test_signs_of_a_field_stand_for_themselves():
    text = "a*b*c [1] $x$ H~2~O <b> me@journal.example `c` \\d"
    assert words_of(read_markdown(escape(text))) == text


def understood(*blocks: Block, left: tuple[LeftOut, ...] = (), **more) -> Understood:
    found = body(*blocks)
    return Understood(document(*blocks, **more), Front({"language": "kk"}), References(()), tuple(found.nodes), tuple(found.decisions),
                      (*left, *found.left_out))


def test_nothing_is_lost_and_what_is_lost_is_told():
    note = {"t": "Note", "c": [para(strings("Ескертпедегі сөз."))]}
    whole = understood(block(1, "Кіріспе"), block(2, para([*strings("Құдық *қырық* [1] 5_6"), note])), block(3, TABLE))
    files, left_out = make_files(whole)
    assert find_losses(whole, files, left_out)[0] == []
    files["article.md"] = files["article.md"].replace("Солтүстік".encode(), b"")
    assert [(each.block, each.words) for each in find_losses(whole, files, left_out)[0]] == [(3, "Солтүстік")]


def test_pictures_get_names_of_ours_and_one_that_no_text_shows_is_told():
    png = b"\x89PNG\r\n\x1a\nnot really"
    files, left_out = make_files(understood(block(1, image("../../etc/passwd")), block(2, "1-сурет. Құдық"),
                                            pictures={"../../etc/passwd": png, "logo.png": png}))
    assert files["figures/figure-1.png"] == png and "passwd" not in files["article.md"].decode()
    assert [each.text for each in left_out] == ["logo.png"]


def test_folders_are_named_after_files_and_never_twice(tmp_path):
    from pathlib import Path

    files = [Path("a/Мақала (1).docx"), Path("b/Мақала (1).docx"), Path("c/....docx")]
    assert [each.name for each in choose_folders(files, None, tmp_path)] == ["Мақала-1", "Мақала-1-2", "article"]
    assert choose_folders(files[:1], tmp_path / "x", tmp_path) == [tmp_path / "x"]


def test_the_report_is_safe_and_names_every_block():
    whole = understood(block(1, "<script>alert(1)</script> \u202eabc"), block(2, LONG))
    page = write_report(whole, [], [LeftOut("12", "page_number", "3-бет")], [], "kk")
    assert "<script>" not in page and "\u202e" not in page
    assert 'id="block-1"' in page and 'href="#file"' in page and "3-бет" in page


def test_parts_have_names_for_people():
    assert name_part("authors.0.name.ru", "en") == "author 1, name (ru)"
    assert name_part("dates.received", "en") == "date, received"


def test_decisions_of_the_body_stand_by_their_blocks():
    found = body(block(1, "Кіріспе"), block(2, LONG))
    assert [(each.blocks, each.part) for each in found.decisions] == [((1,), "heading"), ((2,), "paragraph")]
    assert all(isinstance(each, Decision) for each in found.decisions) and len(found.origins) == len(found.nodes)


def test_words_over_the_columns_are_heads_though_the_file_does_not_say_so():
    bare = read_markdown("|   |   |\n|---|---|\n| Құдық | Тереңдігі |\n| Солтүстік | 31 |\n")[0]
    assert not bare["c"][3][1] or not words_of(bare["c"][3][1])
    found = body(block(1, bare))
    assert words_of([cell[4] for row in found.nodes[0]["c"][3][1] for cell in row[1]]) == "Құдық Тереңдігі"
    assert [each.sure for each in found.decisions] == ["likely"]


def test_a_raised_citation_stands_a_blank_away_from_its_word():
    cite = {"t": "Cite", "c": [[{"citationId": "a", "citationPrefix": [], "citationSuffix": [], "citationMode": {"t": "NormalCitation"},
                                 "citationNoteNum": 0, "citationHash": 0}], strings("1")]}
    inlines = [*strings("water"), cite, *strings("."), {"t": "Span", "c": [["", [], []], strings("x")]}]
    assert write_markdown(finish([para(inlines)]), "en") == "water [@a].x\n"


def test_a_caption_that_the_file_itself_gives_loses_its_typed_number():
    figure = {"t": "Figure", "c": [["", [], []], [None, [para(strings("Fig. 1. A well"))]], [image()]]}
    assert written(block(1, figure), language="en") == "![A well](media/image1.png){#fig:1}\n"


# --- captions and tables as they come -----------------------------------------------------------------------------------
@pytest.mark.parametrize("inlines", [
    [*image()["c"], *strings("Сурет 1. Құдықтар")], [*image()["c"], {"t": "LineBreak"}, *strings("1-сурет – Құдықтар")],
    [*strings("Сурет 1. Құдықтар"), {"t": "LineBreak"}, *image()["c"]]])
def test_a_picture_and_its_caption_in_one_paragraph(inlines):
    assert written(block(1, para(inlines))) == "![Құдықтар](media/image1.png){#fig:1}\n"


@pytest.mark.parametrize("inlines", [
    [*image()["c"], *strings("Рисунок 1 показывает воду.")], [*strings("Белгі"), {"t": "Space"}, *image()["c"]],
    [*image()["c"], *strings("белгісі бар.")]])
def test_a_picture_within_a_sentence_stays_there(inlines):
    assert "#fig" not in written(block(1, para(inlines)))


def test_a_caption_with_another_number_stays_where_it_stood():
    below = written(block(1, LONG), block(2, TABLE), block(3, "Таблица 2. Колодцы"), language="ru")
    assert below.index("| Солтүстік") < below.index("Таблица 2.")
    above = written(block(1, LONG), block(2, "Рисунок 3. Колодцы"), block(3, image()), language="ru")
    assert above.index("Рисунок 3.") < above.index("![")


def test_roman_numbers_of_captions_and_titles_below_them():
    text = written(block(1, LONG), block(2, TABLE), block(3, "TABLE I", align="center"), block(4, "DUST BY SITE", align="center"),
                   block(5, TABLE), language="en")
    assert text.count("{#tbl:") == 1 and ": DUST BY SITE {#tbl:1}" in text and "TABLE I" not in text and "#" not in text.split(": DUST")[0]


@pytest.mark.parametrize(("text", "number"), [("Table IV. Dust", 4), ("TABLE IX", 9), ("Таблица III – Су", 3), ("Fig. 12. Dust", 12)])
def test_numbers_of_captions(text, number):
    assert plain_number(read_caption(text).number) == number


@pytest.mark.parametrize("text", ["Table V shows it", "Table I dust", "Fig. Vine", "Table Mixed"])
def test_what_is_no_number_of_a_caption(text):
    assert read_caption(text) is None


@pytest.mark.parametrize("line", ["Продолжение таблицы 1", "Окончание табл. 1", "1-кестенің жалғасы", "Table 1 (continued)",
                                  "Continuation of Table 1"])
def test_a_table_that_goes_on_is_one(line):
    again = read_markdown("| Құдық | Тереңдігі |\n|---|---|\n| Оңтүстік | 12 |\n")[0]
    found = body(block(1, LONG), block(2, "1-кесте – Құдықтар"), block(3, TABLE), block(4, line), block(5, again))
    text = write_markdown(found.nodes, "kk")
    assert "| Оңтүстік" in text and text.count("| Құдық") == 1 and line not in text and text.count("{#tbl:1}") == 1
    assert {each.text for each in found.left_out} >= {line, "Құдық Тереңдігі"}
    assert [each.sure for each in found.decisions if each.blocks == (5,)] == ["likely"]


def test_the_numbers_of_columns_are_said_once():
    first, second = (read_markdown(f"| Құдық | Су |\n|---|---|\n| 1 | 2 |\n{rows}")[0] for rows in ("| Дала | 31 |\n", "| Су | 2 |\n"))
    text = written(block(1, LONG), block(2, first), block(3, "Кестенің жалғасы"), block(4, second))
    assert text.count("| 1 ") == 1 and text.count("| Су ") == 2 and "| Дала " in text


def test_a_table_that_lays_out_pictures_is_a_figure():
    cells = read_markdown("| ![](a.png) | ![](b.png) |\n|---|---|\n")[0]
    assert written(block(1, LONG), block(2, cells), block(3, "Сурет 1. Құдықтар")).endswith(
        "::: {#fig:1}\n![](a.png)\n\n![](b.png)\n\nҚұдықтар\n:::\n")
    lettered = read_markdown("| ![](a.png) | ![](b.png) |\n|---|---|\n| а) | ә) |\n")[0]
    found = body(block(1, LONG), block(2, lettered), block(3, "Сурет 1. Құдықтар"))
    assert "| а)" in write_markdown(found.nodes, "kk") and [each.sure for each in found.decisions if each.part == "table"] == ["likely"]


def test_a_table_of_other_columns_does_not_go_on():
    wide = read_markdown("| a | b | c |\n|---|---|---|\n| d | e | f |\n")[0]
    text = written(block(1, LONG), block(2, TABLE), block(3, "Продолжение таблицы 1"), block(4, wide))
    assert "Продолжение таблицы 1" in text and text.count("|--") > 2
    assert "Продолжение следует" in written(block(1, LONG), block(2, TABLE), block(3, "Продолжение следует"), block(4, TABLE))


# --- Markdown that says what it was made of -----------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["::: div", ":::", "---", "- -", ": сөз", "Table: сөз", "table: сөз", "::: {.a}", "&amp; &#8470;5"])
def test_a_line_that_would_open_something_is_a_line(text):
    nodes = [para(strings("Бір.")), TABLE, para(strings(text)), para(strings("Екі."))]
    back = read_markdown(write_markdown(nodes, "kk"))
    assert [(each["t"], words_of(each)) for each in back] == [(each["t"], words_of(each)) for each in nodes]


@pytest.mark.parametrize("text", ["---", "=====", ": сөз", "::: сөз"])
def test_so_is_the_second_line_of_a_paragraph(text):
    nodes = [para([*strings("Бір"), {"t": "LineBreak"}, *strings(text)])]
    back = read_markdown(write_markdown(nodes, "kk"))
    assert [(each["t"], words_of(each)) for each in back] == [("Para", f"Бір {text}")]


@pytest.mark.parametrize("text", ["1. Бірінші сөз.", "- сөз", "# сөз", "> сөз", "::: div", "---", "1) сөз", "(1) сөз", "a) сөз", "+ сөз",
                                  "(c) x", "#. сөз", "1917 жыл. Сөз", "-сөз", "#сөз", "Сөз - сөз", "2.5 м", "5 * 4 = 20", "&copy; A&B;"])
def test_a_field_that_begins_with_a_sign_is_a_paragraph(text):
    back = read_markdown(keep_line(escape(text)))
    assert [(each["t"], words_of(each)) for each in back] == [("Para", text)]


@pytest.mark.parametrize("address", ["https://example.org/a_b_c/~d*e", "http://example.org/a_b?x=1&y=$2#z"])
def test_an_address_in_a_field_leads_where_it_led(address):
    links = [each for each in walk(read_markdown(escape(f"қараңыз: {address}, *сонда*"))) if each["t"] == "Link"]
    assert [each["c"][2][0] for each in links] == [address]


def test_small_capitals_stay_small():
    text = write_markdown([para([{"t": "SmallCaps", "c": strings("кіші бас әріп")}])], "kk")
    assert text == "[кіші бас әріп]{.smallcaps}\n" and read_markdown(text)[0]["c"][0]["t"] == "SmallCaps"


# --- the report's blocks ------------------------------------------------------------------------------------------------
def test_the_report_shows_notes_tables_and_pictures_apart():
    note = {"t": "Note", "c": [para(strings("дерегі"))]}
    raised = {"t": "Superscript", "c": strings("1")}
    whole = understood(block(1, para([*strings("Үлесі"), note, {"t": "Space"}, *strings("деңгейінде"), raised])), block(2, TABLE),
                       block(3, image(alt="Құдықтың кесіндісі")))
    page = write_report(whole, [], [], [], "kk")
    assert "Үлесі¹ деңгейінде¹" in page and '<p class="note">¹ дерегі</p>' in page
    assert "<td>Солтүстік</td><td>31</td>" in page and "[сурет: Құдықтың кесіндісі]" in page
