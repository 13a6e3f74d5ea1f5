"""Texts pulled out of PDFs, and PDFs: lines rejoined, running heads and hyphens taken away, notes put where they belong."""

import re
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from basylym.errors import UsageError
from basylym.intake.front_matter import understand_front
from basylym.intake.read_pdf import read_pdf
from basylym.intake.read_text import read_plain_text, text_document
from basylym.intake.rejoin import width
from basylym.typography.compare import fold

REAL = ROOT / "source" / "2026-1" / "assembly" / "article.md"


def texts(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [block.text for block in text_document(text, "sample.txt").blocks]


def pulled(article: Path) -> tuple[str, list[str], dict]:
    """The real article as it was pulled out of its PDF: lines as wide as its page, a blank line after each, none at paragraphs; its
    paragraphs, and its front matter. The text itself lies outside this repository; its words stand in the article."""
    front, _, body = article.read_text("utf-8")[4:].partition("\n---\n")
    body = re.sub(r"^#+ |^- ", "", re.sub(r"\[@[\w-]+, ", "[1, ", body), flags=re.M)
    data = yaml.safe_load(front)
    lists = [part for paragraph in body.strip().split("\n\n") for part in (
        paragraph.split("\n") if paragraph.count(";\n") > 2 else [" ".join(paragraph.split("\n"))])]
    labels = {"kk": ("Аңдатпа", "Түйінді сөздер"), "ru": ("Аннотация", "Ключевые слова"), "en": ("Abstract", "Key words")}
    head = [part for tag, (first, second) in labels.items() for part in (
        first, " ".join(data["abstract"][tag].split()), f"{second}: {', '.join(data['keywords'][tag])}.")]
    paragraphs = [*head, *lists]
    return "\n\n".join(line for each in paragraphs for line in wrap(each)), paragraphs, data


def wrap(text: str, measure: int = 90) -> list[str]:
    """Lines of a justified paragraph, its first indented."""
    lines, line = [], "     "
    for word in text.split():
        if width(line) + width(word) >= measure:
            lines.append(line.strip())
            line = ""
        line += f"{word} "
    return [*lines, line.strip()]


def test_the_real_article_rejoined():
    """All its words, in their order; nine paragraphs in ten end where they ended: the last line of some is full."""
    text, paragraphs, data = pulled(REAL)
    document = text_document(text, "assembly.txt")
    assert fold(" ".join(block.text for block in document.blocks)) == fold(" ".join(paragraphs))
    found = {fold(block.text) for block in document.blocks}
    assert sum(fold(each) in found for each in paragraphs) >= 0.9 * len(paragraphs)
    front = understand_front(document).data
    assert front["language"] == "kk" and front["keywords"] == data["keywords"]
    assert {tag: fold(text) for tag, text in front["abstract"].items()} == {tag: fold(text) for tag, text in data["abstract"].items()}
    assert set(front) == {"language", "abstract", "keywords"}


def test_single_spaced_lines():
    assert texts("Кіріспе\nБұл мақалада үлгі мәтіннің қалай құрылғаны және оның\nқалай оқылатыны айтылады.\n\nЕкінші абзац.") == [
        "Кіріспе", "Бұл мақалада үлгі мәтіннің қалай құрылғаны және оның қалай оқылатыны айтылады.", "Екінші абзац."]


@pytest.mark.parametrize(("before", "after", "whole"), [
    ("Ғылыми еңбектерде құқық-", "тық мәселе қаралды.", "құқықтық"),
    ("Ғылыми еңбектерде қарым-", "қатынас мәселесі қаралды.", "қарым-қатынас"),
    ("Рассмотрены вопросы образо-", "вания и науки в стране.", "образования"),
    ("Исследован общественно-", "политический вопрос.", "общественно-политический"),
    ("Это было за годы 2006–", "2008 и позже.", "2006–2008"), ("Бізге мұның да әсер –", "ықпалы бар.", "әсер – ықпалы"),
    ("A text of the inter\u00ad", "national journal is here.", "international")])
def test_words_broken_at_a_lines_end(before, after, whole):
    assert whole in texts(f"{before}\n{after}")[0]


KAZAKH = ("Бұл мәтін қазақ тілінде жазылған. Зерттеу мен оқу, мақсат пен міндеттер туралы айтылады. "
          "Мақсат анық, міндеттер де анық. Халық пен кәсіп, орын мен өнер.")
RUSSIAN = "Этот текст написан по-русски. Исследование и образование рассматриваются в нём подробно."
ENGLISH = "This text is written in English. Research and education are considered in it at some length."


@pytest.mark.parametrize(("about", "own", "broken"), [
    (KAZAKH, "Солтүстік-шығыс солтүстік-батысында қарым-қатынас мақсат-міндеттері тарихи-мәдени әлеуметтік-психологиялық "
             "ғылыми-зерттеу оқу-тәрбие сондай-ақ ата-аналар іс-шаралар қоғамдық-саяси ұлттық-мәдени салт-дәстүрлер бірте-бірте",
     "зертте-ушілер айт-ушылар құқық-тық халық-аралық кәсіп-орын университе-тінде мұға-лімдер қыз-меткерлер оқу-лықтар оқыту-шы "
     "тәуелсіз-дігіміздің лингви-стикалық поли-тикалық мемлекет-тік мәдениет-тің бала-лардың дүние-таным қалып-тасу көрсет-кіштер"),
    (RUSSIAN, "общественно-политический социально-экономических северо-западный западно-казахстанской кто-нибудь историко-культурного "
              "по-новому учебно-методический философско-эстетический интернет-торговля премьер-министра из-за системно-структурный",
     "образо-вания равно-мерный сельско-хозяйственный макро-экономический высоко-технологический по-этому важней-шая "
     "народно-хозяйственный прямо-угольник электро-энергетика авто-мобильный из-вестно мес-то про-цесс"),
    (ENGLISH, "self-assessment long-term well-being evidence-based socio-economic non-linear decision-making twenty-five cross-sectional "
              "problem-solving north-eastern student-centred",
     "inter-national educa-tion commu-nity socio-logical anti-bodies re-search multi-lingual well-ness under-stand short-age high-lighted "
     "geo-graphy con-sidered")], ids=["kk", "ru", "en"])
def test_a_words_own_hyphen_at_a_lines_end_stays_and_any_other_goes(about, own, broken):
    """Also where a program broke a word as no rule of its language does."""
    def joined(word: str) -> str:
        first, second = word.split("-")
        return texts(f"{about}\nЖолдың соңында тұрған {first}-\n{second} и далее.")[-1].split(" тұрған ")[1].split(" и ")[0]

    assert [joined(word) for word in own.split()] == own.split()
    assert [joined(word) for word in broken.split()] == broken.replace("-", "").split()


def test_the_documents_own_words_tell_of_a_hyphen():
    assert "жер-ананы" in texts("Ол жер-ана туралы жазды.\nБіз сол жер-\nананы сүйеміз, бұл анық.")[0]


HEAD = """Вестник Примера. Серия экономическая, № 2 (14), 2025

МРНТИ 06.81.12
ЦИФРОВАЯ ТОРГОВЛЯ В МАЛЫХ
ГОРОДАХ
КАЗАХСТАНА: ОПЫТ ДВУХ ЛЕТ
Тлеубаева А.М.1*, Цой В.Д.2
1 Рудненский индустриальный институт,
Рудный, Казахстан
2 Университет Нархоз, Алматы, Казахстан
* tleu@rii.example
Аннотация. Описан опыт двух лет торговли
через интернет в трёх малых городах.
Введение
Торговля через интернет растёт во всех областях [1, с. 5]. Причины
разные, и важнейшая из них – доставка [2]. Так как текст
17
\fА.М. Тлеубаева, В.Д. Цой. Цифровая торговля…

идёт дальше, абзац не прерван, и читатель видит его
целиком.
18"""


def test_a_title_block_whose_lines_stand_one_below_the_other():
    document = text_document(HEAD, "sample.txt")
    found = [block.text for block in document.blocks]
    assert found[:5] == ["МРНТИ 06.81.12", "ЦИФРОВАЯ ТОРГОВЛЯ В МАЛЫХ ГОРОДАХ КАЗАХСТАНА: ОПЫТ ДВУХ ЛЕТ", "Тлеубаева А.М.1*, Цой В.Д.2",
                         "1 Рудненский индустриальный институт, Рудный, Казахстан", "2 Университет Нархоз, Алматы, Казахстан"]
    assert found[-1].endswith("Так как текст идёт дальше, абзац не прерван, и читатель видит его целиком.")
    data = understand_front(document).data
    assert data["title"] == {"ru": "ЦИФРОВАЯ ТОРГОВЛЯ В МАЛЫХ ГОРОДАХ КАЗАХСТАНА: ОПЫТ ДВУХ ЛЕТ"}
    assert [each["affiliations"] for each in data["authors"]] == [["org-1"], ["org-2"]] and data["authors"][0]["corresponding"]


def test_left_and_right_running_heads_that_differ_are_told():
    """Each stands on one page only: it names the journal's issue, or the authors and the title."""
    assert [(each.text, each.why) for each in text_document(HEAD, "sample.txt").left_out] == [
        ("Вестник Примера. Серия экономическая, № 2 (14), 2025", "running_head"), ("17", "page_number"),
        ("А.М. Тлеубаева, В.Д. Цой. Цифровая торговля…", "running_head"), ("18", "page_number")]


def test_heads_with_the_pages_number_in_them():
    """Left ones begin with it, right ones end with it, and neither stands on more than half of the pages."""
    pages = []
    for number in range(40, 46):
        head = f"{number} И. Образцов" if number % 2 == 0 else f"О чтении примеров {number}"
        pages.append(f"{head}\n\n" + "\n".join(sentence(each) for each in range(number * 9, number * 9 + 9)))
    document = text_document("\f".join(pages), "sample.txt")
    assert [each.text for each in document.left_out] == [page.split("\n")[0] for page in pages]
    assert not re.search(r"Образцов|О чтении", " ".join(block.text for block in document.blocks))


def test_pages_of_a_text_without_page_breaks_are_known_by_their_numbers():
    pages = ["\n".join([*("" if number == 5 else "Вестник примеров",), *(sentence(each) for each in range(number * 20, number * 20 + 18)),
                        str(number)]) for number in range(5, 9)]
    document = text_document("\n".join(pages), "sample.txt")
    assert [each.text for each in document.left_out] == ["5", "Вестник примеров", "6", "Вестник примеров", "7", "Вестник примеров", "8"]


def test_a_hyphen_taken_away_is_told():
    document = text_document("Рассмотрены вопросы образо-\nвания.", "sample.txt")
    assert [(each.text, each.why) for each in document.left_out] == [("-", "hyphen")]


def test_running_heads_and_page_numbers():
    pages = [f"Вестник примеров\n\nПервая строка страницы {word} говорит о примерах и продолжается\n"
             f"на второй строке, а там кончается {word}.\n\n{number}" for number, word in enumerate(("один", "два", "три", "четыре"), 11)]
    document = text_document("\f".join(pages), "sample.txt")
    assert len(document.blocks) == 4 and all(block.text.startswith("Первая") for block in document.blocks)
    assert [each.why for each in document.left_out] == ["running_head", "page_number"] * 4


def test_words_of_labels_within_sentences_begin_nothing():
    assert len(texts("Бірқатар құжат талқыланып, кейін Үкіметтің қаулылары\nқабылданды.")) == 1


@pytest.mark.parametrize("text", ["а" * 300_000, "-\n" * 30_000, "а-\n" * 30_000, "\f" * 30_000, "Слово. " * 40_000, "1\n\n" * 30_000])
def test_nothing_takes_long(text):
    text_document(f"Начало.\n{text}", "sample.txt")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b"  \n \n"])
def test_no_text(tmp_path, data):
    path = tmp_path / "sample.txt"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="sample.txt"):
        read_plain_text(path)


# --- PDF -------------------------------------------------------------------------------------------------------------------
STYLE = """@page{size:A5;margin:2cm;@top-center{content:"Вестник примеров"}@bottom-center{content:counter(page)}}
body{font:11pt "PT Serif";text-align:justify;hyphens:auto}p{margin:0;text-indent:1cm}.note{float:footnote;font-size:8pt}
sup{font-size:7pt;vertical-align:super;line-height:1}h1{font-size:14pt;text-align:center}"""
WORDS = "текст школа вопрос пример строка ответ автор читатель журнал статья город река книга страна работа слово".split()


def sentence(number: int) -> str:
    """One of many different sentences."""
    first, second, third = (WORDS[each] for each in (number % 16, number * 7 % 16, number * 5 % 13))
    return f"{first.capitalize()} рассказывает про то, как {second} и {third} устроены в году {1900 + number}."


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> Path:
    """A small article as a PDF."""
    import weasyprint

    text = [" ".join(sentence(number) for number in range(at, at + 5)) for at in range(0, 90, 5)]
    text[8] += '<span class="note">Примечание к восьмому абзацу, которое говорит об источнике.</span>'
    page = f"""<html lang="ru"><meta charset="utf-8"><style>{STYLE}</style><p>УДК 811.161.1</p><h1>О способах чтения образцового текста</h1>
        <p style="text-align:center">А.Б. Примеров<sup>1</sup>*, В.Г. Образцов<sup>2</sup></p>
        <p><sup>1</sup>Университет «Улги», Алматы, Казахстан</p><p><sup>2</sup>Институт примеров, Астана, Казахстан</p>
        <p>*e-mail: primerov@example.org</p>
        <p><b>Аннотация.</b> Статья рассказывает о примерах. Их много.</p><p><b>Ключевые слова:</b> пример, чтение.</p><h1>Введение</h1>
        {"".join(f"<p>{each}</p>" for each in text)}</html>"""
    path = tmp_path_factory.mktemp("pdf") / "sample.pdf"
    weasyprint.HTML(string=page).write_pdf(path)
    return path


def test_a_pdf(pdf):
    pytest.importorskip("pypdfium2")
    document = read_pdf(pdf)
    found = [block.text for block in document.blocks]
    for at in range(0, 90, 5):
        assert any(fold(each) == fold(" ".join(sentence(number) for number in range(at, at + 5))) for each in found), at
    assert {each.why for each in document.left_out} == {"running_head", "page_number", "hyphen"}
    noted = [block for block in document.blocks if "'Note'" in repr(block.node)]
    assert len(noted) == 1 and "восьмому" in repr(noted[0].node) and not any("восьмому" in each for each in found)
    data = understand_front(document).data
    assert data["title"] == {"ru": "О способах чтения образцового текста"} and data["keywords"] == {"ru": ["пример", "чтение"]}
    assert [each["affiliations"] for each in data["authors"]] == [["org-1"], ["org-2"]]
    assert data["authors"][0]["corresponding"] and data["authors"][0]["email"] == "primerov@example.org"


def test_pdfs_that_cannot_be_read(tmp_path, pdf):
    pikepdf = pytest.importorskip("pikepdf")
    pytest.importorskip("pypdfium2")
    broken, locked, empty = (tmp_path / name for name in ("broken.pdf", "locked.pdf", "scanned.pdf"))
    broken.write_bytes(b"%PDF-1.7\n" + b"x" * 100)
    with pikepdf.open(pdf) as made:
        made.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(empty)
    for path, words in ((broken, "damaged"), (locked, "password"), (empty, "no text")):
        with pytest.raises(UsageError, match=words):
            read_pdf(path)
