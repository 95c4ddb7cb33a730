// Runs before the first paint, so that a dark or right-to-left page does not flash light or left-to-right.
// A file of its own, because the content security policy allows no inline script.
const scheme = localStorage.getItem('duka.scheme') || 'auto'
const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
const language = localStorage.getItem('duka.language') || navigator.language.split('-')[0]
document.documentElement.lang = language
document.documentElement.dir = ['ar', 'fa', 'he', 'ur'].includes(language) ? 'rtl' : 'ltr'
