-- Numbers figures, tables, equations and listings, and turns references to them (pandoc-crossref's `@fig:map`, Quarto's
-- `@fig-map`) into links with the words of the article's language.
--
--   known    citation keys that the references hold: a key such as `@fig-2001` may be one
--   words    kind -> {caption = "{n}-сурет", ref = "{n}-сур."}; sub = "{n}, {letter}"; letters = {"а", "ә", …}
--   returns  the document, what was numbered (id, kind, number, caption), the keys that lead nowhere, and labels given twice

local stringify = pandoc.utils.stringify
local KINDS = {fig = 'figure', tbl = 'table', eq = 'equation', sec = 'section', lst = 'listing', tab = 'table'}

local function fill(form, number)
  local before, after = form:match('^(.-){n}(.*)$')
  return (before or form) .. number .. (after or '')
end

local function kind_of(key)
  local prefix = key:match('^(%a+)[:%-]')
  return prefix and KINDS[prefix:lower()]
end

local function captioned(words, kind, number, blocks)
  local inlines = pandoc.utils.blocks_to_inlines(blocks or {})
  local head = pandoc.Inlines {pandoc.Span({pandoc.Str(fill(words[kind].caption, number) .. '.')}, pandoc.Attr('', {'number'}))}
  if #inlines > 0 then head:insert(pandoc.Space()) end
  head:extend(inlines)
  return pandoc.Blocks {pandoc.Plain(head)}
end

-- Ids that the templates use themselves.
local TAKEN = {}
for name in ('text notes references front draft codes section title dates abstract abstract-text keywords journal imprint license '
    .. 'translations authors funding acknowledgements conflict_of_interest contributions end toc toc-title landmarks '
    .. 'landmarks-title pages pages-title'):gmatch('%S+') do TAKEN[name] = true end

local function is_taken(id)
  return TAKEN[id] or id:match('^fn%d') or id:match('^fnref%d') or id:match('^b%d+$') or id:match('^ref%-')
      or id:match('^cite%-%d') or id:match('^page%-') or id:match('^affiliation%-%d') or id:match('^title%-%a%a$')
      or id:match('^abstract%-%a%a$') or id:match('^keywords%-%a%a$') or id:match('^journal%-%a%a$')
end

-- Every id once, none that the templates use; links follow.
local function own_ids(doc, doubled)
  local seen, moved = {}, {}
  local function own(element)
    local id = element.identifier
    if id == '' then return nil end
    if seen[id] then
      doubled:insert(id)
      element.identifier = ''
      return element
    end
    seen[id] = true
    if is_taken(id) then
      moved['#' .. id] = '#text-' .. id
      element.identifier = 'text-' .. id
      return element
    end
  end
  doc = doc:walk {traverse = 'topdown', Header = own, Div = own, Span = own, Figure = own, Table = own, CodeBlock = own,
                  Code = own, Image = own}
  return doc:walk {Link = function(link)
    if moved[link.target] then
      link.target = moved[link.target]
      return link
    end
  end}
end

-- Links inside the text that lead nowhere: the words stay.
local function dead_links(doc, unknown)
  local there = {}
  local function note(element) there['#' .. element.identifier] = true end
  doc:walk {Header = note, Div = note, Span = note, Figure = note, Table = note, CodeBlock = note, Code = note, Image = note}
  return doc:walk {Link = function(link)
    if link.target:sub(1, 1) == '#' and not there[link.target] then
      unknown:insert(link.target:sub(2))
      return pandoc.Span(link.content, pandoc.Attr('', {'missing'}))
    end
  end}
end

-- Whether a word says already what the reference would: «на рисунке @fig:map», "Figure @fig:map".
local function says(word, form)
  word = pandoc.text.sub(pandoc.text.lower((word:gsub('^[%p]+', ''))), 1, 3)
  for each in form:gsub('{n}', ' '):gmatch('[^%s%p]+') do
    each = pandoc.text.lower(each)
    if pandoc.text.len(each) >= 3 and pandoc.text.sub(each, 1, 3) == word then return true end
  end
  return false
end

local function number(doc, words, known, seen)
  local counts, labels, things, doubled = {}, {}, pandoc.List(), pandoc.List()
  if seen.doubtful then doc = own_ids(doc, doubled) end
  local function count(kind, id, caption)
    counts[kind] = (counts[kind] or 0) + 1
    local number = tostring(counts[kind])
    if id ~= '' then labels[id] = {kind = kind, number = number} end
    things:insert {id = id, kind = kind, number = number, caption = caption}
    return number
  end

  -- ::: {#fig:pages} with several pictures and a last paragraph: one figure made of figures
  local function grouped(div)
    local parts, caption = pandoc.List(), nil
    for _, block in ipairs(div.content) do
      if block.t == 'Figure' then
        parts:insert {image = block.content[1] and block.content[1].content and block.content[1].content[1],
                      id = block.identifier, caption = block.caption.long}
      elseif (block.t == 'Para' or block.t == 'Plain') then
        local only_images, images = true, pandoc.List()
        for _, inline in ipairs(block.content) do
          if inline.t == 'Image' then images:insert(inline)
          elseif inline.t ~= 'SoftBreak' and inline.t ~= 'Space' and inline.t ~= 'LineBreak' then only_images = false end
        end
        if only_images then
          for _, image in ipairs(images) do
            parts:insert {image = image, id = image.identifier, caption = {pandoc.Plain(image.caption)}}
          end
        else
          caption = block
        end
      end
    end
    if #parts == 0 then return nil end
    local number = count('figure', div.identifier, caption and stringify(caption) or '')
    local blocks = pandoc.Blocks {}
    for position, part in ipairs(parts) do
      local letter = words.letters[position] or tostring(position)
      local image = part.image
      local alt = image.attributes.alt
      image.identifier, image.attributes.alt = '', nil
      if part.id ~= '' then
        labels[part.id] = {kind = 'figure', number = (words.sub:gsub('{n}', number):gsub('{letter}', letter)),
          whole = number, letter = letter}
      end
      local inlines = pandoc.Inlines {pandoc.Span({pandoc.Str(letter .. ')')}, pandoc.Attr('', {'number'})), pandoc.Space()}
      inlines:extend(pandoc.utils.blocks_to_inlines(part.caption))
      if alt then image.caption = {pandoc.Str(alt)} end
      blocks:insert(pandoc.Figure({pandoc.Plain {image}}, {long = {pandoc.Plain(inlines)}}, pandoc.Attr(part.id, {'part'})))
    end
    return pandoc.Figure(blocks, {long = captioned(words, 'figure', number, caption and {caption} or {})},
      pandoc.Attr(div.identifier, {'group'}))
  end

  -- a paragraph that holds a display equation falls apart into text, equation, text
  local function equations(para)
    local out, text, found, within = pandoc.Blocks {}, pandoc.Inlines {}, false, false
    para:walk {Math = function(math) within = within or math.mathtype == 'DisplayMath' end}
    if not within then return nil end  -- asking each word what it is takes longer
    local function flush()
      while #text > 0 and (text[1].t == 'Space' or text[1].t == 'SoftBreak') do text:remove(1) end
      while #text > 0 and (text[#text].t == 'Space' or text[#text].t == 'SoftBreak') do text:remove(#text) end
      if #text > 0 then out:insert(pandoc.Para(text)) end
      text = pandoc.Inlines {}
    end
    local position = 1
    while position <= #para.content do
      local inline = para.content[position]
      if inline.t == 'Math' and inline.mathtype == 'DisplayMath' then
        found = true
        flush()
        local ahead = position + 1
        while para.content[ahead] and (para.content[ahead].t == 'Space' or para.content[ahead].t == 'SoftBreak') do ahead = ahead + 1 end
        local id, rest
        if para.content[ahead] and para.content[ahead].t == 'Str' then
          id, rest = para.content[ahead].text:match('^{#(eq[:%-][^}]+)}(.*)$')
        end
        local inlines = pandoc.Inlines {inline}
        if id then
          if labels[id] then
            doubled:insert(id)
            id = nil
          end
          local number = count('equation', id or '', '')
          inlines:insert(pandoc.Span({pandoc.Str(fill(words.equation.caption, number))}, pandoc.Attr('', {'number'})))
          position = ahead
          if rest ~= '' then text:insert(pandoc.Str(rest)) end
        end
        out:insert(pandoc.Div({pandoc.Plain(inlines)}, pandoc.Attr(id or '', {'equation'})))
      else
        text:insert(inline)
      end
      position = position + 1
    end
    if not found then return nil end
    flush()
    return out
  end

  doc = doc:walk {
    traverse = 'topdown',
    Div = function(div)
      if kind_of(div.identifier) == 'figure' then
        local figure = grouped(div)
        if figure then return figure, false end
      end
      -- ::: {#tbl:x} round a table lends it its label
      if kind_of(div.identifier) == 'table' and #div.content == 1 and div.content[1].t == 'Table' then
        div.content[1].identifier = div.identifier
        return div.content, true
      end
    end,
    Figure = function(figure)
      local image = figure.content[1] and figure.content[1].content and figure.content[1].content[1]
      if figure.identifier == '' and image and image.t == 'Image' and image.identifier ~= '' then
        figure.identifier, image.identifier = image.identifier, ''
      end
      local number = count('figure', figure.identifier, stringify(figure.caption.long))
      figure.caption.long = captioned(words, 'figure', number, figure.caption.long)
      return figure, false
    end,
    Table = function(tbl)
      if #tbl.caption.long == 0 and tbl.identifier == '' then return nil end
      local inlines = pandoc.utils.blocks_to_inlines(tbl.caption.long)
      local last = inlines[#inlines]
      local id = last and last.t == 'Str' and last.text:match('^{#(tbl[:%-][^}]+)}$')
      if id then
        tbl.identifier = id
        inlines:remove(#inlines)
      end
      local number = count('table', tbl.identifier, stringify(inlines))
      tbl.caption.long = captioned(words, 'table', number, {pandoc.Plain(inlines)})
      return tbl
    end,
    CodeBlock = function(code)
      local caption = code.attributes.caption
      if not (caption or kind_of(code.identifier) == 'listing') then return nil end
      local number, id = count('listing', code.identifier, caption or ''), code.identifier
      code.identifier, code.attributes.caption = '', nil
      return pandoc.Figure({code}, {long = captioned(words, 'listing', number, caption and {pandoc.Plain(pandoc.Inlines(caption))} or {})},
        pandoc.Attr(id, {'listing'})), false
    end,
    -- most texts have no display equation, and looking at each word of each paragraph takes longer than all else here
    Para = seen.displayed and equations or nil,
    Header = function(header)
      if header.identifier ~= '' then labels[header.identifier] = {kind = 'section', number = stringify(header)} end
    end,
  }

  local unknown = pandoc.List()
  local function lower_first(key) return key:sub(1, 1):lower() .. key:sub(2) end
  local function target(key)
    return labels[key] and key or labels[lower_first(key)] and lower_first(key)
  end
  local function is_reference(citation)
    local key = citation.id
    return target(key) and kind_of(key) or kind_of(key) and (key:match('^%a+:') or not known[key]) or false
  end

  -- What stands for the number alone, with the marks close round it: {n}, ({n}), «{n}»
  local function bare(form)
    local before, after = form:gsub('\194\160', ' '):match('^(.-){n}(.*)$')
    return before:match('[^%s%w%-]*$'), after:match('^[^%s%w%-]*')
  end

  local function refer(cite, word)
    local out, kind = pandoc.Inlines {}, nil
    local first = cite.citations[1]
    local capital, alone, prefix = first.id:match('^%u') ~= nil, first.mode == 'SuppressAuthor', stringify(first.prefix)
    local run = pandoc.List()
    local function flush()
      if #run == 0 then return end
      local form = words[kind].ref
      local before, after = form:match('^(.-){n}(.*)$')
      if alone or prefix ~= '' or says(word, form) or says(word, words[kind].caption) then
        before, after = bare(form)
        if prefix ~= '' and #out == 0 then before = prefix .. '\194\160' .. before end
      elseif capital then before = pandoc.text.upper(pandoc.text.sub(before, 1, 1)) .. pandoc.text.sub(before, 2) end
      if #out > 0 then out:extend {pandoc.Str(';'), pandoc.Space()} end
      local position = 1
      local function link(each, head, tail)
        return pandoc.Link({pandoc.Str(head .. each.number .. tail)}, '#' .. each.id, '', pandoc.Attr('', {'crossref'}))
      end
      while position <= #run do
        local last = position
        while run[last + 1] and tonumber(run[last + 1].number) and tonumber(run[last].number)
              and tonumber(run[last + 1].number) == tonumber(run[last].number) + 1 do last = last + 1 end
        if last < position + 2 then last = position end
        if position > 1 then out:extend {pandoc.Str(','), pandoc.Space()} end
        out:insert(link(run[position], position == 1 and before or '', last == position and last == #run and after or ''))
        if last > position then
          out:insert(pandoc.Str('–'))
          out:insert(link(run[last], '', last == #run and after or ''))
        end
        position = last + 1
      end
      run = pandoc.List()
    end
    -- `@fig:map [@key]` is one citation for pandoc, and a reference and a citation for whoever wrote it
    local others = pandoc.List()
    for _, citation in ipairs(cite.citations) do
      local key = target(citation.id)
      if not is_reference(citation) then
        others:insert(citation)
        goto continue
      end
      if key then
        if kind and labels[key].kind ~= kind then flush() end
        kind = labels[key].kind
        -- «рис. 3, а, б»: the number once, then the letters
        local whole = labels[key].whole
        run:insert {id = key, number = whole and run[#run] and run[#run].whole == whole and labels[key].letter
                    or labels[key].number, whole = whole}
      else
        unknown:insert(citation.id)
        flush()
        if #out > 0 then out:extend {pandoc.Str(','), pandoc.Space()} end
        out:insert(pandoc.Span({pandoc.Str('[' .. citation.id .. '?]')}, pandoc.Attr('', {'missing'})))
      end
      if #citation.suffix > 0 then
        flush()
        out:extend(citation.suffix)
      end
      ::continue::
    end
    flush()
    if #others > 0 then
      for _, citation in ipairs(others) do citation.mode = 'NormalCitation' end
      out:extend {pandoc.Space(), pandoc.Cite({pandoc.Str('[…]')}, others)}
    end
    return out
  end

  local referring = false
  for key in pairs(seen.cited) do referring = referring or is_reference {id = key} end
  local function finish()
    if seen.inner then doc = dead_links(doc, unknown) end
    return doc, things, unknown, doubled
  end
  if not referring then return finish() end

  -- the word before a reference decides whether it needs its own; pandoc-fignos puts references in braces
  local function link(inlines)
    local out, position = pandoc.Inlines {}, 1
    while position <= #inlines do
      local inline, after = inlines[position], inlines[position + 1]
      if inline.t == 'Cite' and inline.citations:find_if(is_reference) then
        local last = out[#out]
        if last and last.t == 'Str' and last.text:match('{$') and after and after.t == 'Str' and after.text:match('^}') then
          last.text, after.text = last.text:sub(1, -2), after.text:sub(2)
          if last.text == '' then out:remove() end
          if after.text == '' then inlines:remove(position + 1) end
          last = out[#out]
        end
        local gap = last and (last.t == 'Space' or last.t == 'SoftBreak')
        local near = gap and out[#out - 1] or last
        local word = near and near.t == 'Str' and (near.text .. (gap and ' ' or '')):gsub('\194\160', ' '):match('(%S+) $') or ''
        out:extend(refer(inline, word))
      else
        out:insert(inline)
      end
      position = position + 1
    end
    return out
  end
  -- asking each word what it is takes long: it is done in those blocks alone that refer, and in lists of words that do
  local function refers(inlines)
    for _, inline in ipairs(inlines) do
      if inline.t == 'Cite' and inline.citations:find_if(is_reference) then return true end
    end
  end
  local blocks = pandoc.Blocks {}
  for _, block in ipairs(doc.blocks) do
    local here = false
    block:walk {Cite = function(cite) here = here or cite.citations:find_if(is_reference) ~= nil end}
    if here then
      blocks:extend(pandoc.Blocks {block}:walk {Inlines = function(inlines) return refers(inlines) and link(inlines) or nil end})
    else
      blocks:insert(block)
    end
  end
  doc = pandoc.Pandoc(blocks, doc.meta)
  return finish()
end

return {number = number, is_taken = is_taken}
