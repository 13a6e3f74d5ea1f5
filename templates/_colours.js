// Dark or light: as the reader's machine has it, until the button is pressed. Nothing is remembered.
(() => {
  const root = document.documentElement.dataset, button = document.querySelector('button.colours')
  const machine = matchMedia('(prefers-color-scheme: dark)')
  const tell = () => button.setAttribute('aria-pressed', root.colours ? root.colours === 'dark' : machine.matches)
  button.addEventListener('click', () => {
    root.colours = button.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark'
    tell()
  })
  machine.addEventListener('change', tell)
  tell()
})()
