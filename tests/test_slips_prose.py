"""Correct prose in the three languages, full of what only looks mistyped, raises nothing."""

import pytest
from test_slips import FINDERS, usage

from basylym.typography.slips.spaces import find_heading_stop
from basylym.typography.slips.variants import find_variants

PROSE = {"kk": """
Біз Алматыдан таңертең шықтық. Асан мен Үсен бір көлікте отырды, ал қалғандары екі автобуспен келді. Жолда төрт сағаттай жүрдік,
сондықтан кешке қарай ғана ауылға жеттік. Ауылдың ортасында ескі мектеп бар, оны 1936 жылы салған. Мектептің жанында – кітапхана, одан
әрі – клуб пен дәріхана. Ауылдың басты мақтанышы – оның кітапханасы. Онда 12 500 кітап, 48 газет тігіндісі және 300-ден астам қолжазба
сақталған.

Кітапханашы апай бізді күлімсіреп қарсы алды. «Мұнда келген адам кітапсыз кетпейді», – деді ол. Сосын ақырын ғана: «Бірақ кітапты
қайтаруды ұмытпаңыздар», – деп қосты. Біз күліп жібердік. Жас шамасы 60-тан асқан бұл кісі кітапханада қырық жылдай істепті. Оның
айтуынша, оқырмандардың үш түрі бар: бірінші – асыққан адам, екінші – іздеген адам, үшінші – адасқан адам. Ең қиыны – үшіншісі, өйткені
ол не іздейтінін өзі де білмейді.

Ескі газеттерді парақтап отырып, біз XIX ғасырдың соңындағы жәрмеңке туралы хабарға тап болдық. Онда мал бағасы, ауа райы және базарға
келгендердің саны айтылған: 1898–1902 жылдары жәрмеңкеге жыл сайын 5–6 мың адам келіпті. Бір қойдың бағасы 3 сом 50 тиын болған, ал
аттың құны 40 сомға дейін жеткен. Мұндай деректерді ауыл тарихын зерттеп жүрген мұғалім қағазға түсіріп алды. Ол бұрыннан осындай
хабарларды жинап келеді екен: қалың дәптердің 7-беті мен 12-беті тек жәрмеңкеге арналған.

Іс жүзінде мұрағат ісі – әркімнің қолынан келетін жұмыс емес. Ең маңыздысы – шыдам, одан кейін – ұқыптылық. Ата-бабаның сөзін,
салт-дәстүрді және қарым-қатынас мәдениетін сақтау да осындай еңбекті қажет етеді. Сондай-ақ жазбаны оқи білу керек: араб әрпімен
жазылған беттерді бүгінде санаулы ғана адам таниды. Біздің топта ондай екі адам болды. Олар ұзақ ұзақ отырып, бірте-бірте бірнеше бетті
оқып шықты. Айта айта жалықпайтын әңгіме де осы күні басталды.

Кешкі астан кейін далаға шықтық. Аспан ашық, жұлдыздар жарық еді. Қария бізге жұлдыздардың атын үйретті: Темірқазық, Жетіқарақшы, Үркер…
Жоқ, бәрі есімде қалмапты. Ертеңіне кері қайттық. Қоштасарда кітапханашы апай әрқайсымызға бір-бір кітап ұсынды. Маған «Абай жолы» тиді.
Мен оны бұрын да оқығанмын, бірақ бұл жолы басқаша оқыдым. Екінші рет оқыған кітап – жаңа кітап. Үйге келген соң, бірінші томның 15–20
бетін сол күні аяқтадым. Қысқасы, сапар сәтті өтті: біз көп нәрсе білдік, ал ең бастысы – ауылдың өз тарихын сақтап отырғанын көрдік.
""", "ru": """
Мы выехали из города рано утром. Нас было двенадцать человек, и все они хотели увидеть старую усадьбу. Дорога заняла четыре часа:
сначала ехали по шоссе, потом — по просёлку, где машину то и дело подбрасывало на ухабах. То есть трясло так, что есть уже никто не
хотел. Усадьба стоит на холме. Дом построили в 1836 г., а в конце XIX века к нему прибавили крыло. В 1998–2004 гг. здание чинили; работы
стоили 12 млн рублей.

Хозяйка музея встретила нас у ворот. «Заходите, — сказала она, — но не все сразу». Мы вошли. В первой комнате висел портрет, на котором
кто-то из гостей узнал Петра I. Оказалось, что это не он, а его дальний родственник. Как бы то ни было, портрет хорош. В углу стояли
часы высотой около 2 м; они до сих пор идут, хотя и отстают на 5–6 минут в сутки. Что касается мебели, она вся новая: старую вывезли ещё
в двадцатых годах. Кое-что, впрочем, вернулось — стол, два кресла и книжный шкаф.

Библиотека оказалась главным сокровищем дома. В ней 3 500 томов, в том числе 120 на французском языке. Каталог составил
общественно-политический деятель, имени которого никто из нас прежде не слышал. Он писал просто: «Книга — тот же собеседник, только
молчит она дольше». На полях есть его пометы: где-то он спорит, где-то хвалит, а на с. 15 первого тома вывел крупно: «Не верю!» Мы
долго-долго стояли над этой страницей. Удивительно, что что-то подобное можно увидеть без стекла и охраны.

Обед накрыли в саду. Говорили о том о сём: о погоде, о дорогах, о ценах. Кто — за пироги, кто — за уху. Один из нас, врач, рассказал,
как в детстве жил неподалёку: дом 12, квартира 5, второй этаж. Осталось от того дома немного — их квартал снесли. Что ж, либо строить
новое, либо беречь старое; совместить то и другое удаётся редко. Научно-технический прогресс — это, конечно, благо, но и у него есть
цена, и платят её по-разному.

Вечером мы поехали назад. Солнце садилось, температура упала до −5 °C, и в машине стало тихо. Я записал всё, что запомнил: имена, даты,
расстояния. До города было 70 км, до дома — ещё десять. Из-за тумана ехали медленно. Во-первых, водитель устал; во-вторых, дорогу
замело. И всё-таки мы успели. Дома я нашёл в справочнике ту самую книгу. Она вышла в 1887 г. в Москве, переиздана в 2011 г. и стоит, как
ни странно, недорого. Куплю. А потом поеду туда ещё раз — в мае, когда зацветёт сад, и возьму с собой детей: им будет интересно.
""", "en": """
We left the town early in the morning. There were twelve of us, and nobody had had enough sleep. The road took four hours: first the
motorway, then a track on which the car went up and down like a boat. What it is, is a matter of taste; some of us sang, others read.
The house stands on a hill. It was built in 1836, and a wing was added at the end of the nineteenth century. Between 1998 and 2004 it
was repaired, at a cost of 12 million pounds.

The keeper met us at the gate. “Come in,” she said, “but not all at once.” In the first room hung a portrait that one of the guests took
for Peter I. It wasn’t he but a cousin. In the corner stood a clock some 2 m high; it still goes, though it loses 5–6 minutes a day. As
for the furniture, it’s all new: the old pieces were sold in the 1920s. A few things came back – a desk, two chairs and a bookcase. The
visitors’ book lay open on page 15, and we signed it one by one. Those who come in June, we were told, may see the garden as well, but
we had come in October.

The library is the treasure of the house. It holds 3,500 volumes, of which 120 are in French. The catalogue was made by a
socio-political writer whose name none of us had heard. He put it simply: “A book is a friend who keeps silent.” His notes stand in the
margins; on p. 15 of the first volume he wrote in large letters: “I don’t believe it!” The students’ guide says that that page is the
best known of all. We stood over it for a long, long time.

Lunch was laid in the garden. We talked of this and that: the weather, the roads, the price of bread. A doctor told us that he had lived
near by as a child, at number 12, on the second floor. The house is gone now. “Either you build,” he said, “or you keep; to do both is
rare.” A cost–benefit table would hardly help here. The so-called progress of the region – a well-known, state-of-the-art road – has its
price, and each pays it in his own way.

In the evening we drove back. The sun was going down, it was −5 °C, and the car grew quiet. I wrote down what I remembered: names,
dates, distances. It was 70 km to the town and ten more to my door. At home I found the very book in a catalogue, e.g. the edition of
1887, reprinted in 2011 (see vol. 2, pp. 7–9, etc.). It wasn’t dear. I’ll buy it, and in May, when the trees are in bloom, I’ll go there
again and take the children: they will like it.
"""}


@pytest.mark.parametrize("tag", PROSE)
def test_correct_prose_raises_nothing(tag):
    paragraphs = [" ".join(paragraph.split()) for paragraph in PROSE[tag].split("\n\n")]
    assert len(PROSE[tag].split()) >= 300
    found = [(find.__name__, slip.found, slip.expected) for find in FINDERS if find is not find_heading_stop
             for paragraph in paragraphs for slip in find(paragraph, usage(tag))]
    found += [("find_variants", slip.found, slip.expected)
              for _, slip in find_variants([(text, usage(tag)) for text in paragraphs])]
    assert found == []
