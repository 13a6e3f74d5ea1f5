"""Writes the GOST styles beside this file: one set of macros, a few knobs per standard and per order.

`python styles/csl/write_styles.py [FOLDER]`; the styles are never edited by hand, and a test compares them with this.
"""
import pathlib
import sys

OUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
NB = '&#160;'

# ------------------------------------------------------------------ locales
def term(name, text, form=None):
    f = f' form="{form}"' if form else ''
    return f'      <term name="{name}"{f}>{text}</term>'

LOCATORS = [  # name: kk word/abbr, ru word/abbr, en word/abbr
    ('article-locator', ('бап', 'бап'), ('статья', 'ст.'), ('article', 'art.')),
    ('book', ('кітап', 'кіт.'), ('книга', 'кн.'), ('book', 'bk.')),
    ('chapter', ('тарау', 'тар.'), ('глава', 'гл.'), ('chapter', 'chap.')),
    ('column', ('баған', 'бағ.'), ('столбец', 'стб.'), ('column', 'col.')),
    ('figure', ('сурет', 'сур.'), ('рисунок', 'рис.'), ('figure', 'fig.')),
    ('folio', ('парақ', 'п.'), ('лист', 'л.'), ('folio', 'fol.')),
    ('issue', ('шығарылым', '№'), ('номер', '№'), ('number', 'no.')),
    ('line', ('жол', 'жол'), ('строка', 'стк.'), ('line', 'l.')),
    ('note', ('ескертпе', 'ескерт.'), ('примечание', 'прим.'), ('note', 'n.')),
    ('opus', ('опус', 'оп.'), ('опус', 'соч.'), ('opus', 'op.')),
    ('page', ('бет', 'б.'), ('страница', 'с.'), ('page', 'p.')),
    ('paragraph', ('тармақ', 'тарм.'), ('пункт', 'п.'), ('paragraph', 'para.')),
    ('part', ('бөлім', 'бөл.'), ('часть', 'ч.'), ('part', 'pt.')),
    ('section', ('бап', 'бап'), ('статья', 'ст.'), ('section', 'sec.')),
    ('sub-verbo', ('сөз', 'сөз'), ('слово', 'сл.'), ('sub verbo', 's.v.')),
    ('supplement', ('қосымша', 'қос.'), ('приложение', 'прил.'), ('supplement', 'suppl.')),
    ('table', ('кесте', 'кес.'), ('таблица', 'табл.'), ('table', 'tab.')),
    ('verse', ('өлең', 'өл.'), ('стих', 'стих'), ('verse', 'v.')),
    ('volume', ('том', 'т.'), ('том', 'т.'), ('volume', 'vol.')),
]
# before the number even in Kazakh: signs, not words
SIGN = {('kk', 'issue'), ('kk', 'sub-verbo')}

def locators(lang):
    i = ('kk', 'ru', 'en').index(lang) + 1
    out = []
    for row in LOCATORS:
        name, (word, abbr) = row[0], row[i]
        out.append(term(name, abbr, 'short'))
        if lang == 'kk' and (lang, name) not in SIGN:
            out.append(term(name, '', 'symbol'))
            out.append(term(name, '-' + (abbr if name == 'page' else word)))
        else:
            out.append(term(name, abbr, 'symbol'))
            out.append(term(name, ''))
        out.append(term(name, word, 'verb'))
    return '\n'.join(out)

MONTHS = {
 'kk': ('қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(),
        'қаң. ақп. нау. сәу. мам. мау. шіл. там. қыр. қаз. қар. жел.'.split()),
 'ru': ('января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(),
        'янв. февр. марта апр. мая июня июля авг. сент. окт. нояб. дек.'.split()),
}
def months(lang):
    if lang not in MONTHS: return ''
    long, short = MONTHS[lang]
    out = [term(f'month-{n:02d}', m) for n, m in enumerate(long, 1)]
    out += [term(f'month-{n:02d}', m, 'short') for n, m in enumerate(short, 1)]
    return '\n'.join(out) + '\n'

ORD = ('ordinal', 'ordinal-01', 'ordinal-02', 'ordinal-03', 'ordinal-11', 'ordinal-12', 'ordinal-13')
def ordinals(kind):
    if kind == 'en':
        v = dict(zip(ORD, ('th', 'st', 'nd', 'rd', 'th', 'th', 'th')))
        return '\n'.join(term(k, v[k] + NB) for k in ORD)
    text = {'kk': '-', 'ru': '-е' + NB}[kind]
    return '\n'.join(term(k, text) for k in ORD)

# name: (form, kk, ru, en)
TERMS = [
 ('and', None, 'және', 'и', 'and'),
 ('et-al', None, 'және т.б.', 'и{sp}др.', 'et al.'),
 ('and others', None, '[және т.б.]', '[и{sp}др.]', '[et al.]'),
 ('no date', None, 'жылы көрсетілмеген', 'б.{sp}г.', 'n.d.'),
 ('accessed', None, 'қаралған күні', 'дата обращения', 'accessed'),
 ('online', None, 'Электрондық ресурс', 'Электронный ресурс', 'Electronic resource'),
 ('from', None, ', ', ' от ', ' of '),
 ('in', None, '', 'в ', 'in '),
 ('review-of', None, 'Рец.', 'Рец. на', 'Review of'),
 ('presented at', None, 'өтін.', 'заявл.', 'filed'),
 ('original-work-published', None, 'жариял.', 'опубл.', 'publ.'),
 ('number', 'short', '№', '№', 'No.'),
 ('edition', 'short', 'бас.', 'изд.', 'ed.'),
 ('version', 'short', 'нұсқа', 'версия', 'version'),
 ('number-of-pages', 'short', 'б.', 'с.', 'p.'),
 ('number-of-volumes', 'short', 'томдық', 'т.', 'vols.'),
 ('collection-number', 'short', 'шығ.', 'вып.', 'vol.'),
 ('compiler', 'verb-short', 'құр.', 'сост.', 'comp. by'),
 ('editor', 'verb-short', 'ред.', 'ред.', 'ed. by'),
 ('editorial-director', 'verb-short', 'жауапты ред.', 'отв. ред.', 'ed. in chief'),
 ('translator', 'verb-short', 'ауд.', 'пер.', 'transl. by'),
 ('illustrator', 'verb-short', 'сур. салған', 'худож.', 'ill. by'),
 ('director', 'verb-short', 'реж.', 'реж.', 'dir. by'),
 ('interviewer', 'verb-short', 'сұхбат жүрг.', 'интервьюер', 'interviewed by'),
 ('article-journal', 'short', 'Мақ.', 'Ст.', 'Art.'),
 ('dataset', None, 'деректер жиыны', 'набор данных', 'dataset'),
 ('patent', 'short', 'Пат.', 'Пат.', 'Pat.'),
 ('periodical', 'short', 'Бюл.', 'Бюл.', 'Bull.'),
 ('report', None, 'есеп', 'отчёт', 'report'),
 ('software', None, 'компьютерлік бағдарлама', 'компьютерная программа', 'computer program'),
 ('thesis', None, 'дис.', 'дис.', 'diss.'),
]
TERMS_100 = [  # the content-type area of GOST R 7.0.100
 ('document', None, 'Мәтін : тікелей', 'Текст : непосредственный', 'Text : unmediated'),
 ('patent', None, 'Патент №', 'Патент №', 'Patent No.'),
 ('webpage', None, 'Мәтін : электрондық', 'Текст : электронный', 'Text : electronic'),
 ('dataset', 'symbol', 'Деректер : электрондық', 'Данные : электронные', 'Data : electronic'),
 ('software', 'symbol', 'Бағдарлама : электрондық', 'Программа : электронная', 'Program : electronic'),
]
def terms(lang, st):
    i = {'kk': 2, 'ru': 3, 'en': 4}[lang]
    rows = TERMS + (TERMS_100 if st['content'] else [])
    if st['heading'] == 'first':  # the heading stops at the first author without a word
        rows = [('et-al', None, '', '', '') if r[0] == 'et-al' else r for r in rows]
    return '\n'.join(term(r[0], r[i].replace('{sp}', NB), r[1]) for r in rows)

def neutral():
    rows = [term('from', ', '), term('in', '')] + [term(r[0], '') for r in LOCATORS]
    return '''  <!-- Any other language: its own terms come from the processor; only what this style uses in
       a way of its own is neutralised. -->
  <locale>
    <style-options punctuation-in-quote="false"/>
    <terms>
%s
    </terms>
  </locale>''' % '\n'.join(rows)

def locale(lang, st):
    head = {
     'kk': '''    <style-options punctuation-in-quote="false"/>
    <date form="text">
      <date-part name="year" suffix="&#160;ж."/>
      <date-part name="day" prefix=" "/>
      <date-part name="month" prefix="&#160;"/>
    </date>''',
     'ru': '''    <style-options punctuation-in-quote="false"/>
    <date form="text">
      <date-part name="day" suffix="&#160;"/>
      <date-part name="month" suffix=" "/>
      <date-part name="year" suffix="&#160;г."/>
    </date>''',
     'en': '''    <style-options punctuation-in-quote="false"/>
    <date form="text">
      <date-part name="day" suffix="&#160;"/>
      <date-part name="month" suffix=" "/>
      <date-part name="year"/>
    </date>''',
    }[lang] + '''
    <date form="numeric">
      <date-part name="day" form="numeric-leading-zeros" suffix="."/>
      <date-part name="month" form="numeric-leading-zeros" suffix="."/>
      <date-part name="year"/>
    </date>'''
    why = {
     'kk': '''  <!-- Kazakh. No processor ships a Kazakh locale: whatever is missing here comes out in English.
       The forms of a locator mean the same in all three languages: short stands in the entries,
       symbol before the number in the text, long after it («ст. 7», but «7-бап»),
       and verb only lets the word be recognised in a citation («бап 7»). -->''',
     'ru': '''  <!-- Russian. Overrides the processor's own locale: no plurals («С.», never «сс.»),
       months in the genitive, «-е» for «издание». -->''',
     'en': '''  <!-- English, as GOST prints entries in Latin script: «Vol. 2. – No. 3. – P. 10–20.». -->''',
    }[lang]
    extra = ''
    if lang == 'kk':
        extra = '\n'.join([
            term('open-quote', '«'), term('close-quote', '»'),
            term('open-inner-quote', '“'), term('close-inner-quote', '”'),
            term('page-range-delimiter', '–'),
            term('season-01', 'көктем'), term('season-02', 'жаз'), term('season-03', 'күз'), term('season-04', 'қыс'),
            term('ad', '&#160;б.з.'), term('bc', '&#160;б.з.д.')]) + '\n'
    if lang == 'ru':
        extra = '\n'.join([
            term('open-quote', '«'), term('close-quote', '»'),
            term('open-inner-quote', '„'), term('close-inner-quote', '“'),
            term('page-range-delimiter', '–')]) + '\n'
    return f'''{why}
  <locale xml:lang="{lang}">
{head}
    <terms>
{extra}{months(lang)}{ordinals(lang)}
{terms(lang, st)}
{locators(lang)}
    </terms>
  </locale>'''

# ------------------------------------------------------------------ types
JOURNAL = 'article-journal article-magazine article-newspaper review review-book'
DATED = 'article-newspaper post post-weblog webpage'
PART = 'chapter entry entry-dictionary entry-encyclopedia paper-conference'
ACTS = 'bill hearing legal_case legislation regulation treaty'
ONLINE = 'dataset post post-weblog software webpage'

# ------------------------------------------------------------------ macros
def macros(st):
    A, C, S = st['area'], st['colon'], st['semi']
    init, sortsep = st['init'], st['sortsep']
    inv = f'initialize-with="{init}" name-as-sort-order="all" sort-separator="{sortsep}" delimiter=", " delimiter-precedes-et-al="never"'
    fwd = f'initialize-with="{init}" delimiter=", " delimiter-precedes-et-al="never"'
    # Patents name their inventors as the document does, «/ Тернет Э. В. (США) ; заявитель …» (example of 7.1, quoted at
    # aspirantura.spb.ru/forum/showpost.php?p=330092).
    # 7.1 opens with the number, 7.0.5 names it after the title, 7.0.100 puts all data before the slash
    patent_head = '''
      <else-if type="patent">
        <text macro="patent-number"/>
      </else-if>'''
    patent_tail = '''
      <choose>
        <if type="patent">
          <text macro="%s"/>
        </if>
      </choose>'''
    patent_first = '' if st['patent'] == 'after' else patent_head
    patent_after = {'first': '', 'after': patent_tail % 'patent-number', 'inside': patent_tail % 'patent-details'}[st['patent']]
    patent_area = '' if st['patent'] == 'inside' else '\n      <text macro="patent-details"/>'
    filed = '<text term="presented at"/>' if st['patent'] == 'inside' else '''<choose>
              <if variable="call-number">
                <text term="presented at"/>
              </if>
              <else>
                <text term="presented at" text-case="capitalize-first"/>
              </else>
            </choose>'''  # what opens an area has a capital
    pform = 'long' if st['patent'] == 'inside' else 'short'
    pdelim = C if st['patent'] == 'inside' else S
    pinv = inv.replace(f'sort-separator="{sortsep}"', f'sort-separator="{NB}"')
    HOSTED = 'container-title event-title event archive archive_collection archive_location'
    orig = '' if st['heading'] == 'author-date' else '\n      <else-if variable="original-author"/>'
    part_content = f'''
        <choose>
          <if variable="{HOSTED}" match="any">
            <text macro="doi"/>
            <choose>
              <if variable="title reviewed-title" match="any">
                <text macro="material"/>
              </if>
            </choose>
          </if>
        </choose>''' if st['content'] else ''
    own_content = f'''
      <choose>
        <if variable="{HOSTED}" match="none">
          <choose>
            <if variable="title reviewed-title" match="any">
              <text macro="material"/>
            </if>
          </choose>
        </if>
      </choose>''' if st['content'] else ''
    own_doi = f'''<choose>
          <if variable="{HOSTED}" match="none">
            <text macro="doi"/>
          </if>
        </choose>''' if st['content'] else '<text macro="doi"/>'
    title_material = '<text macro="title"/>' if st['content'] else '''<group delimiter=" ">
        <text macro="title"/>
        <text macro="material"/>
      </group>'''
    year = '''    <date variable="issued">
      <date-part name="year"/>
    </date>'''
    dated = f'''        <date variable="issued">
          <date-part name="year"/>
          <date-part name="day" prefix="{A}"/>
          <date-part name="month" prefix="{NB}"/>
        </date>'''
    if st['order'] == 'author-date':
        dated = f'''        <group delimiter="{A}">
          <text macro="year"/>
          <date variable="issued" delimiter="{NB}">
            <date-part name="day"/>
            <date-part name="month"/>
          </date>
        </group>'''
    act_suffix = ''
    one_date = ',\n       in one date element, so that a literal date is printed once' if st['order'] != 'author-date' else ',\n       apart from the year, which may carry a letter'
    if st['order'] == 'author-date':
        act_suffix = '''
              <text variable="year-suffix" prefix=" (" suffix=")"/>'''
    if st['order'] == 'author-date':  # the citation says «no date», so the entry must say it too
        year = '''    <choose>
      <if variable="issued">
        <date variable="issued">
          <date-part name="year"/>
        </date>
        <text variable="year-suffix"/>
      </if>
      <else>
        <group prefix="[" suffix="]" delimiter="&#160;">
          <text term="no date"/>
          <text variable="year-suffix"/>
        </group>
      </else>
    </choose>'''
    if st['order'] == 'author-date':
        where = 'every locator has its label, before the number or (in Kazakh) after it'
        locator = '    <text macro="labelled-locator"/>'
    else:
        where = ('a page is bare, another locator has its label, before the number or (in Kazakh) after it;\n'
                 '       where the journal wants pages labelled, the caller gives each entry a reviewed-genre, as nothing prints one')
        locator = '''    <choose>
      <if locator="page">
        <choose>
          <if variable="reviewed-genre">
            <text macro="labelled-locator"/>
          </if>
          <else>
            <text variable="locator"/>
          </else>
        </choose>
      </if>
      <else>
        <text macro="labelled-locator"/>
      </else>
    </choose>'''
    if st['join']:
        issue_label = '''<choose>
            <if variable="volume">
              <label variable="issue" form="short" plural="never"/>
            </if>
            <else>
              <label variable="issue" form="short" plural="never" text-case="capitalize-first"/>
            </else>
          </choose>'''
        vol_issue = '''<group delimiter=", ">
        <text macro="volume"/>
        <text macro="issue-area"/>
      </group>'''
    else:
        issue_label = '<label variable="issue" form="short" plural="never" text-case="capitalize-first"/>'
        vol_issue = '''<text macro="volume"/>
      <text macro="issue-area"/>'''
    pcase = ' text-case="lowercase"' if st['patent'] == 'after' else ''
    heading_note = {
      'one-to-three': '''  <!-- Heading: one to three authors. For four and more the standard begins with the title, but CSL cannot
       count; such an entry is recognised by original-author, into which the caller copies the authors.
       Without the copy it falls back to the first author «и др.». -->''',
      'first': '''  <!-- Heading: the first author only, since all stand after the slash. For four and more the standard begins
       with the title, but CSL cannot count; such an entry is recognised by original-author, into which
       the caller copies the authors. -->''',
      'author-date': '''  <!-- Heading: always the authors, also four and more, where the standard would begin with the title:
       the citation names the author, and the reader looks for that name in the list. -->''',
    }[st['heading']]
    if st['heading'] == 'one-to-three':
        heading_names = f'''        <names variable="author">
          <name {inv} et-al-min="4" et-al-use-first="1"/>
          <et-al term="et-al"/>
        </names>'''
    elif st['heading'] == 'first':
        heading_names = f'''        <names variable="author">
          <name {inv} et-al-min="2" et-al-use-first="1"/>
          <et-al term="et-al"/>
        </names>'''
    else:
        heading_names = f'''        <names variable="author">
          <name {inv} et-al-min="4" et-al-use-first="1"/>
          <et-al term="{'and others' if st['content'] else 'et-al'}"/>
        </names>'''
    heading = f'''{heading_note}
  <macro name="heading">
    <choose>
      <if type="patent"/>{orig}
      <else>
{heading_names}
      </else>
    </choose>
  </macro>'''
    if st['responsibility'] == 'all':
        resp_authors = f'''    <choose>
      <if type="patent" match="any">
        <names variable="author">
          <name {pinv}/>
        </names>
      </if>
      <else-if variable="title reviewed-title" match="any">
        <names variable="author">
          <name {fwd} et-al-min="5" et-al-use-first="3"/>
          <et-al term="and others"/>
        </names>
      </else-if>
    </choose>'''
    elif st['heading'] == 'author-date':
        resp_authors = f'''    <choose>
      <if type="patent" match="any">
        <names variable="author">
          <name {pinv}/>
        </names>
      </if>
    </choose>'''
    else:
        resp_authors = f'''    <choose>
      <if type="patent" match="any">
        <names variable="author">
          <name {pinv}/>
        </names>
      </if>
      <else>
        <names variable="original-author">
          <name {fwd} et-al-min="4" et-al-use-first="1"/>
          <et-al term="and others"/>
        </names>
      </else>
    </choose>'''
    def role(v):
        return f'''      <names variable="{v}">
        <label form="verb-short" suffix=" "/>
        <name {fwd} et-al-min="4" et-al-use-first="1"/>
        <et-al term="and others"/>
      </names>'''
    gmd = f'''  <!-- General material designation: what the entry itself names, else «electronic resource»
       for what lives on line and for what was read there (it has a date of access and no DOI). -->
  <macro name="electronic">
    <choose>
      <if variable="DOI" match="none">
        <choose>
          <if variable="URL accessed" match="all">
            <text term="online"/>
          </if>
          <else-if type="{ONLINE}" match="any">
            <choose>
              <if variable="URL">
                <text term="online"/>
              </if>
            </choose>
          </else-if>
        </choose>
      </if>
    </choose>
  </macro>
  <macro name="material">
    <choose>
      <if variable="medium">
        <text variable="medium" prefix="[" suffix="]"/>
      </if>
      <else>
        <group prefix="[" suffix="]">
          <text macro="electronic"/>
        </group>
      </else>
    </choose>
  </macro>''' if not st['content'] else f'''  <!-- Content type and means of access, the last area of GOST R 7.0.100; in a part of a work it stands before «//». -->
  <macro name="material">
    <choose>
      <if variable="medium">
        <text variable="medium"/>
      </if>
      <else-if type="dataset">
        <text term="dataset" form="symbol"/>
      </else-if>
      <else-if type="software">
        <text term="software" form="symbol"/>
      </else-if>
      <else-if variable="URL DOI" match="any">
        <choose>
          <if variable="page number-of-pages" match="any">
            <choose>
              <if variable="URL accessed" match="all">
                <text term="webpage"/>
              </if>
              <else>
                <text term="document"/>
              </else>
            </choose>
          </if>
          <else>
            <text term="webpage"/>
          </else>
        </choose>
      </else-if>
      <else>
        <text term="document"/>
      </else>
    </choose>
  </macro>'''
    return '\n'.join([
heading,
f'''  <!-- Statement of responsibility, after the slash. The editors of a collection stand with it, after «//». -->
  <macro name="responsible-authors">
{resp_authors}
  </macro>
  <macro name="editors">
    <group delimiter="{S}">
{role('compiler')}
{role('editor')}
{role('editorial-director')}
    </group>
  </macro>
  <macro name="translators">
    <group delimiter="{S}">
{role('translator')}
{role('illustrator')}
{role('director')}
{role('interviewer')}
    </group>
  </macro>
  <macro name="responsibility">
    <group delimiter="{S}">
      <text macro="responsible-authors"/>
      <choose>
        <if type="{ACTS}" match="any">
          <text variable="authority"/>
        </if>
        <else-if type="patent">
          <text variable="publisher"/>
        </else-if>
      </choose>
      <choose>
        <if type="{JOURNAL} {PART}" match="none">
          <text macro="editors"/>
        </if>
        <else-if variable="container-title event-title event" match="none">
          <text macro="editors"/>
        </else-if>
      </choose>
      <text macro="translators"/>
    </group>
  </macro>''',
gmd,
f'''  <!-- What follows the title after a colon: volumes, kind of work. -->
  <macro name="volumes">
    <choose>
      <if is-numeric="number-of-volumes">
        <group>
          <text term="in"/>
          <text variable="number-of-volumes" suffix="{NB}"/>
          <label variable="number-of-volumes" form="short" plural="never"/>
        </group>
      </if>
      <else>
        <text variable="number-of-volumes"/>
      </else>
    </choose>
  </macro>
  <!-- The caller gives an entry a scale where its title names the kind of work itself. -->
  <macro name="genre">
    <choose>
      <if variable="genre">
        <text variable="genre"/>
      </if>
      <else-if variable="scale"/>
      <else-if type="thesis">
        <text term="thesis"/>
      </else-if>
      <else-if type="dataset">
        <text term="dataset"/>
      </else-if>
      <else-if type="software">
        <text term="software"/>
      </else-if>
      <else-if type="report">
        <text term="report"/>
      </else-if>
    </choose>
  </macro>
  <!-- Date and number of an act. The words between differ by language («от …», «…, … ж.»), so the term carries its spaces. -->
  <macro name="act">
    <choose>
      <if type="{ACTS}" match="any">
        <choose>
          <if variable="title genre" match="none"/>
          <else-if variable="genre number" match="any">
            <group>
              <choose>
                <if variable="original-date">
                  <text term="from"/>
                  <date variable="original-date" form="text"/>
                </if>
                <else-if variable="issued">
                  <text term="from"/>
                  <date variable="issued" form="text"/>
                </else-if>
              </choose>
              <group prefix=" " delimiter="{NB}">
                <text term="number" form="short"/>
                <text variable="number"/>
              </group>{act_suffix}
            </group>
          </else-if>
        </choose>
      </if>
    </choose>
  </macro>''',
f'''  <!-- The title as the source of information has it; a standard{' opens' if st['patent']=='after' else ' and a patent open'} with {'its' if st['patent']=='after' else 'their'} number. -->
  <macro name="patent-number">
    <group delimiter=" ">
      <text term="patent" form="{pform}"{pcase}/>
      <text variable="number"/>
      <text variable="jurisdiction"/>
    </group>
  </macro>
  <macro name="designation">
    <choose>
      <if type="standard">
        <text variable="number"/>
      </if>{patent_first}
    </choose>
  </macro>
  <macro name="title">
    <choose>
      <if variable="title">
        <text variable="title"/>
      </if>
      <else-if variable="reviewed-title">
        <group delimiter=": ">
          <text term="review-of"/>
          <text variable="reviewed-title"/>
        </group>
      </else-if>
    </choose>
  </macro>
  <macro name="title-statement">
    <group delimiter="{C}">
      {title_material}
      <text macro="volumes"/>{patent_after}
      <choose>
        <if type="report">
          <group delimiter=" ">
            <text macro="genre"/>
            <group delimiter="{NB}">
              <text term="number" form="short"/>
              <text variable="number"/>
            </group>
          </group>
        </if>
        <else-if type="thesis">
          <text macro="genre"/>
          <text variable="number"/>
        </else-if>
        <else-if type="patent"/>
        <else>
          <text macro="genre"/>
        </else>
      </choose>
    </group>
    <text macro="act"/>
  </macro>''',
f'''  <!-- The host: journal, collection, proceedings, site; or the archive that keeps the document.
       Importers still write the old name event for event-title. -->
  <macro name="event">
    <group delimiter=" ">
      <choose>
        <if variable="event-title">
          <text variable="event-title"/>
        </if>
        <else>
          <text variable="event"/>
        </else>
      </choose>
      <group prefix="(" suffix=")" delimiter=", ">
        <text variable="event-place"/>
        <date variable="event-date" form="text"/>
      </group>
    </group>
  </macro>
  <macro name="host">
    <choose>
      <if variable="container-title">
        <group delimiter=" / ">
          <text variable="container-title"/>
          <choose>
            <if type="{PART}" match="any">
              <group delimiter="{S}">
                <names variable="container-author">
                  <name {fwd} et-al-min="4" et-al-use-first="1"/>
                  <et-al term="and others"/>
                </names>
                <text macro="editors"/>
              </group>
            </if>
          </choose>
        </group>
      </if>
      <else-if variable="event-title event" match="any">
        <group delimiter=" / ">
          <text macro="event"/>
          <choose>
            <if type="{PART}" match="any">
              <text macro="editors"/>
            </if>
          </choose>
        </group>
      </else-if>
      <else-if variable="archive archive_collection archive_location" match="any">
        <group delimiter=". ">
          <text variable="archive"/>
          <text variable="archive-place"/>
          <text variable="archive_collection"/>
          <text variable="archive_location"/>
        </group>
      </else-if>
    </choose>
  </macro>
  <macro name="description">
    <group delimiter=" // ">
      <group delimiter="{A}">
        <group delimiter=". ">
          <text macro="heading"/>
          <text macro="designation"/>
          <group delimiter=" / ">
            <group>
              <text macro="title-statement"/>
            </group>
            <text macro="responsibility"/>
          </group>
        </group>{part_content}
      </group>
      <text macro="host"/>
    </group>
  </macro>''',
f'''  <!-- Edition. The ordinals carry the space that follows them: «2-бас.», but «2-е изд.», «2nd ed.». -->
  <macro name="edition">
    <choose>
      <if is-numeric="edition">
        <group>
          <number variable="edition" form="ordinal"/>
          <label variable="edition" form="short" plural="never"/>
        </group>
      </if>
      <else>
        <text variable="edition"/>
      </else>
    </choose>
  </macro>
  <macro name="version">
    <group delimiter="{NB}">
      <text term="version" form="short" text-case="capitalize-first"/>
      <text variable="version"/>
    </group>
  </macro>''',
f'''  <!-- Imprint. A periodical has only its date; a newspaper and a page on line also day and month{one_date}. -->
  <macro name="year">
{year}
  </macro>
  <macro name="date">
    <choose>
      <if type="{DATED}" match="any">
{dated}
      </if>
      <else-if type="patent"/>
      <else-if type="{ACTS}" match="any">
        <choose>
          <if variable="original-date">
            <text macro="year"/>
          </if>
          <else-if variable="genre number" match="none">
{dated}
          </else-if>
          <else-if variable="container-title">
            <text macro="year"/>
          </else-if>
        </choose>
      </else-if>
      <else>
        <text macro="year"/>
      </else>
    </choose>
  </macro>
  <macro name="imprint">
    <choose>
      <if type="{JOURNAL}" match="any">
        <text macro="date"/>
      </if>
      <else-if type="patent"/>
      <else>
        <group delimiter=", ">
          <group delimiter="{C}">
            <text variable="publisher-place"/>
            <text variable="publisher"/>
          </group>
          <text macro="date"/>
        </group>
      </else>
    </choose>
  </macro>
  <!-- Patent: application number, dates of filing and publication, bulletin. -->
  <macro name="patent-details">
    <choose>
      <if type="patent">
        <group delimiter="{pdelim}">
          <group delimiter="{NB}">
            <text term="number" form="short"/>
            <text variable="call-number"/>
          </group>
          <group delimiter=" ">
            {filed}
            <date variable="submitted" form="numeric"/>
          </group>
          <group delimiter=", ">
            <group delimiter=" ">
              <text term="original-work-published"/>
              <date variable="issued" form="numeric"/>
            </group>
            <group delimiter=" ">
              <text term="periodical" form="short"/>
              <text macro="issue"/>
            </group>
          </group>
        </group>
      </if>
    </choose>
  </macro>''',
f'''  <!-- Volume, issue, pages: the label stands only before a number, so that a value that
       brings its own («Вып. 2», «Т. XII») is printed as it is. -->
  <macro name="volume">
    <group delimiter="{C}">
      <choose>
        <if is-numeric="volume">
          <group delimiter="{NB}">
            <label variable="volume" form="short" plural="never" text-case="capitalize-first"/>
            <text variable="volume"/>
          </group>
        </if>
        <else>
          <text variable="volume"/>
        </else>
      </choose>
      <text variable="volume-title"/>
    </group>
  </macro>
  <macro name="issue">
    <choose>
      <if is-numeric="issue">
        <group delimiter="{NB}">
          {issue_label}
          <text variable="issue"/>
        </group>
      </if>
      <else>
        <text variable="issue"/>
      </else>
    </choose>
  </macro>
  <macro name="issue-area">
    <choose>
      <if type="patent"/>
      <else>
        <text macro="issue"/>
      </else>
    </choose>
  </macro>
  <!-- Number of a preprint and the like; other types have their number elsewhere. -->
  <macro name="number">
    <choose>
      <if type="{JOURNAL} {ACTS} patent report standard thesis" match="none">
        <text variable="number"/>
      </if>
    </choose>
  </macro>
  <!-- Article of an act, labelled like a locator: «Ст. 8», «8-бап». -->
  <macro name="section">
    <choose>
      <if type="{ACTS}" match="any">
        <choose>
          <if is-numeric="section">
            <group>
              <label variable="section" form="symbol" plural="never" text-case="capitalize-first" suffix="{NB}"/>
              <text variable="section"/>
              <label variable="section" form="long" plural="never"/>
            </group>
          </if>
          <else>
            <text variable="section"/>
          </else>
        </choose>
      </if>
    </choose>
  </macro>
  <!-- The caller marks by dimensions, which nothing prints, what CSL takes wrong: an article's own number, e112, which
       has no label, by a number; Roman pages, which have one, by a word. -->
  <macro name="pages">
    <choose>
      <if is-numeric="dimensions">
        <text variable="page"/>
      </if>
      <else-if is-numeric="page" variable="dimensions" match="any">
        <group delimiter="{NB}">
          <label variable="page" form="short" plural="never" text-case="capitalize-first"/>
          <text variable="page"/>
        </group>
      </else-if>
      <else-if variable="page">
        <text variable="page"/>
      </else-if>
      <else-if type="{JOURNAL}" match="any">
        <group delimiter="{NB}">
          <text term="article-journal" form="short"/>
          <text variable="number"/>
        </group>
      </else-if>
      <else-if is-numeric="number-of-pages">
        <group delimiter="{NB}">
          <text variable="number-of-pages"/>
          <text term="number-of-pages" form="short"/>
        </group>
      </else-if>
      <else>
        <text variable="number-of-pages"/>
      </else>
    </choose>
  </macro>
  <macro name="series">
    <choose>
      <if variable="collection-title">
        <group prefix="(" suffix=")" delimiter="{S}">
          <text variable="collection-title"/>
          <choose>
            <if is-numeric="collection-number">
              <group delimiter="{NB}">
                <label variable="collection-number" form="short" plural="never"/>
                <text variable="collection-number"/>
              </group>
            </if>
            <else>
              <text variable="collection-number"/>
            </else>
          </choose>
        </group>
      </if>
    </choose>
  </macro>''',
f'''  <!-- Access. A DOI makes the address and the date of access needless. -->
  <macro name="doi">
    <text variable="DOI" prefix="{st['doi']}"/>
  </macro>
  <macro name="access">
    <choose>
      <if variable="DOI">
        {own_doi}
      </if>
      <else>
        <group delimiter=" ">
          <text variable="URL" prefix="URL: "/>
          <choose>
            <if variable="URL">
              <group prefix="(" suffix=")" delimiter=": ">
                <text term="accessed"/>
                <date variable="accessed" form="numeric"/>
              </group>
            </if>
          </choose>
        </group>
      </else>
    </choose>
  </macro>''',
f'''  <!-- The entry: areas of description in the standard's order. -->
  <macro name="entry">
    <group delimiter="{A}">
      <text macro="description"/>
      <text macro="edition"/>
      <text macro="version"/>{patent_area}
      <text macro="imprint"/>
      {vol_issue}
      <text macro="number"/>
      <text macro="section"/>
      <text macro="pages"/>
      <text macro="series"/>
      <text macro="access"/>{own_content}
    </group>
  </macro>''',
f'''  <!-- In the text: {where}. -->
  <macro name="labelled-locator">
    <group>
      <label variable="locator" form="symbol" plural="never" suffix="{NB}"/>
      <text variable="locator"/>
      <label variable="locator" form="long" plural="never"/>
    </group>
  </macro>
  <macro name="locator">
{locator}
  </macro>''',
])

def author_date_macros(st):
    patent = '<text variable="title"/>' if st['patent'] == 'after' else f'''<group delimiter="{NB}">
          <text term="patent" form="short"/>
          <text variable="number"/>
        </group>'''
    return f'''  <!-- The citation names what the entry begins with. -->
  <macro name="cited-author">
    <choose>
      <if type="patent">
        {patent}
      </if>
      <else-if type="standard">
        <choose>
          <if variable="number">
            <text variable="number"/>
          </if>
          <else>
            <text variable="title" form="short"/>
          </else>
        </choose>
      </else-if>
      <else>
        <names variable="author">
          <name form="short" initialize-with="." delimiter=", " delimiter-precedes-et-al="never" et-al-min="4" et-al-use-first="1"/>
          <et-al term="et-al"/>
          <substitute>
            <text variable="title" form="short"/>
            <text variable="reviewed-title"/>
            <text variable="archive"/>
          </substitute>
        </names>
      </else>
    </choose>
  </macro>
  <macro name="cited-year">
    <choose>
      <if variable="issued">
        <date variable="issued">
          <date-part name="year"/>
        </date>
        <text variable="year-suffix"/>
      </if>
      <else>
        <group delimiter="{NB}">
          <text term="no date"/>
          <text variable="year-suffix"/>
        </group>
      </else>
    </choose>
  </macro>
'''
SORT_MACRO = '''  <macro name="sort-name">
    <names variable="author">
      <name name-as-sort-order="all" initialize-with="." et-al-min="99"/>
      <substitute>
        <text macro="title"/>
        <text variable="archive"/>
      </substitute>
    </names>
  </macro>
'''
def style(st):
    order = st['order']
    if order == 'author-date':
        tail = author_date_macros(st)
    else:
        tail = ''
    if order != 'citation':
        first = '''
      <if variable="original-author">
        <text macro="title"/>
      </if>
      <else-if type="patent standard" match="any">''' if order == 'alphabetical' else '''
      <if type="patent standard" match="any">'''
        end = 'else-if' if order == 'alphabetical' else 'if'
        skip4 = f'''    <choose>{first}
        <group delimiter=" ">
          <text macro="designation"/>
          <text macro="title"/>
        </group>
      </{end}>
      <else>
        <text macro="sort-name"/>
      </else>
    </choose>'''
        tail += SORT_MACRO + f'''  <!-- What the entry begins with. The collation is that of the language of the run (Kazakh under kk), and
       puts Latin script before Cyrillic; CSL offers no way to turn that round. -->
  <macro name="sort-head">
{skip4}
  </macro>
'''
    then = ('issued', 'title') if order == 'author-date' else ('title', 'issued')
    sort = '' if order == 'citation' else f'''    <sort>
      <key macro="sort-head"/>
      <key variable="{then[0]}"/>
      <key variable="{then[1]}"/>
    </sort>
'''
    if order == 'author-date':
        citation = '''  <citation disambiguate-add-year-suffix="true" disambiguate-add-givenname="true" givenname-disambiguation-rule="primary-name">
    <layout prefix="[" suffix="]" delimiter="; ">
      <group delimiter=", ">
        <text macro="cited-author"/>
        <text macro="cited-year"/>
        <choose>
          <if variable="locator">
            <text macro="locator"/>
          </if>
        </choose>
      </group>
    </layout>
  </citation>
  <bibliography>
%s    <layout>
      <group suffix=".">
        <text macro="entry"/>
      </group>
    </layout>
  </bibliography>''' % sort
    else:
        csort = '''    <sort>
      <key variable="citation-number"/>
    </sort>
''' if order == 'alphabetical' else ''
        citation = f'''  <citation collapse="citation-number">
{csort}    <layout prefix="[" suffix="]" delimiter="; ">
      <group delimiter=", ">
        <text variable="citation-number"/>
        <choose>
          <if variable="locator">
            <text macro="locator"/>
          </if>
        </choose>
      </group>
    </layout>
  </citation>
  <bibliography second-field-align="flush">
{sort}    <layout>
      <text variable="citation-number" suffix=". "/>
      <group suffix=".">
        <text macro="entry"/>
      </group>
    </layout>
  </bibliography>'''
    fmt = 'author-date' if order == 'author-date' else 'numeric'
    return f'''<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="kk" demote-non-dropping-particle="never">
  <info>
    <title>{st['title']}</title>
    <id>https://basylym.example/styles/{st['id']}</id>
    <link href="https://basylym.example/styles/{st['id']}" rel="self"/>
    <author>
      <name>Basylym contributors</name>
    </author>
    <category citation-format="{fmt}"/>
    <category field="generic-base"/>
    <summary>{st['summary']}</summary>
    <updated>2026-11-24T00:00:00+00:00</updated>
    <rights license="https://www.gnu.org/licenses/agpl-3.0.html">Part of Basylym, AGPL-3.0-or-later.</rights>
  </info>
{neutral()}
{locale('kk', st)}
{locale('ru', st)}
{locale('en', st)}
{macros(st)}
{tail}{citation}
</style>
'''

FAMILIES = {
 'gost-7.1-2003': dict(
    title='GOST 7.1-2003', area='.&#160;– ', colon=': ', semi='; ', init='.', sortsep=NB, doi='DOI: ',
    heading='one-to-three', responsibility='four', content=False, join=False, patent='first',
    summary='GOST 7.1-2003 as the journals of Kazakhstan practise it: full stop and dash between the areas, no space before a colon, initials set solid, authors of the heading not repeated after the slash'),
 'gost-r-7.0.5-2008': dict(
    title='GOST R 7.0.5-2008', area='. ', colon=': ', semi='; ', init='. ', sortsep=NB, doi='DOI: ',
    heading='one-to-three', responsibility='four', content=False, join=True, patent='after',
    summary='GOST R 7.0.5-2008, bibliographic reference: a full stop between the areas, authors of the heading not repeated after the slash'),
 'gost-r-7.0.100-2018': dict(
    title='GOST R 7.0.100-2018', area='.&#160;– ', colon=f'{NB}: ', semi=f'{NB}; ', init='. ', sortsep=f',{NB}', doi='DOI ',
    heading='first', responsibility='all', content=True, join=True, patent='inside',
    summary='GOST R 7.0.100-2018, bibliographic description: spaces on both sides of colon and semicolon, authors repeated after the slash, content type named'),
}
ORDERS = {'citation': ('', 'numeric, in the order of citation', ''),
          'alphabetical': ('-alphabetical', 'numeric, alphabetical', ' (alphabetical)'),
          'author-date': ('-author-date', 'author and date in the text', ' (author-date)')}
if __name__ == '__main__':
    want = sys.argv[2:] or None
    for fam, base in FAMILIES.items():
        for order, (suf, words, _) in ORDERS.items():
            name = fam + suf
            if want and name not in want:
                continue
            st = dict(base, order=order, id=name, title=f"{base['title']} ({words})", summary=f"{base['summary']}; {words}.")
            if order == 'author-date':
                st['heading'] = 'author-date'
            (OUT / f'{name}.csl').write_text(style(st), encoding='utf-8')
            print(name)
