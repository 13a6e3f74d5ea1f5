-- Makes pandoc ready before there is anything to read (basylym/head_start.py): what it makes only when first asked for, a reader's
-- tables and a processor of citations, is there when the manuscript comes. What it writes of this is thrown away.

local STYLE = 'data:application/xml;charset=utf-8,<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
    .. '<info><title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info>'
    .. '<citation><layout><text variable="title"/></layout></citation>'
    .. '<bibliography><layout><text variable="title"/></layout></bibliography></style>'

return function(html)
  local doc = pandoc.read('# H\n\n*x* [@a] $x^2$ [a](http://b.c){.d} ^[n]\n\n- a\n', 'markdown-smart')
  html(doc.blocks)
  pandoc.write(doc, 'plain', {wrap_text = 'none'})
  pandoc.utils.citeproc(pandoc.Pandoc(doc.blocks, {references = {{id = 'a', type = 'book', title = 'T'}}, lang = 'kk', csl = STYLE}))
end
