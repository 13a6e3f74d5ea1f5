// Contents: open beside the article, closed above it; the section that is being read is marked.
(() => {
  const contents = document.getElementById('contents'), wide = matchMedia('(min-width: 68.75em)')
  const fit = () => { contents.open = wide.matches }
  const links = [...contents.querySelectorAll('a')]
  let goals, marked, waiting

  const mark = () => {
    waiting = false
    goals ??= links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
    const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2
    const line = end ? innerHeight : Math.min(innerHeight / 3, 240)
    const shown = (goal) => goal && goal.getClientRects().length && goal.getBoundingClientRect().top <= line
    const link = links[Math.max(0, goals.findLastIndex(shown))]
    if (link === marked) return
    marked?.removeAttribute('aria-current')
    marked = link
    link.setAttribute('aria-current', 'true')
    const box = contents.closest('.bar')
    if (wide.matches) { // the mark stays in sight where the contents are longer than the window
      const {top, bottom} = link.getBoundingClientRect()
      if (top < 60 || bottom > innerHeight - 60) box.scrollTop += top - innerHeight / 2
    }
  }
  const later = () => { waiting ||= document.readyState !== 'loading' && requestAnimationFrame(mark) }

  fit()
  wide.addEventListener('change', fit)
  addEventListener('scroll', later, {passive: true})
  addEventListener('resize', later)
  addEventListener('DOMContentLoaded', later)
  addEventListener('click', ({target}) => {
    if (!wide.matches && (!contents.contains(target) || target.closest('a'))) contents.open = false
  })
  addEventListener('keydown', ({key}) => {
    if (key !== 'Escape' || wide.matches || !contents.open) return
    contents.open = false
    contents.querySelector('summary').focus()
  })
})()
