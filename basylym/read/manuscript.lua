-- Reads one manuscript for Basylym: the only work pandoc is given, in the only pandoc process an article needs.
--
-- Used as pandoc's reader and writer at once (`-f manuscript.lua -t manuscript.lua`). Standard input is a job in JSON,
-- standard output is what the renderers need, in JSON. Nothing of the front matter arrives as pandoc metadata, because
-- pandoc's sandbox does not bind Lua, and citeproc would open whatever file or address the metadata names.
--
--   job     text        the Markdown body
--           format      pandoc's name of its dialect, with extensions
--           language    the article's language
--           runs        one citeproc run for every language of the reference list: {language, csl}, the style's path or the
--                       style itself as a data: address (Basylym's or the journal's, never the manuscript's)
--           list_headings  words in headings under which authors type the list of references
--           references  CSL-JSON
--           bibtex      BibTeX or BibLaTeX entries: {key, text, parents}; ris: RIS entries: {key, text}
--           amended     what pandoc takes for something else in those: key -> the fields of its CSL-JSON, false for none
--           many        so many references that those alone are read which are cited, or inherited from
--           numbered    whether the style numbers the list, so that no entry depends on another
--           dates       what pandoc can't read in those: {id, issued, accessed …}, as CSL-JSON
--           words       how figures, tables, equations, listings and sections are numbered and referred to
--           fields      front matter texts with markup: name -> Markdown
--           title_first   whether the style describes works of four and more authors under their title (GOST 7.1, 5.1)
--           locator_labels  whether pages are named in the text, [1, с. 15]; null where the style is not our own
--           number_within_sentence  whether «no.» stands small after a volume (GOST R)
--           placeholders  the words for a missing title and date
--           own_keys    keys of ours that a note may end in
--           locators    words that name a place in a work: form -> {label = CSL's label, term = the short form in the article's language}
--   result  body        HTML of the text, sections nested
--           fields      name -> {html, inline, text}
--           citations   in order: {id, items = {{key, prefix, label, locator, suffix}}}
--           entries     key -> {html, text, language}
--           order       keys in the order of the printed list
--           numbered    figures, tables, equations, listings: {id, kind, number, caption}
--           unresolved  cross-references that lead nowhere; doubled: labels that are given twice
--           images      pictures in order: {src, alt, set}; set: whether the alternative text is not just the caption
--           formulas    those that can't be read; without_note: note marks without a note
--           skipped     headings that stood too deep
--           raw         pieces of raw HTML or TeX that were left out: {format, text, field = the front matter's field, or empty}
--           references  the CSL-JSON data of every entry; broken: those that can't be read: {key, field}

local stringify = pandoc.utils.stringify
local number = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'numbering.lua'})
local references_of = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'references.lua'})

local function html(blocks)
  return pandoc.write(pandoc.Pandoc(blocks), 'html5',
    {wrap_text = 'none', html_math_method = 'mathml', section_divs = true, highlight_method = 'none'})
end

if os.getenv('BASYLYM_EARLY') then dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'ready.lua'})(html) end

local function trim(text)
  return (text:gsub('^%s+', ''):gsub('%s+$', ''))
end

-- A locator's value: numbers, Roman numerals, ranges and lists of them.
local function is_value(text)
  return text:match('^[%dIVXLCDMivxlcdm]') and not text:match('[^%w%s%.,/:%-–—]') and text:match('%d')
      or text:match('^[IVXLCDM]+$') or text:match('^[ivxlcdm]+$')
end

-- «б. 68–69», «68–69 б.», «12-бап», "pp. 5-7", a bare «68–69» -> label, value. Nothing recognised: nil.
local function read_locator(text, words)
  text = trim(text)
  if is_value(text) then return 'page', text, nil end
  for _, form in ipairs(words.order) do
    local word = words.forms[form]
    local plain = form:gsub('(%W)', '%%%1')
    local after = text:match('^' .. plain .. '[%s ]*(.+)$')
    if after and is_value(trim(after)) then return word.label, trim(after), word.term end
    local before = text:match('^(.-)[%s %-–—]*' .. plain .. '$')
    if before and before ~= '' and is_value(trim(before)) then return word.label, trim(before), word.term end
  end
  return nil
end

-- Reads the suffix of every citation by our own rule and hands citeproc the canonical form, so that what is printed does
-- not depend on which words citeproc happens to know in the language of the run.
local function read_citations(doc, words)
  local citations = pandoc.List()
  local numbered = doc:walk {
    traverse = 'topdown',
    Cite = function(cite)
      local id = 'cite-' .. (#citations + 1)
      local items = pandoc.List()
      for _, citation in ipairs(cite.citations) do
        local suffix = trim(stringify(citation.suffix))
        local body = trim((suffix:gsub('^,', '')))
        local label, locator, term
        if body ~= '' then
          label, locator, term = read_locator(body, words)
          if not label then
            -- a locator followed by words: "68, see also the note"
            local head, rest = body:match('^([^,]+)(,.*)$')
            if head then
              label, locator, term = read_locator(head, words)
              if label then suffix = rest end
            end
          else
            suffix = ''
          end
        end
        if label then
          -- pandoc takes a bare number for a page, but not one in braces
          local number = label == 'page' and not locator:match('[^%d%s,%-–—]')
          local word = term or label == 'page' and words.page or label
          local canonical = number and ', ' .. locator or ', {' .. word .. ' ' .. locator .. '}'
          citation.suffix = pandoc.Inlines(canonical .. suffix)
        end
        items:insert {key = citation.id, prefix = stringify(citation.prefix), label = label, locator = locator,
                      suffix = label and suffix or body, mode = citation.mode}
      end
      citations:insert {id = id, items = items}
      return pandoc.Span({pandoc.Cite(cite.content, cite.citations)}, pandoc.Attr(id, {'citation'})), false
    end
  }
  return numbered, citations
end

-- One entry of the printed list: what stands right of its number.
local function read_entry(div)
  local inlines = pandoc.List()
  for _, block in ipairs(div.content) do
    if #inlines > 0 then inlines:insert(pandoc.Space()) end
    inlines:extend(block.content)
  end
  for _, inline in ipairs(inlines) do
    if inline.t == 'Span' and inline.classes:includes('csl-right-inline') then inlines = inline.content; break end
  end
  inlines = pandoc.Inlines(inlines):walk {Span = function(span)
    if span.classes:includes('csl-left-margin') then return {} end
  end}
  return inlines
end

-- The HTML of every entry: one by one it would take longer than all else.
local function html_of_each(entries)
  local blocks, found = pandoc.Blocks {}, pandoc.List()
  for _, entry in ipairs(entries) do
    blocks:insert(pandoc.Plain(entry.inlines))
    blocks:insert(pandoc.RawBlock('html', '<!-- entry -->'))
  end
  for words in html(blocks):gmatch('(.-)%s*<!%-%- entry %-%->%s*') do found:insert(words) end
  return #found == #entries and found or entries:map(function(entry) return html({pandoc.Plain(entry.inlines)}) end)
end

-- The title is h1; a heading never stands more than one level below the one before it (PDF/UA-1, 7.4.2), and equals stay
-- equals. The text's highest level, whichever it is, comes right below the title.
local function nest_headings(blocks, skipped)
  local highest, above, before = 6, pandoc.List(), nil
  local doc = pandoc.Pandoc(blocks)
  doc:walk {Header = function(header) highest = math.min(highest, header.level) end}
  return doc:walk {Header = function(header)
    if header.level > (before or highest - 1) + 1 then skipped:insert(stringify(header)) end
    before = header.level
    while #above > 0 and above[#above].written >= header.level do above:remove() end
    local level = math.min(#above > 0 and above[#above].level + 1 or 2, 6)
    above:insert {written = header.level, level = level}
    header.level = level
    return header
  end}.blocks
end

-- In other systems the last heading, or one right before ::: {#refs}, is the list's; our templates write it themselves.
local function without_list_heading(blocks, any, words)
  local kept = pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    if block.t == 'Div' and block.identifier == 'refs' and #block.content == 0 then
      if #kept > 0 and kept[#kept].t == 'Header' then kept:remove() end
    else
      kept:insert(block)
    end
  end
  local last = #kept > 0 and kept[#kept].t == 'Header' and pandoc.text.lower(stringify(kept[#kept]))
  for _, word in ipairs(words) do
    if any and last and last:find(word, 1, true) then kept:remove(); break end
  end
  return kept
end

local SCHEMES = {http = true, https = true, mailto = true, doi = true}
local KEPT = {lang = '^%a%a%a?[-%w]*$', dir = '^%a+$', width = '^[%d.]+%s*[%a%%]*$', height = '^[%d.]+%s*[%a%%]*$', alt = '', caption = ''}

-- Quarto's words for what pandoc has words for; then no attribute but those that mean something here: others could act
-- (onclick), hide (style), or be no HTML.
local function own_attributes(doc)
  doc = doc:walk {Image = function(image)
    local words = image.attributes['fig-alt']
    if not words then return nil end
    image.attributes.alt, image.caption = words, pandoc.Inlines(words)
    return image
  end, CodeBlock = function(code)
    code.attributes.caption = code.attributes.caption or code.attributes['lst-cap']
    return code
  end, Div = function(div)
    if div.attributes.title then div.content:insert(1, pandoc.Para {pandoc.Strong(pandoc.Inlines(div.attributes.title))}) end
    return div
  end}
  local function keep(element)
    local kept = {}
    for name, value in pairs(element.attributes) do
      if KEPT[name] and value:match(KEPT[name]) then kept[name] = value end
    end
    element.attributes = kept
    return element
  end
  return doc:walk {Header = keep, Div = keep, Span = keep, CodeBlock = keep, Code = keep, Image = keep, Figure = keep, Table = keep,
    Link = function(link)
      local scheme = link.target:match('^%s*([%w+.-]+):')
      if scheme and not SCHEMES[scheme:lower()] then return link.content end
      return keep(link)
    end}
end

function Reader(sources)
  local job = pandoc.json.decode(tostring(sources), false)
  local result = {fields = {}, entries = {}, raw = pandoc.List(), order = pandoc.List(),
                  skipped = pandoc.List(), images = pandoc.List(), broken = pandoc.List()}
  local function without_raw(doc, field)
    local function refuse(element)
      if element.format == 'html' and trim(element.text):match('^<!%-%-.*%-%->$') then return {} end  -- a comment says nothing
      result.raw:insert {format = element.format, text = element.text, field = field or ''}
      return {}
    end
    return own_attributes(doc:walk {RawInline = refuse, RawBlock = refuse})
  end

  for name, text in pairs(job.fields) do
    local doc = without_raw(pandoc.read(text, job.format), name):walk {  -- pictures and notes have no place in these
      Image = function(image) return image.caption end,
      Note = function(note)
        return pandoc.Inlines {pandoc.Space(), pandoc.Str('(')} .. pandoc.utils.blocks_to_inlines(note.content) .. {pandoc.Str(')')}
      end}
    result.fields[name] = {html = html(doc.blocks), text = trim(pandoc.write(doc, 'plain', {wrap_text = 'none'})),
      inline = html({pandoc.Plain(pandoc.utils.blocks_to_inlines(doc.blocks, {pandoc.Space()}))})}
  end

  local doc = without_raw(pandoc.read(job.text, job.format))
  doc.meta = {}
  doc = pandoc.Pandoc(nest_headings(doc.blocks, result.skipped))
  result.without_note = pandoc.List()
  doc = doc:walk {Str = function(str)
    local text = str.text
    -- our fonts have no ballot boxes, and a box that can't be ticked is no form
    if text == '☐' then return pandoc.Str('[ ]') elseif text == '☒' then return pandoc.Str('[x]') end
    for mark in text:gmatch('%[%^[^%]]+%]') do result.without_note:insert(mark) end
  end}
  local function note(image, described)
    result.images:insert {src = image.src, alt = stringify(image.caption), set = described or image.attributes.alt ~= nil}
  end
  doc:walk {traverse = 'topdown', Image = function(image) note(image, false) end, Figure = function(figure)
    local image = figure.content[1] and figure.content[1].content and figure.content[1].content[1]
    if #figure.content == 1 and image and image.t == 'Image' then
      note(image, stringify(image.caption) ~= stringify(figure.caption.long))
      return nil, false
    end
  end}
  local references
  result.references, references = references_of.read(job, result.broken, references_of.cited(doc))
  local known = {}
  for _, reference in ipairs(result.references or {}) do known[reference.id] = true end
  doc = pandoc.Pandoc(without_list_heading(doc.blocks, next(known) ~= nil, job.list_headings))
  doc, result.numbered, result.unresolved, result.doubled = number(doc, job.words, known)
  doc, result.citations = read_citations(doc, job.locators)

  if #references > 0 then
    for position, each in ipairs(job.runs) do
      local language = each.language
      local blocks, own, printed_here = doc.blocks, references, nil
      if job.numbered and #references > job.many then
        own = references_of.of_language(references, language, job.runs, position == 1)
        printed_here = {}
        for _, entry in ipairs(own) do printed_here[stringify(entry.id)] = true end
        if position == 1 then own = references else blocks = references_of.citing(own) end
      end
      local run = pandoc.utils.citeproc(pandoc.Pandoc(blocks, {
        references = own, csl = each.csl, lang = language, ['link-citations'] = true,
        ['suppress-bibliography'] = false}))
      local text, entries = pandoc.List(), pandoc.List()
      for _, block in ipairs(run.blocks) do
        if block.t == 'Div' and block.identifier == 'refs' then
          for _, entry in ipairs(block.content) do
            local key = entry.identifier:gsub('^ref%-', '')
            if position == 1 then result.order:insert(key) end
            if not printed_here or printed_here[key] then entries:insert {key = key, inlines = read_entry(entry)} end
          end
        else
          text:insert(block)
        end
      end
      for number, words in ipairs(html_of_each(entries)) do
        local key = entries[number].key
        result.entries[key] = result.entries[key] or {}
        result.entries[key][language] = {html = words, text = stringify(entries[number].inlines)}
      end
      -- the citations in the text come from the run in the article's language, which is the first
      if position == 1 then doc = pandoc.Pandoc(text) end
    end
  end
  doc = doc:walk {Cite = function(cite)
    for _, citation in ipairs(cite.citations) do
      if not known[citation.id] then  -- the words stay; what leads nowhere does not
        local content = cite.content:walk {Link = function(link)
          local key = link.target:match('^#ref%-(.*)$')
          if key and not known[key] then return link.content end
        end}
        return pandoc.Span(content, pandoc.Attr('', {'missing'}))
      end
    end
    return cite.content
  end}
  result.body = html(doc.blocks)
  result.formulas = pandoc.List()
  if result.body:find('class="math ', 1, true) then  -- pandoc could not turn every formula into MathML
    doc:walk {Math = function(math)
      if not html({pandoc.Plain {math}}):find('<math', 1, true) then result.formulas:insert(math.text) end
    end}
  end
  return pandoc.Pandoc({}, {result = pandoc.MetaString(pandoc.json.encode(result))})
end

function Writer(doc)
  return stringify(doc.meta.result)
end
