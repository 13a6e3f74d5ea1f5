// «How to cite»: a button on each form that copies it.
for (const each of document.querySelectorAll('.cite-format')) {
  const button = document.createElement('button'), said = document.createElement('span'), text = each.querySelector('pre')
  let timer
  // where a page may not write to the clipboard itself, what is selected is copied
  const select = () => {
    getSelection().selectAllChildren(text)
    return document.execCommand('copy') ? Promise.resolve() : Promise.reject()
  }
  button.type = 'button'
  button.id = text.id + '-copy'
  button.append(page.word('copy'))
  button.setAttribute('aria-labelledby', `${button.id} ${text.getAttribute('aria-labelledby')}`)
  said.setAttribute('role', 'status')
  said.className = 'copied'
  button.addEventListener('click', async () => {
    try {
      await (navigator.clipboard ? navigator.clipboard.writeText(text.textContent).catch(select) : select())
    } catch {
      return // it stays selected, to be copied by hand
    }
    said.replaceChildren(page.word('copied'))
    clearTimeout(timer)
    timer = setTimeout(() => said.replaceChildren(), 3000)
  })
  each.querySelector('p').append(button, said)
}
