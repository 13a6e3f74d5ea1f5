-- Reads one manuscript after another (basylym/head_start.py): a line with the length of a job, then the job; the answer in the same
-- way. A job that fails ends pandoc, with the words that it has for it, and so does the end of the input.
--
-- What pandoc makes only when first asked for, a reader's tables and a processor of citations, may be made before there is anything
-- to read: a small manuscript that has a little of all is read, and what is written of it is thrown away. The tables by which words are
-- sorted take as long as all else, and only a style with an order of its own needs them.

local SORT = '<sort><key variable="author"/></sort>'
local STYLE = 'data:application/xml;charset=utf-8,<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
    .. '<info><title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info>'
    .. '<citation collapse="citation-number"><layout delimiter="; " prefix="(" suffix=")">'
    .. '<group delimiter=", "><text variable="citation-number"/><group><label variable="locator" form="short"/>'
    .. '<text variable="locator"/></group></group></layout></citation>'
    .. '<bibliography second-field-align="flush">%s<layout><text variable="citation-number"/>'
    .. '<group delimiter=". "><names variable="author"><name initialize-with="." name-as-sort-order="all"/></names>'
    .. '<text variable="title" font-style="italic"/><choose><if type="book"><date variable="issued" form="text"/></if>'
    .. '<else><number variable="volume"/></else></choose></group></layout></bibliography></style>'
local TEXT = [[
# Бөлім {#sec:a}

Сөз *екпін* **қою** `code` [@a, 15-б.; @b] және @fig:a, $x^2 + \\frac{1}{2}$[^1] [a](http://b.c){.d} «сөз» – [](#sec:a) ...

![Сурет](a.png){#fig:a width=50%}

- a
- b

| a | b |
|---|--:|
| 1 | 2 |

: Кесте {#tbl:a}

> Сөз

1. One @tbl:a

[^1]: Note <https://b.c>.
]]

local function get_ready(read, sorted)
  local style = STYLE:format(sorted and SORT or '')
  local function book(id)
    return {id = id, type = 'book', title = 'Сөз', author = {{family = 'Family', given = 'Given'}}, issued = {['date-parts'] = {{2001, 5}}}}
  end
  local each = {caption = '{n}-сурет', ref = '{n}-сур.'}
  read(pandoc.json.encode {
    text = TEXT, format = 'markdown-smart-native_divs+autolink_bare_uris', language = 'kk',
    runs = {{language = 'kk', csl = style}, {language = 'ru', csl = style}, {language = 'en', csl = style}},
    references = {book 'a'}, bibtex = {{key = 'b', text = '@book{b, title = {T}, author = {A, B}, date = {2001}}', parents = {}}},
    ris = {}, amended = {b = {language = 'en'}}, many = 1000, numbered = true, apart = true, dates = {},
    fields = {a = 'Сөз *бір*', b = 'Words', c = 'H~2~O $x$'}, own_keys = {}, placeholders = {title = 't', date = 'd'},
    words = {figure = each, table = each, equation = each, listing = each, section = each, sub = '{n}{letter}', letters = {'a'}},
    locators = {forms = {['б.'] = {label = 'page', term = 'б.'}}, page = 'б.', order = {'б.'}}, list_headings = {'әдебиет'}})
end

return function(read, what)
  if what ~= 'now' then pcall(get_ready, read, what == 'sorted') end
  for line in io.lines() do
    local job = io.read(tonumber(line))
    if not job or #job < tonumber(line) then break end
    local answer = read(job)
    io.stdout:write('answer ', #answer, '\n', answer)
    io.stdout:flush()
    job, answer = nil, nil
    collectgarbage()  -- nobody waits now
  end
  -- pandoc itself learns only at its end that more memory was taken than there may be, and says so instead
  error('no more to read', 0)
end
