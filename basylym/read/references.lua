-- Reads the references of a manuscript: CSL-JSON, BibTeX and RIS to what citeproc prints.
--
--   read(job, broken, cited)   the data of every entry, and those that are cited as citeproc takes them; job as in manuscript.lua
--   cited(doc)   the keys that a text cites
--   of_language(references, language, runs, first), citing(references)   those that the run in a language prints, and a text that cites them

local mend = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'entries.lua'})

local function trim(text)
  local from = text:find('%S')
  return from and text:match('.*%S', from) or ''
end

-- Labels that people type along with a value; the style prints them by itself.
local LABELS = {volume = {'[Vv]ol%.', 'Volume '}, issue = {'[Nn]o%.', 'Issue '}, page = {'[Pp][Pp]?%.', '[Pp]ages? '},
                number = {'№'}}

-- BibTeX entries all at once; where that fails, one by one with the @strings, to name the bad ones and keep the others.
local function read_bibtex(entries, broken)
  local function parse(pieces)
    local ok, doc = pcall(pandoc.read, table.concat(pieces, '\n\n'), 'biblatex')
    return ok and doc.meta.references or nil
  end
  local strings, all = pandoc.List(), pandoc.List()
  for _, entry in ipairs(entries) do
    all:insert(entry.text)
    if entry.key == '' and parse({entry.text}) then strings:insert(entry.text) end
  end
  local references = parse(all)
  if references then return references end
  local good = strings:clone()
  for _, entry in ipairs(entries) do
    if entry.key ~= '' then
      local alone = strings:clone()
      alone:insert(entry.text)
      if parse(alone) then good:insert(entry.text) else broken:insert {key = entry.key} end
    end
  end
  return parse(good) or {}
end

-- A note without the keys of ours at its end (bibliography.py takes them), which are not to be printed.
local function without_keys(note, keys)
  if type(note) ~= 'string' then return note end
  note = ' ' .. note
  local first = #note + 1
  for _, key in ipairs(keys) do
    first = math.min(first, note:find('[%s;]' .. key:gsub('%-', '%%-') .. '%s*:%s') or first)
  end
  note = trim(note:sub(1, first - 1))
  return note ~= '' and note or nil
end

-- The field that makes an entry of CSL-JSON unreadable, each tried alone; for the first hundred entries, as that takes time.
local function damaged_field(entry, parse)
  local names = pandoc.List()
  for name in pairs(entry) do names:insert(name) end
  names:sort()
  for _, name in ipairs(names) do
    if name ~= 'id' and name ~= 'type' and not parse({{id = entry.id, type = 'document', [name] = entry[name]}}) then return name end
  end
end

-- The keys that a text cites.
local function read_cited(doc)
  local cited = {}
  doc:walk {Cite = function(cite)
    for _, citation in ipairs(cite.citations) do cited[citation.id] = true end
  end}
  return cited
end

-- Those of many entries that are cited or that a cited one inherits from, with the @strings; `key` is what they call their key.
local function needed(entries, key, cited, many)
  if #entries <= many then return entries end
  local by_key, wanted, waiting = {}, {}, pandoc.List()
  for _, entry in ipairs(entries) do by_key[entry[key]] = entry end
  for id in pairs(cited) do waiting:insert(id) end
  while #waiting > 0 do
    local id = waiting:remove()
    if by_key[id] and not wanted[id] then
      wanted[id] = true
      waiting:extend(by_key[id].parents or {})
    end
  end
  return pandoc.List(entries):filter(function(entry) return entry[key] == '' or wanted[entry[key]] end)
end

-- The data of every entry, and the same with visible words where a title or a year is missing, for citeproc to print.
local function read_references(job, broken, cited)
  local references = pandoc.List()
  if #job.references > 0 then
    local function parse(entries)
      local ok, doc = pcall(pandoc.read, pandoc.json.encode(entries), 'csljson')
      return ok and doc.meta.references
    end
    local entries = needed(job.references, 'id', cited, job.many)
    local all = parse(entries)
    for _, entry in ipairs(all and {} or entries) do
      local one = parse({entry})
      if one then references:extend(one) else broken:insert {key = entry.id, field = #broken < 100 and damaged_field(entry, parse) or nil} end
    end
    references:extend(all or {})
  end
  if #job.bibtex > 0 then references:extend(read_bibtex(needed(job.bibtex, 'key', cited, job.many), broken)) end
  for _, entry in ipairs(needed(job.ris, 'key', cited, job.many)) do
    local ok, doc = pcall(pandoc.read, entry.text, 'ris')
    if ok and doc.meta.references then references:extend(doc.meta.references) else broken:insert {key = entry.key} end
  end
  if #references == 0 then return nil, {} end
  local data = pandoc.json.decode(pandoc.write(pandoc.Pandoc({}, {references = references}), 'csljson'), false)
  -- pandoc's CSL-JSON reader drops dates in words
  local words = {}
  for _, entry in ipairs(job.references) do
    for _, name in ipairs {'issued', 'accessed', 'event-date', 'original-date', 'submitted'} do
      if type(entry[name]) == 'table' and entry[name].literal then
        words[entry.id] = words[entry.id] or {}
        words[entry.id][name] = entry[name].literal
      end
    end
  end
  -- dates of BibTeX and RIS that pandoc can't read
  local dates = {}
  for _, entry in ipairs(job.dates) do dates[entry.id] = entry end
  for _, entry in ipairs(data) do
    for name, date in pairs(dates[entry.id] or {}) do
      if name ~= 'id' and date.literal then
        words[entry.id] = words[entry.id] or {}
        words[entry.id][name] = date.literal
        entry[name] = nil
      elseif name ~= 'id' then
        entry[name] = date
      end
    end
  end
  local of_bibtex = {}
  for _, entry in ipairs(job.bibtex) do of_bibtex[entry.key] = true end
  local printed = pandoc.List()
  for _, entry in ipairs(data) do
    for name, value in pairs(job.amended[entry.id] or {}) do entry[name] = value or nil end
    mend.names(entry)
    local copy = {}
    for key, value in pairs(entry) do copy[key] = value end
    copy.title = copy.title or job.placeholders.title
    copy.note = without_keys(copy.note, job.own_keys)
    for field, labels in pairs(LABELS) do  -- the style prints them
      for _, label in ipairs(labels) do
        if type(copy[field]) == 'string' then copy[field] = copy[field]:gsub('^' .. label .. '%s*', '') end
      end
    end
    if type(copy.DOI) == 'string' then  -- as it is printed: without the address that people paste
      copy.DOI = trim(copy.DOI):gsub('^https?://[%w.]*doi%.org/', ''):gsub('^[Dd][Oo][Ii]:%s*', '')
    end
    if not copy.issued and not copy.URL and not copy.archive and not copy.archive_location then
      words[copy.id] = words[copy.id] or {}
      words[copy.id].issued = words[copy.id].issued or job.placeholders.date
    end
    -- CSL can't count names: our GOST styles begin with the title where they find the authors here as well
    if job.title_first and copy.author and #copy.author > 3 then copy['original-author'] = copy.author end
    -- a style can't be asked for labels; ours print them where they find what nothing else has a use for
    if job.locator_labels ~= nil then copy['reviewed-genre'] = job.locator_labels and 'label' or nil end
    mend.fit(copy, job, of_bibtex[copy.id])
    if cited[copy.id] then printed:insert(copy) end
  end
  if #printed == 0 then return data, {} end
  references = pandoc.read(pandoc.json.encode(printed), 'csljson').meta.references
  for position, entry in ipairs(printed) do
    for name, text in pairs(words[entry.id] or {}) do
      references[position][name] = pandoc.MetaMap {literal = pandoc.MetaString(text)}
    end
  end
  return data, references
end

-- Those that a run's language prints: its own, and those of languages that have no run; in the first run also those of none.
local function of_language(references, language, runs, first)
  local known = {}
  for _, each in ipairs(runs) do known[each.language:match('^[^-]+')] = true end
  local wanted = language:match('^[^-]+')
  return pandoc.List(references):filter(function(entry)
    local own = entry.language and pandoc.utils.stringify(entry.language):match('^[^-]+')
    if not own then return first end
    return own == wanted or not known[own]
  end)
end

local function citing(references)
  local cites = pandoc.Inlines {}
  for _, entry in ipairs(references) do
    local id = pandoc.utils.stringify(entry.id)
    cites:insert(pandoc.Cite({pandoc.Str(id)}, {pandoc.Citation(id, 'NormalCitation')}))
  end
  return {pandoc.Para(cites)}
end

return {read = read_references, cited = read_cited, of_language = of_language, citing = citing}
