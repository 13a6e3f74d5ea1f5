// What stands first is whole now, and is drawn at once: on a slow line what comes next would push it about (screen.css).
document.documentElement.dataset.read = ''
