// The language of the page: the one that the address asks for (#title-en), else the first of the reader's that the journal has,
// else the article's own; then the one that a button asks for.
// Front matter is shown in it alone, and the page's own words are in it. Nothing is remembered.
const page = (() => {
  const tags = document.body.dataset.languages.split(' '), own = tags[0]
  const sheet = document.head.appendChild(document.createElement('style'))
  const known = (wanted) => tags.find((tag) => tag.toLowerCase() === wanted) || tags.find((tag) => tag === wanted.split('-')[0])
  // hreflang leads to #title-kk; the other places of a language's front matter are named alike, and may not be there yet
  const asked = () => location.hash === '#title' ? own
    : tags.find((tag) => RegExp(`^#(title|authors|affiliation-\\d+|abstract|keywords|about(-\\d+)?)-${tag}(-|$)`).test(location.hash))
  let now = asked() || navigator.languages.map((each) => known(each.toLowerCase())).find(Boolean) || own

  const say = () => {
    for (const each of document.querySelectorAll('.say')) {
      const how = 'marked' in each.dataset ? 'innerHTML' : 'textContent'
      each.dataset.own ??= each[how]
      each[how] = each.getAttribute(`data-in-${now}`) ?? each.dataset.own
      each.lang = each.hasAttribute(`data-in-${now}`) ? now : own
    }
    const names = [...document.querySelectorAll('.names > *')], first = names.find((each) => each.lang === now) || names[0]
    for (const each of names) each.className = each === first ? 'journal' : 'journal-translated'
    for (const each of document.querySelectorAll('[data-language]')) each.setAttribute('aria-pressed', each.dataset.language === now)
    for (const each of document.querySelectorAll('.front .panel :is(h1, h2, h3)')) { // the title that is shown is the first heading
      const level = each.matches('[id^="title"]') ? 1 : 2
      each.setAttribute('role', 'heading')
      each.setAttribute('aria-level', level)
    }
  }
  const show = (tag) => {
    now = tag
    sheet.textContent = `@media screen { .panel:not([data-panel="${tag}"]) { display: none } }`
    say()
  }

  // a word of the page that a script puts somewhere
  const word = (name) => {
    const made = document.createElement('span')
    made.className = 'say'
    made.dataset.own = document.body.getAttribute(`data-${name}`)
    for (const tag of tags.slice(1)) made.setAttribute(`data-in-${tag}`, document.body.getAttribute(`data-${name}-in-${tag}`))
    made.textContent = made.getAttribute(`data-in-${now}`) ?? made.dataset.own
    made.lang = now
    return made
  }

  document.documentElement.dataset.script = '' // what needs a script is shown
  show(now)
  // what is read in later is put in this language before it is first drawn, so that nothing moves
  const reading = new MutationObserver(() => {
    say()
    reading.takeRecords()
  })
  reading.observe(document.body, {childList: true, subtree: true})
  addEventListener('DOMContentLoaded', () => {
    say()
    reading.disconnect()
  })
  addEventListener('hashchange', () => {
    if (!asked() || asked() === now) return
    show(asked())
    document.getElementById(location.hash.slice(1)).scrollIntoView()
  })
  // on paper all stands in its own language, and so do the words between
  let seen = now
  addEventListener('beforeprint', () => {
    seen = now
    show(own)
  })
  addEventListener('afterprint', () => show(seen))
  addEventListener('click', ({target}) => target.closest('[data-language]') && show(target.closest('[data-language]').dataset.language))
  return {word}
})()
