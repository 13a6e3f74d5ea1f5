// Shows what a citation, a note's mark or a reference to a figure leads to: on hover, focus, the first tap.
// On the second tap, and without a script, they are links.
(() => {
  const make = () => document.createElement('span')
  const box = make()
  if (!box.showPopover) return
  // an id that no manuscript may have
  Object.assign(box, {id: 'cite-0', className: 'glance', popover: 'manual', role: 'note'})
  let link, timer, tapped, returning

  const find = (at) => box.contains(at) ? null : at.closest?.('[role$=ref], .crossref')
  const inside = () => box.contains(document.activeElement)
  const around = (to) => to.closest('.citation') || to
  const goal = (to) => document.getElementById(decodeURIComponent(to.hash.slice(1)))

  // Label and goal of all that a place leads to; an entry is known by its way back.
  const goals = (to) => {
    const place = around(to)
    if (place === to) return [[to.matches('.crossref') ? '' : to.textContent, goal(to)]]
    const links = [...place.querySelectorAll('a')]
    const label = (entry) => links.filter((each) => goal(each) === entry).map((each) => each.textContent).join('; ')
    return [...document.querySelectorAll('.references li')].map((entry, index) => entry.querySelector(`[href="#${place.id}"]`)
      && [label(entry) || index + 1, entry])
  }

  const copy = ([label, from]) => {
    const row = make()
    row.innerHTML = '<b></b> <span></span>'
    const [bold, text] = row.children
    text.append(from.cloneNode(true))
    if (from.matches('li')) text.firstChild.replaceWith(...text.firstChild.childNodes)
    text.lang = from.closest('[lang]').lang
    for (const each of text.querySelectorAll('*')) {
      each.matches('.backlinks, [role=doc-backlink], button') ? each.remove() : each.removeAttribute('id')
      each.removeAttribute('headers')
    }
    bold.append(label)
    return row
  }

  // Under the link, or above it where there is more room.
  const put = () => {
    const {top, bottom} = link.getBoundingClientRect(), below = innerHeight - bottom
    box.style.maxHeight = Math.max(top, below) - 12 + 'px'
    const up = box.offsetHeight + 12 > below && top > below
    const left = Math.min(around(link).getBoundingClientRect().left, document.body.clientWidth - box.offsetWidth - 8)
    box.style.left = scrollX + Math.max(8, left) + 'px'
    box.style.top = scrollY + (up ? top - box.offsetHeight - 4 : bottom + 4) + 'px'
    box.tabIndex = box.scrollHeight > box.clientHeight ? 0 : -1 // for keys to scroll it
  }

  const hide = () => {
    clearTimeout(timer)
    link?.removeAttribute('aria-describedby')
    link = null
    box.remove()
  }

  const show = (to) => {
    if (to === link) return to
    const found = goals(to).filter((each) => each?.[1]?.matches('li, figure, table, div'))
    if (!found.length) return
    hide()
    link = to
    to.setAttribute('aria-describedby', box.id)
    box.replaceChildren(...found.map(copy))
    around(to).after(box) // for the Tab key and for those who listen
    box.showPopover()
    put()
    return to
  }

  const on = (name, act) => addEventListener(name, (event) => act(event, find(event.target)))
  addEventListener('resize', () => link && put())
  on('pointerover', (event, to) => {
    if (event.pointerType === 'touch') return
    clearTimeout(timer)
    if (to) timer = setTimeout(show, 100, to)
    else if (!box.contains(event.target)) timer = setTimeout(() => link?.matches(':focus-visible') || inside() || hide(), 250)
  })
  on('focusin', (event, to) => {
    if (to?.matches(':focus-visible')) returning || show(to)
    else if (!box.contains(event.target)) hide()
  })
  on('keydown', (event) => {
    if (event.key !== 'Escape') return
    returning = inside() && link
    hide()
    returning = returning?.focus?.()
  })
  on('pointerdown', (event, to) => {
    tapped = event.pointerType === 'touch' && to !== link && to
    if (!to && !box.contains(event.target)) hide()
  })
  on('click', (event, to) => {
    if (to && to === tapped && show(to)) event.preventDefault()
    else if (event.target.closest('a')) hide()
  })
})()
