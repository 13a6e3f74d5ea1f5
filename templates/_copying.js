// What is copied out of the page has no soft hyphens: they are ours, not the author's.
addEventListener('copy', (event) => {
  const selection = getSelection(), copied = document.createElement('div'), bare = (text) => text.replaceAll('\u00ad', '')
  for (let each = 0; each < selection.rangeCount; each++) copied.append(selection.getRangeAt(each).cloneContents())
  if (!copied.textContent.includes('\u00ad')) return
  event.clipboardData.setData('text/plain', bare(selection.toString()))
  event.clipboardData.setData('text/html', bare(copied.innerHTML))
  event.preventDefault()
})
