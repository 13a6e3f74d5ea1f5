"""FM: do the languages of the front matter say the same?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from os.path import commonprefix

from basylym.check import Found, check
from basylym.check.languages import script, script_of
from basylym.languages import language
from basylym.messages import LanguageName, Phrase
from basylym.model import Edition
from basylym.typography.compare import fold
from basylym.typography.counting import Tongue, count_letters, count_words, read_latin_abbreviations, read_numbers
from basylym.typography.romanisation import LETTERS, fold_name

RATIO = 1.5
"""How many times longer, in letters, one language's abstract may be than another's. Faithful translations between Kazakh,
Russian and English keep within 1.1: the sample's are 1097 : 1057 : 1100 and 1058 : 1113 : 1128 letters."""


def _present(edition: Edition, field: str) -> dict[str, str]:
    """The texts of a field in the journal's languages, by language."""
    return {tag: text for tag in edition.languages if (text := edition.text(field, tag))}


def _count(edition: Edition) -> dict[str, int]:
    return {tag: len(words) for tag in edition.languages if (words := edition.front.keywords.get(tag)) and not run_together(words)}


def run_together(words: list[str]) -> list[int]:
    """Which of the keywords are several in one; then their number says nothing."""
    return [number for number, word in enumerate(words) if ";" in word or word.count(",") > 1 or ("," in word and len(words) == 1)]


@check("FM-023", "there are {found} keywords in {language}, but {expected} in {other}",
       "add the missing keyword, or take the extra one out", draft="warning")
def keyword_count_differs(edition: Edition) -> Iterator[Found]:
    """The languages have different numbers of keywords.

    Why: keywords are translations of one another; one was forgotten, or two were run together.

    Bad::

        keywords: {kk: [үлгі, тексеру, басылым, журнал], ru: [образец, проверка, издание, журнал], en: [specimen, test, publication]}

    Good::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание], en: [specimen, test, publication]}

    Source: the requirements of Kazakhstan's journals (the same keywords in three languages).
    """
    counts = _count(edition)
    usual = max(counts.values(), key=lambda count: (list(counts.values()).count(count), count), default=0)
    example = next((tag for tag, count in counts.items() if count == usual), "")
    for tag, count in counts.items():
        if count != usual:
            yield Found(edition.article.places.find("keywords", tag), str(count), str(usual),
                        {"language": LanguageName(tag), "other": LanguageName(example)})


@check("FM-024", "“{found}” stands where {other} has “{expected}”", "put the keywords of all languages in the same order",
       severity="warning")
def keyword_order_differs(edition: Edition) -> Iterator[Found]:
    """The keywords of two languages stand in different orders, as far as words alike in both can tell.

    Why: readers and databases take the third keyword for the translation of the third.

    Bad::

        keywords:
          kk: [конституция, стратегия, тексеру]
          ru: [стратегия, проверка, конституция]
          en: [constitution, strategy, test]

    Good::

        keywords:
          kk: [конституция, стратегия, тексеру]
          ru: [конституция, стратегия, проверка]
          en: [constitution, strategy, test]

    Source: the requirements of Kazakhstan's journals (the same keywords in three languages).
    """
    lists = {tag: words for tag in edition.languages if 1 < len(words := edition.front.keywords.get(tag, [])) <= 40}
    accused: set[str] = set()
    for (first, ours), (second, theirs) in combinations(lists.items(), 2):
        if len(ours) != len(theirs) or {first, second} & accused:
            continue
        plain = {word: _in_latin(word).split() for word in (*ours, *theirs)}

        def alike(one: str, other: str, plain: Mapping[str, list[str]] = plain, most: Callable = _likeness) -> float:
            return max((most(first, second) for first in plain[one] for second in plain[other]), default=0)

        for number, word in enumerate(theirs):
            near = max(range(len(ours)), key=lambda at, word=word: (alike(ours[at], word, most=_clear_likeness), at == number))
            if near != number and alike(ours[near], word) > 0.7 and alike(ours[number], word) < 0.5:
                accused.add(second)
                yield Found(edition.article.places.find("keywords", second, number), word, ours[number], {"other": _in(first)})
                break


def _in_latin(word: str) -> str:
    """A word in Latin letters, so that конституция and constitution look alike."""
    return "".join(LETTERS[letter].split(" ")[0] if letter in LETTERS else letter for letter in fold_name(word))


def _likeness(one: str, other: str) -> float:
    """How alike two words are, 0 to 1; words of three letters tell nothing, and a long common beginning much."""
    if min(len(one), len(other)) < 4:
        return 0
    one, other = one[:40], other[:40]
    beginning = len(commonprefix([one, other]))
    return max(SequenceMatcher(None, one, other, autojunk=False).ratio(), 0.8 if beginning > 6 else 0)


def _clear_likeness(one: str, other: str) -> float:
    """The same where it is more than 0.7, else nothing: most pairs of words have too few letters in common, which is told at once."""
    one, other = one[:40], other[:40]
    enough = 0.7 * (len(one) + len(other))
    if one[:7] != other[:7] and (2 * min(len(one), len(other)) <= enough or 2 * _in_common(one, other) <= enough):
        return 0
    return found if (found := _likeness(one, other)) > 0.7 else 0


def _in_common(one: str, other: str) -> int:
    """How many letters two words have in common, in any order."""
    theirs = _counts(other)
    return sum(min(number, theirs[letter]) for letter, number in _counts(one).items() if letter in theirs)


@lru_cache(maxsize=1024)
def _counts(word: str) -> Mapping[str, int]:
    return Counter(word)


def _in(tag: str) -> Phrase:
    return Phrase("the list in {language}", language=LanguageName(tag))


@check("FM-025", "the keyword “{found}” stands in {language} twice", "take one out", severity="warning")
def keyword_repeated(edition: Edition) -> Iterator[Found]:
    """One keyword is given twice in the same language.

    Why: it finds nothing more, and hides that another one is missing.

    Bad::

        keywords: {kk: [үлгі, тексеру, үлгі], ru: [образец, проверка, издание], en: [specimen, test, publication]}

    Good::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание], en: [specimen, test, publication]}

    Source: Basylym's own rule.
    """
    for tag, words in edition.front.keywords.items():
        seen: set[str] = set()
        for number, word in enumerate(words):
            if (plain := fold(word).casefold()) in seen:
                yield Found(edition.article.places.find("keywords", tag, number), word, values={"language": LanguageName(tag)})
            seen.add(plain)


@check("FM-026", "“{found}” is several keywords in one", "make each a keyword of its own: [one, two]", draft="warning")
def keywords_run_together(edition: Edition) -> Iterator[Found]:
    """One entry of the keywords holds several, with commas or semicolons between them.

    Why: to a database it is one long keyword that nobody searches for.

    Bad::

        keywords: {kk: [үлгі; тексеру; басылым], ru: [образец; проверка; издание], en: [specimen; test; publication]}

    Good::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание], en: [specimen, test, publication]}

    Source: Basylym's own rule.
    """
    for tag, words in edition.front.keywords.items():
        for number in run_together(words):
            yield Found(edition.article.places.find("keywords", tag, number), words[number])


@check("FM-072", "the keyword “{found}” in {language} ends in a full stop", "take the full stop away", severity="warning")
def keyword_full_stop(edition: Edition) -> Iterator[Found]:
    """A keyword ends in a full stop.

    Why: a search for the word alone does not find it.

    Bad::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание.], en: [specimen, test, publication]}

    Good::

        keywords: {kk: [үлгі, тексеру, басылым], ru: [образец, проверка, издание], en: [specimen, test, publication]}

    Source: Basylym's own rule.
    """
    for tag, words in edition.front.keywords.items():
        for number, word in enumerate(words):
            if len(word) > 4 and word.endswith(".") and word[-4:-1].isalpha():
                yield Found(edition.article.places.find("keywords", tag, number), word, values={"language": LanguageName(tag)})


@check("FM-027", "letters in the abstract in {language}: {found}; in {other}: {expected}", "see whether a part of one is missing",
       severity="warning")
def abstract_lengths_differ(edition: Edition) -> Iterator[Found]:
    """The abstract of one language has far more letters than that of another.

    Why: translations of one text are about equally long; here a part was left out, or belongs to another version.

    Bad::

        abstract:
          kk: Бұл мақала тек тексеруге арналған. Онда бір дереккөзге сілтеме бар. Мақаланың мәтіні қысқа, ал алдыңғы бөлігі толық.
          ru: Эта статья нужна только для проверки. В ней есть ссылка на один источник. Текст короткий, а начальная часть полная.
          en: This article is for testing only. It cites one source.
        journal: {rules: {abstract_words: {least: 5}}}

    Good::

        abstract:
          kk: Бұл мақала тек тексеруге арналған. Онда бір дереккөзге сілтеме бар.
          ru: Эта статья нужна только для проверки. В ней есть ссылка на один источник.
          en: This article is for testing only. It cites one source.
        journal: {rules: {abstract_words: {least: 5}}}

    Source: Basylym's own measure: letters, not words, for English needs half as many words again as Kazakh.
    """
    limit = edition.journal.rules.abstract_words
    lengths = {tag: count_letters(text) for tag, text in _present(edition, "abstract").items()
               if (limit.least or 0) <= count_words(text) <= (limit.most or 10 ** 9)}  # outside, another check speaks
    if len(lengths) > 1 and max(lengths.values()) > RATIO * max(min(lengths.values()), 1):
        longest, shortest = max(lengths, key=lengths.__getitem__), min(lengths, key=lengths.__getitem__)
        yield Found(edition.article.places.find("abstract", shortest), str(lengths[shortest]), str(lengths[longest]), {
            "language": LanguageName(shortest), "other": LanguageName(longest)})


def _odd_ones(held: Mapping[str, Mapping[Hashable, str]], excused: Mapping[str, set]) -> Iterator[tuple[str, str, str, str]]:
    """What one language has and the others don't, or the other way round: (language, what stands there, what the others have,
    one of the others). A thing that is missing and one that stands in its place are told together."""
    surplus: dict[str, list] = {tag: [] for tag in held}
    lacking: dict[str, list] = {tag: [] for tag in held}
    alone = []
    for value in dict.fromkeys(value for values in held.values() for value in values):
        having = [tag for tag in held if value in held[tag]]
        without = [tag for tag in held if value not in held[tag] and value not in excused.get(tag, ())]
        if not without:
            continue
        shown = held[having[0]][value]
        if len(having) > len(without):
            for tag in without:
                lacking[tag].append((shown, having[0]))
        elif len(having) == 1 and len(held) > 2:
            alone.append((shown, having[0], without))
        else:  # as many have it as have not: the later of the languages is asked
            lacking[without[-1]].append((shown, having[0]))
    for shown, tag, without in sorted(alone, key=lambda each: -len(each[2])):
        if len(without) > 1 or len(lacking[tag]) > len(surplus[tag]):
            surplus[tag].append((shown, without[0]))
        else:  # another language says it in its own way
            lacking[without[0]].append((shown, tag))
    if len(held) == 2:  # of two languages each lacks what the other has: what stands in the later one is what is odd there
        first, second = held
        for shown, _ in lacking[first]:
            surplus[second].append((shown, first))
        lacking[first].clear()
    for tag in held:
        pairs = max(len(surplus[tag]), len(lacking[tag]))
        for number in range(pairs):
            there, other = surplus[tag][number] if number < len(surplus[tag]) else ("", "")
            missing, source = lacking[tag][number] if number < len(lacking[tag]) else ("", "")
            yield tag, there, missing, source or other


def compare_numbers(texts: Mapping[str, str], tongues: Mapping[str, Tongue]) -> Iterator[tuple[str, str, str, str]]:
    """Where the numbers of texts in several languages differ: (language, what stands there, what the others have, one of them)."""
    read = {tag: read_numbers(text, tongues[tag]) for tag, text in texts.items()}
    for tag, ours in read.items():
        others = [theirs for other, theirs in read.items() if other != tag]
        for value, second in ours.either.items():
            if value in ours.held and not any(value in theirs.held or value in theirs.excused for theirs in others) and any(
                    second in theirs.held or second in theirs.excused for theirs in others):
                ours.held.setdefault(second, ours.held.pop(value))
    if len(read) > 1:
        yield from _odd_ones({tag: each.held for tag, each in read.items()}, {tag: each.excused for tag, each in read.items()})


@check("FM-028", "{what} in {language}: {difference}", "compare the number with the other languages", severity="warning")
def numbers_differ(edition: Edition) -> Iterator[Found]:
    """A number stands in the title or abstract of one language, and another number or none in the others.

    Why: a slip of the hand in one language is a false result to its readers. It is a comparison by rule of thumb: decimal comma
    and point, digit groups, ordinals and suffixes, dates in figures, shortened ranges of years (2006–08) and multipliers
    (3,5 млн, 3500000) are made equal first; a number may be written in words in any of the languages, in Roman numerals or as
    part of a word (Q1), and a decade with its century or without (1930s, XX ғасырдың 30-жылдары). Citations and addresses are
    left out, and so are numbers that all the languages write in words.

    Bad::

        abstract:
          kk: 2026 жылы 12 мақала тексерілді. Олардың 75,5 пайызы қатесіз деп танылды.
          ru: В 2026 году проверено 12 статей. Из них 75,5 процента признаны безошибочными.
          en: In 2026, 12 articles were tested. Of these, 57.5 per cent were free of mistakes.
        journal: {rules: {abstract_words: {least: 5}}}

    Good::

        abstract:
          kk: 2026 жылы 12 мақала тексерілді. Олардың 75,5 пайызы қатесіз деп танылды.
          ru: В 2026 году проверено двенадцать статей. Из них 75,5 % признаны безошибочными.
          en: In 2026, twelve articles were tested. Of these, 75.5 per cent were free of mistakes.
        journal: {rules: {abstract_words: {least: 5}}}

    Source: Basylym's own rule.
    """
    folder = edition.languages_folder
    for field, what in (("title", Phrase("title")), ("abstract", Phrase("abstract"))):
        texts = _present(edition, field)
        tongues = {tag: language(tag, folder) for tag in texts}
        for tag, there, missing, other in compare_numbers(texts, tongues):
            yield _tell_odd(edition, (field, tag), what, there, missing, other)


def _tell_odd(edition: Edition, keys: tuple[str, str], what: Phrase, there: str, missing: str, other: str) -> Found:
    """One odd thing in a field's text, at the words that stand there, or at the field where they are missing."""
    if there and missing:
        difference = Phrase("{there} stands where {other} has {missing}", there=there, missing=missing, other=_in_other(other))
    elif there:
        difference = Phrase("{there} is not in {other}", there=there, other=_in_other(other))
    else:
        difference = Phrase("{missing}, which is in {other}, is missing", missing=missing, other=_in_other(other))
    places = edition.article.places
    return Found(places.find_words(there, *keys, whole=True) if there else places.find(*keys), there, missing,
                 {"what": what, "language": LanguageName(keys[1]), "difference": difference})


def _in_other(tag: str) -> Phrase:
    return Phrase("the text in {language}", language=LanguageName(tag))


@check("FM-029", "{what} in {language}: {difference}", "see whether it was left out or misspelt", severity="warning")
def abbreviations_differ(edition: Edition) -> Iterator[Found]:
    """A Latin abbreviation stands in the title or abstract of one language and not in another's.

    Why: PDF is PDF in every language; one of the texts leaves something out, or misspells it. English abbreviations that have
    Cyrillic ones of their own (USA, США) are not asked for.

    Bad::

        title:
          kk: Үлгі мақаланың PDF және EPUB тақырыбы
          ru: Название образцовой статьи в PDF
          en: The title of a specimen article in PDF and EPUB

    Good::

        title: {kk: Үлгі мақаланың PDF тақырыбы, ru: Название образцовой статьи в PDF, en: The title of a specimen PDF article for the USA}

    Source: Basylym's own rule.
    """
    for field, what in (("title", Phrase("title")), ("abstract", Phrase("abstract"))):
        texts = _present(edition, field)
        if any(script_of(edition, tag) not in ("", script(text)) for tag, text in texts.items()):
            continue  # one is in another language altogether, and is told so
        held = {tag: read_latin_abbreviations(text) for tag, text in texts.items()}
        asked = {value for tag, values in held.items() if script_of(edition, tag) != "LATIN" for value in values}
        latin_only = [tag for tag in held if script_of(edition, tag) == "LATIN"]
        if len(latin_only) == len(held):
            continue
        held = {tag: {value: shown for value, shown in values.items() if value in asked} for tag, values in held.items()}
        spelt = {tag: {value for value in asked if value in text.lower()} for tag, text in texts.items()}
        for tag, there, missing, other in _odd_ones(held, spelt) if len(held) > 1 else ():
            yield _tell_odd(edition, (field, tag), what, there, missing, other)
