-- Numbers figures, tables, equations and listings, and turns references to them (pandoc-crossref's `@fig:map`, Quarto's
-- `@fig-map`) into links with the words of the article's language.
--
--   words    kind -> {caption = "{n}-сурет", ref = "{n}-сур."}; sub = "{n}, {letter}"; letters = {"а", "ә", …}
--   returns  the document, what was numbered (id, kind, number, caption), and the keys that lead nowhere

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

return function(doc, words)
  local counts, labels, things = {}, {}, pandoc.List()
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
    local out, text, found = pandoc.Blocks {}, pandoc.Inlines {}, false
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
          local number = count('equation', id, '')
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
    Para = function(para) return equations(para) end,
    Header = function(header)
      if header.identifier ~= '' then labels[header.identifier] = {kind = 'section', number = stringify(header)} end
    end,
  }

  local unknown = pandoc.List()
  local function lower_first(key) return key:sub(1, 1):lower() .. key:sub(2) end
  local function target(key)
    return labels[key] and key or labels[lower_first(key)] and lower_first(key)
  end
  local function is_crossref(cite)
    local first = cite.citations[1].id
    return target(first) and kind_of(first) or (kind_of(first) and first:match('^%a+:'))
  end

  doc = doc:walk {Cite = function(cite)
    if not is_crossref(cite) then return nil end
    local out, kind, capital = pandoc.Inlines {}, nil, cite.citations[1].id:match('^%u') ~= nil
    local run = pandoc.List()
    local function flush()
      if #run == 0 then return end
      local form = words[kind].ref
      local before, after = form:match('^(.-){n}(.*)$')
      if capital then before = pandoc.text.upper(pandoc.text.sub(before, 1, 1)) .. pandoc.text.sub(before, 2) end
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
      if not key and not (kind_of(citation.id) and citation.id:match('^%a+:')) then
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
      ::continue::
    end
    flush()
    if #others > 0 then
      for _, citation in ipairs(others) do citation.mode = 'NormalCitation' end
      out:extend {pandoc.Space(), pandoc.Cite({pandoc.Str('[…]')}, others)}
    end
    return out
  end}
  return doc, things, unknown
end
