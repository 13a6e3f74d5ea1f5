"""Writes the torture article: more of everything than any article has, for the layouts to be tried on.

    python tests/torture/write.py

It writes article.md, references.yaml and figures/ beside itself; a test holds that these are what it writes. All words, names
and numbers in it are made up.
"""

from __future__ import annotations

import struct
import sys
import zlib
from itertools import count, cycle
from pathlib import Path

HERE = Path(__file__).parent
LONG_DOI = "10.5555/" + "".join(f"uzyn.anyqtauyshtar-{number:02}" for number in range(1, 15))[:292].ljust(292, "x")
"""A DOI of 300 characters."""
LONG_ADDRESS = ("https://journal.example/archive/" + "/".join(f"section-{number:03}" for number in range(1, 25))
                + "?language=kk&format=full")

SENTENCES = {
    "ru": ["Пример показывает, как ведёт себя страница, когда на ней собирается больше, чем задумано.",
           "Наблюдения велись в вымышленной обсерватории, и все числа в этом тексте придуманы.",
           "Длинные сложноподчинённые предложения, в которых встречаются многосоставные "
           "определения, проверяют переносы и пробелы между словами.",
           "Короткая фраза уравновешивает длинную.",
           "Если строка кончается раньше, чем слово, перенос делит его по слогам, а пробелы остаются почти ровными.",
           "Читатель не должен замечать, чего это стоило."],
    "kk": ["Бұл мысалда бет өзіне сыятыннан артық мәтінді қалай көтеретіні көрсетіледі.",
           "Ойдан шығарылған обсерваторияның бақылаулары мен барлық сандары шартты түрде алынған.",
           "Көпбуынды сөздерден құралған ұзақ сөйлемдер тасымалдың ережелерін және сөздер арасындағы бос орындарды тексереді.",
           "Қысқа сөйлем де керек."],
    "en": ["The example shows how a page behaves when more is put on it than it was meant to hold.",
           "Observations were made at an imaginary observatory, and every number in this text is made up.",
           "Long sentences with several subordinate clauses, each a little longer than the one before, try hyphenation and the "
           "spaces between words.",
           "A short one rests the eye."],
}

LISTS = """- первый уровень маркированного списка
    - второй уровень, в котором строка нарочно длиннее колонки, чтобы продолжение встало под её началом
        - третий уровень
            1. четвёртый уровень, нумерованный
            2. ещё одна строка
                - пятый уровень
- снова первый

  Второй абзац того же пункта.

1. нумерованный список
    a) буквы внутри него
    b) ещё буква
        i. римские цифры
        ii. ещё одна
            - и точка внутри

2. второй пункт с цитатой

    > Цитата внутри пункта.
    >
    > - список внутри цитаты

3. третий пункт с кодом

        print("код внутри пункта")

Термин

:   Определение с абзацем.

    - список в определении

Второй термин
:   Первое определение.
:   Второе определение.
"""


def write_png(width: int, height: int, seed: int) -> bytes:
    """A grey picture of slanting bands."""
    rows = b"".join(b"\0" + bytes(96 + (x + y * seed) // 8 % 5 * 32 for x in range(width)) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def write_svg(width: int, height: int, number: int) -> str:
    """A frame with its diagonals."""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
            f'<rect x="1" y="1" width="{width - 2}" height="{height - 2}" fill="#eef" stroke="#224"/>'
            f'<path d="M0 0L{width} {height}M0 {height}L{width} 0" stroke="#88a"/>'
            f'<text x="4" y="12" font-size="10">{number}</text></svg>\n')


SIZES = [(40, 40), (1200, 60), (60, 900), (300, 200), (640, 480), (2400, 300), (200, 1600), (16, 16), (500, 500), (800, 200),
         (320, 240), (900, 900), (30, 300), (1500, 1000), (250, 120), (400, 700), (1000, 40), (120, 120), (350, 350), (700, 350),
         (90, 45), (640, 120), (220, 330), (1100, 500), (480, 480)]
"""Width and height of the pictures."""


def figures() -> dict[str, bytes]:
    """The pictures by name: every third a bitmap, unless it would be large."""
    made = {}
    for number, (width, height) in enumerate(SIZES, 1):
        if number % 3 == 0 and width * height < 300_000:
            made[f"f{number:02}.png"] = write_png(width, height, number)
        else:
            made[f"f{number:02}.svg"] = write_svg(width, height, number).encode()
    return made


def _prose():
    """Paragraphs without end, now and then in another language."""
    turns = {tag: cycle(sentences) for tag, sentences in SENTENCES.items()}
    for number in count(1):
        tag = "kk" if number % 7 == 3 else "en" if number % 7 == 5 else "ru"
        text = "\n".join(next(turns[tag]) for _ in range(3 + number % 4))
        yield text if tag == "ru" else f"::: {{lang={tag}}}\n{text}\n:::"


def _wide_table() -> str:
    heads = [f"Показатель {letter}" for letter in "АБВГДЕЖЗИКЛ"]
    rows = [f"| Станция № {row} | " + " | ".join(f"{row * column * 37 % 10000},{column}" for column in range(1, 12)) + " |"
            for row in range(1, 9)]
    return "\n".join(["| Станция | " + " | ".join(heads) + " |", "|:---|" + "---:|" * 11, *rows, "",
                      ": Двенадцать столбцов. {#tbl:wide}"])


def _words_table() -> str:
    """Twelve columns whose words are too long for an upright page."""
    heads = ["Көрсеткіштердің", "Электрокардиограмма", "Трансэкспозициялау", "Достопримечательности", "Высококвалифицированный",
             "Internationalisation", "Жоғарылатылмағандар", "Сельскохозяйственный", "Interdisciplinarity", "Қанағаттанарлықтай",
             "Представительство", "Характеристика"]
    rows = ["| " + " | ".join(f"{row}{column:02}{row * column * 7919:07},5" for column in range(12)) + " |" for row in range(1, 6)]
    return "\n".join(["| " + " | ".join(heads) + " |", "|---:" * 12 + "|", *rows, "",
                      ": Длинные слова в двенадцати столбцах. {#tbl:words}"])


def _long_table() -> str:
    rows = [f"| {number} | Наблюдение {number} | {number * 7919 % 1000},{number % 10} | "
            f"{'примечание в несколько слов' if number % 9 == 0 else '—'} |" for number in range(1, 201)]
    return "\n".join(["| № | Что наблюдалось | Значение | Примечание |", "|---:|:---|---:|:---|", *rows, "",
                      ": Двести строк. {#tbl:long}"])


SPANNING = """+----------------+-----------------------------------+-----------------+
| Станция        | Температура, °C                   | Осадки, мм      |
|                +-----------------+-----------------+--------+--------+
|                | зимой           | летом           | зимой  | летом  |
|                +--------+--------+--------+--------+        |        |
|                | низшая | высшая | низшая | высшая |        |        |
+:===============+=======:+=======:+=======:+=======:+=======:+=======:+
| Северная       | −31    | −4     | 8      | 28     | 12     | 40     |
+----------------+--------+--------+--------+--------+--------+--------+
| Южная          | −22    | 3      | 14     | 34     | 9      | 21     |
+----------------+--------+--------+--------+--------+--------+--------+

: Головка в три яруса. {#tbl:spanning}"""

EQUATIONS = [r"E = m c^2", r"\sum_{k=1}^{n} k = \frac{n(n+1)}{2}", r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
             r"A = \begin{pmatrix} a_{11} & a_{12} & a_{13} \\ a_{21} & a_{22} & a_{23} \\ a_{31} & a_{32} & a_{33} \end{pmatrix}",
             r"(a+b)^8 = a^8 + 8a^7b + 28a^6b^2 + 56a^5b^3 + 70a^4b^4 + 56a^3b^5 + 28a^2b^6 + 8ab^7 + b^8",
             r"f(x) = \begin{cases} x^2, & x \ge 0 \\ -x, & x < 0 \end{cases}", r"\bar{x} = \frac{1}{n}\sum_{i=1}^{n} x_i",
             r"\sigma = \sqrt{\frac{1}{n-1}\sum_{i=1}^{n}(x_i-\bar{x})^2}", r"\frac{1}{1+\frac{1}{1+\frac{1}{1+x}}}",
             r"\lim_{n\to\infty}\left(1+\frac{1}{n}\right)^n = e"]


def _code_line(number: int) -> str:
    start = f"result_{number} = transform(source_{number}, "
    return start + "x" * (99 - len(start)) + " " + ("y" * 199)[:99] + "z"


def write_text() -> str:
    """The article's Markdown."""
    prose, notes, parts = _prose(), [], []
    pictures, equations = iter(figures()), iter(enumerate(EQUATIONS * 3, 1))

    def noted(text: str, how_many: int) -> str:
        """A paragraph in Russian with notes after its sentences."""
        words = text.split("\n")
        for at in range(how_many):
            number = len(notes) + 1
            notes.append(f"[^n{number}]: Сноска {number}: {SENTENCES['ru'][number % 6]}")
            words[at % len(words)] += f"[^n{number}]"
        return "\n".join(words)

    russian = cycle(SENTENCES["ru"])

    def paragraph(sentences: int = 5) -> str:
        return "\n".join(next(russian) for _ in range(sentences))

    def picture(name: str, words: str, label: str = "") -> str:
        return f'![{words}{name[:3]}.](figures/{name}){{{label}alt="Пример рисунка {name[:3]}"}}'

    levels = [1, 2, 3, 4, 5, 2, 3, 1, 2, 2, 3, 4, 1, 2, 3, 4, 5, 5, 1, 2, 2, 2, 1, 2, 3, 3, 4, 1, 2, 3, 1, 2, 3, 4, 5, 1, 1, 2, 1, 1]
    names = {1: "Раздел", 2: "Подраздел", 3: "Параграф", 4: "Пункт", 5: "Подпункт"}
    special = {2: _wide_table, 6: lambda: LISTS, 9: _long_table, 12: lambda: SPANNING, 15: _words_table,
               17: lambda: "```{.python caption=\"Строки по двести знаков.\"}\n" + "\n".join(map(_code_line, range(1, 7))) + "\n```",
               20: lambda: f"Длинный адрес: <{LONG_ADDRESS}>.\nДлинный DOI: {LONG_DOI}; в тексте он стоит среди слов.\n"
                           f"Код в строке: `{'a' * 120}`, и слово {'сверх' * 30}.",
               23: lambda: "> " + paragraph().replace("\n", "\n> ") + "\n>\n> — вымышленный автор [@first, с. 12; @second, с. 3]\n\n"
                           "| Строка стиха, которая длиннее других и потому переносится в узкой колонке на следующую\n"
                           "|     а эта с отступом\n| последняя",
               26: lambda: noted(paragraph(10), 10)}
    assert len(levels) == 40
    for number, level in enumerate(levels):
        appendix = " {.appendix}" if number >= 38 else ""
        word = f"Приложение {'АБ'[number - 38]}. " if appendix else f"{names[level]} {number + 1}. "
        extra = ", и он назван длиннее, чем это нужно, чтобы заголовок не поместился в одну строку" if number % 8 == 7 else ""
        parts.append("#" * level + f" {word}О чём говорится здесь{extra}{appendix}")
        parts.append(noted(paragraph(), 2 if number % 2 else 1) if number < 34 and len(notes) < 50 else paragraph())
        if number in special:
            parts.append(special[number]())
        if number % 2 == 0:
            at, tex = next(equations, (0, ""))
            if tex:
                parts.append(f"Отсюда следует\n\n$$ {tex} $$ {{#eq:e{at}}}\n\nи далее по @eq:e{at}; " + paragraph(2))
        if number % 4 == 1:
            at, tex = next(equations, (0, ""))
            if tex:
                short = EQUATIONS[at % 10] if len(EQUATIONS[at % 10]) < 40 else "a^2+b^2"
                parts.append(f"В строке стоит ${short}$, и она не раздаётся. " + paragraph(3))
        if number < 38 and number % 3 < 2 and (name := next(pictures, "")):
            parts.append(f"Смотри @fig:{name[:3]}.\n\n" + picture(name, "Рисунок из примера, ", f"#fig:{name[:3]} "))
        parts.append(next(prose))
        if number % 3 == 0:
            parts.append(next(prose))
    rest = list(pictures)
    if rest:
        pair = "\n".join(picture(name, "Часть ") for name in rest[:2])
        parts.append(f"::: {{#fig:group}}\n{pair}\n\nДва рисунка рядом.\n:::")
        parts += [picture(name, "Рисунок ") for name in rest[2:]]
    while len(notes) < 60:
        parts.append(noted(paragraph(5), min(3, 60 - len(notes))))
    return FRONT + "\n" + "\n\n".join(parts) + "\n\n" + "\n\n".join(notes) + "\n"


FRONT = """---
# An example made to try the layouts: every word, name and number in it is made up.
status: draft
language: ru
title:
  kk: "Сынақ мақаласы: бетке сыйғаннан да көп нәрсе қойылған мысал"
  ru: "Испытательная статья: пример, в котором всего больше, чем помещается на странице"
  en: "A torture article: an example with more of everything than fits a page"
running_title:
  kk: Сынақ мақаласы
  ru: Испытательная статья
  en: A torture article
authors:
  - name:
      kk: {family: Үлгіқызы, given: Айжан}
      ru: {family: Улгикызы, given: Айжан}
      en: {family: Ulgikyzy, given: Aizhan}
    degree: {kk: PhD, ru: PhD, en: PhD}
    position: {kk: профессор, ru: профессор, en: Professor}
    affiliations: [university]
    orcid: 0000-0002-1825-0097
    email: author@journal.example
    corresponding: true
    roles: [Conceptualization, Writing – original draft]
affiliations:
  - id: university
    name: {kk: «Үлгі» университеті (мысал), ru: Университет «Улги» (пример), en: Ulgi University (example)}
    city: {kk: Алматы, ru: Алматы, en: Almaty}
    country: {kk: Қазақстан, ru: Казахстан, en: Kazakhstan}
abstract:
  kk: "Бұл мысалда бет өзіне сыятыннан артық мәтінді қалай көтеретіні көрсетіледі. Барлық сандар мен есімдер ойдан шығарылған."
  ru: "Пример показывает, как ведёт себя страница, когда на ней собирается больше, чем задумано. Все числа и имена придуманы."
  en: "The example shows how a page behaves when more is put on it than it was meant to hold. All numbers and names are made up."
keywords:
  kk: [мысал, бет, кесте, сурет, сілтеме]
  ru: [пример, страница, таблица, рисунок, сноска]
  en: [example, page, table, figure, footnote]
udc: 000.0
irsti: 00.00.00
doi: 10.5555/torture
dates: {received: 2026-03-01, accepted: 2026-03-15}
funding:
  - funder: {kk: «Үлгі» қоры (мысал), ru: Фонд «Улги» (пример), en: Ulgi Fund (example)}
    award: AP00000000
conflict_of_interest:
  kk: Авторлар мүдделер қақтығысы жоқ деп мәлімдейді.
  ru: Авторы заявляют об отсутствии конфликта интересов.
  en: The authors declare no conflict of interest.
---
"""

REFERENCES = f"""# made up
references:
  - id: first
    type: book
    language: ru
    author: [{{family: Образцов, given: Пример}}]
    title: Пример книги, название которой достаточно длинно, чтобы занять в узкой колонке не одну и не две строки
    title-en: An example of a book
    publisher: Улги
    publisher-place: Алматы
    issued: 2001
    number-of-pages: 235
  - id: second
    type: article-journal
    language: en
    author: [{{family: Example, given: Aigul}}]
    title: An example of an article with a DOI of three hundred characters
    container-title: Journal of Examples
    issued: 2020
    page: 1-10
    DOI: {LONG_DOI}
"""


def write(folder: Path) -> None:
    """Writes the article and its files into a folder."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    for name, data in figures().items():
        (folder / "figures" / name).write_bytes(data)
    (folder / "article.md").write_text(write_text(), "utf-8")
    (folder / "references.yaml").write_text(REFERENCES, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
