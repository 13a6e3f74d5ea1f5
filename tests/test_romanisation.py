"""Which Latin spellings can be a Cyrillic name, and which are somebody else's. All names are common or made up."""

import time

import pytest

from basylym.typography.romanisation import fold_name, may_be_romanised

# A Cyrillic name, and spellings of it that people really use.
ACCEPTED = """
Назарбаев: Nazarbayev, Nazarbaev, Nazarbaiev
Әбдіғалиұлы: Abdigaliuly, Äbdiğaliūly, Abdigaliuli, Abdygaliuly, Abdighaliuly, Äbdıǧaliuly
Қожахметов: Kozhakhmetov, Qojahmetov, Khozhakhmetov, Kojahmetov, Qozhaxmetov
Шәкәрім: Shakarim, Shäkärim, Shakerim, Şäkärım
Жұмабай: Zhumabay, Jumabai, Dzhumabai, Jūmabai, Žumabaj, Cumabay
Ыбырай: Ybyrai, Ibrai, Ibyrai, Ybyraj
Юлия: Yulia, Julia, Iuliia, Yuliya, Julija, Ûliâ
Алексей: Alexey, Aleksei, Alexei, Aleksey, Aleksej
Пётр: Petr, Pyotr, Peter, Pjotr
Щербакова: Shcherbakova, Scherbakova, Sherbakova, Ŝerbakova, Shherbakova
Ерлан: Yerlan, Erlan
Евгений: Evgeny, Yevgeniy, Evgenii, Evgeniy, Yevgeny, Evgenij, Eugene
Хамит: Khamit, Hamit
Ғалия: Galiya, Ghaliya, Ğalia, Galia, Ġaliâ
Ұлжан: Ulzhan, Uljan, Ūljan, Olzhan
Үміт: Umit, Ümit, Umyt
Өтеген: Utegen, Otegen, Ötegen
Цой: Tsoi, Tsoy, Choi
Ким: Kim
Қуаныш: Kuanysh, Quanysh, Quanyş, Kwanysh
Гүлнәр: Gulnar, Gülnär, Gulner
Әйгерім: Aigerim, Äygerim, Ayigerim
Мұхтар: Mukhtar, Muhtar, Mūhtar, Moukhtar
Ахмет: Akhmet, Ahmet, Axmet
Ыдырысқызы: Ydyryskyzy, Idrisqyzy, Ydyrysqyzy
Тәңірберген: Tangirbergen, Tanirbergen, Täñirbergen
Жанар: Zhanar, Janar, Žanar
Ўткир: Utkir, Otkir, O‘tkir
Їжакевич: Yizhakevych, Izhakevich
Ҳаким: Hakim, Khakim
Ґалаґан: Galagan
Сәуле: Saule, Säule, Sawle
Дәурен: Dauren, Däuren, Dawren
Айжан: Aizhan, Ayzhan, Aijan, Ayjan
Нұрлан: Nurlan, Nūrlan, Nourlan
Қасым-Жомарт: Kassym-Jomart, Qasym-Jomart, Kasym Zhomart, Kasymzhomart
Әл-Фараби: Al-Farabi, Alfarabi
Һарон: Haron, Kharon
Чайковский: Tchaikovsky, Chaikovskii, Čajkovskij, Chaykovskiy
Белый: Bely, Belyi, Belyy
Соловьёв: Solovyov, Solovyev, Soloviev, Solov’ëv, Solovʹev
Юрьев: Yuryev, Iurev, Yur’yev, Jurjew
Наталья: Natalia, Natalya, Nataliia, Natalja, Natalie
Ксения: Kseniya, Xenia, Ksenia
Анна: Anna, Ana
Яна: Yana, Jana, Iana
Джамиля: Jamilya, Dzhamilya, Jamila
Екатерина: Ekaterina, Yekaterina, Catherine, Katherine
Михаил: Mikhail, Michael, Mihail
Александр: Alexander, Aleksandr, Alexandr
Съедин: Syedin, Sedin, S″edin
Эльмира: Elmira, Èl’mira
Фёдоров: Fedorov, Fyodorov, Fiodorov
Хрущёв: Khrushchev, Khrushchyov, Hruschev
Майя: Maya, Maiya, Maia
Зульфия: Zulfiya, Zulfia, Zul’fiia
Мысалов Ерлан: Yerlan Mysalov, Mysalov Y., Mysalov Erlan, E. Mysalov, MYSALOV Yerlan, Mysalov Ye.
Мысалов Ерлан Үлгіұлы: Yerlan Mysalov, Mysalov Yerlan Ulgiuly, Mysalov Ye. U., Yerlan U. Mysalov
Мысалов Е. Ү.: Yerlan Mysalov, E. U. Mysalov, Mysalov E.Ü.
Мысалов Ерлан Серік ұлы: Mysalov Yerlan Serikuly, Mysalov Yerlan Serikovich
Образцова Анна Сериковна: Anna Obraztsova, Obrazcova Anna Serikovna, A.S. Obraztsova, Obraztsova A.
Үлгіқызы Айжан: Aizhan Ulgikyzy, Ülgiqyzy Aijan, Ulgikyzy A.
Примерова-Образцова Юлия: Yulia Primerova-Obraztsova, Iuliia Primerova, Obraztsova Julia
А. Б.: A.B., A. B.
Ж. Шәріпова: Zh. Sharipova, J. Sharipova, Zhanar Sharipova, Şäripova J.
Щукин Ю.: Shchukin Yu., Y. Schukin, Iu. Shchukin
Дж. Ахметов: J. Akhmetov, Dzh. Akhmetov
ҚОЖАБЕКОВ НҰРЛАН: Nurlan Kozhabekov, Qojabekov Nurlan
Ахметова: Akhmetova, Ahmetova, Akhmetov
Бейсембаев: Beisembayev, Beysembaev, Beissembayev
Оспанова: Ospanova, Osspanova
Тұрсынбек: Tursynbek, Tursinbek, Toursynbek
Smith John: John Smith
"""

# A Cyrillic name, and names that are not it.
REFUSED = """
Мысалов: Primerova, Musin, Malysheva
Ерлан: Anna, Arman, Erkin, Nurlan
Ахметов: Akhmedova, Amanov, Mametova
Сериков: Sarsenov, Serzhanova, Sarinov
Назарбаев: Nurbekov, Zhumabaev, Nazarov
Жұмабай: Zhandos, Abai, Zhanibek
Айжан: Aizada, Aigul, Erzhan
Марат: Murat, Marina, Talgat
Ким: Kan, Lee, Tsoi
Цой: Kim, Pak
Юлия: Anna, Yana, Lidia
Пётр: Pavel, Paul, Igor
Алексей: Andrey, Aidos, Sergei
Щербакова: Shcherbinina, Shevchenko, Barkova
Өтеген: Omirbek, Otarbay, Erkegul
Ұлжан: Erzhan, Ulbosyn, Gulzhan
Гүлнәр: Gulzira, Aigul, Gulmira
Ғалия: Aliya Smagulova, Gulnara, Dina
Қожахметов: Kozhabekov, Mukhametov, Khamitov
Мысалов Ерлан: Yerlan Primerov, Anna Mysalova, Primerova Anna, Mysalov B., N. Mysalov
Мысалов Ерлан Үлгіұлы: Mysalov Yerlan Serikuly, Yerlan Obraztsov, Ulgi Primerov
Мысалов Е. Ү.: B. Mysalov, Mysalov A. B., Anna Mysalova
Образцова Анна Сериковна: Obraztsova Anna Petrovna, Obraztsova Dina, Anna Primerova
Сериков Болат Ерланұлы: Serikov Bolat Erlankyzy
А. Б.: C. D., A. K.
Ахметов А.: Akhmetov B., Akhmetov K., A. Serikov
Примерова-Образцова Юлия: Yulia Mysalova, Yulia Primerova-Serikova
Қасым-Жомарт: Kassym-Bek, Nursultan
Ли: Kim, Pak
Smith John: Peter Smith, John Miller
Ерлан Мысалов: Мысалов Ерлан
"""


def pairs(block: str) -> list[tuple[str, str]]:
    """The pairs of a block, a Cyrillic name with each of its Latin ones."""
    lines = [line.split(": ") for line in block.strip().splitlines()]
    return [(cyrillic, latin) for cyrillic, spellings in lines for latin in spellings.split(", ")]


@pytest.mark.parametrize(("cyrillic", "latin"), pairs(ACCEPTED))
def test_spellings_of_a_name_are_accepted(cyrillic, latin):
    assert may_be_romanised(cyrillic, latin)
    assert may_be_romanised(cyrillic.upper(), latin.lower())


@pytest.mark.parametrize(("cyrillic", "latin"), pairs(REFUSED))
def test_other_names_are_refused(cyrillic, latin):
    assert not may_be_romanised(cyrillic, latin)


def test_there_are_enough_pairs():
    assert len(set(pairs(ACCEPTED))) >= 120 and len(set(pairs(REFUSED))) >= 60


def test_everyone_is_only_themselves():
    """Of the names of one word, almost none is taken for another's spelling."""
    known = [pair for pair in pairs(ACCEPTED) if " " not in pair[0] + pair[1]]
    names, strangers = sorted({name for name, _ in known}), []
    for name in names:
        strangers += [(name, latin) for other, latin in known if other != name and may_be_romanised(name, latin)]
    print(f"\n{len(strangers)} of {len(names) * len(known)} strangers accepted: {strangers}")
    assert len(strangers) < 0.005 * len(names) * len(known)


@pytest.mark.parametrize("empty", ["", " ", "…", "—", "123"])
def test_nothing_speaks_against_an_empty_name(empty):
    assert may_be_romanised(empty, "Anna") and may_be_romanised("Анна", empty)


def test_long_names_take_no_time():
    start = time.perf_counter()
    for cyrillic, latin in [("ы" * 100_000, "y" * 100_000), ("А. " * 30_000, "A. " * 30_000), ("кс-" * 30_000, "x-" * 30_000)]:
        may_be_romanised(cyrillic, latin)
    assert time.perf_counter() - start < 10


def test_fold_name():
    assert fold_name("Äbdiğaliūly") == "abdigaliuly" and fold_name("Solov’ëv") == "solovev" and fold_name("Şäripova İ.") == "saripova i."
    assert fold_name("Үлгіұлы\u0301") == "үлгіұлы" and fold_name("и\u0306") == "й" and fold_name("T\u0361s") == "ts"
