-- The first walk over a text, which takes longer than what is done in it: it leaves out what must not stay, and notes what there is,
-- so that no further step walks in search of what is not there.
--
--   returns  the document and what was seen: cited (keys), doubtful (whether an id stands twice or is one of the templates' own),
--            images, displayed (equations), inner (links within the text), marks (signs that pandoc left as it found them)
--   refuse    what to do with a piece of raw HTML or TeX; is_taken: whether an id is the templates' own

local stringify = pandoc.utils.stringify
local SCHEMES = {http = true, https = true, mailto = true, doi = true}
local KEPT = {lang = '^%a%a%a?[-%w]*$', dir = '^%a+$', width = '^[%d.]+%s*[%a%%]*$', height = '^[%d.]+%s*[%a%%]*$', alt = '', caption = ''}

-- No attribute but those that mean something here: others could act (onclick), hide (style), or be no HTML.
local function kept(element)
  if #element.attributes == 0 then return nil end
  local own = {}
  for name, value in pairs(element.attributes) do
    if KEPT[name] and value:match(KEPT[name]) then own[name] = value end
  end
  element.attributes = own
  return element
end

return function(doc, refuse, is_taken)
  local seen, ids, notes = {cited = {}}, {}, pandoc.List()
  local recaptioned = false
  local function keep(element)
    local id = element.identifier
    if id ~= '' then
      seen.doubtful = seen.doubtful or ids[id] or is_taken(id) and true
      ids[id] = true
    end
    return kept(element)
  end
  local function cite(each)
    for _, citation in ipairs(each.citations) do seen.cited[citation.id] = true end
  end
  -- Quarto's words for what pandoc has words for come first
  doc = doc:walk {
    RawInline = refuse, RawBlock = refuse, Cite = cite,
    Math = function(math) seen.displayed = seen.displayed or math.mathtype == 'DisplayMath' end,
    Note = function(note) notes:insert(stringify(note.content)) end,
    Image = function(image)
      seen.images = true
      local words = image.attributes['fig-alt']
      if words then
        image.attributes.alt, image.caption = words, pandoc.Inlines(words)
        recaptioned = true
      end
      return keep(image)
    end,
    CodeBlock = function(code)
      local words = not code.attributes.caption and code.attributes['lst-cap']
      if words then code.attributes.caption = words end
      return keep(code)
    end,
    Div = function(div)
      local title = div.attributes.title
      if title then div.content:insert(1, pandoc.Para {pandoc.Strong(pandoc.Inlines(title))}) end
      return keep(div)
    end,
    Link = function(link)
      local target = link.target
      local scheme = target:match('^%s*([%w+.-]+):')
      if scheme and not SCHEMES[scheme:lower()] then return link.content end
      seen.inner = seen.inner or target:sub(1, 1) == '#'
      return kept(link)
    end,
    Header = keep, Span = keep, Code = keep, Figure = keep, Table = keep,
  }
  if recaptioned then  -- what the captions cited before
    seen.cited = {}
    doc:walk {Cite = cite}
  end
  local words = stringify(doc) .. ' ' .. table.concat(notes, ' ')
  seen.marks = words:find('[^', 1, true) or words:find('☐', 1, true) or words:find('☒', 1, true)
  return doc, seen
end
