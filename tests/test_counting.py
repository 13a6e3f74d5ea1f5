"""FM-028's comparison of numbers, without an article: what is equal in three languages, what differs, and that it takes no time."""

from time import perf_counter

import pytest

from basylym.check import checks
from basylym.check.translations import compare_numbers
from basylym.languages import language
from basylym.typography.counting import find_unexplained, read_latin_abbreviations, read_numbers
from basylym.typography.roman import read_roman

TONGUES = {tag: language(tag) for tag in ("kk", "ru", "en")}


def compare(*texts: str) -> list[tuple[str, str, str, str]]:
    """The differences of texts in Kazakh, Russian and English."""
    return list(compare_numbers(dict(zip(TONGUES, texts, strict=True)), TONGUES))


EQUAL = [
    # words
    ("тоқсан алты мектеп", "девяносто шесть школ", "96 schools"),
    ("96 мектеп", "девяносто шесть школ", "ninety-six schools"),
    ("тоқсан алты мектеп", "в 96 школах", "ninety six schools"),
    ("тоқсан пайыз", "90%", "ninety percent"),
    ("тоқсан пайызы", "90 процентов", "90 per cent"),
    ("он бес жыл", "пятнадцать лет", "15 years"),
    ("15 жыл", "за пятнадцать лет", "fifteen years"),
    ("қырық бес оқушы", "45 учеников", "forty-five pupils"),
    ("жиырма бес облыста", "в двадцати пяти областях", "in 25 regions"),
    ("25 жылдық тәжірибе", "двадцатипятилетний опыт", "an experience of twenty-five years"),
    ("он екінші ғасыр", "XII век", "the 12th century"),
    ("он екінші сынып", "12-й класс", "the twelfth grade"),
    ("жүзден астам мақала", "более ста статей", "more than 100 articles"),
    ("120 адам", "сто двадцать человек", "120 people"),
    ("жүз жиырма адам", "120 человек", "one hundred and twenty people"),
    ("екі жүз елу бет", "250 страниц", "two hundred and fifty pages"),
    ("250 бет", "двести пятьдесят страниц", "two hundred fifty pages"),
    ("250 беттен", "из двухсот пятидесяти страниц", "of 250 pages"),
    ("үш мың бес жүз теңге", "3500 тенге", "three thousand five hundred tenge"),
    ("3 мың 500 теңге", "три тысячи пятьсот тенге", "3,500 tenge"),
    ("екі мың жиырма төртінші жылы", "в 2024 году", "in two thousand twenty-four"),
    ("оқушылардың жартысы", "половина учеников", "50% of the pupils"),
    ("оқушылардың 50 %", "половине учеников", "half of the pupils"),
    ("мәні 0,5", "равно половине", "equal to one half"),
    ("бір жарым жыл", "полтора года", "1.5 years"),
    ("1,5 жыл", "в течение полутора лет", "one and a half years"),
    ("екі жарым есе", "в 2,5 раза", "two and a half times"),
    ("2 жарым есе", "в 2,5 раза", "2.5 times"),
    ("2,5 есе", "в два с половиной раза", "2.5-fold"),
    ("жарты миллион", "полмиллиона", "500,000"),
    ("500 000 адам", "полмиллиона человек", "half a million people"),
    ("1,5 миллион", "полтора миллиона", "one and a half million"),
    ("75 %", "три четверти", "three quarters"),
    ("25 %", "четверть", "a quarter"),
    ("жетпіс төртінші", "семьдесят четвёртый", "the 74th"),
    ("тоғыз жүз тоқсан тоғыз", "девятьсот девяносто девять", "999"),
    ("сексен үш", "восемьюдесятью тремя", "83"),
    ("20 отбасы", "двадцать семей", "twenty families"),
    ("20 секунд", "20 с", "twenty seconds"),
    ("үш студент пен 5 оқытушы", "3 студента и пять преподавателей", "three students and 5 lecturers"),
    ("24 апта", "двадцать четыре недели", "two dozen weeks"),
    # multipliers
    ("3500000 теңге", "3,5 млн тенге", "3.5 million tenge"),
    ("3,5 миллион теңге", "3 500 000 тенге", "3,500,000 tenge"),
    ("582 мың адам", "582 тысячи человек", "582,000 people"),
    ("582 мыңнан астам", "более 582 тыс.", "over 582 thousand"),
    ("10 000 бет", "10 тыс. страниц", "ten thousand pages"),
    ("он мың бет", "десять тысяч страниц", "10,000 pages"),
    ("1,5 мың", "1500", "1,500"),
    ("1 млн 200 мың теңге", "1,2 млн тенге", "1.2 million tenge"),
    ("1 млн 200 мың теңге", "1 млн. 200 тыс. тенге", "1,200,000 tenge"),
    ("2 млрд доллар", "2 миллиарда долларов", "two billion dollars"),
    ("2,4 млрд. доллар", "2,4 миллиарда долларов", "$2.4 billion"),
    ("7 трлн теңге", "7 триллионов тенге", "7 trillion tenge"),
    ("3–5 млн", "3 млн – 5 млн", "3 to 5 million"),
    ("10–12 мың", "от 10 до 12 тыс.", "10,000–12,000"),
    ("1 жарым мың", "полторы тысячи", "1500"),
    ("миллион адам", "миллион человек", "1,000,000 people"),
    ("бірнеше мың 12 рет", "несколько тысяч 12 раз", "several thousand, 12 times"),
    # decades, centuries, years
    ("ХХ ғасырдың 30-жылдары", "30-е годы XX века", "the 1930s"),
    ("ХХ ғасырдың 30 жылдарында", "в 1930-х годах", "in the 30s of the 20th century"),
    ("ХХ ғасырдың отызыншы жылдары", "тридцатые годы XX века", "the 1930s"),
    ("20–30-жылдары", "20–30-х годов", "the 1920s and 1930s"),
    ("1920–1930 жылдары", "1920–30-е годы", "the 1920s–1930s"),
    ("ХІХ ғасырдың 60-жылдары", "60-е годы XIX века", "the 1860s"),
    ("ХХІ ғасырдың 10-жылдары", "10-е годы XXI века", "the 2010s"),
    ("ХХІ ғасыр", "XXI век", "the 21st century"),
    ("жиырма бірінші ғасыр", "двадцать первый век", "the 21st century"),
    ("2006–2008 жж.", "2006–08 гг.", "2006–2008"),
    ("2006–08 жж.", "2006–2008 гг.", "2006-08"),
    ("2020/2021 оқу жылы", "2020/21 учебный год", "the 2020–21 academic year"),
    ("1999–2000", "1999–00", "1999–2000"),
    ("2026 ж. 30 наурыз", "30.03.2026", "30 March 2026"),
    ("2026-03-30", "30 марта 2026 г.", "03/30/2026"),
    # figures
    ("p < 0,001", "p < 0,001", "p < .001"),
    ("0,98", "0.98", ".98"),
    ("1-тоқсан", "1 квартал", "Q1"),
    ("I тоқсан", "1 квартал", "Q1"),
    ("H2O", "вода H2O", "water"),
    ("139 фб⁻¹", "139 фб⁻¹", "139 fb−1"),
    ("100 м²", "100 кв. м", "100 m2"),
    ("60 – тан", "60-ти", "60th"),
    ("1 530 сөз", "1\u00a0530 слов", "1,530 words"),
    ("1\u202f530,5", "1\u2009530,5", "1,530.5"),
    ("1,530", "1,530", "1,530"),
    ("12,500 тонна", "12 500 тонн", "12,500 tonnes"),
    ("1.53 с", "1,530 с", "1.530 s"),
    ("90 %", "90%", "90 percent"),
    ("үлгі [3, 12]", "образец [@key, с. 5]", "specimen"),
    ("https://a.example/2024", "сайт", "author7@a.example, 10.5555/abc.123"),
]


@pytest.mark.parametrize("texts", EQUAL, ids=str)
def test_equal(texts):
    assert compare(*texts) == []


DIFFERENT = [
    (("130 топ", "130 групп", "120 groups"), ("en", "120", "130")),
    (("120 топ", "130 групп", "130 groups"), ("kk", "120", "130")),
    (("130 топ", "120 групп", "130 groups"), ("ru", "120", "130")),
    (("дәлдігі 0,98", "точность 0,89", "accuracy 0.98"), ("ru", "0,89", "0,98")),
    (("75,5 %", "75,5 %", "57.5 %"), ("en", "57.5", "75,5")),
    (("1530 сөз", "1530 слов", "1350 words"), ("en", "1350", "1530")),
    (("1 530 сөз", "1 350 слов", "1,530 words"), ("ru", "1 350", "1 530")),
    (("1995 жылы", "в 1995 году", "in 1996"), ("en", "1996", "1995")),
    (("1995 жылы", "в 1996 году", "in 1995"), ("ru", "1996", "1995")),
    (("3,5 млн", "3,5 млрд", "3.5 million"), ("ru", "3,5 млрд", "3,5 млн")),
    (("3,5 млн", "3,5 млн", "3.5 billion"), ("en", "3.5 billion", "3,5 млн")),
    (("582 мың", "582 тысячи", "528,000"), ("en", "528,000", "582 мың")),
    (("1 млн 200 мың", "1 млн 300 тыс.", "1.2 million"), ("ru", "1 млн 300 тыс", "1 млн 200 мың")),
    (("90 %", "восемьдесят процентов", "90 %"), ("ru", "", "90")),
    (("90 %", "90 %", "nineteen percent"), ("en", "", "90")),
    (("қырық пайыз", "90 %", "90 %"), ("kk", "", "90")),
    (("130 топ", "сто тридцать групп", "120 groups"), ("en", "120", "130")),
    (("сто", "150 статей", "150 articles"), ("kk", "", "150")),
    (("2006–2008", "2006–09", "2006–2008"), ("ru", "2006–09", "2008")),
    (("2020/2021", "2020/2021", "2020/22"), ("en", "2020/22", "2021")),
    (("1930-жылдары", "1930-е годы", "the 1940s"), ("en", "1940", "1930")),
    (("ХХ ғасырдың 30-жылдары", "30-е годы XX века", "the 1950s"), ("en", "1950", "30")),
    (("0,001", "0,001", ".01"), ("en", ".01", "0,001")),
    (("12 мектеп", "12 школ", "schools"), ("en", "", "12")),
    (("мектептер", "школы", "12 schools"), ("en", "12", "")),
    (("12-сынып", "12-й класс", "the 11th grade"), ("en", "11", "12")),
    (("2026 ж. 30 наурыз", "31.03.2026", "30 March 2026"), ("ru", "31.03.2026", "30")),
    (("үш мың бес жүз", "5300", "3,500"), ("ru", "5300", "3,500")),
    (("250 бет", "двести пять страниц", "250 pages"), ("ru", "", "250")),
    (("1,5 жыл", "два с половиной года", "1.5 years"), ("ru", "", "1,5")),
    (("21-ғасыр", "XX век", "the 21st century"), ("ru", "", "21")),
    (("COVID-19", "COVID-19", "COVID-91"), ("en", "91", "19")),
]


@pytest.mark.parametrize("texts, difference", DIFFERENT, ids=str)
def test_different(texts, difference):
    found = compare(*texts)
    assert [each[:3] for each in found] == [difference]


def test_of_two_languages_the_later_is_asked():
    texts = {"kk": "12 мақала", "en": "13 articles"}
    assert list(compare_numbers(texts, TONGUES)) == [("en", "13", "12", "kk")]
    assert list(compare_numbers({"kk": "он екі мақала", "en": "12 articles"}, TONGUES)) == []
    assert list(compare_numbers({"kk": "12 мақала"}, TONGUES)) == []


def test_what_is_shown_is_short():
    (_, shown, _, _), = compare("", "", "3" + "\u00a0" + "000 " + "thousand".ljust(60, "s"))
    assert len(shown) <= 40
    assert not compare("", "", "1" * 41)


HOSTILE = ["1" * 50000, "2006–" * 10000, "XIXIXI" * 10000, "(" * 50000, "[@" * 25000, "[1," * 20000, "1 " * 25000, "а@" * 25000,
           "1." * 25000, "он " * 20000, "hundred and " * 5000, "5 млн " * 9000, "½²" * 25000, "\u0301\u0323" * 25000, "Xx" * 25000,
           "AB (a" * 10000, " ".join(map(str, range(10000)))]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_nothing_takes_long(text):
    for read in (*(lambda text, tongue=tongue: read_numbers(text, tongue) for tongue in TONGUES.values()),
                 read_latin_abbreviations, read_roman, lambda text: find_unexplained(text, ())):
        start = perf_counter()
        read(text)
        assert perf_counter() - start < 10  # what is not linear takes minutes


@pytest.mark.parametrize("text", ["Сан {} бар", "{} млн", "{} миллиардов", "{} мың", "{}-е годы", "{}–{}", "{}%", "½ ³⁄₀ {}", "0.{}",
                                  "{} thousand million"])
def test_a_number_may_be_as_long_as_it_likes(text):
    """Python's own reckoning gives up at twenty-eight figures."""
    for length in (27, 28, 29, 39, 40, 41, 400):
        compare(*[text.replace("{}", "1" * length)] * 3)
        compare(text.replace("{}", "1" * length), "5", "5")


def test_it_is_a_comparison_by_rule_of_thumb():
    assert (checks()["FM-028"].severity, checks()["FM-028"].draft) == ("warning", "warning")
