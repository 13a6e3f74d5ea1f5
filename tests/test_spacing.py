"""How texts are set: every rule by examples, and what holds for all of them: no letter or digit changes, a second run changes nothing."""

from __future__ import annotations

import html
import random
import re
import time
import unicodedata

import pytest

from basylym.languages import language
from basylym.render.typesetting import Typesetter
from basylym.typography.compare import compare, fold
from basylym.typography.spacing import Spacing, choose_dash, set_plain, set_text

SEEN = str.maketrans({"~": "\u00a0", "_": "\u202f"})
"""In the expected texts ~ stands for a no-break space and _ for a narrow one."""
SAME = None

EXAMPLES = [
    # names
    ("kk", "Н. Ә. Назарбаев келді", "Н.~Ә.~Назарбаев келді"),
    ("ru", "писал А.И. Петров", "писал А.И.~Петров"),
    ("ru", "Петров А. И., Сидоров Б. В.", "Петров~А.~И., Сидоров~Б.~В."),
    ("ru", "Ж.-П. Сартр и Дж. Р. Р. Толкин", "Ж.-П.~Сартр и~Дж.~Р.~Р.~Толкин"),
    ("en", "as J. R. Smith wrote", "as J.~R.~Smith wrote"),
    ("kk", "Академик А. Құнанбаев", "Академик А.~Құнанбаев"),
    ("kk", "жауаптары: А. Б. В.", SAME),
    ("ru", "варианты А. Б. В. Г.", SAME),
    ("ru", "акад. К. Сатпаев, им. Абая", "акад.~К.~Сатпаев, им.~Абая"),
    ("ru", "случаи A, B, C. Приводятся данные", SAME),
    ("ru", "0,57\u00a0с вместо 1,53\u00a0с", SAME),
    ("ru", "в г. Алматы", "в~г.~Алматы"),
    ("ru", "в 1998 г. Он уехал", "в~1998~г. Он уехал"),
    ("en", "Dr. Brown and Mr Green", "Dr.~Brown and Mr~Green"),
    # № § abbreviations
    ("kk", "№ 5 бұйрық, § 12", "№~5 бұйрық, §~12"),
    ("ru", "приказ №5", SAME),
    ("kk", "және т. б. мәселелер", "және т.~б. мәселелер"),
    ("kk", "және т.б. мәселелер", SAME),
    ("kk", "т. с. с.", "т.~с.~с."),
    ("ru", "и т. д., т. е. так", "и~т.~д., т.~е. так"),
    ("ru", "До н. э. и т. п.", "До~н.~э. и~т.~п."),
    ("ru", "с. 15, рис. 3, т. IV", "с.~15, рис.~3, т.~IV"),
    ("ru", "Рис. 3 показан", "Рис.~3 показан"),
    ("en", "see p. 5, pp. 7–9, vol. 2, no. 3, Fig. 4", "see p.~5, pp.~7–9, vol.~2, no.~3, Fig.~4"),
    ("en", "235 p. In Russian, 12 pp., version 0.1", "235~p. In Russian, 12~pp., version~0.1"),
    ("en", "Smith et al. (2020)", "Smith et~al. (2020)"),
    # numbers and what they count
    ("kk", "200 кг, 70 км, 5 ғ.", "200~кг, 70~км, 5~ғ."),
    ("ru", "+10 °C и 5 % массы", "+10~°C и~5~% массы"),
    ("ru", "5% массы", SAME),
    ("kk", "2024 ж. басталды", "2024~ж. басталды"),
    ("kk", "ХХІ ғасыр, XIX ғасырда", "ХХІ~ғасыр, XIX~ғасырда"),
    ("ru", "в XVIII в. и XX веке", "в~XVIII~в. и~XX~веке"),
    ("en", "the XXI century", "the XXI~century"),
    ("kk", "22 наурыз, 5 мамырда", "22~наурыз, 5~мамырда"),
    ("ru", "9 мая 1945 года", "9~мая~1945 года"),
    ("en", "5 March 2024, May 7", "5~March~2024, May~7"),
    ("en", "a mass of 200 kg and 10 MHz", "a mass of 200~kg and 10~MHz"),
    ("ru", "о доме и о нём", "о~доме и~о~нём"),
    ("ru", "И в доме, а «у нас»", "И~в~доме, а~«у~нас»"),
    ("kk", "о дүние", SAME),
    # narrow spaces
    ("ru", "1 250 000 человек", "1_250_000 человек"),
    ("kk", "12 500 теңге", "12_500~теңге"),
    ("ru", "12 500,75 и 1 250", "12_500,75 и~1 250"),
    ("en", "1,250,000 people and 1250000", SAME),
    ("ru", "в 1998 250 человек", "в~1998 250 человек"),
    ("ru", "тел. 8 727 377 33 33", SAME),
    # dots
    ("kk", "Қазақстан халқы...", "Қазақстан халқы…"),
    ("ru", "так.... далее", SAME),
    ("en", "x1, ..., xn", "x1, …, xn"),
    # quotation marks
    ("kk", '"Егемен Қазақстан" газеті', "«Егемен Қазақстан» газеті"),
    ("kk", '"Егемен"нің беті', "«Егемен»нің беті"),
    ("kk", "“Сөз” деді", "«Сөз» деді"),
    ("kk", '«Ол "иә" деді»', "«Ол “иә” деді»"),
    ("ru", '"Он сказал "да" и ушёл"', "«Он сказал „да“ и~ушёл»"),
    ("ru", "«Он сказал „да“»", SAME),
    ("ru", "«Он сказал «да» и ушёл»", "«Он сказал „да“ и~ушёл»"),
    ("ru", "ООО «Фирма «Ромашка»", "ООО «Фирма «Ромашка»"),
    ("ru", "конец цитаты» и всё", "конец цитаты» и~всё"),
    ("en", 'the «soft power» and "hard" one', "the “soft power” and “hard” one"),
    ("en", '"He said "yes" and left."', "“He said ‘yes’ and left.”"),
    ("en", "the 'so-called' rule", "the ‘so-called’ rule"),
    ("en", "'a \"b\" c'", "‘a “b” c’"),
    ("en", "don't, the students' books", "don’t, the students’ books"),
    ("en", "rock 'n' roll of the '90s", "rock ’n’ roll of the ’90s"),
    ("en", "\"It's 'fine'\"", "“It’s ‘fine’”"),
    ("en", "5'10\" tall", SAME),
    ("ru", 'монитор 19" и "Слово"', 'монитор 19" и~«Слово»'),
    ("ru", '("Слово")', "(«Слово»)"),
    ("ru", '"...слово"', "«…слово»"),
    ("ru", '"Привет", - сказал он', "«Привет»,~— сказал он"),
    # ranges
    ("kk", "1998-2004 жж.", "1998–2004~жж."),
    ("ru", "с. 5-7 и 1941-45 гг.", "с.~5–7 и~1941–45~гг."),
    ("ru", "1,5-2,5 раза", "1,5–2,5 раза"),
    ("en", "pp. 105-110 and 1.5-2.5 times", "pp.~105–110 and 1.5–2.5 times"),
    ("kk", "10-15-тен", "10–15-тен"),
    ("kk", "XIX-XX ғасырларда", "XIX–XX~ғасырларда"),
    ("ru", "№ 3-4, закон № 148-151", "№~3–4, закон №~148-151"),
    ("kk", "6-ға, 7-бап, 7-сынып, «1990-шы» жылдар", SAME),
    ("kk", "7 – бап, 60 – тан", "7~– бап, 60~– тан"),
    ("kk", "қарым-қатынас, бір-екі, қоғамдық-саяси", SAME),
    ("en", "a Boeing 737-800 and COVID-19", SAME),
    ("ru", "2024-05-01 и 2024-12", "2024-05-01 и~2024-12"),
    ("ru", "счёт 3-2", SAME),
    ("ru", "Боинг 737-800, договор 100-200", SAME),
    ("ru", "в 1941-45 гг., модель 2010-25", "в~1941–45~гг., модель 2010-25"),
    ("ru", "стр. 5-7, рис. 3-5, 10-15 кг, 20-30 лет, 5-7%", "стр.~5–7, рис.~3–5, 10–15~кг, 20–30 лет, 5–7%"),
    ("ru", "абзацы 5-7, 9-12, 15-18", "абзацы 5–7, 9–12, 15–18"),
    ("ru", "счёт 1-2, 0-1", SAME),
    ("ru", "Осталось 5-6 дней", "Осталось 5–6 дней"),
    ("kk", "5-7 бет, 3-4 жыл, 12-34 бөлме", "5–7 бет, 3–4 жыл, 12-34 бөлме"),
    ("en", "room 12-34 and pages 3-5", "room 12-34 and pages~3–5"),
    ("en", "Figs. 3-5 and May 3-5", "Figs.~3–5 and May~3–5"),
    ("en", "r = -.45 and -.5", "r = −.45 and −.5"),
    ("en", '"The first paragraph goes on.', "“The first paragraph goes on."),
    ("en", "\"It's \"one\" of many", "“It’s “one” of many"),
    ("en", "a well-known state-of-the-art method", SAME),
    # dashes
    ("kk", "ұлт – қазақ халқы", "ұлт~– қазақ халқы"),
    ("ru", "Алматы - город", "Алматы~— город"),
    ("ru", "Алматы — город, Астана - столица", "Алматы~— город, Астана~— столица"),
    ("kk", "Астана - елорда", "Астана~– елорда"),
    ("en", "one - two", SAME),
    ("en", "one – two, one—two", "one~– two, one—two"),
    ("ru", "5 - 3 = 2", SAME),
    # minus
    ("ru", "от -5 до -10 °C", "от −5 до −10~°C"),
    ("en", "(-5; 3), x = -2.5", "(−5; 3), x = −2.5"),
    ("kk", "-40 градус", "−40 градус"),
    ("en", "the -05 code and A -5", SAME),
    ("ru", "60 -70 дней", SAME),
    # what machines read
    ("kk", "ISBN 978-601-04-1234-5", SAME),
    ("ru", "ISSN 1991-1996, ISSN (онлайн) 1998-2004", SAME),
    ("en", "ORCID 0000-0002-1825-0097", SAME),
    ("ru", "ГОСТ 7.1-2003, ГОСТ 1042-2001, СТ РК 1042-2001", SAME),
    ("kk", "ӘОЖ 81'366.5, ХҒТАР 16.21.33", SAME),
    ("en", "https://doi.org/10.5555/a-b.1-5...x", SAME),
    ("en", "10.5555/12-15.2024", SAME),
    ("ru", "почта a-5.7-9@journal.example", SAME),
    ("ru", "+7 (727) 377-38-39 и 377-33-33", "+7 (727) 377-38-39 и~377-33-33"),
    ("en", "http://journal.example/1998-2004/ - here", SAME),
]


def rules(tag: str) -> Spacing:
    return language(tag).spacing


def setting(tag: str, text: str) -> str:
    return set_plain(text, rules(tag), choose_dash(text, rules(tag)))


@pytest.mark.parametrize(("tag", "typed", "printed"), EXAMPLES, ids=[f"{tag} {typed}" for tag, typed, _ in EXAMPLES])
def test_examples(tag, typed, printed):
    expected = typed if printed is SAME else printed.translate(SEEN)
    assert setting(tag, typed) == expected


def signs(text: str) -> str:
    """The letters and digits of a text; the apostrophes that Unicode counts as letters left out."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LN" and sign not in "ʻʼ")


def random_texts(number: int) -> list[tuple[str, str]]:
    """Texts put together at random from the examples' words and the signs that rules look at."""
    chance = random.Random(6)
    words = sorted({word for _, typed, _ in EXAMPLES for word in typed.split()})
    marks = ['"', "'", "«", "»", "“", "”", "„", "‘", "’", "-", "–", "—", "...", ".", ",", "(", ")", " ", " ", " ", "\u00a0", "5",
             "1998", "А.", "I", "\ufffc", "\n", "%", "№", "100", "000"]
    texts = []
    for _ in range(number):
        parts = [chance.choice(words if chance.random() < 0.5 else marks) + chance.choice(["", " ", " "])
                 for _ in range(chance.randint(1, 25))]
        texts.append((chance.choice(["kk", "ru", "en", "uk", "ky", "uz", "de"]), "".join(parts)))
    return texts


def test_nothing_but_signs_changes_and_a_second_run_changes_nothing():
    for tag, text in [(tag, typed) for tag, typed, _ in EXAMPLES] + random_texts(1500):
        done = setting(tag, text)
        assert compare(done, text) and fold(done) == fold(text), (tag, text, done)
        assert signs(done) == signs(text), (tag, text, done)
        dash = choose_dash(text, rules(tag))
        assert set_plain(done, rules(tag), dash) == done, (tag, text, done)


def test_a_text_keeps_its_length():
    for tag, text in random_texts(500):
        assert len(set_text(text, rules(tag), "–")) == len(text)


def test_a_language_without_a_table_has_only_what_all_share():
    assert set_plain('"A. Smith": 1998-2004, № 5...', Spacing(), "") == '"A.\u00a0Smith": 1998–2004, №\u00a05…'


# --- markup ---------------------------------------------------------------------------------------------------------
MARKUP = [
    ("ru", "<p>и <em>т.</em> д.</p>", "<p>и~<em>т.</em>~д.</p>"),
    ("ru", '<p>"Он <em>сказал"</em> да</p>', "<p>«Он <em>сказал»</em> да</p>"),
    ("ru", '<p>"Он</p><p>сказал" да</p>', '<p>"Он</p><p>сказал" да</p>'),
    ("ru", '<p>"А" <code>"x" - 5...</code></p>', '<p>«А» <code>"x" - 5...</code></p>'),
    ("ru", '<pre class="cpp"><code>int a = "x" - -5; // C++ ...</code></pre>', SAME),
    ("ru", "<p>при <math><mn>-5</mn><mo>-</mo></math> - нет</p>", "<p>при <math><mn>-5</mn><mo>-</mo></math>~— нет</p>"),
    ("kk", '<p>сөз <span lang="en">"soft power"</span> "сөз"</p>', '<p>сөз <span lang="en">“soft power”</span> «сөз»</p>'),
    ("kk", '<div lang="ru"><p>в "доме"</p></div><p>"үй"</p>', '<div lang="ru"><p>в~«доме»</p></div><p>«үй»</p>'),
    ("ru", '<p>"слово"<a href="#fn1" role="doc-noteref"><sup>1</sup></a> - да</p>',
     '<p>«слово»<a href="#fn1" role="doc-noteref"><sup>1</sup></a>~— да</p>'),
    ("ru", "<p>10<sup>-5</sup> м</p>", "<p>10<sup>−5</sup> м</p>"),
    ("ru", '<p title="&quot;в доме&quot;">&quot;в доме&quot; &amp; т. е. &lt;</p>',
     '<p title="&quot;в доме&quot;">«в~доме» &amp; т.~е. &lt;</p>'),
    ("ru", '<p><a class="uri" href="http://a.example/1-2">http://a.example/1-2...</a></p>', SAME),
    ("ru", "<table><tr><td>-5</td><td>5-7</td></tr></table>", "<table><tr><td>−5</td><td>5-7</td></tr></table>"),
    ("ru", '<p>"а<br>б"</p><img src="x" alt="&quot;">', '<p>«а<br>б»</p><img src="x" alt="&quot;">'),
    ("de", "<p>\"wort\" 'n' - A. Bach</p>", "<p>\"wort\" 'n' - A.~Bach</p>"),
]


@pytest.mark.parametrize(("tag", "typed", "printed"), MARKUP)
def test_markup_is_read_through(tag, typed, printed):
    done = Typesetter(tag, typed).set_html(typed)
    assert done == (typed if printed is SAME else printed.translate(SEEN))
    assert Typesetter(tag, typed).set_html(done) == done


def test_entries_keep_surname_and_initial_together():
    setter = Typesetter("kk", "")
    done = setter.set_html("Кәкішұлы Т. Қазақ әдебиетінің тарихы. – Алматы, 2002. – 235 б.", entry=True)
    assert done == "Кәкішұлы~Т. Қазақ әдебиетінің тарихы.~– Алматы, 2002.~– 235~б.".translate(SEEN)
    assert setter.set_html(done, entry=True) == done
    romanised = setter.set_html("Pavlov, D. A. (2020). Avtomaticheskaya vyorstka sel'skikh stat'ey. pp. 5-7.", "en", entry=True,
                                romanised=True)
    assert romanised == "Pavlov,~D.~A. (2020). Avtomaticheskaya vyorstka sel'skikh stat'ey. pp.~5–7.".translate(SEEN)


def test_apostrophes_of_ukrainian_and_uzbek():
    ukrainian = Spacing(apostrophe="ʼ")
    assert set_plain("п'ять, об’єкт, 5' дуги", ukrainian) == "пʼять, обʼєкт, 5' дуги"
    uzbek = Spacing(apostrophe="ʼ", turned="ʻ", turned_after="og")
    assert set_plain("o'zbek, G‘arb, tog', san'at", uzbek) == "oʻzbek, Gʻarb, togʻ, sanʼat"


def test_linear_on_large_texts():
    """Twice the text takes about twice the time, even where rules all but match."""
    seeds = ["А. ", "1 000 ", "а", "Ааа", '"', "'", "«", "1-", "т. ", "a@", "www.", "- ", "И. О. Фамилия ",
             "5 - ", "100 ", "X", ".", "ISBN 1 ", "+7 (1) "]

    def seconds(seed: str, size: int) -> float:
        text = seed * (size // len(seed))
        began = time.process_time()
        setting("ru", text)
        return time.process_time() - began

    for seed in seeds:
        assert seconds(seed, 60_000) < 8 * seconds(seed, 15_000) + 0.1, seed


# --- outputs --------------------------------------------------------------------------------------------------------
def words_of(page: str) -> str:
    body = re.sub(r"<(script|style|math)\b.*?</\1>", "", page.split("<body", 1)[1], flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "", body)).replace("\u00ad", "")


TEXT = """Ол "иә" деді [@example]. А. Құнанбаев - ақын, 1998-2004 жж., № 5, `"код" - 5-7`...

| "Баған" | Мән |
|---|---|
| бір | -5 |

: "Кесте" атауы {#tbl:one}

Ескертпе[^1].

[^1]: "Ескертпе" мәтіні, т. б.
"""


def built(journal, changes=None) -> tuple[str, str, str]:
    """The article in each format as text."""
    import zipfile

    import pypdfium2

    journal.overlay({"text": TEXT, **(changes or {})})
    assert journal.run("build") == 0
    document = pypdfium2.PdfDocument(journal.output(".pdf"))
    pdf = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    with zipfile.ZipFile(journal.output(".epub")) as book:
        name = next(each for each in book.namelist() if each.endswith("article.xhtml"))
        epub = book.read(name).decode()
    return journal.output(".html").read_text("utf-8"), epub, pdf


def test_all_outputs_are_set_alike(journal):
    page, epub, pdf = built(journal)
    for words in (words_of(page), words_of(epub)):
        for expected in ("Ол «иә» деді", "А.~Құнанбаев~– ақын, 1998–2004~жж., №~5", '"код" - 5-7…', "«Баған»", "−5", "«Кесте» атауы",
                         "«Ескертпе» мәтіні, т.~б."):
            expected = expected.translate(SEEN).replace("5-7…", "5-7")
            assert expected in words, expected
    for expected in ("«иә»", "1998–2004", '"код" - 5-7', "«Баған»", "−5", "«Ескертпе»"):
        assert expected in " ".join(pdf.split()), expected


def test_one_switch_prints_as_typed(journal):
    page, epub, pdf = built(journal, {"journal": {"typography": "off"}})
    for words in (words_of(page), words_of(epub), " ".join(pdf.split())):
        for typed in ('Ол "иә" деді', "А. Құнанбаев - ақын, 1998-2004 жж., № 5", '"Ескертпе" мәтіні, т. б.'):
            assert typed in words, typed


def test_the_article_may_differ_from_its_journal(journal):
    journal.overlay({"journal": {"typography": "off"}, "typography": "on"})
    assert journal.edition().typography
    journal.overlay({"journal": {"typography": "on"}, "typography": "off"})
    assert not journal.edition().typography


def test_metadata_stays_as_typed(journal):
    title = 'Ол "иә" деді: 1998-2004 жж.'
    page, epub, _ = built(journal, {"title": {"kk": title, "ru": 'Он сказал "да" в доме', "en": 'He said "yes" and left'}})
    head = html.unescape(page.split("<body", 1)[0])
    assert f"<title>{title}</title>" in head and title in head.split('citation_title" content="')[-1]
    assert f"<title>{title}</title>" in html.unescape(epub.split("<body", 1)[0])
    assert "Ол «иә» деді: 1998–2004\u00a0жж." in words_of(page)
    assert "Он сказал «да» в\u00a0доме" in words_of(page) and "He said “yes” and left" in words_of(page)
    edition = journal.edition()
    assert edition.article.body.texts["title", "kk"].text == title
