// Figures that enlarge: a button on each, and the picture itself; Escape, the button or a click beside it closes.
(() => {
  const box = document.createElement('dialog')
  if (!box.showModal) return
  const button = (name) => {
    const made = document.createElement('button')
    made.type = 'button'
    made.append(page.word(name))
    return made
  }
  box.className = 'enlarged'
  const enlarge = (image) => {
    const figure = image.closest('figure'), caption = figure.querySelector(':scope > figcaption'), close = button('close')
    const large = document.createElement('img'), text = document.createElement('div')
    Object.assign(large, {src: image.src, alt: image.alt})
    close.addEventListener('click', () => box.close())
    text.append(...(caption ? caption.cloneNode(true).childNodes : []))
    for (const each of text.querySelectorAll('[id]')) each.removeAttribute('id')
    text.lang = figure.closest('[lang]').lang
    box.replaceChildren(close, large, text)
    box.setAttribute('aria-label', text.textContent.trim() || image.alt || close.textContent)
    document.body.append(box)
    box.showModal()
  }
  for (const image of document.querySelectorAll('.body figure img')) {
    const open = button('enlarge'), about = document.createElement('span')
    open.className = 'enlarge'
    open.querySelector('.say').classList.add('unseen')
    about.className = 'unseen'
    about.textContent = ': ' + (image.closest('figure').querySelector('figcaption .number')?.textContent || image.alt)
    open.append(about)
    open.addEventListener('click', () => enlarge(image))
    image.addEventListener('click', () => enlarge(image))
    image.after(open)
    image.closest('figure').classList.add('enlarges')
  }
  box.addEventListener('click', ({target}) => target === box && box.close())
  box.addEventListener('close', () => box.remove())
})()
