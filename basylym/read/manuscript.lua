-- Reads manuscripts for Basylym: the only work pandoc is given, in the only pandoc process an article needs.
--
-- Used as pandoc's reader and writer at once (`-f manuscript.lua -t manuscript.lua`). Standard input is a job in JSON,
-- standard output is what the renderers need, in JSON; or one job after another (ready.lua). Nothing of the front matter arrives as pandoc metadata, because
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
--           numbered    whether the style numbers the list, so that no entry depends on another; apart: not even on the one before
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
local numbering = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'numbering.lua'})
local references_of = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'references.lua'})
local fields_of = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'fields.lua'})
local first_look = dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'first_look.lua'})

local function html(blocks)
  return pandoc.write(pandoc.Pandoc(blocks), 'html5',
    {wrap_text = 'none', html_math_method = 'mathml', section_divs = true, highlight_method = 'none'})
end

local function trim(text)
  local from = text:find('%S')
  return from and text:match('.*%S', from) or ''
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
    if text:find(form, 1, true) then
      local word = words.forms[form]
      local plain = form:gsub('(%W)', '%%%1')
      local after = text:match('^' .. plain .. '[%s ]*(.+)$')
      if after and is_value(trim(after)) then return word.label, trim(after), word.term end
      local before = text:match('^(.-)[%s %-–—]*' .. plain .. '$')
      if before and before ~= '' and is_value(trim(before)) then return word.label, trim(before), word.term end
    end
  end
  return nil
end

-- Reads the suffix of every citation by our own rule and hands citeproc the canonical form, so that what is printed does
-- not depend on which words citeproc happens to know in the language of the run.
local function read_citations(doc, words)
  local citations, cites = pandoc.List(), pandoc.Inlines {}
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
      local own = pandoc.Cite(cite.content, cite.citations)
      cites:insert(own)
      return pandoc.Span({own}, pandoc.Attr(id, {'citation'})), false
    end
  }
  return numbered, citations, cites
end

-- The entries of a printed list: what stands right of their numbers; and whether those stand apart in each.
local function read_entries(divs)
  local blocks, apart = pandoc.Blocks {}, true
  for _, div in ipairs(divs) do
    local inlines = pandoc.List()
    for _, block in ipairs(div.content) do
      if #inlines > 0 then inlines:insert(pandoc.Space()) end
      inlines:extend(block.content)
    end
    local beside = false
    for _, inline in ipairs(inlines) do
      if inline.t == 'Span' and inline.classes:includes('csl-right-inline') then
        inlines, beside = inline.content, true
        break
      end
    end
    apart = apart and beside
    blocks:insert(pandoc.Plain(inlines))
  end
  return blocks:walk {Span = function(span)
    if span.classes:includes('csl-left-margin') then return {} end
  end}, apart
end

-- The HTML of every entry: one by one it would take longer than all else.
local function html_of_each(entries)
  local blocks, found = pandoc.Blocks {}, pandoc.List()
  for _, entry in ipairs(entries) do
    blocks:insert(entry.block)
    blocks:insert(pandoc.RawBlock('html', '<!-- entry -->'))
  end
  for words in html(blocks):gmatch('(.-)%s*<!%-%- entry %-%->%s*') do found:insert(words) end
  return #found == #entries and found or entries:map(function(entry) return html({entry.block}) end)
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

local function read(text)
  local job = pandoc.json.decode(text, false)
  local result = {fields = {}, entries = {}, raw = pandoc.List(), order = pandoc.List(),
                  skipped = pandoc.List(), images = pandoc.List(), broken = pandoc.List()}
  local function without_raw(doc, field)
    local function refuse(element)
      if element.format == 'html' and trim(element.text):match('^<!%-%-.*%-%->$') then return {} end  -- a comment says nothing
      result.raw:insert {format = element.format, text = element.text, field = field or ''}
      return {}
    end
    return first_look(doc, refuse, numbering.is_taken)
  end

  local plain = fields_of.plain(job.fields)
  local together = #plain > 1 and fields_of.together(job.fields, plain, job.format, html) or {}
  local names = pandoc.List()
  for name in pairs(job.fields) do names:insert(name) end
  names:sort()
  for _, name in ipairs(names) do
    local text = job.fields[name]
    result.fields[name] = together[name]
    if result.fields[name] then goto continue end
    local doc = without_raw(fields_of.read(text, job.format), name):walk {  -- pictures and notes have no place in these
      Image = function(image) return image.caption end,
      Note = function(note)
        return pandoc.Inlines {pandoc.Space(), pandoc.Str('(')} .. pandoc.utils.blocks_to_inlines(note.content) .. {pandoc.Str(')')}
      end}
    result.fields[name] = {html = html(doc.blocks), text = trim(pandoc.write(doc, 'plain', {wrap_text = 'none'})),
      inline = html({pandoc.Plain(pandoc.utils.blocks_to_inlines(doc.blocks, {pandoc.Space()}))})}
    ::continue::
  end

  local doc, seen = without_raw(fields_of.read(job.text, job.format))
  doc.meta = {}
  doc = pandoc.Pandoc(nest_headings(doc.blocks, result.skipped))
  result.without_note = pandoc.List()
  doc = not seen.marks and doc or doc:walk {Str = function(str)
    local text = str.text
    -- our fonts have no ballot boxes, and a box that can't be ticked is no form
    if text == '☐' then return pandoc.Str('[ ]') elseif text == '☒' then return pandoc.Str('[x]') end
    for mark in text:gmatch('%[%^[^%]]+%]') do result.without_note:insert(mark) end
  end}
  local function note(image, described)
    result.images:insert {src = image.src, alt = stringify(image.caption), set = described or image.attributes.alt ~= nil}
  end
  if seen.images then
    doc:walk {traverse = 'topdown', Image = function(image) note(image, false) end, Figure = function(figure)
      local image = figure.content[1] and figure.content[1].content and figure.content[1].content[1]
      if #figure.content == 1 and image and image.t == 'Image' then
        note(image, stringify(image.caption) ~= stringify(figure.caption.long))
        return nil, false
      end
    end}
  end
  local references
  result.references, references = references_of.read(job, result.broken, seen.cited)
  local known = {}
  for _, reference in ipairs(result.references or {}) do known[reference.id] = true end
  doc = pandoc.Pandoc(without_list_heading(doc.blocks, next(known) ~= nil, job.list_headings))
  doc, result.numbered, result.unresolved, result.doubled = numbering.number(doc, job.words, known, seen)
  local cites
  result.citations = pandoc.List()
  if next(seen.cited) then doc, result.citations, cites = read_citations(doc, job.locators) end

  if #references > 0 then
    local entries, printed, apart = pandoc.List(), doc.blocks, false
    for position, each in ipairs(job.runs) do
      local language = each.language
      local blocks, own, printed_here = doc.blocks, references, nil
      -- a style that numbers its entries asks for no more of the text, further on, than its citations; and where the numbers stand
      -- apart, each entry is printed in its own language alone
      if position > 1 and job.numbered then blocks = {pandoc.Para(cites)} end
      if job.numbered and #references > job.many or apart then
        own = references_of.of_language(references, language, job.runs, position == 1)
        printed_here = {}
        for _, entry in ipairs(own) do printed_here[stringify(entry.id)] = true end
        if position == 1 then own = references else blocks = references_of.citing(own) end
      end
      if #own == 0 then goto continue end
      local run = pandoc.utils.citeproc(pandoc.Pandoc(blocks, {
        references = own, csl = each.csl, lang = language, ['link-citations'] = true,
        ['suppress-bibliography'] = false}))
      local text, list = pandoc.List(), {}
      for _, block in ipairs(run.blocks) do
        if block.t == 'Div' and block.identifier == 'refs' then list = block.content else text:insert(block) end
      end
      local read, beside = read_entries(list)
      apart = apart or position == 1 and job.apart and beside
      for number, block in ipairs(read) do
        local key = list[number].identifier:gsub('^ref%-', '')
        if position == 1 then result.order:insert(key) end
        if not printed_here or printed_here[key] then entries:insert {key = key, language = language, block = block} end
      end
      -- the citations in the text come from the run in the article's language, which is the first
      if position == 1 then printed = text end
      ::continue::
    end
    doc = pandoc.Pandoc(printed)
    for number, words in ipairs(html_of_each(entries)) do
      local entry = entries[number]
      result.entries[entry.key] = result.entries[entry.key] or {}
      result.entries[entry.key][entry.language] = {html = words, text = stringify(entry.block)}
    end
  end
  doc = not next(seen.cited) and doc or doc:walk {Cite = function(cite)
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
  return pandoc.json.encode(result)
end

-- Where nobody asks for one manuscript after another, the one that comes on standard input is read.
local reads = os.getenv('BASYLYM_READS')
if reads then dofile(pandoc.path.join {pandoc.path.directory(PANDOC_SCRIPT_FILE), 'ready.lua'})(read, reads) end

function Reader(sources)
  return pandoc.Pandoc({}, {result = pandoc.MetaString(read(tostring(sources)))})
end

function Writer(doc)
  return stringify(doc.meta.result)
end
