"""What is mistyped in a text, and what only looks so."""

import time

import pytest
from conftest import ROOT

from basylym.check import run_checks
from basylym.languages import language
from basylym.project import Project
from basylym.typography.dictionaries import find_dictionary, load_dictionary
from basylym.typography.slips.dashes import find_dashes, find_hyphens, hyphenated_pairs
from basylym.typography.slips.letters import find_decomposed, find_letterless, find_look_alikes, find_roman
from basylym.typography.slips.quotes import find_foreign_quotes, find_unbalanced
from basylym.typography.slips.spaces import find_dots, find_heading_stop, find_joined_units, find_spaces
from basylym.typography.slips.variants import find_variants
from basylym.typography.slips.words import find_doubled
from basylym.typography.spelling import find_unknown_words

FINDERS = [find_dashes, find_decomposed, find_dots, find_doubled, find_foreign_quotes, find_heading_stop, find_hyphens,
           find_joined_units, find_letterless, find_look_alikes, find_roman, find_spaces, find_unbalanced]


def usage(tag):
    return language(tag).slips


def mend(find, tag, text):
    """The text with every mend that is proposed, the first of overlapping ones, and whether all were safe."""
    slips, end, parts, safe = list(find(text, usage(tag))), 0, [], True
    for slip in sorted(slips, key=lambda slip: slip.start):
        if slip.start >= end:
            parts += [text[end:slip.start], slip.expected]
            end, safe = slip.end, safe and slip.safe
    return "".join(parts) + text[end:], safe


MENDED = {
    find_roman: """
        kk ХХ ғасырдың соңы мен ХХІ ғасыр | XX ғасырдың соңы мен XXI ғасыр
        kk ХVІ сессиясында, ХІІ сессиясы | XVI сессиясында, XII сессиясы
        kk І тарау, ІІ тарау және Х ғасыр | I тарау, II тарау және X ғасыр
        kk Патша Николай ІІ. | Патша Николай II.
        kk ХҮІІІ ғасыр пен ХУ ғасыр | XVIII ғасыр пен XV ғасыр
        ru в ХІХ–ХХ вв. и в ХХ в. | в XIX–XX вв. и в XX в.
        en the ХХ century | the XX century
        ru Пётр І и Александр І правили | Пётр I и Александр I правили""",
    find_look_alikes: """
        kk тҥйінді сӛздер | түйінді сөздер
        kk Əлем жəне ӛмір | Әлем және өмір""",
    find_decomposed: """
        kk бай и\u0306ағни | бай йағни
        ru самыи\u0306 ещё и е\u0308лка | самый ещё и ёлка""",
    find_dashes: """
        kk топтарының 60 – тан астамы, 130 – дан да көп | топтарының 60-тан астамы, 130-дан да көп
        kk 60–тан астамы, 9–ы, 2 - ші, 10 -нан | 60-тан астамы, 9-ы, 2-ші, 10-нан
        kk мақұлдады (7 – бап), 12 – бабына сай | мақұлдады (7-бап), 12-бабына сай
        kk ерік– жігері мен қарым – қатынастарының | ерік-жігері мен қарым-қатынастарының
        kk Сондай –ақ мінез–құлқын, статс – хатшысы, бала – шаға | Сондай-ақ мінез-құлқын, статс-хатшысы, бала-шаға
        kk 60–мен, 25 –мектеп, 7–бөлім | 60-мен, 25-мектеп, 7-бөлім
        kk Заңның 7 – бап, 8 – бап және 12 – жолы | Заңның 7-бап, 8-бап және 12 – жолы
        kk қоғамдық–саяси өмір, азаматтық–құқықтық негіз | қоғамдық-саяси өмір, азаматтық-құқықтық негіз
        kk Премьер –Министрдің іс- шаралары | Премьер-Министрдің іс-шаралары
        ru общественно–политическая, историко – культурный | общественно-политическая, историко-культурный
        ru в 90–х годах, 5 – й, из – за, во – первых | в 90-х годах, 5-й, из-за, во-первых
        en in socio – political life, non–linear | in socio-political life, non-linear""",
    find_hyphens: """
        kk Термин - латын сөзі, «сөз», - деді | Термин – латын сөзі, «сөз», – деді
        ru Цель работы - изучение | Цель работы — изучение
        en The results -- all of them -- and pages 5--10 | The results – all of them – and pages 5–10""",
    find_spaces: """
        kk мәтін , сөйлем ; абзац . | мәтін, сөйлем; абзац.
        kk мәтін,сөйлем болды.Екінші | мәтін, сөйлем болды. Екінші
        kk екі  бос орын ( жақша ) мен « тырнақша » | екі бос орын (жақша) мен «тырнақша»
        kk 2006 – 2008 жылдары, 1980 –1990 жылдары | 2006–2008 жылдары, 1980–1990 жылдары
        ru слово ,другое и третье : да ! | слово, другое и третье: да!
        en word , word ; the (word ) here | word, word; the (word) here
        ru стр.5, рис.1 и с.7, г.Алматы, 5 млн.тенге | стр. 5, рис. 1 и с. 7, г. Алматы, 5 млн. тенге
        kk т.ғ.д.,проф. Үлгі, қ.Алматы | т.ғ.д., проф. Үлгі, қ. Алматы
        ru слово,, другое | слово, другое
        ru стр.5-7, проф.Ахметов, 3 тыс.руб. | стр. 5-7, проф. Ахметов, 3 тыс. руб.
        kk сөз( сөз) болды | сөз (сөз) болды
        ru 2006 - 2008 гг. | 2006–2008 гг.""",
    find_joined_units: """
        kk 5кг ет, 1,5млн теңге, 2020ж. | 5 кг ет, 1,5 млн теңге, 2020 ж.
        ru препарат 30мг, 10км/ч, в 2020г. и 10-15см | препарат 30 мг, 10 км/ч, в 2020 г. и 10-15 см
        en a 5kg parcel, 100MHz | a 5 kg parcel, 100 MHz
        kk 5мин, 3сағ, 25°C, 500теңгеге | 5 мин, 3 сағ, 25 °C, 500 теңгеге
        ru 5долл., 15мин, 1998–2004гг. | 5 долл., 15 мин, 1998–2004 гг.
        kk ХХғасыр, XXІғасырдың | XX ғасыр, XXI ғасырдың
        ru XXвек, IIтом | XX век, II том""",
    find_dots: """
        kk халқы...» деп | халқы…» деп
        kk Сөз ... Тағы не?... Тоқта!... | Сөз… Тағы не?.. Тоқта!..
        ru Кто?... Слово ... слово ... | Кто?.. Слово … слово…
        en and so on . . . then | and so on … then""",
    find_foreign_quotes: """
        kk “Қазақ газеті | “Қазақ газеті
        ru окно “Вид“ и (“Файл“) | окно «Вид“ и («Файл“)
        ru окно «Вид“ и «Файл“ | окно «Вид» и «Файл»
        en the „Kazakh“ paper | the “Kazakh“ paper
        kk ,,сөз'' деген | «сөз» деген
        kk ,,екі сөз'' деген | «екі сөз» деген
        ru ,,слово“ | «слово»
        ru ''слово'' и <<два слова>> | «слово» и «два слова»
        kk Ол «ашты және “сөз” деді | Ол «ашты және «сөз” деді""",
    find_doubled: """
        kk мәтін және және автор, ол үшін үшін | мәтін және автор, ол үшін
        ru нужно для для того | нужно для того
        en the the word | the word""",
    find_heading_stop: """
        kk Кіріспе мен шолу. | Кіріспе мен шолу
        en Results and discussion. | Results and discussion""",
}
CASES = [(find, *line.strip().split(" ", 1)) for find, lines in MENDED.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("find", "tag", "line"), CASES, ids=[f"{find.__name__}:{line}" for find, _, line in CASES])
def test_safe_mends(find, tag, line):
    text, expected = line.split(" | ")
    assert mend(find, tag, text) == (expected, True)
    assert not [slip for slip in find(expected, usage(tag)) if slip.safe and slip.expected and find is not find_foreign_quotes]


SPARED = {
    find_roman: """
        kk істер ісі жоқ, СМС, ММ, 5 мм, ІІМ, ХҚКО, СІ жүйесі
        kk Х. Досмұхамедов, І. Есенберлин, М. С. Үлгі, Х класы
        kk XIV сессия, XX ғасыр
        ru фактор Х в модели, с. 5, М. Х. Примеров, США, 20ХХ год""",
    find_look_alikes: """
        kk «ӛ» әрпі мен «ə» әрпі
        kk Бұл өмір мен сөздер
        ru якутское слово аҥар""",
    find_decomposed: """
        ru за\u0301мок и замо\u0301к, самый""",
    find_letterless: """
        kk Бұл мақала қазақ тілінде
        kk Абай атты роман баспадан шыкты
        kk Этот абзац написан по-русски, и в нём нет казахских букв""",
    find_dashes: """
        kk мемлекет құрушы ұлт – қазақ халқы
        kk Конституция қазақ тілін – мемлекеттік тіл мәртебесін мақұлдады
        kk Дінге де жақсы – білгендік, екіншіден – мемлекет, себеп – терең тамыр
        kk 3 – үстел, 4 – орындық, 5 – кесте
        kk Николай II-нің, II ғасыр
        kk Стильдің төрт түрі бар: ғылыми – …, әдеби – көркем шығармада, саяси – қоғамдық өмірде
        kk екі түрі бар: теориялық – талдау, жинақтау
        ru Нас было 12 — их 20; Осталось 5 — их хватит; пришло 30 — ой, как много
        ru Кое — что-то не так. Что — либо уйти, либо остаться
        kk 2006 – 2008 жылдары, үлес салмағы – 12,5% құрады, 2018 – жылы
        kk Алматы – Астана жолы, «келісім – ең асыл бақыт»
        ru нации государства – казахского народа, это – те, жизнь – борьба
        ru поезд Москва–Астана, система «человек–машина», закон Бойля–Мариотта
        ru Общественно – это важно
        en the state – the Kazakh people, cost–benefit, mother–child""",
    find_hyphens: """
        kk - бірінші - екінші
        kk аты-жөні, 5-6 адам, 2020 - 2021, оқу- және ғылыми
        kk жалғауы -лардың, бала- түбірі, Сөз -мен
        ru суффикс -тель, приставка при- и корень вод-, Аудио- и видеозаписи
        ru социально-экономический, аудио- и видеозаписи, x - y, -5 °C
        en a t - test, x - y, pre- and post-test, word--word""",
    find_spaces: """
        kk мәтін, сөйлем (және т.б.), 1,5 мың, 12:30, А.Құнанбаев, «Егемен»нің, «Абай»дағыдай, «Айқап»тың
        ru «Яндекс.Маркет», сервис Яндекс.Маркет, сайт казахстан.рф, файл стр.5.txt, 2000 + 2010 - 2020 = 1990
        kk Кітап. – Алматы : Ғылым, 2002. – 235 б.
        ru автор(ы), (не)зависимость, т.е. так, 1 : 100, «слово…» и « …»
        en a,b and c,d; see Node.js. Two spaces.  After a sentence, 5.5 ...""",
    find_joined_units: """
        kk 5%, №5, 3D, H2O, 90°, №12ж. бұйрық, 12ғ., 9а сынып, COVID-19, 5 кг
        ru дом 12г., дом 12г, вариант 12ж, № 5кг, 4К, Windows10, 5 %, 3D-принтер, А4, ГОСТ 7.1, v5.10
        en 5G, 1080p, MP3, 4K, 2x2""",
    find_dots: """
        kk халқы… және 1....2, сөз . . . . сөз
        ru Кто?.. Стой!..""",
    find_unbalanced: """
        kk «Бұл “Абай жолы” романы» мен "осы" және «екінші»
        kk Экран 19" және 24"
        ru «Слово „о полку“ Игореве» и знак « или »
        en “one” and ‘two’ don’t
        ru ООО «Фирма «Ромашка» и другие, ,,слово“""",
    find_foreign_quotes: """
        kk «Қазақ» пен "Айқап" және “word”
        ru «Слово „о полку“ Игореве», «так»
        en “word”, «сөз» and "word" """,
    find_doubled: """
        kk ұзақ ұзақ айтты, бірте бірте, жиі жиі, айта айта, жүріп жүріп, сол сол-ақ
        ru чуть чуть, Иванов Иванов, что что-то, да, да
        en he had had it, that that was so, Duran Duran
        ru То есть есть что сказать""",
    find_heading_stop: """
        kk Кіріспе
        kk Кітаптар және т.б.
        ru Статьи 2020 г.
        en Books etc.
        ru Что делать…""",
}
RIGHT = [(find, *line.strip().split(" ", 1)) for find, lines in SPARED.items() for line in lines.strip("\n").splitlines()]


@pytest.mark.parametrize(("find", "tag", "text"), RIGHT, ids=[f"{find.__name__}:{text}" for find, _, text in RIGHT])
def test_what_is_right_is_left_alone(find, tag, text):
    assert list(find(text, usage(tag))) == []


@pytest.mark.parametrize(("find", "tag", "text", "expected"), [
    (find_dashes, "kk", "ұлттық – азаматтық бірегейлік", "ұлттық-азаматтық"),
    (find_dashes, "kk", "Жасым 60 – мен қартайдым", "60-мен"),
    (find_dashes, "kk", "жауабы 5 – не үшін", "5-не"),
    (find_dashes, "kk", "25 – мектеп ғимараты", "25-мектеп"),
    (find_dashes, "kk", "Ең маңызды іс – әрекет ету", "іс-әрекет"),
    (find_dashes, "kk", "«Іс – шара емес»", "Іс-шара"),
    (find_dashes, "kk", "Ойын – сауық үшін емес", "Ойын-сауық"),
    (find_dashes, "kk", "сондай – ақ бар", "сондай-ақ"),
    (find_dashes, "kk", "I – тарау", "I тарау"),
    (find_dashes, "kk", "ХХ – ғасыр", "XX ғасыр"),
    (find_dashes, "ru", "I–ое место", "I"),
    (find_dashes, "ru", "I–го места", "I"),
    (find_dashes, "ru", "кто – то пришёл", "кто-то"),
    (find_dashes, "ru", "когда – то давно", "когда-то"),
    (find_dashes, "ru", "научно – технический", "научно-технический"),
    (find_dashes, "en", "an anti – war song", "anti-war"),
    (find_hyphens, "ru", "Москва -город", "Москва — город"),
    (find_hyphens, "ru", "Он- человек", "Он — человек"),
    (find_doubled, "kk", "Асан мен мен бардық", "мен"),
    (find_doubled, "kk", "Астана Астана қаласы", "Астана"),
    (find_doubled, "en", "he was in in 1990", "in"),
    (find_doubled, "en", "gave it to to read", "to"),
    (find_doubled, "en", "this is is a", "is"),
    (find_doubled, "en", "it is a a word", "a"),
    (find_doubled, "ru", "это не не слово", "не"),
    (find_doubled, "ru", "это слово в в тексте", "в"),
    (find_joined_units, "ru", "длина 5м и путь", "5 м"),
    (find_spaces, "ru", "это слово.. и", "слово."),
    (find_spaces, "ru", "вот «слово»слово", "» слово"),
    (find_spaces, "ru", "за 1998 - 2004 было", "1998–2004"),
    (find_dashes, "kk", "этно – лингвистикалық орталық", "этнолингвистикалық"),
    (find_look_alikes, "kk", "теҥге", "теңге"),
    (find_look_alikes, "kk", "өмір мен сөзде, аӛ сөзінде", "аө"),
    (find_letterless, "kk", "Бул макалада казак тили жане онын тарихы айтылады", "бұл"),
    (find_doubled, "ru", "слово сто сто двадцать", "сто"),
    (find_unbalanced, "kk", "деп жазды «осы мәтін", ""),
    (find_foreign_quotes, "kk", "Оның “екі «ішкі» сөзі” бар", "«екі"),
])
def test_what_is_only_proposed(find, tag, text, expected):
    (slip,) = find(text, usage(tag))
    assert slip.expected == expected and (not slip.safe or not expected)


def test_a_particle_with_one_space():
    assert [(slip.expected, slip.safe) for slip in find_dashes("что -то, кто -нибудь, какой- либо", usage("ru"))] == [
        ("что-то", False), ("кто-нибудь", True), ("какой-либо", False)]


def test_a_pair_written_with_a_hyphen_elsewhere():
    text = "Тіл-мәдениет байланысы. Екінші орында тіл – мәдениет мәселесі, ұлт – қазақ халқы."
    known = frozenset(hyphenated_pairs(text))
    assert [(slip.expected, slip.safe) for slip in find_dashes(text, usage("kk"), known)] == [("тіл-мәдениет", False)]
    assert not list(find_dashes(text, usage("kk")))


def test_the_dash_is_the_articles_own():
    assert [slip.expected for slip in find_hyphens("Цель - изучение", usage("ru"), "–")] == ["Цель – изучение"]


VARIANTS = [
    ("kk", "Мәтінде Назарбаев пен Назарбаевтың, Назарбаевқа дегендер, бірақ Назарбаиевтың да бар", ["Назарбаиевтың"]),
    ("kk", "Бұл хандық пен хандықтың, хандыққа деген сөздер, бірақ хандикке деген де бар", []),
    ("kk", "Олар қоныстанды: қоныс, қонысы, бірақ қоңыс деген де бар", ["қоңыс"]),
    ("kk", "автор С. Сейфуллин, Сейфуллиннің романы мен Сейфулиннің өлеңі", ["Сейфулиннің"]),
    ("kk", "бұл Бөкейханов пен Бөкейхановтың, Бөкейхановқа, Бөкейхановты және Бөкеханов", ["Бөкеханов"]),
    ("ru", "это Назарбаев, Назарбаева, Назарбаеву и Назарбаиевым", ["Назарбаиевым"]),
    ("ru", "это коммуникация, коммуникации и комуникация", ["комуникация"]),
    ("en", "the Nazarbayev plan, Nazarbayev and Nazarbaev", ["Nazarbaev"]),
    ("kk", "бұл Жұбанов пен Жұбановтың, Жұбановқа, Жұбановты, ал Жұманов бөлек, Абылай мен Абылайхан", []),
    ("kk", "бұл қалам мен қаламның, қозы мен көзі, ұшын мен үшін, алдың мен алдын", []),
    ("ru", "странный, страны, стран, стеклянный, длинный, длина, данные, даны, его ещё, еще", []),
    ("ru", "Иванов, Иванова, Ивановой, Иванову, Ивановым и Иванович", []),
    ("kk", "мұның танылуы мен таңылуы, танылуын, таңылуын", []),
    ("kk", "бұл қоныс пен қоңыс, тағы қоңыс пен қоныс", ["қоныс"]),
    ("en", "the Philips book, Philips and Philips with Philips, but Phillips too", []),
]


@pytest.mark.parametrize(("tag", "text", "found"), VARIANTS)
def test_names_and_terms_spelled_in_two_ways(tag, text, found):
    assert [slip.found for _, slip in find_variants([(text, usage(tag))])] == found
    assert not any(slip.safe for _, slip in find_variants([(text, usage(tag))]))


def test_a_journals_own_language(tmp_path):
    """What a file lacks or has wrong is not looked for, and nothing breaks."""
    (tmp_path / "xx.toml").write_text("""name = "X"
[slips]
look_alikes = ["ӛ", "əә"]
pairs = ["алма", "алма-өрік"]
after_roman = [""]
""", "utf-8")
    own = language("xx", tmp_path).slips
    assert [slip.expected for slip in find_dashes("алма – өрік, алма – бұл", own)] == ["алма-өрік"]
    assert list(find_look_alikes("бӛлім", own)) == list(find_roman("Х том", own)) == []


# --- the real article -----------------------------------------------------------------------------------------------
TRUE_DASHES = ["ұлт – қазақ", "зерттеу – басты", "Қазақстан – онда", "тілін – мемлекеттік", "жақсы – білгендік", "екіншіден – мемлекет",
               "салмағы – 12,5%", "ұлт – бұл", "мақсатымыз – қоғамды", "идея – бұл", "бағыты – көпэтносты", "бірі – Парламент",
               "себеп – терең", "келісім – ең", "Казахстане – это", "state – the"]


@pytest.fixture(scope="module")
def findings():
    project = Project(ROOT)
    edition = project.edition(next(target for target in project.targets if target.slug == "assembly"))
    return [finding for finding in run_checks(edition) if finding.id.startswith("TYP-")]


def test_every_defect_that_is_known_is_found_on_its_line(findings):
    lines = (ROOT / "source/2026-1/assembly/article.md").read_text("utf-8").split("\n")
    wrong = ["60 – тан", "60–тан", "130 – дан", "7 – бап", "ерік – жігері", "қарым – қатынас", "Қарым – қатынас", "сондай – ақ",
             "мінез – құлқын", "статс – хатшысы", "қоғамдық–саяси", "қоғамдық – саяси", "9–ы",
             "ХVІ", "ХХІ", "ХХ ", "ХІІ ", "...", "2006 – 2008"]
    told = {(finding.place.line, finding.found) for finding in findings}
    for words in wrong:
        places = [number for number, line in enumerate(lines, 1) if words in line]
        assert places, words
        for number in places:
            assert any(line == number and (words.strip() in found or found in words) for line, found in told), (words, number)


def test_no_real_dash_is_touched(findings):
    text = (ROOT / "source/2026-1/assembly/article.md").read_text("utf-8")
    for words in TRUE_DASHES:
        assert words in text
    assert not [finding.found for finding in findings if any(finding.found in words for words in TRUE_DASHES)]
    assert {finding.id for finding in findings} <= {"TYP-003", "TYP-007", "TYP-009", "TYP-011", "TYP-012", "TYP-013", "TYP-015"}


def test_the_other_article_has_none():
    project = Project(ROOT)
    edition = project.edition(next(target for target in project.targets if target.slug == "single-source"))
    assert [finding for finding in run_checks(edition) if finding.id.startswith("TYP-")] == []


def test_an_english_quotation_opens_anew_in_each_paragraph(journal):
    said = "::: {lang=en}\n“He spoke first.\n\n“He went on.\n\n“He ended.”\n\n\"And so\n\n\"did she.\"\n:::\n"
    journal.overlay({"text": f"Мәтін [@example].\n\n{said}"})
    assert journal.ids() == []
    # the last one is open still
    journal.overlay({"text": f"Мәтін [@example].\n\n{said}".replace("did she.\"", "did she.")})
    assert journal.ids() == ["TYP-012"]


# --- hostile text ---------------------------------------------------------------------------------------------------
HOSTILE = ["а" * 200_000, "– " * 100_000, "а – " * 50_000, "60 – та" * 30_000, "«" * 200_000, "«»" * 100_000, '"' * 100_001, " " * 200_000,
           "а " * 100_000, "ХХІ" * 70_000, "и\u0306" * 100_000, "\u0306" * 100_000, "ӛ" * 200_000, "ӛа ө " * 40_000, "." * 200_000,
           "1 " * 100_000, "5кг" * 60_000, "1–" * 100_000, "-" * 200_000, "а," * 100_000,
           "қарым – " * 20_000, "ab (" * 50_000, ",,а" * 70_000, "''а " * 50_000, "<<а" * 70_000,
           "а: б – в, " * 20_000, "I-" * 100_000, "5т.а" * 50_000, "«а «а» " * 30_000, ". " * 100_000, "стр.5," * 30_000,
           "7 – бап " * 25_000]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:8]) for text in HOSTILE])
def test_no_text_is_slow(text):
    for find in FINDERS:
        start = time.process_time()
        for tag in ("kk", "ru"):
            sum(1 for _ in find(text, usage(tag)))
        assert time.process_time() - start < 6, find.__name__
    start = time.process_time()
    sum(1 for _ in find_variants([(text, usage("kk"))]))
    assert time.process_time() - start < 6


# --- spelling -------------------------------------------------------------------------------------------------------
AFF = "SET UTF-8\nSFX A Y 1\nSFX A 0 лар [^ь]\n"
DIC = "3\nкітап/A\nбала/A\nжақсы\n"


def test_a_dictionary_with_endings(tmp_path):
    pytest.importorskip("spylls", reason="spylls is not installed")
    (tmp_path / "kk_KZ.aff").write_text(AFF, "utf-8")
    (tmp_path / "kk_KZ.dic").write_text(DIC, "utf-8")
    path = find_dictionary("kk", tmp_path)
    assert path == tmp_path / "kk_KZ.dic"
    lookup = load_dictionary(path)
    found = [slip.found for slip in find_unknown_words("Балалар мен кітаплар жақсы, бирақ Абай мен ЖОО, PDF кітәп", [lookup], {"мен"})]
    assert found == ["бирақ", "кітәп"]


def test_a_plain_list_of_words(tmp_path, monkeypatch):
    monkeypatch.setenv("DICPATH", str(tmp_path / "system"))
    (tmp_path / "system").mkdir()
    (tmp_path / "system" / "uk.dic").write_text("слово\nвідоме\n", "utf-8")
    lookup = load_dictionary(find_dictionary("uk", None))
    assert [slip.found for slip in find_unknown_words("Слово-слово відоме, невідоме. Так", [lookup])] == ["невідоме", "Так"]
    assert find_dictionary("xx", tmp_path) is None


def test_a_broken_dictionary_is_none(tmp_path):
    (tmp_path / "kk.aff").write_bytes(b"SFX A Y many\n\xff")
    (tmp_path / "kk.dic").write_bytes(b"\xff\xfe")
    assert load_dictionary(tmp_path / "kk.dic") is None


def test_spelling_is_off_unless_asked_for(journal):
    text = "text: 'Мәтін зщшгн [@example].'\n"
    journal.overlay("beside: {../languages/kk.dic: 'мәтін'}\n" + text)
    assert journal.ids() == []
