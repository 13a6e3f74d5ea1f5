-- Makes entries fit for our GOST styles: what CSL has no way to ask for is put right in the data before.
--
--   names(entry)   the people of an entry that BibTeX took apart at the wrong place
--   fit(entry, job, of_bibtex)   what only our own styles need; job as in manuscript.lua, and whether the entry stood in BibTeX

local lower = pandoc.text.lower
local THESIS, REPORT = {'дис.', 'диссертация', 'автореф', 'thesis', 'dissertation'}, {'отчёт', 'отчет', 'есеп', 'report'}
-- What pandoc calls the genre of BibTeX's @phdthesis and @mastersthesis, in English whatever the entry's language.
local OF_PANDOC = {['PhD thesis'] = true, ['Master’s thesis'] = true, ["Master's thesis"] = true, ['Doctoral dissertation'] = true}

-- How patronymics end, in small letters.
local PATRONYMICS = {'ұлы', 'улы', 'қызы', 'кызы', 'ович', 'евич', 'ьич', 'овна', 'евна', 'ична', 'uly', 'kyzy', 'qyzy', 'ovich',
  'evich', 'ovna', 'evna'}

local function is_patronymic(word)
  word = lower(word)
  for _, ending in ipairs(PATRONYMICS) do
    if #word > #ending and word:sub(-#ending) == ending then return true end
  end
end

-- «Петров А.Б.» is to BibTeX a family name «Б.» with forenames «Петров А.».
local function mend_names(entry)
  for _, field in ipairs {'author', 'editor', 'translator'} do
    for _, person in ipairs(type(entry[field]) == 'table' and entry[field] or {}) do
      local family, given = person.family or '', person.given or ''
      if family:match('^[^%s%.]+%.$') and (utf8.len(family) or 9) <= 3 then
        local word, rest = given:match('^([^%s%.]+)%s*(.*)$')
        if word and (utf8.len(word) or 0) > 2 and (rest == '' or rest:match('%.$')) then
          person.family, person.given = word, (rest .. ' ' .. family):match('^%s*(.*)$')
        end
      end
      -- nor is «Петров Антон Борисович» a Mr Borisovich
      local first, second = given:match('^([^%s%.]+) ([^%s%.]+)$')
      if first and is_patronymic(family) then person.family, person.given = first, second .. ' ' .. family end
    end
  end
end

-- Whether a title says itself what kind of work it is.
local function says_genre(title, genre, words)
  if genre then return title:find(lower(genre), 1, true) end
  for _, word in ipairs(words or {}) do
    if title:find(word, 1, true) then return true end
  end
end

-- Pages under a dash. What CSL takes for a number and is none, or the other way round, is marked by `dimensions`, which nothing prints:
-- an article's own number, e0230442, has no word before it, and Roman pages have one.
local function fit_pages(entry)
  local page = entry.page:gsub('(%w)%s*%-+%s*(%w)', '%1–%2')
  entry.page = page
  if page:match('^%s*[eE]%d+%s*$') then entry.dimensions = '1' end
  if page:gsub('–', ''):match('^[ivxlcdmIVXLCDM%d][ivxlcdmIVXLCDM%d, ]*$') then entry.dimensions = 'pages' end
end

local function fit(entry, job, of_bibtex)
  if job.locator_labels == nil then return end
  local title = lower(entry.title or '')
  local cyrillic = title:find('[\208-\211][\128-\191]') ~= nil
  -- «№5»: the style has the sign, with its blank
  local number = type(entry.issue) == 'string' and entry.issue:match('^№[%s\u{a0}]*(%d[%d%s/–()-]*)$')
  if number then entry.issue = number end
  entry.dimensions = nil
  if type(entry.page) == 'string' then fit_pages(entry) end
  -- «1 (92)» is no number to CSL, so that it would stand without a label
  if type(entry.issue) == 'string' and entry.issue:match('^%d[%d%s/–-]*%([%d%s/–-]+%)$') then
    local tag = (entry.language or job.language):sub(1, 2)
    local small = job.number_within_sentence and entry.volume and 'no.' or 'No.'
    entry.issue = ((cyrillic or tag == 'kk' or tag == 'ru') and '№' or small) .. '\u{a0}' .. entry.issue
  end
  if entry.type == 'thesis' or entry.type == 'report' then
    if of_bibtex and cyrillic and OF_PANDOC[entry.genre] then entry.genre = nil end
    -- nothing has a use for the scale of a thesis: where it stands, the styles print no genre
    if says_genre(title, entry.genre, entry.type == 'thesis' and THESIS or REPORT) then entry.genre, entry.scale = nil, 'none' end
  end
end

return {names = mend_names, fit = fit}
