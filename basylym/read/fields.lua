-- Reads Markdown with no more of pandoc's dialect than a text has a use for, and the front matter's texts all at once.
--
--   read(text, format)   as pandoc.read; addresses are looked for only where one may stand, for that takes as long as all else
--   plain(fields)   the fields in which nothing is marked but emphasis: names in order, and whether there are any
--   together(fields, names, format, html)   name -> {html, inline, text} of such fields; nil where one of them is more than paragraphs

local LABELS = {fig = true, tbl = true, eq = true, sec = true, lst = true, tab = true}
-- What may stand before the @ of an address, «-» left out, which stands before citations.
local MAILBOX = '[%w!"#$%%&\'*+/=?^_{|}~;\128-\255]$'

local function trim(text)
  local from = text:find('%S')
  return from and text:match('.*%S', from) or ''
end

-- Whether there may be an address: `scheme:something` or `name@somewhere`. @fig:map is none. The sign itself is looked for, and then
-- what stands beside it: asking of each letter what it is takes as long as half of the reading.
local function may_link(text)
  local at = text:find('@', 1, true)
  while at do
    local before = text:sub(math.max(at - 2, 1), at - 1)
    if before:find(MAILBOX) or before:find('^[^%s%[]%-$') then return true end
    at = text:find('@', at + 1, true)
  end
  local colon = text:find(':', 1, true)
  while colon do
    if text:find('^[^%s*_%]]', colon + 1) then
      local word = text:sub(math.max(colon - 61, 1), colon - 1):match('%a[%w+.-]*$')
      if word and not LABELS[word] then return true end
    end
    colon = text:find(':', colon + 1, true)
  end
  return false
end

local function read(text, format)
  return pandoc.read(text, may_link(text) and format or (format:gsub('%+autolink_bare_uris', '')))
end

-- Each line begins with a letter and goes on with letters, digits, blanks and signs that mark nothing, or emphasis: such texts are
-- paragraphs, and one ends where the next begins.
local function is_plain(text)
  if text == '' or text:find('[^%w \n.,;:?()\'"/%%*_\128-\255-]') or may_link(text) then return false end
  for line in (text .. '\n'):gmatch('([^\n]*)\n') do
    if line ~= '' and not line:find('^[%a\195-\211]') then return false end
  end
  return text:find('%S') ~= nil
end

local function plain(fields)
  local names = pandoc.List()
  for name, text in pairs(fields) do
    if is_plain(text) then names:insert(name) end
  end
  names:sort()
  return names
end

local function together(fields, names, format, html)
  local texts, counts, all = pandoc.List(), {}, 0
  for _, name in ipairs(names) do
    local text = trim(fields[name])
    texts:insert(text)
    counts[name] = 1 + select(2, text:gsub('\n\n+', ''))
    all = all + counts[name]
  end
  local blocks = read(table.concat(texts, '\n\n'), format).blocks
  if #blocks ~= all then return nil end
  for _, block in ipairs(blocks) do
    if block.t ~= 'Para' then return nil end
  end
  local found, sheet, mark, position = {}, pandoc.Blocks {}, pandoc.RawBlock('html', '<!-- field -->'), 1
  for _, name in ipairs(names) do
    local own = pandoc.Blocks {}
    for number = position, position + counts[name] - 1 do own:insert(blocks[number]) end
    position = position + counts[name]
    sheet:extend(own)
    sheet:insert(mark)
    -- what one paragraph holds needs not be written twice
    sheet:insert(pandoc.Plain(#own > 1 and pandoc.utils.blocks_to_inlines(own, {pandoc.Space()}) or {}))
    sheet:insert(mark)
    found[name] = {text = trim(pandoc.write(pandoc.Pandoc(own), 'plain', {wrap_text = 'none'}))}
  end
  local pieces = pandoc.List()
  for words in html(sheet):gmatch('(.-)%s*<!%-%- field %-%->%s*') do pieces:insert(words) end
  if #pieces ~= 2 * #names then return nil end
  for number, name in ipairs(names) do
    local words, inline = pieces[2 * number - 1], pieces[2 * number]
    found[name].html, found[name].inline = words, counts[name] > 1 and inline or words:match('^<p>(.*)</p>$')
    if not found[name].inline then return nil end
  end
  return found
end

return {read = read, plain = plain, together = together}
